//! The catalogue, read only: the newest version or an older one, with the policies in words, and the list of versions.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use billing::catalogue::{Catalogue, Choice, ChoiceKind, Plan, Price, Product, TierMode};
use billing::discount::Discount;
use billing::name::Name;
use billing::policy::Policies;
use billing::tax::TaxRate;
use jiff::Timestamp;
use serde::Deserialize;

use super::desk::Desk;
use super::views::CataloguePage;
use super::views::catalogue::{PlanRow, ProductView, VersionRow};
use super::views::list::Tab;
use super::words::{ENGLISH, GIVES, about, amount, per};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::encoded;
use crate::portal::amounts::{less_discount, rate_words};
use crate::portal::tiers::each_tier;
use crate::ui::{AdminSection, Fact, Value};
use crate::web::{PageError, page};

/// How many versions are listed, newest first.
const VERSIONS: i64 = 50;

/// `GET /admin/catalogue`
pub(super) async fn newest(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<StorefrontAsked>,
) -> Result<Response, PageError> {
    let desk = at(&app, staff, asked).await?;
    shown(&app, &desk, desk.catalogue.version).await
}

/// `GET /admin/catalogue/{version}`
pub(super) async fn version(
    State(app): State<App>,
    staff: Staff,
    Path(version): Path<String>,
    Query(asked): Query<StorefrontAsked>,
) -> Result<Response, PageError> {
    let desk = at(&app, staff, asked).await?;
    let version: i64 = version.parse().map_err(|_| PageError::NotFound)?;
    if !(1..=desk.catalogue.version).contains(&version) {
        return Err(PageError::NotFound);
    }
    shown(&app, &desk, version).await
}

/// Whose catalogue is asked for; this server's own where nothing is said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StorefrontAsked {
    storefront: Option<String>,
}

async fn at(app: &App, staff: Staff, asked: StorefrontAsked) -> Result<Desk, PageError> {
    let desk = Desk::open(app, staff).await?;
    let storefront = asked.storefront.unwrap_or_else(|| desk.catalogue.storefront.clone());
    desk.at_storefront(app, &storefront).await
}

/// The address of a version of the desk's storefront, or of its newest.
fn address(desk: &Desk, version: Option<i64>) -> String {
    let path = version.map_or_else(|| "/admin/catalogue".to_owned(), |version| format!("/admin/catalogue/{version}"));
    let storefront = &desk.catalogue.storefront;
    if desk.storefronts.len() > 1 { format!("{path}?storefront={}", encoded(storefront)) } else { path }
}

fn storefront_tabs(desk: &Desk) -> Vec<Tab> {
    let here = &desk.catalogue.storefront;
    let tab = |(name, brand): &(String, String)| {
        Tab::new(brand, format!("/admin/catalogue?storefront={}", encoded(name)), name == here)
    };
    if desk.storefronts.len() > 1 { desk.storefronts.iter().map(tab).collect() } else { Vec::new() }
}

async fn shown(app: &App, desk: &Desk, version: i64) -> Result<Response, PageError> {
    let storefront = desk.catalogue.storefront.clone();
    let newest = desk.catalogue.version;
    let read = app.read(move |engine| {
        let catalogue = engine.catalogue_version(&storefront, version)?;
        let mut published = Vec::new();
        for version in ((newest - VERSIONS + 1).max(1)..=newest).rev() {
            published.push((version, engine.store().catalogue(&storefront, version)?.map(|one| one.published_at)));
        }
        Ok((catalogue, published, engine.policies().clone()))
    });
    let (catalogue, published, policies) = read.await?;
    Ok(page(&catalogue_page(desk, &catalogue, &published, &policies))?.into_response())
}

fn catalogue_page(
    desk: &Desk,
    catalogue: &Catalogue,
    published: &[(i64, Option<Timestamp>)],
    policies: &Policies,
) -> CataloguePage {
    let newest = desk.catalogue.version;
    let is_newest = catalogue.version == newest;
    let title = if is_newest { "Catalogue".to_owned() } else { format!("Catalogue, version {}", catalogue.version) };
    let mut page = desk.page(title, AdminSection::Catalogue);
    if !is_newest {
        page = page.crumb("Catalogue", address(desk, None));
    }
    let superseded = format!("Version {} is not sold any more", catalogue.version);
    CataloguePage {
        page,
        tabs: storefront_tabs(desk),
        superseded: (!is_newest).then(|| (superseded, address(desk, None))),
        facts: vec![
            Fact::new("Brand", catalogue.brand.as_str()),
            Fact::new("Storefront", Value::Code(catalogue.storefront.clone())),
            Fact::new("Version", catalogue.version.to_string()),
            Fact::new("Time zone", catalogue.zone.name()),
            Fact::new("Currency", catalogue.currency.code()),
            Fact::new("Tax", tax_words(catalogue.tax.as_deref())),
            Fact::new("Support", catalogue.support_email.as_str()),
            Fact::new("Bank account", catalogue.bank_account.as_str()),
        ],
        products: catalogue.products.iter().map(|product| product_view(product, catalogue, policies)).collect(),
        versions: published
            .iter()
            .map(|(version, at)| VersionRow {
                label: format!("Version {version}"),
                href: address(desk, Some(*version)),
                at: at.map(|at| desk.at(at)),
                newest: *version == newest,
            })
            .collect(),
    }
}

fn product_view(product: &Product, catalogue: &Catalogue, policies: &Policies) -> ProductView {
    let policy = match catalogue.policy(&product.policy, policies) {
        Some(policy) => Value::Noted(policy.reference().to_string(), policy.summary.clone()),
        None => Value::Code(product.policy.clone()),
    };
    let restart =
        product.restart.map_or_else(|| "no".to_owned(), |restart| format!("yes, for {}", about(restart.seconds)));
    let who = if product.customers_may_change { "customers and staff" } else { "staff" };
    ProductView {
        code: product.code.clone(),
        name: product.name.clone(),
        facts: vec![
            Fact::new("Code", Value::Code(product.code.clone())),
            Fact::new("Policy", policy),
            Fact::new("Module", Value::Code(product.module.clone())),
            Fact::new("A change restarts the service", restart),
            Fact::new("Who may change plans", who),
        ],
        plans: product.plans.iter().map(|plan| plan_row(product, plan)).collect(),
        options: product.options.iter().map(|option| option_row(product, option)).collect(),
    }
}

fn plan_row(product: &Product, plan: &Plan) -> PlanRow {
    let name = |code: &Name| product.plan(code).map_or(code, |plan| &plan.name).to_string();
    let limits = match &plan.change_to {
        _ if !product.customers_may_change => "nothing by themselves".to_owned(),
        None => "every plan".to_owned(),
        Some(none) if none.is_empty() => "nothing by themselves".to_owned(),
        Some(some) => some.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    PlanRow {
        name: if plan.retired { format!("{} (no longer sold)", plan.name) } else { plan.name.to_string() },
        code: plan.code.to_string(),
        gives: GIVES.plan_phrases(plan).join(", "),
        prices: prices(&plan.prices),
        limits,
    }
}

fn option_row(product: &Product, option: &Choice) -> PlanRow {
    let gives = GIVES.size_phrases(&[(option.resource.clone(), option.per_unit)].into_iter().collect()).join(", ");
    let name = |code: &Name| product.plan(code).map_or(code, |plan| &plan.name).to_string();
    let limits = match (&option.kind, &option.group) {
        (ChoiceKind::YesNo, Some(group)) => format!("one of {group}"),
        (ChoiceKind::YesNo, None) => "yes or no".to_owned(),
        (_, _) if option.min > 0 => format!("{} to {} {}", option.min, option.max, option.unit),
        (_, _) => format!("at most {} {}", option.max, option.unit),
    };
    let least = option.min_on.iter().map(|(plan, min)| format!("at least {min} on {}", name(plan)));
    let plans =
        option.plans.as_ref().map(|plans| format!("on {}", plans.iter().map(name).collect::<Vec<_>>().join(", ")));
    PlanRow {
        name: option.name.to_string(),
        code: option.code.to_string(),
        gives: if option.unit.is_empty() { gives } else { format!("{gives} for each of the {}", option.unit) },
        prices: option_prices(product, option),
        limits: [limits].into_iter().chain(least).chain(plans).collect::<Vec<_>>().join(", "),
    }
}

/// The unbound prices of an option, then those of each plan that has its own.
fn option_prices(product: &Product, option: &Choice) -> Vec<String> {
    let of = |plan: Option<&str>| {
        let fitting = option.prices.iter().filter(|price| price.plan.as_deref() == plan);
        prices(&fitting.cloned().collect::<Vec<_>>())
    };
    let bound = product.plans.iter().flat_map(|plan| {
        let prices = of(Some(&plan.code)).into_iter();
        prices.map(|price| format!("{price} on {}", plan.name)).collect::<Vec<_>>()
    });
    of(None).into_iter().chain(bound).collect()
}

/// `€180.00 (€200.00 less 10 %)`; without a discount the price alone. `1–3: free, from 4 on: €8.00 each (graduated)`.
fn price_words(price: &Price) -> String {
    if let Some(tiers) = &price.tiers {
        let mode = match tiers.mode() {
            TierMode::Graduated => "graduated",
            TierMode::Volume => "volume",
        };
        let less = match price.discount {
            Some(Discount::Percent(percent)) => format!(", less {percent} %"),
            _ => String::new(),
        };
        return format!("{} ({mode}{less})", each_tier(ENGLISH, tiers));
    }
    let (net, list) = (amount(price.net()).text, less_discount(ENGLISH, price.amount, price.discount, price.net()));
    if list.is_empty() { net } else { format!("{net} ({list})") }
}

fn tax_words(rate: Option<&TaxRate>) -> String {
    match rate {
        Some(rate) if rate.included => format!("{}, contained in prices", rate_words(ENGLISH, rate)),
        Some(rate) => format!("{}, added to prices", rate_words(ENGLISH, rate)),
        None => "none".to_owned(),
    }
}

/// Prices by cycle, in the order in which the catalogue names them.
fn prices(prices: &[Price]) -> Vec<String> {
    let mut cycles: Vec<_> = Vec::new();
    for price in prices {
        if !cycles.contains(&price.cycle) {
            cycles.push(price.cycle);
        }
    }
    let of = |cycle| {
        let amounts = prices.iter().filter(|price| price.cycle == cycle).map(price_words);
        format!("{} {}", amounts.collect::<Vec<_>>().join(", "), per(cycle))
    };
    cycles.into_iter().map(of).collect()
}
