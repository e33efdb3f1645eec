//! Bugs planted where a trial costs something.

use billing::coverage::Segment;
use billing::explain::Basis;
use billing::policy::Side;
use billing::quote::CreditLine;

use super::scenes::{
    Scene, eur, paid_trial, paid_trial_dearer, paid_trial_meanwhile, paid_trial_over, paid_trial_waits,
};
use super::{Bug, old_sub, quote, sub};

/// The coverage of no time that was laid last.
fn laid(scene: &mut Scene) -> &mut Segment {
    sub(scene).coverage.iter_mut().rfind(|segment| segment.span.is_empty()).expect("the price of a trial")
}

fn derivation(scene: &mut Scene) -> &mut billing::explain::Derivation {
    scene.1.documents[0].lines[0].derivation.as_mut().expect("a derivation")
}

pub const BUGS: &[Bug] = &[
    ("a trial is charged and forgets it", paid_trial, |s| sub(s).one_time.trial = None, "I27"),
    ("a trial remembers more than was charged", paid_trial, |s| sub(s).one_time.trial = Some(eur(300)), "I27"),
    ("a trial forgets with time", paid_trial_meanwhile, |s| sub(s).one_time.trial = None, "I27"),
    ("a trial that is over is remembered", paid_trial_over, |s| sub(s).one_time.trial = Some(eur(100)), "I27"),
    (
        "a trial is covered for less than it was charged",
        paid_trial,
        |s| {
            let less = eur(50);
            (laid(s).net, laid(s).gross, laid(s).list) = (less, less, less);
        },
        "I27",
    ),
    ("a trial is charged as a setup", paid_trial, |s| derivation(s).basis = Basis::Once, "I12"),
    ("a trial says that nothing of it counts", paid_trial, |s| derivation(s).side = Side::None, "I12"),
    (
        "a trial has a discount",
        paid_trial,
        |s| laid(s).discount = Some(billing::discount::Discount::Amount(eur(10))),
        "I12",
    ),
    ("what a trial costs looks like a setup", paid_trial, |s| laid(s).of_trial = false, "I12"),
    ("what a trial costs covers its time", paid_trial, |s| laid(s).span = sub(s).period, "I05"),
    ("what was charged for a trial is charged again", paid_trial_dearer, |s| old_sub(s).one_time.trial = None, "I12"),
    (
        "a change asks more for a trial than its price",
        paid_trial_dearer,
        |s| {
            quote(s).once[0].amount = eur(201);
        },
        "I12",
    ),
    (
        "a trial is asked for twice",
        paid_trial_dearer,
        |s| {
            let twice = quote(s).once[0].clone();
            quote(s).once.push(twice);
        },
        "I10",
    ),
    ("a plan that is not sold asks for its trial", paid_trial_dearer, |s| quote(s).once[0].code = "s".into(), "I10"),
    ("a dearer trial is forgotten", paid_trial_dearer, |s| sub(s).one_time.trial = Some(eur(100)), "I27"),
    (
        "what a trial cost is given back",
        paid_trial_dearer,
        |s| {
            let paid = old_sub(s).coverage.iter().find(|segment| segment.span.is_empty()).expect("a price").clone();
            let line = quote(s).credits[0].clone();
            let back = CreditLine { segment: paid.id, span: paid.span, amount: paid.net, collected: eur(0), ..line };
            quote(s).credits.push(back);
        },
        "I05",
    ),
    (
        "what a trial costs more and waits has a bill already",
        paid_trial_waits,
        |s| {
            let document = old_sub(s).coverage.iter().find_map(|segment| segment.document);
            laid(s).document = document;
        },
        "I27",
    ),
    (
        "what a trial costs more and waits is no line",
        paid_trial_waits,
        |s| {
            sub(s).waiting.pop();
        },
        "I13",
    ),
];
