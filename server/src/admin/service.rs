//! Services: the list by state, one service with its machine, and the request that asks a module once more.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::account::{Account, ChangeState, PlanChange, Subscription};
use billing::calendar::Zone;
use billing::command::{Asker, Command, PaymentChoice};
use billing::decide::LogRecord;
use billing::id::{AccountId, DocumentId, ServiceId};
use billing::quote::PlanChangeRequest;
use billing::service::{Access, Progress};
use engine::{Ask, Engine, EngineError};
use store::{
    ChangeFilter, ChangeRow, LogFilter, LogRow, ModuleRun, RunFilter, Store, SubscriptionFilter, SubscriptionRow,
    Window,
};

use super::Bare;
use super::change::if_missed;
use super::desk::{Asked, Desk, FEW, customer};
use super::rows::{
    card_text, change_row, document_href, document_link, entry_row, run_row, service_badge, service_row,
};
use super::views::list::Tab;
use super::views::service::{Failure, Package, Pending, PlanCreditsView, SizeRow, service_table};
use super::views::{ListPage, ServicePage};
use super::words::{ENGLISH, GIVES, amount, day, days, english, for_staff, moment, per, quantified};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::{engine_key, form_key};
use crate::portal::amounts::{rate_words, with_tax_words};
use crate::portal::timing::{credits_of, is_in_the_way};
use crate::portal::views::service::{CoverageRow, WaitingLines};
use crate::portal::{metered, next_invoice};
use crate::ui::{AdminSection, Badge, Fact, Step, StepState, Tone, Value};
use crate::web::{PageError, page};

/// The states of the list: what the address says, and what people read.
const STATES: [(&str, &str); 6] = [
    ("done", "Settled"),
    ("wanted", "Wanted"),
    ("working", "Working"),
    ("failed", "Failed"),
    ("package", "Package waits"),
    ("restricted", "Restricted"),
];

/// `GET /admin/services`
pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let state = asked.state_in(&STATES.map(|state| state.0))?;
    let package_waits = state.as_deref() == Some("package");
    let restricted = state.as_deref() == Some("restricted");
    let progress = state.filter(|_| !package_waits && !restricted);
    let filter = SubscriptionFilter { account: asked.account()?, progress, package_waits, restricted };
    let window = asked.window()?;
    let read = app.read(move |engine| {
        let found = engine.store().subscriptions(&filter, &window)?;
        let zones = zones_of(engine, &found.rows)?;
        Ok((found, zones))
    });
    let (found, zones) = read.await?;
    let zone = |row: &SubscriptionRow| zones.get(&row.account).unwrap_or(desk.zone());
    let rows: Vec<_> = found.rows.iter().map(|row| service_row(row, zone(row))).collect();
    let path = "/admin/services";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Services", AdminSection::Services), service_table(&rows, pager));
    list.tabs = tabs(&asked, path, &STATES);
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// Each customer's days are those of their own zone.
fn zones_of(engine: &Engine, rows: &[SubscriptionRow]) -> Result<BTreeMap<AccountId, Zone>, EngineError> {
    let mut zones = BTreeMap::new();
    for row in rows {
        if let Entry::Vacant(place) = zones.entry(row.account)
            && let Some(found) = engine.store().account(row.account)?
        {
            place.insert(found.account.zone);
        }
    }
    Ok(zones)
}

/// `All` and the states of a list.
pub(super) fn tabs(asked: &Asked, path: &str, states: &[(&str, &str)]) -> Vec<Tab> {
    let present = asked.state.as_deref().filter(|state| !state.is_empty());
    let mut tabs = vec![Tab::new("All", asked.href(path, None, None), present.is_none())];
    tabs.extend(
        states
            .iter()
            .map(|(state, label)| Tab::new(*label, asked.href(path, Some(state), None), present == Some(state))),
    );
    tabs
}

/// Everything that the page shows, read at once.
struct Known {
    account: Account,
    subscription: Subscription,
    documents: BTreeMap<DocumentId, (String, String)>,
    runs: Vec<ModuleRun>,
    changes: Vec<ChangeRow>,
    /// What staff did without an order.
    by_hand: Vec<LogRow>,
    /// Can a new change take the place of the one that is open?
    can_replace: bool,
}

/// `GET /admin/services/{id}`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let id = ServiceId::parse(&id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    let known = app.read(move |engine| {
        let Some((account, subscription)) = owned(engine, id, now)? else {
            return Ok(None);
        };
        read(engine, account, subscription, now).map(Some)
    });
    let known = known.await?.ok_or(PageError::NotFound)?;
    let desk = desk.at_storefront(&app, &known.account.storefront).await?;
    let mut shown = service_page(&desk, &known);
    shown.page.notice = asked.notice();
    Ok(page(&shown)?.into_response())
}

/// The desk at the storefront of a service, its account and its subscription.
pub(super) async fn opened(app: &App, staff: Staff, id: &str) -> Result<(Desk, Account, Subscription), PageError> {
    let desk = Desk::open(app, staff).await?;
    let id = ServiceId::parse(id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    let found = app.read(move |engine| owned(engine, id, now)).await?;
    let (account, subscription) = found.ok_or(PageError::NotFound)?;
    let desk = desk.at_storefront(app, &account.storefront).await?;
    Ok((desk, account, subscription))
}

/// The account and the subscription of a service.
fn owned(engine: &Engine, id: ServiceId, now: jiff::Timestamp) -> Result<Option<(Account, Subscription)>, EngineError> {
    let Some(row) = engine.store().subscription_of_service(None, id)? else {
        return Ok(None);
    };
    let Some(account) = engine.account(row.account, now)? else {
        return Ok(None);
    };
    let subscription = engine.subscription(&account, row.id)?;
    Ok(subscription.map(|subscription| (account, subscription)))
}

fn read(
    engine: &Engine,
    account: Account,
    subscription: Subscription,
    now: jiff::Timestamp,
) -> Result<Known, EngineError> {
    let store = engine.store();
    let few = Window::first(FEW);
    let mut documents = BTreeMap::new();
    for id in subscription.coverage.iter().filter_map(|segment| segment.document) {
        if let Entry::Vacant(place) = documents.entry(id)
            && let Some(link) = document_link(store, id)?
        {
            place.insert(link);
        }
    }
    let runs = RunFilter { account: Some(account.id), service: Some(subscription.service.id) };
    let changes = ChangeFilter { account: Some(account.id), subscription: Some(subscription.id), state: None };
    let is_open =
        subscription.change.as_ref().is_some_and(PlanChange::is_open) || subscription.scheduled_end().is_some();
    let can_replace = is_open && {
        let (id, basket, asked_by) = (subscription.id, subscription.basket(), Asker::Staff);
        let asked = PlanChangeRequest { subscription: id, basket, asked_by, when: None, on: None };
        engine.offers(account.id, &asked, now, |_, _, offers| {
            offers.iter().any(|offer| !offer.quote.as_ref().is_err_and(is_in_the_way))
        })?
    };
    Ok(Known {
        can_replace,
        runs: store.module_runs(&runs, &few)?.rows,
        changes: store.changes(&changes, &few)?.rows,
        by_hand: by_hand(store, &account, &subscription)?,
        documents,
        account,
        subscription,
    })
}

/// The newest plans that staff assigned to a subscription, with when their packages were changed.
fn by_hand(store: &Store, account: &Account, subscription: &Subscription) -> Result<Vec<LogRow>, EngineError> {
    let mut rows = Vec::new();
    for name in ["assign_plan", "change_package"] {
        let filter = LogFilter { account: Some(account.id), name: Some(name.to_owned()) };
        rows.extend(store.log(&filter, &Window::first(FEW))?.rows);
    }
    let is_of_it = |row: &LogRow| match serde_json::from_str::<LogRecord>(&row.entry.body) {
        Ok(LogRecord { envelope, .. }) => match envelope.command {
            Command::AssignPlan { subscription: id, .. } => id == subscription.id,
            Command::ChangePackage { service } => service == subscription.service.id,
            _ => false,
        },
        Err(_) => false,
    };
    rows.retain(is_of_it);
    rows.sort_by_key(|row| std::cmp::Reverse(row.entry.version));
    Ok(rows)
}

fn service_page(desk: &Desk, known: &Known) -> ServicePage {
    let Known { account, subscription, .. } = known;
    let service = &subscription.service;
    let href = format!("/admin/services/{}", service.id);
    let open = subscription.change.as_ref().filter(|change| change.is_open());
    let failure = match &service.progress {
        Progress::Failed { reason } => {
            Some(Failure { reason: reason.clone(), action: format!("{href}/retry"), key: form_key() })
        }
        _ => None,
    };
    let refused = change_refused(desk, account, subscription);
    ServicePage {
        package: package(desk, subscription, &href),
        end: if subscription.has_ended() {
            None
        } else if subscription.cancellation.is_some() {
            Some(("Take the cancellation back".to_owned(), format!("{href}/keep")))
        } else {
            Some(("Cancel".to_owned(), format!("{href}/cancel")))
        },
        assign_href: refused.is_none().then(|| format!("{href}/assign")),
        page: desk.page(&service.label, AdminSection::Services).crumb("Services", "/admin/services"),
        state: service_badge(service),
        facts: facts(desk, account, subscription),
        machine: machine(account, subscription),
        sizes: sizes(subscription),
        failure,
        pending: open.map(|change| pending(change, account)),
        waiting: waiting(desk, account, subscription),
        coverage: coverage(known),
        runs: known.runs.iter().map(|run| run_row(desk, run)).collect(),
        changes: known.changes.iter().map(|row| change_row(desk, row)).collect(),
        by_hand: known.by_hand.iter().map(|row| entry_row(desk, row)).collect(),
        change_refused: refused.or_else(|| cancelled(subscription)).filter(|_| !known.can_replace),
        credits: credits_of(ENGLISH, &desk.catalogue, subscription).map(|(unit, left)| PlanCreditsView {
            unit,
            left,
            use_href: subscription.credits.filter(|credits| credits.left > 0).map(|_| format!("{href}/credits")),
        }),
        href,
    }
}

/// The size of an assigned plan that the module was not asked for yet.
fn package(desk: &Desk, subscription: &Subscription, href: &str) -> Option<Package> {
    let service = &subscription.service;
    let size = service.package.as_ref()?;
    let differences = GIVES.size_differences(&service.desired, size).into_iter().map(|(_, words)| words);
    let product = desk.catalogue.product(&subscription.product);
    let restart = product.and_then(|product| product.restart.as_ref());
    Some(Package {
        sentence: format!(
            "{} gives {}. The module was not asked for that.",
            subscription.plan().text,
            differences.collect::<Vec<_>>().join(", ")
        ),
        restarts: restart.is_some(),
        action: format!("{href}/package"),
        key: form_key(),
    })
}

/// Why no change can begin now.
pub(super) fn change_refused(desk: &Desk, account: &Account, subscription: &Subscription) -> Option<String> {
    if subscription.has_ended() {
        Some("The service has ended. Nothing of it can be changed.".to_owned())
    } else if subscription.change.as_ref().is_some_and(PlanChange::is_open) {
        Some("A change is open. It must be paid or withdrawn before another one begins.".to_owned())
    } else if desk.now >= subscription.period.until {
        let until = moment(subscription.period.until, &account.zone).text;
        Some(format!("Its period ended on {until}. The next one is invoiced first, by itself, within minutes."))
    } else {
        None
    }
}

/// That a cancellation comes before a change. A plan without an order can be assigned all the same.
fn cancelled(subscription: &Subscription) -> Option<String> {
    subscription.scheduled_end()?;
    Some("It is cancelled and ends with its period. Take the cancellation back before it is changed.".to_owned())
}

fn waiting(desk: &Desk, account: &Account, subscription: &Subscription) -> Option<WaitingLines> {
    let waiting = next_invoice::waiting(english(&account.zone), desk.facts(), account, subscription)?;
    Some(WaitingLines { sentence: for_staff(&waiting.sentence), ..waiting })
}

fn facts(desk: &Desk, account: &Account, subscription: &Subscription) -> Vec<Fact> {
    let (name, href) = customer(&account.name, account.id);
    let product = desk.catalogue.product(&subscription.product);
    let options = subscription.items.iter().filter(|item| item.component != billing::account::Component::Plan);
    let options: Vec<_> = options.map(|item| quantified(&item.text, item.quantity)).collect();
    let pays_by = match subscription.pays_by {
        PaymentChoice::Card(card) => card_text(card),
        PaymentChoice::BankTransfer => "Bank transfer",
    };
    let mut facts = vec![
        Fact::new("Customer", Value::link(name, href)),
        Fact::new("Product", product.map_or_else(|| subscription.product.clone(), |product| product.name.clone())),
        Fact::new("Plan", subscription.plan().text.as_str()),
    ];
    if !options.is_empty() {
        facts.push(Fact::new("Options", options.join(", ")));
    }
    let tax = desk.catalogue.tax.as_deref();
    let recurring = with_tax_words(ENGLISH, subscription.recurring(), tax);
    facts.extend([
        Fact::new("Price", Value::Noted(recurring, per(subscription.anchor.cycle))),
        Fact::new("Billed", if subscription.billed.is_arrears() { "in arrears" } else { "in advance" }),
        Fact::new("Present period", days(subscription.period, &account.zone)),
        end_or_next_invoice(desk, account, subscription),
        Fact::new("Renewals are paid by", pays_by),
        Fact::new("Since", day(subscription.started_at, &account.zone)),
    ]);
    let metered = metered::so_far(ENGLISH, desk.facts(), subscription).into_iter();
    facts.extend(metered.map(|fact| Fact { label: format!("Used: {}", fact.label), ..fact }));
    facts
}

/// When it ends or ended, where it is cancelled; else what the next invoice asks for.
fn end_or_next_invoice(desk: &Desk, account: &Account, subscription: &Subscription) -> Fact {
    let zone = &account.zone;
    match subscription.cancellation.as_deref() {
        Some(cancellation) => match cancellation.ended_at {
            Some(at) => Fact::new("Ended", moment(at, zone)),
            None => Fact::new("Cancelled, and ends", moment(cancellation.quote.ends_at, zone)),
        },
        None => {
            let asks = next_invoice::asks(desk.facts(), account, subscription);
            let asks = with_tax_words(ENGLISH, asks, desk.catalogue.tax.as_deref());
            Fact::new("Next invoice", Value::Noted(asks, format!("on {}", day(subscription.period.until, zone).text)))
        }
    }
}

fn machine(account: &Account, subscription: &Subscription) -> Vec<Fact> {
    let service = &subscription.service;
    let seen = if service.observed.is_some() {
        Value::text(format!("order {}", service.observed_generation))
    } else {
        Value::Nothing
    };
    let access = match service.access {
        Access::Full => Value::text("full"),
        Access::Ended => Value::Badge(Badge::new("Ended", Tone::Neutral)),
        Access::Restricted => Value::Badge(Badge::new("Restricted until all is paid", Tone::Bad)),
    };
    vec![
        Fact::new("State", service_badge(service)),
        Fact::new("Since", moment(service.progress_at, &account.zone)),
        Fact::new("Access", access),
        Fact::new("Ordered", format!("order {}", service.generation)),
        Fact::new("Seen", seen),
        Fact::new("Module", Value::Code(service.module.clone())),
        Fact::new("Service", Value::Code(service.id.to_string())),
        Fact::new("Subscription", Value::Code(subscription.id.to_string())),
    ]
}

fn sizes(subscription: &Subscription) -> Vec<SizeRow> {
    let service = &subscription.service;
    let text = |value: Value| match value {
        Value::Text(text) => text,
        _ => String::new(),
    };
    let seen: BTreeMap<_, _> = service
        .observed
        .iter()
        .flat_map(|size| GIVES.size_facts(size))
        .map(|fact| (fact.label, text(fact.value)))
        .collect();
    let row = |fact: Fact| {
        let (desired, observed) = (text(fact.value), seen.get(&fact.label).cloned());
        SizeRow { resource: fact.label, agrees: observed.as_ref() == Some(&desired), desired, observed }
    };
    GIVES.size_facts(&service.desired).into_iter().map(row).collect()
}

fn pending(change: &PlanChange, account: &Account) -> Pending {
    let (quote, zone) = (&change.quote, &account.zone);
    let what = crate::portal::meaning::what(ENGLISH, quote);
    let ordered = Step::new("Ordered", StepState::Done).at(moment(change.submitted_at, zone));
    let made = Step::new("Made", StepState::Ahead);
    let (title, sentence, steps) = match change.state {
        ChangeState::AwaitsPayment { lapses_at } => {
            let (due, lapses) = (amount(quote.due).text, moment(lapses_at, zone).text);
            let paid = Step::new("Paid", StepState::Current).note("waiting for the payment");
            let sentence = format!("{what} waits for {due}. {}", if_missed(quote.on_failure, &lapses));
            ("A change is open", sentence, vec![ordered, paid, made])
        }
        _ => {
            let on = day(quote.period.from, zone).text;
            let sentence = format!("{what} is made with the next period, on {on}. Nothing is to pay now.");
            let next = Step::new("With the next period", StepState::Current).at(moment(quote.period.from, zone));
            ("A change is planned", sentence, vec![ordered, next, made])
        }
    };
    Pending {
        title: title.to_owned(),
        sentence,
        href: format!("/admin/changes/{}", change.id),
        withdraw_href: format!("/admin/changes/{}/withdraw", change.id),
        steps,
    }
}

fn coverage(known: &Known) -> Vec<CoverageRow> {
    let subscription = &known.subscription;
    let mut segments: Vec<_> = subscription.coverage.iter().collect();
    segments.sort_by_key(|segment| (segment.span.from, segment.id));
    let row = |segment: &billing::coverage::Segment| {
        let state = if segment.is_waiting() {
            Badge::new("On the next invoice", Tone::Neutral)
        } else if segment.collected == segment.net {
            Badge::new("Paid", Tone::Good)
        } else if segment.collected.is_zero() {
            Badge::new("Unpaid", Tone::Attention)
        } else {
            Badge::new("Partly paid", Tone::Attention)
        };
        CoverageRow {
            item: quantified(&segment.text, segment.quantity),
            days: days(segment.span, &known.account.zone),
            document: segment.document.map(|id| {
                known.documents.get(&id).cloned().unwrap_or_else(|| ("its document".to_owned(), document_href(id)))
            }),
            gross: amount(segment.gross),
            discount: amount(segment.net - segment.gross),
            net: amount(segment.net),
            tax: amount(segment.tax),
            tax_rate: segment.tax_rate.as_deref().map(|rate| rate_words(ENGLISH, rate)),
            collected: amount(segment.collected),
            state,
        }
    };
    segments.into_iter().map(row).collect()
}

/// `POST /admin/services/{id}/retry`
pub(super) async fn retry(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(sent): Form<Bare>,
) -> Result<Response, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let id = ServiceId::parse(&id).map_err(|_| PageError::NotFound)?;
    let found = app.read(move |engine| Ok(engine.store().subscription_of_service(None, id)?)).await?;
    let account = found.ok_or(PageError::NotFound)?.account;
    let ask = Ask {
        account,
        actor: desk.actor(),
        key: engine_key(&sent.key)?,
        command: Command::RetryProvision { service: id },
    };
    let now = desk.now;
    app.write(move |engine| engine.run(&ask, now)).await?;
    Ok(Redirect::to(&format!("/admin/services/{id}?done=retried")).into_response())
}
