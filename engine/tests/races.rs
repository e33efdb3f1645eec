//! Many hands on one account: double clicks, two tabs, repeated requests, forged tokens. One change, one charge.

mod world;

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use billing::command::{Actor, Answer, Asker, Command, PaymentChoice};
use billing::effect::TestCard;
use billing::id::AccountId;
use billing::quote::PlanChangeRequest;
use billing::refusal::Refusal;
use billing::scenario::{Story, World as _, tell};
use engine::{Ask, Engine, EngineError, Submission, TokenError};
use jiff::Timestamp;
use store::testing::{TestDatabase, database_from};
use store::{Location, Store};
use world::EngineWorld;

const STORY: &str = "\
# Alice on the smallest of three plans
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  on s
";

struct Book {
    engine: Engine,
    account: AccountId,
    request: PlanChangeRequest,
    _folder: Option<tempfile::TempDir>,
    _database: Option<TestDatabase>,
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The same book on both databases.
fn books() -> Vec<Book> {
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = Location::Sqlite(folder.path().join("book.db"));
    let database = database_from("engine stories", |url| {
        Store::open(&Location::Postgres(url.to_owned())).expect("a template").migrate().expect("a schema");
    });
    let postgres = Location::Postgres(database.url.clone());
    vec![book(&sqlite, Some(folder), None), book(&postgres, None, Some(database))]
}

fn book(location: &Location, folder: Option<tempfile::TempDir>, database: Option<TestDatabase>) -> Book {
    let store = Store::open(location).expect("a book");
    store.migrate().expect("a schema");
    let mut world = EngineWorld::on(store);
    tell(&Story::parse(STORY).expect("a story"), &mut world).expect("a true story");
    let account = world.engine.store().account_ids(None, 10).expect("accounts")[0];
    let seen = world.see(at("2026-04-11T09:00:00Z"), &account.to_string()).expect("an account");
    let mut basket = world.engine.account(account, at("2026-04-11T09:00:00Z")).expect("a load").expect("an account");
    let subscription = basket.subscriptions.remove(0);
    assert_eq!(subscription.id.to_string(), seen.subscriptions[0].id);
    let mut basket = subscription.basket();
    basket.plan = "m".into();
    let request =
        PlanChangeRequest { subscription: subscription.id, basket, asked_by: Asker::Customer, when: None, on: None };
    Book { engine: world.engine, account, request, _folder: folder, _database: database }
}

fn submission(book: &Book, token: &str, key: Option<String>) -> Submission {
    Submission {
        account: book.account,
        actor: Actor::Customer("alice".to_owned()),
        token: token.to_owned(),
        pays_by: PaymentChoice::Card(TestCard::Pays),
        key,
    }
}

#[test]
fn forty_clicks_on_one_quote_are_one_change() {
    for book in books() {
        let now = at("2026-04-11T09:00:00Z");
        let token = book.engine.quote(book.account, &book.request, now).expect("a quote").token;
        let start = Barrier::new(40);
        let answers: Vec<Answer> = thread::scope(|scope| {
            let click = || {
                start.wait();
                book.engine.submit(&submission(&book, &token, None), now).expect("a submission").answer
            };
            let clicks: Vec<_> = (0..40).map(|_| scope.spawn(click)).collect();
            clicks.into_iter().map(|click| click.join().expect("a click")).collect()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let books = book.engine.store().books(book.account).expect("books").expect("an account");
        assert_eq!(books.changes.len(), 1);
        assert_eq!(books.account.attempts.len(), 1);
        assert_eq!(book.engine.verify(|_| {}).expect("a proof").findings, []);
    }
}

#[test]
fn of_two_tabs_one_submits_and_the_other_is_told() {
    for book in books() {
        let now = at("2026-04-11T09:00:00Z");
        let quote = |plan: &str| {
            let mut request = book.request.clone();
            request.basket.plan = plan.into();
            book.engine.quote(book.account, &request, now).expect("a quote").token
        };
        let tokens = [quote("m"), quote("l")];
        let start = Barrier::new(2);
        let results: Vec<Result<_, EngineError>> = thread::scope(|scope| {
            let submit = |token: &String| {
                start.wait();
                book.engine.submit(&submission(&book, token, None), now)
            };
            let tabs: Vec<_> = tokens.iter().map(|token| scope.spawn(move || submit(token))).collect();
            tabs.into_iter().map(|tab| tab.join().expect("a tab")).collect()
        });
        let refused: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
        assert_eq!(refused.len(), 1, "{results:?}");
        let told = matches!(refused[0], EngineError::Refused(refusal) if matches!(**refusal, Refusal::ChangeOpen(_)));
        assert!(told, "{refused:?}");
        let books = book.engine.store().books(book.account).expect("books").expect("an account");
        assert_eq!((books.changes.len(), books.account.attempts.len()), (1, 1));
    }
}

#[test]
fn a_key_that_comes_again_with_another_body_is_refused() {
    for book in books() {
        let now = at("2026-04-11T09:00:00Z");
        let key = Some("retry-1".to_owned());
        let token = book.engine.quote(book.account, &book.request, now).expect("a quote").token;
        let first = book.engine.submit(&submission(&book, &token, key.clone()), now).expect("a submission");
        let later = at("2026-04-11T09:05:00Z");
        let again = book.engine.submit(&submission(&book, &token, key.clone()), later).expect("the same submission");
        assert_eq!((&again.answer, again.repeated), (&first.answer, true));
        let mut other = submission(&book, &token, key);
        other.pays_by = PaymentChoice::BankTransfer;
        let refused = book.engine.submit(&other, later).expect_err("another body");
        assert!(matches!(refused, EngineError::Refused(refusal) if *refusal == Refusal::KeyReused));
    }
}

#[test]
fn a_token_that_is_not_ours_or_another_accounts_is_refused() {
    for book in books() {
        let now = at("2026-04-11T09:00:00Z");
        let token = book.engine.quote(book.account, &book.request, now).expect("a quote").token;
        let before = book.engine.account(book.account, now).expect("a load").expect("an account");
        let submit = |token: &str| book.engine.submit(&submission(&book, token, None), now).map(drop);
        let mut changed = token.clone().into_bytes();
        changed[10] = if changed[10] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("letters");
        let (payload, _) = token.split_once('.').expect("a signature");
        for forged in ["", ".", "a.b", &changed, payload, &format!("{payload}."), &"x".repeat(20_000)] {
            assert!(matches!(submit(forged), Err(EngineError::Token(TokenError::Forged))), "{forged:.40}");
        }
        let stranger = engine::new_account_id(now);
        let foreign = Submission { account: stranger, ..submission(&book, &token, None) };
        assert!(matches!(book.engine.submit(&foreign, now), Err(EngineError::Token(TokenError::Foreign))));
        let after = book.engine.account(book.account, now).expect("a load").expect("an account");
        assert_eq!(after, before, "nothing was stored");
    }
}

#[test]
fn money_reported_five_times_is_booked_once() {
    for book in books() {
        let now = at("2026-04-11T09:00:00Z");
        let token = book.engine.quote(book.account, &book.request, now).expect("a quote").token;
        let mut by_transfer = submission(&book, &token, None);
        by_transfer.pays_by = PaymentChoice::BankTransfer;
        let Answer::ChangeSubmitted { document, due, .. } =
            book.engine.submit(&by_transfer, now).expect("a submission").answer
        else {
            panic!("a change is submitted");
        };
        let ask = Ask {
            account: book.account,
            actor: Actor::Staff("staff".to_owned()),
            key: None,
            command: Command::ReceiveTransfer { invoice: document, amount: due, reference: "bank 1".to_owned() },
        };
        let answers: BTreeSet<bool> =
            (0..5).map(|_| book.engine.run(&ask, now).expect("a transfer").answer == Answer::Nothing).collect();
        assert_eq!(answers.len(), 2, "the first is booked, the others are nothing");
        let account = book.engine.account(book.account, now).expect("a load").expect("an account");
        assert!(account.balance.is_zero() && account.invoices.is_empty());
        assert_eq!(book.engine.verify(|_| {}).expect("a proof").findings, []);
    }
}
