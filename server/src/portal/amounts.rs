//! How the amounts of a change or a document add up: the lines, the tax on them rate by rate, the total. Tax that is
//! added stands in the sum; tax that prices contain is said beside it, since the lines have it already. Every amount is
//! the core's own.

use billing::discount::Discount;
use billing::document::Document;
use billing::money::{Money, sum};
use billing::quote::{ChargeLine, CreditLine, Quote};
use billing::tax::TaxRate;

use super::words::amount;
use crate::ui::AmountView;

/// The taxes of several lines, a rate once, in the order in which they are met.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taxes {
    /// What comes to the lines: `VAT 19 %` and how much.
    pub added: Vec<(String, Money)>,
    /// What the lines contain.
    pub contained: Vec<(String, Money)>,
}

impl Taxes {
    /// The taxes of a quote: of what is charged, less those that are given back with what was paid.
    pub fn of_quote(quote: &Quote) -> Self {
        let credits = quote.credits.iter().map(|line: &CreditLine| (line.tax_rate.as_deref(), -line.collected_tax()));
        let charges = quote.charges.iter().map(|line: &ChargeLine| (line.tax_rate.as_deref(), line.tax));
        Self::of(credits.chain(charges))
    }

    /// The taxes of a document, in its direction.
    pub fn of_document(document: &Document) -> Self {
        Self::of(document.lines.iter().map(|line| (line.tax_rate.as_deref(), line.tax)))
    }

    fn of<'a>(lines: impl Iterator<Item = (Option<&'a TaxRate>, Money)>) -> Self {
        let mut rates: Vec<(&TaxRate, Vec<Money>)> = Vec::new();
        for (rate, tax) in lines {
            let Some(rate) = rate else { continue };
            match rates.iter_mut().find(|(known, _)| *known == rate) {
                Some((_, taxes)) => taxes.push(tax),
                None => rates.push((rate, vec![tax])),
            }
        }
        let mut taxes = Self::default();
        for (rate, parts) in rates {
            let Some(currency) = parts.first().map(|part| part.currency) else { continue };
            let tax = sum(currency, parts);
            if !tax.is_zero() {
                let side = if rate.included { &mut taxes.contained } else { &mut taxes.added };
                side.push((rate_words(rate), tax));
            }
        }
        taxes
    }

    /// What the lines contain, a sentence for each rate: `Contains €1.60 VAT (19 %).`
    pub fn sentences(&self, sign: impl Fn(Money) -> Money) -> Vec<String> {
        let sentence = |(rate, tax): &(String, Money)| format!("Contains {} {rate}.", amount(sign(*tax)).text);
        self.contained.iter().map(sentence).collect()
    }
}

/// From the sum of the lines to the total: the sum and the tax on it, rate by rate, where any comes to it.
pub fn document_sums(document: &Document, taxes: &Taxes, sign: impl Fn(Money) -> Money) -> Vec<(String, AmountView)> {
    if taxes.added.is_empty() {
        return Vec::new();
    }
    let net = sum(document.total.currency, document.lines.iter().map(|line| line.amount));
    let mut sums = vec![("Sum without tax".to_owned(), amount(sign(net)))];
    sums.extend(taxes.added.iter().map(|(rate, tax)| (rate.clone(), amount(sign(*tax)))));
    sums
}

/// `VAT 19 %`
pub fn rate_words(rate: &TaxRate) -> String {
    format!("{} {}\u{a0}%", rate.name, rate.percent)
}

/// What a price of the catalogue is to the customer: `plus VAT 19 %`, `with VAT 19 %`, nothing where there is no tax.
pub fn tax_note(rate: Option<&TaxRate>) -> Option<String> {
    let rate = rate.filter(|rate| !rate.percent.is_zero())?;
    Some(format!("{} {}", if rate.included { "with" } else { "plus" }, rate_words(rate)))
}

/// A recurring amount as an invoice will ask for it: `€20.00 plus VAT 19 %`. Where prices contain the tax they are what
/// is asked for.
pub fn with_tax_words(money: Money, rate: Option<&TaxRate>) -> String {
    let text = amount(money).text;
    match tax_note(rate).filter(|_| rate.is_some_and(|rate| !rate.included) && !money.is_zero()) {
        Some(note) => format!("{text} {note}"),
        None => text,
    }
}

/// A list price and what is taken off it: `€100.00 less 10 %`, `€50.00 less €5.00`. Nothing without a discount.
pub fn less_discount(gross: Money, discount: Option<Discount>, net: Money) -> String {
    match discount {
        Some(_) if gross == net => String::new(),
        Some(Discount::Percent(percent)) => format!("{} less {percent}\u{a0}%", amount(gross).text),
        Some(Discount::Amount(_)) => format!("{} less {}", amount(gross).text, amount(gross - net).text),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use billing::money::Currency;
    use billing::percent::Percent;

    use super::*;

    fn euro(text: &str) -> Money {
        Money::parse(text, Currency::parse("EUR").expect("a currency")).expect("an amount")
    }

    fn rate(percent: &str, included: bool) -> TaxRate {
        TaxRate { name: "VAT".to_owned(), percent: Percent::parse(percent).expect("a percentage"), included }
    }

    #[test]
    fn a_rate_stands_once_with_the_tax_of_all_its_lines() {
        let (old, new) = (rate("16", false), rate("19", false));
        let lines =
            [(Some(&old), euro("-1.60")), (Some(&new), euro("3.80")), (None, euro("0")), (Some(&new), euro("0.19"))];
        let taxes = Taxes::of(lines.into_iter());
        assert_eq!(
            taxes.added,
            [("VAT 16\u{a0}%".to_owned(), euro("-1.60")), ("VAT 19\u{a0}%".to_owned(), euro("3.99"))]
        );
        assert!(taxes.contained.is_empty());
    }

    #[test]
    fn tax_inside_prices_is_said_and_not_added() {
        let inside = rate("19", true);
        let taxes = Taxes::of([(Some(&inside), euro("1.60"))].into_iter());
        assert!(taxes.added.is_empty());
        assert_eq!(taxes.sentences(|tax| tax), ["Contains €1.60 VAT 19\u{a0}%."]);
        assert_eq!(with_tax_words(euro("10.00"), Some(&inside)), "€10.00");
        assert_eq!(with_tax_words(euro("10.00"), Some(&rate("19", false))), "€10.00 plus VAT 19\u{a0}%");
    }

    #[test]
    fn a_discount_is_told_with_the_list_price() {
        let ten = Discount::Percent(Percent::parse("10").expect("a percentage"));
        assert_eq!(less_discount(euro("100.00"), Some(ten), euro("90.00")), "€100.00 less 10\u{a0}%");
        let five = Discount::Amount(euro("10.00"));
        assert_eq!(less_discount(euro("50.00"), Some(five), euro("45.00")), "€50.00 less €5.00");
        assert_eq!(less_discount(euro("50.00"), None, euro("50.00")), "");
    }
}
