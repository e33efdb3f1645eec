//! The law of what is billed in arrears: no money is asked for time that is still to come, and what nobody was asked for
//! goes to nobody's balance. Told from the subscription, its quote and its coverage; which plans are billed so is the
//! catalogue's matter, and what waits is in `waiting`.

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::catalogue::Billed;
use crate::coverage::Segment;
use crate::document::DocumentLine;
use crate::policy::When;
use crate::quote::{CreditLine, Settlement};

/// I25, I27 and I30, of every subscription that the decision touches.
pub(super) fn arrears_are_billed_when_they_are_over(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let before = case.before.and_then(|account| account.subscription(after.id));
        is_billed_as_was_said(case, before, after)?;
        what_is_laid_waits(before, after)?;
        if let Some(change) = &after.change {
            what_was_not_billed_is_not_paid_out(case, before, change)?;
        }
    }
    Ok(())
}

/// I25: from a change on periods are billed as its quote says; without one nothing moves that but staff.
fn is_billed_as_was_said(
    case: &Case<'_>,
    before: Option<&Subscription>,
    after: &Subscription,
) -> Result<(), BrokenLaw> {
    let Some(before) = before else { return Ok(()) };
    let made = made_by_this(before, after);
    let expected = made.map_or(before.billed, |change| change.quote.billed);
    let assigned = super::assigned::is_assigned(case, after);
    holds(after.billed == expected || assigned, "I25", || {
        format!("{} is billed in {} from now on; it was to be in {}", after.id, after.billed.name(), expected.name())
    })
}

/// I27: what is laid in arrears has no bill before its period is over; what is laid in advance, and what a trial costs, has one,
/// unless its change is settled later.
fn what_is_laid_waits(before: Option<&Subscription>, after: &Subscription) -> Result<(), BrokenLaw> {
    let is_new = |segment: &&Segment| {
        !segment.net.is_zero() && before.is_none_or(|before| before.coverage.iter().all(|known| known.id != segment.id))
    };
    let made = before.and_then(|before| made_by_this(before, after)).filter(|change| change.quote.when == When::Now);
    let in_arrears = after.billed == Billed::Arrears && !after.is_in_trial();
    let waits = match made {
        Some(change) => change.quote.settlement != Settlement::Now,
        None => in_arrears,
    };
    let wrong = after.coverage.iter().filter(is_new).find(|segment| {
        let is_billed = segment.document.is_some() || !segment.collected.is_zero();
        is_billed == waits || (is_billed && in_arrears)
    });
    let Some(segment) = wrong else { return Ok(()) };
    holds(false, "I27", || {
        format!(
            "segment {} of {}, billed in {}, has the bill {:?} already",
            segment.id,
            after.id,
            after.billed.name(),
            segment.document
        )
    })
}

/// I30: a change that gives back what is not invoiced yet takes in the lines that charge it, or leaves all to wait; and
/// what goes to the balance is at most what was paid of what is given back, and what waited gave. What was not invoiced
/// takes off at most what charges it.
fn what_was_not_billed_is_not_paid_out(
    case: &Case<'_>,
    before: Option<&Subscription>,
    change: &PlanChange,
) -> Result<(), BrokenLaw> {
    let quote = &change.quote;
    let Some(before) = before.filter(|_| !quote.settlement.is_later()) else { return Ok(()) };
    if before.change.as_ref().is_some_and(|known| known.id == change.id) {
        return Ok(());
    }
    let gives_back = quote.credits.iter().any(CreditLine::is_waiting);
    holds(!gives_back || quote.waiting.len() == before.waiting.len(), "I30", || {
        format!("change {} gives back what it does not bill", change.id)
    })?;
    let paid = quote.credits.iter().filter(|line| !line.collected.is_zero());
    let paid = case.total(paid.map(CreditLine::given_back));
    let charges = quote.waiting.iter().filter(|line| line.segment.is_none());
    let gives = quote.waiting.iter().filter(|line| line.segment.is_some());
    let (charges, gives) =
        (case.total(charges.map(DocumentLine::payable)), -case.total(gives.map(DocumentLine::payable)));
    let back = quote.credits.iter().filter(|line| line.is_waiting());
    let back = case.total(back.map(CreditLine::given_back));
    let most = paid + (gives + back.min(charges) - charges).or_zero();
    holds(quote.to_balance <= most, "I30", || {
        format!("change {} puts {} on the balance, and {most} was paid of it", change.id, quote.to_balance)
    })
}

/// The change that this decision makes, if it makes one.
fn made_by_this<'a>(before: &Subscription, after: &'a Subscription) -> Option<&'a PlanChange> {
    let is_made = |change: &PlanChange| matches!(change.state, ChangeState::Applied { .. });
    let change = after.change.as_ref().filter(|change| is_made(change))?;
    let was_made = before.change.as_ref().is_some_and(|known| known.id == change.id && is_made(known));
    (!was_made).then_some(change)
}
