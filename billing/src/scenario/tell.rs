//! Tells a story to a world, line by line, and says at which line the world did something else. After the last line the
//! timers run twice at the same moment, and the second time must change nothing: billing again does nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::expect::{Last, compare};
use super::story::{Deed, Expectation, Step, Story, Target, Told, Which};
use super::world::{No, Outcome, PayingOut, Quoted, Report, Seen, SeenSubscription, Submitted, Wished, World};
use crate::catalogue::Basket;
use crate::command::{Asker, PaymentChoice};
use crate::effect::TestCard;
use crate::money::Money;
use crate::name::Name;
use crate::policy::When;

/// Where a world departs from a story.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {text:?}: {what}")]
pub struct Failure {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
    /// What happened instead.
    pub what: String,
}

/// Tells a story to a world that is empty.
pub fn tell(story: &Story, world: &mut dyn World) -> Result<(), Failure> {
    let mut teller = Teller { story, world, names: BTreeMap::new(), focus: None, call: None, last: Last::default() };
    for step in &story.steps {
        teller.step(step).map_err(|what| Failure { line: step.line, text: step.text.clone(), what })?;
    }
    let end = |what| Failure { line: 0, text: "the end".to_owned(), what };
    teller.nothing_is_left_unsaid().map_err(end)?;
    teller.billing_again_does_nothing().map_err(end)
}

struct Teller<'a> {
    story: &'a Story,
    world: &'a mut dyn World,
    /// The accounts by the names of their customers.
    names: BTreeMap<String, Customer>,
    /// The customer that the last line was about.
    focus: Option<String>,
    /// The last deed, with everything it was about, for doing it again.
    call: Option<(Call, String)>,
    last: Last,
}

struct Customer {
    account: String,
    subscription: String,
}

/// A deed with the ids and amounts it turned out to be about.
#[derive(Clone)]
enum Call {
    Quote(Wished),
    Submit(Box<Quoted>, PaymentChoice),
    Transfer(Option<String>, Money),
    Gateway(String, Outcome),
    Pay(String, TestCard),
    Uses(u32),
    Reports(Name, u32),
    Withdraw(String),
    Cancel(When, Asker),
    Uncancel,
    Grant(Money),
    PayOut(PayingOut),
    Report(String, Report),
    Assign(Basket, bool),
    Package(String),
    Retry(String),
    Later,
}

/// What a deed came to: refusals are for the next line to expect, anything broken ends the story.
enum Stop {
    Refused(Box<super::world::Refused>),
    Broken(String),
}

impl From<No> for Stop {
    fn from(no: No) -> Self {
        match no {
            No::Refused(refused) => Self::Refused(refused),
            No::Broken(what) => Self::Broken(what),
        }
    }
}

impl From<String> for Stop {
    fn from(what: String) -> Self {
        Self::Broken(what)
    }
}

impl Teller<'_> {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        match &step.told {
            Told::Does { at, deed } => {
                self.nothing_is_left_unsaid()?;
                self.last.refused = None;
                self.last.at = Some(*at);
                if let Deed::Given { name, .. } | Deed::Quote { name, .. } = deed {
                    self.focus = Some(name.clone());
                }
                self.last.before = self.see_if_any(*at)?;
                match self.does(*at, deed, &format!("line-{}", step.line)) {
                    Ok(()) => {}
                    Err(Stop::Refused(refused)) => self.last.refuse(*refused),
                    Err(Stop::Broken(what)) => return Err(what),
                }
                if self.story.obliging_module {
                    self.modules_are_done(*at)?;
                }
                self.last.seen = self.see_if_any(*at)?;
                Ok(())
            }
            Told::Expects(clauses) => {
                let expects_refusal = |clause: &(String, Expectation)| matches!(clause.1, Expectation::Refused(..));
                if clauses.iter().any(expects_refusal) {
                    self.last.refusal_was_told = true;
                }
                self.nothing_is_left_unsaid()?;
                let subscription = self.customer().map(|customer| customer.subscription.clone()).ok();
                for (words, clause) in clauses {
                    compare(clause, &self.last, subscription.as_deref()).map_err(|what| format!("{words}: {what}"))?;
                }
                Ok(())
            }
        }
    }

    /// A refusal must be expected by the line after it.
    fn nothing_is_left_unsaid(&self) -> Result<(), String> {
        match &self.last.refused {
            Some(refused) if !self.last.refusal_was_told => Err(format!("refused as {}", refused.code)),
            _ => Ok(()),
        }
    }

    fn billing_again_does_nothing(&mut self) -> Result<(), String> {
        let Some(at) = self.last.at else { return Ok(()) };
        let accounts: Vec<String> = self.names.values().map(|customer| customer.account.clone()).collect();
        let mut views = Vec::new();
        for _ in 0..2 {
            self.world.timers(at).map_err(say)?;
            let seen: Result<Vec<Seen>, No> = accounts.iter().map(|account| self.world.see(at, account)).collect();
            views.push(seen.map_err(say)?);
        }
        if views[0] == views[1] { Ok(()) } else { Err("billing again did something".to_owned()) }
    }

    fn does(&mut self, at: Timestamp, deed: &Deed, key: &str) -> Result<(), Stop> {
        let call = match deed {
            Deed::Given { .. } => return self.given(at, deed, key),
            Deed::Publish(catalogue) => {
                self.publish_first(at)?;
                return Ok(self.world.publish(at, catalogue)?);
            }
            Deed::Again => {
                let (call, key) = self.call.clone().ok_or_else(|| "nothing to do again".to_owned())?;
                let submitted = self.last.submitted.clone();
                self.call(at, &call, &key)?;
                if submitted != self.last.submitted {
                    return Err(Stop::Broken("the second answer is another".to_owned()));
                }
                return Ok(());
            }
            deed => self.resolve(at, deed)?,
        };
        self.call = Some((call.clone(), key.to_owned()));
        self.call(at, &call, key)
    }

    /// Finds what a deed is about.
    fn resolve(&mut self, at: Timestamp, deed: &Deed) -> Result<Call, Stop> {
        if let Deed::Later = deed {
            return Ok(Call::Later);
        }
        let seen = self.see(at)?;
        let subscription = self.subscription(&seen)?.clone();
        Ok(match deed {
            Deed::Quote { to, asker, when, on, .. } => {
                Call::Quote(Wished { to: basket(&subscription, to), asker: *asker, when: *when, on: *on })
            }
            Deed::Submit { earlier, pays_by } => {
                let quoted = if *earlier { &self.last.earlier } else { &self.last.quoted };
                let quoted = quoted.clone().ok_or_else(|| "there is no quote to submit".to_owned())?;
                Call::Submit(Box::new(quoted), *pays_by)
            }
            Deed::Paid { amount, invoice } => {
                let invoice = match invoice {
                    Which::Newest => seen.invoices.last(),
                    Which::OldestOpen => seen.invoices.iter().find(|invoice| invoice.state == "open"),
                    Which::NoInvoice => None,
                };
                let rest = invoice.map(|invoice| if invoice.open.is_zero() { invoice.total } else { invoice.open });
                let amount = amount.or(rest).ok_or_else(|| "how much was paid?".to_owned())?;
                Call::Transfer(invoice.map(|invoice| invoice.id.clone()), amount)
            }
            Deed::Gateway(outcome) => {
                let payment = seen.payments.last().ok_or_else(|| "no payment was begun".to_owned())?;
                Call::Gateway(payment.id.clone(), outcome.clone())
            }
            Deed::Pay(card) => {
                let open = seen.invoices.iter().rev().find(|invoice| invoice.state == "open");
                Call::Pay(open.or(seen.invoices.last()).ok_or_else(|| "no invoice".to_owned())?.id.clone(), *card)
            }
            Deed::Uses(amount) => Call::Uses(*amount),
            Deed::Reports(meter, units) => Call::Reports(meter.clone(), *units),
            Deed::Cancel(when, asker) => Call::Cancel(*when, *asker),
            Deed::Uncancel => Call::Uncancel,
            Deed::Withdraw => {
                let change = subscription.change.ok_or_else(|| "there is no change to withdraw".to_owned())?;
                Call::Withdraw(change.id)
            }
            Deed::Grant(amount) => Call::Grant(*amount),
            Deed::PayOut(amount, fee) => {
                let account = self.customer()?.account.clone();
                let shown = || self.world.payout_fee(at, &account, *amount);
                Call::PayOut(PayingOut::Asked(*amount, fee.map_or_else(shown, Ok)?))
            }
            Deed::Sent => Call::PayOut(PayingOut::Sent),
            Deed::Returned => Call::PayOut(PayingOut::Returned),
            Deed::Module(report) => Call::Report(subscription.service.id, report.clone()),
            Deed::Assign { to, recalculated } => {
                let plan = to.plan.clone().unwrap_or_else(|| subscription.plan.clone());
                let options = to.options.clone();
                Call::Assign(Basket { plan, cycle: subscription.cycle, options }, *recalculated)
            }
            Deed::Package => Call::Package(subscription.service.id),
            Deed::Retry => Call::Retry(subscription.service.id),
            Deed::Given { .. } | Deed::Publish(_) | Deed::Again | Deed::Later => unreachable!("done by the caller"),
        })
    }

    fn call(&mut self, at: Timestamp, call: &Call, key: &str) -> Result<(), Stop> {
        if let Call::Later = call {
            return Ok(self.world.timers(at)?);
        }
        let customer = self.customer()?;
        let (account, sub) = (customer.account.clone(), customer.subscription.clone());
        match call {
            Call::Quote(wish) => {
                let quoted = self.world.quote(at, &account, &sub, wish)?;
                self.last.direction = Some(quoted.direction.clone());
                self.last.quote(quoted);
            }
            Call::Submit(quoted, pays_by) => {
                let submitted = self.world.submit(at, &account, &quoted.ticket, *pays_by, key)?;
                charged_is_quoted(quoted, &submitted)?;
                self.last.direction = Some(submitted.direction.clone());
                self.last.submitted = Some(submitted);
            }
            Call::Transfer(invoice, amount) => {
                self.world.transfer(at, &account, invoice.as_deref(), *amount, key)?;
            }
            Call::Gateway(attempt, outcome) => self.world.gateway(at, &account, attempt, outcome, key)?,
            Call::Pay(invoice, card) => {
                self.world.pay(at, &account, invoice, *card, key)?;
            }
            Call::Uses(amount) => self.world.use_credits(at, &account, &sub, *amount, key)?,
            Call::Reports(meter, units) => self.world.report_usage(at, &account, &sub, (meter, *units), key)?,
            Call::Cancel(when, asker) => {
                let quoted = self.world.cancel(at, &account, &sub, (*when, *asker), key)?;
                self.last.quote(quoted);
            }
            Call::Uncancel => self.world.uncancel(at, &account, &sub, key)?,
            Call::Withdraw(change) => self.world.withdraw(at, &account, change, key)?,
            Call::Grant(amount) => self.world.grant(at, &account, *amount, key)?,
            Call::PayOut(step) => self.world.pay_out(at, &account, step, key)?,
            Call::Report(service, report) => self.world.report(at, &account, service, report)?,
            Call::Assign(to, recalculate) => self.world.assign(at, &account, &sub, to, *recalculate, key)?,
            Call::Package(service) => self.world.change_package(at, &account, service, key)?,
            Call::Retry(service) => self.world.retry(at, &account, service, key)?,
            Call::Later => {}
        }
        Ok(())
    }

    fn given(&mut self, at: Timestamp, deed: &Deed, key: &str) -> Result<(), Stop> {
        let Deed::Given { name, basket, starts, pays_by, unpaid } = deed else { return Ok(()) };
        self.publish_first(at)?;
        let account = match self.names.get(name) {
            Some(customer) => customer.account.clone(),
            None => self.world.open(at, name, &self.story.zone, self.story.currency)?,
        };
        let opened = self.world.start(at, &account, basket, *starts, *pays_by)?;
        let customer = Customer { account: account.clone(), subscription: opened.subscription.clone() };
        self.names.insert(name.clone(), customer);
        if !unpaid && let Some(invoice) = &opened.invoice {
            let seen = self.world.see(at, &account)?;
            let open = seen.invoices.iter().find(|seen| seen.id == *invoice).map(|invoice| invoice.open);
            let open = open.unwrap_or(Money::zero(self.story.currency));
            match (pays_by, seen.payments.last()) {
                (PaymentChoice::Card(_), Some(payment)) => {
                    self.world.gateway(at, &account, &payment.id, &Outcome::Captured(None), key)?;
                }
                _ if open.is_positive() => self.world.transfer(at, &account, Some(invoice), open, key)?,
                _ => {}
            }
        }
        Ok(self.modules_are_done(at)?)
    }

    fn publish_first(&mut self, at: Timestamp) -> Result<(), No> {
        if self.last.published {
            return Ok(());
        }
        self.last.published = true;
        self.world.publish(at, &self.story.catalogue)
    }

    fn modules_are_done(&mut self, at: Timestamp) -> Result<(), String> {
        let Some(seen) = self.see_if_any(at)? else { return Ok(()) };
        let Ok(customer) = self.customer() else { return Ok(()) };
        let account = customer.account.clone();
        for subscription in seen.subscriptions {
            let service = subscription.service;
            if service.observed_generation != service.generation && service.state != "failed" {
                self.world.report(at, &account, &service.id, &Report::Done).map_err(say)?;
            }
        }
        Ok(())
    }

    fn customer(&mut self) -> Result<&mut Customer, String> {
        let customer = self.focus.as_ref().and_then(|name| self.names.get_mut(name));
        customer.ok_or_else(|| "no such customer is given".to_owned())
    }

    fn see(&mut self, at: Timestamp) -> Result<Seen, String> {
        let account = self.customer()?.account.clone();
        self.world.see(at, &account).map_err(say)
    }

    fn see_if_any(&mut self, at: Timestamp) -> Result<Option<Seen>, String> {
        if self.customer().is_ok() { self.see(at).map(Some) } else { Ok(None) }
    }

    fn subscription<'s>(&mut self, seen: &'s Seen) -> Result<&'s SeenSubscription, String> {
        let id = self.customer()?.subscription.clone();
        let mut subscriptions = seen.subscriptions.iter();
        subscriptions.find(|subscription| subscription.id == id).ok_or_else(|| format!("{id} cannot be seen"))
    }
}

/// N1: what is charged is what was shown, whatever else the story says.
fn charged_is_quoted(quoted: &Quoted, submitted: &Submitted) -> Result<(), String> {
    if (submitted.due, submitted.to_balance) == (quoted.due, quoted.to_balance) {
        return Ok(());
    }
    Err(format!("quoted were {} due, {} to the balance; submitted {submitted:?}", quoted.due, quoted.to_balance))
}

fn say(no: No) -> String {
    match no {
        No::Refused(refused) => format!("refused as {}", refused.code),
        No::Broken(what) => what,
    }
}

/// The basket that a change goes to: what is not said stays.
fn basket(subscription: &SeenSubscription, to: &Target) -> Basket {
    let mut options = subscription.options.clone();
    options.extend(to.options.clone());
    options.retain(|_, quantity| *quantity > 0);
    Basket {
        plan: to.plan.clone().unwrap_or_else(|| subscription.plan.clone()),
        cycle: to.cycle.unwrap_or(subscription.cycle),
        options,
    }
}
