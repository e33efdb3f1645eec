//! The pages of one noun each, and the forms, in their states.

use super::super::catalogue::{PlanRow, ProductView, VersionRow};
use super::super::customer::MovementRow;
use super::super::document::PostingRow;
use super::super::form::{FormPage, Input};
use super::super::list::Tab;
use super::super::service::{Failure, Package, Pending, PlanCreditsView, SizeRow};
use super::lists::{attempts, change_rows, document_rows, entries, mails, runs, service_rows};
use super::*;
use crate::portal::views::document::{DocumentLine, DocumentView, Party};
use crate::portal::views::plan_change::MoneyLine;
use crate::portal::views::service::{CoverageRow, WaitingLines};
use crate::ui::sample::{HOSTILE_TEXT, LONG_NAME};
use crate::ui::{Checkbox, Choice, Fact, Field, Notice, RadioCard, Select, Value};

fn facts() -> Vec<Fact> {
    vec![
        Fact::new("Email", "anna@lindqvist.example"),
        Fact::new("Time zone", "Europe/Berlin"),
        Fact::new("Currency", "EUR"),
        Fact::new("Customer since", moment("2027-01-11T08:00:00Z")),
        Fact::new("Id", Value::Code("acc_0190b6a2f7e47d3c8a5b000000000001".into())),
    ]
}

impl Sample for CustomerPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: page("Anna Lindqvist", AdminSection::Customers)
                .crumb("Customers", "/admin/customers")
                .notice(Some(Notice::good("Goodwill granted").sentence("The amount is on the balance."))),
            href: "/admin/customers/acc_1".into(),
            facts: facts(),
            balance: euro(667),
            reserved: euro(500),
            open: euro(1111),
            open_count: 1,
            services: service_rows()[..2].to_vec(),
            documents: document_rows()[..2].to_vec(),
            movements: vec![
                MovementRow {
                    at: moment("2027-04-17T09:12:00Z"),
                    what: "Credit note of a plan change".into(),
                    document: pair("CN-2027-0007", "/admin/documents/doc_1"),
                    amount: euro(667),
                },
                MovementRow {
                    at: moment("2027-04-17T09:12:00Z"),
                    what: "Used for an invoice".into(),
                    document: pair("INV-2027-0042", "/admin/documents/doc_1"),
                    amount: euro(-500),
                },
            ],
            changes: change_rows()[..2].to_vec(),
            mails: mails()[..1].to_vec(),
            log: entries()[..1].to_vec(),
            lists: vec![pair("All of their log", "/admin/log?customer=acc_1")],
        };
        let empty = Self {
            page: page("Bo Ek", AdminSection::Customers).crumb("Customers", "/admin/customers"),
            balance: euro(0),
            reserved: euro(0),
            open: euro(0),
            open_count: 0,
            services: Vec::new(),
            documents: Vec::new(),
            movements: Vec::new(),
            changes: Vec::new(),
            mails: Vec::new(),
            log: Vec::new(),
            ..usual.clone()
        };
        let strange = Self {
            page: page(LONG_NAME, AdminSection::Customers).crumb("Customers", "/admin/customers"),
            facts: vec![Fact::new("Email", HOSTILE_TEXT), Fact::new("Id", Value::Code(HOSTILE_TEXT.into()))],
            services: service_rows(),
            documents: document_rows(),
            changes: change_rows(),
            mails: mails(),
            log: entries(),
            ..usual.clone()
        };
        vec![usual, empty, strange]
    }
}

impl Sample for ServicePage {
    fn samples() -> Vec<Self> {
        let size = |resource: &str, desired: &str, observed: Option<&str>| SizeRow {
            resource: resource.into(),
            desired: desired.into(),
            observed: observed.map(str::to_owned),
            agrees: observed == Some(desired),
        };
        let covered = |item: &str, days: &str, minor| CoverageRow {
            item: item.into(),
            days: days.into(),
            document: Some(pair("INV-2027-0031", "/admin/documents/doc_1")),
            gross: euro(minor),
            discount: euro(0),
            net: euro(minor),
            tax: euro(0),
            tax_rate: None,
            collected: euro(minor),
            state: Badge::new("Paid", Tone::Good),
        };
        let usual = Self {
            page: page("web-1.example.net", AdminSection::Services).crumb("Services", "/admin/services"),
            state: settled(),
            href: "/admin/services/srv_1".into(),
            facts: vec![
                Fact::new("Customer", Value::link("Anna Lindqvist", "/admin/customers/acc_1")),
                Fact::new("Plan", "Standard"),
                Fact::new("Price", Value::Noted("€20.00".into(), "per month".into())),
                Fact::new("Paid until", day(2027, 4, 30)),
            ],
            machine: vec![
                Fact::new("Module", Value::Code("server".into())),
                Fact::new("Ordered", "order 2"),
                Fact::new("Seen", "order 2"),
            ],
            sizes: vec![size("Memory", "4 GB", Some("4 GB")), size("Disk", "80 GB", Some("80 GB"))],
            failure: None,
            package: None,
            assign_href: Some("/admin/services/srv_1/assign".into()),
            end: Some(("Cancel".into(), "/admin/services/srv_1/cancel".into())),
            pending: None,
            credits: None,
            waiting: None,
            coverage: vec![covered("Standard", "1–30 April 2027", 2000)],
            runs: runs()[..1].to_vec(),
            changes: change_rows()[..1].to_vec(),
            by_hand: Vec::new(),
            change_refused: None,
        };
        let failed = Self {
            state: Badge::new("Failed", Tone::Bad),
            sizes: vec![size("Memory", "8 GB", Some("4 GB")), size("Disk", "160 GB", None)],
            failure: Some(Failure {
                reason: "the host has 2 GB of memory left".into(),
                action: "/admin/services/srv_1/retry".into(),
                key: "key-sample".into(),
            }),
            ..usual.clone()
        };
        let assigned = Self {
            state: Badge::new("Package waits", Tone::Attention),
            by_hand: entries()[..1].to_vec(),
            package: Some(Package {
                sentence: "Large gives 8 GB memory instead of 4 GB. The module was not asked for that.".into(),
                restarts: true,
                action: "/admin/services/srv_1/package".into(),
                key: "key-sample".into(),
            }),
            ..usual.clone()
        };
        let moving = Self {
            assign_href: None,
            end: None,
            state: Badge::new("Working", Tone::Waiting),
            pending: Some(Pending {
                title: "A change is open".into(),
                withdraw_href: "/admin/changes/chg_1/withdraw".into(),
                sentence: "Standard to Large waits for the payment of INV-2027-0042.".into(),
                href: "/admin/changes/chg_1".into(),
                steps: steps(1),
            }),
            change_refused: Some("A change is open. It must be paid or withdrawn before another one begins.".into()),
            ..usual.clone()
        };
        let strange = Self {
            page: page(HOSTILE_TEXT, AdminSection::Services).crumb("Services", "/admin/services"),
            facts: vec![Fact::new("Customer", Value::link(LONG_NAME, "/admin/customers/acc_1"))],
            sizes: Vec::new(),
            waiting: None,
            coverage: vec![covered(LONG_NAME, HOSTILE_TEXT, 123_456_789)],
            runs: runs(),
            changes: Vec::new(),
            ..failed.clone()
        };
        let hours = Self {
            credits: Some(PlanCreditsView {
                unit: "hours".into(),
                left: "12 of 40 hours left".into(),
                use_href: Some("/admin/services/srv_1/credits".into()),
            }),
            coverage: vec![CoverageRow {
                gross: euro(200_000),
                discount: euro(-20_000),
                net: euro(180_000),
                tax: euro(34_200),
                tax_rate: Some("VAT 19 %".into()),
                ..covered("Plus", "1–30 April 2027", 180_000)
            }],
            waiting: Some(WaitingLines {
                sentence: "The next invoice is €2,000.00 plus VAT 19 % on 1 May 2027. It also asks for €357.00 of changes before it."
                    .into(),
                lines: vec![MoneyLine {
                    what: "Marketing, 14 of 30 days".into(),
                    days: "17–30 April 2027".into(),
                    list: String::new(),
                    amount: euro(30_000),
                    why: vec!["642.86 EUR for 30 days; 14 of them remain: 300.00 EUR.".into()],
                }],
                tax: vec![("VAT 19 %".into(), euro(5_700))],
                total: euro(35_700),
                contained: Vec::new(),
            }),
            ..usual.clone()
        };
        let empty = Self { coverage: Vec::new(), runs: Vec::new(), changes: Vec::new(), ..usual.clone() };
        vec![usual, failed, assigned, moving, hours, strange, empty]
    }
}

fn invoice() -> DocumentView {
    DocumentView {
        kind: "Invoice".into(),
        number: "INV-2027-0042".into(),
        state: Badge::new("Open", Tone::Attention),
        issued_on: day(2027, 4, 17),
        due_on: Some(day(2027, 4, 30)),
        seller: Party { name: "Fjordhost".into(), lines: texts(&["support@fjordhost.example"]) },
        customer: Party { name: "Anna Lindqvist".into(), lines: texts(&["anna@lindqvist.example"]) },
        subject: "Change of plan".into(),
        lines: vec![
            DocumentLine {
                what: "Standard".into(),
                days: "17–30 April 2027".into(),
                quantity: "1".into(),
                amount: euro(-933),
                why: Vec::new(),
            },
            DocumentLine {
                what: "Large".into(),
                days: "17–30 April 2027".into(),
                quantity: "1".into(),
                amount: euro(1867),
                why: Vec::new(),
            },
        ],
        sums: vec![("Sum without tax".into(), euro(934)), ("VAT 19 %".into(), euro(177))],
        total: euro(1111),
        contained: Vec::new(),
        settled: vec![("From the balance".into(), euro(-500))],
        open: Some(euro(611)),
        notes: Vec::new(),
        related: Vec::new(),
        why: texts(&["20.00 EUR was billed for 30 days; 14 of 30 days remain: 9.33 EUR."]),
    }
}

impl Sample for DocumentPage {
    fn samples() -> Vec<Self> {
        let posting = |account: &str, debit: Option<i64>, credit: Option<i64>| PostingRow {
            at: moment("2027-04-17T09:12:00Z"),
            account: account.into(),
            debit: debit.map(euro),
            credit: credit.map(euro),
        };
        let open = Self {
            page: page("Invoice INV-2027-0042", AdminSection::Invoices).crumb("Invoices", "/admin/invoices"),
            document: invoice(),
            mark_paid_href: Some("/admin/documents/doc_1/paid".into()),
            change: Some(pair("Change from Standard to Large", "/admin/changes/chg_1")),
            postings: vec![posting("Receivable", Some(934), None), posting("Sales", None, Some(934))],
            attempts: attempts(),
            log: entries()[..1].to_vec(),
        };
        let bare = Self {
            document: DocumentView { open: None, state: Badge::new("Paid", Tone::Good), ..invoice() },
            mark_paid_href: None,
            change: None,
            postings: Vec::new(),
            attempts: Vec::new(),
            log: Vec::new(),
            ..open.clone()
        };
        let strange = Self {
            document: DocumentView {
                subject: HOSTILE_TEXT.into(),
                customer: Party { name: LONG_NAME.into(), lines: texts(&[HOSTILE_TEXT]) },
                notes: texts(&[HOSTILE_TEXT]),
                ..invoice()
            },
            log: entries(),
            ..open.clone()
        };
        vec![open, bare, strange]
    }
}

impl Sample for RunPage {
    fn samples() -> Vec<Self> {
        let done = Self {
            page: page("Run of server", AdminSection::Modules).crumb("Modules", "/admin/modules"),
            outcome: Badge::new("Done", Tone::Good),
            facts: vec![
                Fact::new("Service", Value::link("web-1.example.net", "/admin/services/srv_1")),
                Fact::new("Order", "2"),
                Fact::new("Began", moment("2027-04-17T09:13:00Z")),
            ],
            input: "{\n  \"service\": \"srv_1\",\n  \"generation\": 2\n}".into(),
            output: Some("{\n  \"report\": \"done\"\n}".into()),
        };
        let running = Self { outcome: Badge::new("Running", Tone::Waiting), output: None, ..done.clone() };
        let strange = Self { input: HOSTILE_TEXT.into(), output: Some(LONG_NAME.into()), ..done.clone() };
        vec![done, running, strange]
    }
}

impl Sample for MailPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: page("web-1.example.net is Large now", AdminSection::Mail).crumb("Mail", "/admin/mail"),
            facts: vec![
                Fact::new("To", "anna@lindqvist.example"),
                Fact::new("Customer", Value::link("Anna Lindqvist", "/admin/customers/acc_1")),
                Fact::new("Written", moment("2027-04-17T09:13:00Z")),
            ],
            text: "Hello Anna Lindqvist,\n\nweb-1.example.net is Large now.\n\nFjordhost".into(),
            html_href: "/admin/mail/eff_1/html".into(),
        };
        let strange = Self {
            page: page(HOSTILE_TEXT, AdminSection::Mail).crumb("Mail", "/admin/mail"),
            text: HOSTILE_TEXT.into(),
            ..usual.clone()
        };
        vec![usual, strange]
    }
}

impl Sample for EntryPage {
    fn samples() -> Vec<Self> {
        let usual = Self {
            page: page("Log entry", AdminSection::Log).crumb("Log", "/admin/log"),
            what: "upgrade from Standard to Large was submitted: 11.11 EUR to pay.".into(),
            facts: vec![
                Fact::new("Customer", Value::link("Anna Lindqvist", "/admin/customers/acc_1")),
                Fact::new("When", moment("2027-04-17T09:13:00Z")),
                Fact::new("Who", Value::Noted("mara@fjordhost.example".into(), "staff".into())),
                Fact::new("Command", Value::Code("submit_plan_change".into())),
            ],
            proof: vec![Fact::new("Hash", Value::Code("9f2c".repeat(16)))],
            body: "{\n  \"envelope\": {}\n}".into(),
            links: vec![pair("All of their log", "/admin/log?customer=acc_1")],
        };
        let strange = Self { what: HOSTILE_TEXT.into(), body: HOSTILE_TEXT.into(), links: Vec::new(), ..usual.clone() };
        vec![usual, strange]
    }
}

impl Sample for CataloguePage {
    fn samples() -> Vec<Self> {
        let plan = |name: &str, code: &str| PlanRow {
            name: name.into(),
            code: code.into(),
            gives: "2 processors, 4 GB memory, 80 GB disk".into(),
            prices: texts(&["€20.00, $22.00 per month", "€200.00, $220.00 per year"]),
            limits: "every plan".into(),
        };
        let usual = Self {
            page: page("Catalogue", AdminSection::Catalogue),
            tabs: vec![
                Tab::new("Larkmoor", "/admin/catalogue?storefront=vps", true),
                Tab::new("Quillbay", "/admin/catalogue?storefront=saas", false),
            ],
            superseded: None,
            facts: vec![Fact::new("Brand", "Fjordhost"), Fact::new("Version", "3")],
            products: vec![ProductView {
                code: "vps".into(),
                name: "Virtual servers".into(),
                facts: vec![
                    Fact::new(
                        "Policy",
                        Value::Noted("vps@1".into(), "The day of the change belongs to the old plan.".into()),
                    ),
                    Fact::new("Module", Value::Code("server".into())),
                    Fact::new("A change restarts it", "for about 20 seconds"),
                ],
                plans: vec![plan("Small", "small"), plan("Standard", "standard"), plan(LONG_NAME, "long")],
                options: vec![plan("Extra memory", "memory")],
            }],
            versions: vec![
                VersionRow {
                    label: "Version 3".into(),
                    href: "/admin/catalogue/3".into(),
                    at: Some(moment("2027-04-01T08:00:00Z")),
                    newest: true,
                },
                VersionRow { label: "Version 2".into(), href: "/admin/catalogue/2".into(), at: None, newest: false },
            ],
        };
        let old = Self {
            superseded: Some(pair("Version 2 is no longer sold", "/admin/catalogue")),
            products: vec![ProductView {
                code: "x".into(),
                name: HOSTILE_TEXT.into(),
                facts: Vec::new(),
                plans: Vec::new(),
                options: Vec::new(),
            }],
            versions: Vec::new(),
            ..usual.clone()
        };
        vec![usual, old]
    }
}

impl Sample for FormPage {
    fn samples() -> Vec<Self> {
        let paid = Self {
            page: page("Mark INV-2027-0042 as paid", AdminSection::Invoices)
                .crumb("Invoices", "/admin/invoices")
                .crumb("INV-2027-0042", "/admin/documents/doc_1"),
            tabs: Vec::new(),
            facts: vec![Fact::new("Customer", "Anna Lindqvist"), Fact::new("Open", euro(434))],
            problem: None,
            action: "/admin/documents/doc_1/paid".into(),
            key: "key-sample".into(),
            inputs: vec![
                Input::Field(Field::new("amount", "Amount in EUR", "text").value("4.34")),
                Input::Field(
                    Field::new("reference", "The bank’s reference", "text").help("One reference is booked once."),
                ),
            ],
            consequences: texts(&["The invoice is paid.", "The change to Large is made, and the server restarts."]),
            button: "Mark as paid".into(),
            danger: false,
            back: pair("Back to the invoice", "/admin/documents/doc_1"),
        };
        let refused = Self {
            problem: Some("The transfer was not booked. Look at the fields below.".into()),
            inputs: vec![
                Input::Field(Field::new("amount", "Amount in EUR", "text").value(HOSTILE_TEXT).error(HOSTILE_TEXT)),
                Input::Checkbox(Checkbox {
                    name: "sure".into(),
                    label: "I saw it at the bank".into(),
                    checked: true,
                    help: None,
                }),
            ],
            danger: true,
            ..paid.clone()
        };
        let add = Self {
            page: page("Add a service", AdminSection::Customers)
                .crumb("Customers", "/admin/customers")
                .crumb(LONG_NAME, "/admin/customers/acc_1"),
            tabs: vec![Tab::new("Virtual servers", "?product=vps", true), Tab::new("Storage", "?product=s", false)],
            facts: Vec::new(),
            inputs: vec![
                Input::Cards {
                    legend: "Plan".into(),
                    cards: vec![
                        RadioCard {
                            amount: Some(euro(2000)),
                            amount_note: Some("per month".into()),
                            ..RadioCard::new("plan", "standard", "Standard", true).note("2 processors, 4 GB memory")
                        },
                        RadioCard {
                            refused: Some("It has no price in EUR.".into()),
                            ..RadioCard::new("plan", "large", "Large", false)
                        },
                    ],
                    error: Some("Choose a plan.".into()),
                },
                Input::Select(Select {
                    name: "option_memory".into(),
                    label: "Extra memory".into(),
                    choices: vec![Choice::new("0", "none", true), Choice::new("4", "4 GB", false)],
                    help: None,
                    error: None,
                }),
                Input::Field(Field::new("label", "Name of the service", "text")),
                Input::Hidden { name: "product".into(), value: "vps".into() },
            ],
            button: "Add the service".into(),
            ..paid.clone()
        };
        vec![paid, refused, add]
    }
}
