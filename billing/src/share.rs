//! Shares of money: exact fractions, and the one place where anything is rounded.
//!
//! Telescoping: the amount of a part is the difference of two rounded running totals, so any partition of a line adds
//! up to the line, and its last part closes it to zero.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::money::{Money, sum};

/// What becomes of half a minor unit and of smaller parts of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Halves go away from zero: the customary rounding of invoices.
    #[default]
    HalfAway,
    /// Halves go to the even neighbour.
    HalfEven,
    /// Everything goes toward zero.
    Truncate,
    /// Everything goes away from zero.
    Up,
}

/// `amount × part ÷ whole`, rounded once.
///
/// # Panics
/// Where `whole` is not positive: a line of no length has no shares, and the caller knows that first.
pub fn share(amount: Money, part: i64, whole: i64, rounding: Rounding) -> Money {
    assert!(whole > 0, "a share of a whole of {whole}");
    // Amounts and days fit 64 bits nearly always, and are divided there in a tenth of the time.
    let minor = match amount.minor.checked_mul(part) {
        Some(product) => divide_small(product, whole, rounding),
        None => {
            let product = i128::from(amount.minor) * i128::from(part);
            i64::try_from(divide(product, i128::from(whole), rounding)).expect("a share past 64 bits")
        }
    };
    Money::new(minor, amount.currency)
}

/// `amount × part ÷ whole` in whole steps of so many minor units, rounded once; never beyond the amount itself, which
/// may be none of whole steps.
///
/// ```
/// use billing::{money::{Currency, Money}, share::{share_in_steps, Rounding}};
/// let kwd = |minor| Money::new(minor, Currency::parse("KWD").unwrap());
/// assert_eq!(share_in_steps(kwd(12_340), 16, 31, 10, Rounding::HalfAway), kwd(6_370));
/// assert_eq!(share_in_steps(kwd(12), 11, 12, 10, Rounding::Up), kwd(12));
/// ```
///
/// # Panics
/// As [`share`], and where a step is nothing.
pub fn share_in_steps(amount: Money, part: i64, whole: i64, step: u16, rounding: Rounding) -> Money {
    let step = i64::from(step);
    let stepped = share(amount, part, whole * step, rounding).times(step);
    if stepped.minor.abs() > amount.minor.abs() { amount } else { stepped }
}

/// The part `[from, until)` of a line worth `amount` over `[0, whole)`, telescoping.
///
/// ```
/// use billing::{money::{Currency, Money}, share::{part_of, Rounding}};
/// let line = Money::new(1000, Currency::parse("EUR").unwrap());
/// let thirds = [(0, 1), (1, 2), (2, 3)].map(|(a, b)| part_of(line, a, b, 3, Rounding::HalfAway).minor);
/// assert_eq!(thirds, [333, 334, 333]);
/// ```
pub fn part_of(amount: Money, from: i64, until: i64, whole: i64, rounding: Rounding) -> Money {
    share(amount, until, whole, rounding) - share(amount, from, whole, rounding)
}

/// Shares an amount out over lines in proportion to them; the parts add up to it exactly. Every part is first cut down
/// to whole minor units; what is left goes, a unit each, to the largest remainders, the earlier line first among equals.
/// Where the lines sum to nothing, the first takes all of it.
///
/// ```
/// use billing::{money::{Currency, Money}, share::apportion};
/// let eur = |minor| Money::new(minor, Currency::parse("EUR").unwrap());
/// assert_eq!(apportion(eur(100), &[eur(1), eur(1), eur(1)]), [eur(34), eur(33), eur(33)]);
/// ```
pub fn apportion(amount: Money, lines: &[Money]) -> Vec<Money> {
    Shares::apportion(amount, lines.iter().copied()).collect()
}

/// Amounts, one for each line.
#[derive(Debug)]
pub struct Shares {
    /// Each with its remainder where it was cut down to whole minor units.
    parts: std::vec::IntoIter<(Money, i64)>,
}

impl Shares {
    /// These amounts.
    pub(crate) fn each(amounts: impl Iterator<Item = Money>) -> Self {
        let parts: Vec<_> = amounts.map(|amount| (amount, 0)).collect();
        Self { parts: parts.into_iter() }
    }

    /// An amount shared out over lines, as by [`apportion`].
    pub(crate) fn apportion(amount: Money, lines: impl Iterator<Item = Money> + Clone) -> Self {
        let total = sum(amount.currency, lines.clone()).minor;
        if total <= 0 {
            let part = |(at, _)| if at == 0 { amount } else { Money::zero(amount.currency) };
            return Self::each(lines.enumerate().map(part));
        }
        let mut parts = Vec::with_capacity(lines.size_hint().1.unwrap_or(0));
        let mut left = amount.minor;
        for line in lines {
            let (whole, rest) = floor(amount.minor, line.minor, total);
            parts.push((Money::new(whole, amount.currency), rest));
            left -= whole;
        }
        // Fewer units are left than there are lines.
        while left > 0 {
            let (part, rest) = parts.iter_mut().rev().max_by_key(|(_, rest)| *rest).expect("a line");
            part.minor += 1;
            *rest = -1;
            left -= 1;
        }
        Self { parts: parts.into_iter() }
    }
}

impl Iterator for Shares {
    type Item = Money;
    fn next(&mut self) -> Option<Money> {
        Some(self.parts.next()?.0)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.parts.size_hint()
    }
}

/// `a × b ÷ whole` cut down to a whole number, and the remainder, which is never negative.
fn floor(a: i64, b: i64, whole: i64) -> (i64, i64) {
    if let Some(product) = a.checked_mul(b) {
        return (product.div_euclid(whole), product.rem_euclid(whole));
    }
    let (product, whole) = (i128::from(a) * i128::from(b), i128::from(whole));
    let in_64_bits = |number: i128| i64::try_from(number).expect("a part past 64 bits");
    (in_64_bits(product.div_euclid(whole)), in_64_bits(product.rem_euclid(whole)))
}

/// `product ÷ whole`, rounded to a whole number.
pub(crate) fn divide(product: i128, whole: i128, rounding: Rounding) -> i128 {
    let (quotient, remainder) = (product / whole, product % whole);
    let half = (2 * remainder.abs()).cmp(&whole);
    let away = if product < 0 { -1 } else { 1 };
    if remainder != 0 && goes_away(half, quotient % 2 != 0, rounding) { quotient + away } else { quotient }
}

/// The same in 64 bits.
fn divide_small(product: i64, whole: i64, rounding: Rounding) -> i64 {
    let (quotient, remainder) = (product / whole, product % whole);
    let rest = remainder.unsigned_abs();
    let half = rest.cmp(&(whole.unsigned_abs() - rest));
    let away = if product < 0 { -1 } else { 1 };
    if remainder != 0 && goes_away(half, quotient % 2 != 0, rounding) { quotient + away } else { quotient }
}

/// Does a remainder go away from zero, by how it compares to half a unit?
fn goes_away(half: Ordering, is_odd: bool, rounding: Rounding) -> bool {
    match rounding {
        Rounding::HalfAway => half != Ordering::Less,
        Rounding::HalfEven => half == Ordering::Greater || (half == Ordering::Equal && is_odd),
        Rounding::Truncate => false,
        Rounding::Up => true,
    }
}
