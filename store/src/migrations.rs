//! Migrations: embedded, forward only, each held to the checksum it had when it was applied. A database of a newer
//! midcycle, or one whose history differs from ours, is refused before anything touches it.

use billing::quote::hexadecimal;
use sha2::{Digest, Sha256};

use crate::Store;
use crate::error::StoreError;
use crate::session::Session;
use crate::value::Row;

struct Migration {
    version: i64,
    name: &'static str,
    text: &'static str,
}

const MIGRATIONS: &[Migration] =
    &[Migration { version: 1, name: "start", text: include_str!("migrations/0001_start.sql") }];

impl Migration {
    fn checksum(&self) -> String {
        hexadecimal(&Sha256::digest(self.text))
    }
}

/// What a migration did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationReport {
    /// The schema before; 0 of an empty database.
    pub before: i64,
    /// The schema now.
    pub after: i64,
    /// The names of the migrations that were applied now.
    pub applied: Vec<String>,
}

/// How the schema of a database compares with what this binary needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaState {
    /// The newest applied migration; 0 of an empty database.
    pub found: i64,
    /// The newest migration of this binary.
    pub needed: i64,
    /// The names of the migrations that are still to be applied.
    pub missing: Vec<String>,
    /// Why the database must not be used: a newer schema, or a checksum that changed.
    pub refusal: Option<StoreError>,
}

impl SchemaState {
    /// May this binary use the database as it is?
    pub fn check(&self) -> Result<(), StoreError> {
        match &self.refusal {
            Some(refusal) => Err(refusal.clone()),
            None if self.missing.is_empty() => Ok(()),
            None => Err(StoreError::SchemaOlder { found: self.found, needed: self.needed }),
        }
    }
}

impl Store {
    /// Applies what is missing, all in one transaction. Two servers that start at once wait for each other.
    pub fn migrate(&self) -> Result<MigrationReport, StoreError> {
        let state = self.schema_state()?;
        if let Some(refusal) = state.refusal {
            return Err(refusal);
        }
        if state.missing.is_empty() {
            return Ok(MigrationReport { before: state.found, after: state.found, applied: Vec::new() });
        }
        self.write(|session| {
            session.batch(session.dialect().lock_migrations())?;
            session.batch(
                "create table if not exists migrations (
                     version {int} not null primary key, name {text} not null, checksum {text} not null
                 ) {table}",
            )?;
            let state = state_of(session)?;
            if let Some(refusal) = state.refusal {
                return Err(refusal);
            }
            // Another server may have migrated while this one waited for its turn: only what is missing now.
            for migration in MIGRATIONS.iter().filter(|migration| migration.version > state.found) {
                session.batch(migration.text)?;
                let row = [migration.version.into(), migration.name.into(), migration.checksum().into()];
                session.execute("insert into migrations (version, name, checksum) values ($1, $2, $3)", &row)?;
            }
            Ok(MigrationReport { before: state.found, after: state.needed, applied: state.missing })
        })
    }

    /// Compares the schema of the database with what this binary needs; changes nothing.
    pub fn schema_state(&self) -> Result<SchemaState, StoreError> {
        self.read_together(|session| {
            let there = session.query(session.dialect().has_migrations(), &[])?;
            match there.first().map(|row| row.fields("migrations").int()) {
                Some(Ok(1)) => state_of(session),
                _ => compare(&[]),
            }
        })
    }
}

fn state_of(session: &mut dyn Session) -> Result<SchemaState, StoreError> {
    compare(&session.query("select version, checksum from migrations order by version", &[])?)
}

fn compare(rows: &[Row]) -> Result<SchemaState, StoreError> {
    let mut found = 0;
    let needed = MIGRATIONS.last().map_or(0, |migration| migration.version);
    let mut refusal = None;
    for row in rows {
        let mut fields = row.fields("migrations");
        found = fields.int()?;
        let checksum = fields.text()?;
        let ours = MIGRATIONS.iter().find(|migration| migration.version == found);
        match ours.map(Migration::checksum) {
            Some(expected) if expected != checksum => {
                refusal.get_or_insert(StoreError::ChecksumChanged { version: found, found: checksum, expected });
            }
            Some(_) => {}
            None => refusal = Some(StoreError::SchemaNewer { found, known: needed }),
        }
    }
    let missing = MIGRATIONS.iter().filter(|migration| migration.version > found);
    let missing = missing.map(|migration| format!("{:04}_{}", migration.version, migration.name)).collect();
    Ok(SchemaState { found, needed, missing, refusal })
}
