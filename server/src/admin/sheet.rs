//! A stored document as the sheet of paper that the customer has: fixed words and amounts, as they were issued.

use billing::account::Account;
use billing::catalogue::Catalogue;
use billing::document::{DocumentKind, Invoice, InvoiceState, PaidBy};
use billing::money::Money;
use store::DocumentRow;

use super::rows::{document_badge, document_href, kind_text, reason_text};
use super::words::{ENGLISH, amount, day, days, moment, quantified};
use crate::portal::amounts::{Taxes, document_sums};
use crate::portal::meaning::explained;
use crate::portal::views::DocumentView;
use crate::portal::views::document::{DocumentLine, Party};
use crate::ui::{AmountView, DateView};

/// The sheet of a document; `corrects` is the number of the invoice that a credit note corrects.
pub(super) fn sheet(
    catalogue: &Catalogue,
    account: &Account,
    row: &DocumentRow,
    corrects: Option<String>,
) -> DocumentView {
    let document = &row.document;
    // What a credit note gives back is below zero, as on the invoice it corrects.
    let sign = |money: Money| if document.kind == DocumentKind::CreditNote { -money } else { money };
    let invoice = row.invoice.as_ref();
    let taxes = Taxes::of_document(ENGLISH, document);
    let lines = document.lines.iter().map(|line| {
        let text = match &line.metered {
            Some(metered) => format!("{}, {}", line.text, metered.price.unit),
            None => quantified(&line.text, line.quantity),
        };
        DocumentLine {
            what: if line.segment.is_some() { format!("{text}, given back") } else { text },
            days: line.span.map(|span| days(span, &account.zone)).unwrap_or_default(),
            quantity: line.quantity.to_string(),
            amount: amount(sign(line.amount)),
            why: line.sentences(ENGLISH),
        }
    });
    let why = explained(document, corrects.as_deref(), ENGLISH);
    DocumentView {
        kind: kind_text(document.kind).to_owned(),
        number: row.number.clone(),
        state: document_badge(row),
        issued_on: DateView::day(ENGLISH, document.issued_on),
        due_on: invoice.filter(|invoice| invoice.is_open()).map(|invoice| DateView::day(ENGLISH, invoice.due_on)),
        seller: Party { name: catalogue.brand.clone(), lines: vec![catalogue.support_email.clone()] },
        customer: Party { name: account.name.clone(), lines: vec![account.email.clone()] },
        subject: reason_text(&document.reason).to_owned(),
        lines: lines.collect(),
        sums: document_sums(ENGLISH, document, &taxes, sign),
        total: amount(sign(document.total)),
        contained: taxes.sentences(ENGLISH, sign),
        settled: invoice.map(|invoice| settled(account, invoice)).unwrap_or_default(),
        open: invoice.filter(|invoice| invoice.is_open()).map(|invoice| amount(invoice.open_amount())),
        notes: invoice.and_then(|invoice| dunned(account, invoice)).into_iter().collect(),
        related: document.corrects.zip(corrects).map(|(id, number)| (number, document_href(id))).into_iter().collect(),
        why,
    }
}

/// What becomes of the open invoice of a renewal, where its policy says so.
fn dunned(account: &Account, invoice: &Invoice) -> Option<String> {
    let dunning = invoice.in_dunning()?;
    let at = |at| moment(at, &account.zone).text;
    let Some(since) = dunning.since else { return Some("Its first payment is on its way.".to_owned()) };
    let mut said = vec![format!("Not paid since {}.", at(since))];
    said.extend(dunning.retry_at.map(|retry| format!("The card is tried again on {}.", at(retry))));
    said.extend(dunning.grace_until.map(|until| match dunning.grace_over {
        true => format!("Its grace was over on {}: access is restricted until all is paid.", at(until)),
        false => format!("Access is restricted on {}.", at(until)),
    }));
    Some(said.join(" "))
}

/// What of an invoice was settled, and by what.
fn settled(account: &Account, invoice: &Invoice) -> Vec<(String, AmountView)> {
    let mut rows = Vec::new();
    let mut put = |words: String, money: Money| {
        if !money.is_zero() {
            rows.push((words, amount(-money)));
        }
    };
    let balance = if invoice.is_open() { "Set aside from the balance" } else { "From the balance" };
    put(balance.to_owned(), invoice.from_balance);
    put("Taken off by credit notes".to_owned(), invoice.credited);
    if let InvoiceState::Paid { at, by } = invoice.state {
        let on = day(at, &account.zone).text;
        match by {
            PaidBy::Card => put(format!("Paid by card on {on}"), invoice.open_amount()),
            PaidBy::BankTransfer => put(format!("Paid by bank transfer on {on}"), invoice.open_amount()),
            PaidBy::Balance | PaidBy::Credit => {}
        }
    }
    rows
}
