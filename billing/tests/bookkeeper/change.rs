//! What a plan change costs, by the definition of the policy: who owns which time, what it cost, what goes back.

use std::collections::{BTreeMap, BTreeSet};

use billing::calendar::{Cycle, CycleUnit};
use billing::catalogue::ChoiceKind;
use billing::command::Asker;
use billing::policy::{
    AnchorOnChange, ClawBack, CreditBasis, CreditsOnChange, CycleChange, DayZone, Denominator, DirectionBy,
    DiscountOnSwitch, DiscountOrder, FreeToPaid, Gate, Netting, OnFailure, Pending, Phase, QuantityDecrease,
    SettleCharge, SettleCredit, Side, Situation, Terms, TimeUnit, When,
};
use billing::quote::Direction;
use billing::tax::TaxRounding;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::arrears::Settled;
use crate::bill_day::{Since, begins_one, bill_day, first_part};
use crate::book::{Book, ChangeStands, Desk, Item, Knows, Piece, PutOff, Returned, Subscription, income, payable};
use crate::count::{FullPrice, Joint, Measure, Part};
use crate::days::{nominal_days, plus_seconds};
use crate::extend::Bought;
use crate::fraction::Fraction;
use crate::meters::Meters;
use crate::once::Asked;
use crate::plan_credits::Credits;
use crate::shop::{OPTIONS, Off, Price, PriceList, TaxOf, find_price, plan_code};
use crate::tax;

/// A code of a refusal.
pub type No = &'static str;

/// What a customer would like to have.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub subscription: usize,
    pub plan: usize,
    pub cycle: Cycle,
    pub options: BTreeMap<&'static str, i64>,
    pub when: Option<When>,
    /// The day on which it shall be made, where one is named.
    pub on: Option<Date>,
    pub staff: bool,
}

/// One thing given back.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub piece: usize,
    pub item: usize,
    pub from: Timestamp,
    pub until: Timestamp,
    pub gross: i64,
    pub amount: i64,
    /// How much the piece that is left is above its exact price, rounded for itself alone.
    pub above: Fraction,
    pub tax: i64,
    pub tax_of: Option<TaxOf>,
    pub paid: bool,
    /// Was it never billed yet?
    pub put_off: bool,
    pub bill: Option<usize>,
    /// By which part of which price it was counted, where it was.
    pub counted: Option<(Part, i64)>,
    pub still_exact: bool,
    /// Does time alone say how much goes back?
    pub by_time: bool,
}

/// One thing charged.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    pub item: Option<usize>,
    pub wanted: Item,
    pub from: Timestamp,
    pub until: Timestamp,
    pub shares: bool,
    pub gross: i64,
    pub amount: i64,
    pub above: Fraction,
    pub tax: i64,
    pub tax_of: Option<TaxOf>,
    pub full_from: Timestamp,
    pub full_until: Timestamp,
    pub joint: Option<Joint>,
    pub exact: bool,
}

/// A change, counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    pub wish: Wish,
    pub at: Timestamp,
    pub when: When,
    /// When the day begins that was named.
    pub on: Option<Timestamp>,
    pub gate: Gate,
    pub on_failure: OnFailure,
    pub expires: Timestamp,
    pub at_midnight: bool,
    pub pay_by: Timestamp,
    pub direction: Direction,
    pub version: i64,
    pub since: Since,
    pub number: i64,
    pub from: Timestamp,
    pub until: Timestamp,
    /// When the days are over that cost nothing, where they run.
    pub trial: Option<Timestamp>,
    pub given: Vec<Given>,
    pub laid: Vec<Laid>,
    /// What is asked once.
    pub once: Vec<Asked>,
    /// What the trial that goes on costs more.
    pub of_trial: Vec<Asked>,
    /// Is that on the bill of a later period?
    pub asks_later: bool,
    /// Is the plan billed afterwards, when it is made?
    pub afterwards: bool,
    /// What is counted from then on.
    pub meters: Meters,
    /// What of it waits for the next bill?
    pub settles: Settled,
    /// What waited for that, where this change does not.
    pub taken: Vec<PutOff>,
    /// What the next bill has of changes after it.
    pub waits: i64,
    pub bought: Option<Bought>,
    pub credit: i64,
    pub debt_released: i64,
    pub charge: i64,
    pub tax: i64,
    pub total: i64,
    pub from_balance: i64,
    /// What there is before it: the plan, and how many of each option.
    pub had: BTreeSet<(Option<&'static str>, usize, i64)>,
    pub recurring_before: i64,
    pub recurring_after: i64,
    /// What the next bill is for, where that leads to a bill day.
    pub first_period: Option<i64>,
    pub credits_before: Option<Credits>,
    pub credits_after: Option<Credits>,
    /// Are they shared by time?
    pub shares_credits: bool,
    pub size_before: [i64; 6],
    pub size: [i64; 6],
    /// Until when all of it can go back, where something is paid for with it for the first time.
    pub promise: Option<Timestamp>,
    /// Does it take the place of an end?
    pub uncancels: bool,
}

impl Given {
    pub fn collected(&self) -> i64 {
        if self.paid { self.amount } else { 0 }
    }

    /// What stands on the paper of the change: what was paid, or would stand on the next bill.
    pub fn returned(&self) -> i64 {
        if self.paid || self.put_off { self.amount } else { 0 }
    }

    /// Tax on what was never paid was never paid either.
    pub fn returned_tax(&self) -> i64 {
        if self.paid || self.put_off { self.tax } else { 0 }
    }
}

impl Quote {
    /// What is settled with the change: more than nothing is paid, less goes to the balance.
    pub fn settled(&self) -> i64 {
        if self.settles == Settled::Later { 0 } else { self.total }
    }

    pub fn due(&self) -> i64 {
        self.settled().max(0) - self.from_balance
    }
}

impl Book {
    /// Counts a change at an instant, or says why it cannot be had.
    pub fn quote(&self, desk: &Desk, wish: &Wish, at: Timestamp) -> Result<Quote, No> {
        let subscription = &self.subscriptions[wish.subscription];
        self.goes_on(wish.subscription)?;
        if subscription.service.shut {
            return Err("access-restricted");
        }
        let list = self.list(desk);
        let mut wish = wish.clone();
        wish.options.retain(|_, quantity| *quantity > 0);
        let by = desk.policy().terms.direction_by;
        let by_price = direction_by_price(by, list, subscription, &wish);
        let direction = by_price.unwrap_or_else(|| direction(list, subscription, &wish));
        let (before, after) = (plan_code(subscription.plan().plan), plan_code(wish.plan));
        let asked_by = if wish.staff { Asker::Staff } else { Asker::Customer };
        let terms = desk.policy().terms_for(&Situation {
            from: &before,
            to: &after,
            cycle: match nominal_days(wish.cycle) - nominal_days(subscription.cycle) {
                0 => CycleChange::Same,
                more if more > 0 => CycleChange::Longer,
                _ => CycleChange::Shorter,
            },
            direction,
            phase: self.phase(desk, subscription),
            asked_by,
        });
        self.check_moment(subscription, terms, at)?;
        check_wish(list, subscription, &wish)?;
        let on = day_named(desk, subscription, terms, &wish, at)?;
        let when = match wish.when {
            _ if on.is_some() => When::Now,
            Some(when) if when != terms.when && !terms.choose_when => return Err("when-not-offered"),
            chosen => chosen.unwrap_or(terms.when),
        };
        wish.when = Some(when).filter(|_| on.is_none());
        let clock = match terms.day_zone {
            DayZone::Customer => &desk.customer,
            DayZone::Seller => &desk.seller,
            DayZone::Utc => &desk.utc,
        };
        let measure = Measure { terms, own: &desk.policy().terms, clock };
        let counted_at = on.unwrap_or(at);
        let counting = Counting { book: self, desk, subscription, list, measure, wish: &wish, at: counted_at, when };
        let mut quote = counting.quote(direction)?;
        if let Some(day) = on {
            // Of the balance nothing is promised, and no midnight but that of the day ends it.
            (quote.at, quote.on, quote.from_balance) = (at, on, 0);
            quote.expires = plus_seconds(at, i64::from(terms.quote_minutes) * 60).min(day);
            quote.at_midnight = quote.expires == desk.customer.tomorrow(at);
        }
        Ok(quote)
    }

    fn phase(&self, desk: &Desk, subscription: &Subscription) -> Phase {
        if subscription.trial.is_some() {
            return Phase::Trial;
        }
        if recurring(desk, subscription) == 0 {
            return Phase::Free;
        }
        let owes = |piece: &Piece| piece.until == subscription.until && self.is_open(piece.bill) && !piece.is_empty();
        if subscription.pieces.iter().any(owes) { Phase::Unpaid } else { Phase::Paid }
    }

    fn check_moment(&self, subscription: &Subscription, terms: &Terms, at: Timestamp) -> Result<(), No> {
        if let Some(change) = subscription.open_change() {
            if terms.pending == Pending::Refuse {
                return Err("change-open");
            }
            if self.is_being_paid(change.bill) {
                return Err("change-being-paid");
            }
        }
        if at < subscription.from && subscription.ordinal == 0 {
            return Err("not-started");
        }
        if at >= subscription.until {
            return Err("period-over");
        }
        let bars = subscription.leaves && terms.pending == Pending::Refuse;
        if bars { Err("subscription-cancelled") } else { Ok(()) }
    }

    pub fn is_being_paid(&self, bill: Option<usize>) -> bool {
        let runs = |knows| matches!(knows, Knows::Sent | Knows::Unknown);
        self.attempts.iter().any(|attempt| Some(attempt.bill) == bill && runs(attempt.knows))
    }
}

impl Piece {
    fn is_discounted(&self) -> bool {
        self.price.off.is_some() && self.gross > self.net
    }

    pub fn is_empty(&self) -> bool {
        self.from >= self.until
    }
}

pub fn recurring(desk: &Desk, subscription: &Subscription) -> i64 {
    subscription.items.iter().map(|item| item.price().net(&desk.policy().terms)).sum()
}

/// Are the options sold, on this plan, so many of them, and one of a group at most?
pub fn check_options(list: &PriceList, plan: usize, options: &BTreeMap<&'static str, i64>) -> Result<(), No> {
    let find = |code: &str| list.options.iter().find(|option| option.code == code).expect("an option of the list");
    let is_on = |plans: &Option<Vec<usize>>| plans.as_ref().is_none_or(|plans| plans.contains(&plan));
    for (code, quantity) in options {
        let option = find(code);
        if !is_on(&option.plans) {
            return Err("option-not-on-plan");
        }
        if *quantity > option.max {
            return Err("too-much");
        }
        if option.group.is_some() && options.keys().any(|other| other != code && find(other).group == option.group) {
            return Err("two-of-group");
        }
    }
    for option in list.options.iter().filter(|option| is_on(&option.plans)) {
        let has = options.get(option.code).copied().unwrap_or(0);
        if has < option.min_on.get(&plan).copied().unwrap_or(0) {
            return Err("too-little");
        }
    }
    Ok(())
}

/// When the day begins that is named: one after today, in the period.
fn day_named(
    desk: &Desk,
    subscription: &Subscription,
    terms: &Terms,
    wish: &Wish,
    at: Timestamp,
) -> Result<Option<Timestamp>, No> {
    let Some(day) = wish.on else { return Ok(None) };
    if wish.when.is_some() || !terms.choose_date {
        return Err("date-not-offered");
    }
    let begins = desk.customer.day_begins(day);
    let fits = begins > at && day != desk.customer.date(at) && begins < subscription.until;
    if fits { Ok(Some(begins)) } else { Err("date-outside") }
}

fn check_wish(list: &PriceList, subscription: &Subscription, wish: &Wish) -> Result<(), No> {
    check_options(list, wish.plan, &wish.options)?;
    let plan = subscription.plan().plan;
    if plan == wish.plan && subscription.cycle == wish.cycle && subscription.options() == wish.options {
        return Err("same-plan");
    }
    if list.plans[wish.plan].retired && plan != wish.plan {
        return Err("plan-retired");
    }
    let open = plan == wish.plan || list.plans[plan].change_to.as_ref().is_none_or(|to| to.contains(&wish.plan));
    if wish.staff || (open && list.customers_may_change) { Ok(()) } else { Err("not-permitted") }
}

/// The place of a plan decides, then the length of the cycle, then every option for itself.
fn direction(list: &PriceList, subscription: &Subscription, wish: &Wish) -> Direction {
    let plans = wish.plan.cmp(&subscription.plan().plan);
    let cycles = nominal_days(wish.cycle).cmp(&nominal_days(subscription.cycle));
    let amount = |options: &BTreeMap<&'static str, i64>, code: &str| {
        let kind = list.options.iter().find(|option| option.code == code).and_then(|option| option.group);
        let has = |code: &str| options.get(code).copied().unwrap_or(0);
        match kind {
            None => has(code),
            Some(_) if has("ram16") > 0 => 1,
            Some(_) => 2 * i64::from(has("ram32") > 0),
        }
    };
    let (had, shall) = (subscription.options(), &wish.options);
    let more = OPTIONS.iter().any(|code| amount(shall, code) > amount(&had, code));
    let less = OPTIONS.iter().any(|code| amount(shall, code) < amount(&had, code));
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (plans.then(cycles), more, less) {
        (Greater, ..) | (Equal, true, false) => Direction::Upgrade,
        (Less, ..) | (Equal, false, true) => Direction::Downgrade,
        (Equal, ..) => Direction::Change,
    }
}

/// Dearer is up, cheaper is down; none where plans are ranked, or something is not sold.
fn direction_by_price(
    by: DirectionBy,
    list: &PriceList,
    subscription: &Subscription,
    wish: &Wish,
) -> Option<Direction> {
    let in_a_year = |cycle: Cycle| match cycle.unit {
        CycleUnit::Day => 365,
        CycleUnit::Week => 52,
        CycleUnit::Month => 12,
        CycleUnit::Year => 1,
    };
    let worth = |list: i64, cycle: Cycle| match by {
        DirectionBy::Rank | DirectionBy::ListPrice => Fraction::whole(list),
        DirectionBy::PricePerMonth => Fraction::new(i128::from(list) * in_a_year(cycle), i128::from(cycle.count) * 12),
        DirectionBy::PricePerDay => Fraction::new(list.into(), nominal_days(cycle).into()),
    };
    let sum = |items: &[Item]| items.iter().map(|item| item.price().list).sum();
    let shall = wanted(list, wish.plan, wish.cycle, &wish.options).ok().filter(|_| by != DirectionBy::Rank)?;
    let (had, shall) = (worth(sum(&subscription.items), subscription.cycle), worth(sum(&shall), wish.cycle));
    Some(match (shall.is_above(had), had.is_above(shall)) {
        (true, _) => Direction::Upgrade,
        (_, true) => Direction::Downgrade,
        _ => Direction::Change,
    })
}

/// What a basket gives.
pub fn size_of(plan: usize, options: &BTreeMap<&'static str, i64>) -> [i64; 6] {
    let mut size = [i64::try_from(plan).expect("a place"), 0, 0, 0, 0, 0];
    for (place, code) in OPTIONS.iter().enumerate() {
        size[place + 1] = options.get(code).copied().unwrap_or(0);
    }
    size
}

/// What a basket consists of, at the prices of a list.
pub fn wanted(
    list: &PriceList,
    plan: usize,
    cycle: Cycle,
    options: &BTreeMap<&'static str, i64>,
) -> Result<Vec<Item>, No> {
    let price = find_price(&list.plans[plan].prices, plan, cycle).ok_or("no-price")?;
    let (unit, tiers) = (price.amount, price.tiers);
    let mut items = vec![Item { option: None, plan, unit, tiers, off: price.off_on(1), cycle, quantity: 1 }];
    for (code, quantity) in options.iter().filter(|(_, quantity)| **quantity > 0) {
        let option = list.options.iter().find(|option| option.code == *code).expect("an option of the list");
        let price = find_price(&option.prices, plan, cycle).ok_or("no-price")?;
        let (unit, tiers, off) = (price.amount, price.tiers, price.off_on(*quantity));
        items.push(Item { option: Some(code), plan, unit, tiers, off, cycle, quantity: *quantity });
    }
    debug_assert!(list.options.iter().all(|option| option.kind != ChoiceKind::YesNo || option.max == 1));
    Ok(items)
}

pub struct Counting<'a> {
    pub book: &'a Book,
    pub desk: &'a Desk,
    pub subscription: &'a Subscription,
    pub list: &'a PriceList,
    pub measure: Measure<'a>,
    pub wish: &'a Wish,
    pub at: Timestamp,
    pub when: When,
}

/// Where the periods are after a change.
pub struct Placed {
    pub since: Since,
    pub number: i64,
    pub from: Timestamp,
    pub until: Timestamp,
    pub full_from: Timestamp,
    pub joint: Option<Joint>,
}

impl Counting<'_> {
    fn quote(&self, direction: Direction) -> Result<Quote, No> {
        let (wish, terms, subscription) = (self.wish, self.measure.terms, self.subscription);
        let mut placed = self.placed()?;
        let same = placed.from == subscription.from && placed.until == subscription.until;
        let same = same && !self.ends_trial();
        let goes_on = self.when == When::PeriodEnd || (same && !self.extends());
        let mut given = Vec::new();
        if self.when == When::Now {
            let goes = |item: &usize| !self.is_kept(*item, goes_on) && !self.is_paid_on(*item, goes_on);
            for item in (0..subscription.items.len()).filter(goes) {
                self.give_back(item, &placed, &mut given);
            }
        }
        let sold = |item: &Item| {
            let known = self.item_of(item);
            !known.is_some_and(|known| self.is_kept(known, goes_on))
        };
        let mut once = self.asked_once(sold)?;
        let mut of_trial = self.asked_for_trial(sold)?;
        let mut laid = Vec::new();
        for wanted in wanted(self.list, wish.plan, wish.cycle, &wish.options)? {
            let item = self.item_of(&wanted);
            if !item.is_some_and(|item| self.is_kept(item, goes_on)) {
                laid.push(self.lay(wanted, item, &placed, &given, same));
            }
        }
        let credit = given.iter().map(Given::returned).sum();
        let credit_tax: i64 = given.iter().map(Given::returned_tax).sum();
        // Of two rates there is no net.
        let one_rate = given.iter().all(|line| line.returned() == 0 || line.tax_of == self.list.tax);
        let how = if one_rate { terms.tax_rounding } else { TaxRounding::Document };
        let asks_later = self.asks_later();
        let now = if asks_later { &mut of_trial } else { &mut once };
        let amounts: Vec<i64> = now.iter().map(|line| line.amount).collect();
        let taxes = self.taxes(&laid, &amounts, credit, credit_tax, how);
        for (line, tax) in laid.iter_mut().zip(&taxes) {
            (line.tax, line.tax_of) = (*tax, self.list.tax);
        }
        let mut of_once = taxes[laid.len()..].to_vec();
        let bought = self.extend(&mut placed, &given, &mut laid);
        if bought.is_some() {
            // The days have the tax of what bought them; this stands alone.
            of_once = tax::on_charges(self.list.tax, &amounts, 0, 0, terms.tax_rounding, terms);
        }
        for (line, tax) in now.iter_mut().zip(of_once) {
            (line.tax, line.tax_of) = (tax, self.list.tax);
        }
        let once_tax: i64 = now.iter().map(|line| line.tax).sum();
        let once_charge: i64 = now.iter().map(|line| line.amount).sum();
        let back = |line: &Given| payable(line.returned(), line.returned_tax(), line.tax_of);
        let given_back: i64 = given.iter().map(back).sum();
        let released: i64 = given.iter().map(|line| payable(line.amount, line.tax, line.tax_of) - back(line)).sum();
        let total = laid.iter().map(|line| payable(line.amount, line.tax, line.tax_of)).sum::<i64>() - given_back;
        let total = total + now.iter().map(Asked::payable).sum::<i64>();
        let stays = placed.from == subscription.from && placed.until == subscription.until && !self.ends_trial();
        let lines = given.iter().filter(|line| line.returned() != 0).count()
            + laid.iter().filter(|line| line.amount != 0).count()
            + now.iter().filter(|line| line.amount != 0).count();
        let afterwards = self.afterwards(goes_on);
        // A trial is asked for at once.
        let (settles, taken) = match afterwards && !self.stays_in_trial() {
            true => self.settle_afterwards(given_back, lines, stays),
            false => match self.put_off(total, lines, stays) {
                (true, taken) => (Settled::Later, taken),
                (false, taken) => (Settled::Now, taken),
            },
        };
        let old_alone = settles == Settled::OldNow;
        let left_to_next = match settles {
            Settled::Now => 0,
            Settled::Later => total,
            Settled::OldNow => total + given_back,
        };
        let total = if old_alone { -given_back } else { total };
        let total = total + taken.iter().map(PutOff::payable).sum::<i64>();
        let settled = if settles == Settled::Later { 0 } else { total };
        let waited: i64 = subscription.put_off.iter().map(PutOff::payable).sum();
        let (expires, at_midnight) = self.expires();
        let kept = (0..subscription.items.len()).filter(|item| self.is_kept(*item, goes_on));
        let kept: i64 = kept.map(|item| subscription.items[item].price().net(&self.desk.policy().terms)).sum();
        Ok(Quote {
            wish: wish.clone(),
            at: self.at,
            when: self.when,
            on: None,
            gate: terms.gate,
            on_failure: terms.on_failure,
            expires,
            at_midnight,
            pay_by: self.pay_by(&given),
            direction,
            version: self.list.version,
            since: placed.since,
            number: placed.number,
            from: placed.from,
            until: placed.until,
            trial: self.trial_after(&placed),
            credit,
            debt_released: released,
            charge: laid.iter().map(|line| line.amount).sum::<i64>() + once_charge,
            tax: if old_alone { 0 } else { laid.iter().map(|line| line.tax).sum::<i64>() + once_tax } - credit_tax
                + taken.iter().map(|line| line.tax).sum::<i64>(),
            total,
            from_balance: settled.max(0).min(self.free_balance()),
            meters: self.meters(goes_on),
            waits: left_to_next + if taken.is_empty() { waited } else { 0 },
            afterwards,
            settles,
            taken,
            had: had(subscription),
            recurring_before: recurring(self.desk, subscription),
            first_period: self.first_period(&placed, &laid, goes_on),
            recurring_after: kept
                + laid.iter().map(|line| line.wanted.price().net(&self.desk.policy().terms)).sum::<i64>(),
            credits_before: subscription.credits,
            credits_after: self.credits_after(placed.from),
            shares_credits: terms.credits == CreditsOnChange::Prorate && self.when == When::Now,
            size_before: subscription.service.size,
            size: size_of(wish.plan, &wish.options),
            promise: self.promise(&placed, &laid, once_charge),
            uncancels: subscription.leaves,
            given,
            laid,
            once,
            of_trial,
            asks_later,
            bought,
        })
    }

    /// What is counted after the change: who stays on the plan keeps what it was sold with.
    fn meters(&self, goes_on: bool) -> Meters {
        let plan = self.subscription.items.iter().position(|item| item.option.is_none()).expect("a plan");
        if self.is_kept(plan, goes_on) {
            return self.subscription.meters.clone();
        }
        self.list.meters(self.wish.plan, self.wish.cycle)
    }

    /// What the bill after the change is for, where it begins with days that lead to a bill day.
    fn first_period(&self, placed: &Placed, laid: &[Laid], goes_on: bool) -> Option<i64> {
        let own = self.measure.own;
        own.bill_day?;
        let (from, until, full_from, joint) = match self.when {
            When::PeriodEnd => (placed.from, placed.until, placed.full_from, placed.joint),
            When::Now if self.stays_in_trial() => {
                let (customer, cycle) = (&self.desk.customer, self.wish.cycle);
                let from = self.subscription.until;
                let (since, number) = Since::leading_from(own, customer.shows(from), cycle);
                let begun = customer.when(since.nth(cycle, number));
                let full_from = if number < 0 { begun } else { from };
                let joint = since.joint(cycle, number, customer);
                (from, customer.when(since.nth(cycle, number + 1)), full_from, joint)
            }
            When::Now => return None,
        };
        let clock = match own.day_zone {
            DayZone::Customer => &self.desk.customer,
            DayZone::Seller => &self.desk.seller,
            DayZone::Utc => &self.desk.utc,
        };
        let measure = Measure { terms: own, own, clock };
        let items = &self.subscription.items;
        let kept = (0..items.len()).filter(|item| self.is_kept(*item, goes_on)).map(|item| items[item].price());
        let all = kept.chain(laid.iter().map(|line| line.wanted.price()));
        let leads = joint.map_or(full_from, |joint| joint.begun) < from;
        leads.then(|| all.map(|price| first_part(&measure, price, (full_from, joint), from, until).0).sum())
    }

    /// The tax of every charge: what comes back from where it was given back has the tax that it had then, and the rest
    /// is taxed as if it stood alone.
    fn taxes(&self, laid: &[Laid], once: &[i64], credit: i64, credit_tax: i64, how: TaxRounding) -> Vec<i64> {
        let comes_back = |line: &Laid| {
            let what = (line.wanted.option, line.from, line.until, line.amount, self.list.tax?);
            let known = self.subscription.returned.iter().find(|known| known.what == what);
            known.map(|known| known.tax)
        };
        let back: Vec<Option<i64>> = laid.iter().map(comes_back).collect();
        let (mut credit, mut credit_tax, mut rest) = (credit, credit_tax, Vec::new());
        for (line, tax) in laid.iter().zip(&back) {
            match tax {
                Some(tax) => (credit, credit_tax) = (credit - line.amount, credit_tax - tax),
                None => rest.push(line.amount),
            }
        }
        rest.extend(once);
        let rest = tax::on_charges(self.list.tax, &rest, credit, credit_tax, how, self.measure.terms);
        let mut rest = rest.into_iter();
        let mut taxes: Vec<i64> =
            back.into_iter().map(|tax| tax.unwrap_or_else(|| rest.next().expect("a tax of every line"))).collect();
        taxes.extend(rest);
        taxes
    }

    /// Does a change of so much wait for the next bill? If not, and it has a paper, that has all that waits. Together they
    /// are to be paid or to be had, and so many lines fit on a bill. A new period has its own bill, and that is this one.
    fn put_off(&self, total: i64, lines: usize, stays: bool) -> (bool, Vec<PutOff>) {
        let (terms, waits) = (self.measure.terms, &self.subscription.put_off);
        let nothing_to_say = stays && lines == 0;
        if self.when == When::PeriodEnd || nothing_to_say {
            return (false, Vec::new());
        }
        let all = total + waits.iter().map(PutOff::payable).sum::<i64>();
        let asked = match all.signum() {
            1 => terms.settle_charge == SettleCharge::NextInvoice,
            -1 => terms.settle_credit == SettleCredit::NextInvoice,
            _ => false,
        };
        let later = asked && stays && waits.len() + lines <= 200;
        (later, if later { Vec::new() } else { waits.clone() })
    }

    /// The same dates, unless the terms begin a period with the change, or another cycle begins where this one ends.
    fn placed(&self) -> Result<Placed, No> {
        let (subscription, clock, terms) = (self.subscription, &self.desk.customer, self.measure.terms);
        let changes = self.wish.cycle != subscription.cycle;
        let cycle = self.wish.cycle;
        let boundary = |since: Since, n| clock.when(since.nth(cycle, n));
        let end = clock.shows(subscription.until);
        let day = bill_day(terms, cycle);
        if self.when == When::PeriodEnd {
            // After a trial, and with another cycle, all is counted anew.
            let anew = changes || (subscription.trial.is_some() && day.is_some());
            let (since, number) = match anew {
                true => Since::leading_from(terms, end, cycle),
                false => (subscription.since, subscription.number + 1),
            };
            let begun = boundary(since, number);
            let from = if anew { clock.when(end) } else { begun };
            let full_from = if number < 0 { begun } else { from };
            let joint = since.joint(cycle, number, clock);
            return Ok(Placed { since, number, from, until: boundary(since, number + 1), full_from, joint });
        }
        if self.stays_in_trial() {
            return Ok(self.placed_in_trial());
        }
        // Of more days than a cycle has, none can be charged for their part of it.
        let is_long = subscription.from < subscription.counted_from(clock);
        let restarts = match terms.anchor {
            AnchorOnChange::Keep => is_long || (changes && day.is_some_and(|day| !begins_one(end, day))),
            AnchorOnChange::Restart | AnchorOnChange::Extend => true,
            AnchorOnChange::RestartOnCycleChange => changes || is_long,
        };
        if restarts || self.ends_trial() || self.leaves_free()? {
            // A period begins with the change, so never before the one it ends.
            let from = self.measure.cut(terms.charge_from, self.at);
            let from = from.max(subscription.from).min(subscription.until);
            let (since, number) = Since::leading_from(terms, clock.shows(from), cycle);
            let full_from = if number < 0 { boundary(since, number) } else { from };
            let joint = since.joint(cycle, number, clock);
            return Ok(Placed { since, number, from, until: boundary(since, number + 1), full_from, joint });
        }
        if !changes {
            let (since, number) = (subscription.since, subscription.number);
            let full_from = subscription.full_from(clock);
            let (from, until, joint) = (subscription.from, subscription.until, subscription.joint(clock));
            return Ok(Placed { since, number, from, until, full_from, joint });
        }
        // The new cycle counts from the present end, back as far as it must to hold the change.
        let begins = self.measure.cut(terms.charge_from, self.at).max(subscription.from);
        let since = Since { start: end, day, joins: false };
        let number = (1..).map(|n| -n).find(|n| boundary(since, *n) <= begins).expect("a cycle that holds the change");
        let (full_from, until) = (boundary(since, number), boundary(since, number + 1));
        let from = if full_from <= subscription.from { subscription.from } else { begins };
        Ok(Placed { since, number, from, until, full_from, joint: None })
    }

    fn leaves_free(&self) -> Result<bool, No> {
        let asks = self.measure.terms.free_to_paid == FreeToPaid::Restart;
        if !asks || recurring(self.desk, self.subscription) != 0 {
            return Ok(false);
        }
        let prices = &self.list.plans[self.wish.plan].prices;
        Ok(find_price(prices, self.wish.plan, self.wish.cycle).ok_or("no-price")?.amount != 0)
    }

    /// An item stays where nothing about it changes: not its period, cycle, quantity, nor the price of an option that
    /// the other plan would give it.
    pub fn is_kept(&self, item: usize, goes_on: bool) -> bool {
        let item = &self.subscription.items[item];
        let (had, shall) = (self.subscription.plan().plan, self.wish.plan);
        let stays = match item.option {
            None => item.plan == shall,
            Some(code) => {
                let option = self.list.options.iter().find(|option| option.code == code).expect("an option");
                let on = |plan| {
                    find_price(&option.prices, plan, self.wish.cycle)
                        .map(|price| (price.amount, price.tiers, price.off))
                };
                self.wish.options.get(code) == Some(&item.quantity) && (had == shall || on(had) == on(shall))
            }
        };
        goes_on && item.cycle == self.wish.cycle && stays
    }

    /// Under a shop that gives nothing back for fewer units: is enough of an option bought to the end of the period?
    fn is_paid_on(&self, item: usize, goes_on: bool) -> bool {
        let gives_back = self.measure.terms.quantity_decrease == QuantityDecrease::Credit;
        // Of days that cost nothing, nothing was bought.
        let asks = !gives_back && self.when == When::Now && self.subscription.trial.is_none();
        let Some(code) = self.subscription.items[item].option.filter(|_| asks) else {
            return false;
        };
        let (had, shall) = (self.subscription.plan().plan, self.wish.plan);
        let Some(option) = self.list.options.iter().find(|option| option.code == code) else { return false };
        let on = |plan| {
            find_price(&option.prices, plan, self.wish.cycle).map(|price| (price.amount, price.tiers, price.off))
        };
        let same = had == shall || on(had) == on(shall);
        let units = self.wish.options.get(code).copied().unwrap_or(0);
        let lasts = |piece: &Piece| piece.item == item && piece.until == self.subscription.until && !piece.is_empty();
        let bought = self.subscription.pieces.iter().filter(|piece| lasts(piece)).map(|piece| piece.quantity).max();
        let cycle = self.subscription.items[item].cycle;
        goes_on && cycle == self.wish.cycle && same && bought.is_some_and(|bought| units <= bought)
    }

    /// The item that is charged on: one that is there, or was and is still covered.
    fn item_of(&self, wanted: &Item) -> Option<usize> {
        let is_covered = |place: usize| {
            let mut pieces = self.subscription.pieces.iter();
            pieces.any(|piece| piece.item == place && piece.until > self.at && !piece.is_empty())
        };
        let items = self.subscription.items.iter().enumerate();
        let mut items = items.filter(|(_, item)| item.option == wanted.option);
        items.find(|(place, item)| item.quantity > 0 || is_covered(*place)).map(|(place, _)| place)
    }

    /// Where a piece ends that the change cuts. A day that is billed to two already is not billed to a third.
    pub fn end_of(&self, piece: &Piece, period_end: Timestamp) -> Timestamp {
        let clock = self.measure.clock;
        if piece.shares && clock.date(piece.from) == clock.date(self.at) {
            return piece.from;
        }
        // Nothing that was billed before lasts longer than the period it leads into.
        let end = self.measure.cut(self.measure.terms.credit_from, self.at).min(period_end);
        end.max(piece.from).min(piece.until)
    }

    pub fn give_back(&self, item: usize, placed: &Placed, given: &mut Vec<Given>) {
        let terms = self.measure.terms;
        for (place, piece) in self.subscription.pieces.iter().enumerate().filter(|(_, piece)| piece.item == item) {
            let end = self.end_of(piece, placed.until);
            // Time before the present period is over, and its money with it.
            if end >= piece.until || piece.until <= self.subscription.from {
                continue;
            }
            let whole = self.measure.units(piece.from, piece.until).max(1);
            let used = if end == piece.from { 0 } else { self.measure.units(piece.from, end).min(whole) };
            let today = self.credit_today(item, piece, end);
            let (amount, counted) = match today {
                Some(amount) => (amount, None),
                None => self.credit(piece, given, end, used, whole),
            };
            let unused = self.unused(piece, end);
            let most = unused.map_or(piece.net, |(left, of)| {
                Fraction::new(i128::from(piece.net) * i128::from(left), of.into()).round(terms.rounding)
            });
            let clawed = used > 0
                && terms.credit == Side::Prorated
                && piece.is_discounted()
                && self.claw_back(piece, end, used, whole).is_some();
            let by_period = counted.is_some() && terms.denominator == Denominator::Period;
            let still_exact = (by_period || (end == piece.from && amount == piece.net)) && amount <= most;
            let part = counted.filter(|_| by_period).map(|(part, _)| part);
            let (amount, above) = self.made_up(piece, end, given, (amount, part), piece.net.min(most));
            let kept = piece.net - amount;
            // Of bought days the list price is kept as their price is.
            let by_money = piece.bought.is_some() && piece.net > 0;
            let (used, whole) = if by_money { (kept, piece.net) } else { (used, whole) };
            let share = Fraction::new(i128::from(piece.gross) * i128::from(used), whole.into()).round(terms.rounding);
            let gross_kept = if piece.gross == piece.net { kept } else { share.min(piece.gross).max(kept) };
            given.push(Given {
                piece: place,
                item,
                from: end,
                until: piece.until,
                gross: piece.gross - gross_kept,
                amount,
                above,
                tax: tax::given_back(piece.tax, piece.tax_of, piece.net, kept, terms),
                tax_of: piece.tax_of,
                paid: amount == 0 || !(piece.put_off || self.book.is_open(piece.bill)),
                put_off: amount != 0 && piece.put_off,
                bill: piece.bill,
                counted,
                still_exact,
                by_time: !clawed && unused.is_none() && piece.bought.is_none(),
            });
        }
    }

    /// What goes back of a piece so that the pieces of its item together, each rounded for itself, less the whole units
    /// that are above exact prices, are what is billed; and how much what is left of the piece is above its own.
    fn made_up(
        &self,
        piece: &Piece,
        end: Timestamp,
        given: &[Given],
        (alone, part): (i64, Option<Part>),
        most: i64,
    ) -> (i64, Fraction) {
        let bounded = alone.min(most).max(0);
        let Some(before) = self.carried(piece, given) else { return (bounded, piece.above) };
        if end == piece.from && bounded == piece.net {
            // As if it had never been.
            return (bounded, piece.above - self.was_above(piece, before, given));
        }
        let Some(part) = part else { return (bounded, piece.above) };
        let given_too_much = Fraction::whole(alone) - self.measure.exact(piece.price, part);
        let amount = alone - before.units() + (before - given_too_much).units();
        if (0..=most).contains(&amount) { (amount, piece.above - given_too_much) } else { (bounded, piece.above) }
    }

    /// How much the pieces of the plan or option of a piece are above, where that is made up for.
    fn carried(&self, piece: &Piece, given: &[Given]) -> Option<Fraction> {
        let is_of_it = piece.stretch == self.subscription.stretch && self.subscription.trial.is_none();
        let carries = self.measure.carries() && is_of_it;
        carries.then(|| self.above(self.subscription.items[piece.item].option, given))
    }

    /// Was it billed as the rest of the present period, by these terms, and with what the pieces before it made up for?
    /// Then what it is alone, and how much that is above its exact price.
    fn as_laid(&self, piece: &Piece, given: &[Given]) -> Option<(i64, Fraction)> {
        let (measure, until) = (self.measure, self.subscription.until);
        if self.counted_from() > piece.from || piece.until != until || piece.bought.is_some() {
            return None;
        }
        let part = self.rest(piece.from, piece.price.cycle);
        let alone = measure.part_of_price(piece.price, part);
        let above = Fraction::whole(alone) - measure.exact(piece.price, part);
        let made_up = self.carried(piece, given).map_or(0, |now| (now - above).units() - now.units());
        (alone + made_up == piece.net).then_some((alone, above))
    }

    /// How much of what is above exact prices a piece brought with it. Where another rule rounded it, only what is left
    /// over of whole units is known of that: they stay where they are, if that is possible.
    fn was_above(&self, piece: &Piece, now: Fraction, given: &[Given]) -> Fraction {
        if let Some((_, above)) = self.as_laid(piece, given) {
            return above;
        }
        let Some(beside) = self.beside(piece) else { return Fraction::whole(0) };
        let rest = |fraction: Fraction| fraction - Fraction::whole(fraction.units());
        let left = rest(now) - beside;
        let all = [left + Fraction::whole(now.units()), left];
        let before = all.into_iter().find(|before| rest(*before) == left && (now - *before).units().abs() <= 1);
        before.map_or(Fraction::whole(0), |before| now - before)
    }

    /// How much was billed for a piece above the exact price of its time, if that is less than a unit, or than two where
    /// something of it was given back.
    fn beside(&self, piece: &Piece) -> Option<Fraction> {
        let (measure, until) = (self.measure, self.subscription.until);
        if self.counted_from() > piece.from || piece.until > until || piece.bought.is_some() {
            return None;
        }
        let was_cut = piece.until < until;
        let exactly = |from| measure.exact(piece.price, self.rest(from, piece.price.cycle));
        let after = if was_cut { exactly(piece.until) } else { Fraction::whole(0) };
        let beside = Fraction::whole(piece.net) - (exactly(piece.from) - after);
        (beside.units().abs() <= i64::from(was_cut)).then_some(beside)
    }

    /// How much the pieces of a plan or option are above exact prices where some were given back.
    fn above(&self, option: Option<&'static str>, given: &[Given]) -> Fraction {
        let Subscription { items, pieces, stretch, .. } = self.subscription;
        let of_it = |line: &&Given| items[line.item].option == option && pieces[line.piece].stretch == *stretch;
        let above = self.subscription.above(option);
        given.iter().filter(of_it).fold(above, |above, line| above - pieces[line.piece].above + line.above)
    }

    /// What of a piece goes back before caps, and by which part of its price it was counted.
    fn credit(
        &self,
        piece: &Piece,
        given: &[Given],
        end: Timestamp,
        used: i64,
        whole: i64,
    ) -> (i64, Option<(Part, i64)>) {
        let (measure, terms) = (self.measure, self.measure.terms);
        match terms.credit {
            Side::None => return (0, None),
            Side::Full => return (piece.net, None),
            Side::Prorated if end == piece.from => return (piece.net, None),
            Side::Prorated => {}
        }
        if let Some((days, _)) = piece.bought {
            return (piece.net - self.used_of_bought(piece, days, end), None);
        }
        if piece.is_discounted()
            && let Some(cost) = self.claw_back(piece, end, used, whole)
        {
            return (piece.net - cost, None);
        }
        if terms.denominator != Denominator::Period {
            let part = self.rest_of_time(piece, end);
            return (measure.part_uncapped(piece.price, part), Some((part, piece.price.shared(&measure))));
        }
        // What was billed as the rest of the period is given back as the rest of the period; where it is made up for what
        // rounding left, also if another rule rounded it.
        let to_the_end = piece.until == self.subscription.until;
        let rounded_so = to_the_end && self.carried(piece, given).is_some() && self.beside(piece).is_some();
        if self.as_laid(piece, given).is_some() || rounded_so {
            let part = self.rest(end, piece.price.cycle);
            return (measure.part_uncapped(piece.price, part), Some((part, piece.price.shared(&measure))));
        }
        // Anything else is shared by its own length.
        let part = Part { from: used, until: whole, whole, after: 0 };
        (measure.part(piece.net, part, terms.remainder), None)
    }

    /// When the first full period began that the present one has a part of.
    fn counted_from(&self) -> Timestamp {
        self.subscription.counted_from(&self.desk.customer)
    }

    /// The rest of the present period.
    fn rest(&self, from: Timestamp, cycle: Cycle) -> Part {
        let (subscription, clock) = (self.subscription, &self.desk.customer);
        let (joint, full_from) = (subscription.joint(clock), subscription.full_from(clock));
        self.measure.rest_of_two(joint, full_from, subscription.until, from, cycle)
    }

    /// The time that is left of a piece, where a month has so many days whatever the calendar says: of two months each by
    /// itself, and all of the second is all of its price.
    fn rest_of_time(&self, piece: &Piece, from: Timestamp) -> Part {
        let cycle = piece.price.cycle;
        let joint = self.subscription.joint(&self.desk.customer);
        let Some(joint) = joint.filter(|joint| from <= joint.at && joint.at < piece.until) else {
            return self.measure.rest(None, piece.until, from, cycle);
        };
        if piece.until == self.subscription.until {
            return self.rest(from, cycle);
        }
        let [before, after] = [(from, joint.at), (joint.at, piece.until)]
            .map(|(from, until)| self.measure.rest(None, until, from, cycle));
        Part { until: before.until + after.until, ..before }
    }

    /// What the rest of a piece would cost today, where that is what goes back.
    fn credit_today(&self, item: usize, piece: &Piece, end: Timestamp) -> Option<i64> {
        let (measure, full_from) = (self.measure, self.counted_from());
        let asks = measure.terms.credit_basis == CreditBasis::PriceNow;
        if !asks || piece.bought.is_some() || full_from > piece.from || piece.until != self.subscription.until {
            return None;
        }
        let price = self.sold_today(item, piece, piece.price.cycle)?;
        let list = price.list(piece.quantity);
        let today = FullPrice { list, off: price.off_on(piece.quantity), cycle: piece.price.cycle };
        let part = self.rest(end, today.cycle);
        Some(measure.part_uncapped(today, part))
    }

    /// The price of what a piece was billed for on the present list.
    fn sold_today(&self, item: usize, piece: &Piece, cycle: Cycle) -> Option<&Price> {
        let prices = match self.subscription.items[item].option {
            None => &self.list.plans[piece.plan].prices,
            Some(code) => &self.list.options.iter().find(|option| option.code == code)?.prices,
        };
        find_price(prices, self.subscription.plan().plan, cycle)
    }

    /// What the used time costs where a discount is left early.
    fn claw_back(&self, piece: &Piece, end: Timestamp, used: i64, whole: i64) -> Option<i64> {
        let terms = self.measure.terms;
        match terms.claw_back {
            ClawBack::None => None,
            ClawBack::UsedAtList => {
                Some(Fraction::new(i128::from(piece.gross) * i128::from(used), whole.into()).round(terms.rounding))
            }
            ClawBack::UsedMonths => self.months_of(piece, end),
        }
    }

    /// What every month begun costs by the month.
    pub fn months_of(&self, piece: &Piece, end: Timestamp) -> Option<i64> {
        let price = self.sold_today(piece.item, piece, Cycle::MONTH)?;
        let list = price.list(piece.quantity);
        let month = FullPrice { list, off: price.off_on(piece.quantity), cycle: Cycle::MONTH };
        Some(month.net(self.measure.own) * self.measure.clock.months_begun(piece.from, end))
    }

    fn lay(&self, mut wanted: Item, item: Option<usize>, placed: &Placed, given: &[Given], goes_on: bool) -> Laid {
        let (measure, terms) = (self.measure, self.measure.terms);
        if wanted.off.is_none() && terms.discount_on_switch == DiscountOnSwitch::Keep {
            let old = item.map(|item| &self.subscription.items[item]);
            let old = old.filter(|old| old.cycle == wanted.cycle).and_then(|old| old.off);
            wanted.off = old.filter(|off| matches!(off, Off::Percent(_)));
        }
        let price = wanted.price();
        let line = |from, shares, gross, (amount, above), exact| Laid {
            item,
            wanted: wanted.clone(),
            from,
            until: placed.until,
            shares,
            gross,
            amount,
            above,
            tax: 0,
            tax_of: None,
            full_from: placed.full_from,
            full_until: placed.until,
            joint: placed.joint,
            exact,
        };
        if self.when == When::PeriodEnd || item.is_some_and(|item| self.is_paid_on(item, goes_on)) {
            return line(placed.until, false, 0, (0, Fraction::whole(0)), false);
        }
        let (from, shares) = self.begins(item, price, placed, goes_on);
        if self.stays_in_trial() {
            return line(from, shares, 0, (0, Fraction::whole(0)), false);
        }
        let part = measure.rest_of_two(placed.joint, placed.full_from, placed.until, from, price.cycle);
        let amount = match terms.charge {
            Side::None => 0,
            Side::Full => price.net(measure.own),
            Side::Prorated => match self.netted(item, price, (from, placed.until), part, given) {
                Some(amount) => amount.min(price.net(measure.own) * (1 + part.after)).max(0),
                None => measure.part_of_price(price, part),
            },
        };
        let (mut made_up, mut above) = (amount, Fraction::whole(0));
        if terms.charge == Side::Prorated && measure.carries() {
            above = Fraction::whole(amount) - measure.exact(price, part);
            let goes_on = placed.from == self.subscription.from;
            let before = if goes_on { self.above(wanted.option, given) } else { Fraction::whole(0) };
            made_up += before.units() - (before + above).units();
        }
        let gross = match terms.charge {
            Side::Full => price.list,
            // Nothing is taken off.
            Side::Prorated if price.off.is_none() => made_up,
            _ => measure.at_list(price.list, part),
        };
        let exact = terms.charge == Side::Prorated && terms.denominator == Denominator::Period;
        line(from, shares, gross.min(price.list * (1 + part.after)).max(made_up), (made_up, above), exact)
    }

    /// From when the new is charged, and whether its first day is billed to the old as well. Where the old already
    /// pays that day at the same price, the new begins after it; not where that was another period's.
    fn begins(&self, item: Option<usize>, price: FullPrice, placed: &Placed, goes_on: bool) -> (Timestamp, bool) {
        let start = self.measure.cut(self.measure.terms.charge_from, self.at).min(self.subscription.until);
        let start = start.max(placed.from).min(placed.until);
        let mut shares = false;
        for piece in self.subscription.pieces.iter().filter(|piece| Some(piece.item) == item && !piece.is_empty()) {
            let end = self.end_of(piece, placed.until);
            if piece.from <= start && start < end {
                if piece.price == price && goes_on && piece.from >= self.subscription.from {
                    return (end, false);
                }
                shares = true;
            }
        }
        (start, shares)
    }

    /// The new where the difference of two prices is shared: what goes back of the old, and the part of the difference.
    fn netted(
        &self,
        item: Option<usize>,
        price: FullPrice,
        span: (Timestamp, Timestamp),
        part: Part,
        given: &[Given],
    ) -> Option<i64> {
        let terms = self.measure.terms;
        let mut old = given.iter().filter(|line| Some(line.item) == item);
        let (Netting::Item, Some(line), None) = (terms.netting, old.next(), old.next()) else { return None };
        let piece = &self.subscription.pieces[line.piece];
        let after_time = terms.discount_order == DiscountOrder::ProrateThenDiscount;
        let discounted = after_time && (price.off.is_some() || piece.price.off.is_some());
        let same = (line.from, line.until) == span && piece.price.cycle == price.cycle;
        let difference = price.net(self.measure.own) - piece.price.net(self.measure.own);
        let shared = self.measure.part(difference, part, self.measure.remainder());
        (line.by_time && same && !discounted).then_some(line.amount + shared)
    }

    pub fn free_balance(&self) -> i64 {
        let open = self.subscription.open_change().and_then(|change| change.bill);
        let set_aside = open.filter(|bill| self.book.is_open(Some(*bill))).map(|bill| &self.book.bills[bill]);
        self.book.balance() + set_aside.map_or(0, |bill| bill.from_balance)
    }

    /// Until when it can be submitted, and whether midnight ends it.
    pub fn expires(&self) -> (Timestamp, bool) {
        let terms = self.measure.terms;
        let midnight = self.measure.clock.tomorrow(self.at);
        let expires = plus_seconds(self.at, i64::from(terms.quote_minutes) * 60).min(self.subscription.until);
        let expires = if terms.unit == TimeUnit::Day { expires.min(midnight) } else { expires };
        (expires, expires == midnight)
    }

    /// What is over cannot be given back any more: a change does not wait so long.
    fn pay_by(&self, given: &[Given]) -> Timestamp {
        let terms = self.measure.terms;
        match terms.gate {
            Gate::Paid => {
                let latest = plus_seconds(self.at, i64::from(terms.payment_hours) * 3600).min(self.subscription.until);
                given.iter().map(|line| line.until).fold(latest, Timestamp::min)
            }
            Gate::None => plus_seconds(self.at, 14 * 24 * 3600),
        }
    }
}

impl Book {
    /// Makes the open change of a subscription.
    pub fn make_change(&mut self, desk: &Desk, at: usize) {
        let change = self.subscriptions[at].change.clone().expect("a change to make");
        let quote = change.quote;
        let subscription = &mut self.subscriptions[at];
        subscription.promised_with(&quote);
        for line in &quote.given {
            let piece = &mut subscription.pieces[line.piece];
            piece.until = line.from;
            piece.gross -= line.gross;
            piece.net -= line.amount;
            piece.above = line.above;
            piece.tax -= line.tax;
            piece.exact &= line.still_exact;
        }
        let policy = desk.policy();
        if policy.rules.iter().any(|rule| rule.terms.rounding != policy.terms.rounding) {
            let options = quote.given.iter().map(|line| subscription.items[line.item].option);
            let mut options: Vec<_> = options.collect();
            options.sort_unstable();
            let twice =
                options.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| (pair[0], subscription.stretch));
            subscription.mixed.extend(twice);
        }
        let moves = quote.from != subscription.from;
        let stretch = subscription.stretch + i64::from(moves);
        if moves {
            subscription.returned.clear();
        } else {
            for line in quote.given.iter().filter(|line| line.amount != 0) {
                let Some(tax_of) = line.tax_of else { continue };
                let what = (subscription.items[line.item].option, line.from, line.until, line.amount, tax_of);
                subscription.returned.retain(|known| known.what != what);
                subscription.returned.push(Returned { what, tax: line.tax });
            }
        }
        for item in &mut subscription.items {
            if item.option.is_some_and(|code| !quote.wish.options.contains_key(code)) {
                item.quantity = 0;
            }
        }
        if !quote.taken.is_empty() {
            subscription.billed_by(change.bill);
        }
        for line in &quote.laid {
            let item = line.item.unwrap_or(subscription.items.len());
            match subscription.items.get_mut(item) {
                Some(present) => *present = line.wanted.clone(),
                None => subscription.items.push(line.wanted.clone()),
            }
            if line.from < line.until && quote.when == When::Now {
                subscription.pieces.push(Piece {
                    item,
                    plan: line.wanted.plan,
                    price: line.wanted.price(),
                    quantity: line.wanted.quantity,
                    from: line.from,
                    until: line.until,
                    shares: line.shares,
                    gross: line.gross,
                    net: line.amount,
                    above: line.above,
                    stretch,
                    tax: line.tax,
                    tax_of: line.tax_of,
                    bill: change.bill.filter(|_| line.amount != 0 && !quote.settles.charges_later()),
                    put_off: quote.settles.charges_later() && line.amount != 0,
                    full_from: line.full_from,
                    full_until: line.full_until,
                    joint: line.joint,
                    bought: quote.bought,
                    exact: line.exact,
                    once: false,
                });
            }
        }
        subscription.ask_of(&quote, change.bill);
        let lines = match quote.settles {
            Settled::Now => Vec::new(),
            Settled::Later => Self::lines(&quote),
            Settled::OldNow => Self::charged(&quote).collect(),
        };
        let lines = lines.into_iter().map(|(amount, tax, tax_of)| PutOff { amount, tax, tax_of });
        subscription.put_off.extend(lines);
        subscription.afterwards = quote.afterwards;
        subscription.meters.clone_from(&quote.meters);
        if quote.trial == Some(quote.from) && quote.when == When::Now {
            subscription.reports.clear();
        }
        let ends_trial = quote.trial == Some(quote.from);
        if (quote.from, quote.until) != (subscription.from, subscription.until) || ends_trial {
            subscription.ordinal += 1;
            let (from, until) = (subscription.from, quote.from.max(subscription.from));
            self.closed.push(crate::book::Closed { subscription: at, stretch: subscription.stretch, from, until });
        }
        let subscription = &mut self.subscriptions[at];
        (subscription.since, subscription.cycle, subscription.number) = (quote.since, quote.wish.cycle, quote.number);
        (subscription.from, subscription.until) = (quote.from, quote.until);
        subscription.stretch = stretch;
        subscription.trial = subscription.trial.filter(|_| !ends_trial);
        if ends_trial {
            subscription.once.trial = 0;
        }
        // What was used since the quote stays used.
        let left = |credits: Option<Credits>| credits.map_or(0, |credits| credits.left);
        let used = left(quote.credits_before) - left(subscription.credits);
        let nothing = (quote.shares_credits && used > 0).then(Credits::nothing);
        subscription.credits = quote.credits_after.or(nothing).map(|after| after.after_use(used));
        if let Some(change) = &mut subscription.change {
            change.state = ChangeStands::Closed;
        }
        self.release_debt(desk, &quote);
        self.want_size(at, quote.size);
    }

    fn release_debt(&mut self, desk: &Desk, quote: &Quote) {
        self.release_given(desk, &quote.given);
    }

    /// What was given back and never paid comes off the bills that asked for it.
    pub fn release_given(&mut self, desk: &Desk, given: &[Given]) {
        let mut of_bill: BTreeMap<usize, Vec<&Given>> = BTreeMap::new();
        for line in given.iter().filter(|line| !line.paid && !line.put_off && line.amount != 0) {
            of_bill.entry(line.bill.expect("a bill of what is owed")).or_default().push(line);
        }
        for (bill, lines) in of_bill {
            let total: i64 = lines.iter().map(|line| payable(line.amount, line.tax, line.tax_of)).sum();
            let sales: i64 = lines.iter().map(|line| income(line.amount, line.tax, line.tax_of)).sum();
            if total != 0 {
                let papers = lines.iter().map(|line| (line.amount, line.tax)).collect();
                self.come_off(desk, bill, total, total - sales, papers);
            }
        }
    }
}

fn had(subscription: &Subscription) -> BTreeSet<(Option<&'static str>, usize, i64)> {
    let items = subscription.items.iter().filter(|item| item.quantity > 0);
    items.map(|item| (item.option, if item.option.is_none() { item.plan } else { 0 }, item.quantity)).collect()
}
