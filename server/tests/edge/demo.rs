//! The demo's book: believable, complete, and closed like any other.

use std::collections::{BTreeMap, BTreeSet};

use billing::account::ChangeState;
use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Catalogue, Price, price_in};
use billing::money::{Currency, Money};
use billing::policy::Policies;
use billing::service::Progress;
use engine::Engine;
use jiff::Timestamp;
use midcycle::demo::{DemoLogins, fill, lay_out_servers};
use midcycle::modules::play_server::read_state;
use midcycle::ui::Accent;
use store::{
    AccountFilter, ChangeFilter, DocumentFilter, EffectFilter, EffectState, MailFilter, SubscriptionFilter, Window,
};
use tempfile::TempDir;

use super::world::book;

fn check(now: &str) {
    let folder = TempDir::new().expect("a temporary directory");
    let engine = book(folder.path());
    let now: Timestamp = now.parse().expect("a fixed instant");
    let logins = fill(&engine, now, "http://127.0.0.1:8080", &|password| format!("hash of {password}"));
    let logins = logins.unwrap_or_else(|error| panic!("{now}: {error}"));
    examples(&engine, &logins);
    settlements(&engine, &logins, now);
    let store = engine.store();
    let all = Window::first(200);

    let report = engine.verify(|_| {}).expect("a readable book");
    assert_eq!(report.findings, [], "{now}");
    let accounts = store.accounts(&AccountFilter::default(), &all).expect("accounts").rows;
    assert!((50..80).contains(&accounts.len()), "{}", accounts.len());
    let currencies: BTreeSet<_> = accounts.iter().map(|account| account.account.currency.to_string()).collect();
    assert_eq!(currencies.into_iter().collect::<Vec<_>>(), ["EUR", "JPY", "USD"]);

    let changes = store.changes(&ChangeFilter::default(), &all).expect("changes").rows;
    let states: BTreeSet<_> = changes.iter().map(|change| word(change.change.state)).collect();
    assert_eq!(states.into_iter().collect::<Vec<_>>(), ["applied", "awaits", "lapsed", "withdrawn"], "{now}");
    let subscriptions = store.subscriptions(&SubscriptionFilter::default(), &all).expect("subscriptions").rows;
    assert!(subscriptions.len() > 50, "{}", subscriptions.len());
    let filter = DocumentFilter { state: Some("open".to_owned()), ..DocumentFilter::default() };
    assert!(store.documents(&filter, &all).expect("documents").rows.len() >= 4, "{now}");

    let rich = engine
        .account(logins.customers[0].account, now)
        .expect("a readable book")
        .expect("the customer with the login");
    assert!(rich.subscriptions.len() >= 5 && rich.balance.is_positive(), "{now}: {:?}", rich.balance);
    let mut failed = 0;
    for account in &accounts {
        let account = engine.account(account.account.id, now).expect("a readable book").expect("an account");
        for subscription in &account.subscriptions {
            assert!(subscription.period.contains(now), "{now}: {} is not renewed", subscription.service.label);
            failed += usize::from(matches!(subscription.service.progress, Progress::Failed { .. }));
        }
    }
    assert_eq!(failed, 1, "{now}");

    let dead = EffectFilter { account: None, state: Some(EffectState::Dead) };
    assert_eq!(store.effects(&dead, &all).expect("effects").rows.len(), 0);
    let queued = EffectFilter { account: None, state: Some(EffectState::Queued) };
    assert_eq!(store.effects(&queued, &all).expect("effects").rows.len(), 0, "{now}");
    assert!(store.mails(&MailFilter::default(), &all).expect("mails").rows.len() > 100);
    assert!(store.login_by_email(&logins.customers[0].login.email).expect("a login").is_some());

    lay_out_servers(&engine, &folder.path().join("servers"), now).expect("the servers' folders");
    let service = &rich.subscriptions[0].service;
    let state = read_state(&folder.path().join("servers").join(service.id.to_string())).expect("a readable state");
    assert_eq!(state.and_then(|state| state.size), service.observed);
    assert!(fill(&engine, now, "", &|_| String::new()).is_err(), "a filled book was filled again");
}

/// Everything that is sold can be had in every cycle and currency that its storefront sells in, and with every plan.
#[test]
fn no_storefront_sells_what_it_has_no_price_for() {
    let storefronts = [
        include_str!("../../storefronts/vps.toml"),
        include_str!("../../storefronts/team.toml"),
        include_str!("../../storefronts/host.toml"),
        include_str!("../../storefronts/saas.toml"),
    ];
    let presets = Policies::presets();
    let mut seen = 0;
    for text in storefronts {
        let catalogue = Catalogue::from_toml(text).expect("a storefront of the demo");
        assert_ne!(Accent::named(&catalogue.accent), Accent::Indigo, "{} has a look of its own", catalogue.storefront);
        for product in &catalogue.products {
            assert!(catalogue.policy(&product.policy, &presets).is_some(), "{}", product.policy);
            let sold: BTreeSet<_> = product.plans.iter().flat_map(|plan| &plan.prices).map(sold_in).collect();
            for (plan, (cycle, currency)) in
                product.plans.iter().flat_map(|plan| sold.iter().map(move |how| (plan, how)))
            {
                let price = price_in(&plan.prices, &plan.code, *cycle, *currency);
                assert!(price.is_some(), "{} {cycle} {currency}", plan.code);
                for option in product.options.iter().filter(|option| option.is_on(&plan.code)) {
                    let price = price_in(&option.prices, &plan.code, *cycle, *currency);
                    assert!(price.is_some(), "{} on {} {cycle} {currency}", option.code, plan.code);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

fn sold_in(price: &Price) -> (Cycle, Currency) {
    (price.cycle, price.amount.currency)
}

/// Seed 003 in the demo's own book: the amounts are those that `scenarios/seed-003-*.story` work out.
fn examples(engine: &Engine, logins: &DemoLogins) {
    let totals = |name: &str| {
        let customer = logins.customers.iter().find(|customer| customer.name == name).expect(name);
        let filter = DocumentFilter { account: Some(customer.account), ..DocumentFilter::default() };
        let documents = engine.store().documents(&filter, &Window::first(200)).expect("documents").rows;
        documents.into_iter().map(|row| row.document.total.decimal()).collect::<Vec<_>>()
    };
    for (name, total) in [
        ("Tern & Pebble", "13.00"),
        ("Marlowe Cycles", "21.10"),
        ("Juniper Bakes", "4.84"),
        ("Okafor Language School", "400.00"),
    ] {
        assert!(totals(name).iter().any(|one| one == total), "{name}: {:?}", totals(name));
    }
}

/// What the storefronts' own policies lead to: lines that wait for the next invoice, bought days, a change made unpaid.
fn settlements(engine: &Engine, logins: &DemoLogins, now: Timestamp) {
    let account = |name: &str| {
        let customer = logins.customers.iter().find(|customer| customer.name == name).expect(name);
        engine.account(customer.account, now).expect("a readable book").expect("an account")
    };
    let services = |name: &str| {
        let account = account(name);
        account.subscriptions.into_iter().map(|one| (one.service.label.clone(), one)).collect::<BTreeMap<_, _>>()
    };
    let delphine = services("Delphine Okoye");
    assert!(delphine["photos"].waiting.len() >= 3, "{now}: {:?}", delphine["photos"].waiting);
    assert!(delphine["film-rushes"].waiting.iter().any(|line| line.amount.is_negative()), "{now}");
    assert!(delphine["archive"].waiting.is_empty(), "{now}: {:?}", delphine["archive"].waiting);
    assert!(!services("小川 直子")["小川整形外科"].waiting.is_empty(), "{now}");
    let mercer = services("Mercer Physiotherapy");
    for (label, plan) in [("front-desk", "switchboard"), ("branch-hill-street", "single"), ("night-line", "trial")] {
        assert_eq!(mercer[label].plan().code, plan, "{now}: {label}");
    }
    let bramble = &services("Bramble & Fig")["bramble-and-fig"];
    assert!(bramble.waiting.len() >= 3, "{now}: a month and a change in it wait: {:?}", bramble.waiting);
    let osprey = account("Osprey Tutors");
    let tried = osprey.invoices[0].in_dunning().map(|dunning| dunning.retried);
    assert!(matches!(tried, Some(1..=6)), "{now}: {tried:?}");
    assert!(osprey.subscriptions[0].service.access.is_full(), "{now}: it is in its grace");
    let calder = &services("Calder Framing")["calder-framing"];
    assert!(!calder.service.access.is_full() && calder.service.is_settled(), "{now}: {:?}", calder.service);
    let lantern = &services("Lantern Ferries")["lantern-ferries"];
    assert!(lantern.is_in_trial() && lantern.plan().code == "desk-pro", "{now}: {lantern:?}");
    let charged = lantern.one_time.trial.map(Money::decimal);
    assert_eq!(charged.as_deref(), Some("2.50"), "{now}: a dollar with the start, the rest with the change");
    let quarry = &services("Quarry Lane Vets")["quarry-lane"];
    let zone = Zone::parse("America/New_York").expect("a zone");
    assert_eq!(zone.date(quarry.period.until).day(), 1, "{now}: it is paid on the first");
    assert!(!quarry.is_in_trial() && quarry.items.iter().any(|item| item.quantity == 8), "{now}: {quarry:?}");
    let lima = &services("Beatriz Lima")["lima-cafe"];
    assert!(lima.scheduled_end().is_some() && lima.service.access.is_full(), "{now}: {:?}", lima.cancellation);
    let ended = |name: &str| {
        let filter = SubscriptionFilter { account: Some(account(name).id), ..SubscriptionFilter::default() };
        let rows = engine.store().subscriptions(&filter, &Window::first(200)).expect("subscriptions").rows;
        let ended = rows.into_iter().filter_map(|row| row.cancellation.filter(|one| one.ended_at.is_some()));
        ended.collect::<Vec<_>>()
    };
    let [books] = ended("Henrike Poulsen").try_into().expect("one service that has ended");
    assert!(books.quote.to_balance.is_positive(), "{now}: {:?}", books.quote);
    assert_eq!(account("Henrike Poulsen").balance, books.quote.to_balance, "{now}");
    let [beta] = ended("Mirjam Österlund").try_into().expect("one service that has ended");
    assert!(beta.quote.to_balance.is_zero() && beta.quote.ends_at < now, "{now}: {:?}", beta.quote);
    let mail = services("Café Morgenrot GbR");
    assert_eq!(mail["morgenrot.example"].plan().code, "mail-plus", "{now}");
    let owed = account("Café Morgenrot GbR").invoices.iter().filter(|invoice| invoice.is_open()).count();
    assert_eq!(owed, 2, "{now}: one made unpaid, one that waits for its transfer");
}

fn word(state: ChangeState) -> &'static str {
    match state {
        ChangeState::AwaitsPayment { .. } => "awaits",
        ChangeState::Scheduled { .. } => "scheduled",
        ChangeState::Applied { .. } => "applied",
        ChangeState::Withdrawn { .. } => "withdrawn",
        ChangeState::Lapsed { .. } => "lapsed",
    }
}

#[test]
fn the_book_of_an_ordinary_day_closes() {
    check("2026-11-22T02:40:00Z");
}

#[test]
fn the_book_of_the_last_day_of_a_month_closes() {
    check("2027-01-31T23:59:30Z");
}

#[test]
fn the_book_of_a_leap_day_closes() {
    check("2028-02-29T00:00:10Z");
}

#[test]
fn the_book_of_the_night_the_clocks_change_closes() {
    check("2027-03-28T01:00:00Z");
}
