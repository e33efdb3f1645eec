//! The quiet point: nothing is under way any more. What must be true of the whole book then, read from the book itself
//! and from the books of those it deals with: the gateway, the mail log, the played servers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use billing::account::{Attempt, AttemptState, ChangeState};
use billing::document::DocumentKind;
use billing::effect::Wish;
use billing::payout::PayoutState;
use billing::service::{Access, Progress};
use midcycle::modules::play_server::read_state;
use store::{Books, EffectState, MailFilter, SandboxCharge, Store, Window};

use super::desk::{Desk, Told, pause};
use super::dice::Dice;
use super::installation::Installation;

/// How long the queue may take to drain.
const PATIENCE: Duration = Duration::from_secs(45);

/// Waits until the queue is empty.
pub fn wait(installation: &Installation) {
    let book = installation.book();
    let begun = Instant::now();
    loop {
        let counts = book.counts().expect("the counts");
        if counts.queued_effects == 0 {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "the queue does not drain: {counts:?}");
        pause();
    }
}

/// Sends every answered write once more, and sees that this changes nothing.
pub fn repeat_everything(installation: &Installation, desk: &Desk) {
    let entries = |book: &Store| {
        let ids = book.account_ids(None, 1000).expect("the accounts");
        ids.into_iter().map(|id| books(book, id).log.len()).sum::<usize>()
    };
    let book = installation.book();
    let before = entries(&book);
    let mut dice = Dice::of(0, 0);
    for told in desk.told() {
        desk.repeat(&mut dice, &told);
    }
    assert_eq!(entries(&book), before, "a repeated request was done again");
}

/// The books close, and nothing is wrong with the installation.
pub fn check_books(installation: &Installation) {
    let verdict = installation.says(&["verify"]);
    assert!(verdict.contains("the books close"), "{verdict}");
    let examination = installation.says(&["doctor"]);
    assert!(examination.contains("all is well"), "{examination}");
}

/// What the gateway was asked for, by the key it was asked with.
pub fn charges(book: &Store) -> BTreeMap<String, SandboxCharge> {
    let charges = book.sandbox_charges().expect("the gateway's books");
    charges.into_iter().map(|charge| (charge.key.clone(), charge)).collect()
}

/// Everything that was acknowledged is there, once, and finished; and the books close.
pub fn check(installation: &Installation, told: &[Told]) {
    check_books(installation);
    let book = installation.book();
    let acknowledged = |path: &str| told.iter().filter(|told| told.request.path == path).count();
    let accounts = book.account_ids(None, 1000).expect("the accounts");
    let every: Vec<_> = accounts.iter().map(|id| books(&book, *id)).collect();
    assert_eq!(every.len(), acknowledged("/v1/customers"));
    let services: usize = every.iter().map(|books| books.account.subscriptions.len()).sum();
    assert_eq!(services, acknowledged("/v1/services"));
    let changes: usize = every.iter().map(|books| books.changes.len()).sum();
    assert_eq!(changes, acknowledged("/v1/changes"));

    check_leaving(&every, told);
    let mut charges = charges(&book);
    for books in &every {
        check_balance(books, &charges);
        check_money(books, &mut charges);
        check_machines(installation, books);
        check_effects(&book, books);
    }
    assert!(charges.is_empty(), "the gateway took what we do not know of: {charges:?}");
}

/// How often something was written whose address ends so, as it was answered.
fn answered(told: &[Told], end: &str) -> usize {
    told.iter().filter(|told| told.request.path.ends_with(end)).count()
}

/// Everything that was answered of leaving is in the log once, and what was not answered with an end goes on.
fn check_leaving(every: &[Books], told: &[Told]) {
    for (end, name) in [
        ("/cancellation", "cancel_subscription"),
        ("/uncancel", "uncancel_subscription"),
        ("/v1/payouts", "request_payout"),
        ("/sent", "confirm_payout"),
        ("/returned", "return_payout"),
    ] {
        let logged = every.iter().flat_map(|books| &books.log).filter(|(entry, _)| entry.name == name).count();
        assert_eq!(logged, answered(told, end), "{name}");
    }
    let ends = told.iter().map(|told| told.answer.json()).filter(|answer| answer["ended"] == true);
    let told_ended: BTreeSet<_> = ends.map(|answer| answer["id"].as_str().expect("a service").to_owned()).collect();
    let services = every.iter().flat_map(|books| &books.account.subscriptions);
    let ended = services.filter(|one| one.has_ended()).map(|one| one.service.id.to_string()).collect();
    assert_eq!(told_ended, ended);
}

/// Of those who came and went nobody is left, some had a cancellation or a payout back, and no reference was sent twice.
pub fn check_that_all_left(told: &[Told]) {
    let services = told.iter().filter(|told| told.request.path == "/v1/services").count();
    let ends = told.iter().filter(|told| told.answer.json()["ended"] == true).count();
    assert_eq!(ends, services);
    for end in ["/uncancel", "/sent", "/returned"] {
        assert!(answered(told, end) > 0, "nobody asked for {end}");
    }
    println!("{ends} ends, {} payouts sent, {} returned", answered(told, "/sent"), answered(told, "/returned"));
}

/// What the gateway took is what the documents bill less what they give back, what is on the balance, and what was paid
/// out.
fn check_balance(books: &Books, charges: &BTreeMap<String, SandboxCharge>) {
    let taken = books.account.attempts.iter().filter_map(|attempt| charges.get(&attempt.id.to_string()));
    let taken: i64 = taken.filter(|charge| charge.captured).map(|charge| charge.amount.minor).sum();
    let of_kind = |kind: DocumentKind| -> i64 {
        let documents = books.documents.iter().filter(|document| document.kind == kind);
        documents.map(|document| document.total.minor).sum()
    };
    let sent = books.payouts.iter().filter(|payout| matches!(payout.state, PayoutState::Sent { .. }));
    let sent: i64 = sent.map(|payout| payout.amount.minor).sum();
    let billed = of_kind(DocumentKind::Invoice) - of_kind(DocumentKind::CreditNote);
    let account = &books.account;
    assert_eq!(taken, billed + account.balance.minor + sent, "{}: {account:?}", account.name);
    assert_eq!((account.reserved.minor, &account.payout), (0, &None), "nothing is under way");
}

/// All of an account.
pub fn books(book: &Store, id: billing::id::AccountId) -> Books {
    book.books(id).expect("books that can be read").expect("an account")
}

/// Each attempt is at the gateway once and says what the gateway says; each invoice was paid once; each change was made.
fn check_money(books: &Books, charges: &mut BTreeMap<String, SandboxCharge>) {
    check_attempts(books, charges);
    let open: Vec<_> = books.account.invoices.iter().filter(|invoice| invoice.is_open()).collect();
    assert!(open.is_empty(), "{open:?}");
    for change in &books.changes {
        assert!(matches!(change.state, ChangeState::Applied { .. }), "{change:?} (I25)");
    }
}

/// Each attempt is at the gateway once and says what the gateway says; each invoice was paid once.
pub fn check_attempts(books: &Books, charges: &mut BTreeMap<String, SandboxCharge>) {
    let mut paid = BTreeSet::new();
    for attempt in &books.account.attempts {
        let charge = charges.remove(&attempt.id.to_string());
        if charge.is_none() && never_sent(attempt) {
            continue;
        }
        let charge = charge.unwrap_or_else(|| panic!("the gateway never saw {attempt:?}"));
        assert_eq!((charge.amount, charge.card), (attempt.amount, attempt.card));
        match &attempt.state {
            AttemptState::Captured { .. } => {
                assert!(charge.captured, "{attempt:?}");
                assert!(paid.insert(attempt.invoice), "{} was paid twice", attempt.invoice);
            }
            AttemptState::Failed { .. } => assert!(!charge.captured, "{attempt:?} but the money was taken"),
            AttemptState::Sent | AttemptState::Unknown => panic!("{attempt:?} has no outcome"),
        }
    }
}

/// Was the invoice of an attempt closed, as by a cancellation, before the gateway was asked?
fn never_sent(attempt: &Attempt) -> bool {
    matches!(&attempt.state, AttemptState::Failed { reason } if reason == "the invoice was closed before the payment was sent")
}

/// Each machine has what was paid for, by its own word.
pub fn check_machines(installation: &Installation, books: &Books) {
    for subscription in &books.account.subscriptions {
        let service = &subscription.service;
        assert_eq!(service.progress, Progress::Done, "{}", service.label);
        assert_eq!(service.observed.as_ref(), Some(&service.desired));
        assert_eq!(service.observed_generation, service.generation);
        let applied = books.changes.iter().filter(|change| change.quote.subscription == subscription.id).count();
        // Access that is restricted is wanted of it as a size is.
        let wanted = 1 + i64::try_from(applied).expect("a small number") + i64::from(!service.access.is_full());
        assert_eq!(service.generation, wanted);
        let state = read_state(&installation.servers().join(service.id.to_string())).expect("a readable server");
        let state = state.expect("a server that was made");
        assert_eq!((state.generation, state.size.as_ref()), (service.generation, Some(&service.desired)));
        assert_eq!(state.access, service.access, "{}", service.label);
        assert_eq!(service.access == Access::Ended, subscription.has_ended(), "{}", service.label);
        assert!(i64::from(state.boots) <= service.generation, "one restart for each new size at most: {state:?}");
    }
}

/// Each effect was delivered, and each mail is kept once under the id of its effect.
pub fn check_effects(book: &Store, books: &Books) {
    let unfinished: Vec<_> = books.effects.iter().filter(|(_, state)| *state != EffectState::Done).collect();
    assert!(unfinished.is_empty(), "{unfinished:?}");
    let filter = MailFilter { account: Some(books.account.id) };
    let mails = book.mails(&filter, &Window::first(200)).expect("the mail log").rows;
    let kept: BTreeSet<_> = mails.iter().map(|mail| mail.id).collect();
    assert_eq!(kept.len(), mails.len(), "a mail is kept twice");
    let wished = books.effects.iter().filter(|(effect, _)| matches!(effect.wish, Wish::Mail(_)));
    assert_eq!(kept, wished.map(|(effect, _)| effect.id).collect());
}
