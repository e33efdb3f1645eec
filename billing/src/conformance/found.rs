//! Answers, and how one is held against what a vector expects: field by field, every one of them.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use super::Difference;
use super::fields::{Ratio, ratio_of};
use crate::calendar::DateSpan;
use crate::money::Money;

/// What Midcycle found for a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// Nothing, and that is the answer.
    Nothing,
    Flag(bool),
    Text(String),
    /// Is something made at once (or with the next period)? There are many words for both.
    IsNow(bool),
    /// The lines of a change; a vector that names other sides than these has lines of another kind.
    Lines(Vec<Found>),
    /// A count, or minor units.
    Number(i64),
    Date(Date),
    /// A local date and time, in the zone of the question.
    Moment(DateTime),
    /// An exact ratio; the vector may write it as a fraction, or with any number of decimals.
    Ratio(Ratio),
    /// A number with so many decimals: `scaled ÷ 10^digits`.
    Decimal {
        scaled: i64,
        digits: u32,
    },
    List(Vec<Found>),
    /// The vector names some of these, in order.
    Among(Vec<Found>),
    /// The vector lists these from the first on, as many as it likes.
    Series(Vec<Found>),
    /// The vector lists these from the first or from the second on, as many as it likes.
    Sequence(Vec<Found>),
    Map(BTreeMap<String, Found>),
}

/// Why an answer is not what was expected.
pub(super) enum Unlike {
    /// A field that there is no answer to.
    Missing(String),
    /// Fields with another answer.
    Differs(Vec<Difference>),
}

impl Found {
    /// A map of answers.
    pub fn map<K: Into<String>>(fields: impl IntoIterator<Item = (K, Found)>) -> Self {
        Self::Map(fields.into_iter().map(|(key, found)| (key.into(), found)).collect())
    }

    /// A span as `{start, end}`.
    pub fn span(span: DateSpan) -> Self {
        Self::map([("start", Self::Date(span.from)), ("end", Self::Date(span.until))])
    }

    /// The answer to one field.
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(fields) => fields.get(name),
            _ => None,
        }
    }

    /// Nothing, or a date.
    pub fn date_or_nothing(date: Option<Date>) -> Self {
        date.map_or(Self::Nothing, Self::Date)
    }

    /// Amounts in minor units.
    pub fn amounts(amounts: impl IntoIterator<Item = Money>) -> Self {
        Self::List(amounts.into_iter().map(Self::from).collect())
    }

    /// Compares every field of what is expected.
    pub fn against(&self, expected: &Value) -> Result<(), Unlike> {
        let (mut missing, mut differences) = (Vec::new(), Vec::new());
        self.compare("", expected, &mut missing, &mut differences);
        if !differences.is_empty() {
            return Err(Unlike::Differs(differences));
        }
        missing.into_iter().next().map_or(Ok(()), |field| Err(Unlike::Missing(field)))
    }

    fn compare(&self, path: &str, expected: &Value, missing: &mut Vec<String>, unlike: &mut Vec<Difference>) {
        match (self, expected) {
            (Self::Map(found), Value::Object(fields)) => {
                for (key, value) in fields {
                    let path = join(path, key);
                    match found.get(key) {
                        Some(found) => found.compare(&path, value, missing, unlike),
                        None => missing.push(path),
                    }
                }
            }
            (Self::List(found), Value::Array(list)) if found.len() == list.len() => {
                for (at, (found, value)) in found.iter().zip(list).enumerate() {
                    found.compare(&join(path, &at.to_string()), value, missing, unlike);
                }
            }
            (Self::Lines(found), Value::Array(list)) => {
                let roles = |line: &Value| line.get("role").is_none_or(|role| role.as_str().is_some_and(is_role));
                if list.iter().all(roles) {
                    Self::List(found.clone()).compare(path, expected, missing, unlike);
                } else {
                    missing.push(path.to_owned());
                }
            }
            (Self::IsNow(_), value) if made_now(value).is_none() => missing.push(path.to_owned()),
            _ if self.is(expected) => {}
            _ => unlike.push(Difference {
                field: path.to_owned(),
                expected: expected.clone(),
                got: self.value(expected),
            }),
        }
    }

    /// Is a single field what is expected?
    fn is(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Self::Nothing, value) => value.is_null(),
            (Self::Flag(flag), value) => value.as_bool() == Some(*flag),
            (Self::Text(text), value) => value.as_str() == Some(text),
            (Self::IsNow(now), value) => made_now(value) == Some(*now),
            (Self::Number(number), value) => is_ratio(value, Ratio { part: *number, whole: 1 }),
            (Self::Date(date), Value::String(text)) => written_moment(text) == Some(date.at(0, 0, 0, 0)),
            (Self::Moment(moment), Value::String(text)) => written_moment(text) == Some(*moment),
            (Self::Ratio(ratio), value) => is_ratio(value, *ratio),
            (Self::Decimal { scaled, digits }, value) => {
                10_i64.checked_pow(*digits).is_some_and(|whole| is_ratio(value, Ratio { part: *scaled, whole }))
            }
            (Self::Among(_) | Self::Series(_) | Self::Sequence(_), Value::Array(list)) if list.is_empty() => false,
            (Self::Among(all), Value::Array(list)) => {
                let mut rest = all.iter();
                list.iter().all(|value| rest.any(|found| found.is(value)))
            }
            (Self::Series(all), Value::Array(list)) => begin_with(all, list),
            (Self::Sequence(all), Value::Array(list)) => begin_with(all, list) || begin_with(&all[1..], list),
            _ => false,
        }
    }

    /// The answer as data, written as the expected value is where it has several spellings.
    pub fn value(&self, expected: &Value) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Flag(flag) => json!(flag),
            Self::Text(text) => json!(text),
            Self::IsNow(now) => json!(if *now { "immediately" } else { "with the next period" }),
            Self::Number(number) => json!(number),
            Self::Date(date) => json!(date.to_string()),
            Self::Moment(moment) => json!(moment.to_string()),
            Self::Ratio(Ratio { part, whole }) => json!(format!("{part}/{whole}")),
            Self::Decimal { scaled, digits } => json!(decimal(*scaled, *digits)),
            Self::List(list) | Self::Lines(list) => list.iter().map(|found| found.value(&Value::Null)).collect(),
            Self::Among(list) | Self::Series(list) | Self::Sequence(list) => {
                let some = expected.as_array().map_or(3, Vec::len) + 1;
                list.iter().take(some).map(|found| found.value(&Value::Null)).collect()
            }
            Self::Map(map) => {
                let asked = |key: &String| expected.as_object().is_none_or(|fields| fields.contains_key(key));
                let fields = map.iter().filter(|(key, _)| asked(key));
                let value = |key: &String, found: &Self| found.value(expected.get(key).unwrap_or(&Value::Null));
                Value::Object(fields.map(|(key, found)| (key.clone(), value(key, found))).collect())
            }
        }
    }
}

impl From<Money> for Found {
    fn from(amount: Money) -> Self {
        Self::Number(amount.minor)
    }
}

/// The sides of a change that are known by name.
fn is_role(role: &str) -> bool {
    let sides = ["old", "new", "add", "remove"];
    role == "seat_delta"
        || ["credit_", "charge_"].iter().any(|kind| role.strip_prefix(kind).is_some_and(|side| sides.contains(&side)))
        || ["_used", "_remaining"].iter().any(|kind| role.strip_suffix(kind).is_some_and(|side| sides.contains(&side)))
}

/// Whether words say that something is made at once, or that it waits for the next period.
fn made_now(words: &Value) -> Option<bool> {
    let words = words.as_str()?.to_ascii_lowercase();
    if let Some(other) = words.strip_prefix("not ") {
        return made_now(&json!(other)).map(|now| !now);
    }
    let is = |all: &[&str]| all.iter().any(|word| words.contains(word));
    match (is(&["immediate", "at once"]) || words == "now", is(&["period", "renewal", "next", "end of"])) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

fn begin_with(all: &[Found], list: &[Value]) -> bool {
    list.len() <= all.len() && all.iter().zip(list).all(|(found, value)| found.is(value))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A date (its first moment), a local date and time, or an instant of a question asked in UTC.
fn written_moment(text: &str) -> Option<DateTime> {
    text.strip_suffix('Z').unwrap_or(text).parse().ok()
}

fn decimal(scaled: i64, digits: u32) -> String {
    let digits = usize::try_from(digits).expect("a small number of digits");
    let sign = if scaled < 0 { "-" } else { "" };
    let text = format!("{:0>width$}", scaled.unsigned_abs(), width = digits + 1);
    let (units, decimals) = text.split_at(text.len() - digits);
    if digits == 0 { format!("{sign}{units}") } else { format!("{sign}{units}.{decimals}") }
}

/// Is a written number this ratio? A decimal number has rounded it to as many places as it has.
fn is_ratio(written: &Value, ratio: Ratio) -> bool {
    let Some(stated) = ratio_of(written) else { return false };
    let (stated_part, stated_whole) = (i128::from(stated.part), i128::from(stated.whole));
    let (part, whole) = (i128::from(ratio.part), i128::from(ratio.whole));
    let is_fraction = written.as_str().is_some_and(|text| text.contains('/'));
    if is_fraction || whole == 1 {
        return stated_part * whole == part * stated_whole;
    }
    crate::share::divide(part * stated_whole, whole, crate::share::Rounding::HalfAway) == stated_part
}
