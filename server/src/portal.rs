//! The customer's side: the routes of the portal, in the order in which people meet them. Each request is in the file
//! of its noun; what a page shows stands in `views`, what the words are in `words`, `meaning` and `reasons`.
//!
//! Every read and every command here is bound to the account of the session (see `desk`): what belongs to somebody else
//! is not found.

pub mod amounts;
mod balance;
mod cancel;
mod change;
mod choose;
mod dashboard;
mod desk;
mod documents;
pub mod gives;
mod invoices;
mod login;
pub mod meaning;
pub mod metered;
mod methods;
pub mod next_invoice;
pub mod options;
mod owed;
mod payout;
mod plan_change;
mod progress;
pub mod reasons;
mod services;
mod settings;
pub mod tiers;
pub mod timing;
pub mod views;
pub mod words;

use axum::Router;
use axum::response::Html;
use axum::routing::{get, post};

use crate::app::App;
use crate::ui::style_guide::StyleGuide;
use crate::web::{PageError, page};

/// Every address of the portal.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(login::start))
        .route("/login", get(login::show).post(login::submit))
        .route("/logout", post(login::log_out))
        .route("/dashboard", get(dashboard::show))
        .route("/services", get(services::list))
        .route("/services/{id}", get(services::show))
        .route("/services/{id}/change", get(choose::show).post(plan_change::submit))
        .route("/services/{id}/change/review", get(plan_change::review))
        .route("/services/{id}/cancel", get(cancel::show).post(cancel::submit))
        .route("/services/{id}/keep", post(cancel::keep))
        .route("/changes/{id}", get(change::show))
        .route("/changes/{id}/withdraw", post(change::withdraw))
        .route("/billing", get(invoices::invoices))
        .route("/billing/pay", post(owed::pay_all))
        .route("/documents", get(invoices::documents))
        .route("/documents/{id}", get(documents::show))
        .route("/documents/{id}/pay", post(documents::pay))
        .route("/balance", get(balance::show))
        .route(payout::PATH, get(payout::show).post(payout::submit))
        .route("/settings", get(settings::show))
        .route("/settings/password", post(settings::change_password))
        .route("/style-guide", get(style_guide))
}

/// `GET /style-guide`: open to everybody, for it shows nobody's data.
async fn style_guide() -> Result<Html<String>, PageError> {
    page(&StyleGuide::new())
}
