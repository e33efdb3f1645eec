//! Every story of `scenarios/`, told to the engine on SQLite and on PostgreSQL; after each the books are proven.

mod world;

use std::path::Path;

use billing::scenario::{Story, tell};
use store::testing::database_from;
use store::testing::stories::tell_stories;
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

/// Tells every story to a book of its own.
fn tell_all(on_a_new_book: impl Fn(&dyn Fn(Store) -> Result<(), String>) -> Result<(), String> + Sync) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    tell_stories(folder, 1, |text| {
        let story = Story::parse(text).map_err(|error| error.to_string())?;
        on_a_new_book(&|store| told(&story, migrated(store)))
    });
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
