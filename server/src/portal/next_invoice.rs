//! What the next invoice of a service asks for: its period, of the plan that the service has then, and what waits for it of
//! changes and of a period in arrears. For customers and for staff.

use billing::account::{Account, Subscription};
use billing::catalogue::Billed;
use billing::decide::Facts;
use billing::first_period::next_period;
use billing::money::{Money, sum};

use super::amounts::Taxes;
use super::meaning::{arrears_sentence, invoice_sentence, waiting_line, with_the_time_before};
use super::views::service::WaitingLines;
use super::words::Words;

/// What it asks for, without tax that is added. Nothing where changes take off more than the period costs.
pub fn asks(facts: Facts<'_>, account: &Account, subscription: &Subscription) -> Money {
    let period = next_period(facts, account, subscription);
    let waiting = sum(period.currency, subscription.waiting.iter().map(|line| line.amount));
    (period + waiting).max(Money::zero(period.currency))
}

/// What waits for it, as it will have it. None where nothing does.
pub fn waiting(
    words: Words<'_>,
    facts: Facts<'_>,
    account: &Account,
    subscription: &Subscription,
) -> Option<WaitingLines> {
    if subscription.waiting.is_empty() {
        return None;
    }
    let taxes = Taxes::of_lines(words.language, &subscription.waiting);
    let (waits, day) = (subscription.waiting_payable(), words.day(subscription.period.until).text);
    let period = next_period(facts, account, subscription);
    let tax = facts.catalogue.tax.as_deref();
    let sentence = match subscription.billed {
        Billed::Advance => invoice_sentence(words, tax, period, Some(waits), &day),
        Billed::Arrears if period.is_zero() => arrears_sentence(words, waits, &day),
        // It is in advance from there on, by the change that is planned.
        Billed::Arrears => with_the_time_before(words, invoice_sentence(words, tax, period, None, &day), waits),
    };
    Some(WaitingLines {
        sentence,
        lines: subscription.waiting.iter().map(|line| waiting_line(words, line)).collect(),
        tax: taxes.added.iter().map(|(rate, tax)| (rate.clone(), words.amount(*tax))).collect(),
        total: words.amount(waits),
        contained: taxes.sentences(words.language, |tax| tax),
    })
}
