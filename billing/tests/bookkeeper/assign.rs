//! A plan that staff assign without an order: what is billed stays billed, what is added is covered for nothing, and a
//! full period costs what it did, or today's prices.

use billing::policy::DayZone;
use jiff::Timestamp;

use crate::book::{Book, Desk, Item, Piece, Subscription};
use crate::change::{No, Wish, check_options, size_of, wanted};
use crate::count::{FullPrice, Measure};
use crate::fraction::Fraction;
use crate::shop::Off;

impl Book {
    /// Puts a subscription on a plan.
    pub fn assign(&mut self, desk: &Desk, now: Timestamp, wish: &Wish, recalculate: bool) -> Result<(), No> {
        self.goes_on(wish.subscription)?;
        let list = self.list(desk);
        let subscription = &self.subscriptions[wish.subscription];
        if subscription.open_change().is_some() {
            return Err("change-open");
        }
        if now < subscription.from && subscription.ordinal == 0 {
            return Err("not-started");
        }
        if now >= subscription.until {
            return Err("period-over");
        }
        if list.plans[wish.plan].retired && subscription.plan().plan != wish.plan {
            return Err("plan-retired");
        }
        check_options(list, wish.plan, &wish.options)?;
        let mut items = subscription.items.clone();
        for item in &mut items {
            if item.option.is_some_and(|code| !wish.options.contains_key(code)) {
                item.quantity = 0;
            }
        }
        let shall = match recalculate {
            true => wanted(list, wish.plan, subscription.cycle, &wish.options)?,
            false => for_the_same(desk, subscription, wish),
        };
        for item in shall {
            let is_covered = |place: usize| {
                let own = subscription.pieces.iter().filter(|piece| piece.item == place);
                own.into_iter().any(|piece| piece.until > now && !piece.is_empty())
            };
            let known = (0..items.len()).find(|place| {
                items[*place].option == item.option && (items[*place].quantity > 0 || is_covered(*place))
            });
            match known {
                Some(place) => items[place] = item,
                None => items.push(item),
            }
        }
        let sold = |items: &[Item]| -> Vec<_> {
            let plan = |item: &Item| if item.option.is_none() { item.plan } else { 0 };
            items.iter().map(|item| (item.option, plan(item), item.unit, item.tiers, item.off, item.quantity)).collect()
        };
        if sold(&items) == sold(&subscription.items) {
            return Err("same-plan");
        }
        let before = std::mem::replace(&mut self.subscriptions[wish.subscription].items, items);
        self.subscriptions[wish.subscription].let_go(list, &before);
        if recalculate {
            // From the next period on.
            self.subscriptions[wish.subscription].afterwards = list.plans[wish.plan].afterwards;
            // From now on.
            let cycle = self.subscriptions[wish.subscription].cycle;
            self.subscriptions[wish.subscription].meters = list.meters(wish.plan, cycle);
        }
        self.cover(desk, now, wish.subscription);
        let service = &mut self.subscriptions[wish.subscription].service;
        let size = size_of(wish.plan, &wish.options);
        service.package = (size != service.size).then_some(size);
        Ok(())
    }

    /// What is there and covered by nothing is covered for nothing, from where the policy would charge it.
    fn cover(&mut self, desk: &Desk, now: Timestamp, at: usize) {
        let terms = &desk.policy().terms;
        let clock = match terms.day_zone {
            DayZone::Customer => &desk.customer,
            DayZone::Seller => &desk.seller,
            DayZone::Utc => &desk.utc,
        };
        let start = Measure { terms, own: terms, clock }.cut(terms.charge_from, now);
        let subscription = &mut self.subscriptions[at];
        let until = subscription.until;
        let start = start.max(subscription.from).min(until);
        for place in 0..subscription.items.len() {
            let item = &subscription.items[place];
            let own = subscription.pieces.iter().filter(|piece| piece.item == place && piece.until > now);
            let from = own.map(|piece| piece.until).fold(start, Timestamp::max);
            if item.quantity == 0 || from >= until {
                continue;
            }
            let price = FullPrice { list: 0, off: None, cycle: item.cycle };
            let (plan, quantity, full_from) = (item.plan, item.quantity, subscription.full_from(&desk.customer));
            subscription.pieces.push(Piece {
                item: place,
                plan,
                price,
                quantity,
                from,
                until,
                above: Fraction::whole(0),
                stretch: subscription.stretch,
                shares: false,
                gross: 0,
                net: 0,
                tax: 0,
                tax_of: None,
                bill: None,
                put_off: false,
                full_from,
                full_until: until,
                joint: None,
                bought: None,
                exact: true,
                once: false,
            });
        }
    }

    /// The module is asked for what staff assigned.
    pub fn change_package(&mut self, at: usize) -> Result<(), No> {
        self.has_a_service(at)?;
        self.goes_on(at)?;
        let size = self.subscriptions[at].service.package.ok_or("package-fits")?;
        self.want_size(at, size);
        Ok(())
    }
}

/// The basket for what is paid now: the plan bears what was paid for what goes.
fn for_the_same(desk: &Desk, subscription: &Subscription, wish: &Wish) -> Vec<Item> {
    let terms = &desk.policy().terms;
    let present = |option: Option<&str>| {
        let mut items = subscription.items.iter();
        items.find(|item| item.option == option && item.quantity > 0)
    };
    let goes = |item: &&Item| item.option.is_some_and(|code| !wish.options.contains_key(code));
    let gone: i64 = subscription.items.iter().filter(goes).map(|item| item.price().net(terms)).sum();
    let mut plan = Item { plan: wish.plan, ..subscription.plan().clone() };
    if gone != 0 {
        (plan.unit, plan.off) = (plan.price().net(terms) + gone, None);
    }
    let mut items = vec![plan];
    for (code, quantity) in wish.options.iter().filter(|(_, quantity)| **quantity > 0) {
        let cycle = subscription.cycle;
        let (option, plan, quantity) = (Some(*code), wish.plan, *quantity);
        items.push(match present(option) {
            None => Item { option, plan, unit: 0, tiers: None, off: None, cycle, quantity },
            Some(item) if item.quantity == quantity => item.clone(),
            Some(item) => {
                let paid = item.price().net(terms);
                // The lowest price of one that all of them together do not undercut.
                let least = if item.tiers.is_some() { 0 } else { item.unit };
                let unit = (least..).find(|unit| unit * quantity >= paid).expect("a price");
                let over = unit * quantity - paid;
                Item { unit, tiers: None, off: (over > 0).then_some(Off::Amount(over)), quantity, ..item.clone() }
            }
        });
    }
    items
}
