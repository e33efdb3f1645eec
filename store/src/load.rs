//! Everything that a decision about one account may look at, in one statement and one row: each table's open records
//! as one JSON text. What is closed or past is left out, as in `Account::forget_closed`.

use std::collections::HashMap;
use std::sync::LazyLock;

use billing::account::{Account, PlanChange, Subscription};
use billing::id::{AccountId, SubscriptionId};
use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;
use crate::records::{
    SubscriptionHead, read_account, read_attempt, read_change, read_invoice, read_item, read_payout, read_segment,
    read_service, read_subscription,
};
use crate::tables::{ACCOUNTS, ATTEMPTS, INVOICES, ITEMS, PAYOUTS, PLAN_CHANGES, SEGMENTS, SERVICES, SUBSCRIPTIONS};
use crate::value::{Fields, Row};

/// An attempt that was not captured is remembered for so long; no gateway answers later.
const ATTEMPT_MEMORY_MS: i64 = 30 * 86_400_000;

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The account; none where it does not exist.
    pub account: Option<Account>,
    /// What was decided on the same idempotency key before.
    pub earlier: Option<Earlier>,
    /// The newest catalogue version of the account's storefront; 0 where there is none.
    pub catalogue_version: i64,
}

/// An earlier decision on an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The digest of the command it was asked with.
    pub digest: String,
    /// The answer it was given, as JSON, byte for byte.
    pub answer: String,
}

static LOAD: LazyLock<String> = LazyLock::new(|| {
    let open = |columns: String, rest: &str| format!("(select {{rows {columns}; id}} from {rest})");
    // Coverage of the past, and what covers no time, matters while its bill is open or still to be written; the past also
    // where an open change gives it back; a dropped item while something still covers it.
    let live = "subscription_id in (select id from subscriptions where account_id = $1 and gone = 0)";
    let covering = format!(
        "segments where account_id = $1 and {live} and (
        (document_id is null and collected_minor = 0 and net_minor <> 0)
        or ((from_at < until_at or net_minor <> 0)
            and document_id in (select id from invoices where account_id = $1 and state = 'open'))
        or (net_minor <> 0 and of_trial = 0 and $3 < (select full_refund_until from subscriptions where account_id = $1
            and id = segments.subscription_id))
        or (from_at < until_at and (until_at > $3
            or until_at >= (select min(needs_from) from plan_changes where account_id = $1
                and subscription_id = segments.subscription_id and state in ('awaits_payment', 'scheduled')))))"
    );
    let held = format!("quantity > 0 or id in (select item_id from {covering})");
    let parts = [
        open(ACCOUNTS.names(), "accounts where id = $1"),
        open(SUBSCRIPTIONS.names(), "subscriptions where account_id = $1 and gone = 0"),
        open(SERVICES.names(), &format!("services where account_id = $1 and {live}")),
        open(ITEMS.names(), &format!("items where account_id = $1 and {live} and ({held})")),
        open(SEGMENTS.names(), &covering),
        open(PLAN_CHANGES.names(), "plan_changes where account_id = $1 and state in ('awaits_payment', 'scheduled')"),
        open(INVOICES.names(), "invoices where account_id = $1 and state = 'open'"),
        open(ATTEMPTS.names(), "attempts where account_id = $1 and state <> 'captured' and created_at > $4"),
        open(PAYOUTS.names(), "payouts where account_id = $1 and state = 'requested'"),
        "(select {rows digest, answer; version} from log where account_id = $1 and request_key = cast($2 as text))"
            .to_owned(),
        "(select coalesce(max(version), 0) from catalogues
          where storefront = (select storefront from accounts where id = $1))"
            .to_owned(),
    ];
    format!("select {}", parts.join(", "))
});

impl Store {
    /// Loads an account, and what was decided before on an idempotency key.
    pub fn load(&self, account: AccountId, key: Option<&str>, now: Timestamp) -> Result<Loaded, StoreError> {
        let forgotten = now.as_millisecond() - ATTEMPT_MEMORY_MS;
        let args = [account.into(), key.into(), now.into(), forgotten.into()];
        let row = self.read_one(&LOAD, &args)?;
        let row = row.ok_or_else(|| StoreError::Database("a load without a row".to_owned()))?;
        let mut parts = row.fields("load");

        let head = rows(&mut parts, "accounts", read_account)?.pop();
        let subscriptions = rows(&mut parts, "subscriptions", read_subscription)?;
        let services = rows(&mut parts, "services", read_service)?;
        let items = rows(&mut parts, "items", read_item)?;
        let coverage = rows(&mut parts, "segments", read_segment)?;
        let changes = rows(&mut parts, "plan_changes", read_change)?;
        let invoices = rows(&mut parts, "invoices", read_invoice)?;
        let attempts = rows(&mut parts, "attempts", read_attempt)?;
        let payout = rows(&mut parts, "payouts", read_payout)?.pop();
        let earlier = rows(&mut parts, "log", |row| Ok(Earlier { digest: row.text()?, answer: row.text()? }))?.pop();
        let catalogue_version = parts.int()?;

        let Some(mut account) = head else {
            return Ok(Loaded { account: None, earlier, catalogue_version });
        };
        account.subscriptions = assemble(subscriptions, services, items, coverage, changes)?;
        account.invoices = invoices;
        account.attempts = attempts;
        account.payout = payout;
        Ok(Loaded { account: Some(account), earlier, catalogue_version })
    }
}

/// Reads one table's rows out of its JSON text.
fn rows<T>(
    parts: &mut Fields<'_>,
    table: &'static str,
    read: impl Fn(&mut Fields<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let rows: Vec<Row> = parts.json()?;
    rows.iter().map(|row| read(&mut row.fields(table))).collect()
}

/// Puts the records of subscriptions together.
pub(crate) fn assemble(
    heads: Vec<SubscriptionHead>,
    services: Vec<(SubscriptionId, billing::service::Service)>,
    items: Vec<(SubscriptionId, billing::account::Item)>,
    coverage: Vec<(SubscriptionId, billing::coverage::Segment)>,
    changes: Vec<PlanChange>,
) -> Result<Vec<Subscription>, StoreError> {
    let orphan = |what: &str| StoreError::Unreadable {
        table: "subscriptions",
        reason: format!("a subscription and its {what} do not belong together"),
    };
    let mut services: HashMap<_, _> = services.into_iter().collect();
    let mut places = HashMap::new();
    let mut subscriptions = Vec::with_capacity(heads.len());
    for head in heads {
        places.insert(head.id, subscriptions.len());
        let service = services.remove(&head.id).ok_or_else(|| orphan("service"))?;
        subscriptions.push(head.with(service));
    }
    for (id, item) in items {
        let place = *places.get(&id).ok_or_else(|| orphan("item"))?;
        subscriptions[place].items.push(item);
    }
    for (id, segment) in coverage {
        let place = *places.get(&id).ok_or_else(|| orphan("coverage"))?;
        subscriptions[place].coverage.push(segment);
    }
    for change in changes {
        let place = *places.get(&change.quote.subscription).ok_or_else(|| orphan("change"))?;
        subscriptions[place].change = Some(change);
    }
    Ok(subscriptions)
}
