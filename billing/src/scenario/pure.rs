//! The world of the pure core: accounts in memory, one decision after another, each held against the laws. What a store
//! adds is here in its smallest form: idempotency keys, gateway events that are applied once, and the records that a
//! decision leaves behind when they close.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

use super::seen::{
    seen_cancellation, seen_invoice, seen_ledger, seen_payment, seen_quote, seen_refusal, seen_subscription,
};
use super::world::{
    No, Opened, Outcome, PayingOut, Quoted, Report, Seen, SeenDocument, SeenSubscription, Submitted, Wished, World,
};
use crate::account::{Account, Attempt, ChangeState, PlanChange, Subscription};
use crate::calendar::Zone;
use crate::cancellation::CancellationRequest;
use crate::catalogue::{Basket, Catalogue};
use crate::command::{Actor, Answer, Asker, Command, Envelope, PaymentChoice, PaymentOutcome};
use crate::coverage::Segment;
use crate::decide::{Decision, Facts, command_digest, decide, quote_cancellation, quote_plan_change};
use crate::document::{Document, DocumentKind, Invoice};
use crate::effect::{TestCard, Wish};
use crate::id::{AccountId, CommandId, SegmentId, SubscriptionId};
use crate::laws;
use crate::ledger::Posting;
use crate::money::{Currency, Money};
use crate::payout::offer_payout;
use crate::policy::{Policies, When};
use crate::quote::{PlanChangeRequest, Quote, QuoteSummary};
use crate::refusal::Refusal;
use crate::service::ModuleReport;

/// The pure core as a world.
#[derive(Debug)]
pub struct PureWorld {
    catalogue: Option<Catalogue>,
    policies: Policies,
    books: BTreeMap<AccountId, Book>,
    commands: u64,
    keys: BTreeMap<(AccountId, String), (String, Answer)>,
    events: BTreeSet<(String, String)>,
}

/// An account and everything that was ever decided on it.
#[derive(Debug)]
pub struct Book {
    /// The account as it would be loaded now.
    pub account: Account,
    /// Every document, oldest first.
    pub documents: Vec<Document>,
    /// Every invoice as it stands, oldest first.
    pub invoices: Vec<Invoice>,
    /// Every change as it stands, oldest first.
    pub changes: Vec<PlanChange>,
    /// Every attempt as it stands, oldest first.
    pub attempts: Vec<Attempt>,
    /// Every subscription as it stands.
    pub subscriptions: Vec<Subscription>,
    /// Every segment as it stands.
    pub segments: BTreeMap<SegmentId, (SubscriptionId, Segment)>,
    /// The template of every mail, oldest first.
    pub mails: Vec<String>,
    /// Every posting, oldest first.
    pub postings: Vec<Posting>,
}

impl Default for PureWorld {
    fn default() -> Self {
        Self {
            catalogue: None,
            policies: Policies::presets(),
            books: BTreeMap::new(),
            commands: 0,
            keys: BTreeMap::new(),
            events: BTreeSet::new(),
        }
    }
}

impl PureWorld {
    /// The book of an account, for tests that look closer than a story can.
    pub fn book(&self, account: &str) -> Option<&Book> {
        self.books.get(&AccountId::parse(account).ok()?)
    }

    /// The accounts there are.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> {
        self.books.keys().copied()
    }

    /// Decides one command, holds it against the laws, and keeps what it brought about.
    pub fn run(
        &mut self,
        account: AccountId,
        now: Timestamp,
        actor: Actor,
        key: Option<&str>,
        command: Command,
    ) -> Result<Answer, No> {
        let digest = command_digest(&command);
        let key_of = |key: &str| (account, key.to_owned());
        if let Some((known, answer)) = key.and_then(|key| self.keys.get(&key_of(key))) {
            return if *known == digest { Ok(answer.clone()) } else { Err(refused(Refusal::KeyReused)) };
        }
        let catalogue = self.catalogue.as_ref().ok_or_else(|| No::Broken("nothing is published".to_owned()))?;
        let facts = Facts { catalogue, policies: &self.policies };
        let before = self.books.get(&account).map(|book| &book.account);
        self.commands += 1;
        let id = CommandId::from_seed(Uuid::from_u128(u128::from(self.commands) << 32));
        let envelope = Envelope { id, account, now, actor, key: key.map(str::to_owned), command };
        let decision = decide(facts, before, &envelope).map_err(refused)?;
        laws::check(before, &decision).map_err(|law| No::Broken(format!("{}: {law}", envelope.command.name())))?;
        if let Some(event) = &decision.gateway_event
            && !self.events.insert(event.clone())
        {
            return Ok(Answer::Nothing);
        }
        let answer = decision.answer.clone();
        if let Some(key) = key {
            self.keys.insert(key_of(key), (digest, answer.clone()));
        }
        self.keep(decision)?;
        Ok(answer)
    }

    fn keep(&mut self, decision: Decision) -> Result<(), No> {
        let Decision { account, documents, effects, postings, log, .. } = decision;
        // What a store writes it reads back: nothing of an account may be lost on the way through text. A thousand
        // accounts have shown it by then.
        if self.commands <= 1_000 {
            let text = serde_json::to_string(&account).map_err(broken)?;
            if serde_json::from_str::<Account>(&text).map_err(broken)? != account {
                return Err(No::Broken("the account is another after it was written and read".to_owned()));
            }
        }
        let book = self.books.entry(account.id).or_insert_with(|| Book::of(account.clone()));
        book.documents.extend(documents);
        book.postings.extend(postings);
        for invoice in &account.invoices {
            upsert(&mut book.invoices, invoice, |known| known.id == invoice.id);
        }
        for attempt in &account.attempts {
            upsert(&mut book.attempts, attempt, |known| known.id == attempt.id);
        }
        for subscription in &account.subscriptions {
            upsert(&mut book.subscriptions, subscription, |known| known.id == subscription.id);
            if let Some(change) = &subscription.change {
                upsert(&mut book.changes, change, |known| known.id == change.id);
            }
            for segment in &subscription.coverage {
                book.segments.insert(segment.id, (subscription.id, segment.clone()));
            }
        }
        book.mails.extend(effects.into_iter().filter_map(|effect| match effect.wish {
            Wish::Mail(mail) => Some(mail.template.name().to_owned()),
            _ => None,
        }));
        book.account = account;
        book.account.forget_closed(log.at);
        Ok(())
    }

    /// The commands that are due on an account.
    fn due(book: &Book, at: Timestamp) -> Vec<Command> {
        let mut due = Vec::new();
        for invoice in &book.account.invoices {
            let Some(dunning) = invoice.in_dunning() else { continue };
            if dunning.retry_at.is_some_and(|retry| retry <= at) {
                due.push(Command::RetryPayment { invoice: invoice.id, number: dunning.retried + 1 });
            } else if dunning.next_at().is_some_and(|next| next <= at) {
                due.push(dunning.after_grace(invoice.id));
            }
        }
        for subscription in &book.account.subscriptions {
            if let Some(change) = &subscription.change
                && change.begins_at().is_some_and(|from| from <= at)
            {
                due.push(Command::BeginPlanChange { change: change.id });
            }
            if let Some(PlanChange { id, state: ChangeState::AwaitsPayment { lapses_at }, .. }) = &subscription.change
                && *lapses_at <= at
            {
                due.push(Command::LapsePlanChange { change: *id });
            }
            if subscription.has_ended() {
                continue;
            }
            if subscription.period.until <= at && subscription.cancellation.is_some() {
                due.push(Command::EndSubscription { subscription: subscription.id });
            } else if subscription.period.until <= at {
                let ordinal = subscription.period_ordinal() + 1;
                due.push(Command::RenewSubscription { subscription: subscription.id, ordinal });
            }
        }
        due
    }

    fn account(&self, account: &str) -> Result<AccountId, No> {
        AccountId::parse(account).map_err(broken)
    }

    fn found(&self, account: &str) -> Result<&Book, No> {
        self.book(account).ok_or_else(|| No::Broken(format!("there is no account {account}")))
    }
}

impl Book {
    fn of(account: Account) -> Self {
        Self {
            account,
            documents: Vec::new(),
            invoices: Vec::new(),
            changes: Vec::new(),
            attempts: Vec::new(),
            subscriptions: Vec::new(),
            segments: BTreeMap::new(),
            mails: Vec::new(),
            postings: Vec::new(),
        }
    }

    fn seen(&self, subscription: &Subscription) -> SeenSubscription {
        let own = |(owner, _): &&(SubscriptionId, Segment)| *owner == subscription.id;
        let coverage = self.segments.values().filter(own).map(|(_, segment)| segment);
        seen_subscription(&self.account, subscription, self.changes.iter(), coverage)
    }
}

impl World for PureWorld {
    fn publish(&mut self, _at: Timestamp, catalogue: &Catalogue) -> Result<(), No> {
        self.catalogue = Some(catalogue.clone());
        Ok(())
    }

    fn open(&mut self, at: Timestamp, name: &str, zone: &Zone, currency: Currency) -> Result<String, No> {
        let account = AccountId::from_uuid(Uuid::from_u128(0xacc0_0000 + self.books.len() as u128));
        let storefront = self.catalogue.as_ref().map(|catalogue| catalogue.storefront.clone()).unwrap_or_default();
        let email = format!("{}@example.org", name.to_lowercase());
        let command = Command::OpenAccount { storefront, name: name.to_owned(), email, zone: zone.clone(), currency };
        self.run(account, at, Actor::System, None, command)?;
        Ok(account.to_string())
    }

    fn start(
        &mut self,
        at: Timestamp,
        account: &str,
        basket: &Basket,
        starts: DateTime,
        pays_by: PaymentChoice,
    ) -> Result<Opened, No> {
        let id = self.account(account)?;
        let command = Command::StartSubscription {
            product: "server".to_owned(),
            basket: basket.clone(),
            label: "server".to_owned(),
            starts: Some(starts),
            pays_by,
        };
        match self.run(id, at, Actor::Customer(account.to_owned()), None, command)? {
            Answer::SubscriptionStarted { subscription, invoice, .. } => Ok(Opened {
                subscription: subscription.to_string(),
                invoice: invoice.map(|invoice| invoice.to_string()),
            }),
            other => Err(strange(&other)),
        }
    }

    fn quote(&mut self, at: Timestamp, account: &str, sub: &str, wish: &Wished) -> Result<Quoted, No> {
        let subscription = SubscriptionId::parse(sub).map_err(broken)?;
        let Wished { to, asker, when, on } = wish.clone();
        let request = PlanChangeRequest { subscription, basket: to, asked_by: asker, when, on };
        let catalogue = self.catalogue.as_ref().ok_or_else(|| No::Broken("nothing is published".to_owned()))?;
        let facts = Facts { catalogue, policies: &self.policies };
        let quote = quote_plan_change(facts, &self.found(account)?.account, &request, at).map_err(refused)?;
        Ok(seen_quote(&quote, ticket(&quote)))
    }

    fn submit(
        &mut self,
        at: Timestamp,
        account: &str,
        ticket: &str,
        pays_by: PaymentChoice,
        key: &str,
    ) -> Result<Submitted, No> {
        let Ticket { request, quoted_at, digest, shown } = serde_json::from_str(ticket).map_err(broken)?;
        let actor = match request.asked_by {
            Asker::Customer => Actor::Customer(account.to_owned()),
            Asker::Staff => Actor::Staff("staff".to_owned()),
        };
        let command = Command::SubmitPlanChange { request, quoted_at, digest, shown, pays_by };
        match self.run(self.account(account)?, at, actor, Some(key), command)? {
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
        let command = Command::UseCredits { subscription: SubscriptionId::parse(sub).map_err(broken)?, amount };
        self.run(self.account(account)?, at, Actor::Key("meter".to_owned()), Some(key), command).map(drop)
    }

    fn report_usage(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        (meter, units): (&str, u32),
        key: &str,
    ) -> Result<(), No> {
        let subscription = SubscriptionId::parse(sub).map_err(broken)?;
        let command = Command::ReportUsage { subscription, meter: meter.into(), units };
        self.run(self.account(account)?, at, Actor::Key("meter".to_owned()), Some(key), command).map(drop)
    }

    fn withdraw(&mut self, at: Timestamp, account: &str, change: &str, key: &str) -> Result<(), No> {
        let command = Command::WithdrawPlanChange { change: change.to_owned().try_into().map_err(broken)? };
        self.run(self.account(account)?, at, Actor::Customer(account.to_owned()), Some(key), command).map(drop)
    }

    fn cancel(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        (when, asked_by): (When, Asker),
        key: &str,
    ) -> Result<Quoted, No> {
        let subscription = SubscriptionId::parse(sub).map_err(broken)?;
        let request = CancellationRequest { subscription, when, asked_by };
        let catalogue = self.catalogue.as_ref().ok_or_else(|| No::Broken("nothing is published".to_owned()))?;
        let facts = Facts { catalogue, policies: &self.policies };
        let quote = quote_cancellation(facts, &self.found(account)?.account, &request, at).map_err(refused)?;
        let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
        let command = Command::CancelSubscription { request, quoted_at: at, digest, shown, reason: None };
        self.run(self.account(account)?, at, Actor::Customer(account.to_owned()), Some(key), command)?;
        Ok(seen_cancellation(&quote, String::new()))
    }

    fn uncancel(&mut self, at: Timestamp, account: &str, sub: &str, key: &str) -> Result<(), No> {
        let command = Command::UncancelSubscription { subscription: SubscriptionId::parse(sub).map_err(broken)? };
        self.run(self.account(account)?, at, Actor::Customer(account.to_owned()), Some(key), command).map(drop)
    }

    fn pay(&mut self, at: Timestamp, account: &str, invoice: &str, card: TestCard, key: &str) -> Result<(), No> {
        let command = Command::PayInvoice { invoice: invoice.to_owned().try_into().map_err(broken)?, card };
        self.run(self.account(account)?, at, Actor::Customer(account.to_owned()), Some(key), command).map(drop)
    }

    fn gateway(
        &mut self,
        at: Timestamp,
        account: &str,
        attempt: &str,
        outcome: &Outcome,
        event: &str,
    ) -> Result<(), No> {
        let known = self.found(account)?.attempts.iter().find(|known| known.id.to_string() == attempt);
        let known = known.ok_or_else(|| No::Broken(format!("there is no attempt {attempt}")))?;
        let (attempt, whole) = (known.id, known.amount);
        let outcome = match outcome {
            Outcome::Captured(amount) => PaymentOutcome::Captured { amount: amount.unwrap_or(whole) },
            Outcome::Declined => PaymentOutcome::Failed { reason: "the card was declined".to_owned() },
            Outcome::Silent => PaymentOutcome::Unknown,
        };
        let command = Command::SettlePayment { attempt, outcome, event: Some(event.to_owned()) };
        self.run(self.account(account)?, at, Actor::System, None, command).map(drop)
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
        self.run(self.account(account)?, at, Actor::Staff("staff".to_owned()), None, command).map(drop)
    }

    fn grant(&mut self, at: Timestamp, account: &str, amount: Money, key: &str) -> Result<(), No> {
        let command = Command::GrantGoodwill { amount, reason: "goodwill".to_owned() };
        self.run(self.account(account)?, at, Actor::Staff("staff".to_owned()), Some(key), command).map(drop)
    }

    fn payout_fee(&mut self, _at: Timestamp, account: &str, amount: Money) -> Result<Money, No> {
        let catalogue = self.catalogue.as_ref().ok_or_else(|| No::Broken("nothing is sold".to_owned()))?;
        let account = &self.found(account)?.account;
        Ok(offer_payout(catalogue, &self.policies, account, amount, Asker::Customer).map_err(refused)?.fee)
    }

    fn pay_out(&mut self, at: Timestamp, account: &str, step: &PayingOut, key: &str) -> Result<(), No> {
        let id = self.account(account)?;
        let staff = Actor::Staff("staff".to_owned());
        let newest = || {
            let payout = self.found(account)?.documents.iter().rfind(|document| document.kind == DocumentKind::Payout);
            Ok(payout.ok_or_else(|| No::Broken("nothing was asked to be paid out".to_owned()))?.id)
        };
        match step {
            PayingOut::Asked(amount, fee) => {
                let (to, asked_by) = ("their bank".to_owned(), Asker::Customer);
                let command = Command::RequestPayout { amount: *amount, fee: Some(*fee), to, asked_by };
                self.run(id, at, Actor::Customer("customer".to_owned()), Some(key), command).map(drop)
            }
            PayingOut::Sent => {
                let command = Command::ConfirmPayout { payout: newest()?, reference: key.to_owned() };
                self.run(id, at, staff, Some(key), command).map(drop)
            }
            PayingOut::Returned => {
                let command = Command::ReturnPayout { payout: newest()?, reason: "no such account".to_owned() };
                self.run(id, at, staff, Some(key), command).map(drop)
            }
        }
    }

    fn report(&mut self, at: Timestamp, account: &str, service: &str, report: &Report) -> Result<(), No> {
        let mut subscriptions = self.found(account)?.subscriptions.iter();
        let subscription = subscriptions.find(|subscription| subscription.service.id.to_string() == service);
        let known = subscription.ok_or_else(|| No::Broken(format!("there is no service {service}")))?;
        let (service, generation) = (known.service.id, known.service.generation);
        let report = match report {
            Report::Working => ModuleReport::Working,
            Report::Done => {
                ModuleReport::Done { observed: known.service.desired.clone(), access: known.service.access }
            }
            Report::Failed => ModuleReport::Failed { reason: "the host is full".to_owned() },
        };
        let command = Command::ReportProvision { service, generation, report };
        self.run(self.account(account)?, at, Actor::System, None, command).map(drop)
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
            subscription: SubscriptionId::parse(sub).map_err(broken)?,
            plan: to.plan.clone(),
            options: to.options.clone(),
            recalculate,
            reason: "asked by phone".to_owned(),
        };
        self.run(self.account(account)?, at, Actor::Staff("staff".to_owned()), Some(key), command).map(drop)
    }

    fn change_package(&mut self, at: Timestamp, account: &str, service: &str, key: &str) -> Result<(), No> {
        let command = Command::ChangePackage { service: service.to_owned().try_into().map_err(broken)? };
        self.run(self.account(account)?, at, Actor::Staff("staff".to_owned()), Some(key), command).map(drop)
    }

    fn retry(&mut self, at: Timestamp, account: &str, service: &str, key: &str) -> Result<(), No> {
        let command = Command::RetryProvision { service: service.to_owned().try_into().map_err(broken)? };
        self.run(self.account(account)?, at, Actor::Staff("staff".to_owned()), Some(key), command).map(drop)
    }

    fn timers(&mut self, at: Timestamp) -> Result<(), No> {
        // A lapse may have to wait for a payment on its way, and a renewal for the lapse: what is refused is met again
        // the next time, as a store's queue does.
        loop {
            let mut moved = false;
            let due: Vec<(AccountId, Command)> = self
                .books
                .iter()
                .flat_map(|(account, book)| Self::due(book, at).into_iter().map(|command| (*account, command)))
                .collect();
            for (account, command) in due {
                match self.run(account, at, Actor::System, None, command) {
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
        let book = self.found(account)?;
        let documents = book
            .documents
            .iter()
            .map(|document| SeenDocument { kind: document.kind.name().to_owned(), total: document.total });
        Ok(Seen {
            balance: book.account.balance,
            reserved: book.account.reserved,
            subscriptions: book.subscriptions.iter().map(|subscription| book.seen(subscription)).collect(),
            invoices: book.invoices.iter().map(seen_invoice).collect(),
            documents: documents.collect(),
            payments: book.attempts.iter().map(seen_payment).collect(),
            mails: book.mails.clone(),
            ledger: seen_ledger(book.postings.iter()),
        })
    }
}

/// What submits a quote: its inputs, its instant and its digest, as a signed token carries them in the server.
#[derive(serde::Serialize, serde::Deserialize)]
struct Ticket {
    request: PlanChangeRequest,
    quoted_at: Timestamp,
    digest: String,
    shown: Box<QuoteSummary>,
}

fn ticket(quote: &Quote) -> String {
    let ticket = Ticket {
        request: quote.request(),
        quoted_at: quote.at,
        digest: quote.digest(),
        shown: Box::new(quote.summary()),
    };
    serde_json::to_string(&ticket).expect("a ticket is plain data")
}

fn refused(refusal: Refusal) -> No {
    No::Refused(Box::new(seen_refusal(&refusal, ticket)))
}

fn strange(answer: &Answer) -> No {
    No::Broken(format!("a strange answer: {answer:?}"))
}

fn broken(error: impl Display) -> No {
    No::Broken(error.to_string())
}

fn upsert<T: Clone>(records: &mut Vec<T>, record: &T, is_it: impl Fn(&T) -> bool) {
    // What changes is mostly new.
    match records.iter_mut().rev().find(|known| is_it(known)) {
        Some(known) => known.clone_from(record),
        None => records.push(record.clone()),
    }
}
