//! The laws of days that are bought with what is left (`anchor = "extend"`): nothing is charged for them and nothing is paid out, the
//! lines take all of the value, and it buys the days that it pays for and the one that it begins.

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::calendar::days_between;
use crate::extension::{Extension, MOST_DAYS};
use crate::one_time::OneTimeLine;
use crate::quote::{ChargeLine, CreditLine};

/// I10, I30 and I05, of every change that the decision touches or leaves waiting.
pub(super) fn bought_days_are_paid_for(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for subscription in &case.after.subscriptions {
        let Some(change) = &subscription.change else { continue };
        match change.quote.extension {
            None => {
                let of_value = change.quote.charges.iter().any(|line| line.derivation.of_value.is_some());
                holds(!of_value, "I10", || format!("change {} buys days with nothing", change.id))?;
            }
            Some(extension) => {
                all_of_the_value_is_taken(case, change, &extension)?;
                as_many_days_as_it_pays_for(case, change, &extension)?;
            }
        }
        covered_as_bought(case, subscription, change)?;
    }
    Ok(())
}

/// I10: the charges are what is given back, to the cent and with its tax.
fn all_of_the_value_is_taken(case: &Case<'_>, change: &PlanChange, extension: &Extension) -> Result<(), BrokenLaw> {
    let (id, quote) = (change.id, &change.quote);
    // What is charged once buys no days, and is to be paid beside them.
    let once = case.total(quote.once.iter().map(OneTimeLine::payable));
    let still = (quote.total, quote.due + quote.from_balance, quote.to_balance) == (once, once, case.nothing());
    let given_back = case.total(quote.credits.iter().map(CreditLine::given_back));
    let charged = case.total(quote.charges.iter().map(ChargeLine::payable));
    holds(still && charged == given_back, "I10", || {
        format!("change {id} gives {given_back} back and takes {charged} for days that it buys")
    })?;
    let taken = case.total(quote.charges.iter().map(|line| line.amount));
    let price = case.total(quote.charges.iter().map(|line| line.derivation.line));
    let agrees = taken == extension.value && price == extension.price;
    holds(agrees, "I10", || format!("change {id} takes {taken} of {extension:?}, for {price} a cycle"))?;
    // Of one rate of tax, what is left is what was paid, not more and not less.
    let collected = |line: &&CreditLine| !line.collected.is_zero();
    let rates = quote.credits.iter().filter(collected).map(|line| &line.tax_rate);
    let one_rate = rates.chain(quote.charges.iter().map(|line| &line.tax_rate)).collect::<Vec<_>>();
    let one_rate = one_rate.windows(2).all(|pair| pair[0] == pair[1]);
    let net = quote.net - case.total(quote.once.iter().map(|line| line.amount));
    let tax = quote.tax - case.total(quote.once.iter().map(|line| line.tax));
    holds(!one_rate || (net.is_zero() && tax.is_zero()), "I10", || {
        format!("change {id} moves {} and {} of tax at one rate", quote.net, quote.tax)
    })
}

/// I30: the days are paid for, but for the part of the last one that is rounded up; and no more is left over than a
/// minor unit for each line that was rounded.
fn as_many_days_as_it_pays_for(case: &Case<'_>, change: &PlanChange, extension: &Extension) -> Result<(), BrokenLaw> {
    let (id, quote) = (change.id, &change.quote);
    let Extension { value, price, days, bought } = *extension;
    let whole = i128::from(bought.whole);
    let left_after = |days: i64| i128::from(value.minor) * whole - i128::from(price.minor) * i128::from(days);
    let lines = quote.credits.iter().filter(|line| !line.collected.is_zero()).count();
    let rounded = i128::try_from(lines).unwrap_or(i128::MAX / whole.max(1)) * whole;
    let sane = value.is_positive() && price.is_positive() && whole > 0 && (1..=MOST_DAYS).contains(&days);
    holds(sane && (days == 1 || left_after(days - 1) > 0), "I30", || {
        format!("change {id} buys {days} days with {value}, at {price} for {whole}")
    })?;
    holds(left_after(days) < rounded, "I30", || {
        format!("change {id} buys only {days} days with {value}, at {price} for {whole}")
    })?;
    let zone = &case.after.zone;
    let begins = zone.local(quote.period.from);
    let lasts = days_between(begins.date(), quote.anchor.start.date()) == days
        && begins.time() == quote.anchor.start.time()
        && zone.instant(quote.anchor.start) == quote.period.until;
    holds(lasts, "I30", || format!("change {id} buys {days} days, and covers {:?}", quote.period))?;
    let counted = quote.charges.iter().all(|line| {
        let of = &line.derivation;
        line.span == quote.period && (of.from, of.until, of.whole) == (0, days, bought.whole)
    });
    holds(counted, "I30", || format!("a line of change {id} is not for the {days} days that are bought"))
}

/// I05: what a change lays is bought where it buys days, each day counted as it says, and nowhere else.
fn covered_as_bought(case: &Case<'_>, after: &Subscription, change: &PlanChange) -> Result<(), BrokenLaw> {
    let known = case.before.and_then(|account| account.subscription(after.id));
    let made = matches!(change.state, ChangeState::Applied { .. });
    let bought = change.quote.extension.filter(|_| made).map(|extension| extension.bought);
    let is_new = |id| known.is_none_or(|before| before.coverage.iter().all(|segment| segment.id != id));
    let wrong = after
        .coverage
        .iter()
        .find(|segment| is_new(segment.id) && !segment.span.is_empty() && segment.bought != bought);
    let Some(segment) = wrong else { return Ok(()) };
    holds(false, "I05", || format!("segment {} is not bought as change {} says", segment.id, change.id))
}
