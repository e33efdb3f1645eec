//! Trials that cost something: which shops ask for that, drawn apart, so that seeds of before keep their histories; and what
//! a start and a change ask for, as a bookkeeper says it: the dearest trial that was had, and nothing of it comes back.

use billing::ledger::LedgerAccount::{Receivable, Sales, Tax};
use jiff::Timestamp;

use crate::book::{Book, Desk, Item, Subscription};
use crate::chance::Chance;
use crate::change::{Counting, No, Quote, wanted};
use crate::history::History;
use crate::once::{Asked, Later, thing};
use crate::shop::{PriceList, find_price};
use crate::tax;

/// By which no seed that is kept in `seeds.txt` asks for a trial.
const SALT: u64 = 0x7121_c057;

impl History {
    /// Lets most shops that have trials ask for them, some only of some plans; a newer list perhaps more.
    pub fn ask_for_trials(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(95) {
            return;
        }
        for list in &mut self.shop.lists {
            for plan in list.plans.iter_mut().filter(|plan| plan.trial.is_some()) {
                for price in &mut plan.prices {
                    price.trial = if chance.percent(85) { chance.between(1, 2_000) } else { 0 };
                }
            }
        }
    }
}

/// What the trial of a plan costs.
fn price_of(list: &PriceList, item: &Item) -> i64 {
    find_price(&list.plans[item.plan].prices, item.plan, item.cycle).map_or(0, |price| price.trial)
}

/// So much for a trial that costs this in all.
fn asked(item: &Item, price: i64, amount: i64) -> Asked {
    Asked { what: Later { thing: thing(item), each: price, new: 1, all: 1 }, amount, tax: 0, tax_of: None }
}

impl Book {
    /// Who starts with a trial is billed for it, if it costs something.
    pub fn bill_trial(&mut self, desk: &Desk, now: Timestamp, at: usize) {
        let list = self.list(desk);
        let subscription = &self.subscriptions[at];
        let plan = Item { cycle: subscription.cycle, ..subscription.plan().clone() };
        let (price, from) = (price_of(list, &plan), subscription.from);
        if price == 0 {
            return;
        }
        let terms = &desk.policy().terms;
        let tax = tax::on_charges(list.tax, &[price], 0, 0, terms.tax_rounding, terms)[0];
        let one = Asked { tax, tax_of: list.tax, ..asked(&plan, price, price) };
        let total = one.payable();
        self.subscriptions[at].once.trial = price;
        let bill = self.bills.len();
        self.subscriptions[at].ask(&one, from, (Some(bill), false));
        self.post(Receivable, Sales, total - tax);
        self.post(Receivable, Tax, tax);
        self.ask_for_bill(desk, now, at, total, vec![(price, tax)]);
    }
}

impl Subscription {
    /// Staff let the trial of another plan cost nothing.
    pub fn let_trial_go(&mut self, list: &PriceList, before: &[Item]) {
        let plan = Item { cycle: self.cycle, ..self.plan().clone() };
        let was = before.iter().any(|item| item.option.is_none() && item.plan == plan.plan && item.quantity > 0);
        if self.trial.is_some() && !was {
            self.once.trial = self.once.trial.max(price_of(list, &plan));
        }
    }
}

impl Counting<'_> {
    /// What the trial costs more that goes on with the change, before tax.
    pub fn asked_for_trial(&self, is_sold: impl Fn(&Item) -> bool) -> Result<Vec<Asked>, No> {
        let wish = self.wish;
        if !self.stays_in_trial() {
            return Ok(Vec::new());
        }
        let items = wanted(self.list, wish.plan, wish.cycle, &wish.options)?;
        let plan = items.iter().find(|item| item.option.is_none() && is_sold(item));
        Ok(plan.into_iter().filter_map(|plan| self.dearer(plan)).collect())
    }

    fn dearer(&self, plan: &Item) -> Option<Asked> {
        let (price, had) = (price_of(self.list, plan), self.subscription.once.trial);
        (price > had).then(|| asked(plan, price, price - had))
    }
}

/// What was seen of them: begun, made dearer by a change, changed and no dearer, ended by a change, and with something that
/// waited for the next bill.
pub type Seen = [u64; 5];

/// Counts what a command did.
pub fn count(seen: &mut Seen, before: &Book, after: &Book) {
    let [begun, dearer, no_dearer, ended, waits] = seen;
    for (at, has) in after.subscriptions.iter().enumerate() {
        let Some(had) = before.subscriptions.get(at) else {
            *begun += u64::from(has.once.trial > 0);
            continue;
        };
        let is_changed = had.items != has.items;
        if had.once.trial == 0 || !is_changed {
            continue;
        }
        if has.trial.is_none() {
            *ended += u64::from(has.from < had.until);
            continue;
        }
        *dearer += u64::from(has.once.trial > had.once.trial);
        *no_dearer += u64::from(has.once.trial == had.once.trial);
        *waits += u64::from(has.once.trial > had.once.trial && !has.put_off.is_empty());
    }
}

/// The trial lines of a quote that is made: they are asked for now.
pub fn made(subscription: &mut Subscription, quote: &Quote, bill: Option<usize>) {
    for asked in &quote.of_trial {
        subscription.once.trial = asked.what.each;
        subscription.ask(asked, quote.on.unwrap_or(quote.at), (bill, quote.settles.charges_later()));
    }
}
