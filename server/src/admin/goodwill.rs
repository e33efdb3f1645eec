//! Grant an amount to a customer, on the balance, with a receipt.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::Account;
use billing::command::Command;
use billing::id::AccountId;
use serde::Deserialize;

use super::amount_form::{Wrong, account_of, amount_form};
use super::desk::{Desk, typed_amount};
use super::views::FormPage;
use super::words::amount;
use crate::app::App;
use crate::auth::Staff;
use crate::forms::form_key;
use crate::ui::{AdminSection, Fact, Field};
use crate::web::{PageError, page, page_with};

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
    Ok(page(&form(&desk, &account, &typed, Wrong::default()))?.into_response())
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
    let again = |wrong| page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&desk, &account, &typed, wrong));
    let money = match typed_amount(&typed.amount, account.currency) {
        Ok(money) => money,
        Err(wrong) => return again(Wrong::amount(wrong)),
    };
    let command = Command::GrantGoodwill { amount: money, reason: typed.reason.trim().to_owned() };
    match desk.run(&app, account.id, &typed.key, command).await? {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=goodwill", href(account.id))).into_response()),
        Err(refusal) => again(Wrong::of(&refusal)),
    }
}

fn href(account: AccountId) -> String {
    format!("/admin/customers/{account}")
}

fn form(desk: &Desk, account: &Account, typed: &Typed, wrong: Wrong) -> FormPage {
    let reason = Field::new("reason", "Reason", "text").value(&typed.reason);
    let reason = reason.help("The customer reads it on the receipt.");
    FormPage {
        page: desk
            .page("Grant goodwill", AdminSection::Customers)
            .crumb("Customers", "/admin/customers")
            .crumb(&account.name, href(account.id)),
        facts: vec![Fact::new("Customer", account.name.as_str()), Fact::new("Balance now", amount(account.balance))],
        action: format!("{}/goodwill", href(account.id)),
        consequences: vec![
            "The amount is put on the customer’s balance and pays their next invoices first.".to_owned(),
            "A numbered receipt is issued. It is booked as an expense and cannot be taken back.".to_owned(),
        ],
        button: "Grant the amount".to_owned(),
        back: ("Back to the customer".to_owned(), href(account.id)),
        ..amount_form(desk, account, (&typed.key, &typed.amount), reason, wrong)
    }
}
