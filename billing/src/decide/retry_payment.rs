//! Dun the invoice of an automatic renewal (M8): it is told how when it is issued, its first failed payment begins it, and
//! its card is tried again when that is due. Only what the renewal asked for by itself is tried again; what a person
//! orders fails, and nothing changes. How access is restricted is in `restrict_access`.

use jiff::Timestamp;
use jiff::civil::Date;

use super::draft::Draft;
use super::issue_invoice::{invoice_at, reserve_balance};
use super::settle_owed::pay_from_balance;
use super::settle_payment::start_attempt;
use crate::account::Account;
use crate::calendar::Zone;
use crate::command::{Answer, PaymentChoice};
use crate::dunning::{Dunning, DunningTerms};
use crate::id::DocumentId;
use crate::refusal::Refusal;

/// The invoice of a renewal is dunned under these terms, from its first failure, or from the end of its time to pay.
pub(super) fn dun(draft: &mut Draft, place: usize, invoice: DocumentId, terms: &DunningTerms) {
    let pays_by = draft.subscription(place).pays_by;
    let used = draft.used_on(invoice);
    let zone = draft.account.zone.clone();
    let (Some(at), Some(mut dunning)) = (invoice_at(draft, invoice), Dunning::under(terms)) else { return };
    let invoice = &mut draft.account.invoices[at];
    if pays_by == PaymentChoice::BankTransfer {
        dunning.wait_for_transfer(end_of(invoice.due_on, &zone), &zone);
    }
    if !terms.unpaid.is_owed() {
        dunning.used = used;
    }
    invoice.dunning = Some(dunning);
}

/// A payment of an open invoice failed, whoever asked for it: the first failure begins its dunning, and a retry that fell
/// due meanwhile is behind it.
pub(super) fn note_failure(draft: &mut Draft, invoice: DocumentId) {
    let (now, zone) = (draft.now, draft.account.zone.clone());
    let Some(at) = invoice_at(draft, invoice) else { return };
    if let Some(dunning) = &mut draft.account.invoices[at].dunning {
        dunning.begin(now, &zone);
        dunning.pass(now, &zone);
    }
}

/// Tries the card of an invoice again: the balance pays what it has, the card the rest. Never beside a payment that is on
/// its way, and never for a retry that is behind it.
pub(super) fn retry_payment(draft: &mut Draft, invoice: DocumentId, number: usize) -> Result<Answer, Refusal> {
    let (now, zone) = (draft.now, draft.account.zone.clone());
    let at = invoice_at(draft, invoice).ok_or(Refusal::InvoiceNotOpen(invoice))?;
    let entry = &draft.account.invoices[at];
    let dunning = entry.dunning.as_ref().ok_or(Refusal::RetryNotDue(invoice))?;
    if number <= dunning.retried {
        return Ok(Answer::Nothing);
    }
    if number != dunning.retried + 1 || dunning.retry_at.is_none_or(|due| now < due) {
        return Err(Refusal::RetryNotDue(invoice));
    }
    if is_being_paid(&draft.account, invoice) {
        return Err(Refusal::PaymentRunning(invoice));
    }
    let subscription = entry.subscription;
    // Where no command came since its last payment was given up, the balance may pay it still.
    pay_from_balance(draft);
    let Some(at) = invoice_at(draft, invoice) else { return Ok(Answer::Noted) };
    let free = draft.account.balance.min(draft.account.invoices[at].open_amount());
    if let Some(dunning) = &mut draft.account.invoices[at].dunning {
        dunning.pass(now, &zone);
    }
    let pays_by = draft.account.subscription(subscription).map(|subscription| subscription.pays_by);
    let Some(PaymentChoice::Card(card)) = pays_by else { return Ok(Answer::Noted) };
    draft.say(format!("Retry {number} of an unpaid renewal."));
    reserve_balance(draft, invoice, free);
    let amount = draft.account.invoices[at].open_amount();
    let attempt = start_attempt(draft, invoice, amount, card);
    Ok(Answer::PaymentStarted { attempt, invoice })
}

/// Is a payment of the invoice on its way?
pub(super) fn is_being_paid(account: &Account, invoice: DocumentId) -> bool {
    account.attempts.iter().any(|attempt| attempt.invoice == invoice && attempt.state.is_running())
}

/// Where the day after begins.
fn end_of(day: Date, zone: &Zone) -> Timestamp {
    zone.midnight(day.tomorrow().expect("a date inside the supported range"))
}
