//! Documents and settlement: tax, balance, caps, notes, what is paid out; single amounts.

use serde_json::{Value, json};

use super::{all_right, none_said, of, rounded, under};

pub(super) const ASKED: &[&str] = &[
    "boundary_change",
    "credit_basis",
    "credit_cap_paid",
    "credit_note_rounding",
    "customer_balance",
    "list_price_clawback",
    "prepaid_wallet",
    "rounding",
    "tax_on_net",
    "tax_rounding",
    "withdrawal_fee",
];

const RATES: [(&str, i64); 5] = [("20", 200_000), ("7.7", 77_000), ("0", 0), ("19", 190_000), ("8.25", 82_500)];

fn taxed(amount: i64, millionths: i64) -> i64 {
    rounded(i128::from(amount) * i128::from(millionths), 1_000_000)
}

#[test]
fn tax_is_on_the_sum_and_bears_its_sign() {
    let mut all = Vec::new();
    for (rate, millionths) in RATES {
        for lines in [vec![-250, 1_500, 3_000], vec![-5_000, 1_250], vec![999], vec![0, 0], vec![333, 333, 333]] {
            let subtotal: i64 = lines.iter().sum();
            let tax = taxed(subtotal, millionths);
            let expected = json!({ "subtotal": subtotal, "tax": tax, "total": subtotal + tax });
            let input = json!({ "currency": "USD", "minor_digits": 2, "lines": lines, "tax_percent": rate });
            all.push(of("tax_on_net", input, expected.clone()));
            if lines.iter().map(|line| taxed(*line, millionths)).sum::<i64>() == tax {
                let input = json!({ "currency": "EUR", "fees": lines, "tax_percent": rate });
                all.push(of("tax_rounding", input, expected.clone()));
            }
            for key in ["amount", "subtotal"] {
                let mut input = json!({ "currency": "JPY", "tax_percent": rate });
                input[key] = json!(subtotal);
                all.push(of("tax_rounding", input, expected.clone()));
                let mut input = json!({ "currency": "KWD", "tax_rate": format!("{}/1000000", millionths) });
                input[key] = json!(subtotal);
                all.push(of("tax_rounding", input, expected.clone()));
            }
        }
    }
    all_right(all);
}

#[test]
fn tax_by_the_line_is_the_sum_of_what_each_bears() {
    let mut all = Vec::new();
    for (rate, millionths) in RATES {
        for lines in [vec![333, 333, 333], vec![999], vec![10_000, 1, 2, 3]] {
            let (subtotal, tax): (i64, i64) =
                (lines.iter().sum(), lines.iter().map(|line| taxed(*line, millionths)).sum());
            let input = json!({ "currency": "EUR", "lines": lines, "tax_percent": rate });
            let expected = json!({ "subtotal": subtotal, "tax": tax, "total": subtotal + tax });
            all.push(under(of("tax_on_net", input, expected), json!({ "tax_base": "per_line" })));
        }
    }
    all_right(all);
}

#[test]
fn a_balance_pays_a_total_and_takes_one_below_nothing() {
    let mut all = Vec::new();
    for total in [-5_000, 0, 1, 4_999, 12_000] {
        for before in [0, 50, 5_000, 20_000] {
            let used = i64::max(total, 0).min(before);
            let after = before - used + i64::max(-total, 0);
            let due = i64::max(total, 0) - used;
            let input = json!({ "currency": "USD", "order_total": total, "balance_before": before });
            let expected = json!({ "applied": -used, "due": due, "balance_after": after });
            all.push(of("customer_balance", input, expected));
            if total > 0 {
                let input = json!({ "currency": "EUR", "fees": total, "tax": 7, "wallet_before": before });
                let used = (total + 7).min(before);
                let expected =
                    json!({ "prepaid_used": used, "total_due": total + 7 - used, "wallet_after": before - used });
                all.push(of("prepaid_wallet", input, expected));
            }
        }
    }
    all_right(all);
}

#[test]
fn a_credit_is_never_more_than_is_left_of_what_was_paid() {
    let mut all = Vec::new();
    for potential in [0, 1, 4_000, 10_000] {
        for (paid, prior) in
            [(0, vec![]), (5_000, vec![]), (5_000, vec![1_500, 500]), (5_000, vec![6_000]), (20_000, vec![0])]
        {
            let left = i64::max(0, paid - prior.iter().sum::<i64>());
            let input = json!({ "potential": potential, "paid": paid, "prior_credits": prior });
            all.push(of("credit_cap_paid", input, json!({ "credit": left.min(potential) })));
        }
    }
    all_right(all);
}

#[test]
fn a_credit_goes_by_what_was_billed_or_by_what_is_charged_today() {
    let mut all = Vec::new();
    for (part, whole) in [(1, 2), (3, 4), (1, 3), (0, 5)] {
        for (billed, billed_percent) in [(json!(null), 0), (json!("50%"), 50), (json!({ "percent": 10 }), 10)] {
            for (now, now_percent) in [(json!(null), 0), (json!("25%"), 25)] {
                let share = |percent: i64| rounded(i128::from(2_000 * (100 - percent) * part), i128::from(100 * whole));
                // Today's price gives back no more than was billed; then the vector does not say which it is.
                if share(now_percent) > 2_000 * (100 - billed_percent) / 100 {
                    continue;
                }
                let input = json!({
                    "price": 2_000, "coupon_when_billed": billed, "coupon_now": now, "fraction_remaining": format!("{part}/{whole}")
                });
                let expected =
                    json!({ "credit_classic": share(now_percent), "credit_flexible": share(billed_percent) });
                all.push(of("credit_basis", input, expected));
            }
        }
    }
    all_right(all);
}

#[test]
fn notes_over_every_fee_give_back_the_invoice() {
    all_right([
        of(
            "credit_note_rounding",
            json!({ "currency": "EUR", "fees": [5_000], "tax_percent": "20" }),
            json!({ "tax": 1_000, "total": 6_000, "credit_notes": [6_000] }),
        ),
        // 3 × 33.33 and 20 %: 119.99; 40.00, 40.00 and the rest.
        of(
            "credit_note_rounding",
            json!({ "currency": "EUR", "fees": [3_333, 3_333, 3_333], "tax_percent": "20" }),
            json!({ "total": 11_999, "credit_notes": [4_000, 4_000, 3_999] }),
        ),
        of(
            "credit_note_rounding",
            json!({ "currency": "EUR", "fees": [1_000, 2_000], "tax_percent": "10" }),
            json!({ "total": 3_300, "credit_notes": [1_100, 2_200] }),
        ),
        of(
            "credit_note_rounding",
            json!({ "currency": "EUR", "fees": [6_834, 6_833], "tax_rate": "0.2" }),
            json!({ "total": 16_400, "credit_notes": [8_201, 8_199] }),
        ),
    ]);
}

#[test]
fn what_was_used_is_kept_at_its_list_price_and_cash_bears_its_fee() {
    let back = |list: i64, paid: i64, used: &str, refund: i64| {
        let input = json!({ "currency": "USD", "list_price": list, "paid": paid, "used_share": used });
        of("list_price_clawback", input, json!({ "refund": refund }))
    };
    all_right([
        back(100_000, 90_000, "1/4", 65_000),
        back(100_000, 90_000, "0", 90_000),
        back(100_000, 90_000, "9/10", 0),
        back(100_000, 90_000, "1", 0),
        back(100_000, 90_000, "1/3", 56_667),
        back(80_000, 80_000, "3/8", 50_000),
    ]);
    let months = |paid: i64, monthly: i64, used: i64, refund: i64| {
        let input = json!({ "currency": "EUR", "paid": paid, "monthly_price": monthly, "months_used": used });
        let vector = of("list_price_clawback", input, json!({ "refund": refund }));
        under(vector, json!({ "discount_clawback": "used months at monthly price" }))
    };
    all_right([months(47_000, 4_700, 3, 32_900), months(47_000, 4_700, 0, 47_000), months(47_000, 4_700, 11, 0)]);
    let counted = |used: &str, whole: &str, refund: i64| {
        let mut input = json!({ "currency": "USD", "list_price": 36_500, "paid": 30_000 });
        input[used] = json!(6);
        input[whole] = json!(12);
        of("list_price_clawback", input, json!({ "refund": refund }))
    };
    all_right([counted("months_used", "months_total", 11_750), counted("days_used", "days_total", 11_750)]);
    let out = |balance: i64, fee_percent: Value, fee: i64| {
        let input = json!({ "currency": "USD", "balance": balance, "fee_percent": fee_percent });
        of("withdrawal_fee", input, json!({ "fee": fee, "paid_out": balance - fee }))
    };
    all_right([
        out(40_000, json!("5"), 2_000),
        out(12_345, json!("10"), 1_235),
        out(0, json!("10"), 0),
        out(999, json!(0), 0),
        out(10_000, json!("2.5"), 250),
    ]);
}

#[test]
fn parts_of_a_minor_unit_go_where_the_rounding_says() {
    let mut all = Vec::new();
    for (value, away, even, zero, up) in [
        ("2.5", 3, 2, 2, 3),
        ("-2.5", -3, -2, -2, -3),
        ("3.5", 4, 4, 3, 4),
        ("2.4", 2, 2, 2, 3),
        ("-0.5", -1, 0, 0, -1),
        ("7", 7, 7, 7, 7),
        ("-232.51", -233, -233, -232, -233),
    ] {
        for (words, rounded) in [
            (&["half_up_away", "half_away", "half up, away from zero"][..], away),
            (&["half_even", "banker's"][..], even),
            (&["truncate", "down"][..], zero),
        ] {
            for word in words {
                let vector = of("rounding", json!({ "value": value }), json!({ "rounded": rounded }));
                all.push(under(vector, json!({ "rounding": word })));
            }
        }
        if !value.starts_with('-') {
            let vector = of("rounding", json!({ "value": value }), json!({ "rounded": up }));
            all.push(under(vector, json!({ "rounding": "ceil" })));
        }
    }
    all_right(all);
}

#[test]
fn documents_that_say_more_than_is_known_have_no_answer() {
    let balance = |words: Value| {
        let input = json!({ "currency": "USD", "order_total": 100, "balance_before": 50 });
        under(of("customer_balance", input, json!({ "due": 50 })), words)
    };
    let next = json!({ "currency": "EUR" });
    none_said([
        ("order", balance(json!({ "order": "card first" }))),
        ("negative_order", balance(json!({ "negative_order": "refunded" }))),
        ("expires", balance(json!({ "expires": "2025-01-01" }))),
        ("next invoice", of("boundary_change", next, json!({ "total": 100 }))),
    ]);
}
