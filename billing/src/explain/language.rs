//! The languages that amounts are explained in, and how each writes numbers and money.

use serde::{Deserialize, Serialize};

use super::exact::Stray;
use crate::money::Money;
use crate::percent::Percent;

/// A language that explanations are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Language {
    /// English; also in place of every language that is not here.
    #[default]
    English,
    /// German.
    German,
    /// Japanese.
    Japanese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Japanese];

    /// The language of a BCP 47 tag, by its first part: `de-AT` is German. None where it is not one of these.
    pub fn known(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The language of a BCP 47 tag; English where it is not one of these.
    ///
    /// ```
    /// use billing::explain::Language;
    /// assert_eq!(Language::of("de-AT"), Language::German);
    /// assert_eq!(Language::of("JA"), Language::Japanese);
    /// assert_eq!(Language::of("tlh"), Language::English);
    /// ```
    pub fn of(tag: &str) -> Self {
        Self::known(tag).unwrap_or_default()
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Japanese => "ja",
        }
    }

    /// An amount: `1,234.50 EUR`, `1.234,50 EUR`, `1,200円`.
    pub fn money(self, amount: Money) -> String {
        let code = amount.currency.code();
        let number = self.number(&amount.decimal());
        match (self, code) {
            (Self::Japanese, "JPY") => format!("{number}円"),
            _ => format!("{number} {code}"),
        }
    }

    /// A whole number with its thousands apart.
    pub(super) fn count(self, number: i64) -> String {
        self.number(&number.to_string())
    }

    /// A percentage: `7.7%`, `7,7 %`.
    pub(super) fn percent(self, percent: Percent) -> String {
        match self {
            Self::German => format!("{} %", self.number(&percent.to_string())),
            _ => format!("{percent}%"),
        }
    }

    /// The digits of an exact amount, as far as they are written: `8.8214…`.
    pub(super) fn digits(self, stray: &Stray) -> String {
        let more = if stray.is_cut_off { "…" } else { "" };
        format!("{}{more}", self.number(&stray.digits))
    }

    /// A number written with a decimal point, as this language writes it.
    pub(super) fn number(self, decimal: &str) -> String {
        let (thousands, point) = if self == Self::German { ('.', ',') } else { (',', '.') };
        let (whole, decimals) = decimal.split_once('.').unwrap_or((decimal, ""));
        let digits = whole.trim_start_matches('-');
        let mut text = if digits.len() < whole.len() { "-".to_owned() } else { String::new() };
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(point);
            text.push_str(decimals);
        }
        text
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.tag().to_owned()
    }
}

impl From<String> for Language {
    fn from(tag: String) -> Self {
        Self::of(&tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn every_language_writes_money_its_own_way() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).expect("a currency"));
        let in_all = |amount| Language::ALL.map(|language| language.money(amount));
        assert_eq!(in_all(money(950, "EUR")), ["9.50 EUR", "9,50 EUR", "9.50 EUR"]);
        assert_eq!(in_all(money(123_456_789, "EUR")), ["1,234,567.89 EUR", "1.234.567,89 EUR", "1,234,567.89 EUR"]);
        assert_eq!(in_all(money(1200, "JPY")), ["1,200 JPY", "1.200 JPY", "1,200円"]);
        assert_eq!(in_all(money(-1005, "KWD")), ["-1.005 KWD", "-1,005 KWD", "-1.005 KWD"]);
    }

    #[test]
    fn a_language_is_known_by_the_first_part_of_its_tag() {
        assert_eq!(["de", "de-AT", "DE_ch", " de"].map(Language::known), [Some(Language::German); 4]);
        assert_eq!(["ja-JP", "en-GB"].map(Language::of), [Language::Japanese, Language::English]);
        assert_eq!(["", "den", "fr-CA", "*"].map(Language::known), [None; 4]);
    }
}
