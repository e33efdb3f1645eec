//! What costs something once, when it is first had: which shops ask for that, drawn apart, so that seeds of before keep
//! their histories; and who is charged for what, and when, as a bookkeeper says it.

use std::collections::BTreeMap;

use billing::policy::{SetupOnChange, When};

use crate::book::{Book, Item, Piece, PutOff, Subscription};
use crate::chance::Chance;
use crate::change::{Counting, No, Quote, wanted};
use crate::count::FullPrice;
use crate::fraction::Fraction;
use crate::history::History;
use crate::shop::{PriceList, TaxOf, find_price};

/// By which no seed that is kept in `seeds.txt` has such prices.
const SALT: u64 = 0x5e70_fee5;

impl History {
    /// Lets every fourth shop ask for something once, of some plans and options; a newer list perhaps for more, of more.
    pub fn ask_once(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(25) {
            return;
        }
        let mut asks: [i64; 9] = [0; 9].map(|_| draw(&mut chance));
        for list in &mut self.shop.lists {
            let options = list.options.iter_mut().map(|option| &mut option.prices);
            for (prices, ask) in list.plans.iter_mut().map(|plan| &mut plan.prices).chain(options).zip(asks) {
                for price in prices {
                    price.setup = ask;
                }
            }
            for ask in &mut asks {
                if chance.percent(15) {
                    *ask = draw(&mut chance);
                }
            }
        }
    }
}

fn draw(chance: &mut Chance) -> i64 {
    if chance.percent(60) { chance.between(1, 4_000) } else { 0 }
}

/// A plan or an option: options have no place.
pub type Thing = (Option<&'static str>, usize);

pub fn thing(item: &Item) -> Thing {
    (item.option, if item.option.is_none() { item.plan } else { 0 })
}

/// What was asked for once, or was let go, and of how many at the most; and what the days for nothing leave to be asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Once {
    pub done: BTreeMap<Thing, i64>,
    pub later: Vec<Later>,
    /// What the trial that runs was asked at the most; nothing without one.
    pub trial: i64,
}

/// So many of a thing at a price each, after which there are so many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Later {
    pub thing: Thing,
    pub each: i64,
    pub new: i64,
    pub all: i64,
}

/// The same, as a change says it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    pub what: Later,
    pub amount: i64,
    pub tax: i64,
    pub tax_of: Option<TaxOf>,
}

/// What one of it costs once.
fn each(list: &PriceList, item: &Item, on: usize) -> i64 {
    let prices = match item.option {
        None => &list.plans[item.plan].prices,
        Some(code) => &list.options.iter().find(|option| option.code == code).expect("an option of the list").prices,
    };
    find_price(prices, on, item.cycle).map_or(0, |price| price.setup)
}

/// All that a basket is asked once.
pub fn all_of(list: &PriceList, items: &[Item], on: usize) -> Vec<Later> {
    let had = items.iter().filter(|item| item.quantity > 0);
    let all = had.map(|item| (thing(item), each(list, item, on), item.quantity));
    all.filter(|(_, each, _)| *each > 0).map(|(thing, each, all)| Later { thing, each, new: all, all }).collect()
}

impl Subscription {
    fn holds(&self, what: Thing) -> i64 {
        self.items.iter().filter(|item| thing(item) == what).map(|item| item.quantity).sum()
    }

    /// Of how many is nothing asked any more?
    fn never_again(&self, what: Thing) -> i64 {
        // Of what is asked later, the others were there before it was asked for.
        let asked_later = self.once.later.iter().find(|later| later.thing == what);
        let holds = asked_later.map_or_else(|| self.holds(what), |later| later.all - later.new);
        holds.max(self.once.done.get(&what).copied().unwrap_or(0))
    }

    fn is_done(&mut self, what: Thing, all: i64) {
        let done = self.once.done.entry(what).or_default();
        *done = (*done).max(all);
    }

    /// Charges so much of a thing once: a piece of no time.
    pub fn ask(&mut self, asked: &Asked, at: jiff::Timestamp, (bill, put_off): (Option<usize>, bool)) {
        let item = self.items.iter().position(|item| thing(item) == asked.what.thing && item.quantity > 0);
        let item = item.expect("what is asked for is had");
        self.pieces.push(Piece {
            item,
            plan: self.items[item].plan,
            price: FullPrice { list: asked.amount, off: None, cycle: self.items[item].cycle },
            quantity: asked.what.new,
            from: at,
            until: at,
            shares: false,
            gross: asked.amount,
            net: asked.amount,
            above: Fraction::whole(0),
            stretch: self.stretch,
            tax: asked.tax,
            tax_of: asked.tax_of,
            bill: bill.filter(|_| !put_off),
            put_off,
            full_from: at,
            full_until: at,
            joint: None,
            bought: None,
            exact: true,
            once: true,
        });
    }

    /// The bill of a period asks for what was left to it.
    pub fn ask_all(&mut self, asked: &[Asked], bill: Option<usize>, afterwards: bool) {
        for one in asked {
            self.ask(one, self.from, (bill, afterwards));
            self.is_done(one.what.thing, one.what.all);
        }
        self.once.later.clear();
    }

    /// A change is made: what it asks for once is asked for now, or left to the bill of a period.
    pub fn ask_of(&mut self, quote: &Quote, bill: Option<usize>) {
        let sold: Vec<Thing> = quote.laid.iter().map(|line| thing(&line.wanted)).collect();
        let later = std::mem::take(&mut self.once.later);
        let stays = |later: &Later| self.holds(later.thing) > 0 && !sold.contains(&later.thing);
        self.once.later = later.into_iter().filter(stays).collect();
        crate::paid_trial::made(self, quote, bill);
        for asked in &quote.once {
            if quote.asks_later && asked.amount > 0 {
                self.once.later.push(asked.what);
                continue;
            }
            self.is_done(asked.what.thing, asked.what.all);
            if asked.amount > 0 {
                // Of a period that begins later it is asked with that.
                let at = quote.on.unwrap_or(quote.at).max(quote.from);
                self.ask(asked, at, (bill, quote.settles.charges_later()));
            }
        }
    }

    /// What staff give is asked for by nobody.
    pub fn let_go(&mut self, list: &PriceList, before: &[Item]) {
        self.let_trial_go(list, before);
        let as_before = |what: Thing, all: i64| before.iter().any(|item| thing(item) == what && item.quantity == all);
        let later = std::mem::take(&mut self.once.later);
        let stays = |later: &Later| {
            let holds = self.holds(later.thing);
            holds > 0 && as_before(later.thing, holds)
        };
        self.once.later = later.into_iter().filter(stays).collect();
        let items: Vec<Item> = self.items.iter().map(|item| Item { cycle: self.cycle, ..item.clone() }).collect();
        for one in all_of(list, &items, self.plan().plan) {
            if !as_before(one.thing, one.all) {
                self.is_done(one.thing, one.all);
            }
        }
    }
}

impl Counting<'_> {
    /// What a change asks for once, before tax: of all that it sells, as many as there never were.
    pub fn asked_once(&self, is_sold: impl Fn(&Item) -> bool) -> Result<Vec<Asked>, No> {
        let wish = self.wish;
        let lets_go = self.measure.terms.setup == SetupOnChange::None && self.subscription.trial.is_none();
        let mut asked = Vec::new();
        for item in wanted(self.list, wish.plan, wish.cycle, &wish.options)?.iter().filter(|item| is_sold(item)) {
            let (what, price) = (thing(item), each(self.list, item, wish.plan));
            let new = item.quantity - self.subscription.never_again(what);
            if price > 0 && new > 0 {
                let what = Later { thing: what, each: price, new, all: item.quantity };
                asked.push(Asked { what, amount: if lets_go { 0 } else { price * new }, tax: 0, tax_of: None });
            }
        }
        Ok(asked)
    }

    /// Is it on the bill of a later period?
    pub fn asks_later(&self) -> bool {
        self.when == When::PeriodEnd || self.stays_in_trial()
    }
}

impl Asked {
    pub fn of(what: Later) -> Self {
        Self { what, amount: what.each * what.new, tax: 0, tax_of: None }
    }

    pub fn payable(&self) -> i64 {
        PutOff { amount: self.amount, tax: self.tax, tax_of: self.tax_of }.payable()
    }
}

impl Quote {
    /// What is asked once with the change itself: of a trial that goes on, what that costs more.
    pub fn once_now(&self) -> &[Asked] {
        if self.asks_later { &self.of_trial } else { &self.once }
    }
}

/// What was seen of it: asked with a start, after days for nothing or a change of a period's end, with a change, let go.
pub type Seen = [u64; 4];

/// Counts what a command did.
pub fn count(seen: &mut Seen, before: &Book, after: &Book) {
    let [started, renewed, changed, let_go] = seen;
    for (at, has) in after.subscriptions.iter().enumerate() {
        let Some(had) = before.subscriptions.get(at) else {
            *started += u64::from(!has.once.done.is_empty());
            continue;
        };
        let in_trial = has.trial.is_some();
        let asked = has.pieces[had.pieces.len()..].iter().filter(|piece| piece.once && !in_trial).count();
        match (asked, had.once.done == has.once.done) {
            (0, false) => *let_go += 1,
            (0, true) => {}
            _ if had.until <= has.from && had.until != has.until => *renewed += 1,
            _ => *changed += 1,
        }
    }
}
