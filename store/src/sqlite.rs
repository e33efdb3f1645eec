//! The driver of SQLite: one writer thread that commits many transactions with one sync, a fixed pool of readers beside
//! it, checkpoints off the path of commits, and a lock that keeps a second server off the file.
//!
//! The writer drains its queue and never waits for more: under load many transactions share a sync, and a lone one
//! loses nothing. Everything in a group is synced before any of it is answered.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, params_from_iter};

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::session::Session;
use crate::tables::UNIQUES;
use crate::value::{Row, Value};

/// The most transactions that share one sync.
const GROUP: usize = 128;
/// How many connections read at once.
const READERS: usize = 4;
/// After so many transactions the log of writes is carried over into the file.
const CHECKPOINT_AFTER: usize = 400;
/// Past this size the log of writes is cut as well, so that a burst does not keep its disk for ever.
const WAL_LIMIT_BYTES: u64 = 64 << 20;

/// An open file.
#[derive(Debug)]
pub(crate) struct Sqlite {
    readers: Readers,
    writer: Option<Writer>,
}

impl Sqlite {
    /// Opens a file; only a writable one is made where it does not exist, and locked.
    pub fn open(path: &Path, writable: bool) -> Result<Self, StoreError> {
        let lock = if writable { Some(lock(path)?) } else { None };
        let writer = match lock {
            Some(lock) => Some(Writer::start(path, lock)?),
            None => None,
        };
        Ok(Self { readers: Readers::open(path)?, writer })
    }

    /// Runs one reading statement.
    pub fn read<T>(&self, read: impl FnOnce(&mut dyn Session) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut open = self.readers.take();
        let answer = read(&mut open.session());
        self.readers.give_back(open);
        answer
    }

    /// Runs several reading statements on one snapshot.
    pub fn read_together<T>(
        &self,
        reads: &mut dyn FnMut(&mut dyn Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.read(|session| {
            session.batch("begin")?;
            let answer = reads(session);
            session.batch("commit")?;
            answer
        })
    }

    /// Runs a transaction on the writer; answers once it is on disk.
    pub fn write<T: Send + 'static>(
        &self,
        writes: impl FnMut(&mut dyn Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let writer = self.writer.as_ref().ok_or(StoreError::ReadOnly)?;
        let (reply, answer) = sync_channel(1);
        let gone = || StoreError::Database("the writer of the database has ended".to_owned());
        let jobs = writer.jobs.as_ref().ok_or_else(gone)?;
        jobs.send(Box::new(Transaction { writes, outcome: None, reply })).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())?
    }
}

/// A connection and the native texts of the portable statements that it has run.
#[derive(Debug)]
struct Open {
    connection: Connection,
    texts: HashMap<String, String>,
}

impl Open {
    fn at(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let wrong = |error| cannot_open(path, error);
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        connection.set_prepared_statement_cache_capacity(512);
        // One plan for a statement, whatever its arguments: a cached statement is not planned again at every use.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(wrong)?;
        let settings = "pragma busy_timeout = 5000; pragma foreign_keys = on; pragma temp_store = memory;";
        connection.execute_batch(settings).map_err(wrong)?;
        Ok(Self { connection, texts: HashMap::new() })
    }

    fn session(&mut self) -> SqliteSession<'_> {
        SqliteSession { connection: &self.connection, texts: &mut self.texts }
    }
}

struct SqliteSession<'a> {
    connection: &'a Connection,
    texts: &'a mut HashMap<String, String>,
}

impl SqliteSession<'_> {
    fn prepared(&mut self, sql: &str) -> Result<rusqlite::CachedStatement<'_>, StoreError> {
        if !self.texts.contains_key(sql) {
            self.texts.insert(sql.to_owned(), Dialect::Sqlite.text(sql));
        }
        self.connection.prepare_cached(&self.texts[sql]).map_err(fault)
    }
}

impl Session for SqliteSession<'_> {
    fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.prepared(sql)?;
        let width = statement.column_count();
        let mut found = statement.query(params_from_iter(args)).map_err(fault)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(fault)? {
            let mut values = Vec::with_capacity(width);
            for column in 0..width {
                values.push(match row.get_ref(column).map_err(fault)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(value) => Value::Int(value),
                    ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                    ValueRef::Real(_) => {
                        return Err(StoreError::Database("a column holds a broken number".to_owned()));
                    }
                });
            }
            rows.push(Row(values));
        }
        Ok(rows)
    }

    fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64, StoreError> {
        let touched = self.prepared(sql)?.execute(params_from_iter(args)).map_err(fault)?;
        Ok(u64::try_from(touched).unwrap_or(u64::MAX))
    }

    fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(&Dialect::Sqlite.text(sql)).map_err(fault)
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Connections that read, each by one reader at a time.
#[derive(Debug)]
struct Readers {
    idle: Mutex<Vec<Open>>,
    returned: Condvar,
}

impl Readers {
    fn open(path: &Path) -> Result<Self, StoreError> {
        // Opened for writing and then told not to: a connection of the read-only kind cannot make the shared-memory
        // file that a database in WAL mode needs where no server has it open.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut idle = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let open = Open::at(path, flags)?;
            open.connection
                .execute_batch("pragma query_only = on; pragma cache_size = -2048;")
                .map_err(|error| cannot_open(path, error))?;
            idle.push(open);
        }
        Ok(Self { idle: Mutex::new(idle), returned: Condvar::new() })
    }

    fn take(&self) -> Open {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match idle.pop() {
                Some(open) => return open,
                None => idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn give_back(&self, open: Open) {
        if !open.connection.is_autocommit() {
            // A read that failed half way must not keep its snapshot: it would hold back every checkpoint.
            let _ = open.connection.execute_batch("rollback");
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(open);
        self.returned.notify_one();
    }
}

/// Something to be written, whatever it answers.
trait Job: Send {
    /// Runs inside a transaction; false where it failed and everything in the transaction must be undone.
    fn run(&mut self, session: &mut dyn Session) -> bool;
    /// The transaction itself failed.
    fn fail(&mut self, error: StoreError);
    /// Answers whoever waits.
    fn answer(self: Box<Self>);
}

struct Transaction<T, F> {
    writes: F,
    outcome: Option<Result<T, StoreError>>,
    reply: SyncSender<Result<T, StoreError>>,
}

impl<T, F> Job for Transaction<T, F>
where
    T: Send,
    F: FnMut(&mut dyn Session) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, session: &mut dyn Session) -> bool {
        let outcome = (self.writes)(session);
        let went_well = outcome.is_ok();
        self.outcome = Some(outcome);
        went_well
    }

    fn fail(&mut self, error: StoreError) {
        self.outcome = Some(Err(error));
    }

    fn answer(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // Whoever asked may have gone away; what is written stays written.
            let _ = self.reply.send(outcome);
        }
    }
}

/// The threads that write.
#[derive(Debug)]
struct Writer {
    jobs: Option<Sender<Box<dyn Job>>>,
    threads: Vec<JoinHandle<()>>,
    /// Held as long as the file is ours.
    _lock: File,
}

impl Writer {
    fn start(path: &Path, lock: File) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        make_private(path)?;
        let open = Open::at(path, flags)?;
        // 16 MB of pages: a commit touches some thirty of them, and those of a busy book should not be read again each time.
        let settings = "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0;
                        pragma cache_size = -16384;";
        open.connection.execute_batch(settings).map_err(|error| cannot_open(path, error))?;
        let checkpoints = Open::at(path, flags)?;
        // While it cuts the log of writes it keeps the writer out, so it must not wait long for a reader.
        checkpoints.connection.busy_timeout(Duration::from_millis(100)).map_err(fault)?;

        let (jobs, queue) = channel();
        let (due, checkpoint_due) = sync_channel(1);
        let wal = with_suffix(path, "-wal");
        let spawn = |name: &str, run: Box<dyn FnOnce() + Send>| {
            std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(run)
                .map_err(|error| StoreError::CannotOpen { path: path.to_owned(), reason: error.to_string() })
        };
        let threads = vec![
            spawn("store-writer", Box::new(move || write_groups(open, &queue, &due)))?,
            spawn("store-checkpoint", Box::new(move || checkpoint(&checkpoints.connection, &checkpoint_due, &wal)))?,
        ];
        Ok(Self { jobs: Some(jobs), threads, _lock: lock })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Closing the queue lets the writer finish what is in it; only then is the lock given up.
        self.jobs = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn write_groups(mut open: Open, queue: &Receiver<Box<dyn Job>>, checkpoint_due: &SyncSender<()>) {
    let mut since_checkpoint = 0;
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(job) = queue.try_recv()
        {
            group.push(job);
        }
        since_checkpoint += group.len();
        if group.len() == 1 || !in_one_transaction(&mut open, &mut group) {
            for job in &mut group {
                alone(&mut open, job.as_mut());
            }
        }
        for job in group {
            job.answer();
        }
        // A checkpoint that is already waiting covers these writes as well, so a full channel is no loss.
        if since_checkpoint >= CHECKPOINT_AFTER && checkpoint_due.try_send(()).is_ok() {
            since_checkpoint = 0;
        }
    }
}

/// Runs a group with one sync; false, and nothing written, where any of it failed.
fn in_one_transaction(open: &mut Open, group: &mut [Box<dyn Job>]) -> bool {
    if open.session().batch("begin immediate").is_err() {
        return false;
    }
    let all = group.iter_mut().all(|job| job.run(&mut open.session()));
    if all && open.session().batch("commit").is_ok() {
        return true;
    }
    roll_back(open);
    false
}

fn alone(open: &mut Open, job: &mut dyn Job) {
    if let Err(error) = open.session().batch("begin immediate") {
        return job.fail(error);
    }
    if !job.run(&mut open.session()) {
        return roll_back(open);
    }
    if let Err(error) = open.session().batch("commit") {
        roll_back(open);
        job.fail(error);
    }
}

fn roll_back(open: &Open) {
    // Some errors, such as a full disk, have ended the transaction already.
    if !open.connection.is_autocommit() {
        let _ = open.connection.execute_batch("rollback");
    }
}

/// Carries the log of writes over into the file, when told to.
fn checkpoint(connection: &Connection, due: &Receiver<()>, wal: &Path) {
    while due.recv().is_ok() {
        let too_large = wal.metadata().is_ok_and(|file| file.len() > WAL_LIMIT_BYTES);
        let how = if too_large { "truncate" } else { "passive" };
        // A reader in the way makes it carry over less, and the next one more: no reason to stop.
        let _ = connection.query_row(&format!("pragma wal_checkpoint({how})"), [], |_| Ok(()));
    }
}

/// Makes the file, where it does not exist, for nobody but its owner: it holds names, addresses and password hashes.
/// The files that SQLite makes beside it follow its permissions.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::CannotOpen { path: path.to_owned(), reason: error.to_string() }),
    }
}

/// Takes the lock that says whose the file is. It is the system's, so it ends with the program, however that ends.
fn lock(path: &Path) -> Result<File, StoreError> {
    let lock_path = with_suffix(path, ".lock");
    let wrong = |error: std::io::Error| StoreError::CannotOpen { path: path.to_owned(), reason: error.to_string() };
    let opened = File::options().read(true).write(true).create(true).truncate(false).open(&lock_path);
    let mut file = opened.map_err(wrong)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0).map_err(wrong)?;
            file.write_all(std::process::id().to_string().as_bytes()).map_err(wrong)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            let known = file.read_to_string(&mut process).is_ok() && !process.is_empty();
            let holder = if known { format!(" (process {process})") } else { String::new() };
            Err(StoreError::InUse { path: path.to_owned(), holder })
        }
        Err(TryLockError::Error(error)) => Err(wrong(error)),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The driver's error while a file is opened: what has no name of its own names the file.
fn cannot_open(path: &Path, error: rusqlite::Error) -> StoreError {
    match fault(error) {
        StoreError::Database(reason) => StoreError::CannotOpen { path: path.to_owned(), reason },
        named => named,
    }
}

/// The driver's error as ours.
fn fault(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(cause, message) = &error else {
        return StoreError::Database(error.to_string());
    };
    let message = message.clone().unwrap_or_else(|| cause.to_string());
    match cause.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Locked,
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::ReadOnly => StoreError::ReadOnly,
        ErrorCode::ConstraintViolation => {
            let columns = message.strip_prefix("UNIQUE constraint failed: ");
            match UNIQUES.iter().find(|(_, known)| columns == Some(known)) {
                Some((name, _)) => StoreError::Unique(name),
                None => StoreError::Constraint(message),
            }
        }
        _ => StoreError::Database(message),
    }
}
