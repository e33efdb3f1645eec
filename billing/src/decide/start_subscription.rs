//! Start a subscription and its service; the first period is invoiced at once, or begins with the end of a trial. What the trial
//! costs is invoiced at once.

use super::Facts;
use super::check_options::check_options;
use super::draft::Draft;
use super::full_refund::promise_with_period;
use super::issue_invoice::issue_period_invoice;
use super::one_time::setups;
use super::quote_plan_change::{cleaned, policy_of, priced, product_of};
use super::receive_transfer::check_text;
use super::trial::{charge_trial, cover_trial, trial_end};
use crate::account::{Component, Item, MAX_SUBSCRIPTIONS, PlanCredits, Subscription};
use crate::calendar::{Anchor, Span};
use crate::carry::Carry;
use crate::catalogue::{Basket, Product};
use crate::command::{Answer, Command, Envelope};
use crate::effect::Wish;
use crate::first_period::FirstPeriod;
use crate::one_time::OneTime;
use crate::policy::TimeUnit;
use crate::refusal::Refusal;
use crate::service::{Access, Progress, Service};
use crate::usage::Counter;

/// Starts a subscription. Its first period begins now, or on a past day where a book is taken over.
pub(super) fn start_subscription(facts: Facts<'_>, draft: &mut Draft, envelope: &Envelope) -> Result<Answer, Refusal> {
    let Command::StartSubscription { product, basket, label, starts, pays_by } = &envelope.command else {
        unreachable!("only this command is decided here");
    };
    if draft.account.subscriptions.len() >= MAX_SUBSCRIPTIONS {
        return Err(Refusal::TooManySubscriptions(MAX_SUBSCRIPTIONS));
    }
    check_text("label", label, 100)?;
    let product = product_of(facts, product)?;
    let policy = policy_of(facts, product)?;
    let basket = cleaned(basket);
    check_options(product, &basket)?;
    let items = items(facts, draft, product, &basket)?;
    let desired = product.size(&basket).ok_or_else(|| Refusal::UnknownPlan(basket.plan.clone()))?;

    let zone = draft.account.zone.clone();
    let start = starts.unwrap_or_else(|| zone.local(draft.now));
    let start = match policy.terms.unit {
        TimeUnit::Day => start.date().to_datetime(jiff::civil::Time::midnight()),
        _ => start,
    };
    if zone.instant(start) > draft.now {
        return Err(Refusal::NotStarted(zone.instant(start)));
    }
    let plan = product.plan(&basket.plan).ok_or_else(|| Refusal::UnknownPlan(basket.plan.clone()))?;
    let trial = trial_end(&draft.account, product, plan, start, draft.now);
    let first = match trial {
        None => FirstPeriod::new(&policy.terms, start, basket.cycle, &zone),
        // A trial is what is there before the first period, which is placed when it begins.
        Some(end) => FirstPeriod {
            anchor: Anchor { start: end, cycle: basket.cycle },
            number: -1,
            period: Span { from: zone.instant(start), until: zone.instant(end) },
        },
    };
    let FirstPeriod { anchor, number, period } = first;
    let service = Service {
        id: draft.id(),
        label: label.clone(),
        module: product.module.clone(),
        desired,
        access: Access::Full,
        generation: 1,
        package: None,
        observed: None,
        observed_generation: 0,
        progress: Progress::Wanted,
        progress_at: draft.now,
    };
    let meters = product.meters_of(plan, basket.cycle, draft.account.currency).into_iter();
    let usage = meters.map(|price| Counter::new(price, period.from)).collect();
    let subscription = Subscription {
        id: draft.id(),
        product: product.code.clone(),
        started_at: draft.now,
        period,
        anchor,
        period_no: number,
        // The ordinal of a first period is 0, also of a trial.
        periods_before: -number,
        trial_until: trial.map(|_| period.until),
        full_refund_until: None,
        billed: plan.billed,
        items,
        coverage: Vec::new(),
        change: None,
        service,
        pays_by: *pays_by,
        credits: plan_credits(product, &basket.plan),
        carry: Carry::default(),
        one_time: OneTime { to_come: setups(product, &basket, draft.account.currency), ..OneTime::default() },
        waiting: Vec::new(),
        usage,
        cancellation: None,
        replaced: None,
    };
    let (id, service) = (subscription.id, subscription.service.id);
    draft.say(format!("{label} started on {}.", subscription.plan().text));
    draft.account.subscriptions.push(subscription);
    draft.wish(Wish::Ensure { service, generation: 1 });
    let place = draft.account.subscriptions.len() - 1;
    let invoice = if trial.is_some() {
        draft.say(format!("It is in trial until {}.", zone.date(period.until)));
        cover_trial(draft, place, policy);
        charge_trial(facts, draft, place, product, policy)
    } else {
        let invoice = issue_period_invoice(facts, draft, place, policy);
        promise_with_period(draft, place, policy, true);
        invoice
    };
    Ok(Answer::SubscriptionStarted { subscription: id, service, invoice })
}

/// What a plan gives to use up in a period (T5).
pub(super) fn plan_credits(product: &Product, plan: &str) -> Option<PlanCredits> {
    let amount = i64::from(product.plan(plan)?.credits.as_ref()?.amount);
    Some(PlanCredits::whole(amount))
}

fn items(facts: Facts<'_>, draft: &mut Draft, product: &Product, basket: &Basket) -> Result<Vec<Item>, Refusal> {
    let currency = draft.account.currency;
    let plan = product.plan(&basket.plan).ok_or_else(|| Refusal::UnknownPlan(basket.plan.clone()))?;
    if plan.retired {
        return Err(Refusal::PlanRetired(plan.code.clone()));
    }
    let price = priced(&plan.prices, &plan.code, basket, currency)?;
    let mut items = vec![Item {
        id: draft.id(),
        component: Component::Plan,
        code: plan.code.clone(),
        text: plan.name.clone(),
        unit_price: price.amount,
        tiers: price.tiers.clone(),
        discount: price.discount_on(1),
        cycle: basket.cycle,
        quantity: 1,
        catalogue_version: facts.catalogue.version,
    }];
    for (code, quantity) in &basket.options {
        let option = product.option(code).ok_or_else(|| Refusal::UnknownOption(code.clone()))?;
        let price = priced(&option.prices, code, basket, currency)?;
        items.push(Item {
            id: draft.id(),
            component: Component::Option(code.clone()),
            code: code.clone(),
            text: option.name.clone(),
            unit_price: price.amount,
            tiers: price.tiers.clone(),
            discount: price.discount_on(*quantity),
            cycle: basket.cycle,
            quantity: *quantity,
            catalogue_version: facts.catalogue.version,
        });
    }
    Ok(items)
}
