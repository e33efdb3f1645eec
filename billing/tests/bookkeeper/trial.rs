//! Trials as a bookkeeper sees them: so many days that cost nothing, once, and what a change in them does to them. And the
//! shops and policies that have them; drawn apart, so that seeds of before keep their histories.

use billing::policy::{TrialOnChange, When};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::bill_day::Since;
use crate::book::{Book, Desk, Piece};
use crate::chance::Chance;
use crate::change::{Counting, Placed};
use crate::fraction::Fraction;
use crate::history::History;

/// Policies that ask what becomes of a trial: names, what they have beside the common terms, and rules.
pub const POLICIES: [(&str, &str, &str); 7] = [
    ("trial-end", "denominator = \"period\"\ntrial = \"end\"\ncarry = \"item_period\"\npending = \"replace\"\n", ""),
    ("trial-both", "denominator = \"period\"\ntrial = \"end\"\nanchor = \"keep\"\ncarry = \"item_period\"\n", ""),
    ("trial-next", "denominator = \"nominal\"\nremainder = \"rounded\"\ntrial = \"end\"\ngate = \"none\"\n", ""),
    (
        "trial-by-rule",
        "denominator = \"period\"\ngate = \"none\"\nsettle_charge = \"next_invoice\"\nsettle_credit = \"next_invoice\"\n\
         carry = \"item_period\"\nchoose_when = true\n",
        "[[rules]]\non = { phase = \"trial\", to = [\"p2\"] }\nset = { trial = \"end\" }\n\
         [[rules]]\non = { phase = \"trial\", direction = \"downgrade\" }\nset = { when = \"period_end\" }\n",
    ),
    (
        "trial-extend",
        "denominator = \"period\"\nanchor = \"extend\"\n",
        "[[rules]]\non = { cycle = \"longer\" }\nset = { trial = \"end\" }\n",
    ),
    (
        "trial-no-refund",
        "denominator = \"period\"\nquantity_decrease = \"no_refund\"\nclaw_back = \"used_at_list\"\npending = \"replace\"\n",
        "[[rules]]\non = { direction = \"upgrade\", asked_by = \"staff\" }\nset = { trial = \"end\" }\n",
    ),
    (
        "trial-chased",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\ncredit_basis = \"price_now\"\ntrial = \"end\"\n\
         on_failure = \"apply\"\ntax_rounding = \"line\"\n",
        "[[rules]]\non = { direction = \"downgrade\" }\nset = { trial = \"keep\", on_failure = \"lapse\" }\n",
    ),
];

impl History {
    /// Lets every seventh shop have trials, and most of those a policy of their own.
    pub fn have_trials(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(15) {
            return;
        }
        for plan in 0..3 {
            let days = *chance.pick(&[1, 2, 7, 14, 28, 30, 31, 45, 90]);
            for list in &mut self.shop.lists {
                list.plans[plan].trial = Some(days);
            }
        }
        if chance.percent(65) {
            POLICIES[chance.place(POLICIES.len())].0.clone_into(&mut self.shop.policy);
        }
    }
}

/// By which no seed that is kept in `seeds.txt` draws a trial.
const SALT: u64 = 0x7121a135;

impl Book {
    /// Where the days end that a customer who starts now has for nothing: only who has nothing of the shop yet, and from
    /// today on.
    pub fn trial_of(&self, desk: &Desk, now: Timestamp, plan: usize, start: DateTime) -> Option<DateTime> {
        let days = self.list(desk).plans[plan].trial?;
        let is_new = self.subscriptions.is_empty() && start.date() >= desk.customer.date(now);
        is_new.then(|| {
            let date = (0..days).fold(start.date(), |date, _| date.tomorrow().expect("a date in range"));
            date.to_datetime(start.time())
        })
    }

    /// Everything is there, for nothing.
    pub fn give_trial(&mut self, at: usize) {
        let subscription = &mut self.subscriptions[at];
        for (place, item) in subscription.items.iter().enumerate() {
            subscription.pieces.push(Piece {
                item: place,
                plan: item.plan,
                price: item.price(),
                quantity: item.quantity,
                from: subscription.from,
                until: subscription.until,
                shares: false,
                gross: 0,
                net: 0,
                above: Fraction::whole(0),
                stretch: subscription.stretch,
                tax: 0,
                tax_of: None,
                bill: None,
                put_off: false,
                full_from: subscription.from,
                full_until: subscription.until,
                joint: None,
                bought: None,
                exact: false,
                once: false,
            });
        }
    }
}

impl Counting<'_> {
    /// Are the days for nothing over with the change?
    pub fn ends_trial(&self) -> bool {
        self.subscription.trial.is_some() && self.when == When::Now && self.measure.terms.trial == TrialOnChange::End
    }

    /// Do they go on as if nothing had been?
    pub fn stays_in_trial(&self) -> bool {
        self.subscription.trial.is_some() && self.when == When::Now && self.measure.terms.trial == TrialOnChange::Keep
    }

    /// The days for nothing, and what is counted from their end.
    pub fn placed_in_trial(&self) -> Placed {
        let (subscription, clock) = (self.subscription, &self.desk.customer);
        let end = clock.shows(subscription.until);
        let since = if self.wish.cycle == subscription.cycle { subscription.since } else { Since::moment(end) };
        let (from, until) = (subscription.from, subscription.until);
        Placed { since, number: -1, from, until, full_from: from, joint: None }
    }

    /// When those days are over after the change.
    pub fn trial_after(&self, placed: &Placed) -> Option<Timestamp> {
        self.subscription.trial.map(|until| if self.ends_trial() { placed.from } else { until })
    }
}
