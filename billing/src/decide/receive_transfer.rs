//! Money that staff saw arrive at the bank. One reference is one transfer: the store refuses it a second time.

use super::draft::Draft;
use super::settle_payment::book_money;
use crate::command::Answer;
use crate::document::PaidBy;
use crate::id::DocumentId;
use crate::money::Money;
use crate::refusal::Refusal;

/// The most characters of a bank's reference.
pub(super) const MAX_REFERENCE: usize = 140;

/// Books a transfer: it pays the named invoice if that is open and the amount suffices; the rest goes to the balance.
pub(super) fn receive_transfer(
    draft: &mut Draft,
    invoice: Option<DocumentId>,
    amount: Money,
    reference: &str,
) -> Result<Answer, Refusal> {
    check_amount(draft, amount)?;
    check_text("reference", reference, MAX_REFERENCE)?;
    draft.gateway_event = Some(("bank".to_owned(), reference.to_owned()));
    draft.say(format!("A transfer of {amount} arrived, reference {reference}."));
    Ok(book_money(draft, invoice, amount, PaidBy::BankTransfer))
}

/// Refuses an amount that is not positive, too large, or in another currency than the account's.
pub(super) fn check_amount(draft: &Draft, amount: Money) -> Result<(), Refusal> {
    let currency = draft.account.currency;
    if amount.currency != currency {
        return Err(Refusal::WrongCurrency(currency));
    }
    if !amount.is_positive() || amount.minor > Money::LIMIT_MINOR {
        return Err(Refusal::BadAmount(Money::new(Money::LIMIT_MINOR, currency)));
    }
    Ok(())
}

/// Refuses a text that is empty or too long.
pub(super) fn check_text(field: &'static str, text: &str, max: usize) -> Result<(), Refusal> {
    let count = text.chars().count();
    if text.trim().is_empty() || count > max || text.chars().any(char::is_control) {
        return Err(Refusal::BadText { field, max });
    }
    Ok(())
}
