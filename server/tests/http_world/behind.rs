//! What no client can do or see, done in the program itself: an API key is made on the command line, a gateway and a
//! module answer the pump, time alone brings things about. And what no address shows:
//! mails, the ledger, and the coverage of the past.

use std::collections::BTreeMap;

use billing::account::Subscription;
use billing::command::{Actor, Answer, Command, PaymentOutcome};
use billing::decide::{LogEntry, LogRecord};
use billing::effect::Wish;
use billing::id::AccountId;
use billing::money::Money;
use billing::scenario::{No, Outcome, Report, seen_ledger, seen_refusal};
use billing::service::ModuleReport;
use engine::{Ask, Engine, EngineError};
use jiff::Timestamp;
use midcycle::api::auth::create_key;
use store::Books;

use super::reading::broken;

/// What is behind the server.
pub struct Behind<'a> {
    pub engine: &'a Engine,
    pub now: Timestamp,
}

impl Behind<'_> {
    /// An API key that may write, bound to a customer where one is named.
    pub fn key(&self, name: &str, account: Option<&str>) -> Result<String, No> {
        let account = account.map(AccountId::parse).transpose().map_err(broken)?;
        create_key(self.engine.store(), name, true, account, self.now).map_err(broken)
    }

    /// Everything of an account, as it is stored.
    pub fn books(&self, account: &str) -> Result<Books, No> {
        let account = AccountId::parse(account).map_err(broken)?;
        let books = self.engine.store().books(account).map_err(broken)?;
        books.ok_or_else(|| No::Broken(format!("there is no account {account}")))
    }

    /// The gateway's answer, as the pump passes it on.
    pub fn gateway(&self, account: &str, attempt: &str, outcome: &Outcome, event: &str) -> Result<(), No> {
        let books = self.books(account)?;
        let known = books.account.attempts.iter().find(|known| known.id.to_string() == attempt);
        let known = known.ok_or_else(|| No::Broken(format!("there is no attempt {attempt}")))?;
        let outcome = match outcome {
            Outcome::Captured(amount) => PaymentOutcome::Captured { amount: amount.unwrap_or(known.amount) },
            Outcome::Declined => PaymentOutcome::Failed { reason: "the card was declined".to_owned() },
            Outcome::Silent => PaymentOutcome::Unknown,
        };
        let command = Command::SettlePayment { attempt: known.id, outcome, event: Some(event.to_owned()) };
        self.run(account, Actor::System, None, command).map(drop)
    }

    /// The module's answer on the present generation, as the pump passes it on.
    pub fn report(&self, account: &str, service: &str, report: &Report) -> Result<(), No> {
        let books = self.books(account)?;
        let known = &subscription(&books, service)?.service;
        let report = match report {
            Report::Working => ModuleReport::Working,
            Report::Done => ModuleReport::Done { observed: known.desired.clone(), access: known.access },
            Report::Failed => ModuleReport::Failed { reason: "the host is full".to_owned() },
        };
        let command = Command::ReportProvision { service: known.id, generation: known.generation, report };
        self.run(account, Actor::System, None, command).map(drop)
    }

    /// Everything that is due, until nothing moves: as the pump does it.
    pub fn timers(&self) -> Result<(), No> {
        loop {
            let mut moved = false;
            for due in self.engine.store().due(self.now, 100).map_err(broken)? {
                match self.run(&due.account.to_string(), Actor::System, None, due.command) {
                    Ok(answer) => moved |= answer != Answer::Nothing,
                    // A lapse may have to wait for a payment on its way, and a renewal for the lapse.
                    Err(No::Refused(_)) => {}
                    Err(broken) => return Err(broken),
                }
            }
            if !moved {
                return Ok(());
            }
        }
    }

    /// What was booked on each ledger account.
    pub fn ledger(books: &Books) -> Result<BTreeMap<String, Money>, No> {
        let postings: Vec<_> = records(books)?.into_iter().flat_map(|record| record.postings).collect();
        Ok(seen_ledger(postings.iter()))
    }

    /// The templates of all mails, oldest first.
    pub fn mails(books: &Books) -> Result<Vec<String>, No> {
        let mails =
            records(books)?.into_iter().flat_map(|record| record.effects).filter_map(|effect| match effect.wish {
                Wish::Mail(mail) => Some(mail.template.name().to_owned()),
                _ => None,
            });
        Ok(mails.collect())
    }

    fn run(&self, account: &str, actor: Actor, key: Option<&str>, command: Command) -> Result<Answer, No> {
        let account = AccountId::parse(account).map_err(broken)?;
        let ask = Ask { account, actor, key: key.map(str::to_owned), command };
        match self.engine.run(&ask, self.now) {
            Ok(ran) => Ok(ran.answer),
            Err(EngineError::Refused(refusal)) => {
                Err(No::Refused(Box::new(seen_refusal(&refusal, |quote| self.engine.sign(quote)))))
            }
            Err(error) => Err(broken(error)),
        }
    }
}

fn records(books: &Books) -> Result<Vec<LogRecord>, No> {
    let record = |entry: &LogEntry| serde_json::from_str::<LogRecord>(&entry.body).map_err(broken);
    books.log.iter().map(|(entry, _)| record(entry)).collect()
}

/// The subscription of a service.
pub fn subscription<'a>(books: &'a Books, service: &str) -> Result<&'a Subscription, No> {
    let mut all = books.account.subscriptions.iter();
    let found = all.find(|subscription| subscription.service.id.to_string() == service);
    found.ok_or_else(|| No::Broken(format!("there is no service {service}")))
}
