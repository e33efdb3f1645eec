//! What holds for every request: the request id, the security headers, limits, the error pages. Routes are listed in
//! `portal`, `admin` and `api`; this file only puts them under one roof.

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use billing::refusal::Refusal;
use engine::EngineError;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::auth::Customer;
use crate::portal::reasons::Names;
use crate::portal::views::ErrorPage;
use crate::portal::words::Words;
use crate::ui::{Accent, Language, Page, asset};
use crate::{admin, api, portal};

/// The largest body of any request, in bytes. Everything Midcycle accepts is a short form or a short document; a
/// catalogue is the longest.
pub const MAX_BODY: usize = 64 * 1024;

/// Longer than any request takes, shorter than people wait.
const TIMEOUT: Duration = Duration::from_secs(30);

tokio::task_local! {
    static REQUEST_ID: String;
}

/// The id of the request that is being answered, as people tell it to support.
pub fn request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Everything the server answers.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(portal::routes())
        .merge(admin::routes())
        .merge(api::routes())
        .route("/assets/app.css", get(style_sheet))
        .route("/assets/app.js", get(script))
        .route("/health", get(health))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
        // Around all of these, so that what they answer is a page or a problem document as well.
        .layer(from_fn_with_state(app.clone(), error_pages))
        .layer(CompressionLayer::new())
        .layer(from_fn(security_headers))
        .layer(from_fn(with_request_id))
        .with_state(app)
}

/// Why a page was not shown. The words are those of `portal::views::ErrorPage`.
#[derive(Debug)]
pub enum PageError {
    /// Log in first, then come back to this path.
    LogInFirst(String),
    /// Nothing of that address in this person's reach; the same for what is not and for what is another's.
    NotFound,
    /// The form is too old, or was not ours.
    Forbidden,
    /// What was sent cannot be read.
    Unreadable(String),
    /// The core refused.
    Refused(Box<Refusal>),
    /// Come back in a moment.
    Busy,
    /// A fault of the world or a bug; logged with the request id, told without details.
    Failed(String),
}

impl PageError {
    /// Nothing of that address.
    pub fn not_found() -> Self {
        Self::NotFound
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::LogInFirst(_) => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Unreadable(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<EngineError> for PageError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => match *refusal {
                Refusal::UnknownAccount(_) | Refusal::UnknownSubscription(_) | Refusal::UnknownService(_) => {
                    Self::NotFound
                }
                other => Self::Refused(Box::new(other)),
            },
            EngineError::Token(error) => Self::Unreadable(error.to_string()),
            EngineError::Busy => Self::Busy,
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<store::StoreError> for PageError {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What the error page that is about to be drawn says of it.
#[derive(Clone)]
enum Happened {
    /// The core refused; there are words for that in every language.
    Refused(Box<Refusal>),
    /// A sentence in English about what a program of ours would not have sent.
    Said(String),
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = match &self {
            Self::LogInFirst(next) => return Redirect::to(&login_path(next)).into_response(),
            _ => self.status().into_response(),
        };
        match self {
            Self::Refused(refusal) => {
                response.extensions_mut().insert(Happened::Refused(refusal));
            }
            Self::Unreadable(what) => {
                response.extensions_mut().insert(Happened::Said(sentence(&what)));
            }
            Self::Failed(what) => tracing::error!(request = request_id(), "{what}"),
            _ => {}
        }
        response
    }
}

/// The text of an error as a sentence: a capital first, a full stop last.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// The address of the login page that comes back to a path.
fn login_path(next: &str) -> String {
    let safe: String = next
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("/login?next={safe}")
}

/// Renders a page, or says why not.
pub fn page(template: &impl Template) -> Result<Html<String>, PageError> {
    Ok(Html(template.render()?))
}

/// Renders a page under another status, such as 422 beside a form that keeps what was typed.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<Response, PageError> {
    Ok((status, Html(template.render()?)).into_response())
}

/// Draws an error page over every answer of 400 and above that is not a page or a document already.
async fn error_pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (mut asker, body) = request.into_parts();
    let response = next.run(Request::from_parts(asker.clone(), body)).await;
    let status = response.status();
    let drawn = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"application/")
    });
    if status.as_u16() < 400 || drawn {
        return response;
    }
    if path == "/v1" || path.starts_with("/v1/") {
        return api::problem_for_status(status);
    }
    let happened = response.extensions().get::<Happened>().cloned();
    let customer = Customer::from_request_parts(&mut asker, &app).await.ok().map(|customer| customer.account);
    let (home, now, id) = (app.settings.storefront.clone(), app.now(), request_id());
    let drawn = app.read(move |engine| {
        let account = customer.map(|id| engine.account(id, now)).transpose()?.flatten();
        let storefront = account.as_ref().map_or(home.as_str(), |account| account.storefront.as_str());
        let catalogue = engine.catalogue(storefront)?;
        // Staff read English, whatever their storefront speaks.
        let of_staff = path == "/admin" || path.starts_with("/admin/");
        let language = if of_staff { Language::English } else { Language::of(&catalogue.language) };
        let bare = Page::bare(language, "", &catalogue.brand, Accent::named(&catalogue.accent));
        let page = ErrorPage::for_status(bare, status.as_u16(), id.clone());
        Ok(match happened {
            Some(Happened::Refused(refusal)) => {
                let zone = account.as_ref().map_or(&catalogue.zone, |account| &account.zone);
                let words = Words { language, zone };
                page.happened(Names { words, product: None, support_email: &catalogue.support_email }.reason(&refusal))
            }
            Some(Happened::Said(sentence)) if language == Language::English => page.happened(sentence),
            _ => page,
        })
    });
    let page = drawn.await.unwrap_or_else(|_| {
        let bare = Page::bare(Language::English, "", "Midcycle", Accent::default());
        ErrorPage::for_status(bare, status.as_u16(), request_id())
    });
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => response,
    }
}

async fn with_request_id(request: Request, next: Next) -> Response {
    let id = format!("req_{}", uuid::Uuid::now_v7().simple());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let began = std::time::Instant::now();
    let answer = REQUEST_ID.scope(id.clone(), next.run(request));
    let mut response = answer.await;
    let took_ms = began.elapsed().as_millis();
    tracing::debug!(request = id, %method, path, status = response.status().as_u16(), took_ms, "answered");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        ("content-security-policy", asset::CONTENT_SECURITY_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
        ("cache-control", "no-store"),
    ];
    for (name, value) in fixed {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    response
}

const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";

async fn style_sheet() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, FOR_A_YEAR)], asset::CSS)
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, FOR_A_YEAR)], asset::JS)
}

/// Is the server up, and does its database answer?
async fn health(State(app): State<App>) -> Response {
    let storefront = app.settings.storefront.clone();
    match app.read(move |engine| engine.catalogue(&storefront)).await {
        Ok(_) => Body::from("ok").into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
