//! Configurable options and add-ons (W3): a quantity, a yes or no, or one of several. What an item of one costs is in
//! `catalogue`, what it may be asked for together with in `decide/check_options`.

use serde::{Deserialize, Serialize};

use super::Price;
use crate::name::{Name, Named};

/// An option or add-on of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code, stable over versions.
    pub code: Name,
    /// Its name, such as `Extra memory`.
    pub name: Name,
    /// How it is chosen.
    #[serde(default)]
    pub kind: ChoiceKind,
    /// Of a yes or no: the name of the choice that it is one of, such as `Memory`, smallest first. At most one can be had.
    #[serde(default)]
    pub group: Option<String>,
    /// The unit of its quantity, such as `GB`; nothing for a yes or no.
    #[serde(default)]
    pub unit: String,
    /// The least quantity.
    #[serde(default)]
    pub min: u32,
    /// The least quantity on a plan, where it is another.
    #[serde(default)]
    pub min_on: Named<u32>,
    /// The largest quantity; 1 where it is missing.
    #[serde(default = "one")]
    pub max: u32,
    /// The plans it can be had on; all of the product where it is missing.
    #[serde(default)]
    pub plans: Option<Vec<Name>>,
    /// The resource that a unit adds to.
    pub resource: Name,
    /// How much of the resource a unit is.
    pub per_unit: i64,
    /// What a unit costs, per cycle and currency, on one plan or all.
    pub prices: Vec<Price>,
}

/// How an option is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// So many units.
    #[default]
    Quantity,
    /// Yes or no; one of several where it has a group.
    YesNo,
    /// So many people.
    Seat,
}

fn one() -> u32 {
    1
}

impl Choice {
    /// Can it be had on a plan?
    pub fn is_on(&self, plan: &str) -> bool {
        self.plans.as_ref().is_none_or(|plans| plans.iter().any(|code| code == plan))
    }

    /// The least quantity on a plan; nothing where it cannot be had.
    pub fn min_of(&self, plan: &str) -> u32 {
        if self.is_on(plan) { self.min_on.get(plan).copied().unwrap_or(self.min) } else { 0 }
    }
}
