//! What staff do without an order: put a service on a plan for no money, and have its machine changed apart from that.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use billing::command::{Answer, Command};
use billing::id::ServiceId;
use billing::name::Named;
use engine::Ran;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::Writer;
use super::money_body::Amount;
use super::problem::Problem;
use super::read::{Body, Id};
use super::repeated;
use crate::app::App;

/// A plan to put a service on, without an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "plan": "large", "options": { "memory": 2 }, "recalculate": false, "reason": "as promised on 3 May"
}))]
pub struct AssignPlan {
    /// The plan's code; its cycle stays.
    #[schema(min_length = 1)]
    plan: String,
    /// The quantity of each option that shall be another, by code; 0 drops it. Others stay as they are.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u32>)]
    options: Named<u32>,
    /// Shall renewals bill today's prices? Otherwise a full period goes on costing what it does.
    recalculate: bool,
    /// Why, for the log.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// The service is on the plan. It is the same, byte for byte, when the request is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanAssigned {
    /// The service's id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
    /// What a full period cost, as prices are written.
    recurring_before: Amount,
    /// What a full period costs from the next renewal on.
    recurring_after: Amount,
    /// Does the plan give another size than the machine shall have? Then ask for `change-package`.
    package_waits: bool,
}

/// Put a service on a plan without an order: at once, and no money moves.
///
/// What was billed for the present period stays what covers it, and a later change gives back what was paid. The machine
/// keeps its size until `change-package` is asked. Only for keys of the business.
#[utoipa::path(post, path = "/v1/services/{id}/assign", tag = "Services", operation_id = "assignPlan",
    params(("id" = String, Path, description = "The service's id.")),
    request_body = AssignPlan,
    responses((status = 200, description = "It is on the plan.", body = PlanAssigned)))]
pub async fn assign(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ServiceId>,
    Body(wish): Body<AssignPlan>,
) -> Result<impl IntoResponse, Problem> {
    let row = writer.caller.service(&app, id).await?;
    writer.caller.must_be_staff()?;
    let AssignPlan { plan, options, recalculate, reason } = wish;
    let command = Command::AssignPlan { subscription: row.id, plan: plan.into(), options, recalculate, reason };
    let ran = writer.run(&app, row.account, command).await?;
    let Ran { answer, repeated: again, .. } = ran;
    let Answer::PlanAssigned { recurring_before, recurring_after, package_waits, .. } = answer else {
        return Err(Problem::failed(&"assigning a plan answered something else"));
    };
    let (recurring_before, recurring_after) = (recurring_before.into(), recurring_after.into());
    let body = PlanAssigned { id: id.to_string(), recurring_before, recurring_after, package_waits };
    Ok((repeated(again), Json(body)))
}

/// The service whose module is asked for the size of its plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageAsked {
    /// Its id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    id: String,
}

/// Ask the module for the size of the plan that was assigned: *change package*.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/services/{id}/change-package", tag = "Services", operation_id = "changePackage",
    params(("id" = String, Path, description = "The service's id.")),
    responses((status = 202, description = "The module is asked.", body = PackageAsked)))]
pub async fn change_package(
    State(app): State<App>,
    writer: Writer,
    Id(id): Id<ServiceId>,
) -> Result<impl IntoResponse, Problem> {
    let owner = writer.caller.account;
    let account = app.read(move |engine| Ok(engine.store().account_of_service(owner, id)?)).await?;
    let account = account.ok_or_else(Problem::not_found)?;
    writer.caller.must_be_staff()?;
    let command = Command::ChangePackage { service: id };
    let ran = writer.run(&app, account, command).await?;
    Ok((StatusCode::ACCEPTED, repeated(ran.repeated), Json(PackageAsked { id: id.to_string() })))
}
