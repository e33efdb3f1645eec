//! Floors for the benchmarks: what a database takes for the rows of a commit and nothing else. The rows are read out of
//! two books, one before and one after the commits; the bare writers put the same rows, byte for byte, through the
//! drivers with prepared statements, and know neither accounts nor laws. The benchmarks that stand on these floors
//! are in `server/benches`.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use billing::id::AccountId;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Statement};
use rusqlite::{Connection, params_from_iter};

use crate::Store;
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::tables::{ACCOUNTS, DOCUMENT_SERIES, DOCUMENTS, Mode, Table, WRITTEN};
use crate::value::{Row, Value};

const COUNT_ON: &str = "insert into series (storefront, name, last) values ($1, $2, 1)
    on conflict (storefront, name) do update set last = series.last + excluded.last";

/// The rows that one commit wrote.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Whose it was.
    pub account: AccountId,
    /// The counters of documents that it moved on.
    series: Vec<[Value; 2]>,
    /// Each with the place of its table.
    rows: Vec<(usize, Vec<Value>)>,
}

/// The tables in the order of writing.
fn tables() -> impl Iterator<Item = &'static Table> {
    std::iter::once(&ACCOUNTS).chain(WRITTEN)
}

impl Commit {
    /// How many rows of which table, without tables that got none.
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        let counted = tables().enumerate().map(|(place, table)| {
            let rows = self.rows.iter().filter(|(of, _)| *of == place).count();
            (table.name, rows)
        });
        let series = ("series", self.series.len());
        counted.chain([series]).filter(|(_, rows)| *rows > 0).collect()
    }

    /// How many bytes are in them: of texts their letters, of numbers eight.
    pub fn bytes(&self) -> usize {
        let values = self.rows.iter().flat_map(|(_, row)| row);
        let sizes = values.map(|value| match value {
            Value::Null => 0,
            Value::Int(_) => 8,
            Value::Text(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
        });
        sizes.sum()
    }
}

/// What was written to `after` and is not in `before`, where at most one commit was made on each account.
pub fn commits_between(before: &Store, after: &Store) -> Result<BTreeMap<AccountId, Commit>, StoreError> {
    let mut commits = BTreeMap::new();
    for (place, table) in tables().enumerate() {
        let sql = format!("select {} from {}", table.names(), table.name);
        let known: HashSet<String> = before.read(&sql, &[])?.iter().map(text_of).collect();
        let owner = table.columns.iter().position(|(name, _)| *name == "account_id").unwrap_or(0);
        for row in after.read(&sql, &[])?.into_iter().filter(|row| !known.contains(&text_of(row))) {
            let account = match &row.0[owner] {
                Value::Text(id) => AccountId::parse(id).map_err(|error| StoreError::Database(error.to_string()))?,
                other => return Err(StoreError::Database(format!("{other:?} is no account"))),
            };
            let commit =
                commits.entry(account).or_insert_with(|| Commit { account, series: Vec::new(), rows: Vec::new() });
            if table.name == DOCUMENTS.name {
                let series = [row.0[DOCUMENT_SERIES - 1].clone(), row.0[DOCUMENT_SERIES].clone()];
                if !commit.series.contains(&series) {
                    commit.series.push(series);
                }
            }
            commit.rows.push((place, row.0));
        }
    }
    Ok(commits)
}

fn text_of(row: &Row) -> String {
    serde_json::to_string(&row.0).expect("values are plain data")
}

/// A connection to an SQLite file with the settings of the store's writer. It checkpoints only when told to.
#[derive(Debug)]
pub struct BareSqlite(Connection);

impl BareSqlite {
    /// Opens a file that is migrated.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0;
             pragma foreign_keys = on; pragma temp_store = memory;",
        )?;
        Ok(Self(connection))
    }

    /// Writes commits, all of them with one sync.
    pub fn write(&mut self, group: &[&Commit]) -> rusqlite::Result<()> {
        let inserts = inserts();
        self.0.prepare_cached("begin immediate")?.execute([])?;
        for commit in group {
            for (place, row) in &commit.rows {
                self.0.prepare_cached(&inserts[*place])?.execute(params_from_iter(row))?;
            }
            for series in &commit.series {
                self.0.prepare_cached(&inserts[inserts.len() - 1])?.execute(params_from_iter(series))?;
            }
        }
        self.0.prepare_cached("commit")?.execute([])?;
        Ok(())
    }

    /// Carries the log of writes over into the file, so that a long one slows nobody.
    pub fn checkpoint(&mut self) -> rusqlite::Result<()> {
        self.0.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
    }
}

/// A statement for each table, and one for the counters.
fn inserts() -> &'static [String] {
    static INSERTS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        let texts = tables().map(Table::insert_one).chain([COUNT_ON.to_owned()]);
        texts.map(|text| Dialect::Sqlite.text(&text)).collect()
    });
    &INSERTS
}

/// A connection to a PostgreSQL database that writes each commit as one statement with one argument per value.
pub struct BarePostgres {
    client: Client,
    /// The statements of the shapes of commit that were seen.
    statements: BTreeMap<Vec<(&'static str, usize)>, Statement>,
}

impl std::fmt::Debug for BarePostgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BarePostgres").field("statements", &self.statements.len()).finish_non_exhaustive()
    }
}

impl BarePostgres {
    /// Connects to a database that is migrated.
    pub fn connect(url: &str) -> Result<Self, postgres::Error> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("set jit = off")?;
        Ok(Self { client, statements: BTreeMap::new() })
    }

    /// Writes a commit.
    pub fn write(&mut self, commit: &Commit) -> Result<(), postgres::Error> {
        let shape = commit.counts();
        if !self.statements.contains_key(&shape) {
            let statement = self.client.prepare(&Dialect::Postgres.text(&one_statement(commit)))?;
            self.statements.insert(shape.clone(), statement);
        }
        let rows = commit.rows.iter().flat_map(|(_, row)| row);
        let values = commit.series.iter().flatten().chain(rows);
        let args: Vec<&(dyn ToSql + Sync)> = values.map(|value| value as &(dyn ToSql + Sync)).collect();
        self.client.execute(&self.statements[&shape], &args)?;
        Ok(())
    }
}

/// A statement that writes every row of a commit: a part for each counter, then one for each table.
fn one_statement(commit: &Commit) -> String {
    let mut parts = Vec::new();
    let mut argument = 0;
    for place in 0..commit.series.len() {
        let text = COUNT_ON.replace("$2", &format!("${}", argument + 2)).replace("$1", &format!("${}", argument + 1));
        parts.push(format!("counted_{place} as ({text})"));
        argument += 2;
    }
    for (place, table) in tables().enumerate() {
        let rows = commit.rows.iter().filter(|(of, _)| *of == place).map(|(_, row)| {
            let values = row.iter().map(|_| {
                argument += 1;
                format!("${argument}")
            });
            format!("({})", values.collect::<Vec<_>>().join(", "))
        });
        let rows: Vec<String> = rows.collect();
        if !rows.is_empty() {
            let on_conflict = if table.mode == Mode::Upsert { table.on_conflict() } else { String::new() };
            let (name, columns) = (table.name, table.names());
            parts.push(format!(
                "written_{name} as (insert into {name} ({columns}) values {}{on_conflict})",
                rows.join(", ")
            ));
        }
    }
    format!("with {} select 1", parts.join(", "))
}
