//! Rules: which changes other terms hold for. A rule is matched on from, to, change of cycle, direction, phase and who
//! asks; what it does not name, it does not ask about.

use serde::{Deserialize, Serialize};

use super::Terms;
use crate::calendar::Cycle;
use crate::command::Asker;
use crate::quote::Direction;

/// An exception: whole terms for the changes that fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The changes it is for.
    pub fits: Match,
    /// The terms, the policy's own with the rule's `set` laid over them.
    pub terms: Terms,
}

/// A rule as its file has it: the changes it is `on`, and a table `set` of terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRule {
    #[serde(default)]
    pub on: Match,
    pub set: toml::Table,
}

/// What a rule asks of a change. A field that is missing fits every change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The plans it comes from, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<String>>,
    /// The plans it goes to, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
    /// What becomes of the cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleChange>,
    /// Up, down, or both at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What the subscription lives on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Asker>,
}

/// What a change does to the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CycleChange {
    /// It stays.
    Same,
    /// From a month to a year.
    Longer,
    /// From a year to a month.
    Shorter,
}

impl CycleChange {
    /// From one cycle to another.
    pub fn between(before: Cycle, after: Cycle) -> Self {
        match after.nominal_days().cmp(&before.nominal_days()) {
            std::cmp::Ordering::Less => Self::Shorter,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Greater => Self::Longer,
        }
    }
}

/// What a subscription lives on when it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// A trial is running.
    Trial,
    /// It costs nothing.
    Free,
    /// Its present period is paid.
    Paid,
    /// The invoice of its present period is open.
    Unpaid,
}

/// A change, as rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// The plan it comes from.
    pub from: &'a str,
    /// The plan it goes to.
    pub to: &'a str,
    /// What becomes of the cycle.
    pub cycle: CycleChange,
    /// Up, down, or both at once.
    pub direction: Direction,
    /// What the subscription lives on.
    pub phase: Phase,
    /// Who asks.
    pub asked_by: Asker,
}

impl Match {
    /// Is the rule for this change?
    pub fn fits(&self, change: &Situation<'_>) -> bool {
        let names = |plans: &Option<Vec<String>>, plan| plans.as_ref().is_none_or(|all| all.iter().any(|p| p == plan));
        names(&self.from, change.from)
            && names(&self.to, change.to)
            && self.cycle.is_none_or(|cycle| cycle == change.cycle)
            && self.direction.is_none_or(|direction| direction == change.direction)
            && self.phase.is_none_or(|phase| phase == change.phase)
            && self.asked_by.is_none_or(|asker| asker == change.asked_by)
    }

    /// Does this match every change that the other one matches? Then the other, standing later, is never reached.
    pub(super) fn covers(&self, other: &Self) -> bool {
        fn part<T: PartialEq>(all: Option<&T>, some: Option<&T>) -> bool {
            all.is_none() || all == some
        }
        let plans = |all: &Option<Vec<String>>, some: &Option<Vec<String>>| match (all, some) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(all), Some(some)) => some.iter().all(|plan| all.contains(plan)),
        };
        plans(&self.from, &other.from)
            && plans(&self.to, &other.to)
            && part(self.cycle.as_ref(), other.cycle.as_ref())
            && part(self.direction.as_ref(), other.direction.as_ref())
            && part(self.phase.as_ref(), other.phase.as_ref())
            && part(self.asked_by.as_ref(), other.asked_by.as_ref())
    }
}
