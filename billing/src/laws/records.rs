//! The laws of records: the log chains, identities stay, attempts move forward only, and an account stays bounded.

use super::{BrokenLaw, Case, holds};
use crate::account::{Attempt, AttemptState, MAX_SUBSCRIPTIONS};
use crate::decide::log_hash;
use crate::document::{InvoiceState, PaidBy};
use crate::ledger::LedgerAccount;

/// I02 and I11: one version further, one entry further, and its hash covers the entry before.
pub(super) fn log_goes_on(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let (log, after) = (&case.decision.log, case.after);
    let (version, hash) = case.before.map_or((0, ""), |account| (account.version, account.log_hash.as_str()));
    holds(after.version == version + 1, "I11", || format!("version {version} became {}", after.version))?;
    holds(log.version == after.version, "I02", || format!("entry {} is of version {}", log.version, after.version))?;
    holds(log.account == after.id, "I02", || format!("the entry of {} is of {}", after.id, log.account))?;
    let chained = log_hash(hash, &log.body);
    holds(log.hash == chained && after.log_hash == chained, "I02", || {
        format!("entry {} has the hash {}, and the chain says {chained}", log.version, log.hash)
    })
}

/// I02 and M17: what an account is does not change. Its zone least of all: it would move days already billed.
pub(super) fn identity_stays(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let (Some(before), after) = (case.before, case.after) else { return Ok(()) };
    let same = before.id == after.id
        && before.currency == after.currency
        && before.zone == after.zone
        && before.storefront == after.storefront
        && before.opened_at == after.opened_at;
    holds(same, "I02", || format!("account {} became another: {} in {:?}", before.id, after.id, after.zone))?;
    for subscription in &before.subscriptions {
        let kept = after.subscription(subscription.id);
        let same = kept.is_some_and(|kept| {
            kept.product == subscription.product
                && kept.started_at == subscription.started_at
                && kept.service.id == subscription.service.id
        });
        holds(same, "I02", || format!("subscription {} is gone or became another", subscription.id))?;
    }
    Ok(())
}

/// I34: an account stays small enough to be decided in one piece.
pub(super) fn within_bounds(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let after = case.after;
    let mut counts = vec![("subscriptions", after.subscriptions.len()), ("open invoices", after.invoices.len())];
    counts.extend(after.subscriptions.iter().map(|subscription| ("items", subscription.items.len())));
    counts.extend(after.subscriptions.iter().map(|subscription| ("waiting lines", subscription.waiting.len())));
    counts.extend(after.subscriptions.iter().map(|subscription| ("counters of usage", subscription.usage.len())));
    let too_many = counts.into_iter().find(|(_, count)| *count > MAX_SUBSCRIPTIONS);
    let Some((what, count)) = too_many else { return Ok(()) };
    holds(false, "I34", || format!("{count} {what}, and at most {MAX_SUBSCRIPTIONS} may be"))
}

/// I08 and I23: an attempt keeps its amount, card and invoice; what is known of it only grows; one may run per invoice,
/// one may be captured; a card's money comes from the attempt that was captured, pays an invoice whole, and is booked whole.
pub(super) fn attempts_only_move_forward(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for before in case.before.iter().flat_map(|account| &account.attempts) {
        let Some(after) = find(case, before) else {
            return holds(!before.state.is_running(), "I23", || format!("running attempt {} is gone", before.id));
        };
        let same = (after.amount, after.card, after.invoice, after.created_at)
            == (before.amount, before.card, before.invoice, before.created_at);
        holds(same, "I23", || format!("attempt {} of {} became {}", before.id, before.amount, after.amount))?;
        holds(known(&after.state) >= known(&before.state), "I21", || {
            format!("attempt {} went back from {:?} to {:?}", before.id, before.state, after.state)
        })?;
    }
    for attempt in &case.after.attempts {
        let of_invoice = || case.after.attempts.iter().filter(|other| other.invoice == attempt.invoice);
        let running = of_invoice().filter(|other| other.state.is_running()).count();
        let captured = of_invoice().filter(|other| is_captured(other)).count();
        holds(running <= 1 && captured <= 1, "I08", || {
            format!("invoice {} has {running} running and {captured} captured payments", attempt.invoice)
        })?;
        let is_new = case.before.is_none_or(|account| account.attempts.iter().all(|other| other.id != attempt.id));
        if is_new {
            let invoice = case.after.invoice(attempt.invoice).filter(|invoice| invoice.is_open());
            let fits = invoice.is_some_and(|invoice| invoice.open_amount() == attempt.amount);
            holds(fits && attempt.state == AttemptState::Sent, "I23", || {
                format!("attempt {} of {} does not fit invoice {}", attempt.id, attempt.amount, attempt.invoice)
            })?;
        }
    }
    card_money_comes_from_attempts(case)
}

fn card_money_comes_from_attempts(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let arrived = super::books::posted(case, LedgerAccount::CashCard);
    let captured: Vec<&Attempt> = case.after.attempts.iter().filter(|attempt| is_captured(attempt)).collect();
    holds(arrived.is_zero() || captured.len() == 1, "I08", || {
        format!("{arrived} came by card from {} attempts", captured.len())
    })?;
    for invoice in &case.after.invoices {
        if !matches!(invoice.state, InvoiceState::Paid { by: PaidBy::Card, .. }) {
            continue;
        }
        // A credit note may have made the invoice smaller since the card was asked. All that the card took is booked
        // then: what is open goes to the invoice, the rest to the balance.
        let payer = captured.iter().find(|attempt| attempt.invoice == invoice.id);
        let fits = payer.is_some_and(|attempt| attempt.amount >= invoice.open_amount() && attempt.amount == arrived);
        holds(fits, "I08", || {
            format!("invoice {} of {} is paid by card with {arrived}", invoice.id, invoice.open_amount())
        })?;
    }
    Ok(())
}

fn find<'a>(case: &'a Case<'_>, attempt: &Attempt) -> Option<&'a Attempt> {
    case.after.attempts.iter().find(|other| other.id == attempt.id)
}

fn is_captured(attempt: &Attempt) -> bool {
    matches!(attempt.state, AttemptState::Captured { .. })
}

/// How much is known: the order in which states may follow one another.
fn known(state: &AttemptState) -> u8 {
    match state {
        AttemptState::Sent => 0,
        AttemptState::Unknown => 1,
        AttemptState::Failed { .. } => 2,
        AttemptState::Captured { .. } => 3,
    }
}
