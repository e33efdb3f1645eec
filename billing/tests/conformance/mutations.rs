//! Vectors that nobody wrote: every open one with other dates, prices, quantities, currencies and zones, without a field,
//! with one too many. Asking never breaks and never says nothing; and what is answered holds whatever the numbers are.

use std::collections::BTreeMap;

use billing::conformance::{Outcome, Vector, Verdict, ask};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::naive::{self, Sides};
use super::open;

const CURRENCIES: [(&str, i64); 4] = [("EUR", 2), ("JPY", 0), ("KWD", 3), ("USD", 2)];
const ZONES: [&str; 5] = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Apia"];

/// Periods with a leap day, of every length of a month, over both changes of the clock, and years.
const PERIODS: [(&str, &str); 8] = [
    ("2024-02-01", "2024-03-01"),
    ("2025-02-01", "2025-03-01"),
    ("2025-03-15", "2025-04-15"),
    ("2025-06-01", "2025-07-01"),
    ("2025-10-20", "2025-11-20"),
    ("2025-12-31", "2026-01-31"),
    ("2024-02-29", "2025-02-28"),
    ("2025-01-01", "2026-01-01"),
];

/// Where in a period a change is made: days from its start, and a time of the day.
const MOMENTS: [(i64, &str); 7] =
    [(0, ""), (0, "T00:00:01Z"), (1, ""), (9, "T14:30:00Z"), (13, "T23:59:59Z"), (20, "T02:30:00"), (27, "T12:00:30")];

/// Asked twice it is one answer; and it is an answer, or a reason.
fn asked(vector: &Vector) -> Verdict {
    let verdict = ask(vector);
    match &verdict.outcome {
        Outcome::CannotExpress { reason } => assert!(!reason.is_empty(), "{}", vector.id),
        Outcome::Right | Outcome::Wrong { .. } => assert!(verdict.answer.is_some(), "{}", vector.id),
        Outcome::LeftOut => assert!(vector.unexplained, "{}", vector.id),
    }
    for derivation in &verdict.derivations {
        let amount = derivation.replay();
        assert!(
            derivation.whole > 0 && !amount.is_negative() && amount <= derivation.cap,
            "{}: {derivation:?}",
            vector.id
        );
    }
    verdict
}

/// The vectors whose input has these fields.
fn with_fields(fields: &[&str]) -> Vec<Vector> {
    let has = |vector: &Vector| fields.iter().all(|field| vector.input.contains_key(*field));
    open().into_iter().filter(|vector| !vector.unexplained && has(vector)).collect()
}

/// What a vector comes to, where it is answered.
fn answer(vector: &Vector, fields: &[&str]) -> Option<BTreeMap<String, Value>> {
    let mut vector = vector.clone();
    vector.expected = fields.iter().map(|field| ((*field).to_owned(), json!(0))).collect();
    let Value::Object(fields) = asked(&vector).answer? else { return None };
    Some(fields.into_iter().collect())
}

/// The change from 9.00 to 39.00 in the middle of a period: 15.00 come to the next invoice, or stand on one of their own.
#[test]
fn the_next_invoice_has_the_change_where_the_policy_settles_it_so() {
    let stated = |settle: &str, half: &str| {
        let policy = json!({ "policy_id": "ratio", "time_unit": "ratio", "settle": settle });
        let items = json!([{ "role": "old", "price": 900 }, { "role": "new", "price": 3900 }]);
        let input = json!({ "currency": "USD", "minor_digits": 2, "items": items, "fraction_remaining": half });
        let fields = |value: Value| value.as_object().expect("an object").clone();
        Vector {
            id: "of-this-test".to_owned(),
            kind: "proration".to_owned(),
            family: "ratio_half".to_owned(),
            policy: fields(policy),
            input: fields(input),
            expected: fields(json!({})),
            unexplained: false,
        }
    };
    let next = |settle: &str, half: &str| answer(&stated(settle, half), &["next_invoice"])?.remove("next_invoice");
    assert_eq!(next("next_invoice", "1/2"), Some(json!(5400)));
    assert_eq!(next("next_invoice", "1/3"), Some(json!(4900)));
    assert_eq!(next("invoice_now", "1/2"), Some(json!(3900)));
    assert_eq!(next("balance", "1/2"), None, "a charge is not said to be settled anywhere");
}

#[test]
fn no_other_value_of_any_field_breaks_a_question() {
    for vector in open() {
        for (path, value) in leaves("", &json!({ "policy": vector.policy, "input": vector.input })) {
            for other in others(&value) {
                let mut strange = json!({ "policy": vector.policy, "input": vector.input });
                *strange.pointer_mut(&path).expect("a path of this vector") = other;
                asked(&rebuilt(&vector, &strange));
            }
        }
    }
}

/// Several fields at once, drawn from a seed: also what one vector borrows of another.
#[test]
fn no_mixture_of_strange_values_breaks_a_question() {
    let vectors = open();
    let bodies: Vec<Value> =
        vectors.iter().map(|vector| json!({ "policy": vector.policy, "input": vector.input })).collect();
    let mut seed = 4_711_u64;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % below
    };
    let rounds = std::env::var("MIDCYCLE_CONFORMANCE_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    for _ in 0..rounds {
        let place = draw(vectors.len());
        let mut strange = bodies[place].clone();
        for _ in 0..1 + draw(4) {
            if draw(4) == 0 {
                let lender = draw(bodies.len());
                for part in ["policy", "input"] {
                    let lent = bodies[lender][part].as_object().expect("an object");
                    let Some((key, value)) = lent.iter().nth(draw(lent.len().max(1))) else { continue };
                    strange[part][key] = value.clone();
                }
                continue;
            }
            let fields = leaves("", &strange);
            let Some((path, value)) = fields.get(draw(fields.len().max(1))) else { continue };
            let others = others(value);
            let other = others[draw(others.len())].clone();
            *strange.pointer_mut(path).expect("a path of this vector") = other;
        }
        asked(&rebuilt(&vectors[place], &strange));
    }
}

#[test]
fn without_a_field_or_with_one_too_many_a_question_says_why_it_has_no_answer() {
    for vector in open() {
        for key in vector.input.keys().chain(vector.policy.keys()) {
            let mut poorer = vector.clone();
            poorer.input.remove(key);
            poorer.policy.remove(key);
            asked(&poorer);
        }
        let places = ["/input", "/input/items/0", "/input/period", "/input/line", "/input/cycle", "/policy"];
        for place in places {
            let mut richer = json!({ "policy": vector.policy, "input": vector.input });
            let Some(Value::Object(map)) = richer.pointer_mut(place) else { continue };
            map.insert("phase_of_the_moon".to_owned(), json!("full"));
            let verdict = asked(&rebuilt(&vector, &richer));
            let is_out = matches!(verdict.outcome, Outcome::CannotExpress { .. } | Outcome::LeftOut);
            assert!(is_out, "{} {place}", vector.id);
        }
    }
}

/// The whole vector moved in time: its calendar questions are answered, or refused, but never with another kind of error.
#[test]
fn a_vector_moved_in_time_is_still_answered_or_has_its_reason() {
    for vector in open() {
        for days in [-400, -1, 1, 28, 29, 31, 59, 365, 366, 1461, 36_524] {
            let body = json!({ "policy": vector.policy, "input": vector.input });
            let mut moved = body.clone();
            for (path, value) in leaves("", &body) {
                if let Some(later) = value.as_str().and_then(|text| moved_by(text, days)) {
                    *moved.pointer_mut(&path).expect("a path of this vector") = json!(later);
                }
            }
            let moved = rebuilt(&vector, &moved);
            let Some(found) = asked(&moved).answer else { continue };
            let date = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).and_then(date_of);
            for period in ["period", "new_period", "first_period"].iter().filter_map(|key| found.get(*key)) {
                if let (Some(start), Some(end)) = (date(period, "start"), date(period, "end")) {
                    assert!(start <= end, "{} moved by {days}: {period}", vector.id);
                }
            }
            if let (Some(period), Some(target)) =
                (found.get("period"), moved.input.get("target").and_then(Value::as_str))
            {
                let target = date_of(target).expect("a date");
                let (start, end) = (date(period, "start"), date(period, "end"));
                assert!(start.is_none_or(|start| start <= target) && end.is_none_or(|end| target < end), "{found}");
            }
            let boundaries = found.get("boundaries").and_then(Value::as_array).cloned().unwrap_or_default();
            let dates: Vec<Date> = boundaries.iter().filter_map(|value| date_of(value.as_str()?)).collect();
            assert!(dates.windows(2).all(|pair| pair[0] < pair[1]), "{} moved by {days}: {dates:?}", vector.id);
        }
    }
}

/// The heart: changes at other moments of other periods, at other prices, counted a second time.
#[test]
fn a_change_with_other_numbers_comes_to_what_its_stated_rule_says() {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for vector in with_fields(&["period", "change_at", "items"]) {
        for (nth, (start, end)) in PERIODS.into_iter().enumerate() {
            for (days, time) in MOMENTS {
                for zone in ZONES {
                    let mut other = vector.clone();
                    for key in ["item_billed", "item_from", "balance_before"] {
                        other.input.remove(key);
                    }
                    let at = moved_by(start, days).expect("a date") + time;
                    let (currency, digits) = CURRENCIES[nth % CURRENCIES.len()];
                    let inputs = [
                        ("period", json!({ "start": start, "end": end })),
                        ("change_at", json!(at)),
                        ("tz", json!(zone)),
                        ("currency", json!(currency)),
                        ("minor_digits", json!(digits)),
                    ];
                    other.input.extend(inputs.map(|(key, value)| (key.to_owned(), value)));
                    let prices = [0, 1, 999, 10_001, 123_457, 2_500, 33_333];
                    for (place, item) in other.input["items"].as_array_mut().expect("items").iter_mut().enumerate() {
                        let Some(item) = item.as_object_mut().filter(|item| item.contains_key("price")) else {
                            continue;
                        };
                        let price = prices[(nth * 3 + place * 5 + days.unsigned_abs() as usize) % prices.len()];
                        item.insert("price".to_owned(), json!(price));
                        item.remove("interval");
                    }
                    if holds_against_the_naive_count(&other) {
                        *counted.entry(vector.family.clone()).or_default() += 1;
                    }
                }
            }
        }
    }
    for family in ["derived_matrix", "second_actual", "day_actual_halfopen", "second_actual_end_minus_1s", "kb_repair"]
    {
        assert!(counted.get(family).is_some_and(|count| *count > 20), "{family} is not counted: {counted:?}");
    }
    assert!(counted.values().sum::<usize>() > 5_000, "{counted:?}");
}

/// The names of the parameter space, each on one change: 10,000 becomes 30,000 on 11 June, 20 of 30 days before July.
#[test]
fn the_parameters_are_known_by_their_names() {
    let cases = [
        (json!({ "policy_id": "day" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "day_zone": "Asia/Tokyo" }), 6_333, 19_000),
        (json!({ "policy_id": "day", "rounding_mode": "truncate" }), 6_666, 20_000),
        (json!({ "policy_id": "day", "rounding_mode": "ceil" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "rounding_stage": "daily_rate" }), 6_660, 20_000),
        (json!({ "policy_id": "day", "rounding_stage": "factor(2)" }), 6_700, 20_100),
        (json!({ "policy_id": "day", "rounding_stage": "net" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "factor_digits": 2 }), 6_700, 20_100),
        (json!({ "policy_id": "day", "credit_amount": "complement_of_rounded_used" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "denominator": "actual_over_30" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "denominator": "thirty_360_strict" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "denominator": "fixed_days(28)" }), 7_143, 21_429),
        (json!({ "policy_id": "day", "denominator": "plan_cycle_containing_date" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "credit_from": "next_day" }), 6_333, 20_000),
        (json!({ "policy_id": "day", "line_style": "price_delta × remaining" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "credit_basis": "list_now" }), 6_667, 20_000),
        (json!({ "policy_id": "day", "mode": "full_now" }), 0, 30_000),
        (json!({ "policy_id": "day", "mode": "reset_full" }), 6_667, 30_000),
        (json!({ "policy_id": "day", "mode": "credit_only" }), 6_667, 0),
        (json!({ "policy_id": "day", "mode": "charge_only" }), 0, 20_000),
        (json!({ "policy_id": "day", "mode": "none" }), 0, 0),
        (json!({ "time_unit": "minute" }), 6_465, 19_396),
        (json!({ "time_unit": "ms/ns", "period_end": "end_minus_1s" }), 6_465, 19_396),
    ];
    for (policy, credit, charge) in cases {
        let at = if policy.get("day_zone").is_some() { "2025-06-11T15:30:00Z" } else { "2025-06-11T14:30:00Z" };
        let input = json!({
            "currency": "USD", "period": { "start": "2025-06-01", "end": "2025-07-01" }, "change_at": at,
            "items": [{ "role": "old", "price": 10_000, "interval": "month" }, { "role": "new", "price": 30_000, "interval": "month" }]
        });
        let vector = json!({
            "id": "asked", "kind": "proration", "family": "derived_matrix", "policy": policy, "input": input,
            "expected": { "credit": credit, "charge": charge, "net": charge - credit }
        });
        let vector: Vector = serde_json::from_value(vector).expect("a vector");
        let verdict = asked(&vector);
        assert_eq!(verdict.outcome, Outcome::Right, "{policy}: {:?}", verdict.answer);
    }
}

#[test]
fn a_calendar_period_is_the_one_that_holds_the_change() {
    let all = [
        ("month", "2024-02-15", "2024-02-01", "2024-03-01"),
        ("3 months", "2024-02-15", "2024-01-01", "2024-04-01"),
        ("year", "2024-12-31", "2024-01-01", "2025-01-01"),
        ("week", "2024-02-15", "2024-02-12", "2024-02-19"),
        ("month", "2024-03-01", "2024-03-01", "2024-04-01"),
    ];
    for (interval, at, start, end) in all {
        let vector = json!({
            "id": "asked", "kind": "proration", "family": "lago_day", "policy": { "time_unit": "day" },
            "input": { "currency": "EUR", "billing": "calendar", "change_at": at,
                       "items": [{ "role": "new", "price": 10_000, "interval": interval }] },
            "expected": { "new_period": { "start": start, "end": end } }
        });
        let vector: Vector = serde_json::from_value(vector).expect("a vector");
        assert_eq!(asked(&vector).outcome, Outcome::Right, "{interval} {at}: {:?}", asked(&vector));
    }
}

/// Is a vector answered and counted here? Then both are the same.
fn holds_against_the_naive_count(vector: &Vector) -> bool {
    let (policy, input) = (json!(vector.policy), json!(vector.input));
    let Some(naive) = naive::sides(&policy, &input) else { return false };
    let has = |side: &str| input["items"].to_string().contains(side);
    let found = answer(vector, &["credit", "charge", "net"]);
    let Some(found) = found else { return false };
    let amount = |key: &str| found.get(key).and_then(Value::as_i64).expect("an amount");
    let ours = Sides { credit: amount("credit"), charge: amount("charge") };
    assert_eq!(ours, naive, "{}: {policy} {input}", vector.id);
    assert_eq!(amount("net"), ours.charge - ours.credit, "{}", vector.id);
    has("\"role\"")
}

#[test]
fn a_stated_part_gives_that_part_of_any_price_in_any_currency() {
    let mut counted = 0;
    for vector in with_fields(&["items", "days_remaining", "days_total"]) {
        if vector.input.contains_key("new_days") || vector.policy["policy_id"] == json!("daily_rate_first") {
            continue;
        }
        for (part, whole) in [(0_i64, 30_i64), (1, 30), (7, 28), (15, 31), (30, 30), (200, 366)] {
            for (currency, digits) in CURRENCIES {
                for price in [0_i64, 1, 4_900, 99_999_999] {
                    let mut other = vector.clone();
                    let inputs = [("days_remaining", part), ("days_total", whole), ("minor_digits", digits)];
                    other.input.extend(inputs.map(|(key, value)| (key.to_owned(), json!(value))));
                    other.input.insert("currency".to_owned(), json!(currency));
                    for item in other.input["items"].as_array_mut().expect("items") {
                        item["price"] = json!(price);
                    }
                    let Some(found) = answer(&other, &["credit", "charge"]) else { continue };
                    let share = (2 * price * part + whole) / (2 * whole);
                    assert_eq!(found["credit"], json!(share), "{}: {part} of {whole}", vector.id);
                    assert_eq!(found["charge"], json!(share), "{}: {part} of {whole}", vector.id);
                    counted += 1;
                }
            }
        }
    }
    assert!(counted > 200, "{counted}");
}

#[test]
fn what_is_used_and_what_is_given_back_is_the_price() {
    let mut counted = 0;
    for vector in with_fields(&["price", "period", "change_at"]) {
        for (start, end) in PERIODS {
            for price in [1_i64, 995, 239_995, 10_000_001] {
                for (days, _) in MOMENTS {
                    let mut other = vector.clone();
                    other.input.insert("price".to_owned(), json!(price));
                    other.input.insert("period".to_owned(), json!({ "start": start, "end": end }));
                    other.input.insert("change_at".to_owned(), json!(moved_by(start, days).expect("a date")));
                    let Some(found) = answer(&other, &["used", "repair"]) else { continue };
                    let (Some(used), Some(repair)) = (found.get("used"), found.get("repair")) else { continue };
                    assert_eq!(used.as_i64().expect("an amount") - repair.as_i64().expect("an amount"), price);
                    counted += 1;
                }
            }
        }
    }
    assert!(counted > 100, "{counted}");
}

#[test]
fn whatever_is_due_comes_from_the_balance_or_is_paid_and_tax_is_on_top() {
    for vector in open() {
        for total in [-5_000_i64, 0, 1, 999, 123_456] {
            let mut other = vector.clone();
            for key in ["order_total", "fees", "subtotal", "balance", "potential"] {
                if other.input.get(key).is_some_and(Value::is_i64) {
                    other.input.insert(key.to_owned(), json!(total));
                }
            }
            let names =
                ["due", "total_due", "balance_after", "wallet_after", "subtotal", "tax", "total", "fee", "paid_out"];
            let Some(found) = answer(&other, &names) else { continue };
            let amount = |key: &str| found.get(key).and_then(Value::as_i64);
            if let (Some(due), Some(after)) = (amount("due").or(amount("total_due")), amount("balance_after")) {
                assert!(due >= 0 && after >= 0, "{}: {found:?}", vector.id);
                let before = other.input.get("balance_before").and_then(Value::as_i64);
                if let (Some(before), true) = (before, other.input.contains_key("order_total")) {
                    assert_eq!(due - after, total - before, "{}: {found:?}", vector.id);
                }
            }
            if let (Some(subtotal), Some(tax), Some(whole)) = (amount("subtotal"), amount("tax"), amount("total")) {
                assert_eq!(subtotal + tax, whole, "{}", vector.id);
            }
            if let (Some(fee), Some(out)) = (amount("fee"), amount("paid_out")) {
                assert_eq!(fee + out, other.input["balance"].as_i64().expect("an amount"), "{}", vector.id);
            }
        }
    }
}

fn rebuilt(vector: &Vector, body: &Value) -> Vector {
    let map = |key: &str| body[key].as_object().cloned().unwrap_or_default();
    Vector { policy: map("policy"), input: map("input"), ..vector.clone() }
}

/// Every value that is no object and no list, by its JSON pointer.
fn leaves(at: &str, value: &Value) -> Vec<(String, Value)> {
    let below = |key: &str, value: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        leaves(&format!("{at}/{key}"), value)
    };
    match value {
        Value::Object(fields) => fields.iter().flat_map(|(key, value)| below(key, value)).collect(),
        Value::Array(list) => list.iter().enumerate().flat_map(|(n, value)| below(&n.to_string(), value)).collect(),
        value => vec![(at.to_owned(), value.clone())],
    }
}

/// Other values of a field, among them such as nobody has.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(1);
            let all = [
                0,
                1,
                -1,
                number.saturating_add(1),
                number.saturating_neg(),
                number.saturating_mul(1_000),
                i64::MAX,
                i64::MIN,
            ];
            all.map(|number| json!(number)).to_vec()
        }
        Value::String(text) if date_of(text).is_some() => {
            let mut all: Vec<Value> = [-36_524, -31, -1, 1, 29, 366, 73_049]
                .iter()
                .filter_map(|days| Some(json!(moved_by(text, *days)?)))
                .collect();
            let fixed = [
                "2024-02-29",
                "2025-03-30T01:30:00Z",
                "2025-10-26T00:30:00Z",
                "1900-01-01",
                "2200-12-31",
                "0000-00-00",
            ];
            all.extend(fixed.map(|text| json!(text)));
            all
        }
        Value::String(text) => {
            let mut all: Vec<Value> =
                ["", "0", "-1", "1/0", "7/3", "-1/2", "fortnight", "EUR", "KWD", "JPY", "XXX", "Asia/Tokyo"]
                    .map(|text| json!(text))
                    .to_vec();
            all.push(json!(text.to_uppercase()));
            all.push(json!(format!("{text}{text}")));
            all
        }
        Value::Bool(flag) => vec![json!(!flag), json!(1)],
        _ => vec![json!(1), json!("2025-01-01"), json!({}), json!([])],
    }
}

fn date_of(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// A date or an instant so many days later.
fn moved_by(text: &str, days: i64) -> Option<String> {
    let later = date_of(text)?.checked_add(days.days()).ok()?;
    Some(format!("{later}{}", &text[10..]))
}
