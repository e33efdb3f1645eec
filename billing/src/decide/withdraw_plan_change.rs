//! Close an unpaid plan change without making it: taken back by a person, or lapsed. Its invoice is cancelled
//! with a credit note, and what was set aside of the balance is free again. When it lapses is in `miss_payment`, money
//! that comes later in `settle_payment`.

use super::draft::{Draft, NewDocument};
use super::issue_invoice::invoice_at;
use super::notify::{self, about_change};
use super::submit_plan_change::change_lines;
use crate::account::{ChangeState, PlanChange};
use crate::command::Answer;
use crate::document::{DocumentKind, DocumentReason, InvoiceState};
use crate::effect::MailTemplate;
use crate::id::{ChangeId, DocumentId};
use crate::ledger::LedgerAccount::{Balance, Receivable, Reserved, Sales, Tax};
use crate::refusal::Refusal;

/// A person takes an open change back. Not while a payment for it is on its way: its outcome decides.
pub(super) fn withdraw(draft: &mut Draft, change: ChangeId) -> Result<Answer, Refusal> {
    let (place, open) = open_change(draft, change)?;
    let paying = |invoice| draft.account.attempts.iter().any(|a| Some(a.invoice) == invoice && a.state.is_running());
    if paying(open.document) {
        return Err(Refusal::ChangeBeingPaid(change));
    }
    let state = ChangeState::Withdrawn { at: draft.now };
    let document = close(draft, place, &open, state, MailTemplate::ChangeWithdrawn);
    Ok(Answer::ChangeClosed { change, document })
}

/// It was not paid: it lapses. The credit note that cancels its invoice.
pub(super) fn lapse(draft: &mut Draft, place: usize, open: &PlanChange) -> Option<DocumentId> {
    let state = ChangeState::Lapsed { at: draft.now };
    close(draft, place, open, state, MailTemplate::ChangeLapsed)
}

/// A change that is open, and where.
pub(super) fn open_change(draft: &Draft, change: ChangeId) -> Result<(usize, PlanChange), Refusal> {
    let subscriptions = draft.account.subscriptions.iter().enumerate();
    let open = subscriptions.filter_map(|(place, subscription)| Some((place, subscription.change.as_ref()?)));
    let mut open = open.filter(|(_, open)| open.id == change && open.is_open());
    open.next().map(|(place, open)| (place, open.clone())).ok_or(Refusal::ChangeNotOpen(change))
}

fn close(
    draft: &mut Draft,
    place: usize,
    open: &PlanChange,
    state: ChangeState,
    template: MailTemplate,
) -> Option<DocumentId> {
    if let Some(change) = &mut draft.subscription(place).change {
        change.state = state;
    }
    let word = if template == MailTemplate::ChangeLapsed { "lapsed unpaid" } else { "was withdrawn" };
    draft.say(format!("The {} to {} {word}.", open.quote.direction.word(), open.quote.plan_after));
    let document = open.document.and_then(|invoice| cancel_invoice(draft, invoice, open));
    notify::mail(draft, template, |mail| {
        about_change(mail, open);
        mail.document = document;
        mail.amount = Some(open.quote.total);
    });
    document
}

fn cancel_invoice(draft: &mut Draft, invoice: DocumentId, change: &PlanChange) -> Option<DocumentId> {
    let at = invoice_at(draft, invoice)?;
    let (total, from_balance) = (draft.account.invoices[at].total, draft.account.invoices[at].from_balance);
    let note = draft.issue(NewDocument {
        kind: DocumentKind::CreditNote,
        reason: DocumentReason::InvoiceCancelled { change: change.id },
        subscription: Some(change.quote.subscription),
        corrects: Some(invoice),
        total,
        // Line by line what the invoice said, so that tax goes back at the rates it was charged.
        lines: change_lines(&change.quote, false),
    });
    draft.post(Sales, Receivable, change.quote.income(), note);
    draft.post(Tax, Receivable, change.quote.tax, note);
    draft.post(Reserved, Balance, from_balance, note);
    let entry = &mut draft.account.invoices[at];
    entry.from_balance -= from_balance;
    entry.credited += total;
    entry.state = InvoiceState::Void { at: draft.now };
    Some(note)
}
