//! My services: the list, and one service with everything that is known about it. Changing its plan is in
//! `plan_change`.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Html;
use billing::account::{ChangeState, Component, PlanChange, Subscription};
use billing::coverage::Segment;
use billing::document::DocumentKind;
use billing::id::DocumentId;
use billing::money::Money;
use billing::service::Progress;
use jiff::civil::Date;
use store::{DocumentFilter, Window};

use super::amounts::{rate_words, tax_note};
use super::change::withdrawal;
use super::choose::can_replace;
use super::desk::{Asked, Desk};
use super::gives::{size_facts, size_phrases};
use super::progress::{Standing, service_badge};
use super::timing::credits_of;
use super::views::account::ServiceRow;
use super::views::service::{CoverageRow, PendingChange, ServerView};
use super::views::{ServicePage, ServicesPage};
use super::words::{amount, day, days, last_day, moment, per, quantified};
use crate::app::App;
use crate::auth::Customer;
use crate::ui::{Badge, DateView, Fact, Notice, Pager, PortalSection, Step, StepState, Tone, Value};
use crate::web::{PageError, page};

/// `GET /services`
pub(super) async fn list(State(app): State<App>, customer: Customer) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    page(&ServicesPage {
        page: desk.page("My services", PortalSection::Services),
        rows: rows(&desk),
        pager: Pager::default(),
    })
}

/// Every service of a customer; an account has at most 200.
pub(super) fn rows(desk: &Desk) -> Vec<ServiceRow> {
    let mut subscriptions: Vec<_> = desk.account.subscriptions.iter().collect();
    subscriptions.sort_by(|a, b| a.service.label.cmp(&b.service.label).then(a.id.cmp(&b.id)));
    subscriptions.into_iter().map(|subscription| row(desk, subscription)).collect()
}

fn row(desk: &Desk, subscription: &Subscription) -> ServiceRow {
    let href = href(subscription);
    let pending = desk.open_change(subscription).map(|change| {
        let words =
            format!("{} to {}", super::meaning::direction(change.quote.direction).noun(), change.quote.plan_after);
        let waits = match change.state {
            ChangeState::Scheduled { at } => format!("on {}", day(at, desk.zone()).text),
            _ => "to be paid".to_owned(),
        };
        (format!("{words}, {waits}"), format!("/changes/{}", change.id))
    });
    ServiceRow {
        name: subscription.service.label.clone(),
        plan: plan_with_options(subscription),
        price: amount(subscription.recurring()),
        cycle: per(subscription.anchor.cycle),
        paid_until: paid_until(desk, subscription).map(DateView::day),
        status: service_badge(&subscription.service, desk.is_machine(subscription)),
        pending,
        change_href: format!("{href}/change"),
        change_refused: desk.change_refused(subscription),
        href,
    }
}

/// The page of a subscription's service.
pub(super) fn href(subscription: &Subscription) -> String {
    format!("/services/{}", subscription.service.id)
}

/// `Standard, Extra memory × 2`
pub(super) fn plan_with_options(subscription: &Subscription) -> String {
    let options = subscription.items.iter().filter(|item| item.component != Component::Plan && item.quantity > 0);
    let names = options.map(|item| quantified(&item.text, item.quantity));
    std::iter::once(subscription.plan().text.clone()).chain(names).collect::<Vec<_>>().join(", ")
}

/// The last day up to which the plan is paid without a gap from now on.
pub(super) fn paid_until(desk: &Desk, subscription: &Subscription) -> Option<Date> {
    let plan = subscription.plan().id;
    let mut segments: Vec<&Segment> = subscription.coverage.iter().filter(|segment| segment.item == plan).collect();
    segments.sort_by_key(|segment| segment.span.from);
    let paid = segments.into_iter().take_while(|segment| segment.collected == segment.net);
    paid.last().map(|segment| last_day(segment.span, desk.zone()))
}

/// When the next invoice comes, and over how much: of the plan that it has then.
pub(super) fn next_invoice(desk: &Desk, subscription: &Subscription) -> (DateView, Money) {
    let scheduled = desk.open_change(subscription).filter(|change| !change.awaits_payment());
    let money = scheduled.map_or_else(|| subscription.recurring(), |change| change.quote.recurring_after);
    (DateView::day(desk.zone().date(subscription.period.until)), money)
}

/// `GET /services/{id}`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let subscription = desk.subscription(&id)?;
    let filter = DocumentFilter {
        account: Some(desk.account.id),
        subscription: Some(subscription.id),
        ..DocumentFilter::default()
    };
    let documents = app.read(move |engine| Ok(engine.store().documents(&filter, &Window::first(200))?)).await?;
    let numbers: BTreeMap<_, _> =
        documents.rows.into_iter().map(|row| (row.document.id, (row.number, row.document.kind))).collect();

    let mut around = desk.page(&subscription.service.label, PortalSection::Services).crumb("My services", "/services");
    if asked.wants("not-found") {
        around.notice = Some(Notice::bad("This change does not exist"));
    }
    let (next_on, next) = next_invoice(&desk, subscription);
    let replaces = match desk.open_change(subscription) {
        Some(_) => can_replace(&app, &desk, subscription).await?,
        None => false,
    };
    page(&ServicePage {
        page: around,
        status: service_badge(&subscription.service, desk.is_machine(subscription)),
        plan: subscription.plan().text.clone(),
        specs: size_facts(&subscription.service.desired),
        options: options(subscription),
        price: amount(subscription.recurring()),
        cycle: per(subscription.anchor.cycle),
        paid_until: paid_until(&desk, subscription).map(DateView::day),
        next_invoice: Some((next_on, amount(next))),
        tax_note: tax_note(desk.catalogue.tax.as_deref()),
        credits: credits_of(&desk.catalogue, subscription),
        usage: Vec::new(),
        server: server(&desk, subscription),
        coverage: coverage(&desk, subscription, &numbers),
        pending: pending(&desk, subscription, &numbers),
        change_href: format!("{}/change", href(subscription)),
        change_refused: desk.change_refused(subscription).filter(|_| !replaces),
    })
}

fn options(subscription: &Subscription) -> Vec<Fact> {
    let options = subscription.items.iter().filter(|item| item.component != Component::Plan && item.quantity > 0);
    let facts = options.map(|item| {
        let price = format!("{} {}", amount(item.price()).text, per(item.cycle));
        let value =
            if item.quantity == 1 { Value::text(price) } else { Value::Noted(format!("{} ×", item.quantity), price) };
        Fact::new(&item.text, value)
    });
    facts.collect()
}

fn server(desk: &Desk, subscription: &Subscription) -> ServerView {
    let (service, zone) = (&subscription.service, desk.zone());
    let at = moment(service.progress_at, zone);
    let machine = desk.is_machine(subscription);
    let (last, waiting) = if machine { ("Running", "Waiting for the server") } else { ("Ready", "About to begin") };
    let (state, steps) = match &service.progress {
        Progress::Done => (Badge::new("As ordered", Tone::Good), Vec::new()),
        Progress::Wanted => {
            let steps = vec![
                Step::new("Ordered", StepState::Done).at(at.clone()),
                Step::new("Being made so", StepState::Current).note("about to begin"),
                Step::new(last, StepState::Ahead),
            ];
            (Badge::new(waiting, Tone::Waiting), steps)
        }
        Progress::Working => {
            let steps = vec![
                Step::new("Ordered", StepState::Done),
                Step::new("Being made so", StepState::Current).at(at.clone()),
                Step::new(last, StepState::Ahead),
            ];
            (Badge::new("Being made so", Tone::Waiting), steps)
        }
        Progress::Failed { .. } => {
            let steps = vec![
                Step::new("Ordered", StepState::Done),
                Step::new("Being made so", StepState::Failed).at(at.clone()).note("we look after it"),
                Step::new(last, StepState::Ahead),
            ];
            (Badge::new("Needs a hand", Tone::Attention), steps)
        }
    };
    ServerView {
        machine,
        desired: size_phrases(&service.desired).join(", "),
        observed: service.observed.as_ref().map(|size| size_phrases(size).join(", ")),
        observed_at: service.is_settled().then_some(at),
        generation: u64::try_from(service.generation).unwrap_or(0),
        state,
        steps,
    }
}

fn coverage(
    desk: &Desk,
    subscription: &Subscription,
    numbers: &BTreeMap<DocumentId, (String, DocumentKind)>,
) -> Vec<CoverageRow> {
    let text = |segment: &Segment| {
        let item = subscription.items.iter().find(|item| item.id == segment.item);
        quantified(item.map_or("Given back", |item| &item.text), segment.quantity)
    };
    let mut segments: Vec<&Segment> = subscription.coverage.iter().collect();
    segments.sort_by_key(|segment| (segment.item, segment.span.from));
    let rows = segments.into_iter().map(|segment| CoverageRow {
        item: text(segment),
        days: days(segment.span, desk.zone()),
        document: segment.document.and_then(|id| {
            let (number, _) = numbers.get(&id)?;
            Some((number.clone(), format!("/documents/{id}")))
        }),
        gross: amount(segment.gross),
        discount: amount(segment.net - segment.gross),
        net: amount(segment.net),
        tax: amount(segment.tax),
        tax_rate: segment.tax_rate.as_deref().map(rate_words),
        collected: amount(segment.collected),
        state: if segment.net.is_zero() {
            Badge::new("Free", Tone::Neutral)
        } else if segment.collected == segment.net {
            Badge::new("Paid", Tone::Good)
        } else {
            Badge::new("Open", Tone::Attention)
        },
    });
    rows.collect()
}

fn pending(
    desk: &Desk,
    subscription: &Subscription,
    numbers: &BTreeMap<DocumentId, (String, DocumentKind)>,
) -> Option<PendingChange> {
    let change: &PlanChange = desk.open_change(subscription)?;
    let attempt = change.document.and_then(|invoice| desk.last_attempt(invoice));
    let (zone, now) = (desk.zone(), desk.now);
    let standing = Standing { change, service: &subscription.service, attempt, zone, now };
    let number = change.document.and_then(|invoice| numbers.get(&invoice)).map(|(number, _)| number.as_str());
    Some(PendingChange {
        title: if change.awaits_payment() { "A change is on its way" } else { "A change is planned" }.to_owned(),
        withdraw: withdrawal(change, number, &standing),
        sentence: format!("{}. {}", super::meaning::what(&change.quote), standing.sentence()),
        href: format!("/changes/{}", change.id),
        steps: standing.steps(),
    })
}
