//! The sandbox gateway's own books: its side of every charge, stored once by the key it was sent. Kept in our database
//! so that it survives a restart, and never read by anything but the gateway itself and the reconciliation.

use billing::effect::TestCard;
use billing::money::Money;
use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;
use crate::value::Row;

/// One charge as the gateway knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxCharge {
    /// The idempotency key it was sent with: the attempt's id.
    pub key: String,
    /// How much was asked for.
    pub amount: Money,
    /// From which card.
    pub card: TestCard,
    /// Was the money taken?
    pub captured: bool,
    /// When it arrived.
    pub at: Timestamp,
}

impl Store {
    /// Books a charge; answers what is booked under its key, which is the first charge that came with it.
    pub fn sandbox_charge(&self, charge: &SandboxCharge) -> Result<SandboxCharge, StoreError> {
        let args = vec![
            (&charge.key).into(),
            charge.amount.currency.code().into(),
            charge.amount.into(),
            charge.card.name().into(),
            charge.captured.into(),
            charge.at.into(),
        ];
        self.write_one(
            "insert into sandbox_charges (charge_key, currency, amount_minor, card, captured, created_at)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            args,
        )?;
        Ok(self.sandbox_lookup(&charge.key)?.unwrap_or_else(|| charge.clone()))
    }

    /// What the gateway has booked under a key.
    pub fn sandbox_lookup(&self, key: &str) -> Result<Option<SandboxCharge>, StoreError> {
        let row = self.read_one(
            "select charge_key, currency, amount_minor, card, captured, created_at from sandbox_charges
             where charge_key = $1",
            &[key.into()],
        )?;
        row.map(|row| read_charge(&row)).transpose()
    }

    /// Every charge the gateway has booked, for the reconciliation (I22).
    pub fn sandbox_charges(&self) -> Result<Vec<SandboxCharge>, StoreError> {
        let rows = self.read(
            "select charge_key, currency, amount_minor, card, captured, created_at from sandbox_charges
             order by charge_key",
            &[],
        )?;
        rows.iter().map(read_charge).collect()
    }
}

fn read_charge(row: &Row) -> Result<SandboxCharge, StoreError> {
    let mut fields = row.fields("sandbox_charges");
    let key = fields.text()?;
    let currency = fields.word()?;
    Ok(SandboxCharge {
        key,
        amount: fields.money(currency)?,
        card: fields.word()?,
        captured: fields.flag()?,
        at: fields.at()?,
    })
}
