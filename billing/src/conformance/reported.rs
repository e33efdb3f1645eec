//! What a vector may ask of a change: sums, signed amounts, lines with their dates, tax, balance, the period after it.

use std::collections::BTreeMap;

use super::Unsayable;
use super::changes::When;
use super::found::Found;
use super::items::Role;
use super::lines::{Change, Line};
use crate::calendar::Span;
use crate::explain::{Derivation, NetOf};
use crate::extension::Extension;
use crate::money::{Money, sum};
use crate::policy::{Netting, Remainder, SettleCharge};

impl Change<'_> {
    pub fn fields(&self, lines: &[Line], extension: Option<&Extension>) -> Result<Found, Unsayable> {
        let case = self.case;
        let currency = case.currency()?;
        let of = |role| sum(currency, lines.iter().filter(|line| line.role == role).map(|line| line.amount));
        let (credit, charge) = (of(Role::Leaves), of(Role::Comes));
        let net = charge - credit;
        self.rounding_of_net(lines, net)?;
        let tax = |role| sum(currency, lines.iter().filter(|line| line.role == role).map(|line| line.tax));
        let mut found = BTreeMap::new();
        let mut say = |name: &str, value: Found| {
            found.insert(name.to_owned(), value);
        };
        // Beside the repair of a line, a credit is what goes to the balance.
        let to_balance = case.asked.contains(&"repair");
        say("credit", Found::from(if to_balance { (-net).or_zero() } else { credit }));
        say("charge", Found::from(charge));
        say("net", Found::from(net));
        let nothing = Money::zero(currency);
        let is_later = self.translated.policy.terms.settle_charge == SettleCharge::NextInvoice;
        say("now", Found::from(if is_later { nothing } else { net }));
        let signed = lines.iter().map(|line| if line.role == Role::Leaves { -line.amount } else { line.amount });
        say("amounts", Found::amounts(signed));
        if let Some(listed) = self.listed(lines, net) {
            say("lines", Found::Lines(listed));
        }
        for name in ["units_after", "seats_after", "quantity_after"] {
            if let Some(count) = case.input.count(name)? {
                say(name, Found::Number(count));
            }
        }
        if self.items.iter().any(|item| item.role == Role::Comes) {
            let next = self.items.iter().filter(|item| item.role == Role::Comes);
            let rounding = self.translated.policy.terms.rounding;
            let next = sum(currency, next.map(|item| self.priced(item, None).net(rounding)));
            say("next_cycle_amount", Found::from(next));
            if !(is_later && self.rate.is_some()) {
                let with_it = if is_later { net } else { nothing };
                say("next", Found::from((next + with_it).or_zero()));
            }
            // Only where it is said whether the change is settled by itself or with the next invoice.
            let terms = &self.translated.policy.terms;
            match case.settle() {
                Some("invoice_now") => say("next_invoice", Found::from(next)),
                Some("next_invoice") if terms.settle_charge == SettleCharge::NextInvoice && self.rate.is_none() => {
                    say("next_invoice", Found::from((next + net).or_zero()));
                }
                _ => {}
            }
        }
        if let [line] = lines {
            say("amount", Found::from(line.amount));
            say("fee", Found::from(line.amount));
        }
        if let [line] = lines.iter().filter(|line| line.role == Role::Comes).collect::<Vec<_>>().as_slice() {
            say("new", Found::from(line.amount));
            say("fee", Found::from(line.amount));
        }
        if self.rate.is_some() {
            for name in ["charge_tax", "tax_on_charge"] {
                say(name, Found::from(tax(Role::Comes)));
            }
            say("charge_total", Found::from(charge + tax(Role::Comes)));
            say("credit_tax", Found::from(tax(Role::Leaves)));
            say("tax_on_credit", Found::from(tax(Role::Leaves)));
            say("credit_total", Found::from(credit + tax(Role::Leaves)));
            if case.input.has("terminated_on") {
                say("total", Found::from(credit + tax(Role::Leaves)));
                say("tax", Found::from(tax(Role::Leaves)));
            } else if let [line] = lines
                && line.role == Role::Comes
            {
                say("total", Found::from(charge + line.tax));
                say("tax", Found::from(line.tax));
            } else if let Some(on_net) = self.tax_of_net(net, tax(Role::Comes) - tax(Role::Leaves)) {
                say("total", Found::from(net + on_net));
                say("tax", Found::from(on_net));
            }
        }
        if let Some(line) = lines.iter().find(|line| line.role == Role::Leaves && self.is_cut()) {
            let rounding = self.translated.policy.terms.rounding;
            let billed = case.amount("item_billed")?.unwrap_or_else(|| self.priced(&line.item, None).net(rounding));
            say("repair", Found::from(-credit));
            say("used", Found::from(billed - credit));
            say("credit_to_balance", Found::from((-net).or_zero()));
            if net.is_negative() {
                say("settlement_if_unpaid", Found::Text("debt_cancellation".to_owned()));
                let to_balance = if line.collected_if_paid { "credit_to_balance" } else { "none" };
                say("settlement_if_paid", Found::Text(to_balance.to_owned()));
            }
        }
        if case.input.has("new_cycle_price") {
            self.new_cycle(credit, &mut found)?;
        }
        if let Some(balance) = case.amount("balance_before")? {
            let on_net = match self.rate {
                Some(_) => self.tax_of_net(net, tax(Role::Comes) - tax(Role::Leaves)),
                None => Some(nothing),
            };
            let (Some(on_net), false) = (on_net, balance.is_negative()) else {
                return Err(case.input.not_a("balance_before", "a balance that pays a total which is stated"));
            };
            let total = net + on_net;
            let used = total.or_zero().min(balance);
            let after = balance - used + (-total).or_zero();
            found.insert("from_balance".to_owned(), Found::from(used));
            found.insert("balance_used".to_owned(), Found::from(used));
            found.insert("due".to_owned(), Found::from(total.or_zero() - used));
            found.insert("balance_after".to_owned(), Found::from(after));
        } else if self.rate.is_none() {
            found.insert("due".to_owned(), Found::from(net.or_zero()));
        }
        self.dates(&mut found)?;
        if let Some(extension) = extension {
            self.extended(extension, &mut found)?;
        }
        Ok(Found::Map(found))
    }

    /// The tax of a change, where every way to find it comes to the same: on the sum, or line by line. Of a change with a
    /// fee or a credit note of its own nobody says which total is meant.
    fn tax_of_net(&self, net: Money, by_line: Money) -> Option<Money> {
        let is_apart = ["fee", "credit_total", "charge_total"].iter().any(|name| self.case.asked.contains(name));
        let on_net = self.rate.map(|rate| rate.on(net, self.translated.policy.terms.rounding));
        on_net.filter(|on_net| !is_apart && *on_net == by_line)
    }

    /// Where nothing but a difference is asked and no policy says whether it or its two sides are rounded, both must
    /// come to the same.
    fn rounding_of_net(&self, lines: &[Line], net: Money) -> Result<(), Unsayable> {
        let says = self.case.policy.has("line_style") || self.case.policy.has("rounding_stage");
        let asks_sides = ["credit", "charge", "amounts", "lines"].iter().any(|side| self.case.asked.contains(side));
        let ([old, new], false) = (lines, says || asks_sides) else { return Ok(()) };
        if old.role != Role::Leaves || new.role != Role::Comes {
            return Ok(());
        }
        let credit = Derivation { remainder: Remainder::Rounded, ..old.derivation.clone() }.replay();
        let net_of = Some(NetOf { price: old.derivation.line, credit });
        let cap = new.derivation.cap.max(credit);
        let together = Derivation { net_of: net_of.map(Box::new), cap, ..new.derivation.clone() }.replay() - credit;
        if together == net {
            Ok(())
        } else {
            Err(Unsayable("the vector does not say whether each side is rounded or their difference".to_owned()))
        }
    }

    /// The lines as a vector lists them: each of them, or the difference of two quantities of one price. How another
    /// difference is listed is not known.
    fn listed(&self, lines: &[Line], net: Money) -> Option<Vec<Found>> {
        if self.translated.policy.terms.netting == Netting::Lines {
            return Some(lines.iter().filter(|line| !line.amount.is_zero()).map(|line| self.line(line)).collect());
        }
        match lines {
            [_, new] if self.case.input.has("seats_after") => {
                let mut fields = vec![("role", Found::Text("seat_delta".to_owned())), ("amount", Found::from(net))];
                fields.extend(self.moments(new));
                Some(if net.is_zero() { Vec::new() } else { vec![Found::map(fields)] })
            }
            _ => None,
        }
    }

    fn moments(&self, line: &Line) -> Vec<(&'static str, Found)> {
        let zone = &self.translated.zone;
        let moment = |at| Found::Moment(zone.local(at));
        line.span.map_or_else(Vec::new, |span| vec![("from", moment(span.from)), ("to", moment(span.until))])
    }

    fn line(&self, line: &Line) -> Found {
        let (role, amount) = match (self.translated.bills_used_part, line.role, line.item.role) {
            (true, Role::Comes, Role::Leaves) => (format!("{}_used", line.item.word), line.amount),
            (true, _, _) => (format!("{}_remaining", line.item.word), line.amount),
            (false, Role::Leaves, _) => (format!("credit_{}", line.item.word), -line.amount),
            (false, Role::Comes, _) => (format!("charge_{}", line.item.word), line.amount),
        };
        let mut fields = vec![("role", Found::Text(role)), ("amount", Found::from(amount))];
        fields.extend(self.moments(line));
        Found::map(fields)
    }

    /// A whole new cycle on the same document as the credit, its discount and its tax on what is left.
    fn new_cycle(&self, credit: Money, found: &mut BTreeMap<String, Found>) -> Result<(), Unsayable> {
        let price = self.case.needs_price("new_cycle_price")?;
        let rounding = self.translated.policy.terms.rounding;
        let discount = self.items.first().and_then(|item| item.discount);
        let off = discount.map_or(Money::zero(price.currency), |discount| discount.off(price, rounding));
        found.insert("cycle_charge".to_owned(), Found::from(price));
        found.insert("cycle_discount".to_owned(), Found::from(off));
        found.insert("subtotal".to_owned(), Found::from(price - credit));
        found.insert("total_before_tax".to_owned(), Found::from(price - credit - off));
        if let Some(rate) = self.rate {
            let tax = rate.on(price - credit - off, rounding);
            found.insert("tax".to_owned(), Found::from(tax));
            found.insert("total".to_owned(), Found::from(price - credit - off + tax));
        }
        Ok(())
    }

    /// A change that waits is made where the period ends, and leaves its date.
    fn date_of_waiting(&self, found: &mut BTreeMap<String, Found>) -> Result<(), Unsayable> {
        let Some(item) = self.items.first() else { return Ok(()) };
        let end = Found::Moment(self.translated.zone.local(self.full(item)?.until));
        for name in ["effective_at", "next_billing_at", "next_due"] {
            found.insert(name.to_owned(), end.clone());
        }
        Ok(())
    }

    /// The period after the change, and the next payment date.
    fn dates(&self, found: &mut BTreeMap<String, Found>) -> Result<(), Unsayable> {
        let When::At { at, .. } = self.when else { return Ok(()) };
        if self.case.waits()? {
            return self.date_of_waiting(found);
        }
        let item = self.items.iter().find(|item| item.role == Role::Comes).or(self.items.first());
        let Some(item) = item else { return Ok(()) };
        let counting = self.translated.counting();
        let period = if self.restarts() {
            self.restarted(item, *at)?
        } else {
            let full = self.full(item)?;
            let from = if self.changes_cycle() { counting.cut(counting.terms.charge_from, *at) } else { full.from };
            Span { from, until: full.until }
        };
        let zone = &self.translated.zone;
        let (start, end) = (zone.local(period.from), zone.local(period.until));
        for name in ["next_billing_at", "next_due"] {
            found.insert(name.to_owned(), Found::Moment(end));
        }
        let is_written_inclusive = self.case.term("period_end")?.contains("inclusive");
        let last = zone.date(period.until).yesterday().map_err(|_| self.case.input.missing("period"))?;
        let end = if is_written_inclusive { Found::Date(last) } else { Found::Moment(end) };
        let mut fields = vec![("start", Found::Moment(start)), ("end", end)];
        if is_written_inclusive {
            fields.push(("end_inclusive", Found::Flag(true)));
        }
        found.insert("new_period".to_owned(), Found::map(fields));
        Ok(())
    }
}
