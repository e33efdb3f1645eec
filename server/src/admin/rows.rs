//! Rows of the store as rows of a page: every noun once, so that it reads the same in its list and on the pages of the
//! nouns it belongs to.

use billing::account::{AttemptState, ChangeState, PlanChange};
use billing::calendar::Zone;
use billing::command::{Actor, Answer, Command, Envelope};
use billing::document::{DocumentKind, DocumentReason, InvoiceState};
use billing::effect::{TestCard, Wish};
use billing::id::DocumentId;
use billing::payout::PayoutState;
use billing::service::{Access, Progress, Service};
use store::{EffectState, Store};

use super::desk::{Desk, customer};
use super::views::change::ChangeRow;
use super::views::customer::CustomerRow;
use super::views::document::InvoiceRow;
use super::views::log::EntryRow;
use super::views::mail::MailRow;
use super::views::module::{EffectRow, RunRow};
use super::views::payment::{AttemptRow, PayoutRow, TransferRow};
use super::views::service::ServiceRow;
use super::words::{ENGLISH, amount, day, last_day, per};
use crate::portal::meaning::direction;
use crate::ui::{Badge, DateView, Tone};

/// A customer.
pub(super) fn customer_row(desk: &Desk, row: &store::AccountRow) -> CustomerRow {
    let account = &row.account;
    CustomerRow {
        name: account.name.clone(),
        href: format!("/admin/customers/{}", account.id),
        storefront: desk.brand_of(&account.storefront).map(str::to_owned),
        email: account.email.clone(),
        balance: amount(account.balance),
        opened: day(account.opened_at, desk.zone()),
        add_service_href: format!("/admin/customers/{}/services/new", account.id),
    }
}

/// A service; its days are those of the customer's zone.
pub(super) fn service_row(row: &store::SubscriptionRow, zone: &Zone) -> ServiceRow {
    let href = format!("/admin/services/{}", row.service.id);
    ServiceRow {
        label: row.service.label.clone(),
        plan: match &row.open_change {
            Some(change) => match change.scheduled_for {
                Some(at) => format!("{}, to {} on {}", row.plan_name, change.to_plan, day(at, zone).text),
                None => format!("{}, to {} when paid", row.plan_name, change.to_plan),
            },
            None => row.plan_name.clone(),
        },
        customer: customer(&row.account_name, row.account),
        state: service_badge(&row.service),
        period_until: Some(DateView::day(ENGLISH, last_day(row.period, zone))),
        price: Some(amount(row.recurring)),
        cycle: per(row.cycle),
        change_href: format!("{href}/change"),
        href,
    }
}

/// How a service stands.
pub(super) fn service_badge(service: &Service) -> Badge {
    match service.progress {
        Progress::Done if service.package.is_some() => Badge::new("Package waits", Tone::Attention),
        Progress::Done if service.access == Access::Ended => Badge::new("Ended", Tone::Neutral),
        Progress::Done if !service.access.is_full() => Badge::new("Restricted", Tone::Bad),
        Progress::Done => Badge::new("Settled", Tone::Good),
        Progress::Wanted => Badge::new("Wanted", Tone::Waiting),
        Progress::Working => Badge::new("Working", Tone::Waiting),
        Progress::Failed { .. } => Badge::new("Failed", Tone::Bad),
    }
}

/// A change.
pub(super) fn change_row(desk: &Desk, row: &store::ChangeRow) -> ChangeRow {
    let quote = &row.change.quote;
    ChangeRow {
        what: crate::portal::meaning::what(ENGLISH, quote),
        href: format!("/admin/changes/{}", row.change.id),
        note: format!("{} of {}", direction(quote.direction).noun(ENGLISH), row.label),
        customer: customer(&row.account_name, row.account),
        at: desk.at(row.change.submitted_at),
        state: change_badge(&row.change),
        net: amount(quote.total),
    }
}

/// How a change stands.
pub(super) fn change_badge(change: &PlanChange) -> Badge {
    match change.state {
        ChangeState::AwaitsPayment { .. } => Badge::new("Waits for payment", Tone::Attention),
        ChangeState::Scheduled { .. } if change.quote.on.is_some() => Badge::new("On the chosen day", Tone::Waiting),
        ChangeState::Scheduled { .. } => Badge::new("With the next period", Tone::Waiting),
        ChangeState::Applied { .. } => Badge::new("Made", Tone::Good),
        ChangeState::Withdrawn { .. } => Badge::new("Withdrawn", Tone::Neutral),
        ChangeState::Lapsed { .. } => Badge::new("Lapsed", Tone::Neutral),
    }
}

/// A document.
pub(super) fn document_row(row: &store::DocumentRow) -> InvoiceRow {
    InvoiceRow {
        number: row.number.clone(),
        href: document_href(row.document.id),
        what: reason_text(&row.document.reason).to_owned(),
        customer: customer(&row.account_name, row.account),
        issued_on: DateView::day(ENGLISH, row.document.issued_on),
        state: document_badge(row),
        total: amount(row.document.total),
    }
}

/// The page of a document.
pub(super) fn document_href(id: DocumentId) -> String {
    format!("/admin/documents/{id}")
}

/// How an invoice stands; of another document, what it is.
pub(super) fn document_badge(row: &store::DocumentRow) -> Badge {
    match (&row.invoice, row.document.kind) {
        (Some(invoice), _) => match invoice.state {
            InvoiceState::Open => Badge::new("Open", Tone::Attention),
            InvoiceState::Paid { .. } => Badge::new("Paid", Tone::Good),
            InvoiceState::Void { .. } => Badge::new("Cancelled", Tone::Neutral),
        },
        (None, kind) => Badge::new(kind_text(kind), Tone::Neutral),
    }
}

/// `Invoice`, `Credit note`, `Receipt`.
pub(super) fn kind_text(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Invoice => "Invoice",
        DocumentKind::CreditNote => "Credit note",
        DocumentKind::Receipt => "Receipt",
        DocumentKind::Payout => "Payout",
    }
}

/// Why a document exists, in a few words.
pub(super) fn reason_text(reason: &DocumentReason) -> &'static str {
    match reason {
        DocumentReason::Period { .. } => "Period of a service",
        DocumentReason::Trial => "Trial of a service",
        DocumentReason::PlanChange { .. } => "Change of plan",
        DocumentReason::DebtReleased { .. } => "Taken off an unpaid invoice by a change of plan",
        DocumentReason::InvoiceCancelled { .. } => "Invoice cancelled with its change",
        DocumentReason::Cancellation => "End of a service",
        DocumentReason::OwedNoMore => "Taken off an unpaid invoice by the end of a service",
        DocumentReason::MoneyToBalance => "Money put on the balance",
        DocumentReason::Goodwill => "Goodwill",
        DocumentReason::Payout { .. } => "Balance paid out",
        DocumentReason::PayoutReturned => "Payout that came back",
    }
}

/// A try to take a payment.
pub(super) fn attempt_row(desk: &Desk, row: &store::AttemptRow) -> AttemptRow {
    let attempt = &row.attempt;
    let (state, reason) = match &attempt.state {
        AttemptState::Sent => (Badge::new("Sent", Tone::Waiting), None),
        AttemptState::Unknown => (Badge::new("Unknown", Tone::Attention), None),
        AttemptState::Failed { reason } => (Badge::new("Failed", Tone::Bad), Some(reason.clone())),
        AttemptState::Captured { .. } => (Badge::new("Captured", Tone::Good), None),
    };
    AttemptRow {
        card: card_text(attempt.card).to_owned(),
        id: attempt.id.to_string(),
        customer: customer(&row.account_name, row.account),
        invoice: (row.number.clone(), document_href(attempt.invoice)),
        at: desk.at(attempt.created_at),
        state,
        reason,
        amount: amount(attempt.amount),
    }
}

/// A payout: one that is to be sent leads to the form for that.
pub(super) fn payout_row(desk: &Desk, row: &store::PayoutRow) -> PayoutRow {
    let payout = &row.payout;
    let (state, note) = match &payout.state {
        PayoutState::Requested => (Badge::new("To be sent", Tone::Attention), None),
        PayoutState::Sent { reference, .. } => (Badge::new("Sent", Tone::Good), Some(reference.clone())),
        PayoutState::Returned { reason, .. } => (Badge::new("Came back", Tone::Neutral), Some(reason.clone())),
    };
    let href = if payout.is_open() { format!("/admin/payouts/{}/sent", payout.id) } else { document_href(payout.id) };
    PayoutRow {
        document: (row.number.clone(), href),
        customer: customer(&row.account_name, row.account),
        to: payout.to.clone(),
        at: desk.at(payout.requested_at),
        state,
        note,
        net: amount(payout.net()),
    }
}

/// A test card in words.
pub(super) fn card_text(card: TestCard) -> &'static str {
    match card {
        TestCard::Pays => "Test card that pays",
        TestCard::Declines => "Test card that is declined",
        TestCard::TimesOutAfterCharging => "Test card that answers late",
    }
}

/// A transfer, read from the log entry that booked it; none where the entry booked nothing.
pub(super) fn transfer_row(desk: &Desk, row: &store::LogRow) -> Option<TransferRow> {
    let body: serde_json::Value = serde_json::from_str(&row.entry.body).ok()?;
    let envelope: Envelope = serde_json::from_value(body.get("envelope")?.clone()).ok()?;
    let answer: Answer = serde_json::from_value(body.get("answer")?.clone()).ok()?;
    let Command::ReceiveTransfer { amount: money, reference, .. } = envelope.command else {
        return None;
    };
    let document = match answer {
        Answer::PaymentNoted { paid: Some(paid), .. } => Some(("The invoice it paid".to_owned(), document_href(paid))),
        Answer::PaymentNoted { receipt: Some(receipt), .. } => {
            Some(("To the balance".to_owned(), document_href(receipt)))
        }
        _ => None,
    };
    Some(TransferRow {
        reference,
        customer: customer(&row.account_name, row.entry.account),
        at: desk.at(row.entry.at),
        document,
        amount: amount(money),
    })
}

/// A run of a module.
pub(super) fn run_row(desk: &Desk, run: &store::ModuleRun) -> RunRow {
    let started = &run.started;
    RunRow {
        at: desk.at(started.at),
        href: format!("/admin/modules/{}", started.id),
        service: (run.label.clone(), format!("/admin/services/{}", started.service)),
        what: format!("{}, order {}", started.module, started.generation),
        outcome: run_badge(run),
        took: took(run),
    }
}

/// How a run ended.
pub(super) fn run_badge(run: &store::ModuleRun) -> Badge {
    match run.outcome.as_deref() {
        Some("done") => Badge::new("Done", Tone::Good),
        Some("working") => Badge::new("Working", Tone::Waiting),
        Some("failed") => Badge::new("Failed", Tone::Bad),
        Some("retry") => Badge::new("No answer", Tone::Attention),
        Some(other) => Badge::new(other, Tone::Neutral),
        None => Badge::new("Running", Tone::Waiting),
    }
}

/// How long a run took, to a tenth of a second.
pub(super) fn took(run: &store::ModuleRun) -> Option<String> {
    let milliseconds = run.ended_at?.as_millisecond() - run.started.at.as_millisecond();
    Some(format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100))
}

/// A wish to the outside.
pub(super) fn effect_row(desk: &Desk, row: &store::EffectRow) -> EffectRow {
    let state = match row.state {
        EffectState::Queued if row.leased_by.is_some() => Badge::new("On its way", Tone::Waiting),
        EffectState::Queued => Badge::new("Waiting", Tone::Waiting),
        EffectState::Done => Badge::new("Delivered", Tone::Good),
        EffectState::Dead => Badge::new("Given up", Tone::Bad),
    };
    EffectRow {
        what: wish_text(&row.effect.wish),
        href: (row.state == EffectState::Dead).then(|| format!("/admin/modules/queue/{}", row.effect.id)),
        customer: customer(&row.account_name, row.account),
        due: desk.at(row.effect.due_at),
        state,
        tries: row.attempts.to_string(),
        error: row.error.clone(),
    }
}

/// What is wished, in words.
pub(super) fn wish_text(wish: &Wish) -> String {
    match wish {
        Wish::Charge { amount: money, .. } => format!("Take {} by card", amount(*money).text),
        Wish::Ensure { generation, .. } => format!("Make a service what it shall be, order {generation}"),
        Wish::Mail(mail) => format!("Send the mail {}", mail.template.name()),
    }
}

/// A mail.
pub(super) fn mail_row(desk: &Desk, row: &store::MailRow) -> MailRow {
    MailRow {
        subject: row.subject.clone(),
        href: format!("/admin/mail/{}", row.id),
        template: row.template.clone(),
        to: row.to.clone(),
        at: desk.at(row.at),
    }
}

/// An entry of the log.
pub(super) fn entry_row(desk: &Desk, row: &store::LogRow) -> EntryRow {
    let text = &row.entry.text;
    EntryRow {
        what: if text.is_empty() { row.entry.name.replace('_', " ") } else { text.clone() },
        href: format!("/admin/log/{}", row.entry.command),
        customer: customer(&row.account_name, row.entry.account),
        at: desk.at(row.entry.at),
        by: actor_text(&row.entry.actor),
    }
}

/// Who asked, and as what.
pub(super) fn actor_text(actor: &Actor) -> (String, Option<&'static str>) {
    match actor {
        Actor::Customer(name) => (name.clone(), Some("customer")),
        Actor::Staff(name) => (name.clone(), Some("staff")),
        Actor::Key(name) => (name.clone(), Some("API key")),
        Actor::System => ("Midcycle".to_owned(), None),
    }
}

/// The number and the page of a document.
pub(super) fn document_link(store: &Store, id: DocumentId) -> Result<Option<(String, String)>, store::StoreError> {
    Ok(store.document(None, id)?.map(|row| (row.number, document_href(id))))
}
