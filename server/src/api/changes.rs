//! Plan changes: submit a quote, list, look at one, take one back.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use billing::account::ChangeState;
use billing::command::{Answer, Asker, Command};
use billing::id::{AccountId, ChangeId, ServiceId};
use billing::refusal::Refusal;
use engine::{Engine, EngineError, Ran, Submission, TokenError};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{ChangeFilter, ChangeRow};
use utoipa::{IntoParams, ToSchema};

use super::auth::{Caller, Writer};
use super::derivation_body::word;
use super::language::Wanted;
use super::list::{id_of, listed, nothing, one_of, window};
use super::money_body::{Amount, Listed};
use super::problem::Problem;
use super::quote_body::{BasketBody, DirectionBody, GateBody, OnFailureBody, QuoteBody, WhenBody};
use super::read::{Body, Id, Query};
use super::repeated;
use super::service_body::PaysBy;
use crate::app::App;

/// A plan change that was submitted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeBody {
    /// Its id.
    #[schema(example = "chg_019a2f0c3b7d7c31a1c4f2f3f6a00001")]
    id: String,
    /// The customer whose it is.
    customer: String,
    /// The service it changes.
    service: String,
    /// The service's name.
    #[schema(example = "web-1.example.org")]
    label: String,
    /// How it stands.
    state: ChangeStateBody,
    /// When it lapses, or is made all the same, while it waits for its payment.
    #[schema(value_type = Option<String>, format = DateTime)]
    lapses_at: Option<Timestamp>,
    /// When it is made, while it is scheduled: with the start of that period, or of the day in `on`.
    #[schema(value_type = Option<String>, format = DateTime)]
    scheduled_for: Option<Timestamp>,
    /// When it was applied, withdrawn or lapsed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    /// When it was submitted.
    #[schema(value_type = String, format = DateTime)]
    submitted_at: Timestamp,
    /// `customer` or `staff`: on whose behalf.
    #[schema(example = "customer")]
    asked_by: String,
    /// Up, down, or some options up and others down.
    direction: DirectionBody,
    /// Now, with the next period, or on the day in `on`.
    when: WhenBody,
    /// The day on which it is made, in the customer's zone, where one was chosen; else null.
    #[schema(value_type = Option<String>, format = Date, example = json!(null))]
    on: Option<Date>,
    /// Must it be paid before it is made?
    gate: GateBody,
    /// What becomes of it where its payment fails, or does not come in time.
    on_failure: OnFailureBody,
    /// What the service had.
    before: BasketBody,
    /// What it has afterwards.
    after: BasketBody,
    /// Charges less credits, as prices are written.
    net: Amount,
    /// The tax charged less the tax given back.
    tax: Amount,
    /// With tax: positive to pay, negative to the balance.
    total: Amount,
    /// What of the balance is used, by its quote. Of a change on a chosen day its invoice says it.
    from_balance: Amount,
    /// What is left to pay.
    due: Amount,
    /// What goes to the balance.
    to_balance: Amount,
    /// The id of its invoice or credit note.
    document: Option<String>,
    /// The number of that document.
    #[schema(example = "INV-2027-0001")]
    number: Option<String>,
}

/// How a change stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ChangeState)]
pub enum ChangeStateBody {
    /// Its invoice waits for money; nothing has changed yet.
    AwaitsPayment,
    /// Nothing is to pay now; it is made with the next period, or on the day in `on`.
    Scheduled,
    /// Made.
    Applied,
    /// Taken back before it was paid.
    Withdrawn,
    /// Not paid in time.
    Lapsed,
}

impl ChangeBody {
    fn of(row: &ChangeRow) -> Self {
        let change = &row.change;
        let quote = &change.quote;
        let (mut lapses_at, mut scheduled_for, mut closed_at) = (None, None, None);
        let (state, at, place) = match change.state {
            ChangeState::AwaitsPayment { lapses_at: at } => (ChangeStateBody::AwaitsPayment, at, &mut lapses_at),
            ChangeState::Scheduled { at } => (ChangeStateBody::Scheduled, at, &mut scheduled_for),
            ChangeState::Applied { at } => (ChangeStateBody::Applied, at, &mut closed_at),
            ChangeState::Withdrawn { at } => (ChangeStateBody::Withdrawn, at, &mut closed_at),
            ChangeState::Lapsed { at } => (ChangeStateBody::Lapsed, at, &mut closed_at),
        };
        *place = Some(at);
        Self {
            id: change.id.to_string(),
            customer: row.account.to_string(),
            service: row.service.to_string(),
            label: row.label.clone(),
            state,
            lapses_at,
            scheduled_for,
            closed_at,
            submitted_at: change.submitted_at,
            asked_by: word(&change.asked_by),
            direction: quote.direction.into(),
            when: WhenBody::of(quote),
            on: quote.on.map(|day| day.date),
            gate: quote.gate.into(),
            on_failure: quote.on_failure.into(),
            before: BasketBody::of(&quote.before, &quote.plan_before),
            after: BasketBody::of(&quote.after, &quote.plan_after),
            net: quote.net.into(),
            tax: quote.tax.into(),
            total: quote.total.into(),
            from_balance: quote.from_balance.into(),
            due: quote.due.into(),
            to_balance: quote.to_balance.into(),
            document: change.document.map(|id| id.to_string()),
            number: row.number.clone(),
        }
    }
}

/// Which changes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichChanges {
    /// Only those of this customer.
    #[param(pattern = "^acc_[0-9a-f]{32}$")]
    customer: Option<String>,
    /// Only those of this service.
    #[param(pattern = "^srv_[0-9a-f]{32}$")]
    service: Option<String>,
    /// Only those that stand so: `awaits_payment`, `scheduled`, `applied`, `withdrawn`, `lapsed`.
    #[param(inline, value_type = Option<ChangeStateBody>)]
    state: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List plan changes, newest first.
#[utoipa::path(get, path = "/v1/changes", tag = "Plan changes", operation_id = "listChanges",
    params(WhichChanges), responses((status = 200, description = "One page.", body = Listed<ChangeBody>)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<WhichChanges>,
) -> Result<Json<Listed<ChangeBody>>, Problem> {
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    let state = one_of("state", which.state, &["awaits_payment", "scheduled", "applied", "withdrawn", "lapsed"])?;
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
            Ok(Some(store.changes(&ChangeFilter { account, subscription, state }, &window)?))
        })
        .await?;
    Ok(Json(page.map_or_else(nothing, |page| listed(page, ChangeBody::of))))
}

/// A quote to submit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "quote": "eyJhY2NvdW50IjoiYWNjX…", "pays_by": { "method": "card", "card": "pays" } }))]
pub struct SubmitChange {
    /// The `id` of a quote, unchanged.
    #[schema(max_length = 16384, pattern = "^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$")]
    quote: String,
    /// How to pay what is due.
    pays_by: PaysBy,
}

/// What a submission brought about. It is the same, byte for byte, when the request is repeated; how the change stands
/// later is read at its own address.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeSubmitted {
    /// The id of the change.
    #[schema(example = "chg_019a2f0c3b7d7c31a1c4f2f3f6a00001")]
    id: String,
    /// Up, down, or some options up and others down.
    direction: DirectionBody,
    /// Was it made at once, or does it wait for its payment or the next period?
    applied: bool,
    /// Its invoice or credit note.
    document: Option<String>,
    /// The payment that is being taken.
    payment: Option<String>,
    /// What is left to pay.
    due: Amount,
    /// What went to the balance.
    to_balance: Amount,
}

/// Submit a quote: exactly what was quoted is charged, once, or nothing happens.
///
/// Where the quote no longer holds, the problem `quote-stale` or `quote-expired` shows both versions, and the fresh one
/// can be submitted by its own id. Without an idempotency key the quote is its own: it is submitted once.
#[utoipa::path(post, path = "/v1/changes", tag = "Plan changes", operation_id = "submitPlanChange",
    request_body = SubmitChange,
    responses((status = 201, description = "Submitted.", body = ChangeSubmitted)))]
pub async fn submit(
    State(app): State<App>,
    writer: Writer,
    language: Wanted,
    Body(submission): Body<SubmitChange>,
) -> Result<impl IntoResponse, Problem> {
    let pays_by = submission.pays_by.choice()?;
    let asks_as_staff = writer.caller.asker() == Asker::Staff;
    let claimed = claims(&submission.quote).filter(|claims: &Claims| {
        // What staff may have of the business, a customer's own key may not hand in.
        writer.caller.reaches(claims.account) && (asks_as_staff || claims.request.asked_by == Asker::Customer)
    });
    let invalid = || Problem::from(EngineError::Token(TokenError::Forged));
    let account = claimed.ok_or_else(invalid)?.account;
    let actor = writer.caller.actor();
    let submission = Submission { account, actor, token: submission.quote, pays_by, key: writer.key };
    let now = app.now();
    let ran = app
        .write(move |engine| {
            Ok(engine.submit(&submission, now).map_err(|error| submit_problem(engine, error, now, language)))
        })
        .await??;
    let Ran { answer, repeated: again, .. } = ran;
    let Answer::ChangeSubmitted { change, direction, applied, document, attempt, due, to_balance } = answer else {
        return Err(Problem::failed(&"submitting a change answered something else"));
    };
    let place = format!("/v1/changes/{change}");
    let body = ChangeSubmitted {
        id: change.to_string(),
        direction: direction.into(),
        applied,
        document: document.map(|id| id.to_string()),
        payment: attempt.map(|id| id.to_string()),
        due: due.into(),
        to_balance: to_balance.into(),
    };
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], repeated(again), Json(body)))
}

/// What a token says of itself.
#[derive(Deserialize)]
struct Claims {
    account: AccountId,
    request: ClaimedRequest,
}

#[derive(Deserialize)]
struct ClaimedRequest {
    asked_by: Asker,
}

/// Reads whose a token claims to be. Nothing is believed of it: the engine checks the signature against this very
/// account before anything else, so a lie here is a token that is not valid.
pub(super) fn claims<T: DeserializeOwned>(token: &str) -> Option<T> {
    let (payload, _) = token.split_once('.')?;
    if payload.len() > 64 * 1024 {
        return None;
    }
    serde_json::from_slice(&BASE64.decode(payload).ok()?).ok()
}

/// The problem of a submission; with a fresh token where the quote no longer holds.
fn submit_problem(engine: &Engine, error: EngineError, now: Timestamp, language: Wanted) -> Problem {
    let EngineError::Refused(refusal) = error else { return Problem::from(error) };
    let mut problem = Problem::refused(&refusal);
    if problem.field.is_some() {
        problem.field = Some("/quote".to_owned());
    }
    if let Refusal::QuoteStale { fresh: Some(quote), .. } | Refusal::QuoteExpired { fresh: Some(quote), .. } = *refusal
        && let Ok(Some(account)) = engine.account(quote.account, now)
        && let Some(subscription) = account.subscription(quote.subscription)
        && let Ok(language) = language.at(engine, &account.storefront)
    {
        let service = subscription.service.id.to_string();
        problem.more.fresh = Some(QuoteBody::of(&quote, engine.sign(&quote), service, language));
    }
    problem
}

/// Look at one plan change.
#[utoipa::path(get, path = "/v1/changes/{id}", tag = "Plan changes", operation_id = "getChange",
    params(("id" = String, Path, description = "The change's id.")),
    responses((status = 200, description = "The change.", body = ChangeBody)))]
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<ChangeId>) -> Result<Json<ChangeBody>, Problem> {
    let row = app.read(move |engine| Ok(engine.store().change(caller.account, id)?)).await?;
    row.as_ref().map(ChangeBody::of).map(Json).ok_or_else(Problem::not_found)
}

/// What taking a change back brought about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeWithdrawn {
    /// The id of the change.
    id: String,
    /// The credit note that cancels its invoice; null where it had none.
    credit_note: Option<String>,
}

/// Take a plan change back that is not made yet. Its invoice, where it has one, is cancelled by a credit note.
#[utoipa::path(post, path = "/v1/changes/{id}/withdraw", tag = "Plan changes", operation_id = "withdrawChange",
    params(("id" = String, Path, description = "The change's id.")),
    responses((status = 200, description = "Taken back.", body = ChangeWithdrawn)))]
pub async fn withdraw(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ChangeId>,
) -> Result<impl IntoResponse, Problem> {
    let owner = writer.caller.account;
    let row = app.read(move |engine| Ok(engine.store().change(owner, id)?)).await?;
    let account = row.ok_or_else(Problem::not_found)?.account;
    let command = Command::WithdrawPlanChange { change: id };
    let ran = writer.run(&app, account, command).await?;
    let Ran { answer: Answer::ChangeClosed { change, document }, repeated: again, .. } = ran else {
        return Err(Problem::failed(&"withdrawing a change answered something else"));
    };
    let body = ChangeWithdrawn { id: change.to_string(), credit_note: document.map(|id| id.to_string()) };
    Ok((repeated(again), Json(body)))
}
