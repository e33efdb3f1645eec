//! Vectors that nobody published, family by family: the same rules and words with other figures, other fields of
//! neighbouring families among them. Their answers were worked out by hand, or by a few lines that know nothing of
//! Midcycle. Here is how they are asked, and that no family was forgotten.

mod behaviours;
mod calendars;
mod dates;
mod days;
mod documents;
mod ends;
mod moments;
mod parts;
mod prices;

use std::collections::BTreeSet;

use billing::conformance::{Outcome, Vector, Verdict, ask};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::published;

/// A vector of a family under the policy of a published one, with other input.
fn of(family: &str, input: Value, expected: Value) -> Vector {
    let found = published().iter().find(|vector| vector.family == family && !vector.unexplained);
    let found = found.unwrap_or_else(|| panic!("nothing is published of {family}"));
    Vector { input: map(input), expected: map(expected), ..found.clone() }
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().expect("an object").clone()
}

/// The vector, with other words in its policy; `null` takes a word away.
fn under(mut vector: Vector, words: Value) -> Vector {
    vector.policy.extend(map(words));
    vector.policy.retain(|_, value| !value.is_null());
    vector
}

/// The vector as one of another kind of question.
fn asked_as(vector: Vector, kind: &str) -> Vector {
    Vector { kind: kind.to_owned(), ..vector }
}

/// All of them are answered, and right.
fn all_right(vectors: impl IntoIterator<Item = Vector>) {
    let wrong: Vec<String> = vectors.into_iter().filter_map(|vector| told(&vector, &ask(&vector))).collect();
    assert!(wrong.is_empty(), "{} are not right:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

fn told(vector: &Vector, verdict: &Verdict) -> Option<String> {
    let body =
        format!("{}: {} {}", vector.family, Value::Object(vector.policy.clone()), Value::Object(vector.input.clone()));
    match &verdict.outcome {
        Outcome::Right => None,
        Outcome::CannotExpress { reason } => Some(format!("{body}\n  cannot express: {reason}")),
        _ => Some(format!("{body}\n  {:?}, and not {}", verdict.answer, Value::Object(vector.expected.clone()))),
    }
}

/// None of them is answered: what they say is not known, or not enough. The reason names the word given with each.
fn none_said<'a>(vectors: impl IntoIterator<Item = (&'a str, Vector)>) {
    for (word, vector) in vectors {
        let verdict = ask(&vector);
        match &verdict.outcome {
            Outcome::CannotExpress { reason } => assert!(reason.contains(word), "{word}: {reason}"),
            outcome => panic!("{word}: {outcome:?} of {vector:?}"),
        }
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// So many months later on a day of the month, or on the last where the month is too short.
fn add_months(from: Date, months: i64, day: i8) -> Date {
    let at = i64::from(from.year()) * 12 + i64::from(from.month()) - 1 + months;
    let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
    let first = Date::new(i16::try_from(year).expect("a year"), i8::try_from(month).expect("a month"), 1);
    let first = first.expect("a first of a month");
    Date::new(first.year(), first.month(), day.min(first.days_in_month())).expect("a day of the month")
}

fn add_days(from: Date, days: i64) -> Date {
    from.checked_add(jiff::Span::new().days(days)).expect("a date")
}

fn days_between(from: Date, until: Date) -> i64 {
    i64::from(from.until(until).expect("two dates").get_days())
}

/// Half away from zero.
fn rounded(over: i128, under: i128) -> i64 {
    let half = 2 * over.abs() + under;
    i64::try_from(half / (2 * under)).expect("an amount") * i64::try_from(over.signum()).expect("a sign")
}

/// Of each kind of question one file says which families it asks.
#[test]
fn every_family_is_asked_what_nobody_published() {
    let asked = [
        behaviours::ASKED,
        calendars::ASKED,
        dates::ASKED,
        days::ASKED,
        documents::ASKED,
        ends::ASKED,
        moments::ASKED,
        parts::ASKED,
        prices::ASKED,
    ];
    let asked: BTreeSet<&str> = asked.into_iter().flatten().copied().collect();
    let known: BTreeSet<String> = published().iter().map(|vector| vector.family.clone()).collect();
    let forgotten: Vec<&String> = known.iter().filter(|family| !asked.contains(family.as_str())).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
    let unknown: Vec<&&str> = asked.iter().filter(|family| !known.contains(**family)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
