//! What the next invoice of a service asks for: its period, of the plan that the service has then, and what changes have left
//! to it. For customers and for staff.

use billing::account::Subscription;
use billing::money::{Money, sum};
use billing::tax::TaxRate;

use super::amounts::Taxes;
use super::meaning::{invoice_sentence, waiting_line};
use super::views::service::WaitingLines;
use super::words::Words;

/// What it asks for, without tax that is added. Nothing where changes take off more than the period costs.
pub fn asks(subscription: &Subscription) -> Money {
    let period = next_period(subscription);
    let waiting = sum(period.currency, subscription.waiting.iter().map(|line| line.amount));
    (period + waiting).max(Money::zero(period.currency))
}

/// What changes have left to it, as it will have it. None where they have left nothing.
pub fn waiting(words: Words<'_>, tax: Option<&TaxRate>, subscription: &Subscription) -> Option<WaitingLines> {
    if subscription.waiting.is_empty() {
        return None;
    }
    let taxes = Taxes::of_lines(words.language, &subscription.waiting);
    let (waits, day) = (subscription.waiting_payable(), words.day(subscription.period.until).text);
    Some(WaitingLines {
        sentence: invoice_sentence(words, tax, next_period(subscription), Some(waits), &day),
        lines: subscription.waiting.iter().map(|line| waiting_line(words, line)).collect(),
        tax: taxes.added.iter().map(|(rate, tax)| (rate.clone(), words.amount(*tax))).collect(),
        total: words.amount(waits),
        contained: taxes.sentences(words.language, |tax| tax),
    })
}

/// What the next period costs: of the plan that the service has then.
fn next_period(subscription: &Subscription) -> Money {
    let scheduled = subscription.change.as_ref().filter(|change| change.is_open() && !change.awaits_payment());
    scheduled.map_or_else(|| subscription.recurring(), |change| change.quote.recurring_after)
}
