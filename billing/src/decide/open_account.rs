//! Open a customer's account.

use super::draft::Draft;
use super::receive_transfer::check_text;
use crate::account::Account;
use crate::command::{Command, Envelope};
use crate::money::Money;
use crate::payout::Backing;
use crate::refusal::Refusal;

/// The draft of a new account: nothing owed, nothing held.
pub(super) fn open_account(envelope: &Envelope) -> Result<Draft, Refusal> {
    let Command::OpenAccount { storefront, name, email, zone, currency } = &envelope.command else {
        unreachable!("only this command is decided here");
    };
    check_text("name", name, 200)?;
    check_text("email", email, 254)?;
    let account = Account {
        id: envelope.account,
        version: 0,
        storefront: storefront.clone(),
        name: name.clone(),
        email: email.clone(),
        zone: zone.clone(),
        currency: *currency,
        opened_at: envelope.now,
        balance: Money::zero(*currency),
        reserved: Money::zero(*currency),
        backing: Backing::nothing(*currency),
        log_hash: String::new(),
        had: Vec::new(),
        subscriptions: Vec::new(),
        invoices: Vec::new(),
        attempts: Vec::new(),
        payout: None,
    };
    let mut draft = Draft::of(&account, envelope);
    draft.say(format!("The account of {name} was opened."));
    Ok(draft)
}
