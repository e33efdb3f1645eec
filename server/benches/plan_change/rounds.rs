//! How things are timed: in rounds that take floor and measure by turns, so that whatever else the machine does meets
//! both; the first round warms up and is thrown away, and of the others the median ratio counts.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// How many rounds count.
pub const ROUNDS: usize = 5;

/// A floor and a measure of the same unit, medians of the rounds, and the median of the ratios of each round.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Compared {
    pub floor: f64,
    pub measure: f64,
    pub ratio: f64,
}

/// Compares by turns; each closure is told the number of the round, of which there is one more than count.
pub fn by_turns(mut floor: impl FnMut(usize) -> f64, mut measure: impl FnMut(usize) -> f64) -> Compared {
    let rounds: Vec<(f64, f64)> = (0..=ROUNDS).map(|round| (floor(round), measure(round))).collect();
    compared(&rounds)
}

/// What rounds say that were taken already.
pub fn compared(rounds: &[(f64, f64)]) -> Compared {
    let of = |read: fn(&(f64, f64)) -> f64| median(rounds.iter().skip(1).map(read).collect());
    Compared { floor: of(|round| round.0), measure: of(|round| round.1), ratio: of(|round| round.1 / round.0) }
}

/// The middle of some numbers.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The middle of how long each of some things took, in microseconds.
pub fn median_us<T>(things: &[T], mut each: impl FnMut(&T)) -> f64 {
    let took = things.iter().map(|thing| {
        let began = Instant::now();
        each(thing);
        microseconds(began.elapsed())
    });
    median(took.collect())
}

/// A duration in microseconds.
pub fn microseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

/// How many things threads do per second, one thread for each state; each thing is done once.
pub fn per_second<S: Send, T: Sync>(states: &mut [S], things: &[T], each: impl Fn(&mut S, &T) + Sync) -> f64 {
    let next = AtomicUsize::new(0);
    let ready = Barrier::new(states.len() + 1);
    let began = std::thread::scope(|scope| {
        for state in states {
            scope.spawn(|| {
                ready.wait();
                while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                    each(state, thing);
                }
            });
        }
        ready.wait();
        Instant::now()
    });
    things.len() as f64 / began.elapsed().as_secs_f64()
}
