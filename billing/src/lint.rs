//! The linter (N6): what a customer could gain by changing plans, and where a catalogue leads nowhere. Law I30 asks that
//! for whatever a customer does, `paid − balance ≥` the price of what was used, and `≥ 0` always. Here every path of a
//! few commands over a grid of baskets and instants is walked through the pure core (the same `decide` as everywhere),
//! and where the law does not hold, the shortest such path is told as a dated script.
//!
//! **What was used** is the time a basket was had, from the moment the change was made to the moment the next was, up to
//! the end of the period that is paid for when the customer leaves. What was *billed* for that time plays no part in it.
//!
//! **What it is worth** is asked five times, and a path is named after the question that shows a gain; where one of the
//! first two shows one, the others are not asked:
//!
//! 1. `credit-above-cash`: nothing is worth anything. A gain is money on the balance that was never paid.
//! 2. `change-for-less` (and `late-payment`, where an order was left unpaid for a while): time at the price it was sold
//!    at, less its discount, shared by seconds over its own full period; of a day with a change in it, the least that was
//!    had on that day, as if for all of it. So whoever may own the day of a change, a rule that is meant shows nothing.
//! 3. `burnt-credits`: the plan's credits that were used, at the least that any plan asks for one; time is worth nothing.
//! 4. `term-hop`: the second again; but in a term that was left before its last day, time is worth its list price, and
//!    where its price has no discount to be off a list price, what it costs by the shortest cycle it is sold by: twelve
//!    months for a year. Never more than the whole term was sold for.
//! 5. `free-day`: the second again; but a day with a change in it counts by its seconds.
//!
//! **Rounding** is no gain: of every line of a change, a whole minor unit is taken off (law I06 allows less than that).
//!
//! Days are those of UTC, so an hour of clock change is no finding either. Whatever falls due is paid at once, in the
//! storefront's currency; that a bill is never paid is the matter of dunning, not of this search. Paths past the second
//! boundary of their period are left: whole periods at their full price change nothing.

mod customer;
mod dead_ends;
mod finding;
mod graph;
mod grid;
mod measure;
mod script;
mod search;
mod state;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::Zone;
use crate::catalogue::{Basket, Catalogue, Product};
use crate::decide::Facts;
use crate::name::Name;
use crate::policy::{Gate, Policies, Terms};
use crate::refusal::Refusal;

pub use finding::{Code, Finding, Severity};
use graph::{Broken, Graph};
use measure::Measure;
use script::{Ground, tell};
use search::{Path, Reach, Theme};

/// How far to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The most commands of a customer after the start.
    pub depth: usize,
    /// The most different plans and options on one path.
    pub things: u32,
    /// The days on which customers start.
    pub starts: Vec<Date>,
}

impl Default for Settings {
    /// Five commands over two plans, from a month of 31 days and from a short one.
    fn default() -> Self {
        Self { depth: 5, things: 2, starts: vec![Date::constant(2027, 1, 1), Date::constant(2027, 2, 1)] }
    }
}

/// What was found, and how much was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings: product by product, in the order of codes.
    pub findings: Vec<Finding>,
    /// The paths that were walked.
    pub paths: u128,
    /// The different states that they met in.
    pub states: usize,
}

/// Looks at every product of a catalogue under its policy.
pub fn lint(catalogue: &Catalogue, policies: &Policies, settings: &Settings) -> Report {
    let mut report = Report::default();
    // Tax follows the price, and the zone of the seller is that of the customer: neither is a matter of rules.
    let mut catalogue = catalogue.clone();
    catalogue.zone = Zone::utc();
    catalogue.tax = None;
    let catalogue = &catalogue;
    for product in &catalogue.products {
        let mut findings = dead_ends::of(catalogue, product, policies);
        if catalogue.policy(&product.policy, policies).is_some() {
            findings.extend(Search::of(Facts { catalogue, policies }, product, settings).run(&mut report));
        }
        findings.sort_by_key(|finding| finding.code);
        report.findings.extend(findings);
    }
    report
}

/// The search over one product.
struct Search<'a> {
    facts: Facts<'a>,
    product: &'a Product,
    settings: &'a Settings,
}

/// The gains that were found, by code and by the plans and options on their path.
type Gains = BTreeMap<(Code, u32), Finding>;

/// Whether each change was ever to be had, and else the first refusal.
type Tried = BTreeMap<(Basket, Basket), Result<(), Refusal>>;

/// Orders left unpaid need few commands to show: the order and its payment, and a change before.
const LATE_DEPTH: usize = 3;

impl<'a> Search<'a> {
    fn of(facts: Facts<'a>, product: &'a Product, settings: &'a Settings) -> Self {
        Self { facts, product, settings }
    }

    fn run(&self, report: &mut Report) -> Vec<Finding> {
        let mut gains = Gains::new();
        let mut findings = Vec::new();
        let mut tried = Tried::new();
        let currency = self.facts.catalogue.currency;
        for (place, start) in self.settings.starts.iter().enumerate() {
            let instants = grid::instants(*start, &grid::cycles(self.product, currency));
            for picks in grid::companies(&grid::picks(self.product, currency), self.settings.things) {
                // An order that waits looks the same in a short month; where nothing waits, there is nothing to see.
                let waits = place == 0 && self.is_gated();
                for late in [false, true].into_iter().take(if waits { 2 } else { 1 }) {
                    let mut graph = Graph::of(self.facts, self.product, &picks, instants.clone(), late);
                    self.walk(&mut graph, late, report, &mut gains);
                    remember(&graph, &mut tried);
                    let broken = graph.broken.first().map(|broken| self.broken_law(&graph, broken));
                    findings.extend(broken.filter(|finding| !findings.contains(finding)));
                }
            }
        }
        findings.extend(gains.into_values());
        findings.extend(dead_ends::refused(self.product, &tried));
        findings
    }

    /// Does any change wait for its payment?
    fn is_gated(&self) -> bool {
        let policy = self.facts.catalogue.policy(&self.product.policy, self.facts.policies);
        let gated = |terms: &Terms| terms.gate == Gate::Paid;
        policy.is_some_and(|policy| gated(&policy.terms) || policy.rules.iter().any(|rule| gated(&rule.terms)))
    }

    fn walk(&self, graph: &mut Graph<'_>, late: bool, report: &mut Report, gains: &mut Gains) {
        let depth = if late { self.settings.depth.min(LATE_DEPTH) } else { self.settings.depth };
        let reach = Reach { commands: depth, things: self.settings.things };
        report.paths += search::paths(graph, reach);
        let measures: &[Measure] = if late { &[Measure::Time] } else { &Measure::ALL };
        for by in measures {
            let mut best: Vec<_> = search::best(graph, reach, *by).into_iter().collect();
            best.sort_by_key(|((things, late), _)| (things.count_ones(), *things, *late));
            for ((things, is_late), path) in best {
                if is_late == late {
                    self.note(graph, *by, (things, is_late), &path, gains);
                }
            }
        }
        report.states += graph.nodes.len();
    }

    /// Notes a gain, unless a plainer one is known over the same plans or fewer, or as large a one of the same kind.
    fn note(&self, graph: &Graph<'_>, by: Measure, (things, late): Theme, path: &Path, gains: &mut Gains) {
        let code = match by {
            _ if late => Code::LatePayment,
            Measure::Cash => Code::CreditAboveCash,
            Measure::Time => Code::ChangeForLess,
            Measure::Credits => Code::BurntCredits,
            Measure::Terms => Code::TermHop,
            Measure::Seconds => Code::FreeDay,
        };
        let is_within = |part: u32, whole: u32| part & whole == part;
        let plainer = |known: &(Code, u32)| {
            matches!(known.0, Code::CreditAboveCash | Code::ChangeForLess)
                && known.0 != code
                && is_within(known.1, things)
        };
        if gains.keys().any(plainer) {
            return;
        }
        let Some(finding) = self.told(graph, by, code, things, path) else { return };
        let gain = |finding: &Finding| finding.gain.map_or(0, |gain| gain.minor);
        let same = |known: &(Code, u32)| known.0 == code && is_within(known.1, things);
        let smaller = gains.iter().filter(|(known, _)| same(known)).map(|(_, finding)| gain(finding)).max();
        let larger = |known: &(Code, u32)| known.0 == code && is_within(things, known.1);
        let larger = gains.iter().filter(|(known, _)| larger(known)).map(|(_, finding)| gain(finding)).max();
        // The same hole over more plans, or over fewer where it hardly shows, needs no finding of its own.
        if smaller.is_some_and(|smaller| gain(&finding) <= smaller + smaller / 4)
            || larger.is_some_and(|larger| 4 * gain(&finding) <= larger)
        {
            return;
        }
        gains.retain(|known, small| !same(known) || 4 * gain(small) > gain(&finding));
        gains.insert((code, things), finding);
    }

    fn told(&self, graph: &Graph<'_>, by: Measure, code: Code, things: u32, path: &Path) -> Option<Finding> {
        let ground = Ground { facts: self.facts, product: self.product, picks: graph.picks, instants: &graph.instants };
        let told = tell(ground, path, by).ok().filter(|told| told.gain.is_positive())?;
        let finding = Finding::of(code, self.product, self.sentence(code, things));
        Some(Finding { gain: Some(told.gain), script: told.lines, ..finding })
    }

    fn sentence(&self, code: Code, things: u32) -> String {
        let plans = self.product.plans.iter().map(|plan| &plan.name);
        let names = plans.chain(self.product.options.iter().map(|option| &option.name)).enumerate();
        let names: Vec<_> =
            names.filter(|(place, _)| things & 1 << place.min(&31) != 0).map(|(_, name)| name).collect();
        let names = names.into_iter().map(Name::as_str).collect::<Vec<_>>().join(" and ");
        match code {
            Code::CreditAboveCash => format!("{names}: changes bring the balance above what was paid."),
            Code::LatePayment => format!("{names}: while an order waits for its payment, what is had is not paid for."),
            Code::TermHop => {
                format!("{names}: a term can be left early, and the time used keeps the price of the term.")
            }
            Code::FreeDay => {
                format!("{names}: on the day of a change, the dearer can be had for the price of the other.")
            }
            _ => format!("{names}: changing costs less than the list price of what is used."),
        }
    }

    fn broken_law(&self, graph: &Graph<'_>, broken: &Broken) -> Finding {
        let ground = Ground { facts: self.facts, product: self.product, picks: graph.picks, instants: &graph.instants };
        let what = format!("The engine breaks its own law: {}.", broken.why);
        let script = script::up_to(ground, &graph.path_to(broken.node), broken.step).unwrap_or_default();
        Finding { script, ..Finding::of(Code::BrokenLaw, self.product, what) }
    }
}

fn remember(graph: &Graph<'_>, tried: &mut Tried) {
    for ((from, to), result) in &graph.tried {
        let pair = (graph.picks[*from].basket.clone(), graph.picks[*to].basket.clone());
        let known = tried.entry(pair).or_insert_with(|| result.clone());
        if result.is_ok() {
            known.clone_from(result);
        }
    }
}
