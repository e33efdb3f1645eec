//! Meters in words: what a plan asks for units of usage, and what was used in a period so far. Amounts are those that the
//! next invoice will have; nothing here counts.

use billing::account::Subscription;
use billing::catalogue::Tier;
use billing::decide::Facts;
use billing::money::{Money, sum};
use billing::usage::{MeterPrice, metered};

use super::words::{amount, count_of, number};
use crate::ui::language::{Language, Texts, args};
use crate::ui::{Fact, Value};

/// `Traffic: up to 1,000 GB included, then €0.02 per GB`, `Messages: €0.25 per 1,000 messages`.
pub fn price(language: Language, price: &MeterPrice) -> String {
    let words = match &price.tiers {
        None => each(language, price, price.amount, None),
        Some(tiers) => {
            let parts = tiers.tiers().iter().map(|tier| part(language, price, tier));
            super::words::listed(language, &parts.collect::<Vec<_>>())
        }
    };
    language.fill("meter-price", &args!["name" => price.text.as_str(), "price" => words])
}

fn part(language: Language, price: &MeterPrice, tier: &Tier) -> String {
    let cost = each(language, price, tier.amount, Some(tier.flat));
    match tier.up_to {
        Some(units) => {
            let units = count_of(language, &price.unit, units.into());
            language.fill("meter-up-to", &args!["units" => units, "price" => cost])
        }
        None => language.fill("meter-then", &args!["price" => cost]),
    }
}

/// `included`, `€0.02 per GB`, `€0.25 per 1,000 messages and €2.50 once`.
fn each(language: Language, price: &MeterPrice, each: Money, flat: Option<Money>) -> String {
    let flat = flat.filter(|flat| !flat.is_zero()).map(|flat| amount(language, flat).text);
    if each.is_zero() && flat.is_none() {
        return language.text("meter-included");
    }
    let unit = super::words::unit(language, &price.unit, price.per.into());
    let units = if price.per == 1 { unit } else { format!("{} {unit}", number(language, price.per.into())) };
    let words = language.fill("meter-each", &args!["amount" => amount(language, each).text, "units" => units]);
    match flat {
        Some(flat) => language.fill("meter-and-once", &args!["price" => words, "amount" => flat]),
        None => words,
    }
}

/// What was used in the present period, meter by meter, and what it comes to so far: `Traffic` `1,250 GB`, `€5.00 so far`.
pub fn so_far(language: Language, facts: Facts<'_>, subscription: &Subscription) -> Vec<Fact> {
    let product = facts.catalogue.product(&subscription.product);
    let policy = product.and_then(|product| facts.catalogue.policy(&product.policy, facts.policies));
    let Some(policy) = policy else { return Vec::new() };
    let counted: Vec<_> = metered(&subscription.usage, policy).collect();
    let mut facts = Vec::new();
    for (place, one) in counted.iter().enumerate() {
        let meter = &one.price.meter;
        if counted[..place].iter().any(|earlier| earlier.price.meter == *meter) {
            continue;
        }
        let all = counted.iter().filter(|other| other.price.meter == *meter);
        let units: i64 = all.clone().map(|one| i64::from(one.units)).sum();
        let nothing = Money::zero(one.price.amount.currency);
        let comes_to = sum(nothing.currency, all.map(|one| one.replay().unwrap_or(nothing)));
        let note = if subscription.is_in_trial() {
            language.text("usage-free")
        } else {
            language.fill("usage-so-far", &args!["amount" => amount(language, comes_to).text])
        };
        let value = Value::Noted(count_of(language, &one.price.unit, units), note);
        facts.push(Fact::new(one.price.text.as_str(), value));
    }
    facts
}

/// What was used in the present period comes to so far; none where nothing is counted, and in a trial, where it is free.
pub fn comes_to(facts: Facts<'_>, subscription: &Subscription) -> Option<Money> {
    let product = facts.catalogue.product(&subscription.product)?;
    let policy = facts.catalogue.policy(&product.policy, facts.policies)?;
    if subscription.usage.is_empty() || subscription.is_in_trial() {
        return None;
    }
    let nothing = Money::zero(subscription.plan().unit_price.currency);
    let amounts = metered(&subscription.usage, policy).map(|one| one.replay().unwrap_or(nothing));
    Some(sum(nothing.currency, amounts))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use billing::catalogue::{TierMode, Tiers};
    use billing::money::Currency;

    use super::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("a currency"))
    }

    fn meter(unit: &str, per: u32, tiers: &[(Option<u32>, i64, i64)]) -> MeterPrice {
        let tier = |(up_to, each, flat): &(Option<u32>, i64, i64)| Tier {
            up_to: *up_to,
            amount: eur(*each),
            flat: eur(*flat),
        };
        let in_tiers = || Tiers::of(TierMode::Graduated, tiers.iter().map(tier).collect()).expect("tiers");
        MeterPrice {
            meter: "m".into(),
            text: "Traffic".into(),
            unit: unit.into(),
            per,
            amount: eur(tiers[0].1),
            tiers: (tiers.len() > 1).then(|| Arc::new(in_tiers())),
        }
    }

    fn told(meter: &MeterPrice) -> [String; 3] {
        Language::ALL.map(|language| price(language, meter).replace('\u{a0}', " "))
    }

    #[test]
    fn a_meter_says_what_is_included_and_what_a_unit_costs() {
        assert_eq!(
            told(&meter("GB", 1, &[(Some(1000), 0, 0), (None, 2, 0)])),
            [
                "Traffic: up to 1,000 GB included, then €0.02 per GB",
                "Traffic nach Verbrauch: bis 1.000 GB inklusive, danach 0,02 € je GB",
                "Traffic：1,000GBまでは料金に含まれます、それ以降はGBあたり€0.02",
            ]
        );
    }

    #[test]
    fn a_price_for_many_units_says_for_how_many() {
        assert_eq!(told(&meter("messages", 1000, &[(None, 25, 0)]))[0], "Traffic: €0.25 per 1,000 messages");
        let once = meter("GB", 1, &[(Some(10), 5, 0), (None, 2, 250)]);
        assert_eq!(told(&once)[0], "Traffic: up to 10 GB €0.05 per GB, then €0.02 per GB and €2.50 once");
    }
}
