//! The queue of effects. A lease hides an effect for a while and raises its fencing number; whoever reports with an old
//! number lost the lease and is not believed (I20). What cannot be delivered stays visible as dead.

use billing::effect::Effect;
use billing::id::{AccountId, EffectId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::error::StoreError;
use crate::value::{Row, Value};

/// How an effect stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectState {
    /// Waits for its delivery, or is being delivered.
    Queued,
    /// Delivered.
    Done,
    /// Given up; staff must look at it.
    Dead,
}

impl EffectState {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

/// An effect that the caller may deliver, until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedEffect {
    /// Whose.
    pub account: AccountId,
    /// What is wished.
    pub effect: Effect,
    /// The how manyth delivery this is, from 1.
    pub attempts: i64,
    /// The fencing number of this lease, to be given with its report.
    pub fence: i64,
}

impl Store {
    /// Leases effects that are due, oldest first. Nobody else gets them before the lease ends.
    pub fn lease_effects(
        &self,
        node: &str,
        now: Timestamp,
        lease_ms: i64,
        limit: u32,
    ) -> Result<Vec<LeasedEffect>, StoreError> {
        let until = now.as_millisecond() + lease_ms;
        let args = vec![node.into(), until.into(), now.into(), limit.into()];
        let rows = self.write_one(
            "update effects set leased_by = $1, ready_at = $2, fence = fence + 1, attempts = attempts + 1
             where (account_id, id) in (
                 select account_id, id from effects where state = 'queued' and ready_at <= $3
                 order by ready_at, account_id, id limit $4 {skip locked}
             ) returning account_id, id, due_at, wish, attempts, fence",
            args,
        )?;
        let mut leased = rows.iter().map(read_leased).collect::<Result<Vec<_>, _>>()?;
        leased.sort_by_key(|leased| (leased.effect.due_at, leased.account, leased.effect.id));
        Ok(leased)
    }

    /// Makes due what a program that has ended still leases, so that a crash holds nothing up; says how much that was.
    ///
    /// Only of an SQLite file, which belongs to one program: whoever has it open knows that the one before has ended. In
    /// PostgreSQL another node may well be delivering, and nothing is done: there a lease ends by its time.
    pub fn release_leases(&self, now: Timestamp) -> Result<usize, StoreError> {
        if self.database() != "sqlite" {
            return Ok(0);
        }
        let released = self.write_one(
            "update effects set ready_at = $1, leased_by = null where state = 'queued' and leased_by is not null
             returning 1",
            vec![now.into()],
        )?;
        Ok(released.len())
    }

    /// The effect was delivered. False where the fencing number is old or the effect is closed already.
    pub fn complete_effect(&self, id: EffectId, fence: i64, now: Timestamp) -> Result<bool, StoreError> {
        let args = vec![id.into(), fence.into(), now.into()];
        self.changes_one(
            "update effects set state = 'done', closed_at = $3, leased_by = null, error = null
             where id = $1 and fence = $2 and state = 'queued' returning 1",
            args,
        )
    }

    /// The delivery failed; it is to be tried again from `not_before`. False with an old fencing number.
    pub fn retry_effect(
        &self,
        id: EffectId,
        fence: i64,
        not_before: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError> {
        let args = vec![id.into(), fence.into(), not_before.into(), error.into()];
        self.changes_one(
            "update effects set ready_at = $3, error = $4, leased_by = null
             where id = $1 and fence = $2 and state = 'queued' returning 1",
            args,
        )
    }

    /// The effect is given up and shown to staff. False with an old fencing number.
    pub fn bury_effect(&self, id: EffectId, fence: i64, now: Timestamp, error: &str) -> Result<bool, StoreError> {
        let args = vec![id.into(), fence.into(), now.into(), error.into()];
        self.changes_one(
            "update effects set state = 'dead', closed_at = $3, error = $4, leased_by = null
             where id = $1 and fence = $2 and state = 'queued' returning 1",
            args,
        )
    }

    /// Puts a dead effect back into the queue, because staff ask for it. False where it is not dead.
    pub fn revive_effect(&self, id: EffectId, now: Timestamp) -> Result<bool, StoreError> {
        let args = vec![id.into(), now.into()];
        self.changes_one(
            "update effects set state = 'queued', closed_at = null, ready_at = $2, fence = fence + 1
             where id = $1 and state = 'dead' returning 1",
            args,
        )
    }

    /// When the next queued effect may be delivered; none where the queue is empty.
    pub fn next_effect_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = self.read_one("select min(ready_at) from effects where state = 'queued'", &[])?;
        row.map_or(Ok(None), |row| row.fields("effects").at_or_null())
    }

    /// Runs a writing statement that returns a row for each row it touches; true where it touched one.
    pub(crate) fn changes_one(&self, sql: &str, args: Vec<Value>) -> Result<bool, StoreError> {
        Ok(!self.write_one(sql, args)?.is_empty())
    }
}

fn read_leased(row: &Row) -> Result<LeasedEffect, StoreError> {
    let mut fields = row.fields("effects");
    let account = fields.word()?;
    let id = fields.word()?;
    let due_at = fields.at()?;
    let effect = Effect { id, due_at, wish: fields.json()? };
    Ok(LeasedEffect { account, effect, attempts: fields.int()?, fence: fields.int()? })
}
