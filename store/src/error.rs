//! What can go wrong between Midcycle and its database: faults, each naming what to do. A lost race is not a fault
//! and stands in [`CommitError`]. No message ever holds a password.

use std::path::PathBuf;

/// The database failed us, or must not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The text does not name a database.
    #[error("{0:?} does not name a database; give the path of a file or postgres://user@host/name")]
    UnknownLocation(String),
    /// The URL asks for an encrypted connection, which is not built yet.
    #[error(
        "sslmode={0} asks for an encrypted connection, which Midcycle cannot make yet; use a unix socket, a private network or a tunnel, and sslmode=disable"
    )]
    EncryptionUnsupported(String),
    /// Another server has the file.
    #[error("database {path} is in use by another midcycle{holder}; stop that one first, or use another file")]
    InUse {
        /// The database file.
        path: PathBuf,
        /// ` (process 4711)`, or nothing where it is not known.
        holder: String,
    },
    /// The file cannot be opened.
    #[error("database {path} cannot be opened: {reason}; check that its folder exists and may be written")]
    CannotOpen {
        /// The database file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// No connection to the server.
    #[error("cannot connect to the database {target}: {reason}")]
    CannotConnect {
        /// User, host, port and name; never the password.
        target: String,
        /// What the driver said.
        reason: String,
    },
    /// The connection broke while a statement ran. Whether it took effect is unknown.
    #[error("the connection to the database {target} was lost: {reason}")]
    ConnectionLost {
        /// User, host, port and name.
        target: String,
        /// What the driver said.
        reason: String,
    },
    /// Someone else holds the file's lock for too long.
    #[error("the database is locked by another program; close whatever else has the file open")]
    Locked,
    /// No room is left.
    #[error("the disk that holds the database is full; make room, nothing was lost")]
    DiskFull,
    /// The store was opened for reading.
    #[error("the database was opened for reading only")]
    ReadOnly,
    /// The tables are not there yet, or are those of an older version.
    #[error("the database is at schema {found} and this midcycle needs {needed}; run midcycle migrate")]
    SchemaOlder {
        /// The newest applied migration; 0 of an empty database.
        found: i64,
        /// The newest migration of this binary.
        needed: i64,
    },
    /// The tables are of a newer version.
    #[error(
        "the database is at schema {found}, made by a newer midcycle; this one knows {known}: run the newer one, or restore a backup"
    )]
    SchemaNewer {
        /// The newest applied migration.
        found: i64,
        /// The newest migration of this binary.
        known: i64,
    },
    /// A migration that was applied had another text.
    #[error(
        "migration {version} of the database has checksum {found}, this midcycle's has {expected}: one of the two was changed after it was applied; use the midcycle that made this database"
    )]
    ChecksumChanged {
        /// Which migration.
        version: i64,
        /// The checksum in the database.
        found: String,
        /// The checksum of this binary's text.
        expected: String,
    },
    /// A constraint stopped a statement. Decisions are checked before, so this is a bug and nothing was stored.
    #[error("the database refused the rows: {0}")]
    Constraint(String),
    /// A unique constraint stopped a statement.
    #[error("the database already has such a row: {0}")]
    Unique(&'static str),
    /// Two transactions waited for each other, and this one was stopped; nothing was stored.
    #[error("the transaction lost a race and was stopped by the database")]
    LostRace,
    /// A row does not read as what it was stored as: it was changed by hand, or is damaged.
    #[error("{table} has a row that cannot be read: {reason}")]
    Unreadable {
        /// The table, or what was read.
        table: &'static str,
        /// Which value is wrong.
        reason: String,
    },
    /// Anything else the driver says.
    #[error("the database failed: {0}")]
    Database(String),
}

/// Why a commit stored nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The account has moved on since it was loaded: load and decide again.
    #[error("the account was changed by someone else in the meantime")]
    Conflict,
    /// A unique constraint, by the name it has in `tables.rs`: `renewal_once`, `once_of_subscription`,
    /// `gateway_event_once`, `key_once`, `one_open_change`, `one_open_payout`, `captured_once`, `document_number`.
    #[error("the database already has such a row: {0}")]
    Unique(&'static str),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}
