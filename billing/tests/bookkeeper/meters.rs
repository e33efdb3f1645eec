//! What meters count, as a bookkeeper writes it down: report by report, each at the price of its moment; and what all of a
//! period come to, unit by unit. And the shops that have meters; drawn apart, so that seeds of before keep theirs.

use std::collections::BTreeMap;

use billing::calendar::Cycle;
use billing::catalogue::Meter;
use billing::share::Rounding;
use jiff::Timestamp;

use crate::book::{Book, Subscription};
use crate::chance::Chance;
use crate::change::No;
use crate::fraction::Fraction;
use crate::history::{Deed, History, Step};
use crate::shop::{Price, PriceList, Tiers, find_price};

/// Something that is counted.
#[derive(Debug, Clone)]
pub struct SoldMeter {
    pub code: &'static str,
    /// Prices are for so many.
    pub per: i64,
    pub prices: Vec<Price>,
}

/// What it costs a customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeterPrice {
    pub per: i64,
    pub amount: i64,
    pub tiers: Option<Tiers>,
}

/// The meters that a customer has.
pub type Meters = BTreeMap<&'static str, MeterPrice>;

/// One report.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    pub meter: &'static str,
    pub units: i64,
    pub price: MeterPrice,
}

/// Units that followed one another at one price.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub units: i64,
    pub price: MeterPrice,
}

pub const METERS: [&str; 2] = ["calls", "traffic"];

/// By which shops have meters.
const SALT: u64 = 0x0e7e_4ed0;

impl MeterPrice {
    /// What the first units of a period cost.
    fn first(&self, units: i64, mode: Rounding) -> i64 {
        let mut all = 0_i128;
        for unit in 1..=units {
            let (each, once) = match &self.tiers {
                None => (self.amount, 0),
                Some(tiers) => {
                    let tier = |unit: i64| tiers.to.iter().filter(|to| unit > **to).count();
                    let begins = unit == 1 || tier(unit) != tier(unit - 1);
                    let (each, once) = tiers.costs[tier(unit)];
                    (each, if begins { once } else { 0 })
                }
            };
            all += i128::from(each) + i128::from(once) * i128::from(self.per);
        }
        Fraction::new(all, self.per.into()).round(mode)
    }
}

impl Subscription {
    /// What was reported of a meter, as far as the price was the same one after the other.
    pub fn runs(&self, meter: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for report in self.reports.iter().filter(|report| report.meter == meter) {
            match runs.last_mut().filter(|run| run.price == report.price) {
                Some(run) => run.units += report.units,
                None => runs.push(Run { units: report.units, price: report.price }),
            }
        }
        runs
    }

    /// What the bill asks for what was reported, line by line; nothing is reported after it.
    pub fn take_reports(&mut self, mode: Rounding) -> Vec<i64> {
        let mut amounts = Vec::new();
        for meter in METERS {
            let mut before = 0;
            for run in self.runs(meter) {
                let until = before + run.units;
                amounts.push(run.price.first(until, mode) - run.price.first(before, mode));
                before = until;
            }
        }
        self.reports.clear();
        amounts.retain(|amount| *amount != 0);
        amounts
    }
}

impl Book {
    /// Units are reported.
    pub fn use_meter(&mut self, now: Timestamp, at: usize, meter: &'static str, units: i64) -> Result<(), No> {
        self.goes_on(at)?;
        let subscription = &mut self.subscriptions[at];
        if now < subscription.from && subscription.ordinal == 0 {
            return Err("not-started");
        }
        if now >= subscription.until {
            return Err("period-over");
        }
        let price = *subscription.meters.get(meter).ok_or("unknown-meter")?;
        if units == 0 {
            return Err("units-outside");
        }
        subscription.reports.push(Reported { meter, units, price });
        subscription.is_used();
        Ok(())
    }
}

impl PriceList {
    /// The meters of a plan, as they are sold.
    pub fn meters(&self, plan: usize, cycle: Cycle) -> Meters {
        let sold = |meter: &SoldMeter| {
            let price = find_price(&meter.prices, plan, cycle)?;
            Some((meter.code, MeterPrice { per: meter.per, amount: price.amount, tiers: price.tiers }))
        };
        self.meters.iter().filter_map(sold).collect()
    }
}

impl SoldMeter {
    pub fn sold(&self, price: impl Fn(&Price) -> billing::catalogue::Price) -> Meter {
        Meter {
            code: self.code.into(),
            name: format!("Metered {}", self.code).into(),
            unit: "unit".into(),
            per: u32::try_from(self.per).expect("a small number"),
            prices: self.prices.iter().map(price).collect(),
        }
    }

    fn draw(chance: &mut Chance, code: &'static str, cycles: &[Cycle]) -> Self {
        let per = *chance.pick(&[1, 1, 1, 10, 1_000]);
        let all = chance.percent(35);
        let tiered = chance.percent(60);
        let mut prices = Vec::new();
        // On all plans alike, or on each at its own price, and on one perhaps not at all.
        let plans = if all { vec![None] } else { (0..4).map(Some).collect() };
        for plan in plans {
            if plan.is_some() && chance.percent(20) {
                continue;
            }
            let to = [chance.between(1, 12), chance.between(13, 40)];
            let mut costs = [(0, 0); 3].map(|_| {
                (chance.between(0, 90) * per.min(20), if chance.percent(15) { chance.between(1, 300) } else { 0 })
            });
            if chance.percent(60) {
                costs[0] = (0, 0);
            }
            let tiers = tiered.then_some(Tiers { volume: false, to, costs });
            let amount = tiers.map_or_else(|| chance.between(0, 90) * per.min(20), |tiers| tiers.list(1));
            prices.extend(cycles.iter().map(|cycle| Price {
                cycle: *cycle,
                amount,
                tiers,
                off: None,
                setup: 0,
                trial: 0,
                plan,
            }));
        }
        Self { code, per, prices }
    }
}

impl History {
    /// Lets every third shop count something, and its customer use it.
    pub fn have_meters(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(33) {
            return;
        }
        let cycles: Vec<Cycle> = self.shop.lists[0].plans[0].prices.iter().map(|price| price.cycle).collect();
        let many = chance.percent(50);
        let mut meters: Vec<SoldMeter> = METERS
            .into_iter()
            .filter(|meter| many || *meter == "traffic")
            .map(|code| SoldMeter::draw(&mut chance, code, &cycles))
            .collect();
        for list in &mut self.shop.lists {
            list.meters.clone_from(&meters);
            for price in meters.iter_mut().flat_map(|meter| &mut meter.prices).filter(|price| price.tiers.is_none()) {
                if chance.percent(30) {
                    price.amount += chance.between(1, 9);
                }
            }
        }
        for _ in 0..chance.between(3, 20) {
            let place = chance.place(self.steps.len());
            let at = self.steps[place].at;
            let units = if chance.percent(3) { 0 } else { chance.between(1, 30) };
            let meter = METERS[chance.place(METERS.len())];
            let deed = Deed::Use { meter, units };
            let subscription = usize::try_from(chance.below(8)).expect("a place");
            self.steps.insert(place + 1, Step { at, subscription, deed });
        }
    }
}

/// What was seen of meters: reports, lines of bills, lines after another price of their meter, and reports that a trial
/// made free.
pub type Seen = [u64; 4];

/// Counts what a command did.
pub fn count(seen: &mut Seen, before: &Book, after: &Book) {
    let [reports, lines, later, free] = seen;
    *lines += (after.used.len() - before.used.len()) as u64;
    for (had, has) in before.subscriptions.iter().zip(&after.subscriptions) {
        *reports += has.reports.len().saturating_sub(had.reports.len()) as u64;
        let is_over = has.reports.len() < had.reports.len();
        let changed = METERS.iter().filter(|meter| had.runs(meter).len() > 1).count() as u64;
        match (is_over, had.trial) {
            (true, Some(_)) => *free += had.reports.len() as u64,
            (true, None) => *later += changed,
            _ => {}
        }
    }
}
