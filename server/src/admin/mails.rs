//! The mail log: the list, one mail, and its HTML part at an address of its own, where nothing in it can run.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use billing::id::EffectId;
use store::{MailFilter, StoredMail};

use super::desk::{Asked, Desk, customer};
use super::rows::{document_link, mail_row};
use super::views::mail::mail_table;
use super::views::{ListPage, MailPage};
use crate::app::App;
use crate::auth::Staff;
use crate::ui::{AdminSection, Fact, Value};
use crate::web::{PageError, page};

/// What a mail may do in a browser: be seen, in its own colours, and nothing else.
const FOR_MAILS: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/// `GET /admin/mail`
pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let filter = MailFilter { account: asked.account()? };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().mails(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| mail_row(&desk, row)).collect();
    let path = "/admin/mail";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Mail", AdminSection::Mail), mail_table(&rows, pager));
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

async fn stored(app: &App, id: &str) -> Result<(StoredMail, Option<(String, String)>), PageError> {
    let id = EffectId::parse(id).map_err(|_| PageError::NotFound)?;
    let read = app.read(move |engine| {
        let store = engine.store();
        let Some(mail) = store.mail(None, id)? else { return Ok(None) };
        let document = match mail.row.document {
            Some(id) => document_link(store, id)?,
            None => None,
        };
        Ok(Some((mail, document)))
    });
    read.await?.ok_or(PageError::NotFound)
}

/// `GET /admin/mail/{id}`
pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let (mail, document) = stored(&app, &id).await?;
    let row = &mail.row;
    let (name, href) = customer(&row.account_name, row.account);
    let document = document.map_or(Value::Nothing, |(number, href)| Value::link(number, href));
    let shown = MailPage {
        page: desk.page(&row.subject, AdminSection::Mail).crumb("Mail", "/admin/mail"),
        facts: vec![
            Fact::new("To", row.to.as_str()),
            Fact::new("Customer", Value::link(name, href)),
            Fact::new("Written", desk.at(row.at)),
            Fact::new("Template", Value::Code(row.template.clone())),
            Fact::new("Document", document),
            Fact::new("Id", Value::Code(row.id.to_string())),
        ],
        text: mail.text.clone(),
        html_href: format!("/admin/mail/{}/html", row.id),
    };
    Ok(page(&shown)?.into_response())
}

/// `GET /admin/mail/{id}/html`
pub(super) async fn html(State(app): State<App>, _staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let (mail, _) = stored(&app, &id).await?;
    let mut response = Html(mail.html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FOR_MAILS));
    Ok(response)
}
