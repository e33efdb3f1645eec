//! Load → decide → check → commit: the one path by which the state of an account changes.
//!
//! Absent on purpose: SQL text (see `store`), rules (see `billing`), network, async, and the clock: `now` is an argument.
//! Start at [`Engine::run`] in `run`; quotes are in `quote`, their signatures in `quote_token`, proof in `verify`.

mod catalogues;
mod error;
mod quote;
mod quote_token;
mod run;
pub mod verify;

use std::sync::{Arc, Mutex};

use billing::policy::Policies;
use store::Store;
use uuid::ContextV7;

use catalogues::Catalogues;
pub use error::EngineError;
pub use quote::{CancellationSubmission, Quoted, QuotedCancellation, Reading, Submission};
pub use quote_token::{QuoteKey, TokenError};
pub use run::{Ask, Ran, new_account_id};

/// A book of accounts, and the rules to change it. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    store: Store,
    policies: Arc<Policies>,
    catalogues: Arc<Catalogues>,
    key: Arc<QuoteKey>,
    ids: Arc<Mutex<ContextV7>>,
}

impl Engine {
    /// An engine on an opened and migrated store; `key` signs its quotes.
    pub fn new(store: Store, key: QuoteKey) -> Self {
        let policies = Arc::new(Policies::presets());
        let ids = Arc::new(Mutex::new(ContextV7::new()));
        Self { store, policies, catalogues: Arc::new(Catalogues::default()), key: Arc::new(key), ids }
    }

    /// The store underneath, for lists and queues.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The policies in force.
    pub fn policies(&self) -> &Arc<Policies> {
        &self.policies
    }
}
