//! The benchmark of the plan change: quotes and submissions as ratios to floors that are measured in the same run, by
//! turns. What the table means and what limits it is in `docs/performance.md`. Run it with `cargo bench`, or a part of it
//! with `cargo bench -- quote` (or sync, memory, disk, parts, postgres). It takes two to three minutes and fails only
//! where something cannot be measured, never for a ratio.
#![expect(clippy::cast_precision_loss, reason = "counts of things that were timed")]

mod books;
mod http;
mod parts;
mod postgres;
mod quote;
mod report;
mod rounds;
mod slow_sync;
mod submit;

use books::Original;
use report::{Bound, Report};
use submit::Figures;

/// Memory that looks like a disk.
const MEMORY: &str = "/dev/shm";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let asked = |name: &str| arguments.iter().any(|argument| argument == name);
    if !asked("--bench") {
        println!("this measures, so it runs optimised: cargo bench");
        return;
    }
    let began = std::time::Instant::now();
    let memory = tempfile::tempdir_in(MEMORY).expect("a folder in memory: the benchmark needs a tmpfs at /dev/shm");
    if asked(slow_sync::ARGUMENT) {
        return slow_sync::second_run(memory.path());
    }
    let original = Original::make(memory.path(), submit::PEOPLE);
    tell(&original);

    let named: Vec<&String> = arguments.iter().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |section: &str| named.is_empty() || named.iter().any(|name| *name == section);
    let mut report = Report::default();
    if wanted("quote") {
        quote::measure(&mut report, &original, memory.path());
    }
    if wanted("sync") {
        match slow_sync::figures() {
            Ok(figures) => {
                let sync = format!("{:.1} ms sync", figures.sync_us / 1000.0);
                figures.rows(&mut report, &sync, Bound::AtMost(1.6, 2.5), Bound::AtLeast(7.0, 3.0));
            }
            Err(why) => println!("Not measured: submit over HTTP with a sync of 1 ms: {why}."),
        }
    }
    if wanted("memory") {
        submit::in_memory(&mut report, &original, memory.path());
    }
    if wanted("disk") {
        let disk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk");
        let figures = Figures::take(&original, disk.path());
        let sync = format!("this disk ({:.1} ms)", figures.sync_us / 1000.0);
        figures.rows(&mut report, &sync, Bound::Shown("shown"), Bound::Shown("shown"));
    }
    if wanted("parts") {
        parts::print(&original, memory.path());
    }
    if wanted("postgres") {
        postgres::measure(&mut report);
    }
    report.print();
    println!("Took {:.0} s.", began.elapsed().as_secs_f64());
}

/// Says what is compared.
fn tell(original: &Original) {
    let Some(commit) = original.commits.first() else { return };
    let counts = commit.counts();
    let rows: usize = counts.iter().map(|(_, rows)| rows).sum();
    let tables: Vec<String> = counts.iter().map(|(table, rows)| format!("{table} {rows}")).collect();
    println!("A submission writes {rows} rows, {} bytes: {}.", commit.bytes(), tables.join(", "));
    println!("{} customers with one paid server each.", original.people.len());
}
