//! Payouts: balance that leaves as cash, less the fee of the storefront's policy. A customer asks, the business sends the
//! money by its bank and says so, or puts it back.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use billing::command::{Answer, Command};
use billing::id::{AccountId, DocumentId};
use billing::payout::{MAX_TO, PayoutState};
use billing::refusal::Refusal;
use engine::{EngineError, Ran};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{PayoutFilter, PayoutRow};
use utoipa::{IntoParams, ToSchema};

use super::auth::{Caller, Writer};
use super::list::{id_of, listed, nothing, one_of, window};
use super::money_body::{Amount, Listed};
use super::problem::Problem;
use super::read::{Body, Id, Query};
use super::repeated;
use crate::app::App;

/// Balance that is paid out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payout)]
pub struct PayoutBody {
    /// Its id, which is that of its document.
    #[schema(example = "doc_019a2f0c3b7d7c31a1c4f2f3f6a00007")]
    id: String,
    /// The number of the document.
    #[schema(example = "PAY-2027-0001")]
    number: String,
    /// The customer whose it is.
    customer: String,
    /// What was taken off the balance.
    amount: Amount,
    /// What of it is kept.
    fee: Amount,
    /// What is paid out.
    net: Amount,
    /// Where the customer wants it.
    #[schema(example = "Ada Example, DE02 1203 0000 0000 2020 51")]
    to: String,
    /// How it stands.
    state: PayoutStateBody,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    /// When it was sent or came back.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    /// The bank's reference of one that was sent.
    #[schema(example = json!(null))]
    reference: Option<String>,
    /// Why one came back.
    #[schema(example = json!(null))]
    reason: Option<String>,
}

/// How a payout stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PayoutState)]
pub enum PayoutStateBody {
    /// Asked for; the money is to be sent.
    Requested,
    /// The money was sent.
    Sent,
    /// It could not be sent, and is on the balance again.
    Returned,
}

impl PayoutBody {
    fn of(row: &PayoutRow) -> Self {
        let payout = &row.payout;
        let (state, closed_at, reference, reason) = match &payout.state {
            PayoutState::Requested => (PayoutStateBody::Requested, None, None, None),
            PayoutState::Sent { at, reference } => (PayoutStateBody::Sent, Some(*at), Some(reference.clone()), None),
            PayoutState::Returned { at, reason } => (PayoutStateBody::Returned, Some(*at), None, Some(reason.clone())),
        };
        Self {
            id: payout.id.to_string(),
            number: row.number.clone(),
            customer: row.account.to_string(),
            amount: payout.amount.into(),
            fee: payout.fee.into(),
            net: payout.net().into(),
            to: payout.to.clone(),
            state,
            requested_at: payout.requested_at,
            closed_at,
            reference,
            reason,
        }
    }
}

/// Balance that could be paid out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "customer": "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000", "amount": { "minor": 40000, "currency": "USD" }
}))]
pub struct PayoutQuoteWanted {
    /// Whose balance.
    #[schema(value_type = String, pattern = "^acc_[0-9a-f]{32}$")]
    customer: AccountId,
    /// How much of it.
    amount: Amount,
}

/// What paying balance out comes to now. Asking for it takes exactly this fee, or is refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PayoutQuote)]
pub struct PayoutQuoteBody {
    /// What would be taken off the balance.
    amount: Amount,
    /// The percentage of the fee.
    #[schema(example = "10")]
    fee_percent: String,
    /// What of it would be kept.
    fee: Amount,
    /// What would be paid out.
    net: Amount,
    /// The most that can be paid out now: neither goodwill nor what is set aside for an invoice.
    available: Amount,
}

/// See what paying balance out comes to. Nothing changes.
#[utoipa::path(post, path = "/v1/payout-quotes", tag = "Payments", operation_id = "quotePayout",
    request_body = PayoutQuoteWanted,
    responses((status = 200, description = "The fee, and what would be paid out.", body = PayoutQuoteBody)))]
pub async fn quote(
    State(app): State<App>,
    caller: Caller,
    Body(wanted): Body<PayoutQuoteWanted>,
) -> Result<Json<PayoutQuoteBody>, Problem> {
    let account = own(&caller, wanted.customer)?;
    let (now, amount, asked_by) = (app.now(), wanted.amount.into(), caller.asker());
    let read = app.read(move |engine| {
        let reading = engine.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?;
        Ok((reading.offer_payout(amount, asked_by)?, reading.account.cashable()))
    });
    let (offer, available) = read.await.map_err(of_customer)?;
    Ok(Json(PayoutQuoteBody {
        amount: offer.amount.into(),
        fee_percent: offer.count.percent.to_string(),
        fee: offer.fee.into(),
        net: offer.net.into(),
        available: available.into(),
    }))
}

/// Balance to be paid out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "customer": "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000", "amount": { "minor": 40000, "currency": "USD" },
    "fee": { "minor": 4000, "currency": "USD" }, "to": "Ada Example, DE02 1203 0000 0000 2020 51"
}))]
pub struct PayoutRequest {
    /// Whose balance.
    #[schema(value_type = String, pattern = "^acc_[0-9a-f]{32}$")]
    customer: AccountId,
    /// How much of it.
    amount: Amount,
    /// The fee that was quoted; another one is refused.
    fee: Amount,
    /// Where it shall go.
    #[schema(min_length = 1, max_length = 140)]
    to: String,
}

const _: () = assert!(MAX_TO == 140, "the schema above says so");

/// What was taken off the balance to be paid out.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutRequested {
    /// The payout's id.
    payout: String,
    /// What is kept.
    fee: Amount,
    /// What is paid out.
    net: Amount,
}

/// Ask for balance to be paid out.
///
/// It leaves the balance at once and waits until the business has sent it.
#[utoipa::path(post, path = "/v1/payouts", tag = "Payments", operation_id = "requestPayout",
    request_body = PayoutRequest,
    responses((status = 201, description = "It is to be sent.", body = PayoutRequested)))]
pub async fn request(
    State(app): State<App>,
    writer: Writer,
    Body(wanted): Body<PayoutRequest>,
) -> Result<impl IntoResponse, Problem> {
    let PayoutRequest { customer, amount, fee, to } = wanted;
    let account = own(&writer.caller, customer)?;
    let command =
        Command::RequestPayout { amount: amount.into(), fee: Some(fee.into()), to, asked_by: writer.caller.asker() };
    let ran = writer.run(&app, account, command).await.map_err(of_customer)?;
    match ran.answer {
        Answer::PayoutRequested { payout, fee, net } => {
            let body = PayoutRequested { payout: payout.to_string(), fee: fee.into(), net: net.into() };
            Ok((StatusCode::CREATED, repeated(ran.repeated), Json(body)))
        }
        _ => Err(Problem::failed(&"asking for a payout answered something else")),
    }
}

/// That the money was sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reference": "2027-05-06/000031" }))]
pub struct PayoutSent {
    /// The bank's reference of the transfer; the same one twice is one transfer.
    #[schema(min_length = 1, max_length = 140)]
    reference: String,
}

/// That the money could not be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "The bank does not know this account." }))]
pub struct PayoutReturned {
    /// Why; the customer reads it on the receipt.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// A payout that is closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutClosed {
    /// Which one.
    payout: String,
    /// The receipt, where all of it is on the balance again.
    receipt: Option<String>,
}

/// Say that the money of a payout was sent.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/payouts/{id}/sent", tag = "Payments", operation_id = "confirmPayout",
    params(("id" = String, Path, description = "The payout's id.")), request_body = PayoutSent,
    responses((status = 200, description = "Noted.", body = PayoutClosed)))]
pub async fn sent(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<DocumentId>,
    Body(sent): Body<PayoutSent>,
) -> Result<impl IntoResponse, Problem> {
    close(app, writer, id, Command::ConfirmPayout { payout: id, reference: sent.reference }).await
}

/// Put a payout that could not be sent back on the balance.
///
/// Only for keys of the business. No fee is taken.
#[utoipa::path(post, path = "/v1/payouts/{id}/returned", tag = "Payments", operation_id = "returnPayout",
    params(("id" = String, Path, description = "The payout's id.")), request_body = PayoutReturned,
    responses((status = 200, description = "It is on the balance again.", body = PayoutClosed)))]
pub async fn returned(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<DocumentId>,
    Body(returned): Body<PayoutReturned>,
) -> Result<impl IntoResponse, Problem> {
    close(app, writer, id, Command::ReturnPayout { payout: id, reason: returned.reason }).await
}

async fn close(app: App, writer: Writer, id: DocumentId, command: Command) -> Result<impl IntoResponse, Problem> {
    let owner = writer.caller.account;
    let row = app.read(move |engine| Ok(engine.store().payout(owner, id)?)).await?;
    let account = row.ok_or_else(Problem::not_found)?.account;
    writer.caller.must_be_staff()?;
    let Ran { answer, repeated: again, .. } = writer.run(&app, account, command).await?;
    match answer {
        Answer::PayoutClosed { payout, receipt } => {
            let receipt = receipt.map(|id| id.to_string());
            Ok((repeated(again), Json(PayoutClosed { payout: payout.to_string(), receipt })))
        }
        Answer::Nothing => Err(Problem::new("transfer-known").at("/reference")),
        _ => Err(Problem::failed(&"closing a payout answered something else")),
    }
}

/// Which payouts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichPayouts {
    /// Only those of this customer.
    #[param(pattern = "^acc_[0-9a-f]{32}$")]
    customer: Option<String>,
    /// Only those that stand so: `requested`, `sent`, `returned`.
    #[param(inline, value_type = Option<PayoutStateBody>)]
    state: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List payouts, newest first.
#[utoipa::path(get, path = "/v1/payouts", tag = "Payments", operation_id = "listPayouts",
    params(WhichPayouts), responses((status = 200, description = "One page.", body = Listed<PayoutBody>)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<WhichPayouts>,
) -> Result<Json<Listed<PayoutBody>>, Problem> {
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    let state = one_of("state", which.state, &["requested", "sent", "returned"])?;
    let Some(account) = caller.narrowed(id_of("customer", which.customer)?) else { return Ok(Json(nothing())) };
    let filter = PayoutFilter { account, state };
    let page = app.read(move |engine| Ok(engine.store().payouts(&filter, &window)?)).await?;
    Ok(Json(listed(page, PayoutBody::of)))
}

/// Look at one payout.
#[utoipa::path(get, path = "/v1/payouts/{id}", tag = "Payments", operation_id = "getPayout",
    params(("id" = String, Path, description = "The payout's id.")),
    responses((status = 200, description = "The payout.", body = PayoutBody)))]
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<DocumentId>) -> Result<Json<PayoutBody>, Problem> {
    let row = app.read(move |engine| Ok(engine.store().payout(caller.account, id)?)).await?;
    row.as_ref().map(PayoutBody::of).map(Json).ok_or_else(Problem::not_found)
}

/// The account, where the caller may speak of it.
fn own(caller: &Caller, customer: AccountId) -> Result<AccountId, Problem> {
    caller.must_reach(customer).map(|()| customer).map_err(|hidden| hidden.at("/customer"))
}

/// An account that is not there is the customer of the request.
fn of_customer(error: EngineError) -> Problem {
    let problem = Problem::from(error);
    if problem.status == 404 { problem.at("/customer") } else { problem }
}
