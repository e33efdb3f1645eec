//! Quote a plan change: a diff of the whole basket, and a re-tiling of coverage from the cut. Nothing is stored.
//! `submit_plan_change` calls the same function and compares digests, so a preview cannot drift from a charge.

use jiff::{SignedDuration, Timestamp};

use super::Facts;
use super::check_options::check_options;
use crate::account::{Account, Component, Item, Subscription};
use crate::calendar::{Anchor, Span, Zone};
use crate::catalogue::{Basket, Plan, Price, Product, price_in};
use crate::command::Asker;
use crate::coverage::charge_rest;
use crate::money::{Currency, Money, sum};
use crate::policy::{Granularity, Policy};
use crate::quote::{ChargeLine, CreditLine, Direction, PlanChangeRequest, Quote};
use crate::refusal::Refusal;

/// Counts a plan change at an instant, or says why it cannot be had.
///
/// The credit of every segment that is cut comes from what was billed and collected for the time given back (N2), the
/// charge from the price of the target in `facts`. The same arguments give the same quote, and so the same digest.
pub fn quote_plan_change(
    facts: Facts<'_>,
    account: &Account,
    request: &PlanChangeRequest,
    at: Timestamp,
) -> Result<Quote, Refusal> {
    let unknown = Refusal::UnknownSubscription(request.subscription);
    let subscription = account.subscription(request.subscription).ok_or(unknown)?;
    check_moment(subscription, at)?;
    let product = product_of(facts, &subscription.product)?;
    let policy = policy_of(facts, product)?;
    let before = subscription.basket();
    let after = cleaned(&request.basket);
    check_target(product, &before, &after, request.asked_by)?;

    let zone = &account.zone;
    let lines = Lines { account, subscription, product, policy, at };
    let (anchor, period) = period_after(subscription, &after, policy, at, zone);
    let (credits, charges) = lines.retile(&after, period)?;

    let currency = account.currency;
    let charge = sum(currency, charges.iter().map(|line| line.amount));
    let credit = sum(currency, credits.iter().map(|line| line.collected));
    let released = sum(currency, credits.iter().map(|line| line.amount));
    let net = charge - credit;
    let from_balance = net.or_zero().min(account.balance);
    let size_after = product.size(&after).ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
    let size_before = subscription.service.desired.clone();
    let restart = if size_after == size_before { None } else { product.restart };
    Ok(Quote {
        account: account.id,
        subscription: subscription.id,
        asked_by: request.asked_by,
        at,
        expires_at: expires_at(policy, subscription, at, zone),
        pay_by: plus(at, SignedDuration::from_hours(policy.payment_hours.into())).min(subscription.period.until),
        plan_before: subscription.plan().text.clone(),
        plan_after: product.plan(&after.plan).map_or_else(|| after.plan.clone(), |plan| plan.name.clone()),
        direction: direction(product, &before, &after),
        policy: policy.reference(),
        catalogue_version: facts.catalogue.version,
        next_invoice_on: zone.date(period.until),
        anchor,
        period,
        recurring_before: subscription.recurring(),
        recurring_after: lines.recurring_after(&after, &charges),
        before,
        after,
        credits,
        charges,
        credit,
        debt_released: released - credit,
        charge,
        net,
        from_balance,
        due: net.or_zero() - from_balance,
        to_balance: (-net).or_zero(),
        size_before,
        size_after,
        restart,
    })
}

/// One plan as a customer may choose it, or why not.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What it costs per cycle, where it has a price.
    pub price: Option<Money>,
    /// What moving there means, or why it cannot be had.
    pub quote: Result<Quote, Refusal>,
}

/// Every plan of the subscription's product, smallest first, with the cycle and options of a basket: what each would
/// cost, or the reason why it cannot be had. Retired plans are left out, except the one the subscription has.
pub fn permitted_plans<'a>(
    facts: Facts<'a>,
    account: &Account,
    request: &PlanChangeRequest,
    at: Timestamp,
) -> Result<Vec<Offer<'a>>, Refusal> {
    let unknown = Refusal::UnknownSubscription(request.subscription);
    let subscription = account.subscription(request.subscription).ok_or(unknown)?;
    let product = product_of(facts, &subscription.product)?;
    let present = &subscription.plan().code;
    let plans = product.plans.iter().filter(|plan| !plan.retired || plan.code == *present);
    Ok(plans
        .map(|plan| {
            let basket = Basket { plan: plan.code.clone(), ..request.basket.clone() };
            let price = price_in(&plan.prices, &plan.code, basket.cycle, account.currency);
            let quote = quote_plan_change(facts, account, &PlanChangeRequest { basket, ..request.clone() }, at);
            Offer { plan, price, quote }
        })
        .collect())
}

/// The product of this code.
pub(super) fn product_of<'a>(facts: Facts<'a>, code: &str) -> Result<&'a Product, Refusal> {
    facts.catalogue.product(code).ok_or_else(|| Refusal::UnknownProduct(code.to_owned()))
}

/// The newest version of a product's policy.
pub(super) fn policy_of<'a>(facts: Facts<'a>, product: &Product) -> Result<&'a Policy, Refusal> {
    facts.policies.newest(&product.policy).ok_or_else(|| Refusal::UnknownPolicy(product.policy.clone()))
}

/// The price of a plan or option for a cycle in a currency; a missing price is a refusal, never zero (M09).
pub(super) fn priced(prices: &[Price], code: &str, basket: &Basket, currency: Currency) -> Result<Money, Refusal> {
    let missing = || Refusal::NoPrice { code: code.to_owned(), cycle: basket.cycle, currency };
    price_in(prices, &basket.plan, basket.cycle, currency).ok_or_else(missing)
}

/// A basket without options of quantity 0.
pub(super) fn cleaned(basket: &Basket) -> Basket {
    let mut basket = basket.clone();
    basket.options.retain(|_, quantity| *quantity > 0);
    basket
}

fn check_moment(subscription: &Subscription, at: Timestamp) -> Result<(), Refusal> {
    if let Some(change) = subscription.change.as_ref().filter(|change| change.is_open()) {
        return Err(Refusal::ChangeOpen(change.id));
    }
    if at < subscription.period.from && subscription.period_ordinal() == 0 {
        return Err(Refusal::NotStarted(subscription.period.from));
    }
    if at >= subscription.period.until {
        return Err(Refusal::PeriodOver(subscription.period.until));
    }
    Ok(())
}

fn check_target(product: &Product, before: &Basket, after: &Basket, asked_by: Asker) -> Result<(), Refusal> {
    let target = product.plan(&after.plan).ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
    check_options(product, after)?;
    if before == after {
        return Err(Refusal::SamePlan);
    }
    if target.retired && before.plan != after.plan {
        return Err(Refusal::PlanRetired(after.plan.clone()));
    }
    let listed = product.plan(&before.plan).and_then(|plan| plan.change_to.as_ref());
    let open = before.plan == after.plan || listed.is_none_or(|plans| plans.contains(&after.plan));
    if asked_by == Asker::Customer && !(open && product.customers_may_change) {
        return Err(Refusal::NotPermitted { from: before.plan.clone(), to: after.plan.clone() });
    }
    Ok(())
}

/// The order of plans decides, then the length of the cycle, then the options; never the amount of money.
fn direction(product: &Product, before: &Basket, after: &Basket) -> Direction {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let plans = product.rank(&after.plan).cmp(&product.rank(&before.plan));
    let cycles = after.cycle.nominal_days().cmp(&before.cycle.nominal_days());
    let options = before.options.keys().chain(after.options.keys());
    let options = options.map(|code| amount_of(product, after, code).cmp(&amount_of(product, before, code)));
    let options = options.fold((false, false), |(up, down), order| (up || order == Greater, down || order == Less));
    match (plans.then(cycles), options) {
        (Greater, _) | (Equal, (true, false)) => Direction::Upgrade,
        (Less, _) | (Equal, (false, true)) => Direction::Downgrade,
        (Equal, _) => Direction::Change,
    }
}

/// How much of an option a basket has; of one of several, its place in their order of size.
fn amount_of(product: &Product, basket: &Basket, code: &String) -> usize {
    let has = |code: &String| basket.options.get(code).copied().unwrap_or(0);
    match product.option(code).and_then(|option| option.group.as_ref()) {
        None => usize::try_from(has(code)).unwrap_or(usize::MAX),
        Some(group) => {
            let mut group = product.options.iter().filter(|option| option.group.as_ref() == Some(group));
            group.position(|option| has(&option.code) > 0).map_or(0, |place| place + 1)
        }
    }
}

/// The anchor and period after the change: the same, unless the cycle changes; then a new period begins with it.
fn period_after(
    subscription: &Subscription,
    after: &Basket,
    policy: &Policy,
    at: Timestamp,
    zone: &Zone,
) -> (Anchor, Span) {
    if after.cycle == subscription.anchor.cycle {
        return (subscription.anchor.clone(), subscription.period);
    }
    let from = policy.charge_from.of(at, zone);
    let anchor = Anchor { start: zone.local(from), cycle: after.cycle };
    let until = zone.instant(anchor.boundary(1));
    (anchor, Span { from, until })
}

/// A quote can be submitted for some minutes, never past the period's end and, where days are counted, never past
/// midnight: then other days count.
fn expires_at(policy: &Policy, subscription: &Subscription, at: Timestamp, zone: &Zone) -> Timestamp {
    let minutes = SignedDuration::from_mins(policy.quote_minutes.into());
    let latest = plus(at, minutes).min(subscription.period.until);
    match policy.granularity {
        Granularity::Day => latest.min(zone.start_of_next_day(at)),
        Granularity::Second => latest,
    }
}

fn plus(at: Timestamp, duration: SignedDuration) -> Timestamp {
    at.checked_add(duration).expect("an instant inside the supported range")
}

/// The lines of a quote, item by item: keep, swap, drop, add.
struct Lines<'a> {
    account: &'a Account,
    subscription: &'a Subscription,
    product: &'a Product,
    policy: &'a Policy,
    at: Timestamp,
}

impl Lines<'_> {
    fn retile(&self, after: &Basket, period: Span) -> Result<(Vec<CreditLine>, Vec<ChargeLine>), Refusal> {
        let mut credits = Vec::new();
        for item in self.subscription.items.iter().filter(|item| !self.is_kept(item, after)) {
            self.release(item, &mut credits);
        }
        let mut charges = Vec::new();
        let currency = self.account.currency;
        let has = |component: &Component| {
            let mut items = self.subscription.items.iter();
            items.find(|item| item.component == *component && self.goes_on(item))
        };
        let mut wanted = Vec::new();
        let plan = self.product.plan(&after.plan).ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
        wanted.push((Component::Plan, &plan.code, &plan.name, &plan.prices, 1));
        for (code, quantity) in &after.options {
            let option = self.product.option(code).ok_or_else(|| Refusal::UnknownOption(code.clone()))?;
            let component = Component::Option(code.clone());
            wanted.push((component, &option.code, &option.name, &option.prices, *quantity));
        }
        for (component, code, text, prices, quantity) in wanted {
            let item = has(&component);
            if item.is_some_and(|item| self.is_kept(item, after)) {
                continue;
            }
            let unit_price = priced(prices, code, after, currency)?;
            let (start, shares_first_day) = self.charge_start(item, unit_price, quantity, after, period);
            let price = unit_price.times(i64::from(quantity));
            let zone = &self.account.zone;
            let derivation = charge_rest(price, after.cycle, period, start, self.policy, zone);
            charges.push(ChargeLine {
                item: item.map(|item| item.id),
                component,
                code: code.clone(),
                text: text.clone(),
                quantity,
                unit_price,
                cycle: after.cycle,
                span: Span { from: start, until: period.until },
                shares_first_day,
                amount: derivation.replay(),
                derivation,
            });
        }
        Ok((credits, charges))
    }

    /// Does an item stay as it is, at the price it was sold at? An option whose price is another on the target's plan does
    /// not: it is given back and charged anew.
    fn is_kept(&self, item: &Item, after: &Basket) -> bool {
        item.cycle == after.cycle
            && match &item.component {
                Component::Plan => item.code == after.plan,
                Component::Option(code) => {
                    after.options.get(code) == Some(&item.quantity) && self.costs_the_same(code, after)
                }
            }
    }

    fn costs_the_same(&self, code: &str, after: &Basket) -> bool {
        let before = &self.subscription.plan().code;
        let Some(option) = self.product.option(code).filter(|_| *before != after.plan) else { return true };
        let on = |plan: &str| price_in(&option.prices, plan, after.cycle, self.account.currency);
        on(before) == on(&after.plan)
    }

    fn recurring_after(&self, after: &Basket, charges: &[ChargeLine]) -> Money {
        let kept = self.subscription.items.iter().filter(|item| self.is_kept(item, after)).map(Item::price);
        let charged = charges.iter().map(|line| line.unit_price.times(i64::from(line.quantity)));
        sum(self.account.currency, kept.chain(charged))
    }

    /// Can an item be charged on, without a gap? One that was dropped can, as long as it is covered: there and back
    /// within a day is one item. Later the same option is a new item.
    fn goes_on(&self, item: &Item) -> bool {
        let mut coverage = self.subscription.coverage.iter();
        item.quantity > 0 || coverage.any(|segment| segment.item == item.id && segment.span.until > self.at)
    }

    /// Cuts every segment of an item that is not kept.
    fn release(&self, item: &Item, credits: &mut Vec<CreditLine>) {
        let segments = self.subscription.coverage.iter().filter(|segment| segment.item == item.id);
        for segment in segments.filter(|segment| !segment.span.is_empty()) {
            let Some(release) = segment.release(self.at, self.policy, &self.account.zone, self.subscription.period)
            else {
                continue;
            };
            credits.push(CreditLine {
                item: item.id,
                text: item.text.clone(),
                quantity: segment.quantity,
                segment: segment.id,
                span: Span { from: release.from, until: segment.span.until },
                amount: release.amount,
                collected: release.collected,
                document: segment.document,
                derivation: release.derivation,
            });
        }
    }

    /// From when the target is charged, and whether the day of the change is billed to both.
    ///
    /// Where what is left of the item already pays that day at the very price of the target (there and back within a
    /// day), the charge begins after it: the day is not billed twice at one price.
    fn charge_start(
        &self,
        item: Option<&Item>,
        unit_price: Money,
        quantity: u32,
        after: &Basket,
        period: Span,
    ) -> (Timestamp, bool) {
        let zone = &self.account.zone;
        let start = self.policy.charge_from.of(self.at, zone).clamp(period.from, period.until);
        let segments =
            self.subscription.coverage.iter().filter(|segment| Some(segment.item) == item.map(|item| item.id));
        let kept = segments.filter(|segment| !segment.span.is_empty()).filter_map(|segment| {
            let end = segment.cut_point(self.at, self.policy, zone);
            Span { from: segment.span.from, until: end }.contains(start).then_some((segment, end))
        });
        let price = unit_price.times(i64::from(quantity));
        let mut shares = false;
        for (segment, end) in kept {
            if segment.price == price && segment.cycle == after.cycle && after.cycle == self.subscription.anchor.cycle {
                return (end, false);
            }
            shares = true;
        }
        (start, shares)
    }
}
