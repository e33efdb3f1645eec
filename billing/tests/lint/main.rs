//! The linter: catalogues with a hole on purpose must give exactly that finding, and what the shipped policies allow is
//! written down in `findings.txt`, so that a change of rules shows as a change of that file.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "these tests read and write their own files")]

use billing::catalogue::Catalogue;
use billing::lint::{Code, Finding, Settings, lint};
use billing::policy::Policies;
use jiff::civil::Date;

fn read(name: &str) -> String {
    let path = format!("{}/tests/lint/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn catalogue(name: &str) -> Catalogue {
    Catalogue::from_toml(&read(name)).expect("a catalogue of these tests")
}

fn findings(name: &str) -> Vec<Finding> {
    lint(&catalogue(name), &Policies::presets(), &Settings::default()).findings
}

/// A depth and a start that these tests can afford. The states hardly grow past two commands.
fn small() -> Settings {
    Settings { depth: 2, starts: vec![Date::constant(2027, 1, 1)], ..Settings::default() }
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.name()).collect()
}

#[test]
fn an_annual_discount_that_is_kept_after_an_early_hop_is_found_and_nothing_else() {
    let found = findings("annual-hop.toml");
    assert_eq!(codes(&found), ["term-hop"], "{found:#?}");
}

#[test]
fn what_each_preset_allows_is_written_down() {
    let mut text = String::new();
    for policy in Policies::presets().iter() {
        let mut catalogue = catalogue("presets.toml");
        catalogue.products[0].policy.clone_from(&policy.reference.name.to_string());
        let report = lint(&catalogue, &Policies::presets(), &small());
        text += &format!("== {}: {} paths\n", policy.reference(), report.paths);
        for finding in report.findings {
            text += &format!("\n{}: {}\n", finding.code.name(), finding.what);
            for line in finding.script {
                text += &format!("    {line}\n");
            }
        }
        text.push('\n');
    }
    let path = format!("{}/tests/lint/findings.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        std::fs::write(&path, &text).expect("findings.txt can be written");
    }
    assert_eq!(text, read("findings.txt"), "run with MIDCYCLE_BLESS=1 and read the difference");
}

#[test]
fn hours_that_are_used_up_before_a_downgrade_are_found_and_nothing_else() {
    let found = findings("burn-and-downgrade.toml");
    assert_eq!(codes(&found), ["burnt-credits"], "{found:#?}");
}

#[test]
fn a_claw_back_leaves_nothing_to_gain_by_an_early_hop() {
    let text = read("annual-hop.toml").replace("payment_hours = 1", "payment_hours = 1\nclaw_back = \"used_at_list\"");
    let catalogue = Catalogue::from_toml(&text).expect("a catalogue");
    let found = lint(&catalogue, &Policies::presets(), &small()).findings;
    assert_eq!(codes(&found), [""; 0], "{found:#?}");
}

#[test]
fn what_leads_nowhere_is_found_without_a_search() {
    let found = findings("dead-ends.toml");
    let whats: Vec<_> = found.iter().map(|finding| format!("{}: {}", finding.code.name(), finding.what)).collect();
    assert_eq!(
        whats,
        [
            "unknown-policy: The policy \"house-rules\" of App is not loaded: every change is refused.",
            "missing-price: Backup has no yearly price in EUR on Small.",
            "missing-price: Large has no yearly price in EUR, as other plans have.",
            "no-way-out: Customers on Large cannot move to any plan.",
            "no-way-in: No plan lets its customers move to Odd.",
            "rank-against-price: Odd stands above Large and costs less, 40.00 EUR after 50.00 EUR monthly: moving to it \
             is called an upgrade.",
            "dear-term: Odd costs more yearly (500.00 EUR) than monthly (40.00 EUR).",
        ]
    );
}

#[test]
fn a_policy_that_gives_everything_back_lets_a_plan_be_used_for_nothing() {
    let text = read("annual-hop.toml").replace("payment_hours = 1", "payment_hours = 1\ncredit = \"full\"");
    let catalogue = Catalogue::from_toml(&text).expect("a catalogue");
    let report = lint(&catalogue, &Policies::presets(), &Settings { depth: 1, ..small() });
    let found = report.findings.iter().find(|finding| finding.code == Code::ChangeForLess).expect("a finding");
    // The year is given back whole, on its last second: 365 days were free.
    assert_eq!(
        found.script,
        [
            "2027-01-01           start Pro, yearly: pay 900.00 EUR",
            "2027-12-31 23:59:59  change to Pro, monthly: 800.00 EUR to the balance",
            "2028-01-31 23:59:59  leave, with 800.00 EUR on the balance",
            // 365 days of the year, and the month less the second that its last day lacks.
            "100.00 EUR was paid for what costs 999.99 EUR at list price: 899.99 EUR gained",
        ]
    );
}
