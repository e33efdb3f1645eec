//! Bugs planted where something is charged once.

use billing::coverage::Segment;
use billing::id::SegmentId;
use billing::policy::Side;
use billing::quote::CreditLine;

use super::scenes::{
    Scene, eur, once_after_trial, once_back, once_changed, once_in_trial, once_kept, once_meanwhile, once_renewed,
    once_started, once_waits, once_waits_on, once_waived,
};
use super::{Bug, old_sub, quote, sub, uuid};

/// The coverage of no time that was laid last.
fn laid(scene: &mut Scene) -> &mut Segment {
    sub(scene).coverage.iter_mut().rfind(|segment| segment.span.is_empty()).expect("something charged once")
}

/// What is charged for no time becomes so much more, on its paper, in the books and in coverage.
fn charge_more(scene: &mut Scene, minor: i64) {
    laid(scene).net += eur(minor);
    laid(scene).gross += eur(minor);
    laid(scene).list += eur(minor);
}

/// A subscription that has paid for a plan and a unit of an option pays for the plan again.
fn forget_what_was_had(scene: &mut Scene) {
    let had = std::mem::take(&mut old_sub(scene).one_time.charged);
    old_sub(scene).one_time.charged = had.into_iter().map(|(code, _)| (code, 9)).collect();
}

pub const BUGS: &[Bug] = &[
    ("a start is charged once and forgets it", once_started, |s| sub(s).one_time.charged.clear(), "I30"),
    ("a change is charged once and forgets it", once_changed, |s| sub(s).one_time.charged.clear(), "I30"),
    (
        "a change forgets one of three units that it charged",
        once_changed,
        |s| {
            sub(s).one_time.charged.insert("memory".into(), 2);
        },
        "I30",
    ),
    ("what was charged once is forgotten with a renewal", once_renewed, |s| sub(s).one_time.charged.clear(), "I30"),
    (
        "what nobody was charged is remembered as charged",
        once_renewed,
        |s| {
            sub(s).one_time.charged.insert("l".into(), 1);
        },
        "I30",
    ),
    (
        "a change that waives remembers more than there is",
        once_waived,
        |s| {
            sub(s).one_time.charged.insert("memory".into(), 7);
        },
        "I30",
    ),
    ("units that were charged before are charged again", once_back, forget_what_was_had, "I10"),
    (
        "a plan is charged once in two lines",
        once_changed,
        |s| {
            let twice = quote(s).once[0].clone();
            quote(s).once.push(twice);
        },
        "I10",
    ),
    ("the quote says that fewer units are had", once_changed, |s| quote(s).once[1].of = 2, "I10"),
    ("a change is quoted once for less than it costs", once_changed, |s| quote(s).once[0].amount = eur(1999), "I12"),
    ("what is charged once is a part by time", once_started, |s| charge_more(s, -700), "I12"),
    (
        "what is charged once has a discount",
        once_started,
        |s| {
            laid(s).discount = Some(billing::discount::Discount::Amount(eur(100)));
        },
        "I12",
    ),
    (
        "what is charged once says that nothing of it counts",
        once_started,
        |s| {
            let lines = &mut s.1.documents[0].lines;
            lines[1].derivation.as_mut().expect("a derivation").side = Side::None;
        },
        "I12",
    ),
    ("more is laid once than was charged", once_changed, |s| charge_more(s, 100), "I12"),
    (
        "what was charged once is given back",
        once_waits_on,
        |s| {
            let once = laid(s).clone();
            let line = quote(s).credits[0].clone();
            let back = CreditLine { segment: once.id, span: once.span, amount: once.net, collected: eur(0), ..line };
            quote(s).credits.push(back);
        },
        "I30",
    ),
    ("what was charged once becomes less", once_waits_on, |s| charge_more(s, -100), "I05"),
    (
        "what is charged once is not laid",
        once_started,
        |s| {
            let last = sub(s).coverage.iter().rposition(|segment| segment.span.is_empty()).expect("one");
            sub(s).coverage.remove(last);
        },
        "I30",
    ),
    (
        "what waits once has a bill already",
        once_waits,
        |s| {
            laid(s).document = Some(billing::id::DocumentId::from_uuid(uuid(1)));
        },
        "I07",
    ),
    (
        "what is charged once and waits is no line",
        once_waits,
        |s| {
            sub(s).waiting.pop();
        },
        "I13",
    ),
    ("a trial leaves nothing to be charged once", once_meanwhile, |s| sub(s).one_time.to_come.clear(), "I27"),
    ("a trial leaves more to be charged once", once_meanwhile, |s| sub(s).one_time.to_come[0].price += eur(1), "I27"),
    ("a trial leaves what is not had to be charged once", once_in_trial, |s| sub(s).one_time.to_come[0].of = 2, "I27"),
    (
        "a change in a trial leaves another price to come",
        once_kept,
        |s| {
            sub(s).one_time.to_come[0].price += eur(1);
        },
        "I27",
    ),
    ("a change in a trial leaves nothing of it to come", once_kept, |s| sub(s).one_time.to_come.clear(), "I27"),
    (
        "after a trial it waits on to be charged once",
        once_after_trial,
        |s| {
            sub(s).one_time.to_come = old_sub(s).one_time.to_come.clone();
        },
        "I27",
    ),
    (
        "after a trial it is charged at another price",
        once_after_trial,
        |s| {
            old_sub(s).one_time.to_come[0].price += eur(100);
        },
        "I27",
    ),
    (
        "something is charged once in a trial",
        once_in_trial,
        |s| {
            let mut segment = sub(s).coverage[0].clone();
            segment.id = SegmentId::from_uuid(uuid(9));
            segment.span.until = segment.span.from;
            sub(s).coverage.push(segment);
        },
        "I12",
    ),
];
