//! Balance that is paid out: staff ask for it for a customer, say that they sent it, or that it came back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::Account;
use billing::command::{Answer, Asker, Command};
use billing::id::DocumentId;
use billing::refusal::Refusal;
use serde::Deserialize;
use store::PayoutRow;

use super::amount_form::{Wrong, account_of, amount_form};
use super::desk::{Desk, typed_amount};
use super::views::FormPage;
use super::views::form::Input;
use super::views::list::Tab;
use super::words::amount;
use crate::app::App;
use crate::auth::Staff;
use crate::forms::form_key;
use crate::ui::{AdminSection, Fact, Field};
use crate::web::{PageError, page, page_with, sentence};

/// What is typed to ask for one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    key: String,
    amount: String,
    to: String,
}

/// `GET /admin/customers/{id}/payout`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let most = account.cashable();
    let suggested = if most.is_positive() { most.decimal() } else { String::new() };
    let typed = Typed { key: form_key(), amount: suggested, ..Typed::default() };
    Ok(page(&asking(&app, &desk, &account, &typed, Wrong::default()).await?)?.into_response())
}

/// `POST /admin/customers/{id}/payout`: for the fee that is on it now.
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let wrong = match typed_amount(&typed.amount, account.currency) {
        Err(wrong) => Wrong::amount(wrong),
        Ok(amount) => {
            let to = typed.to.trim().to_owned();
            let command = Command::RequestPayout { amount, fee: None, to, asked_by: Asker::Staff };
            match desk.run(&app, account.id, &typed.key, command).await? {
                Ok(_) => return Ok(Redirect::to("/admin/payments/payouts?done=payout").into_response()),
                Err(refusal) => Wrong::of(&refusal),
            }
        }
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &asking(&app, &desk, &account, &typed, wrong).await?)
}

async fn asking(app: &App, desk: &Desk, account: &Account, typed: &Typed, wrong: Wrong) -> Result<FormPage, PageError> {
    let (now, id) = (desk.now, account.id);
    let fee = app.read(move |engine| Ok(engine.read(id, now)?.and_then(|reading| reading.payout_fee()))).await?;
    let href = format!("/admin/customers/{}", account.id);
    let to = Field::new("to", "Where to", "text").value(&typed.to);
    let to = to.help("The account holder and the IBAN or account number, as the customer said.");
    let fee = fee.map_or("none: customers cannot ask for cash themselves".to_owned(), |fee| format!("{fee}%"));
    Ok(FormPage {
        page: desk
            .page("Pay balance out", AdminSection::Customers)
            .crumb("Customers", "/admin/customers")
            .crumb(&account.name, &href),
        facts: vec![
            Fact::new("Customer", account.name.as_str()),
            Fact::new("Balance now", amount(account.balance)),
            Fact::new("Can be paid out", amount(account.cashable())),
            Fact::new("Fee of the policy", fee.as_str()),
        ],
        action: format!("{href}/payout"),
        consequences: vec![
            "The amount is taken off the balance at once, with a numbered document and a mail.".to_owned(),
            "Send it by your bank afterwards, and say so under Payments, Payouts.".to_owned(),
        ],
        button: "Take it off the balance".to_owned(),
        back: ("Back to the customer".to_owned(), href),
        ..amount_form(desk, account, (&typed.key, &typed.amount), to, wrong)
    })
}

/// What is typed to close one: the bank's reference, or why it came back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Closing {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    key: String,
    note: String,
}

/// How a payout is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Sent,
    Returned,
}

/// `GET /admin/payouts/{id}/sent`
pub(super) async fn show_sent(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    show_closing(app, staff, &id, Close::Sent).await
}

/// `POST /admin/payouts/{id}/sent`
pub(super) async fn submit_sent(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Closing>,
) -> Result<Response, PageError> {
    submit_closing(app, staff, &id, typed, Close::Sent).await
}

/// `GET /admin/payouts/{id}/returned`
pub(super) async fn show_returned(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    show_closing(app, staff, &id, Close::Returned).await
}

/// `POST /admin/payouts/{id}/returned`
pub(super) async fn submit_returned(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Closing>,
) -> Result<Response, PageError> {
    submit_closing(app, staff, &id, typed, Close::Returned).await
}

/// The payout of an address, while it is open. One that is closed has its document to say so.
async fn open(app: &App, id: &str) -> Result<Result<PayoutRow, Redirect>, PageError> {
    let id = DocumentId::parse(id).map_err(|_| PageError::NotFound)?;
    let row = app.read(move |engine| Ok(engine.store().payout(None, id)?)).await?.ok_or(PageError::NotFound)?;
    Ok(if row.payout.is_open() { Ok(row) } else { Err(Redirect::to(&format!("/admin/documents/{id}"))) })
}

async fn show_closing(app: App, staff: Staff, id: &str, close: Close) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    match open(&app, id).await? {
        Ok(row) => {
            let typed = Closing { key: form_key(), ..Closing::default() };
            Ok(page(&closing(&desk, &row, &typed, close, None, None))?.into_response())
        }
        Err(elsewhere) => Ok(elsewhere.into_response()),
    }
}

async fn submit_closing(app: App, staff: Staff, id: &str, typed: Closing, close: Close) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let row = match open(&app, id).await? {
        Ok(row) => row,
        Err(elsewhere) => return Ok(elsewhere.into_response()),
    };
    let (payout, note) = (row.payout.id, typed.note.trim().to_owned());
    let (command, done) = match close {
        Close::Sent => (Command::ConfirmPayout { payout, reference: note }, "payout-sent"),
        Close::Returned => (Command::ReturnPayout { payout, reason: note }, "payout-returned"),
    };
    let (wrong, problem) = match desk.run(&app, row.account, &typed.key, command).await? {
        Ok(Answer::PayoutClosed { .. }) => {
            return Ok(Redirect::to(&format!("/admin/payments/payouts?done={done}")).into_response());
        }
        Ok(_) => (Some("Another transfer has this reference already. Nothing was booked.".to_owned()), None),
        Err(refusal) => match *refusal {
            Refusal::BadText { .. } => (Some(sentence(&refusal.to_string())), None),
            _ => (None, Some(sentence(&refusal.to_string()))),
        },
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &closing(&desk, &row, &typed, close, wrong, problem))
}

fn closing(
    desk: &Desk,
    row: &PayoutRow,
    typed: &Closing,
    close: Close,
    wrong: Option<String>,
    problem: Option<String>,
) -> FormPage {
    let payout = &row.payout;
    let address = |close: Close| match close {
        Close::Sent => format!("/admin/payouts/{}/sent", payout.id),
        Close::Returned => format!("/admin/payouts/{}/returned", payout.id),
    };
    let net = amount(payout.net());
    let (label, help, consequences, button) = match close {
        Close::Sent => (
            "The bank’s reference",
            "As the account statement has it. One reference is booked once.",
            [
                "Send the money by your bank first: this only notes that you did.",
                "The fee becomes income, and the customer is told by mail.",
            ],
            format!("{} was sent", net.text),
        ),
        Close::Returned => (
            "Reason",
            "The customer reads it on the receipt.",
            ["All of it goes back to the customer’s balance, with a numbered receipt and a mail.", "No fee is taken."],
            "Put it back on the balance".to_owned(),
        ),
    };
    let mut note = Field::new("note", label, "text").value(&typed.note).help(help);
    note.error = wrong;
    let tab = |name: &str, of: Close| Tab::new(name, address(of), of == close);
    FormPage {
        page: desk
            .page(format!("Payout {}", row.number), AdminSection::Payments)
            .crumb("Payments", "/admin/payments")
            .crumb("Payouts", "/admin/payments/payouts"),
        tabs: vec![tab("It was sent", Close::Sent), tab("It cannot be sent", Close::Returned)],
        facts: vec![
            Fact::new("Customer", row.account_name.as_str()),
            Fact::new("Where to", payout.to.as_str()),
            Fact::new("To send", net),
            Fact::new("Fee that is kept", amount(payout.fee)),
        ],
        problem,
        action: address(close),
        key: typed.key.clone(),
        inputs: vec![Input::Field(note)],
        consequences: consequences.map(str::to_owned).to_vec(),
        button,
        danger: close == Close::Returned,
        back: ("Back to the payouts".to_owned(), "/admin/payments/payouts".to_owned()),
    }
}
