//! Amounts, days, cycles and sizes of the core in the words of a page. Nothing here counts: every amount and every
//! day comes from `billing` as it stands. How a text looks is in `ui`; what a change means is in `meaning`.

use std::cmp::Ordering;

use billing::calendar::{Cycle, CycleUnit, Span, Zone};
use billing::catalogue::Size;
use billing::money::Money;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::ui::dates::days_text;
use crate::ui::{AmountView, DateView, Fact};

/// An amount.
pub fn amount(money: Money) -> AmountView {
    AmountView::new(money.minor, money.currency.code(), money.currency.exponent())
}

/// The difference between two amounts, with its sign.
pub fn difference(money: Money) -> AmountView {
    AmountView::difference(money.minor, money.currency.code(), money.currency.exponent())
}

/// A moment in a customer's zone.
pub fn moment(at: Timestamp, zone: &Zone) -> DateView {
    DateView::moment(at, &TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC))
}

/// The local day of a moment.
pub fn day(at: Timestamp, zone: &Zone) -> DateView {
    DateView::day(zone.date(at))
}

/// The last local day of a span, whose end does not belong to it.
pub fn last_day(span: Span, zone: &Zone) -> Date {
    let inside = span.until.checked_sub(SignedDuration::from_millis(1)).unwrap_or(span.until);
    zone.date(inside.max(span.from))
}

/// The local days of a span, both counted: `17–30 April 2027`.
pub fn days(span: Span, zone: &Zone) -> String {
    days_text(zone.date(span.from), last_day(span, zone))
}

/// `per month`, `every 3 months`.
pub fn per(cycle: Cycle) -> String {
    if cycle.count == 1 { format!("per {cycle}") } else { format!("every {cycle}") }
}

/// `Every month`, `Every 3 months`.
pub fn every(cycle: Cycle) -> String {
    format!("Every {cycle}")
}

/// `monthly` and the like for the usual cycles, for titles.
pub fn paid(cycle: Cycle) -> String {
    match (cycle.count, cycle.unit) {
        (1, CycleUnit::Month) => "paid monthly".to_owned(),
        (1, CycleUnit::Year) => "paid yearly".to_owned(),
        _ => format!("paid every {cycle}"),
    }
}

/// `about 20 seconds`, `about 2 minutes`.
pub fn about(seconds: u32) -> String {
    match seconds {
        0..=1 => "about a second".to_owned(),
        2..=89 => format!("about {seconds} seconds"),
        _ => {
            let minutes = (seconds + 30) / 60;
            if minutes == 1 { "about a minute".to_owned() } else { format!("about {minutes} minutes") }
        }
    }
}

/// A resource of a size: its name and its amount, such as `Memory` and `4 GB`.
fn resource(code: &str, quantity: i64) -> (String, String) {
    match code {
        "cpus" => return ("Processors".to_owned(), quantity.to_string()),
        "memory_mb" if quantity % 1024 == 0 => return ("Memory".to_owned(), format!("{} GB", quantity / 1024)),
        _ => {}
    }
    let (name, unit) = match code.rsplit_once('_') {
        Some((name, unit @ ("mb" | "gb" | "tb"))) => (name, format!(" {}", unit.to_uppercase())),
        _ => (code, String::new()),
    };
    let name = name.replace('_', " ");
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    (format!("{first}{}", letters.as_str()), format!("{quantity}{unit}"))
}

/// A resource in one phrase: `2 processors`, `4 GB memory`.
fn phrase(code: &str, quantity: i64) -> String {
    if code == "cpus" && quantity == 1 {
        return "1 processor".to_owned();
    }
    let (name, text) = resource(code, quantity);
    format!("{text} {}", name.to_lowercase())
}

/// Processors, memory and disk first, in the order people read them; anything else after, by name.
fn in_order(size: &Size) -> Vec<(&str, i64)> {
    let place = |code: &str| match code {
        "cpus" => 0,
        "memory_mb" | "memory_gb" => 1,
        "disk_gb" => 2,
        _ => 3,
    };
    let mut entries: Vec<_> = size.iter().map(|(code, quantity)| (code.as_str(), *quantity)).collect();
    entries.sort_by_key(|(code, _)| place(code));
    entries
}

/// A size as a list: `Processors` `2`, `Memory` `4 GB`.
pub fn size_facts(size: &Size) -> Vec<Fact> {
    let entries = in_order(size).into_iter().map(|(code, quantity)| resource(code, quantity));
    entries.map(|(name, text)| Fact::new(name, text)).collect()
}

/// A size as phrases: `2 processors`, `4 GB memory`.
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
        let words = format!("{} instead of {}", phrase(code, has), resource(code, had).1);
        (order != Ordering::Equal).then_some((order, words))
    });
    entries.collect()
}

/// A name and how many: `Extra memory`, `Extra memory × 2`.
pub fn quantified(text: &str, quantity: u32) -> String {
    if quantity <= 1 { text.to_owned() } else { format!("{text} × {quantity}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(entries: &[(&str, i64)]) -> Size {
        entries.iter().map(|(code, quantity)| ((*code).to_owned(), *quantity)).collect()
    }

    #[test]
    fn a_size_reads_as_people_say_it() {
        let small = size(&[("cpus", 1), ("disk_gb", 40), ("memory_mb", 512), ("public_addresses", 2)]);
        assert_eq!(size_phrases(&small), ["1 processor", "512 MB memory", "40 GB disk", "2 public addresses"]);
    }

    #[test]
    fn only_what_differs_is_said() {
        let before = size(&[("cpus", 2), ("memory_mb", 4096), ("disk_gb", 80)]);
        let after = size(&[("cpus", 4), ("memory_mb", 2048), ("disk_gb", 80)]);
        let words = size_differences(&before, &after);
        assert_eq!(words[0], (Ordering::Greater, "4 processors instead of 2".to_owned()));
        assert_eq!(words[1], (Ordering::Less, "2 GB memory instead of 4 GB".to_owned()));
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn a_span_is_told_by_the_days_in_it() {
        let span = Span {
            from: "2027-04-16T22:00:00Z".parse().expect("a fixed instant"),
            until: "2027-04-30T22:00:00Z".parse().expect("a fixed instant"),
        };
        let berlin = Zone::parse("Europe/Berlin").expect("a known zone");
        assert_eq!(days(span, &berlin).replace('\u{a0}', " "), "17–30 April 2027");
    }

    #[test]
    fn a_restart_is_about_so_long() {
        assert_eq!(about(20), "about 20 seconds");
        assert_eq!(about(60), "about 60 seconds");
        assert_eq!(about(95), "about 2 minutes");
        assert_eq!(about(120), "about 2 minutes");
    }
}
