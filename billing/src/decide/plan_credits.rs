//! What becomes of plan credits with a change (T5): hours, tokens; and of what is given back where they are used. How they
//! are used is in `use_credits`, what a period gives in `start_subscription` and `renew_subscription`.

use jiff::Timestamp;

use super::retile::Retiling;
use crate::account::PlanCredits;
use crate::coverage::Cutting;
use crate::explain::Unused;
use crate::fraction::Fraction;
use crate::policy::{CreditBy, CreditsOnChange, When};
use crate::quote::CreditsCount;

impl Retiling<'_> {
    /// The plan credits after a change, and how they were counted where they are shared by time. What was used stays
    /// used.
    pub fn credits_after(&self, cutting: &Cutting<'_>) -> (Option<PlanCredits>, Option<CreditsCount>) {
        let plan = self.target.plan;
        let on_change = self.counting.terms.credits;
        let prorates = on_change == CreditsOnChange::Prorate;
        // With another cycle a period is paid anew, also of the same plan, and every period gives what its plan gives; so
        // does the first one, with which a trial ends.
        let same = self.subscription.plan().code == plan.code && self.subscription.anchor.cycle == self.after.cycle;
        let begins = prorates && self.when == When::Now && !self.period_goes_on();
        if same && !begins && !self.ends_trial() {
            return (self.subscription.credits, None);
        }
        let new = plan.credits.as_ref().map(|credits| i64::from(credits.amount));
        if prorates {
            return match (self.subscription.credits, new) {
                (None, None) => (None, None),
                _ if self.when == When::PeriodEnd => (new.map(PlanCredits::whole), None),
                (old, new) => self.shared_by_time(cutting, old.unwrap_or(PlanCredits::whole(0)), new.unwrap_or(0)),
            };
        }
        let Some(new) = new else { return (None, None) };
        let old = self.subscription.credits.unwrap_or(PlanCredits::whole(0));
        // What earlier changes by another rule found used beyond what was given is not forgotten.
        let after = if on_change == CreditsOnChange::Carry {
            let exact = |_| PlanCredits::entitled(old.entitlement() + Fraction::new(new.into(), 1), old.used(), new);
            let whole = PlanCredits { left: old.left + new, granted: old.granted + new, of_plan: new, part: None };
            old.part.map_or(whole, exact)
        } else {
            let exact = |_| PlanCredits::entitled(Fraction::new(new.into(), 1), old.used(), new);
            let granted = new.max(old.used());
            let whole = PlanCredits { left: granted - old.used(), granted, of_plan: new, part: None };
            old.part.map_or(whole, exact)
        };
        (Some(after), None)
    }

    /// The old plan's credits count for what of the period is over, the new one's for the rest, exactly: there and back
    /// changes nothing, and many changes gather no parts of a credit. The rest of the period itself counts and not that of
    /// a full one: whatever part of a cycle a period is, it begins with all that its plan gives.
    ///
    /// A plan that gives none keeps what the days before it gave. A period that begins with the change gives all that its
    /// plan gives, as with a renewal, less what was used beyond what the time that is over gave: the money for the rest
    /// comes back. Where used credits bound that money, the same bounds what is taken back. A trial cost nothing, and its use
    /// is forgotten as where it runs out.
    fn shared_by_time(
        &self,
        cutting: &Cutting<'_>,
        old: PlanCredits,
        new: i64,
    ) -> (Option<PlanCredits>, Option<CreditsCount>) {
        let (rest, whole) = self.rest_of_period(cutting.charged_from);
        let part = |credits: i64| Fraction::new(i128::from(credits) * i128::from(rest), whole.into());
        let by_time = part(old.of_plan);
        let taken = self.taken_back(&old, by_time);
        let before = old.entitlement() - taken;
        if self.period_goes_on() {
            let spent = Some(by_time - taken).filter(|spent| !spent.is_zero());
            if old.of_plan == new && spent.is_none() {
                return (Some(old), None);
            }
            let unit = self.counting.terms.unit;
            let count = CreditsCount::Shared { before: old.of_plan, after: new, rest, whole, unit, spent };
            let entitlement = before + part(new);
            return (Some(PlanCredits::entitled(entitlement, old.used(), new)), Some(count));
        }
        let too_much = Fraction::new(old.used().into(), 1) - before;
        let over = if self.ends_trial() || too_much.is_negative() { Fraction::ZERO } else { too_much };
        let after = PlanCredits::entitled(Fraction::new(new.into(), 1) - over, 0, new);
        let is_any = new > 0 || !over.is_zero();
        (Some(after).filter(|_| is_any), Some(CreditsCount::Begun { after: new, over }))
    }

    /// Is the period afterwards the present one, also where it ends elsewhere?
    fn period_goes_on(&self) -> bool {
        self.period.from == self.subscription.period.from && !self.ends_trial()
    }

    /// How much of the present period is left from an instant on, and how long it is.
    fn rest_of_period(&self, from: Timestamp) -> (i64, i64) {
        let period = self.subscription.period;
        let [over, whole] = self.counting.measure_to(period, from.max(period.from).min(period.until));
        let whole = whole.max(1);
        ((whole - over).clamp(0, whole), whole)
    }

    /// What is taken back of the present plan's credits, of which so many are for the time that is given back. Where used
    /// ones are not given back in money (`credit_by`), they are not taken back either.
    fn taken_back(&self, credits: &PlanCredits, by_time: Fraction) -> Fraction {
        if self.counting.terms.credit_by == CreditBy::Time {
            return by_time;
        }
        let unused = credits.unused();
        if (unused - by_time).is_negative() { Fraction::new(unused.floor().max(0).into(), 1) } else { by_time }
    }

    /// The plan credits that bound what is given back of a segment: none where as many are unused as its plan gives for the
    /// time that comes back; else whole ones, so that what a part of one costs is never given back twice.
    pub fn unused_of_rest(&self, credits: &PlanCredits, start: Timestamp, from: Timestamp) -> Option<Unused> {
        let of_plan = |from: Timestamp| {
            let (rest, whole) = self.rest_of_period(from);
            Fraction::new(i128::from(credits.of_plan) * i128::from(rest), whole.into())
        };
        let unused = credits.unused();
        let is_short = (unused - of_plan(from)).is_negative();
        is_short.then(|| Unused { left: unused.floor().max(0), of: of_plan(start).ceil().max(1) })
    }
}
