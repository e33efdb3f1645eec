//! The log in lists: what happened, who asked, when.

use billing::decide::LogEntry;
use billing::id::{AccountId, CommandId};

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::read_log;
use crate::tables::LOG;
use crate::value::Row;

/// A log entry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// The customer's name.
    pub account_name: String,
    /// The entry.
    pub entry: LogEntry,
}

/// Which entries to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those of commands of this name.
    pub name: Option<String>,
}

impl Store {
    /// Log entries, newest first.
    pub fn log(&self, filter: &LogFilter, window: &Window) -> Result<Page<LogRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(name) = &filter.name {
            listing.filter("l.name =", name);
        }
        self.page(listing, window, read_row)
    }

    /// The entry of one command. `owner` leaves out what is not the account's.
    pub fn log_entry(&self, owner: Option<AccountId>, command: CommandId) -> Result<Option<LogRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("l.command_id =", command);
        self.single(listing, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!("a.name, {}", LOG.select("l"));
    let from = "log l join accounts a on a.id = l.account_id";
    let mut listing = Listing::of(columns, from, "l.decided_at", "l.command_id");
    listing.owned_by("l.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<LogRow, StoreError> {
    let mut fields = row.fields("log");
    Ok(LogRow { account_name: fields.text()?, entry: read_log(&mut fields)? })
}
