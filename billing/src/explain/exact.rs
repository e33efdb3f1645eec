//! The exact value of an amount before anything is rounded, as far as a person reads it: who got the stray cent.

use crate::discount::Discount;
use crate::explain::{Derivation, DiscountOnPart, NetOf};
use crate::money::Money;
use crate::percent::Percent;
use crate::policy::RoundingStage;

/// Decimals that are written behind those of the currency.
const MORE_DECIMALS: u32 = 2;

/// What an amount was before it was rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stray {
    /// The exact value in units of the currency, with a decimal point.
    pub digits: String,
    /// Were digits left out?
    pub is_cut_off: bool,
    /// Was it rounded up?
    pub up: bool,
}

impl Stray {
    /// The exact value `numerator ÷ denominator`, in minor units, where it is not the amount itself.
    pub fn of(amount: Money, numerator: i128, denominator: i128) -> Option<Self> {
        let minor = i128::from(amount.minor);
        let away = numerator - minor.checked_mul(denominator)?;
        // An amount that is not a rounding of the value was found another way; nothing true can be said in two words.
        if away == 0 || numerator < 0 || minor < 0 || away.abs() >= 2 * denominator {
            return None;
        }
        let scaled = numerator.checked_mul(10_i128.pow(MORE_DECIMALS))?;
        let is_cut_off = scaled % denominator != 0;
        let digits = decimal(scaled / denominator, u32::from(amount.currency.exponent()) + MORE_DECIMALS);
        // A zero before digits that were left out is a digit; at the end of the number it is nothing.
        let digits = if is_cut_off { digits } else { trimmed(&digits) };
        Some(Self { digits, is_cut_off, up: away < 0 })
    }

    /// The exact value of a share of an amount.
    pub fn of_share(rounded: Money, amount: Money, part: i64, whole: i64) -> Option<Self> {
        Self::of(rounded, i128::from(amount.minor) * i128::from(part), i128::from(whole))
    }

    /// The exact value of what a derivation prorates, where only its end is rounded. A price of a unit of time that is
    /// rounded itself has a stray of its own.
    pub fn of_derivation(derivation: &Derivation, amount: Money) -> Option<Self> {
        if derivation.stage != RoundingStage::Line {
            return None;
        }
        if let Some(used) = derivation.used_at.as_deref().copied() {
            let (line, whole) = (i128::from(derivation.line.minor), i128::from(used.whole));
            return Self::of(amount, line * whole - i128::from(used.price.minor) * i128::from(used.used), whole);
        }
        let (part, whole) = (i128::from(derivation.until - derivation.from), i128::from(derivation.whole));
        let line = i128::from(derivation.line.minor);
        if let Some(NetOf { price, credit }) = derivation.net_of.as_deref().copied() {
            let difference = (line - i128::from(price.minor)) * part;
            return Self::of(amount, i128::from(credit.minor) * whole + difference, whole);
        }
        match derivation.discount.as_deref().copied() {
            None => Self::of(amount, line * part, whole),
            Some(DiscountOnPart { discount: Discount::Percent(percent), .. }) => {
                // The part itself was rounded; its stray is its own.
                let (all, off) = (Percent::WHOLE, percent.millionths());
                Self::of_share(amount, derivation.part(derivation.line), all - off, all)
            }
            // A fixed amount is taken off the part as it is, or a part of it that is rounded as the part is.
            Some(DiscountOnPart { discount: Discount::Amount(_), .. }) => None,
        }
    }
}

/// A number of so many decimals.
pub(super) fn decimal(number: i128, decimals: u32) -> String {
    let scale = 10_i128.pow(decimals);
    let (whole, rest) = (number / scale, number % scale);
    if decimals == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}", width = decimals as usize) }
}

/// The same without the zeros at its end.
pub(super) fn trimmed(decimal: &str) -> String {
    if decimal.contains('.') {
        decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        decimal.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn said(minor: i64, code: &str, numerator: i128, denominator: i128) -> Option<(String, bool, bool)> {
        let amount = Money::new(minor, Currency::parse(code).expect("a currency"));
        Stray::of(amount, numerator, denominator).map(|stray| (stray.digits, stray.is_cut_off, stray.up))
    }

    #[test]
    fn an_exact_amount_has_no_stray() {
        assert_eq!(said(950, "EUR", 1900 * 14, 28), None);
    }

    #[test]
    fn a_stray_says_the_digits_and_the_way() {
        assert_eq!(said(882, "EUR", 1900 * 13, 28), Some(("8.8214".to_owned(), true, false)));
        assert_eq!(said(3, "EUR", 5, 2), Some(("0.025".to_owned(), false, true)));
        assert_eq!(said(633, "JPY", 1900, 3), Some(("633.33".to_owned(), true, false)));
    }

    #[test]
    fn an_amount_that_is_no_rounding_of_the_value_has_none() {
        assert_eq!(said(0, "EUR", 1900 * 13, 28), None);
        assert_eq!(said(0, "EUR", -5, 2), None);
    }
}
