//! Balance that is paid out, as a bookkeeper writes it down: what was granted goes first and never out, the fee is of all
//! that ever went out, and nothing goes while a bill is to be paid. Histories of it are drawn apart, so that seeds of
//! before keep theirs.

use billing::account::Account;
use billing::ledger::LedgerAccount::{Balance, CashBank, CashCard, PayoutFees, Payouts, Reserved};

use crate::book::{Book, ChangeStands, Desk, RECEIPT, Stands};
use crate::chance::Chance;
use crate::change::No;
use crate::fraction::Fraction;
use crate::history::{Deed, History, Step};
use crate::play::same;

const PAYOUT: &str = "payout";

/// By which histories pay balance out.
const SALT: u64 = 0xca54_0470;

/// What stands behind the balance.
#[derive(Debug, Clone, Default)]
pub struct Out {
    /// What is held that nobody paid for.
    pub granted: i64,
    /// The amounts that went out or are about to, and those of them that did.
    gone: Vec<Going>,
}

#[derive(Debug, Clone, PartialEq)]
struct Going {
    amount: i64,
    fee: i64,
    is_sent: bool,
}

impl Out {
    fn open(&self) -> Option<&Going> {
        self.gone.iter().find(|going| !going.is_sent)
    }

    fn sum(&self) -> i64 {
        self.gone.iter().map(|going| going.amount).sum()
    }
}

impl Book {
    /// What of the balance a customer may have as cash.
    pub fn cashable(&self) -> i64 {
        let came_and_stayed = -self.held(CashBank) - self.held(CashCard);
        // What is set aside is of what was granted, as far as that goes.
        let granted_free = (self.out.granted - self.held(Reserved)).max(0);
        (self.balance() - granted_free).max(0).min(came_and_stayed)
    }

    /// The fee on an amount, by the policy.
    pub fn fee_on(&self, desk: &Desk, amount: i64) -> i64 {
        let terms = &desk.policy().terms;
        let percent = terms.cash_out_fee.map_or("0".to_owned(), |percent| percent.to_string());
        let (whole, tenth) = percent.split_once('.').unwrap_or((&percent, "0"));
        let tenths: i128 = format!("{whole}{tenth}").parse().expect("a percentage with a decimal at most");
        let of = |amount: i64| Fraction::new(i128::from(amount) * tenths, 1_000).round(terms.rounding);
        of(self.out.sum() + amount) - of(self.out.sum())
    }

    /// The customer asks for so much, having been shown a fee.
    pub fn pay_out(&mut self, desk: &Desk, amount: i64, shown: i64, staff: bool) -> Result<(), No> {
        if amount <= 0 {
            return Err("bad-amount");
        }
        if desk.policy().terms.cash_out_fee.is_none() && !staff {
            return Err("payout-not-offered");
        }
        if self.out.open().is_some() {
            return Err("payout-open");
        }
        let waits = |bill: usize| {
            let changes = self.subscriptions.iter().filter_map(|one| one.open_change());
            let mut waiting = changes.filter(|change| matches!(change.state, ChangeStands::Awaits { .. }));
            waiting.any(|change| change.bill == Some(bill))
        };
        if (0..self.bills.len()).any(|bill| self.bills[bill].stands == Stands::Open && !waits(bill)) {
            return Err("owed-first");
        }
        if amount > self.cashable() {
            return Err("payout-too-much");
        }
        let fee = self.fee_on(desk, amount);
        if fee >= amount {
            return Err("fee-takes-all");
        }
        if fee != shown {
            return Err("payout-fee-changed");
        }
        let mut lines = vec![(amount, 0), (-fee, 0)];
        lines.retain(|(amount, _)| *amount != 0);
        self.issue(PAYOUT, amount - fee, lines);
        self.post(Balance, Payouts, amount);
        self.out.gone.push(Going { amount, fee, is_sent: false });
        Ok(())
    }

    pub fn payout_sent(&mut self) -> Result<(), No> {
        let going = self.out.gone.iter_mut().find(|going| !going.is_sent).ok_or("payout-not-open")?;
        going.is_sent = true;
        let Going { amount, fee, .. } = *going;
        self.post(Payouts, CashBank, amount - fee);
        self.post(Payouts, PayoutFees, fee);
        Ok(())
    }

    pub fn payout_came_back(&mut self) -> Result<(), No> {
        let Going { amount, .. } = self.out.open().cloned().ok_or("payout-not-open")?;
        self.out.gone.pop();
        self.issue(RECEIPT, amount, vec![(amount, 0)]);
        self.post(Payouts, Balance, amount);
        Ok(())
    }
}

/// With a fee: asked for, sent, and come back.
pub type Seen = [u64; 3];

pub fn count(seen: &mut Seen, before: &Book, after: &Book) {
    let dear = |book: &Book, is_sent: bool| {
        book.out.gone.iter().filter(|going| going.fee != 0 && going.is_sent == is_sent).count()
    };
    let [asked, sent, back] = seen;
    let (more_open, more_sent) = (dear(after, false) > dear(before, false), dear(after, true) > dear(before, true));
    *asked += u64::from(more_open);
    *sent += u64::from(more_sent);
    *back += u64::from(dear(after, false) < dear(before, false) && !more_sent);
}

/// What the engine keeps of it.
pub fn compare(account: &Account, book: &Book) -> Result<(), String> {
    let backing = account.backing;
    same!("the cash behind the balance", backing.cash.minor, -book.held(CashBank) - book.held(CashCard));
    same!("what is granted of the balance", backing.granted.minor, book.out.granted);
    same!("what fees were taken on", backing.charged_on.minor, book.out.sum());
    let engine = account.payout.as_ref().filter(|payout| payout.is_open());
    let engine = engine.map(|payout| (payout.amount.minor, payout.fee.minor));
    same!("the open payout", engine, book.out.open().map(|going| (going.amount, going.fee)));
    same!("what can be paid out", account.cashable().minor, book.cashable());
    Ok(())
}

impl History {
    /// Lets customers of two in five histories ask for cash.
    pub fn pay_out(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(40) {
            return;
        }
        for _ in 0..chance.between(1, 6) {
            let place = chance.place(self.steps.len());
            let at = self.steps[place].at;
            let mut put = |deed| self.steps.insert(place + 1, Step { at, subscription: 0, deed });
            if chance.percent(75) {
                put(if chance.percent(55) { Deed::PayoutSent } else { Deed::PayoutReturned });
            }
            let off = if chance.percent(10) { chance.between(-2, 2) } else { 0 };
            put(Deed::PayOut { percent: *chance.pick(&[1, 10, 50, 100, 100, 101]), off, staff: chance.percent(70) });
            // There is something to be had where too much was paid.
            if chance.percent(60) {
                put(Deed::Transfer { back: None, more: chance.between(1, 5_000) });
            }
        }
    }
}
