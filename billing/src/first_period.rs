//! The first period of a subscription: where it lies under a policy, and what it costs. With a bill day it ends on that day
//! and is a part of the full period that does, or such a part joined with the full period after it; else it is a full one,
//! and begins with the subscription. Who begins one, and when, is in `decide`.

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::account::{Account, Item, Subscription};
use crate::calendar::{Anchor, Cycle, Span, Zone};
use crate::decide::Facts;
use crate::explain::{Basis, Derivation};
use crate::fraction::Fraction;
use crate::money::{Money, sum};
use crate::policy::{FirstPeriodPrice, Policy, Terms};
use crate::proration::{Counting, Priced};

/// The full period that a period is, or is the rest of; of a first period that is joined with the one after it, both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full {
    /// From the start of the one, or of the first of two, to the end of the last.
    pub span: Span,
    /// Where two meet.
    pub joint: Option<Timestamp>,
}

impl Full {
    /// Where there is one.
    pub fn one(span: Span) -> Self {
        Self { span, joint: None }
    }

    /// That of a period which ends with one of this number and begins at an instant; before that one, if it `joins`.
    pub fn ending(anchor: &Anchor, number: i64, from: Timestamp, joins: bool, zone: &Zone) -> Self {
        let last = anchor.period(number, zone);
        if !joins || last.from <= from {
            return Self::one(last);
        }
        let before = anchor.period(number - 1, zone);
        Self { span: Span { from: before.from, until: last.until }, joint: Some(last.from) }
    }
}

/// Where a period lies that is counted from no other: that of a start, of the end of a trial, of a new cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPeriod {
    /// From where the periods after it are counted.
    pub anchor: Anchor,
    /// Its number, counted from there. Below 0 it is the rest of the period of that number, or ends with all of it where it
    /// begins before that; from 0 on it is a period of its own, also where it begins after that one.
    pub number: i64,
    /// The period.
    pub period: Span,
}

impl FirstPeriod {
    /// The first period from a moment on: to the next bill day, where the terms have one and the cycle is of months.
    pub fn new(terms: &Terms, start: DateTime, cycle: Cycle, zone: &Zone) -> Self {
        let (anchor, number) = match terms.bill_day {
            Some(day) => Anchor::on_bill_day(day, start, cycle),
            None => (Anchor { start, cycle }, 0),
        };
        let is_part = anchor.boundary(number) < start;
        let (anchor, number) = match terms.first_period {
            FirstPeriodPrice::Full if is_part => anchor.begun_by(number),
            FirstPeriodPrice::Long if is_part => anchor.ended_by(number + 1),
            FirstPeriodPrice::Short if is_part && is_cut_off(terms, start, anchor.boundary(number + 1)) => {
                anchor.ended_by(number + 1)
            }
            FirstPeriodPrice::Full | FirstPeriodPrice::Long | FirstPeriodPrice::Short => (anchor, number),
        };
        let period = Span { from: zone.instant(start), until: zone.instant(anchor.boundary(number + 1)) };
        Self { anchor, number, period }
    }
}

/// Does a period begin so late before a bill day that the period after it is charged with it?
fn is_cut_off(terms: &Terms, start: DateTime, bill_day: DateTime) -> bool {
    terms.cut_off_day.is_some_and(|day| start.date() >= day.last_before(bill_day.date()))
}

/// A period that an invoice will be for, and the full one that it is, or is the rest of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextPeriod {
    /// The period.
    pub period: Span,
    /// The full one.
    pub full: Full,
}

impl NextPeriod {
    /// The first period after a trial, at whose end the anchor lies.
    pub fn after_trial(terms: &Terms, anchor: &Anchor, zone: &Zone) -> Self {
        let FirstPeriod { anchor, number, period } = FirstPeriod::new(terms, anchor.start, anchor.cycle, zone);
        let full = if number < 0 { Full::ending(&anchor, number, period.from, true, zone) } else { Full::one(period) };
        Self { period, full }
    }

    /// Is it no full one, but the rest of one, alone or with the one after it?
    pub fn is_part(self) -> bool {
        self.full.span.from < self.period.from
    }

    /// What things of these prices cost for it together, as its invoice will have it, without tax that is added.
    pub fn costs(self, facts: Facts<'_>, account: &Account, policy: &Policy, prices: &[Priced]) -> Money {
        let terms = &policy.terms;
        let zone = terms.day_zone.of(&account.zone, &facts.catalogue.zone);
        let counting = Counting { policy: &policy.reference, terms, zone, price_rounding: terms.rounding };
        let nets = prices.iter().map(|price| counting.period(*price, self).net);
        sum(account.currency, nets)
    }
}

/// What the next invoice of a subscription has of the period that it is written in, as it stands and without tax that is
/// added: of that of a change that is planned, of the first one after a trial, or of a full one; nothing where periods are
/// billed in arrears.
pub fn next_period(facts: Facts<'_>, account: &Account, subscription: &Subscription) -> Money {
    let planned = subscription.change.as_ref().filter(|change| change.is_open() && !change.awaits_payment());
    if let Some(change) = planned {
        return change.quote.next_period();
    }
    if subscription.billed.is_arrears() {
        return account.nothing();
    }
    let product = facts.catalogue.product(&subscription.product);
    let policy = product.and_then(|product| facts.catalogue.policy(&product.policy, facts.policies));
    let Some(policy) = policy.filter(|policy| policy.terms.bill_day.is_some() && subscription.is_in_trial()) else {
        return subscription.recurring();
    };
    let prices: Vec<Priced> = subscription.items.iter().map(Item::priced).collect();
    NextPeriod::after_trial(&policy.terms, &subscription.anchor, &account.zone).costs(facts, account, policy, &prices)
}

/// What an item costs for a period that is a part of a full one: the amount, its worth at the list price, and how both
/// were found.
pub struct Part {
    /// What is billed.
    pub net: Money,
    /// The same part of the list price; never below `net`.
    pub gross: Money,
    /// How `net` was found.
    pub derivation: Derivation,
}

impl Counting<'_> {
    /// What a period costs that is invoiced: a full one its price, and the rest of one its part.
    pub fn period(&self, price: Priced, next: NextPeriod) -> Part {
        let NextPeriod { period, full } = next;
        if next.is_part() {
            return self.first_period(price, full, period);
        }
        let net = price.net(self.price_rounding);
        Part { net, gross: price.list, derivation: self.full_period(price, period) }
    }

    /// What a period costs that is the rest of a full one from an instant on: its part of the price of that, and all of the
    /// price where it is joined with the one after it. How much of a price a change charges (`charge`) is no matter of it.
    pub fn first_period(&self, price: Priced, full: Full, period: Span) -> Part {
        let count = self.rest_of_full(full, period.from, price.cycle);
        let mut derivation = Derivation { basis: Basis::FirstPeriod, ..self.part_of_price(price, count) };
        let net = if self.carries() {
            // Nothing was rounded before it; what this line is off is carried to those of the changes in it.
            derivation.take_carry(Fraction::ZERO).0
        } else {
            derivation.replay()
        };
        // Without a discount it is charged at the list price.
        let gross = if price.discount.is_none() { net } else { self.at_list(price.list, count).max(net) };
        Part { net, gross, derivation }
    }
}
