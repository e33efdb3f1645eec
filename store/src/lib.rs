//! Where Midcycle keeps its books: the only place with SQL. It decides nothing and knows no clock.
//!
//! One SQL text serves SQLite and PostgreSQL; what differs stands in `dialect.rs`. Two paths matter most: `load.rs`
//! reads everything that a decision may look at in one statement, and `commit.rs` writes everything that follows in
//! one. The rest are lists for people, the queue of effects, and what the server needs beside the books.
//!
//! All methods block. Call them on a thread that may wait.

mod books;
mod catalogues;
mod commit;
mod counts;
mod dialect;
mod due;
mod effects;
mod error;
mod lists;
mod load;
mod location;
mod logins;
mod mails;
mod migrations;
mod module_runs;
mod postgres;
mod records;
mod sandbox;
mod session;
mod sqlite;
mod tables;
mod value;

#[cfg(feature = "testing")]
pub mod testing;

use std::sync::Arc;

pub use books::{BookedPosting, Books, SeriesCount};
pub use catalogues::{Published, PublishedCatalogue};
pub use commit::Numbers;
pub use counts::Counts;
pub use due::Due;
pub use effects::{EffectState, LeasedEffect};
pub use error::{CommitError, StoreError};
pub use lists::accounts::{AccountFilter, AccountRow};
pub use lists::attempts::{AttemptFilter, AttemptRow};
pub use lists::changes::{ChangeFilter, ChangeRow};
pub use lists::documents::{DocumentFilter, DocumentRow};
pub use lists::effects::{EffectFilter, EffectRow};
pub use lists::log::{LogFilter, LogRow};
pub use lists::payouts::{PayoutFilter, PayoutRow};
pub use lists::postings::{PostingFilter, PostingRow};
pub use lists::subscriptions::{OpenChange, SubscriptionFilter, SubscriptionRow};
pub use lists::{Cursor, Page, Window};
pub use load::{Earlier, Loaded};
pub use location::Location;
pub use logins::{ApiKey, KeyScope, Login, Role, Session, Taken};
pub use mails::{MailFilter, MailRow, RenderedMail, StoredMail};
pub use migrations::{MigrationReport, SchemaState};
pub use module_runs::{ModuleRun, RunFilter, StartedRun};
pub use sandbox::SandboxCharge;

use session::Driver;

/// The books, on one database. Cheap to clone; the last clone that is dropped closes it.
#[derive(Debug, Clone)]
pub struct Store {
    driver: Arc<Driver>,
}

impl Store {
    /// Opens a database for reading and writing. Does not migrate it: see [`Store::migrate`].
    ///
    /// An SQLite file belongs to one program at a time; a second one is refused. Any number of programs may share a
    /// PostgreSQL database.
    pub fn open(location: &Location) -> Result<Self, StoreError> {
        let driver = match location {
            Location::Sqlite(path) => Driver::Sqlite(sqlite::Sqlite::open(path, true)?),
            Location::Postgres(url) => Driver::Postgres(Box::new(postgres::Postgres::open(url)?)),
        };
        Ok(Self { driver: Arc::new(driver) })
    }

    /// Opens a database for reading only, beside a server that has it: for `verify` and `doctor`. Every writing method
    /// answers [`StoreError::ReadOnly`].
    pub fn open_read_only(location: &Location) -> Result<Self, StoreError> {
        let driver = match location {
            Location::Sqlite(path) => Driver::Sqlite(sqlite::Sqlite::open(path, false)?),
            Location::Postgres(url) => Driver::Postgres(Box::new(postgres::Postgres::open_read_only(url)?)),
        };
        Ok(Self { driver: Arc::new(driver) })
    }

    /// `sqlite` or `postgresql`.
    pub fn database(&self) -> &'static str {
        match &*self.driver {
            Driver::Sqlite(_) => "sqlite",
            Driver::Postgres(_) => "postgresql",
        }
    }
}
