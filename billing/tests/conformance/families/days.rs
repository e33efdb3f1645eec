//! Day counts: how long a span is, and of how many days it is a part.

use serde_json::{Value, json};

use super::{add_days, add_months, all_right, asked_as, date, days_between, none_said, of, under};

pub(super) const ASKED: &[&str] =
    &["calendar_days_tz", "day_inclusive_both", "day_shared_change_day", "denominator_days", "fixed_30", "thirty_360"];

#[test]
fn days_are_counted_between_local_dates() {
    let days = |zone: &str, start: &str, end: &str, days: i64| {
        of("calendar_days_tz", json!({ "tz": zone, "start": start, "end": end }), json!({ "days": days }))
    };
    all_right([
        days("America/New_York", "2024-11-02", "2024-11-04", 2),
        days("America/New_York", "2024-11-03T03:30:00Z", "2024-11-03T05:30:00Z", 1),
        days("Europe/Berlin", "2024-03-30T23:30:00", "2024-03-31T03:30:00", 1),
        days("Asia/Kolkata", "2024-02-28T18:29:59Z", "2024-02-28T18:30:00Z", 1),
        days("Pacific/Apia", "2011-12-29T12:00:00", "2011-12-31T12:00:00", 2),
        days("UTC", "2024-02-01", "2025-02-01", 366),
        days("UTC", "2024-02-01", "2024-02-01T23:59:59", 0),
    ]);
}

#[test]
fn a_stub_is_a_part_of_its_full_period_or_of_nothing() {
    let part = |partial: [&str; 2], full: [&str; 2], factor: Value| {
        let span = |[start, end]: [&str; 2]| json!({ "start": start, "end": end });
        let vector = of(
            "day_actual_halfopen",
            json!({ "partial": span(partial), "full": span(full) }),
            json!({ "factor": factor }),
        );
        let words = json!({ "time_unit": "day", "denominator": "full period" });
        let mut vector = asked_as(vector, "daycount");
        vector.policy.clear();
        under(vector, words)
    };
    all_right([
        part(["2024-02-15", "2024-03-01"], ["2024-02-01", "2024-03-01"], json!("15/29")),
        part(["2024-02-15", "2024-03-01"], ["2024-02-01", "2024-03-01"], json!("0.517241379")),
        part(["2025-01-01", "2025-12-31"], ["2025-01-01", "2026-01-01"], json!("364/365")),
        part(["2025-01-01", "2025-02-03"], ["2025-01-01", "2025-02-01"], json!(null)),
        part(["2025-01-10", "2025-01-10"], ["2025-01-01", "2025-02-01"], json!("0/31")),
    ]);
}

#[test]
fn the_days_of_a_plans_period_are_those_of_the_calendar() {
    let mut all = Vec::new();
    for start in ["2024-01-01", "2024-02-01", "2023-02-28", "2024-02-29", "2022-12-31"].map(date) {
        for months in [1, 2, 3, 6, 12, 24] {
            let days = days_between(start, add_months(start, months, start.day()));
            all.push(of("denominator_days", json!({ "start": start, "months": months }), json!({ "days": days })));
        }
    }
    for (start, interval, days) in
        [("2024-02-05", "week", 7), ("2023-02-05", "quarterly", 89), ("2024-02-29", "30 days", 30)]
    {
        all.push(of("denominator_days", json!({ "start": start, "interval": interval }), json!({ "days": days })));
    }
    all_right(all);
}

/// The last day stands in the period; the day of the change is the old plan's and the new one's.
#[test]
fn the_day_of_a_change_can_be_of_both_sides() {
    let mut all = Vec::new();
    for (start, last) in [("2024-02-17", "2024-03-16"), ("2023-03-17", "2023-04-16"), ("2024-10-20", "2024-11-19")] {
        let (start, last) = (date(start), date(last));
        for after in [0, 1, 13, 27] {
            let at = add_days(start, after);
            let next = add_days(at, 1);
            let (refund, charge) = (days_between(at, last), days_between(at, last) + 1);
            let input = json!({ "period": { "start": start, "end": last, "end_inclusive": true }, "change_at": at });
            let expected = json!({
                "refund_from": next, "refund_days": refund, "charge_from": at, "charge_days": charge,
                "used_days_old": after + 1, "overlap_days": 1
            });
            all.push(of("day_shared_change_day", input, expected));
        }
    }
    all_right(all);
}

#[test]
fn a_month_can_count_its_own_days_or_thirty_of_them() {
    let three = |start: &str, end: &str, actual: &str, over_30: &str, strict: &str| {
        let input = json!({ "start": start, "end": end, "end_inclusive": true });
        of("thirty_360", input, json!({ "actual": actual, "actual_over_30": over_30, "strict_30": strict }))
    };
    all_right([
        three("2020-02-15", "2020-02-29", "15/29", "15/30", "16/30"),
        three("2021-01-10", "2021-01-20", "11/31", "11/30", "11/30"),
        three("2021-01-10", "2021-01-31", "22/31", "22/30", "21/30"),
        three("2021-04-01", "2021-04-30", "30/30", "30/30", "30/30"),
        three("2021-04-30", "2021-04-30", "1/30", "1/30", "1/30"),
    ]);
    let both = |start: &str, end: &str, denominator: &str, days: i64, whole: i64| {
        let vector =
            of("day_inclusive_both", json!({ "start": start, "end": end }), json!({ "days": days, "of": whole }));
        under(vector, json!({ "denominator": denominator }))
    };
    all_right([
        both("2020-02-15", "2020-02-29", "actual", 15, 29),
        both("2021-03-01", "2021-03-07", "actual", 7, 31),
        both("2021-03-01", "2021-03-07", "30", 7, 30),
        both("2021-02-01", "2021-02-28", "actual or 30", 28, 28),
    ]);
    let fixed = |start: &str, end: &str, days: i64, factor: &str| {
        let input = json!({ "start": start, "end": end, "fixed_days": days });
        of("fixed_30", input, json!({ "factor": factor }))
    };
    all_right([
        fixed("2012-02-20", "2012-03-01", 30, "0.333333333"),
        fixed("2012-05-15", "2012-05-15", 30, "0/30"),
        fixed("2011-12-25", "2012-01-04", 31, "10/31"),
        of("fixed_30", json!({ "start": "2012-05-15", "end": "2012-05-31" }), json!({ "factor": "0.533333333" })),
    ]);
}

#[test]
fn days_of_a_count_that_is_not_known_have_no_answer() {
    let days = |words: Value| {
        let input = json!({ "tz": "UTC", "start": "2024-02-01", "end": "2024-02-03" });
        under(of("calendar_days_tz", input, json!({ "days": 2 })), words)
    };
    none_said([
        ("count", days(json!({ "count": "blocks of 86400 s" }))),
        ("time_unit", days(json!({ "time_unit": "hour" }))),
        ("business", days(json!({ "business_days": true }))),
    ]);
}
