//! The carry (I06): what rounding left over of the lines of one period, per plan and option, until it is a whole minor
//! unit that a line gives back or takes. What is off is kept as an exact fraction and never forgotten within the period,
//! so that there and back is nothing, however long the way.
//!
//! Beside it stands the tax of what was given back just now (I31): bought again from the same cut it bears that tax, so that
//! there and back leaves nothing of the tax either, however its lines were rounded with others.
//!
//! What is billed in a period is the sum of its rounded lines less the whole part of what they are off together. So it
//! is always less than one minor unit from the sum of exact parts, and the first change of a period, of which two lines
//! are rounded, is counted as if nothing were carried.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::Component;
use crate::calendar::Span;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::tax::SharedRate;

/// So many things that were given back are known, the last ones; with them an account stays bounded.
pub const MOST_GIVEN_BACK: usize = 32;

/// How long they are known: no cut lies so far before the change that it belongs to.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(48);

/// What the lines of the present period leave to those that follow.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carry {
    /// By how many minor units the rounded lines are above their exact sum; negative below. Sorted, without those that
    /// are exact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    off: Vec<(Component, Fraction)>,
    /// What was given back with tax, the newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    given_back: Vec<GivenBack>,
}

/// Something that was given back with its tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenBack {
    /// The plan or option.
    pub component: Component,
    /// The time given back.
    pub span: Span,
    /// The amount.
    pub amount: Money,
    /// The rate of the tax.
    pub rate: SharedRate,
    /// The tax given back with it.
    pub tax: Money,
}

impl GivenBack {
    /// Is it the same but for the tax?
    fn is_what(&self, other: &Self) -> bool {
        self.is(&other.component, other.span, other.amount, &other.rate)
    }

    fn is(&self, component: &Component, span: Span, amount: Money, rate: &SharedRate) -> bool {
        self.span == span && self.amount == amount && self.component == *component && self.rate == *rate
    }
}

impl Carry {
    /// What is carried of a plan or an option.
    pub fn of(&self, component: &Component) -> Fraction {
        let known = self.off.iter().find(|(of, _)| of == component);
        known.map_or(Fraction::ZERO, |(_, off)| *off)
    }

    /// Carries so much of a plan or an option from now on.
    pub fn set(&mut self, component: &Component, off: Fraction) {
        match (self.off.binary_search_by(|(of, _)| of.cmp(component)), off.is_zero()) {
            (Ok(at), true) => drop(self.off.remove(at)),
            (Ok(at), false) => self.off[at].1 = off,
            (Err(_), true) => {}
            (Err(at), false) => self.off.insert(at, (component.clone(), off)),
        }
    }

    /// Is nothing carried?
    pub fn is_empty(&self) -> bool {
        self.off.is_empty() && self.given_back.is_empty()
    }

    /// All that rounding left over.
    pub fn iter(&self) -> impl Iterator<Item = &(Component, Fraction)> {
        self.off.iter()
    }

    /// The tax that something was given back with; none where it was not, or is known no more.
    pub fn tax_given_back(&self, component: &Component, span: Span, amount: Money, rate: &SharedRate) -> Option<Money> {
        let known = self.given_back.iter().find(|known| known.is(component, span, amount, rate));
        known.map(|known| known.tax)
    }

    /// Knows from now on that something was given back.
    pub fn give_back(&mut self, given: GivenBack) {
        match self.given_back.iter_mut().find(|known| known.is_what(&given)) {
            Some(known) => known.tax = given.tax,
            None => self.given_back.push(given),
        }
        let too_many = self.given_back.len().saturating_sub(MOST_GIVEN_BACK);
        self.given_back.drain(..too_many);
    }

    /// Forgets what was given back from a cut that no change from now on can have.
    pub fn forget_before(&mut self, now: Timestamp) {
        self.given_back.retain(|given| now.duration_since(given.span.from) < KNOWN_FOR);
    }

    /// All that is known to have been given back.
    pub fn given_back(&self) -> &[GivenBack] {
        &self.given_back
    }
}

/// The whole minor units that a line takes, where lines were off by so much before it and are after it: what was above
/// the exact sum by a whole unit is taken off, what was below it is added.
#[inline]
pub fn stray(before: Fraction, after: Fraction) -> i64 {
    before.trunc() - after.trunc()
}
