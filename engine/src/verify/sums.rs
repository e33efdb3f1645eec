//! The sums that must meet over the whole life of an account: tables against the log, the ledger against balances and
//! invoices, documents against their lines, coverage against what was sold and collected.

use std::collections::BTreeMap;

use billing::coverage::Segment;
use billing::decide::LogRecord;
use billing::document::{Document, DocumentKind, DocumentLine, Invoice};
use billing::id::ItemId;
use billing::ledger::{LedgerAccount, Posting};
use billing::money::{Money, sum};
use billing::payout::{Backing, Payout, PayoutState};
use jiff::SignedDuration;
use store::Books;

/// Postings and documents stand in the tables as the log says, no more and no fewer.
pub(super) fn tables_are_the_log(books: &Books, records: &[LogRecord], find: &mut impl FnMut(&'static str, String)) {
    if records.len() != books.log.len() {
        return;
    }
    let logged: BTreeMap<_, &Posting> =
        records.iter().flat_map(|record| &record.postings).map(|posting| (posting.id, posting)).collect();
    for booked in &books.postings {
        if logged.get(&booked.posting.id) != Some(&&booked.posting) {
            find("postings", format!("{} is not the one of the log", booked.posting.id));
        }
    }
    if logged.len() != books.postings.len() {
        find("postings", format!("the log has {} and the table {}", logged.len(), books.postings.len()));
    }
    let logged: BTreeMap<_, &Document> =
        records.iter().flat_map(|record| &record.documents).map(|document| (document.id, document)).collect();
    for document in &books.documents {
        let unnumbered = Document { number: None, ..document.clone() };
        if logged.get(&document.id) != Some(&&unnumbered) {
            find("documents", format!("{} is not the one of the log", document.id));
        }
        if document.number.is_none() {
            find("documents", format!("{} has no number", document.id));
        }
    }
    if logged.len() != books.documents.len() {
        find("documents", format!("the log has {} and the table {}", logged.len(), books.documents.len()));
    }
}

/// Every transaction sums to zero; the balances and the open invoices are the sums of the postings.
pub(super) fn ledger_closes(books: &Books, find: &mut impl FnMut(&'static str, String)) {
    let mut transactions: BTreeMap<_, i64> = BTreeMap::new();
    for booked in &books.postings {
        *transactions.entry(booked.posting.transaction).or_default() += booked.posting.amount.minor;
    }
    for (transaction, minor) in transactions.into_iter().filter(|(_, minor)| *minor != 0) {
        find("ledger", format!("transaction {transaction} sums to {minor} minor units, not to 0"));
    }
    let account = &books.account;
    let open = account.invoices.iter().filter(|invoice| invoice.is_open());
    let owed = sum(account.currency, open.clone().map(|invoice| invoice.total - invoice.credited));
    let reserved = sum(account.currency, open.map(|invoice| invoice.from_balance));
    let stand = [
        ("the balance", account.balance, -ledger(books, LedgerAccount::Balance)),
        ("what is set aside", account.reserved, -ledger(books, LedgerAccount::Reserved)),
        ("what is set aside on open invoices", reserved, -ledger(books, LedgerAccount::Reserved)),
        ("what is owed on open invoices", owed, ledger(books, LedgerAccount::Receivable)),
    ];
    for (what, stands, posted) in stand.into_iter().filter(|(_, stands, posted)| stands != posted) {
        find("ledger", format!("{what} is {stands}, and the postings say {posted}"));
    }
}

/// What is on its way out is what the ledger says, fees are on what was sent, and what is behind the balance is the cash.
pub(super) fn payouts_close(books: &Books, find: &mut impl FnMut(&'static str, String)) {
    let account = &books.account;
    let total = |payouts: &dyn Fn(&Payout) -> bool, of: fn(&Payout) -> Money| {
        sum(account.currency, books.payouts.iter().filter(|payout| payouts(payout)).map(of))
    };
    let is_sent = |payout: &Payout| matches!(payout.state, PayoutState::Sent { .. });
    let stand = [
        ("what is to be paid out", total(&Payout::is_open, |payout| payout.amount), LedgerAccount::Payouts),
        ("the fees on payouts", total(&is_sent, |payout| payout.fee), LedgerAccount::PayoutFees),
    ];
    for (what, stands, place) in stand {
        let posted = -ledger(books, place);
        if stands != posted {
            find("payouts", format!("{what} is {stands}, and the postings say {posted}"));
        }
    }
    let charged_on = total(&|payout| payout.is_open() || is_sent(payout), |payout| payout.amount);
    let cash = ledger(books, LedgerAccount::CashCard) + ledger(books, LedgerAccount::CashBank);
    let Backing { cash: said, granted, charged_on: counted } = account.backing;
    let held = account.balance + account.reserved;
    if (said, counted) != (cash, charged_on) || granted.is_negative() || granted > held {
        let backing = account.backing;
        find("payouts", format!("{backing:?} is behind {held}; {cash} of cash came in, fees were on {charged_on}"));
    }
}

/// A document's total is the sum of its lines with their tax.
pub(super) fn documents_add_up(books: &Books, find: &mut impl FnMut(&'static str, String)) {
    for document in &books.documents {
        let lines = sum(document.total.currency, document.lines.iter().map(DocumentLine::payable));
        if lines != document.total || document.total.is_negative() {
            find("documents", format!("the lines of {} sum to {lines}, its total is {}", document.id, document.total));
        }
        if document.kind == DocumentKind::Invoice
            && !books
                .account
                .invoices
                .iter()
                .any(|invoice| invoice.id == document.id && invoice.total == document.total)
        {
            find("documents", format!("nothing says how invoice {} stands", document.id));
        }
    }
}

/// What is kept for covered time, less what waits for the next invoice, is what was sold less what was credited, with its
/// tax; and the money that came in is that, less what is owed for it, and what is held for the customer (N2): nothing was
/// made, nothing was lost. Covered time is collected unless its bill is open or still to be written. And the coverage of every item tiles its time.
pub(super) fn coverage_is_what_was_sold(books: &Books, find: &mut impl FnMut(&'static str, String)) {
    let account = &books.account;
    let segments = || account.subscriptions.iter().flat_map(|subscription| &subscription.coverage);
    // What waits for the next invoice is in coverage, and not sold yet.
    let to_invoice = || account.subscriptions.iter().flat_map(|subscription| &subscription.waiting);
    let covered = sum(account.currency, segments().map(Segment::payable));
    // What was used is sold with its document and covers nothing.
    let used = |of: fn(&DocumentLine) -> Money| {
        let on = |document: &Document| {
            let lines = document.lines.iter().filter(|line| line.metered.is_some());
            let amount = sum(account.currency, lines.map(of));
            if document.kind == DocumentKind::CreditNote { -amount } else { amount }
        };
        sum(account.currency, books.documents.iter().map(on))
    };
    let covered = covered + used(DocumentLine::payable);
    let kept = covered - sum(account.currency, to_invoice().map(DocumentLine::payable));
    let waiting = || books.changes.iter().filter(|change| change.awaits_payment());
    let to_come = sum(account.currency, waiting().map(|change| change.quote.total));
    let (sales, tax) = (-ledger(books, LedgerAccount::Sales), -ledger(books, LedgerAccount::Tax));
    let sold = sales + tax;
    if sold != kept + to_come {
        find("coverage", format!("{sold} were sold; coverage keeps {kept}, and {to_come} wait for their payment"));
    }
    let taxed = sum(account.currency, segments().map(|segment| segment.tax));
    let taxed = taxed + sum(account.currency, waiting().map(|change| change.quote.tax));
    let taxed = taxed - sum(account.currency, to_invoice().map(|line| line.tax));
    let taxed = taxed + used(|line| line.tax);
    if tax != taxed {
        find("coverage", format!("{tax} of tax were booked, and {taxed} are on what was sold"));
    }
    let open = || account.invoices.iter().filter(|invoice| invoice.is_open());
    for segment in segments() {
        let is_owed = open().any(|invoice| Some(invoice.id) == segment.document);
        let expected = if is_owed || segment.document.is_none() { Money::zero(account.currency) } else { segment.net };
        if segment.collected != expected {
            let (id, collected) = (segment.id, segment.collected);
            find("coverage", format!("{collected} of {id} is collected, and its bill says {expected}"));
        }
    }
    let waits = |invoice: &&Invoice| waiting().any(|change| change.document == Some(invoice.id));
    let owed = open().filter(|invoice| !waits(invoice)).map(|invoice| invoice.total - invoice.credited);
    let collected = kept - sum(account.currency, owed);
    let came_in = [LedgerAccount::CashCard, LedgerAccount::CashBank, LedgerAccount::Goodwill];
    let came_in = sum(account.currency, came_in.map(|place| ledger(books, place)));
    // What left as cash is less of what came in; what is to leave is held, and the fees on it are kept.
    let paid_out = [LedgerAccount::Payouts, LedgerAccount::PayoutFees];
    let to_leave = -sum(account.currency, paid_out.map(|place| ledger(books, place)));
    let held = account.balance + account.reserved + to_leave;
    if came_in != held + collected {
        find(
            "coverage",
            format!("{came_in} came in; {held} are held for the customer and {collected} pays for covered time"),
        );
    }
    let mut by_item: BTreeMap<ItemId, Vec<&Segment>> = BTreeMap::new();
    for segment in segments().filter(|segment| !segment.span.is_empty()) {
        by_item.entry(segment.item).or_default().push(segment);
    }
    for (item, mut tiles) in by_item {
        tiles.sort_unstable_by_key(|segment| (segment.span.from, segment.span.until));
        for pair in tiles.windows(2) {
            if !follows(pair[0], pair[1]) {
                let (first, second) = (pair[0].span, pair[1].span);
                find("coverage", format!("{item}: {} is followed by {}", first.until, second.from));
            }
        }
    }
}

/// Does a tile begin where the one before ends, or share its first day, of whatever zone, with the last of that one (M4)?
fn follows(before: &Segment, after: &Segment) -> bool {
    let overlap = before.span.until.duration_since(after.span.from);
    let shared = after.shares_first_day && !overlap.is_negative() && overlap <= SignedDuration::from_hours(25);
    after.span.from == before.span.until || shared
}

fn ledger(books: &Books, account: LedgerAccount) -> Money {
    let postings = books.postings.iter().filter(|booked| booked.posting.account == account);
    sum(books.account.currency, postings.map(|booked| booked.posting.amount))
}
