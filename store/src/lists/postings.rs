//! Ledger postings in lists, each with its numbered document: the movements of a balance.

use billing::document::{DocumentKind, number_text};
use billing::id::{AccountId, DocumentId};
use billing::ledger::{LedgerAccount, Posting};
use jiff::Timestamp;

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::read_posting;
use crate::tables::POSTINGS;
use crate::value::Row;

/// A posting in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// The posting.
    pub posting: Posting,
    /// When it was booked.
    pub at: Timestamp,
    /// The number of its document.
    pub number: String,
    /// The kind of its document.
    pub kind: DocumentKind,
    /// What happened, in words for staff.
    pub summary: String,
}

/// Which postings to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostingFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those of this ledger account, such as the balance.
    pub ledger: Option<LedgerAccount>,
}

impl Store {
    /// Postings, newest first.
    pub fn postings(&self, filter: &PostingFilter, window: &Window) -> Result<Page<PostingRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(ledger) = filter.ledger {
            listing.filter("p.ledger_account =", ledger.name());
        }
        self.page(listing, window, read_row)
    }

    /// The postings behind which a document stands, newest first.
    pub fn postings_of_document(
        &self,
        owner: Option<AccountId>,
        document: DocumentId,
        window: &Window,
    ) -> Result<Page<PostingRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("p.document_id =", document);
        self.page(listing, window, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!("a.name, d.series, d.number, d.kind, l.summary, {}", POSTINGS.select("p"));
    let from = "postings p join accounts a on a.id = p.account_id
        join documents d on d.account_id = p.account_id and d.id = p.document_id
        join log l on l.command_id = p.transaction_id";
    let mut listing = Listing::of(columns, from, "p.posted_at", "p.id");
    listing.owned_by("p.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<PostingRow, StoreError> {
    let mut fields = row.fields("postings");
    let account_name = fields.text()?;
    let number = number_text(fields.str()?, fields.int()?);
    let kind = fields.word()?;
    let summary = fields.text()?;
    let (account, posting, at) = read_posting(&mut fields)?;
    Ok(PostingRow { account, account_name, posting, at, number, kind, summary })
}
