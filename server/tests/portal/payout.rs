//! Balance that the customer asks for as cash.

use axum::http::StatusCode;
use billing::command::Command;
use billing::money::Money;

use super::world::{PASSWORD, World};

/// 400.00 came in beside 5.00 that were granted, and cash costs 10 %.
fn rich(terms: &str) -> World {
    let world = World::with_terms(terms);
    let euro = world.account(world.alice).currency;
    let (amount, reference) = (Money::new(40_000, euro), "by mistake".to_owned());
    world.run(world.alice, Command::ReceiveTransfer { invoice: None, amount, reference });
    let (amount, reason) = (Money::new(500, euro), "sorry".to_owned());
    world.run(world.alice, Command::GrantGoodwill { amount, reason });
    world
}

#[tokio::test]
async fn balance_is_asked_for_as_cash_with_the_password_and_leaves_it_at_once() {
    let world = rich("cash_out_fee = \"10\"");
    let mut browser = world.logged_in("alice").await;
    browser.get("/balance").await.says("Pay balance out");
    let page = browser.get("/balance/payout").await;
    page.says("At most €400.00. What we gave you as a goodwill gesture cannot be paid out.");
    for (typed, why) in [
        ("400.01", "At most €400.00 can be paid out."),
        ("-3", "Please enter an amount above zero, such as 400.00."),
        ("lots", "Please enter an amount above zero"),
    ] {
        let again = browser.get(&format!("/balance/payout?amount={typed}")).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        again.says(why);
    }
    let offer = browser.get("/balance/payout?amount=400.00").await;
    offer.says("You get €360.00");
    offer.says("Fee of 10%");
    let key = offer.field("key");
    let with = |to: &'static str, password: &'static str, fee: &'static str| {
        [
            ("key", key.clone()),
            ("amount", "400.00".to_owned()),
            ("fee", fee.to_owned()),
            ("to", to.to_owned()),
            ("password", password.to_owned()),
        ]
    };
    // What is wrong is said at its place, and what was typed is kept.
    for (sent, why) in [
        (with("Ada, NO93", "wrong", "40.00"), "This is not your present password."),
        (with(" ", PASSWORD, "40.00"), "Please say where the money shall go, in at most 140 characters."),
        (with("Ada, NO93", PASSWORD, "39.00"), "The fee is another one than was shown."),
    ] {
        let fields: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = browser.submit("/balance/payout", &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.words());
        again.says(why);
        assert!(again.body.contains(sent[3].1.trim()));
        again.says("You get €360.00");
    }
    assert_eq!(world.account(world.alice).balance.minor, 40_500);

    let sent = with("Ada, NO93", PASSWORD, "40.00");
    let fields: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = browser.submit("/balance/payout", &fields).await;
    assert_eq!((done.status, done.location().as_str()), (StatusCode::SEE_OTHER, "/balance?notice=payout"));
    let twice = browser.submit("/balance/payout", &fields).await;
    assert_eq!(twice.location(), done.location(), "a double click is one payout");
    let balance = browser.get(&done.location()).await;
    balance.says("€360.00 is being paid out to you.");
    balance.says("€5.00");
    balance.says("Paid out with PAY-2027-0001");
    balance.does_not_say("Pay balance out");
    let account = world.account(world.alice);
    let payout = account.payout.expect("a payout on its way");
    assert_eq!((payout.amount.minor, payout.fee.minor, payout.to.as_str()), (40_000, 4_000, "Ada, NO93"));
    let document = browser.get(&format!("/documents/{}", payout.id)).await;
    document.says("Taken off your balance");
    document.says("Of 400.00 EUR of your balance, 360.00 EUR is paid out.");
    document.says("The fee of 10% is 40.00 EUR.");
    browser.get("/balance/payout?amount=1.00").await.says("A payout is on its way to you already.");
}

#[tokio::test]
async fn where_the_policy_has_no_fee_nobody_is_offered_cash() {
    let world = rich("");
    let mut browser = world.logged_in("alice").await;
    browser.get("/balance").await.does_not_say("Pay balance out");
    let asked = browser.get("/balance/payout?amount=1.00").await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked.says("Balance is not paid out here. It pays your next invoices.");
}
