//! Grant an amount to a customer, on the balance, with a receipt.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::Account;
use billing::command::Command;
use billing::id::AccountId;
use billing::refusal::Refusal;
use engine::{Ask, EngineError};
use serde::Deserialize;

use super::desk::{Desk, engine_key, form_key, typed_amount};
use super::transfer::account_of;
use super::views::FormPage;
use super::views::form::Input;
use super::words::amount;
use crate::app::App;
use crate::auth::Staff;
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
    reason: String,
}

/// `GET /admin/customers/{id}/goodwill`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let typed = Typed { key: form_key(), ..Typed::default() };
    Ok(page(&form(&desk, &account, &typed, [None, None], None))?.into_response())
}

/// `POST /admin/customers/{id}/goodwill`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let again =
        |wrong, problem| page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&desk, &account, &typed, wrong, problem));
    let money = match typed_amount(&typed.amount, account.currency) {
        Ok(money) => money,
        Err(wrong) => return again([Some(wrong), None], None),
    };
    let ask = Ask {
        account: account.id,
        actor: desk.actor(),
        key: engine_key(&typed.key)?,
        command: Command::GrantGoodwill { amount: money, reason: typed.reason.trim().to_owned() },
    };
    let now = desk.now;
    match app.write(move |engine| engine.run(&ask, now)).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=goodwill", href(account.id))).into_response()),
        Err(EngineError::Refused(refusal)) => {
            let text = sentence(&refusal.to_string());
            match *refusal {
                Refusal::BadText { .. } => again([None, Some(text)], None),
                Refusal::BadAmount(_) => again([Some(text), None], None),
                _ => again([None, None], Some(text)),
            }
        }
        Err(error) => Err(error.into()),
    }
}

fn href(account: AccountId) -> String {
    format!("/admin/customers/{account}")
}

fn form(
    desk: &Desk,
    account: &Account,
    typed: &Typed,
    wrong: [Option<String>; 2],
    problem: Option<String>,
) -> FormPage {
    let [wrong_amount, wrong_reason] = wrong;
    let mut money = Field::new("amount", format!("Amount in {}", account.currency), "text").value(&typed.amount);
    money.error = wrong_amount;
    let mut reason =
        Field::new("reason", "Reason", "text").value(&typed.reason).help("The customer reads it on the receipt.");
    reason.error = wrong_reason;
    FormPage {
        page: desk
            .page("Grant goodwill", AdminSection::Customers)
            .crumb("Customers", "/admin/customers")
            .crumb(&account.name, href(account.id)),
        tabs: Vec::new(),
        facts: vec![Fact::new("Customer", account.name.as_str()), Fact::new("Balance now", amount(account.balance))],
        problem,
        action: format!("{}/goodwill", href(account.id)),
        key: typed.key.clone(),
        inputs: vec![Input::Field(money), Input::Field(reason)],
        consequences: vec![
            "The amount is put on the customer’s balance and pays their next invoices first.".to_owned(),
            "A numbered receipt is issued. It is booked as an expense and cannot be taken back.".to_owned(),
        ],
        button: "Grant the amount".to_owned(),
        danger: false,
        back: ("Back to the customer".to_owned(), href(account.id)),
    }
}
