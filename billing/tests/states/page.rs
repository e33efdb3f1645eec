//! The page `docs/states.md`: the states, what leads out of them, every cell, every move, every refusal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::Table;
use crate::cell::{Cell, Ending};
use crate::names;
use crate::rows::rows;
use crate::scenes;

const OPENING: &str = "\
# Every command in every state

An account is asked every command in every state it can be in, with every kind of argument that has an answer of its own,
and this page says what happens. Nothing on it is written by hand: `billing/tests/states` brings an account into each
state by real commands, asks, holds every answer against the laws, asks a second time, and fails where this page says
anything else. After a change of the rules write it again, and read what became different:

```
MIDCYCLE_BLESS=1 cargo test -p billing --test states
```

A new state of a change, an invoice, a payment or a service, and a new command or refusal, do not compile until they have
a name in `names.rs`; then the test asks for a scene (`scenes.rs`) or a row (`rows.rs`).

The shop has the plans Free, S for 10.00 with 10 hours, M for 30.00 with 40, L for 60.00 with 80, Team and a retired one, under
the policy `vps` unless a group of states names another. Customers may not move from S to L. The day of a change is the 11th
of April unless a state says otherwise. What a policy
counts is asked under every other policy too; no page is drawn of it, but no law may break and nothing may panic.

## How a cell reads

| in the cell | means |
|---|---|
| `change-open` | refused, by the name that the API uses; nothing has changed |
| nothing | accepted, and there was nothing to do |
| change waiting → applied; … | what has changed: states, documents, the balance and what of it is set aside, and the wishes to the outside: `charge` a card, `ensure` a size, send a `mail` |
| ↻ again | the same command a second time, from somebody who does not know of the first. Under the same idempotency key the first answer comes again, and nothing is decided |
| S1–S4, C6 | the states, which have their names in the list below |

Where a table says nothing of the state without an account, the answer there is `unknown-account`.

";

/// Draws the page.
pub fn draw(table: &Table) -> String {
    let mut page = OPENING.to_owned();
    states(&mut page, table);
    overview(&mut page, table);
    for (number, command) in names::COMMANDS.iter().enumerate() {
        section(&mut page, table, number, command);
    }
    moves(&mut page, table);
    refusals(&mut page, table);
    page
}

fn line(page: &mut String, text: &str) {
    writeln!(page, "{text}").expect("a string takes every line");
}

fn states(page: &mut String, table: &Table) {
    line(page, "## The states\n");
    for (letter, title) in scenes::groups() {
        line(page, &format!("**{letter}: {title}**\n"));
        for scene in table.scenes.iter().filter(|scene| scene.id.starts_with(letter)) {
            line(page, &format!("* {}: {}", scene.id, scene.name));
        }
        line(page, "");
    }
}

fn overview(page: &mut String, table: &Table) {
    line(page, "## What can happen where\n");
    line(
        page,
        "`●` the command can change something, `○` it is accepted and there is nothing to do, empty: it is refused.\n",
    );
    line(page, &format!("| | {} |", names::COMMANDS.join(" | ").replace('_', " ")));
    line(page, &format!("|---|{}", ":-:|".repeat(names::COMMANDS.len())));
    for (state, scene) in table.scenes.iter().enumerate() {
        let marks = names::COMMANDS.iter().enumerate().map(|(command, _)| {
            match table.cells[state][command].iter().map(|cell| cell.ending).max() {
                Some(Ending::Changed) => "●",
                Some(Ending::Nothing) => "○",
                Some(Ending::Refused) | None => "",
            }
        });
        line(page, &format!("| {} {} | {} |", scene.id, scene.name, marks.collect::<Vec<_>>().join(" | ")));
    }
    line(page, "");
}

fn section(page: &mut String, table: &Table, command: usize, name: &str) {
    line(page, &format!("## {name}\n"));
    line(page, "| asked | in | answer | ↻ again |");
    line(page, "|---|---|---|---|");
    for (row, asked) in rows(name).iter().enumerate() {
        let mut groups: Vec<(&Cell, Vec<usize>)> = Vec::new();
        for state in 0..table.scenes.len() {
            let cell = &table.cells[state][command][row];
            if is_stranger(table, state) && cell.text == "`unknown-account`" {
                continue;
            }
            match groups.iter_mut().find(|(known, _)| (&known.text, &known.again) == (&cell.text, &cell.again)) {
                Some((_, states)) => states.push(state),
                None => groups.push((cell, vec![state])),
            }
        }
        for (place, (cell, states)) in groups.iter().enumerate() {
            let asked = if place == 0 { asked.with } else { "" };
            let again = cell.again.as_deref().unwrap_or_default();
            line(page, &format!("| {asked} | {} | {} | {again} |", named(table, states), cell.text));
        }
    }
    line(page, "");
}

fn is_stranger(table: &Table, state: usize) -> bool {
    table.scenes[state].house.account.is_none()
}

/// States by their short names, neighbours of a group as a range.
fn named(table: &Table, states: &[usize]) -> String {
    let customers = (0..table.scenes.len()).filter(|state| !is_stranger(table, *state));
    if customers.eq(states.iter().copied()) {
        return "every state with an account".to_owned();
    }
    let letter = |state: usize| table.scenes[state].id.chars().next();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for state in states {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *state && letter(*last) == letter(*state) => *last = *state,
            _ => runs.push((*state, *state)),
        }
    }
    let id = |state: usize| table.scenes[state].id.as_str();
    let runs = runs.into_iter().map(|(first, last)| match last - first {
        0 => id(first).to_owned(),
        1 => format!("{}, {}", id(first), id(last)),
        _ => format!("{}–{}", id(first), id(last)),
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn moves(page: &mut String, table: &Table) {
    line(page, "## Every move from state to state\n");
    line(page, "There are no others: a move that is not in this list fails the test until it is written here.\n");
    line(page, "| of | from | to | by |");
    line(page, "|---|---|---|---|");
    let mut moves: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for (name, cell) in table.every_cell() {
        for step in &cell.moves {
            moves.entry(*step).or_default().insert(name);
        }
    }
    for ((what, from, to), by) in moves {
        let by: Vec<&str> = by.into_iter().collect();
        line(page, &format!("| {what} | {from} | {to} | {} |", by.join(", ")));
    }
    line(page, "");
}

fn refusals(page: &mut String, table: &Table) {
    line(page, "## Refusals that no cell shows\n");
    for (code, why) in names::NOT_OF_A_STATE {
        line(page, &format!("* `{code}` {why}."));
    }
    let shown = names::REFUSALS.len() - names::NOT_OF_A_STATE.len();
    let cells = table.every_cell().count();
    line(page, &format!("\nThe other {shown} refusals stand in the {cells} cells above."));
}
