//! My services, and one service with everything that is known about it.

use super::account::{ServiceRow, service_table};
use super::plan_change::Withdraw;
use crate::ui::{
    AmountView, Badge, Column, DateView, EmptyState, Fact, Icon, Page, Pager, Row, Step, Table, UsageBar, Value,
};
use askama::Template;

/// `GET /services`
#[derive(Clone, Debug, Template)]
#[template(path = "portal/services.html")]
pub struct ServicesPage {
    /// Around the content.
    pub page: Page,
    /// The services of this page of the list.
    pub rows: Vec<ServiceRow>,
    /// Where the other pages are.
    pub pager: Pager,
}

impl ServicesPage {
    fn table(&self) -> Table {
        service_table(&self.rows, self.pager.clone())
    }
}

/// `GET /services/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "portal/service.html")]
pub struct ServicePage {
    /// Around the content; its title is the service's name.
    pub page: Page,
    /// Its state.
    pub status: Badge,
    /// The plan's name.
    pub plan: String,
    /// What the plan holds: `Processors` `2`, `Memory` `4 GB`.
    pub specs: Vec<Fact>,
    /// The options taken, with their prices.
    pub options: Vec<Fact>,
    /// Price of a cycle, all items together.
    pub price: AmountView,
    /// `per month`
    pub cycle: String,
    /// Until when it is paid.
    pub paid_until: Option<DateView>,
    /// The next invoice: when and how much.
    pub next_invoice: Option<(DateView, AmountView)>,
    /// What prices are before tax: `plus VAT 19 %`.
    pub tax_note: Option<String>,
    /// The plan credits: `hours` and `12 of 40 hours left`.
    pub credits: Option<(String, String)>,
    /// How full it is.
    pub usage: Vec<UsageBar>,
    /// The server itself.
    pub server: ServerView,
    /// Which days are paid by what.
    pub coverage: Vec<CoverageRow>,
    /// A change that is not finished.
    pub pending: Option<PendingChange>,
    /// The chooser's page.
    pub change_href: String,
    /// Why the plan cannot be changed now, as a sentence.
    pub change_refused: Option<String>,
}

/// What was ordered from the machine and what it was last seen to be.
#[derive(Clone, Debug)]
pub struct ServerView {
    /// Is it a machine, which restarts to change? Otherwise it is set up.
    pub machine: bool,
    /// What is wanted: `Large, 8 GB`.
    pub desired: String,
    /// What was last seen; `None` before the first look.
    pub observed: Option<String>,
    /// When it was last seen.
    pub observed_at: Option<DateView>,
    /// The number of the wish; it only grows.
    pub generation: u64,
    /// Whether both agree, or what is being done.
    pub state: Badge,
    /// The steps while something is being done; empty otherwise.
    pub steps: Vec<Step>,
}

/// One stretch of days and what paid for it.
#[derive(Clone, Debug)]
pub struct CoverageRow {
    /// `Standard`, `Extra memory`.
    pub item: String,
    /// The days, both counted: `17–30 April 2027`.
    pub days: String,
    /// The document that billed them: number and page.
    pub document: Option<(String, String)>,
    /// These days at the list price.
    pub gross: AmountView,
    /// What is taken off it; below zero.
    pub discount: AmountView,
    /// The price of these days.
    pub net: AmountView,
    /// The tax billed with it.
    pub tax: AmountView,
    /// Its rate: `VAT 19 %`.
    pub tax_rate: Option<String>,
    /// How much of the price was paid; the tax was paid with it.
    pub collected: AmountView,
    /// Paid, open, given back.
    pub state: Badge,
}

/// A change that is not finished, on the service's page.
#[derive(Clone, Debug)]
pub struct PendingChange {
    /// `A change is on its way`, `A change is planned`
    pub title: String,
    /// Taking it back, while nothing has happened yet.
    pub withdraw: Option<Withdraw>,
    /// What it is and what it waits for, as a sentence.
    pub sentence: String,
    /// Its page.
    pub href: String,
    /// How far it is.
    pub steps: Vec<Step>,
}

/// The columns of coverage: list price and discount, and tax, only where there are any.
#[must_use]
pub fn coverage_columns(rows: &[CoverageRow]) -> Vec<Column> {
    let mut columns = vec![Column::new("Item"), Column::new("Days"), Column::new("Document"), Column::new("State")];
    if has_discount(rows) {
        columns.extend([Column::numeric("List price"), Column::numeric("Discount")]);
    }
    columns.push(Column::numeric("Net"));
    if has_tax(rows) {
        columns.push(Column::numeric("Tax"));
    }
    columns.push(Column::numeric("Paid of net"));
    columns
}

/// The rows under `coverage_columns`.
#[must_use]
pub fn coverage_rows(rows: &[CoverageRow]) -> Vec<Row> {
    let row = |row: &CoverageRow| {
        let document = match &row.document {
            Some((number, href)) => Value::link(number.clone(), href.clone()),
            None => Value::Nothing,
        };
        let mut cells = vec![row.item.as_str().into(), row.days.as_str().into(), document, row.state.clone().into()];
        if has_discount(rows) {
            cells.extend([row.gross.clone().into(), row.discount.clone().into()]);
        }
        cells.push(row.net.clone().into());
        if has_tax(rows) {
            cells.push(match &row.tax_rate {
                Some(rate) => Value::Noted(row.tax.text.clone(), rate.clone()),
                None => Value::Nothing,
            });
        }
        cells.push(row.collected.clone().into());
        Row::new(cells)
    };
    rows.iter().map(row).collect()
}

fn has_discount(rows: &[CoverageRow]) -> bool {
    rows.iter().any(|row| !row.discount.zero)
}

fn has_tax(rows: &[CoverageRow]) -> bool {
    rows.iter().any(|row| !row.tax.zero)
}

/// A note with the tax behind it: `per month, plus VAT 19 %`.
#[must_use]
pub fn noted(note: String, tax: &Option<String>) -> String {
    match tax {
        Some(tax) => format!("{note}, {tax}"),
        None => note,
    }
}

/// `hours` as the name of a fact: `Hours`.
#[must_use]
pub fn capitalised(unit: &str) -> String {
    let mut letters = unit.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

impl ServicePage {
    fn facts(&self) -> Vec<Fact> {
        let next = match &self.next_invoice {
            Some((on, amount)) => Value::Noted(amount.text.clone(), noted(format!("on {}", on.text), &self.tax_note)),
            None => Value::Nothing,
        };
        let mut facts = vec![
            Fact::new("Plan", self.plan.as_str()),
            Fact::new("Price", Value::Noted(self.price.text.clone(), noted(self.cycle.clone(), &self.tax_note))),
            Fact::new("Paid until", self.paid_until.clone()),
            Fact::new("Next invoice", next),
        ];
        if let Some((unit, left)) = &self.credits {
            facts.push(Fact::new(capitalised(unit), left.as_str()));
        }
        facts
    }

    fn server_facts(&self) -> Vec<Fact> {
        let server = &self.server;
        let seen = match (&server.observed, &server.observed_at) {
            (Some(size), Some(at)) => Value::Noted(size.clone(), format!("seen {}", at.text)),
            (Some(size), None) => Value::text(size.clone()),
            (None, _) => Value::Nothing,
        };
        vec![
            Fact::new("State", server.state.clone()),
            Fact::new(
                if server.machine { "Ordered size" } else { "Ordered" },
                Value::Noted(server.desired.clone(), format!("order {}", server.generation)),
            ),
            Fact::new(if server.machine { "Size now" } else { "Now" }, seen),
        ]
    }

    fn coverage_table(&self) -> Table {
        Table {
            caption: "Which days are paid, and by what".into(),
            columns: coverage_columns(&self.coverage),
            rows: coverage_rows(&self.coverage),
            empty: EmptyState::new(
                Icon::Invoice,
                "Nothing is paid yet",
                "After the first invoice you see here which days are paid, and by which document.",
            ),
            pager: Pager::default(),
        }
    }
}
