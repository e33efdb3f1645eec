//! Customers: the list, and one customer with everything that is known about them.

use super::change::{ChangeRow, change_table};
use super::document::{InvoiceRow, invoice_table};
use super::list::without_second_column;
use super::log::{EntryRow, entry_table};
use super::mail::{MailRow, mail_table};
use super::service::{ServiceRow, service_table};
use crate::ui::{AmountView, Column, DateView, EmptyState, Fact, Icon, MenuItem, Page, Pager, Row, Table, Value};
use askama::Template;

/// A customer in a list.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    /// Their name.
    pub name: String,
    /// Their page.
    pub href: String,
    /// The brand they are a customer of, where there are several.
    pub storefront: Option<String>,
    /// Where mail goes.
    pub email: String,
    /// What is on their balance.
    pub balance: AmountView,
    /// Since when.
    pub opened: DateView,
    /// The address of the form that adds a service.
    pub add_service_href: String,
}

/// The table of customers, newest first.
#[must_use]
pub fn customer_table(rows: &[CustomerRow], pager: Pager) -> Table {
    let row = |row: &CustomerRow| {
        Row::new(vec![
            Value::Link { label: row.name.clone(), href: row.href.clone(), note: row.storefront.clone() },
            row.email.as_str().into(),
            row.opened.clone().into(),
            row.balance.clone().into(),
        ])
        .with_menu(
            row.name.clone(),
            vec![
                MenuItem::new("View", row.href.clone(), Icon::Person),
                MenuItem::new("Add a service", row.add_service_href.clone(), Icon::Server),
            ],
        )
    };
    Table {
        caption: "Customers, newest first".into(),
        columns: vec![Column::new("Customer"), Column::new("Email"), Column::new("Since"), Column::numeric("Balance")],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState {
            action: Some(("Open a customer's account".into(), "/admin/customers/new".into())),
            ..EmptyState::new(
                Icon::Person,
                "No customers here",
                "Everyone who has an account is listed here, with their balance.",
            )
        },
        pager,
    }
}

/// `GET /admin/customers/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/customer.html")]
pub struct CustomerPage {
    /// Around the content; its title is the customer's name.
    pub page: Page,
    /// The customer's page, under which the actions stand.
    pub href: String,
    /// Email, zone, currency, id.
    pub facts: Vec<Fact>,
    /// What is on the balance, free to use.
    pub balance: AmountView,
    /// What is set aside for open invoices.
    pub reserved: AmountView,
    /// What is open on invoices.
    pub open: AmountView,
    /// How many invoices are open.
    pub open_count: usize,
    /// Their services.
    pub services: Vec<ServiceRow>,
    /// Their newest documents.
    pub documents: Vec<InvoiceRow>,
    /// The newest movements of the balance.
    pub movements: Vec<MovementRow>,
    /// Their newest changes.
    pub changes: Vec<ChangeRow>,
    /// The newest mails to them.
    pub mails: Vec<MailRow>,
    /// The newest entries of their log.
    pub log: Vec<EntryRow>,
    /// The whole lists: words and address.
    pub lists: Vec<(String, String)>,
}

/// A movement of the balance. Behind each stands a numbered document.
#[derive(Clone, Debug)]
pub struct MovementRow {
    /// When.
    pub at: DateView,
    /// What happened.
    pub what: String,
    /// The document: number and page.
    pub document: (String, String),
    /// The amount; below zero for what was used.
    pub amount: AmountView,
}

impl CustomerPage {
    fn service_table(&self) -> Table {
        let mut table = without_second_column(service_table(&self.services, Pager::default()));
        table.empty = EmptyState {
            action: Some(("Add a service".into(), format!("{}/services/new", self.href))),
            ..EmptyState::new(Icon::Server, "No services yet", "The services of this customer will be listed here.")
        };
        table
    }

    fn document_table(&self) -> Table {
        without_second_column(invoice_table(&self.documents, Pager::default()))
    }

    fn change_table(&self) -> Table {
        without_second_column(change_table(&self.changes, Pager::default()))
    }

    fn mail_table(&self) -> Table {
        mail_table(&self.mails, Pager::default())
    }

    fn log_table(&self) -> Table {
        without_second_column(entry_table(&self.log, Pager::default()))
    }

    fn movement_table(&self) -> Table {
        let row = |row: &MovementRow| {
            Row::new(vec![
                row.what.as_str().into(),
                row.at.clone().into(),
                Value::link(row.document.0.clone(), row.document.1.clone()),
                row.amount.clone().into(),
            ])
        };
        Table {
            caption: "Movements of the balance, newest first".into(),
            columns: vec![
                Column::new("What happened"),
                Column::new("When"),
                Column::new("Document"),
                Column::numeric("Amount"),
            ],
            rows: self.movements.iter().map(row).collect(),
            empty: EmptyState::new(
                Icon::Purse,
                "Nothing has moved yet",
                "What comes back from a smaller plan, and what staff grant, will be listed here.",
            ),
            pager: Pager::default(),
        }
    }
}
