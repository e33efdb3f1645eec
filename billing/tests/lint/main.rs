//! The linter: catalogues with a hole on purpose must give exactly that finding, and what the shipped policies allow is
//! written down in `findings.txt`, so that a change of rules shows as a change of that file.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::disallowed_types,
    reason = "these tests read and write their own files, and walk on every core"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use billing::calendar::Zone;
use billing::catalogue::{Billed, Catalogue};
use billing::lint::{Code, Finding, Report, Settings, lint};
use billing::policy::{Policies, Policy};
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

/// Every path of five commands over all three plans, by the month and by the year, by customers who start on a 31st, in a
/// leap February, and in a night that lacks an hour.
fn exhaustive() -> Settings {
    let starts = vec![Date::constant(2027, 1, 31), Date::constant(2028, 2, 1), Date::constant(2027, 3, 28)];
    Settings { starts, zone: Zone::parse("Europe/Berlin").expect("a zone"), things: 3, ..Settings::default() }
}

#[test]
fn what_each_preset_allows_within_five_commands_is_written_down() {
    let policies = Policies::presets();
    let names: Vec<_> = policies.iter().map(|policy| policy.reference.name.to_string()).collect();
    let next = AtomicUsize::new(0);
    let told = |name: &String| {
        let mut catalogue = catalogue("presets.toml");
        catalogue.products[0].policy.clone_from(name);
        in_words(name, lint(&catalogue, &policies, &exhaustive()))
    };
    let walk = || {
        let mut texts = Vec::new();
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            texts.push((name, told(name)));
        }
        texts
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(names.len());
    let mut texts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(walk)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a preset that can be walked")).collect()
    });
    texts.sort_unstable();
    let text: String = texts.into_iter().map(|(_, text)| text).collect();
    let path = format!("{}/tests/lint/findings.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        std::fs::write(&path, &text).expect("findings.txt can be written");
    }
    assert_eq!(text, read("findings.txt"), "run with MIDCYCLE_BLESS=1 and read the difference");
}

fn in_words(policy: &str, report: Report) -> String {
    let Report { findings, paths, states, rounds } = report;
    let mut text = format!("== {policy}: {paths} paths through {states} states, {rounds} rounds\n");
    for finding in findings {
        text += &format!("\n{}: {}\n", finding.code.name(), finding.what);
        for line in finding.script {
            text += &format!("    {line}\n");
        }
    }
    text + "\n"
}

/// The part of a day that is rounded up is gained once, by who stays to the end of what was bought: no round of changes
/// gathers such parts.
#[test]
fn of_days_that_are_bought_only_the_last_can_be_had_for_less() {
    let starts = vec![Date::constant(2027, 1, 31), Date::constant(2028, 2, 1)];
    let report = lint(&catalogue("extend.toml"), &Policies::presets(), &Settings { depth: 3, starts, ..small() });
    assert!(report.rounds > 100, "{} rounds", report.rounds);
    let farms = report.findings.iter().filter(|finding| finding.code == Code::RoundingFarm);
    assert_eq!(farms.count(), 0, "{report:#?}");
    let text = in_words("extend", report);
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        let path = format!("{}/tests/lint/extend.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(&path, &text).expect("extend.txt can be written");
    }
    assert_eq!(text, read("extend.txt"), "run with MIDCYCLE_BLESS=1 and read the difference");
}

/// The search starts on the 17th of a month of 31 days, and goes on past the first bill day.
#[test]
fn a_first_period_that_leads_to_a_bill_day_gives_nothing_away_but_the_day_of_a_change() {
    let text = read("bill-day.toml");
    let found = |text: &str| {
        let catalogue = Catalogue::from_toml(text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &Settings { depth: 3, ..small() }).findings
    };
    let all = found(&text);
    assert_eq!(codes(&all), ["free-day"], "{all:#?}");
    assert!(all[0].script.iter().any(|line| line.starts_with("2027-01-17")), "{all:#?}");
    // Where months count as 28 days, what is left of 31 is given back for more than it cost.
    let hole = "denominator = { fixed_days = 28 }\nremainder = \"rounded\"";
    let planted = found(&text.replace("denominator = \"period\"", hole));
    assert!(codes(&planted).contains(&"change-for-less"), "{planted:#?}");
}

/// What a trial costs buys none of the time after it, there and back costs no more, and the second subscription has none.
#[test]
fn a_trial_that_is_paid_for_gives_nothing_away_and_is_had_once() {
    let text = read("presets.toml").replace("name = \"Small\"", "name = \"Small\"\ntrial_days = 14");
    let text = text.replace("name = \"Medium\"", "name = \"Medium\"\ntrial_days = 14");
    let price = |text: &str, amount: &str, trial: &str| {
        let from = format!("{{ cycle = \"month\", amount = \"{amount}\", currency = \"EUR\" }}");
        assert!(text.contains(&from), "{from}");
        text.replace(&from, &from.replace(" }", &format!(", trial_price = \"{trial}\" }}")))
    };
    let paid = price(&price(&text, "10.00", "1.00"), "20.00", "3.00");
    let found = |text: &str| {
        let catalogue = Catalogue::from_toml(text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &Settings { depth: 4, ..small() }).findings
    };
    // Nothing is found that is not found with trials for nothing.
    for policy in ["vps", "meteroid"] {
        let under = |text: &str| found(&text.replace("policy = \"vps\"", &format!("policy = {policy:?}")));
        let mut known: Vec<String> = under(&text).into_iter().map(|finding| finding.what).collect();
        for finding in under(&paid) {
            let place = known.iter().position(|what| *what == finding.what);
            known.remove(place.unwrap_or_else(|| panic!("{finding:#?}")));
        }
    }
}

/// What is set up once buys no time: there and back gains nothing by it, and what is gained elsewhere shows as without it.
#[test]
fn what_is_charged_once_gives_nothing_away_and_hides_nothing() {
    let text = read("presets.toml");
    let price = |text: &str, amount: &str, setup: &str| {
        let from = format!("{{ cycle = \"month\", amount = \"{amount}\", currency = \"EUR\" }}");
        assert!(text.contains(&from), "{from}");
        text.replace(&from, &from.replace(" }", &format!(", setup = \"{setup}\" }}")))
    };
    let once = price(&price(&text, "10.00", "15.00"), "20.00", "25.00");
    let found = |text: &str, policy: &str| {
        let text = text.replace("policy = \"vps\"", &format!("policy = {policy:?}"));
        let catalogue = Catalogue::from_toml(&text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &small()).findings
    };
    for policy in ["vps", "stripe-seconds", "meteroid"] {
        let named = |findings: Vec<Finding>| findings.into_iter().map(|finding| finding.what).collect::<Vec<_>>();
        assert_eq!(named(found(&once, policy)), named(found(&text, policy)), "{policy}");
    }
    // Days of the year that are left for less than they cost are found beside setups too.
    let hole = "annual-hop.toml";
    let with = read(hole).replacen("currency = \"EUR\" }", "currency = \"EUR\", setup = \"15.00\" }", 1);
    assert_ne!(with, read(hole));
    let found = lint(&Catalogue::from_toml(&with).expect("a catalogue"), &Policies::presets(), &Settings::default());
    assert_eq!(codes(&found.findings), ["term-hop"], "{found:#?}");
}

/// A long first period runs from 17 January to 1 March: its days are worth what they cost in each of the two months.
#[test]
fn a_first_period_joined_with_the_one_after_it_gives_nothing_away_but_the_day_of_a_change() {
    let text = read("bill-day.toml").replace("bill_day = 1", "bill_day = 1\nfirst_period = \"long\"");
    let found = |text: &str| {
        let catalogue = Catalogue::from_toml(text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &Settings { depth: 3, ..small() }).findings
    };
    let all = found(&text);
    assert_eq!(codes(&all), ["free-day"], "{all:#?}");
    let hole = "denominator = { fixed_days = 28 }\nremainder = \"rounded\"";
    let planted = found(&text.replace("denominator = \"period\"", hole));
    assert!(codes(&planted).contains(&"change-for-less"), "{planted:#?}");
}

#[test]
fn hours_that_are_used_up_before_a_downgrade_are_found_and_nothing_else() {
    let found = findings("burn-and-downgrade.toml");
    assert_eq!(codes(&found), ["burnt-credits"], "{found:#?}");
}

/// The most that hours bring which are used up before a downgrade, by what becomes of them with a change. `docs/policies.md`
/// says these amounts.
#[test]
fn hours_that_are_shared_by_time_and_paid_for_when_used_give_nothing_away() {
    let text = read("burn-and-downgrade.toml");
    let found = |text: &str, terms: &str| {
        let catalogue = Catalogue::from_toml(&text.replace("credits = \"reset\"", terms)).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &Settings { depth: 5, ..small() }).findings
    };
    let most = |terms: &str| {
        let all = found(&text, terms).into_iter().filter(|finding| finding.code == Code::BurntCredits);
        all.filter_map(|finding| finding.gain).map(|gain| gain.minor).max().unwrap_or(0)
    };
    let gains = ["carry", "reset", "prorate"].map(|how| most(&format!("credits = \"{how}\"")));
    assert_eq!(gains, [23_050, 12_400, 12_400]);
    let paid = "credit_by = \"time_or_credits\"";
    let gains = ["carry", "reset"].map(|how| most(&format!("credits = \"{how}\"\n{paid}")));
    assert_eq!(gains, [23_050, 12_400]);
    // So few that a part of one would be worth much.
    let few = text.replace("amount = 10 }", "amount = 1 }").replace("amount = 100 }", "amount = 3 }");
    assert_ne!(few, text);
    for text in [&text, &few] {
        let closed = found(text, &format!("credits = \"prorate\"\n{paid}"));
        assert!(closed.is_empty(), "{closed:#?}");
    }
}

/// The catalogue of a file whose policy lets customers cancel as these lines say.
fn cancelling(name: &str, cancellation: &str) -> String {
    let text = read(name);
    let with = text.replace("\n[[products]]", &format!("\n[policies.cancellation]\n{cancellation}\n\n[[products]]"));
    assert_ne!(with, text);
    with
}

#[test]
fn hours_that_are_used_up_before_a_cancellation_are_found_and_nothing_else() {
    let text = cancelling("burn-and-downgrade.toml", "when = [\"now\"]");
    // One plan alone, so that there is nothing to change to.
    let (before, _) = text.rsplit_once("[[products.plans]]").expect("two plans");
    let found = |text: &str| {
        let catalogue = Catalogue::from_toml(text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &small()).findings
    };
    let alone = found(before);
    assert_eq!(codes(&alone), ["burnt-credits"], "{alone:#?}");
    assert_eq!(
        alone[0].what,
        "Small: the plan's credits can be used up, and most of their price taken back by cancelling."
    );
    assert_eq!(
        alone[0].script,
        [
            "2027-01-01           start Small, monthly: pay 31.00 EUR",
            "2027-01-01           use 10 credits of the plan: nothing to pay",
            "2027-01-01           cancel: 31.00 EUR to the balance",
            "2027-01-01           leave, with 31.00 EUR on the balance",
            "0.00 EUR was paid for credits that cost 31.00 EUR at the least: 31.00 EUR gained",
        ]
    );
    // Where what was used is paid for, there is nothing to gain by it.
    let closed = before.replace("credits = \"reset\"", "credits = \"prorate\"\ncredit_by = \"time_or_credits\"");
    assert_eq!(codes(&found(&closed)), [""; 0]);
    // With the period only, neither.
    let later = before.replace("when = [\"now\"]", "when = [\"period_end\"]");
    assert_eq!(codes(&found(&later)), [""; 0]);
}

/// Who has used the hours of one plan and then has those of another gets nothing back whole.
#[test]
fn all_that_goes_back_was_not_used() {
    // Nothing but the promise gives anything back.
    let text = cancelling("burn-and-downgrade.toml", "when = [\"now\"]\nfull_refund_days = 7");
    for credits in ["reset", "carry", "prorate"] {
        let text = text.replace("credits = \"reset\"", &format!("credits = \"{credits}\"\ncredit = \"none\""));
        let catalogue = Catalogue::from_toml(&text).expect("a catalogue");
        let found = lint(&catalogue, &Policies::presets(), &Settings { depth: 5, ..small() }).findings;
        let cancelled: Vec<_> = found.iter().filter(|finding| finding.what.contains("cancel")).collect();
        assert!(cancelled.is_empty(), "{credits}: {cancelled:#?}");
    }
}

#[test]
fn a_term_that_is_cancelled_early_is_found_unless_its_discount_is_taken_back() {
    let found = |set: &str| {
        let text = cancelling("annual-hop.toml", &format!("when = [\"now\"]\n{set}"));
        let text = text.replace("payment_hours = 1", "payment_hours = 1\nclaw_back = \"used_at_list\"");
        lint(&Catalogue::from_toml(&text).expect("a catalogue"), &Policies::presets(), &small()).findings
    };
    // The policy's own terms count a cancellation where it sets no others.
    assert_eq!(codes(&found("")), [""; 0]);
    let open = found("set = { claw_back = \"none\" }");
    assert_eq!(codes(&open), ["term-hop"], "{open:#?}");
    assert_eq!(open[0].what, "Pro: a term can be cancelled early, and the time used keeps the price of the term.");
    let whole = found("set = { claw_back = \"none\", credit = \"full\" }");
    assert_eq!(codes(&whole), ["change-for-less"], "{whole:#?}");
    assert_eq!(
        whole[0].script,
        [
            "2027-01-01           start Pro, yearly: pay 900.00 EUR",
            "2027-12-31 23:59:59  cancel: 900.00 EUR to the balance",
            "2027-12-31 23:59:59  leave, with 900.00 EUR on the balance",
            // 364 of 365 days; of the day of the end the least that was had on it, nothing.
            "0.00 EUR was paid for what costs 897.53 EUR at list price: 897.53 EUR gained",
        ]
    );
}

#[test]
fn roundings_in_the_customers_favour_that_add_up_are_found() {
    let text = read("rounding.toml");
    let found = |text: &str| {
        let catalogue = Catalogue::from_toml(text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &Settings { depth: 2, ..small() }).findings
    };
    let planted = found(&text);
    assert_eq!(codes(&planted), ["rounding-farm"], "{planted:#?}");
    let Finding { gain, script, .. } = &planted[0];
    assert!(gain.is_some_and(|gain| gain.minor > 1), "{planted:#?}");
    let changes = |day: &str| script.iter().any(|line| line.starts_with(day) && line.contains("  change to "));
    assert!(changes("2027-01-02 ") && changes("2027-01-03 ") && changes("2027-01-26 "), "{script:#?}");
    assert!(script.iter().any(|line| line.trim() == "and so on, 20 changes more"), "{script:#?}");
    // In steps of ten cents one change is enough: 16 of 31 days of 50.00 are 25.81, and 25.90 come back.
    let in_steps = |text: &str| text.replace("remainder =", "rounding_stage = { step = 10 }\nremainder =");
    let stepped = found(&in_steps(&text));
    assert_eq!(codes(&stepped), ["change-for-less"], "{stepped:#?}");
    assert_eq!(stepped[0].gain.map(|gain| gain.minor), Some(9), "{stepped:#?}");
    // Where a day is a whole amount, there is nothing to round.
    let whole = text.replace("\"50.00\"", "\"62.00\"");
    let found = found(&whole);
    assert_eq!(codes(&found), [""; 0], "{found:#?}");
}

#[test]
fn a_claw_back_leaves_nothing_to_gain_by_an_early_hop() {
    let text = read("annual-hop.toml").replace("payment_hours = 1", "payment_hours = 1\nclaw_back = \"used_at_list\"");
    let catalogue = Catalogue::from_toml(&text).expect("a catalogue");
    let found = lint(&catalogue, &Policies::presets(), &small()).findings;
    assert_eq!(codes(&found), [""; 0], "{found:#?}");
}

#[test]
fn what_is_owed_for_a_change_that_was_made_unpaid_is_a_debt_and_no_gain() {
    let text = read("annual-hop.toml");
    let found = |on_failure: &str| {
        let terms = format!("payment_hours = 1\nclaw_back = \"used_at_list\"\non_failure = \"{on_failure}\"");
        let catalogue = Catalogue::from_toml(&text.replace("payment_hours = 1", &terms)).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &small())
    };
    for on_failure in ["lapse", "apply"] {
        let report = found(on_failure);
        assert_eq!(codes(&report.findings), [""; 0], "{on_failure}: {:#?}", report.findings);
    }
    // The orders that nobody paid were walked: made in the end they lead to states of their own.
    assert_ne!(found("apply").states, found("lapse").states);
    assert_eq!(found("wait").states, found("lapse").states);
}

#[test]
fn what_is_settled_with_the_next_invoice_is_owed_until_then_and_no_gain() {
    let found = |terms: &str| {
        let mut catalogue = catalogue("presets.toml");
        let policy = format!(
            "name = \"owed\"\nversion = 1\nsummary = \"Made at once.\"\n[terms]\nunit = \"day\"\n\
             credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\nquote_minutes = 30\n\
             payment_hours = 72\ngate = \"none\"\n{terms}"
        );
        catalogue.policies.push(Policy::from_toml(&policy).expect("a policy"));
        "owed".clone_into(&mut catalogue.products[0].policy);
        lint(&catalogue, &Policies::presets(), &small()).findings
    };
    let now = found("");
    let later = found("settle_charge = \"next_invoice\"\nsettle_credit = \"next_invoice\"");
    let gains = |findings: &[Finding]| findings.iter().map(|one| (one.code, one.gain)).collect::<Vec<_>>();
    assert_eq!(gains(&later), gains(&now), "{later:#?}");
}

/// Of three plans each is billed in advance or in arrears, so that every path crosses from one to the other.
#[test]
fn nothing_more_is_gained_where_plans_are_billed_in_arrears() {
    for policy in ["vps", "killbill-days"] {
        let found = |arrears: [bool; 3]| {
            let mut catalogue = catalogue("presets.toml");
            policy.clone_into(&mut catalogue.products[0].policy);
            for (plan, arrears) in catalogue.products[0].plans.iter_mut().zip(arrears) {
                plan.billed = if arrears { Billed::Arrears } else { Billed::Advance };
            }
            let findings = lint(&catalogue, &Policies::presets(), &small()).findings;
            findings.into_iter().map(|one| (one.code, one.gain)).collect::<Vec<_>>()
        };
        // An order that waits is of other days where what was used of a year is due, and not the rest of it given back.
        let is_at_most = |code, gain, most| code == Code::LatePayment || gain <= most;
        let advance = found([false; 3]);
        let codes: Vec<_> = advance.iter().map(|(code, _)| *code).collect();
        for arrears in [[true, true, true], [true, false, false], [false, true, false], [false, false, true]] {
            let more: Vec<_> = found(arrears)
                .into_iter()
                .filter(|(code, gain)| {
                    !advance.iter().any(|known| known.0 == *code && is_at_most(*code, *gain, known.1))
                })
                .collect();
            assert!(more.is_empty(), "{policy}, {arrears:?}: {more:?} beside {codes:?}");
        }
    }
}

/// The plans of the presets, each with a trial of two weeks, under the days of `vps` and what becomes of a trial.
fn with_trials(days: &str, trial: &str) -> Report {
    let text = read("presets.toml").replace("size =", &format!("{days}\nsize ="));
    let mut catalogue = Catalogue::from_toml(&text).expect("a catalogue");
    let policy = format!(
        "name = \"own\"\nversion = 1\nsummary = \"By days.\"\n[terms]\nunit = \"day\"\ncredit_from = \"change_day\"\n\
         charge_from = \"change_day\"\ndenominator = \"period\"\nquote_minutes = 30\npayment_hours = 72\n\
         pending = \"replace\"\ntrial = \"{trial}\"\n"
    );
    catalogue.policies.push(Policy::from_toml(&policy).expect("a policy"));
    "own".clone_into(&mut catalogue.products[0].policy);
    lint(&catalogue, &Policies::presets(), &Settings { depth: 3, ..small() })
}

/// Time that is given away is no gain, and no path makes it longer: what can be gained is what can be without a trial.
#[test]
fn nothing_more_is_gained_by_any_path_that_starts_in_a_trial() {
    for trial in ["keep", "end"] {
        let without = codes(&with_trials("", trial).findings);
        let with = with_trials("trial_days = 14", trial);
        assert!(with.paths > 1_000, "{} paths", with.paths);
        let more: Vec<_> = with.findings.iter().filter(|one| !without.contains(&one.code.name())).collect();
        assert!(more.is_empty(), "trial = {trial}: {more:#?}");
    }
}

#[test]
fn units_that_make_the_whole_cheaper_are_no_gain_unless_fewer_of_them_stay_paid() {
    let text = read("volume.toml");
    let report = |text: &str| {
        let catalogue = Catalogue::from_toml(text).expect("a catalogue");
        lint(&catalogue, &Policies::presets(), &Settings { depth: 3, ..small() })
    };
    let both = report(&text);
    assert_eq!(codes(&both.findings), [""; 0], "{:#?}", both.findings);
    let stays_paid = report(&text.replace("payment_hours = 1", "payment_hours = 1\nquantity_decrease = \"no_refund\""));
    assert_eq!(codes(&stays_paid.findings), ["change-for-less"], "{:#?}", stays_paid.findings);
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
