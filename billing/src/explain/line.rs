//! The explanation of a line of a quote or a document: its derivation, what of it counts, and its tax.

use super::exact::Stray;
use super::{Derivation, Language, de, en, ja};
use crate::document::DocumentLine;
use crate::money::Money;
use crate::one_time::OneTimeLine;
use crate::percent::Percent;
use crate::policy::RoundingStage;
use crate::quote::{ChargeLine, CreditLine};
use crate::tax::TaxRate;

impl CreditLine {
    /// Why so much is given back: how it was found, what of it was paid, and its tax.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let mut sentences = vec![self.derivation.sentence(language)];
        if self.is_waiting() {
            sentences.push(not_invoiced(self.amount, language));
        } else if self.collected != self.amount {
            sentences.push(unpaid(self.collected, self.amount - self.collected, language));
        }
        sentences.extend(tax_given_back(self.tax, self.tax_rate.as_deref(), language));
        sentences
    }
}

impl ChargeLine {
    /// Why so much is charged: how it was found, and its tax.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let mut sentences = vec![self.derivation.sentence(language)];
        sentences.extend(tax(self.amount, self.tax, self.tax_rate.as_deref(), language));
        sentences
    }
}

impl OneTimeLine {
    /// Why so much is charged once: how it was found, and its tax.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let mut sentences = vec![self.derivation.sentence(language)];
        sentences.extend(tax(self.amount, self.tax, self.tax_rate.as_deref(), language));
        sentences
    }
}

impl DocumentLine {
    /// Why the amount is what it is: how it was found, what of it stands here, and its tax. None where the line has no
    /// derivation: its document says in one sentence why it exists.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let mut sentences: Vec<String> = self.derivation.iter().map(|one| one.sentence(language)).collect();
        sentences.extend(self.metered.iter().map(|one| one.sentence(language)));
        if self.replay() == Some(Replay::Part) {
            sentences.push(only(unsigned(self.amount), language));
        }
        let rate = self.tax_rate.as_deref();
        sentences.extend(match self.segment {
            Some(_) => tax_given_back(unsigned(self.tax), rate, language),
            None => tax(unsigned(self.amount), unsigned(self.tax), rate, language),
        });
        sentences
    }

    /// The line's amount, computed again from its derivation or from what was used; none where it has neither.
    pub fn replay(&self) -> Option<Replay> {
        if let Some(metered) = self.metered.as_deref() {
            let again = metered.replay();
            return Some(if again == Some(self.amount) { Replay::Same } else { Replay::Differs(again) });
        }
        let derivation = self.derivation.as_ref()?;
        let (amount, again) = (unsigned(self.amount), replay_safely(derivation));
        Some(match again {
            Some(again) if again == amount => Replay::Same,
            // Of what is given back, the paid and the unpaid part can stand on two documents.
            Some(again) if self.segment.is_some() && amount < again => Replay::Part,
            again => Replay::Differs(again),
        })
    }
}

/// Whether a line's derivation leads to its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// To the same minor units.
    Same,
    /// To more: the other part of what is given back stands on another document.
    Part,
    /// To something else, or nowhere.
    Differs(Option<Money>),
}

/// A derivation that was tampered with may divide by nothing; then it leads nowhere.
fn replay_safely(derivation: &Derivation) -> Option<Money> {
    let whole = derivation.whole > 0
        && derivation.used_at.as_deref().is_none_or(|used| used.whole > 0)
        && derivation.of_value.as_deref().is_none_or(|part| part.basket.is_positive())
        && derivation.stage != RoundingStage::Step(0)
        && derivation.unused.is_none_or(|unused| unused.of > 0);
    whole.then(|| derivation.replay())
}

/// The tax on an amount, as a sentence; none where there is no rate.
fn tax(amount: Money, tax: Money, rate: Option<&TaxRate>, language: Language) -> Option<String> {
    let rate = rate?;
    let millionths = rate.percent.millionths();
    let whole = if rate.included { Percent::WHOLE + millionths } else { Percent::WHOLE };
    let stray = Stray::of_share(tax, amount, millionths, whole);
    Some(tax_sentence(amount, tax, rate, stray.as_ref(), language))
}

/// The tax on an amount, as a sentence.
pub(super) fn tax_sentence(
    amount: Money,
    tax: Money,
    rate: &TaxRate,
    stray: Option<&Stray>,
    language: Language,
) -> String {
    let percent = language.percent(rate.percent);
    let say = match language {
        Language::English => en::tax,
        Language::German => de::tax,
        Language::Japanese => ja::tax,
    };
    say(amount, &percent, &rate.name, tax, rate.included, stray)
}

fn tax_given_back(tax: Money, rate: Option<&TaxRate>, language: Language) -> Option<String> {
    let rate = rate?;
    let percent = language.percent(rate.percent);
    let say = match language {
        Language::English => en::tax_given_back,
        Language::German => de::tax_given_back,
        Language::Japanese => ja::tax_given_back,
    };
    Some(say(&percent, &rate.name, tax))
}

fn only(amount: Money, language: Language) -> String {
    match language {
        Language::English => en::only(amount),
        Language::German => de::only(amount),
        Language::Japanese => ja::only(amount),
    }
}

fn unpaid(paid: Money, unpaid: Money, language: Language) -> String {
    match language {
        Language::English => en::unpaid(paid, unpaid),
        Language::German => de::unpaid(paid, unpaid),
        Language::Japanese => ja::unpaid(paid, unpaid),
    }
}

fn not_invoiced(amount: Money, language: Language) -> String {
    match language {
        Language::English => en::not_invoiced(amount),
        Language::German => de::not_invoiced(amount),
        Language::Japanese => ja::not_invoiced(amount),
    }
}

pub(super) fn unsigned(amount: Money) -> Money {
    if amount.is_negative() { -amount } else { amount }
}
