//! Lists of money in their states: none, one, many, strange.

use super::super::money::{DocumentRow, InvoiceRow, Movement};
use super::super::{BalancePage, DocumentsPage, InvoicesPage, PayoutOffer, PayoutPage};
use super::*;
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Fact, Field, Pager};

fn further() -> Pager {
    Pager { previous: None, next: Some("?after=b".into()), text: "1–25 of 112".into() }
}

impl Sample for InvoicesPage {
    fn samples() -> Vec<Self> {
        let row = |number: &str, what: &str, word: &str, tone, minor| InvoiceRow {
            number: number.into(),
            href: format!("/billing/{number}"),
            what: what.into(),
            issued_on: day(2027, 4, 17),
            state: Badge::new(word, tone),
            total: euro(minor),
        };
        let rows = vec![
            row("INV-2027-0042", "Change of web-1.example.net from Standard to Large", "Open", Tone::Attention, 1111),
            row("INV-2027-0031", "web-1.example.net, 1–30 April 2027", "Paid", Tone::Good, 2000),
            row("INV-2027-0020", LONG_NAME, "Cancelled", Tone::Neutral, 123_456_789),
            row("INV-2027-0011", HOSTILE_TEXT, "Overdue", Tone::Bad, 0),
        ];
        let with = |rows: Vec<InvoiceRow>, open_count, pager| Self {
            page: page("Billing", PortalSection::Billing),
            open: euro(1111),
            open_count,
            pay: (open_count > 1).then(super::document::pay_form),
            rows,
            pager,
        };
        vec![
            with(rows.clone(), 1, Pager::default()),
            with(Vec::new(), 0, Pager::default()),
            with(rows[1..2].to_vec(), 0, Pager::default()),
            with(std::iter::repeat_n(rows, 6).flatten().collect(), 6, further()),
        ]
    }
}

impl Sample for BalancePage {
    fn samples() -> Vec<Self> {
        let row = |what: &str, number: &str, minor, after| Movement {
            on: day(2027, 4, 11),
            what: what.into(),
            document: (number.into(), format!("/documents/{number}")),
            amount: euro(minor),
            after: euro(after),
        };
        let rows = vec![
            row("Used for INV-2027-0042", "INV-2027-0042", -500, 167),
            row("Downgrade of web-1.example.net to Small", "CN-2027-0007", 667, 667),
            row(LONG_NAME, "RC-2027-0001", 123_456_789, 0),
            row(HOSTILE_TEXT, "RC-2027-0002", 0, 0),
        ];
        let with = |rows: Vec<Movement>, minor, pager| Self {
            page: page("Balance", PortalSection::Balance),
            balance: euro(minor),
            payout_href: (minor > 0).then(|| "/balance/payout".into()),
            on_its_way: None,
            rows,
            pager,
        };
        let going =
            Self {
                payout_href: None, on_its_way: Some("€360.00".into()), ..with(rows.clone(), 167, Pager::default())
            };
        vec![
            going,
            with(rows.clone(), 167, Pager::default()),
            with(Vec::new(), 0, Pager::default()),
            with(rows[1..2].to_vec(), 667, Pager::default()),
            with(std::iter::repeat_n(rows, 6).flatten().collect(), 167, further()),
        ]
    }
}

impl Sample for PayoutPage {
    fn samples() -> Vec<Self> {
        let around = || page("Pay out", PortalSection::Balance).crumb("Balance", "/balance");
        let amount = Field::new("amount", "Amount in EUR", "text").value("400.00").help("At most €400.00.");
        let wrong = Field { error: Some("At most €400.00 can be paid out.".into()), ..amount.clone() };
        let offer = PayoutOffer {
            title: "You get €360.00".into(),
            facts: vec![
                Fact::new("Taken off your balance", euro(40_000)),
                Fact::new("Fee of 10%", euro(-4_000)),
                Fact::new("Paid out", euro(36_000)),
            ],
            sent_back: [("amount", "400.00".into()), ("fee", "40.00".into())],
            fields: [
                Field::new("to", "Where to", "text").value(HOSTILE_TEXT).help("The account holder and the IBAN."),
                Field::new("password", "Password", "password").help("So that nobody else can move your money."),
            ],
            key: "0".repeat(32),
            button: "Pay out €360.00".into(),
        };
        let with =
            |amount: Option<Field>, offer: Option<PayoutOffer>| Self { page: around(), problem: None, amount, offer };
        vec![
            with(Some(amount.clone()), None),
            with(Some(wrong), None),
            with(Some(amount), Some(offer)),
            Self { problem: Some("There is nothing to pay out.".into()), ..with(None, None) },
        ]
    }
}

impl Sample for DocumentsPage {
    fn samples() -> Vec<Self> {
        let row = |number: &str, kind: &str, what: &str, minor| DocumentRow {
            number: number.into(),
            href: format!("/documents/{number}"),
            kind: kind.into(),
            what: what.into(),
            issued_on: day(2027, 4, 11),
            total: euro(minor),
        };
        let rows = vec![
            row("CN-2027-0007", "Credit note", "Downgrade of web-1.example.net to Small", -667),
            row("RC-2027-0040", "Receipt", LONG_NAME, 2000),
            row("INV-2027-0031", "Invoice", HOSTILE_TEXT, 2000),
        ];
        let with =
            |rows: Vec<DocumentRow>, pager| Self { page: page("Documents", PortalSection::Documents), rows, pager };
        vec![
            with(rows.clone(), Pager::default()),
            with(Vec::new(), Pager::default()),
            with(rows[..1].to_vec(), Pager::default()),
            with(std::iter::repeat_n(rows, 8).flatten().collect(), further()),
        ]
    }
}
