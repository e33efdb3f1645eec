//! One cell: a command in a state. It is decided, held against the laws and asked once more; what became of it is told
//! in a few words.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use billing::account::{Account, Subscription};
use billing::command::{Answer, Command};
use billing::decide::Decision;
use billing::document::{DocumentKind, Invoice};
use billing::effect::Wish;
use billing::money::Money;

use crate::house::{House, Step};
use crate::names;
use crate::rows::Row;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The person may not.
    Refused,
    /// It is so already.
    Nothing,
    /// Something changed.
    Changed,
}

/// What one command does in one state.
#[derive(Clone)]
pub struct Cell {
    /// How it ended.
    pub ending: Ending,
    /// In a few words.
    pub text: String,
    /// The same command a second time, where the first one changed something.
    pub again: Option<String>,
    /// The moves from state to state: of what, from, to.
    pub moves: BTreeSet<(&'static str, &'static str, &'static str)>,
    /// The account afterwards.
    pub after: House,
}

/// Asks a command in a state, twice. An error is a bug: a panic, a broken law, an answer that is not what happened.
pub fn ask(house: &House, name: &str, row: &Row) -> Result<Cell, String> {
    without_panic(|| asked(house, name, row))
}

/// Asks a command once, and gives the house back where something changed.
pub fn step(house: &House, make: impl Fn(&House) -> Command) -> Result<Option<House>, String> {
    without_panic(|| {
        let mut after = house.clone();
        let told = tell(after.ask(make(house))?)?;
        Ok(Some(after).filter(|_| told.ending == Ending::Changed))
    })
}

fn without_panic<T>(asking: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(asking)).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panics: {}", words.unwrap_or_default()))
    })
}

fn asked(house: &House, name: &str, row: &Row) -> Result<Cell, String> {
    let command = (row.make)(house);
    if names::command(&command) != name || command.name() != name {
        return Err(format!("the row makes a {}", command.name()));
    }
    let mut house = house.clone();
    let told = tell(house.ask(command.clone())?)?;
    let after = house.clone();
    let again = match told.ending {
        Ending::Changed => Some(tell(house.ask(command)?)?),
        _ => None,
    };
    let again = again.map(|again| if again.text == told.text { "the same".to_owned() } else { again.text });
    Ok(Cell { ending: told.ending, text: told.text, again, moves: told.moves, after })
}

struct Told {
    ending: Ending,
    text: String,
    moves: BTreeSet<(&'static str, &'static str, &'static str)>,
}

fn tell(step: Step) -> Result<Told, String> {
    let (before, decision) = match step {
        Step::Refused(refusal) => {
            let code = names::refusal(&refusal);
            if code != refusal.code() {
                return Err(format!("{code} calls itself {}", refusal.code()));
            }
            return Ok(Told { ending: Ending::Refused, text: format!("`{code}`"), moves: BTreeSet::new() });
        }
        Step::Known => {
            return Ok(Told { ending: Ending::Nothing, text: "nothing".to_owned(), moves: BTreeSet::new() });
        }
        Step::Decided(decided) => *decided,
    };
    let mut difference = Difference { words: Vec::new(), moves: BTreeSet::new() };
    difference.of(before.as_ref(), &decision);
    let Difference { words, moves } = difference;
    match (decision.answer == Answer::Nothing, words.is_empty()) {
        (true, true) => Ok(Told { ending: Ending::Nothing, text: "nothing".to_owned(), moves }),
        (true, false) => {
            Err(format!("the answer is that nothing happened, and what happened is: {}", words.join("; ")))
        }
        (false, true) => Err(format!("the answer is {:?}, and nothing happened", decision.answer)),
        (false, false) => Ok(Told { ending: Ending::Changed, text: words.join("; "), moves }),
    }
}

/// What a decision changed.
struct Difference {
    words: Vec<String>,
    moves: BTreeSet<(&'static str, &'static str, &'static str)>,
}

impl Difference {
    fn of(&mut self, before: Option<&Account>, decision: &Decision) {
        let after = &decision.account;
        if before.is_none() {
            self.words.push("account opened".to_owned());
        }
        for subscription in &after.subscriptions {
            self.of_subscription(before.and_then(|before| before.subscription(subscription.id)), subscription);
        }
        if let Answer::PlanAssigned { recurring_before, recurring_after, .. } = &decision.answer
            && recurring_before != recurring_after
        {
            self.words.push(format!("costs {} → {}", recurring_before.decimal(), recurring_after.decimal()));
        }
        for invoice in &after.invoices {
            let known = before.and_then(|before| before.invoice(invoice.id));
            let from = known.map_or("new", |known| names::invoice_state(&known.state));
            let asked = format!("invoice of {}", invoice.total.decimal());
            let dunning = |invoice: &Invoice| invoice.in_dunning().map(|dunning| (dunning.retried, dunning.grace_over));
            if let (Some(before), Some(now)) = (known.and_then(dunning), dunning(invoice)) {
                if before.0 != now.0 {
                    self.words.push(format!("retries behind it {} → {}", before.0, now.0));
                }
                if before.1 != now.1 {
                    self.words.push("grace over".to_owned());
                }
            }
            self.moved("invoice", &asked, from, names::invoice_state(&invoice.state));
        }
        for attempt in &after.attempts {
            let known = before.and_then(|before| before.attempts.iter().find(|known| known.id == attempt.id));
            let from = known.map_or("new", |known| names::attempt_state(&known.state));
            self.moved("payment", "payment", from, names::attempt_state(&attempt.state));
        }
        if let Some(payout) = &after.payout {
            let known = before.and_then(|before| before.payout.as_ref()).filter(|known| known.id == payout.id);
            let from = known.map_or("new", |known| names::payout_state(&known.state));
            self.moved("payout", "payout", from, names::payout_state(&payout.state));
        }
        for document in &decision.documents {
            match document.kind {
                DocumentKind::Invoice => {}
                DocumentKind::CreditNote => self.words.push(format!("credit note of {}", document.total.decimal())),
                DocumentKind::Receipt => self.words.push(format!("receipt of {}", document.total.decimal())),
                DocumentKind::Payout => self.words.push(format!("{} to pay out", document.total.decimal())),
            }
        }
        let nothing = after.nothing();
        self.of_money("balance", before.map_or(nothing, |before| before.balance), after.balance);
        self.of_money("set aside", before.map_or(nothing, |before| before.reserved), after.reserved);
        for effect in &decision.effects {
            match &effect.wish {
                Wish::Charge { amount, .. } => self.words.push(format!("charge {}", amount.decimal())),
                Wish::Ensure { generation, .. } => self.words.push(format!("ensure generation {generation}")),
                Wish::Mail(mail) => self.words.push(format!("mail {}", mail.template.name())),
            }
        }
    }

    fn of_subscription(&mut self, before: Option<&Subscription>, after: &Subscription) {
        let (plan, ordinal) = (&after.plan().code, after.period_ordinal());
        match before {
            None => self.words.push(format!("subscription to {plan} begins")),
            Some(before) => {
                if before.plan().code != *plan {
                    self.words.push(format!("plan {} → {plan}", before.plan().code));
                } else if before.basket() != after.basket() {
                    self.words.push("another basket".to_owned());
                }
                if before.period_ordinal() != ordinal {
                    self.words.push(format!("period {} → {ordinal}", before.period_ordinal()));
                }
            }
        }
        for change in after.replaced.iter().chain(&after.change) {
            let known = before.and_then(|before| before.change.as_ref()).filter(|known| known.id == change.id);
            let from = known.map_or("new", |known| names::change_state(&known.state));
            self.moved("change", "change", from, names::change_state(&change.state));
        }
        let waits = |of: &Subscription| of.waiting_payable();
        let (waited, wait) = (before.map_or(waits(after) - waits(after), waits), waits(after));
        self.of_money("for the next invoice", waited, wait);
        let once = |of: &Subscription| {
            let nothing = Money::zero(of.plan().unit_price.currency);
            let setups = of.one_time.to_come.iter().map(|setup| setup.price.times(setup.units.into()));
            (setups.fold(nothing, |sum, price| sum + price), of.one_time.trial.unwrap_or(nothing))
        };
        let ((set_up, trial), nothing) = (once(after), waits(after) - waits(after));
        let (was_set_up, was_trial) = before.map_or((nothing, nothing), once);
        self.of_money("for setups with the first invoice", was_set_up, set_up);
        self.of_money("charged for the trial", was_trial, trial);
        let package = |of: &Subscription| of.service.package.is_some();
        match (before.is_some_and(package), package(after)) {
            (false, true) => self.words.push("package waits".to_owned()),
            (true, false) => self.words.push("package waits no more".to_owned()),
            _ => {}
        }
        let access = |of: &Subscription| of.service.access.name();
        if before.is_some_and(|before| access(before) != access(after)) {
            self.words.push(format!("access {}", access(after)));
        }
        let credits = |of: &Subscription| of.credits.map_or(0, |credits| credits.left);
        let (had, left) = (before.map_or(0, credits), credits(after));
        if had != left {
            self.words.push(format!("hours {had} → {left}"));
        }
        let units = |of: &Subscription| of.usage.iter().map(|counter| i64::from(counter.units)).sum::<i64>();
        let (counted, counts) = (before.map_or(0, units), units(after));
        if counted != counts {
            self.words.push(format!("units {:+}", counts - counted));
        }
        let from = before.map_or("new", |before| names::progress(&before.service.progress));
        let to = names::progress(&after.service.progress);
        self.moved("service", "service", from, to);
        let Some(before) = before else { return };
        if from == to && before.service.generation != after.service.generation {
            self.words.push(format!("service {to} anew"));
        } else if from == to && before.service.progress != after.service.progress {
            self.words.push(format!("service {to} for another reason"));
        }
    }

    fn moved(&mut self, what: &'static str, words: &str, from: &'static str, to: &'static str) {
        if from == to {
            return;
        }
        self.moves.insert((what, from, to));
        self.words.push(format!("{words} {from} → {to}"));
    }

    fn of_money(&mut self, what: &str, before: Money, after: Money) {
        let grown = after - before;
        if grown.is_zero() {
            return;
        }
        let sign = if grown.is_positive() { "+" } else { "" };
        self.words.push(format!("{what} {sign}{}", grown.decimal()));
    }
}
