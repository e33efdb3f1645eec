//! Changes in the middle of a period: when the vector says they are made, as moments or as stated parts. What they come
//! to is asked in `lines`, what of it a vector wants to know is in `reported`.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::fields::Fields;
use super::lines::Change;
use super::terms::{Operation, Translated};
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, CycleUnit, Span, Zone};
use crate::policy::{Netting, Terms, TimeUnit};
use crate::proration::Count;

/// When a change is made, as the vector says it.
pub(super) enum When {
    /// The remaining parts of the old and of the new are stated.
    Stated { old: Count, new: Count },
    /// A moment in a period.
    At { at: Timestamp, period: Period },
}

/// The period of an item.
pub(super) enum Period {
    /// It is stated.
    Given(Span),
    /// It is counted from an anchor by the cycle of the item.
    Anchored(DateTime),
    /// It is the one of the calendar by the cycle of the item: from a first of the month, a Monday.
    Calendar,
}

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let operation = operation(case);
    let translated = case.translated(operation)?;
    let items = case.items()?;
    let when = when(case, &translated)?;
    let rate = case.tax()?;
    let change = Change { case, translated: &translated, when: &when, items: &items, rate: rate.as_ref() };
    let mut lines = change.lines()?;
    if translated.policy.terms.netting == Netting::Item {
        change.net(&mut lines)?;
    }
    let extension = change.extend(&mut lines)?;
    let fields = change.fields(&lines, extension.as_ref())?;
    Ok(Answer { fields, derivations: lines.into_iter().map(|line| line.derivation).collect() })
}

/// Something ends where nothing comes in its place.
fn operation(case: &Case<'_>) -> Operation {
    let roles: Vec<&str> = case
        .input
        .list("items")
        .ok()
        .flatten()
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.get("role")?.as_str())
        .collect();
    let only_ends = !roles.is_empty() && roles.iter().all(|role| *role == "old");
    if only_ends || case.input.has("terminated_on") { Operation::Termination } else { Operation::Change }
}

fn when(case: &Case<'_>, translated: &Translated) -> Result<When, Unsayable> {
    let input = &case.input;
    if let Some(count) = stated_count(case)? {
        // A part that is stated holds, wherever it comes from.
        input.set_aside(&["period", "change_at"]);
        let new = match (input.integer("new_days")?, input.integer("new_total")?) {
            (Some(rest), Some(whole)) => rest_of(rest, whole).ok_or_else(|| input.not_a("new_days", "a part"))?,
            _ => count,
        };
        return Ok(When::Stated { old: count, new });
    }
    let key = input.named(&["instant", "change_at", "terminated_on"]).ok_or_else(|| {
        Unsayable("the vector states neither when the change is made nor what part of the period is left".to_owned())
    })?;
    if key == "instant" {
        input.set_aside(&["change_at", "terminated_on"]);
    }
    let zone = &translated.zone;
    let at = input.needs_instant(key, zone)?;
    let period = match input.object("period")? {
        Some(period) => Period::Given(given_period(&period, zone, translated.ends_on_last_day)?),
        None => match input.text("billing")? {
            Some("calendar") => Period::Calendar,
            Some("anniversary") | None => {
                Period::Anchored(input.moment("anchor", zone)?.ok_or_else(|| input.missing("period"))?)
            }
            Some(_) => return Err(input.missing("period")),
        },
    };
    let period = match (input.count("plan_days")?, period) {
        // The plan's full period, of which the stated one is the last part.
        (Some(days), Period::Given(span)) => {
            let from = Cycle { count: 1, unit: CycleUnit::Day }.after_date(zone.date(span.until), -days);
            Period::Given(Span { from: zone.midnight(from), until: span.until })
        }
        (_, period) => period,
    };
    check_begun(&translated.policy.terms, at, &period)?;
    check_unit(case, translated, at, &period)?;
    Ok(When::At { at, period })
}

/// Where the vector states no unit of time, days and seconds must come to the same part.
fn check_unit(case: &Case<'_>, translated: &Translated, at: Timestamp, period: &Period) -> Result<(), Unsayable> {
    if translated.states_unit {
        return Ok(());
    }
    let Period::Given(span) = period else { return Err(case.policy.missing("time_unit")) };
    let seconds = |from: Timestamp, until: Timestamp| i128::from(until.as_second() - from.as_second());
    let days = |from, until| i128::from(translated.zone.days_between(from, until));
    let rest = (seconds(at, span.until), days(at, span.until));
    let whole = (seconds(span.from, span.until), days(span.from, span.until));
    if rest.0 * whole.1 == rest.1 * whole.0 { Ok(()) } else { Err(case.policy.missing("time_unit")) }
}

/// A minute or an hour that was begun counts as left; other systems count it as used.
fn check_begun(terms: &Terms, at: Timestamp, period: &Period) -> Result<(), Unsayable> {
    let unit = match terms.unit {
        TimeUnit::Minute => 60,
        TimeUnit::Hour => 3_600,
        TimeUnit::Second | TimeUnit::Day | TimeUnit::Month => return Ok(()),
    };
    match period {
        Period::Given(span) if (at.as_second() - span.from.as_second()) % unit != 0 => {
            Err(Unsayable("the vector does not say whether a minute or an hour that was begun is used".to_owned()))
        }
        _ => Ok(()),
    }
}

/// `{start, end}` as instants, its end as the policy or the period itself says.
pub(super) fn given_period(period: &Fields<'_>, zone: &Zone, ends_on_last_day: bool) -> Result<Span, Unsayable> {
    let (from, end) = (period.needs_instant("start", zone)?, period.needs_instant("end", zone)?);
    let is_last_day = period.flag("end_inclusive")?.unwrap_or(ends_on_last_day);
    let until = if is_last_day { zone.start_of_next_day(end) } else { end };
    if from >= until {
        return Err(period.not_a("end", "after the start"));
    }
    period.all_read()?;
    Ok(Span { from, until })
}

/// A part that the vector states as a number of days, a ratio, seconds, or months.
fn stated_count(case: &Case<'_>) -> Result<Option<Count>, Unsayable> {
    let input = &case.input;
    // Of what is not divided there is one part.
    let undivided = Count { from: 0, until: 1, whole: 1 };
    let guarded = case.policy.text("guard")?.is_some_and(|words| words.contains("undivided"));
    if let Some(what) = input.text("case")? {
        let is_known = guarded && what == "zerolen";
        return if is_known {
            Ok(Some(undivided))
        } else {
            Err(input.not_a("case", "a span that is known by its name"))
        };
    }
    if let Some(ratio) = input.ratio("fraction_remaining")? {
        return rest_of(ratio.part, ratio.whole).map(Some).ok_or_else(|| input.not_a("fraction_remaining", "a part"));
    }
    if let Some(ratio) = input.ratio("fraction_used")? {
        return used_of(ratio.part, ratio.whole).map(Some).ok_or_else(|| input.not_a("fraction_used", "a part"));
    }
    if input.has("days_used") {
        let (used, whole) = (input.needs_integer("days_used")?, input.needs_integer("days_total")?);
        return used_of(used, whole).map(Some).ok_or_else(|| input.not_a("days_used", "a part"));
    }
    if let Some(rest) = input.integer("months_remaining")? {
        let months = input.needs_integer("months_total")?;
        return rest_of(rest, months).map(Some).ok_or_else(|| input.not_a("months_remaining", "a part"));
    }
    if input.has("days_remaining") {
        let (rest, whole) = (input.needs_integer("days_remaining")?, input.needs_integer("days_total")?);
        return rest_of(rest, whole).map(Some).ok_or_else(|| input.not_a("days_remaining", "a part"));
    }
    for (part, whole) in [("days_billed", "days_total"), ("part_days", "full_days")] {
        if input.has(part) {
            let (until, whole) = (input.needs_integer(part)?, input.needs_integer(whole)?);
            if guarded && (until <= 0 || until >= whole) {
                return Ok(Some(undivided));
            }
            let fits = whole > 0 && (0..=whole).contains(&until);
            let count = fits.then_some(Count { from: 0, until, whole });
            return count.map(Some).ok_or_else(|| input.not_a(part, "a part"));
        }
    }
    if input.has("unix_from") {
        let rest = input.needs_integer("unix_to")? - input.needs_integer("unix_from")?;
        let whole = input.needs_integer("period_seconds")?;
        return rest_of(rest, whole).map(Some).ok_or_else(|| input.not_a("unix_from", "inside the period"));
    }
    if let Some(used) = input.integer("months_used")? {
        let months = match input.integer("months_total")? {
            Some(months) => months,
            None => {
                let cycle = case.items()?.first().and_then(|item| item.cycle);
                cycle.and_then(months_of).ok_or_else(|| input.missing("items.0.interval"))?
            }
        };
        return used_of(used, months).map(Some).ok_or_else(|| input.not_a("months_used", "a part"));
    }
    Ok(None)
}

fn months_of(cycle: Cycle) -> Option<i64> {
    match cycle.unit {
        CycleUnit::Month => Some(i64::from(cycle.count)),
        CycleUnit::Year => Some(12 * i64::from(cycle.count)),
        CycleUnit::Day | CycleUnit::Week => None,
    }
}

fn used_of(used: i64, whole: i64) -> Option<Count> {
    rest_of(whole.checked_sub(used)?, whole)
}

fn rest_of(rest: i64, whole: i64) -> Option<Count> {
    (whole > 0 && (0..=whole).contains(&rest)).then_some(Count { from: whole - rest, until: whole, whole })
}
