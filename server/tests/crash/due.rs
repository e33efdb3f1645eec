//! What time alone brings about, while the server is killed again and again: periods end whose changes wait for the next
//! invoice, subscriptions end that were cancelled with them, unpaid changes fall due that are made all the same, changes begin
//! on their chosen day, trials end, unpaid renewals are tried again and their grace ends. Each happens once, and each charge is made once.

use std::time::{Duration, Instant};

use billing::account::ChangeState;
use billing::document::{DocumentKind, DocumentReason, InvoiceState};
use billing::effect::TestCard;
use billing::service::Access;
use jiff::Timestamp;
use store::{Books, RunFilter, Window};

use super::desk::pause;
use super::dice::{Dice, seed};
use super::installation::Installation;
use super::node::Node;
use super::past::{Awaits, Customer, LAST_TRY, lay};
use super::quiet;
use super::undertaker::Undertaker;

/// Customers of each kind.
const EACH: i64 = 9;
const KILLS: usize = 12;
/// How long all that is due may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn what_falls_due_while_a_server_is_killed_happens_once() {
    let installation = Installation::on_a_file();
    let customers = lay(&installation, EACH);
    let mut dice = Dice::of(seed(31), 0);
    for _ in 0..KILLS {
        let node = Node::start(&installation);
        // At its first look at what is due, in the midst of it, or while what comes of it is delivered.
        std::thread::park_timeout(Duration::from_micros(dice.below(700_000)));
        node.kill();
    }
    let node = Node::start(&installation);
    wait_until_nothing_is_due(&installation);
    node.end_cleanly();
    check(&installation, &customers);
}

#[test]
fn what_falls_due_while_one_of_two_nodes_dies_happens_once() {
    let installation = Installation::on_postgres();
    let customers = lay(&installation, EACH);
    let mut dice = Dice::of(seed(32), 0);
    let undertaker = Undertaker::of(installation.database());
    let mut nodes = vec![Node::start(&installation), Node::start(&installation)];
    for round in 0..KILLS {
        std::thread::park_timeout(Duration::from_micros(dice.below(500_000)));
        let dead = nodes.remove(round % 2);
        let name = dead.name();
        dead.kill();
        undertaker.bury(name);
        nodes.insert(round % 2, Node::start(&installation));
    }
    wait_until_nothing_is_due(&installation);
    undertaker.go_home();
    nodes.into_iter().for_each(Node::end_cleanly);
    check(&installation, &customers);
}

fn wait_until_nothing_is_due(installation: &Installation) {
    let (book, begun) = (installation.book(), Instant::now());
    while !book.due(latest(), 1).expect("what is due").is_empty() {
        assert!(begun.elapsed() < PATIENCE, "{:?} is due still", book.due(latest(), 9));
        pause();
    }
    quiet::wait(installation);
}

/// The last moment at which anything of the past falls due, seen from now.
fn latest() -> Timestamp {
    Timestamp::now().checked_add(Duration::from_secs(20)).expect("a moment")
}

fn check(installation: &Installation, customers: &[Customer]) {
    quiet::check_books(installation);
    let book = installation.book();
    let mut charges = quiet::charges(&book);
    for customer in customers {
        let books = quiet::books(&book, customer.account);
        quiet::check_attempts(&books, &mut charges);
        quiet::check_machines(installation, &books);
        quiet::check_effects(&book, &books);
        match &customer.awaits {
            Awaits::Renewal { lines, card } => {
                let invoices = invoices_of_periods(&books);
                assert_eq!(invoices.len(), 2, "one invoice for each period: {invoices:?} (I09)");
                let renewal =
                    invoices.iter().find(|invoice| invoice.lines.len() > 1).expect("the invoice that has them");
                let (waited, of_period) = renewal.lines.split_at(lines.len());
                assert_eq!(waited, lines.as_slice(), "the lines stand on it as they waited");
                assert_eq!(of_period.len(), 1, "and beside them the plan");
                let subscription = &books.account.subscriptions[0];
                assert!(subscription.waiting.is_empty(), "{:?}", subscription.waiting);
                assert_eq!(subscription.period_ordinal(), 1);
                let is_open = books.account.invoice(renewal.id).expect("an invoice").is_open();
                assert_eq!(is_open, *card == TestCard::Declines, "{card:?}");
                let asked = books.account.attempts.iter().filter(|attempt| attempt.invoice == renewal.id).count();
                assert_eq!(asked, 1, "the card is asked once (I26)");
            }
            Awaits::End { lines, card } => {
                assert_eq!(invoices_of_periods(&books).len(), 1, "there is no renewal");
                let reason = DocumentReason::Cancellation;
                let ends: Vec<_> = books.documents.iter().filter(|document| document.reason == reason).collect();
                let [last] = ends.as_slice() else { panic!("one last invoice: {ends:?}") };
                assert_eq!(&last.lines, lines, "the lines stand on it as they waited");
                let subscription = &books.account.subscriptions[0];
                assert!(subscription.has_ended() && subscription.waiting.is_empty(), "{subscription:?}");
                assert_eq!(subscription.service.access, Access::Ended);
                assert_eq!(books.account.had, ["storage"]);
                let is_open = books.account.invoice(last.id).expect("an invoice").is_open();
                assert_eq!(is_open, *card == TestCard::Declines, "{card:?}");
                let asked = books.account.attempts.iter().filter(|attempt| attempt.invoice == last.id).count();
                assert_eq!(asked, 1, "the card is asked once (I26)");
            }
            Awaits::Owed => {
                assert_eq!(books.changes.len(), 1);
                assert!(matches!(books.changes[0].state, ChangeState::Applied { .. }), "{:?}", books.changes[0].state);
                assert_eq!(books.account.subscriptions[0].plan().code, "mail-plus");
                let invoice = books.changes[0].document.and_then(|id| books.account.invoice(id)).expect("its invoice");
                assert_eq!(invoice.state, InvoiceState::Open, "it is owed");
                let applied = books.account.subscriptions[0].service.generation;
                assert_eq!(applied, 2, "it was made once");
            }
            Awaits::ChosenDay { card } => {
                assert_eq!(books.changes.len(), 1);
                let ChangeState::Applied { .. } = books.changes[0].state else {
                    panic!("{card:?}: {:?}", books.changes[0].state);
                };
                let invoices = books.documents.iter().filter(|one| one.kind == DocumentKind::Invoice).count();
                assert_eq!(invoices, 2, "one for the period, one for the change");
                assert_eq!(books.account.subscriptions[0].service.generation, 2, "it was made once");
                let invoice = books.changes[0].document.expect("its invoice");
                let asked = books.account.attempts.iter().filter(|attempt| attempt.invoice == invoice).count();
                assert_eq!(asked, 1, "the card is asked once (I26)");
                let is_open = books.account.invoice(invoice).is_some_and(|invoice| invoice.is_open());
                assert_eq!(is_open, *card == TestCard::Declines, "{card:?}: it is made, and owed where nothing came");
            }
            Awaits::TrialOver { card } => {
                let subscription = &books.account.subscriptions[0];
                assert_eq!(
                    (subscription.trial_until, subscription.period_ordinal()),
                    (None, 1),
                    "the trial was period 0"
                );
                let invoices = invoices_of_periods(&books);
                let [first] = invoices.as_slice() else { panic!("one first invoice: {invoices:?} (I09)") };
                let is_open = books.account.invoice(first.id).expect("an invoice").is_open();
                assert_eq!(is_open, *card == TestCard::Declines, "{card:?}");
                let asked = books.account.attempts.iter().filter(|attempt| attempt.invoice == first.id).count();
                assert_eq!(asked, 1, "the card is asked once (I26)");
            }
            Awaits::Retry { card, failed } => {
                let invoices = invoices_of_periods(&books);
                assert_eq!(invoices.len(), 2, "one invoice for each period: {invoices:?} (I09)");
                let renewal = invoices
                    .iter()
                    .find(|invoice| {
                        books.account.invoices.iter().any(|known| known.id == invoice.id && known.dunning.is_some())
                    })
                    .expect("the invoice of the renewal");
                let invoice = books.account.invoice(renewal.id).expect("an invoice");
                let asked = books.account.attempts.iter().filter(|attempt| attempt.invoice == renewal.id).count();
                assert_eq!(asked, failed + 1, "the card is tried once more (I26)");
                let declined = *card == TestCard::Declines;
                assert_eq!(invoice.is_open(), declined, "{card:?}");
                let service = &books.account.subscriptions[0].service;
                let is_over = declined && *failed == LAST_TRY;
                assert_eq!(service.access.is_full(), !is_over, "{card:?} after {failed} failures");
                let dunning = invoice.dunning.as_ref().expect("what becomes of it");
                assert_eq!(dunning.retried, *failed, "{dunning:?}");
                assert_eq!(dunning.grace_over, is_over, "{dunning:?}");
            }
        }
    }
    assert!(charges.is_empty(), "the gateway took what we do not know of: {charges:?}");
    let runs = book.module_runs(&RunFilter::default(), &Window::first(200)).expect("the runs of modules").rows;
    let broken_off = runs.iter().filter(|run| run.ended_at.is_none()).count();
    println!("{} runs of modules, {broken_off} of them broken off by a kill", runs.len());
    assert!(broken_off > 0, "the kills did not hit");
}

fn invoices_of_periods(books: &Books) -> Vec<&billing::document::Document> {
    let is_of_period = |reason: &DocumentReason| matches!(reason, DocumentReason::Period { .. });
    let documents = books.documents.iter().filter(|document| document.kind == DocumentKind::Invoice);
    documents.filter(|document| is_of_period(&document.reason)).collect()
}
