//! The dashboard: what matters today. Everything on it is part of the account or one list of its changes.

use axum::extract::{Query, State};
use axum::response::Html;
use billing::account::ChangeState;
use billing::id::DocumentId;
use billing::money::sum;
use jiff::SignedDuration;
use store::{ChangeFilter, ChangeRow, DocumentFilter, DocumentRow, Window};

use super::desk::{Asked, Desk};
use super::documents::subject;
use super::progress::{Stage, Standing};
use super::services;
use super::views::DashboardPage;
use super::views::account::{ChangeOnTheWay, UnpaidInvoice};
use crate::app::App;
use crate::auth::Customer;
use crate::ui::PortalSection;
use crate::web::{PageError, page};

/// How many services are shown; the rest is under My services.
const SERVICES: usize = 5;

/// `GET /dashboard`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Query(_): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let account = desk.account.id;
    let open = DocumentFilter { account: Some(account), state: Some("open".to_owned()), ..DocumentFilter::default() };
    let of_account = ChangeFilter { account: Some(account), ..ChangeFilter::default() };
    let read = app.read(move |engine| {
        let unpaid = engine.store().documents(&open, &Window::first(50))?;
        let changes = engine.store().changes(&of_account, &Window::first(20))?;
        Ok((unpaid.rows, changes.rows))
    });
    let (unpaid, changes) = read.await?;
    let due = desk.account.invoices.iter().filter(|invoice| invoice.is_open()).map(|invoice| invoice.open_amount());
    let mut services = services::rows(&app, &desk).await?;
    services.truncate(SERVICES);
    let words = desk.words();
    // What is cancelled has no next period.
    let next = desk.account.subscriptions.iter().filter(|subscription| subscription.cancellation.is_none());
    let next = next.map(|subscription| (words.day(subscription.period.until), desk.next_invoice(subscription)));
    page(&DashboardPage {
        page: desk.page(words.text("menu-dashboard"), PortalSection::Dashboard),
        balance: words.amount(desk.account.balance),
        open: words.amount(sum(desk.account.currency, due)),
        next_invoice: next.min_by(|a, b| a.0.iso.cmp(&b.0.iso)).map(|(on, money)| (on, words.amount(money))),
        unpaid: unpaid.iter().filter_map(|row| unpaid_invoice(&desk, row, &changes)).collect(),
        changes: changes.iter().filter_map(|row| on_its_way(&desk, row)).collect(),
        services,
    })
}

fn unpaid_invoice(desk: &Desk, row: &DocumentRow, changes: &[ChangeRow]) -> Option<UnpaidInvoice> {
    let invoice = row.invoice.as_ref()?;
    let change = changes.iter().find(|change| Some(change.change.id) == invoice.change);
    // A change that can no longer be paid asks for nothing, even before the timer has closed it.
    if change.is_some_and(|row| standing(desk, row).is_some_and(|standing| standing.stage() == Stage::Lapsed)) {
        return None;
    }
    Some(UnpaidInvoice {
        number: row.number.clone(),
        href: format!("/documents/{}", row.document.id),
        what: subject(desk, &row.document, change),
        open: desk.words().amount(invoice.open_amount()),
        due_on: desk.words().date(invoice.due_on),
        overdue: invoice.due_on < desk.zone().date(desk.now),
    })
}

/// A change of the last day that is not finished.
fn on_its_way(desk: &Desk, row: &ChangeRow) -> Option<ChangeOnTheWay> {
    let standing = standing(desk, row)?;
    let is_recent = match row.change.state {
        ChangeState::AwaitsPayment { .. } | ChangeState::Scheduled { .. } => true,
        ChangeState::Applied { at } => desk.now.duration_since(at) < SignedDuration::from_hours(24 * 7),
        ChangeState::Withdrawn { .. } | ChangeState::Lapsed { .. } => false,
    };
    let is_finished = matches!(standing.stage(), Stage::Done | Stage::Lapsed | Stage::Withdrawn);
    (is_recent && !is_finished).then(|| ChangeOnTheWay {
        service: row.label.clone(),
        what: super::meaning::what(desk.language(), &row.change.quote),
        href: format!("/changes/{}", row.change.id),
        steps: standing.steps(),
    })
}

fn standing<'a>(desk: &'a Desk, row: &'a ChangeRow) -> Option<Standing<'a>> {
    let subscription = desk.account.subscription(row.change.quote.subscription)?;
    let attempt = row.change.document.and_then(|invoice: DocumentId| desk.last_attempt(invoice));
    let (service, words) = (&subscription.service, desk.words());
    let is_owed = desk.is_owed(row.change.document);
    Some(Standing { change: &row.change, service, attempt, is_owed, words, now: desk.now })
}
