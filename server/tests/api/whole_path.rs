//! Quote, submit, pay, settle; and what the addresses answer at each step.

use billing::command::PaymentOutcome;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, TestServer, euro, euro_money};

on_both! {
    an_upgrade_is_quoted_submitted_paid_and_made,
    a_downgrade_goes_to_the_balance_with_a_numbered_document,
    a_declined_invoice_is_paid_by_another_card_or_by_transfer,
    a_withdrawn_change_costs_nothing_and_a_transfer_after_it_is_kept,
    offers_name_every_plan_with_its_quote_or_the_reason,
    a_stale_quote_shows_both_versions_and_the_fresh_one_can_be_submitted,
    a_new_catalogue_ends_open_quotes_and_keeps_what_was_sold,
    lists_are_walked_by_their_cursor,
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn by_card(card: &str) -> Value {
    json!({ "method": "card", "card": card })
}

async fn submit(server: &TestServer, service: &str, plan: &str, pays_by: Value) -> Answer {
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": plan })).await;
    assert_eq!(quote.status, 200, "{}", quote.text);
    server.post("/v1/changes", &json!({ "quote": quote.json()["id"], "pays_by": pays_by })).await
}

async fn an_upgrade_is_quoted_submitted_paid_and_made(server: &TestServer) {
    let customer = server.customer("alice").await;
    let service = server.paid_service(&customer, "standard").await;

    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await;
    assert_eq!(quote.status, 200, "{}", quote.text);
    let quote = quote.json();
    assert_eq!(quote["direction"], "upgrade");
    // The day rule: 12 of 31 days are left, the day of the change counts.
    assert_eq!(quote["credit"], euro(774));
    assert_eq!(quote["charge"], euro(1935));
    assert_eq!(quote["net"], euro(1161));
    assert_eq!(quote["due"], euro(1161));
    assert_eq!(quote["to_balance"], euro(0));
    assert_eq!(quote["next_invoice"], json!({ "on": "2027-02-01", "amount": euro(5000), "waiting": euro(0) }));
    assert_eq!(quote["restart"], json!({ "seconds": 40 }));
    assert_eq!(quote["lines"][0]["amount"], euro(-774));
    assert_eq!(quote["lines"][1]["amount"], euro(1935));
    assert_eq!(quote["lines"][1]["derivation"]["whole"], 31);
    assert!(text(&quote["lines"][1]["explanation"]).contains("for 31 days; 12 of them remain"), "{quote}");

    let body = json!({ "quote": quote["id"], "pays_by": by_card("pays") });
    let submitted = server.post("/v1/changes", &body).await;
    assert_eq!(submitted.status, 201, "{}", submitted.text);
    let change = submitted.json();
    assert_eq!(submitted.headers["location"], format!("/v1/changes/{}", text(&change["id"])));
    assert_eq!(change["applied"], false);
    assert_eq!(change["due"], euro(1161));
    let path = format!("/v1/changes/{}", text(&change["id"]));
    assert_eq!(server.get(&path).await.json()["state"], "awaits_payment");
    let before = server.get(&format!("/v1/services/{service}")).await.json();
    assert_eq!(before["plan"], "standard");
    assert_eq!(before["open_change"]["id"], change["id"]);

    let payment = text(&change["payment"]);
    assert_eq!(server.get(&format!("/v1/payments/{payment}")).await.json()["state"], "sent");
    server.settle(&customer, &payment, PaymentOutcome::Captured { amount: euro_money(1161) });

    assert_eq!(server.get(&format!("/v1/payments/{payment}")).await.json()["state"], "captured");
    let made = server.get(&path).await.json();
    assert_eq!(made["state"], "applied");
    let after = server.get(&format!("/v1/services/{service}")).await.json();
    assert_eq!(after["plan"], "large");
    assert_eq!(after["machine"]["generation"], 2);
    assert_eq!(after["open_change"], Value::Null);
    let invoice = server.get(&format!("/v1/invoices/{}", text(&change["document"]))).await.json();
    assert_eq!(invoice["invoice"]["state"], "paid");
    assert_eq!(invoice["invoice"]["paid_by"], "card");
    assert_eq!(invoice["number"], made["number"]);
    assert_eq!(invoice["lines"].as_array().map(Vec::len), Some(2));
    assert!(text(&invoice["lines"][0]["explanation"]).contains("remain"));
    assert_eq!(invoice["explanation"]["holds"], true);
    let path = format!("/v1/documents/{}", text(&change["document"]));
    let german = server.call("GET", &path).key(&server.staff).header("Accept-Language", "fr, de-AT;q=0.8, en;q=0.5");
    let german = german.send().await.json();
    assert_eq!(german["explanation"]["language"], "de");
    assert!(text(&german["explanation"]["headline"]).starts_with("Für den Tarifwechsel"), "{german}");
    assert!(text(&german["lines"][1]["explanation"]).contains("für 31 Tage; davon verbleiben 12"), "{german}");
}

async fn a_downgrade_goes_to_the_balance_with_a_numbered_document(server: &TestServer) {
    let customer = server.customer("bob").await;
    let service = server.paid_service(&customer, "standard").await;
    let answer = submit(server, &service, "small", json!({ "method": "bank_transfer" })).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let change = answer.json();
    assert_eq!(change["applied"], true);
    assert_eq!(change["direction"], "downgrade");
    assert_eq!(change["to_balance"], euro(387));
    let balance = server.get(&format!("/v1/customers/{customer}/balance")).await.json();
    assert_eq!(balance["available"], euro(387));
    assert_eq!(balance["data"][0]["amount"], euro(387));
    assert_eq!(balance["data"][0]["document"], change["document"]);
    assert!(text(&balance["data"][0]["number"]).starts_with("CN-2027-"), "{balance}");
    let notes = server.get(&format!("/v1/documents?customer={customer}&kind=credit_note")).await.json();
    assert_eq!(notes["data"][0]["id"], change["document"]);
    assert_eq!(notes["next"], Value::Null);
}

async fn a_declined_invoice_is_paid_by_another_card_or_by_transfer(server: &TestServer) {
    let customer = server.customer("carol").await;
    let service = server.paid_service(&customer, "standard").await;
    let change = submit(server, &service, "large", by_card("declines")).await.json();
    let invoice = text(&change["document"]);
    let declined = PaymentOutcome::Failed { reason: "the card was declined".to_owned() };
    server.settle(&customer, &text(&change["payment"]), declined);
    let failed = server.get(&format!("/v1/payments?customer={customer}&state=failed")).await.json();
    assert_eq!(failed["data"][0]["failure"], "the card was declined");

    let path = format!("/v1/invoices/{invoice}/pay");
    let paying = server.post(&path, &json!({ "card": "pays" })).await;
    assert_eq!(paying.status, 201, "{}", paying.text);
    let again = server.post(&path, &json!({ "card": "pays" })).await;
    assert_eq!((again.status, again.code().as_str()), (409, "payment-running"));
    server.settle(&customer, &text(&paying.json()["payment"]), PaymentOutcome::Captured { amount: euro_money(1161) });
    assert_eq!(server.get(&format!("/v1/services/{service}")).await.json()["plan"], "large");
    let closed = server.post(&path, &json!({ "card": "pays" })).await;
    assert_eq!((closed.status, closed.code().as_str()), (409, "invoice-not-open"));
}

async fn a_withdrawn_change_costs_nothing_and_a_transfer_after_it_is_kept(server: &TestServer) {
    let customer = server.customer("dave").await;
    let service = server.paid_service(&customer, "standard").await;
    let change = submit(server, &service, "large", json!({ "method": "bank_transfer" })).await.json();
    let open = server.post("/v1/quotes", &json!({ "service": service, "plan": "max" })).await;
    assert_eq!((open.status, open.code().as_str()), (409, "change-open"));
    assert_eq!(open.json()["change"], change["id"]);
    let path = format!("/v1/changes/{}/withdraw", text(&change["id"]));
    let withdrawn = server.post(&path, &json!({})).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    assert!(withdrawn.json()["credit_note"].is_string());
    let twice = server.post(&path, &json!({})).await;
    assert_eq!((twice.status, twice.code().as_str()), (409, "change-not-open"));

    let late = json!({
        "customer": customer, "invoice": change["document"], "amount": euro(1161), "reference": "2027-01-22/1"
    });
    let booked = server.post("/v1/transfers", &late).await;
    assert_eq!(booked.status, 201, "{}", booked.text);
    assert_eq!(booked.json()["paid"], Value::Null);
    assert!(booked.json()["receipt"].is_string());
    let twice = server.post("/v1/transfers", &late).await;
    assert_eq!((twice.status, twice.code().as_str()), (409, "transfer-known"));
    let balance = server.get(&format!("/v1/customers/{customer}/balance")).await.json();
    assert_eq!(balance["available"], euro(1161));

    let goodwill = json!({ "customer": customer, "amount": euro(500), "reason": "for the outage" });
    let granted = server.post("/v1/goodwill", &goodwill).await;
    assert_eq!(granted.status, 201, "{}", granted.text);
    assert!(granted.json()["receipt"].is_string());
    let balance = server.get(&format!("/v1/customers/{customer}/balance")).await.json();
    assert_eq!(balance["available"], euro(1661));
}

async fn offers_name_every_plan_with_its_quote_or_the_reason(server: &TestServer) {
    let customer = server.customer("erin").await;
    let service = server.paid_service(&customer, "nano").await;
    let own = server.key_of(&customer, false);
    let path = format!("/v1/services/{service}/offers");
    let offers = server.call("GET", &path).key(&own).send().await;
    assert_eq!(offers.status, 200, "{}", offers.text);
    let offers = offers.json();
    let plans: Vec<_> = offers["data"].as_array().expect("a list").iter().map(|offer| text(&offer["plan"])).collect();
    assert_eq!(plans, ["nano", "small", "standard", "large", "max"]);
    assert_eq!(offers["data"][0]["refusal"]["code"], "same-plan");
    assert_eq!(offers["data"][1]["quote"]["direction"], "upgrade");
    assert_eq!(offers["data"][4]["refusal"]["code"], "not-permitted");
    let for_staff = server.get(&path).await.json();
    assert!(for_staff["data"][4]["quote"].is_object(), "staff may move it anywhere");
    let yearly = server.get(&format!("{path}?cycle=year")).await.json();
    assert_eq!(yearly["data"][1]["price"], euro(10_000));
}

async fn a_stale_quote_shows_both_versions_and_the_fresh_one_can_be_submitted(server: &TestServer) {
    let customer = server.customer("frank").await;
    let service = server.paid_service(&customer, "standard").await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    server.at("2027-01-21T00:00:00Z");
    let body = |quote: &Value| json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
    let before = server.stored();
    let stale = server.post("/v1/changes", &body(&quote)).await;
    assert_eq!(stale.status, 409, "{}", stale.text);
    let problem = stale.json();
    assert!(["quote-stale", "quote-expired"].contains(&stale.code().as_str()), "{problem}");
    assert_eq!(problem["shown"]["due"], euro(1161));
    assert_eq!(problem["fresh"]["due"], euro(1064));
    assert_eq!(server.stored(), before);
    let accepted = server.post("/v1/changes", &body(&problem["fresh"])).await;
    assert_eq!(accepted.status, 201, "{}", accepted.text);
    assert_eq!(accepted.json()["due"], euro(1064));
}

async fn a_new_catalogue_ends_open_quotes_and_keeps_what_was_sold(server: &TestServer) {
    let customer = server.customer("grace").await;
    let service = server.paid_service(&customer, "standard").await;
    let quote = server.post("/v1/quotes", &json!({ "service": service, "plan": "large" })).await.json();
    let mut catalogue = server.get("/v1/catalogue").await.json();
    let same = server.post("/v1/catalogue", &catalogue).await;
    assert_eq!((same.status, same.json()["version"].as_i64()), (201, Some(1)));
    for plan in catalogue["products"][0]["plans"].as_array_mut().expect("plans") {
        for price in plan["prices"].as_array_mut().expect("prices") {
            if price["currency"] == "EUR" && price["amount"] == "50.00" {
                price["amount"] = "55.00".into();
            }
        }
    }
    let published = server.post("/v1/catalogue", &catalogue).await;
    assert_eq!(published.json(), json!({ "storefront": "vps", "version": 2 }), "{}", published.text);
    let body = json!({ "quote": quote["id"], "pays_by": { "method": "bank_transfer" } });
    let stale = server.post("/v1/changes", &body).await;
    assert_eq!((stale.status, stale.code().as_str()), (409, "quote-stale"));
    assert_eq!(stale.json()["because"], "catalogue");
    assert_eq!(server.get(&format!("/v1/services/{service}")).await.json()["recurring"], euro(2000));
}

async fn lists_are_walked_by_their_cursor(server: &TestServer) {
    let mut opened = Vec::new();
    for name in ["a", "b", "c", "d", "e"] {
        opened.push(server.customer(name).await);
    }
    let mut seen = Vec::new();
    let mut path = "/v1/customers?limit=2".to_owned();
    loop {
        let page = server.get(&path).await.json();
        let rows = page["data"].as_array().expect("rows").clone();
        assert!((1..=2).contains(&rows.len()));
        seen.extend(rows.iter().map(|row| text(&row["id"])));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/customers?limit=2&cursor={next}");
    }
    seen.sort();
    opened.sort();
    assert_eq!(seen, opened);
    let found = server.get("/v1/customers?q=c@example").await.json();
    assert_eq!(found["data"].as_array().map(Vec::len), Some(1));
}
