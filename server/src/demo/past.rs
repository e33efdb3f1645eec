//! Plays the past: every deed of the cast, and what time brought about, in one order of time over all customers, so that
//! documents are numbered as they would have been. Each deed is one command of the engine at the moment it happened.

use std::collections::{BTreeMap, BTreeSet};

use billing::account::Account;
use billing::calendar::Zone;
use billing::cancellation::CancellationRequest;
use billing::catalogue::Basket;
use billing::command::{Actor, Answer, Asker, Command, PaymentChoice, PaymentOutcome};
use billing::effect::TestCard;
use billing::id::{AccountId, AttemptId, ChangeId, DocumentId, ServiceId, SubscriptionId};
use billing::money::{Currency, Money};
use billing::policy;
use billing::quote::PlanChangeRequest;
use billing::service::{ModuleReport, Progress};
use engine::{Ask, CancellationSubmission, Engine, EngineError, Ran, Submission, new_account_id};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use store::SandboxCharge;

use super::DemoError;
use super::cast::{Person, Target, What, When};

/// What a failed resize of the demo says.
const FAILURE: &str = "the host has no room for 16384 MB of memory";

/// Plays everything up to `now`; answers the accounts in the order of the cast.
pub(super) fn play(
    engine: &Engine,
    storefront: &str,
    people: &[Person],
    now: Timestamp,
) -> Result<Vec<AccountId>, DemoError> {
    let mut past =
        Past { engine, storefront, now, customers: Vec::new(), events: BTreeMap::new(), known: BTreeSet::new() };
    for person in people {
        past.cast(person);
    }
    while let Some(((at, _), event)) = past.events.pop_first() {
        let who = past.customers[event.customer].person.name.to_owned();
        past.perform(at, event).map_err(|error| DemoError::Past { who, error })?;
    }
    Ok(past.customers.iter().map(|customer| customer.account).collect())
}

struct Past<'a> {
    engine: &'a Engine,
    storefront: &'a str,
    now: Timestamp,
    customers: Vec<Customer<'a>>,
    /// What is still to happen, in order of time and, within a moment, of being planned.
    events: BTreeMap<(Timestamp, usize), Event>,
    /// What time brings about is planned once: renewals, lapses, payments by hand.
    known: BTreeSet<String>,
}

struct Customer<'a> {
    person: &'a Person,
    account: AccountId,
    zone: Zone,
    currency: Currency,
    services: BTreeMap<&'static str, SubscriptionId>,
    /// The newest change of each service, with its invoice.
    changes: BTreeMap<&'static str, (ChangeId, Option<DocumentId>, Money)>,
}

struct Event {
    customer: usize,
    act: Act,
}

enum Act {
    Open,
    Deed(What),
    PeriodOver(SubscriptionId, i64),
    Lapse(ChangeId),
    Retry(DocumentId, usize),
    Restrict(DocumentId),
    PayByCard(DocumentId),
    PayByTransfer(DocumentId, Money),
}

impl<'a> Past<'a> {
    fn cast(&mut self, person: &'a Person) {
        let place = self.customers.len();
        let zone = Zone::parse(person.zone).expect("a zone of the cast");
        let today = zone.date(self.now);
        let mut earliest = None;
        for (nth, deed) in person.deeds.iter().enumerate() {
            let day = match deed.when {
                When::Ago(days) => plus_days(today, -days),
                When::LastDay(months) => last_day_since(today, months),
                When::Spring(month, day) => last_spring(today, month, day),
                When::On(day) => day,
            };
            // Office hours, and no two alike; never later than some minutes ago.
            let minute = 8 * 60 + (place * 97 + nth * 211) % 600;
            let at = moment(&zone, day, minute).min(minutes_before(self.now, 12 + place % 30));
            earliest = Some(earliest.map_or(at, |earliest: Timestamp| earliest.min(at)));
            self.plan(at, Event { customer: place, act: Act::Deed(deed.what.clone()) });
        }
        let opened = minutes_before(earliest.unwrap_or(self.now), 9);
        self.plan(opened, Event { customer: place, act: Act::Open });
        self.customers.push(Customer {
            person,
            account: new_account_id(opened),
            zone,
            currency: Currency::parse(person.currency).expect("a currency of the cast"),
            services: BTreeMap::new(),
            changes: BTreeMap::new(),
        });
    }

    fn plan(&mut self, at: Timestamp, event: Event) {
        // The count of what was ever planned grows with every plan, so it orders what happens at one moment.
        let mut order = self.events.len();
        while self.events.contains_key(&(at, order)) {
            order += 1;
        }
        self.events.insert((at, order), event);
    }

    fn plan_once(&mut self, name: String, at: Timestamp, event: Event) {
        if at <= self.now && self.known.insert(name) {
            self.plan(at, event);
        }
    }

    fn perform(&mut self, at: Timestamp, event: Event) -> Result<(), EngineError> {
        let place = event.customer;
        match event.act {
            Act::Open => self.open(place, at)?,
            Act::Deed(deed) => self.deed(place, deed, at)?,
            Act::PeriodOver(subscription, ordinal) => self.period_over(place, subscription, ordinal, at)?,
            Act::Lapse(change) => self.unless_closed(place, Command::LapsePlanChange { change }, at)?,
            Act::Retry(invoice, number) => {
                self.unless_closed(place, Command::RetryPayment { invoice, number }, at)?;
            }
            Act::Restrict(invoice) => self.unless_closed(place, Command::RestrictAccess { invoice }, at)?,
            Act::PayByCard(invoice) => {
                self.unless_closed(place, Command::PayInvoice { invoice, card: TestCard::Pays }, at)?;
            }
            Act::PayByTransfer(invoice, amount) => self.transfer(place, invoice, amount, at)?,
        }
        self.follow(place, at)
    }

    fn run(&self, place: usize, actor: Actor, command: Command, at: Timestamp) -> Result<Ran, EngineError> {
        let account = self.customers[place].account;
        self.engine.run(&Ask { account, actor, key: None, command }, at)
    }

    fn system(&self, place: usize, command: Command, at: Timestamp) -> Result<(), EngineError> {
        self.run(place, Actor::System, command, at).map(|_| ())
    }

    /// A period is over: the next one is invoiced, or what was cancelled with it ends.
    fn period_over(&self, place: usize, id: SubscriptionId, ordinal: i64, at: Timestamp) -> Result<(), EngineError> {
        let account = self.engine.account(self.customers[place].account, at)?;
        let present = account.as_ref().and_then(|account| account.subscription(id)).filter(|one| !one.has_ended());
        let Some(present) = present else { return Ok(()) };
        let command = match present.scheduled_end() {
            Some(_) => Command::EndSubscription { subscription: id },
            None => Command::RenewSubscription { subscription: id, ordinal },
        };
        self.system(place, command, at)
    }

    /// Asks for something that may have been overtaken: paid, withdrawn or lapsed meanwhile.
    fn unless_closed(&self, place: usize, command: Command, at: Timestamp) -> Result<(), EngineError> {
        match self.system(place, command, at) {
            Err(EngineError::Refused(_)) => Ok(()),
            other => other,
        }
    }

    fn open(&self, place: usize, at: Timestamp) -> Result<(), EngineError> {
        let customer = &self.customers[place];
        let command = Command::OpenAccount {
            storefront: self.storefront.to_owned(),
            name: customer.person.name.to_owned(),
            email: customer.person.email.to_owned(),
            zone: customer.zone.clone(),
            currency: customer.currency,
        };
        self.run(place, self.customer(place), command, at).map(|_| ())
    }

    fn customer(&self, place: usize) -> Actor {
        Actor::Customer(self.customers[place].person.email.to_owned())
    }

    fn deed(&mut self, place: usize, deed: What, at: Timestamp) -> Result<(), EngineError> {
        match deed {
            What::Start { product, label, plan, cycle, options, pays } => {
                let basket = with_options(Basket { plan: plan.into(), cycle, options: Default::default() }, &options);
                let (product, label_text) = (product.to_owned(), label.to_owned());
                let command =
                    Command::StartSubscription { product, basket, label: label_text, starts: None, pays_by: pays };
                let ran = self.run(place, self.customer(place), command, at)?;
                if let Answer::SubscriptionStarted { subscription, .. } = ran.answer {
                    self.customers[place].services.insert(label, subscription);
                }
                Ok(())
            }
            What::Change { label, to, pays, by } => self.change(place, label, to, pays, by, at),
            What::Cancel { label, ends } => self.cancel(place, label, ends, at),
            What::Withdraw { label } => {
                let Some((change, ..)) = self.customers[place].changes.get(label).copied() else { return Ok(()) };
                self.run(place, self.customer(place), Command::WithdrawPlanChange { change }, at).map(|_| ())
            }
            What::Transfer { label } => {
                let Some((_, Some(invoice), amount)) = self.customers[place].changes.get(label).copied() else {
                    return Ok(());
                };
                self.transfer(place, invoice, amount, at)
            }
            What::Report { label, meter, units } => {
                let Some(subscription) = self.customers[place].services.get(label).copied() else { return Ok(()) };
                let command = Command::ReportUsage { subscription, meter: meter.into(), units };
                self.run(place, Actor::Key("text gateway".to_owned()), command, at).map(|_| ())
            }
            What::PayOut { amount, to } => {
                let amount = Money::parse(amount, self.customers[place].currency).expect("an amount of the cast");
                let (to, asked_by) = (to.to_owned(), Asker::Customer);
                let command = Command::RequestPayout { amount, fee: None, to, asked_by };
                self.run(place, self.customer(place), command, at).map(|_| ())
            }
            What::Goodwill { amount, reason } => {
                let amount = Money::parse(amount, self.customers[place].currency).expect("an amount of the cast");
                let command = Command::GrantGoodwill { amount, reason: reason.to_owned() };
                self.run(place, staff(), command, at).map(|_| ())
            }
        }
    }

    fn change(
        &mut self,
        place: usize,
        label: &'static str,
        to: Target,
        pays_by: PaymentChoice,
        asked_by: Asker,
        at: Timestamp,
    ) -> Result<(), EngineError> {
        let customer = &self.customers[place];
        let account = customer.account;
        let Some(subscription) = customer.services.get(label).copied() else { return Ok(()) };
        let Some(present) = self.engine.account(account, at)?.and_then(|a| a.subscription(subscription).cloned())
        else {
            return Ok(());
        };
        let mut basket = present.basket();
        if let Some(plan) = to.plan {
            basket.plan = plan.into();
        }
        basket.cycle = to.cycle.unwrap_or(basket.cycle);
        let basket = with_options(basket, &to.options);
        let request = PlanChangeRequest { subscription, basket, asked_by, when: None, on: None };
        let token = self.engine.quote(account, &request, at)?.token;
        let actor = if asked_by == Asker::Staff { staff() } else { self.customer(place) };
        let ran = self.engine.submit(&Submission { account, actor, token, pays_by, key: None }, at)?;
        if let Answer::ChangeSubmitted { change, document, due, .. } = ran.answer {
            self.customers[place].changes.insert(label, (change, document, due));
        }
        Ok(())
    }

    fn cancel(&self, place: usize, label: &str, when: policy::When, at: Timestamp) -> Result<(), EngineError> {
        let customer = &self.customers[place];
        let Some(subscription) = customer.services.get(label).copied() else { return Ok(()) };
        let request = CancellationRequest { subscription, when, asked_by: Asker::Customer };
        let token = self.engine.quote_cancellation(customer.account, &request, at)?.token;
        let (account, actor) = (customer.account, self.customer(place));
        let submission = CancellationSubmission { account, actor, token, reason: None, key: None };
        self.engine.cancel(&submission, at).map(|_| ())
    }

    fn transfer(&self, place: usize, invoice: DocumentId, amount: Money, at: Timestamp) -> Result<(), EngineError> {
        if !amount.is_positive() {
            return Ok(());
        }
        let reference = format!("SCT {} {:06}", self.customers[place].zone.date(at), at.as_second() % 1_000_000);
        let command = Command::ReceiveTransfer { invoice: Some(invoice), amount, reference };
        self.run(place, staff(), command, at).map(|_| ())
    }

    /// What follows from a deed by itself: gateway and module answer some seconds later, and what is due is planned.
    fn follow(&mut self, place: usize, at: Timestamp) -> Result<(), EngineError> {
        let id = self.customers[place].account;
        let Some(account) = self.engine.account(id, at)? else { return Ok(()) };
        let attempts = account.attempts.iter().filter(|attempt| attempt.state.is_running());
        let attempts: Vec<_> = attempts.map(|attempt| (attempt.id, attempt.amount, attempt.card)).collect();
        for (attempt, amount, card) in &attempts {
            self.settle(place, *attempt, *amount, *card, seconds_after(at, 4))?;
        }
        let account = if attempts.is_empty() { account } else { self.engine.account(id, at)?.unwrap_or(account) };
        for subscription in &account.subscriptions {
            if subscription.service.progress == Progress::Wanted {
                self.provision(place, &account, subscription.service.id, seconds_after(at, 46))?;
            }
        }
        self.plan_what_time_brings(place, &account, at);
        Ok(())
    }

    /// The gateway's answer, booked on its side as well, as the pump would have had it.
    fn settle(
        &self,
        place: usize,
        attempt: AttemptId,
        amount: Money,
        card: TestCard,
        at: Timestamp,
    ) -> Result<(), EngineError> {
        let captured = card != TestCard::Declines;
        self.engine.store().sandbox_charge(&SandboxCharge { key: attempt.to_string(), amount, card, captured, at })?;
        let (outcome, event) = if captured {
            (PaymentOutcome::Captured { amount }, format!("captured:{attempt}"))
        } else {
            (PaymentOutcome::Failed { reason: "the card was declined".to_owned() }, format!("declined:{attempt}"))
        };
        self.system(place, Command::SettlePayment { attempt, outcome, event: Some(event) }, at)
    }

    fn provision(&self, place: usize, account: &Account, id: ServiceId, at: Timestamp) -> Result<(), EngineError> {
        let mut services = account.subscriptions.iter().map(|subscription| &subscription.service);
        let Some(service) = services.find(|service| service.id == id) else { return Ok(()) };
        let fails = service.generation > 1 && self.customers[place].person.fails == Some(service.label.as_str());
        let report = if fails {
            ModuleReport::Failed { reason: FAILURE.to_owned() }
        } else {
            ModuleReport::Done { observed: service.desired.clone(), access: service.access }
        };
        let command = Command::ReportProvision { service: id, generation: service.generation, report };
        self.system(place, command, at)
    }

    fn plan_what_time_brings(&mut self, place: usize, account: &Account, at: Timestamp) {
        let event = |act| Event { customer: place, act };
        for subscription in &account.subscriptions {
            let (id, next) = (subscription.id, subscription.period_ordinal() + 1);
            self.plan_once(format!("{id} {next}"), subscription.period.until, event(Act::PeriodOver(id, next)));
            if let Some(change) = &subscription.change
                && let billing::account::ChangeState::AwaitsPayment { lapses_at } = change.state
            {
                self.plan_once(change.id.to_string(), lapses_at, event(Act::Lapse(change.id)));
            }
        }
        for (invoice, dunning) in account.invoices.iter().filter_map(|one| Some((one.id, one.in_dunning()?))) {
            let number = dunning.retried + 1;
            if let Some(due) = dunning.retry_at {
                self.plan_once(format!("{invoice} {number}"), due, event(Act::Retry(invoice, number)));
            }
            // The last try comes first.
            if let Some(over) = dunning.grace_until.filter(|_| !dunning.grace_over) {
                self.plan_once(format!("{invoice} over"), seconds_after(over, 60), event(Act::Restrict(invoice)));
            }
        }
        // Invoices of periods are paid by hand after some days; those of changes only where the cast says so.
        let until = plus_days_at(self.now, -self.customers[place].person.unpaid_days);
        for invoice in account.invoices.iter().filter(|invoice| invoice.change.is_none()) {
            let subscription = account.subscription(invoice.subscription);
            let by_transfer = subscription.is_some_and(|s| s.pays_by == PaymentChoice::BankTransfer);
            let (days, act) = if by_transfer {
                (4, Act::PayByTransfer(invoice.id, invoice.open_amount()))
            } else {
                (1, Act::PayByCard(invoice.id))
            };
            let pays_at = seconds_after(plus_days_at(at, days), 3 * 3600 + 1234);
            if pays_at <= until {
                self.plan_once(invoice.id.to_string(), pays_at, event(act));
            }
        }
    }
}

/// The basket with these quantities; what is not named stays, what is 0 goes.
fn with_options(mut basket: Basket, options: &[(&str, u32)]) -> Basket {
    basket.options.extend(options.iter().map(|(code, quantity)| ((*code).into(), *quantity)));
    basket.options.retain(|_, quantity| *quantity > 0);
    basket
}

fn staff() -> Actor {
    Actor::Staff(super::STAFF.to_owned())
}

fn moment(zone: &Zone, day: Date, minute: usize) -> Timestamp {
    let minutes = i64::try_from(minute).unwrap_or(0);
    seconds_after(zone.midnight(day), 60 * minutes)
}

fn seconds_after(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).expect("an instant of our days")
}

fn minutes_before(at: Timestamp, minutes: usize) -> Timestamp {
    seconds_after(at, -60 * i64::try_from(minutes).unwrap_or(0))
}

fn plus_days_at(at: Timestamp, days: i64) -> Timestamp {
    seconds_after(at, 86_400 * days)
}

fn plus_days(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).expect("a day of our days")
}

/// This day of the last spring that is over: a season is over some weeks after its examples end.
fn last_spring(today: Date, month: i8, day: i8) -> Date {
    let is_over = (today.month(), today.day()) >= (5, 20);
    let year = if is_over { today.year() } else { today.year() - 1 };
    Date::new(year, month, day).expect("a day of every year")
}

/// The first day, going back month by month from `months` ago, of which tomorrow is a monthly anniversary.
fn last_day_since(today: Date, months: i64) -> Date {
    let tomorrow = plus_days(today, 1);
    let back = |months: i64| tomorrow.checked_sub(Span::new().months(months)).expect("a day of our days");
    // A short month has no such day; one of the two months around it has.
    let fitting = (months..months + 3).map(back).find(|day| day.day() == tomorrow.day());
    fitting.unwrap_or_else(|| back(months))
}
