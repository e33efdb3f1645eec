//! Submissions on SQLite, over HTTP and of the engine alone, beside bare transactions that write the same rows: with a
//! sync of a millisecond (`slow_sync`), on the disk as it is, and in memory, where a sync costs nothing. The pump stands
//! still: what follows a submission are other commands.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use engine::Engine;
use midcycle::api::auth::create_key;
use midcycle::web;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Location;
use store::testing::floor::{BareSqlite, Commit};
use tokio::runtime::Runtime;

use crate::books::{Original, Person, app_on, engine_on, now, submit};
use crate::http::{self, Clients, serve, serving_runtime};
use crate::report::{Bound, Report, Unit};
use crate::rounds::{Compared, ROUNDS, compared, median, median_us, per_second};

/// How many one client submits in a round.
const ALONE: usize = 50;
/// How many many clients submit in a round.
const MANY: usize = 500;
/// How many transactions of their own the floor writes in a round.
const SINGLE: usize = 60;
/// How many clients are many.
const CLIENTS: usize = 64;
/// The most transactions of a group; as many as the store's.
const GROUP: usize = 128;
/// How many customers all rounds of a book need.
pub const PEOPLE: usize = (ROUNDS + 1) * (ALONE + MANY);

/// Three copies of a book on one file system, each with its own next customer.
struct Books<'a> {
    original: &'a Original,
    floor: BareSqlite,
    engine: Engine,
    served: Served,
    /// How many customers the floor, the engine and the server have used up.
    used: [usize; 3],
}

/// A server on a copy of the book.
struct Served {
    requests: Vec<Vec<u8>>,
    one: Clients,
    many: Clients,
    _runtime: Runtime,
}

impl<'a> Books<'a> {
    fn on(original: &'a Original, folder: &Path) -> Self {
        let floor = BareSqlite::open(&original.copy(folder, "floor")).expect("a book for the floor");
        let engine = engine_on(&Location::Sqlite(original.copy(folder, "engine")));
        let behind = engine_on(&Location::Sqlite(original.copy(folder, "served")));
        let key = create_key(behind.store(), "benchmark", true, None, now()).expect("a key");
        let runtime = serving_runtime();
        let address = serve(&runtime, web::router(app_on(&behind)));
        let requests = original.people.iter().map(|person| request(&key, person)).collect();
        let (one, many) = (Clients::connect(address, 1), Clients::connect(address, CLIENTS));
        let served = Served { requests, one, many, _runtime: runtime };
        Self { original, floor, engine, served, used: [0; 3] }
    }

    fn commits(&mut self, count: usize) -> &'a [Commit] {
        let next = taken(&mut self.used[0], count);
        &self.original.commits[next]
    }

    fn people(&mut self, count: usize) -> &'a [Person] {
        let next = taken(&mut self.used[1], count);
        &self.original.people[next]
    }

    fn requests(&mut self, count: usize) -> Arc<[Vec<u8>]> {
        let next = taken(&mut self.used[2], count);
        self.served.requests[next].into()
    }

    /// One client: microseconds of the floor, the server and the engine.
    fn alone(&mut self) -> [f64; 3] {
        let commits = self.commits(ALONE);
        let floor = median_us(commits, |commit| self.floor.write(&[commit]).expect("rows that fit"));
        self.floor.checkpoint().expect("a log that can be carried over");
        let requests = self.requests(ALONE);
        let served = self.served.one.send_each(&requests).median_us;
        let people = self.people(ALONE);
        let engine = median_us(people, |person| submit(&self.engine, person));
        [floor, served, engine]
    }

    /// Many clients: rates of the server and of the engine.
    fn many(&mut self) -> [f64; 2] {
        let requests = self.requests(MANY);
        let served = self.served.many.send_each(&requests).per_second;
        let people = self.people(MANY);
        let engine = per_second(&mut [(); CLIENTS], people, |(), person| submit(&self.engine, person));
        [served, engine]
    }

    /// The floor: each change in a transaction of its own, one after the other.
    fn single(&mut self) -> f64 {
        let commits = self.commits(SINGLE);
        let floor = std::sync::Mutex::new(&mut self.floor);
        let rate = per_second(&mut [()], commits, |(), commit| {
            floor.lock().expect("one thread").write(&[commit]).expect("rows that fit");
        });
        self.floor.checkpoint().expect("a log that can be carried over");
        rate
    }

    /// The floor: many clients and a writer that drains its queue into one transaction.
    fn grouped(&mut self) -> f64 {
        let commits: Vec<&Commit> = self.commits(MANY).iter().collect();
        let (jobs, queue) = channel();
        let rate = std::thread::scope(|scope| {
            let floor = &mut self.floor;
            scope.spawn(move || write_groups(floor, &queue));
            let mut clients: Vec<Sender<Job<'_>>> = (0..CLIENTS).map(|_| jobs.clone()).collect();
            drop(jobs);
            per_second(&mut clients, &commits, |jobs, commit| {
                let (reply, answer) = sync_channel(1);
                jobs.send(Job { commit, reply }).expect("a writer that runs");
                answer.recv().expect("a writer that answers");
            })
        });
        self.floor.checkpoint().expect("a log that can be carried over");
        rate
    }
}

/// The places of the next customers.
fn taken(used: &mut usize, count: usize) -> std::ops::Range<usize> {
    let from = *used;
    *used += count;
    from..*used
}

struct Job<'a> {
    commit: &'a Commit,
    reply: SyncSender<()>,
}

fn write_groups(floor: &mut BareSqlite, queue: &Receiver<Job<'_>>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(job) = queue.try_recv()
        {
            group.push(job);
        }
        let commits: Vec<&Commit> = group.iter().map(|job| job.commit).collect();
        floor.write(&commits).expect("rows that fit");
        for job in group {
            job.reply.send(()).expect("a client that waits");
        }
    }
}

fn request(key: &str, person: &Person) -> Vec<u8> {
    let body = json!({ "quote": person.token, "pays_by": { "method": "card", "card": "pays" } });
    http::post("/v1/changes", key, &body)
}

/// Submissions against transactions of their own: one client and many, over HTTP and of the engine alone, and what a
/// sync cost meanwhile.
#[derive(Debug, Serialize, Deserialize)]
pub struct Figures {
    pub sync_us: f64,
    one: [Compared; 2],
    many: [Compared; 2],
}

impl Figures {
    /// Measures in a folder.
    pub fn take(original: &Original, folder: &Path) -> Self {
        let mut books = Books::on(original, folder);
        let mut syncs = Vec::new();
        let alone: Vec<[f64; 3]> = (0..=ROUNDS)
            .map(|_| {
                syncs.push(sync_us(folder));
                books.alone()
            })
            .collect();
        let many: Vec<[f64; 3]> = (0..=ROUNDS)
            .map(|_| {
                syncs.push(sync_us(folder));
                let single = books.single();
                let [served, engine] = books.many();
                [single, served, engine]
            })
            .collect();
        Self {
            sync_us: median(syncs),
            one: [against_first(&alone, 1), against_first(&alone, 2)],
            many: [against_first(&many, 1), against_first(&many, 2)],
        }
    }

    /// Adds the rows: where the sync is, and the bounds for one client and for many.
    pub fn rows(&self, report: &mut Report, sync: &str, one: Bound, many: Bound) {
        let floor = "bare FULL transaction, same rows";
        let what = format!("submit over HTTP, one client, median, {sync}");
        report.row(&what, Unit::Microseconds, floor, self.one[0], one);
        report.row("  the engine alone", Unit::Microseconds, floor, self.one[1], Bound::Shown("shown"));
        let floor = "bare single-writer transactions";
        let what = format!("submit over HTTP, {CLIENTS} clients, {sync}");
        report.row(&what, Unit::PerSecond, floor, self.many[0], many);
        report.row("  the engine alone", Unit::PerSecond, floor, self.many[1], Bound::Shown("shown"));
    }
}

/// In memory: a sync costs nothing, and what is left is computing.
pub fn in_memory(report: &mut Report, original: &Original, folder: &Path) {
    let mut books = Books::on(original, folder);
    let many: Vec<[f64; 3]> = (0..=ROUNDS)
        .map(|_| {
            let grouped = books.grouped();
            let [served, engine] = books.many();
            [grouped, served, engine]
        })
        .collect();
    let floor = "bare group-commit writer, same rows";
    let what = format!("submit, {CLIENTS} clients, no sync cost");
    report.row(&what, Unit::PerSecond, floor, against_first(&many, 2), Bound::AtLeast(0.65, 0.40));
    report.row("  over HTTP", Unit::PerSecond, floor, against_first(&many, 1), Bound::Shown("shown"));

    let alone: Vec<[f64; 3]> = (0..=ROUNDS).map(|_| books.alone()).collect();
    let floor = "bare transaction, same rows";
    let what = "submit over HTTP, one client, median, no sync cost";
    report.row(what, Unit::Microseconds, floor, against_first(&alone, 1), Bound::Shown("shown"));
    report.row("  the engine alone", Unit::Microseconds, floor, against_first(&alone, 2), Bound::Shown("shown"));
}

fn against_first(rounds: &[[f64; 3]], measure: usize) -> Compared {
    compared(&rounds.iter().map(|round| (round[0], round[measure])).collect::<Vec<_>>())
}

/// What a sync of about as many bytes as a commit changes costs in a folder.
fn sync_us(folder: &Path) -> f64 {
    let mut file = File::create(folder.join("sync")).expect("a file in the folder");
    let block = [7; 16 * 1024];
    median_us(&[(); 25], |()| {
        file.write_all(&block).expect("room for a few blocks");
        file.sync_data().expect("a file that syncs");
    })
}
