//! The customer's own pages: login, dashboard, settings.

use crate::app::SampleLogin;
use crate::ui::language::{Language, Texts, args};
use crate::ui::{
    Accent, AmountView, Badge, Column, DateView, EmptyState, Fact, Field, Icon, MenuItem, Page, Pager, Row, Step,
    Table, Value,
};
use askama::Template;

/// `GET /login`. Sends `email`, `password`, `next` and `csrf` to `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/login.html")]
pub struct LoginPage {
    /// Around the content; use [`Page::bare`].
    pub page: Page,
    /// Where the form is sent: `/login` or `/admin/login`.
    pub action: String,
    /// What was typed last time.
    pub email: String,
    /// Why it did not work; one sentence for a wrong mail and a wrong password alike.
    pub error: Option<String>,
    /// Where to go afterwards; a path of this server.
    pub next: String,
    /// Shown in the demo only: whom anybody may log in as, by storefront.
    pub samples: Vec<SampleStorefront>,
}

/// A storefront of the demo with its logins.
#[derive(Clone, Debug)]
pub struct SampleStorefront {
    /// Its brand.
    pub brand: String,
    /// Its colour.
    pub accent: Accent,
    /// The language that it speaks.
    pub language: Language,
    /// What it sells, in that language.
    pub what: String,
    /// Whom one can log in as.
    pub people: Vec<SampleLogin>,
}

impl LoginPage {
    fn email_field(&self) -> Field {
        Field::new("email", self.page.text("login-email"), "email").value(self.email.clone()).autocomplete("username")
    }

    fn password_field(&self) -> Field {
        Field::new("password", self.page.text("login-password"), "password").autocomplete("current-password")
    }
}

/// `GET /dashboard`: what matters today.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/dashboard.html")]
pub struct DashboardPage {
    /// Around the content.
    pub page: Page,
    /// The customer's balance.
    pub balance: AmountView,
    /// What is open on invoices, all together.
    pub open: AmountView,
    /// The next invoice: when and how much.
    pub next_invoice: Option<(DateView, AmountView)>,
    /// Invoices that wait for a payment.
    pub unpaid: Vec<UnpaidInvoice>,
    /// Changes on their way.
    pub changes: Vec<ChangeOnTheWay>,
    /// The customer's services, a few of them.
    pub services: Vec<ServiceRow>,
}

/// An invoice that waits for a payment.
#[derive(Clone, Debug)]
pub struct UnpaidInvoice {
    /// `INV-2027-0042`
    pub number: String,
    /// Its page.
    pub href: String,
    /// What it is for, in a few words.
    pub what: String,
    /// What is still open.
    pub open: AmountView,
    /// Until when.
    pub due_on: DateView,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// A change that is not finished.
#[derive(Clone, Debug)]
pub struct ChangeOnTheWay {
    /// The service's name.
    pub service: String,
    /// `Standard to Large`
    pub what: String,
    /// The change's page.
    pub href: String,
    /// How far it is.
    pub steps: Vec<Step>,
}

/// A service in a list.
#[derive(Clone, Debug)]
pub struct ServiceRow {
    /// The name the customer knows: `web-1.example.net`.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its plan, with options in brief: `Standard, 4 GB`.
    pub plan: String,
    /// Price of a cycle.
    pub price: AmountView,
    /// `per month`, `per year`.
    pub cycle: String,
    /// Until when it is paid, and what is not.
    pub paid_until: Value,
    /// Its state.
    pub status: Badge,
    /// A pending change or end in a few words, and its page.
    pub pending: Option<(String, String)>,
    /// The chooser's page.
    pub change_href: String,
    /// Why the plan cannot be changed now.
    pub change_refused: Option<String>,
    /// Does another choice take the place of the pending change?
    pub replaces: bool,
}

impl ServiceRow {
    fn change_words(&self, language: Language) -> String {
        if self.replaces { language.text("change-plan-instead") } else { language.text("change-plan") }
    }

    fn row(&self, language: Language) -> Row {
        let state = match &self.pending {
            Some((words, href)) => Value::Link { label: words.clone(), href: href.clone(), note: None },
            None => Value::Badge(self.status.clone()),
        };
        Row::new(vec![
            Value::Link { label: self.name.clone(), href: self.href.clone(), note: Some(self.plan.clone()) },
            state,
            self.paid_until.clone(),
            Value::Noted(self.price.text.clone(), self.cycle.clone()),
        ])
        .with_menu(
            self.name.clone(),
            vec![
                MenuItem::new(language.text("service-view"), self.href.clone(), Icon::Server),
                MenuItem {
                    refused: self.change_refused.clone(),
                    ..MenuItem::new(self.change_words(language), self.change_href.clone(), Icon::Arrows)
                },
            ],
        )
    }
}

/// The table of services, on the dashboard and under My services.
#[must_use]
pub fn service_table(language: Language, rows: &[ServiceRow], pager: Pager) -> Table {
    Table {
        caption: language.text("services-caption"),
        columns: vec![
            Column::new(language.text("services-service")),
            Column::new(language.text("services-state")),
            Column::new(language.text("fact-paid-until")),
            Column::numeric(language.text("fact-price")),
        ],
        rows: rows.iter().map(|row| row.row(language)).collect(),
        empty: EmptyState::new(Icon::Server, language.text("services-empty"), language.text("services-empty-note")),
        pager,
    }
}

impl DashboardPage {
    fn open_invoices(&self) -> String {
        self.page.language.fill("dashboard-open-invoices", &args!["count" => self.unpaid.len()])
    }

    fn service_table(&self) -> Table {
        service_table(self.page.language, &self.services, Pager::default())
    }
}

/// `GET /settings`. The password form sends `current_password`, `new_password`,
/// `repeat_password` and `csrf` to `/settings/password`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/settings.html")]
pub struct SettingsPage {
    /// Around the content.
    pub page: Page,
    /// The customer's name.
    pub name: String,
    /// The mail address they log in with.
    pub email: String,
    /// The zone their days are counted in: `Europe/Berlin`.
    pub zone: String,
    /// The currency of their account: `EUR`.
    pub currency: String,
    /// What is wrong with the present password.
    pub current_error: Option<String>,
    /// What is wrong with the new password.
    pub new_error: Option<String>,
    /// What is wrong with the repetition.
    pub repeat_error: Option<String>,
}

impl SettingsPage {
    fn facts(&self) -> Vec<Fact> {
        let page = &self.page;
        vec![
            Fact::new(page.text("settings-name"), self.name.as_str()),
            Fact::new(page.text("login-email"), self.email.as_str()),
            Fact::new(page.text("settings-zone"), Value::Noted(self.zone.clone(), page.text("settings-zone-note"))),
            Fact::new(page.text("settings-currency"), self.currency.as_str()),
        ]
    }

    fn fields(&self) -> [Field; 3] {
        let page = &self.page;
        let with = |mut field: Field, error: &Option<String>| {
            field.error.clone_from(error);
            field
        };
        let field = |name: &str, label: String| Field::new(name, label, "password");
        [
            with(
                field("current_password", page.text("password-present")).autocomplete("current-password"),
                &self.current_error,
            ),
            with(
                field("new_password", page.text("password-new"))
                    .autocomplete("new-password")
                    .help(page.text("password-help")),
                &self.new_error,
            ),
            with(
                field("repeat_password", page.text("password-again")).autocomplete("new-password"),
                &self.repeat_error,
            ),
        ]
    }
}
