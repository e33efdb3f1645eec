//! Documents: invoices, credit notes, receipts, payouts; and paying an invoice by card. Transfers are in `payments`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use billing::command::{Answer, Command};
use billing::document::{DocumentKind, DocumentLine, DocumentReason, InvoiceState, PaidBy};
use billing::explain::{Explanation, Language};
use billing::id::{AccountId, DocumentId, ServiceId};
use engine::{Engine, EngineError, Ran};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, DocumentRow};
use utoipa::{IntoParams, ToSchema};

use super::auth::{Caller, Writer};
use super::derivation_body::{DerivationBody, word};
use super::language::Wanted;
use super::list::{id_of, listed, nothing, one_of, window};
use super::money_body::{Amount, Listed, SpanBody};
use super::problem::Problem;
use super::quote_body::TaxBody;
use super::read::{Body, Id, Query};
use super::repeated;
use super::service_body::Card;
use super::usage::MeteredBody;
use crate::app::App;
use crate::portal::words::joined;

/// An issued document. It never changes; how an invoice stands is in `invoice`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Document)]
pub struct DocumentBody {
    /// Its id.
    #[schema(example = "doc_019a2f0c3b7d7c31a1c4f2f3f6a00002")]
    id: String,
    /// Its number.
    #[schema(example = "INV-2027-0001")]
    number: String,
    /// What it is.
    kind: KindBody,
    /// The customer whose it is.
    customer: String,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    issued_at: Timestamp,
    /// The customer's local day of issue.
    #[schema(value_type = String, format = Date)]
    issued_on: Date,
    /// With tax. Of an invoice: what is asked for. Of the others: what is given, confirmed or paid out. Never negative.
    total: Amount,
    /// The tax in `total`; its rates stand on the lines.
    tax: Amount,
    /// `period`, `plan_change`, `debt_released`, `invoice_cancelled`, `money_to_balance`, `goodwill`, `payout`,
    /// `payout_returned`.
    #[schema(example = "plan_change")]
    reason: String,
    /// The change it is about.
    change: Option<String>,
    /// The invoice that a credit note corrects.
    corrects: Option<String>,
    /// How it stands; null where it is not an invoice.
    invoice: Option<InvoiceBody>,
}

/// A document with its lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentDetail {
    /// The document.
    #[serde(flatten)]
    document: DocumentBody,
    /// Its lines, in order.
    lines: Vec<LineBody>,
    /// Why it exists, and how the lines make its total.
    explanation: ExplanationBody,
}

/// Why a document exists and is over so much, computed again from its lines.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Explanation)]
pub struct ExplanationBody {
    /// The language of all its sentences: that of `Accept-Language` among `en`, `de` and `ja`, else the storefront's.
    #[schema(example = "en")]
    language: &'static str,
    /// What happened.
    #[schema(example = "A plan change charges 11.31 EUR and gives back 5.36 EUR; to pay: 5.95 EUR.")]
    headline: String,
    /// The tax, by rate.
    taxes: Vec<TaxTotalBody>,
    /// What the lines add up to.
    #[schema(example = "The lines add up to 5.00 EUR; with 0.95 EUR tax: 5.95 EUR.")]
    total: String,
    /// Was every line computed again to the same minor units, and the total from them?
    holds: bool,
}

/// The tax of one rate over a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaxTotal)]
pub struct TaxTotalBody {
    /// The rate.
    rate: TaxBody,
    /// What it is on, in the document's direction.
    amount: Amount,
    /// How much it is.
    tax: Amount,
    /// The same as a sentence.
    explanation: String,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DocumentKind)]
pub enum KindBody {
    /// Asks for money.
    Invoice,
    /// Gives money or a claim back.
    CreditNote,
    /// Confirms money that arrived or was granted.
    Receipt,
    /// Says what of the balance is paid out, and what of it is kept.
    Payout,
}

/// How an invoice stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invoice)]
pub struct InvoiceBody {
    /// Open, paid or void.
    state: InvoiceStateBody,
    /// What is still to pay; nothing where it is not open.
    open: Amount,
    /// The part of the balance set aside for it, or used.
    from_balance: Amount,
    /// What credit notes took off it.
    credited: Amount,
    /// The last local day to pay it on.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// When it was paid or made void.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    /// `card`, `bank_transfer`, `balance` or `credit`: what closed it, of a paid one.
    #[schema(example = "card")]
    paid_by: Option<String>,
    /// What becomes of the open invoice of a renewal that is not paid; null where nothing does.
    dunning: Option<DunningBody>,
}

/// What becomes of the open invoice of a renewal that is not paid.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dunning)]
pub struct DunningBody {
    /// From when it counts: the first failed payment, or the end of the time to pay by transfer. Null while the first
    /// payment is on its way.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// When the card is tried again; null where it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_retry_at: Option<Timestamp>,
    /// When access to the service is restricted, where it is not paid by then; null where it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    restricts_at: Option<Timestamp>,
    /// Is that over?
    grace_over: bool,
}

/// The states of an invoice.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = InvoiceState)]
pub enum InvoiceStateBody {
    /// Waits for money.
    Open,
    /// Nothing is left to pay.
    Paid,
    /// Cancelled by a credit note.
    Void,
}

/// One line of a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Line)]
pub struct LineBody {
    /// What it is for.
    #[schema(example = "Large")]
    text: String,
    /// How many units.
    quantity: u32,
    /// The time it is for.
    span: Option<SpanBody>,
    /// As prices are written: without tax, or with the tax they contain. In the document's direction: on an invoice a
    /// credit is negative.
    amount: Amount,
    /// The tax on it, or in it where prices contain it; signed like `amount`.
    tax: Amount,
    /// The rate of that tax.
    tax_rate: Option<TaxBody>,
    /// Why it is that much, in sentences; empty where the document's headline says it.
    explanation: String,
    /// How the amount was found, as data; null of usage, and of what is no part of a price.
    derivation: Option<DerivationBody>,
    /// The same of a line that bills usage; null otherwise.
    metered: Option<MeteredBody>,
}

impl DocumentBody {
    fn of(row: &DocumentRow) -> Self {
        let document = &row.document;
        let (reason, change) = match &document.reason {
            DocumentReason::Period { .. } => ("period", None),
            DocumentReason::Trial => ("trial", None),
            DocumentReason::PlanChange { change } => ("plan_change", Some(change)),
            DocumentReason::DebtReleased { change } => ("debt_released", Some(change)),
            DocumentReason::InvoiceCancelled { change } => ("invoice_cancelled", Some(change)),
            DocumentReason::Cancellation => ("cancellation", None),
            DocumentReason::OwedNoMore => ("owed_no_more", None),
            DocumentReason::MoneyToBalance => ("money_to_balance", None),
            DocumentReason::Goodwill => ("goodwill", None),
            DocumentReason::Payout { .. } => ("payout", None),
            DocumentReason::PayoutReturned => ("payout_returned", None),
        };
        Self {
            id: document.id.to_string(),
            number: row.number.clone(),
            kind: match document.kind {
                DocumentKind::Invoice => KindBody::Invoice,
                DocumentKind::CreditNote => KindBody::CreditNote,
                DocumentKind::Receipt => KindBody::Receipt,
                DocumentKind::Payout => KindBody::Payout,
            },
            customer: row.account.to_string(),
            issued_at: document.issued_at,
            issued_on: document.issued_on,
            total: document.total.into(),
            tax: document.tax().into(),
            reason: reason.to_owned(),
            change: change.map(ToString::to_string),
            corrects: document.corrects.map(|id| id.to_string()),
            invoice: row.invoice.as_ref().map(InvoiceBody::of),
        }
    }
}

impl DocumentDetail {
    fn of(row: &DocumentRow, corrects: Option<&str>, language: Language) -> Self {
        let Explanation { headline, lines, taxes, total_sentence, holds, .. } =
            row.document.explain(corrects, language);
        let lines = row.document.lines.iter().zip(lines);
        let taxes = taxes.into_iter().map(|tax| TaxTotalBody {
            rate: TaxBody::of(&tax.rate),
            amount: tax.amount.into(),
            tax: tax.tax.into(),
            explanation: tax.sentence,
        });
        let taxes = taxes.collect();
        Self {
            document: DocumentBody::of(row),
            lines: lines.map(|(line, why)| LineBody::of(line, joined(language, &why.sentences), language)).collect(),
            explanation: ExplanationBody { language: language.tag(), headline, taxes, total: total_sentence, holds },
        }
    }

    /// A document of the book, explained in the language that is wanted.
    fn find(
        engine: &Engine,
        owner: Option<AccountId>,
        id: DocumentId,
        language: Wanted,
    ) -> Result<Option<Self>, EngineError> {
        let store = engine.store();
        let Some(row) = store.document(owner, id)? else { return Ok(None) };
        let corrects = match row.document.corrects {
            Some(id) => store.document(owner, id)?.map(|row| row.number),
            None => None,
        };
        let language = language.at(engine, &row.storefront)?;
        Ok(Some(Self::of(&row, corrects.as_deref(), language)))
    }
}

impl InvoiceBody {
    fn of(invoice: &billing::document::Invoice) -> Self {
        let (state, closed_at, paid_by) = match &invoice.state {
            InvoiceState::Open => (InvoiceStateBody::Open, None, None::<&PaidBy>),
            InvoiceState::Paid { at, by } => (InvoiceStateBody::Paid, Some(*at), Some(by)),
            InvoiceState::Void { at } => (InvoiceStateBody::Void, Some(*at), None),
        };
        let open = invoice.open_amount();
        Self {
            state,
            open: Amount { minor: if invoice.is_open() { open.minor } else { 0 }, currency: open.currency },
            from_balance: invoice.from_balance.into(),
            credited: invoice.credited.into(),
            due_on: invoice.due_on,
            closed_at,
            paid_by: paid_by.map(word),
            dunning: invoice.in_dunning().map(|dunning| DunningBody {
                since: dunning.since,
                next_retry_at: dunning.retry_at,
                restricts_at: dunning.grace_until,
                grace_over: dunning.grace_over,
            }),
        }
    }
}

impl LineBody {
    fn of(line: &DocumentLine, explanation: String, language: Language) -> Self {
        Self {
            text: line.text.to_string(),
            quantity: line.quantity,
            span: line.span.map(SpanBody::from),
            amount: line.amount.into(),
            tax: line.tax.into(),
            tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
            explanation,
            derivation: line.derivation.as_ref().map(DerivationBody::of),
            metered: line.metered.as_deref().map(|metered| MeteredBody::of(metered, language)),
        }
    }
}

/// Which documents.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichDocuments {
    /// Only those of this customer.
    #[param(pattern = "^acc_[0-9a-f]{32}$")]
    customer: Option<String>,
    /// Only those about this service.
    #[param(pattern = "^srv_[0-9a-f]{32}$")]
    service: Option<String>,
    /// Only those of this kind: `invoice`, `credit_note`, `receipt`.
    #[param(inline, value_type = Option<KindBody>)]
    kind: Option<String>,
    /// Only invoices that stand so: `open`, `paid`, `void`.
    #[param(inline, value_type = Option<InvoiceStateBody>)]
    state: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List invoices, credit notes and receipts, newest first, without their lines.
#[utoipa::path(get, path = "/v1/documents", tag = "Documents", operation_id = "listDocuments",
    params(WhichDocuments), responses((status = 200, description = "One page.", body = Listed<DocumentBody>)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<WhichDocuments>,
) -> Result<Json<Listed<DocumentBody>>, Problem> {
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    let state = one_of("state", which.state, &["open", "paid", "void"])?;
    let kind = one_of("kind", which.kind, &["invoice", "credit_note", "receipt"])?;
    let kind = kind.as_deref().and_then(DocumentKind::parse);
    let service: Option<ServiceId> = id_of("service", which.service)?;
    let Some(account) = caller.narrowed(id_of("customer", which.customer)?) else { return Ok(Json(nothing())) };
    let page = app
        .read(move |engine| {
            let store = engine.store();
            let subscription = match service {
                None => None,
                Some(service) => match store.subscription_of_service(account, service)? {
                    Some(row) => Some(row.id),
                    None => return Ok(None),
                },
            };
            let filter = DocumentFilter { account, kind, subscription, state };
            Ok(Some(store.documents(&filter, &window)?))
        })
        .await?;
    Ok(Json(page.map_or_else(nothing, |page| listed(page, DocumentBody::of))))
}

/// Look at one document: its lines, each with the derivation of its amount.
#[utoipa::path(get, path = "/v1/documents/{id}", tag = "Documents", operation_id = "getDocument",
    params(("id" = String, Path, description = "The document's id.")),
    responses((status = 200, description = "The document.", body = DocumentDetail)))]
pub async fn one(
    State(app): State<App>,
    caller: Caller,
    language: Wanted,
    Id(id): Id<DocumentId>,
) -> Result<Json<DocumentDetail>, Problem> {
    let found = app.read(move |engine| DocumentDetail::find(engine, caller.account, id, language)).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// Which invoices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichInvoices {
    /// Only those of this customer.
    #[param(pattern = "^acc_[0-9a-f]{32}$")]
    customer: Option<String>,
    /// Only those about this service.
    #[param(pattern = "^srv_[0-9a-f]{32}$")]
    service: Option<String>,
    /// Only those that stand so: `open`, `paid`, `void`.
    #[param(inline, value_type = Option<InvoiceStateBody>)]
    state: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List invoices, newest first, without their lines.
#[utoipa::path(get, path = "/v1/invoices", tag = "Documents", operation_id = "listInvoices",
    params(WhichInvoices), responses((status = 200, description = "One page.", body = Listed<DocumentBody>)))]
pub async fn invoices(
    app: State<App>,
    caller: Caller,
    Query(which): Query<WhichInvoices>,
) -> Result<Json<Listed<DocumentBody>>, Problem> {
    let WhichInvoices { customer, service, state, cursor, limit } = which;
    let kind = Some(DocumentKind::Invoice.name().to_owned());
    list(app, caller, Query(WhichDocuments { customer, service, kind, state, cursor, limit })).await
}

/// Look at one invoice.
#[utoipa::path(get, path = "/v1/invoices/{id}", tag = "Documents", operation_id = "getInvoice",
    params(("id" = String, Path, description = "The invoice's id.")),
    responses((status = 200, description = "The invoice.", body = DocumentDetail)))]
pub async fn invoice(
    State(app): State<App>,
    caller: Caller,
    language: Wanted,
    Id(id): Id<DocumentId>,
) -> Result<Json<DocumentDetail>, Problem> {
    let found = app.read(move |engine| DocumentDetail::find(engine, caller.account, id, language)).await?;
    let invoice = found.filter(|found| matches!(found.document.kind, KindBody::Invoice));
    invoice.map(Json).ok_or_else(Problem::not_found)
}

/// How to pay an invoice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "card": "pays" }))]
pub struct PayInvoice {
    /// The card of the sandbox gateway.
    card: Card,
}

/// The payment that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentStarted {
    /// The id of the payment; its outcome is read at its own address.
    #[schema(example = "att_019a2f0c3b7d7c31a1c4f2f3f6a00004")]
    payment: String,
    /// The invoice.
    invoice: String,
}

/// Pay an open invoice by card. One payment of an invoice runs at a time.
#[utoipa::path(post, path = "/v1/invoices/{id}/pay", tag = "Documents", operation_id = "payInvoice",
    params(("id" = String, Path, description = "The invoice's id.")),
    request_body = PayInvoice,
    responses((status = 201, description = "The payment is being taken.", body = PaymentStarted)))]
pub async fn pay(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<DocumentId>,
    Body(PayInvoice { card }): Body<PayInvoice>,
) -> Result<impl IntoResponse, Problem> {
    let owner = writer.caller.account;
    let row = app.read(move |engine| Ok(engine.store().document(owner, id)?)).await?;
    let row = row.filter(|row| row.document.kind == DocumentKind::Invoice).ok_or_else(Problem::not_found)?;
    let command = Command::PayInvoice { invoice: id, card: card.into() };
    let ran = writer.run(&app, row.account, command).await?;
    let Ran { answer: Answer::PaymentStarted { attempt, invoice }, repeated: again, .. } = ran else {
        return Err(Problem::failed(&"paying an invoice answered something else"));
    };
    let place = format!("/v1/payments/{attempt}");
    let body = PaymentStarted { payment: attempt.to_string(), invoice: invoice.to_string() };
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], repeated(again), Json(body)))
}
