//! A server on a loopback port with a book of its own, and a client that speaks plain HTTP to it. The clock stands at a
//! fixed moment; nothing is delivered unless a test asks for it.
#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::collections::BTreeMap;
use std::net::SocketAddr;

use billing::catalogue::Catalogue;
use billing::command::{Actor, Command, PaymentOutcome};
use billing::id::{AccountId, AttemptId};
use billing::money::{Currency, Money};
use engine::{Ask, Engine, QuoteKey};
use jiff::Timestamp;
use midcycle::api;
use midcycle::app::{App, Settings};
use midcycle::clock::Clock;
use serde_json::{Value, json};
use store::testing::{TestDatabase, database_from};
use store::{Location, LogFilter, Store, Window};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The moment at which every test begins: the seed change of the price rows, 20 January 14:00 UTC.
pub const NOW: &str = "2027-01-20T14:00:00Z";

/// A running server.
pub struct TestServer {
    /// Its engine, to look behind the pages.
    pub engine: Engine,
    /// Its clock.
    pub clock: Clock,
    /// A key of the business that may write.
    pub staff: String,
    /// A key of the business that may read.
    pub reader: String,
    address: SocketAddr,
    // In this order: the book is closed before what holds it is removed.
    _folder: Option<TempDir>,
    _database: Option<TestDatabase>,
}

/// Tells a story to a server on an empty SQLite book.
pub fn on_sqlite(story: impl AsyncFnOnce(&TestServer)) {
    tell(TestServer::on_sqlite(), story);
}

/// Tells a story to a server on an empty PostgreSQL book.
pub fn on_postgresql(story: impl AsyncFnOnce(&TestServer)) {
    tell(TestServer::on_postgresql(), story);
}

fn tell(mut server: TestServer, story: impl AsyncFnOnce(&TestServer)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        server.serve().await;
        story(&server).await;
    });
    // Its requests end before the book is closed.
    drop(runtime);
}

/// One test per story and database.
#[macro_export]
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { $crate::support::on_sqlite(super::$story); })*
        }
        mod postgresql {
            $(#[test] fn $story() { $crate::support::on_postgresql(super::$story); })*
        }
    };
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as it is.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The code of a problem: the last part of its type.
    pub fn code(&self) -> String {
        let json = self.json();
        let kind = json["type"].as_str().unwrap_or_default();
        kind.strip_prefix("/v1/problems/").unwrap_or(kind).to_owned()
    }

    /// The field at fault.
    pub fn field(&self) -> String {
        self.json()["field"].as_str().unwrap_or_default().to_owned()
    }
}

/// A request that is put together.
pub struct Call<'a> {
    server: &'a TestServer,
    head: String,
    body: Vec<u8>,
}

impl Call<'_> {
    /// With a key.
    pub fn key(self, key: &str) -> Self {
        self.header("Authorization", &format!("Bearer {key}"))
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// With a JSON body.
    pub fn body(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string().into_bytes())
    }

    /// With a body of any kind.
    pub fn bytes(self, kind: &str, body: Vec<u8>) -> Self {
        let mut call = if kind.is_empty() { self } else { self.header("Content-Type", kind) };
        call.body = body;
        call
    }

    /// Sends it and reads the answer.
    pub async fn send(self) -> Answer {
        let mut stream = TcpStream::connect(self.server.address).await.expect("a connection");
        let length = self.body.len();
        let head = format!("{}Content-Length: {length}\r\nConnection: close\r\n\r\n", self.head);
        stream.write_all(head.as_bytes()).await.expect("a request that can be sent");
        // A server that refuses a large body may stop reading before its end; its answer counts.
        let _ = stream.write_all(&self.body).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        read_answer(&bytes)
    }
}

fn read_answer(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer with a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers: BTreeMap<_, _> = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    assert!(!headers.contains_key("transfer-encoding"), "answers are sent whole");
    Answer { status: status.expect("a status"), headers, text: body.to_owned() }
}

impl TestServer {
    /// A server on an empty SQLite book with the storefront of the tests.
    pub async fn start() -> Self {
        let mut server = Self::on_sqlite();
        server.serve().await;
        server
    }

    fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let location = Location::Sqlite(folder.path().join("book.db"));
        Self::on(&location, Some(folder), None)
    }

    fn on_postgresql() -> Self {
        let database = database_from("server api", |url| {
            Store::open(&Location::Postgres(url.to_owned())).expect("a template").migrate().expect("a schema");
        });
        Self::on(&Location::Postgres(database.url.clone()), None, Some(database))
    }

    fn on(location: &Location, folder: Option<TempDir>, database: Option<TestDatabase>) -> Self {
        let store = Store::open(location).expect("a book");
        store.migrate().expect("a schema");
        let engine = Engine::new(store, QuoteKey::new([7; 32]));
        let clock = Clock::fixed(NOW.parse().expect("an instant"));
        engine.publish(&catalogue(), clock.now()).expect("a catalogue");
        let key = |name: &str, may_write: bool| {
            api::auth::create_key(engine.store(), name, may_write, None, clock.now()).expect("a key")
        };
        let (staff, reader) = (key("billing robot", true), key("report", false));
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        Self { engine, clock, staff, reader, address, _folder: folder, _database: database }
    }

    async fn serve(&mut self) {
        let settings = Settings { base_url: "http://127.0.0.1".to_owned(), storefront: "vps".to_owned() };
        let app = App::new(self.engine.clone(), self.clock.clone(), settings);
        let listener = TcpListener::bind(self.address).await.expect("a port");
        self.address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, midcycle::web::router(app)).await });
    }

    /// Looks at the book itself. PostgreSQL's driver must not be called where a runtime runs, nor may its last
    /// connection be closed there.
    fn beside<T: Send>(&self, look: impl FnOnce(&Engine) -> T + Send) -> T {
        std::thread::scope(|scope| scope.spawn(|| look(&self.engine)).join().expect("an answer of the book"))
    }

    /// A request without a key.
    pub fn call(&self, method: &str, path: &str) -> Call<'_> {
        Call { server: self, head: format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n"), body: Vec::new() }
    }

    /// Reads as staff.
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path).key(&self.staff).send().await
    }

    /// Writes as staff.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).key(&self.staff).body(body).send().await
    }

    /// Writes as staff under an idempotency key.
    pub async fn post_once(&self, path: &str, body: &Value, key: &str) -> Answer {
        self.call("POST", path).key(&self.staff).header("Idempotency-Key", key).body(body).send().await
    }

    /// Opens a customer; its id.
    pub async fn customer(&self, name: &str) -> String {
        let body = json!({ "name": name, "email": format!("{name}@example.org"), "zone": "UTC" });
        let answer = self.post("/v1/customers", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_str().expect("an id").to_owned()
    }

    /// A key bound to a customer.
    pub fn key_of(&self, customer: &str, may_write: bool) -> String {
        let account = AccountId::parse(customer).expect("an id");
        let now = self.clock.now();
        self.beside(|engine| api::auth::create_key(engine.store(), customer, may_write, Some(account), now))
            .expect("a key")
    }

    /// Starts a service on 1 January and pays its first period by bank transfer; its id.
    pub async fn paid_service(&self, customer: &str, plan: &str) -> String {
        let body = json!({
            "customer": customer, "product": "vps", "plan": plan, "cycle": "month", "label": "web-1.example.org",
            "starts": "2027-01-01T00:00:00", "pays_by": { "method": "bank_transfer" }
        });
        let answer = self.post("/v1/services", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let started = answer.json();
        let invoice = started["invoice"].as_str().expect("an invoice").to_owned();
        let open = self.get(&format!("/v1/invoices/{invoice}")).await.json()["invoice"]["open"].clone();
        let body = json!({ "customer": customer, "invoice": invoice, "amount": open, "reference": invoice });
        let answer = self.post("/v1/transfers", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        started["id"].as_str().expect("an id").to_owned()
    }

    /// The gateway's answer to a payment, as the pump would report it.
    pub fn settle(&self, customer: &str, payment: &str, outcome: PaymentOutcome) {
        let ask = Ask {
            account: AccountId::parse(customer).expect("an id"),
            actor: Actor::System,
            key: None,
            command: Command::SettlePayment {
                attempt: AttemptId::parse(payment).expect("an id"),
                outcome,
                event: Some(format!("event-{payment}")),
            },
        };
        let now = self.clock.now();
        self.beside(|engine| engine.run(&ask, now)).expect("a settled payment");
    }

    /// Everything that requests could change, to compare before and after: the log's entries and the catalogue.
    pub fn stored(&self) -> String {
        self.beside(|engine| {
            let log = engine.store().log(&LogFilter::default(), &Window::first(200)).expect("the log");
            let catalogue = engine.catalogue("vps").expect("a catalogue").version;
            let counts = engine.store().counts().expect("the counts");
            let log: Vec<_> = log.rows.iter().map(|row| format!("{row:?}")).collect();
            format!("{catalogue} {counts:?} {log:?}")
        })
    }

    /// Moves the clock.
    pub fn at(&self, instant: &str) {
        self.clock.set(instant.parse::<Timestamp>().expect("an instant"));
    }
}

/// The storefront of the tests.
pub fn catalogue() -> Catalogue {
    Catalogue::from_toml(include_str!("catalogue.toml")).expect("the storefront of the tests")
}

/// An amount in euro cents.
pub fn euro(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "EUR" })
}

/// The same for the core.
pub fn euro_money(minor: i64) -> Money {
    Money::new(minor, Currency::parse("EUR").expect("a currency"))
}
