//! Why the engine did not do it: a refusal of the person, a fault of the world, or a bug. Never mixed.

use billing::catalogue::CatalogueError;
use billing::laws::BrokenLaw;
use billing::refusal::Refusal;
use store::StoreError;

use crate::quote_token::TokenError;

/// Why a command or quote came to nothing. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The person or program may not.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// The quote token cannot be used.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// No storefront of that name has a published catalogue.
    #[error("there is no storefront {0:?}")]
    UnknownStorefront(String),
    /// A catalogue that cannot be published.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// Others changed the account again and again while this was being decided; try again.
    #[error("the account is busy; try again")]
    Busy,
    /// A law broke: a bug. Nothing was committed.
    #[error("a law of the books would break: {0}")]
    Law(BrokenLaw),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for EngineError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}
