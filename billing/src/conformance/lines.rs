//! The lines of a change: credits are asked of coverage, charges of proration, under the terms that the vector's policy
//! was translated to.

use jiff::Timestamp;
use uuid::Uuid;

use super::changes::{Period, When};
use super::items::{Item, Role};
use super::terms::Translated;
use super::{Case, Unsayable};
use crate::calendar::{Anchor, Cycle, CycleUnit, Span, Zone, days_360, days_between};
use crate::coverage::{Cutting, Segment};
use crate::discount::Discount;
use crate::explain::{Derivation, NetOf};
use crate::first_period::Full;
use crate::id::{ItemId, SegmentId};
use crate::money::{Money, sum};
use crate::policy::{AnchorOnChange, CreditBasis, CreditTax, Denominator, PolicyRef, Side, Terms};
use crate::proration::{Count, Counting, Priced, TWELFTHS};
use crate::share::{divide, share};
use crate::tax::TaxRate;

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
                let mut segment = self.segment(item, full)?;
                if self.is_charged_once()? {
                    // It was charged for no time.
                    segment.span.until = segment.span.from;
                }
                let cutting = Cutting::new(counting, *at, Full::one(full), full.until);
                self.check_whole(item, full, counting.cut(terms.credit_from, *at))?;
                let today = (terms.credit_basis == CreditBasis::PriceNow).then(|| self.priced(item, Some(full)));
                let Some(from) = segment.given_back_from(&cutting) else {
                    return self.nothing_left(item, full);
                };
                let mut derivation = segment.credit(&cutting, from, || None, today, None);
                let release = segment.release(&cutting, from, &mut derivation, None);
                (release.amount, derivation, Some(Span { from, until: full.until }))
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

    /// The tax of a credit. Where the vector does not say how it is found, every way must come to the same.
    fn tax_given_back(&self, item: &Item, amount: Money) -> Result<Money, Unsayable> {
        let terms = &self.translated.policy.terms;
        let Some(rate) = self.rate else { return Ok(Money::zero(amount.currency)) };
        let priced = self.priced(item, None);
        let net = priced.net(terms.rounding);
        let span = Span { from: Timestamp::MIN, until: Timestamp::MAX };
        let segment = Segment {
            tax: rate.on(net, terms.rounding),
            tax_rate: Some(rate.clone().into()),
            ..billed_segment(priced, net, span, &self.translated.policy.reference)
        };
        let by = |credit_tax| segment.tax_of(amount, &Terms { credit_tax, ..terms.clone() });
        let (complement, at_rate) = (by(CreditTax::Complement), by(CreditTax::AtRate));
        match terms.credit_tax {
            _ if complement == at_rate => Ok(at_rate),
            stated if self.case.policy.has("credit_tax") => Ok(by(stated)),
            _ => Err(Unsayable(
                "the vector does not say whether a credit bears tax at its rate, or what the rest of the line leaves"
                    .to_owned(),
            )),
        }
    }

    /// A whole period costs its price, however many days it has, and no part of it costs more. Where a policy fixes the
    /// days of a period, other systems may see that otherwise: then it must make no difference.
    fn check_whole(&self, item: &Item, full: Span, from: Timestamp) -> Result<(), Unsayable> {
        let counting = self.translated.counting();
        if counting.terms.denominator == Denominator::Period || from >= full.until {
            return Ok(());
        }
        let is_fixed = matches!(counting.terms.denominator, Denominator::FixedDays(_) | Denominator::YearDays(_));
        if is_fixed && item.cycle.is_none() && self.cycle_of(full) != Cycle::MONTH {
            return Err(self.case.input.missing("items.interval"));
        }
        let whole = counting.rest_of(full, full.from, self.priced(item, Some(full)).cycle).whole;
        let rest = Span { from: from.max(full.from), until: full.until };
        let days = match counting.terms.denominator {
            Denominator::Thirty360 => days_360(counting.zone.date(rest.from), counting.zone.date(rest.until)),
            Denominator::YearDays(_) => TWELFTHS * counting.measure(rest),
            _ => counting.measure(rest),
        };
        let is_whole = from <= full.from;
        if (is_whole && days == whole) || (!is_whole && days <= whole) {
            Ok(())
        } else {
            Err(Unsayable(format!(
                "{days} days of a period that counts {whole}: a period costs its price here, and no part of it more"
            )))
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

    /// Are the prices of a change to be paid once, when something is first had?
    fn is_charged_once(&self) -> Result<bool, Unsayable> {
        let input = &self.case.input;
        Ok(input.has("interval") && input.text("interval")? == Some("one_time"))
    }

    fn charge_under(&self, item: &Item, counting: Counting<'_>) -> Result<Line, Unsayable> {
        let (derivation, span) = match self.when {
            When::At { .. } if self.is_charged_once()? => (counting.once(item.list, 1, false), None),
            When::Stated { new, .. } => {
                let all = Count { from: 0, ..*new };
                let count = if self.restarts() { Count { until: all.whole, ..all } } else { *new };
                let part = counting.part_of_price(self.priced(item, None), count);
                (Derivation { side: counting.terms.charge, ..part }, None)
            }
            When::At { at, .. } => {
                let full = if self.restarts() { self.restarted(item, *at)? } else { self.full(item)? };
                let from = counting.cut(counting.terms.charge_from, *at).max(full.from);
                if !self.restarts() {
                    self.check_whole(item, full, from)?;
                }
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

    /// The difference of one price and another is shared and rounded once; the charge takes the stray unit. Of more
    /// prices than two it must make no difference which of them are netted, and none of a side that is asked for by
    /// itself whether it was rounded.
    pub fn net(&self, lines: &mut [Line]) -> Result<(), Unsayable> {
        match lines {
            [] | [_] => Ok(()),
            [old, new] if old.role == Role::Leaves && new.role == Role::Comes => {
                let apart = new.amount;
                new.derivation.net_of = Some(Box::new(NetOf { price: old.derivation.line, credit: old.amount }));
                new.derivation.cap = new.derivation.cap.max(old.amount);
                new.amount = new.derivation.replay();
                let asks_side = ["credit", "charge", "amounts"].iter().any(|side| self.case.asked.contains(side));
                if asks_side && new.amount != apart {
                    return Err(Unsayable("the vector does not say which side takes what rounding leaves".to_owned()));
                }
                Ok(())
            }
            lines => {
                let whole = lines[0].derivation.whole;
                let mut exact = 0_i128;
                let mut rounded = 0_i128;
                for Line { role, amount, derivation: of, .. } in lines.iter() {
                    let sign = if *role == Role::Leaves { -1 } else { 1 };
                    let is_plain = of.whole == whole && of.side == Side::Prorated && of.discount.is_none();
                    if !is_plain {
                        return Err(Unsayable("the vector does not say which of the prices are netted".to_owned()));
                    }
                    exact += sign * i128::from(of.line.minor) * i128::from(of.until - of.from);
                    rounded += sign * i128::from(amount.minor);
                }
                if divide(exact, i128::from(whole), self.translated.policy.terms.rounding) == rounded {
                    Ok(())
                } else {
                    Err(Unsayable("the vector does not say which of the prices are netted".to_owned()))
                }
            }
        }
    }

    pub fn priced(&self, item: &Item, full: Option<Span>) -> Priced {
        let cycle = item.cycle.or_else(|| full.map(|full| self.cycle_of(full))).unwrap_or(Cycle::MONTH);
        Priced { list: item.list, discount: item.discount, cycle }
    }

    fn cycle_of(&self, full: Span) -> Cycle {
        cycle_of(full, &self.translated.zone)
    }

    /// The full period of an item.
    pub fn full(&self, item: &Item) -> Result<Span, Unsayable> {
        let When::At { at, period } = self.when else { return Err(self.case.input.missing("period")) };
        let full = match period {
            Period::Given(span) => self.fits(item, *span).map(|()| *span),
            Period::Calendar => {
                let cycle = item.cycle.ok_or_else(|| self.case.input.missing("items.interval"))?;
                let zone = &self.translated.zone;
                let end = cycle.calendar_start_after(zone.date(*at));
                let end = end.ok_or_else(|| Unsayable(format!("the calendar has no periods of {cycle}")))?;
                Ok(Span { from: zone.midnight(cycle.after_date(end, -1)), until: zone.midnight(end) })
            }
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
        }?;
        if *at < full.from {
            return Err(Unsayable("the change is made before the period that it is counted in".to_owned()));
        }
        Ok(full)
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
        let not_billed = |key: &str| Err(input.not_a(key, "an amount that was billed"));
        if let Some(billed) = self.case.amount("item_billed")? {
            if billed.is_negative() {
                return not_billed("item_billed");
            }
            net = billed;
            span.from = input.instant("item_from", zone)?.ok_or_else(|| input.missing("item_from"))?;
        } else if self.translated.policy.terms.credit_basis == CreditBasis::PriceNow
            && let Some(key) = self.bound()?
        {
            let billed = self.case.needs_amount(key)?;
            // Some bound the credit of a price that ends by what was billed, and not that of a smaller quantity.
            let bounds = !["units_before", "seats_before", "quantity_before"].iter().any(|key| input.has(key));
            let leave = self.items.iter().filter(|item| item.role == Role::Leaves).count();
            if billed.is_negative() || !bounds || leave > 1 {
                return not_billed(key);
            }
            let earlier = if input.has("prior_credits") { self.case.amounts("prior_credits")? } else { Vec::new() };
            net = (billed - sum(billed.currency, earlier)).or_zero();
        } else if let Some(from) = self.paid_from(item, full)? {
            net = self.translated.counting().charge_rest(priced, full, from).replay();
            span.from = from;
        }
        Ok(billed_segment(priced, net, span, &self.translated.policy.reference))
    }

    /// The amount that bounds a credit: what was billed; or what was paid, where the policy says that it does.
    fn bound(&self) -> Result<Option<&'static str>, Unsayable> {
        let by_paid = self.case.term("credit_basis")?.contains("capped at paid");
        Ok(self.case.input.named(&["billed", "paid"]).filter(|key| by_paid || *key == "billed"))
    }

    /// Does the change begin a new period?
    pub fn restarts(&self) -> bool {
        match self.translated.policy.terms.anchor {
            AnchorOnChange::Keep => false,
            AnchorOnChange::Restart | AnchorOnChange::Extend => true,
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

/// The cycle that a period of this length is one of.
pub(super) fn cycle_of(full: Span, zone: &Zone) -> Cycle {
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

/// A segment that was billed for a price and collected; without tax.
pub(super) fn billed_segment(priced: Priced, net: Money, span: Span, policy: &PolicyRef) -> Segment {
    Segment {
        id: SegmentId::from_uuid(Uuid::nil()),
        item: ItemId::from_uuid(Uuid::nil()),
        code: "asked".into(),
        text: "asked".into(),
        span,
        shares_first_day: false,
        list: priced.list,
        discount: priced.discount,
        cycle: priced.cycle,
        quantity: 1,
        gross: priced.list.max(net),
        net,
        tax: Money::zero(net.currency),
        tax_rate: None,
        collected: net,
        policy: policy.clone(),
        document: None,
        bought: None,
        of_trial: false,
    }
}
