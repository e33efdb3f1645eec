//! Bugs planted where plans are billed in arrears.

use billing::catalogue::Billed;
use billing::id::DocumentId;

use super::scenes::{
    Scene, arrears_begun, arrears_changed, arrears_cut, arrears_entered, arrears_left, arrears_renewed, eur,
};
use super::{Bug, newest, old_sub, quote, sub, uuid};

/// What was laid last has a bill, and is paid.
fn bill_the_newest(scene: &mut Scene) {
    newest(scene).document = Some(DocumentId::from_uuid(uuid(1)));
    newest(scene).collected = newest(scene).net;
}

/// Nobody ever asked for what the change gives back.
fn give_back_what_was_not_billed(scene: &mut Scene) {
    for line in &mut quote(scene).credits {
        line.collected = eur(0);
        line.document = None;
    }
}

pub const BUGS: &[Bug] = &[
    ("a period in arrears is billed when it begins", arrears_begun, bill_the_newest, "I27"),
    ("a period in arrears is billed twice", arrears_renewed, bill_the_newest, "I27"),
    ("what is charged in arrears is on the credit note of the old", arrears_entered, bill_the_newest, "I27"),
    ("the year in arrears is billed with the rest of the month", arrears_cut, bill_the_newest, "I27"),
    ("a period in arrears does not wait", arrears_begun, |s| sub(s).waiting.clear(), "I13"),
    ("the next period in arrears does not wait", arrears_renewed, |s| sub(s).waiting.clear(), "I13"),
    (
        "the period that was billed waits on",
        arrears_renewed,
        |s| {
            let old = old_sub(s).waiting.clone();
            sub(s).waiting.splice(0..0, old);
        },
        "I13",
    ),
    (
        "the period that was billed waits on in place of the next",
        arrears_renewed,
        |s| {
            sub(s).waiting = old_sub(s).waiting.clone();
        },
        "I13",
    ),
    (
        "the coverage of a period that is over is billed by nothing",
        arrears_renewed,
        |s| {
            sub(s).coverage[0].document = None;
            sub(s).coverage[0].collected = eur(0);
        },
        "I13",
    ),
    (
        "a period in arrears waits for more than it costs",
        arrears_renewed,
        |s| sub(s).waiting[0].amount += eur(1),
        "I13",
    ),
    ("what is charged in arrears does not wait", arrears_entered, |s| sub(s).waiting.clear(), "I13"),
    (
        "the next periods are billed in advance, and nobody said so",
        arrears_renewed,
        |s| {
            sub(s).billed = Billed::Advance;
        },
        "I25",
    ),
    (
        "a change forgets that its plan is billed in arrears",
        arrears_changed,
        |s| sub(s).billed = Billed::Advance,
        "I25",
    ),
    ("a plan in advance is billed in arrears", arrears_left, |s| sub(s).billed = Billed::Arrears, "I25"),
    ("a change in arrears is due now", arrears_changed, |s| quote(s).due = eur(2380), "I10"),
    (
        "the document of the old asks for the new as well",
        arrears_entered,
        |s| {
            let charge = quote(s).charge;
            quote(s).total += charge;
        },
        "I10",
    ),
    ("a change in arrears says that something else waits", arrears_cut, |s| quote(s).waits = Some(eur(1)), "I10"),
    (
        "a change gives back what is not billed, and leaves the charge of it behind",
        arrears_left,
        |s| {
            let line = old_sub(s).waiting[0].clone();
            old_sub(s).waiting.push(line);
        },
        "I30",
    ),
    ("what was not billed goes to the balance", arrears_entered, give_back_what_was_not_billed, "I30"),
];
