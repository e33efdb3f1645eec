//! An amount of money as a person reads and hears it. Arithmetic is not done here.

/// An amount as text for the eye and text for the ear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountView {
    /// For the eye: `€13.33`, `−€6.67` (with U+2212), `¥1,200`.
    pub text: String,
    /// For the ear: a screen reader skips the minus sign, so it is a word: `minus €6.67`.
    pub spoken: String,
    /// Whether the amount is below zero.
    pub negative: bool,
    /// Whether the amount is zero.
    pub zero: bool,
}

impl AmountView {
    /// Writes `minor` units of an ISO 4217 `currency` with `exponent` decimals.
    ///
    /// ```
    /// use midcycle::ui::AmountView;
    /// assert_eq!(AmountView::new(1333, "EUR", 2).text, "€13.33");
    /// assert_eq!(AmountView::new(-667, "EUR", 2).text, "−€6.67");
    /// assert_eq!(AmountView::new(-667, "EUR", 2).spoken, "minus €6.67");
    /// assert_eq!(AmountView::new(1_200, "JPY", 0).text, "¥1,200");
    /// assert_eq!(AmountView::new(1_234_567, "KWD", 3).text, "KWD\u{a0}1,234.567");
    /// ```
    #[must_use]
    pub fn new(minor: i64, currency: &str, exponent: u8) -> Self {
        let unsigned = write_unsigned(minor, currency, exponent);
        let negative = minor < 0;
        Self {
            text: if negative { format!("\u{2212}{unsigned}") } else { unsigned.clone() },
            spoken: if negative { format!("minus {unsigned}") } else { unsigned },
            negative,
            zero: minor == 0,
        }
    }

    /// The same with a plus sign above zero, for a difference between two prices.
    #[must_use]
    pub fn difference(minor: i64, currency: &str, exponent: u8) -> Self {
        let mut view = Self::new(minor, currency, exponent);
        if minor > 0 {
            view.spoken = format!("plus {}", view.text);
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

fn write_unsigned(minor: i64, currency: &str, exponent: u8) -> String {
    let width = usize::from(exponent) + 1;
    let digits = format!("{:0width$}", minor.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(exponent));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    match currency {
        "EUR" => format!("€{grouped}"),
        "USD" => format!("${grouped}"),
        "GBP" => format!("£{grouped}"),
        "JPY" => format!("¥{grouped}"),
        "INR" => format!("₹{grouped}"),
        // A code and a no-break blank: clear everywhere, and never torn over two lines.
        other => format!("{other}\u{a0}{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_extreme_amounts_keep_every_digit() {
        assert_eq!(AmountView::new(0, "EUR", 2).text, "€0.00");
        assert!(AmountView::new(0, "EUR", 2).zero);
        assert_eq!(AmountView::new(5, "EUR", 2).text, "€0.05");
        assert_eq!(AmountView::new(-5, "KWD", 3).spoken, "minus KWD\u{a0}0.005");
        assert_eq!(AmountView::new(i64::MIN, "USD", 2).text, "\u{2212}$92,233,720,368,547,758.08");
    }

    #[test]
    fn a_difference_names_its_direction() {
        assert_eq!(AmountView::difference(500, "EUR", 2).text, "+€5.00");
        assert_eq!(AmountView::difference(500, "EUR", 2).spoken, "plus €5.00");
        assert_eq!(AmountView::difference(-500, "EUR", 2).text, "\u{2212}€5.00");
        assert_eq!(AmountView::difference(0, "EUR", 2).text, "€0.00");
    }
}
