//! The law of plan credits (T5): what was used stays used, and nobody is given more than the plans say.

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, PlanCredits, Subscription};
use crate::command::Answer;
use crate::fraction::Fraction;
use crate::quote::CreditsCount;

/// I15: `0 ≤ left ≤ granted`. What is left shrinks by use. A new period, of a renewal or of a new subscription, gives
/// what its plan gives. A change leaves what was used as it is and adds at most what the new plan gives; where credits
/// are shared by time, exactly the part of the difference that is the rest of the period. Nothing else moves them.
pub(super) fn credits_are_conserved(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        if let Some(credits) = after.credits {
            holds(is_sane(&credits), "I15", || {
                let PlanCredits { left, granted, of_plan, part } = credits;
                format!("{left} of {granted} credits and {part:?} are left of {}, {of_plan} of its plan", after.id)
            })?;
        }
        let before = case.before.and_then(|account| account.subscription(after.id));
        one(case, before, after)?;
    }
    Ok(())
}

/// What is below a whole credit cannot be used, and what was used beyond what the plans give leaves nothing.
fn is_sane(credits: &PlanCredits) -> bool {
    let PlanCredits { left, granted, of_plan, part } = *credits;
    let fits = 0 <= left && left <= granted;
    match part {
        None => fits && 0 < of_plan && of_plan <= granted,
        Some(part) => fits && 0 <= of_plan && part.trunc() <= 0 && (!part.is_negative() || left == 0),
    }
}

fn one(case: &Case<'_>, before: Option<&Subscription>, after: &Subscription) -> Result<(), BrokenLaw> {
    let (old, new) = (before.and_then(|before| before.credits), after.credits);
    let renewed = before.is_some_and(|before| after.period_ordinal() > before.period_ordinal());
    let made = after.change.as_ref().filter(|change| matches!(change.state, ChangeState::Applied { .. }));
    let fits = match (&case.decision.answer, before) {
        (_, None) => new.is_none_or(|new| new == PlanCredits::whole(new.of_plan)),
        (Answer::Renewed { .. }, Some(_)) if renewed => new.is_none_or(|new| new == PlanCredits::whole(new.of_plan)),
        (Answer::CreditsUsed { left }, Some(_)) if old != new => old.zip(new).is_some_and(|(old, new)| {
            new.left < old.left && new.left == *left && PlanCredits { left: old.left, ..new } == old
        }),
        (_, Some(before)) if made.is_some_and(|change| change.quote.credits_count.is_some()) => {
            made.is_some_and(|change| is_shared(change, before, after))
        }
        _ if made.is_some() => new.is_none_or(|new| {
            let (used, granted) = old.map_or((0, 0), |old| (old.used(), old.granted));
            new.used() == used && new.granted <= granted.max(used) + new.of_plan
        }),
        _ => old == new,
    };
    holds(fits, "I15", || format!("the credits of {} went from {old:?} to {new:?}", after.id))
}

/// A plan that gives none counts as one that gives nothing.
fn is_shared(change: &PlanChange, before: &Subscription, after: &Subscription) -> bool {
    let none = PlanCredits { part: Some(Fraction::ZERO), ..PlanCredits::whole(0) };
    let (old, new) = (before.credits.unwrap_or(none), after.credits.unwrap_or(none));
    let goes_on = after.period.from == before.period.from && after.is_in_trial() == before.is_in_trial();
    let ends_trial = before.is_in_trial() && !after.is_in_trial();
    let whole = |number: i64| Fraction::new(number.into(), 1);
    // Where more is used than they give, nothing is left; else all that is whole of what they give is there to be used.
    let all_is_there = |part: Fraction| !part.is_negative() || new.left == 0;
    let gives = |of: i64| new.of_plan == of && new.part.is_some_and(all_is_there);
    match change.quote.credits_count.as_deref().copied() {
        Some(CreditsCount::Shared { before, after, rest, whole: all, spent, .. }) => {
            let part = |credits: i64| Fraction::new(i128::from(credits) * i128::from(rest), i128::from(all.max(1)));
            let spent = spent.unwrap_or(Fraction::ZERO);
            let added = part(after) - part(before) + spent;
            // What is not taken back of the old plan's was used, but for a part of a credit.
            let kept = old.unused() - part(before) + spent;
            let fits = !spent.is_negative() && !(part(before) - spent).is_negative();
            let is_spent = spent.is_zero() || (fits && kept.trunc() <= 0);
            let shares = 0 <= rest && rest <= all && all > 0 && before == old.of_plan;
            let moves = new.entitlement() == old.entitlement() + added;
            goes_on && shares && is_spent && gives(after) && moves && new.used() == old.used()
        }
        Some(CreditsCount::Begun { after, over }) => {
            // What was used since the quote counts for the new period.
            let left = change.quote.credits_before.map_or(0, |credits| credits.left);
            let used = left - old.left;
            // Of what the old plan gave, nothing to all can be for time that was over.
            let least = whole(old.used() - used) - old.entitlement();
            let most = least + whole(old.of_plan);
            let is_over = !(over - least).is_negative() && !(most - over).is_negative() && !over.is_negative();
            let owed = is_over || (over.is_zero() && (most.is_negative() || ends_trial));
            !goes_on && owed && gives(after) && new.entitlement() == whole(after) - over && new.used() == used
        }
        None => false,
    }
}
