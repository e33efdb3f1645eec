//! Quote a cancellation: what is given back of what was billed, and what is billed with the end. Nothing is stored.
//! `cancel_subscription` calls the same function and compares digests, as with plan changes.

use jiff::{SignedDuration, Timestamp};

use super::Facts;
use super::quote_plan_change::{check_goes_on, free_balance, policy_of, product_of};
use super::report_usage::used_lines;
use super::retile::{Retiling, Target};
use crate::account::{Account, Subscription};
use crate::cancellation::{CancellationQuote, CancellationRequest};
use crate::command::Asker;
use crate::coverage::Segment;
use crate::document::DocumentLine;
use crate::money::{Money, sum};
use crate::policy::{Policy, When};
use crate::proration::Counting;
use crate::quote::CreditLine;
use crate::refusal::Refusal;
use crate::{tax, usage};

/// Counts a cancellation at an instant, or says why it cannot be had. The same arguments give the same quote, and so the
/// same digest.
pub fn quote_cancellation(
    facts: Facts<'_>,
    account: &Account,
    request: &CancellationRequest,
    at: Timestamp,
) -> Result<CancellationQuote, Refusal> {
    let unknown = Refusal::UnknownSubscription(request.subscription);
    let subscription = account.subscription(request.subscription).ok_or(unknown)?;
    check_goes_on(subscription)?;
    if at >= subscription.period.until {
        return Err(match subscription.scheduled_end() {
            // There is nothing left to cancel.
            Some(_) => Refusal::SubscriptionEnded(subscription.id),
            None => Refusal::PeriodOver(subscription.period.until),
        });
    }
    let policy = policy_of(facts, product_of(facts, &subscription.product)?)?;
    if !policy.cancellation.offers(request.when, request.asked_by) {
        return Err(Refusal::CancellationNotOffered(request.when));
    }
    // Now is possible all the same, and takes the place of the period's end.
    if request.when == When::PeriodEnd && subscription.cancellation.is_some() {
        return Err(Refusal::SubscriptionCancelled(subscription.period.until));
    }
    let end = match request.when {
        When::Now if gives_all_back(account, subscription, policy, at) => End::Refunded,
        When::Now => End::Now,
        When::PeriodEnd => End::Planned,
    };
    counted(facts, account, subscription, Some(request.asked_by), end, at)
}

/// How a subscription ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Now: the rest goes back by the terms.
    Now,
    /// Now, and all of it goes back.
    Refunded,
    /// With the present period: nothing goes back, and nothing is settled yet.
    Planned,
    /// The period is over.
    Over,
    /// Now, and nothing is asked for that was not paid.
    Released,
}

/// The quote of an end at an instant.
pub(super) fn counted(
    facts: Facts<'_>,
    account: &Account,
    subscription: &Subscription,
    asked_by: Option<Asker>,
    end: End,
    at: Timestamp,
) -> Result<CancellationQuote, Refusal> {
    let product = product_of(facts, &subscription.product)?;
    let policy = policy_of(facts, product)?;
    let terms = &policy.cancellation.terms;
    let zone = terms.day_zone.of(&account.zone, &facts.catalogue.zone);
    let counting = Counting { policy: &policy.reference, terms, zone, price_rounding: policy.terms.rounding };
    let after = subscription.basket();
    // What it is given back for need not be sold any more.
    let plan = product.plan(&after.plan).or(product.plans.first());
    let plan = plan.ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
    let retiling = Retiling {
        account,
        subscription,
        catalogue: facts.catalogue,
        product,
        counting,
        at,
        after: &after,
        target: &Target { plan, options: Vec::new() },
        period: subscription.period,
        full: subscription.full(&account.zone),
        when: When::Now,
    };
    let begins = |segment: &Segment| segment.span.from >= subscription.period.from && !segment.of_trial;
    let is_of_period = |segment: &Segment| begins(segment) && !segment.net.is_zero();
    let is_unpaid = |segment: &Segment| segment.collected != segment.net;
    let credits = match end {
        End::Now => retiling.released(|_| false),
        End::Refunded => retiling.released(is_of_period),
        End::Released => retiling.released(is_unpaid),
        End::Planned | End::Over => Vec::new(),
    };
    let used = if end == End::Released { Vec::new() } else { used(facts, subscription, policy, at) };
    let when = if matches!(end, End::Planned | End::Over) { When::PeriodEnd } else { When::Now };
    let waiting = subscription.waiting.clone();

    let nothing = account.nothing();
    let added = |lines: &[DocumentLine], of: fn(&DocumentLine) -> Money| sum(account.currency, lines.iter().map(of));
    let on_paper = |of: fn(&DocumentLine) -> Money| added(&waiting, of) + added(&used, of);
    let credit = sum(account.currency, credits.iter().map(CreditLine::returned));
    let debt_released = sum(account.currency, credits.iter().map(CreditLine::debt_released));
    let given_back = sum(account.currency, credits.iter().map(CreditLine::given_back));
    let tax_back = sum(account.currency, credits.iter().map(CreditLine::returned_tax));
    let [net, tax, total] = match end {
        End::Planned => [nothing; 3],
        _ => [
            on_paper(|line| line.amount) - credit,
            on_paper(|line| line.tax) - tax_back,
            on_paper(DocumentLine::payable) - given_back,
        ],
    };
    let from_balance = total.or_zero().min(free_balance(account, subscription));
    let change = subscription.change.as_ref().filter(|change| change.is_open());
    Ok(CancellationQuote {
        account: account.id,
        subscription: subscription.id,
        asked_by,
        at,
        when,
        expires_at: expires_at(subscription, counting, at),
        ends_at: if when == When::Now { at } else { subscription.period.until },
        plan: subscription.plan().text.clone(),
        policy: policy.reference(),
        catalogue_version: facts.catalogue.version,
        all_back: end == End::Refunded,
        released: end == End::Released,
        credits,
        waiting,
        used,
        credit,
        debt_released,
        net,
        tax,
        total,
        from_balance,
        due: total.or_zero() - from_balance,
        to_balance: (-total).or_zero(),
        credits_lost: subscription.credits.map_or(0, |credits| credits.left),
        withdraws: change.map(|change| change.id),
    })
}

/// Is it early enough to get everything back, and has none of the product ended since that was promised? Whatever was used of
/// it has ended the promise.
fn gives_all_back(account: &Account, subscription: &Subscription, policy: &Policy, at: Timestamp) -> bool {
    let is_early = subscription.full_refund_until.is_some_and(|until| at < until);
    let had_one = account.had.contains(&subscription.product);
    is_early && !had_one && policy.cancellation.full_refund_days.is_some()
}

/// What was used until an instant, with its tax.
fn used(facts: Facts<'_>, subscription: &Subscription, policy: &Policy, at: Timestamp) -> Vec<DocumentLine> {
    if subscription.usage.is_empty() {
        return Vec::new();
    }
    let mut over = subscription.clone();
    let until = at.min(subscription.period.until);
    usage::begin_period(&mut over.usage, until, until, subscription.is_in_trial());
    let mut lines = used_lines(&mut over, policy);
    let (rate, terms) = (&facts.catalogue.tax, &policy.terms);
    let nothing = Money::zero(subscription.plan().unit_price.currency);
    let amounts: Vec<Money> = lines.iter().map(|line| line.amount).collect();
    let amounts = amounts.iter().copied();
    let taxes = tax::on_charges(rate.as_deref(), amounts, nothing, nothing, terms.tax_rounding, terms.rounding);
    for (line, tax) in lines.iter_mut().zip(taxes) {
        (line.tax, line.tax_rate) = (tax, rate.clone());
    }
    lines
}

/// As the quote of a change: some minutes, never past the period's end and, where days are counted, never past midnight.
fn expires_at(subscription: &Subscription, counting: Counting<'_>, at: Timestamp) -> Timestamp {
    let minutes = SignedDuration::from_mins(counting.terms.quote_minutes.into());
    let latest = at.checked_add(minutes).expect("an instant inside the supported range");
    let latest = latest.min(subscription.period.until);
    let by_day = counting.terms.unit == crate::policy::TimeUnit::Day;
    if by_day { latest.min(counting.zone.start_of_next_day(at)) } else { latest }
}
