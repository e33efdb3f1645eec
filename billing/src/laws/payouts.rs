//! The laws of payouts (M7): balance goes out once, less the fee that was shown, and never more than came in as money.

use super::books::posted;
use super::{BrokenLaw, Case, holds};
use crate::account::Account;
use crate::document::{Document, DocumentKind, DocumentReason, InvoiceState};
use crate::ledger::LedgerAccount::{CashBank, CashCard, Goodwill, PayoutFees, Payouts};
use crate::money::Money;
use crate::payout::{Payout, PayoutState};

/// What was sent to the customer by this decision.
pub(super) fn sent_now(case: &Case<'_>) -> Money {
    let sent = closed(case).filter(|payout| matches!(payout.state, PayoutState::Sent { .. }));
    case.total(sent.map(|payout| payout.amount - payout.fee))
}

/// I15: a payout that is asked for is of balance that was paid in, less the fee that its document counts; nobody owes
/// anything then. It stays as it is until it was sent, whole, or is on the balance again, whole, with a receipt; what is
/// sent has a reference that no other transfer has.
pub(super) fn payouts_are_paid_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let before = case.before.and_then(|account| account.payout.as_ref());
    let after = case.after.payout.as_ref();
    if let Some(before) = before {
        let same = after.is_some_and(|after| Payout { state: before.state.clone(), ..after.clone() } == *before);
        holds(same, "I15", || format!("payout {} became {after:?}", before.id))?;
    }
    let new = after.filter(|_| before.is_none());
    if let Some(payout) = new {
        is_permitted(case, payout)?;
    }
    let of_payouts = |document: &&Document| document.kind == DocumentKind::Payout;
    let issued = case.decision.documents.iter().filter(of_payouts).count();
    holds(issued == usize::from(new.is_some()), "I15", || format!("{issued} documents of payouts for {new:?}"))?;
    let closed: Option<&Payout> = closed(case).next();
    let (sent, returned) = match closed.map(|payout| (&payout.state, payout)) {
        Some((PayoutState::Sent { reference, .. }, payout)) => {
            let event = case.decision.gateway_event.as_ref();
            let once = event.is_some_and(|(gateway, event)| gateway == "bank" && event == reference);
            holds(once, "I15", || format!("payout {} was sent with no reference that is used once", payout.id))?;
            (Some(payout), None)
        }
        Some((_, payout)) => (None, Some(payout)),
        None => (None, None),
    };
    let amount = |payout: Option<&Payout>| payout.map_or(case.nothing(), |payout| payout.amount);
    let receipts = case.decision.documents.iter().filter(|document| document.reason == DocumentReason::PayoutReturned);
    let receipts = case.total(receipts.map(|receipt| receipt.total));
    holds(receipts == amount(returned), "I15", || format!("{receipts} are confirmed to be back for {returned:?}"))?;
    let fee = sent.map_or(case.nothing(), |payout| payout.fee);
    let moved = [(Payouts, amount(sent) + amount(returned) - amount(new)), (PayoutFees, -fee)];
    for (account, expected) in moved {
        let posted = posted(case, account);
        holds(posted == expected, "I15", || {
            format!("{} was posted {posted}, and payouts moved by {expected}", account.name())
        })?;
    }
    Ok(())
}

fn is_permitted(case: &Case<'_>, payout: &Payout) -> Result<(), BrokenLaw> {
    let id = payout.id;
    let Some(before) = case.before else {
        return holds(false, "I15", || format!("payout {id} of an account that is just opened"));
    };
    holds(payout.is_open() && payout.requested_at == case.at, "I15", || format!("payout {id} is new and {payout:?}"))?;
    let fits = payout.amount.is_positive() && !payout.fee.is_negative() && payout.fee < payout.amount;
    holds(fits, "I15", || format!("payout {id} of {} has a fee of {}", payout.amount, payout.fee))?;
    let mut documents = case.decision.documents.iter();
    let document = documents.find(|document| document.id == id);
    let said = document.is_some_and(|document| match &document.reason {
        DocumentReason::Payout { count } => {
            count.before == before.backing.charged_on
                && count.fee(payout.amount) == payout.fee
                && document.total == payout.amount - payout.fee
        }
        _ => false,
    });
    holds(said, "I15", || {
        format!("payout {id} of {} less {} is not what {document:?} says", payout.amount, payout.fee)
    })?;
    // Goodwill is used up first: what is set aside has as much of it as there is.
    let free_grants = (before.backing.granted - before.reserved).or_zero();
    let most = (before.balance - free_grants).min(before.backing.cash);
    holds(payout.amount <= most, "I15", || format!("payout {id} of {}, and {most} was paid in", payout.amount))?;
    let owes = |account: &Account| {
        let subscriptions = account.subscriptions.iter();
        subscriptions.flat_map(|subscription| account.owed(subscription.id)).next().is_some()
    };
    holds(!owes(before), "I15", || format!("payout {id}, and an invoice is to be paid"))
}

/// I15 and I30: what is behind a balance is what came in as money less what was paid out, what was granted less what was
/// used of it, and what fees were taken on.
pub(super) fn backing_is_what_came_in(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let nothing = case.nothing();
    let before = case.before.map_or([nothing; 3], |account| {
        let backing = account.backing;
        [backing.cash, backing.granted, backing.charged_on]
    });
    let backing = case.after.backing;
    let cash = before[0] + posted(case, CashCard) + posted(case, CashBank);
    holds(backing.cash == cash && !cash.is_negative(), "I30", || {
        format!("{} is said to have come in, and the postings say {cash}", backing.cash)
    })?;
    let paid = case.after.invoices.iter().filter(|invoice| matches!(invoice.state, InvoiceState::Paid { .. }));
    let used = case.total(paid.map(|invoice| invoice.from_balance));
    let granted = (before[1] + posted(case, Goodwill) - used).or_zero();
    holds(backing.granted == granted, "I15", || {
        format!("{} of what is held is said to be granted, and it is {granted}", backing.granted)
    })?;
    let held = case.after.balance + case.after.reserved;
    holds(granted <= held, "I15", || format!("{granted} were granted, and {held} are held"))?;
    let new = case.after.payout.as_ref().filter(|_| case.before.is_none_or(|account| account.payout.is_none()));
    let returned = closed(case).filter(|payout| matches!(payout.state, PayoutState::Returned { .. }));
    let charged = before[2] + case.total(new.map(|payout| payout.amount)) - case.total(returned.map(|p| p.amount));
    holds(backing.charged_on == charged, "I15", || {
        format!("fees are said to be taken on {}, and it is {charged}", backing.charged_on)
    })
}

/// The payout that this decision closed.
fn closed<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Payout> {
    let was_open = case.before.is_some_and(|account| account.payout.as_ref().is_some_and(Payout::is_open));
    case.after.payout.iter().filter(move |payout| was_open && !payout.is_open())
}
