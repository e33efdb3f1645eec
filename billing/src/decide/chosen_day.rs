//! The day on which a change is made, where the customer chooses one (`choose_date`): which days there are, and the account
//! as it will be when the day begins. How the change is counted from there is in `quote_plan_change`, as ever; what
//! happens on the day is in `begin_plan_change`.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::account::{Account, Subscription};
use crate::calendar::Zone;
use crate::policy::Terms;
use crate::quote::{ChosenDay, PlanChangeRequest};
use crate::refusal::Refusal;

/// The day that a request names, if the policy lets the customer choose it and it can be had.
pub(super) fn chosen_day(
    account: &Account,
    subscription: &Subscription,
    terms: &Terms,
    request: &PlanChangeRequest,
    at: Timestamp,
) -> Result<Option<ChosenDay>, Refusal> {
    let Some(date) = request.on else { return Ok(None) };
    // A day is a moment of its own: it is asked for instead of now and of the next period.
    if !terms.choose_date || request.when.is_some() {
        return Err(Refusal::DateNotOffered);
    }
    let (first, last) = days_to_choose(&account.zone, subscription, at);
    if date < first || last < date {
        return Err(Refusal::DateOutside { date, first, last });
    }
    Ok(Some(ChosenDay { date, from: account.zone.midnight(date) }))
}

/// The days that can be chosen at an instant: from tomorrow to the last one that begins in the present period, by the
/// customer's calendar. The second is before the first where none is left.
pub fn days_to_choose(zone: &Zone, subscription: &Subscription, at: Timestamp) -> (Date, Date) {
    let until = subscription.period.until;
    let end = zone.date(until);
    let begins_before = zone.midnight(end) < until;
    let last = if begins_before { end } else { end.yesterday().expect("a day inside the supported range") };
    (zone.date(zone.start_of_next_day(at)), last)
}

/// The account as a load will give it when the day begins: without coverage that is over by then.
pub(super) fn account_on(account: &Account, day: ChosenDay) -> Account {
    let mut account = account.clone();
    account.forget_closed(day.from);
    account
}
