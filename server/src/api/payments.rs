//! Payments: attempts to take money from a card, and transfers that staff saw arrive.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use billing::account::AttemptState;
use billing::command::{Answer, Command};
use billing::document::DocumentKind;
use billing::id::{AccountId, AttemptId, DocumentId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{AttemptFilter, AttemptRow};
use utoipa::{IntoParams, ToSchema};

use super::auth::{Caller, Writer};
use super::list::{id_of, listed, nothing, one_of, window};
use super::money_body::{Amount, Listed};
use super::problem::Problem;
use super::read::{Body, Id, Query};
use super::repeated;
use super::service_body::Card;
use crate::app::App;

/// One attempt to take the money of an invoice from a card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payment)]
pub struct PaymentBody {
    /// Its id; also the key by which the gateway knows it again.
    #[schema(example = "att_019a2f0c3b7d7c31a1c4f2f3f6a00004")]
    id: String,
    /// The customer whose it is.
    customer: String,
    /// The id of the invoice.
    invoice: String,
    /// The number of the invoice.
    #[schema(example = "INV-2027-0001")]
    number: String,
    /// How much.
    amount: Amount,
    /// The card.
    card: Card,
    /// What is known of it.
    state: PaymentState,
    /// The gateway's reason, of a failed one.
    #[schema(example = json!(null))]
    failure: Option<String>,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the money was known to be there.
    #[schema(value_type = Option<String>, format = DateTime)]
    captured_at: Option<Timestamp>,
}

/// What is known of a payment.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// To be sent, or on its way.
    Sent,
    /// Sent, and no answer came: the gateway is being asked.
    Unknown,
    /// The gateway said no; nothing was taken.
    Failed,
    /// The money is there.
    Captured,
}

impl PaymentBody {
    fn of(row: &AttemptRow) -> Self {
        let attempt = &row.attempt;
        let (state, failure, captured_at) = match &attempt.state {
            AttemptState::Sent => (PaymentState::Sent, None, None),
            AttemptState::Unknown => (PaymentState::Unknown, None, None),
            AttemptState::Failed { reason } => (PaymentState::Failed, Some(reason.clone()), None),
            AttemptState::Captured { at } => (PaymentState::Captured, None, Some(*at)),
        };
        Self {
            id: attempt.id.to_string(),
            customer: row.account.to_string(),
            invoice: attempt.invoice.to_string(),
            number: row.number.clone(),
            amount: attempt.amount.into(),
            card: attempt.card.into(),
            state,
            failure,
            created_at: attempt.created_at,
            captured_at,
        }
    }
}

/// Which payments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichPayments {
    /// Only those of this customer.
    #[param(pattern = "^acc_[0-9a-f]{32}$")]
    customer: Option<String>,
    /// Only those of this invoice.
    #[param(pattern = "^doc_[0-9a-f]{32}$")]
    invoice: Option<String>,
    /// Only those that stand so: `sent`, `unknown`, `failed`, `captured`.
    #[param(inline, value_type = Option<PaymentState>)]
    state: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List payments by card, newest first.
#[utoipa::path(get, path = "/v1/payments", tag = "Payments", operation_id = "listPayments",
    params(WhichPayments), responses((status = 200, description = "One page.", body = Listed<PaymentBody>)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<WhichPayments>,
) -> Result<Json<Listed<PaymentBody>>, Problem> {
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    let state = one_of("state", which.state, &["sent", "unknown", "failed", "captured"])?;
    let invoice: Option<DocumentId> = id_of("invoice", which.invoice)?;
    let Some(account) = caller.narrowed(id_of("customer", which.customer)?) else { return Ok(Json(nothing())) };
    let filter = AttemptFilter { account, invoice, state };
    let page = app.read(move |engine| Ok(engine.store().attempts(&filter, &window)?)).await?;
    Ok(Json(listed(page, PaymentBody::of)))
}

/// Look at one payment.
#[utoipa::path(get, path = "/v1/payments/{id}", tag = "Payments", operation_id = "getPayment",
    params(("id" = String, Path, description = "The payment's id.")),
    responses((status = 200, description = "The payment.", body = PaymentBody)))]
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<AttemptId>) -> Result<Json<PaymentBody>, Problem> {
    let row = app.read(move |engine| Ok(engine.store().attempt(caller.account, id)?)).await?;
    row.as_ref().map(PaymentBody::of).map(Json).ok_or_else(Problem::not_found)
}

/// A bank transfer that arrived.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "customer": "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000", "invoice": "doc_019a2f0c3b7d7c31a1c4f2f3f6a00002",
    "amount": { "minor": 1333, "currency": "EUR" }, "reference": "2027-05-04/000217"
}))]
pub struct Transfer {
    /// Whose money it is.
    #[schema(value_type = String, pattern = "^acc_[0-9a-f]{32}$")]
    customer: AccountId,
    /// The invoice it is for; what fits pays it, anything else goes to the balance.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^doc_[0-9a-f]{32}$")]
    invoice: Option<DocumentId>,
    /// How much arrived.
    amount: Amount,
    /// The bank's reference of this transfer; the same one twice is one transfer.
    #[schema(min_length = 1, max_length = 140)]
    reference: String,
}

/// What a transfer brought about.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferBooked {
    /// The invoice that it paid.
    paid: Option<String>,
    /// The receipt, where money went to the balance.
    receipt: Option<String>,
    /// The change that it let happen.
    applied: Option<String>,
}

/// Book a bank transfer that arrived.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/transfers", tag = "Payments", operation_id = "bookTransfer",
    request_body = Transfer,
    responses((status = 201, description = "Booked.", body = TransferBooked)))]
pub async fn transfer(
    State(app): State<App>,
    writer: Writer,
    Body(transfer): Body<Transfer>,
) -> Result<impl IntoResponse, Problem> {
    writer.caller.must_be_staff()?;
    let Transfer { customer: account, invoice, amount, reference } = transfer;
    if let Some(id) = invoice {
        let row = app.read(move |engine| Ok(engine.store().document(Some(account), id)?)).await?;
        let row = row.filter(|row| row.document.kind == DocumentKind::Invoice);
        row.ok_or_else(|| Problem::not_found().at("/invoice"))?;
    }
    let command = Command::ReceiveTransfer { invoice, amount: amount.into(), reference };
    let ran = writer.run(&app, account, command).await.map_err(|error| {
        let problem = Problem::from(error);
        if problem.status == 404 { problem.at("/customer") } else { problem }
    })?;
    match ran.answer {
        Answer::PaymentNoted { paid, receipt, applied } => {
            let body = TransferBooked {
                paid: paid.map(|id| id.to_string()),
                receipt: receipt.map(|id| id.to_string()),
                applied: applied.map(|id| id.to_string()),
            };
            Ok((StatusCode::CREATED, repeated(ran.repeated), Json(body)))
        }
        Answer::Nothing => Err(Problem::new("transfer-known").at("/reference")),
        _ => Err(Problem::failed(&"booking a transfer answered something else")),
    }
}
