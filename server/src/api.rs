//! The REST API under `/v1`: the same commands and reads as the pages, for programs. One file per noun; what a noun
//! looks like as JSON is in its `…_body`. No rule is here (see `billing`), and no SQL.
//!
//! Every answer that is not a success is a problem document (`problem`, `problem_list`); the OpenAPI document and the
//! reference page are made from the code (`openapi`, `reference`).

mod assign;
pub mod auth;
mod cancellation;
mod catalogue;
mod catalogue_body;
mod changes;
mod customers;
mod derivation_body;
mod documents;
mod goodwill;
mod language;
mod list;
mod money_body;
pub mod openapi;
mod payments;
mod payouts;
pub mod problem;
pub mod problem_list;
mod quote_body;
mod quotes;
mod read;
pub mod reference;
mod service_body;
mod services;
mod summary_body;
mod usage;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue};
use axum::routing::{any, get};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
pub use openapi::openapi;
use problem::Problem;
pub use problem::problem_for_status;

/// Every address of the API.
pub fn routes() -> Router<App> {
    let (router, _) = described().split_for_parts();
    router
        .route("/v1/openapi.json", get(reference::document))
        .route("/v1/reference", get(reference::page))
        .route("/v1/problems/{code}", get(reference::problem))
        .method_not_allowed_fallback(|| async { Problem::new("method-not-allowed") })
        .route("/v1", any(|| async { Problem::new("unknown-path") }))
        .route("/v1/{*rest}", any(|| async { Problem::new("unknown-path") }))
        .layer(DefaultBodyLimit::max(crate::web::MAX_BODY))
}

/// The addresses with their descriptions.
fn described() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(customers::list, customers::open))
        .routes(routes!(customers::one))
        .routes(routes!(customers::balance))
        .routes(routes!(catalogue::newest, catalogue::publish))
        .routes(routes!(services::list, services::start))
        .routes(routes!(services::one))
        .routes(routes!(services::use_credits))
        .routes(routes!(usage::report))
        .routes(routes!(cancellation::quote))
        .routes(routes!(cancellation::cancel))
        .routes(routes!(cancellation::uncancel))
        .routes(routes!(services::retry))
        .routes(routes!(assign::assign))
        .routes(routes!(assign::change_package))
        .routes(routes!(quotes::offers))
        .routes(routes!(quotes::quote))
        .routes(routes!(changes::list, changes::submit))
        .routes(routes!(changes::one))
        .routes(routes!(changes::withdraw))
        .routes(routes!(documents::list))
        .routes(routes!(documents::one))
        .routes(routes!(documents::invoices))
        .routes(routes!(documents::invoice))
        .routes(routes!(documents::pay))
        .routes(routes!(payments::list))
        .routes(routes!(payments::one))
        .routes(routes!(payments::transfer))
        .routes(routes!(goodwill::grant))
        .routes(routes!(payouts::quote))
        .routes(routes!(payouts::list, payouts::request))
        .routes(routes!(payouts::one))
        .routes(routes!(payouts::sent))
        .routes(routes!(payouts::returned))
}

/// The header that tells a repeated answer from a first one; the body is the same.
fn repeated(again: bool) -> [(HeaderName, HeaderValue); 1] {
    let value = if again { "true" } else { "false" };
    [(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static(value))]
}
