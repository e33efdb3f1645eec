//! Make a plan change whose money is settled: coverage is cut and laid anew, the items, the period and the recurring
//! amount change, the service is wanted in its new size, and the customer is told. One commit, with the payment (W2).

use super::draft::Draft;
use super::issue_invoice::release_debt;
use super::notify::{self, about_change};
use super::provision::want_size;
use crate::account::{ChangeState, Component, Item, PlanChange};
use crate::coverage::Segment;
use crate::document::{DocumentLine, DocumentReason};
use crate::effect::MailTemplate;
use crate::id::ItemId;
use crate::quote::{ChargeLine, CreditLine};

/// Makes the open change of a subscription.
pub(super) fn apply_plan_change(draft: &mut Draft, place: usize) {
    let change = draft.subscription(place).change.clone().expect("a change that was found open");
    let quote = &change.quote;
    for line in &quote.credits {
        cut(draft, place, line);
    }
    drop_options(draft, place, &change);
    for line in &quote.charges {
        let item = put_item(draft, place, line, quote.catalogue_version);
        lay(draft, place, line, item, &change);
    }
    let subscription = draft.subscription(place);
    if quote.anchor != subscription.anchor {
        // The periods of the old anchor are over; the ordinal of periods goes on by one.
        subscription.periods_before += subscription.period_no + 1;
        subscription.period_no = 0;
        subscription.anchor = quote.anchor.clone();
        subscription.period = quote.period;
    }
    let applied = ChangeState::Applied { at: draft.now };
    if let Some(open) = &mut draft.subscription(place).change {
        open.state = applied;
    }
    draft.say(format!("{} is now on {}.", draft.account.subscriptions[place].service.label, quote.plan_after));
    release_unpaid(draft, &change);
    want_size(draft, place, quote.size_after.clone());
    notify::mail(draft, MailTemplate::PlanChanged, |mail| {
        about_change(mail, &change);
        mail.amount = Some(if quote.net.is_negative() { quote.to_balance } else { quote.net });
    });
}

fn cut(draft: &mut Draft, place: usize, line: &CreditLine) {
    let subscription = draft.subscription(place);
    let segment = subscription.coverage.iter_mut().find(|segment| segment.id == line.segment);
    // Only this change may cut coverage while it is open, so the segment is as the quote saw it.
    let segment = segment.expect("a segment that the quote cut");
    let kept = segment.net - line.amount;
    let collected = (segment.collected - kept).or_zero();
    segment.shorten(line.span.from, line.amount, collected);
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
        cycle: line.cycle,
        quantity: line.quantity,
        catalogue_version,
    };
    let items = &mut draft.subscription(place).items;
    match items.iter_mut().find(|present| present.id == id) {
        Some(present) => *present = item,
        None => items.push(item),
    }
    id
}

fn lay(draft: &mut Draft, place: usize, line: &ChargeLine, item: ItemId, change: &PlanChange) {
    if line.span.is_empty() {
        return;
    }
    let id = draft.id();
    draft.subscription(place).coverage.push(Segment {
        id,
        item,
        code: line.code.clone(),
        text: line.text.clone(),
        span: line.span,
        shares_first_day: line.shares_first_day,
        price: line.unit_price.times(i64::from(line.quantity)),
        cycle: line.cycle,
        quantity: line.quantity,
        net: line.amount,
        // The change is made only once its document is settled.
        collected: line.amount,
        policy: line.derivation.policy.clone(),
        document: change.document.filter(|_| !line.amount.is_zero()),
    });
}

/// What was given back but never paid comes off the invoices that billed it.
fn release_unpaid(draft: &mut Draft, change: &PlanChange) {
    let unpaid = |line: &&CreditLine| line.amount != line.collected;
    let mut invoices: Vec<_> = change.quote.credits.iter().filter(unpaid).filter_map(|line| line.document).collect();
    invoices.sort_unstable();
    invoices.dedup();
    for invoice in invoices {
        let lines = change.quote.credits.iter().filter(unpaid).filter(|line| line.document == Some(invoice));
        let lines = lines.map(|line| DocumentLine {
            item: Some(line.item),
            text: line.text.clone(),
            quantity: line.quantity,
            span: Some(line.span),
            amount: line.amount - line.collected,
            segment: Some(line.segment),
            derivation: Some(line.derivation.clone()),
        });
        let reason = DocumentReason::DebtReleased { change: change.id };
        release_debt(draft, invoice, lines.collect(), reason);
    }
}
