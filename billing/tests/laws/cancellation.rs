//! Bugs planted where subscriptions end.

use billing::account::ChangeState;
use billing::calendar::Cycle;
use billing::command::{Asker, Command, PaymentOutcome};
use billing::document::DocumentReason;
use billing::policy::When;
use billing::service::Access;

use super::scenes::{House, Scene, at, eur, goodwill, open_command, start_by_card, start_command, transfer};
use super::{Bug, old_sub, sub};

const POLICY: &str = "used-day\ncancellation when = [\"now\", \"period_end\"], full_refund_days = 7";

/// A customer on the small plan, April paid.
fn paid(policy: &str) -> House {
    let plans = "plan s 10.00 EUR monthly, gives 10 hours\nplan m 30.00 EUR monthly\nmeter gb 0.10 EUR monthly";
    let mut house = House::selling(policy, plans);
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1000);
    house.run("2026-04-01T00:00", paid);
    house
}

fn used() -> House {
    let mut house = paid(POLICY);
    let subscription = house.account().subscriptions[0].id;
    house.run("2026-04-02T00:00", Command::ReportUsage { subscription, meter: "gb".into(), units: 10 });
    house
}

/// Cancelled on the 20th: 3.33 go back, and 10 GB are billed.
fn ended() -> Scene {
    let mut house = used();
    let cancel = house.cancel("2026-04-20T12:00", When::Now, Asker::Customer);
    house.decide("2026-04-20T12:00", cancel)
}

/// All of it goes back on the third day.
fn refunded() -> Scene {
    let mut house = paid(POLICY);
    let cancel = house.cancel("2026-04-03T12:00", When::Now, Asker::Customer);
    house.decide("2026-04-03T12:00", cancel)
}

/// 10 GB are used on the second day.
fn using() -> Scene {
    let mut house = paid(POLICY);
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-04-02T00:00", Command::ReportUsage { subscription, meter: "gb".into(), units: 10 })
}

/// What is left goes back on the third day, as 10 GB were used.
fn not_refunded() -> Scene {
    let mut house = used();
    let cancel = house.cancel("2026-04-03T12:00", When::Now, Asker::Customer);
    house.decide("2026-04-03T12:00", cancel)
}

/// Afterwards, while the service is not done.
fn after_the_end() -> Scene {
    let mut house = paid(POLICY);
    let cancel = house.cancel("2026-04-20T12:00", When::Now, Asker::Customer);
    house.run("2026-04-20T12:00", cancel);
    house.decide("2026-04-20T13:00", goodwill())
}

fn cancelled() -> House {
    let mut house = paid(POLICY);
    let cancel = house.cancel("2026-04-20T12:00", When::PeriodEnd, Asker::Customer);
    house.run("2026-04-20T12:00", cancel);
    house
}

fn scheduled() -> Scene {
    let mut house = paid(POLICY);
    let cancel = house.cancel("2026-04-20T12:00", When::PeriodEnd, Asker::Customer);
    house.decide("2026-04-20T12:00", cancel)
}

/// Scheduled while a change waits for its payment.
fn scheduled_over_a_change() -> Scene {
    let mut house = paid(POLICY);
    let submit = house.submit_by("2026-04-11T12:00", "m", Cycle::MONTH);
    house.run("2026-04-11T12:00", submit);
    let cancel = house.cancel("2026-04-11T12:00", When::PeriodEnd, Asker::Customer);
    house.decide("2026-04-11T12:00", cancel)
}

fn meanwhile() -> Scene {
    cancelled().decide("2026-04-21T12:00", goodwill())
}

fn taken_back() -> Scene {
    let mut house = cancelled();
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-04-21T12:00", Command::UncancelSubscription { subscription })
}

fn over() -> Scene {
    let mut house = cancelled();
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::EndSubscription { subscription })
}

/// Ended because May was not paid; `how` says what becomes of what was used.
fn unpaid(how: &str) -> Scene {
    let policy = format!("used-day\ndunning grace_days = 2, after_grace = \"cancel\"{how}");
    let mut house = House::selling(&policy, "plan s 31.00 EUR monthly");
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_by_card());
    let settle = |house: &House, outcome| {
        let attempt = house.account().attempts.last().expect("an attempt").id;
        Command::SettlePayment { attempt, outcome, event: None }
    };
    let paid = settle(&house, PaymentOutcome::Captured { amount: eur(3100) });
    house.run("2026-04-01T00:00", paid);
    let subscription = house.account().subscriptions[0].id;
    house.run("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 });
    let failed = settle(&house, PaymentOutcome::Failed { reason: "declined".to_owned() });
    house.run("2026-05-01T00:00", failed);
    let invoice = house.account().invoices[0].id;
    house.decide("2026-05-03T00:00", Command::CancelUnpaid { invoice })
}

fn owed() -> Scene {
    unpaid("")
}

fn released() -> Scene {
    unpaid(", unpaid = \"released\"")
}

fn end(scene: &mut Scene) -> &mut billing::cancellation::Cancellation {
    sub(scene).cancellation.as_deref_mut().expect("a cancellation")
}

pub(super) const BUGS: &[Bug] = &[
    ("an ended subscription keeps its access", ended, |s| sub(s).service.access = Access::Full, "I24"),
    ("access ends, and the subscription goes on", meanwhile, |s| sub(s).service.access = Access::Ended, "I24"),
    (
        "time after the end stays covered",
        ended,
        |s| {
            let until = sub(s).period.until;
            sub(s).coverage[0].span.until = until;
        },
        "I27",
    ),
    ("less is given back than was quoted", ended, |s| sub(s).coverage[0].net.minor += 1, "I05"),
    (
        "more is given back than was collected",
        ended,
        |s| {
            old_sub(s).coverage[0].collected = eur(0);
            old_sub(s).coverage[0].document = None;
        },
        "I05",
    ),
    ("the quote of the end says more than its lines", ended, |s| end(s).quote.credit.minor += 1, "I10"),
    ("what was used is not billed with the end", ended, |s| end(s).quote.used.clear(), "I10"),
    (
        "no document says what the end gives back",
        ended,
        |s| {
            s.1.documents.retain(|document| document.reason != DocumentReason::Cancellation);
        },
        "I01",
    ),
    (
        "meters count on after the end",
        ended,
        |s| {
            let usage = old_sub(s).usage.clone();
            sub(s).usage = usage;
        },
        "I13",
    ),
    ("an ended subscription begins another period", ended, |s| sub(s).periods_before += 1, "I04"),
    ("nobody remembers that the product was had", ended, |s| s.1.account.had.clear(), "I04"),
    ("a product is remembered that nobody had", meanwhile, |s| s.1.account.had.push("boat".to_owned()), "I04"),
    ("all goes back though something was used", not_refunded, |s| end(s).quote.all_back = true, "I30"),
    (
        "all goes back of one thing after another",
        refunded,
        |s| {
            let product = old_sub(s).product.clone();
            s.0.as_mut().expect("an account before").had.push(product);
        },
        "I30",
    ),
    ("all goes back, and the price of the trial", refunded, |s| old_sub(s).coverage[0].of_trial = true, "I30"),
    ("what is used is still promised", using, |s| sub(s).full_refund_until = Some(at("2026-04-08T00:00")), "I30"),
    ("all goes back without a promise", refunded, |s| old_sub(s).full_refund_until = None, "I30"),
    (
        "all goes back a day too late",
        refunded,
        |s| {
            old_sub(s).full_refund_until = Some(at("2026-04-03T12:00"));
        },
        "I30",
    ),
    (
        "all goes back but a part",
        refunded,
        |s| {
            let line = &mut end(s).quote.credits[0];
            line.span.from = at("2026-04-02T00:00");
        },
        "I27",
    ),
    ("what has ended is forgotten", after_the_end, |s| sub(s).cancellation = None, "I05"),
    ("what has ended ends otherwise", after_the_end, |s| end(s).reason = Some("none".to_owned()), "I27"),
    (
        "what has ended is covered again",
        after_the_end,
        |s| {
            let mut segment = sub(s).coverage[0].clone();
            segment.id = billing::id::SegmentId::from_uuid(uuid::Uuid::from_u128(99));
            (segment.net, segment.gross, segment.collected, segment.tax) = (eur(0), eur(0), eur(0), eur(0));
            sub(s).coverage.push(segment);
        },
        "I05",
    ),
    (
        "a cancellation nobody asked for",
        meanwhile,
        |s| {
            old_sub(s).cancellation = None;
        },
        "I27",
    ),
    (
        "a cancellation for a day inside the period",
        scheduled,
        |s| {
            end(s).quote.ends_at = at("2026-04-25T00:00");
        },
        "I27",
    ),
    (
        "a cancellation that leaves a change open",
        scheduled_over_a_change,
        |s| {
            let lapses_at = at("2026-04-14T12:00");
            sub(s).change.as_mut().expect("a change").state = ChangeState::AwaitsPayment { lapses_at };
        },
        "I05",
    ),
    ("a scheduled end moves", meanwhile, |s| end(s).quote.ends_at = at("2026-06-01T00:00"), "I27"),
    ("a cancellation is gone by itself", meanwhile, |s| sub(s).cancellation = None, "I27"),
    ("a cancellation is taken back after its time", taken_back, |s| s.1.log.at = at("2026-05-02T00:00"), "I25"),
    (
        "a cancelled subscription ends before its period",
        over,
        |s| {
            let quote = &mut end(s).quote;
            quote.ends_at = at("2026-04-25T00:00");
        },
        "I27",
    ),
    ("a subscription ends that nobody cancelled", over, |s| old_sub(s).cancellation = None, "I27"),
    (
        "what ended is dunned on",
        owed,
        |s| {
            let dunning = s.0.as_ref().expect("an account").invoices[0].dunning.clone();
            s.1.account.invoices[0].dunning = dunning;
        },
        "I26",
    ),
    (
        "it ends unpaid before its grace is over",
        owed,
        |s| {
            let invoice = &mut s.0.as_mut().expect("an account").invoices[0];
            invoice.dunning.as_mut().expect("dunning").grace_until = Some(at("2026-05-04T00:00"));
        },
        "I26",
    ),
    (
        "it ends unpaid under terms that restrict",
        owed,
        |s| {
            let invoice = &mut s.0.as_mut().expect("an account").invoices[0];
            invoice.dunning.as_mut().expect("dunning").terms.after_grace = billing::dunning::AfterGrace::Restrict;
        },
        "I26",
    ),
    (
        "what was used is released where it is owed",
        released,
        |s| {
            let invoice = &mut s.0.as_mut().expect("an account").invoices[0];
            invoice.dunning.as_mut().expect("dunning").terms.unpaid = billing::dunning::Unpaid::Owed;
        },
        "I26",
    ),
];

#[test]
fn right_ends_keep_the_laws() {
    for scene in [
        ended,
        refunded,
        using,
        not_refunded,
        after_the_end,
        scheduled,
        scheduled_over_a_change,
        meanwhile,
        taken_back,
        over,
        owed,
        released,
    ] {
        let (before, decision) = scene();
        billing::laws::check(before.as_ref(), &decision).expect("a right decision");
    }
}
