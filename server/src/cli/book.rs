//! Where a book is, and how commands open it: the database, and beside it the key that signs quotes.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::Args;
use engine::{Engine, QuoteKey};
use store::{Location, Store};

use super::Complaint;

/// Where the book is.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The folder that holds the book: the SQLite file, the key that signs quotes, the configuration.
    #[arg(long, env = "MIDCYCLE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Keep the book in PostgreSQL instead: `postgres://user@host/name`.
    #[arg(long, env = "MIDCYCLE_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// The file with the key that signs quotes, where it is not in the folder. Nodes that share a book share the key.
    #[arg(long, env = "MIDCYCLE_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
}

impl Place {
    /// The place of a folder.
    pub fn of(data: &Path) -> Self {
        Self { data: Some(data.to_owned()), database: None, key_file: None }
    }

    /// Where the database is.
    pub fn location(&self) -> Result<Location, Complaint> {
        match (&self.database, &self.data) {
            (Some(url), _) => Ok(Location::parse(url)?),
            (None, Some(folder)) => Ok(Location::Sqlite(folder.join("midcycle.db"))),
            (None, None) => Err("say where the book is: --data DIR, or --database postgres://user@host/name".into()),
        }
    }

    /// The store, as it is: not migrated.
    pub fn open_unmigrated(&self) -> Result<Store, Complaint> {
        if let Some(folder) = self.data.as_ref().filter(|_| self.database.is_none()) {
            fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        }
        Ok(Store::open(&self.location()?)?)
    }

    /// An engine on the migrated store.
    pub fn open_shared(&self) -> Result<Engine, Complaint> {
        let store = self.open_unmigrated()?;
        store.migrate()?;
        Ok(Engine::new(store, self.key()?))
    }

    /// An engine that only reads, beside a running server; nothing is made or migrated.
    pub fn open_reading(&self) -> Result<Engine, Complaint> {
        let location = self.location()?;
        // Reading needs no signatures: no quote is made.
        Ok(Engine::new(Store::open_read_only(&location)?, QuoteKey::new([0; 32])))
    }

    /// Where the key is.
    pub fn key_path(&self) -> Result<PathBuf, Complaint> {
        match (&self.key_file, &self.data) {
            (Some(path), _) => Ok(path.clone()),
            (None, Some(folder)) => Ok(folder.join("midcycle.key")),
            (None, None) => Err("with --database, say where the key that signs quotes is: --key-file FILE (made at \
                                 the first start; nodes that share a book share it)"
                .into()),
        }
    }

    /// The key; made, readable by its owner alone, where there is none yet.
    fn key(&self) -> Result<QuoteKey, Complaint> {
        let path = self.key_path()?;
        if let Err(error) = make_key(&path)
            && error.kind() != ErrorKind::AlreadyExists
        {
            return Err(format!("cannot make the key {}: {error}", path.display()).into());
        }
        read_key(&path)
    }
}

/// Reads a key file: 64 hexadecimal digits.
pub fn read_key(path: &Path) -> Result<QuoteKey, Complaint> {
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read the key {}: {error}", path.display()))?;
    let digits = text.trim();
    let mut bytes = [0; 32];
    let broken = || format!("the key {} is broken: it must be 64 hexadecimal digits", path.display());
    if digits.len() != 64 || !digits.is_ascii() {
        return Err(broken().into());
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).map_err(|_| broken())?;
    }
    Ok(QuoteKey::new(bytes))
}

fn make_key(path: &Path) -> std::io::Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(billing::quote::hexadecimal(&bytes).as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}
