//! The catalogue: what is sold, read only, and its published versions.

use crate::ui::{Column, DateView, EmptyState, Fact, Icon, Page, Pager, Row, Table, Value};
use askama::Template;

use super::list::Tab;

/// `GET /admin/catalogue`, `GET /admin/catalogue/{version}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/catalogue.html")]
pub struct CataloguePage {
    /// Around the content.
    pub page: Page,
    /// The catalogues of the other storefronts.
    pub tabs: Vec<Tab>,
    /// Set when this is not the newest version: words, and where the newest is.
    pub superseded: Option<(String, String)>,
    /// Brand, zone, currency, bank account.
    pub facts: Vec<Fact>,
    /// What is sold.
    pub products: Vec<ProductView>,
    /// Every version, newest first.
    pub versions: Vec<VersionRow>,
}

/// A product.
#[derive(Clone, Debug)]
pub struct ProductView {
    /// Its code, also part of ids on the page.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Policy, module, restart, who may change.
    pub facts: Vec<Fact>,
    /// Its plans, smallest first.
    pub plans: Vec<PlanRow>,
    /// Its options.
    pub options: Vec<PlanRow>,
}

/// A plan or an option.
#[derive(Clone, Debug)]
pub struct PlanRow {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// What it gives.
    pub gives: String,
    /// Its prices by cycle, the first one large: `€10.00, $11.00 per month`.
    pub prices: Vec<String>,
    /// Where customers may move from it; of an option how it is chosen.
    pub limits: String,
}

/// A published version.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// `Version 3`
    pub label: String,
    /// Its page.
    pub href: String,
    /// When it was published.
    pub at: Option<DateView>,
    /// Whether it is the newest.
    pub newest: bool,
}

impl ProductView {
    fn plan_table(&self) -> Table {
        self.table("Plans", &self.plans, "Customers may move to")
    }

    fn option_table(&self) -> Table {
        self.table("Options", &self.options, "How it is chosen")
    }

    fn table(&self, what: &str, rows: &[PlanRow], limits: &str) -> Table {
        let row = |row: &PlanRow| {
            Row::new(vec![
                Value::Noted(row.name.clone(), row.code.clone()),
                row.gives.as_str().into(),
                match row.prices.split_first() {
                    Some((first, [])) => Value::text(first.clone()),
                    Some((first, others)) => Value::Noted(first.clone(), others.join("; ")),
                    None => Value::Nothing,
                },
                row.limits.as_str().into(),
            ])
        };
        Table {
            caption: format!("{what} of {}", self.name),
            columns: vec![Column::new("Name"), Column::new("Gives"), Column::new("Prices"), Column::new(limits)],
            rows: rows.iter().map(row).collect(),
            empty: EmptyState::new(Icon::Tag, "None", "This product has none."),
            pager: Pager::default(),
        }
    }
}

impl CataloguePage {
    fn version_table(&self) -> Table {
        let row = |row: &VersionRow| {
            let newest =
                if row.newest { "in force for new sales and changes" } else { "kept by those who bought under it" };
            Row::new(vec![
                Value::Link { label: row.label.clone(), href: row.href.clone(), note: Some(newest.into()) },
                row.at.clone().into(),
            ])
        };
        Table {
            caption: "Published versions, newest first".into(),
            columns: vec![Column::new("Version"), Column::new("Published")],
            rows: self.versions.iter().map(row).collect(),
            empty: EmptyState::new(Icon::Tag, "Nothing is published", "Publish a catalogue to begin to sell."),
            pager: Pager::default(),
        }
    }
}
