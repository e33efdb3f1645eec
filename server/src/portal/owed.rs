//! What is overdue: the banner on every page that says so, what becomes of it and when, and paying all of it at once (M10).

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use billing::command::Command;
use billing::document::Invoice;
use billing::dunning::Dunning;
use billing::money::{Money, sum};
use billing::refusal::Refusal;
use billing::service::Access;
use engine::{Ask, EngineError};

use super::desk::Desk;
use super::methods::{PaySent, card_choices};
use super::views::PayForm;
use crate::app::App;
use crate::auth::Customer;
use crate::forms::{engine_key, form_key};
use crate::ui::language::args;
use crate::ui::{Notice, Tone};
use crate::web::PageError;

/// Every invoice that is owed of a subscription of which something is overdue, or whose access is restricted.
fn owed(desk: &Desk) -> Vec<&Invoice> {
    let account = &desk.account;
    let subscriptions = account.subscriptions.iter().filter(|subscription| {
        let is_overdue = |invoice: &Invoice| invoice.in_dunning().is_some_and(|d| d.is_overdue_at(desk.now));
        !subscription.service.access.is_full() || account.owed(subscription.id).any(is_overdue)
    });
    subscriptions.flat_map(|subscription| account.owed(subscription.id)).collect()
}

fn total(desk: &Desk, owed: &[&Invoice]) -> Money {
    sum(desk.account.currency, owed.iter().map(|invoice| invoice.open_amount()))
}

/// What stands above every page until it is paid; nothing where nothing is overdue.
pub(super) fn banner(desk: &Desk) -> Option<Notice> {
    let owed = owed(desk);
    if owed.is_empty() {
        return None;
    }
    let words = desk.words();
    let open = words.money(total(desk, &owed));
    let amount = &args!["amount" => open];
    let is_restricted =
        desk.account.subscriptions.iter().any(|subscription| subscription.service.access == Access::Restricted);
    let first = |at: fn(&Dunning) -> Option<jiff::Timestamp>| {
        let instants = owed.iter().filter_map(|invoice| invoice.in_dunning().and_then(at));
        instants.min().map(|at| words.moment(at).text)
    };
    let mut sentences = Vec::new();
    if let Some(day) = first(|dunning| dunning.retry_at) {
        sentences.push(words.fill("owed-retry", &args!["day" => day]));
    }
    if is_restricted {
        sentences.push(words.text("owed-restricted"));
    } else if let Some(day) = first(|dunning| dunning.grace_until) {
        sentences.push(words.fill("owed-restricts", &args!["day" => day]));
    }
    let (tone, title) = if is_restricted {
        (Tone::Bad, words.fill("owed-restricted-title", amount))
    } else {
        (Tone::Attention, words.fill("owed-title", amount))
    };
    let link = Some((words.text("owed-pay"), "/billing".to_owned()));
    let sentence = Some(sentences.join(" ")).filter(|text| !text.is_empty());
    Some(Notice { sentence, link, ..Notice::of(tone, title) })
}

/// The form that pays all of it; nothing where nothing is overdue.
pub(super) fn pay_form(desk: &Desk) -> Option<PayForm> {
    let owed = owed(desk);
    if owed.is_empty() {
        return None;
    }
    let words = desk.words();
    let open = words.amount(total(desk, &owed));
    let is_running = |invoice: &&Invoice| desk.last_attempt(invoice.id).is_some_and(|last| last.state.is_running());
    Some(PayForm {
        action: "/billing/pay".to_owned(),
        key: form_key(),
        button: words.fill("pay-amount", &args!["amount" => open.text.as_str()]),
        amount: open,
        methods: card_choices(words.language, None),
        problem: None,
        bank: None,
        running: owed.iter().all(is_running).then(|| words.text("payment-sent")),
    })
}

/// `POST /billing/pay`: each invoice is paid by a command of its own, under a key of its own; what is being paid already
/// is left alone.
pub(super) async fn pay_all(
    State(app): State<App>,
    customer: Customer,
    Form(sent): Form<PaySent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, customer).await?;
    let card = sent.card()?;
    let key = engine_key(&sent.key)?;
    let asks: Vec<Ask> = owed(&desk)
        .iter()
        .map(|invoice| Ask {
            account: desk.account.id,
            actor: desk.actor(),
            key: key.as_ref().map(|key| format!("{key}:{}", invoice.id)),
            command: Command::PayInvoice { invoice: invoice.id, card },
        })
        .collect();
    let now = desk.now;
    let paid = app.write(move |engine| {
        for ask in &asks {
            match engine.run(ask, now) {
                Ok(_) => {}
                Err(EngineError::Refused(refusal)) if is_settled(&refusal) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    });
    paid.await?;
    Ok(Redirect::to("/billing?notice=paying").into_response())
}

/// Is there nothing left to do for it?
fn is_settled(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::PaymentRunning(_) | Refusal::InvoiceNotOpen(_))
}
