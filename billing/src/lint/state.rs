//! When are two accounts the same for everything that can still happen to them? Their records are compared as data, with
//! ids counted through in the order in which they stand, and without what no decision reads: versions, hashes, the
//! balance (the card pays what the balance does not, so only their sum matters, and that is counted beside).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::account::Account;

/// Fields that make no difference to the money of later decisions.
const IRRELEVANT: [&str; 10] = [
    "version",
    "log_hash",
    "balance",
    "reserved",
    "opened_at",
    "started_at",
    "service",
    "attempts",
    "periods_before",
    "document",
];

/// A text that two accounts have in common exactly where they have the same future.
pub(super) fn canonical(account: &Account) -> String {
    let mut value = serde_json::to_value(account).expect("an account is plain data");
    let mut names = BTreeMap::new();
    strip(&mut value, &mut names);
    value.to_string()
}

fn strip(value: &mut Value, names: &mut BTreeMap<String, usize>) {
    match value {
        Value::Object(fields) => {
            for field in IRRELEVANT {
                fields.remove(field);
            }
            // Two changes of one content differ in what identifies them.
            fields.values_mut().for_each(|field| strip(field, names));
        }
        Value::Array(entries) => entries.iter_mut().for_each(|entry| strip(entry, names)),
        Value::String(text) if is_id(text) => {
            let next = names.len();
            let known = *names.entry(text.clone()).or_insert(next);
            *text = format!("#{known}");
        }
        _ => {}
    }
}

fn is_id(text: &str) -> bool {
    let parts = text.split_once('_');
    parts.is_some_and(|(prefix, rest)| prefix.len() == 3 && rest.len() == 32)
}
