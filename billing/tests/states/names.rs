//! The name of every variant that the table must show. Each list is a match without a wildcard: a new variant of
//! these enums does not compile until it has a name here, and a test fails until a scene or a row shows it.

use billing::account::{AttemptState, ChangeState};
use billing::command::{Command, PaymentOutcome};
use billing::document::{InvoiceState, PaidBy};
use billing::payout::PayoutState;
use billing::refusal::Refusal;
use billing::service::{ModuleReport, Progress};

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $all:ident, $type:ty { $($variant:pat => $text:literal,)+ }) => {
        $(#[$doc])*
        pub fn $name(of: &$type) -> &'static str {
            match of { $($variant => $text,)+ }
        }

        $(#[$doc])*
        pub const $all: &[&str] = &[$($text),+];
    };
}

names! {
    /// How a change stands.
    change_state, CHANGE_STATES, ChangeState {
        ChangeState::AwaitsPayment { .. } => "waiting",
        ChangeState::Scheduled { .. } => "scheduled",
        ChangeState::Applied { .. } => "applied",
        ChangeState::Withdrawn { .. } => "withdrawn",
        ChangeState::Lapsed { .. } => "lapsed",
    }
}

names! {
    /// How an invoice stands.
    invoice_state, INVOICE_STATES, InvoiceState {
        InvoiceState::Open => "open",
        InvoiceState::Paid { by: PaidBy::Card, .. } => "paid by card",
        InvoiceState::Paid { by: PaidBy::BankTransfer, .. } => "paid by transfer",
        InvoiceState::Paid { by: PaidBy::Balance, .. } => "paid by balance",
        InvoiceState::Paid { by: PaidBy::Credit, .. } => "paid by credit",
        InvoiceState::Void { .. } => "void",
    }
}

names! {
    /// What is known of an attempt to take a payment.
    attempt_state, ATTEMPT_STATES, AttemptState {
        AttemptState::Sent => "sent",
        AttemptState::Unknown => "unknown",
        AttemptState::Failed { .. } => "failed",
        AttemptState::Captured { .. } => "captured",
    }
}

names! {
    /// How a payout stands.
    payout_state, PAYOUT_STATES, PayoutState {
        PayoutState::Requested => "requested",
        PayoutState::Sent { .. } => "sent",
        PayoutState::Returned { .. } => "returned",
    }
}

names! {
    /// How the work on a service stands.
    progress, PROGRESSES, Progress {
        Progress::Wanted => "wanted",
        Progress::Working => "working",
        Progress::Done => "done",
        Progress::Failed { .. } => "failed",
    }
}

names! {
    /// What can be asked.
    command, COMMANDS, Command {
        Command::OpenAccount { .. } => "open_account",
        Command::StartSubscription { .. } => "start_subscription",
        Command::SubmitPlanChange { .. } => "submit_plan_change",
        Command::WithdrawPlanChange { .. } => "withdraw_plan_change",
        Command::BeginPlanChange { .. } => "begin_plan_change",
        Command::LapsePlanChange { .. } => "lapse_plan_change",
        Command::PayInvoice { .. } => "pay_invoice",
        Command::ReceiveTransfer { .. } => "receive_transfer",
        Command::SettlePayment { .. } => "settle_payment",
        Command::RenewSubscription { .. } => "renew_subscription",
        Command::RetryPayment { .. } => "retry_payment",
        Command::RestrictAccess { .. } => "restrict_access",
        Command::CancelUnpaid { .. } => "cancel_unpaid",
        Command::CancelSubscription { .. } => "cancel_subscription",
        Command::UncancelSubscription { .. } => "uncancel_subscription",
        Command::EndSubscription { .. } => "end_subscription",
        Command::UseCredits { .. } => "use_credits",
        Command::ReportUsage { .. } => "report_usage",
        Command::GrantGoodwill { .. } => "grant_goodwill",
        Command::RequestPayout { .. } => "request_payout",
        Command::ConfirmPayout { .. } => "confirm_payout",
        Command::ReturnPayout { .. } => "return_payout",
        Command::ReportProvision { .. } => "report_provision",
        Command::AssignPlan { .. } => "assign_plan",
        Command::ChangePackage { .. } => "change_package",
        Command::RetryProvision { .. } => "retry_provision",
    }
}

names! {
    /// What a gateway can say; each needs a row.
    payment_outcome, PAYMENT_OUTCOMES, PaymentOutcome {
        PaymentOutcome::Unknown => "unknown",
        PaymentOutcome::Failed { .. } => "failed",
        PaymentOutcome::Captured { .. } => "captured",
    }
}

names! {
    /// What a module can say; each needs a row.
    module_report, MODULE_REPORTS, ModuleReport {
        ModuleReport::Working => "working",
        ModuleReport::Done { .. } => "done",
        ModuleReport::Failed { .. } => "failed",
    }
}

names! {
    /// Why not: the stable name of a refusal.
    refusal, REFUSALS, Refusal {
        Refusal::UnknownAccount(_) => "unknown-account",
        Refusal::AccountExists => "account-exists",
        Refusal::BadText { .. } => "bad-text",
        Refusal::UnknownSubscription(_) => "unknown-subscription",
        Refusal::UnknownService(_) => "unknown-service",
        Refusal::TooManySubscriptions(_) => "too-many-subscriptions",
        Refusal::UnknownProduct(_) => "unknown-product",
        Refusal::UnknownPlan(_) => "unknown-plan",
        Refusal::PlanRetired(_) => "plan-retired",
        Refusal::UnknownOption(_) => "unknown-option",
        Refusal::TooMuch { .. } => "too-much",
        Refusal::TooLittle { .. } => "too-little",
        Refusal::NotOnPlan { .. } => "option-not-on-plan",
        Refusal::TwoOfGroup { .. } => "two-of-group",
        Refusal::NoPrice { .. } => "no-price",
        Refusal::UnknownPolicy(_) => "unknown-policy",
        Refusal::SamePlan => "same-plan",
        Refusal::NotPermitted { .. } => "not-permitted",
        Refusal::WhenNotOffered(_) => "when-not-offered",
        Refusal::DateNotOffered => "date-not-offered",
        Refusal::DateOutside { .. } => "date-outside",
        Refusal::NotEnoughCredits { .. } => "not-enough-credits",
        Refusal::UnknownMeter(_) => "unknown-meter",
        Refusal::UnitsOutside { .. } => "units-outside",
        Refusal::TooManyCounters(_) => "too-many-counters",
        Refusal::ChangeOpen(_) => "change-open",
        Refusal::PeriodOver(_) => "period-over",
        Refusal::NotStarted(_) => "not-started",
        Refusal::QuoteExpired { .. } => "quote-expired",
        Refusal::QuoteStale { .. } => "quote-stale",
        Refusal::ChangeNotOpen(_) => "change-not-open",
        Refusal::ChangeBeingPaid(_) => "change-being-paid",
        Refusal::NotLapsedYet { .. } => "not-lapsed-yet",
        Refusal::ChangeNotDue { .. } => "change-not-due",
        Refusal::InvoiceNotOpen(_) => "invoice-not-open",
        Refusal::PaymentRunning(_) => "payment-running",
        Refusal::RetryNotDue(_) => "retry-not-due",
        Refusal::GraceNotOver(_) => "grace-not-over",
        Refusal::AccessRestricted(_) => "access-restricted",
        Refusal::SubscriptionEnded(_) => "subscription-ended",
        Refusal::SubscriptionCancelled(_) => "subscription-cancelled",
        Refusal::NotCancelled(_) => "not-cancelled",
        Refusal::EndNotDue(_) => "end-not-due",
        Refusal::CancellationNotOffered(_) => "cancellation-not-offered",
        Refusal::CancellationExpired { .. } => "quote-expired",
        Refusal::CancellationStale { .. } => "quote-stale",
        Refusal::AttemptNotRunning(_) => "attempt-not-running",
        Refusal::BadAmount(_) => "bad-amount",
        Refusal::WrongCurrency(_) => "wrong-currency",
        Refusal::PayoutNotOffered => "payout-not-offered",
        Refusal::PayoutOpen(_) => "payout-open",
        Refusal::PayoutNotOpen(_) => "payout-not-open",
        Refusal::OwedFirst(_) => "owed-first",
        Refusal::PayoutTooMuch(_) => "payout-too-much",
        Refusal::FeeTakesAll(_) => "fee-takes-all",
        Refusal::PayoutFeeChanged { .. } => "payout-fee-changed",
        Refusal::TwoPayoutFees { .. } => "two-payout-fees",
        Refusal::NotDue(_) => "not-due",
        Refusal::OldGeneration { .. } => "old-generation",
        Refusal::ServiceSettled => "service-settled",
        Refusal::PackageFits => "package-fits",
        Refusal::StaffOnly => "staff-only",
        Refusal::KeyReused => "idempotency-key-reused",
    }
}

/// The refusals that no cell can show, and why.
pub const NOT_OF_A_STATE: &[(&str, &str)] = &[
    ("idempotency-key-reused", "is the engine's answer, before anything is decided"),
    ("two-payout-fees", "is the answer to a catalogue, when it is published"),
    ("staff-only", "depends on who asks; the table asks as staff"),
    ("too-many-counters", "comes with the hundredth price at which a period counted something"),
    ("too-many-subscriptions", "comes with the two-hundredth subscription"),
    ("unknown-policy", "needs a catalogue that names a policy which is not loaded"),
];
