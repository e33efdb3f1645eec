//! My services: the list, and one service with everything that is known about it. Changing its plan is in
//! `plan_change`.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Html;
use billing::account::{ChangeState, Component, Item, PlanChange, Subscription};
use billing::coverage::Segment;
use billing::document::DocumentKind;
use billing::id::DocumentId;
use billing::service::Progress;
use jiff::Timestamp;
use store::{DocumentFilter, SubscriptionFilter, Window};

use super::amounts::{rate_words, tax_note};
use super::cancel;
use super::change::withdrawal;
use super::choose::replaceable;
use super::desk::{Asked, Desk};
use super::gives::Gives;
use super::metered;
use super::next_invoice;
use super::progress::{Standing, service_badge};
use super::timing::credits_of;
use super::views::account::ServiceRow;
use super::views::service::{CoverageRow, EndedService, NextInvoice, PendingChange, ServerView, Trial};
use super::views::{ServicePage, ServicesPage};
use super::words::{last_day, listed, number, price_per, quantified};
use crate::app::App;
use crate::auth::Customer;
use crate::ui::language::{Language, args};
use crate::ui::{Badge, Fact, Notice, Pager, PortalSection, Step, StepState, Tone, Value};
use crate::web::{PageError, page};

/// `GET /services`
pub(super) async fn list(State(app): State<App>, customer: Customer) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    page(&ServicesPage {
        page: desk.page(desk.words().text("menu-services"), PortalSection::Services),
        rows: rows(&app, &desk).await?,
        ended: ended(&app, &desk).await?,
        pager: Pager::default(),
    })
}

/// The newest services that have ended and of which nothing is open: decisions need them no more.
async fn ended(app: &App, desk: &Desk) -> Result<Vec<EndedService>, PageError> {
    let filter = SubscriptionFilter { account: Some(desk.account.id), ..SubscriptionFilter::default() };
    let rows = app.read(move |engine| Ok(engine.store().subscriptions(&filter, &Window::first(200))?.rows)).await?;
    let ended = rows.iter().filter(|row| desk.account.subscription(row.id).is_none()).filter_map(|row| {
        let at = row.cancellation.as_ref()?.ended_at?;
        Some(EndedService {
            name: row.service.label.clone(),
            href: format!("/services/{}", row.service.id),
            plan: row.plan_name.clone(),
            on: desk.words().day(at),
        })
    });
    Ok(ended.collect())
}

/// Every service of a customer; an account has at most 200.
pub(super) async fn rows(app: &App, desk: &Desk) -> Result<Vec<ServiceRow>, PageError> {
    let mut subscriptions: Vec<_> = desk.account.subscriptions.iter().collect();
    subscriptions.sort_by(|a, b| a.service.label.cmp(&b.service.label).then(a.id.cmp(&b.id)));
    let replaceable = replaceable(app, desk, &subscriptions).await?;
    let rows = subscriptions.into_iter();
    Ok(rows.map(|subscription| row(desk, subscription, replaceable.contains(&subscription.id))).collect())
}

fn row(desk: &Desk, subscription: &Subscription, replaces: bool) -> ServiceRow {
    let (href, words) = (href(subscription), desk.words());
    let pending = desk.open_change(subscription).map(|change| {
        let noun = super::meaning::direction(change.quote.direction).noun(words.language);
        let plan = change.quote.plan_after.as_str();
        let text = match change.state {
            ChangeState::Scheduled { at } => {
                let day = words.day(at).text;
                words.fill("pending-planned", &args!["noun" => noun, "plan" => plan, "day" => day])
            }
            _ if change.quote.before.plan == change.quote.after.plan => {
                let what = super::meaning::what(words.language, &change.quote);
                words.fill("pending-unpaid-within", &args!["noun" => noun, "what" => what])
            }
            _ => words.fill("pending-unpaid", &args!["noun" => noun, "plan" => plan]),
        };
        (text, format!("/changes/{}", change.id))
    });
    let ends = subscription.scheduled_end().map(|end| {
        let day = words.day(end.quote.ends_at).text;
        (words.fill("pending-ends", &args!["day" => day]), href.clone())
    });
    ServiceRow {
        name: subscription.service.label.clone(),
        plan: plan_with_options(words.language, subscription),
        price: words.amount(subscription.recurring()),
        cycle: words.per(subscription.anchor.cycle),
        paid_until: paid_until(desk, subscription),
        status: service_badge(words, &subscription.service, desk.is_machine(subscription)),
        pending: pending.or(ends),
        change_href: format!("{href}/change"),
        change_refused: desk.change_refused(subscription).filter(|_| !replaces),
        replaces,
        href,
    }
}

/// The page of a subscription's service.
pub(super) fn href(subscription: &Subscription) -> String {
    format!("/services/{}", subscription.service.id)
}

/// `Standard, Extra memory × 2`
pub(super) fn plan_with_options(language: Language, subscription: &Subscription) -> String {
    let options = subscription.items.iter().filter(|item| item.component != Component::Plan && item.quantity > 0);
    let names = options.map(|item| quantified(&item.text, item.quantity));
    listed(language, &std::iter::once(subscription.plan().text.to_string()).chain(names).collect::<Vec<_>>())
}

/// The next invoice, with what was used so far beside it.
pub(super) fn next_of(desk: &Desk, subscription: &Subscription) -> NextInvoice {
    let words = desk.words();
    NextInvoice {
        on: words.day(subscription.period.until),
        amount: words.amount(desk.next_invoice(subscription)),
        used: metered::comes_to(desk.facts(), subscription).map(|amount| words.amount(amount)),
    }
}

/// The trial that is running: its last day, and what it costs.
pub(super) fn trial(desk: &Desk, subscription: &Subscription) -> Option<Trial> {
    let words = desk.words();
    subscription.is_in_trial().then(|| Trial {
        until: words.date(last_day(subscription.period, desk.zone())),
        price: subscription.one_time.trial.map(|price| words.amount(price)),
    })
}

/// The last day up to which the plan is paid without a gap from now on. What waits for the next invoice leaves no gap: it
/// is agreed, and is said beside the day. Where the days of now are owed, the day before them, if that was paid. Nothing in a trial.
pub(super) fn paid_until(desk: &Desk, subscription: &Subscription) -> Value {
    if subscription.is_in_trial() {
        return Value::Nothing;
    }
    let (words, zone, plan) = (desk.words(), desk.zone(), subscription.plan().id);
    let mut segments: Vec<&Segment> = subscription.coverage.iter().filter(|segment| segment.item == plan).collect();
    segments.sort_by_key(|segment| segment.span.from);
    let is_settled = |segment: &&&Segment| segment.collected == segment.net || segment.is_waiting();
    let settled: Vec<_> = segments.iter().take_while(is_settled).collect();
    if subscription.billed.is_arrears() && settled.iter().any(|segment| segment.is_waiting()) {
        return Value::text(words.text("paid-until-arrears"));
    }
    if let Some(last) = settled.last() {
        let day = words.date(last_day(last.span, zone));
        return if settled.iter().any(|segment| segment.is_waiting()) {
            Value::Noted(day.text, words.text("paid-until-waits"))
        } else {
            Value::Date(day)
        };
    }
    let owed = segments.first().map(|segment| segment.span.from);
    let was_paid = |from: &Timestamp| *from > subscription.period.from || subscription.period_ordinal() > 0;
    match owed.filter(was_paid) {
        Some(from) => {
            let day = zone.date(from).yesterday().unwrap_or_else(|_| zone.date(from));
            Value::Noted(words.date_text(day), words.text("paid-until-owed"))
        }
        None => Value::Nothing,
    }
}

/// `GET /services/{id}`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let mut desk = Desk::open(&app, customer).await?;
    desk.remember_ended(&app, &id).await?;
    let subscription = desk.subscription(&id)?;
    let filter = DocumentFilter {
        account: Some(desk.account.id),
        subscription: Some(subscription.id),
        ..DocumentFilter::default()
    };
    let documents = app.read(move |engine| Ok(engine.store().documents(&filter, &Window::first(200))?)).await?;
    let ended = cancel::ended(&desk, subscription, &documents.rows);
    let numbers: BTreeMap<_, _> =
        documents.rows.into_iter().map(|row| (row.document.id, (row.number, row.document.kind))).collect();

    let (words, language) = (desk.words(), desk.language());
    let mut around = desk.page(&subscription.service.label, PortalSection::Services);
    around = around.crumb(words.text("menu-services"), "/services");
    if asked.wants("not-found") {
        around.notice = Some(Notice::bad(words.text("notice-no-change")));
    }
    if asked.wants("kept") && subscription.cancellation.is_none() {
        around.notice = Some(Notice::good(words.text("notice-kept")));
    }
    if asked.wants("cancelled") && subscription.cancellation.is_some() {
        let has_ended = subscription.has_ended();
        let text = if has_ended { words.text("notice-ended") } else { words.text("notice-cancelled") };
        around.notice = Some(Notice::good(text));
    }
    let replaces = !replaceable(&app, &desk, &[subscription]).await?.is_empty();
    page(&ServicePage {
        page: around,
        status: service_badge(words, &subscription.service, desk.is_machine(subscription)),
        plan: subscription.plan().text.to_string(),
        specs: gives(&desk, subscription).size_facts(&subscription.service.desired),
        options: options(&desk, subscription),
        price: words.amount(subscription.recurring()),
        cycle: words.per(subscription.anchor.cycle),
        paid_until: paid_until(&desk, subscription),
        trial: trial(&desk, subscription),
        // What is cancelled has no next period.
        next_invoice: Some(next_of(&desk, subscription)).filter(|_| subscription.cancellation.is_none()),
        waiting: next_invoice::waiting(words, desk.facts(), &desk.account, subscription),
        tax_note: tax_note(language, desk.catalogue.tax.as_deref()),
        credits: credits_of(language, &desk.catalogue, subscription),
        metered: metered::so_far(language, desk.facts(), subscription),
        usage: Vec::new(),
        server: server(&desk, subscription),
        coverage: coverage(&desk, subscription, &numbers),
        pending: pending(&desk, subscription, &numbers),
        change_href: format!("{}/change", href(subscription)),
        change_refused: desk.change_refused(subscription).filter(|_| !replaces),
        cancel_href: cancel::cancel_href(&desk, subscription),
        ends: cancel::ends(&desk, subscription),
        ended,
    })
}

fn gives<'a>(desk: &'a Desk, subscription: &Subscription) -> Gives<'a> {
    Gives { language: desk.language(), product: desk.product(subscription) }
}

fn options(desk: &Desk, subscription: &Subscription) -> Vec<Fact> {
    let options = subscription.items.iter().filter(|item| item.component != Component::Plan && item.quantity > 0);
    let facts = options.map(|item| {
        let price = price_per(desk.language(), item.price(), item.cycle);
        let price = kept_units(desk, subscription, item, &price).unwrap_or(price);
        let value =
            if item.quantity == 1 { Value::text(price) } else { Value::Noted(format!("{} ×", item.quantity), price) };
        Fact::new(&*item.text, value)
    });
    facts.collect()
}

/// Of an option more units can be paid than it has, where its policy gives nothing back for fewer.
fn kept_units(desk: &Desk, subscription: &Subscription, item: &Item, price: &str) -> Option<String> {
    let words = desk.words();
    let of_item = subscription.coverage.iter().filter(|segment| segment.item == item.id);
    let segment = of_item.max_by_key(|segment| segment.span.until)?;
    if segment.quantity <= item.quantity || segment.span.until <= desk.now {
        return None;
    }
    let number = number(words.language, segment.quantity.into());
    let day = words.date_text(last_day(segment.span, desk.zone()));
    Some(words.fill("option-kept", &args!["price" => price, "number" => number, "day" => day]))
}

fn server(desk: &Desk, subscription: &Subscription) -> ServerView {
    let (service, words) = (&subscription.service, desk.words());
    let at = words.moment(service.progress_at);
    let machine = desk.is_machine(subscription);
    let (last, waiting) = if machine {
        (words.text("server-running"), words.text("server-waiting"))
    } else {
        (words.text("server-ready"), words.text("server-about-to-begin"))
    };
    let ordered = Step::new(words.text("step-ordered"), StepState::Done);
    let making = |state| Step::new(words.text("server-being-made"), state);
    let last = Step::new(last, StepState::Ahead);
    let (state, steps) = match &service.progress {
        Progress::Done => (Badge::new(words.text("server-as-ordered"), Tone::Good), Vec::new()),
        Progress::Wanted => {
            let making = making(StepState::Current).note(words.text("step-about-to-begin"));
            (Badge::new(waiting, Tone::Waiting), vec![ordered.at(at.clone()), making, last])
        }
        Progress::Working => {
            let making = making(StepState::Current).at(at.clone());
            (Badge::new(words.text("server-being-made"), Tone::Waiting), vec![ordered, making, last])
        }
        Progress::Failed { .. } => {
            let making = making(StepState::Failed).at(at.clone()).note(words.text("step-stuck-note"));
            (Badge::new(words.text("service-stuck"), Tone::Attention), vec![ordered, making, last])
        }
    };
    let phrases = |size| listed(words.language, &gives(desk, subscription).size_phrases(size));
    ServerView {
        machine,
        desired: phrases(&service.desired),
        observed: service.observed.as_ref().map(phrases),
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
    let words = desk.words();
    let text = |segment: &Segment| quantified(&segment.text, segment.quantity);
    let mut segments: Vec<&Segment> = subscription.coverage.iter().collect();
    segments.sort_by_key(|segment| (segment.item, segment.span.from));
    let rows = segments.into_iter().map(|segment| CoverageRow {
        item: text(segment),
        days: words.days(segment.span),
        document: segment.document.and_then(|id| {
            let (number, _) = numbers.get(&id)?;
            Some((number.clone(), format!("/documents/{id}")))
        }),
        gross: words.amount(segment.gross),
        discount: words.amount(segment.net - segment.gross),
        net: words.amount(segment.net),
        tax: words.amount(segment.tax),
        tax_rate: segment.tax_rate.as_deref().map(|rate| rate_words(words.language, rate)),
        collected: words.amount(segment.collected),
        state: if segment.net.is_zero() {
            Badge::new(words.text("coverage-free"), Tone::Neutral)
        } else if segment.is_waiting() {
            Badge::new(words.text("coverage-next-invoice"), Tone::Neutral)
        } else if segment.collected == segment.net {
            Badge::new(words.text("coverage-paid"), Tone::Good)
        } else {
            Badge::new(words.text("coverage-open"), Tone::Attention)
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
    let (words, now) = (desk.words(), desk.now);
    let is_owed = desk.is_owed(change.document);
    let standing = Standing { change, service: &subscription.service, attempt, is_owed, words, now };
    let number = change.document.and_then(|invoice| numbers.get(&invoice)).map(|(number, _)| number.as_str());
    Some(PendingChange {
        title: if change.awaits_payment() {
            words.text("pending-title-unpaid")
        } else {
            words.text("pending-title-planned")
        },
        withdraw: withdrawal(change, number, &standing),
        sentence: words.fill(
            "pending-sentence",
            &args!["what" => super::meaning::what(words.language, &change.quote), "sentence" => standing.sentence()],
        ),
        href: format!("/changes/{}", change.id),
        steps: standing.steps(),
    })
}
