//! The catalogue's schema as the API documents it. Requests are read straight into `billing::catalogue::Catalogue`,
//! which has the same fields; a test holds the two together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::quote_body::{BilledBody, TaxBody};

/// One published version of a storefront: its brand, its products, their prices.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Catalogue)]
pub struct CatalogueBody {
    /// The storefront's short name.
    #[schema(example = "vps")]
    pub storefront: String,
    /// The published version. Of a request it is not looked at: the next number is given.
    #[schema(example = 1)]
    pub version: i64,
    /// The brand customers see.
    #[schema(example = "Example Hosting")]
    pub brand: String,
    /// The accent of the pages.
    #[schema(example = "ember")]
    pub accent: String,
    /// Whom customers write to.
    #[schema(example = "help@host.example")]
    pub support_email: String,
    /// The language of pages and mails, as a BCP 47 tag.
    #[schema(example = "en")]
    pub language: String,
    /// The IANA zone for customers who named none.
    #[schema(example = "Europe/Berlin")]
    pub zone: String,
    /// The ISO 4217 currency for customers who named none.
    #[schema(example = "EUR")]
    pub currency: String,
    /// Where bank transfers go, as shown on invoices.
    #[schema(example = "DE02 1203 0000 0000 2020 51")]
    pub bank_account: String,
    /// The tax on what is sold; none where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<TaxBody>,
    /// The storefront's own policies; they go before the presets of the same name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyBody>,
    /// What is sold.
    pub products: Vec<ProductBody>,
}

/// One version of the rules by which changes are counted and made.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Policy)]
pub struct PolicyBody {
    /// Its name; products name it.
    #[schema(example = "ours")]
    pub name: String,
    /// Its version, from 1.
    #[schema(minimum = 1)]
    pub version: u32,
    /// One sentence for the people who choose it.
    pub summary: String,
    /// The terms where no rule says otherwise, by name.
    #[schema(value_type = Object, example = json!({ "unit": "day", "denominator": "period" }))]
    pub terms: Map<String, Value>,
    /// Exceptions, in order: the first that fits a change overrides the terms.
    #[serde(default)]
    pub rules: Vec<RuleBody>,
}

/// An exception to the terms of a policy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Rule)]
pub struct RuleBody {
    /// The changes it is about.
    #[schema(value_type = Object, example = json!({ "direction": "downgrade" }))]
    pub on: Map<String, Value>,
    /// The terms it sets for them.
    #[schema(value_type = Object, example = json!({ "when": "period_end" }))]
    pub set: Map<String, Value>,
}

/// Plans of one kind that a service can be moved between.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Product)]
pub struct ProductBody {
    /// Its code, stable over versions.
    #[schema(example = "server", pattern = "^[A-Za-z0-9_-]{1,64}$")]
    pub code: String,
    /// Its name.
    #[schema(example = "Server")]
    pub name: String,
    /// The name of the policy by which its changes are counted.
    #[schema(example = "vps")]
    pub policy: String,
    /// The name of the module that provisions it.
    #[schema(example = "command")]
    pub module: String,
    /// What a change does to the running service.
    #[serde(default)]
    pub restart: Option<RestartBody>,
    /// May customers change plans themselves? Staff always may.
    #[schema(example = true)]
    pub customers_may_change: bool,
    /// Its plans, smallest first: the order gives a change its direction.
    pub plans: Vec<PlanBody>,
    /// Options that any of its plans may have.
    #[serde(default)]
    pub options: Vec<ChoiceBody>,
    /// What is counted on its plans and billed afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<MeterBody>,
}

/// That a change restarts the service.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Restart)]
pub struct RestartBody {
    /// About how long it is away.
    #[schema(example = 120, maximum = 1_000_000)]
    pub seconds: u32,
}

/// A plan.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Plan)]
pub struct PlanBody {
    /// Its code, stable over versions.
    #[schema(example = "standard", pattern = "^[A-Za-z0-9_-]{1,64}$")]
    pub code: String,
    /// Its name.
    #[schema(example = "Standard")]
    pub name: String,
    /// What it gives, by resource.
    #[schema(example = json!({ "cpus": 2, "memory_mb": 4096, "disk_gb": 80 }))]
    pub size: BTreeMap<String, i64>,
    /// What it costs, per cycle and currency.
    pub prices: Vec<PriceBody>,
    /// When a period on it is billed, with its options: in advance where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billed: Option<BilledBody>,
    /// What else is to be said of it where plans are chosen.
    #[serde(default)]
    #[schema(example = json!(["Daily backups"]))]
    pub features: Vec<String>,
    /// What it gives to use up in every period.
    #[serde(default)]
    pub credits: Option<CreditsBody>,
    /// For how many of the customer's days who starts on it pays nothing, or the `trial_price` of its price; null where it has no trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 14, minimum = 1, maximum = 365)]
    pub trial_days: Option<u16>,
    /// The plans customers on it may move to; all of the product where it is null.
    #[serde(default)]
    pub change_to: Option<Vec<String>>,
    /// Is it no longer sold? Those on it stay on it.
    #[serde(default)]
    pub retired: bool,
}

/// What a plan gives to use up in every period.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Credits)]
pub struct CreditsBody {
    /// What is counted, in the plural.
    #[schema(example = "hours")]
    pub unit: String,
    /// How many for a period.
    #[schema(example = 40, minimum = 1, maximum = 1_000_000)]
    pub amount: u32,
}

/// A price for one full cycle.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Price)]
pub struct PriceBody {
    /// How often it is billed: `month`, `year`, `3 months`.
    #[schema(example = "month")]
    pub cycle: String,
    /// How much, as a decimal number with no more decimals than the currency has; left out of a price in tiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "20.00", pattern = "^[0-9]+([.][0-9]+)?$")]
    pub amount: Option<String>,
    /// The ISO 4217 code.
    #[schema(example = "EUR")]
    pub currency: String,
    /// Of an option whose units cost by how many there are: how its `tiers` count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier_mode: Option<TierModeBody>,
    /// The tiers, from the first unit on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Vec<TierBody>>,
    /// What is taken off it, of one unit for a full cycle: a percentage such as `10%`, or an amount such as `5.00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "10%", pattern = "^[0-9]+([.][0-9]+)?%?$")]
    pub discount: Option<String>,
    /// What one unit costs once, in full, when it is first had (a setup fee); nothing where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "15.00", pattern = "^[0-9]+([.][0-9]+)?$")]
    pub setup: Option<String>,
    /// Of a plan with a trial: what that costs, once and in full, when it starts; nothing where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.00", pattern = "^[0-9]+([.][0-9]+)?$")]
    pub trial_price: Option<String>,
    /// Of an option: the one plan on which it costs this. It wins over a price that is bound to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "large")]
    pub plan: Option<String>,
}

/// How the tiers of a price count.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TierMode)]
pub enum TierModeBody {
    /// Every unit costs what its own tier says.
    Graduated,
    /// All units cost what the tier of the last one says.
    Volume,
}

/// One tier of a price.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Tier)]
pub struct TierBody {
    /// The last unit in it; left out of the last tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 50, minimum = 1)]
    pub up_to: Option<u32>,
    /// What each unit costs; nothing where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "4.00", pattern = "^[0-9]+([.][0-9]+)?$")]
    pub amount: Option<String>,
    /// What is charged once where the tier counts; nothing where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "10.00", pattern = "^[0-9]+([.][0-9]+)?$")]
    pub flat: Option<String>,
}

/// An option or add-on: a quantity, a yes or no, one of several, or seats.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Choice)]
pub struct ChoiceBody {
    /// Its code, stable over versions.
    #[schema(example = "memory", pattern = "^[A-Za-z0-9_-]{1,64}$")]
    pub code: String,
    /// Its name.
    #[schema(example = "Extra memory")]
    pub name: String,
    /// How it is chosen.
    #[serde(default)]
    pub kind: ChoiceKindBody,
    /// Of a `yes_no`: the name of the choice that it is one of. At most one of a group can be had.
    #[serde(default)]
    #[schema(example = "Memory")]
    pub group: Option<String>,
    /// The unit of its quantity; left out for a `yes_no`.
    #[serde(default)]
    #[schema(example = "GB")]
    pub unit: String,
    /// The least quantity.
    #[serde(default)]
    #[schema(example = 0)]
    pub min: u32,
    /// The least quantity on a plan, where it is another.
    #[serde(default)]
    #[schema(example = json!({ "large": 5 }))]
    pub min_on: BTreeMap<String, u32>,
    /// The largest quantity.
    #[serde(default = "one")]
    #[schema(example = 16, minimum = 1, maximum = 1_000_000)]
    pub max: u32,
    /// The plans it can be had on; all of the product where it is null.
    #[serde(default)]
    #[schema(example = json!(["standard", "large"]))]
    pub plans: Option<Vec<String>>,
    /// The resource that a unit adds to.
    #[schema(example = "memory_mb")]
    pub resource: String,
    /// How much of the resource a unit is.
    #[schema(example = 1024, minimum = 0, maximum = 1_000_000)]
    pub per_unit: i64,
    /// What a unit costs, per cycle and currency.
    pub prices: Vec<PriceBody>,
}

/// A meter: units that are counted, reported to POST /v1/services/{id}/usage, and billed with the invoice after their period.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Meter)]
pub struct MeterBody {
    /// Its code, stable over versions.
    #[schema(example = "traffic", pattern = "^[A-Za-z0-9_-]{1,64}$")]
    pub code: String,
    /// Its name.
    #[schema(example = "Traffic")]
    pub name: String,
    /// What is counted.
    #[schema(example = "GB")]
    pub unit: String,
    /// Amounts are for so many units, so that a unit can cost a part of a cent.
    #[serde(default = "one")]
    #[schema(example = 1, minimum = 1, maximum = 1_000_000)]
    pub per: u32,
    /// What so many units cost, per cycle and currency, on one plan or all; graduated where in tiers, and without a discount.
    /// Where a plan has no price it has no such meter.
    pub prices: Vec<PriceBody>,
}

/// How an option is chosen.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ChoiceKind)]
pub enum ChoiceKindBody {
    /// So many units.
    #[default]
    Quantity,
    /// Yes (1) or no (0).
    YesNo,
    /// So many people.
    Seat,
}

fn one() -> u32 {
    1
}
