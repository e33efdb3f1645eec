//! Requests that come twice: a double click, a retry, a key that is used for something else (I16, M45, M49).

use serde_json::{Value, json};

use crate::on_both;
use crate::support::TestServer;

on_both! {
    a_repeated_request_is_done_once_and_answered_with_the_same_bytes,
    a_double_click_without_a_key_is_one_change,
    opening_and_starting_under_a_key_happen_once,
    an_idempotency_key_has_a_form,
    a_refused_request_leaves_its_key_free,
}

async fn a_repeated_request_is_done_once_and_answered_with_the_same_bytes(server: &TestServer) {
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    let body = json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
    let first = server.post_once("/v1/changes", &body, "order-1").await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.headers["idempotency-replayed"], "false");
    let after_first = server.stored();
    let second = server.post_once("/v1/changes", &body, "order-1").await;
    assert_eq!((second.status, &second.text), (201, &first.text));
    assert_eq!(second.headers["idempotency-replayed"], "true");
    assert_eq!(server.stored(), after_first);

    let other = json!({ "quote": quote["id"], "pays_by": { "method": "card", "card": "pays" } });
    let reused = server.post_once("/v1/changes", &other, "order-1").await;
    assert_eq!((reused.status, reused.code().as_str()), (409, "idempotency-key-reused"));
    assert_eq!(server.stored(), after_first);

    // The key belongs to the API key: another program's is another key.
    let own = server.key_of(&customer, true);
    let foreign = server.call("POST", "/v1/changes").key(&own).header("Idempotency-Key", "order-1").body(&body);
    assert_ne!(foreign.send().await.headers.get("idempotency-replayed").map(String::as_str), Some("true"));
    assert_eq!(server.stored(), after_first);
}

async fn a_double_click_without_a_key_is_one_change(server: &TestServer) {
    let customer = server.customer("bob").await;
    let service = server.paid_service(&customer, "standard").await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    let body = json!({ "quote": quote["id"], "pays_by": { "method": "card", "card": "pays" } });
    let (one, two) = tokio::join!(server.post("/v1/changes", &body), server.post("/v1/changes", &body));
    assert_eq!((one.status, two.status), (201, 201), "{} {}", one.text, two.text);
    assert_eq!(one.text, two.text);
    let changes = server.get(&format!("/v1/changes?customer={customer}")).await.json();
    assert_eq!(changes["data"].as_array().map(Vec::len), Some(1));
    let payments = server.get(&format!("/v1/payments?customer={customer}")).await.json();
    assert_eq!(payments["data"].as_array().map(Vec::len), Some(1));
}

async fn opening_and_starting_under_a_key_happen_once(server: &TestServer) {
    let body = json!({ "name": "Anna", "email": "anna@example.org" });
    let first = server.post_once("/v1/customers", &body, "sign-up:7").await;
    let second = server.post_once("/v1/customers", &body, "sign-up:7").await;
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    assert_eq!(first.status, 201, "{}", first.text);
    let other = json!({ "name": "Ben", "email": "ben@example.org" });
    let other = server.post_once("/v1/customers", &other, "sign-up:7").await;
    assert_eq!(other.code(), "idempotency-key-reused");

    let start = json!({
        "customer": first.json()["id"], "product": "vps", "plan": "small", "cycle": "month", "label": "web",
        "pays_by": { "method": "bank_transfer" }
    });
    let first = server.post_once("/v1/services", &start, "start:7").await;
    let second = server.post_once("/v1/services", &start, "start:7").await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.text, second.text);
    let services = server.get("/v1/services").await.json();
    assert_eq!(services["data"].as_array().map(Vec::len), Some(1));
}

async fn an_idempotency_key_has_a_form(server: &TestServer) {
    let body = json!({ "name": "Anna", "email": "anna@example.org" });
    let before = server.stored();
    for key in ["", "two words", &"k".repeat(101), "käse"] {
        let answer = server.post_once("/v1/customers", &body, key).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, "bad-idempotency-key"), "{key:?}");
        assert_eq!(answer.field(), "Idempotency-Key");
    }
    assert_eq!(server.stored(), before);
}

async fn a_refused_request_leaves_its_key_free(server: &TestServer) {
    let wrong = json!({ "name": "", "email": "anna@example.org" });
    assert_eq!(server.post_once("/v1/customers", &wrong, "k").await.field(), "/name");
    let right = json!({ "name": "Anna", "email": "anna@example.org" });
    let answer = server.post_once("/v1/customers", &right, "k").await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert!(matches!(answer.json()["id"], Value::String(_)));
}
