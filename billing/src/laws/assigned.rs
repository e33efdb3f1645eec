//! The law of plans that staff assign without an order (W5), and of the package that waits until the module is asked.

use super::{BrokenLaw, Case, holds};
use crate::account::{Account, ChangeState, Component, Item, PlanChange, Subscription};
use crate::command::Answer;
use crate::coverage::Segment;
use crate::money::{Money, sum};
use crate::share::Rounding;

/// Was the subscription put on another plan by staff, in this decision?
pub(super) fn is_assigned(case: &Case<'_>, subscription: &Subscription) -> bool {
    matches!(&case.decision.answer, Answer::PlanAssigned { subscription: id, .. } if *id == subscription.id)
}

/// I25: where staff assign a plan, items change and no money does. Nothing is posted, issued, collected or wished; what
/// was billed stays as it was billed, and what was added is covered for nothing. A full period costs what the answer
/// says, and as much as before unless it was recalculated.
pub(super) fn an_assigned_plan_moves_no_money(
    case: &Case<'_>,
    before: &Subscription,
    after: &Subscription,
) -> Result<(), BrokenLaw> {
    let id = after.id;
    let decision = case.decision;
    let silent = decision.postings.is_empty() && decision.documents.is_empty() && decision.effects.is_empty();
    holds(silent, "I25", || format!("a plan was assigned to {id}, and money or the outside was moved"))?;
    let money = |account: &Account| (account.invoices.clone(), account.attempts.clone());
    holds(case.before.map(money) == Some(money(case.after)), "I25", || {
        format!("a plan was assigned to {id}, and an invoice or a payment moved")
    })?;
    let was_open = before.change.as_ref().is_some_and(PlanChange::is_open);
    holds(!was_open && after.change == before.change, "I25", || {
        format!("a plan was assigned to {id} while a change was open")
    })?;
    let time = |of: &Subscription| (of.anchor.clone(), of.period, of.period_ordinal(), of.credits, of.pays_by);
    holds(time(before) == time(after), "I25", || format!("a plan was assigned to {id}, and more than that changed"))?;
    items_stay_items(before, after)?;
    coverage_stays(case, before, after)?;
    recurring_is_as_answered(case, before, after)
}

/// Every item stays one of its kind, and of its cycle unless it was dropped; the plan is one item.
fn items_stay_items(before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    for old in &before.items {
        let new = after.items.iter().find(|item| item.id == old.id);
        let of_cycle = |new: &Item| new.cycle == old.cycle || old.quantity == 0;
        let same = new.is_some_and(|new| new.component == old.component && of_cycle(new));
        holds(same, "I25", || format!("item {} is gone or became another", old.id))?;
    }
    let live = || after.items.iter().filter(|item| item.quantity > 0);
    let plans = live().filter(|item| item.component == Component::Plan).count();
    let of_cycle = live().all(|item| item.cycle == after.anchor.cycle);
    let mut codes: Vec<&str> = live().map(|item| item.code.as_str()).collect();
    codes.sort_unstable();
    let once = codes.windows(2).all(|pair| pair[0] != pair[1]);
    holds(plans == 1 && of_cycle && once, "I25", || {
        format!("{} has {plans} plans, one thing twice, or an item of another cycle", after.id)
    })
}

fn coverage_stays(case: &Case<'_>, before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let known = |id| before.coverage.iter().find(|segment| segment.id == id);
    for segment in &after.coverage {
        let fits = match known(segment.id) {
            Some(old) => segment == old,
            None => is_free(case, segment),
        };
        holds(fits, "I25", || format!("a plan was assigned to {}, and {} covers otherwise", after.id, segment.id))?;
    }
    Ok(())
}

fn is_free(case: &Case<'_>, segment: &Segment) -> bool {
    let money = [segment.list, segment.gross, segment.net, segment.tax, segment.collected];
    money.iter().all(|amount| *amount == case.nothing()) && segment.document.is_none()
}

fn recurring_is_as_answered(case: &Case<'_>, before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let Answer::PlanAssigned { recurring_before, recurring_after, recalculated, .. } = &case.decision.answer else {
        return Ok(());
    };
    let costs = |of: &Subscription, rounding| -> Money {
        sum(case.currency(), of.items.iter().map(|item: &Item| item.priced().net(rounding)))
    };
    // Which rounding counts is the policy's to say; with one of them both amounts must be right.
    let roundings = [Rounding::HalfAway, Rounding::HalfEven, Rounding::Truncate, Rounding::Up];
    let right = |rounding: &Rounding| {
        (costs(before, *rounding), costs(after, *rounding)) == (*recurring_before, *recurring_after)
    };
    holds(roundings.iter().any(right), "I25", || {
        format!("{} is said to cost {recurring_after} after {recurring_before}, and does not", after.id)
    })?;
    holds(*recalculated || recurring_before == recurring_after, "I25", || {
        format!("{} cost {recurring_before} and costs {recurring_after}, and nobody asked for that", after.id)
    })
}

/// I20: the package that waits is another size than the desired one. It comes and goes with a plan that staff assign,
/// goes with a change that is made, and goes when the module is asked for exactly it.
pub(super) fn packages_wait_until_asked(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let (id, new) = (after.service.id, &after.service);
        holds(new.package.as_ref() != Some(&new.desired), "I20", || {
            format!("the package of {id} waits, and it is the size that is wanted")
        })?;
        let Some(before) = case.before.and_then(|account| account.subscription(after.id)) else {
            holds(new.package.is_none(), "I20", || format!("{id} begins with a package that waits"))?;
            continue;
        };
        let old = &before.service;
        if is_assigned(case, after) {
            let rest = |service: &crate::service::Service| {
                let mut service = service.clone();
                service.package = None;
                service
            };
            holds(rest(old) == rest(new), "I20", || format!("a plan was assigned, and service {id} moved"))?;
            let said = matches!(case.decision.answer, Answer::PlanAssigned { package_waits, .. }
                if package_waits == new.package.is_some());
            holds(said, "I20", || format!("the answer does not say whether a package waits for {id}"))?;
            continue;
        }
        let made = matches!(after.change.as_ref().map(|change| change.state), Some(ChangeState::Applied { .. }));
        let asked = new.generation > old.generation && old.package.as_ref() == Some(&new.desired);
        let fits = if made || asked { new.package.is_none() } else { new.package == old.package };
        holds(fits, "I20", || format!("the package of {id} went from {:?} to {:?}", old.package, new.package))?;
        let moved_by_somebody = made || asked || new.desired == old.desired;
        holds(moved_by_somebody, "I20", || format!("nobody asked for another size of {id}"))?;
    }
    Ok(())
}
