//! Plan changes in lists: the "orders" of staff, and what a customer has asked for.

use billing::account::PlanChange;
use billing::document::number_text;
use billing::id::{AccountId, ChangeId, ServiceId, SubscriptionId};

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::read_change;
use crate::tables::PLAN_CHANGES;
use crate::value::Row;

/// A plan change in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// The service that it is about.
    pub service: ServiceId,
    /// The service's label.
    pub label: String,
    /// The change.
    pub change: PlanChange,
    /// The number of its document.
    pub number: Option<String>,
}

/// Which changes to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those of this subscription.
    pub subscription: Option<SubscriptionId>,
    /// Only those that stand so: `awaits_payment`, `scheduled`, `applied`, `withdrawn` or `lapsed`.
    pub state: Option<String>,
}

impl Store {
    /// Plan changes, newest first.
    pub fn changes(&self, filter: &ChangeFilter, window: &Window) -> Result<Page<ChangeRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(subscription) = filter.subscription {
            listing.filter("c.subscription_id =", subscription);
        }
        if let Some(state) = &filter.state {
            listing.filter("c.state =", state);
        }
        self.page(listing, window, read_row)
    }

    /// One plan change. `owner` leaves out what is not the account's.
    pub fn change(&self, owner: Option<AccountId>, id: ChangeId) -> Result<Option<ChangeRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("c.id =", id);
        self.single(listing, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!("a.id, a.name, v.id, v.label, {}, d.series, d.number", PLAN_CHANGES.select("c"));
    let from = "plan_changes c join accounts a on a.id = c.account_id
        join services v on v.account_id = c.account_id and v.subscription_id = c.subscription_id
        left join documents d on d.account_id = c.account_id and d.id = c.document_id";
    let mut listing = Listing::of(columns, from, "c.submitted_at", "c.id");
    listing.owned_by("c.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<ChangeRow, StoreError> {
    let mut fields = row.fields("plan_changes");
    let account = fields.word()?;
    let account_name = fields.text()?;
    let service = fields.word()?;
    let label = fields.text()?;
    let change = read_change(&mut fields)?;
    let series = fields.text_or_null()?;
    let number = fields.int_or_null()?;
    let number = series.zip(number).map(|(series, number)| number_text(&series, number));
    Ok(ChangeRow { account, account_name, service, label, change, number })
}
