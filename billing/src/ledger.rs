//! The double-entry ledger: postings of a transaction sum to zero. Amounts are signed, debit positive.

use serde::{Deserialize, Serialize};

use crate::id::{CommandId, DocumentId, PostingId};
use crate::money::Money;

/// A ledger account of one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerAccount {
    /// What the customer owes on issued invoices (asset).
    Receivable,
    /// What we hold for the customer, free to use (liability).
    Balance,
    /// What we hold for the customer, set aside for an open invoice (liability).
    Reserved,
    /// What was invoiced, less what was credited, without tax (income).
    Sales,
    /// The tax on it, owed to the tax office (liability).
    Tax,
    /// Money at the card gateway (asset).
    CashCard,
    /// Money in the bank (asset).
    CashBank,
    /// Goodwill granted to customers by staff (expense).
    Goodwill,
    /// What was taken off balances to be paid out, and is not sent yet (liability).
    Payouts,
    /// The fees on what was paid out (income).
    PayoutFees,
}

impl LedgerAccount {
    /// Every account, in the order of the chart.
    pub const ALL: [Self; 10] = [
        Self::Receivable,
        Self::Balance,
        Self::Reserved,
        Self::Sales,
        Self::Tax,
        Self::CashCard,
        Self::CashBank,
        Self::Goodwill,
        Self::Payouts,
        Self::PayoutFees,
    ];

    /// The name in tables and documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receivable => "receivable",
            Self::Balance => "balance",
            Self::Reserved => "reserved",
            Self::Sales => "sales",
            Self::Tax => "tax",
            Self::CashCard => "cash_card",
            Self::CashBank => "cash_bank",
            Self::Goodwill => "goodwill",
            Self::Payouts => "payouts",
            Self::PayoutFees => "payout_fees",
        }
    }

    /// The account of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.name() == name)
    }
}

/// One line of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Its id.
    pub id: PostingId,
    /// The command whose transaction it belongs to.
    pub transaction: CommandId,
    /// The ledger account.
    pub account: LedgerAccount,
    /// Debit positive, credit negative; never zero.
    pub amount: Money,
    /// The numbered document behind it (B4).
    pub document: DocumentId,
}
