//! Refusals: every reason why a person or program may not, as one closed list with what is needed to put it right.
//! A refusal changes nothing. Faults of the world and bugs are not here.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::Cycle;
use crate::cancellation::{CancellationQuote, CancellationSummary};
use crate::id::{AccountId, AttemptId, ChangeId, DocumentId, ServiceId, SubscriptionId};
use crate::money::{Currency, Money};
use crate::name::Name;
use crate::policy::When;
use crate::quote::{Quote, QuoteSummary};

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such account.
    #[error("there is no account {0}")]
    UnknownAccount(AccountId),
    /// The account is open already.
    #[error("the account is open already")]
    AccountExists,
    /// A text is empty or too long.
    #[error("{field} must have 1 to {max} characters")]
    BadText {
        /// The field at fault.
        field: &'static str,
        /// The most characters.
        max: usize,
    },
    /// No such subscription in the account.
    #[error("there is no subscription {0}")]
    UnknownSubscription(SubscriptionId),
    /// No such service in the account.
    #[error("there is no service {0}")]
    UnknownService(ServiceId),
    /// The account has as many subscriptions as it may.
    #[error("an account can have {0} subscriptions")]
    TooManySubscriptions(usize),
    /// No such product in the catalogue.
    #[error("there is no product {0:?}")]
    UnknownProduct(String),
    /// No such plan in the product.
    #[error("there is no plan {0:?}")]
    UnknownPlan(Name),
    /// The plan is no longer sold.
    #[error("plan {0:?} is no longer sold")]
    PlanRetired(Name),
    /// No such option in the product.
    #[error("there is no option {0:?}")]
    UnknownOption(Name),
    /// More of an option than there can be.
    #[error("option {option:?} can be at most {max}")]
    TooMuch {
        /// The option.
        option: Name,
        /// The most of it.
        max: u32,
    },
    /// Less of an option than the plan must have.
    #[error("option {option:?} must be at least {min}")]
    TooLittle {
        /// The option.
        option: Name,
        /// The least of it.
        min: u32,
    },
    /// The option is not sold on the plan: it has no place there, so nothing is changed (W3).
    #[error("option {option:?} cannot be had on plan {plan:?}")]
    NotOnPlan {
        /// The option.
        option: Name,
        /// The plan.
        plan: Name,
    },
    /// Two options of which only one can be had.
    #[error("only one of the options {one:?} and {other:?} can be had")]
    TwoOfGroup {
        /// One of them.
        one: Name,
        /// The other.
        other: Name,
    },
    /// The plan or option has no price for the cycle in the account's currency (M09).
    #[error("{code:?} has no price per {cycle} in {currency}")]
    NoPrice {
        /// The plan or option.
        code: Name,
        /// The cycle.
        cycle: Cycle,
        /// The currency.
        currency: Currency,
    },
    /// The product's policy is not loaded.
    #[error("there is no policy {0:?}")]
    UnknownPolicy(String),
    /// It is what the customer has.
    #[error("that is the plan the subscription has already")]
    SamePlan,
    /// Customers cannot move there from their plan themselves (W4).
    #[error("a change from {from:?} to {to:?} is not open to customers")]
    NotPermitted {
        /// The plan the subscription has.
        from: Name,
        /// The plan asked for.
        to: Name,
    },
    /// A change is open; it must be paid or withdrawn first.
    #[error("change {0} is open; pay it or withdraw it first")]
    ChangeOpen(ChangeId),
    /// The policy does not let the customer choose when the change is made.
    #[error("this change is made {}; leave the moment out", match .0 { When::Now => "now", When::PeriodEnd => "with the next period" })]
    WhenNotOffered(When),
    /// The policy does not let the customer choose the day on which this change is made.
    #[error("this change is not made on a day that is chosen; leave the day out")]
    DateNotOffered,
    /// The change cannot be made on that day: it is not after today, or not in the present period.
    #[error("the change cannot be made on {date}: {}", days_open(*.first, *.last))]
    DateOutside {
        /// The day that was asked for.
        date: Date,
        /// The first day that can be chosen: tomorrow.
        first: Date,
        /// The last one, on which the period goes on; before `first` where none is left.
        last: Date,
    },
    /// The plan has not so many credits left (T5).
    #[error("the plan has {left} credits left")]
    NotEnoughCredits {
        /// How many.
        left: i64,
    },
    /// The subscription's plan has no such meter: it was sold without it, or with another one.
    #[error("the subscription has no meter {0:?}")]
    UnknownMeter(Name),
    /// No units were used, or more than a period can count and bill of the meter.
    #[error("units must be above 0, and {most} of meter {meter:?} can be counted in this period yet")]
    UnitsOutside {
        /// The meter.
        meter: Name,
        /// How many more the period can count.
        most: u32,
    },
    /// The usage of the period stands in so many parts, one for each price it had, that it cannot have another.
    #[error("usage of a period can have at most {0} parts of different prices; report it when the next one has begun")]
    TooManyCounters(usize),
    /// The period the change would be counted in is over; the renewal is due first.
    #[error("the period ended at {0}; the renewal comes first")]
    PeriodOver(Timestamp),
    /// The subscription has not begun yet.
    #[error("the subscription begins at {0}")]
    NotStarted(Timestamp),
    /// The quote is past its time.
    #[error("the quote expired at {expired_at}")]
    QuoteExpired {
        /// When.
        expired_at: Timestamp,
        /// What was shown.
        shown: Box<QuoteSummary>,
        /// What it is now, where it can still be had.
        fresh: Option<Box<Quote>>,
    },
    /// The world changed since the quote: nothing is re-priced, both versions are shown (N1).
    #[error("the quote no longer holds: {}", because.words())]
    QuoteStale {
        /// What changed.
        because: Stale,
        /// What was shown.
        shown: Box<QuoteSummary>,
        /// What it is now, where it can still be had.
        fresh: Option<Box<Quote>>,
    },
    /// The change is not open: made, lapsed or withdrawn.
    #[error("change {0} is not open")]
    ChangeNotOpen(ChangeId),
    /// The change waits for a payment that may still come.
    #[error("a payment for change {0} is on its way; wait for its outcome")]
    ChangeBeingPaid(ChangeId),
    /// The time of the change is not up.
    #[error("change {change} can be paid until {lapses_at}")]
    NotLapsedYet {
        /// Which one.
        change: ChangeId,
        /// When.
        lapses_at: Timestamp,
    },
    /// The day that was chosen for the change has not come.
    #[error("change {change} is made at {from}")]
    ChangeNotDue {
        /// Which one.
        change: ChangeId,
        /// When its day begins.
        from: Timestamp,
    },
    /// The invoice is not open: paid or void.
    #[error("invoice {0} is not open")]
    InvoiceNotOpen(DocumentId),
    /// A payment of the invoice is running; its outcome must come first.
    #[error("a payment of invoice {0} is on its way")]
    PaymentRunning(DocumentId),
    /// No payment of the invoice is to be tried again now.
    #[error("no payment of invoice {0} is due to be tried again")]
    RetryNotDue(DocumentId),
    /// The grace of the invoice is not over, or it has none, or a retry is due that may still pay it.
    #[error("the grace of invoice {0} is not over")]
    GraceNotOver(DocumentId),
    /// Access is restricted until all that is unpaid is paid (M8); until then nothing is changed.
    #[error("access to subscription {0} is restricted; pay its open invoices first")]
    AccessRestricted(SubscriptionId),
    /// The subscription has ended; nothing of it can be changed.
    #[error("subscription {0} has ended")]
    SubscriptionEnded(SubscriptionId),
    /// The subscription is cancelled and ends with its period; the cancellation must be taken back first.
    #[error("the subscription is cancelled and ends at {0}; take the cancellation back first")]
    SubscriptionCancelled(Timestamp),
    /// No cancellation of the subscription is scheduled.
    #[error("subscription {0} is not cancelled")]
    NotCancelled(SubscriptionId),
    /// The period with which the subscription ends is not over.
    #[error("the subscription goes on until {0}")]
    EndNotDue(Timestamp),
    /// The policy does not let customers cancel so by themselves.
    #[error("customers cannot cancel this subscription {}", match .0 { When::Now => "at once", When::PeriodEnd => "with its period" })]
    CancellationNotOffered(When),
    /// The quote of a cancellation is past its time.
    #[error("the quote expired at {expired_at}")]
    CancellationExpired {
        /// When.
        expired_at: Timestamp,
        /// What was shown.
        shown: Box<CancellationSummary>,
        /// What it is now, where it can still be had.
        fresh: Option<Box<CancellationQuote>>,
    },
    /// The world changed since the quote of a cancellation: nothing is counted anew, both versions are shown (N1).
    #[error("the quote no longer holds: {}", because.words())]
    CancellationStale {
        /// What changed.
        because: Stale,
        /// What was shown.
        shown: Box<CancellationSummary>,
        /// What it is now, where it can still be had.
        fresh: Option<Box<CancellationQuote>>,
    },
    /// No attempt of this id waits for an outcome.
    #[error("attempt {0} does not wait for an outcome")]
    AttemptNotRunning(AttemptId),
    /// The amount is not positive, or too large.
    #[error("an amount must be above 0 and at most {0}")]
    BadAmount(Money),
    /// The amount is in another currency than the account.
    #[error("the account is in {0}")]
    WrongCurrency(Currency),
    /// The policy has no fee on cash: customers cannot ask for it.
    #[error("balance is not paid out here; it pays the next invoices")]
    PayoutNotOffered,
    /// A payout is on its way; it must be sent first, or come back.
    #[error("payout {0} is on its way; wait until it has been sent")]
    PayoutOpen(DocumentId),
    /// The payout is not open: sent, or on the balance again.
    #[error("payout {0} is not open")]
    PayoutNotOpen(DocumentId),
    /// An invoice is open: it is paid before anything is paid out.
    #[error("invoice {0} is open; pay it before balance is paid out")]
    OwedFirst(DocumentId),
    /// More than can be paid out: goodwill is not, nor what is set aside for an invoice.
    #[error("at most {0} of the balance can be paid out")]
    PayoutTooMuch(Money),
    /// Nothing would be left to pay out.
    #[error("the fee of {0} would take all of it")]
    FeeTakesAll(Money),
    /// The fee is not the one that was shown (N1).
    #[error("the fee is {fee}, and {shown} was shown")]
    PayoutFeeChanged {
        /// What was shown.
        shown: Money,
        /// What it is.
        fee: Money,
    },
    /// Products of one storefront are sold under policies with different fees on what is paid out of the one balance.
    #[error(
        "customers have one balance: the policies of products {:?} and {:?} must have the same cash_out_fee, and have {} and {}",
        products[0], products[1], fees[0], fees[1]
    )]
    TwoPayoutFees {
        /// The codes of two products.
        products: [String; 2],
        /// The fees of their policies, in percent.
        fees: [String; 2],
    },
    /// The period of this ordinal is not the next one, or has not come.
    #[error("period {0} is not due")]
    NotDue(i64),
    /// The report is of another generation than the service's.
    #[error("generation {reported} is not the present one, {present}")]
    OldGeneration {
        /// The reported one.
        reported: i64,
        /// The service's.
        present: i64,
    },
    /// The work on the service has not failed: it is done, or under way.
    #[error("the work on the service has not failed; there is nothing to try again")]
    ServiceSettled,
    /// The module was asked for the size of the plan already (W5).
    #[error("the service is asked for the size of its plan already; there is no package to change")]
    PackageFits,
    /// Only staff may ask this.
    #[error("only staff may do this")]
    StaffOnly,
    /// The key was used for another command.
    #[error("the idempotency key was used for another request")]
    KeyReused,
}

/// The days that can be chosen, in words.
fn days_open(first: Date, last: Date) -> String {
    match first.cmp(&last) {
        std::cmp::Ordering::Less => format!("choose a day from {first} to {last}"),
        std::cmp::Ordering::Equal => format!("the only day left to choose is {first}"),
        std::cmp::Ordering::Greater => "no day of the period is left to choose".to_owned(),
    }
}

/// What changed since a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stale {
    /// Midnight passed in the customer's zone: other days count.
    NewDay,
    /// A newer catalogue.
    Catalogue,
    /// The subscription, its coverage, or the balance.
    Account,
}

impl Stale {
    /// The reason for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NewDay => "a new day has begun",
            Self::Catalogue => "the price list has changed",
            Self::Account => "the subscription or the balance has changed",
        }
    }

    /// The reason for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::NewDay => "new_day",
            Self::Catalogue => "catalogue",
            Self::Account => "account",
        }
    }
}

impl Refusal {
    /// The stable name, for programs and tests: the last part of a problem document's type.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownAccount(_) => "unknown-account",
            Self::AccountExists => "account-exists",
            Self::BadText { .. } => "bad-text",
            Self::UnknownSubscription(_) => "unknown-subscription",
            Self::UnknownService(_) => "unknown-service",
            Self::TooManySubscriptions(_) => "too-many-subscriptions",
            Self::UnknownProduct(_) => "unknown-product",
            Self::UnknownPlan(_) => "unknown-plan",
            Self::PlanRetired(_) => "plan-retired",
            Self::UnknownOption(_) => "unknown-option",
            Self::TooMuch { .. } => "too-much",
            Self::TooLittle { .. } => "too-little",
            Self::NotOnPlan { .. } => "option-not-on-plan",
            Self::TwoOfGroup { .. } => "two-of-group",
            Self::NoPrice { .. } => "no-price",
            Self::UnknownPolicy(_) => "unknown-policy",
            Self::SamePlan => "same-plan",
            Self::NotPermitted { .. } => "not-permitted",
            Self::ChangeOpen(_) => "change-open",
            Self::WhenNotOffered(_) => "when-not-offered",
            Self::DateNotOffered => "date-not-offered",
            Self::DateOutside { .. } => "date-outside",
            Self::NotEnoughCredits { .. } => "not-enough-credits",
            Self::UnknownMeter(_) => "unknown-meter",
            Self::UnitsOutside { .. } => "units-outside",
            Self::TooManyCounters(_) => "too-many-counters",
            Self::PeriodOver(_) => "period-over",
            Self::NotStarted(_) => "not-started",
            Self::QuoteExpired { .. } => "quote-expired",
            Self::QuoteStale { .. } => "quote-stale",
            Self::ChangeNotOpen(_) => "change-not-open",
            Self::ChangeBeingPaid(_) => "change-being-paid",
            Self::NotLapsedYet { .. } => "not-lapsed-yet",
            Self::ChangeNotDue { .. } => "change-not-due",
            Self::InvoiceNotOpen(_) => "invoice-not-open",
            Self::PaymentRunning(_) => "payment-running",
            Self::RetryNotDue(_) => "retry-not-due",
            Self::GraceNotOver(_) => "grace-not-over",
            Self::AccessRestricted(_) => "access-restricted",
            Self::SubscriptionEnded(_) => "subscription-ended",
            Self::SubscriptionCancelled(_) => "subscription-cancelled",
            Self::NotCancelled(_) => "not-cancelled",
            Self::EndNotDue(_) => "end-not-due",
            Self::CancellationNotOffered(_) => "cancellation-not-offered",
            Self::CancellationExpired { .. } => "quote-expired",
            Self::CancellationStale { .. } => "quote-stale",
            Self::AttemptNotRunning(_) => "attempt-not-running",
            Self::BadAmount(_) => "bad-amount",
            Self::WrongCurrency(_) => "wrong-currency",
            Self::PayoutNotOffered => "payout-not-offered",
            Self::PayoutOpen(_) => "payout-open",
            Self::PayoutNotOpen(_) => "payout-not-open",
            Self::OwedFirst(_) => "owed-first",
            Self::PayoutTooMuch(_) => "payout-too-much",
            Self::FeeTakesAll(_) => "fee-takes-all",
            Self::PayoutFeeChanged { .. } => "payout-fee-changed",
            Self::TwoPayoutFees { .. } => "two-payout-fees",
            Self::NotDue(_) => "not-due",
            Self::OldGeneration { .. } => "old-generation",
            Self::ServiceSettled => "service-settled",
            Self::PackageFits => "package-fits",
            Self::StaffOnly => "staff-only",
            Self::KeyReused => "idempotency-key-reused",
        }
    }

    /// The request field at fault, where one is.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::BadText { field, .. } => Some(field),
            Self::UnknownSubscription(_) => Some("subscription"),
            Self::UnknownProduct(_) => Some("product"),
            Self::UnknownPlan(_) | Self::PlanRetired(_) | Self::SamePlan | Self::NotPermitted { .. } => Some("plan"),
            Self::UnknownOption(_)
            | Self::TooMuch { .. }
            | Self::TooLittle { .. }
            | Self::NotOnPlan { .. }
            | Self::TwoOfGroup { .. } => Some("options"),
            Self::NoPrice { .. } => Some("cycle"),
            Self::UnknownMeter(_) => Some("meter"),
            Self::UnitsOutside { .. } => Some("units"),
            Self::WhenNotOffered(_) | Self::CancellationNotOffered(_) => Some("when"),
            Self::DateNotOffered | Self::DateOutside { .. } => Some("on"),
            Self::BadAmount(_)
            | Self::WrongCurrency(_)
            | Self::NotEnoughCredits { .. }
            | Self::PayoutTooMuch(_)
            | Self::FeeTakesAll(_) => Some("amount"),
            Self::PayoutFeeChanged { .. } => Some("fee"),
            Self::TwoPayoutFees { .. } => Some("policy"),
            _ => None,
        }
    }
}
