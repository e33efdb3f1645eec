//! `midcycle explain` on the demo's book, by the real program.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use billing::document::DocumentReason;
use engine::{Engine, QuoteKey};
use jiff::Timestamp;
use midcycle::demo::fill;
use serde_json::Value;
use store::{DocumentFilter, DocumentRow, Location, Store, Window};
use tempfile::TempDir;

/// The demo's book where the program looks for one.
fn demo(folder: &Path) -> Engine {
    let store = Store::open(&Location::Sqlite(folder.join("midcycle.db"))).expect("a new book");
    store.migrate().expect("its tables");
    let engine = Engine::new(store, QuoteKey::new([7; 32]));
    let now: Timestamp = "2026-11-22T02:40:00Z".parse().expect("a fixed instant");
    fill(&engine, now, "http://127.0.0.1:8080", &|password| format!("hash of {password}")).expect("the demo's book");
    engine
}

fn explain(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcycle"));
    command.arg("explain").args(arguments).arg("--data").arg(folder);
    command.output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn documents(engine: &Engine) -> Vec<DocumentRow> {
    let store = engine.store();
    let listed = store.documents(&DocumentFilter::default(), &Window::first(200)).expect("documents").rows;
    let whole =
        |row: &DocumentRow| store.document(None, row.document.id).expect("a readable book").expect("a document");
    listed.iter().map(whole).collect()
}

#[test]
fn every_document_of_the_demo_is_explained_and_replays() {
    let folder = TempDir::new().expect("a temporary directory");
    let engine = demo(folder.path());
    let documents = documents(&engine);
    assert!(documents.len() > 50, "{}", documents.len());
    for row in &documents {
        let of_items = row.document.lines.iter().filter(|line| line.item.is_some() || line.segment.is_some());
        assert!(of_items.into_iter().all(|line| line.derivation.is_some()), "{}: {:?}", row.number, row.document);
    }

    // One of every reason and storefront, by the program itself.
    let mut kinds = BTreeSet::new();
    let reason = |row: &DocumentRow| match row.document.reason {
        DocumentReason::Period { .. } => "period",
        DocumentReason::Trial => "trial",
        DocumentReason::PlanChange { .. } => "plan change",
        DocumentReason::DebtReleased { .. } => "debt released",
        DocumentReason::InvoiceCancelled { .. } => "invoice cancelled",
        DocumentReason::Cancellation => "cancellation",
        DocumentReason::OwedNoMore => "owed no more",
        DocumentReason::MoneyToBalance => "money to balance",
        DocumentReason::Goodwill => "goodwill",
        DocumentReason::Payout { .. } => "payout",
        DocumentReason::PayoutReturned => "payout returned",
    };
    for row in &documents {
        if !kinds.insert((row.storefront.clone(), row.document.kind, reason(row))) {
            continue;
        }
        let id = row.document.id.to_string();
        let output = explain(folder.path(), &[&id, "--json", "--language", "de"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let explained: Value = serde_json::from_str(&said(&output)).expect("JSON");
        assert_eq!(explained["number"], row.number.as_str());
        assert_eq!((&explained["holds"], &explained["language"]), (&Value::Bool(true), &Value::from("de")));
        assert_eq!(explained["total"], explained["total_again"]);
        for line in explained["lines"].as_array().expect("lines") {
            assert_eq!(line["replay"] == "same", !line["derivation"].is_null(), "{line}");
        }
    }
    assert!(kinds.len() > 6, "{kinds:?}");
}

#[test]
fn a_document_is_found_by_its_number_and_told_in_the_language_that_is_wanted() {
    let folder = TempDir::new().expect("a temporary directory");
    let engine = demo(folder.path());
    let documents = documents(&engine);
    let is_change = |row: &&DocumentRow| matches!(row.document.reason, DocumentReason::PlanChange { .. });
    let changed = documents.iter().find(is_change).expect("a plan change");
    let of = ["--storefront", &changed.storefront];
    let english = explain(folder.path(), &[&changed.number, of[0], of[1], "--language", "en"]);
    let text = said(&english);
    assert_eq!(english.status.code(), Some(0), "{text}");
    assert!(text.starts_with(&format!("{} of {}", changed.number, changed.storefront)), "{text}");
    assert!(
        text.contains("A plan change ") && text.contains("replayed: same") && text.contains("total: same"),
        "{text}"
    );
    assert!(text.contains(&changed.document.lines[0].derivation.as_ref().expect("a derivation").policy.to_string()));
    let japanese = said(&explain(folder.path(), &[&changed.number, of[0], of[1], "--language", "ja-JP"]));
    assert!(japanese.contains("プラン変更"), "{japanese}");

    let elsewhere = |row: &&DocumentRow| {
        documents.iter().any(|other| other.number == row.number && other.storefront != row.storefront)
    };
    let twice = documents.iter().find(elsewhere).expect("a number that two storefronts have given");
    let ambiguous = explain(folder.path(), &[&twice.number]);
    assert_eq!(ambiguous.status.code(), Some(2), "{}", said(&ambiguous));
    assert!(String::from_utf8_lossy(&ambiguous.stderr).contains("--storefront"));
}

#[test]
fn what_is_no_document_or_no_language_ends_with_two() {
    let folder = TempDir::new().expect("a temporary directory");
    let store = Store::open(&Location::Sqlite(folder.path().join("midcycle.db"))).expect("a new book");
    store.migrate().expect("its tables");
    for arguments in [
        &["INV-1999-0001"][..],
        &["doc_00000000000000000000000000000001"],
        &["nonsense"],
        &["INV-1999-0001", "--language", "tlh"],
    ] {
        let output = explain(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
