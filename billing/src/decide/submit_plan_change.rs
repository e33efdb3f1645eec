//! Submit a quoted plan change: derive the quote again at its own instant, compare, and charge exactly it (N1). What
//! costs something waits for its payment (V6, W2); what costs nothing or gives money back is made at once (V4).

use jiff::Timestamp;

use super::Facts;
use super::apply_plan_change::apply_plan_change;
use super::draft::{Draft, NewDocument};
use super::issue_invoice::{reserve_balance, settle_invoice};
use super::notify::{self, about_change};
use super::quote_plan_change::quote_plan_change;
use super::settle_payment::start_attempt;
use crate::account::{ChangeState, PlanChange};
use crate::command::{Answer, Command, Envelope, PaymentChoice};
use crate::document::{DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use crate::effect::MailTemplate;
use crate::id::{ChangeId, DocumentId};
use crate::ledger::LedgerAccount::{Balance, Receivable, Sales};
use crate::money::Money;
use crate::quote::{PlanChangeRequest, Quote, QuoteSummary};
use crate::refusal::{Refusal, Stale};

/// Decides a submission.
pub(super) fn submit_plan_change(facts: Facts<'_>, draft: &mut Draft, envelope: &Envelope) -> Result<Answer, Refusal> {
    let Command::SubmitPlanChange { request, quoted_at, digest, shown, pays_by } = &envelope.command else {
        unreachable!("only this command is decided here");
    };
    let quote = held_quote(facts, draft, request, *quoted_at, digest, shown)?;
    let place = draft.subscription_at(request.subscription)?;
    let id: ChangeId = draft.id();
    draft.say(format!(
        "The {} from {} to {} was submitted: {} to pay, {} to the balance.",
        quote.direction.word(),
        quote.plan_before,
        quote.plan_after,
        quote.due,
        quote.to_balance
    ));
    let document = issue_document(draft, id, &quote);
    let change = PlanChange {
        id,
        submitted_at: draft.now,
        asked_by: request.asked_by,
        document,
        state: ChangeState::AwaitsPayment { lapses_at: quote.pay_by },
        quote: quote.clone(),
    };
    draft.subscription(place).change = Some(change.clone());
    let Quote { direction, due, to_balance, .. } = quote;
    let mut attempt = None;
    match document {
        Some(invoice) if due.is_positive() => {
            if let PaymentChoice::Card(card) = pays_by {
                attempt = Some(start_attempt(draft, invoice, due, *card));
            }
            notify::mail(draft, MailTemplate::ChangeOrdered, |mail| {
                about_change(mail, &change);
                mail.amount = Some(due);
                mail.by = Some(quote.pay_by);
            });
        }
        Some(invoice) if quote.net.is_positive() => settle_invoice(draft, invoice, PaidBy::Balance),
        _ => apply_plan_change(draft, place),
    }
    let applied = !due.is_positive();
    Ok(Answer::ChangeSubmitted { change: id, direction, applied, document, attempt, due, to_balance })
}

/// The quote that was shown, if it still holds at this moment and in this world; else both versions.
fn held_quote(
    facts: Facts<'_>,
    draft: &Draft,
    request: &PlanChangeRequest,
    quoted_at: Timestamp,
    digest: &str,
    shown: &QuoteSummary,
) -> Result<Quote, Refusal> {
    let quote = quote_plan_change(facts, &draft.account, request, quoted_at)?;
    let fresh = || quote_plan_change(facts, &draft.account, request, draft.now).ok().map(Box::new);
    let shown = || Box::new(shown.clone());
    if quote.digest() != digest {
        let because =
            if facts.catalogue.version == shown().catalogue_version { Stale::Account } else { Stale::Catalogue };
        return Err(Refusal::QuoteStale { because, shown: shown(), fresh: fresh() });
    }
    if draft.now >= quote.expires_at {
        let zone = &draft.account.zone;
        let at_midnight = quote.expires_at == zone.start_of_next_day(quoted_at);
        return Err(if at_midnight {
            Refusal::QuoteStale { because: Stale::NewDay, shown: shown(), fresh: fresh() }
        } else {
            Refusal::QuoteExpired { expired_at: quote.expires_at, shown: shown(), fresh: fresh() }
        });
    }
    Ok(quote)
}

/// The invoice or credit note of a change; none where no line has an amount. What was given back but never paid is not
/// on it: that comes off the unpaid invoice when the change is made.
fn issue_document(draft: &mut Draft, change: ChangeId, quote: &Quote) -> Option<DocumentId> {
    let gives_back = quote.net.is_negative();
    let sign = |amount: Money| if gives_back { -amount } else { amount };
    let credits = quote.credits.iter().filter(|line| !line.collected.is_zero()).map(|line| DocumentLine {
        item: Some(line.item),
        text: line.text.clone(),
        quantity: line.quantity,
        span: Some(line.span),
        amount: sign(-line.collected),
        segment: Some(line.segment),
        derivation: Some(line.derivation.clone()),
    });
    let charges = quote.charges.iter().filter(|line| !line.amount.is_zero()).map(|line| DocumentLine {
        item: line.item,
        text: line.text.clone(),
        quantity: line.quantity,
        span: Some(line.span),
        amount: sign(line.amount),
        segment: None,
        derivation: Some(line.derivation.clone()),
    });
    let lines: Vec<_> = credits.chain(charges).collect();
    if lines.is_empty() {
        return None;
    }
    let id = draft.issue(NewDocument {
        kind: if gives_back { DocumentKind::CreditNote } else { DocumentKind::Invoice },
        reason: DocumentReason::PlanChange { change },
        subscription: Some(quote.subscription),
        corrects: None,
        total: sign(quote.net),
        lines,
    });
    if gives_back {
        draft.post(Sales, Balance, quote.to_balance, id);
        return Some(id);
    }
    draft.post(Receivable, Sales, quote.net, id);
    let nothing = draft.account.nothing();
    let settled = quote.net.is_zero();
    draft.account.invoices.push(Invoice {
        id,
        subscription: quote.subscription,
        change: Some(change),
        total: quote.net,
        from_balance: nothing,
        credited: nothing,
        due_on: draft.account.zone.date(quote.pay_by),
        state: if settled { InvoiceState::Paid { at: draft.now, by: PaidBy::Credit } } else { InvoiceState::Open },
    });
    reserve_balance(draft, id, quote.from_balance);
    Some(id)
}
