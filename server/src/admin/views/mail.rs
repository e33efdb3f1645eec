//! The mail log: the list, and one mail with both of its parts.

use crate::ui::{Column, DateView, EmptyState, Fact, Icon, Page, Pager, Row, Table, Value};
use askama::Template;

/// A mail in a list.
#[derive(Clone, Debug)]
pub struct MailRow {
    /// Its subject.
    pub subject: String,
    /// Its page.
    pub href: String,
    /// Which template it was made from.
    pub template: String,
    /// To whom.
    pub to: String,
    /// When.
    pub at: DateView,
}

/// The table of mails, newest first.
#[must_use]
pub fn mail_table(rows: &[MailRow], pager: Pager) -> Table {
    let row = |row: &MailRow| {
        Row::new(vec![
            Value::Link { label: row.subject.clone(), href: row.href.clone(), note: Some(row.template.clone()) },
            row.to.as_str().into(),
            row.at.clone().into(),
        ])
    };
    Table {
        caption: "Mails, newest first".into(),
        columns: vec![Column::new("Subject"), Column::new("To"), Column::new("Written")],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Letter,
            "No mails yet",
            "Every mail that Midcycle writes to a customer is kept here, in HTML and as text.",
        ),
        pager,
    }
}

/// `GET /admin/mail/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/mail.html")]
pub struct MailPage {
    /// Around the content; its title is the subject.
    pub page: Page,
    /// To, when, template, customer.
    pub facts: Vec<Fact>,
    /// The text part.
    pub text: String,
    /// Where the HTML part is served, in a sandbox of its own.
    pub html_href: String,
}
