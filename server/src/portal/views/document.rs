//! A document on screen and on paper: invoice, credit note, receipt. And the form that pays one.

use crate::ui::language::{Texts, args};
use crate::ui::{AmountView, Badge, DateView, Page, RadioCard};
use askama::Template;

/// `GET /billing/{number}` and `GET /documents/{number}`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/document.html")]
pub struct DocumentPage {
    /// Around the content; its title is kind and number.
    pub page: Page,
    /// The document.
    pub document: DocumentView,
    /// The payment, while one is wanted.
    pub pay: Option<PayForm>,
    /// The change it belongs to: words and page.
    pub change: Option<(String, String)>,
}

/// A numbered document. What it says was fixed when it was issued.
#[derive(Clone, Debug)]
pub struct DocumentView {
    /// `Invoice`, `Credit note`, `Receipt`.
    pub kind: String,
    /// `INV-2027-0042`
    pub number: String,
    /// Open, paid, cancelled.
    pub state: Badge,
    /// The day it was issued.
    pub issued_on: DateView,
    /// Until when it is to be paid.
    pub due_on: Option<DateView>,
    /// Who issued it.
    pub seller: Party,
    /// To whom.
    pub customer: Party,
    /// `Change of web-1.example.net from Standard to Large`
    pub subject: String,
    /// Its lines.
    pub lines: Vec<DocumentLine>,
    /// Subtotals and tax, above the total: words and amount.
    pub sums: Vec<(String, AmountView)>,
    /// Total.
    pub total: AmountView,
    /// Tax that the total contains, a sentence each: `Contains €1.60 VAT 19 %.`
    pub contained: Vec<String>,
    /// Balance used, payments received, below the total: words and amount.
    pub settled: Vec<(String, AmountView)>,
    /// What is still open; `None` when the document asks for nothing.
    pub open: Option<AmountView>,
    /// Sentences at the foot: `The amount is on your balance.`
    pub notes: Vec<String>,
    /// Documents it belongs with: words and page.
    pub related: Vec<(String, String)>,
    /// What happened, the tax, and how the lines make the total, a sentence each.
    pub why: Vec<String>,
}

impl DocumentView {
    /// Kind and number: `Invoice INV-2027-0042`.
    pub fn title(&self, page: &Page) -> String {
        let args = &args!["kind" => self.kind.as_str(), "number" => self.number.as_str()];
        page.language.fill("document-title", args)
    }
}

/// A line of a document.
#[derive(Clone, Debug)]
pub struct DocumentLine {
    /// `Large`, `Standard, 14 of 30 days unused`.
    pub what: String,
    /// The days, both counted; empty for none.
    pub days: String,
    /// `14 of 30 days`, `2 ×`; empty for none.
    pub quantity: String,
    /// The amount.
    pub amount: AmountView,
    /// Why it is that much.
    pub why: Vec<String>,
}

/// A name and an address.
#[derive(Clone, Debug)]
pub struct Party {
    /// The name.
    pub name: String,
    /// The lines below it.
    pub lines: Vec<String>,
}

/// Paying an invoice. The form sends `method`, `key` and `csrf` to `action`.
#[derive(Clone, Debug)]
pub struct PayForm {
    /// Where the form is sent.
    pub action: String,
    /// The idempotency key of this form.
    pub key: String,
    /// What is open.
    pub amount: AmountView,
    /// The payment methods. The name in the form is `method`.
    pub methods: Vec<RadioCard>,
    /// What the button does: `Pay €13.33`.
    pub button: String,
    /// Why the last try did not go through, as sentences.
    pub problem: Option<String>,
    /// How to pay by bank transfer; shown when that was chosen or is the only way.
    pub bank: Option<Bank>,
    /// Set while a payment runs: nothing more can be sent until its outcome is known.
    pub running: Option<String>,
}

/// Where to send a bank transfer.
#[derive(Clone, Debug)]
pub struct Bank {
    /// Whose account it is.
    pub holder: String,
    /// The account.
    pub iban: String,
    /// What must stand in the transfer, so that it is found.
    pub reference: String,
    /// `The change is made when the money arrives, usually within one bank day.`
    pub sentence: String,
}
