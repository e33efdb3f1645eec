//! One customer's history, drawn from a seed: a shop, and dated deeds. A deed says what is wanted in words that stay
//! meaningful when other deeds are left out, so that a failing history can be made short.

use std::collections::BTreeMap;
use std::fmt;

use billing::calendar::Cycle;
use billing::policy::When;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};

use crate::chance::Chance;
use crate::commands::Module;
use crate::days::{Clock, plus_seconds};
use crate::shop::{OPTIONS, Shop};

/// A history.
#[derive(Clone)]
pub struct History {
    pub shop: Shop,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub at: Timestamp,
    /// Which of the customer's subscriptions it is about.
    pub subscription: usize,
    pub deed: Deed,
}

/// What of a basket shall be another.
#[derive(Debug, Clone, Default)]
pub struct Other {
    pub plan: Option<usize>,
    pub cycle: Option<Cycle>,
    pub options: BTreeMap<&'static str, i64>,
    /// Leave out what the plan cannot have, and take what it must.
    pub tidy: bool,
    pub when: Option<When>,
    /// So many days later, where a day is named.
    pub days: Option<i64>,
    pub staff: bool,
}

#[derive(Debug, Clone)]
pub enum Deed {
    Start {
        plan: usize,
        cycle: Cycle,
        options: BTreeMap<&'static str, i64>,
        starts: DateTime,
        card: bool,
    },
    Publish,
    Quote(Other),
    /// Submits a fresh quote, or the last one that was asked for.
    Submit {
        other: Option<Other>,
        card: bool,
    },
    Withdraw,
    Lapse,
    /// The day of the change has come, or not.
    Begin,
    /// Pays the newest open bill, or one before it.
    Pay {
        back: usize,
    },
    /// A transfer for a bill, or for none, so much more or less than what is open.
    Transfer {
        back: Option<usize>,
        more: i64,
    },
    Gateway {
        back: usize,
        says: Says,
    },
    Renew {
        ahead: i64,
    },
    /// All lapses and renewals that are due.
    Later,
    Grant {
        amount: i64,
    },
    /// The customer asks for so much of what can be had as cash, the fee shown so much off.
    PayOut {
        percent: i64,
        off: i64,
        staff: bool,
    },
    PayoutSent,
    PayoutReturned,
    UseCredits {
        amount: i64,
    },
    /// Units of a meter were used.
    Use {
        meter: &'static str,
        units: i64,
    },
    Report {
        behind: i64,
        says: Module,
    },
    Retry,
    /// Staff put the subscription on a plan without an order.
    Assign {
        other: Other,
        recalculate: bool,
    },
    /// Staff ask the module for the size of that plan.
    Package,
    /// It shall end: now, or with its period.
    Cancel {
        when: When,
        staff: bool,
    },
    /// The same end as was shown last.
    CancelAgain,
    /// And now it shall not.
    Uncancel,
    /// The period is over with which it was to end, or not.
    End,
}

/// What the gateway says of an attempt.
#[derive(Debug, Clone, Copy)]
pub enum Says {
    Unknown,
    Failed,
    Captured { more: i64 },
}

/// First days of histories: month ends, leap days, the eves of clock changes.
fn first_days() -> [Date; 16] {
    [
        date(2026, 1, 31),
        date(2026, 3, 8),
        date(2026, 3, 28),
        date(2026, 4, 1),
        date(2026, 4, 4),
        date(2026, 4, 23),
        date(2026, 10, 2),
        date(2026, 10, 24),
        date(2026, 10, 30),
        date(2027, 2, 28),
        date(2027, 12, 30),
        date(2028, 1, 30),
        date(2028, 1, 31),
        date(2028, 2, 27),
        date(2028, 2, 28),
        date(2028, 2, 29),
    ]
}

impl History {
    pub fn draw(seed: u64, policies: &[String]) -> Self {
        let mut chance = Chance::new(seed);
        let policy = &policies[usize::try_from(seed % policies.len() as u64).expect("a place")];
        let shop = Shop::draw(&mut chance, policy);
        let clock = Clock::new(shop.customer);
        let first = if chance.percent(80) {
            *chance.pick(&first_days())
        } else {
            let days = chance.below(900);
            (0..days).fold(date(2026, 1, 1), |day, _| day.tomorrow().expect("a date in range"))
        };
        let mut drawing = Drawing { at: clock.day_begins(first), clock, shop: &shop, chance: &mut chance };
        drawing.at = plus_seconds(drawing.at, drawing.chance.below(86_400));
        let mut steps = vec![drawing.start()];
        let count = drawing.chance.between(10, 45);
        for _ in 0..count {
            drawing.wait();
            let deed = drawing.deed();
            let subscription = usize::try_from(drawing.chance.below(8)).expect("a place");
            steps.push(Step { at: drawing.at, subscription, deed });
        }
        let mut history = Self { shop, steps };
        history.meet_a_clock_change(&mut Chance::new(!seed));
        history.staff_help(&mut Chance::new(seed.rotate_left(32) ^ 0x5eed));
        history
    }

    /// Lets staff assign plans without an order in every third history; drawn apart, so that seeds of before keep theirs.
    fn staff_help(&mut self, chance: &mut Chance) {
        if !chance.percent(33) {
            return;
        }
        for _ in 0..chance.between(1, 4) {
            let place = chance.place(self.steps.len());
            let at = self.steps[place].at;
            let mut drawing = Drawing { at, clock: Clock::new(self.shop.customer), shop: &self.shop, chance };
            let other = Other { cycle: None, when: None, days: None, staff: true, ..drawing.other() };
            let subscription = usize::try_from(chance.below(8)).expect("a place");
            let deed = Deed::Assign { other, recalculate: chance.percent(50) };
            self.steps.insert(place + 1, Step { at, subscription, deed });
            if chance.percent(60) {
                self.steps.insert(place + 2, Step { at, subscription, deed: Deed::Package });
            }
        }
    }

    /// Lets every eighth history go on in the hours around the next clock change; drawn apart, so that seeds of before
    /// keep their histories.
    fn meet_a_clock_change(&mut self, chance: &mut Chance) {
        if !chance.percent(12) {
            return;
        }
        let place = chance.place(self.steps.len());
        let clock = Clock::new(self.shop.customer);
        let from = self.steps[place].at;
        let Some(change) = clock.next_change(from) else { return };
        let at = plus_seconds(change, chance.between(-4, 4) * 1_200 + chance.between(-1, 1));
        let later = at.as_second() - from.as_second();
        for step in &mut self.steps[place..] {
            step.at = plus_seconds(step.at, later.max(0));
        }
        if let Step { at, deed: Deed::Start { starts, .. }, .. } = &mut self.steps[place] {
            *starts = clock.shows(*at);
        }
    }
}

struct Drawing<'a> {
    at: Timestamp,
    clock: Clock,
    shop: &'a Shop,
    chance: &'a mut Chance,
}

impl Drawing<'_> {
    fn wait(&mut self) {
        let seconds = match self.chance.below(20) {
            0..=4 => 0,
            5..=7 => self.chance.below(1_800),
            8..=10 => self.chance.below(86_400),
            11..=14 => self.chance.below(5 * 86_400),
            15..=16 => self.chance.below(14 * 86_400),
            17 => self.chance.below(70 * 86_400),
            _ => {
                // To the edge of a day, somewhere.
                let clock = match self.chance.below(3) {
                    0 => self.clock.clone(),
                    1 => Clock::new(self.shop.seller),
                    _ => Clock::new("UTC"),
                };
                let edge = plus_seconds(clock.tomorrow(self.at), self.chance.between(-1, 1));
                self.at = edge.max(self.at);
                0
            }
        };
        self.at = plus_seconds(self.at, seconds);
    }

    fn cycles(&self) -> Vec<Cycle> {
        self.shop.lists[0].plans[0].prices.iter().map(|price| price.cycle).collect()
    }

    fn options(&mut self, often: i64) -> BTreeMap<&'static str, i64> {
        let mut options = BTreeMap::new();
        for code in OPTIONS {
            if self.chance.percent(often) {
                let quantity =
                    if ["memory", "seat"].contains(&code) { self.chance.below(5) } else { self.chance.below(2) };
                options.insert(code, if self.chance.percent(2) { 9 } else { quantity });
            }
        }
        options
    }

    fn start(&mut self) -> Step {
        let cycles = self.cycles();
        let cycle = if self.chance.percent(70) { cycles[0] } else { *self.chance.pick(&cycles) };
        let back = match self.chance.below(6) {
            0 => self.chance.below(40 * 86_400),
            1 => -self.chance.below(3),
            _ => 0,
        };
        let starts = self.clock.shows(plus_seconds(self.at, -back));
        let mut options = self.options(15);
        options.retain(|_, quantity| *quantity > 0);
        if options.contains_key("ram16") {
            options.remove("ram32");
        }
        let plan = self.chance.place(3);
        if plan == 0 {
            options.remove("backups");
        }
        if plan == 2 {
            options.insert("seat", 2);
        }
        let card = self.chance.percent(30);
        Step { at: self.at, subscription: 0, deed: Deed::Start { plan, cycle, options, starts, card } }
    }

    fn other(&mut self) -> Other {
        let cycles = self.cycles();
        let often = if self.chance.percent(60) { 10 } else { 45 };
        Other {
            plan: self.chance.percent(75).then(|| self.chance.place(4)),
            cycle: self.chance.percent(18).then(|| *self.chance.pick(&cycles)),
            options: self.options(often),
            tidy: self.chance.percent(92),
            when: match self.chance.below(8) {
                0 => Some(When::Now),
                1 => Some(When::PeriodEnd),
                _ => None,
            },
            days: None,
            staff: self.chance.percent(20),
        }
    }

    fn deed(&mut self) -> Deed {
        match self.chance.below(100) {
            0..=1 => self.start().deed,
            2 => Deed::Publish,
            3..=7 => Deed::Quote(self.other()),
            8..=39 => {
                let other = if self.chance.percent(92) { Some(self.other()) } else { None };
                Deed::Submit { other, card: self.chance.percent(35) }
            }
            40..=42 => Deed::Withdraw,
            43..=44 => Deed::Lapse,
            45..=49 => Deed::Pay { back: self.back() },
            50..=64 => {
                let back = if self.chance.percent(94) { Some(self.back()) } else { None };
                let more = match self.chance.below(10) {
                    0 => self.chance.between(-500, 0),
                    1 => self.chance.between(0, 3_000),
                    _ => 0,
                };
                Deed::Transfer { back, more }
            }
            65..=74 => {
                let says = match self.chance.below(10) {
                    0 => Says::Unknown,
                    1..=2 => Says::Failed,
                    3 => Says::Captured { more: self.chance.between(-50, 50) },
                    _ => Says::Captured { more: 0 },
                };
                Deed::Gateway { back: self.back(), says }
            }
            75..=77 => Deed::Renew { ahead: self.chance.between(0, 2) },
            78..=89 => Deed::Later,
            90..=91 => Deed::Grant { amount: self.chance.between(-1, 9_000) },
            92..=93 => Deed::UseCredits { amount: self.chance.between(0, 30) },
            94..=98 => {
                let says =
                    *self.chance.pick(&[Module::Working, Module::Failed, Module::Done, Module::Done, Module::Misread]);
                Deed::Report { behind: i64::from(self.chance.percent(8)), says }
            }
            _ => Deed::Retry,
        }
    }

    fn back(&mut self) -> usize {
        if self.chance.percent(85) { 0 } else { self.chance.place(3) }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  #{} {:?}", self.at, self.subscription, self.deed)
    }
}
