//! Turn what is left of the old basket into days of the new one (`anchor = "extend"`). The change was counted as one that
//! begins a period and is charged in full; here its charges become the value that is given back, to the cent and with its
//! tax, and the period as long as that buys. Where nothing is left, or nothing is charged for the new basket, it stays
//! as it was counted.

use jiff::Timestamp;

use super::retile::Retiling;
use crate::calendar::{Anchor, Cycle, CycleUnit, Span};
use crate::explain::Derivation;
use crate::extension::{Bought, Extension, PartOfValue};
use crate::money::{Money, sum};
use crate::policy::{AnchorOnChange, TimeUnit, When};
use crate::quote::{ChargeLine, CreditLine};
use crate::share::{apportion, share};

/// What an extension makes of a change, beside its charges.
pub(super) struct Extended {
    pub extension: Extension,
    /// Where the period after the bought days begins.
    pub anchor: Anchor,
    /// The bought days.
    pub period: Span,
}

impl Retiling<'_> {
    /// Does what is left buy days?
    pub fn extends(&self) -> bool {
        self.when == When::Now && self.counting.terms.anchor == AnchorOnChange::Extend && !self.keeps_trial()
    }

    /// Turns charges for a full period into charges for the days that the credits buy; none where they buy none.
    pub fn extend_by_value(&self, credits: &[CreditLine], charges: &mut [ChargeLine]) -> Option<Extended> {
        // What waits for the next invoice is settled with the period that begins: then there is something to pay or to get.
        // What is billed in arrears is bought by nothing that was paid.
        if !self.extends() || !self.subscription.waiting.is_empty() || self.target.plan.billed.is_arrears() {
            return None;
        }
        let (value, tax) = self.value_and_tax(credits);
        let price =
            sum(self.account.currency, charges.iter().map(|line| line.priced().net(self.counting.price_rounding)));
        let lines = credits.iter().filter(|line| !line.collected.is_zero()).count();
        let extension = Extension::of(value, price, self.days_counted(), lines)?;

        let zone = &self.account.zone;
        let from = self.days_begin(charges);
        let day = Cycle { count: 1, unit: CycleUnit::Day };
        let start = Anchor { start: zone.local(from), cycle: day }.boundary(extension.days);
        let anchor = Anchor { start, cycle: self.after.cycle };
        let period = Span { from, until: zone.instant(start) };
        let mut before = Money::zero(value.currency);
        for line in charges.iter_mut() {
            let part = PartOfValue { value, basket: price, before };
            before += line.priced().net(self.counting.price_rounding);
            self.buy(line, &extension, part, period);
        }
        let amounts: Vec<Money> = charges.iter().map(|line| line.amount).collect();
        for (line, tax) in charges.iter_mut().zip(apportion(tax, &amounts)) {
            line.tax = tax;
        }
        Some(Extended { extension, anchor, period })
    }

    /// What was paid of the credits, as the new prices are written, and the tax that goes with it. At the rate that it was
    /// paid at it is what is given back; of another rate, or of none, the amount paid with its tax is what buys, at
    /// today's rate.
    fn value_and_tax(&self, credits: &[CreditLine]) -> (Money, Money) {
        let currency = self.account.currency;
        let paid = || credits.iter().filter(|line| !line.collected.is_zero());
        let today = self.catalogue.tax.as_ref();
        if paid().all(|line| line.tax_rate.as_ref() == today) {
            return (
                sum(currency, paid().map(|line| line.collected)),
                sum(currency, paid().map(CreditLine::returned_tax)),
            );
        }
        let all = sum(currency, paid().map(CreditLine::given_back));
        let tax = today.map_or(Money::zero(currency), |rate| rate.percent.within(all, self.counting.terms.rounding));
        let included = today.is_some_and(|rate| rate.included);
        (if included { all } else { all - tax }, tax)
    }

    /// How the days of the new basket are counted: by the full period in which the change is made, or in which the first of
    /// a chain of such changes was. So the days of a cycle cost the same all along the chain, whatever months it meets.
    fn days_counted(&self) -> Bought {
        let (subscription, zone) = (self.subscription, &self.account.zone);
        let present = subscription.full_period(zone);
        let cycle_stays = self.after.cycle == subscription.anchor.cycle;
        let bought = subscription.bought();
        let counted_from = bought.map_or(present.from, |bought| bought.counted_from);
        let whole = match bought {
            Some(bought) if cycle_stays => bought.whole,
            None if cycle_stays => self.counting.measure(present),
            _ => {
                let anchor = Anchor { start: zone.local(counted_from), cycle: self.after.cycle };
                self.counting.measure(anchor.period(0, zone))
            }
        };
        Bought { whole: whole.max(1), counted_from }
    }

    /// From when the days are counted. Where what is left of every item already pays the day of the change at the very
    /// price of the target (there and back within a day), from the day after.
    fn days_begin(&self, charges: &[ChargeLine]) -> Timestamp {
        let start = self.period.from;
        let pays_already = |line: &ChargeLine| {
            let left = self.left_at(line, start).into_iter();
            left.filter(|(_, priced)| *priced == line.priced()).map(|(until, _)| until).min()
        };
        let until: Option<Vec<Timestamp>> = charges.iter().map(pays_already).collect();
        until.and_then(|until| until.into_iter().min()).unwrap_or(start)
    }

    /// Makes a charge one for bought days: its part of the value, and its share of the basket's days.
    fn buy(&self, line: &mut ChargeLine, extension: &Extension, part: PartOfValue, period: Span) {
        let rounding = self.counting.terms.rounding;
        let (priced, whole) = (line.priced(), extension.bought.whole);
        let net = priced.net(self.counting.price_rounding);
        line.amount = part.of_price(net, rounding);
        let gross = if net.is_positive() {
            share(line.amount, priced.list.minor, net.minor, rounding)
        } else {
            share(priced.list, extension.days, whole, rounding)
        };
        line.gross = gross.max(line.amount);
        line.shares_first_day = !self.left_at(line, period.from).is_empty();
        line.span = period;
        line.tax_rate = self.catalogue.tax.clone();
        line.derivation = Derivation {
            line: net,
            unit: TimeUnit::Day,
            from: 0,
            until: extension.days,
            whole,
            carry: None,
            net_of: None,
            of_value: Some(Box::new(part)),
            cap: part.value,
            ..line.derivation.clone()
        };
    }
}
