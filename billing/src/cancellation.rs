//! Cancelling a subscription (B2): what a policy lets customers do, its quote counted to the cent, and what is kept of it
//! until the subscription has ended and after. How it is counted is in `decide/quote_cancellation`, what ending does in
//! `decide/end_subscription`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::{Account, Subscription};
use crate::command::Asker;
use crate::document::DocumentLine;
use crate::id::{AccountId, ChangeId, SubscriptionId};
use crate::money::Money;
use crate::name::Name;
use crate::policy::{PolicyRef, Terms, When};
use crate::quote::{CreditLine, hexadecimal};

/// The most days in which a policy may give everything back.
pub const MAX_REFUND_DAYS: u16 = 366;

/// What becomes of a subscription that is cancelled. In a policy file: the `[cancellation]` table. No rule can set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationTerms {
    /// What customers may choose. Staff may always choose either.
    pub when: Vec<When>,
    /// For so many of the customer's days from the start of the first period that costs something, that day counted, a
    /// cancellation now gives all of it back, if nothing of it was used.
    pub full_refund_days: Option<u16>,
    /// The terms that count a cancellation now.
    pub terms: Terms,
}

/// The same as a file has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenCancellation {
    /// What customers may choose; an empty list: they cannot cancel by themselves. Staff may always choose either.
    #[serde(default = "at_period_end")]
    pub when: Vec<When>,
    /// For so many of the customer's days from the start of the first period that costs something, that day counted, a
    /// cancellation now gives everything back that was billed for it, if no usage was reported and no plan credits were
    /// used; 1 to 366. Absent, never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 366)))]
    pub full_refund_days: Option<u16>,
    /// The terms that are others for a cancellation now: how much of the rest is given back.
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub set: toml::Table,
}

impl Default for WrittenCancellation {
    fn default() -> Self {
        Self { when: at_period_end(), full_refund_days: None, set: toml::Table::new() }
    }
}

fn at_period_end() -> Vec<When> {
    vec![When::PeriodEnd]
}

impl CancellationTerms {
    /// May this asker choose it?
    pub fn offers(&self, when: When, asked_by: Asker) -> bool {
        asked_by == Asker::Staff || self.when.contains(&when)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellationRequest {
    /// The subscription to end.
    pub subscription: SubscriptionId,
    /// Now, or with its present period.
    pub when: When,
    /// Who asks.
    pub asked_by: Asker,
}

/// A cancellation, counted to the cent at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationQuote {
    /// Whose.
    pub account: AccountId,
    /// The subscription that ends.
    pub subscription: SubscriptionId,
    /// Who asked; none where it ends because it was not paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Asker>,
    /// The instant it is counted at.
    pub at: Timestamp,
    /// Now, or with the present period: then nothing is given back, and what is owed by then is billed then.
    pub when: When,
    /// It can be submitted before this.
    pub expires_at: Timestamp,
    /// From when nothing is had any more: the instant of the quote, or the end of the period.
    pub ends_at: Timestamp,
    /// The name of the plan that ends.
    pub plan: Name,
    /// The policy that counted.
    pub policy: PolicyRef,
    /// The catalogue version that was in force.
    pub catalogue_version: i64,
    /// Is everything given back that was billed (parameter 38)?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_back: bool,
    /// Is what was never paid owed no more, though it was used (`unpaid = "released"`)?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub released: bool,
    /// What is given back, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<CreditLine>,
    /// The lines that waited for an invoice and are billed with it, signed as on an invoice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<DocumentLine>,
    /// What was used and is billed with it. Where it ends with its period, so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<DocumentLine>,
    /// What is given back and was paid, or still waits to be invoiced; without tax that is added.
    pub credit: Money,
    /// What is given back and was not paid, with its tax: it is taken off the unpaid invoices.
    pub debt_released: Money,
    /// What waited and what was used, less `credit`, as prices are written. Nothing where it ends with its period.
    pub net: Money,
    /// The tax of it.
    pub tax: Money,
    /// Net with tax. Positive: a last invoice; negative: to the balance, with a credit note.
    pub total: Money,
    /// What of the balance is used for it.
    pub from_balance: Money,
    /// What is left to pay.
    pub due: Money,
    /// What goes to the balance.
    pub to_balance: Money,
    /// The plan credits that are lost with it (T5).
    pub credits_lost: i64,
    /// The open change that is taken back with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdraws: Option<ChangeId>,
}

impl CancellationQuote {
    /// SHA-256 over every field but what was used so far of a period that goes on, which more is used of: two quotes of one
    /// digest give and charge the same cents. Hexadecimal.
    pub fn digest(&self) -> String {
        let goes_on = self.when == When::PeriodEnd && !self.used.is_empty();
        let bound = goes_on.then(|| Self { used: Vec::new(), ..self.clone() });
        let canonical = serde_json::to_vec(bound.as_ref().unwrap_or(self)).expect("a quote is plain data");
        hexadecimal(&Sha256::digest(&canonical))
    }

    /// What was asked for: counted at the same instant it is this quote again. Staff where nobody asked.
    pub fn request(&self) -> CancellationRequest {
        let asked_by = self.asked_by.unwrap_or(Asker::Staff);
        CancellationRequest { subscription: self.subscription, when: self.when, asked_by }
    }

    /// What of the total is the seller's: without tax.
    pub fn income(&self) -> Money {
        self.total - self.tax
    }

    /// The money of it.
    pub fn summary(&self) -> CancellationSummary {
        CancellationSummary {
            when: self.when,
            ends_at: self.ends_at,
            credit: self.credit,
            debt_released: self.debt_released,
            total: self.total,
            due: self.due,
            to_balance: self.to_balance,
            catalogue_version: self.catalogue_version,
        }
    }
}

/// The money of a cancellation, for showing an old version beside a fresh one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellationSummary {
    /// Now, or with the period.
    pub when: When,
    /// From when nothing is had any more.
    pub ends_at: Timestamp,
    /// What is given back and was paid, without tax that is added.
    pub credit: Money,
    /// What is given back and was not paid.
    pub debt_released: Money,
    /// With tax: positive to pay, negative to the balance.
    pub total: Money,
    /// What is left to pay.
    pub due: Money,
    /// What goes to the balance.
    pub to_balance: Money,
    /// The catalogue version that was in force.
    pub catalogue_version: i64,
}

/// The cancellation of a subscription: scheduled for the end of its period, or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// What was quoted; once it has ended, what was given back and charged then.
    pub quote: CancellationQuote,
    /// When it was submitted, or ended unpaid.
    pub submitted_at: Timestamp,
    /// Why, in the words of who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it ended; none while it is scheduled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

impl Subscription {
    /// Has it ended? Then nothing of it is billed or changed any more.
    pub fn has_ended(&self) -> bool {
        self.cancellation.as_ref().is_some_and(|cancellation| cancellation.ended_at.is_some())
    }

    /// The cancellation that is scheduled for the end of its period.
    pub fn scheduled_end(&self) -> Option<&Cancellation> {
        self.cancellation.as_deref().filter(|cancellation| cancellation.ended_at.is_none())
    }
}

impl Account {
    /// Has a subscription ended, and is nothing of it open: no invoice, no work on its service? Then no decision needs it.
    pub fn is_done_with(&self, subscription: &Subscription) -> bool {
        let is_owed =
            || self.invoices.iter().any(|invoice| invoice.is_open() && invoice.subscription == subscription.id);
        subscription.has_ended() && subscription.service.is_settled() && !is_owed()
    }
}
