//! The customers of the Japanese remote-team service: hours in every period, seats, changes up, down and not yet paid, and
//! calls answered, whose changes wait for the next invoice.

use billing::calendar::{Cycle, CycleUnit};
use billing::command::PaymentChoice;

use super::{BANK, CARD, Deed, Options, Person, What, change, person, to_options, to_plan};

/// Everybody.
pub fn cast() -> Vec<Person> {
    vec![
        Person {
            shows: Some("In Japanese, with tax in its prices: hours left over, and a larger team to move to"),
            ..person(
                "野村 真理",
                "mari@example.com",
                "Asia/Tokyo",
                "JPY",
                vec![
                    start(75, "野村設計事務所", "solo", Cycle::MONTH, vec![("seats", 1)], CARD),
                    Deed::ago(12, change("野村設計事務所", to_plan("duo"), CARD)),
                ],
            )
        },
        // A change that waits for its transfer.
        person(
            "平井 涼子",
            "ryoko@example.com",
            "Asia/Tokyo",
            "JPY",
            vec![
                start(51, "平井歯科医院", "duo", Cycle::MONTH, vec![("seats", 3), ("weekends", 1)], CARD),
                Deed::ago(1, change("平井歯科医院", to_plan("crew"), BANK)),
            ],
        ),
        // Down, with the difference on the balance.
        person(
            "藤井 純一",
            "junichi@example.com",
            "Asia/Tokyo",
            "JPY",
            vec![
                start(39, "藤井印刷", "duo", Cycle::MONTH, vec![("seats", 2)], CARD),
                Deed::ago(3, change("藤井印刷", to_plan("solo"), CARD)),
            ],
        ),
        // More seats within a period, paid every three months.
        person(
            "株式会社春日部アシュワース国際法律会計事務所",
            "office@example.com",
            "Asia/Tokyo",
            "JPY",
            vec![
                start(70, "受付・総務", "crew", THREE_MONTHS, vec![("seats", 4), ("weekends", 1)], BANK),
                Deed::ago(20, change("受付・総務", to_options([("seats", 7)]), CARD)),
            ],
        ),
        Person {
            shows: Some("In Japanese: calls answered, and two changes that wait for the next invoice"),
            ..person(
                "小川 直子",
                "naoko@example.com",
                "Asia/Tokyo",
                "JPY",
                vec![
                    phone(18, "小川整形外科", "light"),
                    Deed::ago(9, change("小川整形外科", to_plan("regular"), CARD)),
                    Deed::ago(4, change("小川整形外科", to_options([("numbers", 2)]), CARD)),
                ],
            )
        },
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

fn phone(days: i64, label: &'static str, plan: &'static str) -> Deed {
    let what = What::Start { product: "phone", label, plan, cycle: Cycle::MONTH, options: Vec::new(), pays: CARD };
    Deed::ago(days, what)
}
