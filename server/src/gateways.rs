//! Gateways: where money is taken. A gateway knows a charge by its key, the attempt's id; the same key twice is one
//! charge. No answer is an answer of its own: then the gateway is asked by key before anything is sent again. When it is
//! asked, and what follows, is the pump's.

pub mod sandbox;

use billing::effect::TestCard;
use billing::id::AttemptId;
use billing::money::Money;
use jiff::Timestamp;

use sandbox::Sandbox;

/// Why a card did not pay, as every gateway says it to us.
pub const CARD_DECLINED: &str = "the card was declined";

/// A charge to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// The attempt; its id is the key.
    pub attempt: AttemptId,
    /// How much.
    pub amount: Money,
    /// From where.
    pub card: TestCard,
}

/// What a gateway knows of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The money was taken.
    Captured {
        /// How much, by the gateway's word.
        amount: Money,
        /// The gateway's id of the event.
        event: String,
    },
    /// The gateway said no.
    Declined {
        /// Its reason, in words.
        reason: String,
        /// The gateway's id of the event.
        event: String,
    },
}

/// What came of sending a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Known(Known),
    /// None came. The money may have been taken, or not.
    NoAnswer {
        /// What was seen instead.
        reason: String,
    },
}

/// The gateway could not be asked; nothing was learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the gateway could not be asked: {0}")]
pub struct NotAsked(pub String);

/// The gateway of this installation.
#[derive(Debug, Clone)]
pub enum Gateway {
    /// The built-in one, with test cards.
    Sandbox(Sandbox),
}

impl Gateway {
    /// Sends a charge. Sending it again under its key takes nothing again.
    pub async fn charge(&self, charge: Charge, now: Timestamp) -> Reply {
        match self {
            Self::Sandbox(sandbox) => sandbox.charge(charge, now).await,
        }
    }

    /// Asks what became of a charge by its key; `None` where the gateway never saw it.
    pub async fn lookup(&self, attempt: AttemptId) -> Result<Option<Known>, NotAsked> {
        match self {
            Self::Sandbox(sandbox) => sandbox.lookup(attempt).await,
        }
    }
}
