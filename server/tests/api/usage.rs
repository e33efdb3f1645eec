//! Usage over the API: reported once for a window, shown so far, and refused in words that say which field.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{TestServer, catalogue};

on_both! {
    usage_is_counted_once_for_a_window_and_shown_so_far,
}

/// The storefront of the tests, where 1000 GB are included and each more costs a cent on every plan.
async fn sell_traffic(server: &TestServer) {
    let mut catalogue = serde_json::to_value(catalogue()).expect("plain data");
    catalogue["products"][0]["meters"] = json!([{
        "code": "traffic", "name": "Traffic", "unit": "GB",
        "prices": [{
            "cycle": "month", "currency": "EUR", "tier_mode": "graduated",
            "tiers": [{ "up_to": 1000, "amount": "0.00" }, { "amount": "0.01" }]
        }]
    }]);
    let published = server.post("/v1/catalogue", &catalogue).await;
    assert_eq!(published.status, 201, "{}", published.text);
    let newest = server.get("/v1/catalogue").await.json();
    assert_eq!(newest["products"][0]["meters"][0]["unit"], "GB");
}

async fn usage_is_counted_once_for_a_window_and_shown_so_far(server: &TestServer) {
    sell_traffic(server).await;
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let path = format!("/v1/services/{service}/usage");
    let window = json!({ "meter": "traffic", "units": 1250 });
    let first = server.post_once(&path, &window, "traffic-1").await;
    let said = json!({ "id": service, "meter": "traffic", "units": 1250, "total": 1250 });
    assert_eq!((first.status, first.json()), (200, said), "{}", first.text);
    let again = server.post_once(&path, &window, "traffic-1").await;
    assert_eq!((again.status, &again.text), (200, &first.text));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = server.post_once(&path, &json!({ "meter": "traffic", "units": 9 }), "traffic-1").await;
    assert_eq!((other.status, other.code().as_str()), (409, "idempotency-key-reused"));

    let unnamed = server.post(&path, &window).await;
    assert_eq!((unnamed.status, unnamed.code().as_str()), (422, "bad-idempotency-key"));
    for (body, code, field) in [
        (json!({ "meter": "water", "units": 1 }), "unknown-meter", "/meter"),
        (json!({ "meter": "traffic", "units": 0 }), "units-outside", "/units"),
        (json!({ "meter": "traffic", "units": 1_000_000_000 }), "units-outside", "/units"),
        (json!({ "meter": "traffic", "units": -1 }), "bad-field", "/units"),
    ] {
        let refused = server.post_once(&path, &body, "traffic-2").await;
        assert_eq!((refused.status, refused.code(), refused.field()), (422, code.to_owned(), field.to_owned()));
    }
    let own = server.key_of(&customer, true);
    let by_customer = server.call("POST", &path).key(&own).header("Idempotency-Key", "own").body(&window).send().await;
    assert_eq!((by_customer.status, by_customer.code().as_str()), (403, "staff-only"));

    let usage: Value = server.get(&format!("/v1/services/{service}")).await.json()["usage"].clone();
    assert_eq!((&usage[0]["units"], &usage[0]["amount"]["minor"]), (&json!(1250), &json!(250)));
    let why = "1,250 GB were used: 1,000 included, 250 × 0.01 EUR: 2.50 EUR.";
    assert_eq!(usage[0]["parts"][0]["explanation"], why);
}
