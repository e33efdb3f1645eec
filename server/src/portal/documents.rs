//! One document on screen and on paper, and paying it where it is an open invoice. The lists are in `invoices`.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use billing::account::{AttemptState, ChangeState};
use billing::command::Command;
use billing::document::{Document, DocumentKind, DocumentReason, Invoice, InvoiceState, PaidBy};
use billing::id::{ChangeId, DocumentId};
use billing::money::Money;
use engine::{Ask, EngineError};
use serde::Deserialize;
use store::{ChangeRow, DocumentRow};

use super::amounts::{Taxes, document_sums};
use super::desk::{Asked, Desk, engine_key, form_key};
use super::invoices::standing;
use super::meaning::{direction, explained, share_text};
use super::methods::{card, card_choices, declined};
use super::views::document::DocumentLine;
use super::views::{Bank, DocumentPage, DocumentView, Party, PayForm};
use super::words::{amount, day, days, quantified};
use crate::app::App;
use crate::auth::Customer;
use crate::ui::{AmountView, Badge, DateView, Notice, PortalSection, Sentence, Tone};
use crate::web::{PageError, page_with};

/// A document with what it belongs to.
pub(super) struct Found {
    row: DocumentRow,
    /// The number of the document that it corrects.
    corrected: Option<String>,
    change: Option<ChangeRow>,
}

/// `GET /documents/{id}`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let found = find(&app, &desk, &id).await?;
    let mut shown = view(&desk, &found);
    shown.page.notice = notice(&asked, &found);
    respond(StatusCode::OK, &shown, found.row.document.id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaySent {
    #[serde(default)]
    csrf: String,
    key: String,
    method: String,
}

/// `POST /documents/{id}/pay`
pub(super) async fn pay(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Form(sent): Form<PaySent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, customer).await?;
    let found = find(&app, &desk, &id).await?;
    let invoice = found.row.document.id;
    let card = card(&sent.method).ok_or_else(|| PageError::Unreadable("there is no such way to pay".to_owned()))?;
    let command = Command::PayInvoice { invoice, card };
    let ask = Ask { account: desk.account.id, actor: desk.actor(), key: engine_key(&sent.key)?, command };
    let now = desk.now;
    match app.write(move |engine| engine.run(&ask, now)).await {
        Ok(_) => {
            let next = match change_of(&found.row.document) {
                Some(change) => format!("/changes/{change}?notice=paying"),
                None => format!("/documents/{invoice}?notice=paying"),
            };
            Ok(Redirect::to(&next).into_response())
        }
        Err(EngineError::Refused(refusal)) => {
            // Something happened meanwhile: the document as it stands now, and why nothing was done.
            let reason = desk.names(None).reason(&refusal);
            let desk = Desk::open(&app, desk.customer).await?;
            let found = find(&app, &desk, &id).await?;
            let mut shown = view(&desk, &found);
            shown.page.notice = Some(Notice::bad("Nothing was charged").sentence(reason));
            respond(StatusCode::CONFLICT, &shown, invoice)
        }
        Err(error) => Err(error.into()),
    }
}

fn respond(status: StatusCode, shown: &DocumentPage, id: DocumentId) -> Result<Response, PageError> {
    let mut response = page_with(status, shown)?;
    if shown.pay.as_ref().is_some_and(|pay| pay.running.is_some())
        && let Ok(again) = HeaderValue::try_from(format!("3; url=/documents/{id}"))
    {
        // The outcome comes within seconds; a browser without scripts looks again as well.
        response.headers_mut().insert(HeaderName::from_static("refresh"), again);
    }
    Ok(response)
}

async fn find(app: &App, desk: &Desk, id: &str) -> Result<Found, PageError> {
    let id = DocumentId::parse(id).map_err(|_| PageError::NotFound)?;
    let owner = Some(desk.account.id);
    let read = app.read(move |engine| {
        let store = engine.store();
        let Some(row) = store.document(owner, id)? else { return Ok(None) };
        let corrected = match row.document.corrects {
            Some(id) => store.document(owner, id)?.map(|row| row.number),
            None => None,
        };
        let change = match change_of(&row.document) {
            Some(change) => store.change(owner, change)?,
            None => None,
        };
        Ok(Some(Found { row, corrected, change }))
    });
    read.await?.ok_or(PageError::NotFound)
}

/// The change that a document is about.
pub(super) fn change_of(document: &Document) -> Option<ChangeId> {
    match document.reason {
        DocumentReason::PlanChange { change }
        | DocumentReason::DebtReleased { change }
        | DocumentReason::InvoiceCancelled { change } => Some(change),
        DocumentReason::Period { .. } | DocumentReason::MoneyToBalance | DocumentReason::Goodwill => None,
    }
}

/// `Invoice`, `Credit note`, `Receipt`
pub(super) fn kind_words(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Invoice => "Invoice",
        DocumentKind::CreditNote => "Credit note",
        DocumentKind::Receipt => "Receipt",
    }
}

/// The total as the customer counts it: what a credit note gives back is below zero, as on the invoice it corrects.
pub(super) fn signed_total(document: &Document) -> Money {
    if document.kind == DocumentKind::CreditNote { -document.total } else { document.total }
}

/// What a document is about, in a few words. With its change at hand the words are fuller.
pub(super) fn subject(desk: &Desk, document: &Document, change: Option<&ChangeRow>) -> String {
    let subscription = document.subscription.and_then(|id| desk.account.subscription(id));
    let label = subscription.map_or("your service", |subscription| &subscription.service.label);
    match document.reason {
        DocumentReason::Period { .. } => match document.lines.iter().find_map(|line| line.span) {
            Some(span) => format!("{label}, {}", days(span, desk.zone())),
            None => format!("Period of {label}"),
        },
        DocumentReason::PlanChange { .. } => match change {
            Some(row) => {
                let noun = direction(row.change.quote.direction).noun();
                format!("{noun} of {label}: {}", super::meaning::what(&row.change.quote))
            }
            None => format!("Change of {label}"),
        },
        DocumentReason::DebtReleased { .. } => format!("Not used and not paid, after the change of {label}"),
        DocumentReason::InvoiceCancelled { .. } => format!("A change of {label} that was not made"),
        DocumentReason::MoneyToBalance => "Payment received, put on your balance".to_owned(),
        DocumentReason::Goodwill => "Put on your balance".to_owned(),
    }
}

/// The notice that a redirect asked for, in the words that fit the document as it stands.
fn notice(asked: &Asked, found: &Found) -> Option<Notice> {
    let invoice = found.row.invoice.as_ref()?;
    if asked.wants("paying") {
        return match invoice.state {
            InvoiceState::Open => {
                Some(Notice::good("Payment on its way").sentence("The invoice is closed as soon as it has arrived."))
            }
            InvoiceState::Paid { .. } => Some(Notice::good("Payment received").sentence("Thank you.")),
            InvoiceState::Void { .. } => None,
        };
    }
    let change = found.change.as_ref().filter(|_| asked.wants("ordered") && invoice.is_open())?;
    let noun = direction(change.change.quote.direction).noun();
    if is_made(Some(change)) {
        let due_on = DateView::day(invoice.due_on).text;
        let notice = Notice::good(format!("{noun} to {} complete", change.change.quote.plan_after));
        return Some(notice.sentence(format!("This invoice is due by {due_on}.")));
    }
    Some(Notice::good(format!("{noun} ordered")).sentence("It takes effect when this invoice is paid."))
}

fn view(desk: &Desk, found: &Found) -> DocumentPage {
    let document = &found.row.document;
    let shown = document_view(desk, found);
    let section =
        if document.kind == DocumentKind::Invoice { PortalSection::Billing } else { PortalSection::Documents };
    let page = desk.page(format!("{} {}", shown.kind, shown.number), section);
    let page = match document.kind {
        DocumentKind::Invoice => page.crumb("Billing", "/billing"),
        _ => page.crumb("Documents", "/documents"),
    };
    DocumentPage {
        page,
        pay: found.row.invoice.as_ref().and_then(|invoice| pay_form(desk, &found.row, invoice, found.change.as_ref())),
        change: found
            .change
            .as_ref()
            .map(|row| ("See how far the change is".to_owned(), format!("/changes/{}", row.change.id))),
        document: shown,
    }
}

fn document_view(desk: &Desk, found: &Found) -> DocumentView {
    let (row, document, language) = (&found.row, &found.row.document, desk.language());
    let sign = |money: Money| if document.kind == DocumentKind::CreditNote { -money } else { money };
    let taxes = Taxes::of_document(document);
    let lines = document.lines.iter().map(|line| {
        let text = quantified(&line.text, line.quantity);
        DocumentLine {
            what: if line.segment.is_some() { format!("{text}, given back") } else { text.clone() },
            days: line.span.map(|span| days(span, desk.zone())).unwrap_or_default(),
            quantity: match &line.derivation {
                Some(derivation) => share_text("", derivation, false).trim_start_matches(", ").to_owned(),
                None if line.quantity > 1 => format!("{} ×", line.quantity),
                None => String::new(),
            },
            amount: amount(sign(line.amount)),
            why: Sentence::all(line.sentences(language), language),
        }
    });
    let invoice = row.invoice.as_ref();
    let seller = vec![format!("Write to {}", desk.catalogue.support_email)];
    DocumentView {
        kind: kind_words(document.kind).to_owned(),
        number: row.number.clone(),
        state: state(desk, document, invoice),
        issued_on: DateView::day(document.issued_on),
        due_on: invoice.filter(|invoice| invoice.is_open()).map(|invoice| DateView::day(invoice.due_on)),
        seller: Party { name: desk.catalogue.brand.clone(), lines: seller },
        customer: Party { name: desk.account.name.clone(), lines: vec![desk.account.email.clone()] },
        subject: subject(desk, document, found.change.as_ref()),
        lines: lines.collect(),
        sums: document_sums(document, &taxes, sign),
        total: amount(signed_total(document)),
        contained: taxes.sentences(sign),
        settled: invoice.map(|invoice| settled(desk, invoice)).unwrap_or_default(),
        open: invoice.and_then(|invoice| match invoice.state {
            InvoiceState::Open => Some(amount(invoice.open_amount())),
            InvoiceState::Paid { .. } => Some(amount(Money::zero(invoice.total.currency))),
            InvoiceState::Void { .. } => None,
        }),
        notes: notes(document, invoice, found.change.as_ref()),
        related: document
            .corrects
            .zip(found.corrected.clone())
            .map(|(id, number)| (number, format!("/documents/{id}")))
            .into_iter()
            .collect(),
        why: explained(document, found.corrected.as_deref(), language),
    }
}

fn state(desk: &Desk, document: &Document, invoice: Option<&Invoice>) -> Badge {
    match (invoice, &document.reason) {
        (Some(invoice), _) => standing(invoice, desk.zone().date(desk.now)),
        (None, DocumentReason::InvoiceCancelled { .. } | DocumentReason::DebtReleased { .. }) => {
            Badge::new("Taken off the invoice", Tone::Neutral)
        }
        (None, _) => Badge::new("On your balance", Tone::Good),
    }
}

fn settled(desk: &Desk, invoice: &Invoice) -> Vec<(String, AmountView)> {
    let mut rows = Vec::new();
    let mut put = |words: String, money: Money| {
        if !money.is_zero() {
            rows.push((words, amount(-money)));
        }
    };
    let from_balance = if invoice.is_open() { "Set aside from your balance" } else { "From your balance" };
    put(from_balance.to_owned(), invoice.from_balance);
    put("Taken off by credit notes".to_owned(), invoice.credited);
    if let InvoiceState::Paid { at, by } = invoice.state {
        let way = match by {
            PaidBy::Card => Some("by card"),
            PaidBy::BankTransfer => Some("by bank transfer"),
            PaidBy::Balance | PaidBy::Credit => None,
        };
        if let Some(way) = way {
            put(format!("Paid {way} on {}", day(at, desk.zone()).text), invoice.open_amount());
        }
    }
    rows
}

/// Is a change made already? Where its policy does not wait for the payment, its invoice is owed like any other.
fn is_made(change: Option<&ChangeRow>) -> bool {
    change.is_some_and(|row| matches!(row.change.state, ChangeState::Applied { .. }))
}

fn notes(document: &Document, invoice: Option<&Invoice>, change: Option<&ChangeRow>) -> Vec<String> {
    let total = amount(document.total).text;
    let note = match (&document.reason, invoice.map(|invoice| &invoice.state)) {
        (DocumentReason::PlanChange { .. }, Some(InvoiceState::Open)) if is_made(change) => {
            "The change is made already; this invoice is owed for it.".to_owned()
        }
        (DocumentReason::PlanChange { .. }, Some(InvoiceState::Open)) => {
            "The change is made when this invoice is paid.".to_owned()
        }
        (_, Some(InvoiceState::Void { .. })) => {
            "This invoice was cancelled by a credit note. Nothing is to be paid.".to_owned()
        }
        (DocumentReason::PlanChange { .. } | DocumentReason::MoneyToBalance | DocumentReason::Goodwill, None) => {
            format!("{total} went to your balance. It pays your next invoices first.")
        }
        (DocumentReason::InvoiceCancelled { .. }, None) => {
            "The change was not made, so nothing is owed for it. What was set aside of your balance is free again."
                .to_owned()
        }
        (DocumentReason::DebtReleased { .. }, None) => {
            format!("{total} had not been paid and is not owed any more.")
        }
        _ => return Vec::new(),
    };
    vec![note]
}

/// The payment of an invoice, while one is wanted and can still do something.
pub(super) fn pay_form(
    desk: &Desk,
    row: &DocumentRow,
    invoice: &Invoice,
    change: Option<&ChangeRow>,
) -> Option<PayForm> {
    let attempt = desk.last_attempt(invoice.id).map(|attempt| &attempt.state);
    let running = match attempt {
        Some(AttemptState::Sent) => Some("Your payment is on its way. Please do not pay twice."),
        Some(AttemptState::Unknown) => Some(
            "We are asking the bank what became of your payment. You need not do anything; please do not pay twice.",
        ),
        _ => None,
    };
    let is_late = change.is_some_and(|row| match row.change.state {
        ChangeState::AwaitsPayment { lapses_at } => lapses_at <= desk.now,
        _ => false,
    });
    if !invoice.is_open() || (is_late && running.is_none()) {
        return None;
    }
    let open = amount(invoice.open_amount());
    Some(PayForm {
        action: format!("/documents/{}/pay", invoice.id),
        key: form_key(),
        button: format!("Pay {}", open.text),
        amount: open,
        methods: card_choices(None),
        problem: attempt.and_then(declined).filter(|_| running.is_none()),
        bank: running.is_none().then(|| bank(desk, row, invoice, is_made(change))),
        running: running.map(str::to_owned),
    })
}

/// Where a transfer goes. The catalogue writes it as `Holder, IBAN …`; another way to write it is shown as it stands.
fn bank(desk: &Desk, row: &DocumentRow, invoice: &Invoice, is_made: bool) -> Bank {
    let (brand, written) = (desk.catalogue.brand.as_str(), desk.catalogue.bank_account.as_str());
    let (holder, iban) = written.split_once(", IBAN ").unwrap_or((brand, written));
    let sentence = if invoice.change.is_some() && !is_made {
        "The change is made when the money arrives, usually within one bank day."
    } else {
        "The invoice is paid when the money arrives, usually within one bank day."
    };
    Bank {
        holder: holder.to_owned(),
        iban: iban.to_owned(),
        reference: row.number.clone(),
        sentence: sentence.to_owned(),
    }
}
