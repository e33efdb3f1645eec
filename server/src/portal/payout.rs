//! Paying balance out: how much, what it comes to, where to. Asking for it needs the password once more.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use billing::command::{Asker, Command};
use billing::money::Money;
use billing::payout::{PayoutOffer, offer_payout};
use billing::refusal::Refusal;
use serde::Deserialize;

use super::desk::Desk;
use super::views::{self, PayoutPage};
use crate::app::App;
use crate::auth::{self, Customer};
use crate::forms::form_key;
use crate::ui::amount::decimal;
use crate::ui::language::args;
use crate::ui::{Fact, Field, PortalSection};
use crate::web::{PageError, page, page_with};

/// The page.
pub(super) const PATH: &str = "/balance/payout";

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    amount: Option<String>,
}

/// What was typed and shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    #[serde(default)]
    csrf: String,
    key: String,
    amount: String,
    fee: String,
    to: String,
    password: String,
}

/// What is wrong with what was sent.
#[derive(Default)]
struct Wrong {
    to: Option<String>,
    password: Option<String>,
    whole: Option<String>,
}

/// `GET /balance/payout`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let Some(typed) = wanted.amount else {
        let most = desk.account.cashable();
        let most = if most.is_positive() { most.decimal() } else { String::new() };
        return Ok(page(&form(&desk, &most, None))?.into_response());
    };
    match offered(&desk, &typed) {
        Ok(offer) => {
            let shown = offer_view(&desk, &offer, &form_key(), "", Wrong::default());
            Ok(page(&PayoutPage { offer: Some(shown), ..form(&desk, &typed, None) })?.into_response())
        }
        Err(why) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&desk, &typed, Some(why))),
    }
}

/// `POST /balance/payout`
pub(super) async fn submit(
    State(app): State<App>,
    customer: Customer,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let fits = auth::is_password(&app, &customer, &sent.password).await?;
    let desk = Desk::open(&app, customer).await?;
    let currency = desk.account.currency;
    let ours = |text: &str| Money::parse(text, currency).map_err(|_| PageError::Unreadable("not our form".to_owned()));
    let (amount, fee) = (ours(&sent.amount)?, ours(&sent.fee)?);
    let wrong = if fits {
        let to = sent.to.trim().to_owned();
        let command = Command::RequestPayout { amount, fee: Some(fee), to, asked_by: Asker::Customer };
        match desk.run(&app, &sent.key, command).await? {
            Ok(_) => return Ok(Redirect::to("/balance?notice=payout").into_response()),
            Err(refusal) => refused(&desk, &refusal),
        }
    } else {
        Wrong { password: Some(desk.words().text("password-wrong")), ..Wrong::default() }
    };
    let again = match offered(&desk, &sent.amount) {
        Ok(offer) => {
            let problem = wrong.whole.clone();
            let shown = offer_view(&desk, &offer, &form_key(), &sent.to, wrong);
            PayoutPage { problem, offer: Some(shown), ..form(&desk, &sent.amount, None) }
        }
        Err(why) => form(&desk, &sent.amount, Some(why)),
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

fn refused(desk: &Desk, refusal: &Refusal) -> Wrong {
    match refusal {
        Refusal::BadText { .. } => Wrong { to: Some(desk.names(None).reason(refusal)), ..Wrong::default() },
        _ => Wrong { whole: Some(desk.names(None).reason(refusal)), ..Wrong::default() },
    }
}

/// What the typed amount comes to, or why it cannot be paid out.
fn offered(desk: &Desk, typed: &str) -> Result<PayoutOffer, String> {
    let account = &desk.account;
    let amount = Money::parse(typed.trim(), account.currency).ok().filter(|amount| amount.is_positive());
    let example = account.cashable().decimal();
    let bad = || desk.words().fill("payout-bad-amount", &args!["example" => example.as_str()]);
    let offer = offer_payout(&desk.catalogue, &desk.policies, account, amount.ok_or_else(bad)?, Asker::Customer);
    offer.map_err(|refusal| desk.names(None).reason(&refusal))
}

fn form(desk: &Desk, typed: &str, wrong: Option<String>) -> PayoutPage {
    let words = desk.words();
    let most = desk.account.cashable();
    let page =
        desk.page(words.text("payout-title"), PortalSection::Balance).crumb(words.text("menu-balance"), "/balance");
    if !most.is_positive() {
        let problem = Some(wrong.unwrap_or_else(|| words.text("payout-nothing")));
        return PayoutPage { page, problem, amount: None, offer: None };
    }
    let label = words.fill("payout-amount", &args!["currency" => desk.account.currency.code()]);
    let help = words.fill("payout-most", &args!["amount" => words.money(most)]);
    let mut amount = Field::new("amount", label, "text").value(typed).help(help);
    amount.error = wrong;
    PayoutPage { page, problem: None, amount: Some(amount), offer: None }
}

fn offer_view(desk: &Desk, offer: &PayoutOffer, key: &str, to: &str, wrong: Wrong) -> views::PayoutOffer {
    let words = desk.words();
    let net = words.money(offer.net);
    let net = &args!["amount" => net.as_str()];
    let percent = decimal(words.language, &offer.count.percent.to_string());
    let mut where_to = Field::new("to", words.text("payout-to"), "text").value(to).help(words.text("payout-to-help"));
    where_to.error = wrong.to;
    let password = Field::new("password", words.text("login-password"), "password");
    let mut password = password.autocomplete("current-password").help(words.text("payout-password-help"));
    password.error = wrong.password;
    views::PayoutOffer {
        title: words.fill("payout-you-get", net),
        facts: vec![
            Fact::new(words.text("payout-taken-off"), words.amount(offer.amount)),
            Fact::new(words.fill("payout-fee", &args!["percent" => percent]), words.amount(-offer.fee)),
            Fact::new(words.text("payout-paid-out"), words.amount(offer.net)),
        ],
        sent_back: [("amount", offer.amount.decimal()), ("fee", offer.fee.decimal())],
        fields: [where_to, password],
        key: key.to_owned(),
        button: words.fill("payout-confirm", net),
    }
}
