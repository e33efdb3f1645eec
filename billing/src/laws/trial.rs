//! The laws of trials: they come with a start and never again, stay as long as they are or end with a change or on their
//! day, and nothing of their time is billed or given back.

use jiff::Timestamp;

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, Subscription};
use crate::calendar::Span;

/// I04: a trial is the present period of a subscription that is the account's first of its product. It begins with the
/// subscription, keeps its dates, and is over on its day or with a change that was quoted to end it.
pub(super) fn trials_are_given_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let (id, before) = (after.id, before(case, after));
        if let Some(until) = after.trial_until {
            holds(until == after.period.until, "I04", || {
                format!("the trial of {id} is over on {until}, its period not")
            })?;
            let of_product = |other: &&Subscription| other.product == after.product && other.id != id;
            let others = case.before.map_or(0, |account| account.subscriptions.iter().filter(of_product).count());
            let goes_on =
                before.is_some_and(|before| (before.trial_until, before.period) == (Some(until), after.period));
            let starts = before.is_none() && others == 0;
            holds(goes_on || starts, "I04", || format!("{id} has a trial until {until} that it did not have before"))?;
        }
        let Some(ended) = before.and_then(|before| before.trial_until).filter(|_| after.trial_until.is_none()) else {
            continue;
        };
        let made = after.change.as_ref().filter(|change| matches!(change.state, ChangeState::Applied { .. }));
        let by_change = made.is_some_and(|change| change.quote.ends_trial());
        holds(by_change || case.at >= ended, "I04", || format!("the trial of {id} is gone before {ended}"))?;
    }
    Ok(())
}

/// I05: the time of a trial costs nothing: no coverage and no line of a document has an amount for it, and a change in it
/// gives nothing back.
pub(super) fn no_trial_time_is_billed(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let (id, before) = (after.id, before(case, after));
        let Some(trial) = trial_of(before, after) else { continue };
        let billed = after.coverage.iter().find(|segment| !segment.net.is_zero() && segment.span.overlaps(trial));
        holds(billed.is_none(), "I05", || {
            format!("{id} is in trial, and {:?} of it is billed", billed.map(|one| one.span))
        })?;
        // A change that would end it, and waits, lapses or gives way, has papers for the time from there.
        let changes =
            [before.and_then(|before| before.change.as_ref()), after.change.as_ref(), after.replaced.as_ref()];
        let ends = || changes.iter().flatten().filter_map(|change| change.quote.trial_until);
        let unbilled = Span { from: trial.from, until: ends().fold(trial.until, Timestamp::min) };
        let documents = case.decision.documents.iter().filter(|document| document.subscription == Some(id));
        let mut lines = documents.flat_map(|document| &document.lines).filter(|line| !line.amount.is_zero());
        let line = lines.find(|line| line.span.is_some_and(|span| span.overlaps(unbilled)));
        holds(line.is_none(), "I05", || {
            format!("{id} is in trial, and a document has {:?}", line.map(|one| one.amount))
        })?;
        let mut credits = changes.iter().flatten().filter(|change| change.quote.trial_until.is_some());
        let given = credits.find_map(|change| change.quote.credits.iter().find(|line| !line.amount.is_zero()));
        holds(given.is_none(), "I05", || {
            format!("{id} is in trial, and {:?} is given back", given.map(|one| one.amount))
        })?;
    }
    Ok(())
}

/// The time of the trial that runs, or ran until this decision.
fn trial_of(before: Option<&Subscription>, after: &Subscription) -> Option<Span> {
    if after.is_in_trial() {
        return Some(after.period);
    }
    let before = before.filter(|before| before.is_in_trial())?;
    Some(Span { from: before.period.from, until: before.period.until.min(after.period.from) })
}

fn before<'a>(case: &'a Case<'_>, after: &Subscription) -> Option<&'a Subscription> {
    case.before.and_then(|account| account.subscription(after.id))
}
