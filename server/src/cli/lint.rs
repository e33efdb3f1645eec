//! `midcycle lint`: reads catalogues and policies, and prints what the linter of the core finds in them.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use billing::catalogue::Catalogue;
use billing::lint::{Code, Finding, Report, Settings, Severity, Survey, Walked};
use billing::policy::{Policies, Policy};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::Complaint;
use crate::demo;

/// What to look at, and how far.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    midcycle lint storefront.toml --policy our-rules.toml\n  \
    midcycle lint storefront.toml --allow free-day --allow late-payment\n\
    What is walked: every path of so many commands (change now or with the next period, order and pay later, take \
    back, use up credits, cancel) over so many plans and options at a time, at the instants where rules turn: the first day \
    from its first to its last second, the second day, the middle, the last second and the first after it, of the shortest \
    cycle and of each other. Where customers may cancel now, every path is also ended so. Options are at their least and at one more, one of them at a time. Beside that, every round \
    of two or three changes is made again and again, to see whether roundings add up. What is not on that grid is not \
    looked at.")]
pub struct Lint {
    /// A catalogue, in TOML; the storefronts of the demo where none is given.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The same as FILE.
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
    /// The commands on a path, at most.
    depth: usize,
    /// The plans and options on a path, at most.
    plans: u32,
    starts: Vec<Date>,
    paths: u128,
    states: usize,
    rounds: usize,
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
    let files: Vec<_> = arguments.files.iter().chain(&arguments.catalogue).cloned().collect();
    for (name, catalogue) in catalogues(&files)? {
        // What is found goes to the standard output, this does not.
        eprintln!("{name}: walking every path of {} commands; fewer with --depth", settings.depth);
        let survey = Survey::of(&catalogue, &policies, &settings);
        let Report { findings, paths, states, rounds } = survey.report(walked(&name, &survey));
        let Settings { depth, things: plans, starts, .. } = settings.clone();
        linted.push(Linted { catalogue: name, depth, plans, starts, paths, states, rounds, findings });
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

/// Walks the parts of a survey on every core, and says how far it has come where somebody looks on.
fn walked(name: &str, survey: &Survey<'_>) -> Vec<Walked> {
    let parts = survey.parts();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let is_watched = std::io::stderr().is_terminal();
    let walk = || {
        let mut walked = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = parts.get(place) else { return walked };
            walked.push((place, survey.walk(part)));
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if is_watched {
                eprint!("\r{name}: {done} of {} parts", parts.len());
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut walked: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(walk)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a walk that ends")).collect()
    });
    if is_watched {
        eprintln!();
    }
    walked.sort_unstable_by_key(|(place, _)| *place);
    walked.into_iter().map(|(_, walked)| walked).collect()
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

/// The findings of a catalogue for people, and the sum of the work. Of gains of one kind the largest is told; of the others
/// only over what they are.
fn in_words(linted: &Linted, allowed: &[Code]) -> String {
    let mut text = String::new();
    let is_same = |one: &Finding, other: &Finding| {
        one.gain.is_some() && other.gain.is_some() && (one.code, &one.product) == (other.code, &other.product)
    };
    for kind in linted.findings.chunk_by(is_same) {
        let gain = |finding: &Finding| finding.gain.map_or(0, |gain| gain.minor);
        let mut kind: Vec<_> = kind.iter().collect();
        kind.sort_by_key(|finding| -gain(finding));
        let Some((finding, others)) = kind.split_first() else { continue };
        text += &told(finding, &linted.catalogue, allowed);
        let over = |finding: &Finding| {
            let names = finding.what.split_once(':').map_or(finding.what.as_str(), |(names, _)| names);
            finding.gain.map_or_else(|| names.to_owned(), |gain| format!("{names} ({gain})"))
        };
        let others: Vec<_> = others.iter().map(|other| over(other)).collect();
        if !others.is_empty() {
            text += &format!("  Also over {}; --json has the scripts.\n", others.join(", "));
        }
        text.push('\n');
    }
    let counted = linted.findings.iter().filter(|finding| counts(finding, allowed)).count();
    let Linted { catalogue, depth, plans, starts, paths, states, rounds, findings } = linted;
    let starts = starts.iter().map(Date::to_string).collect::<Vec<_>>().join(", ");
    let summary = match (findings.len(), counted) {
        (0, _) => "clean".to_owned(),
        (all, counted) => format!("{all} findings, {counted} of them count"),
    };
    text + &format!(
        "{catalogue}: walked {paths} paths of {depth} commands over {plans} plans or options, from {starts}, through \
         {states} states, and {rounds} rounds of changes; options at their least and at one more: {summary}\n"
    )
}

fn told(finding: &Finding, catalogue: &str, allowed: &[Code]) -> String {
    let weight = match finding.severity {
        _ if allowed.contains(&finding.code) => "allowed",
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let Finding { code, product, policy, what, script, .. } = finding;
    let mut text = format!("{weight}: {} in {catalogue}/{product} under {policy}\n  {what}\n", code.name());
    for line in script {
        text += &format!("    {line}\n");
    }
    text
}
