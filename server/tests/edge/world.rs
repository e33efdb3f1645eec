//! A server without its web: a temporary book, a clock that stands, a pump that is driven step by step.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use billing::account::{Account, Subscription};
use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Answer, Asker, Command, PaymentChoice};
use billing::effect::TestCard;
use billing::id::{AccountId, ServiceId, SubscriptionId};
use billing::money::Currency;
use billing::quote::PlanChangeRequest;
use engine::{Ask, Engine, QuoteKey, Ran, Submission, new_account_id};
use jiff::{SignedDuration, Timestamp};
use midcycle::app::{App, Settings};
use midcycle::clock::Clock;
use midcycle::modules::Modules;
use midcycle::modules::command::CommandModule;
use midcycle::pump::Pump;
use store::{Location, ModuleRun, RunFilter, Store, Window};
use tempfile::TempDir;

pub struct World {
    pub app: App,
    pub pump: Pump,
    pub account: AccountId,
    pub folder: TempDir,
}

/// An empty, migrated book.
pub fn book(folder: &Path) -> Engine {
    let store = Store::open(&Location::Sqlite(folder.join("book.db"))).expect("a new book");
    store.migrate().expect("its tables");
    Engine::new(store, QuoteKey::new([7; 32]))
}

/// The module that the demo ships: this crate's own program.
pub fn play_server(directory: PathBuf) -> CommandModule {
    let words = ["play-server", "--dir", directory.to_str().expect("a path of text"), "--seconds", "0"];
    CommandModule {
        program: env!("CARGO_BIN_EXE_midcycle").into(),
        arguments: words.map(str::to_owned).into(),
        directory,
        environment: [].into(),
        timeout_ms: 30_000,
    }
}

/// A module that is a line of shell.
pub fn shell(folder: &Path, line: &str) -> CommandModule {
    CommandModule {
        program: "/bin/sh".into(),
        arguments: vec!["-c".to_owned(), line.to_owned()],
        directory: folder.join("module"),
        environment: [].into(),
        timeout_ms: 30_000,
    }
}

impl World {
    /// A customer with nothing yet; `module` makes the one module of the installation.
    pub fn new(module: impl FnOnce(&Path) -> CommandModule) -> Self {
        let folder = TempDir::new().expect("a temporary directory");
        let engine = book(folder.path());
        let now: Timestamp = "2027-01-20T14:00:00Z".parse().expect("a fixed instant");
        let catalogue = Catalogue::from_toml(include_str!("../../storefronts/vps.toml")).expect("the catalogue");
        engine.publish(&catalogue, now).expect("a published catalogue");
        let settings = Settings { base_url: "https://my.example.org".to_owned(), storefront: "vps".to_owned() };
        let app = App::new(engine, Clock::fixed(now), settings);
        let modules = Modules::default().with("play", module(folder.path()));
        let pump = Pump::new(app.clone(), Arc::new(modules));
        let world = Self { app, pump, account: new_account_id(now), folder };
        world.run(Command::OpenAccount {
            storefront: "vps".to_owned(),
            name: "Alice".to_owned(),
            email: "alice@example.org".to_owned(),
            zone: Zone::parse("Europe/Berlin").expect("a zone"),
            currency: Currency::parse("EUR").expect("a currency"),
        });
        world
    }

    pub fn run(&self, command: Command) -> Ran {
        let ask = Ask { account: self.account, actor: Actor::System, key: None, command };
        self.app.engine().run(&ask, self.app.now()).expect("a command that is done")
    }

    /// A service on the small plan, paid by card.
    pub fn start(&self) -> SubscriptionId {
        let ran = self.run(Command::StartSubscription {
            product: "vps".to_owned(),
            basket: Basket { plan: "small".into(), cycle: Cycle::MONTH, options: Default::default() },
            label: "web-1".to_owned(),
            starts: Some("2027-01-01T00:00".parse().expect("a local time")),
            pays_by: PaymentChoice::Card(TestCard::Pays),
        });
        let Answer::SubscriptionStarted { subscription, .. } = ran.answer else { panic!("{:?}", ran.answer) };
        subscription
    }

    pub fn change(&self, subscription: SubscriptionId, plan: &str, card: TestCard) -> Answer {
        let basket = Basket { plan: plan.into(), cycle: Cycle::MONTH, options: Default::default() };
        let request = PlanChangeRequest { subscription, basket, asked_by: Asker::Customer, when: None, on: None };
        let engine = self.app.engine();
        let token = engine.quote(self.account, &request, self.app.now()).expect("a quote").token;
        let (account, actor) = (self.account, Actor::Customer("alice@example.org".to_owned()));
        let submission = Submission { account, actor, token, pays_by: PaymentChoice::Card(card), key: None };
        engine.submit(&submission, self.app.now()).expect("a submitted change").answer
    }

    /// Pumps, a second later each time, until nothing is due any more.
    pub async fn pump_until_quiet(&self) {
        let mut idle = 0;
        for _ in 0..200 {
            idle = if self.pump.pump_once().await == 0 { idle + 1 } else { 0 };
            if idle == 40 {
                return;
            }
            self.pass(1);
        }
        panic!("the pump never came to rest");
    }

    pub fn pass(&self, seconds: i64) {
        let later = self.app.now().checked_add(SignedDuration::from_secs(seconds));
        self.app.clock.set(later.expect("an instant"));
    }

    pub fn account(&self) -> Account {
        self.app.engine().account(self.account, self.app.now()).expect("a readable book").expect("the account")
    }

    pub fn subscription(&self, id: SubscriptionId) -> Subscription {
        self.account().subscription(id).expect("the subscription").clone()
    }

    pub fn played(&self, service: ServiceId) -> PathBuf {
        self.folder.path().join("servers").join(service.to_string())
    }

    pub fn runs(&self) -> Vec<ModuleRun> {
        let runs = self.app.engine().store().module_runs(&RunFilter::default(), &Window::default());
        runs.expect("the runs").rows
    }
}
