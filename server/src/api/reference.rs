//! The reference page: the OpenAPI document and the list of problems, for people. Drawn by the server from the same
//! value that programs read, so the two cannot say different things.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use billing::explain::Language;
use serde_json::Value;

use super::openapi::{as_json, openapi, statuses};
use super::problem::Problem;
use super::problem_list::{ALL, Kind};
use crate::app::App;
use crate::ui::page::NavItem;
use crate::ui::{Accent, Icon, Page};

static DOCUMENT: LazyLock<String> = LazyLock::new(as_json);
static CONTENT: LazyLock<Content> = LazyLock::new(Content::new);

/// The OpenAPI document.
pub async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], DOCUMENT.as_str())
}

/// The description of one kind of problem, where a problem's `type` leads.
pub async fn problem(Path(code): Path<String>) -> Response {
    match ALL.iter().find(|kind| kind.code == code) {
        Some(kind) => Redirect::to(&format!("/v1/reference#problem-{}", kind.code)).into_response(),
        None => Problem::new("unknown-path").into_response(),
    }
}

/// How the document names the page of a list.
const PAGE_OF: &str = "Listed_";

/// The reference page.
pub async fn page(State(app): State<App>) -> Result<Html<String>, Problem> {
    let storefront = app.settings.storefront.clone();
    let brand = app.read(move |engine| Ok(engine.catalogue(&storefront).ok().map(|found| found.brand.clone()))).await?;
    let reference = ReferencePage::new(brand.as_deref().unwrap_or("Midcycle"), &app.settings.base_url);
    reference.render().map(Html).map_err(|error| Problem::failed(&error))
}

/// `GET /v1/reference`
#[derive(Debug, Template)]
#[template(path = "api/reference.html")]
pub struct ReferencePage {
    page: Page,
    base_url: String,
    content: &'static Content,
}

const SECTIONS: [(&str, &str, Icon); 9] = [
    ("How to ask", "#how-to-ask", Icon::Info),
    ("Customers", "#customers", Icon::Person),
    ("Catalogue", "#catalogue", Icon::Tag),
    ("Services", "#services", Icon::Server),
    ("Plan changes", "#plan-changes", Icon::Arrows),
    ("Documents", "#documents", Icon::Invoice),
    ("Payments", "#payments", Icon::Card),
    ("Types", "#types", Icon::List),
    ("Problems", "#problems", Icon::Alert),
];

impl ReferencePage {
    /// The page of a server that is reached at an address.
    pub fn new(brand: &str, base_url: &str) -> Self {
        let mut page = Page::bare(Language::English, "API reference", brand, Accent::Indigo);
        page.nav = SECTIONS
            .iter()
            .map(|&(label, href, icon)| NavItem {
                label: label.to_owned(),
                short: label.split(' ').next_back().unwrap_or(label).to_owned(),
                href,
                icon,
                current: false,
            })
            .collect();
        page.home_href = "/v1/reference";
        Self { page, base_url: base_url.to_owned(), content: &CONTENT }
    }

    /// The statuses that problems have.
    fn statuses(&self) -> Vec<u16> {
        statuses()
    }

    /// A status with its usual words.
    fn words(&self, status: &u16) -> String {
        StatusCode::from_u16(*status).map_or_else(|_| status.to_string(), |status| status.to_string())
    }

    /// What to do about a problem.
    fn remedy(&self, kind: &Kind) -> Vec<Piece> {
        pieces(kind.remedy)
    }

    fn first_call(&self) -> String {
        format!("curl {}/v1/customers \\\n  -H 'Authorization: Bearer mk_live_…'", self.base_url)
    }

    fn plan_change(&self) -> String {
        let base_url = &self.base_url;
        format!(
            "curl {base_url}/v1/quotes \\\n  -H 'Authorization: Bearer mk_live_…' -H 'Content-Type: application/json' \\\n  \
             -d '{{\"service\": \"srv_…\", \"plan\": \"large\"}}'\n\n\
             curl {base_url}/v1/changes \\\n  -H 'Authorization: Bearer mk_live_…' -H 'Content-Type: application/json' \\\n  \
             -H 'Idempotency-Key: order-4711' \\\n  \
             -d '{{\"quote\": \"eyJhY2…\", \"pays_by\": {{\"method\": \"card\", \"card\": \"pays\"}}}}'"
        )
    }
}

/// What the page shows; made once.
#[derive(Debug)]
struct Content {
    groups: Vec<Group>,
    types: Vec<Shape>,
    problems: &'static [Kind],
}

/// The operations of one noun.
#[derive(Debug)]
struct Group {
    id: String,
    name: String,
    text: Vec<Piece>,
    operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug)]
struct Operation {
    id: String,
    method: &'static str,
    path: String,
    summary: String,
    paragraphs: Vec<Vec<Piece>>,
    parameters: Vec<Member>,
    body: Option<Shape>,
    status: String,
    answer: Kinded,
    statuses: Vec<String>,
}

/// A type with its members or its words.
#[derive(Debug)]
struct Shape {
    name: String,
    text: Vec<Piece>,
    members: Vec<Member>,
    words: Vec<String>,
    example: Option<String>,
}

/// A field or parameter.
#[derive(Debug)]
struct Member {
    name: String,
    kind: Kinded,
    required: bool,
    text: Vec<Piece>,
}

/// What kind a value is, with a link where it is a type of ours.
#[derive(Debug, Default)]
struct Kinded {
    before: String,
    name: String,
    href: Option<String>,
}

/// A piece of a sentence; code stands between backticks in the source.
#[derive(Debug)]
struct Piece {
    text: String,
    is_code: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(place, text)| Piece { text: text.to_owned(), is_code: place % 2 == 1 });
    parts.filter(|piece| !piece.text.is_empty()).collect()
}

fn text_of(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// The members of an array, or nothing.
fn all<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

/// The members of an object, or nothing.
fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

impl Content {
    fn new() -> Self {
        let document = serde_json::to_value(openapi()).unwrap_or_default();
        let groups = all(&document, "tags").map(|tag| Group::of(&document, tag)).collect();
        let types = entries(&document["components"]["schemas"]).filter(|(name, _)| !name.starts_with(PAGE_OF));
        let types = types.map(|(name, schema)| Shape::of(name, schema));
        Self { groups, types: types.collect(), problems: ALL }
    }
}

impl Group {
    fn of(document: &Value, tag: &Value) -> Self {
        let name = text_of(tag, "name");
        let mut operations = Vec::new();
        for (path, item) in entries(&document["paths"]) {
            for method in ["get", "post"] {
                let operation = &item[method];
                if all(operation, "tags").any(|tag| tag.as_str() == Some(&name)) {
                    operations.push(Operation::of(document, method, path, operation));
                }
            }
        }
        let id = name.to_lowercase().replace(' ', "-");
        Self { id, name, text: pieces(&text_of(tag, "description")), operations }
    }
}

impl Operation {
    fn of(document: &Value, method: &'static str, path: &str, operation: &Value) -> Self {
        let mut statuses = Vec::new();
        let (mut status, mut answer) = (String::new(), Kinded::default());
        for (code, response) in entries(&operation["responses"]) {
            if code.starts_with('2') {
                status = code.clone();
                answer = Kinded::of(&response["content"]["application/json"]["schema"]);
            } else {
                statuses.push(code.clone());
            }
        }
        let body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
        let body = body.and_then(|reference| reference.rsplit('/').next());
        let description = text_of(operation, "description");
        Self {
            id: text_of(operation, "operationId"),
            method: if method == "get" { "GET" } else { "POST" },
            path: path.to_owned(),
            summary: text_of(operation, "summary"),
            paragraphs: description.split("\n\n").filter(|text| !text.is_empty()).map(pieces).collect(),
            parameters: all(operation, "parameters")
                .map(|parameter| Member {
                    name: text_of(parameter, "name"),
                    kind: Kinded::of(&parameter["schema"]),
                    required: parameter["required"] == true,
                    text: pieces(&text_of(parameter, "description")),
                })
                .collect(),
            body: body.map(|name| Shape::of(name, &document["components"]["schemas"][name])),
            status,
            answer,
            statuses,
        }
    }
}

impl Shape {
    fn of(name: &str, schema: &Value) -> Self {
        let mut members = Vec::new();
        // A type that holds another one flattened is written as a list of parts.
        for part in std::iter::once(schema).chain(all(schema, "allOf")) {
            if part["$ref"].is_string() {
                let kind = Kinded::of(part);
                members
                    .push(Member { name: "…".to_owned(), kind, required: true, text: pieces("All of its fields.") });
            }
            let required: Vec<_> = all(part, "required").filter_map(Value::as_str).collect();
            members.extend(entries(&part["properties"]).map(|(name, schema)| Member {
                name: name.clone(),
                kind: Kinded::of(schema),
                required: required.contains(&name.as_str()),
                text: pieces(&text_of(schema, "description").replace('\n', " ")),
            }));
        }
        let words = all(schema, "enum").chain(all(schema, "oneOf").flat_map(|part| all(part, "enum")));
        let example = (!schema["example"].is_null()).then(|| serde_json::to_string_pretty(&schema["example"]));
        Self {
            name: name.to_owned(),
            text: pieces(&text_of(schema, "description").replace('\n', " ")),
            members,
            words: words.filter_map(Value::as_str).map(str::to_owned).collect(),
            example: example.and_then(Result::ok),
        }
    }
}

impl Kinded {
    fn of(schema: &Value) -> Self {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let (before, name) = match name.strip_prefix(PAGE_OF) {
                Some(rows) => ("a page of ", rows),
                None => ("", name),
            };
            return Self { before: before.to_owned(), href: Some(format!("#type-{name}")), name: name.to_owned() };
        }
        let choices = || all(schema, "oneOf").chain(all(schema, "anyOf")).filter(|part| part["type"] != "null");
        if let Some(part) = choices().next() {
            let inner = Self::of(part);
            return Self { before: format!("null or {}", inner.before), ..inner };
        }
        let kinds: Vec<_> = match &schema["type"] {
            Value::String(kind) => vec![kind.as_str()],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => vec!["any"],
        };
        let or_null = if kinds.contains(&"null") { "null or " } else { "" };
        let kind = kinds.into_iter().find(|kind| *kind != "null").unwrap_or("any");
        match kind {
            "array" => {
                let inner = Self::of(&schema["items"]);
                Self { before: format!("{or_null}list of {}", inner.before), ..inner }
            }
            "object" if schema["additionalProperties"].is_object() => {
                let inner = Self::of(&schema["additionalProperties"]);
                Self { before: format!("{or_null}map of {}", inner.before), ..inner }
            }
            kind => {
                let name = match schema["format"].as_str() {
                    Some("date-time") => "instant".to_owned(),
                    Some("date") => "day".to_owned(),
                    _ => kind.to_owned(),
                };
                Self { before: or_null.to_owned(), name, href: None }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_describes_every_operation_and_every_problem() {
        let html = ReferencePage::new("Example", "http://127.0.0.1:8080").render().expect("the page");
        for (_, path) in super::super::openapi::every_operation() {
            assert!(html.contains(&path), "{path}");
        }
        for kind in ALL {
            assert!(html.contains(&format!("id=\"problem-{}\"", kind.code)), "{}", kind.code);
        }
        assert!(!html.contains("style=\"") && !html.contains("onclick"), "nothing that the policy would block");
    }
}
