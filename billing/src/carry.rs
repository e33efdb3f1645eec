//! The carry (I06): what rounding left over of the lines of one period, per plan and option, until it is a whole minor
//! unit that a line gives back or takes. What is off is kept as an exact fraction and never forgotten within the period,
//! so that there and back is nothing, however long the way.
//!
//! What is billed in a period is the sum of its rounded lines less the whole part of what they are off together. So it
//! is always less than one minor unit from the sum of exact parts, and the first change of a period, of which two lines
//! are rounded, is counted as if nothing were carried.

use serde::{Deserialize, Serialize};

use crate::account::Component;
use crate::fraction::Fraction;

/// By how many minor units the rounded lines of the present period are above their exact sum; negative below. Sorted,
/// without those that are exact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Carry(Vec<(Component, Fraction)>);

impl Carry {
    /// What is carried of a plan or an option.
    pub fn of(&self, component: &Component) -> Fraction {
        let known = self.0.iter().find(|(of, _)| of == component);
        known.map_or(Fraction::ZERO, |(_, off)| *off)
    }

    /// Carries so much of a plan or an option from now on.
    pub fn set(&mut self, component: &Component, off: Fraction) {
        match (self.0.binary_search_by(|(of, _)| of.cmp(component)), off.is_zero()) {
            (Ok(at), true) => drop(self.0.remove(at)),
            (Ok(at), false) => self.0[at].1 = off,
            (Err(_), true) => {}
            (Err(at), false) => self.0.insert(at, (component.clone(), off)),
        }
    }

    /// Is nothing carried?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is carried.
    pub fn iter(&self) -> impl Iterator<Item = &(Component, Fraction)> {
        self.0.iter()
    }
}

/// The whole minor units that a line takes, where lines were off by so much before it and are after it: what was above
/// the exact sum by a whole unit is taken off, what was below it is added.
pub fn stray(before: Fraction, after: Fraction) -> i64 {
    before.trunc() - after.trunc()
}
