//! A server without a network: a temporary book with two customers, a clock that stands, and browsers that keep their
//! cookie. Payments and machines are settled by the commands that the pump would report.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use billing::account::{Account, Subscription};
use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Answer, Command, PaymentChoice, PaymentOutcome};
use billing::effect::TestCard;
use billing::id::AccountId;
use billing::money::Currency;
use billing::service::ModuleReport;
use engine::{Ask, Engine, EngineError, QuoteKey, new_account_id};
use jiff::{SignedDuration, Timestamp};
use midcycle::app::{App, Settings};
use midcycle::auth::{add_login, add_staff};
use midcycle::clock::Clock;
use midcycle::web;
use store::{Location, Store};
use tempfile::TempDir;
use tower::ServiceExt;

/// A small storefront: Standard costs 20.00 and Large 50.00 a month, so 14 of 30 days are 9.33 and 23.33.
pub const STOREFRONT: &str = r#"
storefront = "vps"
version = 1
brand = "Fjordhost"
accent = "ember"
support_email = "help@fjordhost.example"
language = "en"
zone = "Europe/Berlin"
currency = "EUR"
bank_account = "Fjordhost AS, IBAN NO93 8601 1117 947"

[[products]]
code = "vps"
name = "Virtual server"
policy = "vps"
module = "play"
restart = { seconds = 40 }
customers_may_change = true

[[products.plans]]
code = "small"
name = "Small"
size = { cpus = 1, memory_mb = 2048, disk_gb = 40 }
prices = [
  { cycle = "month", amount = "10.00", currency = "EUR" },
  { cycle = "year", amount = "100.00", currency = "EUR" },
]

[[products.plans]]
code = "standard"
name = "Standard"
size = { cpus = 2, memory_mb = 4096, disk_gb = 80 }
change_to = ["small", "large"]
prices = [
  { cycle = "month", amount = "20.00", currency = "EUR" },
  { cycle = "year", amount = "200.00", currency = "EUR" },
]

[[products.plans]]
code = "large"
name = "Large"
size = { cpus = 4, memory_mb = 8192, disk_gb = 160 }
prices = [{ cycle = "month", amount = "50.00", currency = "EUR" }]

[[products.plans]]
code = "max"
name = "Max"
size = { cpus = 8, memory_mb = 16384, disk_gb = 320 }
prices = [{ cycle = "month", amount = "110.00", currency = "EUR" }]

[[products.options]]
code = "memory"
name = "Extra memory"
unit = "GB"
max = 16
resource = "memory_mb"
per_unit = 1024
prices = [{ cycle = "month", amount = "2.50", currency = "EUR" }]
"#;

/// The password of everybody.
pub const PASSWORD: &str = "four plain words here";
/// 17 April 2027 in Berlin: 14 of the 30 days of April are left, this one included.
const NOW: &str = "2027-04-17T07:12:00Z";

pub struct World {
    pub app: App,
    router: Router,
    pub alice: AccountId,
    pub bob: AccountId,
    _folder: TempDir,
}

impl World {
    /// Alice and Bob, each with a server on Standard, paid for April.
    pub fn new() -> Self {
        Self::selling(STOREFRONT)
    }

    /// The same in a storefront of another language.
    pub fn in_language(tag: &str) -> Self {
        Self::selling(&STOREFRONT.replace("language = \"en\"", &format!("language = {tag:?}")))
    }

    /// The same, with prices that contain tax.
    pub fn in_language_with_tax(tag: &str) -> Self {
        let tax = "tax = { name = \"USt\", percent = \"19\", included = true }\nbank_account";
        let storefront = STOREFRONT.replace("language = \"en\"", &format!("language = {tag:?}"));
        Self::selling(&storefront.replace("bank_account", tax))
    }

    /// The same in a storefront whose prices are without tax, whose plans give hours, and where customers choose the
    /// moment of a change; by `policy`.
    pub fn with_hours(policy: &str) -> Self {
        Self::selling(&Self::storefront_with_hours(policy))
    }

    pub fn storefront_with_hours(policy: &str) -> String {
        let tax = "tax = { name = \"VAT\", percent = \"19\" }\nbank_account";
        let sizes = [("small", 20), ("standard", 40), ("large", 80), ("max", 160)];
        let mut storefront = STOREFRONT.replace("policy = \"vps\"", &format!("policy = {policy:?}"));
        storefront = storefront.replace("bank_account", tax);
        for (code, hours) in sizes {
            let credits = format!("code = \"{code}\"\ncredits = {{ unit = \"hours\", amount = {hours} }}");
            storefront = storefront.replace(&format!("code = \"{code}\""), &credits);
        }
        let year = "{ cycle = \"year\", amount = \"200.00\"";
        storefront.replace(year, &format!("{year}, discount = \"10%\""))
    }

    /// The same, with Carla in the place of Alice: she began today, on Standard with a trial of ten days, under `policy`.
    pub fn in_trial(tag: &str, policy: &str) -> Self {
        let storefront = STOREFRONT.replace("language = \"en\"", &format!("language = {tag:?}"));
        let storefront = storefront.replace("policy = \"vps\"", &format!("policy = {policy:?}"));
        let mut world =
            Self::selling(&storefront.replace("name = \"Standard\"", "name = \"Standard\"\ntrial_days = 10"));
        world.alice = new_account_id(world.app.now());
        world.begin(world.alice, "Carla", "carla.example.net", None);
        world
    }

    /// The same, where the trial of Standard costs 1.00, and that of Large 3.00; Carla pays by card.
    pub fn in_paid_trial(tag: &str) -> Self {
        let storefront = STOREFRONT.replace("language = \"en\"", &format!("language = {tag:?}"));
        let trial = |text: &str, name: &str| {
            text.replace(&format!("name = \"{name}\""), &format!("name = \"{name}\"\ntrial_days = 10"))
        };
        let price = |text: &str, amount: &str, trial: &str| {
            let from = format!("cycle = \"month\", amount = \"{amount}\"");
            text.replace(&from, &format!("{from}, trial_price = \"{trial}\""))
        };
        let storefront = trial(&trial(&storefront, "Standard"), "Large");
        let mut world = Self::selling(&price(&price(&storefront, "20.00", "1.00"), "50.00", "3.00"));
        world.alice = new_account_id(world.app.now());
        world.begin(world.alice, "Carla", "carla.example.net", None);
        world
    }

    /// The same in a storefront that counts messages, 0.05 each, of which Alice had 122 so far.
    pub fn with_messages(tag: &str) -> Self {
        let storefront = STOREFRONT.replace("language = \"en\"", &format!("language = {tag:?}"));
        let meter = "\n[[products.meters]]\ncode = \"messages\"\nname = \"Messages\"\nunit = \"messages\"\n\
                     prices = [{ cycle = \"month\", amount = \"0.05\", currency = \"EUR\" }]\n";
        let world = Self::selling(&(storefront + meter));
        let subscription = world.account(world.alice).subscriptions[0].id;
        world.run(world.alice, Command::ReportUsage { subscription, meter: "messages".into(), units: 122 });
        world
    }

    /// The same in a storefront that bills its large plan in arrears.
    pub fn with_arrears(tag: &str) -> Self {
        let storefront = STOREFRONT.replace("language = \"en\"", &format!("language = {tag:?}"));
        Self::selling(&storefront.replace("name = \"Large\"", "name = \"Large\"\nbilled = \"arrears\""))
    }

    /// The same under a policy of its own: by days, with these terms beside.
    pub fn with_terms(terms: &str) -> Self {
        Self::selling(&(STOREFRONT.replace("policy = \"vps\"", "policy = \"own\"") + &Self::own_policy(terms)))
    }

    /// The same, where plans give hours.
    pub fn with_hours_and_terms(terms: &str) -> Self {
        Self::selling(&(Self::storefront_with_hours("own") + &Self::own_policy(terms)))
    }

    fn own_policy(terms: &str) -> String {
        format!(
            "\n[[policies]]\nname = \"own\"\nversion = 1\nsummary = \"By days.\"\n[policies.terms]\nunit = \"day\"\n\
             credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\nquote_minutes = 30\n\
             payment_hours = 72\n{terms}\n"
        )
    }

    fn selling(storefront: &str) -> Self {
        Self::serving("vps", &[storefront])
    }

    /// A server that shows one of the storefronts of its book; Alice and Bob are customers of `vps`.
    pub fn serving(shown: &str, storefronts: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        let store = Store::open(&Location::Sqlite(folder.path().join("book.db"))).expect("a new book");
        store.migrate().expect("its tables");
        let engine = Engine::new(store, QuoteKey::new([7; 32]));
        let now: Timestamp = NOW.parse().expect("a fixed instant");
        for storefront in storefronts {
            let catalogue = Catalogue::from_toml(storefront).expect("a catalogue");
            engine.publish(&catalogue, now).expect("a published catalogue");
        }
        let settings = Settings { base_url: "http://127.0.0.1:8080".to_owned(), storefront: shown.to_owned() };
        let app = App::new(engine, Clock::fixed(now), settings);
        let router = web::router(app.clone());
        let (alice, bob) = (new_account_id(now), new_account_id(now));
        let world = Self { app, router, alice, bob, _folder: folder };
        world.open(alice, "Alice", "web-1.example.net");
        world.open(bob, "Bob", "shop.example.net");
        let store = world.app.engine().store();
        add_staff(store, "staff@fjordhost.example", "Sam", PASSWORD, now).expect("a login");
        world
    }

    /// A customer on Standard since the first of the month, paid and running.
    fn open(&self, account: AccountId, name: &str, label: &str) {
        self.begin(account, name, label, Some("2027-04-01T00:00".parse().expect("a local time")));
        self.settle(account, None);
        self.provision(account, None);
    }

    /// A customer who starts on Standard, now or on an earlier day.
    fn begin(&self, account: AccountId, name: &str, label: &str, starts: Option<jiff::civil::DateTime>) {
        let email = format!("{}@example.org", name.to_lowercase());
        self.run(
            account,
            Command::OpenAccount {
                storefront: "vps".to_owned(),
                name: name.to_owned(),
                email: email.clone(),
                zone: Zone::parse("Europe/Berlin").expect("a zone"),
                currency: Currency::parse("EUR").expect("a currency"),
            },
        );
        self.run(
            account,
            Command::StartSubscription {
                product: "vps".to_owned(),
                basket: Basket { plan: "standard".into(), cycle: Cycle::MONTH, options: Default::default() },
                label: label.to_owned(),
                starts,
                pays_by: PaymentChoice::Card(TestCard::Pays),
            },
        );
        let store = self.app.engine().store();
        add_login(store, &email, name, PASSWORD, Some(account), self.app.now()).expect("a login");
    }

    pub fn try_run(&self, account: AccountId, command: Command) -> Result<Answer, EngineError> {
        let ask = Ask { account, actor: Actor::System, key: None, command };
        self.app.engine().run(&ask, self.app.now()).map(|ran| ran.answer)
    }

    pub fn run(&self, account: AccountId, command: Command) -> Answer {
        self.try_run(account, command).expect("a command that is done")
    }

    pub fn account(&self, id: AccountId) -> Account {
        self.app.engine().account(id, self.app.now()).expect("a readable book").expect("the account")
    }

    /// The one subscription of an account.
    pub fn subscription(&self, id: AccountId) -> Subscription {
        self.account(id).subscriptions.first().expect("a subscription").clone()
    }

    /// The page of an account's one service.
    pub fn service(&self, id: AccountId) -> String {
        format!("/services/{}", self.subscription(id).service.id)
    }

    /// Reports the outcome of the running payment: taken, or declined for a reason.
    pub fn settle(&self, account: AccountId, declined: Option<&str>) {
        let attempts = self.account(account).attempts;
        let attempt = attempts.iter().find(|attempt| attempt.state.is_running()).expect("a running payment").clone();
        let outcome = match declined {
            None => PaymentOutcome::Captured { amount: attempt.amount },
            Some(reason) => PaymentOutcome::Failed { reason: reason.to_owned() },
        };
        self.run(account, Command::SettlePayment { attempt: attempt.id, outcome, event: None });
    }

    /// Reports that the machine is what it shall be, or why not.
    pub fn provision(&self, account: AccountId, failed: Option<&str>) {
        let service = self.subscription(account).service;
        let report = match failed {
            None => ModuleReport::Done { observed: service.desired, access: service.access },
            Some(reason) => ModuleReport::Failed { reason: reason.to_owned() },
        };
        let (service, generation) = (service.id, service.generation);
        self.run(account, Command::ReportProvision { service, generation, report });
    }

    pub fn pass(&self, minutes: i64) {
        let later = self.app.now().checked_add(SignedDuration::from_mins(minutes));
        self.app.clock.set(later.expect("an instant"));
    }

    /// A browser that nobody is logged in with.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, csrf: String::new() }
    }

    /// A browser in which somebody is logged in.
    pub async fn logged_in(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let email = format!("{name}@example.org");
        let answer = browser.post("/login", &[("email", &email), ("password", PASSWORD), ("next", "")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let dashboard = browser.get("/dashboard").await;
        browser.csrf = dashboard.field("csrf");
        browser
    }
}

pub struct Browser {
    router: Router,
    cookie: Option<String>,
    pub csrf: String,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form as it stands, without a token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let form = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(form, Body::from(body.join("&"))).await
    }

    /// Sends a form of the session.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let request = request.body(body).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (head, body) = answer.into_parts();
        if let Some(cookie) = head.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie of text");
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let body = to_bytes(body, 1 << 20).await.expect("a body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        Page { status: head.status, headers: head.headers, body }
    }
}

impl Page {
    pub fn location(&self) -> String {
        let header = self.headers.get(header::LOCATION).unwrap_or_else(|| panic!("{}: {}", self.status, self.body));
        header.to_str().expect("text").to_owned()
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.body.split(&start).nth(1).unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The page as people read it: no tags, no no-break blanks.
    pub fn words(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for letter in self.body.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                '\u{a0}' if !inside => text.push(' '),
                _ if !inside => text.push(letter),
                _ => {}
            }
        }
        let text = text.replace("&#39;", "'").replace("&#38;", "&").replace("&#34;", "\"");
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".")
    }

    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.words().contains(words), "{words:?} is not in: {} {}", self.status, self.words());
    }

    #[track_caller]
    pub fn does_not_say(&self, words: &str) {
        assert!(!self.words().contains(words), "{words:?} is in: {}", self.words());
    }

    /// What stands in the notice at the top right.
    pub fn notice(&self) -> String {
        let area = self.body.split("class=\"notice-area\"").nth(1).unwrap_or_default();
        let area = area.split("<nav").next().unwrap_or_default().split("title-row").next().unwrap_or_default();
        let page = Self { status: self.status, headers: HeaderMap::new(), body: format!("<p{area}") };
        page.words()
    }
}

fn escaped(text: &str) -> String {
    let letters = text.bytes().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    });
    letters.collect()
}
