//! Plan credits: what a plan gave, what was used of it, and what becomes of it with a change. Where they are shared by
//! time, the time that is over has given its part, for ever, and the present plan gives the rest.

use billing::policy::{CreditBy, CreditsOnChange, When};
use billing::share::Rounding;

use crate::book::{Piece, Subscription};
use crate::chance::Chance;
use crate::change::Counting;
use crate::count::Measure;
use crate::fraction::Fraction;
use crate::history::{Deed, History};

/// Policies that share credits: names, what they have beside the common terms, and rules.
pub const POLICIES: [(&str, &str, &str); 10] = [
    (
        "credits-shared",
        "denominator = \"period\"\ncredits = \"prorate\"\ngate = \"none\"\nanchor = \"keep\"\nchoose_when = true\n",
        "",
    ),
    (
        "credits-waiting",
        "denominator = \"period\"\ncredits = \"prorate\"\npending = \"replace\"\non_failure = \"apply\"\n",
        "",
    ),
    (
        "credits-restart",
        "denominator = \"period\"\ncredits = \"prorate\"\nanchor = \"restart_on_cycle_change\"\n\
         free_to_paid = \"restart\"\npending = \"replace\"\n",
        "[[rules]]\non = { asked_by = \"staff\" }\nset = { anchor = \"restart\", gate = \"none\" }\n",
    ),
    ("credits-both", "denominator = \"period\"\ncredits = \"prorate\"\ngate = \"none\"\nday_zone = \"seller\"\n", ""),
    ("credits-next", "denominator = \"period\"\ncredits = \"prorate\"\nanchor = \"restart\"\ngate = \"none\"\n", ""),
    (
        "credits-trial",
        "denominator = \"period\"\ncredits = \"prorate\"\ngate = \"none\"\n",
        "[[rules]]\non = { phase = \"trial\", direction = \"upgrade\" }\nset = { trial = \"end\" }\n",
    ),
    (
        "credits-burnt",
        "denominator = \"period\"\ncredits = \"prorate\"\ncredit_by = \"time_or_credits\"\ngate = \"none\"\n\
         anchor = \"restart_on_cycle_change\"\n",
        "",
    ),
    (
        "credits-burnt-next",
        "denominator = \"period\"\ncredits = \"prorate\"\ncredit_by = \"time_or_credits\"\nrounding = \"up\"\n\
         carry = \"item_period\"\n",
        "",
    ),
    ("credits-bill-day", "denominator = \"period\"\ncredits = \"prorate\"\nbill_day = 15\nanchor = \"keep\"\n", ""),
    (
        "credits-mixed",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\ncredits = \"prorate\"\ngate = \"none\"\n",
        "[[rules]]\non = { asked_by = \"staff\" }\nset = { credits = \"carry\" }\n\
         [[rules]]\non = { to = [\"p1\"] }\n\
         set = { credits = \"reset\", credit_by = \"time_or_credits\", choose_date = false }\n",
    ),
];

/// The same by instants.
pub const INSTANTS: [(&str, &str); 2] = [
    ("credits-seconds", "unit = \"second\"\ncredits = \"prorate\"\ngate = \"none\"\nanchor = \"keep\"\n"),
    ("credits-months", "unit = \"month\"\ncredits = \"prorate\"\ngate = \"none\"\n"),
];

/// Is it one of these policies, which only shops drawn for them have?
pub fn is_own(name: &str) -> bool {
    POLICIES.iter().any(|(own, ..)| *own == name) || INSTANTS.iter().any(|(own, _)| *own == name)
}

/// By which no seed that is kept in `seeds.txt` shares credits.
const SALT: u64 = 0xc4ed_1700_0074;

impl History {
    /// Lets one shop in twelve share credits; nearly all of its plans give some, and they are used more often.
    pub fn share_credits(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        // What waits for the next bill is walked nowhere else.
        if !chance.percent(8) || ["next-bill", "put-off", "by-rule"].iter().any(|name| self.shop.policy.contains(name))
        {
            return;
        }
        let names: Vec<&str> =
            POLICIES.iter().map(|(name, ..)| *name).chain(INSTANTS.iter().map(|(name, _)| *name)).collect();
        (*chance.pick(&names)).clone_into(&mut self.shop.policy);
        for list in &mut self.shop.lists {
            for plan in &mut list.plans {
                plan.credits = chance.percent(85).then(|| chance.between(1, 60));
            }
        }
        for step in &mut self.steps {
            if matches!(step.deed, Deed::Grant { .. }) {
                step.deed = Deed::UseCredits { amount: chance.between(1, 40) };
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Credits {
    pub left: i64,
    pub granted: i64,
    pub of_plan: i64,
    /// None as long as nothing was shared.
    pub shared: Option<Shared>,
}

/// Credits in a period of several plans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    /// What the plans before the present one gave for their time, less what an earlier period was owed.
    given: Fraction,
    /// The part of the period that was over when the present plan came.
    since: Fraction,
}

impl Credits {
    pub fn whole(amount: i64) -> Self {
        Self { left: amount, granted: amount, of_plan: amount, shared: None }
    }

    /// Of a plan that gives none, where they are shared.
    pub fn nothing() -> Self {
        let nothing = Fraction::whole(0);
        Self { shared: Some(Shared { given: nothing, since: nothing }), ..Self::whole(0) }
    }

    fn used(self) -> i64 {
        self.granted - self.left
    }

    fn shares(self) -> Shared {
        let beside = Fraction::whole(self.granted - self.of_plan);
        self.shared.unwrap_or(Shared { given: beside, since: Fraction::whole(0) })
    }

    /// What the plans have given by then.
    fn given_by(self, part: Fraction) -> Fraction {
        let Shared { given, since } = self.shares();
        given + Fraction::whole(self.of_plan) * (part - since)
    }

    /// What can be used where so much was given, the present plan gives the rest, and so much was used.
    fn of(given: Fraction, since: Fraction, of_plan: i64, used: i64) -> Self {
        let all = given + Fraction::whole(of_plan) * (Fraction::whole(1) - since);
        let granted = all.floor().max(used);
        Self { left: granted - used, granted, of_plan, shared: Some(Shared { given, since }) }
    }

    /// What the plans give beside whole credits that can be used, or less than were used.
    pub fn part(self) -> Option<Fraction> {
        self.shared.map(|_| self.given_by(Fraction::whole(1)) - Fraction::whole(self.granted))
    }

    /// After so many more were used than when they were counted.
    pub fn after_use(self, used: i64) -> Self {
        let over = (used - self.left).max(0);
        Self { left: (self.left - used).max(0), granted: self.granted + over, ..self }
    }
}

/// The part of a period that is over.
fn part_over(measure: &Measure<'_>, subscription: &Subscription, by: jiff::Timestamp) -> Fraction {
    let Subscription { from, until, .. } = *subscription;
    let cut = by.max(from).min(until);
    let whole = measure.units(from, until).max(1);
    Fraction::new(measure.units(from, cut).clamp(0, whole).into(), whole.into())
}

impl Counting<'_> {
    /// From when the new plan counts.
    fn cut(&self) -> jiff::Timestamp {
        self.measure.cut(self.measure.terms.charge_from, self.at)
    }

    /// The plan's credits that bound what goes back of a piece of it, from an instant on: so many of so many.
    pub fn unused(&self, piece: &Piece, from: jiff::Timestamp) -> Option<(i64, i64)> {
        let bounds = self.measure.terms.credit_by == CreditBy::TimeOrCredits;
        let of_plan = self.subscription.items[piece.item].option.is_none();
        let credits = self.subscription.credits.filter(|credits| bounds && of_plan && credits.of_plan > 0)?;
        if self.measure.terms.credits != CreditsOnChange::Prorate {
            return Some((credits.left.min(credits.of_plan), credits.of_plan));
        }
        let rest = |from| Fraction::whole(1) - part_over(&self.measure, self.subscription, from);
        let gives = |from| Fraction::whole(credits.of_plan) * rest(from);
        let unused = credits.given_by(Fraction::whole(1)) - Fraction::whole(credits.used());
        let up = |fraction: Fraction| fraction.round(Rounding::Up);
        gives(from).is_above(unused).then(|| (unused.floor().max(0), up(gives(piece.from)).max(1)))
    }

    pub fn credits_after(&self, begins_at: jiff::Timestamp) -> Option<Credits> {
        let subscription = self.subscription;
        let same = subscription.plan().plan == self.wish.plan && subscription.cycle == self.wish.cycle;
        let shares = self.measure.terms.credits == CreditsOnChange::Prorate;
        let begins = shares && self.when == When::Now && begins_at != subscription.from;
        if same && !begins && !self.ends_trial() {
            return subscription.credits;
        }
        let new = self.list.plans[self.wish.plan].credits;
        if shares {
            return self.prorated(begins_at, new);
        }
        let new = new?;
        let old = subscription.credits.unwrap_or(Credits::whole(0));
        let nothing = Fraction::whole(0);
        Some(match (self.measure.terms.credits, old.shared) {
            (CreditsOnChange::Reset, None) => {
                let granted = new.max(old.used());
                Credits { left: granted - old.used(), granted, of_plan: new, shared: None }
            }
            (CreditsOnChange::Reset, Some(_)) => Credits::of(nothing, nothing, new, old.used()),
            (_, None) => Credits { left: old.left + new, granted: old.granted + new, of_plan: new, shared: None },
            // What was used too much comes off what is added.
            (_, Some(_)) => Credits::of(old.given_by(Fraction::whole(1)), nothing, new, old.used()),
        })
    }

    fn prorated(&self, begins_at: jiff::Timestamp, new: Option<i64>) -> Option<Credits> {
        let (subscription, nothing) = (self.subscription, Fraction::whole(0));
        if subscription.credits.is_none() && new.is_none() {
            return None;
        }
        if self.when == When::PeriodEnd {
            return new.map(Credits::whole);
        }
        let (old, new) = (subscription.credits.unwrap_or(Credits::whole(0)), new.unwrap_or(0));
        let over = part_over(&self.measure, subscription, self.cut());
        let (all, used) = (old.given_by(Fraction::whole(1)), Fraction::whole(old.used()));
        let by_time = all - old.given_by(over);
        // What is used is not paid back, so it is not taken either; whole credits only.
        let unused = all - used;
        let asks = self.measure.terms.credit_by == CreditBy::TimeOrCredits;
        let taken = match asks && by_time.is_above(unused) {
            true => Fraction::whole(unused.floor().max(0)),
            false => by_time,
        };
        let given = all - taken;
        let goes_on = begins_at == subscription.from && !self.ends_trial();
        if goes_on && new == old.of_plan && taken == by_time {
            return Some(old);
        }
        if goes_on {
            return Some(Credits::of(given, over, new, old.used()));
        }
        let too_many = Fraction::whole(old.used()) - given;
        let owes = too_many.is_above(nothing) && !self.ends_trial();
        let given = if owes { nothing - too_many } else { nothing };
        Some(Credits::of(given, nothing, new, 0)).filter(|_| owes || new > 0)
    }
}
