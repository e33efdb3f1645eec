//! Customers: list, open, look at one, its balance. The rules are in `billing::decide`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use billing::calendar::Zone;
use billing::command::{Answer, Command};
use billing::id::AccountId;
use billing::ledger::LedgerAccount;
use billing::money::Currency;
use engine::{Ask, Ran, new_account_id};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{AccountFilter, AccountRow, PostingFilter, PostingRow};
use utoipa::{IntoParams, ToSchema};

use super::auth::{Caller, Writer};
use super::list::{listed, window};
use super::money_body::{Amount, Listed};
use super::problem::Problem;
use super::read::{Body, Id, Query};
use super::repeated;
use crate::app::App;

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerBody {
    /// Its id.
    #[schema(example = "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000")]
    pub id: String,
    /// Its name.
    #[schema(example = "Anna Example")]
    pub name: String,
    /// Where mail goes.
    #[schema(example = "anna@example.org")]
    pub email: String,
    /// The IANA zone in which its days are counted.
    #[schema(example = "Europe/Berlin")]
    pub zone: String,
    /// The currency of its money.
    #[schema(example = "EUR")]
    pub currency: String,
    /// The storefront it belongs to.
    #[schema(example = "vps")]
    pub storefront: String,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Timestamp,
    /// What is held for it.
    pub balance: BalanceBody,
    /// How many services run.
    pub services: i64,
    /// How many invoices wait for money.
    pub open_invoices: i64,
}

/// What is held for a customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceBody {
    /// Free to use.
    pub available: Amount,
    /// Set aside for open invoices.
    pub reserved: Amount,
}

impl CustomerBody {
    fn of(row: &AccountRow) -> Self {
        let account = &row.account;
        Self {
            id: account.id.to_string(),
            name: account.name.clone(),
            email: account.email.clone(),
            zone: account.zone.name().to_owned(),
            currency: account.currency.to_string(),
            storefront: account.storefront.clone(),
            opened_at: account.opened_at,
            balance: BalanceBody { available: account.balance.into(), reserved: account.reserved.into() },
            services: row.subscriptions,
            open_invoices: row.open_invoices,
        }
    }
}

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichCustomers {
    /// A part of the name, mail address or a service's name, an id, or the number of an invoice.
    #[param(max_length = 200)]
    q: Option<String>,
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// List customers, newest first. A key of one customer sees that one.
#[utoipa::path(get, path = "/v1/customers", tag = "Customers", operation_id = "listCustomers",
    params(WhichCustomers), responses((status = 200, description = "One page.", body = Listed<CustomerBody>)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<WhichCustomers>,
) -> Result<Json<Listed<CustomerBody>>, Problem> {
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    if which.q.as_ref().is_some_and(|text| text.chars().count() > 200 || text.contains('\0')) {
        return Err(Problem::with("bad-query", "`q` must have at most 200 characters.").at("q"));
    }
    if let Some(own) = caller.account {
        let row = app.read(move |engine| Ok(engine.store().account(own)?)).await?;
        return Ok(Json(Listed { data: row.iter().map(CustomerBody::of).collect(), next: None }));
    }
    let filter = AccountFilter { storefront: None, search: which.q };
    let page = app.read(move |engine| Ok(engine.store().accounts(&filter, &window)?)).await?;
    Ok(Json(listed(page, CustomerBody::of)))
}

/// A customer to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "Anna Example", "email": "anna@example.org", "zone": "Europe/Berlin" }))]
pub struct OpenCustomer {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Where mail goes.
    #[schema(min_length = 3, max_length = 254)]
    email: String,
    /// The IANA zone in which its days are counted; the storefront's where missing.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    zone: Option<Zone>,
    /// The currency of its money; the storefront's where missing. It never changes.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$")]
    #[serde(default)]
    currency: Option<Currency>,
}

/// The customer that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerOpened {
    /// Its id.
    #[schema(example = "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000")]
    id: String,
}

/// Open a customer.
///
/// Only for keys of the business.
#[utoipa::path(post, path = "/v1/customers", tag = "Customers", operation_id = "openCustomer",
    request_body = OpenCustomer,
    responses((status = 201, description = "Opened.", body = CustomerOpened)))]
pub async fn open(
    State(app): State<App>,
    writer: Writer,
    Body(new): Body<OpenCustomer>,
) -> Result<impl IntoResponse, Problem> {
    writer.caller.must_be_staff()?;
    if !is_mail_address(&new.email) {
        return Err(Problem::bad_field("/email", "The field /email must be a mail address such as anna@example.org."));
    }
    let now = app.now();
    let account = id_of_cause(&writer).unwrap_or_else(|| new_account_id(now));
    let storefront = app.settings.storefront.clone();
    let ran = app
        .write(move |engine| {
            let catalogue = engine.catalogue(&storefront)?;
            let command = Command::OpenAccount {
                storefront,
                name: new.name,
                email: new.email,
                zone: new.zone.unwrap_or_else(|| catalogue.zone.clone()),
                currency: new.currency.unwrap_or(catalogue.currency),
            };
            engine.run(&Ask { account, actor: writer.caller.actor(), key: writer.key, command }, now)
        })
        .await?;
    let Ran { answer: Answer::AccountOpened { account }, repeated: again, .. } = ran else {
        return Err(Problem::failed(&"opening a customer answered something else"));
    };
    let place = format!("/v1/customers/{account}");
    let body = CustomerOpened { id: account.to_string() };
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], repeated(again), Json(body)))
}

/// A repeated request must meet the account that it opened: its id comes from the idempotency key.
fn id_of_cause(writer: &Writer) -> Option<AccountId> {
    let hash = Sha256::digest(writer.key.as_ref()?.as_bytes());
    let bytes = hash.first_chunk::<16>()?;
    Some(AccountId::from_uuid(uuid::Builder::from_custom_bytes(*bytes).into_uuid()))
}

fn is_mail_address(text: &str) -> bool {
    let plain = |text: &str| !text.is_empty() && !text.chars().any(|letter| letter.is_whitespace() || letter == '@');
    text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host)) && !text.contains(char::is_control)
}

/// Look at one customer.
#[utoipa::path(get, path = "/v1/customers/{id}", tag = "Customers", operation_id = "getCustomer",
    params(("id" = String, Path, description = "The customer's id.")),
    responses((status = 200, description = "The customer.", body = CustomerBody)))]
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<AccountId>) -> Result<Json<CustomerBody>, Problem> {
    caller.must_reach(id)?;
    let row = app.read(move |engine| Ok(engine.store().account(id)?)).await?;
    row.as_ref().map(CustomerBody::of).map(Json).ok_or_else(Problem::not_found)
}

/// The balance of a customer and one page of what moved it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BalancePage {
    /// Free to use.
    available: Amount,
    /// Set aside for open invoices.
    reserved: Amount,
    /// What moved the free balance, newest first.
    data: Vec<Movement>,
    /// The cursor of the next page; null on the last one.
    next: Option<String>,
}

/// One movement of a balance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Movement {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Positive: the balance grew.
    amount: Amount,
    /// The id of the document behind it.
    document: String,
    /// Its number.
    #[schema(example = "CN-2027-0001")]
    number: String,
    /// `invoice`, `credit_note` or `receipt`.
    #[schema(example = "credit_note")]
    kind: String,
}

impl Movement {
    fn of(row: &PostingRow) -> Self {
        Self {
            at: row.at,
            // A liability: what we hold for the customer is on the credit side, which the ledger writes negative.
            amount: (-row.posting.amount).into(),
            document: row.posting.document.to_string(),
            number: row.number.clone(),
            kind: row.kind.name().to_owned(),
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichPage {
    /// `next` of the page before.
    #[param(min_length = 1, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// The most rows; 25 where missing.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// Look at a customer's balance and its movements, newest first, each with its numbered document.
#[utoipa::path(get, path = "/v1/customers/{id}/balance", tag = "Customers", operation_id = "getBalance",
    params(("id" = String, Path, description = "The customer's id."), WhichPage),
    responses((status = 200, description = "The balance, and one page of its movements.", body = BalancePage)))]
pub async fn balance(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<AccountId>,
    Query(which): Query<WhichPage>,
) -> Result<Json<BalancePage>, Problem> {
    caller.must_reach(id)?;
    let window = window(which.limit.as_deref(), which.cursor.as_deref())?;
    let filter = PostingFilter { account: Some(id), ledger: Some(LedgerAccount::Balance) };
    let found = app
        .read(move |engine| {
            let Some(row) = engine.store().account(id)? else { return Ok(None) };
            Ok(Some((row.account, engine.store().postings(&filter, &window)?)))
        })
        .await?;
    let (account, page) = found.ok_or_else(Problem::not_found)?;
    let Listed { data, next } = listed(page, Movement::of);
    Ok(Json(BalancePage { available: account.balance.into(), reserved: account.reserved.into(), data, next }))
}
