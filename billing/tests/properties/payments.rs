//! M49: whatever order the news of a payment comes in, and however often, the end is the same.

use billing::scenario::{PureWorld, Story, World, tell};

const STORY: &str = "
# an upgrade that is charged
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card pays
";

/// The news of one attempt: it went unanswered, was declined, and was captured after all.
const NEWS: [&str; 3] = ["silent", "declined", "captured"];

#[test]
fn every_order_of_the_news_of_a_payment_comes_to_the_same() {
    let orders = orders(&[0, 0, 1, 1, 2, 2]);
    assert_eq!(orders.len(), 90);
    for order in orders {
        let mut text = STORY.to_owned();
        let mut is_captured = false;
        for (minute, news) in order.iter().enumerate() {
            text.push_str(&format!("gateway 2026-04-11T13:{minute:02} {}\n", NEWS[*news]));
            // Once the money is there, no other news can matter: it is refused, and nothing changes.
            if is_captured {
                text.push_str("expect refused attempt-not-running; nothing\n");
            }
            is_captured |= *news == 2;
        }
        text.push_str("later 2026-04-11T14:00\n");
        text.push_str(
            "expect on m; change applied; invoice paid 13.33; no open invoice; balance 0.00; reserved 0.00\n",
        );
        text.push_str("expect payment captured; invoices 2; documents 2; wanted m generation 2\n");
        let story = Story::parse(&text).expect("a story");
        tell(&story, &mut PureWorld::default()).unwrap_or_else(|failure| panic!("{order:?}: {failure}"));
    }
}

#[test]
fn a_transfer_and_a_capture_pay_once_in_either_order() {
    // Both arrive: one pays, the other is balance.
    for (first, second) in [("paid", "gateway"), ("gateway", "paid")] {
        let line = |verb: &str, minute: u8| match verb {
            "paid" => format!("paid 2026-04-11T13:{minute:02} 13.33\n"),
            _ => format!("gateway 2026-04-11T13:{minute:02} captured\n"),
        };
        let text = format!(
            "{STORY}{}expect on m; balance 0.00\n{}expect on m; balance 13.33; receipts 1; invoices 2\n",
            line(first, 1),
            line(second, 2),
        );
        let story = Story::parse(&text).expect("a story");
        tell(&story, &mut PureWorld::default()).unwrap_or_else(|failure| panic!("{first} first: {failure}"));
    }
}

#[test]
fn a_key_that_is_used_for_another_request_is_refused() {
    let story = Story::parse(&format!("{STORY}expect still s\n")).expect("a story");
    let mut world = PureWorld::default();
    tell(&story, &mut world).expect("a true story");
    let account = world.accounts().next().expect("one account").to_string();
    let (at, eur) = ("2026-04-12T00:00Z".parse().expect("an instant"), story.currency);
    let amount = |minor| billing::money::Money::new(minor, eur);
    world.grant(at, &account, amount(500), "a key").expect("a grant");
    world.grant(at, &account, amount(500), "a key").expect("the same grant");
    assert_eq!(world.see(at, &account).expect("an account").balance, amount(500));
    let refused = world.grant(at, &account, amount(501), "a key");
    assert!(format!("{refused:?}").contains("idempotency-key-reused"), "{refused:?}");
    assert_eq!(world.see(at, &account).expect("an account").balance, amount(500));
}

/// Every different order of these, found by taking each in turn as the first.
fn orders(left: &[usize]) -> Vec<Vec<usize>> {
    if left.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in left.iter().enumerate() {
        if left[..at].contains(first) {
            continue;
        }
        let rest: Vec<usize> = [&left[..at], &left[at + 1..]].concat();
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, *first);
            order
        }));
    }
    all
}
