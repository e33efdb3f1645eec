//! Changes that end something: credit notes, repairs, stubs, anniversaries, days that are bought, trials.

use jiff::tz::TimeZone;
use serde_json::json;

use super::moments::{add, new, old};
use super::{add_days, add_months, all_right, date, days_between, of, rounded, under};

pub(super) const ASKED: &[&str] =
    &["kb_bcd_stub", "kb_repair", "lago_day", "plan_period_denominator", "refund_split", "time_extension", "trial"];

#[test]
fn a_credit_note_gives_the_days_after_the_end_and_its_tax() {
    let mut all = Vec::new();
    for (start, end, on) in [
        ("2022-10-01", "2022-11-01", "2022-10-15"),
        ("2024-02-01", "2024-03-01", "2024-02-28"),
        ("2022-10-01", "2022-11-01", "2022-10-31"),
        ("2022-03-15", "2022-04-15", "2022-03-15"),
    ] {
        for (price, percent) in [(3_100, 20), (6_200, 0), (10_000, 25)] {
            let (whole, rest) = (days_between(date(start), date(end)), days_between(date(on), date(end)) - 1);
            let credit = rounded(i128::from(price * rest), i128::from(whole));
            let tax = rounded(i128::from(credit * percent), 100);
            // Taken off the tax of the line, it can be another unit: that is no question of these.
            let line_tax = rounded(i128::from(price * percent), 100);
            if line_tax - rounded(i128::from((price - credit) * percent), 100) != tax {
                continue;
            }
            let input = json!({ "currency": "EUR", "tax_percent": percent.to_string(), "period": { "start": start, "end": end }, "terminated_on": on, "price": price });
            let expected = json!({ "total": credit + tax, "tax": tax, "credit": credit, "credit_tax": tax, "credit_total": credit + tax });
            for family in ["lago_day", "refund_split"] {
                all.push(of(family, input.clone(), expected.clone()));
            }
            let input = json!({ "currency": "EUR", "period": { "start": start, "end": end }, "change_at": on, "items": [old(price)] });
            all.push(of("lago_day", input, json!({ "credit": credit })));
        }
    }
    all_right(all);
}

#[test]
fn a_fee_counts_the_local_days_of_the_customer() {
    let mut all = Vec::new();
    for (zone, at) in [
        ("Asia/Karachi", "2023-06-15T20:00:00Z"),
        ("Europe/Paris", "2023-06-15T20:00:00Z"),
        ("America/Los_Angeles", "2023-06-13T05:00:00Z"),
        ("Pacific/Auckland", "2023-06-18T11:59:59Z"),
    ] {
        let clock = TimeZone::get(zone).expect("a zone");
        let day = clock.to_datetime(at.parse().expect("an instant")).date();
        let rest = days_between(day, date("2023-06-19"));
        for price in [700, 999, 100_000] {
            let input = json!({ "currency": "EUR", "price": price, "tz": zone, "start_at": at, "week_end_exclusive": "2023-06-19" });
            all.push(of("lago_day", input, json!({ "fee": rounded(i128::from(price * rest), 7) })));
        }
    }
    all_right(all);
}

#[test]
fn an_anniversary_keeps_its_date_when_the_cycle_changes() {
    let mut all = Vec::new();
    for (anchor, at, from, to) in [
        ("2023-06-29", "2023-09-28", ("month", 1), ("year", 12)),
        ("2023-01-31", "2023-02-15", ("month", 1), ("year", 12)),
        ("2023-05-12", "2023-07-20", ("quarter", 3), ("year", 12)),
        ("2024-02-29", "2024-05-05", ("month", 1), ("quarter", 3)),
    ] {
        let (anchor, on) = (date(anchor), date(at));
        let holding = |months: i64| {
            let n = (0..).find(|n| add_months(anchor, (n + 1) * months, anchor.day()) > on).expect("a period");
            (add_months(anchor, n * months, anchor.day()), add_months(anchor, (n + 1) * months, anchor.day()))
        };
        let share = |price: i64, (start, end)| {
            rounded(i128::from(price * days_between(on, end)), i128::from(days_between(start, end)))
        };
        let (old, new) = (holding(from.1), holding(to.1));
        let items = json!([{ "role": "old", "price": 1_000, "interval": from.0 }, { "role": "new", "price": 12_000, "interval": to.0 }]);
        let input = json!({ "currency": "EUR", "tz": "UTC", "billing": "anniversary", "anchor": anchor, "change_at": at, "items": items });
        let last = add_days(new.1, -1);
        let expected = json!({
            "credit": share(1_000, old), "charge": share(12_000, new), "net": share(12_000, new) - share(1_000, old),
            "new_period": { "start": on, "end": last, "end_inclusive": true }
        });
        all.push(of("lago_day", input, expected));
    }
    all_right(all);
}

/// The used part is rounded to nine decimals of its cycle, the credit is what that leaves.
#[test]
fn a_stub_is_a_factor_of_its_cycle_and_a_repair_what_the_used_part_leaves() {
    let mut all = Vec::new();
    let factor = |price: i64, part: i64, whole: i64| {
        let factor = rounded(i128::from(part) * 1_000_000_000, i128::from(whole));
        rounded(i128::from(price) * i128::from(factor), 1_000_000_000)
    };
    for (start, end) in [
        ("2016-05-01", "2016-06-01"),
        ("2016-02-10", "2016-03-10"),
        ("2016-05-10", "2017-05-10"),
        ("2015-11-30", "2016-02-29"),
    ] {
        let (from, until) = (date(start), date(end));
        let whole = days_between(from, until);
        for price in [995, 24_995, 239_995] {
            for (begins, ends) in [(0, 9), (5, whole), (3, 20), (0, whole)] {
                let line = json!({ "start": add_days(from, begins), "end": add_days(from, ends) });
                let cycle = json!({ "start": start, "end": end });
                let input = json!({ "currency": "USD", "price": price, "line": line, "cycle": cycle });
                all.push(of("kb_bcd_stub", input.clone(), json!({ "amount": factor(price, ends - begins, whole) })));
            }
            for used in [1, 11, whole - 1] {
                let input = json!({ "currency": "USD", "price": price, "period": { "start": start, "end": end }, "change_at": add_days(from, used) });
                let kept = factor(price, used, whole);
                let expected = json!({ "repair": kept - price, "used": kept, "credit_to_balance": price - kept });
                all.push(of("kb_repair", input, expected));
            }
        }
    }
    all_right(all);
}

#[test]
fn a_short_period_is_a_part_of_the_plans_own() {
    let short = |at: &str, days: i64, charge: i64| {
        let input = json!({ "currency": "USD", "price": 3_000, "period": { "start": "2024-03-01", "end": "2024-03-11" }, "change_at": at, "plan_days": days });
        of("plan_period_denominator", input, json!({ "charge": charge }))
    };
    all_right([short("2024-03-01", 31, 968), short("2024-03-10", 30, 100), short("2024-03-04", 28, 750)]);
}

#[test]
fn what_is_left_buys_days_of_the_new_and_a_begun_one_counts() {
    let mut all = Vec::new();
    for (before, after) in [(3_000, 6_000), (6_000, 3_000), (3_000, 3_000), (3_000, 4_500)] {
        for at in ["2023-09-15", "2023-09-01", "2023-09-29"] {
            // The day of the change is used; a day of the new costs its price over the thirty days of the period.
            let left = days_between(date(at), date("2023-10-01")) - 1;
            let value = before * left;
            let days = (value + after - 1) / after;
            let input = json!({ "currency": "USD", "items": [old(before), new(after)], "period": { "start": "2023-09-01", "end": "2023-10-01" }, "change_at": at });
            let expected =
                json!({ "bought_days": days, "next_billing_at": add_days(date(at), days), "charge": 0, "due": 0 });
            all.push(of("time_extension", input.clone(), expected.clone()));
            let mut stated = input.clone();
            stated["fraction_remaining"] = json!(format!("{left}/30"));
            all.push(of("time_extension", stated, expected));
        }
    }
    all_right(all);
}

#[test]
fn a_trial_that_ends_with_a_change_is_charged_a_whole_period() {
    let mut all = Vec::new();
    for items in [vec![new(2_900)], vec![new(2_900), add(1_000)], vec![old(4_900), new(2_900)]] {
        let charge: i64 = items
            .iter()
            .filter(|item| item["role"] != json!("old"))
            .map(|item| item["price"].as_i64().expect("a price"))
            .sum();
        for at in ["2024-02-29", "2024-12-31"] {
            let input = json!({ "currency": "EUR", "change_at": at, "in_trial": true, "items": items });
            let expected = json!({ "charge": charge, "credit": 0, "net": charge, "period_restarts_at": at, "adjustment_lines": 0 });
            all.push(of("trial", input.clone(), expected));
            let expected = json!({ "charge": 0, "credit": 0, "net": 0, "period_restarts_at": null, "next": charge });
            all.push(under(of("trial", input, expected), json!({ "trial_on_change": "keep" })));
        }
    }
    // Not in a trial it is a change as any other: 22 of 31 days are left.
    let input = json!({
        "currency": "EUR", "change_at": "2024-01-10", "in_trial": false, "items": [new(3_100)],
        "period": { "start": "2024-01-01", "end": "2024-02-01" }
    });
    all.push(of("trial", input, json!({ "charge": 2_200 })));
    all_right(all);
}
