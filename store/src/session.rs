//! What both drivers can do: run a statement, run several in one transaction. Everything else in this crate is written
//! once, on top of this.

use crate::Store;
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::value::{Row, Value};

/// A connection inside a transaction. Texts are portable: see `dialect.rs`.
pub(crate) trait Session {
    fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, StoreError>;
    /// Runs a statement without rows; answers how many rows it touched.
    fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64, StoreError>;
    /// Runs several statements without arguments.
    fn batch(&mut self, sql: &str) -> Result<(), StoreError>;
    fn dialect(&self) -> Dialect;
}

/// The database behind a store.
#[derive(Debug)]
pub(crate) enum Driver {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Store {
    /// One reading statement.
    pub(crate) fn read(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        match &*self.driver {
            Driver::Sqlite(sqlite) => sqlite.read(|session| session.query(sql, args)),
            Driver::Postgres(postgres) => postgres.read(sql, args),
        }
    }

    /// One reading statement that answers one row or none.
    pub(crate) fn read_one(&self, sql: &str, args: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.read(sql, args)?.into_iter().next())
    }

    /// Several reading statements that see the same moment.
    pub(crate) fn read_together<T>(
        &self,
        mut reads: impl FnMut(&mut dyn Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match &*self.driver {
            Driver::Sqlite(sqlite) => sqlite.read_together(&mut reads),
            Driver::Postgres(postgres) => {
                postgres.transaction("begin isolation level repeatable read, read only", &mut reads)
            }
        }
    }

    /// A transaction. It may run twice: on SQLite a group of transactions shares one sync, and where one of them fails
    /// each runs again alone.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        mut writes: impl FnMut(&mut dyn Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match &*self.driver {
            Driver::Sqlite(sqlite) => sqlite.write(writes),
            Driver::Postgres(postgres) => postgres.transaction("begin", &mut writes),
        }
    }

    /// One writing statement; on PostgreSQL one round trip. Answers the rows it returns.
    pub(crate) fn write_one(&self, sql: &str, args: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match &*self.driver {
            Driver::Sqlite(sqlite) => {
                let sql = sql.to_owned();
                sqlite.write(move |session| session.query(&sql, &args))
            }
            Driver::Postgres(postgres) => postgres.write_one(sql, &args),
        }
    }
}
