//! Bugs planted where balance is paid out.

use billing::account::Account;
use billing::command::{Answer, Asker, Command};
use billing::document::DocumentReason;
use billing::id::DocumentId;
use billing::ledger::LedgerAccount;
use billing::payout::{Payout, PayoutState};

use super::scenes::{House, Scene, at, eur, goodwill, open_command, start_command, transfer};
use super::{Bug, book};

/// A customer whose first period is paid, with 400.00 on the balance beside 5.00 that were granted.
fn rich() -> House {
    let plans = "plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly";
    let mut house = House::selling("vps\nterms cash_out_fee = \"10\"", plans);
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let first = transfer(&house, 1000);
    house.run("2026-04-01T00:00", first);
    let more = transfer(&house, 40_000);
    house.run("2026-04-02T00:00", more);
    house.run("2026-04-02T00:00", goodwill());
    house
}

fn request(minor: i64) -> Command {
    Command::RequestPayout {
        amount: eur(minor),
        fee: Some(eur(minor / 10)),
        to: "a bank".to_owned(),
        asked_by: Asker::Customer,
    }
}

fn after_request() -> (House, DocumentId) {
    let mut house = rich();
    let Answer::PayoutRequested { payout, .. } = house.run("2026-04-03T00:00", request(10_000)) else {
        panic!("a payout was asked for")
    };
    (house, payout)
}

fn requested() -> Scene {
    rich().decide("2026-04-03T00:00", request(40_000))
}

fn sent() -> Scene {
    let (mut house, payout) = after_request();
    house.decide("2026-04-04T00:00", Command::ConfirmPayout { payout, reference: "out 1".to_owned() })
}

fn returned() -> Scene {
    let (mut house, payout) = after_request();
    house.decide("2026-04-04T00:00", Command::ReturnPayout { payout, reason: "closed".to_owned() })
}

fn meanwhile() -> Scene {
    after_request().0.decide("2026-04-04T00:00", goodwill())
}

fn arrived() -> Scene {
    let mut house = rich();
    let more = transfer(&house, 500);
    house.decide("2026-04-03T00:00", more)
}

/// The renewal takes 10.00 of the balance, 5.00 of them granted.
fn renewed() -> Scene {
    let mut house = rich();
    let subscription = &house.account().subscriptions[0];
    let renew = Command::RenewSubscription { subscription: subscription.id, ordinal: 1 };
    house.decide("2026-05-01T00:00", renew)
}

fn payout(scene: &mut Scene) -> &mut Payout {
    scene.1.account.payout.as_mut().expect("a payout")
}

fn before(scene: &mut Scene) -> &mut Account {
    scene.0.as_mut().expect("an account before")
}

/// The payout and its document are over so much, and so is what is posted.
fn over(scene: &mut Scene, minor: i64) {
    let more = eur(minor) - payout(scene).amount;
    payout(scene).amount += more;
    payout(scene).fee += more;
    scene.1.account.backing.charged_on += more;
    scene.1.documents[0].lines[0].amount += more;
    scene.1.documents[0].lines[1].amount -= more;
    for posting in &mut scene.1.postings {
        posting.amount += if posting.amount.is_negative() { -more } else { more };
    }
    scene.1.account.balance -= more;
}

/// The fee is a cent more than its document counts.
fn one_cent_more(scene: &mut Scene) {
    payout(scene).fee += eur(1);
    scene.1.documents[0].lines[1].amount -= eur(1);
    scene.1.documents[0].total -= eur(1);
}

pub const BUGS: &[Bug] = &[
    ("more is paid out than the fee leaves", requested, |s| payout(s).fee -= eur(1), "I15"),
    ("a fee is more than its percentage", requested, one_cent_more, "I15"),
    ("what was granted is paid out", requested, |s| over(s, 40_001), "I15"),
    ("more is paid out than came in", requested, |s| before(s).backing.cash = eur(39_999), "I15"),
    ("balance that is set aside is paid out", requested, |s| before(s).balance = eur(39_999), "I03"),
    ("a payout is never noted", requested, |s| s.1.account.payout = None, "I15"),
    (
        "a payout is sent before it is asked for",
        requested,
        |s| {
            payout(s).state = PayoutState::Sent { at: at("2026-04-03T00:00"), reference: "out 1".to_owned() };
        },
        "I15",
    ),
    ("a fee is counted as if nothing had been paid out", requested, |s| before(s).backing.charged_on = eur(5), "I15"),
    ("the next fee forgets this payout", requested, |s| s.1.account.backing.charged_on = eur(0), "I15"),
    ("a payout grows while it waits", meanwhile, |s| payout(s).amount += eur(1), "I15"),
    ("a payout goes elsewhere", meanwhile, |s| payout(s).to = "another bank".to_owned(), "I15"),
    ("a payout is forgotten", meanwhile, |s| s.1.account.payout = None, "I15"),
    ("a payout is sent twice", sent, |s| payout(s).state = PayoutState::Requested, "I07"),
    ("a payout is sent under no reference", sent, |s| s.1.gateway_event = None, "I15"),
    (
        "a payout is sent under another reference",
        sent,
        |s| {
            s.1.gateway_event = Some(("bank".to_owned(), "out 2".to_owned()));
        },
        "I15",
    ),
    (
        "the fee of a payout is no income",
        sent,
        |s| {
            s.1.postings.retain(|posting| posting.account != LedgerAccount::PayoutFees);
            let gross = s.1.postings.iter_mut().filter(|posting| posting.account == LedgerAccount::Payouts);
            gross.last().expect("a posting").amount -= eur(1000);
        },
        "I01",
    ),
    (
        "the fee is paid out too",
        sent,
        |s| {
            for posting in &mut s.1.postings {
                if posting.account == LedgerAccount::PayoutFees {
                    posting.account = LedgerAccount::CashBank;
                }
            }
            s.1.account.backing.cash -= eur(1000);
        },
        "I07",
    ),
    ("cash that left is said to be there", sent, |s| s.1.account.backing.cash += eur(9000), "I30"),
    ("a payout that came back has no receipt", returned, |s| s.1.documents.clear(), "I01"),
    (
        "a payout comes back as something else",
        returned,
        |s| {
            s.1.documents[0].reason = DocumentReason::MoneyToBalance;
        },
        "I07",
    ),
    (
        "the fee of a payout that came back is kept",
        returned,
        |s| {
            book(s, LedgerAccount::Balance, LedgerAccount::PayoutFees, 1000);
        },
        "I15",
    ),
    (
        "fees go on being counted on what came back",
        returned,
        |s| {
            s.1.account.backing.charged_on = eur(10_000);
        },
        "I15",
    ),
    ("money that came in is not behind the balance", arrived, |s| s.1.account.backing.cash -= eur(500), "I30"),
    ("money that came in is taken for granted", arrived, |s| s.1.account.backing.granted += eur(500), "I15"),
    ("what was granted is not used up first", renewed, |s| s.1.account.backing.granted = eur(500), "I15"),
];
