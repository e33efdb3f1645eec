//! The first period of a subscription: where it lies under a policy, and what it costs. With a bill day it ends on that day
//! and is a part of the full period that does; else it is a full one, and begins with the subscription. Who begins one,
//! and when, is in `decide`.

use jiff::civil::DateTime;

use crate::calendar::{Anchor, Cycle, Span, Zone};
use crate::explain::{Basis, Derivation};
use crate::fraction::Fraction;
use crate::money::Money;
use crate::policy::Terms;
use crate::proration::{Counting, Priced};
use crate::share::share;

/// Where a period lies that is counted from no other: that of a start, of the end of a trial, of a new cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPeriod {
    /// From where the periods after it are counted.
    pub anchor: Anchor,
    /// Its number, counted from there; below 0 where it lies before.
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
        let period = Span { from: zone.instant(start), until: zone.instant(anchor.boundary(number + 1)) };
        Self { anchor, number, period }
    }
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
    /// What a full period costs: its price.
    pub fn whole_period(&self, price: Priced, period: Span) -> Part {
        let net = price.net(self.price_rounding);
        Part { net, gross: price.list, derivation: self.full_period(price, period) }
    }

    /// What a period costs that is the rest of a full one from an instant on: its part of the price of that. How much of a
    /// price a change charges (`charge`) is no matter of it.
    pub fn first_period(&self, price: Priced, full: Span, period: Span) -> Part {
        let count = self.rest_of(full, period.from, price.cycle);
        let mut derivation = Derivation { basis: Basis::FirstPeriod, ..self.part_of_price(price, count) };
        let net = if self.carries() {
            // Nothing was rounded before it; what this line is off is carried to those of the changes in it.
            derivation.take_carry(Fraction::ZERO).0
        } else {
            derivation.replay()
        };
        let list = share(price.list, count.until - count.from, count.whole, self.terms.rounding);
        Part { net, gross: list.min(price.list).max(net), derivation }
    }
}
