//! Assign a plan by hand (W5): staff change what a subscription has without an order. No money moves: coverage stays what
//! was billed and paid, so a later change gives back exactly that, never the price of the assigned plan. Nothing is
//! resized either: the size of the plan waits until *change package* is run, which is in `provision`.
//!
//! With the recurring amount recalculated, renewals bill today's prices; otherwise a full period goes on costing what it
//! does, to the cent. Plan credits stay what they are until the next period gives those of the new plan: they are a part
//! of what was paid. While a change is open nothing is assigned: its quote counts on what the subscription has, and its
//! invoice may be on its way to be paid; pay it or withdraw it first.

use jiff::Timestamp;

use super::Facts;
use super::check_options::check_options;
use super::draft::Draft;
use super::one_time::waive;
use super::provision::check_staff;
use super::quote_plan_change::{check_goes_on, check_period, cleaned, policy_of, priced, product_of};
use super::receive_transfer::check_text;
use crate::account::{Component, Item, PlanChange, Subscription};
use crate::calendar::Span;
use crate::catalogue::{Basket, Price, Product};
use crate::command::{Answer, Command, Envelope};
use crate::coverage::Segment;
use crate::discount::Discount;
use crate::money::{Money, sum};
use crate::policy::Policy;
use crate::proration::Counting;
use crate::refusal::Refusal;
use crate::share::Rounding;
use crate::usage;

/// Puts a subscription on a plan at once and for no money.
pub(super) fn assign_plan(facts: Facts<'_>, draft: &mut Draft, envelope: &Envelope) -> Result<Answer, Refusal> {
    let Command::AssignPlan { subscription: id, plan, options, recalculate, reason } = &envelope.command else {
        unreachable!("only this command is decided here");
    };
    check_staff(envelope)?;
    check_text("reason", reason, 200)?;
    let place = draft.subscription_at(*id)?;
    let subscription = draft.subscription(place).clone();
    check_goes_on(&subscription)?;
    let product = product_of(facts, &subscription.product)?;
    let policy = policy_of(facts, product)?;
    if let Some(change) = subscription.change.as_ref().filter(|change| PlanChange::is_open(change)) {
        return Err(Refusal::ChangeOpen(change.id));
    }
    check_period(&subscription, draft.now)?;
    let mut after = Basket { plan: plan.clone(), ..subscription.basket() };
    after.options.extend(options.clone());
    let after = cleaned(&after);
    check_target(product, &subscription, &after)?;

    let rounding = policy.terms.rounding;
    let assigned = Assigned { facts, product, subscription: &subscription, after: &after, rounding };
    let items = if *recalculate { assigned.at_todays_prices(draft)? } else { assigned.at_the_present_amount(draft)? };
    if items == subscription.items {
        return Err(Refusal::SamePlan);
    }
    draft.subscription(place).items = items;
    if let Some(plan) = product.plan(&after.plan).filter(|_| *recalculate) {
        // The present period is billed as it is; the next ones as what they cost.
        draft.subscription(place).billed = plan.billed;
        // What was used until now was had of the plan before.
        let (now, meters) = (draft.now, product.meters_of(plan, after.cycle, draft.account.currency));
        usage::change_prices(&mut draft.subscription(place).usage, &meters, now);
    }
    cover_what_was_added(facts, draft, place, policy);
    waive(draft.subscription(place), product, &subscription.items);
    let size = product.size(&after).ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
    let service = &mut draft.subscription(place).service;
    service.package = Some(size).filter(|size| *size != service.desired);
    let package_waits = service.package.is_some();

    let recurring_before = subscription.recurring_rounded(rounding);
    let recurring_after = draft.subscription(place).recurring_rounded(rounding);
    draft.say(format!(
        "Staff changed {} from {} to {} without an order: {reason}. A full period costs {recurring_after}{}.{}",
        subscription.service.label,
        told(&subscription),
        told(&draft.account.subscriptions[place]),
        if *recalculate { format!(", recalculated from {recurring_before}") } else { " as before".to_owned() },
        if package_waits { " The service keeps its size until its package is changed." } else { "" },
    ));
    let recalculated = *recalculate;
    Ok(Answer::PlanAssigned { subscription: *id, recurring_before, recurring_after, recalculated, package_waits })
}

/// What a subscription has, in a few words.
fn told(subscription: &Subscription) -> String {
    let options = subscription.items.iter().filter(|item| item.component != Component::Plan && item.quantity > 0);
    let options: Vec<String> = options.map(|item| format!("{} × {}", item.quantity, item.text)).collect();
    let plan = &subscription.plan().text;
    if options.is_empty() { plan.to_string() } else { format!("{plan} with {}", options.join(", ")) }
}

/// Staff may assign every plan that is sold, also those that customers may not choose.
fn check_target(product: &Product, subscription: &Subscription, after: &Basket) -> Result<(), Refusal> {
    let target = product.plan(&after.plan).ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
    if target.retired && subscription.plan().code != after.plan {
        return Err(Refusal::PlanRetired(after.plan.clone()));
    }
    check_options(product, after).map(drop)
}

/// One thing of a basket, as the catalogue sells it.
struct Sold<'a> {
    component: Component,
    code: &'a str,
    text: &'a str,
    prices: &'a [Price],
    quantity: u32,
}

/// The items of a basket that takes the place of another one.
struct Assigned<'a> {
    facts: Facts<'a>,
    product: &'a Product,
    subscription: &'a Subscription,
    after: &'a Basket,
    rounding: Rounding,
}

impl Assigned<'_> {
    /// Every item as it is sold today.
    fn at_todays_prices(&self, draft: &mut Draft) -> Result<Vec<Item>, Refusal> {
        let (after, currency) = (self.after, draft.account.currency);
        self.items(draft, |item, sold| {
            let price = priced(sold.prices, &item.code, after, currency)?;
            let text = sold.text.to_owned();
            let today = Item {
                text: text.into(),
                unit_price: price.amount,
                tiers: price.tiers.clone(),
                discount: price.discount_on(item.quantity),
                ..item
            };
            // What is sold today as it was keeps the catalogue that it was sold from.
            if self.subscription.items.contains(&today) {
                return Ok(today);
            }
            Ok(Item { catalogue_version: self.facts.catalogue.version, ..today })
        })
    }

    /// Every item for what it costs now, whatever it becomes: the same plan price, the same amount for another quantity
    /// of an option, nothing for an added one. What a dropped one cost goes to the plan, so that a full period costs the
    /// same to the cent.
    fn at_the_present_amount(&self, draft: &mut Draft) -> Result<Vec<Item>, Refusal> {
        let nothing = draft.account.nothing();
        let dropped = self.subscription.items.iter().filter(|item| self.is_dropped(item));
        let dropped = sum(nothing.currency, dropped.map(|item| item.priced().net(self.rounding)));
        self.items(draft, |item, _| {
            let was = self.subscription.items.iter().find(|known| known.id == item.id && known.quantity > 0);
            let Some(was) = was else { return Ok(Item { unit_price: nothing, tiers: None, discount: None, ..item }) };
            let net = was.priced().net(self.rounding);
            Ok(match &item.component {
                Component::Plan if dropped.is_zero() => item,
                Component::Plan => Item { unit_price: net + dropped, tiers: None, discount: None, ..item },
                Component::Option(_) => for_the_same(item, was, net),
            })
        })
    }

    /// The items of the basket, each priced by `price`, and those that are dropped. Who has the plan or an option keeps
    /// its item, also where it was dropped and is covered still.
    fn items(
        &self,
        draft: &mut Draft,
        price: impl Fn(Item, &Sold<'_>) -> Result<Item, Refusal>,
    ) -> Result<Vec<Item>, Refusal> {
        let (now, nothing) = (draft.now, draft.account.nothing());
        let mut items = self.subscription.items.clone();
        for item in items.iter_mut().filter(|item| self.is_dropped(item)) {
            item.quantity = 0;
        }
        let covered = |item: &Item| {
            let mut coverage = self.subscription.coverage.iter();
            coverage.any(|segment| segment.item == item.id && segment.span.until > now && !segment.span.is_empty())
        };
        for sold in self.sold()? {
            let is_it = |item: &Item| item.component == sold.component && (item.quantity > 0 || covered(item));
            let place = items.iter().position(is_it);
            let (code, text) = (sold.code.to_owned(), sold.text.to_owned());
            let (quantity, catalogue_version) = (sold.quantity, self.facts.catalogue.version);
            let item = match place.map(|place| items[place].clone()) {
                Some(known) if known.code == code && known.quantity == quantity => known,
                Some(known) => {
                    // One that was dropped may have been of another cycle.
                    let (code, text, cycle) = (code.into(), text.into(), self.after.cycle);
                    Item { code, text, cycle, quantity, catalogue_version, ..known }
                }
                None => Item {
                    id: draft.id(),
                    component: sold.component.clone(),
                    code: code.into(),
                    text: text.into(),
                    unit_price: nothing,
                    tiers: None,
                    discount: None,
                    cycle: self.after.cycle,
                    quantity,
                    catalogue_version,
                },
            };
            let item = price(item, &sold)?;
            match place {
                Some(place) => items[place] = item,
                None => items.push(item),
            }
        }
        Ok(items)
    }

    /// The plan and the options of the basket, as the catalogue sells them.
    fn sold(&self) -> Result<Vec<Sold<'_>>, Refusal> {
        let code = &self.after.plan;
        let plan = self.product.plan(code).ok_or_else(|| Refusal::UnknownPlan(code.clone()))?;
        let (text, prices) = (&plan.name, &plan.prices);
        let mut sold = vec![Sold { component: Component::Plan, code, text, prices, quantity: 1 }];
        for (code, quantity) in &self.after.options {
            let option = self.product.option(code).ok_or_else(|| Refusal::UnknownOption(code.clone()))?;
            let (component, quantity) = (Component::Option(code.clone()), *quantity);
            sold.push(Sold { component, code, text: &option.name, prices: &option.prices, quantity });
        }
        Ok(sold)
    }

    fn is_dropped(&self, item: &Item) -> bool {
        let Component::Option(code) = &item.component else { return false };
        item.quantity > 0 && !self.after.options.contains_key(code)
    }
}

/// An item in another quantity for the amount that it cost: at its unit price less the difference, or, where that is too
/// low for the quantity, at the lowest that is not.
fn for_the_same(item: Item, was: &Item, net: Money) -> Item {
    if item.quantity == was.quantity {
        return item;
    }
    let quantity = i64::from(item.quantity);
    let enough = Money::new((net.minor + quantity - 1) / quantity, net.currency);
    // What one unit of a price in tiers costs says nothing of the others.
    let unit_price = if was.tiers.is_some() { enough } else { was.unit_price.max(enough) };
    let off = unit_price.times(quantity) - net;
    Item { unit_price, tiers: None, discount: Some(Discount::Amount(off)).filter(|_| !off.is_zero()), ..item }
}

/// Covers what was added until the period's end, for nothing. It begins where a change would charge it from.
fn cover_what_was_added(facts: Facts<'_>, draft: &mut Draft, place: usize, policy: &Policy) {
    let now = draft.now;
    let subscription = &draft.account.subscriptions[place];
    let terms = &policy.terms;
    let zone = terms.day_zone.of(&draft.account.zone, &facts.catalogue.zone);
    let counting = Counting { policy: &policy.reference, terms, zone, price_rounding: terms.rounding };
    let period = subscription.period;
    let start = counting.cut(terms.charge_from, now).clamp(period.from, period.until);
    let mut added = Vec::new();
    for item in subscription.items.iter().filter(|item| item.quantity > 0) {
        let own = subscription.coverage.iter().filter(|segment| segment.item == item.id && !segment.span.is_empty());
        let own = own.filter(|segment| segment.span.until > now);
        let from = own.map(|segment| segment.span.until).fold(start, Timestamp::max);
        if from < period.until {
            added.push((item.clone(), Span { from, until: period.until }));
        }
    }
    for (item, span) in added {
        let id = draft.id();
        let segment = Segment::of_nothing(id, &item, span, policy.reference());
        draft.subscription(place).coverage.push(segment);
    }
}
