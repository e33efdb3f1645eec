//! How the amounts of a change or a document add up: the lines, the tax on them rate by rate, the total. Tax that is
//! added stands in the sum; tax that prices contain is said beside it, since the lines have it already. Every amount is
//! the core's own.

use billing::discount::Discount;
use billing::document::{Document, DocumentLine};
use billing::money::{Money, sum};
use billing::quote::{ChargeLine, CreditLine, Quote};
use billing::tax::TaxRate;

use super::words::amount;
use crate::ui::AmountView;
use crate::ui::amount::decimal;
use crate::ui::language::{Language, Texts, args};

/// The taxes of several lines, a rate once, in the order in which they are met.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taxes {
    /// What comes to the lines: `VAT 19 %` and how much.
    pub added: Vec<(String, Money)>,
    /// What the lines contain.
    pub contained: Vec<(String, Money)>,
}

impl Taxes {
    /// The taxes of a quote: of what waited and is charged with it, less those that are given back with what was paid or waited.
    pub fn of_quote(language: Language, quote: &Quote) -> Self {
        let waiting = quote.waiting.iter().map(|line| (line.tax_rate.as_deref(), line.tax));
        let credits = quote.credits.iter().map(|line: &CreditLine| (line.tax_rate.as_deref(), -line.returned_tax()));
        let charges = quote.charged_now().iter().map(|line: &ChargeLine| (line.tax_rate.as_deref(), line.tax));
        let once = quote.once_charged_now().iter().map(|line| (line.tax_rate.as_deref(), line.tax));
        Self::of(language, waiting.chain(credits).chain(charges).chain(once))
    }

    /// The taxes of a document, in its direction.
    pub fn of_document(language: Language, document: &Document) -> Self {
        Self::of_lines(language, &document.lines)
    }

    /// The taxes of the lines of a document, also of one that is still to come.
    pub fn of_lines(language: Language, lines: &[DocumentLine]) -> Self {
        Self::of(language, lines.iter().map(|line| (line.tax_rate.as_deref(), line.tax)))
    }

    fn of<'a>(language: Language, lines: impl Iterator<Item = (Option<&'a TaxRate>, Money)>) -> Self {
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
                side.push((rate_words(language, rate), tax));
            }
        }
        taxes
    }

    /// What the lines contain, a sentence for each rate: `Contains €1.60 VAT (19 %).`
    pub fn sentences(&self, language: Language, sign: impl Fn(Money) -> Money) -> Vec<String> {
        let sentence = |(rate, tax): &(String, Money)| {
            let contained = amount(language, sign(*tax)).text;
            language.fill("tax-contained", &args!["amount" => contained, "rate" => rate.as_str()])
        };
        self.contained.iter().map(sentence).collect()
    }
}

/// From the sum of the lines to the total: the sum and the tax on it, rate by rate, where any comes to it.
pub fn document_sums(
    language: Language,
    document: &Document,
    taxes: &Taxes,
    sign: impl Fn(Money) -> Money,
) -> Vec<(String, AmountView)> {
    if taxes.added.is_empty() {
        return Vec::new();
    }
    let net = sum(document.total.currency, document.lines.iter().map(|line| line.amount));
    let mut sums = vec![(language.text("sum-without-tax"), amount(language, sign(net)))];
    sums.extend(taxes.added.iter().map(|(rate, tax)| (rate.clone(), amount(language, sign(*tax)))));
    sums
}

/// `VAT 19 %`
pub fn rate_words(language: Language, rate: &TaxRate) -> String {
    let percent = decimal(language, &rate.percent.to_string());
    language.fill("tax-rate", &args!["name" => rate.name.as_str(), "percent" => percent])
}

/// What a price of the catalogue is to the customer: `plus VAT 19 %`, `with VAT 19 %`, nothing where there is no tax.
pub fn tax_note(language: Language, rate: Option<&TaxRate>) -> Option<String> {
    let rate = rate.filter(|rate| !rate.percent.is_zero())?;
    let words = &args!["rate" => rate_words(language, rate)];
    Some(if rate.included { language.fill("tax-included", words) } else { language.fill("tax-added", words) })
}

/// A recurring amount as an invoice will ask for it: `€20.00 plus VAT 19 %`. Where prices contain the tax they are what
/// is asked for.
pub fn with_tax_words(language: Language, money: Money, rate: Option<&TaxRate>) -> String {
    let text = amount(language, money).text;
    match tax_note(language, rate).filter(|_| rate.is_some_and(|rate| !rate.included) && !money.is_zero()) {
        Some(note) => language.fill("tax-with-amount", &args!["amount" => text, "note" => note]),
        None => text,
    }
}

/// A list price and what is taken off it: `€100.00 less 10 %`, `€50.00 less €5.00`. Nothing without a discount.
pub fn less_discount(language: Language, gross: Money, discount: Option<Discount>, net: Money) -> String {
    let price = || amount(language, gross).text;
    match discount {
        Some(_) if gross == net => String::new(),
        Some(Discount::Percent(percent)) => {
            let percent = decimal(language, &percent.to_string());
            language.fill("less-percent", &args!["price" => price(), "percent" => percent])
        }
        Some(Discount::Amount(_)) => {
            let off = amount(language, gross - net).text;
            language.fill("less-amount", &args!["price" => price(), "amount" => off])
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use billing::money::Currency;
    use billing::percent::Percent;

    use super::*;

    const EN: Language = Language::English;

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
        let taxes = Taxes::of(EN, lines.into_iter());
        assert_eq!(
            taxes.added,
            [("VAT 16\u{a0}%".to_owned(), euro("-1.60")), ("VAT 19\u{a0}%".to_owned(), euro("3.99"))]
        );
        assert!(taxes.contained.is_empty());
    }

    #[test]
    fn tax_inside_prices_is_said_and_not_added() {
        let inside = rate("19", true);
        let taxes = Taxes::of(EN, [(Some(&inside), euro("1.60"))].into_iter());
        assert!(taxes.added.is_empty());
        assert_eq!(taxes.sentences(EN, |tax| tax), ["Contains €1.60 VAT 19\u{a0}%."]);
        assert_eq!(with_tax_words(EN, euro("10.00"), Some(&inside)), "€10.00");
        assert_eq!(with_tax_words(EN, euro("10.00"), Some(&rate("19", false))), "€10.00 plus VAT 19\u{a0}%");
    }

    #[test]
    fn every_language_says_the_tax_in_its_own_order() {
        let inside = rate("7.7", true);
        let note = |language| tax_note(language, Some(&inside)).unwrap_or_default().replace('\u{a0}', " ");
        assert_eq!(Language::ALL.map(note), ["with VAT 7.7 %", "inkl. 7,7 % VAT", "VAT7.7%込み"]);
    }

    #[test]
    fn a_discount_is_told_with_the_list_price() {
        let ten = Discount::Percent(Percent::parse("10").expect("a percentage"));
        assert_eq!(less_discount(EN, euro("100.00"), Some(ten), euro("90.00")), "€100.00 less 10\u{a0}%");
        let five = Discount::Amount(euro("10.00"));
        assert_eq!(less_discount(EN, euro("50.00"), Some(five), euro("45.00")), "€50.00 less €5.00");
        assert_eq!(less_discount(EN, euro("50.00"), None, euro("50.00")), "");
    }
}
