//! A list of the admin: its filters, which live in the address, and a table. What the rows of each
//! list are stands in the file of their noun.

use crate::ui::{Field, Page, Table};
use askama::Template;

/// Any list: customers, services, changes, invoices and so on.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/list.html")]
pub struct ListPage {
    /// Around the content.
    pub page: Page,
    /// A sentence about what the list shows, where its title does not say it.
    pub lead: Option<String>,
    /// Lists beside this one, or its states.
    pub tabs: Vec<Tab>,
    /// A filter that is typed, and what else of the address it keeps.
    pub filter: Option<Filter>,
    /// What the list is narrowed to, and where all of it is: `Only Anna Lindqvist`, `/admin/log`.
    pub narrowed: Option<(String, String)>,
    /// The rows.
    pub table: Table,
    /// The same list as a CSV file.
    pub export_href: Option<String>,
    /// The one main action: words and address.
    pub main: Option<(String, String)>,
}

impl ListPage {
    /// A list with a table and nothing more.
    #[must_use]
    pub fn new(page: Page, table: Table) -> Self {
        Self { page, table, lead: None, tabs: Vec::new(), filter: None, narrowed: None, export_href: None, main: None }
    }
}

/// A link to another view of the same things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is shown now.
    pub current: bool,
}

impl Tab {
    /// A link to another view of the same things.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current }
    }
}

/// A filter that is typed, sent with GET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The list's address.
    pub action: String,
    /// What is typed.
    pub field: Field,
}

/// The same table on the page of what its second column names: the customer, or the service.
#[must_use]
pub(super) fn without_second_column(mut table: Table) -> Table {
    table.columns.remove(1);
    for row in &mut table.rows {
        row.cells.remove(1);
    }
    table
}
