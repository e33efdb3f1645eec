//! The story language as values: a setting, then deeds and expectations in the order of time. Reading text is in
//! `words.rs`, telling in `tell.rs`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::words::Reader;
use super::world::{Outcome, Report};
use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Basket, Catalogue, Size};
use crate::command::{Asker, PaymentChoice};
use crate::effect::TestCard;
use crate::ledger::LedgerAccount;
use crate::money::{Currency, Money};
use crate::name::{Name, Named};
use crate::policy::When;

/// One story: a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What it shows: the comment on its first line.
    pub title: String,
    /// The zone of its days.
    pub zone: Zone,
    /// The currency of its accounts.
    pub currency: Currency,
    /// What is sold at the start.
    pub catalogue: Catalogue,
    /// Does the module do at once what it is asked, without being told by the story?
    pub obliging_module: bool,
    /// What happens.
    pub steps: Vec<Step>,
}

/// One line of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
    /// What it says.
    pub told: Told,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something happens.
    Does {
        /// When.
        at: Timestamp,
        /// What.
        deed: Deed,
    },
    /// Something is so now, each with its words.
    Expects(Vec<(String, Expectation)>),
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A customer has a subscription; the account is opened where the name is new. Its first invoice is paid and its
    /// service runs, unless it is said to be unpaid.
    Given {
        /// Who.
        name: String,
        /// What.
        basket: Basket,
        /// Since when.
        starts: DateTime,
        /// How it is paid.
        pays_by: PaymentChoice,
        /// Does the first invoice stay open?
        unpaid: bool,
    },
    /// A change is priced.
    Quote {
        /// For whom.
        name: String,
        /// To what.
        to: Target,
        /// On whose behalf.
        asker: Asker,
        /// Now or with the next period, where the story says so.
        when: Option<When>,
        /// On this day, where the story says so.
        on: Option<Date>,
    },
    /// The last quote is submitted, or the one before it.
    Submit {
        /// The one before it: two tabs.
        earlier: bool,
        /// How it will be paid.
        pays_by: PaymentChoice,
    },
    /// A bank transfer arrives.
    Paid {
        /// So much; what is open, where nothing is said.
        amount: Option<Money>,
        /// For the newest invoice, for the oldest open one, or for none.
        invoice: Which,
    },
    /// The gateway answers on the newest attempt.
    Gateway(Outcome),
    /// The newest open invoice is paid by card.
    Pay(TestCard),
    /// So many plan credits are used.
    Uses(u32),
    /// So many units of a meter are reported.
    Reports(Name, u32),
    /// The waiting change is taken back.
    Withdraw,
    /// The subscription is cancelled: the quote is counted and submitted at once.
    Cancel(When, Asker),
    /// A scheduled cancellation is taken back.
    Uncancel,
    /// Time passes; what is due is done.
    Later,
    /// A newer catalogue.
    Publish(Box<Catalogue>),
    /// Staff put an amount on the balance.
    Grant(Money),
    /// So much of the balance is to be paid out, at the fee that is shown or at another one.
    PayOut(Money, Option<Money>),
    /// Staff sent the payout that was asked for last.
    Sent,
    /// It came back.
    Returned,
    /// The module reports.
    Module(Report),
    /// Staff assign a plan without an order.
    Assign {
        /// What the subscription shall have.
        to: Target,
        /// Is the recurring amount recalculated?
        recalculated: bool,
    },
    /// Staff run *change package*.
    Package,
    /// Staff ask the module once more.
    Retry,
    /// The last deed again, with the same idempotency key.
    Again,
}

/// Which invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The newest of the account, open or not.
    Newest,
    /// The oldest that is open.
    OldestOpen,
    /// None: the money is for the balance.
    NoInvoice,
}

/// What a change goes to; what is not said stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The plan.
    pub plan: Option<Name>,
    /// The cycle.
    pub cycle: Option<Cycle>,
    /// Quantities of options.
    pub options: Named<u32>,
}

/// An amount of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteAmount {
    /// Given back, and had been paid.
    Credit,
    /// Given back, and had not been paid.
    Debt,
    /// Charged.
    Charge,
    /// Charged less credited.
    Net,
    /// The tax of both.
    Tax,
    /// Net with tax.
    Total,
    /// Left to pay.
    Due,
    /// Taken from the balance.
    FromBalance,
    /// Put on the balance.
    ToBalance,
    /// The next full period.
    Recurring,
    /// What waits for the next invoice after it.
    Waits,
}

/// Something that is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// The last deed was refused, with this code and, of a quote, for this reason.
    Refused(String, Option<String>),
    /// The last deed changed nothing that can be seen.
    Nothing,
    /// An amount of the last quote.
    Amount(QuoteAmount, Money),
    /// The direction of the last quote or submission.
    Direction(String),
    /// Does the last quote say that the change is made now, or with the next period?
    When(When),
    /// The day on which the change is made, by the last quote.
    MadeOn(Date),
    /// The plan credits left after the change, by the last quote.
    CreditsAfter(Option<i64>),
    /// The last submission was made at once.
    MadeAtOnce,
    /// The local day of the next invoice in the last quote.
    NextInvoice(Date),
    /// Does the last quote say that the service restarts?
    Restarts(bool),
    /// There is an invoice in this state, of this amount: open by what is left to pay, else by its total.
    Invoice(String, Money),
    /// No invoice is open.
    NoOpenInvoice,
    /// The balance.
    Balance(Money),
    /// What is set aside for open invoices.
    Reserved(Money),
    /// The plan.
    On(Name),
    /// The cycle.
    Cycle(Cycle),
    /// The quantity of an option.
    Option(String, u32),
    /// The size and generation that the service shall have.
    Wanted(Size, i64),
    /// The size that waits until the module is asked for it.
    Package(Option<Size>),
    /// The generation at which the service was seen.
    Observed(i64),
    /// What the customer may do with the service.
    Access(String),
    /// The number of attempts to take a payment.
    Payments(usize),
    /// How the work on the service stands.
    Service(String),
    /// The last deed sent this mail, so many times.
    Mail(String, usize),
    /// The last deed sent no mail.
    NoMail,
    /// So many documents of a kind, or of all kinds, since the story began.
    Count(Option<&'static str>, usize),
    /// The newest document of this kind has this total.
    Newest(&'static str, Money),
    /// The state of the newest attempt to take a payment.
    Payment(String),
    /// The state of the newest change.
    Change(Option<String>),
    /// The item of this code is covered from one local day to another by this amount, paid or not.
    Covers {
        /// The plan's or option's code.
        code: Name,
        /// The first day.
        from: Date,
        /// The first day after it.
        until: Date,
        /// What was billed.
        net: Money,
        /// The tax billed with it, where the story says it.
        tax: Option<Money>,
        /// Was it collected?
        paid: bool,
    },
    /// The present period, by local days.
    Period(Date, Date),
    /// What a full period costs.
    Costs(Money),
    /// The first day after the trial that is running; none where none is.
    Trial(Option<Date>),
    /// What waits for the next invoice.
    Waits(Money),
    /// How many units of a meter were used in the period; none where it does not count.
    Used(Name, Option<u32>),
    /// The plan credits left.
    Credits(Option<i64>),
    /// What all postings on a ledger account come to, on the side on which that account grows.
    Booked(LedgerAccount, Money),
}

/// Why a text is not a story.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct StoryError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Story {
    /// Reads a story.
    pub fn parse(text: &str) -> Result<Self, StoryError> {
        let mut reader = Reader::new();
        for (index, text) in text.lines().enumerate() {
            reader.read(index + 1, text).map_err(|what| StoryError { line: index + 1, what })?;
        }
        reader.story().map_err(|what| StoryError { line: text.lines().count().max(1), what })
    }
}
