//! The world of the engine on a real database: stories are told to it through `Engine` alone, and what can be seen is
//! read back from the tables. After each story the books must be proven.

use std::fmt::Display;

use billing::account::Subscription;
use billing::calendar::Zone;
use billing::cancellation::CancellationRequest;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Answer, Asker, Command, PaymentChoice, PaymentOutcome};
use billing::decide::{LogEntry, LogRecord};
use billing::effect::{TestCard, Wish};
use billing::id::AccountId;
use billing::money::{Currency, Money};
use billing::policy::When;
use billing::quote::PlanChangeRequest;
use billing::scenario::{
    No, Opened, Outcome, PayingOut, Quoted, Report, Seen, SeenDocument, SeenSubscription, Submitted, Wished, World,
    seen_cancellation, seen_invoice, seen_ledger, seen_payment, seen_quote, seen_refusal, seen_subscription,
};
use billing::service::ModuleReport;
use engine::{Ask, CancellationSubmission, Engine, EngineError, QuoteKey, Submission, new_account_id};
use jiff::Timestamp;
use jiff::civil::DateTime;
use store::{Books, Store};

/// The engine on a database as a world.
pub struct EngineWorld {
    pub engine: Engine,
    storefront: String,
}

impl EngineWorld {
    /// A world on a migrated store.
    pub fn on(store: Store) -> Self {
        Self { engine: Engine::new(store, QuoteKey::new([7; 32])), storefront: String::new() }
    }

    fn run(
        &self,
        at: Timestamp,
        account: &str,
        actor: Actor,
        key: Option<&str>,
        command: Command,
    ) -> Result<Answer, No> {
        let account = AccountId::parse(account).map_err(broken)?;
        let ask = Ask { account, actor, key: key.map(str::to_owned), command };
        Ok(self.engine.run(&ask, at).map_err(|error| self.no(account, &error))?.answer)
    }

    fn books(&self, account: &str) -> Result<Books, No> {
        let account = AccountId::parse(account).map_err(broken)?;
        let books = self.engine.store().books(account).map_err(broken)?;
        books.ok_or_else(|| No::Broken(format!("there is no account {account}")))
    }

    fn no(&self, _account: AccountId, error: &EngineError) -> No {
        let EngineError::Refused(refusal) = error else { return No::Broken(error.to_string()) };
        No::Refused(Box::new(seen_refusal(refusal, |quote| self.engine.sign(quote))))
    }
}

impl World for EngineWorld {
    fn publish(&mut self, at: Timestamp, catalogue: &Catalogue) -> Result<(), No> {
        self.storefront.clone_from(&catalogue.storefront);
        self.engine.publish(catalogue, at).map(drop).map_err(broken)
    }

    fn open(&mut self, at: Timestamp, name: &str, zone: &Zone, currency: Currency) -> Result<String, No> {
        let account = new_account_id(at).to_string();
        let command = Command::OpenAccount {
            storefront: self.storefront.clone(),
            name: name.to_owned(),
            email: format!("{}@example.org", name.to_lowercase()),
            zone: zone.clone(),
            currency,
        };
        self.run(at, &account, Actor::System, None, command)?;
        Ok(account)
    }

    fn start(
        &mut self,
        at: Timestamp,
        account: &str,
        basket: &Basket,
        starts: DateTime,
        pays_by: PaymentChoice,
    ) -> Result<Opened, No> {
        let command = Command::StartSubscription {
            product: "server".to_owned(),
            basket: basket.clone(),
            label: "server".to_owned(),
            starts: Some(starts),
            pays_by,
        };
        match self.run(at, account, customer(account), None, command)? {
            Answer::SubscriptionStarted { subscription, invoice, .. } => Ok(Opened {
                subscription: subscription.to_string(),
                invoice: invoice.map(|invoice| invoice.to_string()),
            }),
            other => Err(strange(&other)),
        }
    }

    fn quote(&mut self, at: Timestamp, account: &str, sub: &str, wish: &Wished) -> Result<Quoted, No> {
        let subscription = sub.to_owned().try_into().map_err(broken)?;
        let account = AccountId::parse(account).map_err(broken)?;
        let Wished { to, asker, when, on } = wish.clone();
        let request = PlanChangeRequest { subscription, basket: to, asked_by: asker, when, on };
        let made = self.engine.quote(account, &request, at).map_err(|error| self.no(account, &error))?;
        Ok(seen_quote(&made.quote, made.token))
    }

    fn submit(
        &mut self,
        at: Timestamp,
        account: &str,
        ticket: &str,
        pays_by: PaymentChoice,
        key: &str,
    ) -> Result<Submitted, No> {
        let id = AccountId::parse(account).map_err(broken)?;
        let submission = Submission {
            account: id,
            actor: customer(account),
            token: ticket.to_owned(),
            pays_by,
            key: Some(key.to_owned()),
        };
        let ran = self.engine.submit(&submission, at).map_err(|error| self.no(id, &error))?;
        match ran.answer {
            Answer::ChangeSubmitted { change, direction, applied, document, due, to_balance, .. } => Ok(Submitted {
                change: change.to_string(),
                direction: direction.word().to_owned(),
                applied,
                document: document.map(|document| document.to_string()),
                due,
                to_balance,
            }),
            other => Err(strange(&other)),
        }
    }

    fn use_credits(&mut self, at: Timestamp, account: &str, sub: &str, amount: u32, key: &str) -> Result<(), No> {
        let command = Command::UseCredits { subscription: sub.to_owned().try_into().map_err(broken)?, amount };
        self.run(at, account, Actor::Key("meter".to_owned()), Some(key), command).map(drop)
    }

    fn report_usage(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        (meter, units): (&str, u32),
        key: &str,
    ) -> Result<(), No> {
        let subscription = sub.to_owned().try_into().map_err(broken)?;
        let command = Command::ReportUsage { subscription, meter: meter.into(), units };
        self.run(at, account, Actor::Key("meter".to_owned()), Some(key), command).map(drop)
    }

    fn withdraw(&mut self, at: Timestamp, account: &str, change: &str, key: &str) -> Result<(), No> {
        let command = Command::WithdrawPlanChange { change: change.to_owned().try_into().map_err(broken)? };
        self.run(at, account, customer(account), Some(key), command).map(drop)
    }

    fn cancel(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        (when, asked_by): (When, Asker),
        key: &str,
    ) -> Result<Quoted, No> {
        let id = AccountId::parse(account).map_err(broken)?;
        let request = CancellationRequest { subscription: sub.to_owned().try_into().map_err(broken)?, when, asked_by };
        let made = self.engine.quote_cancellation(id, &request, at).map_err(|error| self.no(id, &error))?;
        let submission = CancellationSubmission {
            account: id,
            actor: customer(account),
            token: made.token.clone(),
            reason: None,
            key: Some(key.to_owned()),
        };
        self.engine.cancel(&submission, at).map_err(|error| self.no(id, &error))?;
        Ok(seen_cancellation(&made.quote, made.token))
    }

    fn uncancel(&mut self, at: Timestamp, account: &str, sub: &str, key: &str) -> Result<(), No> {
        let command = Command::UncancelSubscription { subscription: sub.to_owned().try_into().map_err(broken)? };
        self.run(at, account, customer(account), Some(key), command).map(drop)
    }

    fn pay(&mut self, at: Timestamp, account: &str, invoice: &str, card: TestCard, key: &str) -> Result<(), No> {
        let command = Command::PayInvoice { invoice: invoice.to_owned().try_into().map_err(broken)?, card };
        self.run(at, account, customer(account), Some(key), command).map(drop)
    }

    fn gateway(
        &mut self,
        at: Timestamp,
        account: &str,
        attempt: &str,
        outcome: &Outcome,
        event: &str,
    ) -> Result<(), No> {
        let books = self.books(account)?;
        let known = books.account.attempts.iter().find(|known| known.id.to_string() == attempt);
        let known = known.ok_or_else(|| No::Broken(format!("there is no attempt {attempt}")))?;
        let outcome = match outcome {
            Outcome::Captured(amount) => PaymentOutcome::Captured { amount: amount.unwrap_or(known.amount) },
            Outcome::Declined => PaymentOutcome::Failed { reason: "the card was declined".to_owned() },
            Outcome::Silent => PaymentOutcome::Unknown,
        };
        let command = Command::SettlePayment { attempt: known.id, outcome, event: Some(event.to_owned()) };
        self.run(at, account, Actor::System, None, command).map(drop)
    }

    fn transfer(
        &mut self,
        at: Timestamp,
        account: &str,
        invoice: Option<&str>,
        amount: Money,
        reference: &str,
    ) -> Result<(), No> {
        let invoice = invoice.map(|invoice| invoice.to_owned().try_into()).transpose().map_err(broken)?;
        let command = Command::ReceiveTransfer { invoice, amount, reference: reference.to_owned() };
        self.run(at, account, staff(), None, command).map(drop)
    }

    fn grant(&mut self, at: Timestamp, account: &str, amount: Money, key: &str) -> Result<(), No> {
        let command = Command::GrantGoodwill { amount, reason: "goodwill".to_owned() };
        self.run(at, account, staff(), Some(key), command).map(drop)
    }

    fn payout_fee(&mut self, at: Timestamp, account: &str, amount: Money) -> Result<Money, No> {
        let id = AccountId::parse(account).map_err(broken)?;
        let no = |error| self.no(id, &error);
        let reading = self.engine.read(id, at).map_err(no)?.ok_or_else(|| No::Broken(format!("there is no {id}")))?;
        Ok(reading.offer_payout(amount, Asker::Customer).map_err(no)?.fee)
    }

    fn pay_out(&mut self, at: Timestamp, account: &str, step: &PayingOut, key: &str) -> Result<(), No> {
        let newest = || {
            let newest = self.books(account)?.payouts.into_iter().max_by_key(|payout| (payout.requested_at, payout.id));
            Ok(newest.ok_or_else(|| No::Broken("nothing was asked to be paid out".to_owned()))?.id)
        };
        let (actor, command) = match step {
            PayingOut::Asked(amount, fee) => {
                let (to, asked_by) = ("their bank".to_owned(), Asker::Customer);
                let command = Command::RequestPayout { amount: *amount, fee: Some(*fee), to, asked_by };
                (customer(account), command)
            }
            PayingOut::Sent => (staff(), Command::ConfirmPayout { payout: newest()?, reference: key.to_owned() }),
            PayingOut::Returned => {
                (staff(), Command::ReturnPayout { payout: newest()?, reason: "no such account".to_owned() })
            }
        };
        self.run(at, account, actor, Some(key), command).map(drop)
    }

    fn report(&mut self, at: Timestamp, account: &str, service: &str, report: &Report) -> Result<(), No> {
        let books = self.books(account)?;
        let mut services = books.account.subscriptions.iter().map(|subscription| &subscription.service);
        let known = services.find(|known| known.id.to_string() == service);
        let known = known.ok_or_else(|| No::Broken(format!("there is no service {service}")))?;
        let report = match report {
            Report::Working => ModuleReport::Working,
            Report::Done => ModuleReport::Done { observed: known.desired.clone(), access: known.access },
            Report::Failed => ModuleReport::Failed { reason: "the host is full".to_owned() },
        };
        let command = Command::ReportProvision { service: known.id, generation: known.generation, report };
        self.run(at, account, Actor::System, None, command).map(drop)
    }

    fn assign(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        to: &Basket,
        recalculate: bool,
        key: &str,
    ) -> Result<(), No> {
        let command = Command::AssignPlan {
            subscription: sub.to_owned().try_into().map_err(broken)?,
            plan: to.plan.clone(),
            options: to.options.clone(),
            recalculate,
            reason: "asked by phone".to_owned(),
        };
        self.run(at, account, staff(), Some(key), command).map(drop)
    }

    fn change_package(&mut self, at: Timestamp, account: &str, service: &str, key: &str) -> Result<(), No> {
        let command = Command::ChangePackage { service: service.to_owned().try_into().map_err(broken)? };
        self.run(at, account, staff(), Some(key), command).map(drop)
    }

    fn retry(&mut self, at: Timestamp, account: &str, service: &str, key: &str) -> Result<(), No> {
        let command = Command::RetryProvision { service: service.to_owned().try_into().map_err(broken)? };
        self.run(at, account, staff(), Some(key), command).map(drop)
    }

    fn timers(&mut self, at: Timestamp) -> Result<(), No> {
        loop {
            let mut moved = false;
            for due in self.engine.store().due(at, 100).map_err(broken)? {
                match self.run(at, &due.account.to_string(), Actor::System, None, due.command) {
                    Ok(answer) => moved |= answer != Answer::Nothing,
                    Err(No::Refused(_)) => {}
                    Err(broken) => return Err(broken),
                }
            }
            if !moved {
                return Ok(());
            }
        }
    }

    fn see(&mut self, _at: Timestamp, account: &str) -> Result<Seen, No> {
        let books = self.books(account)?;
        // Ids of one moment have no order among themselves; the log has.
        let record = |entry: &LogEntry| serde_json::from_str::<LogRecord>(&entry.body).map_err(broken);
        let records = books.log.iter().map(|(entry, _)| record(entry)).collect::<Result<Vec<_>, _>>()?;
        let effects = records.iter().flat_map(|record| &record.effects);
        let mails = effects.filter_map(|effect| match &effect.wish {
            Wish::Mail(mail) => Some(mail.template.name().to_owned()),
            _ => None,
        });
        Ok(Seen {
            balance: books.account.balance,
            reserved: books.account.reserved,
            subscriptions: books.account.subscriptions.iter().map(|one| seen(&books, one)).collect(),
            invoices: books.account.invoices.iter().map(seen_invoice).collect(),
            documents: records
                .iter()
                .flat_map(|record| &record.documents)
                .map(|document| SeenDocument { kind: document.kind.name().to_owned(), total: document.total })
                .collect(),
            payments: books.account.attempts.iter().map(seen_payment).collect(),
            mails: mails.collect(),
            ledger: seen_ledger(records.iter().flat_map(|record| &record.postings)),
        })
    }
}

fn seen(books: &Books, subscription: &Subscription) -> SeenSubscription {
    let mut changes: Vec<_> = books.changes.iter().collect();
    changes.sort_by_key(|change| (change.submitted_at, change.id));
    seen_subscription(&books.account, subscription, changes.into_iter(), subscription.coverage.iter())
}

fn customer(account: &str) -> Actor {
    Actor::Customer(account.to_owned())
}

fn staff() -> Actor {
    Actor::Staff("staff".to_owned())
}

fn strange(answer: &Answer) -> No {
    No::Broken(format!("a strange answer: {answer:?}"))
}

fn broken(error: impl Display) -> No {
    No::Broken(error.to_string())
}
