//! Behaviours: gates, changes asked twice, moments, directions, tries to collect.

use serde_json::{Value, json};

use super::{all_right, none_said, of, under};

pub(super) const ASKED: &[&str] = &[
    "cancel_uncancel",
    "direction_normalised",
    "idempotent_change",
    "payment_gated",
    "retry_schedule",
    "schedule_change",
    "threshold_campaign",
];

#[test]
fn a_gate_holds_a_change_until_it_is_paid() {
    let gated = |activation: &str, now: &str| {
        let input = json!({ "request": "upgrade", "invoice": "unpaid" });
        under(
            of("payment_gated", input, json!({ "plan_now": now, "after_payment": "new" })),
            json!({ "activation": activation }),
        )
    };
    all_right([gated("on_invoice_paid", "old"), gated("on_payment", "old"), gated("immediate", "new")]);
    let paid = of("payment_gated", json!({ "request": "upgrade", "invoice": "paid" }), json!({ "plan_now": "new" }));
    all_right([paid]);
    let twice =
        |plan: &str| of("idempotent_change", json!({ "request": plan }), json!({ "second_equals_first": true }));
    all_right([twice("plan=monthly twice"), twice("seats=5 twice")]);
    none_said([("activation", gated("on_delivery", "old")), ("request", twice("plan=monthly once"))]);
}

#[test]
fn what_waits_for_the_next_period_costs_nothing_now() {
    let mut all = Vec::new();
    for (start, end, at) in [
        ("2023-09-01", "2023-10-01", "2023-09-15"),
        ("2024-02-01", "2024-03-01", "2024-02-29"),
        ("2024-02-29", "2025-02-28", "2024-03-01"),
        ("2023-12-31", "2024-01-31", "2023-12-31"),
    ] {
        for (old, new) in [(3_000, 6_000), (6_000, 3_000), (0, 3_000)] {
            let items = json!([{ "role": "old", "price": old }, { "role": "new", "price": new }]);
            let input =
                json!({ "currency": "USD", "items": items, "change_at": at, "period": { "start": start, "end": end } });
            let expected = json!({ "charge_now": 0, "effective_at": end, "next_charge": new, "credit": 0 });
            all.push(of("schedule_change", input.clone(), expected.clone()));
            // Whenever it was asked for.
            let mut whenever = input;
            whenever.as_object_mut().expect("an object").remove("change_at");
            all.push(of("schedule_change", whenever, expected));
        }
    }
    all_right(all);
}

#[test]
fn up_and_down_go_by_the_price_per_month() {
    let mut all = Vec::new();
    for (old, new, direction, when) in [
        ((4_000, "months", json!(1)), (2_000, "months", json!(1)), "downgrade", "end of period"),
        ((4_000, "months", json!(1)), (24_000, "months", json!(12)), "downgrade", "next period"),
        ((24_000, "interval", json!("year")), (2_001, "interval", json!("monthly")), "upgrade", "immediately"),
        ((1_000, "interval", json!("monthly")), (3_003, "interval", json!("quarterly")), "upgrade", "at once"),
    ] {
        let side = |(price, key, length): (i64, &str, Value)| {
            let mut side = json!({ "price": price });
            side[key] = length;
            side
        };
        let input = json!({ "currency": "USD", "old": side(old), "new": side(new) });
        all.push(of("direction_normalised", input, json!({ "direction": direction, "effective": when })));
    }
    all_right(all);
}

#[test]
fn tries_are_so_far_apart_or_so_far_from_the_first_failure() {
    let tries = |words: Value, first: &str, at: Value| {
        let vector = of("retry_schedule", json!({ "first_failure": first }), json!({ "retry_at": at }));
        let mut vector = vector;
        vector.policy.clear();
        under(vector, words)
    };
    all_right([
        tries(
            json!({ "retry_offsets_days": [2, 5, 7, 7], "offsets": "from previous attempt" }),
            "2024-02-27",
            json!(["2024-02-29", "2024-03-05", "2024-03-12", "2024-03-19"]),
        ),
        tries(
            json!({ "retry_offsets_days": [8, 8, 8], "offsets": "from the previous attempt" }),
            "2023-12-30",
            json!(["2024-01-07", "2024-01-15", "2024-01-23"]),
        ),
        tries(
            json!({ "retry_offsets_days": [1, 3, 5, 7], "offsets": "from first failure" }),
            "2024-01-01",
            json!(["2024-01-02", "2024-01-04", "2024-01-06", "2024-01-08"]),
        ),
        tries(
            json!({ "retry_offsets_days": [3, 3], "max_retries": 2, "exhaustion": "cancel", "offsets": "from previous attempt" }),
            "2024-02-27",
            json!(["2024-03-01", "2024-03-04"]),
        ),
        tries(
            json!({ "retry_offsets_hours": [24, 48, 72], "offsets": "from first failure" }),
            "2024-01-01T12:00:00Z",
            json!(["2024-01-02T12:00:00Z", "2024-01-03T12:00:00Z", "2024-01-04T12:00:00Z"]),
        ),
        tries(
            json!({ "retry_offsets_days": [1, 1, 1, 1, 1, 1, 1], "offsets": "from previous attempt" }),
            "2024-02-26",
            json!(["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"]),
        ),
    ]);
}

#[test]
fn what_nobody_can_command_has_no_answer() {
    let retries = under(
        of("retry_schedule", json!({ "first_failure": "2024-01-01" }), json!({ "retry_at": ["2024-01-02"] })),
        json!({ "retry_offsets_days": [1, 3], "max_retries": 1 }),
    );
    none_said([("max_retries", retries)]);
    let cancel = of(
        "cancel_uncancel",
        json!({ "start": "2012-04-01", "cancel_at": "2012-04-10" }),
        json!({ "state": "active" }),
    );
    none_said([
        ("cancellation", cancel),
        ("threshold", of("threshold_campaign", json!({}), json!({ "finished_on": "2025-01-09" }))),
    ]);
}
