//! Put the settlement of a change off to the next invoice, where the policy says so: its lines wait on the subscription,
//! and the coverage they charge is billed by the invoice that takes them in. That is the invoice of the next period, or
//! the document of a change that is settled at once: whichever comes first takes in all that waits.

use super::draft::Draft;
use super::submit_plan_change::change_lines;
use crate::account::{MAX_WAITING, PlanChange, Subscription};
use crate::calendar::Span;
use crate::document::{DocumentLine, Invoice};
use crate::id::DocumentId;
use crate::money::Money;
use crate::policy::{SettleCharge, SettleCredit, Terms, When};
use crate::quote::Settlement;

/// What a change that is about to be quoted would put on a document.
pub(super) struct Net {
    pub when: When,
    /// The period after it.
    pub period: Span,
    /// Does it end a trial, and so begin a period?
    pub ends_trial: bool,
    /// Its lines that have an amount.
    pub lines: usize,
    /// What they add up to, with tax.
    pub total: Money,
}

/// When a change is settled, and the waiting lines that are settled with it.
///
/// The sign of all that would be settled decides, what waits included: who gives back what was not invoiced yet owes
/// less with the next invoice, and gets nothing that was never paid. What begins a period is that period's invoice, and
/// nothing waits past the period it is of.
pub(super) fn settlement(subscription: &Subscription, terms: &Terms, net: &Net) -> (Settlement, Vec<DocumentLine>) {
    let ends_period = net.period != subscription.period || net.ends_trial;
    if net.when == When::PeriodEnd || (net.lines == 0 && !ends_period) {
        return (Settlement::Now, Vec::new());
    }
    let total = net.total + subscription.waiting_payable();
    let put_off = (total.is_positive() && terms.settle_charge == SettleCharge::NextInvoice)
        || (total.is_negative() && terms.settle_credit == SettleCredit::NextInvoice);
    if put_off && !ends_period && subscription.waiting.len() + net.lines <= MAX_WAITING {
        return (Settlement::NextInvoice, Vec::new());
    }
    (Settlement::Now, subscription.waiting.clone())
}

/// The money of a change that is made: its lines wait, or all that waited is billed by its document.
pub(super) fn wait_or_be_billed(draft: &mut Draft, place: usize, change: &PlanChange) {
    match change.quote.settlement {
        Settlement::NextInvoice => draft.subscription(place).waiting.extend(change_lines(&change.quote, false)),
        Settlement::Now if !change.quote.waiting.is_empty() => {
            let document = change.document.expect("a document of what waited");
            take_in(draft, place, document);
        }
        Settlement::Now => {}
    }
}

/// A document bills all that waited, and the coverage of it; collected, unless it is an invoice that waits for money.
pub(super) fn take_in(draft: &mut Draft, place: usize, document: DocumentId) {
    let is_owed = draft.account.invoice(document).is_some_and(Invoice::is_open);
    let subscription = draft.subscription(place);
    subscription.waiting.clear();
    for segment in subscription.coverage.iter_mut().filter(|segment| segment.is_waiting()) {
        segment.document = Some(document);
        if !is_owed {
            segment.collected = segment.net;
        }
    }
}
