//! Dunning: when a failed payment is tried again.

use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::dunning::{CountedFrom, RetrySchedule, RetryUnit};

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    match case.family {
        "retry_schedule" => retries(case).map(Answer::from),
        _ => Err(case.no_question()),
    }
}

fn retries(case: &Case<'_>) -> Result<Found, Unsayable> {
    let units = [("retry_offsets_days", RetryUnit::Day), ("retry_offsets_hours", RetryUnit::Hour)];
    let stated = units.into_iter().find(|(key, _)| case.policy.has(key));
    let (key, unit) = stated.ok_or_else(|| case.policy.missing("retry_offsets_days"))?;
    let offsets = case.policy.integers(key)?.unwrap_or_default();
    let offsets: Result<Vec<u16>, _> = offsets.into_iter().map(u16::try_from).collect();
    let offsets = offsets.map_err(|_| case.policy.not_a(key, "a list of distances"))?;
    // What comes after the last of them moves none.
    case.policy.set_aside(&["exhaustion"]);
    if case.policy.integer("max_retries")?.is_some_and(|most| usize::try_from(most) != Ok(offsets.len())) {
        return Err(case.policy.not_a("max_retries", "how many distances there are"));
    }
    let words = case.term("offsets")?;
    let from = match (words.contains("first"), words.contains("previous")) {
        (false, true) => CountedFrom::PreviousAttempt,
        (true, false) => CountedFrom::FirstFailure,
        // Unsaid or left open, the distances are from the first failure where that has an order.
        _ if offsets.windows(2).all(|pair| pair[0] < pair[1]) => CountedFrom::FirstFailure,
        _ => CountedFrom::PreviousAttempt,
    };
    let schedule = RetrySchedule::new(offsets, from, unit).map_err(|error| Unsayable(error.to_string()))?;
    let failed_at = case.input.needs_moment("first_failure", &case.zone()?)?;
    let retries = schedule.retries(failed_at).into_iter().map(Found::Moment).collect();
    Ok(Found::map([("retry_at", Found::List(retries))]))
}
