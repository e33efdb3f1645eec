//! The walk over the graph: every path of at most so many commands, and of each kind of gain the best path. Paths that
//! meet in a state are compared there; one that is behind in every way cannot overtake and is let go. All are counted.

use std::collections::BTreeMap;

use super::graph::{Graph, Step};
use super::measure::{Count, Fine, MINOR, Measure};
use super::state::end_of;
use crate::account::PlanChange;
use crate::policy::When;

/// How far a search goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// The most commands after the start.
    pub commands: usize,
    /// The most different plans and options on one path.
    pub things: u32,
}

/// A path: where it starts, and each step with the place of its instant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path {
    /// The basket it starts with.
    pub start: usize,
    /// The steps.
    pub steps: Vec<(usize, Step)>,
    /// The place of the instant after which nothing more is done.
    pub last: usize,
}

/// Where a path with a gain ended.
#[derive(Debug, Clone, Copy)]
struct Ended {
    /// The gain, after what rounding may have taken.
    gain: Fine,
    commands: usize,
    trail: usize,
    instant: usize,
}

/// What kind of a path it is: the plans and options on it, and whether something was paid late.
type Theme = (u32, bool);

/// What kind of a gain it is: of which path, and whether that ended with a cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    /// The plans and options on it.
    pub things: u32,
    /// Was something paid late?
    pub late: bool,
    /// Did it end by a cancellation before its period was over?
    pub cancelled: bool,
}

/// A path that is still in the race.
#[derive(Debug, Clone, Copy)]
struct Runner {
    commands: usize,
    count: Count,
    /// Its last step.
    trail: usize,
}

/// Steps of all runners, each pointing to the one before.
#[derive(Debug, Default)]
struct Trails(Vec<(Option<usize>, usize, Option<Step>)>);

/// The place of a runner: its state, and the theme of its path.
type Place = (usize, Theme);

/// How many paths there are on the grid. Counted, not walked one by one: paths that meet go on together.
pub(super) fn paths(graph: &mut Graph<'_>, reach: Reach) -> u128 {
    let mut here: BTreeMap<(usize, u32, usize), u128> = BTreeMap::new();
    for pick in starts(graph) {
        let Ok((node, _)) = graph.start(pick) else { continue };
        *here.entry((node, graph.ground.picks[pick].things, 0)).or_default() += 1;
    }
    let mut total = 0;
    for _ in 0..graph.ground.instants.len() {
        for commands in 0..reach.commands {
            let at_depth: Vec<_> = here.iter().filter(|(key, _)| key.2 == commands).map(|(k, v)| (*k, *v)).collect();
            for ((node, things, _), count) in at_depth {
                for step in graph.moves(node).iter() {
                    let things = things | things_of(graph, step.step);
                    if things.count_ones() <= reach.things {
                        *here.entry((step.to, things, commands + 1)).or_default() += count;
                    }
                }
            }
        }
        let mut next = BTreeMap::new();
        for ((node, things, commands), count) in here {
            match graph.wait(node) {
                Some(wait) => *next.entry((wait.to, things, commands)).or_default() += count,
                None => total += count,
            }
        }
        here = next;
    }
    total
}

/// Of each kind of gain under a measure, the path that shows it best.
pub(super) fn best(graph: &mut Graph<'_>, reach: Reach, by: Measure) -> BTreeMap<Kind, Path> {
    let mut trails = Trails::default();
    let mut ended: BTreeMap<Kind, Vec<Ended>> = BTreeMap::new();
    let mut here: BTreeMap<Place, Vec<Runner>> = BTreeMap::new();
    for pick in starts(graph) {
        let Ok((node, kept)) = graph.start(pick) else { continue };
        let trail = trails.push(None, pick, None);
        let runner = Runner { commands: 0, count: Count::after(kept), trail };
        enter(here.entry((node, (graph.ground.picks[pick].things, false))).or_default(), runner);
    }
    for instant in 0..graph.ground.instants.len() {
        for commands in 0..reach.commands {
            for (place, runner) in at_depth(&here, commands) {
                for (place, runner) in step(graph, reach, by, &mut trails, (place, runner, instant)) {
                    enter(here.entry(place).or_default(), runner);
                }
            }
        }
        let mut next: BTreeMap<Place, Vec<Runner>> = BTreeMap::new();
        for ((node, theme), runners) in here {
            for runner in runners {
                if let Some(gain) = gain(graph, by, node, &runner) {
                    let Runner { commands, trail, .. } = runner;
                    let end = end_of(&graph.nodes[node].account);
                    let cancelled = end.is_some_and(|end| end.quote.when == When::Now);
                    let (things, late) = theme;
                    let kind = Kind { things, late, cancelled };
                    ended.entry(kind).or_default().push(Ended { gain, commands, trail, instant });
                }
                let Some(wait) = graph.wait(node) else { continue };
                let count = wait.stretches.iter().fold(runner.count, |count, stretch| count.stretch(stretch, by));
                let runner = Runner { count: count.keep(wait.kept), ..runner };
                enter(next.entry((wait.to, theme)).or_default(), runner);
            }
        }
        here = next;
    }
    let clearest = |ended: Vec<Ended>| clearest(graph, &trails, ended);
    ended.into_iter().filter_map(|(kind, ended)| Some((kind, clearest(ended)?))).collect()
}

/// The path to show: of those that gain by each command at least three quarters of what the best gains by each, the one
/// with the plainest times, then the shortest, then the one that gains most.
fn clearest(graph: &Graph<'_>, trails: &Trails, ended: Vec<Ended>) -> Option<Path> {
    let by_command = |ended: &Ended| ended.gain / Fine::try_from(ended.commands.max(1)).unwrap_or(1);
    let most = ended.iter().map(by_command).max()?;
    let good = ended.into_iter().filter(|ended| by_command(ended) >= most / 4 * 3);
    let shown = good.map(|ended| (trails.path(ended.trail, ended.instant), ended.gain));
    let zone = &graph.ground.clock.zone;
    let odd = |path: &Path| {
        let times = path.steps.iter().map(|(instant, _)| graph.ground.instants[*instant]);
        times.filter(|at| zone.start_of_day(*at) != *at).count()
    };
    shown.min_by_key(|(path, gain)| (odd(path), path.steps.len(), -*gain)).map(|(path, _)| path)
}

fn starts(graph: &Graph<'_>) -> Vec<usize> {
    (0..graph.ground.picks.len()).filter(|place| graph.ground.picks[*place].sold).collect()
}

fn at_depth(here: &BTreeMap<Place, Vec<Runner>>, commands: usize) -> Vec<(Place, Runner)> {
    let all = here.iter().flat_map(|(place, runners)| runners.iter().map(|runner| (*place, *runner)));
    all.filter(|(_, runner)| runner.commands == commands).collect()
}

/// Where one more command leads a runner.
fn step(
    graph: &mut Graph<'_>,
    reach: Reach,
    by: Measure,
    trails: &mut Trails,
    (place, runner, instant): (Place, Runner, usize),
) -> Vec<(Place, Runner)> {
    let (node, (things, late)) = place;
    let rate = graph.nodes[node].rate;
    let mut led = Vec::new();
    for go in graph.moves(node).iter() {
        let things = things | things_of(graph, go.step);
        let late = late || matches!(go.step, Step::Order(_));
        // Lateness is a matter of its own, and shown by the plainest measures.
        if things.count_ones() > reach.things || (late && !matches!(by, Measure::Cash | Measure::Time)) {
            continue;
        }
        let rates = [rate, graph.nodes[go.to].rate];
        let count = runner.count.change(go.kept, go.lines, rates, go.left, by);
        let count = count.burn(go.burnt, graph.worth_of_credit, by);
        let trail = trails.push(Some(runner.trail), instant, Some(go.step));
        led.push(((go.to, (things, late)), Runner { commands: runner.commands + 1, count, trail }));
    }
    led
}

/// What a runner gains who stops here: nothing more is done, and what is paid for is used up. Where all of it went back, its
/// time was given away.
fn gain(graph: &Graph<'_>, by: Measure, node: usize, runner: &Runner) -> Option<Fine> {
    let all_back = end_of(&graph.nodes[node].account).is_some_and(|end| end.quote.all_back);
    if all_back && !matches!(by, Measure::Cash | Measure::Credits) {
        return None;
    }
    let open = graph.nodes[node].account.subscriptions[0].change.as_ref().is_some_and(PlanChange::awaits_payment);
    let rest = &graph.nodes[node].rest;
    let gain = runner.count.stretch(rest, by).close(rest).gain;
    // Less than a minor unit is the search's own rounding, not money.
    (!open && gain >= MINOR).then_some(gain)
}

fn things_of(graph: &Graph<'_>, step: Step) -> u32 {
    match step {
        Step::Change(place) | Step::Later(place) | Step::Order(place) => graph.ground.picks[place].things,
        Step::Pay | Step::Burn | Step::Withdraw | Step::Cancel | Step::CancelLater | Step::Keep => 0,
    }
}

/// A runner joins those of its place, unless one of them is ahead of it in every way; those it is ahead of leave.
fn enter(runners: &mut Vec<Runner>, new: Runner) {
    let ahead = |one: &Runner, other: &Runner| {
        one.commands <= other.commands
            && one.count.gain >= other.count.gain
            && one.count.least_today >= other.count.least_today
            && one.count.if_left.iter().zip(other.count.if_left).all(|(one, other)| *one >= other)
    };
    if runners.iter().any(|known| ahead(known, &new)) {
        return;
    }
    runners.retain(|known| !ahead(&new, known));
    runners.push(new);
}

impl Trails {
    fn push(&mut self, before: Option<usize>, place: usize, step: Option<Step>) -> usize {
        self.0.push((before, place, step));
        self.0.len() - 1
    }

    fn path(&self, trail: usize, last: usize) -> Path {
        let mut steps = Vec::new();
        let mut at = trail;
        loop {
            match self.0[at] {
                (Some(before), instant, Some(step)) => {
                    steps.push((instant, step));
                    at = before;
                }
                (_, start, _) => {
                    steps.reverse();
                    return Path { start, steps, last };
                }
            }
        }
    }
}
