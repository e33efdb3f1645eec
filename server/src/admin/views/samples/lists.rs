//! Every list of the admin in its states.

use super::super::change::{ChangeRow, change_table};
use super::super::customer::{CustomerRow, customer_table};
use super::super::document::{InvoiceRow, invoice_table};
use super::super::list::{Filter, ListPage, Tab};
use super::super::log::{EntryRow, entry_table};
use super::super::mail::{MailRow, mail_table};
use super::super::module::{EffectRow, RunRow, effect_table, run_table};
use super::super::payment::{AttemptRow, PayoutRow, TransferRow, attempt_table, payout_table, transfer_table};
use super::super::service::{ServiceRow, service_table};
use super::*;
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Field, Pager, Table};

/// None, one, a few with strange ones, and many.
fn in_all_states<R: Clone>(
    title: &str,
    section: AdminSection,
    rows: Vec<R>,
    table: impl Fn(&[R], Pager) -> Table,
) -> Vec<ListPage> {
    let further = Pager { previous: None, next: Some("?after=b".into()), text: "Newest 30".into() };
    let many: Vec<R> = rows.iter().cloned().cycle().take(30).collect();
    vec![
        ListPage::new(page(title, section), table(&rows, Pager::default())),
        ListPage::new(page(title, section), table(&[], Pager::default())),
        ListPage::new(page(title, section), table(&rows[..1], Pager::default())),
        ListPage::new(page(title, section), table(&many, further)),
    ]
}

impl Sample for ListPage {
    fn samples() -> Vec<Self> {
        let mut pages = in_all_states("Customers", AdminSection::Customers, customers(), customer_table);
        for page in &mut pages {
            page.export_href = Some("/admin/customers.csv".into());
            page.main = Some(pair("Open an account", "/admin/customers/new"));
            page.filter = Some(Filter {
                action: "/admin/customers".into(),
                field: Field::new("q", "Name or email", "search").value("li").optional(),
            });
        }
        let mut with_tabs = in_all_states("Services", AdminSection::Services, service_rows(), service_table);
        for page in &mut with_tabs {
            page.tabs = vec![
                Tab::new("All", "/admin/services", true),
                Tab::new("Settled", "/admin/services?state=settled", false),
                Tab::new("Working", "/admin/services?state=working", false),
                Tab::new("Failed", "/admin/services?state=failed", false),
            ];
            page.narrowed = Some(pair("Only Anna Lindqvist.", "/admin/services"));
        }
        pages.extend(with_tabs);
        pages.extend(in_all_states("Changes", AdminSection::Changes, change_rows(), change_table));
        pages.extend(in_all_states("Invoices", AdminSection::Invoices, document_rows(), invoice_table));
        pages.extend(in_all_states("Payments by card", AdminSection::Payments, attempts(), attempt_table));
        pages.extend(in_all_states("Bank transfers", AdminSection::Payments, transfers(), transfer_table));
        pages.extend(in_all_states("Payouts", AdminSection::Payments, payouts(), payout_table));
        pages.extend(in_all_states("Module runs", AdminSection::Modules, runs(), run_table));
        pages.extend(in_all_states("Queue", AdminSection::Modules, effects(), effect_table));
        pages.extend(in_all_states("Mail", AdminSection::Mail, mails(), mail_table));
        pages.extend(in_all_states("Log", AdminSection::Log, entries(), entry_table));
        pages
    }
}

pub(super) fn customers() -> Vec<CustomerRow> {
    let row = |name: &str, email: &str, minor| CustomerRow {
        name: name.into(),
        storefront: Some("Larkmoor".into()),
        href: "/admin/customers/acc_1".into(),
        email: email.into(),
        balance: euro(minor),
        opened: day(2027, 1, 11),
        add_service_href: "/admin/customers/acc_1/services/new".into(),
    };
    vec![
        row("Anna Lindqvist", "anna@lindqvist.example", 667),
        row(LONG_NAME, "buchhaltung-und-verwaltung@donaudampfschifffahrt.example", 123_456_789),
        row(HOSTILE_TEXT, HOSTILE_TEXT, 0),
    ]
}

pub(super) fn service_rows() -> Vec<ServiceRow> {
    let row = |label: &str, customer: &str, state: Badge, minor| ServiceRow {
        label: label.into(),
        href: "/admin/services/srv_1".into(),
        plan: "Standard, 4 GB extra memory".into(),
        customer: pair(customer, "/admin/customers/acc_1"),
        state,
        period_until: Some(day(2027, 4, 30)),
        price: Some(euro(minor)),
        cycle: "per month".into(),
        change_href: "/admin/services/srv_1/change".into(),
    };
    vec![
        row("web-1.example.net", "Anna Lindqvist", settled(), 2000),
        row("db.example.net", LONG_NAME, Badge::new("Working", Tone::Waiting), 123_456),
        ServiceRow {
            period_until: None,
            price: None,
            ..row(HOSTILE_TEXT, HOSTILE_TEXT, Badge::new("Failed", Tone::Bad), 0)
        },
    ]
}

pub(super) fn change_rows() -> Vec<ChangeRow> {
    let row = |what: &str, note: &str, customer: &str, state: Badge, minor| ChangeRow {
        what: what.into(),
        href: "/admin/changes/chg_1".into(),
        note: note.into(),
        customer: pair(customer, "/admin/customers/acc_1"),
        at: moment("2027-04-17T09:12:00Z"),
        state,
        net: euro(minor),
    };
    vec![
        row("Standard to Large", "Upgrade", "Anna Lindqvist", Badge::new("Waits for payment", Tone::Attention), 1111),
        row("Standard to Small", "Downgrade", LONG_NAME, Badge::new("Made", Tone::Good), -667),
        row(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT, Badge::new("Lapsed", Tone::Neutral), 0),
    ]
}

pub(super) fn document_rows() -> Vec<InvoiceRow> {
    let row = |number: &str, what: &str, customer: &str, state: Badge, minor| InvoiceRow {
        number: number.into(),
        href: "/admin/documents/doc_1".into(),
        what: what.into(),
        customer: pair(customer, "/admin/customers/acc_1"),
        issued_on: day(2027, 4, 17),
        state,
        total: euro(minor),
    };
    vec![
        row("INV-2027-0042", "Change of plan", "Anna Lindqvist", Badge::new("Open", Tone::Attention), 1111),
        row("CN-2027-0007", "Change of plan", LONG_NAME, Badge::new("Credit note", Tone::Neutral), 667),
        row("INV-2027-0041", HOSTILE_TEXT, HOSTILE_TEXT, Badge::new("Paid", Tone::Good), 123_456_789),
    ]
}

pub(super) fn attempts() -> Vec<AttemptRow> {
    let row = |state: Badge, reason: Option<&str>, customer: &str| AttemptRow {
        card: "Test card that pays".into(),
        id: "att_0190b6a2f7e47d3c8a5b000000000001".into(),
        customer: pair(customer, "/admin/customers/acc_1"),
        invoice: pair("INV-2027-0042", "/admin/documents/doc_1"),
        at: moment("2027-04-17T09:12:00Z"),
        state,
        reason: reason.map(str::to_owned),
        amount: euro(1111),
    };
    vec![
        row(Badge::new("Captured", Tone::Good), None, "Anna Lindqvist"),
        row(Badge::new("Unknown", Tone::Attention), None, LONG_NAME),
        row(Badge::new("Failed", Tone::Bad), Some(HOSTILE_TEXT), HOSTILE_TEXT),
        row(Badge::new("Sent", Tone::Waiting), None, "Anna Lindqvist"),
    ]
}

fn payouts() -> Vec<PayoutRow> {
    let row = |to: &str, customer: &str, state: Badge, note: Option<&str>| PayoutRow {
        document: pair("PAY-2027-0001", "/admin/payouts/doc_1/sent"),
        customer: pair(customer, "/admin/customers/acc_1"),
        to: to.into(),
        at: moment("2027-04-17T09:12:00Z"),
        state,
        note: note.map(str::to_owned),
        net: euro(36_000),
    };
    vec![
        row("Anna Lindqvist, DE02 1203", "Anna Lindqvist", Badge::new("To be sent", Tone::Attention), None),
        row(HOSTILE_TEXT, LONG_NAME, Badge::new("Came back", Tone::Neutral), Some(HOSTILE_TEXT)),
    ]
}

fn transfers() -> Vec<TransferRow> {
    let row = |reference: &str, customer: &str, document: Option<&str>, minor| TransferRow {
        reference: reference.into(),
        customer: pair(customer, "/admin/customers/acc_1"),
        at: moment("2027-04-17T09:12:00Z"),
        document: document.map(|number| pair(number, "/admin/documents/doc_1")),
        amount: euro(minor),
    };
    vec![
        row("2027-04-17/000123", "Anna Lindqvist", Some("INV-2027-0042"), 1111),
        row(LONG_NAME, LONG_NAME, None, 123_456_789),
        row(HOSTILE_TEXT, HOSTILE_TEXT, Some(HOSTILE_TEXT), 5),
    ]
}

pub(super) fn runs() -> Vec<RunRow> {
    let row = |service: &str, what: &str, outcome: Badge, took: Option<&str>| RunRow {
        at: moment("2027-04-17T09:13:00Z"),
        href: "/admin/modules/run_1".into(),
        service: pair(service, "/admin/services/srv_1"),
        what: what.into(),
        outcome,
        took: took.map(str::to_owned),
    };
    vec![
        row("web-1.example.net", "server, order 2", Badge::new("Done", Tone::Good), Some("3.2 s")),
        row(LONG_NAME, "server, order 7", Badge::new("Running", Tone::Waiting), None),
        row(HOSTILE_TEXT, HOSTILE_TEXT, Badge::new("Failed", Tone::Bad), Some("30.0 s")),
    ]
}

fn effects() -> Vec<EffectRow> {
    let row = |what: &str, customer: &str, state: Badge, error: Option<&str>| EffectRow {
        what: what.into(),
        href: error.map(|_| "/admin/modules/queue/eff_1".to_owned()),
        customer: pair(customer, "/admin/customers/acc_1"),
        due: moment("2027-04-17T09:13:00Z"),
        state,
        tries: "3".into(),
        error: error.map(str::to_owned),
    };
    vec![
        row("Take €11.11 by card", "Anna Lindqvist", Badge::new("Waiting", Tone::Waiting), None),
        row("Send the mail plan_changed", LONG_NAME, Badge::new("Delivered", Tone::Good), None),
        row(HOSTILE_TEXT, HOSTILE_TEXT, Badge::new("Given up", Tone::Bad), Some(HOSTILE_TEXT)),
    ]
}

pub(super) fn mails() -> Vec<MailRow> {
    let row = |subject: &str, to: &str| MailRow {
        subject: subject.into(),
        href: "/admin/mail/eff_1".into(),
        template: "plan_changed".into(),
        to: to.into(),
        at: moment("2027-04-17T09:13:00Z"),
    };
    vec![
        row("web-1.example.net is Large now", "anna@lindqvist.example"),
        row(LONG_NAME, "buchhaltung-und-verwaltung@donaudampfschifffahrt.example"),
        row(HOSTILE_TEXT, HOSTILE_TEXT),
    ]
}

pub(super) fn entries() -> Vec<EntryRow> {
    let row = |what: &str, customer: &str, by: &str| EntryRow {
        what: what.into(),
        href: "/admin/log/cmd_1".into(),
        customer: pair(customer, "/admin/customers/acc_1"),
        at: moment("2027-04-17T09:13:00Z"),
        by: (by.into(), (by != "Midcycle").then_some("staff")),
    };
    vec![
        row(
            "upgrade from Standard to Large was submitted: 11.11 EUR to pay.",
            "Anna Lindqvist",
            "mara@fjordhost.example",
        ),
        row(LONG_NAME, LONG_NAME, "Midcycle"),
        row(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT),
    ]
}
