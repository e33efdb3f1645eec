//! The OpenAPI document: served, checked in, complete; and the reference page that is drawn from it.

use std::fs;
use std::path::Path;

use midcycle::api::openapi::{as_json, every_operation};
use midcycle::api::problem_list::ALL;
use serde_json::Value;

use crate::support::TestServer;

#[test]
fn the_checked_in_document_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let generated = as_json();
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        fs::write(&path, &generated).expect("a document that can be written");
    }
    let checked_in = fs::read_to_string(&path).expect("docs/openapi.json");
    assert!(
        checked_in == generated,
        "docs/openapi.json is not what the code says; write it again with MIDCYCLE_BLESS=1 cargo test -p midcycle --test api"
    );
}

#[test]
fn every_operation_is_described_and_every_reference_leads_somewhere() {
    let document: Value = serde_json::from_str(&as_json()).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
    for (method, path) in every_operation() {
        let operation = &document["paths"][&path][method.to_lowercase()];
        assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{method} {path}");
        assert!(operation["responses"]["401"].is_object(), "{method} {path}");
        let succeeds =
            operation["responses"].as_object().expect("answers").keys().any(|status| status.starts_with('2'));
        assert!(succeeds, "{method} {path}");
        let takes_key = operation["parameters"].to_string().contains("Idempotency-Key");
        assert_eq!(
            takes_key,
            method == "POST" && path != "/v1/quotes" && !path.ends_with("/cancellation-quotes"),
            "{method} {path}"
        );
    }
    check_references(&document, &document);
}

fn check_references(document: &Value, part: &Value) {
    match part {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                let place = reference.strip_prefix('#').expect("a reference into the document");
                assert!(document.pointer(place).is_some(), "{reference} leads nowhere");
            }
            members.values().for_each(|member| check_references(document, member));
        }
        Value::Array(members) => members.iter().for_each(|member| check_references(document, member)),
        _ => {}
    }
}

#[tokio::test]
async fn document_and_reference_are_served_to_everybody() {
    let server = TestServer::start().await;
    let document = server.call("GET", "/v1/openapi.json").send().await;
    assert_eq!(document.status, 200);
    assert_eq!(document.headers["content-type"], "application/json");
    assert_eq!(document.text, as_json());
    let page = server.call("GET", "/v1/reference").send().await;
    assert_eq!(page.status, 200);
    assert!(page.headers["content-type"].starts_with("text/html"));
    assert!(page.text.contains("Example Hosting") && page.text.contains("quote-stale"));
    for kind in ALL {
        let answer = server.call("GET", &format!("/v1/problems/{}", kind.code)).send().await;
        assert_eq!(answer.status, 303);
        let place = answer.headers["location"].rsplit('#').next().expect("a place").to_owned();
        assert!(page.text.contains(&format!("id=\"{place}\"")), "{place}");
    }
}
