//! The customers of the server host: services at every point a change can reach, the many whose past is uneventful, and
//! boxes of storage whose changes are settled with the next invoice.

use billing::calendar::Cycle;
use billing::command::{Asker, PaymentChoice};
use billing::policy;

use super::{BANK, CARD, DECLINED, Deed, Options, Person, SILENT, What, When, person, to_cycle, to_options, to_plan};

/// Everybody.
pub fn cast() -> Vec<Person> {
    let mut cast = turning_points();
    cast.extend(ordinary());
    cast.push(storage());
    cast
}

/// Those whose services stand at every point a change can reach.
fn turning_points() -> Vec<Person> {
    vec![
        // Many services and something on the balance: whoever logs in first finds all there is to try.
        Person {
            shows: Some("Servers at every turn, and something on the balance"),
            ..person(
                "Mirjam Österlund",
                "mirjam@example.com",
                "Europe/Stockholm",
                "EUR",
                vec![
                    start(74, "shop.osterlund.example", "small", CARD),
                    start(48, "db.osterlund.example", "standard", CARD),
                    start_yearly(200, "archive.osterlund.example", "standard", CARD),
                    ending(2, "www.osterlund.example", "large", CARD),
                    start_with_memory(4, "staging.osterlund.example", "nano", 2, BANK),
                    change(8, "db.osterlund.example", "large", CARD),
                    goodwill(2, "12.50", "The outage of last week"),
                    start(52, "beta.osterlund.example", "nano", CARD),
                    Deed::ago(45, What::Cancel { label: "beta.osterlund.example", ends: policy::When::PeriodEnd }),
                ],
            )
        },
        // The longest name.
        person(
            "Gemeinnützige Genossenschaft zur Förderung der ländlichen Datenversorgung und des digitalen Vereinswesens \
             im Landkreis Nordwestmecklenburg und in der Gemeinde Schönberger Land eG",
            "verwaltung.der.gemeinnuetzigen.genossenschaft.zur.foerderung@example.com",
            "Europe/Berlin",
            "EUR",
            vec![start(
                95,
                "mitgliederverwaltung-und-vereinsregister-produktion-01.genossenschaft.example",
                "max",
                BANK,
            )],
        ),
        // Names of other scripts, and a currency without decimals.
        Person {
            shows: Some("Paid in yen, which has no decimals"),
            ..person(
                "株式会社 青葉計算機",
                "soumu@example.com",
                "Asia/Tokyo",
                "JPY",
                vec![
                    start(67, "honsha-01", "standard", BANK),
                    start(21, "kensho-01", "nano", CARD),
                    change(6, "honsha-01", "large", BANK),
                    transfer(4, "honsha-01"),
                ],
            )
        },
        person(
            "田中 美咲",
            "misaki@example.com",
            "Asia/Tokyo",
            "JPY",
            vec![start(40, "atelier", "large", CARD), change(3, "atelier", "small", CARD)],
        ),
        person("김하늘", "haneul@example.com", "Asia/Seoul", "USD", vec![start(16, "blog", "small", SILENT)]),
        // Ordered within the hour.
        person("Tomás Ribeiro", "tomas@example.com", "Europe/Lisbon", "EUR", vec![start(0, "novo", "small", CARD)]),
        // The last day of a period.
        person(
            "Fenna de Bruijn",
            "fenna@example.com",
            "Europe/Amsterdam",
            "EUR",
            vec![ending(3, "boekhouding", "standard", CARD)],
        ),
        // Two changes within one period.
        person(
            "Gwenaëlle Le Goff",
            "gwen@example.com",
            "Europe/Paris",
            "EUR",
            vec![
                start(51, "atlas", "small", CARD),
                change(14, "atlas", "max", CARD),
                change(5, "atlas", "standard", CARD),
            ],
        ),
        // A change that waits for its transfer.
        person(
            "Łukasz Wiśniewski",
            "lukasz@example.com",
            "Europe/Warsaw",
            "EUR",
            vec![start(44, "sklep", "small", CARD), change(1, "sklep", "standard", BANK)],
        ),
        // A change whose card was declined, and which still waits.
        person(
            "Dorothy Vance",
            "dorothy@example.com",
            "America/New_York",
            "USD",
            vec![start(82, "crm", "standard", CARD), change(1, "crm", "large", DECLINED)],
        ),
        // A change that was never paid; its money came too late and is on the balance.
        person(
            "Çağla Yıldırım",
            "cagla@example.com",
            "Europe/Istanbul",
            "EUR",
            vec![start(43, "rapor", "standard", CARD), change(9, "rapor", "max", BANK), transfer(2, "rapor")],
        ),
        // A change that was never paid, and no money came.
        person(
            "Hinemoa Parata",
            "hinemoa@example.com",
            "Pacific/Auckland",
            "USD",
            vec![start(55, "kete", "small", CARD), change(7, "kete", "large", BANK)],
        ),
        // A change that was taken back.
        person(
            "Ximena Ñáñez",
            "ximena@example.com",
            "America/Bogota",
            "USD",
            vec![start(37, "tienda", "nano", CARD), change(3, "tienda", "standard", BANK), withdraw(2, "tienda")],
        ),
        // A paid change whose resize failed.
        Person {
            fails: Some("render"),
            ..person(
                "Nnamdi Okonkwo",
                "nnamdi@example.com",
                "Africa/Lagos",
                "USD",
                vec![start(39, "render", "large", CARD), change(1, "render", "max", CARD)],
            )
        },
        // A renewal that is not paid: the transfer has not come.
        Person {
            unpaid_days: 40,
            ..person(
                "Brannigan & Töchter GmbH",
                "rechnung@example.com",
                "Europe/Vienna",
                "EUR",
                vec![start(66, "buchung", "large", BANK), start(70, "mail", "nano", CARD)],
            )
        },
        // A renewal that is not paid: the card is declined.
        Person {
            unpaid_days: 12,
            ..person(
                "Priya Raghunathan",
                "priya@example.com",
                "Asia/Kolkata",
                "USD",
                vec![start(64, "analytics", "standard", DECLINED)],
            )
        },
        // A yearly plan with memory, and one that became yearly.
        person(
            "Sámal Joensen",
            "samal@example.com",
            "Atlantic/Faroe",
            "EUR",
            vec![
                start_yearly(390, "havn", "large", CARD),
                start(62, "bryggja", "standard", CARD),
                to_yearly(11, "bryggja", CARD),
            ],
        ),
        // Memory that was added, then taken back.
        person(
            "Oyelaran Studios",
            "studio@example.com",
            "Europe/London",
            "EUR",
            vec![
                start_with_memory(53, "render-a", "standard", 4, CARD),
                change_memory(12, "render-a", 12, CARD),
                change_memory(3, "render-a", 6, CARD),
            ],
        ),
        // Moved by staff, to where customers cannot move themselves.
        person(
            "Anaïs Courtois",
            "anais@example.com",
            "Europe/Brussels",
            "EUR",
            vec![start(31, "calcul", "nano", CARD), change_by_staff(6, "calcul", "max", CARD)],
        ),
    ]
}

/// The many whose past is uneventful: each a line, their services spread over plans and days.
fn ordinary() -> Vec<Person> {
    const PEOPLE: [(&str, &str, &str, &str); 20] = [
        ("Aoife Brennan", "aoife@example.com", "Europe/Dublin", "EUR"),
        ("Bengt Åkesson", "bengt@example.com", "Europe/Stockholm", "EUR"),
        ("Chiara Bellandi", "chiara@example.com", "Europe/Rome", "EUR"),
        ("Dmytro Kovalenko", "dmytro@example.com", "Europe/Kyiv", "EUR"),
        ("Eilidh MacInnes", "eilidh@example.com", "Europe/London", "EUR"),
        ("Farid Haddad", "farid@example.com", "Africa/Casablanca", "EUR"),
        ("Grzegorz Brzęczyk", "grzegorz@example.com", "Europe/Warsaw", "EUR"),
        ("Hanna Virtanen", "hanna@example.com", "Europe/Helsinki", "EUR"),
        ("Ingvild Sørlie", "ingvild@example.com", "Europe/Oslo", "EUR"),
        ("Jasper Whitlock", "jasper@example.com", "America/Chicago", "USD"),
        ("Kalani Akana", "kalani@example.com", "Pacific/Honolulu", "USD"),
        ("Leilani Reyes", "leilani@example.com", "Asia/Manila", "USD"),
        ("Márton Szőke", "marton@example.com", "Europe/Budapest", "EUR"),
        ("Nadège Ilunga", "nadege@example.com", "Africa/Kinshasa", "USD"),
        ("Ólafur Þórsson", "olafur@example.com", "Atlantic/Reykjavik", "EUR"),
        ("佐藤 健一", "kenichi@example.com", "Asia/Tokyo", "JPY"),
        ("Quentin Abernathy", "quentin@example.com", "America/Los_Angeles", "USD"),
        ("Ramona Eichhorn", "ramona@example.com", "Europe/Zurich", "EUR"),
        ("Siobhán Ní Dhálaigh", "siobhan@example.com", "Europe/Dublin", "EUR"),
        ("Thandiwe Mokoena", "thandiwe@example.com", "Africa/Johannesburg", "USD"),
    ];
    const LABELS: [&str; 7] = ["web-01", "mail", "git", "files", "vpn", "wiki", "backup"];
    const PLANS: [&str; 5] = ["small", "standard", "nano", "large", "small"];
    let people = PEOPLE.iter().enumerate().map(|(place, (name, email, zone, currency))| {
        let days = i64::try_from(place).unwrap_or(0);
        let pays = if place % 4 == 3 { BANK } else { CARD };
        let mut deeds = vec![start(3 + days * 7 % 88, LABELS[place % 7], PLANS[place % 5], pays)];
        if place % 3 == 1 {
            deeds.push(start(1 + days * 5 % 57, LABELS[(place + 3) % 7], PLANS[(place + 2) % 5], pays));
        }
        person(name, email, zone, currency, deeds)
    });
    people.collect()
}

/// What waits for the next invoice: two changes up; one that was invoiced since; and one down, of more than the next
/// invoice can take off.
fn storage() -> Person {
    Person {
        shows: Some("Boxes of storage: what their changes cost or give waits for the next invoice"),
        ..person(
            "Delphine Okoye",
            "delphine@example.com",
            "Europe/Brussels",
            "EUR",
            vec![
                boxed(19, "photos", "box-250"),
                change(11, "photos", "box-1000", CARD),
                Deed::ago(4, super::change("photos", to_options([("snapshots", 1)]), CARD)),
                boxed(52, "archive", "box-1000"),
                change(41, "archive", "box-4000", CARD),
                boxed(16, "film-rushes", "box-4000"),
                change(6, "film-rushes", "box-250", CARD),
            ],
        )
    }
}

fn boxed(days: i64, label: &'static str, plan: &'static str) -> Deed {
    let what = What::Start { product: "storage", label, plan, cycle: Cycle::MONTH, options: Vec::new(), pays: CARD };
    Deed::ago(days, what)
}

fn started(label: &'static str, plan: &'static str, cycle: Cycle, options: Options, pays: PaymentChoice) -> What {
    What::Start { product: "vps", label, plan, cycle, options, pays }
}

fn start(days: i64, label: &'static str, plan: &'static str, pays: PaymentChoice) -> Deed {
    Deed::ago(days, started(label, plan, Cycle::MONTH, Vec::new(), pays))
}

fn start_yearly(days: i64, label: &'static str, plan: &'static str, pays: PaymentChoice) -> Deed {
    Deed::ago(days, started(label, plan, Cycle::YEAR, Vec::new(), pays))
}

fn start_with_memory(days: i64, label: &'static str, plan: &'static str, memory: u32, pays: PaymentChoice) -> Deed {
    Deed::ago(days, started(label, plan, Cycle::MONTH, vec![("memory", memory)], pays))
}

/// A service whose period ends tomorrow.
fn ending(months: i64, label: &'static str, plan: &'static str, pays: PaymentChoice) -> Deed {
    Deed::new(When::LastDay(months), started(label, plan, Cycle::MONTH, Vec::new(), pays))
}

fn change(days: i64, label: &'static str, plan: &'static str, pays: PaymentChoice) -> Deed {
    Deed::ago(days, super::change(label, to_plan(plan), pays))
}

fn change_memory(days: i64, label: &'static str, memory: u32, pays: PaymentChoice) -> Deed {
    Deed::ago(days, super::change(label, to_options([("memory", memory)]), pays))
}

fn change_by_staff(days: i64, label: &'static str, plan: &'static str, pays: PaymentChoice) -> Deed {
    Deed::ago(days, What::Change { label, to: to_plan(plan), pays, by: Asker::Staff })
}

fn to_yearly(days: i64, label: &'static str, pays: PaymentChoice) -> Deed {
    Deed::ago(days, super::change(label, to_cycle(Cycle::YEAR), pays))
}

fn withdraw(days: i64, label: &'static str) -> Deed {
    Deed::ago(days, What::Withdraw { label })
}

fn transfer(days: i64, label: &'static str) -> Deed {
    Deed::ago(days, What::Transfer { label })
}

fn goodwill(days: i64, amount: &'static str, reason: &'static str) -> Deed {
    Deed::ago(days, What::Goodwill { amount, reason })
}
