//! The customers of the German hosting company: packages with every kind of option, dedicated servers that staff move, and
//! mailboxes whose changes are made also where their payment fails.

use billing::calendar::Cycle;
use billing::command::{Asker, PaymentChoice};

use super::{BANK, CARD, DECLINED, Deed, Options, Person, What, change, person, to_options, to_plan};

/// Everybody.
pub fn cast() -> Vec<Person> {
    vec![
        Person {
            shows: Some("In German, with tax in its prices: options to configure, and a server that only staff move"),
            ..person(
                "Henriette Brandt",
                "henriette@example.com",
                "Europe/Berlin",
                "EUR",
                vec![
                    package(
                        64,
                        "brandt-druck.example",
                        "business",
                        Cycle::MONTH,
                        vec![("memory-8", 1), ("disk", 1), ("ipv4", 1)],
                        CARD,
                    ),
                    metal(33, "render.brandt-druck.example", "metal-6", vec![("ipv4", 2)], CARD),
                    Deed::ago(
                        9,
                        change(
                            "brandt-druck.example",
                            to_options([("memory-8", 0), ("memory-16", 1), ("backups", 1)]),
                            CARD,
                        ),
                    ),
                ],
            )
        },
        // Backups taken on within the period.
        person(
            "Niklas Gruber",
            "niklas@example.com",
            "Europe/Vienna",
            "EUR",
            vec![
                package(25, "gruber-musik.example", "starter", Cycle::MONTH, Vec::new(), CARD),
                Deed::ago(4, change("gruber-musik.example", to_options([("backups", 1)]), CARD)),
            ],
        ),
        // A dedicated server moved by staff.
        person(
            "Rasmus Löwe",
            "rasmus@example.com",
            "Europe/Berlin",
            "EUR",
            vec![
                metal(47, "db1.loewe.example", "metal-6", Vec::new(), CARD),
                Deed::ago(
                    6,
                    What::Change { label: "db1.loewe.example", to: to_plan("metal-12"), pays: CARD, by: Asker::Staff },
                ),
            ],
        ),
        person(
            "Kirchengemeinde St. Jürgen zu Lüttringhausen-Süd",
            "buero@example.com",
            "Europe/Berlin",
            "EUR",
            vec![package(120, "st-juergen.example", "starter", Cycle::YEAR, vec![("backups", 1)], BANK)],
        ),
        // An option given up that other plans do not have.
        person(
            "Lorenzo Ferrante",
            "lorenzo@example.com",
            "Europe/Rome",
            "EUR",
            vec![
                package(58, "ferrante-studio.example", "agency", Cycle::MONTH, vec![("care", 1), ("disk", 4)], CARD),
                Deed::ago(2, change("ferrante-studio.example", to_options([("care", 0)]), CARD)),
            ],
        ),
        // Made and owed, waiting for a transfer, and mailboxes given up for which nothing comes back.
        Person {
            shows: Some(
                "In German: mailboxes, one change made though its card was declined, one waiting for a transfer",
            ),
            ..person(
                "Café Morgenrot GbR",
                "morgenrot@example.com",
                "Europe/Berlin",
                "EUR",
                vec![
                    mail(20, "morgenrot.example", "mail-basis", 4, CARD),
                    Deed::ago(3, change("morgenrot.example", to_plan("mail-plus"), DECLINED)),
                    mail(36, "roesterei.example", "mail-basis", 9, CARD),
                    Deed::ago(2, change("roesterei.example", to_options([("mailboxes", 6)]), CARD)),
                    mail(14, "lieferdienst.example", "mail-basis", 1, BANK),
                    Deed::ago(1, change("lieferdienst.example", to_options([("mailboxes", 5)]), BANK)),
                ],
            )
        },
    ]
}

fn package(
    days: i64,
    label: &'static str,
    plan: &'static str,
    cycle: Cycle,
    options: Options,
    pays: PaymentChoice,
) -> Deed {
    Deed::ago(days, What::Start { product: "package", label, plan, cycle, options, pays })
}

fn metal(days: i64, label: &'static str, plan: &'static str, options: Options, pays: PaymentChoice) -> Deed {
    Deed::ago(days, What::Start { product: "metal", label, plan, cycle: Cycle::MONTH, options, pays })
}

fn mail(days: i64, label: &'static str, plan: &'static str, boxes: u32, pays: PaymentChoice) -> Deed {
    let options = vec![("mailboxes", boxes)];
    Deed::ago(days, What::Start { product: "mail", label, plan, cycle: Cycle::MONTH, options, pays })
}
