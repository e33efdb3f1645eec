//! Payouts over the API: the fee that was quoted, once, by whoever may; and closed by the business alone.

use serde_json::json;

use crate::on_both;
use crate::support::{TestServer, catalogue};

on_both! {
    balance_is_paid_out_for_the_fee_that_was_quoted,
}

async fn balance_is_paid_out_for_the_fee_that_was_quoted(server: &TestServer) {
    let mut sold = serde_json::to_value(catalogue()).expect("plain data");
    let policy = json!({
        "name": "paid-out", "version": 1, "summary": "By days, and cash costs 10 %.",
        "terms": {
            "unit": "day", "credit_from": "change_day", "charge_from": "change_day", "denominator": "period",
            "cash_out_fee": "10", "quote_minutes": 30, "payment_hours": 72
        }
    });
    sold["policies"] = json!([policy]);
    // One balance has one fee.
    let mut two = sold.clone();
    let mut second = two["products"][0].clone();
    second["code"] = json!("second");
    two["products"][0]["policy"] = json!("paid-out");
    two["products"].as_array_mut().expect("products").push(second);
    let refused = server.post("/v1/catalogue", &two).await;
    assert_eq!((refused.status, refused.code().as_str()), (422, "two-payout-fees"), "{}", refused.text);
    sold["products"][0]["policy"] = json!("paid-out");
    let published = server.post("/v1/catalogue", &sold).await;
    assert_eq!(published.status, 201, "{}", published.text);

    let customer = server.customer("alice").await;
    let euro = |minor: i64| json!({ "minor": minor, "currency": "EUR" });
    let transfer = json!({ "customer": customer, "amount": euro(40_000), "reference": "T-1" });
    assert_eq!(server.post_once("/v1/transfers", &transfer, "t1").await.status, 201);
    let quote = server.post("/v1/payout-quotes", &json!({ "customer": customer, "amount": euro(40_000) })).await;
    let said = json!({
        "amount": euro(40_000), "fee_percent": "10", "fee": euro(4_000), "net": euro(36_000), "available": euro(40_000)
    });
    let quoted = quote.json();
    for name in ["amount", "fee", "net", "available"] {
        assert_eq!(quoted[name]["minor"], said[name]["minor"], "{}", quote.text);
    }
    assert_eq!(quoted["fee_percent"], "10");

    let own = server.key_of(&customer, true);
    let as_customer = |path: &'static str, body: serde_json::Value, once: &'static str| {
        server.call("POST", path).key(&own).header("Idempotency-Key", once).body(&body).send()
    };
    let body = |amount: i64, fee: i64| json!({ "customer": customer, "amount": euro(amount), "fee": euro(fee), "to": "Ada, DE02" });
    for (body, status, code, field) in [
        (body(40_001, 4_000), 422, "payout-too-much", "/amount"),
        (body(40_000, 3_999), 409, "payout-fee-changed", "/fee"),
        (body(0, 0), 422, "bad-amount", "/amount"),
    ] {
        let refused = as_customer("/v1/payouts", body, "p0").await;
        assert_eq!((refused.status, refused.code().as_str(), refused.field().as_str()), (status, code, field));
    }
    let first = as_customer("/v1/payouts", body(40_000, 4_000), "p1").await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = as_customer("/v1/payouts", body(40_000, 4_000), "p1").await;
    assert_eq!((again.status, &again.text), (201, &first.text));
    let id = first.json()["payout"].as_str().expect("an id").to_owned();
    let listed = server.get("/v1/payouts?state=requested").await.json();
    assert_eq!(listed["data"][0]["id"], id.as_str());

    // Nobody else sees it, and customers cannot close it.
    let stranger = server.customer("bob").await;
    let theirs = server.key_of(&stranger, true);
    let hidden = server.call("GET", &format!("/v1/payouts/{id}")).key(&theirs).send().await;
    assert_eq!(hidden.status, 404);
    let not_theirs = server.call("POST", "/v1/payouts").key(&theirs).header("Idempotency-Key", "x");
    assert_eq!(not_theirs.body(&body(1, 0)).send().await.status, 404);
    let sent = format!("/v1/payouts/{id}/sent");
    let by_customer = server.call("POST", &sent).key(&own).header("Idempotency-Key", "x");
    let refused = by_customer.body(&json!({ "reference": "T-2" })).send().await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "staff-only"));
    let known = server.post_once(&sent, &json!({ "reference": "T-1" }), "s0").await;
    assert_eq!((known.code().as_str(), known.field().as_str()), ("transfer-known", "/reference"), "{}", known.text);
    let done = server.post_once(&sent, &json!({ "reference": "T-2" }), "s1").await;
    assert_eq!(done.status, 200, "{}", done.text);
    let late = server.post_once(&format!("/v1/payouts/{id}/returned"), &json!({ "reason": "no" }), "r1").await;
    assert_eq!((late.status, late.code().as_str()), (409, "payout-not-open"));
    let closed = server.get(&format!("/v1/payouts/{id}")).await.json();
    assert_eq!((&closed["state"], &closed["reference"]), (&json!("sent"), &json!("T-2")));
    let document = server.get(&format!("/v1/documents/{id}")).await.json();
    assert_eq!((&document["kind"], &document["reason"]), (&json!("payout"), &json!("payout")));
    assert_eq!(document["explanation"]["holds"], true);
}
