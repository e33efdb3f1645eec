//! Cancelling over the API: quoted, submitted once, taken back, and refused in words.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::TestServer;

on_both! {
    a_service_is_cancelled_as_it_was_quoted,
    a_cancellation_is_taken_back,
}

async fn quote(server: &TestServer, service: &str, when: &str) -> Value {
    let quote = server.post(&format!("/v1/services/{service}/cancellation-quotes"), &json!({ "when": when })).await;
    assert_eq!(quote.status, 200, "{}", quote.text);
    quote.json()
}

async fn a_service_is_cancelled_as_it_was_quoted(server: &TestServer) {
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let path = format!("/v1/services/{service}/cancellation");
    let own = server.key_of(&customer, true);
    let asked = json!({ "when": "now" });
    let place = format!("/v1/services/{service}/cancellation-quotes");
    let refused = server.call("POST", &place).key(&own).body(&asked).send().await;
    assert_eq!((refused.status, refused.code().as_str()), (422, "cancellation-not-offered"), "{}", refused.text);
    assert_eq!(refused.field(), "/when");

    let quoted = quote(server, &service, "now").await;
    assert_eq!(quoted["credits"][0]["explanation"].as_str().map(str::is_empty), Some(false));
    let body = json!({ "quote": quoted["id"], "reason": "The shop is closed." });
    let by_customer = server.call("POST", &path).key(&own).body(&body).send().await;
    assert_eq!(by_customer.code(), "quote-token-invalid", "what staff may have, a customer's key may not hand in");
    let ended = server.post(&path, &body).await;
    assert_eq!(ended.status, 200, "{}", ended.text);
    assert_eq!(ended.json()["ended"], true);
    assert_eq!(ended.json()["to_balance"], quoted["to_balance"]);
    let again = server.post(&path, &body).await;
    assert_eq!((again.status, &again.text), (200, &ended.text), "the quote is its own key");

    let seen = server.get(&format!("/v1/services/{service}")).await.json();
    assert_eq!((&seen["cancellation"]["asked_by"], &seen["machine"]["access"]), (&json!("staff"), &json!("ended")));
    assert_eq!(seen["cancellation"]["reason"], "The shop is closed.");
    let change = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await;
    assert_eq!((change.status, change.code().as_str()), (409, "subscription-ended"));
    let once_more = server.post(&place, &asked).await;
    assert_eq!((once_more.status, once_more.code().as_str()), (409, "subscription-ended"));
}

async fn a_cancellation_is_taken_back(server: &TestServer) {
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let uncancel = format!("/v1/services/{service}/uncancel");
    let nothing = server.post(&uncancel, &json!({})).await;
    assert_eq!((nothing.status, nothing.code().as_str()), (409, "not-cancelled"));
    let quoted = quote(server, &service, "period_end").await;
    let path = format!("/v1/services/{service}/cancellation");
    let scheduled = server.post(&path, &json!({ "quote": quoted["id"] })).await;
    assert_eq!((scheduled.status, &scheduled.json()["ended"]), (200, &json!(false)), "{}", scheduled.text);
    let change = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await;
    assert_eq!((change.status, change.code().as_str()), (409, "subscription-cancelled"));
    let back = server.post(&uncancel, &json!({})).await;
    assert_eq!(back.status, 200, "{}", back.text);
    let seen = server.get(&format!("/v1/services/{service}")).await.json();
    assert_eq!(seen["cancellation"], Value::Null);
}
