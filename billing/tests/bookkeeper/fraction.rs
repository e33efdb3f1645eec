//! Exact fractions, and rounding them, each way by its definition.

use std::ops::{Add, Mul, Sub};

use billing::share::Rounding;

/// A fraction, its denominator positive; in lowest terms where its numbers grow large.
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    over: i128,
    under: i128,
}

/// Two fractions of smaller numbers can be multiplied and compared in 128 bits.
const SMALL: u128 = 1 << 60;

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.over * other.under == other.over * self.under
    }
}

impl Fraction {
    pub fn new(over: i128, under: i128) -> Self {
        assert!(under != 0, "a fraction of nothing");
        let sign = if under < 0 { -1 } else { 1 };
        if over.unsigned_abs().max(under.unsigned_abs()) < SMALL {
            return Self { over: sign * over, under: sign * under };
        }
        let common = common_divisor(over.unsigned_abs(), under.unsigned_abs()).max(1);
        let common = i128::try_from(common).expect("a small divisor");
        Self { over: sign * over / common, under: sign * under / common }
    }

    pub fn whole(number: i64) -> Self {
        Self { over: number.into(), under: 1 }
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i64 {
        i64::try_from(self.over.div_euclid(self.under)).expect("a small number")
    }

    /// Its whole units, without what is left of it on either side of nothing.
    pub fn units(self) -> i64 {
        self.round(Rounding::Truncate)
    }

    pub fn abs(self) -> Self {
        Self { over: self.over.abs(), under: self.under }
    }

    pub fn is_above(self, other: Self) -> bool {
        self.over * other.under > other.over * self.under
    }

    /// The nearest whole number; of halves, and of what is not to be rounded to the nearest, as the mode says.
    pub fn round(self, mode: Rounding) -> i64 {
        let (below, size) = (self.abs().floor(), self.abs());
        let rest = size - Self::whole(below);
        let half = Self::new(1, 2);
        let rounded = match mode {
            Rounding::Truncate => below,
            Rounding::Up => below + i64::from(rest != Self::whole(0)),
            Rounding::HalfAway => below + i64::from(!half.is_above(rest)),
            Rounding::HalfEven => below + i64::from(rest.is_above(half) || (rest == half && below % 2 == 1)),
        };
        if self.over < 0 { -rounded } else { rounded }
    }

    /// Rounded to so many decimals.
    pub fn round_to(self, digits: u8, mode: Rounding) -> Self {
        let scale = 10_i64.pow(digits.into());
        Self::new((self * Self::whole(scale)).round(mode).into(), scale.into())
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

impl Add for Fraction {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.over * other.under + other.over * self.under, self.under * other.under)
    }
}

impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self { over: -other.over, under: other.under }
    }
}

impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.over * other.over, self.under * other.under)
    }
}

#[test]
fn halves_go_where_each_mode_says() {
    let rounded = |over, mode| Fraction::new(over, 2).round(mode);
    assert_eq!([-3, 1, 3, 5].map(|n| rounded(n, Rounding::HalfAway)), [-2, 1, 2, 3]);
    assert_eq!([-3, 1, 3, 5].map(|n| rounded(n, Rounding::HalfEven)), [-2, 0, 2, 2]);
    assert_eq!([-3, 1, 3, 5].map(|n| rounded(n, Rounding::Truncate)), [-1, 0, 1, 2]);
    assert_eq!([-3, 1, 3, 5].map(|n| rounded(n, Rounding::Up)), [-2, 1, 2, 3]);
}
