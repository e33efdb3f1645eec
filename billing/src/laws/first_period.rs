//! The law of first periods: what leads to a bill day is a part of the full period that ends there, and costs its part; where
//! the full period after it is joined to it, that costs its price besides. The laws know no policy, and so not which days
//! are counted; how long the time is, they see themselves.

use jiff::Timestamp;

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, Component, Item, PlanChange, Subscription};
use crate::calendar::Span;
use crate::document::{DocumentLine, DocumentReason};
use crate::explain::{Basis, Derivation};
use crate::fraction::Fraction;
use crate::policy::{Denominator, Side, TimeUnit, When};
use crate::proration::TWELFTHS;
use crate::share::Rounding;

/// I05: only a period that is counted from no other is a part of a full one: that of a start, of the end of a trial, of
/// another cycle. Each of its lines charges the part of the price that the period is of the full one, by the day or the
/// second, and is what covers it; lines of full periods charge no part.
pub(super) fn a_first_period_costs_its_part(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let before = case.before.and_then(|account| account.subscription(after.id));
        if !begins_by_itself(before, after) {
            continue;
        }
        let full = full_of_part(case, after);
        let is_part = is_part(case, after);
        let goes_on = before.is_some_and(|before| !before.is_in_trial() && before.anchor == after.anchor);
        holds(!(is_part && goes_on), "I05", || {
            format!("{} is renewed for a part of a period only, {:?} of {full:?}", after.id, after.period)
        })?;
        for (component, line, derivation) in period_lines(case, after) {
            let says_part = derivation.basis == Basis::FirstPeriod;
            holds(says_part == is_part, "I05", || {
                format!("{component:?} is billed {} for {:?} of {full:?}", line.amount, after.period)
            })?;
            if is_part {
                costs_its_part(case, after, full, (component, line, derivation))?;
            }
        }
    }
    Ok(())
}

/// Is a plan or option off its exact price by so much after the line of a first period? What was rounded to nothing has no
/// line; less than a minor unit is missing then.
pub(super) fn is_off_after_it(case: &Case<'_>, after: &Subscription, component: &Component, off: Fraction) -> bool {
    let before = case.before.and_then(|account| account.subscription(after.id));
    if !begins_by_itself(before, after) {
        return off.is_zero();
    }
    let mut lines = period_lines(case, after).filter(|(of, ..)| *of == component);
    match lines.find(|(_, _, derivation)| derivation.carry.is_some_and(Fraction::is_zero)) {
        Some((_, line, derivation)) => {
            let Derivation { line: price, from, until, whole, .. } = derivation;
            let exact = Fraction::new(i128::from(price.minor) * i128::from(until - from), i128::from(*whole).max(1));
            off == Fraction::new(line.amount.minor.into(), 1) - exact
        }
        None => {
            let is_it = |item: &&Item| item.component == *component && item.quantity > 0;
            let covers = |item: &Item| {
                let mut segments = after.coverage.iter().filter(|segment| segment.item == item.id);
                segments.any(|segment| segment.span == after.period && segment.net.is_zero())
            };
            let of_nothing = after.items.iter().filter(is_it).any(covers);
            off.is_zero() || (is_part(case, after) && of_nothing && off.trunc() == 0)
        }
    }
}

/// Is the present period no full one, but a part of one, alone or with the one after it? From the anchor on each is a period
/// of its own.
fn is_part(case: &Case<'_>, after: &Subscription) -> bool {
    let last = after.anchor.period(after.period_no, &case.after.zone).from;
    after.period_no < 0 && (last < after.period.from || is_joined(case, after))
}

/// Does the present period begin before the full one that it ends with?
fn is_joined(case: &Case<'_>, after: &Subscription) -> bool {
    let bought = || after.coverage.iter().any(|segment| segment.bought.is_some());
    let last = after.anchor.period(after.period_no, &case.after.zone).from;
    after.period_no < 0 && after.period.from < last && !after.is_in_trial() && !bought()
}

/// The full period that the present one, or what of it leads to the bill day, is a part of.
fn full_of_part(case: &Case<'_>, after: &Subscription) -> Span {
    let joined = i64::from(is_joined(case, after));
    after.anchor.period(after.period_no - joined, &case.after.zone)
}

/// Does a period begin that no change of its own charges, and no trial is?
fn begins_by_itself(before: Option<&Subscription>, after: &Subscription) -> bool {
    let made_now =
        |change: &PlanChange| matches!(change.state, ChangeState::Applied { .. }) && change.quote.when == When::Now;
    let goes_on = before.is_some_and(|before| before.period_ordinal() == after.period_ordinal());
    !goes_on && !after.is_in_trial() && !after.change.as_ref().is_some_and(made_now)
}

/// What the invoice of the present period, issued now, charges for it, or lets wait for the one after it.
fn period_lines<'a>(
    case: &'a Case<'_>,
    after: &'a Subscription,
) -> impl Iterator<Item = (&'a Component, &'a DocumentLine, &'a Derivation)> {
    let is_of_it = |reason: &DocumentReason| matches!(reason, DocumentReason::Period { period } if *period == after.period_ordinal());
    let documents = case.decision.documents.iter().filter(|document| document.subscription == Some(after.id));
    let documents = documents.filter(move |document| is_of_it(&document.reason));
    let lines = documents.flat_map(|document| &document.lines).chain(&after.waiting);
    let lines = lines.filter(|line| line.span == Some(after.period));
    lines.filter(|line| line.segment.is_none()).filter_map(|line| {
        let item = after.items.iter().find(|item| Some(item.id) == line.item)?;
        Some((&item.component, line, line.derivation.as_ref()?))
    })
}

fn costs_its_part(
    case: &Case<'_>,
    after: &Subscription,
    full: Span,
    (component, line, derivation): (&Component, &DocumentLine, &Derivation),
) -> Result<(), BrokenLaw> {
    let (amount, period) = (line.amount, after.period);
    let item = after.items.iter().find(|item| Some(item.id) == line.item);
    let roundings = [Rounding::HalfAway, Rounding::HalfEven, Rounding::Truncate, Rounding::Up];
    let of_price = item.is_some_and(|item| {
        let list = derivation.discount.is_some() && derivation.line == item.priced().list;
        list || roundings.iter().any(|rounding| item.priced().net(*rounding) == derivation.line)
    });
    holds(of_price && derivation.side == Side::Prorated, "I05", || {
        format!("{component:?} is billed {amount} of a price that was not sold, or not in part")
    })?;
    let joins = is_joined(case, after);
    holds(!joins || full.from < period.from, "I05", || format!("{period:?} is longer than two full periods"))?;
    holds(is_that_long(case, derivation, full, (period.from, joins)), "I05", || {
        let Derivation { from, until, whole, unit, .. } = derivation;
        format!("{component:?} is billed {} of {whole} {unit:?} for {period:?} of {full:?}", until - from)
    })?;
    let mut segments = after.coverage.iter().filter(|segment| Some(segment.item) == line.item);
    let covers = segments.any(|segment| segment.span == period && segment.net == amount);
    holds(covers, "I05", || format!("{component:?} is billed {amount}, and {period:?} is covered otherwise"))
}

/// Is the part, and the whole, as long as the time is? Days of another zone may be one more or less, and a rule may give a
/// month as many as it likes.
fn is_that_long(case: &Case<'_>, derivation: &Derivation, full: Span, (from, joins): (Timestamp, bool)) -> bool {
    let Derivation { unit, denominator, whole, .. } = derivation;
    // The full period after it counts as another whole.
    let part = derivation.until - derivation.from - if joins { *whole } else { 0 };
    let seconds = |span: Span| span.until.as_second() - span.from.as_second();
    let rest = Span { from, ..full };
    let days = |span: Span| case.after.zone.days_between(span.from, span.until);
    let near = |count: i64, real: i64| (count - real).abs() <= 1;
    match (unit, denominator) {
        (TimeUnit::Second, _) => near(part, seconds(rest)) && near(*whole, seconds(full)),
        (TimeUnit::Minute, _) => near(part, seconds(rest) / 60) && near(*whole, seconds(full) / 60),
        (TimeUnit::Hour, _) => near(part, seconds(rest) / 3600) && near(*whole, seconds(full) / 3600),
        (TimeUnit::Day, Denominator::Period) => near(part, days(rest)) && near(*whole, days(full)),
        (TimeUnit::Day, Denominator::YearDays(_)) => near(part / TWELFTHS, days(rest)),
        // Each month of a year that has 31 days, or fewer than 30, is counted as 30.
        (TimeUnit::Day, Denominator::Thirty360) => (part - days(rest)).abs() <= 8,
        (TimeUnit::Day, Denominator::FixedDays(_) | Denominator::Nominal) => near(part, days(rest)),
        (TimeUnit::Month, _) => false,
    }
}
