//! A renewal that is not paid, as the customer meets it: a banner on every page, and a way to pay all of it.

use axum::http::StatusCode;
use billing::command::Command;

use crate::world::World;

const DUNNING: &str = "[policies.dunning]\nretries = { offsets = [1, 2] }\ngrace_days = 2\nafter_grace = \"restrict\"";

/// Alice's renewal of 1 May has failed.
fn unpaid() -> World {
    let world = World::with_terms(DUNNING);
    world.app.clock.set("2027-05-01T08:00:00Z".parse().expect("an instant"));
    let subscription = world.subscription(world.alice).id;
    world.run(world.alice, Command::RenewSubscription { subscription, ordinal: 1 });
    world.settle(world.alice, Some("the card was declined"));
    world
}

#[tokio::test]
async fn what_is_overdue_stands_on_every_page_with_what_comes_of_it_and_when() {
    let world = unpaid();
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    for path in ["/dashboard", "/services", &service, "/billing", "/balance", "/documents", "/settings"] {
        let page = browser.get(path).await;
        page.says("€20.00 is overdue");
        page.says("We will try your card again on 2 May 2027, 10:00 CEST.");
        page.says("If it is not paid by 3 May 2027, 10:00 CEST, access is restricted.");
        page.says("Pay all of it");
    }
    let mut other = world.logged_in("bob").await;
    other.get("/dashboard").await.does_not_say("overdue");
}

#[tokio::test]
async fn access_is_restricted_and_returns_when_all_of_it_is_paid_in_one_step() {
    let world = unpaid();
    world.pass(48 * 60);
    let invoice = world.account(world.alice).invoices[0].id;
    world.run(world.alice, Command::RetryPayment { invoice, number: 1 });
    world.settle(world.alice, Some("the card was declined"));
    world.run(world.alice, Command::RestrictAccess { invoice });
    world.provision(world.alice, None);
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    browser.get(&service).await.says("Restricted");
    browser
        .get(&format!("{service}/change"))
        .await
        .says("Access to this service is restricted until all open invoices");
    let page = browser.get("/billing").await;
    page.says("Access is restricted: €20.00 is unpaid");
    page.says("Access returns as soon as all of it is paid.");
    let key = page.field("key");
    for _ in 0..2 {
        let answer = browser.submit("/billing/pay", &[("key", &key), ("method", "card_pays")]).await;
        assert_eq!((answer.status, answer.location().as_str()), (StatusCode::SEE_OTHER, "/billing?notice=paying"));
    }
    let running = world.account(world.alice).attempts.iter().filter(|attempt| attempt.state.is_running()).count();
    assert_eq!(running, 1, "a double click is one payment");
    world.settle(world.alice, None);
    world.provision(world.alice, None);
    browser.get("/dashboard").await.does_not_say("restricted");
    browser.get(&service).await.does_not_say("Restricted");
}
