//! The plan change as staff make it (W1): choose, see the charge for the rest of the cycle, create order and invoice.
//! The same quote as in the portal, asked for by staff, who may choose plans that customers may not (W4).

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::{Account, Subscription};
use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Basket, Product, price_in};
use billing::command::{Answer, Asker, PaymentChoice};
use billing::money::Money;
use billing::policy::{Gate, When};
use billing::quote::{PlanChangeRequest, Quote, QuoteSummary};
use billing::refusal::Refusal;
use billing::tax::TaxRate;
use engine::{EngineError, Quoted, Submission};
use serde::Deserialize;

use super::add_service::{cycles_of, method, method_cards};
use super::change::if_missed;
use super::desk::{Desk, unreadable};
use super::service::opened;
use super::views::plan_change::StaffPlan;
use super::views::{ChoosePage, OutdatedPage, ReviewPage};
use super::words::{ENGLISH, GIVES, amount, day, days, difference, english, every, for_staff, moment, per};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::{encoded, engine_key, form_key};
use crate::portal::amounts::{less_discount, tax_note, with_tax_words};
use crate::portal::meaning::{invoice_of_quote, meaning, shown_before, what};
use crate::portal::next_invoice;
use crate::portal::options;
use crate::portal::timing::{Moment, Setting, is_in_the_way, moments, takes_its_place};
use crate::portal::views::Meaning;
use crate::portal::views::plan_change::PlanChoice;
use crate::ui::dates::day_text;
use crate::ui::{AdminSection, AmountView, DayField, Fact, Page, RadioCard, Value};
use crate::web::{PageError, page, page_with, sentence};

/// A service with everything that a choice is made from.
struct Chosen {
    desk: Desk,
    account: Account,
    subscription: Subscription,
    product: Product,
    basket: Basket,
    moment: Moment,
}

/// A plan as it was counted, or why not.
struct Counted {
    code: String,
    price: Option<Money>,
    quote: Result<Quote, Refusal>,
}

impl Chosen {
    async fn read(app: &App, staff: Staff, id: &str, pairs: &[(String, String)]) -> Result<Self, PageError> {
        let (desk, account, subscription) = opened(app, staff, id).await?;
        let product = desk.catalogue.product(&subscription.product).cloned();
        let product = product
            .ok_or_else(|| PageError::from(EngineError::from(Refusal::UnknownProduct(subscription.product.clone()))))?;
        let (basket, moment) = choice(&product, subscription.basket(), pairs)?;
        Ok(Self { desk, account, subscription, product, basket, moment })
    }

    fn request(&self) -> PlanChangeRequest {
        PlanChangeRequest {
            subscription: self.subscription.id,
            basket: self.basket.clone(),
            asked_by: Asker::Staff,
            when: self.moment.when,
            on: self.moment.on,
        }
    }

    fn href(&self) -> String {
        format!("/admin/services/{}", self.subscription.service.id)
    }

    fn page(&self, title: &str) -> Page {
        self.desk
            .page(title, AdminSection::Services)
            .crumb("Services", "/admin/services")
            .crumb(&self.subscription.service.label, self.href())
    }

    fn zone(&self) -> &Zone {
        &self.account.zone
    }

    fn reason(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::SamePlan => "This is what the customer has today.".to_owned(),
            Refusal::ChangeOpen(_) => "A change is open. It must be paid or withdrawn first.".to_owned(),
            other => self.desk.names(Some(&self.product.code), self.zone()).reason(other),
        }
    }

    fn setting(&self) -> Setting<'_> {
        Setting { words: english(self.zone()), catalogue: &self.desk.catalogue, subscription: &self.subscription }
    }

    fn tax(&self) -> Option<&TaxRate> {
        self.desk.catalogue.tax.as_deref()
    }

    /// The open change or the cancellation whose place a new change takes.
    fn replaces(&self) -> Option<String> {
        takes_its_place(english(self.zone()), &self.subscription)
    }

    /// The choice as the rest of an address.
    fn query(&self, basket: &Basket, moment: Moment) -> String {
        let mut query = format!("plan={}&cycle={}", encoded(&basket.plan), encoded(&basket.cycle.to_string()));
        for option in &self.product.options {
            let quantity = basket.options.get(&option.code).copied().unwrap_or(0);
            query.push_str(&format!("&option_{}={quantity}", encoded(&option.code)));
        }
        query.push_str(&moment.address());
        query
    }
}

/// The present basket with what the address says instead, and the moment; a name that our forms do not have is refused.
fn choice(product: &Product, mut basket: Basket, pairs: &[(String, String)]) -> Result<(Basket, Moment), PageError> {
    let (mut seen, mut when, mut on) = (BTreeSet::new(), None, None);
    for (name, value) in pairs {
        if !seen.insert(name) {
            return Err(unreadable(&format!("the field {name:?} is given twice")));
        }
        match name.as_str() {
            "plan" => basket.plan = value.into(),
            "when" => when = Some(value.as_str()),
            "on" => on = Some(value.as_str()),
            "cycle" => basket.cycle = Cycle::parse(value).map_err(|error| unreadable(&error.to_string()))?,
            other => {
                if !options::read(product, &mut basket, other, value).map_err(|text| unreadable(&text))? {
                    return Err(unreadable(&format!("the form has no field {other:?}")));
                }
            }
        }
    }
    basket.options.retain(|_, quantity| *quantity > 0);
    let no_moment = || unreadable(&format!("{:?} is no moment, or its day is none", when.unwrap_or_default()));
    Ok((basket, Moment::read(when, on).ok_or_else(no_moment)?))
}

/// What a quote means, in words for staff.
fn meaning_for_staff(quote: &Quote, setting: &Setting<'_>) -> Meaning {
    let released = if quote.debt_released.is_positive() {
        format!(" {} comes off the open invoice.", amount(quote.debt_released).text)
    } else {
        String::new()
    };
    let bought = match &quote.extension {
        Some(extension) if extension.days == 1 => " What is left of what was paid lasts for 1 day.".to_owned(),
        Some(extension) => format!(" What is left of what was paid lasts for {} days.", extension.days),
        None => String::new(),
    };
    let mut meaning = meaning(quote, setting);
    let in_trial = match quote.trial_until {
        Some(_) if quote.when == When::Now && quote.ends_trial() => " The trial ends with the change.",
        Some(_) => " Until then it is in trial.",
        None => "",
    };
    let day = day_text(ENGLISH, quote.next_invoice_on);
    let next = invoice_of_quote(setting.words, setting.tax(), quote, &day);
    meaning.next_invoice = format!("{}{in_trial}{bought}{released}", for_staff(&next));
    let confirmed = |text: &str| text.replace("As soon as you confirm", "As soon as it is ordered");
    if let Some(restart) = &mut meaning.restart {
        restart.when = confirmed(&restart.when);
    }
    meaning.made = meaning.made.replace("as soon as you confirm", "as soon as it is ordered");
    meaning.made = meaning.made.replace("you can have it again", "it can be had again");
    meaning
}

/// `GET /admin/services/{id}/change`
pub(super) async fn choose(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let chosen = Chosen::read(&app, staff, &id, &pairs).await?;
    let (account, request, now) = (chosen.account.id, chosen.request(), chosen.desk.now);
    let counted = app.read(move |engine| {
        let reading = engine.read(account, now)?.ok_or(Refusal::UnknownAccount(account))?;
        // Each plan at the moment that its own terms take; the choice of the moment is for the chosen one.
        let offers = reading.offers(&PlanChangeRequest { when: None, on: None, ..request.clone() })?;
        let (mut timed, mut day) = (Vec::new(), None);
        let counted = offers.into_iter().map(|offer| {
            let mut quote = offer.quote;
            if offer.plan.code == request.basket.plan {
                quote = quote.and_then(|usual| {
                    let at = moments(english(&reading.account.zone), &reading, &request, usual);
                    (timed, day) = (at.cards, at.day);
                    at.chosen
                });
            }
            Counted { code: offer.plan.code.to_string(), price: offer.price, quote }
        });
        let counted: Vec<_> = counted.collect();
        Ok((counted, timed, day))
    });
    let (counted, timed, day) = counted.await?;
    Ok(page(&choose_page(&chosen, &counted, timed, day))?.into_response())
}

fn choose_page(chosen: &Chosen, counted: &[Counted], timed: Vec<RadioCard>, day: Option<DayField>) -> ChoosePage {
    let Chosen { subscription, product, basket, account, .. } = chosen;
    let now = counted.iter().find(|one| one.code == basket.plan);
    let same = *basket == subscription.basket();
    let (meaning, refused) = match now.map(|one| &one.quote) {
        _ if same => (None, None),
        Some(Ok(quote)) => (Some(meaning_for_staff(quote, &chosen.setting())), None),
        Some(Err(refusal)) => (None, Some(chosen.reason(refusal))),
        None => (None, Some("There is no such plan. Choose one of the plans.".to_owned())),
    };
    let cycle = |one: Cycle| RadioCard::new("cycle", one.to_string(), every(one), one == basket.cycle);
    ChoosePage {
        page: chosen.page("Change plan"),
        action: format!("{}/change", chosen.href()),
        review_action: format!("{}/change/review", chosen.href()),
        today: today(chosen),
        plans: counted.iter().filter_map(|one| staff_plan(chosen, one)).collect(),
        cycles: cycles_of(product, account.currency).into_iter().map(cycle).collect(),
        options: options::selects(ENGLISH, product, basket, account.currency),
        moments: if same { Vec::new() } else { timed },
        day: day.filter(|_| !same),
        replaces: chosen.replaces().filter(|_| counted.iter().any(|one| !one.quote.as_ref().is_err_and(is_in_the_way))),
        tax_note: tax_note(ENGLISH, chosen.tax()).map(|note| format!("All prices {note}.")),
        meaning,
        refused,
    }
}

/// Is it the open change that is in the way, or its payment?
fn today(chosen: &Chosen) -> Vec<Fact> {
    let Chosen { desk, subscription, account, .. } = chosen;
    let recurring = with_tax_words(ENGLISH, subscription.recurring(), chosen.tax());
    let asked = with_tax_words(ENGLISH, next_invoice::asks(desk.facts(), account, subscription), chosen.tax());
    let next = day(subscription.period.until, &account.zone).text;
    vec![
        Fact::new("Plan", subscription.plan().text.as_str()),
        Fact::new("Price", Value::Noted(recurring, per(subscription.anchor.cycle))),
        Fact::new("Present period", days(subscription.period, &account.zone)),
        Fact::new("Next invoice", Value::Noted(asked, format!("on {next}"))),
    ]
}

fn staff_plan(chosen: &Chosen, counted: &Counted) -> Option<StaffPlan> {
    let Chosen { subscription, product, basket, .. } = chosen;
    let plan = product.plan(&counted.code)?;
    let from = product.plan(&subscription.plan().code);
    let present = plan.code == subscription.plan().code;
    let differences = match from {
        Some(from) if !present => GIVES.plan_differences(from, plan),
        _ => GIVES.plan_phrases(plan),
    };
    let permitted = from.and_then(|from| from.change_to.as_ref()).is_none_or(|to| to.contains(&plan.code));
    let refused = match &counted.quote {
        Err(Refusal::SamePlan) | Ok(_) => None,
        Err(refusal) => Some(chosen.reason(refusal)),
    };
    // The present plan costs what it was sold for; another one what it costs today. No price is never zero (M09).
    let item = subscription.plan();
    let same_cycle = basket.cycle == item.cycle;
    let price = if present && same_cycle { Some(item.price()) } else { counted.price };
    let list = if present && same_cycle {
        less_discount(ENGLISH, item.priced().list, item.discount, item.price())
    } else {
        let price = price_in(&plan.prices, &plan.code, basket.cycle, chosen.account.currency);
        price.map(|price| less_discount(ENGLISH, price.amount, price.discount, price.net())).unwrap_or_default()
    };
    let no_price =
        || AmountView { text: "–".to_owned(), spoken: "no price".to_owned(), negative: false, zero: false };
    Some(StaffPlan {
        staff_only: !(present || permitted && product.customers_may_change),
        choice: PlanChoice {
            id: plan.code.to_string(),
            name: plan.name.to_string(),
            present,
            selected: plan.code == basket.plan,
            differences,
            price: price.map_or_else(no_price, amount),
            list,
            cycle: per(basket.cycle),
            difference: price.filter(|_| !present && same_cycle).map(|price| difference(price - item.price())),
            refused,
        },
    })
}

/// `GET /admin/services/{id}/change/review`
pub(super) async fn review(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let chosen = Chosen::read(&app, staff, &id, &pairs).await?;
    let (account, request, now) = (chosen.account.id, chosen.request(), chosen.desk.now);
    match app.read(move |engine| engine.quote(account, &request, now)).await {
        Ok(quoted) => Ok(page(&review_page(&chosen, &quoted, chosen.moment, "", None))?.into_response()),
        // The chooser says why, beside the choice.
        Err(EngineError::Refused(_)) => {
            let query = chosen.query(&chosen.basket, chosen.moment);
            Ok(Redirect::to(&format!("{}/change?{query}", chosen.href())).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn review_page(chosen: &Chosen, quoted: &Quoted, asked: Moment, picked: &str, problem: Option<String>) -> ReviewPage {
    let quote = &quoted.quote;
    let due = amount(quote.due).text;
    let pay_by = moment(quote.pay_by, chosen.zone()).text;
    let mut consequences = Vec::new();
    consequences.extend(chosen.replaces());
    let (button, methods) = if let Some(chosen_day) = quote.on {
        let on = day_text(ENGLISH, chosen_day.date);
        consequences.push(format!("The change is planned for {on}: it is invoiced and made then, as the quote says."));
        consequences.push("Nothing is to pay now. Until then it can be withdrawn.".to_owned());
        let note = "By card in the portal, or by bank transfer, which staff mark as received.";
        let cards = method_cards(picked, "The customer pays the invoice when it comes", note);
        let methods = if quote.due.is_positive() { cards } else { Vec::new() };
        (format!("Plan the change for {on}"), methods)
    } else if quote.when == When::PeriodEnd {
        let on = day(quote.period.from, chosen.zone()).text;
        consequences
            .push(format!("The change is planned: the plan, the recurring price and the server change on {on}."));
        consequences.push("Nothing is to pay now. Until then it can be withdrawn.".to_owned());
        (format!("Plan the change for {on}"), Vec::new())
    } else if quote.due.is_positive() {
        consequences.push(format!("An order and an invoice are created; {due} is open on it."));
        if quote.gate == Gate::None {
            consequences.push("The plan, the recurring price and the server change at once.".to_owned());
            let due_on = day(quote.pay_by, chosen.zone()).text;
            consequences.push(format!("The invoice is due by {due_on}, and owed like any other."));
        } else {
            consequences.push("The plan, the recurring price and the server change when it is paid.".to_owned());
            consequences.push(if_missed(quote.on_failure, &pay_by));
        }
        let note = "By card in the portal, or by bank transfer, which staff mark as received.";
        let cards = method_cards(picked, "The customer pays the invoice later", note);
        ("Create order and invoice".to_owned(), cards)
    } else {
        consequences.push("The plan changes at once, with a numbered document behind it.".to_owned());
        let noun = crate::portal::meaning::direction(quote.direction).noun(ENGLISH);
        let button = if quote.to_balance.is_positive() {
            format!("{noun} to {}, {} to the balance", quote.plan_after, amount(quote.to_balance).text)
        } else {
            format!("{noun} to {}", quote.plan_after)
        };
        (button, Vec::new())
    };
    consequences.push("The customer is told by mail.".to_owned());
    ReviewPage {
        page: chosen.page("Review the change"),
        whose: format!("{} of {}", chosen.subscription.service.label, chosen.account.name),
        meaning: meaning_for_staff(quote, &chosen.setting()),
        holds_until: moment(quote.expires_at, chosen.zone()),
        action: format!("{}/change", chosen.href()),
        quote: quoted.token.clone(),
        key: form_key(),
        methods,
        problem,
        button,
        consequences,
        back_href: format!("{}/change?{}", chosen.href(), chosen.query(&quote.after, asked)),
    }
}

/// What the review sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    #[serde(default)]
    csrf: String,
    key: String,
    quote: String,
    #[serde(default)]
    method: Option<String>,
}

/// `POST /admin/services/{id}/change`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let chosen = Chosen::read(&app, staff, &id, &[]).await?;
    let picked = sent.method.as_deref().unwrap_or_default();
    let pays_by = if picked.is_empty() { PaymentChoice::BankTransfer } else { method(picked)? };
    let account = chosen.account.id;
    let token = sent.quote.clone();
    let request = app.read(move |engine| engine.quoted_request(account, &token)).await?;
    if request.subscription != chosen.subscription.id {
        return Err(PageError::NotFound);
    }
    let submission = Submission {
        account,
        actor: chosen.desk.actor(),
        token: sent.quote.clone(),
        pays_by,
        key: engine_key(&sent.key)?,
    };
    let now = chosen.desk.now;
    match app.write(move |engine| engine.submit(&submission, now)).await {
        Ok(ran) => Ok(Redirect::to(&match ran.answer {
            Answer::ChangeSubmitted { change, applied: false, document: None, .. } => {
                format!("/admin/changes/{change}?done=planned")
            }
            Answer::ChangeSubmitted { change, applied: false, .. } => format!("/admin/changes/{change}?done=ordered"),
            Answer::ChangeSubmitted { change, direction, .. } => {
                format!("/admin/changes/{change}?done={}", direction.word())
            }
            _ => chosen.href(),
        })
        .into_response()),
        Err(EngineError::Refused(refusal)) => refused(&app, &chosen, &request, picked, *refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// Both versions of a quote that no longer holds; else the review once more, with the reason.
async fn refused(
    app: &App,
    chosen: &Chosen,
    request: &PlanChangeRequest,
    picked: &str,
    refusal: Refusal,
) -> Result<Response, PageError> {
    match refusal {
        Refusal::QuoteStale { because, shown, fresh } => {
            outdated(chosen, request, because.words(), &shown, fresh.as_deref())
        }
        Refusal::QuoteExpired { shown, fresh, .. } => {
            outdated(chosen, request, "the quote is past its time", &shown, fresh.as_deref())
        }
        other => {
            let problem = format!("{} Nothing was changed.", chosen.reason(&other));
            let (account, again, now) = (chosen.account.id, request.clone(), chosen.desk.now);
            match app.read(move |engine| engine.quote(account, &again, now)).await {
                Ok(quoted) => {
                    let again = review_page(chosen, &quoted, Moment::of(request), picked, Some(problem));
                    page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
                }
                Err(_) => Err(PageError::Refused(Box::new(other))),
            }
        }
    }
}

fn outdated(
    chosen: &Chosen,
    request: &PlanChangeRequest,
    because: &str,
    shown: &QuoteSummary,
    fresh: Option<&Quote>,
) -> Result<Response, PageError> {
    let now = fresh.map(|quote| meaning_for_staff(quote, &chosen.setting()));
    let name = chosen.product.plan(&request.basket.plan).map_or(request.basket.plan.as_str(), |plan| &plan.name);
    let title =
        fresh.map_or_else(|| format!("{} to {name}", chosen.subscription.plan().text), |quote| what(ENGLISH, quote));
    let way = now.as_ref().map_or(crate::portal::views::plan_change::Direction::Sideways, |now| now.direction);
    let mut before = shown_before(english(chosen.zone()), shown, way, &title);
    let next = amount(shown.next_period()).text;
    before.next_invoice = format!("The next invoice would have been {next}.");
    let (next_href, next_label) = if now.is_some() {
        let query = chosen.query(&request.basket, Moment::of(request));
        (format!("{}/change/review?{query}", chosen.href()), "Review the new amount".to_owned())
    } else {
        (chosen.href(), "Back to the service".to_owned())
    };
    let page = OutdatedPage {
        page: chosen.page("The quote no longer holds"),
        before,
        now,
        changed: vec![sentence(because)],
        next_href,
        next_label,
    };
    page_with(StatusCode::CONFLICT, &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basket() -> Basket {
        Basket { plan: "standard".into(), cycle: Cycle::MONTH, options: [("memory".into(), 4)].into_iter().collect() }
    }

    fn product() -> Product {
        let vps = include_str!("../../storefronts/vps.toml");
        billing::catalogue::Catalogue::from_toml(vps).expect("the storefront of the demo").products.remove(0)
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_the_address_does_not_say_stays_as_it_is() {
        assert_eq!(choice(&product(), basket(), &[]).expect("readable"), (basket(), Moment::default()));
        let (chosen, when) =
            choice(&product(), basket(), &pairs(&[("plan", "large"), ("option_memory", "0"), ("when", "now")]))
                .expect("readable");
        assert_eq!(when, Moment { when: Some(When::Now), on: None });
        assert_eq!(chosen, Basket { plan: "large".into(), cycle: Cycle::MONTH, options: Default::default() });
    }

    #[test]
    fn an_address_that_no_form_of_ours_makes_is_refused() {
        for wrong in [
            ("price", "1"),
            ("when", "tomorrow"),
            ("cycle", "fortnight"),
            ("option_memory", "-1"),
            ("option_memory", "1e9"),
        ] {
            assert!(
                matches!(choice(&product(), basket(), &pairs(&[wrong])), Err(PageError::Unreadable(_))),
                "{wrong:?}"
            );
        }
    }
}
