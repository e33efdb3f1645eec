//! Re-tile a subscription for a new basket, item by item: keep, swap, drop, add. Cut coverage is given back, new coverage
//! is charged; how much is `coverage`'s and `proration`'s. What the lines add up to is in `quote_plan_change`.

use std::iter;

use jiff::Timestamp;

use super::quote_plan_change::priced;
use crate::account::{Account, Component, Item, Subscription};
use crate::calendar::{Cycle, Span};
use crate::catalogue::{Basket, Catalogue, Choice, Plan, Price, Product, price_in};
use crate::coverage::{Cutting, Segment};
use crate::discount::Discount;
use crate::explain::{Basis, NetOf, Unused};
use crate::first_period::Full;
use crate::fraction::Fraction;
use crate::money::{Money, sum};
use crate::name::Name;
use crate::one_time::OneTimeLine;
use crate::policy::{
    CreditBasis, CreditBy, CreditsOnChange, DiscountOnSwitch, DiscountOrder, Netting, QuantityDecrease, Side, When,
};
use crate::proration::{Count, Counting, Priced};
use crate::quote::{ChargeLine, CreditLine};
use crate::refusal::Refusal;
use crate::share::Rounding;
use crate::tax::{self, TaxRounding};

/// What a re-tiling looks at.
pub(super) struct Retiling<'a> {
    pub account: &'a Account,
    pub subscription: &'a Subscription,
    pub catalogue: &'a Catalogue,
    pub product: &'a Product,
    pub counting: Counting<'a>,
    pub at: Timestamp,
    /// What it shall have.
    pub after: &'a Basket,
    /// The same as the product sells it.
    pub target: &'a Target<'a>,
    /// The period after the change.
    pub period: Span,
    /// The same as a full period of the cycle afterwards.
    pub full: Full,
    pub when: When,
}

/// What a basket asks for, as the product sells it.
pub(super) struct Target<'a> {
    pub plan: &'a Plan,
    /// With their quantities, in the order of codes.
    pub options: Vec<(&'a Choice, u32)>,
}

/// What is given back, what is charged, and what is charged once.
type Lines = (Vec<CreditLine>, Vec<ChargeLine>, Vec<OneTimeLine>);

/// One thing the basket shall have.
pub(super) struct Wanted<'a> {
    /// The option that it is; none of the plan.
    pub option: Option<&'a Choice>,
    pub code: &'a Name,
    pub text: &'a Name,
    pub price: &'a Price,
    pub quantity: u32,
}

/// An item beside what the basket shall have.
pub(super) struct Placed {
    /// The number of its plan or option: that of what is wanted, the plan first; items of an option that is not wanted
    /// have a number of their own behind those.
    number: usize,
    /// Does it stay as it is?
    kept: bool,
    /// By how much the lines of its plan or option are off after its credits; none where nothing is carried.
    off: Option<Fraction>,
}

impl Wanted<'_> {
    pub fn component(&self) -> Component {
        self.option.map_or(Component::Plan, |option| Component::Option(option.code.clone()))
    }
}

impl<'a> Retiling<'a> {
    /// What is given back, what is charged and what is charged once, line by line, with its tax.
    pub fn lines(&self, cutting: &Cutting<'_>, placed: &mut [Placed]) -> Result<Lines, Refusal> {
        let items = &self.subscription.items;
        let mut credits = Vec::with_capacity(self.subscription.coverage.len());
        if self.when == When::Now {
            for (place, item) in items.iter().enumerate() {
                if !placed[place].kept && !self.stays_paid(item) {
                    self.release(cutting, item, placed, place, &mut credits);
                }
            }
        }
        let mut charges = Vec::with_capacity(1 + self.target.options.len());
        let mut once = Vec::new();
        for number in 0..=self.target.options.len() {
            let wanted = self.wanted(number)?;
            let place = self.place_of(placed, number);
            if !place.is_some_and(|place| placed[place].kept) {
                let off = self.carried_to(cutting, &wanted, number, placed);
                if let Some(price) = wanted.price.setup {
                    once.extend(self.once(price, &wanted, place.map(|place| &items[place])));
                }
                self.charge(cutting, wanted, place.map(|place| &items[place]), &credits, off, &mut charges);
            }
        }
        if self.keeps_trial()
            && let Some(line) = self.trial_price(&charges)?
        {
            once.insert(0, line);
        }
        self.tax(&credits, &mut charges, &mut once);
        Ok((credits, charges, once))
    }

    /// What a full period costs afterwards, rounded as the invoices of periods are.
    pub fn recurring_after(&self, placed: &[Placed], charges: &[ChargeLine], rounding: Rounding) -> Money {
        let kept = self.subscription.items.iter().zip(placed).filter(|(_, placed)| placed.kept);
        let kept = kept.map(|(item, _)| item.priced().net(rounding));
        let charged = charges.iter().map(|line| line.priced().net(rounding));
        sum(self.account.currency, kept.chain(charged))
    }

    /// Does the plan stay as it was sold?
    pub fn keeps_plan(&self, placed: &[Placed]) -> bool {
        placed.iter().any(|placed| placed.number == 0 && placed.kept)
    }

    /// The prices of all that is had afterwards.
    pub fn sold(&self, placed: &[Placed], charges: &[ChargeLine]) -> Vec<Priced> {
        let kept = self.subscription.items.iter().zip(placed).filter(|(_, placed)| placed.kept);
        let kept = kept.map(|(item, _)| item.priced());
        kept.chain(charges.iter().map(ChargeLine::priced)).collect()
    }

    /// What is wanted of this number: the plan, then the options.
    fn wanted(&self, number: usize) -> Result<Wanted<'a>, Refusal> {
        let (after, currency) = (self.after, self.account.currency);
        let Target { plan, options } = self.target;
        let Some((option, quantity)) = number.checked_sub(1).map(|at| options[at]) else {
            let price = priced(&plan.prices, &plan.code, after, currency)?;
            return Ok(Wanted { option: None, code: &plan.code, text: &plan.name, price, quantity: 1 });
        };
        let price = priced(&option.prices, &option.code, after, currency)?;
        Ok(Wanted { option: Some(option), code: &option.code, text: &option.name, price, quantity })
    }

    /// Each item beside what is wanted. It stays as it is where it is wanted at the price it was sold at; an option whose
    /// price is another on the target's plan does not: it is given back and charged anew.
    pub fn placed(&self) -> Vec<Placed> {
        let full_stays = self.full_stays();
        let items = &self.subscription.items;
        let options = &self.target.options;
        let mut placed = Vec::with_capacity(items.len());
        // Options stand in the order of codes on both sides, mostly: the next is looked at first.
        let mut next = 0;
        for (place, item) in items.iter().enumerate() {
            let stays = full_stays && item.cycle == self.after.cycle;
            let (number, kept) = match &item.component {
                Component::Plan => (0, stays && item.code == self.after.plan),
                Component::Option(code) => {
                    let (before, after) = options.split_at(next.min(options.len()));
                    let here = |(option, _): &(&Choice, u32)| option.code == *code;
                    let found = after.iter().position(here).map(|at| next + at);
                    match found.or_else(|| before.iter().position(here)) {
                        Some(at) => {
                            next = at + 1;
                            let (option, quantity) = options[at];
                            let kept = stays && quantity == item.quantity && self.costs_the_same(option);
                            (1 + at, kept)
                        }
                        None => {
                            let twin = items.iter().position(|twin| twin.component == item.component);
                            (1 + options.len() + twin.unwrap_or(place), false)
                        }
                    }
                }
            };
            placed.push(Placed { number, kept, off: None });
        }
        placed
    }

    /// Is an option paid for in as many units as there shall be, or more, under terms that give back nothing of it? Then
    /// what covers it stays, whatever it is less.
    #[inline]
    fn stays_paid(&self, item: &Item) -> bool {
        let gives_back = self.counting.terms.quantity_decrease == QuantityDecrease::Credit;
        // Of the time of a trial nothing is paid.
        !gives_back && self.when == When::Now && !self.subscription.is_in_trial() && self.is_paid_for(item)
    }

    #[inline(never)]
    fn is_paid_for(&self, item: &Item) -> bool {
        let Component::Option(code) = &item.component else { return false };
        let wanted = self.after.options.get(code).copied().unwrap_or(0);
        let stays = self.full_stays()
            && item.cycle == self.after.cycle
            && self.product.option(code).is_some_and(|option| self.costs_the_same(option));
        let mut coverage = self.subscription.coverage.iter().filter(|segment| segment.item == item.id);
        let until = self.subscription.period.until;
        stays
            && coverage
                .any(|segment| segment.span.until == until && segment.quantity >= wanted && !segment.span.is_empty())
    }

    /// Does the present period go on? Where a new one begins with the change, all is given back and charged anew.
    fn full_stays(&self) -> bool {
        let goes_on = self.period == self.subscription.period && !self.extends() && !self.ends_trial();
        self.when == When::PeriodEnd || goes_on
    }

    fn costs_the_same(&self, option: &Choice) -> bool {
        let before = &self.subscription.plan().code;
        if *before == self.after.plan {
            return true;
        }
        let on = |plan: &str| {
            let price = price_in(&option.prices, plan, self.after.cycle, self.account.currency);
            price.map(|price| (price.amount, &price.tiers, price.discount))
        };
        on(before) == on(&self.after.plan)
    }

    /// The item that is charged on, without a gap. One that was dropped can be, as long as it is covered: there and back
    /// within a day is one item. Later the same option is a new item.
    fn place_of(&self, placed: &[Placed], number: usize) -> Option<usize> {
        let covered = |item: &Item| {
            let mut coverage = self.subscription.coverage.iter();
            coverage.any(|segment| segment.item == item.id && segment.span.until > self.at && !segment.span.is_empty())
        };
        let mut items = self.subscription.items.iter().zip(placed);
        items.position(|(item, placed)| placed.number == number && (item.quantity > 0 || covered(item)))
    }

    /// The change as it cuts coverage.
    pub fn cutting(&self) -> Cutting<'a> {
        let full = self.subscription.full(&self.account.zone);
        let until = self.subscription.period.until;
        Cutting::new(self.counting, self.at, full, until).ending_by(self.period.until).charged_in(self.period)
    }

    /// Cuts every segment of an item that is not kept. What covers an earlier period is over with it, also where the day
    /// of the change began before this period did.
    #[inline]
    fn release(
        &self,
        cutting: &Cutting<'_>,
        item: &Item,
        placed: &mut [Placed],
        place: usize,
        credits: &mut Vec<CreditLine>,
    ) {
        let segments = self.subscription.coverage.iter().filter(|segment| segment.item == item.id);
        let of_period = |segment: &&Segment| segment.span.until > self.subscription.period.from;
        for segment in segments.filter(of_period).filter(|segment| !segment.span.is_empty()) {
            let by_month = || self.by_month(item, segment);
            let is_of_period = segment.span.from >= self.subscription.period.from;
            let off = (is_of_period && cutting.carries && !self.subscription.is_in_trial())
                .then(|| self.carry_of(|| item.component.clone(), placed[place].number, &placed[..=place]));
            let Some(from) = segment.given_back_from(cutting) else { continue };
            let nothing = self.account.nothing();
            // What is pushed is made elsewhere and copied; this makes the line where it stays.
            credits.extend(iter::once_with(|| CreditLine {
                item: item.id,
                text: segment.text.clone(),
                quantity: segment.quantity,
                segment: segment.id,
                span: Span { from, until: segment.span.until },
                gross: nothing,
                amount: nothing,
                tax: nothing,
                tax_rate: segment.tax_rate.clone(),
                collected: nothing,
                document: segment.document,
                derivation: segment.rest_of_period(cutting),
            }));
            let line = credits.last_mut().expect("the line above");
            segment.count_credit(&mut line.derivation, cutting, from, by_month, self.today(item, segment), off);
            line.derivation.unused = self.unused(item, segment, from);
            let release = segment.release(cutting, from, &mut line.derivation, off);
            (line.gross, line.amount) = (release.gross, release.amount);
            (line.tax, line.collected) = (release.tax, release.collected);
            placed[place].off = release.carry.or(placed[place].off);
        }
    }

    /// What is given back where the subscription ends at its moment: the rest of all that covers it; of segments that `whole`
    /// picks, all of them.
    pub fn released(&self, whole: impl Fn(&Segment) -> bool) -> Vec<CreditLine> {
        let items = &self.subscription.items;
        let first_of = |item: &Item| items.iter().position(|other| other.component == item.component);
        let number = |place| first_of(&items[place]).unwrap_or(place);
        let mut placed: Vec<_> =
            (0..items.len()).map(|place| Placed { number: number(place), kept: false, off: None }).collect();
        let cutting = self.cutting();
        let mut credits = Vec::with_capacity(self.subscription.coverage.len());
        for (place, item) in items.iter().enumerate() {
            self.release(&cutting, item, &mut placed, place, &mut credits);
        }
        for segment in self.subscription.coverage.iter().filter(|segment| whole(segment)) {
            credits.retain(|line| line.segment != segment.id);
            credits.push(self.all_of(&cutting, segment));
        }
        credits
    }

    /// All of a segment, as it was billed.
    fn all_of(&self, cutting: &Cutting<'_>, segment: &Segment) -> CreditLine {
        CreditLine {
            item: segment.item,
            text: segment.text.clone(),
            quantity: segment.quantity,
            segment: segment.id,
            span: segment.span,
            gross: segment.gross,
            amount: segment.net,
            tax: segment.tax,
            tax_rate: segment.tax_rate.clone(),
            collected: segment.collected,
            document: segment.document,
            derivation: segment.all_of_it(cutting.counting),
        }
    }

    /// The plan credits that bound what is given back of an item.
    fn unused(&self, item: &Item, segment: &Segment, from: Timestamp) -> Option<Unused> {
        let bounds = item.component == Component::Plan && self.counting.terms.credit_by == CreditBy::TimeOrCredits;
        let credits = self.subscription.credits.filter(|credits| bounds && credits.of_plan > 0)?;
        if self.counting.terms.credits == CreditsOnChange::Prorate {
            return self.unused_of_rest(&credits, segment.span.from, from);
        }
        Some(Unused { left: credits.left.min(credits.of_plan), of: credits.of_plan })
    }

    /// The price by the month today of what a segment was billed for, for a claw-back that counts months.
    fn by_month(&self, item: &Item, segment: &Segment) -> Option<Money> {
        let price = self.price_today(item, segment, Cycle::MONTH)?;
        Some(price.times(segment.quantity).net(self.counting.price_rounding))
    }

    /// What a segment would cost today, where the terms give back from that and it is still sold.
    fn today(&self, item: &Item, segment: &Segment) -> Option<Priced> {
        match self.counting.terms.credit_basis {
            CreditBasis::Billed => None,
            CreditBasis::PriceNow => {
                self.price_today(item, segment, segment.cycle).map(|price| price.times(segment.quantity))
            }
        }
    }

    /// A price today of what a segment was billed for.
    fn price_today(&self, item: &Item, segment: &Segment, cycle: Cycle) -> Option<&Price> {
        let prices = match &item.component {
            Component::Plan => &self.product.plan(&segment.code)?.prices,
            Component::Option(code) => &self.product.option(code)?.prices,
        };
        let plan = &self.subscription.plan().code;
        price_in(prices, plan, cycle, self.account.currency)
    }

    #[inline]
    fn charge(
        &self,
        cutting: &Cutting<'_>,
        wanted: Wanted<'_>,
        item: Option<&Item>,
        credits: &[CreditLine],
        carried: Option<Fraction>,
        charges: &mut Vec<ChargeLine>,
    ) {
        let discount = wanted.price.discount_on(wanted.quantity).or_else(|| self.discount_kept(item));
        let priced = Priced { discount, ..wanted.price.times(wanted.quantity) };
        // What stays paid is billed with the next period, as what begins with it.
        let when = if item.is_some_and(|item| self.stays_paid(item)) { When::PeriodEnd } else { self.when };
        let (from, shares_first_day) = match when {
            When::Now => self.charge_start(cutting, item, &priced),
            When::PeriodEnd => (self.period.until, false),
        };
        let nothing = self.account.nothing();
        // What costs nothing now stands there with its price when the next period begins.
        let for_nothing = match when {
            When::Now => self.keeps_trial().then_some(Basis::Trial),
            When::PeriodEnd => Some(Basis::Price),
        };
        let count = match for_nothing {
            None if self.full == cutting.whole_period() => cutting.rest_of(from, priced.cycle),
            None => self.counting.rest_of_full(self.full, from, priced.cycle),
            Some(_) => Count { from: 0, until: 0, whole: 1 },
        };
        charges.extend(iter::once_with(|| ChargeLine {
            item: item.map(|item| item.id),
            component: wanted.component(),
            code: wanted.code.clone(),
            text: wanted.text.clone(),
            quantity: wanted.quantity,
            unit_price: wanted.price.amount,
            tiers: wanted.price.tiers.clone(),
            discount,
            cycle: self.after.cycle,
            span: Span { from, until: self.period.until },
            shares_first_day,
            gross: nothing,
            amount: nothing,
            tax: nothing,
            tax_rate: None,
            derivation: self.counting.charge_part(priced, count),
        }));
        let line = charges.last_mut().expect("the line above");
        if let Some(basis) = for_nothing {
            (line.derivation.basis, line.derivation.side) = (basis, Side::None);
            return;
        }
        line.derivation.net_of = self.net_of(line, item, credits).map(Box::new);
        line.amount = match carried {
            Some(off) => line.derivation.take_carry(off).0,
            None => line.derivation.replay(),
        };
        line.gross = match line.derivation.side {
            // Without a discount it is charged at the list price.
            Side::Prorated if discount.is_none() => line.amount,
            Side::Full => priced.list.max(line.amount),
            _ => self.counting.at_list(priced.list, count).max(line.amount),
        };
    }

    /// What is carried to a charge; none where nothing is carried.
    #[inline]
    fn carried_to(
        &self,
        cutting: &Cutting<'_>,
        wanted: &Wanted<'_>,
        number: usize,
        placed: &[Placed],
    ) -> Option<Fraction> {
        // What was carried is over with its period; one that only ends elsewhere now goes on.
        let goes_on = self.period.from == self.subscription.period.from;
        let before = || if goes_on { self.carry_of(|| wanted.component(), number, placed) } else { Fraction::ZERO };
        cutting.carries.then(before)
    }

    /// What is carried of a plan or an option after the credits so far.
    #[inline]
    fn carry_of(&self, component: impl Fn() -> Component, number: usize, placed: &[Placed]) -> Fraction {
        let known = placed.iter().rfind(|placed| placed.number == number && placed.off.is_some());
        let before = || match &self.subscription.carry {
            none if none.is_empty() => Fraction::ZERO,
            carry => carry.of(&component()),
        };
        known.and_then(|placed| placed.off).unwrap_or_else(before)
    }

    fn discount_kept(&self, item: Option<&Item>) -> Option<Discount> {
        let keeps = self.counting.terms.discount_on_switch == DiscountOnSwitch::Keep;
        let item = item.filter(|item| keeps && item.cycle == self.after.cycle)?;
        item.discount.filter(|discount| matches!(discount, Discount::Percent(_)))
    }

    /// The old side of a charge, where the terms share the difference of the prices.
    fn net_of(&self, charge: &ChargeLine, item: Option<&Item>, credits: &[CreditLine]) -> Option<NetOf> {
        if self.counting.terms.netting == Netting::Lines {
            return None;
        }
        let mut old = credits.iter().filter(|line| Some(line.item) == item.map(|item| item.id));
        let (Some(line), None) = (old.next(), old.next()) else { return None };
        let segment = self.subscription.coverage.iter().find(|segment| segment.id == line.segment)?;
        // The difference of two prices can be shared where both are for the same time of the same cycle, and where
        // nothing but time bounds what is given back; days that were bought cost what was left.
        let bought = segment.bought.is_some();
        let bounded = bought || line.derivation.used_at.is_some() || line.derivation.unused.is_some();
        let same = line.span == charge.span && segment.cycle == charge.cycle;
        let after_time = self.counting.terms.discount_order == DiscountOrder::ProrateThenDiscount;
        let discounted = after_time && (charge.discount.is_some() || segment.discount.is_some());
        let price = segment.priced().net(self.counting.price_rounding);
        (same && !bounded && !discounted).then_some(NetOf { price, credit: line.amount })
    }

    /// From when the target is charged, and whether the day of the change is billed to both.
    ///
    /// Where what is left of the item already pays that day at the very price of the target (there and back within a
    /// day), the charge begins after it: the day is not billed twice at one price. A period that began with a change was
    /// charged from its first day, also where one before it pays that day; so it is again.
    fn charge_start(&self, cutting: &Cutting<'_>, item: Option<&Item>, priced: &Priced) -> (Timestamp, bool) {
        let start = cutting.charged_from;
        let Some(item) = item else { return (start, false) };
        let of_item = |segment: &&Segment| segment.item == item.id && !segment.span.is_empty();
        let mut shares = false;
        for segment in self.subscription.coverage.iter().filter(of_item) {
            let end = segment.cut_point(cutting);
            if !(Span { from: segment.span.from, until: end }).contains(start) {
                continue;
            }
            let of_period = segment.span.from >= self.subscription.period.from;
            let stays = || self.period == self.subscription.period && !self.ends_trial();
            if segment.costs(priced) && of_period && stays() {
                return (end, false);
            }
            shares = true;
        }
        (start, shares)
    }

    /// What is left of the item of a charge after the cut, where that covers an instant: until when, and at which price.
    pub fn left_at(&self, line: &ChargeLine, at: Timestamp) -> Vec<(Timestamp, Priced)> {
        let cutting = self.cutting();
        let of_item = |segment: &&Segment| Some(segment.item) == line.item && !segment.span.is_empty();
        let left = self.subscription.coverage.iter().filter(of_item).map(|segment| {
            let span = Span { from: segment.span.from, until: segment.cut_point(&cutting) };
            (span, segment.priced())
        });
        left.filter(|(span, _)| span.contains(at)).map(|(span, priced)| (span.until, priced)).collect()
    }

    /// Puts tax on the charges, at the rate in force. What was given back from the same cut comes back with its own tax;
    /// the others share theirs as if it did not stand beside them.
    fn tax(&self, credits: &[CreditLine], charges: &mut [ChargeLine], once: &mut [OneTimeLine]) {
        // What is charged with the invoice of a later period is taxed by that.
        let once = if self.when == When::PeriodEnd || self.keeps_trial() {
            let of_trial = once.iter().take_while(|line| line.is_of_trial()).count();
            &mut once[..of_trial]
        } else {
            once
        };
        let Some(rate) = &self.catalogue.tax else { return };
        let currency = self.account.currency;
        let carry = &self.subscription.carry;
        let terms = self.counting.terms;
        let (mut credit, mut credit_tax) = (Money::zero(currency), Money::zero(currency));
        let mut how = terms.tax_rounding;
        for line in credits.iter() {
            let (returned, tax) = line.returned_with_tax();
            credit += returned;
            credit_tax += tax;
            // Of two rates there is no net: what is given back bears the rate it was billed at.
            if !returned.is_zero() && line.tax_rate.as_ref() != Some(rate) {
                how = TaxRounding::Document;
            }
        }
        for line in charges.iter_mut() {
            if let Some(tax) = carry.tax_given_back(&line.component, line.span, line.amount, rate) {
                (line.tax, line.tax_rate) = (tax, Some(rate.clone()));
                credit -= line.amount;
                credit_tax -= tax;
            }
        }
        let is_other = |line: &ChargeLine| line.tax_rate.is_none();
        let amounts = charges.iter().filter(|line| is_other(line)).map(|line| line.amount);
        let mut taxes = if once.is_empty() {
            tax::on_charges(Some(rate), amounts, credit, credit_tax, how, terms.rounding)
        } else {
            let amounts = amounts.chain(once.iter().map(|line| line.amount));
            tax::on_charges(Some(rate), amounts, credit, credit_tax, how, terms.rounding)
        };
        for (line, tax) in charges.iter_mut().filter(|line| is_other(line)).zip(&mut taxes) {
            (line.tax, line.tax_rate) = (tax, Some(rate.clone()));
        }
        for (line, tax) in once.iter_mut().zip(taxes) {
            (line.tax, line.tax_rate) = (tax, Some(rate.clone()));
        }
    }
}
