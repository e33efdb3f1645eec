//! Bugs planted where meters count.

use billing::account::Subscription;
use billing::calendar::Cycle;
use billing::command::{Answer, Command};
use billing::document::DocumentLine;
use billing::usage::Counter;

use super::scenes::{House, Scene, at, eur, goodwill, open_command, start_command, transfer};
use super::{Bug, old_sub, sek, sub};

/// A customer of a shop whose plans include 100 units each, then 0.02 on the small one and 0.03 on the other.
fn metered(policy: &str, more: &str) -> House {
    let plans = format!(
        "plan s 10.00 EUR monthly{more}\nplan m 30.00 EUR monthly\n\
         meter gb graduated 0.00 to 100 then 0.02 EUR monthly on s, graduated 0.00 to 100 then 0.03 EUR monthly on m"
    );
    let mut house = House::selling(policy, &plans);
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    house
}

/// The same, the first period paid.
fn paid() -> House {
    let mut house = metered("vps", "");
    let paid = transfer(&house, 1000);
    house.run("2026-04-01T00:00", paid);
    house
}

fn report(house: &House, units: u32) -> Command {
    Command::ReportUsage { subscription: house.account().subscriptions[0].id, meter: "gb".into(), units }
}

fn renew(house: &House) -> Command {
    let subscription = &house.account().subscriptions[0];
    Command::RenewSubscription { subscription: subscription.id, ordinal: subscription.period_ordinal() + 1 }
}

/// 250 were used.
fn after_250() -> House {
    let mut house = paid();
    let units = report(&house, 250);
    house.run("2026-04-10T00:00", units);
    house
}

/// The large plan is ordered, to be paid.
fn ordered_after_250() -> House {
    let mut house = after_250();
    let submit = house.submit_by("2026-04-11T12:00", "m", Cycle::MONTH);
    house.run("2026-04-11T12:00", submit);
    house
}

fn begun() -> Scene {
    let mut house = House::selling("vps", "plan s 10.00 EUR monthly\nmeter gb 0.02 EUR monthly");
    house.run("2026-04-01T00:00", open_command());
    house.decide("2026-04-01T00:00", start_command())
}

fn reported() -> Scene {
    let mut house = after_250();
    let units = report(&house, 30);
    house.decide("2026-04-11T00:00", units)
}

fn meanwhile() -> Scene {
    after_250().decide("2026-04-11T00:00", goodwill())
}

/// 150 × 0.02 = 3.00 beside the 10.00 of May.
fn billed() -> Scene {
    let mut house = after_250();
    let renew = renew(&house);
    house.decide("2026-05-01T00:00", renew)
}

/// The large plan is paid, and made.
fn changed() -> Scene {
    let mut house = ordered_after_250();
    let paid = transfer(&house, 1333);
    house.decide("2026-04-11T12:00", paid)
}

/// 150 × 0.02 = 3.00 of the small plan, 100 × 0.03 = 3.00 of the large one.
fn both_billed() -> Scene {
    let mut house = ordered_after_250();
    let paid = transfer(&house, 1333);
    house.run("2026-04-11T12:00", paid);
    let units = report(&house, 100);
    house.run("2026-04-20T00:00", units);
    let renew = renew(&house);
    house.decide("2026-05-01T00:00", renew)
}

fn assigned() -> Scene {
    let mut house = after_250();
    let assign = Command::AssignPlan {
        subscription: house.account().subscriptions[0].id,
        plan: "m".into(),
        options: Default::default(),
        recalculate: true,
        reason: "a promise".to_owned(),
    };
    house.decide("2026-04-11T12:00", assign)
}

fn in_trial(term: &str) -> House {
    let mut house = metered(&format!("vps\nterms trial = \"{term}\""), ", trial 14 days");
    let units = report(&house, 5000);
    house.run("2026-04-05T00:00", units);
    house
}

fn trial_over() -> Scene {
    let mut house = in_trial("keep");
    let renew = renew(&house);
    house.decide("2026-04-15T00:00", renew)
}

fn trial_changed() -> Scene {
    let mut house = in_trial("end");
    house.run("2026-04-05T00:00", Command::GrantGoodwill { amount: eur(9000), reason: "much".to_owned() });
    let submit = house.submit_by("2026-04-08T12:00", "m", Cycle::MONTH);
    house.decide("2026-04-08T12:00", submit)
}

/// A line of usage of the newest document, by its place.
fn line(scene: &mut Scene, place: usize) -> &mut DocumentLine {
    let mut lines = scene.1.documents.iter_mut().flat_map(|document| &mut document.lines);
    lines.by_ref().filter(|line| line.metered.is_some()).nth(place).expect("a line of usage")
}

fn metered_of(scene: &mut Scene) -> &mut billing::usage::Metered {
    line(scene, 0).metered.as_deref_mut().expect("usage")
}

/// A line of usage that asks for nothing, on the newest document.
fn bill_nothing(scene: &mut Scene, usage: &Subscription) {
    let counter = usage.usage.first().expect("a counter").clone();
    let metered = billing::usage::Metered {
        policy: "vps@1".to_owned().try_into().expect("a policy"),
        price: counter.price,
        before: 0,
        units: 100,
        rounding: Default::default(),
    };
    let free = DocumentLine { metered: Some(Box::new(metered)), ..DocumentLine::of_amount("Metered gb", eur(0)) };
    scene.1.documents.last_mut().expect("a document").lines.push(free);
}

fn counter(scene: &mut Scene) -> &mut Counter {
    sub(scene).usage.first_mut().expect("a counter")
}

pub const BUGS: &[Bug] = &[
    ("usage is there before anything was used", begun, |s| counter(s).units = 1, "I05"),
    ("a reported unit is lost", reported, |s| counter(s).units -= 1, "I05"),
    ("a report counts twice", reported, |s| counter(s).units += 30, "I05"),
    ("a report takes the place of the one before", reported, |s| counter(s).units = 30, "I05"),
    (
        "a report is answered with another sum",
        reported,
        |s| {
            if let Answer::UsageReported { total, .. } = &mut s.1.answer {
                *total = 30;
            }
        },
        "I05",
    ),
    ("a report makes units cheaper", reported, |s| counter(s).price.tiers = None, "I05"),
    (
        "a meter counts in two places",
        reported,
        |s| {
            let twice = counter(s).clone();
            sub(s).usage.push(twice);
        },
        "I05",
    ),
    ("usage moves by itself", meanwhile, |s| counter(s).units += 1, "I05"),
    ("usage costs something else from today", meanwhile, |s| counter(s).price.amount = eur(3), "I05"),
    ("usage is in another currency", meanwhile, |s| counter(s).price.amount = sek(2), "I01"),
    (
        "usage of a period has parts without end",
        meanwhile,
        |s| {
            let one = counter(s).clone();
            sub(s).usage = vec![one; 201];
        },
        "I34",
    ),
    ("what was used is not billed", billed, |s| line(s, 0).metered = None, "I05"),
    ("what was not used is billed", billed, |s| old_sub(s).usage[0].units = 0, "I05"),
    ("half of what was used is billed", billed, |s| metered_of(s).units = 125, "I05"),
    ("the first tier of a period is given twice", billed, |s| metered_of(s).before = 100, "I05"),
    ("usage is billed at another price", billed, |s| metered_of(s).price.tiers = None, "I05"),
    ("usage is billed for another time", billed, |s| line(s, 0).span = Some(sub(s).period), "I05"),
    ("usage is billed as if it were an option", billed, |s| line(s, 0).item = Some(sub(s).items[0].id), "I05"),
    ("a counter is not begun anew", billed, |s| counter(s).units = 250, "I05"),
    ("a counter begins with another day than its period", billed, |s| counter(s).from = at("2026-05-02T00:00"), "I05"),
    ("the next period counts at another price", billed, |s| counter(s).price.tiers = None, "I10"),
    ("the next period counts nothing", billed, |s| sub(s).usage.clear(), "I10"),
    ("a change gives back what was used", changed, |s| counter(s).units = 100, "I05"),
    ("a change prorates what was used", changed, |s| counter(s).units = 167, "I05"),
    (
        "a change puts what was used at the new price",
        changed,
        |s| {
            let price = sub(s).usage[1].price.clone();
            counter(s).price = price;
        },
        "I05",
    ),
    ("a change forgets what was used", changed, |s| drop(sub(s).usage.remove(0)), "I05"),
    ("after a change usage costs another price than quoted", changed, |s| sub(s).usage[1].price.amount = eur(1), "I10"),
    ("after a change the old price counts on", changed, |s| drop(sub(s).usage.pop()), "I10"),
    (
        "a cent of one price stands with the other",
        both_billed,
        |s| {
            line(s, 0).amount += eur(1);
            line(s, 1).amount -= eur(1);
        },
        "I05",
    ),
    (
        "a change begins the tiers of a period again",
        both_billed,
        |s| line(s, 1).metered.as_deref_mut().expect("usage").before = 0,
        "I05",
    ),
    ("staff forget what was used", assigned, |s| drop(sub(s).usage.remove(0)), "I05"),
    (
        "the usage of a trial is on the first invoice",
        trial_over,
        |s| {
            let usage = old_sub(s).clone();
            bill_nothing(s, &usage);
        },
        "I05",
    ),
    ("what was used in a trial counts on", trial_over, |s| counter(s).units = 5000, "I05"),
    ("what was used in a trial counts after the change that ended it", trial_changed, |s| counter(s).units = 1, "I05"),
];
