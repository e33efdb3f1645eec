//! Stories of cancelling: with the period, taken back, now. What ended is kept and never due again.

use billing::command::{Answer, Command};
use billing::document::DocumentReason;
use billing::id::AccountId;
use billing::policy::When;
use billing::service::Access;
use jiff::Timestamp;
use store::{CommitError, SubscriptionFilter, SubscriptionRow, Window};

use crate::world::{Started, World, basket, money};

/// A customer whose subscription is paid for and set up.
fn running(world: &mut World) -> (AccountId, Started) {
    let account = world.open(1);
    let started = world.start(account, "small", 2);
    world.capture(account, started.invoice);
    world.report(account, started.service, 1);
    world.wait(72);
    (account, started)
}

fn due(world: &World, now: Timestamp) -> Vec<Command> {
    world.store.due(now, 10).expect("it reads").into_iter().map(|due| due.command).collect()
}

fn listed(world: &World) -> SubscriptionRow {
    let mut page = world.store.subscriptions(&SubscriptionFilter::default(), &Window::default()).expect("it reads");
    assert_eq!(page.rows.len(), 1);
    page.rows.remove(0)
}

stories! {
    fn a_cancellation_with_the_period_is_due_once_in_the_place_of_the_renewal(world) {
        let mut world = world;
        let (account, Started { subscription, service, .. }) = running(&mut world);
        let planned = world.cancel(account, subscription, When::PeriodEnd);
        let until = planned.account.subscriptions[0].period.until;
        assert_eq!(planned.answer, Answer::CancellationScheduled { subscription, ends_at: until });
        world.assert_kept(&planned);
        assert_eq!(listed(&world).cancellation, planned.account.subscriptions[0].cancellation);

        assert_eq!(world.store.next_due_at(), Ok(Some(until)));
        assert_eq!(due(&world, until - jiff::SignedDuration::from_millis(1)), []);
        world.now = until;
        let end = Command::EndSubscription { subscription };
        assert_eq!(due(&world, until), std::slice::from_ref(&end));
        // Two nodes found it, and both decided.
        let before = world.load(account);
        let envelopes = [world.envelope(account, None, end.clone()), world.envelope(account, None, end.clone())];
        let [first, second] = envelopes.map(|envelope| world.decide(Some(&before), &envelope));
        world.store.commit(Some(&before), &first).expect("it commits");
        assert_eq!(world.store.commit(Some(&before), &second), Err(CommitError::Conflict));
        world.assert_kept(&first);
        assert_eq!((due(&world, until), world.store.next_due_at()), (Vec::new(), Ok(None)));
        assert_eq!(world.run(account, end).0.answer, Answer::Nothing, "asked for once more");

        world.report(account, service, 2);
        assert_eq!(world.load(account).subscriptions, [], "nothing of it is open");
        world.wait(24 * 366);
        assert_eq!(due(&world, world.now), []);
    }

    fn a_cancellation_that_is_taken_back_makes_the_renewal_due_again(world) {
        let mut world = world;
        let (account, Started { subscription, .. }) = running(&mut world);
        let untouched = world.load(account).subscriptions;
        world.cancel(account, subscription, When::PeriodEnd);
        let back = world.run(account, Command::UncancelSubscription { subscription }).0;
        world.assert_kept(&back);
        assert_eq!(world.load(account).subscriptions, untouched);
        assert_eq!(listed(&world).cancellation, None);
        let until = untouched[0].period.until;
        assert_eq!(due(&world, until), [Command::RenewSubscription { subscription, ordinal: 1 }]);
    }

    fn what_has_ended_is_kept_and_never_due_again(world) {
        let mut world = world;
        let plan = &mut world.catalogue.products[0].plans[0];
        (plan.trial_days, plan.prices[0].trial_price) = (Some(14), Some(money(100)));
        let (account, Started { subscription, service, .. }) = running(&mut world);
        let trial = world.load(account).subscriptions[0].period;
        world.now = trial.until;
        let renewal = due(&world, world.now).remove(0);
        let Answer::Renewed { document: Some(invoice), .. } = world.run(account, renewal).0.answer else {
            panic!("the first period is invoiced")
        };
        world.capture(account, invoice);
        world.wait(24 * 7);
        let open = world.submit(account, subscription, basket("large", 2));
        let ended = world.cancel(account, subscription, When::Now);
        world.assert_kept(&ended);
        let books = world.store.books(account).expect("they read").expect("they are there");
        let kept = books.account.subscription(subscription).expect("tables keep it");
        assert_eq!(kept.cancellation, ended.account.subscriptions[0].cancellation);
        assert!(books.changes.iter().any(|change| change.id == open.change && !change.is_open()), "it was taken back");
        let last = books.documents.iter().find(|document| document.reason == DocumentReason::Cancellation);
        assert_eq!(last.map(|note| note.total), Some(world.load(account).balance));

        let row = listed(&world);
        assert_eq!((row.service.access, &row.cancellation), (Access::Ended, &kept.cancellation));
        assert_eq!(world.store.counts().expect("they read").subscriptions, 0, "none is running");
        assert_eq!((due(&world, world.now), world.store.next_due_at()), (Vec::new(), Ok(None)));
        assert_eq!(world.load(account).subscriptions.len(), 1, "the module was not heard of yet");
        world.report(account, service, 2);
        let left = world.load(account);
        assert_eq!((left.subscriptions, left.had), (Vec::new(), vec!["server".to_owned()]));
        assert_eq!(listed(&world).service.access, Access::Ended, "lists go on having it");
        world.wait(24 * 366);
        assert_eq!(due(&world, world.now), []);

        let again = world.start(account, "small", 0);
        let running = world.load(account);
        assert_eq!(running.subscription(again.subscription).and_then(|one| one.trial_until), None, "one trial");
        assert_eq!(running.had, ["server"]);
    }

    fn an_end_is_credited_once(world) {
        let mut world = world;
        let (account, Started { subscription, .. }) = running(&mut world);
        let mut before = world.load(account);
        let first = world.cancel(account, subscription, When::Now);
        // The same end decided on the account as it was, its version moved past the guard.
        before.version = world.load(account).version;
        let command = world.cancellation(&before, subscription, When::Now);
        let envelope = world.envelope(account, None, command);
        let second = world.decide(Some(&before), &envelope);
        assert_eq!(world.store.commit(Some(&before), &second), Err(CommitError::Unique("once_of_subscription")));
        assert_eq!(world.load(account).balance, first.account.balance);
    }

    fn a_trial_is_charged_once(world) {
        let mut world = world;
        let plan = &mut world.catalogue.products[0].plans[0];
        (plan.trial_days, plan.prices[0].trial_price) = (Some(14), Some(money(100)));
        let (account, Started { subscription, .. }) = running(&mut world);
        let before = world.load(account);
        let goodwill = Command::GrantGoodwill { amount: money(5), reason: "an outage".to_owned() };
        let envelope = world.envelope(account, None, goodwill);
        let mut decision = world.decide(Some(&before), &envelope);
        // A document as no decision makes it: for the trial once more.
        let document = &mut decision.documents[0];
        (document.reason, document.subscription) = (DocumentReason::Trial, Some(subscription));
        assert_eq!(world.store.commit(Some(&before), &decision), Err(CommitError::Unique("once_of_subscription")));
        assert_eq!(world.load(account), before);
    }
}
