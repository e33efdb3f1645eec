//! The quote (N1): everything a plan change will do, as one value. Submitting derives it again and compares digests;
//! what was shown is what is charged, or the submission is refused with both versions.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::{Component, PlanCredits};
use crate::calendar::{Anchor, Cycle, Span};
use crate::catalogue::{Basket, Billed, Restart, Size, Tiers, list_of};
use crate::command::Asker;
use crate::discount::Discount;
use crate::document::DocumentLine;
use crate::explain::Derivation;
use crate::extension::Extension;
use crate::fraction::Fraction;
use crate::id::{AccountId, DocumentId, ItemId, SegmentId, SubscriptionId};
use crate::money::{Money, sum};
use crate::name::Name;
use crate::one_time::OneTimeLine;
use crate::policy::{Gate, OnFailure, PolicyRef, TimeUnit, When};
use crate::proration::Priced;
use crate::tax::{SharedRate, payable};
use crate::usage::MeterPrice;

/// The direction of a change: the catalogue's order of plans decides, then the length of the cycle, then the options;
/// never the amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A larger plan, a longer cycle, more of an option.
    Upgrade,
    /// A smaller plan, a shorter cycle, less of an option.
    Downgrade,
    /// Some options up and others down.
    Change,
}

impl Direction {
    /// `upgrade`, `downgrade` or `change`: the word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
            Self::Change => "change",
        }
    }
}

/// When the money of a change is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// With the change, by a document of its own.
    #[default]
    Now,
    /// With the next invoice: until then its lines wait.
    NextInvoice,
    /// What is given back, and all that waited, with the change; what is charged waits for the end of its period.
    ChargeWaits,
}

impl Settlement {
    /// Is all of it settled with the change?
    pub fn is_now(&self) -> bool {
        *self == Self::Now
    }

    /// Is nothing of it settled with the change?
    pub fn is_later(&self) -> bool {
        *self == Self::NextInvoice
    }

    /// Does what is charged wait for an invoice?
    pub fn charge_waits(&self) -> bool {
        *self != Self::Now
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChangeRequest {
    /// The subscription to change.
    pub subscription: SubscriptionId,
    /// What it shall have.
    pub basket: Basket,
    /// Who asks: staff may choose plans that customers may not (W1, W4).
    pub asked_by: Asker,
    /// Now or with the next period, where the policy lets the customer choose (T3); as the policy says where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// On which day of the customer's, later than today and in the present period, where the policy lets them choose one;
    /// then `when` is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// A day on which a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenDay {
    /// The day in the customer's zone.
    pub date: Date,
    /// Its first instant, which the change is counted from.
    pub from: Timestamp,
}

/// A plan change, counted to the cent at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Whose.
    pub account: AccountId,
    /// The subscription to change.
    pub subscription: SubscriptionId,
    /// Who asked.
    pub asked_by: Asker,
    /// The instant it was asked at, and counted at where no day was chosen; submitting later does not move it.
    pub at: Timestamp,
    /// Now, or with the next period: then nothing is given back or charged, and the charge lines say what is billed from
    /// then on.
    pub when: When,
    /// The day on which it is made, where one was chosen: then `when` is now, but the now is the start of that day. Nothing
    /// is charged or given back before; what is free on the balance then pays first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<ChosenDay>,
    /// Must it be paid before it is made?
    pub gate: Gate,
    /// What becomes of it where its payment fails, or does not come by `pay_by`.
    #[serde(default, skip_serializing_if = "OnFailure::is_wait")]
    pub on_failure: OnFailure,
    /// It can be submitted before this.
    pub expires_at: Timestamp,
    /// Once submitted, or begun on the chosen day, it waits for its payment until here.
    pub pay_by: Timestamp,
    /// What the subscription has.
    pub before: Basket,
    /// What it shall have.
    pub after: Basket,
    /// The name of the plan it has.
    pub plan_before: Name,
    /// The name of the plan it shall have.
    pub plan_after: Name,
    /// Up, down, or both at once.
    pub direction: Direction,
    /// The policy that counted.
    pub policy: PolicyRef,
    /// The catalogue version whose prices count.
    pub catalogue_version: i64,
    /// The subscription's anchor afterwards.
    pub anchor: Anchor,
    /// The period after the change; the same as before unless the cycle changes.
    pub period: Span,
    /// Where a trial is running: when it is over if the change is made. That is where `period` begins, or, where the trial
    /// goes on, where it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial_until: Option<Timestamp>,
    /// What is given back, line by line: every segment that is cut, also those that cost nothing.
    pub credits: Vec<CreditLine>,
    /// What is charged, line by line.
    pub charges: Vec<ChargeLine>,
    /// What is charged once, line by line: first what a trial that goes on costs more, which is charged with the change; then
    /// setups. Where the change is made with the next period, or leaves a trial as it is, those are charged with the invoice
    /// of the period that begins then, with its tax, and count nowhere here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub once: Vec<OneTimeLine>,
    /// The days that what is left buys of the new basket, where the policy turns it into days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The lines that waited for the next invoice and are settled with this change, signed as on an invoice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<DocumentLine>,
    /// When the periods are billed after it.
    #[serde(default, skip_serializing_if = "Billed::is_advance")]
    pub billed: Billed,
    /// Until when a cancellation gives all of it back, where it is what costs something first and the policy promises that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_refund_until: Option<Timestamp>,
    /// Is a cancellation taken back with it whose place it takes?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncancels: bool,
    /// Now, or with the next invoice: then nothing is due or goes to the balance. Or what is charged alone waits: then
    /// `net`, `tax` and `total` are of the rest.
    #[serde(default, skip_serializing_if = "Settlement::is_now")]
    pub settlement: Settlement,
    /// What waits for the next invoice after it, with tax: positive to pay, negative to get. None where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<Money>,
    /// What is given back and was paid, or still waits to be invoiced.
    pub credit: Money,
    /// What is given back and was not paid: it is taken off the unpaid invoices.
    pub debt_released: Money,
    /// What is charged.
    pub charge: Money,
    /// `charge − credit` with what waited, as prices are written: without tax, or with the tax they contain.
    pub net: Money,
    /// The tax on the charges, and of what waited, less the tax given back.
    pub tax: Money,
    /// Net with tax. Positive: an invoice; negative: to the balance, with a credit note; or either with the next invoice.
    pub total: Money,
    /// What of the balance is used for it.
    pub from_balance: Money,
    /// What is left to pay, today.
    pub due: Money,
    /// What goes to the balance.
    pub to_balance: Money,
    /// What a full period costs before, without tax that is added.
    pub recurring_before: Money,
    /// What a full period costs after; the next invoice, without tax that is added.
    pub recurring_after: Money,
    /// What the next invoice is for instead, where it begins with a first period that leads to a bill day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_period: Option<Money>,
    /// The plan credits left at the quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits_before: Option<PlanCredits>,
    /// The plan credits left after it, such as hours (T5); none where the new plan has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits_after: Option<PlanCredits>,
    /// How they were counted, where they are shared by time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits_count: Option<Box<CreditsCount>>,
    /// The meters that count after it, and what they cost. What was used is no matter of a quote: it is billed afterwards, at
    /// the price at which it was used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<MeterPrice>,
    /// The local day of the next invoice.
    pub next_invoice_on: Date,
    /// What the service has.
    pub size_before: Size,
    /// What the service shall have.
    pub size_after: Size,
    /// Does the service restart when the change is made, and for how long (V2)?
    pub restart: Option<Restart>,
}

/// How plan credits that are shared by time (`credits = "prorate"`) are counted with a change (T5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CreditsCount {
    /// The period goes on, and the rest of it counts for the new plan: `(after − before) × rest ÷ whole` are added, and
    /// what is not taken back.
    Shared {
        /// What the old plan gives for a period.
        before: i64,
        /// What the new plan gives for a period.
        after: i64,
        /// How much of the period is left.
        rest: i64,
        /// How long the period is; positive.
        whole: i64,
        /// The unit of both.
        unit: TimeUnit,
        /// What is not taken back of the old plan's, exactly: it was used, and is not given back in money either.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spent: Option<Fraction>,
    },
    /// A period begins with the change.
    Begun {
        /// What the new plan gives for it.
        after: i64,
        /// What was used beyond what the time that is over gave, exactly; it is taken off.
        over: Fraction,
    },
}

/// One thing given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLine {
    /// The item.
    pub item: ItemId,
    /// Its name.
    pub text: Name,
    /// How many units.
    pub quantity: u32,
    /// The segment that is cut.
    pub segment: SegmentId,
    /// The time given back.
    pub span: Span,
    /// The list price of what is given back.
    pub gross: Money,
    /// The amount given back; positive.
    pub amount: Money,
    /// The tax given back with it.
    pub tax: Money,
    /// The rate it was billed at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<SharedRate>,
    /// The part of the amount that was paid.
    pub collected: Money,
    /// The document that billed it; none where it waits for the next invoice.
    pub document: Option<DocumentId>,
    /// How it was found. The segment's own amount where all of it is given back.
    pub derivation: Derivation,
}

/// One thing charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeLine {
    /// The item that is changed; none where one is added.
    pub item: Option<ItemId>,
    /// Plan or option.
    pub component: Component,
    /// Its code.
    pub code: Name,
    /// Its name.
    pub text: Name,
    /// How many units.
    pub quantity: u32,
    /// The list price of one unit for a full cycle; of a price in tiers that of one unit alone.
    pub unit_price: Money,
    /// The tiers of its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Arc<Tiers>>,
    /// What is taken off the list price of all units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// The cycle.
    pub cycle: Cycle,
    /// The time charged; empty where it is billed with the next period.
    pub span: Span,
    /// Is the first day billed to the plan before as well (M4)?
    pub shares_first_day: bool,
    /// The same at the list price.
    pub gross: Money,
    /// The amount charged.
    pub amount: Money,
    /// The tax charged with it.
    pub tax: Money,
    /// The rate of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<SharedRate>,
    /// How it was found.
    pub derivation: Derivation,
}

/// The money of a quote, for showing an old version beside a fresh one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteSummary {
    /// Each line: its name, the local days it is for, and its signed amount.
    pub lines: Vec<SummaryLine>,
    /// Charges less credits, as prices are written.
    pub net: Money,
    /// The tax of both sides.
    pub tax: Money,
    /// With tax: positive to pay, negative to the balance.
    pub total: Money,
    /// What of the balance is used.
    pub from_balance: Money,
    /// What is left to pay.
    pub due: Money,
    /// What goes to the balance.
    pub to_balance: Money,
    /// What a full period costs afterwards.
    pub recurring_after: Money,
    /// What the next invoice is for instead, where it begins with a first period that leads to a bill day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_period: Option<Money>,
    /// What waits for the next invoice afterwards, with tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<Money>,
    /// When the periods are billed afterwards.
    #[serde(default, skip_serializing_if = "Billed::is_advance")]
    pub billed: Billed,
    /// The catalogue version whose prices counted.
    pub catalogue_version: i64,
}

impl QuoteSummary {
    /// What the next invoice has of a period that it is written in, as in [`Quote::next_period`].
    pub fn next_period(&self) -> Money {
        if self.billed.is_arrears() {
            return Money::zero(self.total.currency);
        }
        self.first_period.unwrap_or(self.recurring_after)
    }
}

/// One line of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryLine {
    /// The item's name.
    pub text: Name,
    /// The time it is for.
    pub span: Span,
    /// Negative where it is given back.
    pub amount: Money,
}

impl CreditLine {
    /// Is it of coverage that no document has billed yet? Then it makes what waits for the next invoice less.
    pub fn is_waiting(&self) -> bool {
        self.document.is_none() && self.collected.is_zero() && !self.amount.is_zero()
    }

    /// The part that stands on the document of the change, or waits with its lines, and its tax: what was paid, or is not
    /// invoiced yet.
    #[inline]
    pub fn returned_with_tax(&self) -> (Money, Money) {
        match self.document {
            Some(_) if self.collected.is_zero() && !self.amount.is_zero() => {
                (self.collected, Money::zero(self.tax.currency))
            }
            None if self.collected.is_zero() => (self.amount, self.tax),
            _ => (self.collected, self.tax),
        }
    }

    /// That part without its tax.
    pub fn returned(&self) -> Money {
        self.returned_with_tax().0
    }

    /// The tax on that part.
    pub fn returned_tax(&self) -> Money {
        self.returned_with_tax().1
    }

    /// What goes to the customer: the part that was paid or waits, with its tax.
    #[inline]
    pub fn given_back(&self) -> Money {
        let (amount, tax) = self.returned_with_tax();
        payable(amount, tax, self.tax_rate.as_deref())
    }

    /// What is owed no more: the part that was not paid, with its tax.
    pub fn debt_released(&self) -> Money {
        self.payable() - self.given_back()
    }

    /// All of it with its tax, paid or not.
    pub fn payable(&self) -> Money {
        payable(self.amount, self.tax, self.tax_rate.as_deref())
    }

    /// The part that was paid, or is not invoiced yet, as an invoice has it: negative.
    pub fn on_invoice(&self) -> DocumentLine {
        let (amount, tax) = self.returned_with_tax();
        self.line(-amount, -tax)
    }

    /// The part that was not paid, as a credit note against its invoice has it.
    pub fn off_debt(&self) -> DocumentLine {
        let (amount, tax) = self.returned_with_tax();
        self.line(self.amount - amount, self.tax - tax)
    }

    fn line(&self, amount: Money, tax: Money) -> DocumentLine {
        DocumentLine {
            item: Some(self.item),
            text: self.text.clone(),
            quantity: self.quantity,
            span: Some(self.span),
            amount,
            tax,
            tax_rate: self.tax_rate.clone(),
            segment: Some(self.segment),
            derivation: Some(self.derivation.clone()),
            metered: None,
        }
    }
}

impl ChargeLine {
    /// The list price of all units for a full cycle, and the discount.
    pub fn priced(&self) -> Priced {
        let list = list_of(self.unit_price, self.tiers.as_deref(), self.quantity);
        Priced { list, discount: self.discount, cycle: self.cycle }
    }

    /// What is to be paid for it: the amount and the tax on top.
    pub fn payable(&self) -> Money {
        payable(self.amount, self.tax, self.tax_rate.as_deref())
    }
}

impl Quote {
    /// Does a trial end with it, or before it is made with the next period?
    pub fn ends_trial(&self) -> bool {
        self.trial_until == Some(self.period.from)
    }

    /// Does a trial go on with it, for nothing?
    pub fn keeps_trial(&self) -> bool {
        self.trial_until == Some(self.period.until)
    }

    /// Does a period begin with it, where the present one was this?
    pub fn begins_period_after(&self, period: Span) -> bool {
        self.period != period || self.ends_trial()
    }

    /// What was asked for: counted at the same instant it is this quote again.
    pub fn request(&self) -> PlanChangeRequest {
        PlanChangeRequest {
            subscription: self.subscription,
            basket: self.after.clone(),
            asked_by: self.asked_by,
            when: Some(self.when).filter(|_| self.on.is_none()),
            on: self.on.map(|day| day.date),
        }
    }

    /// The instant it is counted from: that of the quote, or the start of the chosen day.
    pub fn counted_at(&self) -> Timestamp {
        self.on.map_or(self.at, |day| day.from)
    }

    /// The instant at which what it charges once stands: with the period that begins with it, where that is the next day's.
    pub fn once_at(&self) -> Timestamp {
        self.counted_at().max(self.period.from)
    }

    /// Is it made later, with the next period or on a chosen day, and nothing is settled with its submission?
    pub fn is_planned(&self) -> bool {
        self.when == When::PeriodEnd || self.on.is_some()
    }

    /// What is charged with the change: nothing where that waits for the end of its period.
    pub fn charged_now(&self) -> &[ChargeLine] {
        if self.settlement == Settlement::ChargeWaits { &[] } else { &self.charges }
    }

    /// Are setups charged with the invoice of a period that begins later?
    pub fn charges_once_later(&self) -> bool {
        self.when == When::PeriodEnd || self.keeps_trial()
    }

    /// What is charged once with the change itself: setups, or what a trial that goes on costs more.
    pub fn once_now(&self) -> &[OneTimeLine] {
        if self.charges_once_later() { &self.once[..self.lines_of_trial()] } else { &self.once }
    }

    /// What is charged once with the invoice of a period that begins later.
    pub fn once_later(&self) -> &[OneTimeLine] {
        if self.charges_once_later() { &self.once[self.lines_of_trial()..] } else { &[] }
    }

    /// What the trial that goes on costs more with the change.
    pub fn trial_price(&self) -> Option<&OneTimeLine> {
        self.once.first().filter(|line| line.is_of_trial())
    }

    fn lines_of_trial(&self) -> usize {
        usize::from(self.trial_price().is_some())
    }

    /// What is charged once on the document of the change: nothing where that waits for the end of its period.
    pub fn once_charged_now(&self) -> &[OneTimeLine] {
        if self.settlement == Settlement::ChargeWaits { &[] } else { self.once_now() }
    }

    /// What is charged and waits for the end of its period while the rest is settled with the change, with tax; nothing
    /// where it does not wait alone.
    pub fn charged_later(&self) -> Money {
        if self.settlement != Settlement::ChargeWaits {
            return Money::zero(self.total.currency);
        }
        let once = self.once_now().iter().map(OneTimeLine::payable);
        sum(self.total.currency, self.charges.iter().map(ChargeLine::payable).chain(once))
    }

    /// What of the total is the seller's: without tax.
    pub fn income(&self) -> Money {
        self.total - self.tax
    }

    /// The plan credits after it where so many are left now: what was used since the quote stays used.
    pub fn credits_from(&self, now: Option<PlanCredits>) -> Option<PlanCredits> {
        let left = |credits: Option<PlanCredits>| credits.map_or(0, |credits| credits.left);
        let used_since = left(self.credits_before) - left(now);
        if self.credits_after.is_none() && used_since > 0 && self.credits_count.is_some() {
            // A plan that gives none begins its period with what was used in it already.
            return Some(PlanCredits::entitled(Fraction::ZERO, used_since, 0));
        }
        self.credits_after.map(|after| {
            let missing = (used_since - after.left).max(0);
            let part = after.part.map(|part| part - Fraction::new(missing.into(), 1));
            PlanCredits { left: after.left - used_since + missing, granted: after.granted + missing, part, ..after }
        })
    }

    /// SHA-256 over every field: two quotes of one digest charge the same cents for the same things. Hexadecimal.
    pub fn digest(&self) -> String {
        let canonical = serde_json::to_vec(self).expect("a quote is plain data");
        hexadecimal(&Sha256::digest(&canonical))
    }

    /// What the next invoice has of a period that it is written in, without tax that is added: of a full one, or of the
    /// first one up to a bill day; nothing where periods are billed in arrears.
    pub fn next_period(&self) -> Money {
        if self.billed.is_arrears() {
            return Money::zero(self.total.currency);
        }
        self.first_period.unwrap_or(self.recurring_after)
    }

    /// The money of it.
    pub fn summary(&self) -> QuoteSummary {
        let credits = self.credits.iter().filter(|line| !line.amount.is_zero());
        let credits = credits.map(|line| (line.text.clone(), line.span, -line.amount));
        let charges = self.charges.iter().map(|line| (line.text.clone(), line.span, line.amount));
        let waiting = self.waiting.iter().filter_map(|line| Some((line.text.clone(), line.span?, line.amount)));
        let moment = Span { from: self.counted_at(), until: self.counted_at() };
        let once = self.once_now().iter().map(|line| (line.text.clone(), moment, line.amount));
        let lines = waiting.chain(credits).chain(charges).chain(once).map(|(text, span, amount)| SummaryLine {
            text,
            span,
            amount,
        });
        QuoteSummary {
            lines: lines.collect(),
            net: self.net,
            tax: self.tax,
            total: self.total,
            from_balance: self.from_balance,
            due: self.due,
            to_balance: self.to_balance,
            recurring_after: self.recurring_after,
            first_period: self.first_period,
            waits: self.waits,
            billed: self.billed,
            catalogue_version: self.catalogue_version,
        }
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
