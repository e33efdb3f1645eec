//! Why an amount is what it is (N3): the derivation as data, made by the code that computes; its replay to the same
//! minor units; and its sentence in English.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::policy::{Cut, Granularity, PolicyRef, Remainder};
use crate::share::{Rounding, part_of, share};

/// How one amount was found: the part `[from, until)` of a line over `[0, whole)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derivation {
    /// The policy that set the rules.
    pub policy: PolicyRef,
    /// What is shared.
    pub basis: Basis,
    /// The amount that is shared, for `whole`.
    pub line: Money,
    /// The unit of `from`, `until` and `whole`.
    pub unit: Granularity,
    /// Where the part begins.
    pub from: i64,
    /// Where the part ends.
    pub until: i64,
    /// The length of the whole line.
    pub whole: i64,
    /// How the rest was found.
    pub remainder: Remainder,
    /// What became of parts of a minor unit.
    pub rounding: Rounding,
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
}

impl Derivation {
    /// The amount, computed again from the derivation alone; never negative, never above the cap.
    pub fn replay(&self) -> Money {
        let amount = match self.remainder {
            Remainder::Complement => part_of(self.line, self.from, self.until, self.whole, self.rounding),
            Remainder::Rounded => share(self.line, self.until - self.from, self.whole, self.rounding),
        };
        amount.min(self.cap).or_zero()
    }

    /// The derivation as a sentence in English.
    pub fn sentence(&self) -> String {
        let part = self.until - self.from;
        let unit = match (self.unit, self.whole) {
            (Granularity::Day, 1) => "day",
            (Granularity::Day, _) => "days",
            (Granularity::Second, _) => "seconds",
        };
        let what = match self.basis {
            Basis::Billed => "was billed",
            Basis::Price => "is the price",
        };
        let whole = self.whole;
        if part == whole && self.replay() == self.line {
            return format!("{} {what} for {whole} {unit}; all of it counts.", self.line);
        }
        let day = match self.cut {
            Cut::Instant => "counted to the second of the change",
            Cut::ChangeDay => "the day of the change counts",
            Cut::NextDay => "counted from the day after the change",
        };
        let capped = if self.replay() == self.cap && self.cap < self.line { ", and no more than that" } else { "" };
        let amount = self.replay();
        format!("{} {what} for {whole} {unit}; {part} of {whole} {unit} remain, {day}: {amount}{capped}.", self.line)
    }
}
