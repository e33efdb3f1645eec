//! Amounts, days and cycles of the core in the words of a page, in its language. Nothing here counts: every amount and
//! every day comes from `billing` as it stands. What a plan gives is in `gives`; what a change means is in `meaning`; how
//! a text looks is in `ui`.

use billing::calendar::{Cycle, CycleUnit, Span, Zone};
pub use billing::explain::unit;
use billing::money::Money;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::ui::amount::whole_number;
use crate::ui::dates::{day_text, days_text};
use crate::ui::language::{Args, Language, Texts, args};
use crate::ui::{AmountView, DateView};

/// The language of a page and the zone its days are counted in.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// What everything is written in.
    pub language: Language,
    /// The customer's zone.
    pub zone: &'a Zone,
}

impl Words<'_> {
    /// A text without placeholders.
    pub fn text(self, key: &str) -> String {
        self.language.text(key)
    }

    /// A text with its placeholders filled.
    pub fn fill(self, key: &str, args: &Args<'_>) -> String {
        self.language.fill(key, args)
    }

    /// An amount.
    pub fn amount(self, money: Money) -> AmountView {
        amount(self.language, money)
    }

    /// An amount within a sentence.
    pub fn money(self, money: Money) -> String {
        self.amount(money).text
    }

    /// A moment.
    pub fn moment(self, at: Timestamp) -> DateView {
        DateView::moment(self.language, at, &TimeZone::get(self.zone.name()).unwrap_or(TimeZone::UTC))
    }

    /// The local day of a moment.
    pub fn day(self, at: Timestamp) -> DateView {
        self.date(self.zone.date(at))
    }

    /// A day.
    pub fn date(self, day: Date) -> DateView {
        DateView::day(self.language, day)
    }

    /// A day within a sentence.
    pub fn date_text(self, day: Date) -> String {
        day_text(self.language, day)
    }

    /// The local days of a span, both counted: `17–30 April 2027`.
    pub fn days(self, span: Span) -> String {
        days_text(self.language, self.zone.date(span.from), last_day(span, self.zone))
    }

    /// `per month`, `every 3 months`.
    pub fn per(self, cycle: Cycle) -> String {
        per(self.language, cycle)
    }
}

/// An amount.
pub fn amount(language: Language, money: Money) -> AmountView {
    AmountView::new(language, money.minor, money.currency.code(), money.currency.exponent())
}

/// The difference between two amounts, with its sign.
pub fn difference(language: Language, money: Money) -> AmountView {
    AmountView::difference(language, money.minor, money.currency.code(), money.currency.exponent())
}

/// The last local day of a span, whose end does not belong to it.
pub fn last_day(span: Span, zone: &Zone) -> Date {
    let inside = span.until.checked_sub(SignedDuration::from_millis(1)).unwrap_or(span.until);
    zone.date(inside.max(span.from))
}

/// `per month`, `every 3 months`.
pub fn per(language: Language, cycle: Cycle) -> String {
    let count = &args!["count" => cycle.count];
    match cycle.unit {
        CycleUnit::Day => language.fill("per-day", count),
        CycleUnit::Week => language.fill("per-week", count),
        CycleUnit::Month => language.fill("per-month", count),
        CycleUnit::Year => language.fill("per-year", count),
    }
}

/// `€20.00 per month`
pub fn price_per(language: Language, price: Money, cycle: Cycle) -> String {
    let price = amount(language, price).text;
    language.fill("price-per", &args!["price" => price, "per" => per(language, cycle)])
}

/// `Every month`, `Every 3 months`.
pub fn every(language: Language, cycle: Cycle) -> String {
    let count = &args!["count" => cycle.count];
    match cycle.unit {
        CycleUnit::Day => language.fill("every-day", count),
        CycleUnit::Week => language.fill("every-week", count),
        CycleUnit::Month => language.fill("every-month", count),
        CycleUnit::Year => language.fill("every-year", count),
    }
}

/// `paid monthly` and the like, for titles.
pub fn paid(language: Language, cycle: Cycle) -> String {
    let count = &args!["count" => cycle.count];
    match cycle.unit {
        CycleUnit::Day => language.fill("paid-by-day", count),
        CycleUnit::Week => language.fill("paid-by-week", count),
        CycleUnit::Month => language.fill("paid-by-month", count),
        CycleUnit::Year => language.fill("paid-by-year", count),
    }
}

/// `about 20 seconds`, `about 2 minutes`.
pub fn about(language: Language, seconds: u32) -> String {
    match seconds {
        0..=89 => language.fill("about-seconds", &args!["count" => seconds.max(1)]),
        _ => language.fill("about-minutes", &args!["count" => (seconds + 30) / 60]),
    }
}

/// So many of a unit: `12,500 seats`, `1 seat`.
pub fn count_of(language: Language, named: &str, quantity: i64) -> String {
    let (number, unit) = (number(language, quantity), unit(language, named, quantity));
    language.fill("count-of", &args!["number" => number, "unit" => unit])
}

/// A number with its thousands apart: `12,500`, `12.500`.
pub fn number(language: Language, number: i64) -> String {
    whole_number(language, number)
}

/// A name and how many: `Extra memory`, `Extra memory × 2`.
pub fn quantified(text: &str, quantity: u32) -> String {
    if quantity <= 1 { text.to_owned() } else { format!("{text} × {quantity}") }
}

/// Several names in a row: `one, two`.
pub fn listed(language: Language, names: &[String]) -> String {
    names.join(if language == Language::Japanese { "、" } else { ", " })
}

/// Sentences as one text.
pub fn joined(language: Language, sentences: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let between = if language == Language::Japanese { "" } else { " " };
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(sentence.as_ref());
    }
    text
}

/// A text with a capital first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_all(write: impl Fn(Language) -> String) -> [String; 3] {
        Language::ALL.map(|language| write(language).replace('\u{a0}', " "))
    }

    #[test]
    fn a_span_is_told_by_the_days_in_it() {
        let span = Span {
            from: "2027-04-16T22:00:00Z".parse().expect("a fixed instant"),
            until: "2027-04-30T22:00:00Z".parse().expect("a fixed instant"),
        };
        let berlin = Zone::parse("Europe/Berlin").expect("a known zone");
        assert_eq!(
            in_all(|language| Words { language, zone: &berlin }.days(span)),
            ["17–30 April 2027", "17.–30. April 2027", "2027年4月17日～30日"]
        );
    }

    #[test]
    fn a_unit_and_a_number_read_as_people_write_them() {
        let one = ["seats", "addresses", "GB", "blocks of 50 GB"].map(|many| unit(Language::English, many, 1));
        assert_eq!(one, ["seat", "address", "GB", "block of 50 GB"]);
        assert_eq!(in_all(|language| count_of(language, "seats", 2000))[0], "2,000 seats");
        assert_eq!(in_all(|language| count_of(language, "Stück", 2000))[1], "2.000 Stück");
        assert_eq!(in_all(|language| count_of(language, "時間", 2000))[2], "2,000時間");
        let numbers = [0, 999, 1000, 1_234_567, -5000].map(|one| number(Language::English, one));
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567", "\u{2212}5,000"]);
    }

    #[test]
    fn a_cycle_is_told_in_every_language() {
        let quarter = Cycle { count: 3, unit: CycleUnit::Month };
        assert_eq!(in_all(|language| per(language, Cycle::MONTH)), ["per month", "pro Monat", "月額"]);
        assert_eq!(in_all(|language| per(language, quarter)), ["every 3 months", "alle 3 Monate", "3か月ごと"]);
        assert_eq!(in_all(|language| every(language, Cycle::YEAR)), ["Every year", "Jährlich", "毎年"]);
        assert_eq!(
            in_all(|language| paid(language, quarter)),
            ["paid every 3 months", "Zahlung alle 3 Monate", "3か月ごとのお支払い"]
        );
    }

    #[test]
    fn a_restart_is_about_so_long() {
        assert_eq!(in_all(|language| about(language, 20)), ["about 20 seconds", "etwa 20 Sekunden", "約20秒"]);
        assert_eq!(about(Language::English, 60), "about 60 seconds");
        assert_eq!(in_all(|language| about(language, 95)), ["about 2 minutes", "etwa 2 Minuten", "約2分"]);
    }
}
