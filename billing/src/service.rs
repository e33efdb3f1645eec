//! The service that a subscription pays for: the size and the access it shall have, what it was seen to have, and a
//! generation that only grows. What makes a machine so is a module's work, in the server.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::Size;
use crate::id::ServiceId;

/// What a customer may do with a service (M8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everything that is paid for.
    #[default]
    Full,
    /// What the module leaves of it while something is owed past its grace.
    Restricted,
    /// Nothing: its subscription has ended.
    Ended,
}

impl Access {
    /// Is nothing held back?
    pub fn is_full(&self) -> bool {
        *self == Self::Full
    }

    /// The name in requests and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Restricted => "restricted",
            Self::Ended => "ended",
        }
    }
}

/// A service, desired and observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// The name the customer gave it, such as a host name.
    pub label: String,
    /// The module that provisions it.
    pub module: String,
    /// The size it shall have.
    pub desired: Size,
    /// What the customer may do with it.
    #[serde(default, skip_serializing_if = "Access::is_full")]
    pub access: Access,
    /// Grows by one with every new desired size or access; modules refuse older ones.
    pub generation: i64,
    /// The size that its plan gives, where staff assigned the plan by hand and nobody has asked the module for it yet:
    /// *change package* does (W5). Never the desired size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Size>,
    /// The size it was last seen to have.
    pub observed: Option<Size>,
    /// The generation that was last seen to be done; 0 before the first.
    pub observed_generation: i64,
    /// How the work on the desired size stands.
    pub progress: Progress,
    /// When `progress` last changed.
    pub progress_at: Timestamp,
}

/// How the work on a desired size stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", deny_unknown_fields)]
pub enum Progress {
    /// A module has been asked; nothing is known yet.
    Wanted,
    /// The module says that the work has begun.
    Working,
    /// The observed size is the desired one.
    Done,
    /// The module could not; the service is as it was, and staff can try again.
    Failed {
        /// What the module said.
        reason: String,
    },
}

impl Service {
    /// Is the desired size the observed one?
    pub fn is_settled(&self) -> bool {
        self.observed_generation == self.generation
    }
}

/// What a module reported of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "report", deny_unknown_fields)]
pub enum ModuleReport {
    /// Work on the generation has begun.
    Working,
    /// The service has this size.
    Done {
        /// The size read back.
        observed: Size,
        /// The access read back.
        #[serde(default, skip_serializing_if = "Access::is_full")]
        access: Access,
    },
    /// It could not be done, and trying again by itself would not help.
    Failed {
        /// Why, for staff.
        reason: String,
    },
}
