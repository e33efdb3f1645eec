//! Calendars, anchors and trials: single dates, found by looking at a calendar.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{all_right, none_said, of, under};

pub(super) const ASKED: &[&str] = &[
    "anchor_day_zone",
    "bcd_alignment",
    "billing_period_dates",
    "calendar_anchor",
    "invalid_dates",
    "next_billing_anchor_snap",
    "prorata_date_cutoff",
    "trial_then_period",
    "trial_zone_dst",
    "whole_periods",
];

#[test]
fn a_bill_day_is_the_local_day_of_the_instant() {
    let mut all = Vec::new();
    for zone in ["UTC", "Pacific/Honolulu", "Asia/Kolkata", "Pacific/Apia", "America/New_York"] {
        let clock = TimeZone::get(zone).expect("a zone");
        for instant in ["2012-07-31T23:30:00Z", "2024-02-29T10:00:00Z", "2024-03-10T07:30:00Z", "2025-12-31T18:31:00Z"]
        {
            let day = clock.to_datetime(instant.parse().expect("an instant")).day();
            all.push(of("anchor_day_zone", json!({ "instant": instant, "tz": zone }), json!({ "bcd": day })));
        }
    }
    all_right(all);
}

#[test]
fn a_proposed_date_is_laid_on_its_bill_day_or_on_a_multiple_of_its_cycle() {
    let align = |proposed: &str, bcd: i8, mode: &str, day: &str| {
        let input = json!({ "proposed": proposed, "bcd": bcd, "mode": mode });
        under(of("bcd_alignment", input, json!({ "date": day })), json!({ "mode": mode }))
    };
    all_right([
        align("2022-07-19", 10, "align", "2022-07-10"),
        align("2022-07-19", 10, "next", "2022-08-10"),
        align("2022-07-19", 19, "next", "2022-07-19"),
        align("2022-02-10", 31, "align", "2022-02-28"),
        align("2022-02-10", 31, "next", "2022-02-28"),
        align("2024-02-29", 30, "next", "2024-02-29"),
        align("2022-12-31", 1, "next", "2023-01-01"),
    ]);
    let weekly = |original: &str, proposed: &str, days: i64, day: &str| {
        let input = json!({ "original": original, "proposed": proposed, "interval_days": days });
        let words = json!({ "rule": "first multiple of the interval from the original date on or after the proposed date", "mode": null });
        under(of("bcd_alignment", input, json!({ "date": day })), words)
    };
    all_right([
        weekly("2022-02-02", "2022-02-16", 7, "2022-02-16"),
        weekly("2022-02-02", "2022-02-17", 14, "2022-03-02"),
        weekly("2024-02-28", "2024-03-01", 1, "2024-03-01"),
        weekly("2022-02-02", "2022-02-03", 30, "2022-03-04"),
    ]);
}

#[test]
fn calendar_periods_begin_on_a_monday_or_a_first() {
    let calendar = |start: &str, interval: &str, first: &str, second: &str| {
        let at = |day: &str| format!("{day}T00:00:00Z");
        let input = json!({ "start": at(start), "interval": interval });
        let expected = json!({ "anchor": at(first), "boundaries": [at(first), at(second)] });
        of("calendar_anchor", input, expected)
    };
    all_right([
        calendar("2024-02-29", "monthly", "2024-03-01", "2024-04-01"),
        calendar("2024-12-31", "monthly", "2025-01-01", "2025-02-01"),
        calendar("2024-05-10", "half_year", "2024-07-01", "2025-01-01"),
        calendar("2024-12-01", "quarterly", "2025-01-01", "2025-04-01"),
        calendar("2024-05-10", "weekly", "2024-05-13", "2024-05-20"),
        calendar("2024-05-12", "week", "2024-05-13", "2024-05-20"),
        calendar("2023-02-03", "yearly", "2024-01-01", "2025-01-01"),
        calendar("2024-02-28", "daily", "2024-02-29", "2024-03-01"),
    ]);
}

#[test]
fn an_invoice_opens_the_period_that_begins_with_it_and_closes_the_one_before() {
    let dates = |anchor: &str, on: &str, interval: &str, timing: &str, first: &str, last: &str| {
        let input = json!({ "anchor": anchor, "billing_at": on, "timing": timing, "interval": interval });
        of("billing_period_dates", input, json!({ "first_day": first, "last_day": last }))
    };
    all_right([
        dates("2021-03-31", "2022-04-30", "monthly", "advance", "2022-04-30", "2022-05-30"),
        dates("2021-03-31", "2022-04-30", "monthly", "arrears", "2022-03-31", "2022-04-29"),
        dates("2020-02-29", "2022-02-28", "yearly", "arrears", "2021-02-28", "2022-02-27"),
        dates("2020-02-29", "2024-02-29", "yearly", "advance", "2024-02-29", "2025-02-27"),
        dates("2021-11-30", "2022-02-28", "quarterly", "advance", "2022-02-28", "2022-05-29"),
        dates("2022-06-15", "2022-06-29", "weekly", "arrears", "2022-06-22", "2022-06-28"),
    ]);
}

#[test]
fn the_next_billing_date_snaps_to_the_anchor_and_never_passes_the_end() {
    let next = |from: &str, anchor: &str, unit: i64, interval: &str, end: Value, at: &str| {
        let input = json!({
            "current_start": from, "anchor": anchor, "unit": unit, "interval": interval, "subscription_end": end
        });
        of("next_billing_anchor_snap", input, json!({ "next_billing_at": at }))
    };
    all_right([
        next("2024-01-31T00:00:00Z", "2024-01-31T00:00:00Z", 1, "monthly", json!(null), "2024-02-29T00:00:00Z"),
        next("2024-02-29T00:00:00Z", "2024-01-31T00:00:00Z", 1, "monthly", json!(null), "2024-03-31T00:00:00Z"),
        next("2024-01-14T12:00:00Z", "2024-01-14T12:00:00Z", 3, "monthly", json!(null), "2024-04-14T12:00:00Z"),
        next("2024-02-29T08:00:00Z", "2024-02-29T08:00:00Z", 1, "annual", json!(null), "2025-02-28T08:00:00Z"),
        next("2024-05-15T10:00:00Z", "2024-05-15T10:00:00Z", 1, "weekly", json!(null), "2024-05-22T10:00:00Z"),
        next("2024-05-15T10:00:00Z", "2024-05-15T10:00:00Z", 10, "daily", json!(null), "2024-05-25T10:00:00Z"),
        next(
            "2024-05-15T10:00:00Z",
            "2024-05-15T10:00:00Z",
            1,
            "monthly",
            json!("2024-06-15T10:00:00Z"),
            "2024-06-15T10:00:00Z",
        ),
        next(
            "2024-05-15T10:00:00Z",
            "2024-05-15T10:00:00Z",
            2,
            "weekly",
            json!("2024-05-28T00:00:00Z"),
            "2024-05-28T00:00:00Z",
        ),
        next("2024-04-01T00:00:00Z", "2024-04-01T00:00:00Z", 1, "quarter", json!(null), "2024-07-01T00:00:00Z"),
        next("2024-11-20T00:00:00Z", "2025-01-01T00:00:00Z", 1, "quarter", json!(null), "2025-01-01T00:00:00Z"),
    ]);
}

#[test]
fn a_first_invoice_goes_to_the_common_day_or_a_month_further() {
    let until = |start: &str, day: i8, cut_off: Value, until: &str| {
        let vector = of("prorata_date_cutoff", json!({ "start": start }), json!({ "first_invoice_until": until }));
        under(vector, json!({ "prorata_date": day, "charge_next_month_from": cut_off }))
    };
    all_right([
        until("2024-01-19", 1, json!(20), "2024-02-01"),
        until("2024-12-20", 1, json!(20), "2025-02-01"),
        until("2024-12-31", 1, json!(null), "2025-01-01"),
        until("2024-02-10", 15, json!(null), "2024-02-15"),
        until("2024-02-16", 15, json!(null), "2024-03-15"),
    ]);
}

#[test]
fn a_trial_is_so_many_local_days_and_the_first_period_begins_after_it() {
    let after = |start: &str, days: i64, activation: &str, next: &str| {
        let expected = json!({ "activation": activation, "trial_ends": activation, "next": next });
        of("trial_then_period", json!({ "start": start, "trial_days": days }), expected)
    };
    let local = |zone: &str, start: &str, days: i64, from: &str, until: &str| {
        let input = json!({ "start_local": start, "tz": zone, "trial_days": days });
        let expected = json!({ "trial_ends": from, "first_period": { "start": from, "end": until } });
        under(of("trial_zone_dst", input, expected), json!({ "day_tz": zone }))
    };
    all_right([
        after("2016-01-31", 29, "2016-02-29", "2016-03-29"),
        after("2015-12-17", 14, "2015-12-31", "2016-01-31"),
        after("2015-10-01", 0, "2015-10-01", "2015-11-01"),
        local("America/Los_Angeles", "2017-03-01T23:30", 30, "2017-03-31", "2017-04-30"),
        local("Europe/Berlin", "2024-10-27T02:30", 7, "2024-11-03", "2024-12-03"),
        local("Pacific/Apia", "2011-12-29T12:00", 14, "2012-01-12", "2012-02-12"),
    ]);
}

#[test]
fn whole_periods_are_counted_on_the_day_of_the_start() {
    let whole = |start: &str, end: &str, interval: &str, count: i64| {
        of(
            "whole_periods",
            json!({ "start": start, "end": end, "interval": interval }),
            json!({ "whole_periods": count }),
        )
    };
    all_right([
        whole("2012-07-16", "2012-08-16", "monthly", 1),
        whole("2012-01-31", "2012-02-29", "monthly", 1),
        whole("2012-07-16", "2012-07-16", "monthly", 0),
        whole("2012-02-29", "2016-02-28", "annual", 3),
        whole("2012-02-29", "2016-02-29", "annual", 4),
        whole("2012-07-16", "2013-07-15", "quarterly", 3),
        whole("2012-07-16", "2012-08-12", "biweekly", 1),
        whole("2012-07-16", "2012-08-15", "thirty_days", 1),
        whole("2012-07-16", "2012-07-20", "daily", 4),
    ]);
}

#[test]
fn an_end_or_a_target_before_the_start_is_refused_and_no_other() {
    let refused = |start: &str, end: Value, target: &str, error: Value| {
        of("invalid_dates", json!({ "start": start, "end": end, "target": target }), json!({ "error": error }))
    };
    let invalid = || json!("invalid_date_sequence");
    all_right([
        refused("2011-01-30", json!(null), "2011-01-29", invalid()),
        refused("2011-01-30", json!("2011-01-29"), "2011-02-15", invalid()),
        refused("2011-01-30", json!("2011-03-15"), "2011-01-30", json!(null)),
        refused("2011-01-30", json!("2011-01-30"), "2011-05-30", json!(null)),
    ]);
    let input = json!({ "start": "2012-07-16", "end": "2012-07-01", "interval": "monthly" });
    all_right([of("whole_periods", input, json!({ "error": "invalid_date_sequence" }))]);
}

#[test]
fn dates_that_another_word_would_move_have_no_answer() {
    let first = |changes: Value| {
        under(
            of(
                "first_billing_date",
                json!({ "start": "2012-01-16", "bcd": 17, "interval": "monthly" }),
                json!({ "first_billing_cycle_date": "2012-01-17" }),
            ),
            changes,
        )
    };
    none_said([
        ("month_end", first(json!({ "month_end": "next_first" }))),
        ("anchor", first(json!({ "anchor": "drifts with short months" }))),
        ("first_period", first(json!({ "first_period": "long" }))),
        ("full_moon", first(json!({ "full_moon": true }))),
        (
            "interval",
            of(
                "whole_periods",
                json!({ "start": "2012-01-16", "end": "2012-02-16", "interval": "lunar" }),
                json!({ "whole_periods": 1 }),
            ),
        ),
        (
            "bcd",
            of(
                "first_billing_date",
                json!({ "start": "2012-01-16", "bcd": 32, "interval": "monthly" }),
                json!({ "first_billing_cycle_date": "2012-01-31" }),
            ),
        ),
        (
            "interval",
            of(
                "calendar_anchor",
                json!({ "start": "2024-05-10", "interval": "5 months" }),
                json!({ "anchor": "2024-06-01" }),
            ),
        ),
    ]);
}
