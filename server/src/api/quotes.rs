//! Quotes: what a plan change will do, and what every plan would do. Nothing is stored; the same function counts that
//! charges later.

use axum::Json;
use axum::extract::State;
use billing::calendar::Cycle;
use billing::catalogue::Size;
use billing::id::ServiceId;
use billing::name::Named;
use billing::quote::{PlanChangeRequest, Quote};
use billing::refusal::Refusal;
use engine::{Engine, EngineError, Reading};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::auth::Caller;
use super::language::Wanted;
use super::money_body::Amount;
use super::problem::Problem;
use super::quote_body::{QuoteBody, WhenBody};
use super::read::{Body, Id, Query};
use crate::app::App;

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "service": "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003", "plan": "large" }))]
pub struct AskQuote {
    /// The service to change.
    #[schema(value_type = String, pattern = "^srv_[0-9a-f]{32}$")]
    service: ServiceId,
    /// The plan it shall have; may be the one it has, where cycle or options change.
    plan: String,
    /// How often it shall be billed; as now, where missing.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^((day|week|month|year)s?|[1-9][0-9]{0,2} (day|week|month|year)s?)$")]
    cycle: Option<Cycle>,
    /// The quantity that options shall have, by code; 0 drops one. Options that are not named stay as they are.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u32>, example = json!({ "memory": 2 }))]
    options: Named<u32>,
    /// When it shall be made, where the policy leaves the choice; as the policy says, where missing.
    #[serde(default)]
    when: Option<WhenBody>,
    /// The day on which it shall be made, in the customer's zone, where the policy lets the customer choose one: later than
    /// today, and in the present period. With it `when` is `date`, or left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, example = json!(null))]
    on: Option<Date>,
}

/// Quote a plan change: every line, what is given back and charged, what is due, and when.
///
/// Nothing is stored, so a key that may only read can ask too. Submit the `id` to POST /v1/changes before it expires.
#[utoipa::path(post, path = "/v1/quotes", tag = "Plan changes", operation_id = "quotePlanChange",
    request_body = AskQuote,
    responses((status = 200, description = "The quote.", body = QuoteBody)))]
pub async fn quote(
    State(app): State<App>,
    caller: Caller,
    language: Wanted,
    Body(ask): Body<AskQuote>,
) -> Result<Json<QuoteBody>, Problem> {
    let now = app.now();
    match (ask.when, ask.on) {
        (Some(WhenBody::Date), None) => {
            return Err(
                Problem::with("bad-field", "`on`: `when` is `date`, so name the day, such as 2027-05-20.").at("/on")
            );
        }
        (Some(WhenBody::Now | WhenBody::PeriodEnd), Some(_)) => {
            return Err(
                Problem::with("bad-field", "`on`: a day goes with `when` = `date`; leave one of them out.").at("/on")
            );
        }
        _ => {}
    }
    let found = app
        .read(move |engine| {
            let Some((reading, mut request)) = of_service(engine, &caller, ask.service, now)? else { return Ok(None) };
            request.basket.plan = ask.plan.into();
            request.basket.cycle = ask.cycle.unwrap_or(request.basket.cycle);
            request.basket.options.extend(ask.options);
            request.when = ask.when.and_then(WhenBody::moment);
            request.on = ask.on;
            let quoted = reading.quote(&request)?;
            let language = language.on(&reading);
            Ok(Some(QuoteBody::of(&quoted.quote, quoted.token, ask.service.to_string(), language)))
        })
        .await?;
    found.map(Json).ok_or_else(|| Problem::not_found().at("/service"))
}

/// The account of a service within a caller's reach, read once, and a request that changes nothing yet: what the service
/// has.
fn of_service<'a>(
    engine: &'a Engine,
    caller: &Caller,
    service: ServiceId,
    now: Timestamp,
) -> Result<Option<(Reading<'a>, PlanChangeRequest)>, EngineError> {
    let Some(account) = engine.store().account_of_service(caller.account, service)? else { return Ok(None) };
    let Some(reading) = engine.read(account, now)? else { return Ok(None) };
    let mut subscriptions = reading.account.subscriptions.iter();
    let Some(subscription) = subscriptions.find(|subscription| subscription.service.id == service) else {
        // What ended and is settled is in no account that decisions see.
        let row = engine.store().subscription_of_service(caller.account, service)?;
        return row.map_or(Ok(None), |row| Err(Refusal::SubscriptionEnded(row.id).into()));
    };
    let (subscription, basket) = (subscription.id, subscription.basket());
    let request = PlanChangeRequest { subscription, basket, asked_by: caller.asker(), when: None, on: None };
    Ok(Some((reading, request)))
}

/// How the offers shall be counted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichOffers {
    /// How often the plans shall be billed; as now, where missing.
    #[param(value_type = Option<String>, pattern = "^((day|week|month|year)s?|[1-9][0-9]{0,2} (day|week|month|year)s?)$")]
    cycle: Option<String>,
}

/// Every plan a service could move to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Offers {
    /// The plans, smallest first; with the options the service has.
    data: Vec<OfferBody>,
}

/// A plan, and what moving there means or why it cannot be had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offer)]
pub struct OfferBody {
    /// The plan's code.
    #[schema(example = "large")]
    plan: String,
    /// The plan's name.
    #[schema(example = "Large")]
    plan_name: String,
    /// What it gives, by resource, without options.
    #[schema(value_type = BTreeMap<String, i64>, example = json!({ "cpus": 4, "memory_mb": 8192 }))]
    size: Size,
    /// What it costs per cycle; null where it has no price.
    price: Option<Amount>,
    /// What moving there means; null where it cannot be had.
    quote: Option<QuoteBody>,
    /// Why it cannot be had; null where it can.
    refusal: Option<RefusalBody>,
}

/// Why a plan cannot be had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refusal)]
pub struct RefusalBody {
    /// The code of the problem, as it would be the last part of its type.
    #[schema(example = "same-plan")]
    code: String,
    /// What it is.
    title: String,
    /// What it is this time.
    detail: String,
}

/// List every plan of the service's product: its quote, or why it cannot be had.
#[utoipa::path(get, path = "/v1/services/{id}/offers", tag = "Plan changes", operation_id = "listOffers",
    params(("id" = String, Path, description = "The service's id."), WhichOffers),
    responses((status = 200, description = "The plans.", body = Offers)))]
pub async fn offers(
    State(app): State<App>,
    caller: Caller,
    language: Wanted,
    Id(id): Id<ServiceId>,
    Query(which): Query<WhichOffers>,
) -> Result<Json<Offers>, Problem> {
    let now = app.now();
    let cycle = match which.cycle.as_deref().map(Cycle::parse) {
        Some(Err(error)) => return Err(Problem::with("bad-query", format!("`cycle`: {error}.")).at("cycle")),
        Some(Ok(cycle)) => Some(cycle),
        None => None,
    };
    let found = app
        .read(move |engine| {
            let Some((reading, mut request)) = of_service(engine, &caller, id, now)? else { return Ok(None) };
            request.basket.cycle = cycle.unwrap_or(request.basket.cycle);
            let language = language.on(&reading);
            let signed = |quote: &Quote| QuoteBody::of(quote, engine.sign(quote), id.to_string(), language);
            let offers = reading.offers(&request)?.into_iter().map(|offer| {
                let (quote, refusal) = match &offer.quote {
                    Ok(quote) => (Some(signed(quote)), None),
                    Err(refusal) => (None, Some(RefusalBody::of(&Problem::refused(refusal)))),
                };
                OfferBody {
                    plan: offer.plan.code.to_string(),
                    plan_name: offer.plan.name.to_string(),
                    size: offer.plan.size.clone(),
                    price: offer.price.map(Amount::from),
                    quote,
                    refusal,
                }
            });
            let data = offers.collect();
            Ok(Some(Offers { data }))
        })
        .await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

impl RefusalBody {
    fn of(problem: &Problem) -> Self {
        let code = problem.kind.rsplit('/').next().unwrap_or_default();
        Self { code: code.to_owned(), title: problem.title.to_owned(), detail: problem.detail.clone() }
    }
}
