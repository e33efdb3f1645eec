//! The laws of renewals that are not paid: what is tried again, and when access is restricted and returns.

use jiff::{SignedDuration, Span as Duration, Timestamp};

use super::{BrokenLaw, Case, holds};
use crate::account::{Attempt, AttemptState, PlanChange, Subscription};
use crate::command::Answer;
use crate::document::Invoice;
use crate::dunning::{AfterGrace, Dunning, DunningTerms, RetryUnit};
use crate::id::{DocumentId, SubscriptionId};
use crate::service::Access;

/// I26: the invoice of a renewal keeps the terms it was issued with. It counts from its first failed payment, or from the end
/// of its time to pay; its retries and the end of its grace are where the terms put them from there, and it goes through
/// them in order and never before they are due. A retry leaves none that is due.
pub(super) fn a_renewal_is_dunned_as_planned(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for invoice in &case.after.invoices {
        let (id, before) = (invoice.id, before(case, invoice.id));
        let old = before.and_then(|before| before.dunning.as_ref());
        let broken = |what: &str| Err(BrokenLaw { law: "I26", what: format!("invoice {id} {what}") });
        let Some(new) = &invoice.dunning else {
            // What is left of what ended is owed, and nobody tries it.
            let has_ended = case.after.subscription(invoice.subscription).is_some_and(Subscription::has_ended);
            if old.is_some() && !has_ended {
                return broken("is not dunned any more");
            }
            continue;
        };
        if before.is_some() && old.is_none_or(|old| old.terms != new.terms) {
            return broken("is dunned by other terms than it was issued with");
        }
        if !is_as_planned(case, new) {
            return broken(&format!("is not where its terms put it: {new:?}"));
        }
        if !counts_from_its_cause(case, invoice, old, new) {
            return broken(&format!("counts from {:?}, where nothing failed", new.since));
        }
        let was = old.map_or(0, |old| old.retried);
        let passed = if old.is_some() { was..new.retried } else { 0..0 };
        let due = |number| retry(case, new, number).is_some_and(|due| due <= case.at);
        if new.retried < was || !passed.clone().all(due) {
            return broken(&format!("passed retries {passed:?} at {}", case.at));
        }
        let retries = case.decision.log.name == "retry_payment" && is_tried(case, id);
        if retries && (passed.is_empty() || due(new.retried)) {
            return broken("was tried again, and the retry is still to come");
        }
        let over = new.grace_over && !old.is_some_and(|old| old.grace_over);
        let may_be_over = new.grace_until.is_some_and(|until| until <= case.at) && !is_being_paid(case, id);
        if (over && !may_be_over) || old.is_some_and(|old| old.grace_over && !new.grace_over) {
            return broken(&format!("ends its grace at {}", case.at));
        }
    }
    Ok(())
}

/// I24: access is restricted where the grace of an open invoice is over, and stays so exactly as long as the subscription has
/// an open invoice; a change that waits for its payment owes nothing. No change is submitted meanwhile.
pub(super) fn access_follows_what_is_owed(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let id = after.id;
        let old = case.before.and_then(|account| account.subscription(id));
        let was = old.map_or(Access::Full, |before| before.service.access);
        let owes = owed(case, id, after.change.as_ref()).next().is_some();
        let submitted = matches!(&case.decision.answer, Answer::ChangeSubmitted { change, .. }
            if after.change.as_ref().is_some_and(|open| open.id == *change));
        holds(was == Access::Full || !submitted, "I24", || format!("{id} is changed while its access is restricted"))?;
        match (was, after.service.access) {
            (Access::Full, Access::Restricted) => {
                let mut owed = owed(case, id, after.change.as_ref());
                let is_over = owed.any(|invoice| invoice.dunning.as_ref().is_some_and(|dunning| dunning.grace_over));
                holds(is_over, "I24", || format!("access to {id} is restricted, and no grace is over"))?;
            }
            (Access::Restricted, Access::Restricted) => {
                holds(owes, "I24", || format!("access to {id} stays restricted, and nothing is owed"))?;
            }
            (Access::Restricted, Access::Full) => {
                holds(!owes, "I24", || format!("access to {id} returns, and something is owed"))?;
            }
            // Who ended, and whether all of it did, is in `cancellation`.
            (_, Access::Ended) => {}
            (Access::Ended, _) => {
                holds(false, "I24", || format!("access to {id} returns, which has ended"))?;
            }
            (Access::Full, Access::Full) => {
                let is_over = |invoice: &Invoice| {
                    let old = before(case, invoice.id).and_then(|before| before.dunning.as_ref());
                    let was_over = old.is_some_and(|old| old.grace_over);
                    invoice.dunning.as_ref().is_some_and(|dunning| dunning.grace_over) && !was_over
                };
                let ends = owed(case, id, after.change.as_ref()).any(is_over);
                holds(!ends, "I24", || format!("a grace of {id} is over, and access is not restricted"))?;
            }
        }
    }
    Ok(())
}

/// Do the next retry and the end of the grace follow from where it counts from?
fn is_as_planned(case: &Case<'_>, dunning: &Dunning) -> bool {
    let zone = &case.after.zone;
    let DunningTerms { grace_days, after_grace, .. } = &dunning.terms;
    let planned = dunning.since.map(|since| {
        let days = grace_days.filter(|_| *after_grace != AfterGrace::Keep);
        let local = zone.local(since);
        let grace =
            days.map(|days| zone.instant((local.date() + Duration::new().days(days)).to_datetime(local.time())));
        (retry(case, dunning, dunning.retried), grace)
    });
    let nothing_yet = dunning.since.is_some() || dunning.retried == 0;
    (dunning.retry_at, dunning.grace_until) == planned.unwrap_or_default() && nothing_yet
}

/// When the retry of this number is due.
fn retry(case: &Case<'_>, dunning: &Dunning, number: usize) -> Option<Timestamp> {
    let (since, schedule) = (dunning.since?, dunning.terms.retries.as_ref()?);
    let zone = &case.after.zone;
    let local = zone.local(since);
    let retry = *schedule.retries(local).get(number)?;
    Some(match schedule.unit() {
        RetryUnit::Day => zone.instant(retry),
        RetryUnit::Hour => since + SignedDuration::from_hours(retry.duration_since(local).as_hours()),
    })
}

/// It counts from a payment that failed now, or, from its issue on, from the end of its time to pay; and never from elsewhere
/// afterwards.
fn counts_from_its_cause(case: &Case<'_>, invoice: &Invoice, old: Option<&Dunning>, new: &Dunning) -> bool {
    let zone = &case.after.zone;
    let was = old.and_then(|old| old.since);
    match (old, new.since) {
        (_, since) if old.is_some() && was == since => true,
        (Some(_), Some(since)) if was.is_none() => since == case.at && payment_failed(case, invoice.id),
        (None, None) => true,
        (None, Some(since)) => {
            let is_tried = is_tried(case, invoice.id);
            invoice.due_on.tomorrow().is_ok_and(|day| zone.midnight(day) == since) && !is_tried
        }
        _ => false,
    }
}

/// Did this decision learn that a payment of the invoice failed?
fn payment_failed(case: &Case<'_>, invoice: DocumentId) -> bool {
    let is_failed = |attempt: &Attempt| matches!(attempt.state, AttemptState::Failed { .. });
    let before: Vec<&Attempt> = case.before.iter().flat_map(|account| &account.attempts).collect();
    let known = |attempt: &Attempt| before.iter().any(|old| old.id == attempt.id && is_failed(old));
    let mut of_invoice = case.after.attempts.iter().filter(|attempt| attempt.invoice == invoice);
    of_invoice.any(|attempt| is_failed(attempt) && !known(attempt))
}

/// Does this decision try a card for the invoice?
fn is_tried(case: &Case<'_>, invoice: DocumentId) -> bool {
    let known =
        |attempt: &Attempt| case.before.is_some_and(|before| before.attempts.iter().any(|o| o.id == attempt.id));
    case.after.attempts.iter().any(|attempt| attempt.invoice == invoice && !known(attempt))
}

fn is_being_paid(case: &Case<'_>, invoice: DocumentId) -> bool {
    case.after.attempts.iter().any(|attempt| attempt.invoice == invoice && attempt.state.is_running())
}

fn before<'a>(case: &'a Case<'_>, invoice: DocumentId) -> Option<&'a Invoice> {
    case.before.and_then(|account| account.invoice(invoice))
}

/// The open invoices of a subscription, without that of a change that waits for its payment.
fn owed<'a>(
    case: &'a Case<'_>,
    subscription: SubscriptionId,
    change: Option<&PlanChange>,
) -> impl Iterator<Item = &'a Invoice> {
    let order = change.filter(|change| change.awaits_payment()).and_then(|change| change.document);
    let of_it = case.after.invoices.iter().filter(move |invoice| invoice.subscription == subscription);
    of_it.filter(move |invoice| invoice.is_open() && Some(invoice.id) != order)
}
