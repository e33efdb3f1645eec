//! The money of a quote that no longer holds, as JSON, beside the fresh one in `quote_body`.

use billing::calendar::Span;
use billing::money::Money;
use billing::quote::QuoteSummary;
use serde::Serialize;
use utoipa::ToSchema;

use super::money_body::{Amount, SpanBody};

/// The money of a quote that no longer holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteSummary)]
pub struct SummaryBody {
    /// Each line that had an amount.
    pub lines: Vec<SummaryLineBody>,
    /// Charges less credits, as prices are written.
    pub net: Amount,
    /// The tax of both sides.
    pub tax: Amount,
    /// With tax: positive to pay, negative to the balance.
    pub total: Amount,
    /// What of the balance was to be used.
    pub from_balance: Amount,
    /// What was left to pay.
    pub due: Amount,
    /// What was to go to the balance.
    pub to_balance: Amount,
    /// What a full period was to cost afterwards.
    pub recurring_after: Amount,
    /// What was to wait for the next invoice afterwards, with tax.
    pub waiting: Amount,
    /// The catalogue version whose prices counted.
    pub catalogue_version: i64,
}

/// One line of a quote that no longer holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteSummaryLine)]
pub struct SummaryLineBody {
    /// What it was for.
    pub text: String,
    /// The time it was for.
    pub span: SpanBody,
    /// Negative where it was given back.
    pub amount: Amount,
}

impl SummaryBody {
    /// The money of a quote.
    pub fn of(summary: &QuoteSummary) -> Self {
        let line = |text: &str, span: Span, amount: Money| SummaryLineBody {
            text: text.to_owned(),
            span: span.into(),
            amount: amount.into(),
        };
        Self {
            lines: summary.lines.iter().map(|one| line(&one.text, one.span, one.amount)).collect(),
            net: summary.net.into(),
            tax: summary.tax.into(),
            total: summary.total.into(),
            from_balance: summary.from_balance.into(),
            due: summary.due.into(),
            to_balance: summary.to_balance.into(),
            recurring_after: summary.recurring_after.into(),
            waiting: summary.waits.unwrap_or(Money::zero(summary.total.currency)).into(),
            catalogue_version: summary.catalogue_version,
        }
    }
}
