//! Reviewing a change and submitting it. The review signs a quote of that moment; submitting hands it back, and exactly
//! what was shown is charged, or both versions are shown side by side (N1). Choosing is in `choose`.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use billing::account::Subscription;
use billing::command::{Answer, Asker, PaymentChoice};
use billing::money::Money;
use billing::policy::Gate;
use billing::quote::{PlanChangeRequest, Quote, QuoteSummary};
use billing::refusal::{Refusal, Stale};
use engine::{EngineError, Quoted, Submission};
use serde::Deserialize;

use super::choose::{address, around, chooser, chosen};
use super::desk::Desk;
use super::meaning::{button, direction, from_to, meaning, shown_before, what};
use super::methods::{choice, choices};
use super::services::href;
use super::timing::{Setting, takes_its_place};
use super::views::plan_change::Direction;
use super::views::{OutdatedPage, ReviewPage};
use super::words::Words;
use crate::app::App;
use crate::auth::Customer;
use crate::forms::{engine_key, form_key};
use crate::ui::Notice;
use crate::ui::language::args;
use crate::web::{PageError, page_with};

/// `GET /services/{id}/change/review`
pub(super) async fn review(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Query(sent): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let subscription = desk.subscription(&id)?;
    let asked = chosen(&sent, &desk, subscription)?;
    show_review(&app, &desk, subscription, asked, None, StatusCode::OK).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubmitSent {
    #[serde(default)]
    csrf: String,
    quote: String,
    key: String,
    /// Missing where nothing is to be paid.
    method: Option<String>,
}

/// `POST /services/{id}/change`
pub(super) async fn submit(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Form(sent): Form<SubmitSent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, customer).await?;
    let subscription = desk.subscription(&id)?;
    let (account, token) = (desk.account.id, sent.quote.clone());
    let asked = app.read(move |engine| engine.quoted_request(account, &token)).await?;
    if asked.subscription != subscription.id || asked.asked_by != Asker::Customer {
        return Err(PageError::Unreadable("the offer is of another service; ask for a new one".to_owned()));
    }
    let pays_by = match sent.method.as_deref() {
        Some(name) => choice(name).ok_or_else(|| PageError::Unreadable("there is no such way to pay".to_owned()))?,
        None if costs_money(&app, &desk, &asked).await? => {
            let problem = desk.words().text("review-choose-method");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show_review(&app, &desk, subscription, asked, Some(problem), status).await;
        }
        None => PaymentChoice::BankTransfer,
    };
    let submission =
        Submission { account, actor: desk.actor(), token: sent.quote, pays_by, key: engine_key(&sent.key)? };
    let now = desk.now;
    match app.write(move |engine| engine.submit(&submission, now)).await {
        Ok(ran) => Ok(Redirect::to(&next_page(&ran.answer, subscription)).into_response()),
        Err(EngineError::Refused(refusal)) => not_submitted(&app, desk, &id, asked, *refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// Where a submitted change goes on: the invoice where something is left to pay by transfer, else the change.
fn next_page(answer: &Answer, subscription: &Subscription) -> String {
    match answer {
        Answer::ChangeSubmitted { document: Some(invoice), attempt: None, due, .. } if due.is_positive() => {
            format!("/documents/{invoice}?notice=ordered")
        }
        Answer::ChangeSubmitted { change, .. } => format!("/changes/{change}?notice=ordered"),
        _ => href(subscription),
    }
}

async fn costs_money(app: &App, desk: &Desk, asked: &PlanChangeRequest) -> Result<bool, PageError> {
    let (account, now, asked) = (desk.account.id, desk.now, asked.clone());
    let fresh = app.read(move |engine| engine.quote(account, &asked, now)).await;
    // Where it cannot be quoted any more, submitting says why.
    Ok(fresh.is_ok_and(|quoted| quoted.quote.due.is_positive()))
}

async fn show_review(
    app: &App,
    desk: &Desk,
    subscription: &Subscription,
    asked: PlanChangeRequest,
    problem: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let (account, now, wanted) = (desk.account.id, desk.now, asked.clone());
    match app.read(move |engine| engine.quote(account, &wanted, now)).await {
        Ok(quoted) => page_with(status, &review_page(desk, subscription, &asked, &quoted, problem)),
        Err(EngineError::Refused(refusal)) => {
            refused(app, desk, subscription, asked, &refusal, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

fn setting<'a>(desk: &'a Desk, subscription: &'a Subscription) -> Setting<'a> {
    Setting { words: desk.words(), catalogue: &desk.catalogue, subscription }
}

fn review_page(
    desk: &Desk,
    subscription: &Subscription,
    asked: &PlanChangeRequest,
    quoted: &Quoted,
    problem: Option<String>,
) -> ReviewPage {
    let quote = &quoted.quote;
    let here = href(subscription);
    let back = format!("{here}/change?{}", address(asked));
    let words = desk.words();
    let page = around(desk, subscription, words.text("review-title"));
    ReviewPage {
        page: page.crumb(words.text("change-plan"), back.clone()),
        service: subscription.service.label.clone(),
        meaning: meaning(quote, &setting(desk, subscription)),
        replaces: takes_its_place(words, subscription),
        holds_until: words.moment(quote.expires_at),
        action: format!("{here}/change"),
        quote: quoted.token.clone(),
        key: form_key(),
        methods: if quote.due.is_positive() {
            choices(words.language, subscription.pays_by, quote.gate == Gate::Paid)
        } else {
            Vec::new()
        },
        problem,
        button: button(words, quote),
        back_href: back,
    }
}

/// The chooser with the same choice, and why it cannot be had.
async fn refused(
    app: &App,
    desk: &Desk,
    subscription: &Subscription,
    asked: PlanChangeRequest,
    refusal: &Refusal,
    status: StatusCode,
) -> Result<Response, PageError> {
    let reason = desk.names(Some(subscription)).reason(refusal);
    let mut page = chooser(app, desk, subscription, asked, Some(reason.clone())).await?;
    let notice = Notice::bad(desk.words().text("notice-not-changed")).sentence(reason);
    page.page.notice = Some(match refusal {
        Refusal::ChangeOpen(change) => {
            let words = desk.words().text("notice-see-change");
            Notice { link: Some((words, format!("/changes/{change}"))), ..notice }
        }
        _ => notice,
    });
    page_with(status, &page)
}

/// Why a submission came to nothing, on a page that keeps the choice.
async fn not_submitted(
    app: &App,
    desk: Desk,
    service: &str,
    asked: PlanChangeRequest,
    refusal: Refusal,
) -> Result<Response, PageError> {
    // Between the reading of the account and the refusal it may have changed.
    let desk = Desk::open(app, desk.customer).await?;
    let subscription = desk.subscription(service)?;
    match refusal {
        Refusal::QuoteStale { because, shown, fresh } => {
            let reason = match because {
                Stale::NewDay => desk.words().text("outdated-new-day"),
                Stale::Catalogue => desk.words().text("outdated-catalogue"),
                Stale::Account => desk.words().text("outdated-account"),
            };
            outdated(&desk, subscription, &asked, reason, &shown, fresh.as_deref())
        }
        Refusal::QuoteExpired { expired_at, shown, fresh } => {
            let words = desk.words();
            let reason = words.fill("outdated-expired", &args!["at" => words.moment(expired_at).text]);
            outdated(&desk, subscription, &asked, reason, &shown, fresh.as_deref())
        }
        // The form was sent before, with another way to pay: what it ordered then is what counts.
        Refusal::KeyReused if desk.open_change(subscription).is_some() => {
            let open = desk.open_change(subscription).map(|change| change.id).ok_or(PageError::NotFound)?;
            Ok(Redirect::to(&format!("/changes/{open}?notice=open")).into_response())
        }
        refusal => refused(app, &desk, subscription, asked, &refusal, StatusCode::CONFLICT).await,
    }
}

/// Both versions side by side, what changed, and one way on.
fn outdated(
    desk: &Desk,
    subscription: &Subscription,
    asked: &PlanChangeRequest,
    reason: String,
    shown: &QuoteSummary,
    fresh: Option<&Quote>,
) -> Result<Response, PageError> {
    let (words, language) = (desk.words(), desk.language());
    let names = fresh.map_or_else(
        || {
            let plan = plan_name(desk, subscription, asked);
            (Direction::Sideways, from_to(language, &subscription.plan().text, &plan))
        },
        |quote| (direction(quote.direction), what(language, quote)),
    );
    let mut changed = vec![reason];
    if let Some(quote) = fresh {
        changed.push(compared(words, shown, quote));
    }
    let here = href(subscription);
    let (next_href, next_label) = match fresh {
        Some(quote) => (format!("{here}/change/review?{}", address(asked)), go_on(words, quote)),
        None => (format!("{here}/change"), words.text("outdated-choose-again")),
    };
    let page = OutdatedPage {
        page: around(desk, subscription, words.text("outdated-title")),
        service: subscription.service.label.clone(),
        before: shown_before(words, shown, names.0, &names.1),
        now: fresh.map(|quote| meaning(quote, &setting(desk, subscription))),
        changed,
        next_href,
        next_label,
    };
    page_with(StatusCode::CONFLICT, &page)
}

fn plan_name(desk: &Desk, subscription: &Subscription, asked: &PlanChangeRequest) -> String {
    let plan = desk.product(subscription).and_then(|product| product.plan(&asked.basket.plan));
    plan.map_or(&asked.basket.plan, |plan| &plan.name).to_string()
}

fn go_on(words: Words<'_>, quote: &Quote) -> String {
    if quote.due.is_positive() {
        words.fill("outdated-go-on-pay", &args!["amount" => words.money(quote.due)])
    } else if quote.to_balance.is_positive() {
        words.fill("outdated-go-on-balance", &args!["amount" => words.money(quote.to_balance)])
    } else {
        words.text("outdated-go-on")
    }
}

/// The difference in one sentence.
fn compared(words: Words<'_>, shown: &QuoteSummary, fresh: &Quote) -> String {
    if (shown.due, shown.to_balance) == (fresh.due, fresh.to_balance) {
        let is_same = shown.waits == fresh.waits;
        return if is_same { words.text("outdated-same") } else { words.text("outdated-later") };
    }
    let side = |due: Money, to_balance: Money| {
        if to_balance.is_positive() {
            words.fill("outdated-to-balance", &args!["amount" => words.money(to_balance)])
        } else {
            words.fill("outdated-due", &args!["amount" => words.money(due)])
        }
    };
    let sides = &args!["now" => side(fresh.due, fresh.to_balance), "before" => side(shown.due, shown.to_balance)];
    words.fill("outdated-compared", sides)
}
