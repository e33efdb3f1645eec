//! Every story of `scenarios/`, told to the engine on SQLite and on PostgreSQL; after each the books are proven.

mod world;

use std::path::PathBuf;

use billing::scenario::{Story, tell};
use store::testing::database_from;
use store::{Location, Store};
use world::EngineWorld;

#[test]
fn every_story_is_true_on_sqlite() {
    tell_all(|told| {
        let folder = tempfile::tempdir().expect("a folder");
        told(Store::open(&Location::Sqlite(folder.path().join("book.db"))).expect("a new book"))
    });
}

#[test]
fn every_story_is_true_on_postgresql() {
    tell_all(|told| {
        let database = database_from("engine stories", |url| {
            migrated(Store::open(&Location::Postgres(url.to_owned())).expect("a template"));
        });
        told(Store::open(&Location::Postgres(database.url.clone())).expect("a new book"))
    });
}

fn migrated(store: Store) -> Store {
    store.migrate().expect("a schema");
    store
}

/// Tells every story to a book of its own, and names those that are not true.
fn tell_all(on_a_new_book: impl Fn(&dyn Fn(Store) -> Result<(), String>) -> Result<(), String>) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder of stories").map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "story"));
    files.sort();
    assert!(files.len() >= 40, "only {} stories were found", files.len());
    let mut failures = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a story");
        let story = Story::parse(&text).expect("a story that reads");
        if let Err(why) = on_a_new_book(&|store| told(&story, migrated(store))) {
            failures.push(format!("{}: {why}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{} of {} stories fail:\n{}", failures.len(), files.len(), failures.join("\n"));
}

fn told(story: &Story, store: Store) -> Result<(), String> {
    let mut world = EngineWorld::on(store);
    tell(story, &mut world).map_err(|failure| failure.to_string())?;
    let report = world.engine.verify(|_| {}).map_err(|error| error.to_string())?;
    match report.findings.first() {
        Some(finding) => Err(format!("the books do not close: {}: {}", finding.check, finding.what)),
        None if report.commands == 0 => Err("nothing was proven".to_owned()),
        None => Ok(()),
    }
}
