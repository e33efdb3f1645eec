//! Quotes for people: count, sign, and submit what was signed. The counting itself is `billing`'s.

use std::sync::Arc;

use billing::account::Account;
use billing::cancellation::{CancellationQuote, CancellationRequest};
use billing::catalogue::Catalogue;
use billing::command::{Actor, Asker, Command, PaymentChoice};
use billing::decide::{Facts, Offer, days_to_choose, permitted_plans, quote_cancellation, quote_plan_change};
use billing::id::{AccountId, SubscriptionId};
use billing::money::Money;
use billing::payout::{PayoutOffer, offer_payout, payout_fee};
use billing::percent::Percent;
use billing::quote::{PlanChangeRequest, Quote};
use billing::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::run::whole_milliseconds;
use crate::{Ask, Engine, EngineError, Ran};

/// A quote and its signature.
#[derive(Debug, Clone)]
pub struct Quoted {
    /// What the change will do.
    pub quote: Quote,
    /// What to hand back to submit it.
    pub token: String,
}

/// A quote handed back.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The account that submits.
    pub account: AccountId,
    /// Who does.
    pub actor: Actor,
    /// The token as it was handed out.
    pub token: String,
    /// How to pay what is due.
    pub pays_by: PaymentChoice,
    /// The asker's own idempotency key; without one the token is its own, so that a double click is one change.
    pub key: Option<String>,
}

/// The quote of a cancellation and its signature.
#[derive(Debug, Clone)]
pub struct QuotedCancellation {
    /// What the end will do.
    pub quote: CancellationQuote,
    /// What to hand back to submit it.
    pub token: String,
}

/// The quote of a cancellation handed back.
#[derive(Debug, Clone)]
pub struct CancellationSubmission {
    /// The account that submits.
    pub account: AccountId,
    /// Who does.
    pub actor: Actor,
    /// The token as it was handed out.
    pub token: String,
    /// Why, for the log.
    pub reason: Option<String>,
    /// The asker's own idempotency key; without one the token is its own.
    pub key: Option<String>,
}

/// One account as it was read at a moment, with the catalogue of that moment: what is counted on it reads nothing more.
pub struct Reading<'a> {
    engine: &'a Engine,
    /// The account.
    pub account: Account,
    /// The newest catalogue of its storefront.
    pub catalogue: Arc<Catalogue>,
    now: Timestamp,
}

impl Reading<'_> {
    /// Counts a plan change and signs the result. Nothing is stored.
    pub fn quote(&self, request: &PlanChangeRequest) -> Result<Quoted, EngineError> {
        let quote = quote_plan_change(self.facts(), &self.account, request, self.now)?;
        let token = self.engine.key.sign(&quote, request);
        Ok(Quoted { quote, token })
    }

    /// What paying balance out comes to. Nothing is stored.
    pub fn offer_payout(&self, amount: Money, asked_by: Asker) -> Result<PayoutOffer, EngineError> {
        Ok(offer_payout(&self.catalogue, &self.engine.policies, &self.account, amount, asked_by)?)
    }

    /// The fee on what is paid out; none where customers cannot ask for it.
    pub fn payout_fee(&self) -> Option<Percent> {
        payout_fee(&self.catalogue, &self.engine.policies).0
    }

    /// Every plan a subscription could move to with the cycle and options of a basket, or why not, each with its quote;
    /// smallest plan first.
    pub fn offers(&self, request: &PlanChangeRequest) -> Result<Vec<Offer<'_>>, EngineError> {
        Ok(permitted_plans(self.facts(), &self.account, request, self.now)?)
    }

    /// The first and the last day that can be chosen for a change of a subscription, where its policy lets the customer
    /// choose one; none where no day of the period is left.
    pub fn days_to_choose(&self, subscription: SubscriptionId) -> Option<(Date, Date)> {
        let subscription = self.account.subscription(subscription)?;
        Some(days_to_choose(&self.account.zone, subscription, self.now)).filter(|(first, last)| first <= last)
    }

    fn facts(&self) -> Facts<'_> {
        Facts { catalogue: &self.catalogue, policies: &self.engine.policies }
    }
}

impl Engine {
    /// Reads an account to count on it; none where it does not exist.
    pub fn read(&self, account: AccountId, now: Timestamp) -> Result<Option<Reading<'_>>, EngineError> {
        let loaded = self.store.load(account, None, now)?;
        let Some(account) = loaded.account else { return Ok(None) };
        let catalogue = self.catalogue_version(&account.storefront, loaded.catalogue_version)?;
        Ok(Some(Reading { engine: self, account, catalogue, now: whole_milliseconds(now) }))
    }

    /// Reads an account and counts a plan change on it.
    pub fn quote(
        &self,
        account: AccountId,
        request: &PlanChangeRequest,
        now: Timestamp,
    ) -> Result<Quoted, EngineError> {
        self.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?.quote(request)
    }

    /// Reads an account and counts every plan on it; `look` is given the account, the catalogue, and the offers.
    pub fn offers<T>(
        &self,
        account: AccountId,
        request: &PlanChangeRequest,
        now: Timestamp,
        look: impl FnOnce(&Account, &Catalogue, Vec<Offer<'_>>) -> T,
    ) -> Result<T, EngineError> {
        let reading = self.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?;
        let offers = reading.offers(request)?;
        Ok(look(&reading.account, &reading.catalogue, offers))
    }

    /// Signs a quote that `offers` counted.
    pub fn sign(&self, quote: &Quote) -> String {
        self.key.sign(quote, &quote.request())
    }

    /// Submits a quote: exactly what was signed is charged, once, or nothing happens and both versions are shown.
    pub fn submit(&self, submission: &Submission, now: Timestamp) -> Result<Ran, EngineError> {
        let facts = self.key.open(&submission.token, submission.account)?;
        let signature = submission.token.rsplit('.').next().unwrap_or_default();
        let ask = Ask {
            account: submission.account,
            actor: submission.actor.clone(),
            key: Some(submission.key.clone().unwrap_or_else(|| format!("quote:{signature}"))),
            command: Command::SubmitPlanChange {
                request: facts.request,
                quoted_at: facts.at,
                digest: facts.digest,
                shown: Box::new(facts.shown),
                pays_by: submission.pays_by,
            },
        };
        self.run(&ask, now)
    }

    /// Reads an account and counts a cancellation on it.
    pub fn quote_cancellation(
        &self,
        account: AccountId,
        request: &CancellationRequest,
        now: Timestamp,
    ) -> Result<QuotedCancellation, EngineError> {
        let reading = self.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?;
        let quote = quote_cancellation(reading.facts(), &reading.account, request, reading.now)?;
        let token = self.key.sign_cancellation(&quote);
        Ok(QuotedCancellation { quote, token })
    }

    /// Signs the quote of a cancellation that came with a refusal.
    pub fn sign_cancellation(&self, quote: &CancellationQuote) -> String {
        self.key.sign_cancellation(quote)
    }

    /// Submits the quote of a cancellation: exactly what was signed happens, once, or nothing.
    pub fn cancel(&self, submission: &CancellationSubmission, now: Timestamp) -> Result<Ran, EngineError> {
        let facts = self.key.open_cancellation(&submission.token, submission.account)?;
        let signature = submission.token.rsplit('.').next().unwrap_or_default();
        let ask = Ask {
            account: submission.account,
            actor: submission.actor.clone(),
            key: Some(submission.key.clone().unwrap_or_else(|| format!("quote:{signature}"))),
            command: Command::CancelSubscription {
                request: facts.cancels,
                quoted_at: facts.at,
                digest: facts.digest,
                shown: Box::new(facts.shown),
                reason: submission.reason.clone(),
            },
        };
        self.run(&ask, now)
    }

    /// What the token of a cancellation asks for. Reads only tokens this engine signed for this account.
    pub fn quoted_cancellation(&self, account: AccountId, token: &str) -> Result<CancellationRequest, EngineError> {
        Ok(self.key.open_cancellation(token, account)?.cancels)
    }

    /// What a token asks for, to quote it again. Reads only tokens this engine signed for this account.
    pub fn quoted_request(&self, account: AccountId, token: &str) -> Result<PlanChangeRequest, EngineError> {
        Ok(self.key.open(token, account)?.request)
    }
}
