//! Stories of what the schema itself refuses, whatever the program does: by hand, past the store.

use billing::command::{Asker, Command};
use store::CommitError;

use crate::world::{World, basket, money};

/// The database refuses a statement, and names what it breaks.
#[track_caller]
fn refused(world: &World, sql: &str, broken: &str) {
    let error = world.by_hand(sql).expect_err(sql);
    assert!(error.to_lowercase().contains(broken), "{sql}: {error}");
}

stories! {
    fn what_is_booked_is_never_changed_or_deleted(world) {
        let mut world = world;
        world.full_life();
        for table in ["postings", "log", "documents", "document_lines"] {
            refused(&world, &format!("update {table} set account_id = account_id"), "append-only");
            refused(&world, &format!("delete from {table}"), "append-only");
        }
    }

    fn impossible_rows_are_refused(world) {
        let mut world = world;
        let (account, _) = world.full_life();
        let change = world.load(account).subscriptions[0].change.as_ref().expect("it waits").id;
        world.run(account, Command::WithdrawPlanChange { change });
        let amount = money(5_000);
        world.run(account, Command::ReceiveTransfer { invoice: None, amount, reference: "in".to_owned() });
        let to = "DE00 1111".to_owned();
        world.run(account, Command::RequestPayout { amount, fee: None, to, asked_by: Asker::Staff });
        for (sql, broken) in [
            ("update accounts set balance_minor = -1", "balance_not_negative"),
            ("update accounts set reserved_minor = -1", "reserved_not_negative"),
            ("update accounts set cash_minor = -1", "backing_not_negative"),
            ("update accounts set granted_minor = -1", "backing_not_negative"),
            ("update accounts set fees_on_minor = -1", "backing_not_negative"),
            ("update segments set until_at = from_at - 1", "segment_in_order"),
            ("update segments set collected_minor = net_minor + 1", "collected_at_most_net"),
            ("update segments set collected_minor = -1", "collected_at_most_net"),
            ("update plan_changes set state = 'awaits_payment'", "change_state"),
            ("update invoices set state = 'open'", "invoice_state"),
            ("update effects set state = 'lost'", "effect_state"),
            ("update payouts set fee_minor = -1", "payout_parts"),
            ("update payouts set fee_minor = amount_minor", "payout_parts"),
            ("update payouts set state = 'sent'", "payout_state"),
            ("update payouts set state = 'returned', closed_at = 0", "payout_state"),
            ("update payouts set state = 'lost', closed_at = 0, note = 'somewhere'", "payout_state"),
        ] {
            refused(&world, sql, broken);
        }
        let columns = "account_id, id, transaction_id, ledger_account, currency, amount_minor, document_id, posted_at";
        let values = format!("'{account}', 'p', 't', 'sales', 'EUR', 0, 'd', 0");
        refused(&world, &format!("insert into postings ({columns}) values ({values})"), "posting_not_zero");

        let columns = "kind, storefront, series, number, issued_at, issued_on, currency, total_minor, reason";
        let twice = format!(
            "insert into documents (account_id, id, {columns}) select account_id, 'other', {columns} from documents
             where series = 'INV-2027' and number = 1"
        );
        // The one database names the index, the other its columns.
        let is_sqlite = world.store.database() == "sqlite";
        refused(&world, &twice, if is_sqlite { "documents.number" } else { "document_number" });

        let columns = "account_id, currency, amount_minor, fee_minor, sent_to, requested_at, state";
        let of_nothing = format!(
            "insert into payouts (id, closed_at, note, {columns})
             select 'other', 0, 'sent', account_id, currency, amount_minor, 0, 'x', 0, 'sent' from payouts"
        );
        refused(&world, &of_nothing, "foreign key");
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
        let command = Command::RenewSubscription { subscription, ordinal };
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
            let command = Command::GrantGoodwill {
                amount: money(5),
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
            asked_by: Asker::Staff, when: None,
            on: None,
        };
        let facts = billing::decide::Facts { catalogue: &world.catalogue, policies: &world.policies };
        let quote = billing::decide::quote_plan_change(facts, &before, &request, world.now).expect("a quote");
        let command = Command::SubmitPlanChange {
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
