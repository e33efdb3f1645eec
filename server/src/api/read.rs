//! Reading what a request carries: a JSON body, a query, an id in the path, each with a problem that names the field at
//! fault. What the values mean is checked by the core; who asks is in `auth`.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query as AxumQuery, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::problem::Problem;

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// The parameters after the question mark.
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The one id in the path. What does not have the form of an id is not found, like every id that is not there.
#[derive(Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new("unsupported-content-type").at("Content-Type"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new("body-too-large"),
            _ => Problem::with("bad-json", "The body could not be read."),
        })?;
        from_json(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Reads one JSON document; the problem names the field at fault as a JSON pointer.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let message = without_place(&error.inner().to_string());
        match error.inner().classify() {
            Category::Data => {
                let pointer = pointer(error.path(), &message);
                Problem::bad_field(pointer.clone(), format!("{}: {message}.", shown(&pointer)))
            }
            Category::Io | Category::Syntax | Category::Eof => Problem::with("bad-json", format!("{}.", error.inner())),
        }
    })?;
    json.end().map_err(|error| Problem::with("bad-json", format!("{error}.")))?;
    Ok(value)
}

fn shown(pointer: &str) -> String {
    if pointer.is_empty() { "The body".to_owned() } else { format!("The field {pointer}") }
}

/// The pointer of RFC 6901 to where reading failed; a field that is missing or unknown is named itself.
fn pointer(path: &serde_path_to_error::Path, message: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => parts.push(index.to_string()),
            Segment::Map { key } => parts.push(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    if let Some(name) = named(message)
        && parts.last().is_none_or(|last| last != name)
    {
        parts.push(name.to_owned());
    }
    parts.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The field that a message of serde's names in its first words.
fn named(message: &str) -> Option<&str> {
    ["missing field `", "unknown field `", "duplicate field `"]
        .iter()
        .find_map(|words| message.strip_prefix(words))
        .and_then(|rest| rest.split('`').next())
}

/// A message without the line and column that serde_json adds.
fn without_place(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(words, _)| words).to_owned()
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let AxumQuery(value) = AxumQuery::try_from_uri(&parts.uri).map_err(|rejection| {
            let message = rejection.body_text();
            let message = message.strip_prefix("Failed to deserialize query string: ").unwrap_or(&message);
            let (parameter, reason) = match message.split_once(": ") {
                Some((parameter, reason)) if !parameter.contains([' ', '`']) => (Some(parameter), reason),
                _ => (named(message), message),
            };
            let problem = Problem::with("bad-query", format!("The query cannot be used: {reason}."));
            match parameter {
                Some(parameter) => problem.at(parameter),
                None => problem,
            }
        })?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync, T: TryFrom<String>> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        T::try_from(text).map(Self).map_err(|_| Problem::not_found())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only read")]
        plan: String,
        #[serde(default)]
        #[expect(dead_code, reason = "only read")]
        options: BTreeMap<String, u32>,
    }

    fn field_of(body: &str) -> (u16, Option<String>) {
        let problem = from_json::<Sample>(body.as_bytes()).expect_err("a problem");
        (problem.status, problem.field)
    }

    #[test]
    fn a_problem_names_the_field_at_fault() {
        let at = |field: &str| (422, Some(field.to_owned()));
        assert_eq!(field_of("{}"), at("/plan"));
        assert_eq!(field_of(r#"{"plan": 3}"#), at("/plan"));
        assert_eq!(field_of(r#"{"plan": "a", "plan": "b"}"#), at("/plan"));
        assert_eq!(field_of(r#"{"plan": "a", "x/y": 1}"#), at("/x~1y"));
        assert_eq!(field_of(r#"{"plan": "a", "options": {"memory": -1}}"#), at("/options/memory"));
        assert_eq!(field_of(r#"{"plan": "a", "options": {"memory": 1.5}}"#), at("/options/memory"));
        assert_eq!(field_of("[]").0, 422);
        assert_eq!(field_of("{\"plan\": \"a\"} x"), (400, None));
        assert_eq!(field_of("{\"plan\": "), (400, None));
        assert_eq!(field_of(&"[".repeat(100_000)).0, 422);
        assert_eq!(field_of(&format!("{{\"options\": {}", "{\"a\":".repeat(200))).0, 422);
    }
}
