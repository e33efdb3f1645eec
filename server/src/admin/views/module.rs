//! Modules: what they were asked and what they answered, and the queue of wishes to the outside.

use crate::ui::{Badge, Column, DateView, EmptyState, Fact, Icon, Page, Pager, Row, Table, Value};
use askama::Template;

/// One run of a module.
#[derive(Clone, Debug)]
pub struct RunRow {
    /// When it began.
    pub at: DateView,
    /// Its page.
    pub href: String,
    /// The service: label and page.
    pub service: (String, String),
    /// The module's name and the order it worked on.
    pub what: String,
    /// Done, working, failed, running.
    pub outcome: Badge,
    /// How long it took; none while it runs.
    pub took: Option<String>,
}

/// The table of runs, newest first.
#[must_use]
pub fn run_table(rows: &[RunRow], pager: Pager) -> Table {
    let row = |row: &RunRow| {
        Row::new(vec![
            Value::Link { label: row.at.text.clone(), href: row.href.clone(), note: Some(row.what.clone()) },
            Value::link(row.service.0.clone(), row.service.1.clone()),
            row.outcome.clone().into(),
            row.took.clone().map_or(Value::Nothing, Value::Text),
        ])
    };
    Table {
        caption: "Runs of server modules, newest first".into(),
        columns: vec![Column::new("Began"), Column::new("Service"), Column::new("Outcome"), Column::numeric("Took")],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Plug,
            "No module has run yet",
            "Each time a module is asked to make a service what it shall be, its answer is kept here.",
        ),
        pager,
    }
}

/// One wish to the outside.
#[derive(Clone, Debug)]
pub struct EffectRow {
    /// `Charge €13.33`, `Make web-1 what it shall be`, `Send plan_changed`.
    pub what: String,
    /// The page on which it can be delivered again; none where it was not given up.
    pub href: Option<String>,
    /// The customer: name and page.
    pub customer: (String, String),
    /// From when it may be delivered.
    pub due: DateView,
    /// Waiting, done, given up.
    pub state: Badge,
    /// How often it was tried.
    pub tries: String,
    /// What went wrong last.
    pub error: Option<String>,
}

/// The table of wishes, newest first.
#[must_use]
pub fn effect_table(rows: &[EffectRow], pager: Pager) -> Table {
    let row = |row: &EffectRow| {
        let what = match &row.href {
            Some(href) => Value::Link { label: row.what.clone(), href: href.clone(), note: None },
            None => Value::text(row.what.clone()),
        };
        Row::new(vec![
            what,
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.due.clone().into(),
            row.state.clone().into(),
            row.error.clone().map_or(Value::Nothing, Value::Text),
            row.tries.as_str().into(),
        ])
    };
    Table {
        caption: "The queue of wishes to the outside, newest first".into(),
        columns: vec![
            Column::new("Wish"),
            Column::new("Customer"),
            Column::new("Due"),
            Column::new("State"),
            Column::new("What went wrong"),
            Column::numeric("Tries"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Plug,
            "Nothing waits here",
            "Payments to take, services to make and mails to send stand here until they are delivered.",
        ),
        pager,
    }
}

/// `GET /admin/modules/{id}`: one run.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/run.html")]
pub struct RunPage {
    /// Around the content.
    pub page: Page,
    /// Done, working, failed, running.
    pub outcome: Badge,
    /// Service, module, order, times.
    pub facts: Vec<Fact>,
    /// What the module was given.
    pub input: String,
    /// What it gave back; none while it runs.
    pub output: Option<String>,
}
