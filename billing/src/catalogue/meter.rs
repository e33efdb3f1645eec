//! Meters: what is counted and billed afterwards, such as traffic or messages. Nobody chooses a quantity, so a meter is
//! no option: it has no place in a basket, a size or a recurring amount. What is counted of it is in `usage`.

use serde::{Deserialize, Serialize};

use super::bounds::within;
use super::{CatalogueError, Plan, Price, Product, TierMode, price_in};
use crate::calendar::Cycle;
use crate::money::Currency;
use crate::name::Name;
use crate::usage::{MAX_PER, MeterPrice};

/// The most meters of a product: with every one of them on several prices a period stays bounded (I34).
pub(super) const MAX_METERS: usize = 20;

/// Something that is counted, and what it costs on each plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// Its code, stable over versions.
    pub code: Name,
    /// Its name, such as `Traffic`.
    pub name: Name,
    /// The unit that is counted, such as `GB`.
    pub unit: Name,
    /// Amounts are for so many units; 1 where it is missing. So a unit can cost a part of a cent.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub per: u32,
    /// What units cost, per cycle and currency, on one plan or all. Where a plan has no price it has no such meter.
    pub prices: Vec<Price>,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_one(per: &u32) -> bool {
    *per == 1
}

impl Meter {
    /// Its price on a plan, for a cycle in a currency, as it would be sold now; none where the plan has no such meter.
    pub fn sold(&self, plan: &str, cycle: Cycle, currency: Currency) -> Option<MeterPrice> {
        let price = price_in(&self.prices, plan, cycle, currency)?;
        let (meter, text, unit) = (self.code.clone(), self.name.clone(), self.unit.clone());
        Some(MeterPrice { meter, text, unit, per: self.per, amount: price.amount, tiers: price.tiers.clone() })
    }
}

impl Product {
    /// The meters of a plan, at what they cost now.
    pub fn meters_of(&self, plan: &Plan, cycle: Cycle, currency: Currency) -> Vec<MeterPrice> {
        self.meters.iter().filter_map(|meter| meter.sold(&plan.code, cycle, currency)).collect()
    }
}

/// Refuses what cannot be counted or billed, named by its JSON pointer.
pub(super) fn check(
    at: &str,
    meters: &[Meter],
    name: impl Fn(&str, &Meter) -> Result<(), CatalogueError>,
) -> Result<(), CatalogueError> {
    within(meters.len() <= MAX_METERS, || at.to_owned(), || format!("at most {MAX_METERS} meters"))?;
    for (place, meter) in meters.iter().enumerate() {
        let at = format!("{at}/{place}");
        name(&at, meter)?;
        let fits = (1..=MAX_PER).contains(&meter.per);
        within(fits, || format!("{at}/per"), || format!("from 1 to {MAX_PER} units"))?;
        for (place, price) in meter.prices.iter().enumerate() {
            one_price(&format!("{at}/prices/{place}"), price)?;
            let key = |price: &Price| (price.cycle, price.amount.currency, price.plan.clone());
            let twice = meter.prices[..place].iter().any(|other| key(other) == key(price));
            within(
                !twice,
                || format!("{at}/prices/{place}"),
                || "one price for a cycle, currency and plan".to_owned(),
            )?;
        }
    }
    Ok(())
}

fn one_price(at: &str, price: &Price) -> Result<(), CatalogueError> {
    within(
        price.discount.is_none(),
        || format!("{at}/discount"),
        || "left out: what a unit of usage costs less, it costs".to_owned(),
    )?;
    within(
        price.setup.is_none(),
        || format!("{at}/setup"),
        || "left out: nothing is set up for what is reported; a plan or an option can cost something once".to_owned(),
    )?;
    within(
        price.trial_price.is_none(),
        || format!("{at}/trial_price"),
        || "left out: a trial is one of a plan, and what is used in it is free".to_owned(),
    )?;
    // By the number of all units one more could make all of them cheaper, and those of an earlier price with them.
    let by_volume = price.tiers.as_ref().is_some_and(|tiers| tiers.mode() == TierMode::Volume);
    within(!by_volume, || format!("{at}/tier_mode"), || "graduated: usage is billed in parts".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, CatalogueError};

    const CATALOGUE: &str = r#"
        storefront = "host"
        version = 1
        brand = "Host"
        accent = "ember"
        support_email = "help@host.example"
        language = "en"
        zone = "UTC"
        currency = "EUR"
        bank_account = "DE02"
        [[products]]
        code = "server"
        name = "Server"
        policy = "vps"
        module = "none"
        customers_may_change = true
        [[products.plans]]
        code = "small"
        name = "Small"
        size = { cpus = 1 }
        prices = [{ cycle = "month", amount = "10.00", currency = "EUR" }]
        [[products.meters]]
        code = "mail"
        name = "Messages"
        unit = "messages"
        per = 1000
        prices = [{ cycle = "month", currency = "EUR", tier_mode = "graduated", tiers = [{ up_to = 1000, amount = "0.00" }, { amount = "0.25" }] }]
    "#;

    fn at(from: &str, to: &str) -> String {
        assert!(CATALOGUE.contains(from), "{from}");
        match Catalogue::from_toml(&CATALOGUE.replacen(from, to, 1)).expect_err("a catalogue that cannot be sold from")
        {
            CatalogueError::OutOfBounds { at, .. } => at,
            other => other.to_string(),
        }
    }

    #[test]
    fn a_meter_reads_and_is_written_as_it_was_read() {
        let catalogue = Catalogue::from_toml(CATALOGUE).expect("a catalogue");
        let product = &catalogue.products[0];
        let price = &product.meters_of(&product.plans[0], crate::calendar::Cycle::MONTH, catalogue.currency)[0];
        assert_eq!((price.per, price.cost(0, 3_000, Default::default()).map(|cost| cost.minor)), (1000, Some(50)));
        let json = serde_json::to_string(&catalogue).expect("JSON");
        assert_eq!(serde_json::from_str::<Catalogue>(&json).expect("a catalogue"), catalogue);
    }

    #[test]
    fn what_cannot_be_metered_is_named() {
        let meter = "/products/0/meters/0";
        assert_eq!(at("per = 1000", "per = 0"), format!("{meter}/per"));
        assert_eq!(at("unit = \"messages\"", "unit = \"\""), format!("{meter}/unit"));
        assert_eq!(at("\"graduated\"", "\"volume\""), format!("{meter}/prices/0/tier_mode"));
        assert_eq!(
            at("{ amount = \"0.25\" }]", "{ amount = \"0.25\" }], setup = \"5.00\""),
            format!("{meter}/prices/0/setup")
        );
        assert_eq!(
            at("{ amount = \"0.25\" }]", "{ amount = \"0.25\" }], discount = \"5%\""),
            format!("{meter}/prices/0/discount")
        );
        let twice = "prices = [{ cycle = \"month\", amount = \"1.00\", currency = \"EUR\" }, { cycle = \"month\", currency = \"EUR\"";
        assert_eq!(at("prices = [{ cycle = \"month\", currency = \"EUR\"", twice), format!("{meter}/prices/1"));
    }

    #[test]
    fn a_meter_has_a_code_of_its_own_and_plans_that_are_there() {
        assert_eq!(at("code = \"mail\"", "code = \"small\""), "\"small\" stands twice in the catalogue");
        let on = "tiers = [{ up_to = 1000, amount = \"0.00\" }, { amount = \"0.25\" }]";
        let error = at(on, &format!("{on}, plan = \"tiny\""));
        assert!(error.contains("names \"tiny\""), "{error}");
        let error = at("per = 1000", "per = 1000\nmax = 5");
        assert!(error.contains("unknown field"), "{error}");
    }
}
