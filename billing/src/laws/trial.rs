//! The laws of trials: they come with a start and never again, stay as long as they are or end with a change or on their
//! day, and nothing of their time is billed or given back. What one costs is charged when it starts, in full and for no time; a
//! change that keeps it charges what its plan's costs more.

use jiff::Timestamp;

use super::assigned::is_assigned;
use super::one_time::{laid_once, lines};
use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, Component, PlanChange, Subscription};
use crate::calendar::Span;
use crate::document::DocumentLine;
use crate::explain::{Basis, Derivation};
use crate::money::Money;
use crate::one_time::OneTimeLine;
use crate::policy::{Side, When};

/// I04: a trial is the present period of a subscription that is the account's first of its product. It begins with the
/// subscription, keeps its dates, and is over on its day or with a change that was quoted to end it.
pub(super) fn trials_are_given_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let (id, before) = (after.id, before(case, after));
        if let Some(until) = after.trial_until {
            holds(until == after.period.until, "I04", || {
                format!("the trial of {id} is over on {until}, its period not")
            })?;
            let of_product = |other: &&Subscription| other.product == after.product && other.id != id;
            let others = case.before.map_or(0, |account| account.subscriptions.iter().filter(of_product).count());
            let goes_on =
                before.is_some_and(|before| (before.trial_until, before.period) == (Some(until), after.period));
            let starts = before.is_none() && others == 0;
            holds(goes_on || starts, "I04", || format!("{id} has a trial until {until} that it did not have before"))?;
        }
        let Some(ended) = before.and_then(|before| before.trial_until).filter(|_| after.trial_until.is_none()) else {
            continue;
        };
        let made = after.change.as_ref().filter(|change| matches!(change.state, ChangeState::Applied { .. }));
        let by_change = made.is_some_and(|change| change.quote.ends_trial());
        holds(by_change || case.at >= ended, "I04", || format!("the trial of {id} is gone before {ended}"))?;
    }
    Ok(())
}

/// I05: the time of a trial costs nothing: no coverage and no line of a document has an amount for it, and a change in it
/// gives nothing back.
pub(super) fn no_trial_time_is_billed(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let (id, before) = (after.id, before(case, after));
        let Some(trial) = trial_of(before, after) else { continue };
        let billed = after.coverage.iter().find(|segment| !segment.net.is_zero() && segment.span.overlaps(trial));
        holds(billed.is_none(), "I05", || {
            format!("{id} is in trial, and {:?} of it is billed", billed.map(|one| one.span))
        })?;
        // A change that would end it, and waits, lapses or gives way, has papers for the time from there.
        let changes =
            [before.and_then(|before| before.change.as_ref()), after.change.as_ref(), after.replaced.as_ref()];
        let ends = || changes.iter().flatten().filter_map(|change| change.quote.trial_until);
        let unbilled = Span { from: trial.from, until: ends().fold(trial.until, Timestamp::min) };
        let documents = case.decision.documents.iter().filter(|document| document.subscription == Some(id));
        let mut lines = documents.flat_map(|document| &document.lines).filter(|line| !line.amount.is_zero());
        let line = lines.find(|line| line.span.is_some_and(|span| span.overlaps(unbilled)));
        holds(line.is_none(), "I05", || {
            format!("{id} is in trial, and a document has {:?}", line.map(|one| one.amount))
        })?;
        let mut credits = changes.iter().flatten().filter(|change| change.quote.trial_until.is_some());
        let given = credits.find_map(|change| change.quote.credits.iter().find(|line| !line.amount.is_zero()));
        holds(given.is_none(), "I05", || {
            format!("{id} is in trial, and {:?} is given back", given.map(|one| one.amount))
        })?;
    }
    Ok(())
}

/// I05, I10, I12 and I27: a trial is charged with its start, or with a change that keeps it, up to the dearest price so far,
/// which is remembered as long as it runs. Each charge is explained as that price less what was remembered before.
pub(super) fn a_trial_is_charged_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let (id, before) = (after.id, before(case, after));
        let remembered = before.and_then(|before| before.one_time.trial);
        if let Some(change) = &after.change {
            trial_is_quoted(before, change)?;
        }
        if !after.is_in_trial() {
            holds(after.one_time.trial.is_none(), "I27", || format!("{id} has no trial, and remembers what it cost"))?;
            continue;
        }
        let laid: Vec<_> = laid_once(before, after).collect();
        let charged = case.total(laid.iter().map(|segment| segment.net));
        let sum = remembered.unwrap_or(case.nothing()) + charged;
        let now = after.one_time.trial.unwrap_or(case.nothing());
        let waived = is_assigned(case, after) && now >= sum;
        holds(now == sum || waived, "I27", || {
            format!("the trial of {id} is charged {charged} beside {remembered:?}, and {now} is remembered")
        })?;
        for segment in laid {
            let explains = |(line, derivation): (DocumentLine, Derivation)| {
                line.text == segment.text
                    && line.amount == segment.net
                    && is_price_of_trial(&derivation, remembered, line.amount)
            };
            let plain = segment.discount.is_none() && [segment.list, segment.gross] == [segment.net; 2];
            holds(
                plain && segment.of_trial && segment.quantity == 1 && lines(case, after).any(explains),
                "I12",
                || format!("the trial of {id} is charged {}, and no line says why", segment.net),
            )?;
        }
    }
    Ok(())
}

/// A quote says on its first line at most, that of a plan it sells, what the trial costs that it keeps.
fn trial_is_quoted(before: Option<&Subscription>, change: &PlanChange) -> Result<(), BrokenLaw> {
    let is_known = before.and_then(|before| before.change.as_ref()).is_some_and(|known| known.id == change.id);
    let (Some(before), false) = (before, is_known) else { return Ok(()) };
    let quote = &change.quote;
    let is_of_trial = |line: &&OneTimeLine| line.derivation.basis == Basis::TrialPrice;
    let count = quote.once.iter().filter(is_of_trial).count();
    let Some(line) = quote.once.iter().find(is_of_trial) else { return Ok(()) };
    let sold = quote.charges.iter().any(|sold| sold.component == Component::Plan && sold.code == line.code);
    let now = quote.when == When::Now && quote.trial_until == Some(quote.period.until) && before.is_in_trial();
    let first = quote.once.first() == Some(line);
    holds(sold && now && first && count == 1 && line.component == Component::Plan, "I10", || {
        format!("change {} charges {} for a trial that it does not keep", change.id, line.amount)
    })?;
    holds(is_price_of_trial(&line.derivation, before.one_time.trial, line.amount), "I12", || {
        format!("change {} charges {} for a trial, which is not explained", change.id, line.amount)
    })
}

/// Is an amount the price of a trial in full, less what was charged for it before?
fn is_price_of_trial(derivation: &Derivation, before: Option<Money>, amount: Money) -> bool {
    let said = derivation.net_of.as_deref().map(|old| old.price);
    let rest = before.map_or(derivation.line, |before| derivation.line - before);
    let of_time = derivation.used_at.is_some() || derivation.of_value.is_some() || derivation.discount.is_some();
    derivation.basis == Basis::TrialPrice
        && (derivation.side, said) == (Side::Full, before)
        && !of_time
        && amount == rest
        && amount.is_positive()
}

/// The time of the trial that runs, or ran until this decision.
fn trial_of(before: Option<&Subscription>, after: &Subscription) -> Option<Span> {
    if after.is_in_trial() {
        return Some(after.period);
    }
    let before = before.filter(|before| before.is_in_trial())?;
    Some(Span { from: before.period.from, until: before.period.until.min(after.period.from) })
}

fn before<'a>(case: &'a Case<'_>, after: &Subscription) -> Option<&'a Subscription> {
    case.before.and_then(|account| account.subscription(after.id))
}
