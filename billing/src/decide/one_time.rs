//! Charge what costs something once (setup fees): whenever a basket is billed, each unit that was never had, in full. With a
//! start and a change at once; what a trial begins with, on the first invoice after it; what a change begins with the next
//! period, on the invoice of that. What was charged once covers no time, so nothing ever cuts it, and it is not charged
//! again. What a trial costs is charged the same way, with a start and with a change that keeps the trial.

use jiff::Timestamp;

use super::draft::Draft;
use super::quote_plan_change::priced;
use super::retile::{Retiling, Wanted};
use super::trial::trial_price;
use crate::account::{Component, Item, PlanChange, Subscription};
use crate::calendar::Span;
use crate::catalogue::{Basket, Product, price_in};
use crate::coverage::Segment;
use crate::document::DocumentLine;
use crate::explain::Basis;
use crate::id::DocumentId;
use crate::money::{Currency, Money};
use crate::name::Name;
use crate::one_time::{OneTimeLine, Setup};
use crate::policy::{PolicyRef, SetupOnChange};
use crate::proration::Counting;
use crate::quote::ChargeLine;
use crate::refusal::Refusal;
use crate::tax;

impl Retiling<'_> {
    /// What is charged once for what is wanted at a setup price; none where all of its units had one.
    #[inline(never)]
    pub(super) fn once(&self, price: Money, wanted: &Wanted<'_>, item: Option<&Item>) -> Option<OneTimeLine> {
        let units = wanted.quantity.saturating_sub(self.subscription.set_up(wanted.code));
        // In a trial nothing was charged yet: what the first period begins with is charged as with a start.
        let asks_for_none = self.counting.terms.setup == SetupOnChange::None;
        let is_waived = asks_for_none && !self.subscription.is_in_trial();
        let derivation = self.counting.once(price, units, is_waived);
        let amount = derivation.replay();
        let nothing = Money::zero(amount.currency);
        (units > 0).then(|| OneTimeLine {
            item: item.map(|item| item.id),
            component: wanted.component(),
            code: wanted.code.clone(),
            text: wanted.text.clone(),
            quantity: units,
            of: wanted.quantity,
            amount,
            tax: nothing,
            tax_rate: None,
            derivation,
        })
    }

    /// What the trial costs more that goes on with the change: the price of its plan, less the most that was charged for it.
    /// None of a plan that stays as it was sold.
    #[inline(never)]
    pub(super) fn trial_price(&self, charges: &[ChargeLine]) -> Result<Option<OneTimeLine>, Refusal> {
        let Some(plan) = charges.iter().find(|line| line.component == Component::Plan) else { return Ok(None) };
        let price = priced(&self.target.plan.prices, &plan.code, self.after, self.account.currency)?.trial_price;
        let charged = self.subscription.one_time.trial;
        let Some(price) = price.filter(|price| charged.is_none_or(|charged| *price > charged)) else { return Ok(None) };
        let derivation = self.counting.trial_price(price, charged);
        Ok(Some(OneTimeLine {
            item: plan.item,
            component: Component::Plan,
            code: plan.code.clone(),
            text: plan.text.clone(),
            quantity: 1,
            of: 1,
            amount: derivation.replay(),
            tax: self.account.nothing(),
            tax_rate: None,
            derivation,
        }))
    }

    /// Puts tax on what is charged once beside days that are bought: those have the tax of their value.
    pub(super) fn tax_once_alone(&self, once: &mut [OneTimeLine]) {
        let Some(rate) = &self.catalogue.tax else { return };
        let (terms, nothing) = (self.counting.terms, self.account.nothing());
        let amounts = once.iter().map(|line| line.amount);
        let taxes = tax::on_charges(Some(rate), amounts, nothing, nothing, terms.tax_rounding, terms.rounding);
        let taxes: Vec<Money> = taxes.collect();
        for (line, tax) in once.iter_mut().zip(taxes) {
            line.tax = tax;
        }
    }
}

/// What a basket costs once, as a product sells it.
pub(super) fn setups(product: &Product, basket: &Basket, currency: Currency) -> Vec<Setup> {
    let plan = product.plan(&basket.plan).map(|plan| (&plan.code, &plan.prices, 1));
    let options = basket.options.iter().filter_map(|(code, quantity)| {
        let option = product.option(code)?;
        Some((&option.code, &option.prices, *quantity))
    });
    let setup = |(code, prices, units): (&Name, &Vec<_>, u32)| {
        let price = price_in(prices, &basket.plan, basket.cycle, currency)?.setup?;
        Some(Setup { code: code.clone(), price, units, of: units })
    };
    plan.into_iter().chain(options).filter_map(setup).collect()
}

/// What a change that is made charges once is laid, or is to come with the invoice of the period that begins later.
pub(super) fn charge_once(draft: &mut Draft, place: usize, change: &PlanChange, is_owed: bool) {
    let quote = &change.quote;
    let subscription = draft.subscription(place);
    if quote.once.is_empty() && subscription.one_time.to_come.is_empty() && subscription.one_time.trial.is_none() {
        return;
    }
    let Subscription { one_time, items, .. } = subscription;
    let had = |code: &Name| items.iter().any(|item| item.code == *code && item.quantity > 0);
    let sold_anew = |code: &Name| quote.charges.iter().any(|line| line.code == *code);
    one_time.to_come.retain(|setup| had(&setup.code) && !sold_anew(&setup.code));
    if let Some(line) = quote.trial_price() {
        one_time.settle_trial(line.unit_price());
    } else if !quote.keeps_trial() {
        one_time.trial = None;
    }
    for line in quote.once.iter().filter(|line| !line.is_of_trial()) {
        if quote.charges_once_later() && !line.amount.is_zero() {
            let (code, price) = (line.code.clone(), line.unit_price());
            one_time.to_come.push(Setup { code, price, units: line.quantity, of: line.of });
        } else {
            one_time.settle(&line.code, line.of);
        }
    }
    let waits = quote.settlement.charge_waits();
    let document = change.document.filter(|_| !waits);
    for line in quote.once_now().iter().filter(|line| !line.amount.is_zero()) {
        let at = quote.once_at();
        let policy = line.derivation.policy.clone();
        lay_once(draft, place, &line.code, at, (&line.on_invoice(), policy), (document, !(is_owed || waits)));
    }
}

/// What the invoice of the period that begins charges once, before tax, as its lines.
pub(super) fn lines_to_come(subscription: &Subscription, counting: Counting<'_>) -> Vec<DocumentLine> {
    let line = |setup: &Setup| {
        let mut items = subscription.items.iter();
        let item = items.find(|item| item.code == setup.code && item.quantity > 0)?;
        let derivation = counting.once(setup.price, setup.units, false);
        Some(DocumentLine {
            item: Some(item.id),
            quantity: setup.units,
            derivation: Some(derivation.clone()),
            ..DocumentLine::of_amount(item.text.clone(), derivation.replay())
        })
    };
    subscription.one_time.to_come.iter().filter_map(line).collect()
}

/// Lays what came: it is charged now, and never again.
pub(super) fn lay_what_came(
    draft: &mut Draft,
    place: usize,
    lines: &[DocumentLine],
    policy: &PolicyRef,
    document: Option<DocumentId>,
) {
    let subscription = draft.subscription(place);
    let from = subscription.period.from;
    let came = std::mem::take(&mut subscription.one_time.to_come);
    for (setup, line) in came.iter().zip(lines) {
        draft.subscription(place).one_time.settle(&setup.code, setup.of);
        lay_once(draft, place, &setup.code, from, (line, policy.clone()), (document, false));
    }
}

/// Lays what is charged once: for no time, from the moment it is sold from.
pub(super) fn lay_once(
    draft: &mut Draft,
    place: usize,
    code: &Name,
    at: Timestamp,
    (line, policy): (&DocumentLine, PolicyRef),
    (document, is_collected): (Option<DocumentId>, bool),
) {
    let id = draft.id();
    let subscription = draft.subscription(place);
    let mut items = subscription.items.iter();
    let item = items.find(|item| item.code == *code && item.quantity > 0).expect("an item that was sold");
    let nothing = Money::zero(line.amount.currency);
    let segment = Segment {
        quantity: line.quantity,
        list: line.amount,
        gross: line.amount,
        net: line.amount,
        tax: line.tax,
        tax_rate: line.tax_rate.clone(),
        collected: if is_collected { line.amount } else { nothing },
        document,
        of_trial: line.derivation.as_ref().is_some_and(|derivation| derivation.basis == Basis::TrialPrice),
        ..Segment::of_nothing(id, item, Span { from: at, until: at }, policy)
    };
    subscription.coverage.push(segment);
}

/// What staff assign is set up for nothing, and makes a trial cost no more.
pub(super) fn waive(subscription: &mut Subscription, product: &Product, before: &[Item]) {
    let basket = subscription.basket();
    let is_as_before = |code: &Name, units: u32| {
        let known = |item: &Item| item.code == *code && item.quantity == units;
        before.iter().any(known)
    };
    let currency = subscription.plan().unit_price.currency;
    let is_in_trial = subscription.is_in_trial();
    let Subscription { one_time, items, .. } = subscription;
    let had = |setup: &Setup| {
        let mut items = items.iter().filter(|item| item.quantity > 0);
        items.any(|item| item.code == setup.code && is_as_before(&item.code, item.quantity))
    };
    one_time.to_come.retain(had);
    let price = trial_price(product, &basket, currency);
    if let Some(price) = price.filter(|_| is_in_trial && !is_as_before(&basket.plan, 1)) {
        one_time.settle_trial(price);
    }
    for setup in setups(product, &basket, currency).iter().filter(|setup| !is_as_before(&setup.code, setup.of)) {
        one_time.settle(&setup.code, setup.of);
    }
}
