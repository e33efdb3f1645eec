//! Prices in tiers, units, discounts, modes: single vectors, worked out by hand.

use billing::conformance::{Outcome, Vector, Verdict, ask};
use serde_json::{Value, json};

use super::published;

pub(super) const ASKED: &[&str] =
    &["billed_high_water", "coupon_sequence", "discount_allocation", "quantity", "tiered"];

fn asked(kind: &str, family: &str, policy: Value, input: Value, expected: Value) -> Verdict {
    let vector = json!({
        "id": "another", "kind": kind, "family": family, "policy": policy, "input": input, "expected": expected
    });
    ask(&serde_json::from_value::<Vector>(vector).expect("a vector"))
}

fn right(kind: &str, family: &str, policy: Value, input: Value, expected: Value) {
    let told = format!("{policy} {input}");
    let verdict = asked(kind, family, policy, input, expected);
    assert_eq!(verdict.outcome, Outcome::Right, "{told}: {:?}", verdict.answer);
}

fn not_said(kind: &str, family: &str, policy: Value, input: Value, expected: Value) {
    let told = format!("{policy} {input}");
    let verdict = asked(kind, family, policy, input, expected);
    assert!(matches!(verdict.outcome, Outcome::CannotExpress { .. }), "{told}: {verdict:?}");
}

/// A published vector of a family that is right and states such input, with other input.
fn like(family: &str, changes: &[(&str, Value)], expected: Value) -> Verdict {
    let states = |vector: &Vector| changes.iter().any(|(key, _)| vector.input.contains_key(*key));
    let mut all = published().iter().filter(|vector| vector.family == family && states(vector));
    let like = all.find(|vector| ask(vector).outcome == Outcome::Right);
    let mut vector = like.expect("a vector that is right").clone();
    for (key, value) in changes {
        vector.input.insert((*key).to_owned(), value.clone());
    }
    vector.expected = expected.as_object().expect("an object").clone();
    ask(&vector)
}

/// What so many units cost, counted one unit after the other.
fn naive_tiers(graduated: bool, tiers: &[(Option<i64>, i64, i64)], quantity: i64) -> i64 {
    let tier_of =
        |unit: i64| tiers.iter().position(|(to, ..)| to.is_none_or(|to| unit <= to)).expect("a tier for every unit");
    let (mut total, mut last) = (0, None);
    for unit in 1..=quantity {
        let tier = tier_of(if graduated { unit } else { quantity });
        if last.replace(tier) != Some(tier) {
            total += tiers[tier].2;
        }
        total += tiers[tier].1;
    }
    total
}

#[test]
fn tiers_come_to_what_unit_after_unit_costs() {
    let shapes: [&[(Option<i64>, i64, i64)]; 5] = [
        &[(Some(1), 500, 1_000), (None, 1_000, 1_200)],
        &[(Some(50), 0, 0), (Some(100), 2_000, 0)],
        &[(Some(3), 900, 0), (Some(10), 700, 250), (None, 450, 0)],
        &[(Some(10), 0, 4_900), (Some(25), 0, 9_900), (None, 390, 0)],
        &[(None, 1_234, 99)],
    ];
    for tiers in shapes {
        let listed: Vec<Value> = tiers
            .iter()
            .map(|(to, unit, flat)| match flat {
                0 => json!({ "to": to, "unit": unit }),
                _ => json!({ "to": to, "unit": unit, "flat": flat }),
            })
            .collect();
        for (graduated, mode) in [(true, "graduated"), (false, "volume")] {
            for quantity in [0, 1, 2, 3, 4, 10, 11, 25, 26, 50, 51, 99, 100] {
                for (fixed, key, currency) in [(0, "seats", "JPY"), (20_000, "quantity", "USD"), (1, "quantity", "KWD")]
                {
                    let mut input = json!({ "currency": currency, "tiers": listed, "fixed": fixed });
                    input[key] = json!(quantity);
                    let total = fixed + naive_tiers(graduated, tiers, quantity);
                    right("pricing", "tiered", json!({ "tier_mode": mode }), input, json!({ "total": total }));
                }
            }
        }
    }
}

#[test]
fn tiers_that_leave_something_open_have_no_answer() {
    let tiers = json!([{ "to": 5, "unit": 100 }, { "to": 10, "unit": 80 }]);
    let total = || json!({ "total": 800 });
    let asks = |policy: Value, input: Value| not_said("pricing", "tiered", policy, input, total());
    let mode = || json!({ "tier_mode": "volume" });
    asks(mode(), json!({ "tiers": tiers, "quantity": 11 }));
    asks(json!({}), json!({ "tiers": tiers, "quantity": 10 }));
    asks(json!({ "tier_mode": "stairs" }), json!({ "tiers": tiers, "quantity": 10 }));
    asks(mode(), json!({ "tiers": tiers }));
    asks(mode(), json!({ "tiers": [{ "to": 5, "unit": 100 }, { "to": 5, "unit": 80 }], "quantity": 5 }));
    asks(mode(), json!({ "tiers": [{ "to": 5 }, { "to": null, "unit": 80 }], "quantity": 5 }));
    asks(mode(), json!({ "tiers": [{ "to": 5, "unit": -100 }], "quantity": 5 }));
    asks(mode(), json!({ "tiers": [{ "to": 5, "unit": 100, "per": "hour" }], "quantity": 5 }));
    right("pricing", "tiered", mode(), json!({ "tiers": tiers, "quantity": 10 }), total());
}

/// 11 of 31 days are left: the change is half-open days from 21 March to 1 April.
#[test]
fn a_change_of_units_in_tiers_shares_what_all_of_them_cost() {
    let tiers: [(Option<i64>, i64, i64); 3] = [(Some(3), 900, 0), (Some(10), 700, 250), (None, 450, 0)];
    let listed: Vec<Value> =
        tiers.iter().map(|(to, unit, flat)| json!({ "to": to, "unit": unit, "flat": flat })).collect();
    let share = |price: i64| (2 * price * 11 + 31) / (2 * 31);
    for (graduated, mode) in [(true, "graduated"), (false, "volume")] {
        for (before, after) in [(1, 4), (3, 12), (12, 3), (10, 11), (11, 10), (5, 0)] {
            let policy = json!({ "policy_id": "day", "time_unit": "day", "tier_mode": mode });
            let input = json!({
                "currency": "EUR", "tiers": listed, "seats_before": before, "seats_after": after, "fixed": 5_000,
                "period": { "start": "2027-03-01", "end": "2027-04-01" }, "change_at": "2027-03-21"
            });
            let [credit, charge] = [before, after].map(|units| share(naive_tiers(graduated, &tiers, units)));
            let expected = json!({ "credit": credit, "charge": charge, "net": charge - credit });
            right("quantity", "tiered", policy, input, expected);
        }
    }
}

#[test]
fn a_day_is_counted_with_both_ends_to_the_end_of_its_month() {
    let cases = [
        ("28 February 2018", 1, 28),
        ("1 March 2018", 31, 31),
        ("29 February 2020", 1, 29),
        ("15 February 2020", 15, 29),
        ("April 16, 2021", 15, 30),
        ("31 December 2019", 1, 31),
        ("10 Sep 2024", 21, 30),
        ("2018-02-27", 2, 28),
    ];
    for (day, days, of) in cases {
        let policy = json!({ "period_end": "inclusive", "denominator": "actual or 30" });
        let expected = json!({ "days": days, "of": of });
        right("daycount", "day_inclusive_both", policy, json!({ "case": day }), expected);
    }
    for day in ["30 February 2018", "some day", "27 2018 February", "1 Smarch 2018", "27 February"] {
        let expected = json!({ "days": 2, "of": 28 });
        let policy = json!({ "period_end": "inclusive", "denominator": "actual or 30" });
        not_said("daycount", "day_inclusive_both", policy, json!({ "case": day }), expected);
    }
    let half_open = json!({ "period_end": "exclusive", "denominator": "actual" });
    not_said("daycount", "day_inclusive_both", half_open, json!({ "case": "27 February 2018" }), json!({ "days": 1 }));
}

#[test]
fn an_add_on_is_charged_with_both_ends_of_what_is_left() {
    // Thirty days from 3 April to 2 May: from the 3rd all of them, on the last one of them.
    for (at, price, charge) in [
        ("2023-04-03", 3_000, 3_000),
        ("2023-05-02", 3_000, 100),
        ("2023-04-21", 3_000, 1_200),
        ("2023-04-20", 1_000, 433),
    ] {
        let items = json!([{ "role": "add", "price": price }]);
        let verdict =
            like("day_inclusive_both", &[("change_at", json!(at)), ("items", items)], json!({ "charge": charge }));
        assert_eq!(verdict.outcome, Outcome::Right, "{at}: {:?}", verdict.answer);
    }
}

#[test]
fn days_of_a_fixed_month_are_parts_of_it() {
    for (start, end, fixed, factor) in [
        ("2012-05-15", "2012-05-30", 30, "1/2"),
        ("2012-02-01", "2012-03-01", 30, "29/30"),
        ("2012-05-01", "2012-05-08", 28, "0.25"),
        ("2012-05-15", "2012-05-16", 30, "0.033333333"),
    ] {
        let policy = json!({ "denominator": "fixed 30 days", "policy_id": "another" });
        let input = json!({ "start": start, "end": end, "fixed_days": fixed });
        right("daycount", "fixed_30", policy, input, json!({ "factor": factor }));
    }
    // 20 of 30 days are left of a month that has 31.
    let policy = json!({ "policy_id": "fixed30", "denominator": "fixed 30 days", "time_unit": "day" });
    let input = json!({
        "currency": "USD", "items": [{ "role": "old", "price": 1_000 }, { "role": "new", "price": 2_000 }],
        "period": { "start": "2025-05-01", "end": "2025-06-01" }, "change_at": "2025-05-12"
    });
    right("proration", "fixed_30", policy, input, json!({ "credit": 667, "charge": 1_333, "net": 666 }));
}

#[test]
fn units_down_and_up_again_cost_what_the_rule_says() {
    // What is above the most that was paid for; every step its own difference.
    let cases = [
        ("no refund", json!([5, 3, 5, 8, 2, 9]), json!([0, 0, 3_000, 0, 1_000])),
        ("credit", json!([5, 3, 5, 8, 2, 9]), json!([-2_000, 2_000, 3_000, -6_000, 7_000])),
        ("no refund", json!([0, 1, 1, 0, 2]), json!([1_000, 0, 0, 1_000])),
    ];
    for (decrease, units, charges) in cases {
        let mut policy = json!({ "decrease": decrease, "proration": "none" });
        if decrease == "no refund" {
            policy["charge_basis"] = json!("highest quantity already paid");
        }
        let input = json!({ "currency": "USD", "unit_price": 1_000, "units": units });
        right("quantity", "quantity", policy, input, json!({ "charges": charges }));
    }
}

#[test]
fn a_coupon_comes_off_before_the_rest_is_given_back_with_its_tax() {
    // 16 of 31 days of 31.00 less the coupon, and a fifth of that in tax.
    for (coupon, tax, total) in [(0, 320, 1_920), (1_000, 217, 1_301), (3_100, 0, 0), (2_069, 106, 638)] {
        let changes = [("coupon", json!(coupon))];
        let verdict = like("refund_split", &changes, json!({ "total": total, "tax": tax }));
        assert_eq!(verdict.outcome, Outcome::Right, "{coupon}: {:?}", verdict.answer);
    }
    let changes = [("terminated_on", json!("2022-10-31")), ("coupon", json!(1_000))];
    let verdict = like("refund_split", &changes, json!({ "total": 0, "tax": 0 }));
    assert_eq!(verdict.outcome, Outcome::Right, "{:?}", verdict.answer);
}

#[test]
fn credits_are_given_for_what_is_left_of_a_period() {
    let cases = [
        ("2025-01-01", "100", "100"),
        ("2025-01-16T12:00:00Z", "100", "50"),
        ("2025-01-11", "100", "67.74193548"),
        ("2025-01-21T08:00:00Z", "0.5", "0.17204301"),
        ("2025-01-31T23:59:59Z", "31", "0.00001157"),
    ];
    for (at, credits, left) in cases {
        let changes = [("change_at", json!(at)), ("credits", json!(credits))];
        let verdict = like("credit_grant", &changes, json!({ "credits": left }));
        assert_eq!(verdict.outcome, Outcome::Right, "{at}: {:?}", verdict.answer);
    }
}

#[test]
fn each_billing_mode_asks_for_its_part_now_and_with_the_next_invoice() {
    // 10.00 becomes 30.00 with a half, and with a third, of the period left: 10.00 and 6.67 more.
    for (part, share) in [("1/2", 1_000), ("1/3", 667)] {
        let modes = [
            ("prorated_immediately", share, 3_000),
            ("prorated_next_billing_period", 0, 3_000 + share),
            ("full_immediately", 3_000, 3_000),
            ("full_next_billing_period", 0, 6_000),
            ("do_not_bill", 0, 3_000),
        ];
        for (mode, now, next) in modes {
            let policy = json!({ "policy_id": "paddle", "mode": mode, "time_unit": "minute", "line_style": "credit_and_charge" });
            let input = json!({
                "currency": "USD", "minor_digits": 2, "fraction_remaining": part,
                "items": [{ "role": "old", "price": 1_000 }, { "role": "new", "price": 3_000 }]
            });
            right("proration", "billing_modes", policy, input, json!({ "now": now, "next": next }));
        }
    }
}

#[test]
fn a_fixed_discount_is_shared_out_by_the_parts_of_a_price() {
    // 90.00 off 100.00 and 200.00, then off 300.00 and 600.00: 30.00 and 60.00 both times; three quarters are left.
    let items = json!([
        { "part": "fixed", "before": 10_000, "after": 30_000 },
        { "part": "seat", "unit": 10_000, "seats_before": 2, "seats_after": 6 },
        { "discount": { "fixed": 9_000 } }
    ]);
    let expected = json!({
        "credits": [5_250, 10_500], "debits": [20_250, 40_500], "discount_split_before": [3_000, 6_000],
        "discount_split_after": [3_000, 6_000], "debit": 30_000
    });
    let changes = [("fraction_remaining", json!("3/4")), ("items", items)];
    let verdict = like("discount_allocation", &changes, expected);
    assert_eq!(verdict.outcome, Outcome::Right, "{:?}", verdict.answer);
    // A percentage takes the same part of each: 10 % off 100.00 and 50.00, half is left.
    let items = json!([
        { "part": "fixed", "before": 10_000, "after": 10_000 }, { "part": "seat", "before": 5_000, "after": 7_000 },
        { "discount": { "percent": 10 } }
    ]);
    let expected = json!({ "credits": [4_500, 2_250], "debits": [4_500, 3_150] });
    let verdict = like("discount_allocation", &[("fraction_remaining", json!("1/2")), ("items", items)], expected);
    assert_eq!(verdict.outcome, Outcome::Right, "{:?}", verdict.answer);
    // A discount above the price leaves nothing, and never makes a credit.
    let items = json!([
        { "part": "fixed", "before": 10_000, "after": 20_000 }, { "discount": { "fixed": 15_000 } }
    ]);
    let expected = json!({ "credits": [0], "debits": [2_500] });
    let verdict = like("discount_allocation", &[("fraction_remaining", json!("1/2")), ("items", items)], expected);
    assert_eq!(verdict.outcome, Outcome::Right, "{:?}", verdict.answer);
}

#[test]
fn coupons_take_off_what_the_ones_before_them_left() {
    let cases = [
        (json!(["20%", { "fixed": 1_000 }]), 9_900, json!([1_980, 1_000]), 6_920),
        (json!([{ "fixed": 1_000 }, "20%"]), 9_900, json!([1_000, 1_780]), 7_120),
        (json!(["50%", "50%", "50%"]), 999, json!([500, 250, 125]), 124),
        (json!([{ "fixed": 12_000 }, "10%"]), 9_900, json!([9_900, 0]), 0),
        (json!(["100%", { "fixed": 1 }]), 4_900, json!([4_900, 0]), 0),
        (json!(["7.5%", 300]), 4_900, json!([368, 300]), 4_232),
        (json!([]), 4_900, json!([]), 4_900),
    ];
    for (coupons, subtotal, discounts, total) in cases {
        let changes = [("coupons", coupons), ("subtotal", json!(subtotal))];
        let verdict = like("coupon_sequence", &changes, json!({ "discounts": discounts, "total": total }));
        assert_eq!(verdict.outcome, Outcome::Right, "{:?} {:?}", changes, verdict.answer);
    }
}
