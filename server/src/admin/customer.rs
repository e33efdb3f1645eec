//! One customer with everything that is known about them.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use billing::account::Account;
use billing::id::AccountId;
use billing::ledger::LedgerAccount;
use billing::money::sum;
use engine::{Engine, EngineError};
use store::{
    ChangeFilter, ChangeRow, DocumentFilter, DocumentRow, LogFilter, LogRow, Login, MailFilter, MailRow, PostingFilter,
    PostingRow, SubscriptionFilter, SubscriptionRow, Window,
};

use super::desk::{Asked, Desk, FEW};
use super::rows::{change_row, document_href, document_row, entry_row, mail_row, service_row};
use super::views::CustomerPage;
use super::views::customer::MovementRow;
use super::words::amount;
use crate::app::App;
use crate::auth::Staff;
use crate::ui::{AdminSection, Fact, Value};
use crate::web::{PageError, page};

/// Everything that the page shows, read at once.
struct Known {
    account: Account,
    logins: Vec<Login>,
    services: Vec<SubscriptionRow>,
    documents: Vec<DocumentRow>,
    movements: Vec<PostingRow>,
    changes: Vec<ChangeRow>,
    mails: Vec<MailRow>,
    log: Vec<LogRow>,
}

/// `GET /admin/customers/{id}`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let id = AccountId::parse(&id).map_err(|_| PageError::NotFound)?;
    let desk = Desk::open(&app, staff).await?;
    let now = desk.now;
    let known = app.read(move |engine| {
        let account = engine.account(id, now)?;
        account.map(|account| read(engine, account)).transpose()
    });
    let known = known.await?.ok_or(PageError::NotFound)?;
    let desk = desk.at_storefront(&app, &known.account.storefront).await?;
    let mut shown = customer_page(&desk, &known);
    shown.page.notice = asked.notice();
    Ok(page(&shown)?.into_response())
}

fn read(engine: &Engine, account: Account) -> Result<Known, EngineError> {
    let store = engine.store();
    let (whose, few) = (Some(account.id), Window::first(FEW));
    let balance = PostingFilter { account: whose, ledger: Some(LedgerAccount::Balance) };
    Ok(Known {
        logins: store.logins(whose)?,
        services: store
            .subscriptions(
                &SubscriptionFilter { account: whose, ..SubscriptionFilter::default() },
                &Window::first(200),
            )?
            .rows,
        documents: store.documents(&DocumentFilter { account: whose, ..DocumentFilter::default() }, &few)?.rows,
        movements: store.postings(&balance, &few)?.rows,
        changes: store.changes(&ChangeFilter { account: whose, ..ChangeFilter::default() }, &few)?.rows,
        mails: store.mails(&MailFilter { account: whose }, &few)?.rows,
        log: store.log(&LogFilter { account: whose, name: None }, &few)?.rows,
        account,
    })
}

fn customer_page(desk: &Desk, known: &Known) -> CustomerPage {
    let account = &known.account;
    let logins: Vec<_> = known.logins.iter().map(|login| login.email.as_str()).collect();
    let logins = if logins.is_empty() { "none yet".to_owned() } else { logins.join(", ") };
    let open = sum(account.currency, account.invoices.iter().map(billing::document::Invoice::open_amount));
    let list = |words: &str, path: &str| (words.to_owned(), format!("{path}?customer={}", account.id));
    CustomerPage {
        page: desk.page(&account.name, AdminSection::Customers).crumb("Customers", "/admin/customers"),
        href: format!("/admin/customers/{}", account.id),
        facts: vec![
            Fact::new("Email", account.email.as_str()),
            Fact::new("Logs in as", logins),
            Fact::new("Storefront", desk.catalogue.brand.as_str()),
            Fact::new("Time zone", account.zone.name()),
            Fact::new("Currency", account.currency.code()),
            Fact::new("Customer since", desk.at(account.opened_at)),
            Fact::new("Id", Value::Code(account.id.to_string())),
        ],
        balance: amount(account.balance),
        reserved: amount(account.reserved),
        open: amount(open),
        open_count: account.invoices.len(),
        services: known.services.iter().map(|row| service_row(row, &account.zone)).collect(),
        documents: known.documents.iter().map(document_row).collect(),
        movements: known.movements.iter().map(|row| movement_row(desk, row)).collect(),
        changes: known.changes.iter().map(|row| change_row(desk, row)).collect(),
        mails: known.mails.iter().map(|row| mail_row(desk, row)).collect(),
        log: known.log.iter().map(|row| entry_row(desk, row)).collect(),
        lists: vec![
            list("All their documents", "/admin/invoices"),
            list("All their changes", "/admin/changes"),
            list("All their payments", "/admin/payments"),
            list("All their mails", "/admin/mail"),
            list("All of their log", "/admin/log"),
        ],
    }
}

/// The balance is a debt of ours: what is credited to it is more for the customer.
fn movement_row(desk: &Desk, row: &PostingRow) -> MovementRow {
    MovementRow {
        at: desk.at(row.at),
        what: row.summary.clone(),
        document: (row.number.clone(), document_href(row.posting.document)),
        amount: amount(-row.posting.amount),
    }
}
