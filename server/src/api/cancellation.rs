//! Cancel a service: quote it, submit the quote, take it back.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use billing::cancellation::{Cancellation, CancellationQuote, CancellationRequest, CancellationSummary};
use billing::command::{Answer, Asker, Command};
use billing::document::DocumentLine;
use billing::explain::Language;
use billing::id::{AccountId, ServiceId};
use billing::policy::When;
use billing::quote::CreditLine;
use billing::refusal::Refusal;
use engine::{CancellationSubmission, Engine, EngineError, Ran, TokenError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::{Caller, Writer};
use super::changes::claims;
use super::language::Wanted;
use super::money_body::{Amount, SpanBody};
use super::problem::Problem;
use super::quote_body::TaxBody;
use super::read::{Body, Id};
use super::repeated;
use crate::app::App;
use crate::portal::words::joined;

/// When a cancelled service ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CancellationWhen)]
pub enum CancelWhenBody {
    /// At once: the rest of what was paid is given back as the policy says.
    Now,
    /// With the present period: nothing is given back.
    PeriodEnd,
}

impl From<When> for CancelWhenBody {
    fn from(when: When) -> Self {
        match when {
            When::Now => Self::Now,
            When::PeriodEnd => Self::PeriodEnd,
        }
    }
}

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "when": "period_end" }))]
pub struct AskCancellation {
    /// At once, or with the period. Customers may choose what the policy leaves them.
    when: CancelWhenBody,
}

/// What cancelling a service will do, to the cent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CancellationQuote)]
pub struct CancellationQuoteBody {
    /// What submits it, unchanged.
    id: String,
    /// The service.
    service: String,
    /// At once, or with the period.
    when: CancelWhenBody,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    /// It can be submitted before this.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Is everything given back that was billed, as it is early and nothing was used?
    all_back: bool,
    /// What is given back, line by line; positive.
    credits: Vec<CancellationLine>,
    /// What waited for an invoice and is billed with the end, signed as on an invoice.
    waiting: Vec<CancellationLine>,
    /// What was used and is billed with the end; with the period, so far.
    used: Vec<CancellationLine>,
    /// What is given back and was paid, or was not invoiced yet, as prices are written.
    credit: Amount,
    /// What is given back and was not paid, with its tax: it comes off the unpaid invoices.
    debt_released: Amount,
    /// What is billed less what is given back, as prices are written; nothing with the period.
    net: Amount,
    /// The tax of it.
    tax: Amount,
    /// With tax: positive to pay, negative to the balance.
    total: Amount,
    /// What of the balance is used for it.
    from_balance: Amount,
    /// What is left to pay.
    due: Amount,
    /// What goes to the balance.
    to_balance: Amount,
    /// The plan credits that are lost.
    credits_lost: i64,
    /// The open change that is taken back with it; null where none is open.
    #[schema(example = json!(null))]
    withdraws: Option<String>,
    /// The policy that counted.
    #[schema(example = "used-day@1")]
    policy: String,
}

/// One line of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationLine {
    /// What it is for.
    text: String,
    /// How many units.
    quantity: u32,
    /// The time it is for; null where it is for none.
    span: Option<SpanBody>,
    /// The amount, as prices are written.
    amount: Amount,
    /// The tax of it.
    tax: Amount,
    /// The rate of that tax.
    tax_rate: Option<TaxBody>,
    /// How much of it was paid; null of what is billed.
    collected: Option<Amount>,
    /// How the amount was found, in sentences.
    explanation: String,
}

/// The money of a quote that no longer holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CancellationSummary)]
pub struct CancellationSummaryBody {
    /// At once, or with the period.
    pub when: CancelWhenBody,
    /// When it was to end.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// What was to be given back.
    pub credit: Amount,
    /// What was to come off unpaid invoices.
    pub debt_released: Amount,
    /// With tax: positive to pay, negative to the balance.
    pub total: Amount,
    /// What was left to pay.
    pub due: Amount,
    /// What was to go to the balance.
    pub to_balance: Amount,
}

/// The cancellation of a service: scheduled, or done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cancellation)]
pub struct CancellationBody {
    /// At once, or with the period.
    when: CancelWhenBody,
    /// When it was submitted; or when the grace of an unpaid renewal was over.
    #[schema(value_type = String, format = DateTime)]
    submitted_at: Timestamp,
    /// When it ends, or ended.
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    /// When it was done; null while it is scheduled.
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    ended_at: Option<Timestamp>,
    /// `customer`, `staff`, or `unpaid` where a renewal was not paid.
    #[schema(example = "customer")]
    asked_by: String,
    /// Why, in the words of who asked.
    #[schema(example = json!(null))]
    reason: Option<String>,
    /// What came off unpaid invoices.
    debt_released: Amount,
    /// What was left to pay with the end.
    due: Amount,
    /// What went to the balance with the end.
    to_balance: Amount,
}

impl CancellationBody {
    /// Of a subscription that has one.
    pub fn of(cancellation: &Cancellation) -> Self {
        let quote = &cancellation.quote;
        Self {
            when: quote.when.into(),
            submitted_at: cancellation.submitted_at,
            ends_at: quote.ends_at,
            ended_at: cancellation.ended_at,
            asked_by: match quote.asked_by {
                Some(Asker::Customer) => "customer",
                Some(Asker::Staff) => "staff",
                None => "unpaid",
            }
            .to_owned(),
            reason: cancellation.reason.clone(),
            debt_released: quote.debt_released.into(),
            due: quote.due.into(),
            to_balance: quote.to_balance.into(),
        }
    }
}

impl CancellationSummaryBody {
    /// The money of a quote.
    pub fn of(summary: &CancellationSummary) -> Self {
        Self {
            when: summary.when.into(),
            ends_at: summary.ends_at,
            credit: summary.credit.into(),
            debt_released: summary.debt_released.into(),
            total: summary.total.into(),
            due: summary.due.into(),
            to_balance: summary.to_balance.into(),
        }
    }
}

impl CancellationLine {
    fn credit(line: &CreditLine, language: Language) -> Self {
        Self {
            text: line.text.to_string(),
            quantity: line.quantity,
            span: Some(line.span.into()),
            amount: line.amount.into(),
            tax: line.tax.into(),
            tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
            collected: Some(line.collected.into()),
            explanation: joined(language, line.sentences(language)),
        }
    }

    fn billed(line: &DocumentLine, language: Language) -> Self {
        Self {
            text: line.text.to_string(),
            quantity: line.quantity,
            span: line.span.map(SpanBody::from),
            amount: line.amount.into(),
            tax: line.tax.into(),
            tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
            collected: None,
            explanation: joined(language, line.sentences(language)),
        }
    }
}

impl CancellationQuoteBody {
    /// A quote and what submits it.
    pub fn of(quote: &CancellationQuote, token: String, service: String, language: Language) -> Self {
        let billed =
            |lines: &[DocumentLine]| lines.iter().map(|line| CancellationLine::billed(line, language)).collect();
        Self {
            id: token,
            service,
            when: quote.when.into(),
            ends_at: quote.ends_at,
            expires_at: quote.expires_at,
            all_back: quote.all_back,
            credits: quote.credits.iter().map(|line| CancellationLine::credit(line, language)).collect(),
            waiting: billed(&quote.waiting),
            used: billed(&quote.used),
            credit: quote.credit.into(),
            debt_released: quote.debt_released.into(),
            net: quote.net.into(),
            tax: quote.tax.into(),
            total: quote.total.into(),
            from_balance: quote.from_balance.into(),
            due: quote.due.into(),
            to_balance: quote.to_balance.into(),
            credits_lost: quote.credits_lost,
            withdraws: quote.withdraws.map(|change| change.to_string()),
            policy: quote.policy.to_string(),
        }
    }
}

/// Quote a cancellation: when the service ends, what is given back, and what is billed with the end.
///
/// Nothing is stored, so a key that may only read can ask too. Submit the `id` to POST /v1/services/{id}/cancellation before
/// it expires.
#[utoipa::path(post, path = "/v1/services/{id}/cancellation-quotes", tag = "Services", operation_id = "quoteCancellation",
    params(("id" = String, Path, description = "The service's id.")),
    request_body = AskCancellation,
    responses((status = 200, description = "The quote.", body = CancellationQuoteBody)))]
pub async fn quote(
    State(app): State<App>,
    caller: Caller,
    language: Wanted,
    Id(id): Id<ServiceId>,
    Body(AskCancellation { when }): Body<AskCancellation>,
) -> Result<Json<CancellationQuoteBody>, Problem> {
    let (owner, now, asked_by) = (caller.account, app.now(), caller.asker());
    let when = match when {
        CancelWhenBody::Now => When::Now,
        CancelWhenBody::PeriodEnd => When::PeriodEnd,
    };
    let found = app
        .read(move |engine| {
            let Some(row) = engine.store().subscription_of_service(owner, id)? else { return Ok(None) };
            // What ended long ago is in no account that decisions see.
            if row.cancellation.as_ref().is_some_and(|cancellation| cancellation.ended_at.is_some()) {
                return Err(Refusal::SubscriptionEnded(row.id).into());
            }
            let request = CancellationRequest { subscription: row.id, when, asked_by };
            let quoted = engine.quote_cancellation(row.account, &request, now)?;
            let Some(account) = engine.account(row.account, now)? else { return Ok(None) };
            let language = language.at(engine, &account.storefront)?;
            Ok(Some(CancellationQuoteBody::of(&quoted.quote, quoted.token, id.to_string(), language)))
        })
        .await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// The quote of a cancellation to submit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "quote": "eyJhY2NvdW50IjoiYWNjX…", "reason": "The shop is closed." }))]
pub struct Cancel {
    /// The `id` of a quote, unchanged.
    #[schema(max_length = 16384, pattern = "^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$")]
    quote: String,
    /// Why, for the log.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    reason: Option<String>,
}

/// What a cancellation brought about. It is the same, byte for byte, when the request is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cancelled {
    /// The service's id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
    /// Has it ended, or does it end with its period?
    ended: bool,
    /// When it ends; null where it has ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
    /// Its last invoice or credit note; null where it has none.
    document: Option<String>,
    /// The payment that is being taken.
    payment: Option<String>,
    /// What is left to pay; null where it has not ended.
    due: Option<Amount>,
    /// What went to the balance; null where it has not ended.
    to_balance: Option<Amount>,
}

/// Cancel a service as it was quoted: exactly that happens, once, or nothing.
///
/// Where the quote no longer holds, the problem `quote-stale` or `quote-expired` shows both versions, and the fresh one
/// can be submitted by its own id. Without an idempotency key the quote is its own.
#[utoipa::path(post, path = "/v1/services/{id}/cancellation", tag = "Services", operation_id = "cancelService",
    params(("id" = String, Path, description = "The service's id.")),
    request_body = Cancel,
    responses((status = 200, description = "It has ended, or will with its period.", body = Cancelled)))]
pub async fn cancel(
    State(app): State<App>,
    writer: Writer,
    language: Wanted,
    Id(id): Id<ServiceId>,
    Body(Cancel { quote, reason }): Body<Cancel>,
) -> Result<impl IntoResponse, Problem> {
    let now = app.now();
    let row = writer.caller.service(&app, id).await?;
    let is_staff = writer.caller.asker() == Asker::Staff;
    let claimed = claims(&quote).filter(|claims: &Claims| {
        let is_its = claims.account == row.account && claims.cancels.subscription == row.id;
        // What staff may have of the business, a customer's own key may not hand in.
        is_its && (is_staff || claims.cancels.asked_by == Asker::Customer)
    });
    if claimed.is_none() {
        return Err(Problem::from(EngineError::Token(TokenError::Forged)));
    }
    let actor = writer.caller.actor();
    let submission = CancellationSubmission { account: row.account, actor, token: quote, reason, key: writer.key };
    let ran = app
        .write(move |engine| {
            Ok(engine.cancel(&submission, now).map_err(|error| cancel_problem(engine, error, id, now, language)))
        })
        .await??;
    let Ran { answer, repeated: again, .. } = ran;
    let nothing = Cancelled {
        id: id.to_string(),
        ended: false,
        ends_at: None,
        document: None,
        payment: None,
        due: None,
        to_balance: None,
    };
    let body = match answer {
        Answer::CancellationScheduled { ends_at, .. } => Cancelled { ends_at: Some(ends_at), ..nothing },
        Answer::SubscriptionEnded { document, attempt, due, to_balance, .. } => Cancelled {
            ended: true,
            document: document.map(|id| id.to_string()),
            payment: attempt.map(|id| id.to_string()),
            due: Some(due.into()),
            to_balance: Some(to_balance.into()),
            ..nothing
        },
        _ => return Err(Problem::failed(&"cancelling answered something else")),
    };
    Ok((repeated(again), Json(body)))
}

/// What a token says of itself; the engine checks its signature before it believes it.
#[derive(Deserialize)]
struct Claims {
    account: AccountId,
    cancels: CancellationRequest,
}

/// The problem of a submission; with a fresh token where the quote no longer holds.
fn cancel_problem(engine: &Engine, error: EngineError, id: ServiceId, now: Timestamp, language: Wanted) -> Problem {
    let EngineError::Refused(refusal) = error else { return Problem::from(error) };
    let mut problem = Problem::refused(&refusal);
    if problem.field.as_deref() == Some("/when") {
        problem.field = Some("/quote".to_owned());
    }
    if let Refusal::CancellationStale { fresh: Some(quote), .. }
    | Refusal::CancellationExpired { fresh: Some(quote), .. } = *refusal
        && let Ok(Some(account)) = engine.account(quote.account, now)
        && let Ok(language) = language.at(engine, &account.storefront)
    {
        let token = engine.sign_cancellation(&quote);
        problem.more.fresh_cancellation = Some(CancellationQuoteBody::of(&quote, token, id.to_string(), language));
    }
    problem
}

/// A cancellation that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationTakenBack {
    /// The service's id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
}

/// Take a cancellation back, as long as the period goes on with which the service is to end.
#[utoipa::path(post, path = "/v1/services/{id}/uncancel", tag = "Services", operation_id = "uncancelService",
    params(("id" = String, Path, description = "The service's id.")),
    responses((status = 200, description = "The service goes on.", body = CancellationTakenBack)))]
pub async fn uncancel(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ServiceId>,
) -> Result<impl IntoResponse, Problem> {
    let row = writer.caller.service(&app, id).await?;
    let command = Command::UncancelSubscription { subscription: row.id };
    let ran = writer.run(&app, row.account, command).await?;
    Ok((repeated(ran.repeated), Json(CancellationTakenBack { id: id.to_string() })))
}
