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
//! The time of a trial is worth nothing in any of them: it is given away. So is that of a period which went back whole
//! (`full_refund_days`), of which only the first and the third are asked.
//!
//! **Leaving** is free, and what is paid for is used up first; or it is cancelled now, where the policy lets customers, as the
//! last command of a path: every path is asked both ways. From the first start it is walked besides that orders are left
//! unpaid, and that a cancellation is scheduled and taken back. What the balance gives as cash is never more than the
//! balance, which counts as money in full: no payout gains by itself. Who comes back starts anew: no trial and no full refund is
//! had twice.
//!
//! **Rounding** is no gain of one path: of every line of a change, a whole minor unit is taken off (law I06 allows less than
//! that). Whether roundings add up where a round of changes is made again and again is asked apart, without that allowance
//! (`rounding-farm`, in `farm`).
//!
//! **What is not walked**: options are at their least and at one more, one at a time; plans and options meet on a path up to
//! `things`; something is done at the instants of `grid` alone. Two paths into one state go on as one; so all are counted,
//! and none is walked twice.
//!
//! Days are those of the policy, each as long as another, so an hour of clock change is no finding either. Whatever falls due is paid at once, in the
//! storefront's currency, and what is owed for a change that was made unpaid (`on_failure = "apply"`) counts as paid; that a
//! bill is never paid is the matter of dunning, not of this search. Paths past the second
//! boundary of their period are left: whole periods at their full price change nothing.

mod customer;
mod dead_ends;
mod farm;
mod finding;
mod graph;
mod grid;
mod measure;
mod script;
mod search;
mod state;
mod survey;

use jiff::civil::Date;

use crate::calendar::Zone;
use crate::catalogue::Catalogue;
use crate::policy::Policies;

pub use finding::{Code, Finding, Severity};
pub use survey::{Part, Survey, Walked};

/// How far to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The most commands of a customer after the start.
    pub depth: usize,
    /// The most different plans and options on one path.
    pub things: u32,
    /// The days on which customers start. Where a policy has a bill day, the first of them is moved inside a full period.
    pub starts: Vec<Date>,
    /// The zone of customers and seller.
    pub zone: Zone,
}

impl Default for Settings {
    /// Five commands over two plans, from a month of 31 days and from a short one.
    fn default() -> Self {
        let starts = vec![Date::constant(2027, 1, 1), Date::constant(2027, 2, 1)];
        Self { depth: 5, things: 2, starts, zone: Zone::utc() }
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
    /// The rounds of changes that were made again and again.
    pub rounds: usize,
}

/// Looks at every product of a catalogue under its policy, part after part.
pub fn lint(catalogue: &Catalogue, policies: &Policies, settings: &Settings) -> Report {
    let survey = Survey::of(catalogue, policies, settings);
    survey.report(survey.parts().iter().map(|part| survey.walk(part)).collect())
}
