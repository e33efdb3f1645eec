//! Periods: billing dates, stubs, whole cycles, trials. Everything is asked of the calendar.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::fields::{Fields, is_billed};
use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::calendar::{BillDay, Cycle, CycleUnit, DateSpan, Schedule, Timing, Zone, check_dates, days_between};
use crate::first_period::FirstPeriod;
use crate::policy::Policy;
use crate::share::{Rounding, divide};

/// How many dates of an endless series are compared at most.
const DATES: i64 = 400;
const DAY: Cycle = Cycle { count: 1, unit: CycleUnit::Day };

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id", "intervals"]);
    case.knows("month_end", &["clamp"])?;
    let found = match case.family {
        "anchor_day_zone" => anchor_day(case),
        "bcd_alignment" => aligned(case),
        "billing_period_dates" => period_dates(case),
        "calendar_anchor" => calendar_anchor(case),
        "interval_steps" => steps(case),
        "month_clamp_sticky" if case.input.has("anchor") => anchored(case),
        "next_billing_anchor_snap" => next_billing(case),
        "period_advance" => advance(case),
        "period_arrears" => arrears(case),
        "prorata_date_cutoff" => cut_off(case),
        "trial_then_period" | "trial_zone_dst" => trial(case),
        "whole_periods" => whole_periods(case),
        "invalid_dates" => invalid(case),
        "arrears_bill_through"
        | "elapsed_cycles"
        | "first_billing_date"
        | "month_clamp_sticky"
        | "period_containing"
        | "kb_cycle_fraction_monthly"
        | "kb_cycle_fraction_quarterly"
        | "kb_cycle_fraction_annual" => scheduled(case),
        _ => Err(case.no_question()),
    };
    found.map(Answer::from)
}

/// The cycle a vector states, under any of the names it may have.
pub(super) fn stated_cycle(input: &Fields<'_>) -> Result<Option<Cycle>, Unsayable> {
    let count = |count: i64, unit| {
        let count = u16::try_from(count).ok().filter(|count| *count > 0);
        count.map(|count| Cycle { count, unit }).filter(|cycle| is_billed(*cycle))
    };
    for (key, unit) in
        [("interval_months", CycleUnit::Month), ("months", CycleUnit::Month), ("interval_days", CycleUnit::Day)]
    {
        if let Some(number) = input.integer(key)? {
            return count(number, unit).map(Some).ok_or_else(|| input.not_a(key, "the length of a cycle"));
        }
    }
    let Some(key) = input.named(&["interval", "billing_period"]) else { return Ok(None) };
    let cycle = input.cycle(key)?.ok_or_else(|| input.missing(key))?;
    let times = input.integer("unit")?.unwrap_or(1);
    count(times.saturating_mul(i64::from(cycle.count)), cycle.unit)
        .map(Some)
        .ok_or_else(|| input.not_a("unit", "a number of cycles"))
}

fn needs_cycle(input: &Fields<'_>) -> Result<Cycle, Unsayable> {
    stated_cycle(input)?.ok_or_else(|| input.missing("interval"))
}

/// The day of the month that a subscription has by the instant it began.
fn anchor_day(case: &Case<'_>) -> Result<Found, Unsayable> {
    let zone = case.zone()?;
    let day = case.input.needs_moment("instant", &zone)?.date();
    let bill_day = (1..=31).find(|number| BillDay::new(*number) == Some(BillDay::of(day)));
    Ok(Found::map([("bcd", bill_day.map_or(Found::Nothing, Found::Number))]))
}

/// Everything about a subscription that is billed on a bill day.
fn scheduled(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    case.knows("anchor", &["bcd", "billing day", "bill day", "bill cycle day", "sticky"])?;
    case.knows("first_period", &["short when the start day precedes"])?;
    let start_key = input.named(&["start", "billing_start"]).unwrap_or("start");
    let start = input.needs_date(start_key)?;
    let day_key = input.named(&["bcd", "billing_day"]).unwrap_or("bcd");
    let bill_day = input.bill_day(day_key)?.ok_or_else(|| input.missing(day_key))?;
    // A day of the month comes once a month where nothing else is said.
    let cycle = stated_cycle(input)?.unwrap_or(Cycle::MONTH);
    let (target, end) = (input.date("target")?, input.date("end")?);
    if check_dates(start, end, target).is_err() {
        return Ok(invalid_dates());
    }
    let schedule = Schedule::new(start, bill_day, cycle);
    let first = Found::Date(first_billing_date(start, bill_day, cycle)?);
    let mut found = BTreeMap::from([("first_billing_cycle_date".to_owned(), first)]);
    if let Some(target) = target {
        let billed_until = schedule.billed_until(target, end, timing(case)?);
        found.insert("effective_end".to_owned(), Found::date_or_nothing(billed_until));
        let next = schedule.next_billing_date(billed_until);
        found.insert("next_billing_cycle_date".to_owned(), Found::Date(next));
        found.insert("elapsed_cycles".to_owned(), Found::Number(schedule.elapsed(target)));
        let period = schedule.containing(target).map_or(Found::Nothing, Found::span);
        found.insert("period".to_owned(), period);
        if case.asked.contains(&"cycles") {
            found.insert("cycles".to_owned(), cycles(case, &schedule, billed_until.unwrap_or(start))?);
        }
    }
    Ok(Found::Map(found))
}

/// The same policy with everybody billed on one day of the month, and with a cut-off day before that.
pub(super) fn billed_on(policy: &Policy, day: BillDay, cut_off: Option<BillDay>) -> Result<Policy, Unsayable> {
    let wrong = |error: &dyn std::fmt::Display| Unsayable(error.to_string());
    let mut table: toml::Table = policy.to_toml().parse().map_err(|error| wrong(&error))?;
    let terms = table.get_mut("terms").and_then(toml::Value::as_table_mut);
    let terms = terms.ok_or_else(|| Unsayable("a policy without terms".to_owned()))?;
    terms.insert("bill_day".to_owned(), toml::Value::Integer(day.into()));
    terms.extend(cut_off.map(|day| ("cut_off_day".to_owned(), toml::Value::Integer(day.into()))));
    terms.insert("anchor".to_owned(), toml::Value::String("keep".to_owned()));
    Policy::from_toml(&table.to_string()).map_err(|error| wrong(&error))
}

/// The first period of a subscription that starts on a date, under a policy that bills everybody on one day.
fn first_period(start: Date, day: BillDay, cut_off: Option<BillDay>, cycle: Cycle) -> Result<FirstPeriod, Unsayable> {
    let text = "name = \"asked\"\nversion = 1\nsummary = \"By days.\"\n[terms]\nunit = \"day\"\n\
                credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\n\
                quote_minutes = 30\npayment_hours = 72\n";
    let policy = Policy::from_toml(text).map_err(|error| Unsayable(error.to_string()))?;
    let terms = billed_on(&policy, day, cut_off)?.terms;
    Ok(FirstPeriod::new(&terms, start.to_datetime(Time::midnight()), cycle, Zone::utc_ref()))
}

/// Where a full period begins: with the start, or where its first period ends.
fn first_billing_date(start: Date, day: BillDay, cycle: Cycle) -> Result<Date, Unsayable> {
    let FirstPeriod { anchor, number, .. } = first_period(start, day, None, cycle)?;
    let from = anchor.boundary(number).date();
    Ok(if from == start { from } else { anchor.boundary(number + 1).date() })
}

fn timing(case: &Case<'_>) -> Result<Timing, Unsayable> {
    let stated = match case.input.text("billing_mode")? {
        Some(mode) => mode.to_ascii_lowercase(),
        None => case.term("timing")?,
    };
    match stated.as_str() {
        "" => Ok(Timing::Advance),
        words if words.contains("arrear") => Ok(Timing::Arrears),
        words if words.contains("advance") => Ok(Timing::Advance),
        words => Err(Unsayable(format!("{words} is neither in advance nor in arrears"))),
    }
}

/// Whole cycles, and the parts of one to so many digits each.
fn cycles(case: &Case<'_>, schedule: &Schedule, until: Date) -> Result<Found, Unsayable> {
    case.knows("time_unit", &["day"])?;
    case.knows("denominator", &["period_containing_the_stub", "period that contains the stub"])?;
    case.knows("factor_rounding", &["half_up"])?;
    case.knows("leading_proration", &["true"])?;
    case.knows("trailing_proration", &["reaches the last bill-cycle date"])?;
    let digits = case.policy.integer("factor_digits")?.and_then(|digits| u32::try_from(digits).ok());
    let digits = digits.filter(|digits| *digits <= 15).ok_or_else(|| case.policy.missing("factor_digits"))?;
    let one = 10_i128.pow(digits);
    let portions = schedule.portions(until);
    let parts = portions.iter().filter(|portion| portion.of.days() > 0).map(|portion| {
        divide(i128::from(portion.span.days()) * one, i128::from(portion.of.days()), Rounding::HalfAway)
    });
    let scaled = i64::try_from(parts.sum::<i128>()).map_err(|_| Unsayable("more cycles than fit".to_owned()))?;
    Ok(Found::Decimal { scaled, digits })
}

/// A proposed date laid on the bill day of its month, or on a multiple of the cycle from the original date.
fn aligned(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    let proposed = input.needs_date("proposed")?;
    case.knows("rule", &["first multiple of the interval from the original date on or after the proposed date"])?;
    let date = if input.has("original") {
        needs_cycle(input)?.aligned(input.needs_date("original")?, proposed)
    } else {
        let bill_day = input.bill_day("bcd")?.ok_or_else(|| input.missing("bcd"))?;
        let cycle = stated_cycle(input)?.unwrap_or(Cycle::MONTH);
        let mode = input.text("mode")?.map_or_else(|| case.term("mode"), |mode| Ok(mode.to_owned()))?;
        case.knows("mode", &["align", "next"])?;
        match mode.as_str() {
            _ if !cycle.is_of_months() => proposed,
            "align" | "" => bill_day.in_month_of(proposed),
            "next" | "align_to_next" | "next_align" => Schedule::new(proposed, bill_day, Cycle::MONTH).first(),
            _ => return Err(input.not_a("mode", "a way to lay a date on the bill day that the calendar has")),
        }
    };
    Ok(Found::map([("date", Found::Date(date))]))
}

/// The period that an invoice of a day bills: the one that begins (or in arrears, has ended) with it.
fn period_dates(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    case.knows("period_end", &["inclusive"])?;
    let zone = case.zone()?;
    let anchor = input.date_in("anchor", &zone)?.ok_or_else(|| input.missing("anchor"))?;
    let billed_on = input.date_in("billing_at", &zone)?.ok_or_else(|| input.missing("billing_at"))?;
    let is_arrears = match input.text("timing")? {
        Some("arrears") => true,
        Some("advance") | None => false,
        Some(_) => return Err(input.not_a("timing", "advance or arrears")),
    };
    let period = |cycle| {
        let schedule = Schedule::new(anchor, BillDay::of(anchor), cycle);
        let running = schedule.containing(billed_on)?;
        let billed = if is_arrears { schedule.containing(DAY.after_date(running.from, -1))? } else { running };
        let found = Found::map([
            ("first_day", Found::Date(billed.from)),
            ("last_day", Found::Date(billed.last_day())),
            ("period", Found::span(billed)),
        ]);
        Some((running.from == billed_on, found))
    };
    let early = || input.not_a("billing_at", "after a period that can be billed");
    if let Some(cycle) = stated_cycle(input)? {
        return period(cycle).map(|(_, found)| found).ok_or_else(early);
    }
    // Whatever the cycle is, the day of the invoice is one of its billing dates: those that have it must agree.
    let names = ["week", "month", "3 months", "6 months", "year"];
    let cycles = names.iter().filter_map(|name| Cycle::parse(name).ok());
    let mut found = cycles.filter_map(period).filter(|(is_billing_date, _)| *is_billing_date).map(|(_, found)| found);
    let first = found.next().ok_or_else(|| input.missing("interval"))?;
    let same = |other: &Found| case.asked.iter().all(|field| other.field(field) == first.field(field));
    if found.all(|other| same(&other)) { Ok(first) } else { Err(input.missing("interval")) }
}

/// Where calendar periods begin, and the boundaries from a start on.
fn calendar_anchor(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    case.knows("anchor", &["first of month", "calendar"])?;
    case.knows("week_starts", &["monday"])?;
    case.knows("quarters", &["jan/apr/jul/oct"])?;
    if let Some(anchor) = input.text("anchor")?
        && anchor != "first"
    {
        return Err(input.not_a("anchor", "the first"));
    }
    let zone = case.zone()?;
    let start = input.date_in("start", &zone)?.ok_or_else(|| input.missing("start"))?;
    let cycle = needs_cycle(input)?;
    let begins = |date| cycle.calendar_start_after(date);
    let Some(anchor) = begins(start) else { return Err(input.not_a("interval", "a cycle of the calendar")) };
    // A subscription that starts where a calendar period does has no stub; the anchor is the next boundary all the same.
    let following = std::iter::successors(Some(anchor), |date| begins(*date)).map(Found::Date);
    let boundaries = std::iter::once(Found::Date(start)).chain(following.take(48)).collect();
    Ok(Found::map([("anchor", Found::Date(anchor)), ("boundaries", Found::Sequence(boundaries))]))
}

/// Boundaries counted from a start, forward or back.
fn steps(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    let start = input.needs_date("start")?;
    let cycle = match stated_cycle(input)? {
        Some(cycle) => cycle,
        None => case.policy.cycle("interval")?.ok_or_else(|| input.missing("interval"))?,
    };
    let sign = match input.text("direction")? {
        None | Some("forward") => 1,
        Some("back") => -1,
        Some(_) => return Err(input.not_a("direction", "forward or back")),
    };
    let at = |n: i64| cycle.after_date(start, sign * n);
    let mut found = BTreeMap::new();
    let dates = (0..=DATES).map(|n| Found::Date(at(n))).collect();
    found.insert("boundaries".to_owned(), Found::Sequence(dates));
    found.insert("steps".to_owned(), Found::map((0..=DATES).map(|n| (n.to_string(), Found::Date(at(n))))));
    for (number, name) in (1..).zip(ORDINALS) {
        let period = DateSpan { from: at(number - 1), until: at(number) };
        found.insert(format!("{name}_period"), Found::span(period));
        found.insert(format!("{name}_period_end"), Found::Date(period.until));
    }
    Ok(Found::Map(found))
}

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Boundaries on the day of an anchor date, and the period that holds a day.
fn anchored(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    case.knows("anchor", &["sticky"])?;
    let anchor = input.needs_date("anchor")?;
    let schedule = Schedule::new(anchor, BillDay::of(anchor), needs_cycle(input)?);
    let dates: Vec<Found> = (0..=DATES).map(|n| Found::Date(schedule.billing_date(n))).collect();
    let mut found = BTreeMap::from([
        ("boundaries".to_owned(), Found::Sequence(dates.clone())),
        ("billing_days".to_owned(), Found::Among(dates)),
        ("next_billing_at".to_owned(), Found::Date(schedule.billing_date(1))),
    ]);
    if let Some(at) = input.date("at")? {
        let period = schedule.containing(at).ok_or_else(|| input.not_a("at", "on or after the anchor"))?;
        found.insert("next_billing_at".to_owned(), Found::Date(period.until));
        found.insert("period".to_owned(), Found::span(period));
    }
    Ok(Found::Map(found))
}

/// The next billing date after a period's start, on the day of an anchor, and never past the end.
fn next_billing(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    case.knows("anchor", &["snap to the anchor day when the start precedes it in the month"])?;
    case.knows("end_date", &["cliff"])?;
    let zone = case.zone()?;
    let from = input.needs_moment("current_start", &zone)?;
    let anchor = input.needs_moment("anchor", &zone)?;
    let end = input.moment("subscription_end", &zone)?;
    let cycle = needs_cycle(input)?;
    let calendar = case.term("calendar_anchor_for")?;
    let name = input.text("interval")?.unwrap_or("").replace('_', "-");
    let is_calendar = !name.is_empty() && calendar.split(", ").any(|word| name.contains(word));
    // Where the calendar sets the anchor, the stub before it ends there; else the anchor is a day of a week, month, year.
    let next = if is_calendar && from < anchor {
        anchor
    } else {
        cycle.next_on_day_of(anchor.date(), from.date(), !is_calendar).to_datetime(anchor.time())
    };
    Ok(Found::map([("next_billing_at", Found::Moment(end.map_or(next, |end| end.min(next))))]))
}

/// The period that an invoice opens: up to the bill day where it is the first, a whole cycle else.
fn advance(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    bill_day_policy(case)?;
    let from = input.needs_date("invoice_date")?;
    let bill_day = input.bill_day("billing_day")?.ok_or_else(|| input.missing("billing_day"))?;
    let cycle = needs_cycle(input)?;
    let until = match input.flag("first_period")? {
        Some(true) => Zone::utc_ref().date(first_period(from, bill_day, None, cycle)?.period.until),
        _ => bill_day.step(from, cycle, 1),
    };
    Ok(Found::map([("period", Found::span(DateSpan { from, until }))]))
}

/// The period that an invoice closes: a whole cycle, or what there was of it since the start.
fn arrears(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    bill_day_policy(case)?;
    let until = input.needs_date("invoice_date")?;
    let bill_day = input.bill_day("billing_day")?.ok_or_else(|| input.missing("billing_day"))?;
    let from = bill_day.step(until, needs_cycle(input)?, -1);
    let from = input.date("billing_start")?.map_or(from, |start| start.max(from));
    Ok(Found::map([("period", Found::span(DateSpan { from, until }))]))
}

fn bill_day_policy(case: &Case<'_>) -> Result<(), Unsayable> {
    case.knows("anchor", &["billing day"])?;
    case.knows("first_period", &["short when the start day precedes"])
}

/// How far a first invoice goes where all are billed on one day of the month.
fn cut_off(case: &Case<'_>) -> Result<Found, Unsayable> {
    let start = case.input.needs_date("start")?;
    let bill_day = case.policy.bill_day("prorata_date")?.ok_or_else(|| case.policy.missing("prorata_date"))?;
    let cut_off = case.policy.bill_day("charge_next_month_from")?;
    let FirstPeriod { period, .. } = first_period(start, bill_day, cut_off, Cycle::MONTH)?;
    let until = Zone::utc_ref().date(period.until);
    Ok(Found::map([("first_invoice_until", Found::Date(until))]))
}

/// A trial of so many local days, and the first period after it; monthly where no cycle is stated.
fn trial(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    let zone = case.zone()?;
    let key = input.named(&["start", "start_local", "start_at"]).unwrap_or("start");
    let start = input.needs_moment(key, &zone)?.date();
    let ends = DAY.after_date(start, input.needs_count("trial_days")?);
    let cycle = stated_cycle(input)?.unwrap_or(Cycle::MONTH);
    let period = DateSpan { from: ends, until: cycle.after_date(ends, 1) };
    Ok(Found::map([
        ("activation", Found::Date(ends)),
        ("trial_ends", Found::Date(ends)),
        ("next", Found::Date(period.until)),
        ("first_period", Found::span(period)),
    ]))
}

fn whole_periods(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    let (from, until) = (input.needs_date("start")?, input.needs_date("end")?);
    let cycle = needs_cycle(input)?;
    let whole =
        if days_between(from, until) < 0 { return Ok(invalid_dates()) } else { cycle.whole_between(from, until) };
    Ok(Found::map([("whole_periods", Found::Number(whole))]))
}

fn invalid(case: &Case<'_>) -> Result<Found, Unsayable> {
    let input = &case.input;
    let checked = check_dates(input.needs_date("start")?, input.date("end")?, input.date("target")?);
    Ok(if checked.is_err() { invalid_dates() } else { Found::map([("error", Found::Nothing)]) })
}

fn invalid_dates() -> Found {
    Found::map([("error", Found::Text("invalid_date_sequence".to_owned()))])
}
