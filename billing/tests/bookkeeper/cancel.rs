//! The end of a subscription, as a bookkeeper writes it down: the rest goes back by the policy, what waited and what was used
//! is billed, and nothing of it is asked for any more. Now, with its period, or because nobody paid; and what goes back whole
//! in the first days. Who leaves, and when, is in `leaving`.

use billing::ledger::LedgerAccount::{Balance, CashBank, Receivable, Reserved, Sales, Tax};
use billing::policy::{DayZone, When};
use jiff::Timestamp;

use crate::book::{
    Attempt, Bill, Book, CREDIT_NOTE, Closed, Desk, INVOICE, Knows, Piece, Progress, PutOff, Stands, Subscription,
    payable,
};
use crate::change::{Counting, Given, Laid, No, Placed, Quote, Wish, recurring};
use crate::count::Measure;
use crate::tax;

/// Why a subscription ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody asks, staff or the customer: now, or with the period.
    Asked { when: When, staff: bool },
    /// The period is over with which it was to end.
    Over,
    /// Nobody paid; and what was not paid is owed no more, if so.
    Unpaid { released: bool },
}

/// What an end comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    pub why: Why,
    pub at: Timestamp,
    pub expires: Timestamp,
    /// When the period is over.
    pub until: Timestamp,
    /// The list in force.
    pub version: i64,
    /// Does all of the first period go back?
    pub whole: bool,
    /// Would it, if nothing of the shop had ended before?
    pub was_had: bool,
    pub given: Vec<Given>,
    pub waited: Vec<PutOff>,
    pub used: Vec<PutOff>,
    pub total: i64,
    pub tax: i64,
    pub from_balance: i64,
    pub debt_released: i64,
    /// The plan credits that are lost.
    pub lost: i64,
    /// The change that it takes back.
    pub takes_back: Option<usize>,
}

impl End {
    /// What is promised where it is shown: what is used of a period that goes on may become more.
    pub fn bound(&self) -> Self {
        let goes_on = matches!(self.why, Why::Asked { when: When::PeriodEnd, .. });
        Self { used: if goes_on { Vec::new() } else { self.used.clone() }, ..self.clone() }
    }
}

/// That all of the first period that costs something can go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    pub until: Timestamp,
    /// The first piece of that period.
    first: usize,
    /// Had something of the shop ended before? Then it was not given.
    pub denied: bool,
    /// Has another period begun, or was something used?
    pub over: bool,
}

impl Subscription {
    pub fn has_ended(&self) -> bool {
        self.last.is_some()
    }

    /// What is used is not given back.
    pub fn is_used(&mut self) {
        self.promise.iter_mut().for_each(|promise| promise.over = true);
    }

    /// A change is made: what it promises, and an end of what was promised if another period begins with it.
    pub fn promised_with(&mut self, quote: &Quote) {
        let another = (quote.from, quote.until) != (self.from, self.until) || quote.trial == Some(quote.from);
        if let Some(promise) = &mut self.promise {
            promise.over |= another;
        } else if let Some(until) = quote.promise {
            self.promise = Some(Promise { until, first: self.pieces.len(), denied: false, over: false });
        }
    }
}

impl Book {
    /// Is it still in the book? What has ended, is switched off and owes nothing is filed.
    pub fn knows(&self, at: usize) -> Result<(), No> {
        if self.is_gone(at) { Err("unknown-subscription") } else { Ok(()) }
    }

    pub fn has_a_service(&self, at: usize) -> Result<(), No> {
        if self.is_gone(at) { Err("unknown-service") } else { Ok(()) }
    }

    pub fn goes_on(&self, at: usize) -> Result<(), No> {
        self.knows(at)?;
        if self.subscriptions[at].has_ended() { Err("subscription-ended") } else { Ok(()) }
    }

    pub fn is_gone(&self, at: usize) -> bool {
        let subscription = &self.subscriptions[at];
        let is_off = subscription.service.done == subscription.service.generation;
        let owes = self.bills.iter().any(|bill| bill.subscription == at && bill.stands == Stands::Open);
        subscription.has_ended() && is_off && !owes
    }

    fn had_one(&self) -> bool {
        self.subscriptions.iter().any(Subscription::has_ended)
    }

    /// When so many days are over, of which the first is that of an instant.
    fn promised(&self, desk: &Desk, from: Timestamp) -> Option<Timestamp> {
        let days = desk.policy().cancellation.full_refund_days?;
        let date = (0..days).fold(desk.customer.date(from), |date, _| date.tomorrow().expect("a date in range"));
        Some(desk.customer.day_begins(date))
    }

    /// A period has begun, and its pieces are those from a place on: the first that costs something can go back, if it cost
    /// nothing before; and no other can.
    pub fn promise(&mut self, desk: &Desk, at: usize, first: usize, was_free: bool) {
        let (until, denied) = (self.promised(desk, self.subscriptions[at].from), self.had_one());
        let subscription = &mut self.subscriptions[at];
        let costs = subscription.pieces[first..].iter().any(|piece| piece.net != 0);
        match (&mut subscription.promise, until) {
            (Some(promise), _) => promise.over = true,
            (None, Some(until)) if was_free && costs => {
                subscription.promise = Some(Promise { until, first, denied, over: false });
            }
            _ => {}
        }
    }

    /// The promise by which everything would go back now.
    fn promise_at(&self, now: Timestamp, at: usize) -> Option<Promise> {
        self.subscriptions[at].promise.filter(|promise| !promise.over && now < promise.until)
    }

    /// Counts the end that somebody asks for, or says why it cannot be had.
    pub fn quote_end(&self, desk: &Desk, now: Timestamp, at: usize, when: When, staff: bool) -> Result<End, No> {
        self.goes_on(at)?;
        let subscription = &self.subscriptions[at];
        if now >= subscription.until {
            return Err(if subscription.leaves { "subscription-ended" } else { "period-over" });
        }
        if !staff && !desk.policy().cancellation.when.contains(&when) {
            return Err("cancellation-not-offered");
        }
        if when == When::PeriodEnd && subscription.leaves {
            return Err("subscription-cancelled");
        }
        Ok(self.count_end(desk, now, at, Why::Asked { when, staff }))
    }

    fn count_end(&self, desk: &Desk, now: Timestamp, at: usize, why: Why) -> End {
        let subscription = &self.subscriptions[at];
        let is_now = matches!(why, Why::Asked { when: When::Now, .. });
        let promise = self.promise_at(now, at).filter(|_| is_now);
        let whole = promise.filter(|_| !self.had_one());
        let (mut given, expires, free) = self.given_at_end(desk, now, at);
        match why {
            Why::Asked { when: When::PeriodEnd, .. } | Why::Over => given.clear(),
            Why::Unpaid { released: true } => {
                self.give_all(at, &mut given, |_, piece| piece.put_off || self.is_open(piece.bill))
            }
            _ => {}
        }
        if let Some(promise) = whole {
            self.give_all(at, &mut given, |place, _| place >= promise.first);
        }
        let used = if why == (Why::Unpaid { released: true }) { Vec::new() } else { self.used_now(desk, at) };
        let waited = subscription.put_off.clone();
        let on_paper = || waited.iter().chain(&used);
        let back: i64 = given.iter().map(|line| payable(line.returned(), line.returned_tax(), line.tax_of)).sum();
        let settles = !matches!(why, Why::Asked { when: When::PeriodEnd, .. });
        let total = on_paper().map(PutOff::payable).sum::<i64>() - back;
        let tax = on_paper().map(|line| line.tax).sum::<i64>() - given.iter().map(Given::returned_tax).sum::<i64>();
        let (total, tax) = if settles { (total, tax) } else { (0, 0) };
        let owed = given.iter().filter(|line| !line.paid && !line.put_off);
        let debt_released = owed.map(|line| payable(line.amount, line.tax, line.tax_of)).sum();
        End {
            why,
            at: now,
            expires,
            until: subscription.until,
            version: self.list(desk).version,
            whole: whole.is_some(),
            was_had: promise.is_some() && whole.is_none(),
            total,
            tax,
            from_balance: total.max(0).min(free),
            debt_released,
            lost: subscription.credits.map_or(0, |credits| credits.left),
            takes_back: subscription.open_change().map(|change| change.serial),
            given,
            waited,
            used,
        }
    }

    /// What was used so far, with its tax; of a trial nothing is asked for.
    fn used_now(&self, desk: &Desk, at: usize) -> Vec<PutOff> {
        let (terms, tax_of) = (&desk.policy().terms, self.list(desk).tax);
        let mut counted = self.subscriptions[at].clone();
        let mut amounts = counted.take_reports(terms.rounding);
        if counted.trial.is_some() {
            amounts.clear();
        }
        let taxes = tax::on_charges(tax_of, &amounts, 0, 0, terms.tax_rounding, terms);
        amounts.into_iter().zip(taxes).map(|(amount, tax)| PutOff { amount, tax, tax_of }).collect()
    }

    /// What goes back of a subscription that ends now, under what its policy says of that; until when it can be had; and what
    /// is free of the balance.
    fn given_at_end(&self, desk: &Desk, now: Timestamp, at: usize) -> (Vec<Given>, Timestamp, i64) {
        let subscription = &self.subscriptions[at];
        let terms = &desk.policy().cancellation.terms;
        let clock = match terms.day_zone {
            DayZone::Customer => &desk.customer,
            DayZone::Seller => &desk.seller,
            DayZone::Utc => &desk.utc,
        };
        let wish = Wish {
            subscription: at,
            plan: subscription.plan().plan,
            cycle: subscription.cycle,
            options: subscription.options(),
            when: None,
            on: None,
            staff: true,
        };
        let measure = Measure { terms, own: &desk.policy().terms, clock };
        let (list, when) = (self.list(desk), When::Now);
        let counting = Counting { book: self, desk, subscription, list, measure, wish: &wish, at: now, when };
        let placed = Placed {
            since: subscription.since,
            number: subscription.number,
            from: subscription.from,
            until: subscription.until,
            full_from: subscription.full_from(&desk.customer),
            joint: subscription.joint(&desk.customer),
        };
        let mut given = Vec::new();
        for item in 0..subscription.items.len() {
            counting.give_back(item, &placed, &mut given);
        }
        (given, counting.expires().0, counting.free_balance())
    }

    /// All of the pieces that are picked goes back, whatever would go back of them.
    fn give_all(&self, at: usize, given: &mut Vec<Given>, picks: impl Fn(usize, &Piece) -> bool) {
        for (place, piece) in self.subscriptions[at].pieces.iter().enumerate() {
            if piece.net != 0 && picks(place, piece) {
                given.retain(|line| line.piece != place);
                given.push(Given::all_of(place, piece, !piece.put_off && !self.is_open(piece.bill)));
            }
        }
    }

    /// Submits an end that was quoted.
    pub fn cancel(&mut self, desk: &Desk, now: Timestamp, at: usize, shown: &End) -> Result<(), No> {
        let Why::Asked { when, staff } = shown.why else { unreachable!("nobody submits another end") };
        let end = self.quote_end(desk, shown.at, at, when, staff)?;
        let same = end.bound() == shown.bound();
        match (same, now >= end.expires) {
            // Of time that is over an account keeps too little to count it again, so either reason is one.
            (_, true) => return Err("quote-expired or quote-stale"),
            (false, false) => return Err("quote-stale"),
            (true, false) => {}
        }
        if when == When::Now {
            return self.end(desk, now, at, &end);
        }
        if self.subscriptions[at].open_change().is_some() {
            self.withdraw(at)?;
        }
        self.subscriptions[at].leaves = true;
        Ok(())
    }

    /// The customer stays.
    pub fn uncancel(&mut self, now: Timestamp, at: usize) -> Result<(), No> {
        self.goes_on(at)?;
        let subscription = &mut self.subscriptions[at];
        if !subscription.leaves {
            return Err("not-cancelled");
        }
        if now >= subscription.until {
            return Err("subscription-ended");
        }
        subscription.leaves = false;
        Ok(())
    }

    /// The period may be over with which it was to end.
    pub fn end_due(&mut self, desk: &Desk, now: Timestamp, at: usize) -> Result<(), No> {
        self.knows(at)?;
        let subscription = &self.subscriptions[at];
        if subscription.has_ended() {
            return Ok(());
        }
        if !subscription.leaves {
            return Err("not-cancelled");
        }
        let Subscription { from, until, stretch, .. } = *subscription;
        if now < until {
            return Err("end-not-due");
        }
        self.closed.push(Closed { subscription: at, stretch, from, until });
        let end = self.count_end(desk, now, at, Why::Over);
        self.end(desk, now, at, &end)
    }

    /// Nobody paid a bill, and the grace is over.
    pub fn end_unpaid(&mut self, desk: &Desk, now: Timestamp, bill: usize) -> Result<(), No> {
        self.grace_is_over(desk, now, bill, "cancel")?;
        self.pay_what_is_late(desk, now);
        if self.bills[bill].stands != Stands::Open {
            return Ok(());
        }
        let at = self.bills[bill].subscription;
        let released = crate::dunning::written(desk)["unpaid"] == "released";
        let end = self.count_end(desk, now, at, Why::Unpaid { released });
        self.end(desk, now, at, &end)
    }

    /// Ends a subscription as it was counted.
    fn end(&mut self, desk: &Desk, now: Timestamp, at: usize, end: &End) -> Result<(), No> {
        if self.subscriptions[at].open_change().is_some() {
            self.withdraw(at)?;
        }
        let subscription = &mut self.subscriptions[at];
        for line in &end.given {
            let piece = &mut subscription.pieces[line.piece];
            // Of a time that is over and owed no more, no day is billed to anybody.
            self.closed
                .retain(|closed| closed.subscription != at || line.from < closed.from || line.from >= closed.until);
            piece.until = line.from;
            piece.gross -= line.gross;
            piece.net -= line.amount;
            piece.tax -= line.tax;
            piece.exact = false;
        }
        let bill = self.last_paper(desk, at, end);
        self.release_given(desk, &end.given);
        if end.why == (Why::Unpaid { released: true }) {
            self.release_used(desk, at);
        }
        let subscription = &mut self.subscriptions[at];
        subscription.reports.clear();
        subscription.meters.clear();
        subscription.leaves = false;
        subscription.last = Some(Box::new(end.clone()));
        subscription.service.shut = true;
        subscription.service.generation += 1;
        subscription.service.progress = Progress::Wanted;
        let card = subscription.card;
        for entry in self.bills.iter_mut().filter(|bill| bill.subscription == at) {
            entry.chase = None;
        }
        if let Some(bill) = bill.filter(|bill| card && end.total > end.from_balance && self.is_open(Some(*bill))) {
            let amount = end.total - end.from_balance;
            self.attempts.push(Attempt { bill, amount, at: now, knows: Knows::Sent });
        }
        Ok(())
    }

    /// The last bill, or the credit note; the bill's place.
    fn last_paper(&mut self, desk: &Desk, at: usize, end: &End) -> Option<usize> {
        let End { given, waited, used, total, tax, from_balance, .. } = end;
        let back = given.iter().filter(|line| line.returned() != 0);
        let back = back.map(|line| (-line.returned(), -line.returned_tax()));
        let plain = |line: &PutOff| (line.amount, line.tax);
        let lines: Vec<(i64, i64)> = waited.iter().map(plain).chain(back).chain(used.iter().map(plain)).collect();
        let bill = (!lines.is_empty() && *total >= 0).then_some(self.bills.len());
        self.subscriptions[at].billed_by(bill);
        self.used.extend(used.iter().map(|line| (bill, *line)));
        if *total < 0 {
            self.post(Sales, Balance, tax - total);
            self.post(Tax, Balance, -tax);
            self.issue(CREDIT_NOTE, -total, lines.iter().map(|(amount, tax)| (-amount, -tax)).collect());
        }
        let bill = bill?;
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
        if *total > 0 && total == from_balance {
            self.pay_bill(desk, bill, 0, CashBank);
        }
        Some(bill)
    }

    /// What was used, billed and not paid comes off its bills.
    fn release_used(&mut self, desk: &Desk, at: usize) {
        let open = |bill: &usize| self.bills[*bill].subscription == at && self.bills[*bill].stands == Stands::Open;
        let open: Vec<usize> = (0..self.bills.len()).filter(open).collect();
        for bill in open {
            let of_it = |entry: &(Option<usize>, PutOff)| entry.0 == Some(bill);
            let lines: Vec<PutOff> = self.used.iter().filter(|entry| of_it(entry)).map(|(_, line)| *line).collect();
            let total: i64 = lines.iter().map(PutOff::payable).sum();
            if total != 0 {
                for (_, line) in self.used.iter_mut().filter(|entry| entry.0 == Some(bill)) {
                    (line.amount, line.tax) = (0, 0);
                }
                let tax = lines.iter().map(|line| line.tax).sum();
                self.come_off(desk, bill, total, tax, lines.iter().map(|line| (line.amount, line.tax)).collect());
            }
        }
    }
}

impl Given {
    fn all_of(place: usize, piece: &Piece, paid: bool) -> Self {
        Self {
            piece: place,
            item: piece.item,
            from: piece.from,
            until: piece.until,
            gross: piece.gross,
            amount: piece.net,
            above: piece.above,
            tax: piece.tax,
            tax_of: piece.tax_of,
            paid,
            put_off: piece.put_off,
            bill: piece.bill,
            counted: None,
            still_exact: false,
            by_time: false,
        }
    }
}

impl Counting<'_> {
    /// Until when all of it can go back, where a change is the first thing that is paid for.
    pub fn promise(&self, placed: &Placed, laid: &[Laid], once: i64) -> Option<Timestamp> {
        let (book, subscription) = (self.book, self.subscription);
        let was_free = recurring(self.desk, subscription) == 0 || self.ends_trial();
        let costs = laid.iter().map(|line| line.amount).sum::<i64>() + once > 0;
        let promises = was_free && costs && self.when == When::Now && !self.stays_in_trial();
        let promises = promises && subscription.promise.is_none() && !book.had_one();
        promises.then(|| book.promised(self.desk, placed.from.max(self.at))).flatten()
    }
}
