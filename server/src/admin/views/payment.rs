//! Payments: tries to take money by card, transfers that staff saw at the bank, and balance that they pay out.

use crate::ui::{AmountView, Badge, Column, DateView, EmptyState, Icon, Pager, Row, Table, Value};

/// One try to take the money of an invoice.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// The card in words.
    pub card: String,
    /// Its id, which is the gateway's key.
    pub id: String,
    /// The customer: name and page.
    pub customer: (String, String),
    /// The invoice: number and page.
    pub invoice: (String, String),
    /// When it was stored.
    pub at: DateView,
    /// Sent, unknown, failed, captured.
    pub state: Badge,
    /// What the gateway said.
    pub reason: Option<String>,
    /// How much.
    pub amount: AmountView,
}

/// The table of tries, newest first.
#[must_use]
pub fn attempt_table(rows: &[AttemptRow], pager: Pager) -> Table {
    let row = |row: &AttemptRow| {
        Row::new(vec![
            Value::Link { label: row.invoice.0.clone(), href: row.invoice.1.clone(), note: Some(row.card.clone()) },
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.at.clone().into(),
            row.state.clone().into(),
            row.reason.clone().map_or(Value::Nothing, Value::Text),
            row.amount.clone().into(),
        ])
    };
    Table {
        caption: "Tries to take a payment, newest first".into(),
        columns: vec![
            Column::new("Invoice"),
            Column::new("Customer"),
            Column::new("Sent"),
            Column::new("State"),
            Column::new("The gateway said"),
            Column::numeric("Amount"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Card,
            "No payments by card here",
            "Each try to take money is listed here, also those that were declined and those whose outcome is not known yet.",
        ),
        pager,
    }
}

/// Money that arrived at the bank.
#[derive(Clone, Debug)]
pub struct TransferRow {
    /// The bank's reference.
    pub reference: String,
    /// The customer: name and page.
    pub customer: (String, String),
    /// When it was booked.
    pub at: DateView,
    /// The document it paid or made: number and page.
    pub document: Option<(String, String)>,
    /// How much.
    pub amount: AmountView,
}

/// The table of transfers, newest first.
#[must_use]
pub fn transfer_table(rows: &[TransferRow], pager: Pager) -> Table {
    let row = |row: &TransferRow| {
        let document = match &row.document {
            Some((number, href)) => Value::link(number.clone(), href.clone()),
            None => Value::Nothing,
        };
        Row::new(vec![
            Value::Code(row.reference.clone()),
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.at.clone().into(),
            document,
            row.amount.clone().into(),
        ])
    };
    Table {
        caption: "Bank transfers, newest first".into(),
        columns: vec![
            Column::new("Reference"),
            Column::new("Customer"),
            Column::new("Booked"),
            Column::new("Document"),
            Column::numeric("Amount"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Card,
            "No transfers here",
            "Transfers are listed here when staff mark an invoice as paid, or record one on the page of a customer.",
        ),
        pager,
    }
}

/// Balance that is paid out.
#[derive(Clone, Debug)]
pub struct PayoutRow {
    /// The document: number, and its page or the form that sends it.
    pub document: (String, String),
    /// The customer: name and page.
    pub customer: (String, String),
    /// Where the customer wants it.
    pub to: String,
    /// When it was asked for.
    pub at: DateView,
    /// To be sent, sent, came back.
    pub state: Badge,
    /// The bank's reference, or why it came back.
    pub note: Option<String>,
    /// What is paid out.
    pub net: AmountView,
}

/// The table of payouts, newest first.
#[must_use]
pub fn payout_table(rows: &[PayoutRow], pager: Pager) -> Table {
    let row = |row: &PayoutRow| {
        Row::new(vec![
            Value::Link { label: row.document.0.clone(), href: row.document.1.clone(), note: Some(row.to.clone()) },
            Value::link(row.customer.0.clone(), row.customer.1.clone()),
            row.at.clone().into(),
            row.state.clone().into(),
            row.note.clone().map_or(Value::Nothing, Value::Text),
            row.net.clone().into(),
        ])
    };
    Table {
        caption: "Balance paid out, newest first".into(),
        columns: vec![
            Column::new("Payout"),
            Column::new("Customer"),
            Column::new("Asked for"),
            Column::new("State"),
            Column::new("Reference or reason"),
            Column::numeric("To send"),
        ],
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(
            Icon::Card,
            "No payouts here",
            "When a customer asks for balance as cash, it is listed here until you have sent it.",
        ),
        pager,
    }
}
