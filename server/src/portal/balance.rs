//! The balance and its movements. Behind each movement stands a numbered document (B4).

use axum::extract::{Query, State};
use axum::response::Html;
use billing::account::Account;
use billing::document::DocumentKind;
use billing::ledger::LedgerAccount;
use billing::money::{Money, sum};
use billing::payout::payout_fee;
use engine::{Engine, EngineError};
use store::{PostingFilter, PostingRow, Window};

use super::desk::{Asked, Desk, pager};
use super::payout;
use super::views::BalancePage;
use super::views::money::Movement;
use super::words::Words;
use crate::app::App;
use crate::auth::Customer;
use crate::ui::language::args;
use crate::ui::{Notice, PortalSection};
use crate::web::{PageError, page};

/// `GET /balance`
pub(super) async fn show(
    State(app): State<App>,
    customer: Customer,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let desk = Desk::open(&app, customer).await?;
    let (account, window) = (desk.account.clone(), asked.window());
    let (mut after, found) = app.read(move |engine| movements(engine, &account, &window)).await?;
    let words = desk.words();
    let mut rows = Vec::new();
    for moves in found.rows.chunk_by(is_one_movement) {
        let Some(row) = moves.first() else { continue };
        // The ledger counts what we owe as credit, below zero; the customer counts it as theirs.
        let moved = -sum(desk.account.currency, moves.iter().map(|row| row.posting.amount));
        rows.push(Movement {
            on: words.day(row.at),
            what: what(words, row.kind, moved, &row.number),
            document: (row.number.clone(), format!("/documents/{}", row.posting.document)),
            amount: words.amount(moved),
            after: words.amount(after),
        });
        after -= moved;
    }
    let mut around = desk.page(words.text("balance-title"), PortalSection::Balance);
    let on_its_way = desk.account.payout.as_ref().map(|payout| words.money(payout.net()));
    if let Some(amount) = on_its_way.as_ref().filter(|_| asked.wants("payout")) {
        let note = words.fill("payout-asked-note", &args!["amount" => amount.as_str()]);
        around.notice = Some(Notice::good(words.text("payout-asked")).sentence(note));
    }
    let (fee, _) = payout_fee(&desk.catalogue, &desk.policies);
    let can_be_paid_out = fee.is_some() && on_its_way.is_none() && desk.account.cashable().is_positive();
    page(&BalancePage {
        page: around,
        balance: words.amount(desk.account.balance),
        payout_href: can_be_paid_out.then(|| payout::PATH.to_owned()),
        on_its_way,
        rows,
        pager: pager("/balance", &asked, found.next),
    })
}

/// Do two postings move the balance at once, by the same document? An amount and the tax in it are booked apart.
fn is_one_movement(one: &PostingRow, other: &PostingRow) -> bool {
    (one.posting.document, one.at) == (other.posting.document, other.at)
        && one.posting.amount.is_negative() == other.posting.amount.is_negative()
}

/// One page of movements, and the balance after the newest of them: the present one less everything newer.
fn movements(
    engine: &Engine,
    account: &Account,
    window: &Window,
) -> Result<(Money, store::Page<PostingRow>), EngineError> {
    let filter = PostingFilter { account: Some(account.id), ledger: Some(LedgerAccount::Balance) };
    let found = engine.store().postings(&filter, window)?;
    let mut after = account.balance;
    let Some(first) = found.rows.first().filter(|_| window.after.is_some()) else {
        return Ok((after, found));
    };
    let mut newer = Window::first(200);
    loop {
        let page = engine.store().postings(&filter, &newer)?;
        let place = page.rows.iter().position(|row| row.posting.id == first.posting.id);
        let skipped = &page.rows[..place.unwrap_or(page.rows.len())];
        after += sum(account.currency, skipped.iter().map(|row| row.posting.amount));
        match (place, page.next) {
            (None, Some(next)) => newer.after = Some(next),
            _ => return Ok((after, found)),
        }
    }
}

fn what(words: Words<'_>, kind: DocumentKind, moved: Money, number: &str) -> String {
    let number = &args!["number" => number];
    match kind {
        DocumentKind::Invoice if moved.is_negative() => words.fill("balance-used", number),
        DocumentKind::Invoice => words.fill("balance-not-needed", number),
        DocumentKind::CreditNote => words.fill("balance-given-back", number),
        DocumentKind::Receipt => words.fill("balance-received", number),
        DocumentKind::Payout => words.fill("balance-paid-out", number),
    }
}
