//! Report usage: so many units of a meter, the sum of a window that is closed. They are counted at the price that the
//! subscription has at this moment, and billed when its period is over, with the invoice of the next.

use super::draft::Draft;
use super::full_refund::end_promise;
use super::quote_plan_change::{check_goes_on, check_period};
use crate::account::Subscription;
use crate::calendar::Span;
use crate::command::Answer;
use crate::document::DocumentLine;
use crate::id::SubscriptionId;
use crate::money::Money;
use crate::name::Name;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::share::Rounding;
use crate::usage::{Counter, MAX_COUNTED, MAX_UNITS, before, metered};

/// Counts units. Between the end of a period and its renewal nothing can be: the caller asks again, with the same key.
pub(super) fn report_usage(draft: &mut Draft, id: SubscriptionId, meter: &Name, units: u32) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(id)?;
    let now = draft.now;
    let subscription = draft.subscription(place);
    check_goes_on(subscription)?;
    check_period(subscription, now)?;
    let is_it = |counter: &Counter| counter.is_open() && counter.price.meter == *meter;
    let at = subscription.usage.iter().position(is_it).ok_or_else(|| Refusal::UnknownMeter(meter.clone()))?;
    let most = most(&subscription.usage, at);
    if units == 0 || units > most {
        return Err(Refusal::UnitsOutside { meter: meter.clone(), most });
    }
    let counted = subscription.usage.iter().filter(|counter| counter.units > 0).count();
    if counted >= MAX_COUNTED && subscription.usage[at].units == 0 {
        return Err(Refusal::TooManyCounters(MAX_COUNTED));
    }
    let total = before(&subscription.usage, at) + subscription.usage[at].units + units;
    let counter = &mut subscription.usage[at];
    counter.units += units;
    end_promise(subscription, now);
    let Subscription { service, usage, .. } = &*subscription;
    let sentence =
        format!("{} used {units} {} of {meter}: {total} in the period.", service.label, usage[at].price.unit);
    draft.say(sentence);
    Ok(Answer::UsageReported { subscription: id, meter: meter.clone(), units, total })
}

/// How many more units a counter can count: as many as the numbers of its period hold, and as an invoice can bill.
fn most(usage: &[Counter], at: usize) -> u32 {
    let (counter, before) = (&usage[at], before(usage, at));
    let left = MAX_UNITS - before - counter.units;
    let fits = |more: u32| {
        let cost = counter.price.cost(before, counter.units + more, Rounding::Up);
        cost.is_some_and(|cost| cost.minor <= Money::LIMIT_MINOR)
    };
    if fits(left) {
        return left;
    }
    // More never cost less.
    let (mut fit, mut not) = (0, left);
    while not - fit > 1 {
        let middle = fit + (not - fit) / 2;
        if fits(middle) { fit = middle } else { not = middle }
    }
    fit
}

/// Takes what was counted in periods that are over off the subscription: the lines that bill it, before their tax. What costs
/// nothing has no line, as everywhere.
pub(super) fn used_lines(subscription: &mut Subscription, policy: &Policy) -> Vec<DocumentLine> {
    if subscription.usage.iter().all(Counter::is_open) {
        return Vec::new();
    }
    let usage = std::mem::take(&mut subscription.usage);
    let mut lines = Vec::new();
    for (counter, metered) in usage.iter().zip(metered(&usage, policy)) {
        let Some(until) = counter.until else {
            subscription.usage.push(counter.clone());
            continue;
        };
        let amount = metered.replay().expect("units that were counted within bounds");
        if !amount.is_zero() {
            lines.push(DocumentLine {
                quantity: counter.units,
                span: Some(Span { from: counter.from, until }),
                metered: Some(Box::new(metered)),
                ..DocumentLine::of_amount(counter.price.text.clone(), amount)
            });
        }
    }
    // The lines of a meter stand together, in the order in which they counted.
    lines.sort_by(|one, other| meter_of(one).cmp(&meter_of(other)));
    lines
}

fn meter_of(line: &DocumentLine) -> Option<&Name> {
    line.metered.as_deref().map(|metered| &metered.price.meter)
}
