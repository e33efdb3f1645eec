//! What every command but the counting of a change does to the book.

use std::collections::BTreeMap;

use billing::calendar::Cycle;
use billing::ledger::LedgerAccount::{Balance, CashBank, CashCard, Goodwill, Receivable, Reserved, Sales, Tax};
use billing::policy::{DayZone, Denominator, Gate, OnFailure, TimeUnit, When};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::arrears::Settled;
use crate::bill_day::{Since, first_part};
use crate::book::{
    Attempt, Bill, Book, CREDIT_NOTE, Change, ChangeStands, Closed, Desk, INVOICE, Knows, Piece, Progress, PutOff,
    RECEIPT, Service, Stands, Subscription, income, payable,
};
use crate::change::{No, Quote, check_options, recurring, size_of, wanted};
use crate::count::Measure;
use crate::days::plus_seconds;
use crate::fraction::Fraction;
use crate::once::{self, Asked, Once};
use crate::plan_credits::Credits;
use crate::shop::{PriceList, TaxOf};
use crate::tax;

/// What a gateway says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Unknown,
    Failed,
    Captured(i64),
}

/// What a module says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    Working,
    Failed,
    Done,
    Misread,
}

/// What is started.
pub struct Starting<'a> {
    pub plan: usize,
    pub cycle: Cycle,
    pub options: &'a BTreeMap<&'static str, i64>,
    pub starts: DateTime,
    pub card: bool,
}

impl Book {
    pub fn start(&mut self, desk: &Desk, now: Timestamp, wish: &Starting<'_>) -> Result<(), No> {
        let list = self.list(desk);
        check_options(list, wish.plan, wish.options)?;
        if list.plans[wish.plan].retired {
            return Err("plan-retired");
        }
        let items = wanted(list, wish.plan, wish.cycle, wish.options)?;
        let by_day = desk.policy().terms.unit == TimeUnit::Day;
        let start = if by_day { wish.starts.date().at(0, 0, 0, 0) } else { wish.starts };
        if desk.customer.when(start) > now {
            return Err("not-started");
        }
        let trial = self.trial_of(desk, now, wish.plan, start);
        let (since, number) = match trial {
            Some(end) => (Since::moment(end), -1),
            None => Since::leading_from(&desk.policy().terms, start, wish.cycle),
        };
        let until = desk.customer.when(since.nth(wish.cycle, number + 1));
        let from = desk.customer.when(start);
        let size = size_of(wish.plan, wish.options);
        let once = Once { later: once::all_of(list, &items, wish.plan), ..Once::default() };
        self.subscriptions.push(Subscription {
            since,
            cycle: wish.cycle,
            number,
            ordinal: 0,
            stretch: 0,
            from,
            until,
            trial: trial.map(|_| until),
            afterwards: list.plans[wish.plan].afterwards,
            items,
            pieces: Vec::new(),
            mixed: Vec::new(),
            returned: Vec::new(),
            put_off: Vec::new(),
            meters: list.meters(wish.plan, wish.cycle),
            reports: Vec::new(),
            once,
            change: None,
            credits: credits_of(list, wish.plan),
            service: Service { size, package: None, shut: false, generation: 1, done: 0, progress: Progress::Wanted },
            card: wish.card,
            leaves: false,
            last: None,
            promise: None,
        });
        let at = self.subscriptions.len() - 1;
        if trial.is_some() {
            self.give_trial(at);
            self.bill_trial(desk, now, at);
        } else {
            self.bill_period(desk, now, at);
            self.promise(desk, at, 0, true);
        }
        Ok(())
    }

    /// Bills the present period, every item at the price it was sold at.
    fn bill_period(&mut self, desk: &Desk, now: Timestamp, at: usize) {
        let terms = &desk.policy().terms;
        let tax_of = self.list(desk).tax;
        let used = self.subscriptions[at].take_reports(terms.rounding);
        let subscription = &self.subscriptions[at];
        let items: Vec<usize> =
            (0..subscription.items.len()).filter(|item| subscription.items[*item].quantity > 0).collect();
        let clock = match terms.day_zone {
            DayZone::Customer => &desk.customer,
            DayZone::Seller => &desk.seller,
            DayZone::Utc => &desk.utc,
        };
        let measure = Measure { terms, own: terms, clock };
        let full_from = subscription.full_from(&desk.customer).min(subscription.from);
        let joint = subscription.joint(&desk.customer);
        let leads = subscription.leads(&desk.customer);
        let parts: Vec<(i64, i64, Fraction)> = items
            .iter()
            .map(|item| {
                let price = subscription.items[*item].price();
                if leads {
                    return first_part(&measure, price, (full_from, joint), subscription.from, subscription.until);
                }
                (price.net(terms), price.list, Fraction::whole(0))
            })
            .collect();
        let mut asked_once: Vec<Asked> = subscription.once.later.iter().copied().map(Asked::of).collect();
        let once = asked_once.iter().map(|asked| asked.amount);
        let nets: Vec<i64> = parts.iter().map(|(net, ..)| *net).chain(once).collect();
        let taxed = |nets: &[i64]| tax::on_charges(tax_of, nets, 0, 0, terms.tax_rounding, terms);
        // What is on one paper is taxed there.
        let (taxes, of_used) = if subscription.afterwards {
            (taxed(&nets), taxed(&used))
        } else {
            let mut taxes = taxed(&[&nets[..], &used].concat());
            let of_used = taxes.split_off(nets.len());
            (taxes, of_used)
        };
        let used: Vec<PutOff> =
            used.into_iter().zip(of_used).map(|(amount, tax)| PutOff { amount, tax, tax_of }).collect();
        let period: i64 = nets.iter().zip(&taxes).map(|(net, tax)| payable(*net, *tax, tax_of)).sum();
        for (asked, tax) in asked_once.iter_mut().zip(&taxes[items.len()..]) {
            (asked.tax, asked.tax_of) = (*tax, tax_of);
        }
        let put_off = subscription.put_off.clone();
        // What is billed afterwards is on the bill after this one.
        let afterwards = subscription.afterwards;
        let asked = if afterwards { 0 } else { period } + put_off.iter().chain(&used).map(PutOff::payable).sum::<i64>();
        let asks = (period > 0 && !afterwards) || !put_off.is_empty() || !used.is_empty();
        let bill = asks.then_some(self.bills.len());
        self.subscriptions[at].billed_by(bill);
        let subscription = &self.subscriptions[at];
        let (from, until) = (subscription.from, subscription.until);
        for (item, ((net, gross, above), tax)) in items.into_iter().zip(parts.iter().zip(&taxes)) {
            let subscription = &mut self.subscriptions[at];
            let (price, quantity) = (subscription.items[item].price(), subscription.items[item].quantity);
            let plan = subscription.items[item].plan;
            subscription.pieces.push(Piece {
                item,
                plan,
                price,
                quantity,
                from,
                until,
                shares: false,
                gross: *gross,
                net: *net,
                above: *above,
                stretch: subscription.stretch,
                tax: *tax,
                tax_of,
                bill: bill.filter(|_| *net != 0 && !afterwards),
                put_off: *net != 0 && afterwards,
                full_from: if leads { full_from } else { from },
                full_until: until,
                joint,
                bought: None,
                exact: !leads || terms.denominator == Denominator::Period,
                once: false,
            });
        }
        self.subscriptions[at].ask_all(&asked_once, bill, afterwards);
        let of_period = nets.into_iter().zip(taxes).filter(|(net, _)| *net != 0);
        let (later, own): (Vec<_>, Vec<_>) = of_period.partition(|_| afterwards);
        let later = later.into_iter().map(|(amount, tax)| PutOff { amount, tax, tax_of });
        self.subscriptions[at].put_off.extend(later);
        let Some(bill) = bill else { return };
        let waited = put_off.iter().map(|line| (line.amount, line.tax));
        let of_used = used.iter().map(|line| (line.amount, line.tax));
        let mut lines: Vec<_> = waited.chain(own).chain(of_used).collect();
        self.used.extend(used.into_iter().map(|line| (Some(bill), line)));
        let tax: i64 = lines.iter().map(|(_, tax)| tax).sum();
        // A bill asks for nothing at the least; what it cannot take off is the customer's.
        let (total, rest) = (asked.max(0), (-asked).max(0));
        self.post(Receivable, Sales, asked - tax);
        self.post(Receivable, Tax, tax);
        self.post(Receivable, Balance, rest);
        if rest > 0 {
            lines.push((rest, 0));
        }
        self.ask_for_bill(desk, now, at, total, lines);
    }

    /// A bill for a period or a trial: what there is pays first, then the card.
    pub fn ask_for_bill(&mut self, desk: &Desk, now: Timestamp, at: usize, total: i64, lines: Vec<(i64, i64)>) {
        let card = self.subscriptions[at].card;
        self.issue(INVOICE, total, lines);
        let bill = self.open_bill(at, None, total, self.balance().min(total));
        let open = self.bills[bill].open();
        if open == 0 {
            self.pay_bill(desk, bill, 0, CashBank);
        } else if card {
            self.attempts.push(Attempt { bill, amount: open, at: now, knows: Knows::Sent });
        }
    }

    fn open_bill(&mut self, subscription: usize, change: Option<usize>, total: i64, from_balance: i64) -> usize {
        self.post(Balance, Reserved, from_balance);
        self.bills.push(Bill {
            subscription,
            change,
            total,
            from_balance,
            credited: 0,
            stands: Stands::Open,
            chase: None,
        });
        self.bills.len() - 1
    }

    /// A bill is paid: with what was set aside and with money.
    pub fn pay_bill(&mut self, desk: &Desk, bill: usize, money: i64, from: billing::ledger::LedgerAccount) {
        self.post(Reserved, Receivable, self.bills[bill].from_balance);
        self.post(from, Receivable, money);
        self.bills[bill].stands = Stands::Paid;
        let Some(change) = self.bills[bill].change else { return };
        let waits = |subscription: &Subscription| {
            let waiting = subscription.open_change().filter(|open| matches!(open.state, ChangeStands::Awaits { .. }));
            waiting.is_some_and(|open| open.serial == change)
        };
        if let Some(at) = self.subscriptions.iter().position(waits) {
            self.make_change(desk, at);
        }
    }

    /// An amount comes off a bill; where that is paid already, it goes to the balance.
    pub fn come_off(&mut self, desk: &Desk, bill: usize, total: i64, tax: i64, lines: Vec<(i64, i64)>) {
        self.issue(CREDIT_NOTE, total, lines);
        let against = if self.bills[bill].stands == Stands::Open { Receivable } else { Balance };
        self.post(Sales, against, total - tax);
        self.post(Tax, against, tax);
        if against == Balance {
            return;
        }
        // More than the bill asked for was paid by what went back of the old when it was written.
        let owed = self.bills[bill].total - self.bills[bill].credited;
        let off = total.min(owed);
        self.post(Receivable, Balance, total - off);
        let too_much = (off - self.bills[bill].open()).max(0);
        self.post(Reserved, Balance, too_much);
        let entry = &mut self.bills[bill];
        entry.from_balance -= too_much;
        entry.credited += off;
        if entry.open() == 0 {
            self.pay_bill(desk, bill, 0, CashBank);
        }
    }

    /// Submits a change that was quoted.
    pub fn submit(&mut self, desk: &Desk, now: Timestamp, shown: &Quote, card: bool) -> Result<(), No> {
        let quote = self.quote(desk, &shown.wish, shown.at)?;
        if quote != *shown {
            return Err(if now >= shown.expires { "quote-stale or quote-expired" } else { "quote-stale" });
        }
        if now >= quote.expires {
            // Of time that is over an account keeps too little to count it again, so either reason is one.
            return Err(if quote.at_midnight { "quote-stale" } else { "quote-expired or quote-stale" });
        }
        let at = quote.wish.subscription;
        if self.subscriptions[at].open_change().is_some() {
            self.close_change(at);
        }
        self.subscriptions[at].leaves = false;
        self.changes += 1;
        let serial = self.changes;
        let starts = quote.on.or((quote.when == When::PeriodEnd).then_some(quote.from));
        let state = match starts {
            None => ChangeStands::Awaits { until: quote.pay_by },
            Some(at) => ChangeStands::Scheduled { at },
        };
        self.subscriptions[at].change = Some(Change { serial, quote: quote.clone(), card, bill: None, state });
        if starts.is_none() {
            self.charge(desk, now, &quote, card);
        }
        Ok(())
    }

    /// The day that was named has come: what was quoted is charged, and the balance pays what it has.
    pub fn begin(&mut self, desk: &Desk, now: Timestamp, at: usize) -> Result<(), No> {
        let change = self.subscriptions[at].open_change().ok_or("change-not-open")?;
        let (ChangeStands::Scheduled { .. }, Some(day)) = (change.state, change.quote.on) else {
            return Err("change-not-open");
        };
        if now < day {
            return Err("change-not-due");
        }
        let (mut quote, card) = (change.quote.clone(), change.card);
        quote.from_balance = quote.settled().max(0).min(self.balance());
        // Who is asked on another day than that, or when it is too late, has as much time as if it were that day.
        if desk.customer.today(now) != day || now >= quote.pay_by {
            quote.pay_by = after(now, day, quote.pay_by);
        }
        if let Some(change) = &mut self.subscriptions[at].change {
            change.state = ChangeStands::Awaits { until: quote.pay_by };
        }
        self.charge(desk, now, &quote, card);
        Ok(())
    }

    /// The paper of a change, and the change itself where nothing is to be paid first.
    fn charge(&mut self, desk: &Desk, now: Timestamp, quote: &Quote, card: bool) {
        let at = quote.wish.subscription;
        let (total, due, at_once) = (quote.total, quote.due(), quote.gate == Gate::None);
        let serial = self.subscriptions[at].change.as_ref().map(|change| change.serial).expect("a change");
        let bill = self.change_document(quote, serial);
        if let Some(change) = &mut self.subscriptions[at].change {
            change.bill = bill;
        }
        if due <= 0 {
            match bill.filter(|_| total > 0) {
                Some(bill) => self.pay_bill(desk, bill, 0, CashBank),
                None => self.make_change(desk, at),
            }
            return;
        }
        if at_once {
            self.make_change(desk, at);
        }
        if card {
            let bill = bill.expect("a bill of what is due");
            self.attempts.push(Attempt { bill, amount: due, at: now, knows: Knows::Sent });
        }
    }

    /// The lines of a change's document: what goes back and was paid, and what is charged.
    pub fn lines(quote: &Quote) -> Vec<(i64, i64, Option<TaxOf>)> {
        let given = quote.given.iter().filter(|line| line.returned() != 0);
        let given = given.map(|line| (-line.returned(), -line.returned_tax(), line.tax_of));
        given.chain(Self::charged(quote)).collect()
    }

    /// What of them is charged.
    pub fn charged(quote: &Quote) -> impl Iterator<Item = (i64, i64, Option<TaxOf>)> {
        let laid = quote.laid.iter().filter(|line| line.amount != 0);
        let once = quote.once_now().iter().filter(|line| line.amount != 0);
        let once = once.map(|line| (line.amount, line.tax, line.tax_of));
        laid.map(|line| (line.amount, line.tax, line.tax_of)).chain(once)
    }

    /// The lines of a change's paper: what waited for one, and its own.
    fn on_paper(quote: &Quote) -> Vec<(i64, i64)> {
        let waited = quote.taken.iter().map(|line| (line.amount, line.tax));
        let mut lines = Self::lines(quote);
        if quote.settles == Settled::OldNow {
            lines.truncate(lines.len() - Self::charged(quote).count());
        }
        waited.chain(lines.into_iter().map(|(amount, tax, _)| (amount, tax))).collect()
    }

    fn change_document(&mut self, quote: &Quote, serial: usize) -> Option<usize> {
        let (total, lines) = (quote.total, Self::on_paper(quote));
        if lines.is_empty() || quote.settles == Settled::Later {
            return None;
        }
        if total < 0 {
            self.post(Sales, Balance, quote.tax - total);
            self.post(Tax, Balance, -quote.tax);
            self.issue(CREDIT_NOTE, -total, lines.into_iter().map(|(amount, tax)| (-amount, -tax)).collect());
            return None;
        }
        self.post(Receivable, Sales, total - quote.tax);
        self.post(Receivable, Tax, quote.tax);
        self.issue(INVOICE, total, lines);
        let bill = self.open_bill(quote.wish.subscription, Some(serial), total, quote.from_balance);
        if total == 0 {
            self.bills[bill].stands = Stands::Paid;
        }
        Some(bill)
    }

    /// An open change is closed without having been made; its bill is void.
    fn close_change(&mut self, at: usize) {
        let Some(change) = &mut self.subscriptions[at].change else { return };
        change.state = ChangeStands::Closed;
        let (quote, bill) = (change.quote.clone(), change.bill);
        let Some(bill) = bill.filter(|bill| self.is_open(Some(*bill))) else { return };
        self.issue(CREDIT_NOTE, quote.total, Self::on_paper(&quote));
        self.post(Sales, Receivable, quote.total - quote.tax);
        self.post(Tax, Receivable, quote.tax);
        self.post(Reserved, Balance, self.bills[bill].from_balance);
        let entry = &mut self.bills[bill];
        entry.from_balance = 0;
        entry.credited = entry.total;
        entry.stands = Stands::Void;
    }

    pub fn withdraw(&mut self, at: usize) -> Result<(), No> {
        let change = self.subscriptions[at].open_change().ok_or("change-not-open")?;
        if self.is_being_paid(change.bill) {
            return Err("change-being-paid");
        }
        self.close_change(at);
        Ok(())
    }

    pub fn lapse(&mut self, desk: &Desk, now: Timestamp, at: usize) -> Result<(), No> {
        let change = self.subscriptions[at].open_change().ok_or("change-not-open")?;
        // A scheduled one waits for nobody's money.
        let ChangeStands::Awaits { until } = change.state else { return Err("change-not-open") };
        if now < until {
            return Err("not-lapsed-yet");
        }
        self.miss(desk, at);
        Ok(())
    }

    /// The money of a waiting change did not come: either nothing happens, or it happens and stays owed.
    fn miss(&mut self, desk: &Desk, at: usize) {
        let change = self.subscriptions[at].open_change().expect("a change that waits");
        if change.quote.on_failure == OnFailure::Apply {
            self.make_change(desk, at);
        } else {
            self.close_change(at);
        }
    }

    /// The place of the subscription whose change waits for the money of a bill.
    pub fn waits_for(&self, bill: usize) -> Option<usize> {
        let at = self.bills[bill].subscription;
        let change = self.subscriptions[at].open_change().filter(|change| change.bill == Some(bill));
        change.filter(|change| matches!(change.state, ChangeStands::Awaits { .. })).map(|_| at)
    }

    /// The change that waits for a bill has missed its money where its time is up.
    fn miss_if_late(&mut self, desk: &Desk, now: Timestamp, bill: usize) {
        let Some(at) = self.waits_for(bill) else { return };
        let is_late = |change: &Change| matches!(change.state, ChangeStands::Awaits { until } if until <= now);
        if self.subscriptions[at].open_change().is_some_and(is_late) {
            self.miss(desk, at);
        }
    }

    pub fn pay(&mut self, desk: &Desk, now: Timestamp, bill: usize) -> Result<(), No> {
        self.miss_if_late(desk, now, bill);
        if self.bills[bill].stands != Stands::Open {
            return Err("invoice-not-open");
        }
        if self.is_being_paid(Some(bill)) {
            return Err("payment-running");
        }
        let amount = self.bills[bill].open();
        self.attempts.push(Attempt { bill, amount, at: now, knows: Knows::Sent });
        Ok(())
    }

    /// Money is here: it pays a bill whole, and what is left goes to the balance.
    fn take_money(
        &mut self,
        desk: &Desk,
        now: Timestamp,
        bill: Option<usize>,
        amount: i64,
        into: billing::ledger::LedgerAccount,
    ) {
        if let Some(bill) = bill {
            self.miss_if_late(desk, now, bill);
        }
        let mut rest = amount;
        if let Some(bill) = bill.filter(|bill| self.is_open(Some(*bill)) && self.bills[*bill].open() <= amount) {
            let due = self.bills[bill].open();
            rest -= due;
            self.pay_bill(desk, bill, due, into);
        }
        if rest > 0 {
            self.issue(RECEIPT, rest, vec![(rest, 0)]);
            self.post(into, Balance, rest);
        }
    }

    pub fn transfer(&mut self, desk: &Desk, now: Timestamp, bill: Option<usize>, amount: i64) -> Result<(), No> {
        if amount <= 0 {
            return Err("bad-amount");
        }
        self.take_money(desk, now, bill, amount, CashBank);
        Ok(())
    }

    pub fn settle(&mut self, desk: &Desk, now: Timestamp, attempt: usize, said: Said) -> Result<(), No> {
        let known = &mut self.attempts[attempt];
        if known.knows == Knows::Captured || now >= plus_seconds(known.at, 30 * 24 * 3600) {
            return Err("attempt-not-running");
        }
        match (said, known.knows) {
            (Said::Unknown, Knows::Sent) => known.knows = Knows::Unknown,
            (Said::Failed, Knows::Sent | Knows::Unknown) => {
                known.knows = Knows::Failed;
                let bill = known.bill;
                let waits = self.waits_for(bill);
                let on_failure = |at: usize| self.subscriptions[at].open_change().map(|change| change.quote.on_failure);
                if let Some(at) = waits.filter(|at| on_failure(*at) != Some(OnFailure::Wait)) {
                    self.miss(desk, at);
                }
                self.note_failure(desk, now, bill);
            }
            (Said::Captured(amount), _) if amount <= 0 => return Err("bad-amount"),
            (Said::Captured(amount), _) => {
                known.knows = Knows::Captured;
                let bill = (known.amount == amount).then_some(known.bill);
                self.take_money(desk, now, bill, amount, CashCard);
            }
            _ => {}
        }
        Ok(())
    }

    /// Attempts that nobody speaks of any more.
    pub fn forget_attempts(&mut self, now: Timestamp) {
        for attempt in &mut self.attempts {
            let old = now >= plus_seconds(attempt.at, 30 * 24 * 3600);
            if old && attempt.knows != Knows::Captured {
                attempt.knows = Knows::Failed;
            }
        }
    }

    /// Begins the period after the present one; `ahead` of the present ordinal.
    pub fn renew(&mut self, desk: &Desk, now: Timestamp, at: usize, ahead: i64) -> Result<(), No> {
        self.knows(at)?;
        let subscription = &self.subscriptions[at];
        if ahead <= 0 {
            return Ok(());
        }
        if ahead != 1 || now < subscription.until {
            return Err("not-due");
        }
        self.goes_on(at)?;
        if subscription.leaves {
            return Err("subscription-cancelled");
        }
        let was_free = subscription.trial.is_some() || recurring(desk, subscription) == 0;
        let change = self.subscriptions[at].open_change();
        match change.map(|change| (change.state, change.quote.on_failure)) {
            // What is owed in the end is done first, and then the period that it belongs to may end.
            Some((ChangeStands::Awaits { .. }, OnFailure::Apply)) => return Err("change-open"),
            Some((ChangeStands::Awaits { until }, _)) if until > now => return Err("change-open"),
            Some((ChangeStands::Awaits { .. }, _)) => self.miss(desk, at),
            _ => {}
        }
        if self.subscriptions[at].open_change().is_some_and(|change| change.quote.on.is_some()) {
            return Err("change-open");
        }
        let subscription = &mut self.subscriptions[at];
        if subscription.trial.is_some() {
            subscription.reports.clear();
        }
        let change = subscription.open_change().map(|change| change.state);
        if let Some(ChangeStands::Scheduled { .. }) = change {
            self.make_change(desk, at);
        } else {
            let (from, until, stretch) = (subscription.from, subscription.until, subscription.stretch);
            self.closed.push(Closed { subscription: at, stretch, from, until });
            subscription.stretch += 1;
            subscription.returned.clear();
            subscription.number += 1;
            subscription.ordinal += 1;
            let (from, cycle) = (subscription.since.nth(subscription.cycle, subscription.number), subscription.cycle);
            if subscription.trial.take().is_some() {
                subscription.once.trial = 0;
                // The first period that costs something leads to the bill day. It begins where the trial was to end, also where
                // the clock skips that midnight and shows another hour.
                (subscription.since, subscription.number) = Since::leading_from(&desk.policy().terms, from, cycle);
            }
            let until = subscription.since.nth(cycle, subscription.number + 1);
            (subscription.from, subscription.until) = (desk.customer.when(from), desk.customer.when(until));
        }
        let plan = self.subscriptions[at].plan().plan;
        self.subscriptions[at].credits = credits_of(self.list(desk), plan);
        let (first, card) = (self.bills.len(), self.subscriptions[at].card);
        let pieces = self.subscriptions[at].pieces.len();
        self.bill_period(desk, now, at);
        self.promise(desk, at, pieces, was_free);
        self.chase(desk, now, first, card);
        Ok(())
    }

    pub fn grant(&mut self, amount: i64) -> Result<(), No> {
        if amount <= 0 {
            return Err("bad-amount");
        }
        self.issue(RECEIPT, amount, vec![(amount, 0)]);
        self.post(Goodwill, Balance, amount);
        Ok(())
    }

    pub fn use_credits(&mut self, at: usize, amount: i64) -> Result<(), No> {
        self.goes_on(at)?;
        let credits = self.subscriptions[at].credits.as_mut();
        let credits = credits.filter(|credits| amount > 0 && amount <= credits.left).ok_or("not-enough-credits")?;
        credits.left -= amount;
        self.subscriptions[at].is_used();
        Ok(())
    }

    pub fn want_size(&mut self, at: usize, size: [i64; 6]) {
        let service = &mut self.subscriptions[at].service;
        service.package = None;
        if service.size != size {
            service.size = size;
            service.generation += 1;
            service.progress = Progress::Wanted;
        }
    }

    pub fn report(&mut self, at: usize, behind: i64, said: Module) -> Result<(), No> {
        self.has_a_service(at)?;
        let service = &mut self.subscriptions[at].service;
        if behind != 0 {
            return Err("old-generation");
        }
        if service.done == service.generation && service.progress == Progress::Done {
            return Ok(());
        }
        service.progress = match said {
            Module::Working => Progress::Working,
            Module::Failed => Progress::Failed,
            Module::Misread => Progress::Misread,
            Module::Done => {
                service.done = service.generation;
                Progress::Done
            }
        };
        Ok(())
    }

    pub fn retry(&mut self, at: usize) -> Result<(), No> {
        self.has_a_service(at)?;
        let service = &mut self.subscriptions[at].service;
        if !matches!(service.progress, Progress::Failed | Progress::Misread) {
            return Err("service-settled");
        }
        service.progress = Progress::Wanted;
        Ok(())
    }
}

/// As long after an instant as the third is after the second.
fn after(now: Timestamp, from: Timestamp, until: Timestamp) -> Timestamp {
    now.checked_add(until.duration_since(from)).expect("an instant in range")
}

/// What a plan gives to use up in a period.
fn credits_of(list: &PriceList, plan: usize) -> Option<Credits> {
    list.plans[plan].credits.map(Credits::whole)
}

/// What pieces hold for the seller.
pub fn income_of(pieces: &[Piece]) -> i64 {
    pieces.iter().map(|piece| income(piece.net, piece.tax, piece.tax_of)).sum()
}
