//! The laws of plan changes: one at a time, charged as quoted, made whole or not at all, with every line explained; and
//! of the services and wishes that follow from them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::assigned::{an_assigned_plan_moves_no_money, is_assigned};
use super::books::posted;
use super::cancellation::ends_now;
use super::chosen_day::begins;
use super::failure::may_be_owed;
use super::one_time::laid_once;
use super::{BrokenLaw, Case, holds};
use crate::account::{ChangeState, PlanChange, Subscription};
use crate::calendar::Span;
use crate::coverage::Segment;
use crate::discount::Discount;
use crate::document::{Document, DocumentKind, DocumentLine, DocumentReason, InvoiceState};
use crate::effect::Wish;
use crate::id::SegmentId;
use crate::ledger::{LedgerAccount, Posting};
use crate::money::Money;
use crate::one_time::OneTimeLine;
use crate::policy::When;
use crate::quote::{ChargeLine, CreditLine, Quote, Settlement};

/// I11: a change that waits stays the same change, and is closed before another is opened.
pub(super) fn one_change_at_a_time(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let Some(waiting) = before(case, after).and_then(|before| before.change.as_ref()) else { continue };
        let is_it = |change: &PlanChange| {
            // One that waits for its day has no document before it.
            let begun = waiting.begins_at().is_some() && change.begins_at().is_none();
            let same_document = change.document == waiting.document || (begun && waiting.document.is_none());
            change.id == waiting.id && change.quote == waiting.quote && same_document
        };
        let same = after.change.as_ref().is_some_and(is_it);
        let gave_way = after.replaced.as_ref().is_some_and(|old| is_it(old) && !old.is_open());
        holds(same || gave_way, "I11", || format!("change {} was replaced while it waited", waiting.id))?;
    }
    Ok(())
}

/// I10: the quote agrees with itself, and the document of its change charges or gives exactly its net.
pub(super) fn the_quote_is_what_is_charged(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for (subscription, change) in changes(case) {
        let (id, quote) = (change.id, &change.quote);
        let ours = quote.account == case.after.id && quote.subscription == subscription.id;
        holds(ours, "I10", || format!("change {id} has a quote of {}", quote.subscription))?;
        quote_adds_up(case, change)?;
        let documents = case.decision.documents.iter();
        let document = documents.filter(|document| document.reason == DocumentReason::PlanChange { change: id });
        let charged = case.total(document.map(signed));
        let known = before(case, subscription).and_then(|before| before.change.as_ref());
        let is_new = match quote.on {
            Some(_) => begins(known, change),
            None => known.is_none_or(|known| known.id != id),
        };
        let settles_now = !quote.settlement.is_later();
        let expected = if is_new && settles_now { quote.total } else { case.nothing() };
        holds(charged == expected, "I10", || {
            format!("change {id} is quoted {}, and documents say {charged}", quote.total)
        })?;
        if is_new && settles_now && quote.total.is_positive() {
            let invoice = change.document.and_then(|document| case.after.invoice(document));
            // What the balance pays on a chosen day, nobody could say before.
            let from_balance = match quote.on {
                Some(_) => case.before.map_or(case.nothing(), |before| before.balance.min(quote.total)),
                None => quote.from_balance,
            };
            let fits = invoice.is_some_and(|invoice| {
                invoice.from_balance == from_balance && invoice.open_amount() == quote.total - from_balance
            });
            holds(fits, "I10", || format!("change {id} is quoted {} due, and its invoice is not", quote.due))?;
        }
        if is_new && settles_now && quote.total.is_negative() {
            let given = given_to_balance(case);
            holds(given >= quote.to_balance, "I10", || {
                format!("change {id} is quoted {} to the balance, and {given} went there", quote.to_balance)
            })?;
        }
    }
    Ok(())
}

fn quote_adds_up(case: &Case<'_>, change: &PlanChange) -> Result<(), BrokenLaw> {
    let quote = &change.quote;
    let returned = case.total(quote.credits.iter().map(CreditLine::returned));
    let charged = case.total(quote.charges.iter().map(|line| line.amount));
    let given_back = case.total(quote.credits.iter().map(CreditLine::given_back));
    let released = case.total(quote.credits.iter().map(CreditLine::debt_released));
    let once = quote.once_now();
    let charged = charged + case.total(once.iter().map(|line| line.amount));
    let payable = quote.charges.iter().map(ChargeLine::payable).chain(once.iter().map(OneTimeLine::payable));
    let payable = case.total(payable);
    let tax = case.total(quote.charges.iter().map(|line| line.tax).chain(once.iter().map(|line| line.tax)));
    let tax_back = case.total(quote.credits.iter().map(CreditLine::returned_tax));
    let waited = |part: fn(&DocumentLine) -> Money| case.total(quote.waiting.iter().map(part));
    let nothing = case.nothing();
    let settled = match quote.settlement {
        Settlement::Now | Settlement::ChargeWaits => quote.total,
        Settlement::NextInvoice => nothing,
    };
    // What is charged and waits is no part of what the document of the change says.
    let said = |amount| if quote.settlement == Settlement::ChargeWaits { nothing } else { amount };
    let agrees = released == quote.debt_released
        && returned == quote.credit
        && charged == quote.charge
        && quote.net == said(quote.charge) - quote.credit + waited(|line| line.amount)
        && quote.tax == said(tax) - tax_back + waited(|line| line.tax)
        && quote.total == said(payable) - given_back + waited(DocumentLine::payable)
        && quote.from_balance + quote.due == settled.or_zero()
        && quote.to_balance == (-settled).or_zero()
        && [quote.credit, quote.debt_released, quote.charge, quote.from_balance, quote.due]
            .iter()
            .all(|a| *a >= nothing);
    holds(agrees, "I10", || format!("the quote of change {} does not add up", change.id))
}

/// N3 and I12: every explained line is what its explanation says. A charge is its derivation's amount. A credit is the
/// derivation's amount, or all of a segment given back whole; the part that had been collected stands on the document of
/// the change, the rest on credit notes against the debt.
pub(super) fn lines_replay(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for document in &case.decision.documents {
        for line in document.lines.iter().filter(|line| line.segment.is_none()) {
            let Some(derivation) = &line.derivation else { continue };
            let amount = Money::new(line.amount.minor.abs(), line.amount.currency);
            holds(derivation.whole > 0 && derivation.replay() == amount, "I12", || {
                format!("a line of {} on {} is not what its derivation says", line.amount, document.id)
            })?;
        }
    }
    for (subscription, change) in changes(case) {
        for line in &change.quote.charges {
            let replays = line.derivation.whole > 0 && line.derivation.replay() == line.amount;
            holds(replays || line.quantity == 0, "I12", || format!("the charge of {} is not explained", line.amount))?;
        }
        for line in &change.quote.credits {
            let segments = before(case, subscription).into_iter().flat_map(|before| &before.coverage);
            let whole = segments.filter(|segment| segment.id == line.segment).any(|segment| segment.net == line.amount);
            let replays = line.derivation.whole > 0 && line.derivation.replay() == line.amount;
            holds(replays || whole, "I12", || format!("the credit of {} is not explained", line.amount))?;
            holds(line.collected <= line.amount, "I07", || {
                format!("{} is given back of a credit of {}", line.collected, line.amount)
            })?;
        }
        credits_stand_on_documents(case, change)?;
    }
    Ok(())
}

/// The credit lines of the change's own document are the collected parts of the quote's credit lines, one by one.
fn credits_stand_on_documents(case: &Case<'_>, change: &PlanChange) -> Result<(), BrokenLaw> {
    let reason = DocumentReason::PlanChange { change: change.id };
    let Some(document) = case.decision.documents.iter().find(|document| document.reason == reason) else {
        return Ok(());
    };
    let mut left: BTreeMap<SegmentId, Money> = BTreeMap::new();
    for line in &change.quote.credits {
        *left.entry(line.segment).or_insert(case.nothing()) += line.returned();
    }
    for line in &change.quote.waiting {
        let Some(segment) = line.segment else { continue };
        *left.entry(segment).or_insert(case.nothing()) -= line.amount;
    }
    let sign = if document.kind == DocumentKind::CreditNote { -1 } else { 1 };
    for line in &document.lines {
        let Some(segment) = line.segment else { continue };
        *left.entry(segment).or_insert(case.nothing()) += line.amount.times(sign);
    }
    let wrong = left.iter().find(|(_, amount)| !amount.is_zero());
    let Some((segment, amount)) = wrong else { return Ok(()) };
    holds(false, "I12", || format!("document {} leaves {amount} of the credit of {segment} open", document.id))
}

/// I25: a change that is made gives what was quoted: basket, period, and coverage given back and laid line by line. One
/// that is not made, or not any more, moves neither basket nor coverage, and once closed its invoice is void. Without a
/// change only staff move the basket, for no money.
pub(super) fn a_change_is_made_whole_or_not(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let Some(before) = before(case, after) else { continue };
        match &after.change {
            // What an end moves is in `cancellation`.
            change if ends_now(case, after) => is_closed(case, change.as_ref())?,
            _ if is_assigned(case, after) => an_assigned_plan_moves_no_money(case, before, after)?,
            Some(change) if matches!(change.state, ChangeState::Applied { .. }) => made(case, before, after, change)?,
            change => not_made(case, before, after, change.as_ref())?,
        }
    }
    Ok(())
}

fn made(case: &Case<'_>, before: &Subscription, after: &Subscription, change: &PlanChange) -> Result<(), BrokenLaw> {
    let (id, quote) = (change.id, &change.quote);
    holds(after.basket() == quote.after, "I25", || format!("change {id} is made, and the basket is another"))?;
    let placed = after.anchor == quote.anchor && after.period == quote.period;
    holds(placed, "I25", || format!("change {id} is made, and the period is another"))?;
    let invoice = change.document.and_then(|document| case.after.invoice(document));
    let settled = invoice.is_none_or(|invoice| matches!(invoice.state, InvoiceState::Paid { .. }));
    holds(settled || may_be_owed(case, change), "I25", || format!("change {id} is made, and its invoice is not paid"))?;
    items_are_as_quoted(before, after, quote)?;
    for segment in &before.coverage {
        let lines = quote.credits.iter().filter(|line| line.segment == segment.id);
        let quoted = case.total(lines.map(|line| line.amount));
        let left = after.coverage.iter().find(|other| other.id == segment.id).map_or(case.nothing(), |other| other.net);
        holds(segment.net - left == quoted, "I10", || {
            format!("segment {} gives {} back; quoted were {quoted}", segment.id, segment.net - left)
        })?;
    }
    if quote.when == When::PeriodEnd {
        // It lays nothing of its own: what is billed next is the new basket's period.
        let fits = new_segments(before, after).all(|segment| segment.span == quote.period);
        return holds(fits, "I10", || format!("change {id} is made with the next period, and another one is covered"));
    }
    let mut laid: Vec<_> = new_segments(before, after).chain(laid_once(Some(before), after)).map(as_laid).collect();
    let mut quoted: Vec<_> = laid_by(quote).collect();
    laid.sort();
    quoted.sort();
    holds(laid == quoted, "I10", || format!("change {id} laid {laid:?}; quoted were {quoted:?}"))
}

/// A span, what it is worth at the list price, what is billed for it, the tax, the list price and the discount of a cycle.
type Laid = (Span, [Money; 4], Option<Discount>);

fn as_laid(segment: &Segment) -> Laid {
    (segment.span, [segment.gross, segment.net, segment.tax, segment.list], segment.discount)
}

fn laid_by(quote: &Quote) -> impl Iterator<Item = Laid> {
    let charges = quote.charges.iter().filter(|line| line.quantity > 0 && !line.span.is_empty());
    let charges =
        charges.map(|line| (line.span, [line.gross, line.amount, line.tax, line.priced().list], line.discount));
    let moment = Span { from: quote.once_at(), until: quote.once_at() };
    let once = quote.once_now().iter().filter(|line| !line.amount.is_zero());
    charges.chain(once.map(move |line| (moment, [line.amount, line.amount, line.tax, line.amount], None)))
}

/// What is sold from now on is what was quoted; everything else stays as it was sold.
fn items_are_as_quoted(before: &Subscription, after: &Subscription, quote: &Quote) -> Result<(), BrokenLaw> {
    for item in after.items.iter().filter(|item| item.quantity > 0) {
        let line = quote.charges.iter().find(|line| line.component == item.component);
        let was = || before.items.iter().any(|old| old == item);
        let fits = line.map_or_else(was, |line| {
            (&line.code, line.quantity, line.unit_price, &line.tiers, line.discount, line.cycle)
                == (&item.code, item.quantity, item.unit_price, &item.tiers, item.discount, item.cycle)
        });
        holds(fits, "I25", || format!("item {} is sold at {}, and nobody quoted that", item.id, item.unit_price))?;
    }
    Ok(())
}

fn not_made(
    case: &Case<'_>,
    before: &Subscription,
    after: &Subscription,
    change: Option<&PlanChange>,
) -> Result<(), BrokenLaw> {
    let id = after.id;
    holds(after.items == before.items, "I25", || format!("the items of {id} changed without a change"))?;
    if let Some((change, at)) = change.and_then(|change| Some((change, scheduled(change)?))) {
        let with_period =
            change.quote.when == When::PeriodEnd && at == change.quote.period.from && at == after.period.until;
        let fits =
            if change.quote.on.is_some() { is_planned_for_its_day(case, after, change, at) } else { with_period };
        holds(fits, "I25", || format!("change {} is planned for {at}, where nothing begins", change.id))?;
    }
    let renewed = after.period_ordinal() != before.period_ordinal();
    let laid = new_segments(before, after).count();
    let cut = before.coverage.iter().any(|segment| {
        after
            .coverage
            .iter()
            .any(|other| other.id == segment.id && (other.net, other.span) != (segment.net, segment.span))
    });
    holds(!cut && (renewed || laid == 0), "I25", || format!("the coverage of {id} moved without a change"))?;
    // With the end of a trial the first period begins, and may be counted to a bill day.
    let trial_over = before.is_in_trial() && renewed;
    holds(after.anchor == before.anchor || trial_over, "I25", || format!("the anchor of {id} moved without a change"))?;
    is_closed(case, change)
}

/// The invoice of a change that is closed is void.
fn is_closed(case: &Case<'_>, change: Option<&PlanChange>) -> Result<(), BrokenLaw> {
    let closed = change.filter(|change| !change.is_open());
    let Some(document) = closed.and_then(|change| change.document) else { return Ok(()) };
    let void = case.after.invoice(document).is_some_and(|invoice| matches!(invoice.state, InvoiceState::Void { .. }));
    holds(void, "I25", || format!("invoice {document} outlives its change"))
}

/// What went to the balance, whatever it then paid of what was overdue before.
fn given_to_balance(case: &Case<'_>) -> Money {
    let pays = |posting: &&Posting| {
        let was_open = case.before.is_some_and(|before| before.invoice(posting.document).is_some());
        was_open && posting.amount.is_positive() && posting.account == LedgerAccount::Balance
    };
    let paid = case.decision.postings.iter().filter(pays).map(|posting| posting.amount);
    case.total(paid) - posted(case, LedgerAccount::Balance)
}

/// Is a change on a chosen day planned for the start of that day in the customer's zone, and is that in the present period
/// and after the day on which it was submitted?
fn is_planned_for_its_day(case: &Case<'_>, after: &Subscription, change: &PlanChange, at: Timestamp) -> bool {
    let zone = &case.after.zone;
    let day = change.quote.on.filter(|day| day.from == at && zone.midnight(day.date) == at);
    day.is_some_and(|day| zone.date(change.submitted_at) < day.date && at < after.period.until)
        && change.document.is_none()
}

fn scheduled(change: &PlanChange) -> Option<Timestamp> {
    match change.state {
        ChangeState::Scheduled { at } => Some(at),
        _ => None,
    }
}

fn new_segments<'a>(before: &'a Subscription, after: &'a Subscription) -> impl Iterator<Item = &'a Segment> {
    let is_new = |id: SegmentId| before.coverage.iter().all(|old| old.id != id);
    after.coverage.iter().filter(move |segment| is_new(segment.id) && !segment.span.is_empty())
}

/// I20: a generation grows by one with every new desired size or access and never else; what was observed never goes back.
pub(super) fn services_go_forward(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for after in &case.after.subscriptions {
        let new = &after.service;
        let id = new.id;
        holds(new.observed_generation <= new.generation, "I20", || {
            format!("service {id} was seen at {}, wanted is {}", new.observed_generation, new.generation)
        })?;
        let Some(old) = before(case, after).map(|before| &before.service) else { continue };
        let step = new.generation - old.generation;
        holds(step == 0 || step == 1, "I20", || format!("the generation of {id} moved by {step}"))?;
        holds(step == 1 || (&new.desired, new.access) == (&old.desired, old.access), "I20", || {
            format!("service {id} wants another size or access at generation {}", new.generation)
        })?;
        holds(new.observed_generation >= old.observed_generation, "I20", || {
            format!("service {id} was seen at {}, now {}", old.observed_generation, new.observed_generation)
        })?;
    }
    Ok(())
}

/// I18: a wish fits the state it is stored with, and a new desired size or attempt has its wish.
pub(super) fn wishes_fit(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let effects = &case.decision.effects;
    for effect in effects {
        let fits = match &effect.wish {
            Wish::Charge { attempt, invoice, amount, card } => case.after.attempts.iter().any(|known| {
                (known.id, known.invoice, known.amount, known.card) == (*attempt, *invoice, *amount, *card)
            }),
            Wish::Ensure { service, generation } => case.after.subscriptions.iter().any(|subscription| {
                (subscription.service.id, subscription.service.generation) == (*service, *generation)
            }),
            Wish::Mail(mail) => mail.to == case.after.email,
        };
        holds(fits, "I18", || format!("the wish {:?} fits nothing", effect.wish))?;
    }
    for after in &case.after.subscriptions {
        let wanted = after.service.generation;
        let is_new = before(case, after).is_none_or(|before| before.service.generation < wanted);
        let ensure = Wish::Ensure { service: after.service.id, generation: wanted };
        let asked = effects.iter().any(|effect| effect.wish == ensure);
        holds(!is_new || wanted == 0 || asked, "I18", || {
            format!("nobody is asked for generation {wanted} of {}", after.service.id)
        })?;
    }
    for attempt in &case.after.attempts {
        let known = case.before.is_some_and(|account| account.attempts.iter().any(|other| other.id == attempt.id));
        let asked = effects
            .iter()
            .any(|effect| matches!(&effect.wish, Wish::Charge { attempt: charged, .. } if *charged == attempt.id));
        holds(known || asked, "I18", || format!("nobody is asked to take attempt {}", attempt.id))?;
    }
    Ok(())
}

/// What a document asks for, negative where it gives.
fn signed(document: &Document) -> Money {
    if document.kind == DocumentKind::CreditNote { -document.total } else { document.total }
}

/// The changes that the decision touches or leaves waiting.
fn changes<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a Subscription, &'a PlanChange)> {
    let subscriptions = case.after.subscriptions.iter();
    subscriptions.filter_map(|subscription| Some((subscription, subscription.change.as_ref()?)))
}

fn before<'a>(case: &'a Case<'_>, after: &Subscription) -> Option<&'a Subscription> {
    case.before.and_then(|account| account.subscription(after.id))
}
