//! The grid of the search: which baskets a customer may choose among, and at which instants something may be done.
//! Whatever the rules of a change read (the day, the day before, the first and last day, the boundary, the second) lies
//! between two of these instants; a gain between the grid's points is a mixture of gains at them.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use jiff::{Span as Duration, Timestamp};

use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Basket, Price, Product, TierMode, price_in};
use crate::first_period::FirstPeriod;
use crate::money::Currency;
use crate::name::Named;
use crate::policy::{Policy, Terms, When};

/// A basket that can be had, and what it is made of.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    /// What the customer has.
    pub basket: Basket,
    /// Its plan and options, as bits; what its plan must have is part of the plan.
    pub things: u32,
    /// Is its plan still sold?
    pub sold: bool,
}

/// Every basket of a product that is sold in a currency: each plan by each cycle, with what it must have, alone and with
/// a unit more of each option; of one in volume tiers also on both sides of each bound, where more units can cost less.
/// Options are billed apart, so that two at once show nothing that one does not.
pub(super) fn picks(product: &Product, currency: Currency) -> Vec<Pick> {
    let mut picks = Vec::new();
    for (place, plan) in product.plans.iter().enumerate() {
        for cycle in cycles(product, currency) {
            let is_sold = |prices: &[Price]| price_in(prices, &plan.code, cycle, currency).is_some();
            if !is_sold(&plan.prices) {
                continue;
            }
            let least = product.options.iter().map(|option| (option.code.clone(), option.min_of(&plan.code)));
            let least: Named<_> = least.filter(|(_, min)| *min > 0).collect();
            let things = 1 << place.min(31);
            let basket = Basket { plan: plan.code.clone(), cycle, options: least.clone() };
            picks.push(Pick { basket: basket.clone(), things, sold: !plan.retired });
            for (place, option) in product.options.iter().enumerate() {
                let price = price_in(&option.prices, &plan.code, cycle, currency).filter(|_| option.is_on(&plan.code));
                let Some(price) = price else { continue };
                let min = least.get(&option.code).copied().unwrap_or(0);
                for quantity in quantities(price, min).into_iter().filter(|quantity| *quantity <= option.max) {
                    let mut options = least.clone();
                    options.insert(option.code.clone(), quantity);
                    let things = things | 1 << (product.plans.len() + place).min(31);
                    picks.push(Pick { basket: Basket { options, ..basket.clone() }, things, sold: !plan.retired });
                }
            }
        }
    }
    picks
}

/// The quantities of an option that are walked, above the least.
fn quantities(price: &Price, min: u32) -> BTreeSet<u32> {
    let volume = price.tiers.iter().filter(|tiers| tiers.mode() == TierMode::Volume);
    let bounds = volume.flat_map(|tiers| tiers.bounds()).flat_map(|bound| [bound, bound + 1]);
    bounds.chain([min + 1]).filter(|quantity| *quantity > min).collect()
}

/// The baskets sorted into companies of so many plans and options, each to be searched apart: all that a path over no more
/// of them can meet. A basket may be in several.
pub(super) fn companies(picks: &[Pick], things: u32) -> Vec<Vec<Pick>> {
    let all: u32 = picks.iter().fold(0, |all, pick| all | pick.things);
    let bits: Vec<u32> = (0..u32::BITS).map(|place| 1 << place).filter(|bit| all & bit != 0).collect();
    let mut sets = vec![0];
    for _ in 0..things.min(all.count_ones()) {
        // Each set grows by a bit above its highest, so that none comes twice.
        let grown = |set: u32| bits.iter().filter(move |bit| **bit > set).map(move |bit| set | bit);
        sets = sets.into_iter().flat_map(grown).collect();
    }
    let within = |set: u32| picks.iter().filter(move |pick| pick.things & !set == 0).cloned().collect::<Vec<_>>();
    sets.into_iter().map(within).filter(|company| !company.is_empty()).collect()
}

/// The cycles that any plan of a product is sold by, shortest first.
pub(super) fn cycles(product: &Product, currency: Currency) -> Vec<Cycle> {
    let prices = product.plans.iter().flat_map(|plan| &plan.prices);
    let mut cycles: Vec<_> =
        prices.filter(|price| price.amount.currency == currency).map(|price| price.cycle).collect();
    cycles.sort_by_key(|cycle| (cycle.nominal_days(), *cycle));
    cycles.dedup();
    cycles
}

/// The lengths of the trials that plans of a product have, in days, shortest first.
pub(super) fn trials(product: &Product) -> Vec<u16> {
    let mut days: Vec<_> = product.plans.iter().filter_map(|plan| plan.trial_days).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The instants at which something may be done, counted from a start, in their order. The start comes first.
///
/// Of the first period of every cycle: the first day from its first to its last second, the second day, the middle of
/// the period, its last second, and its boundary. Of the shortest also the last second of its middle day, and two days
/// later, while an unpaid change still waits. Of every trial that a plan has, its last second, its end, and the end of the
/// shortest period after it. Of a first period that leads to a bill day also the last second of the full one after it,
/// and the bill day and the second before it where that one is joined to it. Of the days in which all of it can go back, the
/// last second and their end.
pub(super) fn instants(start: Date, cycles: &[Cycle], trials: &[u16], policy: &Policy, zone: &Zone) -> Vec<Timestamp> {
    let terms = &policy.terms;
    let first_second = |day: Date| zone.midnight(day);
    let last_second = |day: Date| zone.instant(day.at(23, 59, 59, 0));
    let after = |day: Date, days: i64| day.checked_add(Duration::new().days(days)).expect("a date in range");
    let mut instants = vec![first_second(start), last_second(start), first_second(after(start, 1))];
    for cycle in cycles {
        let FirstPeriod { anchor, number, .. } = FirstPeriod::new(terms, first(start), *cycle, zone);
        let boundary = anchor.boundary(number + 1).date();
        let joint = anchor.boundary(number).date();
        if number < 0 && start < joint {
            // A first period and the full one after it.
            instants.extend([last_second(after(joint, -1)), first_second(joint)]);
        }
        let middle = after(start, crate::calendar::days_between(start, boundary) / 2);
        instants.push(first_second(middle));
        if Some(cycle) == cycles.first() {
            instants.extend([last_second(middle), last_second(after(middle, 2))]);
            let leads = terms.bill_day.is_some() && first(start) != anchor.boundary(number);
            instants.extend(leads.then(|| last_second(after(anchor.boundary(number + 2).date(), -1))));
        }
        instants.extend([last_second(after(boundary, -1)), first_second(boundary)]);
    }
    for days in trials {
        let end = after(start, i64::from(*days));
        instants.extend([last_second(after(end, -1)), first_second(end)]);
        if let Some(cycle) = cycles.first() {
            let FirstPeriod { anchor, number, .. } = FirstPeriod::new(terms, first(end), *cycle, zone);
            instants.push(last_second(after(anchor.boundary(number + 1).date(), -1)));
        }
    }
    if let Some(days) = policy.cancellation.full_refund_days.filter(|_| policy.cancellation.when.contains(&When::Now)) {
        for first in [0].iter().chain(trials) {
            let end = after(start, i64::from(*first) + i64::from(days));
            instants.extend([last_second(after(end, -1)), first_second(end)]);
        }
    }
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// The days to start on under these terms: those of the settings, but the first of them inside a full period where there
/// is a bill day.
pub(super) fn starts(days: &[Date], terms: &Terms) -> Vec<Date> {
    let mut days = days.to_vec();
    if let (Some(bill_day), Some(day)) = (terms.bill_day, days.first_mut())
        && bill_day.begins_at(first(*day))
    {
        *day = day.checked_add(Duration::new().days(INSIDE)).expect("a date in range");
    }
    days
}

/// So many days after the start of a month lie inside it.
const INSIDE: i64 = 16;

/// The first second of a day, as a local time.
pub(super) fn first(day: Date) -> DateTime {
    day.to_datetime(jiff::civil::Time::midnight())
}
