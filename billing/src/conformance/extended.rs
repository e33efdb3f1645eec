//! What is left of the old that buys days of the new, and moves the payment date: what a vector may ask of such a change.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Unsayable;
use super::changes::{When, given_period};
use super::found::Found;
use super::items::{Item, Role};
use super::lines::{Change, Line};
use crate::calendar::{Anchor, Cycle, CycleUnit};
use crate::explain::Derivation;
use crate::extension::{Bought, Extension, PartOfValue};
use crate::money::{Money, sum};
use crate::policy::{AnchorOnChange, TimeUnit};
use crate::proration::Count;
use crate::tax;

impl Change<'_> {
    /// Lets what is left buy days: the lines that come take all of it. None under another policy, and where nothing is
    /// left or the new costs nothing.
    pub fn extend(&self, lines: &mut [Line]) -> Result<Option<Extension>, Unsayable> {
        let terms = &self.translated.policy.terms;
        if terms.anchor != AnchorOnChange::Extend {
            return Ok(None);
        }
        let Some(new) = lines.iter().find(|line| line.role == Role::Comes) else { return Ok(None) };
        let bought = self.days_counted(&new.item)?;
        let currency = self.case.currency()?;
        let of = |role| lines.iter().filter(move |line| line.role == role);
        let value = sum(currency, of(Role::Leaves).map(|line| line.amount));
        let price = sum(currency, of(Role::Comes).map(|line| self.priced(&line.item, None).net(terms.rounding)));
        let credits = of(Role::Leaves).filter(|line| !line.amount.is_zero()).count();
        let Some(extension) = Extension::of(value, price, bought, credits) else { return Ok(None) };

        let taxes = sum(currency, of(Role::Leaves).map(|line| line.tax));
        let mut before = Money::zero(currency);
        for line in lines.iter_mut().filter(|line| line.role == Role::Comes) {
            let net = self.priced(&line.item, None).net(terms.rounding);
            let part = PartOfValue { value, basket: price, before };
            before += net;
            line.amount = part.of_price(net, terms.rounding);
            line.tax = tax::given_back(taxes, value, value - line.amount, terms.rounding);
            line.derivation = Derivation {
                line: net,
                unit: TimeUnit::Day,
                from: 0,
                until: extension.days,
                whole: bought.whole,
                of_value: Some(Box::new(part)),
                cap: value,
                ..line.derivation.clone()
            };
        }
        Ok(Some(extension))
    }

    /// A cycle has as many days as it has in the period that is left, or as the vector states.
    fn days_counted(&self, new: &Item) -> Result<Bought, Unsayable> {
        if let When::Stated { new: Count { whole, .. }, .. } = self.when {
            let input = &self.case.input;
            let days = match input.object("period")? {
                _ if input.has("days_total") => *whole,
                Some(period) => {
                    let zone = &self.translated.zone;
                    let full = given_period(&period, zone, self.translated.ends_on_last_day)?;
                    zone.days_between(full.from, full.until).max(1)
                }
                None => return Err(input.missing("days_total")),
            };
            return Ok(Bought { whole: days, counted_from: Timestamp::UNIX_EPOCH });
        }
        let old = self.items.iter().find(|item| item.role == Role::Leaves).unwrap_or(new);
        let mut full = self.full(old)?;
        let counted_from = full.from;
        if let Some(cycle) = new.cycle.filter(|_| self.changes_cycle()) {
            let zone = &self.translated.zone;
            full = Anchor { start: zone.local(full.from), cycle }.period(0, zone);
        }
        Ok(Bought { whole: self.translated.counting().measure(full).max(1), counted_from })
    }

    /// The days, and that nothing is to pay; and where the vector says when the change is made, the date after them.
    pub fn extended(&self, extension: &Extension, found: &mut BTreeMap<String, Found>) -> Result<(), Unsayable> {
        let zone = &self.translated.zone;
        for name in ["bought_days", "days"] {
            found.insert(name.to_owned(), Found::Number(extension.days));
        }
        let nothing = Found::from(Money::zero(extension.value.currency));
        for name in ["charge", "due", "net", "now"] {
            found.insert(name.to_owned(), nothing.clone());
        }
        found.insert("value".to_owned(), Found::from(extension.value));
        let at = match self.when {
            When::At { at, .. } => Some(*at),
            When::Stated { .. } => self.case.input.instant("change_at", zone)?,
        };
        let Some(at) = at else { return Ok(()) };
        let counting = self.translated.counting();
        let from = zone.local(counting.cut(counting.terms.charge_from, at));
        let day = Cycle { count: 1, unit: CycleUnit::Day };
        let end = Found::Moment(Anchor { start: from, cycle: day }.boundary(extension.days));
        for name in ["next_billing_at", "next_due"] {
            found.insert(name.to_owned(), end.clone());
        }
        found.insert("new_period".to_owned(), Found::map([("start", Found::Moment(from)), ("end", end)]));
        Ok(())
    }
}
