//! The catalogue: what a storefront sells, in immutable published versions. A subscription keeps the prices it was
//! sold; a newer version changes only what is sold from then on. Whether a change is permitted is read here (W4).

mod billed;
mod bounds;
mod choice;
mod meter;
mod tiers;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::{Cycle, Zone};
use crate::discount::Discount;
use crate::money::{Currency, Money};
use crate::name::{Name, Named};
use crate::percent::Percent;
use crate::policy::{Policies, Policy};
use crate::proration::Priced;
use crate::share::Rounding;
use crate::tax::SharedRate;
use tiers::WrittenTier;

pub use billed::Billed;
pub use choice::{Choice, ChoiceKind};
pub use meter::Meter;
pub use tiers::{Tier, TierMode, TierPart, Tiers};

/// What a machine or account is given, by resource: `cpus`, `memory_mb`, `disk_gb`.
pub type Size = Named<i64>;

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
    /// The tax on what is sold; none where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<SharedRate>,
    /// The storefront's own policies; they go before the presets of the same name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<Policy>,
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
    /// The name of the policy by which its changes are counted: the catalogue's own or a preset, the newest version.
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
    /// What is counted on its plans and billed afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<Meter>,
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
    pub code: Name,
    /// Its name.
    pub name: Name,
    /// What it gives.
    pub size: Size,
    /// What it costs, per cycle and currency.
    pub prices: Vec<Price>,
    /// When a period on it is billed, with its options.
    #[serde(default, skip_serializing_if = "Billed::is_advance")]
    pub billed: Billed,
    /// What else is to be said of it where plans are chosen, in a few words each.
    #[serde(default)]
    pub features: Vec<String>,
    /// What it gives to use up in every period (T5).
    #[serde(default)]
    pub credits: Option<Credits>,
    /// For how many of the customer's days who starts on it pays nothing (B2); none where it is missing. An account has a
    /// trial with its first subscription of the product only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial_days: Option<u16>,
    /// The plans customers on it may move to; all of the product where it is missing.
    #[serde(default)]
    pub change_to: Option<Vec<Name>>,
    /// Is it no longer sold? Those on it stay on it.
    #[serde(default)]
    pub retired: bool,
}

/// What a plan gives to use up in every period (T5): hours, tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credits {
    /// What is counted, in the plural: `hours`.
    pub unit: String,
    /// How many for a period.
    pub amount: u32,
}

/// A price for one full cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "WrittenPrice", into = "WrittenPrice")]
pub struct Price {
    /// How often.
    pub cycle: Cycle,
    /// How much, per unit; of a price in tiers what one unit alone costs.
    pub amount: Money,
    /// What units cost by how many there are, where that is not the same for each. Of options only.
    pub tiers: Option<Arc<Tiers>>,
    /// What is taken off it, such as a discount for paying by the year. A fixed one is per unit.
    pub discount: Option<Discount>,
    /// What one unit costs once, in full, when it is first had (a setup fee); none where that is nothing.
    pub setup: Option<Money>,
    /// What the trial of its plan costs, once and in full, when that starts; none where it costs nothing. Of plans only.
    pub trial_price: Option<Money>,
    /// Of an option: the one plan on which it costs this, whatever it costs on others.
    pub plan: Option<Name>,
}

/// A price as catalogue files write it: `{ cycle = "month", amount = "10.00", currency = "EUR" }`, of an option perhaps
/// with `plan = "large"`, or in tiers: `{ cycle = "month", currency = "EUR", tier_mode = "graduated", tiers = [{ up_to = 5,
/// amount = "0.00" }, { amount = "4.00" }] }`. What is to be paid once stands beside it: `setup = "15.00"`, or `trial_price = "1.00"`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPrice {
    cycle: Cycle,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tier_mode: Option<TierMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<WrittenTier>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discount: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    setup: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trial_price: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan: Option<Name>,
}

impl TryFrom<WrittenPrice> for Price {
    type Error = String;
    fn try_from(written: WrittenPrice) -> Result<Self, String> {
        let currency = written.currency;
        let (amount, tiers) = match (written.amount, written.tier_mode, written.tiers) {
            (Some(text), None, None) => {
                let amount = Money::parse(&text, currency).map_err(|error| error.to_string())?;
                if amount.is_negative() {
                    return Err(format!("the price {text} is negative"));
                }
                (amount, None)
            }
            (None, Some(mode), Some(tiers)) => {
                let tiers = Tiers::read(mode, tiers, currency)?;
                (tiers.list(1), Some(Arc::new(tiers)))
            }
            _ => return Err("a price has an amount, or a tier_mode and tiers".to_owned()),
        };
        let read = |text: &str| match text.strip_suffix('%') {
            Some(percent) => Percent::parse(percent).map(Discount::Percent).map_err(|error| error.to_string()),
            None => Money::parse(text, currency).map(Discount::Amount).map_err(|error| error.to_string()),
        };
        let discount = written.discount.as_deref().map(read).transpose()?;
        if matches!(discount, Some(Discount::Amount(_))) && tiers.is_some() {
            return Err("the discount on a price in tiers is a percentage".to_owned());
        }
        if let Some(Discount::Amount(off)) = discount
            && (off.is_negative() || off > amount)
        {
            return Err(format!("the discount {} is not between 0 and the price {}", off.decimal(), amount.decimal()));
        }
        let setup = written.setup.map(|text| read_setup(&text, currency)).transpose()?;
        let setup = setup.filter(|setup| !setup.is_zero());
        let trial_price = written.trial_price.map(|text| read_trial_price(&text, currency)).transpose()?;
        Ok(Self { cycle: written.cycle, amount, tiers, discount, setup, trial_price, plan: written.plan })
    }
}

fn read_setup(text: &str, currency: Currency) -> Result<Money, String> {
    let setup = Money::parse(text, currency).map_err(|error| format!("the setup price: {error}"))?;
    if setup.is_negative() {
        return Err(format!("the setup price {text} is negative"));
    }
    Ok(setup)
}

fn read_trial_price(text: &str, currency: Currency) -> Result<Money, String> {
    let price = Money::parse(text, currency).map_err(|error| format!("the trial price: {error}"))?;
    if !price.is_positive() {
        return Err(format!("the trial price {text} is not positive; leave it out where the trial costs nothing"));
    }
    Ok(price)
}

impl From<Price> for WrittenPrice {
    fn from(price: Price) -> Self {
        let (amount, currency) = (price.amount.decimal(), price.amount.currency);
        let discount = price.discount.map(|discount| match discount {
            Discount::Percent(percent) => format!("{percent}%"),
            Discount::Amount(off) => off.decimal(),
        });
        let amount = Some(amount).filter(|_| price.tiers.is_none());
        let tier_mode = price.tiers.as_ref().map(|tiers| tiers.mode());
        let tiers = price.tiers.as_ref().map(|tiers| tiers.written());
        let setup = price.setup.map(Money::decimal);
        let trial_price = price.trial_price.map(Money::decimal);
        Self { cycle: price.cycle, amount, currency, tier_mode, tiers, discount, setup, trial_price, plan: price.plan }
    }
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
        no_twins(self.policies.iter().map(|policy| &*policy.reference.name))?;
        no_twins(self.products.iter().map(|product| product.code.as_str()))?;
        for product in &self.products {
            let plans = product.plans.iter().map(|plan| plan.code.as_str());
            let options = product.options.iter().map(|option| option.code.as_str());
            no_twins(plans.chain(options).chain(product.meters.iter().map(|meter| meter.code.as_str())))?;
            for plan in &product.plans {
                if plan.prices.is_empty() {
                    return Err(CatalogueError::NoPrice(plan.code.to_string()));
                }
                let targets = plan.change_to.iter().flatten();
                product.has_plans(targets, || format!("change_to of plan {:?}", plan.code))?;
            }
            bounds::arrears(&self, product)?;
            for option in &product.options {
                let named = option.plans.iter().flatten().chain(option.min_on.keys());
                let named = named.chain(option.prices.iter().filter_map(|price| price.plan.as_ref()));
                product.has_plans(named, || format!("option {:?}", option.code))?;
            }
            for meter in &product.meters {
                let named = meter.prices.iter().filter_map(|price| price.plan.as_ref());
                product.has_plans(named, || format!("meter {:?}", meter.code))?;
            }
        }
        Ok(self)
    }

    /// The newest policy of a name: the catalogue's own, or a preset.
    pub fn policy<'a>(&'a self, name: &str, presets: &'a Policies) -> Option<&'a Policy> {
        let own = self.policies.iter().filter(|policy| *policy.reference.name == *name);
        own.max_by_key(|policy| policy.reference.version).or_else(|| presets.newest(name))
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
    pub fn plan<C: ?Sized>(&self, code: &C) -> Option<&Plan>
    where
        Name: PartialEq<C>,
    {
        self.plans.iter().find(|plan| plan.code == *code)
    }

    /// The option of this code.
    pub fn option<C: ?Sized>(&self, code: &C) -> Option<&Choice>
    where
        Name: PartialEq<C>,
    {
        self.options.iter().find(|option| option.code == *code)
    }

    fn has_plans<'a>(
        &self,
        mut named: impl Iterator<Item = &'a Name>,
        at: impl FnOnce() -> String,
    ) -> Result<(), CatalogueError> {
        match named.find(|code| self.plan(*code).is_none()) {
            None => Ok(()),
            Some(name) => Err(CatalogueError::Dangling { at: at(), name: name.to_string() }),
        }
    }

    /// The place of a plan in the order of size, smallest first.
    pub fn rank<C: ?Sized>(&self, code: &C) -> Option<usize>
    where
        Name: PartialEq<C>,
    {
        self.plans.iter().position(|plan| plan.code == *code)
    }

    /// The size that a basket of this product gives.
    pub fn size(&self, basket: &Basket) -> Option<Size> {
        let option = |(code, quantity): (&Name, &u32)| Some((self.option(code)?, *quantity));
        let options: Option<Vec<_>> = basket.options.iter().map(option).collect();
        Some(self.plan(&basket.plan)?.size_with(&options?))
    }
}

impl Plan {
    /// The size that it gives with these quantities of options.
    pub fn size_with(&self, options: &[(&Choice, u32)]) -> Size {
        let own = self.size.iter().map(|(resource, amount)| (resource.clone(), *amount));
        let more =
            |(option, quantity): &(&Choice, u32)| (option.resource.clone(), option.per_unit * i64::from(*quantity));
        let mut amounts = Vec::with_capacity(self.size.len() + options.len());
        amounts.extend(own);
        amounts.extend(options.iter().map(more));
        // Resources are named in the order of options, mostly, and behind those of the plan.
        Size::in_order(amounts).unwrap_or_else(|amounts| {
            let mut size = Size::default();
            for (resource, amount) in amounts {
                *size.entry(resource).or_default() += amount;
            }
            size
        })
    }
}

/// The price among several on a plan, for a cycle and currency: the one bound to the plan, or else the one bound to none.
/// A price that is missing is never zero (M09).
pub fn price_in<'a>(prices: &'a [Price], plan: &str, cycle: Cycle, currency: Currency) -> Option<&'a Price> {
    let fits = |price: &&Price| price.cycle == cycle && price.amount.currency == currency;
    let mut unbound = None;
    for price in prices.iter().filter(fits) {
        match &price.plan {
            Some(bound) if bound == plan => return Some(price),
            Some(_) => {}
            None => unbound = unbound.or(Some(price)),
        }
    }
    unbound
}

/// The list price of so many units for one cycle: in tiers where there are any.
pub fn list_of(unit_price: Money, tiers: Option<&Tiers>, quantity: u32) -> Money {
    tiers.map_or_else(|| unit_price.times(i64::from(quantity)), |tiers| tiers.list(quantity))
}

impl Price {
    /// So many units of it for one cycle, with the discount on all of them.
    pub fn times(&self, quantity: u32) -> Priced {
        let list = list_of(self.amount, self.tiers.as_deref(), quantity);
        Priced { list, discount: self.discount_on(quantity), cycle: self.cycle }
    }

    /// What one unit costs for one cycle, less its discount.
    pub fn net(&self) -> Money {
        self.times(1).net(Rounding::HalfAway)
    }

    /// The discount on so many units.
    pub fn discount_on(&self, quantity: u32) -> Option<Discount> {
        self.discount.map(|discount| match discount {
            Discount::Amount(off) => Discount::Amount(off.times(i64::from(quantity))),
            percent @ Discount::Percent(_) => percent,
        })
    }
}

/// What a subscription has or shall have: a plan, its cycle, quantities of options. Options of quantity 0 are left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basket {
    /// The plan's code.
    pub plan: Name,
    /// How often it is billed.
    pub cycle: Cycle,
    /// The quantity of each option, by code.
    #[serde(default)]
    pub options: Named<u32>,
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

    const OPTIONS: &str = r#"
        [[products.options]]
        code = "disk"
        name = "Extra disk"
        unit = "GB"
        max = 10
        resource = "disk_gb"
        per_unit = 1
        prices = [
            { cycle = "month", amount = "2.00", currency = "EUR" },
            { cycle = "month", amount = "1.50", currency = "EUR", plan = "small" },
        ]
        [[products.options]]
        code = "ram8"
        name = "8 GB"
        kind = "yes_no"
        group = "ram"
        resource = "memory_gb"
        per_unit = 8
        prices = [{ cycle = "month", amount = "4.00", currency = "EUR" }]
    "#;

    fn refused(from: &str, to: &str) -> CatalogueError {
        let text = format!("{CATALOGUE}{OPTIONS}");
        assert!(text.contains(from), "{from}");
        Catalogue::from_toml(&text.replacen(from, to, 1)).expect_err("a catalogue nobody can sell from")
    }

    fn place(error: CatalogueError) -> String {
        match error {
            CatalogueError::OutOfBounds { at, .. } => at,
            other => other.to_string(),
        }
    }

    #[test]
    fn a_catalogue_reads() {
        let catalogue = Catalogue::from_toml(CATALOGUE).expect("a catalogue");
        assert_eq!(catalogue.products[0].plans[0].prices[0].amount.to_string(), "10.00 EUR");
    }

    #[test]
    fn what_cannot_be_sold_is_named() {
        let at = place;
        assert_eq!(at(refused("cycle = \"month\"", "cycle = \"200 months\"")), "/products/0/plans/0/prices/0");
        assert_eq!(at(refused("cpus = 1", "cpus = -1")), "/products/0/plans/0/size/cpus");
        assert_eq!(at(refused("code = \"small\"", "code = \"so small\"")), "/products/0/plans/0/code");
        assert_eq!(at(refused("brand = \"Host\"", "brand = \" \"")), "/brand");
        for days in ["0", "366"] {
            let trial = format!("name = \"Small\"\ntrial_days = {days}");
            assert_eq!(at(refused("name = \"Small\"", &trial)), "/products/0/plans/0/trial_days");
        }
    }

    #[test]
    fn a_plan_in_arrears_reads_and_is_refused_where_what_was_paid_buys_days() {
        let arrears = CATALOGUE.replace("name = \"Small\"", "name = \"Small\"\nbilled = \"arrears\"");
        let catalogue = Catalogue::from_toml(&arrears).expect("a catalogue");
        assert_eq!(catalogue.products[0].plans[0].billed, Billed::Arrears);
        let json = serde_json::to_string(&catalogue).expect("JSON");
        assert_eq!(serde_json::from_str::<Catalogue>(&json).expect("a catalogue"), catalogue);
        let days = "[[policies]]\nname = \"days\"\nversion = 1\nsummary = \"Days.\"\n[policies.terms]\nunit = \"day\"\n\
                    credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\n\
                    quote_minutes = 30\npayment_hours = 72\n[[policies.rules]]\non = { direction = \"downgrade\" }\n\
                    set = { anchor = \"extend\" }\n";
        let own = |text: &str| format!("{}{days}", text.replace("policy = \"vps\"", "policy = \"days\""));
        let refused = Catalogue::from_toml(&own(&arrears)).expect_err("days that nobody paid for");
        assert_eq!(place(refused), "/products/0/plans/0/billed");
        assert!(Catalogue::from_toml(&own(CATALOGUE)).is_ok(), "in advance they can be bought");
    }

    #[test]
    fn the_price_bound_to_a_plan_wins_over_the_unbound_one() {
        let catalogue = Catalogue::from_toml(&format!("{CATALOGUE}{OPTIONS}")).expect("a catalogue");
        let prices = &catalogue.products[0].options[0].prices;
        let on = |plan| price_in(prices, plan, Cycle::MONTH, catalogue.currency).map(|price| price.amount.decimal());
        assert_eq!((on("small"), on("large")), (Some("1.50".to_owned()), Some("2.00".to_owned())));
        assert_eq!(price_in(prices, "small", Cycle::YEAR, catalogue.currency), None);
    }

    const TIERS: &str = r#"tier_mode = "graduated", tiers = [{ up_to = 3, amount = "0.00" }, { amount = "2.00" }]"#;

    fn in_tiers(tiers: &str) -> String {
        format!("{CATALOGUE}{OPTIONS}").replacen("amount = \"2.00\"", tiers, 1)
    }

    #[test]
    fn a_price_in_tiers_reads_and_is_written_as_it_was_read() {
        let catalogue = Catalogue::from_toml(&in_tiers(TIERS)).expect("a catalogue");
        let price = &catalogue.products[0].options[0].prices[0];
        let lists = [0, 1, 3, 4, 10].map(|quantity| price.times(quantity).list.minor);
        assert_eq!((lists, price.net().minor), ([0, 0, 0, 200, 1400], 0));
        let json = serde_json::to_string(&catalogue).expect("JSON");
        assert_eq!(serde_json::from_str::<Catalogue>(&json).expect("a catalogue"), catalogue);
    }

    #[test]
    fn tiers_that_cannot_be_sold_are_named_with_their_line() {
        let refused = |tiers: &str| {
            assert!(Catalogue::from_toml(&in_tiers(TIERS)).is_ok(), "as they are, the tiers can be sold");
            Catalogue::from_toml(&in_tiers(tiers)).expect_err("tiers that cannot be sold")
        };
        let unreadable = |tiers: &str, why: &str| {
            let CatalogueError::Unreadable(said) = refused(tiers) else { panic!("{tiers} was read") };
            assert!(said.contains(why) && said.contains("line "), "{said}");
        };
        unreadable(&TIERS.replace("tier_mode = \"graduated\", ", ""), "an amount, or a tier_mode and tiers");
        unreadable(&format!("amount = \"1.00\", {TIERS}"), "an amount, or a tier_mode and tiers");
        unreadable(&TIERS.replace("{ amount", "{ up_to = 2, amount"), "must be open");
        unreadable(&TIERS.replace("{ amount", "{ up_to = 2, amount = \"1.00\" }, { amount"), "which is not above 3");
        unreadable(&TIERS.replace("\"2.00\"", "\"-2.00\""), "tier 2 has a negative amount");
        unreadable(&TIERS.replace("\"2.00\"", "\"2.001\""), "tier 2: ");
        unreadable(&TIERS.replace("up_to = 3, amount = \"0.00\"", "up_to = 3"), "tier 1 has neither");
        unreadable(&format!("discount = \"1.00\", {TIERS}"), "is a percentage");
        let at = "/products/0/options/0/prices/0";
        assert_eq!(place(refused(&TIERS.replace("up_to = 3", "up_to = 10"))), format!("{at}/tiers"));
        assert_eq!(place(refused(&TIERS.replace("\"2.00\"", "\"9000000000.00\""))), at);
        let plan = CATALOGUE.replace("amount = \"10.00\"", TIERS);
        let error = Catalogue::from_toml(&plan).expect_err("a plan in tiers");
        assert_eq!(place(error), "/products/0/plans/0/prices/0/tiers");
    }

    #[test]
    fn an_option_that_contradicts_itself_is_named() {
        let option = "/products/0/options";
        assert_eq!(place(refused("unit = \"GB\"", "")), format!("{option}/0/unit"));
        assert_eq!(place(refused("max = 10", "max = 0")), format!("{option}/0/max"));
        assert_eq!(place(refused("max = 10", "max = 10\nmin = 11")), format!("{option}/0/min"));
        assert_eq!(place(refused("max = 10", "max = 10\nmin_on = { small = 11 }")), format!("{option}/0/min_on/small"));
        assert_eq!(place(refused("max = 10", "max = 10\ngroup = \"ram\"")), format!("{option}/0/group"));
        assert_eq!(place(refused("group = \"ram\"", "max = 2")), format!("{option}/1/max"));
        assert_eq!(place(refused("group = \"ram\"", "unit = \"GB\"")), format!("{option}/1/unit"));
        assert_eq!(place(refused(", plan = \"small\"", "")), format!("{option}/0/prices/1"));
        assert_eq!(
            place(refused("size =", "credits = { unit = \"h\", amount = 0 }\nsize =")),
            "/products/0/plans/0/credits/amount"
        );
        let bound = "amount = \"10.00\", currency = \"EUR\", plan = \"small\"";
        assert_eq!(
            place(refused("amount = \"10.00\", currency = \"EUR\"", bound)),
            "/products/0/plans/0/prices/0/plan"
        );
    }

    #[test]
    fn an_option_of_a_plan_that_is_not_there_is_refused() {
        assert!(matches!(refused("plan = \"small\"", "plan = \"tiny\""), CatalogueError::Dangling { .. }));
        let bound = "max = 10\nplans = [\"small\", \"tiny\"]";
        assert!(matches!(refused("max = 10", bound), CatalogueError::Dangling { .. }));
    }

    #[test]
    fn what_costs_something_once_reads_and_is_written_as_it_was_read() {
        let with = |setup: &str| CATALOGUE.replace("\"10.00\"", &format!("\"10.00\", setup = \"{setup}\""));
        let read = |setup: &str| Catalogue::from_toml(&with(setup));
        let catalogue = read("15.00").expect("a catalogue");
        let setup = |catalogue: &Catalogue| catalogue.products[0].plans[0].prices[0].setup.map(Money::decimal);
        assert_eq!(setup(&catalogue), Some("15.00".to_owned()));
        let json = serde_json::to_string(&catalogue).expect("JSON");
        assert_eq!(serde_json::from_str::<Catalogue>(&json).expect("a catalogue"), catalogue);
        assert_eq!(setup(&read("0.00").expect("a catalogue")), None, "nothing is no setup price");
        for (wrong, why) in [("-1.00", "the setup price -1.00 is negative"), ("1.001", "the setup price: ")] {
            let Err(CatalogueError::Unreadable(said)) = read(wrong) else { panic!("{wrong} was read") };
            assert!(said.contains(why) && said.contains("line "), "{said}");
        }
        let for_all = refused("\"2.00\"", "\"2.00\", setup = \"9000000000.00\"");
        assert_eq!(place(for_all), "/products/0/options/0/prices/0/setup");
    }

    #[test]
    fn what_a_trial_costs_reads_and_is_refused_where_there_is_no_trial() {
        let priced = |price: &str| CATALOGUE.replace("\"10.00\"", &format!("\"10.00\", trial_price = \"{price}\""));
        let in_trial = |price: &str| priced(price).replace("name = \"Small\"", "name = \"Small\"\ntrial_days = 14");
        let catalogue = Catalogue::from_toml(&in_trial("1.00")).expect("a catalogue");
        let price = &catalogue.products[0].plans[0].prices[0];
        assert_eq!(price.trial_price.map(Money::decimal), Some("1.00".to_owned()));
        let json = serde_json::to_string(&catalogue).expect("JSON");
        assert_eq!(serde_json::from_str::<Catalogue>(&json).expect("a catalogue"), catalogue);
        for (wrong, why) in [("-1.00", "is not positive"), ("0.00", "is not positive"), ("1.001", "the trial price: ")]
        {
            let read = Catalogue::from_toml(&in_trial(wrong));
            let Err(CatalogueError::Unreadable(said)) = read else { panic!("{wrong} was read") };
            assert!(said.contains(why) && said.contains("line "), "{said}");
        }
        let at = "/products/0/plans/0/prices/0/trial_price";
        assert_eq!(place(Catalogue::from_toml(&priced("1.00")).expect_err("no trial")), at);
        let of_option = refused("\"2.00\"", "\"2.00\", trial_price = \"1.00\"");
        assert_eq!(place(of_option), "/products/0/options/0/prices/0/trial_price");
    }

    #[test]
    fn unknown_fields_and_negative_prices_are_refused() {
        assert!(matches!(refused("code = \"small\"", "code = \"small\"\nfree = true"), CatalogueError::Unreadable(_)));
        assert!(matches!(refused("\"10.00\"", "\"-10.00\""), CatalogueError::Unreadable(_)));
        assert!(matches!(refused("\"10.00\"", "\"10.001\""), CatalogueError::Unreadable(_)));
    }
}
