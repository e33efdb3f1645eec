//! The built-in sandbox gateway. Its books are its own: it knows charges by key and nothing of invoices, and the server
//! never reads its books except by asking. Its cards pay, decline, or pay and then say nothing, like a real gateway
//! whose answer was lost on the way.

use billing::effect::TestCard;
use billing::id::AttemptId;
use jiff::Timestamp;
use store::{SandboxCharge, Store, StoreError};

use super::{Charge, Known, NotAsked, Reply};

/// The sandbox gateway.
#[derive(Debug, Clone)]
pub struct Sandbox {
    books: Store,
}

impl Sandbox {
    /// A gateway that keeps its books in this store.
    pub fn new(books: Store) -> Self {
        Self { books }
    }

    /// Books a charge, and answers, unless the card is the one whose answer is lost.
    pub async fn charge(&self, charge: Charge, now: Timestamp) -> Reply {
        let booked = self.book(charge, now).await;
        if charge.card == TestCard::TimesOutAfterCharging {
            return Reply::NoAnswer { reason: "the gateway did not answer in time".to_owned() };
        }
        match booked {
            Ok(booked) => Reply::Known(known(charge.attempt, &booked)),
            Err(reason) => Reply::NoAnswer { reason },
        }
    }

    /// What is booked under a key.
    pub async fn lookup(&self, attempt: AttemptId) -> Result<Option<Known>, NotAsked> {
        let books = self.books.clone();
        let booked = tokio::task::spawn_blocking(move || books.sandbox_lookup(&attempt.to_string())).await;
        let booked = flattened(booked).map_err(NotAsked)?;
        Ok(booked.map(|booked| known(attempt, &booked)))
    }

    async fn book(&self, charge: Charge, now: Timestamp) -> Result<SandboxCharge, String> {
        let books = self.books.clone();
        let booking = SandboxCharge {
            key: charge.attempt.to_string(),
            amount: charge.amount,
            card: charge.card,
            captured: charge.card != TestCard::Declines,
            at: now,
        };
        flattened(tokio::task::spawn_blocking(move || books.sandbox_charge(&booking)).await)
    }
}

fn known(attempt: AttemptId, booked: &SandboxCharge) -> Known {
    // The event's id follows from the charge: told twice, it is one event.
    if booked.captured {
        Known::Captured { amount: booked.amount, event: format!("captured:{attempt}") }
    } else {
        Known::Declined { reason: super::CARD_DECLINED.to_owned(), event: format!("declined:{attempt}") }
    }
}

fn flattened<T>(result: Result<Result<T, StoreError>, tokio::task::JoinError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}
