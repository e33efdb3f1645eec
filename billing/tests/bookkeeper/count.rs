//! How much of a price a part of its period is, by the definition of each term. Time is subtracted, walked or numbered;
//! money is an exact fraction until the one place where the term says that it is rounded.

use billing::calendar::Cycle;
use billing::policy::{
    Carrying, CreditBasis, Cut, Denominator, DiscountOrder, FixedDiscount, Netting, PeriodEnd, Remainder,
    RoundingStage, Terms, TimeUnit,
};
use jiff::Timestamp;

use crate::days::{Clock, days_360, days_of_months, nominal_days, twelfths};
use crate::fraction::Fraction;
use crate::shop::Off;

/// Terms, and the clock by which they cut and count days.
#[derive(Clone, Copy)]
pub struct Measure<'a> {
    pub terms: &'a Terms,
    /// The policy's own: what a full period costs is no matter of rules.
    pub own: &'a Terms,
    pub clock: &'a Clock,
}

/// The part from one unit to another of a whole, and whole ones after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub from: i64,
    pub until: i64,
    pub whole: i64,
    pub after: i64,
}

/// Two full periods in one: when the first began, of which there is a rest, and when the second begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joint {
    pub begun: Timestamp,
    pub at: Timestamp,
}

/// A price of a full cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullPrice {
    pub list: i64,
    pub off: Option<Off>,
    pub cycle: Cycle,
}

impl FullPrice {
    pub fn net(&self, terms: &Terms) -> i64 {
        self.list - self.off.map_or(0, |off| off.of(self.list, terms.rounding))
    }

    /// The amount whose time is shared: before or after the discount.
    pub fn shared(&self, measure: &Measure<'_>) -> i64 {
        match measure.terms.discount_order {
            DiscountOrder::DiscountThenProrate => self.net(measure.own),
            DiscountOrder::ProrateThenDiscount => self.list,
        }
    }
}

impl Measure<'_> {
    /// Units of time from one instant to another.
    pub fn units(&self, from: Timestamp, until: Timestamp) -> i64 {
        let seconds = until.as_second() - from.as_second();
        match self.terms.unit {
            TimeUnit::Second => seconds,
            TimeUnit::Minute => seconds / 60,
            TimeUnit::Hour => seconds / 3600,
            TimeUnit::Day => self.clock.days(from, until),
            TimeUnit::Month => self.clock.months_begun(from, until),
        }
    }

    /// From when one side of a change counts.
    pub fn cut(&self, cut: Cut, at: Timestamp) -> Timestamp {
        match cut {
            Cut::Instant => at,
            Cut::ChangeDay => self.clock.today(at),
            Cut::NextDay => self.clock.tomorrow(at),
        }
    }

    /// The part from an instant to the end of a full period. Whoever has all of it pays for all of it, however long the
    /// calendar makes it.
    pub fn rest(&self, full_from: Option<Timestamp>, until: Timestamp, from: Timestamp, cycle: Cycle) -> Part {
        let whole = match (self.terms.denominator, full_from) {
            (Denominator::Period, Some(full_from)) => {
                let end = i64::from(self.terms.period_end == PeriodEnd::MinusOneSecond);
                self.units(full_from, until) - end
            }
            (Denominator::Period, None) => unreachable!("a period has a start"),
            (Denominator::FixedDays(days), _) => days_of_months(cycle, days.into()),
            // A month is a twelfth of so many days, and a day twelve times a twelfth.
            (Denominator::YearDays(days), _) => twelfths(cycle, days.into()),
            (Denominator::Nominal, _) => nominal_days(cycle),
            (Denominator::Thirty360, _) => days_of_months(cycle, 30),
        };
        let whole = whole.max(1);
        if full_from.is_some_and(|full_from| from <= full_from) {
            return Part { from: 0, until: whole, whole, after: 0 };
        }
        match (self.terms.denominator, full_from) {
            (Denominator::Period, Some(full_from)) => {
                Part { from: self.units(full_from, from).min(whole), until: whole, whole, after: 0 }
            }
            (Denominator::Thirty360, _) => {
                Part { from: 0, until: days_360(self.clock.date(from), self.clock.date(until)), whole, after: 0 }
            }
            (Denominator::YearDays(_), _) => Part { from: 0, until: 12 * self.units(from, until), whole, after: 0 },
            _ => Part { from: 0, until: self.units(from, until), whole, after: 0 },
        }
    }

    /// The same where a first period may be two: who has some of the one, never more than all of it, has all of the other.
    pub fn rest_of_two(
        &self,
        joint: Option<Joint>,
        full_from: Timestamp,
        until: Timestamp,
        from: Timestamp,
        cycle: Cycle,
    ) -> Part {
        match joint {
            Some(joint) if from < joint.at => {
                let part = self.rest(Some(joint.begun), joint.at, from, cycle);
                Part { until: part.until.min(part.from + part.whole), after: 1, ..part }
            }
            Some(joint) => self.rest(Some(joint.at), until, from, cycle),
            None => self.rest(Some(full_from), until, from, cycle),
        }
    }

    /// The first units of an amount, rounded where the terms say.
    fn first(&self, amount: i64, units: i64, whole: i64) -> i64 {
        let mode = self.terms.rounding;
        let share = Fraction::new(units.into(), whole.into());
        match self.terms.rounding_stage {
            _ if units == whole => amount,
            RoundingStage::Line => (Fraction::whole(amount) * share).round(mode),
            RoundingStage::Step(step) => {
                let step = i64::from(step);
                let stepped = (Fraction::new(amount.into(), step.into()) * share).round(mode) * step;
                // A price that is none of whole steps is never passed.
                if amount < 0 { stepped.max(amount) } else { stepped.min(amount) }
            }
            RoundingStage::UnitRate => Fraction::new(amount.into(), whole.into()).round(mode) * units,
            RoundingStage::Factor(digits) => (Fraction::whole(amount) * share.round_to(digits, mode)).round(mode),
        }
    }

    /// A part of an amount: rounded itself, or what rounding what comes before it leaves.
    pub fn part(&self, amount: i64, part: Part, remainder: Remainder) -> i64 {
        let of_one = match remainder {
            Remainder::Rounded => self.first(amount, part.until - part.from, part.whole),
            Remainder::Complement => {
                self.first(amount, part.until, part.whole) - self.first(amount, part.from, part.whole)
            }
        };
        of_one + amount * part.after
    }

    /// Do pieces of a period make up for one another's roundings? Where all that is rounded is parts of one price.
    pub fn carries(&self) -> bool {
        let Terms { carry, denominator, rounding_stage, discount_order, netting, credit_basis, .. } = self.terms;
        *carry == Carrying::ItemPeriod
            && (*netting, *credit_basis) == (Netting::Lines, CreditBasis::Billed)
            && (*denominator, *rounding_stage) == (Denominator::Period, RoundingStage::Line)
            && *discount_order == DiscountOrder::DiscountThenProrate
    }

    /// What a part of a price is before anything is rounded, after its discount.
    pub fn exact(&self, price: FullPrice, part: Part) -> Fraction {
        let net = price.net(self.own);
        let of_one = Fraction::new(i128::from(net) * i128::from(part.until - part.from), part.whole.into());
        of_one + Fraction::whole(net * part.after)
    }

    /// What a part is worth at the list price.
    pub fn at_list(&self, list: i64, part: Part) -> i64 {
        let worth = Fraction::new(i128::from(list) * i128::from(part.until - part.from), part.whole.into());
        worth.round(self.terms.rounding).min(list) + list * part.after
    }

    /// Only parts of one whole can be what the other parts leave.
    pub fn remainder(&self) -> Remainder {
        match self.terms.denominator {
            Denominator::Period => self.terms.remainder,
            _ => Remainder::Rounded,
        }
    }

    /// A part of a price less its discount, at most the price and at least nothing.
    pub fn part_of_price(&self, price: FullPrice, part: Part) -> i64 {
        self.part_uncapped(price, part).min(price.net(self.own) * (1 + part.after)).max(0)
    }

    pub fn part_uncapped(&self, price: FullPrice, part: Part) -> i64 {
        if part.after > 0 {
            let whole = Part { from: 0, until: part.whole, whole: part.whole, after: 0 };
            let of_one = self.part_uncapped(price, Part { after: 0, ..part });
            return of_one + self.part_uncapped(price, whole) * part.after;
        }
        let shared = self.part(price.shared(self), part, self.remainder());
        let Some(off) = price.off.filter(|_| self.terms.discount_order == DiscountOrder::ProrateThenDiscount) else {
            return shared;
        };
        let off = match off {
            Off::Amount(fixed) if self.terms.fixed_discount == FixedDiscount::Prorated => {
                Off::Amount(self.part(fixed, part, self.remainder()))
            }
            off => off,
        };
        shared - off.of(shared, self.terms.rounding)
    }
}
