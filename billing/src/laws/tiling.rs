//! The laws of coverage: periods follow one another, segments tile, nothing billed is rewritten, and the income in the
//! books is what coverage holds.

use super::books::posted;
use super::one_time::is_charged_once;
use super::{BrokenLaw, Case, holds};
use jiff::{SignedDuration, Timestamp};

use crate::account::{Account, ChangeState, Item, PlanChange, Subscription};
use crate::coverage::Segment;
use crate::document::DocumentKind;
use crate::explain::Basis;
use crate::ledger::LedgerAccount;
use crate::money::Money;
use crate::policy::{Side, When};
use crate::quote::CreditLine;

/// I04 and I09: the present period is computed from the anchor alone; a decision begins at most one new period, and it
/// begins where the last one ended, or inside it where the anchor was moved.
pub(super) fn periods_follow(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let id = after.id;
        let computed = after.anchor.period(after.period_no, &case.after.zone);
        // Before the first boundary of an anchor there may be the rest of a period only.
        // Of days that were bought there may be more than a cycle has.
        let bought = after.period_no == -1 && after.coverage.iter().any(|segment| is_bought(after, segment));
        let known = before(case, after).is_some_and(|before| before.period == after.period);
        // So may a trial have, which ends where the first period begins.
        let trial = after.period_no == -1 && after.is_in_trial();
        let is_rest = after.period_no < 0 && (after.period.from >= computed.from || bought || trial || known);
        // An hour that comes twice: a period can begin in its second pass, and the anchor knows its local time only.
        let zone = &case.after.zone;
        let begins = zone.local(after.period.from) == zone.local(computed.from);
        // A first period up to a bill day can be one of its own, that begins inside the one of its number.
        let first = before(case, after).is_none_or(|before| before.is_in_trial() || before.anchor != after.anchor);
        let begins = begins || ((first || known) && after.period.from > computed.from);
        // Or one that begins before it, joined with the rest of the full one before.
        let joins = || after.anchor.period(after.period_no - 1, zone).from < after.period.from;
        let is_rest = is_rest || (first && after.period_no < 0 && joins());
        holds(after.period.until == computed.until && (is_rest || begins), "I04", || {
            format!("subscription {id} is in {:?}; its anchor says {computed:?}", after.period)
        })?;
        let Some(before) = before(case, after) else { continue };
        let step = after.period_ordinal() - before.period_ordinal();
        holds(step == 0 || step == 1, "I09", || format!("subscription {id} went {step} periods at once"))?;
        // A period that begins elsewhere may end where the one before did, by bought days.
        let elsewhere = bought && after.period.until == before.period.until;
        // So may the first period, which takes the place of a trial that would have lasted to its end.
        let trial_over = before.is_in_trial() && !after.is_in_trial();
        let moved = after.anchor != before.anchor || elsewhere || trial_over;
        let follows = match (step, moved) {
            (0, false) => after.period == before.period,
            (_, false) => after.period.from == before.period.until,
            (0, true) => after.period == before.period,
            (_, true) => before.period.from <= after.period.from && after.period.from <= before.period.until,
        };
        holds(follows, "I04", || format!("subscription {id} went from {:?} to {:?}", before.period, after.period))?;
    }
    Ok(())
}

/// Does a segment cover the present period with days that were bought?
fn is_bought(subscription: &Subscription, segment: &Segment) -> bool {
    segment.bought.is_some() && segment.span == subscription.period
}

/// I05: each item is covered without a gap to the end of the period. Two segments overlap only on the first day of one
/// that says that it shares this day; never three. `0 ≤ collected ≤ net`, and a bill is collected whole or not at all.
pub(super) fn coverage_tiles(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for subscription in &case.after.subscriptions {
        for segment in &subscription.coverage {
            one_segment(case, subscription, segment)?;
        }
        for item in &subscription.items {
            let mut tiles: Vec<&Segment> = subscription
                .coverage
                .iter()
                .filter(|segment| segment.item == item.id && !segment.span.is_empty())
                .collect();
            tiles.sort_by_key(|segment| (segment.span.from, segment.span.until));
            no_overlap(&tiles)?;
            if item.quantity > 0 && !subscription.has_ended() {
                no_gap(case, subscription, item, &tiles)?;
            }
        }
    }
    Ok(())
}

fn one_segment(case: &Case<'_>, subscription: &Subscription, segment: &Segment) -> Result<(), BrokenLaw> {
    let id = segment.id;
    let (net, collected) = (segment.net, segment.collected);
    holds(subscription.items.iter().any(|item| item.id == segment.item), "I05", || {
        format!("segment {id} covers {}, which the subscription does not have", segment.item)
    })?;
    holds(segment.span.until <= subscription.period.until, "I05", || {
        format!("segment {id} reaches past the period, to {}", segment.span.until)
    })?;
    let sane = !collected.is_negative() && collected <= net;
    holds(sane, "I05", || format!("segment {id} was billed {net}, and {collected} of it collected"))?;
    holds(segment.gross >= net, "I05", || {
        format!("segment {id} of {net} is worth {} at the list price", segment.gross)
    })?;
    // Where the rule gives nothing back, or what the same costs today, the rest stays billed, however short the time was.
    let kept_by_rule = |change: &PlanChange| {
        let mut lines = change.quote.credits.iter().filter(|line| line.segment == id);
        lines.any(|CreditLine { derivation, .. }| {
            derivation.side == Side::None || derivation.unused.is_some() || derivation.basis == Basis::PriceNow
        })
    };
    let kept = subscription.change.as_ref().is_some_and(kept_by_rule) || subscription.has_ended();
    // So it stays until it is invoiced.
    let before = before(case, subscription).and_then(|before| before.coverage.iter().find(|other| other.id == id));
    let was_so = before.is_some_and(|before| (before.span, before.net) == (segment.span, net));
    let once = || before.is_none() && is_charged_once(case, subscription, segment);
    holds(!segment.span.is_empty() || net.is_zero() || kept || was_so || once(), "I05", || {
        format!("segment {id} bills {net} for no time")
    })?;
    let taxed = !segment.tax.is_negative() && (segment.tax.is_zero() || segment.tax_rate.is_some());
    holds(taxed, "I07", || format!("segment {id} of {net} has a tax of {}", segment.tax))?;
    let owed = segment.document.and_then(|document| case.after.invoice(document)).is_some_and(|bill| bill.is_open());
    // What no document has billed waits for one, and nobody was asked for it.
    let expected = if owed || segment.document.is_none() { case.nothing() } else { net };
    holds(collected == expected, "I07", || {
        format!("segment {id} of {net} counts {collected} as collected; its bill says {expected}")
    })
}

fn no_overlap(tiles: &[&Segment]) -> Result<(), BrokenLaw> {
    for pair in tiles.windows(2) {
        let [first, next] = pair else { continue };
        let shares_a_day = next.shares_first_day && first.span.until <= a_day_after(next.span.from);
        holds(!first.span.overlaps(next.span) || shares_a_day, "I05", || {
            format!("segments {} and {} bill the same time", first.id, next.id)
        })?;
    }
    for three in tiles.windows(3) {
        let [first, second, third] = three else { continue };
        holds(!first.span.overlaps(third.span), "I05", || {
            format!("segments {}, {} and {} bill one day three times", first.id, second.id, third.id)
        })?;
    }
    Ok(())
}

/// The latest end of a day that has begun: days of any zone, and those of 25 hours.
pub(super) fn a_day_after(instant: Timestamp) -> Timestamp {
    instant.checked_add(SignedDuration::from_hours(25)).expect("an instant inside the supported range")
}

/// From now, or from the period's start where it is to come. What was added today may be billed from tomorrow only,
/// under a policy that leaves the day of a change to the old.
fn no_gap(case: &Case<'_>, subscription: &Subscription, item: &Item, tiles: &[&Segment]) -> Result<(), BrokenLaw> {
    let until = subscription.period.until;
    let mut covered = case.at.max(subscription.period.from);
    let is_covered_now = tiles.iter().any(|segment| segment.span.contains(covered));
    let was_covered = tiles.iter().any(|segment| segment.span.from < covered);
    if !is_covered_now && !was_covered {
        covered = a_day_after(covered);
    }
    for segment in tiles {
        if segment.span.from <= covered {
            covered = covered.max(segment.span.until);
        }
    }
    holds(covered >= until, "I05", || format!("item {} is not covered from {covered} until {until}", item.id))
}

/// I05: what covers a period that begins costs what its items were sold at, in their tiers and with their discount,
/// whatever the catalogue says today. A change that begins a period lays what it quoted (I10), a trial costs nothing.
pub(super) fn a_period_costs_what_was_sold(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let before = before(case, after);
        let made_now =
            |change: &PlanChange| matches!(change.state, ChangeState::Applied { .. }) && change.quote.when == When::Now;
        let goes_on = before.is_some_and(|before| before.period_ordinal() == after.period_ordinal());
        if goes_on || after.is_in_trial() || after.change.as_ref().is_some_and(made_now) {
            continue;
        }
        let is_new = |segment: &&Segment| {
            segment.span == after.period
                && before.is_none_or(|before| before.coverage.iter().all(|old| old.id != segment.id))
        };
        for segment in after.coverage.iter().filter(is_new) {
            let sold = after.items.iter().find(|item| item.id == segment.item);
            let fits = sold.is_some_and(|item| (item.priced(), item.quantity) == (segment.priced(), segment.quantity));
            holds(fits, "I05", || {
                format!("segment {} bills {} of a price that was not sold", segment.id, segment.list)
            })?;
        }
    }
    Ok(())
}

/// I05 and I12: a segment keeps its item, its start, its price, its policy and its bill; it only ever becomes shorter
/// and cheaper, and what was collected for the rest is not forgotten.
pub(super) fn coverage_is_never_rewritten(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let Some(before) = before(case, after) else { continue };
        for old in &before.coverage {
            let Some(new) = after.coverage.iter().find(|segment| segment.id == old.id) else {
                return holds(false, "I05", || format!("segment {} is gone", old.id));
            };
            let price = |segment: &Segment| (segment.priced(), segment.quantity, segment.tax_rate.clone());
            let same = (new.item, new.span.from, price(new), &new.policy, new.bought)
                == (old.item, old.span.from, price(old), &old.policy, old.bought)
                && (new.document == old.document || is_billed_now(case, after, old, new));
            let money = |segment: &Segment| [segment.gross, segment.net, segment.tax];
            let cheaper = money(new).iter().zip(money(old)).all(|(new, old)| *new <= old);
            let shrunk = new.span.until <= old.span.until && cheaper;
            holds(same && shrunk, "I05", || format!("segment {} was rewritten", old.id))?;
            let remembered = new.collected >= old.collected.min(new.net);
            holds(remembered, "I07", || {
                format!("segment {} had {} collected, now {}", old.id, old.collected, new.collected)
            })?;
        }
    }
    Ok(())
}

/// What waited for the next invoice is billed by a document of this decision, or of the change that it makes.
fn is_billed_now(case: &Case<'_>, subscription: &Subscription, old: &Segment, new: &Segment) -> bool {
    let issued = case.decision.documents.iter().filter(|document| document.subscription == Some(subscription.id));
    let mut issued = issued.map(|document| document.id);
    let of_change = subscription.change.as_ref().and_then(|change| change.document);
    let bills = |document| issued.any(|id| id == document) || of_change == Some(document);
    old.document.is_none() && !old.net.is_zero() && new.document.is_some_and(bills)
}

/// N2: income is coverage. What a decision books as sales is what it adds to coverage that does not wait for the next
/// invoice, and to the invoices of changes that wait for their payment and therefore cover nothing yet, and what was used:
/// `Δ sales = Δ Σ income of segments − Δ Σ income of waiting lines + Δ Σ income of waiting changes + Σ income of usage
/// lines`; and the same of tax.
///
/// A renewal adds to both sides, a waiting change moves no coverage, applying it turns the waiting into coverage less
/// the debt it releases, and withdrawing it takes the sale back. A change that is settled with the next invoice moves
/// coverage and waiting lines alike, and the invoice that takes them in books them.
pub(super) fn sales_are_coverage(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let nothing = (case.nothing(), case.nothing());
    let (before, after) = (case.before.map_or(nothing, held), held(case.after));
    let sales = -posted(case, LedgerAccount::Sales);
    let used = used(case);
    let grown = after.0 - before.0 + used.0;
    holds(sales == grown, "I05", || format!("sales of {sales} were booked, and coverage grew by {grown}"))?;
    let tax = -posted(case, LedgerAccount::Tax);
    let grown = after.1 - before.1 + used.1;
    holds(tax == grown, "I07", || format!("tax of {tax} was booked, and the tax on coverage grew by {grown}"))
}

/// The income and the tax of what was used that a decision bills. Nobody covers the future with it, and nothing of it is ever
/// given back, so that no segment is kept of it.
fn used(case: &Case<'_>) -> (Money, Money) {
    let (mut payable, mut tax) = (case.nothing(), case.nothing());
    for document in &case.decision.documents {
        // What ended unpaid may be owed no more, and what was used with it.
        let sign = if document.kind == DocumentKind::CreditNote { -1 } else { 1 };
        for line in document.lines.iter().filter(|line| line.metered.is_some()) {
            payable += line.payable().times(sign);
            tax += line.tax.times(sign);
        }
    }
    (payable - tax, tax)
}

/// The income and the tax that coverage and waiting changes hold, without what is still to be invoiced.
fn held(account: &Account) -> (Money, Money) {
    let (mut income, mut tax) = (account.nothing(), account.nothing());
    for subscription in &account.subscriptions {
        for segment in &subscription.coverage {
            income += segment.income();
            tax += segment.tax;
        }
        for line in &subscription.waiting {
            income -= line.payable() - line.tax;
            tax -= line.tax;
        }
        if let Some(change) = subscription.change.as_ref().filter(|change| change.awaits_payment()) {
            income += change.quote.income();
            tax += change.quote.tax;
        }
    }
    (income, tax)
}

fn before<'a>(case: &'a Case<'_>, after: &Subscription) -> Option<&'a Subscription> {
    case.before.and_then(|account| account.subscription(after.id))
}
