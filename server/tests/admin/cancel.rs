//! Staff cancel a service for a customer, and take it back.

use axum::http::StatusCode;

use super::world::World;
use super::{service, staff};

#[tokio::test]
async fn staff_cancel_with_the_period_take_it_back_and_cancel_now() {
    let world = World::new();
    world.provision(world.alice, None);
    let mut sam = staff(&world).await;
    let address = service(&world, world.alice);
    sam.get(&address).await.says("Cancel");
    let form = sam.get(&format!("{address}/cancel")).await;
    form.says("until then the cancellation can be taken back");
    let (quote, key) = (form.field("quote"), form.field("key"));
    let fields = [("quote", quote.as_str()), ("key", key.as_str()), ("reason", "asked by phone")];
    let done = sam.submit(&format!("{address}/cancel"), &fields).await;
    assert_eq!(done.location(), format!("{address}?done=cancelled"), "{}", done.words());
    let cancelled = sam.get(&done.location()).await;
    cancelled.says("Take the cancellation back");
    cancelled.says("It is cancelled and ends with its period. Take the cancellation back before it is changed.");
    cancelled.does_not_say("Change plan");
    let twice = sam.get(&format!("{address}/cancel")).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let form = sam.get(&format!("{address}/keep")).await;
    let kept = sam.submit(&format!("{address}/keep"), &[("key", &form.field("key"))]).await;
    assert_eq!(kept.location(), format!("{address}?done=kept"));

    let form = sam.get(&format!("{address}/cancel?when=now")).await;
    form.says("To the balance");
    form.says("This cannot be taken back.");
    let (quote, key) = (form.field("quote"), form.field("key"));
    let fields = [("quote", quote.as_str()), ("key", key.as_str()), ("reason", "")];
    let done = sam.submit(&format!("{address}/cancel"), &fields).await;
    assert_eq!(done.location(), format!("{address}?done=cancelled"));
    let ended = sam.get(&done.location()).await;
    ended.does_not_say("Change plan");
    assert!(world.account(world.alice).balance.is_positive());
    let again = sam.get(&format!("{address}/cancel")).await;
    again.says("has ended");
}
