//! Every story of `scenarios/`, told over HTTP: each to a server of its own on a loopback port, by a client that has
//! nothing but API keys. After each the books are proven, and another customer tries to reach what the story left.

mod http_world;

use std::path::Path;

use billing::scenario::{Story, tell};
use http_world::HttpWorld;
use store::testing::database_from;
use store::testing::stories::tell_stories;
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

/// Tells each of so many stories to a book of its own.
fn tell_all(each: usize, on_a_new_book: impl Fn(&dyn Fn(Store) -> Result<(), String>) -> Result<(), String> + Sync) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    tell_stories(folder, each, |text| {
        let story = Story::parse(text).map_err(|error| error.to_string())?;
        on_a_new_book(&|store| is_true(&story, store))
    });
}

fn is_true(story: &Story, store: Store) -> Result<(), String> {
    let mut world = HttpWorld::on(store, &story.catalogue.storefront);
    tell(story, &mut world).map_err(|failure| failure.to_string())?;
    world.a_stranger_reaches_nothing().map_err(|no| format!("afterwards: {no:?}"))?;
    let report = world.engine.verify(|_| {}).map_err(|error| error.to_string())?;
    match report.findings.first() {
        Some(finding) => Err(format!("the books do not close: {}: {}", finding.check, finding.what)),
        None if report.commands == 0 => Err("nothing was proven".to_owned()),
        None => Ok(()),
    }
}
