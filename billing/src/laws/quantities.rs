//! The laws of units: what is laid is for as many of an item as there are, all that are had are paid for, and what stays paid
//! though there are fewer of it (`quantity_decrease = "no_refund"`) is neither charged again nor carried into another
//! period. Told from the quote, the items and the coverage alone: whether something may stay paid is the policy's matter.

use super::tiling::a_day_after;
use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, Item, PlanChange, Subscription};
use crate::coverage::Segment;
use crate::policy::When;

/// I27 and I30, of every subscription that the decision touches.
pub(super) fn units_are_paid_for(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let before = case.before.and_then(|account| account.subscription(after.id));
        laid_for_as_many_as_there_are(before, after)?;
        let Some((before, change)) = before.and_then(|before| Some((before, made_by_this(before, after)?))) else {
            continue;
        };
        // On the last day of a period its rest may be nothing: then there is nothing to give back or to charge.
        let period_is_over = a_day_after(change.quote.counted_at()) >= before.period.until;
        if change.quote.when == When::Now && !period_is_over {
            all_that_are_had_are_covered(after, change)?;
            what_stays_paid_is_not_charged(before, change)?;
        }
    }
    Ok(())
}

/// I27: units that were given up are not billed in any period that begins after, nor by any change: a new segment is for
/// the units that the item has, however many stayed paid before.
fn laid_for_as_many_as_there_are(before: Option<&Subscription>, after: &Subscription) -> Result<(), BrokenLaw> {
    let is_new = |segment: &&Segment| before.is_none_or(|old| old.coverage.iter().all(|other| other.id != segment.id));
    for segment in after.coverage.iter().filter(is_new).filter(|segment| !segment.span.is_empty()) {
        let Some(item) = after.items.iter().find(|item| item.id == segment.item) else { continue };
        holds(segment.quantity == item.quantity, "I27", || {
            format!(
                "segment {} bills {} of {}, and there are {}",
                segment.id, segment.quantity, item.code, item.quantity
            )
        })?;
    }
    Ok(())
}

/// I30: until the end of the period as many units are covered as a change sells of an item. More can be: those stay paid.
fn all_that_are_had_are_covered(after: &Subscription, change: &PlanChange) -> Result<(), BrokenLaw> {
    for line in change.quote.charges.iter().filter(|line| line.quantity > 0) {
        let mut had = after.items.iter().filter(|item| item.quantity > 0);
        let Some(item) = had.find(|item| item.component == line.component) else { continue };
        let units = to_the_end(after, item).map(|segment| segment.quantity).max().unwrap_or(0);
        holds(units >= line.quantity, "I30", || {
            format!("change {} sells {} of {}, and only {units} are paid for", change.id, line.quantity, line.code)
        })?;
    }
    Ok(())
}

/// I30: nobody pays twice for units that stay paid. Where nothing of an item is given back no time of it is charged, and
/// its period goes on.
fn what_stays_paid_is_not_charged(before: &Subscription, change: &PlanChange) -> Result<(), BrokenLaw> {
    let (id, quote) = (change.id, &change.quote);
    for item in &before.items {
        let is_cut = quote.credits.iter().any(|line| line.item == item.id);
        if is_cut || to_the_end(before, item).next().is_none() {
            continue;
        }
        let charged = quote.charges.iter().find(|line| line.item == Some(item.id) && !line.span.is_empty());
        holds(charged.is_none(), "I30", || format!("change {id} charges {} again, which stays paid", item.code))?;
        holds(quote.period == before.period, "I30", || {
            format!("change {id} begins a period, and what was paid for {} is not given back", item.code)
        })?;
    }
    Ok(())
}

/// What covers an item until its period ends.
fn to_the_end<'a>(subscription: &'a Subscription, item: &Item) -> impl Iterator<Item = &'a Segment> {
    let (id, until) = (item.id, subscription.period.until);
    subscription
        .coverage
        .iter()
        .filter(move |segment| segment.item == id && !segment.span.is_empty() && segment.span.until >= until)
}

/// The change that this decision makes, if it makes one.
fn made_by_this<'a>(before: &Subscription, after: &'a Subscription) -> Option<&'a PlanChange> {
    let is_made = |change: &PlanChange| matches!(change.state, ChangeState::Applied { .. });
    let change = after.change.as_ref().filter(|change| is_made(change))?;
    let was_made = before.change.as_ref().is_some_and(|known| known.id == change.id && is_made(known));
    (!was_made).then_some(change)
}
