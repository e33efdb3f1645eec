//! Identity from cause: an id is its command's id and a counter, so a command that runs again makes the same ids.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an id of the form {1}_…")]
pub struct NotAnId(pub String, pub &'static str);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// The letters before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// The id of these bytes.
            pub fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bytes of the id.
            pub fn uuid(self) -> Uuid {
                self.0
            }

            /// Reads the form that `Display` writes.
            pub fn parse(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .filter(|rest| rest.len() == 32 && rest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
                    .and_then(|rest| Uuid::try_parse(rest).ok())
                    .map(Self)
                    .ok_or_else(|| NotAnId(text.chars().take(64).collect(), $prefix))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl FromCause for $name {
            fn from_cause(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
    )*};
}

ids! {
    /// A customer's account: the unit of decisions, locks and ownership.
    AccountId = "acc";
    /// One command; its last two bytes are zero, room for the counter.
    CommandId = "cmd";
    /// A subscription.
    SubscriptionId = "sub";
    /// One item of a subscription: its plan, or an option.
    ItemId = "itm";
    /// One segment of coverage.
    SegmentId = "seg";
    /// The machine or feature set that a subscription pays for.
    ServiceId = "srv";
    /// One plan change.
    ChangeId = "chg";
    /// An invoice, credit note or receipt.
    DocumentId = "doc";
    /// One attempt to take a payment; the gateway's idempotency key.
    AttemptId = "att";
    /// One posting of the ledger.
    PostingId = "pst";
    /// One wish to the outside.
    EffectId = "eff";
}

/// An id that can be derived from a command's id.
pub trait FromCause {
    /// The id of these derived bytes.
    fn from_cause(uuid: Uuid) -> Self;
}

/// Hands out the ids that one command makes, in order.
#[derive(Debug)]
pub struct Ids {
    cause: Uuid,
    next: u16,
}

impl Ids {
    /// The ids of this command.
    pub fn of(command: CommandId) -> Self {
        Self { cause: command.uuid(), next: 0 }
    }

    /// The next id.
    pub fn mint<T: FromCause>(&mut self) -> T {
        self.next = self.next.checked_add(1).expect("a command that makes more than 65,535 records");
        let mut bytes = *self.cause.as_bytes();
        bytes[14..].copy_from_slice(&self.next.to_be_bytes());
        T::from_cause(Uuid::from_bytes(bytes))
    }
}

impl CommandId {
    /// A command's id from a version-7 UUID: the last two bytes make room for the counter.
    pub fn from_seed(uuid: Uuid) -> Self {
        let mut bytes = *uuid.as_bytes();
        bytes[14..].copy_from_slice(&[0, 0]);
        Self(Uuid::from_bytes(bytes))
    }
}
