//! Invoices and other documents: the list, and one document as the customer sees it together with
//! what only staff see: its postings, the tries to pay it, the log.

use super::list::without_second_column;
use super::log::{EntryRow, entry_table};
use super::payment::{AttemptRow, attempt_table};
use crate::portal::views::DocumentView;
use crate::ui::{AmountView, Badge, Column, DateView, EmptyState, Icon, Page, Pager, Row, Table, Value};
use askama::Template;

/// A document in a list.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    /// `INV-2027-0042`
    pub number: String,
    /// Its page.
    pub href: String,
    /// What it is for.
    pub what: String,
    /// The customer: name and page.
    pub customer: (String, String),
    /// The day it was issued.
    pub issued_on: DateView,
    /// Open, paid, cancelled; of another document its kind.
    pub state: Badge,
    /// Total.
    pub total: AmountView,
}

/// The table of documents, newest first.
#[must_use]
pub fn invoice_table(rows: &[InvoiceRow], pager: Pager) -> Table {
    let row = |row: &InvoiceRow| {
        Row::new(vec![
            Value::Link { label: row.number.clone(), href: row.href.clone(), note: Some(row.what.clone()) },
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.issued_on.clone().into(),
            row.state.clone().into(),
            row.total.clone().into(),
        ])
    };
    Table {
        caption: "Documents, newest first".into(),
        columns: vec![
            Column::new("Number"),
            Column::new("Customer"),
            Column::new("Issued"),
            Column::new("State"),
            Column::numeric("Total"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Invoice,
            "No documents here",
            "Invoices, credit notes and receipts are listed here as soon as they are issued.",
        ),
        pager,
    }
}

/// `GET /admin/documents/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/document.html")]
pub struct DocumentPage {
    /// Around the content; its title is kind and number.
    pub page: Page,
    /// The document as the customer sees it.
    pub document: DocumentView,
    /// The page that books its money; none where nothing is open.
    pub mark_paid_href: Option<String>,
    /// The change it belongs to: words and page.
    pub change: Option<(String, String)>,
    /// What it did in the ledger.
    pub postings: Vec<PostingRow>,
    /// The tries to take its money.
    pub attempts: Vec<AttemptRow>,
    /// What the log says of it.
    pub log: Vec<EntryRow>,
}

/// One line of a ledger transaction.
#[derive(Clone, Debug)]
pub struct PostingRow {
    /// When.
    pub at: DateView,
    /// The ledger account in words.
    pub account: String,
    /// The debited amount.
    pub debit: Option<AmountView>,
    /// The credited amount.
    pub credit: Option<AmountView>,
}

impl DocumentPage {
    fn posting_table(&self) -> Table {
        let row = |row: &PostingRow| {
            Row::new(vec![
                row.account.as_str().into(),
                row.at.clone().into(),
                row.debit.clone().into(),
                row.credit.clone().into(),
            ])
        };
        Table {
            caption: "What this document did in the ledger".into(),
            columns: vec![
                Column::new("Account"),
                Column::new("Booked"),
                Column::numeric("Debit"),
                Column::numeric("Credit"),
            ],
            rows: self.postings.iter().map(row).collect(),
            empty: EmptyState::new(Icon::List, "No postings", "This document moved no money."),
            pager: Pager::default(),
        }
    }

    fn attempt_table(&self) -> Table {
        let mut table = without_second_column(attempt_table(&self.attempts, Pager::default()));
        // The invoice is the page itself; what tells the tries apart is the card, and the key the gateway knows.
        table.columns[0] = Column::new("Card");
        for (row, attempt) in table.rows.iter_mut().zip(&self.attempts) {
            row.cells[0] = Value::Noted(attempt.card.clone(), attempt.id.clone());
        }
        table.empty.sentence = "Each try to take the money of this invoice will be listed here.".into();
        table
    }

    fn log_table(&self) -> Table {
        without_second_column(entry_table(&self.log, Pager::default()))
    }
}
