//! Every story of `scenarios/`, told to the pure core.
#![expect(clippy::disallowed_methods, reason = "these tests read story files")]

use std::path::PathBuf;

use billing::calendar::Cycle;
use billing::catalogue::Basket;
use billing::command::{Asker, PaymentChoice};
use billing::policy::When;
use billing::scenario::{No, PureWorld, Story, Wished, World, tell};

#[test]
fn every_story_is_true_of_the_pure_core() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder of stories").map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "story"));
    files.sort();
    assert!(files.len() >= 40, "only {} stories were found", files.len());
    let mut failures = Vec::new();
    for file in &files {
        let name = file.file_name().expect("a file name").to_string_lossy();
        let text = std::fs::read_to_string(file).expect("a story");
        if let Err(why) = std::panic::catch_unwind(|| told(&text)).unwrap_or(Err("the core panicked".to_owned())) {
            failures.push(format!("{name}: {why}"));
        }
    }
    assert!(failures.is_empty(), "{} of {} stories fail:\n{}", failures.len(), files.len(), failures.join("\n"));
}

fn told(text: &str) -> Result<(), String> {
    let story = Story::parse(text).map_err(|error| error.to_string())?;
    tell(&story, &mut PureWorld::default()).map_err(|failure| failure.to_string())
}

const PLANS: &str = "# a story\nplan s 10.00 EUR monthly\nplan m 30.00 EUR monthly\n";

#[test]
fn what_is_wrong_with_a_text_is_told_with_its_line() {
    let wrong = [
        ("# nothing", "line 1: a story that expects nothing shows nothing"),
        ("plan s 10.00 EUR monthly\n", "line 1: a story begins with a comment that says what it shows"),
        ("# a\nplan s ten EUR monthly", "line 2: \"ten\" is not an amount; write it like 12.50"),
        ("# a\nplan s 10.00 EUR hourly", "line 2: monthly or yearly?"),
        ("# a\nzone Berlin", "line 2: \"Berlin\" is not an IANA time zone; write it like Europe/Berlin"),
        ("# a\nexpect balance 1.00", "line 2: nothing has happened yet"),
        ("# a\ngiven 2026-04-01 alice on s monthly", "line 2: a story needs a plan before its first deed"),
    ];
    for (text, expected) in wrong {
        assert_eq!(Story::parse(text).map_err(|error| error.to_string()), Err(expected.to_owned()), "{text}");
    }
    let wrong = [
        ("given 2026-04-31 alice on s monthly", "line 4: \"2026-04-31\" is not a day such as 2026-01-20"),
        ("given 2026-04-01 alice on s monthly today", "line 4: \"today\" is one word too many"),
        ("given 2026-04-01 alice s monthly", "line 4: expected \"on\" before \"s\""),
        ("dance 2026-04-01 alice", "line 4: \"dance\" is no deed of a story"),
    ];
    for (line, expected) in wrong {
        let error = Story::parse(&format!("{PLANS}{line}\nexpect on s")).map_err(|error| error.to_string());
        assert_eq!(error, Err(expected.to_owned()), "{line}");
    }
    let given = format!("{PLANS}given 2026-04-01 alice on s monthly\n");
    let wrong = [
        ("expect the best", "line 5: \"the\" cannot be expected"),
        ("expect mail hello", "line 5: there is no mail \"hello\""),
        ("quote 2026-03-31 alice to m", "line 5: 2026-03-31 is before the line above"),
        ("zone Europe/Berlin", "line 5: zone needs a day here; settings stand at the top"),
        ("submit 2026-04-01 by card gold", "line 5: there is no card \"gold\""),
    ];
    for (line, expected) in wrong {
        let error = Story::parse(&format!("{given}{line}\n")).map_err(|error| error.to_string());
        assert_eq!(error, Err(expected.to_owned()), "{line}");
    }
}

#[test]
fn a_story_that_is_not_true_fails_at_its_line() {
    let story = format!("{PLANS}given 2026-04-01 alice on s monthly\nquote 2026-04-11 alice to m\n");
    let wrong = [
        ("expect due 13.34", "line 6, \"expect due 13.34\": due 13.34: it is 13.33 EUR, expected was 13.34 EUR"),
        ("expect refused same-plan", "line 6, \"expect refused same-plan\": refused same-plan: it was not refused"),
        ("quote 2026-04-11 alice to s\nexpect on s", "line 7, \"expect on s\": refused as same-plan"),
        ("expect on m", "line 6, \"expect on m\": on m: it is \"s\", expected was \"m\""),
        ("expect on s\nquote 2026-04-11 alice to s", "line 0, \"the end\": refused as same-plan"),
    ];
    for (lines, expected) in wrong {
        assert_eq!(told(&format!("{story}{lines}\n")), Err(expected.to_owned()), "{lines}");
    }
    assert_eq!(told(&format!("{story}expect due 13.33\n")), Ok(()));
}

/// The end of a period after a smaller plan for it (D), a cancellation with it (C), the cancellation taken back (U) and a larger
/// plan at once (P), in every order (M47): the plan it goes on with, or had when it ended. First where an open wish is in the way
/// of another, then where a newer one takes its place.
const ORDERS: [(&str, &str, &str); 24] = [
    ("DCUP", "l", "l"),
    ("DCPU", "m", "l"),
    ("DUCP", "ended m", "l"),
    ("DUPC", "ended m", "ended l"),
    ("DPCU", "m", "l"),
    ("DPUC", "ended m", "ended l"),
    ("CDUP", "l", "l"),
    ("CDPU", "m", "l"),
    ("CUDP", "s", "l"),
    ("CUPD", "s", "s"),
    ("CPDU", "m", "s"),
    ("CPUD", "s", "s"),
    ("UDCP", "ended m", "l"),
    ("UDPC", "ended m", "ended l"),
    ("UCDP", "ended m", "l"),
    ("UCPD", "ended m", "s"),
    ("UPDC", "ended l", "ended l"),
    ("UPCD", "ended l", "s"),
    ("PDCU", "l", "l"),
    ("PDUC", "ended l", "ended l"),
    ("PCDU", "l", "s"),
    ("PCUD", "s", "s"),
    ("PUDC", "ended l", "ended l"),
    ("PUCD", "ended l", "s"),
];

#[test]
fn a_period_ends_as_the_order_of_wishes_says() {
    let mut wrong = Vec::new();
    for (order, refusing, replacing) in ORDERS {
        for (pending, expected) in [("refuse", refusing), ("replace", replacing)] {
            let found = end_of(order, pending);
            if found != expected {
                wrong.push(format!("{order} with pending = {pending}: {found}, and not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asks the wishes of an order, an hour apart, and lets the period end.
fn end_of(order: &str, pending: &str) -> String {
    let text = format!(
        "# an order\npolicy vps\nterms gate = \"none\", pending = \"{pending}\"\n\
         rule direction = \"downgrade\" set when = \"period_end\"\n\
         plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly\nplan l 60.00 EUR monthly\n\
         given 2026-04-01 alice on m monthly\nexpect on m"
    );
    let story = Story::parse(&text).expect("a story");
    let at = |text: &str| text.parse().expect("an instant");
    let basket = |plan: &str| Basket { plan: plan.into(), cycle: Cycle::MONTH, options: Default::default() };
    let mut world = PureWorld::default();
    let start = at("2026-04-01T00:00:00Z");
    world.publish(start, &story.catalogue).expect("a catalogue");
    let account = world.open(start, "Alice", &story.zone, story.currency).expect("an account");
    let (begins, by) = ("2026-04-01T00:00".parse().expect("a moment"), PaymentChoice::BankTransfer);
    let opened = world.start(start, &account, &basket("m"), begins, by).expect("a subscription");
    let sub = opened.subscription;
    for (hour, wish) in order.chars().enumerate() {
        let now = at(&format!("2026-04-11T{:02}:00:00Z", 9 + hour));
        let key = format!("{order}-{wish}");
        let change = |world: &mut PureWorld, plan: &str| {
            let wish = Wished { to: basket(plan), asker: Asker::Customer, when: None, on: None };
            let quoted = world.quote(now, &account, &sub, &wish)?;
            world.submit(now, &account, &quoted.ticket, by, &key).map(drop)
        };
        let answer = match wish {
            'D' => change(&mut world, "s"),
            'C' => world.cancel(now, &account, &sub, (When::PeriodEnd, Asker::Customer), &key).map(drop),
            'U' => world.uncancel(now, &account, &sub, &key),
            _ => change(&mut world, "l"),
        };
        assert!(!matches!(answer, Err(No::Broken(_))), "{order}, {wish}: {answer:?}");
    }
    let end = at("2026-05-01T00:00:00Z");
    world.timers(end).expect("timers");
    let seen = world.see(end, &account).expect("an account");
    let subscription = seen.subscriptions.first().expect("a subscription");
    let ended = if subscription.service.access == "ended" { "ended " } else { "" };
    format!("{ended}{}", subscription.plan)
}
