//! The bookkeeper's book: what one customer has, what each of it was billed, and double entry. What commands do to it is
//! in `commands` and `change`; nothing here looks at the engine.

use std::collections::BTreeMap;

use billing::calendar::{Cycle, Zone};
use billing::ledger::LedgerAccount;
use billing::policy::{Policies, Policy};
use jiff::Timestamp;

use crate::bill_day::Since;
use crate::cancel::{End, Promise};
use crate::change::Quote;
use crate::count::FullPrice;
use crate::count::Joint;
use crate::days::Clock;
use crate::dunning::Chase;
use crate::extend::Bought;
use crate::fraction::Fraction;
use crate::meters::{Meters, Reported};
use crate::once::Once;
use crate::payouts::Out;
use crate::plan_credits::Credits;
use crate::shop::{Off, PriceList, Shop, TaxOf, Tiers, list_of};

/// What the bookkeeper may look up: the shop's lists, the policies, the clocks.
pub struct Desk {
    pub shop: Shop,
    pub policies: Policies,
    /// The customer's zone as the engine knows it, to ask it for its own dates.
    pub zone: Zone,
    pub customer: Clock,
    pub seller: Clock,
    pub utc: Clock,
}

impl Desk {
    pub fn policy(&self) -> &Policy {
        self.policies.newest(&self.shop.policy).expect("a policy")
    }
}

/// The book of one customer.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The price list in force.
    pub list: usize,
    pub subscriptions: Vec<Subscription>,
    pub bills: Vec<Bill>,
    pub attempts: Vec<Attempt>,
    /// Sums per ledger account, debit positive.
    pub ledger: BTreeMap<LedgerAccount, i64>,
    /// What the present command issued.
    pub documents: Vec<Paper>,
    /// How many changes were submitted.
    pub changes: usize,
    /// What was used: its bill, amount and tax.
    pub used: Vec<(Option<usize>, PutOff)>,
    /// Periods that are over, to be held against exact fractions.
    pub closed: Vec<Closed>,
    /// What was paid out, and what was only granted.
    pub out: Out,
}

#[derive(Debug, Clone)]
pub struct Subscription {
    /// Where periods are counted from.
    pub since: Since,
    pub cycle: Cycle,
    pub number: i64,
    /// How many periods began before the present one.
    pub ordinal: i64,
    /// How many times a period began elsewhere than the one before it.
    pub stretch: i64,
    pub from: Timestamp,
    pub until: Timestamp,
    /// When the days are over that cost nothing; none later.
    pub trial: Option<Timestamp>,
    /// Is it billed when its periods are over?
    pub afterwards: bool,
    pub items: Vec<Item>,
    pub pieces: Vec<Piece>,
    /// The plan or options, and the stretch, of which one change gave back several pieces that rules rounded differently.
    pub mixed: Vec<(Option<&'static str>, i64)>,
    /// What changes of this stretch gave back with tax, as it was last given back.
    pub returned: Vec<Returned>,
    /// What the next bill asks for, or takes off, beside its period.
    pub put_off: Vec<PutOff>,
    /// What is counted, and what was reported in this period.
    pub meters: Meters,
    pub reports: Vec<Reported>,
    pub once: Once,
    pub change: Option<Change>,
    pub credits: Option<Credits>,
    pub service: Service,
    pub card: bool,
    /// Is it to end with its period?
    pub leaves: bool,
    /// With what it ended.
    pub last: Option<Box<End>>,
    pub promise: Option<Promise>,
}

/// Something that was given back: of what, which time, the amount, the rate; and the tax that it had.
#[derive(Debug, Clone, PartialEq)]
pub struct Returned {
    pub what: (Option<&'static str>, Timestamp, Timestamp, i64, TaxOf),
    pub tax: i64,
}

/// A line of a change that the next bill has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PutOff {
    pub amount: i64,
    pub tax: i64,
    pub tax_of: Option<TaxOf>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// None: the plan.
    pub option: Option<&'static str>,
    /// The plan's place, of the plan's item.
    pub plan: usize,
    pub unit: i64,
    pub tiers: Option<Tiers>,
    pub off: Option<Off>,
    pub cycle: Cycle,
    pub quantity: i64,
}

/// A stretch of an item's time, and what was billed for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub item: usize,
    /// The plan's place, when it was billed.
    pub plan: usize,
    pub price: FullPrice,
    pub quantity: i64,
    pub from: Timestamp,
    pub until: Timestamp,
    pub shares: bool,
    pub gross: i64,
    pub net: i64,
    /// How much it would be above the exact price of its time, had it been rounded for itself alone; where the policy
    /// wants to know.
    pub above: Fraction,
    /// The stretch of periods in which it was laid.
    pub stretch: i64,
    pub tax: i64,
    pub tax_of: Option<TaxOf>,
    pub bill: Option<usize>,
    /// Is it still to be billed, by the next bill?
    pub put_off: bool,
    /// From when the whole counts that its price is for.
    pub full_from: Timestamp,
    /// Where that whole ends.
    pub full_until: Timestamp,
    /// The two that it is, where a first period is made of two.
    pub joint: Option<Joint>,
    /// How its days are counted, where what was left of others bought them.
    pub bought: Option<Bought>,
    /// Is it billed by sharing the period's own length, so that an exact price can be said?
    pub exact: bool,
    /// Is it what is asked once, for no time?
    pub once: bool,
}

#[derive(Debug, Clone)]
pub struct Change {
    pub serial: usize,
    pub quote: Quote,
    /// Is it paid by card, on the day that was named?
    pub card: bool,
    pub bill: Option<usize>,
    pub state: ChangeStands,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeStands {
    Awaits { until: Timestamp },
    Scheduled { at: Timestamp },
    Closed,
}

#[derive(Debug, Clone)]
pub struct Bill {
    pub subscription: usize,
    pub change: Option<usize>,
    pub total: i64,
    pub from_balance: i64,
    pub credited: i64,
    pub stands: Stands,
    /// What becomes of it unpaid, where a renewal wrote it.
    pub chase: Option<Chase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Open,
    Paid,
    Void,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    pub bill: usize,
    pub amount: i64,
    pub at: Timestamp,
    pub knows: Knows,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knows {
    Sent,
    Unknown,
    Failed,
    Captured,
}

#[derive(Debug, Clone)]
pub struct Service {
    pub size: [i64; 6],
    /// What staff assigned and nobody asked the module for.
    pub package: Option<[i64; 6]>,
    /// Is the customer shut out?
    pub shut: bool,
    pub generation: i64,
    pub done: i64,
    pub progress: Progress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Wanted,
    Working,
    Done,
    Failed,
    /// It read back another size.
    Misread,
}

/// A document as a bookkeeper would write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub kind: &'static str,
    pub total: i64,
    /// Amount and tax.
    pub lines: Vec<(i64, i64)>,
}

/// A period that is over: its pieces as they were kept.
#[derive(Debug, Clone)]
pub struct Closed {
    pub subscription: usize,
    pub stretch: i64,
    pub from: Timestamp,
    pub until: Timestamp,
}

pub const INVOICE: &str = "invoice";
pub const CREDIT_NOTE: &str = "credit_note";
pub const RECEIPT: &str = "receipt";

impl Book {
    pub fn list<'a>(&self, desk: &'a Desk) -> &'a PriceList {
        &desk.shop.lists[self.list]
    }

    /// What an account holds, as a liability.
    pub fn held(&self, account: LedgerAccount) -> i64 {
        -self.ledger.get(&account).copied().unwrap_or(0)
    }

    pub fn balance(&self) -> i64 {
        self.held(LedgerAccount::Balance)
    }

    /// Double entry.
    pub fn post(&mut self, debit: LedgerAccount, credit: LedgerAccount, amount: i64) {
        match (debit, credit) {
            (LedgerAccount::Goodwill, _) => self.out.granted += amount,
            // What was granted is used up first.
            (LedgerAccount::Reserved, LedgerAccount::Receivable) => self.out.granted -= amount.min(self.out.granted),
            _ => {}
        }
        *self.ledger.entry(debit).or_default() += amount;
        *self.ledger.entry(credit).or_default() -= amount;
    }

    pub fn issue(&mut self, kind: &'static str, total: i64, lines: Vec<(i64, i64)>) {
        self.documents.push(Paper { kind, total, lines });
    }

    pub fn is_open(&self, bill: Option<usize>) -> bool {
        bill.is_some_and(|bill| self.bills[bill].stands == Stands::Open)
    }
}

impl Bill {
    pub fn open(&self) -> i64 {
        self.total - self.from_balance - self.credited
    }
}

impl Subscription {
    pub fn plan(&self) -> &Item {
        self.items.iter().find(|item| item.option.is_none()).expect("a plan")
    }

    pub fn options(&self) -> BTreeMap<&'static str, i64> {
        let options = self.items.iter().filter(|item| item.quantity > 0);
        options.filter_map(|item| Some((item.option?, item.quantity))).collect()
    }

    /// The first instant of the full period that the present one is, or is the rest of.
    pub fn full_from(&self, clock: &Clock) -> Timestamp {
        // From its anchor on every period is a full one; before it there is the rest of one.
        if self.number >= 0 { self.from } else { clock.when(self.since.nth(self.cycle, self.number)) }
    }

    /// How much the pieces of this stretch of a plan or option, rounded each for itself, are above exact prices.
    pub fn above(&self, option: Option<&'static str>) -> Fraction {
        let of_period = self.pieces.iter().filter(|piece| piece.stretch == self.stretch);
        let pieces = of_period.filter(|piece| self.items[piece.item].option == option);
        pieces.fold(Fraction::whole(0), |sum, piece| sum + piece.above)
    }

    /// The change that is not made yet.
    pub fn open_change(&self) -> Option<&Change> {
        self.change.as_ref().filter(|change| change.state != ChangeStands::Closed)
    }
}

impl Subscription {
    /// All that waited stands on this bill now.
    pub fn billed_by(&mut self, bill: Option<usize>) {
        self.put_off.clear();
        for piece in self.pieces.iter_mut().filter(|piece| piece.put_off) {
            piece.put_off = false;
            piece.bill = bill.filter(|_| piece.net != 0);
        }
    }
}

impl Item {
    pub fn price(&self) -> FullPrice {
        FullPrice { list: list_of(self.unit, self.tiers, self.quantity), off: self.off, cycle: self.cycle }
    }
}

/// What is paid for an amount: itself, and the tax unless the price contains it.
pub fn payable(amount: i64, tax: i64, tax_of: Option<TaxOf>) -> i64 {
    if tax_of.is_some_and(|tax_of| tax_of.included) { amount } else { amount + tax }
}

impl PutOff {
    pub fn payable(&self) -> i64 {
        payable(self.amount, self.tax, self.tax_of)
    }
}

/// What an amount is without the tax in it.
pub fn income(amount: i64, tax: i64, tax_of: Option<TaxOf>) -> i64 {
    payable(amount, tax, tax_of) - tax
}
