//! Documents: the list, by kind and state, and one document with its postings, the tries to pay it, and its log.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use billing::account::Account;
use billing::document::{DocumentKind, DocumentReason};
use billing::id::DocumentId;
use billing::ledger::LedgerAccount;
use engine::{Engine, EngineError};
use store::{AttemptFilter, AttemptRow, ChangeRow, DocumentFilter, DocumentRow, LogRow, Window};

use super::desk::{Asked, Desk, FEW};
use super::rows::{attempt_row, document_row, entry_row, kind_text};
use super::service::tabs;
use super::sheet::sheet;
use super::views::document::{PostingRow, invoice_table};
use super::views::{DocumentPage, ListPage};
use super::words::{ENGLISH, amount};
use crate::app::App;
use crate::auth::Staff;
use crate::portal::meaning::what;
use crate::ui::AdminSection;
use crate::web::{PageError, page};

/// The tabs of the list: states of invoices, then the other kinds.
const STATES: [(&str, &str); 5] = [
    ("open", "Open"),
    ("paid", "Paid"),
    ("void", "Cancelled"),
    ("credit_note", "Credit notes"),
    ("receipt", "Receipts"),
];

/// `GET /admin/invoices`
pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let state = asked.state_in(&STATES.map(|state| state.0))?;
    let kind = state.as_deref().and_then(DocumentKind::parse);
    let filter =
        DocumentFilter { account: asked.account()?, kind, subscription: None, state: state.filter(|_| kind.is_none()) };
    let window = asked.window()?;
    let found = app.read(move |engine| Ok(engine.store().documents(&filter, &window)?)).await?;
    let rows: Vec<_> = found.rows.iter().map(document_row).collect();
    let path = "/admin/invoices";
    let pager = asked.pager(path, found.next.as_ref());
    let mut list = ListPage::new(desk.page("Invoices", AdminSection::Invoices), invoice_table(&rows, pager));
    list.tabs = tabs(&asked, path, &STATES);
    list.narrowed = asked.narrowed(path, found.rows.first().map(|row| row.account_name.as_str()));
    Ok(page(&list)?.into_response())
}

/// Everything that the page shows, read at once.
struct Known {
    row: DocumentRow,
    account: Account,
    corrects: Option<String>,
    change: Option<ChangeRow>,
    postings: Vec<store::PostingRow>,
    attempts: Vec<AttemptRow>,
    log: Vec<LogRow>,
}

/// `GET /admin/documents/{id}`
pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let id = DocumentId::parse(&id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    let known = app.read(move |engine| {
        let Some(row) = engine.store().document(None, id)? else { return Ok(None) };
        let Some(account) = engine.account(row.account, now)? else { return Ok(None) };
        read(engine, row, account).map(Some)
    });
    let known = known.await?.ok_or(PageError::NotFound)?;
    let desk = desk.at_storefront(&app, &known.account.storefront).await?;
    let mut shown = document_page(&desk, &known);
    shown.page.notice = asked.notice();
    Ok(page(&shown)?.into_response())
}

fn read(engine: &Engine, row: DocumentRow, account: Account) -> Result<Known, EngineError> {
    let store = engine.store();
    let id = row.document.id;
    let corrects = match row.document.corrects {
        Some(invoice) => store.document(None, invoice)?.map(|row| row.number),
        None => None,
    };
    let change = match row.document.reason {
        DocumentReason::PlanChange { change }
        | DocumentReason::DebtReleased { change }
        | DocumentReason::InvoiceCancelled { change } => store.change(None, change)?,
        DocumentReason::Period { .. }
        | DocumentReason::Trial
        | DocumentReason::Cancellation
        | DocumentReason::OwedNoMore
        | DocumentReason::MoneyToBalance
        | DocumentReason::Goodwill
        | DocumentReason::Payout { .. }
        | DocumentReason::PayoutReturned => None,
    };
    let postings = store.postings_of_document(None, id, &Window::first(200))?.rows;
    let commands: BTreeSet<_> = postings.iter().map(|row| row.posting.transaction).collect();
    let mut log = Vec::new();
    for command in commands.into_iter().rev() {
        log.extend(store.log_entry(None, command)?);
    }
    let attempts = AttemptFilter { account: Some(account.id), invoice: Some(id), state: None };
    let attempts = store.attempts(&attempts, &Window::first(FEW))?.rows;
    Ok(Known { row, account, corrects, change, postings, attempts, log })
}

fn document_page(desk: &Desk, known: &Known) -> DocumentPage {
    let Known { row, account, .. } = known;
    let open = row.invoice.as_ref().filter(|invoice| invoice.is_open());
    let title = format!("{} {}", kind_text(row.document.kind), row.number);
    DocumentPage {
        page: desk
            .page(title, AdminSection::Invoices)
            .crumb("Invoices", "/admin/invoices")
            .crumb(&account.name, format!("/admin/customers/{}", account.id)),
        document: sheet(&desk.catalogue, account, row, known.corrects.clone()),
        mark_paid_href: open.map(|invoice| format!("/admin/documents/{}/paid", invoice.id)),
        change: known.change.as_ref().map(|row| {
            let words = format!("It belongs to the change {}.", what(ENGLISH, &row.change.quote));
            (words, format!("/admin/changes/{}", row.change.id))
        }),
        postings: known.postings.iter().rev().map(|row| posting_row(desk, row)).collect(),
        attempts: known.attempts.iter().map(|row| attempt_row(desk, row)).collect(),
        log: known.log.iter().map(|row| entry_row(desk, row)).collect(),
    }
}

fn posting_row(desk: &Desk, row: &store::PostingRow) -> PostingRow {
    let money = row.posting.amount;
    PostingRow {
        at: desk.at(row.at),
        account: ledger_text(row.posting.account).to_owned(),
        debit: money.is_positive().then(|| amount(money)),
        credit: money.is_negative().then(|| amount(-money)),
    }
}

/// A ledger account in words.
fn ledger_text(account: LedgerAccount) -> &'static str {
    match account {
        LedgerAccount::Receivable => "Receivable",
        LedgerAccount::Balance => "Customer’s balance",
        LedgerAccount::Reserved => "Set aside for invoices",
        LedgerAccount::Sales => "Sales",
        LedgerAccount::Tax => "Tax owed to the tax office",
        LedgerAccount::CashCard => "Money at the card gateway",
        LedgerAccount::CashBank => "Money in the bank",
        LedgerAccount::Goodwill => "Goodwill",
        LedgerAccount::Payouts => "To be paid out",
        LedgerAccount::PayoutFees => "Fees on payouts",
    }
}
