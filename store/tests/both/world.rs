//! A store on a fresh database, and enough of the engine's way (load, decide, commit) to fill it.

use std::path::PathBuf;

use billing::account::Account;
use billing::cancellation::CancellationRequest;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Answer, Asker, Command, Envelope, PaymentChoice, PaymentOutcome};
use billing::decide::{Decision, Facts, decide, quote_cancellation, quote_plan_change};
use billing::effect::TestCard;
use billing::id::{AccountId, AttemptId, ChangeId, CommandId, DocumentId, ServiceId, SubscriptionId};
use billing::money::{Currency, Money};
use billing::policy::{Policies, When};
use billing::quote::PlanChangeRequest;
use billing::service::ModuleReport;
use jiff::{SignedDuration, Timestamp};
use store::testing::{TestDatabase, database_from};
use store::{CommitError, Location, Numbers, Store};

const CATALOGUE: &str = r#"
storefront = "vps"
version = 1
brand = "Nordlicht"
accent = "teal"
support_email = "help@example.com"
language = "en"
zone = "UTC"
currency = "EUR"
bank_account = "DE00 0000"

[[products]]
code = "server"
name = "Server"
policy = "vps"
module = "demo"
customers_may_change = true

[[products.plans]]
code = "small"
name = "Small"
size = { cpus = 1, memory_mb = 1024 }
prices = [{ cycle = "month", amount = "10.00", currency = "EUR" }]

[[products.plans]]
code = "large"
name = "Large"
size = { cpus = 4, memory_mb = 8192 }
prices = [{ cycle = "month", amount = "30.00", currency = "EUR" }]

[[products.options]]
code = "memory"
name = "Extra memory"
unit = "GB"
max = 8
resource = "memory_mb"
per_unit = 1024
prices = [{ cycle = "month", amount = "2.00", currency = "EUR" }]
"#;

/// What keeps the database alive as long as its test.
enum Keep {
    Folder(tempfile::TempDir),
    Database(TestDatabase),
}

pub struct World {
    pub store: Store,
    pub now: Timestamp,
    pub catalogue: Catalogue,
    pub policies: Policies,
    commands: u64,
    keep: Keep,
}

impl World {
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = Store::open(&Location::Sqlite(folder.path().join("books.db"))).expect("the file opens");
        store.migrate().expect("an empty database can be migrated");
        Self::with(store, Keep::Folder(folder))
    }

    pub fn on_postgres() -> Self {
        let database = database_from(include_str!("../../src/migrations/0001_start.sql"), |url| {
            let store = Store::open(&Location::Postgres(url.to_owned())).expect("the server answers");
            store.migrate().expect("an empty database can be migrated");
        });
        let store = Store::open(&Location::Postgres(database.url.clone())).expect("the server answers");
        Self::with(store, Keep::Database(database))
    }

    fn with(store: Store, keep: Keep) -> Self {
        Self {
            store,
            now: "2027-02-01T09:00:00.123Z".parse().expect("a moment"),
            catalogue: Catalogue::from_toml(CATALOGUE).expect("the catalogue reads"),
            policies: Policies::presets(),
            commands: 0,
            keep,
        }
    }

    /// Where the database is, to open it a second time.
    pub fn location(&self) -> Location {
        match &self.keep {
            Keep::Folder(folder) => Location::Sqlite(folder.path().join("books.db")),
            Keep::Database(database) => Location::Postgres(database.url.clone()),
        }
    }

    /// Closes the store and keeps its database.
    pub fn close(self) -> impl Sized {
        drop(self.store);
        self.keep
    }

    /// The file of an SQLite database.
    pub fn path(&self) -> PathBuf {
        match self.location() {
            Location::Sqlite(path) => path,
            Location::Postgres(_) => panic!("a server has no file"),
        }
    }

    /// Runs a statement by hand, past the store; the server's or library's error where it refuses.
    pub fn by_hand(&self, sql: &str) -> Result<(), String> {
        match self.location() {
            Location::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).map_err(|error| error.to_string())?;
                connection.execute_batch(sql).map_err(|error| error.to_string())
            }
            Location::Postgres(url) => {
                let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("the server answers");
                client.batch_execute(sql).map_err(|error| {
                    error.as_db_error().map_or_else(|| error.to_string(), |said| said.message().to_owned())
                })
            }
        }
    }

    pub fn wait(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }

    /// An envelope with the next id.
    pub fn envelope(&mut self, account: AccountId, key: Option<&str>, command: Command) -> Envelope {
        self.commands += 1;
        Envelope {
            id: command_id(self.commands),
            account,
            now: self.now,
            actor: Actor::Staff("ann".to_owned()),
            key: key.map(str::to_owned),
            command,
        }
    }

    pub fn load(&self, account: AccountId) -> Account {
        let loaded = self.store.load(account, None, self.now).expect("the account loads");
        loaded.account.expect("the account is there")
    }

    /// Decides without storing.
    pub fn decide(&self, before: Option<&Account>, envelope: &Envelope) -> Decision {
        let facts = Facts { catalogue: &self.catalogue, policies: &self.policies };
        decide(facts, before, envelope).expect("the command is permitted")
    }

    /// Loads, decides and commits.
    pub fn run(&mut self, account: AccountId, command: Command) -> (Decision, Numbers) {
        let envelope = self.envelope(account, None, command);
        let (decision, outcome) = self.try_run(&envelope);
        (decision, outcome.expect("the decision commits"))
    }

    pub fn try_run(&self, envelope: &Envelope) -> (Decision, Result<Numbers, CommitError>) {
        let before = self.store.load(envelope.account, None, envelope.now).expect("the account loads").account;
        let decision = self.decide(before.as_ref(), envelope);
        let outcome = self.store.commit(before.as_ref(), &decision);
        (decision, outcome)
    }

    pub fn open(&mut self, n: u64) -> AccountId {
        let account = account_id(n);
        let command = Command::OpenAccount {
            storefront: "vps".to_owned(),
            name: format!("Customer {n}"),
            email: format!("customer{n}@example.com"),
            zone: billing::calendar::Zone::parse("Europe/Berlin").expect("a zone"),
            currency: eur(),
        };
        self.run(account, command);
        account
    }

    pub fn start(&mut self, account: AccountId, plan: &str, memory: u32) -> Started {
        let command = Command::StartSubscription {
            product: "server".to_owned(),
            basket: basket(plan, memory),
            label: format!("{plan}.example.com"),
            starts: None,
            pays_by: PaymentChoice::Card(TestCard::Pays),
        };
        match self.run(account, command).0.answer {
            Answer::SubscriptionStarted { subscription, service, invoice } => {
                Started { subscription, service, invoice: invoice.expect("a paid plan is invoiced") }
            }
            other => panic!("{other:?}"),
        }
    }

    /// Pays an invoice by a card that pays, through the attempt that is running for it.
    pub fn capture(&mut self, account: AccountId, invoice: DocumentId) -> Decision {
        let loaded = self.load(account);
        let running = |attempt: &&billing::account::Attempt| attempt.invoice == invoice && attempt.state.is_running();
        let attempt = match loaded.attempts.iter().find(running) {
            Some(attempt) => attempt.id,
            None => match self.run(account, Command::PayInvoice { invoice, card: TestCard::Pays }).0.answer {
                Answer::PaymentStarted { attempt, .. } => attempt,
                other => panic!("{other:?}"),
            },
        };
        let loaded = self.load(account);
        let amount = loaded.attempts.iter().find(|known| known.id == attempt).expect("the attempt is there").amount;
        self.settle(account, attempt, PaymentOutcome::Captured { amount }, &format!("evt_{attempt}"))
    }

    pub fn settle(&mut self, account: AccountId, attempt: AttemptId, outcome: PaymentOutcome, event: &str) -> Decision {
        self.run(account, Command::SettlePayment { attempt, outcome, event: Some(event.to_owned()) }).0
    }

    /// The command that submits a quote of this moment.
    pub fn submission(&self, account: AccountId, subscription: SubscriptionId, to: Basket) -> Command {
        let request = PlanChangeRequest { subscription, basket: to, asked_by: Asker::Staff, when: None, on: None };
        let facts = Facts { catalogue: &self.catalogue, policies: &self.policies };
        let quote = quote_plan_change(facts, &self.load(account), &request, self.now).expect("the change is permitted");
        Command::SubmitPlanChange {
            digest: quote.digest(),
            shown: Box::new(quote.summary()),
            request,
            quoted_at: self.now,
            pays_by: PaymentChoice::BankTransfer,
        }
    }

    pub fn submit(&mut self, account: AccountId, subscription: SubscriptionId, to: Basket) -> Submitted {
        let command = self.submission(account, subscription, to);
        match self.run(account, command).0.answer {
            Answer::ChangeSubmitted { change, document, applied, .. } => Submitted { change, document, applied },
            other => panic!("{other:?}"),
        }
    }

    /// A customer with a paid subscription, an applied upgrade, an applied downgrade, a lapsed change, a withdrawn one
    /// and an open one: every table has rows.
    pub fn full_life(&mut self) -> (AccountId, Started) {
        let account = self.open(1);
        let started = self.start(account, "small", 2);
        self.capture(account, started.invoice);
        self.report(account, started.service, 1);
        self.run(account, Command::GrantGoodwill { amount: money(321), reason: "an outage".to_owned() });
        self.wait(72);
        let up = self.submit(account, started.subscription, basket("large", 2));
        self.capture(account, up.document.expect("an invoice"));
        self.report(account, started.service, 2);
        self.wait(48);
        assert!(self.submit(account, started.subscription, basket("small", 0)).applied, "a downgrade costs nothing");
        self.wait(1);
        let lost = self.submit(account, started.subscription, basket("large", 8));
        self.wait(100);
        self.run(account, Command::LapsePlanChange { change: lost.change });
        let left = self.submit(account, started.subscription, basket("large", 7));
        self.run(account, Command::WithdrawPlanChange { change: left.change });
        self.submit(account, started.subscription, basket("large", 8));
        (account, started)
    }

    /// The command that cancels by a quote of this moment.
    pub fn cancellation(&self, account: &Account, subscription: SubscriptionId, when: When) -> Command {
        let request = CancellationRequest { subscription, when, asked_by: Asker::Staff };
        let facts = Facts { catalogue: &self.catalogue, policies: &self.policies };
        let quote = quote_cancellation(facts, account, &request, self.now).expect("it can be cancelled");
        let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
        Command::CancelSubscription { request, quoted_at: self.now, digest, shown, reason: None }
    }

    pub fn cancel(&mut self, account: AccountId, subscription: SubscriptionId, when: When) -> Decision {
        let command = self.cancellation(&self.load(account), subscription, when);
        self.run(account, command).0
    }

    /// What a decision leaves is what is loaded.
    #[track_caller]
    pub fn assert_kept(&self, decision: &Decision) {
        let mut expected = decision.account.clone();
        expected.forget_closed(self.now);
        assert_eq!(sorted(self.load(decision.account.id)), sorted(expected));
    }

    pub fn report(&mut self, account: AccountId, service: ServiceId, generation: i64) {
        let loaded = self.load(account);
        let wanted = loaded.subscriptions.iter().find(|known| known.service.id == service);
        let wanted = &wanted.expect("the service is there").service;
        let report = ModuleReport::Done { observed: wanted.desired.clone(), access: wanted.access };
        self.run(account, Command::ReportProvision { service, generation, report });
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Started {
    pub subscription: SubscriptionId,
    pub service: ServiceId,
    pub invoice: DocumentId,
}

#[derive(Debug, Clone, Copy)]
pub struct Submitted {
    pub change: ChangeId,
    pub document: Option<DocumentId>,
    pub applied: bool,
}

/// Its records in the order of their ids, to be compared.
pub fn sorted(mut account: Account) -> Account {
    for subscription in &mut account.subscriptions {
        subscription.items.sort_by_key(|item| item.id);
        subscription.coverage.sort_by_key(|segment| segment.id);
    }
    account.subscriptions.sort_by_key(|subscription| subscription.id);
    account.invoices.sort_by_key(|invoice| invoice.id);
    account.attempts.sort_by_key(|attempt| attempt.id);
    account
}

pub fn eur() -> Currency {
    Currency::parse("EUR").expect("a currency")
}

pub fn money(minor: i64) -> Money {
    Money::new(minor, eur())
}

pub fn basket(plan: &str, memory: u32) -> Basket {
    let options = (memory > 0).then(|| ("memory".into(), memory));
    Basket { plan: plan.into(), cycle: billing::calendar::Cycle::MONTH, options: options.into_iter().collect() }
}

pub fn account_id(n: u64) -> AccountId {
    AccountId::parse(&format!("acc_{n:032x}")).expect("an id")
}

pub fn command_id(n: u64) -> CommandId {
    CommandId::parse(&format!("cmd_{n:028x}0000")).expect("an id")
}
