//! Where a database is: a file, or a PostgreSQL server. Reads what people write after `--database`; what is shown of
//! it never holds a password.

use std::fmt;
use std::path::PathBuf;

use crate::error::StoreError;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file; made where it does not exist.
    Sqlite(PathBuf),
    /// A PostgreSQL server and database, as a URL.
    Postgres(String),
}

impl Location {
    /// Reads `postgres://user@host/name`, `sqlite:PATH` or a path.
    ///
    /// ```
    /// use store::Location;
    /// assert!(matches!(Location::parse("postgres://me@localhost/billing"), Ok(Location::Postgres(_))));
    /// assert!(matches!(Location::parse("/var/lib/midcycle/books.db"), Ok(Location::Sqlite(_))));
    /// assert!(Location::parse("mysql://me@localhost/billing").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        if path.is_empty() || path.contains("://") {
            return Err(StoreError::UnknownLocation(without_password(text)));
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A URL without the password in its authority and without its parameters, where a password may stand as well.
fn without_password(url: &str) -> String {
    let url = url.split_once('?').map_or(url, |(before, _)| before);
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let Some((login, place)) = rest.rsplit_once('@') else {
        return url.to_owned();
    };
    let user = login.split_once(':').map_or(login, |(user, _)| user);
    format!("{scheme}://{user}@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_never_shows_its_password() {
        let location = Location::parse("postgres://me:secret@db:5433/books?password=secret");
        let location = location.expect("a location");
        assert_eq!(location.to_string(), "postgres://me@db:5433/books");
        assert_eq!(format!("{location:?}"), "postgres://me@db:5433/books");
    }
}
