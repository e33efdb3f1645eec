//! A past that customers have when the server starts: changes that wait for the next invoice of a period that is over or is
//! about to be; unpaid changes whose time to pay is over or about to be, which are made all the same; changes whose chosen
//! day has begun; trials that are over; subscriptions that were cancelled with their period; renewals that were not paid,
//! whose next try is due or about to be, for some the last one, with which their grace is over.

use billing::account::{Account, ChangeState};
use billing::calendar::{Cycle, Zone};
use billing::cancellation::CancellationRequest;
use billing::catalogue::Basket;
use billing::command::{Actor, Answer, Asker, Command, PaymentChoice, PaymentOutcome};
use billing::document::DocumentLine;
use billing::effect::TestCard;
use billing::id::{AccountId, SubscriptionId};
use billing::money::Currency;
use billing::policy::When;
use billing::quote::PlanChangeRequest;
use engine::{Ask, CancellationSubmission, Engine, Submission, new_account_id};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::SandboxCharge;

use super::installation::Installation;

/// A customer and what must come of their past.
pub struct Customer {
    pub account: AccountId,
    pub awaits: Awaits,
}

/// What is about to happen.
pub enum Awaits {
    /// The invoice of a new period takes in these lines, paid by this card.
    Renewal { lines: Vec<DocumentLine>, card: TestCard },
    /// A subscription ends, and its last invoice has these lines, paid by this card.
    End { lines: Vec<DocumentLine>, card: TestCard },
    /// A change is made, and owed.
    Owed,
    /// A change begins, its day chosen before, and waits for its payment or is made with it.
    ChosenDay { card: TestCard },
    /// A trial ends with the first invoice, to be paid by this card.
    TrialOver { card: TestCard },
    /// A renewal whose payment failed so many times is tried once more, with this card; where it was the last try, access
    /// ends with it.
    Retry { card: TestCard, failed: usize },
}

/// How often a renewal is tried before its grace is over, by the policy of the messenger.
pub const LAST_TRY: usize = 7;

/// So many customers of each kind, whose moments come one after the other, from before the server starts to some seconds
/// after.
pub fn lay(installation: &Installation, each: i64) -> Vec<Customer> {
    for storefront in ["/storefronts/host.toml", "/storefronts/saas.toml"] {
        installation.says(&["publish", &format!("{}{storefront}", env!("CARGO_MANIFEST_DIR"))]);
    }
    let engine = installation.engine();
    let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).expect("now");
    let mut customers = Vec::new();
    for number in 0..each {
        let comes = now.checked_add(SignedDuration::from_millis(900 * number - 2_000)).expect("a moment");
        let cards = [TestCard::Pays, TestCard::TimesOutAfterCharging, TestCard::Declines];
        let card = cards[usize::try_from(number).expect("a small number") % cards.len()];
        customers.push(with_waiting_lines(&engine, comes, card));
        customers.push(with_a_cancellation(&engine, comes, card));
        // By transfer its time ends; by a card that declines, its payment fails as soon as the server asks for it.
        let pays = if number % 2 == 0 { PaymentChoice::BankTransfer } else { PaymentChoice::Card(TestCard::Declines) };
        customers.push(with_a_missed_payment(&engine, comes, pays));
        customers.push(with_a_chosen_day(&engine, now, card));
        customers.push(in_a_trial(&engine, now, card));
        customers.push(with_an_unpaid_renewal(&engine, comes, card, 1));
        customers.push(with_an_unpaid_renewal(&engine, comes, card, LAST_TRY));
    }
    customers
}

/// A box of storage whose period is over at `renews`, and the lines that wait for the next invoice.
fn with_waiting_lines(engine: &Engine, renews: Timestamp, card: TestCard) -> Customer {
    let (account, lines) = box_of_storage(engine, renews, card);
    Customer { account, awaits: Awaits::Renewal { lines, card } }
}

/// The same, cancelled with its period: after it was taken back once.
fn with_a_cancellation(engine: &Engine, ends: Timestamp, card: TestCard) -> Customer {
    let (account, lines) = box_of_storage(engine, ends, card);
    let at = plus(ends, -3);
    let subscription = read(engine, account, at).subscriptions[0].id;
    cancel(engine, account, subscription, at);
    run(engine, account, Command::UncancelSubscription { subscription }, at);
    cancel(engine, account, subscription, plus(at, 1));
    Customer { account, awaits: Awaits::End { lines, card } }
}

fn cancel(engine: &Engine, account: AccountId, subscription: SubscriptionId, at: Timestamp) {
    let request = CancellationRequest { subscription, when: When::PeriodEnd, asked_by: Asker::Customer };
    let token = engine.quote_cancellation(account, &request, at).expect("a quote").token;
    let actor = Actor::Customer("customer@example.org".to_owned());
    let submission = CancellationSubmission { account, actor, token, reason: None, key: None };
    engine.cancel(&submission, at).expect("a cancellation");
}

/// A box of storage that was made larger, and smaller again by less: both wait for the invoice at the end of the period,
/// which is over at `over`.
fn box_of_storage(engine: &Engine, over: Timestamp, card: TestCard) -> (AccountId, Vec<DocumentLine>) {
    // A month before, by the calendar of a zone whose clocks stand.
    let zone = Zone::parse("UTC").expect("a zone");
    let began = zone.local(over).checked_sub(jiff::Span::new().months(1)).expect("a month before");
    let began = zone.instant(began);
    let account = open(engine, "vps", began);
    let subscription = start(engine, account, "storage", "box-250", began, card);
    change(engine, account, subscription, "box-4000", plus(began, 3), PaymentChoice::Card(card));
    change(engine, account, subscription, "box-1000", plus(began, 9), PaymentChoice::Card(card));
    let known = read(engine, account, plus(began, 9));
    let present = known.subscription(subscription).expect("the subscription");
    // Where the month before has no such day, it is over already.
    assert!(present.period.until <= over, "the period ends by then");
    assert!(!present.waiting.is_empty(), "lines wait");
    (account, present.waiting.clone())
}

/// Mailboxes whose plan was changed and not paid; the time to pay is over at `over`.
fn with_a_missed_payment(engine: &Engine, over: Timestamp, pays: PaymentChoice) -> Customer {
    let ordered = plus(over, -3);
    let began = plus(ordered, -5);
    let account = open(engine, "host", began);
    let subscription = start(engine, account, "mail", "mail-basis", began, TestCard::Pays);
    change(engine, account, subscription, "mail-plus", ordered, pays);
    let known = read(engine, account, ordered);
    let open = known.subscription(subscription).and_then(|present| present.change.as_ref());
    assert!(open.is_some_and(|change| change.awaits_payment() && change.quote.pay_by == over), "{open:?}");
    Customer { account, awaits: Awaits::Owed }
}

/// Mailboxes whose plan changes on the day that is today: it has begun, and nobody has looked yet.
fn with_a_chosen_day(engine: &Engine, now: Timestamp, card: TestCard) -> Customer {
    let ordered = plus(now, -4);
    let began = plus(ordered, -5);
    let account = open(engine, "host", began);
    let subscription = start(engine, account, "mail", "mail-basis", began, TestCard::Pays);
    let today = Zone::parse("UTC").expect("a zone").date(now);
    change_on(engine, account, subscription, "mail-plus", ordered, PaymentChoice::Card(card), Some(today));
    let known = read(engine, account, ordered);
    let open = known.subscription(subscription).and_then(|present| present.change.as_ref());
    assert!(open.is_some_and(|change| matches!(change.state, ChangeState::Scheduled { .. })), "{open:?}");
    Customer { account, awaits: Awaits::ChosenDay { card } }
}

/// A help desk whose trial is over since midnight, and nobody has looked yet.
fn in_a_trial(engine: &Engine, now: Timestamp, card: TestCard) -> Customer {
    let began = plus(now, -14);
    let account = open_in(engine, "saas", "USD", began);
    start(engine, account, "desk", "desk", began, card);
    let known = read(engine, account, began);
    let midnight = Zone::parse("UTC").expect("a zone").start_of_day(now);
    assert_eq!(known.subscriptions[0].trial_until, Some(midnight));
    assert!(known.invoices.is_empty() && known.attempts.is_empty(), "a trial costs nothing");
    Customer { account, awaits: Awaits::TrialOver { card } }
}

/// A messenger whose renewal failed once a day so many days; the next try is due at `tries`.
fn with_an_unpaid_renewal(engine: &Engine, tries: Timestamp, card: TestCard, failed: usize) -> Customer {
    let days = i64::try_from(failed).expect("a small number");
    let renewed = plus(tries, -days);
    let zone = Zone::parse("UTC").expect("a zone");
    let began = zone.local(renewed).checked_sub(jiff::Span::new().months(1)).expect("a month before");
    let began = zone.instant(began);
    let account = open_in(engine, "saas", "USD", began);
    let subscription = start(engine, account, "messenger", "xsmall", began, card);
    run(engine, account, Command::RenewSubscription { subscription, ordinal: 1 }, renewed);
    let invoice = read(engine, account, renewed).invoices[0].id;
    settle(engine, account, renewed, false);
    for number in 1..failed {
        let at = plus(renewed, i64::try_from(number).expect("a small number"));
        run(engine, account, Command::RetryPayment { invoice, number }, at);
        settle(engine, account, at, false);
    }
    let known = read(engine, account, plus(tries, -1));
    let dunning = known.invoices[0].dunning.as_ref().expect("a renewal that is tried again");
    assert_eq!((dunning.retry_at, dunning.retried + 1), (Some(tries), failed));
    assert_eq!(dunning.grace_until == Some(tries), failed == LAST_TRY, "the last try comes as the grace ends");
    Customer { account, awaits: Awaits::Retry { card, failed } }
}

fn open(engine: &Engine, storefront: &str, at: Timestamp) -> AccountId {
    open_in(engine, storefront, "EUR", at)
}

fn open_in(engine: &Engine, storefront: &str, currency: &str, at: Timestamp) -> AccountId {
    let account = new_account_id(at);
    let command = Command::OpenAccount {
        storefront: storefront.to_owned(),
        name: "A customer".to_owned(),
        email: "customer@example.org".to_owned(),
        zone: Zone::parse("UTC").expect("a zone"),
        currency: Currency::parse(currency).expect("a currency"),
    };
    run(engine, account, command, at);
    account
}

/// A service on a plan, whose first period is paid.
fn start(
    engine: &Engine,
    account: AccountId,
    product: &str,
    plan: &str,
    at: Timestamp,
    card: TestCard,
) -> SubscriptionId {
    let basket = Basket { plan: plan.into(), cycle: Cycle::MONTH, options: Default::default() };
    let command = Command::StartSubscription {
        product: product.to_owned(),
        basket,
        label: format!("{plan}.example.org"),
        starts: None,
        pays_by: PaymentChoice::Card(card),
    };
    let Answer::SubscriptionStarted { subscription, .. } = run(engine, account, command, at) else {
        panic!("a start is answered by what was started");
    };
    settle(engine, account, at, true);
    subscription
}

/// What the gateway is asked for now is taken, or refused.
fn settle(engine: &Engine, account: AccountId, at: Timestamp, captured: bool) {
    for attempt in read(engine, account, at).attempts.into_iter().filter(|attempt| attempt.state.is_running()) {
        let (key, amount) = (attempt.id.to_string(), attempt.amount);
        let charge = SandboxCharge { key, amount, card: attempt.card, captured, at };
        engine.store().sandbox_charge(&charge).expect("a charge");
        let outcome = if captured {
            PaymentOutcome::Captured { amount }
        } else {
            PaymentOutcome::Failed { reason: "the bank could not be reached".to_owned() }
        };
        run(engine, account, Command::SettlePayment { attempt: attempt.id, outcome, event: None }, at);
    }
}

fn change(
    engine: &Engine,
    account: AccountId,
    subscription: SubscriptionId,
    plan: &str,
    at: Timestamp,
    pays_by: PaymentChoice,
) {
    change_on(engine, account, subscription, plan, at, pays_by, None);
}

fn change_on(
    engine: &Engine,
    account: AccountId,
    subscription: SubscriptionId,
    plan: &str,
    at: Timestamp,
    pays_by: PaymentChoice,
    on: Option<Date>,
) {
    let basket = Basket { plan: plan.into(), cycle: Cycle::MONTH, options: Default::default() };
    let request = PlanChangeRequest { subscription, basket, asked_by: Asker::Customer, when: None, on };
    let token = engine.quote(account, &request, at).expect("a quote").token;
    let actor = Actor::Customer("customer@example.org".to_owned());
    engine.submit(&Submission { account, actor, token, pays_by, key: None }, at).expect("a change");
}

fn run(engine: &Engine, account: AccountId, command: Command, at: Timestamp) -> Answer {
    let ask = Ask { account, actor: Actor::System, key: None, command };
    engine.run(&ask, at).expect("a command of the past").answer
}

fn read(engine: &Engine, account: AccountId, at: Timestamp) -> Account {
    engine.account(account, at).expect("a readable book").expect("an account")
}

fn plus(at: Timestamp, days: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(24 * days)).expect("a moment")
}
