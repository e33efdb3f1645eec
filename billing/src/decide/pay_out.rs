//! Balance is paid out as cash (M7): the customer asks, the balance is set aside, and staff say that they sent the money,
//! or that it came back.

use super::Facts;
use super::draft::{Draft, NewDocument};
use super::notify;
use super::provision::check_staff;
use super::receive_transfer::{MAX_REFERENCE, check_amount, check_text};
use crate::command::{Answer, Asker, Envelope};
use crate::document::{DocumentKind, DocumentLine, DocumentReason};
use crate::effect::MailTemplate;
use crate::id::DocumentId;
use crate::ledger::LedgerAccount::{Balance, CashBank, PayoutFees, Payouts};
use crate::money::Money;
use crate::payout::{MAX_TO, Payout, PayoutOffer, PayoutState, offer_payout};
use crate::refusal::Refusal;

/// Sets balance aside to be paid out, for the fee that was shown and no other (N1).
pub(super) fn request_payout(
    facts: Facts<'_>,
    draft: &mut Draft,
    amount: Money,
    shown: Option<Money>,
    to: &str,
    asked_by: Asker,
) -> Result<Answer, Refusal> {
    check_amount(draft, amount)?;
    check_text("to", to, MAX_TO)?;
    let offer = offer_payout(facts.catalogue, facts.policies, &draft.account, amount, asked_by)?;
    let PayoutOffer { fee, net, .. } = offer;
    if let Some(shown) = shown.filter(|shown| *shown != fee) {
        return Err(Refusal::PayoutFeeChanged { shown, fee });
    }
    let id = draft.issue(NewDocument {
        kind: DocumentKind::Payout,
        reason: DocumentReason::Payout { count: offer.count },
        subscription: None,
        corrects: None,
        total: net,
        lines: lines(amount, fee),
    });
    draft.post(Balance, Payouts, amount, id);
    draft.account.backing.charged_on += amount;
    draft.account.payout =
        Some(Payout { id, amount, fee, to: to.to_owned(), requested_at: draft.now, state: PayoutState::Requested });
    draft.say(format!("{amount} of the balance are to be paid out, less a fee of {fee}."));
    notify::mail(draft, MailTemplate::PayoutRequested, |mail| {
        mail.document = Some(id);
        mail.amount = Some(net);
    });
    Ok(Answer::PayoutRequested { payout: id, fee, net })
}

/// Notes that the money was sent. One reference is one transfer: the store refuses it a second time.
pub(super) fn confirm_payout(
    draft: &mut Draft,
    envelope: &Envelope,
    id: DocumentId,
    reference: &str,
) -> Result<Answer, Refusal> {
    check_staff(envelope)?;
    check_text("reference", reference, MAX_REFERENCE)?;
    let payout = close(draft, id, PayoutState::Sent { at: draft.now, reference: reference.to_owned() })?;
    draft.gateway_event = Some(("bank".to_owned(), reference.to_owned()));
    let net = payout.net();
    draft.post(Payouts, CashBank, net, id);
    draft.post(Payouts, PayoutFees, payout.fee, id);
    draft.say(format!("{net} were paid out, reference {reference}; the fee is {}.", payout.fee));
    notify::mail(draft, MailTemplate::PayoutSent, |mail| {
        mail.document = Some(id);
        mail.amount = Some(net);
    });
    Ok(Answer::PayoutClosed { payout: id, receipt: None })
}

/// Puts a payout that cannot be sent back on the balance, whole, with a receipt.
pub(super) fn return_payout(
    draft: &mut Draft,
    envelope: &Envelope,
    id: DocumentId,
    reason: &str,
) -> Result<Answer, Refusal> {
    check_staff(envelope)?;
    check_text("reason", reason, 200)?;
    let payout = close(draft, id, PayoutState::Returned { at: draft.now, reason: reason.to_owned() })?;
    draft.account.backing.charged_on -= payout.amount;
    let receipt = draft.issue(NewDocument {
        kind: DocumentKind::Receipt,
        reason: DocumentReason::PayoutReturned,
        subscription: None,
        corrects: None,
        total: payout.amount,
        lines: vec![DocumentLine::of_amount(reason, payout.amount)],
    });
    draft.post(Payouts, Balance, payout.amount, receipt);
    draft.say(format!("The payout of {} came back to the balance: {reason}.", payout.net()));
    notify::mail(draft, MailTemplate::PayoutReturned, |mail| {
        mail.document = Some(receipt);
        mail.amount = Some(payout.amount);
    });
    Ok(Answer::PayoutClosed { payout: id, receipt: Some(receipt) })
}

/// What is taken off the balance, and what of it is kept.
fn lines(amount: Money, fee: Money) -> Vec<DocumentLine> {
    let mut lines = vec![DocumentLine::of_amount("Taken off your balance", amount)];
    if !fee.is_zero() {
        lines.push(DocumentLine::of_amount("Fee", -fee));
    }
    lines
}

fn close(draft: &mut Draft, id: DocumentId, state: PayoutState) -> Result<Payout, Refusal> {
    let payout = draft.account.payout.as_mut().filter(|payout| payout.is_open() && payout.id == id);
    let payout = payout.ok_or(Refusal::PayoutNotOpen(id))?;
    payout.state = state;
    Ok(payout.clone())
}
