//! Everything a request can get wrong: a clear problem that names the field, and nothing stored.

use serde_json::{Value, json};

use crate::support::{Answer, TestServer, euro};

/// A server with one customer and one paid service.
async fn world() -> (TestServer, String, String) {
    let server = TestServer::start().await;
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    (server, customer, service)
}

fn check(answer: &Answer, status: u16, code: &str, field: &str) {
    let found = (answer.status, answer.code(), answer.field());
    assert_eq!(found, (status, code.to_owned(), field.to_owned()), "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["instance"].as_str(), answer.headers.get("x-request-id").map(String::as_str));
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{problem}");
}

#[tokio::test]
async fn a_quote_for_what_cannot_be_had_names_the_field() {
    let (server, _, service) = world().await;
    let before = server.stored();
    let cases: [(Value, u16, &str, &str); 17] = [
        (json!({}), 422, "bad-field", "/service"),
        (json!({ "service": service }), 422, "bad-field", "/plan"),
        (json!({ "service": 7, "plan": "large" }), 422, "bad-field", "/service"),
        (json!({ "service": "srv_1", "plan": "large" }), 422, "bad-field", "/service"),
        (json!({ "service": format!("srv_{}", "0".repeat(32)), "plan": "large" }), 404, "not-found", "/service"),
        (json!({ "service": service, "plan": "giant" }), 422, "unknown-plan", "/plan"),
        (json!({ "service": service, "plan": "standard" }), 422, "same-plan", "/plan"),
        (json!({ "service": service, "plan": "old" }), 422, "plan-retired", "/plan"),
        (json!({ "service": service, "plan": ["large"] }), 422, "bad-field", "/plan"),
        (json!({ "service": service, "plan": "large", "cycle": "fortnight" }), 422, "bad-field", "/cycle"),
        (json!({ "service": service, "plan": "large", "cycle": "99999 months" }), 422, "bad-field", "/cycle"),
        (json!({ "service": service, "plan": "large", "cycle": "3 months" }), 422, "no-price", "/cycle"),
        (
            json!({ "service": service, "plan": "large", "options": { "memory": -1 } }),
            422,
            "bad-field",
            "/options/memory",
        ),
        (
            json!({ "service": service, "plan": "large", "options": { "memory": 1.5 } }),
            422,
            "bad-field",
            "/options/memory",
        ),
        (
            json!({ "service": service, "plan": "large", "options": { "memory": 4_000_000_000_u32 } }),
            422,
            "too-much",
            "/options",
        ),
        (json!({ "service": service, "plan": "large", "options": { "wings": 2 } }), 422, "unknown-option", "/options"),
        (json!({ "service": service, "plan": "large", "colour": "red" }), 422, "bad-field", "/colour"),
    ];
    for (body, status, code, field) in cases {
        check(&server.post("/v1/quotes", &body).await, status, code, field);
    }
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn a_plan_that_is_not_permitted_is_refused_to_customers() {
    let (server, customer, _) = world().await;
    let service = server.paid_service(&customer, "nano").await;
    let own = server.key_of(&customer, true);
    let body = json!({ "service": service, "plan": "max" });
    let answer = server.call("POST", "/v1/quotes").key(&own).body(&body).send().await;
    check(&answer, 422, "not-permitted", "/plan");
    let for_staff = server.post("/v1/quotes", &body).await;
    assert_eq!(for_staff.status, 200, "{}", for_staff.text);
    // A quote that staff got is not for the customer's own key.
    let body = json!({ "quote": for_staff.json()["id"], "pays_by": { "method": "bank_transfer" } });
    let before = server.stored();
    let answer = server.call("POST", "/v1/changes").key(&own).body(&body).send().await;
    check(&answer, 422, "quote-token-invalid", "/quote");
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn forged_and_foreign_quotes_are_refused_alike() {
    let (server, _, service) = world().await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    let token = quote["id"].as_str().expect("a token").to_owned();
    let (payload, signature) = token.split_once('.').expect("two parts");
    let other = server.customer("mallory").await;
    let foreign_key = server.key_of(&other, true);
    let before = server.stored();
    let mut forged = vec![
        String::new(),
        "x".to_owned(),
        "a.b".to_owned(),
        format!("{payload}."),
        format!("{payload}.AAAA"),
        format!("{signature}.{payload}"),
        format!("{}A.{signature}", &payload[..payload.len() - 1]),
        "e30.e30".to_owned(),
        "A".repeat(20_000),
    ];
    forged.push(token.replace('.', ".."));
    for token in &forged {
        let body = json!({ "quote": token, "pays_by": { "method": "bank_transfer" } });
        check(&server.post("/v1/changes", &body).await, 422, "quote-token-invalid", "/quote");
    }
    let body = json!({ "quote": token, "pays_by": { "method": "bank_transfer" } });
    let answer = server.call("POST", "/v1/changes").key(&foreign_key).body(&body).send().await;
    check(&answer, 422, "quote-token-invalid", "/quote");
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn an_expired_quote_is_refused() {
    let (server, _, service) = world().await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    server.at("2027-01-20T14:45:00Z");
    let before = server.stored();
    let body = json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
    let answer = server.post("/v1/changes", &body).await;
    check(&answer, 409, "quote-expired", "");
    assert!(answer.json()["fresh"]["id"].is_string() && answer.json()["shown"]["lines"].is_array());
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn how_to_pay_must_fit_together() {
    let (server, _, service) = world().await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    let before = server.stored();
    let cases = [
        (json!({ "method": "card" }), "/pays_by/card"),
        (json!({ "method": "card", "card": "gold" }), "/pays_by/card"),
        (json!({ "method": "cash" }), "/pays_by/method"),
        (json!({ "method": "bank_transfer", "card": "pays" }), "/pays_by/card"),
        (json!({ "card": "pays" }), "/pays_by/method"),
        (json!("card"), "/pays_by"),
    ];
    for (pays_by, field) in cases {
        let body = json!({ "quote": quote["id"], "pays_by": pays_by });
        check(&server.post("/v1/changes", &body).await, 422, "bad-field", field);
    }
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn a_customer_that_cannot_be_opened_names_the_field() {
    let server = TestServer::start().await;
    let before = server.stored();
    let cases = [
        (json!({ "email": "a@example.org" }), "bad-field", "/name"),
        (json!({ "name": "", "email": "a@example.org" }), "bad-text", "/name"),
        (json!({ "name": "x".repeat(201), "email": "a@example.org" }), "bad-text", "/name"),
        (json!({ "name": "a\u{0}b", "email": "a@example.org" }), "bad-text", "/name"),
        (json!({ "name": "Anna", "email": "anna" }), "bad-field", "/email"),
        (json!({ "name": "Anna", "email": format!("{}@example.org", "x".repeat(300)) }), "bad-text", "/email"),
        (json!({ "name": "Anna", "email": "a@example.org", "zone": "Mars/Olympus" }), "bad-field", "/zone"),
        (json!({ "name": "Anna", "email": "a@example.org", "currency": "EURO" }), "bad-field", "/currency"),
        (json!({ "name": "Anna", "email": "a@example.org", "currency": null, "vip": true }), "bad-field", "/vip"),
        (json!([]), "bad-field", "/name"),
    ];
    for (body, code, field) in cases {
        let answer = server.post("/v1/customers", &body).await;
        if body.is_array() {
            assert_eq!(answer.status, 422, "{}", answer.text);
        } else {
            check(&answer, 422, code, field);
        }
    }
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn a_service_that_cannot_be_started_names_the_field() {
    let (server, customer, _) = world().await;
    let in_dollars = json!({ "name": "Dora", "email": "dora@example.org", "currency": "USD" });
    let in_dollars = server.post("/v1/customers", &in_dollars).await.json()["id"].clone();
    let before = server.stored();
    let good = json!({
        "customer": customer, "product": "vps", "plan": "small", "cycle": "month", "label": "web",
        "pays_by": { "method": "bank_transfer" }
    });
    let cases = [
        ("customer", json!("acc_1"), 422, "bad-field", "/customer"),
        ("customer", json!(format!("acc_{}", "0".repeat(32))), 404, "not-found", "/customer"),
        ("product", json!("mail"), 422, "unknown-product", "/product"),
        ("plan", json!("giant"), 422, "unknown-plan", "/plan"),
        ("plan", json!("old"), 422, "plan-retired", "/plan"),
        ("label", json!(""), 422, "bad-text", "/label"),
        ("label", json!("x".repeat(101)), 422, "bad-text", "/label"),
        ("cycle", json!("0 months"), 422, "bad-field", "/cycle"),
        ("cycle", json!("week"), 422, "no-price", "/cycle"),
        ("options", json!({ "memory": 17 }), 422, "too-much", "/options"),
        ("options", json!({ "memory": "2" }), 422, "bad-field", "/options/memory"),
        ("starts", json!("-9999-01-01T00:00:00"), 422, "bad-field", "/starts"),
        ("starts", json!("9999-12-31T23:59:59"), 422, "bad-field", "/starts"),
        ("starts", json!("2027-02-30"), 422, "bad-field", "/starts"),
        ("starts", json!("1969-01-01"), 422, "bad-field", "/starts"),
        ("starts", json!("2027-06-01"), 422, "bad-field", "/starts"),
    ];
    for (name, value, status, code, field) in cases {
        let mut body = good.clone();
        body[name] = value;
        check(&server.post("/v1/services", &body).await, status, code, field);
    }
    let mut body = good;
    body["customer"] = in_dollars;
    body["plan"] = "large".into();
    check(&server.post("/v1/services", &body).await, 422, "no-price", "/cycle");
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn a_transfer_that_cannot_be_booked_names_the_field() {
    let (server, customer, _) = world().await;
    let other = server.customer("other").await;
    let invoices = server.get(&format!("/v1/invoices?customer={customer}")).await.json();
    let invoice = invoices["data"][0]["id"].clone();
    let before = server.stored();
    let good = json!({ "customer": customer, "amount": euro(100), "reference": "ref-1" });
    let cases = [
        ("customer", json!("acc_x"), 422, "bad-field", "/customer"),
        ("invoice", json!(format!("doc_{}", "0".repeat(32))), 404, "not-found", "/invoice"),
        ("amount", euro(0), 422, "bad-amount", "/amount"),
        ("amount", euro(-5), 422, "bad-amount", "/amount"),
        ("amount", euro(i64::MAX), 422, "bad-amount", "/amount"),
        ("amount", json!({ "minor": 100, "currency": "USD" }), 422, "wrong-currency", "/amount"),
        ("amount", json!({ "minor": 1e30, "currency": "EUR" }), 422, "bad-field", "/amount/minor"),
        ("amount", json!({ "minor": 100, "currency": "XXX" }), 422, "bad-field", "/amount/currency"),
        ("amount", json!({ "minor": 100 }), 422, "bad-field", "/amount/currency"),
        ("amount", json!(100), 422, "bad-field", "/amount"),
        ("reference", json!(" "), 422, "bad-text", "/reference"),
    ];
    for (name, value, status, code, field) in cases {
        let mut body = good.clone();
        body[name] = value;
        check(&server.post("/v1/transfers", &body).await, status, code, field);
    }
    let mut body = good;
    body["customer"] = other.into();
    body["invoice"] = invoice;
    check(&server.post("/v1/transfers", &body).await, 404, "not-found", "/invoice");
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn a_catalogue_that_cannot_be_published_names_the_field() {
    let server = TestServer::start().await;
    let good = server.get("/v1/catalogue").await.json();
    let before = server.stored();
    let at = "/products/0/plans/1";
    let cases = [
        ("/products/0/plans/1/prices/0/amount", json!("-1.00"), "bad-field", format!("{at}/prices/0")),
        ("/products/0/plans/1/prices/0/amount", json!("1.001"), "bad-field", format!("{at}/prices/0")),
        ("/products/0/plans/1/prices/0/cycle", json!("99 years"), "bad-field", format!("{at}/prices/0")),
        ("/products/0/plans/1/code", json!("sma ll"), "bad-field", format!("{at}/code")),
        ("/products/0/plans/1/size", json!({ "cpus": -1 }), "bad-field", format!("{at}/size/cpus")),
        ("/products/0/plans/1/prices", json!([]), "catalogue-refused", String::new()),
        ("/products/0/plans/1/code", json!("nano"), "catalogue-refused", String::new()),
        ("/products/0/policy", json!("wishful"), "unknown-policy", String::new()),
        ("/products/0/options/0/max", json!(4_000_000_000_u32), "bad-field", "/products/0/options/0/max".to_owned()),
        ("/products/0/options/0/min", json!(17), "bad-field", "/products/0/options/0/min".to_owned()),
        ("/products/0/options/0/kind", json!("maybe"), "bad-field", "/products/0/options/0/kind".to_owned()),
        ("/products/0/options/0/kind", json!("yes_no"), "bad-field", "/products/0/options/0/max".to_owned()),
        ("/products/0/options/0/group", json!("Memory"), "bad-field", "/products/0/options/0/group".to_owned()),
        ("/products/0/options/0/plans", json!(["giant"]), "catalogue-refused", String::new()),
        ("/products/0/plans/1/features", json!([" "]), "bad-field", format!("{at}/features/0")),
        ("/storefront", json!("other"), "bad-field", "/storefront".to_owned()),
        ("/zone", json!("Nowhere"), "bad-field", "/zone".to_owned()),
    ];
    for (place, value, code, field) in cases {
        let mut body = good.clone();
        *body.pointer_mut(place).expect(place) = value;
        check(&server.post("/v1/catalogue", &body).await, 422, code, &field);
    }
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn bodies_that_are_no_json_or_too_large_are_refused() {
    let server = TestServer::start().await;
    let before = server.stored();
    let send = |kind: &'static str, body: Vec<u8>| {
        server.call("POST", "/v1/customers").key(&server.staff).bytes(kind, body).send()
    };
    check(&send("application/json", b"{\"name\": ".to_vec()).await, 400, "bad-json", "");
    check(&send("application/json", b"{} {}".to_vec()).await, 422, "bad-field", "/name");
    check(&send("application/json", vec![0xff, 0xfe]).await, 400, "bad-json", "");
    check(&send("application/json", b"{\"name\": \"\xff\"}".to_vec()).await, 400, "bad-json", "");
    check(&send("application/json", Vec::new()).await, 400, "bad-json", "");
    check(&send("application/json", vec![b' '; 64 * 1024 + 1]).await, 413, "body-too-large", "");
    check(&send("text/plain", b"{}".to_vec()).await, 415, "unsupported-content-type", "Content-Type");
    check(&send("", b"{}".to_vec()).await, 415, "unsupported-content-type", "Content-Type");
    let form = send("application/x-www-form-urlencoded", b"name=Anna".to_vec()).await;
    check(&form, 415, "unsupported-content-type", "Content-Type");
    let deep = format!("{{\"name\": {}", "[".repeat(50_000));
    let answer = send("application/json", deep.into_bytes()).await;
    assert!(matches!(answer.status, 400 | 422), "{}", answer.text);
    assert_eq!(server.stored(), before);
}

#[tokio::test]
async fn addresses_and_queries_that_are_wrong_are_refused() {
    let server = TestServer::start().await;
    check(&server.get("/v1/nothing").await, 404, "unknown-path", "");
    check(&server.get("/v1").await, 404, "unknown-path", "");
    check(&server.get("/v1/customers/").await, 404, "unknown-path", "");
    check(&server.get("/v1/problems/no-such-code").await, 404, "unknown-path", "");
    let delete = server.call("DELETE", "/v1/customers").key(&server.staff).send().await;
    check(&delete, 405, "method-not-allowed", "");
    assert!(delete.headers["allow"].contains("POST"), "{delete:?}");
    check(&server.get("/v1/customers/acc_1").await, 404, "not-found", "");
    check(&server.get("/v1/customers/%ff").await, 404, "not-found", "");
    for limit in ["0", "101", "-1", "x", "", "1.5", "99999999999999999999"] {
        check(&server.get(&format!("/v1/customers?limit={limit}")).await, 422, "bad-query", "limit");
    }
    for cursor in ["", "x", "abc", "MTI", "%00", "MS4nOyBkcm9w"] {
        check(&server.get(&format!("/v1/customers?cursor={cursor}")).await, 422, "bad-cursor", "cursor");
    }
    check(&server.get("/v1/customers?page=2").await, 422, "bad-query", "page");
    check(&server.get("/v1/customers?limit=1&limit=2").await, 422, "bad-query", "limit");
    check(&server.get("/v1/changes?state=open").await, 422, "bad-query", "state");
    check(&server.get("/v1/documents?kind=letter").await, 422, "bad-query", "kind");
    check(&server.get("/v1/services?customer=me").await, 422, "bad-query", "customer");
    check(&server.get(&format!("/v1/customers?q={}", "x".repeat(201))).await, 422, "bad-query", "q");
}
