//! How far a change is: ordered, paid, resizing, restarted, done, with the time of each step. Read from the change, the
//! last attempt to pay it, and the service; nothing is stored for it.

use billing::account::{Attempt, AttemptState, ChangeState, PlanChange};
use billing::calendar::Zone;
use billing::policy::Gate;
use billing::service::{Progress, Service};
use jiff::Timestamp;

use super::words::{about, amount, day, moment};
use crate::ui::{Badge, Step, StepState, Tone};

/// A change with everything that tells how far it is.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub change: &'a PlanChange,
    pub service: &'a Service,
    /// The last attempt to pay it that has not brought the money.
    pub attempt: Option<&'a Attempt>,
    pub zone: &'a Zone,
    pub now: Timestamp,
}

/// Where a change stands, in one word each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Waits for its payment.
    Unpaid,
    /// Its payment is on its way.
    Paying,
    /// The last payment did not go through.
    Declined,
    /// The service is being made what it shall be.
    Resizing,
    /// The module could not.
    Stuck,
    /// All is done.
    Done,
    /// Made with the next period.
    Scheduled,
    /// Taken back.
    Withdrawn,
    /// Not paid in time.
    Lapsed,
}

impl Standing<'_> {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        match self.change.state {
            ChangeState::Withdrawn { .. } => Stage::Withdrawn,
            ChangeState::Lapsed { .. } => Stage::Lapsed,
            ChangeState::Scheduled { .. } => Stage::Scheduled,
            ChangeState::AwaitsPayment { lapses_at } => match self.attempt.map(|attempt| &attempt.state) {
                Some(state) if state.is_running() => Stage::Paying,
                // The timer may not have been by yet; nobody can pay any more.
                _ if lapses_at <= self.now => Stage::Lapsed,
                Some(AttemptState::Failed { .. }) => Stage::Declined,
                _ => Stage::Unpaid,
            },
            ChangeState::Applied { at } if self.touches_the_service(at) => match &self.service.progress {
                Progress::Wanted | Progress::Working => Stage::Resizing,
                Progress::Failed { .. } => Stage::Stuck,
                Progress::Done => Stage::Done,
            },
            ChangeState::Applied { .. } => Stage::Done,
        }
    }

    /// Is the work on the service this change's? A later change has work of its own.
    fn touches_the_service(&self, applied_at: Timestamp) -> bool {
        let quote = &self.change.quote;
        quote.size_before != quote.size_after
            && self.service.desired == quote.size_after
            && self.service.progress_at >= applied_at
    }

    /// Is the service a machine, which restarts to take its new size?
    fn is_machine(&self) -> bool {
        self.change.quote.restart.is_some()
    }

    /// Was it made before it was paid? Then its invoice is owed like any other.
    pub fn is_on_account(&self) -> bool {
        let applied = matches!(self.change.state, ChangeState::Applied { .. });
        applied && self.change.quote.gate == Gate::None && self.change.quote.due.is_positive()
    }

    /// Whether the page should look again by itself.
    pub fn is_moving(&self) -> bool {
        matches!(self.stage(), Stage::Paying | Stage::Resizing)
    }

    /// The state in a word.
    pub fn badge(&self) -> Badge {
        match self.stage() {
            Stage::Unpaid => Badge::new("Waiting for payment", Tone::Attention),
            Stage::Paying => Badge::new("Being paid", Tone::Waiting),
            Stage::Declined => Badge::new("Payment failed", Tone::Bad),
            Stage::Resizing => Badge::new(if self.is_machine() { "Resizing" } else { "Setting up" }, Tone::Waiting),
            Stage::Stuck => Badge::new("Needs a hand", Tone::Attention),
            Stage::Done => Badge::new("Done", Tone::Good),
            Stage::Scheduled => Badge::new("With the next period", Tone::Waiting),
            Stage::Withdrawn => Badge::new("Withdrawn", Tone::Neutral),
            Stage::Lapsed => Badge::new("Lapsed", Tone::Neutral),
        }
    }

    /// What has happened, what has not, and what comes next.
    pub fn sentence(&self) -> String {
        let quote = &self.change.quote;
        let (label, before, after) = (&self.service.label, &quote.plan_before, &quote.plan_after);
        match self.stage() {
            Stage::Unpaid => format!(
                "{label} stays {before} until the invoice is paid. If it is not paid by {}, nothing changes.",
                self.lapses()
            ),
            Stage::Paying => match self.attempt.map(|attempt| &attempt.state) {
                Some(AttemptState::Unknown) => format!(
                    "We are asking the bank what became of your payment of {}. You need not do anything; please do \
                     not pay twice.",
                    amount(quote.due).text
                ),
                _ => format!(
                    "Your payment of {} is on its way. The change is made as soon as it is there.",
                    amount(quote.due).text
                ),
            },
            Stage::Declined => format!(
                "Your payment did not go through. Nothing was charged, and {label} is still {before}. Until {} you \
                 can pay in another way.",
                self.lapses()
            ),
            Stage::Resizing if self.is_machine() => {
                format!("Your plan is {after} now. The server is being resized and restarts once.")
            }
            Stage::Resizing => format!("Your plan is {after} now. What belongs to it is being set up."),
            Stage::Stuck if !self.is_machine() => format!(
                "Your plan is {after} now, but not all of it could be set up yet. We know of it and look after it."
            ),
            Stage::Stuck => format!(
                "Your plan is {after} now, but the server could not be resized yet. We know of it and look after it. \
                 What is on its disk stays."
            ),
            Stage::Done if quote.size_before == quote.size_after || !self.is_machine() => {
                format!("{label} is {after} now.")
            }
            Stage::Done => format!("{label} is {after} now, and what was on its disk is still there."),
            Stage::Scheduled => format!(
                "{label} stays {before} until this period ends, and is {after} from {} on. Nothing is to pay now.",
                day(quote.period.from, self.zone).text
            ),
            Stage::Withdrawn => {
                format!("This change was withdrawn. {label} was not changed by it, and nothing was charged.")
            }
            Stage::Lapsed => {
                format!("The invoice was not paid in time, so nothing changed. {label} was not changed by it.")
            }
        }
    }

    /// The progress line.
    pub fn steps(&self) -> Vec<Step> {
        let (quote, zone) = (&self.change.quote, self.zone);
        let mut steps = vec![Step::new("Ordered", StepState::Done).at(moment(self.change.submitted_at, zone))];
        match self.change.state {
            ChangeState::Withdrawn { at } => {
                steps.push(Step::new("Withdrawn", StepState::Failed).at(moment(at, zone)));
                return steps;
            }
            ChangeState::Lapsed { at } => {
                steps.push(Step::new("Lapsed", StepState::Failed).at(moment(at, zone)));
                return steps;
            }
            ChangeState::Scheduled { at } => {
                steps.push(Step::new("With the next period", StepState::Current).at(moment(at, zone)));
                steps.push(Step::new("Done", StepState::Ahead));
                return steps;
            }
            ChangeState::AwaitsPayment { lapses_at } => {
                let (note, state) = match self.stage() {
                    Stage::Lapsed => {
                        steps.push(Step::new("Lapsed", StepState::Failed).at(moment(lapses_at, zone)));
                        return steps;
                    }
                    Stage::Paying => ("your payment is on its way", StepState::Current),
                    Stage::Declined => ("the payment did not go through", StepState::Failed),
                    _ => ("waiting for your payment", StepState::Current),
                };
                steps.push(Step::new("Paid", state).note(note));
                steps.extend(self.labels().into_iter().map(|label| Step::new(label, StepState::Ahead)));
            }
            ChangeState::Applied { at } => {
                let word = match () {
                    () if quote.total.is_negative() => "Credited",
                    () if self.is_on_account() => "Invoiced",
                    () => "Paid",
                };
                if !quote.total.is_zero() {
                    steps.push(Step::new(word, StepState::Done).at(moment(at, zone)));
                }
                steps.extend(self.work(at));
            }
        }
        steps
    }

    /// The steps after the money.
    fn labels(&self) -> Vec<&'static str> {
        let quote = &self.change.quote;
        match (quote.size_before == quote.size_after, quote.restart) {
            (true, _) => vec!["Done"],
            (false, None) => vec!["Setting up", "Done"],
            (false, Some(_)) => vec!["Resizing", "Restarted", "Done"],
        }
    }

    fn work(&self, applied_at: Timestamp) -> Vec<Step> {
        let stage = self.stage();
        let labels = self.labels();
        let done_at = self.touches_the_service(applied_at).then_some(self.service.progress_at);
        let steps = labels.iter().enumerate().map(|(place, &label)| match (stage, place) {
            (Stage::Resizing, 0) => {
                let step = Step::new(label, StepState::Current);
                let note = match (&self.service.progress, self.change.quote.restart) {
                    (Progress::Working, Some(restart)) => about(restart.seconds),
                    (Progress::Working, None) => return step,
                    _ => "about to begin".to_owned(),
                };
                step.note(note)
            }
            (Stage::Stuck, 0) => Step::new(label, StepState::Failed).note("we look after it"),
            (Stage::Resizing | Stage::Stuck, _) => Step::new(label, StepState::Ahead),
            _ => {
                let label = match label {
                    "Resizing" => "Resized",
                    "Setting up" => "Set up",
                    label => label,
                };
                let at = if labels.len() == 1 { Some(applied_at) } else { done_at };
                let step = Step::new(label, StepState::Done);
                match at {
                    Some(at) => step.at(moment(at, self.zone)),
                    None => step,
                }
            }
        });
        steps.collect()
    }

    /// Until when it can be paid.
    fn lapses(&self) -> String {
        match self.change.state {
            ChangeState::AwaitsPayment { lapses_at } => moment(lapses_at, self.zone).text,
            _ => String::new(),
        }
    }
}

/// The state of a service, for the customer.
pub(super) fn service_badge(service: &Service, machine: bool) -> Badge {
    match &service.progress {
        Progress::Done => Badge::new(if machine { "Running" } else { "Active" }, Tone::Good),
        _ if service.observed.is_none() => Badge::new("Being set up", Tone::Waiting),
        Progress::Wanted | Progress::Working => {
            Badge::new(if machine { "Being resized" } else { "Being changed" }, Tone::Waiting)
        }
        Progress::Failed { .. } => Badge::new("Needs a hand", Tone::Attention),
    }
}
