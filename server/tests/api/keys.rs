//! Who may do what: every operation of the document without a key, with a key that may only read, and with the key of
//! another customer. The list of operations is the document's own, so a new one cannot be forgotten.

use midcycle::api::openapi::every_operation;
use serde_json::{Value, json};

use crate::support::{Answer, TestServer};

/// Alice, whose records are asked for, and what they are.
struct World {
    server: TestServer,
    alice: String,
    service: String,
    change: String,
    invoice: String,
    payment: String,
    payout: String,
    quote: String,
    mallory: String,
}

impl World {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let alice = server.customer("alice").await;
        let mallory = server.customer("mallory").await;
        let service = server.paid_service(&alice, "standard").await;
        let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
        let body = json!({ "quote": quote["id"], "pays_by": { "method": "card", "card": "pays" } });
        let change = server.post("/v1/changes", &body).await;
        assert_eq!(change.status, 201, "{}", change.text);
        let change = change.json();
        let euro = |minor: i64| json!({ "minor": minor, "currency": "EUR" });
        let more = json!({ "customer": alice, "amount": euro(500), "reference": "too much" });
        assert_eq!(server.post("/v1/transfers", &more).await.status, 201);
        let wanted = json!({ "customer": alice, "amount": euro(200), "fee": euro(0), "to": "Ada, DE02" });
        let payout = server.post("/v1/payouts", &wanted).await;
        assert_eq!(payout.status, 201, "{}", payout.text);
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        Self {
            alice,
            service,
            change: text(&change["id"]),
            invoice: text(&change["document"]),
            payment: text(&change["payment"]),
            quote: text(&quote["id"]),
            payout: text(&payout.json()["payout"]),
            mallory,
            server,
        }
    }

    /// The address of one of Alice's records.
    fn path(&self, path: &str) -> String {
        let id = match path.split('/').nth(2) {
            Some("customers") => &self.alice,
            Some("services") => &self.service,
            Some("changes") => &self.change,
            Some("documents" | "invoices") => &self.invoice,
            Some("payments") => &self.payment,
            Some("payouts") => &self.payout,
            _ => "",
        };
        path.replace("{id}", id)
    }

    /// A body that would do something to Alice.
    fn body(&self, path: &str) -> Value {
        let Self { alice, service, quote, .. } = self;
        match path {
            "/v1/customers" => json!({ "name": "New", "email": "new@example.org" }),
            "/v1/catalogue" => {
                let mut catalogue = serde_json::to_value(crate::support::catalogue()).expect("plain data");
                catalogue["brand"] = "Owned".into();
                catalogue
            }
            "/v1/services" => json!({
                "customer": alice, "product": "vps", "plan": "small", "cycle": "month", "label": "web",
                "pays_by": { "method": "bank_transfer" }
            }),
            "/v1/quotes" => json!({ "service": service, "plan": "max" }),
            "/v1/changes" => json!({ "quote": quote, "pays_by": { "method": "bank_transfer" } }),
            "/v1/transfers" => json!({
                "customer": alice, "amount": { "minor": 100, "currency": "EUR" }, "reference": "r-1"
            }),
            "/v1/goodwill" => json!({
                "customer": alice, "amount": { "minor": 100, "currency": "EUR" }, "reason": "sorry"
            }),
            "/v1/payout-quotes" => json!({ "customer": alice, "amount": { "minor": 1, "currency": "EUR" } }),
            "/v1/payouts" => {
                let euro = |minor: i64| json!({ "minor": minor, "currency": "EUR" });
                json!({ "customer": alice, "amount": euro(100), "fee": euro(0), "to": "Mallory, DE02" })
            }
            path if path.ends_with("/sent") => json!({ "reference": "r-2" }),
            path if path.ends_with("/returned") => json!({ "reason": "no such account" }),
            path if path.ends_with("/assign") => json!({ "plan": "max", "recalculate": true, "reason": "a promise" }),
            path if path.ends_with("/credits/use") => json!({ "amount": 1 }),
            path if path.ends_with("/usage") => json!({ "meter": "traffic", "units": 1 }),
            path if path.ends_with("/cancellation-quotes") => json!({ "when": "period_end" }),
            path if path.ends_with("/cancellation") => json!({ "quote": quote }),
            path if path.ends_with("/pay") => json!({ "card": "pays" }),
            _ => json!({}),
        }
    }

    async fn ask(&self, method: &str, path: &str, key: Option<&str>) -> Answer {
        let place = self.path(path);
        let mut call = self.server.call(method, &place);
        if let Some(key) = key {
            call = call.key(key);
        }
        if method == "POST" { call.body(&self.body(path)).send().await } else { call.send().await }
    }
}

#[tokio::test]
async fn nothing_is_told_or_done_without_a_key() {
    let world = World::new().await;
    let before = world.server.stored();
    let (id, secret) = world.server.staff.rsplit_once('_').expect("a key");
    let wrong_secret = format!("{id}_{}", "0".repeat(secret.len()));
    let unknown = format!("mk_live_0000000000000000_{secret}");
    for (method, path) in every_operation() {
        for key in [None, Some(""), Some("mk_live_"), Some("x"), Some(wrong_secret.as_str()), Some(&unknown)] {
            let answer = world.ask(method, &path, key).await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "unauthenticated"), "{method} {path} {key:?}");
            assert!(answer.headers["www-authenticate"].starts_with("Bearer"));
        }
    }
    assert_eq!(world.server.stored(), before);
}

#[tokio::test]
async fn a_key_that_may_read_changes_nothing() {
    let world = World::new().await;
    let before = world.server.stored();
    for (method, path) in every_operation() {
        let answer = world.ask(method, &path, Some(&world.server.reader)).await;
        if method == "GET" {
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        } else if !["/v1/quotes", "/v1/payout-quotes"].contains(&path.as_str())
            && !path.ends_with("/cancellation-quotes")
        {
            assert_eq!((answer.status, answer.code().as_str()), (403, "read-only-key"), "{path}: {}", answer.text);
        }
    }
    assert_eq!(world.server.stored(), before);
}

#[tokio::test]
async fn another_customers_records_are_not_there() {
    let world = World::new().await;
    let key = world.server.key_of(&world.mallory, true);
    let before = world.server.stored();
    for (method, path) in every_operation() {
        let answer = world.ask(method, &path, Some(&key)).await;
        for id in [&world.alice, &world.service, &world.change, &world.invoice, &world.payment, &world.payout] {
            assert!(!answer.text.contains(id.as_str()), "{method} {path} tells {id}: {}", answer.text);
        }
        if path.contains("{id}") {
            assert_eq!((answer.status, answer.code().as_str()), (404, "not-found"), "{method} {path}: {}", answer.text);
            // What was never there is answered with the same words.
            let place = path.replace("{id}", &unknown_id(&path));
            let mut call = world.server.call(method, &place).key(&key);
            if method == "POST" {
                call = call.body(&world.body(&path));
            }
            let unknown = call.send().await;
            assert_eq!(without_instance(&unknown), without_instance(&answer), "{method} {path}");
        } else if method == "POST" {
            assert!(matches!(answer.status, 403 | 404 | 422), "{path}: {} {}", answer.status, answer.text);
        }
    }
    assert_eq!(world.server.stored(), before);
}

#[tokio::test]
async fn a_customers_own_key_does_what_the_customer_may() {
    let world = World::new().await;
    let key = world.server.key_of(&world.alice, true);
    for (method, path) in every_operation() {
        if method == "GET" {
            let answer = world.ask(method, &path, Some(&key)).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        }
    }
    let before = world.server.stored();
    for path in [
        "/v1/customers",
        "/v1/catalogue",
        "/v1/transfers",
        "/v1/goodwill",
        "/v1/services/{id}/retry",
        "/v1/services/{id}/assign",
        "/v1/services/{id}/change-package",
        "/v1/services/{id}/credits/use",
        "/v1/services/{id}/usage",
        "/v1/payouts/{id}/sent",
        "/v1/payouts/{id}/returned",
    ] {
        let answer = world.ask("POST", path, Some(&key)).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "staff-only"), "{path}");
    }
    assert_eq!(world.server.stored(), before);
    let customers = world.server.call("GET", "/v1/customers").key(&key).send().await.json();
    assert_eq!(customers["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(customers["data"][0]["id"], Value::from(world.alice.as_str()));
    let withdraw = world.server.call("POST", &world.path("/v1/changes/{id}/withdraw")).key(&key).body(&json!({}));
    assert_eq!(withdraw.send().await.code(), "change-being-paid");
    let started = world.ask("POST", "/v1/services", Some(&key)).await;
    assert_eq!(started.status, 201, "{}", started.text);
}

#[tokio::test]
async fn a_revoked_key_opens_nothing() {
    let world = World::new().await;
    let key = world.server.key_of(&world.alice, false);
    assert_eq!(world.ask("GET", "/v1/services", Some(&key)).await.status, 200);
    let id = key.strip_prefix("mk_live_").and_then(|rest| rest.split('_').next()).expect("an id");
    let store = world.server.engine.store();
    assert!(store.revoke_api_key(id, world.server.clock.now()).expect("the store"));
    assert_eq!(world.ask("GET", "/v1/services", Some(&key)).await.status, 401);
}

#[tokio::test]
async fn the_store_keeps_no_secret() {
    let world = World::new().await;
    let secret = world.server.staff.rsplit('_').next().expect("a secret").to_owned();
    for key in world.server.engine.store().api_keys().expect("the keys") {
        assert_eq!(key.secret_hash.len(), 32);
        assert!(!format!("{key:?}").contains(&secret));
        assert_ne!(key.secret_hash, secret.as_bytes());
    }
}

fn unknown_id(path: &str) -> String {
    let prefix = match path.split('/').nth(2) {
        Some("customers") => "acc",
        Some("services") => "srv",
        Some("changes") => "chg",
        Some("payments") => "att",
        _ => "doc",
    };
    format!("{prefix}_{}", "0".repeat(32))
}

fn without_instance(answer: &Answer) -> (u16, Value) {
    let mut problem = answer.json();
    problem["instance"] = Value::Null;
    (answer.status, problem)
}
