//! The law of plan credits (T5): what was used stays used, and nobody is given more than the plans say.

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanCredits, Subscription};
use crate::command::Answer;

/// I15: `0 ≤ left ≤ granted`. What is left shrinks by use. A new period, of a renewal or of a new subscription, gives
/// what its plan gives. A change leaves what was used as it is and adds at most what the new plan gives. Nothing else
/// moves them.
pub(super) fn credits_are_conserved(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        if let Some(PlanCredits { left, granted, of_plan }) = after.credits {
            let sane = 0 <= left && left <= granted && 0 < of_plan && of_plan <= granted;
            holds(sane, "I15", || {
                format!("{left} of {granted} credits are left of {}, {of_plan} of its plan", after.id)
            })?;
        }
        let before = case.before.and_then(|account| account.subscription(after.id));
        one(case, before, after)?;
    }
    Ok(())
}

fn one(case: &Case<'_>, before: Option<&Subscription>, after: &Subscription) -> Result<(), BrokenLaw> {
    let (old, new) = (before.and_then(|before| before.credits), after.credits);
    let renewed = before.is_some_and(|before| after.period_ordinal() > before.period_ordinal());
    let made = after.change.as_ref().is_some_and(|change| matches!(change.state, ChangeState::Applied { .. }));
    let fits = match (&case.decision.answer, before) {
        (_, None) => new.is_none_or(|new| new.left == new.granted && new.granted == new.of_plan),
        (Answer::Renewed { .. }, Some(_)) if renewed => {
            new.is_none_or(|new| new.left == new.granted && new.granted == new.of_plan)
        }
        (Answer::CreditsUsed { left }, Some(_)) if old != new => old.zip(new).is_some_and(|(old, new)| {
            new.left < old.left && new.left == *left && (new.granted, new.of_plan) == (old.granted, old.of_plan)
        }),
        _ if made => new.is_none_or(|new| {
            let (used, granted) = old.map_or((0, 0), |old| (old.granted - old.left, old.granted));
            new.granted - new.left == used && new.granted <= granted.max(used) + new.of_plan
        }),
        _ => old == new,
    };
    holds(fits, "I15", || format!("the credits of {} went from {old:?} to {new:?}", after.id))
}
