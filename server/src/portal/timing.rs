//! When a change is made, in words: now, as soon as it is paid, or with the next period; and what becomes of the plan's
//! credits with it. The choice itself is the policy's (T3).

use billing::account::{ChangeState, Component, PlanCredits, Subscription};
use billing::catalogue::{Catalogue, Plan, Product};
use billing::explain::Language;
use billing::policy::{Gate, OnFailure, When};
use billing::quote::{ChosenDay, PlanChangeRequest, Quote};
use billing::refusal::Refusal;
use billing::tax::TaxRate;
use engine::{EngineError, Reading};
use jiff::civil::Date;

use super::words::{Words, count_of, joined, last_day, number, quantified, unit};
use crate::ui::language::{Texts, args};
use crate::ui::{DayField, RadioCard};

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

    /// The plan credits before and after a change: `12 of 40 hours left; 92 hours after the change.` And how they were
    /// counted, where they are shared by time. None where neither plan has any, and where the change leaves them alone.
    pub fn credits(&self, quote: &Quote) -> Option<String> {
        let (before, after) = (self.subscription.credits, quote.credits_after);
        let (words, language) = (self.words, self.words.language);
        let unit_of = |code: &str| unit_on(language, self.product(), code);
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
        let text = match (has, will) {
            (None, None) => return None,
            (None, Some(will)) => words.fill("credits-will", &args!["will" => will, "then" => then]),
            (Some(has), Some(will)) => {
                words.fill("credits-has-will", &args!["has" => has, "will" => will, "then" => then])
            }
            (Some(has), None) => words.fill("credits-has-none", &args!["has" => has, "then" => then]),
        };
        let unit = unit_of(&quote.after.plan);
        let why = quote
            .credits_count
            .as_ref()
            .and_then(|count| count.sentence(after, language, |amount| count_of(language, &unit, amount)));
        Some(joined(language, std::iter::once(text).chain(why)))
    }
}

/// What a plan's credits count: `hours`.
pub fn credit_unit(plan: &Plan) -> Option<&str> {
    plan.credits.as_ref().map(|credits| credits.unit.as_str())
}

/// What the credits count that are had on a plan: also on one that gives none, which leaves those of the days before it.
fn unit_on(language: Language, product: Option<&Product>, code: &str) -> String {
    let plan = product.and_then(|product| product.plan(code)).and_then(credit_unit);
    let named = plan.or_else(|| product?.plans.iter().find_map(credit_unit));
    named.map_or_else(|| language.text("credits-unit"), str::to_owned)
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
    let unit = unit_on(language, catalogue.product(&subscription.product), &subscription.plan().code);
    let left = credits_left(language, credits, &unit);
    Some((unit, left))
}

/// When the change is made and what is to pay for it until when, as the page says it before it is confirmed.
pub fn when_made(words: Words<'_>, quote: &Quote) -> String {
    if let Some(day) = quote.on {
        return made_on_day(words, quote, day);
    }
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

/// The same of a change on a chosen day: what comes on that day, and what it means.
fn made_on_day(words: Words<'_>, quote: &Quote, chosen: ChosenDay) -> String {
    let day = words.date_text(chosen.date);
    if !quote.due.is_positive() {
        return words.fill("made-on-day", &args!["day" => day]);
    }
    let due = &args!["amount" => words.money(quote.due), "day" => day, "at" => words.moment(quote.pay_by).text];
    let then = match (quote.gate, quote.on_failure) {
        (Gate::None, _) => words.fill("made-on-day-owed", due),
        (Gate::Paid, OnFailure::Wait) => words.fill("made-on-day-when-paid", due),
        (Gate::Paid, OnFailure::Lapse) => words.text("made-when-paid-or-lapses"),
        (Gate::Paid, OnFailure::Apply) => words.fill("made-in-the-end", due),
    };
    let begun = words.fill("made-on-day-invoice", due);
    joined(words.language, [begun, words.text("made-on-day-until-then"), then])
}

/// When a restart happens.
pub fn when_restarted(words: Words<'_>, quote: &Quote) -> String {
    if let Some(day) = quote.on {
        let args = &args!["day" => words.date_text(day.date)];
        let waits = quote.gate == Gate::Paid && quote.due.is_positive();
        return if waits { words.fill("restart-on-day-paid", args) } else { words.fill("restart-on-day", args) };
    }
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => words.fill("restart-next-period", &args!["day" => words.day(quote.period.from).text]),
        (When::Now, Gate::Paid) if quote.due.is_positive() && quote.on_failure == OnFailure::Apply => {
            words.text("restart-with-change")
        }
        (When::Now, Gate::Paid) if quote.due.is_positive() => words.text("restart-when-paid"),
        (When::Now, _) => words.text("restart-on-confirming"),
    }
}

/// The moments that a change can be made at, where the policy leaves the choice.
#[derive(Debug)]
pub struct Moments {
    /// A card for each; none where there is no choice.
    pub cards: Vec<RadioCard>,
    /// The day that goes with the last card, where one can be chosen.
    pub day: Option<DayField>,
    /// The change at the moment that is chosen, or why it cannot be had then.
    pub chosen: Result<Quote, Refusal>,
}

/// The moments that a change can be made at; `usual` is the quote of the moment that the policy takes by itself.
pub fn moments(words: Words<'_>, reading: &Reading<'_>, asked: &PlanChangeRequest, usual: Quote) -> Moments {
    let quote = |when, on| match reading.quote(&PlanChangeRequest { when, on, ..asked.clone() }) {
        Ok(quoted) => Ok(quoted.quote),
        Err(EngineError::Refused(refusal)) => Err(*refusal),
        Err(_) => Err(Refusal::DateNotOffered),
    };
    let (usually, other) = match usual.when {
        When::Now => (When::Now, When::PeriodEnd),
        When::PeriodEnd => (When::PeriodEnd, When::Now),
    };
    let next_period = if usual.when == When::PeriodEnd { usual.period.from } else { usual.period.until };
    let other_quote = quote(Some(other), None).ok();
    let later = other_quote.as_ref().filter(|quote| quote.when == When::PeriodEnd);
    let on = words.day(later.map_or(next_period, |quote| quote.period.from)).text;
    let days = reading.days_to_choose(asked.subscription).filter(|(first, _)| quote(None, Some(*first)).is_ok());
    let chosen = asked.when.unwrap_or(usual.when);
    let mut cards = Vec::new();
    if other_quote.is_some() || days.is_some() {
        let card = |code: &'static str, label: String, note: String| {
            let selected = if asked.on.is_some() { code == "date" } else { code == when_code(chosen) };
            RadioCard::new("when", code, label, selected).note(note)
        };
        let offered = |when| when == usually || other_quote.is_some();
        if offered(When::Now) {
            cards.push(card("now", words.text("when-now"), words.text("when-now-note")));
        }
        if offered(When::PeriodEnd) {
            let label = words.fill("when-next-period", &args!["day" => on]);
            cards.push(card("period_end", label, words.text("when-next-period-note")));
        }
        if days.is_some() {
            cards.push(card("date", words.text("when-date"), words.text("when-date-note")));
        }
    }
    let day = days.map(|(first, last)| DayField {
        name: "on".to_owned(),
        label: words.text("when-date-day"),
        value: asked.on.filter(|day| first <= *day && *day <= last).unwrap_or(first),
        first,
        last,
        help: words.fill("when-date-help", &args!["first" => words.date_text(first), "last" => words.date_text(last)]),
    });
    let chosen = match (asked.on, other_quote) {
        (Some(_), _) => quote(None, asked.on),
        (None, Some(other)) if chosen != usually => Ok(other),
        _ => Ok(usual),
    };
    Moments { cards, day, chosen }
}

/// The moment that is chosen: now or with the next period, or a day; neither where the policy says when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Now or with the next period.
    pub when: Option<When>,
    /// On this day.
    pub on: Option<Date>,
}

impl Moment {
    /// The moment that a request asks for.
    pub fn of(request: &PlanChangeRequest) -> Self {
        Self { when: request.when, on: request.on }
    }

    /// The fields `when` and `on` of a form or an address; the day counts where a day is what was chosen. Nothing where they
    /// cannot be read.
    pub fn read(when: Option<&str>, on: Option<&str>) -> Option<Self> {
        match when {
            None => Some(Self::default()),
            Some("date") => Some(Self { when: None, on: Some(on?.parse().ok()?) }),
            Some(when) => Some(Self { when: Some(read_when(when)?), on: None }),
        }
    }

    /// The same as the end of an address.
    pub fn address(self) -> String {
        match (self.on, self.when) {
            (Some(day), _) => format!("&when=date&on={day}"),
            (None, Some(when)) => format!("&when={}", when_code(when)),
            (None, None) => String::new(),
        }
    }
}

/// The choice of the moment, as the address and the form carry it.
fn read_when(text: &str) -> Option<When> {
    match text {
        "now" => Some(When::Now),
        "period_end" => Some(When::PeriodEnd),
        _ => None,
    }
}

/// The same, written.
fn when_code(when: When) -> &'static str {
    match when {
        When::Now => "now",
        When::PeriodEnd => "period_end",
    }
}

/// Is it the open change that is in the way, or its payment, or a cancellation?
pub fn is_in_the_way(refusal: &Refusal) -> bool {
    use Refusal::{ChangeBeingPaid, ChangeOpen, SubscriptionCancelled};
    matches!(refusal, ChangeOpen(_) | ChangeBeingPaid(_) | SubscriptionCancelled(_))
}

/// What the page says where a new choice takes the place of a change that is still open (T4), or of a cancellation.
pub fn takes_its_place(words: Words<'_>, subscription: &Subscription) -> Option<String> {
    let Some(open) = subscription.change.as_ref().filter(|change| change.is_open()) else {
        let day = words.moment(subscription.scheduled_end()?.quote.ends_at).text;
        return Some(words.fill("replaces-cancellation", &args!["day" => day]));
    };
    let what = super::meaning::what(words.language, &open.quote);
    Some(match open.state {
        ChangeState::Scheduled { at } => {
            words.fill("replaces-planned", &args!["what" => what, "day" => words.day(at).text])
        }
        _ => words.fill("replaces-unpaid", &args!["what" => what]),
    })
}
