//! Submit a quoted plan change: derive the quote again at its own instant, compare, and charge exactly it (N1). What
//! costs something waits for its payment (V6, W2); what costs nothing or gives money back is made at once (V4).

use jiff::Timestamp;

use super::Facts;
use super::apply_plan_change::apply_plan_change;
use super::cancel_subscription::take_back;
use super::draft::{Draft, NewDocument};
use super::issue_invoice::{reserve_balance, settle_invoice};
use super::notify::{self, about_change};
use super::quote_plan_change::quote_plan_change;
use super::settle_payment::start_attempt;
use super::withdraw_plan_change::withdraw;
use crate::account::{ChangeState, PlanChange};
use crate::calendar::Zone;
use crate::command::{Answer, Command, Envelope, PaymentChoice};
use crate::document::{DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use crate::effect::MailTemplate;
use crate::id::{AttemptId, ChangeId, DocumentId};
use crate::ledger::LedgerAccount::{Balance, Receivable, Sales, Tax};
use crate::money::Money;
use crate::one_time::OneTimeLine;
use crate::policy::Gate;
use crate::quote::{CreditLine, PlanChangeRequest, Quote, QuoteSummary, Settlement};
use crate::refusal::{Refusal, Stale};

/// Decides a submission.
pub(super) fn submit_plan_change(facts: Facts<'_>, draft: &mut Draft, envelope: &Envelope) -> Result<Answer, Refusal> {
    let Command::SubmitPlanChange { request, quoted_at, digest, shown, pays_by } = &envelope.command else {
        unreachable!("only this command is decided here");
    };
    let quote = held_quote(facts, draft, request, *quoted_at, digest, shown)?;
    submit_quote(draft, quote, pays_by)
}

/// Submits a quote that holds.
pub(super) fn submit_quote(draft: &mut Draft, quote: Quote, pays_by: &PaymentChoice) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(quote.subscription)?;
    let id: ChangeId = draft.id();
    let money = match quote.settlement {
        Settlement::Now | Settlement::ChargeWaits => {
            format!("{} to pay, {} to the balance", quote.due, quote.to_balance)
        }
        Settlement::NextInvoice if quote.total.is_negative() => format!("{} off the next invoice", -quote.total),
        Settlement::NextInvoice => format!("{} with the next invoice", quote.total),
    };
    let (way, before, after) = (quote.direction.word(), &quote.plan_before, &quote.plan_after);
    draft.say(format!("The {way} from {before} to {after} was submitted: {money}."));
    let replaced = replace_open(draft, place)?;
    if quote.uncancels {
        take_back(draft, place);
    }
    let planned_for = quote.on.map_or(quote.period.from, |day| day.from);
    let state = if quote.is_planned() {
        ChangeState::Scheduled { at: planned_for }
    } else {
        ChangeState::AwaitsPayment { lapses_at: quote.pay_by }
    };
    let asked_by = quote.asked_by;
    let change = PlanChange {
        id,
        submitted_at: draft.now,
        asked_by,
        pays_by: quote.on.map(|_| *pays_by),
        document: None,
        state,
        quote: quote.clone(),
    };
    draft.subscription(place).change = Some(change.clone());
    draft.subscription(place).replaced = replaced;
    let Quote { direction, due, to_balance, .. } = quote;
    if quote.is_planned() {
        notify::mail(draft, MailTemplate::ChangeOrdered, |mail| {
            about_change(mail, &change);
            mail.by = Some(planned_for);
            mail.on = quote.on.map(|day| day.date);
            mail.amount = mail.on.and((!quote.settlement.is_later()).then_some(quote.total));
        });
        return Ok(Answer::ChangeSubmitted {
            change: id,
            direction,
            applied: false,
            document: None,
            attempt: None,
            due,
            to_balance,
        });
    }
    let Charged { applied, document, attempt } = charge(draft, place, &quote, pays_by);
    Ok(Answer::ChangeSubmitted { change: id, direction, applied, document, attempt, due, to_balance })
}

/// What became of a change whose money is settled now.
pub(super) struct Charged {
    /// Is it made already, or does it wait for its payment?
    pub applied: bool,
    /// Its invoice or credit note.
    pub document: Option<DocumentId>,
    /// The attempt that takes the payment.
    pub attempt: Option<AttemptId>,
}

/// Settles the money of the open change of a subscription by its quote: its document is issued, and the change is made, or
/// waits for its payment.
pub(super) fn charge(draft: &mut Draft, place: usize, quote: &Quote, pays_by: &PaymentChoice) -> Charged {
    let change =
        draft.subscription(place).change.as_ref().map(|change| change.id).expect("a change that was found open");
    let document = issue_document(draft, change, quote);
    let open = draft.subscription(place).change.as_mut().expect("the change above");
    open.document = document;
    open.state = ChangeState::AwaitsPayment { lapses_at: quote.pay_by };
    let due = quote.due;
    let mut attempt = None;
    let at_once = quote.gate == Gate::None;
    match document {
        Some(invoice) if due.is_positive() => {
            if at_once {
                apply_plan_change(draft, place);
            }
            if let PaymentChoice::Card(card) = pays_by {
                attempt = Some(start_attempt(draft, invoice, due, *card));
            }
            let waits = draft.subscription(place).change.clone().filter(PlanChange::awaits_payment);
            if let Some(change) = waits {
                notify::mail(draft, MailTemplate::ChangeOrdered, |mail| {
                    about_change(mail, &change);
                    mail.amount = Some(due);
                    mail.by = Some(quote.pay_by);
                });
            }
        }
        Some(invoice) if quote.total.is_positive() => settle_invoice(draft, invoice, PaidBy::Balance),
        _ => apply_plan_change(draft, place),
    }
    Charged { applied: at_once || !due.is_positive(), document, attempt }
}

/// Takes an open change back whose place a new one takes; the quote was permitted only where the policy says so (T4).
fn replace_open(draft: &mut Draft, place: usize) -> Result<Option<PlanChange>, Refusal> {
    let open = draft.subscription(place).change.as_ref().filter(|change| change.is_open()).map(|change| change.id);
    let Some(open) = open else { return Ok(None) };
    withdraw(draft, open)?;
    Ok(draft.subscription(place).change.take())
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
        // The policy may cut days in any of these zones.
        let zones = [&draft.account.zone, &facts.catalogue.zone, Zone::utc_ref()];
        let at_midnight = zones.iter().any(|zone| quote.expires_at == zone.start_of_next_day(quoted_at));
        return Err(if at_midnight {
            Refusal::QuoteStale { because: Stale::NewDay, shown: shown(), fresh: fresh() }
        } else {
            Refusal::QuoteExpired { expired_at: quote.expires_at, shown: shown(), fresh: fresh() }
        });
    }
    Ok(quote)
}

/// The lines of a change's document: what waited, what is given back and was paid or waited, and what is charged, unless
/// that is billed in arrears; with the signs turned where the document gives back. What was given back and never paid is
/// not among them: that comes off the unpaid invoice.
pub(super) fn change_lines(quote: &Quote, gives_back: bool) -> Vec<DocumentLine> {
    let sign = |amount: Money| if gives_back { -amount } else { amount };
    let waiting = quote.waiting.iter().cloned().map(|line| DocumentLine {
        amount: sign(line.amount),
        tax: sign(line.tax),
        ..line
    });
    let credits = quote.credits.iter().filter(|line| !line.returned().is_zero()).map(CreditLine::on_invoice);
    let credits = credits.map(|line| DocumentLine { amount: sign(line.amount), tax: sign(line.tax), ..line });
    let charges = charge_lines(quote).filter(|_| quote.settlement != Settlement::ChargeWaits);
    let charges = charges.map(|line| DocumentLine { amount: sign(line.amount), tax: sign(line.tax), ..line });
    waiting.chain(credits).chain(charges).collect()
}

/// The lines of what a change charges, as an invoice has them.
pub(super) fn charge_lines(quote: &Quote) -> impl Iterator<Item = DocumentLine> {
    let charges = quote.charges.iter().filter(|line| !line.amount.is_zero()).map(|line| DocumentLine {
        item: line.item,
        text: line.text.clone(),
        quantity: line.quantity,
        span: Some(line.span),
        amount: line.amount,
        tax: line.tax,
        tax_rate: line.tax_rate.clone(),
        segment: None,
        derivation: Some(line.derivation.clone()),
        metered: None,
    });
    let once = quote.once_now().iter().filter(|line| !line.amount.is_zero());
    charges.chain(once.map(OneTimeLine::on_invoice))
}

/// The invoice or credit note of a change; none where no line has an amount, or they wait for the next invoice.
fn issue_document(draft: &mut Draft, change: ChangeId, quote: &Quote) -> Option<DocumentId> {
    if quote.settlement.is_later() {
        return None;
    }
    let gives_back = quote.total.is_negative();
    let sign = |amount: Money| if gives_back { -amount } else { amount };
    let lines = change_lines(quote, gives_back);
    if lines.is_empty() {
        return None;
    }
    let id = draft.issue(NewDocument {
        kind: if gives_back { DocumentKind::CreditNote } else { DocumentKind::Invoice },
        reason: DocumentReason::PlanChange { change },
        subscription: Some(quote.subscription),
        corrects: None,
        total: sign(quote.total),
        lines,
    });
    if gives_back {
        draft.post(Sales, Balance, -quote.income(), id);
        draft.post(Tax, Balance, -quote.tax, id);
        return Some(id);
    }
    draft.post(Receivable, Sales, quote.income(), id);
    draft.post(Receivable, Tax, quote.tax, id);
    let nothing = draft.account.nothing();
    let settled = quote.total.is_zero();
    draft.account.invoices.push(Invoice {
        id,
        subscription: quote.subscription,
        change: Some(change),
        total: quote.total,
        from_balance: nothing,
        credited: nothing,
        due_on: draft.account.zone.date(quote.pay_by),
        state: if settled { InvoiceState::Paid { at: draft.now, by: PaidBy::Credit } } else { InvoiceState::Open },
        dunning: None,
    });
    reserve_balance(draft, id, quote.from_balance);
    Some(id)
}
