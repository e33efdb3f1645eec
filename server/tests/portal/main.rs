//! The portal as a browser meets it: real pages, real forms, a real book on SQLite. What a page looks like is tested in
//! `pages.rs`; here is what requests do.

mod cancel;
mod dunning;
mod language;
mod payout;
mod terms;
mod world;

use axum::http::StatusCode;
use billing::account::ChangeState;
use billing::command::Command;
use billing::money::Money;
use world::{Browser, PASSWORD, Page, World};

/// The review of a choice, ready to be sent.
async fn review(world: &World, browser: &mut Browser, choice: &str) -> Page {
    let page = browser.get(&format!("{}/change/review?{choice}", world.service(world.alice))).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    page
}

/// Sends what a review shows.
async fn send(world: &World, browser: &mut Browser, review: &Page, method: Option<&str>) -> Page {
    let (quote, key) = (review.field("quote"), review.field("key"));
    let mut fields = vec![("quote", quote.as_str()), ("key", key.as_str())];
    fields.extend(method.map(|method| ("method", method)));
    browser.submit(&format!("{}/change", world.service(world.alice)), &fields).await
}

#[tokio::test]
async fn whoever_is_not_logged_in_is_asked_to_and_comes_back() {
    let world = World::new();
    let mut browser = world.browser();
    assert_eq!(browser.get("/").await.location(), "/login");
    for path in ["/dashboard", "/services", "/billing", "/documents", "/balance", "/settings"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.location(), format!("/login?next={path}"));
    }
    let form = browser.get("/login?next=/balance").await;
    assert_eq!(form.field("next"), "/balance");
    let fields = [("email", "Alice@Example.org"), ("password", PASSWORD), ("next", "/balance")];
    assert_eq!(browser.post("/login", &fields).await.location(), "/balance");
    assert_eq!(browser.get("/balance").await.status, StatusCode::OK);
    assert_eq!(browser.get("/").await.location(), "/dashboard");
    assert_eq!(browser.get("/style-guide").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_address_and_a_wrong_password_get_one_answer_and_the_address_is_kept() {
    let world = World::new();
    let mut browser = world.browser();
    let wrong = browser.post("/login", &[("email", "alice@example.org"), ("password", "no"), ("next", "")]).await;
    let nobody = browser.post("/login", &[("email", "nobody@example.org"), ("password", "no"), ("next", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(wrong.words(), nobody.words());
    assert!(wrong.body.contains("value=\"alice@example.org\""));
    wrong.says("do not belong together");
}

#[tokio::test]
async fn nobody_is_sent_to_another_server_by_the_login_and_staff_go_to_the_admin() {
    let world = World::new();
    let mut browser = world.browser();
    let fields = [("email", "alice@example.org"), ("password", PASSWORD), ("next", "//evil.example")];
    assert_eq!(browser.post("/login", &fields).await.location(), "/dashboard");
    let mut browser = world.browser();
    let fields = [("email", "staff@fjordhost.example"), ("password", PASSWORD), ("next", "/dashboard")];
    assert_eq!(browser.post("/login", &fields).await.location(), "/admin");
    assert_eq!(browser.get("/dashboard").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/").await.location(), "/admin");
}

#[tokio::test]
async fn after_the_log_out_the_session_is_over() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    assert_eq!(browser.post("/logout", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.submit("/logout", &[]).await.location(), "/login?notice=logged-out&at=vps");
    assert_eq!(browser.get("/dashboard").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_pages_of_the_menu_say_what_the_customer_has() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let dashboard = browser.get("/dashboard").await;
    dashboard.says("web-1.example.net");
    dashboard.says("Everything is paid.");
    dashboard.says("on 1 May 2027");
    let services = browser.get("/services").await;
    services.says("Standard");
    services.says("Change plan");
    services.says("30 April 2027");
    let service = browser.get(&world.service(world.alice)).await;
    service.says("2 processors, 4 GB memory, 80 GB disk");
    service.says("1–30 April 2027");
    service.says("INV-2027-0001");
    service.says("As ordered");
    browser.get("/billing").await.says("INV-2027-0001");
    browser.get("/documents").await.says("Invoice");
    browser.get("/balance").await.says("Nothing has moved yet");
    browser.get("/settings").await.says("Europe/Berlin");
}

#[tokio::test]
async fn the_chooser_shows_every_plan_and_why_one_cannot_be_had() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let address = format!("{}/change", world.service(world.alice));
    let page = browser.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("Your plan");
    page.says("4 processors instead of 2");
    page.says("+€30.00");
    page.says("\u{2212}€10.00");
    page.says("You cannot move from Standard to Max yourself. Write to help@fjordhost.example");
    page.does_not_say("Due today");
    let page = browser.get(&format!("{address}?plan=large&cycle=month&option_memory=0")).await;
    page.says("Upgrade: Standard to Large");
    page.says("Standard, 14 of 30 days unused 17–30 April 2027");
    page.says("Due today €14.00");
    page.says("Your next invoice is €50.00 on 1 May 2027.");
    page.says("As soon as the invoice is paid, for about 40 seconds.");
    let page = browser.get(&format!("{address}?plan=max")).await;
    page.says("You cannot move from Standard to Max yourself");
    page.does_not_say("Continue");
}

#[tokio::test]
async fn an_option_and_a_cycle_are_priced_with_the_plan() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let address = format!("{}/change", world.service(world.alice));
    let page = browser.get(&format!("{address}?plan=standard&cycle=month&option_memory=2")).await;
    page.says("Upgrade: Standard with Extra memory × 2");
    page.says("Extra memory × 2, 14 of 30 days");
    page.says("6 GB memory instead of 4 GB");
    let page = browser.get(&format!("{address}?plan=standard&cycle=year&option_memory=0")).await;
    page.says("Standard, paid yearly");
    page.says("€40.00 less in a year.");
    page.says("A new period begins with the change");
    // Of the cycle that is not chosen its card says so.
    browser.get(&address).await.says("A new period begins on the day of the change.");
    // Large has no price for a year: said, not guessed.
    let page = browser.get(&format!("{address}?plan=large&cycle=year&option_memory=0")).await;
    page.says("Large cannot be paid per year in EUR.");
    page.says("no price");
    page.does_not_say("€0.00 per year");
}

#[tokio::test]
async fn a_choice_that_cannot_be_read_is_refused_in_words() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let address = format!("{}/change", world.service(world.alice));
    for (query, words) in [
        ("option_memory=-1", "is not a quantity"),
        ("option_memory=99999999999", "is not a quantity"),
        ("option_=1", "There is no field"),
        ("size=9", "There is no field"),
        ("cycle=fortnight", "is not a billing cycle"),
        ("plan=small&plan=large", "is given twice"),
    ] {
        let page = browser.get(&format!("{address}?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        page.says(words);
    }
    let page = browser.get(&format!("{address}?option_memory=17")).await;
    page.says("There can be at most 16 of Extra memory.");
    for query in ["plan=nothing", "plan=standard", "option_disk=1", "plan=max"] {
        let page = browser.get(&format!("{address}/review?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        page.says("Nothing was changed");
        page.says("Choose a plan");
    }
}

#[tokio::test]
async fn an_upgrade_is_reviewed_ordered_paid_and_done() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let review = review(&world, &mut browser, "plan=large").await;
    review.says("Due today €14.00");
    review.says("20.00 EUR for 30 days; 14 of them remain, the day of the change included: 9.33 EUR");
    review.says("The server restarts");
    review.says("This offer holds until 17 April 2027, 09:42 CEST.");
    review.says("Upgrade to Large and pay €14.00");

    let sent = send(&world, &mut browser, &review, Some("card_pays")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let page = browser.get(&sent.location()).await;
    assert!(page.notice().contains("Upgrade ordered"), "{}", page.notice());
    assert!(!page.notice().to_lowercase().contains("downgrade"));
    page.says("Your payment of €14.00 is on its way.");
    assert!(page.body.contains("data-poll"));
    assert_eq!(world.subscription(world.alice).plan().code, "standard");

    world.settle(world.alice, None);
    let page = browser.get(&sent.location()).await;
    page.says("The server is being resized and restarts once.");
    browser.get("/dashboard").await.says("Standard to Large");
    assert_eq!(world.subscription(world.alice).plan().code, "large");

    world.provision(world.alice, None);
    let page = browser.get(&sent.location()).await;
    page.says("what was on its disk is still there");
    page.says("Invoice over €14.00");
    assert!(!page.body.contains("data-poll"));
    browser.get("/services").await.says("Large");
}

#[tokio::test]
async fn an_upgrade_by_transfer_shows_the_invoice_ready_to_pay() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let review = review(&world, &mut browser, "plan=large").await;
    let sent = send(&world, &mut browser, &review, Some("bank_transfer")).await;
    assert!(sent.location().starts_with("/documents/doc_"), "{}", sent.location());
    let page = browser.get(&sent.location()).await;
    assert!(page.notice().contains("Upgrade ordered"), "{}", page.notice());
    page.says("Upgrade of web-1.example.net: Standard to Large");
    page.says("Account NO93 8601 1117 947 Reference INV-2027-0003");
    page.says("Pay €14.00");
    page.says("The change is made when this invoice is paid.");

    // A card that is declined changes nothing; the page says so and offers the other ways.
    let (path, key) = (sent.location(), page.field("key"));
    let path = path.split('?').next().unwrap_or_default().to_owned();
    let paid = browser.submit(&format!("{path}/pay"), &[("key", &key), ("method", "card_declines")]).await;
    assert!(paid.location().starts_with("/changes/chg_"));
    browser.get(&paid.location()).await.says("Your payment of €14.00 is on its way.");
    let running = browser.get(&path).await;
    running.says("Please do not pay twice.");
    assert!(running.headers.contains_key("refresh"));
    world.settle(world.alice, Some("the card was declined"));
    let page = browser.get(&paid.location()).await;
    page.says("The last payment did not go through: the card was declined. Nothing was charged");
    assert!(page.body.contains("value=\"card_pays\""));

    let key = page.field("key");
    let paid = browser.submit(&format!("{path}/pay"), &[("key", &key), ("method", "card_pays")]).await;
    assert_eq!(paid.status, StatusCode::SEE_OTHER);
    world.settle(world.alice, None);
    browser.get(&path).await.says("Paid by card on 17 April 2027");
    let late = browser.submit(&format!("{path}/pay"), &[("key", &"0".repeat(32)), ("method", "card_pays")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("This invoice is not open any more: there is nothing to pay.");
}

#[tokio::test]
async fn a_downgrade_puts_the_difference_on_the_balance_and_is_called_a_downgrade() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let review = review(&world, &mut browser, "plan=small").await;
    review.says("To your balance €4.66");
    review.says("Downgrade to Small, €4.66 to your balance");
    review.does_not_say("How do you want to pay?");
    let sent = send(&world, &mut browser, &review, None).await;
    let page = browser.get(&sent.location()).await;
    let notice = page.notice();
    assert!(notice.contains("Downgrade to Small complete"), "{notice}");
    assert!(notice.contains("€4.66 is on your balance."), "{notice}");
    assert!(!notice.to_lowercase().contains("upgrade"), "{notice}");
    page.says("Credit note over €4.66");
    let balance = browser.get("/balance").await;
    balance.says("€4.66");
    balance.says("CN-2027-0001");
    let documents = browser.get("/documents").await;
    documents.says("Credit note");
    let id = world.app.engine().store().document_by_number(Some(world.alice), "vps", "CN-2027-0001");
    let id = id.expect("a readable book").expect("the credit note").document.id;
    let note = browser.get(&format!("/documents/{id}")).await;
    note.says("Downgrade of web-1.example.net: Standard to Small");
    note.says("€4.66 went to your balance.");
    note.does_not_say("How do you want to pay?");
}

#[tokio::test]
async fn a_double_click_is_one_change() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let review = review(&world, &mut browser, "plan=large").await;
    let first = send(&world, &mut browser, &review, Some("card_pays")).await;
    let second = send(&world, &mut browser, &review, Some("card_pays")).await;
    assert_eq!(first.location(), second.location());
    // The same form with another way to pay leads to the change that it ordered.
    let other = send(&world, &mut browser, &review, Some("bank_transfer")).await;
    assert_eq!(other.location(), first.location().replace("notice=ordered", "notice=open"));
    assert_eq!(world.account(world.alice).attempts.len(), 1);
}

#[tokio::test]
async fn a_second_tab_meets_the_open_change_and_nothing_more_is_charged() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    let down = review(&world, &mut browser, "plan=small").await;
    let first = send(&world, &mut browser, &up, Some("bank_transfer")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let second = send(&world, &mut browser, &down, None).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.words());
    assert!(second.notice().contains("Nothing was changed"), "{}", second.notice());
    second.says("See the change");
    second.says("Choose a plan");
    let chooser = browser.get(&format!("{}/change", world.service(world.alice))).await;
    assert!(chooser.location().ends_with("?notice=open"));
    browser.get(&chooser.location()).await.says("This upgrade is already on its way");
    browser.get("/services").await.says("Upgrade to Large, to be paid");
}

#[tokio::test]
async fn a_quote_that_no_longer_holds_is_shown_beside_the_new_one() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    let euro = world.account(world.alice).currency;
    let goodwill = Command::GrantGoodwill { amount: Money::new(500, euro), reason: "sorry".to_owned() };
    world.run(world.alice, goodwill);
    let page = send(&world, &mut browser, &up, Some("card_pays")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("What you saw");
    page.says("Your service or your balance has changed since you saw the amount.");
    page.says("Now €9.00 is due today; when you saw it, it said that €14.00 is due today.");
    page.says("Nothing was changed and nothing was charged.");
    page.says("Go on with €9.00");
    assert!(world.subscription(world.alice).change.is_none());
    // The one button leads to a fresh offer of the same choice.
    let href = page.body.split("class=\"button primary\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let href = href.expect("one button to go on").replace("&#38;", "&").replace("&amp;", "&");
    let fresh = browser.get(&href).await;
    fresh.says("Upgrade to Large and pay €9.00");
}

#[tokio::test]
async fn an_offer_ends_when_it_said_and_at_midnight() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    world.pass(31);
    let page = send(&world, &mut browser, &up, Some("card_pays")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("This offer held until 17 April 2027, 09:42 CEST.");
    page.says("What you pay or get back today is the same as before.");
    let up = review(&world, &mut browser, "plan=large").await;
    world.pass(24 * 60);
    let page = send(&world, &mut browser, &up, Some("card_pays")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("13 of 30 days");
}

#[tokio::test]
async fn a_new_price_list_is_named_as_what_changed() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    let dearer = world::STOREFRONT.replace("\"50.00\"", "\"60.00\"");
    let dearer = billing::catalogue::Catalogue::from_toml(&dearer).expect("a catalogue");
    world.app.engine().publish(&dearer, world.app.now()).expect("a published catalogue");
    let page = send(&world, &mut browser, &up, Some("card_pays")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("The price list has changed since you saw the amount.");
}

#[tokio::test]
async fn a_change_can_be_withdrawn_while_nothing_has_happened() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    send(&world, &mut browser, &up, Some("bank_transfer")).await;
    let change = world.subscription(world.alice).change.expect("an open change").id;
    let path = format!("/changes/{change}");
    let page = browser.get(&path).await;
    page.says("Withdraw this change");
    page.says("Waiting for payment");
    let key = page.field("key");
    let answer = browser.submit(&format!("{path}/withdraw"), &[("key", &key)]).await;
    assert_eq!(answer.location(), format!("{path}?notice=withdrawn"));
    let page = browser.get(&answer.location()).await;
    assert!(page.notice().contains("Upgrade withdrawn"), "{}", page.notice());
    page.says("nothing was charged");
    page.does_not_say("Withdraw this change");
    browser.get("/billing").await.says("Cancelled");
    let again = browser.submit(&format!("{path}/withdraw"), &[("key", &"0".repeat(32))]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.says("There is nothing left to withdraw.");
}

#[tokio::test]
async fn an_unpaid_change_lapses_and_asks_for_nothing_any_more() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    send(&world, &mut browser, &up, Some("bank_transfer")).await;
    let change = world.subscription(world.alice).change.expect("an open change");
    let ChangeState::AwaitsPayment { .. } = change.state else { panic!("{:?}", change.state) };
    world.pass(72 * 60 + 1);
    let page = browser.get(&format!("/changes/{}", change.id)).await;
    page.says("Lapsed");
    page.does_not_say("Pay €14.00");
    world.run(world.alice, Command::LapsePlanChange { change: change.id });
    let page = browser.get(&format!("/changes/{}", change.id)).await;
    page.says("The invoice was not paid in time, so nothing changed.");
}

#[tokio::test]
async fn a_machine_that_cannot_be_resized_is_said_plainly() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let down = review(&world, &mut browser, "plan=small").await;
    let sent = send(&world, &mut browser, &down, None).await;
    world.provision(world.alice, Some("the disk is too full: secret detail"));
    let page = browser.get(&sent.location()).await;
    page.says("the server could not be resized yet. We know of it and look after it.");
    page.does_not_say("secret detail");
}

#[tokio::test]
async fn what_belongs_to_another_customer_is_not_there() {
    let world = World::new();
    let mut alice = world.logged_in("alice").await;
    let up = review(&world, &mut alice, "plan=large").await;
    send(&world, &mut alice, &up, Some("bank_transfer")).await;
    let change = world.subscription(world.alice).change.expect("an open change");
    let document = change.document.expect("its invoice");
    let (service, mut bob) = (world.service(world.alice), world.logged_in("bob").await);
    let unknown = bob.get("/services/srv_00000000000000000000000000000000").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let pages = [
        service.clone(),
        format!("{service}/change"),
        format!("{service}/change/review?plan=large"),
        format!("/changes/{}", change.id),
        format!("/documents/{document}"),
        "/services/nonsense".to_owned(),
        "/documents/INV-2027-0001".to_owned(),
    ];
    for path in pages {
        let page = bob.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        let number = |page: &Page| page.words().split("Number of this request").next().map(str::to_owned);
        assert_eq!(number(&page), number(&unknown), "{path}");
    }
    let key = "0".repeat(32);
    let quote = up.field("quote");
    let sent = bob.submit(&format!("{service}/change"), &[("quote", &quote), ("key", &key)]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    let own = world.service(world.bob);
    let sent = bob.submit(&format!("{own}/change"), &[("quote", &quote), ("key", &key), ("method", "card_pays")]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let paid = bob.submit(&format!("/documents/{document}/pay"), &[("key", &key), ("method", "card_pays")]).await;
    assert_eq!(paid.status, StatusCode::NOT_FOUND);
    let taken = bob.submit(&format!("/changes/{}/withdraw", change.id), &[("key", &key)]).await;
    assert_eq!(taken.status, StatusCode::NOT_FOUND);
    assert!(world.subscription(world.alice).change.is_some_and(|change| change.is_open()));
    assert!(world.subscription(world.bob).change.is_none());
}

#[tokio::test]
async fn a_form_without_its_token_or_with_something_of_its_own_does_nothing() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    let (quote, key, path) = (up.field("quote"), up.field("key"), format!("{}/change", world.service(world.alice)));
    let fields = [("quote", quote.as_str()), ("key", key.as_str()), ("method", "card_pays")];
    assert_eq!(browser.post(&path, &fields).await.status, StatusCode::FORBIDDEN);
    let mut forged = fields.to_vec();
    forged.push(("csrf", "made-up"));
    assert_eq!(browser.post(&path, &forged).await.status, StatusCode::FORBIDDEN);
    for extra in [("due", "0"), ("price", "1")] {
        let mut more = fields.to_vec();
        more.push(extra);
        assert_eq!(browser.submit(&path, &more).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wrong = [("quote", "made.up"), ("key", key.as_str()), ("method", "card_pays")];
    assert_eq!(browser.submit(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = [("quote", quote.as_str()), ("key", key.as_str()), ("method", "cash")];
    assert_eq!(browser.submit(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Without a way to pay the review comes back and says so.
    let again = browser.submit(&path, &fields[..2]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.says("Choose how you want to pay.");
    assert!(world.subscription(world.alice).change.is_none());
    for path in ["/settings/password", "/logout"] {
        let fields = [("current_password", "a"), ("new_password", "b"), ("repeat_password", "c")];
        let fields = if path == "/logout" { &fields[..0] } else { &fields[..] };
        assert_eq!(browser.post(path, fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_password_is_changed_only_with_the_present_one() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let mut elsewhere = world.logged_in("alice").await;
    let change = |now: &'static str, new: &'static str, again: &'static str| {
        [("current_password", now), ("new_password", new), ("repeat_password", again)]
    };
    let page = browser.submit("/settings/password", &change(PASSWORD, "long enough words", "other words here")).await;
    page.says("The two new passwords differ.");
    let page = browser.submit("/settings/password", &change(PASSWORD, "short", "short")).await;
    page.says("This password is too short.");
    let page = browser.submit("/settings/password", &change("wrong", "long enough words", "long enough words")).await;
    page.says("This is not your present password.");
    let done = browser.submit("/settings/password", &change(PASSWORD, "long enough words", "long enough words")).await;
    assert_eq!(done.location(), "/settings?notice=password");
    browser.get("/settings?notice=password").await.says("Password changed");
    assert_eq!(elsewhere.get("/dashboard").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_notice_is_never_a_text_of_the_address() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let page = browser.get("/settings?notice=You+have+won").await;
    assert_eq!(page.status, StatusCode::OK);
    page.does_not_say("You have won");
}
