//! Bills of renewals that nobody pays, as a bookkeeper follows them: a note beside each bill of the days on which its card
//! is tried again, and of the day on which the customer is shut out.

use billing::ledger::LedgerAccount::{Balance, CashBank, Reserved};
use jiff::{Span, Timestamp};
use serde_json::Value;

use crate::book::{Attempt, Book, Desk, Knows, Progress, Stands};
use crate::change::No;
use crate::days::plus_seconds;

/// What stands beside a bill.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chase {
    /// From when it counts.
    pub since: Option<Timestamp>,
    /// The tries that are still to come.
    pub tries: Vec<Timestamp>,
    /// How many are behind it.
    pub tried: usize,
    /// When the customer is shut out, or the subscription ends.
    pub ends: Option<Timestamp>,
    /// Has that been seen to?
    pub over: bool,
}

/// What the policy has to say of it, as it is written.
pub fn written(desk: &Desk) -> Value {
    serde_json::to_value(&desk.policy().dunning).expect("plain data")
}

/// Does the subscription end with the grace?
pub fn ends(desk: &Desk) -> bool {
    written(desk)["after_grace"] == "cancel"
}

fn hours_or_days(desk: &Desk, since: Timestamp, distance: i64, in_hours: bool) -> Timestamp {
    if in_hours {
        return plus_seconds(since, 3600 * distance);
    }
    let shown = desk.customer.shows(since).checked_add(Span::new().days(distance)).expect("a date in range");
    desk.customer.when(shown)
}

/// The days of the tries of what failed then.
fn tries(desk: &Desk, since: Timestamp) -> Vec<Timestamp> {
    let retries = &written(desk)["retries"];
    let (mut tries, mut sum) = (Vec::new(), 0);
    for offset in retries["offsets"].as_array().into_iter().flatten() {
        let offset = offset.as_i64().expect("a number");
        sum = if retries["counted_from"] == "previous_attempt" { sum + offset } else { offset };
        tries.push(hours_or_days(desk, since, sum, retries["unit"] == "hour"));
    }
    tries
}

fn grace_ends(desk: &Desk, since: Timestamp) -> Option<Timestamp> {
    let written = written(desk);
    let days = written["grace_days"].as_i64().filter(|_| written["after_grace"] != "keep")?;
    Some(hours_or_days(desk, since, days, false))
}

impl Book {
    /// A renewal wrote bills from this place on: what is still open of them is followed.
    pub fn chase(&mut self, desk: &Desk, now: Timestamp, from: usize, card: bool) {
        let written = written(desk);
        if written["retries"].is_null() && written["after_grace"] == "keep" {
            return;
        }
        for bill in self.bills[from..].iter_mut().filter(|bill| bill.stands == Stands::Open && bill.change.is_none()) {
            let mut chase = Chase::default();
            if !card {
                // Two weeks to pay, the last day whole; and no card to be tried.
                let since = desk.customer.tomorrow(plus_seconds(now, 14 * 24 * 3600));
                chase.since = Some(since);
                chase.tried = written["retries"]["offsets"].as_array().map_or(0, Vec::len);
                chase.ends = grace_ends(desk, since);
            }
            bill.chase = Some(chase);
        }
    }

    /// A payment of a bill failed.
    pub fn note_failure(&mut self, desk: &Desk, now: Timestamp, bill: usize) {
        let entry = &mut self.bills[bill];
        let is_open = entry.stands == Stands::Open;
        let Some(chase) = entry.chase.as_mut().filter(|_| is_open) else { return };
        if chase.since.is_none() {
            chase.since = Some(now);
            chase.tries = tries(desk, now);
            chase.ends = grace_ends(desk, now);
        }
        chase.leave_behind(now);
    }

    /// The card is tried again.
    pub fn try_again(&mut self, desk: &Desk, now: Timestamp, bill: usize, number: usize) -> Result<(), No> {
        if self.bills[bill].stands != Stands::Open {
            return Err("invoice-not-open");
        }
        let chase = self.bills[bill].chase.clone().ok_or("retry-not-due")?;
        if number <= chase.tried {
            return Ok(());
        }
        if number != chase.tried + 1 || chase.tries.first().is_none_or(|first| now < *first) {
            return Err("retry-not-due");
        }
        if self.is_being_paid(Some(bill)) {
            return Err("payment-running");
        }
        self.pay_what_is_late(desk, now);
        if self.bills[bill].stands != Stands::Open {
            return Ok(());
        }
        let part = self.balance().min(self.bills[bill].open());
        self.post(Balance, Reserved, part);
        let entry = &mut self.bills[bill];
        entry.from_balance += part;
        entry.chase.iter_mut().for_each(|chase| chase.leave_behind(now));
        let amount = entry.open();
        self.attempts.push(Attempt { bill, amount, at: now, knows: Knows::Sent });
        Ok(())
    }

    /// Is the grace over of a bill, and is this to be done then?
    pub fn grace_is_over(&self, desk: &Desk, now: Timestamp, bill: usize, then: &str) -> Result<(), No> {
        if self.bills[bill].stands != Stands::Open {
            return Err("invoice-not-open");
        }
        let chase = self.bills[bill].chase.as_ref().filter(|_| written(desk)["after_grace"] == then);
        let chase = chase.ok_or("grace-not-over")?;
        let waits_for_a_try = chase.tries.first().is_some_and(|first| *first <= now);
        if waits_for_a_try || chase.ends.is_none_or(|ends| now < ends) {
            return Err("grace-not-over");
        }
        if self.is_being_paid(Some(bill)) {
            return Err("payment-running");
        }
        Ok(())
    }

    /// The customer is shut out.
    pub fn shut_out(&mut self, desk: &Desk, now: Timestamp, bill: usize) -> Result<(), No> {
        let chase = self.bills[bill].chase.as_ref();
        if self.bills[bill].stands == Stands::Open && chase.is_some_and(|chase| chase.over) {
            return Ok(());
        }
        self.grace_is_over(desk, now, bill, "restrict")?;
        self.pay_what_is_late(desk, now);
        if self.bills[bill].stands != Stands::Open {
            return Ok(());
        }
        self.bills[bill].chase.iter_mut().for_each(|chase| chase.over = true);
        let at = self.bills[bill].subscription;
        if !self.subscriptions[at].service.shut {
            self.turn_the_key(at);
        }
        Ok(())
    }

    /// After every command: what lies on the balance pays what is late, and who owes nothing any more is let in again.
    pub fn follow(&mut self, desk: &Desk, now: Timestamp) {
        self.pay_what_is_late(desk, now);
        for at in 0..self.subscriptions.len() {
            let owes = (0..self.bills.len()).any(|bill| self.bills[bill].subscription == at && self.is_owed(bill));
            if self.subscriptions[at].service.shut && !owes && !self.subscriptions[at].has_ended() {
                self.turn_the_key(at);
            }
        }
    }

    pub fn pay_what_is_late(&mut self, desk: &Desk, now: Timestamp) {
        let is_wanted = |book: &Self, bill: usize| {
            let entry = &book.bills[bill];
            let is_late = entry.chase.as_ref().and_then(|chase| chase.since).is_some_and(|since| since <= now);
            let shuts = book.subscriptions[entry.subscription].service.shut && book.is_owed(bill);
            entry.stands == Stands::Open && (is_late || shuts) && !book.is_being_paid(Some(bill))
        };
        let wanted: Vec<usize> = (0..self.bills.len()).filter(|bill| is_wanted(self, *bill)).collect();
        for bill in wanted {
            let open = self.bills[bill].open();
            if open <= self.balance() {
                self.post(Balance, Reserved, open);
                self.bills[bill].from_balance += open;
                self.pay_bill(desk, bill, 0, CashBank);
            }
        }
    }

    /// Is it open, and not the order of a change that waits?
    fn is_owed(&self, bill: usize) -> bool {
        self.bills[bill].stands == Stands::Open && self.waits_for(bill).is_none()
    }

    fn turn_the_key(&mut self, at: usize) {
        let service = &mut self.subscriptions[at].service;
        service.shut = !service.shut;
        service.generation += 1;
        service.progress = Progress::Wanted;
    }
}

impl Chase {
    fn leave_behind(&mut self, now: Timestamp) {
        while self.tries.first().is_some_and(|first| *first <= now) {
            self.tries.remove(0);
            self.tried += 1;
        }
    }
}
