//! Everything that can become of a customer on the grid, as a graph: states at instants, joined by what a customer may do
//! and by time. Equal states are one node, so that every path is walked and none twice.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::Timestamp;

use super::customer::{Customer, Purse, Stop, credits_left, unpaid_change};
use super::measure::{Fine, Rate, Stretch, rate, worth_of_credit};
use super::script::Ground;
use super::search::Path;
use super::state::{Canonical, canonical, end_of};
use crate::account::{Account, Subscription};
use crate::money::Money;
use crate::policy::{Gate, Policy, When};
use crate::quote::Quote;
use crate::refusal::Refusal;

/// With the next period.
pub(super) const LATER: Option<When> = Some(When::PeriodEnd);

/// What a customer may do at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Change to the basket of this place, and pay.
    Change(usize),
    /// Change to the basket of this place with the next period, where the policy leaves the choice.
    Later(usize),
    /// Change to the basket of this place, and leave the invoice unpaid.
    Order(usize),
    /// Pay what was left unpaid.
    Pay,
    /// Use up the credits of the plan.
    Burn,
    /// Take a change back that is not made yet.
    Withdraw,
    /// Cancel now: nothing comes after it.
    Cancel,
    /// Cancel with the period.
    CancelLater,
    /// Take that back.
    Keep,
}

/// A state at an instant.
#[derive(Debug)]
pub(super) struct Node {
    /// The account.
    pub account: Account,
    /// The place of its instant.
    pub instant: usize,
    /// What it is worth by the second.
    pub rate: Rate,
    /// The rest of the period that is paid for, after which the customer leaves.
    pub rest: Stretch,
    /// How it was first reached.
    reached: Reached,
    /// What a customer may do; found when first asked for.
    moves: Option<Rc<[Move]>>,
    /// Where time leads, and what happens on the way; none at the last instant or where it cannot go on.
    wait: Option<Option<Rc<Wait>>>,
}

/// How a state was first reached.
#[derive(Debug, Clone, Copy)]
enum Reached {
    /// By a start with the basket of this place.
    Start(usize),
    /// From a state, by a step.
    Step(usize, Step),
    /// From a state, by time.
    Wait(usize),
}

/// Something a customer does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    /// What.
    pub step: Step,
    /// The state after it.
    pub to: usize,
    /// What the shop kept of it; negative where it gave back.
    pub kept: Money,
    /// How many lines were rounded for it.
    pub lines: usize,
    /// How many seconds before its end a term is left by it.
    pub left: Option<i64>,
    /// How many credits were used.
    pub burnt: i64,
}

/// Time passing up to the next instant.
#[derive(Debug, Clone)]
pub(super) struct Wait {
    /// The state then.
    pub to: usize,
    /// What the shop kept: renewals, and orders that lapsed.
    pub kept: Money,
    /// The time, in stretches of one rate.
    pub stretches: Vec<Stretch>,
}

/// A law that a command broke: a bug of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// The state in which.
    pub node: usize,
    /// What was done.
    pub step: Option<Step>,
    /// The law, in words.
    pub why: String,
}

/// The graph, as far as it has been looked at.
pub(super) struct Graph<'a> {
    customer: Customer<'a>,
    /// The rules, the baskets and the instants there are.
    pub ground: Ground<'a>,
    /// May a customer leave an order unpaid for a while? Only one with nothing on the balance, which would pay for it.
    late: bool,
    /// May customers choose when a change is made?
    may_choose: bool,
    /// When the policy lets customers cancel, of what is walked.
    cancels: Vec<When>,
    /// What a unit of the plans' credits is worth at least.
    pub worth_of_credit: Fine,
    /// The states.
    pub nodes: Vec<Node>,
    known: BTreeMap<(usize, Canonical), usize>,
    /// Laws that broke on the way.
    pub broken: Vec<Broken>,
    /// For each pair of baskets that was tried: whether it ever went through, and else the first refusal.
    pub tried: BTreeMap<(usize, usize), Result<(), Refusal>>,
}

impl<'a> Graph<'a> {
    /// The empty graph of a product. May customers pay late, and may they cancel with the period?
    pub fn of(ground: Ground<'a>, late: bool, scheduled: bool) -> Self {
        let Ground { facts, product, clock, .. } = ground;
        let policy = facts.catalogue.policy(&product.policy, facts.policies);
        let chooses =
            |policy: &Policy| policy.terms.choose_when || policy.rules.iter().any(|rule| rule.terms.choose_when);
        Self {
            may_choose: policy.is_some_and(chooses),
            cancels: policy.map_or(Vec::new(), |policy| {
                let offered = policy.cancellation.when.iter().copied();
                offered.filter(|when| scheduled || *when == When::Now).collect()
            }),
            worth_of_credit: worth_of_credit(product, facts.catalogue.currency),
            customer: Customer::rehearsing(facts, &clock.zone),
            ground,
            late,
            nodes: Vec::new(),
            known: BTreeMap::new(),
            broken: Vec::new(),
            tried: BTreeMap::new(),
        }
    }

    /// The state after a start with the basket of this place, and what the shop kept of it.
    pub fn start(&mut self, pick: usize) -> Result<(usize, Money), Stop> {
        let Ground { product, clock, picks, instants, .. } = self.ground;
        let at = clock.zone.local(instants[0]);
        let (account, purse) = self.customer.start(&product.code, &picks[pick].basket, at)?;
        Ok((self.node(account, 0, Reached::Start(pick)), purse.sold))
    }

    fn node(&mut self, account: Account, instant: usize, reached: Reached) -> usize {
        let now = self.ground.instants[instant];
        let key = canonical(&account, now, self.late && !account.balance.is_zero());
        let next = self.nodes.len();
        let place = *self.known.entry((instant, key)).or_insert(next);
        if place == next {
            let Ground { product, clock, instants, .. } = self.ground;
            let subscription = &account.subscriptions[0];
            let (rate, until) = (rate(subscription, product, clock), had_until(subscription));
            let rest = Stretch::new(instants[instant].min(until), until, rate, true, &clock.of_period(subscription));
            self.nodes.push(Node { account, instant, rate, rest, reached, moves: None, wait: None });
        }
        place
    }

    /// What a customer may do in a state.
    pub fn moves(&mut self, node: usize) -> Rc<[Move]> {
        if let Some(known) = &self.nodes[node].moves {
            return Rc::clone(known);
        }
        let found: Rc<[Move]> = self.find_moves(node).into();
        self.nodes[node].moves = Some(Rc::clone(&found));
        found
    }

    fn find_moves(&mut self, node: usize) -> Vec<Move> {
        if end_of(&self.nodes[node].account).is_some() {
            return Vec::new();
        }
        let account = self.nodes[node].account.clone();
        let at = self.ground.instants[self.nodes[node].instant];
        let mut moves = Vec::new();
        if unpaid_change(&account).is_some() {
            let mut purse = empty(&account);
            let paid = self.customer.pay(&account, at, &mut purse);
            moves.extend(self.moved(node, Step::Pay, paid, purse, 0));
        }
        if account.subscriptions[0].change.is_some() {
            let mut purse = empty(&account);
            let withdrawn = self.customer.withdraw(&account, at, &mut purse);
            moves.extend(self.moved(node, Step::Withdraw, withdrawn, purse, 0));
        }
        if credits_left(&account) > 0 {
            let mut purse = empty(&account);
            let burnt = self.customer.burn(&account, at, &mut purse);
            moves.extend(self.moved(node, Step::Burn, burnt, purse, 0));
        }
        moves.extend(self.ends(node, &account, at));
        let before = account.subscriptions[0].basket();
        let here = self.ground.picks.iter().position(|pick| pick.basket == before);
        for place in (0..self.ground.picks.len()).filter(|place| Some(*place) != here) {
            let quote = self.customer.quote(&account, &self.ground.picks[place].basket, None, at);
            if let Some(here) = here.filter(|_| account.subscriptions[0].change.is_none()) {
                self.remember((here, place), &quote);
            }
            let Ok(quote) = quote else { continue };
            moves.extend(self.submitted(node, &account, &quote, Step::Change(place)));
            if self.late
                && account.balance.is_zero()
                && quote.due.is_positive()
                && (quote.gate, quote.when) == (Gate::Paid, When::Now)
            {
                moves.extend(self.submitted(node, &account, &quote, Step::Order(place)));
            }
            if self.may_choose && quote.when == When::Now {
                let later = self.customer.quote(&account, &self.ground.picks[place].basket, LATER, at);
                moves.extend(later.ok().and_then(|quote| self.submitted(node, &account, &quote, Step::Later(place))));
            }
        }
        moves
    }

    /// The ways to end it, or to go on after all.
    fn ends(&mut self, node: usize, account: &Account, at: Timestamp) -> Vec<Move> {
        let mut moves = Vec::new();
        for when in self.cancels.clone() {
            let Ok(quote) = self.customer.quote_end(account, when, at) else { continue };
            let mut purse = empty(account);
            let cancelled = self.customer.cancel(account, &quote, &mut purse);
            let step = if when == When::Now { Step::Cancel } else { Step::CancelLater };
            moves.extend(self.moved(node, step, cancelled, purse, quote.credits.len() + quote.used.len()));
        }
        if account.subscriptions[0].scheduled_end().is_some() {
            let mut purse = empty(account);
            let kept = self.customer.keep(account, at, &mut purse);
            moves.extend(self.moved(node, Step::Keep, kept, purse, 0));
        }
        moves
    }

    fn remember(&mut self, pair: (usize, usize), quote: &Result<Quote, Refusal>) {
        match quote {
            Ok(_) => drop(self.tried.insert(pair, Ok(()))),
            Err(refusal) => drop(self.tried.entry(pair).or_insert_with(|| Err(refusal.clone()))),
        }
    }

    fn submitted(&mut self, node: usize, account: &Account, quote: &Quote, step: Step) -> Option<Move> {
        let mut purse = empty(account);
        let when = if matches!(step, Step::Later(_)) { LATER } else { None };
        let pays = !matches!(step, Step::Order(_));
        let changed = self.customer.submit(account, quote, when, pays, &mut purse);
        self.moved(node, step, changed, purse, quote.credits.len() + quote.charges.len())
    }

    fn moved(
        &mut self,
        node: usize,
        step: Step,
        result: Result<Account, Stop>,
        purse: Purse,
        lines: usize,
    ) -> Option<Move> {
        let account = match result {
            Ok(account) => account,
            Err(Stop::Refused(_)) => return None,
            Err(Stop::Broken(why)) => {
                self.broken.push(Broken { node, step: Some(step), why });
                return None;
            }
        };
        let before = &self.nodes[node].account.subscriptions[0];
        let after = &account.subscriptions[0];
        let burnt = if step == Step::Burn { credits_left(&self.nodes[node].account) } else { 0 };
        let left = left_early(before, after, self.ground.instants[self.nodes[node].instant]);
        let instant = self.nodes[node].instant;
        let to = self.node(account, instant, Reached::Step(node, step));
        Some(Move { step, to, kept: purse.sold, lines, left, burnt })
    }

    /// Where time leads from a state.
    pub fn wait(&mut self, node: usize) -> Option<Rc<Wait>> {
        if let Some(known) = &self.nodes[node].wait {
            return known.clone();
        }
        let found = self.find_wait(node).map(Rc::new);
        self.nodes[node].wait = Some(found.clone());
        found
    }

    fn find_wait(&mut self, node: usize) -> Option<Wait> {
        let instant = self.nodes[node].instant + 1;
        let until = *self.ground.instants.get(instant)?;
        if end_of(&self.nodes[node].account).is_some() {
            return None;
        }
        let account = self.nodes[node].account.clone();
        // Whole periods at their full price change nothing: past the second boundary ahead, the customer has left.
        if account.subscriptions[0].anchor.period(account.subscriptions[0].period_no + 1, &self.ground.clock.zone).until
            <= until
        {
            return None;
        }
        let mut purse = empty(&account);
        let mut stretches = Vec::new();
        let mut from = self.ground.instants[instant - 1];
        let mut rate_now = self.nodes[node].rate;
        let mut period = account.subscriptions[0].period;
        let Ground { product, clock, .. } = self.ground;
        let mut clock_now = clock.of_period(&account.subscriptions[0]).into_owned();
        let waited = self.customer.wait(&account, until, &mut purse, &mut |event| {
            let completes = event.after.subscriptions[0].period != period || end_of(&event.after).is_some();
            stretches.push(Stretch::new(from, event.at, rate_now, completes, &clock_now));
            from = event.at;
            rate_now = rate(&event.after.subscriptions[0], product, clock);
            period = event.after.subscriptions[0].period;
            clock_now = clock.of_period(&event.after.subscriptions[0]).into_owned();
        });
        stretches.push(Stretch::new(from, until, rate_now, false, &clock_now));
        match waited {
            Ok(account) => {
                let to = self.node(account, instant, Reached::Wait(node));
                Some(Wait { to, kept: purse.sold, stretches })
            }
            Err(stop) => {
                let why = match stop {
                    Stop::Broken(why) => why,
                    Stop::Refused(refusal) => format!("a renewal is refused: {refusal}"),
                };
                self.broken.push(Broken { node, step: None, why });
                None
            }
        }
    }

    /// The path by which a state was first reached.
    pub fn path_to(&self, node: usize) -> Path {
        let last = self.nodes[node].instant;
        let (mut at, mut steps) = (node, Vec::new());
        loop {
            at = match self.nodes[at].reached {
                Reached::Start(start) => {
                    steps.reverse();
                    return Path { start, steps, last };
                }
                Reached::Step(before, step) => {
                    steps.push((self.nodes[at].instant, step));
                    before
                }
                Reached::Wait(before) => before,
            };
        }
    }
}

/// How many seconds before its end a change leaves the term of the plan, where it does: a shorter cycle begins, or a plan for
/// nothing, or it ends. On its last day a term is kept.
pub(super) fn left_early(before: &Subscription, after: &Subscription, at: Timestamp) -> Option<i64> {
    let days = |subscription: &Subscription| subscription.anchor.cycle.nominal_days();
    let seconds = before.period.until.as_second() - at.as_second();
    let leaves = days(after) < days(before) || after.recurring().is_zero() || after.has_ended();
    (leaves && !before.is_in_trial()).then_some(if seconds > 24 * 60 * 60 { seconds } else { 0 })
}

/// Until when what is paid for is had: to the end of the period, or until it ended.
pub(super) fn had_until(subscription: &Subscription) -> Timestamp {
    let end = subscription.cancellation.as_ref().filter(|end| end.ended_at.is_some());
    end.map_or(subscription.period.until, |end| end.quote.ends_at)
}

fn empty(account: &Account) -> Purse {
    Purse { paid: account.nothing(), sold: account.nothing(), once: account.nothing() }
}
