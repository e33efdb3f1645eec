//! What was used, and what it is worth. Five measures, each as lenient with the shop's rules as its name says, and a
//! ledger of the amounts that they need. See the head of `lint` for the definitions.
//!
//! Amounts of worth are [`Fine`]: a minor unit is 10^15 of them, and every share of a price is rounded down, so that no
//! rounding of the search ever makes a gain. Time is read from a [`Clock`], so that a rule that counts days is asked about
//! days, and an hour of clock change is no gain.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::account::{Component, Item, Subscription};
use crate::calendar::{Cycle, CycleUnit, Zone};
use crate::catalogue::{Price, Product};
use crate::first_period::Full;
use crate::money::{Currency, Money};
use crate::policy::{Policy, TimeUnit};
use crate::share::Rounding;

/// Worth, in 10^-15 minor units.
pub(super) type Fine = i128;

/// One minor unit.
pub(super) const MINOR: Fine = 1_000_000_000_000_000;

/// By what a gain is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    /// Nothing that was used is worth anything: only money that was never paid is a gain.
    Cash,
    /// Time at the price it was sold at; a day with a change at the least that was had on it.
    Time,
    /// Only the plan's credits that were used, at the least that any plan asks for one.
    Credits,
    /// Time again, and a term that was left early at what it costs without a term.
    Terms,
    /// Time again, but a day with a change by its seconds.
    Seconds,
}

impl Measure {
    /// From the most lenient to the strictest.
    pub const ALL: [Self; 5] = [Self::Cash, Self::Time, Self::Credits, Self::Terms, Self::Seconds];
}

/// How the time is counted that was used: as the policy counts it, so that only its rules show.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    /// The customer's zone.
    pub zone: Zone,
    /// The zone whose days are days.
    days: Zone,
    /// Does every day count the same, also one of 23 or 25 hours?
    civil: bool,
    /// In a first period that is joined with the full one after it.
    joined: Option<Joined>,
}

/// Until when time counts by the length of the first of two full periods, and both lengths: what is worth the price of the
/// one is worth the price of the other.
#[derive(Debug, Clone, Copy)]
struct Joined {
    joint: Timestamp,
    first: Fine,
    second: Fine,
}

impl Clock {
    /// The clock of a policy, for customers and a seller in one zone.
    pub fn of(policy: &Policy, zone: &Zone) -> Self {
        let terms = &policy.terms;
        let civil = matches!(terms.unit, TimeUnit::Day | TimeUnit::Month);
        Self { zone: zone.clone(), days: terms.day_zone.of(zone, zone).clone(), civil, joined: None }
    }

    /// The clock by which the present period of a subscription is worth its rate.
    pub fn of_period(&self, subscription: &Subscription) -> Cow<'_, Self> {
        let Full { span, joint: Some(joint) } = subscription.full(&self.zone) else { return Cow::Borrowed(self) };
        let (first, second) = (self.seconds(span.from, joint).max(1), self.seconds(joint, span.until));
        Cow::Owned(Self { joined: Some(Joined { joint, first, second }), ..self.clone() })
    }

    /// Seconds from one instant to another.
    pub fn seconds(&self, from: Timestamp, until: Timestamp) -> Fine {
        match self.joined {
            Some(Joined { joint, first, second }) if from < joint => {
                let before = self.shown(from, until.min(joint)) * second / first;
                before + if joint < until { self.shown(joint, until) } else { 0 }
            }
            _ => self.shown(from, until),
        }
    }

    fn shown(&self, from: Timestamp, until: Timestamp) -> Fine {
        let face = |at| if self.civil { Zone::utc_ref().instant(self.days.local(at)) } else { at };
        Fine::from(face(until).as_second() - face(from).as_second())
    }
}

/// What a subscription is worth by the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rate {
    /// At what it was sold at, by its own cycle.
    pub own: Fine,
    /// What of that is the plan's; the rest is its options'.
    plan: Fine,
    /// How much more the plan, and its options, cost where no term is kept.
    term: [Fine; 2],
}

impl Rate {
    const NOTHING: Self = Self { own: 0, plan: 0, term: [0; 2] };
}

/// A stretch of time at one rate, measured once for all paths that pass it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    rate: Rate,
    completes: bool,
    /// How long it is.
    seconds: Fine,
    /// How long the day is that it begins in, where it comes to that day's end.
    first_day: Option<Fine>,
    /// The whole days after that.
    whole_days: Fine,
    /// What it has of the day that it ends in.
    last_day: Fine,
    /// How far that day had gone when it ended.
    begun: Fine,
}

impl Stretch {
    /// The time of a rate from one instant to another; a term is kept where a period `completes` with it.
    pub fn new(from: Timestamp, until: Timestamp, rate: Rate, completes: bool, clock: &Clock) -> Self {
        let seconds = clock.seconds(from, until);
        let begun = clock.seconds(clock.days.start_of_day(until), until);
        let next = clock.days.start_of_next_day(from);
        if next > until {
            return Self { rate, completes, seconds, first_day: None, whole_days: 0, last_day: seconds, begun };
        }
        let first_day = Some(clock.seconds(clock.days.start_of_day(from), next));
        let whole_days = clock.seconds(next, until) - begun;
        Self { rate, completes, seconds, first_day, whole_days, last_day: begun, begun }
    }
}

/// The rate of a subscription as it stands, by its full period: the one that the present one is, or is the rest of. The
/// time of a trial is given away, and is worth nothing; of what has ended there is none.
pub(super) fn rate(subscription: &Subscription, product: &Product, clock: &Clock) -> Rate {
    if subscription.is_in_trial() || subscription.has_ended() {
        return Rate::NOTHING;
    }
    let full = subscription.full_period(&clock.zone);
    // Days that were bought count as those of the period whose price they had.
    let days = subscription.bought().map(|bought| Fine::from(bought.whole) * 86_400);
    let length = days.unwrap_or_else(|| clock.seconds(full.from, full.until)).max(1);
    let own = Fine::from(subscription.recurring().minor) * MINOR / length;
    let mut rate = Rate { own, ..Rate::NOTHING };
    for item in &subscription.items {
        let is_option = usize::from(item.component != Component::Plan);
        let (sold, termless) = (Fine::from(item.price().minor) * MINOR / length, termless(item, product, length));
        rate.plan += if is_option == 0 { sold } else { 0 };
        rate.term[is_option] += (termless - sold).max(0);
    }
    rate
}

/// What an item costs where no term is kept, shared over the length of its own cycle: its list price, where its price
/// has a discount; else what it costs by the shortest cycle it is sold by.
fn termless(item: &Item, product: &Product, length: Fine) -> Fine {
    let own = (item.priced().list, (1, 1));
    let (price, (times, parts)) = if item.discount.is_some() { own } else { shortest(item, product).unwrap_or(own) };
    Fine::from(price.minor) * MINOR * times / parts / length
}

/// The price of all units of an item by the shortest cycle shorter than its own, and how often that fits into its own.
fn shortest(item: &Item, product: &Product) -> Option<(Money, (Fine, Fine))> {
    let prices = match &item.component {
        Component::Plan => &product.plan(&item.code)?.prices,
        Component::Option(code) => &product.option(code)?.prices,
    };
    let net = |price: &Price| price.times(item.quantity).net(Rounding::HalfAway);
    let sold = prices.iter().filter(|price| price.amount.currency == item.unit_price.currency);
    let shortest = sold.min_by_key(|price| (price.cycle.nominal_days(), net(price)))?;
    let is_shorter = shortest.cycle.nominal_days() < item.cycle.nominal_days();
    is_shorter.then(|| (net(shortest), how_often(shortest.cycle, item.cycle)))
}

/// The least that any plan asks for one of its credits.
pub(super) fn worth_of_credit(product: &Product, currency: Currency) -> Fine {
    let plans = product.plans.iter().filter_map(|plan| Some((plan, Fine::from(plan.credits.as_ref()?.amount).max(1))));
    let prices = plans.flat_map(|(plan, amount)| plan.prices.iter().map(move |price| (price, amount)));
    let sold = prices.filter(|(price, _)| price.amount.currency == currency);
    sold.map(|(price, amount)| Fine::from(price.net().minor) * MINOR / amount).min().unwrap_or(0)
}

/// How often a short cycle fits into a long one, as a fraction: twelve months are a year, whatever their days.
pub(super) fn how_often(short: Cycle, long: Cycle) -> (Fine, Fine) {
    let months = |cycle: Cycle| match cycle.unit {
        CycleUnit::Month => Some(Fine::from(cycle.count)),
        CycleUnit::Year => Some(12 * Fine::from(cycle.count)),
        CycleUnit::Day | CycleUnit::Week => None,
    };
    match (months(long), months(short)) {
        (Some(long), Some(short)) => (long, short),
        _ => (long.nominal_days().into(), short.nominal_days().max(1).into()),
    }
}

/// What is counted of a path under a measure, up to where it has come. Of two paths in one state, one that is ahead in
/// every field stays ahead whatever happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Count {
    /// What was used, less what the shop kept and what rounding may have taken.
    pub gain: Fine,
    /// The least rate that was had today; none where nothing was yet.
    pub least_today: Fine,
    /// What leaving the present term now would make the time in it worth more: of the plan, and of its options.
    pub if_left: [Fine; 2],
}

const NOTHING_YET: Fine = Fine::MAX;

impl Count {
    /// The count of a customer from whom the shop has kept so much.
    pub fn after(kept: Money) -> Self {
        Self { gain: -Fine::from(kept.minor) * MINOR, least_today: NOTHING_YET, if_left: [0; 2] }
    }

    /// A change: the shop keeps `kept` more, of `lines` lines that were each rounded once.
    ///
    /// `left` is how many seconds early a term is left by it. What was used of the term is worth more then, but all of it
    /// never more than the whole term was sold for: who forfeits the rest has gained nothing. An option that was had since
    /// a while ago is no part of what the plan was sold for.
    pub fn change(mut self, kept: Money, lines: usize, rates: [Rate; 2], left: Option<i64>, by: Measure) -> Self {
        let rounding = Fine::try_from(lines).unwrap_or(Fine::MAX / MINOR) * MINOR;
        self.gain -= Fine::from(kept.minor) * MINOR + rounding;
        if matches!(by, Measure::Time | Measure::Terms) {
            self.least_today = self.least_today.min(rates[0].own).min(rates[1].own);
        }
        if let Some(seconds) = left.filter(|_| by == Measure::Terms) {
            let Rate { own, plan, .. } = rates[0];
            for (more, rest) in self.if_left.iter().zip([plan, own - plan]) {
                self.gain += more.min(&(rest * Fine::from(seconds)));
            }
            self.if_left = [0; 2];
        }
        self
    }

    /// The shop keeps so much more, without a rounding: a renewal.
    pub fn keep(mut self, kept: Money) -> Self {
        self.gain -= Fine::from(kept.minor) * MINOR;
        self
    }

    /// Credits of the plan are used, each of this worth.
    pub fn burn(mut self, credits: i64, worth: Fine, by: Measure) -> Self {
        if by == Measure::Credits {
            self.gain += Fine::from(credits) * worth;
        }
        self
    }

    /// Time passes.
    pub fn stretch(mut self, stretch: &Stretch, by: Measure) -> Self {
        let Stretch { rate, completes, seconds, .. } = *stretch;
        match by {
            Measure::Cash | Measure::Credits => return self,
            Measure::Seconds => self.gain += rate.own * seconds,
            Measure::Time | Measure::Terms => self.days(stretch),
        }
        if by == Measure::Terms {
            for (more, term) in self.if_left.iter_mut().zip(rate.term) {
                *more = if completes { 0 } else { *more + term * seconds };
            }
        }
        self
    }

    /// Whole days are worth their rate; the day that is still going on is counted when it closes.
    fn days(&mut self, stretch: &Stretch) {
        let rate = stretch.rate.own;
        if let Some(day) = stretch.first_day {
            self.gain += self.least_today.min(rate) * day + rate * stretch.whole_days;
            self.least_today = NOTHING_YET;
        }
        if stretch.last_day > 0 {
            self.least_today = self.least_today.min(rate);
        }
    }

    /// The path ends with a stretch: the day that is still going on is worth what it has had of it.
    pub fn close(mut self, last: &Stretch) -> Self {
        if self.least_today != NOTHING_YET {
            self.gain += self.least_today * last.begun;
        }
        self
    }
}
