//! The customer's own facts, and their password.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use super::desk::{Asked, Desk};
use super::views::SettingsPage;
use crate::app::App;
use crate::auth::{self, Customer, PasswordFault};
use crate::ui::{Notice, PortalSection};
use crate::web::{PageError, page, page_with};

/// `GET /settings`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let (mut settings, words) = (settings(&desk), desk.words());
    if asked.wants("password") {
        let notice = Notice::good(words.text("password-changed")).sentence(words.text("password-changed-note"));
        settings.page.notice = Some(notice);
    }
    Ok(page(&settings)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordForm {
    #[serde(default)]
    csrf: String,
    current_password: String,
    new_password: String,
    repeat_password: String,
}

/// `POST /settings/password`
pub(super) async fn change_password(
    State(app): State<App>,
    customer: Customer,
    jar: CookieJar,
    Form(sent): Form<PasswordForm>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let fault = if sent.new_password == sent.repeat_password {
        match auth::change_password(&app, &customer, &sent.current_password, &sent.new_password).await? {
            Ok(()) => {
                // Every session ended with the old password; here a new one begins.
                let session = auth::log_in(&app, &customer.email, &sent.new_password).await?;
                let jar = session.into_iter().fold(jar, |jar, session| jar.add(session.cookie));
                return Ok((jar, Redirect::to("/settings?notice=password")).into_response());
            }
            Err(fault) => Some(fault),
        }
    } else {
        None
    };
    let desk = Desk::open(&app, customer).await?;
    let (mut settings, words) = (settings(&desk), desk.words());
    match fault {
        None => settings.repeat_error = Some(words.text("password-differs")),
        Some(PasswordFault::PresentWrong) => settings.current_error = Some(words.text("password-wrong")),
        Some(PasswordFault::TooShort) => settings.new_error = Some(words.text("password-too-short")),
        Some(PasswordFault::TooLong) => settings.new_error = Some(words.text("password-too-long")),
    }
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &settings)
}

fn settings(desk: &Desk) -> SettingsPage {
    SettingsPage {
        page: desk.page(desk.words().text("menu-settings"), PortalSection::Settings),
        name: desk.account.name.clone(),
        email: desk.customer.email.clone(),
        zone: desk.zone().name().to_owned(),
        currency: desk.account.currency.code().to_owned(),
        current_error: None,
        new_error: None,
        repeat_error: None,
    }
}
