//! Trials with other numbers than those of the corpus: the rule is asked, and counted here by hand.

use billing::conformance::{Outcome, Vector, ask};
use serde_json::{Map, Value, json};

use crate::open;

/// A vector whose input has a field, with other values in it, and what comes of asking it.
fn asked(field: &str, policy: Value, input: Value, expected: Value) -> Outcome {
    let vectors = open();
    let is_it = |vector: &&Vector| vector.kind == "proration" && vector.input.contains_key(field);
    let mut vector = vectors.iter().find(is_it).expect("a vector with a trial").clone();
    let laid_over = |map: &mut Map<String, Value>, more: Value| {
        map.extend(more.as_object().expect("fields").clone());
    };
    laid_over(&mut vector.policy, policy);
    laid_over(&mut vector.input, input);
    vector.expected = expected.as_object().expect("fields").clone();
    ask(&vector).outcome
}

fn is_right(outcome: &Outcome) {
    assert_eq!(*outcome, Outcome::Right);
}

#[test]
fn a_change_in_a_trial_ends_it_and_is_charged_in_full_or_keeps_it_and_costs_nothing() {
    let items = json!({ "change_at": "2026-02-27", "items": [
        { "role": "new", "price": 4700, "quantity": 2 }, { "role": "old", "price": 900 },
    ] });
    is_right(&asked(
        "in_trial",
        json!({}),
        items.clone(),
        json!({ "charge": 9400, "credit": 0, "net": 9400, "period_restarts_at": "2026-02-27", "adjustment_lines": 0 }),
    ));
    is_right(&asked(
        "in_trial",
        json!({ "trial_on_change": "keep" }),
        items.clone(),
        json!({ "charge": 0, "credit": 0, "net": 0, "period_restarts_at": null, "next": 9400 }),
    ));
    let odd = asked("in_trial", json!({ "trial_on_change": "double" }), items, json!({ "net": 0 }));
    assert!(matches!(odd, Outcome::CannotExpress { .. }), "{odd:?}");
}

#[test]
fn what_ends_in_the_period_of_a_trial_gives_back_paid_days_alone() {
    let total = |days: i64, on: &str, total: i64| {
        asked("trial_days", json!({}), json!({ "trial_days": days, "terminated_on": on }), json!({ "total": total }))
    };
    // 100 a day and 20% tax. From 1 September 46 days are over on 17 October: 15 days of October are paid.
    is_right(&total(46, "2022-10-03", 15 * 120));
    is_right(&total(46, "2022-10-16", 15 * 120));
    is_right(&total(46, "2022-10-20", 11 * 120));
    // 41 days on 12 October: 20 days are paid; 10 days from 1 October on the 11th, and the 16th is the first day left.
    is_right(&total(41, "2022-10-05", 20 * 120));
    is_right(&total(10, "2022-10-15", 16 * 120));
    // 30 days can have begun on 1 September or on 1 October.
    let unknown = total(30, "2022-10-15", 16 * 120);
    assert!(matches!(unknown, Outcome::CannotExpress { .. }), "{unknown:?}");
}
