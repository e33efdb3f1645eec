//! Begin a plan change on the day that was chosen for it: what was counted when it was quoted is invoiced now, to the cent,
//! and the change is made, or waits for its payment as one that is submitted now. Which days can be chosen is in
//! `chosen_day`.

use super::draft::Draft;
use super::submit_plan_change::{Charged, charge};
use super::withdraw_plan_change::open_change;
use crate::command::{Answer, PaymentChoice};
use crate::id::ChangeId;
use crate::quote::{ChosenDay, Quote};
use crate::refusal::Refusal;

/// The day of an open change has come.
pub(super) fn begin_plan_change(draft: &mut Draft, change: ChangeId) -> Result<Answer, Refusal> {
    let (place, open) = open_change(draft, change)?;
    let from = open.begins_at().ok_or(Refusal::ChangeNotOpen(change))?;
    if draft.now < from {
        return Err(Refusal::ChangeNotDue { change, from });
    }
    let day = open.quote.on.expect("the day that begins there");
    draft.say(format!("The day of the {} to {} has come.", open.quote.direction.word(), open.quote.plan_after));
    let quote = asked_now(draft, open.quote, day);
    let pays_by = open.pays_by.unwrap_or(PaymentChoice::BankTransfer);
    let Charged { applied, document, attempt } = charge(draft, place, &quote, &pays_by);
    Ok(Answer::ChangeBegun { change, applied, document, attempt, due: quote.due, to_balance: quote.to_balance })
}

/// The quote as it is asked for now: the same cents, of which the balance pays what it has. Where the day is over already,
/// because nobody was there to begin it, or its time to pay is, there is as much time to pay as there would have been.
fn asked_now(draft: &Draft, quote: Quote, day: ChosenDay) -> Quote {
    let from_balance = quote.due.min(draft.account.balance);
    let is_late = draft.account.zone.date(draft.now) != day.date || draft.now >= quote.pay_by;
    let late = if is_late { draft.now.duration_since(day.from) } else { Default::default() };
    let pay_by = quote.pay_by.checked_add(late).expect("an instant inside the supported range");
    Quote { from_balance, due: quote.due - from_balance, pay_by, ..quote }
}
