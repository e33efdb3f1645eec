//! `midcycle lint` by the real program: holes on purpose, a catalogue without one, and files that cannot be read.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn planted(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../billing/tests/lint").join(name)
}

fn lint(file: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcycle"));
    command.arg("lint").arg(file).args(more).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

#[test]
fn a_discount_that_is_kept_after_an_early_hop_ends_with_one_and_its_dated_script() {
    let output = lint(&planted("annual-hop.toml"), &["--depth", "3", "--start", "2027-01-01"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.starts_with("warning: term-hop in "), "{text}");
    assert!(text.contains("\n    2027-01-01           start Pro, yearly: pay 900.00 EUR\n"), "{text}");
    assert!(text.contains("change to Pro, monthly: ") && text.contains(" EUR gained\n"), "{text}");
    assert!(text.contains(" paths of 3 commands over 2 plans or options, from 2027-01-01, through "), "{text}");
    assert!(text.ends_with(": 1 findings, 1 of them count\n"), "{text}");

    let allowed = lint(&planted("annual-hop.toml"), &["--depth", "3", "--start", "2027-01-01", "--allow", "term-hop"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", said(&allowed));
    assert!(said(&allowed).starts_with("allowed: term-hop in "), "{}", said(&allowed));
}

#[test]
fn credits_that_are_used_up_before_a_downgrade_end_with_one_and_their_dated_script() {
    let file = planted("burn-and-downgrade.toml");
    let output = lint(&file, &["--depth", "3", "--start", "2027-01-01", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let linted: Value = serde_json::from_str(&said(&output)).expect("JSON");
    assert_eq!((&linted[0]["depth"], &linted[0]["starts"][0]), (&Value::from(3), &Value::from("2027-01-01")));
    let finding = &linted[0]["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&Value::from("burnt-credits"), &Value::from("error")));
    let script: Vec<_> = finding["script"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
    assert!(script.iter().any(|line| line.contains(" credits of the plan")), "{script:#?}");
    assert!(script[0].starts_with("2027-01-01 ") && script[script.len() - 1].ends_with(" gained"), "{script:#?}");
}

#[test]
fn a_catalogue_without_a_hole_ends_with_nought() {
    let folder = TempDir::new().expect("a temporary directory");
    let file = folder.path().join("clean.toml");
    let text = std::fs::read_to_string(planted("annual-hop.toml")).expect("a catalogue");
    let clawed_back = text.replace("payment_hours = 1", "payment_hours = 1\nclaw_back = \"used_at_list\"");
    std::fs::write(&file, clawed_back).expect("a file");
    let output = lint(&file, &["--depth", "2", "--start", "2027-01-01"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", said(&output), String::from_utf8_lossy(&output.stderr));
    assert!(said(&output).ends_with(": clean\n"), "{}", said(&output));
}

#[test]
fn what_cannot_be_read_ends_with_two_and_the_line_at_fault() {
    let folder = TempDir::new().expect("a temporary directory");
    let file = folder.path().join("broken.toml");
    let text = std::fs::read_to_string(planted("annual-hop.toml")).expect("a catalogue");
    let broken = text.replace("payment_hours = 1", "payment_hours = ");
    let line = broken.lines().position(|line| line.ends_with("payment_hours = ")).expect("the line") + 1;
    std::fs::write(&file, &broken).expect("a file");
    let output = lint(&file, &[]);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(output.stdout.is_empty() && complaint.contains("broken.toml"), "{complaint}");
    assert!(complaint.contains(&format!("line {line}")), "{line}: {complaint}");

    let nowhere = lint(&folder.path().join("nowhere.toml"), &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("nowhere.toml"));
}
