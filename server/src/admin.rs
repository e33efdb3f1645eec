//! The admin: what staff see and do. `views` holds what each page shows; the requests that fill them stand in one file
//! per noun or verb beside it, listed here in the order of the menu. Nothing is decided here: see `billing`.

mod add_service;
mod amount_form;
mod assign;
mod cancel;
mod catalogue;
mod change;
mod customer;
mod customers;
mod desk;
mod document;
mod goodwill;
mod log;
mod mails;
mod modules;
mod open_customer;
mod payments;
mod payout;
mod plan_change;
mod rows;
mod service;
mod sheet;
mod transfer;
mod use_credits;
pub mod views;
mod withdraw;
mod words;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::app::App;
use crate::auth::{Staff, log_out};
use crate::web::PageError;

/// Every address of the admin.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin", get(start))
        .route("/admin/logout", post(leave))
        .route("/admin/search", get(customers::search))
        .route("/admin/customers", get(customers::list))
        .route("/admin/customers.csv", get(customers::export))
        .route("/admin/customers/new", get(open_customer::show).post(open_customer::submit))
        .route("/admin/customers/{id}", get(customer::show))
        .route("/admin/customers/{id}/transfer", get(transfer::show).post(transfer::submit))
        .route("/admin/customers/{id}/goodwill", get(goodwill::show).post(goodwill::submit))
        .route("/admin/customers/{id}/services/new", get(add_service::show).post(add_service::submit))
        .route("/admin/services", get(service::list))
        .route("/admin/services/{id}", get(service::show))
        .route("/admin/services/{id}/retry", post(service::retry))
        .route("/admin/services/{id}/assign", get(assign::show).post(assign::submit))
        .route("/admin/services/{id}/package", post(assign::change_package))
        .route("/admin/services/{id}/credits", get(use_credits::show).post(use_credits::submit))
        .route("/admin/services/{id}/change", get(plan_change::choose).post(plan_change::submit))
        .route("/admin/services/{id}/change/review", get(plan_change::review))
        .route("/admin/services/{id}/cancel", get(cancel::show).post(cancel::submit))
        .route("/admin/services/{id}/keep", get(cancel::show_keep).post(cancel::keep))
        .route("/admin/changes", get(change::list))
        .route("/admin/changes/{id}", get(change::show))
        .route("/admin/changes/{id}/withdraw", get(withdraw::show).post(withdraw::submit))
        .route("/admin/invoices", get(document::list))
        .route("/admin/documents/{id}", get(document::show))
        .route("/admin/documents/{id}/paid", get(transfer::show_paid).post(transfer::submit_paid))
        .route("/admin/payments", get(payments::attempts))
        .route("/admin/payments/transfers", get(payments::transfers))
        .route("/admin/payments/payouts", get(payments::payouts))
        .route("/admin/customers/{id}/payout", get(payout::show).post(payout::submit))
        .route("/admin/payouts/{id}/sent", get(payout::show_sent).post(payout::submit_sent))
        .route("/admin/payouts/{id}/returned", get(payout::show_returned).post(payout::submit_returned))
        .route("/admin/modules", get(modules::runs))
        .route("/admin/modules/queue", get(modules::queue))
        .route("/admin/modules/queue/{id}", get(modules::given_up).post(modules::revive))
        .route("/admin/modules/{id}", get(modules::run))
        .route("/admin/mail", get(mails::list))
        .route("/admin/mail/{id}", get(mails::show))
        .route("/admin/mail/{id}/html", get(mails::html))
        .route("/admin/catalogue", get(catalogue::newest))
        .route("/admin/catalogue/{version}", get(catalogue::version))
        .route("/admin/log", get(log::list))
        .route("/admin/log/{command}", get(log::show))
}

/// `GET /admin`: to the customers, for whoever is staff.
async fn start(_staff: Staff) -> Redirect {
    Redirect::to("/admin/customers")
}

/// A form with nothing in it but its token and key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bare {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    key: String,
}

/// `POST /admin/logout`
async fn leave(
    State(app): State<App>,
    staff: Staff,
    jar: CookieJar,
    Form(sent): Form<Bare>,
) -> Result<Response, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let jar = log_out(&app, jar).await?;
    Ok((jar, Redirect::to("/login?notice=logged-out")).into_response())
}
