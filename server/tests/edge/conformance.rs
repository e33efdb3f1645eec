//! `midcycle conformance` by the real program: the open vectors, a planted wrong number, a file that is none.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

fn open() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../billing/tests/conformance/open.json")
}

fn vectors() -> Vec<Value> {
    let text = std::fs::read_to_string(open()).expect("the open vectors");
    serde_json::from_str(&text).expect("JSON")
}

fn conformance(file: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcycle"));
    command.arg("conformance").arg(file).args(arguments).output().expect("the program runs")
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A file with these vectors, and what is said of it.
fn asked(vectors: &Value, arguments: &[&str]) -> Output {
    let folder = TempDir::new().expect("a temporary directory");
    let file = folder.path().join("vectors.json");
    std::fs::write(&file, vectors.to_string()).expect("a file");
    conformance(&file, arguments)
}

#[test]
fn the_open_vectors_are_counted_by_family_and_every_one_that_is_not_answered_has_its_reason() {
    let output = conformance(&open(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(
        text.lines().next().is_some_and(|head| head.contains("right") && head.contains("cannot express")),
        "{text}"
    );
    assert!(text.contains("kb_cycle_fraction_monthly") && text.contains("Cannot be expressed:"), "{text}");
    assert!(!text.contains("Wrong:"), "{text}");
}

#[test]
fn as_json_every_vector_has_its_answer_and_amounts_of_changes_their_derivation() {
    let output = conformance(&open(), &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let (report, vectors) = (report(&output), vectors());
    assert_eq!(report["total"]["vectors"], json!(vectors.len()));
    let verdicts = report["verdicts"].as_array().expect("verdicts");
    assert_eq!(verdicts.len(), vectors.len());
    let mut derived = 0;
    for (verdict, vector) in verdicts.iter().zip(&vectors) {
        assert_eq!(verdict["id"], vector["id"]);
        match verdict["outcome"].as_str().expect("an outcome") {
            "right" => {
                assert!(verdict["answer"].is_object(), "{verdict}");
                derived += usize::from(verdict["derivations"].is_array());
            }
            "cannot_express" => assert!(verdict["reason"].as_str().is_some_and(|why| !why.is_empty()), "{verdict}"),
            outcome => assert_eq!((outcome, &vector["unexplained"]), ("left_out", &json!(true)), "{verdict}"),
        }
    }
    assert!(derived > 50, "{derived}");
}

#[test]
fn a_planted_wrong_number_is_named_and_fails() {
    let mut vectors = vectors();
    let is_it = |vector: &&mut Value| vector["id"] == json!("lago-fee-m-0315");
    let planted = vectors.iter_mut().find(is_it).expect("a vector of the corpus");
    planted["expected"]["fee"] = json!(56);
    let output = asked(&json!(vectors), &[]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("lago-fee-m-0315: fee is 56, Midcycle says 55"), "{text}");
    let output = asked(&json!(vectors), &["--json"]);
    assert_eq!((output.status.code(), &report(&output)["total"]["wrong"]), (Some(1), &json!(1)));
}

#[test]
fn a_file_of_another_schema_is_refused_with_vector_and_field() {
    let mut vectors = vectors();
    vectors[2]["expected"] = json!(5);
    let said = |output: Output| {
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).expect("text")
    };
    let id = vectors[2]["id"].as_str().expect("an id").to_owned();
    let text = said(asked(&json!(vectors), &[]));
    assert!(text.contains(&format!("vector 3, \"{id}\", at [2].expected")) && text.contains("line "), "{text}");
    let text = said(asked(&json!([{ "id": "a", "kind": "period" }]), &[]));
    assert!(text.contains("vector 1, \"a\"") && text.contains("missing field `family`"), "{text}");
    assert!(said(asked(&json!({ "vectors": [] }), &[])).contains("expected a sequence"));
    assert!(said(conformance(Path::new("no/such/file.json"), &["--json"])).contains("cannot read no/such/file.json"));
}
