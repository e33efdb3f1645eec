//! Tax, plan credits and changes of the next period, as staff see and handle them.

use axum::http::StatusCode;

use crate::world::{STOREFRONT, World};
use crate::{order, review, service, staff};

#[tokio::test]
async fn the_preview_and_the_sheet_add_up_with_tax() {
    let world = World::with_hours("team");
    let mut sam = staff(&world).await;
    let chooser = sam.get(&format!("{}/change?plan=large", service(&world, world.alice))).await;
    chooser.says("VAT 19 % €2.66 Total €16.66 The customer pays €16.66");
    chooser.says("40 of 40 hours left; 120 hours after the change.");
    chooser.says("The next invoice is €50.00 plus VAT 19 % on 1 May 2027.");
    chooser.says("All prices plus VAT 19 %.");
    let review = review(&world, &mut sam, "plan=large").await;
    let ordered = order(&world, &mut sam, &review, "bank_transfer").await;
    let change = sam.get(&ordered.location()).await;
    change.says("VAT 19 % €2.66 Total €16.66 Due €16.66");
    change.says("Made when it is paid");
    let invoice = world.account(world.alice).invoices.first().expect("an open invoice").id;
    let sheet = sam.get(&format!("/admin/documents/{invoice}")).await;
    sheet.says("Sum without tax €14.00 VAT 19 % €2.66 Total €16.66 To be paid €16.66");
    sheet.says("Tax owed to the tax office");
    let page = sam.get(&service(&world, world.alice)).await;
    page.says("Net Tax Paid of net");
    page.says("€20.00 €3.80 VAT 19 % €20.00");
}

#[tokio::test]
async fn the_preview_says_for_how_many_days_hours_are_shared() {
    let world = World::with_hours_and_terms("credits = \"prorate\"");
    let mut sam = staff(&world).await;
    let shared = "40 of 40 hours left; 58 hours after the change. For 14 of 30 days, 80 hours count instead of 40 hours: \
                  58 hours in this period.";
    let chooser = sam.get(&format!("{}/change?plan=large", service(&world, world.alice))).await;
    chooser.says(shared);
    review(&world, &mut sam, "plan=large").await.says(shared);
}

#[tokio::test]
async fn hours_are_used_by_staff_and_never_more_than_are_left() {
    let world = World::with_hours("team");
    let mut sam = staff(&world).await;
    let page = sam.get(&service(&world, world.alice)).await;
    page.says("40 of 40 hours left");
    page.says("Use hours");
    let address = format!("{}/credits", service(&world, world.alice));
    let form = sam.get(&address).await;
    form.says("Use hours");
    let key = form.field("key");
    for (wrong, words) in [
        ("", "Write a whole number from 1 on."),
        ("0", "Write a whole number from 1 on."),
        ("2.5", "Write a whole number from 1 on."),
        ("41", "Only 40 hours are left. Nothing was used."),
    ] {
        let page = sam.submit(&address, &[("key", &key), ("amount", wrong)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        page.says(words);
    }
    let used = sam.submit(&address, &[("key", &key), ("amount", "28")]).await;
    assert_eq!(used.status, StatusCode::SEE_OTHER, "{}", used.words());
    sam.get(&used.location()).await.says("12 of 40 hours left");
    // The same form twice is used once.
    sam.submit(&address, &[("key", &key), ("amount", "28")]).await;
    assert_eq!(world.subscription(world.alice).credits.map(|credits| credits.left), Some(12));
    // Where a plan gives none there is no form.
    let plain = World::new();
    let mut sam = staff(&plain).await;
    let missing = sam.get(&format!("{}/credits", service(&plain, plain.alice))).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn hours_of_another_storefront_of_the_book_are_used_as_well() {
    let plain = STOREFRONT.replace("storefront = \"vps\"", "storefront = \"plain\"");
    let world = World::serving("plain", &[&plain, &World::storefront_with_hours("team")]);
    let mut sam = staff(&world).await;
    let address = format!("{}/credits", service(&world, world.alice));
    let key = sam.get(&address).await.field("key");
    let used = sam.submit(&address, &[("key", &key), ("amount", "28")]).await;
    sam.get(&used.location()).await.says("12 of 40 hours left");
}

#[tokio::test]
async fn staff_plan_a_change_replace_it_and_withdraw_it() {
    let world = World::with_hours("team");
    let mut sam = staff(&world).await;
    let small = review(&world, &mut sam, "plan=small&when=period_end").await;
    small.says("The change is planned: the plan, the recurring price and the server change on 1 May 2027.");
    small.says("Plan the change for 1 May 2027");
    let planned = order(&world, &mut sam, &small, "").await;
    let change = sam.get(&planned.location()).await;
    change.says("Change planned");
    change.says("Made with the next period, on 1 May 2027");
    let page = sam.get(&service(&world, world.alice)).await;
    page.says("A change is planned");
    page.says("Standard to Small is made with the next period, on 1 May 2027. Nothing is to pay now.");
    page.says("Next invoice €10.00 plus VAT 19 % on 1 May 2027");
    page.says("Change plan");
    sam.get("/admin/services").await.says("Standard, to Small on 1 May 2027");
    let chooser = sam.get(&format!("{}/change?plan=large", service(&world, world.alice))).await;
    chooser.says("Standard to Small is planned for 1 May 2027. What you choose here takes its place.");
    let large = review(&world, &mut sam, "plan=large&when=period_end").await;
    let planned = order(&world, &mut sam, &large, "").await;
    sam.get(&planned.location()).await.says("and is Large from then on");
    let change = world.subscription(world.alice).change.expect("a planned change").id;
    let withdraw = format!("/admin/changes/{change}/withdraw");
    let form = sam.get(&withdraw).await;
    form.does_not_say("cancelled by a credit note");
    let done = sam.submit(&withdraw, &[("key", &form.field("key"))]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    sam.get(&done.location()).await.says("The plan stays as it was, and nothing is owed for the change.");
}
