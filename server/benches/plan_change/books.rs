//! Books to measure on: a storefront with many customers, each with one paid server and a signed quote to a larger one,
//! made by the engine's own commands. Their time is not the machine's, so that no quote runs out at midnight. A book is
//! made once and copied for every measurement, so that all of them see the same customers in the same state.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Answer, Asker, Command, PaymentChoice, PaymentOutcome};
use billing::effect::TestCard;
use billing::id::{AccountId, ServiceId, SubscriptionId};
use billing::money::Currency;
use billing::quote::PlanChangeRequest;
use billing::service::ModuleReport;
use engine::{Ask, Engine, QuoteKey, Submission, new_account_id};
use jiff::{SignedDuration, Timestamp};
use midcycle::app::{App, Settings};
use midcycle::clock::Clock;
use store::testing::floor::{Commit, commits_between};
use store::{Location, Store};

use crate::rounds::per_second;

const STOREFRONT: &str = include_str!("../../storefronts/vps.toml");

/// One customer, and the change that waits to be submitted.
#[derive(Debug, Clone)]
pub struct Person {
    pub account: AccountId,
    pub service: ServiceId,
    pub request: PlanChangeRequest,
    pub token: String,
}

/// When the customers came.
fn before() -> Timestamp {
    "2027-02-01T09:00:00Z".parse().expect("an instant")
}

/// When every change was quoted.
pub fn quoted_at() -> Timestamp {
    "2027-02-14T12:00:00Z".parse().expect("an instant")
}

/// The present of the books: it goes on from the quotes as real time does, because ids and the orders by age grow with
/// time, and a database is much slower where they come in no order.
pub fn now() -> Timestamp {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let elapsed = BEGAN.get_or_init(Instant::now).elapsed();
    let elapsed = SignedDuration::try_from(elapsed).expect("a short time");
    quoted_at().checked_add(elapsed).expect("an instant of our days")
}

/// The same present as a clock of the server, which a thread keeps going.
fn clock() -> Clock {
    static CLOCK: OnceLock<Clock> = OnceLock::new();
    let begin = || {
        let clock = Clock::fixed(now());
        let hands = clock.clone();
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_millis(1));
                hands.set(now());
            }
        });
        clock
    };
    CLOCK.get_or_init(begin).clone()
}

/// An engine on an opened book. All engines sign with one key.
pub fn engine_on(location: &Location) -> Engine {
    let store = Store::open(location).expect("a book that opens");
    store.migrate().expect("a schema");
    Engine::new(store, QuoteKey::new([7; 32]))
}

/// The state of a server on an engine.
pub fn app_on(engine: &Engine) -> App {
    let settings = Settings { base_url: "http://127.0.0.1".to_owned(), storefront: "vps".to_owned() };
    App::new(engine.clone(), clock(), settings)
}

/// Fills an empty book with customers, by so many threads.
pub fn fill(engine: &Engine, people: usize, threads: usize) -> Vec<Person> {
    let catalogue = Catalogue::from_toml(STOREFRONT).expect("the demo's catalogue");
    engine.publish(&catalogue, before()).expect("a catalogue to sell from");
    let made = Mutex::new(BTreeMap::new());
    let places: Vec<usize> = (0..people).collect();
    per_second(&mut vec![(); threads], &places, |(), place| {
        let person = person(engine, *place);
        made.lock().expect("no thread has panicked").insert(*place, person);
    });
    made.into_inner().expect("no thread has panicked").into_values().collect()
}

fn person(engine: &Engine, place: usize) -> Person {
    let account = new_account_id(before());
    let run = |command| {
        let ask = Ask { account, actor: Actor::System, key: None, command };
        engine.run(&ask, before()).expect("a command that is permitted").answer
    };
    run(Command::OpenAccount {
        storefront: "vps".to_owned(),
        name: format!("Customer {place}"),
        email: format!("customer.{place}@example.com"),
        zone: Zone::parse("Europe/Berlin").expect("a zone"),
        currency: Currency::parse("EUR").expect("a currency"),
    });
    let started = run(Command::StartSubscription {
        product: "vps".to_owned(),
        basket: basket("standard", 2),
        label: format!("server-{place}.example.com"),
        starts: None,
        pays_by: PaymentChoice::Card(TestCard::Pays),
    });
    let Answer::SubscriptionStarted { subscription, service, .. } = started else {
        panic!("starting a subscription answered {started:?}")
    };
    let here = || engine.account(account, before()).expect("a book that reads").expect("the account");
    for attempt in here().attempts {
        let outcome = PaymentOutcome::Captured { amount: attempt.amount };
        run(Command::SettlePayment { attempt: attempt.id, outcome, event: Some(format!("captured:{}", attempt.id)) });
    }
    let machine = here().subscription(subscription).expect("the subscription").service.clone();
    let report = ModuleReport::Done { observed: machine.desired, access: machine.access };
    run(Command::ReportProvision { service, generation: machine.generation, report });
    let request = upgrade(subscription);
    let token = engine.quote(account, &request, quoted_at()).expect("a quote").token;
    Person { account, service, request, token }
}

fn upgrade(subscription: SubscriptionId) -> PlanChangeRequest {
    PlanChangeRequest { subscription, basket: basket("large", 4), asked_by: Asker::Staff, when: None, on: None }
}

fn basket(plan: &str, memory: u32) -> Basket {
    Basket { plan: plan.into(), cycle: Cycle::MONTH, options: [("memory".into(), memory)].into_iter().collect() }
}

/// Submits a person's change.
pub fn submit(engine: &Engine, person: &Person) {
    let submission = Submission {
        account: person.account,
        actor: Actor::Key("benchmark".to_owned()),
        token: person.token.clone(),
        pays_by: PaymentChoice::Card(TestCard::Pays),
        key: None,
    };
    engine.submit(&submission, now()).expect("a change that is submitted");
}

/// The rows that a submission of each person writes, in the order of the people.
pub fn rows_of(before: &Engine, after: &Engine, people: &[Person]) -> Vec<Commit> {
    let mut commits = commits_between(before.store(), after.store()).expect("two books to compare");
    people.iter().map(|person| commits.remove(&person.account).expect("rows of every submission")).collect()
}

/// A book of SQLite that is closed, to be copied.
pub struct Original {
    file: PathBuf,
    pub people: Vec<Person>,
    /// What a submission writes, by person.
    pub commits: Vec<Commit>,
}

impl Original {
    /// Makes a book in a folder.
    pub fn make(folder: &Path, people: usize) -> Self {
        let file = folder.join("original.db");
        let people = fill(&engine_on(&Location::Sqlite(file.clone())), people, 16);
        let mut original = Self { file, people, commits: Vec::new() };
        let after = engine_on(&Location::Sqlite(original.copy(folder, "submitted")));
        per_second(&mut [(); 16], &original.people, |(), person| submit(&after, person));
        let before = engine_on(&Location::Sqlite(original.copy(folder, "before")));
        original.commits = rows_of(&before, &after, &original.people);
        original
    }

    /// A copy of the book.
    pub fn copy(&self, folder: &Path, name: &str) -> PathBuf {
        let copy = folder.join(format!("{name}.db"));
        std::fs::copy(&self.file, &copy).expect("room for a copy of the book");
        copy
    }
}
