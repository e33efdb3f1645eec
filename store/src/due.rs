//! What time alone brings about: changes whose chosen day has come, unpaid changes whose time is up, and periods that have
//! ended. Found here, decided by
//! the commands that are answered.

use billing::command::Command;
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
    /// `BeginPlanChange`, `LapsePlanChange` or `RenewSubscription`.
    pub command: Command,
}

impl Store {
    /// What is due: first the changes to begin, then those to lapse, then the subscriptions to renew, at most `limit` of each. A
    /// subscription that is several periods behind is answered with the next one only.
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
            "select account_id, id, periods_before + period_no + 1 from subscriptions
             where due_day <= $1 and period_until <= $2 order by due_day, account_id, id limit $3",
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
            Ok(Due { account, command: Command::RenewSubscription { subscription, ordinal: fields.int()? } })
        });
        beginning.chain(lapsing).chain(ended).collect()
    }

    /// When the next change begins or lapses, or the next period ends; none where there are none.
    pub fn next_due_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = self.read_one(
            "select min(at) from (
                 select min(lapses_at) as at from plan_changes where state = 'awaits_payment'
                 union all
                 select min(needs_from) as at from plan_changes where state = 'scheduled'
                 union all
                 select min(period_until) as at from subscriptions
                 where due_day = (select min(due_day) from subscriptions)
             ) as moments",
            &[],
        )?;
        row.map_or(Ok(None), |row| row.fields("due").at_or_null())
    }
}
