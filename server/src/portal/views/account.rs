//! The customer's own pages: login, dashboard, settings.

use crate::app::SampleLogin;
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
    /// What it sells.
    pub what: String,
    /// Whom one can log in as.
    pub people: Vec<SampleLogin>,
}

impl LoginPage {
    fn email_field(&self) -> Field {
        Field::new("email", "Email", "email").value(self.email.clone()).autocomplete("username")
    }

    fn password_field(&self) -> Field {
        Field::new("password", "Password", "password").autocomplete("current-password")
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
    /// Until when it is paid.
    pub paid_until: Option<DateView>,
    /// Its state.
    pub status: Badge,
    /// A pending change in a few words, and its page.
    pub pending: Option<(String, String)>,
    /// The chooser's page.
    pub change_href: String,
    /// Why the plan cannot be changed now.
    pub change_refused: Option<String>,
}

impl ServiceRow {
    fn row(&self) -> Row {
        let state = match &self.pending {
            Some((words, href)) => Value::Link { label: words.clone(), href: href.clone(), note: None },
            None => Value::Badge(self.status.clone()),
        };
        Row::new(vec![
            Value::Link { label: self.name.clone(), href: self.href.clone(), note: Some(self.plan.clone()) },
            state,
            self.paid_until.clone().into(),
            Value::Noted(self.price.text.clone(), self.cycle.clone()),
        ])
        .with_menu(
            self.name.clone(),
            vec![
                MenuItem::new("View", self.href.clone(), Icon::Server),
                MenuItem {
                    refused: self.change_refused.clone(),
                    ..MenuItem::new("Change plan", self.change_href.clone(), Icon::Arrows)
                },
            ],
        )
    }
}

/// The table of services, on the dashboard and under My services.
#[must_use]
pub fn service_table(rows: &[ServiceRow], pager: Pager) -> Table {
    Table {
        caption: "Your services".into(),
        columns: vec![
            Column::new("Service"),
            Column::new("State"),
            Column::new("Paid until"),
            Column::numeric("Price"),
        ],
        rows: rows.iter().map(ServiceRow::row).collect(),
        empty: EmptyState::new(
            Icon::Server,
            "No services yet",
            "Your servers will be listed here, with their plan and the day they are paid until.",
        ),
        pager,
    }
}

impl DashboardPage {
    fn service_table(&self) -> Table {
        service_table(&self.services, Pager::default())
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
        vec![
            Fact::new("Name", self.name.as_str()),
            Fact::new("Email", self.email.as_str()),
            Fact::new(
                "Time zone",
                Value::Noted(self.zone.clone(), "The days of your invoices are counted in this zone.".into()),
            ),
            Fact::new("Currency", self.currency.as_str()),
        ]
    }

    fn fields(&self) -> [Field; 3] {
        let with = |mut field: Field, error: &Option<String>| {
            field.error.clone_from(error);
            field
        };
        [
            with(
                Field::new("current_password", "Present password", "password").autocomplete("current-password"),
                &self.current_error,
            ),
            with(
                Field::new("new_password", "New password", "password")
                    .autocomplete("new-password")
                    .help("At least 12 characters. A few plain words are good."),
                &self.new_error,
            ),
            with(
                Field::new("repeat_password", "New password again", "password").autocomplete("new-password"),
                &self.repeat_error,
            ),
        ]
    }
}
