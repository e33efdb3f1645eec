//! Policy as data (N4): how the money of a change is counted. A policy is an immutable version; its name and version
//! are stamped on every line, so an old line can be computed again under the policy of its day.
//!
//! The presets stand in `billing/policies/*.toml`. No rule of any business is written in code: code reads these fields.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Span, Zone};
use crate::share::Rounding;

/// The name and version of a policy, written `vps@1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PolicyRef {
    /// The policy's name.
    pub name: String,
    /// Its version, from 1.
    pub version: u32,
}

impl fmt::Display for PolicyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

impl fmt::Debug for PolicyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for PolicyRef {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('@').and_then(|(name, version)| Some((name, version.parse().ok()?)));
        match parts {
            Some((name, version)) => Ok(Self { name: name.to_owned(), version }),
            None => Err(format!("{text:?} is not a policy such as vps@1")),
        }
    }
}

impl From<PolicyRef> for String {
    fn from(policy: PolicyRef) -> Self {
        policy.to_string()
    }
}

/// The unit in which time is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// Seconds between instants.
    Second,
    /// Calendar days between local dates.
    Day,
}

/// What a whole period counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// The period's own length.
    Period,
    /// So many days, whatever the calendar says: a 30-day month. Only with days as the unit.
    FixedDays(u16),
}

/// From when the credit, or the charge, of a change counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// The very instant of the change.
    Instant,
    /// The start of the day of the change.
    ChangeDay,
    /// The start of the day after.
    NextDay,
}

impl Cut {
    /// The instant at which a change at `at` cuts time.
    pub fn of(self, at: Timestamp, zone: &Zone) -> Timestamp {
        match self {
            Self::Instant => at,
            Self::ChangeDay => zone.start_of_day(at),
            Self::NextDay => zone.start_of_next_day(at),
        }
    }
}

/// How the rest of a line is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Remainder {
    /// The line less its rounded used part: any partition adds up to the line.
    #[default]
    Complement,
    /// The remaining part itself, rounded.
    Rounded,
}

/// What a change of cycle does to the payment date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CycleChange {
    /// A new period begins with the change, and is charged in full.
    Restart,
}

/// One version of the rules by which the money of a change is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its name, such as `vps`.
    pub name: String,
    /// Its version, from 1.
    pub version: u32,
    /// One sentence for the people who choose it.
    pub summary: String,
    /// The unit in which time is shared.
    pub granularity: Granularity,
    /// What a whole period counts as.
    pub denominator: Denominator,
    /// From when the rest of the old plan is given back.
    pub credit_from: Cut,
    /// From when the new plan is charged.
    pub charge_from: Cut,
    /// What becomes of half a minor unit.
    #[serde(default)]
    pub rounding: Rounding,
    /// How the rest of a line is found.
    #[serde(default)]
    pub remainder: Remainder,
    /// What a change of cycle does to the payment date.
    pub on_cycle_change: CycleChange,
    /// How long a quote may be submitted, in minutes; under a day policy never past midnight.
    pub quote_minutes: u32,
    /// How long a submitted change waits for its payment, in hours; never past the period's end.
    pub payment_hours: u32,
}

/// Why a policy was refused at load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The text does not have the schema; the message names line and field.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// Two fields contradict one another.
    #[error("policy {policy}: {why}")]
    Contradiction {
        /// The policy's name.
        policy: String,
        /// The fields, and what would be consistent.
        why: &'static str,
    },
    /// No policy of that name.
    #[error("there is no policy {0:?}")]
    Unknown(String),
}

impl Policy {
    /// Reads a policy and refuses one that contradicts itself.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        policy.validated()
    }

    fn validated(self) -> Result<Self, PolicyError> {
        let why = if self.granularity == Granularity::Second
            && (self.credit_from != Cut::Instant || self.charge_from != Cut::Instant)
        {
            "granularity = \"second\" needs credit_from and charge_from = \"instant\""
        } else if self.granularity == Granularity::Day
            && (self.credit_from == Cut::Instant || self.charge_from == Cut::Instant)
        {
            "granularity = \"day\" needs credit_from and charge_from = \"change_day\" or \"next_day\""
        } else if self.credit_from == Cut::ChangeDay && self.charge_from == Cut::NextDay {
            "credit_from = \"change_day\" with charge_from = \"next_day\" leaves the day of the change to nobody"
        } else if self.granularity == Granularity::Second && self.denominator != Denominator::Period {
            "a fixed number of days needs granularity = \"day\""
        } else if matches!(self.denominator, Denominator::FixedDays(0)) {
            "a period of 0 days cannot be shared"
        } else if self.version == 0 || self.quote_minutes == 0 || self.payment_hours == 0 {
            "version, quote_minutes and payment_hours start at 1"
        } else {
            return Ok(self);
        };
        Err(PolicyError::Contradiction { policy: self.name, why })
    }

    /// Its name and version.
    pub fn reference(&self) -> PolicyRef {
        PolicyRef { name: self.name.clone(), version: self.version }
    }

    /// Is the day of a change billed to both plans (the used-day rule, M4)?
    pub fn bills_change_day_twice(&self) -> bool {
        self.credit_from == Cut::NextDay && self.charge_from == Cut::ChangeDay
    }

    /// The length of a span in this policy's unit.
    pub fn measure(&self, span: Span, zone: &Zone) -> i64 {
        match self.granularity {
            Granularity::Second => span.until.as_second() - span.from.as_second(),
            Granularity::Day => zone.days_between(span.from, span.until),
        }
    }
}

/// Every policy version that is in force or was, by reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies(BTreeMap<PolicyRef, Policy>);

const PRESETS: [&str; 5] = [
    include_str!("../policies/vps.toml"),
    include_str!("../policies/day-to-old.toml"),
    include_str!("../policies/stripe-seconds.toml"),
    include_str!("../policies/paymenter-30.toml"),
    include_str!("../policies/used-day.toml"),
];

impl Policies {
    /// The presets that ship.
    pub fn presets() -> Self {
        let policies = PRESETS.iter().map(|text| Policy::from_toml(text).expect("a preset that is read in tests"));
        Self(policies.map(|policy| (policy.reference(), policy)).collect())
    }

    /// The policy of this reference.
    pub fn get(&self, reference: &PolicyRef) -> Option<&Policy> {
        self.0.get(reference)
    }

    /// The newest version of the policy of this name.
    pub fn newest(&self, name: &str) -> Option<&Policy> {
        self.0.values().filter(|policy| policy.name == name).max_by_key(|policy| policy.version)
    }

    /// All of them, by name and version.
    pub fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.0.values()
    }
}
