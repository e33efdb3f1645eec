//! When a plan is billed: before its time, or after it. A subscription keeps what it was sold with; what a change makes of
//! it is in `decide/put_off`.

use serde::{Deserialize, Serialize};

/// When a period is on an invoice, of the plan and its options alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Billed {
    /// On the one that is written when it begins.
    #[default]
    Advance,
    /// On the one that is written when it is over: until then its lines wait.
    Arrears,
}

impl Billed {
    /// Is it billed before its time?
    pub fn is_advance(&self) -> bool {
        *self == Self::Advance
    }

    /// Is it billed after its time?
    pub fn is_arrears(&self) -> bool {
        *self == Self::Arrears
    }

    /// The name in tables and catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Self::Advance => "advance",
            Self::Arrears => "arrears",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Advance, Self::Arrears].into_iter().find(|billed| billed.name() == name)
    }
}
