//! Usage: report the sum of a window, and what was used so far in a period. Which meters a plan has is in the catalogue.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use billing::account::Subscription;
use billing::command::{Answer, Command};
use billing::explain::Language;
use billing::id::ServiceId;
use billing::policy::Policy;
use billing::usage::{Metered, UsedPart, metered};
use engine::Ran;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::Writer;
use super::money_body::Amount;
use super::problem::Problem;
use super::read::{Body, Id};
use super::repeated;
use crate::app::App;

/// Units that were used: the sum of a window that is closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "meter": "traffic", "units": 250 }))]
pub struct ReportUsage {
    /// The meter's code.
    meter: String,
    /// How many.
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    units: u32,
}

/// What is counted of a meter. It is the same, byte for byte, when the request is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageReported {
    /// The service's id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
    /// The meter's code.
    #[schema(example = "traffic")]
    meter: String,
    /// How many units were reported.
    #[schema(example = 250)]
    units: u32,
    /// How many units of the meter the period had afterwards, at whatever price.
    #[schema(example = 1250)]
    total: u32,
}

/// Report what was used: the sum of a window, once it is closed.
///
/// Only for keys of the business. The header `Idempotency-Key` is needed: it is the name of the window, such as `traffic-web-1-2027-05-03T14`: the
/// same window reported twice counts once. Units count for the period, and at the price, of the moment at which they are
/// reported; after the end of a period they are refused with `period-over` until it is renewed, a moment later.
#[utoipa::path(post, path = "/v1/services/{id}/usage", tag = "Services", operation_id = "reportUsage",
    params(("id" = String, Path, description = "The service's id.")),
    request_body = ReportUsage,
    responses((status = 200, description = "They are counted.", body = UsageReported)))]
pub async fn report(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ServiceId>,
    Body(ReportUsage { meter, units }): Body<ReportUsage>,
) -> Result<impl IntoResponse, Problem> {
    let row = writer.caller.service(&app, id).await?;
    writer.caller.must_be_staff()?;
    if writer.key.is_none() {
        // Without the name of its window a report that is sent again would count again.
        let why = "Usage is reported with the header Idempotency-Key: the name of its window.";
        return Err(Problem::with("bad-idempotency-key", why).at("Idempotency-Key"));
    }
    let command = Command::ReportUsage { subscription: row.id, meter: meter.into(), units };
    let ran = writer.run(&app, row.account, command).await?;
    let Ran { answer: Answer::UsageReported { meter, units, total, .. }, repeated: again, .. } = ran else {
        return Err(Problem::failed(&"reporting usage answered something else"));
    };
    Ok((repeated(again), Json(UsageReported { id: id.to_string(), meter: meter.to_string(), units, total })))
}

/// What was used of a meter in the present period, and what it comes to so far.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Usage)]
pub struct UsageBody {
    /// The meter's code.
    #[schema(example = "traffic")]
    pub meter: String,
    /// Its name.
    #[schema(example = "Traffic")]
    pub name: String,
    /// What is counted.
    #[schema(example = "GB")]
    pub unit: String,
    /// Does the present plan have it? What was used before a change to one that does not is billed all the same.
    pub counts: bool,
    /// How many units, at whatever price.
    #[schema(example = 1250)]
    pub units: u32,
    /// What the next invoice has of them so far, as prices are written; nothing in a trial.
    pub amount: Amount,
    /// The units part by part, each at the price at which it was used; one unless the price was changed in the period.
    pub parts: Vec<MeteredBody>,
}

/// Units at one price, and how their amount was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Metered)]
pub struct MeteredBody {
    /// The meter's code.
    #[schema(example = "traffic")]
    pub meter: String,
    /// What is counted.
    #[schema(example = "GB")]
    pub unit: String,
    /// How many.
    #[schema(example = 1250)]
    pub units: u32,
    /// How many units of the meter there were before them in the period: tiers go on behind those.
    #[schema(example = 0)]
    pub before: u32,
    /// Amounts are for so many units.
    #[schema(example = 1)]
    pub per: u32,
    /// The tiers that bill them, from the first on.
    pub tiers: Vec<UsedPartBody>,
    /// What they come to.
    pub amount: Amount,
    /// The same as a sentence, in the language of the document, or in English.
    #[schema(example = "1,250 GB were used: 1,000 included, 250 × 0.02 EUR: 5.00 EUR.")]
    pub explanation: String,
    /// The policy by which was rounded.
    #[schema(example = "vps@1")]
    pub policy: String,
}

/// Units that one tier bills.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsedPart)]
pub struct UsedPartBody {
    /// How many.
    #[schema(example = 250)]
    pub units: u32,
    /// What as many as `per` cost.
    pub each: Amount,
    /// What the tier costs besides, once.
    pub flat: Amount,
}

impl MeteredBody {
    /// Units of a line or a counter.
    pub fn of(metered: &Metered, language: Language) -> Self {
        let price = &metered.price;
        let amount = metered.replay().unwrap_or(billing::money::Money::zero(price.amount.currency));
        let part = |UsedPart { units, each, flat }| UsedPartBody { units, each: each.into(), flat: flat.into() };
        Self {
            meter: price.meter.to_string(),
            unit: price.unit.to_string(),
            units: metered.units,
            before: metered.before,
            per: price.per,
            tiers: price.parts(metered.before, metered.units).into_iter().map(part).collect(),
            amount: amount.into(),
            explanation: metered.sentence(language),
            policy: metered.policy.to_string(),
        }
    }
}

impl UsageBody {
    /// What was used in the present period, meter by meter; meters that count no more have their parts still.
    pub fn of(subscription: &Subscription, policy: &Policy) -> Vec<Self> {
        let mut meters: Vec<Self> = Vec::new();
        for (one, counter) in metered(&subscription.usage, policy).zip(&subscription.usage) {
            let part = MeteredBody::of(&one, Language::English);
            let costs = if subscription.is_in_trial() { 0 } else { part.amount.minor };
            match meters.iter_mut().find(|known| known.meter == part.meter) {
                Some(known) => {
                    known.counts |= counter.is_open();
                    known.units += part.units;
                    known.amount.minor += costs;
                    known.parts.push(part);
                }
                None => meters.push(Self {
                    meter: part.meter.clone(),
                    name: one.price.text.to_string(),
                    unit: part.unit.clone(),
                    counts: counter.is_open(),
                    units: part.units,
                    amount: Amount { minor: costs, currency: part.amount.currency },
                    parts: vec![part],
                }),
            }
        }
        for meter in &mut meters {
            meter.parts.retain(|part| part.units > 0);
        }
        meters
    }
}
