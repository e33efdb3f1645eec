//! The JSON Schema of policy files, for `docs/policy.schema.json` and editors that complete by it. It is made from the
//! types that read them, so it cannot say anything else.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::check::CANCELLATION_KEYS;
use super::{Match, Terms};
use crate::cancellation::WrittenCancellation;
use crate::dunning::DunningTerms;

/// The schema of a policy file (JSON Schema 2020-12; TOML and JSON have the same form).
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut terms = root(&mut generator, |generator| generator.subschema_for::<Terms>(), "Terms");
    let on = root(&mut generator, |generator| generator.subschema_for::<Match>(), "Match");
    let mut dunning = root(&mut generator, |generator| generator.subschema_for::<DunningTerms>(), "DunningTerms");
    dunning["additionalProperties"] = json!(false);
    let mut cancellation =
        root(&mut generator, |generator| generator.subschema_for::<WrittenCancellation>(), "WrittenCancellation");
    cancellation["additionalProperties"] = json!(false);
    cancellation["description"] = json!("What becomes of a subscription that is cancelled. No rule can set it.");
    let mut definitions = generator.take_definitions(true);
    terms["additionalProperties"] = json!(false);
    let mut set = terms.clone();
    if let Some(set) = set.as_object_mut() {
        set.remove("required");
        set.insert("description".to_owned(), json!("The terms that are others for these changes."));
        set.insert("minProperties".to_owned(), json!(1));
    }
    let named = terms["properties"].clone();
    let of_end = CANCELLATION_KEYS.iter().map(|key| ((*key).to_owned(), named[*key].clone()));
    cancellation["properties"]["set"] = json!({
        "type": "object",
        "description": "The terms that are others for a cancellation now: how much of the rest is given back.",
        "additionalProperties": false,
        "properties": Value::Object(of_end.collect()),
    });
    for own in ["Terms", "Match", "DunningTerms", "WrittenCancellation"] {
        definitions.remove(own);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Policy",
        "description": "One version of the rules by which plan changes are counted and made.",
        "type": "object",
        "required": ["name", "version", "summary", "terms"],
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string", "pattern": "^[a-z0-9-]{1,40}$", "description": "Its name, such as `vps`." },
            "version": { "type": "integer", "minimum": 1, "description": "Its version, from 1." },
            "summary": { "type": "string", "description": "One sentence for the people who choose it." },
            "terms": terms,
            "dunning": dunning,
            "cancellation": cancellation,
            "rules": {
                "type": "array",
                "description": "Exceptions, in order: the first that fits a change overrides the terms.",
                "items": {
                    "type": "object",
                    "required": ["set"],
                    "additionalProperties": false,
                    "properties": { "on": on, "set": set },
                },
            },
        },
        "$defs": definitions,
    })
}

/// The whole schema of a type that the generator knows by reference.
fn root(generator: &mut SchemaGenerator, make: impl Fn(&mut SchemaGenerator) -> schemars::Schema, name: &str) -> Value {
    make(generator);
    generator.definitions().get(name).cloned().unwrap_or(Value::Object(Map::new()))
}
