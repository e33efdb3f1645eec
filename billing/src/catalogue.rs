//! The catalogue: what a storefront sells, in immutable published versions. A subscription keeps the prices it was
//! sold; a newer version changes only what is sold from then on. Whether a change is permitted is read here (W4).

mod bounds;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{Cycle, Zone};
use crate::money::{Currency, Money};

/// What a machine or account is given, by resource: `cpus`, `memory_mb`, `disk_gb`.
pub type Size = BTreeMap<String, i64>;

/// One published version of a storefront: its brand, its products, their prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The storefront's short name, such as `vps`.
    pub storefront: String,
    /// The published version, from 1.
    pub version: i64,
    /// The brand customers see.
    pub brand: String,
    /// The style-sheet accent of the storefront.
    pub accent: String,
    /// Whom customers write to.
    pub support_email: String,
    /// The language of pages and mails, as a BCP 47 tag.
    pub language: String,
    /// The zone for customers who named none.
    pub zone: Zone,
    /// The currency for customers who named none.
    pub currency: Currency,
    /// Where bank transfers go, as shown on invoices.
    pub bank_account: String,
    /// What is sold.
    pub products: Vec<Product>,
}

/// A product: plans of one kind that a service can be moved between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its code, stable over versions.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of the policy by which its changes are counted; the newest version applies.
    pub policy: String,
    /// The name of the module that provisions it, as configured in the server.
    pub module: String,
    /// What a change does to the running service.
    #[serde(default)]
    pub restart: Option<Restart>,
    /// May customers change plans themselves (W4)? Staff always may.
    pub customers_may_change: bool,
    /// Its plans, smallest first: the order gives a change its direction.
    pub plans: Vec<Plan>,
    /// Options that any of its plans may have.
    #[serde(default)]
    pub options: Vec<Choice>,
}

/// That a change restarts the service, and for how long (V2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restart {
    /// About how long the service is away, in seconds.
    pub seconds: u32,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its code, stable over versions.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it gives.
    pub size: Size,
    /// What it costs, per cycle and currency.
    pub prices: Vec<Price>,
    /// The plans customers on it may move to; all of the product where it is missing.
    #[serde(default)]
    pub change_to: Option<Vec<String>>,
    /// Is it no longer sold? Those on it stay on it.
    #[serde(default)]
    pub retired: bool,
}

/// A price for one full cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "WrittenPrice", into = "WrittenPrice")]
pub struct Price {
    /// How often.
    pub cycle: Cycle,
    /// How much, per unit.
    pub amount: Money,
}

/// A price as catalogue files write it: `{ cycle = "month", amount = "10.00", currency = "EUR" }`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPrice {
    cycle: Cycle,
    amount: String,
    currency: Currency,
}

impl TryFrom<WrittenPrice> for Price {
    type Error = String;
    fn try_from(written: WrittenPrice) -> Result<Self, String> {
        let amount = Money::parse(&written.amount, written.currency).map_err(|error| error.to_string())?;
        if amount.is_negative() {
            return Err(format!("the price {} is negative", written.amount));
        }
        Ok(Self { cycle: written.cycle, amount })
    }
}

impl From<Price> for WrittenPrice {
    fn from(price: Price) -> Self {
        Self { cycle: price.cycle, amount: price.amount.decimal(), currency: price.amount.currency }
    }
}

/// A configurable option of a quantity (W3): so many units more of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code, stable over versions.
    pub code: String,
    /// Its name, such as `Extra memory`.
    pub name: String,
    /// The unit of its quantity, such as `GB`.
    pub unit: String,
    /// The largest quantity.
    pub max: u32,
    /// The resource that a unit adds to.
    pub resource: String,
    /// How much of the resource a unit is.
    pub per_unit: i64,
    /// What a unit costs, per cycle and currency.
    pub prices: Vec<Price>,
}

/// Why a catalogue was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// The text does not have the schema; the message names line and field.
    #[error("the catalogue cannot be read: {0}")]
    Unreadable(String),
    /// Two entries of one kind have one code.
    #[error("{0:?} stands twice in the catalogue")]
    Twice(String),
    /// A name that points nowhere.
    #[error("{at} names {name:?}, which the catalogue does not have")]
    Dangling {
        /// Where it is named.
        at: String,
        /// What is named.
        name: String,
    },
    /// A number or text that no business sells.
    #[error("{at} is out of bounds: {bounds}")]
    OutOfBounds {
        /// Where it stands, as a JSON pointer.
        at: String,
        /// What it may be.
        bounds: String,
    },
    /// A plan that nobody could be billed for.
    #[error("plan {0:?} has no price")]
    NoPrice(String),
}

impl Catalogue {
    /// Reads a catalogue from TOML and checks that its names agree.
    pub fn from_toml(text: &str) -> Result<Self, CatalogueError> {
        let catalogue: Self = toml::from_str(text).map_err(|error| CatalogueError::Unreadable(error.to_string()))?;
        catalogue.validated()
    }

    /// The catalogue, where its numbers are within bounds and its names agree.
    pub fn validated(self) -> Result<Self, CatalogueError> {
        bounds::check(&self)?;
        no_twins(self.products.iter().map(|product| product.code.as_str()))?;
        for product in &self.products {
            let plans = product.plans.iter().map(|plan| plan.code.as_str());
            no_twins(plans.chain(product.options.iter().map(|option| option.code.as_str())))?;
            for plan in &product.plans {
                if plan.prices.is_empty() {
                    return Err(CatalogueError::NoPrice(plan.code.clone()));
                }
                for target in plan.change_to.iter().flatten() {
                    if product.plan(target).is_none() {
                        let at = format!("change_to of plan {:?}", plan.code);
                        return Err(CatalogueError::Dangling { at, name: target.clone() });
                    }
                }
            }
        }
        Ok(self)
    }

    /// The product of this code.
    pub fn product(&self, code: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.code == code)
    }
}

fn no_twins<'a>(codes: impl Iterator<Item = &'a str>) -> Result<(), CatalogueError> {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(CatalogueError::Twice(code.to_owned()));
        }
    }
    Ok(())
}

impl Product {
    /// The plan of this code.
    pub fn plan(&self, code: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.code == code)
    }

    /// The option of this code.
    pub fn option(&self, code: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.code == code)
    }

    /// The place of a plan in the order of size, smallest first.
    pub fn rank(&self, code: &str) -> Option<usize> {
        self.plans.iter().position(|plan| plan.code == code)
    }

    /// The size that a basket of this product gives.
    pub fn size(&self, basket: &Basket) -> Option<Size> {
        let mut size = self.plan(&basket.plan)?.size.clone();
        for (code, quantity) in &basket.options {
            let option = self.option(code)?;
            *size.entry(option.resource.clone()).or_default() += option.per_unit * i64::from(*quantity);
        }
        Some(size)
    }
}

/// The price among several for a cycle and currency. A price that is missing is never zero (M09).
pub fn price_in(prices: &[Price], cycle: Cycle, currency: Currency) -> Option<Money> {
    let mut fitting = prices.iter().filter(|price| price.cycle == cycle && price.amount.currency == currency);
    fitting.next().map(|price| price.amount)
}

/// What a subscription has or shall have: a plan, its cycle, quantities of options. Options of quantity 0 are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basket {
    /// The plan's code.
    pub plan: String,
    /// How often it is billed.
    pub cycle: Cycle,
    /// The quantity of each option, by code.
    #[serde(default)]
    pub options: BTreeMap<String, u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

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
    "#;

    fn refused(from: &str, to: &str) -> CatalogueError {
        assert!(CATALOGUE.contains(from), "{from}");
        Catalogue::from_toml(&CATALOGUE.replace(from, to)).expect_err("a catalogue nobody can sell from")
    }

    #[test]
    fn a_catalogue_reads() {
        let catalogue = Catalogue::from_toml(CATALOGUE).expect("a catalogue");
        assert_eq!(catalogue.products[0].plans[0].prices[0].amount.to_string(), "10.00 EUR");
    }

    #[test]
    fn what_cannot_be_sold_is_named() {
        let at = |error: CatalogueError| match error {
            CatalogueError::OutOfBounds { at, .. } => at,
            other => other.to_string(),
        };
        assert_eq!(at(refused("cycle = \"month\"", "cycle = \"200 months\"")), "/products/0/plans/0/prices/0");
        assert_eq!(at(refused("cpus = 1", "cpus = -1")), "/products/0/plans/0/size/cpus");
        assert_eq!(at(refused("code = \"small\"", "code = \"so small\"")), "/products/0/plans/0/code");
        assert_eq!(at(refused("brand = \"Host\"", "brand = \" \"")), "/brand");
    }

    #[test]
    fn unknown_fields_and_negative_prices_are_refused() {
        assert!(matches!(refused("code = \"small\"", "code = \"small\"\nfree = true"), CatalogueError::Unreadable(_)));
        assert!(matches!(refused("\"10.00\"", "\"-10.00\""), CatalogueError::Unreadable(_)));
        assert!(matches!(refused("\"10.00\"", "\"10.001\""), CatalogueError::Unreadable(_)));
    }
}
