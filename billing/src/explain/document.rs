//! The explanation of a whole document: what happened, its tax by rate, and that its lines add up to its total.

use super::line::{Replay, tax_sentence, unsigned};
use super::{Basis, Language, de, en, ja};
use crate::document::{Document, DocumentKind, DocumentLine, DocumentReason};
use crate::money::{Money, sum};
use crate::percent::Percent;
use crate::tax::TaxRate;

/// A document, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub headline: String,
    /// Each line, in order.
    pub lines: Vec<LineExplanation>,
    /// The tax, by rate.
    pub taxes: Vec<TaxTotal>,
    /// What the lines add up to, with the tax that is added.
    pub total: Money,
    /// The same as a sentence.
    pub total_sentence: String,
    /// Do the lines add up to what the document says, and does every one replay?
    pub holds: bool,
}

/// One line, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineExplanation {
    /// Why the amount is what it is; empty where the headline says it.
    pub sentences: Vec<String>,
    /// Whether it replays; none where nothing was derived.
    pub replay: Option<Replay>,
}

/// The tax of one rate over a document, in its direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxTotal {
    /// The rate.
    pub rate: TaxRate,
    /// What it is on.
    pub amount: Money,
    /// How much it is.
    pub tax: Money,
    /// The same as a sentence.
    pub sentence: String,
}

/// What a document is about.
pub(super) enum Event<'a> {
    Period {
        total: Money,
    },
    /// A trial that has begun.
    Trial {
        total: Money,
    },
    /// A first period that is a part of a full one.
    FirstPeriod {
        /// Is the full one after it charged with it?
        joined: bool,
        total: Money,
    },
    /// A period, and what changes before it left to its invoice: more to pay, or less.
    PeriodWith {
        period: Money,
        waited: Money,
        /// Is the time before it among that, in arrears?
        arrears: bool,
        to_balance: Money,
        total: Money,
    },
    /// The time that is over, in arrears: what it costs, and what was given back of it.
    Arrears {
        charged: Money,
        given: Money,
        to_balance: Money,
        total: Money,
    },
    /// What was used, and nothing else.
    Used {
        total: Money,
    },
    /// What was used, beside a period that was said before it.
    UsedAdds {
        used: Money,
        total: Money,
    },
    /// What was used, of an amount that was said before it.
    UsedOfIt {
        used: Money,
    },
    Charged {
        charged: Money,
        given: Money,
        total: Money,
    },
    GivenBack {
        charged: Money,
        given: Money,
        total: Money,
    },
    DebtReleased {
        total: Money,
        corrects: Option<&'a str>,
    },
    Cancelled {
        total: Money,
        corrects: Option<&'a str>,
    },
    /// The subscription ended, and something is to be paid: what is charged, and what was given back of it.
    EndCharged {
        charged: Money,
        given: Money,
        total: Money,
    },
    /// The subscription ended, and something goes to the balance.
    EndGivenBack {
        charged: Money,
        given: Money,
        total: Money,
    },
    /// The subscription ended, and the rest of an invoice is owed no more.
    OwedNoMore {
        total: Money,
        corrects: Option<&'a str>,
    },
    Arrived {
        total: Money,
    },
    Goodwill {
        total: Money,
    },
    Payout {
        amount: Money,
        total: Money,
    },
    PayoutFee {
        fee: Money,
        percent: Percent,
        before: Money,
    },
    PayoutReturned {
        total: Money,
    },
}

impl Document {
    /// Why it exists and why it is over so much, computed again from its lines. `corrects` is the number of the invoice
    /// that it corrects.
    pub fn explain(&self, corrects: Option<&str>, language: Language) -> Explanation {
        let currency = self.total.currency;
        let explained =
            |line: &DocumentLine| LineExplanation { sentences: line.sentences(language), replay: line.replay() };
        let lines: Vec<LineExplanation> = self.lines.iter().map(explained).collect();
        let amount = sum(currency, self.lines.iter().map(|line| line.amount));
        let total = sum(currency, self.lines.iter().map(DocumentLine::payable));
        let replays = !lines.iter().any(|line| matches!(line.replay, Some(Replay::Differs(_))));
        Explanation {
            headline: self.headline(corrects, language),
            taxes: self.tax_totals(language),
            total_sentence: total_sentence(amount, total - amount, total, language),
            holds: replays && total == self.total && self.fee_replays(),
            lines,
            total,
        }
    }

    /// Of a payout: what is taken off the balance, before the fee.
    fn taken_off(&self) -> Money {
        sum(self.total.currency, self.lines.iter().map(|line| line.amount).filter(|amount| amount.is_positive()))
    }

    /// Is the fee of a payout the one that its count gives?
    fn fee_replays(&self) -> bool {
        match &self.reason {
            DocumentReason::Payout { count } => self.taken_off() - count.fee(self.taken_off()) == self.total,
            _ => true,
        }
    }

    /// What happened, and what of it is for usage.
    fn headline(&self, corrects: Option<&str>, language: Language) -> String {
        if let DocumentReason::Payout { count } = &self.reason
            && self.taken_off() != self.total
        {
            let fee = self.taken_off() - self.total;
            let fee = Event::PayoutFee { fee, percent: count.percent, before: count.before };
            return join(headline(&self.event(corrects), language), headline(&fee, language), language);
        }
        let used: Vec<&DocumentLine> = self.lines.iter().filter(|line| line.metered.is_some()).collect();
        if used.is_empty() {
            return headline(&self.event(corrects), language);
        }
        let total = self.total;
        let amount = sum(total.currency, used.iter().map(|line| line.payable()));
        if used.len() == self.lines.len() {
            return headline(&Event::Used { total }, language);
        }
        let others = self.lines.iter().filter(|line| line.metered.is_none()).cloned().collect();
        let without = Self { lines: others, total: total - amount, ..self.clone() };
        let more = match without.event(corrects) {
            event @ (Event::Period { .. } | Event::FirstPeriod { .. }) => {
                let adds = headline(&Event::UsedAdds { used: amount, total }, language);
                return join(headline(&event, language), adds, language);
            }
            _ => headline(&Event::UsedOfIt { used: amount }, language),
        };
        join(headline(&self.event(corrects), language), more, language)
    }

    fn event<'a>(&self, corrects: Option<&'a str>) -> Event<'a> {
        let total = self.total;
        let side = |gives_back: bool| {
            let lines = self.lines.iter().filter(|line| line.segment.is_some() == gives_back);
            unsigned(sum(total.currency, lines.map(DocumentLine::payable)))
        };
        let (charged, given) = (side(false), side(true));
        match self.reason {
            DocumentReason::Period { .. } => self.period_event(),
            DocumentReason::Trial => Event::Trial { total },
            DocumentReason::PlanChange { .. } if self.kind == DocumentKind::CreditNote => {
                Event::GivenBack { charged, given, total }
            }
            DocumentReason::PlanChange { .. } => Event::Charged { charged, given, total },
            DocumentReason::DebtReleased { .. } => Event::DebtReleased { total, corrects },
            DocumentReason::InvoiceCancelled { .. } => Event::Cancelled { total, corrects },
            DocumentReason::Cancellation if self.kind == DocumentKind::CreditNote => {
                Event::EndGivenBack { charged, given, total }
            }
            DocumentReason::Cancellation => Event::EndCharged { charged, given, total },
            DocumentReason::OwedNoMore => Event::OwedNoMore { total, corrects },
            DocumentReason::MoneyToBalance => Event::Arrived { total },
            DocumentReason::Goodwill => Event::Goodwill { total },
            DocumentReason::Payout { .. } => Event::Payout { amount: self.taken_off(), total },
            DocumentReason::PayoutReturned => Event::PayoutReturned { total },
        }
    }

    /// A period, alone or with what waited for its invoice: what that gives back, and what it charges for the time before.
    fn period_event(&self) -> Event<'static> {
        let total = self.total;
        let begins = self.lines.iter().filter(|line| line.segment.is_none()).filter_map(|line| line.span);
        let begins = begins.map(|span| span.from).max();
        let over = self.lines.iter().filter_map(|line| line.span).all(|span| span.until <= self.issued_at);
        if over && begins.is_some() {
            return self.arrears_event();
        }
        let is_before = |line: &DocumentLine| {
            let ends = line.span.zip(begins).is_some_and(|(span, begins)| span.until <= begins);
            line.segment.is_some() || ends
        };
        let [mut period, mut waited, mut to_balance] = [Money::zero(total.currency); 3];
        for line in &self.lines {
            match line {
                line if line.derivation.is_none() && line.metered.is_none() => to_balance += line.amount,
                line if is_before(line) => waited += line.payable(),
                line => period += line.payable(),
            }
        }
        if waited.is_zero() && to_balance.is_zero() {
            let derivations = || self.lines.iter().filter_map(|line| line.derivation.as_ref());
            let first = derivations().find(|derivation| derivation.basis == Basis::FirstPeriod);
            return match first {
                Some(derivation) => Event::FirstPeriod { joined: derivation.is_joined(), total },
                None => Event::Period { total },
            };
        }
        let is_whole = |line: &&DocumentLine| {
            let whole = line.derivation.as_ref().is_some_and(|one| one.from == 0 && one.until == one.whole);
            line.segment.is_none() && is_before(line) && whole
        };
        Event::PeriodWith { period, waited, arrears: self.lines.iter().any(|line| is_whole(&line)), to_balance, total }
    }

    /// A period that is over: what was charged for it, and what changes in it gave back.
    fn arrears_event(&self) -> Event<'static> {
        let [mut charged, mut given, mut to_balance] = [Money::zero(self.total.currency); 3];
        for line in &self.lines {
            match line {
                line if line.derivation.is_none() && line.metered.is_none() => to_balance += line.amount,
                line if line.segment.is_some() => given += unsigned(line.payable()),
                line => charged += line.payable(),
            }
        }
        Event::Arrears { charged, given, to_balance, total: self.total }
    }

    /// The tax by rate, in the order the rates stand on the lines.
    fn tax_totals(&self, language: Language) -> Vec<TaxTotal> {
        let mut totals: Vec<TaxTotal> = Vec::new();
        for line in &self.lines {
            let Some(rate) = line.tax_rate.as_deref() else { continue };
            match totals.iter_mut().find(|total| total.rate == *rate) {
                Some(total) => {
                    total.amount += line.amount;
                    total.tax += line.tax;
                }
                None => totals.push(TaxTotal {
                    rate: rate.clone(),
                    amount: line.amount,
                    tax: line.tax,
                    sentence: String::new(),
                }),
            }
        }
        for total in &mut totals {
            total.sentence = tax_sentence(total.amount, total.tax, &total.rate, None, language);
        }
        totals
    }
}

/// Two sentences.
fn join(one: String, other: String, language: Language) -> String {
    let space = if language == Language::Japanese { "" } else { " " };
    format!("{one}{space}{other}")
}

fn headline(event: &Event<'_>, language: Language) -> String {
    match language {
        Language::English => en::headline(event),
        Language::German => de::headline(event),
        Language::Japanese => ja::headline(event),
    }
}

fn total_sentence(lines: Money, tax_on_top: Money, total: Money, language: Language) -> String {
    match language {
        Language::English => en::total(lines, tax_on_top, total),
        Language::German => de::total(lines, tax_on_top, total),
        Language::Japanese => ja::total(lines, tax_on_top, total),
    }
}
