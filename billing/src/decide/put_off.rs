//! Put the settlement of a change off to the next invoice, where the policy says so or its plan is billed in arrears: its
//! lines wait on the subscription, and the coverage they charge is billed by the invoice that takes them in. That is the
//! invoice of the next period, or the document of a change that is settled at once: whichever comes first takes in all
//! that waits.

use super::draft::Draft;
use super::submit_plan_change::{change_lines, charge_lines};
use crate::account::{MAX_WAITING, PlanChange, Subscription};
use crate::calendar::Span;
use crate::catalogue::Billed;
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
    /// When what it charges is billed.
    pub billed: Billed,
    /// Its lines that have an amount.
    pub lines: usize,
    /// What they add up to, with tax.
    pub total: Money,
    /// What of that is charged.
    pub charged: Money,
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
    if net.billed.is_arrears() {
        return settlement_in_arrears(subscription, terms, net, ends_period);
    }
    let total = net.total + subscription.waiting_payable();
    let put_off = (total.is_positive() && terms.settle_charge == SettleCharge::NextInvoice)
        || (total.is_negative() && terms.settle_credit == SettleCredit::NextInvoice);
    if put_off && !ends_period && subscription.waiting.len() + net.lines <= MAX_WAITING {
        return (Settlement::NextInvoice, Vec::new());
    }
    (Settlement::Now, subscription.waiting.clone())
}

/// The same of a change to what is billed in arrears. What it charges waits in any case. All that waited, less what is
/// given back, is billed where the period ends with the change; else it goes on waiting, unless it gives more than it asks
/// for: what was paid for the rest of an old plan goes back as the terms say, less what is not invoiced yet.
fn settlement_in_arrears(
    subscription: &Subscription,
    terms: &Terms,
    net: &Net,
    ends_period: bool,
) -> (Settlement, Vec<DocumentLine>) {
    let settled = net.total - net.charged + subscription.waiting_payable();
    let gives = settled.is_negative() && terms.settle_credit != SettleCredit::NextInvoice;
    if !ends_period && !gives && subscription.waiting.len() + net.lines <= MAX_WAITING {
        return (Settlement::NextInvoice, Vec::new());
    }
    (Settlement::ChargeWaits, subscription.waiting.clone())
}

/// The money of a change that is made, before what it charges is laid: its lines wait, or all that waited is billed by its
/// document.
pub(super) fn wait_or_be_billed(draft: &mut Draft, place: usize, change: &PlanChange) {
    let quote = &change.quote;
    if !quote.waiting.is_empty() {
        let document = change.document.expect("a document of what waited");
        take_in(draft, place, document);
    }
    match quote.settlement {
        Settlement::Now => {}
        Settlement::NextInvoice => draft.subscription(place).waiting.extend(change_lines(quote, false)),
        Settlement::ChargeWaits => draft.subscription(place).waiting.extend(charge_lines(quote)),
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
