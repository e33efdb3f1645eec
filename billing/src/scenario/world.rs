//! What a world must answer so that stories can be told to it: what a client can ask for, and what a client can see.
//! Ids are texts, amounts are money, states are the words of the API; nothing of `decide` stands here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Basket, Catalogue, Size};
use crate::command::{Asker, PaymentChoice};
use crate::effect::TestCard;
use crate::money::{Currency, Money};
use crate::name::{Name, Named};
use crate::policy::When;

/// A place where stories happen. Every call says when it happens; time never goes back within a story. `key` is the
/// idempotency key: the same key with the same content meets the earlier answer.
pub trait World {
    /// Publishes a catalogue; its storefront is new, or its version is one higher.
    fn publish(&mut self, at: Timestamp, catalogue: &Catalogue) -> Result<(), No>;

    /// Opens an account and answers its id.
    fn open(&mut self, at: Timestamp, name: &str, zone: &Zone, currency: Currency) -> Result<String, No>;

    /// Starts a subscription of the only product, from a local date and time on.
    fn start(
        &mut self,
        at: Timestamp,
        account: &str,
        basket: &Basket,
        starts: DateTime,
        pays_by: PaymentChoice,
    ) -> Result<Opened, No>;

    /// Prices a plan change; nothing changes.
    fn quote(&mut self, at: Timestamp, account: &str, sub: &str, wish: &Wished) -> Result<Quoted, No>;

    /// Submits a quote by its ticket.
    fn submit(
        &mut self,
        at: Timestamp,
        account: &str,
        ticket: &str,
        pays_by: PaymentChoice,
        key: &str,
    ) -> Result<Submitted, No>;

    /// Plan credits are used.
    fn use_credits(&mut self, at: Timestamp, account: &str, sub: &str, amount: u32, key: &str) -> Result<(), No>;

    /// Units of a meter were used: the sum of a window, of which `key` is the name.
    fn report_usage(&mut self, at: Timestamp, account: &str, sub: &str, used: (&str, u32), key: &str)
    -> Result<(), No>;

    /// Takes a waiting change back.
    fn withdraw(&mut self, at: Timestamp, account: &str, change: &str, key: &str) -> Result<(), No>;

    /// Cancels a subscription: counts it and submits what was counted. What goes to the balance and what was used and waited
    /// stand where those of a change do.
    fn cancel(&mut self, at: Timestamp, account: &str, sub: &str, how: (When, Asker), key: &str) -> Result<Quoted, No>;

    /// Takes a scheduled cancellation back.
    fn uncancel(&mut self, at: Timestamp, account: &str, sub: &str, key: &str) -> Result<(), No>;

    /// Pays an open invoice by card.
    fn pay(&mut self, at: Timestamp, account: &str, invoice: &str, card: TestCard, key: &str) -> Result<(), No>;

    /// The gateway says, in an event of this id, what became of an attempt.
    fn gateway(
        &mut self,
        at: Timestamp,
        account: &str,
        attempt: &str,
        outcome: &Outcome,
        event: &str,
    ) -> Result<(), No>;

    /// Staff mark a bank transfer as received.
    fn transfer(
        &mut self,
        at: Timestamp,
        account: &str,
        invoice: Option<&str>,
        amount: Money,
        reference: &str,
    ) -> Result<(), No>;

    /// Staff put an amount on the balance.
    fn grant(&mut self, at: Timestamp, account: &str, amount: Money, key: &str) -> Result<(), No>;

    /// The fee on balance that would be paid out as cash; nothing changes.
    fn payout_fee(&mut self, at: Timestamp, account: &str, amount: Money) -> Result<Money, No>;

    /// Balance is paid out as cash: the customer asks, staff send it, or it comes back.
    fn pay_out(&mut self, at: Timestamp, account: &str, step: &PayingOut, key: &str) -> Result<(), No>;

    /// The module reports on the present generation of a service. A world whose module works by itself waits for it.
    fn report(&mut self, at: Timestamp, account: &str, service: &str, report: &Report) -> Result<(), No>;

    /// Staff put a subscription on a plan, without an order. Options that are not named stay as they are.
    fn assign(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        to: &Basket,
        recalculate: bool,
        key: &str,
    ) -> Result<(), No>;

    /// Staff ask the module for the size of the assigned plan.
    fn change_package(&mut self, at: Timestamp, account: &str, service: &str, key: &str) -> Result<(), No>;

    /// Staff ask the module once more.
    fn retry(&mut self, at: Timestamp, account: &str, service: &str, key: &str) -> Result<(), No>;

    /// Time has come to here: everything that is due is done, such as lapses and renewals.
    fn timers(&mut self, at: Timestamp) -> Result<(), No>;

    /// What can be seen of an account.
    fn see(&mut self, at: Timestamp, account: &str) -> Result<Seen, No>;
}

/// A change that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wished {
    /// What the subscription shall have.
    pub to: Basket,
    /// On whose behalf.
    pub asker: Asker,
    /// Now or with the next period; as the policy says where nothing is said.
    pub when: Option<When>,
    /// The day on which it shall be made, where one is chosen.
    pub on: Option<Date>,
}

/// Why a world did not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    /// It may not be; nothing changed.
    Refused(Box<Refused>),
    /// The world is broken: a law, a fault, a wrong answer. No story expects this.
    Broken(String),
}

/// A refusal, as programs see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The code, such as `same-plan`.
    pub code: String,
    /// Of a quote that no longer holds: what changed, such as `new_day`.
    pub because: Option<String>,
    /// What the change costs now.
    pub fresh: Option<Quoted>,
}

/// A subscription that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub subscription: String,
    /// The invoice of its first period.
    pub invoice: Option<String>,
}

/// A quote, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// What submits it; opaque.
    pub ticket: String,
    /// Given back, and had been paid.
    pub credit: Money,
    /// Given back, and had not been paid.
    pub debt_released: Money,
    /// Charged.
    pub charge: Money,
    /// `charge − credit`.
    pub net: Money,
    /// The tax on what is charged less the tax on what is given back.
    pub tax: Money,
    /// Net with tax.
    pub total: Money,
    /// Taken from the balance.
    pub from_balance: Money,
    /// Left to pay.
    pub due: Money,
    /// Put on the balance.
    pub to_balance: Money,
    /// `upgrade`, `downgrade` or `change`.
    pub direction: String,
    /// Is it made now, or with the next period?
    pub when: When,
    /// The day on which it is made, where one was chosen.
    pub on: Option<Date>,
    /// The plan credits left after it.
    pub credits_after: Option<i64>,
    /// The next full period.
    pub recurring_after: Money,
    /// What waits for the next invoice afterwards, with tax: positive to pay.
    pub waits: Money,
    /// The local day of the next invoice.
    pub next_invoice_on: Date,
    /// Does the service restart?
    pub restarts: bool,
}

/// A change that was submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Its id.
    pub change: String,
    /// `upgrade`, `downgrade` or `change`.
    pub direction: String,
    /// Is it made already?
    pub applied: bool,
    /// Its invoice or credit note.
    pub document: Option<String>,
    /// Left to pay.
    pub due: Money,
    /// Put on the balance.
    pub to_balance: Money,
}

/// A step of a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayingOut {
    /// The customer asks for so much, at this fee.
    Asked(Money, Money),
    /// Staff sent the one that was asked for last; the key is the bank's reference.
    Sent,
    /// It came back.
    Returned,
}

/// What a gateway says of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The money was taken, so much.
    Captured(Option<Money>),
    /// It was declined.
    Declined,
    /// No answer came.
    Silent,
}

/// What a module says of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// It has begun.
    Working,
    /// It is done.
    Done,
    /// It cannot be done.
    Failed,
}

/// What can be seen of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Free to use.
    pub balance: Money,
    /// Set aside for open invoices.
    pub reserved: Money,
    /// In the order in which they began.
    pub subscriptions: Vec<SeenSubscription>,
    /// All there ever were, oldest first.
    pub invoices: Vec<SeenInvoice>,
    /// All there ever were, oldest first.
    pub documents: Vec<SeenDocument>,
    /// Every attempt to take a payment by card, oldest first.
    pub payments: Vec<SeenPayment>,
    /// The template of every mail, oldest first.
    pub mails: Vec<String>,
    /// What was booked on each ledger account, debit positive, by its name; without accounts that came to nothing.
    pub ledger: BTreeMap<String, Money>,
}

/// What can be seen of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenSubscription {
    /// Its id.
    pub id: String,
    /// The plan's code.
    pub plan: Name,
    /// How often it is billed.
    pub cycle: Cycle,
    /// Its options, by code.
    pub options: Named<u32>,
    /// What a full period costs.
    pub recurring: Money,
    /// What waits for the next invoice, with tax: positive to pay.
    pub waits: Money,
    /// The units that were used of each meter in the period.
    pub used: Named<u32>,
    /// The plan credits left.
    pub credits: Option<i64>,
    /// The first day of the present period.
    pub period_from: Date,
    /// The first day after it.
    pub period_until: Date,
    /// The first day after the trial that is running.
    pub trial_until: Option<Date>,
    /// Its newest change.
    pub change: Option<SeenChange>,
    /// Its service.
    pub service: SeenService,
    /// Its coverage, oldest first; none where this world does not show it.
    pub coverage: Option<Vec<Covered>>,
}

/// What can be seen of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenChange {
    /// Its id.
    pub id: String,
    /// `open`, `scheduled`, `applied`, `withdrawn` or `lapsed`.
    pub state: String,
}

/// What can be seen of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenService {
    /// Its id.
    pub id: String,
    /// The size it shall have.
    pub wanted: Named<i64>,
    /// `full`, `restricted` or `ended`.
    pub access: String,
    /// How often the size or the access changed.
    pub generation: i64,
    /// The size of an assigned plan that nobody has asked the module for.
    pub package: Option<Size>,
    /// The generation it was seen at.
    pub observed_generation: i64,
    /// `wanted`, `working`, `done` or `failed`.
    pub state: String,
}

/// What can be seen of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenInvoice {
    /// Its id.
    pub id: String,
    /// Its total.
    pub total: Money,
    /// What is left to pay; nothing unless it is open.
    pub open: Money,
    /// `open`, `paid` or `void`.
    pub state: String,
}

/// What can be seen of an attempt to take a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPayment {
    /// Its id.
    pub id: String,
    /// `sent`, `unknown`, `failed` or `captured`.
    pub state: String,
}

/// What can be seen of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenDocument {
    /// `invoice`, `credit_note`, `receipt` or `payout`.
    pub kind: String,
    /// Its total.
    pub total: Money,
}

/// A stretch of coverage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The code of the plan or option.
    pub code: Name,
    /// The first local day.
    pub from: Date,
    /// The first local day after it.
    pub until: Date,
    /// What was billed for it.
    pub net: Money,
    /// The tax billed with it.
    pub tax: Money,
    /// How much of it was collected.
    pub collected: Money,
}
