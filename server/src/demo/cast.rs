//! The cast: who the demo's customers are and what they did, in days before now or on days of the calendar, a file for
//! each storefront. Names are made up; the mail addresses are of a domain that is nobody's.

pub(super) mod host;
pub(super) mod saas;
pub(super) mod team;
pub(super) mod vps;

use billing::calendar::Cycle;
use billing::command::{Asker, PaymentChoice};
use billing::effect::TestCard;
use billing::policy;
use jiff::civil::Date;

/// A customer and what they did.
pub(super) struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub zone: &'static str,
    pub currency: &'static str,
    /// In the last so many days nothing is paid by hand: no transfer, no second card.
    pub unpaid_days: i64,
    /// The resize of this service fails.
    pub fails: Option<&'static str>,
    /// What there is to see for whoever logs in as them; nobody does where this is missing.
    pub shows: Option<&'static str>,
    pub deeds: Vec<Deed>,
}

/// Something done on a day.
pub(super) struct Deed {
    pub when: When,
    pub what: What,
}

/// On which day.
#[derive(Clone, Copy)]
pub(super) enum When {
    /// So many days ago.
    Ago(i64),
    /// On a day of at least so many months ago whose period ends tomorrow.
    LastDay(i64),
    /// On this day, by month and day, of the last spring that is over.
    Spring(i8, i8),
    /// On this day.
    On(Date),
}

/// What was done.
#[derive(Clone)]
pub(super) enum What {
    /// A service was ordered.
    Start {
        product: &'static str,
        label: &'static str,
        plan: &'static str,
        cycle: Cycle,
        options: Options,
        pays: PaymentChoice,
    },
    /// A change was ordered.
    Change { label: &'static str, to: Target, pays: PaymentChoice, by: Asker },
    /// A service was cancelled, at once or with its period.
    Cancel { label: &'static str, ends: policy::When },
    /// The unpaid change was taken back.
    Withdraw { label: &'static str },
    /// The invoice of the newest change was paid by transfer.
    Transfer { label: &'static str },
    /// A program reported units of a meter.
    Report { label: &'static str, meter: &'static str, units: u32 },
    /// The customer asked for balance as cash.
    PayOut { amount: &'static str, to: &'static str },
    /// Staff put an amount on the balance.
    Goodwill { amount: &'static str, reason: &'static str },
}

/// Quantities of options, by code.
pub(super) type Options = Vec<(&'static str, u32)>;

/// What a change asks for: what is not named stays.
#[derive(Clone, Default)]
pub(super) struct Target {
    pub plan: Option<&'static str>,
    pub cycle: Option<Cycle>,
    pub options: Options,
}

pub(super) const CARD: PaymentChoice = PaymentChoice::Card(TestCard::Pays);
const DECLINED: PaymentChoice = PaymentChoice::Card(TestCard::Declines);
const SILENT: PaymentChoice = PaymentChoice::Card(TestCard::TimesOutAfterCharging);
const BANK: PaymentChoice = PaymentChoice::BankTransfer;

fn person(
    name: &'static str,
    email: &'static str,
    zone: &'static str,
    currency: &'static str,
    deeds: Vec<Deed>,
) -> Person {
    Person { name, email, zone, currency, unpaid_days: 0, fails: None, shows: None, deeds }
}

impl Deed {
    fn new(when: When, what: What) -> Self {
        Self { when, what }
    }

    fn ago(days: i64, what: What) -> Self {
        Self::new(When::Ago(days), what)
    }
}

fn change(label: &'static str, to: Target, pays: PaymentChoice) -> What {
    What::Change { label, to, pays, by: Asker::Customer }
}

fn to_plan(plan: &'static str) -> Target {
    Target { plan: Some(plan), ..Target::default() }
}

fn to_cycle(cycle: Cycle) -> Target {
    Target { cycle: Some(cycle), ..Target::default() }
}

fn to_options<const N: usize>(options: [(&'static str, u32); N]) -> Target {
    Target { options: options.to_vec(), ..Target::default() }
}
