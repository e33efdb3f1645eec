//! A real PostgreSQL for the tests of every crate: one cluster per test program, a database per test.
//!
//! The cluster is made by `initdb`, listens on loopback alone, runs as an unprivileged user and ends with the
//! program that asked for it, however that program ends. Set `MIDCYCLE_TEST_POSTGRES` to a URL such as
//! `postgres://me@127.0.0.1:5432/postgres` to use a server of your own instead. A machine without PostgreSQL
//! fails the test and names the package; nothing is ever skipped.
//!
//! Only built with the feature `testing`. The stories themselves are in `store/tests` and in the crates above.

pub mod floor;
pub mod stories;

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use postgres::{Client, NoTls};

/// The variable that names a server to use instead of starting one.
pub const SERVER_VARIABLE: &str = "MIDCYCLE_TEST_POSTGRES";

/// A database of one test, dropped with the value.
#[derive(Debug)]
pub struct TestDatabase {
    /// Where it is: `postgres://user@127.0.0.1:port/name`.
    pub url: String,
    name: String,
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A test that fails must show its own message, so a failure to tidy up stays silent: the cluster is
        // thrown away as a whole a moment later.
        if let Ok(mut client) = Client::connect(postgres_url(), NoTls) {
            let _ = client.batch_execute(&format!("drop database if exists {} with (force)", self.name));
        }
    }
}

/// An empty database.
#[must_use]
pub fn fresh_database() -> TestDatabase {
    database_like("template0")
}

/// A copy of the template that `build` makes from an empty database, once per cluster and `key`.
///
/// `key` must change with what `build` does, else a cluster that outlives the change hands out the old shape:
/// pass the migration texts themselves, or their checksum. `build` gets the URL of the template and must have
/// closed its connections when it returns, because PostgreSQL copies only a database that nobody uses.
#[must_use]
pub fn database_from(key: &str, build: impl FnOnce(&str)) -> TestDatabase {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let template = format!("template_{:016x}", hasher.finish());

    // Several test programs may share one cluster, so the lock is the server's and not this program's.
    let mut client = connect();
    client.batch_execute("select pg_advisory_lock(4242)").expect("the lock around templates can be taken");
    let known = client
        .query_opt("select 1 from pg_database where datname = $1", &[&template])
        .expect("the list of databases can be read");
    if known.is_none() {
        // Built under another name first: a template whose building failed must not be found by the next test.
        let draft = format!("{template}_draft");
        let steps = [
            format!("drop database if exists {draft} with (force)"),
            format!("create database {draft} template template0"),
        ];
        for step in steps {
            client.batch_execute(&step).expect("a template can be begun");
        }
        build(&url_of(&draft));
        client
            .batch_execute(&format!("alter database {draft} rename to {template}"))
            .expect("the template can be named: its builder has closed its connections");
    }
    drop(client);
    database_like(&template)
}

/// The URL of the server's maintenance database; the first call starts the server.
pub fn postgres_url() -> &'static str {
    static SERVER: OnceLock<Server> = OnceLock::new();
    &SERVER.get_or_init(Server::find_or_start).url
}

fn connect() -> Client {
    Client::connect(postgres_url(), NoTls).expect("the test server of PostgreSQL answers")
}

fn database_like(template: &str) -> TestDatabase {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut client = connect();
    // Left over from an earlier program with the same process id, on a server that outlives both.
    for step in
        [format!("drop database if exists {name} with (force)"), format!("create database {name} template {template}")]
    {
        client.batch_execute(&step).unwrap_or_else(|error| panic!("{step}: {error:?}"));
    }
    TestDatabase { url: url_of(&name), name }
}

fn url_of(database: &str) -> String {
    let (server, rest) = postgres_url().rsplit_once('/').expect("the URL of the server ends with /database");
    match rest.split_once('?') {
        Some((_, options)) => format!("{server}/{database}?{options}"),
        None => format!("{server}/{database}"),
    }
}

/// A server, and the pipe that keeps it alive.
struct Server {
    url: String,
    /// Closed by the kernel when this program ends, by whatever cause; the watcher then stops the server.
    _alive: Option<ChildStdin>,
}

impl Server {
    fn find_or_start() -> Self {
        match std::env::var(SERVER_VARIABLE) {
            Ok(url) => Self { url, _alive: None },
            Err(_) => Self::start().unwrap_or_else(|reason| panic!("PostgreSQL did not start for the tests: {reason}")),
        }
    }

    fn start() -> Result<Self, String> {
        let programs = programs()?;
        let owner = Owner::choose()?;
        let home = home(&owner)?;
        let books = home.join("data");
        let log = home.join("log");

        let alive = watch(&owner, &programs, &home)?;
        owner.run(
            Command::new(programs.join("initdb"))
                .args(["--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust", "-U", "postgres"])
                .args(["--no-instructions", "-D"])
                .arg(&books),
        )?;

        // Between finding a free port and binding it somebody else may take it: then another is tried.
        let mut last = String::new();
        for _ in 0..5 {
            let port = free_port()?;
            let options = format!(
                "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={} -c fsync=on \
                 -c max_connections=200 -c shared_buffers=64MB -c timezone=UTC",
                home.display()
            );
            let started = owner.run(
                Command::new(programs.join("pg_ctl"))
                    .args(["start", "-w", "-s", "-t", "60", "-o", &options, "-D"])
                    .arg(&books)
                    .arg("-l")
                    .arg(&log),
            );
            match started {
                Ok(()) => {
                    let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
                    confirm_it_is_ours(&url, &books)?;
                    return Ok(Self { url, _alive: Some(alive) });
                }
                Err(reason) => last = format!("{reason}\n{}", fs::read_to_string(&log).unwrap_or_default()),
            }
        }
        Err(last)
    }
}

/// A server that failed to bind while somebody else's answers on the port would be a false green.
fn confirm_it_is_ours(url: &str, books: &Path) -> Result<(), String> {
    let mut client = Client::connect(url, NoTls).map_err(|error| format!("{url}: {error}"))?;
    let row = client.query_one("show data_directory", &[]).map_err(|error| format!("{url}: {error}"))?;
    let seen: String = row.get(0);
    if Path::new(&seen) == books {
        Ok(())
    } else {
        Err(format!("the server at {url} keeps its files in {seen}, so it is not ours"))
    }
}

/// The folder with `initdb` and `pg_ctl`: the newest of Debian's, or the one on the path.
fn programs() -> Result<PathBuf, String> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    found.sort();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    found
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .chain(std::env::split_paths(&on_path))
        // Symbolic links are followed, because PostgreSQL looks for its own files beside the real program.
        .filter_map(|folder| fs::canonicalize(folder.join("initdb")).ok())
        .filter_map(|program| program.parent().map(Path::to_path_buf))
        .find(|folder| folder.join("pg_ctl").is_file() && folder.join("postgres").is_file())
        .ok_or_else(|| {
            format!(
                "no initdb and pg_ctl on this machine: install the package `postgresql` \
                 (Debian: apt-get install postgresql), or set {SERVER_VARIABLE} to the URL of a server"
            )
        })
}

/// Who runs the server: PostgreSQL refuses to run as root.
enum Owner {
    Ourselves,
    Other { uid: u32, gid: u32 },
}

impl Owner {
    fn choose() -> Result<Self, String> {
        let own = fs::metadata("/proc/self").map_err(|error| format!("/proc/self: {error}"))?;
        if own.uid() != 0 {
            return Ok(Self::Ourselves);
        }
        let users = fs::read_to_string("/etc/passwd").map_err(|error| format!("/etc/passwd: {error}"))?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| find_user(&users, name))
            .map(|(uid, gid)| Self::Other { uid, gid })
            .ok_or_else(|| "running as root, and there is no user `postgres` or `nobody` to run it as".to_owned())
    }

    fn lend<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Self::Other { uid, gid } = self {
            command.uid(*uid).gid(*gid);
        }
        // The working directory of the tests may be closed to the other user.
        command.current_dir("/").env("LC_ALL", "C").env("TZ", "UTC")
    }

    fn run(&self, command: &mut Command) -> Result<(), String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = self
            .lend(command)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        let mut said = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            let _ = stderr.read_to_string(&mut said);
        }
        let status = child.wait().map_err(|error| format!("{name}: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("{name} ended with {status}: {said}")) }
    }
}

fn find_user(users: &str, name: &str) -> Option<(u32, u32)> {
    users.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields.as_slice() {
            [user, _, uid, gid, ..] if *user == name => Some((uid.parse().ok()?, gid.parse().ok()?)),
            _ => None,
        }
    })
}

/// A new folder that belongs to the owner. Short, because the path of a socket may not pass 107 bytes.
fn home(owner: &Owner) -> Result<PathBuf, String> {
    let pid = std::process::id();
    for attempt in 0..100 {
        let home = std::env::temp_dir().join(format!("midcycle-pg-{pid}-{attempt}"));
        match fs::create_dir(&home) {
            Ok(()) => {
                if let Owner::Other { uid, gid } = owner {
                    chown(&home, Some(*uid), Some(*gid)).map_err(|error| format!("{}: {error}", home.display()))?;
                }
                return Ok(home);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{}: {error}", home.display())),
        }
    }
    Err(format!("a hundred old folders midcycle-pg-{pid}-* are in the way"))
}

/// Starts the program that stops the server and removes its files when our end of the pipe closes.
///
/// A destructor would not do: statics are never dropped, and a killed test program runs nothing at all. The
/// watcher is in a process group of its own, so that Ctrl-C on the terminal does not end it before its work.
fn watch(owner: &Owner, programs: &Path, home: &Path) -> Result<ChildStdin, String> {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", WATCH, "midcycle-test-postgres"])
        .arg(programs)
        .arg(home)
        .env("PATH", "/usr/bin:/bin")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = owner.lend(&mut command).spawn().map_err(|error| format!("/bin/sh: {error}"))?;
    child.stdin.take().ok_or_else(|| "the watcher has no standard input".to_owned())
}

/// Tries more than once, because the program may have been killed while its server was still starting.
const WATCH: &str = r#"
read -r _
for _ in 1 2 3; do
    "$1/pg_ctl" stop -s -m immediate -D "$2/data" && break
    sleep 1
done
rm -rf "$2"
"#;

fn free_port() -> Result<u16, String> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port on loopback: {error}"))
}

/// Lets the time of every lease pass that a node of a PostgreSQL database holds: what becomes of a node that died or was
/// stopped is not worth minutes of a test. Says how many those were.
pub fn leases_run_out(url: &str, node: &str) -> u64 {
    let mut client = Client::connect(url, NoTls).expect("the database answers");
    // What a node is just writing is left to it: a node that was stopped in the middle would stop the test as well.
    let sql = "update effects set ready_at = 0 where (account_id, id) in
                   (select account_id, id from effects where state = 'queued' and leased_by = $1 for update skip locked)";
    client.execute(sql, &[&node]).expect("a statement that can be run")
}

/// What someone with the file of a book in hand could change in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tampering {
    /// Another name in the first entry of the log.
    LogEntry,
    /// A unit more on every balance.
    Balance,
    /// A minor unit more in every segment of coverage that costs something.
    Coverage,
    /// A posting less.
    Posting,
    /// A number given to no document.
    Number,
}

/// Changes an SQLite file behind the store's back.
pub fn tamper(file: &Path, tampering: Tampering) {
    let sql = match tampering {
        Tampering::LogEntry => {
            "drop trigger log_stay_unchanged;
             update log set body = replace(body, 'alice', 'mallory') where version = 1;"
        }
        Tampering::Balance => "update accounts set balance_minor = balance_minor + 100;",
        Tampering::Coverage => {
            "update segments set net_minor = net_minor + 1, gross_minor = gross_minor + 1 where net_minor > 0;"
        }
        Tampering::Posting => {
            "drop trigger postings_stay; delete from postings where id in (select min(id) from postings);"
        }
        Tampering::Number => "update series set last = last + 1;",
    };
    let connection = rusqlite::Connection::open(file).expect("the file of a book");
    connection.execute_batch(sql).expect("a statement that can be run");
}
