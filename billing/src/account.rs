//! The account: what a decision about one customer may look at. Bounded: open things only (running subscriptions,
//! coverage of the present and future, unpaid invoices, attempts whose outcome may still come). History stays in tables.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::{Anchor, Cycle, Span, Zone};
use crate::cancellation::Cancellation;
use crate::carry::Carry;
use crate::catalogue::{Basket, Billed, Tiers, list_of};
use crate::command::{Asker, PaymentChoice};
use crate::coverage::Segment;
use crate::discount::Discount;
use crate::document::{DocumentLine, Invoice};
use crate::effect::TestCard;
use crate::extension::Bought;
use crate::first_period::Full;
use crate::fraction::Fraction;
use crate::id::{AccountId, AttemptId, ChangeId, DocumentId, ItemId, SubscriptionId};
use crate::money::{Currency, Money, sum};
use crate::name::{Name, Named};
use crate::one_time::OneTime;
use crate::payout::{Backing, Payout};
use crate::proration::Priced;
use crate::quote::Quote;
use crate::service::Service;
use crate::share::Rounding;
use crate::usage::Counter;

/// The most subscriptions, open invoices and items an account may have (law I34); a command past it is refused.
pub const MAX_SUBSCRIPTIONS: usize = 200;

/// The most document lines that wait for the next invoice; a change that would make them more is settled at once.
pub const MAX_WAITING: usize = 200;

/// An attempt that was not captured is remembered for so many days.
pub const ATTEMPT_DAYS: i64 = 30;

/// One customer, as decisions see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Grows by one with every commit; a commit on an older version is a lost race. 0 before it is opened.
    pub version: i64,
    /// The storefront it belongs to.
    pub storefront: String,
    /// The customer's name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// The zone in which its days are counted.
    pub zone: Zone,
    /// The one currency of its money.
    pub currency: Currency,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What we hold for the customer, free to use. Never negative (I03).
    pub balance: Money,
    /// What we hold for the customer, set aside for open invoices. Never negative (I03).
    pub reserved: Money,
    /// What stands behind the balance, for what may be paid out of it (M7).
    pub backing: Backing,
    /// The hash of its newest log entry (I02), in hexadecimal; empty before the first.
    pub log_hash: String,
    /// The products of which a subscription has ended, in the order of their codes: who had one gets no trial again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub had: Vec<String>,
    /// Its running subscriptions, and those that ended and of which something is open.
    pub subscriptions: Vec<Subscription>,
    /// Its open invoices.
    pub invoices: Vec<Invoice>,
    /// Its payment attempts that are not captured.
    pub attempts: Vec<Attempt>,
    /// Balance on its way out as cash; one at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payout: Option<Payout>,
}

/// A subscription: items billed together, period after period, for one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// The product's code.
    pub product: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Where its periods are counted from.
    pub anchor: Anchor,
    /// The number of the present period, counted from the anchor.
    pub period_no: i64,
    /// The number of periods invoiced before the anchor was last moved; with `period_no` it names a period for ever.
    pub periods_before: i64,
    /// The present period.
    pub period: Span,
    /// When the trial is over that the present period is; none where it is a period that was paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial_until: Option<Timestamp>,
    /// Until when a cancellation gives all of its first period back that costs something, where its policy promised that;
    /// past once another period has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_refund_until: Option<Timestamp>,
    /// When its periods are billed, as its plan was sold.
    #[serde(default, skip_serializing_if = "Billed::is_advance")]
    pub billed: Billed,
    /// Its items.
    pub items: Vec<Item>,
    /// What covers the present and future.
    pub coverage: Vec<Segment>,
    /// The one change that is open.
    pub change: Option<PlanChange>,
    /// What it pays for.
    pub service: Service,
    /// How renewals are paid.
    pub pays_by: PaymentChoice,
    /// What is left of the plan's credits, such as hours (T5). None where the plan has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<PlanCredits>,
    /// What rounding left over of the lines of the present period (I06).
    #[serde(default, skip_serializing_if = "Carry::is_empty")]
    pub carry: Carry,
    /// What was charged once, and is to be when its trial is over.
    #[serde(default, skip_serializing_if = "OneTime::is_empty")]
    pub one_time: OneTime,
    /// The lines that the next invoice takes in, signed as on an invoice, oldest first: of the present period where that is
    /// billed in arrears, and of changes that are settled with it. What they charge is in coverage that no document has
    /// billed yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<DocumentLine>,
    /// What meters counted that is not billed yet, and what they cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usage: Vec<Counter>,
    /// Its cancellation, scheduled or done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancellation: Option<Box<Cancellation>>,
    /// The change whose place the present one took, in the decision in which it did; forgotten with the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<PlanChange>,
}

/// What a plan gave to use up, and what is left of it (T5): hours, tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCredits {
    /// Not used yet.
    pub left: i64,
    /// Given in this period, by every plan in it that counts.
    pub granted: i64,
    /// Given by the present plan for a full period.
    pub of_plan: i64,
    /// Where credits were shared by time: what the plans in this period give beside `granted`, exactly. Below one; less
    /// than nothing where more was used than they give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Fraction>,
}

impl PlanCredits {
    /// What a plan gives with a period that begins.
    pub fn whole(amount: i64) -> Self {
        Self { left: amount, granted: amount, of_plan: amount, part: None }
    }

    /// What of an exact entitlement can be used where so many were: never a part of one, and none that were not given.
    pub fn entitled(entitlement: Fraction, used: i64, of_plan: i64) -> Self {
        let granted = entitlement.floor().max(used);
        let part = entitlement - Fraction::new(granted.into(), 1);
        Self { left: granted - used, granted, of_plan, part: Some(part) }
    }

    /// Used in this period.
    pub fn used(&self) -> i64 {
        self.granted - self.left
    }

    /// What is not used of what the plans give, exactly; less than nothing where more was used.
    pub fn unused(&self) -> Fraction {
        self.entitlement() - Fraction::new(self.used().into(), 1)
    }

    /// What the plans in this period give, exactly; less than was granted where more was used than that.
    pub fn entitlement(&self) -> Fraction {
        Fraction::new(self.granted.into(), 1) + self.part.unwrap_or(Fraction::ZERO)
    }
}

/// What an item is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// The plan.
    Plan,
    /// The option of this code.
    Option(Name),
}

/// One thing that is billed: a plan, or a quantity of an option, at the price it was sold at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id; an item keeps it when its plan or quantity changes.
    pub id: ItemId,
    /// Plan or option.
    pub component: Component,
    /// The plan's or option's code.
    pub code: Name,
    /// Its name, when it was sold.
    pub text: Name,
    /// The list price of one unit for one cycle, when it was sold; of a price in tiers that of one unit alone.
    pub unit_price: Money,
    /// The tiers of its price, when it was sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Arc<Tiers>>,
    /// What is taken off the list price of all units for one cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// How often it is billed.
    pub cycle: Cycle,
    /// How many units; 0 of a dropped option.
    pub quantity: u32,
    /// The catalogue version it was sold from.
    pub catalogue_version: i64,
}

/// A submitted plan change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    /// Its id.
    pub id: ChangeId,
    /// The quote it was submitted with: what is charged, to the cent.
    pub quote: Quote,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// Who asked.
    pub asked_by: Asker,
    /// How it is paid, where it is made on a chosen day and nothing was due when it was submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays_by: Option<PaymentChoice>,
    /// The invoice or credit note of the change.
    pub document: Option<DocumentId>,
    /// How it stands.
    pub state: ChangeState,
}

/// How a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ChangeState {
    /// Its invoice waits for money; nothing has changed yet.
    AwaitsPayment {
        /// Here it lapses, or is made all the same, as its quote says.
        lapses_at: Timestamp,
    },
    /// Nothing is to pay now; it is made with the next period, or on the day that was chosen.
    Scheduled {
        /// When that begins.
        at: Timestamp,
    },
    /// Made.
    Applied {
        /// When.
        at: Timestamp,
    },
    /// Taken back before it was paid.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Not paid in time.
    Lapsed {
        /// When.
        at: Timestamp,
    },
}

/// One attempt to take the money of an invoice. Its id is the gateway's idempotency key, stored before the call (I23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The invoice.
    pub invoice: DocumentId,
    /// How much; never changes.
    pub amount: Money,
    /// The card; never changes.
    pub card: TestCard,
    /// When it was stored.
    pub created_at: Timestamp,
    /// What is known of it.
    pub state: AttemptState,
}

/// What is known of an attempt, in the order in which knowledge can only grow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum AttemptState {
    /// To be sent, or on its way.
    Sent,
    /// Sent, and no answer came: the gateway must be asked by key.
    Unknown,
    /// The gateway said no.
    Failed {
        /// Its reason, in words.
        reason: String,
    },
    /// The money is there.
    Captured {
        /// When we learned it.
        at: Timestamp,
    },
}

impl AttemptState {
    /// May the money still come?
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Sent | Self::Unknown)
    }
}

impl Account {
    /// The subscription of this id.
    pub fn subscription(&self, id: SubscriptionId) -> Option<&Subscription> {
        self.subscriptions.iter().find(|subscription| subscription.id == id)
    }

    /// The open invoice of this id.
    pub fn invoice(&self, id: DocumentId) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.id == id)
    }

    /// What is owed of a subscription: its open invoices, without that of a change that waits for its payment.
    pub fn owed(&self, subscription: SubscriptionId) -> impl Iterator<Item = &Invoice> {
        let change = self.subscription(subscription).and_then(|subscription| subscription.change.as_ref());
        let order = change.filter(|change| change.awaits_payment()).and_then(|change| change.document);
        let of_it = self.invoices.iter().filter(move |invoice| invoice.subscription == subscription);
        of_it.filter(move |invoice| invoice.is_open() && Some(invoice.id) != order)
    }

    /// Nothing, in the account's currency.
    pub fn nothing(&self) -> Money {
        Money::zero(self.currency)
    }
}

impl Subscription {
    /// What it has now.
    pub fn basket(&self) -> Basket {
        let mut options = Vec::with_capacity(self.items.len());
        for item in self.items.iter().filter(|item| item.quantity > 0) {
            if let Component::Option(code) = &item.component {
                options.push((code.clone(), item.quantity));
            }
        }
        // Items stand in the order of their options, mostly.
        let options = Named::in_order(options).unwrap_or_else(Named::from_iter);
        Basket { plan: self.plan().code.clone(), cycle: self.anchor.cycle, options }
    }

    /// Its plan item. Every subscription has one; without it the account is broken, and nothing may be decided on it.
    pub fn plan(&self) -> &Item {
        let mut plans = self.items.iter().filter(|item| item.component == Component::Plan);
        plans.next().expect("a subscription without a plan item")
    }

    /// The full period that the present one is, or is the rest of, or ends with: counted back from its end by the anchor.
    pub fn full_period(&self, zone: &Zone) -> Span {
        // From the anchor on every period is a full one.
        if self.period_no >= 0 { self.period } else { self.anchor.period(self.period_no, zone) }
    }

    /// The same as it counts: of a first period that is joined with the full one after it, both full ones.
    pub fn full(&self, zone: &Zone) -> Full {
        if self.period_no >= 0 {
            return Full::one(self.period);
        }
        let last = self.anchor.period(self.period_no, zone);
        if last.from <= self.period.from || !self.is_joined() {
            return Full::one(last);
        }
        Full::ending(&self.anchor, self.period_no, self.period.from, true, zone)
    }

    /// Of a period that is longer than a full one: is it a first period and the full one after it? Else it is a trial, or days
    /// that were bought.
    fn is_joined(&self) -> bool {
        !self.is_in_trial() && self.bought().is_none()
    }

    /// How its days are counted, where the present period was bought with what was left of another basket.
    pub fn bought(&self) -> Option<Bought> {
        let Span { from, until } = self.period;
        let is_of_it = |segment: &&Segment| segment.span.from >= from && segment.span.until == until;
        let coverage = self.coverage.iter().filter(|segment| !segment.span.is_empty());
        coverage.filter(is_of_it).find_map(|segment| segment.bought)
    }

    /// What the next full period costs at the prices its items were sold at.
    pub fn recurring(&self) -> Money {
        sum(self.plan().unit_price.currency, self.items.iter().map(Item::price))
    }

    /// Is a trial running? Its time costs nothing, whatever a full period costs.
    pub fn is_in_trial(&self) -> bool {
        self.trial_until.is_some()
    }

    /// Does a full period cost nothing?
    pub fn is_free(&self) -> bool {
        self.items.iter().all(|item| item.price().is_zero())
    }

    /// What the next full period costs, rounded as a policy rounds.
    pub fn recurring_rounded(&self, rounding: Rounding) -> Money {
        sum(self.plan().unit_price.currency, self.items.iter().map(|item| item.priced().net(rounding)))
    }

    /// What waits for the next invoice, with tax: positive to pay, negative to get.
    pub fn waiting_payable(&self) -> Money {
        sum(self.plan().unit_price.currency, self.waiting.iter().map(DocumentLine::payable))
    }

    /// The ordinal of the present period over the whole life of the subscription: the natural key of its renewal.
    pub fn period_ordinal(&self) -> i64 {
        self.periods_before + self.period_no
    }
}

impl Item {
    /// The list price of all its units for one cycle, and its discount.
    pub fn priced(&self) -> Priced {
        let list = list_of(self.unit_price, self.tiers.as_deref(), self.quantity);
        Priced { list, discount: self.discount, cycle: self.cycle }
    }

    /// What all its units cost for one cycle.
    pub fn price(&self) -> Money {
        self.priced().net(Rounding::HalfAway)
    }
}

impl Account {
    /// The account as a load gives it: without closed changes, payouts and invoices, captured or long forgotten attempts,
    /// coverage of the past unless its bill is still open or a waiting change gives it back, and dropped items unless
    /// something still covers them; every list in the order of ids.
    pub fn forget_closed(&mut self, now: Timestamp) {
        self.invoices.retain(Invoice::is_open);
        self.payout = self.payout.take().filter(Payout::is_open);
        if self.subscriptions.iter().any(Subscription::has_ended) {
            let gone: Vec<SubscriptionId> =
                self.subscriptions.iter().filter(|one| self.is_done_with(one)).map(|one| one.id).collect();
            self.subscriptions.retain(|subscription| !gone.contains(&subscription.id));
        }
        for subscription in &mut self.subscriptions {
            let is_owed = |document| self.invoices.iter().any(|invoice| Some(invoice.id) == document);
            // A change that waits may be made after all, and gives back what was there until its time was up; one on a
            // chosen day what is there then, however late it is made.
            let given_back = subscription.change.as_ref().and_then(PlanChange::needs_coverage_from);
            let matters = |segment: &Segment| {
                let until = segment.span.until;
                until > now || given_back.is_some_and(|from| until >= from) || is_owed(segment.document)
            };
            // What no document has billed yet is remembered until one does.
            // What covers no time and is owed, as what is charged once, is collected with its bill.
            // While all of it may go back, all of it is remembered.
            let refunds = subscription.full_refund_until.is_some_and(|until| now < until);
            let is_kept = |segment: &Segment| match segment.span.is_empty() {
                true => !segment.net.is_zero() && (refunds && !segment.of_trial || is_owed(segment.document)),
                false => matters(segment) || (refunds && !segment.net.is_zero()),
            };
            subscription.coverage.retain(|segment| segment.is_waiting() || is_kept(segment));
            subscription.coverage.sort_unstable_by_key(|segment| segment.id);
            subscription.change = subscription.change.take().filter(PlanChange::is_open);
            subscription.replaced = None;
            let coverage = &subscription.coverage;
            let is_covered = |item: &Item| coverage.iter().any(|segment| segment.item == item.id);
            subscription.items.retain(|item| item.quantity > 0 || is_covered(item));
            subscription.items.sort_unstable_by_key(|item| item.id);
        }
        self.subscriptions.sort_unstable_by_key(|subscription| subscription.id);
        self.invoices.sort_unstable_by_key(|invoice| invoice.id);
        self.attempts.retain(|attempt| attempt.is_remembered_at(now));
        self.attempts.sort_unstable_by_key(|attempt| attempt.id);
    }
}

impl Attempt {
    /// May an answer about it still come? Captured ones have theirs; of others no gateway speaks after 30 days.
    pub fn is_remembered_at(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.created_at);
        !matches!(self.state, AttemptState::Captured { .. }) && age < SignedDuration::from_hours(24 * ATTEMPT_DAYS)
    }
}

impl PlanChange {
    /// Is it still to be made?
    pub fn is_open(&self) -> bool {
        self.awaits_payment() || matches!(self.state, ChangeState::Scheduled { .. })
    }

    /// When the day begins that was chosen for it, where it waits for that.
    pub fn begins_at(&self) -> Option<Timestamp> {
        let is_scheduled = matches!(self.state, ChangeState::Scheduled { .. });
        self.quote.on.filter(|_| is_scheduled).map(|day| day.from)
    }

    /// Coverage that ends here or later must be kept for it, also when it is over: it may be given back.
    pub fn needs_coverage_from(&self) -> Option<Timestamp> {
        match self.state {
            ChangeState::AwaitsPayment { lapses_at } => Some(lapses_at.min(self.quote.pay_by)),
            _ => self.begins_at(),
        }
    }

    /// Does it wait for its payment?
    pub fn awaits_payment(&self) -> bool {
        matches!(self.state, ChangeState::AwaitsPayment { .. })
    }
}
