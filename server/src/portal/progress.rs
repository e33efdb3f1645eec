//! How far a change is: ordered, paid, resizing, restarted, done, with the time of each step. Read from the change, the
//! last attempt to pay it, and the service; nothing is stored for it.

use billing::account::{Attempt, AttemptState, ChangeState, PlanChange};
use billing::policy::{Gate, OnFailure};
use billing::quote::{Quote, Settlement};
use billing::service::{Access, Progress, Service};
use jiff::Timestamp;

use super::words::{Words, about, joined};
use crate::ui::language::args;
use crate::ui::{Badge, Step, StepState, Tone};

/// A change with everything that tells how far it is.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub change: &'a PlanChange,
    pub service: &'a Service,
    /// The last attempt to pay it that has not brought the money.
    pub attempt: Option<&'a Attempt>,
    /// Is its invoice open?
    pub is_owed: bool,
    pub words: Words<'a>,
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
                _ if lapses_at <= self.now && self.change.quote.on_failure != OnFailure::Apply => Stage::Lapsed,
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
        let Quote { gate, on_failure, due, .. } = &self.change.quote;
        let missed = *on_failure == OnFailure::Apply && self.is_owed;
        applied && due.is_positive() && (*gate == Gate::None || missed)
    }

    /// Whether the page should look again by itself.
    pub fn is_moving(&self) -> bool {
        matches!(self.stage(), Stage::Paying | Stage::Resizing)
    }

    /// The state in a word.
    pub fn badge(&self) -> Badge {
        let words = self.words;
        match self.stage() {
            Stage::Unpaid => Badge::new(words.text("stage-unpaid"), Tone::Attention),
            Stage::Paying => Badge::new(words.text("stage-paying"), Tone::Waiting),
            Stage::Declined => Badge::new(words.text("stage-declined"), Tone::Bad),
            Stage::Resizing if self.is_machine() => Badge::new(words.text("stage-resizing"), Tone::Waiting),
            Stage::Resizing => Badge::new(words.text("stage-setting-up"), Tone::Waiting),
            Stage::Stuck => Badge::new(words.text("stage-stuck"), Tone::Attention),
            Stage::Done => Badge::new(words.text("stage-done"), Tone::Good),
            Stage::Scheduled if self.change.quote.on.is_some() => Badge::new(words.text("stage-on-day"), Tone::Waiting),
            Stage::Scheduled => Badge::new(words.text("stage-scheduled"), Tone::Waiting),
            Stage::Withdrawn => Badge::new(words.text("stage-withdrawn"), Tone::Neutral),
            Stage::Lapsed => Badge::new(words.text("stage-lapsed"), Tone::Neutral),
        }
    }

    /// What has happened, what has not, and what comes next.
    pub fn sentence(&self) -> String {
        joined(self.words.language, std::iter::once(self.stage_sentence()).chain(self.owed()))
    }

    /// That it was made and is still to be paid.
    fn owed(&self) -> Option<String> {
        if !self.is_on_account() || !self.is_owed {
            return None;
        }
        let (words, quote) = (self.words, &self.change.quote);
        let args = &args!["amount" => words.money(quote.due), "day" => words.day(quote.pay_by).text];
        let is_missed = quote.on_failure == OnFailure::Apply;
        Some(if is_missed { words.fill("is-owed-missed", args) } else { words.fill("is-owed", args) })
    }

    fn stage_sentence(&self) -> String {
        let (words, quote) = (self.words, &self.change.quote);
        let label = self.service.label.as_str();
        let (before, after) = (quote.plan_before.as_str(), quote.plan_after.as_str());
        match self.stage() {
            Stage::Unpaid => {
                let args = &args!["label" => label, "before" => before, "until" => self.lapses()];
                match quote.on_failure {
                    OnFailure::Wait => words.fill("is-unpaid", args),
                    OnFailure::Lapse => words.fill("is-unpaid-lapses", args),
                    OnFailure::Apply => words.fill("is-unpaid-made", args),
                }
            }
            Stage::Paying => {
                let amount = self.attempt.map_or(quote.due, |attempt| attempt.amount);
                let due = &args!["amount" => words.money(amount)];
                match self.attempt.map(|attempt| &attempt.state) {
                    Some(AttemptState::Unknown) => words.fill("is-asked-for", due),
                    _ => words.fill("is-being-paid", due),
                }
            }
            Stage::Declined => {
                words.fill("is-declined", &args!["label" => label, "before" => before, "until" => self.lapses()])
            }
            Stage::Resizing if self.is_machine() => words.fill("is-resizing", &args!["after" => after]),
            Stage::Resizing => words.fill("is-setting-up", &args!["after" => after]),
            Stage::Stuck if !self.is_machine() => words.fill("is-stuck", &args!["after" => after]),
            Stage::Stuck => words.fill("is-stuck-machine", &args!["after" => after]),
            Stage::Done if quote.size_before == quote.size_after || !self.is_machine() => {
                words.fill("is-done", &args!["label" => label, "after" => after])
            }
            Stage::Done => words.fill("is-done-machine", &args!["label" => label, "after" => after]),
            Stage::Scheduled if let Some(chosen) = quote.on => {
                let day = words.date_text(chosen.date);
                let args = &args!["label" => label, "before" => before, "after" => after, "day" => day];
                words.fill("is-planned-for-day", args)
            }
            Stage::Scheduled => {
                let day = words.day(quote.period.from).text;
                words.fill("is-scheduled", &args!["label" => label, "before" => before, "after" => after, "day" => day])
            }
            Stage::Withdrawn => words.fill("is-withdrawn", &args!["label" => label]),
            Stage::Lapsed if quote.on_failure == OnFailure::Lapse => {
                words.fill("is-lapsed-failed", &args!["label" => label])
            }
            Stage::Lapsed => words.fill("is-lapsed", &args!["label" => label]),
        }
    }

    /// The progress line.
    pub fn steps(&self) -> Vec<Step> {
        let (words, quote) = (self.words, &self.change.quote);
        let ordered = Step::new(words.text("step-ordered"), StepState::Done);
        let mut steps = vec![ordered.at(words.moment(self.change.submitted_at))];
        match self.change.state {
            ChangeState::Withdrawn { at } => {
                steps.push(Step::new(words.text("step-withdrawn"), StepState::Failed).at(words.moment(at)));
                return steps;
            }
            ChangeState::Lapsed { at } => {
                steps.push(Step::new(words.text("step-lapsed"), StepState::Failed).at(words.moment(at)));
                return steps;
            }
            ChangeState::Scheduled { at } => {
                let step = match quote.on {
                    Some(_) => words.text("step-on-day"),
                    None => words.text("step-next-period"),
                };
                steps.push(Step::new(step, StepState::Current).at(words.moment(at)));
                steps.push(Step::new(words.text("step-done"), StepState::Ahead));
                return steps;
            }
            ChangeState::AwaitsPayment { lapses_at } => {
                let (note, state) = match self.stage() {
                    Stage::Lapsed => {
                        let lapsed = Step::new(words.text("step-lapsed"), StepState::Failed);
                        steps.push(lapsed.at(words.moment(lapses_at)));
                        return steps;
                    }
                    Stage::Paying => (words.text("step-paying-note"), StepState::Current),
                    Stage::Declined => (words.text("step-declined-note"), StepState::Failed),
                    _ => (words.text("step-unpaid-note"), StepState::Current),
                };
                steps.push(Step::new(words.text("step-paid"), state).note(note));
                let ahead = self.labels().into_iter().map(|work| Step::new(work.label(words), StepState::Ahead));
                steps.extend(ahead);
            }
            ChangeState::Applied { at } => {
                let word = match () {
                    () if quote.settlement == Settlement::NextInvoice => words.text("step-next-invoice"),
                    () if quote.total.is_negative() => words.text("step-credited"),
                    () if self.is_on_account() => words.text("step-invoiced"),
                    () => words.text("step-paid"),
                };
                let step = Step::new(word, StepState::Done);
                // One that could be made unpaid may have been paid later than it was made.
                let may_be_late = quote.on_failure == OnFailure::Apply && !self.is_on_account();
                if !quote.total.is_zero() {
                    steps.push(if may_be_late { step } else { step.at(words.moment(at)) });
                }
                steps.extend(self.work(at));
            }
        }
        steps
    }

    /// The steps after the money.
    fn labels(&self) -> Vec<Work> {
        let quote = &self.change.quote;
        match (quote.size_before == quote.size_after, quote.restart) {
            (true, _) => vec![Work::Done],
            (false, None) => vec![Work::SettingUp, Work::Done],
            (false, Some(_)) => vec![Work::Resizing, Work::Restarted, Work::Done],
        }
    }

    fn work(&self, applied_at: Timestamp) -> Vec<Step> {
        let (words, stage) = (self.words, self.stage());
        let labels = self.labels();
        let done_at = self.touches_the_service(applied_at).then_some(self.service.progress_at);
        let steps = labels.iter().enumerate().map(|(place, work)| match (stage, place) {
            (Stage::Resizing, 0) => {
                let step = Step::new(work.label(words), StepState::Current);
                let note = match (&self.service.progress, self.change.quote.restart) {
                    (Progress::Working, Some(restart)) => about(words.language, restart.seconds),
                    (Progress::Working, None) => return step,
                    _ => words.text("step-about-to-begin"),
                };
                step.note(note)
            }
            (Stage::Stuck, 0) => Step::new(work.label(words), StepState::Failed).note(words.text("step-stuck-note")),
            (Stage::Resizing | Stage::Stuck, _) => Step::new(work.label(words), StepState::Ahead),
            _ => {
                let at = if labels.len() == 1 { Some(applied_at) } else { done_at };
                let step = Step::new(work.done(words), StepState::Done);
                match at {
                    Some(at) => step.at(words.moment(at)),
                    None => step,
                }
            }
        });
        steps.collect()
    }

    /// Until when it can be paid.
    fn lapses(&self) -> String {
        match self.change.state {
            ChangeState::AwaitsPayment { lapses_at } => self.words.moment(lapses_at).text,
            _ => String::new(),
        }
    }
}

/// What is done for a change after the money.
#[derive(Debug, Clone, Copy)]
enum Work {
    Resizing,
    SettingUp,
    Restarted,
    Done,
}

impl Work {
    /// While it runs or is still to come.
    fn label(self, words: Words<'_>) -> String {
        match self {
            Self::Resizing => words.text("step-resizing"),
            Self::SettingUp => words.text("step-setting-up"),
            Self::Restarted => words.text("step-restarted"),
            Self::Done => words.text("step-done"),
        }
    }

    /// When it is behind us.
    fn done(self, words: Words<'_>) -> String {
        match self {
            Self::Resizing => words.text("step-resized"),
            Self::SettingUp => words.text("step-set-up"),
            Self::Restarted | Self::Done => self.label(words),
        }
    }
}

/// The state of a service, for the customer.
pub(super) fn service_badge(words: Words<'_>, service: &Service, machine: bool) -> Badge {
    match &service.progress {
        _ if service.access == Access::Ended => Badge::new(words.text("service-ended"), Tone::Neutral),
        Progress::Done if !service.access.is_full() => Badge::new(words.text("service-restricted"), Tone::Bad),
        Progress::Done if machine => Badge::new(words.text("service-running"), Tone::Good),
        Progress::Done => Badge::new(words.text("service-active"), Tone::Good),
        _ if service.observed.is_none() => Badge::new(words.text("service-being-set-up"), Tone::Waiting),
        Progress::Wanted | Progress::Working if machine => {
            Badge::new(words.text("service-being-resized"), Tone::Waiting)
        }
        Progress::Wanted | Progress::Working => Badge::new(words.text("service-being-changed"), Tone::Waiting),
        Progress::Failed { .. } => Badge::new(words.text("service-stuck"), Tone::Attention),
    }
}
