//! The customer of the search: one account, driven through the same `decide` as every account of a book. Whatever is due
//! is paid at once from a card that pays, renewals run at their instant, unpaid changes lapse at theirs. Nothing is
//! judged here; the money and the time of each move are only written down.

use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

use crate::account::{Account, AttemptState, ChangeState, Subscription};
use crate::calendar::Zone;
use crate::cancellation::{CancellationQuote, CancellationRequest};
use crate::catalogue::Basket;
use crate::command::{Actor, Asker, Command, Envelope, PaymentChoice, PaymentOutcome};
use crate::decide::{Decision, Facts, Submitted, decide, quote_cancellation, quote_plan_change, rehearse};
use crate::document::{Document, DocumentKind, DocumentLine, Invoice};
use crate::effect::TestCard;
use crate::explain::Basis;
use crate::id::{AccountId, CommandId};
use crate::laws;
use crate::ledger::LedgerAccount;
use crate::money::Money;
use crate::policy::When;
use crate::quote::{PlanChangeRequest, Quote};
use crate::refusal::Refusal;

/// Why a move did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// The core refused it, in words.
    Refused(Refusal),
    /// A law broke: a bug of the engine, not of the rules.
    Broken(String),
}

/// What moves did to the money, so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Purse {
    /// What the customer paid.
    pub paid: Money,
    /// What was sold, less what was given back, with what waits to be invoiced and without what is charged once: paid −
    /// balance, once nothing is owed, where nothing is charged once.
    pub sold: Money,
    /// What was charged once: it was paid, and buys no time.
    pub once: Money,
}

/// Something that a script tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// When.
    pub at: Timestamp,
    /// What was paid then.
    pub paid: Money,
    /// What the balance became larger by; negative where it was used.
    pub to_balance: Money,
    /// The account after it.
    pub after: Account,
}

/// The customer, and the hand that gives commands.
#[derive(Debug)]
pub(super) struct Customer<'a> {
    facts: Facts<'a>,
    zone: &'a Zone,
    commands: u128,
    id: AccountId,
    /// Are the decisions only rehearsed? Then their log entries are empty, and quotes are not counted twice.
    rehearses: bool,
}

impl<'a> Customer<'a> {
    /// A customer under these facts, whose every step is decided and logged as in a book.
    pub fn of(facts: Facts<'a>, zone: &'a Zone) -> Self {
        Self { facts, zone, commands: 0, id: AccountId::from_uuid(Uuid::from_u128(1)), rehearses: false }
    }

    /// A customer of the search: the same decisions under the same laws, with nothing written of them.
    pub fn rehearsing(facts: Facts<'a>, zone: &'a Zone) -> Self {
        Self { rehearses: true, ..Self::of(facts, zone) }
    }

    /// Opens the account and starts a subscription, paid at once.
    pub fn start(&mut self, product: &str, basket: &Basket, at: DateTime) -> Result<(Account, Purse), Stop> {
        let zone = self.zone.clone();
        let now = zone.instant(at);
        let currency = self.facts.catalogue.currency;
        let mut purse = Purse { paid: Money::zero(currency), sold: Money::zero(currency), once: Money::zero(currency) };
        let storefront = self.facts.catalogue.storefront.clone();
        let (name, email) = ("customer".to_owned(), "customer@example.org".to_owned());
        let open = Command::OpenAccount { storefront, name, email, zone, currency };
        let account = self.run(None, now, open, &mut purse)?;
        let start = Command::StartSubscription {
            product: product.to_owned(),
            basket: basket.clone(),
            label: "service".to_owned(),
            starts: Some(at),
            pays_by: PaymentChoice::Card(TestCard::Pays),
        };
        let account = self.run(Some(&account), now, start, &mut purse)?;
        Ok((self.pay_attempts(account, now, &mut purse)?, purse))
    }

    /// What a change would cost, now, with the next period, or as the policy has it.
    pub fn quote(&self, account: &Account, to: &Basket, when: Option<When>, at: Timestamp) -> Result<Quote, Refusal> {
        let subscription = account.subscriptions[0].id;
        let request = PlanChangeRequest { subscription, basket: to.clone(), when, asked_by: Asker::Customer, on: None };
        quote_plan_change(self.facts, account, &request, at)
    }

    /// Submits a quote; paid at once, or left unpaid.
    pub fn submit(
        &mut self,
        account: &Account,
        quote: &Quote,
        when: Option<When>,
        pays: bool,
        purse: &mut Purse,
    ) -> Result<Account, Stop> {
        let request = PlanChangeRequest {
            subscription: quote.subscription,
            basket: quote.after.clone(),
            when,
            asked_by: quote.asked_by,
            on: None,
        };
        let pays_by = if pays { PaymentChoice::Card(TestCard::Pays) } else { PaymentChoice::BankTransfer };
        let command = Command::SubmitPlanChange {
            request,
            quoted_at: quote.at,
            digest: if self.rehearses { String::new() } else { quote.digest() },
            shown: Box::new(quote.summary()),
            pays_by,
        };
        let account = self.decided(Some(account), quote.at, command, Some(Submitted::Change(quote)), purse)?;
        self.pay_attempts(account, quote.at, purse)
    }

    /// What ending now, or with the period, would give back and cost.
    pub fn quote_end(&self, account: &Account, when: When, at: Timestamp) -> Result<CancellationQuote, Refusal> {
        let subscription = account.subscriptions[0].id;
        let request = CancellationRequest { subscription, when, asked_by: Asker::Customer };
        quote_cancellation(self.facts, account, &request, at)
    }

    /// Cancels as it was quoted.
    pub fn cancel(&mut self, account: &Account, quote: &CancellationQuote, purse: &mut Purse) -> Result<Account, Stop> {
        let command = Command::CancelSubscription {
            request: quote.request(),
            quoted_at: quote.at,
            digest: if self.rehearses { String::new() } else { quote.digest() },
            shown: Box::new(quote.summary()),
            reason: None,
        };
        let account = self.decided(Some(account), quote.at, command, Some(Submitted::Cancellation(quote)), purse)?;
        self.pay_attempts(account, quote.at, purse)
    }

    /// Takes the cancellation back that is scheduled.
    pub fn keep(&mut self, account: &Account, at: Timestamp, purse: &mut Purse) -> Result<Account, Stop> {
        let subscription = account.subscriptions[0].id;
        self.run(Some(account), at, Command::UncancelSubscription { subscription }, purse)
    }

    /// Takes the change that is open back.
    pub fn withdraw(&mut self, account: &Account, at: Timestamp, purse: &mut Purse) -> Result<Account, Stop> {
        let change = account.subscriptions[0].change.as_ref().map(|change| change.id);
        let Some(change) = change else { return Err(Stop::Broken("no change to take back".to_owned())) };
        self.run(Some(account), at, Command::WithdrawPlanChange { change }, purse)
    }

    /// Pays the invoice of the change that is open.
    pub fn pay(&mut self, account: &Account, at: Timestamp, purse: &mut Purse) -> Result<Account, Stop> {
        let change = account.subscriptions[0].change.as_ref().and_then(|change| change.document);
        let invoice = change.and_then(|document| account.invoice(document)).map(|invoice| invoice.id);
        let Some(invoice) = invoice else { return Err(Stop::Broken("an open change without an invoice".to_owned())) };
        let account = self.run(Some(account), at, Command::PayInvoice { invoice, card: TestCard::Pays }, purse)?;
        self.pay_attempts(account, at, purse)
    }

    /// Uses up what is left of the plan's credits.
    pub fn burn(&mut self, account: &Account, at: Timestamp, purse: &mut Purse) -> Result<Account, Stop> {
        let subscription = account.subscriptions[0].id;
        let amount = u32::try_from(credits_left(account)).unwrap_or(u32::MAX);
        self.run(Some(account), at, Command::UseCredits { subscription, amount }, purse)
    }

    /// Lets time pass until `until`: what is due on the way happens at its instant. Every such step is told to `tell`.
    pub fn wait(
        &mut self,
        account: &Account,
        until: Timestamp,
        purse: &mut Purse,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Account, Stop> {
        let mut account = account.clone();
        while let Some((at, command)) = due(&account.subscriptions[0]).filter(|(at, _)| *at <= until) {
            let before = (purse.paid, account.balance);
            account = self.run(Some(&account), at, command, purse)?;
            account = self.pay_attempts(account, at, purse)?;
            let (paid, to_balance) = (purse.paid - before.0, account.balance - before.1);
            tell(Event { at, paid, to_balance, after: account.clone() });
        }
        forget_closed(&mut account, until);
        Ok(account)
    }

    /// Lets the card pay whatever it is asked for.
    fn pay_attempts(&mut self, mut account: Account, now: Timestamp, purse: &mut Purse) -> Result<Account, Stop> {
        while let Some(attempt) = account.attempts.iter().find(|attempt| attempt.state == AttemptState::Sent) {
            let outcome = PaymentOutcome::Captured { amount: attempt.amount };
            let command = Command::SettlePayment { attempt: attempt.id, outcome, event: None };
            account = self.run(Some(&account), now, command, purse)?;
        }
        Ok(account)
    }

    fn run(
        &mut self,
        account: Option<&Account>,
        now: Timestamp,
        command: Command,
        purse: &mut Purse,
    ) -> Result<Account, Stop> {
        self.decided(account, now, command, None, purse)
    }

    fn decided(
        &mut self,
        before: Option<&Account>,
        now: Timestamp,
        command: Command,
        submitted: Option<Submitted<'_>>,
        purse: &mut Purse,
    ) -> Result<Account, Stop> {
        self.commands += 1;
        let id = CommandId::from_seed(Uuid::from_u128(self.commands << 32));
        let actor = Actor::Customer("customer".to_owned());
        let envelope = Envelope { id, account: self.id, now, actor, key: None, command };
        let (decision, kept) = if self.rehearses {
            let decision = rehearse(self.facts, before, &envelope, submitted).map_err(Stop::Refused)?;
            let kept = laws::check_rehearsal(before, &decision);
            (decision, kept)
        } else {
            let decision = decide(self.facts, before, &envelope).map_err(Stop::Refused)?;
            let kept = laws::check(before, &decision);
            (decision, kept)
        };
        kept.map_err(|law| Stop::Broken(format!("{}: {law}", envelope.command.name())))?;
        let Decision { mut account, postings, documents, .. } = decision;
        let waited = account_waits(account.nothing(), before);
        purse.sold += account_waits(account.nothing(), Some(&account)) - waited;
        let once = documents.iter().fold(account.nothing(), |sum, document| sum + charged_once(document));
        purse.sold -= once;
        purse.once += once;
        for posting in postings {
            match posting.account {
                LedgerAccount::CashCard | LedgerAccount::CashBank => purse.paid += posting.amount,
                LedgerAccount::Sales => purse.sold -= posting.amount,
                _ => {}
            }
        }
        forget_closed(&mut account, now);
        Ok(account)
    }
}

/// Forgets what no decision needs; but one that has ended stays to be looked at.
fn forget_closed(account: &mut Account, now: Timestamp) {
    if !account.subscriptions.iter().any(Subscription::has_ended) {
        account.forget_closed(now);
    }
}

/// The income that waits for the next invoice: it is sold, and nobody was asked for it yet.
fn account_waits(nothing: Money, account: Option<&Account>) -> Money {
    let lines =
        account.iter().flat_map(|account| &account.subscriptions).flat_map(|subscription| &subscription.waiting);
    let lines = lines.filter(|line| !is_once(line));
    lines.fold(nothing, |sum, line| sum + line.payable() - line.tax)
}

/// What of a document is charged once. It buys no time: whoever paid it is owed no less of what the time cost.
fn charged_once(document: &Document) -> Money {
    let nothing = Money::zero(document.total.currency);
    let lines = document.lines.iter().filter(|line| is_once(line));
    let income = lines.fold(nothing, |sum, line| sum + line.payable() - line.tax);
    if document.kind == DocumentKind::CreditNote { -income } else { income }
}

/// Is it charged once, for no time?
pub(super) fn is_once(line: &DocumentLine) -> bool {
    line.derivation.as_ref().is_some_and(|derivation| matches!(derivation.basis, Basis::Once | Basis::TrialPrice))
}

/// What falls due next of itself, and when; of one that has ended, nothing.
fn due(subscription: &Subscription) -> Option<(Timestamp, Command)> {
    if subscription.has_ended() {
        return None;
    }
    if let Some(change) = &subscription.change
        && let ChangeState::AwaitsPayment { lapses_at } = change.state
        && lapses_at <= subscription.period.until
    {
        return Some((lapses_at, Command::LapsePlanChange { change: change.id }));
    }
    let next = match subscription.scheduled_end() {
        Some(_) => Command::EndSubscription { subscription: subscription.id },
        None => {
            Command::RenewSubscription { subscription: subscription.id, ordinal: subscription.period_ordinal() + 1 }
        }
    };
    Some((subscription.period.until, next))
}

/// What is left of the plan's credits.
pub(super) fn credits_left(account: &Account) -> i64 {
    account.subscriptions[0].credits.map_or(0, |credits| credits.left)
}

/// The invoice that an open change waits for.
pub(super) fn unpaid_change(account: &Account) -> Option<&Invoice> {
    let change = account.subscriptions[0].change.as_ref().filter(|change| change.awaits_payment())?;
    account.invoice(change.document?)
}
