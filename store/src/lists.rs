//! Lists for pages and the API, newest first, and single records. Every read takes an owner, which stands in the
//! statement itself: what belongs to another account is not found (I32).
//!
//! Pages follow a cursor, the moment and id of the last row shown, so nothing is skipped or shown twice while rows are
//! added. Each list is in the file of its noun; mails and module runs are beside what writes them.

pub(crate) mod accounts;
pub(crate) mod attempts;
pub(crate) mod changes;
pub(crate) mod documents;
pub(crate) mod effects;
pub(crate) mod log;
pub(crate) mod payouts;
pub(crate) mod postings;
pub(crate) mod subscriptions;

use std::fmt;

use billing::id::AccountId;

use crate::Store;
use crate::error::StoreError;
use crate::value::{Row, Value};

/// The most rows of one page.
const MAX_ROWS: u32 = 200;

/// Where a page ended. Opaque: only what an earlier page answered is of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    at: i64,
    id: String,
}

impl Cursor {
    /// Reads what `Display` wrote; none where it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let fits = !id.is_empty() && id.len() <= 128 && id.bytes().all(is_id);
        fits.then(|| Some(Self { at: at.parse().ok()?, id: id.to_owned() }))?
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Only rows after this; the first page where missing.
    pub after: Option<Cursor>,
    /// At most so many rows; between 1 and 200.
    pub limit: u32,
}

impl Window {
    /// The first rows of a list.
    pub fn first(limit: u32) -> Self {
        Self { after: None, limit }
    }
}

impl Default for Window {
    fn default() -> Self {
        Self::first(50)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, newest first.
    pub rows: Vec<T>,
    /// Where the next page begins; none after the last.
    pub next: Option<Cursor>,
}

/// A list being put together: what is read, from where, and which rows of it.
pub(crate) struct Listing {
    columns: String,
    from: String,
    time: &'static str,
    id: &'static str,
    conditions: Vec<String>,
    args: Vec<Value>,
}

impl Listing {
    /// A list of everything, ordered by a time and an id.
    pub fn of(columns: impl Into<String>, from: impl Into<String>, time: &'static str, id: &'static str) -> Self {
        Self { columns: columns.into(), from: from.into(), time, id, conditions: Vec::new(), args: Vec::new() }
    }

    /// Only rows of an account, where one is given.
    pub fn owned_by(&mut self, column: &str, owner: Option<AccountId>) {
        if let Some(owner) = owner {
            self.filter(&format!("{column} ="), owner);
        }
    }

    /// Only rows where `left`, a column and an operator, holds of a value.
    pub fn filter(&mut self, left: &str, value: impl Into<Value>) {
        let argument = self.argument(value);
        self.conditions.push(format!("{left} {argument}"));
    }

    /// Only rows where a condition without values holds.
    pub fn condition(&mut self, text: impl Into<String>) {
        self.conditions.push(text.into());
    }

    /// A value for a condition; answers the name by which the statement knows it.
    pub fn argument(&mut self, value: impl Into<Value>) -> String {
        self.args.push(value.into());
        format!("${}", self.args.len())
    }

    fn text(&self, columns: &str, rest: &str) -> String {
        let conditions = match self.conditions.is_empty() {
            true => String::new(),
            false => format!(" where {}", self.conditions.join(" and ")),
        };
        format!("select {columns} from {}{conditions}{rest}", self.from)
    }
}

impl Store {
    /// One page of a list.
    pub(crate) fn page<T>(
        &self,
        mut listing: Listing,
        window: &Window,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Page<T>, StoreError> {
        let limit = window.limit.clamp(1, MAX_ROWS);
        let (time, id) = (listing.time, listing.id);
        if let Some(after) = &window.after {
            let at = listing.argument(after.at);
            let last = listing.argument(&after.id);
            listing.condition(format!("({time}, {id}) < ({at}, {last})"));
        }
        // One row more than asked for tells whether there is a next page.
        let more = listing.argument(limit + 1);
        let columns = format!("{}, {time}, {id}", listing.columns);
        let sql = listing.text(&columns, &format!(" order by {time} desc, {id} desc limit {more}"));
        let mut found = self.read(&sql, &listing.args)?;
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = found.len() > shown;
        found.truncate(shown);
        let next = match found.last() {
            Some(Row(values)) if more => match &values[values.len() - 2..] {
                [Value::Int(at), Value::Text(id)] => Some(Cursor { at: *at, id: id.clone() }),
                _ => None,
            },
            _ => None,
        };
        let rows = found.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { rows, next })
    }

    /// The one row of a list, or none.
    pub(crate) fn single<T>(
        &self,
        listing: Listing,
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let row = self.read_one(&listing.text(&listing.columns, " limit 1"), &listing.args)?;
        row.map(|row| read(&row)).transpose()
    }
}
