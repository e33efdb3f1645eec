//! Usage: how many units of a meter a subscription had, at which price, and what they cost. Only sums come in, those of
//! closed windows; the events behind them are the caller's. What commands do to the counters is in `decide/report_usage`,
//! what a meter is in `catalogue/meter`.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::{TierMode, Tiers};
use crate::money::Money;
use crate::name::Name;
use crate::policy::{Policy, PolicyRef};
use crate::share::{Rounding, divide};

/// The most units that a price is for.
pub const MAX_PER: u32 = 1_000_000;

/// The most units of a meter in one period.
pub const MAX_UNITS: u32 = 1_000_000_000;

/// The most counters of a subscription that have counted something (I34); a report that would make them more is refused.
pub const MAX_COUNTED: usize = 100;

/// What a meter costs a subscription, as it was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterPrice {
    /// The meter's code.
    pub meter: Name,
    /// Its name.
    pub text: Name,
    /// What is counted, such as `GB`.
    pub unit: Name,
    /// Amounts are for so many units; positive.
    pub per: u32,
    /// What so many units cost; of a price in tiers what the first of them do.
    pub amount: Money,
    /// The tiers, by the place of a unit among all of the meter in its period. Graduated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Arc<Tiers>>,
}

/// Units of one meter at one price, in a period that is not billed yet. In the list of a subscription the counters of a
/// meter stand in the order in which they counted, and only the last of them is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// What they cost.
    pub price: MeterPrice,
    /// From when they are counted.
    pub from: Timestamp,
    /// Until when, where another price or another period counts since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// How many.
    pub units: u32,
}

/// Units that stand on a document, and how their amount was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metered {
    /// The policy by which was rounded.
    pub policy: PolicyRef,
    /// What they cost.
    pub price: MeterPrice,
    /// How many units of the meter there were before them in the period: tiers go on behind those.
    pub before: u32,
    /// How many they are.
    pub units: u32,
    /// What became of parts of a minor unit.
    pub rounding: Rounding,
}

/// Units that one tier of a price bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedPart {
    /// How many.
    pub units: u32,
    /// What as many of them cost as the price is for.
    pub each: Money,
    /// What the tier costs besides, once, with its first unit.
    pub flat: Money,
}

impl MeterPrice {
    /// Is it the same price of the same meter, whatever they are called?
    pub fn costs_as(&self, other: &Self) -> bool {
        (&self.meter, self.per, self.amount, &self.tiers) == (&other.meter, other.per, other.amount, &other.tiers)
    }

    /// What units cost that come after so many others of the period; rounded where each of the two ends is, so that parts
    /// add up to the whole whatever it is cut into. None past 64 bits, and where a price is for no units.
    pub fn cost(&self, before: u32, units: u32, rounding: Rounding) -> Option<Money> {
        let until = before.checked_add(units)?;
        if self.per == 0 {
            return None;
        }
        let to = |units: u32| divide(self.exact(units), i128::from(self.per), rounding);
        let minor = i64::try_from(to(until) - to(before)).ok()?;
        Some(Money::new(minor, self.amount.currency))
    }

    /// What the first units of a period cost, `per` times.
    pub(crate) fn exact(&self, units: u32) -> i128 {
        let Some(tiers) = &self.tiers else { return i128::from(self.amount.minor) * i128::from(units) };
        let part = |part: crate::catalogue::TierPart| {
            i128::from(part.each.minor) * i128::from(part.units) + i128::from(part.flat.minor) * i128::from(self.per)
        };
        tiers.parts(units).map(part).sum()
    }

    /// The tiers that bill units which come after so many others; one where there are none.
    pub fn parts(&self, before: u32, units: u32) -> Vec<UsedPart> {
        let until = before.saturating_add(units);
        let nothing = Money::zero(self.amount.currency);
        let Some(tiers) = self.tiers.as_ref().filter(|tiers| tiers.mode() == TierMode::Graduated) else {
            return vec![UsedPart { units, each: self.amount, flat: nothing }];
        };
        let mut parts = Vec::new();
        let mut below = 0;
        for tier in tiers.tiers() {
            let top = tier.up_to.unwrap_or(u32::MAX);
            let units = until.min(top).saturating_sub(before.max(below));
            if units > 0 {
                let flat = if before <= below { tier.flat } else { nothing };
                parts.push(UsedPart { units, each: tier.amount, flat });
            }
            below = top;
        }
        parts
    }
}

impl Counter {
    /// A counter that begins.
    pub fn new(price: MeterPrice, from: Timestamp) -> Self {
        Self { price, from, until: None, units: 0 }
    }

    /// Does it go on counting?
    pub fn is_open(&self) -> bool {
        self.until.is_none()
    }
}

impl Metered {
    /// The amount, computed again; none where it leads nowhere.
    pub fn replay(&self) -> Option<Money> {
        self.price.cost(self.before, self.units, self.rounding)
    }
}

/// How many units of its meter there were in the period before the counter at a place.
pub fn before(counters: &[Counter], place: usize) -> u32 {
    let meter = &counters[place].price.meter;
    counters[..place].iter().filter(|counter| counter.price.meter == *meter).map(|counter| counter.units).sum()
}

/// What counters come to, one by one, as an invoice under a policy has them.
pub fn metered<'a>(counters: &'a [Counter], policy: &'a Policy) -> impl Iterator<Item = Metered> + 'a {
    counters.iter().enumerate().map(|(place, counter)| Metered {
        policy: policy.reference(),
        price: counter.price.clone(),
        before: before(counters, place),
        units: counter.units,
        rounding: policy.terms.rounding,
    })
}

/// The prices of the meters that count now.
pub fn prices(counters: &[Counter]) -> impl Iterator<Item = &MeterPrice> {
    counters.iter().filter(|counter| counter.is_open()).map(|counter| &counter.price)
}

/// Counts at other prices from an instant on: what was counted stays at its own, and a meter that is not among them counts no
/// more. A price that is had again goes on where it was left, if nothing was counted since.
pub fn change_prices(counters: &mut Vec<Counter>, prices: &[MeterPrice], at: Timestamp) {
    for counter in counters.iter_mut().filter(|counter| counter.is_open()) {
        if !prices.iter().any(|price| price.costs_as(&counter.price)) {
            // A period that a change begins can begin with the next day: what counts in it from there counts no time before.
            counter.until = Some(at.max(counter.from));
        }
    }
    counters.retain(|counter| counter.is_open() || counter.units > 0);
    for price in prices {
        match counters.iter_mut().rev().find(|counter| counter.price.meter == price.meter) {
            Some(last) if last.price.costs_as(price) => last.until = None,
            _ => counters.push(Counter::new(price.clone(), at)),
        }
    }
}

/// Ends a period at an instant and begins the next: what was counted is closed, to be billed, and every meter counts from
/// nothing. What was counted in a trial is forgotten: it costs nothing.
pub fn begin_period(counters: &mut Vec<Counter>, over: Timestamp, begins: Timestamp, was_trial: bool) {
    let next: Vec<Counter> = prices(counters).map(|price| Counter::new(price.clone(), begins)).collect();
    if was_trial {
        counters.clear();
    }
    counters.retain(|counter| counter.units > 0);
    for counter in counters.iter_mut() {
        counter.until = counter.until.or(Some(over.max(counter.from)));
    }
    counters.extend(next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Tier;
    use crate::money::Currency;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("a currency"))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    fn price(per: u32, first: i64, then: i64) -> MeterPrice {
        let tiers = [(Some(1000), first), (None, then)];
        let tiers = tiers.map(|(up_to, minor)| Tier { up_to, amount: eur(minor), flat: eur(0) });
        let tiers = Tiers::of(TierMode::Graduated, tiers.to_vec()).expect("tiers");
        let text = |text: &str| text.into();
        MeterPrice {
            meter: text("gb"),
            text: text("Traffic"),
            unit: text("GB"),
            per,
            amount: eur(first),
            tiers: Some(Arc::new(tiers)),
        }
    }

    #[test]
    fn parts_of_usage_add_up_to_all_of_it_however_it_is_cut() {
        let price = price(1000, 300, 25);
        let cost = |before, units| price.cost(before, units, Rounding::HalfAway).expect("a cost").minor;
        assert_eq!([cost(0, 1), cost(0, 2), cost(0, 1000), cost(0, 1020), cost(1000, 20)], [0, 1, 300, 301, 1]);
        for cut in [1, 2, 3, 17, 999, 1000, 1001, 1234] {
            assert_eq!(cost(0, cut) + cost(cut, 5000 - cut), cost(0, 5000), "cut at {cut}");
        }
    }

    #[test]
    fn what_was_counted_before_has_used_up_the_first_tiers() {
        let price = price(1, 0, 2);
        let parts = price.parts(900, 350).into_iter().map(|part| (part.units, part.each.minor));
        assert_eq!(parts.collect::<Vec<_>>(), [(100, 0), (250, 2)]);
    }

    #[test]
    fn there_and_back_with_nothing_counted_between_is_one_counter() {
        let (a, b) = (price(1, 0, 2), price(1, 0, 3));
        let mut counters = vec![Counter { units: 7, ..Counter::new(a.clone(), at(0)) }];
        change_prices(&mut counters, std::slice::from_ref(&b), at(1));
        assert_eq!((counters.len(), counters[0].until, before(&counters, 1)), (2, Some(at(1)), 7));
        change_prices(&mut counters, std::slice::from_ref(&a), at(2));
        assert_eq!(counters, [Counter { units: 7, ..Counter::new(a, at(0)) }]);
        change_prices(&mut counters, &[], at(3));
        change_prices(&mut counters, &[b], at(4));
        assert_eq!((counters.len(), before(&counters, 1)), (2, 7));
    }

    #[test]
    fn a_price_of_no_units_and_units_past_all_numbers_lead_nowhere() {
        assert_eq!(price(0, 1, 1).cost(0, 1, Rounding::HalfAway), None);
        assert_eq!(price(1, 1, 1).cost(u32::MAX, 1, Rounding::HalfAway), None);
        assert_eq!(price(1, 1, i64::MAX).cost(0, u32::MAX, Rounding::HalfAway), None);
    }
}
