//! The laws of the books: postings, balances, documents, invoices, and that money which arrived is used once.

use super::{BrokenLaw, Case, holds};
use crate::account::Account;
use crate::document::{Document, DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use crate::ledger::LedgerAccount;
use crate::money::Money;
use crate::payout::Backing;

/// I01: every amount is in the currency of the account, so that sums below mean something.
pub(super) fn one_currency(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let after = case.after;
    let mut amounts: Vec<(&str, Money)> = vec![("the balance", after.balance), ("the reserved money", after.reserved)];
    let Backing { cash, granted, charged_on } = after.backing;
    amounts.extend([cash, granted, charged_on].map(|amount| ("what is behind the balance", amount)));
    let payout = after.payout.iter().flat_map(|payout| [payout.amount, payout.fee]);
    amounts.extend(payout.map(|amount| ("a payout", amount)));
    amounts.extend(case.decision.postings.iter().map(|posting| ("a posting", posting.amount)));
    for document in &case.decision.documents {
        amounts.push(("a document", document.total));
        amounts.extend(document.lines.iter().flat_map(|line| [line.amount, line.tax]).map(|a| ("a document line", a)));
    }
    for invoice in &after.invoices {
        let of_invoice = [invoice.total, invoice.from_balance, invoice.credited];
        amounts.extend(of_invoice.map(|amount| ("an invoice", amount)));
    }
    amounts.extend(after.attempts.iter().map(|attempt| ("an attempt", attempt.amount)));
    for subscription in &after.subscriptions {
        amounts.extend(subscription.items.iter().map(|item| ("an item", item.unit_price)));
        let tiers = subscription.items.iter().filter_map(|item| item.tiers.as_ref()).flat_map(|tiers| tiers.tiers());
        amounts.extend(tiers.flat_map(|tier| [tier.amount, tier.flat]).map(|amount| ("a tier", amount)));
        for segment in &subscription.coverage {
            let money = [segment.list, segment.gross, segment.net, segment.tax, segment.collected];
            amounts.extend(money.map(|amount| ("a segment", amount)));
        }
        let metered = subscription.usage.iter().map(|counter| &counter.price);
        let metered = metered.flat_map(|price| {
            let tiers = price.tiers.iter().flat_map(|tiers| tiers.tiers()).flat_map(|tier| [tier.amount, tier.flat]);
            tiers.chain([price.amount])
        });
        amounts.extend(metered.map(|amount| ("a meter", amount)));
        let waiting = subscription.waiting.iter().flat_map(|line| [line.amount, line.tax]);
        amounts.extend(waiting.map(|amount| ("a line that waits", amount)));
    }
    let wrong = amounts.iter().find(|(_, amount)| amount.currency != after.currency);
    let Some((what, amount)) = wrong else { return Ok(()) };
    holds(false, "I01", || format!("{what} is {amount} on an account in {}", after.currency))
}

/// I01: the postings sum to zero, none is zero, each belongs to this transaction and has a document behind it.
pub(super) fn postings_balance(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let postings = &case.decision.postings;
    let left_over = case.total(postings.iter().map(|posting| posting.amount));
    holds(left_over.is_zero(), "I01", || format!("the postings leave {left_over} over"))?;
    for posting in postings {
        let name = posting.account.name();
        holds(!posting.amount.is_zero(), "I01", || format!("a posting on {name} is zero"))?;
        holds(posting.transaction == case.decision.log.command, "I01", || {
            format!("a posting on {name} belongs to {}", posting.transaction)
        })?;
        let issued = case.decision.documents.iter().any(|document| document.id == posting.document);
        let known = |account: &Account| {
            let payout = account.payout.as_ref().map(|payout| payout.id);
            account.invoice(posting.document).is_some() || payout == Some(posting.document)
        };
        holds(issued || known(case.after) || case.before.is_some_and(known), "I01", || {
            format!("the posting of {} on {name} has no document behind it", posting.amount)
        })?;
    }
    Ok(())
}

/// I12: a document says what its lines say, is never negative, and is issued now.
pub(super) fn documents_add_up(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for document in &case.decision.documents {
        let (id, total) = (document.id, document.total);
        let lines = case.total(document.lines.iter().map(DocumentLine::payable));
        holds(lines == total, "I12", || format!("document {id} of {total} has lines of {lines}"))?;
        holds(!total.is_negative(), "I12", || format!("document {id} is negative: {total}"))?;
        let put = put_on_balance(document);
        holds(put.is_zero() || (put.is_positive() && total.is_zero()), "I12", || {
            format!("invoice {id} asks for {total} and puts {put} on the balance")
        })?;
        let untaxed = |line: &&DocumentLine| line.tax_rate.is_none() && !line.tax.is_zero();
        let wrong = document.lines.iter().find(untaxed);
        holds(wrong.is_none(), "I12", || format!("document {id} has tax at no rate on {wrong:?}"))?;
        holds(document.number.is_none(), "I12", || format!("document {id} was numbered before its commit"))?;
        let dated = document.issued_at == case.at && document.issued_on == case.after.zone.date(case.at);
        holds(dated, "I12", || format!("document {id} is dated {}", document.issued_on))?;
        let year = document.issued_on.year();
        let series = format!("{}-{year}", document.kind.prefix());
        holds(document.series == series, "I12", || format!("document {id} is in series {}", document.series))?;
        let again = case.decision.documents.iter().filter(|other| other.id == id).count();
        let known = case.before.is_some_and(|account| account.invoice(id).is_some());
        holds(again == 1 && !known, "I12", || format!("document {id} is issued twice"))?;
        if let Some(corrected) = document.corrects {
            // The corrected invoice may have been paid long ago, and then it is not here.
            let is_note = document.kind == DocumentKind::CreditNote;
            holds(is_note, "I12", || format!("{:?} {id} corrects {corrected}", document.kind))?;
        }
    }
    Ok(())
}

/// May an invoice take more of the balance than when it was issued? Where it is overdue, or holds access back (M10).
fn takes_more(case: &Case<'_>, invoice: &Invoice) -> bool {
    let accounts = case.before.into_iter().chain([case.after]);
    let mut subscriptions = accounts.filter_map(|account| account.subscription(invoice.subscription));
    let is_restricted = subscriptions.any(|subscription| !subscription.service.access.is_full());
    is_restricted || invoice.dunning.as_ref().is_some_and(|dunning| dunning.is_overdue_at(case.at))
}

/// I07 and I12: an invoice keeps its total; credit notes alone take from it; open means that money is missing; it
/// moves from open to paid or void and no further.
pub(super) fn invoices_only_move_forward(case: &Case<'_>) -> Result<(), BrokenLaw> {
    for before in case.before.iter().flat_map(|account| &account.invoices) {
        let Some(after) = case.after.invoice(before.id) else {
            return holds(false, "I12", || format!("open invoice {} is gone", before.id));
        };
        let same = (after.total, after.subscription, after.change, after.due_on)
            == (before.total, before.subscription, before.change, before.due_on);
        holds(same, "I12", || format!("invoice {} of {} was rewritten to {}", before.id, before.total, after.total))?;
        holds(after.from_balance <= before.from_balance || takes_more(case, after), "I07", || {
            format!("invoice {} took {} of the balance, later {}", before.id, before.from_balance, after.from_balance)
        })?;
    }
    for invoice in &case.after.invoices {
        one_invoice(case, invoice)?;
    }
    for document in issued(case, DocumentKind::Invoice) {
        let stands = case.after.invoice(document.id);
        holds(stands.is_some_and(|invoice| invoice.total == document.total), "I12", || {
            format!("invoice {} was issued for {} and does not stand so", document.id, document.total)
        })?;
    }
    Ok(())
}

fn one_invoice(case: &Case<'_>, invoice: &Invoice) -> Result<(), BrokenLaw> {
    let id = invoice.id;
    let before = case.before.and_then(|account| account.invoice(id));
    let was_issued = issued(case, DocumentKind::Invoice).any(|document| document.id == id);
    holds(before.is_some() || was_issued, "I12", || format!("invoice {id} stands, and was never issued"))?;
    let notes = issued(case, DocumentKind::CreditNote).filter(|document| document.corrects == Some(id));
    let noted = case.total(notes.map(|note| note.total));
    let credited = before.map_or(case.nothing(), |invoice| invoice.credited) + noted;
    // An invoice that nets what was paid against what it charges can be given back in more than it asked for; the rest
    // is the customer's, and the ledger says so (I03).
    let credited = credited.min(invoice.total);
    holds(invoice.credited == credited, "I07", || {
        format!("invoice {id} says that {} was credited; its credit notes say {credited}", invoice.credited)
    })?;
    let sane = !invoice.from_balance.is_negative() && invoice.credited <= invoice.total;
    holds(sane, "I07", || {
        format!("invoice {id} of {}: {} credited, {} of the balance", invoice.total, credited, invoice.from_balance)
    })?;
    match invoice.state {
        // An open invoice that lacks nothing would wait for ever.
        InvoiceState::Open => holds(invoice.open_amount().is_positive(), "I07", || {
            format!("invoice {id} is open for {}", invoice.open_amount())
        }),
        InvoiceState::Void { .. } => holds(invoice.credited == invoice.total, "I07", || {
            format!("invoice {id} of {} is void with {} credited", invoice.total, invoice.credited)
        }),
        InvoiceState::Paid { by, .. } => {
            let lacking = invoice.open_amount();
            let fits = match by {
                PaidBy::Card | PaidBy::BankTransfer => lacking.is_positive(),
                PaidBy::Balance | PaidBy::Credit => lacking.is_zero(),
            };
            holds(fits, "I07", || format!("invoice {id} is paid by {by:?}, who brought {lacking}"))
        }
    }
}

/// I03: what the account carries is the sum of its postings. For the receivable that is
/// `Σ over open invoices (total − credited)`: money set aside leaves it only when the invoice is paid, together with
/// the cash. The reserved money is what open invoices have set aside, and nothing is negative.
pub(super) fn balances_are_postings(case: &Case<'_>) -> Result<(), BrokenLaw> {
    let (after, nothing) = (case.after, case.nothing());
    for (name, amount) in [("balance", after.balance), ("reserved money", after.reserved)] {
        holds(!amount.is_negative(), "I03", || format!("the {name} is {amount}"))?;
    }
    let carried = |account: &Account| {
        let owed = open(account).map(|invoice| invoice.total - invoice.credited);
        let owed = owed.fold(nothing, |sum, amount| sum + amount);
        (account.balance, account.reserved, owed)
    };
    let (balance, reserved, owed) = case.before.map_or((nothing, nothing, nothing), carried);
    let (balance_now, reserved_now, owed_now) = carried(after);
    // Liabilities grow by credits, which are negative postings; the receivable is an asset and grows by debits.
    let moved = [
        (LedgerAccount::Balance, balance - balance_now),
        (LedgerAccount::Reserved, reserved - reserved_now),
        (LedgerAccount::Receivable, owed_now - owed),
    ];
    for (account, expected) in moved {
        let posted = posted(case, account);
        holds(posted == expected, "I03", || {
            format!("{} was posted {posted}, and the account moved by {expected}", account.name())
        })?;
    }
    let set_aside = case.total(open(after).map(|invoice| invoice.from_balance));
    holds(set_aside == reserved_now, "I13", || {
        format!("{reserved_now} is reserved; open invoices set {set_aside} aside")
    })
}

/// I07: cash that arrived paid invoices or went to the balance with a receipt, each cent once; goodwill has a receipt;
/// sales are invoices less credit notes.
pub(super) fn money_is_used_once(case: &Case<'_>) -> Result<(), BrokenLaw> {
    // What leaves is paid out, and has a law of its own.
    let left = super::payouts::sent_now(case);
    let arrived = posted(case, LedgerAccount::CashCard) + posted(case, LedgerAccount::CashBank) + left;
    holds(!arrived.is_negative(), "I07", || format!("{arrived} of cash arrived"))?;
    let paid =
        case.after.invoices.iter().filter(|invoice| {
            matches!(invoice.state, InvoiceState::Paid { by: PaidBy::Card | PaidBy::BankTransfer, .. })
        });
    let paid = case.total(paid.map(Invoice::open_amount));
    let receipts = |reason: DocumentReason| {
        let receipts = issued(case, DocumentKind::Receipt).filter(move |document| document.reason == reason);
        case.total(receipts.map(|receipt| receipt.total))
    };
    let kept = receipts(DocumentReason::MoneyToBalance);
    holds(arrived == paid + kept, "I07", || {
        format!("{arrived} arrived; invoices took {paid} of it, the balance {kept}")
    })?;
    let (granted, receipts) = (posted(case, LedgerAccount::Goodwill), receipts(DocumentReason::Goodwill));
    holds(granted == receipts, "I07", || format!("{granted} of goodwill has receipts of {receipts}"))?;
    let said = |part: fn(&Document) -> Money| {
        let invoiced = case.total(issued(case, DocumentKind::Invoice).map(part));
        invoiced - case.total(issued(case, DocumentKind::CreditNote).map(part))
    };
    let sales = (
        -posted(case, LedgerAccount::Sales),
        said(|document| document.total - document.tax() - put_on_balance(document)),
    );
    holds(sales.0 == sales.1, "I12", || {
        format!("sales of {} were posted; invoices less credit notes say {}", sales.0, sales.1)
    })?;
    let tax = (-posted(case, LedgerAccount::Tax), said(Document::tax));
    holds(tax.0 == tax.1, "I12", || format!("tax of {} was posted; invoices less credit notes say {}", tax.0, tax.1))
}

/// What an invoice puts on the balance because it cannot be less than nothing: its line that bills no item.
fn put_on_balance(document: &Document) -> Money {
    let bills_nothing = |line: &&DocumentLine| line.item.is_none() && line.span.is_none() && line.derivation.is_none();
    let lines = document.lines.iter().filter(|_| document.kind == DocumentKind::Invoice).filter(bills_nothing);
    lines.fold(Money::zero(document.total.currency), |sum, line| sum + line.amount)
}

/// What was posted on a ledger account, debit positive.
pub(super) fn posted(case: &Case<'_>, account: LedgerAccount) -> Money {
    let postings = case.decision.postings.iter().filter(|posting| posting.account == account);
    case.total(postings.map(|posting| posting.amount))
}

/// The documents of a kind that this decision issues.
pub(super) fn issued<'a>(case: &'a Case<'_>, kind: DocumentKind) -> impl Iterator<Item = &'a Document> {
    case.decision.documents.iter().filter(move |document| document.kind == kind)
}

fn open(account: &Account) -> impl Iterator<Item = &Invoice> {
    account.invoices.iter().filter(|invoice| invoice.is_open())
}
