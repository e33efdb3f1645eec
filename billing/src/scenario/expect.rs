//! Compares one expectation with what was seen last.

use std::fmt::Debug;

use jiff::Timestamp;

use super::story::{Expectation, QuoteAmount};
use super::world::{Quoted, Refused, Seen, SeenSubscription, Submitted};
use crate::catalogue::Size;
use crate::ledger::LedgerAccount;
use crate::money::Money;

/// What the last deeds came to.
#[derive(Debug, Default)]
pub(super) struct Last {
    pub at: Option<Timestamp>,
    pub published: bool,
    /// What could be seen before and after the last deed.
    pub before: Option<Seen>,
    pub seen: Option<Seen>,
    pub quoted: Option<Quoted>,
    /// The quote before the last.
    pub earlier: Option<Quoted>,
    pub submitted: Option<Submitted>,
    pub direction: Option<String>,
    pub refused: Option<Refused>,
    pub refusal_was_told: bool,
}

impl Last {
    /// The last deed was refused. A fresh quote that came with it can be looked at and submitted.
    pub(super) fn refuse(&mut self, refused: Refused) {
        if let Some(fresh) = &refused.fresh {
            self.quote(fresh.clone());
        }
        self.refused = Some(refused);
        self.refusal_was_told = false;
    }

    /// A quote was shown.
    pub(super) fn quote(&mut self, quoted: Quoted) {
        self.earlier = self.quoted.replace(quoted);
    }

    fn seen(&self) -> Result<&Seen, String> {
        self.seen.as_ref().ok_or_else(|| "nothing can be seen".to_owned())
    }

    fn quoted(&self) -> Result<&Quoted, String> {
        self.quoted.as_ref().ok_or_else(|| "nothing was quoted".to_owned())
    }

    /// The mails that the last deed sent.
    fn mails(&self) -> Result<&[String], String> {
        let before = self.before.as_ref().map_or(0, |seen| seen.mails.len());
        Ok(self.seen()?.mails.get(before..).unwrap_or_default())
    }
}

/// Is it so? Otherwise, what is so instead.
pub(super) fn compare(expected: &Expectation, last: &Last, subscription: Option<&str>) -> Result<(), String> {
    match expected {
        Expectation::Refused(code, because) => {
            let refused = last.refused.as_ref().ok_or("it was not refused")?;
            same(&refused.code, code)?;
            if because.is_some() { same(&refused.because, because) } else { Ok(()) }
        }
        Expectation::Nothing => {
            let differs = "something changed".to_owned();
            if last.before == last.seen { Ok(()) } else { Err(differs) }
        }
        Expectation::Amount(which, amount) => same(&amount_of(last.quoted()?, *which), amount),
        Expectation::Direction(direction) => same(&last.direction.as_deref(), &Some(direction.as_str())),
        Expectation::When(when) => same(&last.quoted()?.when, when),
        Expectation::MadeOn(day) => same(&last.quoted()?.on, &Some(*day)),
        Expectation::CreditsAfter(left) => same(&last.quoted()?.credits_after, left),
        Expectation::MadeAtOnce => {
            let submitted = last.submitted.as_ref().ok_or("nothing was submitted")?;
            if submitted.applied { Ok(()) } else { Err("it is still to be made".to_owned()) }
        }
        Expectation::NextInvoice(day) => same(&last.quoted()?.next_invoice_on, day),
        Expectation::Restarts(restarts) => same(&last.quoted()?.restarts, restarts),
        Expectation::Mail(template, times) => {
            let mails = last.mails()?;
            let sent = mails.iter().filter(|mail| *mail == template).count();
            if sent == *times { Ok(()) } else { Err(format!("the mails are {mails:?}")) }
        }
        Expectation::NoMail => same(&last.mails()?, &[].as_slice()),
        _ => {
            let seen = last.seen()?;
            let mut subscriptions = seen.subscriptions.iter();
            match subscriptions.find(|seen| Some(seen.id.as_str()) == subscription) {
                Some(subscription) => compare_seen(expected, seen, subscription),
                None => Err("no subscription can be seen".to_owned()),
            }
        }
    }
}

fn amount_of(quoted: &Quoted, which: QuoteAmount) -> Money {
    match which {
        QuoteAmount::Credit => quoted.credit,
        QuoteAmount::Debt => quoted.debt_released,
        QuoteAmount::Charge => quoted.charge,
        QuoteAmount::Net => quoted.net,
        QuoteAmount::Tax => quoted.tax,
        QuoteAmount::Total => quoted.total,
        QuoteAmount::Due => quoted.due,
        QuoteAmount::FromBalance => quoted.from_balance,
        QuoteAmount::ToBalance => quoted.to_balance,
        QuoteAmount::Recurring => quoted.recurring_after,
        QuoteAmount::Waits => quoted.waits,
    }
}

fn compare_seen(expected: &Expectation, seen: &Seen, subscription: &SeenSubscription) -> Result<(), String> {
    match expected {
        Expectation::Invoice(state, amount) => {
            let fits = |invoice: &&super::world::SeenInvoice| {
                let shown = if state == "open" { invoice.open } else { invoice.total };
                invoice.state == *state && shown == *amount
            };
            if seen.invoices.iter().any(|invoice| fits(&invoice)) {
                return Ok(());
            }
            let invoices: Vec<String> =
                seen.invoices.iter().map(|i| format!("{} {} (open {})", i.state, i.total, i.open)).collect();
            Err(format!("the invoices are {invoices:?}"))
        }
        Expectation::NoOpenInvoice => {
            let open: Vec<Money> =
                seen.invoices.iter().filter(|invoice| invoice.state == "open").map(|invoice| invoice.open).collect();
            same(&open, &Vec::new())
        }
        Expectation::Balance(amount) => same(&seen.balance, amount),
        Expectation::Reserved(amount) => same(&seen.reserved, amount),
        Expectation::On(plan) => same(&subscription.plan, plan),
        Expectation::Cycle(cycle) => same(&subscription.cycle, cycle),
        Expectation::Option(option, quantity) => {
            same(&subscription.options.get(option.as_str()).copied().unwrap_or_default(), quantity)
        }
        Expectation::Wanted(size, generation) => {
            let wanted = named(&subscription.service.wanted);
            same(&(wanted, subscription.service.generation), &(size.clone(), *generation))
        }
        Expectation::Package(size) => same(&subscription.service.package.as_ref().map(named), size),
        Expectation::Observed(generation) => same(&subscription.service.observed_generation, generation),
        Expectation::Access(access) => same(&subscription.service.access, access),
        Expectation::Payments(number) => same(&seen.payments.len(), number),
        Expectation::Service(state) => same(&subscription.service.state, state),
        Expectation::Count(kind, number) => {
            let documents = seen.documents.iter().filter(|document| kind.is_none_or(|kind| document.kind == kind));
            same(&documents.count(), number)
        }
        Expectation::Newest(kind, total) => {
            let newest = seen.documents.iter().rev().find(|document| document.kind == *kind);
            same(&newest.map(|document| document.total), &Some(*total))
        }
        Expectation::Payment(state) => {
            same(&seen.payments.last().map(|payment| payment.state.as_str()), &Some(state.as_str()))
        }
        Expectation::Change(state) => {
            same(&subscription.change.as_ref().map(|change| change.state.as_str()), &state.as_deref())
        }
        Expectation::Covers { code, from, until, net, tax, paid } => {
            let Some(coverage) = &subscription.coverage else { return Ok(()) };
            let collected = if *paid { *net } else { Money::zero(net.currency) };
            let fits = coverage.iter().any(|covered| {
                (&covered.code, covered.from, covered.until, covered.net, covered.collected)
                    == (code, *from, *until, *net, collected)
                    && tax.is_none_or(|tax| tax == covered.tax)
            });
            if fits { Ok(()) } else { Err(format!("the coverage is {coverage:#?}")) }
        }
        Expectation::Period(from, until) => {
            same(&(subscription.period_from, subscription.period_until), &(*from, *until))
        }
        Expectation::Trial(until) => same(&subscription.trial_until, until),
        Expectation::Waits(amount) => same(&subscription.waits, amount),
        Expectation::Costs(amount) => same(&subscription.recurring, amount),
        Expectation::Used(meter, units) => same(&subscription.used.get(meter.as_str()).copied(), units),
        Expectation::Credits(left) => same(&subscription.credits, left),
        Expectation::Booked(account, amount) => {
            let booked = seen.ledger.get(account.name()).copied().unwrap_or(Money::zero(amount.currency));
            same(&if grows_by_credits(*account) { -booked } else { booked }, amount)
        }
        _ => Err("this is compared elsewhere".to_owned()),
    }
}

/// A size without the resources of which there is nothing: they need not be named.
fn named(size: &Size) -> Size {
    size.iter().filter(|(_, amount)| **amount != 0).map(|(resource, amount)| (resource.clone(), *amount)).collect()
}

/// Liabilities and income grow by credits, which are negative postings; assets and expenses by debits.
fn grows_by_credits(account: LedgerAccount) -> bool {
    use LedgerAccount::{Balance, PayoutFees, Payouts, Reserved, Sales, Tax};
    matches!(account, Balance | Reserved | Sales | Tax | Payouts | PayoutFees)
}

fn same<T: PartialEq + Debug>(found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("it is {found:?}, expected was {expected:?}")) }
}
