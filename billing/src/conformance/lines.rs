//! The lines of a change: credits are asked of coverage, charges of proration, under the terms that the vector's policy
//! was translated to.

use jiff::Timestamp;
use uuid::Uuid;

use super::changes::{Period, When};
use super::items::{Item, Role};
use super::terms::Translated;
use super::{Case, Unsayable};
use crate::calendar::{Anchor, Cycle, CycleUnit, Span, days_between};
use crate::coverage::{Cutting, Segment};
use crate::discount::Discount;
use crate::explain::{Derivation, NetOf};
use crate::id::{ItemId, SegmentId};
use crate::money::Money;
use crate::policy::{AnchorOnChange, Denominator, Side, Terms};
use crate::proration::{Count, Counting, Priced};
use crate::share::{divide, share};
use crate::tax::{self, TaxRate};

/// By how many days a period may differ from the nominal length of its cycle: a quarter has 89 to 92.
const SLACK: i64 = 3;

/// A line that a change makes.
pub(super) struct Line {
    pub item: Item,
    pub role: Role,
    pub amount: Money,
    pub tax: Money,
    pub collected_if_paid: bool,
    pub span: Option<Span>,
    pub derivation: Derivation,
}

/// A change, with all that its questions need.
pub(super) struct Change<'a> {
    pub case: &'a Case<'a>,
    pub translated: &'a Translated,
    pub when: &'a When,
    pub items: &'a [Item],
    pub rate: Option<&'a TaxRate>,
}

impl Change<'_> {
    pub fn lines(&self) -> Result<Vec<Line>, Unsayable> {
        let has_credit = self.items.iter().any(|item| item.role == Role::Leaves);
        let mut lines = Vec::with_capacity(self.items.len());
        for item in self.items {
            let line = match item.role {
                Role::Leaves if self.translated.bills_used_part => self.used_part(item)?,
                Role::Leaves => self.credit(item)?,
                Role::Comes if self.translated.bills_used_part && !has_credit && self.is_cut() => {
                    self.used_part(item)?
                }
                Role::Comes => self.charge(item, has_credit)?,
            };
            self.check_discount(&line)?;
            lines.push(line);
        }
        Ok(lines)
    }

    /// A percentage comes off a price in whole minor units before the price is shared. Where one of a vector does not go
    /// in them, another system may carry the fraction on: then both must come to the same.
    fn check_discount(&self, line: &Line) -> Result<(), Unsayable> {
        const MILLION: i64 = 1_000_000;
        let Derivation { from, until, whole, rounding, .. } = line.derivation;
        let (Some(Discount::Percent(percent)), true) =
            (line.item.discount, line.item.list.minor <= 1_000_000 * MILLION)
        else {
            return Ok(());
        };
        let fine = line.item.list.times(MILLION);
        let exact = share(fine - percent.of(fine, rounding), 1, MILLION, rounding);
        let shared = i128::from((fine - percent.of(fine, rounding)).minor) * i128::from(until - from);
        let amount = divide(shared, i128::from(whole) * i128::from(MILLION), rounding);
        let is_prorated = line.derivation.side == Side::Prorated && line.derivation.discount.is_none();
        if !is_prorated
            || exact.times(MILLION) == fine - percent.of(fine, rounding)
            || amount == i128::from(line.amount.minor)
        {
            Ok(())
        } else {
            Err(Unsayable(
                "a discount is whole minor units, and here the fraction of one makes a difference".to_owned(),
            ))
        }
    }

    pub fn is_cut(&self) -> bool {
        matches!(self.when, When::At { .. })
    }

    /// What is given back of an item that was billed for its period.
    fn credit(&self, item: &Item) -> Result<Line, Unsayable> {
        let counting = self.translated.counting();
        let terms = counting.terms;
        let (amount, derivation, span) = match self.when {
            When::Stated { old, .. } => {
                let derivation = Derivation {
                    side: terms.credit,
                    cut: terms.credit_from,
                    ..counting.part_of_price(self.priced(item, None), *old)
                };
                (derivation.replay(), derivation, None)
            }
            When::At { at, .. } => {
                let full = self.full(item)?;
                let segment = self.segment(item, full)?;
                let cutting = Cutting::new(counting, *at, full, full.until);
                let Some(release) = segment.release(&cutting, || None, None, None) else {
                    return self.nothing_left(item, full);
                };
                let span = Span { from: release.from, until: full.until };
                (release.amount, release.derivation, Some(span))
            }
        };
        let tax = self.tax_given_back(item, amount)?;
        Ok(Line { item: item.clone(), role: Role::Leaves, amount, tax, collected_if_paid: true, span, derivation })
    }

    /// A period that is over gives nothing back.
    fn nothing_left(&self, item: &Item, full: Span) -> Result<Line, Unsayable> {
        let counting = self.translated.counting();
        let priced = self.priced(item, Some(full));
        let derivation = counting.part_of_price(priced, Count { from: 1, until: 1, whole: 1 });
        let (amount, span) = (derivation.replay(), Some(Span { from: full.until, until: full.until }));
        let tax = Money::zero(amount.currency);
        Ok(Line { item: item.clone(), role: Role::Leaves, amount, tax, collected_if_paid: false, span, derivation })
    }

    /// The tax of a credit: the line's own less what stays, which here must be the tax of the credit.
    fn tax_given_back(&self, item: &Item, amount: Money) -> Result<Money, Unsayable> {
        let rounding = self.translated.policy.terms.rounding;
        let Some(rate) = self.rate else { return Ok(Money::zero(amount.currency)) };
        let net = self.priced(item, None).net(rounding);
        let given_back = tax::given_back(rate.on(net, rounding), net, net - amount, rounding);
        if given_back == rate.on(amount, rounding) {
            Ok(given_back)
        } else {
            Err(Unsayable(
                "tax is given back as the line's less what stays with the rest; here that is a unit off".to_owned(),
            ))
        }
    }

    /// What is charged for an item from the change to its period's end.
    fn charge(&self, item: &Item, has_credit: bool) -> Result<Line, Unsayable> {
        let mut terms = self.translated.policy.terms.clone();
        let with_policy = self.charge_under(item, self.translated.counting())?;
        terms.remainder = self.translated.charge_remainder;
        let stated = self.charge_under(item, Counting { terms: &terms, ..self.translated.counting() })?;
        if has_credit && stated.amount != with_policy.amount {
            return Err(Unsayable(
                "credits are found as a complement and charges are rounded; terms have one remainder for both"
                    .to_owned(),
            ));
        }
        Ok(stated)
    }

    fn charge_under(&self, item: &Item, counting: Counting<'_>) -> Result<Line, Unsayable> {
        let (derivation, span) = match self.when {
            When::Stated { new, .. } => {
                let all = Count { from: 0, ..*new };
                let count = if self.restarts() { Count { until: all.whole, ..all } } else { *new };
                let part = counting.part_of_price(self.priced(item, None), count);
                (Derivation { side: counting.terms.charge, ..part }, None)
            }
            When::At { at, .. } => {
                let full = if self.restarts() { self.restarted(item, *at)? } else { self.full(item)? };
                let from = counting.cut(counting.terms.charge_from, *at).max(full.from);
                let priced = self.priced(item, Some(full));
                let mixed = self.mixed(item, full)?;
                let derivation = if mixed {
                    let nominal = Terms { denominator: Denominator::Nominal, ..counting.terms.clone() };
                    Counting { terms: &nominal, ..counting }.charge_rest(priced, full, from)
                } else {
                    counting.charge_rest(priced, full, from)
                };
                (derivation, Some(Span { from: from.min(full.until), until: full.until }))
            }
        };
        let amount = derivation.replay();
        let tax = self.rate.map_or(Money::zero(amount.currency), |rate| rate.on(amount, counting.terms.rounding));
        let role = Role::Comes;
        Ok(Line { item: item.clone(), role, amount, tax, collected_if_paid: false, span, derivation })
    }

    /// What stays billed of an item that a change cuts: the used part.
    fn used_part(&self, item: &Item) -> Result<Line, Unsayable> {
        let When::At { at, .. } = self.when else { return self.charge_under(item, self.translated.counting()) };
        let counting = self.translated.counting();
        let full = self.full(item)?;
        let until = counting.cut(counting.terms.credit_from, *at).clamp(full.from, full.until);
        let whole = counting.measure(full).max(1);
        let count = Count { from: 0, until: counting.measure(Span { from: full.from, until }), whole };
        let derivation = counting.part_of_price(self.priced(item, Some(full)), count);
        let (amount, span) = (derivation.replay(), Some(Span { from: full.from, until }));
        let tax = self.rate.map_or(Money::zero(amount.currency), |rate| rate.on(amount, counting.terms.rounding));
        let role = Role::Comes;
        Ok(Line { item: item.clone(), role, amount, tax, collected_if_paid: false, span, derivation })
    }

    /// The difference of one price and another is shared and rounded once; the charge takes the stray unit.
    pub fn net(&self, lines: &mut [Line]) {
        if let [old, new] = lines
            && old.role == Role::Leaves
            && new.role == Role::Comes
        {
            new.derivation.net_of = Some(NetOf { price: old.derivation.line, credit: old.amount });
            new.derivation.cap = new.derivation.cap.max(old.amount);
            new.amount = new.derivation.replay();
        }
    }

    pub fn priced(&self, item: &Item, full: Option<Span>) -> Priced {
        let cycle = item.cycle.or_else(|| full.map(|full| self.cycle_of(full))).unwrap_or(Cycle::MONTH);
        Priced { list: item.list, discount: item.discount, cycle }
    }

    /// The cycle that a period of this length is one of.
    fn cycle_of(&self, full: Span) -> Cycle {
        let zone = &self.translated.zone;
        let (from, until) = (zone.date(full.from), zone.date(full.until));
        let known = [
            Cycle::MONTH,
            Cycle { count: 3, unit: CycleUnit::Month },
            Cycle { count: 6, unit: CycleUnit::Month },
            Cycle::YEAR,
            Cycle { count: 1, unit: CycleUnit::Week },
        ];
        let is_it = |cycle: &Cycle| cycle.after_date(from, 1) == until;
        let days = u16::try_from(days_between(from, until)).unwrap_or(u16::MAX).max(1);
        known.into_iter().find(is_it).unwrap_or(Cycle { count: days, unit: CycleUnit::Day })
    }

    /// The full period of an item.
    pub fn full(&self, item: &Item) -> Result<Span, Unsayable> {
        let When::At { at, period } = self.when else { return Err(self.case.input.missing("period")) };
        match period {
            Period::Given(span) => self.fits(item, *span).map(|()| *span),
            Period::Anchored(start) => {
                let cycle = item.cycle.ok_or_else(|| self.case.input.missing("items.interval"))?;
                let anchor = Anchor { start: *start, cycle };
                let zone = &self.translated.zone;
                let mut n = 0;
                while anchor.period(n, zone).until <= *at {
                    n += 1;
                }
                Ok(anchor.period(n, zone))
            }
        }
    }

    /// Refuses an item of another cycle than the period that is stated, unless such are counted by nominal days.
    fn fits(&self, item: &Item, full: Span) -> Result<(), Unsayable> {
        let Some(cycle) = item.cycle.filter(|_| !self.translated.nominal_when_mixed) else { return Ok(()) };
        let days = self.translated.zone.days_between(full.from, full.until);
        if (days - cycle.nominal_days()).abs() <= SLACK {
            Ok(())
        } else {
            Err(Unsayable(format!("the vector states no period for the price by the {cycle}")))
        }
    }

    /// A segment as it was billed for the whole period, or for the part of it that is stated.
    fn segment(&self, item: &Item, full: Span) -> Result<Segment, Unsayable> {
        let priced = self.priced(item, Some(full));
        let input = &self.case.input;
        let zone = &self.translated.zone;
        let rounding = self.translated.policy.terms.rounding;
        let mut net = priced.net(rounding);
        let mut span = full;
        if let Some(billed) = self.case.amount("item_billed")? {
            if billed.is_negative() {
                return Err(input.not_a("item_billed", "an amount that was billed"));
            }
            net = billed;
            let from = input.moment("item_from", zone)?.ok_or_else(|| input.missing("item_from"))?;
            span.from = zone.instant(from);
        }
        let nothing = Money::zero(net.currency);
        Ok(Segment {
            id: SegmentId::from_uuid(Uuid::nil()),
            item: ItemId::from_uuid(Uuid::nil()),
            code: "asked".to_owned(),
            text: "asked".to_owned(),
            span,
            shares_first_day: false,
            list: priced.list,
            discount: priced.discount,
            cycle: priced.cycle,
            quantity: 1,
            gross: priced.list.max(net),
            net,
            tax: nothing,
            tax_rate: None,
            collected: net,
            policy: self.translated.policy.reference.clone(),
            document: None,
        })
    }

    /// Does the change begin a new period?
    pub fn restarts(&self) -> bool {
        match self.translated.policy.terms.anchor {
            AnchorOnChange::Keep => false,
            AnchorOnChange::Restart => true,
            AnchorOnChange::RestartOnCycleChange => self.changes_cycle(),
        }
    }

    pub fn changes_cycle(&self) -> bool {
        let cycle = |role| self.items.iter().find(|item| item.role == role).and_then(|item| item.cycle);
        matches!((cycle(Role::Leaves), cycle(Role::Comes)), (Some(before), Some(after)) if before != after)
    }

    pub fn restarted(&self, item: &Item, at: Timestamp) -> Result<Span, Unsayable> {
        let counting = self.translated.counting();
        let from = counting.cut(counting.terms.charge_from, at);
        let cycle = match item.cycle {
            Some(cycle) => cycle,
            None => self.cycle_of(self.full(item)?),
        };
        let anchor = Anchor { start: self.translated.zone.local(from), cycle };
        Ok(anchor.period(0, &self.translated.zone))
    }

    /// Is an item of another cadence than the period, under a policy that counts such by nominal days?
    fn mixed(&self, item: &Item, full: Span) -> Result<bool, Unsayable> {
        let Some(cycle) = item.cycle.filter(|_| self.translated.nominal_when_mixed) else { return Ok(false) };
        let days = self.translated.zone.days_between(full.from, full.until);
        if (days - cycle.nominal_days()).abs() <= SLACK {
            return Ok(false);
        }
        // Whether the period counts by nominal days as well makes no difference where it has as many.
        if [30, 91, 182, 365].contains(&days) {
            Ok(true)
        } else {
            Err(Unsayable("items of another cadence count by nominal days, and this period has other ones".to_owned()))
        }
    }
}
