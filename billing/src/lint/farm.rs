//! Rounds: two or three changes that lead back to where they began, made again and again, all in one instant or one on
//! each day. A rounding that favours the customer by less than a minor unit for each item and period is no gain (law I06);
//! here it is asked whether roundings add up to more than that, and still grow. A round that begins a new period on each
//! day may so gain a little on each; in one instant, and within one period, there is nothing to be had.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::customer::{Customer, Stop};
use super::graph::Step;
use super::measure::{Fine, MINOR, Measure, rate};
use super::script::{Ground, Told, Walk};
use super::state::canonical;
use crate::account::Subscription;

/// What was tried, and what it gave.
#[derive(Debug)]
pub(super) struct Farm {
    /// How many different rounds were made.
    pub rounds: usize,
    /// For each set of plans and options, the best round.
    pub found: Vec<(u32, Told)>,
}

/// A round that was turned.
struct Turned<'a> {
    walk: Walk<'a>,
    /// With how many periods it began.
    periods: usize,
    /// What the last days of those that were bought are worth: the part of a day that is rounded up is no gain of a round, it
    /// is had once by who stays.
    last_days: Fine,
}

/// When a round is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// All turns in the first second of the day so many days after the start.
    AtOnce(usize),
    /// A change on each day.
    Daily,
}

const RHYTHMS: [Rhythm; 4] = [Rhythm::AtOnce(1), Rhythm::AtOnce(10), Rhythm::AtOnce(17), Rhythm::Daily];

/// How often a round is made in one instant.
const TURNS: usize = 12;

/// How many days a round goes on for, at most.
const DAYS: usize = 26;

/// Makes every round over the baskets of a ground, from each of them.
pub(super) fn best(ground: Ground<'_>, things: u32) -> Farm {
    let mut farm = Farm { rounds: 0, found: Vec::new() };
    let mut gains: Vec<(u32, Fine)> = Vec::new();
    for start in (0..ground.picks.len()).filter(|place| ground.picks[*place].sold) {
        for round in rounds(ground, start) {
            let over = round.iter().fold(0, |over, place| over | ground.picks[*place].things);
            if over.count_ones() > things {
                continue;
            }
            for rhythm in RHYTHMS {
                farm.rounds += 1;
                let Some(gain) = grown(ground, start, &round, rhythm) else { continue };
                match gains.iter_mut().find(|(known, _)| *known == over) {
                    Some((_, known)) if *known >= gain => continue,
                    Some((_, known)) => *known = gain,
                    None => gains.push((over, gain)),
                }
                // Told by the customer whose every step is decided and logged as in a book.
                let mut customer = Customer::of(ground.facts, &ground.clock.zone);
                if let Ok(Turned { walk, .. }) = turned(&mut customer, ground, start, &round, rhythm, &mut |_| true) {
                    farm.found.retain(|(known, _)| *known != over);
                    farm.found.push((over, shortened(walk.end(), round.len())));
                }
            }
        }
    }
    farm
}

/// The rounds from a basket: over one other, or over two.
fn rounds(ground: Ground<'_>, start: usize) -> Vec<Vec<usize>> {
    let others = || (0..ground.picks.len()).filter(move |place| *place != start);
    let over_two =
        others().flat_map(|one| others().filter(move |other| *other != one).map(move |other| vec![one, other, start]));
    others().map(|one| vec![one, start]).chain(over_two).collect()
}

/// What a round gains, where that is above a minor unit for each item and period and still grows; none where it is not.
fn grown(ground: Ground<'_>, start: usize, round: &[usize], rhythm: Rhythm) -> Option<Fine> {
    let mut customer = Customer::rehearsing(ground.facts, &ground.clock.zone);
    let mut gains = Vec::new();
    let mut states = Vec::new();
    let turned = turned(&mut customer, ground, start, round, rhythm, &mut |walk| {
        gains.push(walk.gain());
        states.push(canonical(&walk.account, walk.now, false));
        let last = gains.len() - 1;
        // A round that leads into the very same state and gains nothing will never gain anything.
        let is_fixed = last > 0 && states[last] == states[last - 1] && gains[last] <= gains[last - 1];
        // Nor will one that has lost for as long as the next may take.
        let has_lost = last >= TURNS / 2 && gains[last] <= 0;
        !(rhythm != Rhythm::Daily && is_fixed || has_lost)
    });
    let Turned { periods, last_days, .. } = turned.ok()?;
    let (last, half) = (*gains.last()?, *gains.get(gains.len() / 2)?);
    let items = round.iter().map(|place| ground.picks[*place].basket.options.len() + 1).max()?;
    let allowed = MINOR * Fine::try_from(items * periods).unwrap_or(Fine::MAX / MINOR) + last_days;
    (last > allowed && last > half).then_some(last)
}

/// Starts, and turns the round until its end or until `goes_on` says no; that is asked after every turn.
fn turned<'a>(
    customer: &mut Customer<'a>,
    ground: Ground<'a>,
    start: usize,
    round: &[usize],
    rhythm: Rhythm,
    goes_on: &mut dyn FnMut(&Walk<'a>) -> bool,
) -> Result<Turned<'a>, Stop> {
    // By the seconds: at the first second of a day, whoever owns the day of a change owns it to its end.
    let mut walk = Walk::start(customer, ground, start, Measure::Seconds)?;
    let (days, turns) = match rhythm {
        Rhythm::AtOnce(day) => (days(ground, day).split_off(day - 1), TURNS),
        Rhythm::Daily => (days(ground, DAYS), DAYS / round.len()),
    };
    let mut day = days.iter();
    let mut periods = BTreeSet::from([walk.account.subscriptions[0].period.from]);
    let mut last_days = 0;
    for _ in 0..turns {
        for place in round {
            if let Some(next) = day.next() {
                last_days += last_day(ground, &walk.account.subscriptions[0], *next);
                walk.wait(customer, *next)?;
            }
            walk.take(customer, Step::Change(*place))?;
            periods.insert(walk.account.subscriptions[0].period.from);
            if walk.account.subscriptions[0].basket() != ground.picks[*place].basket {
                return Err(Stop::Broken("the round waits for the next period".to_owned()));
            }
        }
        if !goes_on(&walk) {
            break;
        }
    }
    last_days += last_day(ground, &walk.account.subscriptions[0], Timestamp::MAX);
    Ok(Turned { walk, periods: periods.len(), last_days })
}

/// What the last day of days that were bought is worth, where they are over by an instant.
fn last_day(ground: Ground<'_>, subscription: &Subscription, by: Timestamp) -> Fine {
    let ends = subscription.bought().is_some() && subscription.period.until <= by;
    if ends { rate(subscription, ground.product, ground.clock).own * 86_400 } else { 0 }
}

/// The first seconds of the days after the start.
fn days(ground: Ground<'_>, count: usize) -> Vec<Timestamp> {
    let zone = &ground.clock.zone;
    let first = zone.start_of_day(ground.instants[0]);
    let next = |day: &Timestamp| Some(zone.start_of_next_day(*day));
    std::iter::successors(next(&first), next).take(count).collect()
}

/// The script with its first turns, and the last.
fn shortened(mut told: Told, round: usize) -> Told {
    let (first, last) = (1 + 2 * round, round + 2);
    if told.lines.len() > first + last + 1 {
        let left_out = told.lines.len() - first - last;
        let more = format!("            and so on, {left_out} changes more");
        told.lines.splice(first..first + left_out, [more]);
    }
    told
}
