//! Logging in and out, and the address of nothing in particular. Sessions and passwords are in `auth`.

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use billing::catalogue::Catalogue;
use serde::Deserialize;
use store::Role;

use super::views::LoginPage;
use super::views::account::SampleStorefront;
use crate::app::{App, SampleLogin};
use crate::auth::{self, Customer};
use crate::ui::language::{Language, Texts};
use crate::ui::{Accent, Notice, Page};
use crate::web::{PageError, page, page_with};

/// `GET /`: to the dashboard, to the admin, or to the login.
pub(super) async fn start(State(app): State<App>, mut parts: Parts) -> Redirect {
    match Customer::from_request_parts(&mut parts, &app).await {
        Ok(_) => Redirect::to("/dashboard"),
        Err(PageError::NotFound) => Redirect::to("/admin"),
        Err(_) => Redirect::to("/login"),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct LoginAsked {
    next: Option<String>,
    notice: Option<String>,
    /// The storefront whose brand the page shows.
    at: Option<String>,
}

/// `GET /login`
pub(super) async fn show(
    State(app): State<App>,
    Query(asked): Query<LoginAsked>,
    mut parts: Parts,
) -> Result<Response, PageError> {
    let next = local(asked.next.as_deref().unwrap_or_default());
    if Customer::from_request_parts(&mut parts, &app).await.is_ok() {
        return Ok(Redirect::to(next).into_response());
    }
    let mut form = form(&app, next, asked.at.as_deref()).await?;
    if asked.notice.as_deref() == Some("logged-out") {
        form.page.notice = Some(Notice::good(form.page.language.text("login-logged-out")));
    }
    Ok(page(&form)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginForm {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
    /// There is no session yet whose token could be checked; the origin of the request is, for every form.
    #[serde(default, rename = "csrf")]
    _csrf: String,
}

/// `POST /login`
pub(super) async fn submit(
    State(app): State<App>,
    jar: CookieJar,
    Form(sent): Form<LoginForm>,
) -> Result<Response, PageError> {
    let next = local(&sent.next);
    let Some(session) = auth::log_in(&app, &sent.email, &sent.password).await? else {
        let mut again = form(&app, next, None).await?;
        again.email = sent.email.chars().take(200).collect();
        // One sentence for a mail address that nobody has and for a password that does not fit.
        again.error = Some(again.page.language.text("login-do-not-fit"));
        return page_with(StatusCode::UNAUTHORIZED, &again);
    };
    let of_staff = next == "/admin" || next.starts_with("/admin/");
    let next = match session.role {
        Role::Staff if of_staff => next,
        Role::Staff => "/admin",
        Role::Customer if of_staff => "/dashboard",
        Role::Customer => next,
    };
    Ok((jar.add(session.cookie), Redirect::to(next)).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogoutForm {
    #[serde(default)]
    csrf: String,
}

/// `POST /logout`
pub(super) async fn log_out(
    State(app): State<App>,
    customer: Customer,
    jar: CookieJar,
    Form(sent): Form<LogoutForm>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let now = app.now();
    let account = app.read(move |engine| engine.account(customer.account, now)).await?;
    let at = account.map(|account| format!("&at={}", account.storefront)).unwrap_or_default();
    let jar = auth::log_out(&app, jar).await?;
    Ok((jar, Redirect::to(&format!("/login?notice=logged-out{at}"))).into_response())
}

async fn form(app: &App, next: &str, at: Option<&str>) -> Result<LoginPage, PageError> {
    let (home, at) = (app.settings.storefront.clone(), at.map(str::to_owned));
    let read = app.read(move |engine| {
        let mut catalogues = Vec::new();
        for (storefront, _) in engine.store().storefronts()? {
            catalogues.push(engine.catalogue(&storefront)?);
        }
        let named = catalogues.iter().find(|catalogue| Some(&catalogue.storefront) == at.as_ref()).cloned();
        Ok((named.map_or_else(|| engine.catalogue(&home), Ok)?, catalogues))
    });
    let (catalogue, catalogues) = read.await?;
    let language = Language::of(&catalogue.language);
    Ok(LoginPage {
        page: Page::bare(language, language.text("login-title"), &catalogue.brand, Accent::named(&catalogue.accent)),
        action: "/login".to_owned(),
        email: String::new(),
        error: None,
        next: next.to_owned(),
        samples: samples(app, &catalogues),
    })
}

/// The logins of a demo by storefront, in the order in which the demo names them.
fn samples(app: &App, catalogues: &[Arc<Catalogue>]) -> Vec<SampleStorefront> {
    let mut shown: Vec<(&Catalogue, Vec<SampleLogin>)> = Vec::new();
    for sample in app.samples.iter() {
        match shown.iter_mut().find(|(catalogue, _)| catalogue.storefront == sample.storefront) {
            Some((_, people)) => people.push(sample.clone()),
            None => {
                let catalogue = catalogues.iter().find(|catalogue| catalogue.storefront == sample.storefront);
                shown.extend(catalogue.map(|catalogue| (&**catalogue, vec![sample.clone()])));
            }
        }
    }
    let view = |(catalogue, people): (&Catalogue, Vec<SampleLogin>)| SampleStorefront {
        brand: catalogue.brand.clone(),
        accent: Accent::named(&catalogue.accent),
        language: Language::of(&catalogue.language),
        what: catalogue.products.iter().map(|product| product.name.clone()).collect::<Vec<_>>().join(", "),
        people,
    };
    shown.into_iter().map(view).collect()
}

/// A path of this server, or the dashboard: nobody is sent elsewhere by a link to our login.
fn local(next: &str) -> &str {
    let bytes = next.as_bytes();
    let is_local = bytes.first() == Some(&b'/')
        && bytes.get(1) != Some(&b'/')
        && next.len() <= 500
        && bytes.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\')
        && next != "/"
        && next != "/login"
        && next != "/logout";
    if is_local { next } else { "/dashboard" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_a_path_of_this_server_is_gone_to_after_the_login() {
        assert_eq!(local("/services/srv_1"), "/services/srv_1");
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a b", "/ä", "/login"] {
            assert_eq!(local(elsewhere), "/dashboard", "{elsewhere}");
        }
    }
}
