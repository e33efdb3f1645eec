//! What became of a change: how far it is, its amounts and documents, paying it, taking it back.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use billing::account::PlanChange;
use billing::command::{Asker, Command};
use billing::id::ChangeId;
use billing::policy::OnFailure;
use billing::quote::{Quote, Settlement};
use billing::service::Service;
use serde::Deserialize;
use store::{ChangeRow, DocumentFilter, DocumentRow, Window};

use super::amounts::Taxes;
use super::desk::{Asked, Desk};
use super::documents::{change_of, kind_words, pay_form};
use super::meaning::{completed, direction, later, lines, total_row, what, why};
use super::progress::{Stage, Standing};
use super::timing::when_made;
use super::views::ChangePage;
use super::views::plan_change::Withdraw;
use super::words::{Words, number, price_per};
use crate::app::App;
use crate::auth::Customer;
use crate::forms::form_key;
use crate::ui::language::args;
use crate::ui::{AmountView, Fact, Notice, PortalSection, Value};
use crate::web::{PageError, page_with};

/// A change with its documents, oldest first.
struct Found {
    row: ChangeRow,
    documents: Vec<DocumentRow>,
}

/// `GET /changes/{id}`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let found = find(&app, &desk, &id).await?;
    let mut shown = view(&desk, &found)?;
    shown.page.notice = notice(&asked, &standing(&desk, &found)?);
    page_with(StatusCode::OK, &shown)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WithdrawSent {
    #[serde(default)]
    csrf: String,
    key: String,
}

/// `POST /changes/{id}/withdraw`
pub(super) async fn withdraw(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Form(sent): Form<WithdrawSent>,
) -> Result<Response, PageError> {
    customer.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, customer).await?;
    let change = find(&app, &desk, &id).await?.row.change.id;
    match desk.run(&app, &sent.key, Command::WithdrawPlanChange { change }).await? {
        Ok(_) => Ok(Redirect::to(&format!("/changes/{change}?notice=withdrawn")).into_response()),
        Err(refusal) => {
            let reason = desk.names(None).reason(&refusal);
            let desk = Desk::open(&app, desk.customer).await?;
            let mut shown = view(&desk, &find(&app, &desk, &id).await?)?;
            shown.page.notice = Some(Notice::bad(desk.words().text("notice-not-withdrawn")).sentence(reason));
            page_with(StatusCode::CONFLICT, &shown)
        }
    }
}

async fn find(app: &App, desk: &Desk, id: &str) -> Result<Found, PageError> {
    let id = ChangeId::parse(id).map_err(|_| PageError::NotFound)?;
    let owner = Some(desk.account.id);
    let read = app.read(move |engine| {
        let store = engine.store();
        let Some(row) = store.change(owner, id)? else { return Ok(None) };
        let subscription = Some(row.change.quote.subscription);
        let filter = DocumentFilter { account: owner, subscription, ..DocumentFilter::default() };
        let mut documents = store.documents(&filter, &Window::first(200))?.rows;
        documents.retain(|row| change_of(&row.document) == Some(id));
        documents.reverse();
        Ok(Some(Found { row, documents }))
    });
    read.await?.ok_or(PageError::NotFound)
}

fn standing<'a>(desk: &'a Desk, found: &'a Found) -> Result<Standing<'a>, PageError> {
    let change = &found.row.change;
    let subscription = desk.account.subscription(change.quote.subscription).ok_or(PageError::NotFound)?;
    let attempt = change.document.and_then(|invoice| desk.last_attempt(invoice));
    let service: &Service = &subscription.service;
    let is_owed = desk.is_owed(change.document);
    Ok(Standing { change, service, attempt, is_owed, words: desk.words(), now: desk.now })
}

/// The notice that a redirect asked for. Its words come from the change as it stands, so they always name the right
/// direction (V4).
fn notice(asked: &Asked, standing: &Standing<'_>) -> Option<Notice> {
    let (words, quote) = (standing.words, &standing.change.quote);
    let noun = &args!["noun" => direction(quote.direction).noun(words.language)];
    let way = &args!["direction" => quote.direction.word()];
    if asked.wants("ordered") {
        return Some(match standing.stage() {
            Stage::Withdrawn | Stage::Lapsed => return None,
            Stage::Unpaid | Stage::Paying | Stage::Declined => {
                let when = match quote.on_failure {
                    OnFailure::Apply => words.text("notice-in-the-end"),
                    OnFailure::Wait | OnFailure::Lapse => words.text("notice-when-paid"),
                };
                Notice::good(words.fill("notice-ordered", noun)).sentence(when)
            }
            Stage::Scheduled => Notice::good(words.fill("notice-planned", noun)).sentence(when_made(words, quote)),
            Stage::Resizing | Stage::Stuck | Stage::Done => made(standing),
        });
    }
    if asked.wants("paying") {
        return Some(match standing.stage() {
            Stage::Paying | Stage::Unpaid => {
                Notice::good(words.text("notice-payment-on-its-way")).sentence(words.fill("notice-follows", way))
            }
            Stage::Resizing | Stage::Stuck | Stage::Done => made(standing),
            Stage::Declined | Stage::Withdrawn | Stage::Lapsed | Stage::Scheduled => return None,
        });
    }
    if asked.wants("withdrawn") && standing.stage() == Stage::Withdrawn {
        return Some(Notice::good(words.fill("notice-withdrawn", noun)).sentence(words.text("notice-withdrawn-note")));
    }
    if asked.wants("open") {
        let notice = Notice::of(crate::ui::Tone::Attention, words.fill("notice-already", way));
        return Some(notice.sentence(words.text("notice-already-note")));
    }
    None
}

fn made(standing: &Standing<'_>) -> Notice {
    let (words, quote) = (standing.words, &standing.change.quote);
    let notice = Notice::good(completed(words, quote));
    if let Some(extension) = &quote.extension {
        let (days, day) = (number(words.language, extension.days), words.date_text(quote.next_invoice_on));
        notice.sentence(words.fill("notice-bought", &args!["days" => days, "count" => extension.days, "day" => day]))
    } else if quote.to_balance.is_positive() {
        let amount = words.money(quote.to_balance);
        notice.sentence(words.fill("notice-on-balance", &args!["amount" => amount]))
    } else if let Some(later) = later(words, quote) {
        notice.sentence(later)
    } else if standing.is_on_account() {
        let (due, due_on) = (words.money(quote.due), words.day(quote.pay_by).text);
        notice.sentence(words.fill("notice-invoice-due", &args!["amount" => due, "day" => due_on]))
    } else if quote.due.is_positive() {
        notice.sentence(words.text("notice-thanks-payment"))
    } else if quote.from_balance.is_positive() {
        let amount = words.money(quote.from_balance);
        notice.sentence(words.fill("notice-paid-from-balance", &args!["amount" => amount]))
    } else {
        notice
    }
}

fn view(desk: &Desk, found: &Found) -> Result<ChangePage, PageError> {
    let standing = standing(desk, found)?;
    let (change, quote) = (&found.row.change, &found.row.change.quote);
    let service_href = format!("/services/{}", found.row.service);
    let (words, language) = (desk.words(), desk.language());
    let taxes = Taxes::of_quote(language, quote);
    let page = desk.page(what(language, quote), PortalSection::Services);
    let page = page.crumb(words.text("menu-services"), "/services");
    let documents = found.documents.iter().map(|row| {
        let (kind, total) = (kind_words(words, row.document.kind), words.money(row.document.total));
        let over = words.fill("document-over", &args!["kind" => kind, "amount" => total]);
        (row.number.clone(), format!("/documents/{}", row.document.id), over)
    });
    let pay = match standing.stage() {
        Stage::Unpaid | Stage::Declined | Stage::Resizing | Stage::Stuck | Stage::Done => {
            found.documents.iter().find_map(|row| {
                let invoice = row.invoice.as_ref().filter(|invoice| Some(invoice.id) == change.document)?;
                pay_form(desk, row, invoice, Some(&found.row))
            })
        }
        _ => None,
    };
    Ok(ChangePage {
        page: page.crumb(&found.row.label, service_href.clone()),
        service: found.row.label.clone(),
        service_href,
        direction: direction(quote.direction),
        state: standing.badge(),
        sentence: standing.sentence(),
        steps: standing.steps(),
        moving: standing.is_moving(),
        facts: facts(desk, change),
        lines: lines(words, quote),
        contained: taxes.sentences(language, |tax| tax),
        sums: sums(words, quote, &taxes),
        total: total(&standing),
        documents: documents.collect(),
        pay,
        withdraw: withdrawal(change, found.row.number.as_deref(), &standing),
        why: why(words, quote),
    })
}

fn facts(desk: &Desk, change: &PlanChange) -> Vec<Fact> {
    let (words, quote) = (desk.words(), &change.quote);
    let side = |name: &str, money, cycle| Value::Noted(name.to_owned(), price_per(words.language, money, cycle));
    let asked_by = match change.asked_by {
        Asker::Customer => desk.account.name.clone(),
        Asker::Staff => desk.catalogue.brand.clone(),
    };
    let mut facts = vec![
        Fact::new(words.text("change-from"), side(&quote.plan_before, quote.recurring_before, quote.before.cycle)),
        Fact::new(words.text("change-to"), side(&quote.plan_after, quote.recurring_after, quote.after.cycle)),
        Fact::new(words.text("change-ordered"), words.moment(change.submitted_at)),
        Fact::new(words.text("change-ordered-by"), asked_by),
    ];
    if quote.extension.is_some() {
        facts.push(Fact::new(words.text("fact-next-invoice"), words.date(quote.next_invoice_on)));
    }
    facts
}

/// From the sum of the lines to what is paid: tax, the total with it, and what the balance pays.
fn sums(words: Words<'_>, quote: &Quote, taxes: &Taxes) -> Vec<(String, AmountView)> {
    let mut sums: Vec<_> = taxes.added.iter().map(|(rate, tax)| (rate.clone(), words.amount(*tax))).collect();
    sums.extend(total_row(words, quote, taxes).map(|total| (words.text("total-sum"), total)));
    if quote.from_balance.is_positive() {
        sums.push((words.text("from-your-balance"), words.amount(-quote.from_balance)));
    }
    if quote.charged_later().is_positive() {
        let day = words.date_text(quote.next_invoice_on);
        sums.push((words.fill("total-in-arrears", &args!["day" => day]), words.amount(quote.charged_later())));
    }
    sums
}

fn total(standing: &Standing<'_>) -> (String, AmountView) {
    let (words, quote) = (standing.words, &standing.change.quote);
    if quote.to_balance.is_positive() {
        return (words.text("to-your-balance"), words.amount(quote.to_balance));
    }
    if quote.settlement == Settlement::NextInvoice {
        return (words.text("total-on-next-invoice"), words.amount(quote.total));
    }
    let text = match standing.stage() {
        _ if standing.is_on_account() => words.text("total-on-invoice"),
        Stage::Unpaid | Stage::Paying | Stage::Declined => words.text("total-to-be-paid"),
        Stage::Scheduled if let Some(day) = quote.on => {
            words.fill("total-on-day", &args!["day" => words.date_text(day.date)])
        }
        Stage::Scheduled => words.text("total-now"),
        Stage::Resizing | Stage::Stuck | Stage::Done => words.text("total-paid"),
        Stage::Withdrawn | Stage::Lapsed => words.text("total-not-charged"),
    };
    (text, words.amount(quote.due))
}

/// The withdrawal of a change while nothing has happened yet; `number` is its invoice's.
pub(super) fn withdrawal(change: &PlanChange, number: Option<&str>, standing: &Standing<'_>) -> Option<Withdraw> {
    if !matches!(standing.stage(), Stage::Unpaid | Stage::Declined | Stage::Scheduled) {
        return None;
    }
    let (words, before) = (standing.words, change.quote.plan_before.as_str());
    let sentence = match number {
        Some(number) => words.fill("withdraw-means-invoice", &args!["plan" => before, "number" => number]),
        None => words.fill("withdraw-means", &args!["plan" => before]),
    };
    Some(Withdraw { action: format!("/changes/{}/withdraw", change.id), key: form_key(), sentence })
}
