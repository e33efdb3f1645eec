//! The PostgreSQL of the tests itself: that databases are fresh, copied from their template, and gone after.

use std::cell::Cell;

use postgres::{Client, NoTls};
use store::testing::{database_from, fresh_database, postgres_url};

fn names(url: &str, like: &str) -> Vec<String> {
    let mut client = Client::connect(url, NoTls).expect("the server answers");
    client
        .query("select datname::text from pg_database where datname like $1 order by 1", &[&like])
        .expect("the list of databases can be read")
        .iter()
        .map(|row| row.get(0))
        .collect()
}

fn name_of(url: &str) -> &str {
    url.rsplit_once('/').map_or("", |(_, name)| name)
}

#[test]
fn a_database_is_gone_when_its_test_is_over() {
    let database = fresh_database();
    let name = name_of(&database.url).to_owned();
    assert_eq!(names(postgres_url(), &name).len(), 1);

    // A connection that a failing test left open does not keep the database.
    let left_open = Client::connect(&database.url, NoTls).expect("the database answers");
    drop(database);
    assert!(names(postgres_url(), &name).is_empty());
    drop(left_open);
}

#[test]
fn two_tests_never_share_a_database() {
    let one = fresh_database();
    let two = fresh_database();
    let mut client = Client::connect(&one.url, NoTls).expect("the database answers");
    client.batch_execute("create table mine (id bigint)").expect("a table can be made");
    let mut client = Client::connect(&two.url, NoTls).expect("the database answers");
    assert!(client.query("select * from mine", &[]).is_err());
}

#[test]
fn a_template_is_built_once_and_copied() {
    let built = Cell::new(0);
    let copies: Vec<_> = (0..3)
        .map(|_| {
            database_from("one table with one row", |url| {
                built.set(built.get() + 1);
                let mut client = Client::connect(url, NoTls).expect("the template answers");
                client
                    .batch_execute("create table kept (id bigint); insert into kept values (7)")
                    .expect("the template can be filled");
            })
        })
        .collect();
    assert_eq!(built.get(), 1);
    for copy in &copies {
        let mut client = Client::connect(&copy.url, NoTls).expect("the copy answers");
        let row = client.query_one("select id from kept", &[]).expect("the copy has the row");
        assert_eq!(row.get::<_, i64>(0), 7);
    }
}

#[test]
fn text_sorts_by_bytes_as_it_does_in_sqlite() {
    let database = fresh_database();
    let mut client = Client::connect(&database.url, NoTls).expect("the database answers");
    let row = client.query_one("select 'B' < 'a', current_setting('fsync')", &[]).expect("the server compares");
    assert!(row.get::<_, bool>(0));
    assert_eq!(row.get::<_, String>(1), "on");
}
