//! Invoices: the one of a period, the balance set aside for an invoice, and its settlement. What a paid invoice sets
//! going (the coverage it collected, the change that waited for it) follows here, in the same commit.

use jiff::SignedDuration;

use super::Facts;
use super::apply_plan_change::apply_plan_change;
use super::draft::{Draft, NewDocument};
use super::notify;
use super::one_time::{lay_what_came, lines_to_come};
use super::put_off::take_in;
use super::report_usage::used_lines;
use super::settle_payment::start_attempt;
use crate::account::Item;
use crate::command::PaymentChoice;
use crate::coverage::Segment;
use crate::document::{DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use crate::effect::MailTemplate;
use crate::first_period::{NextPeriod, Part};
use crate::id::DocumentId;
use crate::ledger::LedgerAccount::{Balance, CashBank, CashCard, Receivable, Reserved, Sales, Tax};
use crate::money::{Money, sum};
use crate::policy::Policy;
use crate::proration::Counting;
use crate::tax;

/// Days to pay an invoice.
pub(super) const DAYS_TO_PAY: i64 = 14;

/// Covers the present period of a subscription: every item at the price it was sold at, or at the part of it that a first
/// period is of a full one, with today's tax. Its invoice has that, or, where it is billed in arrears, lets that wait for
/// the next one; what meters counted until it; and all that waited for this invoice, with the tax it was quoted with: of
/// the period before in arrears, and of changes. The balance pays first; what is left is taken by the subscription's
/// card, or waits for a transfer. Where what waited gives more than is asked for, the invoice asks for nothing and the
/// rest goes to the balance. No invoice where nothing is owed and nothing waited.
pub(super) fn issue_period_invoice(
    facts: Facts<'_>,
    draft: &mut Draft,
    place: usize,
    policy: &Policy,
) -> Option<DocumentId> {
    let mut used = used_lines(draft.subscription(place), policy);
    let subscription = draft.subscription(place).clone();
    let span = subscription.period;
    let items: Vec<&Item> = subscription.items.iter().filter(|item| item.quantity > 0).collect();
    let (terms, rate) = (&policy.terms, &facts.catalogue.tax);
    let zone = terms.day_zone.of(&draft.account.zone, &facts.catalogue.zone);
    let counting = Counting { policy: &policy.reference, terms, zone, price_rounding: terms.rounding };
    let nothing = draft.account.nothing();
    let period = NextPeriod { period: span, full: subscription.full(&draft.account.zone) };
    let parts: Vec<Part> = items.iter().map(|item| counting.period(item.priced(), period)).collect();
    let nets: Vec<Money> = parts.iter().map(|part| part.net).collect();
    let in_arrears = subscription.billed.is_arrears();
    let on_charges = |charges: &[Money]| -> Vec<Money> {
        let charges = charges.iter().copied();
        tax::on_charges(rate.as_deref(), charges, nothing, nothing, terms.tax_rounding, terms.rounding).collect()
    };
    let mut once = lines_to_come(&subscription, counting);
    let own: Vec<Money> = nets.iter().copied().chain(once.iter().map(|line| line.amount)).collect();
    let mut taxes = on_charges(&own);
    if !used.is_empty() {
        let amounts: Vec<Money> = used.iter().map(|line| line.amount).collect();
        // What stands on one document is taxed together.
        let of_used = if in_arrears {
            on_charges(&amounts)
        } else {
            taxes = on_charges(&[&own[..], &amounts].concat());
            taxes.split_off(own.len())
        };
        for (line, tax) in used.iter_mut().zip(of_used) {
            (line.tax, line.tax_rate) = (tax, rate.clone());
        }
    }
    for (line, tax) in once.iter_mut().zip(taxes.split_off(nets.len())) {
        (line.tax, line.tax_rate) = (tax, rate.clone());
    }
    let lines: Vec<_> = items.iter().zip(parts.iter().zip(taxes)).collect();
    let billed = |line: &&(&&Item, (&Part, Money))| !line.1.0.net.is_zero();
    let period_lines = lines.iter().filter(billed).map(|(item, (part, tax))| DocumentLine {
        item: Some(item.id),
        text: item.text.clone(),
        quantity: item.quantity,
        span: Some(span),
        amount: part.net,
        tax: *tax,
        tax_rate: rate.clone(),
        segment: None,
        derivation: Some(part.derivation.clone()),
        metered: None,
    });
    let period_lines = period_lines.chain(once.iter().cloned());
    let (now, later): (Vec<_>, Vec<_>) = period_lines.partition(|_| !in_arrears);
    let mut document_lines: Vec<_> = subscription.waiting.iter().cloned().chain(now).chain(used).collect();
    let asked = sum(nothing.currency, document_lines.iter().map(DocumentLine::payable));
    let (total, to_balance) = (asked.or_zero(), (-asked).or_zero());
    let document = (!document_lines.is_empty()).then(|| {
        let tax = sum(nothing.currency, document_lines.iter().map(|line| line.tax));
        document_lines.extend(to_balance.is_positive().then(|| put_on_balance(to_balance)));
        let id = draft.issue(NewDocument {
            kind: DocumentKind::Invoice,
            reason: DocumentReason::Period { period: subscription.period_ordinal() },
            subscription: Some(subscription.id),
            corrects: None,
            total,
            lines: document_lines,
        });
        let owed_by = if to_balance.is_positive() { Balance } else { Receivable };
        draft.post(owed_by, Sales, asked - tax, id);
        draft.post(owed_by, Tax, tax, id);
        id
    });
    if let Some(id) = document.filter(|_| in_arrears) {
        // What waited is billed by it, and what is laid now is not.
        ask_for(draft, place, id, total, MailTemplate::PeriodInvoiced);
    }
    for (item, (part, tax)) in lines {
        let id = draft.id();
        let segment = Segment {
            list: item.priced().list,
            discount: item.discount,
            gross: part.gross,
            net: part.net,
            tax,
            tax_rate: rate.clone(),
            document: document.filter(|_| !in_arrears && !part.net.is_zero()),
            ..Segment::of_nothing(id, item, span, policy.reference())
        };
        let subscription = draft.subscription(place);
        subscription.coverage.push(segment);
        if let Some(off) = part.derivation.carried_on() {
            subscription.carry.set(&item.component, off);
        }
    }
    lay_what_came(draft, place, &once, &policy.reference(), document.filter(|_| !in_arrears));
    draft.subscription(place).waiting.extend(later);
    if let Some(id) = document.filter(|_| !in_arrears) {
        ask_for(draft, place, id, total, MailTemplate::PeriodInvoiced);
    }
    document
}

/// Asks for the total of the invoice of a period, or of a trial, by a mail, and takes in what waited for it.
pub(super) fn ask_for(draft: &mut Draft, place: usize, id: DocumentId, total: Money, template: MailTemplate) {
    let subscription = draft.subscription(place).clone();
    let nothing = draft.account.nothing();
    let due_at = draft.now.checked_add(SignedDuration::from_hours(24 * DAYS_TO_PAY)).expect("a date in range");
    draft.account.invoices.push(Invoice {
        id,
        subscription: subscription.id,
        change: None,
        total,
        from_balance: nothing,
        credited: nothing,
        due_on: draft.account.zone.date(due_at),
        state: InvoiceState::Open,
        dunning: None,
    });
    let from_balance = draft.account.balance.min(total);
    reserve_balance(draft, id, from_balance);
    take_in(draft, place, id);
    let open = total - from_balance;
    if open.is_zero() {
        settle_invoice(draft, id, if total.is_zero() { PaidBy::Credit } else { PaidBy::Balance });
    } else {
        if let PaymentChoice::Card(card) = subscription.pays_by {
            start_attempt(draft, id, open, card);
        }
        notify::mail(draft, template, |mail| {
            mail.service = Some(subscription.service.label.clone());
            mail.service_id = Some(subscription.service.id);
            mail.document = Some(id);
            mail.amount = Some(open);
        });
    }
}

/// The line of an invoice by which what it cannot take off itself goes to the balance.
fn put_on_balance(amount: Money) -> DocumentLine {
    DocumentLine::of_amount("Put on your balance", amount)
}

/// Sets a part of the balance aside for an open invoice; it is used when the invoice is paid, or given back.
pub(super) fn reserve_balance(draft: &mut Draft, invoice: DocumentId, amount: Money) {
    if amount.is_zero() {
        return;
    }
    draft.post(Balance, Reserved, amount, invoice);
    let place = invoice_at(draft, invoice).expect("an invoice that was issued in this decision");
    draft.account.invoices[place].from_balance += amount;
}

/// Closes an open invoice: its reserved part and the rest of it, by `by`, go against what is owed; coverage that it
/// billed is collected; the change that waited for it is made.
pub(super) fn settle_invoice(draft: &mut Draft, id: DocumentId, by: PaidBy) {
    let place = invoice_at(draft, id).expect("an invoice that was found open");
    let invoice = draft.account.invoices[place].clone();
    draft.post(Reserved, Receivable, invoice.from_balance, id);
    match by {
        PaidBy::Card => draft.post(CashCard, Receivable, invoice.open_amount(), id),
        PaidBy::BankTransfer => draft.post(CashBank, Receivable, invoice.open_amount(), id),
        PaidBy::Balance | PaidBy::Credit => assert!(invoice.open_amount().is_zero(), "an invoice closed unpaid"),
    }
    draft.account.invoices[place].state = InvoiceState::Paid { at: draft.now, by };
    draft.say(format!("The invoice of {} is paid.", invoice.total));
    for subscription in &mut draft.account.subscriptions {
        for segment in subscription.coverage.iter_mut().filter(|segment| segment.document == Some(id)) {
            segment.collected = segment.net;
        }
    }
    let Some(change) = invoice.change else { return };
    let waiting = draft.account.subscriptions.iter().position(|subscription| {
        subscription.change.as_ref().is_some_and(|open| open.awaits_payment() && open.id == change)
    });
    if let Some(place) = waiting {
        apply_plan_change(draft, place);
    }
}

/// Takes an amount that was billed and never paid off an invoice, with a credit note; where the invoice has been paid
/// meanwhile, the amount goes to the balance.
pub(super) fn release_debt(draft: &mut Draft, invoice: DocumentId, lines: Vec<DocumentLine>, reason: DocumentReason) {
    let amount = sum(draft.account.currency, lines.iter().map(DocumentLine::payable));
    let tax = sum(draft.account.currency, lines.iter().map(|line| line.tax));
    if amount.is_zero() {
        return;
    }
    let subscription = draft.account.invoice(invoice).map(|invoice| invoice.subscription);
    let corrects = Some(invoice);
    let kind = DocumentKind::CreditNote;
    let note = draft.issue(NewDocument { kind, reason, subscription, corrects, total: amount, lines });
    let Some(place) = invoice_at(draft, invoice) else {
        draft.post(Sales, Balance, amount - tax, note);
        draft.post(Tax, Balance, tax, note);
        return;
    };
    draft.post(Sales, Receivable, amount - tax, note);
    draft.post(Tax, Receivable, tax, note);
    let invoice_now = &draft.account.invoices[place];
    let (owed, open) = (invoice_now.total - invoice_now.credited, invoice_now.open_amount());
    // The invoice of a change asks for less than its charges where it gave back what was paid: that part was paid.
    let off = amount.min(owed);
    draft.post(Receivable, Balance, amount - off, note);
    let unreserve = (off - open).or_zero();
    draft.post(Reserved, Balance, unreserve, note);
    let entry = &mut draft.account.invoices[place];
    entry.from_balance -= unreserve;
    entry.credited += off;
    if entry.open_amount().is_zero() {
        settle_invoice(draft, invoice, PaidBy::Credit);
    }
}

/// The place of an open invoice in the account.
pub(super) fn invoice_at(draft: &Draft, id: DocumentId) -> Option<usize> {
    draft.account.invoices.iter().position(|invoice| invoice.id == id && invoice.is_open())
}
