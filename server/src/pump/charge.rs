//! Takes a payment. Unknown is a state: once a charge may have been sent, the gateway is asked by its key before anything
//! is sent again.
//!
//! What if we die here? Before the charge is sent: at the next delivery the gateway never saw the key, and it is sent.
//! After it: the gateway knows the key, and its word is reported. The same charge can never be taken twice, for the key
//! was stored with the attempt.

use billing::account::AttemptState;
use billing::command::{Command, PaymentOutcome};
use billing::id::DocumentId;
use jiff::SignedDuration;
use store::LeasedEffect;

use super::{Next, Pump};
use crate::gateways::{Charge, Known, Reply};

/// After a charge without an answer the gateway is asked so soon.
const ASK_AFTER: SignedDuration = SignedDuration::from_secs(1);

impl Pump {
    pub(super) async fn charge(&self, leased: &LeasedEffect, invoice: DocumentId, charge: Charge) -> Next {
        let (account, now) = (leased.account, self.app.now());
        let account = match self.blocking(move |engine| engine.account(account, now)).await {
            Ok(account) => account,
            Err(error) => return Next::Fault(error.to_string()),
        };
        let Some(account) = account else { return Next::Bury("the account does not exist".to_owned()) };
        let attempt = account.attempts.iter().find(|attempt| attempt.id == charge.attempt);
        let Some(attempt) = attempt else { return self.not_loaded(leased, charge).await };
        if matches!(attempt.state, AttemptState::Failed { .. }) {
            return Next::Complete;
        }
        if leased.attempts > 1 {
            match self.gateway.lookup(charge.attempt).await {
                Ok(Some(known)) => return self.settle(leased, charge, known).await,
                Ok(None) => {}
                Err(error) => return Next::Fault(error.to_string()),
            }
        }
        if account.invoice(invoice).is_none() {
            // Closed before anything was sent: money taken now would have nothing to pay.
            let reason = "the invoice was closed before the payment was sent".to_owned();
            return self.outcome(leased, charge, PaymentOutcome::Failed { reason }, None, Next::Complete).await;
        }
        match self.gateway.charge(charge, self.app.now()).await {
            Reply::Known(known) => self.settle(leased, charge, known).await,
            Reply::NoAnswer { reason } => {
                tracing::info!(attempt = %charge.attempt, reason, "no answer to a charge; the gateway will be asked");
                let again =
                    if attempt.state == AttemptState::Unknown { Next::Fault(reason) } else { Next::Again(ASK_AFTER) };
                self.outcome(leased, charge, PaymentOutcome::Unknown, None, again).await
            }
        }
    }

    /// A captured attempt is not loaded any more: its outcome was reported, and only the completion was lost. Any other
    /// is too old for an answer to be booked by itself, as after weeks without a pump: staff must look at the gateway.
    async fn not_loaded(&self, leased: &LeasedEffect, charge: Charge) -> Next {
        let (account, id) = (leased.account, charge.attempt);
        match self.blocking(move |engine| Ok(engine.store().attempt(Some(account), id)?)).await {
            Ok(Some(row)) if matches!(row.attempt.state, AttemptState::Captured { .. }) => Next::Complete,
            Ok(_) => Next::Bury("the attempt is too old to be settled by itself: ask the gateway by its id".to_owned()),
            Err(error) => Next::Fault(error.to_string()),
        }
    }

    async fn settle(&self, leased: &LeasedEffect, charge: Charge, known: Known) -> Next {
        let (outcome, event) = match known {
            Known::Captured { amount, event } => (PaymentOutcome::Captured { amount }, event),
            Known::Declined { reason, event } => (PaymentOutcome::Failed { reason }, event),
        };
        self.outcome(leased, charge, outcome, Some(event), Next::Complete).await
    }

    async fn outcome(
        &self,
        leased: &LeasedEffect,
        charge: Charge,
        outcome: PaymentOutcome,
        event: Option<String>,
        then: Next,
    ) -> Next {
        let command = Command::SettlePayment { attempt: charge.attempt, outcome, event };
        self.report(leased, command, then).await
    }
}
