//! Tax, discounts, plan credits and changes of the next period, as the customer reads them.

use axum::http::StatusCode;
use billing::command::Command;

use crate::world::World;
use crate::{review, send};

#[tokio::test]
async fn what_is_due_adds_up_from_lines_and_tax_on_every_page() {
    let world = World::with_hours("team");
    let mut browser = world.logged_in("alice").await;
    let service = browser.get(&world.service(world.alice)).await;
    service.says("€20.00 per month, plus VAT 19 %");
    service.says("Hours 40 of 40 hours left");
    service.says("Net Tax Paid of net");
    service.says("€20.00 €3.80 VAT 19 % €20.00");
    let chooser = browser.get(&format!("{}/change?plan=large", world.service(world.alice))).await;
    chooser.says("All prices plus VAT 19 %.");
    // 9.33 of 20.00 and 1.77 of its 3.80 come back; 23.33 and 4.43 on it are charged.
    chooser.says("VAT is given back at the 19% it was charged at: 1.77 EUR. −€9.33 minus €9.33 Large, 14 of 30 days");
    chooser.says(
        "50.00 EUR for 30 days; 14 of them remain, the day of the change included: 23.33 EUR (23.3333… rounded down",
    );
    chooser.says(
        "19% VAT on 23.33 EUR: 4.43 EUR (4.4327 rounded down). €23.33 VAT 19 % €2.66 Total €16.66 Due today €16.66",
    );
    chooser.says("40 of 40 hours left; 120 hours after the change.");
    chooser.says("Your next invoice is €50.00 plus VAT 19 % on 1 May 2027.");
    let review = review(&world, &mut browser, "plan=large").await;
    review.says("VAT 19 % €2.66 Total €16.66 Due today €16.66");
    review.says("The change is made as soon as the invoice is paid.");
    let sent = send(&world, &mut browser, &review, Some("bank_transfer")).await;
    let invoice = browser.get(&sent.location()).await;
    invoice.says("Sum without tax €14.00 VAT 19 % €2.66 Total €16.66 To be paid €16.66");
    let change = world.subscription(world.alice).change.expect("an open change");
    let page = browser.get(&format!("/changes/{}", change.id)).await;
    page.says("VAT 19 % €2.66 Total €16.66 To be paid €16.66");
}

#[tokio::test]
async fn a_credit_note_gives_the_tax_back_with_what_it_gives_back() {
    let world = World::with_hours("vps");
    let mut browser = world.logged_in("alice").await;
    let review = review(&world, &mut browser, "plan=small").await;
    // 4.66 and the tax on it: 1.77 of what was paid, less 0.89 on 4.67.
    review.says("€4.66 for your balance. VAT 19 % of €0.88 comes back with it: €5.54 in all.");
    review.says("VAT 19 % −€0.88 minus €0.88 Total −€5.54 minus €5.54 To your balance €5.54");
    let sent = send(&world, &mut browser, &review, None).await;
    browser.get(&sent.location()).await.says("To your balance €5.54");
    let note = world.app.engine().store().document_by_number(Some(world.alice), "vps", "CN-2027-0001");
    let note = note.expect("a readable book").expect("the credit note").document.id;
    let page = browser.get(&format!("/documents/{note}")).await;
    page.says("Sum without tax −€4.66 minus €4.66 VAT 19 % −€0.88 minus €0.88 Total −€5.54");
}

#[tokio::test]
async fn a_change_can_be_planned_replaced_and_withdrawn() {
    let world = World::with_hours("team");
    let mut browser = world.logged_in("alice").await;
    let address = format!("{}/change", world.service(world.alice));
    let chooser = browser.get(&format!("{address}?plan=small")).await;
    chooser.says("When Now");
    chooser.says("With the next period, on 1 May 2027");
    chooser.says("To your balance");
    let chooser = browser.get(&format!("{address}?plan=small&when=period_end")).await;
    chooser.says("Due now €0.00 The change is made with the next period, on 1 May 2027. Nothing is to pay now.");
    chooser.says("40 of 40 hours left; 20 hours from 1 May 2027 on.");
    chooser.says("Your next invoice is €10.00 plus VAT 19 % on 1 May 2027.");
    chooser.does_not_say("Why this amount?");

    let small = review(&world, &mut browser, "plan=small&when=period_end").await;
    small.says("Downgrade to Small on 1 May 2027");
    small.does_not_say("How do you want to pay?");
    let sent = send(&world, &mut browser, &small, None).await;
    let page = browser.get(&sent.location()).await;
    assert!(page.notice().contains("Downgrade planned"), "{}", page.notice());
    page.says("stays Standard until this period ends, and is Small from 1 May 2027 on.");
    page.says("Withdraw this change");
    let service = browser.get(&world.service(world.alice)).await;
    service.says("A change is planned Standard to Small.");
    service.says("Next invoice €10.00 on 1 May 2027, plus VAT 19 %");
    service.says("Withdraw this change");
    service.says("Change plan");
    for list in ["/services", "/dashboard"] {
        let list = browser.get(list).await;
        list.says("Downgrade to Small, on 1 May 2027");
        list.says("Choose another plan instead");
    }

    // Another plan takes its place.
    let chooser = browser.get(&address).await;
    chooser.says("Standard to Small is planned for 1 May 2027. What you choose here takes its place.");
    let large = review(&world, &mut browser, "plan=large&when=period_end").await;
    large.says("Standard to Small is planned for 1 May 2027. What you choose here takes its place.");
    let sent = send(&world, &mut browser, &large, None).await;
    browser.get(&sent.location()).await.says("is Large from 1 May 2027 on.");
    let service = browser.get(&world.service(world.alice)).await;
    service.says("A change is planned Standard to Large.");

    let change = world.subscription(world.alice).change.expect("a planned change").id;
    let withdrawn = browser.submit(&format!("/changes/{change}/withdraw"), &[("key", &service.field("key"))]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.words());
    browser.get(&withdrawn.location()).await.says("This change was withdrawn.");
    browser.get(&world.service(world.alice)).await.does_not_say("A change is planned");
}

#[tokio::test]
async fn a_change_is_planned_for_a_day_and_charged_on_it() {
    let world = World::with_terms("choose_date = true");
    let mut browser = world.logged_in("alice").await;
    let address = format!("{}/change", world.service(world.alice));
    let chooser = browser.get(&format!("{address}?plan=large")).await;
    chooser.says("On a day of your choice");
    chooser.says("From 18 April 2027 to 30 April 2027.");
    chooser.does_not_say("With the next period");
    // 7 of 30 days from the 24th: 4.67 of 20.00 come back, 11.67 of 50.00 are charged.
    let chooser = browser.get(&format!("{address}?plan=large&when=date&on=2027-04-24")).await;
    chooser.says("Due on 24 April 2027 €7.00");
    chooser.says("On 24 April 2027 you get the invoice of €7.00. What is on your balance then pays first.");
    for day in ["2027-04-17", "2027-05-01"] {
        let outside = browser.get(&format!("{address}?plan=large&when=date&on={day}")).await;
        outside.says("The change can be made on any day from 18 April 2027 to 30 April 2027.");
        outside.says("On a day of your choice");
    }
    let no_day = browser.get(&format!("{address}?plan=large&when=date")).await;
    assert_eq!(no_day.status, StatusCode::UNPROCESSABLE_ENTITY);

    let up = review(&world, &mut browser, "plan=large&when=date&on=2027-04-24").await;
    up.says("Upgrade to Large on 24 April 2027");
    let sent = send(&world, &mut browser, &up, Some("bank_transfer")).await;
    let page = browser.get(&sent.location()).await;
    assert!(page.notice().contains("Upgrade planned"), "{}", page.notice());
    page.says("stays on Standard until 24 April 2027.");
    page.says("To be paid on 24 April 2027 €7.00");
    browser.get("/services").await.says("Upgrade to Large, on 24 April 2027");
    browser.get(&world.service(world.alice)).await.says("Withdraw this change");

    let change = world.subscription(world.alice).change.expect("a planned change").id;
    world.pass(7 * 24 * 60);
    world.run(world.alice, Command::BeginPlanChange { change });
    let page = browser.get(&format!("/changes/{change}")).await;
    page.says("To be paid €7.00");
    assert_eq!(world.subscription(world.alice).plan().code, "standard");
}

#[tokio::test]
async fn a_moment_that_is_not_offered_is_refused_in_words() {
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    let address = format!("{}/change", world.service(world.alice));
    browser.get(&format!("{address}?plan=large")).await.does_not_say("With the next period");
    let page = browser.get(&format!("{address}/review?plan=large&when=period_end")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("This change is made at once; it cannot wait for the next period.");
    let page = browser.get(&format!("{address}?plan=large&when=tomorrow")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("is no moment");
}

#[tokio::test]
async fn a_change_that_does_not_wait_says_until_when_its_invoice_is_due() {
    let world = World::with_hours("lago");
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    up.says("The change is made at once. The invoice of €16.66 is due by 1 May 2027.");
    up.says("Due by 1 May 2027 €16.66");
    let sent = send(&world, &mut browser, &up, Some("bank_transfer")).await;
    let invoice = browser.get(&sent.location()).await;
    assert!(invoice.notice().contains("Upgrade to Large complete"), "{}", invoice.notice());
    invoice.says("The change is made already; this invoice is owed for it.");
    invoice.does_not_say("The change is made when");
    assert_eq!(world.subscription(world.alice).plan().code, "large");
    let change = world.subscription(world.alice).change;
    assert!(change.is_none_or(|change| !change.is_open()));
    // Down only with the next period: the policy decides, and says so.
    let down = browser.get(&format!("{}/change?plan=standard", world.service(world.alice))).await;
    down.says("The change is made with the next period, on 1 May 2027.");
    down.does_not_say("When Now");
}

#[tokio::test]
async fn a_discount_is_told_with_the_list_price_and_used_hours_stay_used() {
    let world = World::with_hours("team");
    let mut browser = world.logged_in("alice").await;
    let subscription = world.subscription(world.alice).id;
    world.run(world.alice, Command::UseCredits { subscription, amount: 28 });
    browser.get(&world.service(world.alice)).await.says("12 of 40 hours left");
    let chooser = browser.get(&format!("{}/change?plan=large", world.service(world.alice))).await;
    chooser.says("12 of 40 hours left; 92 hours after the change.");
    let yearly = browser.get(&format!("{}/change?plan=standard&cycle=year", world.service(world.alice))).await;
    yearly.says("€180.00 per year €200.00 less 10 %");
    yearly.says("List price 200.00 EUR less 10% is 180.00 EUR for the full period of 366 days.");
    yearly.says("€180.00 VAT 19 %");
}

#[tokio::test]
async fn hours_that_are_shared_by_time_say_for_how_many_days() {
    let world = World::with_hours_and_terms("credits = \"prorate\"\nanchor = \"restart_on_cycle_change\"");
    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    // 40 × 16/30 + 80 × 14/30 = 58 2/3.
    let chooser = browser.get(&format!("{service}/change?plan=large")).await;
    chooser.says(
        "40 of 40 hours left; 58 hours after the change. For 14 of 30 days, 80 hours count instead of 40 hours: \
         58 hours in this period.",
    );
    let subscription = world.subscription(world.alice).id;
    world.run(world.alice, Command::UseCredits { subscription, amount: 35 });
    // 40 × 16/30 = 21 1/3 for the days that are over, and 20 × 14/30 = 9 1/3.
    let down = review(&world, &mut browser, "plan=small").await;
    down.says(
        "5 of 40 hours left; 0 hours after the change. For 14 of 30 days, 20 hours count instead of 40 hours: \
         30 hours in this period. 35 hours are used already.",
    );
    let year = review(&world, &mut browser, "plan=standard&cycle=year").await;
    year.says(
        "26 hours after the change. The period that begins has 40 hours, less 13.66… that were used beyond what the time \
         before it gave.",
    );
    let sent = send(&world, &mut browser, &down, None).await;
    browser.get(&sent.location()).await;
    browser.get(&service).await.says("Hours 0 of 35 hours left");
}

#[tokio::test]
async fn a_trial_says_how_long_it_lasts_and_when_the_first_invoice_comes() {
    let world = World::in_trial("en", "vps");
    let mut browser = world.logged_in("carla").await;
    let service = browser.get(&world.service(world.alice)).await;
    service.says("In trial until 26 April 2027");
    service.says("First invoice €20.00 on 27 April 2027");
    service.does_not_say("Paid until");
    let chooser = browser.get(&format!("{}/change?plan=large", world.service(world.alice))).await;
    chooser.says("In trial until 26 April 2027");
    chooser.does_not_say("A new period begins on the day of the change.");
    let up = review(&world, &mut browser, "plan=large").await;
    let kept =
        "The trial goes on until 26 April 2027 and costs nothing; your first invoice is €50.00 on 27 April 2027.";
    up.says(kept);
    up.says("Large, in trial");
    up.says("Due today €0.00");
    // Another cycle moves no day of an invoice: the first one comes when the trial is over.
    let year = review(&world, &mut browser, "plan=standard&cycle=year").await;
    year.says("your first invoice is €200.00 on 27 April 2027.");
    year.does_not_say("so the day of your invoices moves");
    send(&world, &mut browser, &up, None).await;
    let service = browser.get(&world.service(world.alice)).await;
    service.says("First invoice €50.00 on 27 April 2027");

    let world = World::in_trial("en", "meteroid");
    let mut browser = world.logged_in("carla").await;
    let up = review(&world, &mut browser, "plan=large").await;
    up.says(
        "Your next invoice is €50.00 on 17 May 2027. The trial ends with this change: the first period begins with it.",
    );
    up.does_not_say("The trial goes on");

    for (tag, words) in [
        ("de", "Der Testzeitraum läuft bis 26. April 2027 und kostet nichts"),
        ("ja", "無料トライアルは2027年4月26日まで続き、料金はかかりません"),
    ] {
        let world = World::in_trial(tag, "vps");
        let mut browser = world.logged_in("carla").await;
        review(&world, &mut browser, "plan=large").await.says(words);
    }
}

#[tokio::test]
async fn a_trial_that_costs_something_says_so_wherever_it_is_met() {
    let world = World::in_paid_trial("en");
    let mut browser = world.logged_in("carla").await;
    let service = browser.get(&world.service(world.alice)).await;
    service.says("In trial until 26 April 2027");
    service.says("Price of the trial €1.00 charged once");
    service.says("First invoice €20.00 on 27 April 2027");
    let chooser = browser.get(&format!("{}/change?plan=large", world.service(world.alice))).await;
    chooser.says("plus €2.00 for the trial");
    let up = review(&world, &mut browser, "plan=large").await;
    up.says("Large, trial, once");
    up.says("3.00 EUR for the trial, charged once, less 1.00 EUR that was charged for it before: 2.00 EUR.");
    up.says("The trial goes on until 26 April 2027; your first invoice after it is €50.00 on 27 April 2027.");
    up.does_not_say("costs nothing;");
    up.says("Due today €2.00");
    let documents = browser.get("/billing").await;
    documents.says("Trial of carla.example.net");

    for (tag, words) in [
        ("de", "Der Testzeitraum läuft bis 26. April 2027; Ihre erste Rechnung danach"),
        ("ja", "トライアルは2027年4月26日まで続きます"),
    ] {
        let world = World::in_paid_trial(tag);
        let mut browser = world.logged_in("carla").await;
        review(&world, &mut browser, "plan=large").await.says(words);
    }
}

#[tokio::test]
async fn the_next_invoice_says_what_usage_comes_to_so_far() {
    for (tag, words) in [
        ("en", "on 1 May 2027, and what is used until then: €6.10 so far"),
        ("de", "am 1. Mai 2027, dazu was bis dahin verbraucht wird: bisher 6,10 €"),
        ("ja", "2027年5月1日（ほかにそれまでのご利用分、現在€6.10）"),
    ] {
        let world = World::with_messages(tag);
        let mut browser = world.logged_in("alice").await;
        browser.get(&world.service(world.alice)).await.says(words);
        browser.get(&format!("{}/change?plan=large", world.service(world.alice))).await.says(words);
    }
    let world = World::new();
    let mut browser = world.logged_in("alice").await;
    browser.get(&world.service(world.alice)).await.does_not_say("what is used until then");
}

#[tokio::test]
async fn amounts_are_explained_in_the_language_of_the_storefront() {
    let world = World::in_language("de-AT");
    let mut browser = world.logged_in("alice").await;
    let review = review(&world, &mut browser, "plan=large").await;
    review.says("50,00 EUR für 30 Tage; davon verbleiben 14, einschließlich des Tages der Änderung: 23,33 EUR");
    // The page itself is in that language.
    assert!(review.body.contains("<html lang=\"de\"") && !review.body.contains("because\" lang"), "{}", review.body);
    let sent = send(&world, &mut browser, &review, Some("bank_transfer")).await;
    let invoice = browser.get(&sent.location()).await;
    invoice.says("20,00 EUR für 30 Tage; davon verbleiben 14");
    invoice.says("Für den Tarifwechsel werden 23,33 EUR berechnet und 9,33 EUR gutgeschrieben; zu zahlen: 14,00 EUR.");
    assert!(!invoice.body.contains("<li lang"), "{}", invoice.body);
}

#[tokio::test]
async fn what_waits_for_the_next_invoice_is_told_with_what_that_comes_to() {
    let both = "gate = \"none\"\nsettle_charge = \"next_invoice\"\nsettle_credit = \"next_invoice\"";
    let world = World::with_terms(both);
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    up.says("Due now €0.00 €14.00 comes with your next invoice of 1 May 2027.");
    up.says("Your next invoice is €64.00 on 1 May 2027: €50.00 for the new period and €14.00 of changes before it.");
    send(&world, &mut browser, &up, None).await;
    let service = browser.get(&world.service(world.alice)).await;
    service.says("Paid until 30 April 2027 changes are settled with the next invoice Next invoice €64.00");
    service.says("On your next invoice Your next invoice is €64.00 on 1 May 2027");
    service.says("Standard, 14 of 30 days unused");
    service.says("So far €14.00");

    // 23.33 of Large is given back before it was invoiced, and 4.67 of Small is charged: 4.66 come off.
    let down = review(&world, &mut browser, "plan=small").await;
    down.says("Your next invoice is €5.34 on 1 May 2027: €10.00 for the new period, less €4.66 of changes before it.");
    send(&world, &mut browser, &down, None).await;
    let service = browser.get(&world.service(world.alice)).await;
    service.says("Next invoice €5.34 on 1 May 2027");
    service.says("So far −€4.66 minus €4.66");
}

#[tokio::test]
async fn what_is_billed_in_arrears_is_told_with_when_it_is_billed() {
    let world = World::with_arrears("en");
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    up.says("To your balance €9.33");
    up.says("€23.33 for the time after the change is billed on 1 May 2027, when it is over.");
    up.says("Your next invoice of 1 May 2027 asks for €23.33 so far");
    let sent = send(&world, &mut browser, &up, None).await;
    let change = browser.get(&sent.location()).await;
    change.says("On 1 May 2027, when its time is over €23.33 To your balance €9.33");
    let service = browser.get(&world.service(world.alice)).await;
    service.says("Paid until It is billed when its time is over Next invoice €23.33");
    service.says("So far €23.33");

    // What waits, less the 23.33 that come back of it, and 9.33 of Standard: nothing was used, and all of it is due.
    let down = review(&world, &mut browser, "plan=standard").await;
    down.says("Large, not invoiced yet");
    down.says("€23.33 waited for the next invoice and is settled with this change: €9.33.");

    for (tag, words) in [
        ("de", "23,33 € für die Zeit nach der Änderung werden am 1. Mai 2027 berechnet, wenn sie vorbei ist."),
        ("ja", "は、期間が終わる2027年5月1日にご請求します。"),
    ] {
        let world = World::with_arrears(tag);
        let mut browser = world.logged_in("alice").await;
        review(&world, &mut browser, "plan=large").await.says(words);
    }
}

#[tokio::test]
async fn an_invoice_never_asks_for_less_than_nothing() {
    let world = World::with_terms("settle_credit = \"next_invoice\"");
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    send(&world, &mut browser, &up, Some("card_pays")).await;
    world.settle(world.alice, None);
    let down = review(&world, &mut browser, "plan=small").await;
    down.says(
        "Your next invoice of 1 May 2027 asks for nothing: changes before it take €18.66 off the €10.00 of the new \
         period. The rest, €8.66, goes to your balance.",
    );
    send(&world, &mut browser, &down, None).await;
    browser.get(&world.service(world.alice)).await.says("Next invoice €0.00 on 1 May 2027");
    browser.get("/dashboard").await.says("Next invoice €0.00");
}

#[tokio::test]
async fn bought_days_are_explained_by_what_bought_them() {
    let world = World::with_terms("anchor = \"extend\"");
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    up.says("What is left of what you paid lasts for 6 days of the new plan, so the day of your invoices moves.");
    up.says("The €9.33 given back buys the days of the new plan, so nothing is due.");
    up.does_not_say("charged less");
}

#[tokio::test]
async fn units_that_stay_paid_are_told_before_and_after() {
    let world = World::with_terms("quantity_decrease = \"no_refund\"");
    let mut browser = world.logged_in("alice").await;
    let more = review(&world, &mut browser, "plan=standard&option_memory=4").await;
    send(&world, &mut browser, &more, Some("card_pays")).await;
    world.settle(world.alice, None);
    let fewer = review(&world, &mut browser, "plan=standard&option_memory=1").await;
    fewer.says(
        "What was paid for Extra memory × 4 stays paid until 30 April 2027: nothing comes back, and until then you \
         can have it again for nothing.",
    );
    fewer.does_not_say("of 1 day");
    send(&world, &mut browser, &fewer, None).await;
    browser.get(&world.service(world.alice)).await.says("€2.50 per month; paid for 4 until 30 April 2027");
}

#[tokio::test]
async fn a_change_that_was_made_unpaid_says_that_it_is_owed() {
    let world = World::with_terms("on_failure = \"apply\"");
    let mut browser = world.logged_in("alice").await;
    let up = review(&world, &mut browser, "plan=large").await;
    send(&world, &mut browser, &up, Some("card_declines")).await;
    let change = world.subscription(world.alice).change.expect("a change").id;
    world.settle(world.alice, Some("the card was declined"));
    let page = browser.get(&format!("/changes/{change}")).await;
    page.says("Its payment failed or did not come in time, so the invoice of €14.00 is owed.");
    page.says("the card was declined. Nothing was charged. Choose another way to pay.");
    page.does_not_say("nothing was changed");
    let service = browser.get(&world.service(world.alice)).await;
    service.says("Paid until 16 April 2027 the days after it are on an open invoice");
}
