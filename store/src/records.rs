//! Each record of an account as a row and back, side by side: what is written is what is read. The order of columns is
//! that of `tables.rs`. The account itself is here, the rest in a file for each kind of record.

mod documents;
mod subscriptions;
mod trail;

use billing::account::Account;
use billing::payout::Backing;
use jiff::Timestamp;

use crate::error::StoreError;
use crate::value::{Fields, Value};

pub(crate) use documents::{
    attempt_row, document_row, invoice_row, line_row, payout_row, read_attempt, read_document, read_invoice, read_line,
    read_payout,
};
pub(crate) use subscriptions::{
    SubscriptionHead, change_row, item_row, read_change, read_item, read_segment, read_service, read_subscription,
    segment_row, service_row, subscription_row,
};
pub(crate) use trail::{effect_row, event_row, log_row, posting_row, read_log, read_posting};

type Read<T> = Result<T, StoreError>;

const MS_OF_A_DAY: i64 = 86_400_000;

/// The number of a day since 1970 in UTC, by which due work is found.
pub(crate) fn day_of(instant: Timestamp) -> i64 {
    instant.as_millisecond().div_euclid(MS_OF_A_DAY)
}

pub(crate) fn account_row(account: &Account) -> Vec<Value> {
    vec![
        account.id.into(),
        account.version.into(),
        (&account.storefront).into(),
        (&account.name).into(),
        (&account.email).into(),
        account.zone.name().into(),
        account.currency.code().into(),
        account.opened_at.into(),
        account.balance.into(),
        account.reserved.into(),
        account.backing.cash.into(),
        account.backing.granted.into(),
        account.backing.charged_on.into(),
        (&account.log_hash).into(),
        Some(&account.had).filter(|had| !had.is_empty()).map_or(Value::Null, Value::json),
    ]
}

/// The account without its records.
pub(crate) fn read_account(fields: &mut Fields<'_>) -> Read<Account> {
    let id = fields.word()?;
    let version = fields.int()?;
    let storefront = fields.text()?;
    let name = fields.text()?;
    let email = fields.text()?;
    let zone = fields.word()?;
    let currency = fields.word()?;
    Ok(Account {
        id,
        version,
        storefront,
        name,
        email,
        zone,
        currency,
        opened_at: fields.at()?,
        balance: fields.money(currency)?,
        reserved: fields.money(currency)?,
        backing: Backing {
            cash: fields.money(currency)?,
            granted: fields.money(currency)?,
            charged_on: fields.money(currency)?,
        },
        log_hash: fields.text()?,
        had: fields.json_or_null()?.unwrap_or_default(),
        subscriptions: Vec::new(),
        invoices: Vec::new(),
        attempts: Vec::new(),
        payout: None,
    })
}
