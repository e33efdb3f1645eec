//! Proration: how much of a period a part of it is, counted under the terms of a policy. Time in, whole numbers out;
//! the money of a part is a [`Derivation`]'s, which rounds in one place.

use jiff::Timestamp;

use crate::calendar::{Cycle, CycleUnit, Span, Zone, days_360};
use crate::discount::Discount;
use crate::explain::{Basis, Derivation, DiscountOnPart};
use crate::first_period::Full;
use crate::money::Money;
use crate::policy::{
    Carrying, CreditBasis, Cut, DayZone, Denominator, DiscountOrder, FixedDiscount, Netting, PeriodEnd, PolicyRef,
    Remainder, RoundingStage, Side, Terms, TimeUnit,
};
use crate::share::{Rounding, share};

/// The part `[from, until)` of a whole, in the unit of its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Where the part begins.
    pub from: i64,
    /// Where it ends.
    pub until: i64,
    /// The length of the whole; positive.
    pub whole: i64,
}

/// The terms that count a change, with all that counting needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Counting<'a> {
    /// The policy, for the stamp on lines.
    pub policy: &'a PolicyRef,
    /// The terms.
    pub terms: &'a Terms,
    /// The zone in which its days are cut and counted.
    pub zone: &'a Zone,
    /// How the discounted price of a full cycle is rounded: as invoices of periods have it, whatever a rule rounds otherwise.
    pub price_rounding: Rounding,
}

/// A price for one full cycle, and what is taken off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// Before any discount.
    pub list: Money,
    /// What is taken off a full cycle.
    pub discount: Option<Discount>,
    /// The cycle.
    pub cycle: Cycle,
}

impl Priced {
    /// What a full cycle costs.
    #[inline]
    pub fn net(&self, rounding: Rounding) -> Money {
        self.list - self.discount.map_or(Money::zero(self.list.currency), |discount| discount.off(self.list, rounding))
    }
}

impl DayZone {
    /// The zone of these terms, of the customer's and the storefront's.
    pub fn of<'a>(self, customer: &'a Zone, seller: &'a Zone) -> &'a Zone {
        match self {
            Self::Customer => customer,
            Self::Seller => seller,
            Self::Utc => Zone::utc_ref(),
        }
    }
}

impl<'a> Counting<'a> {
    /// The length of a span in the unit of the terms.
    pub fn measure(&self, span: Span) -> i64 {
        let seconds = || span.until.as_second() - span.from.as_second();
        match self.terms.unit {
            TimeUnit::Second => seconds(),
            TimeUnit::Minute => seconds().div_euclid(60),
            TimeUnit::Hour => seconds().div_euclid(3600),
            TimeUnit::Day => self.zone.days_between(span.from, span.until),
            TimeUnit::Month => self.zone.months_begun(span.from, span.until),
        }
    }

    /// The length of a span up to an instant, and all of it.
    pub fn measure_to(&self, span: Span, instant: Timestamp) -> [i64; 2] {
        match self.terms.unit {
            TimeUnit::Day => self.zone.days_to(span.from, [instant, span.until]),
            _ => [self.measure(Span { from: span.from, until: instant }), self.measure(span)],
        }
    }

    /// Where a change at an instant begins to count on one side.
    pub fn cut(&self, cut: Cut, at: Timestamp) -> Timestamp {
        cut.of(at, self.zone)
    }

    /// The count of the rest of a full period, from an instant to the period's end.
    pub fn rest_of(&self, full: Span, from: Timestamp, cycle: Cycle) -> Count {
        let all = |whole: i64| Count { from: 0, until: whole.max(1), whole: whole.max(1) };
        if from <= full.from {
            // A full period costs its price, however many days the calendar gives it.
            return all(match self.terms.denominator {
                Denominator::Period => self.whole_of(full),
                Denominator::FixedDays(days) => fixed_days(days, cycle),
                Denominator::YearDays(days) => year_days(days, cycle),
                Denominator::Nominal => cycle.nominal_days(),
                Denominator::Thirty360 => fixed_days(30, cycle),
            });
        }
        let rest = Span { from, until: full.until };
        match self.terms.denominator {
            Denominator::Period => {
                let whole = self.whole_of(full).max(1);
                Count { from: self.measure(Span { from: full.from, until: from }).min(whole), until: whole, whole }
            }
            Denominator::FixedDays(days) => {
                Count { from: 0, until: self.measure(rest), whole: fixed_days(days, cycle).max(1) }
            }
            Denominator::YearDays(days) => {
                let until = TWELFTHS * self.measure(rest);
                Count { from: 0, until, whole: year_days(days, cycle).max(1) }
            }
            Denominator::Nominal => Count { from: 0, until: self.measure(rest), whole: cycle.nominal_days() },
            Denominator::Thirty360 => {
                let days = days_360(self.zone.date(rest.from), self.zone.date(rest.until));
                Count { from: 0, until: days, whole: fixed_days(30, cycle).max(1) }
            }
        }
    }

    /// The same of a first period that may be joined with the full one after it. From within the first of the two its rest
    /// counts, and all of the second as another whole: twice the whole, less what is before.
    pub fn rest_of_full(&self, full: Full, from: Timestamp, cycle: Cycle) -> Count {
        let Full { span, joint } = full;
        match joint {
            None => self.rest_of(span, from, cycle),
            Some(joint) if joint <= from => self.rest_of(Span { from: joint, ..span }, from, cycle),
            Some(joint) => {
                let Count { from, until, whole } = self.rest_of(Span { until: joint, ..span }, from, cycle);
                // By a rule that knows no calendar a rest can have more days than a whole; it costs no more.
                Count { from: (whole - (until - from)).max(0), until: 2 * whole, whole }
            }
        }
    }

    /// Is it the rest of a full period and the one after it?
    #[inline]
    fn is_joined(&self, count: Count) -> bool {
        spans_two(count.until, count.whole, self.terms.denominator)
    }

    /// What a part of a list price is worth; of each full period at most that.
    pub fn at_list(&self, list: Money, count: Count) -> Money {
        let units = count.until - count.from;
        if self.is_joined(count) {
            return list + share(list, units - count.whole, count.whole, self.terms.rounding).min(list);
        }
        share(list, units, count.whole, self.terms.rounding).min(list)
    }

    fn whole_of(&self, full: Span) -> i64 {
        match self.terms.period_end {
            PeriodEnd::Exclusive => self.measure(full),
            PeriodEnd::MinusOneSecond => self.measure(full) - 1,
        }
    }

    /// Is what rounding leaves over carried? Only parts of one whole, rounded once, have an exact sum to be held to.
    pub fn carries(&self) -> bool {
        let terms = self.terms;
        terms.carry == Carrying::ItemPeriod
            && terms.denominator == Denominator::Period
            && terms.rounding_stage == RoundingStage::Line
            && terms.discount_order == DiscountOrder::DiscountThenProrate
            && terms.netting == Netting::Lines
            && terms.credit_basis == CreditBasis::Billed
    }

    /// How the remainder of a line is found where it is counted so: only parts of one whole can add up to it.
    fn remainder(&self) -> Remainder {
        match self.terms.denominator {
            Denominator::Period => self.terms.remainder,
            _ => Remainder::Rounded,
        }
    }

    /// The charge for all of a full period.
    pub fn full_period(&self, price: Priced, full: Span) -> Derivation {
        self.part_of_price(price, self.rest_of(full, full.from, price.cycle))
    }

    /// The charge for the rest of a full period from an instant to its end.
    pub fn charge_rest(&self, price: Priced, full: Span, from: Timestamp) -> Derivation {
        self.charge_part(price, self.rest_of(full, from, price.cycle))
    }

    /// The charge for a part of a full period.
    #[inline(always)]
    pub fn charge_part(&self, price: Priced, count: Count) -> Derivation {
        let mut part = self.part_of_price(price, count);
        part.side = self.terms.charge;
        part.cut = self.terms.charge_from;
        part
    }

    /// A part of the price of a full cycle, less its discount, by the order of the terms.
    // Put together where the line of a quote stays: what is copied right after it was written waits for that.
    #[inline(always)]
    pub fn part_of_price(&self, price: Priced, count: Count) -> Derivation {
        let Terms { rounding, discount_order, fixed_discount, .. } = *self.terms;
        let net = price.net(self.price_rounding);
        let first = discount_order == DiscountOrder::DiscountThenProrate;
        let on_part = price
            .discount
            .filter(|_| !first)
            .map(|discount| Box::new(DiscountOnPart { discount, in_full: fixed_discount == FixedDiscount::Full }));
        Derivation {
            policy: self.policy.clone(),
            basis: Basis::Price,
            line: if first { net } else { price.list },
            list: price.discount.is_some().then_some(price.list),
            list_discount: price.discount.filter(|_| first).map(Box::new),
            unit: self.terms.unit,
            from: count.from,
            until: count.until,
            whole: count.whole,
            denominator: self.terms.denominator,
            side: Side::Prorated,
            stage: self.terms.rounding_stage,
            remainder: self.remainder(),
            rounding,
            carry: None,
            discount: on_part,
            net_of: None,
            used_at: None,
            of_value: None,
            unused: None,
            cap: if self.is_joined(count) { net.times(2) } else { net },
            cut: self.terms.charge_from,
        }
    }
}

/// Does a part of a whole end with the end of another whole after it? Only a first period that is joined with the full one
/// after it does. Months of fewer days than any has are left out, and are refused beside such a period: an ordinary rest
/// could count as much.
#[inline]
pub(crate) fn spans_two(until: i64, whole: i64, denominator: Denominator) -> bool {
    until == 2 * whole && tells_two(denominator)
}

/// Is a rest of one full period never as long as two by this rule?
pub(crate) fn tells_two(denominator: Denominator) -> bool {
    !matches!(denominator, Denominator::FixedDays(..LEAST_DAYS))
}

/// The days of the shortest month.
const LEAST_DAYS: u16 = 28;

/// Where a policy fixes the days of a year, a day counts as so many parts, so that a month counts whole ones.
pub const TWELFTHS: i64 = 12;

/// What one full cycle counts as where a policy fixes the days of a year, in twelfths of a day.
pub fn year_days(days_of_a_year: u16, cycle: Cycle) -> i64 {
    let twelfths = match cycle.unit {
        CycleUnit::Day => TWELFTHS,
        CycleUnit::Week => 7 * TWELFTHS,
        CycleUnit::Month => i64::from(days_of_a_year),
        CycleUnit::Year => TWELFTHS * i64::from(days_of_a_year),
    };
    twelfths * i64::from(cycle.count)
}

/// What one full cycle counts as where a policy fixes the days of a month.
pub fn fixed_days(days_of_a_month: u16, cycle: Cycle) -> i64 {
    let days = match cycle.unit {
        CycleUnit::Day => 1,
        CycleUnit::Week => 7,
        CycleUnit::Month => i64::from(days_of_a_month),
        CycleUnit::Year => 12 * i64::from(days_of_a_month),
    };
    days * i64::from(cycle.count)
}
