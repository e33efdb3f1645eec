//! Shares of money: exact fractions, and the one place where anything is rounded.
//!
//! Telescoping: the amount of a part is the difference of two rounded running totals, so any partition of a line adds
//! up to the line, and its last part closes it to zero.

use serde::{Deserialize, Serialize};

use crate::money::Money;

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
    let product = i128::from(amount.minor) * i128::from(part);
    let minor = divide(product, i128::from(whole), rounding);
    Money::new(i64::try_from(minor).expect("a share past 64 bits"), amount.currency)
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
    let total: i128 = lines.iter().map(|line| i128::from(line.minor)).sum();
    if total <= 0 {
        let part = |at| if at == 0 { amount } else { Money::zero(amount.currency) };
        return (0..lines.len()).map(part).collect();
    }
    let shares = lines.iter().map(|line| i128::from(amount.minor) * i128::from(line.minor));
    let mut parts: Vec<(i128, i128)> = shares.map(|share| (share.div_euclid(total), share.rem_euclid(total))).collect();
    let mut left = i128::from(amount.minor) - parts.iter().map(|(whole, _)| whole).sum::<i128>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| (-parts[*at].1, *at));
    for at in order {
        if left == 0 {
            break;
        }
        parts[at].0 += 1;
        left -= 1;
    }
    let minor = |whole: i128| i64::try_from(whole).expect("a part past 64 bits");
    parts.into_iter().map(|(whole, _)| Money::new(minor(whole), amount.currency)).collect()
}

/// `product ÷ whole`, rounded to a whole number.
pub(crate) fn divide(product: i128, whole: i128, rounding: Rounding) -> i128 {
    // Amounts and days fit 64 bits nearly always, and their division takes a tenth of the time.
    let (quotient, remainder) = match (i64::try_from(product), i64::try_from(whole)) {
        (Ok(product), Ok(whole)) => (i128::from(product / whole), i128::from(product % whole)),
        _ => (product / whole, product % whole),
    };
    if remainder == 0 {
        return quotient;
    }
    let away = if product < 0 { -1 } else { 1 };
    let twice = remainder.abs() * 2;
    let goes_away = match rounding {
        Rounding::HalfAway => twice >= whole,
        Rounding::HalfEven => twice > whole || (twice == whole && quotient % 2 != 0),
        Rounding::Truncate => false,
        Rounding::Up => true,
    };
    if goes_away { quotient + away } else { quotient }
}
