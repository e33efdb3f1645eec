//! Effects: wishes to the outside, stored in the transaction that wants them, delivered at least once by the server's
//! pump, idempotent at the receiver by their key.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{AttemptId, ChangeId, DocumentId, EffectId, ServiceId};
use crate::money::Money;
use crate::name::Name;
use crate::policy::OnFailure;

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its id; also the key by which a receiver knows it again.
    pub id: EffectId,
    /// From when it may be delivered.
    pub due_at: Timestamp,
    /// What is wished.
    pub wish: Wish,
}

/// What is wished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "wish")]
pub enum Wish {
    /// Take this payment. The outcome comes back as `SettlePayment`.
    Charge {
        /// The attempt; its id is the gateway's idempotency key.
        attempt: AttemptId,
        /// The invoice it pays.
        invoice: DocumentId,
        /// How much.
        amount: Money,
        /// From where.
        card: TestCard,
    },
    /// Make the service what it shall be. The outcome comes back as `ReportProvision`.
    Ensure {
        /// The service.
        service: ServiceId,
        /// The generation whose size is wanted; the size is read at delivery.
        generation: i64,
    },
    /// Send this mail.
    Mail(Box<Mail>),
}

/// The cards of the built-in sandbox gateway. No card data exists, here or elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestCard {
    /// Pays.
    Pays,
    /// Is declined.
    Declines,
    /// Is charged, but the answer never arrives: the gateway must be asked.
    TimesOutAfterCharging,
}

impl TestCard {
    /// Every card, in the order pages show them.
    pub const ALL: [Self; 3] = [Self::Pays, Self::Declines, Self::TimesOutAfterCharging];

    /// The name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::Declines => "declines",
            Self::TimesOutAfterCharging => "times_out_after_charging",
        }
    }
}

/// A mail to a customer, as facts; its words are rendered by the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Which mail.
    pub template: MailTemplate,
    /// To whom.
    pub to: String,
    /// The service it is about, by its label.
    pub service: Option<String>,
    /// The service's id, for the link to its page.
    pub service_id: Option<ServiceId>,
    /// The change it is about.
    pub change: Option<ChangeId>,
    /// `upgrade`, `downgrade` or `change`.
    pub direction: Option<crate::quote::Direction>,
    /// The plan before.
    pub from_plan: Option<Name>,
    /// The plan after.
    pub to_plan: Option<Name>,
    /// The amount it speaks of.
    pub amount: Option<Money>,
    /// The document it speaks of; its number is looked up at delivery.
    pub document: Option<DocumentId>,
    /// The moment it speaks of, such as until when to pay.
    pub by: Option<Timestamp>,
    /// What becomes of the change where its payment fails.
    #[serde(default, skip_serializing_if = "OnFailure::is_wait")]
    pub on_failure: OnFailure,
    /// The next invoice, where the amount waits for that, or bought the days until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_invoice: Option<NextInvoice>,
    /// When a payment that failed is tried again by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
    /// When access is restricted where what is owed is not paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restricts_at: Option<Timestamp>,
    /// When the subscription ends where what is owed is not paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// What of unpaid invoices is owed no more, as the subscription ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Money>,
    /// What is still owed of a subscription that ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Money>,
    /// Did it end because it was not paid?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unpaid: bool,
    /// The customer's local day that was chosen for the change, while it waits for that; then the amount is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// What a change does to the next invoice, and the customer's local day of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextInvoice {
    /// It comes to it.
    More(Date),
    /// It is taken off it.
    Less(Date),
    /// What is paid for afterwards is on it, as it is billed in arrears; the rest is settled.
    Arrears(Date),
    /// Nothing waits for it: what was left of what was paid lasts for so many days, and then it comes.
    Bought {
        /// The days.
        days: i64,
        /// The customer's local day of the next invoice.
        next: Date,
    },
}

impl NextInvoice {
    /// The customer's local day of it.
    pub fn day(self) -> Date {
        match self {
            Self::More(day) | Self::Less(day) | Self::Arrears(day) | Self::Bought { next: day, .. } => day,
        }
    }
}

/// The mails there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTemplate {
    /// A change waits for its payment: the invoice, and until when.
    ChangeOrdered,
    /// The change is made: what it is now, the document, the restart.
    PlanChanged,
    /// The service has its new size and runs again.
    ServiceResized,
    /// The change was not paid in time and has lapsed.
    ChangeLapsed,
    /// The customer or staff took the change back.
    ChangeWithdrawn,
    /// A payment did not go through; nothing changed.
    PaymentFailed,
    /// Money arrived with nothing left to pay; it is on the balance.
    MoneyToBalance,
    /// A new period was invoiced.
    PeriodInvoiced,
    /// A trial that has just begun was invoiced.
    TrialInvoiced,
    /// An invoice is paid.
    PaymentReceived,
    /// The grace of an unpaid renewal is over: access is restricted until all of it is paid (M8).
    AccessRestricted,
    /// All of it is paid: access is as before (M10).
    AccessRestored,
    /// Balance is to be paid out: how much, less which fee (M7).
    PayoutRequested,
    /// It was sent.
    PayoutSent,
    /// It could not be sent, and is on the balance again.
    PayoutReturned,
    /// The subscription ends with its period.
    CancellationScheduled,
    /// It goes on after all.
    CancellationWithdrawn,
    /// The subscription has ended: what was given back, or is owed.
    SubscriptionEnded,
}

impl MailTemplate {
    /// Every mail.
    pub const ALL: [Self; 18] = [
        Self::ChangeOrdered,
        Self::PlanChanged,
        Self::ServiceResized,
        Self::ChangeLapsed,
        Self::ChangeWithdrawn,
        Self::PaymentFailed,
        Self::MoneyToBalance,
        Self::PeriodInvoiced,
        Self::TrialInvoiced,
        Self::PaymentReceived,
        Self::AccessRestricted,
        Self::AccessRestored,
        Self::PayoutRequested,
        Self::PayoutSent,
        Self::PayoutReturned,
        Self::CancellationScheduled,
        Self::CancellationWithdrawn,
        Self::SubscriptionEnded,
    ];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChangeOrdered => "change_ordered",
            Self::PlanChanged => "plan_changed",
            Self::ServiceResized => "service_resized",
            Self::ChangeLapsed => "change_lapsed",
            Self::ChangeWithdrawn => "change_withdrawn",
            Self::PaymentFailed => "payment_failed",
            Self::MoneyToBalance => "money_to_balance",
            Self::PeriodInvoiced => "period_invoiced",
            Self::TrialInvoiced => "trial_invoiced",
            Self::PaymentReceived => "payment_received",
            Self::AccessRestricted => "access_restricted",
            Self::AccessRestored => "access_restored",
            Self::PayoutRequested => "payout_requested",
            Self::PayoutSent => "payout_sent",
            Self::PayoutReturned => "payout_returned",
            Self::CancellationScheduled => "cancellation_scheduled",
            Self::CancellationWithdrawn => "cancellation_withdrawn",
            Self::SubscriptionEnded => "subscription_ended",
        }
    }
}
