//! Services: the list, and one service with what was ordered, what was seen, and what modules did.

use super::change::{ChangeRow, change_table};
use super::list::without_second_column;
use super::log::{EntryRow, entry_table};
use super::module::{RunRow, run_table};
use crate::portal::views::service::{CoverageRow, WaitingLines, coverage_columns, coverage_rows};
use crate::ui::{
    AmountView, Badge, Column, DateView, EmptyState, Fact, Icon, MenuItem, Page, Pager, Row, Step, Table, Value,
};
use askama::Template;

/// A service in a list.
#[derive(Clone, Debug)]
pub struct ServiceRow {
    /// Its label.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Its plan with its options in brief.
    pub plan: String,
    /// The customer: name and page.
    pub customer: (String, String),
    /// Settled, working, failed.
    pub state: Badge,
    /// The last day of its present period.
    pub period_until: Option<DateView>,
    /// Price of a cycle; none where the list does not know it.
    pub price: Option<AmountView>,
    /// `per month`
    pub cycle: String,
    /// The chooser of another plan.
    pub change_href: String,
}

/// The table of services.
#[must_use]
pub fn service_table(rows: &[ServiceRow], pager: Pager) -> Table {
    let row = |row: &ServiceRow| {
        let price = match &row.price {
            Some(price) => Value::Noted(price.text.clone(), row.cycle.clone()),
            None => Value::Nothing,
        };
        Row::new(vec![
            Value::Link { label: row.label.clone(), href: row.href.clone(), note: Some(row.plan.clone()) },
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.state.clone().into(),
            row.period_until.clone().into(),
            price,
        ])
        .with_menu(
            row.label.clone(),
            vec![
                MenuItem::new("View", row.href.clone(), Icon::Server),
                MenuItem::new("Change plan", row.change_href.clone(), Icon::Arrows),
            ],
        )
    };
    Table {
        caption: "Services".into(),
        columns: vec![
            Column::new("Service"),
            Column::new("Customer"),
            Column::new("State"),
            Column::new("Period until"),
            Column::numeric("Price"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Server,
            "No services here",
            "Services are listed here with how their machine stands. Add one on the page of a customer.",
        ),
        pager,
    }
}

/// `GET /admin/services/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/service.html")]
pub struct ServicePage {
    /// Around the content; its title is the service's label.
    pub page: Page,
    /// Settled, working, failed.
    pub state: Badge,
    /// The service's page, under which the actions stand.
    pub href: String,
    /// Customer, plan, price, dates, ids.
    pub facts: Vec<Fact>,
    /// Module, generations, when last seen.
    pub machine: Vec<Fact>,
    /// Resource, what it shall be, what was seen.
    pub sizes: Vec<SizeRow>,
    /// What the module said when it failed, and how to ask it again.
    pub failure: Option<Failure>,
    /// What *change package* would ask the module for.
    pub package: Option<Package>,
    /// The form that assigns a plan without an order; none where nothing can be assigned now.
    pub assign_href: Option<String>,
    /// Where it is cancelled, or the cancellation is taken back: words and address.
    pub end: Option<(String, String)>,
    /// The open change.
    pub pending: Option<Pending>,
    /// The plan credits.
    pub credits: Option<PlanCreditsView>,
    /// Which days are paid by what.
    pub coverage: Vec<CoverageRow>,
    /// What changes have left to the next invoice.
    pub waiting: Option<WaitingLines>,
    /// The newest runs of its module.
    pub runs: Vec<RunRow>,
    /// Its newest changes.
    pub changes: Vec<ChangeRow>,
    /// What staff did without an order, newest first.
    pub by_hand: Vec<EntryRow>,
    /// Why the plan cannot be changed now.
    pub change_refused: Option<String>,
}

/// One resource of a service.
#[derive(Clone, Debug)]
pub struct SizeRow {
    /// `Memory`
    pub resource: String,
    /// `8 GB`
    pub desired: String,
    /// What was last seen.
    pub observed: Option<String>,
    /// Whether both agree.
    pub agrees: bool,
}

/// A module that could not.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What it said.
    pub reason: String,
    /// Where the form that asks it again is sent.
    pub action: String,
    /// The idempotency key of that form.
    pub key: String,
}

/// The size of an assigned plan that waits until the module is asked for it.
#[derive(Clone, Debug)]
pub struct Package {
    /// What the plan gives and the machine was not asked for.
    pub sentence: String,
    /// Does the service restart?
    pub restarts: bool,
    /// Where the form that asks is sent.
    pub action: String,
    /// The idempotency key of that form.
    pub key: String,
}

/// What the plan gave to use up, and what is left of it.
#[derive(Clone, Debug)]
pub struct PlanCreditsView {
    /// `hours`
    pub unit: String,
    /// `12 of 40 hours left`
    pub left: String,
    /// The form that uses some; none where nothing is left.
    pub use_href: Option<String>,
}

/// An open change.
#[derive(Clone, Debug)]
pub struct Pending {
    /// `A change is open`, `A change is planned`
    pub title: String,
    /// The form that takes it back.
    pub withdraw_href: String,
    /// What it is and what it waits for.
    pub sentence: String,
    /// Its page.
    pub href: String,
    /// How far it is.
    pub steps: Vec<Step>,
}

impl ServicePage {
    fn size_table(&self) -> Table {
        let row = |row: &SizeRow| {
            let seen = match (&row.observed, row.agrees) {
                (Some(size), true) => Value::text(size.clone()),
                (Some(size), false) => Value::Noted(size.clone(), "not yet as ordered".into()),
                (None, _) => Value::Nothing,
            };
            Row::new(vec![row.resource.as_str().into(), row.desired.as_str().into(), seen])
        };
        Table {
            caption: "The size that was ordered and the size that was seen".into(),
            columns: vec![Column::new("Resource"), Column::new("Ordered"), Column::new("Seen")],
            rows: self.sizes.iter().map(row).collect(),
            empty: EmptyState::new(Icon::Server, "No size", "The plan of this service gives it no resources."),
            pager: Pager::default(),
        }
    }

    fn coverage_table(&self) -> Table {
        Table {
            caption: "Which days are paid, and by what".into(),
            columns: coverage_columns(self.page.language, &self.coverage),
            rows: coverage_rows(&self.coverage),
            empty: EmptyState::new(
                Icon::Invoice,
                "Nothing is covered",
                "After the first invoice the days it bills are listed here.",
            ),
            pager: Pager::default(),
        }
    }

    fn run_table(&self) -> Table {
        without_second_column(run_table(&self.runs, Pager::default()))
    }

    fn by_hand_table(&self) -> Table {
        let table = without_second_column(entry_table(&self.by_hand, Pager::default()));
        Table { caption: "What staff changed without an order, newest first".into(), ..table }
    }

    fn change_table(&self) -> Table {
        let mut table = without_second_column(change_table(&self.changes, Pager::default()));
        table.empty.sentence =
            "Every change of its plan that is ordered, by the customer or by staff, will be listed here.".into();
        table
    }
}
