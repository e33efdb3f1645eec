//! The end of a subscription, as a bookkeeper writes it down: the rest goes back by the policy, what waited and what was used
//! is billed, and nothing of it is asked for any more. Every history ends with it, by staff and at once, of each of the
//! customer's subscriptions; what a policy gives back whole in its first days is left to stories.

use billing::ledger::LedgerAccount::{Balance, CashBank, Receivable, Reserved, Sales, Tax};
use jiff::Timestamp;

use crate::book::{Attempt, Bill, Book, CREDIT_NOTE, Desk, INVOICE, Knows, Progress, PutOff, Stands, payable};
use crate::change::{Given, No};
use crate::tax;

/// Ended: with money back, with money asked for, with a debt taken off, and with an open change taken back.
pub type Seen = [u64; 4];

/// What an end comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    pub given: Vec<Given>,
    pub used: Vec<PutOff>,
    pub total: i64,
    pub tax: i64,
    pub from_balance: i64,
    pub debt_released: i64,
}

impl Book {
    /// Counts the end of a subscription now.
    pub fn quote_end(&self, desk: &Desk, now: Timestamp, at: usize) -> Result<End, No> {
        let subscription = &self.subscriptions[at];
        if now < subscription.from && subscription.ordinal == 0 {
            return Err("not-started");
        }
        if now >= subscription.until {
            return Err("period-over");
        }
        let terms = &desk.policy().terms;
        let given = self.given_at_end(desk, now, at);
        let mut counted = subscription.clone();
        let mut amounts = counted.take_reports(terms.rounding);
        if subscription.trial.is_some() {
            amounts.clear();
        }
        let tax_of = self.list(desk).tax;
        let taxes = tax::on_charges(tax_of, &amounts, 0, 0, terms.tax_rounding, terms);
        let used: Vec<PutOff> =
            amounts.into_iter().zip(taxes).map(|(amount, tax)| PutOff { amount, tax, tax_of }).collect();
        let on_paper = || subscription.put_off.iter().chain(&used);
        let back: i64 = given.iter().map(|line| payable(line.returned(), line.returned_tax(), line.tax_of)).sum();
        let total = on_paper().map(PutOff::payable).sum::<i64>() - back;
        let tax = on_paper().map(|line| line.tax).sum::<i64>() - given.iter().map(Given::returned_tax).sum::<i64>();
        let open = subscription.open_change().and_then(|change| change.bill);
        let set_aside = open.filter(|bill| self.is_open(Some(*bill))).map_or(0, |bill| self.bills[bill].from_balance);
        let owed = given.iter().filter(|line| !line.paid && !line.put_off);
        let debt_released = owed.map(|line| payable(line.amount, line.tax, line.tax_of)).sum();
        let from_balance = total.max(0).min(self.balance() + set_aside);
        Ok(End { given, used, total, tax, from_balance, debt_released })
    }

    /// Ends a subscription as it was counted.
    pub fn end(&mut self, desk: &Desk, now: Timestamp, at: usize, end: &End) -> Result<(), No> {
        if self.subscriptions[at].open_change().is_some() {
            self.withdraw(at)?;
        }
        let End { given, used, total, tax, from_balance, .. } = end;
        let subscription = &mut self.subscriptions[at];
        for line in given {
            let piece = &mut subscription.pieces[line.piece];
            piece.until = line.from;
            piece.gross -= line.gross;
            piece.net -= line.amount;
            piece.tax -= line.tax;
            piece.exact = false;
        }
        let waited = subscription.put_off.iter().map(|line| (line.amount, line.tax));
        let back = given.iter().filter(|line| line.returned() != 0);
        let back = back.map(|line| (-line.returned(), -line.returned_tax()));
        let lines: Vec<(i64, i64)> =
            waited.chain(back).chain(used.iter().map(|line| (line.amount, line.tax))).collect();
        let bill = (!lines.is_empty() && *total >= 0).then_some(self.bills.len());
        self.subscriptions[at].billed_by(bill);
        self.used.extend(used.iter().map(|line| (bill, *line)));
        if *total < 0 {
            self.post(Sales, Balance, tax - total);
            self.post(Tax, Balance, -tax);
            self.issue(CREDIT_NOTE, -total, lines.into_iter().map(|(amount, tax)| (-amount, -tax)).collect());
        } else if let Some(bill) = bill {
            self.post(Receivable, Sales, total - tax);
            self.post(Receivable, Tax, *tax);
            self.issue(INVOICE, *total, lines);
            self.post(Balance, Reserved, *from_balance);
            self.bills.push(Bill {
                subscription: at,
                change: None,
                total: *total,
                from_balance: *from_balance,
                credited: 0,
                stands: if *total == 0 { Stands::Paid } else { Stands::Open },
                chase: None,
            });
            let due = total - from_balance;
            if *total > 0 && due == 0 {
                self.pay_bill(desk, bill, 0, CashBank);
            }
        }
        self.release_given(desk, given);
        let subscription = &mut self.subscriptions[at];
        subscription.reports.clear();
        subscription.meters.clear();
        subscription.ended = true;
        subscription.service.shut = true;
        subscription.service.generation += 1;
        subscription.service.progress = Progress::Wanted;
        let card = subscription.card;
        for entry in self.bills.iter_mut().filter(|bill| bill.subscription == at) {
            entry.chase = None;
        }
        if let Some(bill) = bill.filter(|bill| card && *total > *from_balance && self.is_open(Some(*bill))) {
            let amount = total - from_balance;
            self.attempts.push(Attempt { bill, amount, at: now, knows: Knows::Sent });
        }
        Ok(())
    }
}
