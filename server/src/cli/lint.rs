//! `midcycle lint`: reads catalogues and policies, and prints what the linter of the core finds in them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use billing::catalogue::Catalogue;
use billing::lint::{Code, Finding, Settings, Severity};
use billing::policy::{Policies, Policy};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::Complaint;
use crate::demo;

/// What to look at, and how far.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    midcycle lint --catalogue storefront.toml --policy our-rules.toml\n  \
    midcycle lint --catalogue storefront.toml --allow free-day --allow late-payment")]
pub struct Lint {
    /// A catalogue, in TOML; the storefronts of the demo where none is given.
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,
    /// A policy beside those that ship and those of the catalogue, in TOML.
    #[arg(long, value_name = "FILE")]
    policy: Vec<PathBuf>,
    /// How many commands a customer may give after the start.
    #[arg(long, default_value_t = Settings::default().depth)]
    depth: usize,
    /// How many different plans and options may be on one path.
    #[arg(long, default_value_t = Settings::default().things)]
    plans: u32,
    /// A day on which customers start; 1 January and 1 February 2027 where none is given.
    #[arg(long, value_name = "DATE")]
    start: Vec<Date>,
    /// A code whose findings are known and accepted: they are still printed, and do not count.
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<Code>,
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// What was found in one catalogue.
#[derive(Debug, Serialize)]
struct Linted {
    catalogue: String,
    paths: u128,
    states: usize,
    findings: Vec<Finding>,
}

fn code(name: &str) -> Result<Code, String> {
    let names = || Code::ALL.map(Code::name).join(", ");
    Code::parse(name).ok_or_else(|| format!("no finding has that code; there are {}", names()))
}

/// Looks, prints, and says whether anything counts.
pub fn lint(arguments: &Lint) -> Result<ExitCode, Complaint> {
    let mut policies = Policies::presets();
    for path in &arguments.policy {
        policies.add(Policy::from_toml(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    let mut settings = Settings { depth: arguments.depth, things: arguments.plans, ..Settings::default() };
    if !arguments.start.is_empty() {
        settings.starts.clone_from(&arguments.start);
    }
    let mut linted = Vec::new();
    for (name, catalogue) in catalogues(&arguments.catalogue)? {
        // A large catalogue takes minutes; what is found goes to the standard output, this does not.
        eprintln!("{name}: walking every path of {} commands; fewer with --depth", settings.depth);
        let report = billing::lint::lint(&catalogue, &policies, &settings);
        linted.push(Linted { catalogue: name, paths: report.paths, states: report.states, findings: report.findings });
        if !arguments.json {
            linted.last().into_iter().for_each(|linted| print!("{}", in_words(linted, &arguments.allow)));
        }
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&linted)?);
    }
    let mut findings = linted.iter().flat_map(|linted| &linted.findings);
    let counts = findings.any(|finding| counts(finding, &arguments.allow));
    Ok(if counts { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn counts(finding: &Finding, allowed: &[Code]) -> bool {
    finding.severity > Severity::Note && !allowed.contains(&finding.code)
}

fn read(path: &Path) -> Result<String, Complaint> {
    Ok(std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?)
}

fn catalogues(paths: &[PathBuf]) -> Result<Vec<(String, Catalogue)>, Complaint> {
    if paths.is_empty() {
        let shipped = demo::catalogues()?.into_iter();
        return Ok(shipped.map(|catalogue| (catalogue.storefront.clone(), catalogue)).collect());
    }
    let read_one = |path: &PathBuf| {
        let catalogue = Catalogue::from_toml(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((path.display().to_string(), catalogue))
    };
    paths.iter().map(read_one).collect()
}

/// The findings of a catalogue for people, and the sum of the work.
fn in_words(linted: &Linted, allowed: &[Code]) -> String {
    let mut text = String::new();
    for finding in &linted.findings {
        let weight = match finding.severity {
            _ if allowed.contains(&finding.code) => "allowed",
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let Finding { code, product, policy, what, .. } = finding;
        text += &format!("{weight}: {} in {}/{product} under {policy}\n  {what}\n", code.name(), linted.catalogue);
        for line in &finding.script {
            text += &format!("    {line}\n");
        }
        text.push('\n');
    }
    let counted = linted.findings.iter().filter(|finding| counts(finding, allowed)).count();
    let Linted { catalogue, paths, states, findings } = linted;
    let summary = match (findings.len(), counted) {
        (0, _) => "clean".to_owned(),
        (all, counted) => format!("{all} findings, {counted} of them count"),
    };
    text + &format!("{catalogue}: {paths} paths through {states} states: {summary}\n")
}
