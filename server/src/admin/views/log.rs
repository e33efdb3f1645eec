//! The log of all accounts: the list, and one entry with everything that proof replays.

use crate::ui::{Column, DateView, EmptyState, Fact, Icon, Page, Pager, Row, Table, Value};
use askama::Template;

/// An entry in a list.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// What happened, in sentences.
    pub what: String,
    /// Its page.
    pub href: String,
    /// The customer: name and page.
    pub customer: (String, String),
    /// When.
    pub at: DateView,
    /// Who asked, and as what; Midcycle itself has no role.
    pub by: (String, Option<&'static str>),
}

/// The table of entries, newest first.
#[must_use]
pub fn entry_table(rows: &[EntryRow], pager: Pager) -> Table {
    let row = |row: &EntryRow| {
        Row::new(vec![
            Value::link(row.what.clone(), row.href.clone()),
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.at.clone().into(),
            match row.by.1 {
                Some(role) => Value::Noted(row.by.0.clone(), role.into()),
                None => Value::text(row.by.0.clone()),
            },
        ])
    };
    Table {
        caption: "The log, newest first".into(),
        columns: vec![Column::new("What happened"), Column::new("Customer"), Column::new("When"), Column::new("By")],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::List,
            "Nothing has happened yet",
            "Everything that changes an account is written down here and never changed afterwards.",
        ),
        pager,
    }
}

/// `GET /admin/log/{command}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/entry.html")]
pub struct EntryPage {
    /// Around the content.
    pub page: Page,
    /// What happened, in sentences.
    pub what: String,
    /// Customer, when, who, command, key.
    pub facts: Vec<Fact>,
    /// The hashes.
    pub proof: Vec<Fact>,
    /// The command with all it brought about, as JSON.
    pub body: String,
    /// Where to read on: words and page.
    pub links: Vec<(String, String)>,
}
