//! Tax on lines: the rate in force when a line is billed stands on the line, and what is given back gives its tax back
//! at that same rate (I07). Which rate applies to whom is the catalogue's; tax authorities' rules are not here.

use serde::{Deserialize, Serialize};

use crate::money::{Money, sum};
use crate::percent::Percent;
use crate::share::{Rounding, Shares, share};
use crate::shared::{Few, Known, Shared};

/// A tax as a catalogue version sets it: `{ name = "VAT", percent = "19", included = false }`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxRate {
    /// Its name on documents, such as `VAT`.
    pub name: String,
    /// How much.
    pub percent: Percent,
    /// Do prices contain it? Otherwise it is added to them.
    #[serde(default)]
    pub included: bool,
}

/// A rate as lines bear it.
pub type SharedRate = Shared<TaxRate>;

impl Few for TaxRate {
    fn known() -> &'static Known<Self> {
        static KNOWN: Known<TaxRate> = Known::new();
        &KNOWN
    }
}

/// Where tax is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaxRounding {
    /// On every line.
    Line,
    /// Once on the sum of what is charged; the lines share it out, the largest remainders taking the stray units.
    #[default]
    Document,
    /// Once on charges less credits; the charges take what the credits' own tax leaves.
    Net,
}

impl TaxRate {
    /// The tax on (or in) an amount.
    pub fn on(&self, amount: Money, rounding: Rounding) -> Money {
        if self.included { self.percent.within(amount, rounding) } else { self.percent.of(amount, rounding) }
    }
}

/// The tax of every charged line, in order. `credits` and `credit_tax` are what the same document gives back.
pub fn on_charges(
    rate: Option<&TaxRate>,
    charges: impl Iterator<Item = Money> + Clone,
    credit: Money,
    credit_tax: Money,
    how: TaxRounding,
    rounding: Rounding,
) -> Shares {
    let nothing = Money::zero(credit.currency);
    let Some(rate) = rate else { return Shares::each(charges.map(|_| nothing)) };
    if how == TaxRounding::Line {
        return Shares::each(charges.map(|charge| rate.on(charge, rounding)));
    }
    let charge = sum(credit.currency, charges.clone());
    let total = match how {
        // Without a charge there is no line to carry a difference.
        TaxRounding::Net if charge.is_positive() => (rate.on(charge - credit, rounding) + credit_tax).or_zero(),
        _ => rate.on(charge, rounding),
    };
    Shares::apportion(total, charges)
}

/// What a customer pays for an amount of a price: itself, and the tax unless the price contains it.
#[inline]
pub fn payable(amount: Money, tax: Money, rate: Option<&TaxRate>) -> Money {
    if rate.is_some_and(|rate| rate.included) { amount } else { amount + tax }
}

/// The tax given back with a part of a line: the line's tax less the share of it that stays with what is kept, so that
/// never more is given back than was charged, and all of it with the last part.
#[inline]
pub fn given_back(tax: Money, net: Money, kept: Money, rounding: Rounding) -> Money {
    if net.is_zero() {
        return if kept.is_zero() { tax } else { Money::zero(tax.currency) };
    }
    tax - share(tax, kept.minor, net.minor, rounding)
}
