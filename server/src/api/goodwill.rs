//! Goodwill: an amount that the business puts on a customer's balance, with a numbered receipt.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use billing::command::{Answer, Command};
use billing::id::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::Writer;
use super::money_body::Amount;
use super::problem::Problem;
use super::read::Body;
use super::repeated;
use crate::app::App;

/// An amount to put on a balance.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "customer": "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000",
    "amount": { "minor": 500, "currency": "EUR" }, "reason": "for the outage of 3 May"
}))]
pub struct Goodwill {
    /// Whose balance.
    #[schema(value_type = String, pattern = "^acc_[0-9a-f]{32}$")]
    customer: AccountId,
    /// How much.
    amount: Amount,
    /// Why; the customer reads it on the receipt.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// What is on the balance now.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoodwillGranted {
    /// The receipt behind it.
    receipt: String,
}

/// Put an amount on a customer's balance.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/goodwill", tag = "Payments", operation_id = "grantGoodwill",
    request_body = Goodwill,
    responses((status = 201, description = "It is on the balance.", body = GoodwillGranted)))]
pub async fn grant(
    State(app): State<App>,
    writer: Writer,
    Body(goodwill): Body<Goodwill>,
) -> Result<impl IntoResponse, Problem> {
    writer.caller.must_be_staff()?;
    let Goodwill { customer, amount, reason } = goodwill;
    let command = Command::GrantGoodwill { amount: amount.into(), reason };
    let ran = writer.run(&app, customer, command).await.map_err(|error| {
        let problem = Problem::from(error);
        if problem.status == 404 { problem.at("/customer") } else { problem }
    })?;
    match ran.answer {
        Answer::Granted { document } => {
            let body = GoodwillGranted { receipt: document.to_string() };
            Ok((StatusCode::CREATED, repeated(ran.repeated), Json(body)))
        }
        _ => Err(Problem::failed(&"granting goodwill answered something else")),
    }
}
