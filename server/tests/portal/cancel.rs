//! Cancelling a service in the portal: each way with what it comes to, and taking it back.

use axum::http::StatusCode;
use billing::command::Command;

use super::world::World;

const BOTH: &str = "[policies.cancellation]\nwhen = [\"period_end\", \"now\"]";

/// The quote and key of one of the forms of the page, by its place.
fn form(body: &str, place: usize) -> (String, String) {
    let forms: Vec<&str> = body.split("<form method=\"post\"").filter(|form| form.contains("name=\"quote\"")).collect();
    let value = |name: &str| {
        let rest = forms[place].split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field");
        rest.split('"').next().expect("its value").to_owned()
    };
    (value("quote"), value("key"))
}

#[tokio::test]
async fn a_service_is_cancelled_with_its_period_and_that_is_taken_back() {
    let world = World::with_terms(BOTH);
    world.provision(world.alice, None);
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    browser.get(&service).await.says("Cancel this service");
    let page = browser.get(&format!("{service}/cancel")).await;
    page.says("With the period, on 1 May 2027");
    page.says("Until then everything stays as it is");
    let (quote, key) = form(&page.body, 0);
    let done = browser.submit(&format!("{service}/cancel"), &[("quote", &quote), ("key", &key)]).await;
    assert_eq!(done.location(), format!("{service}?notice=cancelled"), "{}", done.words());
    let shown = browser.get(&done.location()).await;
    shown.says("The service is cancelled. You can take it back until it ends.");
    shown.says("It goes on until 1 May 2027");
    shown.does_not_say("Cancel this service");
    let first = "This service is cancelled and ends with its period. To change it, take the cancellation back first.";
    shown.says(first);
    shown.does_not_say("Change plan");
    let list = browser.get("/services").await;
    list.says(first);
    list.says("Ends on 1 May 2027");
    let key = shown.field("key");
    let kept = browser.submit(&format!("{service}/keep"), &[("key", &key)]).await;
    let shown = browser.get(&kept.location()).await;
    shown.says("The service goes on, and is renewed as before.");
    shown.says("Cancel this service");
    shown.says("Change plan");
    assert!(world.subscription(world.alice).cancellation.is_none());
}

#[tokio::test]
async fn a_service_is_cancelled_now_for_the_amount_that_was_shown() {
    let world = World::with_terms(BOTH);
    world.provision(world.alice, None);
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    let page = browser.get(&format!("{service}/cancel")).await;
    // 20.00 × 14 ÷ 30 days.
    page.says("Cancel now, €9.33 to your balance");
    page.says("This cannot be taken back.");
    let (old, old_key) = form(&page.body, 1);
    let euro = world.account(world.alice).currency;
    let goodwill = Command::GrantGoodwill { amount: billing::money::Money::new(500, euro), reason: "sorry".to_owned() };
    world.run(world.alice, goodwill);
    world.pass(31);
    let late = browser.submit(&format!("{service}/cancel"), &[("quote", &old), ("key", &old_key)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("What it comes to has changed since you saw it. Nothing was cancelled");
    let (quote, key) = form(&late.body, 1);
    let done = browser.submit(&format!("{service}/cancel"), &[("quote", &quote), ("key", &key)]).await;
    assert_eq!(done.location(), format!("{service}?notice=cancelled"));
    let again = browser.submit(&format!("{service}/cancel"), &[("quote", &quote), ("key", &key)]).await;
    assert_eq!(again.location(), done.location(), "a double click is one cancellation");
    assert_eq!(world.account(world.alice).balance.minor, 500 + 933);
    let shown = browser.get(&done.location()).await;
    shown.says("The service has ended.");
    shown.does_not_say("Change plan");
    shown.does_not_say("Cancel this service");
    browser.get("/dashboard").await.says("€14.33");
    // Its page stays when nothing of it is open any more.
    for settled in [false, true] {
        if settled {
            world.provision(world.alice, None);
        }
        let page = browser.get(&service).await;
        page.says("This service has ended It ended on 17 April 2027. €9.33 went to your balance. View CN-2027-0001");
        page.says("What you had Plan Standard");
        page.says("What was paid for");
        for present in ["What you have", "Next invoice", "Being made so", "As ordered", "Ordered size", "Waiting for"] {
            page.does_not_say(present);
        }
        let document = page.body.split("/documents/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        browser.get(&format!("/documents/{document}")).await.says("CN-2027-0001");
    }
    browser.get("/services").await.says("Ended on");
    browser.get(&format!("{service}/cancel")).await.says("This service has ended.");
}

#[tokio::test]
async fn where_a_newer_wish_takes_the_place_a_change_takes_the_cancellation_back() {
    let world = World::with_terms("pending = \"replace\"");
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    let page = browser.get(&format!("{service}/cancel")).await;
    let (quote, key) = form(&page.body, 0);
    browser.submit(&format!("{service}/cancel"), &[("quote", &quote), ("key", &key)]).await;
    let shown = browser.get(&service).await;
    shown.says("Change plan");
    shown.does_not_say("take the cancellation back first.");
    let told = "This service is cancelled and would end on 1 May 2027, 00:00 CEST. What you choose here takes the cancellation back.";
    browser.get(&format!("{service}/change?plan=large")).await.says(told);
    let review = browser.get(&format!("{service}/change/review?plan=large")).await;
    review.says(told);
    let (quote, key) = (review.field("quote"), review.field("key"));
    let fields = [("quote", quote.as_str()), ("key", &key), ("method", "card_pays")];
    browser.submit(&format!("{service}/change"), &fields).await;
    assert!(world.subscription(world.alice).cancellation.is_none());
}

#[tokio::test]
async fn what_the_policy_does_not_offer_is_not_there() {
    let world = World::with_terms("[policies.cancellation]\nwhen = []");
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    browser.get(&service).await.does_not_say("Cancel this service");
    let page = browser.get(&format!("{service}/cancel")).await;
    page.says("You cannot cancel this service like that by yourself.");
    let other = world.logged_in("bob").await.get(&format!("{service}/cancel")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}
