//! Billing dates: bill days, stubs, whole cycles. Counted here by months and days alone.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{add_days, add_months, all_right, date, days_between, of};

pub(super) const ASKED: &[&str] = &[
    "arrears_bill_through",
    "elapsed_cycles",
    "first_billing_date",
    "interval_steps",
    "kb_cycle_fraction_annual",
    "kb_cycle_fraction_monthly",
    "kb_cycle_fraction_quarterly",
    "month_clamp_sticky",
    "period_advance",
    "period_arrears",
    "period_containing",
];

const STARTS: [&str; 9] = [
    "2011-01-01",
    "2011-01-31",
    "2012-02-28",
    "2012-02-29",
    "2012-03-30",
    "2015-12-31",
    "2024-01-15",
    "2024-06-30",
    "2024-11-16",
];
const BILL_DAYS: [i8; 6] = [1, 10, 15, 28, 30, 31];
const MONTHS: [(i64, &str); 6] =
    [(1, "monthly"), (2, "2 months"), (3, "quarterly"), (6, "half_year"), (12, "annual"), (24, "biennial")];

/// Boundaries on a bill day: the first is in the month of the start, or a whole cycle later where that is over.
fn boundary(start: Date, months: i64, bill_day: i8, n: i64) -> Date {
    let same_month = add_months(start, 0, bill_day);
    let first = if same_month < start { months } else { 0 };
    add_months(start, first + n * months, bill_day)
}

/// The first boundary after a day.
fn next_after(start: Date, months: i64, bill_day: i8, day: Date) -> Date {
    (0..).map(|n| boundary(start, months, bill_day, n)).find(|date| *date > day).expect("a boundary")
}

/// Cycles billed in advance up to the first boundary after the target: each part to nine decimals.
fn cycles(start: Date, end: Option<Date>, target: Date, months: i64, bill_day: i8) -> i64 {
    let until = next_after(start, months, bill_day, target);
    let until = end.map_or(until, |end| end.min(until));
    let (mut from, mut billionths) = (start, 0);
    while from < until {
        let to = next_after(start, months, bill_day, from);
        // The cycle of a stub is counted back from its end, and forth from its start, on that very day of the month.
        let begins = if from == boundary(start, months, bill_day, 0) || from > start {
            from
        } else {
            add_months(to, -months, to.day())
        };
        let ends = if to > until && begins == from { add_months(from, months, from.day()) } else { to };
        let whole = days_between(begins, ends);
        let part = days_between(from, to.min(until));
        billionths += (2 * part * 1_000_000_000 + whole) / (2 * whole);
        from = to;
    }
    billionths
}

#[test]
fn cycles_are_whole_ones_and_parts_of_those_that_hold_the_stubs() {
    let mut all = Vec::new();
    for (months, family, name) in [
        (1, "kb_cycle_fraction_monthly", "MONTHLY"),
        (3, "kb_cycle_fraction_quarterly", "QUARTERLY"),
        (12, "kb_cycle_fraction_annual", "ANNUAL"),
    ] {
        for (nth, start) in STARTS.into_iter().map(date).enumerate() {
            let bill_day = BILL_DAYS[(nth * 2 + usize::try_from(months).expect("few")) % BILL_DAYS.len()];
            for (till, target) in
                [(None, 0), (None, 45), (None, 400), (Some(5), 200), (Some(100), 20), (Some(401), 402)]
            {
                let (end, target) = (till.map(|days| add_days(start, days)), add_days(start, target));
                let found = cycles(start, end, target, months, bill_day);
                let input = json!({
                    "billing_period": name, "start": start, "end": end, "target": target, "bcd": bill_day,
                    "billing_mode": "IN_ADVANCE"
                });
                let text = format!("{}.{:09}", found / 1_000_000_000, found % 1_000_000_000);
                all.push(of(family, input, json!({ "cycles": text })));
            }
        }
    }
    all_right(all);
}

#[test]
fn what_is_billed_in_arrears_has_ended_and_in_advance_has_begun() {
    let mut all = Vec::new();
    for (nth, start) in STARTS.into_iter().map(date).enumerate() {
        for bill_day in BILL_DAYS.into_iter().skip(nth % 2).step_by(2) {
            for (months, name) in MONTHS.into_iter().skip(nth % 3).step_by(3) {
                let first = boundary(start, months, bill_day, 0);
                for after in [0, 17, 61, 500] {
                    let target = add_days(start, after);
                    let next = next_after(start, months, bill_day, target);
                    let over =
                        (0..).map(|n| boundary(start, months, bill_day, n)).take_while(|date| *date <= target).last();
                    let input =
                        json!({ "start": start, "end": null, "target": target, "bcd": bill_day, "interval": name });
                    let expected = json!({
                        "first_billing_cycle_date": first, "effective_end": over,
                        "next_billing_cycle_date": if over.is_some() { next } else if first > start { first } else { next }
                    });
                    all.push(of("arrears_bill_through", input.clone(), expected));
                    let expected = json!({ "first_billing_cycle_date": first, "effective_end": next });
                    all.push(of("month_clamp_sticky", input, expected));
                }
                all.push(of(
                    "first_billing_date",
                    json!({ "start": start, "bcd": bill_day, "interval": name }),
                    json!({ "first_billing_cycle_date": first }),
                ));
            }
        }
        for (days, name) in
            [(30, "thirty_days"), (7, "weekly"), (14, "biweekly"), (1, "daily"), (31, "thirty_one_days")]
        {
            let input = json!({ "start": start, "bcd": 14, "interval": name, "target": add_days(start, days) });
            let expected = json!({ "first_billing_cycle_date": start, "effective_end": add_days(start, 2 * days) });
            all.push(of("first_billing_date", input, expected));
        }
    }
    all_right(all);
}

#[test]
fn a_period_holds_its_day_and_counts_the_boundaries_before_it() {
    let mut all = Vec::new();
    for (nth, start) in STARTS.into_iter().map(date).enumerate() {
        for bill_day in BILL_DAYS.into_iter().skip(nth % 2).step_by(2) {
            for (months, name) in MONTHS.into_iter().skip(nth % 3).step_by(3) {
                for after in [0, 9, 31, 92, 730] {
                    let target = add_days(start, after);
                    let bounds = (0..).map(|n| boundary(start, months, bill_day, n)).take_while(|date| *date <= target);
                    let bounds: Vec<Date> = bounds.filter(|date| *date > start).collect();
                    let period = json!({
                        "start": bounds.last().copied().unwrap_or(start), "end": next_after(start, months, bill_day, target)
                    });
                    let input =
                        json!({ "interval": name, "billing_start": start, "target": target, "billing_day": bill_day });
                    all.push(of("elapsed_cycles", input.clone(), json!({ "elapsed_cycles": bounds.len() })));
                    all.push(of("period_containing", input, json!({ "period": period })));
                }
                let on = boundary(start, months, bill_day, 2);
                let period = |from: Date, until: Date| json!({ "period": { "start": from, "end": until } });
                let input = |first: bool, day: Date| json!({ "interval": name, "invoice_date": day, "billing_day": bill_day, "first_period": first });
                let first = next_after(start, months, bill_day, start);
                all.push(of("period_advance", input(true, start), period(start, first)));
                all.push(of("period_advance", input(false, on), period(on, add_months(on, months, bill_day))));
                let input =
                    json!({ "interval": name, "invoice_date": on, "billing_start": start, "billing_day": bill_day });
                all.push(of("period_arrears", input, period(add_months(on, -months, bill_day).max(start), on)));
            }
        }
    }
    all_right(all);
}

#[test]
fn boundaries_stay_on_the_day_of_their_anchor() {
    let mut all = Vec::new();
    for start in STARTS.map(date) {
        for (months, name) in MONTHS {
            let at = |n: i64| add_months(start, n * months, start.day());
            let boundaries: Vec<Date> = (1..=9).map(at).collect();
            let input = json!({ "anchor": start, "interval_months": months });
            all.push(of("month_clamp_sticky", input.clone(), json!({ "boundaries": boundaries })));
            all.push(of("month_clamp_sticky", input, json!({ "billing_days": [at(1), at(4), at(5)] })));
            let inside = add_days(at(3), 2);
            let period = json!({ "period": { "start": at(3), "end": at(4) }, "next_billing_at": at(4) });
            let input = json!({ "anchor": start, "at": inside, "interval": name });
            all.push(of("month_clamp_sticky", input, period));
            for (sign, direction) in [(1, "forward"), (-1, "back")] {
                let steps: Value = (0..8).map(|n| (n.to_string(), json!(at(sign * n)))).collect();
                let input = json!({ "start": start, "interval": name, "direction": direction });
                let boundaries: Vec<Date> = (0..4).map(|n| at(sign * n)).collect();
                all.push(of("interval_steps", input, json!({ "steps": steps, "boundaries": boundaries })));
            }
        }
        for (days, name) in [(30, "30 days"), (7, "weekly"), (14, "biweekly"), (90, "ninety_days"), (365, "365 days")] {
            let at = |n: i64| add_days(start, days * n);
            let expected = json!({
                "first_period_end": at(1), "third_period": { "start": at(2), "end": at(3) }, "steps": { "5": at(5) }
            });
            all.push(of("interval_steps", json!({ "start": start, "interval": name }), expected));
        }
    }
    all_right(all);
}
