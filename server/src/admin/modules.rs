//! Modules: what they were asked and answered, run by run, and the queue of wishes to the outside with those that were
//! given up, which staff can put back into it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::id::EffectId;
use store::{EffectFilter, EffectState, RunFilter};

use super::Bare;
use super::desk::{Asked, Desk, customer};
use super::rows::{effect_row, run_badge, run_row, took, wish_text};
use super::service::tabs;
use super::views::list::Tab;
use super::views::module::{effect_table, run_table};
use super::views::{FormPage, ListPage, RunPage};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::form_key;
use crate::ui::{AdminSection, Fact, Value};
use crate::web::{PageError, page};

const QUEUE: &str = "/admin/modules/queue";

/// The states of the queue: what the address says, and what people read.
const STATES: [(&str, &str); 3] = [("queued", "Waiting"), ("dead", "Given up"), ("done", "Delivered")];

/// The runs beside the queue.
fn all_tabs(asked: &Asked, runs: bool) -> Vec<Tab> {
    let mut all = vec![Tab::new("Runs", "/admin/modules", runs)];
    let mut queue = tabs(asked, QUEUE, &STATES);
    "Queue".clone_into(&mut queue[0].label);
    if runs {
        queue.iter_mut().for_each(|tab| tab.current = false);
    }
    all.extend(queue);
    all
}

/// `GET /admin/modules`
pub(super) async fn runs(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let filter = RunFilter { account: asked.account()?, service: None };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().module_runs(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|run| run_row(&desk, run)).collect();
    let path = "/admin/modules";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Modules", AdminSection::Modules), run_table(&rows, pager));
    list.tabs = all_tabs(&Asked::default(), true);
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// `GET /admin/modules/{id}`: one run.
pub(super) async fn run(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let found = app.read(move |engine| Ok(engine.store().module_run(None, &id)?)).await?;
    let run = found.ok_or(PageError::NotFound)?;
    let started = &run.started;
    let (name, href) = customer(&run.account_name, started.account);
    let shown = RunPage {
        page: desk.page(format!("Run of {}", started.module), AdminSection::Modules).crumb("Modules", "/admin/modules"),
        outcome: run_badge(&run),
        facts: vec![
            Fact::new("Service", Value::link(run.label.clone(), format!("/admin/services/{}", started.service))),
            Fact::new("Customer", Value::link(name, href)),
            Fact::new("Module", Value::Code(started.module.clone())),
            Fact::new("Order", started.generation.to_string()),
            Fact::new("Began", desk.at(started.at)),
            Fact::new("Took", took(&run).map_or(Value::Nothing, Value::Text)),
            Fact::new("Id", Value::Code(started.id.clone())),
        ],
        input: pretty(&started.input),
        output: run.output.as_deref().map(pretty),
    };
    Ok(page(&shown)?.into_response())
}

/// JSON with its lines indented; anything else as it is.
pub(super) fn pretty(text: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value.ok().and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| text.to_owned())
}

/// `GET /admin/modules/queue`
pub(super) async fn queue(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let state = asked.state_in(&STATES.map(|state| state.0))?;
    let states = [EffectState::Queued, EffectState::Dead, EffectState::Done];
    let state = state.and_then(|name| states.into_iter().find(|state| state.name() == name));
    let filter = EffectFilter { account: asked.account()?, state };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().effects(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| effect_row(&desk, row)).collect();
    let pager = asked.pager(QUEUE, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Queue", AdminSection::Modules), effect_table(&rows, pager));
    list.page = list.page.crumb("Modules", "/admin/modules");
    list.page.notice = asked.notice();
    list.tabs = all_tabs(&asked, false);
    list.narrowed = asked.narrowed(QUEUE, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// `GET /admin/modules/queue/{id}`: a wish that was given up, and how to put it back.
pub(super) async fn given_up(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let id = EffectId::parse(&id).map_err(|_| PageError::NotFound)?;
    let found = app.read(move |engine| Ok(engine.store().effect(None, id)?)).await?;
    let row = found.ok_or(PageError::NotFound)?;
    if row.state != EffectState::Dead {
        return Ok(Redirect::to(QUEUE).into_response());
    }
    let (name, href) = customer(&row.account_name, row.account);
    let form = FormPage {
        page: desk
            .page("Deliver it again", AdminSection::Modules)
            .crumb("Modules", "/admin/modules")
            .crumb("Queue", QUEUE),
        tabs: Vec::new(),
        facts: vec![
            Fact::new("Wish", wish_text(&row.effect.wish)),
            Fact::new("Customer", Value::link(name, href)),
            Fact::new("Due", desk.at(row.effect.due_at)),
            Fact::new("Tried", format!("{} times", row.attempts)),
            Fact::new("Id", Value::Code(id.to_string())),
        ],
        problem: Some(format!("It was given up: {}", row.error.as_deref().unwrap_or("no reason was kept"))),
        action: format!("{QUEUE}/{id}"),
        key: form_key(),
        inputs: Vec::new(),
        consequences: vec![
            "It is put back into the queue and delivered as soon as possible.".to_owned(),
            "Its receiver knows it by its id, so what it has done already is not done twice.".to_owned(),
        ],
        button: "Put it back into the queue".to_owned(),
        danger: false,
        back: ("Back to the queue".to_owned(), QUEUE.to_owned()),
    };
    Ok(page(&form)?.into_response())
}

/// `POST /admin/modules/queue/{id}`
pub(super) async fn revive(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(sent): Form<Bare>,
) -> Result<Redirect, PageError> {
    staff.check_csrf(&sent.csrf)?;
    let id = EffectId::parse(&id).map_err(|_| PageError::NotFound)?;
    let now = app.now();
    let revived = app.write(move |engine| Ok(engine.store().revive_effect(id, now)?)).await?;
    Ok(Redirect::to(&format!("{QUEUE}{}", if revived { "?done=revived" } else { "" })))
}
