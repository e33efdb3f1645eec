//! Days that are bought with what is left of another basket (`anchor = "extend"`): how many, what each line of the new
//! basket takes of it, and how its days are counted when they are given back. Which change buys them is in `decide`.
//!
//! A day costs its part of the price of a full cycle. A day that is begun is bought, and it is the last one: the days
//! before it cost their price, so who leaves early has gained nothing by it. Days of one cycle go on being counted by the
//! period in which the first such change was made, so that there and back has the old date again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::share::{Rounding, part_of};

/// The most days that are bought at once, ten years: what would buy more is not turned into days.
pub const MOST_DAYS: i64 = 3_653;

/// How the days of a segment are counted that was bought with what was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bought {
    /// How many days have the price of a full cycle; positive.
    pub whole: i64,
    /// Where the full period began in which the first of a chain of such changes was made: days of another cycle are
    /// counted from there.
    pub counted_from: Timestamp,
}

/// What is left of a basket, and the days of another one that it buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// What is left, as the new prices are written: without tax, or with the tax they contain.
    pub value: Money,
    /// What the new basket costs for a full cycle.
    pub price: Money,
    /// How many days it buys.
    pub days: i64,
    /// How they are counted.
    pub bought: Bought,
}

/// The part of what is left that one line of the new basket takes: in proportion to its price, and so that all lines
/// together take all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartOfValue {
    /// What is left.
    pub value: Money,
    /// What the whole basket costs for a full cycle; positive.
    pub basket: Money,
    /// What of that the lines before this one cost.
    pub before: Money,
}

impl Extension {
    /// The days that a value buys of a basket of this price. `lines` were rounded to find the value: what they may have
    /// gained by it, less than a minor unit each, buys no day of its own. None where nothing is left, or nothing is
    /// charged for the basket, or the days would be more than [`MOST_DAYS`].
    pub fn of(value: Money, price: Money, bought: Bought, lines: usize) -> Option<Self> {
        if !value.is_positive() || !price.is_positive() {
            return None;
        }
        let (price_minor, whole) = (i128::from(price.minor), i128::from(bought.whole));
        let worth = i128::from(value.minor) * whole;
        let (full, rest) = (worth / price_minor, worth % price_minor);
        let begins_another = rest >= i128::try_from(lines).unwrap_or(i128::MAX / whole) * whole;
        let days = i64::try_from(full).ok()?.checked_add(i64::from(begins_another))?.max(1);
        (days <= MOST_DAYS).then_some(Self { value, price, days, bought })
    }
}

impl PartOfValue {
    /// What a line of this price takes.
    pub fn of_price(&self, price: Money, rounding: Rounding) -> Money {
        let from = self.before.minor;
        part_of(self.value, from, from + price.minor, self.basket.minor, rounding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("a currency"))
    }

    fn days(value: i64, price: i64, whole: i64, lines: usize) -> Option<i64> {
        let bought = Bought { whole, counted_from: Timestamp::UNIX_EPOCH };
        Extension::of(eur(value), eur(price), bought, lines).map(|extension| extension.days)
    }

    #[test]
    fn a_day_that_is_begun_is_bought() {
        assert_eq!(days(1500, 6000, 30, 1), Some(8));
        assert_eq!(days(1600, 6000, 30, 1), Some(8));
        assert_eq!(days(1601, 6000, 30, 1), Some(9));
        assert_eq!(days(1, 6000, 30, 1), Some(1));
    }

    #[test]
    fn what_rounding_may_have_added_buys_no_day() {
        // 18 of 28 days of 30.00 are 19.2857, rounded up to 19.29.
        assert_eq!(days(1929, 3000, 28, 1), Some(18));
        assert_eq!(days(1602, 6000, 30, 3), Some(8));
        assert_eq!(days(1603, 6000, 30, 3), Some(9));
    }

    #[test]
    fn nothing_buys_no_day_and_no_day_is_free() {
        assert_eq!(days(0, 6000, 30, 0), None);
        assert_eq!(days(1500, 0, 30, 1), None);
        assert_eq!(days(1_000_000, 1, 30, 1), None);
    }

    #[test]
    fn the_lines_of_a_basket_take_all_of_the_value() {
        let prices = [100, 100, 100, 0, 33];
        let mut before = 0;
        let parts = prices.map(|price| {
            let part = PartOfValue { value: eur(1000), basket: eur(333), before: eur(before) };
            before += price;
            part.of_price(eur(price), Rounding::HalfAway).minor
        });
        assert_eq!(parts, [300, 301, 300, 0, 99]);
        assert_eq!(parts.iter().sum::<i64>(), 1000);
    }
}
