//! Counts for the dashboard and `doctor`: how much there is, and what waits or is broken.

use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;

/// How much there is of what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accounts.
    pub accounts: i64,
    /// Running subscriptions.
    pub subscriptions: i64,
    /// Invoices that wait for money.
    pub open_invoices: i64,
    /// Changes that wait for their payment.
    pub open_changes: i64,
    /// Payouts that staff are to send.
    pub open_payouts: i64,
    /// Effects that wait for their delivery.
    pub queued_effects: i64,
    /// Effects that were given up.
    pub dead_effects: i64,
    /// Services whose module could not do what was wanted.
    pub failed_services: i64,
    /// Services whose plan staff assigned, and whose module was not asked for its size yet.
    pub waiting_packages: i64,
    /// Since when the oldest effect waits.
    pub oldest_effect_due_at: Option<Timestamp>,
}

impl Store {
    /// Counts everything, in one statement.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let row = self.read_one(
            "select (select count(*) from accounts),
                    (select count(*) from subscriptions where due_day is not null),
                    (select count(*) from invoices where state = 'open'),
                    (select count(*) from plan_changes where state = 'awaits_payment'),
                    (select count(*) from payouts where state = 'requested'),
                    (select count(*) from effects where state = 'queued'),
                    (select count(*) from effects where state = 'dead'),
                    (select count(*) from services where progress = 'failed'),
                    (select count(*) from services where package is not null),
                    (select min(due_at) from effects where state = 'queued')",
            &[],
        )?;
        let Some(row) = row else {
            return Ok(Counts::default());
        };
        let mut fields = row.fields("counts");
        Ok(Counts {
            accounts: fields.int()?,
            subscriptions: fields.int()?,
            open_invoices: fields.int()?,
            open_changes: fields.int()?,
            open_payouts: fields.int()?,
            queued_effects: fields.int()?,
            dead_effects: fields.int()?,
            failed_services: fields.int()?,
            waiting_packages: fields.int()?,
            oldest_effect_due_at: fields.at_or_null()?,
        })
    }
}
