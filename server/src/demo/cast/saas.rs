//! The customers of the messaging service. The first four did what the examples of its own help pages tell, on the days
//! they tell (seed 003); the stories `scenarios/seed-003-*.story` work the same amounts out by hand. The last have prepaid phone
//! lines, campaign mail billed in arrears, text messages that are counted, renewals that are not paid, and help desks with a trial.

use billing::calendar::Cycle;
use billing::policy;
use jiff::civil::date;

use super::{CARD, DECLINED, Deed, Options, Person, Target, What, When, change, person, to_cycle, to_options, to_plan};

const ZONE: &str = "America/New_York";

/// Everybody.
pub fn cast() -> Vec<Person> {
    let mut cast = examples();
    cast.extend(others());
    cast
}

/// The worked examples, made through the engine's commands like everything else.
fn examples() -> Vec<Person> {
    vec![
        Person {
            shows: Some("Small paid on 3 April, Operation added on 20 April: 13 days charged"),
            ..person(
                "Tern & Pebble",
                "billing@tern.example",
                ZONE,
                "USD",
                vec![
                    start(When::Spring(4, 3), "tern-and-pebble", "small", Vec::new()),
                    Deed::new(When::Spring(4, 20), change("tern-and-pebble", to_options([("operation", 1)]), CARD)),
                ],
            )
        },
        Person {
            shows: Some("X Small with both add-ons paid on 17 March, moved up to Small on 6 April"),
            ..person(
                "Marlowe Cycles",
                "billing@marlowe.example",
                ZONE,
                "USD",
                vec![
                    start(When::Spring(3, 17), "marlowe-cycles", "xsmall", both()),
                    Deed::new(When::Spring(4, 6), change("marlowe-cycles", to_plan("small"), CARD)),
                ],
            )
        },
        Person {
            shows: Some("X Small with both add-ons paid on 17 March, add-ons given up on 6 April"),
            ..person(
                "Juniper Bakes",
                "billing@juniper.example",
                ZONE,
                "USD",
                vec![
                    start(When::Spring(3, 17), "juniper-bakes", "xsmall", both()),
                    Deed::new(
                        When::Spring(4, 6),
                        change("juniper-bakes", to_options([("operation", 0), ("marketing", 0)]), CARD),
                    ),
                ],
            )
        },
        // 2024 has 366 days, so the half of it is a whole number of days.
        Person {
            shows: Some(
                "Medium paid for the year 2024 with a discount, given up half way: 400.00 of 900.00 come back, of which 360.00 are asked for as cash",
            ),
            ..person(
                "Okafor Language School",
                "billing@okafor.example",
                ZONE,
                "USD",
                vec![
                    Deed::new(
                        When::On(date(2024, 1, 1)),
                        started("okafor-languages", "medium", Cycle::YEAR, Vec::new()),
                    ),
                    Deed::new(When::On(date(2024, 7, 1)), change("okafor-languages", to_plan("free"), CARD)),
                    Deed::ago(
                        2,
                        What::PayOut { amount: "400.00", to: "Okafor Language School, account 4417 0223 918" },
                    ),
                ],
            )
        },
    ]
}

fn others() -> Vec<Person> {
    let person = |name, email, deeds| person(name, email, ZONE, "USD", deeds);
    vec![
        Person {
            shows: Some("Medium with Operation: every tier, add-on and cycle to move to"),
            ..person(
                "Solveig Dahl",
                "solveig@example.com",
                vec![start(When::Ago(19), "dahl-outdoors", "medium", vec![("operation", 1)])],
            )
        },
        // Free, and free to paid.
        person("Pilar Ortega", "pilar@example.com", vec![start(When::Ago(61), "ortega-yoga", "free", Vec::new())]),
        person(
            "Kofi Mensah",
            "kofi@example.com",
            vec![
                start(When::Ago(26), "mensah-tailors", "free", Vec::new()),
                Deed::ago(5, change("mensah-tailors", to_plan("xsmall"), CARD)),
            ],
        ),
        // Monthly to annual, which moves the day of payment; and that year cancelled.
        Person {
            shows: Some("A year that is cancelled: it goes on until its end, and the cancellation can be taken back"),
            ..person(
                "Beatriz Lima",
                "beatriz@example.com",
                vec![
                    start(When::Ago(43), "lima-cafe", "small", vec![("marketing", 1)]),
                    Deed::ago(10, change("lima-cafe", to_cycle(Cycle::YEAR), CARD)),
                    Deed::ago(2, What::Cancel { label: "lima-cafe", ends: policy::When::PeriodEnd }),
                ],
            )
        },
        // One add-on swapped for the other, and all of it given up.
        Person {
            shows: Some("A service that was cancelled at once: what was left of its month is on the balance"),
            ..person(
                "Henrike Poulsen",
                "henrike@example.com",
                vec![
                    start(When::Ago(36), "poulsen-books", "small", vec![("marketing", 1)]),
                    Deed::ago(8, change("poulsen-books", to_options([("marketing", 0), ("operation", 1)]), CARD)),
                    Deed::ago(1, What::Cancel { label: "poulsen-books", ends: policy::When::Now }),
                ],
            )
        },
        // Paid to free, add-ons given up with it.
        person(
            "Ulysses Grant Ndiaye",
            "ulysses@example.com",
            vec![
                start(When::Ago(29), "ndiaye-repairs", "xsmall", vec![("operation", 1)]),
                Deed::ago(
                    7,
                    change(
                        "ndiaye-repairs",
                        Target { plan: Some("free"), options: vec![("operation", 0)], cycle: None },
                        CARD,
                    ),
                ),
            ],
        ),
        // A card that is declined.
        person(
            "Wren Castellanos",
            "wren@example.com",
            vec![
                start(When::Ago(22), "castellanos-travel", "small", both()),
                Deed::ago(1, change("castellanos-travel", to_plan("large"), DECLINED)),
            ],
        ),
        // Days bought with what was left of a smaller and of a larger line; and a trial that stayed one, as no payment came.
        Person {
            shows: Some("Prepaid phone lines: what was left of one line bought days of another"),
            ..person(
                "Mercer Physiotherapy",
                "mercer@example.com",
                vec![
                    line(10, "front-desk", "team"),
                    Deed::ago(4, change("front-desk", to_plan("switchboard"), CARD)),
                    line(24, "branch-hill-street", "switchboard"),
                    Deed::ago(15, change("branch-hill-street", to_plan("single"), CARD)),
                    line(12, "night-line", "trial"),
                    Deed::ago(2, change("night-line", to_plan("single"), DECLINED)),
                ],
            )
        },
        // A month in arrears that two plans share.
        Person {
            shows: Some("Campaign mail, billed when the month is over: a change waits for that invoice"),
            ..person(
                "Bramble & Fig",
                "bramble@example.com",
                vec![
                    campaigns(46, "bramble-and-fig", "mail-10k"),
                    Deed::ago(6, change("bramble-and-fig", to_plan("mail-100k"), CARD)),
                ],
            )
        },
        // Messages that are counted, and a plan on which they cost less.
        Person {
            shows: Some(
                "Text messages, counted: what is used comes with the next invoice, before and after a change at its price",
            ),
            ..person(
                "Harbor Lane Books",
                "harbor@example.com",
                vec![
                    texts(41, "harbor-lane", "texts"),
                    reports(30, "harbor-lane", 640),
                    reports(20, "harbor-lane", 310),
                    reports(7, "harbor-lane", 420),
                    Deed::ago(5, change("harbor-lane", to_plan("texts-pro"), CARD)),
                    reports(2, "harbor-lane", 385),
                ],
            )
        },
        // Renewals whose card is declined: one in its week of grace, one after it.
        Person {
            unpaid_days: 20,
            shows: Some("A renewal whose card is declined: tried again every day of a week of grace"),
            ..person("Osprey Tutors", "osprey@example.com", vec![start_declined(33, "osprey-tutors", "small")])
        },
        Person {
            unpaid_days: 20,
            shows: Some("Access restricted, as a renewal was not paid within its week of grace"),
            ..person("Calder Framing", "calder@example.com", vec![start_declined(46, "calder-framing", "medium")])
        },
        // A trial that runs, one that ended in the midst of a month, and seats bought past the bound of a tier.
        Person {
            shows: Some("A help desk in its trial for a dollar; the larger plan made it dearer"),
            ..person(
                "Lantern Ferries",
                "lantern@example.com",
                vec![
                    desk(5, "lantern-ferries", "desk", 2),
                    Deed::ago(3, change("lantern-ferries", to_plan("desk-pro"), CARD)),
                ],
            )
        },
        Person {
            shows: Some("A help desk paid on the first of the month, its seats in tiers"),
            ..person(
                "Quarry Lane Vets",
                "quarry@example.com",
                vec![
                    desk(50, "quarry-lane", "desk", 4),
                    Deed::ago(2, change("quarry-lane", to_options([("seats", 8)]), CARD)),
                ],
            )
        },
    ]
}

fn both() -> Options {
    vec![("operation", 1), ("marketing", 1)]
}

fn start(when: When, label: &'static str, plan: &'static str, options: Options) -> Deed {
    Deed::new(when, started(label, plan, Cycle::MONTH, options))
}

fn started(label: &'static str, plan: &'static str, cycle: Cycle, options: Options) -> What {
    What::Start { product: "messenger", label, plan, cycle, options, pays: CARD }
}

/// Whose first invoice is paid with another card.
fn start_declined(days: i64, label: &'static str, plan: &'static str) -> Deed {
    let options = Vec::new();
    Deed::ago(days, What::Start { product: "messenger", label, plan, cycle: Cycle::MONTH, options, pays: DECLINED })
}

fn campaigns(days: i64, label: &'static str, plan: &'static str) -> Deed {
    let what = What::Start { product: "campaigns", label, plan, cycle: Cycle::MONTH, options: Vec::new(), pays: CARD };
    Deed::ago(days, what)
}

fn texts(days: i64, label: &'static str, plan: &'static str) -> Deed {
    let what = What::Start { product: "texts", label, plan, cycle: Cycle::MONTH, options: Vec::new(), pays: CARD };
    Deed::ago(days, what)
}

fn reports(days: i64, label: &'static str, units: u32) -> Deed {
    Deed::ago(days, What::Report { label, meter: "messages", units })
}

fn desk(days: i64, label: &'static str, plan: &'static str, seats: u32) -> Deed {
    let options = vec![("seats", seats)];
    Deed::ago(days, What::Start { product: "desk", label, plan, cycle: Cycle::MONTH, options, pays: CARD })
}

fn line(days: i64, label: &'static str, plan: &'static str) -> Deed {
    let what = What::Start { product: "phone", label, plan, cycle: Cycle::MONTH, options: Vec::new(), pays: CARD };
    Deed::ago(days, what)
}
