//! Conformance: facts of other billing systems (numbers and dates), each asked of Midcycle's own functions under a
//! policy that is a translation of the parameters the fact was found under. Here is what a fact and a verdict are.
//!
//! Nothing in here computes: questions read a vector, call the calendar, the shares, discounts and taxes that bill, and
//! compare. A parameter or a field that a question does not know makes a vector one that cannot be expressed, never a
//! guess. What a vector says of its origin (`id`, `source`, `derivation`, `note`) is read by no question.

mod amounts;
mod bases;
mod behaviours;
mod changes;
mod choices;
mod daycounts;
mod directions;
mod dunning;
mod extended;
mod fields;
mod found;
mod invoices;
mod items;
mod lines;
mod outside;
mod periods;
mod quantities;
mod reported;
mod stubs;
mod terms;
mod tiers;
mod trials;
mod words;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::explain::Derivation;
use fields::Fields;
use found::{Found, Unlike};

/// One fact: an input, the parameters it depends on, and what must come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vector {
    /// Its name in the file.
    pub id: String,
    /// What is asked: `proration`, `period`, `daycount` …
    pub kind: String,
    /// Vectors of one family differ in figures, not in rules.
    pub family: String,
    /// The parameters the answer depends on.
    pub policy: Map<String, Value>,
    /// What the question is about.
    pub input: Map<String, Value>,
    /// The answer, field by field.
    pub expected: Map<String, Value>,
    /// The parameters are known not to give the answer; such a vector is left out.
    #[serde(default, deserialize_with = "false_where_null")]
    pub unexplained: bool,
}

fn false_where_null<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(false))
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Every expected field was computed, and is the same.
    Right,
    /// A computed field is another one.
    Wrong {
        /// Each of them.
        differences: Vec<Difference>,
    },
    /// No policy of Midcycle says it, or the vector does not.
    CannotExpress {
        /// Why, in words.
        reason: String,
    },
    /// The vector is marked as unexplained.
    LeftOut,
}

/// A field that came out otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Its path, such as `lines.0.amount`.
    pub field: String,
    /// What the vector says.
    pub expected: Value,
    /// What Midcycle says.
    pub got: Value,
}

/// A vector and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The vector's name.
    pub id: String,
    /// Its family.
    pub family: String,
    /// Its kind.
    pub kind: String,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What Midcycle answered, whether right or wrong; nothing where it was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// How its amounts were found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derivations: Vec<Derivation>,
}

/// Why a vector cannot be put to Midcycle.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unsayable(String);

/// What Midcycle answers.
struct Answer {
    fields: Found,
    derivations: Vec<Derivation>,
}

impl From<Found> for Answer {
    fn from(fields: Found) -> Self {
        Self { fields, derivations: Vec::new() }
    }
}

/// A vector as the questions see it: nothing of its origin, and of the expected answer only which fields it has.
struct Case<'a> {
    kind: &'a str,
    family: &'a str,
    policy: Fields<'a>,
    input: Fields<'a>,
    asked: Vec<&'a str>,
    /// Those of them that are below nothing: what they ask for is in the customer's favour.
    given_back: Vec<&'a str>,
}

/// Asks every vector.
pub fn ask_all(vectors: &[Vector]) -> Vec<Verdict> {
    vectors.iter().map(ask).collect()
}

/// Asks one vector.
pub fn ask(vector: &Vector) -> Verdict {
    let verdict = |outcome, answer, derivations| Verdict {
        id: vector.id.clone(),
        family: vector.family.clone(),
        kind: vector.kind.clone(),
        outcome,
        answer,
        derivations,
    };
    if vector.unexplained {
        return verdict(Outcome::LeftOut, None, Vec::new());
    }
    if vector.expected.is_empty() {
        let reason = "the vector expects nothing".to_owned();
        return verdict(Outcome::CannotExpress { reason }, None, Vec::new());
    }
    let case = Case {
        kind: &vector.kind,
        family: &vector.family,
        policy: Fields::of("policy", &vector.policy),
        input: Fields::of("input", &vector.input),
        asked: vector.expected.keys().map(String::as_str).collect(),
        given_back: vector
            .expected
            .iter()
            .filter(|(_, value)| is_negative(value))
            .map(|(key, _)| key.as_str())
            .collect(),
    };
    let answered = put(&case).and_then(|answer| match case.unread() {
        None => Ok(answer),
        Some(unread) => Err(unread),
    });
    match answered {
        Err(Unsayable(reason)) => verdict(Outcome::CannotExpress { reason }, None, Vec::new()),
        Ok(Answer { fields, derivations }) => {
            let expected = Value::Object(vector.expected.clone());
            let outcome = match fields.against(&expected) {
                Ok(()) => Outcome::Right,
                Err(Unlike::Missing(field)) => Outcome::CannotExpress {
                    reason: match outside::expected(field.rsplit('.').next().unwrap_or_default()) {
                        Some(why) => format!("the expected field {field}: {why}"),
                        None => format!("the expected field {field} is not one that Midcycle answers here"),
                    },
                },
                Err(Unlike::Differs(differences)) => Outcome::Wrong { differences },
            };
            verdict(outcome, Some(fields.value(&expected)), derivations)
        }
    }
}

fn is_negative(value: &Value) -> bool {
    value.as_i64().is_some_and(|number| number < 0)
}

/// The question that the kind of a vector asks.
fn put(case: &Case<'_>) -> Result<Answer, Unsayable> {
    if let Some(reason) = outside::reason(case.family) {
        return Err(Unsayable(reason.to_owned()));
    }
    match case.kind {
        "period" | "cycle_fraction" => periods::answer(case),
        "daycount" => daycounts::answer(case),
        "quantity" if case.input.has("units") => quantities::answer(case),
        "proration" if case.is_in_trial()? => trials::answer(case),
        "proration" | "quantity" => stubs::answer(case).unwrap_or_else(|| changes::answer(case)),
        "discount" | "invoice_total" | "ledger" | "credit_cap" | "refund_policy" => invoices::answer(case),
        "pricing" => tiers::answer(case),
        "money" => amounts::answer(case),
        "dunning" => dunning::answer(case),
        "schedule" | "lifecycle" if case.input.has("choices") => choices::answer(case),
        "schedule" | "lifecycle" => behaviours::answer(case),
        "direction" => directions::answer(case),
        "policy" if case.family == "credit_basis" => bases::answer(case),
        kind => Err(Unsayable(format!("there is no question of the kind {kind}"))),
    }
}

impl Case<'_> {
    /// A field that nobody read: the answer would not depend on something that the vector states.
    fn unread(&self) -> Option<Unsayable> {
        let name = self.policy.unread().or_else(|| self.input.unread())?;
        let field = name.rsplit('.').next().unwrap_or_default();
        let why = outside::field(field).unwrap_or("it is not a parameter of this question");
        Some(Unsayable(format!("{name}: {why}")))
    }

    fn no_question(&self) -> Unsayable {
        Unsayable(format!("there is no question for {} of the family {}", self.kind, self.family))
    }
}
