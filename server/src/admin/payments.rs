//! Payments: tries to take money by card, by state, the transfers that staff booked, and what is paid out.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use store::{AttemptFilter, LogFilter, PayoutFilter};

use super::desk::{Asked, Desk};
use super::rows::{attempt_row, payout_row, transfer_row};
use super::service::tabs;
use super::views::ListPage;
use super::views::list::Tab;
use super::views::payment::{attempt_table, payout_table, transfer_table};
use crate::app::App;
use crate::auth::Staff;
use crate::ui::AdminSection;
use crate::web::{PageError, page};

/// The states of a try: what the address says, and what people read.
const STATES: [(&str, &str); 4] =
    [("sent", "Sent"), ("unknown", "Unknown"), ("failed", "Failed"), ("captured", "Captured")];

const TRANSFERS: &str = "/admin/payments/transfers";
const PAYOUTS: &str = "/admin/payments/payouts";

/// The lists beside that of tries.
fn others(asked: &Asked, current: &str) -> [Tab; 2] {
    let of_customer = Asked { customer: asked.customer.clone(), ..Asked::default() };
    [("Bank transfers", TRANSFERS), ("Payouts", PAYOUTS)]
        .map(|(name, path)| Tab::new(name, of_customer.href(path, None, None), path == current))
}

/// `GET /admin/payments`
pub(super) async fn attempts(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let state = asked.state_in(&STATES.map(|state| state.0))?;
    let filter = AttemptFilter { account: asked.account()?, invoice: None, state };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().attempts(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| attempt_row(&desk, row)).collect();
    let path = "/admin/payments";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Payments", AdminSection::Payments), attempt_table(&rows, pager));
    list.tabs = tabs(&asked, path, &STATES);
    list.tabs.extend(others(&asked, path));
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// `GET /admin/payments/transfers`
pub(super) async fn transfers(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let filter = LogFilter { account: asked.account()?, name: Some("receive_transfer".to_owned()) };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().log(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().filter_map(|row| transfer_row(&desk, row)).collect();
    let pager = asked.pager(TRANSFERS, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Bank transfers", AdminSection::Payments), transfer_table(&rows, pager));
    list.page = list.page.crumb("Payments", "/admin/payments");
    list.narrowed = asked.narrowed(TRANSFERS, found.rows.first().map(|row| row.account_name.as_str()));
    let by_card = Asked { customer: asked.customer.clone(), ..Asked::default() };
    list.tabs = tabs(&by_card, "/admin/payments", &STATES);
    list.tabs.iter_mut().for_each(|tab| tab.current = false);
    list.tabs.extend(others(&asked, TRANSFERS));
    Ok(page(&list)?.into_response())
}

/// The states of a payout: what the address says, and what people read.
const PAYOUT_STATES: [(&str, &str); 3] = [("requested", "To be sent"), ("sent", "Sent"), ("returned", "Came back")];

/// `GET /admin/payments/payouts`
pub(super) async fn payouts(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let state = asked.state_in(&PAYOUT_STATES.map(|state| state.0))?;
    let filter = PayoutFilter { account: asked.account()?, state };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().payouts(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(|row| payout_row(&desk, row)).collect();
    let pager = asked.pager(PAYOUTS, found.next.as_ref());
    let around = desk.page("Payouts", AdminSection::Payments).crumb("Payments", "/admin/payments");
    let mut list = ListPage::new(around.notice(asked.notice()), payout_table(&rows, pager));
    list.tabs = tabs(&asked, PAYOUTS, &PAYOUT_STATES);
    list.narrowed = asked.narrowed(PAYOUTS, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}
