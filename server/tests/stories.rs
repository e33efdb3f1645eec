//! Every story of `scenarios/`, told over HTTP: each to a server of its own on a loopback port, by a client that has
//! nothing but API keys. After each the books are proven, and another customer tries to reach what the story left.

mod http_world;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use billing::scenario::{Story, tell};
use http_world::HttpWorld;
use store::testing::database_from;
use store::{Location, Store};

#[test]
fn every_story_is_true_over_http_on_sqlite() {
    tell_all(1, |told| {
        let folder = tempfile::tempdir().expect("a folder");
        told(migrated(Store::open(&Location::Sqlite(folder.path().join("book.db"))).expect("a new book")))
    });
}

/// What differs there is SQL, of which every story meets nearly all; the engine is told all of them on it.
#[test]
fn every_third_story_is_true_over_http_on_postgresql() {
    tell_all(3, |told| {
        let database = database_from("server stories", |url| {
            migrated(Store::open(&Location::Postgres(url.to_owned())).expect("a template"));
        });
        told(Store::open(&Location::Postgres(database.url.clone())).expect("a new book"))
    });
}

#[test]
fn a_book_on_postgresql_may_be_dropped_where_tasks_run() {
    let database = database_from("server stories", |url| {
        migrated(Store::open(&Location::Postgres(url.to_owned())).expect("a template"));
    });
    let store = Store::open(&Location::Postgres(database.url.clone())).expect("a book");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async move { drop(store) });
}

fn migrated(store: Store) -> Store {
    store.migrate().expect("a schema");
    store
}

/// Tells each of so many stories to a book of its own, and names those that are not true.
fn tell_all(each: usize, on_a_new_book: impl Fn(&dyn Fn(Store) -> Result<(), String>) -> Result<(), String> + Sync) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    let files = std::fs::read_dir(folder).expect("the folder of stories").map(|file| file.expect("a file").path());
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|kind| kind == "story")).collect();
    files.sort();
    assert!(files.len() >= 40, "only {} stories were found", files.len());
    let files: Vec<PathBuf> = files.into_iter().step_by(each).collect();
    let told = files.len();
    let (files, failures) = (Mutex::new(files), Mutex::new(Vec::new()));
    // Two tellers: while one waits for its server, the other is answered.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(file) = files.lock().expect("the stories to tell").pop() else { break };
                    if let Err(why) = on_a_new_book(&|store| is_true(&file, store)) {
                        failures.lock().expect("the failures").push(format!("{}: {why}", file.display()));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("the failures");
    failures.sort();
    assert!(failures.is_empty(), "{} of {told} stories fail:\n{}", failures.len(), failures.join("\n"));
}

fn is_true(file: &Path, store: Store) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let story = Story::parse(&text).map_err(|error| error.to_string())?;
    let mut world = HttpWorld::on(store, &story.catalogue.storefront);
    tell(&story, &mut world).map_err(|failure| failure.to_string())?;
    world.a_stranger_reaches_nothing().map_err(|no| format!("afterwards: {no:?}"))?;
    let report = world.engine.verify(|_| {}).map_err(|error| error.to_string())?;
    match report.findings.first() {
        Some(finding) => Err(format!("the books do not close: {}: {}", finding.check, finding.what)),
        None if report.commands == 0 => Err("nothing was proven".to_owned()),
        None => Ok(()),
    }
}
