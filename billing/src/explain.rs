//! Why an amount is what it is (N3): the derivation as data, made by the code that computes, and its replay to the same
//! minor units. What there is to say of it is in `explain/told.rs`, the sentences a file per language beside it, and the
//! explanation of a whole document in `explain/document.rs`.

mod credits;
mod de;
mod document;
mod en;
mod exact;
mod ja;
mod language;
mod line;
mod metered;
#[cfg(test)]
mod tests;
mod told;

use serde::{Deserialize, Serialize};

pub use credits::plan_credits;
pub use document::{Explanation, LineExplanation, TaxTotal};
pub use language::Language;
pub use line::Replay;
pub use metered::unit;

use crate::carry::stray;
use crate::discount::Discount;
use crate::extension::PartOfValue;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::policy::{Cut, Denominator, PolicyRef, Remainder, RoundingStage, Side, TimeUnit};
use crate::proration::{Count, TWELFTHS, spans_two};
use crate::share::{Rounding, divide, share, share_in_steps};

/// How one amount was found, step by step in the order of its fields: the part `[from, until)` of a line over
/// `[0, whole)`, the discount on the part, the old side it is netted with, the price of what was used, the value that buys
/// the part, the cap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derivation {
    /// The policy that set the rules.
    pub policy: PolicyRef,
    /// What is shared.
    pub basis: Basis,
    /// The amount that is shared, for `whole`.
    pub line: Money,
    /// The list price of a full cycle, where a discount counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<Money>,
    /// What was taken off the list price to make `line`, where that is the price of a full cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_discount: Option<Box<Discount>>,
    /// The unit of `from`, `until` and `whole`; they are in twelfths of it where the denominator is the days of a year.
    pub unit: TimeUnit,
    /// Where the part begins.
    pub from: i64,
    /// Where the part ends. Twice the whole where another full period after it counts with it: a first period that is joined
    /// with the one after it.
    pub until: i64,
    /// The length of the whole line; positive.
    pub whole: i64,
    /// Why the whole is so long.
    #[serde(default = "actual", skip_serializing_if = "is_actual")]
    pub denominator: Denominator,
    /// Does the part count, all of it, or nothing?
    #[serde(default, skip_serializing_if = "is_prorated")]
    pub side: Side,
    /// Where on the way was rounded.
    #[serde(default, skip_serializing_if = "is_at_line")]
    pub stage: RoundingStage,
    /// How the rest was found.
    pub remainder: Remainder,
    /// What became of parts of a minor unit.
    pub rounding: Rounding,
    /// Where roundings are carried through a period: by how many minor units the lines before this one are off, in its
    /// own direction: of a charge above what is exact, of a credit below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carry: Option<Fraction>,
    /// A discount that was taken off the part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Box<DiscountOnPart>>,
    /// The old side, where the difference of the prices was shared and not each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_of: Option<Box<NetOf>>,
    /// What the used part costs, where that is kept and the rest of `line` given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Box<UsedAt>>,
    /// Of days that are bought: the part of the value that this line takes, whatever its time would cost. The part of the
    /// whole is what it buys then, and can be more than it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_value: Option<Box<PartOfValue>>,
    /// The plan credits that were not used, where those bound what is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unused: Option<Unused>,
    /// The most it may be: of a credit what was billed, of a charge one full period.
    pub cap: Money,
    /// Where the day of the change went.
    pub cut: Cut,
}

/// What a derivation shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// What was billed for the covered time: credits come from coverage (N2).
    Billed,
    /// The price of one full period.
    Price,
    /// Of what is given back: the price that one full period has today.
    PriceNow,
    /// Of what is given back: what days were bought for.
    Bought,
    /// The price of one full period, of which the time of a trial costs nothing.
    Trial,
    /// The price of one full period, of which the first one, up to the bill day, is a part.
    FirstPeriod,
    /// The setup price of one unit, which is charged once for each, for no time.
    Once,
    /// The price of a trial, which is charged once, for no time; where it was charged in part before (`net_of`), the rest.
    TrialPrice,
}

/// A discount that is taken off a part of the list price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountOnPart {
    /// The discount for a full cycle.
    pub discount: Discount,
    /// Does a fixed amount count in full, or in the same part?
    pub in_full: bool,
}

/// The old side of a difference: `amount = credit + (line − price) × part`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetOf {
    /// The old price of a full cycle.
    pub price: Money,
    /// What is given back of it.
    pub credit: Money,
}

/// A claw-back: `amount = line − price × used ÷ whole`, never below nothing (M6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedAt {
    /// The price for `whole`.
    pub price: Money,
    /// How much was used.
    pub used: i64,
    /// What the price is for; positive.
    pub whole: i64,
    /// The unit of both.
    pub unit: TimeUnit,
}

/// The unused plan credits of a line: no more of it is given back than `cap × left ÷ of` (T5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unused {
    /// How many are left.
    pub left: i64,
    /// How many the plan gave; positive.
    pub of: i64,
}

fn actual() -> Denominator {
    Denominator::Period
}

fn is_actual(denominator: &Denominator) -> bool {
    *denominator == Denominator::Period
}

fn is_prorated(side: &Side) -> bool {
    *side == Side::Prorated
}

fn is_at_line(stage: &RoundingStage) -> bool {
    *stage == RoundingStage::Line
}

impl Derivation {
    /// The amount, computed again from the derivation alone; never negative, never above the cap.
    pub fn replay(&self) -> Money {
        let amount = match self.side {
            Side::None => Money::zero(self.line.currency),
            Side::Full if self.basis == Basis::Once => self.line.times(self.until - self.from),
            Side::Full if self.basis == Basis::TrialPrice => self.line - self.charged_for_trial(),
            Side::Full => self.line,
            Side::Prorated => self.prorated(),
        };
        amount.min(self.cap).min(self.unused_worth()).or_zero()
    }

    /// The derivation as a sentence, or a few short ones, for the person whom the amount concerns.
    ///
    /// ```
    /// # use billing::{explain::*, money::*, policy::*, share::Rounding};
    /// # let eur = |text| Money::parse(text, Currency::parse("EUR").unwrap()).unwrap();
    /// # let derivation = Derivation {
    /// #     policy: "vps@1".to_owned().try_into().unwrap(), basis: Basis::Price, line: eur("19.00"), list: None,
    /// #     list_discount: None, unit: TimeUnit::Day, from: 14, until: 28, whole: 28, denominator: Denominator::Period,
    /// #     side: Side::Prorated, stage: RoundingStage::Line, remainder: Remainder::Complement,
    /// #     rounding: Rounding::HalfAway, carry: None, discount: None, net_of: None, used_at: None, of_value: None,
    /// #     unused: None, cap: eur("19.00"), cut: Cut::ChangeDay,
    /// # };
    /// assert_eq!(
    ///     derivation.sentence(Language::English),
    ///     "19.00 EUR for 28 days; 14 of them remain, the day of the change included: 9.50 EUR."
    /// );
    /// ```
    pub fn sentence(&self, language: Language) -> String {
        let told = told::Told::of(self);
        let sentence = match language {
            Language::English => en::sentence(&told),
            Language::German => de::sentence(&told),
            Language::Japanese => ja::sentence(&told),
        };
        if self.basis != Basis::PriceNow {
            return sentence;
        }
        let first = match language {
            Language::English => en::AT_TODAYS_PRICE,
            Language::German => de::AT_TODAYS_PRICE,
            Language::Japanese => ja::AT_TODAYS_PRICE,
        };
        format!("{first}{sentence}")
    }

    /// The units of time that count.
    pub fn counted(&self) -> i64 {
        (self.until - self.from) / self.parts_of_a_unit()
    }

    /// The units of the whole, and the twelfths of one that are left over.
    pub fn counted_whole(&self) -> (i64, i64) {
        let parts = self.parts_of_a_unit();
        (self.whole / parts, self.whole % parts)
    }

    /// Does another full period count, after the part of the whole?
    pub fn is_joined(&self) -> bool {
        let covers_time = !matches!(self.basis, Basis::Once | Basis::TrialPrice);
        self.of_value.is_none() && covers_time && spans_two(self.until, self.whole, self.denominator)
    }

    /// What was charged for a trial before this.
    fn charged_for_trial(&self) -> Money {
        self.net_of.as_deref().map_or(Money::zero(self.line.currency), |before| before.price)
    }

    fn parts_of_a_unit(&self) -> i64 {
        if matches!(self.denominator, Denominator::YearDays(_)) { TWELFTHS } else { 1 }
    }

    /// The same of another part of the whole.
    pub(crate) fn count(&mut self, part: Count) {
        (self.from, self.until, self.whole) = (part.from, part.until, part.whole);
    }

    /// By how much the lines are off after this one; none where nothing is carried.
    pub fn carried_on(&self) -> Option<Fraction> {
        self.carry.map(|before| before + self.excess(self.part(self.line)))
    }

    /// Carries to the line what those before it are off; its amount, and what is carried on from it. Nothing is where
    /// something else than its time says what it is.
    #[inline]
    pub(crate) fn take_carry(&mut self, before: Fraction) -> (Money, Option<Fraction>) {
        if self.side == Side::Prorated && self.used_at.is_none() && self.net_of.is_none() {
            let part = self.part(self.line);
            let after = before + self.excess(part);
            let amount = part + Money::new(stray(before, after), part.currency);
            if !amount.is_negative() && amount <= self.cap.min(self.unused_worth()) {
                self.carry = Some(before);
                return (amount, Some(after));
            }
        }
        (self.replay(), None)
    }

    /// The whole minor units that the line takes or leaves, because those before it left or took as many in parts.
    fn stray(&self, part: Money) -> Money {
        let units = self.carry.filter(|before| !before.is_zero());
        let units = units.map_or(0, |before| stray(before, before + self.excess(part)));
        Money::new(units, part.currency)
    }

    /// By how much a rounded part is above the exact one, in minor units.
    #[inline]
    pub(crate) fn excess(&self, part: Money) -> Fraction {
        Fraction::beside(part.minor, self.whole, self.line.minor, self.until - self.from)
    }

    /// What the unused plan credits are worth; the cap where they do not count.
    #[inline]
    fn unused_worth(&self) -> Money {
        self.unused.map_or(self.cap, |unused| share(self.cap, unused.left, unused.of, self.rounding))
    }

    fn prorated(&self) -> Money {
        if let Some(part) = self.of_value.as_deref() {
            return part.of_price(self.line, self.rounding);
        }
        if let Some(used) = self.used_at.as_deref() {
            return self.line - self.cost_of(used);
        }
        if let Some(old) = self.net_of.as_deref() {
            return old.credit + self.part(self.line - old.price);
        }
        let part = self.part(self.line);
        part - self.off(part) + self.stray(part)
    }

    /// What the used part costs.
    fn cost_of(&self, used: &UsedAt) -> Money {
        share(used.price, used.used, used.whole, self.rounding)
    }

    /// What the discount takes off a part, and off a full period after it by itself.
    fn off(&self, part: Money) -> Money {
        let Some(DiscountOnPart { discount, in_full }) = self.discount.as_deref().copied() else {
            return Money::zero(part.currency);
        };
        let (after, off_after) = if self.is_joined() {
            (self.line, discount.off(self.line, self.rounding))
        } else {
            let nothing = Money::zero(part.currency);
            (nothing, nothing)
        };
        let part = part - after;
        let of_part = match discount {
            Discount::Amount(fixed) if !in_full => {
                let of_joined = if self.is_joined() { fixed } else { Money::zero(part.currency) };
                Discount::Amount(self.part(fixed) - of_joined)
            }
            discount => discount,
        };
        of_part.off(part, self.rounding) + off_after
    }

    /// This part of an amount, by the stage of rounding.
    #[inline(always)]
    pub(crate) fn part(&self, amount: Money) -> Money {
        match self.remainder {
            Remainder::Rounded => self.first(amount, self.until - self.from),
            Remainder::Complement if self.from == 0 => self.first(amount, self.until),
            Remainder::Complement if self.until == self.whole => amount - self.first(amount, self.from),
            Remainder::Complement => self.first(amount, self.until) - self.first(amount, self.from),
        }
    }

    /// The first `units` of an amount for `whole`.
    // Asked some thirty times by a quote, nearly always of nothing or of all.
    #[inline(always)]
    fn first(&self, amount: Money, units: i64) -> Money {
        if units == self.whole {
            return amount;
        }
        if units == 0 {
            return Money::zero(amount.currency);
        }
        if units > self.whole && self.is_joined() {
            return amount + self.within(amount, units - self.whole);
        }
        self.within(amount, units)
    }

    /// The same of one whole.
    #[inline(always)]
    fn within(&self, amount: Money, units: i64) -> Money {
        if units == self.whole {
            return amount;
        }
        match self.stage {
            RoundingStage::Line => share(amount, units, self.whole, self.rounding),
            RoundingStage::Step(step) => share_in_steps(amount, units, self.whole, step, self.rounding),
            RoundingStage::UnitRate => share(amount, 1, self.whole, self.rounding).times(units),
            RoundingStage::Factor(digits) => {
                let scale = 10_i128.pow(u32::from(digits));
                let factor = divide(i128::from(units) * scale, i128::from(self.whole), self.rounding);
                let minor = divide(i128::from(amount.minor) * factor, scale, self.rounding);
                Money::new(i64::try_from(minor).expect("a part past 64 bits"), amount.currency)
            }
        }
    }
}
