//! The table of every command in every state (I33): each cell is asked, held against the laws and asked again, and
//! `docs/states.md` says what came of it. `names.rs` keeps the lists complete, `scenes.rs` has the states, `rows.rs` the
//! commands, `house.rs` moves an account, `cell.rs` asks and tells, `page.rs` draws,
//! and `walk.rs` goes on from there by itself.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "these tests read and write a page")]

mod cell;
mod house;
mod names;
mod page;
mod rows;
mod scenes;
mod walk;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use billing::account::PlanChange;
use billing::policy::{OnFailure, Policies};
use cell::{Cell, Ending};
use house::House;
use scenes::Scene;

/// Every cell there is.
pub struct Table {
    /// The states.
    pub scenes: Vec<Scene>,
    /// By state, then by command, then by row.
    pub cells: Vec<Vec<Vec<Cell>>>,
}

impl Table {
    /// Asks everything everywhere; cells with bugs are named together.
    fn of_the_page() -> Self {
        let scenes = scenes::all("vps");
        let mut bugs = Vec::new();
        let mut cells = Vec::new();
        for scene in &scenes {
            let mut ask = |command: &str, row: &rows::Row| {
                let cell = cell::ask(&scene.house, command, row);
                cell.map_err(|bug| {
                    bugs.push(format!("{command}, {}, in {} ({}): {bug}", row.with, scene.id, scene.name))
                })
            };
            let of_state = names::COMMANDS.iter().map(|command| {
                let of_command = rows::rows(command).into_iter().filter_map(|row| ask(command, &row).ok());
                of_command.collect::<Vec<_>>()
            });
            cells.push(of_state.collect::<Vec<_>>());
        }
        assert!(bugs.is_empty(), "{} cells have bugs:\n{}", bugs.len(), bugs.join("\n"));
        Self { scenes, cells }
    }

    /// Every cell, with the name of its command.
    pub fn every_cell(&self) -> impl Iterator<Item = (&'static str, &Cell)> {
        let by_command = self.cells.iter().flat_map(|state| names::COMMANDS.iter().zip(state));
        by_command.flat_map(|(command, cells)| cells.iter().map(|cell| (*command, cell)))
    }
}

/// The table of the page.
static TABLE: LazyLock<Table> = LazyLock::new(Table::of_the_page);

#[test]
fn the_page_says_what_every_command_does_in_every_state() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/states.md");
    let drawn = page::draw(&TABLE);
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        std::fs::write(&path, &drawn).expect("a page that can be written");
    }
    let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = checked_in.lines().zip(drawn.lines()).find(|(written, drawn)| written != drawn);
    assert!(
        checked_in == drawn,
        "docs/states.md is not what happens; read the difference, and if it is meant write the page again with \
         MIDCYCLE_BLESS=1 cargo test -p billing --test states\nthe first difference: {differs:#?}"
    );
}

/// The commands whose money a policy decides about.
const COUNTED: [&str; 4] = ["submit_plan_change", "renew_subscription", "settle_payment", "assign_plan"];

#[test]
fn what_a_policy_counts_has_an_answer_under_every_policy() {
    let mut bugs = Vec::new();
    for policy in Policies::presets().iter().filter(|policy| *policy.reference.name != *"vps") {
        for scene in scenes::all(&policy.reference.name) {
            for (command, row) in rows::all().into_iter().filter(|(command, _)| COUNTED.contains(command)) {
                let bug = cell::step(&scene.house, row.make).err();
                bugs.extend(bug.map(|bug| {
                    format!("{}: {command}, {}, in {}: {bug}", policy.reference.name, row.with, scene.name)
                }));
            }
        }
    }
    assert!(bugs.is_empty(), "{} cells have bugs:\n{}", bugs.len(), bugs.join("\n"));
}

#[test]
fn every_state_of_every_record_has_a_scene() {
    let houses = || TABLE.scenes.iter().map(|scene| &scene.house);
    let services =
        houses().filter_map(House::subscription).map(|subscription| names::progress(&subscription.service.progress));
    let changes = houses().flat_map(|house| house.changes.values()).map(|change| names::change_state(&change.state));
    let invoices =
        houses().flat_map(|house| house.invoices.values()).map(|invoice| names::invoice_state(&invoice.state));
    let attempts =
        houses().flat_map(|house| house.attempts.values()).map(|attempt| names::attempt_state(&attempt.state));
    all_shown("change", names::CHANGE_STATES, changes);
    all_shown("invoice", names::INVOICE_STATES, invoices);
    let payouts = houses().filter_map(|house| house.payout.as_ref()).map(|payout| names::payout_state(&payout.state));
    all_shown("payout", names::PAYOUT_STATES, payouts);
    all_shown("payment", names::ATTEMPT_STATES, attempts);
    all_shown("service", names::PROGRESSES, services);
}

fn all_shown(what: &str, all: &[&'static str], seen: impl Iterator<Item = &'static str>) {
    let seen: BTreeSet<&str> = seen.collect();
    let missing: Vec<&&str> = all.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(missing.is_empty(), "nothing shows the {what} {missing:?}; add it to scenes.rs or rows.rs");
}

#[test]
fn every_outcome_report_and_refusal_stands_in_a_cell() {
    let house = scenes::running("vps");
    let asked: Vec<_> = rows::all().iter().map(|(_, row)| (row.make)(&house)).collect();
    let outcomes = asked.iter().filter_map(|command| match command {
        billing::command::Command::SettlePayment { outcome, .. } => Some(names::payment_outcome(outcome)),
        _ => None,
    });
    let reports = asked.iter().filter_map(|command| match command {
        billing::command::Command::ReportProvision { report, .. } => Some(names::module_report(report)),
        _ => None,
    });
    all_shown("outcome", names::PAYMENT_OUTCOMES, outcomes);
    all_shown("report", names::MODULE_REPORTS, reports);
    all_shown("command", names::COMMANDS, asked.iter().map(names::command));

    let texts: BTreeSet<&str> = TABLE.every_cell().map(|(_, cell)| cell.text.trim_matches('`')).collect();
    let (apart, of_states): (Vec<&str>, Vec<&str>) =
        names::REFUSALS.iter().partition(|code| names::NOT_OF_A_STATE.iter().any(|(apart, _)| apart == *code));
    all_shown("refusal", &of_states, names::REFUSALS.iter().copied().filter(|code| texts.contains(code)));
    let wrongly: Vec<&&str> = apart.iter().filter(|code| texts.contains(**code)).collect();
    assert!(wrongly.is_empty(), "{wrongly:?} stand in cells, and NOT_OF_A_STATE says that they cannot");
}

/// What is open in a house: each must have a way to its end.
fn open_ends(house: &House) -> BTreeSet<String> {
    let mut ends = BTreeSet::new();
    let Some(account) = &house.account else { return ends };
    ends.extend(account.invoices.iter().map(|invoice| format!("invoice {}", invoice.id)));
    ends.extend(account.payout.iter().map(|payout| format!("payout {}", payout.id)));
    let running = account.attempts.iter().filter(|attempt| attempt.state.is_running());
    ends.extend(running.map(|attempt| format!("payment {}", attempt.id)));
    for subscription in &account.subscriptions {
        ends.extend(subscription.change.iter().map(|change| format!("change {}", change.id)));
        if !subscription.service.is_settled() {
            ends.insert(format!("generation {} of {}", subscription.service.generation, subscription.service.id));
        }
        if subscription.service.package.is_some() {
            ends.insert(format!("package of {}", subscription.service.id));
        }
        // A change that is made although it is unpaid, or on a day of the period, comes before the next period: it is the end
        // to be closed first.
        let comes_first = |change: &PlanChange| {
            (change.awaits_payment() && change.quote.on_failure == OnFailure::Apply) || change.quote.on.is_some()
        };
        // Of what has ended no period is over.
        let goes_on = !subscription.has_ended();
        if goes_on && subscription.period.until <= house.now && !subscription.change.as_ref().is_some_and(comes_first) {
            ends.insert(format!("period {} of {}", subscription.period_ordinal(), subscription.id));
        }
    }
    ends
}

#[test]
fn whatever_is_open_in_a_state_some_command_closes_it() {
    let mut dead_ends = Vec::new();
    for (scene, cells) in TABLE.scenes.iter().zip(&TABLE.cells) {
        let changed = || cells.iter().flatten().filter(|cell| cell.ending == Ending::Changed);
        for end in open_ends(&scene.house) {
            if changed().all(|cell| open_ends(&cell.after).contains(&end)) {
                dead_ends.push(format!("{} ({}): {end}", scene.id, scene.name));
            }
        }
    }
    assert!(dead_ends.is_empty(), "no command leads out of:\n{}", dead_ends.join("\n"));
}

#[test]
fn wherever_commands_lead_laws_hold_and_a_way_leads_to_rest() {
    let mut bugs = walk::walk("vps", 300);
    let others = [
        scenes::LAPSES,
        scenes::APPLIES,
        scenes::LATER,
        scenes::TRIAL_KEPT,
        scenes::TRIAL_ENDS,
        scenes::CHOOSES,
        scenes::LONG,
        scenes::IN_ARREARS,
        scenes::DUNS,
        scenes::PAYS_OUT,
    ];
    for policy in others {
        bugs.extend(walk::walk(policy, 150).into_iter().map(|bug| format!("{policy}: {bug}")));
    }
    assert!(bugs.is_empty(), "{} ways lead wrong:\n{}", bugs.len(), bugs.join("\n"));
}
