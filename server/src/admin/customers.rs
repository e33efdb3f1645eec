//! The list of customers, the same as a CSV file, and the search that stands on every page.

use std::fmt::Write;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use billing::id::{AccountId, ChangeId, DocumentId, ServiceId};
use engine::{Engine, EngineError};
use serde::Deserialize;
use store::{AccountFilter, AccountRow, Cursor, Window};

use super::desk::{Asked, Desk};
use super::rows::customer_row;
use super::views::ListPage;
use super::views::customer::customer_table;
use super::views::list::{Filter, Tab};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::encoded;
use crate::ui::{AdminSection, Field};
use crate::web::{PageError, page};

/// The most customers of one file. A larger book is exported with the command line.
const MAX_EXPORT: usize = 10_000;

/// `GET /admin/customers`
pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let (filter, window) = (filter(asked.q.as_deref(), asked.storefront.as_deref()), asked.window()?);
    let found = app.read(move |engine| Ok(engine.store().accounts(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| customer_row(&desk, row)).collect();
    let pager = asked.pager("/admin/customers", found.next.as_ref());
    let mut list = ListPage::new(desk.page("Customers", AdminSection::Customers), customer_table(&rows, pager));
    let q = asked.q.clone().unwrap_or_default();
    list.page.search.clone_from(&q);
    list.page.notice = asked.notice();
    list.filter = Some(Filter {
        action: "/admin/customers".to_owned(),
        field: Field::new("q", "Name, email, service, id or invoice number", "search").value(q).optional(),
    });
    list.tabs = storefront_tabs(&desk, &asked);
    list.export_href = Some(asked.href("/admin/customers.csv", None, None));
    list.main = Some(("Open an account".to_owned(), "/admin/customers/new".to_owned()));
    Ok(page(&list)?.into_response())
}

fn filter(q: Option<&str>, storefront: Option<&str>) -> AccountFilter {
    let search = q.map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned);
    AccountFilter { storefront: storefront.map(str::to_owned), search }
}

/// Every storefront's customers, or one's; nothing where there is but one.
fn storefront_tabs(desk: &Desk, asked: &Asked) -> Vec<Tab> {
    if desk.storefronts.len() < 2 {
        return Vec::new();
    }
    let tab = |label: &str, storefront: Option<&String>| {
        let there = Asked { q: asked.q.clone(), storefront: storefront.cloned(), ..Asked::default() };
        Tab::new(label, there.href("/admin/customers", None, None), asked.storefront.as_ref() == storefront)
    };
    let each = desk.storefronts.iter().map(|(name, brand)| tab(brand, Some(name)));
    std::iter::once(tab("All storefronts", None)).chain(each).collect()
}

/// `GET /admin/customers.csv`
pub(super) async fn export(
    State(app): State<App>,
    _staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let filter = filter(asked.q.as_deref(), asked.storefront.as_deref());
    let rows = app.read(move |engine| every_row(engine, &filter)).await?;
    let mut text =
        "id,storefront,name,email,zone,currency,balance,set_aside,services,open_invoices,opened_at\r\n".to_owned();
    for row in rows {
        let account = &row.account;
        let fields = [
            account.id.to_string(),
            account.storefront.clone(),
            account.name.clone(),
            account.email.clone(),
            account.zone.name().to_owned(),
            account.currency.to_string(),
            account.balance.decimal(),
            account.reserved.decimal(),
            row.subscriptions.to_string(),
            row.open_invoices.to_string(),
            account.opened_at.to_string(),
        ];
        let fields: Vec<_> = fields.iter().map(|field| csv_field(field)).collect();
        let _ = write!(text, "{}\r\n", fields.join(","));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"customers.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn every_row(engine: &Engine, filter: &AccountFilter) -> Result<Vec<AccountRow>, EngineError> {
    let mut rows = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let window = Window { after, limit: 200 };
        let found = engine.store().accounts(filter, &window)?;
        rows.extend(found.rows);
        after = found.next;
        if after.is_none() || rows.len() >= MAX_EXPORT {
            return Ok(rows);
        }
    }
}

/// A field of a CSV file after RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe.
fn csv_field(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '@', '\t', '\r']) || (field.starts_with('-') && !is_number(field));
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

fn is_number(field: &str) -> bool {
    field.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

/// What was searched for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
}

/// `GET /admin/search`: straight to the one thing that is meant, or to the list of all that could be.
pub(super) async fn search(
    State(app): State<App>,
    staff: Staff,
    Query(sought): Query<Sought>,
) -> Result<Redirect, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let q = sought.q.trim().to_owned();
    let everyone = format!("/admin/customers?q={}", encoded(&q));
    if q.is_empty() {
        return Ok(Redirect::to("/admin/customers"));
    }
    let filter = filter(Some(&q), None);
    let storefronts = desk.storefronts;
    let found = app.read(move |engine| {
        if let Some(href) = named(engine, &storefronts, &q)? {
            return Ok(Some(href));
        }
        let found = engine.store().accounts(&filter, &Window::first(2))?;
        Ok(match found.rows.as_slice() {
            [only] => Some(format!("/admin/customers/{}", only.account.id)),
            _ => None,
        })
    });
    Ok(Redirect::to(&found.await?.unwrap_or(everyone)))
}

/// The page of what a number or an id names.
fn named(engine: &Engine, storefronts: &[(String, String)], q: &str) -> Result<Option<String>, EngineError> {
    let store = engine.store();
    // Each storefront counts its documents from 1, so one number may name several: then the list shows whose they are.
    let mut numbered = Vec::new();
    for (storefront, _) in storefronts {
        numbered.extend(store.document_by_number(None, storefront, q)?);
    }
    if let [only] = numbered.as_slice() {
        return Ok(Some(format!("/admin/documents/{}", only.document.id)));
    }
    let is_there = if let Ok(id) = AccountId::parse(q) {
        store.account(id)?.map(|_| format!("/admin/customers/{id}"))
    } else if let Ok(id) = ServiceId::parse(q) {
        store.subscription_of_service(None, id)?.map(|_| format!("/admin/services/{id}"))
    } else if let Ok(id) = ChangeId::parse(q) {
        store.change(None, id)?.map(|_| format!("/admin/changes/{id}"))
    } else if let Ok(id) = DocumentId::parse(q) {
        store.document(None, id)?.map(|_| format!("/admin/documents/{id}"))
    } else {
        None
    };
    Ok(is_there)
}

#[cfg(test)]
mod tests {
    use super::csv_field;

    #[test]
    fn a_field_is_quoted_where_it_must_be_and_is_never_a_formula() {
        assert_eq!(csv_field("Anna"), "Anna");
        assert_eq!(csv_field("Lindqvist, Anna"), "\"Lindqvist, Anna\"");
        assert_eq!(csv_field("says \"so\""), "\"says \"\"so\"\"\"");
        assert_eq!(csv_field("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(csv_field("-1+1"), "'-1+1");
        assert_eq!(csv_field("-6.67"), "-6.67");
    }
}
