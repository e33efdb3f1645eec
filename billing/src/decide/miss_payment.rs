//! What becomes of a change that waits for its payment where the payment fails, or does not come in time, as the term
//! `on_failure` says: it goes on waiting, it lapses, or it is made and its invoice is owed. Whoever comes first, the
//! gateway, the timer or late money, finds the same. How a change lapses is in `withdraw_plan_change`, how it is made in
//! `apply_plan_change`.

use super::apply_plan_change::apply_plan_change;
use super::draft::Draft;
use super::withdraw_plan_change::{lapse, open_change};
use crate::account::{ChangeState, PlanChange};
use crate::command::Answer;
use crate::id::{ChangeId, DocumentId};
use crate::policy::OnFailure;
use crate::refusal::Refusal;

/// The time of a change that waits for its payment is up.
pub(super) fn miss_payment(draft: &mut Draft, change: ChangeId) -> Result<Answer, Refusal> {
    let (place, open) = open_change(draft, change)?;
    // A scheduled change waits for nobody's money: it is made with its period, or taken back.
    let ChangeState::AwaitsPayment { lapses_at } = open.state else { return Err(Refusal::ChangeNotOpen(change)) };
    if draft.now < lapses_at {
        return Err(Refusal::NotLapsedYet { change, lapses_at });
    }
    Ok(end_waiting(draft, place, &open))
}

/// The same of the open change of a subscription, if it has one whose time is up, whether or not the timer has been by.
pub(super) fn miss_payment_if_due(draft: &mut Draft, place: usize) {
    let Some(open) = draft.subscription(place).change.clone() else { return };
    if matches!(open.state, ChangeState::AwaitsPayment { lapses_at } if lapses_at <= draft.now) {
        end_waiting(draft, place, &open);
    }
}

/// A payment of an invoice failed. Does that end the waiting of the change behind it? Then how.
pub(super) fn fail_payment(draft: &mut Draft, invoice: DocumentId) -> Option<Answer> {
    let waits = |open: &PlanChange| open.awaits_payment() && open.document == Some(invoice);
    let subscriptions = draft.account.subscriptions.iter().enumerate();
    let open = subscriptions.filter_map(|(place, subscription)| Some((place, subscription.change.as_ref()?)));
    let (place, open) = open.into_iter().find(|(_, open)| waits(open)).map(|(place, open)| (place, open.clone()))?;
    (open.quote.on_failure != OnFailure::Wait).then(|| end_waiting(draft, place, &open))
}

fn end_waiting(draft: &mut Draft, place: usize, open: &PlanChange) -> Answer {
    let change = open.id;
    if open.quote.on_failure == OnFailure::Apply {
        draft.say("It was not paid, and is made all the same: its invoice is owed.".to_owned());
        apply_plan_change(draft, place);
        return Answer::ChangeMade { change, document: open.document };
    }
    Answer::ChangeClosed { change, document: lapse(draft, place, open) }
}
