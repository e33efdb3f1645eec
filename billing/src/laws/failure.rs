//! The law of a change that waits for its payment: how its waiting may end, and when it must.

use super::{BrokenLaw, Case, holds};
use crate::account::{Attempt, AttemptState, ChangeState, PlanChange};
use crate::policy::{Gate, OnFailure};

/// I25: while a change waits, a payment of it that fails ends the waiting exactly where its quote says so: it has lapsed
/// under `lapse`, is made under `apply`, and waits on under `wait`. Otherwise only its time ends it unpaid, and never
/// before: it lapses, or is made under `apply`, and then its invoice stays open.
pub(super) fn waiting_ends_as_quoted(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for before in case.before.iter().flat_map(|account| &account.subscriptions) {
        let Some(waited) = &before.change else { continue };
        let ChangeState::AwaitsPayment { lapses_at } = waited.state else { continue };
        // Another one in its place: then it was withdrawn, which law I11 looks at.
        let after = case.after.subscription(before.id).and_then(|after| after.change.as_ref());
        let Some(after) = after.filter(|after| after.id == waited.id) else { continue };
        let (id, on_failure) = (waited.id, waited.quote.on_failure);
        let (failed, over) = (payment_failed(case, waited), lapses_at <= case.at);
        let (fits, became) = match after.state {
            ChangeState::AwaitsPayment { .. } => (!failed || on_failure == OnFailure::Wait, "waits on"),
            ChangeState::Lapsed { .. } => {
                let may = over || (failed && on_failure == OnFailure::Lapse);
                (may && on_failure != OnFailure::Apply, "lapsed")
            }
            ChangeState::Applied { .. } if is_owed(case, after) => {
                ((failed || over) && on_failure == OnFailure::Apply, "was made unpaid")
            }
            _ => continue,
        };
        holds(fits, "I25", || {
            format!(
                "change {id} {became}; on failure {on_failure:?}, payment failed: {failed}, its time is over: {over}"
            )
        })?;
    }
    Ok(())
}

/// May a change that is made be unpaid? Where nobody had to pay it first, or where it waited and its payment was missed;
/// whether it was, is the law above.
pub(super) fn may_be_owed(case: &Case<'_>, change: &PlanChange) -> bool {
    let mut before = case.before.iter().flat_map(|account| &account.subscriptions);
    let is_it = |open: &PlanChange| open.id == change.id && open.awaits_payment();
    let waited = before.any(|before| before.change.as_ref().is_some_and(is_it));
    change.quote.gate == Gate::None || (change.quote.on_failure == OnFailure::Apply && waited)
}

fn is_owed(case: &Case<'_>, change: &PlanChange) -> bool {
    let invoice = change.document.and_then(|document| case.after.invoice(document));
    invoice.is_some_and(crate::document::Invoice::is_open)
}

/// Did this decision learn that a payment of the change failed?
fn payment_failed(case: &Case<'_>, change: &PlanChange) -> bool {
    let is_failed = |attempt: &Attempt| matches!(attempt.state, AttemptState::Failed { .. });
    let known = |attempt: &Attempt| {
        let before = case.before.iter().flat_map(|account| &account.attempts);
        before.into_iter().any(|old| old.id == attempt.id && is_failed(old))
    };
    let mut of_change = case.after.attempts.iter().filter(|attempt| Some(attempt.invoice) == change.document);
    of_change.any(|attempt| is_failed(attempt) && !known(attempt))
}
