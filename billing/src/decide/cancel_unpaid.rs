//! End a subscription when the grace of an unpaid renewal is over, where its terms say so (parameter 71). The rest of what was
//! not paid is owed no more; what was used stays owed, or is released with it.

use super::Facts;
use super::draft::Draft;
use super::end_subscription::end;
use super::issue_invoice::invoice_at;
use super::quote_cancellation::{End, counted};
use super::restrict_access::grace_over;
use super::settle_owed::pay_from_balance;
use crate::cancellation::Cancellation;
use crate::command::Answer;
use crate::dunning::{AfterGrace, Unpaid};
use crate::id::DocumentId;
use crate::refusal::Refusal;

/// The grace of an invoice is over whose terms end its subscription then.
pub(super) fn cancel_unpaid(facts: Facts<'_>, draft: &mut Draft, invoice: DocumentId) -> Result<Answer, Refusal> {
    let terms = grace_over(draft, invoice, AfterGrace::Cancel)?;
    // Where no command came since it is overdue, the balance may pay it still.
    pay_from_balance(draft);
    let Some(at) = invoice_at(draft, invoice) else { return Ok(Answer::Noted) };
    let place = draft.subscription_at(draft.account.invoices[at].subscription)?;
    let subscription = draft.subscription(place).clone();
    let how = if terms.unpaid == Unpaid::Released { End::Released } else { End::Now };
    let quote = counted(facts, &draft.account, &subscription, None, how, draft.now)?;
    let (submitted_at, ended_at) = (draft.now, Some(draft.now));
    end(draft, place, Cancellation { quote, submitted_at, reason: None, ended_at })
}
