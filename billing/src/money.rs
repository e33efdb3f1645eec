//! Money: whole minor units of one ISO 4217 currency. Shares of money are in `share`; nothing here rounds.

use std::fmt;
use std::num::NonZeroU8;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency, written as its three-letter code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(
    /// Its place among the codes, from 1: a number copies with its amount in two registers.
    NonZeroU8,
);

/// Why a text is not a currency or an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The code is not one of ISO 4217's.
    #[error("{0:?} is not an ISO 4217 currency code")]
    UnknownCurrency(String),
    /// The text is not a decimal number.
    #[error("{0:?} is not an amount; write it like 12.50")]
    NotAnAmount(String),
    /// The text has more decimals than the currency.
    #[error("{text:?} has more decimals than {currency} has: {exponent}")]
    TooPrecise {
        /// The text as given.
        text: String,
        /// The currency it was read in.
        currency: Currency,
        /// The decimals this currency has.
        exponent: u8,
    },
}

/// Active codes without two decimals; every other has two.
const EXPONENTS: &[(&str, u8)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// The active codes of ISO 4217, in their order.
const CODES: [&str; 158] = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD", "BIF", "BMD", "BND",
    "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLF", "CLP", "CNY", "COP", "CRC", "CUP",
    "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD",
    "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
    "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYI", "UYU", "UYW", "UZS",
    "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

impl Currency {
    /// The currency of an upper-case ISO 4217 code.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        let place = CODES.binary_search(&code).ok().and_then(|place| u8::try_from(place + 1).ok());
        let place = place.and_then(NonZeroU8::new);
        place.map(Self).ok_or_else(|| MoneyError::UnknownCurrency(code.to_owned()))
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        CODES[usize::from(self.0.get()) - 1]
    }

    /// How many decimals one unit has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217's minor unit).
    pub fn exponent(self) -> u8 {
        EXPONENTS.iter().find(|(code, _)| *code == self.code()).map_or(2, |(_, exponent)| *exponent)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::parse(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount in minor units. Negative is in the customer's favour wherever a sign has a meaning.
///
/// Adding two currencies, or past `i64`, is a bug and panics: amounts enter through [`Money::parse`] and catalogues,
/// which bound them far below that.
///
/// ```
/// use billing::money::{Currency, Money};
/// let eur = Currency::parse("EUR").unwrap();
/// assert_eq!(Money::parse("12.50", eur).unwrap().minor, 1250);
/// assert_eq!(Money::new(-667, eur).to_string(), "-6.67 EUR");
/// assert_eq!(Money::new(1200, Currency::parse("JPY").unwrap()).to_string(), "1200 JPY");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Whole minor units: cents of a euro, yen, fils of a dinar.
    pub minor: i64,
    /// The currency of those units.
    pub currency: Currency,
}

impl Money {
    /// The largest amount that may enter: ten thousand million units of two decimals. Sums stay far inside `i64`.
    pub const LIMIT_MINOR: i64 = 1_000_000_000_000;

    /// An amount of minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads `12.50`, `-3` or `0.005` in a currency; refuses more decimals than the currency has.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let wrong = || MoneyError::NotAnAmount(text.to_owned());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) || digits.ends_with('.') {
            return Err(wrong());
        }
        let exponent = currency.exponent();
        if decimals.len() > usize::from(exponent) {
            return Err(MoneyError::TooPrecise { text: text.to_owned(), currency, exponent });
        }
        let padded = format!("{whole}{decimals:0<width$}", width = usize::from(exponent));
        let minor: i64 = padded.parse().map_err(|_| wrong())?;
        if minor > Self::LIMIT_MINOR {
            return Err(wrong());
        }
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// Is it nothing?
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Is it more than nothing?
    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Is it less than nothing?
    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The smaller of two amounts.
    pub fn min(self, other: Self) -> Self {
        assert!(self.currency == other.currency, "amounts of two currencies were compared");
        Self::new(self.minor.min(other.minor), self.currency)
    }

    /// The larger of two amounts.
    pub fn max(self, other: Self) -> Self {
        assert!(self.currency == other.currency, "amounts of two currencies were compared");
        Self::new(self.minor.max(other.minor), self.currency)
    }

    /// The amount, or nothing where it is negative.
    pub fn or_zero(self) -> Self {
        Self::new(self.minor.max(0), self.currency)
    }

    /// The amount so many times.
    pub fn times(self, quantity: i64) -> Self {
        Self::new(self.minor.checked_mul(quantity).expect("a money product past 64 bits"), self.currency)
    }

    /// The number without its currency: `-6.67`, `1200`.
    pub fn decimal(self) -> String {
        let exponent = usize::from(self.currency.exponent());
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, decimals) = digits.split_at(digits.len() - exponent);
        if exponent == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Add for Money {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        assert!(self.currency == other.currency, "amounts of two currencies were added");
        Self::new(self.minor.checked_add(other.minor).expect("a money sum past 64 bits"), self.currency)
    }
}

impl Neg for Money {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self::new(self.minor.checked_neg().expect("a money value past 64 bits"), self.currency)
    }
}

impl Sub for Money {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        assert!(self.currency == other.currency, "amounts of two currencies were subtracted");
        Self::new(self.minor.checked_sub(other.minor).expect("a money difference past 64 bits"), self.currency)
    }
}

impl AddAssign for Money {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// The sum of amounts of one currency; nothing where there are none.
pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Money {
    amounts.into_iter().fold(Money::zero(currency), Add::add)
}
