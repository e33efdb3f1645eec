//! Effects in lists: what waits, what was delivered, what was given up.

use billing::effect::Effect;
use billing::id::{AccountId, EffectId};
use jiff::Timestamp;

use super::{Listing, Page, Window};
use crate::Store;
use crate::effects::EffectState;
use crate::error::StoreError;
use crate::value::Row;

/// An effect in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// What is wished.
    pub effect: Effect,
    /// How it stands.
    pub state: EffectState,
    /// From when it may be delivered next.
    pub ready_at: Timestamp,
    /// How often its delivery was begun.
    pub attempts: i64,
    /// Which node has it, where one has.
    pub leased_by: Option<String>,
    /// When it was completed or given up.
    pub closed_at: Option<Timestamp>,
    /// Why the last delivery failed.
    pub error: Option<String>,
}

/// Which effects to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EffectFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those that stand so.
    pub state: Option<EffectState>,
}

impl Store {
    /// Effects, newest first.
    pub fn effects(&self, filter: &EffectFilter, window: &Window) -> Result<Page<EffectRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(state) = filter.state {
            listing.filter("e.state =", state.name());
        }
        self.page(listing, window, read_row)
    }

    /// One effect. `owner` leaves out what is not the account's.
    pub fn effect(&self, owner: Option<AccountId>, id: EffectId) -> Result<Option<EffectRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("e.id =", id);
        self.single(listing, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = "e.account_id, a.name, e.id, e.due_at, e.wish, e.state, e.ready_at, e.attempts, e.leased_by,
        e.closed_at, e.error";
    let mut listing = Listing::of(columns, "effects e join accounts a on a.id = e.account_id", "e.due_at", "e.id");
    listing.owned_by("e.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<EffectRow, StoreError> {
    let mut fields = row.fields("effects");
    let account = fields.word()?;
    let account_name = fields.text()?;
    let id = fields.word()?;
    let due_at = fields.at()?;
    Ok(EffectRow {
        account,
        account_name,
        effect: Effect { id, due_at, wish: fields.json()? },
        state: fields.word()?,
        ready_at: fields.at()?,
        attempts: fields.int()?,
        leased_by: fields.text_or_null()?,
        closed_at: fields.at_or_null()?,
        error: fields.text_or_null()?,
    })
}
