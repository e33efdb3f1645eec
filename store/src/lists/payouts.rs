//! Balance that is paid out, in lists.

use billing::document::number_text;
use billing::id::{AccountId, DocumentId};
use billing::payout::Payout;

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::read_payout;
use crate::tables::PAYOUTS;
use crate::value::Row;

/// A payout in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// The payout.
    pub payout: Payout,
    /// The number of its document.
    pub number: String,
}

/// Which payouts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PayoutFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those that stand so: `requested`, `sent` or `returned`.
    pub state: Option<String>,
}

impl Store {
    /// Payouts, newest first.
    pub fn payouts(&self, filter: &PayoutFilter, window: &Window) -> Result<Page<PayoutRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(state) = &filter.state {
            listing.filter("t.state =", state);
        }
        self.page(listing, window, read_row)
    }

    /// One payout, by its document. `owner` leaves out what is not the account's.
    pub fn payout(&self, owner: Option<AccountId>, id: DocumentId) -> Result<Option<PayoutRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("t.id =", id);
        self.single(listing, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!("a.id, a.name, d.series, d.number, {}", PAYOUTS.select("t"));
    let from = "payouts t join accounts a on a.id = t.account_id
        join documents d on d.account_id = t.account_id and d.id = t.id";
    let mut listing = Listing::of(columns, from, "t.requested_at", "t.id");
    listing.owned_by("t.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<PayoutRow, StoreError> {
    let mut fields = row.fields("payouts");
    let account = fields.word()?;
    let account_name = fields.text()?;
    let number = number_text(fields.str()?, fields.int()?);
    Ok(PayoutRow { account, account_name, payout: read_payout(&mut fields)?, number })
}
