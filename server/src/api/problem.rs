//! The one shape of every answer that is not a success: a problem document after RFC 9457. Which problems there are and
//! what to do about them is in `problem_list`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use billing::catalogue::CatalogueError;
use billing::refusal::Refusal;
use engine::EngineError;
use serde::Serialize;
use utoipa::ToSchema;

use super::cancellation::{CancellationQuoteBody, CancellationSummaryBody};
use super::problem_list::{Kind, kind_of_code, kind_of_refusal};
use super::quote_body::QuoteBody;
use super::summary_body::SummaryBody;
use crate::web::{request_id, sentence};

/// What went wrong, after RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "Problem", example = json!({
    "type": "/v1/problems/same-plan",
    "title": "That is what the service has already",
    "status": 422,
    "detail": "That is the plan the subscription has already. Choose another plan, cycle or option.",
    "field": "/plan",
    "instance": "req_019a2f0c3b7d7c31a1c4f2f3f6a0d1e2"
}))]
pub struct Problem {
    /// A reference to the description of this kind of problem; its last part is the stable code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem it is, in few words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, and what to do.
    pub detail: String,
    /// The field at fault: a JSON pointer into the body, or the name of a query parameter or header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The id of the request, to tell to support.
    #[schema(value_type = String)]
    pub instance: Box<str>,
    /// What only some problems have.
    #[serde(flatten)]
    pub more: Box<ProblemMore>,
}

/// What only some problems have.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ProblemMore {
    /// Why a quote no longer holds: `new_day`, `catalogue`, `account` or `expired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "new_day")]
    pub because: Option<&'static str>,
    /// What the quote said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<SummaryBody>,
    /// What it would be now, to be submitted by its own id; missing where it cannot be had any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fresh: Option<QuoteBody>,
    /// What cancelling does now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fresh_cancellation: Option<CancellationQuoteBody>,
    /// What was shown of a cancellation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_cancellation: Option<CancellationSummaryBody>,
    /// The change that is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
}

impl Problem {
    /// A problem of a code of the list, with its remedy as the detail.
    pub fn new(code: &str) -> Self {
        Self::of(kind_of_code(code), String::new())
    }

    /// A problem of a code of the list, with what happened this time.
    pub fn with(code: &str, happened: impl Into<String>) -> Self {
        Self::of(kind_of_code(code), happened.into())
    }

    fn of(kind: &Kind, happened: String) -> Self {
        let detail = if happened.is_empty() { kind.remedy.to_owned() } else { format!("{happened} {}", kind.remedy) };
        Self {
            kind: format!("/v1/problems/{}", kind.code),
            title: kind.title,
            status: kind.status,
            detail,
            field: None,
            instance: Box::default(),
            more: Box::default(),
        }
    }

    /// Nothing of that id in the caller's reach.
    pub fn not_found() -> Self {
        Self::new("not-found")
    }

    /// A field of the body whose value cannot be used.
    pub fn bad_field(field: impl Into<String>, happened: impl Into<String>) -> Self {
        Self::with("bad-field", happened).at(field)
    }

    /// The same, at a field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// A refusal of the core, with its sentence and the field of the body that it is about.
    pub fn refused(refusal: &Refusal) -> Self {
        let kind = kind_of_refusal(refusal);
        if kind.code == "not-found" {
            return Self::not_found();
        }
        let mut problem = Self::of(kind, sentence(&refusal.to_string()));
        problem.field = refusal.field().map(|field| match field {
            "subscription" => "/service".to_owned(),
            field => format!("/{field}"),
        });
        match refusal {
            Refusal::QuoteStale { because, shown, .. } => {
                problem.more.because = Some(because.code());
                problem.more.shown = Some(SummaryBody::of(shown));
            }
            Refusal::QuoteExpired { shown, .. } => {
                problem.more.because = Some("expired");
                problem.more.shown = Some(SummaryBody::of(shown));
            }
            Refusal::CancellationStale { because, shown, .. } => {
                problem.more.because = Some(because.code());
                problem.more.shown_cancellation = Some(CancellationSummaryBody::of(shown));
            }
            Refusal::CancellationExpired { shown, .. } => {
                problem.more.because = Some("expired");
                problem.more.shown_cancellation = Some(CancellationSummaryBody::of(shown));
            }
            Refusal::ChangeOpen(change) => problem.more.change = Some(change.to_string()),
            _ => {}
        }
        problem
    }

    /// A fault or bug: told without details, and written to the log with the request id.
    pub fn failed(what: &impl std::fmt::Display) -> Self {
        tracing::error!(request = request_id(), "{what}");
        Self::new("internal")
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => Self::refused(&refusal),
            EngineError::Token(_) => Self::new("quote-token-invalid").at("/quote"),
            EngineError::UnknownStorefront(_) => Self::not_found(),
            EngineError::Catalogue(CatalogueError::OutOfBounds { at, bounds }) => {
                let detail = format!("The field {at} is out of bounds: {bounds}.");
                Self::bad_field(at, detail)
            }
            EngineError::Catalogue(error) => Self::with("catalogue-refused", sentence(&error.to_string())),
            EngineError::Busy => Self::new("busy"),
            EngineError::Store(error) => Self::from(error),
            error @ EngineError::Law(_) => Self::failed(&error),
        }
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError::{CannotConnect, ConnectionLost, DiskFull, Locked};
        match error {
            // These pass, and where the connection broke in a commit nobody knows yet whether it took effect: the remedy
            // is to send it again under its key, and nothing is claimed about what was stored.
            CannotConnect { .. } | ConnectionLost { .. } | DiskFull | Locked => {
                tracing::error!(request = request_id(), "{error}");
                Self::new("unavailable")
            }
            error => Self::failed(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        // Only here: a problem may be made on a blocking thread, which does not know the request.
        self.instance = request_id().into();
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"midcycle\""));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}

/// The problem of a bare status, for answers that a layer gave and no handler.
pub fn problem_for_status(status: StatusCode) -> Response {
    let code = match status.as_u16() {
        400 => "bad-json",
        401 => "unauthenticated",
        403 => "read-only-key",
        404 => "unknown-path",
        405 => "method-not-allowed",
        408 => "timeout",
        413 => "body-too-large",
        414 => "path-too-long",
        415 => "unsupported-content-type",
        422 => "bad-field",
        503 => "unavailable",
        _ => "internal",
    };
    Problem::new(code).into_response()
}
