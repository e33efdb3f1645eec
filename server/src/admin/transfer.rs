//! Money that staff saw arrive at the bank: for an invoice ("mark as paid"), or without one, for the balance. The same
//! reference is booked once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::Account;
use billing::command::{Answer, Command};
use billing::document::Invoice;
use billing::id::DocumentId;
use billing::money::Money;
use serde::Deserialize;
use store::DocumentRow;

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
    reference: String,
}

/// `GET /admin/customers/{id}/transfer`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    let typed = Typed { key: form_key(), ..Typed::default() };
    Ok(page(&to_balance(&desk, &account, &typed, Wrong::default()))?.into_response())
}

/// `POST /admin/customers/{id}/transfer`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let account = account_of(&app, &desk, &id).await?;
    match book(&app, &desk, &account, None, &typed).await? {
        Ok(done) => {
            let done = if done == "booked-before" { done } else { "transfer" };
            Ok(Redirect::to(&format!("/admin/customers/{}?done={done}", account.id)).into_response())
        }
        Err(wrong) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &to_balance(&desk, &account, &typed, wrong)),
    }
}

/// An open invoice with its customer.
struct Unpaid {
    row: DocumentRow,
    account: Account,
    invoice: Invoice,
}

/// The open invoice of an address. One that is closed has its page to say so.
async fn unpaid(app: &App, desk: &Desk, id: &str) -> Result<Result<Unpaid, Redirect>, PageError> {
    let id = DocumentId::parse(id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    let read = app.read(move |engine| {
        let Some(row) = engine.store().document(None, id)? else {
            return Ok(None);
        };
        Ok(engine.account(row.account, now)?.map(|account| (row, account)))
    });
    let (row, account) = read.await?.ok_or(PageError::NotFound)?;
    match account.invoice(id).cloned() {
        Some(invoice) => Ok(Ok(Unpaid { row, account, invoice })),
        None => Ok(Err(Redirect::to(&format!("/admin/documents/{id}")))),
    }
}

/// `GET /admin/documents/{id}/paid`
pub(super) async fn show_paid(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let unpaid = match unpaid(&app, &desk, &id).await? {
        Ok(unpaid) => unpaid,
        Err(elsewhere) => return Ok(elsewhere.into_response()),
    };
    let typed = Typed { key: form_key(), amount: unpaid.invoice.open_amount().decimal(), ..Typed::default() };
    Ok(page(&to_invoice(&desk, &unpaid, &typed, Wrong::default()))?.into_response())
}

/// `POST /admin/documents/{id}/paid`
pub(super) async fn submit_paid(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let unpaid = match unpaid(&app, &desk, &id).await? {
        Ok(unpaid) => unpaid,
        Err(elsewhere) => return Ok(elsewhere.into_response()),
    };
    match book(&app, &desk, &unpaid.account, Some(unpaid.invoice.id), &typed).await? {
        Ok(done) => Ok(Redirect::to(&format!("/admin/documents/{}?done={done}", unpaid.invoice.id)).into_response()),
        Err(wrong) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &to_invoice(&desk, &unpaid, &typed, wrong)),
    }
}

/// Books what was typed: the code of what to say, or what is wrong.
async fn book(
    app: &App,
    desk: &Desk,
    account: &Account,
    invoice: Option<DocumentId>,
    typed: &Typed,
) -> Result<Result<&'static str, Wrong>, PageError> {
    let money: Money = match typed_amount(&typed.amount, account.currency) {
        Ok(money) => money,
        Err(text) => return Ok(Err(Wrong::amount(text))),
    };
    let command = Command::ReceiveTransfer { invoice, amount: money, reference: typed.reference.trim().to_owned() };
    Ok(match desk.run(app, account.id, &typed.key, command).await? {
        Ok(Answer::PaymentNoted { paid: Some(_), .. }) => Ok("paid"),
        Ok(Answer::PaymentNoted { .. }) => Ok("balance"),
        Ok(_) => Ok("booked-before"),
        Err(refusal) => Err(Wrong::of(&refusal)),
    })
}

fn to_balance(desk: &Desk, account: &Account, typed: &Typed, wrong: Wrong) -> FormPage {
    let href = format!("/admin/customers/{}", account.id);
    FormPage {
        page: desk
            .page("Record a transfer", AdminSection::Customers)
            .crumb("Customers", "/admin/customers")
            .crumb(&account.name, &href),
        facts: vec![Fact::new("Customer", account.name.as_str()), Fact::new("Balance now", amount(account.balance))],
        action: format!("{href}/transfer"),
        consequences: vec![
            "The money is put on the customer’s balance, with a numbered receipt and a mail.".to_owned(),
            "To pay an invoice with it, open that invoice and mark it as paid instead.".to_owned(),
        ],
        button: "Book the transfer".to_owned(),
        back: ("Back to the customer".to_owned(), href),
        ..form(desk, account, typed, wrong)
    }
}

fn to_invoice(desk: &Desk, unpaid: &Unpaid, typed: &Typed, wrong: Wrong) -> FormPage {
    let Unpaid { row, account, invoice } = unpaid;
    let href = format!("/admin/documents/{}", invoice.id);
    let change = account.subscriptions.iter().find_map(|subscription| {
        let change = subscription.change.as_ref().filter(|change| change.is_open())?;
        (Some(change.id) == invoice.change).then_some((subscription, change))
    });
    let mut consequences = vec!["The invoice is paid, and the customer is told by mail.".to_owned()];
    if let Some((subscription, change)) = change {
        let quote = &change.quote;
        let label = &subscription.service.label;
        let restart = if quote.restart.is_some() { ", and the server restarts" } else { "" };
        consequences.push(format!("{label} goes from {} to {} at once{restart}.", quote.plan_before, quote.plan_after));
    }
    consequences.push(
        "What is more than the open amount goes to the balance; less than it pays nothing and goes there whole."
            .to_owned(),
    );
    FormPage {
        page: desk
            .page(format!("Mark {} as paid", row.number), AdminSection::Invoices)
            .crumb("Invoices", "/admin/invoices")
            .crumb(&row.number, &href),
        facts: vec![Fact::new("Customer", account.name.as_str()), Fact::new("Open", amount(invoice.open_amount()))],
        action: format!("{href}/paid"),
        consequences,
        button: format!("Mark {} as paid", row.number),
        back: ("Back to the invoice".to_owned(), href),
        ..form(desk, account, typed, wrong)
    }
}

/// What both forms have: the amount and the bank's reference.
fn form(desk: &Desk, account: &Account, typed: &Typed, wrong: Wrong) -> FormPage {
    let reference = Field::new("reference", "The bank’s reference", "text").value(&typed.reference);
    let reference = reference.help("As the account statement has it. One reference is booked once.");
    amount_form(desk, account, (&typed.key, &typed.amount), reference, wrong)
}
