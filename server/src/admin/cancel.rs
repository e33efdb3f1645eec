//! Cancel a service for a customer, now or with its period, after one look at what that comes to; and take it back.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::Account;
use billing::cancellation::CancellationRequest;
use billing::command::{Asker, Command};
use billing::id::{ServiceId, SubscriptionId};
use billing::money::Money;
use billing::policy::When;
use billing::refusal::Refusal;
use engine::{CancellationSubmission, EngineError, QuotedCancellation};
use serde::Deserialize;

use super::Bare;
use super::desk::Desk;
use super::views::FormPage;
use super::views::form::Input;
use super::views::list::Tab;
use super::words::amount;
use crate::app::App;
use crate::auth::Staff;
use crate::forms::{engine_key, form_key};
use crate::ui::{AdminSection, Fact, Field};
use crate::web::{PageError, page, page_with, sentence};

/// Which way is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Way {
    when: Option<String>,
}

/// What is typed and was shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    key: String,
    quote: String,
    reason: String,
}

/// A service that can be cancelled.
struct Known {
    account: Account,
    service: ServiceId,
    subscription: SubscriptionId,
    label: String,
}

async fn known(app: &App, desk: &Desk, id: &str) -> Result<Known, PageError> {
    let service = ServiceId::parse(id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    let read = app.read(move |engine| {
        let Some(row) = engine.store().subscription_of_service(None, service)? else { return Ok(None) };
        let account = engine.account(row.account, now)?;
        Ok(account.map(|account| Known { account, service, subscription: row.id, label: row.service.label }))
    });
    read.await?.ok_or(PageError::NotFound)
}

fn href(service: ServiceId) -> String {
    format!("/admin/services/{service}")
}

/// `GET /admin/services/{id}/cancel`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(way): Query<Way>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    let when = if way.when.as_deref() == Some("now") { When::Now } else { When::PeriodEnd };
    look(&app, &desk, &known, when, "", None, StatusCode::OK).await
}

/// `POST /admin/services/{id}/cancel`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    let (account, token) = (known.account.id, typed.quote.clone());
    let asked = app.read(move |engine| engine.quoted_cancellation(account, &token)).await;
    let asked = asked.ok().filter(|asked| asked.subscription == known.subscription);
    let asked = asked.ok_or_else(|| PageError::Unreadable("the form is not ours".to_owned()))?;
    let reason = typed.reason.trim();
    let submission = CancellationSubmission {
        account,
        actor: desk.actor(),
        token: typed.quote,
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        key: engine_key(&typed.key)?,
    };
    let now = desk.now;
    match app.write(move |engine| engine.cancel(&submission, now)).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=cancelled", href(known.service))).into_response()),
        Err(EngineError::Refused(refusal)) => {
            let problem = match *refusal {
                Refusal::CancellationStale { .. } | Refusal::CancellationExpired { .. } => {
                    "What it comes to has changed since you saw it. Nothing was cancelled.".to_owned()
                }
                ref other => sentence(&other.to_string()),
            };
            look(&app, &desk, &known, asked.when, reason, Some(problem), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What a way comes to now; where it cannot be had, the page of the service says how it stands.
async fn look(
    app: &App,
    desk: &Desk,
    known: &Known,
    when: When,
    reason: &str,
    problem: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let request = CancellationRequest { subscription: known.subscription, when, asked_by: Asker::Staff };
    let (account, now) = (known.account.id, desk.now);
    match app.read(move |engine| engine.quote_cancellation(account, &request, now)).await {
        Ok(quoted) => page_with(status, &form(desk, known, &quoted, reason, problem)),
        Err(EngineError::Refused(refusal)) => {
            let mut refused = around(desk, known, "Cancel this service");
            refused.problem = Some(sentence(&refusal.to_string()));
            page_with(StatusCode::CONFLICT, &refused)
        }
        Err(error) => Err(error.into()),
    }
}

fn form(desk: &Desk, known: &Known, quoted: &QuotedCancellation, reason: &str, problem: Option<String>) -> FormPage {
    let quote = &quoted.quote;
    let address = |when: When| match when {
        When::Now => format!("{}/cancel?when=now", href(known.service)),
        When::PeriodEnd => format!("{}/cancel", href(known.service)),
    };
    let tab = |name: &str, when: When| Tab::new(name, address(when), when == quote.when);
    let ends = desk.at(quote.ends_at);
    let mut facts = vec![
        Fact::new("Customer", known.account.name.as_str()),
        Fact::new("Service", known.label.as_str()),
        Fact::new("Ends", ends),
    ];
    let mut fact = |name: &str, money: Money| {
        if !money.is_zero() {
            facts.push(Fact::new(name, amount(money)));
        }
    };
    fact("To the balance", quote.to_balance);
    fact("On a last invoice", quote.total.or_zero());
    fact("Left to pay", quote.due);
    fact("Not owed any more", quote.debt_released);
    let mut consequences = match quote.when {
        When::Now => vec![
            "The service ends at once, and its module is asked to take it down. This cannot be taken back.".to_owned(),
        ],
        When::PeriodEnd => {
            vec!["It goes on until its period ends; until then the cancellation can be taken back.".to_owned()]
        }
    };
    if quote.all_back {
        consequences.push("Nothing of it was used, so all that was billed comes back.".to_owned());
    }
    if quote.credits_lost > 0 {
        consequences.push(format!("{} plan credits are lost.", quote.credits_lost));
    }
    if quote.withdraws.is_some() {
        consequences.push("The change that is open is taken back.".to_owned());
    }
    consequences.push("The customer is told by mail.".to_owned());
    let reason =
        Field::new("reason", "Reason", "text").value(reason).help("For the log; the customer does not see it.");
    let reason = Field { required: false, ..reason };
    let button = if quote.when == When::Now { "Cancel now" } else { "Cancel with the period" };
    FormPage {
        tabs: vec![tab("With the period", When::PeriodEnd), tab("Now", When::Now)],
        facts,
        problem,
        action: format!("{}/cancel", href(known.service)),
        key: form_key(),
        inputs: vec![Input::Hidden { name: "quote".to_owned(), value: quoted.token.clone() }, Input::Field(reason)],
        consequences,
        button: button.to_owned(),
        danger: quote.when == When::Now,
        ..around(desk, known, "Cancel this service")
    }
}

/// `GET /admin/services/{id}/keep`
pub(super) async fn show_keep(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    Ok(page(&keeping(&desk, &known, None))?.into_response())
}

/// `POST /admin/services/{id}/keep`
pub(super) async fn keep(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(sent): Form<Bare>,
) -> Result<Response, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    let command = Command::UncancelSubscription { subscription: known.subscription };
    match desk.run(&app, known.account.id, &sent.key, command).await? {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=kept", href(known.service))).into_response()),
        Err(refusal) => page_with(StatusCode::CONFLICT, &keeping(&desk, &known, Some(sentence(&refusal.to_string())))),
    }
}

fn keeping(desk: &Desk, known: &Known, problem: Option<String>) -> FormPage {
    FormPage {
        problem,
        action: format!("{}/keep", href(known.service)),
        key: form_key(),
        consequences: vec![
            format!("{} goes on and is renewed as before.", known.label),
            "The customer is told by mail.".to_owned(),
        ],
        button: "Take the cancellation back".to_owned(),
        ..around(desk, known, "Take the cancellation back")
    }
}

/// What both forms have.
fn around(desk: &Desk, known: &Known, title: &str) -> FormPage {
    let href = href(known.service);
    let page = desk.page(title, AdminSection::Services).crumb("Services", "/admin/services");
    FormPage {
        facts: vec![Fact::new("Customer", known.account.name.as_str()), Fact::new("Service", known.label.as_str())],
        back: ("Back to the service".to_owned(), href.clone()),
        ..FormPage::empty(page.crumb(&known.label, href))
    }
}
