//! Day counts: how long a span is, and what part it is of a whole.

use super::fields::{Fields, Ratio};
use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, CycleUnit, DateSpan};

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    case.knows("time_unit", &["day"])?;
    let found = match case.family {
        "calendar_days_tz" => between(case),
        "day_actual_halfopen" => part_of_period(case),
        "denominator_days" => plan_period(case),
        "fixed_30" => fixed_days(case),
        _ => Err(case.no_question()),
    };
    found.map(Answer::from)
}

/// Calendar days between two local dates.
fn between(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("count", &["calendar dates"])?;
    let zone = case.zone()?;
    let date = |key| case.input.needs_moment(key, &zone).map(|moment| moment.date());
    let span = DateSpan { from: date("start")?, until: date("end")? };
    Ok(Found::map([("days", Found::Number(span.days()))]))
}

/// The part that a stub is of a full period; nothing where there is nothing to share.
fn part_of_period(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("denominator", &["full period"])?;
    let days = |key: &str| match case.input.object(key)? {
        Some(span) => span.days().map(DateSpan::days),
        None => Err(case.input.missing(key)),
    };
    let (part, whole) = (days("partial")?, days("full")?);
    let factor = if whole <= 0 || part >= whole { Found::Nothing } else { Found::Ratio(Ratio { part, whole }) };
    Ok(Found::map([("factor", factor)]))
}

/// The days of a plan's full period.
fn plan_period(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("denominator", &["full plan period"])?;
    let start = case.input.needs_date("start")?;
    let count = u16::try_from(case.input.needs_integer("months")?);
    let count = count.map_err(|_| case.input.not_a("months", "the length of a cycle"))?;
    let until = Cycle { count, unit: CycleUnit::Month }.after_date(start, 1);
    Ok(Found::map([("days", Found::Number(DateSpan { from: start, until }.days()))]))
}

/// The part of a month that counts so many days, whatever the calendar says.
fn fixed_days(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("denominator", &["fixed"])?;
    let input: &Fields<'_> = &case.input;
    let whole = input.needs_integer("fixed_days")?;
    let part = input.days()?.days();
    if whole < 1 {
        return Err(input.not_a("fixed_days", "a number of days"));
    }
    Ok(Found::map([("factor", Found::Ratio(Ratio { part, whole }))]))
}
