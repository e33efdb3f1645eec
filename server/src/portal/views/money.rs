//! Lists of money: invoices, the balance with its movements, all documents.

use super::PayForm;
use crate::ui::language::{Texts, args};
use crate::ui::{AmountView, Badge, Column, DateView, EmptyState, Fact, Field, Icon, Page, Pager, Row, Table, Value};
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
    /// Pays all that is owed at once, where something is overdue.
    pub pay: Option<PayForm>,
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
    fn open_words(&self) -> String {
        let args = &args!["amount" => self.open.text.as_str(), "count" => self.open_count];
        self.page.language.fill("invoices-open", args)
    }

    fn table(&self) -> Table {
        Table {
            caption: self.page.text("invoices-caption"),
            columns: vec![
                Column::new(self.page.text("kind-invoice")),
                Column::new(self.page.text("column-issued")),
                Column::new(self.page.text("column-state")),
                Column::numeric(self.page.text("total-sum")),
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
                self.page.text("invoices-empty"),
                self.page.text("invoices-empty-note"),
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
    /// Where it can be paid out, where it can.
    pub payout_href: Option<String>,
    /// What is being paid out.
    pub on_its_way: Option<String>,
    /// Newest first.
    pub rows: Vec<Movement>,
    /// Where the other pages are.
    pub pager: Pager,
}

/// `GET /balance/payout`: how much, then what it comes to. The first form asks this page again; the second sends `amount`,
/// `fee`, `to`, `password`, `key` and `csrf` to it.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/payout.html")]
pub struct PayoutPage {
    /// Around the content.
    pub page: Page,
    /// What is wrong as a whole, or why nothing can be paid out.
    pub problem: Option<String>,
    /// How much, where something can be.
    pub amount: Option<Field>,
    /// What it comes to, once that is said.
    pub offer: Option<PayoutOffer>,
}

/// What a payout comes to.
#[derive(Clone, Debug)]
pub struct PayoutOffer {
    /// `You get $360.00`
    pub title: String,
    /// What is taken off, the fee, what is paid out.
    pub facts: Vec<Fact>,
    /// The amount and the fee as they are sent back.
    pub sent_back: [(&'static str, String); 2],
    /// Where to, and the password.
    pub fields: [Field; 2],
    /// The idempotency key: a double click is done once.
    pub key: String,
    /// `Pay out $360.00`
    pub button: String,
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
    fn on_its_way_words(&self, amount: &str) -> String {
        let says = self.page.language.fill("payout-on-its-way", &args!["amount" => amount]);
        format!("{says} {}", self.page.text("payout-on-its-way-note"))
    }

    fn table(&self) -> Table {
        Table {
            caption: self.page.text("balance-caption"),
            columns: vec![
                Column::new(self.page.text("balance-day")),
                Column::new(self.page.text("balance-what")),
                Column::new(self.page.text("column-document")),
                Column::numeric(self.page.text("column-amount")),
                Column::numeric(self.page.text("balance-after")),
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
                action: Some((self.page.text("balance-empty-action"), "/services".into())),
                ..EmptyState::new(Icon::Purse, self.page.text("balance-empty"), self.page.text("balance-empty-note"))
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
            caption: self.page.text("documents-caption"),
            columns: vec![
                Column::new(self.page.text("column-document")),
                Column::new(self.page.text("column-kind")),
                Column::new(self.page.text("column-issued")),
                Column::numeric(self.page.text("total-sum")),
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
                self.page.text("documents-empty"),
                self.page.text("documents-empty-note"),
            ),
            pager: self.pager.clone(),
        }
    }
}
