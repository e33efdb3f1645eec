//! The law of what rounding leaves over: within a period, every plan and option is billed less than a minor unit beside
//! the sum of its exact parts, however many changes there were. Bounded accounts do not know the past of a period; what
//! they carry says how far it was off, and no decision may say otherwise than its lines do. The same of the tax of what was
//! given back: bought again from the same cut it bears that tax, so that there and back is nothing (I31).

use std::collections::BTreeSet;

use super::first_period::is_off_after_it;
use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, Component, Item, PlanChange, Subscription};
use crate::carry::{Carry, GivenBack, MOST_GIVEN_BACK};
use crate::coverage::Segment;
use crate::explain::Derivation;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::policy::When;
use crate::quote::CreditLine;

/// I06: what is carried moves with a change alone, by what its lines are beside their exact amounts; it ends with its
/// period, and less than a minor unit is left of it beside what lines already took or left.
pub(super) fn roundings_are_carried(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let id = after.id;
        let before = case.before.and_then(|account| account.subscription(after.id));
        let made = after.change.as_ref().filter(|change| matches!(change.state, ChangeState::Applied { .. }));
        let Some((before, change)) = before.zip(made) else {
            let goes_on = before.filter(|before| before.period.from == after.period.from);
            let same = goes_on.map_or_else(|| begins_with_its_lines(case, after), |before| before.carry == after.carry);
            holds(same, "I06", || format!("what {id} carries changed without a change"))?;
            continue;
        };
        let credited = change.quote.credits.iter().filter_map(|line| component_of(before, line));
        let charged = change.quote.charges.iter().map(|line| &line.component);
        let carried = [&before.carry, &after.carry].into_iter().flat_map(Carry::iter).map(|(component, _)| component);
        for component in credited.chain(charged).chain(carried).collect::<BTreeSet<_>>() {
            let said = after.carry.of(component);
            if change.quote.when == When::PeriodEnd {
                // What begins with its period is charged by the invoice of that.
                holds(is_off_after_it(case, after, component, said), "I06", || {
                    format!("after change {} {said} is carried of {component:?}; its invoice says otherwise", change.id)
                })?;
                continue;
            }
            let off = follow(before, change, component)?;
            holds(off == said, "I06", || {
                format!("after change {} {said} is carried of {component:?}; its lines say {off}", change.id)
            })?;
        }
        taxes_come_back(before, after, change)?;
    }
    Ok(())
}

/// What a period leaves that begins without a change: what the lines of a first period are off.
fn begins_with_its_lines(case: &Case<'_>, after: &Subscription) -> bool {
    let carried = after.carry.iter().all(|(component, _)| after.items.iter().any(|item| item.component == *component));
    let as_line = |item: &Item| is_off_after_it(case, after, &item.component, after.carry.of(&item.component));
    let as_lines = after.items.iter().all(as_line);
    carried && as_lines && after.carry.given_back().is_empty()
}

/// I31: a change knows the tax of all that it and those before it gave back, and charges what comes back with that tax.
fn taxes_come_back(before: &Subscription, after: &Subscription, change: &PlanChange) -> Result<(), BrokenLaw> {
    let quote = &change.quote;
    for line in &quote.charges {
        let is_it = |known: &&GivenBack| {
            known.component == line.component
                && (known.span, known.amount) == (line.span, line.amount)
                && line.tax_rate.as_ref() == Some(&known.rate)
        };
        let known = before.carry.given_back().iter().find(is_it);
        // Days that are bought bear the tax of what buys them, all lines together.
        let bought = quote.extension.is_some();
        holds(bought || known.is_none_or(|known| known.tax == line.tax), "I31", || {
            format!("change {} charges {} with a tax of {}, and not {known:?}", change.id, line.amount, line.tax)
        })?;
    }
    let goes_on = quote.period.from == before.period.from;
    let taxed = quote.credits.iter().filter(|line| goes_on && line.tax_rate.is_some() && !line.amount.is_zero());
    let given = |line: &CreditLine| {
        let component = component_of(before, line)?.clone();
        let (rate, tax) = (line.tax_rate.clone()?, line.tax);
        Some(GivenBack { component, span: line.span, amount: line.amount, rate, tax })
    };
    let given: Vec<GivenBack> = taxed.filter_map(given).collect();
    let known = after.carry.given_back();
    let before = if goes_on { before.carry.given_back() } else { &[] };
    let unknown = given.iter().rev().take(MOST_GIVEN_BACK).find(|line| !known.contains(line));
    let never = known.iter().find(|known| !given.contains(known) && !before.contains(known));
    holds(unknown.is_none() && never.is_none(), "I31", || {
        format!("change {} forgets {unknown:?}, or knows {never:?} that nobody gave back", change.id)
    })
}

/// Follows what one plan or option is carried through the lines of a change: each begins where the one before it ended,
/// and its amount is so far from its exact one as what is left without whole units moves.
fn follow(before: &Subscription, change: &PlanChange, component: &Component) -> Result<Fraction, BrokenLaw> {
    let quote = &change.quote;
    let mut off = before.carry.of(component);
    for line in quote.credits.iter().filter(|line| component_of(before, line) == Some(component)) {
        let Some((carried, after)) = line.derivation.carry.zip(line.derivation.carried_on()) else { continue };
        let moved = if gives_all_back(before, line) {
            // It takes along what it was beside its own exact amount when it was billed, and when it was cut: less than a
            // unit each.
            (off + after).trunc().abs() <= 1
        } else {
            let moved = off.fract() - beside_exact(line.amount, &line.derivation);
            carried == -off && moved == -after.fract()
        };
        holds(moved, "I06", || unexplained(change, component, line.amount))?;
        off = -after;
    }
    if quote.period.from != before.period.from {
        off = Fraction::ZERO;
    }
    for line in quote.charges.iter().filter(|line| line.component == *component) {
        let Some((carried, after)) = line.derivation.carry.zip(line.derivation.carried_on()) else { continue };
        let moved = off.fract() + beside_exact(line.amount, &line.derivation);
        holds(carried == off && moved == after.fract(), "I06", || unexplained(change, component, line.amount))?;
        off = after;
    }
    Ok(off)
}

fn unexplained(change: &PlanChange, component: &Component, amount: Money) -> String {
    format!("change {} has {amount} of {component:?}, which what is carried does not explain", change.id)
}

/// By how much an amount is above what its part of the line is exactly.
fn beside_exact(amount: Money, derivation: &Derivation) -> Fraction {
    let Derivation { line, from, until, whole, .. } = derivation;
    let exact = Fraction::new(i128::from(line.minor) * i128::from(until - from), i128::from(*whole).max(1));
    Fraction::new(amount.minor.into(), 1) - exact
}

fn component_of<'a>(subscription: &'a Subscription, line: &CreditLine) -> Option<&'a Component> {
    let item = subscription.items.iter().find(|item| item.id == line.item)?;
    Some(&item.component)
}

fn gives_all_back(subscription: &Subscription, line: &CreditLine) -> bool {
    let all = |segment: &Segment| segment.id == line.segment && (segment.span, segment.net) == (line.span, line.amount);
    subscription.coverage.iter().any(all)
}
