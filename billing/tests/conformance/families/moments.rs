//! Changes at a moment of a period: what is given back and charged by days, minutes and seconds, and what else may be
//! asked of such a change. Both sides are counted by the plain rules of `naive`, and all that follows from them here.

use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::{add_months, all_right, date, days_between, map, none_said, of, rounded, under};
use crate::naive;

/// The families whose policies are counted in `naive`.
pub(super) const ASKED: &[&str] = &[
    "day_actual_halfopen",
    "day_actual_inclusive_end",
    "derived_matrix",
    "kb_repair",
    "second_actual",
    "second_actual_end_minus_1s",
];

/// Periods and moments: ends of months, leap days, both changes of the clock, first and last instants.
const MOMENTS: [(&str, &str, &str, &str); 8] = [
    ("2025-06-01", "2025-07-01", "2025-06-16", "UTC"),
    ("2024-02-01", "2024-03-01", "2024-02-29T12:00:00Z", "UTC"),
    ("2025-03-15", "2025-04-15", "2025-03-31T00:30:00Z", "Europe/Berlin"),
    ("2025-10-20", "2025-11-20", "2025-11-02T06:30:00Z", "America/New_York"),
    ("2024-02-29", "2025-02-28", "2024-12-31", "UTC"),
    ("2025-01-31", "2025-02-28", "2025-01-31", "Asia/Kolkata"),
    ("2025-01-01", "2026-01-01", "2025-12-31T23:59:59Z", "UTC"),
    ("2025-04-01", "2025-07-01", "2025-05-17T17:45:10Z", "America/Los_Angeles"),
];

pub(super) fn old(price: i64) -> Value {
    json!({ "role": "old", "price": price })
}

pub(super) fn new(price: i64) -> Value {
    json!({ "role": "new", "price": price })
}

pub(super) fn add(price: i64) -> Value {
    json!({ "role": "add", "price": price })
}

fn remove(price: i64) -> Value {
    json!({ "role": "remove", "price": price })
}

/// What may be changed at once: up, down, nothing at all, an add-on, units, several things, with discounts.
fn baskets() -> Vec<Vec<Value>> {
    vec![
        vec![old(1_000), new(3_000)],
        vec![old(3_000), new(1_000)],
        vec![old(4_999), new(4_999)],
        vec![old(0), new(2_900)],
        vec![old(2_900), new(0)],
        vec![add(2_345)],
        vec![remove(2_345)],
        vec![remove(1_250), add(1_750)],
        vec![old(10_000), new(30_000), add(995), remove(505)],
        vec![
            json!({ "role": "old", "price": 700, "quantity": 3 }),
            json!({ "role": "new", "price": 700, "quantity": 10 }),
        ],
        vec![
            json!({ "role": "old", "price": 10_000, "discount": { "percent": 25 } }),
            json!({ "role": "new", "price": 40_000, "discount": "50%" }),
        ],
        vec![
            json!({ "role": "old", "price": 10_000, "discount": "fix2500" }),
            json!({ "role": "new", "price": 20_000, "discount": { "fixed": 999 } }),
        ],
    ]
}

/// A naive count of one item under the policy of a vector.
fn of_one(policy: &Value, input: &Value, item: &Value, all: &[Value]) -> Option<i64> {
    // What ends beside something that comes is a change and not an end.
    let beside = json!({ "role": "new", "price": 0 });
    let only_ends = all.iter().all(|item| item["role"] == json!("old"));
    let mut single = input.clone();
    single["items"] = if only_ends { json!([item]) } else { json!([item, beside]) };
    let sides = naive::sides(policy, &single)?;
    Some(sides.charge - sides.credit)
}

#[test]
fn every_side_of_a_change_comes_to_its_share_whatever_is_changed() {
    let mut all = Vec::new();
    for &family in ASKED {
        for (nth, items) in baskets().into_iter().enumerate() {
            for (place, (start, end, at, tz)) in MOMENTS.into_iter().enumerate() {
                if (nth + place) % 3 != 0 {
                    continue;
                }
                let (currency, digits) = [("USD", 2), ("JPY", 0), ("KWD", 3), ("EUR", 2)][(nth + place) % 4];
                let input = json!({
                    "currency": currency, "minor_digits": digits, "tz": tz, "period": { "start": start, "end": end },
                    "change_at": at, "items": items
                });
                let vector = plain(family, input.clone());
                let policy = Value::Object(vector.policy.clone());
                let amounts: Option<Vec<i64>> =
                    items.iter().map(|item| of_one(&policy, &input, item, &items)).collect();
                let Some(amounts) = amounts else { continue };
                let charge: i64 = amounts.iter().filter(|amount| **amount > 0).sum();
                let credit: i64 = -amounts.iter().filter(|amount| **amount < 0).sum::<i64>();
                let expected =
                    json!({ "credit": credit, "charge": charge, "net": charge - credit, "amounts": amounts });
                all.push(super::Vector { expected: map(expected), ..vector.clone() });
                // Where nothing says what is rounded, a total alone is no question.
                if family == "derived_matrix" {
                    continue;
                }
                let (mut owing, net) = (vector, charge - credit);
                owing.input.insert("balance_before".to_owned(), json!(777));
                let used = net.clamp(0, 777);
                let expected = json!({
                    "from_balance": used, "balance_used": used, "due": net.max(0) - used,
                    "balance_after": 777 - used + (-net).max(0)
                });
                all.push(super::Vector { expected: map(expected), ..owing });
            }
        }
    }
    assert!(all.len() > 250, "{}", all.len());
    all_right(all);
}

/// The published policy without what belongs to other questions.
fn plain(family: &str, input: Value) -> super::Vector {
    let words =
        if family == "derived_matrix" { json!({ "policy_id": "day", "change_day_owner": "both" }) } else { json!({}) };
    let published = super::published().iter().find(|vector| {
        vector.family == family
            && vector.kind == "proration"
            && vector.policy.get("line_style").is_none_or(|style| {
                style.as_str().is_some_and(|style| style.starts_with("credit") || style.starts_with("repair"))
            })
    });
    let published = published.expect("a change of the family");
    under(super::Vector { input: map(input), ..published.clone() }, words)
}

#[test]
fn lines_say_their_side_and_their_days() {
    let mut all = Vec::new();
    for (start, end, at, from) in [
        ("2025-01-01", "2025-02-01", "2025-01-20", "2025-01-20"),
        ("2024-02-01", "2024-03-01", "2024-02-29", "2024-02-29"),
        ("2024-02-01", "2024-03-01", "2024-02-01", "2024-02-01"),
    ] {
        let (whole, rest) = (days_between(date(start), date(end)), days_between(date(from), date(end)));
        let share = |price: i64| rounded(i128::from(price * rest), i128::from(whole));
        for (roles, before, after) in
            [(["old", "new"], 3_000, 1_000), (["remove", "add"], 505, 995), (["old", "new"], 0, 700)]
        {
            let line = |side: &str, role: &str, amount: i64| json!({ "role": format!("{side}_{role}"), "amount": amount, "from": from, "to": end });
            let mut lines = vec![line("credit", roles[0], -share(before)), line("charge", roles[1], share(after))];
            lines.retain(|line| line["amount"] != json!(0));
            let items = json!([{ "role": roles[0], "price": before, "interval": "month" }, { "role": roles[1], "price": after, "interval": "month" }]);
            let input = json!({ "currency": "EUR", "period": { "start": start, "end": end }, "change_at": at, "items": items, "mode": "immediate" });
            for family in ["day_actual_halfopen", "second_actual"] {
                let expected = json!({
                    "lines": lines, "net": share(after) - share(before), "new_period": { "start": start, "end": end },
                    "next_billing_at": end
                });
                all.push(under(of(family, input.clone(), expected), json!({ "usage": null, "one_time": null })));
            }
        }
    }
    all_right(all);
}

#[test]
fn another_cycle_begins_a_period_of_its_own_where_the_policy_says_so() {
    let mut all = Vec::new();
    for (from, to, months, price) in
        [("month", "year", 12, 100_000), ("month", "quarter", 3, 30_000), ("year", "month", 1, 3_000)]
    {
        for at in ["2025-06-16", "2025-06-30", "2025-06-01"] {
            let begins = date(at);
            let (start, end) =
                (date("2025-06-01"), if from == "year" { date("2026-06-01") } else { date("2025-07-01") });
            let credit = rounded(i128::from(10_000 * days_between(begins, end)), i128::from(days_between(start, end)));
            let ends = add_months(begins, months, begins.day());
            let items = json!([{ "role": "old", "price": 10_000, "interval": from }, { "role": "new", "price": price, "interval": to }]);
            let input = json!({ "currency": "USD", "tz": "UTC", "period": { "start": start, "end": end }, "change_at": at, "items": items });
            let expected = json!({
                "credit": credit, "charge": price, "net": price - credit, "new_period": { "start": begins, "end": ends },
                "next_billing_at": ends
            });
            all.push(of("second_actual", input, expected));
        }
    }
    all_right(all);
}

#[test]
fn units_cost_their_share_and_a_single_line_says_the_difference() {
    let mut all = Vec::new();
    for (before, after) in [(10, 12), (12, 10), (1, 100), (5, 5), (3, 0)] {
        for (at, part, whole) in [("2025-01-16T12:00:00Z", 1, 2), ("2025-01-01", 1, 1), ("2025-01-25", 7, 31)] {
            let net = rounded(i128::from((after - before) * 1_000 * part), whole);
            let input = |names: [&str; 2]| {
                let mut input = json!({
                    "currency": "USD", "period": { "start": "2025-01-01", "end": "2025-02-01" }, "change_at": at, "unit_price": 1_000
                });
                input[names[0]] = json!(before);
                input[names[1]] = json!(after);
                input
            };
            for names in [
                ["units_before", "units_after"],
                ["seats_before", "seats_after"],
                ["quantity_before", "quantity_after"],
            ] {
                let vector =
                    of("second_actual", input(names), json!({ "net": net, "next_cycle_amount": after * 1_000 }));
                all.push(under(super::asked_as(vector, "quantity"), json!({ "line_style": "delta" })));
            }
        }
    }
    all_right(all);
}

#[test]
fn a_used_part_is_billed_and_the_rest_of_the_new() {
    let mut all = Vec::new();
    for (start, end, at, part, whole) in [
        ("2024-01-01", "2024-02-01", "2024-01-12", 11, 31),
        ("2024-02-01", "2024-03-01", "2024-02-29", 28, 29),
        ("2024-01-01", "2024-04-01", "2024-02-15T12:00:00Z", 91, 182),
    ] {
        let share = |price: i64, part: i64| rounded(i128::from(price * part), i128::from(whole));
        for (before, after) in [(600, 1_000), (1_000, 600), (99_999, 31)] {
            let input = json!({ "currency": "USD", "tz": "UTC", "period": { "start": start, "end": end }, "change_at": at, "items": [old(before), new(after)] });
            let line = |role: &str, amount: i64, from: &str, to: &str| json!({ "role": role, "amount": amount, "from": from, "to": to });
            let moment = |text: &str| {
                text.trim_end_matches('Z').parse::<DateTime>().map_or(text.to_owned(), |moment| moment.to_string())
            };
            let lines = json!([
                line("old_used", share(before, part), start, &moment(at)),
                line("new_remaining", share(after, whole - part), &moment(at), end)
            ]);
            let words = super::published()
                .iter()
                .find(|vector| vector.policy.get("policy_id") == Some(&json!("openmeter_instant")));
            let vector = words.expect("a policy that bills the used part");
            all.push(super::Vector { input: map(input), expected: map(json!({ "lines": lines })), ..vector.clone() });
            let input = json!({ "currency": "USD", "amount": before, "part_days": part, "full_days": whole });
            all.push(super::Vector {
                input: map(input),
                expected: map(json!({ "amount": share(before, part) })),
                ..vector.clone()
            });
        }
    }
    all_right(all);
}

#[test]
fn what_waits_for_the_period_to_end_costs_nothing_until_then() {
    let mut all = Vec::new();
    for (before, after) in [(1_000, 3_000), (3_000, 1_000)] {
        let mut input = json!({
            "currency": "USD", "period": { "start": "2024-02-29", "end": "2024-03-29" }, "change_at": "2024-03-01",
            "items": [old(before), new(after)]
        });
        let expected = json!({
            "credit": 0, "charge": 0, "net": 0, "now": 0, "lines": [], "next_cycle_amount": after,
            "effective_at": "2024-03-29", "next_billing_at": "2024-03-29"
        });
        all.push(under(of("second_actual", input.clone(), expected.clone()), json!({ "when": "period_end" })));
        for mode in ["next_period", "period_end"] {
            input["mode"] = json!(mode);
            all.push(of("second_actual", input.clone(), expected.clone()));
        }
    }
    all_right(all);
}

#[test]
fn a_credit_is_bounded_by_what_was_billed_or_paid_less_earlier_credits() {
    let bounded = |family: &str, item: Value, more: Value, credit: i64| {
        let mut input = json!({
            "currency": "USD", "period": { "start": "2026-04-01", "end": "2026-04-30" }, "change_at": "2026-04-16", "items": [item]
        });
        input.as_object_mut().expect("an object").extend(map(more));
        of(family, input, json!({ "credit": credit }))
    };
    // 15 of 30 days with the last one in the period: 20.00 and 30.00 of 40.00 and 60.00.
    let family = "day_actual_inclusive_end";
    all_right([
        bounded(family, remove(4_000), json!({ "paid": 500 }), 500),
        bounded(family, remove(4_000), json!({ "paid": 0 }), 0),
        bounded(family, remove(4_000), json!({ "billed": 2_500, "prior_credits": [600, 400] }), 1_500),
        bounded(family, remove(4_000), json!({ "paid": 1_000, "prior_credits": [1_200] }), 0),
        bounded(family, old(6_000), json!({ "paid": 6_000 }), 3_000),
    ]);
    let two = bounded(family, old(6_000), json!({ "paid": 100, "items": [old(6_000), remove(2_000)] }), 100);
    none_said([("paid", two), ("paid", bounded("day_actual_halfopen", old(6_000), json!({ "paid": 100 }), 100))]);
}

#[test]
fn a_repair_goes_to_the_balance_less_what_takes_its_place() {
    let change = |before: i64, after: i64, expected: Value| {
        let input = json!({
            "currency": "USD", "period": { "start": "2025-06-01", "end": "2025-07-01" }, "change_at": "2025-06-16",
            "items": [old(before), new(after)]
        });
        of("kb_repair", input, expected)
    };
    all_right([
        change(3_000, 1_000, json!({ "repair": -1_500, "new": 500, "credit": 1_000, "due": 0 })),
        change(3_000, 6_000, json!({ "repair": -1_500, "new": 3_000, "credit": 0, "due": 1_500 })),
    ]);
}

#[test]
fn a_change_that_says_something_unknown_has_no_answer() {
    let change = |words: Value, more: Value| {
        let input = json!({ "currency": "USD", "period": { "start": "2025-06-01", "end": "2025-07-01" }, "change_at": "2025-06-16", "items": [old(1_000), new(3_000)] });
        let mut vector = under(of("second_actual", input, json!({ "net": 1_000 })), words);
        vector.input.extend(map(more));
        vector
    };
    none_said([
        ("rounding", change(json!({ "rounding": "to the nearest 5" }), json!({}))),
        ("when", change(json!({ "when": "at full moon" }), json!({}))),
        ("drop_zero_lines", change(json!({ "drop_zero_lines": "never" }), json!({}))),
        ("netting_key", change(json!({ "netting_key": "product" }), json!({}))),
        ("paid", change(json!({}), json!({ "paid": 1_000 }))),
        ("time_unit", change(json!({ "time_unit": "moon" }), json!({}))),
        ("mode", change(json!({}), json!({ "mode": "half" }))),
        ("role", change(json!({}), json!({ "items": [{ "role": "swap", "price": 5 }] }))),
        ("colour", change(json!({}), json!({ "items": [{ "role": "old", "price": 5, "colour": "red" }] }))),
        ("discount", change(json!({}), json!({ "items": [{ "role": "old", "price": 5, "discount": "two for one" }] }))),
        ("minor_digits", change(json!({}), json!({ "minor_digits": 3 }))),
        ("credit_basis", change(json!({ "credit_basis": "what a friend paid" }), json!({}))),
        ("before the period", change(json!({}), json!({ "change_at": "2025-05-31" }))),
    ]);
}
