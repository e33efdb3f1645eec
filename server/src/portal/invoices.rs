//! The lists of invoices and of all documents. One document is in `documents`.

use axum::extract::{Query, State};
use axum::response::Html;
use billing::document::{DocumentKind, Invoice, InvoiceState};
use billing::money::sum;
use jiff::civil::Date;
use store::DocumentFilter;

use super::desk::{Asked, Desk, pager};
use super::documents::{kind_words, signed_total, subject};
use super::owed;
use super::views::money::{DocumentRow, InvoiceRow};
use super::views::{DocumentsPage, InvoicesPage};
use super::words::Words;
use crate::app::App;
use crate::auth::Customer;
use crate::ui::{Badge, Notice, PortalSection, Tone};
use crate::web::{PageError, page};

/// `GET /billing`
pub(super) async fn invoices(
    State(app): State<App>,
    customer: Customer,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let (account, kind) = (Some(desk.account.id), Some(DocumentKind::Invoice));
    let filter = DocumentFilter { account, kind, ..DocumentFilter::default() };
    let window = asked.window();
    let found = app.read(move |engine| Ok(engine.store().documents(&filter, &window)?)).await?;
    let (today, words) = (desk.zone().date(desk.now), desk.words());
    let open: Vec<_> = desk.account.invoices.iter().filter(|invoice| invoice.is_open()).collect();
    let rows = found.rows.iter().map(|row| InvoiceRow {
        number: row.number.clone(),
        href: format!("/documents/{}", row.document.id),
        what: subject(&desk, &row.document, None),
        issued_on: words.date(row.document.issued_on),
        state: match &row.invoice {
            Some(invoice) => standing(words, invoice, today),
            None => Badge::new(words.text("invoice-issued"), Tone::Neutral),
        },
        total: words.amount(row.document.total),
    });
    let paying = asked.wants("paying").then(|| {
        let notice = Notice::good(words.text("notice-payment-on-its-way"));
        notice.sentence(words.text("notice-invoice-closes"))
    });
    page(&InvoicesPage {
        page: desk.page(words.text("menu-billing"), PortalSection::Billing).notice(paying),
        open: words.amount(sum(desk.account.currency, open.iter().map(|invoice| invoice.open_amount()))),
        open_count: open.len(),
        pay: owed::pay_form(&desk),
        rows: rows.collect(),
        pager: pager("/billing", &asked, found.next),
    })
}

/// How an invoice stands, in a word.
pub(super) fn standing(words: Words<'_>, invoice: &Invoice, today: Date) -> Badge {
    match invoice.state {
        InvoiceState::Open if invoice.due_on < today => Badge::new(words.text("invoice-overdue"), Tone::Bad),
        InvoiceState::Open => Badge::new(words.text("invoice-open"), Tone::Attention),
        InvoiceState::Paid { .. } => Badge::new(words.text("invoice-paid"), Tone::Good),
        InvoiceState::Void { .. } => Badge::new(words.text("invoice-cancelled"), Tone::Neutral),
    }
}

/// `GET /documents`
pub(super) async fn documents(
    State(app): State<App>,
    customer: Customer,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let filter = DocumentFilter { account: Some(desk.account.id), ..DocumentFilter::default() };
    let window = asked.window();
    let found = app.read(move |engine| Ok(engine.store().documents(&filter, &window)?)).await?;
    let words = desk.words();
    let rows = found.rows.iter().map(|row| DocumentRow {
        number: row.number.clone(),
        href: format!("/documents/{}", row.document.id),
        kind: kind_words(words, row.document.kind),
        what: subject(&desk, &row.document, None),
        issued_on: words.date(row.document.issued_on),
        total: words.amount(signed_total(&row.document)),
    });
    page(&DocumentsPage {
        page: desk.page(words.text("menu-documents"), PortalSection::Documents),
        rows: rows.collect(),
        pager: pager("/documents", &asked, found.next),
    })
}
