//! `midcycle conformance FILE`: puts facts of other billing systems to Midcycle's own functions, each under its own
//! policy, and says which it answers right, which wrong, and which no policy can express.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use billing::conformance::{Outcome, Vector, Verdict, ask};
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::Complaint;

/// What to ask.
#[derive(Debug, Args)]
#[command(
    after_help = "The file is a JSON array of vectors with the fields id, kind, family, policy, input, expected \
    and optionally unexplained.\n\
    Exit code 0: no wrong number. 1: each wrong one is named, with what came out. 2: the file cannot be read."
)]
pub struct Conformance {
    /// The vectors, in JSON.
    file: PathBuf,
    /// Print every vector's answer as JSON, with the derivation of its amounts.
    #[arg(long)]
    json: bool,
}

/// How the vectors of a family came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
struct Counts {
    vectors: usize,
    right: usize,
    wrong: usize,
    cannot_express: usize,
    left_out: usize,
}

/// The whole report, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Report<'a> {
    total: Counts,
    families: BTreeMap<&'a str, Counts>,
    verdicts: &'a [Verdict],
}

/// Asks every vector of a file and reports.
pub fn conformance(arguments: &Conformance) -> Result<ExitCode, Complaint> {
    let path = arguments.file.display();
    let text = std::fs::read_to_string(&arguments.file).map_err(|error| format!("cannot read {path}: {error}"))?;
    let vectors = read(&text).map_err(|error| format!("{path}: {error}"))?;
    let verdicts: Vec<Verdict> = vectors.iter().map(asked).collect();
    let report = Report::of(&verdicts);
    let text = if arguments.json { serde_json::to_string_pretty(&report)? + "\n" } else { report.in_words() };
    // A reader that has seen enough closes the pipe; that is no panic.
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| format!("cannot print the report: {error}"))?;
    Ok(if report.total.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Asks one vector. A question that breaks is a bug of Midcycle; it is named, and takes no other answer with it.
fn asked(vector: &Vector) -> Verdict {
    std::panic::catch_unwind(|| ask(vector)).unwrap_or_else(|_| Verdict {
        id: vector.id.clone(),
        family: vector.family.clone(),
        kind: vector.kind.clone(),
        outcome: Outcome::CannotExpress { reason: "the question broke; this is a bug, please report it".to_owned() },
        answer: None,
        derivations: Vec::new(),
    })
}

/// Reads vectors; an error names the vector by number and id, the field and the line.
fn read(text: &str) -> Result<Vec<Vector>, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let vectors: Vec<Vector> = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let (field, vector) = (error.path().to_string(), named(text, error.path()));
        let why = error.into_inner();
        format!("{vector}at {field}: {why}; a vector has id, kind, family, policy, input and expected")
    })?;
    reader.end().map_err(|error| format!("after the array: {error}"))?;
    Ok(vectors)
}

/// `vector 3, "its id", `: of an error inside an array of vectors.
fn named(text: &str, path: &serde_path_to_error::Path) -> String {
    let Some(serde_path_to_error::Segment::Seq { index }) = path.iter().next() else { return String::new() };
    let vectors: Option<Vec<Value>> = serde_json::from_str(text).ok();
    let id = vectors.and_then(|vectors| Some(vectors.get(*index)?.get("id")?.to_string()));
    id.map_or(format!("vector {}, ", index + 1), |id| format!("vector {}, {id}, ", index + 1))
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        self.vectors += 1;
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong { .. } => self.wrong += 1,
            Outcome::CannotExpress { .. } => self.cannot_express += 1,
            Outcome::LeftOut => self.left_out += 1,
        }
    }

    fn row(self, name: &str) -> String {
        let Self { vectors, right, wrong, cannot_express, left_out } = self;
        format!("{name:<30} {vectors:>8} {right:>8} {wrong:>8} {cannot_express:>15} {left_out:>9}\n")
    }
}

impl<'a> Report<'a> {
    fn of(verdicts: &'a [Verdict]) -> Self {
        let mut report = Self { total: Counts::default(), families: BTreeMap::new(), verdicts };
        for verdict in verdicts {
            report.total.add(&verdict.outcome);
            report.families.entry(&verdict.family).or_default().add(&verdict.outcome);
        }
        report
    }

    fn in_words(&self) -> String {
        let mut text = format!(
            "{:<30} {:>8} {:>8} {:>8} {:>15} {:>9}\n",
            "family", "vectors", "right", "wrong", "cannot express", "left out"
        );
        for (family, counts) in &self.families {
            text.push_str(&counts.row(family));
        }
        text.push_str(&self.total.row("all"));
        let reasons = self.verdicts.iter().filter_map(|verdict| match &verdict.outcome {
            Outcome::CannotExpress { reason } => Some((verdict, reason)),
            _ => None,
        });
        let lines: String =
            reasons.map(|(verdict, reason)| format!("  {}: {}: {reason}\n", verdict.family, verdict.id)).collect();
        if !lines.is_empty() {
            text.push_str("\nCannot be expressed:\n");
            text.push_str(&lines);
        }
        let wrong: String = self.verdicts.iter().filter_map(what_is_wrong).collect();
        if !wrong.is_empty() {
            text.push_str("\nWrong:\n");
            text.push_str(&wrong);
        }
        text
    }
}

fn what_is_wrong(verdict: &Verdict) -> Option<String> {
    let Outcome::Wrong { differences } = &verdict.outcome else { return None };
    let line = |difference: &billing::conformance::Difference| {
        let billing::conformance::Difference { field, expected, got } = difference;
        format!("  {}: {}: {field} is {expected}, Midcycle says {got}\n", verdict.family, verdict.id)
    };
    Some(differences.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: &str = r#"[
  { "id": "a", "kind": "daycount", "family": "calendar_days_tz", "policy": { "time_unit": "day" },
    "input": { "start": "2027-01-01", "end": "2027-01-04" }, "expected": { "days": 3 } }
]"#;

    fn report(text: &str) -> (Counts, String) {
        let verdicts: Vec<Verdict> = read(text).expect("vectors").iter().map(asked).collect();
        let report = Report::of(&verdicts);
        (report.total, report.in_words())
    }

    #[test]
    fn a_planted_wrong_number_is_reported_with_what_came_out() {
        assert_eq!(report(DAYS).0, Counts { vectors: 1, right: 1, ..Counts::default() });
        let (total, words) = report(&DAYS.replace("\"days\": 3", "\"days\": 4"));
        assert_eq!(total, Counts { vectors: 1, wrong: 1, ..Counts::default() });
        assert!(words.contains("calendar_days_tz: a: days is 4, Midcycle says 3"), "{words}");
    }

    #[test]
    fn a_vector_that_cannot_be_expressed_is_named_with_its_reason() {
        let (total, words) = report(&DAYS.replace("\"day\"", "\"moon\""));
        assert_eq!(total, Counts { vectors: 1, cannot_express: 1, ..Counts::default() });
        assert!(words.contains("a: policy.time_unit = \"moon\" is not a term"), "{words}");
    }

    #[test]
    fn another_schema_is_refused_with_line_and_field() {
        let complaint = read(&DAYS.replace("\"family\"", "\"familie\"")).expect_err("a vector without a family");
        assert!(complaint.contains("missing field `family`") && complaint.contains("line 3"), "{complaint}");
        let complaint = read(&DAYS.replace("{ \"days\": 3 }", "3")).expect_err("a number for an object");
        assert!(complaint.contains("[0].expected") && complaint.contains("line 3"), "{complaint}");
        assert!(complaint.contains("vector 1, \"a\", at"), "{complaint}");
    }
}
