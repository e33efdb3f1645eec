//! What follows from every command where a renewal is overdue: balance that suffices pays it, however it came there, and
//! access returns in the same commit in which the last open invoice of its subscription is paid (M10).

use super::draft::Draft;
use super::issue_invoice::{invoice_at, reserve_balance, settle_invoice};
use super::notify;
use super::provision::want_access;
use super::retry_payment::is_being_paid;
use crate::document::{Invoice, PaidBy};
use crate::effect::MailTemplate;
use crate::id::DocumentId;
use crate::service::Access;

/// Lets the balance pay what is overdue, and gives access back where nothing is owed any more.
pub(super) fn settle_owed(draft: &mut Draft) {
    pay_from_balance(draft);
    for place in 0..draft.account.subscriptions.len() {
        let subscription = &draft.account.subscriptions[place];
        if subscription.service.access == Access::Restricted && draft.account.owed(subscription.id).next().is_none() {
            restore_access(draft, place);
        }
    }
}

/// The oldest first; one for which the balance does not suffice waits for its retry, and one that is being paid for that.
pub(super) fn pay_from_balance(draft: &mut Draft) {
    let now = draft.now;
    if !draft.account.balance.is_positive() {
        return;
    }
    let account = &draft.account;
    // Where access is restricted, all that is unpaid holds it back, overdue or not; of what ended all is to be paid.
    let holds_back = |invoice: &Invoice| {
        let subscription = account.subscription(invoice.subscription);
        let is_restricted = subscription.is_some_and(|subscription| !subscription.service.access.is_full());
        is_restricted && account.owed(invoice.subscription).any(|owed| owed.id == invoice.id)
    };
    let overdue = account.invoices.iter().filter(|invoice| {
        let is_overdue = invoice.in_dunning().is_some_and(|dunning| dunning.is_overdue_at(now));
        (is_overdue || holds_back(invoice)) && !is_being_paid(account, invoice.id)
    });
    let overdue: Vec<DocumentId> = overdue.map(|invoice| invoice.id).collect();
    for id in overdue {
        let at = invoice_at(draft, id).expect("an invoice that was found open");
        let open = draft.account.invoices[at].open_amount();
        if open > draft.account.balance {
            continue;
        }
        reserve_balance(draft, id, open);
        settle_invoice(draft, id, PaidBy::Balance);
        notify::mail(draft, MailTemplate::PaymentReceived, |mail| {
            mail.document = Some(id);
            mail.amount = Some(open);
        });
    }
}

fn restore_access(draft: &mut Draft, place: usize) {
    want_access(draft, place, Access::Full);
    let service = draft.subscription(place).service.clone();
    draft.say(format!("All that was unpaid is paid: access to {} is as before.", service.label));
    notify::mail(draft, MailTemplate::AccessRestored, |mail| {
        mail.service = Some(service.label);
        mail.service_id = Some(service.id);
    });
}
