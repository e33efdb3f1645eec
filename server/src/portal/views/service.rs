//! My services, and one service with everything that is known about it.

use super::account::{ServiceRow, service_table};
use super::plan_change::{MoneyLine, Withdraw};
use crate::portal::words::capital;
use crate::ui::language::{Language, Texts, args};
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
    /// What has ended.
    pub ended: Vec<EndedService>,
    /// Where the other pages are.
    pub pager: Pager,
}

/// A service that has ended.
#[derive(Clone, Debug)]
pub struct EndedService {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The plan it had.
    pub plan: String,
    /// When it ended.
    pub on: DateView,
}

impl ServicesPage {
    fn table(&self) -> Table {
        service_table(self.page.language, &self.rows, self.pager.clone())
    }

    fn ended_table(&self) -> Table {
        let row = |ended: &EndedService| {
            let link =
                Value::Link { label: ended.name.clone(), href: ended.href.clone(), note: Some(ended.plan.clone()) };
            Row::new(vec![link, ended.on.clone().into()])
        };
        Table {
            caption: self.page.text("services-ended"),
            columns: vec![
                Column::new(self.page.text("services-service")),
                Column::new(self.page.text("services-ended-on")),
            ],
            rows: self.ended.iter().map(row).collect(),
            empty: EmptyState::new(Icon::Server, self.page.text("services-empty"), String::new()),
            pager: Pager::default(),
        }
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
    /// Until when it is paid, and what is not.
    pub paid_until: Value,
    /// The trial that is running.
    pub trial: Option<Trial>,
    /// The next invoice: when and how much.
    pub next_invoice: Option<NextInvoice>,
    /// What changes have left to it.
    pub waiting: Option<WaitingLines>,
    /// What prices are before tax: `plus VAT 19 %`.
    pub tax_note: Option<String>,
    /// The plan credits: `hours` and `12 of 40 hours left`.
    pub credits: Option<(String, String)>,
    /// What meters counted in this period, and what it comes to so far.
    pub metered: Vec<Fact>,
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
    /// Where it can be cancelled.
    pub cancel_href: Option<String>,
    /// That it ends with its period.
    pub ends: Option<Ends>,
    /// That it has ended: then only what was had is shown, and what became of the rest.
    pub ended: Option<Ended>,
}

/// That a service has ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// When, and what became of the rest.
    pub sentence: String,
    /// The last document: number and page.
    pub document: Option<(String, String)>,
}

/// That a service ends with its period, and the form that takes that back.
#[derive(Clone, Debug)]
pub struct Ends {
    /// Until when it goes on.
    pub sentence: String,
    /// Where the form is sent, while it can be taken back.
    pub action: Option<String>,
    /// Its idempotency key.
    pub key: String,
}

/// `GET /services/{id}/cancel`: each way to cancel, with what it comes to. Each form sends `quote`, `key` and `csrf`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/cancel.html")]
pub struct CancelPage {
    /// Around the content.
    pub page: Page,
    /// Why it was not done, or cannot be.
    pub problem: Option<String>,
    /// The ways.
    pub ways: Vec<CancelWay>,
    /// The service's page.
    pub back_href: String,
}

/// A way to cancel.
#[derive(Clone, Debug)]
pub struct CancelWay {
    /// Its name on the page.
    pub name: &'static str,
    /// `Now`, `On 1 May 2027, with the period`
    pub title: String,
    /// What happens, a sentence each.
    pub sentences: Vec<String>,
    /// What is given back and what is billed, line by line.
    pub facts: Vec<Fact>,
    /// How that was counted.
    pub why: Vec<String>,
    /// Where the form is sent.
    pub action: String,
    /// The quote that it submits.
    pub quote: String,
    /// Its idempotency key.
    pub key: String,
    /// What the button says.
    pub button: String,
    /// Can it not be taken back?
    pub is_danger: bool,
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

/// What changes of a service cost or gave and the next invoice will have.
#[derive(Clone, Debug)]
pub struct WaitingLines {
    /// What the next invoice comes to, and of what.
    pub sentence: String,
    /// The lines, as the invoice will have them.
    pub lines: Vec<MoneyLine>,
    /// The tax that comes to them, rate by rate.
    pub tax: Vec<(String, AmountView)>,
    /// All of it, with tax.
    pub total: AmountView,
    /// The tax that they contain, as sentences.
    pub contained: Vec<String>,
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
pub fn coverage_columns(language: Language, rows: &[CoverageRow]) -> Vec<Column> {
    let mut columns = vec![
        Column::new(language.text("coverage-item")),
        Column::new(language.text("coverage-days")),
        Column::new(language.text("coverage-document")),
        Column::new(language.text("coverage-state")),
    ];
    if has_discount(rows) {
        columns.push(Column::numeric(language.text("coverage-list-price")));
        columns.push(Column::numeric(language.text("coverage-discount")));
    }
    columns.push(Column::numeric(language.text("coverage-net")));
    if has_tax(rows) {
        columns.push(Column::numeric(language.text("coverage-tax")));
    }
    columns.push(Column::numeric(language.text("coverage-collected")));
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
pub fn noted(language: Language, note: String, tax: &Option<String>) -> String {
    match tax {
        Some(tax) => language.fill("noted-with-tax", &args!["note" => note, "tax" => tax.as_str()]),
        None => note,
    }
}

/// The next invoice of a service.
#[derive(Clone, Debug)]
pub struct NextInvoice {
    /// When.
    pub on: DateView,
    /// How much, without what is used until then.
    pub amount: AmountView,
    /// What was used so far comes to so much, and is on it as well; none where nothing is counted or usage is free.
    pub used: Option<AmountView>,
}

/// A trial that is running.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Its last day.
    pub until: DateView,
    /// What it costs, once; none where that is nothing.
    pub price: Option<AmountView>,
}

/// Until when it is paid, or in trial and for how much, and the invoice after that.
#[must_use]
pub fn until_and_next(
    language: Language,
    paid_until: &Value,
    trial: &Option<Trial>,
    next: &Option<NextInvoice>,
    tax: &Option<String>,
) -> Vec<Fact> {
    let next = next_invoice(language, next, tax);
    match trial {
        Some(Trial { until, price }) => {
            let mut facts = vec![Fact::new(language.text("fact-trial-until"), Some(until.clone()))];
            facts.extend(price.as_ref().map(|price| {
                let note = noted(language, language.text("fact-trial-once"), tax);
                Fact::new(language.text("fact-trial-price"), Value::Noted(price.text.clone(), note))
            }));
            facts.push(Fact::new(language.text("fact-first-invoice"), next));
            facts
        }
        None => vec![
            Fact::new(language.text("fact-paid-until"), paid_until.clone()),
            Fact::new(language.text("fact-next-invoice"), next),
        ],
    }
}

/// The next invoice: how much, and below it when, with the tax, and what usage comes to so far.
#[must_use]
pub fn next_invoice(language: Language, next: &Option<NextInvoice>, tax: &Option<String>) -> Value {
    let Some(NextInvoice { on, amount, used }) = next else { return Value::Nothing };
    let on = language.fill("fact-on-day", &args!["day" => on.text.as_str()]);
    let note = noted(language, on, tax);
    let note = match used {
        Some(used) => language.fill("fact-and-usage", &args!["note" => note, "amount" => used.text.as_str()]),
        None => note,
    };
    Value::Noted(amount.text.clone(), note)
}

impl ServicePage {
    fn facts(&self) -> Vec<Fact> {
        let language = self.page.language;
        let price = Value::Noted(self.price.text.clone(), noted(language, self.cycle.clone(), &self.tax_note));
        let mut facts = vec![
            Fact::new(language.text("fact-plan"), self.plan.as_str()),
            Fact::new(language.text("fact-price"), price),
        ];
        let Self { paid_until, trial, next_invoice, tax_note, .. } = self;
        facts.extend(until_and_next(language, paid_until, trial, next_invoice, tax_note));
        if let Some((unit, left)) = &self.credits {
            facts.push(Fact::new(capital(unit), left.as_str()));
        }
        facts
    }

    fn view(&self, number: &str) -> String {
        self.page.language.fill("ended-document", &args!["number" => number])
    }

    /// Of what has ended: the plan and what it held.
    fn had(&self) -> Vec<Fact> {
        let plan = Fact::new(self.page.text("fact-plan"), self.plan.as_str());
        std::iter::once(plan).chain(self.specs.clone()).collect()
    }

    fn server_facts(&self) -> Vec<Fact> {
        let (language, server) = (self.page.language, &self.server);
        let seen = match (&server.observed, &server.observed_at) {
            (Some(size), Some(at)) => {
                Value::Noted(size.clone(), language.fill("server-seen", &args!["at" => at.text.as_str()]))
            }
            (Some(size), None) => Value::text(size.clone()),
            (None, _) => Value::Nothing,
        };
        let (ordered, now) = if server.machine {
            (language.text("server-ordered-size"), language.text("server-size-now"))
        } else {
            (language.text("server-ordered"), language.text("server-now"))
        };
        let order = language.fill("server-order", &args!["number" => server.generation.to_string()]);
        vec![
            Fact::new(language.text("server-state"), server.state.clone()),
            Fact::new(ordered, Value::Noted(server.desired.clone(), order)),
            Fact::new(now, seen),
        ]
    }

    fn coverage_table(&self) -> Table {
        let language = self.page.language;
        Table {
            caption: language.text("coverage-caption"),
            columns: coverage_columns(language, &self.coverage),
            rows: coverage_rows(&self.coverage),
            empty: EmptyState::new(
                Icon::Invoice,
                language.text("coverage-empty"),
                language.text("coverage-empty-note"),
            ),
            pager: Pager::default(),
        }
    }
}
