//! Services: list, start, look at one, use plan credits, try a failed resize again. A service is a subscription and its machine.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use billing::calendar::Cycle;
use billing::catalogue::Basket;
use billing::command::{Answer, Command};
use billing::id::{AccountId, ServiceId};
use billing::name::Named;
use billing::refusal::Refusal;
use engine::{EngineError, Ran};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::SubscriptionFilter;
use utoipa::{IntoParams, ToSchema};

use super::auth::{Caller, Writer};
use super::list::{id_of, listed, nothing, one_of, window};
use super::money_body::Listed;
use super::problem::Problem;
use super::read::{Body, Id, Query};
use super::repeated;
use super::service_body::{PaysBy, ProgressBody, ServiceBody, ServiceDetail};
use crate::app::App;

/// How many years back a service may be said to have begun, where a book is taken over.
const MAX_YEARS_BACK: i16 = 10;

/// Which services.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichServices {
    /// Only those of this customer.
    #[param(pattern = "^acc_[0-9a-f]{32}$")]
    customer: Option<String>,
    /// Only those whose machine stands so: `wanted`, `working`, `done`, `failed`.
    #[param(inline, value_type = Option<ProgressBody>)]
    progress: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List services, newest first.
#[utoipa::path(get, path = "/v1/services", tag = "Services", operation_id = "listServices",
    params(WhichServices), responses((status = 200, description = "One page.", body = Listed<ServiceBody>)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<WhichServices>,
) -> Result<Json<Listed<ServiceBody>>, Problem> {
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    let progress = one_of("progress", which.progress, &["wanted", "working", "done", "failed"])?;
    let Some(account) = caller.narrowed(id_of("customer", which.customer)?) else { return Ok(Json(nothing())) };
    let filter = SubscriptionFilter { account, progress, package_waits: false, restricted: false };
    let page = app.read(move |engine| Ok(engine.store().subscriptions(&filter, &window)?)).await?;
    Ok(Json(listed(page, ServiceBody::of)))
}

/// A service to start.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "customer": "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000", "product": "server", "plan": "standard", "cycle": "month",
    "options": { "memory": 2 }, "label": "web-1.example.org", "pays_by": { "method": "card", "card": "pays" }
}))]
pub struct StartService {
    /// The customer.
    #[schema(value_type = String, pattern = "^acc_[0-9a-f]{32}$")]
    customer: AccountId,
    /// The product's code.
    #[schema(min_length = 1)]
    product: String,
    /// The plan's code.
    #[schema(min_length = 1)]
    plan: String,
    /// How often it is billed.
    #[schema(value_type = String, pattern = "^((day|week|month|year)s?|[1-9][0-9]{0,2} (day|week|month|year)s?)$")]
    cycle: Cycle,
    /// The quantity of each option, by code.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u32>)]
    options: Named<u32>,
    /// A name for it, such as a host name.
    #[schema(min_length = 1, max_length = 100)]
    label: String,
    /// The local date and time its first period began, where a book is taken over; now, where missing. Only for keys
    /// of the business.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "2027-05-01T00:00:00")]
    starts: Option<DateTime>,
    /// How it is paid, now and at renewals.
    pays_by: PaysBy,
}

/// The service that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceStarted {
    /// Its id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
    /// The invoice of its first period.
    invoice: Option<String>,
}

/// Start a service. Its first period is invoiced at once.
#[utoipa::path(post, path = "/v1/services", tag = "Services", operation_id = "startService",
    request_body = StartService,
    responses((status = 201, description = "Started.", body = ServiceStarted)))]
pub async fn start(
    State(app): State<App>,
    writer: Writer,
    Body(new): Body<StartService>,
) -> Result<impl IntoResponse, Problem> {
    let account = new.customer;
    writer.caller.must_reach(account).map_err(|problem| problem.at("/customer"))?;
    let now = app.now();
    if let Some(starts) = new.starts {
        writer.caller.must_be_staff().map_err(|problem| problem.at("/starts"))?;
        let this_year = TimeZone::UTC.to_datetime(now).year();
        if !(this_year - MAX_YEARS_BACK..=this_year + 1).contains(&starts.year()) {
            return Err(bad_start());
        }
    }
    let command = Command::StartSubscription {
        product: new.product,
        basket: Basket { plan: new.plan.into(), cycle: new.cycle, options: new.options },
        label: new.label,
        starts: new.starts,
        pays_by: new.pays_by.choice()?,
    };
    let ran = writer.run(&app, account, command).await.map_err(|error| match error {
        EngineError::Refused(refusal) if matches!(*refusal, Refusal::NotStarted(_)) => bad_start(),
        EngineError::Refused(refusal) if matches!(*refusal, Refusal::UnknownAccount(_)) => {
            Problem::not_found().at("/customer")
        }
        error => Problem::from(error),
    })?;
    let Ran { answer: Answer::SubscriptionStarted { service, invoice, .. }, repeated: again, .. } = ran else {
        return Err(Problem::failed(&"starting a service answered something else"));
    };
    let place = format!("/v1/services/{service}");
    let body = ServiceStarted { id: service.to_string(), invoice: invoice.map(|id| id.to_string()) };
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], repeated(again), Json(body)))
}

fn bad_start() -> Problem {
    Problem::bad_field(
        "/starts",
        format!("The field /starts must be now or earlier, and at most {MAX_YEARS_BACK} years ago."),
    )
}

/// Look at one service: plan, options, coverage, machine, open change.
#[utoipa::path(get, path = "/v1/services/{id}", tag = "Services", operation_id = "getService",
    params(("id" = String, Path, description = "The service's id.")),
    responses((status = 200, description = "The service.", body = ServiceDetail)))]
pub async fn one(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ServiceId>,
) -> Result<Json<ServiceDetail>, Problem> {
    let (owner, now) = (caller.account, app.now());
    let detail = app
        .read(move |engine| {
            let Some(row) = engine.store().subscription_of_service(owner, id)? else { return Ok(None) };
            let account = engine.account(row.account, now)?;
            let Some(account) = account else { return Ok(None) };
            let catalogue = engine.catalogue(&account.storefront)?;
            let policy = catalogue.product(&row.product).map(|product| product.policy.as_str());
            let policy = policy.and_then(|policy| catalogue.policy(policy, engine.policies()));
            let subscription = engine.subscription(&account, row.id)?;
            Ok(subscription.map(|subscription| ServiceDetail::of(&row, &subscription, policy)))
        })
        .await?;
    detail.map(Json).ok_or_else(Problem::not_found)
}

/// Plan credits to use.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "amount": 3 }))]
pub struct UseCredits {
    /// How many.
    #[schema(minimum = 1)]
    amount: u32,
}

/// What is left of the plan's credits. It is the same, byte for byte, when the request is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditsUsed {
    /// The service's id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
    /// How many were left afterwards.
    #[schema(example = 9)]
    left: i64,
}

/// Use credits that a service's plan gave, such as hours. Never more than are left.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/services/{id}/credits/use", tag = "Services", operation_id = "useCredits",
    params(("id" = String, Path, description = "The service's id.")),
    request_body = UseCredits,
    responses((status = 200, description = "They are used.", body = CreditsUsed)))]
pub async fn use_credits(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ServiceId>,
    Body(UseCredits { amount }): Body<UseCredits>,
) -> Result<impl IntoResponse, Problem> {
    let row = writer.caller.service(&app, id).await?;
    writer.caller.must_be_staff()?;
    if amount == 0 {
        return Err(Problem::bad_field("/amount", "The field /amount must be 1 or more."));
    }
    let command = Command::UseCredits { subscription: row.id, amount };
    let ran = writer.run(&app, row.account, command).await?;
    let Ran { answer: Answer::CreditsUsed { left }, repeated: again, .. } = ran else {
        return Err(Problem::failed(&"using credits answered something else"));
    };
    Ok((repeated(again), Json(CreditsUsed { id: id.to_string(), left })))
}

/// The service whose module is asked again.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetryStarted {
    /// Its id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
}

/// Ask the module once more for the size that a service shall have.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/services/{id}/retry", tag = "Services", operation_id = "retryService",
    params(("id" = String, Path, description = "The service's id.")),
    responses((status = 202, description = "The module is asked again.", body = RetryStarted)))]
pub async fn retry(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ServiceId>,
) -> Result<impl IntoResponse, Problem> {
    let account = writer.caller.service(&app, id).await?.account;
    writer.caller.must_be_staff()?;
    let command = Command::RetryProvision { service: id };
    let ran = writer.run(&app, account, command).await?;
    Ok((StatusCode::ACCEPTED, repeated(ran.repeated), Json(RetryStarted { id: id.to_string() })))
}
