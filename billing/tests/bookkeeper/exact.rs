//! Law I06: for every item and period that is over, what was billed against the sum of exact unit prices, and every day
//! of it with its owner.
//!
//! How far they may be apart: where a policy carries what rounding leaves over, less than one minor unit for every plan
//! or option and period, however many changes there were, also where an option was dropped and taken again. What is known
//! of several pieces that are given back at once is not how each was rounded: where rules round in different ways, such a
//! period has no bound.
//!
//! Elsewhere: a piece that begins with its period and ends with it is its price, to the cent. Where a
//! piece begins or ends inside, its amount was rounded once there, by half a minor unit at most (by one where everything
//! is rounded to one side). So each cut, at which one piece ends and the next begins, costs at most one minor unit (two).
//! Where the difference of two prices is shared, the cut costs no more. Rounding by the rate of a unit or by a factor,
//! whole sides, claw-backs and discounts on parts have no such bound, and are compared line by line only.

use std::collections::BTreeMap;

use billing::policy::{DiscountOrder, Netting, PeriodEnd, RoundingStage, Terms, TimeUnit};
use billing::share::Rounding;
use jiff::Timestamp;

use crate::book::{Book, Closed, Desk, Piece, Subscription};
use crate::count::{Joint, Measure};
use crate::fraction::Fraction;
use crate::tally::Tally;

pub fn periods(book: &Book, desk: &Desk, tally: &mut Tally) -> Result<(), String> {
    let policy = desk.policy();
    let terms = &policy.terms;
    let clock = match terms.day_zone {
        billing::policy::DayZone::Customer => &desk.customer,
        billing::policy::DayZone::Seller => &desk.seller,
        billing::policy::DayZone::Utc => &desk.utc,
    };
    let measure = Measure { terms, own: terms, clock };
    for closed in book.closed.iter().filter(|closed| closed.from < closed.until) {
        let subscription = &book.subscriptions[closed.subscription];
        let mut measures = policy.rules.iter().map(|rule| Measure { terms: &rule.terms, own: terms, clock });
        let carries = measure.carries() && measures.all(|measure| measure.carries());
        if carries {
            carried(&measure, subscription, closed, tally)?;
        }
        for item in 0..subscription.items.len() {
            let of_item = subscription.pieces.iter().filter(|piece| piece.item == item && !piece.once);
            let mut pieces: Vec<&Piece> =
                of_item.filter(|piece| closed.from <= piece.from && piece.from < closed.until).collect();
            pieces.retain(|piece| piece.from < piece.until || piece.net != 0);
            if pieces.is_empty() {
                continue;
            }
            days_have_owners(&measure, subscription, item, closed)?;
            if carries {
                continue;
            }
            let is_line = |terms: &Terms| {
                terms.rounding_stage == RoundingStage::Line
                    && terms.discount_order == DiscountOrder::DiscountThenProrate
            };
            let all_lines = is_line(terms) && policy.rules.iter().all(|rule| is_line(&rule.terms));
            if !all_lines || !pieces.iter().all(|piece| piece.exact) {
                tally.inexact += 1;
                continue;
            }
            let to_nearest = |terms: &Terms| matches!(terms.rounding, Rounding::HalfAway | Rounding::HalfEven);
            let nearest = to_nearest(terms) && policy.rules.iter().all(|rule| to_nearest(&rule.terms));
            // A netted charge is the credit, which was rounded, and the rounded difference of the prices.
            let netted = |terms: &Terms| terms.netting == Netting::Item;
            let netted = netted(terms) || policy.rules.iter().any(|rule| netted(&rule.terms));
            let halves = (if nearest { 1 } else { 2 }) * (if netted { 2 } else { 1 });
            against_exact_prices(&measure, closed, &pieces, halves, tally)?;
        }
    }
    Ok(())
}

/// Every plan and option of a period, its pieces together: less than a minor unit off.
fn carried(
    measure: &Measure<'_>,
    subscription: &Subscription,
    closed: &Closed,
    tally: &mut Tally,
) -> Result<(), String> {
    let mut of_option: BTreeMap<Option<&str>, Vec<&Piece>> = BTreeMap::new();
    for piece in subscription.pieces.iter().filter(|piece| piece.stretch == closed.stretch && !piece.once) {
        if piece.from < piece.until || piece.net != 0 {
            of_option.entry(subscription.items[piece.item].option).or_default().push(piece);
        }
    }
    for (option, pieces) in of_option {
        let is_mixed = subscription.mixed.contains(&(option, closed.stretch));
        if is_mixed || !pieces.iter().all(|piece| piece.exact) {
            tally.inexact += 1;
            continue;
        }
        let (billed, exact, ends) = sums(measure, &pieces);
        let off = (Fraction::whole(billed) - exact).abs();
        tally.carried(off, ends);
        if !Fraction::whole(1).is_above(off) {
            let [from, until] = [closed.from, closed.until];
            return Err(format!(
                "I06: from {from} until {until} {billed} was billed, exactly it is {exact:?}, a minor unit or more off: {pieces:?}"
            ));
        }
    }
    Ok(())
}

/// What was billed for pieces, what it is exactly, and how many of their ends are inside a period.
fn sums(measure: &Measure<'_>, pieces: &[&Piece]) -> (i64, Fraction, i64) {
    let (mut billed, mut exact, mut ends) = (0, Fraction::whole(0), 0);
    for piece in pieces {
        if let Some(joint) = piece.joint {
            let (amount, cuts) = of_two(measure, piece, joint);
            (billed, exact, ends) = (billed + piece.net, exact + amount, ends + cuts);
            continue;
        }
        let end = i64::from(measure.terms.period_end == PeriodEnd::MinusOneSecond);
        let whole = (measure.units(piece.full_from, piece.full_until) - end).max(1);
        let before = measure.units(piece.full_from, piece.from.max(piece.full_from)).min(whole);
        let after = if piece.until == piece.full_until { whole } else { measure.units(piece.full_from, piece.until) };
        let used = after.min(whole) - before;
        billed += piece.net;
        exact = exact + Fraction::new(i128::from(piece.price.net(measure.terms)) * i128::from(used), whole.into());
        ends += i64::from(piece.from != piece.full_from) + i64::from(piece.until != piece.full_until);
    }
    (billed, exact, ends)
}

/// The same of a piece of two full periods: what it has of each, and how many of its ends are inside of them.
fn of_two(measure: &Measure<'_>, piece: &Piece, joint: Joint) -> (Fraction, i64) {
    let (mut exact, mut ends) = (Fraction::whole(0), 0);
    for (begins, until) in [(joint.begun, joint.at), (joint.at, piece.full_until)] {
        let (from, to) = (piece.from.max(begins), piece.until.min(until));
        if from >= to {
            continue;
        }
        let end = i64::from(measure.terms.period_end == PeriodEnd::MinusOneSecond);
        let whole = (measure.units(begins, until) - end).max(1);
        let after = if to == until { whole } else { measure.units(begins, to).min(whole) };
        let units = after - measure.units(begins, from).min(whole);
        exact = exact + Fraction::new(i128::from(piece.price.net(measure.terms)) * i128::from(units), whole.into());
        ends += i64::from(from != begins) + i64::from(to != until);
    }
    (exact, ends)
}

fn against_exact_prices(
    measure: &Measure<'_>,
    closed: &Closed,
    pieces: &[&Piece],
    halves: i64,
    tally: &mut Tally,
) -> Result<(), String> {
    let (billed, exact, ends) = sums(measure, pieces);
    let off = (Fraction::whole(billed) - exact).abs();
    let bound = Fraction::new((ends * halves).into(), 2);
    tally.exact(off);
    if off.is_above(bound) {
        let [from, until] = [closed.from, closed.until];
        return Err(format!(
            "I06: from {from} until {until} {billed} was billed, exactly it is {exact:?}, and {ends} roundings explain no more than {bound:?}: {pieces:?}"
        ));
    }
    Ok(())
}

/// Walks the days of a period: each is billed to one owner, or to two where the second says that it shares the day;
/// the plan is never without one.
fn days_have_owners(
    measure: &Measure<'_>,
    subscription: &Subscription,
    item: usize,
    closed: &Closed,
) -> Result<(), String> {
    if measure.terms.unit != TimeUnit::Day {
        return Ok(());
    }
    let is_plan = subscription.items[item].option.is_none();
    let mut day: Timestamp = closed.from;
    while day < closed.until {
        // What began before the period may reach into its first day, where the used-day rule lets it.
        let of_item = subscription.pieces.iter().filter(|piece| piece.item == item);
        let owners: Vec<_> = of_item.filter(|piece| piece.from <= day && day < piece.until).collect();
        let shared =
            owners.iter().any(|piece| piece.shares && measure.clock.date(piece.from) == measure.clock.date(day));
        let most = if shared { 2 } else { 1 };
        if owners.len() > most || (is_plan && owners.is_empty()) {
            return Err(format!("I05: {} is billed to {} owners: {owners:?}", measure.clock.shows(day), owners.len()));
        }
        day = measure.clock.tomorrow(day);
    }
    Ok(())
}
