//! Prices in tiers of quantity: what so many units cost by the list where the price of a unit depends on how many there
//! are. A part of a period is a part of that sum: tiers come first, proration after them.

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};

/// A price in tiers, as it was sold. Only the last tier is open; the bounds before it ascend.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiers {
    mode: TierMode,
    tiers: Vec<Tier>,
}

/// How the tiers of a price count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierMode {
    /// Every unit costs what its own tier says.
    Graduated,
    /// All units cost what the tier of the last one says, so that one unit more can make all of them cheaper.
    Volume,
}

/// One tier of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The last unit in it; none of the last tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u32>,
    /// What a unit costs for one cycle.
    pub amount: Money,
    /// What is charged once for one cycle, where the tier has a unit (graduated) or the last one (volume).
    pub flat: Money,
}

/// A tier as catalogue files write it: `{ up_to = 50, amount = "2.00", flat = "10.00" }`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTier {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_to: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flat: Option<String>,
}

impl Tiers {
    /// Tiers from the first unit on, or which of them is wrong.
    pub fn of(mode: TierMode, tiers: Vec<Tier>) -> Result<Self, String> {
        let Some((last, bounded)) = tiers.split_last() else { return Err("a price in tiers has none".to_owned()) };
        if last.up_to.is_some() {
            return Err(format!("tier {} is the last and must be open: leave its up_to out", tiers.len()));
        }
        if let Some(place) = tiers.iter().position(|tier| tier.amount.is_negative() || tier.flat.is_negative()) {
            return Err(format!("tier {} has a negative amount", place + 1));
        }
        let mut below = 0;
        for (place, tier) in bounded.iter().enumerate() {
            let number = place + 1;
            let Some(up_to) = tier.up_to else {
                return Err(format!("tier {number} has no up_to, and only the last one is open"));
            };
            if up_to <= below {
                return Err(format!("tier {number} goes up to {up_to}, which is not above {below}"));
            }
            below = up_to;
        }
        Ok(Self { mode, tiers })
    }

    /// Reads tiers as they are written, or says which of them is wrong.
    pub(super) fn read(mode: TierMode, written: Vec<WrittenTier>, currency: Currency) -> Result<Self, String> {
        let read = |(place, tier): (usize, WrittenTier)| {
            let number = place + 1;
            if tier.amount.is_none() && tier.flat.is_none() {
                return Err(format!("tier {number} has neither an amount nor a flat amount"));
            }
            let money = |text: Option<String>| {
                let amount = text.map_or(Ok(Money::zero(currency)), |text| Money::parse(&text, currency));
                amount.map_err(|error| format!("tier {number}: {error}"))
            };
            Ok(Tier { up_to: tier.up_to, amount: money(tier.amount)?, flat: money(tier.flat)? })
        };
        Self::of(mode, written.into_iter().enumerate().map(read).collect::<Result<_, _>>()?)
    }

    /// How they count.
    pub fn mode(&self) -> TierMode {
        self.mode
    }

    /// Each of them, from the first unit on.
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// The tiers as they are written.
    pub(super) fn written(&self) -> Vec<WrittenTier> {
        let flat = |tier: &Tier| Some(tier.flat.decimal()).filter(|_| !tier.flat.is_zero());
        let tiers = self.tiers.iter();
        tiers
            .map(|tier| WrittenTier { up_to: tier.up_to, amount: Some(tier.amount.decimal()), flat: flat(tier) })
            .collect()
    }

    /// The list price of so many units for one cycle.
    pub fn list(&self, quantity: u32) -> Money {
        let nothing = Money::zero(self.tiers[0].amount.currency);
        self.parts(quantity).fold(nothing, |list, part| list + part.amount())
    }

    /// What each tier adds to the list price of so many units; tiers that add no unit are left out.
    pub fn parts(&self, quantity: u32) -> impl Iterator<Item = TierPart> + '_ {
        let mut below = 0;
        self.tiers.iter().filter_map(move |tier| {
            let top = tier.up_to.unwrap_or(u32::MAX);
            let units = match self.mode {
                TierMode::Graduated => quantity.min(top).saturating_sub(below),
                TierMode::Volume if below < quantity && quantity <= top => quantity,
                TierMode::Volume => 0,
            };
            below = top;
            (units > 0).then_some(TierPart { units, each: tier.amount, flat: tier.flat })
        })
    }

    /// The last units of the tiers before the open one.
    pub fn bounds(&self) -> impl Iterator<Item = u32> + '_ {
        self.tiers.iter().filter_map(|tier| tier.up_to)
    }

    /// The most that up to so many units cost by the list.
    pub(super) fn dearest(&self, most: u32) -> Option<i64> {
        // In a tier more units never cost less, so that the dearest are at a bound or at the end.
        let ends = self.bounds().filter(|bound| *bound < most).chain([most]);
        let costs = |quantity: u32| {
            self.parts(quantity).try_fold(0_i64, |sum, part| {
                let units = part.each.minor.checked_mul(i64::from(part.units))?;
                sum.checked_add(units)?.checked_add(part.flat.minor)
            })
        };
        ends.map(costs).try_fold(0, |dearest, cost| Some(dearest.max(cost?)))
    }
}

/// What one tier adds to a list price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierPart {
    /// How many units cost what it says.
    pub units: u32,
    /// What each of them costs.
    pub each: Money,
    /// What it costs besides, once.
    pub flat: Money,
}

impl TierPart {
    /// What it adds.
    pub fn amount(&self) -> Money {
        self.each.times(i64::from(self.units)) + self.flat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("a currency"))
    }

    fn tier(up_to: Option<u32>, amount: i64, flat: i64) -> Tier {
        Tier { up_to, amount: eur(amount), flat: eur(flat) }
    }

    fn costs(mode: TierMode, quantity: u32) -> i64 {
        let tiers = vec![tier(Some(2), 500, 0), tier(Some(5), 300, 100), tier(None, 100, 250)];
        Tiers::of(mode, tiers).expect("tiers").list(quantity).minor
    }

    #[test]
    fn every_unit_of_a_graduated_price_costs_what_its_tier_says() {
        let costs = |quantity| costs(TierMode::Graduated, quantity);
        assert_eq!([0, 1, 2, 3, 5, 6, 8].map(costs), [0, 500, 1000, 1400, 2000, 2350, 2550]);
    }

    #[test]
    fn all_units_of_a_volume_price_cost_what_the_tier_of_the_last_says() {
        let costs = |quantity| costs(TierMode::Volume, quantity);
        assert_eq!([0, 1, 2, 3, 5, 6, 8].map(costs), [0, 500, 1000, 1000, 1600, 850, 1050]);
    }

    #[test]
    fn tiers_that_say_nothing_of_some_quantity_are_refused() {
        let refused = |tiers: Vec<Tier>| Tiers::of(TierMode::Graduated, tiers).expect_err("tiers that cannot be");
        assert_eq!(refused(vec![]), "a price in tiers has none");
        assert_eq!(refused(vec![tier(Some(5), 1, 0)]), "tier 1 is the last and must be open: leave its up_to out");
        let open = tier(None, 1, 0);
        assert_eq!(refused(vec![open, open]), "tier 1 has no up_to, and only the last one is open");
        assert_eq!(refused(vec![tier(Some(0), 1, 0), open]), "tier 1 goes up to 0, which is not above 0");
        let back = vec![tier(Some(5), 1, 0), tier(Some(5), 1, 0), open];
        assert_eq!(refused(back), "tier 2 goes up to 5, which is not above 5");
        assert_eq!(refused(vec![tier(Some(5), 1, -1), open]), "tier 1 has a negative amount");
    }

    #[test]
    fn the_dearest_quantity_of_a_volume_price_can_be_below_the_largest() {
        let tiers = vec![tier(Some(10), 1000, 0), tier(None, 10, 0)];
        let tiers = Tiers::of(TierMode::Volume, tiers).expect("tiers");
        assert_eq!((tiers.dearest(20), tiers.dearest(7)), (Some(10_000), Some(7_000)));
        let tiers = Tiers::of(TierMode::Graduated, vec![tier(None, i64::MAX / 2, 0)]).expect("tiers");
        assert_eq!(tiers.dearest(3), None);
    }
}
