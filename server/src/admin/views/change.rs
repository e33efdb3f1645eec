//! Changes, which are the orders of Midcycle: the list, and one change with everything it did.

use crate::portal::views::plan_change::MoneyLine;
use crate::ui::{AmountView, Badge, Column, DateView, EmptyState, Fact, Icon, Page, Pager, Row, Step, Table, Value};
use askama::Template;

/// A change in a list.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// `Standard to Large`
    pub what: String,
    /// Its page.
    pub href: String,
    /// `Upgrade`, and the service where it is known.
    pub note: String,
    /// The customer: name and page.
    pub customer: (String, String),
    /// When it was submitted.
    pub at: DateView,
    /// Waiting, made, withdrawn, lapsed.
    pub state: Badge,
    /// Above zero to pay, below zero to the balance.
    pub net: AmountView,
}

/// The table of changes, newest first.
#[must_use]
pub fn change_table(rows: &[ChangeRow], pager: Pager) -> Table {
    let row = |row: &ChangeRow| {
        Row::new(vec![
            Value::Link { label: row.what.clone(), href: row.href.clone(), note: Some(row.note.clone()) },
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.at.clone().into(),
            row.state.clone().into(),
            row.net.clone().into(),
        ])
    };
    Table {
        caption: "Changes, newest first".into(),
        columns: vec![
            Column::new("Change"),
            Column::new("Customer"),
            Column::new("Ordered"),
            Column::new("State"),
            Column::numeric("Amount"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Arrows,
            "No changes here",
            "Every change of a plan, by customers and by staff, is listed here. Start one on the page of a service.",
        ),
        pager,
    }
}

/// `GET /admin/changes/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/change.html")]
pub struct ChangePage {
    /// Around the content; its title is `Standard to Large`.
    pub page: Page,
    /// Waiting, made, withdrawn, lapsed.
    pub state: Badge,
    /// What has happened and what comes next.
    pub sentence: String,
    /// Ordered, paid, resizing, done.
    pub steps: Vec<Step>,
    /// Whether the page should look again by itself.
    pub moving: bool,
    /// Customer, service, who asked, when, policy.
    pub facts: Vec<Fact>,
    /// Every line with its derivation.
    pub lines: Vec<MoneyLine>,
    /// Below the lines: words and amount.
    pub sums: Vec<(String, AmountView)>,
    /// Tax that the lines contain, a sentence each.
    pub contained: Vec<String>,
    /// Number, page, what it is.
    pub documents: Vec<(String, String, String)>,
    /// The page that books the money of its invoice; none where nothing is open.
    pub mark_paid_href: Option<String>,
    /// The page that takes it back; none where it is too late.
    pub withdraw_href: Option<String>,
}
