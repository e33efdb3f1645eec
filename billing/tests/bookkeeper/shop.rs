//! What is sold, to whom and where, as the bookkeeper writes it down: price lists, and the same as the engine's
//! catalogue.

use std::collections::BTreeMap;
use std::sync::Arc;

use billing::calendar::{Cycle, CycleUnit, Zone};
use billing::catalogue::{self, Billed, Catalogue, Choice, ChoiceKind, Credits, Plan, Product, Tier, TierMode};
use billing::discount::Discount;
use billing::money::{Currency, Money};
use billing::percent::Percent;
use billing::share::Rounding;
use billing::tax::{SharedRate, TaxRate};

use crate::chance::Chance;
use crate::fraction::Fraction;
use crate::meters::SoldMeter;

/// What is taken off a price: hundredths of a percent, or minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    Percent(i64),
    Amount(i64),
}

/// Three tiers: the first to a quantity, the second to a larger one, the third for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiers {
    /// Do all units cost what the tier of the last one says?
    pub volume: bool,
    pub to: [i64; 2],
    /// What a unit costs, and what comes once with the tier.
    pub costs: [(i64, i64); 3],
}

/// The price of one unit for a cycle; of an option perhaps on one plan alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    pub cycle: Cycle,
    /// What one unit alone costs.
    pub amount: i64,
    pub tiers: Option<Tiers>,
    pub off: Option<Off>,
    /// What one unit costs once.
    pub setup: i64,
    /// What the trial of its plan costs.
    pub trial: i64,
    pub plan: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct SoldPlan {
    pub prices: Vec<Price>,
    pub credits: Option<i64>,
    /// The days that cost nothing at first.
    pub trial: Option<u16>,
    /// Is it billed when its time is over?
    pub afterwards: bool,
    pub retired: bool,
    pub change_to: Option<Vec<usize>>,
}

#[derive(Debug, Clone)]
pub struct SoldOption {
    pub code: &'static str,
    pub kind: ChoiceKind,
    pub group: Option<&'static str>,
    pub max: i64,
    pub min_on: BTreeMap<usize, i64>,
    pub plans: Option<Vec<usize>>,
    pub prices: Vec<Price>,
}

/// A tax: hundredths of a percent, and whether prices contain it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxOf {
    pub hundredths: i64,
    pub included: bool,
}

#[derive(Debug, Clone)]
pub struct PriceList {
    pub version: i64,
    pub tax: Option<TaxOf>,
    pub plans: Vec<SoldPlan>,
    pub options: Vec<SoldOption>,
    pub meters: Vec<SoldMeter>,
    pub customers_may_change: bool,
}

/// One storefront and its one customer.
#[derive(Debug, Clone)]
pub struct Shop {
    pub policy: String,
    pub customer: &'static str,
    pub seller: &'static str,
    pub currency: &'static str,
    pub lists: Vec<PriceList>,
}

pub const ZONES: [&str; 11] = [
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/St_Johns",
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Kiritimati",
];

/// The codes of options; sizes have one place each.
pub const OPTIONS: [&str; 5] = ["backups", "memory", "ram16", "ram32", "seat"];

pub fn plan_code(plan: usize) -> billing::name::Name {
    format!("p{plan}").into()
}

pub fn round_of(amount: i64, hundredths: i64, of: i64, mode: Rounding) -> i64 {
    Fraction::new(i128::from(amount) * i128::from(hundredths), of.into()).round(mode)
}

impl Off {
    /// What it takes off an amount.
    pub fn of(self, amount: i64, mode: Rounding) -> i64 {
        let off = match self {
            Self::Percent(hundredths) => round_of(amount, hundredths, 10_000, mode),
            Self::Amount(fixed) => fixed,
        };
        off.min(amount).max(0)
    }

    fn times(self, quantity: i64) -> Self {
        match self {
            Self::Amount(fixed) => Self::Amount(fixed * quantity),
            percent @ Self::Percent(_) => percent,
        }
    }
}

impl Tiers {
    fn tier_of(&self, unit: i64) -> usize {
        self.to.iter().filter(|to| unit > **to).count()
    }

    /// What so many units cost, counted one after the other.
    pub fn list(&self, quantity: i64) -> i64 {
        let mut list = 0;
        for unit in 1..=quantity {
            let (each, once) = self.costs[self.tier_of(if self.volume { quantity } else { unit })];
            let begins =
                if self.volume { unit == 1 } else { unit == 1 || self.tier_of(unit - 1) != self.tier_of(unit) };
            list += each + if begins { once } else { 0 };
        }
        list
    }
}

/// What so many units cost by the list.
pub fn list_of(unit: i64, tiers: Option<Tiers>, quantity: i64) -> i64 {
    tiers.map_or(unit * quantity, |tiers| tiers.list(quantity))
}

impl Price {
    pub fn list(&self, quantity: i64) -> i64 {
        list_of(self.amount, self.tiers, quantity)
    }

    pub fn off_on(&self, quantity: i64) -> Option<Off> {
        self.off.map(|off| off.times(quantity))
    }
}

/// The price among several: the one bound to the plan before the one that is bound to none.
pub fn find_price(prices: &[Price], plan: usize, cycle: Cycle) -> Option<&Price> {
    let on = |bound: Option<usize>| prices.iter().find(|price| price.cycle == cycle && price.plan == bound);
    on(Some(plan)).or_else(|| on(None))
}

impl Shop {
    pub fn draw(chance: &mut Chance, policy: &str) -> Self {
        let month = |count| Cycle { count, unit: CycleUnit::Month };
        let cycles: &[Cycle] = match chance.below(10) {
            0 => &[Cycle::MONTH, month(3), Cycle::YEAR],
            1 => &[Cycle { count: 1, unit: CycleUnit::Week }, Cycle::MONTH],
            2 => &[Cycle { count: 30, unit: CycleUnit::Day }, Cycle::YEAR],
            3 => &[Cycle::MONTH, month(6)],
            _ => &[Cycle::MONTH, Cycle::YEAR],
        };
        let customer = *chance.pick(&ZONES);
        let seller = if chance.percent(50) { customer } else { *chance.pick(&ZONES) };
        let currency = *chance.pick(&["EUR", "EUR", "EUR", "JPY", "KWD"]);
        let first = PriceList::draw(chance, 1, cycles);
        let mut lists = vec![first];
        for version in 2..4 {
            let mut next = lists[lists.len() - 1].clone();
            next.version = version;
            next.revise(chance);
            lists.push(next);
        }
        Self { policy: policy.to_owned(), customer, seller, currency, lists }
    }

    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, Currency::parse(self.currency).expect("a currency"))
    }

    /// The engine's tiers of a price.
    pub fn tiers(&self, tiers: Tiers) -> catalogue::Tiers {
        let mode = if tiers.volume { TierMode::Volume } else { TierMode::Graduated };
        let tier = |(place, (each, once)): (usize, (i64, i64))| Tier {
            up_to: tiers.to.get(place).map(|to| u32::try_from(*to).expect("a small number")),
            amount: self.money(each),
            flat: self.money(once),
        };
        catalogue::Tiers::of(mode, tiers.costs.into_iter().enumerate().map(tier).collect()).expect("tiers")
    }

    /// The engine's catalogue of a list.
    pub fn catalogue(&self, list: &PriceList) -> Catalogue {
        let percent = |hundredths: i64| {
            Percent::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).expect("a percentage")
        };
        let price = |price: &Price| catalogue::Price {
            cycle: price.cycle,
            amount: self.money(price.amount),
            tiers: price.tiers.map(|tiers| Arc::new(self.tiers(tiers))),
            discount: price.off.map(|off| match off {
                Off::Percent(hundredths) => Discount::Percent(percent(hundredths)),
                Off::Amount(minor) => Discount::Amount(self.money(minor)),
            }),
            setup: (price.setup > 0).then(|| self.money(price.setup)),
            trial_price: (price.trial > 0).then(|| self.money(price.trial)),
            plan: price.plan.map(plan_code),
        };
        let codes = |plans: &Vec<usize>| plans.iter().copied().map(plan_code).collect::<Vec<_>>();
        let count = |number: i64| u32::try_from(number).expect("a small number");
        let plans = list.plans.iter().enumerate().map(|(place, plan)| Plan {
            code: plan_code(place),
            name: format!("Plan {place}").into(),
            size: [("plan".into(), i64::try_from(place).expect("a place"))].into_iter().collect(),
            prices: plan.prices.iter().map(price).collect(),
            features: Vec::new(),
            credits: plan.credits.map(|amount| Credits { unit: "hours".to_owned(), amount: count(amount) }),
            trial_days: plan.trial,
            billed: if plan.afterwards { Billed::Arrears } else { Billed::Advance },
            change_to: plan.change_to.as_ref().map(codes),
            retired: plan.retired,
        });
        let options = list.options.iter().map(|option| Choice {
            code: option.code.into(),
            name: format!("Extra {}", option.code).into(),
            kind: option.kind,
            group: option.group.map(str::to_owned),
            unit: if option.kind == ChoiceKind::YesNo { String::new() } else { "unit".to_owned() },
            min: 0,
            min_on: option.min_on.iter().map(|(plan, min)| (plan_code(*plan), count(*min))).collect(),
            max: count(option.max),
            plans: option.plans.as_ref().map(codes),
            resource: option.code.into(),
            per_unit: 1,
            prices: option.prices.iter().map(price).collect(),
        });
        let product = Product {
            code: "server".to_owned(),
            name: "Server".to_owned(),
            policy: self.policy.clone(),
            module: "none".to_owned(),
            restart: None,
            customers_may_change: list.customers_may_change,
            plans: plans.collect(),
            options: options.collect(),
            meters: list.meters.iter().map(|meter| meter.sold(price)).collect(),
        };
        let catalogue = Catalogue {
            storefront: "shop".to_owned(),
            version: list.version,
            brand: "Shop".to_owned(),
            accent: "ember".to_owned(),
            support_email: "help@shop.example".to_owned(),
            language: "en".to_owned(),
            zone: Zone::parse(self.seller).expect("an IANA zone"),
            currency: self.money(0).currency,
            bank_account: "DE02".to_owned(),
            tax: list.tax.map(|tax| {
                SharedRate::from(TaxRate {
                    name: "VAT".to_owned(),
                    percent: percent(tax.hundredths),
                    included: tax.included,
                })
            }),
            policies: Default::default(),
            products: vec![product],
        };
        catalogue.validated().expect("a catalogue that can be sold from")
    }
}

impl PriceList {
    fn draw(chance: &mut Chance, version: i64, cycles: &[Cycle]) -> Self {
        let has_free = chance.percent(40);
        let has_credits = chance.percent(60);
        let mut plans = Vec::new();
        for place in 0..4_i64 {
            let dear = place + 1;
            let monthly = if place == 0 && has_free { 0 } else { draw_price(chance, dear) };
            let prices = draw_prices(chance, monthly, cycles, None);
            // A plan that lacks the longer cycle.
            let keeps = if place == 3 && chance.percent(20) { 1 } else { prices.len() };
            plans.push(SoldPlan {
                prices: prices.into_iter().take(keeps).collect(),
                credits: (has_credits && place > 0).then(|| dear * chance.between(1, 50)),
                trial: None,
                afterwards: false,
                retired: false,
                change_to: (place == 2 && chance.percent(15)).then(|| vec![1, 3]),
            });
        }
        let options = OPTIONS.map(|code| draw_option(chance, code, cycles));
        Self {
            version,
            tax: draw_tax(chance),
            plans,
            options: options.into(),
            meters: Vec::new(),
            customers_may_change: chance.percent(95),
        }
    }

    /// Other prices, perhaps another tax, perhaps a plan that is no longer sold.
    fn revise(&mut self, chance: &mut Chance) {
        for price in self.plans.iter_mut().flat_map(|plan| &mut plan.prices) {
            if chance.percent(40) && price.amount > 0 {
                price.amount += chance.between(1, 500);
            }
        }
        for price in self.options.iter_mut().flat_map(|option| &mut option.prices) {
            if chance.percent(40) {
                let dearer = chance.between(0, 50);
                price.amount += dearer;
                if let Some(tiers) = &mut price.tiers {
                    tiers.costs[0].0 += dearer;
                    tiers.costs[1].1 += chance.between(0, 50);
                }
            }
        }
        if chance.percent(50) {
            self.tax = draw_tax(chance);
        }
        self.plans[3].retired = chance.percent(20);
    }
}

fn draw_price(chance: &mut Chance, dear: i64) -> i64 {
    match chance.below(5) {
        0 => dear * 1_000,
        1 => chance.between(1, 40),
        2 => dear * 1_000 - 1,
        _ => dear * chance.between(100, 9_000),
    }
}

/// The prices of a plan or option in every cycle; the longest often with a discount.
fn draw_prices(chance: &mut Chance, base: i64, cycles: &[Cycle], plan: Option<usize>) -> Vec<Price> {
    let shortest = crate::days::nominal_days(cycles[0]);
    let mut prices = Vec::new();
    for (place, cycle) in cycles.iter().enumerate() {
        let times = crate::days::nominal_days(*cycle) / shortest;
        let amount = base * times;
        let off = match chance.below(if place == 0 { 8 } else { 4 }) {
            0 => Some(Off::Percent(*chance.pick(&[1_000, 1_250, 3_333, 2_000]))),
            1 => Some(Off::Amount(amount / chance.between(2, 12))),
            _ => None,
        };
        prices.push(Price { cycle: *cycle, amount, tiers: None, off, setup: 0, trial: 0, plan });
    }
    prices
}

/// Puts prices into tiers, at about what they cost.
fn draw_tiers(chance: &mut Chance, prices: &mut [Price]) {
    let (volume, to) = (chance.percent(50), [chance.between(1, 3), chance.between(4, 7)]);
    for price in prices {
        let mut costs = [(0, 0); 3].map(|_| {
            let each = if chance.percent(20) { 0 } else { price.amount * chance.between(50, 150) / 100 };
            (each, if chance.percent(30) { price.amount / 3 } else { 0 })
        });
        if volume && chance.percent(70) {
            costs.sort_by_key(|(each, _)| -each);
        }
        let tiers = Tiers { volume, to, costs };
        (price.amount, price.tiers) = (tiers.list(1), Some(tiers));
        price.off = price.off.filter(|off| matches!(off, Off::Percent(_)));
    }
}

fn draw_option(chance: &mut Chance, code: &'static str, cycles: &[Cycle]) -> SoldOption {
    let kind = match code {
        "memory" => ChoiceKind::Quantity,
        "seat" => ChoiceKind::Seat,
        _ => ChoiceKind::YesNo,
    };
    let base = chance.between(1, 700);
    let mut prices = draw_prices(chance, base, cycles, None);
    if code == "memory" && chance.percent(40) {
        let base = chance.between(1, 700);
        prices.extend(draw_prices(chance, base, cycles, Some(2)));
    }
    if (code == "memory" && chance.percent(25)) || (code == "seat" && chance.percent(40)) {
        draw_tiers(chance, &mut prices);
    }
    SoldOption {
        code,
        kind,
        group: code.starts_with("ram").then_some("ram"),
        max: if kind == ChoiceKind::YesNo { 1 } else { 8 },
        min_on: if code == "seat" && chance.percent(20) { [(2, 2)].into() } else { BTreeMap::new() },
        plans: (code == "backups" && chance.percent(30)).then(|| vec![1, 2, 3]),
        prices,
    }
}

fn draw_tax(chance: &mut Chance) -> Option<TaxOf> {
    let hundredths = *chance.pick(&[1_900, 770, 2_000, 1_000, 888]);
    match chance.below(3) {
        0 => None,
        1 => Some(TaxOf { hundredths, included: true }),
        _ => Some(TaxOf { hundredths, included: false }),
    }
}
