//! Restrict access to a service when the grace of an unpaid renewal is over (M8). Billing goes on: the time without access
//! is owed like any other (M10). How access returns is in `settle_owed`.

use super::draft::Draft;
use super::issue_invoice::invoice_at;
use super::notify;
use super::provision::want_access;
use super::retry_payment::is_being_paid;
use super::settle_owed::pay_from_balance;
use crate::command::Answer;
use crate::document::Invoice;
use crate::dunning::{AfterGrace, DunningTerms};
use crate::effect::MailTemplate;
use crate::id::DocumentId;
use crate::money::sum;
use crate::refusal::Refusal;
use crate::service::Access;

/// The terms of an open invoice whose grace is over, and which say what is to be done then.
pub(super) fn grace_over(draft: &Draft, invoice: DocumentId, then: AfterGrace) -> Result<DunningTerms, Refusal> {
    let now = draft.now;
    let at = invoice_at(draft, invoice).ok_or(Refusal::InvoiceNotOpen(invoice))?;
    let dunning = draft.account.invoices[at].dunning.as_ref().filter(|dunning| dunning.terms.after_grace == then);
    let dunning = dunning.ok_or(Refusal::GraceNotOver(invoice))?;
    // A try that is due comes first: it may pay.
    if dunning.grace_until.is_none_or(|until| now < until) || dunning.retry_at.is_some_and(|retry| retry <= now) {
        return Err(Refusal::GraceNotOver(invoice));
    }
    if is_being_paid(&draft.account, invoice) {
        return Err(Refusal::PaymentRunning(invoice));
    }
    Ok(dunning.terms.clone())
}

/// The grace of an invoice is over. While a payment of it is on its way, or to be tried again by now, its outcome is
/// waited for.
pub(super) fn restrict_access(draft: &mut Draft, invoice: DocumentId) -> Result<Answer, Refusal> {
    let at = invoice_at(draft, invoice).ok_or(Refusal::InvoiceNotOpen(invoice))?;
    let entry = &draft.account.invoices[at];
    let subscription = entry.subscription;
    if entry.dunning.as_ref().is_some_and(|dunning| dunning.grace_over) {
        return Ok(Answer::Nothing);
    }
    grace_over(draft, invoice, AfterGrace::Restrict)?;
    // Where no command came since it is overdue, the balance may pay it still.
    pay_from_balance(draft);
    let Some(at) = invoice_at(draft, invoice) else { return Ok(Answer::Noted) };
    if let Some(dunning) = &mut draft.account.invoices[at].dunning {
        dunning.grace_over = true;
    }
    let place = draft.subscription_at(subscription)?;
    let service = draft.subscription(place).service.clone();
    if service.access == Access::Restricted {
        draft.say(format!("The grace of another invoice of {} is over.", service.label));
        return Ok(Answer::Noted);
    }
    want_access(draft, place, Access::Restricted);
    let owed = sum(draft.account.currency, draft.account.owed(subscription).map(Invoice::open_amount));
    draft.say(format!("Access to {} is restricted until {owed} are paid.", service.label));
    notify::mail(draft, MailTemplate::AccessRestricted, |mail| {
        mail.service = Some(service.label);
        mail.service_id = Some(service.id);
        mail.amount = Some(owed);
    });
    Ok(Answer::AccessRestricted { subscription })
}
