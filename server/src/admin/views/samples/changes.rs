//! The plan change as staff make it, in its states.

use billing::explain::Language;

use super::super::plan_change::StaffPlan;
use super::*;
use crate::portal::views::Meaning;
use crate::portal::views::plan_change::{Direction, MoneyLine, PlanChoice, Restart};
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Choice, Fact, RadioCard, Select, Value};

fn line(what: &str, days: &str, minor: i64) -> MoneyLine {
    MoneyLine { what: what.into(), days: days.into(), list: String::new(), amount: euro(minor), why: Vec::new() }
}

fn upgrade() -> Meaning {
    Meaning {
        direction: Direction::Upgrade,
        what: "Standard to Large".into(),
        lines: vec![line("Standard", "17–30 April 2027", -933), line("Large", "17–30 April 2027", 1867)],
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
        next_invoice: "The next invoice is €40.00 on 1 May 2027.".into(),
        restart: Some(Restart { when: "As soon as the invoice is paid".into(), how_long: "about 20 seconds".into() }),
        gained: texts(&["4 processors instead of 2", "8 GB memory instead of 4 GB"]),
        lost: Vec::new(),
        why: texts(&["20.00 EUR was billed for 30 days; 14 of 30 days remain: 9.33 EUR."]),
    }
}

fn downgrade() -> Meaning {
    Meaning {
        direction: Direction::Downgrade,
        what: "Standard to Small".into(),
        lines: vec![line("Standard", "17–30 April 2027", -933), line("Small", "17–30 April 2027", 266)],
        tax: Vec::new(),
        total: None,
        balance_used: None,
        due_today: euro(0),
        to_balance: Some(euro(667)),
        later: None,
        made: "The change is made as soon as it is ordered.".into(),
        gained: Vec::new(),
        lost: texts(&["2 GB memory instead of 4 GB"]),
        ..upgrade()
    }
}

/// With the next period, for a plan that gives hours.
fn planned() -> Meaning {
    Meaning {
        what: "Plus to Basic".into(),
        lines: Vec::new(),
        to_balance: None,
        later: None,
        made: "The change is made with the next period, on 1 May 2027. Nothing is to pay now.".into(),
        credits: Some("12 of 40 hours left; 20 hours from 1 May 2027 on.".into()),
        next_invoice: "The next invoice is €1,000.00 plus VAT 19 % on 1 May 2027.".into(),
        restart: None,
        why: Vec::new(),
        ..downgrade()
    }
}

fn hostile() -> Meaning {
    Meaning {
        what: HOSTILE_TEXT.into(),
        lines: vec![line(LONG_NAME, HOSTILE_TEXT, -123_456_789)],
        gained: texts(&[HOSTILE_TEXT]),
        why: texts(&[HOSTILE_TEXT]),
        ..downgrade()
    }
}

fn plans(selected: &str) -> Vec<StaffPlan> {
    let plan = |id: &str, name: &str, minor, staff_only| StaffPlan {
        choice: PlanChoice {
            id: id.into(),
            name: name.into(),
            present: id == "standard",
            selected: id == selected,
            differences: texts(&["4 processors instead of 2", "8 GB memory instead of 4 GB"]),
            price: euro(minor),
            list: String::new(),
            cycle: "per month".into(),
            difference: (id != "standard").then(|| AmountView::difference(Language::English, minor - 2000, "EUR", 2)),
            refused: (id == "mini").then(|| "It has no price per year in EUR.".into()),
        },
        staff_only,
    };
    vec![
        plan("mini", "Mini", 500, true),
        plan("small", "Small", 1000, false),
        plan("standard", "Standard", 2000, false),
        plan("large", "Large", 4000, false),
        plan("long", LONG_NAME, 8000, true),
    ]
}

fn place(title: &str) -> Page {
    page(title, AdminSection::Services)
        .crumb("Services", "/admin/services")
        .crumb("web-1.example.net", "/admin/services/srv_1")
}

impl Sample for ChoosePage {
    fn samples() -> Vec<Self> {
        let start = Self {
            page: place("Change plan"),
            action: "/admin/services/srv_1/change".into(),
            review_action: "/admin/services/srv_1/change/review".into(),
            today: vec![
                Fact::new("Plan", "Standard"),
                Fact::new("Price", Value::Noted("€20.00".into(), "per month".into())),
                Fact::new("Paid until", day(2027, 4, 30)),
                Fact::new("Next invoice", Value::Noted("€20.00".into(), "on 1 May 2027".into())),
            ],
            plans: plans("standard"),
            cycles: vec![
                RadioCard::new("cycle", "month", "Every month", true),
                RadioCard::new("cycle", "year", "Every year", false),
            ],
            options: vec![Select {
                name: "option_memory".into(),
                label: "Extra memory".into(),
                choices: vec![Choice::new("0", "none", true), Choice::new("4", "4 GB", false)],
                help: Some("€2.00 per GB and month".into()),
                error: None,
            }],
            moments: Vec::new(),
            day: None,
            replaces: None,
            tax_note: Some("All prices plus VAT 19 %.".into()),
            meaning: None,
            refused: None,
        };
        let chosen = Self { plans: plans("large"), meaning: Some(upgrade()), ..start.clone() };
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
        let refused = Self { refused: Some("It has no price per year in EUR.".into()), ..start.clone() };
        let strange = Self { meaning: Some(hostile()), cycles: Vec::new(), options: Vec::new(), ..start.clone() };
        vec![start, chosen, down, later, refused, strange]
    }
}

impl Sample for ReviewPage {
    fn samples() -> Vec<Self> {
        let up = Self {
            page: place("Review the change"),
            whose: "web-1.example.net of Anna Lindqvist".into(),
            meaning: upgrade(),
            holds_until: moment("2027-04-17T09:42:00Z"),
            action: "/admin/services/srv_1/change".into(),
            quote: "payload.signature".into(),
            key: "key-sample".into(),
            methods: vec![
                RadioCard::new("method", "bank_transfer", "The customer pays the invoice", true)
                    .note("By bank transfer, or by card in the portal."),
                RadioCard::new("method", "pays", "Test card that pays", false),
            ],
            problem: None,
            button: "Create order and invoice".into(),
            consequences: texts(&["An invoice over €4.34 is issued.", "The plan changes when it is paid."]),
            back_href: "/admin/services/srv_1/change?plan=large".into(),
        };
        let down = Self {
            meaning: downgrade(),
            methods: Vec::new(),
            button: "Downgrade to Small, €6.67 to the balance".into(),
            ..up.clone()
        };
        let strange = Self {
            meaning: hostile(),
            problem: Some(HOSTILE_TEXT.into()),
            whose: LONG_NAME.into(),
            button: LONG_NAME.into(),
            ..up.clone()
        };
        vec![up, down, strange]
    }
}

impl Sample for OutdatedPage {
    fn samples() -> Vec<Self> {
        let changed = Self {
            page: place("The amount has changed"),
            before: upgrade(),
            now: Some(Meaning { balance_used: None, due_today: euro(934), ..upgrade() }),
            changed: texts(&["The subscription or the balance has changed."]),
            next_href: "/admin/services/srv_1/change/review?plan=large".into(),
            next_label: "Review the new amount".into(),
        };
        let gone = Self { before: hostile(), now: None, changed: texts(&[HOSTILE_TEXT]), ..changed.clone() };
        vec![changed, gone]
    }
}

impl Sample for ChangePage {
    fn samples() -> Vec<Self> {
        let waiting = Self {
            page: page("Standard to Large", AdminSection::Changes).crumb("Changes", "/admin/changes"),
            state: Badge::new("Waits for payment", Tone::Attention),
            sentence: "It is made when INV-2027-0042 is paid. If that does not happen by 20 April 2027, it lapses."
                .into(),
            steps: steps(1),
            moving: true,
            facts: vec![
                Fact::new("Customer", Value::link("Anna Lindqvist", "/admin/customers/acc_1")),
                Fact::new("Service", Value::link("web-1.example.net", "/admin/services/srv_1")),
                Fact::new("Ordered", moment("2027-04-17T09:12:00Z")),
                Fact::new("Ordered by", "staff"),
                Fact::new("Policy", Value::Code("vps@1".into())),
            ],
            lines: vec![
                MoneyLine {
                    why: texts(&["20.00 EUR was billed for 30 days; 14 of them remain: 9.33 EUR."]),
                    ..line("Standard", "17–30 April 2027", -933)
                },
                line("Large", "17–30 April 2027", 1867),
            ],
            sums: vec![
                ("VAT 19 %".into(), euro(177)),
                ("Total".into(), euro(1111)),
                ("From the balance".into(), euro(-500)),
                ("Due".into(), euro(611)),
            ],
            contained: Vec::new(),
            documents: vec![("INV-2027-0042".into(), "/admin/documents/doc_1".into(), "Invoice over €9.34".into())],
            mark_paid_href: Some("/admin/documents/doc_1/paid".into()),
            withdraw_href: Some("/admin/changes/chg_1/withdraw".into()),
        };
        let made = Self {
            state: Badge::new("Made", Tone::Good),
            steps: steps(4),
            moving: false,
            mark_paid_href: None,
            withdraw_href: None,
            ..waiting.clone()
        };
        let strange = Self {
            page: page(LONG_NAME, AdminSection::Changes),
            sentence: HOSTILE_TEXT.into(),
            lines: vec![MoneyLine { why: texts(&[HOSTILE_TEXT]), ..line(HOSTILE_TEXT, HOSTILE_TEXT, 0) }],
            documents: Vec::new(),
            ..made.clone()
        };
        vec![waiting, made, strange]
    }
}
