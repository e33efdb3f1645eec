//! Payments: start an attempt, and note what became of it. Knowledge of an attempt only grows: sent, unknown, failed,
//! captured; a repeated or late answer never takes it back (M23, M49). Money with nothing left to pay goes to the
//! balance with a numbered receipt (M39). What a failure means for the change that waits is in `miss_payment`.

use super::draft::{Draft, NewDocument};
use super::issue_invoice::{invoice_at, settle_invoice};
use super::miss_payment::{fail_payment, miss_payment_if_due};
use super::notify;
use super::receive_transfer::check_amount;
use super::retry_payment::note_failure;
use crate::account::{Attempt, AttemptState, ChangeState};
use crate::command::{Answer, PaymentOutcome};
use crate::document::{DocumentKind, DocumentLine, DocumentReason, PaidBy};
use crate::dunning::AfterGrace;
use crate::effect::{MailTemplate, TestCard, Wish};
use crate::id::{AttemptId, ChangeId, DocumentId};
use crate::ledger::LedgerAccount::{Balance, CashBank, CashCard};
use crate::money::Money;
use crate::refusal::Refusal;

/// Starts to take the open amount of an invoice from a card; one attempt of an invoice runs at a time.
pub(super) fn pay_invoice(draft: &mut Draft, id: DocumentId, card: TestCard) -> Result<Answer, Refusal> {
    end_waiting_for(draft, id);
    let place = invoice_at(draft, id).ok_or(Refusal::InvoiceNotOpen(id))?;
    if draft.account.attempts.iter().any(|attempt| attempt.invoice == id && attempt.state.is_running()) {
        return Err(Refusal::PaymentRunning(id));
    }
    let amount = draft.account.invoices[place].open_amount();
    let attempt = start_attempt(draft, id, amount, card);
    Ok(Answer::PaymentStarted { attempt, invoice: id })
}

/// Stores an attempt and wishes its charge: the key exists before the call (I23).
pub(super) fn start_attempt(draft: &mut Draft, invoice: DocumentId, amount: Money, card: TestCard) -> AttemptId {
    let id = draft.id();
    let state = AttemptState::Sent;
    draft.account.attempts.push(Attempt { id, invoice, amount, card, created_at: draft.now, state });
    draft.wish(Wish::Charge { attempt: id, invoice, amount, card });
    draft.say(format!("A payment of {amount} is being taken."));
    id
}

/// Notes what became of an attempt.
pub(super) fn settle_payment(
    draft: &mut Draft,
    id: AttemptId,
    outcome: &PaymentOutcome,
    event: Option<&str>,
) -> Result<Answer, Refusal> {
    let attempts = draft.account.attempts.iter();
    let place = attempts.enumerate().find(|(_, attempt)| attempt.id == id).map(|(place, _)| place);
    let place = place.ok_or(Refusal::AttemptNotRunning(id))?;
    draft.gateway_event = event.map(|event| ("sandbox".to_owned(), event.to_owned()));
    let attempt = draft.account.attempts[place].clone();
    match (outcome, &attempt.state) {
        (PaymentOutcome::Unknown, AttemptState::Sent) => {
            draft.account.attempts[place].state = AttemptState::Unknown;
            draft.say("The gateway did not answer; it will be asked again.".to_owned());
            Ok(Answer::Noted)
        }
        (PaymentOutcome::Failed { reason }, AttemptState::Sent | AttemptState::Unknown) => {
            draft.account.attempts[place].state = AttemptState::Failed { reason: reason.clone() };
            draft.say(format!("The payment of {} did not go through: {reason}.", attempt.amount));
            // An invoice that was paid otherwise or cancelled meanwhile must not be paid again.
            if invoice_at(draft, attempt.invoice).is_none() {
                return Ok(Answer::Noted);
            }
            // Where it ends the waiting of a change, the mail about that says why.
            Ok(fail_payment(draft, attempt.invoice).unwrap_or_else(|| {
                note_failure(draft, attempt.invoice);
                tell_of_failure(draft, &attempt);
                Answer::Noted
            }))
        }
        (PaymentOutcome::Captured { amount }, _) => {
            // Nothing is no payment: to note it as one would close the attempt to the money that may still come.
            check_amount(draft, *amount)?;
            draft.account.attempts[place].state = AttemptState::Captured { at: draft.now };
            // An amount we did not ask for never settles an invoice (I21).
            let invoice = (*amount == attempt.amount).then_some(attempt.invoice);
            Ok(book_money(draft, invoice, *amount, PaidBy::Card))
        }
        _ => Ok(Answer::Nothing),
    }
}

/// Books money that has arrived: it pays the invoice if that is open and the money suffices; what is left goes to the
/// balance with a receipt.
pub(super) fn book_money(draft: &mut Draft, invoice: Option<DocumentId>, amount: Money, by: PaidBy) -> Answer {
    if let Some(id) = invoice {
        end_waiting_for(draft, id);
    }
    let open = invoice.and_then(|id| invoice_at(draft, id));
    let open = open.map(|place| (draft.account.invoices[place].clone(), draft.account.invoices[place].open_amount()));
    let (paid, rest) = match open {
        Some((invoice, due)) if amount >= due => {
            settle_invoice(draft, invoice.id, by);
            if invoice.change.is_none() {
                notify::mail(draft, MailTemplate::PaymentReceived, |mail| {
                    mail.document = Some(invoice.id);
                    mail.amount = Some(due);
                });
            }
            (Some(invoice), amount - due)
        }
        _ => (None, amount),
    };
    let receipt = rest.is_positive().then(|| put_on_balance(draft, rest, by));
    let applied = paid.as_ref().and_then(|invoice| invoice.change).filter(|change| is_applied(draft, *change));
    Answer::PaymentNoted { paid: paid.map(|invoice| invoice.id), receipt, applied }
}

fn put_on_balance(draft: &mut Draft, amount: Money, by: PaidBy) -> DocumentId {
    let receipt = draft.issue(NewDocument {
        kind: DocumentKind::Receipt,
        reason: DocumentReason::MoneyToBalance,
        subscription: None,
        corrects: None,
        total: amount,
        lines: vec![DocumentLine::of_amount("Payment received, put on your balance", amount)],
    });
    let cash = if by == PaidBy::Card { CashCard } else { CashBank };
    draft.post(cash, Balance, amount, receipt);
    draft.say(format!("{amount} arrived with nothing left to pay and went to the balance."));
    notify::mail(draft, MailTemplate::MoneyToBalance, |mail| {
        mail.document = Some(receipt);
        mail.amount = Some(amount);
    });
    receipt
}

/// Ends the waiting of the change behind an invoice where its time is up, whether or not the timer has been by.
fn end_waiting_for(draft: &mut Draft, invoice: DocumentId) {
    let subscription = draft.account.invoice(invoice).map(|invoice| invoice.subscription);
    if let Some(place) = subscription.and_then(|id| draft.subscription_at(id).ok())
        && draft.subscription(place).change.as_ref().is_some_and(|change| change.document == Some(invoice))
    {
        miss_payment_if_due(draft, place);
    }
}

fn is_applied(draft: &Draft, id: ChangeId) -> bool {
    let changes = draft.account.subscriptions.iter().filter_map(|subscription| subscription.change.as_ref());
    changes.into_iter().any(|change| change.id == id && matches!(change.state, ChangeState::Applied { .. }))
}

fn tell_of_failure(draft: &mut Draft, attempt: &Attempt) {
    let (invoice, amount) = (attempt.invoice, attempt.amount);
    let dunning = draft.account.invoice(invoice).and_then(|invoice| invoice.in_dunning().cloned());
    notify::mail(draft, MailTemplate::PaymentFailed, |mail| {
        mail.document = Some(invoice);
        mail.amount = Some(amount);
        mail.retry_at = dunning.as_ref().and_then(|dunning| dunning.retry_at);
        let until = dunning.as_ref().and_then(|dunning| dunning.grace_until.filter(|_| !dunning.grace_over));
        let ends = dunning.is_some_and(|dunning| dunning.terms.after_grace == AfterGrace::Cancel);
        (mail.restricts_at, mail.ends_at) = if ends { (None, until) } else { (until, None) };
    });
}
