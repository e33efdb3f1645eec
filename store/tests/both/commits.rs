//! Stories of load and commit: what is stored comes back, a lost race stores nothing, numbers have no gaps.

use std::sync::Barrier;

use billing::account::Account;
use billing::command::{Answer, Asker, Command, PaymentOutcome};
use billing::decide::Decision;
use billing::document::DocumentReason;
use billing::id::{AccountId, DocumentId};
use billing::policy::When;
use billing::service::Access;
use store::{CommitError, Location, Store, SubscriptionFilter, Window};

use crate::world::{World, account_id, command_id, money, sorted};

fn goodwill(world: &mut World, account: AccountId, before: &Account, minor: i64) -> Decision {
    let command = Command::GrantGoodwill { amount: money(minor), reason: "an outage".to_owned() };
    let envelope = world.envelope(account, None, command);
    world.decide(Some(before), &envelope)
}

stories! {
    fn what_was_decided_is_what_is_loaded(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        let before = world.load(account);
        let subscription = before.subscription(started.subscription).expect("it runs");
        assert!(subscription.change.is_some() && !subscription.coverage.is_empty(), "{subscription:?}");

        let decision = goodwill(&mut world, account, &before, 100);
        world.store.commit(Some(&before), &decision).expect("it commits");
        world.assert_kept(&decision);
        assert_eq!(world.load(account), sorted(world.load(account)), "records come in the order of their ids");
    }

    fn what_a_trial_costs_and_what_is_charged_once_comes_back(world) {
        let mut world = world;
        for (place, plan) in world.catalogue.products[0].plans.iter_mut().enumerate() {
            plan.trial_days = Some(14);
            plan.prices[0].trial_price = Some(money([100, 300][place]));
            plan.prices[0].setup = Some(money([500, 900][place]));
        }
        let account = world.open(1);
        let started = world.start(account, "small", 0);
        let once = |world: &World| world.load(account).subscriptions[0].one_time.clone();
        let in_trial = once(&world);
        assert_eq!((in_trial.trial, in_trial.to_come.len()), (Some(money(100)), 1), "{in_trial:?}");
        let books = world.store.books(account).expect("they read").expect("they are there");
        assert_eq!(books.documents[0].reason, DocumentReason::Trial);
        let laid = world.load(account).subscriptions[0].coverage.iter().filter(|one| one.span.is_empty()).count();
        assert_eq!(laid, 1, "what the trial costs covers no time");

        world.capture(account, started.invoice);
        world.wait(24 * 15);
        let command = Command::RenewSubscription { subscription: started.subscription, ordinal: 1 };
        world.run(account, command);
        let over = once(&world);
        assert_eq!((over.trial, over.to_come.len()), (None, 0), "{over:?}");
        assert_eq!(over.charged.get("small").copied(), Some(1), "{over:?}");
        assert_eq!(sorted(world.load(account)), world.load(account));
    }

    fn the_books_hold_everything_ever_decided(world) {
        let mut world = world;
        let (account, _) = world.full_life();
        let books = world.store.books(account).expect("they read").expect("they are there");
        let states: Vec<_> = books.changes.iter().map(|change| format!("{:?}", change.state)).collect();
        for state in ["Applied", "Withdrawn", "Lapsed", "AwaitsPayment"] {
            assert!(states.iter().any(|known| known.starts_with(state)), "{state} is not among {states:?}");
        }
        assert_eq!(books.postings.iter().map(|booked| booked.posting.amount.minor).sum::<i64>(), 0);
        assert!(books.documents.iter().all(|document| document.number.is_some()));
        assert!(books.documents.iter().any(|document| document.lines.len() > 1));
        let mut hash = String::new();
        for (version, (entry, _)) in (1..).zip(&books.log) {
            assert_eq!(entry.version, version);
            hash = billing::decide::log_hash(&hash, &entry.body);
            assert_eq!(entry.hash, hash);
        }
        assert_eq!(books.account.log_hash, hash);
        assert!(!books.effects.is_empty());
        assert_eq!(world.store.books(account_id(404)).expect("they read"), None);
    }

    fn a_lost_race_stores_nothing(world) {
        let mut world = world;
        let account = world.open(1);
        let before = world.load(account);
        let first = goodwill(&mut world, account, &before, 100);
        let second = goodwill(&mut world, account, &before, 200);
        world.store.commit(Some(&before), &first).expect("the first commits");
        let books = world.store.books(account).expect("they read");
        assert_eq!(world.store.commit(Some(&before), &second), Err(CommitError::Conflict));
        assert_eq!(world.store.books(account).expect("they read"), books);
        assert_eq!(world.store.series().expect("they read")[0].last, 1, "no number was taken");
    }

    fn an_account_is_opened_once(world) {
        let mut world = world;
        let account = world.open(1);
        let command = Command::OpenAccount {
            storefront: "vps".to_owned(),
            name: "Someone else".to_owned(),
            email: "else@example.com".to_owned(),
            zone: billing::calendar::Zone::utc(),
            currency: crate::world::eur(),
        };
        let envelope = world.envelope(account, None, command);
        let decision = world.decide(None, &envelope);
        assert_eq!(world.store.commit(None, &decision), Err(CommitError::Conflict));
        assert_eq!(world.load(account).name, "Customer 1");
    }

    fn a_repeated_key_meets_the_earlier_answer(world) {
        let mut world = world;
        let account = world.open(1);
        let command = Command::GrantGoodwill { amount: money(100), reason: "an outage".to_owned() };
        let envelope = world.envelope(account, Some("key-1"), command);
        let (decision, outcome) = world.try_run(&envelope);
        outcome.expect("it commits");
        let loaded = world.store.load(account, Some("key-1"), world.now).expect("it loads");
        let earlier = loaded.earlier.expect("the key is known");
        assert_eq!(earlier.digest, decision.log.digest);
        assert_eq!(earlier.answer, serde_json::to_string(&decision.answer).expect("an answer is plain data"));
        assert_eq!(world.store.load(account, Some("key-2"), world.now).expect("it loads").earlier, None);
        let other = world.open(2);
        assert_eq!(world.store.load(other, Some("key-1"), world.now).expect("it loads").earlier, None);
    }

    fn numbers_have_no_gaps_under_eight_writers(world) {
        let mut world = world;
        const WRITERS: u64 = 8;
        const ROUNDS: u64 = 12;
        for n in 1..=WRITERS {
            world.open(n);
        }
        let start = Barrier::new(WRITERS as usize);
        let (world, start) = (&world, &start);
        std::thread::scope(|scope| {
            for writer in 1..=WRITERS {
                scope.spawn(move || {
                    start.wait();
                    for round in 0..ROUNDS {
                        // Two writers share each account, so that races are lost as well as won.
                        let account = account_id(1 + writer / 2);
                        let command = Command::GrantGoodwill { amount: money(1), reason: "a test".to_owned() };
                        let envelope = billing::command::Envelope {
                            id: command_id(10_000 + writer * 100 + round),
                            account,
                            now: world.now,
                            actor: billing::command::Actor::System,
                            key: None,
                            command,
                        };
                        loop {
                            match world.try_run(&envelope).1 {
                                Ok(numbers) => break assert_eq!(numbers.len(), 1),
                                Err(CommitError::Conflict) => {}
                                Err(other) => panic!("{other}"),
                            }
                        }
                    }
                });
            }
        });
        let series = world.store.series().expect("they read");
        assert_eq!(series.len(), 1, "{series:?}");
        let count = i64::try_from(WRITERS * ROUNDS).expect("a small number");
        assert_eq!((series[0].last, series[0].count), (count, count));
        assert_eq!((series[0].lowest, series[0].highest), (1, count));
    }

    fn one_failing_write_does_not_take_its_neighbours_along(world) {
        let mut world = world;
        for n in 1..=16 {
            world.open(n);
        }
        let befores: Vec<_> = (1..=16).map(|n| world.load(account_id(n))).collect();
        let mut decisions: Vec<_> =
            befores.iter().map(|before| goodwill(&mut world, before.id, before, 50)).collect();
        // One of them breaks a constraint that only the database sees: its command is in the log already.
        decisions[7].log.command = command_id(1);
        let start = Barrier::new(decisions.len());
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = befores.iter().zip(&decisions).map(|(before, decision)| {
                let (store, start) = (world.store.clone(), &start);
                scope.spawn(move || {
                    start.wait();
                    store.commit(Some(before), decision)
                })
            }).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        for (place, outcome) in outcomes.iter().enumerate() {
            match place {
                7 => assert_eq!(*outcome, Err(CommitError::Unique("command_once"))),
                _ => assert!(outcome.is_ok(), "{outcome:?}"),
            }
        }
        let series = world.store.series().expect("they read");
        assert_eq!((series[0].last, series[0].count, series[0].highest), (15, 15, 15));
    }

    fn what_is_due_is_found_once_its_time_has_come(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        assert_eq!(world.store.due(world.now, 10).expect("it reads"), []);
        let next = world.store.next_due_at().expect("it reads").expect("something is due");
        world.now = next;
        let due = world.store.due(world.now, 10).expect("it reads");
        assert_eq!(due.len(), 1, "{due:?}");
        assert!(matches!(due[0].command, Command::LapsePlanChange { .. }));
        world.run(account, due[0].command.clone());
        world.now = world.store.next_due_at().expect("it reads").expect("something is due");
        let due = world.store.due(world.now, 10).expect("it reads");
        assert_eq!(due.len(), 1, "{due:?}");
        assert_eq!(due[0].command, Command::RenewSubscription { subscription: started.subscription, ordinal: 1 });
        world.run(account, due[0].command.clone());
        assert_eq!(world.store.due(world.now, 10).expect("it reads"), []);
    }

    fn an_unpaid_renewal_is_tried_once_whoever_looks_for_it_after_a_restart(world) {
        let mut world = world;
        let (account, invoice) = unpaid_renewal(&mut world);
        let commands = |world: &World| -> Vec<Command> {
            // As a server sees it that has just started; a file can be opened by one store only.
            let store = match world.location() {
                Location::Sqlite(_) => world.store.clone(),
                location => Store::open(&location).expect("it opens again"),
            };
            store.due(world.now, 10).expect("it reads").into_iter().map(|due| due.command).collect()
        };
        assert_eq!(commands(&world), [], "nothing is due on the day of the failure");
        world.wait(24 * 3);
        let first = Command::RetryPayment { invoice, number: 1 };
        assert_eq!(commands(&world), std::slice::from_ref(&first), "of three tries that were missed one is made");
        world.run(account, first.clone());
        assert_eq!(commands(&world), [], "while it is on its way");
        assert_eq!(world.run(account, first).0.answer, Answer::Nothing, "asked for twice");
        let attempts = |world: &World| world.load(account).attempts.len();
        assert_eq!(attempts(&world), 2);
        fail(&mut world, account);
        assert_eq!(commands(&world), []);
        world.wait(24 * 4);
        let last = Command::RetryPayment { invoice, number: 4 };
        assert_eq!(commands(&world), std::slice::from_ref(&last));
        world.run(account, last);
        fail(&mut world, account);
        let restrict = Command::RestrictAccess { invoice };
        assert_eq!(commands(&world), std::slice::from_ref(&restrict), "the grace is over with the last try");
        world.run(account, restrict);
        assert_eq!((commands(&world), attempts(&world)), (Vec::new(), 3));
        let restricted = || SubscriptionFilter { restricted: true, ..SubscriptionFilter::default() };
        let listed = |world: &World| world.store.subscriptions(&restricted(), &Window::default()).expect("it reads").rows;
        assert_eq!(world.load(account).subscriptions[0].service.access, Access::Restricted);
        assert_eq!(listed(&world).len(), 1);
        world.capture(account, invoice);
        assert_eq!(world.load(account).subscriptions[0].service.access, Access::Full);
        assert_eq!((commands(&world), listed(&world)), (Vec::new(), Vec::new()));
    }
}

/// A renewal under the preset that tries for a week, its first payment failed.
fn unpaid_renewal(world: &mut World) -> (AccountId, DocumentId) {
    world.catalogue.products[0].policy = "used-day".to_owned();
    let account = world.open(1);
    let started = world.start(account, "small", 0);
    world.capture(account, started.invoice);
    world.report(account, started.service, 1);
    world.now = world.store.next_due_at().expect("it reads").expect("a period ends");
    let due = world.store.due(world.now, 10).expect("it reads").remove(0);
    let Answer::Renewed { document: Some(invoice), .. } = world.run(account, due.command).0.answer else {
        panic!("a paid plan is invoiced")
    };
    fail(world, account);
    (account, invoice)
}

/// The payment that is on its way fails.
fn fail(world: &mut World, account: AccountId) {
    let loaded = world.load(account);
    let attempt = loaded.attempts.iter().find(|attempt| attempt.state.is_running()).expect("an attempt").id;
    let outcome = PaymentOutcome::Failed { reason: "declined".to_owned() };
    world.settle(account, attempt, outcome, &format!("evt_{attempt}_failed"));
}

/// The same decisions give the same books, byte for byte, on both databases (I35).
#[test]
fn both_databases_export_the_same() {
    let export = |mut world: World| {
        let (account, started) = world.full_life();
        world.now += jiff::SignedDuration::from_hours(24 * 40);
        while let Some(due) = world.store.due(world.now, 1).expect("it reads").into_iter().next() {
            world.run(due.account, due.command);
        }
        world.cancel(account, started.subscription, When::Now);
        world.wait(24 * 30);
        let amount = money(20_000);
        world.run(account, Command::ReceiveTransfer { invoice: None, amount, reference: "in".to_owned() });
        let (to, asked_by) = ("DE00 1111".to_owned(), Asker::Staff);
        world.run(account, Command::RequestPayout { amount: money(100), fee: None, to, asked_by });
        let books = world.store.books(account).expect("they read").expect("they are there");
        let window = store::Window::default();
        let log = world.store.log(&store::LogFilter::default(), &window).expect("it reads");
        let counts = world.store.counts().expect("they read");
        format!("{books:#?}\n{log:#?}\n{counts:#?}\n{:#?}", world.store.series().expect("they read"))
    };
    assert_eq!(export(World::on_sqlite()), export(World::on_postgres()));
}
