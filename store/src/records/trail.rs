//! What a decision leaves behind, as rows and back: postings, the log entry, effects, the gateway's event.

use billing::command::{Actor, Answer};
use billing::decide::LogEntry;
use billing::effect::{Effect, Wish};
use billing::id::AccountId;
use billing::ledger::{LedgerAccount, Posting};
use billing::money::{Currency, Money};
use jiff::Timestamp;

use super::Read;
use crate::value::{Fields, Value};

pub(crate) fn posting_row(account: AccountId, posting: &Posting, at: Timestamp) -> Vec<Value> {
    vec![
        account.into(),
        posting.id.into(),
        posting.transaction.into(),
        posting.account.name().into(),
        posting.amount.currency.code().into(),
        posting.amount.into(),
        posting.document.into(),
        at.into(),
    ]
}

/// A posting, when it was booked, and whose.
pub(crate) fn read_posting(fields: &mut Fields<'_>) -> Read<(AccountId, Posting, Timestamp)> {
    let owner = fields.word()?;
    let id = fields.word()?;
    let transaction = fields.word()?;
    let account = fields.word::<LedgerAccount>()?;
    let currency: Currency = fields.word()?;
    let amount: Money = fields.money(currency)?;
    let document = fields.word()?;
    Ok((owner, Posting { id, transaction, account, amount, document }, fields.at()?))
}

pub(crate) fn log_row(entry: &LogEntry, answer: &Answer) -> Vec<Value> {
    let (actor, name) = match &entry.actor {
        Actor::Customer(name) => ("customer", Some(name)),
        Actor::Staff(name) => ("staff", Some(name)),
        Actor::Key(name) => ("key", Some(name)),
        Actor::System => ("system", None),
    };
    vec![
        entry.account.into(),
        entry.version.into(),
        entry.command.into(),
        entry.at.into(),
        actor.into(),
        name.into(),
        (&entry.name).into(),
        entry.key.as_ref().into(),
        (&entry.digest).into(),
        (&entry.text).into(),
        (&entry.body).into(),
        Value::json(answer),
        (&entry.hash).into(),
    ]
}

pub(crate) fn read_log(fields: &mut Fields<'_>) -> Read<LogEntry> {
    let account = fields.word()?;
    let version = fields.int()?;
    let command = fields.word()?;
    let at = fields.at()?;
    let actor = fields.str()?;
    let name = fields.text_or_null()?;
    let actor = match (actor, name) {
        ("customer", Some(name)) => Actor::Customer(name),
        ("staff", Some(name)) => Actor::Staff(name),
        ("key", Some(name)) => Actor::Key(name),
        ("system", None) => Actor::System,
        _ => return Err(fields.wrong(format!("{actor:?} is no one who asks"))),
    };
    let name = fields.text()?;
    let key = fields.text_or_null()?;
    let digest = fields.text()?;
    let text = fields.text()?;
    let body = fields.text()?;
    fields.skip()?;
    let hash = fields.text()?;
    Ok(LogEntry { command, account, version, at, actor, name, key, digest, text, body, hash })
}

pub(crate) fn effect_row(account: AccountId, effect: &Effect) -> Vec<Value> {
    let kind = match effect.wish {
        Wish::Charge { .. } => "charge",
        Wish::Ensure { .. } => "ensure",
        Wish::Mail(_) => "mail",
    };
    vec![
        account.into(),
        effect.id.into(),
        Value::json(&effect.wish),
        kind.into(),
        effect.due_at.into(),
        "queued".into(),
        effect.due_at.into(),
        0_i64.into(),
        0_i64.into(),
        Value::Null,
        Value::Null,
        Value::Null,
    ]
}

pub(crate) fn event_row(account: AccountId, gateway: &str, event: &str, at: Timestamp) -> Vec<Value> {
    vec![gateway.into(), event.into(), account.into(), at.into()]
}
