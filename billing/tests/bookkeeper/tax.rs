//! Tax by its definition: on a line, on the sum of a document, or on what it charges less what it gives back.

use billing::policy::{CreditTax, Terms};
use billing::share::Rounding;
use billing::tax::TaxRounding;

use crate::fraction::Fraction;
use crate::shop::{TaxOf, round_of};

impl TaxOf {
    /// The tax on an amount, or in it.
    fn on(self, amount: i64, mode: Rounding) -> i64 {
        let of = if self.included { 10_000 + self.hundredths } else { 10_000 };
        round_of(amount, self.hundredths, of, mode)
    }
}

/// The tax of every charge. `credit` and `credit_tax` are what the same document gives back.
pub fn on_charges(
    tax: Option<TaxOf>,
    charges: &[i64],
    credit: i64,
    credit_tax: i64,
    how: TaxRounding,
    terms: &Terms,
) -> Vec<i64> {
    let Some(tax) = tax else { return vec![0; charges.len()] };
    let (mode, charge) = (terms.rounding, charges.iter().sum::<i64>());
    let total = match how {
        TaxRounding::Line => return charges.iter().map(|charge| tax.on(*charge, mode)).collect(),
        TaxRounding::Document => tax.on(charge, mode),
        TaxRounding::Net if charge > 0 => (tax.on(charge - credit, mode) + credit_tax).max(0),
        TaxRounding::Net => tax.on(charge, mode),
    };
    shared_out(total, charges)
}

/// The tax in an amount that is paid with it.
pub fn within(amount: i64, tax: TaxOf, mode: Rounding) -> i64 {
    TaxOf { included: true, ..tax }.on(amount, mode)
}

/// An amount over lines in proportion to them: whole units first, then one each to those that were cut down most, the
/// first among equals; all to the first line where the lines are nothing.
pub fn shared_out(amount: i64, lines: &[i64]) -> Vec<i64> {
    let sum: i64 = lines.iter().sum();
    if sum == 0 {
        return (0..lines.len()).map(|place| if place == 0 { amount } else { 0 }).collect();
    }
    let exact: Vec<Fraction> =
        lines.iter().map(|line| Fraction::new(i128::from(amount) * i128::from(*line), sum.into())).collect();
    let mut parts: Vec<i64> = exact.iter().map(|part| part.floor()).collect();
    while parts.iter().sum::<i64>() < amount {
        let mut most = 0;
        for place in 1..lines.len() {
            let missing = |place: usize| exact[place] - Fraction::whole(parts[place]);
            if missing(place).is_above(missing(most)) {
                most = place;
            }
        }
        parts[most] += 1;
    }
    parts
}

/// The tax that goes back with a part of a line: all but the share of what is kept, or the rate on what goes back.
pub fn given_back(tax: i64, of: Option<TaxOf>, net: i64, kept: i64, terms: &Terms) -> i64 {
    match (terms.credit_tax, of) {
        _ if kept == 0 => tax,
        (CreditTax::AtRate, Some(of)) => of.on(net - kept, terms.rounding).min(tax),
        _ => tax - round_of(tax, kept, net, terms.rounding),
    }
}
