//! The laws of subscriptions that end: what they give back and still bill, and that nothing of them goes on. Told from the
//! subscription, the quote of its end, the documents and the dunning of its invoices; which terms count is the policy's matter.

use jiff::{SignedDuration, Timestamp};

use super::tiling::a_day_after;
use super::{BrokenLaw, Case, holds};
use crate::account::Subscription;
use crate::cancellation::{Cancellation, CancellationQuote};
use crate::command::Answer;
use crate::coverage::Segment;
use crate::document::{Document, DocumentKind, DocumentLine, DocumentReason, Invoice};
use crate::dunning::{AfterGrace, Unpaid};
use crate::money::Money;
use crate::policy::When;
use crate::quote::CreditLine;
use crate::service::Access;

/// Does this decision end a subscription?
pub(super) fn ends_now(case: &Case<'_>, after: &Subscription) -> bool {
    after.has_ended() && before(case, after).is_some_and(|before| !before.has_ended())
}

/// I24, I26, I27, I07 and I10, of every subscription that the decision touches.
pub(super) fn ends_are_whole_and_final(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let id = after.id;
        let ended = after.has_ended();
        holds(ended == (after.service.access == Access::Ended), "I24", || {
            format!("{id} has ended: {ended}; its access is {:?}", after.service.access)
        })?;
        let Some(before) = before(case, after) else {
            holds(after.cancellation.is_none(), "I27", || format!("{id} starts cancelled"))?;
            continue;
        };
        use_ends_the_promise(case, before, after)?;
        match (before.cancellation.as_deref(), after.cancellation.as_deref()) {
            _ if before.has_ended() => stays_ended(case, before, after)?,
            (known, Some(end)) if ended => ends(case, before, after, known, end)?,
            (None, Some(end)) => is_scheduled(case, after, end)?,
            (Some(known), Some(end)) => {
                let waits = known == end && before.period == after.period;
                holds(waits, "I27", || format!("{id} is cancelled, and its end or its period moved"))?;
            }
            (Some(_), None) => is_taken_back(case, before, after)?,
            (None, None) => {}
        }
    }
    let had = case.before.map_or(&[][..], |before| &before.had);
    let may_be_had = |product: &String| {
        had.contains(product) || case.after.subscriptions.iter().any(|one| one.has_ended() && one.product == *product)
    };
    let keeps = had.iter().all(|product| case.after.had.contains(product)) && case.after.had.iter().all(may_be_had);
    holds(keeps && case.after.had.is_sorted(), "I04", || format!("{had:?} were had, and {:?} now", case.after.had))
}

/// I27: nothing of it moves but what is still owed of it, and nobody is asked for more.
fn stays_ended(case: &Case<'_>, before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let id = after.id;
    let same = (&before.cancellation, &before.items, before.period, &before.anchor, before.period_no)
        == (&after.cancellation, &after.items, after.period, &after.anchor, after.period_no);
    let cover = |subscription: &Subscription| {
        let segments = subscription.coverage.iter().map(|segment| (segment.id, segment.span, segment.net));
        segments.collect::<Vec<_>>()
    };
    let quiet = after.waiting.is_empty() && after.usage.is_empty() && after.change.is_none();
    holds(same && quiet && cover(before) == cover(after), "I27", || format!("{id} has ended, and goes on"))?;
    let issued = case.decision.documents.iter().find(|document| document.subscription == Some(id));
    holds(issued.is_none(), "I27", || format!("{id} has ended, and {:?} is issued for it", issued.map(|one| one.id)))?;
    no_tries_of_it(case, id)
}

/// I26: the invoices of what ended are not dunned.
fn no_tries_of_it(case: &Case<'_>, id: crate::id::SubscriptionId) -> Result<(), BrokenLaw> {
    let dunned =
        case.after.invoices.iter().find(|invoice| invoice.subscription == id && invoice.in_dunning().is_some());
    holds(dunned.is_none(), "I26", || format!("{id} has ended, and {:?} is tried again", dunned.map(|one| one.id)))
}

/// It ends as its quote says, in one piece.
fn ends(
    case: &Case<'_>,
    before: &Subscription,
    after: &Subscription,
    known: Option<&Cancellation>,
    end: &Cancellation,
) -> Result<(), BrokenLaw> {
    let (id, quote) = (after.id, &end.quote);
    let broken = |law, what: &str| Err(BrokenLaw { law, what: format!("{id} ends, and {what}") });
    if end.ended_at != Some(case.at) || quote.subscription != id || quote.account != case.after.id {
        return broken("I27", "its end is another's");
    }
    let same = (before.period, &before.anchor, before.period_ordinal(), &before.items)
        == (after.period, &after.anchor, after.period_ordinal(), &after.items);
    if !same {
        return broken("I27", "its period or its items move");
    }
    if after.change.as_ref().is_some_and(|change| change.is_open()) {
        return broken("I11", "a change of it is open");
    }
    if !after.waiting.is_empty() || !after.usage.is_empty() {
        return broken("I13", "something of it waits to be billed");
    }
    if !case.after.had.contains(&after.product) {
        return broken("I04", "nobody knows that it was had");
    }
    no_tries_of_it(case, id)?;
    let last = last_documents(case, id).next().map(|document| document.id);
    let tried = case.after.attempts.iter().filter(|attempt| {
        let is_new = case.before.is_none_or(|old| old.attempts.iter().all(|known| known.id != attempt.id));
        let is_its = case.after.invoice(attempt.invoice).is_some_and(|invoice| invoice.subscription == id);
        is_new && is_its && Some(attempt.invoice) != last
    });
    if tried.count() > 0 {
        return broken("I26", "what it owed before is tried");
    }
    match quote.when {
        When::PeriodEnd => {
            let is_due = known.is_some_and(|known| known.ended_at.is_none() && known.reason == end.reason);
            if !is_due || case.at < before.period.until || quote.ends_at != before.period.until {
                return broken("I27", "its period is not over, or nobody cancelled it");
            }
            if !quote.credits.is_empty() {
                return broken("I27", "gives back time that was had");
            }
        }
        When::Now if case.at >= before.period.until && quote.asked_by.is_some() => {
            return broken("I27", "its period is over");
        }
        When::Now => {}
    }
    if quote.asked_by.is_none() && quote.when == When::Now {
        ends_unpaid(case, id, quote)?;
    } else if quote.released {
        return broken("I07", "is asked for nothing of what was used");
    }
    adds_up(case, quote)?;
    stands_on_documents(case, before, quote)?;
    coverage_ends(case, before, after, quote)?;
    all_back(case, before, quote)
}

/// I26: only the grace of a renewal that is over ends it, where the terms of that say so, and no payment is on its way.
fn ends_unpaid(case: &Case<'_>, id: crate::id::SubscriptionId, quote: &CancellationQuote) -> Result<(), BrokenLaw> {
    let of_it = case.before.iter().flat_map(|account| &account.invoices).filter(|invoice| invoice.subscription == id);
    let is_over = |invoice: &Invoice| {
        let dunning = invoice.in_dunning()?;
        let is_over = dunning.grace_until.is_some_and(|until| until <= case.at);
        let running = |attempt: &crate::account::Attempt| attempt.invoice == invoice.id && attempt.state.is_running();
        let is_tried = case.before.is_some_and(|account| account.attempts.iter().any(running));
        (dunning.terms.after_grace == AfterGrace::Cancel && is_over && !is_tried).then_some(dunning.terms.unpaid)
    };
    let how: Vec<Unpaid> = of_it.filter_map(is_over).collect();
    let fits = how.iter().any(|unpaid| (*unpaid == Unpaid::Released) == quote.released);
    holds(fits, "I26", || format!("{id} ends unpaid, and the graces that are over say {how:?}"))
}

/// I10: the quote agrees with itself.
fn adds_up(case: &Case<'_>, quote: &CancellationQuote) -> Result<(), BrokenLaw> {
    let lines = || quote.waiting.iter().chain(&quote.used);
    let credit = case.total(quote.credits.iter().map(CreditLine::returned));
    let agrees = quote.credit == credit
        && quote.debt_released == case.total(quote.credits.iter().map(CreditLine::debt_released))
        && quote.net == case.total(lines().map(|line| line.amount)) - credit
        && quote.tax
            == case.total(lines().map(|line| line.tax))
                - case.total(quote.credits.iter().map(CreditLine::returned_tax))
        && quote.total
            == case.total(lines().map(DocumentLine::payable))
                - case.total(quote.credits.iter().map(CreditLine::given_back))
        && quote.from_balance + quote.due == quote.total.or_zero()
        && quote.to_balance == (-quote.total).or_zero()
        && !quote.from_balance.is_negative()
        && !quote.due.is_negative();
    holds(agrees, "I10", || format!("the quote of the end of {} does not add up", quote.subscription))
}

/// I10 and I07: one last document gives or asks for exactly its total; credit notes take what was not paid off its invoices.
fn stands_on_documents(case: &Case<'_>, before: &Subscription, quote: &CancellationQuote) -> Result<(), BrokenLaw> {
    let id = quote.subscription;
    let sign =
        |document: &Document| if document.kind == DocumentKind::CreditNote { -document.total } else { document.total };
    let last: Vec<&Document> = last_documents(case, id).collect();
    let said = case.total(last.iter().copied().map(sign));
    holds(last.len() <= 1 && said == quote.total, "I10", || {
        format!("the end of {id} is quoted {}, and {} documents say {said}", quote.total, last.len())
    })?;
    holds(quote.waiting == before.waiting, "I13", || format!("{id} ends, and not all that waited is billed"))?;
    let is_coverage = |line: &&DocumentLine| line.metered.is_none();
    let notes = || {
        case.decision.documents.iter().filter(|document| {
            document.reason == DocumentReason::OwedNoMore && document.subscription.is_none_or(|of| of == id)
        })
    };
    let lines = notes().flat_map(|document| &document.lines);
    let released = case.total(lines.clone().filter(is_coverage).map(DocumentLine::payable));
    let used = case.total(lines.filter(|line| !is_coverage(line)).map(DocumentLine::payable));
    holds(released == quote.debt_released && (used.is_zero() || quote.released), "I07", || {
        format!("{} of {id} is owed no more, and credit notes say {released}, {used} of it used", quote.debt_released)
    })?;
    let owed = |invoice: &&Invoice| {
        invoice.subscription == id && invoice.is_open() && !last.iter().any(|one| one.id == invoice.id)
    };
    let still = case.after.invoices.iter().find(owed).filter(|_| quote.released);
    holds(still.is_none(), "I07", || format!("{id} is released, and {:?} is owed", still.map(|one| one.id)))
}

/// I27 and I07: what is billed ends with it: nothing covers time after the day of the end, no used time comes back but what is
/// given back whole, and at most what was collected goes to the customer.
fn coverage_ends(
    case: &Case<'_>,
    before: &Subscription,
    after: &Subscription,
    quote: &CancellationQuote,
) -> Result<(), BrokenLaw> {
    let id = after.id;
    let whole = quote.all_back || quote.released;
    let began = quote.at.checked_sub(SignedDuration::from_hours(25)).unwrap_or(Timestamp::MIN);
    for old in &before.coverage {
        let quoted = case.total(quote.credits.iter().filter(|line| line.segment == old.id).map(|line| line.amount));
        let Some(new) = after.coverage.iter().find(|segment| segment.id == old.id) else { continue };
        holds(old.net - new.net == quoted, "I10", || {
            format!("{id} ends, segment {} gives {} back; quoted were {quoted}", old.id, old.net - new.net)
        })?;
        holds(new.span.until <= a_day_after(quote.ends_at), "I27", || {
            format!("{id} ends, and segment {} covers the time until {}", new.id, new.span.until)
        })?;
    }
    let laid = after.coverage.iter().find(|new| before.coverage.iter().all(|old| old.id != new.id));
    holds(laid.is_none(), "I27", || format!("{id} ends, and {:?} is laid", laid.map(|segment| segment.span)))?;
    for line in &quote.credits {
        let of = before.coverage.iter().find(|segment| segment.id == line.segment);
        let fits = of.is_some_and(|old| line.collected <= old.collected && line.collected <= line.amount);
        holds(fits, "I07", || format!("{id} ends, and {} of {} is given back", line.collected, line.amount))?;
        let is_whole = of.is_some_and(|old| whole && line.span == old.span && line.amount == old.net);
        holds(is_whole || line.span.from >= began, "I27", || {
            format!("{id} ends, and time from {} is given back", line.span.from)
        })?;
        let replays = line.derivation.whole > 0 && line.derivation.replay() == line.amount;
        holds(replays || of.is_some_and(|old| old.net == line.amount), "I12", || {
            format!("the credit of {} at the end of {id} is not explained", line.amount)
        })?;
    }
    let used = case.total(quote.used.iter().map(|line| line.amount));
    holds(!used.is_negative() && (!quote.released || used.is_zero()), "I27", || format!("{id} ends, {used} was used"))
}

/// Parameter 38: all of it goes back while that is promised, and once of a product; then all.
fn all_back(case: &Case<'_>, before: &Subscription, quote: &CancellationQuote) -> Result<(), BrokenLaw> {
    if !quote.all_back {
        return Ok(());
    }
    let id = quote.subscription;
    let is_promised = before.full_refund_until.is_some_and(|until| quote.at < until);
    holds(is_promised, "I30", || format!("all of {id} goes back at {}, and was used or had", quote.at))?;
    let had_it = case.before.is_some_and(|account| account.had.contains(&before.product));
    holds(!had_it, "I30", || format!("all of {id} goes back, and one of {} has ended before", before.product))?;
    let of_trial = quote
        .credits
        .iter()
        .any(|line| before.coverage.iter().any(|segment| segment.id == line.segment && segment.of_trial));
    holds(!of_trial, "I30", || format!("all of {id} goes back, and what its trial cost too"))?;
    let begins = |segment: &Segment| segment.span.from >= before.period.from && !segment.of_trial;
    let of_period = |segment: &&Segment| begins(segment) && !segment.net.is_zero();
    let mut kept = before.coverage.iter().filter(of_period).filter(|segment| {
        let back = quote.credits.iter().filter(|line| line.segment == segment.id).map(|line| line.amount);
        back.fold(Money::zero(segment.net.currency), |sum, amount| sum + amount) != segment.net
    });
    let kept = kept.next();
    holds(kept.is_none(), "I30", || format!("all of {id} goes back, but {:?}", kept.map(|segment| segment.net)))
}

/// Parameter 38: who uses plan credits or reports usage has nothing promised afterwards.
fn use_ends_the_promise(case: &Case<'_>, before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let units = |of: &Subscription| of.usage.iter().map(|counter| u64::from(counter.units)).sum::<u64>();
    let left = |of: &Subscription| of.credits.map_or(0, |credits| credits.left);
    let goes_on = before.period == after.period && before.items == after.items;
    let uses = goes_on && (left(after) < left(before) || units(after) > units(before));
    let is_promised = after.full_refund_until.is_some_and(|until| case.at < until);
    holds(!uses || !is_promised, "I30", || format!("{} is used, and all of it can go back", after.id))
}

/// It is scheduled for the end of the period that goes on, by whoever asked, and nothing else is open.
fn is_scheduled(case: &Case<'_>, after: &Subscription, end: &Cancellation) -> Result<(), BrokenLaw> {
    let (id, quote) = (after.id, &end.quote);
    let asked = matches!(&case.decision.answer, Answer::CancellationScheduled { subscription, ends_at }
        if *subscription == id && *ends_at == quote.ends_at);
    let fits = quote.when == When::PeriodEnd && quote.ends_at == after.period.until && case.at < quote.ends_at;
    let settles = quote.credits.is_empty() && quote.total.is_zero() && quote.asked_by.is_some();
    holds(asked && fits && settles, "I27", || format!("{id} is to end at {}, and nobody asked so", quote.ends_at))?;
    let open = after.change.as_ref().filter(|change| change.is_open());
    holds(open.is_none(), "I11", || format!("{id} is cancelled, and {:?} stays open", open.map(|change| change.id)))
}

/// It goes on because somebody took the cancellation back, or a change took its place.
fn is_taken_back(case: &Case<'_>, before: &Subscription, after: &Subscription) -> Result<(), BrokenLaw> {
    let replaces = after.change.as_ref().is_some_and(|change| {
        let is_new = before.change.as_ref().is_none_or(|known| known.id != change.id);
        is_new && change.quote.uncancels
    });
    let asked =
        matches!(&case.decision.answer, Answer::CancellationWithdrawn { subscription } if *subscription == after.id);
    let in_time = case.at < before.period.until;
    holds((replaces || asked) && in_time, "I27", || format!("the cancellation of {} is gone", after.id))
}

/// The last document of a subscription, issued now.
fn last_documents<'a>(case: &'a Case<'_>, id: crate::id::SubscriptionId) -> impl Iterator<Item = &'a Document> {
    let documents = case.decision.documents.iter();
    documents.filter(move |one| one.subscription == Some(id) && one.reason == DocumentReason::Cancellation)
}

fn before<'a>(case: &'a Case<'_>, after: &Subscription) -> Option<&'a Subscription> {
    case.before.and_then(|account| account.subscription(after.id))
}
