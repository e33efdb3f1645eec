//! Login, dashboard and settings in their states.

use billing::explain::Language;

use super::super::account::SampleStorefront;
use super::super::account::{ChangeOnTheWay, ServiceRow, UnpaidInvoice};
use super::super::{DashboardPage, LoginPage, SettingsPage};
use super::*;
use crate::app::SampleLogin;
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Icon, Notice, Value};

impl Sample for LoginPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: Page::bare(Language::English, "Log in", "Fjordhost", Accent::Ember),
            action: "/login".into(),
            email: String::new(),
            error: None,
            next: "/dashboard".into(),
            samples: vec![
                sample_storefront("Larkmoor", Accent::Ember, "Anna Lindqvist"),
                sample_storefront("Eventide Desk", Accent::Teal, HOSTILE_TEXT),
            ],
        };
        let refused = Self {
            email: HOSTILE_TEXT.into(),
            error: Some("This mail address and password do not belong together. Try once more.".into()),
            samples: Vec::new(),
            next: HOSTILE_TEXT.into(),
            ..usual.clone()
        };
        vec![usual, refused]
    }
}

/// Services in a list: usual ones, one with a change on its way, long and hostile names.
pub(super) fn service_rows() -> Vec<ServiceRow> {
    let usual = ServiceRow {
        name: "web-1.example.net".into(),
        href: "/services/svc_1".into(),
        plan: "Standard, 4 GB".into(),
        price: euro(2000),
        cycle: "per month".into(),
        paid_until: day(2027, 4, 30).into(),
        status: running(),
        pending: None,
        change_href: "/services/svc_1/change".into(),
        change_refused: None,
        replaces: false,
    };
    vec![
        usual.clone(),
        ServiceRow {
            name: "shop.example.net".into(),
            plan: "Large, 8 GB".into(),
            price: euro(40_000),
            cycle: "per year".into(),
            paid_until: day(2028, 2, 29).into(),
            pending: Some(("Change to X-Large".into(), "/changes/chg_1".into())),
            change_refused: Some("A change is already on its way.".into()),
            ..usual.clone()
        },
        ServiceRow {
            name: LONG_NAME.into(),
            plan: "Mini, 1 GB".into(),
            price: euro(500),
            paid_until: Value::Nothing,
            status: Badge::new("Being set up", Tone::Waiting),
            ..usual.clone()
        },
        ServiceRow {
            name: HOSTILE_TEXT.into(),
            status: Badge::new("Ended", Tone::Neutral).with_icon(Icon::Stopped),
            ..usual
        },
    ]
}

impl Sample for DashboardPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: page("Dashboard", PortalSection::Dashboard),
            balance: euro(667),
            open: euro(0),
            next_invoice: Some((day(2027, 5, 1), euro(2000))),
            unpaid: Vec::new(),
            changes: Vec::new(),
            services: service_rows().into_iter().take(1).collect(),
        };
        let busy = Self {
            page: page("Dashboard", PortalSection::Dashboard)
                .notice(Some(Notice::good("Payment received").sentence("€13.33 for INV-2027-0042."))),
            open: euro(41_333),
            unpaid: vec![
                UnpaidInvoice {
                    number: "INV-2027-0042".into(),
                    href: "/billing/INV-2027-0042".into(),
                    what: "Upgrade of web-1.example.net from Standard to Large".into(),
                    open: euro(1333),
                    due_on: day(2027, 4, 24),
                    overdue: false,
                },
                UnpaidInvoice {
                    number: "INV-2027-0031".into(),
                    href: "/billing/INV-2027-0031".into(),
                    what: LONG_NAME.into(),
                    open: euro(40_000),
                    due_on: day(2027, 4, 10),
                    overdue: true,
                },
            ],
            changes: vec![ChangeOnTheWay {
                service: "shop.example.net".into(),
                what: "Large to X-Large".into(),
                href: "/changes/chg_1".into(),
                steps: steps_resizing(),
            }],
            services: service_rows(),
            ..usual.clone()
        };
        let empty = Self { balance: euro(0), next_invoice: None, services: Vec::new(), ..usual.clone() };
        let yen = Self {
            balance: AmountView::new(Language::English, 1200, "JPY", 0),
            open: AmountView::new(Language::English, 1_200_000_000, "JPY", 0),
            next_invoice: Some((day(2027, 5, 1), AmountView::new(Language::English, 123_456_789, "KWD", 3))),
            ..usual.clone()
        };
        vec![usual, busy, empty, yen]
    }
}

impl Sample for SettingsPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: page("Settings", PortalSection::Settings),
            name: "Anna Lindqvist".into(),
            email: "anna@example.net".into(),
            zone: "Europe/Berlin".into(),
            currency: "EUR".into(),
            current_error: None,
            new_error: None,
            repeat_error: None,
        };
        let refused = Self {
            name: LONG_NAME.into(),
            email: HOSTILE_TEXT.into(),
            current_error: Some("This is not your present password.".into()),
            new_error: Some("This password has 7 characters. Choose at least 12.".into()),
            repeat_error: Some("The two new passwords differ.".into()),
            ..usual.clone()
        };
        vec![usual, refused]
    }
}

fn sample_storefront(brand: &str, accent: Accent, name: &str) -> SampleStorefront {
    let person = SampleLogin {
        storefront: "vps".into(),
        name: name.into(),
        shows: "Servers at every turn, and something on the balance".into(),
        email: "anna@example.net".into(),
        password: "correct horse staple".into(),
    };
    let again = SampleLogin { name: LONG_NAME.into(), ..person.clone() };
    SampleStorefront {
        brand: brand.into(),
        accent,
        language: Language::English,
        what: "Virtual server".into(),
        people: vec![person, again],
    }
}
