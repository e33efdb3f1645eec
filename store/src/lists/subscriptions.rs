//! Subscriptions with their service, plan and open change: the rows of "My services".

use billing::calendar::{Cycle, Span};
use billing::cancellation::Cancellation;
use billing::command::PaymentChoice;
use billing::id::{AccountId, ChangeId, DocumentId, ServiceId, SubscriptionId};
use billing::money::Money;
use billing::service::Service;
use jiff::Timestamp;

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::{read_service, read_subscription};
use crate::tables::{SERVICES, SUBSCRIPTIONS};
use crate::value::Row;

/// A subscription in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// Its id.
    pub id: SubscriptionId,
    /// The product's code.
    pub product: String,
    /// When it began.
    pub started_at: Timestamp,
    /// The present period.
    pub period: Span,
    /// How often it is billed.
    pub cycle: Cycle,
    /// How renewals are paid.
    pub pays_by: PaymentChoice,
    /// The code of its plan.
    pub plan: String,
    /// The name of its plan.
    pub plan_name: String,
    /// What the next full period costs.
    pub recurring: Money,
    /// What it pays for.
    pub service: Service,
    /// The change that waits for its payment.
    pub open_change: Option<OpenChange>,
    /// Its cancellation, scheduled or done.
    pub cancellation: Option<Box<Cancellation>>,
}

/// A change that is still to be made, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenChange {
    /// Its id.
    pub id: ChangeId,
    /// The name of the plan it leads to.
    pub to_plan: String,
    /// When it lapses; none where it is made with the next period or on a chosen day.
    pub lapses_at: Option<Timestamp>,
    /// When it is made, where that is planned: with the next period, or when the chosen day begins.
    pub scheduled_for: Option<Timestamp>,
    /// Its invoice.
    pub document: Option<DocumentId>,
}

/// Which subscriptions to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriptionFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those whose service stands so: `wanted`, `working`, `done` or `failed`.
    pub progress: Option<String>,
    /// Only those whose plan staff assigned, and whose module was not asked for its size yet.
    pub package_waits: bool,
    /// Only those whose access is restricted until what is owed is paid.
    pub restricted: bool,
}

impl Store {
    /// Subscriptions, newest first.
    pub fn subscriptions(
        &self,
        filter: &SubscriptionFilter,
        window: &Window,
    ) -> Result<Page<SubscriptionRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(progress) = &filter.progress {
            listing.filter("v.progress =", progress);
        }
        if filter.package_waits {
            listing.condition("v.package is not null");
        }
        if filter.restricted {
            listing.condition("v.access = 'restricted'");
        }
        self.page(listing, window, read_row)
    }

    /// One subscription. `owner` leaves out what is not the account's.
    pub fn subscription(
        &self,
        owner: Option<AccountId>,
        id: SubscriptionId,
    ) -> Result<Option<SubscriptionRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("s.id =", id);
        self.single(listing, read_row)
    }

    /// Whose a service is; none where it is not `owner`'s. One step in one index: the way in for a quote.
    pub fn account_of_service(&self, owner: Option<AccountId>, id: ServiceId) -> Result<Option<AccountId>, StoreError> {
        let row = self.read_one("select account_id from services where id = $1", &[id.into()])?;
        let account: Option<AccountId> = row.map(|row| row.fields("services").word()).transpose()?;
        Ok(account.filter(|account| owner.is_none_or(|owner| owner == *account)))
    }

    /// The subscription that pays for a service. `owner` leaves out what is not the account's.
    pub fn subscription_of_service(
        &self,
        owner: Option<AccountId>,
        id: ServiceId,
    ) -> Result<Option<SubscriptionRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("v.id =", id);
        self.single(listing, read_row)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!(
        "{}, {}, a.name, p.code, p.label, p.currency,
         (select cast(sum(i.price_minor) as bigint) from items i
          where i.account_id = s.account_id and i.subscription_id = s.id and i.quantity > 0),
         c.id, c.to_plan, c.lapses_at, c.needs_from, c.document_id",
        SUBSCRIPTIONS.select("s"),
        SERVICES.select("v"),
    );
    let from = "subscriptions s
        join accounts a on a.id = s.account_id
        join services v on v.account_id = s.account_id and v.subscription_id = s.id
        join items p on p.account_id = s.account_id and p.subscription_id = s.id
            and p.component = 'plan' and p.quantity > 0
        left join plan_changes c on c.account_id = s.account_id and c.subscription_id = s.id
            and c.state in ('awaits_payment', 'scheduled')";
    let mut listing = Listing::of(columns, from, "s.started_at", "s.id");
    listing.owned_by("s.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<SubscriptionRow, StoreError> {
    let mut fields = row.fields("subscriptions");
    let head = read_subscription(&mut fields)?;
    let (_, service) = read_service(&mut fields)?;
    let account_name = fields.text()?;
    let plan = fields.text()?;
    let plan_name = fields.text()?;
    let currency = fields.word()?;
    let recurring = fields.money(currency)?;
    let open_change = match fields.word_or_null()? {
        Some(id) => {
            let (to_plan, lapses_at) = (fields.text()?, fields.at_or_null()?);
            let begins_at = fields.at_or_null()?.unwrap_or(head.period.until);
            let scheduled_for = lapses_at.is_none().then_some(begins_at);
            Some(OpenChange { id, to_plan, lapses_at, scheduled_for, document: fields.word_or_null()? })
        }
        None => None,
    };
    Ok(SubscriptionRow {
        account: head.account,
        account_name,
        id: head.id,
        product: head.product,
        started_at: head.started_at,
        period: head.period,
        cycle: head.anchor.cycle,
        pays_by: head.pays_by,
        plan,
        plan_name,
        recurring,
        service,
        open_change,
        cancellation: head.cancellation,
    })
}
