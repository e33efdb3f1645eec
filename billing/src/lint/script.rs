//! A path as a dated script that a person can follow by hand: it is walked once more with one customer, and told. The
//! sums at its end are those of this walk.

use jiff::Timestamp;

use super::customer::{Customer, Purse, Stop, credits_left, is_once, unpaid_change};
use super::graph::{LATER, Step, had_until, left_early};
use super::grid::Pick;
use super::measure::{Clock, Count, Fine, MINOR, Measure, Stretch, rate, worth_of_credit};
use super::search::Path;
use crate::account::{Account, PlanChange};
use crate::calendar::{Cycle, CycleUnit, Zone};
use crate::catalogue::{Basket, Product};
use crate::decide::Facts;
use crate::money::{Money, sum};
use crate::policy::When;

/// What a walk came to.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// The script, a line each.
    pub lines: Vec<String>,
    /// What the customer gained, whole minor units.
    pub gain: Money,
}

/// Where a path is walked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    /// The rules.
    pub facts: Facts<'a>,
    /// The product.
    pub product: &'a Product,
    /// How its time is counted.
    pub clock: &'a Clock,
    /// The baskets.
    pub picks: &'a [Pick],
    /// The instants.
    pub instants: &'a [Timestamp],
}

/// A walk in progress.
pub(super) struct Walk<'a> {
    ground: Ground<'a>,
    by: Measure,
    /// The account, as it is now.
    pub account: Account,
    purse: Purse,
    count: Count,
    /// The instant it has come to.
    pub now: Timestamp,
    /// What was told so far.
    pub lines: Vec<String>,
}

/// Walks a path and tells it, to its end.
pub(super) fn tell(ground: Ground<'_>, path: &Path, by: Measure) -> Result<Told, Stop> {
    let mut customer = Customer::of(ground.facts, &ground.clock.zone);
    Ok(walked(&mut customer, ground, path, by)?.end())
}

/// Tells a path up to a step that cannot be made; without one, up to time that cannot pass.
pub(super) fn up_to(ground: Ground<'_>, path: &Path, step: Option<Step>) -> Result<Vec<String>, Stop> {
    let mut customer = Customer::of(ground.facts, &ground.clock.zone);
    let Walk { mut lines, now, .. } = walked(&mut customer, ground, path, Measure::Cash)?;
    let what = match step {
        Some(Step::Change(place) | Step::Later(place) | Step::Order(place)) => {
            format!("change to {}", in_words(ground.product, &ground.picks[place].basket))
        }
        Some(Step::Pay) => "pay the order".to_owned(),
        Some(Step::Burn) => "use the credits of the plan".to_owned(),
        Some(Step::Withdraw) => "take the change back".to_owned(),
        Some(Step::Cancel) => "cancel".to_owned(),
        Some(Step::CancelLater) => "cancel with the period".to_owned(),
        Some(Step::Keep) => "take the cancellation back".to_owned(),
        None => "let time pass".to_owned(),
    };
    lines.push(format!("{}  {what}: the law breaks", moment(now, &ground.clock.zone)));
    Ok(lines)
}

fn walked<'a>(customer: &mut Customer<'a>, ground: Ground<'a>, path: &Path, by: Measure) -> Result<Walk<'a>, Stop> {
    let mut walk = Walk::start(customer, ground, path.start, by)?;
    for (instant, step) in &path.steps {
        walk.wait(customer, ground.instants[*instant])?;
        walk.take(customer, *step)?;
    }
    walk.wait(customer, ground.instants[path.last])?;
    Ok(walk)
}

impl<'a> Walk<'a> {
    /// A customer starts with the basket of this place, and pays.
    pub fn start(customer: &mut Customer<'a>, ground: Ground<'a>, pick: usize, by: Measure) -> Result<Self, Stop> {
        let basket = &ground.picks[pick].basket;
        let now = ground.instants[0];
        let (account, purse) = customer.start(&ground.product.code, basket, ground.clock.zone.local(now))?;
        let nothing = account.nothing();
        let count = Count::after(nothing);
        let mut walk = Walk { ground, by, account, purse, count, now, lines: Vec::new() };
        walk.say(now, &format!("start {}", in_words(ground.product, basket)), purse.paid, nothing);
        Ok(walk)
    }

    fn say(&mut self, at: Timestamp, what: &str, paid: Money, to_balance: Money) {
        let mut moved = Vec::new();
        if paid.is_positive() {
            moved.push(format!("pay {paid}"));
        }
        if to_balance.is_positive() {
            moved.push(format!("{to_balance} to the balance"));
        } else if to_balance.is_negative() {
            moved.push(format!("{} from the balance", -to_balance));
        }
        let moved = if moved.is_empty() { "nothing to pay".to_owned() } else { moved.join(", ") };
        self.lines.push(format!("{}  {what}: {moved}", moment(at, &self.ground.clock.zone)));
    }

    /// The customer makes a step.
    pub fn take(&mut self, customer: &mut Customer<'_>, step: Step) -> Result<(), Stop> {
        let before = (self.purse.paid, self.account.clone());
        let (now, product) = (self.now, self.ground.product);
        let (after, what) = match step {
            Step::Pay => (customer.pay(&self.account, now, &mut self.purse)?, "pay the order".to_owned()),
            Step::Withdraw => {
                (customer.withdraw(&self.account, now, &mut self.purse)?, "take the change back".to_owned())
            }
            Step::Cancel | Step::CancelLater => {
                let (when, what) = match step {
                    Step::Cancel => (When::Now, "cancel"),
                    _ => (When::PeriodEnd, "cancel with the period"),
                };
                let quote = customer.quote_end(&self.account, when, now).map_err(Stop::Refused)?;
                (customer.cancel(&self.account, &quote, &mut self.purse)?, what.to_owned())
            }
            Step::Keep => {
                (customer.keep(&self.account, now, &mut self.purse)?, "take the cancellation back".to_owned())
            }
            Step::Burn => {
                let burnt = credits_left(&self.account);
                let worth = worth_of_credit(product, self.account.currency);
                self.count = self.count.burn(burnt, worth, self.by);
                (customer.burn(&self.account, now, &mut self.purse)?, format!("use {burnt} credits of the plan"))
            }
            Step::Change(place) | Step::Later(place) | Step::Order(place) => {
                let basket = &self.ground.picks[place].basket;
                let when = if matches!(step, Step::Later(_)) { LATER } else { None };
                let pays = !matches!(step, Step::Order(_));
                let quote = customer.quote(&self.account, basket, when, now).map_err(Stop::Refused)?;
                let after = customer.submit(&self.account, &quote, when, pays, &mut self.purse)?;
                let verb = match quote.when {
                    _ if !pays => "order, and leave unpaid,",
                    When::Now => "change to",
                    When::PeriodEnd => "change with the next period to",
                };
                (after, format!("{verb} {}", in_words(product, basket)))
            }
        };
        let (old, new) = (&before.1.subscriptions[0], &after.subscriptions[0]);
        let clock = self.ground.clock;
        let rates = [rate(old, product, clock), rate(new, product, clock)];
        let nothing = self.account.nothing();
        self.count = self.count.change(nothing, 0, rates, left_early(old, new, self.now), self.by);
        let to_balance = after.balance - self.account.balance;
        self.account = after;
        self.say(self.now, &what, self.purse.paid - before.0, to_balance);
        Ok(())
    }

    /// Time passes; renewals on the way are told.
    pub fn wait(&mut self, customer: &mut Customer<'_>, until: Timestamp) -> Result<(), Stop> {
        let account = self.account.clone();
        let mut purse = self.purse;
        let mut events = Vec::new();
        let after = customer.wait(&account, until, &mut purse, &mut |event| events.push(event))?;
        self.purse = purse;
        for event in events {
            let (old, new) = (&self.account.subscriptions[0], &event.after.subscriptions[0]);
            let made = old.change.as_ref().is_some_and(PlanChange::awaits_payment) && old.basket() != new.basket();
            let renewed = !made && old.period != new.period;
            let ended = new.has_ended();
            self.pass(event.at, renewed || ended);
            let what = match () {
                () if ended => "it ends",
                () if made => "the order is made unpaid, and owed",
                () if renewed => "the next period begins",
                () => "the order lapses",
            };
            self.account = event.after;
            self.say(event.at, what, event.paid, event.to_balance);
        }
        self.pass(until, false);
        self.account = after;
        Ok(())
    }

    fn pass(&mut self, until: Timestamp, completes: bool) {
        let rate = rate(&self.account.subscriptions[0], self.ground.product, self.ground.clock);
        let clock = self.ground.clock.of_period(&self.account.subscriptions[0]);
        let stretch = Stretch::new(self.now, until, rate, completes, &clock);
        self.count = self.count.stretch(&stretch, self.by);
        self.now = until;
    }

    /// What the customer would have gained by leaving now, to a part of a minor unit.
    pub fn gain(&self) -> Fine {
        let subscription = &self.account.subscriptions[0];
        let rate = rate(subscription, self.ground.product, self.ground.clock);
        let clock = self.ground.clock.of_period(subscription);
        let rest = Stretch::new(self.now, had_until(subscription), rate, true, &clock);
        let used = self.count.stretch(&rest, self.by).close(&rest).gain;
        let kept = self.purse.paid + self.owed() - self.once() - self.account.balance - self.account.reserved;
        used - Fine::from(kept.minor) * MINOR
    }

    /// What is owed for a change that was made unpaid, or will be invoiced: a debt is no gain. An order that waits is not
    /// owed yet.
    fn owed(&self) -> Money {
        let waits = unpaid_change(&self.account).map(|invoice| invoice.id);
        let owed = self.account.invoices.iter().filter(|invoice| invoice.is_open() && Some(invoice.id) != waits);
        let to_invoice = self.account.subscriptions[0].waiting_payable();
        to_invoice + sum(self.account.currency, owed.map(|invoice| invoice.total - invoice.credited))
    }

    /// What was charged once, of all that is paid or owed: it buys no time.
    fn once(&self) -> Money {
        let subscription = &self.account.subscriptions[0];
        let waits = subscription.waiting.iter().filter(|line| is_once(line)).map(|line| line.payable());
        // An order that waits is on its invoice, and neither paid nor owed.
        let order = subscription.change.as_ref().filter(|change| change.awaits_payment() && change.document.is_some());
        let ordered = order.iter().flat_map(|change| change.quote.once_charged_now()).map(|line| line.amount);
        let (waits, ordered) = (sum(self.account.currency, waits), sum(self.account.currency, ordered));
        self.purse.once + waits - ordered
    }

    /// What is paid for is used up, and the sums are drawn.
    pub fn end(mut self) -> Told {
        let until = had_until(&self.account.subscriptions[0]);
        let rate = rate(&self.account.subscriptions[0], self.ground.product, self.ground.clock);
        let clock = self.ground.clock.of_period(&self.account.subscriptions[0]);
        let rest = Stretch::new(self.now, until, rate, true, &clock);
        let used = self.count.stretch(&rest, self.by).close(&rest).gain / MINOR;
        let used = Money::new(i64::try_from(used).unwrap_or(i64::MAX), self.account.currency);
        let (owed, left) = (self.owed(), self.account.balance + self.account.reserved);
        let once = self.once();
        let paid = self.purse.paid + owed - once;
        let gain = used - (paid - left);
        let debt = if owed.is_zero() { String::new() } else { format!(" and {owed} owed, which counts as paid") };
        self.lines.push(format!("{}  leave, with {left} on the balance{debt}", moment(until, &self.ground.clock.zone)));
        let beside = if once.is_zero() { String::new() } else { format!(", beside {once} charged once") };
        self.lines.push(match self.by {
            Measure::Cash => format!("{paid} was paid; the balance is {gain} above it"),
            Measure::Credits => {
                format!("{} was paid for credits that cost {used} at the least: {gain} gained{beside}", paid - left)
            }
            _ => format!("{} was paid for what costs {used} at list price: {gain} gained{beside}", paid - left),
        });
        Told { lines: self.lines, gain }
    }
}

/// A basket in words: `Pro with Extra memory, yearly`.
pub(super) fn in_words(product: &Product, basket: &Basket) -> String {
    let plan = product.plan(&basket.plan).map_or(basket.plan.as_str(), |plan| &plan.name);
    let options = basket.options.iter().map(|(code, quantity)| {
        let name = product.option(code).map_or(code.as_str(), |option| &option.name);
        if *quantity == 1 { name.to_owned() } else { format!("{quantity} × {name}") }
    });
    let options: Vec<_> = options.collect();
    let with = if options.is_empty() { String::new() } else { format!(" with {}", options.join(" and ")) };
    format!("{plan}{with}, {}", how_often(basket.cycle))
}

/// A cycle as an adverb.
pub(super) fn how_often(cycle: Cycle) -> String {
    match (cycle.count, cycle.unit) {
        (1, CycleUnit::Day) => "daily".to_owned(),
        (1, CycleUnit::Week) => "weekly".to_owned(),
        (1, CycleUnit::Month) => "monthly".to_owned(),
        (1, CycleUnit::Year) => "yearly".to_owned(),
        _ => format!("every {cycle}"),
    }
}

/// A day, with the time where it is not the day's first second.
fn moment(at: Timestamp, zone: &Zone) -> String {
    let local = zone.local(at);
    if at == zone.start_of_day(at) {
        format!("{}         ", local.date())
    } else {
        format!("{} {:02}:{:02}:{:02}", local.date(), local.hour(), local.minute(), local.second())
    }
}
