//! Coverage (N2): for every item, which time is covered by which billed amount, as half-open segments that tile it.
//! Credits fall out of cutting segments, charges out of laying new ones; nothing is computed from "the last charge".

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Cycle, Span, Zone};
use crate::explain::{Basis, Derivation};
use crate::id::{DocumentId, ItemId, SegmentId};
use crate::money::Money;
use crate::policy::{Cut, Denominator, Policy, PolicyRef, Remainder};

/// One stretch of an item's time, and the money for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// The item it covers.
    pub item: ItemId,
    /// The code of the plan or option that it was billed for.
    pub code: String,
    /// Its name, when it was billed.
    pub text: String,
    /// The time it covers. Empty once all of it was given back.
    pub span: Span,
    /// Is its first day billed to the segment before it as well? Only the used-day rule makes such days (M4).
    pub shares_first_day: bool,
    /// The price of one full cycle that owns it: unit price × quantity.
    pub price: Money,
    /// The cycle of that price.
    pub cycle: Cycle,
    /// How many units.
    pub quantity: u32,
    /// What was billed for the span that is left.
    pub net: Money,
    /// How much of `net` was collected.
    pub collected: Money,
    /// The policy under which it was billed.
    pub policy: PolicyRef,
    /// The invoice or credit note that billed it; none where nothing had to be billed.
    pub document: Option<DocumentId>,
}

/// What cutting a segment gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// From when it is given back; the segment ends here now.
    pub from: Timestamp,
    /// The amount given back.
    pub amount: Money,
    /// The part of it that was collected: it goes to the customer. The rest was owed and is owed no more.
    pub collected: Money,
    /// How the amount was found.
    pub derivation: Derivation,
}

impl Segment {
    /// Where a change at `at` cuts this segment under a policy.
    ///
    /// Under the used-day rule a segment that began today on a day already billed to another is given back whole, so
    /// that several changes in one day bill that day at most once more (M4).
    pub fn cut_point(&self, at: Timestamp, policy: &Policy, zone: &Zone) -> Timestamp {
        if self.shares_first_day && zone.date(self.span.from) == zone.date(at) {
            return self.span.from;
        }
        policy.credit_from.of(at, zone).clamp(self.span.from, self.span.until)
    }

    /// What a change at `at` gives back of this segment; none where nothing of it is left to give.
    ///
    /// A segment that was billed as the rest of its period is given back as the rest of its period, by the same count:
    /// so its days cost what they were billed at, a change every day does not gather roundings (M07), and there and back
    /// at one instant is nothing. Any other segment (billed under other rules) is shared by its own length.
    pub fn release(&self, at: Timestamp, policy: &Policy, zone: &Zone, period: Span) -> Option<Release> {
        let from = self.cut_point(at, policy, zone);
        let rest = Span { from, until: self.span.until };
        if rest.is_empty() {
            return None;
        }
        let derivation = match policy.denominator {
            // A segment given back whole gives back exactly what was billed for it, under every policy.
            _ if from == self.span.from => self.share_of_billed(0, policy, zone),
            Denominator::Period if self.is_rest_of(period, policy, zone) => Derivation {
                cap: self.net,
                cut: policy.credit_from,
                ..charge_rest(self.price, self.cycle, period, from, policy, zone)
            },
            Denominator::Period => {
                let used = policy.measure(Span { from: self.span.from, until: from }, zone);
                self.share_of_billed(used, policy, zone)
            }
            Denominator::FixedDays(days) => Derivation {
                policy: policy.reference(),
                basis: Basis::Price,
                line: self.price,
                unit: policy.granularity,
                from: 0,
                until: policy.measure(rest, zone),
                whole: fixed_days(days, self.cycle),
                remainder: Remainder::Rounded,
                rounding: policy.rounding,
                cap: self.net,
                cut: policy.credit_from,
            },
        };
        let amount = derivation.replay();
        let kept = self.net - amount;
        let collected = (self.collected - kept).or_zero();
        Some(Release { from, amount, collected, derivation })
    }

    /// The segment after a release: it ends at the cut, keeps the rest of its money, and of what was collected at
    /// most that.
    pub fn shorten(&mut self, from: Timestamp, amount: Money, collected: Money) {
        self.span.until = from;
        self.net -= amount;
        self.collected -= collected;
        if self.collected > self.net {
            self.collected = self.net;
        }
    }

    /// Was it billed as the rest of this period, by this policy's count?
    fn is_rest_of(&self, period: Span, policy: &Policy, zone: &Zone) -> bool {
        let fits = period.from <= self.span.from && self.span.until == period.until;
        fits && policy.measure(period, zone) > 0
            && charge_rest(self.price, self.cycle, period, self.span.from, policy, zone).replay() == self.net
    }

    /// What was billed for the span, less what the first `used` units of it cost.
    fn share_of_billed(&self, used: i64, policy: &Policy, zone: &Zone) -> Derivation {
        let whole = policy.measure(self.span, zone).max(1);
        Derivation {
            policy: policy.reference(),
            basis: Basis::Billed,
            line: self.net,
            unit: policy.granularity,
            from: used,
            until: whole,
            whole,
            remainder: policy.remainder,
            rounding: policy.rounding,
            cap: self.net,
            cut: if used == 0 && policy.credit_from == Cut::NextDay { Cut::ChangeDay } else { policy.credit_from },
        }
    }
}

/// What one full cycle counts as where a policy fixes the days of a month.
pub fn fixed_days(days_of_a_month: u16, cycle: Cycle) -> i64 {
    use crate::calendar::CycleUnit::{Day, Month, Week, Year};
    let days = match cycle.unit {
        Day => 1,
        Week => 7,
        Month => i64::from(days_of_a_month),
        Year => 12 * i64::from(days_of_a_month),
    };
    days * i64::from(cycle.count)
}

/// The charge for the part of a period from `from` to its end, at a price for the whole period.
pub fn charge_rest(
    price: Money,
    cycle: Cycle,
    period: Span,
    from: Timestamp,
    policy: &Policy,
    zone: &Zone,
) -> Derivation {
    let rest = Span { from, until: period.until };
    let (part_from, until, whole, remainder) = match policy.denominator {
        Denominator::Period => {
            let whole = policy.measure(period, zone);
            (policy.measure(Span { from: period.from, until: from }, zone), whole, whole, policy.remainder)
        }
        // A full period costs its price, however many days the calendar gives it.
        Denominator::FixedDays(days) if from <= period.from => {
            let whole = fixed_days(days, cycle);
            (0, whole, whole, Remainder::Rounded)
        }
        Denominator::FixedDays(days) => (0, policy.measure(rest, zone), fixed_days(days, cycle), Remainder::Rounded),
    };
    Derivation {
        policy: policy.reference(),
        basis: Basis::Price,
        line: price,
        unit: policy.granularity,
        from: part_from,
        until,
        whole,
        remainder,
        rounding: policy.rounding,
        cap: price,
        cut: policy.charge_from,
    }
}
