//! What goes into a statement and comes out of it: null, a 64-bit integer, text or bytes, on both databases. Reading
//! a row says which table is broken where a value is not what it should be.

use std::fmt;

use billing::calendar::Span;
use billing::money::{Currency, Money};
use jiff::Timestamp;
use serde::de::value::{Error as TextError, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;

/// One value of a row or of a statement's arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// An instant, as milliseconds since 1970.
    pub fn at(instant: Timestamp) -> Self {
        Self::Int(instant.as_millisecond())
    }

    /// Anything that is written as one word: an id, a currency, a unit variant.
    pub fn word<T: Serialize>(value: &T) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(text)) => Self::Text(text),
            other => unreachable!("a word that is written as {other:?}"),
        }
    }

    /// Anything, as JSON text.
    pub fn json<T: Serialize>(value: &T) -> Self {
        Self::Text(serde_json::to_string(value).expect("stored values are plain data"))
    }

    /// An id or another thing that has one way of being shown.
    pub fn shown<T: fmt::Display>(value: T) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::at(value)
    }
}
impl From<Money> for Value {
    fn from(value: Money) -> Self {
        Self::Int(value.minor)
    }
}
impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

macro_rules! ids_are_values {
    ($($id:ident)*) => {$(
        impl From<billing::id::$id> for Value {
            fn from(id: billing::id::$id) -> Self {
                Self::shown(id)
            }
        }
    )*};
}
ids_are_values! {
    AccountId CommandId SubscriptionId ItemId SegmentId ServiceId ChangeId DocumentId AttemptId PostingId EffectId
}

/// A value as JSON, the form in which rows travel to and from PostgreSQL in one statement. Bytes never do.
impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Int(value) => serializer.serialize_i64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bytes(_) => Err(serde::ser::Error::custom("bytes do not travel as JSON")),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("null, an integer or text")
            }
            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }
            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Int(value))
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
                i64::try_from(value).map(Value::Int).map_err(E::custom)
            }
            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Value, E> {
                Ok(Value::Text(text))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Row(pub Vec<Value>);

impl Row {
    /// Reads the row from its first column on; `table` is named where something is wrong.
    pub fn fields(&self, table: &'static str) -> Fields<'_> {
        Fields::of(&self.0, table)
    }
}

/// A row being read, column by column, in the order of the statement.
pub(crate) struct Fields<'a> {
    row: &'a [Value],
    next: usize,
    table: &'static str,
}

impl<'a> Fields<'a> {
    /// Reads values that are not in a row of an answer.
    pub fn of(row: &'a [Value], table: &'static str) -> Self {
        Self { row, next: 0, table }
    }

    fn take(&mut self) -> Result<&'a Value, StoreError> {
        let value = self.row.get(self.next);
        self.next += 1;
        value.ok_or_else(|| self.wrong("it has too few columns"))
    }

    /// The error for the column just read.
    pub fn wrong(&self, reason: impl fmt::Display) -> StoreError {
        StoreError::Unreadable { table: self.table, reason: format!("column {}: {reason}", self.next) }
    }

    /// Passes over a column.
    pub fn skip(&mut self) -> Result<(), StoreError> {
        self.take().map(|_| ())
    }

    pub fn int(&mut self) -> Result<i64, StoreError> {
        self.int_or_null()?.ok_or_else(|| self.wrong("it is null"))
    }

    pub fn int_or_null(&mut self) -> Result<Option<i64>, StoreError> {
        match self.take()? {
            Value::Int(value) => Ok(Some(*value)),
            Value::Null => Ok(None),
            _ => Err(self.wrong("it is not an integer")),
        }
    }

    pub fn count(&mut self) -> Result<u32, StoreError> {
        let value = self.int()?;
        u32::try_from(value).map_err(|_| self.wrong(format!("{value} is not a quantity")))
    }

    pub fn flag(&mut self) -> Result<bool, StoreError> {
        Ok(self.int()? != 0)
    }

    pub fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        match self.take()? {
            Value::Bytes(bytes) => Ok(bytes.clone()),
            _ => Err(self.wrong("it is not bytes")),
        }
    }

    pub fn text(&mut self) -> Result<String, StoreError> {
        Ok(self.str()?.to_owned())
    }

    pub fn text_or_null(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.str_or_null()?.map(str::to_owned))
    }

    pub fn str(&mut self) -> Result<&'a str, StoreError> {
        self.str_or_null()?.ok_or_else(|| self.wrong("it is null"))
    }

    pub fn str_or_null(&mut self) -> Result<Option<&'a str>, StoreError> {
        match self.take()? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            _ => Err(self.wrong("it is not text")),
        }
    }

    /// What is written as one word: an id, a currency, a date, a unit variant.
    pub fn word<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text = self.str()?;
        let word: StrDeserializer<'_, TextError> = text.into_deserializer();
        T::deserialize(word).map_err(|error| self.wrong(error))
    }

    pub fn word_or_null<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let Some(text) = self.str_or_null()? else {
            return Ok(None);
        };
        let word: StrDeserializer<'_, TextError> = text.into_deserializer();
        T::deserialize(word).map(Some).map_err(|error| self.wrong(error))
    }

    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text = self.str()?;
        serde_json::from_str(text).map_err(|error| self.wrong(error))
    }

    pub fn json_or_null<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        match self.str_or_null()? {
            Some(text) => serde_json::from_str(text).map(Some).map_err(|error| self.wrong(error)),
            None => Ok(None),
        }
    }

    pub fn at(&mut self) -> Result<Timestamp, StoreError> {
        self.at_or_null()?.ok_or_else(|| self.wrong("it is null"))
    }

    pub fn at_or_null(&mut self) -> Result<Option<Timestamp>, StoreError> {
        match self.int_or_null()? {
            Some(ms) => Timestamp::from_millisecond(ms).map(Some).map_err(|error| self.wrong(error)),
            None => Ok(None),
        }
    }

    /// Two instants side by side.
    pub fn span(&mut self) -> Result<Span, StoreError> {
        Ok(Span { from: self.at()?, until: self.at()? })
    }

    pub fn money(&mut self, currency: Currency) -> Result<Money, StoreError> {
        Ok(Money::new(self.int()?, currency))
    }
}
