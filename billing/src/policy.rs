//! Policy as data (N4): when, how and to whom the money of a change moves. A policy is an immutable version: terms, and
//! rules that override them for some changes. Its name and version are stamped on every line, so an old line can be
//! computed again under the policy of its day.
//!
//! What every term means is in `policy/terms.rs`, which changes a rule fits in `policy/rule.rs`, what cannot be meant in
//! `policy/check.rs`. The presets stand in `billing/policies/*.toml`. No rule of any business is written in code.

mod check;
mod rule;
#[cfg(feature = "schema")]
mod schema;
mod terms;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::cancellation::{CancellationTerms, WrittenCancellation};
use crate::dunning::DunningTerms;
use crate::shared::{Few, Known, Shared};

pub use rule::{CycleChange, Match, Phase, Rule, Situation};
#[cfg(feature = "schema")]
pub use schema::schema;
pub use terms::{
    AnchorOnChange, Carrying, ClawBack, CreditBasis, CreditBy, CreditTax, CreditsOnChange, Cut, DayZone, Denominator,
    DirectionBy, DiscountOnSwitch, DiscountOrder, FirstPeriodPrice, FixedDiscount, FreeToPaid, Gate, Netting,
    OnFailure, Pending, PeriodEnd, QuantityDecrease, Remainder, RoundingStage, SettleCharge, SettleCredit,
    SetupOnChange, Side, Terms, TimeUnit, TrialOnChange, When,
};

/// The name and version of a policy, written `vps@1`, as every line bears it.
pub type PolicyRef = Shared<PolicyVersion>;

/// The name and version of a policy.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct PolicyVersion {
    /// The policy's name.
    pub name: String,
    /// Its version, from 1.
    pub version: u32,
}

impl Few for PolicyVersion {
    fn known() -> &'static Known<Self> {
        static KNOWN: Known<PolicyVersion> = Known::new();
        &KNOWN
    }
}

impl fmt::Display for PolicyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

impl fmt::Debug for PolicyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for PolicyVersion {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('@').and_then(|(name, version)| Some((name, version.parse().ok()?)));
        match parts {
            Some((name, version)) => Ok(Self { name: name.to_owned(), version }),
            None => Err(format!("{text:?} is not a policy such as vps@1")),
        }
    }
}

impl TryFrom<String> for PolicyRef {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        PolicyVersion::try_from(text).map(Self::from)
    }
}

impl Serialize for PolicyVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<PolicyRef> for String {
    fn from(policy: PolicyRef) -> Self {
        policy.to_string()
    }
}

/// One version of the rules by which changes are counted and made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WrittenPolicy", into = "WrittenPolicy")]
pub struct Policy {
    /// Its name, such as `vps`, and its version.
    pub reference: PolicyRef,
    /// One sentence for the people who choose it.
    pub summary: String,
    /// The terms where no rule says otherwise.
    pub terms: Terms,
    /// Exceptions, in order: the first that fits a change overrides the terms.
    pub rules: Vec<Rule>,
    /// What becomes of a renewal that is not paid.
    pub dunning: DunningTerms,
    /// What becomes of a subscription that is cancelled.
    pub cancellation: CancellationTerms,
    /// As it was written: what is stored and shown.
    written: WrittenPolicy,
}

impl Eq for Policy {}

/// A policy as its file has it, before rules are laid over terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPolicy {
    name: String,
    version: u32,
    summary: String,
    terms: toml::Table,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<rule::WrittenRule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dunning: Option<toml::Table>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cancellation: Option<toml::Table>,
}

/// Why a policy was refused at load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The text does not have the schema; the message names line and field.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// Its parts contradict one another, or say what nobody can do.
    #[error("policy {policy}, {at}: {why}")]
    Contradiction {
        /// The policy's name.
        policy: String,
        /// The line at fault, such as `line 12`; where it is not read from a file of its own, the field, such as
        /// `terms.charge_from` or `rules[0].credits`.
        at: String,
        /// The fields, and what would be consistent.
        why: String,
    },
    /// No policy of that name.
    #[error("there is no policy {0:?}")]
    Unknown(String),
}

impl Policy {
    /// Reads a policy and refuses one that contradicts itself, naming the line at fault.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let unreadable = |error: toml::de::Error| PolicyError::Unreadable(error.to_string());
        let written: WrittenPolicy = toml::from_str(text).map_err(unreadable)?;
        let lines = check::Lines::of(text).map_err(unreadable)?;
        let name = written.name.clone();
        Self::read(written).map_err(|fault| PolicyError::Contradiction {
            policy: name,
            at: format!("line {}", lines.line_of(&fault)),
            why: fault.why,
        })
    }

    fn read(written: WrittenPolicy) -> Result<Self, check::Fault> {
        let terms_of = |table: &toml::Table, place| {
            Terms::deserialize(table.clone()).map_err(|error| check::Fault::unreadable(place, error.message()))
        };
        let terms = terms_of(&written.terms, check::Place::Terms)?;
        let mut rules = Vec::with_capacity(written.rules.len());
        for (at, rule) in written.rules.iter().enumerate() {
            let mut table = written.terms.clone();
            table.extend(rule.set.clone());
            rules.push(Rule { fits: rule.on.clone(), terms: terms_of(&table, check::Place::Rule(at))? });
        }
        let reference = PolicyRef::from(PolicyVersion { name: written.name.clone(), version: written.version });
        let dunning = written.dunning.clone().map(DunningTerms::deserialize).transpose();
        let dunning = dunning.map_err(|error| check::Fault::unreadable(check::Place::Dunning, error.message()))?;
        let dunning = dunning.unwrap_or_default();
        let cancellation = Self::read_cancellation(&written)?;
        let policy = Self { reference, summary: written.summary.clone(), terms, rules, dunning, cancellation, written };
        check::check(&policy)?;
        Ok(policy)
    }

    /// A cancellation is counted by the terms with its own laid over them, and by nothing that is of a new side.
    fn read_cancellation(written: &WrittenPolicy) -> Result<CancellationTerms, check::Fault> {
        let unreadable = |error: toml::de::Error| check::Fault::unreadable(check::Place::Cancellation, error.message());
        let table = written.cancellation.clone().map(WrittenCancellation::deserialize).transpose();
        let WrittenCancellation { when, full_refund_days, set } = table.map_err(unreadable)?.unwrap_or_default();
        check::check_cancellation_keys(&set)?;
        let mut all = written.terms.clone();
        all.extend(set);
        let terms = Terms::deserialize(all).map_err(unreadable)?.of_the_old_alone();
        Ok(CancellationTerms { when, full_refund_days, terms })
    }

    /// The terms for a change: those of the first rule that fits it, else the policy's own.
    pub fn terms_for(&self, situation: &Situation<'_>) -> &Terms {
        let rule = self.rules.iter().find(|rule| rule.fits.fits(situation));
        rule.map_or(&self.terms, |rule| &rule.terms)
    }

    /// Its name and version.
    pub fn reference(&self) -> PolicyRef {
        self.reference.clone()
    }

    /// As a file: what reads back as the same policy.
    pub fn to_toml(&self) -> String {
        toml::to_string(&self.written).expect("a policy that was read is plain data")
    }
}

impl TryFrom<WrittenPolicy> for Policy {
    type Error = PolicyError;
    fn try_from(written: WrittenPolicy) -> Result<Self, PolicyError> {
        let name = written.name.clone();
        Self::read(written).map_err(|fault| PolicyError::Contradiction {
            policy: name,
            at: fault.field(),
            why: fault.why,
        })
    }
}

impl From<Policy> for WrittenPolicy {
    fn from(policy: Policy) -> Self {
        policy.written
    }
}

/// Every policy version that is in force or was, by reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies(BTreeMap<PolicyRef, Policy>);

/// The policies that ship, as text: a start for one's own.
pub const PRESETS: [&str; 12] = [
    include_str!("../policies/vps.toml"),
    include_str!("../policies/team.toml"),
    include_str!("../policies/whmcs.toml"),
    include_str!("../policies/used-day.toml"),
    include_str!("../policies/day-to-old.toml"),
    include_str!("../policies/stripe-seconds.toml"),
    include_str!("../policies/killbill-days.toml"),
    include_str!("../policies/lago.toml"),
    include_str!("../policies/meteroid.toml"),
    include_str!("../policies/paddle.toml"),
    include_str!("../policies/openmeter.toml"),
    include_str!("../policies/paymenter-30.toml"),
];

impl Policies {
    /// The presets that ship.
    pub fn presets() -> Self {
        let policies = PRESETS.iter().map(|text| Policy::from_toml(text).expect("a preset that is read in tests"));
        Self(policies.map(|policy| (policy.reference(), policy)).collect())
    }

    /// Adds a version. The same reference twice is the later one.
    pub fn add(&mut self, policy: Policy) {
        self.0.insert(policy.reference(), policy);
    }

    /// The policy of this reference.
    pub fn get(&self, reference: &PolicyRef) -> Option<&Policy> {
        self.0.get(reference)
    }

    /// The newest version of the policy of this name.
    pub fn newest(&self, name: &str) -> Option<&Policy> {
        self.0.values().rfind(|policy| *policy.reference.name == *name)
    }

    /// All of them, by name and version.
    pub fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.0.values()
    }
}
