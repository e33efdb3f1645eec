//! Findings: what the linter says, with a code that stays and a script that can be followed by hand.

use serde::Serialize;

use crate::catalogue::Product;
use crate::money::Money;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Probably not meant.
    Warning,
    /// Loses money, or does not work.
    Error,
}

/// What was found. The codes are part of the command line and stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A law of the books breaks: a bug of the engine.
    BrokenLaw,
    /// The balance can grow above what was paid.
    CreditAboveCash,
    /// A customer can use more than was paid, by changing.
    ChangeForLess,
    /// A customer can use a plan unpaid while an order waits for its payment.
    LatePayment,
    /// The credits of a plan can be used up without their price.
    BurntCredits,
    /// A term can be left early, and its price is kept.
    TermHop,
    /// The day of a change can be used without being paid for.
    FreeDay,
    /// Roundings in the customer's favour add up.
    RoundingFarm,
    /// A product names a policy that is not there.
    UnknownPolicy,
    /// A change that customers may ask for is refused on every day.
    AlwaysRefused,
    /// A plan or option lacks a price that others have.
    MissingPrice,
    /// A plan that cannot be left, or an option that cannot be dropped.
    NoWayOut,
    /// A plan or option that cannot be moved to.
    NoWayIn,
    /// A larger plan costs less than a smaller one.
    RankAgainstPrice,
    /// A longer term costs more than a shorter one.
    DearTerm,
}

impl Code {
    /// Every code, in the order of reports.
    pub const ALL: [Self; 15] = [
        Self::BrokenLaw,
        Self::CreditAboveCash,
        Self::ChangeForLess,
        Self::LatePayment,
        Self::BurntCredits,
        Self::TermHop,
        Self::FreeDay,
        Self::RoundingFarm,
        Self::UnknownPolicy,
        Self::AlwaysRefused,
        Self::MissingPrice,
        Self::NoWayOut,
        Self::NoWayIn,
        Self::RankAgainstPrice,
        Self::DearTerm,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::BrokenLaw => "broken-law",
            Self::CreditAboveCash => "credit-above-cash",
            Self::ChangeForLess => "change-for-less",
            Self::LatePayment => "late-payment",
            Self::BurntCredits => "burnt-credits",
            Self::TermHop => "term-hop",
            Self::FreeDay => "free-day",
            Self::RoundingFarm => "rounding-farm",
            Self::UnknownPolicy => "unknown-policy",
            Self::AlwaysRefused => "always-refused",
            Self::MissingPrice => "missing-price",
            Self::NoWayOut => "no-way-out",
            Self::NoWayIn => "no-way-in",
            Self::RankAgainstPrice => "rank-against-price",
            Self::DearTerm => "dear-term",
        }
    }

    /// The code of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Self::NoWayIn => Severity::Note,
            Self::LatePayment
            | Self::FreeDay
            | Self::TermHop
            | Self::AlwaysRefused
            | Self::MissingPrice
            | Self::NoWayOut
            | Self::RankAgainstPrice
            | Self::DearTerm => Severity::Warning,
            Self::BrokenLaw
            | Self::CreditAboveCash
            | Self::ChangeForLess
            | Self::BurntCredits
            | Self::RoundingFarm
            | Self::UnknownPolicy => Severity::Error,
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// The product's code.
    pub product: String,
    /// The product's policy.
    pub policy: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What a customer gains by the script.
    pub gain: Option<Money>,
    /// How to see it, day by day; empty where there is nothing to do.
    pub script: Vec<String>,
}

impl Finding {
    /// A finding without a script.
    pub(super) fn of(code: Code, product: &Product, what: String) -> Self {
        Self {
            code,
            severity: code.severity(),
            product: product.code.clone(),
            policy: product.policy.clone(),
            what,
            gain: None,
            script: Vec::new(),
        }
    }
}
