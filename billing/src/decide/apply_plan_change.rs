//! Make a plan change whose money is settled, or owed: coverage is cut and laid anew, the items, the period and the
//! recurring amount change, the service is wanted in its new size, and the customer is told. One commit, with the
//! payment (W2).

use jiff::Timestamp;

use super::draft::Draft;
use super::issue_invoice::release_debt;
use super::notify::{self, about_change};
use super::one_time::charge_once;
use super::provision::want_size;
use super::put_off::wait_or_be_billed;
use crate::account::{ChangeState, Component, Item, PlanChange, Subscription};
use crate::calendar::Zone;
use crate::carry::{Carry, GivenBack};
use crate::coverage::Segment;
use crate::document::{DocumentReason, Invoice};
use crate::effect::{MailTemplate, NextInvoice};
use crate::id::ItemId;
use crate::money::Money;
use crate::policy::When;
use crate::quote::{ChargeLine, CreditLine, Quote, Settlement};
use crate::usage;

/// Makes the open change of a subscription.
pub(super) fn apply_plan_change(draft: &mut Draft, place: usize) {
    let change = draft.subscription(place).change.clone().expect("a change that was found open");
    let invoice = change.document.and_then(|document| draft.account.invoice(document));
    let is_owed = invoice.is_some_and(Invoice::is_open);
    let quote = &change.quote;
    let now = draft.now;
    let carry = carry_after(draft.subscription(place), quote, now);
    for line in &quote.credits {
        cut(draft, place, line);
    }
    drop_options(draft, place, &change);
    wait_or_be_billed(draft, place, &change);
    for line in &quote.charges {
        let item = put_item(draft, place, line, quote.catalogue_version);
        lay(draft, place, line, item, &change, is_owed);
    }
    count_on(draft.subscription(place), quote, now);
    charge_once(draft, place, &change, is_owed);
    let zone = draft.account.zone.clone();
    let before = draft.subscription(place).period;
    place_period(draft.subscription(place), quote, &zone);
    let subscription = draft.subscription(place);
    subscription.credits = quote.credits_from(subscription.credits);
    subscription.carry = carry;
    subscription.billed = quote.billed;
    // Another period than the first ends what was promised of that.
    let kept = subscription
        .full_refund_until
        .map(|until| if quote.begins_period_after(before) { until.min(now) } else { until });
    subscription.full_refund_until = kept.or(quote.full_refund_until);
    let applied = ChangeState::Applied { at: draft.now };
    if let Some(open) = &mut draft.subscription(place).change {
        open.state = applied;
    }
    draft.say(format!("{} is now on {}.", draft.account.subscriptions[place].service.label, quote.plan_after));
    release_unpaid(draft, &change.quote.credits, &DocumentReason::DebtReleased { change: change.id });
    want_size(draft, place, quote.size_after.clone());
    notify::mail(draft, MailTemplate::PlanChanged, |mail| {
        about_change(mail, &change);
        mail.amount = Some(if quote.total.is_negative() { -quote.total } else { quote.total });
        mail.by = is_owed.then_some(quote.pay_by);
        let next = quote.next_invoice_on;
        mail.next_invoice = match quote.settlement {
            Settlement::Now => quote.extension.map(|bought| NextInvoice::Bought { days: bought.days, next }),
            Settlement::NextInvoice if quote.total.is_negative() => Some(NextInvoice::Less(next)),
            Settlement::NextInvoice => Some(NextInvoice::More(next)),
            Settlement::ChargeWaits => Some(NextInvoice::Arrears(next)),
        };
    });
}

/// What the lines of a quote leave to those that follow; nothing once another period begins.
fn carry_after(subscription: &Subscription, quote: &Quote, now: Timestamp) -> Carry {
    let mut carry = Carry::default();
    if quote.period.from == subscription.period.from {
        carry.clone_from(&subscription.carry);
        carry.forget_before(now);
        for line in &quote.credits {
            let item = subscription.items.iter().find(|item| item.id == line.item);
            let Some(item) = item else { continue };
            if let Some(off) = line.derivation.carried_on() {
                // What is given back in excess leaves less billed.
                carry.set(&item.component, -off);
            }
            if let Some(rate) = line.tax_rate.clone().filter(|_| !line.amount.is_zero()) {
                let component = item.component.clone();
                carry.give_back(GivenBack { component, span: line.span, amount: line.amount, rate, tax: line.tax });
            }
        }
    }
    for line in &quote.charges {
        if let Some(off) = line.derivation.carried_on() {
            carry.set(&line.component, off);
        }
    }
    carry
}

/// Meters count at the prices of the quote from the moment at which it is made. What was used until then was had of the old
/// plan, also where the quote is older; of a trial that ends it was free.
fn count_on(subscription: &mut Subscription, quote: &Quote, now: Timestamp) {
    // A renewal can come late.
    let at = now.min(subscription.period.until);
    usage::change_prices(&mut subscription.usage, &quote.meters, at);
    if quote.ends_trial() && quote.when == When::Now {
        usage::begin_period(&mut subscription.usage, at, quote.period.from, true);
    }
}

/// Puts the subscription into the period of its quote. The ordinal of periods goes on by one with every period that
/// begins, also with one that begins where the present one did; the rest of a period before a new anchor is that
/// anchor's period −1 (or one before it), under the ordinal it had where it goes on.
fn place_period(subscription: &mut Subscription, quote: &Quote, zone: &Zone) {
    // The first period can be just the days that a trial would have had.
    let begins = quote.begins_period_after(subscription.period);
    let ordinal = subscription.period_ordinal() + i64::from(begins);
    // Days that are bought can end where the period did that they take the place of.
    let goes_on = quote.when == When::PeriodEnd || !begins;
    if goes_on && quote.anchor == subscription.anchor {
        subscription.period_no = ordinal - subscription.periods_before;
    } else {
        subscription.period_no = quote.anchor.number_of(quote.period, zone);
        subscription.periods_before = ordinal - subscription.period_no;
    }
    subscription.anchor = quote.anchor.clone();
    subscription.period = quote.period;
    subscription.trial_until = quote.trial_until.filter(|_| quote.keeps_trial());
}

pub(super) fn cut(draft: &mut Draft, place: usize, line: &CreditLine) {
    let subscription = draft.subscription(place);
    let segment = subscription.coverage.iter_mut().find(|segment| segment.id == line.segment);
    // Only this change may cut coverage while it is open, so the segment is as the quote saw it.
    let segment = segment.expect("a segment that the quote cut");
    segment.shorten(line.span.from, line.gross, line.amount, line.tax);
}

fn drop_options(draft: &mut Draft, place: usize, change: &PlanChange) {
    for item in &mut draft.subscription(place).items {
        if let Component::Option(code) = &item.component
            && !change.quote.after.options.contains_key(code)
        {
            item.quantity = 0;
        }
    }
}

fn put_item(draft: &mut Draft, place: usize, line: &ChargeLine, catalogue_version: i64) -> ItemId {
    let id = line.item.unwrap_or_else(|| draft.id());
    let item = Item {
        id,
        component: line.component.clone(),
        code: line.code.clone(),
        text: line.text.clone(),
        unit_price: line.unit_price,
        tiers: line.tiers.clone(),
        discount: line.discount,
        cycle: line.cycle,
        quantity: line.quantity,
        catalogue_version,
    };
    let items = &mut draft.subscription(place).items;
    match items.iter_mut().find(|present| present.id == id) {
        Some(present) => *present = item,
        // One that was forgotten meanwhile comes back to its place among the others.
        None => items.insert(items.partition_point(|present| present.id < id), item),
    }
    id
}

fn lay(draft: &mut Draft, place: usize, line: &ChargeLine, item: ItemId, change: &PlanChange, is_owed: bool) {
    if line.span.is_empty() {
        return;
    }
    let waits = change.quote.settlement.charge_waits();
    let id = draft.id();
    draft.subscription(place).coverage.push(Segment {
        id,
        item,
        code: line.code.clone(),
        text: line.text.clone(),
        span: line.span,
        shares_first_day: line.shares_first_day,
        list: line.priced().list,
        discount: line.discount,
        cycle: line.cycle,
        quantity: line.quantity,
        gross: line.gross,
        net: line.amount,
        tax: line.tax,
        tax_rate: line.tax_rate.clone(),
        collected: if is_owed || waits { Money::zero(line.amount.currency) } else { line.amount },
        policy: line.derivation.policy.clone(),
        document: change.document.filter(|_| !waits && !line.amount.is_zero()),
        bought: change.quote.extension.map(|extension| extension.bought),
        of_trial: false,
    });
}

/// What was given back but never paid comes off the invoices that billed it.
pub(super) fn release_unpaid(draft: &mut Draft, credits: &[CreditLine], reason: &DocumentReason) {
    let unpaid = |line: &&CreditLine| line.amount != line.returned();
    let mut invoices: Vec<_> = credits.iter().filter(unpaid).filter_map(|line| line.document).collect();
    invoices.sort_unstable();
    invoices.dedup();
    for invoice in invoices {
        let lines = credits.iter().filter(unpaid).filter(|line| line.document == Some(invoice));
        release_debt(draft, invoice, lines.map(CreditLine::off_debt).collect(), reason.clone());
    }
}
