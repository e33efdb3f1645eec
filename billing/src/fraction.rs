//! Exact fractions of a minor unit: what rounding left over, carried until it is a whole one. Money itself is never a
//! fraction; what becomes of it is in `share`. Plan credits that are shared by time are carried so as well.

use std::fmt;
use std::num::NonZeroI64;
use std::ops::{Add, Neg, Sub};

use serde::{Deserialize, Serialize};

/// A fraction, its denominator positive. Written in lowest terms: `-7/30`, or `2` where it is whole. Sums of parts of one
/// whole are held over that whole, so that adding them divides nothing.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    over: i64,
    under: NonZeroI64,
}

/// What is past 64 bits is known to a billionth. Periods of days and seconds never come near.
const FINEST: i128 = 1_000_000_000;

const ONE: NonZeroI64 = NonZeroI64::new(1).expect("one is not zero");

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: ONE };

    /// `over ÷ under`.
    ///
    /// # Panics
    /// Where `under` is not positive.
    pub fn new(over: i128, under: i128) -> Self {
        assert!(under > 0, "a fraction over {under}");
        if let (Ok(over), Ok(under)) = (i64::try_from(over), i64::try_from(under)) {
            return Self::over(over, under);
        }
        let common = i128::try_from(common_divisor(over.unsigned_abs(), under.unsigned_abs()));
        let common = common.expect("a divisor of a positive number");
        let fits = |over: i128, under: i128| Some(Self::over(over.try_into().ok()?, under.try_into().ok()?));
        fits(over / common, under / common)
            .or_else(|| fits(over.checked_mul(FINEST)? / under, FINEST))
            .expect("a fraction of a minor unit")
    }

    fn over(over: i64, under: i64) -> Self {
        Self { over, under: NonZeroI64::new(under).expect("a denominator") }
    }

    /// `a × b − c × d`, over `b`: by how much `a` is above the part `d ÷ b` of `c`.
    ///
    /// # Panics
    /// Where `b` is not positive.
    #[inline]
    pub fn beside(a: i64, b: i64, c: i64, d: i64) -> Self {
        // Minor units and days are multiplied within 64 bits nearly always.
        let small = || a.checked_mul(b)?.checked_sub(c.checked_mul(d)?);
        match small() {
            Some(over) if b > 0 => Self::over(over, b),
            _ => Self::new(i128::from(a) * i128::from(b) - i128::from(c) * i128::from(d), b.into()),
        }
    }

    /// The same in lowest terms: how it is written.
    pub(crate) fn lowest(self) -> (i64, i64) {
        let common = common_divisor(self.under.get().unsigned_abs().into(), self.over.unsigned_abs().into());
        let common = i64::try_from(common).expect("a divisor of a number of 63 bits");
        (self.over / common, self.under.get() / common)
    }

    /// Its whole part, toward zero.
    #[inline]
    pub fn trunc(self) -> i64 {
        // Nearly always there is none, and dividing is dear.
        if self.over.unsigned_abs() < self.under.get().unsigned_abs() { 0 } else { self.over / self.under.get() }
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i64 {
        self.over.div_euclid(self.under.get())
    }

    /// The least whole number that is not below it.
    pub fn ceil(self) -> i64 {
        -(-self).floor()
    }

    /// Is it less than nothing?
    pub fn is_negative(self) -> bool {
        self.over < 0
    }

    /// Is it nothing?
    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    /// What is left without its whole part: above −1, below 1.
    pub fn fract(self) -> Self {
        Self { over: self.over % self.under.get(), under: self.under }
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        let times = |a: i64, b: NonZeroI64| i128::from(a) * i128::from(b.get());
        times(self.over, other.under) == times(other.over, self.under)
    }
}

impl Eq for Fraction {}

impl Add for Fraction {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return if self.is_zero() { other } else { self };
        }
        if self.under == other.under {
            if let Some(over) = self.over.checked_add(other.over) {
                return Self { over, ..self };
            }
            return Self::new(i128::from(self.over) + i128::from(other.over), self.under.get().into());
        }
        let ((a, under_a), (b, under_b)) = (self.lowest(), other.lowest());
        let times = |a: i64, b: i64| i128::from(a) * i128::from(b);
        Self::new(times(a, under_b) + times(b, under_a), times(under_a, under_b))
    }
}

impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Fraction {
    type Output = Self;
    fn neg(self) -> Self {
        Self { over: -self.over, under: self.under }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lowest() {
            (over, 1) => write!(f, "{over}"),
            (over, under) => write!(f, "{over}/{under}"),
        }
    }
}

impl TryFrom<String> for Fraction {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let (over, under) = text.split_once('/').unwrap_or((&text, "1"));
        match (over.parse::<i64>(), under.parse::<i64>()) {
            (Ok(over), Ok(under)) if under > 0 => Ok(Self::new(over.into(), under.into())),
            _ => Err(format!("{text:?} is not a fraction such as -7/30")),
        }
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_add_up_to_a_whole() {
        let third = Fraction::new(1, 3);
        assert_eq!((third + third).trunc(), 0);
        assert_eq!((third + third + third).trunc(), 1);
        assert_eq!((third + third + third).fract(), Fraction::ZERO);
        assert_eq!(third - third, Fraction::ZERO);
    }

    #[test]
    fn the_whole_part_goes_toward_zero() {
        assert_eq!((Fraction::new(-7, 4).trunc(), Fraction::new(-7, 4).fract()), (-1, Fraction::new(-3, 4)));
        assert_eq!(Fraction::new(-14, 60) + Fraction::new(1, 15), Fraction::new(-1, 6));
    }

    #[test]
    fn the_floor_is_never_above() {
        let floors = [(7, 4), (-7, 4), (8, 4), (-8, 4), (0, 3)].map(|(over, under)| Fraction::new(over, under).floor());
        assert_eq!(floors, [1, -2, 2, -2, 0]);
        assert_eq!([7, -7, 8].map(|over| Fraction::new(over, 4).ceil()), [2, -1, 2]);
        assert!(Fraction::new(-1, 9).is_negative() && !Fraction::ZERO.is_negative());
    }

    #[test]
    fn it_reads_as_it_is_written() {
        for (over, under, text) in [(-14, 60, "-7/30"), (0, 5, "0"), (6, 3, "2")] {
            let fraction = Fraction::new(over, under);
            assert_eq!(String::from(fraction), text);
            assert_eq!(Fraction::try_from(text.to_owned()), Ok(fraction));
        }
        assert!(["1/0", "1/-2", "", "a/3"].iter().all(|text| Fraction::try_from((*text).to_owned()).is_err()));
    }

    #[test]
    fn what_is_past_64_bits_is_known_to_a_billionth() {
        let under = i128::from(i64::MAX) * 3;
        assert_eq!(Fraction::new(under + 1, 3 * under), Fraction::new(333_333_333, 1_000_000_000));
    }
}
