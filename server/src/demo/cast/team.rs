//! The customers of the remote-team service: hours in every period, seats, and changes up, down and not yet paid.

use billing::calendar::{Cycle, CycleUnit};
use billing::command::PaymentChoice;

use super::{BANK, CARD, Deed, Options, Person, What, change, person, to_options, to_plan};

/// Everybody.
pub fn cast() -> Vec<Person> {
    vec![
        Person {
            shows: Some("Hours left over, and a larger team to move to"),
            ..person(
                "Marisol Vega",
                "marisol@example.com",
                "America/New_York",
                "USD",
                vec![
                    start(75, "Vega Architects", "solo", Cycle::MONTH, vec![("seats", 1)], CARD),
                    Deed::ago(12, change("Vega Architects", to_plan("duo"), CARD)),
                ],
            )
        },
        // A change that waits for its transfer.
        person(
            "Priya Raman",
            "priya@example.com",
            "America/Chicago",
            "USD",
            vec![
                start(51, "Raman Dental", "duo", Cycle::MONTH, vec![("seats", 3), ("weekends", 1)], CARD),
                Deed::ago(1, change("Raman Dental", to_plan("crew"), BANK)),
            ],
        ),
        // Down, with the difference on the balance.
        person(
            "Jonah Feldstein",
            "jonah@example.com",
            "America/Los_Angeles",
            "USD",
            vec![
                start(39, "Feldstein Print", "duo", Cycle::MONTH, vec![("seats", 2)], CARD),
                Deed::ago(3, change("Feldstein Print", to_plan("solo"), CARD)),
            ],
        ),
        // More seats within a period, paid every three months.
        person(
            "Carrington-Ashworth & Partners LLP",
            "office@example.com",
            "America/New_York",
            "USD",
            vec![
                start(70, "Front office", "crew", THREE_MONTHS, vec![("seats", 4), ("weekends", 1)], BANK),
                Deed::ago(20, change("Front office", to_options([("seats", 7)]), CARD)),
            ],
        ),
    ]
}

const THREE_MONTHS: Cycle = Cycle { count: 3, unit: CycleUnit::Month };

fn start(
    days: i64,
    label: &'static str,
    plan: &'static str,
    cycle: Cycle,
    options: Options,
    pays: PaymentChoice,
) -> Deed {
    Deed::ago(days, What::Start { product: "team", label, plan, cycle, options, pays })
}
