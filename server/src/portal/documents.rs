//! One document on screen and on paper, and paying it where it is an open invoice. The lists are in `invoices`.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use billing::account::{AttemptState, ChangeState};
use billing::calendar::Span;
use billing::command::Command;
use billing::document::{Document, DocumentKind, DocumentReason, Invoice, InvoiceState, PaidBy};
use billing::explain::Basis;
use billing::id::{ChangeId, DocumentId};
use billing::money::Money;
use billing::policy::OnFailure;
use store::{ChangeRow, DocumentRow};

use super::amounts::{Taxes, document_sums};
use super::desk::{Asked, Desk};
use super::invoices::standing;
use super::meaning::{completed, direction, explained, share, what};
use super::methods::{PaySent, card_choices, declined};
use super::views::document::DocumentLine;
use super::views::{Bank, DocumentPage, DocumentView, Party, PayForm};
use super::words::{Words, count_of, quantified};
use crate::app::App;
use crate::auth::Customer;
use crate::forms::form_key;
use crate::ui::language::args;
use crate::ui::{AmountView, Badge, Notice, PortalSection, Tone};
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
    shown.page.notice = notice(desk.words(), &asked, &found);
    respond(StatusCode::OK, &shown, found.row.document.id)
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
    let card = sent.card()?;
    match desk.run(&app, &sent.key, Command::PayInvoice { invoice, card }).await? {
        Ok(_) => {
            let next = match change_of(&found.row.document) {
                Some(change) => format!("/changes/{change}?notice=paying"),
                None => format!("/documents/{invoice}?notice=paying"),
            };
            Ok(Redirect::to(&next).into_response())
        }
        Err(refusal) => {
            // Something happened meanwhile: the document as it stands now, and why nothing was done.
            let reason = desk.names(None).reason(&refusal);
            let desk = Desk::open(&app, desk.customer).await?;
            let found = find(&app, &desk, &id).await?;
            let mut shown = view(&desk, &found);
            shown.page.notice = Some(Notice::bad(desk.words().text("notice-not-charged")).sentence(reason));
            respond(StatusCode::CONFLICT, &shown, invoice)
        }
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
        DocumentReason::Period { .. }
        | DocumentReason::Trial
        | DocumentReason::Cancellation
        | DocumentReason::OwedNoMore
        | DocumentReason::MoneyToBalance
        | DocumentReason::Goodwill
        | DocumentReason::Payout { .. }
        | DocumentReason::PayoutReturned => None,
    }
}

/// `Invoice`, `Credit note`, `Receipt`
pub(super) fn kind_words(words: Words<'_>, kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Invoice => words.text("kind-invoice"),
        DocumentKind::CreditNote => words.text("kind-credit-note"),
        DocumentKind::Receipt => words.text("kind-receipt"),
        DocumentKind::Payout => words.text("kind-payout"),
    }
}

/// The total as the customer counts it: what a credit note gives back is below zero, as on the invoice it corrects.
pub(super) fn signed_total(document: &Document) -> Money {
    if document.kind == DocumentKind::CreditNote { -document.total } else { document.total }
}

/// What a document is about, in a few words. With its change at hand the words are fuller.
pub(super) fn subject(desk: &Desk, document: &Document, change: Option<&ChangeRow>) -> String {
    let words = desk.words();
    let subscription = document.subscription.and_then(|id| desk.account.subscription(id));
    let label = subscription.map(|subscription| subscription.service.label.clone());
    let label = label.unwrap_or_else(|| words.text("subject-your-service"));
    let about = &args!["label" => label.as_str()];
    match document.reason {
        // Lines of changes that waited for this invoice are of the time before its period.
        DocumentReason::Period { .. } => match newest_span(document) {
            Some(span) => {
                words.fill("subject-period-days", &args!["label" => label.as_str(), "days" => words.days(span)])
            }
            None => words.fill("subject-period", about),
        },
        DocumentReason::Trial => words.fill("subject-trial", about),
        DocumentReason::PlanChange { .. } => match change {
            Some(row) => {
                let noun = direction(row.change.quote.direction).noun(words.language);
                let what = what(words.language, &row.change.quote);
                words.fill("subject-change-what", &args!["noun" => noun, "label" => label.as_str(), "what" => what])
            }
            None => words.fill("subject-change", about),
        },
        DocumentReason::DebtReleased { .. } => words.fill("subject-debt-released", about),
        DocumentReason::InvoiceCancelled { .. } => words.fill("subject-cancelled", about),
        DocumentReason::Cancellation => words.fill("subject-end", about),
        DocumentReason::OwedNoMore => words.fill("subject-owed-no-more", about),
        DocumentReason::MoneyToBalance => words.text("subject-money-to-balance"),
        DocumentReason::Goodwill => words.text("subject-goodwill"),
        DocumentReason::Payout { .. } => words.text("subject-payout"),
        DocumentReason::PayoutReturned => words.text("subject-payout-returned"),
    }
}

/// The time of its lines that begins last: of an invoice of a period, that period.
fn newest_span(document: &Document) -> Option<Span> {
    document.lines.iter().filter_map(|line| line.span).max_by_key(|span| span.from)
}

/// The notice that a redirect asked for, in the words that fit the document as it stands.
fn notice(words: Words<'_>, asked: &Asked, found: &Found) -> Option<Notice> {
    let invoice = found.row.invoice.as_ref()?;
    if asked.wants("paying") {
        return match invoice.state {
            InvoiceState::Open => Some(
                Notice::good(words.text("notice-payment-on-its-way")).sentence(words.text("notice-invoice-closes")),
            ),
            InvoiceState::Paid { .. } => {
                Some(Notice::good(words.text("notice-payment-received")).sentence(words.text("notice-thanks")))
            }
            InvoiceState::Void { .. } => None,
        };
    }
    let change = found.change.as_ref().filter(|_| asked.wants("ordered") && invoice.is_open())?;
    let quote = &change.change.quote;
    let noun = direction(quote.direction).noun(words.language);
    if is_made(Some(change)) {
        let due_on = words.date_text(invoice.due_on);
        return Some(
            Notice::good(completed(words, quote))
                .sentence(words.fill("notice-this-invoice-due", &args!["day" => due_on])),
        );
    }
    let notice = Notice::good(words.fill("notice-ordered", &args!["noun" => noun]));
    Some(notice.sentence(match quote.on_failure {
        OnFailure::Apply => words.text("notice-in-the-end"),
        OnFailure::Wait | OnFailure::Lapse => words.text("notice-when-this-paid"),
    }))
}

fn view(desk: &Desk, found: &Found) -> DocumentPage {
    let document = &found.row.document;
    let shown = document_view(desk, found);
    let section =
        if document.kind == DocumentKind::Invoice { PortalSection::Billing } else { PortalSection::Documents };
    let words = desk.words();
    let title = &args!["kind" => shown.kind.as_str(), "number" => shown.number.as_str()];
    let page = desk.page(words.fill("document-title", title), section);
    let page = match document.kind {
        DocumentKind::Invoice => page.crumb(words.text("menu-billing"), "/billing"),
        _ => page.crumb(words.text("menu-documents"), "/documents"),
    };
    DocumentPage {
        page,
        pay: found.row.invoice.as_ref().and_then(|invoice| pay_form(desk, &found.row, invoice, found.change.as_ref())),
        change: found
            .change
            .as_ref()
            .map(|row| (words.text("document-see-change"), format!("/changes/{}", row.change.id))),
        document: shown,
    }
}

fn document_view(desk: &Desk, found: &Found) -> DocumentView {
    let (row, document, words) = (&found.row, &found.row.document, desk.words());
    let language = words.language;
    let sign = |money: Money| if document.kind == DocumentKind::CreditNote { -money } else { money };
    let taxes = Taxes::of_document(language, document);
    let period = newest_span(document).filter(|_| matches!(document.reason, DocumentReason::Period { .. }));
    let has_waited = |span: Option<Span>| span.zip(period).is_some_and(|(span, period)| span.until <= period.from);
    let lines = document.lines.iter().map(|line| {
        let text = quantified(&line.text, line.quantity);
        let says_nothing = line.derivation.is_none() && line.metered.is_none();
        let what = if line.metered.is_some() {
            line.text.to_string()
        } else if document.kind == DocumentKind::Invoice && says_nothing {
            words.text("document-to-balance")
        } else if document.kind == DocumentKind::Payout {
            match line.amount.is_negative() {
                true => words.text("document-payout-fee"),
                false => words.text("document-taken-off-balance"),
            }
        } else if line.segment.is_some() {
            words.fill("document-given-back", &args!["text" => text])
        } else if line.derivation.as_ref().is_some_and(|derivation| derivation.basis == Basis::Once) {
            words.fill("line-once", &args!["text" => text])
        } else if line.derivation.as_ref().is_some_and(|derivation| derivation.basis == Basis::TrialPrice) {
            words.fill("line-trial", &args!["text" => text])
        } else {
            text
        };
        DocumentLine {
            what: if has_waited(line.span) && line.metered.is_none() {
                words.fill("line-waited", &args!["text" => what])
            } else {
                what
            },
            days: line.span.map(|span| words.days(span)).unwrap_or_default(),
            quantity: match &line.derivation {
                _ if let Some(metered) = &line.metered => count_of(language, &metered.price.unit, line.quantity.into()),
                Some(derivation) => share(language, derivation, false),
                None if line.quantity > 1 => format!("{} ×", line.quantity),
                None => String::new(),
            },
            amount: words.amount(sign(line.amount)),
            why: line.sentences(language),
        }
    });
    let invoice = row.invoice.as_ref();
    let email = desk.catalogue.support_email.as_str();
    let seller = vec![words.fill("document-write-to", &args!["email" => email])];
    DocumentView {
        kind: kind_words(words, document.kind),
        number: row.number.clone(),
        state: state(desk, document, invoice),
        issued_on: words.date(document.issued_on),
        due_on: invoice.filter(|invoice| invoice.is_open()).map(|invoice| words.date(invoice.due_on)),
        seller: Party { name: desk.catalogue.brand.clone(), lines: seller },
        customer: Party { name: desk.account.name.clone(), lines: vec![desk.account.email.clone()] },
        subject: subject(desk, document, found.change.as_ref()),
        lines: lines.collect(),
        sums: document_sums(language, document, &taxes, sign),
        total: words.amount(signed_total(document)),
        contained: taxes.sentences(language, sign),
        settled: invoice.map(|invoice| settled(desk, invoice)).unwrap_or_default(),
        open: invoice.and_then(|invoice| match invoice.state {
            InvoiceState::Open => Some(words.amount(invoice.open_amount())),
            InvoiceState::Paid { .. } => Some(words.amount(Money::zero(invoice.total.currency))),
            InvoiceState::Void { .. } => None,
        }),
        notes: notes(words, document, invoice, found.change.as_ref()),
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
        (Some(invoice), _) => standing(desk.words(), invoice, desk.zone().date(desk.now)),
        (
            None,
            DocumentReason::InvoiceCancelled { .. } | DocumentReason::DebtReleased { .. } | DocumentReason::OwedNoMore,
        ) => Badge::new(desk.words().text("document-taken-off"), Tone::Neutral),
        (None, DocumentReason::Payout { .. }) => {
            Badge::new(desk.words().text("document-taken-off-balance"), Tone::Neutral)
        }
        (None, _) => Badge::new(desk.words().text("document-on-balance"), Tone::Good),
    }
}

fn settled(desk: &Desk, invoice: &Invoice) -> Vec<(String, AmountView)> {
    let words = desk.words();
    let mut rows = Vec::new();
    let mut put = |text: String, money: Money| {
        if !money.is_zero() {
            rows.push((text, words.amount(-money)));
        }
    };
    let from_balance = if invoice.is_open() { words.text("settled-set-aside") } else { words.text("settled-balance") };
    put(from_balance, invoice.from_balance);
    put(words.text("settled-credit-notes"), invoice.credited);
    if let InvoiceState::Paid { at, by } = invoice.state {
        let on = &args!["day" => words.day(at).text];
        match by {
            PaidBy::Card => put(words.fill("settled-card", on), invoice.open_amount()),
            PaidBy::BankTransfer => put(words.fill("settled-transfer", on), invoice.open_amount()),
            PaidBy::Balance | PaidBy::Credit => {}
        }
    }
    rows
}

/// Is a change made already? Where its policy does not wait for the payment, its invoice is owed like any other.
fn is_made(change: Option<&ChangeRow>) -> bool {
    change.is_some_and(|row| matches!(row.change.state, ChangeState::Applied { .. }))
}

/// Is a change made also where its payment is missed? Then its invoice can always be paid.
fn is_made_in_the_end(change: Option<&ChangeRow>) -> bool {
    change.is_some_and(|row| row.change.quote.on_failure == OnFailure::Apply)
}

fn notes(words: Words<'_>, document: &Document, invoice: Option<&Invoice>, change: Option<&ChangeRow>) -> Vec<String> {
    let total = &args!["amount" => words.money(document.total)];
    let note = match (&document.reason, invoice.map(|invoice| &invoice.state)) {
        (DocumentReason::PlanChange { .. }, Some(InvoiceState::Open)) if is_made(change) => {
            words.text("note-change-made")
        }
        (DocumentReason::PlanChange { .. }, Some(InvoiceState::Open)) if is_made_in_the_end(change) => {
            words.text("note-change-in-the-end")
        }
        (DocumentReason::PlanChange { .. }, Some(InvoiceState::Open)) => words.text("note-change-waits"),
        (_, Some(InvoiceState::Void { .. })) => words.text("note-invoice-cancelled"),
        (DocumentReason::Payout { .. }, None) => words.fill("note-paid-out", total),
        (
            DocumentReason::PlanChange { .. }
            | DocumentReason::Cancellation
            | DocumentReason::MoneyToBalance
            | DocumentReason::Goodwill
            | DocumentReason::PayoutReturned,
            None,
        ) => words.fill("note-to-balance", total),
        (DocumentReason::InvoiceCancelled { .. }, None) => words.text("note-change-not-made"),
        (DocumentReason::DebtReleased { .. } | DocumentReason::OwedNoMore, None) => words.fill("note-not-owed", total),
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
    let words = desk.words();
    let attempt = desk.last_attempt(invoice.id).map(|attempt| &attempt.state);
    let running = match attempt {
        Some(AttemptState::Sent) => Some(words.text("payment-sent")),
        Some(AttemptState::Unknown) => Some(words.text("payment-unknown")),
        _ => None,
    };
    let is_late = change.is_some_and(|row| match row.change.state {
        ChangeState::AwaitsPayment { lapses_at } => lapses_at <= desk.now && !is_made_in_the_end(Some(row)),
        _ => false,
    });
    if !invoice.is_open() || (is_late && running.is_none()) {
        return None;
    }
    let open = words.amount(invoice.open_amount());
    Some(PayForm {
        action: format!("/documents/{}/pay", invoice.id),
        key: form_key(),
        button: words.fill("pay-amount", &args!["amount" => open.text.as_str()]),
        amount: open,
        methods: card_choices(words.language, None),
        problem: attempt.and_then(|state| declined(words.language, state)).filter(|_| running.is_none()),
        bank: running.is_none().then(|| bank(desk, row, invoice, is_made(change))),
        running,
    })
}

/// Where a transfer goes. The catalogue writes it as `Holder, IBAN …`; another way to write it is shown as it stands.
fn bank(desk: &Desk, row: &DocumentRow, invoice: &Invoice, is_made: bool) -> Bank {
    let (brand, written) = (desk.catalogue.brand.as_str(), desk.catalogue.bank_account.as_str());
    let (holder, iban) = written.split_once(", IBAN ").unwrap_or((brand, written));
    let sentence = if invoice.change.is_some() && !is_made {
        desk.words().text("transfer-change-waits")
    } else {
        desk.words().text("transfer-invoice-waits")
    };
    Bank { holder: holder.to_owned(), iban: iban.to_owned(), reference: row.number.clone(), sentence }
}
