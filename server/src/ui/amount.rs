//! An amount of money as a person reads and hears it, in every language. Arithmetic is not done here.

use billing::explain::Language;

/// An amount as text for the eye and text for the ear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountView {
    /// For the eye: `€13.33`, `−€6.67` (with U+2212), `1.234,56 €`, `¥1,200`.
    pub text: String,
    /// For the ear: a screen reader skips the minus sign, so it is a word: `minus €6.67`.
    pub spoken: String,
    /// Whether the amount is below zero.
    pub negative: bool,
    /// Whether the amount is zero.
    pub zero: bool,
}

impl AmountView {
    /// Writes `minor` units of an ISO 4217 `currency` with `exponent` decimals as a language does.
    ///
    /// ```
    /// use billing::explain::Language::{English, German, Japanese};
    /// use midcycle::ui::AmountView;
    /// assert_eq!(AmountView::new(English, 1333, "EUR", 2).text, "€13.33");
    /// assert_eq!(AmountView::new(English, -667, "EUR", 2).text, "−€6.67");
    /// assert_eq!(AmountView::new(English, -667, "EUR", 2).spoken, "minus €6.67");
    /// assert_eq!(AmountView::new(Japanese, 1_200, "JPY", 0).text, "¥1,200");
    /// assert_eq!(AmountView::new(German, 123_456, "EUR", 2).text, "1.234,56\u{a0}€");
    /// assert_eq!(AmountView::new(English, 1_234_567, "KWD", 3).text, "KWD\u{a0}1,234.567");
    /// ```
    #[must_use]
    pub fn new(language: Language, minor: i64, currency: &str, exponent: u8) -> Self {
        let unsigned = write_unsigned(language, minor, currency, exponent);
        let negative = minor < 0;
        let minus = if language == Language::Japanese { "マイナス" } else { "minus " };
        Self {
            text: if negative { format!("\u{2212}{unsigned}") } else { unsigned.clone() },
            spoken: if negative { format!("{minus}{unsigned}") } else { unsigned },
            negative,
            zero: minor == 0,
        }
    }

    /// The same with a plus sign above zero, for a difference between two prices.
    #[must_use]
    pub fn difference(language: Language, minor: i64, currency: &str, exponent: u8) -> Self {
        let mut view = Self::new(language, minor, currency, exponent);
        if minor > 0 {
            let plus = if language == Language::Japanese { "プラス" } else { "plus " };
            view.spoken = format!("{plus}{}", view.text);
            view.text = format!("+{}", view.text);
        }
        view
    }

    /// Whether the ear needs other words than the eye.
    #[must_use]
    pub fn needs_words(&self) -> bool {
        self.text != self.spoken
    }
}

fn write_unsigned(language: Language, minor: i64, currency: &str, exponent: u8) -> String {
    let (thousands, point) = separators(language);
    let width = usize::from(exponent) + 1;
    let digits = format!("{:0width$}", minor.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(exponent));
    let mut number = grouped(whole, thousands);
    if !fraction.is_empty() {
        number.push(point);
        number.push_str(fraction);
    }
    let sign = match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        "INR" => "₹",
        // A code and a no-break blank: clear everywhere, and never torn over two lines.
        code if language == Language::German => return format!("{number}\u{a0}{code}"),
        code => return format!("{code}\u{a0}{number}"),
    };
    if language == Language::German { format!("{number}\u{a0}{sign}") } else { format!("{sign}{number}") }
}

/// What stands between thousands, and before decimals.
fn separators(language: Language) -> (char, char) {
    if language == Language::German { ('.', ',') } else { (',', '.') }
}

/// A whole number with its thousands apart: `12,500`, `12.500`.
#[must_use]
pub fn whole_number(language: Language, number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(&number.unsigned_abs().to_string(), separators(language).0))
}

/// A number written with a decimal point, as a language writes it: `7.7`, `7,7`.
#[must_use]
pub fn decimal(language: Language, number: &str) -> String {
    number.replace('.', &separators(language).1.to_string())
}

fn grouped(digits: &str, thousands: char) -> String {
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(thousands);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, German, Japanese};

    #[test]
    fn small_and_extreme_amounts_keep_every_digit() {
        assert_eq!(AmountView::new(English, 0, "EUR", 2).text, "€0.00");
        assert!(AmountView::new(English, 0, "EUR", 2).zero);
        assert_eq!(AmountView::new(English, 5, "EUR", 2).text, "€0.05");
        assert_eq!(AmountView::new(English, -5, "KWD", 3).spoken, "minus KWD\u{a0}0.005");
        assert_eq!(AmountView::new(English, i64::MIN, "USD", 2).text, "\u{2212}$92,233,720,368,547,758.08");
    }

    #[test]
    fn a_difference_names_its_direction() {
        assert_eq!(AmountView::difference(English, 500, "EUR", 2).text, "+€5.00");
        assert_eq!(AmountView::difference(English, 500, "EUR", 2).spoken, "plus €5.00");
        assert_eq!(AmountView::difference(English, -500, "EUR", 2).text, "\u{2212}€5.00");
        assert_eq!(AmountView::difference(English, 0, "EUR", 2).text, "€0.00");
    }

    #[test]
    fn every_language_writes_an_amount_its_own_way() {
        let in_all = |minor| [English, German, Japanese].map(|language| AmountView::new(language, minor, "EUR", 2));
        assert_eq!(in_all(-123_456).map(|view| view.text), ["−€1,234.56", "−1.234,56\u{a0}€", "−€1,234.56"]);
        assert_eq!(in_all(-500).map(|view| view.spoken), ["minus €5.00", "minus 5,00\u{a0}€", "マイナス€5.00"]);
        assert_eq!(AmountView::new(German, 1_234_567, "KWD", 3).text, "1.234,567\u{a0}KWD");
        assert_eq!([English, German].map(|language| whole_number(language, -12_500)), ["−12,500", "−12.500"]);
    }
}
