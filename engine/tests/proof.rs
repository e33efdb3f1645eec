//! The books prove themselves, and what was changed by hand is found and named.

mod world;

use billing::scenario::{Story, tell};
use engine::verify::Report;
use store::testing::{Tampering, tamper};
use store::{Location, Store};
use world::EngineWorld;

const STORY: &str = "\
# Two changes in one period, the second one down
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to l
submit  2026-04-11
paid    2026-04-11
expect  on l
quote   2026-04-21 alice to m
submit  2026-04-21
expect  on m
";

/// The report on a book, after someone was at it by hand.
fn after(tampering: Option<Tampering>) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("book.db");
    let story = Story::parse(STORY).expect("a story");
    let store = Store::open(&Location::Sqlite(file.clone())).expect("a book");
    store.migrate().expect("a schema");
    let mut world = EngineWorld::on(store);
    tell(&story, &mut world).expect("a true story");
    drop(world);
    if let Some(tampering) = tampering {
        tamper(&file, tampering);
    }
    let store = Store::open_read_only(&Location::Sqlite(file)).expect("a book");
    EngineWorld::on(store).engine.verify(|_| {}).expect("a proof")
}

fn checks(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.check).collect()
}

#[test]
fn an_honest_book_closes() {
    let report = after(None);
    assert_eq!(report.findings, []);
    assert!(report.commands >= 5 && report.postings >= 8 && report.documents >= 3, "{report:?}");
}

#[test]
fn a_changed_log_entry_is_named() {
    let report = after(Some(Tampering::LogEntry));
    let finding = &report.findings[0];
    assert_eq!(finding.check, "log chain");
    assert!(finding.what.contains("entry 1"), "{}", finding.what);
}

#[test]
fn a_balance_written_by_hand_is_found() {
    let report = after(Some(Tampering::Balance));
    assert!(checks(&report).contains(&"ledger"), "{report:?}");
    assert!(checks(&report).contains(&"decided again"), "{report:?}");
}

#[test]
fn coverage_written_by_hand_is_found() {
    let report = after(Some(Tampering::Coverage));
    assert!(checks(&report).contains(&"coverage"), "{report:?}");
}

#[test]
fn a_missing_posting_is_found() {
    let report = after(Some(Tampering::Posting));
    assert!(checks(&report).contains(&"postings"), "{report:?}");
    assert!(checks(&report).contains(&"ledger"), "{report:?}");
}

#[test]
fn a_gap_in_the_numbers_is_found() {
    let report = after(Some(Tampering::Number));
    assert!(checks(&report).contains(&"gapless numbers"), "{report:?}");
}
