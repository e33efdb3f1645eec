//! Changes whose part is stated: a ratio, days of a whole, months, seconds. A share of a price is one division here.

use serde_json::{Value, json};

use super::{all_right, none_said, of, rounded, under};

pub(super) const ASKED: &[&str] = &[
    "billing_modes",
    "credit_grant",
    "currency_exponent",
    "daily_rate_first",
    "day_fraction_doc",
    "month_fraction",
    "ratio_half",
];

const PARTS: [(i64, i64); 6] = [(1, 2), (3, 4), (7, 28), (16, 31), (0, 30), (200, 366)];
const PRICES: [(i64, i64); 5] = [(1_000, 3_000), (3_000, 1_000), (0, 4_999), (12_345, 0), (99_999, 99_999)];

fn share(price: i64, (part, whole): (i64, i64)) -> i64 {
    rounded(i128::from(price) * i128::from(part), i128::from(whole))
}

fn pair(old: i64, new: i64) -> Value {
    json!([{ "role": "old", "price": old }, { "role": "new", "price": new }])
}

#[test]
fn a_stated_part_is_given_back_of_the_old_and_charged_of_the_new() {
    let mut all = Vec::new();
    let families = ["ratio_half", "day_fraction_doc", "day_actual_halfopen", "currency_exponent"];
    for (nth, (old, new)) in PRICES.into_iter().enumerate() {
        for (place, part) in PARTS.into_iter().enumerate() {
            let (currency, digits) = [("USD", 2), ("JPY", 0), ("KWD", 3)][(nth + place) % 3];
            {
                let (credit, charge) = (share(old, part), share(new, part));
                let expected = json!({ "credit": credit, "charge": charge, "net": charge - credit });
                let amounts = json!({ "amounts": [-credit, charge] });
                let given = json!({ "currency": currency, "minor_digits": digits, "items": pair(old, new) });
                let with = |more: Value| {
                    let mut input = given.clone();
                    input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
                    input
                };
                let ratio = with(json!({ "fraction_remaining": format!("{}/{}", part.0, part.1) }));
                let days = with(json!({ "days_remaining": part.0, "days_total": part.1 }));
                for input in [ratio, days] {
                    for family in families {
                        let vector = of(family, input.clone(), expected.clone());
                        let vector =
                            under(vector, json!({ "policy_id": "ratio", "time_unit": "ratio", "line_style": null }));
                        all.push(vector.clone());
                        all.push(super::Vector { expected: super::map(amounts.clone()), ..vector });
                    }
                }
            }
        }
    }
    all_right(all);
}

#[test]
fn one_price_is_shared_alone() {
    let mut all = Vec::new();
    for part in PARTS {
        for price in [0, 1, 995, 12_345] {
            let input = |key: &str, days: &str| {
                let mut input = json!({ "currency": "JPY", "minor_digits": 0, "days_total": part.1 });
                input[key] = json!(price);
                input[days] = json!(part.0);
                input
            };
            let amount = share(price, part);
            all.push(of("currency_exponent", input("price", "days_remaining"), json!({ "charge": amount })));
            all.push(of("currency_exponent", input("price", "days_remaining"), json!({ "credit": amount })));
            all.push(of("lago_day", input("amount", "days_billed"), json!({ "fee": amount })));
            all.push(of("lago_day", input("price", "days_billed"), json!({ "fee": amount })));
        }
    }
    all_right(all);
}

#[test]
fn each_side_has_its_own_part_where_two_are_stated() {
    let mut all = Vec::new();
    for (old, new) in PRICES {
        let input = json!({
            "currency": "USD", "items": pair(old, new), "days_remaining": 15, "days_total": 31, "new_days": 150,
            "new_total": 365
        });
        let (credit, charge) = (share(old, (15, 31)), share(new, (150, 365)));
        let expected = json!({ "credit": credit, "charge": charge, "net": charge - credit });
        let vector = of("day_fraction_doc", input, expected);
        let words = json!({ "policy_id": "ratio_days", "time_unit": "day", "denominator": "stated", "line_style": null, "due_date": null });
        all.push(under(vector, words));
    }
    all_right(all);
}

#[test]
fn a_daily_rate_is_rounded_before_it_is_multiplied() {
    let mut all = Vec::new();
    for (old, new) in PRICES {
        for (rest, whole) in [(15, 30), (1, 31), (28, 28), (10, 29)] {
            let rate = |price: i64| rounded(i128::from(price), i128::from(whole));
            // No part of a price is more than the price.
            let part = |price: i64| if rest == whole { price } else { (rate(price) * rest).min(price) };
            let input = json!({
                "currency": "USD", "minor_digits": 2, "items": pair(old, new), "days_remaining": rest, "days_total": whole
            });
            let expected = json!({ "credit": part(old), "charge": part(new), "net": part(new) - part(old) });
            all.push(of("daily_rate_first", input, expected));
        }
    }
    all_right(all);
}

#[test]
fn months_of_a_year_are_twelfths() {
    let mut all = Vec::new();
    for (interval, months) in [("year", 12), ("6 months", 6), ("quarter", 3), ("biennial", 24)] {
        for used in [0, 1, 2, 3] {
            for price in [24_000, 9_999, 1] {
                let part = share(price, (months - used, months));
                let halved = share(rounded(i128::from(price), 2), (months - used, months));
                let item = |role: &str, discount: Value| json!({ "role": role, "price": price, "interval": interval, "discount": discount });
                let input = |items: Value| json!({ "currency": "USD", "items": items, "months_used": used });
                all.push(of("month_fraction", input(json!([item("old", json!(null))])), json!({ "credit": part })));
                if price % 2 == 0 {
                    let items = json!([item("old", json!({ "percent": 50 }))]);
                    all.push(of("month_fraction", input(items), json!({ "credit": halved })));
                }
                let items = json!([item("old", json!(null)), item("new", json!(null))]);
                all.push(of("month_fraction", input(items), json!({ "credit": part, "charge": part, "net": 0 })));
            }
        }
    }
    all_right(all);
}

#[test]
fn quantities_discounts_and_tax_are_shared_with_their_price() {
    let items = json!([
        { "role": "old", "price": 1_000, "quantity": 3 }, { "role": "new", "price": 1_000, "quantity": 5 },
        { "role": "remove", "price": 500 }, { "role": "add", "price": 2_000, "discount": "50%" }
    ]);
    let input = json!({ "currency": "USD", "items": items, "fraction_remaining": "1/2" });
    let amounts = json!({ "amounts": [-1_500, 2_500, -250, 500], "credit": 1_750, "charge": 3_000, "net": 1_250 });
    let words = json!({ "discount_order": "discount_then_prorate" });
    all_right([under(of("ratio_half", input, amounts), words)]);
    for tax in [json!({ "tax_percent": "20" }), json!({ "tax_percent": 20 }), json!({ "tax_rate": "0.2" })] {
        let with = |items: Value| {
            let mut input = json!({ "currency": "USD", "items": items, "fraction_remaining": "1/2" });
            input.as_object_mut().expect("an object").extend(tax.as_object().expect("an object").clone());
            input
        };
        let credit = json!({ "credit": 500, "tax_on_credit": 100, "credit_tax": 100, "credit_total": 600 });
        let charge = json!({ "charge": 1_500, "tax_on_charge": 300, "charge_tax": 300, "charge_total": 1_800, "tax": 300, "total": 1_800 });
        let both = json!({ "credit": 500, "charge": 1_500, "net": 1_000, "tax": 200, "total": 1_200 });
        all_right([
            of("ratio_half", with(json!([{ "role": "old", "price": 1_000 }])), credit),
            of("ratio_half", with(json!([{ "role": "new", "price": 3_000 }])), charge),
            of("ratio_half", with(pair(1_000, 3_000)), both),
        ]);
    }
}

#[test]
fn the_next_invoice_is_the_next_cycle_and_what_was_put_off() {
    let mut all = Vec::new();
    for (old, new) in [(900, 3_900), (3_900, 900), (1_000, 1_000)] {
        let net = share(new, (1, 2)) - share(old, (1, 2));
        for (settle, next) in [("invoice_now", new), ("next_invoice", (new + net).max(0))] {
            let input = json!({ "currency": "USD", "items": pair(old, new), "fraction_remaining": "1/2" });
            let vector = of("ratio_half", input, json!({ "net": net, "next_invoice": next }));
            all.push(under(vector, json!({ "settle": settle })));
        }
    }
    all_right(all);
}

#[test]
fn the_balance_pays_what_it_can_and_takes_what_is_given_back() {
    let mut all = Vec::new();
    for (old, new) in PRICES {
        for balance in [0, 300, 1_000, 1_000_000] {
            let (credit, charge) = (share(old, (1, 2)), share(new, (1, 2)));
            let net = charge - credit;
            let used = net.max(0).min(balance);
            let input = json!({
                "currency": "USD", "items": pair(old, new), "fraction_remaining": "1/2", "balance_before": balance
            });
            let expected = json!({
                "credit": credit, "charge": charge, "from_balance": used, "due": net.max(0) - used,
                "balance_after": balance - used + (-net).max(0)
            });
            all.push(of("ratio_half", input, expected));
        }
    }
    all_right(all);
}

#[test]
fn a_part_may_be_said_by_what_is_used_and_a_price_by_its_name() {
    let mut all = Vec::new();
    for (old, new) in PRICES {
        let (credit, charge) = (share(old, (3, 4)), share(new, (3, 4)));
        let expected = json!({ "credit": credit, "charge": charge, "net": charge - credit });
        for part in [
            json!({ "fraction_remaining": "0.75" }),
            json!({ "fraction_used": "1/4" }),
            json!({ "days_used": 7, "days_total": 28 }),
            json!({ "months_used": 3, "months_total": 12 }),
            json!({ "months_remaining": 9, "months_total": 12 }),
        ] {
            let mut named = json!({ "currency": "USD", "old_price": old, "new_price": new });
            named.as_object_mut().expect("an object").extend(super::map(part));
            all.push(of("ratio_half", named.clone(), expected.clone()));
            all.push(under(of("ratio_half", named, expected.clone()), json!({ "time_unit": null })));
        }
        let input = json!({
            "currency": "USD", "price": old, "seats_before": 2, "seats_after": 5, "fraction_remaining": "3/4"
        });
        let (credit, charge) = (share(2 * old, (3, 4)), share(5 * old, (3, 4)));
        all.push(of("ratio_half", input, json!({ "credit": credit, "charge": charge })));
    }
    all_right(all);
}

#[test]
fn tax_is_said_of_a_change_where_line_by_line_it_is_the_same() {
    let with = |before: i64, after: i64, rate: &str, more: Value| {
        let mut input = json!({
            "currency": "EUR", "items": pair(before, after), "fraction_remaining": "1/2", "tax_percent": rate
        });
        input.as_object_mut().expect("an object").extend(super::map(more));
        input
    };
    all_right([
        of("ratio_half", with(3_000, 1_000, "20", json!({})), json!({ "net": -1_000, "tax": -200, "total": -1_200 })),
        of(
            "ratio_half",
            with(1_000, 3_000, "20", json!({ "balance_before": 500 })),
            json!({ "total": 1_200, "from_balance": 500, "due": 700, "balance_after": 0 }),
        ),
        of(
            "ratio_half",
            with(3_000, 1_000, "20", json!({ "balance_before": 500 })),
            json!({ "due": 0, "balance_after": 1_700 }),
        ),
        of(
            "ratio_half",
            with(1_000, 3_000, "20", json!({})),
            json!({ "credit_total": 600, "fee": 1_500, "charge_total": 1_800 }),
        ),
    ]);
    // 0.7 and 1.4 of tax by line are 1 and 1; on the net of 7 it is 1, on both lines nothing.
    none_said([("tax", of("ratio_half", with(14, 28, "10", json!({})), json!({ "tax": 1 })))]);
}

#[test]
fn parts_can_be_rounded_in_steps() {
    let mut all = Vec::new();
    for (words, step, up) in [
        (json!({ "rounding": "truncate to one decimal" }), 10, false),
        (json!({ "rounding": "half_up_away to one decimal" }), 10, true),
        (json!({ "rounding": "half_up_away to two decimals" }), 1, true),
        (json!({ "rounding": "truncate to zero decimals" }), 100, false),
        (json!({ "rounding": "half_up_away", "charge_step": 5 }), 5, true),
    ] {
        for (price, part) in [(20_000, (20, 31)), (19_900, (1, 3)), (100, (30, 31)), (0, (1, 2))] {
            let (over, whole) = (price * part.0, part.1 * step);
            let amount = step * if up { (2 * over + whole) / (2 * whole) } else { over / whole };
            let input = json!({
                "currency": "USD", "price": price, "days_remaining": part.0, "days_total": part.1
            });
            all.push(under(of("currency_exponent", input, json!({ "charge": amount })), words.clone()));
        }
    }
    all_right(all);
    let with = |words: Value| {
        let input = json!({ "currency": "USD", "price": 100, "days_remaining": 1, "days_total": 3 });
        under(of("currency_exponent", input, json!({ "charge": 33 })), words)
    };
    none_said([
        ("rounding", with(json!({ "rounding": "truncate to one dozen" }))),
        ("charge_step", with(json!({ "charge_step": 0 }))),
        ("charge_step", with(json!({ "rounding": "truncate to three decimals" }))),
        ("rounding_stage", with(json!({ "charge_step": 10, "rounding_stage": "daily_rate" }))),
        ("rounding", {
            let vector = super::of("tax_rounding", json!({ "amount": 100, "tax_percent": "20" }), json!({ "tax": 20 }));
            under(vector, json!({ "rounding": "half_up to one decimal" }))
        }),
    ]);
}

#[test]
fn a_stated_part_that_is_none_has_no_answer() {
    let part = |more: Value| {
        let mut input = json!({ "currency": "USD", "items": pair(1_000, 3_000) });
        input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        of("ratio_half", input, json!({ "net": 1_000 }))
    };
    none_said([
        ("fraction_remaining", part(json!({ "fraction_remaining": "3/2" }))),
        ("days_remaining", part(json!({ "days_remaining": 31, "days_total": 30 }))),
        ("neither when", part(json!({}))),
        ("weather", part(json!({ "fraction_remaining": "1/2", "weather": "fair" }))),
        ("tax_on_weather", {
            let mut vector = part(json!({ "fraction_remaining": "1/2" }));
            vector.expected.insert("tax_on_weather".to_owned(), json!(1));
            vector
        }),
    ]);
}
