//! Use credits that a plan gave, such as hours that were worked (T5). What is left moves with the plan.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::{Account, Subscription};
use billing::command::Command;
use billing::refusal::Refusal;
use serde::Deserialize;

use super::desk::Desk;
use super::service::opened;
use super::views::FormPage;
use super::views::form::Input;
use super::words::ENGLISH;
use crate::app::App;
use crate::auth::Staff;
use crate::forms::form_key;
use crate::portal::timing::credits_of;
use crate::portal::words::capital;
use crate::ui::{AdminSection, Fact, Field};
use crate::web::{PageError, page, page_with, sentence};

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    key: String,
    amount: String,
}

/// A service whose plan gives credits.
struct Known {
    desk: Desk,
    account: Account,
    subscription: Subscription,
    unit: String,
    left: String,
}

impl Known {
    async fn read(app: &App, staff: Staff, id: &str) -> Result<Self, PageError> {
        let (desk, account, subscription) = opened(app, staff, id).await?;
        let (unit, left) = credits_of(ENGLISH, &desk.catalogue, &subscription).ok_or(PageError::NotFound)?;
        Ok(Self { desk, account, subscription, unit, left })
    }

    fn href(&self) -> String {
        format!("/admin/services/{}", self.subscription.service.id)
    }

    fn form(&self, typed: &Typed, wrong: Option<String>, problem: Option<String>) -> FormPage {
        let label = &self.subscription.service.label;
        let title = format!("Use {}", self.unit);
        let mut amount = Field::new("amount", capital(&self.unit), "text").value(&typed.amount);
        amount.error = wrong;
        FormPage {
            page: self
                .desk
                .page(&title, AdminSection::Services)
                .crumb("Services", "/admin/services")
                .crumb(label, self.href()),
            tabs: Vec::new(),
            facts: vec![
                Fact::new("Customer", self.account.name.as_str()),
                Fact::new("Service", label.as_str()),
                Fact::new("Plan", self.subscription.plan().text.as_str()),
                Fact::new(capital(&self.unit), self.left.as_str()),
            ],
            problem,
            action: format!("{}/credits", self.href()),
            key: typed.key.clone(),
            inputs: vec![Input::Field(amount)],
            consequences: vec![
                format!("So many {} are used up, and stay so when the plan changes.", self.unit),
                "Nothing is charged. It stands in the log with your name.".to_owned(),
            ],
            button: title,
            danger: false,
            back: ("Back to the service".to_owned(), self.href()),
        }
    }
}

/// `GET /admin/services/{id}/credits`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let known = Known::read(&app, staff, &id).await?;
    let typed = Typed { key: form_key(), ..Typed::default() };
    Ok(page(&known.form(&typed, None, None))?.into_response())
}

/// `POST /admin/services/{id}/credits`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let known = Known::read(&app, staff, &id).await?;
    let again = |wrong, problem| page_with(StatusCode::UNPROCESSABLE_ENTITY, &known.form(&typed, wrong, problem));
    let amount = match typed.amount.trim().parse() {
        Ok(amount @ 1..) => amount,
        _ => return again(Some("Write a whole number from 1 on.".to_owned()), None),
    };
    let command = Command::UseCredits { subscription: known.subscription.id, amount };
    match known.desk.run(&app, known.account.id, &typed.key, command).await? {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=used", known.href())).into_response()),
        Err(refusal) => match *refusal {
            Refusal::NotEnoughCredits { left } => {
                again(Some(format!("Only {left} {} are left. Nothing was used.", known.unit)), None)
            }
            other => again(None, Some(sentence(&other.to_string()))),
        },
    }
}
