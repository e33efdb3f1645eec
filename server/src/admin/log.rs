//! The log of all accounts, newest first, and one entry with everything that proof replays.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use billing::id::CommandId;
use store::LogFilter;

use super::desk::{Asked, Desk, customer};
use super::modules::pretty;
use super::rows::{actor_text, entry_row};
use super::views::log::entry_table;
use super::views::{EntryPage, ListPage};
use crate::app::App;
use crate::auth::Staff;
use crate::ui::{AdminSection, Fact, Value};
use crate::web::{PageError, page};

/// `GET /admin/log`
pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let filter = LogFilter { account: asked.account()?, name: None };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().log(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| entry_row(&desk, row)).collect();
    let path = "/admin/log";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Log", AdminSection::Log), entry_table(&rows, pager));
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// `GET /admin/log/{command}`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(command): Path<String>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let id = CommandId::parse(&command).map_err(|_| PageError::NotFound)?;
    let found = app.read(move |engine| Ok(engine.store().log_entry(None, id)?)).await?;
    let row = found.ok_or(PageError::NotFound)?;
    let entry = &row.entry;
    let (name, href) = customer(&row.account_name, entry.account);
    let shown = EntryPage {
        page: desk
            .page(format!("Log entry {}", entry.version), AdminSection::Log)
            .crumb("Log", "/admin/log")
            .crumb(&name, &href),
        what: entry_row(&desk, &row).what,
        facts: vec![
            Fact::new("Customer", Value::link(name, href)),
            Fact::new("When", desk.at(entry.at)),
            Fact::new(
                "Who",
                match actor_text(&entry.actor) {
                    (name, Some(role)) => Value::Noted(name, role.to_owned()),
                    (name, None) => Value::text(name),
                },
            ),
            Fact::new("Command", Value::Code(entry.name.clone())),
            Fact::new("Number in the account", entry.version.to_string()),
            Fact::new("Key of the request", entry.key.clone().map_or(Value::Nothing, Value::Code)),
            Fact::new("Id", Value::Code(entry.command.to_string())),
        ],
        proof: vec![
            Fact::new("Digest of the command", Value::Code(entry.digest.clone())),
            Fact::new("Hash", Value::Code(entry.hash.clone())),
        ],
        body: pretty(&entry.body),
        links: vec![(
            format!("All of the log of {}", row.account_name),
            format!("/admin/log?customer={}", entry.account),
        )],
    };
    Ok(page(&shown)?.into_response())
}
