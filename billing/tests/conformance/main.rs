//! The open facts of other billing systems, asked of Midcycle: not one wrong number, and every fact that is not
//! answered is named with its reason.
#![expect(clippy::disallowed_macros, reason = "the table of what conforms is for the reader of the test")]

use std::collections::BTreeMap;

use billing::conformance::{Outcome, Vector, Verdict, ask, ask_all};

const OPEN: &str = include_str!("open.json");

fn open() -> Vec<Vector> {
    serde_json::from_str(OPEN).expect("the open vectors are JSON")
}

#[test]
fn no_number_is_wrong() {
    let verdicts = ask_all(&open());
    print_table(&verdicts);
    let wrong: Vec<&Verdict> =
        verdicts.iter().filter(|verdict| matches!(verdict.outcome, Outcome::Wrong { .. })).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn print_table(verdicts: &[Verdict]) {
    let mut families: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for verdict in verdicts {
        let counts = families.entry(&verdict.family).or_default();
        counts[match verdict.outcome {
            Outcome::Right => 0,
            Outcome::Wrong { .. } => 1,
            Outcome::CannotExpress { .. } => 2,
            Outcome::LeftOut => 3,
        }] += 1;
    }
    let mut total = [0; 4];
    for (family, counts) in &families {
        println!("{family:32} {counts:?}");
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    println!("right, wrong, cannot express, left out: {total:?}");
    for verdict in verdicts {
        if let Outcome::CannotExpress { reason } = &verdict.outcome {
            println!("{} {}: {reason}", verdict.family, verdict.id);
        }
    }
}
