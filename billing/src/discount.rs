//! Discounts: what is taken off a list price, and how several of them, or one over several lines, are shared out.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::percent::Percent;
use crate::share::{Rounding, apportion};

/// What is taken off. In catalogues: `"10%"`, or an amount in the currency of the price such as `"100.00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    /// A share of the amount.
    Percent(Percent),
    /// A fixed amount for one full cycle.
    Amount(Money),
}

impl Discount {
    /// What it takes off an amount: never more than the amount, never less than nothing (I14).
    pub fn off(self, amount: Money, rounding: Rounding) -> Money {
        let off = match self {
            Self::Percent(percent) => percent.of(amount, rounding),
            Self::Amount(fixed) => fixed,
        };
        off.min(amount.or_zero()).or_zero()
    }
}

/// What each of several discounts takes off an amount, one after the other on what the ones before it left.
pub fn in_sequence(amount: Money, discounts: &[Discount], rounding: Rounding) -> Vec<Money> {
    let mut left = amount;
    let mut taken = Vec::with_capacity(discounts.len());
    for discount in discounts {
        let off = discount.off(left, rounding);
        left -= off;
        taken.push(off);
    }
    taken
}

/// One discount over several lines, in proportion to them; the parts add up to the whole discount.
pub fn over_lines(discount: Discount, lines: &[Money], rounding: Rounding) -> Vec<Money> {
    let Some(first) = lines.first() else { return Vec::new() };
    let total = crate::money::sum(first.currency, lines.iter().copied());
    apportion(discount.off(total, rounding), lines)
}
