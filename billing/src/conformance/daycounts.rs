//! Day counts: how long a span is, and what part it is of a whole.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::changes::given_period;
use super::fields::{Fields, Ratio, YEARS};
use super::found::Found;
use super::periods::stated_cycle;
use super::terms::Operation;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, DateSpan, Span, days_360};

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    case.knows("time_unit", &["day"])?;
    let found = match case.family {
        "calendar_days_tz" => between(case),
        "day_actual_halfopen" => part_of_period(case),
        "day_inclusive_both" => rest_of_month(case),
        "denominator_days" => plan_period(case),
        "day_shared_change_day" => sides_of_change(case),
        "fixed_30" => fixed_days(case),
        "thirty_360" => by_three_counts(case),
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

/// The days from a day to the end of its month, both counted, and of how many; or those from one day to another.
fn rest_of_month(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("period_end", &["inclusive"])?;
    let denominator = case.term("denominator")?;
    let input = &case.input;
    let span = match input.text("case")? {
        Some(text) => {
            let day = written_day(text).ok_or_else(|| input.not_a("case", "a day"))?;
            DateSpan { from: day, until: Cycle::MONTH.after_date(day.first_of_month(), 1) }
        }
        None => {
            let (from, last) = (input.needs_date("start")?, input.needs_date("end")?);
            let until = last.tomorrow().map_err(|_| input.not_a("end", "a date inside the supported range"))?;
            input.set_aside(&["end_inclusive"]);
            DateSpan { from, until }
        }
    };
    if span.days() < 1 {
        return Err(input.not_a("end", "on the start or after it"));
    }
    let month =
        DateSpan { from: span.from.first_of_month(), until: Cycle::MONTH.after_date(span.from.first_of_month(), 1) };
    if span.until > month.until {
        return Err(input.not_a("end", "in the month of the start"));
    }
    // Where a system offers the month's own days or 30 and nothing says which, it is the month's own.
    let whole = match denominator.as_str() {
        "30" | "fixed 30" | "fixed 30 days" => 30,
        _ if denominator.is_empty() || denominator.contains("actual") => month.days(),
        _ => return Err(case.policy.not_a("denominator", "a count of a month")),
    };
    Ok(Found::map([
        ("days", Found::Number(span.days())),
        ("of", Found::Number(whole)),
        ("factor", Found::Ratio(Ratio { part: span.days(), whole })),
    ]))
}

/// A day as people write it: `27 February 2018`, `February 27, 2018`, `2018-02-27`.
fn written_day(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Ok(date) = text.parse::<Date>() {
        return YEARS.contains(&date.year()).then_some(date);
    }
    let text = text.to_ascii_lowercase().replace(',', " ");
    let [first, second, year] = text.split_whitespace().collect::<Vec<_>>().try_into().ok()?;
    let month_of = |word: &str| MONTHS.iter().position(|name| *name == word || name.get(..3) == Some(word));
    let (month, day) = month_of(second).map(|month| (month, first)).or_else(|| Some((month_of(first)?, second)))?;
    let year: i16 = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month + 1).ok()?, day.parse().ok()?).ok()
}

/// The days of a plan's full period.
fn plan_period(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("denominator", &["full plan period"])?;
    let start = case.input.needs_date("start")?;
    let cycle = stated_cycle(&case.input)?.ok_or_else(|| case.input.missing("months"))?;
    let until = cycle.after_date(start, 1);
    Ok(Found::map([("days", Found::Number(DateSpan { from: start, until }.days()))]))
}

/// The part of a month that counts so many days, whatever the calendar says.
fn fixed_days(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("denominator", &["fixed"])?;
    let input: &Fields<'_> = &case.input;
    let words = case.term("denominator")?;
    let digits: String = words.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let whole = match input.integer("fixed_days")? {
        Some(days) => days,
        None => digits.parse().map_err(|_| input.missing("fixed_days"))?,
    };
    let part = input.days()?.days();
    if whole < 1 {
        return Err(input.not_a("fixed_days", "a number of days"));
    }
    Ok(Found::map([("factor", Found::Ratio(Ratio { part, whole }))]))
}

/// From when both sides of a change count, and for how many days.
fn sides_of_change(case: &Case<'_>) -> Result<Found, Unsayable> {
    let translated = case.translated(Operation::Change)?;
    let (counting, zone) = (translated.counting(), &translated.zone);
    let period = case.input.object("period")?.ok_or_else(|| case.input.missing("period"))?;
    let full = given_period(&period, zone, translated.ends_on_last_day)?;
    let at = case.input.needs_instant("change_at", zone)?;
    let cut = |cut| counting.cut(cut, at).clamp(full.from, full.until);
    let (refund_from, charge_from) = (cut(counting.terms.credit_from), cut(counting.terms.charge_from));
    let days = |from, until| Found::Number(counting.measure(Span { from, until }));
    Ok(Found::map([
        ("refund_from", Found::Date(zone.date(refund_from))),
        ("charge_from", Found::Date(zone.date(charge_from))),
        ("refund_days", days(refund_from, full.until)),
        ("charge_days", days(charge_from, full.until)),
        ("used_days_old", days(full.from, refund_from)),
        ("overlap_days", days(charge_from, refund_from)),
    ]))
}

/// A span inside one month, by its days and by months of 30.
fn by_three_counts(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("options", &["actual"])?;
    case.knows("period_end", &["inclusive"])?;
    let span = case.input.days()?;
    let month =
        DateSpan { from: span.from.first_of_month(), until: Cycle::MONTH.after_date(span.from.first_of_month(), 1) };
    if span.until > month.until || span.days() < 1 {
        return Err(case.input.not_a("end", "in the month of the start"));
    }
    let mut found = BTreeMap::from([
        ("actual".to_owned(), Found::Ratio(Ratio { part: span.days(), whole: month.days() })),
        ("strict_30".to_owned(), Found::Ratio(Ratio { part: days_360(span.from, span.until), whole: 30 })),
    ]);
    // A whole month costs its price, however many days it has, so it is 30 of 30 here.
    if span != month || month.days() == 30 {
        found.insert("actual_over_30".to_owned(), Found::Ratio(Ratio { part: span.days(), whole: 30 }));
    }
    Ok(Found::Map(found))
}
