//! What time alone brings about: changes whose chosen day has come, unpaid changes whose time is up, periods that have
//! ended, and unpaid renewals that are tried again or whose grace is over. Found here, decided by the commands that are
//! answered.

use billing::command::Command;
use billing::dunning::Dunning;
use billing::id::AccountId;
use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;
use crate::records::day_of;

/// A command that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The account.
    pub account: AccountId,
    /// `BeginPlanChange`, `LapsePlanChange`, `RenewSubscription`, `EndSubscription`, `RetryPayment`, `RestrictAccess`
    /// or `CancelUnpaid`.
    pub command: Command,
}

impl Store {
    /// What is due: first the changes to begin, then those to lapse, then the subscriptions to renew or end, then the
    /// renewals to dun, at most `limit` of each. A subscription that is several periods behind is answered with the next
    /// one only, and an invoice that is being paid is left alone until the outcome is known.
    pub fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
        let beginning = self.read(
            "select account_id, id from plan_changes where state = 'scheduled' and needs_from <= $1
             order by needs_from, account_id, id limit $2",
            &[now.into(), limit.into()],
        )?;
        let lapsing = self.read(
            "select account_id, id from plan_changes where state = 'awaits_payment' and lapses_at <= $1
             order by lapses_at, account_id, id limit $2",
            &[now.into(), limit.into()],
        )?;
        let ended = self.read(
            "select account_id, id, periods_before + period_no + 1, case when cancellation is null then 0 else 1 end
             from subscriptions where due_day <= $1 and period_until <= $2 order by due_day, account_id, id limit $3",
            &[day_of(now).into(), now.into(), limit.into()],
        )?;
        let beginning = beginning.iter().map(|row| {
            let mut fields = row.fields("plan_changes");
            let account = fields.word()?;
            Ok(Due { account, command: Command::BeginPlanChange { change: fields.word()? } })
        });
        let lapsing = lapsing.iter().map(|row| {
            let mut fields = row.fields("plan_changes");
            let account = fields.word()?;
            Ok(Due { account, command: Command::LapsePlanChange { change: fields.word()? } })
        });
        let ended = ended.iter().map(|row| {
            let mut fields = row.fields("subscriptions");
            let account = fields.word()?;
            let subscription = fields.word()?;
            let ordinal = fields.int()?;
            let command = match fields.flag()? {
                true => Command::EndSubscription { subscription },
                false => Command::RenewSubscription { subscription, ordinal },
            };
            Ok(Due { account, command })
        });
        let dunned = self.read(
            "select account_id, id, dunning from invoices
             where dunning_at is not null and dunning_at <= $1 and not exists (
                 select 1 from attempts where attempts.account_id = invoices.account_id
                 and attempts.invoice_id = invoices.id and attempts.state in ('sent', 'unknown')
             ) order by dunning_at, account_id, id limit $2",
            &[now.into(), limit.into()],
        )?;
        let dunned = dunned.iter().map(|row| {
            let mut fields = row.fields("invoices");
            let account = fields.word()?;
            let invoice = fields.word()?;
            let dunning: Dunning = fields.json()?;
            // The last try comes before the end of a grace that is over with it.
            let command = match dunning.retry_at {
                Some(at) if at <= now => Command::RetryPayment { invoice, number: dunning.retried + 1 },
                _ => dunning.after_grace(invoice),
            };
            Ok(Due { account, command })
        });
        beginning.chain(lapsing).chain(ended).chain(dunned).collect()
    }

    /// When the next change begins or lapses, the next period ends, or the next renewal is dunned; none where there are
    /// none.
    pub fn next_due_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = self.read_one(
            "select min(at) from (
                 select min(lapses_at) as at from plan_changes where state = 'awaits_payment'
                 union all
                 select min(needs_from) as at from plan_changes where state = 'scheduled'
                 union all
                 select min(dunning_at) as at from invoices where dunning_at is not null
                 union all
                 select min(period_until) as at from subscriptions
                 where due_day = (select min(due_day) from subscriptions)
             ) as moments",
            &[],
        )?;
        row.map_or(Ok(None), |row| row.fields("due").at_or_null())
    }
}
