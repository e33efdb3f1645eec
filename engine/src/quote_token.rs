//! The signed form of a quote (N1): a token that carries its inputs, its instant and a digest of the result. Showing a
//! quote writes nothing; whoever submits must hand the token back unchanged.
//!
//! HMAC-SHA256 over the payload, under a key that lives outside the database; nodes that share a book share the key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use billing::cancellation::{CancellationQuote, CancellationRequest, CancellationSummary};
use billing::id::AccountId;
use billing::quote::{PlanChangeRequest, Quote, QuoteSummary};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The longest token that is looked at, in bytes; a real one has about two thousand.
const MAX_TOKEN: usize = 16 * 1024;

/// The secret that signs quotes.
#[derive(Clone)]
pub struct QuoteKey([u8; 32]);

/// Why a token cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token, or not one of ours, or changed on the way.
    #[error("the quote token is not valid; ask for a new quote")]
    Forged,
    /// A token of another account.
    #[error("the quote token is of another account")]
    Foreign,
}

/// What a token carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedFacts {
    /// Whose quote.
    pub account: AccountId,
    /// What was asked for.
    pub request: PlanChangeRequest,
    /// When it was counted.
    pub at: Timestamp,
    /// What came out: SHA-256 over every field of the quote.
    pub digest: String,
    /// Its money, to show beside a fresh one where it no longer holds.
    pub shown: QuoteSummary,
}

/// What the token of a cancellation carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellationFacts {
    /// Whose quote.
    pub account: AccountId,
    /// What was asked for.
    pub cancels: CancellationRequest,
    /// When it was counted.
    pub at: Timestamp,
    /// What came out: SHA-256 over the quote.
    pub digest: String,
    /// Its money, to show beside a fresh one where it no longer holds.
    pub shown: CancellationSummary,
}

impl QuoteKey {
    /// A key of these bytes, from a key file.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Signs a quote.
    pub fn sign(&self, quote: &Quote, request: &PlanChangeRequest) -> String {
        let facts = QuotedFacts {
            account: quote.account,
            request: request.clone(),
            at: quote.at,
            digest: quote.digest(),
            shown: quote.summary(),
        };
        self.seal(&facts)
    }

    /// Signs the quote of a cancellation.
    pub fn sign_cancellation(&self, quote: &CancellationQuote) -> String {
        self.seal(&CancellationFacts {
            account: quote.account,
            cancels: quote.request(),
            at: quote.at,
            digest: quote.digest(),
            shown: quote.summary(),
        })
    }

    fn seal(&self, facts: &impl Serialize) -> String {
        let payload = BASE64.encode(serde_json::to_vec(facts).expect("quoted facts are plain data"));
        let signature = BASE64.encode(self.mac(payload.as_bytes()).finalize().into_bytes());
        format!("{payload}.{signature}")
    }

    /// Reads a token of this account back. Compares in constant time, before anything in it is believed.
    pub fn open(&self, token: &str, account: AccountId) -> Result<QuotedFacts, TokenError> {
        let facts: QuotedFacts = self.unseal(token)?;
        if facts.account == account { Ok(facts) } else { Err(TokenError::Foreign) }
    }

    /// Reads the token of a cancellation of this account back.
    pub fn open_cancellation(&self, token: &str, account: AccountId) -> Result<CancellationFacts, TokenError> {
        let facts: CancellationFacts = self.unseal(token)?;
        if facts.account == account { Ok(facts) } else { Err(TokenError::Foreign) }
    }

    fn unseal<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
        if token.len() > MAX_TOKEN {
            return Err(TokenError::Forged);
        }
        let (payload, signature) = token.split_once('.').ok_or(TokenError::Forged)?;
        let signature = BASE64.decode(signature).map_err(|_| TokenError::Forged)?;
        self.mac(payload.as_bytes()).verify_slice(&signature).map_err(|_| TokenError::Forged)?;
        let payload = BASE64.decode(payload).map_err(|_| TokenError::Forged)?;
        serde_json::from_slice(&payload).map_err(|_| TokenError::Forged)
    }

    fn mac(&self, payload: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(b"midcycle quote 1\n");
        mac.update(payload);
        mac
    }
}
