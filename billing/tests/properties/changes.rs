//! Plan changes, many at random: what is charged is what was quoted, what was billed is what coverage holds, there and
//! back at one instant is nothing, and every decision keeps the laws (the pure world checks them at each).

use billing::account::Component;
use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Asker, PaymentChoice};
use billing::money::{Money, sum};
use billing::policy::Policies;
use billing::scenario::{No, PureWorld, Quoted, Report, Seen, Story, World};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

/// One customer in a world of their own.
struct House {
    world: PureWorld,
    account: String,
    subscription: String,
    keys: u32,
}

impl House {
    /// A customer whose first period is paid.
    fn new(catalogue: &Catalogue, zone: &Zone, start: Date, plan: &str, cycle: Cycle) -> Self {
        let mut world = PureWorld::default();
        let at = zone.midnight(start);
        world.publish(at, catalogue).expect("a catalogue");
        let account = world.open(at, "Alice", zone, catalogue.currency).expect("an account");
        let basket = Basket { plan: plan.to_owned(), cycle, options: Default::default() };
        let starts = start.at(0, 0, 0, 0);
        let opened = world.start(at, &account, &basket, starts, PaymentChoice::BankTransfer).expect("a start");
        let mut house = Self { world, account, subscription: opened.subscription, keys: 0 };
        house.pay(at);
        house
    }

    fn seen(&mut self, at: Timestamp) -> Seen {
        self.world.see(at, &self.account).expect("an account")
    }

    fn key(&mut self) -> String {
        self.keys += 1;
        format!("key {}", self.keys)
    }

    /// Pays everything that is open, and lets the module do its work.
    fn pay(&mut self, at: Timestamp) {
        for invoice in self.seen(at).invoices.into_iter().filter(|invoice| invoice.state == "open") {
            let key = self.key();
            self.world.transfer(at, &self.account, Some(&invoice.id), invoice.open, &key).expect("a transfer");
        }
        let service = self.seen(at).subscriptions[0].service.clone();
        if service.observed_generation != service.generation {
            self.world.report(at, &self.account, &service.id, &Report::Done).expect("a report");
        }
    }

    fn quote(&mut self, at: Timestamp, to: &Basket) -> Result<Quoted, No> {
        self.world.quote(at, &self.account, &self.subscription, to, Asker::Customer)
    }

    /// Quotes and submits a change, holds one against the other, and pays. What it cost; none where it is refused.
    fn change(&mut self, at: Timestamp, to: &Basket) -> Option<Money> {
        let quoted = match self.quote(at, to) {
            Ok(quoted) => quoted,
            Err(No::Refused(refused)) => {
                assert!(["same-plan", "period-over"].contains(&refused.code.as_str()), "{refused:?}");
                return None;
            }
            Err(No::Broken(what)) => panic!("{what}"),
        };
        let before = self.seen(at);
        let key = self.key();
        let submitted = self
            .world
            .submit(at, &self.account, &quoted.ticket, PaymentChoice::BankTransfer, &key)
            .expect("a fresh quote is taken");
        let after = self.seen(at);
        assert_eq!((submitted.due, submitted.to_balance), (quoted.due, quoted.to_balance));
        let invoiced = after.invoices.iter().skip(before.invoices.len()).map(|invoice| invoice.total);
        assert_eq!(sum(quoted.net.currency, invoiced), quoted.net.or_zero(), "the invoice is the net of the quote");
        assert_eq!(after.balance, before.balance - quoted.from_balance + quoted.to_balance);
        let open = after.invoices.iter().skip(before.invoices.len()).map(|invoice| invoice.open);
        assert_eq!(sum(quoted.net.currency, open), quoted.due, "what is due is what is open");
        assert_eq!(submitted.applied, quoted.due.is_zero());
        self.pay(at);
        let now = &self.seen(at).subscriptions[0];
        assert_eq!((&now.plan, now.cycle, &now.options), (&to.plan, to.cycle, &to.options));
        Some(quoted.net)
    }

    /// A change that the balance pays, without a look at everything else.
    fn toggle(&mut self, at: Timestamp, to: &Basket) -> Money {
        let quoted = self.quote(at, to).expect("a quote");
        let key = self.key();
        let submitted = self.world.submit(at, &self.account, &quoted.ticket, PaymentChoice::BankTransfer, &key);
        assert!(submitted.expect("a fresh quote is taken").applied, "the balance pays for it");
        quoted.net
    }

    /// All that was ever billed for coverage.
    fn covered(&self) -> Money {
        let book = self.world.book(&self.account).expect("a book");
        sum(book.account.currency, book.segments.values().map(|(_, segment)| segment.net))
    }

    /// All that was ever invoiced, less what was credited.
    fn billed(&self) -> Money {
        let book = self.world.book(&self.account).expect("a book");
        let signed = book.documents.iter().map(|document| match document.kind {
            billing::document::DocumentKind::Invoice => document.total,
            billing::document::DocumentKind::CreditNote => -document.total,
            billing::document::DocumentKind::Receipt => Money::zero(document.total.currency),
        });
        sum(book.account.currency, signed)
    }
}

fn catalogue(policy: &str, prices: &[i64], option: i64) -> Catalogue {
    let mut story = format!("# plans\npolicy {policy}\n");
    for (n, price) in prices.iter().enumerate() {
        let amount = |minor: i64| format!("{}.{:02}", minor / 100, minor % 100);
        story.push_str(&format!("plan p{n} {} EUR monthly, {} EUR yearly\n", amount(*price), amount(price * 10)));
    }
    story.push_str(&format!(
        "option memory {}.{:02} EUR monthly, {}.00 EUR yearly, up to 8\n",
        option / 100,
        option % 100,
        option / 10
    ));
    story.push_str("given 2026-01-01 a on p0 monthly\nexpect on p0\n");
    Story::parse(&story).expect("a story").catalogue
}

fn policies() -> Vec<String> {
    Policies::presets().iter().map(|policy| policy.reference.name.to_string()).collect()
}

fn policy() -> impl Strategy<Value = String> {
    let names = policies();
    (0..names.len()).prop_map(move |at| names[at].clone())
}

fn start() -> impl Strategy<Value = Date> {
    (0i64..800).prop_map(|days| date(2026, 1, 1).checked_add(days.days()).expect("a date in range"))
}

fn zone() -> impl Strategy<Value = Zone> {
    let names = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kolkata"];
    (0..names.len()).prop_map(move |at| Zone::parse(names[at]).expect("an IANA zone"))
}

/// A step: so many minutes later, to this plan, cycle and quantity.
fn steps(most: usize) -> impl Strategy<Value = Vec<(i64, usize, bool, u32)>> {
    let minutes = prop_oneof![0i64..120, 0i64..2_880, 0i64..14_400];
    prop::collection::vec((minutes, 0usize..4, prop::bool::weighted(0.15), 0u32..3), 1..most)
}

fn basket(plan: usize, yearly: bool, memory: u32) -> Basket {
    let cycle = if yearly { Cycle::YEAR } else { Cycle::MONTH };
    let options = if memory == 0 { Default::default() } else { [("memory".to_owned(), memory)].into() };
    Basket { plan: format!("p{plan}"), cycle, options }
}

fn plus_minutes(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).expect("an instant in range")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Thousands of quotes: each is charged as it was quoted, and what was billed is what coverage holds.
    #[test]
    fn what_is_charged_is_what_was_quoted(
        policy in policy(), zone in zone(), start in start(), steps in steps(10),
        prices in prop::array::uniform4(0i64..20_000), option in 0i64..500,
    ) {
        let catalogue = catalogue(&policy, &prices, option);
        let mut house = House::new(&catalogue, &zone, start, "p0", Cycle::MONTH);
        let mut now = zone.midnight(start);
        for (minutes, plan, yearly, memory) in steps {
            now = plus_minutes(now, minutes);
            house.world.timers(now).expect("timers");
            house.pay(now);
            house.change(now, &basket(plan, yearly, memory));
            prop_assert_eq!(house.covered(), house.billed());
        }
        let seen = house.seen(now);
        let book = house.world.book(&house.account).expect("a book");
        let uncollected = book.segments.values().any(|(_, segment)| segment.collected != segment.net);
        prop_assert!(!uncollected, "all is paid, and something is not collected");
        prop_assert!(seen.reserved.is_zero());
        house.world.timers(now).expect("timers");
        prop_assert_eq!(house.seen(now), seen, "billing again does nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// I31: from any point of any history, there and back at one instant is nothing.
    #[test]
    fn there_and_back_at_one_instant_is_nothing(
        policy in policy(), zone in zone(), start in start(), steps in steps(6),
        prices in prop::array::uniform4(0i64..20_000), option in 0i64..500, (to, memory) in (0usize..4, 0u32..3),
    ) {
        // A day on which an option was added is a used day of that option, under the rule that says so.
        let memory = if policy == "used-day" { 0 } else { memory };
        let catalogue = catalogue(&policy, &prices, option);
        let mut house = House::new(&catalogue, &zone, start, "p0", Cycle::MONTH);
        let mut now = zone.midnight(start);
        for (minutes, plan, _, memory) in steps {
            now = plus_minutes(now, minutes);
            house.world.timers(now).expect("timers");
            house.pay(now);
            house.change(now, &basket(plan, false, if policy == "used-day" { 0 } else { memory }));
        }
        let here = &house.seen(now).subscriptions[0];
        let here = Basket { plan: here.plan.clone(), cycle: here.cycle, options: here.options.clone() };
        let covered = house.covered();
        if let Some(there) = house.change(now, &basket(to, false, memory)) {
            let back = house.change(now, &here).expect("the way back");
            prop_assert_eq!(there + back, Money::zero(there.currency), "{} there, {} back", there, back);
            prop_assert_eq!(house.covered(), covered);
        }
    }
}

#[test]
fn ten_thousand_toggles_in_a_day_cost_nothing() {
    for policy in policies() {
        let mut catalogue = catalogue(&policy, &[1000, 3000], 0);
        // Plans of one size: the service has nothing to do with money.
        catalogue.products[0].plans.iter_mut().for_each(|plan| plan.size.clear());
        let mut house = House::new(&catalogue, &Zone::utc(), date(2026, 4, 1), "p0", Cycle::MONTH);
        // The first two days of the month make the remaining lines uneven.
        let (second, eleventh) = (date(2026, 4, 2), date(2026, 4, 11));
        let at = |day: Date, second: i64| plus_minutes(Zone::utc().midnight(day), 60 + second / 60);
        house.change(at(second, 0), &basket(1, false, 0)).expect("a change");
        house.change(at(eleventh, 0), &basket(0, false, 0)).expect("a change");
        let mut total = 0;
        for toggle in 0..if policy == "vps" { 10_000 } else { 200 } {
            let to = basket(usize::from(toggle % 2 == 0), false, 0);
            // Under the rule of seconds, time must stand still for nothing to be used.
            let now = if policy == "stripe-seconds" { at(eleventh, 0) } else { at(eleventh, toggle) };
            total += house.toggle(now, &to).minor;
        }
        assert_eq!(total, 0, "{policy}");
    }
}

/// M07 and I06: a change every day, against counting day by day in exact fractions.
#[test]
fn a_change_every_day_stays_within_a_minor_unit_of_counting_by_days() {
    let (start, days) = (date(2026, 4, 1), 30i64);
    let catalogue = catalogue("vps", &[1000, 3000], 0);
    let zone = Zone::utc();
    let mut house = House::new(&catalogue, &zone, start, "p0", Cycle::MONTH);
    // In thirtieths of a cent, so that nothing is rounded.
    let mut owed = 1000;
    for day in 1..days {
        let plan = usize::from(day % 2 == 1);
        let now = plus_minutes(zone.midnight(start.checked_add(day.days()).expect("a date in range")), 720);
        house.change(now, &basket(plan, false, 0)).expect("a change");
        owed += if plan == 1 { 3000 } else { 1000 };
    }
    let covered = house.covered().minor * days;
    assert!((covered - owed).abs() <= days, "billed {covered}/30 cents, owed are {owed}/30");
}

#[test]
fn a_plan_item_keeps_its_identity_through_changes() {
    let catalogue = catalogue("vps", &[1000, 3000], 200);
    let zone = Zone::utc();
    let mut house = House::new(&catalogue, &zone, date(2026, 4, 1), "p0", Cycle::MONTH);
    let plan_item = |house: &House| {
        let book = house.world.book(&house.account).expect("a book");
        let items = &book.account.subscriptions[0].items;
        items.iter().find(|item| item.component == Component::Plan).expect("a plan").id
    };
    let first = plan_item(&house);
    let now = plus_minutes(zone.midnight(date(2026, 4, 11)), 720);
    house.change(now, &basket(1, true, 2)).expect("a change");
    assert_eq!(plan_item(&house), first);
}
