//! Stories of migrations and of opening: what is refused, and in which words.

use store::{Location, Store, StoreError};

use crate::world::World;

stories! {
    fn migrating_again_does_nothing(world) {
        let report = world.store.migrate().expect("it migrates");
        assert_eq!((report.before, report.after, report.applied.len()), (1, 1, 0));
        world.store.schema_state().expect("it reads").check().expect("it is up to date");
    }

    fn a_newer_schema_is_refused(world) {
        world.by_hand("insert into migrations (version, name, checksum) values (99, 'later', 'x')").expect("by hand");
        let refusal = StoreError::SchemaNewer { found: 99, known: 1 };
        assert_eq!(world.store.migrate(), Err(refusal.clone()));
        assert_eq!(world.store.schema_state().expect("it reads").check(), Err(refusal));
    }

    fn a_changed_checksum_is_refused(world) {
        world.by_hand("update migrations set checksum = 'x' where version = 1").expect("by hand");
        let refused = |error| matches!(error, StoreError::ChecksumChanged { version: 1, .. });
        assert!(refused(world.store.migrate().expect_err("it is refused")));
        assert!(refused(world.store.schema_state().expect("it reads").check().expect_err("it is refused")));
    }

    fn a_reader_beside_the_server_reads_and_never_writes(world) {
        let mut world = world;
        let account = world.open(1);
        let reader = Store::open_read_only(&world.location()).expect("it opens beside the server");
        assert!(reader.books(account).expect("it reads").is_some());
        assert_eq!(reader.setting_or("a", "b"), Err(StoreError::ReadOnly));
        reader.schema_state().expect("it reads").check().expect("it is up to date");
    }

    fn what_was_committed_is_there_after_a_restart(world) {
        let mut world = world;
        let (account, _) = world.full_life();
        let books = world.store.books(account).expect("they read");
        let location = world.location();
        let kept = world.close();
        let store = Store::open(&location).expect("it opens again");
        assert_eq!(store.books(account).expect("they read"), books);
        drop((store, kept));
    }
}

#[test]
fn an_empty_database_says_that_it_must_be_migrated() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let database = store::testing::fresh_database();
    for location in [Location::Sqlite(folder.path().join("empty.db")), Location::Postgres(database.url.clone())] {
        let store = Store::open(&location).expect("it opens");
        let state = store.schema_state().expect("it reads");
        assert_eq!(state.missing, ["0001_start"]);
        assert_eq!(state.check(), Err(StoreError::SchemaOlder { found: 0, needed: 1 }));
        assert_eq!(store.migrate().expect("it migrates").applied, ["0001_start"]);
    }
}

#[test]
fn servers_that_start_together_migrate_once() {
    let database = store::testing::fresh_database();
    let location = Location::Postgres(database.url.clone());
    let applied: usize = std::thread::scope(|scope| {
        let servers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| Store::open(&location).and_then(|store| store.migrate()).expect("it migrates").applied)
            })
            .collect();
        servers.into_iter().map(|server| server.join().expect("no panic").len()).sum()
    });
    assert_eq!(applied, 1);
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut world = World::on_sqlite();
    world.open(1);
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", world.path().display());
        let mode = std::fs::metadata(&path).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
}

#[test]
fn a_second_server_on_one_file_is_refused() {
    let world = World::on_sqlite();
    let error = Store::open(&world.location()).expect_err("it is refused");
    let process = std::process::id();
    assert_eq!(error, StoreError::InUse { path: world.path(), holder: format!(" (process {process})") });
}

#[test]
fn a_file_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("missing").join("books.db");
    let error = Store::open(&Location::Sqlite(path.clone())).expect_err("it is refused");
    assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    let nothing = folder.path().join("nothing.db");
    let error = Store::open_read_only(&Location::Sqlite(nothing.clone())).expect_err("it is refused");
    assert!(error.to_string().contains("nothing.db"), "{error}");
    assert!(!nothing.exists(), "reading makes no file");
    std::fs::write(&nothing, "this is no database, it is a letter to whoever opens it").expect("it is written");
    let error = Store::open(&Location::Sqlite(nothing)).expect_err("it is refused");
    assert!(error.to_string().contains("nothing.db"), "{error}");
}

#[test]
fn a_server_that_does_not_answer_is_named_without_its_password() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let url = format!("postgres://ann:s3cret@{port}/books");
    let text = Store::open(&Location::Postgres(url)).expect_err("nobody answers").to_string();
    assert!(text.contains(&format!("books at {port} as ann")), "{text}");
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn a_server_that_was_restarted_is_read_again() {
    let mut world = World::on_postgres();
    let account = world.open(1);
    world
        .by_hand(
            "select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()",
        )
        .expect("by hand");
    assert_eq!(world.load(account).name, "Customer 1");
    world.start(account, "small", 0);
}

#[test]
fn an_encrypted_connection_is_refused_in_words() {
    for mode in ["require", "verify-ca", "verify-full"] {
        let url = format!("postgres://ann:s3cret@localhost/books?sslmode={mode}");
        let error = Store::open(&Location::Postgres(url)).expect_err("it is refused");
        assert_eq!(error, StoreError::EncryptionUnsupported(mode.to_owned()));
    }
}
