//! When a change is made, in words: now, as soon as it is paid, or with the next period; and what becomes of the plan's
//! credits with it. The choice itself is the policy's (T3).

use billing::account::{Component, PlanChange, PlanCredits, Subscription};
use billing::catalogue::{Catalogue, Plan, Product};
use billing::explain::Language;
use billing::policy::{Gate, OnFailure, When};
use billing::quote::{PlanChangeRequest, Quote};
use billing::tax::TaxRate;
use engine::Reading;
use jiff::Timestamp;

use super::words::{Words, count_of, last_day, number, quantified, unit};
use crate::ui::RadioCard;
use crate::ui::language::{Texts, args};

/// What a quote is told in: the words of the page, what the storefront sells, the subscription as it is.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The language of the page and the customer's zone.
    pub words: Words<'a>,
    /// The storefront.
    pub catalogue: &'a Catalogue,
    /// The subscription before the change.
    pub subscription: &'a Subscription,
}

impl<'a> Setting<'a> {
    /// The tax on what is sold.
    pub fn tax(&self) -> Option<&'a TaxRate> {
        self.catalogue.tax.as_deref()
    }

    /// The product that the subscription is of.
    pub fn product(&self) -> Option<&'a Product> {
        self.catalogue.product(&self.subscription.product)
    }

    /// What was paid for more units of an option than there shall be, and is not given back: until when it stays paid.
    pub fn kept(&self, quote: &Quote) -> Vec<String> {
        let (words, zone) = (self.words, self.words.zone);
        if quote.when == When::PeriodEnd {
            return Vec::new();
        }
        let options = self.subscription.items.iter().filter(|item| item.component != Component::Plan);
        let kept = options.filter_map(|item| {
            let wanted = quote.after.options.get(&item.code).copied().unwrap_or(0);
            let is_cut = quote.credits.iter().any(|line| line.item == item.id);
            if wanted >= item.quantity || is_cut {
                return None;
            }
            let of_item = self.subscription.coverage.iter().filter(|segment| segment.item == item.id);
            let segment = of_item.max_by_key(|segment| segment.span.until).filter(|segment| !segment.net.is_zero())?;
            let what = quantified(&segment.text, segment.quantity);
            let day = words.date_text(last_day(segment.span, zone));
            Some(words.fill("kept-paid", &args!["what" => what, "day" => day]))
        });
        kept.collect()
    }

    /// The plan credits before and after a change: `12 of 40 hours left; 92 hours after the change.` None where neither
    /// plan has any, and where the change leaves them alone.
    pub fn credits(&self, quote: &Quote) -> Option<String> {
        let (before, after) = (self.subscription.credits, quote.credits_after);
        let (words, language) = (self.words, self.words.language);
        let unit_of = |code: &str| {
            let plan = self.product().and_then(|product| product.plan(code));
            plan.and_then(credit_unit).map_or_else(|| language.text("credits-unit"), str::to_owned)
        };
        let has = before.map(|credits| credits_left(language, credits, &unit_of(&quote.before.plan)));
        let then = match quote.when {
            _ if before == after && quote.before.plan == quote.after.plan => return None,
            When::Now => words.text("credits-after-change"),
            When::PeriodEnd => words.fill("credits-from-day", &args!["day" => words.day(quote.period.from).text]),
        };
        let will = after.map(|credits| {
            // A new period begins with what its plan gives.
            let left = if quote.when == When::Now { credits.left } else { credits.of_plan };
            count_of(language, &unit_of(&quote.after.plan), left)
        });
        match (has, will) {
            (None, None) => None,
            (None, Some(will)) => Some(words.fill("credits-will", &args!["will" => will, "then" => then])),
            (Some(has), Some(will)) => {
                Some(words.fill("credits-has-will", &args!["has" => has, "will" => will, "then" => then]))
            }
            (Some(has), None) => Some(words.fill("credits-has-none", &args!["has" => has, "then" => then])),
        }
    }
}

/// What a plan's credits count: `hours`.
pub fn credit_unit(plan: &Plan) -> Option<&str> {
    plan.credits.as_ref().map(|credits| credits.unit.as_str())
}

/// `12 of 40 hours left`
pub fn credits_left(language: Language, credits: PlanCredits, named: &str) -> String {
    let (left, granted) = (number(language, credits.left), number(language, credits.granted));
    let unit = unit(language, named, credits.granted);
    language.fill("credits-left", &args!["left" => left, "granted" => granted, "unit" => unit])
}

/// The plan credits of a subscription: what they count, and how many are left.
pub fn credits_of(language: Language, catalogue: &Catalogue, subscription: &Subscription) -> Option<(String, String)> {
    let credits = subscription.credits?;
    let plan = catalogue.product(&subscription.product).and_then(|product| product.plan(&subscription.plan().code));
    let unit = plan.and_then(credit_unit).map_or_else(|| language.text("credits-unit"), str::to_owned);
    let left = credits_left(language, credits, &unit);
    Some((unit, left))
}

/// When the change is made and what is to pay for it until when, as the page says it before it is confirmed.
pub fn when_made(words: Words<'_>, quote: &Quote) -> String {
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => words.fill("made-next-period", &args!["day" => words.day(quote.period.from).text]),
        (When::Now, Gate::None) if quote.due.is_positive() => {
            let due_on = words.day(quote.pay_by).text;
            words.fill("made-on-account", &args!["amount" => words.money(quote.due), "day" => due_on])
        }
        (When::Now, Gate::Paid) if quote.due.is_positive() => match quote.on_failure {
            OnFailure::Wait => words.text("made-when-paid"),
            OnFailure::Lapse => words.text("made-when-paid-or-lapses"),
            OnFailure::Apply => words.fill("made-in-the-end", &args!["at" => words.moment(quote.pay_by).text]),
        },
        (When::Now, _) => words.text("made-on-confirming"),
    }
}

/// When a restart happens.
pub fn when_restarted(words: Words<'_>, quote: &Quote) -> String {
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => words.fill("restart-next-period", &args!["day" => words.day(quote.period.from).text]),
        (When::Now, Gate::Paid) if quote.due.is_positive() && quote.on_failure == OnFailure::Apply => {
            words.text("restart-with-change")
        }
        (When::Now, Gate::Paid) if quote.due.is_positive() => words.text("restart-when-paid"),
        (When::Now, _) => words.text("restart-on-confirming"),
    }
}

/// The moments a change can be made at, where the policy leaves the choice, and the quote of the one that is chosen;
/// `usual` is the quote of the moment that the policy takes by itself.
pub fn moments(
    words: Words<'_>,
    reading: &Reading<'_>,
    asked: &PlanChangeRequest,
    usual: Quote,
) -> (Vec<RadioCard>, Quote) {
    let other = match usual.when {
        When::Now => When::PeriodEnd,
        When::PeriodEnd => When::Now,
    };
    let Ok(other) = reading.quote(&PlanChangeRequest { when: Some(other), ..asked.clone() }) else {
        return (Vec::new(), usual);
    };
    let other = other.quote;
    let chosen = asked.when.unwrap_or(usual.when);
    let later = if other.when == When::PeriodEnd { &other } else { &usual };
    let on = words.day(later.period.from).text;
    let card = |when: When, label: String, note: String| {
        RadioCard::new("when", when_code(when), label, when == chosen).note(note)
    };
    let cards = vec![
        card(When::Now, words.text("when-now"), words.text("when-now-note")),
        card(When::PeriodEnd, words.fill("when-next-period", &args!["day" => on]), words.text("when-next-period-note")),
    ];
    (cards, if chosen == usual.when { usual } else { other })
}

/// The choice of the moment, as the address and the form carry it.
pub fn read_when(text: &str) -> Option<When> {
    match text {
        "now" => Some(When::Now),
        "period_end" => Some(When::PeriodEnd),
        _ => None,
    }
}

/// The same, written.
pub fn when_code(when: When) -> &'static str {
    match when {
        When::Now => "now",
        When::PeriodEnd => "period_end",
    }
}

/// What the page says where a new choice takes the place of a change that is still open (T4).
pub fn takes_its_place(words: Words<'_>, open: &PlanChange, next_period: Timestamp) -> String {
    let what = super::meaning::what(words.language, &open.quote);
    if open.awaits_payment() {
        words.fill("replaces-unpaid", &args!["what" => what])
    } else {
        words.fill("replaces-planned", &args!["what" => what, "day" => words.day(next_period).text])
    }
}
