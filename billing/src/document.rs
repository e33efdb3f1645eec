//! Documents: invoices, credit notes, receipts. An issued document never changes; how an invoice stands (open, paid,
//! void) is kept beside it. Numbers are stamped at commit, without gaps, per series.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Span;
use crate::dunning::Dunning;
use crate::explain::Derivation;
use crate::id::{ChangeId, DocumentId, ItemId, SegmentId, SubscriptionId};
use crate::money::{Money, sum};
use crate::name::Name;
use crate::payout::FeeCount;
use crate::tax::{SharedRate, payable};
use crate::usage::Metered;

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Asks for money.
    Invoice,
    /// Gives money or a claim back.
    CreditNote,
    /// Confirms money that arrived or was granted without an invoice to pay.
    Receipt,
    /// Says what of the balance is paid out as cash, and what of it is kept.
    Payout,
}

impl DocumentKind {
    /// The letters its numbers begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Invoice => "INV",
            Self::CreditNote => "CN",
            Self::Receipt => "RCT",
            Self::Payout => "PAY",
        }
    }

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Receipt => "receipt",
            Self::Payout => "payout",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Invoice, Self::CreditNote, Self::Receipt, Self::Payout].into_iter().find(|kind| kind.name() == name)
    }
}

/// A number of a document within its series, written `INV-2027-0042`.
pub fn number_text(series: &str, number: i64) -> String {
    format!("{series}-{number:04}")
}

/// An issued document. Immutable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// The series its number is from, such as `INV-2027`: kind and local year of issue, one gapless count each.
    pub series: String,
    /// The number within the series; stamped at commit.
    pub number: Option<i64>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The customer's local date of issue.
    pub issued_on: Date,
    /// The sum of its lines with their tax. Of an invoice: what is asked for. Of the others: what is given, confirmed, paid out. Never negative.
    pub total: Money,
    /// Why it exists.
    pub reason: DocumentReason,
    /// The subscription it is about.
    pub subscription: Option<SubscriptionId>,
    /// The invoice that a credit note corrects.
    pub corrects: Option<DocumentId>,
    /// Its lines, in order.
    pub lines: Vec<DocumentLine>,
}

/// Why a document exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum DocumentReason {
    /// A period of a subscription; `period` counts from 0.
    Period {
        /// The period's number.
        period: i64,
    },
    /// A trial that a subscription starts with.
    Trial,
    /// A plan change.
    PlanChange {
        /// Which one.
        change: ChangeId,
    },
    /// The part of an unpaid invoice that a plan change gave back.
    DebtReleased {
        /// Which one.
        change: ChangeId,
    },
    /// An invoice that will not be paid: its change lapsed or was withdrawn.
    InvoiceCancelled {
        /// Which change.
        change: ChangeId,
    },
    /// The last one of a subscription that ended.
    Cancellation,
    /// The part of an unpaid invoice that is owed no more, as its subscription ended.
    OwedNoMore,
    /// Money that arrived with nothing left to pay, put on the balance.
    MoneyToBalance,
    /// An amount that staff put on the balance.
    Goodwill,
    /// Balance that is paid out as cash (M7).
    Payout {
        /// How the fee on it was counted.
        count: FeeCount,
    },
    /// A payout that could not be sent, put back on the balance.
    PayoutReturned,
}

/// One line of a document. Amounts are in the document's direction: on an invoice a charge is positive and a credit
/// negative; on a credit note what is given back is positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// The item it bills or gives back.
    pub item: Option<ItemId>,
    /// What it is for, such as `Standard`.
    pub text: Name,
    /// How many units.
    pub quantity: u32,
    /// The time it is for.
    pub span: Option<Span>,
    /// The amount, signed; without tax, or with the tax that the price contains.
    pub amount: Money,
    /// The tax on it, signed.
    pub tax: Money,
    /// The rate of that tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<SharedRate>,
    /// The segment that a credit gives back.
    pub segment: Option<SegmentId>,
    /// How the amount was found (N3), where it is a part of a price by time.
    pub derivation: Option<Derivation>,
    /// How it was found where it bills what was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metered: Option<Box<Metered>>,
}

impl DocumentLine {
    /// A line of an amount alone, for no item and no time.
    pub fn of_amount(text: impl Into<Name>, amount: Money) -> Self {
        Self {
            item: None,
            text: text.into(),
            quantity: 1,
            span: None,
            amount,
            tax: Money::zero(amount.currency),
            tax_rate: None,
            segment: None,
            derivation: None,
            metered: None,
        }
    }

    /// The amount with the tax on top, signed.
    pub fn payable(&self) -> Money {
        payable(self.amount, self.tax, self.tax_rate.as_deref())
    }
}

impl Document {
    /// The tax in its total.
    pub fn tax(&self) -> Money {
        sum(self.total.currency, self.lines.iter().map(|line| line.tax))
    }
}

/// How an invoice stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// The document.
    pub id: DocumentId,
    /// The subscription it bills.
    pub subscription: SubscriptionId,
    /// The change that waits for it.
    pub change: Option<ChangeId>,
    /// The document's total.
    pub total: Money,
    /// The part of the balance set aside for it (while open), or used (once paid).
    pub from_balance: Money,
    /// What credit notes took off it.
    pub credited: Money,
    /// The last local day to pay it on.
    pub due_on: Date,
    /// Open, paid or void.
    pub state: InvoiceState,
    /// What becomes of it unpaid, where an automatic renewal issued it and its policy says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dunning: Option<Dunning>,
}

impl Invoice {
    /// What is still to pay with money.
    pub fn open_amount(&self) -> Money {
        self.total - self.from_balance - self.credited
    }

    /// What became of it so far, where it is open and in dunning.
    pub fn in_dunning(&self) -> Option<&Dunning> {
        self.dunning.as_ref().filter(|_| self.is_open())
    }

    /// Does it wait for money?
    pub fn is_open(&self) -> bool {
        self.state == InvoiceState::Open
    }
}

/// The states of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum InvoiceState {
    /// Waits for money.
    Open,
    /// Nothing is left to pay.
    Paid {
        /// Since when.
        at: Timestamp,
        /// By what.
        by: PaidBy,
    },
    /// Cancelled by a credit note of its whole amount.
    Void {
        /// Since when.
        at: Timestamp,
    },
}

/// What closed an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    /// A card.
    Card,
    /// A bank transfer.
    BankTransfer,
    /// The customer's balance alone.
    Balance,
    /// Credit notes.
    Credit,
}
