//! The OpenAPI 3.1 document: generated from the handlers and their types, with what holds for every operation (the key,
//! the problems, the idempotency key) added here once. It is checked in as `docs/openapi.json`; a test compares.

use std::collections::BTreeMap;

use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, OpenApi, PathItem, Ref, RefOr, Required, Response, ResponseBuilder};

use super::described;
use super::problem::Problem;
use super::problem_list::ALL;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Midcycle API",
        version = "1",
        description = "Plan changes in the middle of a paid period: quote, submit, pay, apply.\n\n\
            Amounts are whole minor units with their currency. Instants are RFC 3339 in UTC, days are ISO dates. \
            Every POST takes an `Idempotency-Key`: the same key with the same body answers the same bytes, with \
            another body it is refused. Lists are newest first; `next` is the cursor of the next page. Every answer \
            that is not a success is a problem document after RFC 9457.",
        contact(name = "Midcycle"),
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/", description = "This server.")),
    security(("key" = [])),
    components(schemas(Problem)),
    tags(
        (name = "Customers", description = "Whose money it is, and what is held for them."),
        (name = "Catalogue", description = "What is sold, in published versions."),
        (name = "Services", description = "A service is a subscription and the machine it pays for."),
        (name = "Plan changes", description = "Ask for a quote, submit it, pay it, or take it back."),
        (name = "Documents", description = "Invoices, credit notes and receipts, numbered and never changed."),
        (name = "Payments", description = "Money by card and by bank transfer, and balance that is paid out."),
    ),
)]
struct Frame;

/// The document.
pub fn openapi() -> OpenApi {
    let (_, described) = described().split_for_parts();
    let mut document = Frame::openapi();
    document.merge(described);
    let components = document.components.get_or_insert_with(Components::new);
    components.add_security_scheme("key", SecurityScheme::Http(
        Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("mk_live_…")
            .description(Some(
                "A key made with `midcycle keys create`. It may read, or read and write; and it may be bound to one \
                 customer, whose records alone it then reaches.",
            ))
            .build(),
    ));
    for status in statuses() {
        components.responses.insert(response_name(status), RefOr::T(problem_response(status)));
    }
    for (path, item) in &mut document.paths.paths {
        for (posts, operation) in operations(item) {
            complete(path, posts, operation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let get = item.get.as_mut().map(|operation| (false, operation));
    get.into_iter().chain(item.post.as_mut().map(|operation| (true, operation)))
}

/// Adds to an operation what holds for all of its kind.
fn complete(path: &str, posts: bool, operation: &mut Operation) {
    let quotes = path == "/v1/quotes" || path.ends_with("/cancellation-quotes");
    let stores = posts && !quotes;
    let names_something = path.contains('{') || posts || path == "/v1/catalogue";
    let takes_query = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query));
    let takes_body = operation.request_body.is_some();
    let counts = quotes || path.ends_with("/offers");
    let mut add = |status: u16, applies: bool| {
        if applies {
            let reference = Ref::from_response_name(response_name(status));
            operation.responses.responses.insert(status.to_string(), RefOr::Ref(reference));
        }
    };
    add(400, takes_body);
    add(401, true);
    add(403, stores);
    add(404, names_something);
    add(409, posts || counts);
    add(413, takes_body);
    add(415, takes_body);
    add(422, takes_body || takes_query || stores || counts);
    add(500, true);
    add(503, true);
    if stores {
        operation.parameters.get_or_insert_with(Vec::new).push(RefOr::T(idempotency_key()));
    }
}

fn idempotency_key() -> Parameter {
    let key = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(100))
        .pattern(Some("^[A-Za-z0-9_.:-]+$"));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Makes the request safe to repeat. It belongs to the API key and the customer; the same key with another \
             body is refused. The header `Idempotency-Replayed` of the answer says whether it was a repetition.",
        ))
        .schema(Some(key))
        .build()
}

/// The statuses that problems have, each once.
pub(super) fn statuses() -> Vec<u16> {
    let mut statuses: Vec<_> = ALL.iter().map(|kind| kind.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

fn response_name(status: u16) -> String {
    format!("Problem{status}")
}

fn problem_response(status: u16) -> Response {
    let kinds = ALL.iter().filter(|kind| kind.status == status);
    let lines: Vec<_> = kinds.map(|kind| format!("- `{}`: {}.", kind.code, kind.title)).collect();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(lines.join("\n")).content("application/problem+json", content).build()
}

/// The document as it is served and checked in.
pub fn as_json() -> String {
    let mut text = serde_json::to_string_pretty(&openapi()).expect("the document is plain data");
    text.push('\n');
    text
}

/// Every operation as `(method, path)`, for tests that go through all of them.
pub fn every_operation() -> Vec<(&'static str, String)> {
    let mut document = openapi();
    let mut found: BTreeMap<(String, &'static str), ()> = BTreeMap::new();
    for (path, item) in &mut document.paths.paths {
        for (posts, _) in operations(item) {
            found.insert((path.clone(), if posts { "POST" } else { "GET" }), ());
        }
    }
    found.into_keys().map(|(path, method)| (method, path)).collect()
}

/// A small catalogue as the API reads it, for tests.
#[cfg(test)]
pub(crate) fn sample_catalogue() -> serde_json::Value {
    serde_json::json!({
        "storefront": "vps", "version": 1, "brand": "Example Hosting", "accent": "ember",
        "support_email": "help@host.example", "language": "en", "zone": "Europe/Berlin", "currency": "EUR",
        "bank_account": "DE02 1203 0000 0000 2020 51",
        "tax": { "name": "VAT", "percent": "19", "included": true },
        "products": [{
            "code": "server", "name": "Server", "policy": "vps", "module": "command", "restart": { "seconds": 120 },
            "customers_may_change": true,
            "plans": [{
                "code": "small", "name": "Small", "size": { "cpus": 1 }, "change_to": null, "retired": false,
                "features": ["Daily backups"], "credits": { "unit": "hours", "amount": 2 },
                "prices": [{ "cycle": "month", "amount": "10.00", "currency": "EUR", "discount": "10%" }]
            }],
            "options": [{
                "code": "memory", "name": "Extra memory", "unit": "GB", "min_on": { "small": 1 }, "max": 8,
                "resource": "memory_mb", "per_unit": 1024,
                "prices": [{ "cycle": "month", "amount": "2.00", "currency": "EUR" }]
            }, {
                "code": "backups", "name": "Off site", "kind": "yes_no", "group": "Backups", "plans": ["small"],
                "resource": "backups", "per_unit": 1,
                "prices": [{ "cycle": "month", "amount": "5.00", "currency": "EUR", "plan": "small" }]
            }]
        }]
    })
}
