//! What a catalogue says that nobody can have meant: plans without a way in or out, prices that others have, changes that
//! are always refused, and orders of plans or terms that their prices contradict. Read from the catalogue; what the
//! search tried in vain is handed in.

use super::finding::{Code, Finding};
use super::grid::cycles;
use super::script::{how_often, in_words};
use super::survey::Tried;
use crate::catalogue::{Catalogue, Plan, Price, Product, price_in};
use crate::money::Currency;
use crate::policy::Policies;
use crate::refusal::Refusal;

/// The findings of a product that need no search.
pub(super) fn of(catalogue: &Catalogue, product: &Product, policies: &Policies) -> Vec<Finding> {
    let mut findings = Vec::new();
    if catalogue.policy(&product.policy, policies).is_none() {
        let what =
            format!("The policy {:?} of {} is not loaded: every change is refused.", product.policy, product.name);
        findings.push(Finding::of(Code::UnknownPolicy, product, what));
    }
    ways(product, &mut findings);
    for currency in currencies(product) {
        missing_prices(product, currency, &mut findings);
        orders(product, currency, &mut findings);
    }
    if !currencies(product).contains(&catalogue.currency) {
        let what = format!("{} has no price in {}, the currency of the storefront.", product.name, catalogue.currency);
        findings.push(Finding::of(Code::MissingPrice, product, what));
    }
    findings
}

/// The changes that customers may ask for and never get, whatever the day.
pub(super) fn refused(product: &Product, tried: &Tried) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((from, to), result) in tried {
        let Err(refusal) = result else { continue };
        if !matches!(refusal, Refusal::NotPermitted { .. } | Refusal::PlanRetired(_)) {
            let (from, to) = (in_words(product, from), in_words(product, to));
            let what = format!("A change from {from}, to {to}, is always refused: {refusal}.");
            findings.push(Finding::of(Code::AlwaysRefused, product, what));
        }
    }
    findings
}

fn sold(product: &Product) -> impl Iterator<Item = &Plan> {
    product.plans.iter().filter(|plan| !plan.retired)
}

fn leads_to(from: &Plan, to: &Plan) -> bool {
    from.code != to.code && from.change_to.as_ref().is_none_or(|targets| targets.contains(&to.code))
}

fn ways(product: &Product, findings: &mut Vec<Finding>) {
    if !product.customers_may_change || sold(product).count() < 2 {
        return;
    }
    for plan in &product.plans {
        if !sold(product).any(|target| leads_to(plan, target)) {
            let what = format!("Customers on {} cannot move to any plan.", plan.name);
            findings.push(Finding::of(Code::NoWayOut, product, what));
        }
    }
    for plan in sold(product) {
        if !product.plans.iter().any(|from| leads_to(from, plan)) {
            let what = format!("No plan lets its customers move to {}.", plan.name);
            findings.push(Finding::of(Code::NoWayIn, product, what));
        }
    }
    for option in &product.options {
        let mut on = sold(product).filter(|plan| option.is_on(&plan.code)).peekable();
        if on.peek().is_none() {
            let what = format!("{} can be had on no plan that is sold.", option.name);
            findings.push(Finding::of(Code::NoWayIn, product, what));
        } else if sold(product).all(|plan| option.min_of(&plan.code) > 0) {
            let what = format!("{} cannot be dropped on any plan.", option.name);
            findings.push(Finding::of(Code::NoWayOut, product, what));
        }
    }
}

fn currencies(product: &Product) -> Vec<Currency> {
    let prices = product.plans.iter().flat_map(|plan| &plan.prices);
    let mut currencies: Vec<_> = prices.map(|price| price.amount.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies
}

fn missing_prices(product: &Product, currency: Currency, findings: &mut Vec<Finding>) {
    for cycle in cycles(product, currency) {
        for plan in sold(product) {
            let adverb = how_often(cycle);
            if price_in(&plan.prices, &plan.code, cycle, currency).is_none() {
                let what = format!("{} has no {adverb} price in {currency}, as other plans have.", plan.name);
                findings.push(Finding::of(Code::MissingPrice, product, what));
                continue;
            }
            for option in product.options.iter().filter(|option| option.is_on(&plan.code)) {
                if price_in(&option.prices, &plan.code, cycle, currency).is_none() {
                    let what = format!("{} has no {adverb} price in {currency} on {}.", option.name, plan.name);
                    findings.push(Finding::of(Code::MissingPrice, product, what));
                }
            }
        }
    }
}

/// Orders that prices contradict: a larger plan for less, a longer term for more.
fn orders(product: &Product, currency: Currency, findings: &mut Vec<Finding>) {
    let price = |plan: &Plan, cycle| price_in(&plan.prices, &plan.code, cycle, currency).map(Price::net);
    let sold: Vec<_> = sold(product).collect();
    for cycle in cycles(product, currency) {
        for pair in sold.windows(2) {
            let (Some(small), Some(large)) = (price(pair[0], cycle), price(pair[1], cycle)) else { continue };
            if large < small {
                let (small_name, large_name) = (&pair[0].name, &pair[1].name);
                let what = format!(
                    "{large_name} stands above {small_name} and costs less, {large} after {small} {}: moving to it is \
                     called an upgrade.",
                    how_often(cycle)
                );
                findings.push(Finding::of(Code::RankAgainstPrice, product, what));
            }
        }
    }
    for plan in sold {
        for pair in cycles(product, currency).windows(2) {
            let (Some(short), Some(long)) = (price(plan, pair[0]), price(plan, pair[1])) else { continue };
            let (times, parts) = super::measure::how_often(pair[0], pair[1]);
            if i128::from(long.minor) * parts > i128::from(short.minor) * times {
                let (short_word, long_word) = (how_often(pair[0]), how_often(pair[1]));
                let what = format!("{} costs more {long_word} ({long}) than {short_word} ({short}).", plan.name);
                findings.push(Finding::of(Code::DearTerm, product, what));
            }
        }
    }
}
