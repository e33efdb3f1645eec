//! Commands: every reason for the state of an account to change. `decide` answers each; nothing else changes state.

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::cancellation::{CancellationRequest, CancellationSummary};
use crate::catalogue::Basket;
use crate::effect::TestCard;
use crate::id::{AccountId, AttemptId, ChangeId, CommandId, DocumentId, ServiceId, SubscriptionId};
use crate::money::{Currency, Money};
use crate::name::{Name, Named};
use crate::quote::{PlanChangeRequest, QuoteSummary};
use crate::service::ModuleReport;

/// A command with everything about its asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Its id; every id it makes derives from this one.
    pub id: CommandId,
    /// The account it is about.
    pub account: AccountId,
    /// When it is decided.
    pub now: Timestamp,
    /// Who asks.
    pub actor: Actor,
    /// The asker's idempotency key: the same key with the same command meets the earlier result, with another one is
    /// refused.
    pub key: Option<String>,
    /// What is asked.
    pub command: Command,
}

/// Who asks, for the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "actor", content = "name")]
pub enum Actor {
    /// The customer, by login.
    Customer(String),
    /// Staff, by login.
    Staff(String),
    /// A program, by the name of its API key.
    Key(String),
    /// Midcycle itself: a timer, a gateway's or a module's answer.
    System,
}

/// On whose behalf a change is asked for; the catalogue permits staff more than customers (W1, W4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    /// The customer.
    Customer,
    /// Staff.
    Staff,
}

/// How something is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentChoice {
    /// By a card of the sandbox gateway, at once.
    Card(TestCard),
    /// By bank transfer; staff mark it as received.
    BankTransfer,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "command", deny_unknown_fields)]
pub enum Command {
    /// Open the account.
    OpenAccount {
        /// The storefront.
        storefront: String,
        /// The customer's name.
        name: String,
        /// Where mail goes.
        email: String,
        /// The zone of its days.
        zone: Zone,
        /// The currency of its money.
        currency: Currency,
    },
    /// Start a subscription and its service; the first period is invoiced.
    StartSubscription {
        /// The product's code.
        product: String,
        /// What it shall have.
        basket: Basket,
        /// The name of the service, such as a host name.
        label: String,
        /// The local date and time its first period begins; now, in the account's zone, where missing.
        starts: Option<DateTime>,
        /// How it is paid, now and at renewals.
        pays_by: PaymentChoice,
    },
    /// Submit a quoted plan change.
    SubmitPlanChange {
        /// What was quoted.
        request: PlanChangeRequest,
        /// The instant of the quote.
        quoted_at: Timestamp,
        /// The digest of the quote.
        digest: String,
        /// What was shown, to show again where it no longer holds.
        shown: Box<QuoteSummary>,
        /// How to pay what is due.
        pays_by: PaymentChoice,
    },
    /// Take an unpaid change back.
    WithdrawPlanChange {
        /// Which one.
        change: ChangeId,
    },
    /// The day that was chosen for a change has come: it is invoiced, and made or left to wait for its payment.
    BeginPlanChange {
        /// Which one.
        change: ChangeId,
    },
    /// The time of an unpaid change is up: it lapses, or is made all the same, as its quote says.
    LapsePlanChange {
        /// Which one.
        change: ChangeId,
    },
    /// Pay an open invoice by card.
    PayInvoice {
        /// Which one.
        invoice: DocumentId,
        /// From where.
        card: TestCard,
    },
    /// Money arrived by bank transfer. What fits the open invoice pays it; anything else goes to the balance.
    ReceiveTransfer {
        /// The invoice it is for.
        invoice: Option<DocumentId>,
        /// How much arrived.
        amount: Money,
        /// The bank's reference of this transfer; the same one twice is one transfer.
        reference: String,
    },
    /// What became of an attempt to take a payment.
    SettlePayment {
        /// Which one.
        attempt: AttemptId,
        /// What is known now.
        outcome: PaymentOutcome,
        /// The gateway's id of the event that said so.
        event: Option<String>,
    },
    /// The period has ended: invoice and cover the next one.
    RenewSubscription {
        /// Which one.
        subscription: SubscriptionId,
        /// The ordinal of the period to begin, so that the same renewal twice is one.
        ordinal: i64,
    },
    /// A retry of the invoice of a renewal is due: its card is tried again (M8).
    RetryPayment {
        /// The invoice.
        invoice: DocumentId,
        /// The number of the retry in its schedule, from 1, so that the same retry twice is one.
        number: usize,
    },
    /// The grace of the unpaid invoice of a renewal is over: access is restricted (M8).
    RestrictAccess {
        /// The invoice.
        invoice: DocumentId,
    },
    /// The grace of the unpaid invoice of a renewal is over: its subscription ends.
    CancelUnpaid {
        /// The invoice.
        invoice: DocumentId,
    },
    /// Submit a quoted cancellation: the subscription ends now, or with its period (B2).
    CancelSubscription {
        /// What was quoted.
        request: CancellationRequest,
        /// The instant of the quote.
        quoted_at: Timestamp,
        /// The digest of the quote.
        digest: String,
        /// What was shown, to show again where it no longer holds.
        shown: Box<CancellationSummary>,
        /// Why, for the log.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Take a scheduled cancellation back.
    UncancelSubscription {
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// The period is over with which a subscription was cancelled: it ends.
    EndSubscription {
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// Use credits that the plan gave, such as hours (T5).
    UseCredits {
        /// The subscription.
        subscription: SubscriptionId,
        /// How many.
        amount: u32,
    },
    /// So many units were used of what a meter counts: the sum of a window that is closed. The key is the window's, so that it
    /// counts once.
    ReportUsage {
        /// The subscription.
        subscription: SubscriptionId,
        /// The meter's code.
        meter: Name,
        /// How many.
        units: u32,
    },
    /// Put an amount on the balance, for goodwill.
    GrantGoodwill {
        /// How much.
        amount: Money,
        /// Why, for the log and the document.
        reason: String,
    },
    /// Pay balance out as cash, less the fee: it is set aside until staff have sent it (M7).
    RequestPayout {
        /// How much of the balance.
        amount: Money,
        /// The fee that was shown: another one is refused. Absent, whatever it is.
        fee: Option<Money>,
        /// Where the customer wants it, such as a name and an IBAN.
        to: String,
        /// On whose behalf.
        asked_by: Asker,
    },
    /// Staff sent the money of a payout.
    ConfirmPayout {
        /// Which one.
        payout: DocumentId,
        /// The bank's reference of this transfer; the same one twice is one transfer.
        reference: String,
    },
    /// The money of a payout cannot be sent, or came back: it goes back to the balance.
    ReturnPayout {
        /// Which one.
        payout: DocumentId,
        /// Why, for the customer.
        reason: String,
    },
    /// What a module reported of a service.
    ReportProvision {
        /// Which service.
        service: ServiceId,
        /// The generation that was asked for.
        generation: i64,
        /// What it said.
        report: ModuleReport,
    },
    /// Staff change what a subscription has, without an order: no money moves, and nothing is resized (W5).
    AssignPlan {
        /// The subscription.
        subscription: SubscriptionId,
        /// The plan it shall have; its cycle stays.
        plan: Name,
        /// The quantity of each option that shall be another, by code; 0 drops it.
        options: Named<u32>,
        /// Do renewals bill today's prices? Otherwise a full period goes on costing what it does.
        recalculate: bool,
        /// Why, for the log.
        reason: String,
    },
    /// Staff ask the module for the size of the plan that was assigned (W5).
    ChangePackage {
        /// Which service.
        service: ServiceId,
    },
    /// Ask the module once more for the desired size.
    RetryProvision {
        /// Which service.
        service: ServiceId,
    },
}

/// What is known of an attempt's outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome", deny_unknown_fields)]
pub enum PaymentOutcome {
    /// No answer came: ask again by key.
    Unknown,
    /// The gateway says no.
    Failed {
        /// Its reason, in words.
        reason: String,
    },
    /// The money was taken.
    Captured {
        /// How much, by the gateway's word.
        amount: Money,
    },
}

impl Command {
    /// The name in logs, tables and the state table.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OpenAccount { .. } => "open_account",
            Self::StartSubscription { .. } => "start_subscription",
            Self::SubmitPlanChange { .. } => "submit_plan_change",
            Self::WithdrawPlanChange { .. } => "withdraw_plan_change",
            Self::BeginPlanChange { .. } => "begin_plan_change",
            Self::LapsePlanChange { .. } => "lapse_plan_change",
            Self::PayInvoice { .. } => "pay_invoice",
            Self::ReceiveTransfer { .. } => "receive_transfer",
            Self::SettlePayment { .. } => "settle_payment",
            Self::RenewSubscription { .. } => "renew_subscription",
            Self::RetryPayment { .. } => "retry_payment",
            Self::RestrictAccess { .. } => "restrict_access",
            Self::CancelUnpaid { .. } => "cancel_unpaid",
            Self::CancelSubscription { .. } => "cancel_subscription",
            Self::UncancelSubscription { .. } => "uncancel_subscription",
            Self::EndSubscription { .. } => "end_subscription",
            Self::UseCredits { .. } => "use_credits",
            Self::ReportUsage { .. } => "report_usage",
            Self::GrantGoodwill { .. } => "grant_goodwill",
            Self::RequestPayout { .. } => "request_payout",
            Self::ConfirmPayout { .. } => "confirm_payout",
            Self::ReturnPayout { .. } => "return_payout",
            Self::ReportProvision { .. } => "report_provision",
            Self::AssignPlan { .. } => "assign_plan",
            Self::ChangePackage { .. } => "change_package",
            Self::RetryProvision { .. } => "retry_provision",
        }
    }
}

/// What a command brought about: ids and amounts that never change afterwards, so that a repeated request is answered
/// with the same bytes (I16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// The account is open.
    AccountOpened {
        /// Its id.
        account: AccountId,
    },
    /// The subscription runs.
    SubscriptionStarted {
        /// Its id.
        subscription: SubscriptionId,
        /// Its service.
        service: ServiceId,
        /// The invoice of the first period.
        invoice: Option<DocumentId>,
    },
    /// The change was submitted.
    ChangeSubmitted {
        /// Its id.
        change: ChangeId,
        /// Up or down.
        direction: crate::quote::Direction,
        /// Is it made already, or does it wait for its payment?
        applied: bool,
        /// Its invoice or credit note.
        document: Option<DocumentId>,
        /// The attempt that takes the payment.
        attempt: Option<AttemptId>,
        /// What is left to pay.
        due: Money,
        /// What went to the balance.
        to_balance: Money,
    },
    /// The change is closed without having been made.
    ChangeClosed {
        /// Its id.
        change: ChangeId,
        /// The credit note that cancels its invoice.
        document: Option<DocumentId>,
    },
    /// The change was made although it was not paid: its policy says that its invoice is owed then.
    ChangeMade {
        /// Its id.
        change: ChangeId,
        /// Its invoice.
        document: Option<DocumentId>,
    },
    /// The day of the change has come.
    ChangeBegun {
        /// Its id.
        change: ChangeId,
        /// Is it made already, or does it wait for its payment?
        applied: bool,
        /// Its invoice or credit note.
        document: Option<DocumentId>,
        /// The attempt that takes the payment.
        attempt: Option<AttemptId>,
        /// What is left to pay.
        due: Money,
        /// What went to the balance.
        to_balance: Money,
    },
    /// A payment is being taken.
    PaymentStarted {
        /// The attempt.
        attempt: AttemptId,
        /// The invoice.
        invoice: DocumentId,
    },
    /// Money was booked, or a payment's outcome noted.
    PaymentNoted {
        /// The invoice that it paid.
        paid: Option<DocumentId>,
        /// The receipt, where the money went to the balance.
        receipt: Option<DocumentId>,
        /// The change that it let happen.
        applied: Option<ChangeId>,
    },
    /// The next period was invoiced.
    Renewed {
        /// The ordinal of the period.
        ordinal: i64,
        /// Its invoice.
        document: Option<DocumentId>,
    },
    /// Access to a service is restricted.
    AccessRestricted {
        /// Its subscription.
        subscription: SubscriptionId,
    },
    /// The subscription ends with its period.
    CancellationScheduled {
        /// Which one.
        subscription: SubscriptionId,
        /// When that is.
        ends_at: Timestamp,
    },
    /// It goes on.
    CancellationWithdrawn {
        /// Which one.
        subscription: SubscriptionId,
    },
    /// The subscription has ended.
    SubscriptionEnded {
        /// Which one.
        subscription: SubscriptionId,
        /// Its last invoice or credit note.
        document: Option<DocumentId>,
        /// The attempt that takes the payment of it.
        attempt: Option<AttemptId>,
        /// What is left to pay of that document.
        due: Money,
        /// What went to the balance.
        to_balance: Money,
    },
    /// The balance has grown.
    Granted {
        /// The document behind it.
        document: DocumentId,
    },
    /// Balance is set aside to be paid out.
    PayoutRequested {
        /// The payout, by its document.
        payout: DocumentId,
        /// What of it is kept.
        fee: Money,
        /// What is paid out.
        net: Money,
    },
    /// The payout was sent, or is on the balance again.
    PayoutClosed {
        /// Which one.
        payout: DocumentId,
        /// The receipt, where it is on the balance again.
        receipt: Option<DocumentId>,
    },
    /// Plan credits were used.
    CreditsUsed {
        /// How many are left.
        left: i64,
    },
    /// Units were counted.
    UsageReported {
        /// The subscription.
        subscription: SubscriptionId,
        /// The meter's code.
        meter: Name,
        /// How many.
        units: u32,
        /// How many there are of it in the period, at whatever price.
        total: u32,
    },
    /// The subscription has another plan, at once and for no money.
    PlanAssigned {
        /// Which one.
        subscription: SubscriptionId,
        /// What a full period cost.
        recurring_before: Money,
        /// What a full period costs from the next renewal on.
        recurring_after: Money,
        /// Were prices taken from today's catalogue?
        recalculated: bool,
        /// Does the plan give another size than the module was asked for? Then *change package* is to be run.
        package_waits: bool,
    },
    /// Noted.
    Noted,
    /// There was nothing to do: it is so already.
    Nothing,
}
