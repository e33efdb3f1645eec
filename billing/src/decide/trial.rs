//! Trials (B2): who gets one and for how long, and what covers it. A trial is the period before the first that is paid for:
//! so many of the customer's days from the start, covered for nothing, and the anchor of the periods after it is its end.
//! What a change does to a trial that is running is in `quote_plan_change`.

use super::draft::Draft;
use super::retile::Retiling;
use crate::account::{Account, Subscription};
use crate::calendar::{Anchor, Cycle, CycleUnit};
use crate::catalogue::{Plan, Product};
use crate::coverage::Segment;
use crate::policy::{Policy, Terms, TrialOnChange, When};
use jiff::Timestamp;
use jiff::civil::DateTime;

/// Where the trial of a subscription that starts now is over; none where it has none.
///
/// Only the first subscription of a product has one: who has or had another began with it. Who is taken over from an
/// earlier day has none either: there the trial was somebody else's to give.
pub(super) fn trial_end(
    account: &Account,
    product: &Product,
    plan: &Plan,
    start: DateTime,
    now: Timestamp,
) -> Option<DateTime> {
    let days = i64::from(plan.trial_days?);
    let knows = account.subscriptions.iter().any(|subscription| subscription.product == product.code);
    if knows || start.date() < account.zone.date(now) {
        return None;
    }
    let day = Cycle { count: 1, unit: CycleUnit::Day };
    Some(Anchor { start, cycle: day }.boundary(days))
}

/// Does a change end the trial that is running, so that the first period begins with it?
pub(super) fn ends_trial(subscription: &Subscription, terms: &Terms, when: When) -> bool {
    subscription.is_in_trial() && when == When::Now && terms.trial == TrialOnChange::End
}

/// Does a change leave the trial that is running as long as it is?
pub(super) fn keeps_trial(subscription: &Subscription, terms: &Terms, when: When) -> bool {
    subscription.is_in_trial() && when == When::Now && terms.trial == TrialOnChange::Keep
}

impl Retiling<'_> {
    /// Does the change end a trial?
    pub fn ends_trial(&self) -> bool {
        ends_trial(self.subscription, self.counting.terms, self.when)
    }

    /// Is what the change lays the time of a trial that goes on?
    pub fn keeps_trial(&self) -> bool {
        keeps_trial(self.subscription, self.counting.terms, self.when)
    }
}

/// Covers the trial that a subscription starts with: every item for nothing, at the price that it is sold at.
pub(super) fn cover_trial(draft: &mut Draft, place: usize, policy: &Policy) {
    let Subscription { period, items, .. } = draft.subscription(place).clone();
    for item in &items {
        let segment = Segment::of_nothing(draft.id(), item, period, policy.reference());
        let (list, discount) = (item.priced().list, item.discount);
        draft.subscription(place).coverage.push(Segment { list, discount, ..segment });
    }
}
