//! My services, and one service with everything that is known about it.

use super::account::{ServiceRow, service_table};
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
    /// The price of these days.
    pub amount: AmountView,
    /// Paid, open, given back.
    pub state: Badge,
}

/// A change that is not finished, on the service's page.
#[derive(Clone, Debug)]
pub struct PendingChange {
    /// What it is and what it waits for, as a sentence.
    pub sentence: String,
    /// Its page.
    pub href: String,
    /// How far it is.
    pub steps: Vec<Step>,
}

impl ServicePage {
    fn facts(&self) -> Vec<Fact> {
        let next = match &self.next_invoice {
            Some((on, amount)) => Value::Noted(amount.text.clone(), format!("on {}", on.text)),
            None => Value::Nothing,
        };
        vec![
            Fact::new("Plan", self.plan.as_str()),
            Fact::new("Price", Value::Noted(self.price.text.clone(), self.cycle.clone())),
            Fact::new("Paid until", self.paid_until.clone()),
            Fact::new("Next invoice", next),
        ]
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
            columns: vec![
                Column::new("Item"),
                Column::new("Days"),
                Column::new("Document"),
                Column::new("State"),
                Column::numeric("Amount"),
            ],
            rows: self
                .coverage
                .iter()
                .map(|row| {
                    let document = match &row.document {
                        Some((number, href)) => Value::link(number.clone(), href.clone()),
                        None => Value::Nothing,
                    };
                    Row::new(vec![
                        Value::text(row.item.clone()),
                        Value::text(row.days.clone()),
                        document,
                        row.state.clone().into(),
                        row.amount.clone().into(),
                    ])
                })
                .collect(),
            empty: EmptyState::new(
                Icon::Invoice,
                "Nothing is paid yet",
                "After the first invoice you see here which days are paid, and by which document.",
            ),
            pager: Pager::default(),
        }
    }
}
