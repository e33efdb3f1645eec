//! Effects from their commit to their end: charges, resizes, mails, timers.

use billing::account::{AttemptState, ChangeState};
use billing::command::{Answer, Command, PaymentChoice};
use billing::document::DocumentKind;
use billing::effect::{MailTemplate, TestCard, Wish};
use billing::service::Progress;
use store::{ChangeFilter, DocumentFilter, EffectFilter, EffectState, MailFilter, Window};

use super::world::{World, play_server, shell};

fn played() -> World {
    World::new(|folder| play_server(folder.join("servers")))
}

impl World {
    fn charges(&self) -> Vec<(TestCard, bool)> {
        let charges = self.app.engine().store().sandbox_charges().expect("the gateway's books");
        charges.iter().map(|charge| (charge.card, charge.captured)).collect()
    }

    fn mails(&self) -> Vec<String> {
        let mails = self.app.engine().store().mails(&MailFilter::default(), &Window::first(200));
        mails.expect("the mail log").rows.into_iter().rev().map(|mail| mail.template).collect()
    }

    fn effects_that_are(&self, state: EffectState) -> usize {
        let filter = EffectFilter { account: None, state: Some(state) };
        self.app.engine().store().effects(&filter, &Window::first(200)).expect("the queue").rows.len()
    }

    async fn change_after_payment(&self, subscription: billing::id::SubscriptionId) {
        self.pump_until_quiet().await;
        self.change(subscription, "large", TestCard::TimesOutAfterCharging);
    }

    fn books_close(&self) {
        let report = self.app.engine().verify(|_| {}).expect("a readable book");
        assert_eq!(report.findings, []);
    }
}

#[tokio::test]
async fn a_charge_whose_answer_is_lost_is_taken_once_and_the_service_is_resized() {
    let world = played();
    let subscription = world.start();
    world.pump_until_quiet().await;
    assert_eq!(world.subscription(subscription).service.progress, Progress::Done);
    let data = world.played(world.subscription(subscription).service.id).join("disk.dat");
    let before = std::fs::read(&data).expect("the data file");

    let answer = world.change(subscription, "large", TestCard::TimesOutAfterCharging);
    assert!(matches!(answer, Answer::ChangeSubmitted { applied: false, .. }), "{answer:?}");
    world.pump.pump_once().await;
    let attempts = world.account().attempts;
    assert_eq!(attempts[0].state, AttemptState::Unknown, "no answer is noted before anything is asked again");
    world.pump_until_quiet().await;

    let taken: Vec<_> =
        world.charges().into_iter().filter(|(card, _)| *card == TestCard::TimesOutAfterCharging).collect();
    assert_eq!(taken, [(TestCard::TimesOutAfterCharging, true)]);
    let after = world.subscription(subscription);
    assert_eq!(after.plan().code, "large");
    assert_eq!((&after.service.progress, after.service.observed_generation), (&Progress::Done, 2));
    assert_eq!(after.service.observed, Some(after.service.desired.clone()));
    assert_eq!(world.account().invoices, [], "an invoice is still open");
    assert_eq!(std::fs::read(&data).expect("the data file"), before);
    let mails = world.mails();
    for mail in [MailTemplate::ChangeOrdered, MailTemplate::PlanChanged, MailTemplate::ServiceResized] {
        assert_eq!(mails.iter().filter(|name| *name == mail.name()).count(), 1, "{mails:?}");
    }
    assert_eq!(world.effects_that_are(EffectState::Queued) + world.effects_that_are(EffectState::Dead), 0);
    world.books_close();
}

#[tokio::test]
async fn a_pump_that_died_after_the_charge_asks_and_takes_nothing_again() {
    let world = played();
    let subscription = world.start();
    world.pump_until_quiet().await;
    world.change(subscription, "standard", TestCard::Pays);
    // Another node sent the charge and died before it could report: its lease runs out.
    let store = world.app.engine().store();
    let leased = store.lease_effects("node that dies", world.app.now(), 5_000, 10).expect("leases");
    for effect in &leased {
        if let Wish::Charge { attempt, amount, card, .. } = effect.effect.wish {
            let charge =
                store::SandboxCharge { key: attempt.to_string(), amount, card, captured: true, at: world.app.now() };
            store.sandbox_charge(&charge).expect("a booked charge");
        }
    }
    world.pump_until_quiet().await;
    assert_eq!(
        world.charges(),
        [(TestCard::Pays, true), (TestCard::Pays, true)],
        "one for the period, one for the change"
    );
    assert_eq!(world.subscription(subscription).plan().code, "standard");
    let late = store.complete_effect(leased[0].effect.id, leased[0].fence, world.app.now());
    assert_eq!(late, Ok(false), "the node that wakes up too late is not believed");
    world.books_close();
}

#[tokio::test]
async fn a_declined_card_changes_nothing_and_the_customer_is_told() {
    let world = played();
    let subscription = world.start();
    world.pump_until_quiet().await;
    world.change(subscription, "large", TestCard::Declines);
    world.pump_until_quiet().await;
    let after = world.subscription(subscription);
    assert_eq!((after.plan().code.as_str(), after.service.generation), ("small", 1));
    let change = after.change.expect("the open change");
    assert!(matches!(change.state, ChangeState::AwaitsPayment { .. }));
    assert!(world.mails().contains(&"payment_failed".to_owned()));
    let invoice = change.document.expect("its invoice");
    world.run(Command::PayInvoice { invoice, card: TestCard::Pays });
    world.pump_until_quiet().await;
    assert_eq!(world.subscription(subscription).plan().code, "large");
    world.books_close();
}

#[tokio::test]
async fn a_charge_that_nobody_sent_for_a_month_is_left_to_staff() {
    let world = played();
    let subscription = world.start();
    world.pump_until_quiet().await;
    world.change(subscription, "large", TestCard::Pays);
    // No node runs for so long that nothing is known of the attempt any more: it may have been sent or not.
    world.pass(billing::account::ATTEMPT_DAYS * 86_400);
    world.pump_until_quiet().await;
    assert_eq!(world.effects_that_are(EffectState::Dead), 1);
    let dead = EffectFilter { state: Some(EffectState::Dead), ..EffectFilter::default() };
    let dead = world.app.engine().store().effects(&dead, &Window::default()).expect("the queue").rows;
    assert!(matches!(dead[0].effect.wish, Wish::Charge { .. }), "{:?}", dead[0].effect.wish);
    assert!(dead[0].error.as_deref().unwrap_or_default().contains("ask the gateway by its id"), "{:?}", dead[0].error);
    let first_period_and_renewal = [(TestCard::Pays, true); 2];
    assert_eq!(world.charges(), first_period_and_renewal, "the change was never paid, and nothing was taken for it");
    assert_eq!(world.subscription(subscription).plan().code, "small");
    world.books_close();
}

#[tokio::test]
async fn a_resize_that_fails_is_shown_and_done_when_staff_ask_again() {
    let world = played();
    let subscription = world.start();
    world.pump_until_quiet().await;
    let service = world.subscription(subscription).service.id;
    std::fs::write(world.played(service).join("fail"), "the host is out of memory").expect("the order to fail");
    world.change(subscription, "large", TestCard::Pays);
    world.pump_until_quiet().await;
    let failed = Progress::Failed { reason: "the host is out of memory".to_owned() };
    assert_eq!(world.subscription(subscription).service.progress, failed);
    assert_eq!(world.subscription(subscription).plan().code, "large", "it is paid; the machine follows");

    world.run(Command::RetryProvision { service });
    world.pump_until_quiet().await;
    assert_eq!(world.subscription(subscription).service.progress, Progress::Done);
    let outcomes: Vec<_> = world.runs().into_iter().rev().filter_map(|run| run.outcome).collect();
    assert_eq!(outcomes, ["done", "failed", "done"]);
    world.books_close();
}

#[tokio::test]
async fn a_module_that_breaks_is_asked_again_and_then_counts_as_failed() {
    let world = World::new(|folder| shell(folder, "echo broken >&2; exit 7"));
    let subscription = world.start();
    world.pump_until_quiet().await;
    let Progress::Failed { reason } = world.subscription(subscription).service.progress else {
        panic!("{:?}", world.subscription(subscription).service.progress)
    };
    assert!(reason.contains("after 5 tries") && reason.contains("broken"), "{reason}");
    let outcomes: Vec<_> = world.runs().into_iter().filter_map(|run| run.outcome).collect();
    assert_eq!(outcomes, ["retry"; 5]);
    assert_eq!(world.effects_that_are(EffectState::Queued), 0);
}

#[tokio::test]
async fn a_module_at_work_is_asked_again_until_it_is_done() {
    let line = r#"n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) >n
        if [ $n -lt 7 ]; then echo '{"state":"working","generation":1}'
        else echo '{"state":"done","generation":1,"observed":{"cpus":1,"memory_mb":2048,"disk_gb":40}}'; fi"#;
    let world = World::new(|folder| shell(folder, line));
    let subscription = world.start();
    world.pump.pump_once().await;
    assert_eq!(world.subscription(subscription).service.progress, Progress::Working);
    world.pump_until_quiet().await;
    assert_eq!(world.subscription(subscription).service.progress, Progress::Done, "working is not a fault");
}

#[tokio::test]
async fn it_delivers_when_the_bell_rings_and_finishes_what_it_began_when_told_to_stop() {
    let world = played();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let pumping = tokio::spawn(world.pump.clone().run(stopped));
    let subscription = world.start();
    world.app.bell.notify_one();
    while world.subscription(subscription).service.progress != Progress::Done {
        tokio::task::yield_now().await;
    }
    stop.send(true).expect("a running pump");
    pumping.await.expect("a pump that ended by itself");
    assert!(world.charges().len() <= 1);
    world.books_close();
}

#[tokio::test]
async fn two_nodes_deliver_everything_once() {
    let world = played();
    let other = midcycle::pump::Pump::new(
        world.app.clone(),
        std::sync::Arc::new(
            midcycle::modules::Modules::default().with("play", play_server(world.folder.path().join("servers"))),
        ),
    );
    let subscription = world.start();
    world.change_after_payment(subscription).await;
    for _ in 0..20 {
        tokio::join!(world.pump.pump_once(), other.pump_once());
        world.pass(1);
    }
    assert_eq!(world.subscription(subscription).plan().code, "large");
    assert_eq!(world.charges().len(), 2);
    let mails = world.mails();
    assert_eq!(mails.len(), 5, "{mails:?}");
    world.pass(20 * 86_400);
    for _ in 0..20 {
        tokio::join!(world.pump.pump_once(), other.pump_once());
        world.pass(1);
    }
    assert_eq!(world.subscription(subscription).period_ordinal(), 1);
    assert_eq!(world.charges().len(), 3, "one renewal, whoever asked first");
    world.books_close();
}

#[tokio::test]
async fn time_alone_lapses_what_is_unpaid_and_renews_what_goes_on() {
    let world = played();
    let subscription = world.start();
    world.pump_until_quiet().await;
    let basket = billing::catalogue::Basket { plan: "large".into(), ..world.subscription(subscription).basket() };
    let request = billing::quote::PlanChangeRequest {
        subscription,
        basket,
        asked_by: billing::command::Asker::Customer,
        when: None,
        on: None,
    };
    let engine = world.app.engine();
    let token = engine.quote(world.account, &request, world.app.now()).expect("a quote").token;
    let submission = engine::Submission {
        account: world.account,
        actor: billing::command::Actor::System,
        token,
        pays_by: PaymentChoice::BankTransfer,
        key: None,
    };
    engine.submit(&submission, world.app.now()).expect("a submitted change");
    world.pass(73 * 3600);
    world.pump_until_quiet().await;
    let changes = engine.store().changes(&ChangeFilter::default(), &Window::default()).expect("the changes").rows;
    assert!(matches!(changes[0].change.state, ChangeState::Lapsed { .. }), "{:?}", changes[0].change.state);
    assert!(world.mails().contains(&"change_lapsed".to_owned()));

    world.pass(9 * 86_400);
    world.pump_until_quiet().await;
    let filter = DocumentFilter { kind: Some(DocumentKind::Invoice), ..DocumentFilter::default() };
    let invoices = engine.store().documents(&filter, &Window::default()).expect("the invoices").rows;
    assert_eq!(invoices.len(), 3, "the first period, the change that lapsed, the second period");
    assert_eq!(world.subscription(subscription).period_ordinal(), 1);
    assert_eq!(world.account().invoices, [], "the renewal was not paid");
    world.books_close();
}
