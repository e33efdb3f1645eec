//! `midcycle verify`: says whether the books close, and where they do not.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use super::Complaint;
use super::book::Place;

/// Proves the books of a place.
pub fn verify(place: &Place) -> Result<ExitCode, Complaint> {
    let engine = place.open_reading()?;
    let shows_progress = std::io::stderr().is_terminal();
    let report = engine.verify(|so_far| {
        if shows_progress {
            let _ = write!(std::io::stderr(), "\r{} accounts, {} commands", so_far.accounts, so_far.commands);
        }
    })?;
    if shows_progress {
        eprintln!();
    }
    for finding in &report.findings {
        let whose = finding.account.map_or_else(|| "the whole book".to_owned(), |account| account.to_string());
        println!("{whose}: {}: {}", finding.check, finding.what);
    }
    println!(
        "{} accounts, {} commands decided again, {} postings, {} documents: {}",
        report.accounts,
        report.commands,
        report.postings,
        report.documents,
        if report.findings.is_empty() {
            "the books close".to_owned()
        } else {
            format!("{} do not close", report.findings.len())
        }
    );
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
