//! The admin as a browser meets it: real pages, real forms, a real book on SQLite. What each page looks like is tested in
//! `pages.rs` of this folder; here is what requests do.

mod cancel;
mod pages;
mod payout;
mod terms;
#[path = "../portal/world.rs"]
#[expect(dead_code, reason = "the world of the portal's tests; this program uses a part of it")]
mod world;

use axum::http::{StatusCode, header};
use billing::command::Command;
use billing::id::AccountId;
use billing::ledger::LedgerAccount;
use billing::service::Progress;
use store::{DocumentFilter, LogFilter, PostingFilter, Window};
use world::{Browser, PASSWORD, Page, World};

/// A browser in which staff are logged in.
async fn staff(world: &World) -> Browser {
    let mut browser = world.browser();
    let fields = [("email", "staff@fjordhost.example"), ("password", PASSWORD), ("next", "/admin")];
    assert_eq!(browser.post("/login", &fields).await.location(), "/admin");
    let customers = browser.get("/admin/customers").await;
    browser.csrf = customers.field("csrf");
    browser
}

/// The admin's page of an account's one service.
fn service(world: &World, account: AccountId) -> String {
    format!("/admin/services/{}", world.subscription(account).service.id)
}

/// The review of a choice, ready to be sent.
async fn review(world: &World, browser: &mut Browser, choice: &str) -> Page {
    let page = browser.get(&format!("{}/change/review?{choice}", service(world, world.alice))).await;
    assert_eq!(page.status, StatusCode::OK, "{} {}", page.status, page.words());
    page
}

/// Sends what a review shows.
async fn order(world: &World, browser: &mut Browser, review: &Page, method: &str) -> Page {
    let (quote, key) = (review.field("quote"), review.field("key"));
    let fields = [("quote", quote.as_str()), ("key", key.as_str()), ("method", method)];
    browser.submit(&format!("{}/change", service(world, world.alice)), &fields).await
}

#[tokio::test]
async fn a_customer_is_not_told_that_there_is_an_admin() {
    let world = World::new();
    let mut alice = world.logged_in("alice").await;
    for path in [
        "/admin",
        "/admin/customers",
        "/admin/customers.csv",
        "/admin/search?q=bob",
        "/admin/services",
        "/admin/changes",
        "/admin/invoices",
        "/admin/payments",
        "/admin/payments/transfers",
        "/admin/modules",
        "/admin/modules/queue",
        "/admin/mail",
        "/admin/catalogue",
        "/admin/log",
        "/admin/customers/new",
        &service(&world, world.alice),
        &format!("{}/change", service(&world, world.alice)),
        &format!("{}/assign", service(&world, world.alice)),
    ] {
        assert_eq!(alice.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let goodwill = format!("/admin/customers/{}/goodwill", world.alice);
    let sent = alice.submit(&goodwill, &[("amount", "100.00"), ("reason", "me")]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    assert!(world.account(world.alice).balance.is_zero());
    let mut nobody = world.browser();
    assert_eq!(nobody.get("/admin/log").await.location(), "/login?next=/admin/log");
}

#[tokio::test]
async fn staff_order_an_upgrade_mark_its_invoice_as_paid_and_the_service_is_wanted_larger() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let address = format!("{}/change", service(&world, world.alice));
    let choose = sam.get(&address).await;
    choose.says("What the customer has");
    choose.says("Staff only");
    let choose = sam.get(&format!("{address}?plan=large&cycle=month&option_memory=0")).await;
    choose.says("Upgrade: Standard to Large");
    choose.says("The customer pays €14.00");
    choose.says("The next invoice is €50.00 on 1 May 2027.");
    let review = review(&world, &mut sam, "plan=large&cycle=month&option_memory=0").await;
    review.says("Standard, 14 of 30 days unused 17–30 April 2027");
    review.says("Why this amount?");
    review.says("Create order and invoice");
    let ordered = order(&world, &mut sam, &review, "bank_transfer").await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.words());
    let change = sam.get(&ordered.location()).await;
    change.says("Order and invoice created");
    change.says("Waits for payment");
    change.says("INV-2027-0003");
    assert_eq!(world.subscription(world.alice).plan().code, "standard");
    assert_eq!(world.subscription(world.alice).service.generation, 1);

    let invoice = world.account(world.alice).invoices.first().expect("an open invoice").id;
    let document = format!("/admin/documents/{invoice}");
    sam.get(&document).await.says("Mark as paid");
    let form = sam.get(&format!("{document}/paid")).await;
    assert_eq!(form.body.matches("value=\"14.00\"").count(), 1);
    form.says("web-1.example.net goes from Standard to Large at once, and the server restarts.");
    let key = form.field("key");
    let fields = [("key", key.as_str()), ("amount", "14.00"), ("reference", "BANK-17")];
    let paid = sam.submit(&format!("{document}/paid"), &fields).await;
    assert_eq!(paid.location(), format!("{document}?done=paid"));
    let page = sam.get(&paid.location()).await;
    page.says("The invoice is paid.");
    page.says("Money in the bank");
    page.says("Paid by bank transfer on 17 April 2027");

    let subscription = world.subscription(world.alice);
    assert_eq!(subscription.plan().code, "large");
    assert_eq!(subscription.service.generation, 2);
    assert_eq!(subscription.service.progress, Progress::Wanted);
    assert_eq!(subscription.service.desired.get("cpus").copied(), Some(4));
    // The same form again, and the closed invoice's form, do nothing.
    assert_eq!(sam.submit(&format!("{document}/paid"), &fields).await.location(), document);
    assert_eq!(sam.get(&format!("{document}/paid")).await.location(), document);
    sam.get("/admin/payments/transfers").await.says("BANK-17");
    sam.get("/admin/changes?state=applied").await.says("Standard to Large");
    sam.get("/admin/services?state=wanted").await.says("web-1.example.net");
    sam.get(&service(&world, world.alice)).await.says("not yet as ordered");
}

#[tokio::test]
async fn staff_may_choose_what_customers_may_not_and_pay_by_a_test_card() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=max").await;
    let ordered = order(&world, &mut sam, &review, "pays").await;
    let change = sam.get(&ordered.location()).await;
    change.says("a payment is on its way");
    change.does_not_say("Mark invoice as paid");
    sam.get("/admin/payments?state=sent").await.says("Test card that pays");
    world.settle(world.alice, None);
    assert_eq!(world.subscription(world.alice).plan().code, "max");
    sam.get("/admin/payments?state=captured").await.says("Captured");
}

#[tokio::test]
async fn a_downgrade_is_made_at_once_and_says_so() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=small").await;
    review.says("To the customer’s balance €4.66");
    review.does_not_say("How is it paid?");
    let (quote, key) = (review.field("quote"), review.field("key"));
    let address = format!("{}/change", service(&world, world.alice));
    let done = sam.submit(&address, &[("quote", &quote), ("key", &key)]).await;
    let page = sam.get(&done.location()).await;
    assert!(page.notice().contains("Downgrade complete"), "{}", page.notice());
    assert!(!page.notice().contains("Upgrade"));
    assert_eq!(world.account(world.alice).balance.minor, 466);
    let customer = sam.get(&format!("/admin/customers/{}", world.alice)).await;
    customer.says("€4.66");
    customer.says("CN-2027-0001");
    // A double click is one change.
    let again = sam.submit(&address, &[("quote", &quote), ("key", &key)]).await;
    assert_eq!(again.location(), done.location());
}

#[tokio::test]
async fn a_quote_that_no_longer_holds_is_shown_beside_the_new_one() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=large").await;
    let gift = Command::GrantGoodwill {
        amount: billing::money::Money::new(500, world.account(world.alice).currency),
        reason: "sorry".to_owned(),
    };
    world.run(world.alice, gift);
    let outdated = order(&world, &mut sam, &review, "bank_transfer").await;
    assert_eq!(outdated.status, StatusCode::CONFLICT);
    outdated.says("What you saw");
    outdated.says("The customer pays €14.00");
    outdated.says("What it is now");
    outdated.says("The customer pays €9.00");
    outdated.says("Nothing was changed and nothing was charged.");
    assert!(world.account(world.alice).invoices.is_empty());
}

#[tokio::test]
async fn an_order_can_be_withdrawn_until_it_is_paid() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=large").await;
    let change = order(&world, &mut sam, &review, "bank_transfer").await.location();
    let change = change.split('?').next().expect("a path").to_owned();
    let form = sam.get(&format!("{change}/withdraw")).await;
    form.says("web-1.example.net stays Standard.");
    form.says("INV-2027-0003 is cancelled by a credit note.");
    let key = form.field("key");
    let done = sam.submit(&format!("{change}/withdraw"), &[("key", &key)]).await;
    assert_eq!(done.location(), format!("{change}?done=withdrawn"));
    sam.get(&done.location()).await.says("It was withdrawn on 17 April 2027");
    assert!(world.account(world.alice).invoices.is_empty());
    sam.get("/admin/invoices?state=void").await.says("INV-2027-0003");
    sam.get("/admin/invoices?state=credit_note").await.says("CN-2027-0001");
}

#[tokio::test]
async fn an_account_is_opened_once_with_a_login_and_given_a_service() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let form = sam.get("/admin/customers/new").await;
    let key = form.field("key");
    let fields = |email| {
        [
            ("key", key.as_str()),
            ("name", "Carol <b>"),
            ("email", email),
            ("zone", "America/New_York"),
            ("currency", "EUR"),
            ("password", "a first password"),
        ]
    };
    for (email, words) in [("nonsense", "Type a mail address"), ("alice@example.org", "has a login already")] {
        let wrong = sam.submit("/admin/customers/new", &fields(email)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says(words);
        assert!(wrong.body.contains(&format!("value=\"{email}\"")), "what was typed is kept");
        assert!(!wrong.body.contains("a first password"));
    }
    let opened = sam.submit("/admin/customers/new", &fields("carol@example.org")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.words());
    assert_eq!(sam.submit("/admin/customers/new", &fields("carol@example.org")).await.location(), opened.location());
    let page = sam.get(&opened.location()).await;
    page.says("Account opened");
    page.says("America/New_York");
    assert!(!page.body.contains("Carol <b>"));
    let mut carol = world.browser();
    let login = [("email", "carol@example.org"), ("password", "a first password"), ("next", "/services")];
    assert_eq!(carol.post("/login", &login).await.location(), "/services");

    let customer = opened.location().split('?').next().expect("a path").to_owned();
    let address = format!("{customer}/services/new");
    let key = sam.get(&address).await.field("key");
    let fields = |label, plan| {
        [
            ("key", key.as_str()),
            ("product", "vps"),
            ("label", label),
            ("plan", plan),
            ("cycle", "month"),
            ("option_memory", "2"),
            ("method", "bank_transfer"),
        ]
    };
    let wrong = sam.submit(&address, &fields("", "small")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Label must have 1 to 100 characters.");
    let added = sam.submit(&address, &fields("ny-1.example.net", "small")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.words());
    let page = sam.get(&added.location()).await;
    page.says("ny-1.example.net");
    page.says("€15.00");
    page.says("Extra memory × 2");
    page.says("Unpaid");
}

#[tokio::test]
async fn money_without_an_invoice_goes_to_the_balance_once_per_reference() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let href = format!("/admin/customers/{}", world.alice);
    let book = async |sam: &mut Browser, amount: &str| {
        let key = sam.get(&format!("{href}/transfer")).await.field("key");
        let fields = [("key", key.as_str()), ("amount", amount), ("reference", "R1")];
        sam.submit(&format!("{href}/transfer"), &fields).await
    };
    for wrong in ["", "0", "-1", "1,5", "12.345", "1e3", "99999999999999999999"] {
        let page = book(&mut sam, wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.body.contains(&format!("name=\"amount\" type=\"text\" value=\"{wrong}\"")), "{wrong} is kept");
    }
    assert_eq!(book(&mut sam, "12.50").await.location(), format!("{href}?done=transfer"));
    assert_eq!(book(&mut sam, "12.50").await.location(), format!("{href}?done=booked-before"));
    assert_eq!(world.account(world.alice).balance.minor, 1250);

    let key = sam.get(&format!("{href}/goodwill")).await.field("key");
    let fields = [("key", key.as_str()), ("amount", "5"), ("reason", "A slow disk")];
    assert_eq!(sam.submit(&format!("{href}/goodwill"), &fields).await.location(), format!("{href}?done=goodwill"));
    sam.submit(&format!("{href}/goodwill"), &fields).await;
    assert_eq!(world.account(world.alice).balance.minor, 1750);
    let page = sam.get(&href).await;
    page.says("€17.50");
    page.says("RCT-2027-0002");
    let store = world.app.engine().store();
    let filter = PostingFilter { account: Some(world.alice), ledger: Some(LedgerAccount::Goodwill) };
    assert_eq!(store.postings(&filter, &Window::default()).expect("postings").rows.len(), 1);
}

#[tokio::test]
async fn a_failed_module_is_asked_again() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=small").await;
    order(&world, &mut sam, &review, "").await;
    world.provision(world.alice, Some("the host is full"));
    sam.get("/admin/services?state=failed").await.says("web-1.example.net");
    let address = service(&world, world.alice);
    let page = sam.get(&address).await;
    page.says("It said: the host is full");
    let key = page.field("key");
    let again = sam.submit(&format!("{address}/retry"), &[("key", &key)]).await;
    assert_eq!(again.location(), format!("{address}?done=retried"));
    assert_eq!(world.subscription(world.alice).service.progress, Progress::Wanted);
    sam.get("/admin/modules/queue?state=queued").await.says("Make a service what it shall be");
}

fn documents_of(world: &World, account: AccountId) -> usize {
    let filter = DocumentFilter { account: Some(account), ..DocumentFilter::default() };
    world.app.engine().store().documents(&filter, &Window::default()).expect("documents").rows.len()
}

#[tokio::test]
async fn staff_change_a_plan_without_an_order_and_its_package_apart() {
    let world = World::new();
    let mut sam = staff(&world).await;
    world.provision(world.alice, None);
    let address = service(&world, world.alice);
    let form = sam.get(&format!("{address}/assign")).await;
    form.says("Otherwise they go on at €20.00 per month.");
    let key = form.field("key");
    let documents = documents_of(&world, world.alice);

    // What is missing is said at its place, and everything that was chosen is kept.
    let fields = [("key", key.as_str()), ("plan", "large"), ("recalculate", "yes"), ("reason", " ")];
    let again = sam.submit(&format!("{address}/assign"), &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.says("Reason must have 1 to 200 characters");
    assert!(again.body.contains("value=\"large\" checked"), "the plan is kept: {}", again.body);
    assert!(
        again.body.contains("name=\"recalculate\" type=\"checkbox\" value=\"yes\" checked"),
        "the tick is kept: {}",
        again.body
    );

    let fields = [("key", key.as_str()), ("plan", "large"), ("reason", "the outage of 3 May")];
    let done = sam.submit(&format!("{address}/assign"), &fields).await;
    assert_eq!(done.location(), format!("{address}?done=assigned"));
    sam.submit(&format!("{address}/assign"), &fields).await;
    let subscription = world.subscription(world.alice);
    assert_eq!(subscription.plan().code, "large");
    assert_eq!(subscription.recurring().minor, 2000);
    assert_eq!((subscription.service.generation, subscription.service.progress), (1, Progress::Done));
    assert_eq!(documents_of(&world, world.alice), documents, "no money moves");

    let page = sam.get(&format!("{address}?done=assigned")).await;
    page.says("Its package waits");
    page.says("Large gives 4 processors instead of 2");
    sam.get("/admin/services?state=package").await.says("web-1.example.net");
    sam.get("/admin/services?state=failed").await.does_not_say("web-1.example.net");
    let key = page.field("key");
    let asked = sam.submit(&format!("{address}/package"), &[("key", &key)]).await;
    assert_eq!(asked.location(), format!("{address}?done=package"));
    let subscription = world.subscription(world.alice);
    assert_eq!((subscription.service.generation, subscription.service.progress), (2, Progress::Wanted));
    let page = sam.get(&address).await;
    page.does_not_say("Its package waits");
    page.says("Without an order");
    page.says("without an order: the outage of 3 May");
    page.says("staff@fjordhost.example");

    let log = sam.get(&format!("/admin/log?customer={}", world.alice)).await;
    log.says("without an order: the outage of 3 May. A full period costs 20.00 EUR as before.");
    log.says("Staff asked the module to change the package of web-1.example.net.");
}

#[tokio::test]
async fn a_plan_is_changed_without_an_order_and_its_package_at_once() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let address = service(&world, world.alice);
    let key = sam.get(&format!("{address}/assign")).await.field("key");
    let fields =
        [("key", key.as_str()), ("plan", "large"), ("recalculate", "yes"), ("package", "yes"), ("reason", "a promise")];
    let done = sam.submit(&format!("{address}/assign"), &fields).await;
    assert_eq!(done.location(), format!("{address}?done=assigned-package"));
    assert_eq!(sam.submit(&format!("{address}/assign"), &fields).await.location(), done.location());
    let subscription = world.subscription(world.alice);
    assert_eq!((subscription.recurring().minor, subscription.service.generation), (5000, 2));
    let filter = LogFilter { account: Some(world.alice), name: None };
    let log = world.app.engine().store().log(&filter, &Window::default()).expect("the log").rows;
    let names: Vec<_> = log.iter().take(2).map(|row| row.entry.name.as_str()).collect();
    assert_eq!(names, ["change_package", "assign_plan"], "two commands, each once");

    // While a change is open nothing is assigned, and the page says why.
    let review = review(&world, &mut sam, "plan=max").await;
    order(&world, &mut sam, &review, "bank_transfer").await;
    let form = sam.get(&format!("{address}/assign")).await;
    form.says("It must be paid or withdrawn");
    let key = form.field("key");
    let fields = [("key", key.as_str()), ("plan", "small"), ("reason", "a promise")];
    let refused = sam.submit(&format!("{address}/assign"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("A change is open. It must be paid or withdrawn first.");
    assert_eq!(world.subscription(world.alice).plan().code, "large");
}

#[tokio::test]
async fn the_search_goes_straight_to_the_one_thing_that_is_meant() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let alice = format!("/admin/customers/{}", world.alice);
    let label = world.subscription(world.alice).service.id.to_string();
    assert_eq!(sam.get("/admin/search?q=ALICE").await.location(), alice);
    assert_eq!(sam.get("/admin/search?q=alice%40example.org").await.location(), alice);
    assert_eq!(sam.get("/admin/search?q=web-1").await.location(), alice);
    assert_eq!(sam.get(&format!("/admin/search?q={}", world.alice)).await.location(), alice);
    assert_eq!(sam.get(&format!("/admin/search?q={label}")).await.location(), service(&world, world.alice));
    let document = sam.get("/admin/search?q=inv-2027-0001").await.location();
    sam.get(&document).await.says("INV-2027-0001");
    let both = sam.get("/admin/search?q=example.org").await.location();
    let both = sam.get(&both).await;
    both.says("Alice");
    both.says("Bob");
    let none = sam.get("/admin/search?q=%25").await.location();
    assert_eq!(none, "/admin/customers?q=%25");
    sam.get(&none).await.says("No customers here");
}

#[tokio::test]
async fn every_list_and_every_page_it_leads_to_opens() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=large").await;
    order(&world, &mut sam, &review, "bank_transfer").await;
    let lists = [
        "/admin/customers",
        "/admin/services",
        "/admin/changes",
        "/admin/invoices",
        "/admin/payments",
        "/admin/payments/transfers",
        "/admin/modules",
        "/admin/modules/queue",
        "/admin/mail",
        "/admin/catalogue",
        "/admin/log",
    ];
    let mut seen = std::collections::BTreeSet::new();
    let mut to_see: Vec<String> = lists.iter().map(|&path| path.to_owned()).collect();
    to_see.push(format!("/admin/log?customer={}", world.alice));
    while let Some(path) = to_see.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = sam.get(&path).await;
        assert!(page.status == StatusCode::OK || page.status == StatusCode::SEE_OTHER, "{path}: {}", page.status);
        for link in page.body.split("href=\"/admin").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            to_see.push(format!("/admin{}", link.replace("&#38;", "&")));
        }
    }
    assert!(seen.len() > 60, "only {} pages were reached", seen.len());
    assert!(seen.iter().any(|path| path.starts_with("/admin/log/cmd_")));
}

#[tokio::test]
async fn lists_go_on_page_by_page_and_keep_their_filter() {
    let world = World::new();
    let currency = world.account(world.alice).currency;
    for gift in 1..=40 {
        world.pass(1);
        let amount = billing::money::Money::new(gift, currency);
        world.run(world.alice, Command::GrantGoodwill { amount, reason: format!("gift {gift}") });
    }
    let mut sam = staff(&world).await;
    let first = sam.get(&format!("/admin/log?customer={}", world.alice)).await;
    first.says("Only Alice.");
    first.says("gift 40");
    first.does_not_say("gift 10.");
    let next =
        first.body.split("rel=\"next\" href=\"").nth(1).expect("a next page").split('"').next().expect("an address");
    let second = sam.get(&next.replace("&#38;", "&")).await;
    second.says("gift 10.");
    second.does_not_say("Bob");
    second.does_not_say("gift 40");
}

#[tokio::test]
async fn the_customers_can_be_taken_away_as_a_file() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let file = sam.get("/admin/customers.csv?q=alice").await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    let lines: Vec<_> = file.body.lines().collect();
    assert_eq!(lines.len(), 2);
    let alice = format!("{},vps,Alice,alice@example.org,Europe/Berlin,EUR,0.00,0.00,1,0,", world.alice);
    assert!(lines[1].starts_with(&alice), "{}", lines[1]);
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=small").await;
    let (quote, key) = (review.field("quote"), review.field("key"));
    let href = format!("/admin/customers/{}", world.alice);
    let versions = |world: &World| world.account(world.alice).version;
    let before = versions(&world);
    let place = service(&world, world.alice);
    let forms: [(String, Vec<(&str, &str)>); 5] = [
        (format!("{place}/change"), vec![("quote", &quote), ("key", &key), ("csrf", "")]),
        (format!("{place}/change"), vec![("quote", &quote), ("key", &key), ("csrf", "forged")]),
        (format!("{href}/goodwill"), vec![("amount", "5"), ("reason", "r"), ("key", &key)]),
        (format!("{href}/transfer"), vec![("amount", "5"), ("reference", "r"), ("key", &key)]),
        ("/admin/logout".to_owned(), vec![]),
    ];
    for (path, fields) in forms {
        assert_eq!(sam.post(&path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(versions(&world), before);
    assert_eq!(sam.submit("/admin/logout", &[]).await.location(), "/login?notice=logged-out");
    assert_eq!(sam.get("/admin/customers").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_cannot_be_read_or_found_is_said_and_stores_nothing() {
    let world = World::new();
    let mut sam = staff(&world).await;
    for path in [
        "/admin/customers/nobody",
        "/admin/customers/acc_00000000000000000000000000000000",
        "/admin/services/srv_1",
        "/admin/services/srv_00000000000000000000000000000000/change",
        "/admin/changes/chg_00000000000000000000000000000000",
        "/admin/documents/doc_00000000000000000000000000000000",
        "/admin/documents/doc_00000000000000000000000000000000/paid",
        "/admin/modules/none",
        "/admin/modules/queue/none",
        "/admin/mail/eff_00000000000000000000000000000000",
        "/admin/catalogue/0",
        "/admin/catalogue/2",
        "/admin/log/cmd_00000000000000000000000000000000",
        "/admin/log?customer=nobody",
        "/admin/nothing",
    ] {
        let page = sam.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.says("There is nothing here");
    }
    let change = format!("{}/change", service(&world, world.alice));
    for path in [
        "/admin/customers?sort=name".to_owned(),
        "/admin/customers?after=nonsense".to_owned(),
        "/admin/invoices?state=lost".to_owned(),
        format!("{change}?price=1"),
        format!("{change}?cycle=fortnight"),
        format!("{change}?option_memory=-1"),
        format!("{change}?plan=small&plan=large"),
    ] {
        let page = sam.get(&path).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
    }
    sam.get(&format!("{change}?plan=nothing")).await.says("There is no such plan");
    sam.get(&format!("{change}?plan=large&cycle=year&option_memory=0")).await.does_not_say("€0.00 per year");
    let href = format!("/admin/customers/{}/goodwill", world.alice);
    let key = sam.get(&href).await.field("key");
    let unknown = [("key", key.as_str()), ("amount", "5"), ("reason", "r"), ("currency", "USD")];
    assert!(sam.submit(&href, &unknown).await.status.is_client_error());
    let foreign = [("key", "not a key"), ("amount", "5"), ("reason", "r")];
    assert!(sam.submit(&href, &foreign).await.status.is_client_error());
    let forged = [("quote", "payload.signature"), ("key", key.as_str())];
    assert!(sam.submit(&change, &forged).await.status.is_client_error());
    assert!(world.account(world.alice).balance.is_zero());
}

#[tokio::test]
async fn a_quote_of_one_service_does_not_change_another() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=small").await;
    let (quote, key) = (review.field("quote"), review.field("key"));
    let elsewhere = format!("{}/change", service(&world, world.bob));
    assert!(sam.submit(&elsewhere, &[("quote", &quote), ("key", &key)]).await.status.is_client_error());
    assert_eq!(world.subscription(world.bob).plan().code, "standard");
    assert_eq!(world.subscription(world.alice).plan().code, "standard");
}

#[tokio::test]
async fn what_staff_do_is_in_the_log_under_their_name() {
    let world = World::new();
    let mut sam = staff(&world).await;
    let review = review(&world, &mut sam, "plan=small").await;
    order(&world, &mut sam, &review, "").await;
    let store = world.app.engine().store();
    let filter = LogFilter { account: Some(world.alice), name: Some("submit_plan_change".to_owned()) };
    let log = store.log(&filter, &Window::default()).expect("the log").rows;
    let page = sam.get(&format!("/admin/log/{}", log[0].entry.command)).await;
    page.says("staff@fjordhost.example staff");
    page.says(&log[0].entry.hash);
    page.says("submit_plan_change");
    let documents = DocumentFilter { account: Some(world.alice), ..DocumentFilter::default() };
    assert_eq!(store.documents(&documents, &Window::default()).expect("documents").rows.len(), 2);
}

#[tokio::test]
async fn a_renewal_that_is_due_comes_before_a_change() {
    let world = World::new();
    let mut sam = staff(&world).await;
    world.pass(60 * 24 * 20);
    // The session of staff has ended meanwhile.
    let mut sam_again = staff(&world).await;
    assert_eq!(sam.get("/admin/customers").await.status, StatusCode::SEE_OTHER);
    sam_again.get(&service(&world, world.alice)).await.says("Its period ended on 1 May 2027, 00:00 CEST.");
    let page = sam_again.get(&format!("{}/change?plan=small", service(&world, world.alice))).await;
    assert_eq!(page.status, StatusCode::OK);
    page.does_not_say("Continue");
}
