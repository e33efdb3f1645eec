//! What a policy may leave to the customer, and what a price may have beside it: the moment of a change, plan credits,
//! discounts, tax. Every amount adds up in the answer itself.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{TestServer, catalogue, euro};

on_both! {
    a_quote_with_tax_adds_up_and_so_does_its_invoice,
    a_change_is_planned_listed_replaced_and_withdrawn,
    plan_credits_are_used_once_and_never_more_than_are_left,
    plan_credits_that_are_shared_by_time_say_how,
    a_price_with_a_discount_shows_both,
    a_trial_that_costs_something_is_a_line_and_a_document_of_its_own,
}

/// The storefront of the tests, where prices are without tax, plans give hours, and customers choose the moment.
fn catalogue_with_hours() -> Value {
    let mut catalogue = serde_json::to_value(catalogue()).expect("plain data");
    catalogue["tax"] = json!({ "name": "VAT", "percent": "19", "included": false });
    catalogue["products"][0]["policy"] = json!("team");
    for plan in catalogue["products"][0]["plans"].as_array_mut().expect("plans") {
        plan["credits"] = json!({ "unit": "hours", "amount": if plan["code"] == "large" { 80 } else { 40 } });
        for price in plan["prices"].as_array_mut().expect("prices") {
            if price["cycle"] == "year" {
                price["discount"] = json!("10%");
            }
        }
    }
    catalogue
}

/// Sells it.
async fn sell_hours(server: &TestServer) {
    let catalogue = catalogue_with_hours();
    let published = server.post("/v1/catalogue", &catalogue).await;
    assert_eq!(published.status, 201, "{}", published.text);
    let newest = server.get("/v1/catalogue").await.json();
    assert_eq!(newest["tax"], catalogue["tax"]);
    assert_eq!(newest["products"][0]["plans"], catalogue["products"][0]["plans"]);
}

fn minor(value: &Value) -> i64 {
    value["minor"].as_i64().expect("an amount")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn sum(rows: &Value, name: &str) -> i64 {
    rows.as_array().expect("rows").iter().map(|row| minor(&row[name])).sum()
}

async fn a_quote_with_tax_adds_up_and_so_does_its_invoice(server: &TestServer) {
    sell_hours(server).await;
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let detail = server.get(&format!("/v1/services/{service}")).await.json();
    let covered = &detail["coverage"][0];
    assert_eq!((minor(&covered["net"]), minor(&covered["tax"])), (2000, 380), "{covered}");
    assert_eq!((minor(&covered["gross"]), minor(&covered["discount"])), (2000, 0));
    assert_eq!(covered["tax_rate"], json!({ "name": "VAT", "percent": "19", "included": false }));
    assert_eq!(detail["credits"], json!({ "left": 40, "granted": 40, "of_plan": 40, "part": null }));

    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    assert_eq!((&quote["when"], &quote["gate"]), (&json!("now"), &json!("paid")));
    assert_eq!(quote["credits_after"]["left"], 120, "what was not used goes over");
    let lines = &quote["lines"];
    assert_eq!(sum(lines, "amount"), minor(&quote["net"]));
    assert_eq!(sum(lines, "tax"), minor(&quote["tax"]));
    assert_eq!(sum(lines, "gross") - sum(lines, "discount"), minor(&quote["net"]));
    // 19.35 and 3.68 on it; 7.74 of 20.00 and of its 3.80 come back.
    assert_eq!((minor(&quote["net"]), minor(&quote["tax"]), minor(&quote["total"])), (1161, 221, 1382));
    assert_eq!(quote["due"], quote["total"]);

    let body = json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
    let change = server.post("/v1/changes", &body).await.json();
    assert_eq!(change["due"], euro(1382));
    let change_path = format!("/v1/changes/{}", text(&change["id"]));
    let stored = server.get(&change_path).await.json();
    assert_eq!((minor(&stored["tax"]), minor(&stored["total"])), (221, 1382));
    let invoice = server.get(&format!("/v1/invoices/{}", text(&change["document"]))).await.json();
    assert_eq!((minor(&invoice["tax"]), minor(&invoice["total"])), (221, 1382));
    assert_eq!(sum(&invoice["lines"], "amount") + sum(&invoice["lines"], "tax"), 1382);
    assert!(invoice["lines"].as_array().expect("lines").iter().all(|line| line["tax_rate"]["percent"] == "19"));

    // Taken back, every line goes back at the rate it was charged.
    let withdrawn = server.post(&format!("{change_path}/withdraw"), &json!({})).await.json();
    let note = server.get(&format!("/v1/documents/{}", text(&withdrawn["credit_note"]))).await.json();
    assert_eq!((minor(&note["tax"]), minor(&note["total"])), (221, 1382));
}

async fn a_change_is_planned_listed_replaced_and_withdrawn(server: &TestServer) {
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    // The policy of before leaves no choice.
    let ask = |plan: &str, when: &str| json!({ "service": service, "plan": plan, "when": when });
    let refused = server.post("/v1/quotes", &ask("small", "period_end")).await;
    assert_eq!((refused.status, refused.code().as_str(), refused.field().as_str()), (422, "when-not-offered", "/when"));
    assert_eq!(server.post("/v1/quotes", &ask("small", "now")).await.status, 200);
    let unknown = server.post("/v1/quotes", &ask("small", "tomorrow")).await;
    assert_eq!((unknown.status, unknown.code().as_str(), unknown.field().as_str()), (422, "bad-field", "/when"));

    sell_hours(server).await;
    let submit = async |plan: &str| {
        let quote = server.post("/v1/quotes", &ask(plan, "period_end")).await;
        assert_eq!(quote.status, 200, "{}", quote.text);
        let quote = quote.json();
        assert_eq!((&quote["when"], minor(&quote["due"]), minor(&quote["to_balance"])), (&json!("period_end"), 0, 0));
        assert_eq!(quote["next_invoice"]["on"], "2027-02-01");
        let body = json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
        let submitted = server.post("/v1/changes", &body).await;
        assert_eq!(submitted.status, 201, "{}", submitted.text);
        submitted.json()
    };
    let first = submit("small").await;
    assert_eq!((&first["applied"], &first["document"]), (&json!(false), &Value::Null));
    let open = server.get(&format!("/v1/services/{service}")).await.json()["open_change"].clone();
    assert_eq!((&open["id"], &open["lapses_at"]), (&first["id"], &Value::Null));
    assert_eq!(open["scheduled_for"], "2027-02-01T00:00:00Z");

    // Another wish takes its place.
    let second = submit("large").await;
    let listed = server.get(&format!("/v1/changes?customer={customer}&state=scheduled")).await.json();
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1), "{listed}");
    assert_eq!(listed["data"][0]["id"], second["id"]);
    assert_eq!(listed["data"][0]["scheduled_for"], "2027-02-01T00:00:00Z");
    let replaced = server.get(&format!("/v1/changes/{}", text(&first["id"]))).await.json();
    assert_eq!(replaced["state"], "withdrawn");

    let path = format!("/v1/changes/{}", text(&second["id"]));
    let withdrawn = server.post(&format!("{path}/withdraw"), &json!({})).await;
    assert_eq!((withdrawn.status, &withdrawn.json()["credit_note"]), (200, &Value::Null), "{}", withdrawn.text);
    assert_eq!(server.get(&path).await.json()["state"], "withdrawn");
    assert_eq!(server.get(&format!("/v1/services/{service}")).await.json()["open_change"], Value::Null);
}

async fn plan_credits_are_used_once_and_never_more_than_are_left(server: &TestServer) {
    sell_hours(server).await;
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let path = format!("/v1/services/{service}/credits/use");
    let used = server.post_once(&path, &json!({ "amount": 28 }), "week-2").await;
    assert_eq!((used.status, &used.json()["left"]), (200, &json!(12)), "{}", used.text);
    let again = server.post_once(&path, &json!({ "amount": 28 }), "week-2").await;
    assert_eq!((again.status, &again.text), (200, &used.text));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let too_many = server.post(&path, &json!({ "amount": 13 })).await;
    assert_eq!((too_many.status, too_many.code().as_str()), (422, "not-enough-credits"));
    assert_eq!(too_many.field(), "/amount");
    for wrong in [json!(0), json!(-1), json!("3"), Value::Null] {
        let answer = server.post(&path, &json!({ "amount": wrong })).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, "bad-field"), "{wrong}");
    }
    let own = server.key_of(&customer, true);
    let by_customer = server.call("POST", &path).key(&own).body(&json!({ "amount": 1 })).send().await;
    assert_eq!((by_customer.status, by_customer.code().as_str()), (403, "staff-only"));
    let left = server.get(&format!("/v1/services/{service}")).await.json()["credits"].clone();
    assert_eq!(left, json!({ "left": 12, "granted": 40, "of_plan": 40, "part": null }));
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    assert_eq!(quote["credits_after"], json!({ "left": 92, "granted": 120, "of_plan": 80, "part": null }));
}

async fn plan_credits_that_are_shared_by_time_say_how(server: &TestServer) {
    let mut own = catalogue_with_hours();
    own["policies"] = json!([{
        "name": "own", "version": 1, "summary": "By days.",
        "terms": {
            "unit": "day", "credit_from": "change_day", "charge_from": "change_day", "denominator": "period",
            "credits": "prorate", "gate": "none", "quote_minutes": 30, "payment_hours": 72,
        },
    }]);
    own["products"][0]["policy"] = json!("own");
    let published = server.post("/v1/catalogue", &own).await;
    assert_eq!(published.status, 201, "{}", published.text);
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    // 40 + 40 × 12/31 = 55 15/31.
    let credits = json!({ "left": 55, "granted": 55, "of_plan": 80, "part": "15/31" });
    assert_eq!(quote["credits_after"], credits);
    let count = json!({
        "before": 40, "after": 80, "rest": 12, "whole": 31, "unit": "day", "spent": null, "over": null,
        "explanation":
            "For 12 of 31 days, 80 plan credits count instead of 40 plan credits: 55 plan credits in this period.",
    });
    assert_eq!(quote["credits_count"], count);
    let body = json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
    let change = server.post("/v1/changes", &body).await;
    assert_eq!(change.json()["applied"], true, "{}", change.text);
    assert_eq!(server.get(&format!("/v1/services/{service}")).await.json()["credits"], credits);
}

async fn a_price_with_a_discount_shows_both(server: &TestServer) {
    sell_hours(server).await;
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;
    let ask = json!({ "service": service, "plan": "large", "cycle": "year" });
    let quote = server.post("/v1/quotes", &ask).await;
    assert_eq!(quote.status, 200, "{}", quote.text);
    let quote = quote.json();
    let lines = quote["lines"].as_array().expect("lines");
    let year = lines.iter().find(|line| line["kind"] == "charge").expect("a charge");
    assert_eq!((minor(&year["gross"]), minor(&year["discount"]), minor(&year["amount"])), (50000, 5000, 45000));
    assert_eq!(year["discount_terms"], "10%");
    assert_eq!(year["unit_price"], euro(50000));
}

async fn a_trial_that_costs_something_is_a_line_and_a_document_of_its_own(server: &TestServer) {
    let mut catalogue = serde_json::to_value(catalogue()).expect("plain data");
    for (plan, price) in [("standard", "1.00"), ("large", "3.00")] {
        let plans = catalogue["products"][0]["plans"].as_array_mut().expect("plans");
        let plan = plans.iter_mut().find(|known| known["code"] == plan).expect("a plan");
        plan["trial_days"] = json!(14);
        plan["prices"][0]["trial_price"] = json!(price);
    }
    let mut wrong = catalogue.clone();
    wrong["products"][0]["plans"].as_array_mut().expect("plans").iter_mut().for_each(|plan| {
        plan.as_object_mut().expect("a plan").remove("trial_days");
    });
    let refused = server.post("/v1/catalogue", &wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.field().ends_with("/prices/0/trial_price"), "{}", refused.text);
    let published = server.post("/v1/catalogue", &catalogue).await;
    assert_eq!(published.status, 201, "{}", published.text);

    let customer = server.customer("alice").await;
    let body = json!({
        "customer": customer, "product": "vps", "plan": "standard", "cycle": "month", "label": "web-1.example.org",
        "pays_by": { "method": "bank_transfer" }
    });
    let started = server.post("/v1/services", &body).await;
    assert_eq!(started.status, 201, "{}", started.text);
    let service = text(&started.json()["id"]);
    let detail = server.get(&format!("/v1/services/{service}")).await.json();
    assert_eq!(detail["trial_price"], euro(100), "{detail}");
    let documents = server.get(&format!("/v1/documents?customer={customer}")).await.json();
    assert_eq!(documents["data"][0]["reason"], "trial", "{documents}");
    let basket = json!({ "service": service, "plan": "large" });
    let quote = server.post("/v1/quotes", &basket).await.json();
    let line = quote["lines"].as_array().expect("lines").iter().find(|line| line["kind"] == "trial");
    let line = line.unwrap_or_else(|| panic!("{quote}"));
    assert_eq!((&line["amount"], &line["unit_price"]), (&euro(200), &euro(300)), "{line}");
    assert_eq!((&line["derivation"]["basis"], &quote["due"]), (&json!("trial_price"), &euro(200)), "{quote}");
    let why = "3.00 EUR for the trial, charged once, less 1.00 EUR that was charged for it before: 2.00 EUR.";
    assert_eq!(line["explanation"], why);
}
