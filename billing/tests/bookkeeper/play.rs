//! Plays a history twice, on the engine and in the bookkeeper's book, and holds one against the other after every
//! command: refusals, quotes, documents, postings, balances, bills, coverage, periods, credits, services.

use std::collections::BTreeMap;

use billing::account::{Account, Component, Subscription};
use billing::calendar::Zone;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Asker, Command, Envelope, PaymentChoice, PaymentOutcome};
use billing::decide::{Decision, Facts, decide, quote_plan_change};
use billing::effect::TestCard;
use billing::id::{AccountId, AttemptId, ChangeId, CommandId, DocumentId, SegmentId, ServiceId, SubscriptionId};
use billing::laws;
use billing::policy::When;
use billing::quote::{PlanChangeRequest, QuoteSummary};
use billing::service::{Access, ModuleReport};
use jiff::Timestamp;
use uuid::Uuid;

use crate::book::{Book, ChangeStands, Desk, INVOICE, Knows, Stands};
use crate::change::{No, Quote, Wish};
use crate::commands::{Module, Said, Starting};
use crate::history::{Deed, History, Other, Says, Step};
use crate::leaving::ShownEnd;
use crate::shop::plan_code;
use crate::tally::Tally;

/// Fails with both values where they differ.
macro_rules! same {
    ($what:expr, $engine:expr, $book:expr) => {
        let (engine, book) = ($engine, $book);
        if engine != book {
            return Err(format!("{}: the engine says {engine:?}, the bookkeeper {book:?}", $what));
        }
    };
}
pub(crate) use same;

/// The engine's ids of what the book knows by its place.
#[derive(Default)]
pub struct Ids {
    pub subscriptions: Vec<SubscriptionId>,
    pub services: Vec<ServiceId>,
    pub bills: Vec<DocumentId>,
    pub attempts: Vec<AttemptId>,
    /// The subscription and place of a piece.
    pub pieces: BTreeMap<SegmentId, (usize, usize)>,
}

impl Ids {
    /// The place of a subscription, which is learned where it is new.
    pub fn place_of(&mut self, subscription: &Subscription) -> usize {
        self.subscriptions.iter().position(|id| *id == subscription.id).unwrap_or_else(|| {
            self.subscriptions.push(subscription.id);
            self.services.push(subscription.service.id);
            self.subscriptions.len() - 1
        })
    }
}

/// A quote as it was shown: what the bookkeeper counted, and what submits it.
struct Shown {
    quote: Quote,
    request: PlanChangeRequest,
    digest: String,
    summary: QuoteSummary,
}

pub struct Play<'a> {
    pub desk: &'a Desk,
    catalogues: Vec<Catalogue>,
    account: Option<Account>,
    pub book: Book,
    pub ids: Ids,
    shown: Option<Shown>,
    pub shown_end: Option<ShownEnd>,
    commands: u64,
    /// What happened at each step, for people.
    pub story: Vec<String>,
    pub tally: Tally,
}

/// Plays a history to its end or to the first difference.
pub fn play(
    history: &History,
    policies: &billing::policy::Policies,
    told: bool,
) -> (Tally, Vec<String>, Option<String>) {
    let shop = history.shop.clone();
    let clock = crate::days::Clock::new;
    let (customer, seller, utc) = (clock(shop.customer), clock(shop.seller), clock("UTC"));
    let zone = Zone::parse(shop.customer).expect("an IANA zone");
    let desk = Desk { zone, shop, policies: policies.clone(), customer, seller, utc };
    let mut play = Play::new(&desk);
    let mut fault = play.open(history.steps.first().map_or(Timestamp::UNIX_EPOCH, |step| step.at)).err();
    for step in &history.steps {
        if fault.is_some() {
            break;
        }
        fault = play.step(step).err();
        if told {
            let note = format!("{}  {step}", desk.customer.shows(step.at));
            play.story.push(note);
        }
    }
    if let Some(last) = history.steps.last().filter(|_| fault.is_none()) {
        fault = play.end_all(last.at).err();
    }
    if fault.is_none() {
        fault = play.close().err();
    }
    (play.tally, play.story, fault)
}

impl<'a> Play<'a> {
    fn new(desk: &'a Desk) -> Self {
        Self {
            desk,
            catalogues: desk.shop.lists.iter().map(|list| desk.shop.catalogue(list)).collect(),
            account: None,
            book: Book::default(),
            ids: Ids::default(),
            shown: None,
            shown_end: None,
            commands: 0,
            story: Vec::new(),
            tally: Tally::of(desk),
        }
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts { catalogue: &self.catalogues[self.book.list], policies: &self.desk.policies }
    }

    pub fn account(&self) -> &Account {
        self.account.as_ref().expect("an open account")
    }

    /// What the engine still has of a subscription; none once that is done with.
    fn engine(&self, at: usize) -> Option<&Subscription> {
        self.account().subscription(self.ids.subscriptions[at])
    }

    fn open(&mut self, at: Timestamp) -> Result<(), String> {
        let command = Command::OpenAccount {
            storefront: "shop".to_owned(),
            name: "Alice".to_owned(),
            email: "alice@example.org".to_owned(),
            zone: self.desk.zone.clone(),
            currency: self.desk.shop.money(0).currency,
        };
        self.run(at, command, |_, _| Ok(()))
    }

    /// Did something begin to wait for the next bill, or was it taken in?
    fn count_put_off(&mut self, name: &str, book: &Book) {
        let waits = |book: &Book| book.subscriptions.iter().map(|one| one.put_off.len()).sum::<usize>();
        let (before, after) = (waits(&self.book), waits(book));
        let [changes, by_bill, by_change, below] = &mut self.tally.put_off;
        if after > before {
            *changes += 1;
        } else if after < before && name == "renew_subscription" {
            *by_bill += 1;
            *below += u64::from(book.documents.iter().any(|paper| paper.kind == INVOICE && paper.total == 0));
        } else if after < before {
            *by_change += 1;
        }
    }

    /// Did a trial begin, end, or go on through a change?
    fn count_trials(&mut self, name: &str, book: &Book) {
        let [begun, over, kept, ended] = &mut self.tally.in_trial;
        for (at, after) in book.subscriptions.iter().enumerate() {
            let before = self.book.subscriptions.get(at);
            match (before.map(|before| before.trial), after.trial) {
                (None, Some(_)) => *begun += 1,
                (Some(Some(_)), None) if name == "renew_subscription" => *over += 1,
                (Some(Some(_)), None) => *ended += 1,
                (Some(Some(_)), Some(_)) => {
                    *kept += u64::from(before.is_some_and(|before| before.items != after.items))
                }
                _ => {}
            }
        }
    }

    /// Did a first period begin that leads to a bill day, or was something changed in one?
    fn count_bill_days(&mut self, book: &Book) {
        let [first, changed] = &mut self.tally.to_bill_day;
        for (at, after) in book.subscriptions.iter().enumerate().filter(|(_, after)| after.leads(&self.desk.customer)) {
            let before = self.book.subscriptions.get(at);
            let goes_on = before.filter(|before| before.ordinal == after.ordinal && before.from == after.from);
            match goes_on {
                None => *first += u64::from(after.since.day.is_some()),
                Some(before) => *changed += u64::from(after.since.day.is_some() && before.items != after.items),
            }
        }
    }

    /// One command on both sides.
    pub fn run(
        &mut self,
        now: Timestamp,
        command: Command,
        keep: impl FnOnce(&mut Book, &Desk) -> Result<(), No>,
    ) -> Result<(), String> {
        let mut book = self.book.clone();
        book.documents.clear();
        book.forget_attempts(now);
        let expected = keep(&mut book, self.desk);
        if expected.is_ok() && !matches!(command, Command::AssignPlan { .. }) {
            book.follow(self.desk, now);
        }
        // Whatever of a service is wanted otherwise is asked of its machine together.
        for (after, before) in book.subscriptions.iter_mut().zip(&self.book.subscriptions) {
            after.service.generation = after.service.generation.min(before.service.generation + 1);
        }
        self.commands += 1;
        let id = CommandId::from_seed(Uuid::from_u128(u128::from(self.commands) << 32));
        let account = AccountId::from_uuid(Uuid::from_u128(0xacc));
        let name = command.name();
        let envelope = Envelope { id, account, now, actor: Actor::Staff("staff".to_owned()), key: None, command };
        let decision = decide(self.facts(), self.account.as_ref(), &envelope);
        self.tally.count(name, decision.as_ref().err().map(|refusal| refusal.code()));
        let decision = match (decision, expected) {
            (Ok(decision), Ok(())) => decision,
            (Err(refusal), Err(code)) if code.split(" or ").any(|code| refusal.code() == code) => return Ok(()),
            (decision, expected) => {
                let engine = decision.map(|decision| decision.answer).map_err(|refusal| refusal.to_string());
                return Err(format!("{name}: the engine says {engine:?}, the bookkeeper {expected:?}"));
            }
        };
        laws::check(self.account.as_ref(), &decision).map_err(|law| format!("{name}: {law}"))?;
        self.hold(name, &decision, &book)?;
        self.count_put_off(name, &book);
        self.count_trials(name, &book);
        self.count_bill_days(&book);
        crate::meters::count(&mut self.tally.metered, &self.book, &book);
        crate::payouts::count(&mut self.tally.paid_out, &self.book, &book);
        crate::once::count(&mut self.tally.once, &self.book, &book);
        crate::paid_trial::count(&mut self.tally.paid_trials, &self.book, &book);
        crate::arrears::count(&mut self.tally.afterwards, name, &self.book, &book);
        crate::leaving::count(&mut self.tally.left, name, &self.book, &book);
        self.book = book;
        let mut account = decision.account;
        account.forget_closed(now);
        let known = (0..self.book.subscriptions.len()).filter(|at| !self.book.is_gone(*at)).count();
        same!("subscriptions that are not done with", account.subscriptions.len(), known);
        self.account = Some(account);
        Ok(())
    }

    fn hold(&mut self, name: &str, decision: &Decision, book: &Book) -> Result<(), String> {
        let of = |what: &str| format!("{name}, {what}");
        crate::compare::learn(&mut self.ids, decision, book).map_err(|what| of(&what))?;
        crate::compare::documents(decision, book).map_err(|what| of(&what))?;
        crate::compare::ledger(decision, &self.book, book).map_err(|what| of(&what))?;
        crate::compare::account(&self.ids, &decision.account, book, self.desk, decision.log.at)
            .map_err(|what| of(&what))?;
        crate::compare::money_is_somewhere(book).map_err(|what| of(&what))
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        let now = step.at;
        // As a load gives it.
        self.book.forget_attempts(now);
        if let Some(account) = &mut self.account {
            account.forget_closed(now);
        }
        if self.account.is_some() {
            self.dun(now)?;
        }
        let started = self.ids.subscriptions.len();
        let at = step.subscription % started.max(1);
        if started == 0 && !matches!(step.deed, Deed::Start { .. } | Deed::Publish | Deed::Grant { .. }) {
            return Ok(());
        }
        match &step.deed {
            Deed::Start { plan, cycle, options, starts, card } => {
                let going = self.book.subscriptions.iter().filter(|one| !one.has_ended()).count();
                if going >= 2 || started >= 6 {
                    return Ok(());
                }
                let wish = Starting { plan: *plan, cycle: *cycle, options, starts: *starts, card: *card };
                let command = Command::StartSubscription {
                    product: "server".to_owned(),
                    basket: basket(*plan, *cycle, options),
                    label: "server".to_owned(),
                    starts: Some(*starts),
                    pays_by: pays_by(*card),
                };
                self.run(now, command, |book, desk| book.start(desk, now, &wish))
            }
            Deed::Publish => {
                self.book.list = (self.book.list + 1).min(self.catalogues.len() - 1);
                Ok(())
            }
            Deed::Quote(other) => self.quote(now, at, other).map(drop),
            Deed::Submit { other: Some(other), card } => {
                if self.quote(now, at, other)? {
                    self.submit(now, *card)
                } else {
                    self.submit_refused(now, at, other)
                }
            }
            Deed::Submit { other: None, card } => self.submit(now, *card),
            Deed::Withdraw => {
                let Some(change) = self.change(at) else { return Ok(()) };
                self.run(now, Command::WithdrawPlanChange { change }, |book, _| book.withdraw(at))
            }
            Deed::Begin => self.begin(now, at),
            Deed::Lapse => {
                let Some(change) = self.change(at) else { return Ok(()) };
                self.run(now, Command::LapsePlanChange { change }, |book, desk| book.lapse(desk, now, at))
            }
            Deed::Pay { back } => {
                let Some(bill) = self.bill(*back) else { return Ok(()) };
                let command = Command::PayInvoice { invoice: self.ids.bills[bill], card: TestCard::Pays };
                self.run(now, command, |book, desk| book.pay(desk, now, bill))
            }
            Deed::Transfer { back, more } => self.transfer(now, *back, *more),
            Deed::Gateway { back, says } => self.gateway(now, *back, *says),
            Deed::Renew { ahead } => self.renew(now, at, *ahead),
            Deed::Later => self.later(now),
            Deed::Grant { amount } => {
                let command =
                    Command::GrantGoodwill { amount: self.desk.shop.money(*amount), reason: "goodwill".to_owned() };
                self.run(now, command, |book, _| book.grant(*amount))
            }
            Deed::PayOut { percent, off, staff } => {
                // At least one unit, so that there is something to refuse.
                let amount = (self.book.cashable() * percent).div_euclid(100).max(1);
                let shown = self.book.fee_on(self.desk, amount) + off;
                let money = |minor| self.desk.shop.money(minor);
                let command = Command::RequestPayout {
                    amount: money(amount),
                    fee: Some(money(shown)),
                    to: "an account".to_owned(),
                    asked_by: if *staff { Asker::Staff } else { Asker::Customer },
                };
                self.run(now, command, |book, desk| book.pay_out(desk, amount, shown, *staff))
            }
            Deed::PayoutSent => {
                let (payout, reference) = (self.payout(), format!("out {}", self.commands));
                self.run(now, Command::ConfirmPayout { payout, reference }, |book, _| book.payout_sent())
            }
            Deed::PayoutReturned => {
                let command = Command::ReturnPayout { payout: self.payout(), reason: "closed".to_owned() };
                self.run(now, command, |book, _| book.payout_came_back())
            }
            Deed::UseCredits { amount } => {
                let subscription = self.ids.subscriptions[at];
                let command = Command::UseCredits { subscription, amount: u32::try_from(*amount).expect("a number") };
                self.run(now, command, |book, _| book.use_credits(at, *amount))
            }
            Deed::Use { meter, units } => {
                let subscription = self.ids.subscriptions[at];
                let number = u32::try_from(*units).expect("a number");
                let command = Command::ReportUsage { subscription, meter: (*meter).into(), units: number };
                self.run(now, command, |book, _| book.use_meter(now, at, meter, *units))
            }
            Deed::Report { behind, says } => self.report(now, at, *behind, *says),
            Deed::Assign { other, recalculate } => {
                let wish = self.wish(now, at, other);
                let shall = basket(wish.plan, wish.cycle, &wish.options);
                // What the basket has not is named with none of it.
                let mut options = self.engine(at).map(|had| had.basket().options).unwrap_or_default();
                options.iter_mut().for_each(|(_, quantity)| *quantity = 0);
                options.extend(shall.options);
                let command = Command::AssignPlan {
                    subscription: self.ids.subscriptions[at],
                    plan: shall.plan,
                    options,
                    recalculate: *recalculate,
                    reason: "a promise".to_owned(),
                };
                self.run(now, command, |book, desk| book.assign(desk, now, &wish, *recalculate))
            }
            Deed::Package => {
                let service = self.ids.services[at];
                self.run(now, Command::ChangePackage { service }, |book, _| book.change_package(at))
            }
            Deed::Retry => {
                let service = self.ids.services[at];
                self.run(now, Command::RetryProvision { service }, |book, _| book.retry(at))
            }
            Deed::Cancel { when, staff } => self.cancel(now, at, *when, *staff),
            Deed::CancelAgain => self.cancel_again(now),
            Deed::Uncancel => {
                let subscription = self.ids.subscriptions[at];
                self.run(now, Command::UncancelSubscription { subscription }, |book, _| book.uncancel(now, at))
            }
            Deed::End => self.end_due(now, at),
        }
    }

    /// The open payout, or one that nobody asked for.
    fn payout(&self) -> DocumentId {
        let open = self.account().payout.as_ref().map(|payout| payout.id);
        open.unwrap_or(DocumentId::from_uuid(Uuid::from_u128(7)))
    }

    /// The open change of a subscription, or the last one that was.
    fn change(&self, at: usize) -> Option<ChangeId> {
        let open = self.engine(at).and_then(|one| one.change.as_ref()).map(|change| change.id);
        open.or_else(|| Some(ChangeId::from_uuid(Uuid::from_u128(7))))
    }

    /// A bill by its age: open ones first.
    fn bill(&self, back: usize) -> Option<usize> {
        let bills = &self.book.bills;
        let open = (0..bills.len()).rev().filter(|bill| bills[*bill].stands == Stands::Open);
        let closed = (0..bills.len()).rev().filter(|bill| bills[*bill].stands != Stands::Open);
        open.chain(closed).nth(back)
    }

    fn wish(&self, now: Timestamp, at: usize, other: &Other) -> Wish {
        let subscription = &self.book.subscriptions[at];
        let list = self.book.list(self.desk);
        let plan = other.plan.unwrap_or(subscription.plan().plan);
        let mut options = subscription.options();
        options.extend(other.options.iter().map(|(code, quantity)| (*code, *quantity)));
        if other.tidy {
            for option in &list.options {
                let least = option.min_on.get(&plan).copied().unwrap_or(0);
                let has = options.get(option.code).copied().unwrap_or(0).max(least).min(option.max);
                let is_on = option.plans.as_ref().is_none_or(|plans| plans.contains(&plan));
                options.insert(option.code, if is_on { has } else { 0 });
            }
            if options.get("ram32").is_some_and(|quantity| *quantity > 0) {
                options.remove("ram16");
            }
        }
        options.retain(|_, quantity| *quantity > 0);
        let cycle = other.cycle.unwrap_or(subscription.cycle);
        let on = other.days.map(|days| {
            let today = self.desk.customer.date(now);
            (0..days).fold(today, |day, _| day.tomorrow().expect("a date in range"))
        });
        Wish { subscription: at, plan, cycle, options, when: other.when, on, staff: other.staff }
    }

    /// Quotes on both sides; true where it can be had.
    fn quote(&mut self, now: Timestamp, at: usize, other: &Other) -> Result<bool, String> {
        let wish = self.wish(now, at, other);
        let request = self.request(&wish);
        let counted = self.book.quote(self.desk, &wish, now);
        let quoted = quote_plan_change(self.facts(), self.account(), &request, now);
        match (quoted, counted) {
            (Ok(quoted), Ok(quote)) => {
                self.tally.quotes += 1;
                crate::compare::quote(&self.ids, &quoted, &quote, self.desk)
                    .map_err(|what| format!("quote of {wish:?}, {what}"))?;
                let request = PlanChangeRequest { when: quoted.request().when, ..request };
                let (digest, summary) = (quoted.digest(), quoted.summary());
                self.shown = Some(Shown { quote, request, digest, summary });
                Ok(true)
            }
            (Err(refusal), Err(code)) if refusal.code() == code => Ok(false),
            (quoted, counted) => {
                let engine = quoted.map(|quote| quote.total).map_err(|refusal| refusal.code());
                let book = counted.map(|quote| quote.total);
                Err(format!("quote of {wish:?}: the engine says {engine:?}, the bookkeeper {book:?}"))
            }
        }
    }

    fn request(&self, wish: &Wish) -> PlanChangeRequest {
        PlanChangeRequest {
            subscription: self.ids.subscriptions[wish.subscription],
            basket: basket(wish.plan, wish.cycle, &wish.options),
            asked_by: if wish.staff { Asker::Staff } else { Asker::Customer },
            when: wish.when,
            on: wish.on,
        }
    }

    /// Submits what was shown last.
    fn submit(&mut self, now: Timestamp, card: bool) -> Result<(), String> {
        let Some(shown) = &self.shown else { return Ok(()) };
        let quote = shown.quote.clone();
        let command = Command::SubmitPlanChange {
            request: shown.request.clone(),
            quoted_at: quote.at,
            digest: shown.digest.clone(),
            shown: Box::new(shown.summary.clone()),
            pays_by: pays_by(card),
        };
        self.run(now, command, |book, desk| book.submit(desk, now, &quote, card))
    }

    /// Submits what cannot be had: it is refused for the same reason.
    fn submit_refused(&mut self, now: Timestamp, at: usize, other: &Other) -> Result<(), String> {
        let wish = self.wish(now, at, other);
        let nothing = self.desk.shop.money(0);
        let summary = QuoteSummary {
            lines: Vec::new(),
            net: nothing,
            tax: nothing,
            total: nothing,
            from_balance: nothing,
            due: nothing,
            to_balance: nothing,
            recurring_after: nothing,
            first_period: None,
            waits: None,
            billed: Default::default(),
            catalogue_version: 1,
        };
        let command = Command::SubmitPlanChange {
            request: self.request(&wish),
            quoted_at: now,
            digest: String::new(),
            shown: Box::new(summary),
            pays_by: PaymentChoice::BankTransfer,
        };
        self.run(now, command, |book, desk| book.quote(desk, &wish, now).map(drop))
    }

    fn transfer(&mut self, now: Timestamp, back: Option<usize>, more: i64) -> Result<(), String> {
        let bill = back.and_then(|back| self.bill(back));
        let open = bill.map_or(500, |bill| self.book.bills[bill].open());
        let amount = open + more;
        let command = Command::ReceiveTransfer {
            invoice: bill.map(|bill| self.ids.bills[bill]),
            amount: self.desk.shop.money(amount),
            reference: format!("transfer {}", self.commands),
        };
        self.run(now, command, |book, desk| book.transfer(desk, now, bill, amount))
    }

    fn gateway(&mut self, now: Timestamp, back: usize, says: Says) -> Result<(), String> {
        let attempts = &self.book.attempts;
        let runs = |place: &usize| attempts[*place].knows != Knows::Captured;
        let open = (0..attempts.len()).rev().filter(runs);
        let closed = (0..attempts.len()).rev().filter(|place| !runs(place));
        let Some(attempt) = open.chain(closed).nth(back) else { return Ok(()) };
        let (said, outcome) = match says {
            Says::Unknown => (Said::Unknown, PaymentOutcome::Unknown),
            Says::Failed => (Said::Failed, PaymentOutcome::Failed { reason: "declined".to_owned() }),
            Says::Captured { more } => {
                let amount = (attempts[attempt].amount + more).max(1);
                (Said::Captured(amount), PaymentOutcome::Captured { amount: self.desk.shop.money(amount) })
            }
        };
        let event = Some(format!("event {}", self.commands));
        let command = Command::SettlePayment { attempt: self.ids.attempts[attempt], outcome, event };
        self.run(now, command, |book, desk| book.settle(desk, now, attempt, said))
    }

    fn renew(&mut self, now: Timestamp, at: usize, ahead: i64) -> Result<(), String> {
        let ordinal = self.book.subscriptions[at].ordinal + ahead;
        let command = Command::RenewSubscription { subscription: self.ids.subscriptions[at], ordinal };
        self.run(now, command, |book, desk| book.renew(desk, now, at, ahead))
    }

    /// The day of a change, if it has one, may have come.
    fn begin(&mut self, now: Timestamp, at: usize) -> Result<(), String> {
        let Some(change) = self.change(at) else { return Ok(()) };
        let waits = self.book.subscriptions[at].open_change().is_some_and(|change| change.quote.on.is_some());
        let until = self.book.subscriptions[at].until;
        self.run(now, Command::BeginPlanChange { change }, |book, desk| book.begin(desk, now, at))?;
        let open = self.book.subscriptions[at].open_change();
        let [made, asked, late] = &mut self.tally.begun;
        match open.map(|change| change.state) {
            None if waits => *made += 1,
            Some(ChangeStands::Awaits { .. }) => *asked += 1,
            _ => {}
        }
        *late += u64::from(
            waits && until <= now && !matches!(open.map(|change| change.state), Some(ChangeStands::Scheduled { .. })),
        );
        Ok(())
    }

    /// The timers: days that have come, lapses, then renewals, as far as they are due; a card pays every second bill.
    fn later(&mut self, now: Timestamp) -> Result<(), String> {
        for at in 0..self.ids.subscriptions.len() {
            let open = self.engine(at).and_then(|one| one.change.as_ref());
            if open.and_then(|change| change.begins_at()).is_some_and(|day| day <= now) {
                self.begin(now, at)?;
            }
            let open = self.engine(at).and_then(|one| one.change.as_ref());
            if open.is_some_and(|change| change.awaits_payment() && change.quote.pay_by <= now) {
                let change = open.map(|change| change.id).expect("an open change");
                self.run(now, Command::LapsePlanChange { change }, |book, desk| book.lapse(desk, now, at))?;
            }
            for _ in 0..6 {
                let subscription = &self.book.subscriptions[at];
                if subscription.until <= now && !subscription.has_ended() {
                    if subscription.leaves {
                        self.end_due(now, at)?;
                    } else {
                        self.renew(now, at, 1)?;
                    }
                    // Where a policy says what becomes of it, most renewals are not paid.
                    if self.desk.policy().dunning.is_nothing() || self.commands.is_multiple_of(3) {
                        self.transfer(now, Some(0), 0)?;
                    } else {
                        self.gateway(now, 0, Says::Failed)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The bills that nobody paid: their next try, and the end of their grace, asked for whether or not they are due.
    fn dun(&mut self, now: Timestamp) -> Result<(), String> {
        for bill in 0..self.book.bills.len() {
            let entry = &self.book.bills[bill];
            let Some(chase) = entry.chase.as_ref().filter(|_| entry.stands == Stands::Open) else { continue };
            let (invoice, number) = (self.ids.bills[bill], chase.tried + 1);
            self.run(now, Command::RetryPayment { invoice, number }, |book, desk| {
                book.try_again(desk, now, bill, number)
            })?;
            // What the policy does not say is asked for now and then.
            let (ends, also) = (crate::dunning::ends(self.desk), self.commands.is_multiple_of(5));
            if !ends || also {
                self.run(now, Command::RestrictAccess { invoice }, |book, desk| book.shut_out(desk, now, bill))?;
            }
            if ends || also {
                self.run(now, Command::CancelUnpaid { invoice }, |book, desk| book.end_unpaid(desk, now, bill))?;
            }
        }
        Ok(())
    }

    fn report(&mut self, now: Timestamp, at: usize, behind: i64, says: Module) -> Result<(), String> {
        // Of what is done with, the engine has nothing any more.
        let service = self.engine(at).map(|one| (one.service.desired.clone(), one.service.access));
        let (desired, access) = service.unwrap_or((Default::default(), Access::Ended));
        let report = match says {
            Module::Working => ModuleReport::Working,
            Module::Failed => ModuleReport::Failed { reason: "the host is full".to_owned() },
            Module::Done => ModuleReport::Done { observed: desired, access },
            Module::Misread => ModuleReport::Done { observed: [("plan".into(), 99)].into_iter().collect(), access },
        };
        let generation = self.book.subscriptions[at].service.generation - behind;
        let command = Command::ReportProvision { service: self.ids.services[at], generation, report };
        self.run(now, command, |book, _| book.report(at, behind, says))
    }

    /// Staff end every subscription at once.
    fn end_all(&mut self, now: Timestamp) -> Result<(), String> {
        (0..self.ids.subscriptions.len()).try_for_each(|at| self.cancel(now, at, When::Now, true))
    }

    /// At the end: every period that is over against exact fractions, day by day.
    fn close(&mut self) -> Result<(), String> {
        crate::exact::periods(&self.book, self.desk, &mut self.tally)
    }
}

fn pays_by(card: bool) -> PaymentChoice {
    if card { PaymentChoice::Card(TestCard::Pays) } else { PaymentChoice::BankTransfer }
}

fn basket(plan: usize, cycle: billing::calendar::Cycle, options: &BTreeMap<&'static str, i64>) -> Basket {
    let options = options.iter().map(|(code, quantity)| ((*code).into(), u32::try_from(*quantity).expect("few")));
    Basket { plan: plan_code(plan), cycle, options: options.collect() }
}

/// The code of a component; none of the plan.
pub fn code_of(component: &Component) -> Option<&str> {
    match component {
        Component::Plan => None,
        Component::Option(code) => Some(code),
    }
}
