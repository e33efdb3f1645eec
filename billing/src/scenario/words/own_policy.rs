//! A policy of the story's own: a preset with some terms laid over it, and rules of its own before the preset's.

use toml::{Table, Value};

use crate::policy::{PRESETS, Policy};

/// The settings that make it, as far as they were read.
#[derive(Default)]
pub(super) struct OwnPolicy {
    policy: Option<Table>,
    rules: usize,
}

impl OwnPolicy {
    /// Its name.
    pub(super) const NAME: &str = "story";

    /// `terms claw_back = "used_at_list", anchor = "keep"`; `dunning grace_days = 7`;
    /// `cancellation when = ["now"]`; `rule direction = "downgrade" set when = "period_end"`.
    pub(super) fn read(&mut self, verb: &str, rest: &str, preset: &str) -> Result<(), String> {
        let policy = match &mut self.policy {
            Some(policy) => policy,
            none => none.insert(as_preset(preset)?),
        };
        let (fits, set) = match verb {
            "dunning" | "cancellation" => {
                policy.insert(verb.to_owned(), Value::Table(fields(rest)?));
                return Ok(());
            }
            "terms" => {
                let terms = policy.get_mut("terms").and_then(Value::as_table_mut).ok_or("the preset has no terms")?;
                terms.extend(fields(rest)?);
                return Ok(());
            }
            _ => rest.split_once(" set ").ok_or("a rule says what it fits, then set, then its terms")?,
        };
        let rule = [("on", fits), ("set", set)];
        let rule = rule.into_iter().map(|(key, text)| Ok((key.to_owned(), Value::Table(fields(text)?))));
        let rule: Table = rule.collect::<Result<_, String>>()?;
        let rules = policy.entry("rules").or_insert_with(|| Value::Array(Vec::new()));
        rules.as_array_mut().ok_or("rules are a list")?.insert(self.rules, Value::Table(rule));
        self.rules += 1;
        Ok(())
    }

    /// The policy, where the story has one of its own.
    pub(super) fn policy(&self) -> Result<Option<Policy>, String> {
        let Some(table) = &self.policy else { return Ok(None) };
        let text = toml::to_string(table).map_err(|error| error.to_string())?;
        Policy::from_toml(&text).map(Some).map_err(|error| error.to_string())
    }
}

/// A preset under the story's name.
fn as_preset(name: &str) -> Result<Table, String> {
    let presets = PRESETS.iter().filter_map(|text| text.parse::<Table>().ok());
    let mut named = presets.filter(|policy| policy.get("name").and_then(Value::as_str) == Some(name));
    let mut policy = named.next().ok_or_else(|| format!("there is no policy {name:?}"))?;
    policy.insert("name".to_owned(), Value::String(OwnPolicy::NAME.to_owned()));
    Ok(policy)
}

/// The fields of an inline table.
fn fields(text: &str) -> Result<Table, String> {
    let table: Table =
        format!("it = {{ {text} }}").parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    match table.get("it") {
        Some(Value::Table(fields)) => Ok(fields.clone()),
        _ => Err(format!("{text:?} is not written like terms of a policy")),
    }
}
