//! A place where the real program is installed: a folder with its configuration, a published storefront, an API key, a
//! member of staff; on an SQLite file, or on a PostgreSQL database that several nodes share.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use engine::{Engine, QuoteKey};
use store::testing::{TestDatabase, fresh_database};
use store::{Location, Store};
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_midcycle");

/// An installation. Its files and its database go with it.
pub struct Installation {
    folder: TempDir,
    database: Option<TestDatabase>,
    /// An API key of the business that may write.
    pub key: String,
    /// Another that may read, and was never used.
    pub unused_key: String,
}

impl Installation {
    /// On a file of its own.
    pub fn on_a_file() -> Self {
        Self::made(None)
    }

    /// On a database that nodes can share.
    pub fn on_postgres() -> Self {
        Self::made(Some(fresh_database()))
    }

    fn made(database: Option<TestDatabase>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut made = Self { folder, database, key: String::new(), unused_key: String::new() };
        fs::write(made.folder().join("midcycle.toml"), made.configuration()).expect("the configuration");
        let storefront = concat!(env!("CARGO_MANIFEST_DIR"), "/storefronts/vps.toml");
        made.says(&["publish", storefront]);
        made.says(&["staff", "add", "--email", "staff@example.org"]);
        made.key = made.says(&["keys", "create", "--name", "tests", "--scope", "write"]).trim().to_owned();
        made.unused_key = made.says(&["keys", "create", "--name", "report"]).trim().to_owned();
        made
    }

    fn configuration(&self) -> String {
        let quoted = |path: &Path| format!("{:?}", path.to_str().expect("a path of text"));
        format!(
            "[modules.play]\nprogram = {program}\narguments = [\"play-server\", \"--dir\", {servers}, \"--seconds\", \"1\"]\n\
             directory = {servers}\ntimeout_ms = 20000\n",
            program = quoted(Path::new(PROGRAM)),
            servers = quoted(&self.servers()),
        )
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the played servers are.
    pub fn servers(&self) -> PathBuf {
        self.folder().join("servers")
    }

    /// The URL of its PostgreSQL database.
    pub fn database(&self) -> &str {
        &self.database.as_ref().expect("an installation on PostgreSQL").url
    }

    /// The words that say where the book is.
    pub fn place(&self) -> Vec<String> {
        let folder = self.folder().to_str().expect("a path of text");
        let mut words = vec!["--data".to_owned(), folder.to_owned()];
        if let Some(database) = &self.database {
            words.extend(["--database".to_owned(), database.url.clone()]);
            words.extend(["--key-file".to_owned(), format!("{folder}/shared.key")]);
        }
        words
    }

    /// Runs a command of the program to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        let output = Command::new(PROGRAM).args(words).args(self.place()).output();
        output.expect("a program that can be run")
    }

    /// Runs a command that must go well; what it printed.
    pub fn says(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {}\n{said}{complaint}", output.status);
        said
    }

    /// The book, to look at beside a server.
    pub fn book(&self) -> Store {
        Store::open_read_only(&self.location()).expect("a book that can be read")
    }

    /// The book, to write a past into while no server runs. What it signs nobody else will read.
    pub fn engine(&self) -> Engine {
        Engine::new(Store::open(&self.location()).expect("a book that can be written"), QuoteKey::new([7; 32]))
    }

    fn location(&self) -> Location {
        match &self.database {
            Some(database) => Location::parse(&database.url).expect("a URL"),
            None => Location::Sqlite(self.folder().join("midcycle.db")),
        }
    }
}
