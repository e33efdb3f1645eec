//! Coverage (N2): for every item, which time is covered by which billed amount, as half-open segments that tile it.
//! Credits fall out of cutting segments, charges out of laying new ones; nothing is computed from "the last charge".
//! How a part of a period is counted is in `proration`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::Item;
use crate::calendar::{Cycle, Span};
use crate::carry::stray;
use crate::discount::Discount;
use crate::explain::{Basis, Derivation, UsedAt};
use crate::extension::Bought;
use crate::first_period::Full;
use crate::fraction::Fraction;
use crate::id::{DocumentId, ItemId, SegmentId};
use crate::money::Money;
use crate::name::Name;
use crate::policy::{ClawBack, CreditTax, Cut, Denominator, PeriodEnd, PolicyRef, Remainder, Side, Terms, TimeUnit};
use crate::proration::{Count, Counting, Priced};
use crate::share::share;
use crate::tax::{self, SharedRate};

/// One stretch of an item's time, and the money for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// The item it covers.
    pub item: ItemId,
    /// The code of the plan or option that it was billed for.
    pub code: Name,
    /// Its name, when it was billed.
    pub text: Name,
    /// The time it covers. Empty once all of it was given back.
    pub span: Span,
    /// Is its first day billed to the segment before it as well? Only the used-day rule makes such days (M4).
    pub shares_first_day: bool,
    /// The list price of one full cycle that owns it: unit price × quantity.
    pub list: Money,
    /// What is taken off the list price of a full cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// The cycle of that price.
    pub cycle: Cycle,
    /// How many units.
    pub quantity: u32,
    /// The span that is left, at the list price. Never below `net`.
    pub gross: Money,
    /// What was billed for the span that is left: gross less the discount.
    pub net: Money,
    /// The tax billed with it: on top of `net`, or inside it where the rate says so.
    pub tax: Money,
    /// The rate of that tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<SharedRate>,
    /// How much of `net` was collected; its tax was collected with it.
    pub collected: Money,
    /// The policy under which it was billed.
    pub policy: PolicyRef,
    /// The invoice or credit note that billed it; none where nothing had to be billed, or it waits for the next invoice.
    pub document: Option<DocumentId>,
    /// How its days are counted, where they were bought with what was left of another basket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bought: Option<Bought>,
    /// Is it what a trial costs? None of that is ever given back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_trial: bool,
}

/// What cutting a segment gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release {
    /// The list price of what is given back.
    pub gross: Money,
    /// The amount given back.
    pub amount: Money,
    /// The tax given back with it, at the rate it was billed.
    pub tax: Money,
    /// The part of the amount that was collected: it goes to the customer. The rest was owed and is owed no more.
    pub collected: Money,
    /// By how much the lines of the item are off after it; none where nothing is carried.
    pub carry: Option<Fraction>,
}

/// A change as it cuts coverage. Every segment of a period is cut at the same instants, so what those measure is measured
/// once.
#[derive(Debug, Clone, Copy)]
pub struct Cutting<'a> {
    /// The terms that count it.
    pub counting: Counting<'a>,
    /// The moment of the change.
    pub at: Timestamp,
    /// The full present period, counted from the anchor; both of them where a first period is joined with the one after.
    pub full: Span,
    /// Where two meet.
    pub joint: Option<Timestamp>,
    /// The end of coverage: the end of the present period.
    pub until: Timestamp,
    /// The local day of the moment, where days are counted, in days since 1970-01-01.
    pub today: Option<i64>,
    /// Where the change cuts, before it is brought inside a segment.
    cut: Timestamp,
    /// From the start of the full period to there.
    used: i64,
    /// The length of the full period.
    whole: i64,
    /// Where the change is charged from.
    pub charged_from: Timestamp,
    /// Does a rest count by what is measured here, by the length of one full period?
    is_measured: bool,
    /// Is what rounding leaves over carried?
    pub carries: bool,
}

impl<'a> Cutting<'a> {
    /// A change at an instant, in a full period that is covered until an instant.
    pub fn new(counting: Counting<'a>, at: Timestamp, full: Full, until: Timestamp) -> Self {
        let Full { span: full, joint } = full;
        let Counting { terms, zone, .. } = counting;
        let today = (terms.unit == TimeUnit::Day).then(|| zone.day(at));
        let (cut, [used, whole]) = match today {
            Some(today) if terms.credit_from == Cut::ChangeDay => {
                let first = zone.day(full.from);
                (zone.start_of_day(at), [today - first, zone.day(full.until) - first])
            }
            _ => {
                let cut = counting.cut(terms.credit_from, at);
                (cut, counting.measure_to(full, cut))
            }
        };
        let is_measured =
            terms.denominator == Denominator::Period && terms.period_end == PeriodEnd::Exclusive && joint.is_none();
        Self {
            is_measured,
            counting,
            at,
            full,
            joint,
            until,
            today,
            cut,
            used,
            whole,
            charged_from: cut,
            carries: counting.carries(),
        }
    }

    /// The same, with nothing of the old side left past an instant: a period that begins with the change may end before the
    /// day of the change does, where days are those of another zone.
    pub fn ending_by(self, until: Timestamp) -> Self {
        if self.cut <= until {
            return self;
        }
        Self { cut: until, used: self.counting.measure(Span { from: self.full.from, until }), ..self }
    }

    /// The same, charged in the period after the change.
    pub fn charged_in(self, period: Span) -> Self {
        let Terms { charge_from, credit_from, .. } = *self.counting.terms;
        let start = if charge_from == credit_from { self.cut } else { self.counting.cut(charge_from, self.at) };
        // An old quote may be of a moment before the period: it is counted somehow, and found stale.
        // The day after the change may begin, in another zone, after a period that begins with the present one's end.
        Self { charged_from: start.min(self.until).max(period.from).min(period.until), ..self }
    }

    /// The length of a span.
    fn measure(&self, span: Span) -> i64 {
        if span == self.full {
            self.whole
        } else if span.from == self.full.from && span.until == self.cut {
            self.used
        } else {
            self.counting.measure(span)
        }
    }

    /// The count of the rest of the full period, from an instant on.
    #[inline]
    pub fn rest_of(&self, from: Timestamp, cycle: Cycle) -> Count {
        if self.is_measured {
            let whole = self.whole.max(1);
            if from <= self.full.from {
                return Count { from: 0, until: whole, whole };
            }
            if from == self.cut {
                return Count { from: self.used.min(whole), until: whole, whole };
            }
        }
        self.counting.rest_of_full(self.whole_period(), from, cycle)
    }

    /// The full present period, or both.
    pub fn whole_period(&self) -> Full {
        Full { span: self.full, joint: self.joint }
    }

    /// The rest of a segment's time, where a rest is as long as it is, whenever its period began.
    fn rest_of_time(&self, from: Timestamp, until: Timestamp, cycle: Cycle) -> Count {
        let rest = |until| self.counting.rest_of(Span { from: Timestamp::MIN, until }, from, cycle);
        match self.joint {
            Some(joint) if from <= joint && until == self.until => self.rest_of(from, cycle),
            Some(joint) if from < joint && joint < until => {
                let after = self.counting.rest_of(Span { from: Timestamp::MIN, until }, joint, cycle);
                let before = rest(joint);
                Count { until: before.until + after.until, ..before }
            }
            _ => rest(until),
        }
    }
}

impl Segment {
    /// Covers an item for nothing, at no price.
    pub fn of_nothing(id: SegmentId, item: &Item, span: Span, policy: PolicyRef) -> Self {
        let nothing = Money::zero(item.unit_price.currency);
        Self {
            id,
            item: item.id,
            code: item.code.clone(),
            text: item.text.clone(),
            span,
            shares_first_day: false,
            list: nothing,
            discount: None,
            cycle: item.cycle,
            quantity: item.quantity,
            gross: nothing,
            net: nothing,
            tax: nothing,
            tax_rate: None,
            collected: nothing,
            policy,
            document: None,
            bought: None,
            of_trial: false,
        }
    }

    /// What a full cycle of it costs.
    pub fn priced(&self) -> Priced {
        Priced { list: self.list, discount: self.discount, cycle: self.cycle }
    }

    /// Is this what a full cycle of it costs?
    pub fn costs(&self, priced: &Priced) -> bool {
        self.list == priced.list && self.cycle == priced.cycle && self.discount == priced.discount
    }

    /// Does it wait for the next invoice? No document has billed it yet, and nothing of it was collected.
    pub fn is_waiting(&self) -> bool {
        self.document.is_none() && self.collected.is_zero() && !self.net.is_zero()
    }

    /// What the customer pays for it: net and the tax on top.
    pub fn payable(&self) -> Money {
        tax::payable(self.net, self.tax, self.tax_rate.as_deref())
    }

    /// What of it is the seller's: net without the tax inside.
    pub fn income(&self) -> Money {
        self.payable() - self.tax
    }

    /// Where a change cuts this segment.
    ///
    /// Under the used-day rule a segment that began today on a day already billed to another is given back whole, so
    /// that several changes in one day bill that day at most once more (M4).
    #[inline]
    pub fn cut_point(&self, cutting: &Cutting<'_>) -> Timestamp {
        let zone = cutting.counting.zone;
        if self.shares_first_day && zone.date(self.span.from) == zone.date(cutting.at) {
            return self.span.from;
        }
        cutting.cut.max(self.span.from).min(self.span.until)
    }

    /// From when a change gives it back; none where nothing of it is left to give.
    #[inline]
    pub fn given_back_from(&self, cutting: &Cutting<'_>) -> Option<Timestamp> {
        let from = self.cut_point(cutting);
        (from < self.span.until).then_some(from)
    }

    /// How the amount that a change gives back from an instant is found. `by_month` finds the price of the same by the
    /// month, for a claw-back that counts so; `today` is the price of the same now, where the terms count from that;
    /// `carry` is by how much the item's lines of the period are off, where that is carried.
    ///
    /// A segment that was billed as the rest of its period is given back as the rest of its period, by the same count:
    /// so its days cost what they were billed at, a change every day does not gather roundings (M07), and there and back
    /// at one instant is nothing. Any other segment (billed under other rules) is shared by its own length.
    pub fn credit(
        &self,
        cutting: &Cutting<'_>,
        from: Timestamp,
        by_month: impl Fn() -> Option<Money>,
        today: Option<Priced>,
        carry: Option<Fraction>,
    ) -> Derivation {
        let mut credit = self.rest_of_period(cutting);
        self.count_credit(&mut credit, cutting, from, by_month, today, carry);
        credit
    }

    /// The same, found in what [`Segment::rest_of_period`] says: most credits are a part of that.
    #[inline]
    pub(crate) fn count_credit(
        &self,
        credit: &mut Derivation,
        cutting: &Cutting<'_>,
        from: Timestamp,
        by_month: impl Fn() -> Option<Money>,
        today: Option<Priced>,
        carry: Option<Fraction>,
    ) {
        match today.filter(|price| self.bought.is_none() && self.fits_today(cutting, price)) {
            None => self.credit_as_billed(credit, cutting, from, carry, by_month),
            Some(price) => *credit = self.credit_of_today(cutting, from, price),
        }
    }

    /// What a change gives back from an instant, by the derivation of its amount; what is carried to it is written there.
    #[inline]
    pub fn release(
        &self,
        cutting: &Cutting<'_>,
        from: Timestamp,
        credit: &mut Derivation,
        carry: Option<Fraction>,
    ) -> Release {
        let terms = cutting.counting.terms;
        let (amount, carry) = self.carried(cutting, credit, from, carry);
        let kept = self.net - amount;
        let gross_kept = || {
            let (used, whole) = match self.bought {
                // Its days do not cost the same: the list price goes as what was billed does.
                Some(_) if self.net.is_positive() => (kept.minor, self.net.minor),
                _ => self.used(cutting, from),
            };
            share(self.gross, used, whole, terms.rounding).min(self.gross).max(kept)
        };
        Release {
            // What was billed at the list price is given back at it.
            gross: if self.gross == self.net { amount } else { self.gross - gross_kept() },
            amount,
            tax: self.tax_of(amount, terms),
            collected: (self.collected - kept).or_zero(),
            carry,
        }
    }

    /// How much of its own length is used where it is cut, and that length.
    #[inline]
    fn used(&self, cutting: &Cutting<'_>, from: Timestamp) -> (i64, i64) {
        let whole = cutting.measure(self.span).max(1);
        let used = Span { from: self.span.from, until: from };
        (if used.is_empty() { 0 } else { cutting.measure(used).min(whole) }, whole)
    }

    /// The tax that is given back with an amount.
    pub(crate) fn tax_of(&self, amount: Money, terms: &Terms) -> Money {
        let kept = self.net - amount;
        match (terms.credit_tax, &self.tax_rate) {
            (CreditTax::AtRate, Some(rate)) if !kept.is_zero() => rate.on(amount, terms.rounding).min(self.tax),
            _ => tax::given_back(self.tax, self.net, kept, terms.rounding),
        }
    }

    /// Can it be given back at a price of today? Where it is covered to the end of the present period, and is billed by
    /// the same cycle still.
    fn fits_today(&self, cutting: &Cutting<'_>, today: &Priced) -> bool {
        cutting.full.from <= self.span.from && self.span.until == cutting.until && today.cycle == self.cycle
    }

    /// The rest of a full period at the price of today, never more than was billed.
    fn credit_of_today(&self, cutting: &Cutting<'_>, from: Timestamp, today: Priced) -> Derivation {
        let counting = cutting.counting;
        let part = counting.part_of_price(today, cutting.rest_of(from, self.cycle));
        Derivation { basis: Basis::PriceNow, cap: self.net, cut: counting.terms.credit_from, ..part }
    }

    /// Carries to a credit what is carried to it; its amount, and what is carried on. One that is the rule's alone, and no
    /// part of a price, leaves that as it was.
    #[inline]
    fn carried(
        &self,
        cutting: &Cutting<'_>,
        credit: &mut Derivation,
        from: Timestamp,
        carry: Option<Fraction>,
    ) -> (Money, Option<Fraction>) {
        match carry {
            Some(off) if credit.basis == Basis::Price => {
                // What is given back in excess leaves less billed.
                let (amount, after) = credit.take_carry(-off);
                (amount, Some(after.map_or(off, |after| -after)))
            }
            Some(off) if from == self.span.from => {
                let amount = credit.replay();
                // All of it goes back with the unit it took, as if it had never been billed.
                let before = if amount == self.net { self.before_it_was_laid(cutting, off) } else { None };
                credit.carry = before.map(|before| -before);
                (amount, Some(before.unwrap_or(off)))
            }
            _ => (credit.replay(), carry),
        }
    }

    fn credit_as_billed(
        &self,
        credit: &mut Derivation,
        cutting: &Cutting<'_>,
        from: Timestamp,
        carry: Option<Fraction>,
        by_month: impl Fn() -> Option<Money>,
    ) {
        let counting = cutting.counting;
        let terms = counting.terms;
        let by_length = || {
            let (used, whole) = self.used(cutting, from);
            self.share_of_billed(counting, used, whole)
        };
        if terms.credit != Side::Prorated {
            *credit = Derivation { side: terms.credit, ..by_length() };
            return;
        }
        if from == self.span.from {
            // A segment given back whole gives back exactly what was billed for it.
            *credit = by_length();
            return;
        }
        if let Some(bought) = self.bought {
            *credit = self.rest_of_bought(counting, from, bought, by_month);
            return;
        }
        // Without a discount nothing is clawed back; a line may still be a carried unit below its list price.
        if self.discount.is_some() && self.gross > self.net {
            let months = |price| UsedAt {
                price,
                used: counting.zone.months_begun(self.span.from, from),
                whole: 1,
                unit: TimeUnit::Month,
            };
            let used_at = match terms.claw_back {
                ClawBack::None => None,
                ClawBack::UsedAtList => {
                    let (used, whole) = self.used(cutting, from);
                    Some(UsedAt { price: self.gross, used, whole, unit: terms.unit })
                }
                ClawBack::UsedMonths => by_month().map(months),
            };
            if used_at.is_some() {
                *credit = Derivation { used_at: used_at.map(Box::new), ..by_length() };
                return;
            }
        }
        match terms.denominator {
            // The rest of its period, by the count it was billed by.
            Denominator::Period => {
                let is_laid = || self.is_laid(credit, carry) || carry.and(self.beside(cutting)).is_some();
                if !self.is_rest_of_period(cutting) || !is_laid() {
                    *credit = by_length();
                    return;
                }
                credit.count(cutting.rest_of(from, self.cycle));
            }
            // Such a count knows no start: the rest is as long as it is.
            _ => {
                credit.count(cutting.rest_of_time(from, self.span.until, self.cycle));
            }
        }
        credit.cap = self.net;
        credit.cut = terms.credit_from;
    }

    /// The segment after a release: it ends at the cut and keeps the rest of its money; of what was collected at most
    /// that.
    pub fn shorten(&mut self, from: Timestamp, gross: Money, amount: Money, tax: Money) {
        self.span.until = from;
        self.gross -= gross;
        self.net -= amount;
        self.tax -= tax;
        self.collected = self.collected.min(self.net);
    }

    /// Does it cover a rest of this period?
    fn is_rest_of_period(&self, cutting: &Cutting<'_>) -> bool {
        cutting.full.from <= self.span.from && self.span.until == cutting.until && self.bought.is_none()
    }

    /// The rest of this period from its start, at its price.
    #[inline(always)]
    pub(crate) fn rest_of_period(&self, cutting: &Cutting<'_>) -> Derivation {
        cutting.counting.part_of_price(self.priced(), cutting.rest_of(self.span.from, self.cycle))
    }

    /// Was it billed as the rest of its period by this count, where the item's lines were off after it as they are now?
    #[inline]
    fn is_laid(&self, rest: &Derivation, carry: Option<Fraction>) -> bool {
        let amount = match carry.filter(|off| !off.is_zero()) {
            Some(off) => {
                let part = rest.part(rest.line);
                part + Money::new(stray(off - rest.excess(part), off), part.currency)
            }
            None if rest.discount.is_none() => rest.part(rest.line),
            None => rest.replay(),
        };
        amount == self.net
    }

    /// What is left of days that were bought: what they took of the value, less the price of the days that were used. The
    /// part of a day that was rounded up is the last one, and nothing is left of it for who leaves before.
    fn rest_of_bought(
        &self,
        counting: Counting<'_>,
        from: Timestamp,
        bought: Bought,
        by_month: impl Fn() -> Option<Money>,
    ) -> Derivation {
        let terms = counting.terms;
        let (unit, used) = (TimeUnit::Day, counting.zone.days_between(self.span.from, from));
        let at = |price| UsedAt { price, used, whole: bought.whole, unit };
        let by_month = || {
            let used = counting.zone.months_begun(self.span.from, from);
            Some(UsedAt { price: by_month()?, used, whole: 1, unit: TimeUnit::Month })
        };
        let own = at(self.priced().net(counting.price_rounding));
        let used_at = match terms.claw_back {
            ClawBack::UsedAtList => at(self.list),
            ClawBack::UsedMonths if self.discount.is_some() => by_month().unwrap_or(own),
            ClawBack::None | ClawBack::UsedMonths => own,
        };
        let whole = counting.zone.days_between(self.span.from, self.span.until).max(1);
        let rest = self.share_of_billed(counting, used.min(whole), whole);
        Derivation { basis: Basis::Bought, unit, used_at: Some(Box::new(used_at)), ..rest }
    }

    /// By how much the item's lines were off before it was billed. Where another rule rounded it, which may round
    /// otherwise, that is known but for whole units, which stay as they are where they can.
    fn before_it_was_laid(&self, cutting: &Cutting<'_>, off: Fraction) -> Option<Fraction> {
        if self.is_rest_of_period(cutting) {
            let rest = self.rest_of_period(cutting);
            if self.is_laid(&rest, Some(off)) {
                return Some(off - rest.excess(rest.part(rest.line)));
            }
        }
        let left = off.fract() - self.beside(cutting)?;
        let known = [left + Fraction::new(off.trunc().into(), 1), left];
        known.into_iter().find(|before| before.fract() == left && (off - *before).trunc().abs() <= 1)
    }

    /// By how much it is above the exact part of its price that its time is of this period, where that is less than a minor
    /// unit, or than two of what was cut since: so it was billed as that part, however it was rounded.
    fn beside(&self, cutting: &Cutting<'_>) -> Option<Fraction> {
        if self.bought.is_some() || cutting.full.from > self.span.from || self.span.until > cutting.until {
            return None;
        }
        let mut count = cutting.rest_of(self.span.from, self.cycle);
        let was_cut = self.span.until < cutting.until;
        let counting = cutting.counting;
        let mut before_joint = Fraction::ZERO;
        if let Some(joint) = cutting.joint.filter(|joint| was_cut && self.span.from < *joint) {
            // What is left of it is of two wholes, each of its own length.
            let until_joint = Count { until: count.whole, ..count };
            if self.span.until <= joint {
                count = until_joint;
                count.until = cutting.rest_of(self.span.until, self.cycle).from;
            } else {
                let zero = Money::zero(self.net.currency);
                before_joint = counting.part_of_price(self.priced(), until_joint).excess(zero);
                count = cutting.rest_of(self.span.until, self.cycle);
                (count.from, count.until) = (0, count.from);
            }
        } else if was_cut {
            count.until = cutting.rest_of(self.span.until, self.cycle).from;
        }
        let beside = counting.part_of_price(self.priced(), count).excess(self.net) + before_joint;
        (beside.trunc().abs() <= i64::from(was_cut)).then_some(beside)
    }

    /// All that was billed for it, whatever of its time is over.
    pub fn all_of_it(&self, counting: Counting<'_>) -> Derivation {
        Derivation { side: Side::Full, ..self.share_of_billed(counting, 0, 1) }
    }

    /// What was billed for the span, less what the first `used` units of it cost.
    fn share_of_billed(&self, counting: Counting<'_>, used: i64, whole: i64) -> Derivation {
        let terms = counting.terms;
        Derivation {
            policy: counting.policy.clone(),
            basis: Basis::Billed,
            line: self.net,
            list: (self.gross > self.net).then_some(self.gross),
            list_discount: None,
            unit: terms.unit,
            from: used,
            until: whole,
            whole,
            // Its own length, whatever a full period counts as.
            denominator: Denominator::Period,
            side: Side::Prorated,
            stage: terms.rounding_stage,
            remainder: if terms.denominator == Denominator::Period { terms.remainder } else { Remainder::Complement },
            rounding: terms.rounding,
            carry: None,
            discount: None,
            net_of: None,
            used_at: None,
            of_value: None,
            unused: None,
            cap: self.net,
            cut: if used == 0 && terms.credit_from == Cut::NextDay { Cut::ChangeDay } else { terms.credit_from },
        }
    }
}
