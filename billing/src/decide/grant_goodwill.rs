//! An amount that staff give a customer, on the balance, with a receipt.

use super::draft::{Draft, NewDocument};
use super::receive_transfer::{check_amount, check_text};
use crate::command::Answer;
use crate::document::{DocumentKind, DocumentLine, DocumentReason};
use crate::ledger::LedgerAccount::{Balance, Goodwill};
use crate::money::Money;
use crate::refusal::Refusal;

/// Puts an amount on the balance.
pub(super) fn grant_goodwill(draft: &mut Draft, amount: Money, reason: &str) -> Result<Answer, Refusal> {
    check_amount(draft, amount)?;
    check_text("reason", reason, 200)?;
    let document = draft.issue(NewDocument {
        kind: DocumentKind::Receipt,
        reason: DocumentReason::Goodwill,
        subscription: None,
        corrects: None,
        total: amount,
        lines: vec![DocumentLine::of_amount(reason, amount)],
    });
    draft.post(Goodwill, Balance, amount, document);
    draft.say(format!("{amount} were put on the balance: {reason}."));
    Ok(Answer::Granted { document })
}
