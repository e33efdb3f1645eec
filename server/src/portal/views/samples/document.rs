//! Invoices, credit notes and receipts in their states.

use super::super::document::DocumentLine;
use super::super::{Bank, DocumentPage, DocumentView, Party, PayForm};
use super::*;
use crate::ui::RadioCard;
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};

/// The payment methods of the demo.
pub(super) fn methods() -> Vec<RadioCard> {
    vec![
        RadioCard::new("method", "card_pays", "Test card that pays", true)
            .note("Ends in 4242. The payment goes through at once."),
        RadioCard::new("method", "card_declines", "Test card that is declined", false)
            .note("Ends in 0002. Nothing is charged."),
        RadioCard::new("method", "card_times_out", "Test card that answers late", false)
            .note("Ends in 0119. It is charged, but the answer is lost and has to be asked for."),
        RadioCard::new("method", "bank_transfer", "Bank transfer", false)
            .note("The change is made when the money arrives, usually within one bank day."),
    ]
}

/// A payment that is wanted, by card or by transfer.
pub(super) fn pay_form() -> PayForm {
    PayForm {
        action: "/billing/INV-2027-0042/pay".into(),
        key: "key-sample".into(),
        amount: euro(611),
        methods: methods(),
        button: "Pay €6.11".into(),
        problem: None,
        bank: Some(Bank {
            holder: "Fjordhost AS".into(),
            iban: "NO93 8601 1117 947".into(),
            reference: "INV-2027-0042".into(),
            sentence: "The change is made when the money arrives, usually within one bank day.".into(),
        }),
        running: None,
    }
}

fn line(what: &str, quantity: &str, minor: i64) -> DocumentLine {
    DocumentLine {
        what: what.into(),
        days: "17–30 April 2027".into(),
        quantity: quantity.into(),
        amount: euro(minor),
        why: texts(&["40.00 EUR for 30 days; 14 of them remain: 18.67 EUR."]),
    }
}

fn invoice() -> DocumentView {
    DocumentView {
        kind: "Invoice".into(),
        number: "INV-2027-0042".into(),
        state: Badge::new("Open", Tone::Attention),
        issued_on: day(2027, 4, 17),
        due_on: Some(day(2027, 4, 24)),
        seller: Party {
            name: "Fjordhost AS".into(),
            lines: texts(&["Strandgata 12", "5013 Bergen, Norway", "VAT NO 123 456 789 MVA"]),
        },
        customer: Party { name: "Anna Lindqvist".into(), lines: texts(&["Hafenstraße 3", "20457 Hamburg, Germany"]) },
        subject: "Change of web-1.example.net from Standard to Large".into(),
        lines: vec![line("Standard, given back", "14 of 30 days", -933), line("Large", "14 of 30 days", 1867)],
        sums: vec![("Sum without tax".into(), euro(934)), ("VAT 19 %".into(), euro(177))],
        total: euro(1111),
        contained: Vec::new(),
        settled: vec![("From your balance".into(), euro(-500))],
        open: Some(euro(611)),
        notes: texts(&["The change is made when this invoice is paid."]),
        related: Vec::new(),
        why: texts(&["You paid €20.00 for Standard from 1 to 30 April 2027, and 14 of these 30 days are left."]),
    }
}

impl Sample for DocumentPage {
    fn samples() -> Vec<Self> {
        let around = |title: &str| page(title, PortalSection::Billing).crumb("Billing", "/billing");
        let open = Self {
            page: around("Invoice INV-2027-0042"),
            document: invoice(),
            pay: Some(pay_form()),
            change: Some(("See how far the change is".into(), "/changes/chg_1".into())),
        };
        let paid = Self {
            document: DocumentView {
                state: Badge::new("Paid", Tone::Good),
                settled: vec![
                    ("From your balance".into(), euro(-500)),
                    ("Paid by card on 17 April 2027".into(), euro(-611)),
                ],
                open: Some(euro(0)),
                related: vec![("RC-2027-0040".into(), "/documents/RC-2027-0040".into())],
                ..invoice()
            },
            pay: None,
            ..open.clone()
        };
        let credit = Self {
            page: around("Credit note CN-2027-0007"),
            document: DocumentView {
                kind: "Credit note".into(),
                number: "CN-2027-0007".into(),
                state: Badge::new("On your balance", Tone::Good),
                due_on: None,
                lines: vec![line("Standard, given back", "20 of 30 days", -1333), line("Small", "20 of 30 days", 666)],
                sums: vec![("Sum without tax".into(), euro(-667)), ("VAT 19 %".into(), euro(-127))],
                total: euro(-794),
                settled: Vec::new(),
                open: None,
                notes: texts(&["€7.94 is on your balance. It pays your next invoices first."]),
                related: vec![("INV-2027-0031".into(), "/billing/INV-2027-0031".into())],
                ..invoice()
            },
            pay: None,
            change: None,
        };
        let running = Self {
            pay: Some(PayForm {
                running: Some("We are asking your bank what became of the payment. You need not do anything; please do not pay twice.".into()),
                bank: None,
                ..pay_form()
            }),
            ..open.clone()
        };
        let declined = Self {
            pay: Some(PayForm {
                problem: Some(
                    "Your card was declined. Nothing was charged and nothing was changed. Try another card.".into(),
                ),
                ..pay_form()
            }),
            ..open.clone()
        };
        let strange = Self {
            document: DocumentView {
                customer: Party { name: LONG_NAME.into(), lines: texts(&[HOSTILE_TEXT]) },
                subject: HOSTILE_TEXT.into(),
                lines: vec![
                    DocumentLine {
                        what: LONG_NAME.into(),
                        days: String::new(),
                        quantity: String::new(),
                        amount: euro(-123_456_789),
                        why: Vec::new(),
                    };
                    20
                ],
                ..invoice()
            },
            ..open.clone()
        };
        vec![open, paid, credit, running, declined, strange]
    }
}
