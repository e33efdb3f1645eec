//! Staff pay balance out: for a customer who calls, and what customers asked for.

use axum::http::StatusCode;
use billing::command::Command;
use billing::money::Money;

use super::staff;
use super::world::World;

fn rich() -> World {
    let world = World::with_terms("cash_out_fee = \"10\"");
    let euro = world.account(world.alice).currency;
    let (amount, reference) = (Money::new(40_000, euro), "T-1".to_owned());
    world.run(world.alice, Command::ReceiveTransfer { invoice: None, amount, reference });
    world
}

#[tokio::test]
async fn staff_ask_for_a_payout_send_it_and_say_so_once() {
    let world = rich();
    let mut sam = staff(&world).await;
    let address = format!("/admin/customers/{}/payout", world.alice);
    sam.get(&format!("/admin/customers/{}", world.alice)).await.says("Pay out");
    let form = sam.get(&address).await;
    form.says("Can be paid out €400.00");
    form.says("Fee of the policy 10%");
    let key = form.field("key");
    let too_much = sam.submit(&address, &[("key", &key), ("amount", "400.01"), ("to", "Ada, NO93")]).await;
    assert_eq!(too_much.status, StatusCode::UNPROCESSABLE_ENTITY);
    too_much.says("At most 400.00 EUR of the balance can be paid out");
    let nowhere = sam.submit(&address, &[("key", &key), ("amount", "400.00"), ("to", " ")]).await;
    nowhere.says("To must have 1 to 140 characters");
    let fields = [("key", key.as_str()), ("amount", "400.00"), ("to", "Ada, NO93")];
    let done = sam.submit(&address, &fields).await;
    assert_eq!(done.location(), "/admin/payments/payouts?done=payout");
    assert_eq!(sam.submit(&address, &fields).await.location(), done.location(), "a double click is one payout");

    let list = sam.get(&done.location()).await;
    list.says("Payout asked for");
    list.says("To be sent");
    list.says("€360.00");
    let payout = world.account(world.alice).payout.expect("a payout").id;
    let sent = format!("/admin/payouts/{payout}/sent");
    let form = sam.get(&sent).await;
    form.says("Where to Ada, NO93");
    form.says("€360.00 was sent");
    let key = form.field("key");
    // A reference that another transfer has is of that one.
    let known = sam.submit(&sent, &[("key", &key), ("note", "T-1")]).await;
    assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
    known.says("Another transfer has this reference already. Nothing was booked.");
    let key = known.field("key");
    let noted = sam.submit(&sent, &[("key", &key), ("note", "T-2")]).await;
    assert_eq!(noted.location(), "/admin/payments/payouts?done=payout-sent");
    sam.get("/admin/payments/payouts?state=sent").await.says("T-2");
    // It is closed: its document says so.
    assert_eq!(sam.get(&sent).await.location(), format!("/admin/documents/{payout}"));
    let document = sam.get(&format!("/admin/documents/{payout}")).await;
    document.says("Fees on payouts");
    document.says("Money in the bank");
    assert!(world.account(world.alice).payout.is_none());
}

#[tokio::test]
async fn a_payout_that_cannot_be_sent_goes_back_to_the_balance_whole() {
    let world = rich();
    let mut sam = staff(&world).await;
    let address = format!("/admin/customers/{}/payout", world.alice);
    let key = sam.get(&address).await.field("key");
    sam.submit(&address, &[("key", &key), ("amount", "100.00"), ("to", "Ada, NO93")]).await;
    let payout = world.account(world.alice).payout.expect("a payout").id;
    let returned = format!("/admin/payouts/{payout}/returned");
    let key = sam.get(&returned).await.field("key");
    let silent = sam.submit(&returned, &[("key", &key), ("note", "")]).await;
    silent.says("Reason must have 1 to 200 characters");
    let back = sam.submit(&returned, &[("key", &key), ("note", "The account is closed")]).await;
    assert_eq!(back.location(), "/admin/payments/payouts?done=payout-returned");
    sam.get("/admin/payments/payouts?state=returned").await.says("The account is closed");
    assert_eq!(world.account(world.alice).balance.minor, 40_000);
}
