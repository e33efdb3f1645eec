//! The law of a change on a day that was chosen: nothing of it happens before that day, it is counted from there, and the
//! period does not end before it was begun. That it is charged as quoted is in `changes`.

use jiff::{SignedDuration, Timestamp};

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange};
use crate::quote::{ChosenDay, Quote};

/// I25 and I10: a change on a chosen day begins on that day or later, never before, and never without having waited for
/// it; while it waits, no other period begins. It gives back and charges time from its day on.
pub(super) fn a_day_is_waited_for(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let before = case.before.and_then(|account| account.subscription(after.id));
        let known = before.and_then(|before| before.change.as_ref());
        let Some(change) = after.change.as_ref() else { continue };
        let Some(day) = change.quote.on else { continue };
        let id = change.id;
        let waits = matches!(change.state, ChangeState::Scheduled { .. });
        let was_waiting = known.is_some_and(|known| known.id == id);
        holds(was_waiting || waits, "I25", || format!("change {id} did not wait for its day"))?;
        holds(!begins(known, change) || day.from <= case.at, "I25", || {
            format!("change {id} began at {}, before its day, {}", case.at, day.date)
        })?;
        let goes_on = before.is_none_or(|before| before.period == after.period);
        holds(!waits || goes_on, "I25", || format!("a period ended before change {id} was begun"))?;
        is_counted_from(&change.quote, day, id)?;
    }
    Ok(())
}

/// Does a change that waited for its day begin with this decision: is it invoiced, or made?
pub(super) fn begins(known: Option<&PlanChange>, change: &PlanChange) -> bool {
    let waited = known.is_none_or(|known| known.id != change.id || known.begins_at().is_some());
    let has_begun = matches!(change.state, ChangeState::AwaitsPayment { .. } | ChangeState::Applied { .. });
    waited && has_begun
}

/// Days of any zone begin less than a day from the customer's; what the day of the change leaves to the old is a day more.
fn is_counted_from(quote: &Quote, day: ChosenDay, id: crate::id::ChangeId) -> Result<(), BrokenLaw> {
    let hours = |hours| day.from.checked_add(SignedDuration::from_hours(hours)).expect("an instant in range");
    let (earliest, latest): (Timestamp, Timestamp) = (hours(-26), hours(52));
    let credits = quote.credits.iter().map(|line| line.span);
    let charges = quote.charges.iter().map(|line| line.span).filter(|span| !span.is_empty());
    for span in credits.chain(charges) {
        holds(earliest < span.from && span.from < latest, "I10", || {
            format!("change {id} on {} counts time from {}", day.date, span.from)
        })?;
    }
    Ok(())
}
