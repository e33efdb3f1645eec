//! Attempts to take a payment, in lists.

use billing::account::Attempt;
use billing::document::number_text;
use billing::id::{AccountId, AttemptId, DocumentId};

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::read_attempt;
use crate::tables::ATTEMPTS;
use crate::value::Row;

/// An attempt in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// The attempt.
    pub attempt: Attempt,
    /// The number of the invoice.
    pub number: String,
}

/// Which attempts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those of this invoice.
    pub invoice: Option<DocumentId>,
    /// Only those that stand so: `sent`, `unknown`, `failed` or `captured`.
    pub state: Option<String>,
}

impl Store {
    /// Attempts, newest first.
    pub fn attempts(&self, filter: &AttemptFilter, window: &Window) -> Result<Page<AttemptRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(invoice) = filter.invoice {
            listing.filter("t.invoice_id =", invoice);
        }
        if let Some(state) = &filter.state {
            listing.filter("t.state =", state);
        }
        self.page(listing, window, read_row)
    }

    /// One attempt. `owner` leaves out what is not the account's.
    pub fn attempt(&self, owner: Option<AccountId>, id: AttemptId) -> Result<Option<AttemptRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("t.id =", id);
        self.single(listing, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!("a.id, a.name, d.series, d.number, {}", ATTEMPTS.select("t"));
    let from = "attempts t join accounts a on a.id = t.account_id
        join documents d on d.account_id = t.account_id and d.id = t.invoice_id";
    let mut listing = Listing::of(columns, from, "t.created_at", "t.id");
    listing.owned_by("t.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<AttemptRow, StoreError> {
    let mut fields = row.fields("attempts");
    let account = fields.word()?;
    let account_name = fields.text()?;
    let number = number_text(fields.str()?, fields.int()?);
    Ok(AttemptRow { account, account_name, attempt: read_attempt(&mut fields)?, number })
}
