//! The driver of PostgreSQL: a small fixed pool of connections, each with its statements prepared once. A connection
//! that is broken is replaced; a read on it runs again, a write does not, because it may have taken effect.

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use postgres::config::{Config, Host, SslMode};
use postgres::error::{DbError, Severity};
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::location::Location;
use crate::session::Session;
use crate::tables::UNIQUES;
use crate::value::{Row, Value};

/// How many connections one program keeps. More than a few do not make two cores faster.
const CONNECTIONS: usize = 8;
/// A connection that was idle for longer is asked whether it still lives before it is used.
const TRUSTED_FOR: Duration = Duration::from_secs(5);

/// A server and its connections.
#[derive(Debug)]
pub(crate) struct Postgres {
    config: Config,
    target: String,
    read_only: bool,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    taken: usize,
}

impl Postgres {
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::connected(url, false)
    }

    pub fn open_read_only(url: &str) -> Result<Self, StoreError> {
        Self::connected(url, true)
    }

    /// Opens one connection at once, so that a wrong address is told at start and not at the first customer.
    fn connected(url: &str, read_only: bool) -> Result<Self, StoreError> {
        let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters).split('&');
        let mode = parameters.filter_map(|parameter| parameter.strip_prefix("sslmode=")).next_back();
        if let Some(mode @ ("require" | "verify-ca" | "verify-full")) = mode {
            return Err(StoreError::EncryptionUnsupported(mode.to_owned()));
        }
        let unknown = |_| StoreError::UnknownLocation(Location::Postgres(url.to_owned()).to_string());
        let mut config: Config = url.parse().map_err(unknown)?;
        config.ssl_mode(SslMode::Disable).application_name("midcycle");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        let target = target(&config);
        let store = Self { config, target, read_only, pool: Mutex::default(), returned: Condvar::new() };
        let first = store.take()?;
        store.give_back(first);
        Ok(store)
    }

    /// One reading statement.
    pub fn read(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self.with(|connection| connection.query(sql, args)) {
            Err(StoreError::ConnectionLost { .. }) => self.with(|connection| connection.query(sql, args)),
            answer => answer,
        }
    }

    /// One writing statement, which is a transaction of its own.
    pub fn write_one(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.with(|connection| connection.query(sql, args))
    }

    /// A transaction of several statements.
    pub fn transaction<T>(
        &self,
        begin: &str,
        statements: &mut dyn FnMut(&mut dyn Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            connection.batch(begin)?;
            match statements(connection) {
                Ok(answer) => connection.batch("commit").map(|()| answer),
                Err(error) => {
                    // Where even this fails the connection is broken, and the server has rolled back by itself.
                    let _ = connection.batch("rollback");
                    Err(error)
                }
            }
        })
    }

    fn with<T>(&self, run: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.take()?;
        let answer = run(&mut connection);
        if connection.ended || connection.client.is_closed() {
            self.lose(connection);
            return answer.map_err(|error| match error {
                StoreError::Database(reason) => StoreError::ConnectionLost { target: self.target.clone(), reason },
                named => named,
            });
        }
        self.give_back(connection);
        answer
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        while pool.idle.is_empty() && pool.taken >= CONNECTIONS {
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        pool.taken += 1;
        let idle = pool.idle.pop();
        drop(pool);
        if let Some(mut connection) = idle
            && connection.lives()
        {
            return Ok(connection);
        }
        self.connect().inspect_err(|_| self.count_out())
    }

    fn give_back(&self, mut connection: Connection) {
        connection.used = Instant::now();
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.idle.push(connection);
        pool.taken -= 1;
        drop(pool);
        self.returned.notify_one();
    }

    /// Gives up a broken connection, and those that idle: what broke one has most likely broken all.
    fn lose(&self, connection: Connection) {
        drop(connection);
        let idle = std::mem::take(&mut self.pool.lock().unwrap_or_else(PoisonError::into_inner).idle);
        drop(idle);
        self.count_out();
    }

    fn count_out(&self) {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).taken -= 1;
        self.returned.notify_one();
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let wrong =
            |error: postgres::Error| StoreError::CannotConnect { target: self.target.clone(), reason: reason(&error) };
        let mut client = self.config.connect(NoTls).map_err(wrong)?;
        // Compiling a statement takes longer than any of ours runs.
        // The last one is for a node that is frozen in a transaction: its rows are free again, and it finds its
        // connection broken when it wakes up.
        let mut settings = "set jit = off; set statement_timeout = '60s'; set lock_timeout = '20s';
                            set idle_in_transaction_session_timeout = '60s';"
            .to_owned();
        if self.read_only {
            settings.push_str("set default_transaction_read_only = on;");
        }
        client.batch_execute(&settings).map_err(wrong)?;
        Ok(Connection { client, statements: HashMap::new(), used: Instant::now(), ended: false })
    }
}

impl Drop for Postgres {
    /// The driver closes a connection by waiting for it, which it may not do on a thread that runs async tasks; and there
    /// the last owner of a book is dropped where a server ends. So a thread of its own closes them.
    fn drop(&mut self) {
        let idle = std::mem::take(&mut self.pool.get_mut().unwrap_or_else(PoisonError::into_inner).idle);
        if !idle.is_empty() {
            // Where closing panics the connections are gone as well.
            let _ = std::thread::spawn(move || drop(idle)).join();
        }
    }
}

/// A connection and the statements prepared on it, by their portable texts.
struct Connection {
    client: Client,
    statements: HashMap<String, Statement>,
    used: Instant,
    /// Has the server said that it ends this session? It says so before the connection is seen to be closed.
    ended: bool,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("statements", &self.statements.len()).finish_non_exhaustive()
    }
}

impl Connection {
    fn lives(&mut self) -> bool {
        !self.client.is_closed()
            && (self.used.elapsed() < TRUSTED_FOR || self.client.is_valid(Duration::from_secs(2)).is_ok())
    }

    /// What went wrong; after a fatal error the server ends the session.
    fn fault(&mut self, error: &postgres::Error) -> StoreError {
        let severity = error.as_db_error().and_then(DbError::parsed_severity);
        self.ended |= matches!(severity, Some(Severity::Fatal | Severity::Panic));
        fault(error)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&Dialect::Postgres.text(sql)).map_err(|error| self.fault(&error))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn references(args: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Session for Connection {
    fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepared(sql)?;
        let found = self.client.query(&statement, &references(args)).map_err(|error| self.fault(&error))?;
        let rows = found.iter().map(|row| {
            let values = (0..row.len()).map(|column| row.try_get(column));
            Ok(Row(values.collect::<Result<_, _>>().map_err(|error| fault(&error))?))
        });
        rows.collect()
    }

    fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        self.client.execute(&statement, &references(args)).map_err(|error| self.fault(&error))
    }

    fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(&Dialect::Postgres.text(sql)).map_err(|error| self.fault(&error))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
}

type DriverError = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut postgres::types::private::BytesMut) -> Result<IsNull, DriverError> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) if *ty == Type::INT8 => value.to_sql(ty, out),
            Self::Text(text) if *ty != Type::INT8 && *ty != Type::INT4 => {
                // The text form is the binary form of text and of JSON alike.
                out.extend_from_slice(text.as_bytes());
                Ok(IsNull::No)
            }
            Self::Bytes(bytes) if *ty == Type::BYTEA => bytes.as_slice().to_sql(ty, out),
            other => Err(format!("{other:?} was given where the statement has {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, DriverError> {
        match *ty {
            Type::INT8 => i64::from_sql(ty, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(ty, raw).map(|value| Self::Int(i64::from(value))),
            Type::BOOL => bool::from_sql(ty, raw).map(Self::from),
            Type::BYTEA => Ok(Self::Bytes(raw.to_vec())),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
                Ok(Self::Text(std::str::from_utf8(raw)?.to_owned()))
            }
            _ => Err(format!("a column of the type {ty} cannot be read").into()),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, DriverError> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// User, host, port and name of the database: what a person needs to find it, and never the password.
fn target(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        #[cfg(unix)]
        Some(Host::Unix(path)) => path.display().to_string(),
        None => config.get_hostaddrs().first().map_or_else(|| "localhost".to_owned(), ToString::to_string),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user().unwrap_or("the system's user");
    let name = config.get_dbname().unwrap_or(user);
    format!("{name} at {host}:{port} as {user}")
}

/// What the server said, or else what the driver says and why.
fn reason(error: &postgres::Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// The driver's error as ours, by the server's five-letter code.
fn fault(error: &postgres::Error) -> StoreError {
    let Some(said) = error.as_db_error() else {
        return StoreError::Database(reason(error));
    };
    match said.code().code() {
        "23505" => match UNIQUES.iter().find(|(name, _)| said.constraint() == Some(name)) {
            Some((name, _)) => StoreError::Unique(name),
            None => StoreError::Constraint(said.message().to_owned()),
        },
        code if code.starts_with("23") => StoreError::Constraint(said.message().to_owned()),
        "40001" | "40P01" => StoreError::LostRace,
        "55P03" => StoreError::Locked,
        "53100" => StoreError::DiskFull,
        "25006" => StoreError::ReadOnly,
        _ => StoreError::Database(said.message().to_owned()),
    }
}
