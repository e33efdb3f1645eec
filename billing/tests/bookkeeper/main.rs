//! Net 1: an independent, naive bookkeeper walks the same histories as the engine, and agrees to the cent.
//!
//! It looks at no code of coverage, proration, derivations or the calendar: it subtracts seconds, numbers days, walks
//! months, and rounds exact fractions where a policy says so (`count`); it keeps pieces of time and double entry
//! (`book`, `change`, `commands`). Histories are drawn from seeds (`history`), played on both (`play`), and compared
//! after every command (`compare`); periods that are over are held against exact unit prices (`exact`).
//!
//! `MIDCYCLE_BOOKKEEPER_COMMANDS=5000000 cargo test --release -p billing --test bookkeeper` walks further;
//! `MIDCYCLE_BOOKKEEPER_SEED=4711` tells one history.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test says what it did, and reads its settings"
)]

mod arrears;
mod assign;
mod bill_day;
mod book;
mod cancel;
mod chance;
mod change;
mod commands;
mod compare;
mod count;
mod days;
mod dunning;
mod exact;
mod extend;
mod fraction;
mod history;
mod leaving;
mod meters;
mod named;
mod once;
mod paid_trial;
mod payouts;
mod plan_credits;
mod play;
mod policies;
mod shop;
mod tally;
mod tax;
mod trial;

use std::panic::{AssertUnwindSafe, catch_unwind};

use billing::policy::Policies;

use history::History;
use play::play;
use tally::Tally;

const SEEDS: &str = include_str!("seeds.txt");

struct Walk {
    policies: Policies,
    names: Vec<String>,
}

impl Walk {
    fn new() -> Self {
        let policies = policies::all();
        let names = policies.iter().map(|policy| policy.reference.name.to_string());
        let names = names.filter(|name| trial::POLICIES.iter().all(|(own, ..)| own != name));
        let names = names.filter(|name| !bill_day::is_own(name) && !plan_credits::is_own(name));
        let names = names.filter(|name| !leaving::is_own(name)).collect();
        Self { policies, names }
    }

    fn history(&self, seed: u64) -> History {
        let mut history = History::draw(seed, &self.names);
        history.have_trials(seed);
        history.have_a_bill_day(seed);
        history.have_a_long_first_period(seed);
        history.share_credits(seed);
        history.name_days(seed);
        history.bill_afterwards(seed, &self.policies);
        history.have_meters(seed);
        history.ask_once(seed);
        history.ask_for_trials(seed);
        history.pay_out(seed);
        history.cancel(seed);
        history
    }

    fn fault(&self, history: &History) -> (Option<Tally>, Vec<String>, Option<String>) {
        let told = catch_unwind(AssertUnwindSafe(|| play(history, &self.policies, true)));
        match told {
            Ok((tally, story, fault)) => (Some(tally), story, fault),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                (None, Vec::new(), Some(format!("a panic: {}", text.unwrap_or_default())))
            }
        }
    }

    /// Plays the history of a seed; the fault with the shortest history that still has one.
    fn walk(&self, seed: u64) -> Result<Tally, String> {
        let history = self.history(seed);
        let played = catch_unwind(AssertUnwindSafe(|| play(&history, &self.policies, false)));
        if let Ok((tally, _, None)) = played {
            return Ok(tally);
        }
        let (_, _, found) = self.fault(&history);
        let short = self.shorten(history);
        let (_, story, fault) = self.fault(&short);
        let story = if story.is_empty() { short.steps.iter().map(|step| step.to_string()).collect() } else { story };
        Err(format!(
            "seed {seed}, policy {}, customer in {}, seller in {}, {}, {} steps\n{}\n{}\n(at first: {})\n",
            short.shop.policy,
            short.shop.customer,
            short.shop.seller,
            short.shop.currency,
            short.steps.len(),
            story.join("\n"),
            fault.unwrap_or_default(),
            found.unwrap_or_default(),
        ))
    }

    /// Leaves out whatever can be left out.
    fn shorten(&self, mut history: History) -> History {
        let mut size = history.steps.len().div_ceil(2);
        loop {
            let mut at = 0;
            while at < history.steps.len() {
                let mut less = history.clone();
                less.steps.drain(at..(at + size).min(less.steps.len()));
                if self.fault(&less).2.is_some() {
                    history = less;
                } else {
                    at += size;
                }
            }
            if size == 1 {
                return history;
            }
            size = size.div_ceil(2);
        }
    }
}

/// Walks the kept seeds and then all others, on two threads, until so many commands are done or so many faults found.
/// Which seeds are walked does not depend on the threads: each takes every second one, and half of the commands.
fn walk_all(walk: &Walk, kept: &[u64], commands: u64, most: usize) -> (Tally, Vec<String>) {
    let half = |half: u64| {
        let (mut tally, mut faults) = (Tally::default(), Vec::new());
        for seed in kept.iter().copied().chain(1..).filter(|seed| seed % 2 == half) {
            match walk.walk(seed) {
                Ok(counted) => tally.add(counted),
                Err(fault) => faults.push(fault),
            }
            if tally.total() * 2 >= commands || faults.len() >= most {
                break;
            }
        }
        (tally, faults)
    };
    let [first, second] = std::thread::scope(|scope| {
        let threads = [0, 1].map(|number| scope.spawn(move || half(number)));
        threads.map(|thread| thread.join().expect("a thread that catches panics"))
    });
    let (mut tally, mut faults) = first;
    tally.merge(second.0);
    faults.extend(second.1);
    (tally, faults)
}

fn setting(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, and not {text:?}")))
}

#[test]
fn an_independent_bookkeeper_agrees_to_the_cent() {
    let walk = Walk::new();
    if let Some(seed) = setting("MIDCYCLE_BOOKKEEPER_SEED") {
        let history = walk.history(seed);
        let (_, story, fault) = walk.fault(&history);
        println!("{:#?}\n{}\n{fault:?}", history.shop, story.join("\n"));
    }
    let most = setting("MIDCYCLE_BOOKKEEPER_COMMANDS").unwrap_or(200_000);
    let kept = SEEDS.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty());
    let kept: Vec<u64> = kept.map(|seed| seed.parse().expect("a seed is a number")).collect();
    let faults = setting("MIDCYCLE_BOOKKEEPER_FAULTS").map_or(1, |faults| usize::try_from(faults).expect("few"));
    let (tally, faults) = walk_all(&walk, &kept, most, faults);
    println!("{tally}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let (taken, all) = tally.taken("submit_plan_change");
    assert!(taken * 5 >= all, "of {all} submissions only {taken} were taken: the histories reach nothing");
    assert!(tally.put_off.iter().all(|count| *count >= 10), "what is put off to the next bill is hardly walked");
    assert_eq!(tally.policies(), walk.policies.iter().count(), "a policy was never walked");
    assert!(tally.in_trial.iter().all(|count| *count >= 100), "trials are hardly walked: {:?}", tally.in_trial);
    assert!(
        tally.to_bill_day.iter().all(|count| *count >= 100),
        "bill days are hardly walked: {:?}",
        tally.to_bill_day
    );
    assert!(tally.afterwards.iter().all(|count| *count >= 50), "arrears are hardly walked: {:?}", tally.afterwards);
    assert!(tally.metered.iter().all(|count| *count >= 100), "usage is hardly walked: {:?}", tally.metered);
    assert!(tally.left.least() >= 50, "ends are hardly walked: {}", tally.left);
    assert!(tally.paid_out.iter().all(|count| *count >= 50), "payouts are hardly walked: {:?}", tally.paid_out);
    assert!(tally.once.iter().all(|count| *count >= 50), "what is asked once is hardly walked: {:?}", tally.once);
    let seen = tally.paid_trials;
    assert!(
        seen[..4].iter().all(|count| *count >= 50) && seen[4] >= 5,
        "trials that cost something are hardly walked: {seen:?}"
    );
    for command in ["retry_payment", "restrict_access"] {
        let (taken, _) = tally.taken(command);
        assert!(taken >= 50, "{command} is hardly walked: {taken}");
    }
    assert!(tally.begun.iter().all(|count| *count >= 50), "days are hardly named: {:?}", tally.begun);
    assert_eq!(tally.zones(), shop::ZONES.len(), "a zone was never walked");
}
