//! Plans that are billed when their time is over: which shops have them, drawn apart, so that seeds of before keep their
//! histories; and who is asked for what of a change, and when, as a bookkeeper says it.

use billing::policy::{AnchorOnChange, Policies, SettleCredit, When};

use crate::book::{Book, PutOff};
use crate::chance::Chance;
use crate::change::Counting;
use crate::history::History;

/// By which no seed that is kept in `seeds.txt` has such a plan.
const SALT: u64 = 0x0a44_ea45;

impl History {
    /// Lets every fifth shop bill some of its plans afterwards. Not where what was paid buys days: such a shop is refused.
    pub fn bill_afterwards(&mut self, seed: u64, policies: &Policies) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(20) {
            return;
        }
        let policy = policies.newest(&self.shop.policy).expect("a policy");
        let buys_days = |anchor| anchor == AnchorOnChange::Extend;
        if buys_days(policy.terms.anchor) || policy.rules.iter().any(|rule| buys_days(rule.terms.anchor)) {
            return;
        }
        let all = chance.percent(20);
        for plan in 0..3 {
            let afterwards = all || chance.percent(60);
            for list in &mut self.shop.lists {
                // A newer list may bill otherwise.
                list.plans[plan].afterwards = afterwards != chance.percent(8);
            }
        }
    }
}

/// When a change is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// All of it with the change.
    Now,
    /// All of it with the next bill.
    Later,
    /// What is charged with the next bill, the rest with the change.
    OldNow,
}

impl Settled {
    /// Is what is charged on no paper of the change?
    pub fn charges_later(self) -> bool {
        self != Self::Now
    }
}

impl Counting<'_> {
    /// Is the plan billed afterwards when the change is made? One that is not sold anew goes on as it is.
    pub fn afterwards(&self, goes_on: bool) -> bool {
        let plan = self.subscription.items.iter().position(|item| item.option.is_none()).expect("a plan");
        if self.is_kept(plan, goes_on) {
            return self.subscription.afterwards;
        }
        self.list.plans[self.wish.plan].afterwards
    }

    /// What becomes of a change to a plan that is billed afterwards: what is given back, and the lines it has. The new
    /// costs nothing yet in any case. The old, as far as nobody was asked for it, is due when its period ends; but who paid
    /// more of what comes back than is still to be asked for gets the difference, if the shop pays at once.
    pub fn settle_afterwards(&self, given_back: i64, lines: usize, stays: bool) -> (Settled, Vec<PutOff>) {
        let waits = &self.subscription.put_off;
        if self.when == When::PeriodEnd || (stays && lines == 0) {
            return (Settled::Now, Vec::new());
        }
        let to_ask: i64 = waits.iter().map(PutOff::payable).sum();
        let pays_out = given_back > to_ask && self.measure.terms.settle_credit == SettleCredit::Balance;
        let fits = waits.len() + lines <= 200;
        if stays && fits && !pays_out { (Settled::Later, Vec::new()) } else { (Settled::OldNow, waits.clone()) }
    }
}

/// What was seen of such plans: changes from advance to afterwards, back, and among them; bills of a time that is over, and
/// changes of which only the old is settled.
pub type Seen = [u64; 5];

/// Counts what a command did.
pub fn count(seen: &mut Seen, name: &str, before: &Book, after: &Book) {
    let [there, back, among, over, old_now] = seen;
    for (had, has) in before.subscriptions.iter().zip(&after.subscriptions) {
        let renewed = name == "renew_subscription" && has.ordinal != had.ordinal;
        *over += u64::from(renewed && had.afterwards && !after.documents.is_empty());
        let closed = had.ordinal != has.ordinal || had.items != has.items;
        let Some(change) = has.change.as_ref().filter(|_| closed && has.open_change().is_none()) else { continue };
        match (had.afterwards, has.afterwards) {
            (false, true) => *there += 1,
            (true, false) => *back += 1,
            (true, true) if had.items != has.items => *among += 1,
            _ => {}
        }
        *old_now += u64::from(!renewed && change.quote.settles == Settled::OldNow);
    }
}
