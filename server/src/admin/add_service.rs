//! Add a service for a customer: product, plan, cycle, options, a name, and how it is paid.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::Account;
use billing::calendar::Cycle;
use billing::catalogue::{Basket, Plan, Product, price_in};
use billing::command::{Answer, Command, PaymentChoice};
use billing::effect::TestCard;
use billing::money::Currency;
use billing::refusal::Refusal;

use super::amount_form::account_of;
use super::desk::{Desk, unreadable};
use super::rows::card_text;
use super::views::FormPage;
use super::views::form::Input;
use super::views::list::Tab;
use super::words::{ENGLISH, GIVES, amount, every, per};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::{encoded, form_key};
use crate::portal::options;
use crate::ui::{AdminSection, Field, RadioCard};
use crate::web::{PageError, page, page_with};

/// What is typed and chosen.
#[derive(Debug, Clone, Default)]
struct Typed {
    csrf: String,
    key: String,
    product: String,
    plan: String,
    cycle: String,
    options: Vec<(String, String)>,
    label: String,
    method: String,
}

impl Typed {
    /// Reads a form or an address; a name that no form of ours has is refused.
    fn of(pairs: Vec<(String, String)>) -> Result<Self, PageError> {
        let mut typed = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "csrf" => typed.csrf = value,
                "key" => typed.key = value,
                "product" => typed.product = value,
                "plan" => typed.plan = value,
                "cycle" => typed.cycle = value,
                "label" => typed.label = value,
                "method" => typed.method = value,
                _ if options::is_field(&name) => typed.options.push((name, value)),
                other => return Err(unreadable(&format!("the form has no field {other:?}"))),
            }
        }
        Ok(typed)
    }

    /// What the service shall have; options of quantity 0 are left out.
    fn basket(&self, product: &Product) -> Result<Basket, PageError> {
        let cycle = Cycle::parse(&self.cycle).map_err(|error| unreadable(&error.to_string()))?;
        let mut basket = Basket { plan: self.plan.clone().into(), cycle, options: Default::default() };
        for (name, value) in &self.options {
            if !options::read(product, &mut basket, name, value).map_err(|text| unreadable(&text))? {
                return Err(unreadable(&format!("the form has no field {name:?}")));
            }
        }
        basket.options.retain(|_, quantity| *quantity > 0);
        Ok(basket)
    }
}

/// How a payment method of a form is meant.
pub(super) fn method(name: &str) -> Result<PaymentChoice, PageError> {
    if name == "bank_transfer" {
        return Ok(PaymentChoice::BankTransfer);
    }
    let card = TestCard::ALL.into_iter().find(|card| card.name() == name);
    card.map(PaymentChoice::Card).ok_or_else(|| unreadable("there is no such payment method"))
}

/// The payment methods as cards, the first of them chosen.
pub(super) fn method_cards(chosen: &str, transfer: &str, note: &str) -> Vec<RadioCard> {
    let chosen = if chosen.is_empty() { "bank_transfer" } else { chosen };
    let mut cards = vec![RadioCard::new("method", "bank_transfer", transfer, chosen == "bank_transfer").note(note)];
    cards.extend(TestCard::ALL.map(|card| {
        let note = match card {
            TestCard::Pays => "The sandbox gateway takes the money at once.",
            TestCard::Declines => "The sandbox gateway refuses; nothing is charged.",
            TestCard::TimesOutAfterCharging => "It is charged, but the answer is lost and has to be asked for.",
        };
        RadioCard::new("method", card.name(), card_text(card), chosen == card.name()).note(note)
    }));
    cards
}

/// `GET /admin/customers/{id}/services/new`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let desk = desk.at_storefront(&app, &account.storefront).await?;
    let mut typed = Typed::of(pairs)?;
    typed.key = form_key();
    let product = product(&desk, &typed.product)?;
    Ok(page(&form(&desk, &account, product, &typed, Wrong::default()))?.into_response())
}

/// What is wrong with what was typed.
#[derive(Debug, Default)]
struct Wrong {
    plan: Option<String>,
    label: Option<String>,
    whole: Option<String>,
}

/// `POST /admin/customers/{id}/services/new`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(pairs)?;
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let desk = desk.at_storefront(&app, &account.storefront).await?;
    let product = product(&desk, &typed.product)?;
    let again = |wrong| page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&desk, &account, product, &typed, wrong));
    if typed.plan.is_empty() {
        return again(Wrong { plan: Some("Choose a plan.".to_owned()), ..Wrong::default() });
    }
    let command = Command::StartSubscription {
        product: product.code.clone(),
        basket: typed.basket(product)?,
        label: typed.label.trim().to_owned(),
        starts: None,
        pays_by: method(&typed.method)?,
    };
    match desk.run(&app, account.id, &typed.key, command).await? {
        Ok(answer) => Ok(Redirect::to(&match answer {
            Answer::SubscriptionStarted { service, .. } => format!("/admin/services/{service}?done=added"),
            _ => format!("/admin/customers/{}?done=added", account.id),
        })
        .into_response()),
        Err(refusal) => {
            let text = desk.names(Some(&product.code), &account.zone).reason(&refusal);
            again(match *refusal {
                Refusal::BadText { .. } => Wrong { label: Some(text), ..Wrong::default() },
                Refusal::NoPrice { .. } | Refusal::UnknownPlan(_) | Refusal::PlanRetired(_) => {
                    Wrong { plan: Some(text), ..Wrong::default() }
                }
                _ => Wrong { whole: Some(text), ..Wrong::default() },
            })
        }
    }
}

/// The product that is chosen, or the first one.
fn product<'a>(desk: &'a Desk, code: &str) -> Result<&'a Product, PageError> {
    let catalogue = &desk.catalogue;
    let product = if code.is_empty() { catalogue.products.first() } else { catalogue.product(code) };
    product.ok_or(PageError::NotFound)
}

/// The cycles in which anything of a product is sold in a currency, as written in addresses.
pub(super) fn cycles_of(product: &Product, currency: Currency) -> Vec<Cycle> {
    let mut cycles = Vec::new();
    for price in product.plans.iter().flat_map(|plan| &plan.prices) {
        if price.amount.currency == currency && !cycles.contains(&price.cycle) {
            cycles.push(price.cycle);
        }
    }
    cycles
}

/// `per month, or €100.00 per year`: the cycle is chosen on the same form, so all of its prices stand there.
fn in_other_cycles(plan: &Plan, cycle: Cycle, currency: Currency) -> String {
    let others = plan.prices.iter().filter(|price| price.amount.currency == currency && price.cycle != cycle);
    let setup = price_in(&plan.prices, &plan.code, cycle, currency).and_then(|price| price.setup);
    let once = setup.map(|setup| format!(", and {} once", amount(setup).text)).unwrap_or_default();
    others.fold(per(cycle) + &once, |text, price| {
        format!("{text}, or {} {}", amount(price.amount).text, per(price.cycle))
    })
}

/// `14 days for €1.00 first`, to whoever has nothing of the product yet; nothing of a plan without a trial.
fn trial_first(plan: &Plan, cycle: Cycle, account: &Account, product: &Product) -> Option<String> {
    let days = plan.trial_days.filter(|_| account.subscriptions.iter().all(|known| known.product != product.code))?;
    let price = price_in(&plan.prices, &plan.code, cycle, account.currency).and_then(|price| price.trial_price);
    let costs = price.map_or_else(|| "nothing".to_owned(), |price| amount(price).text);
    Some(format!("{days} {} for {costs} first", if days == 1 { "day" } else { "days" }))
}

fn form(desk: &Desk, account: &Account, product: &Product, typed: &Typed, wrong: Wrong) -> FormPage {
    let href = format!("/admin/customers/{}", account.id);
    let action = format!("{href}/services/new");
    let cycles = cycles_of(product, account.currency);
    let cycle = Cycle::parse(&typed.cycle).ok().or_else(|| cycles.first().copied()).unwrap_or(Cycle::MONTH);
    let plan = |plan: &Plan| RadioCard {
        amount: price_in(&plan.prices, &plan.code, cycle, account.currency).map(|price| amount(price.net())),
        amount_note: Some(in_other_cycles(plan, cycle, account.currency)),
        ..RadioCard::new("plan", &*plan.code, &*plan.name, plan.code == typed.plan).note(
            GIVES
                .plan_phrases(plan)
                .into_iter()
                .chain(trial_first(plan, cycle, account, product))
                .collect::<Vec<_>>()
                .join(", "),
        )
    };
    let mut label = Field::new("label", "Name of the service", "text")
        .value(&typed.label)
        .help("Such as a host name. The customer reads it everywhere.");
    label.error = wrong.label;
    let mut inputs = vec![
        Input::Field(label),
        Input::Cards {
            legend: "Plan".to_owned(),
            cards: product.plans.iter().filter(|plan| !plan.retired).map(plan).collect(),
            error: wrong.plan,
        },
        Input::Cards {
            legend: "Cycle".to_owned(),
            cards: cycles
                .iter()
                .map(|one| RadioCard::new("cycle", one.to_string(), every(*one), *one == cycle))
                .collect(),
            error: None,
        },
    ];
    let nothing = || Basket { plan: typed.plan.clone().into(), cycle, options: Default::default() };
    let wanted = typed.basket(product).unwrap_or_else(|_| nothing());
    inputs.extend(options::selects(ENGLISH, product, &wanted, account.currency).into_iter().map(Input::Select));
    inputs.push(Input::Cards {
        legend: "How is it paid?".to_owned(),
        cards: method_cards(&typed.method, "By bank transfer", "Each invoice waits until staff mark it as paid."),
        error: None,
    });
    inputs.push(Input::Hidden { name: "product".to_owned(), value: product.code.clone() });
    let tabs =
        desk.catalogue.products.iter().map(|one| {
            Tab::new(&one.name, format!("{action}?product={}", encoded(&one.code)), one.code == product.code)
        });
    FormPage {
        page: desk
            .page("Add a service", AdminSection::Customers)
            .crumb("Customers", "/admin/customers")
            .crumb(&account.name, &href),
        tabs: if desk.catalogue.products.len() > 1 { tabs.collect() } else { Vec::new() },
        facts: Vec::new(),
        problem: wrong.whole,
        action,
        key: typed.key.clone(),
        inputs,
        consequences: vec![
            "The first period, or the trial of the plan, begins today, and its invoice is issued at once.".to_owned(),
            format!("The module {} is asked to make the service.", product.module),
        ],
        button: "Add the service".to_owned(),
        danger: false,
        back: ("Back to the customer".to_owned(), href),
    }
}
