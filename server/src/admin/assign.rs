//! Change a plan without an order (W5): plan and options, the recurring amount kept or recalculated, a reason. No money
//! moves. *Change package*, which asks the module for the size, is a command of its own: from the page of the service, or
//! ticked here to follow at once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::{Account, Subscription};
use billing::catalogue::{Basket, Plan, Product, price_in};
use billing::command::{Answer, Command};
use billing::id::ServiceId;
use billing::refusal::Refusal;
use engine::{Ask, EngineError};

use super::Bare;
use super::desk::{Desk, unreadable};
use super::service::{change_refused, opened};
use super::views::FormPage;
use super::views::form::Input;
use super::words::{ENGLISH, GIVES, amount, day, per, quantified};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::{engine_key, form_key, run};
use crate::portal::amounts::with_tax_words;
use crate::portal::options;
use crate::portal::timing::credits_of;
use crate::ui::{AdminSection, Badge, Checkbox, Fact, Field, RadioCard, Tone, Value};
use crate::web::{PageError, page, page_with};

/// What is typed and chosen.
#[derive(Debug, Clone, Default)]
struct Typed {
    csrf: String,
    key: String,
    plan: String,
    options: Vec<(String, String)>,
    recalculate: bool,
    package: bool,
    reason: String,
}

impl Typed {
    /// Reads a form; a name that no form of ours has is refused.
    fn of(pairs: Vec<(String, String)>) -> Result<Self, PageError> {
        let mut typed = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "csrf" => typed.csrf = value,
                "key" => typed.key = value,
                "plan" => typed.plan = value,
                "recalculate" => typed.recalculate = value == "yes",
                "package" => typed.package = value == "yes",
                "reason" => typed.reason = value,
                _ if options::is_field(&name) => typed.options.push((name, value)),
                other => return Err(unreadable(&format!("the form has no field {other:?}"))),
            }
        }
        Ok(typed)
    }
}

/// A service, and what it could have.
struct Known {
    desk: Desk,
    account: Account,
    subscription: Subscription,
    product: Product,
}

/// What is wrong with what was typed.
#[derive(Debug, Default)]
struct Wrong {
    plan: Option<String>,
    reason: Option<String>,
    whole: Option<String>,
}

impl Known {
    async fn read(app: &App, staff: Staff, id: &str) -> Result<Self, PageError> {
        let (desk, account, subscription) = opened(app, staff, id).await?;
        let product = desk.catalogue.product(&subscription.product).cloned();
        let unknown = || PageError::from(EngineError::from(Refusal::UnknownProduct(subscription.product.clone())));
        let product = product.ok_or_else(unknown)?;
        Ok(Self { desk, account, subscription, product })
    }

    fn href(&self) -> String {
        format!("/admin/services/{}", self.subscription.service.id)
    }

    /// The present basket with what was chosen instead, options of quantity 0 among it.
    fn wanted(&self, typed: &Typed) -> Result<Basket, PageError> {
        let mut basket = self.subscription.basket();
        basket.plan = typed.plan.as_str().into();
        for (name, value) in &typed.options {
            if !options::read(&self.product, &mut basket, name, value).map_err(|text| unreadable(&text))? {
                return Err(unreadable(&format!("the form has no field {name:?}")));
            }
        }
        Ok(basket)
    }

    fn wrong(&self, refusal: &Refusal) -> Wrong {
        let names = self.desk.names(Some(&self.product.code), &self.account.zone);
        let text = match refusal {
            Refusal::SamePlan => "This is what the service has, at what it costs. Choose something else.".to_owned(),
            Refusal::ChangeOpen(_) => "A change is open. It must be paid or withdrawn first.".to_owned(),
            other => names.reason(other),
        };
        match refusal {
            Refusal::BadText { .. } => Wrong { reason: Some(text), ..Wrong::default() },
            Refusal::SamePlan | Refusal::NoPrice { .. } | Refusal::UnknownPlan(_) | Refusal::PlanRetired(_) => {
                Wrong { plan: Some(text), ..Wrong::default() }
            }
            _ => Wrong { whole: Some(text), ..Wrong::default() },
        }
    }

    fn plan_card(&self, plan: &Plan, chosen: &str) -> RadioCard {
        let cycle = self.subscription.anchor.cycle;
        let present = self.product.plan(&self.subscription.plan().code);
        let note = match present {
            Some(present) if present.code != plan.code => GIVES.plan_differences(present, plan),
            _ => GIVES.plan_phrases(plan),
        };
        let price = price_in(&plan.prices, &plan.code, cycle, self.account.currency);
        let is_present = plan.code == self.subscription.plan().code;
        RadioCard {
            amount: price.map(|price| amount(price.net())),
            amount_note: price.map(|_| format!("{} today", per(cycle))),
            badge: is_present.then(|| Badge::new("Present plan", Tone::Accent)),
            ..RadioCard::new("plan", plan.code.as_str(), plan.name.as_str(), plan.code == chosen).note(note.join(", "))
        }
    }

    fn consequences(&self) -> Vec<String> {
        let subscription = &self.subscription;
        let until = day(subscription.period.until, &self.account.zone).text;
        let mut sentences = vec![
            "The plan changes at once. No money moves: no invoice, no credit note, nothing on the balance.".to_owned(),
            format!(
                "What is paid or owed until {until} stays as it is. A later change gives back what was really paid."
            ),
            "The machine keeps its size until its package is changed.".to_owned(),
        ];
        if let Some((_, left)) = credits_of(ENGLISH, &self.desk.catalogue, subscription) {
            sentences.push(format!("{left} until {until}; the next period gives those of the new plan."));
        }
        sentences
            .push("It stands in the log with your name and the reason. The customer is not written to.".to_owned());
        sentences
    }

    fn form(&self, typed: &Typed, wrong: Wrong) -> FormPage {
        let subscription = &self.subscription;
        let present = &subscription.plan().code;
        let plans = self.product.plans.iter().filter(|plan| !plan.retired || plan.code == *present);
        let mut reason =
            Field::new("reason", "Reason", "text").value(&typed.reason).help("For the log; staff read it.");
        reason.error = wrong.reason;
        let mut inputs = vec![Input::Cards {
            legend: "Plan".to_owned(),
            cards: plans.map(|plan| self.plan_card(plan, &typed.plan)).collect(),
            error: wrong.plan,
        }];
        let mut wanted = self.wanted(typed).unwrap_or_else(|_| subscription.basket());
        wanted.options.retain(|_, quantity| *quantity > 0);
        let lists = options::selects(ENGLISH, &self.product, &wanted, self.account.currency);
        inputs.extend(lists.into_iter().map(Input::Select));
        let costs = format!("{} {}", amount(subscription.recurring()).text, per(subscription.anchor.cycle));
        inputs.extend([
            Input::Checkbox(Checkbox {
                name: "recalculate".to_owned(),
                label: "Recalculate the recurring amount".to_owned(),
                checked: typed.recalculate,
                help: Some(format!("Renewals bill today’s prices. Otherwise they go on at {costs}.")),
            }),
            Input::Checkbox(Checkbox {
                name: "package".to_owned(),
                label: "Change the package at once".to_owned(),
                checked: typed.package,
                help: Some(
                    "The module is asked right after. Otherwise it is asked from the page of the service.".to_owned(),
                ),
            }),
            Input::Field(reason),
        ]);
        FormPage {
            page: self
                .desk
                .page("Change without an order", AdminSection::Services)
                .crumb("Services", "/admin/services")
                .crumb(&subscription.service.label, self.href()),
            tabs: Vec::new(),
            facts: self.facts(),
            problem: wrong.whole,
            action: format!("{}/assign", self.href()),
            key: typed.key.clone(),
            inputs,
            consequences: self.consequences(),
            button: "Change the plan".to_owned(),
            danger: false,
            back: ("Back to the service".to_owned(), self.href()),
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let subscription = &self.subscription;
        let options = subscription.basket().options;
        let named = options.iter().map(|(code, quantity)| {
            let name = self.product.option(code).map_or(code.as_str(), |option| option.name.as_str());
            quantified(name, *quantity)
        });
        let named: Vec<_> = named.collect();
        let mut facts = vec![
            Fact::new("Customer", self.account.name.as_str()),
            Fact::new("Plan now", subscription.plan().text.as_str()),
        ];
        if !named.is_empty() {
            facts.push(Fact::new("Options now", named.join(", ")));
        }
        let costs = with_tax_words(ENGLISH, subscription.recurring(), self.desk.catalogue.tax.as_deref());
        facts.push(Fact::new("Price", Value::Noted(costs, per(subscription.anchor.cycle))));
        facts
    }
}

/// `GET /admin/services/{id}/assign`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let known = Known::read(&app, staff, &id).await?;
    let plan = known.subscription.plan().code.to_string();
    let typed = Typed { key: form_key(), plan, ..Typed::default() };
    let whole = change_refused(&known.desk, &known.account, &known.subscription);
    Ok(page(&known.form(&typed, Wrong { whole, ..Wrong::default() }))?.into_response())
}

/// `POST /admin/services/{id}/assign`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(pairs)?;
    staff.check_csrf(&typed.csrf)?;
    let known = Known::read(&app, staff, &id).await?;
    let again = |wrong| page_with(StatusCode::UNPROCESSABLE_ENTITY, &known.form(&typed, wrong));
    if typed.plan.is_empty() {
        return again(Wrong { plan: Some("Choose a plan.".to_owned()), ..Wrong::default() });
    }
    let wanted = known.wanted(&typed)?;
    let command = Command::AssignPlan {
        subscription: known.subscription.id,
        plan: wanted.plan,
        options: wanted.options,
        recalculate: typed.recalculate,
        reason: typed.reason.trim().to_owned(),
    };
    let waits = match known.desk.run(&app, known.account.id, &typed.key, command).await? {
        Ok(answer) => matches!(answer, Answer::PlanAssigned { package_waits: true, .. }),
        Err(refusal) => return again(known.wrong(&refusal)),
    };
    if !(waits && typed.package) {
        return Ok(Redirect::to(&format!("{}?done=assigned", known.href())).into_response());
    }
    let ask = Ask {
        account: known.account.id,
        actor: known.desk.actor(),
        key: engine_key(&typed.key)?.map(|key| format!("{key}.package")),
        command: Command::ChangePackage { service: known.subscription.service.id },
    };
    let done = match run(&app, ask, known.desk.now).await? {
        Ok(_) => "assigned-package",
        // Somebody else was faster; the page of the service says how it stands.
        Err(_) => "assigned",
    };
    Ok(Redirect::to(&format!("{}?done={done}", known.href())).into_response())
}

/// `POST /admin/services/{id}/package`
pub(super) async fn change_package(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(sent): Form<Bare>,
) -> Result<Response, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let id = ServiceId::parse(&id).map_err(|_| PageError::NotFound)?;
    let found = app.read(move |engine| Ok(engine.store().account_of_service(None, id)?)).await?;
    let account = found.ok_or(PageError::NotFound)?;
    let (actor, key) = (desk.actor(), engine_key(&sent.key)?);
    let ask = Ask { account, actor, key, command: Command::ChangePackage { service: id } };
    let now = desk.now;
    app.write(move |engine| engine.run(&ask, now)).await?;
    Ok(Redirect::to(&format!("/admin/services/{id}?done=package")).into_response())
}
