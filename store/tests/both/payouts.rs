//! Stories of balance that is paid out: asked for, sent, come back, listed.

use billing::account::Account;
use billing::command::{Answer, Asker, Command};
use billing::decide::Decision;
use billing::document::DocumentReason;
use billing::id::{AccountId, DocumentId};
use billing::payout::PayoutState;
use store::{CommitError, PayoutFilter, PayoutRow, Window};

use crate::lists::walk;
use crate::world::{World, account_id, money};

/// A customer with balance that came in as money, under the preset that takes a fee.
fn with_cash(world: &mut World, n: u64) -> AccountId {
    world.catalogue.products[0].policy = "used-day".to_owned();
    let account = world.open(n);
    let reference = format!("in {n}");
    world.run(account, Command::ReceiveTransfer { invoice: None, amount: money(10_000), reference });
    account
}

fn request(minor: i64) -> Command {
    Command::RequestPayout { amount: money(minor), fee: None, to: "DE00 1111".to_owned(), asked_by: Asker::Customer }
}

fn ask(world: &mut World, account: AccountId, minor: i64) -> (DocumentId, Decision) {
    let decision = world.run(account, request(minor)).0;
    match decision.answer {
        Answer::PayoutRequested { payout, .. } => (payout, decision),
        ref other => panic!("{other:?}"),
    }
}

fn confirm(payout: DocumentId, reference: &str) -> Command {
    Command::ConfirmPayout { payout, reference: reference.to_owned() }
}

stories! {
    fn a_payout_comes_back_as_it_was_asked_for_sent_or_returned(world) {
        let mut world = world;
        let account = with_cash(&mut world, 1);
        let (first, asked) = ask(&mut world, account, 4_000);
        world.assert_kept(&asked);
        let open = world.load(account).payout.expect("it is open");
        assert_eq!((open.id, open.amount, open.fee), (first, money(4_000), money(400)));
        assert_eq!(open.state, PayoutState::Requested);
        assert_eq!(world.store.counts().expect("they read").open_payouts, 1);

        world.wait(24);
        let sent = world.run(account, confirm(first, "OUT 1")).0;
        world.assert_kept(&sent);
        let left = world.load(account);
        assert_eq!((left.payout, left.balance, left.backing.cash), (None, money(6_000), money(6_400)));

        let (second, _) = ask(&mut world, account, 6_000);
        let back = Command::ReturnPayout { payout: second, reason: "no such account".to_owned() };
        let returned = world.run(account, back).0;
        world.assert_kept(&returned);
        let left = world.load(account);
        assert_eq!((left.payout, left.balance, left.backing.charged_on), (None, money(6_000), money(4_000)));
        assert_eq!(world.store.counts().expect("they read").open_payouts, 0);

        let books = world.store.books(account).expect("they read").expect("they are there");
        let kept = [sent, returned].map(|decision| decision.account.payout.expect("it is closed"));
        assert_eq!(books.payouts, kept);
        assert!(matches!(&kept[0].state, PayoutState::Sent { reference, .. } if reference == "OUT 1"));
        assert!(matches!(&kept[1].state, PayoutState::Returned { reason, .. } if reason == "no such account"));
        let document = books.documents.iter().find(|document| document.id == first).expect("it has a document");
        assert_eq!(Some(&document.reason), asked.documents.iter().map(|document| &document.reason).next());
        assert!(matches!(document.reason, DocumentReason::Payout { count } if count.fee(money(4_000)) == money(400)));
    }

    fn a_bank_reference_is_booked_once(world) {
        let mut world = world;
        let one = with_cash(&mut world, 1);
        let two = with_cash(&mut world, 2);
        let (first, _) = ask(&mut world, one, 4_000);
        let (second, _) = ask(&mut world, two, 4_000);
        world.run(one, confirm(first, "OUT 1"));
        // Of another payout, and of money that came in.
        for reference in ["OUT 1", "in 1"] {
            let before = world.load(two);
            let envelope = world.envelope(two, None, confirm(second, reference));
            assert_eq!(world.try_run(&envelope).1, Err(CommitError::Unique("gateway_event_once")), "{reference}");
            assert_eq!(world.load(two), before, "{reference}");
        }
        world.run(two, confirm(second, "OUT 2"));
        assert_eq!(world.load(two).payout, None);
    }

    fn a_customer_has_one_open_payout(world) {
        let mut world = world;
        let account = with_cash(&mut world, 1);
        let before = world.load(account);
        ask(&mut world, account, 4_000);
        let open = world.load(account);
        // Asked for on the account as it was, its version moved past the guard.
        let before = Account { version: open.version, ..before };
        let envelope = world.envelope(account, None, request(1_000));
        let decision = world.decide(Some(&before), &envelope);
        assert_eq!(world.store.commit(Some(&before), &decision), Err(CommitError::Unique("one_open_payout")));
        assert_eq!(world.load(account), open);
    }

    fn payouts_are_listed_newest_first_in_whole_pages(world) {
        let mut world = world;
        for n in 1..=9 {
            let account = with_cash(&mut world, n);
            let (payout, _) = ask(&mut world, account, 4_000);
            if n % 3 == 0 {
                world.run(account, confirm(payout, &format!("OUT {n}")));
                world.wait(1);
                ask(&mut world, account, 1_000);
            }
        }
        let store = world.store.clone();
        let mut late = 100;
        let listed = walk(
            4,
            |window| store.payouts(&PayoutFilter::default(), window).expect("it reads"),
            || {
                late += 1;
                world.wait(1);
                let account = with_cash(&mut world, late);
                ask(&mut world, account, 2_000);
            },
        );
        assert_eq!(listed.len(), 12, "payouts asked for meanwhile are newer and do not shift the pages");
        let key = |row: &PayoutRow| (row.payout.requested_at, row.payout.id);
        assert!(listed.is_sorted_by(|a, b| key(a) > key(b)));
        let mut numbers: Vec<_> = listed.iter().map(|row| row.number.clone()).collect();
        numbers.sort();
        assert_eq!(numbers, (1..=12).map(|number| format!("PAY-2027-{number:04}")).collect::<Vec<_>>());

        let (third, fourth) = (account_id(3), account_id(4));
        let of = |account, state: Option<&str>| {
            let filter = PayoutFilter { account, state: state.map(str::to_owned) };
            store.payouts(&filter, &Window::first(200)).expect("it reads").rows
        };
        assert_eq!([of(None, Some("requested")).len(), of(None, Some("sent")).len()], [9 + 2, 3]);
        let own = of(Some(third), None);
        assert_eq!([own[0].payout.amount, own[1].payout.amount], [money(1_000), money(4_000)]);
        assert!(own.iter().all(|row| row.account == third && row.account_name == "Customer 3"));
        assert_eq!(of(Some(fourth), Some("sent")), []);
        let id = own[1].payout.id;
        assert_eq!(store.payout(Some(third), id).expect("it reads").as_ref(), Some(&own[1]));
        assert_eq!(store.payout(Some(fourth), id).expect("it reads"), None, "another's");
    }
}
