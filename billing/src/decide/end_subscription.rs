//! End a subscription (B2): what is left of what was billed is given back or owed no more, what was used and what waited is
//! billed, the service ends, and nothing of it is tried, renewed or changed any more. One commit.

use super::Facts;
use super::apply_plan_change::{cut, release_unpaid};
use super::draft::{Draft, NewDocument};
use super::issue_invoice::{DAYS_TO_PAY, release_debt, reserve_balance, settle_invoice};
use super::notify;
use super::provision::want_access;
use super::put_off::take_in;
use super::quote_cancellation::{End, counted};
use super::settle_payment::start_attempt;
use super::withdraw_plan_change::withdraw;
use crate::account::PlanChange;
use crate::cancellation::{Cancellation, CancellationQuote};
use crate::command::{Answer, PaymentChoice};
use crate::document::{DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use crate::effect::MailTemplate;
use crate::id::{DocumentId, SubscriptionId};
use crate::ledger::LedgerAccount::{Balance, Receivable, Sales, Tax};
use crate::money::{Money, sum};
use crate::quote::CreditLine;
use crate::refusal::Refusal;
use crate::service::Access;
use jiff::SignedDuration;

/// The period is over with which a subscription was cancelled.
pub(super) fn end_subscription(facts: Facts<'_>, draft: &mut Draft, id: SubscriptionId) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(id)?;
    let now = draft.now;
    let subscription = draft.subscription(place).clone();
    if subscription.has_ended() {
        return Ok(Answer::Nothing);
    }
    let scheduled = subscription.scheduled_end().ok_or(Refusal::NotCancelled(id))?;
    if now < subscription.period.until {
        return Err(Refusal::EndNotDue(subscription.period.until));
    }
    let asked_by = scheduled.quote.asked_by;
    let quote = counted(facts, &draft.account, &subscription, asked_by, End::Over, now)?;
    let cancellation = Cancellation { quote, ended_at: Some(now), ..scheduled.clone() };
    end(draft, place, cancellation)
}

/// Ends a subscription as its quote says. An open change is taken back first: cancelling comes before it.
pub(super) fn end(draft: &mut Draft, place: usize, cancellation: Cancellation) -> Result<Answer, Refusal> {
    let quote = cancellation.quote.clone();
    withdraw_open(draft, place)?;
    let service = draft.subscription(place).service.clone();
    draft.say(format!(
        "{} ended: {} to pay, {} to the balance, {} owed no more.",
        service.label, quote.due, quote.to_balance, quote.debt_released
    ));
    for line in &quote.credits {
        cut(draft, place, line);
    }
    let document = issue_last_document(draft, place, &quote);
    release_unpaid(draft, &quote.credits, &DocumentReason::OwedNoMore);
    if quote.released {
        release_used(draft, quote.subscription);
    }
    let subscription = draft.subscription(place);
    subscription.waiting.clear();
    subscription.usage.clear();
    subscription.cancellation = Some(Box::new(cancellation));
    let product = subscription.product.clone();
    if let Err(at) = draft.account.had.binary_search(&product) {
        draft.account.had.insert(at, product);
    }
    for invoice in draft.account.invoices.iter_mut().filter(|invoice| invoice.subscription == quote.subscription) {
        // Nothing of what ended is tried again: it is owed.
        invoice.dunning = None;
    }
    want_access(draft, place, Access::Ended);
    let pays_by = draft.subscription(place).pays_by;
    let is_due = document.filter(|_| quote.due.is_positive());
    let attempt = match (is_due, pays_by) {
        (Some(invoice), PaymentChoice::Card(card)) => Some(start_attempt(draft, invoice, quote.due, card)),
        _ => None,
    };
    tell(draft, place, &quote, document);
    let CancellationQuote { subscription, due, to_balance, .. } = quote;
    Ok(Answer::SubscriptionEnded { subscription, document, attempt, due, to_balance })
}

/// Takes the open change of a subscription back, if it has one.
pub(super) fn withdraw_open(draft: &mut Draft, place: usize) -> Result<(), Refusal> {
    let open = draft.subscription(place).change.as_ref().filter(|change| change.is_open());
    if let Some(PlanChange { id, .. }) = open {
        let id = *id;
        withdraw(draft, id)?;
    }
    Ok(())
}

/// The last invoice, or the credit note where it gives back; none where no line has an amount.
fn issue_last_document(draft: &mut Draft, place: usize, quote: &CancellationQuote) -> Option<DocumentId> {
    let gives_back = quote.total.is_negative();
    let sign = |amount: Money| if gives_back { -amount } else { amount };
    let lines = last_lines(quote).map(|line| DocumentLine { amount: sign(line.amount), tax: sign(line.tax), ..line });
    let lines: Vec<DocumentLine> = lines.collect();
    if lines.is_empty() {
        return None;
    }
    let id = draft.issue(NewDocument {
        kind: if gives_back { DocumentKind::CreditNote } else { DocumentKind::Invoice },
        reason: DocumentReason::Cancellation,
        subscription: Some(quote.subscription),
        corrects: None,
        total: sign(quote.total),
        lines,
    });
    if gives_back {
        draft.post(Sales, Balance, -quote.income(), id);
        draft.post(Tax, Balance, -quote.tax, id);
        take_in(draft, place, id);
        return Some(id);
    }
    draft.post(Receivable, Sales, quote.income(), id);
    draft.post(Receivable, Tax, quote.tax, id);
    let nothing = draft.account.nothing();
    let is_nothing = quote.total.is_zero();
    let due_at = draft.now.checked_add(SignedDuration::from_hours(24 * DAYS_TO_PAY)).expect("a date in range");
    draft.account.invoices.push(Invoice {
        id,
        subscription: quote.subscription,
        change: None,
        total: quote.total,
        from_balance: nothing,
        credited: nothing,
        due_on: draft.account.zone.date(due_at),
        state: if is_nothing { InvoiceState::Paid { at: draft.now, by: PaidBy::Credit } } else { InvoiceState::Open },
        dunning: None,
    });
    reserve_balance(draft, id, quote.from_balance);
    take_in(draft, place, id);
    if quote.due.is_zero() && !is_nothing {
        settle_invoice(draft, id, PaidBy::Balance);
    }
    Some(id)
}

/// What waited, what is given back and was paid or waited, and what was used.
fn last_lines(quote: &CancellationQuote) -> impl Iterator<Item = DocumentLine> {
    let credits = quote.credits.iter().filter(|line| !line.returned().is_zero()).map(CreditLine::on_invoice);
    quote.waiting.iter().cloned().chain(credits).chain(quote.used.iter().cloned())
}

/// What was used and stands on unpaid invoices comes off them too.
fn release_used(draft: &mut Draft, subscription: SubscriptionId) {
    let unpaid: Vec<DocumentId> = draft.account.owed(subscription).map(|invoice| invoice.id).collect();
    for id in unpaid {
        let dunning = draft.account.invoice(id).and_then(|invoice| invoice.dunning.as_ref());
        let lines = dunning.map(|dunning| dunning.used.clone()).unwrap_or_default();
        release_debt(draft, id, lines, DocumentReason::OwedNoMore);
    }
}

fn tell(draft: &mut Draft, place: usize, quote: &CancellationQuote, document: Option<DocumentId>) {
    let service = draft.subscription(place).service.clone();
    let owed = sum(draft.account.currency, draft.account.owed(quote.subscription).map(Invoice::open_amount));
    notify::mail(draft, MailTemplate::SubscriptionEnded, |mail| {
        mail.service = Some(service.label);
        mail.service_id = Some(service.id);
        mail.from_plan = Some(quote.plan.clone());
        mail.document = document;
        mail.amount = Some(quote.to_balance).filter(|amount| amount.is_positive());
        mail.released = Some(quote.debt_released).filter(|amount| amount.is_positive());
        mail.owed = Some(owed).filter(|amount| amount.is_positive());
        mail.by = Some(quote.ends_at);
        mail.unpaid = quote.asked_by.is_none();
    });
}
