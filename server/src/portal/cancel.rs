//! Cancelling a service: what each way to do it comes to, counted to the cent, and taking it back.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use billing::account::Subscription;
use billing::cancellation::{CancellationQuote, CancellationRequest};
use billing::command::{Asker, Command};
use billing::document::DocumentReason;
use billing::policy::When;
use billing::refusal::Refusal;
use engine::{CancellationSubmission, EngineError, QuotedCancellation};
use serde::Deserialize;
use store::DocumentRow;

use super::desk::Desk;
use super::services::href;
use super::views::CancelPage;
use super::views::service::{CancelWay, Ended, Ends};
use super::words::{joined, number};
use crate::app::App;
use crate::auth::Customer;
use crate::forms::{engine_key, form_key};
use crate::ui::language::args;
use crate::ui::{Fact, PortalSection};
use crate::web::{PageError, page_with};

/// The form that was sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    #[serde(default)]
    csrf: String,
    key: String,
    quote: String,
}

/// The form that takes a cancellation back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeepSent {
    #[serde(default)]
    csrf: String,
    key: String,
}

/// `GET /services/{id}/cancel`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let mut desk = Desk::open(&app, customer).await?;
    desk.remember_ended(&app, &id).await?;
    let subscription = desk.subscription(&id)?;
    let ended = subscription.has_ended().then_some(Refusal::SubscriptionEnded(subscription.id));
    let problem = ended.map(|refusal| desk.names(Some(subscription)).reason(&refusal));
    ways(&app, &desk, &id, problem, StatusCode::OK).await
}

/// `POST /services/{id}/cancel`
pub(super) async fn submit(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, customer).await?;
    let subscription = desk.subscription(&id)?;
    let (account, token) = (desk.account.id, sent.quote.clone());
    let asked = app.read(move |engine| engine.quoted_cancellation(account, &token)).await;
    let is_ours = asked.is_ok_and(|asked| asked.subscription == subscription.id && asked.asked_by == Asker::Customer);
    if !is_ours {
        return Err(PageError::Unreadable("the form is not ours".to_owned()));
    }
    let submission = CancellationSubmission {
        account,
        actor: desk.actor(),
        token: sent.quote,
        reason: None,
        key: engine_key(&sent.key)?,
    };
    let (now, to) = (desk.now, href(subscription));
    match app.write(move |engine| engine.cancel(&submission, now)).await {
        Ok(_) => Ok(Redirect::to(&format!("{to}?notice=cancelled")).into_response()),
        Err(EngineError::Refused(refusal)) => {
            let words = desk.words();
            let problem = match *refusal {
                // What each way comes to now stands below.
                Refusal::CancellationStale { .. } | Refusal::CancellationExpired { .. } => {
                    words.text("cancel-outdated")
                }
                ref other => desk.names(Some(subscription)).reason(other),
            };
            let desk = Desk::open(&app, desk.customer).await?;
            ways(&app, &desk, &id, Some(problem), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /services/{id}/keep`
pub(super) async fn keep(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Form(sent): Form<KeepSent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, customer).await?;
    let subscription = desk.subscription(&id)?;
    let (command, to) = (Command::UncancelSubscription { subscription: subscription.id }, href(subscription));
    Ok(match desk.run(&app, &sent.key, command).await? {
        Ok(_) => Redirect::to(&format!("{to}?notice=kept")).into_response(),
        // Where it has ended meanwhile, its page says so.
        Err(_) => Redirect::to(&to).into_response(),
    })
}

/// Where a customer can cancel, as long as the policy lets them.
pub(super) fn cancel_href(desk: &Desk, subscription: &Subscription) -> Option<String> {
    let product = desk.product(subscription)?;
    let policy = desk.catalogue.policy(&product.policy, &desk.policies)?;
    let is_offered = !policy.cancellation.when.is_empty() && subscription.cancellation.is_none();
    is_offered.then(|| format!("{}/cancel", href(subscription)))
}

/// That it ends with its period, and how to take that back.
pub(super) fn ends(desk: &Desk, subscription: &Subscription) -> Option<Ends> {
    let words = desk.words();
    let scheduled = subscription.scheduled_end()?;
    let day = words.moment(scheduled.quote.ends_at).text;
    let is_running = desk.now < scheduled.quote.ends_at;
    Some(Ends {
        sentence: words.fill("ends-sentence", &args!["day" => day]),
        action: is_running.then(|| format!("{}/keep", href(subscription))),
        key: form_key(),
    })
}

/// That it has ended, what became of the rest, and the document that says so; `documents` are those of the subscription.
pub(super) fn ended(desk: &Desk, subscription: &Subscription, documents: &[DocumentRow]) -> Option<Ended> {
    let (words, cancellation) = (desk.words(), subscription.cancellation.as_ref()?);
    cancellation.ended_at?;
    let quote = &cancellation.quote;
    let day = &args!["day" => words.day(quote.ends_at).text];
    let mut said = vec![match quote.asked_by {
        Some(_) => words.fill("ended-on", day),
        None => words.fill("ended-unpaid", day),
    }];
    let amount = |money| args!["amount" => words.money(money)];
    if quote.to_balance.is_positive() {
        said.push(words.fill("ended-to-balance", &amount(quote.to_balance)));
    } else if quote.total.is_positive() {
        said.push(words.fill("ended-last-invoice", &amount(quote.total)));
    } else if quote.debt_released.is_zero() {
        said.push(words.text("ended-nothing-back"));
    }
    if quote.debt_released.is_positive() {
        said.push(words.fill("cancel-not-owed", &amount(quote.debt_released)));
    }
    let last = documents.iter().find(|row| row.document.reason == DocumentReason::Cancellation);
    Some(Ended {
        sentence: joined(words.language, said),
        document: last.map(|row| (row.number.clone(), format!("/documents/{}", row.document.id))),
    })
}

/// Every way that the policy offers, with what it comes to now.
async fn ways(
    app: &App,
    desk: &Desk,
    id: &str,
    problem: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let subscription = desk.subscription(id)?;
    let (account, now, of) = (desk.account.id, desk.now, subscription.id);
    let counted = app.read(move |engine| {
        let count = |when| {
            let request = CancellationRequest { subscription: of, when, asked_by: Asker::Customer };
            match engine.quote_cancellation(account, &request, now) {
                Ok(quoted) => Ok(Ok(quoted)),
                Err(EngineError::Refused(refusal)) => Ok(Err(refusal)),
                Err(error) => Err(error),
            }
        };
        Ok([count(When::PeriodEnd)?, count(When::Now)?])
    });
    let (mut ways, mut refused) = (Vec::new(), None);
    for counted in counted.await? {
        match counted {
            Ok(quoted) => ways.push(way(desk, subscription, &quoted)),
            Err(refusal) if matches!(*refusal, Refusal::CancellationNotOffered(_)) => {
                refused.get_or_insert(refusal);
            }
            Err(refusal) => refused = Some(refusal),
        }
    }
    let words = desk.words();
    let why_not = || refused.map(|refusal| desk.names(Some(subscription)).reason(&refusal));
    let label = subscription.service.label.as_str();
    let page = desk
        .page(words.fill("cancel-title", &args!["label" => label]), PortalSection::Services)
        .crumb(words.text("menu-services"), "/services")
        .crumb(label, href(subscription));
    let problem = problem.or_else(|| if ways.is_empty() { why_not() } else { None });
    page_with(status, &CancelPage { page, problem, ways, back_href: href(subscription) })
}

fn way(desk: &Desk, subscription: &Subscription, quoted: &QuotedCancellation) -> CancelWay {
    let (words, quote) = (desk.words(), &quoted.quote);
    let day = words.moment(quote.ends_at).text;
    let (name, title, button) = match quote.when {
        When::Now => {
            let button = if quote.to_balance.is_positive() {
                words.fill("cancel-now-back", &args!["amount" => words.money(quote.to_balance)])
            } else {
                words.text("cancel-now-do")
            };
            ("now", words.text("cancel-now"), button)
        }
        When::PeriodEnd => {
            ("period-end", words.fill("cancel-at-end", &args!["day" => day]), words.text("cancel-at-end-do"))
        }
    };
    let credits = quote.credits.iter().filter(|line| !line.amount.is_zero());
    let facts = credits.clone().map(|line| {
        let what = args!["text" => line.text.as_str(), "days" => words.days(line.span)];
        Fact::new(words.fill("cancel-line", &what), words.amount(-line.amount))
    });
    let billed = quote.waiting.iter().chain(&quote.used).filter(|line| !line.amount.is_zero());
    let billed = billed.map(|line| Fact::new(line.text.as_str(), words.amount(line.amount)));
    CancelWay {
        name,
        title,
        sentences: sentences(desk, quote),
        facts: facts.chain(billed).collect(),
        why: credits.flat_map(|line| line.sentences(words.language)).collect(),
        action: format!("{}/cancel", href(subscription)),
        quote: quoted.token.clone(),
        key: form_key(),
        button,
        is_danger: quote.when == When::Now,
    }
}

/// What happens, a sentence each.
fn sentences(desk: &Desk, quote: &CancellationQuote) -> Vec<String> {
    let words = desk.words();
    let mut said = Vec::new();
    match quote.when {
        When::Now => {
            said.push(words.text("cancel-ends-at-once"));
            if quote.all_back {
                said.push(words.text("cancel-all-back"));
            }
            if quote.to_balance.is_positive() {
                let amount = words.money(quote.to_balance);
                said.push(words.fill("cancel-to-balance", &args!["amount" => amount]));
            } else if quote.total.is_positive() {
                let amount = words.money(quote.total);
                said.push(words.fill("cancel-last-invoice", &args!["amount" => amount]));
            } else if quote.debt_released.is_zero() {
                said.push(words.text("cancel-nothing-back"));
            }
            if quote.debt_released.is_positive() {
                let amount = words.money(quote.debt_released);
                said.push(words.fill("cancel-not-owed", &args!["amount" => amount]));
            }
        }
        When::PeriodEnd => {
            said.push(words.text("cancel-until-then"));
            if !quote.waiting.is_empty() || !quote.used.is_empty() {
                said.push(words.text("cancel-last-invoice-then"));
            }
        }
    }
    if quote.credits_lost > 0 {
        said.push(words.fill("cancel-credits-lost", &args!["number" => number(words.language, quote.credits_lost)]));
    }
    if quote.withdraws.is_some() {
        said.push(words.text("cancel-withdraws"));
    }
    said
}
