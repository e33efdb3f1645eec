//! The small values that all answers share: amounts, spans of time, pages of a list.

use billing::calendar::Span;
use billing::money::{Currency, Money};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "minor": 1333, "currency": "EUR" }))]
pub struct Amount {
    /// Whole minor units of the currency: cents of a euro, yen, fils of a dinar. Negative where the sign has a meaning.
    pub minor: i64,
    /// The ISO 4217 code.
    #[schema(value_type = String, min_length = 3, max_length = 3, pattern = "^[A-Z]{3}$")]
    pub currency: Currency,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { minor: money.minor, currency: money.currency }
    }
}

impl From<Amount> for Money {
    fn from(amount: Amount) -> Self {
        Self::new(amount.minor, amount.currency)
    }
}

/// A half-open stretch of time.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = Span)]
pub struct SpanBody {
    /// The first instant in it.
    #[schema(value_type = String, format = DateTime, example = "2027-05-03T12:00:00Z")]
    pub from: Timestamp,
    /// The first instant after it.
    #[schema(value_type = String, format = DateTime, example = "2027-06-01T00:00:00Z")]
    pub until: Timestamp,
}

impl From<Span> for SpanBody {
    fn from(span: Span) -> Self {
        Self { from: span.from, until: span.until }
    }
}

/// One page of a list, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The rows.
    pub data: Vec<T>,
    /// The cursor of the next page; null on the last one.
    pub next: Option<String>,
}
