//! What there is to say of a derivation, in no language yet: which shape it has, the amounts on the way, and what bounded
//! it. Every number is one that the replay computes.

use super::exact::{Stray, decimal, trimmed};
use super::{Basis, Derivation, NetOf, Unused, UsedAt};
use crate::extension::PartOfValue;
use crate::money::Money;
use crate::policy::{Denominator, Remainder, RoundingStage, Side};
use crate::share::{divide, share};

/// A derivation as it is told.
pub(super) struct Told<'a> {
    pub derivation: &'a Derivation,
    /// The amount.
    pub amount: Money,
    pub shape: Shape,
    /// What was found before it was bounded.
    pub found: Money,
    pub limit: Option<Limit>,
    /// What the amount was before it was rounded; never with a limit.
    pub stray: Option<Stray>,
    /// How the time was turned into money, where that is not by the plain fraction.
    pub way: Way,
}

/// What kind of sentence it is.
pub(super) enum Shape {
    /// Charged with the next period, and nothing now.
    Later,
    /// In a trial, and nothing now.
    Trial,
    /// Charged once, for so many units.
    Once(i64),
    /// Would be charged once, and is waived.
    Waived,
    /// The price of a trial, of which so much was charged before.
    TrialPrice { before: Option<Money> },
    /// Nothing of it counts.
    Nothing,
    /// All of it counts, however much time is left.
    Full,
    /// All of its time counts.
    Whole,
    /// A part of its time counts.
    Part,
    /// A discount was taken off the part.
    Discounted {
        /// The part before the discount.
        part: Money,
        stray: Option<Stray>,
        /// What was taken off.
        off: Money,
    },
    /// The difference of two prices was shared.
    Difference {
        price: Money,
        credit: Money,
        /// The difference of the prices, without its sign.
        change: Money,
        /// The part of it, without its sign.
        part: Money,
        /// Is the new price the higher one?
        up: bool,
        /// Is more charged than given back? As the price goes, unless the price of a unit of time was rounded past it.
        more: bool,
    },
    /// Bought with what was left of another basket.
    Bought {
        /// What was left.
        value: Money,
        /// What the whole basket costs for a full cycle.
        basket: Money,
        /// What a day of it costs, where that goes in whole minor units.
        each: Option<Money>,
        /// Was a part of a day rounded up?
        begun: bool,
        stray: Option<Stray>,
    },
    /// What was used is kept, at a price of its own.
    Used { used: UsedAt, cost: Money },
}

/// What bounded an amount.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    /// Never more than was billed, or than a full period costs.
    Cap(Money),
    /// The plan credits left.
    Unused(Unused, Money),
}

/// How time was turned into money.
pub(super) enum Way {
    /// By its fraction of the whole.
    Plain,
    /// By the price of a unit of time.
    Rate {
        /// The price of a unit.
        each: Money,
        stray: Option<Stray>,
        /// What the units before the part cost, where the part is what they leave.
        used: Option<Money>,
    },
    /// In whole steps of an amount.
    Steps {
        step: Money,
        /// What that before the part costs, where the part is what it leaves.
        used: Option<Money>,
    },
    /// By a fraction of so many decimals.
    Factor {
        /// The fraction, of the part or of what is before it.
        decimals: String,
        /// What that before the part costs, where the part is what it leaves.
        used: Option<Money>,
    },
}

impl Way {
    /// Is the part what that before it leaves?
    pub(super) fn is_rest(&self) -> bool {
        matches!(
            self,
            Self::Rate { used: Some(_), .. } | Self::Steps { used: Some(_), .. } | Self::Factor { used: Some(_), .. }
        )
    }
}

impl<'a> Told<'a> {
    /// What there is to say of a derivation.
    pub fn of(derivation: &'a Derivation) -> Self {
        let amount = derivation.replay();
        let shape = shape(derivation);
        let found = match shape {
            Shape::Later | Shape::Trial | Shape::Waived | Shape::Nothing => Money::zero(amount.currency),
            Shape::Full => derivation.line,
            Shape::Once(_) | Shape::TrialPrice { .. } => amount,
            _ => derivation.prorated(),
        };
        let limit = limit(derivation, found);
        let prorated = matches!(derivation.side, Side::Prorated);
        let by_time = prorated && derivation.of_value.is_none();
        let stray = (by_time && limit.is_none()).then(|| Stray::of_derivation(derivation, amount)).flatten();
        Self { derivation, amount, found, limit, stray, way: way(derivation, &shape), shape }
    }

    /// The units of time that count, without a full period after them.
    pub fn part(&self) -> i64 {
        let after = if self.derivation.is_joined() { self.derivation.counted_whole().0 } else { 0 };
        self.derivation.counted() - after
    }

    /// The units of the whole, written: `30`, or `30 5/12` where a month has a part of a day.
    pub fn whole_count(&self, count: impl Fn(i64) -> String) -> String {
        let (whole, twelfths) = self.derivation.counted_whole();
        // Of a year of 360 to 366 days; other twelfths are none.
        let (part, of) = [(6, 2), (4, 3), (3, 4), (2, 6)]
            .into_iter()
            .find_map(|(divisor, of)| (twelfths % divisor == 0).then_some((twelfths / divisor, of)))
            .unwrap_or((twelfths, 12));
        if twelfths == 0 { count(whole) } else { format!("{} {part}/{of}", count(whole)) }
    }

    /// Does all of the time count?
    pub fn is_whole(&self) -> bool {
        self.derivation.from == 0 && self.derivation.until == self.derivation.whole
    }

    /// Is there so little to say that price and part go into one sentence?
    pub fn is_short(&self) -> bool {
        let discounted = self.derivation.list.is_some() || self.derivation.discount.is_some();
        !discounted && matches!(self.way, Way::Plain)
    }

    /// What the whole counts as by rule, where no calendar says so.
    pub fn counts_as(&self) -> Option<Denominator> {
        let (denominator, whole) = (self.derivation.denominator, self.derivation.whole);
        let says = match denominator {
            Denominator::Period => false,
            Denominator::Nominal => true,
            // Of weeks and days the length of a month says nothing.
            // Whole twelfths of a day that are no days of a year are weeks and days.
            Denominator::YearDays(days) => days > 0 && whole % i64::from(days) == 0,
            Denominator::FixedDays(days) => days > 0 && whole % i64::from(days) == 0,
            Denominator::Thirty360 => whole % 30 == 0,
        };
        says.then_some(denominator)
    }

    /// Does it take or leave a minor unit, because the lines before it in its period left or took one in parts?
    pub fn makes_up(&self) -> bool {
        let derivation = self.derivation;
        derivation.carry.is_some() && !derivation.stray(derivation.part(derivation.line)).is_zero()
    }

    /// Did the time before the part take what rounding left over?
    pub fn rest_is_with_time_before(&self) -> bool {
        // The time before a first period belongs to nobody.
        let of_line = self.derivation.basis != Basis::FirstPeriod;
        of_line
            && !self.makes_up()
            && is_rest(self.derivation)
            && matches!(self.shape, Shape::Part | Shape::Difference { .. })
    }
}

/// Is the part what the used time before it leaves?
fn is_rest(derivation: &Derivation) -> bool {
    derivation.remainder == Remainder::Complement && derivation.from > 0 && derivation.until == derivation.whole
}

fn shape(derivation: &Derivation) -> Shape {
    let part = derivation.until - derivation.from;
    match derivation.side {
        Side::None if derivation.basis == Basis::Once => return Shape::Waived,
        Side::Full if derivation.basis == Basis::Once => return Shape::Once(part),
        Side::Full if derivation.basis == Basis::TrialPrice => {
            return Shape::TrialPrice { before: derivation.net_of.as_deref().map(|before| before.price) };
        }
        Side::None if derivation.basis == Basis::Trial => return Shape::Trial,
        Side::None if derivation.basis == Basis::Price && part == 0 => return Shape::Later,
        Side::None => return Shape::Nothing,
        Side::Full => return Shape::Full,
        Side::Prorated => {}
    }
    if let Some(PartOfValue { value, basket, .. }) = derivation.of_value.as_deref().copied() {
        return bought(derivation, value, basket);
    }
    if let Some(used) = derivation.used_at.as_deref().copied() {
        return Shape::Used { used, cost: derivation.cost_of(&used) };
    }
    let positive = |amount: Money| if amount.is_negative() { -amount } else { amount };
    if let Some(NetOf { price, credit }) = derivation.net_of.as_deref().copied() {
        let change = derivation.line - price;
        let part = derivation.part(change);
        let (up, more) = (!change.is_negative(), !part.is_negative());
        return Shape::Difference { price, credit, change: positive(change), part: positive(part), up, more };
    }
    if derivation.discount.is_some() {
        let part = derivation.part(derivation.line);
        let by_fraction = derivation.stage == RoundingStage::Line;
        let units = derivation.until - derivation.from;
        let stray = Stray::of_share(part, derivation.line, units, derivation.whole).filter(|_| by_fraction);
        return Shape::Discounted { part: part.or_zero(), stray, off: derivation.off(part) };
    }
    if derivation.from == 0 && part == derivation.whole { Shape::Whole } else { Shape::Part }
}

fn bought(derivation: &Derivation, value: Money, basket: Money) -> Shape {
    let whole = derivation.whole;
    let each = (basket.minor % whole == 0).then(|| share(basket, 1, whole, derivation.rounding));
    let cost = i128::from(basket.minor) * i128::from(derivation.until - derivation.from);
    let begun = cost > i128::from(value.minor) * i128::from(whole);
    let stray = Stray::of_share(derivation.prorated(), value, derivation.line.minor, basket.minor);
    Shape::Bought { value, basket, each, begun, stray }
}

fn limit(derivation: &Derivation, found: Money) -> Option<Limit> {
    let worth = derivation.unused_worth();
    match derivation.unused {
        Some(unused) if worth < derivation.cap && found > worth => Some(Limit::Unused(unused, worth)),
        _ if found > derivation.cap => Some(Limit::Cap(derivation.cap)),
        _ => None,
    }
}

fn way(derivation: &Derivation, shape: &Shape) -> Way {
    let shared = match shape {
        Shape::Part | Shape::Discounted { .. } => derivation.line,
        Shape::Difference { change, .. } => *change,
        _ => return Way::Plain,
    };
    let part = derivation.until - derivation.from;
    if part == 0 || part == derivation.whole {
        return Way::Plain;
    }
    let used = is_rest(derivation).then(|| derivation.first(shared, derivation.from));
    match derivation.stage {
        RoundingStage::Line => Way::Plain,
        RoundingStage::Step(step) => Way::Steps { step: Money::new(step.into(), shared.currency), used },
        RoundingStage::UnitRate => {
            let each = share(shared, 1, derivation.whole, derivation.rounding);
            Way::Rate { each, stray: Stray::of_share(each, shared, 1, derivation.whole), used }
        }
        RoundingStage::Factor(digits) => {
            let units = if used.is_some() { derivation.from } else { part };
            let scale = 10_i128.pow(u32::from(digits));
            let factor = divide(i128::from(units) * scale, i128::from(derivation.whole), derivation.rounding);
            Way::Factor { decimals: trimmed(&decimal(factor, u32::from(digits))), used }
        }
    }
}
