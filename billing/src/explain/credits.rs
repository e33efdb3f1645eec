//! How the plan credits after a change were counted, where they are shared by time: as sentences.

use super::exact::{decimal, trimmed};
use super::{Language, de, en, ja};
use crate::account::PlanCredits;
use crate::fraction::Fraction;
use crate::policy::TimeUnit;
use crate::quote::CreditsCount;

/// What there is to say of it. Numbers of credits are written with what they count: `55 hours`.
pub(super) enum Told {
    Shared {
        before: String,
        after: String,
        rest: i64,
        whole: i64,
        unit: TimeUnit,
        /// What the plans of the period give.
        all: String,
        /// What was used, where that is more: how many, and the same written.
        used: Option<(i64, String)>,
        /// Is something not taken back that was used?
        spent: bool,
    },
    Begun {
        after: String,
        /// What was used too much, as digits.
        over: Option<String>,
    },
}

impl CreditsCount {
    /// How the credits after the change were counted, in a sentence or a few; `amount` writes how many credits, such as
    /// `55 hours`. None where there is nothing to say: a period begins, of a plan that gives none.
    pub fn sentence(
        &self,
        after: Option<PlanCredits>,
        language: Language,
        amount: impl Fn(i64) -> String,
    ) -> Option<String> {
        let told = match *self {
            Self::Begun { after: 0, over } if over.is_zero() => return None,
            Self::Begun { after, over } => {
                let over = (!over.is_zero()).then(|| digits(over, language));
                Told::Begun { after: amount(after), over }
            }
            Self::Shared { before, after: new, rest, whole, unit, spent } => {
                let (all, used) = after.map_or((0, 0), |after| (after.entitlement().floor().max(0), after.used()));
                let used = (used > all).then(|| (used, amount(used)));
                let (before, after, all) = (amount(before), amount(new), amount(all));
                Told::Shared { before, after, rest, whole, unit, all, used, spent: spent.is_some() }
            }
        };
        Some(match language {
            Language::English => en::credits(&told),
            Language::German => de::credits(&told),
            Language::Japanese => ja::credits(&told),
        })
    }
}

/// So many plan credits, where nobody says what they count.
pub fn plan_credits(language: Language, amount: i64) -> String {
    let number = language.count(amount);
    match language {
        Language::English if amount == 1 => format!("{number} plan credit"),
        Language::English => format!("{number} plan credits"),
        Language::German if amount == 1 => format!("{number} Inklusiveinheit"),
        Language::German => format!("{number} Inklusiveinheiten"),
        Language::Japanese => format!("プランのクレジット{number}"),
    }
}

/// A fraction to two decimals, with a mark where more follow.
fn digits(fraction: Fraction, language: Language) -> String {
    let (over, under) = fraction.lowest();
    let hundredths = i128::from(over) * 100;
    let digits = decimal(hundredths / i128::from(under), 2);
    if hundredths % i128::from(under) == 0 {
        language.number(&trimmed(&digits))
    } else {
        format!("{}…", language.number(&digits))
    }
}
