//! The law of setups, which are charged once: in full, once for every unit, never in a trial, and never given back. Told
//! from what a subscription remembers, its items, its quote and its coverage; which prices there are is the catalogue's
//! matter. What was charged once covers no time. What a trial costs is in `trial`.

use std::collections::BTreeMap;

use super::assigned::is_assigned;
use super::cancellation::ends_now;
use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::coverage::Segment;
use crate::document::DocumentLine;
use crate::explain::{Basis, Derivation};
use crate::money::Money;
use crate::name::Name;
use crate::one_time::{OneTimeLine, Setup};
use crate::policy::{Side, When};

/// I05, I12, I27 and I30, of every subscription that the decision touches.
pub(super) fn setups_are_charged_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let before = case.before.and_then(|account| account.subscription(after.id));
        if let Some(change) = &after.change {
            quoted_in_full(before, change)?;
        }
        nothing_is_given_back(case, before, after)?;
        // In a trial that is what the trial costs.
        let laid: Vec<&Segment> = laid_once(before, after).filter(|_| !after.is_in_trial()).collect();
        for segment in &laid {
            is_explained(case, after, segment)?;
        }
        what_is_charged_is_remembered(case, before, after, &laid)?;
        what_came_is_charged(case, before, after, &laid)?;
    }
    Ok(())
}

/// The coverage that this decision charges once: for no time.
pub(super) fn laid_once<'a>(
    before: Option<&'a Subscription>,
    after: &'a Subscription,
) -> impl Iterator<Item = &'a Segment> {
    let is_new = move |segment: &&Segment| {
        before.is_none_or(|before| before.coverage.iter().all(|known| known.id != segment.id))
    };
    after.coverage.iter().filter(is_new).filter(|segment| segment.span.is_empty())
}

/// Is a segment that is new, and for no time, one that is charged once?
pub(super) fn is_charged_once(case: &Case<'_>, after: &Subscription, segment: &Segment) -> bool {
    lines(case, after).any(|(line, _)| line.text == segment.text)
}

/// The lines of what is charged once by this decision: on its documents, among what waits, or on the invoice of the change
/// that it makes.
pub(super) fn lines<'a>(
    case: &'a Case<'_>,
    after: &'a Subscription,
) -> impl Iterator<Item = (DocumentLine, Derivation)> + use<'a> {
    let documents = case.decision.documents.iter().filter(|document| document.subscription == Some(after.id));
    let lines = documents.flat_map(|document| &document.lines).chain(&after.waiting).cloned();
    let quoted = after.change.iter().flat_map(|change| &change.quote.once).map(|line| line.on_invoice());
    lines.chain(quoted).filter_map(|line| {
        let is_once = |derivation: &Derivation| matches!(derivation.basis, Basis::Once | Basis::TrialPrice);
        let derivation = line.derivation.clone().filter(is_once)?;
        Some((DocumentLine { amount: positive(line.amount), ..line }, derivation))
    })
}

fn positive(amount: Money) -> Money {
    if amount.is_negative() { -amount } else { amount }
}

/// I05 and I12: what is charged once is so many units at the price of one: no part of it, and nothing is taken off.
fn is_explained(case: &Case<'_>, after: &Subscription, segment: &Segment) -> Result<(), BrokenLaw> {
    let mut lines = lines(case, after);
    let fits = lines.any(|(line, derivation)| {
        let units = derivation.until - derivation.from;
        derivation.basis == Basis::Once
            && (&line.text, line.quantity, line.amount) == (&segment.text, segment.quantity, segment.net)
            && units == i64::from(segment.quantity)
            && derivation.line.times(units) == segment.net
            && is_in_full(&derivation)
    });
    let plain = segment.discount.is_none() && [segment.list, segment.gross] == [segment.net; 2] && !segment.of_trial;
    holds(fits && plain, "I12", || {
        format!("{} is charged once for {}, and no line says why", segment.net, segment.text)
    })
}

fn is_in_full(derivation: &Derivation) -> bool {
    let of_time = derivation.used_at.is_some() || derivation.of_value.is_some() || derivation.net_of.is_some();
    derivation.side == Side::Full && derivation.whole == 1 && derivation.discount.is_none() && !of_time
}

/// I10: a quote charges once what was never had: each plan or option on one line, for units that were not set up yet, all
/// that there shall be. In full, or, where that is waived, nothing.
fn quoted_in_full(before: Option<&Subscription>, change: &PlanChange) -> Result<(), BrokenLaw> {
    let is_known = before.and_then(|before| before.change.as_ref()).is_some_and(|known| known.id == change.id);
    let (Some(before), false) = (before, is_known) else { return Ok(()) };
    let quote = &change.quote;
    for line in quote.once.iter().filter(|line| line.derivation.basis == Basis::Once) {
        let had = set_up(before, &line.code);
        let wanted =
            if quote.after.plan == line.code { 1 } else { quote.after.options.get(&line.code).copied().unwrap_or(0) };
        let is_same = |other: &&OneTimeLine| other.code == line.code && other.derivation.basis == Basis::Once;
        let lines = quote.once.iter().filter(is_same).count();
        let new_units = (line.of, line.quantity) == (wanted, wanted.saturating_sub(had)) && lines == 1;
        holds(new_units, "I10", || {
            format!(
                "change {} charges {} of {} {} once, of which {had} were had",
                change.id, line.quantity, line.of, line.code
            )
        })?;
        let full = line.derivation.line.times(line.quantity.into());
        let waived = line.amount.is_zero() && line.derivation.side == Side::None;
        holds(waived || (line.amount == full && is_in_full(&line.derivation)), "I12", || {
            format!("change {} charges {} once for {}, not {full}", change.id, line.amount, line.code)
        })?;
    }
    Ok(())
}

/// For how many units nothing is asked once, as the account stood.
fn set_up(of: &Subscription, code: &Name) -> u32 {
    let charged = of.one_time.charged.get(code).copied().unwrap_or(0);
    let had = of.items.iter().filter(|item| item.code == *code).map(|item| item.quantity).max().unwrap_or(0);
    // Of those that are to be charged the others were had before they cost something once.
    let to_come = of.one_time.to_come.iter().find(|setup| setup.code == *code);
    charged.max(to_come.map_or(had, |setup| setup.of.saturating_sub(setup.units)))
}

/// I30: what was charged once is never given back, not in part and not to be charged again.
fn nothing_is_given_back(
    case: &Case<'_>,
    before: Option<&Subscription>,
    after: &Subscription,
) -> Result<(), BrokenLaw> {
    let Some(before) = before else { return Ok(()) };
    // What goes back with the end is in `cancellation`.
    for old in before.coverage.iter().filter(|segment| segment.span.is_empty()) {
        let back = after.change.iter().flat_map(|change| &change.quote.credits).any(|line| line.segment == old.id);
        if ends_now(case, after) {
            break;
        }
        let stays = after.coverage.iter().any(|new| new.id == old.id && new.net == old.net);
        holds(stays && !back, "I30", || format!("{} that was charged once for {} is given back", old.net, old.text))?;
    }
    for (code, units) in &before.one_time.charged {
        let now = after.one_time.charged.get(code).copied().unwrap_or(0);
        holds(now >= *units, "I30", || format!("{units} of {code} were charged once, and {now} are remembered"))?;
    }
    Ok(())
}

/// I30: for each plan and option as many units are remembered as were had or remembered, and those that are charged now; where
/// none are charged, they are waived by the quote of the change, or by staff.
fn what_is_charged_is_remembered(
    case: &Case<'_>,
    before: Option<&Subscription>,
    after: &Subscription,
    laid: &[&Segment],
) -> Result<(), BrokenLaw> {
    let mut charged: BTreeMap<&Name, u32> = BTreeMap::new();
    for segment in laid {
        *charged.entry(&segment.code).or_default() += segment.quantity;
    }
    for (code, units) in &charged {
        let had = before.map_or(0, |before| set_up(before, code));
        let now = after.one_time.charged.get(*code).copied().unwrap_or(0);
        holds(now == had + units, "I30", || {
            format!("{units} of {code} are charged once beside {had}, and {now} are remembered")
        })?;
    }
    if is_assigned(case, after) {
        return Ok(());
    }
    let made = made_by_this(before, after);
    for (code, units) in after.one_time.charged.iter().filter(|(code, _)| !charged.contains_key(code)) {
        let was = before.and_then(|before| before.one_time.charged.get(code)).copied().unwrap_or(0);
        let mut quoted = made.iter().flat_map(|change| &change.quote.once);
        let waived = quoted.any(|line| line.code == *code && line.of == *units && line.amount.is_zero());
        holds(*units == was || waived, "I30", || format!("{units} of {code} are remembered, and were never charged"))?;
    }
    Ok(())
}

/// I27: what is to come waits for the end of a trial, and is charged as it was sold when that is over; a change charges what it
/// quoted.
fn what_came_is_charged(
    case: &Case<'_>,
    before: Option<&Subscription>,
    after: &Subscription,
    laid: &[&Segment],
) -> Result<(), BrokenLaw> {
    let id = after.id;
    let to_come = &after.one_time.to_come;
    let made = made_by_this(before, after);
    let knows = |setup: &&Setup| {
        after.items.iter().any(|item| item.code == setup.code && item.quantity == setup.of && setup.units <= setup.of)
    };
    let lost = to_come.iter().find(|setup| !knows(setup));
    holds(lost.is_none(), "I27", || format!("{id} is to be charged {lost:?} once, and does not have that"))?;
    if !after.is_in_trial() {
        holds(to_come.is_empty(), "I27", || format!("{id} has no trial, and {to_come:?} was not charged"))?;
    }
    let renewed = before.is_some_and(|before| before.period_ordinal() != after.period_ordinal());
    let said = match (before, made) {
        (_, Some(change)) if !change.quote.charges_once_later() => quoted(change).collect(),
        (Some(before), Some(change)) if change.quote.when == When::Now => {
            let is = to_come.iter().map(Charged::of);
            let same = left_to_come(before, after, Some(change)) == is.collect::<Vec<_>>();
            holds(same, "I27", || format!("{id} is to be charged {to_come:?} once, and its change says otherwise"))?;
            Vec::new()
        }
        (Some(before), _) if renewed => left_to_come(before, after, made),
        _ => return stays_to_come(case, before, after, laid),
    };
    let as_charged =
        |segment: &&Segment| Charged { code: segment.code.clone(), units: segment.quantity, amount: segment.net };
    let charged: Vec<Charged> = laid.iter().map(as_charged).collect();
    holds(charged == said, "I27", || format!("{id} is charged {charged:?} once, and {said:?} was said"))
}

/// Units of a plan or option, and what they cost once.
#[derive(Debug, PartialEq, Eq)]
struct Charged {
    code: Name,
    units: u32,
    amount: Money,
}

impl Charged {
    fn of(setup: &Setup) -> Self {
        Self { code: setup.code.clone(), units: setup.units, amount: setup.price.times(setup.units.into()) }
    }
}

/// What a change says that is charged once.
fn quoted(change: &PlanChange) -> impl Iterator<Item = Charged> {
    let is_setup = |line: &&OneTimeLine| !line.amount.is_zero() && line.derivation.basis == Basis::Once;
    let lines = change.quote.once.iter().filter(is_setup);
    lines.map(|line| Charged { code: line.code.clone(), units: line.quantity, amount: line.amount })
}

/// What is to come after a change that leaves it to come, if one is made: what was to come of all that is still had and was
/// not sold anew, and what the change adds.
fn left_to_come(before: &Subscription, after: &Subscription, made: Option<&PlanChange>) -> Vec<Charged> {
    let sold_anew = |code: &Name| made.is_some_and(|change| change.quote.charges.iter().any(|line| line.code == *code));
    let had = |code: &Name| after.items.iter().any(|item| item.code == *code && item.quantity > 0);
    let came = before.one_time.to_come.iter().filter(|setup| had(&setup.code) && !sold_anew(&setup.code));
    came.map(Charged::of).chain(made.into_iter().flat_map(quoted)).collect()
}

/// Without a change and without a period that begins, what is to come stays as it is, or is waived by staff.
fn stays_to_come(
    case: &Case<'_>,
    before: Option<&Subscription>,
    after: &Subscription,
    laid: &[&Segment],
) -> Result<(), BrokenLaw> {
    let Some(before) = before else { return Ok(()) };
    let (was, is) = (&before.one_time.to_come, &after.one_time.to_come);
    let fits = if is_assigned(case, after) { is.iter().all(|setup| was.contains(setup)) } else { was == is };
    holds(fits && laid.is_empty(), "I27", || {
        format!("{} was to be charged {was:?} once, and is to be {is:?}", after.id)
    })
}

/// The change that this decision makes, if it makes one.
fn made_by_this<'a>(before: Option<&Subscription>, after: &'a Subscription) -> Option<&'a PlanChange> {
    let is_made = |change: &PlanChange| matches!(change.state, ChangeState::Applied { .. });
    let change = after.change.as_ref().filter(|change| is_made(change))?;
    let was_made = before?.change.as_ref().is_some_and(|known| known.id == change.id && is_made(known));
    (!was_made).then_some(change)
}
