//! Changes, the orders of Midcycle: the list by state, and one change with the quote as it was submitted.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use billing::account::{Account, AttemptState, ChangeState, PlanChange};
use billing::command::Asker;
use billing::document::Invoice;
use billing::id::ChangeId;
use billing::money::{Money, sum};
use billing::policy::{Gate, OnFailure, When};
use billing::quote::{Quote, Settlement};
use billing::service::{Progress, Service};
use engine::Engine;
use store::{AttemptFilter, AttemptRow, ChangeFilter, ChangeRow, DocumentRow, Window};

use super::desk::{Asked, Desk, customer};
use super::rows::{change_badge, change_row, document_href, kind_text};
use super::service::tabs;
use super::views::change::change_table;
use super::views::{ChangePage, ListPage};
use super::words::{ENGLISH, amount, day, days, english, moment, per, quantified};
use crate::app::App;
use crate::auth::Staff;
use crate::portal::amounts::{Taxes, less_discount, with_tax_words};
use crate::portal::meaning::{direction, has_total, once_line, share_text, what};
use crate::portal::views::plan_change::MoneyLine;
use crate::ui::dates::day_text;
use crate::ui::{AdminSection, AmountView, Fact, Step, StepState, Value};
use crate::web::{PageError, page};

/// The states of the list: what the address says, and what people read.
const STATES: [(&str, &str); 5] = [
    ("awaits_payment", "Wait for payment"),
    ("scheduled", "With the next period"),
    ("applied", "Made"),
    ("withdrawn", "Withdrawn"),
    ("lapsed", "Lapsed"),
];

/// `GET /admin/changes`
pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let state = asked.state_in(&STATES.map(|state| state.0))?;
    let filter = ChangeFilter { account: asked.account()?, subscription: None, state };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().changes(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| change_row(&desk, row)).collect();
    let path = "/admin/changes";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Changes", AdminSection::Changes), change_table(&rows, pager));
    list.tabs = tabs(&asked, path, &STATES);
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// A change with everything that tells how far it is.
pub(super) struct Known {
    pub row: ChangeRow,
    pub account: Account,
    document: Option<DocumentRow>,
    attempt: Option<AttemptRow>,
}

/// Reads a change.
pub(super) async fn known(app: &App, desk: &Desk, id: &str) -> Result<Known, PageError> {
    let id = ChangeId::parse(id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    let read = app.read(move |engine: &Engine| {
        let store = engine.store();
        let Some(row) = store.change(None, id)? else { return Ok(None) };
        let Some(account) = engine.account(row.account, now)? else { return Ok(None) };
        let (mut document, mut attempt) = (None, None);
        if let Some(id) = row.change.document {
            document = store.document(None, id)?;
            let filter = AttemptFilter { account: Some(row.account), invoice: Some(id), state: None };
            attempt = store.attempts(&filter, &Window::first(1))?.rows.pop();
        }
        Ok(Some(Known { row, account, document, attempt }))
    });
    read.await?.ok_or(PageError::NotFound)
}

/// `GET /admin/changes/{id}`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let known = known(&app, &desk, &id).await?;
    let desk = desk.at_storefront(&app, &known.account.storefront).await?;
    let mut shown = change_page(&desk, &known);
    shown.page.notice = asked.notice();
    Ok(page(&shown)?.into_response())
}

fn change_page(desk: &Desk, known: &Known) -> ChangePage {
    let change = &known.row.change;
    let progress = progress_of(known);
    let open = known.document.as_ref().and_then(|row| row.invoice.as_ref()).filter(|invoice| invoice.is_open());
    let paying = is_being_paid(known);
    ChangePage {
        page: desk.page(what(ENGLISH, &change.quote), AdminSection::Changes).crumb("Changes", "/admin/changes"),
        state: change_badge(change),
        sentence: sentence(known),
        steps: steps(known),
        moving: paying || matches!(progress, Some(Progress::Wanted | Progress::Working)),
        facts: facts(desk, known),
        lines: lines(&change.quote, known),
        sums: sums(&change.quote),
        contained: Taxes::of_quote(ENGLISH, &change.quote).sentences(ENGLISH, |tax| tax),
        documents: known.document.iter().map(document_line).collect(),
        mark_paid_href: open.filter(|_| !paying).map(|invoice| format!("{}/paid", document_href(invoice.id))),
        withdraw_href: (change.is_open() && !paying).then(|| format!("/admin/changes/{}/withdraw", change.id)),
    }
}

/// Is a payment of it on its way?
pub(super) fn is_being_paid(known: &Known) -> bool {
    known.attempt.as_ref().is_some_and(|row| row.attempt.state.is_running())
}

/// Is its invoice open?
fn is_owed(known: &Known) -> bool {
    known.row.change.document.is_some_and(|invoice| known.account.invoice(invoice).is_some_and(Invoice::is_open))
}

/// How the work on the service stands, where it is this change's and not of a later one.
fn progress_of(known: &Known) -> Option<&Progress> {
    service_of(known).map(|service| &service.progress)
}

/// The service, where what it shall be is what this change made of it.
fn service_of(known: &Known) -> Option<&Service> {
    let change = &known.row.change;
    let ChangeState::Applied { at } = change.state else { return None };
    let subscription = known.account.subscription(change.quote.subscription)?;
    let service = &subscription.service;
    let is_ours = change.quote.size_before != change.quote.size_after
        && service.desired == change.quote.size_after
        && service.progress_at >= at;
    is_ours.then_some(service)
}

fn sentence(known: &Known) -> String {
    let Known { row, account, .. } = known;
    let quote = &row.change.quote;
    let zone = &account.zone;
    match row.change.state {
        ChangeState::AwaitsPayment { .. } if is_being_paid(known) => {
            format!("A payment of {} is on its way. The change is made when it is there.", amount(quote.due).text)
        }
        ChangeState::AwaitsPayment { lapses_at } => format!(
            "{} stays {} until {} is paid. {}",
            row.label,
            quote.plan_before,
            row.number.as_deref().unwrap_or("its invoice"),
            if_missed(quote.on_failure, &moment(lapses_at, zone).text)
        ),
        ChangeState::Scheduled { at } if quote.on.is_some() => format!(
            "{} stays {} until {}. Then the change to {} begins; nothing is invoiced before.",
            row.label,
            quote.plan_before,
            moment(at, zone).text,
            quote.plan_after
        ),
        ChangeState::Scheduled { at } => format!(
            "{} stays {} until its period ends on {}, and is {} from then on. Nothing is to pay now.",
            row.label,
            quote.plan_before,
            moment(at, zone).text,
            quote.plan_after
        ),
        ChangeState::Applied { at } => match progress_of(known) {
            Some(Progress::Wanted | Progress::Working) => {
                format!("{} is {} now. Its module is at work.", row.label, quote.plan_after)
            }
            Some(Progress::Failed { reason }) => format!(
                "{} is {} now, but its module could not make it so: {reason}. Try again on the page of the service.",
                row.label, quote.plan_after
            ),
            _ => format!("{} is {} since {}.", row.label, quote.plan_after, moment(at, zone).text),
        },
        ChangeState::Withdrawn { at } => {
            format!("It was withdrawn on {}. Nothing was changed.", moment(at, zone).text)
        }
        ChangeState::Lapsed { at } => {
            let why = if quote.on_failure == OnFailure::Lapse { "was not paid" } else { "was not paid in time" };
            format!("It {why} and lapsed on {}. Nothing was changed.", moment(at, zone).text)
        }
    }
}

/// What becomes of a change that is not paid by a moment, or whose payment fails.
pub(super) fn if_missed(on_failure: OnFailure, by: &str) -> String {
    match on_failure {
        OnFailure::Wait => format!("If it is not paid by {by}, the change lapses and nothing happens."),
        OnFailure::Lapse => {
            format!("If a payment fails, or none comes by {by}, the change lapses and nothing happens.")
        }
        OnFailure::Apply => {
            format!(
                "If a payment fails, or none comes by {by}, the change is made all the same and its invoice is owed."
            )
        }
    }
}

fn steps(known: &Known) -> Vec<Step> {
    let change = &known.row.change;
    let zone = &known.account.zone;
    let mut steps = vec![Step::new("Ordered", StepState::Done).at(moment(change.submitted_at, zone))];
    let work = change.quote.size_before != change.quote.size_after;
    match change.state {
        ChangeState::AwaitsPayment { .. } => {
            let failed =
                known.attempt.as_ref().is_some_and(|row| matches!(row.attempt.state, AttemptState::Failed { .. }));
            let note = match (is_being_paid(known), failed) {
                (true, _) => "a payment is on its way",
                (false, true) => "the last payment failed",
                (false, false) => "waiting for the payment",
            };
            steps.push(Step::new("Paid", StepState::Current).note(note));
            if work {
                steps.push(Step::new("Resized", StepState::Ahead));
            }
            steps.push(Step::new("Done", StepState::Ahead));
        }
        ChangeState::Scheduled { at } => {
            let word = if change.quote.on.is_some() { "On the chosen day" } else { "With the next period" };
            steps.push(Step::new(word, StepState::Current).at(moment(at, zone)));
            steps.push(Step::new("Done", StepState::Ahead));
        }
        ChangeState::Applied { at } => {
            let word = match change.quote.gate {
                _ if change.quote.settlement == Settlement::NextInvoice => Some("On the next invoice"),
                _ if change.quote.total.is_negative() => Some("Credited"),
                _ if change.quote.total.is_zero() => None,
                Gate::None if change.quote.due.is_positive() => Some("Invoiced"),
                _ if is_owed(known) => Some("Invoiced"),
                _ => Some("Paid"),
            };
            steps.extend(word.map(|word| Step::new(word, StepState::Done).at(moment(at, zone))));
            let (resized, done) = match progress_of(known) {
                Some(Progress::Wanted | Progress::Working) => (StepState::Current, StepState::Ahead),
                Some(Progress::Failed { .. }) => (StepState::Failed, StepState::Ahead),
                _ => (StepState::Done, StepState::Done),
            };
            let done_at = service_of(known).filter(|_| done == StepState::Done).map(|service| service.progress_at);
            let timed = |step: Step| match done_at {
                Some(at) => step.at(moment(at, zone)),
                None => step,
            };
            if work {
                steps.push(timed(Step::new("Resized", resized)));
            }
            steps.push(timed(Step::new("Done", done)));
        }
        ChangeState::Withdrawn { at } => steps.push(Step::new("Withdrawn", StepState::Failed).at(moment(at, zone))),
        ChangeState::Lapsed { at } => steps.push(Step::new("Lapsed", StepState::Failed).at(moment(at, zone))),
    }
    steps
}

fn facts(desk: &Desk, known: &Known) -> Vec<Fact> {
    let Known { row, account, .. } = known;
    let PlanChange { quote, submitted_at, asked_by, id, .. } = &row.change;
    let (name, href) = customer(&row.account_name, row.account);
    let asked_by = match asked_by {
        Asker::Customer => "the customer",
        Asker::Staff => "staff",
    };
    let tax = desk.catalogue.tax.as_deref();
    let price = |money: Money, cycle| Value::Noted(with_tax_words(ENGLISH, money, tax), per(cycle));
    let when = match (quote.when, quote.gate) {
        _ if let Some(chosen) = quote.on => {
            let paid = if quote.gate == Gate::Paid && quote.due.is_positive() { ", when it is paid" } else { "" };
            format!("on a chosen day, {}{paid}", day_text(ENGLISH, chosen.date))
        }
        (When::PeriodEnd, _) => format!("with the next period, on {}", day(quote.period.from, &account.zone).text),
        (When::Now, Gate::Paid) if quote.on_failure == OnFailure::Apply => {
            "when it is paid, or its payment is missed".to_owned()
        }
        (When::Now, Gate::Paid) => "when it is paid".to_owned(),
        (When::Now, Gate::None) => "at once; its invoice is owed".to_owned(),
    };
    let summary = desk.catalogue.products.iter().find(|product| *product.policy == *quote.policy.name);
    let policy = match summary {
        Some(product) => Value::Noted(quote.policy.to_string(), format!("of {}", product.name)),
        None => Value::text(quote.policy.to_string()),
    };
    vec![
        Fact::new("Customer", Value::link(name, href)),
        Fact::new("Service", Value::link(row.label.clone(), format!("/admin/services/{}", row.service))),
        Fact::new("Direction", direction(quote.direction).noun(ENGLISH)),
        Fact::new("Made", when),
        Fact::new("Price before", price(quote.recurring_before, quote.before.cycle)),
        Fact::new("Price after", price(quote.recurring_after, quote.after.cycle)),
        Fact::new("Ordered", moment(*submitted_at, &account.zone)),
        Fact::new("Ordered by", asked_by),
        Fact::new("Policy", policy),
        Fact::new("Price list", format!("version {}", quote.catalogue_version)),
        Fact::new("Id", Value::Code(id.to_string())),
    ]
}

/// Every line of the quote, what waited and credits first, each with why it is that much. A change with the next period has none.
fn lines(quote: &Quote, known: &Known) -> Vec<MoneyLine> {
    if quote.when == When::PeriodEnd {
        return Vec::new();
    }
    let zone = &known.account.zone;
    let credits = quote.credits.iter().filter(|line| !line.amount.is_zero()).map(|line| MoneyLine {
        what: share_text(ENGLISH, &quantified(&line.text, line.quantity), &line.derivation, true),
        days: days(line.span, zone),
        list: String::new(),
        amount: amount(-line.amount),
        why: line.sentences(ENGLISH),
    });
    let charges = quote.charged_now().iter().map(|line| MoneyLine {
        what: share_text(ENGLISH, &quantified(&line.text, line.quantity), &line.derivation, false),
        days: days(line.span, zone),
        list: less_discount(ENGLISH, line.gross, line.discount, line.amount),
        amount: amount(line.amount),
        why: line.sentences(ENGLISH),
    });
    let waiting = quote.waiting.iter().map(|line| MoneyLine {
        what: format!("{}, not invoiced yet", quantified(&line.text, line.quantity)),
        days: line.span.map(|span| days(span, zone)).unwrap_or_default(),
        list: String::new(),
        amount: amount(line.amount),
        why: line.sentences(ENGLISH),
    });
    let once = quote.once_charged_now().iter().map(|line| once_line(english(zone), line));
    waiting.chain(credits).chain(charges).chain(once).collect()
}

/// From the sum of the lines to what was due.
fn sums(quote: &Quote) -> Vec<(String, AmountView)> {
    let taxes = Taxes::of_quote(ENGLISH, quote);
    let unpaid = quote.credits.iter().map(|line| line.amount - line.returned());
    let unpaid = sum(quote.net.currency, unpaid);
    let mut sums = Vec::new();
    let mut put = |words: &str, money: Money, always: bool| {
        if always || !money.is_zero() {
            sums.push((words.to_owned(), amount(money)));
        }
    };
    put("Given back but not paid yet: off the open invoice", unpaid, false);
    for (rate, tax) in &taxes.added {
        put(rate, *tax, false);
    }
    if has_total(quote, &taxes) {
        put("Total", quote.total, true);
    }
    put("From the balance", -quote.from_balance, false);
    put("To the balance", quote.to_balance, false);
    if quote.settlement == Settlement::NextInvoice {
        put("On the next invoice", quote.total, true);
    }
    put("Billed when its time is over", quote.charged_later(), false);
    put("Due", quote.due, true);
    sums
}

fn document_line(row: &DocumentRow) -> (String, String, String) {
    let what = format!("{} over {}", kind_text(row.document.kind), amount(row.document.total).text);
    (row.number.clone(), document_href(row.document.id), what)
}
