//! Lists of money: invoices, the balance with its movements, all documents.

use crate::ui::{AmountView, Badge, Column, DateView, EmptyState, Icon, Page, Pager, Row, Table, Value};
use askama::Template;

/// `GET /billing`: the invoices.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/invoices.html")]
pub struct InvoicesPage {
    /// Around the content.
    pub page: Page,
    /// What is open on all of them.
    pub open: AmountView,
    /// How many are open.
    pub open_count: usize,
    /// Newest first.
    pub rows: Vec<InvoiceRow>,
    /// Where the other pages are.
    pub pager: Pager,
}

/// An invoice in a list.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    /// `INV-2027-0042`
    pub number: String,
    /// Its page.
    pub href: String,
    /// What it is for.
    pub what: String,
    /// The day it was issued.
    pub issued_on: DateView,
    /// Open, paid, cancelled.
    pub state: Badge,
    /// Total.
    pub total: AmountView,
}

impl InvoicesPage {
    fn table(&self) -> Table {
        Table {
            caption: "Your invoices, newest first".into(),
            columns: vec![
                Column::new("Invoice"),
                Column::new("Issued"),
                Column::new("State"),
                Column::numeric("Total"),
            ],
            rows: self
                .rows
                .iter()
                .map(|row| {
                    Row::new(vec![
                        Value::Link { label: row.number.clone(), href: row.href.clone(), note: Some(row.what.clone()) },
                        row.issued_on.clone().into(),
                        row.state.clone().into(),
                        row.total.clone().into(),
                    ])
                })
                .collect(),
            empty: EmptyState::new(
                Icon::Invoice,
                "No invoices yet",
                "Your first invoice will be here when a period of a service begins, or when you change a plan.",
            ),
            pager: self.pager.clone(),
        }
    }
}

/// `GET /balance`
#[derive(Clone, Debug, Template)]
#[template(path = "portal/balance.html")]
pub struct BalancePage {
    /// Around the content.
    pub page: Page,
    /// What is on the balance.
    pub balance: AmountView,
    /// Newest first.
    pub rows: Vec<Movement>,
    /// Where the other pages are.
    pub pager: Pager,
}

/// A movement of the balance. Behind each stands a numbered document.
#[derive(Clone, Debug)]
pub struct Movement {
    /// The day.
    pub on: DateView,
    /// What happened: `Downgrade of web-1 to Small`.
    pub what: String,
    /// The document: number and page.
    pub document: (String, String),
    /// The amount; below zero for what was used.
    pub amount: AmountView,
    /// The balance after it.
    pub after: AmountView,
}

impl BalancePage {
    fn table(&self) -> Table {
        Table {
            caption: "Movements of your balance, newest first".into(),
            columns: vec![
                Column::new("Day"),
                Column::new("What happened"),
                Column::new("Document"),
                Column::numeric("Amount"),
                Column::numeric("Balance"),
            ],
            rows: self
                .rows
                .iter()
                .map(|row| {
                    Row::new(vec![
                        row.on.clone().into(),
                        Value::text(row.what.clone()),
                        Value::link(row.document.0.clone(), row.document.1.clone()),
                        row.amount.clone().into(),
                        row.after.clone().into(),
                    ])
                })
                .collect(),
            empty: EmptyState {
                action: Some(("Go to my services".into(), "/services".into())),
                ..EmptyState::new(
                    Icon::Purse,
                    "Nothing has moved yet",
                    "When you change to a smaller plan, what you have paid for the rest of the period comes here. It pays your next invoices first.",
                )
            },
            pager: self.pager.clone(),
        }
    }
}

/// `GET /documents`: everything with a number.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/documents.html")]
pub struct DocumentsPage {
    /// Around the content.
    pub page: Page,
    /// Newest first.
    pub rows: Vec<DocumentRow>,
    /// Where the other pages are.
    pub pager: Pager,
}

/// A document in a list.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// `CN-2027-0007`
    pub number: String,
    /// Its page.
    pub href: String,
    /// `Invoice`, `Credit note`, `Receipt`.
    pub kind: String,
    /// What it is for.
    pub what: String,
    /// The day it was issued.
    pub issued_on: DateView,
    /// Total.
    pub total: AmountView,
}

impl DocumentsPage {
    fn table(&self) -> Table {
        Table {
            caption: "Your documents, newest first".into(),
            columns: vec![
                Column::new("Document"),
                Column::new("Kind"),
                Column::new("Issued"),
                Column::numeric("Total"),
            ],
            rows: self
                .rows
                .iter()
                .map(|row| {
                    Row::new(vec![
                        Value::Link { label: row.number.clone(), href: row.href.clone(), note: Some(row.what.clone()) },
                        Value::text(row.kind.clone()),
                        row.issued_on.clone().into(),
                        row.total.clone().into(),
                    ])
                })
                .collect(),
            empty: EmptyState::new(
                Icon::Folder,
                "No documents yet",
                "Invoices, credit notes and receipts will be here, ready to print.",
            ),
            pager: self.pager.clone(),
        }
    }
}
