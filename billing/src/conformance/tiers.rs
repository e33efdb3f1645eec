//! Prices in tiers of quantity: what so many units cost for a cycle, as a catalogue with these tiers bills them.

use jiff::civil::date;

use super::behaviours::Customer;
use super::fields::Fields;
use super::found::Found;
use super::quantities::catalogue;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Basket, Tier, TierMode, Tiers};
use crate::money::{Currency, Money};

/// What is billed for a first period: a fixed price, where one is stated, and all units by their tiers.
pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    let currency = case.currency()?;
    let tiers = case.tiers()?.ok_or_else(|| case.input.missing("tiers"))?;
    let key = case.input.named(&["quantity", "seats", "units"]).ok_or_else(|| case.input.missing("quantity"))?;
    let quantity = case.input.needs_count(key)?;
    let units = tiers.units(quantity).ok_or_else(|| case.input.not_a(key, "a quantity that the tiers reach"))?;
    let fixed = if case.input.has("fixed") { case.needs_price("fixed")? } else { Money::zero(currency) };
    let cycle = case.input.cycle("interval")?.unwrap_or(Cycle::MONTH);

    let catalogue = catalogue(fixed, cycle, tiers.most(units), &tiers.written())?;
    let options = [("unit".into(), units)].into_iter().filter(|(_, count)| *count > 0).collect();
    let basket = Basket { plan: "plan".into(), cycle, options };
    let customer = Customer::enter(catalogue, &Zone::utc(), basket, "", date(2027, 4, 1).at(0, 0, 0, 0))?;
    let [plan, unit] = customer.billed();
    Ok(Answer::from(Found::map([
        ("fixed", Found::from(plan)),
        ("tiered", Found::from(unit)),
        ("total", Found::from(plan + unit)),
        ("amount", Found::from(plan + unit)),
    ])))
}

/// The tiers of a vector.
pub(super) struct StatedTiers {
    tiers: Tiers,
    /// The most units that have a price; none where the last tier is open.
    end: Option<i64>,
}

impl Case<'_> {
    /// The tiers that the input lists, in the mode of the policy; none where it lists none.
    pub fn tiers(&self) -> Result<Option<StatedTiers>, Unsayable> {
        let Some(list) = self.input.list("tiers")? else { return Ok(None) };
        let words = self.term("tier_mode")?;
        let mode = match (words.contains("graduated"), words.contains("volume")) {
            (true, false) => TierMode::Graduated,
            (false, true) => TierMode::Volume,
            _ if words.is_empty() => return Err(self.policy.missing("tier_mode")),
            _ => return Err(self.policy.not_a("tier_mode", "a way in which tiers count")),
        };
        let currency = self.currency()?;
        let read = |(place, value): (usize, &serde_json::Value)| {
            let path = format!("input.tiers.{place}");
            let map = value.as_object().ok_or_else(|| Unsayable(format!("{path} is not an object")))?;
            tier(&Fields::of(path, map), currency)
        };
        let mut tiers = list.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
        let end = tiers.last_mut().and_then(|last| last.up_to.take()).map(i64::from);
        // What is never sold above the last bound has no price there.
        let below = tiers.iter().rev().find_map(|tier| tier.up_to).map_or(0, i64::from);
        if end.is_some_and(|end| end <= below) {
            return Err(self.input.not_a("tiers", "bounds that ascend"));
        }
        let tiers = Tiers::of(mode, tiers).map_err(Unsayable)?;
        Ok(Some(StatedTiers { tiers, end }))
    }
}

fn tier(fields: &Fields<'_>, currency: Currency) -> Result<Tier, Unsayable> {
    let up_to = match fields.named(&["to", "up_to"]) {
        Some(key) if ["inf", "infinity"].map(Some).contains(&fields.text(key).ok().flatten()) => None,
        Some(key) => Some(fields.needs_count(key)?),
        None => None,
    };
    let up_to = up_to.map(|bound| u32::try_from(bound).expect("a count that was bounded"));
    let amount = |names: &[&'static str]| match fields.named(names) {
        Some(key) => fields.needs_integer(key).map(Some),
        None => Ok(None),
    };
    let (unit, flat) = (amount(&["unit", "unit_amount", "amount"])?, amount(&["flat", "flat_amount"])?);
    if unit.is_none() && flat.is_none() {
        return Err(fields.missing("unit"));
    }
    fields.all_read()?;
    let money = |minor: Option<i64>| Money::new(minor.unwrap_or(0), currency);
    Ok(Tier { up_to, amount: money(unit), flat: money(flat) })
}

impl StatedTiers {
    /// The list price of so many units; none above the last bound.
    pub fn list(&self, quantity: i64) -> Option<Money> {
        self.units(quantity).map(|units| self.tiers.list(units))
    }

    fn units(&self, quantity: i64) -> Option<u32> {
        u32::try_from(quantity).ok().filter(|_| self.end.is_none_or(|end| quantity <= end))
    }

    /// The most that a catalogue must sell, so that every tier can be had.
    fn most(&self, units: u32) -> u32 {
        self.tiers.bounds().max().map_or(1, |bound| bound + 1).max(units)
    }

    /// As a catalogue writes them.
    fn written(&self) -> String {
        let mode = match self.tiers.mode() {
            TierMode::Graduated => "graduated",
            TierMode::Volume => "volume",
        };
        let tier = |tier: &Tier| {
            let bound = tier.up_to.map(|bound| format!("up_to = {bound}, ")).unwrap_or_default();
            format!("{{ {bound}amount = \"{}\", flat = \"{}\" }}", tier.amount.decimal(), tier.flat.decimal())
        };
        let tiers: Vec<String> = self.tiers.tiers().iter().map(tier).collect();
        format!("tier_mode = \"{mode}\", tiers = [{}]", tiers.join(", "))
    }
}
