//! Promise that all of the first period that costs something can go back (parameter 38): the day on which it begins says until
//! when, by the policy of that day. What the promise gives is in `quote_cancellation`.

use jiff::Timestamp;

use super::draft::Draft;
use crate::account::{Account, Subscription};
use crate::calendar::Span;
use crate::policy::Policy;

/// Until when all of it can go back where something of a product is charged from an instant on for the first time: so many
/// days, the first counted. None for who had a subscription of the product that ended: else one could be had for nothing,
/// again and again.
pub(super) fn promised(account: &Account, policy: &Policy, product: &str, from: Timestamp) -> Option<Timestamp> {
    let days = i64::from(policy.cancellation.full_refund_days?);
    if account.had.iter().any(|had| had == product) {
        return None;
    }
    let first = account.zone.date(from);
    let after = first.checked_add(jiff::Span::new().days(days)).expect("a date inside the supported range");
    Some(account.zone.midnight(after))
}

/// A period was begun and covered: the first that costs something has the promise, any other ends one.
pub(super) fn promise_with_period(draft: &mut Draft, place: usize, policy: &Policy, was_free: bool) {
    let Subscription { period: Span { from, .. }, product, .. } = &draft.account.subscriptions[place];
    let until = promised(&draft.account, policy, product, *from);
    let (now, subscription) = (draft.now, draft.subscription(place));
    if subscription.full_refund_until.is_some() {
        end_promise(subscription, now);
    } else if was_free && costs(subscription) {
        subscription.full_refund_until = until;
    }
}

/// What was promised holds no longer: another period began, or something was used. A change to other credits or meters does
/// not bring it back.
pub(super) fn end_promise(subscription: &mut Subscription, now: Timestamp) {
    if let Some(until) = &mut subscription.full_refund_until {
        *until = (*until).min(now);
    }
}

fn costs(subscription: &Subscription) -> bool {
    subscription.coverage.iter().any(|segment| segment.span.from >= subscription.period.from && !segment.net.is_zero())
}
