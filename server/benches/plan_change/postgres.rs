//! Submissions on PostgreSQL by eight threads of the engine, beside eight connections that send one bare writing
//! statement for each, with the same rows.

use engine::Engine;
use store::Location;
use store::testing::floor::{BarePostgres, Commit};
use store::testing::{TestDatabase, database_from};

use crate::books::{Person, engine_on, fill, rows_of, submit};
use crate::report::{Bound, Report, Unit};
use crate::rounds::{ROUNDS, by_turns, per_second};

const CONNECTIONS: usize = 8;
/// How many are submitted in a round.
const ROUND: usize = 160;
/// Answers commits before they are on disk: for making books, and for seeing what is left without the sync.
const NO_SYNC: &str = "?options=-c%20synchronous_commit%3Doff";

/// Measures on a server of its own.
pub fn measure(report: &mut Report) {
    let floor = "bare writing statement, same rows";
    let pairs = Pair::make((ROUNDS + 1) * ROUND);
    let what = format!("submit, PostgreSQL, {CONNECTIONS} connections");
    report.row(&what, Unit::PerSecond, floor, pairs.compare(""), Bound::AtLeast(0.80, 0.50));
    let pairs = Pair::make((ROUNDS + 1) * ROUND);
    let no_target = Bound::Shown("shown");
    report.row("  no sync cost", Unit::PerSecond, floor, pairs.compare(NO_SYNC), no_target);
}

/// Two databases with the same customers, and what each of these will write.
struct Pair {
    floor: TestDatabase,
    measured: TestDatabase,
    people: Vec<Person>,
    commits: Vec<Commit>,
}

impl Pair {
    fn make(count: usize) -> Self {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NTH: AtomicUsize = AtomicUsize::new(0);
        let mut people = Vec::new();
        let key = format!("plan change {} {}", std::process::id(), NTH.fetch_add(1, Ordering::Relaxed));
        let mut copy = || database_from(&key, |url| people = fill(&engine_at(url, NO_SYNC), count, CONNECTIONS));
        let (floor, measured, submitted) = (copy(), copy(), copy());
        let after = engine_at(&submitted.url, NO_SYNC);
        per_second(&mut [(); CONNECTIONS], &people, |(), person| submit(&after, person));
        let commits = rows_of(&engine_at(&floor.url, NO_SYNC), &after, &people);
        Self { floor, measured, people, commits }
    }

    fn compare(&self, options: &str) -> crate::rounds::Compared {
        let url = format!("{}{options}", self.floor.url);
        let mut connections: Vec<BarePostgres> =
            (0..CONNECTIONS).map(|_| BarePostgres::connect(&url).expect("a server that answers")).collect();
        let engine = engine_at(&self.measured.url, options);
        by_turns(
            |round| {
                let commits = &self.commits[round * ROUND..(round + 1) * ROUND];
                per_second(&mut connections, commits, |bare, commit| bare.write(commit).expect("rows that fit"))
            },
            |round| {
                let people = &self.people[round * ROUND..(round + 1) * ROUND];
                per_second(&mut [(); CONNECTIONS], people, |(), person| submit(&engine, person))
            },
        )
    }
}

fn engine_at(url: &str, options: &str) -> Engine {
    engine_on(&Location::Postgres(format!("{url}{options}")))
}
