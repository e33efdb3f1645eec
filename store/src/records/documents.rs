//! Documents, their lines, how invoices and payouts stand, and attempts to pay, as rows and back.

use billing::account::{Account, Attempt, AttemptState};
use billing::document::{Document, DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use billing::dunning::Dunning;
use billing::id::{AccountId, ChangeId, DocumentId};
use billing::payout::{FeeCount, Payout, PayoutState};

use super::Read;
use crate::value::{Fields, Value};

/// A document's row. In the place of its number stands `distance`: how far it is from the last number of its series
/// once this commit has taken its own; 0 for the last one, negative for those before.
pub(crate) fn document_row(account: &Account, document: &Document, distance: i64) -> Vec<Value> {
    let (reason, period, change) = match &document.reason {
        DocumentReason::Period { period } => ("period", Some(*period), None),
        DocumentReason::Trial => ("trial", None, None),
        DocumentReason::PlanChange { change } => ("plan_change", None, Some(*change)),
        DocumentReason::DebtReleased { change } => ("debt_released", None, Some(*change)),
        DocumentReason::InvoiceCancelled { change } => ("invoice_cancelled", None, Some(*change)),
        DocumentReason::Cancellation => ("cancellation", None, None),
        DocumentReason::OwedNoMore => ("owed_no_more", None, None),
        DocumentReason::MoneyToBalance => ("money_to_balance", None, None),
        DocumentReason::Goodwill => ("goodwill", None, None),
        DocumentReason::Payout { .. } => ("payout", None, None),
        DocumentReason::PayoutReturned => ("payout_returned", None, None),
    };
    let fee_count = match &document.reason {
        DocumentReason::Payout { count } => Value::json(count),
        _ => Value::Null,
    };
    vec![
        account.id.into(),
        document.id.into(),
        document.kind.name().into(),
        (&account.storefront).into(),
        (&document.series).into(),
        distance.into(),
        document.issued_at.into(),
        Value::shown(document.issued_on),
        document.total.currency.code().into(),
        document.total.into(),
        reason.into(),
        period.into(),
        change.into(),
        document.subscription.into(),
        document.corrects.into(),
        fee_count,
    ]
}

/// A document without its lines, and the account it belongs to.
pub(crate) fn read_document(fields: &mut Fields<'_>) -> Read<(AccountId, Document)> {
    let account = fields.word()?;
    let id = fields.word()?;
    let kind = fields.word::<DocumentKind>()?;
    fields.skip()?;
    let series = fields.text()?;
    let number = fields.int()?;
    let issued_at = fields.at()?;
    let issued_on = fields.word()?;
    let currency = fields.word()?;
    let total = fields.money(currency)?;
    let reason = fields.str()?;
    let period = fields.int_or_null()?;
    let change = fields.word_or_null::<ChangeId>()?;
    let (subscription, corrects) = (fields.word_or_null()?, fields.word_or_null()?);
    let fee_count: Option<FeeCount> = fields.json_or_null()?;
    let reason = match (reason, period, change) {
        ("period", Some(period), None) => DocumentReason::Period { period },
        ("trial", None, None) => DocumentReason::Trial,
        ("plan_change", None, Some(change)) => DocumentReason::PlanChange { change },
        ("debt_released", None, Some(change)) => DocumentReason::DebtReleased { change },
        ("invoice_cancelled", None, Some(change)) => DocumentReason::InvoiceCancelled { change },
        ("cancellation", None, None) => DocumentReason::Cancellation,
        ("owed_no_more", None, None) => DocumentReason::OwedNoMore,
        ("money_to_balance", None, None) => DocumentReason::MoneyToBalance,
        ("goodwill", None, None) => DocumentReason::Goodwill,
        ("payout", None, None) if let Some(count) = fee_count => DocumentReason::Payout { count },
        ("payout_returned", None, None) => DocumentReason::PayoutReturned,
        _ => return Err(fields.wrong(format!("{reason:?} is no reason for such a document"))),
    };
    let document = Document {
        id,
        kind,
        series,
        number: Some(number),
        issued_at,
        issued_on,
        total,
        reason,
        subscription,
        corrects,
        lines: Vec::new(),
    };
    Ok((account, document))
}

pub(crate) fn line_row(account: AccountId, document: DocumentId, line_no: i64, line: &DocumentLine) -> Vec<Value> {
    vec![
        account.into(),
        document.into(),
        line_no.into(),
        line.item.into(),
        line.text.as_str().into(),
        line.quantity.into(),
        line.span.map(|span| span.from).into(),
        line.span.map(|span| span.until).into(),
        line.amount.currency.code().into(),
        line.amount.into(),
        line.tax.into(),
        line.tax_rate.as_ref().map_or(Value::Null, Value::json),
        line.segment.into(),
        line.derivation.as_ref().map_or(Value::Null, Value::json),
        line.metered.as_ref().map_or(Value::Null, Value::json),
    ]
}

pub(crate) fn read_line(fields: &mut Fields<'_>) -> Read<(DocumentId, DocumentLine)> {
    fields.skip()?;
    let document = fields.word()?;
    fields.skip()?;
    let item = fields.word_or_null()?;
    let text = fields.text()?;
    let quantity = fields.count()?;
    let (from, until) = (fields.at_or_null()?, fields.at_or_null()?);
    let span = from.zip(until).map(|(from, until)| billing::calendar::Span { from, until });
    let currency = fields.word()?;
    let line = DocumentLine {
        item,
        text: text.into(),
        quantity,
        span,
        amount: fields.money(currency)?,
        tax: fields.money(currency)?,
        tax_rate: fields.json_or_null()?,
        segment: fields.word_or_null()?,
        derivation: fields.json_or_null()?,
        metered: fields.json_or_null()?,
    };
    Ok((document, line))
}

pub(crate) fn invoice_row(account: AccountId, invoice: &Invoice) -> Vec<Value> {
    let (state, closed_at, paid_by) = match &invoice.state {
        InvoiceState::Open => ("open", None, Value::Null),
        InvoiceState::Paid { at, by } => ("paid", Some(*at), Value::word(by)),
        InvoiceState::Void { at } => ("void", Some(*at), Value::Null),
    };
    vec![
        account.into(),
        invoice.id.into(),
        invoice.subscription.into(),
        invoice.change.into(),
        invoice.total.currency.code().into(),
        invoice.total.into(),
        invoice.from_balance.into(),
        invoice.credited.into(),
        Value::shown(invoice.due_on),
        state.into(),
        closed_at.into(),
        paid_by,
        invoice.dunning.as_ref().map_or(Value::Null, Value::json),
        // Found by this while it is open; what is closed is never due again.
        invoice.in_dunning().and_then(Dunning::next_at).into(),
    ]
}

pub(crate) fn read_invoice(fields: &mut Fields<'_>) -> Read<Invoice> {
    fields.skip()?;
    let id = fields.word()?;
    let subscription = fields.word()?;
    let change = fields.word_or_null()?;
    let currency = fields.word()?;
    let total = fields.money(currency)?;
    let from_balance = fields.money(currency)?;
    let credited = fields.money(currency)?;
    let due_on = fields.word()?;
    let state = fields.str()?;
    let closed_at = fields.at_or_null()?;
    let paid_by = fields.word_or_null::<PaidBy>()?;
    let state = match (state, closed_at, paid_by) {
        ("open", None, None) => InvoiceState::Open,
        ("paid", Some(at), Some(by)) => InvoiceState::Paid { at, by },
        ("void", Some(at), None) => InvoiceState::Void { at },
        _ => return Err(fields.wrong(format!("{state:?} is no state of such an invoice"))),
    };
    let dunning = fields.json_or_null()?;
    fields.skip()?;
    Ok(Invoice { id, subscription, change, total, from_balance, credited, due_on, state, dunning })
}

pub(crate) fn attempt_row(account: AccountId, attempt: &Attempt) -> Vec<Value> {
    let (state, reason, captured_at) = match &attempt.state {
        AttemptState::Sent => ("sent", None, None),
        AttemptState::Unknown => ("unknown", None, None),
        AttemptState::Failed { reason } => ("failed", Some(reason), None),
        AttemptState::Captured { at } => ("captured", None, Some(*at)),
    };
    vec![
        account.into(),
        attempt.id.into(),
        attempt.invoice.into(),
        attempt.amount.currency.code().into(),
        attempt.amount.into(),
        attempt.card.name().into(),
        attempt.created_at.into(),
        state.into(),
        reason.into(),
        captured_at.into(),
    ]
}

pub(crate) fn read_attempt(fields: &mut Fields<'_>) -> Read<Attempt> {
    fields.skip()?;
    let id = fields.word()?;
    let invoice = fields.word()?;
    let currency = fields.word()?;
    let amount = fields.money(currency)?;
    let card = fields.word()?;
    let created_at = fields.at()?;
    let state = fields.str()?;
    let reason = fields.text_or_null()?;
    let captured_at = fields.at_or_null()?;
    let state = match (state, captured_at) {
        ("sent", None) => AttemptState::Sent,
        ("unknown", None) => AttemptState::Unknown,
        ("failed", None) => AttemptState::Failed { reason: reason.unwrap_or_default() },
        ("captured", Some(at)) => AttemptState::Captured { at },
        _ => return Err(fields.wrong(format!("{state:?} is no state of an attempt"))),
    };
    Ok(Attempt { id, invoice, amount, card, created_at, state })
}

pub(crate) fn payout_row(account: AccountId, payout: &Payout) -> Vec<Value> {
    let (state, closed_at, note) = match &payout.state {
        PayoutState::Requested => ("requested", None, None),
        PayoutState::Sent { at, reference } => ("sent", Some(*at), Some(reference)),
        PayoutState::Returned { at, reason } => ("returned", Some(*at), Some(reason)),
    };
    vec![
        account.into(),
        payout.id.into(),
        payout.amount.currency.code().into(),
        payout.amount.into(),
        payout.fee.into(),
        (&payout.to).into(),
        payout.requested_at.into(),
        state.into(),
        closed_at.into(),
        note.into(),
    ]
}

pub(crate) fn read_payout(fields: &mut Fields<'_>) -> Read<Payout> {
    fields.skip()?;
    let id = fields.word()?;
    let currency = fields.word()?;
    let amount = fields.money(currency)?;
    let fee = fields.money(currency)?;
    let to = fields.text()?;
    let requested_at = fields.at()?;
    let state = fields.str()?;
    let closed_at = fields.at_or_null()?;
    let note = fields.text_or_null()?;
    let state = match (state, closed_at, note) {
        ("requested", None, None) => PayoutState::Requested,
        ("sent", Some(at), Some(reference)) => PayoutState::Sent { at, reference },
        ("returned", Some(at), Some(reason)) => PayoutState::Returned { at, reason },
        _ => return Err(fields.wrong(format!("{state:?} is no state of such a payout"))),
    };
    Ok(Payout { id, amount, fee, to, requested_at, state })
}
