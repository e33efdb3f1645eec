//! Take an unpaid change back, after one look at what that means.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::command::Command;

use super::Bare;
use super::change::{Known, is_being_paid, known};
use super::desk::Desk;
use super::views::FormPage;
use super::words::{ENGLISH, amount};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::form_key;
use crate::portal::meaning::what;
use crate::ui::{AdminSection, Fact};
use crate::web::{PageError, page, page_with};

/// `GET /admin/changes/{id}/withdraw`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    let change = &known.row.change;
    if !change.is_open() || is_being_paid(&known) {
        return Ok(Redirect::to(&format!("/admin/changes/{}", change.id)).into_response());
    }
    Ok(page(&form(&desk, &known, None))?.into_response())
}

/// `POST /admin/changes/{id}/withdraw`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(sent): Form<Bare>,
) -> Result<Response, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    let change = known.row.change.id;
    match desk.run(&app, known.row.account, &sent.key, Command::WithdrawPlanChange { change }).await? {
        Ok(_) => Ok(Redirect::to(&format!("/admin/changes/{change}?done=withdrawn")).into_response()),
        Err(refusal) => {
            let problem = desk.names(None, &known.account.zone).reason(&refusal);
            page_with(StatusCode::CONFLICT, &form(&desk, &known, Some(problem)))
        }
    }
}

fn form(desk: &Desk, known: &Known, problem: Option<String>) -> FormPage {
    let row = &known.row;
    let quote = &row.change.quote;
    let href = format!("/admin/changes/{}", row.change.id);
    let mut consequences = vec![format!("{} stays {}.", row.label, quote.plan_before)];
    if let Some(number) = &row.number {
        consequences.push(format!("{number} is cancelled by a credit note."));
    }
    if quote.from_balance.is_positive() {
        consequences.push(format!("{} is free on the balance again.", amount(quote.from_balance).text));
    }
    consequences.push("The customer is told by mail.".to_owned());
    FormPage {
        page: desk
            .page("Withdraw this change", AdminSection::Changes)
            .crumb("Changes", "/admin/changes")
            .crumb(what(ENGLISH, quote), &href),
        tabs: Vec::new(),
        facts: vec![
            Fact::new("Customer", row.account_name.as_str()),
            Fact::new("Service", row.label.as_str()),
            Fact::new("Change", what(ENGLISH, quote)),
            Fact::new("Due", amount(quote.due)),
        ],
        problem,
        action: format!("{href}/withdraw"),
        key: form_key(),
        inputs: Vec::new(),
        consequences,
        button: "Withdraw the change".to_owned(),
        danger: true,
        back: ("Keep it".to_owned(), href),
    }
}
