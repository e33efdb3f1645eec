//! When a change is made, in words: now, as soon as it is paid, or with the next period; and what becomes of the plan's
//! credits with it. The choice itself is the policy's (T3).

use billing::account::{PlanChange, PlanCredits, Subscription};
use billing::calendar::Zone;
use billing::catalogue::{Catalogue, Plan, Product};
use billing::explain::Language;
use billing::policy::{Gate, When};
use billing::quote::{PlanChangeRequest, Quote};
use billing::tax::TaxRate;
use engine::Reading;
use jiff::Timestamp;

use super::words::{amount, day};
use crate::ui::RadioCard;

/// What a quote is told in: the customer's zone, what the storefront sells, the subscription as it is.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The customer's zone.
    pub zone: &'a Zone,
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

    /// The language in which amounts are explained: the storefront's.
    pub fn language(&self) -> Language {
        Language::of(&self.catalogue.language)
    }

    /// The product that the subscription is of.
    pub fn product(&self) -> Option<&'a Product> {
        self.catalogue.product(&self.subscription.product)
    }

    /// The plan credits before and after a change: `12 of 40 hours left; 92 hours after the change.` None where neither
    /// plan has any, and where the change leaves them alone.
    pub fn credits(&self, quote: &Quote) -> Option<String> {
        let (before, after) = (self.subscription.credits, quote.credits_after);
        let unit = |code: &str| credit_unit(self.product()?.plan(code)?);
        let has = before.map(|credits| credits_left(credits, unit(&quote.before.plan).unwrap_or("credits")));
        let then = match quote.when {
            _ if before == after && quote.before.plan == quote.after.plan => return None,
            When::Now => "after the change".to_owned(),
            When::PeriodEnd => format!("from {} on", day(quote.period.from, self.zone).text),
        };
        let will = after.map(|credits| {
            // A new period begins with what its plan gives.
            let left = if quote.when == When::Now { credits.left } else { credits.of_plan };
            format!("{left} {} {then}.", unit(&quote.after.plan).unwrap_or("credits"))
        });
        match (has, will) {
            (None, None) => None,
            (None, Some(will)) => Some(will),
            (Some(has), Some(will)) => Some(format!("{has}; {will}")),
            (Some(has), None) => Some(format!("{has}; none {then}.")),
        }
    }
}

/// What a plan's credits count: `hours`.
pub fn credit_unit(plan: &Plan) -> Option<&str> {
    plan.credits.as_ref().map(|credits| credits.unit.as_str())
}

/// `12 of 40 hours left`
pub fn credits_left(credits: PlanCredits, unit: &str) -> String {
    format!("{} of {} {unit} left", credits.left, credits.granted)
}

/// The plan credits of a subscription: what they count, and how many are left.
pub fn credits_of(catalogue: &Catalogue, subscription: &Subscription) -> Option<(String, String)> {
    let credits = subscription.credits?;
    let plan = catalogue.product(&subscription.product).and_then(|product| product.plan(&subscription.plan().code));
    let unit = plan.and_then(credit_unit).unwrap_or("credits");
    Some((unit.to_owned(), credits_left(credits, unit)))
}

/// When the change is made and what is to pay for it until when, as the page says it before it is confirmed.
pub fn when_made(quote: &Quote, zone: &Zone) -> String {
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => {
            let from = day(quote.period.from, zone).text;
            format!("The change is made with the next period, on {from}. Nothing is to pay now.")
        }
        (When::Now, Gate::None) if quote.due.is_positive() => {
            let due_on = day(quote.pay_by, zone).text;
            format!("The change is made at once. The invoice of {} is due by {due_on}.", amount(quote.due).text)
        }
        (When::Now, Gate::Paid) if quote.due.is_positive() => {
            "The change is made as soon as the invoice is paid.".to_owned()
        }
        (When::Now, _) => "The change is made as soon as you confirm.".to_owned(),
    }
}

/// When a restart happens.
pub fn when_restarted(quote: &Quote, zone: &Zone) -> String {
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => format!("When the next period begins, on {}", day(quote.period.from, zone).text),
        (When::Now, Gate::Paid) if quote.due.is_positive() => "As soon as the invoice is paid".to_owned(),
        (When::Now, _) => "As soon as you confirm".to_owned(),
    }
}

/// The moments a change can be made at, where the policy leaves the choice, and the quote of the one that is chosen;
/// `usual` is the quote of the moment that the policy takes by itself.
pub fn moments(reading: &Reading<'_>, asked: &PlanChangeRequest, usual: Quote) -> (Vec<RadioCard>, Quote) {
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
    let on = day(later.period.from, &reading.account.zone).text;
    let card = |when: When, label: String, note: &str| {
        RadioCard::new("when", when_code(when), label, when == chosen).note(note)
    };
    let cards = vec![
        card(When::Now, "Now".to_owned(), "The rest of this period is counted: what is not used comes back."),
        card(When::PeriodEnd, format!("With the next period, on {on}"), "Nothing is to pay now."),
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
pub fn takes_its_place(open: &PlanChange, next_period: Timestamp, zone: &Zone) -> String {
    let what = super::meaning::what(&open.quote);
    if open.awaits_payment() {
        format!(
            "{what} is waiting for its payment. What you choose here takes its place, and its invoice is cancelled."
        )
    } else {
        let on = day(next_period, zone).text;
        format!("{what} is planned for {on}. What you choose here takes its place.")
    }
}
