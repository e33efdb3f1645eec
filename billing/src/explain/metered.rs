//! What usage costs, as a sentence: so many units, how many of them are included, and what the others cost.

use super::exact::Stray;
use super::{Language, de, en, ja};
use crate::money::Money;
use crate::usage::Metered;

/// What there is to say of it, numbers written in the language.
pub(super) struct Told {
    /// The units: `1,250 GB`, `1 message`.
    pub units: String,
    /// Is it a single one?
    pub is_single: bool,
    /// How many of the meter there were before them in the period, where tiers go on behind those.
    pub before: Option<String>,
    /// What bills them, tier by tier.
    pub parts: Vec<Included>,
    /// Is it one price for all units?
    pub is_one: bool,
    /// How many units a price is for, where that is more than one.
    pub per: Option<String>,
    /// What they cost.
    pub amount: String,
    /// What was rounded.
    pub stray: Option<Stray>,
}

/// Units of one tier.
pub(super) struct Included {
    /// How many.
    pub units: String,
    /// What they cost each, or by so many as the price is for; none where they are included.
    pub each: Option<String>,
    /// What comes once with the tier.
    pub flat: Option<String>,
}

impl Metered {
    /// How the amount was found, as a sentence.
    pub fn sentence(&self, language: Language) -> String {
        let told = self.told(language);
        match language {
            Language::English => en::metered(&told),
            Language::German => de::metered(&told),
            Language::Japanese => ja::metered(&told),
        }
    }

    fn told(&self, language: Language) -> Told {
        let price = &self.price;
        let count = |number: u32| language.count(number.into());
        let amount = self.replay().unwrap_or(Money::zero(price.amount.currency));
        let money = |amount: Money| (!amount.is_zero()).then(|| language.money(amount));
        let parts = price.parts(self.before, self.units).into_iter().map(|part| Included {
            units: count(part.units),
            each: money(part.each),
            flat: money(part.flat),
        });
        let exact = price.exact(self.before.saturating_add(self.units)) - price.exact(self.before);
        Told {
            units: format!("{} {}", count(self.units), unit(language, &price.unit, self.units.into())),
            is_single: self.units == 1,
            before: (self.before > 0 && price.tiers.is_some()).then(|| count(self.before)),
            parts: parts.collect(),
            is_one: price.tiers.is_none(),
            per: (price.per > 1).then(|| count(price.per)),
            amount: language.money(amount),
            stray: Stray::of(amount, exact, i128::from(price.per.max(1))),
        }
    }
}

/// A unit of the catalogue for so many of it. English makes one of many: `seats`, and `seat` of 1; `blocks of 50 GB`, and
/// `block of 50 GB`. In other languages a unit is written so that it goes with every number.
pub fn unit(language: Language, unit: &str, quantity: i64) -> String {
    if language != Language::English {
        return unit.to_owned();
    }
    let (many, of) = unit.split_once(" of ").map_or((unit, None), |(many, of)| (many, Some(of)));
    let ending = if many.ends_with("sses") { "es" } else { "s" };
    let one = if quantity == 1 { many.strip_suffix(ending).unwrap_or(many) } else { many };
    of.map_or_else(|| one.to_owned(), |of| format!("{one} of {of}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::catalogue::{Tier, TierMode, Tiers};
    use crate::money::Currency;
    use crate::usage::MeterPrice;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("a currency"))
    }

    fn used(before: u32, units: u32, per: u32, tiers: &[(Option<u32>, i64, i64)]) -> Metered {
        let amount = eur(tiers[0].1);
        let tier = |(up_to, each, flat): &(Option<u32>, i64, i64)| Tier {
            up_to: *up_to,
            amount: eur(*each),
            flat: eur(*flat),
        };
        let in_tiers =
            (tiers.len() > 1).then(|| Tiers::of(TierMode::Graduated, tiers.iter().map(tier).collect()).expect("tiers"));
        let price = MeterPrice {
            meter: "gb".into(),
            text: "Traffic".into(),
            unit: "GB".into(),
            per,
            amount,
            tiers: in_tiers.map(Arc::new),
        };
        let policy = "vps@1".to_owned().try_into().expect("a policy");
        Metered { policy, price, before, units, rounding: Default::default() }
    }

    const INCLUDED: [(Option<u32>, i64, i64); 2] = [(Some(1000), 0, 0), (None, 2, 0)];

    #[test]
    fn usage_is_told_with_what_is_included() {
        let used = used(0, 1250, 1, &INCLUDED);
        let told = Language::ALL.map(|language| used.sentence(language));
        assert_eq!(
            told,
            [
                "1,250 GB were used: 1,000 included, 250 × 0.02 EUR: 5.00 EUR.",
                "1.250 GB wurden verbraucht: 1.000 inklusive, 250 × 0,02 EUR: 5,00 EUR.",
                "ご利用は1,250 GBです。1,000は料金に含まれ、250 × 0.02 EURで5.00 EURです。",
            ]
        );
    }

    #[test]
    fn a_single_unit_is_told_as_one() {
        let mut used = used(0, 1, 1, &[(None, 2, 0)]);
        let told = |used: &Metered| Language::ALL.map(|language| used.sentence(language));
        assert_eq!(
            told(&used),
            [
                "1 GB was used at 0.02 EUR each: 0.02 EUR.",
                "1 GB wurde verbraucht, je 0,02 EUR: 0,02 EUR.",
                "ご利用は1 GBです。1につき0.02 EURで0.02 EURです。",
            ]
        );
        used.price.unit = "messages".into();
        assert_eq!(told(&used)[0], "1 message was used at 0.02 EUR each: 0.02 EUR.");
        used.units = 2;
        assert_eq!(told(&used)[0], "2 messages were used at 0.02 EUR each: 0.04 EUR.");
    }

    #[test]
    fn usage_after_a_change_is_told_with_what_was_before_it() {
        let used = used(900, 300, 1, &INCLUDED);
        let told = Language::ALL.map(|language| used.sentence(language));
        assert_eq!(
            told,
            [
                "300 GB were used, after 900 before them in the period: 100 included, 200 × 0.02 EUR: 4.00 EUR.",
                "300 GB wurden verbraucht, nach 900 davor im Zeitraum: 100 inklusive, 200 × 0,02 EUR: 4,00 EUR.",
                "期間内の900に続くご利用は300 GBです。100は料金に含まれ、200 × 0.02 EURで4.00 EURです。",
            ]
        );
    }

    #[test]
    fn a_price_for_many_units_is_told_with_what_was_rounded() {
        let used = used(0, 1500, 1000, &[(None, 25, 0)]);
        let told = Language::ALL.map(|language| used.sentence(language));
        assert_eq!(
            told,
            [
                "1,500 GB were used at 0.25 EUR for 1,000: 0.38 EUR (0.375 rounded up).",
                "1.500 GB wurden verbraucht, 1.000 zu 0,25 EUR: 0,38 EUR (0,375 aufgerundet).",
                "ご利用は1,500 GBです。1,000につき0.25 EURで0.38 EURです（0.375を切り上げ）。",
            ]
        );
    }

    #[test]
    fn what_comes_once_with_a_tier_is_told() {
        let used = used(0, 30, 10, &[(Some(10), 100, 0), (None, 50, 250)]);
        let told = Language::ALL.map(|language| used.sentence(language));
        assert_eq!(
            told,
            [
                "30 GB were used: 10 at 1.00 EUR for 10, 20 at 0.50 EUR for 10 and 2.50 EUR once: 4.50 EUR.",
                "30 GB wurden verbraucht: 10 (10 zu 1,00 EUR), 20 (10 zu 0,50 EUR) und einmal 2,50 EUR: 4,50 EUR.",
                "ご利用は30 GBです。10は10につき1.00 EUR、20は10につき0.50 EUR（ほかに一度だけ2.50 EUR）で4.50 EURです。",
            ]
        );
    }
}
