//! What a plan or a service gives, in words: resources, credits, features, and what differs between two of them. A
//! resource is named by its code in the catalogue: `memory_mb`, `with_backups` for what is there or not, `mau`.

use std::cmp::Ordering;

use billing::catalogue::{Credits, Plan, Product, Size};

use super::words::{capital, count_of, number, unit};
use crate::ui::Fact;
use crate::ui::language::{Language, Texts, args};

/// Where the names of resources come from.
#[derive(Debug, Clone, Copy)]
pub struct Gives<'a> {
    /// The language of the page.
    pub language: Language,
    /// The product, whose options name what is there or not.
    pub product: Option<&'a Product>,
}

impl Gives<'_> {
    /// A size as a list: `Processors` `2`, `Memory` `4 GB`.
    pub fn size_facts(self, size: &Size) -> Vec<Fact> {
        let entries = in_order(size).into_iter().map(|(code, quantity)| self.resource(code, quantity));
        entries.map(|(name, text)| Fact::new(name, text)).collect()
    }

    /// A size as phrases: `2 processors`, `4 GB memory`, `daily backups`.
    pub fn size_phrases(self, size: &Size) -> Vec<String> {
        in_order(size).into_iter().map(|(code, quantity)| self.phrase(code, quantity)).collect()
    }

    /// What differs between two sizes, and which way: `4 processors instead of 2`.
    pub fn size_differences(self, before: &Size, after: &Size) -> Vec<(Ordering, String)> {
        let mut all = before.clone();
        all.extend(after.iter().map(|(code, quantity)| (code.clone(), *quantity)));
        let of = |size: &Size, code: &str| size.get(code).copied().unwrap_or(0);
        let entries = in_order(&all).into_iter().filter_map(|(code, _)| {
            let (had, has) = (of(before, code), of(after, code));
            let order = has.cmp(&had);
            let words = match code.strip_prefix(WITH) {
                Some(_) => capital(&self.named(code)),
                None => self.instead_of(self.phrase(code, has), self.resource(code, had).1),
            };
            (order != Ordering::Equal).then_some((order, words))
        });
        entries.collect()
    }

    /// Everything a plan gives, as phrases.
    pub fn plan_phrases(self, plan: &Plan) -> Vec<String> {
        let mut phrases = self.size_phrases(&plan.size);
        phrases.extend(plan.credits.iter().map(|credits| self.credits(credits)));
        phrases.extend(plan.features.iter().cloned());
        phrases
    }

    /// What differs between two plans beside what a size says: credits and features, gained or given up.
    pub fn other_differences(self, before: &Plan, after: &Plan) -> Vec<(Ordering, String)> {
        let credits = |plan: &Plan| plan.credits.as_ref().map_or(0, |credits| credits.amount);
        let mut differences = Vec::new();
        let order = credits(after).cmp(&credits(before));
        if let (Some(named), true) = (after.credits.as_ref().or(before.credits.as_ref()), order != Ordering::Equal) {
            let has = self.credits(&Credits { unit: named.unit.clone(), amount: credits(after) });
            let had = number(self.language, credits(before).into());
            differences.push((order, self.instead_of(has, had)));
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
    pub fn plan_differences(self, before: &Plan, after: &Plan) -> Vec<String> {
        let mut differences = self.size_differences(&before.size, &after.size);
        differences.extend(self.other_differences(before, after).into_iter().map(|(order, words)| {
            let is_lost = order == Ordering::Less && before.features.contains(&words);
            (order, if is_lost { self.language.fill("gives-without", &args!["what" => words]) } else { words })
        }));
        differences.sort_by_key(|(order, _)| *order == Ordering::Less);
        differences.into_iter().map(|(_, words)| words).collect()
    }

    fn instead_of(self, has: String, had: String) -> String {
        self.language.fill("gives-instead", &args!["has" => has, "had" => had])
    }

    fn credits(self, credits: &Credits) -> String {
        let amount = count_of(self.language, &credits.unit, i64::from(credits.amount));
        self.language.fill("gives-credits", &args!["amount" => amount])
    }

    /// The name of what is there or not: in English its code says it, else the option that adds it.
    fn named(self, code: &str) -> String {
        let by_code = code.strip_prefix(WITH).unwrap_or(code).replace('_', " ");
        if self.language == Language::English {
            return by_code;
        }
        let options = self.product.iter().flat_map(|product| &product.options);
        let option = options.clone().find(|option| option.resource == code);
        option.map_or(by_code, |option| option.name.to_string())
    }

    /// A resource of a size: its name and its amount, such as `Memory` and `4 GB`.
    fn resource(self, code: &str, quantity: i64) -> (String, String) {
        let language = self.language;
        if code.starts_with(WITH) {
            let there = if quantity > 0 { language.text("gives-yes") } else { language.text("gives-no") };
            return (capital(&self.named(code)), there);
        }
        let (kind, unit, quantity) = measured(code, quantity);
        let name = match kind {
            "cpus" => language.text("size-cpus"),
            "mau" => language.text("size-mau"),
            "memory" => language.text("size-memory"),
            "disk" => language.text("size-disk"),
            "sites" => language.text("size-sites"),
            "seats" => language.text("size-seats"),
            "teammates" => language.text("size-teammates"),
            "ipv4_addresses" => language.text("size-ipv4"),
            other => capital(&other.replace('_', " ")),
        };
        (name, format!("{}{unit}", number(language, quantity)))
    }

    /// A resource in one phrase: `2 processors`, `4 GB memory`, `daily backups`, `no daily backups`.
    fn phrase(self, code: &str, quantity: i64) -> String {
        let language = self.language;
        if code.starts_with(WITH) {
            let name = self.named(code);
            return if quantity > 0 { name } else { language.fill("gives-none", &args!["what" => name]) };
        }
        let text = self.resource(code, quantity).1;
        let (kind, _, count) = measured(code, quantity);
        let words = &args!["number" => text.as_str(), "count" => count];
        match kind {
            "cpus" => language.fill("gives-cpus", words),
            "mau" => language.fill("gives-mau", words),
            "memory" => language.fill("gives-memory", words),
            "disk" => language.fill("gives-disk", words),
            "sites" => language.fill("gives-sites", words),
            "seats" => language.fill("gives-seats", words),
            "teammates" => language.fill("gives-teammates", words),
            "ipv4_addresses" => language.fill("gives-ipv4", words),
            other => {
                let named = unit(language, &other.replace('_', " "), count);
                language.fill("count-of", &args!["number" => text.as_str(), "unit" => named])
            }
        }
    }
}

/// Before the name of what is there or not.
const WITH: &str = "with_";

/// A resource apart from the unit in its code, and how much of it: `memory` ` GB` `4` of `memory_mb` `4096`.
fn measured(code: &str, quantity: i64) -> (&str, &'static str, i64) {
    match code.rsplit_once('_') {
        Some(("memory", "mb")) if quantity % 1024 == 0 => ("memory", " GB", quantity / 1024),
        Some((kind, "mb")) => (kind, " MB", quantity),
        Some((kind, "gb")) => (kind, " GB", quantity),
        Some((kind, "tb")) => (kind, " TB", quantity),
        _ => (code, "", quantity),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Gives<'_> = Gives { language: Language::English, product: None };

    fn size(entries: &[(&str, i64)]) -> Size {
        entries.iter().map(|(code, quantity)| ((*code).into(), *quantity)).collect()
    }

    fn plan(hours: u32, features: &[&str]) -> Plan {
        Plan {
            code: "p".into(),
            name: "P".into(),
            size: size(&[("teammates", i64::from(hours / 20))]),
            prices: Vec::new(),
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
            credits: Some(Credits { unit: "hours".to_owned(), amount: hours }),
            trial_days: None,
            billed: Default::default(),
            change_to: None,
            retired: false,
        }
    }

    #[test]
    fn a_size_reads_as_people_say_it() {
        let small = size(&[("cpus", 1), ("disk_gb", 40), ("memory_mb", 512), ("public_addresses", 2)]);
        assert_eq!(EN.size_phrases(&small), ["1 processor", "512 MB memory", "40 GB disk", "2 public addresses"]);
        let tier = size(&[("mau", 5000), ("with_operation", 1), ("with_marketing", 0), ("seats", 1)]);
        assert_eq!(EN.size_phrases(&tier), ["5,000 monthly active users", "1 seat", "no marketing", "operation"]);
    }

    #[test]
    fn only_what_differs_is_said() {
        let before = size(&[("cpus", 2), ("memory_mb", 4096), ("disk_gb", 80), ("with_backups", 1)]);
        let after = size(&[("cpus", 4), ("memory_mb", 2048), ("disk_gb", 80)]);
        let words = EN.size_differences(&before, &after);
        assert_eq!(words[0], (Ordering::Greater, "4 processors instead of 2".to_owned()));
        assert_eq!(words[1], (Ordering::Less, "2 GB memory instead of 4 GB".to_owned()));
        assert_eq!(words[2], (Ordering::Less, "Backups".to_owned()));
        assert_eq!(words.len(), 3);
    }

    #[test]
    fn a_plan_says_its_credits_and_features_and_what_is_given_up() {
        let (solo, duo) = (plan(20, &["Weekdays"]), plan(40, &["Weekdays", "A lead"]));
        assert_eq!(EN.plan_phrases(&solo), ["1 teammate", "20 hours in every period", "Weekdays"]);
        let up = ["2 teammates instead of 1", "40 hours in every period instead of 20", "A lead"];
        assert_eq!(EN.plan_differences(&solo, &duo), up);
        let down = ["1 teammate instead of 2", "20 hours in every period instead of 40", "without: A lead"];
        assert_eq!(EN.plan_differences(&duo, &solo), down);
    }

    #[test]
    fn every_language_names_what_it_knows() {
        let size = size(&[("cpus", 2), ("memory_gb", 4), ("disk_gb", 1920), ("sites", 1), ("ipv4_addresses", 3)]);
        let phrases = |language| Gives { language, product: None }.size_phrases(&size);
        assert_eq!(
            phrases(Language::German),
            ["2 Prozessoren", "4 GB Arbeitsspeicher", "1.920 GB Speicherplatz", "3 IPv4-Adressen", "1 Website"]
        );
        assert_eq!(phrases(Language::Japanese)[..2], ["プロセッサ2個", "メモリ4 GB"]);
    }
}
