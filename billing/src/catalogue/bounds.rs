//! The bounds of a catalogue: numbers that no business sells are refused when it is published, so that no product or sum
//! of them can leave 64 bits later, and no period the calendar.

use super::{Billed, Catalogue, CatalogueError, Choice, ChoiceKind, Plan, Price, Product, meter};
use crate::calendar::Cycle;
use crate::money::Money;
use crate::policy::{AnchorOnChange, Policy};

/// The longest cycle that may be sold, in days: ten years.
const MAX_CYCLE_DAYS: i64 = 3650;
/// The longest trial, in days.
const MAX_TRIAL_DAYS: u16 = 365;
/// The most of a resource.
const MAX_SIZE: i64 = 1_000_000_000_000;
/// The most units of an option, and the longest restart in seconds.
const MAX_UNITS: u32 = 1_000_000;

/// Refuses the first entry that is out of bounds, named by its JSON pointer.
pub(super) fn check(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    text("/brand", &catalogue.brand)?;
    text("/support_email", &catalogue.support_email)?;
    text("/language", &catalogue.language)?;
    text("/bank_account", &catalogue.bank_account)?;
    code("/storefront", &catalogue.storefront)?;
    for (place, product) in catalogue.products.iter().enumerate() {
        let at = format!("/products/{place}");
        code(&format!("{at}/code"), &product.code)?;
        text(&format!("{at}/name"), &product.name)?;
        let seconds = product.restart.map_or(0, |restart| restart.seconds);
        within(seconds <= MAX_UNITS, || format!("{at}/restart/seconds"), || format!("at most {MAX_UNITS} seconds"))?;
        for (place, one) in product.plans.iter().enumerate() {
            plan(&format!("{at}/plans/{place}"), one)?;
        }
        for (place, one) in product.options.iter().enumerate() {
            option(&format!("{at}/options/{place}"), one)?;
        }
        meter::check(&format!("{at}/meters"), &product.meters, |at, meter| {
            code(&format!("{at}/code"), &meter.code)?;
            text(&format!("{at}/name"), &meter.name)?;
            text(&format!("{at}/unit"), &meter.unit)?;
            let too_long = |price: &Price| price.cycle.nominal_days() > MAX_CYCLE_DAYS;
            let fits = !meter.prices.iter().any(too_long);
            within(fits, || format!("{at}/prices"), || "at most ten years".to_owned())
        })?;
    }
    Ok(())
}

/// Refuses a plan that is billed in arrears under a policy of the catalogue's own by which what is left buys days: where
/// nothing was paid nothing is left, and bought days are paid already.
pub(super) fn arrears(catalogue: &Catalogue, product: &Product) -> Result<(), CatalogueError> {
    let own = catalogue.policies.iter().filter(|policy| *policy.reference.name == *product.policy);
    let extends = |policy: &Policy| {
        let mut terms = std::iter::once(&policy.terms).chain(policy.rules.iter().map(|rule| &rule.terms));
        terms.any(|terms| terms.anchor == AnchorOnChange::Extend)
    };
    let plan = product.plans.iter().position(|plan| plan.billed == Billed::Arrears);
    let (Some(plan), Some(policy)) = (plan, own.max_by_key(|policy| policy.reference.version)) else { return Ok(()) };
    let product = catalogue.products.iter().position(|known| known.code == product.code).unwrap_or_default();
    let at = || format!("/products/{product}/plans/{plan}/billed");
    let why = || format!("left out: by anchor = \"extend\" of {} what was paid buys days", policy.reference);
    within(!extends(policy), at, why)
}

fn plan(at: &str, plan: &Plan) -> Result<(), CatalogueError> {
    code(&format!("{at}/code"), &plan.code)?;
    text(&format!("{at}/name"), &plan.name)?;
    for (resource, size) in &plan.size {
        let fits = (0..=MAX_SIZE).contains(size);
        within(fits, || format!("{at}/size/{resource}"), || format!("from 0 to {MAX_SIZE}"))?;
    }
    for (place, feature) in plan.features.iter().enumerate() {
        text(&format!("{at}/features/{place}"), feature)?;
    }
    if let Some(credits) = &plan.credits {
        text(&format!("{at}/credits/unit"), &credits.unit)?;
        let fits = (1..=MAX_UNITS).contains(&credits.amount);
        within(fits, || format!("{at}/credits/amount"), || format!("from 1 to {MAX_UNITS}"))?;
    }
    let fits = plan.trial_days.is_none_or(|days| (1..=MAX_TRIAL_DAYS).contains(&days));
    within(fits, || format!("{at}/trial_days"), || format!("from 1 to {MAX_TRIAL_DAYS} days, or left out"))?;
    for (place, price) in plan.prices.iter().enumerate() {
        let at = |field: &str| format!("{at}/prices/{place}/{field}");
        within(
            price.plan.is_none(),
            || at("plan"),
            || "left out: only prices of options are bound to a plan".to_owned(),
        )?;
        within(
            price.tiers.is_none(),
            || at("tiers"),
            || "left out: a plan is one, and its options have quantities".to_owned(),
        )?;
        within(
            price.trial_price.is_none() || plan.trial_days.is_some(),
            || at("trial_price"),
            || "left out: the plan has no trial (trial_days)".to_owned(),
        )?;
    }
    prices(at, &plan.prices, 1)
}

fn option(at: &str, option: &Choice) -> Result<(), CatalogueError> {
    code(&format!("{at}/code"), &option.code)?;
    text(&format!("{at}/name"), &option.name)?;
    let fits = (1..=MAX_UNITS).contains(&option.max);
    within(fits, || format!("{at}/max"), || format!("from 1 to {MAX_UNITS} units"))?;
    let below_max = || format!("at most the largest quantity, {}", option.max);
    within(option.min <= option.max, || format!("{at}/min"), below_max)?;
    for (plan, min) in &option.min_on {
        within(*min <= option.max, || format!("{at}/min_on/{plan}"), below_max)?;
    }
    if option.kind == ChoiceKind::YesNo {
        within(option.max == 1, || format!("{at}/max"), || "1, or left out: it is a yes or no".to_owned())?;
        let free = option.min == 0 && option.min_on.is_empty();
        within(free, || format!("{at}/min"), || "left out: it is a yes or no".to_owned())?;
        within(option.unit.is_empty(), || format!("{at}/unit"), || "left out: it is a yes or no".to_owned())?;
    } else {
        text(&format!("{at}/unit"), &option.unit)?;
        let alone = option.group.is_none();
        within(alone, || format!("{at}/group"), || "left out: only a yes or no is one of a group".to_owned())?;
    }
    if let Some(group) = &option.group {
        text(&format!("{at}/group"), group)?;
    }
    let most = MAX_SIZE / i64::from(MAX_UNITS);
    let fits = (0..=most).contains(&option.per_unit);
    within(fits, || format!("{at}/per_unit"), || format!("from 0 to {most}"))?;
    for (place, price) in option.prices.iter().enumerate() {
        let at = |field: &str| format!("{at}/prices/{place}/{field}");
        // A bound at the most that can be had leaves the tier after it empty.
        let reached = price.tiers.iter().flat_map(|tiers| tiers.bounds()).all(|bound| bound < option.max);
        within(
            price.trial_price.is_none(),
            || at("trial_price"),
            || "left out: a trial is one of a plan, with all its options".to_owned(),
        )?;
        within(reached, || at("tiers"), || format!("in tiers that the largest quantity, {}, reaches", option.max))?;
    }
    prices(at, &option.prices, option.max)
}

fn prices(at: &str, prices: &[Price], units: u32) -> Result<(), CatalogueError> {
    let too_long = |cycle: Cycle| cycle.nominal_days() > MAX_CYCLE_DAYS;
    let too_dear = |price: &Price| match &price.tiers {
        Some(tiers) => tiers.dearest(units).is_none_or(|dearest| dearest > Money::LIMIT_MINOR),
        None => price.amount.minor > Money::LIMIT_MINOR / i64::from(units.max(1)),
    };
    for (place, price) in prices.iter().enumerate() {
        let at = || format!("{at}/prices/{place}");
        within(!too_long(price.cycle), at, || "at most ten years".to_owned())?;
        within(!too_dear(price), at, || "the amount, for all units, is too large".to_owned())?;
        let setup = price.setup.is_none_or(|setup| setup.minor <= Money::LIMIT_MINOR / i64::from(units.max(1)));
        within(setup, || format!("{}/setup", at()), || "the setup price, for all units, is too large".to_owned())?;
        let key = |price: &Price| (price.cycle, price.amount.currency, price.plan.clone());
        let twice = prices[..place].iter().any(|other| key(other) == key(price));
        within(!twice, at, || "one price for a cycle, currency and plan".to_owned())?;
    }
    Ok(())
}

fn code(at: &str, code: &str) -> Result<(), CatalogueError> {
    let fits = (1..=64).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    within(fits, || at.to_owned(), || "1 to 64 letters, digits, and the signs - _".to_owned())
}

fn text(at: &str, text: &str) -> Result<(), CatalogueError> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 200 && !text.contains(char::is_control);
    within(fits, || at.to_owned(), || "1 to 200 characters".to_owned())
}

/// Refuses what is out of bounds.
pub(super) fn within(
    fits: bool,
    at: impl FnOnce() -> String,
    bounds: impl FnOnce() -> String,
) -> Result<(), CatalogueError> {
    if fits { Ok(()) } else { Err(CatalogueError::OutOfBounds { at: at(), bounds: bounds() }) }
}
