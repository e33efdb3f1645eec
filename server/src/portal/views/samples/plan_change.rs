//! The plan change in its states.

use billing::explain::Language;

use super::super::plan_change::{Direction, MoneyLine, PlanChoice, Restart, Today, Withdraw};
use super::super::service::NextInvoice;
use super::super::{ChangePage, ChoosePage, Meaning, OutdatedPage, ReviewPage};
use super::document::pay_form;
use super::service::usage;
use super::*;
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Choice, Fact, Notice, RadioCard, Select};

fn line(what: &str, days: &str, minor: i64) -> MoneyLine {
    MoneyLine { what: what.into(), days: days.into(), list: String::new(), amount: euro(minor), why: Vec::new() }
}

fn upgrade() -> Meaning {
    Meaning {
        direction: Direction::Upgrade,
        what: "Standard to Large".into(),
        lines: vec![
            line("Standard, 14 of 30 days unused", "17–30 April 2027", -933),
            line("Large, 14 of 30 days", "17–30 April 2027", 1867),
        ],
        tax: vec![line("VAT 19 %", "", 177)],
        total: Some(euro(1111)),
        contained: Vec::new(),
        balance_used: Some(euro(-500)),
        due_today: euro(611),
        due_words: "Due today".into(),
        to_balance: None,
        later: None,
        made: "The change is made as soon as the invoice is paid.".into(),
        credits: None,
        next_invoice: "Your next invoice is €40.00 on 1 May 2027.".into(),
        restart: Some(Restart { when: "As soon as the invoice is paid".into(), how_long: "about 2 minutes".into() }),
        gained: texts(&["4 processors instead of 2", "8 GB memory instead of 4 GB", "160 GB disk instead of 80 GB"]),
        lost: Vec::new(),
        why: texts(&[
            "You paid €20.00 for Standard from 1 to 30 April 2027, which is 30 days.",
            "The day of the change still belongs to Standard, so 14 days are left: 17 to 30 April. 20.00 × 14 ÷ 30 is 9.333, rounded to €9.33. This comes back to you.",
            "Large costs €40.00 for 30 days. 40.00 × 14 ÷ 30 is 18.666, rounded to €18.67.",
            "19 % VAT on the difference of €9.34 is €1.77.",
            "Your balance pays €5.00 of it first.",
        ]),
    }
}

fn downgrade() -> Meaning {
    Meaning {
        direction: Direction::Downgrade,
        what: "Standard to Small".into(),
        lines: vec![
            line("Standard, 20 of 30 days unused", "11–30 April 2027", -1333),
            line("Small, 20 of 30 days", "11–30 April 2027", 666),
        ],
        tax: Vec::new(),
        total: None,
        contained: Vec::new(),
        balance_used: None,
        due_today: euro(0),
        due_words: "Due today".into(),
        to_balance: Some(euro(667)),
        later: None,
        made: "The change is made as soon as you confirm.".into(),
        credits: None,
        next_invoice: "Your next invoice is €10.00 on 1 May 2027.".into(),
        restart: Some(Restart { when: "As soon as you confirm".into(), how_long: "about 2 minutes".into() }),
        gained: Vec::new(),
        lost: texts(&["1 processor instead of 2", "2 GB memory instead of 4 GB"]),
        why: texts(&[
            "You paid €20.00 for Standard from 1 to 30 April 2027, and 20 of these 30 days are left.",
            "20.00 × 20 ÷ 30 is 13.333, rounded to €13.33.",
        ]),
    }
}

/// With the next period: nothing to pay now, and hours that begin anew.
fn planned() -> Meaning {
    Meaning {
        direction: Direction::Downgrade,
        what: "Plus to Basic".into(),
        lines: Vec::new(),
        due_words: "Due now".into(),
        to_balance: None,
        later: None,
        made: "The change is made with the next period, on 1 May 2027. Nothing is to pay now.".into(),
        credits: Some("12 of 40 hours left; 20 hours from 1 May 2027 on.".into()),
        next_invoice: "Your next invoice is €1,000.00 plus VAT 19 % on 1 May 2027.".into(),
        restart: None,
        lost: texts(&["20 hours instead of 40"]),
        why: Vec::new(),
        ..downgrade()
    }
}

/// Made at once and settled with the next invoice: nothing is due now.
fn with_the_next_invoice() -> Meaning {
    Meaning {
        due_today: euro(0),
        due_words: "Due now".into(),
        balance_used: None,
        later: Some("€13.33 comes with your next invoice of 1 May 2027.".into()),
        made: "The change is made as soon as you confirm.".into(),
        next_invoice: "Your next invoice is €20.00 on 1 May 2027. It also asks for €13.33 of changes before it.".into(),
        ..upgrade()
    }
}

/// Made at once and owed: prices contain their tax, and one has a discount.
fn on_account() -> Meaning {
    Meaning {
        what: "Plus to Pro, paid yearly".into(),
        lines: vec![
            line("Plus, 14 of 30 days unused", "17–30 April 2027", -46_667),
            MoneyLine {
                list: "€24,000.00 less 10 %".into(),
                ..line("Pro, 365 days", "17 April 2027 – 16 April 2028", 2_160_000)
            },
        ],
        tax: Vec::new(),
        total: Some(euro(2_113_333)),
        contained: texts(&["Contains €3,374.23 VAT 19 %."]),
        balance_used: None,
        due_today: euro(2_113_333),
        due_words: "Due by 1 May 2027".into(),
        made: "The change is made at once. The invoice of €21,133.33 is due by 1 May 2027.".into(),
        credits: Some("12 of 40 hours left; 92 hours after the change.".into()),
        restart: None,
        ..upgrade()
    }
}

fn hostile() -> Meaning {
    Meaning {
        direction: Direction::Sideways,
        what: HOSTILE_TEXT.into(),
        lines: vec![MoneyLine { list: HOSTILE_TEXT.into(), ..line(LONG_NAME, HOSTILE_TEXT, -123_456_789) }],
        contained: texts(&[HOSTILE_TEXT]),
        credits: Some(HOSTILE_TEXT.into()),
        to_balance: Some(euro(100)),
        later: None,
        due_today: euro(123_456_789),
        gained: texts(&[HOSTILE_TEXT]),
        lost: texts(&[LONG_NAME]),
        why: texts(&[HOSTILE_TEXT]),
        ..upgrade()
    }
}

fn today() -> Today {
    Today {
        plan: "Standard".into(),
        price: euro(2000),
        cycle: "per month".into(),
        paid_until: day(2027, 4, 30).into(),
        trial: None,
        next_invoice: Some(NextInvoice { on: day(2027, 5, 1), amount: euro(2000), used: None }),
        tax_note: Some("plus VAT 19 %".into()),
        usage: usage(),
    }
}

fn plans(selected: &str) -> Vec<PlanChoice> {
    let plan = |id: &str, name: &str, minor, differences: &[&str]| PlanChoice {
        id: id.into(),
        name: name.into(),
        present: id == "standard",
        selected: id == selected,
        differences: texts(differences),
        price: euro(minor),
        list: String::new(),
        cycle: "per month".into(),
        difference: (id != "standard").then(|| AmountView::difference(Language::English, minor - 2000, "EUR", 2)),
        refused: None,
    };
    vec![
        PlanChoice {
            refused: Some("Your disk holds 62 GB, and Mini has 20 GB. Free 42 GB first.".into()),
            ..plan("mini", "Mini", 500, &["1 processor", "1 GB memory", "20 GB disk"])
        },
        plan("small", "Small", 1000, &["1 processor instead of 2", "2 GB memory instead of 4 GB"]),
        plan("standard", "Standard", 2000, &["2 processors", "4 GB memory", "80 GB disk"]),
        plan(
            "large",
            "Large",
            4000,
            &["4 processors instead of 2", "8 GB memory instead of 4 GB", "160 GB disk instead of 80 GB"],
        ),
        plan(
            "xlarge",
            "X-Large",
            8000,
            &["8 processors instead of 2", "16 GB memory instead of 4 GB", "320 GB disk instead of 80 GB"],
        ),
    ]
}

impl Sample for ChoosePage {
    fn samples() -> Vec<Self> {
        let start = Self {
            page: page("Change plan", PortalSection::Services)
                .crumb("My services", "/services")
                .crumb("web-1.example.net", "/services/svc_1"),
            service: "web-1.example.net".into(),
            service_href: "/services/svc_1".into(),
            action: "/services/svc_1/change".into(),
            review_action: "/services/svc_1/change/review".into(),
            today: today(),
            plans: plans("standard"),
            cycles: vec![
                RadioCard::new("cycle", "monthly", "Every month", true),
                RadioCard::new("cycle", "yearly", "Every year", false).note("Two months less to pay."),
            ],
            options: vec![Select {
                name: "option_memory".into(),
                label: "Extra memory".into(),
                choices: vec![
                    Choice::new("0", "None", true),
                    Choice::new("1", "2 GB, €4.00 per month", false),
                    Choice::new("2", "4 GB, €8.00 per month", false),
                ],
                help: None,
                error: None,
            }],
            moments: Vec::new(),
            day: None,
            replaces: None,
            tax_note: Some("All prices plus VAT 19 %.".into()),
            meaning: None,
            refused: None,
        };
        let up = Self { plans: plans("large"), meaning: Some(upgrade()), ..start.clone() };
        let down = Self { plans: plans("small"), meaning: Some(downgrade()), ..start.clone() };
        let later = Self {
            plans: plans("small"),
            day: None,
            moments: vec![
                RadioCard::new("when", "now", "Now", false)
                    .note("The rest of this period is counted: what is not used comes back."),
                RadioCard::new("when", "period_end", "With the next period, on 1 May 2027", true)
                    .note("Nothing is to pay now."),
            ],
            replaces: Some("Plus to Pro is planned for 1 May 2027. What you choose here takes its place.".into()),
            meaning: Some(planned()),
            ..start.clone()
        };
        let discounted = Self {
            plans: plans("large")
                .into_iter()
                .map(|plan| PlanChoice { list: "€2,400.00 less 10 %".into(), cycle: "per year".into(), ..plan })
                .collect(),
            tax_note: Some("All prices with VAT 19 %.".into()),
            meaning: Some(on_account()),
            ..start.clone()
        };
        let refused = Self {
            plans: plans("mini"),
            refused: Some("Your disk holds 62 GB, and Mini has 20 GB. Free 42 GB first, then choose again.".into()),
            ..start.clone()
        };
        let strange = Self {
            service: LONG_NAME.into(),
            plans: vec![PlanChoice {
                name: LONG_NAME.into(),
                differences: texts(&[HOSTILE_TEXT]),
                ..plans("large").remove(0)
            }],
            cycles: Vec::new(),
            options: Vec::new(),
            meaning: Some(hostile()),
            ..start.clone()
        };
        vec![up, start, down, later, discounted, refused, strange]
    }
}

fn review(meaning: Meaning, button: &str) -> ReviewPage {
    ReviewPage {
        page: page("Review your change", PortalSection::Services)
            .crumb("My services", "/services")
            .crumb("web-1.example.net", "/services/svc_1")
            .crumb("Change plan", "/services/svc_1/change?plan=large"),
        service: "web-1.example.net".into(),
        meaning,
        replaces: None,
        holds_until: moment("2027-04-17T09:42:00Z"),
        action: "/services/svc_1/change".into(),
        quote: "q1.sample".into(),
        key: "key-sample".into(),
        methods: super::document::methods(),
        problem: None,
        button: button.into(),
        back_href: "/services/svc_1/change?plan=large".into(),
    }
}

impl Sample for ReviewPage {
    fn samples() -> Vec<Self> {
        vec![
            review(upgrade(), "Upgrade to Large and pay €6.11"),
            Self { methods: Vec::new(), ..review(downgrade(), "Downgrade to Small, €6.67 to your balance") },
            Self {
                methods: Vec::new(),
                replaces: Some("Plus to Pro is planned for 1 May 2027. What you choose here takes its place.".into()),
                ..review(planned(), "Downgrade to Basic on 1 May 2027")
            },
            Self { methods: Vec::new(), ..review(with_the_next_invoice(), "Upgrade to Large") },
            review(on_account(), "Upgrade to Pro, paid yearly and pay €21,133.33"),
            Self {
                problem: Some("Choose how you want to pay. Nothing was changed.".into()),
                service: LONG_NAME.into(),
                quote: HOSTILE_TEXT.into(),
                ..review(hostile(), LONG_NAME)
            },
        ]
    }
}

impl Sample for OutdatedPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: page("The amount has changed", PortalSection::Services)
                .crumb("My services", "/services")
                .crumb("web-1.example.net", "/services/svc_1"),
            service: "web-1.example.net".into(),
            before: upgrade(),
            now: Some(Meaning { balance_used: None, due_today: euro(1111), ..upgrade() }),
            changed: texts(&["Your balance is €0.00 now. It was €5.00 when you saw the amount."]),
            next_href: "/services/svc_1/change/review?plan=large".into(),
            next_label: "Go on with €11.11".into(),
        };
        let gone = Self {
            before: hostile(),
            now: None,
            changed: texts(&[HOSTILE_TEXT, LONG_NAME]),
            next_label: "Back to the service".into(),
            ..usual.clone()
        };
        vec![usual, gone]
    }
}

impl Sample for ChangePage {
    fn samples() -> Vec<Self> {
        let documents =
            vec![("INV-2027-0042".to_owned(), "/billing/INV-2027-0042".to_owned(), "Invoice over €6.11".to_owned())];
        let waiting = Self {
            page: page("Standard to Large", PortalSection::Services)
                .crumb("My services", "/services")
                .crumb("web-1.example.net", "/services/svc_1")
                .notice(Some(
                    Notice::good("Upgrade ordered")
                        .sentence("It takes effect when the invoice is paid."),
                )),
            service: "web-1.example.net".into(),
            service_href: "/services/svc_1".into(),
            direction: Direction::Upgrade,
            state: Badge::new("Waiting for payment", Tone::Attention),
            sentence: "Your server stays Standard until the invoice is paid. If it is not paid by 30 April 2027, nothing changes.".into(),
            steps: steps_waiting(),
            moving: true,
            facts: vec![
                Fact::new("From", "Standard, €20.00 per month"),
                Fact::new("To", "Large, €40.00 per month"),
                Fact::new("Ordered", moment("2027-04-17T09:12:00Z")),
                Fact::new("Ordered by", "Anna Lindqvist"),
            ],
            lines: upgrade().lines,
            contained: Vec::new(),
            sums: vec![
                ("VAT 19 %".into(), euro(177)),
                ("Total".into(), euro(1111)),
                ("From your balance".into(), euro(-500)),
            ],
            total: ("To be paid".into(), euro(611)),
            documents: documents.clone(),
            pay: Some(pay_form()),
            withdraw: Some(Withdraw {
                action: "/changes/chg_1/withdraw".into(),
                key: "key-sample".into(),
                sentence: "Your plan stays Standard, and the invoice INV-2027-0042 is cancelled. Nothing was charged.".into(),
            }),
            why: upgrade().why,
        };
        let settled = |badge: Badge, sentence: &str, steps: Vec<Step>, moving: bool| Self {
            page: page("Standard to Large", PortalSection::Services).crumb("My services", "/services"),
            state: badge,
            sentence: sentence.into(),
            steps,
            moving,
            pay: None,
            withdraw: None,
            ..waiting.clone()
        };
        vec![
            waiting.clone(),
            settled(
                Badge::new("Resizing", Tone::Waiting),
                "The invoice is paid. The server is being resized and restarts once.",
                steps_resizing(),
                true,
            ),
            settled(
                Badge::new("Done", Tone::Good),
                "Your server is Large now, and what was on its disk is still there.",
                steps_done(),
                false,
            ),
            Self {
                page: page("Plus to Basic", PortalSection::Services).crumb("My services", "/services"),
                direction: Direction::Downgrade,
                state: Badge::new("With the next period", Tone::Waiting),
                sentence: "Anna’s team stays Plus until this period ends, and is Basic from 1 May 2027 on. Nothing is to pay now.".into(),
                steps: vec![
                    Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("With the next period", StepState::Current).at(moment("2027-04-30T22:00:00Z")),
                    Step::new("Done", StepState::Ahead),
                ],
                moving: false,
                lines: Vec::new(),
                sums: Vec::new(),
                total: ("To be paid now".into(), euro(0)),
                documents: Vec::new(),
                pay: None,
                withdraw: Some(Withdraw {
                    action: "/changes/chg_1/withdraw".into(),
                    key: "key-sample".into(),
                    sentence: "Your plan stays Plus. Nothing was charged.".into(),
                }),
                why: Vec::new(),
                ..waiting.clone()
            },
            Self {
                state: Badge::new("Done", Tone::Good),
                sentence: "Anna’s team is Pro now.".into(),
                steps: vec![
                    Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("Invoiced", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("Done", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                ],
                moving: false,
                lines: on_account().lines,
                contained: on_account().contained,
                sums: vec![("Total".into(), euro(2_113_333))],
                total: ("On the invoice".into(), euro(2_113_333)),
                withdraw: None,
                ..waiting.clone()
            },
            settled(
                Badge::new("Withdrawn", Tone::Neutral),
                "You withdrew this change on 17 April 2027. Your plan is still Standard, and nothing was charged.",
                vec![
                    Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("Withdrawn", StepState::Failed).at(moment("2027-04-17T09:20:00Z")),
                ],
                false,
            ),
            settled(
                Badge::new("Lapsed", Tone::Neutral),
                "The invoice was not paid in time, so nothing changed. Your plan is still Standard.",
                vec![
                    Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("Lapsed", StepState::Failed).at(moment("2027-04-30T22:00:00Z")),
                ],
                false,
            ),
            settled(
                Badge::new("Failed", Tone::Bad),
                "The server could not be resized. Your plan is Standard as before, and the €6.11 you paid are on your balance.",
                vec![
                    Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
                    Step::new("Paid", StepState::Done).at(moment("2027-04-17T09:13:00Z")),
                    Step::new("Resizing failed", StepState::Failed).note("the server did not answer"),
                    Step::new("Given back", StepState::Done).at(moment("2027-04-17T09:19:00Z")),
                ],
                false,
            ),
            Self {
                service: HOSTILE_TEXT.into(),
                sentence: LONG_NAME.into(),
                facts: vec![Fact::new(HOSTILE_TEXT, HOSTILE_TEXT)],
                lines: hostile().lines,
                documents: Vec::new(),
                ..waiting
            },
        ]
    }
}
