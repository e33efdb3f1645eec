//! Renew a subscription: when its period is over, the next one is invoiced and covered. The ordinal of the period is
//! the renewal's natural key; dates come from the anchor alone, never from payments (M25).

use super::Facts;
use super::apply_plan_change::apply_plan_change;
use super::draft::Draft;
use super::full_refund::promise_with_period;
use super::issue_invoice::issue_period_invoice;
use super::miss_payment::miss_payment_if_due;
use super::quote_plan_change::{policy_of, product_of};
use super::retry_payment::dun;
use super::start_subscription::plan_credits;
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::calendar::Zone;
use crate::carry::Carry;
use crate::command::Answer;
use crate::first_period::FirstPeriod;
use crate::id::SubscriptionId;
use crate::policy::{OnFailure, Terms};
use crate::refusal::Refusal;
use crate::usage;

/// Begins the period of this ordinal.
pub(super) fn renew_subscription(
    facts: Facts<'_>,
    draft: &mut Draft,
    id: SubscriptionId,
    ordinal: i64,
) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(id)?;
    let now = draft.now;
    let subscription = draft.subscription(place);
    if ordinal <= subscription.period_ordinal() {
        return Ok(Answer::Nothing);
    }
    if ordinal != subscription.period_ordinal() + 1 || now < subscription.period.until {
        return Err(Refusal::NotDue(ordinal));
    }
    if let Some(end) = &subscription.cancellation {
        return Err(match end.ended_at {
            Some(_) => Refusal::SubscriptionEnded(id),
            None => Refusal::SubscriptionCancelled(end.quote.ends_at),
        });
    }
    let was_free = subscription.is_free() || subscription.is_in_trial();
    let product = product_of(facts, &subscription.product)?;
    let policy = policy_of(facts, product)?;
    // A change that is made although it is unpaid, or on a day of this period, comes first, in a commit of its own: it may
    // begin a period itself. One that could be begun only late is waited for.
    let comes_first = |change: &&PlanChange| match change.state {
        ChangeState::AwaitsPayment { lapses_at } => now < lapses_at || change.quote.on_failure == OnFailure::Apply,
        _ => change.begins_at().is_some(),
    };
    if let Some(change) = subscription.change.as_ref().filter(comes_first) {
        return Err(Refusal::ChangeOpen(change.id));
    }
    // Any other that is still unpaid at the end of its period has lapsed: its invoice counted days that are over.
    miss_payment_if_due(draft, place);
    let zone = draft.account.zone.clone();
    let subscription = draft.subscription(place);
    let (over, was_trial) = (subscription.period.until, subscription.is_in_trial());
    let scheduled = subscription.change.as_ref().map(|change| change.state);
    if let Some(ChangeState::Scheduled { .. }) = scheduled {
        // The change moves the period on: it begins with it.
        apply_plan_change(draft, place);
    } else {
        let first = subscription.is_in_trial().then(|| first_after_trial(subscription, &policy.terms, &zone));
        (subscription.trial_until, subscription.one_time.trial) = (None, None);
        subscription.carry = Carry::default();
        match first {
            Some(FirstPeriod { anchor, number, period }) => {
                subscription.periods_before = ordinal - number;
                (subscription.anchor, subscription.period_no, subscription.period) = (anchor, number, period);
            }
            None => {
                subscription.period_no += 1;
                subscription.period = subscription.anchor.period(subscription.period_no, &zone);
            }
        }
    }
    let subscription = draft.subscription(place);
    usage::begin_period(&mut subscription.usage, over, subscription.period.from, was_trial);
    subscription.credits = plan_credits(product, &subscription.plan().code);
    let sentence = format!("{} renewed until {}.", subscription.service.label, zone.date(subscription.period.until));
    draft.say(sentence);
    let document = issue_period_invoice(facts, draft, place, policy);
    promise_with_period(draft, place, policy, was_free);
    if let Some(invoice) = document {
        dun(draft, place, invoice, &policy.dunning);
    }
    Ok(Answer::Renewed { ordinal, document })
}

/// The first period, with which a trial ends: from the end of it, by the cycle that is chosen by now.
fn first_after_trial(subscription: &Subscription, terms: &Terms, zone: &Zone) -> FirstPeriod {
    FirstPeriod::new(terms, subscription.anchor.start, subscription.anchor.cycle, zone)
}
