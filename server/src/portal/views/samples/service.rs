//! My services and one service in their states.

use super::super::plan_change::{MoneyLine, Withdraw};
use super::super::service::{
    CancelWay, CoverageRow, Ended, EndedService, Ends, NextInvoice, PendingChange, ServerView, Trial, WaitingLines,
};
use super::super::{CancelPage, ServicePage, ServicesPage};
use super::account::service_rows;
use super::*;
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Fact, Pager, UsageBar, Value};

impl Sample for ServicesPage {
    fn samples() -> Vec<Self> {
        let ended = EndedService {
            name: LONG_NAME.into(),
            href: "/services/svc_9".into(),
            plan: HOSTILE_TEXT.into(),
            on: day(2027, 4, 1),
        };
        let around = || page("My services", PortalSection::Services);
        let with = |rows, pager| Self { page: around(), rows, ended: vec![ended.clone()], pager };
        let many = std::iter::repeat_n(service_rows(), 5).flatten().collect();
        vec![
            with(service_rows(), Pager::default()),
            with(Vec::new(), Pager::default()),
            with(service_rows().into_iter().take(1).collect(), Pager::default()),
            with(many, Pager { previous: Some("/services?before=a".into()), next: None, text: "21–40 of 40".into() }),
        ]
    }
}

/// What an upgrade has left to the next invoice.
fn waiting() -> WaitingLines {
    let line = |what: &str, minor, why: &str| MoneyLine {
        what: what.into(),
        days: "17–30 April 2027".into(),
        list: String::new(),
        amount: euro(minor),
        why: vec![why.into()],
    };
    WaitingLines {
        sentence:
            "Your next invoice is €37.33 on 1 May 2027: €24.00 for the new period and €13.33 of changes before it."
                .into(),
        lines: vec![
            line("Small, 14 of 30 days unused", -467, "10.00 EUR for 30 days; 14 of them remain: 4.67 EUR."),
            line("Standard, 14 of 30 days", 1587, "34.00 EUR for 30 days; 14 of them remain: 15.87 EUR."),
        ],
        tax: vec![("VAT 19 %".into(), euro(213))],
        total: euro(1333),
        contained: Vec::new(),
    }
}

/// How full a server is, nearly full in one respect.
pub(super) fn usage() -> Vec<UsageBar> {
    let bar = |label: &str, used, limit, text: &str| UsageBar { label: label.into(), used, limit, text: text.into() };
    vec![bar("Disk", 62, 80, "62 of 80 GB"), bar("Traffic this month", 3700, 4000, "3.7 of 4 TB")]
}

impl Sample for ServicePage {
    fn samples() -> Vec<Self> {
        let covered = |item: &str, days: &str, document: &str, minor, word: &str, tone| CoverageRow {
            item: item.into(),
            days: days.into(),
            document: Some((document.into(), format!("/documents/{document}"))),
            gross: euro(minor),
            discount: euro(0),
            net: euro(minor),
            tax: euro(0),
            tax_rate: None,
            collected: euro(minor),
            state: Badge::new(word, tone),
        };
        let usual = Self {
            page: page("web-1.example.net", PortalSection::Services).crumb("My services", "/services"),
            status: running(),
            plan: "Standard".into(),
            specs: vec![
                Fact::new("Processors", "2"),
                Fact::new("Memory", "4 GB"),
                Fact::new("Disk", "80 GB"),
                Fact::new("Traffic", "4 TB per month"),
            ],
            options: vec![Fact::new("Extra memory", Value::Noted("2 GB".into(), "€4.00 per month".into()))],
            price: euro(2400),
            cycle: "per month".into(),
            paid_until: day(2027, 4, 30).into(),
            trial: None,
            next_invoice: Some(NextInvoice { on: day(2027, 5, 1), amount: euro(2400), used: Some(euro(610)) }),
            waiting: None,
            tax_note: None,
            credits: None,
            metered: vec![Fact::new("Traffic", Value::Noted("1,250 GB".into(), "€5.00 so far".into()))],
            usage: usage(),
            server: ServerView {
                machine: true,
                desired: "Standard, 6 GB".into(),
                observed: Some("Standard, 6 GB".into()),
                observed_at: Some(moment("2027-04-17T09:15:00Z")),
                generation: 3,
                state: Badge::new("As ordered", Tone::Good),
                steps: Vec::new(),
            },
            coverage: vec![
                covered("Standard", "1–30 April 2027", "INV-2027-0031", 2000, "Paid", Tone::Good),
                covered("Extra memory", "20–30 April 2027", "INV-2027-0038", 147, "Open", Tone::Attention),
                covered("Small", "17–30 April 2027", "CN-2027-0004", -467, "Given back", Tone::Neutral),
            ],
            pending: None,
            change_href: "/services/svc_1/change".into(),
            change_refused: None,
            cancel_href: Some("/services/svc_1/cancel".into()),
            ends: None,
            ended: None,
        };
        let changing = Self {
            status: Badge::new("Restarting", Tone::Waiting),
            pending: Some(PendingChange {
                title: "A change is on its way".into(),
                withdraw: None,
                sentence: "From Standard to Large. The server is being resized now.".into(),
                href: "/changes/chg_1".into(),
                steps: steps_resizing(),
            }),
            server: ServerView {
                machine: true,
                desired: "Large, 8 GB".into(),
                state: Badge::new("Being resized", Tone::Waiting),
                generation: 4,
                ..usual.server.clone()
            },
            change_refused: Some("A change is on its way. You can change the plan again when it is finished.".into()),
            ..usual.clone()
        };
        let settled_later = Self {
            paid_until: Value::Noted("30 April 2027".into(), "changes are settled with the next invoice".into()),
            next_invoice: Some(NextInvoice { on: day(2027, 5, 1), amount: euro(3733), used: None }),
            waiting: Some(waiting()),
            ..usual.clone()
        };
        let bare = Self {
            page: page(LONG_NAME, PortalSection::Services).crumb("My services", "/services"),
            plan: HOSTILE_TEXT.into(),
            specs: vec![Fact::new(HOSTILE_TEXT, LONG_NAME)],
            options: Vec::new(),
            paid_until: Value::Nothing,
            trial: Some(Trial { until: day(2027, 4, 14), price: Some(euro(100)) }),
            next_invoice: None,
            usage: Vec::new(),
            server: ServerView {
                machine: true,
                observed: None,
                observed_at: None,
                state: Badge::new("Being set up", Tone::Waiting),
                ..usual.server.clone()
            },
            coverage: Vec::new(),
            ..usual.clone()
        };
        let planned = Self {
            plan: "Plus".into(),
            tax_note: Some("plus VAT 19 %".into()),
            credits: Some(("hours".into(), "12 of 40 hours left".into())),
            pending: Some(PendingChange {
                title: "A change is planned".into(),
                sentence: "Plus to Basic. Anna’s team stays Plus until this period ends, and is Basic from 1 May 2027 on. Nothing is to pay now.".into(),
                href: "/changes/chg_1".into(),
                steps: vec![
                    Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("With the next period", StepState::Current).at(moment("2027-04-30T22:00:00Z")),
                    Step::new("Done", StepState::Ahead),
                ],
                withdraw: Some(Withdraw {
                    action: "/changes/chg_1/withdraw".into(),
                    key: "key-sample".into(),
                    sentence: "Your plan stays Plus. Nothing was charged.".into(),
                }),
            }),
            coverage: vec![
                CoverageRow {
                    gross: euro(200_000),
                    discount: euro(-20_000),
                    net: euro(180_000),
                    tax: euro(34_200),
                    tax_rate: Some("VAT 19 %".into()),
                    collected: euro(180_000),
                    ..covered("Plus", "1–30 April 2027", "INV-2027-0031", 180_000, "Paid", Tone::Good)
                },
                CoverageRow {
                    tax: euro(570),
                    tax_rate: Some("VAT 19 %".into()),
                    collected: euro(0),
                    ..covered("Marketing × 2", "17–30 April 2027", "INV-2027-0038", 3000, "Open", Tone::Attention)
                },
            ],
            ..usual.clone()
        };
        let cancelled = Self {
            next_invoice: None,
            change_refused: Some("This service is cancelled and ends with its period.".into()),
            cancel_href: None,
            ends: Some(Ends {
                sentence: "It goes on until 1 May 2027. Nothing is charged afterwards.".into(),
                action: Some("/services/svc_1/keep".into()),
                key: "key-sample".into(),
            }),
            ..usual.clone()
        };
        let ended = Self {
            status: Badge::new("Ended", Tone::Neutral),
            change_refused: Some("This service has ended.".into()),
            cancel_href: None,
            ended: Some(Ended {
                sentence: "It ended on 17 April 2027. €9.33 went to your balance.".into(),
                document: Some(("CN-2027-0004".into(), "/documents/doc_1".into())),
            }),
            ..usual.clone()
        };
        vec![usual, changing, settled_later, planned, bare, cancelled, ended]
    }
}

impl Sample for CancelPage {
    fn samples() -> Vec<Self> {
        let around = || page("Cancel web-1.example.net", PortalSection::Services).crumb("My services", "/services");
        let way = |name, title: &str, button: &str, is_danger| CancelWay {
            name,
            title: title.into(),
            sentences: vec!["€9.33 goes to your balance.".into(), HOSTILE_TEXT.into()],
            facts: vec![Fact::new(LONG_NAME, euro(-933))],
            why: vec!["20.00 EUR × 14 ÷ 30 days = 9.33 EUR".into()],
            action: "/services/svc_1/cancel".into(),
            quote: "token".into(),
            key: "0".repeat(32),
            button: button.into(),
            is_danger,
        };
        let with = |ways: Vec<CancelWay>, problem: Option<String>| Self {
            page: around(),
            problem,
            ways,
            back_href: "/services/svc_1".into(),
        };
        let now = way("now", "Now", "Cancel now, €9.33 to your balance", true);
        let later = way("period-end", "With the period, on 1 May 2027", "Cancel with the period", false);
        vec![
            with(vec![later.clone(), now], None),
            with(vec![later], Some("What it comes to has changed since you saw it.".into())),
            with(Vec::new(), Some("This service has ended.".into())),
        ]
    }
}
