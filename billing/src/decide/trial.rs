//! Trials (B2): who gets one and for how long, what covers it, and what it costs. A trial is the period before the first that is paid for:
//! so many of the customer's days from the start, covered for nothing, and the anchor of the periods after it is its end.
//! Where it has a price, that is charged once, for no time, with an invoice of its own.
//! What a change does to a trial that is running is in `quote_plan_change`.

use super::Facts;
use super::draft::{Draft, NewDocument};
use super::issue_invoice::ask_for;
use super::one_time::lay_once;
use super::retile::Retiling;
use crate::account::{Account, Subscription};
use crate::calendar::{Anchor, Cycle, CycleUnit};
use crate::catalogue::{Basket, Plan, Product, price_in};
use crate::coverage::Segment;
use crate::document::{DocumentKind, DocumentLine, DocumentReason};
use crate::effect::MailTemplate;
use crate::id::DocumentId;
use crate::ledger::LedgerAccount::{Receivable, Sales, Tax};
use crate::money::{Currency, Money, sum};
use crate::policy::{Policy, Terms, TrialOnChange, When};
use crate::proration::Counting;
use crate::tax;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// Where the trial of a subscription that starts now is over; none where it has none.
///
/// Only the first subscription of a product has one: who has or had another began with it. Who is taken over from an
/// earlier day has none either: there the trial was somebody else's to give.
pub(super) fn trial_end(
    account: &Account,
    product: &Product,
    plan: &Plan,
    start: DateTime,
    now: Timestamp,
) -> Option<DateTime> {
    let days = i64::from(plan.trial_days?);
    let had = account.had.contains(&product.code);
    let knows = had || account.subscriptions.iter().any(|subscription| subscription.product == product.code);
    if knows || start.date() < account.zone.date(now) {
        return None;
    }
    let day = Cycle { count: 1, unit: CycleUnit::Day };
    Some(Anchor { start, cycle: day }.boundary(days))
}

/// Does a change end the trial that is running, so that the first period begins with it?
pub(super) fn ends_trial(subscription: &Subscription, terms: &Terms, when: When) -> bool {
    subscription.is_in_trial() && when == When::Now && terms.trial == TrialOnChange::End
}

/// Does a change leave the trial that is running as long as it is?
pub(super) fn keeps_trial(subscription: &Subscription, terms: &Terms, when: When) -> bool {
    subscription.is_in_trial() && when == When::Now && terms.trial == TrialOnChange::Keep
}

impl Retiling<'_> {
    /// Does the change end a trial?
    pub fn ends_trial(&self) -> bool {
        ends_trial(self.subscription, self.counting.terms, self.when)
    }

    /// Is what the change lays the time of a trial that goes on?
    pub fn keeps_trial(&self) -> bool {
        keeps_trial(self.subscription, self.counting.terms, self.when)
    }
}

/// What the trial of a basket costs; none where that is nothing.
pub(super) fn trial_price(product: &Product, basket: &Basket, currency: Currency) -> Option<Money> {
    let plan = product.plan(&basket.plan)?;
    price_in(&plan.prices, &plan.code, basket.cycle, currency)?.trial_price
}

/// Charges what the trial costs that a subscription starts with, on an invoice that is due as that of a first period; none
/// where it costs nothing.
pub(super) fn charge_trial(
    facts: Facts<'_>,
    draft: &mut Draft,
    place: usize,
    product: &Product,
    policy: &Policy,
) -> Option<DocumentId> {
    let subscription = draft.subscription(place).clone();
    let currency = draft.account.currency;
    let price = trial_price(product, &subscription.basket(), currency)?;
    let (terms, rate, nothing) = (&policy.terms, &facts.catalogue.tax, draft.account.nothing());
    let zone = terms.day_zone.of(&draft.account.zone, &facts.catalogue.zone);
    let counting = Counting { policy: &policy.reference, terms, zone, price_rounding: terms.rounding };
    let derivation = counting.trial_price(price, None);
    let charges = std::iter::once(price);
    let taxes = tax::on_charges(rate.as_deref(), charges, nothing, nothing, terms.tax_rounding, terms.rounding);
    let tax = sum(currency, taxes);
    let plan = subscription.plan();
    let line = DocumentLine {
        item: Some(plan.id),
        tax,
        tax_rate: rate.clone(),
        derivation: Some(derivation),
        ..DocumentLine::of_amount(plan.text.clone(), price)
    };
    let total = line.payable();
    let id = draft.issue(NewDocument {
        kind: DocumentKind::Invoice,
        reason: DocumentReason::Trial,
        subscription: Some(subscription.id),
        corrects: None,
        total,
        lines: vec![line.clone()],
    });
    draft.post(Receivable, Sales, total - tax, id);
    draft.post(Receivable, Tax, tax, id);
    draft.subscription(place).one_time.settle_trial(price);
    let from = subscription.period.from;
    lay_once(draft, place, &plan.code, from, (&line, policy.reference()), (Some(id), false));
    ask_for(draft, place, id, total, MailTemplate::TrialInvoiced);
    Some(id)
}

/// Covers the trial that a subscription starts with: every item for nothing, at the price that it is sold at.
pub(super) fn cover_trial(draft: &mut Draft, place: usize, policy: &Policy) {
    let Subscription { period, items, .. } = draft.subscription(place).clone();
    for item in &items {
        let segment = Segment::of_nothing(draft.id(), item, period, policy.reference());
        let (list, discount) = (item.priced().list, item.discount);
        draft.subscription(place).coverage.push(Segment { list, discount, ..segment });
    }
}
