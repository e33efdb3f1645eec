//! What can be seen of records, in the words of `world.rs`: the same for every world that can read them.

use std::collections::BTreeMap;

use super::world::{Covered, Quoted, Refused, SeenChange, SeenInvoice, SeenPayment, SeenService, SeenSubscription};
use jiff::Timestamp;

use crate::account::{Account, Attempt, AttemptState, ChangeState, PlanChange, Subscription};
use crate::cancellation::CancellationQuote;
use crate::coverage::Segment;
use crate::document::{Invoice, InvoiceState};
use crate::ledger::Posting;
use crate::money::{Money, sum};
use crate::name::{Name, Named};
use crate::quote::Quote;
use crate::refusal::Refusal;
use crate::service::Progress;
use crate::usage::{Counter, prices};

/// A subscription of an account. `changes` are all there ever were, oldest first; `coverage` is of the past too.
pub fn seen_subscription<'a>(
    account: &Account,
    subscription: &Subscription,
    changes: impl Iterator<Item = &'a PlanChange>,
    coverage: impl Iterator<Item = &'a Segment>,
) -> SeenSubscription {
    let zone = &account.zone;
    let basket = subscription.basket();
    let mut segments: Vec<&Segment> = coverage.filter(|segment| !segment.span.is_empty()).collect();
    segments.sort_by_key(|segment| (segment.span, segment.id));
    let covered = segments.into_iter().map(|segment| Covered {
        code: segment.code.clone(),
        from: zone.date(segment.span.from),
        until: zone.date(segment.span.until),
        net: segment.net,
        tax: segment.tax,
        collected: segment.collected,
    });
    let newest = changes.filter(|change| change.quote.subscription == subscription.id).last();
    let service = &subscription.service;
    SeenSubscription {
        id: subscription.id.to_string(),
        plan: basket.plan,
        cycle: basket.cycle,
        options: basket.options,
        recurring: subscription.recurring(),
        waits: subscription.waiting_payable(),
        used: used(&subscription.usage),
        credits: subscription.credits.map(|credits| credits.left),
        period_from: zone.date(subscription.period.from),
        period_until: zone.date(subscription.period.until),
        trial_until: subscription.trial_until.map(|until| zone.date(until)),
        change: newest.map(|change| SeenChange {
            id: change.id.to_string(),
            state: match change.state {
                ChangeState::AwaitsPayment { .. } => "open",
                ChangeState::Scheduled { .. } => "scheduled",
                ChangeState::Applied { .. } => "applied",
                ChangeState::Withdrawn { .. } => "withdrawn",
                ChangeState::Lapsed { .. } => "lapsed",
            }
            .to_owned(),
        }),
        service: SeenService {
            id: service.id.to_string(),
            wanted: service.desired.clone(),
            access: service.access.name().to_owned(),
            generation: service.generation,
            package: service.package.clone(),
            observed_generation: service.observed_generation,
            state: match service.progress {
                Progress::Wanted => "wanted",
                Progress::Working => "working",
                Progress::Done => "done",
                Progress::Failed { .. } => "failed",
            }
            .to_owned(),
        },
        coverage: Some(covered.collect()),
    }
}

/// How many units of each meter were used in the period, at whatever price, of those that count on.
fn used(counters: &[Counter]) -> Named<u32> {
    let total = |meter: &Name| counters.iter().filter(|one| one.price.meter == *meter).map(|one| one.units).sum();
    prices(counters).map(|price| (price.meter.clone(), total(&price.meter))).collect()
}

/// An invoice, as it stands.
pub fn seen_invoice(invoice: &Invoice) -> SeenInvoice {
    SeenInvoice {
        id: invoice.id.to_string(),
        total: invoice.total,
        open: if invoice.is_open() { invoice.open_amount() } else { Money::zero(invoice.total.currency) },
        state: match invoice.state {
            InvoiceState::Open => "open",
            InvoiceState::Paid { .. } => "paid",
            InvoiceState::Void { .. } => "void",
        }
        .to_owned(),
    }
}

/// An attempt to take a payment, as it stands.
pub fn seen_payment(attempt: &Attempt) -> SeenPayment {
    SeenPayment {
        id: attempt.id.to_string(),
        state: match attempt.state {
            AttemptState::Sent => "sent",
            AttemptState::Unknown => "unknown",
            AttemptState::Failed { .. } => "failed",
            AttemptState::Captured { .. } => "captured",
        }
        .to_owned(),
    }
}

/// What postings come to on each ledger account, debit positive.
pub fn seen_ledger<'a>(postings: impl Iterator<Item = &'a Posting>) -> BTreeMap<String, Money> {
    let mut ledger = BTreeMap::new();
    for posting in postings {
        let sum = ledger.entry(posting.account.name().to_owned()).or_insert(Money::zero(posting.amount.currency));
        *sum += posting.amount;
    }
    ledger.retain(|_, sum: &mut Money| !sum.is_zero());
    ledger
}

/// A quote and what submits it.
pub fn seen_quote(quote: &Quote, ticket: String) -> Quoted {
    Quoted {
        ticket,
        credit: quote.credit,
        debt_released: quote.debt_released,
        charge: quote.charge,
        net: quote.net,
        tax: quote.tax,
        total: quote.total,
        from_balance: quote.from_balance,
        due: quote.due,
        to_balance: quote.to_balance,
        direction: quote.direction.word().to_owned(),
        when: quote.when,
        on: quote.on.map(|day| day.date),
        credits_after: quote.credits_after.map(|credits| credits.left),
        recurring_after: quote.recurring_after,
        waits: quote.waits.unwrap_or(Money::zero(quote.total.currency)),
        next_invoice_on: quote.next_invoice_on,
        restarts: quote.restart.is_some(),
    }
}

/// The quote of a cancellation, in the words of that of a change: what waited and what was used is what it charges.
pub fn seen_cancellation(quote: &CancellationQuote, ticket: String) -> Quoted {
    let nothing = Money::zero(quote.total.currency);
    let charged = quote.waiting.iter().chain(&quote.used).map(|line| line.amount);
    Quoted {
        ticket,
        credit: quote.credit,
        debt_released: quote.debt_released,
        charge: sum(nothing.currency, charged),
        net: quote.net,
        tax: quote.tax,
        total: quote.total,
        from_balance: quote.from_balance,
        due: quote.due,
        to_balance: quote.to_balance,
        direction: String::new(),
        when: quote.when,
        on: None,
        credits_after: None,
        recurring_after: nothing,
        waits: nothing,
        next_invoice_on: Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC).date(),
        restarts: false,
    }
}

/// A refusal; `ticket` makes what submits the fresh quote that came with it.
pub fn seen_refusal(refusal: &Refusal, ticket: impl FnOnce(&Quote) -> String) -> Refused {
    let (because, fresh) = match refusal {
        Refusal::QuoteStale { because, fresh, .. } => (Some(because.code().to_owned()), fresh.as_deref()),
        Refusal::CancellationStale { because, .. } => (Some(because.code().to_owned()), None),
        Refusal::QuoteExpired { fresh, .. } => (None, fresh.as_deref()),
        _ => (None, None),
    };
    let fresh = fresh.map(|quote| seen_quote(quote, ticket(quote)));
    Refused { code: refusal.code().to_owned(), because, fresh }
}
