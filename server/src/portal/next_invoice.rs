//! What the next invoice of a service asks for: its period, of the plan that the service has then, and what waits for it of
//! changes and of a period in arrears. For customers and for staff.

use billing::account::{Account, Subscription};
use billing::catalogue::Billed;
use billing::decide::Facts;
use billing::first_period::next_period;
use billing::money::{Money, sum};
use billing::policy::When;

use super::amounts::Taxes;
use super::meaning::{arrears_sentence, invoice_sentence, waiting_line, with_the_time_before};
use super::views::service::WaitingLines;
use super::words::Words;

/// What it asks for, without tax that is added. Nothing where changes take off more than the period costs.
pub fn asks(facts: Facts<'_>, account: &Account, subscription: &Subscription) -> Money {
    let period = next_period(facts, account, subscription);
    let waiting = sum(period.currency, subscription.waiting.iter().map(|line| line.amount));
    (period + waiting + once(subscription)).max(Money::zero(period.currency))
}

/// What it charges once: what a trial leaves to it, or a change that is made with its period. Of a plan in arrears that waits
/// for the one after it.
fn once(subscription: &Subscription) -> Money {
    let nothing = Money::zero(subscription.plan().unit_price.currency);
    let planned = subscription.change.as_ref().filter(|change| change.is_open()).map(|change| &change.quote);
    let planned = planned.filter(|quote| quote.when == When::PeriodEnd);
    if planned.map_or(subscription.billed, |quote| quote.billed).is_arrears() {
        return nothing;
    }
    let sold_anew = |code: &str| planned.is_some_and(|quote| quote.charges.iter().any(|line| line.code == code));
    let still_had =
        |code: &str| planned.is_none_or(|quote| quote.after.plan == code || quote.after.options.contains_key(code));
    let to_come = subscription.one_time.to_come.iter();
    let to_come = to_come.filter(|setup| still_had(&setup.code) && !sold_anew(&setup.code));
    let to_come = to_come.map(|setup| setup.price.times(setup.units.into()));
    sum(nothing.currency, to_come.chain(planned.iter().flat_map(|quote| &quote.once).map(|line| line.amount)))
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
