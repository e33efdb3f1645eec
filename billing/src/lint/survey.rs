//! A search laid out: the parts that it falls into, and what they found put together. Each part can be walked by itself, in
//! any order and on any thread; the report is the same.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::farm::{self, Farm};
use super::finding::{Code, Finding};
use super::graph::{Broken, Graph};
use super::grid::{self, Pick};
use super::measure::{Clock, Measure};
use super::script::{self, Ground, Told, tell};
use super::search::{self, Kind, Path, Reach};
use super::{Report, Settings, dead_ends};
use crate::catalogue::{Basket, Catalogue, Product};
use crate::decide::Facts;
use crate::name::Name;
use crate::policy::{Gate, Policies, Policy, Terms, When};
use crate::refusal::Refusal;

/// A search over a catalogue, laid out and not begun.
#[derive(Debug)]
pub struct Survey<'a> {
    catalogue: Catalogue,
    policies: &'a Policies,
    settings: &'a Settings,
    parts: Vec<Part>,
}

/// What can be walked by itself: one product, one start, some of its baskets.
#[derive(Debug)]
pub struct Part {
    product: usize,
    picks: Vec<Pick>,
    instants: Vec<Timestamp>,
    clock: Clock,
    walk: Walk,
}

/// How a part is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Walk {
    /// Every path, everything paid at once.
    Paid,
    /// Every path on which an order is left unpaid for a while.
    Late,
    /// Every path on which it may be cancelled with the period, and that taken back.
    Scheduled,
    /// The same few changes, again and again.
    Rounds,
}

/// What was found in a part.
#[derive(Debug)]
pub struct Walked {
    product: usize,
    paths: u128,
    states: usize,
    rounds: usize,
    gains: Vec<Gain>,
    broken: Option<Finding>,
    tried: Tried,
}

/// A way to gain.
#[derive(Debug)]
struct Gain {
    way: Way,
    finding: Finding,
}

/// What tells ways to gain apart: the code, whether it ends with a cancellation, and the plans and options on it.
type Way = (Code, bool, u32);

/// The gains that were found.
type Gains = BTreeMap<Way, Finding>;

/// Whether each change was ever to be had, and else the first refusal.
pub(super) type Tried = BTreeMap<(Basket, Basket), Result<(), Refusal>>;

impl<'a> Survey<'a> {
    /// Lays a search out.
    pub fn of(catalogue: &Catalogue, policies: &'a Policies, settings: &'a Settings) -> Self {
        let mut catalogue = catalogue.clone();
        // Tax follows the price, and the zone of the seller is that of the customer: neither is a matter of rules.
        catalogue.zone = settings.zone.clone();
        catalogue.tax = None;
        let mut survey = Self { catalogue, policies, settings, parts: Vec::new() };
        survey.parts = (0..survey.catalogue.products.len()).flat_map(|product| survey.parts_of(product)).collect();
        survey
    }

    /// The parts, in the order of the report.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn parts_of(&self, place: usize) -> Vec<Part> {
        let product = &self.catalogue.products[place];
        let Some(policy) = self.policy(product) else { return Vec::new() };
        let currency = self.catalogue.currency;
        let cycles = grid::cycles(product, currency);
        let trials = grid::trials(product);
        let companies = grid::companies(&grid::picks(product, currency), self.settings.things);
        let clock = Clock::of(policy, &self.settings.zone);
        let mut parts = Vec::new();
        let terms = &policy.terms;
        for (number, start) in grid::starts(&self.settings.starts, terms).into_iter().enumerate() {
            let instants = grid::instants(start, &cycles, &trials, policy, &self.settings.zone);
            // An order that waits looks the same in a short month; where nothing waits, there is nothing to see.
            let late = (number == 0 && is_gated(policy)).then_some(Walk::Late);
            let schedules = policy.cancellation.when.contains(&When::PeriodEnd);
            let scheduled = (number == 0 && schedules).then_some(Walk::Scheduled);
            let rounds = (number == 0).then_some(Walk::Rounds);
            for picks in &companies {
                for walk in [Some(Walk::Paid), late, scheduled, rounds].into_iter().flatten() {
                    let (picks, instants, clock) = (picks.clone(), instants.clone(), clock.clone());
                    parts.push(Part { product: place, picks, instants, clock, walk });
                }
            }
        }
        parts
    }

    fn policy(&self, product: &Product) -> Option<&Policy> {
        self.catalogue.policy(&product.policy, self.policies)
    }

    /// Walks a part.
    pub fn walk(&self, part: &Part) -> Walked {
        let Part { product, picks, instants, clock, walk } = part;
        let facts = Facts { catalogue: &self.catalogue, policies: self.policies };
        let ground = Ground { facts, product: &self.catalogue.products[*product], clock, picks, instants };
        let mut walked = Walked {
            product: *product,
            paths: 0,
            states: 0,
            rounds: 0,
            gains: Vec::new(),
            broken: None,
            tried: Tried::new(),
        };
        match walk {
            Walk::Paid | Walk::Late | Walk::Scheduled => self.paths(ground, *walk, &mut walked),
            Walk::Rounds => {
                let Farm { rounds, found } = farm::best(ground, self.settings.things);
                walked.rounds = rounds;
                let gains = found
                    .into_iter()
                    .map(|(things, told)| Gain::of(ground.product, (Code::RoundingFarm, false, things), told));
                walked.gains.extend(gains);
            }
        }
        walked
    }

    fn paths(&self, ground: Ground<'_>, walk: Walk, walked: &mut Walked) {
        let reach = Reach { commands: self.settings.depth, things: self.settings.things };
        let late = walk == Walk::Late;
        let mut graph = Graph::of(ground, late, walk == Walk::Scheduled);
        walked.paths = search::paths(&mut graph, reach);
        let measures: &[Measure] = if late { &[Measure::Time] } else { &Measure::ALL };
        for by in measures {
            let mut best: Vec<_> = search::best(&mut graph, reach, *by).into_iter().collect();
            best.sort_by_key(|(kind, _)| (kind.cancelled, kind.things.count_ones(), kind.things, kind.late));
            let same = best.into_iter().filter(|(kind, _)| kind.late == late);
            walked.gains.extend(same.filter_map(|(kind, path)| told(ground, *by, kind, &path)));
        }
        walked.states = graph.nodes.len();
        walked.broken = graph.broken.first().map(|broken| broken_law(&graph, broken));
        remember(&graph, &mut walked.tried);
    }

    /// Puts together what was found in the parts, given in their order.
    pub fn report(&self, walked: Vec<Walked>) -> Report {
        let mut report = Report::default();
        let mut by_product: BTreeMap<usize, Vec<Walked>> = BTreeMap::new();
        for walked in walked {
            report.paths += walked.paths;
            report.states += walked.states;
            report.rounds += walked.rounds;
            by_product.entry(walked.product).or_default().push(walked);
        }
        for (place, product) in self.catalogue.products.iter().enumerate() {
            let mut findings = dead_ends::of(&self.catalogue, product, self.policies);
            findings.extend(put_together(product, by_product.remove(&place).unwrap_or_default()));
            findings.sort_by_key(|finding| finding.code);
            report.findings.extend(findings);
        }
        report
    }
}

/// Does any change wait for its payment?
fn is_gated(policy: &Policy) -> bool {
    let gated = |terms: &Terms| terms.gate == Gate::Paid;
    gated(&policy.terms) || policy.rules.iter().any(|rule| gated(&rule.terms))
}

fn told(ground: Ground<'_>, by: Measure, kind: Kind, path: &Path) -> Option<Gain> {
    let code = match by {
        _ if kind.late => Code::LatePayment,
        Measure::Cash => Code::CreditAboveCash,
        Measure::Time => Code::ChangeForLess,
        Measure::Credits => Code::BurntCredits,
        Measure::Terms => Code::TermHop,
        Measure::Seconds => Code::FreeDay,
    };
    let told = tell(ground, path, by).ok().filter(|told| told.gain.is_positive())?;
    Some(Gain::of(ground.product, (code, kind.cancelled, kind.things), told))
}

impl Gain {
    fn of(product: &Product, way: Way, told: Told) -> Self {
        let finding = Finding::of(way.0, product, sentence(product, way));
        Self { way, finding: Finding { gain: Some(told.gain), script: told.lines, ..finding } }
    }
}

fn put_together(product: &Product, parts: Vec<Walked>) -> Vec<Finding> {
    let (mut gains, mut tried, mut findings) = (Gains::new(), Tried::new(), Vec::new());
    for Walked { gains: found, broken, tried: more, .. } in parts {
        for gain in found {
            note(gain, &mut gains);
        }
        for (pair, result) in more {
            let known = tried.entry(pair).or_insert_with(|| result.clone());
            if result.is_ok() {
                *known = result;
            }
        }
        findings.extend(broken.filter(|finding| !findings.contains(finding)));
    }
    findings.extend(gains.into_values());
    findings.extend(dead_ends::refused(product, &tried));
    findings
}

/// Notes a gain, unless a plainer one is known over the same plans or fewer, or as large a one of the same kind. One without a
/// cancellation is plainer than one with it, and is not hidden by it.
fn note(Gain { way, finding }: Gain, gains: &mut Gains) {
    let (code, cancelled, things) = way;
    let is_within = |part: u32, whole: u32| part & whole == part;
    let is_plain = |code| matches!(code, Code::CreditAboveCash | Code::ChangeForLess);
    let gain = |finding: &Finding| finding.gain.map_or(0, |gain| gain.minor);
    // What grows again and again is told beside what is had once, unless it is hardly more.
    let hides = |known: &Finding| code != Code::RoundingFarm || 4 * gain(known) >= gain(&finding);
    let counts = |with: bool| cancelled || !with;
    let plainer = |(known, with, _): &Way| is_plain(*known) && *known != code && counts(*with);
    if gains.iter().any(|(known, has)| plainer(known) && is_within(known.2, things) && hides(has)) {
        return;
    }
    let same = |known: &Way| known.0 == code && counts(known.1) && is_within(known.2, things);
    let smaller = gains.iter().filter(|(known, _)| same(known)).map(|(_, finding)| gain(finding)).max();
    let larger = |known: &Way| known.0 == code && counts(known.1) && is_within(things, known.2);
    let larger = gains.iter().filter(|(known, _)| larger(known)).map(|(_, finding)| gain(finding)).max();
    // The same hole over more plans, or over fewer where it hardly shows, needs no finding of its own.
    if smaller.is_some_and(|smaller| gain(&finding) <= smaller + smaller / 4)
        || larger.is_some_and(|larger| 4 * gain(&finding) <= larger)
    {
        return;
    }
    gains.retain(|known, small| !same(known) || known.1 != cancelled || 4 * gain(small) > gain(&finding));
    gains.insert(way, finding);
}

fn sentence(product: &Product, (code, cancelled, things): Way) -> String {
    let plans = product.plans.iter().map(|plan| &plan.name);
    let names = plans.chain(product.options.iter().map(|option| &option.name)).enumerate();
    let names: Vec<_> = names.filter(|(place, _)| things & 1 << place.min(&31) != 0).map(|(_, name)| name).collect();
    let names = names.into_iter().map(Name::as_str).collect::<Vec<_>>().join(" and ");
    match code {
        Code::CreditAboveCash if cancelled => format!("{names}: cancelling brings the balance above what was paid."),
        Code::LatePayment if cancelled => {
            format!("{names}: an order that waits for its payment can be had for nothing, by cancelling.")
        }
        Code::TermHop if cancelled => {
            format!("{names}: a term can be cancelled early, and the time used keeps the price of the term.")
        }
        Code::FreeDay if cancelled => format!("{names}: the day on which it is cancelled can be had for nothing."),
        Code::BurntCredits if cancelled => {
            format!("{names}: the plan's credits can be used up, and most of their price taken back by cancelling.")
        }
        Code::ChangeForLess if cancelled => {
            format!("{names}: with a cancellation, less is paid than the list price of what is used.")
        }
        Code::CreditAboveCash => format!("{names}: changes bring the balance above what was paid."),
        Code::LatePayment => format!("{names}: while an order waits for its payment, what is had is not paid for."),
        Code::TermHop => format!("{names}: a term can be left early, and the time used keeps the price of the term."),
        Code::FreeDay => format!("{names}: on the day of a change, the dearer can be had for the price of the other."),
        Code::RoundingFarm => format!("{names}: the same changes again and again gain by rounding, each time more."),
        _ => format!("{names}: changing costs less than the list price of what is used."),
    }
}

fn broken_law(graph: &Graph<'_>, broken: &Broken) -> Finding {
    let what = format!("The engine breaks its own law: {}.", broken.why);
    let script = script::up_to(graph.ground, &graph.path_to(broken.node), broken.step).unwrap_or_default();
    Finding { script, ..Finding::of(Code::BrokenLaw, graph.ground.product, what) }
}

fn remember(graph: &Graph<'_>, tried: &mut Tried) {
    let picks = graph.ground.picks;
    for ((from, to), result) in &graph.tried {
        tried.insert((picks[*from].basket.clone(), picks[*to].basket.clone()), result.clone());
    }
}
