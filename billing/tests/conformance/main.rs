//! The open facts of other billing systems, asked of Midcycle: not one wrong number, and every fact that is not
//! answered is named with its reason.
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the table of what conforms is for the reader of the test, who also writes down what cannot be asked"
)]

mod families;
mod mutations;
mod naive;
mod trials;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use billing::conformance::{Outcome, Vector, Verdict, ask, ask_all};
use serde_json::{Value, json};

const OPEN: &str = include_str!("open.json");

fn open() -> Vec<Vector> {
    published().to_vec()
}

/// The same, read once.
fn published() -> &'static [Vector] {
    static ALL: LazyLock<Vec<Vector>> =
        LazyLock::new(|| serde_json::from_str(OPEN).expect("the open vectors are JSON"));
    &ALL
}

#[test]
fn no_number_is_wrong() {
    let verdicts = ask_all(&open());
    print_table(&verdicts);
    let wrong: Vec<&Verdict> =
        verdicts.iter().filter(|verdict| matches!(verdict.outcome, Outcome::Wrong { .. })).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every vector that has no answer, and why: a rule outside the space of policies, or something that it does not state.
/// Write the list again with `MIDCYCLE_BLESS=1`, and read the difference.
#[test]
fn what_cannot_be_expressed_is_written_down_with_its_reason() {
    let mut lines = BTreeSet::new();
    for verdict in ask_all(&open()) {
        if let Outcome::CannotExpress { reason } = verdict.outcome {
            lines.insert(format!("{}: {}: {reason}\n", verdict.family, verdict.id));
        }
    }
    let text: String = lines.into_iter().collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/cannot-express.txt");
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        std::fs::write(path, &text).expect("a file that can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "{text}\nwrite it again: MIDCYCLE_BLESS=1 cargo test -p billing --test conformance");
}

#[test]
fn nothing_that_a_vector_says_of_its_origin_changes_an_answer() {
    let with: Vec<Value> = serde_json::from_str(OPEN).expect("the open vectors are JSON");
    let mut bare = with.clone();
    for (at, vector) in bare.iter_mut().enumerate() {
        let fields = vector.as_object_mut().expect("a vector is an object");
        let asked = ["kind", "family", "policy", "input", "expected", "unexplained"];
        fields.retain(|key, _| asked.contains(&key.as_str()));
        fields.insert("id".to_owned(), json!(format!("vector {at}")));
    }
    let ask = |vectors: Vec<Value>| {
        let vectors: Vec<Vector> = serde_json::from_value(Value::Array(vectors)).expect("vectors");
        ask_all(&vectors)
    };
    for (known, bare) in ask(with).into_iter().zip(ask(bare)) {
        assert_eq!(known.outcome, bare.outcome, "{}", known.id);
        assert_eq!(known.answer, bare.answer, "{}", known.id);
    }
}

#[test]
fn every_number_and_date_that_is_right_turns_wrong_when_another_is_expected() {
    for vector in open() {
        if ask(&vector).outcome != Outcome::Right {
            continue;
        }
        for path in leaves(&Value::Object(vector.expected.clone())) {
            let mut planted = vector.clone();
            let mut expected = Value::Object(planted.expected);
            let leaf = expected.pointer_mut(&path).expect("a path that was found");
            *leaf = another(leaf);
            planted.expected = expected.as_object().expect("an object").clone();
            let outcome = ask(&planted).outcome;
            assert!(matches!(outcome, Outcome::Wrong { .. }), "{} {path}: {outcome:?}", vector.id);
        }
    }
}

#[test]
fn a_parameter_that_is_not_known_is_never_guessed() {
    for vector in open() {
        let mut stranger = vector.clone();
        stranger.policy.insert("phase_of_the_moon".to_owned(), json!("full"));
        let is_out = matches!(ask(&stranger).outcome, Outcome::CannotExpress { .. } | Outcome::LeftOut);
        assert!(is_out, "{}", vector.id);
    }
}

#[test]
fn no_field_is_so_odd_that_asking_breaks() {
    let odd = [
        json!(null),
        json!(-1),
        json!(0),
        json!(i64::MAX),
        json!(0.5),
        json!(""),
        json!("1/0"),
        json!("9223372036854775807/1"),
        json!("0001-01-01"),
        json!("9999-12-31"),
        json!("1900-01-01"),
        json!("2027-02-28T24:00:00Z"),
        json!("1000 years"),
        json!([]),
        json!([-1, i64::MIN]),
        json!({}),
        json!({ "start": "2027-03-01", "end": "2027-01-01" }),
        json!([{ "role": "old", "price": i64::MIN, "quantity": 0, "interval": "1000 days" }]),
        json!([{ "role": "new", "price": 1_000_000_000_000_i64, "quantity": 100_000, "discount": { "fixed": -5 } }]),
    ];
    let mut families: BTreeMap<String, Vec<Vector>> = BTreeMap::new();
    for vector in open() {
        families.entry(vector.family.clone()).or_default().push(vector);
    }
    for vector in families.into_values().flat_map(|vectors| vectors.into_iter().take(2)) {
        for value in &odd {
            let fields = vector.policy.keys().map(|key| (key, true)).chain(vector.input.keys().map(|key| (key, false)));
            for (key, is_policy) in fields {
                let mut strange = vector.clone();
                let map = if is_policy { &mut strange.policy } else { &mut strange.input };
                map.insert(key.clone(), value.clone());
                assert_eq!(ask(&strange).id, vector.id, "{key}");
            }
        }
    }
}

/// JSON pointers to every value that is no object and no list.
fn leaves(value: &Value) -> Vec<String> {
    let below = |key: &str, value: &Value| leaves(value).into_iter().map(|path| format!("/{key}{path}")).collect();
    let nested: Vec<Vec<String>> = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| below(key, value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(at, value)| below(&at.to_string(), value)).collect(),
        _ => return vec![String::new()],
    };
    nested.into_iter().flatten().collect()
}

/// Another value of the same kind.
fn another(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_i64().expect("a whole number") + 1),
        Value::Bool(flag) => json!(!flag),
        Value::String(text) if text.contains(['0', '1']) => json!(text.replace('1', "9").replace('0', "1")),
        // The side of a line: another one, since lines with sides that nobody knows are not compared.
        Value::String(text) if text.contains("credit_") => json!(text.replace("credit_", "charge_")),
        Value::String(text) if text.contains("charge_") => json!(text.replace("charge_", "credit_")),
        Value::String(text) if text.contains("_used") => json!(text.replace("_used", "_remaining")),
        Value::String(text) if text.contains("_remaining") => json!(text.replace("_remaining", "_used")),
        Value::String(text) => json!(format!("not {text}")),
        _ => json!(1),
    }
}

fn print_table(verdicts: &[Verdict]) {
    let mut families: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut total = [0; 4];
    for verdict in verdicts {
        let at = match verdict.outcome {
            Outcome::Right => 0,
            Outcome::Wrong { .. } => 1,
            Outcome::CannotExpress { .. } => 2,
            Outcome::LeftOut => 3,
        };
        families.entry(&verdict.family).or_default()[at] += 1;
        total[at] += 1;
    }
    for (family, counts) in &families {
        println!("{family:32} {counts:?}");
    }
    println!("right, wrong, cannot express, left out: {total:?}");
    for verdict in verdicts {
        if let Outcome::CannotExpress { reason } = &verdict.outcome {
            println!("{}: {}: {reason}", verdict.family, verdict.id);
        }
    }
}
