//! The law of lines that wait for the next invoice: each comes from one change, or of a period that is billed in arrears,
//! stands on one document, and no longer waits than its period.

use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::catalogue::Billed;
use crate::coverage::Segment;
use crate::document::{Document, DocumentKind, DocumentLine};
use crate::money::Money;
use crate::policy::When;
use crate::quote::Settlement;

/// I13: what waits is what waited before and what begins to wait now; or all that waited is taken in, by one document with
/// every line of it. It is taken in with its period, and what is covered and not invoiced is what waiting lines charge.
pub(super) fn lines_wait_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let id = after.id;
        let before = case.before.and_then(|account| account.subscription(after.id));
        let waited = before.map_or(&[][..], |before| &before.waiting);
        let made = after.change.as_ref().filter(|change| matches!(change.state, ChangeState::Applied { .. }));
        let new = begin_to_wait(before, after, made);
        let says = |lines: &[DocumentLine]| lines.iter().map(Said::of).eq(new.iter().cloned());
        let waits_on = after.waiting.strip_prefix(waited).is_some_and(says);
        if !waits_on {
            holds(says(&after.waiting), "I13", || {
                format!("{:?} waits of {id} after {waited:?}, and {new:?} is to begin to", after.waiting)
            })?;
            taken_in(case, after, waited, made)?;
        }
        let goes_on = before.is_none_or(|before| before.period_ordinal() == after.period_ordinal());
        let is_old = waits_on && !waited.is_empty();
        holds(goes_on || !is_old, "I13", || format!("lines of {id} wait past their period"))?;
        open_change_counts_all(after)?;
        // A change that is made with its period is followed by the invoice of that in the same decision.
        let quoted = made.filter(|change| change.quote.when == When::Now);
        let waits = case.total(after.waiting.iter().map(DocumentLine::payable));
        let as_quoted = quoted.is_none_or(|change| change.quote.waits.unwrap_or(case.nothing()) == waits);
        holds(as_quoted, "I10", || format!("{waits} waits of {id}, and the quote of its change says otherwise"))?;
        coverage_waits_with_its_lines(case, before, after, (made, waits_on))?;
    }
    Ok(())
}

/// The lines that begin to wait: what a change that is made now leaves to the next invoice, line by line as it was quoted;
/// and what covers a period that begins without one, where that is billed in arrears.
fn begin_to_wait(before: Option<&Subscription>, after: &Subscription, made: Option<&PlanChange>) -> Vec<Said> {
    if let Some(change) = made.filter(|change| change.quote.when == When::Now) {
        return match change.quote.settlement {
            Settlement::Now => Vec::new(),
            Settlement::NextInvoice => [given_back(change), charged(change)].concat(),
            Settlement::ChargeWaits => charged(change),
        };
    }
    let begins = before.is_none_or(|before| before.period_ordinal() != after.period_ordinal());
    // What a trial costs is asked for when it starts.
    if !begins || after.billed == Billed::Advance || after.is_in_trial() {
        return Vec::new();
    }
    let is_new = |segment: &&Segment| {
        before.is_none_or(|before| before.coverage.iter().all(|known| known.id != segment.id))
            && (segment.span == after.period || segment.span.is_empty())
            && !segment.net.is_zero()
    };
    let laid = after.coverage.iter().filter(is_new);
    // What is charged once is for no time.
    let line = |segment: &Segment| Said {
        text: format!("{} {:?} None", segment.text, Some(segment.span).filter(|span| !span.is_empty())),
        amounts: [segment.net, segment.tax],
    };
    laid.map(line).collect()
}

/// A document issued now has every line that waited, once; or the change that is made now was paid with them.
fn taken_in(
    case: &Case<'_>,
    after: &Subscription,
    waited: &[DocumentLine],
    made: Option<&PlanChange>,
) -> Result<(), BrokenLaw> {
    let id = after.id;
    let has_all = |document: &Document| {
        let sign = if document.kind == DocumentKind::CreditNote { -1 } else { 1 };
        let start = document.lines.get(..waited.len()).unwrap_or_default();
        start.iter().map(|line| Said::times(line, sign)).eq(waited.iter().map(Said::of))
    };
    let of_it = case.decision.documents.iter().filter(|document| document.subscription == Some(id));
    let issued = of_it.filter(|document| has_all(document)).count();
    let paid = made.is_some_and(|change| {
        change.quote.waiting == waited
            && change
                .document
                .is_some_and(|document| case.before.is_some_and(|known| known.invoice(document).is_some()))
    });
    holds(issued + usize::from(paid) == 1, "I13", || {
        format!("what waited of {id} stands on {issued} documents, and on an earlier one: {paid}")
    })
}

/// A change that waits for its payment, or for its day, asks for all that waits: nothing can begin to wait before it is closed.
fn open_change_counts_all(after: &Subscription) -> Result<(), BrokenLaw> {
    let Some(open) = after.change.as_ref().filter(|change| change.is_open()) else { return Ok(()) };
    let all = open.quote.waiting.is_empty() || open.quote.waiting == after.waiting;
    holds(all, "I13", || format!("change {} asks for other lines than those that wait", open.id))
}

/// What is covered and not invoiced grows by what a change leaves to the next invoice, shrinks by what a change gives
/// back of it, and is nothing where no line waits.
fn coverage_waits_with_its_lines(
    case: &Case<'_>,
    before: Option<&Subscription>,
    after: &Subscription,
    (made, waits_on): (Option<&PlanChange>, bool),
) -> Result<(), BrokenLaw> {
    let unbilled = |of: &Subscription| {
        case.total(of.coverage.iter().filter(|segment| segment.document.is_none()).map(|segment| segment.net))
    };
    let mut expected = case.nothing();
    if waits_on && !after.waiting.is_empty() {
        expected = before.map_or(expected, unbilled);
        if let Some(change) = made {
            let back = change.quote.credits.iter().filter(|line| line.document.is_none());
            expected -= case.total(back.map(|line| line.amount));
        }
    }
    match made.filter(|change| change.quote.when == When::Now) {
        Some(change) if change.quote.settlement != Settlement::Now => {
            let once = change.quote.once_now().iter().map(|line| line.amount);
            expected += case.total(change.quote.charges.iter().map(|line| line.amount).chain(once));
        }
        Some(_) => {}
        None => expected += case.total(begin_to_wait(before, after, None).iter().map(|line| line.amounts[0])),
    }
    let covered = unbilled(after);
    holds(covered == expected, "I13", || {
        format!("{covered} of {} is covered and not invoiced; lines that wait say {expected}", after.id)
    })
}

/// What a line says that a customer pays.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    text: String,
    amounts: [Money; 2],
}

impl Said {
    fn of(line: &DocumentLine) -> Self {
        Self::times(line, 1)
    }

    fn times(line: &DocumentLine, sign: i64) -> Self {
        let text = format!("{} {:?} {:?}", line.text, line.span, line.segment);
        Self { text, amounts: [line.amount.times(sign), line.tax.times(sign)] }
    }
}

/// The lines of what a quote gives back that have an amount, negative, in the order of the quote.
fn given_back(change: &PlanChange) -> Vec<Said> {
    let back = change.quote.credits.iter().filter(|line| !line.returned().is_zero()).map(|line| Said {
        text: format!("{} {:?} {:?}", line.text, Some(line.span), Some(line.segment)),
        amounts: [-line.returned(), -line.returned_tax()],
    });
    back.collect()
}

/// The lines of what it charges.
fn charged(change: &PlanChange) -> Vec<Said> {
    let charged = change.quote.charges.iter().filter(|line| !line.amount.is_zero()).map(|line| Said {
        text: format!("{} {:?} None", line.text, Some(line.span)),
        amounts: [line.amount, line.tax],
    });
    let once = change.quote.once_now().iter().filter(|line| !line.amount.is_zero());
    charged.chain(once.map(|line| Said::of(&line.on_invoice()))).collect()
}
