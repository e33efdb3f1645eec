//! What a plan or a service gives, in words: resources, credits, features, and what differs between two of them. A
//! resource is named by its code in the catalogue: `memory_mb`, `with_backups` for what is there or not, `mau`.

use std::cmp::Ordering;

use billing::catalogue::{Credits, Plan, Size};

use super::words::{number, unit};
use crate::ui::Fact;

/// A size as a list: `Processors` `2`, `Memory` `4 GB`.
pub fn size_facts(size: &Size) -> Vec<Fact> {
    let entries = in_order(size).into_iter().map(|(code, quantity)| resource(code, quantity));
    entries.map(|(name, text)| Fact::new(name, text)).collect()
}

/// A size as phrases: `2 processors`, `4 GB memory`, `daily backups`.
pub fn size_phrases(size: &Size) -> Vec<String> {
    in_order(size).into_iter().map(|(code, quantity)| phrase(code, quantity)).collect()
}

/// What differs between two sizes, and which way: `4 processors instead of 2`.
pub fn size_differences(before: &Size, after: &Size) -> Vec<(Ordering, String)> {
    let mut all = before.clone();
    all.extend(after.iter().map(|(code, quantity)| (code.clone(), *quantity)));
    let of = |size: &Size, code: &str| size.get(code).copied().unwrap_or(0);
    let entries = in_order(&all).into_iter().filter_map(|(code, _)| {
        let (had, has) = (of(before, code), of(after, code));
        let order = has.cmp(&had);
        let words = match code.strip_prefix(WITH) {
            Some(name) => capital(&name.replace('_', " ")),
            None => format!("{} instead of {}", phrase(code, has), resource(code, had).1),
        };
        (order != Ordering::Equal).then_some((order, words))
    });
    entries.collect()
}

/// Everything a plan gives, as phrases.
pub fn plan_phrases(plan: &Plan) -> Vec<String> {
    let mut phrases = size_phrases(&plan.size);
    phrases.extend(plan.credits.iter().map(|credits| format!("{} in every period", credits_text(credits))));
    phrases.extend(plan.features.iter().cloned());
    phrases
}

/// What differs between two plans beside what a size says: credits and features, gained or given up.
pub fn other_differences(before: &Plan, after: &Plan) -> Vec<(Ordering, String)> {
    let credits = |plan: &Plan| plan.credits.as_ref().map_or(0, |credits| credits.amount);
    let mut differences = Vec::new();
    let order = credits(after).cmp(&credits(before));
    if let (Some(named), true) = (after.credits.as_ref().or(before.credits.as_ref()), order != Ordering::Equal) {
        let has = credits_text(&Credits { unit: named.unit.clone(), amount: credits(after) });
        differences.push((order, format!("{has} in every period instead of {}", number(credits(before).into()))));
    }
    let of = |one: &Plan, other: &Plan| {
        let only = one.features.iter().filter(|feature| !other.features.contains(feature));
        only.cloned().collect::<Vec<_>>()
    };
    differences.extend(of(after, before).into_iter().map(|feature| (Ordering::Greater, feature)));
    differences.extend(of(before, after).into_iter().map(|feature| (Ordering::Less, feature)));
    differences
}

/// What differs between two plans, what is gained first, and what is given up said so.
pub fn plan_differences(before: &Plan, after: &Plan) -> Vec<String> {
    let mut differences = size_differences(&before.size, &after.size);
    differences.extend(other_differences(before, after).into_iter().map(|(order, words)| {
        let is_lost = order == Ordering::Less && before.features.contains(&words);
        (order, if is_lost { format!("without: {words}") } else { words })
    }));
    differences.sort_by_key(|(order, _)| *order == Ordering::Less);
    differences.into_iter().map(|(_, words)| words).collect()
}

fn credits_text(credits: &Credits) -> String {
    let amount = i64::from(credits.amount);
    format!("{} {}", number(amount), unit(&credits.unit, amount))
}

/// Before the name of what is there or not.
const WITH: &str = "with_";

/// A resource of a size: its name and its amount, such as `Memory` and `4 GB`.
fn resource(code: &str, quantity: i64) -> (String, String) {
    match code {
        "cpus" => return ("Processors".to_owned(), number(quantity)),
        "mau" => return ("Monthly active users".to_owned(), number(quantity)),
        "ipv4_addresses" => return ("IPv4 addresses".to_owned(), number(quantity)),
        "memory_mb" if quantity % 1024 == 0 => return ("Memory".to_owned(), format!("{} GB", number(quantity / 1024))),
        _ => {}
    }
    if let Some(name) = code.strip_prefix(WITH) {
        return (capital(&name.replace('_', " ")), if quantity > 0 { "yes" } else { "no" }.to_owned());
    }
    let (name, unit) = match code.rsplit_once('_') {
        Some((name, unit @ ("mb" | "gb" | "tb"))) => (name, format!(" {}", unit.to_uppercase())),
        _ => (code, String::new()),
    };
    (capital(&name.replace('_', " ")), format!("{}{unit}", number(quantity)))
}

/// A resource in one phrase: `2 processors`, `4 GB memory`, `daily backups`, `no daily backups`.
fn phrase(code: &str, quantity: i64) -> String {
    if let Some(name) = code.strip_prefix(WITH) {
        let name = name.replace('_', " ");
        return if quantity > 0 { name } else { format!("no {name}") };
    }
    let (name, text) = resource(code, quantity);
    let name = if code == "ipv4_addresses" { name } else { name.to_lowercase() };
    format!("{text} {}", unit(&name, quantity))
}

/// Processors, memory and disk first, in the order people read them; anything else after, by name.
fn in_order(size: &Size) -> Vec<(&str, i64)> {
    let place = |code: &str| match code {
        "cpus" | "mau" => 0,
        "memory_mb" | "memory_gb" => 1,
        "disk_gb" => 2,
        _ if code.starts_with(WITH) => 4,
        _ => 3,
    };
    let mut entries: Vec<_> = size.iter().map(|(code, quantity)| (code.as_str(), *quantity)).collect();
    entries.sort_by_key(|(code, _)| place(code));
    entries
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(entries: &[(&str, i64)]) -> Size {
        entries.iter().map(|(code, quantity)| ((*code).to_owned(), *quantity)).collect()
    }

    fn plan(hours: u32, features: &[&str]) -> Plan {
        Plan {
            code: "p".to_owned(),
            name: "P".to_owned(),
            size: size(&[("teammates", i64::from(hours / 20))]),
            prices: Vec::new(),
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
            credits: Some(Credits { unit: "hours".to_owned(), amount: hours }),
            change_to: None,
            retired: false,
        }
    }

    #[test]
    fn a_size_reads_as_people_say_it() {
        let small = size(&[("cpus", 1), ("disk_gb", 40), ("memory_mb", 512), ("public_addresses", 2)]);
        assert_eq!(size_phrases(&small), ["1 processor", "512 MB memory", "40 GB disk", "2 public addresses"]);
        let tier = size(&[("mau", 5000), ("with_operation", 1), ("with_marketing", 0), ("seats", 1)]);
        assert_eq!(size_phrases(&tier), ["5,000 monthly active users", "1 seat", "no marketing", "operation"]);
    }

    #[test]
    fn only_what_differs_is_said() {
        let before = size(&[("cpus", 2), ("memory_mb", 4096), ("disk_gb", 80), ("with_backups", 1)]);
        let after = size(&[("cpus", 4), ("memory_mb", 2048), ("disk_gb", 80)]);
        let words = size_differences(&before, &after);
        assert_eq!(words[0], (Ordering::Greater, "4 processors instead of 2".to_owned()));
        assert_eq!(words[1], (Ordering::Less, "2 GB memory instead of 4 GB".to_owned()));
        assert_eq!(words[2], (Ordering::Less, "Backups".to_owned()));
        assert_eq!(words.len(), 3);
    }

    #[test]
    fn a_plan_says_its_credits_and_features_and_what_is_given_up() {
        let (solo, duo) = (plan(20, &["Weekdays"]), plan(40, &["Weekdays", "A lead"]));
        assert_eq!(plan_phrases(&solo), ["1 teammate", "20 hours in every period", "Weekdays"]);
        let up = ["2 teammates instead of 1", "40 hours in every period instead of 20", "A lead"];
        assert_eq!(plan_differences(&solo, &duo), up);
        let down = ["1 teammate instead of 2", "20 hours in every period instead of 40", "without: A lead"];
        assert_eq!(plan_differences(&duo, &solo), down);
    }
}
