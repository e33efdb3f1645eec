//! Percentages: exact, never a float. Tax rates, discounts and fees are written like `"19"` or `"7.7"`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::share::{Rounding, share};

/// A percentage in millionths: 19 % is 190,000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percent {
    millionths: i64,
}

/// Why a text is not a percentage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a percentage from 0 to 100 with at most four decimals; write it like 7.7")]
pub struct NotAPercentage(String);

impl Percent {
    /// All of it, in millionths.
    pub(crate) const WHOLE: i64 = 1_000_000;

    /// Nothing.
    pub const NONE: Self = Self { millionths: 0 };

    /// Reads `19`, `7.7`, `8.875`: 0 to 100 with at most four decimals.
    ///
    /// ```
    /// use billing::percent::Percent;
    /// assert_eq!(Percent::parse("7.7").unwrap().to_string(), "7.7");
    /// assert!(Percent::parse("101").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAPercentage> {
        let wrong = || NotAPercentage(text.to_owned());
        let (units, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(units) || !is_number(decimals) || decimals.len() > 4 || units.len() > 3 {
            return Err(wrong());
        }
        let units: i64 = units.parse().map_err(|_| wrong())?;
        let decimals: i64 = format!("{decimals:0<4}").parse().map_err(|_| wrong())?;
        let millionths = units * 10_000 + decimals;
        if millionths <= Self::WHOLE { Ok(Self { millionths }) } else { Err(wrong()) }
    }

    /// The percentage as a fraction of [`Self::WHOLE`].
    pub(crate) fn millionths(self) -> i64 {
        self.millionths
    }

    /// Is it nothing?
    pub fn is_zero(self) -> bool {
        self.millionths == 0
    }

    /// This much of an amount, rounded once: a tax on a net amount, a discount off a price.
    pub fn of(self, amount: Money, rounding: Rounding) -> Money {
        share(amount, self.millionths, Self::WHOLE, rounding)
    }

    /// How much of an amount that contains it is it: the tax inside a price that includes it.
    pub fn within(self, amount: Money, rounding: Rounding) -> Money {
        share(amount, self.millionths, Self::WHOLE + self.millionths, rounding)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, decimals) = (self.millionths / 10_000, self.millionths % 10_000);
        if decimals == 0 {
            return write!(f, "{units}");
        }
        let decimals = format!("{decimals:04}");
        write!(f, "{units}.{}", decimals.trim_end_matches('0'))
    }
}

impl fmt::Debug for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}%")
    }
}

impl TryFrom<String> for Percent {
    type Error = NotAPercentage;
    fn try_from(text: String) -> Result<Self, NotAPercentage> {
        Self::parse(&text)
    }
}

impl From<Percent> for String {
    fn from(percent: Percent) -> Self {
        percent.to_string()
    }
}
