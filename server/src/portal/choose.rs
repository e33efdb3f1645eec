//! Choosing a plan: the choice as the address carries it, and the page that shows every plan, what differs, and what
//! the choice means. Nothing is stored here; reviewing and submitting are in `plan_change`.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use billing::account::{Account, Subscription};
use billing::calendar::Cycle;
use billing::catalogue::{Basket, Catalogue, Plan, Price, Product, price_in};
use billing::command::Asker;
use billing::decide::Offer;
use billing::id::SubscriptionId;
use billing::money::{Currency, sum};
use billing::quote::{PlanChangeRequest, Quote};
use billing::refusal::Refusal;
use billing::usage;

use super::amounts::{less_discount, tax_note};
use super::desk::Desk;
use super::gives::Gives;
use super::meaning::{begins_a_period, meaning};
use super::metered;
use super::options;
use super::reasons::Names;
use super::services::{href, next_of, paid_until, plan_with_options, trial};
use super::timing::{Moment, Moments, Setting, is_in_the_way, moments, takes_its_place};
use super::views::plan_change::{PlanChoice, Today};
use super::views::{ChoosePage, Meaning};
use super::words::{Words, amount, difference, every, joined, per};
use crate::app::App;
use crate::auth::Customer;
use crate::forms::encoded;
use crate::ui::language::{Language, Texts, args};
use crate::ui::{AmountView, DayField, PortalSection, RadioCard, Select};
use crate::web::{PageError, page_with};

/// `GET /services/{id}/change`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Query(sent): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let subscription = desk.subscription(&id)?;
    let asked = chosen(&sent, &desk, subscription)?;
    let page = chooser(&app, &desk, subscription, asked, None).await?;
    match desk.open_change(subscription) {
        Some(change) if page.replaces.is_none() => {
            Ok(Redirect::to(&format!("/changes/{}?notice=open", change.id)).into_response())
        }
        _ => page_with(StatusCode::OK, &page),
    }
}

/// The choice in an address: the fields `plan`, `cycle`, `when` and those of `options`, each at most once; what is missing
/// stays as it is.
pub(super) fn chosen(
    sent: &[(String, String)],
    desk: &Desk,
    subscription: &Subscription,
) -> Result<PlanChangeRequest, PageError> {
    let wrong = |text: String| PageError::Unreadable(text);
    let product = desk.product(subscription).ok_or(PageError::NotFound)?;
    let mut basket = subscription.basket();
    let (mut when, mut on) = (None, None);
    let mut seen = BTreeSet::new();
    for (name, value) in sent {
        if !seen.insert(name) {
            return Err(wrong(format!("the field {name:?} is given twice")));
        }
        match name.as_str() {
            "plan" => basket.plan = value.into(),
            "when" => when = Some(value.as_str()),
            "on" => on = Some(value.as_str()),
            "cycle" => basket.cycle = Cycle::parse(value).map_err(|error| wrong(error.to_string()))?,
            _ => {
                if !options::read(product, &mut basket, name, value).map_err(wrong)? {
                    return Err(wrong(format!("there is no field {name:?}")));
                }
            }
        }
    }
    let no_moment = || wrong(format!("{:?} is no moment, or its day is none", when.unwrap_or_default()));
    let Moment { when, on } = Moment::read(when, on).ok_or_else(no_moment)?;
    Ok(PlanChangeRequest { subscription: subscription.id, basket, asked_by: Asker::Customer, when, on })
}

/// A choice as the address carries it. Codes come from the catalogue or were read from an address.
pub(super) fn address(asked: &PlanChangeRequest) -> String {
    let basket = &asked.basket;
    let mut text = format!("plan={}&cycle={}", encoded(&basket.plan), encoded(&basket.cycle.to_string()));
    for (code, quantity) in &basket.options {
        text.push_str(&format!("&option_{}={quantity}", encoded(code)));
    }
    text.push_str(&Moment::of(asked).address());
    text
}

/// The chooser with a choice made; `refused` says why it came back from further on.
pub(super) async fn chooser(
    app: &App,
    desk: &Desk,
    subscription: &Subscription,
    asked: PlanChangeRequest,
    refused: Option<String>,
) -> Result<ChoosePage, PageError> {
    let (account, now) = (desk.account.id, desk.now);
    let wanted = asked.clone();
    let offered = app.read(move |engine| {
        let reading = engine.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?;
        // Each plan at the moment that its own terms take: what can be chosen for one plan need not be for another.
        let offers = reading.offers(&PlanChangeRequest { when: None, on: None, ..wanted.clone() })?;
        let (account, catalogue) = (&reading.account, &*reading.catalogue);
        let laid = || {
            let subscription = account.subscription(wanted.subscription)?;
            let product = catalogue.product(&subscription.product)?;
            let words = Words { language: Language::of(&catalogue.language), zone: &account.zone };
            let shelf = Shelf { words, account, catalogue, product, subscription, wanted: &wanted.basket };
            let at_moment = |usual: Quote| moments(words, &reading, &wanted, usual);
            let with_cycle = |cycle| {
                let basket = Basket { cycle, ..wanted.basket.clone() };
                let request = PlanChangeRequest { basket, when: None, on: None, ..wanted.clone() };
                Some(reading.quote(&request).ok()?.quote)
            };
            Some(shelf.laid_out(&offers, at_moment, with_cycle))
        };
        Ok(laid())
    });
    let Laid { plans, cycles, options, moments, day, can_replace, outcome } =
        offered.await?.ok_or(PageError::NotFound)?;
    let (meaning, reason) = match outcome {
        Outcome::Means(meaning) => (Some(*meaning), None),
        Outcome::AsToday => (None, None),
        Outcome::Refused(reason) => (None, Some(reason)),
        Outcome::NoSuchPlan => {
            let refusal = Refusal::UnknownPlan(asked.basket.plan.clone());
            (None, Some(desk.names(Some(subscription)).reason(&refusal)))
        }
    };
    // A day that cannot be had can be chosen anew where it was.
    let shows_moments = (refused.is_none() && reason.is_none()) || asked.on.is_some();
    let refused = refused.or(reason);
    let words = desk.words();
    let here = href(subscription);
    Ok(ChoosePage {
        page: around(desk, subscription, words.text("change-plan")),
        service: subscription.service.label.clone(),
        action: format!("{here}/change"),
        review_action: format!("{here}/change/review"),
        service_href: here,
        today: today(desk, subscription),
        plans,
        cycles,
        options,
        day: day.filter(|_| shows_moments),
        moments: if shows_moments { moments } else { Vec::new() },
        replaces: takes_its_place(words, subscription).filter(|_| can_replace),
        tax_note: tax_note(words.language, desk.catalogue.tax.as_deref())
            .map(|note| words.fill("tax-prices", &args!["note" => note])),
        meaning: if refused.is_some() { None } else { meaning },
        refused,
    })
}

/// The page around a step of a change.
pub(super) fn around(desk: &Desk, subscription: &Subscription, title: String) -> crate::ui::Page {
    let page = desk.page(title, PortalSection::Services).crumb(desk.words().text("menu-services"), "/services");
    page.crumb(&subscription.service.label, href(subscription))
}

fn today(desk: &Desk, subscription: &Subscription) -> Today {
    let (words, tax) = (desk.words(), desk.catalogue.tax.as_deref());
    Today {
        plan: plan_with_options(words.language, subscription),
        price: words.amount(subscription.recurring()),
        cycle: words.per(subscription.anchor.cycle),
        paid_until: paid_until(desk, subscription),
        trial: trial(desk, subscription),
        next_invoice: Some(next_of(desk, subscription)),
        tax_note: tax_note(words.language, tax),
        usage: Vec::new(),
    }
}

/// Shown where a plan has no price for the cycle: that is never zero (M09).
fn no_price(language: Language) -> AmountView {
    AmountView { text: "–".to_owned(), spoken: language.text("no-price"), negative: false, zero: false }
}

/// The subscriptions whose open change or cancellation another choice can take the place of (T4); one read, whatever their
/// number.
pub(super) async fn replaceable(
    app: &App,
    desk: &Desk,
    subscriptions: &[&Subscription],
) -> Result<Vec<SubscriptionId>, PageError> {
    let (account, now) = (desk.account.id, desk.now);
    let is_open = |one: &Subscription| desk.open_change(one).is_some() || one.scheduled_end().is_some();
    let open = subscriptions.iter().filter(|subscription| is_open(subscription));
    let asked: Vec<_> = open
        .map(|subscription| PlanChangeRequest {
            subscription: subscription.id,
            basket: subscription.basket(),
            asked_by: Asker::Customer,
            when: None,
            on: None,
        })
        .collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let can = app.read(move |engine| {
        let reading = engine.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?;
        let mut can = Vec::new();
        for request in &asked {
            let offers = reading.offers(request)?;
            if offers.iter().any(|offer| !offer.quote.as_ref().is_err_and(is_in_the_way)) {
                can.push(request.subscription);
            }
        }
        Ok(can)
    });
    Ok(can.await?)
}

/// What there is to choose from, and for whom.
struct Shelf<'a> {
    words: Words<'a>,
    account: &'a Account,
    catalogue: &'a Catalogue,
    product: &'a Product,
    subscription: &'a Subscription,
    wanted: &'a Basket,
}

/// The choices in words, and what became of the choice that is made.
struct Laid {
    plans: Vec<PlanChoice>,
    cycles: Vec<RadioCard>,
    options: Vec<Select>,
    moments: Vec<RadioCard>,
    day: Option<DayField>,
    /// Can a choice take the place of the change that is open?
    can_replace: bool,
    outcome: Outcome,
}

enum Outcome {
    Means(Box<Meaning>),
    AsToday,
    Refused(String),
    NoSuchPlan,
}

impl Shelf<'_> {
    /// `at_moment` counts the choice at the moment that is wanted, `with_cycle` with another cycle.
    fn laid_out(
        &self,
        offers: &[Offer<'_>],
        at_moment: impl FnOnce(Quote) -> Moments,
        with_cycle: impl Fn(Cycle) -> Option<Quote>,
    ) -> Laid {
        let wanted = offers.iter().find(|offer| offer.plan.code == self.wanted.plan);
        let (mut moments, mut day) = (Vec::new(), None);
        let outcome = match wanted.map(|offer| &offer.quote) {
            Some(Ok(quote)) => {
                let at = at_moment(quote.clone());
                (moments, day) = (at.cards, at.day);
                match at.chosen {
                    Ok(quote) => Outcome::Means(Box::new(meaning(&quote, &self.setting()))),
                    Err(refusal) => Outcome::Refused(self.names().reason(&refusal)),
                }
            }
            Some(Err(Refusal::SamePlan)) => Outcome::AsToday,
            Some(Err(refusal)) => Outcome::Refused(self.names().reason(refusal)),
            None => Outcome::NoSuchPlan,
        };
        Laid {
            plans: offers.iter().map(|offer| self.plan(offer)).collect(),
            cycles: self.cycles(with_cycle),
            options: options::selects(self.words.language, self.product, self.wanted, self.currency()),
            moments,
            day,
            can_replace: offers.iter().any(|offer| !offer.quote.as_ref().is_err_and(is_in_the_way)),
            outcome,
        }
    }

    fn setting(&self) -> Setting<'_> {
        Setting { words: self.words, catalogue: self.catalogue, subscription: self.subscription }
    }

    fn names(&self) -> Names<'_> {
        Names { words: self.words, product: Some(self.product), support_email: &self.catalogue.support_email }
    }

    fn currency(&self) -> Currency {
        self.account.currency
    }

    fn plan(&self, offer: &Offer<'_>) -> PlanChoice {
        let language = self.words.language;
        let item = self.subscription.plan();
        let present = offer.plan.code == item.code;
        let same_cycle = self.wanted.cycle == item.cycle;
        // What the customer has costs what it was sold for, whatever the list says today.
        let price = if present && same_cycle { Some(item.price()) } else { offer.price };
        let list = if present && same_cycle {
            less_discount(language, item.priced().list, item.discount, item.price())
        } else {
            let price = price_in(&offer.plan.prices, &offer.plan.code, self.wanted.cycle, self.currency());
            price.map(|price| less_discount(language, price.amount, price.discount, price.net())).unwrap_or_default()
        };
        let refused = match &offer.quote {
            Ok(_) | Err(Refusal::SamePlan) => None,
            Err(refusal) => Some(self.names().reason(refusal)),
        };
        PlanChoice {
            id: offer.plan.code.to_string(),
            name: offer.plan.name.to_string(),
            present,
            selected: offer.plan.code == self.wanted.plan,
            differences: self.differences(offer.plan, present),
            price: price.map_or_else(|| no_price(language), |price| amount(language, price)),
            list: [list]
                .into_iter()
                .chain(self.once(offer))
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            cycle: per(language, self.wanted.cycle),
            difference: price
                .filter(|_| !present && same_cycle)
                .map(|price| difference(language, price - item.price())),
            refused,
        }
    }

    /// What the plan is charged once where it is chosen, and what the trial costs more with it.
    fn once(&self, offer: &Offer<'_>) -> [String; 2] {
        let words = self.words;
        let amount = |of_trial: bool| {
            let lines = offer.quote.iter().flat_map(|quote| &quote.once);
            let lines = lines.filter(|line| line.code == offer.plan.code && line.is_of_trial() == of_trial);
            let amount = sum(self.currency(), lines.map(|line| line.amount));
            (!amount.is_zero()).then(|| words.money(amount))
        };
        let setup = amount(false).map(|amount| words.fill("price-once", &args!["amount" => amount]));
        let trial = amount(true).map(|amount| words.fill("price-trial", &args!["amount" => amount]));
        [setup, trial].map(Option::unwrap_or_default)
    }

    fn differences(&self, plan: &Plan, present: bool) -> Vec<String> {
        let had = self.product.plan(&self.subscription.plan().code).filter(|_| !present);
        let gives = Gives { language: self.words.language, product: Some(self.product) };
        let mut words = match had {
            Some(had) => gives.plan_differences(had, plan),
            None => gives.plan_phrases(plan),
        };
        // What the customer has costs what it was sold for.
        let keeps = present && self.wanted.cycle == self.subscription.anchor.cycle;
        let meters = if keeps {
            usage::prices(&self.subscription.usage).cloned().collect()
        } else {
            self.product.meters_of(plan, self.wanted.cycle, self.currency())
        };
        words.extend(meters.iter().map(|meter| metered::price(self.words.language, meter)));
        words
    }

    fn cycles(&self, with_cycle: impl Fn(Cycle) -> Option<Quote>) -> Vec<RadioCard> {
        let currency = self.currency();
        let prices = self.product.plans.iter().filter(|plan| !plan.retired).flat_map(|plan| &plan.prices);
        let mut cycles: BTreeSet<Cycle> =
            prices.filter(|price| price.amount.currency == currency).map(|price| price.cycle).collect();
        cycles.insert(self.subscription.anchor.cycle);
        if cycles.len() < 2 {
            return Vec::new();
        }
        let mut cycles: Vec<_> = cycles.into_iter().collect();
        cycles.sort_by_key(|cycle| cycle.nominal_days());
        let card =
            |cycle| self.cycle(cycle, with_cycle(cycle).is_some_and(|quote| begins_a_period(&quote, self.words)));
        cycles.into_iter().map(card).collect()
    }

    fn cycle(&self, cycle: Cycle, begins_a_period: bool) -> RadioCard {
        let words = self.words;
        let plan = self.product.plan(&self.wanted.plan);
        let price =
            |cycle| plan.and_then(|plan| price_in(&plan.prices, &plan.code, cycle, self.currency())).map(Price::net);
        let saved = match (cycle, price(Cycle::MONTH), price(Cycle::YEAR)) {
            (Cycle::YEAR, Some(month), Some(year)) => Some(month.times(12) - year).filter(|saved| saved.is_positive()),
            _ => None,
        };
        let mut notes = Vec::new();
        if let Some(saved) = saved {
            notes.push(words.fill("cycle-saves", &args!["amount" => words.money(saved)]));
        }
        if cycle != self.subscription.anchor.cycle && begins_a_period {
            notes.push(words.text("cycle-new-period"));
        }
        let card = RadioCard {
            amount: price(cycle).map(|price| words.amount(price)),
            amount_note: price(cycle).map(|_| words.per(cycle)),
            ..RadioCard::new("cycle", cycle.to_string(), every(words.language, cycle), cycle == self.wanted.cycle)
        };
        if notes.is_empty() { card } else { card.note(joined(words.language, notes)) }
    }
}
