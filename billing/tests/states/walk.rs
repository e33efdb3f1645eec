//! A walk through all that can happen: from the opened account every command that changes something is taken, and time
//! passes, on to states of a new shape, nearest first. The states of the page are chosen by people; these are not. Every
//! decision is held against the laws, and from every state there must be a way to rest: when the gateway has answered,
//! the customer has paid and the timers have run, nothing is open.

use std::collections::{BTreeSet, VecDeque};

use billing::account::{ATTEMPT_DAYS, Account, ChangeState, PlanChange, Subscription};
use billing::command::{Command, PaymentOutcome};
use billing::document::Invoice;
use jiff::{SignedDuration, Timestamp};

use crate::cell;
use crate::house::{House, at};
use crate::names;
use crate::open_ends;
use crate::rows::{self, Row};
use crate::scenes;

/// The middle of the first period and of the second, where a change counts days; the walk ends with the second.
const MIDDLES: [&str; 2] = ["2026-04-11T12:00", "2026-05-11T12:00"];
const UNTIL: &str = "2026-06-01T00:00";

/// A state and the way there.
struct Place {
    house: House,
    way: Vec<String>,
}

/// Walks to so many states of different shapes; gives what broke a law, panicked or does not come to rest, with the way
/// there.
pub fn walk(policy: &str, most: usize) -> Vec<String> {
    let mut bugs = Vec::new();
    let start = scenes::opened(policy);
    let mut known = BTreeSet::from([shape(&start)]);
    let mut waiting = VecDeque::from([Place { house: start, way: Vec::new() }]);
    while let Some(place) = waiting.pop_front() {
        let way = |step: &str| place.way.iter().map(String::as_str).chain([step]).collect::<Vec<_>>().join(", then ");
        for is_captured in [true, false] {
            bugs.extend(come_to_rest(place.house.clone(), is_captured).err().map(|open| way(&open)));
        }
        for (step, house) in steps(&place.house) {
            let house = match house {
                Ok(house) => served(house),
                Err(bug) => {
                    bugs.push(format!("{}: {bug}", way(&step)));
                    continue;
                }
            };
            if known.len() < most && known.insert(shape(&house)) {
                waiting.push_back(Place { house, way: place.way.iter().cloned().chain([step]).collect() });
            }
        }
    }
    bugs
}

/// Everything that can happen next: each command that changes something, and time.
fn steps(house: &House) -> Vec<(String, Result<House, String>)> {
    let rows = rows::all().into_iter().filter(|(name, row)| is_taken(house, name, row));
    let asked = rows.filter_map(|(name, row)| {
        let after = cell::step(house, row.make).transpose()?;
        Some((format!("{name} ({})", row.with), after))
    });
    let later = moments(house).into_iter().map(|moment| (format!("{moment}"), Ok(house.clone().at(moment))));
    asked.chain(later).collect()
}

/// The house, and its service as it is wanted.
fn served(house: House) -> House {
    match house.subscription() {
        Some(subscription) if !subscription.service.is_settled() => house.done(),
        _ => house,
    }
}

/// The ways to ask beside the first of each command. What is refused everywhere need not be walked, and the service does
/// what is wanted at once: its work does not touch money.
const ALSO: [&str; 10] = [
    "the small plan, by card",
    "up, by card",
    "down",
    "up, on the day after",
    "the oldest open invoice",
    "of the oldest open invoice",
    "for no invoice",
    "captured, a cent less",
    "failed",
    "unknown",
];

fn is_taken(house: &House, name: &str, row: &Row) -> bool {
    let is_first = || rows::rows(name).first().is_some_and(|first| first.with == row.with);
    match name {
        "open_account" | "report_provision" | "retry_provision" => false,
        "start_subscription" if house.subscription().is_some() => false,
        _ => is_first() || ALSO.contains(&row.with),
    }
}

/// When something happens by time alone: a change lapses, a period ends, an attempt is forgotten.
fn moments(house: &House) -> BTreeSet<Timestamp> {
    let mut moments: BTreeSet<Timestamp> = MIDDLES.iter().map(|moment| at(moment)).collect();
    if let Some(subscription) = house.subscription() {
        moments.insert(subscription.period.until);
        moments.extend(subscription.change.as_ref().and_then(|change| change.begins_at()));
        if let Some(ChangeState::AwaitsPayment { lapses_at }) = subscription.change.as_ref().map(|change| change.state)
        {
            moments.insert(lapses_at);
        }
    }
    let month = SignedDuration::from_hours(24 * ATTEMPT_DAYS);
    let account = house.account.iter();
    let dunned = account.clone().flat_map(|account| &account.invoices).filter_map(Invoice::in_dunning);
    moments.extend(dunned.filter_map(|dunning| dunning.next_at()));
    let attempts = account.flat_map(|account| &account.attempts).map(|attempt| attempt.created_at.checked_add(month));
    moments.extend(attempts.map(|forgotten| forgotten.expect("a moment in range")));
    moments.retain(|moment| *moment > house.now && *moment <= at(UNTIL));
    moments
}

/// What matters of a state: two of one shape get the same answers, apart from amounts.
fn shape(house: &House) -> String {
    let Some(account) = &house.account else { return "no account".to_owned() };
    let subscriptions: Vec<String> =
        account.subscriptions.iter().map(|subscription| of_subscription(house, subscription)).collect();
    let invoices: BTreeSet<String> =
        account.invoices.iter().map(|invoice| of_invoice(account, invoice, house.now)).collect();
    let is_late = account.attempts.iter().any(|attempt| account.invoice(attempt.invoice).is_none());
    let (balance, payout) = (account.balance.is_positive(), account.payout.is_some());
    format!("{subscriptions:?} {invoices:?} late: {is_late} balance: {balance} payout: {payout}")
}

fn of_subscription(house: &House, subscription: &Subscription) -> String {
    let has_come = |change: &PlanChange| change.begins_at().is_some_and(|day| day <= house.now);
    let change = match subscription.change.as_ref().map(|change| change.state) {
        None => "no change",
        Some(ChangeState::Scheduled { .. }) if subscription.change.as_ref().is_some_and(has_come) => {
            "change past its day"
        }
        Some(ChangeState::AwaitsPayment { lapses_at }) if lapses_at <= house.now => "change past its time",
        Some(state) => names::change_state(&state),
    };
    let is_over = subscription.period.until <= house.now;
    let is_free = subscription.recurring().is_zero();
    let waits = subscription.service.package.is_some();
    let is_trial = subscription.is_in_trial();
    let access = subscription.service.access.name();
    format!("free: {is_free} {change} over: {is_over} package: {waits} trial: {is_trial} access: {access}")
}

fn of_invoice(account: &Account, invoice: &Invoice, now: Timestamp) -> String {
    let attempts = account.attempts.iter().filter(|attempt| attempt.invoice == invoice.id);
    let attempts: BTreeSet<_> =
        attempts.map(|attempt| (attempt.state.is_running(), attempt.amount == invoice.open_amount())).collect();
    let parts = (invoice.change.is_some(), invoice.credited.is_positive(), invoice.from_balance.is_positive());
    let dunning = invoice.dunning.as_ref().map(|dunning| {
        let is_due = |at: Option<Timestamp>| at.map(|at| at <= now);
        (dunning.since.is_some(), is_due(dunning.retry_at), is_due(dunning.grace_until), dunning.grace_over)
    });
    format!("{parts:?} {attempts:?} {dunning:?}")
}

/// Everything that is under way comes to its end: the gateway answers, the customer pays what is open, the timers run.
/// Tells what stays open all the same.
fn come_to_rest(mut house: House, is_captured: bool) -> Result<(), String> {
    for _ in 0..MOST_STEPS {
        house = served(house);
        let Some(command) = next_step(&house, is_captured) else { return Ok(()) };
        let name = names::command(&command);
        match cell::step(&house, |_| command.clone())? {
            Some(after) => house = after,
            None => return Err(format!("{name} leads nowhere, and still open are {:?}", open_ends(&house))),
        }
    }
    Err(format!("still open are {:?}", open_ends(&house)))
}

/// So many steps lead to rest from anywhere.
const MOST_STEPS: usize = 20;

fn next_step(house: &House, is_captured: bool) -> Option<Command> {
    let account = house.account.as_ref()?;
    if let Some(attempt) = account.attempts.iter().find(|attempt| attempt.state.is_running()) {
        let outcome = match is_captured {
            true => PaymentOutcome::Captured { amount: attempt.amount },
            false => PaymentOutcome::Failed { reason: "declined".to_owned() },
        };
        return Some(Command::SettlePayment { attempt: attempt.id, outcome, event: None });
    }
    if let Some(invoice) = account.invoices.first() {
        return Some(rows::transfer(house, Some(invoice.id), invoice.open_amount()));
    }
    if account.payout.is_some() {
        // Where cards pay, banks do too.
        return Some(match is_captured {
            true => rows::confirm_payout(house, "out of rest"),
            false => rows::return_payout(house, "closed"),
        });
    }
    let subscription = house.subscription()?;
    if subscription.service.package.is_some() {
        return Some(Command::ChangePackage { service: subscription.service.id });
    }
    if let Some((change, day)) = subscription.change.as_ref().and_then(|change| Some((change.id, change.begins_at()?)))
    {
        return (day <= house.now).then_some(Command::BeginPlanChange { change });
    }
    if let Some(change) = &subscription.change {
        return Some(Command::LapsePlanChange { change: change.id });
    }
    (subscription.period.until <= house.now).then(|| rows::renew(house, 1))
}
