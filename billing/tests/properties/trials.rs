//! Trials: however often plans, cycles and options are changed in one, it is over on its day at the latest, never begins
//! again, and nothing of its time is billed.

use billing::calendar::{Cycle, Zone};
use billing::catalogue::Basket;
use billing::command::{Asker, PaymentChoice};
use billing::scenario::{No, PureWorld, Seen, Story, Wished, World};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;

/// Three plans with trials of their own, under a preset and what becomes of a trial.
fn story(policy: &str, trial: &str, days: u16) -> Story {
    let (more, less) = (days + 10, (days / 2).max(1));
    let text = format!(
        "# trials\npolicy {policy}\nterms trial = \"{trial}\"\nplan p0 10.00 EUR monthly, 100.00 EUR yearly, trial {days} days\n\
         plan p1 30.00 EUR monthly, 300.00 EUR yearly, trial {more} days\nplan p2 60.00 EUR monthly, trial {less} days\n\
         option memory 2.00 EUR monthly, 20.00 EUR yearly, up to 8\ngiven 2026-01-01 a on p0 monthly\nexpect on p0\n"
    );
    Story::parse(&text).expect("a story")
}

/// Nothing that was billed covers a day before this one.
fn is_free_until(seen: &Seen, end: Date) -> bool {
    let mut covered = seen.subscriptions[0].coverage.iter().flatten();
    covered.all(|covered| covered.net.is_zero() || covered.from >= end)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_trial_is_had_once_however_often_it_is_changed(
        policy in prop::sample::select(vec!["vps", "team", "used-day", "lago", "meteroid", "stripe-seconds", "whmcs"]),
        ends in any::<bool>(), days in 1u16..80, start in 0i64..800,
        steps in prop::collection::vec((0i64..6_000, 0usize..3, any::<bool>(), 0u32..3, any::<bool>()), 1..25),
    ) {
        let story = story(policy, if ends { "end" } else { "keep" }, days);
        let zone = Zone::parse("Europe/Berlin").expect("a zone");
        let start = date(2026, 1, 1).checked_add(start.days()).expect("a date in range");
        let end = start.checked_add(i64::from(days).days()).expect("a date in range");
        let mut at = zone.midnight(start);
        let mut world = PureWorld::default();
        world.publish(at, &story.catalogue).expect("a catalogue");
        let account = world.open(at, "Alice", &zone, story.catalogue.currency).expect("an account");
        let basket = |plan: usize, cycle| Basket { plan: format!("p{plan}").into(), cycle, options: Default::default() };
        let starts = start.at(0, 0, 0, 0);
        let opened = world.start(at, &account, &basket(0, Cycle::MONTH), starts, PaymentChoice::BankTransfer);
        let opened = opened.expect("a start");
        prop_assert_eq!(&opened.invoice, &None);
        prop_assert_eq!(world.see(at, &account).expect("an account").subscriptions[0].trial_until, Some(end));
        let mut over = None;
        for (number, (minutes, plan, yearly, memory, pays)) in steps.into_iter().enumerate() {
            at = at.checked_add(SignedDuration::from_mins(minutes)).expect("an instant in range");
            world.timers(at).expect("timers");
            if over.is_none() && at >= zone.midnight(end) {
                over = Some(end);
            }
            let mut to = basket(plan, if yearly { Cycle::YEAR } else { Cycle::MONTH });
            if memory > 0 {
                to.options.insert("memory".into(), memory);
            }
            let wish = Wished { to, asker: Asker::Staff, when: None, on: None };
            match world.quote(at, &account, &opened.subscription, &wish) {
                Ok(quoted) => {
                    prop_assert!(ends || over.is_some() || (quoted.due.is_zero() && quoted.total.is_zero()), "{:?}", quoted);
                    let by = PaymentChoice::BankTransfer;
                    world.submit(at, &account, &quoted.ticket, by, &format!("{number}")).expect("a fresh quote is taken");
                }
                Err(No::Refused(_)) => {}
                Err(No::Broken(what)) => prop_assert!(false, "{}", what),
            }
            let open = world.see(at, &account).expect("an account").invoices.into_iter().filter(|one| one.state == "open");
            for (place, invoice) in open.enumerate().filter(|_| pays) {
                let reference = format!("{number} {place}");
                world.transfer(at, &account, Some(&invoice.id), invoice.open, &reference).expect("a transfer");
            }
            let seen = world.see(at, &account).expect("an account");
            match (over, seen.subscriptions[0].trial_until) {
                (None, Some(until)) => prop_assert_eq!(until, end),
                (None, None) => over = Some(seen.subscriptions[0].period_from.min(end)),
                (Some(_), until) => prop_assert_eq!(until, None, "a trial began again"),
            }
            prop_assert!(is_free_until(&seen, over.unwrap_or(end)), "{:#?}", seen.subscriptions[0].coverage);
        }
        // Nor does another subscription of the product have one.
        let starts = zone.local(at);
        let second = world.start(at, &account, &basket(1, Cycle::MONTH), starts, PaymentChoice::BankTransfer);
        prop_assert!(second.expect("a start").invoice.is_some());
    }
}
