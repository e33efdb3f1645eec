//! The law of usage: every unit that was reported is billed once, when its period is over, at the price that was had when it
//! was reported; its tiers go on through every change of the period; a change neither prorates nor gives back anything of
//! it, and a trial costs nothing. Told from the counters, the quote and the document; which meters a plan has is the
//! catalogue's matter.

use super::cancellation::ends_now;
use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::command::Answer;
use crate::document::{DocumentKind, DocumentLine, DocumentReason};
use crate::money::Money;
use crate::policy::When;
use crate::share::{Rounding, share};
use crate::usage::{Counter, MeterPrice};

/// I05, I10 and I12, of every subscription that the decision touches.
pub(super) fn usage_is_billed_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    // What ended unpaid may be owed no more: that takes back what was billed.
    let billing = case.decision.documents.iter().filter(|document| document.reason != DocumentReason::OwedNoMore);
    let lines = billing.flat_map(|document| &document.lines);
    let metered = lines.filter(|line| line.metered.is_some()).count();
    let mut billed = 0;
    for after in &case.after.subscriptions {
        let before = case.before.and_then(|account| account.subscription(after.id));
        if after.usage.is_empty() && before.is_none_or(|before| before.usage.is_empty()) {
            continue;
        }
        one_open_counter_a_meter(after)?;
        let Some(before) = before else {
            let counted = after.usage.iter().any(|counter| counter.units > 0);
            holds(!counted, "I05", || format!("{} begins with usage", after.id))?;
            continue;
        };
        let made = made_by_this(before, after);
        if let Some(change) = made {
            let as_quoted = same_prices(open(after), change.quote.meters.iter());
            holds(as_quoted, "I10", || format!("after change {} other meters count than it quoted", change.id))?;
        }
        if after.period_ordinal() > before.period_ordinal() && matches!(case.decision.answer, Answer::Renewed { .. }) {
            billed += a_period_is_billed(case, before, after, made)?;
            continue;
        }
        if ends_now(case, after) {
            let released = after.cancellation.as_ref().is_some_and(|end| end.quote.released);
            billed += if released { 0 } else { what_was_counted_is_billed(case, before, after)? };
            continue;
        }
        match (&case.decision.answer, made) {
            (Answer::UsageReported { subscription, .. }, _) if *subscription == after.id => {
                reported(case, before, after)?
            }
            (_, Some(change)) if change.quote.ends_trial() && change.quote.when == When::Now => {
                let forgotten = after.usage.iter().all(|counter| counter.units == 0 && counter.is_open());
                holds(forgotten, "I05", || format!("what was used in the trial of {} still counts", after.id))?;
            }
            (_, Some(_)) => what_was_used_stays(before, after)?,
            _ if super::assigned::is_assigned(case, after) => what_was_used_stays(before, after)?,
            _ => holds(before.usage == after.usage, "I05", || format!("usage of {} moved by itself", after.id))?,
        }
    }
    holds(billed == metered, "I05", || format!("{metered} lines bill usage, and {billed} periods and prices were over"))
}

/// Of a meter one counter is open, the last; what is closed has counted something, and stands where it counted.
fn one_open_counter_a_meter(after: &Subscription) -> Result<(), BrokenLaw> {
    for (place, counter) in after.usage.iter().enumerate() {
        let later = after.usage[place + 1..].iter().any(|other| other.price.meter == counter.price.meter);
        let closed_well = counter.until.is_none_or(|until| counter.units > 0 && counter.from <= until);
        holds(closed_well && (counter.until.is_some() || !later), "I05", || {
            format!("{} counts {} twice, or nothing", after.id, counter.price.meter)
        })?;
    }
    Ok(())
}

/// A report adds what it says to one counter that is open, and nothing else.
fn reported(case: &Case<'_>, before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let Answer::UsageReported { meter, units, total, .. } = &case.decision.answer else { return Ok(()) };
    let mut expected = before.usage.clone();
    let counter = expected.iter_mut().find(|counter| counter.until.is_none() && counter.price.meter == *meter);
    if let Some(counter) = counter {
        counter.units = counter.units.saturating_add(*units);
    }
    holds(*units > 0 && after.usage == expected, "I05", || {
        format!("{units} of {meter} were reported of {}, and {:?} became {:?}", after.id, before.usage, after.usage)
    })?;
    let of_meter = after.usage.iter().filter(|counter| counter.price.meter == *meter);
    let counted: u64 = of_meter.map(|counter| u64::from(counter.units)).sum();
    holds(counted == u64::from(*total), "I05", || format!("{counted} of {meter} are counted, and {total} answered"))
}

/// Another plan leaves what was used where it is, each part at its price.
fn what_was_used_stays(before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let of = |subscription: &Subscription| -> Vec<(MeterPrice, u32, jiff::Timestamp)> {
        let counted = subscription.usage.iter().filter(|counter| counter.units > 0);
        let mut counted: Vec<_> = counted.map(|counter| (counter.price.clone(), counter.units, counter.from)).collect();
        // Meters are counted apart from one another.
        counted.sort_by(|one, other| one.0.meter.cmp(&other.0.meter));
        counted
    };
    holds(of(before) == of(after), "I05", || {
        format!("a change moved the usage of {} from {:?} to {:?}", after.id, before.usage, after.usage)
    })
}

/// What was counted is on the invoice, line by line; every meter counts from nothing, at the price it has. How many lines
/// that is.
fn a_period_is_billed(
    case: &Case<'_>,
    before: &Subscription,
    after: &Subscription,
    made: Option<&PlanChange>,
) -> Result<usize, BrokenLaw> {
    let begins = |counter: &Counter| counter.units == 0 && counter.is_open() && counter.from == after.period.from;
    holds(after.usage.iter().all(begins), "I05", || {
        format!("the meters of {} do not begin with its period: {:?}", after.id, after.usage)
    })?;
    let same = made.is_some() || same_prices(open(after), open(before));
    holds(same, "I10", || format!("the meters of {} cost something else without a change", after.id))?;
    what_was_counted_is_billed(case, before, after)
}

/// The document of the end, or of the period, bills every counter.
fn what_was_counted_is_billed(
    case: &Case<'_>,
    before: &Subscription,
    after: &Subscription,
) -> Result<usize, BrokenLaw> {
    let mut lines = used_lines(case, after);
    let mut billed = 0;
    for (place, counter) in before.usage.iter().enumerate().filter(|_| !before.is_in_trial()) {
        let earlier = before.usage[..place].iter().filter(|other| other.price.meter == counter.price.meter);
        let earlier: u32 = earlier.map(|other| other.units).sum();
        let found = lines.iter().position(|line| bills(line, counter, earlier));
        match found {
            Some(at) => {
                lines.remove(at);
                billed += 1;
            }
            None => {
                let free = |rounding| cost(&counter.price, earlier, counter.units, rounding).is_zero();
                holds(ROUNDINGS.into_iter().any(free), "I05", || {
                    format!("{} of {} after {earlier} are not billed", counter.units, counter.price.meter)
                })?;
            }
        }
    }
    let rest = lines.first();
    holds(rest.is_none(), "I05", || format!("{rest:?} bills what {} did not use", after.id))?;
    Ok(billed)
}

const ROUNDINGS: [Rounding; 4] = [Rounding::HalfAway, Rounding::HalfEven, Rounding::Truncate, Rounding::Up];

/// The lines of usage on the invoice of the present period, or on the last document, issued now: as an invoice has them.
fn used_lines(case: &Case<'_>, after: &Subscription) -> Vec<DocumentLine> {
    let reason = match ends_now(case, after) {
        true => DocumentReason::Cancellation,
        false => DocumentReason::Period { period: after.period_ordinal() },
    };
    let documents = case.decision.documents.iter();
    let documents = documents.filter(|document| document.subscription == Some(after.id) && document.reason == reason);
    let lines = documents.flat_map(|document| {
        let sign = if document.kind == DocumentKind::CreditNote { -1 } else { 1 };
        document.lines.iter().map(move |line| DocumentLine { amount: line.amount.times(sign), ..line.clone() })
    });
    lines.filter(|line| line.metered.is_some()).collect()
}

/// I12: a line bills just the units of a counter, after those before it, at what they cost.
fn bills(line: &DocumentLine, counter: &Counter, earlier: u32) -> bool {
    let Some(metered) = line.metered.as_deref() else { return false };
    let price = &counter.price;
    let says = metered.price == *price && metered.before == earlier && metered.units == counter.units;
    let ends = |until| counter.until.is_none_or(|known| known <= until);
    let spans = line.span.is_some_and(|span| span.from == counter.from && ends(span.until));
    let alone = line.item.is_none() && line.segment.is_none() && line.derivation.is_none();
    says && spans
        && alone
        && line.quantity == counter.units
        && line.amount == cost(price, earlier, counter.units, metered.rounding)
}

/// What units cost, counted unit range by unit range.
fn cost(price: &MeterPrice, earlier: u32, units: u32, rounding: Rounding) -> Money {
    let first = |count: u32| {
        let Some(tiers) = price.tiers.as_deref() else {
            return share(price.amount, i64::from(count), i64::from(price.per), rounding);
        };
        let mut begun = 0;
        let (mut by_unit, mut once) = (0_i128, 0_i128);
        for tier in tiers.tiers() {
            let end = tier.up_to.unwrap_or(u32::MAX).min(count);
            if end > begun {
                by_unit += i128::from(end - begun) * i128::from(tier.amount.minor);
                once += i128::from(tier.flat.minor);
                begun = end;
            }
        }
        let all = by_unit + once * i128::from(price.per);
        let minor = crate::share::divide(all, i128::from(price.per), rounding);
        Money::new(i64::try_from(minor).unwrap_or(i64::MAX), price.amount.currency)
    };
    first(earlier + units) - first(earlier)
}

/// The prices of the counters that count on.
fn open(subscription: &Subscription) -> impl Iterator<Item = &MeterPrice> {
    subscription.usage.iter().filter(|counter| counter.until.is_none()).map(|counter| &counter.price)
}

/// Are they the same prices of the same meters, in whatever order?
fn same_prices<'a>(one: impl Iterator<Item = &'a MeterPrice>, other: impl Iterator<Item = &'a MeterPrice>) -> bool {
    let (mut one, mut other): (Vec<_>, Vec<_>) = (one.collect(), other.collect());
    one.sort_by(|one, other| one.meter.cmp(&other.meter));
    other.sort_by(|one, other| one.meter.cmp(&other.meter));
    let same = |(one, other): (&&MeterPrice, &&MeterPrice)| {
        (&one.meter, one.per, one.amount, &one.tiers) == (&other.meter, other.per, other.amount, &other.tiers)
    };
    one.len() == other.len() && one.iter().zip(&other).all(same)
}

/// The change that this decision makes, if it makes one.
fn made_by_this<'a>(before: &Subscription, after: &'a Subscription) -> Option<&'a PlanChange> {
    let is_made = |change: &PlanChange| matches!(change.state, ChangeState::Applied { .. });
    let change = after.change.as_ref().filter(|change| is_made(change))?;
    let was_made = before.change.as_ref().is_some_and(|known| known.id == change.id && is_made(known));
    (!was_made).then_some(change)
}
