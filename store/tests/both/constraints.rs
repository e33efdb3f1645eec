//! Stories of what the schema itself refuses, whatever the program does: by hand, past the store.

use store::CommitError;

use crate::world::{World, basket};

#[track_caller]
fn refused(world: &World, sql: &str) {
    assert!(world.by_hand(sql).is_err(), "the database took {sql}");
}

stories! {
    fn what_is_booked_is_never_changed_or_deleted(world) {
        let mut world = world;
        world.full_life();
        for table in ["postings", "log", "documents", "document_lines"] {
            refused(&world, &format!("update {table} set account_id = account_id"));
            refused(&world, &format!("delete from {table}"));
            let error = world.by_hand(&format!("delete from {table}")).expect_err("it is refused");
            assert!(error.contains("append-only"), "{error}");
        }
    }

    fn impossible_rows_are_refused(world) {
        let mut world = world;
        let (account, _) = world.full_life();
        for sql in [
            "update accounts set balance_minor = -1",
            "update accounts set reserved_minor = -1",
            "update segments set until_at = from_at - 1",
            "update segments set collected_minor = net_minor + 1",
            "update segments set collected_minor = -1",
            "update plan_changes set state = 'awaits_payment'",
            "update invoices set state = 'open'",
            "update effects set state = 'lost'",
        ] {
            refused(&world, sql);
        }
        let columns = "account_id, id, transaction_id, ledger_account, currency, amount_minor, document_id, posted_at";
        refused(
            &world,
            &format!("insert into postings ({columns}) values ('{account}', 'p', 't', 'sales', 'EUR', 0, 'd', 0)"),
        );
        refused(
            &world,
            "insert into documents select account_id, 'other', kind, storefront, series, number, issued_at, issued_on,
                 currency, total_minor, reason, period_ordinal, change_id, subscription_id, corrects_id from documents",
        );
    }

    fn a_period_is_invoiced_once(world) {
        let mut world = world;
        let (account, _) = world.full_life();
        let before = world.load(account);
        world.wait(24 * 40);
        let due = world.store.due(world.now, 10).expect("it reads");
        for due in due {
            world.run(due.account, due.command);
        }
        // The same renewal decided on the account as it was, its version moved past the guard.
        let mut before = before;
        before.version = world.load(account).version;
        let subscription = before.subscriptions[0].id;
        before.subscriptions[0].change = None;
        let ordinal = before.subscriptions[0].period_ordinal() + 1;
        let command = billing::command::Command::RenewSubscription { subscription, ordinal };
        let envelope = world.envelope(account, None, command);
        let decision = world.decide(Some(&before), &envelope);
        assert_eq!(world.store.commit(Some(&before), &decision), Err(CommitError::Unique("renewal_once")));
    }

    fn a_gateway_event_is_applied_once(world) {
        let mut world = world;
        let one = world.open(1);
        let two = world.open(2);
        for (account, expected) in [(one, Ok(())), (two, Err(CommitError::Unique("gateway_event_once")))] {
            let before = world.load(account);
            let command = billing::command::Command::GrantGoodwill {
                amount: crate::world::money(5),
                reason: "an outage".to_owned(),
            };
            let envelope = world.envelope(account, None, command);
            let mut decision = world.decide(Some(&before), &envelope);
            decision.gateway_event = Some(("sandbox".to_owned(), "evt_1".to_owned()));
            let outcome = world.store.commit(Some(&before), &decision);
            assert_eq!(outcome.map(|_| ()), expected);
        }
        assert_eq!(world.load(two).balance.minor, 0);
    }

    fn a_subscription_has_one_open_change(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        let open = world.load(account);
        let mut before = open.clone();
        before.subscriptions[0].change = None;
        let request = billing::quote::PlanChangeRequest {
            subscription: started.subscription,
            basket: basket("large", 3),
            asked_by: billing::command::Asker::Staff, when: None,
            on: None,
        };
        let facts = billing::decide::Facts { catalogue: &world.catalogue, policies: &world.policies };
        let quote = billing::decide::quote_plan_change(facts, &before, &request, world.now).expect("a quote");
        let command = billing::command::Command::SubmitPlanChange {
            digest: quote.digest(),
            shown: Box::new(quote.summary()),
            request,
            quoted_at: world.now,
            pays_by: billing::command::PaymentChoice::BankTransfer,
        };
        let envelope = world.envelope(account, None, command);
        let decision = world.decide(Some(&before), &envelope);
        assert_eq!(world.store.commit(Some(&before), &decision), Err(CommitError::Unique("one_open_change")));
        assert_eq!(world.load(account), open);
    }
}
