//! Changes counted once more by their stated rule, in the plainest way: days between dates or seconds between instants, a
//! fraction of a price, one rounding. Shares no code with the questions; what it does not count it leaves alone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

/// What a change gives back and charges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    pub credit: i64,
    pub charge: i64,
}

/// How a policy counts time, as far as it is counted here.
struct Rule {
    unit: Unit,
    /// From the day after the change; days only.
    credit_next_day: bool,
    charge_next_day: bool,
    /// Of what ends and nothing takes its place, from the day after; days only.
    ends_next_day: bool,
    /// Does the period's last day stand in it?
    inclusive: bool,
    /// A second is taken off the part and the whole.
    end_minus_second: bool,
    /// What a whole period has, whatever the calendar says.
    fixed: Option<i128>,
    /// Is the credit what the rounded used part leaves, the part to nine decimals?
    repair: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Second,
    Minute,
    Day,
}

/// What a vector's change comes to, where its rule is one of those counted here.
pub fn sides(policy: &Value, input: &Value) -> Option<Sides> {
    let mut rule = rule(policy)?;
    // What ends without anything in its place ends after the day.
    let only_ends = input.get("items")?.as_array()?.iter().all(|item| item.get("role") == Some(&"old".into()));
    rule.credit_next_day |= rule.ends_next_day && only_ends;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let customers = text(input, "tz").unwrap_or_else(|| "UTC".to_owned());
    let named = text(policy, "day_tz").filter(|name| name.contains('/'));
    let zone = TimeZone::get(&named.unwrap_or(customers)).ok()?;
    let period = input.get("period")?;
    let from = instant(&text(period, "start")?, &zone)?;
    let inclusive = period.get("end_inclusive").and_then(Value::as_bool).unwrap_or(rule.inclusive);
    let end = instant(&text(period, "end")?, &zone)?;
    let until = if inclusive { midnight(day(end, &zone).tomorrow().ok()?, &zone)? } else { end };
    let at = instant(&text(input, "change_at")?, &zone)?;
    if from >= until || at < from || at >= until {
        return None;
    }
    // What was billed for a part of the period alone is not counted here.
    if input.get("item_billed").is_some() {
        return None;
    }
    let most = input.get("billed").map_or(Some(i64::MAX), Value::as_i64)?;
    // What is paid once is paid in full, and stays paid.
    let once = input.get("interval").is_some_and(|interval| interval == "one_time");
    let mut sides = Sides { credit: 0, charge: 0 };
    for item in input.get("items")?.as_array()? {
        let net = net(item)?;
        if once {
            sides.charge += if ["new", "add"].contains(&item.get("role")?.as_str()?) { net } else { 0 };
            continue;
        }
        let part = |next_day| part(&rule, (from, until, at), next_day, &zone);
        match item.get("role")?.as_str()? {
            "old" | "remove" if rule.repair => {
                let (rest, whole) = part(rule.credit_next_day)?;
                sides.credit += net - times_factor(net, whole - rest, whole);
            }
            "old" | "remove" => sides.credit += share(net, part(rule.credit_next_day)?),
            "new" | "add" if rule.repair => {
                let (rest, whole) = part(rule.charge_next_day)?;
                sides.charge += times_factor(net, rest, whole);
            }
            "new" | "add" => sides.charge += share(net, part(rule.charge_next_day)?),
            _ => return None,
        }
    }
    Some(Sides { credit: sides.credit.min(most), ..sides })
}

/// The remaining part and the whole.
fn part(rule: &Rule, span: (Timestamp, Timestamp, Timestamp), next_day: bool, zone: &TimeZone) -> Option<(i128, i128)> {
    let (from, until, at) = span;
    let seconds = |a: Timestamp, b: Timestamp| i128::from(b.as_second() - a.as_second());
    let (rest, whole) = match rule.unit {
        Unit::Second => (seconds(at, until), seconds(from, until)),
        Unit::Minute => (seconds(from, until) / 60 - seconds(from, at) / 60, seconds(from, until) / 60),
        Unit::Day => {
            let cut = if next_day { day(at, zone).tomorrow().ok()? } else { day(at, zone) };
            let days = |a: Date, b: Date| i128::from(a.until(b).expect("two dates").get_days());
            (days(cut, day(until, zone)), days(day(from, zone), day(until, zone)))
        }
    };
    let (rest, whole) = if rule.end_minus_second { ((rest - 1).max(0), whole - 1) } else { (rest, whole) };
    // Of more days than a whole has nothing is said.
    match rule.fixed {
        Some(fixed) => (rest <= fixed).then_some((rest, fixed)),
        None => Some((rest, whole)),
    }
}

fn rule(policy: &Value) -> Option<Rule> {
    let text = |key: &str| policy.get(key).and_then(Value::as_str).unwrap_or("").to_lowercase();
    let (name, unit) = (text("policy_id"), text("time_unit"));
    let rounds = text("rounding");
    let plain = ["", "line", "line, tax after"].contains(&text("rounding_stage").as_str());
    if !(rounds.is_empty() || rounds.starts_with("half_up")) || text("line_style").starts_with("delta") {
        return None;
    }
    let rule = |unit| Rule {
        unit,
        credit_next_day: false,
        charge_next_day: false,
        ends_next_day: false,
        inclusive: false,
        end_minus_second: false,
        fixed: None,
        repair: false,
    };
    Some(match name.as_str() {
        "second" => Rule { end_minus_second: text("period_end").contains("1s"), ..rule(Unit::Second) },
        "minute" => rule(Unit::Minute),
        "fixed30" => Rule { fixed: Some(30), ..rule(Unit::Day) },
        "day" => {
            let owner = text("change_day_owner");
            Rule {
                credit_next_day: owner.starts_with("old") || owner.starts_with("both"),
                charge_next_day: owner.starts_with("old"),
                inclusive: text("period_end").starts_with("inclusive"),
                ..rule(Unit::Day)
            }
        }
        "polar_second" | "stripe_second" if plain => rule(Unit::Second),
        "flexprice_second_endminus1" if plain => Rule { end_minus_second: true, ..rule(Unit::Second) },
        "flexprice_day_inclusive" if plain => Rule { inclusive: true, ..rule(Unit::Day) },
        "meteroid_day" | "day_actual" if plain && unit == "day" => rule(Unit::Day),
        "lago_day" if plain => Rule { ends_next_day: true, ..rule(Unit::Day) },
        "channel_day" => Rule { credit_next_day: true, inclusive: true, ..rule(Unit::Day) },
        "killbill_day" => Rule { repair: true, ..rule(Unit::Day) },
        _ => return None,
    })
}

/// The price of a cycle, less its discount.
fn net(item: &Value) -> Option<i64> {
    let known = ["role", "price", "interval", "quantity", "discount"];
    if !item.as_object()?.keys().all(|key| known.contains(&key.as_str())) {
        return None;
    }
    let quantity = item.get("quantity").map_or(Some(1), Value::as_i64)?;
    let list = item.get("price")?.as_i64()? * quantity;
    let percent = |percent: i64| list - rounded(i128::from(list) * i128::from(percent), 100);
    match item.get("discount") {
        None | Some(Value::Null) => Some(list),
        Some(Value::String(text)) => match (text.strip_prefix("pct"), text.strip_prefix("fix")) {
            (Some(number), _) => Some(percent(number.parse().ok()?)),
            (_, Some(number)) => Some((list - number.parse::<i64>().ok()?).max(0)),
            _ => None,
        },
        Some(_) => None,
    }
}

fn share(amount: i64, (rest, whole): (i128, i128)) -> i64 {
    rounded(i128::from(amount) * rest, whole)
}

/// A share by a factor of nine decimals.
fn times_factor(amount: i64, part: i128, whole: i128) -> i64 {
    const BILLION: i128 = 1_000_000_000;
    let factor = (2 * part * BILLION + whole) / (2 * whole);
    rounded(i128::from(amount) * factor, BILLION)
}

/// Half up, of what is not negative.
fn rounded(over: i128, under: i128) -> i64 {
    i64::try_from((2 * over + under) / (2 * under)).expect("an amount")
}

fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    match text.parse::<Timestamp>() {
        Ok(instant) => Some(instant),
        Err(_) => zone.to_timestamp(text.parse::<DateTime>().ok()?).ok(),
    }
}

fn midnight(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

fn day(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}
