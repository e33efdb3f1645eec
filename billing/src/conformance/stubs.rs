//! Parts of a period that are stated as they are: a line and the cycle it is a part of, phases, a week's rest, plan
//! credits, and one discount over several parts of a price.

use serde_json::Value;

use super::fields::Fields;
use super::found::Found;
use super::items::discount_of;
use super::periods::billed_on;
use super::terms::{Operation, Translated};
use super::{Answer, Case, Unsayable};
use crate::calendar::{BillDay, Cycle, CycleUnit, Span};
use crate::discount::{Discount, over_lines};
use crate::explain::Derivation;
use crate::first_period::{FirstPeriod, Full};
use crate::money::{Money, sum};
use crate::policy::{Side, Terms};
use crate::proration::{Count, Counting, Priced};
use crate::share::divide;

/// The answer, where a vector states its part in one of these ways.
pub(super) fn answer(case: &Case<'_>) -> Option<Result<Answer, Unsayable>> {
    let input = &case.input;
    match () {
        () if input.has("line") && input.has("cycle") => Some(stub(case)),
        () if input.has("parts_days") => Some(phases(case)),
        () if input.has("week_end_exclusive") => Some(rest_of_week(case)),
        () if input.has("credits") => Some(plan_credits(case).map(Answer::from)),
        () if has_parts(case) => Some(composed(case)),
        () => None,
    }
}

fn cycle_of_part() -> Cycle {
    // The cycle has no bearing where the whole is stated.
    Cycle::MONTH
}

fn line_of(counting: Counting<'_>, list: Money, discount: Option<Discount>, count: Count) -> Derivation {
    counting.part_of_price(Priced { list, discount, cycle: cycle_of_part() }, count)
}

fn span(case: &Case<'_>, key: &str, translated: &Translated) -> Result<Span, Unsayable> {
    let period = case.input.object(key)?.ok_or_else(|| case.input.missing(key))?;
    super::changes::given_period(&period, &translated.zone, translated.ends_on_last_day)
}

/// The part of the full price that a line is of its cycle. A line in the customer's favour is counted as credits are.
fn stub(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let translated = case.translated(Operation::Change)?;
    let is_credit = case.given_back.contains(&"amount");
    let mut terms = translated.policy.terms.clone();
    if !is_credit {
        terms.remainder = translated.charge_remainder;
    }
    let counting = Counting { terms: &terms, ..translated.counting() };
    let (line, cycle) = (span(case, "line", &translated)?, span(case, "cycle", &translated)?);
    let count = Count {
        from: counting.measure(Span { from: cycle.from, until: line.from }),
        until: counting.measure(Span { from: cycle.from, until: line.until }),
        whole: counting.measure(cycle),
    };
    if count.from < 0 || count.until > count.whole || count.whole < 1 {
        return Err(case.input.not_a("line", "a part of the cycle"));
    }
    let price = case.needs_price("price")?;
    let first = if is_credit { None } else { first_period(&translated, line, cycle) };
    let derivation = match first {
        Some(of) => {
            let price = Priced { list: price, discount: None, cycle: of };
            counting.first_period(price, Full::one(cycle), line).derivation
        }
        None => line_of(counting, price, None, count),
    };
    let amount = derivation.replay();
    let signed = if is_credit { -amount } else { amount };
    Ok(Answer { fields: Found::map([("amount", Found::from(signed))]), derivations: vec![derivation] })
}

/// The cycle of which a line is a first period, up to the bill day on which its cycle ends; none where it is no such.
fn first_period(translated: &Translated, line: Span, whole: Span) -> Option<Cycle> {
    let zone = &translated.zone;
    let policy = billed_on(&translated.policy, BillDay::of(zone.date(line.until)), None).ok()?;
    let is_part = line.from > whole.from && line.until == whole.until;
    let cycles = ["month", "3 months", "6 months", "year"].into_iter().filter_map(|name| Cycle::parse(name).ok());
    let mut cycles = cycles.filter(|cycle| {
        let FirstPeriod { anchor, number, period } =
            FirstPeriod::new(&policy.terms, zone.local(line.from), *cycle, zone);
        is_part && period == line && anchor.period(number, zone) == whole
    });
    cycles.next()
}

/// A period in phases of so many days, and the whole periods after it.
fn phases(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let translated = case.translated(Operation::Change)?;
    let counting = translated.counting();
    let full = span(case, "period", &translated)?;
    let whole = translated.zone.days_between(full.from, full.until);
    let amount = case.needs_price("amount")?;
    let days = case.input.integers("parts_days")?.unwrap_or_default();
    if days.iter().any(|days| *days < 0) || days.iter().sum::<i64>() != whole {
        return Err(case.input.not_a("parts_days", "the parts of the period"));
    }
    let part = |days: &i64| line_of(counting, amount, None, Count { from: 0, until: *days, whole });
    let derivations: Vec<Derivation> = days.iter().map(part).collect();
    let parts = derivations.iter().map(|part| Found::from(part.replay()));
    let following = std::iter::repeat_n(Found::from(amount), 12);
    Ok(Answer { fields: Found::map([("amounts", Found::Series(parts.chain(following).collect()))]), derivations })
}

/// What is left of a week, for a subscription that starts in it.
fn rest_of_week(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let translated = case.translated(Operation::Change)?;
    let zone = &translated.zone;
    let from = case.input.needs_instant("start_at", zone)?;
    let until = case.input.needs_instant("week_end_exclusive", zone)?;
    let week = Cycle { count: 1, unit: CycleUnit::Week };
    let full = Span { from: zone.midnight(week.after_date(zone.date(until), -1)), until };
    if !full.contains(from) {
        return Err(case.input.not_a("start_at", "in the week"));
    }
    let counting = translated.counting();
    let from = counting.cut(counting.terms.charge_from, from);
    let price = Priced { list: case.needs_price("price")?, discount: None, cycle: week };
    let derivation = counting.charge_rest(price, full, from);
    Ok(Answer { fields: Found::map([("fee", Found::from(derivation.replay()))]), derivations: vec![derivation] })
}

/// Plan credits for the rest of a period, to so many decimals.
fn plan_credits(case: &Case<'_>) -> Result<Found, Unsayable> {
    let translated = case.translated(Operation::Change)?;
    let counting = translated.counting();
    let full = span(case, "period", &translated)?;
    let zone = &translated.zone;
    let at = case.input.needs_instant("change_at", zone)?;
    let credits = case.input.ratio("credits")?.ok_or_else(|| case.input.missing("credits"))?;
    let digits = case.policy.integer("rounding_digits")?.ok_or_else(|| case.policy.missing("rounding_digits"))?;
    let digits = u32::try_from(digits).ok().filter(|digits| *digits <= 9);
    let digits = digits.ok_or_else(|| case.policy.not_a("rounding_digits", "a number of decimals"))?;
    let count = counting.rest_of(full, counting.cut(counting.terms.charge_from, at), cycle_of_part());
    let product = i128::from(credits.part) * 10_i128.pow(digits) * i128::from(count.until - count.from);
    let whole = i128::from(credits.whole) * i128::from(count.whole);
    let scaled = i64::try_from(divide(product, whole, counting.terms.rounding));
    let scaled = scaled.map_err(|_| case.input.not_a("credits", "a number that fits"))?;
    Ok(Found::map([("credits", Found::Decimal { scaled, digits })]))
}

fn has_parts(case: &Case<'_>) -> bool {
    let items = case.input.list("items").ok().flatten().unwrap_or_default();
    items.iter().any(|item| item.get("part").is_some())
}

/// A part of a price, before and after.
struct Part {
    before: Money,
    after: Money,
    counts_seats: bool,
}

/// A price of several parts under one fixed discount, which is shared out over them in proportion.
fn composed(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let translated = case.translated(Operation::Change)?;
    let counting = translated.counting();
    let rounding = counting.terms.rounding;
    let (parts, discount) = parts_of(case)?;
    let is_sold = |part: &Part| !part.before.is_negative() && !part.after.is_negative();
    if !parts.iter().all(is_sold) || matches!(discount, Some(Discount::Amount(fixed)) if fixed.is_negative()) {
        return Err(Unsayable("a price or a discount is below nothing, which no catalogue has".to_owned()));
    }
    let ratio = case.input.ratio("fraction_remaining")?.ok_or_else(|| case.input.missing("fraction_remaining"))?;
    if ratio.part < 0 || ratio.part > ratio.whole {
        return Err(case.input.not_a("fraction_remaining", "a part"));
    }
    let count = Count { from: ratio.whole - ratio.part, until: ratio.whole, whole: ratio.whole };
    if let Some(Discount::Amount(fixed)) = discount {
        let is_whole = |list: fn(&Part) -> Money| {
            let total: i64 = parts.iter().map(|part| list(part).minor).sum();
            total > 0
                && parts
                    .iter()
                    .all(|part| (i128::from(fixed.minor) * i128::from(list(part).minor)) % i128::from(total) == 0)
        };
        if !(is_whole(|part| part.before) && is_whole(|part| part.after)) {
            return Err(Unsayable(
                "a fixed discount is shared out in whole minor units, and here it does not go in them".to_owned(),
            ));
        }
    }
    let side = |list: fn(&Part) -> Money, side: Side, terms: &Terms| {
        let lists: Vec<Money> = parts.iter().map(list).collect();
        let split = discount.map_or_else(Vec::new, |discount| over_lines(discount, &lists, rounding));
        let off = |at: usize| split.get(at).copied().map(Discount::Amount);
        let derivations: Vec<Derivation> = lists
            .iter()
            .enumerate()
            .map(|(at, list)| Derivation { side, ..line_of(Counting { terms, ..counting }, *list, off(at), count) })
            .collect();
        (split, derivations)
    };
    let (split_before, credits) = side(|part| part.before, counting.terms.credit, counting.terms);
    let (split_after, debits) = side(|part| part.after, counting.terms.charge, counting.terms);
    let amounts = |derivations: &[Derivation]| derivations.iter().map(Derivation::replay).collect::<Vec<Money>>();
    let (credit, debit) = (amounts(&credits), amounts(&debits));
    let currency = case.currency()?;
    let seats = parts.iter().zip(credit.iter().zip(&debit)).filter(|(part, _)| part.counts_seats);
    let seats = sum(currency, seats.map(|(_, (credit, debit))| *debit - *credit));
    let net = sum(currency, debit.iter().copied()) - sum(currency, credit.iter().copied());
    let fields = Found::map([
        ("credits", Found::amounts(credit)),
        ("debits", Found::amounts(debit)),
        ("discount_split_before", Found::amounts(split_before)),
        ("discount_split_after", Found::amounts(split_after)),
        ("debit", Found::from(seats)),
        ("net", Found::from(net)),
    ]);
    Ok(Answer { fields, derivations: credits.into_iter().chain(debits).collect() })
}

fn parts_of(case: &Case<'_>) -> Result<(Vec<Part>, Option<Discount>), Unsayable> {
    let currency = case.currency()?;
    let (mut parts, mut discount) = (Vec::new(), None);
    for (at, value) in case.input.list("items")?.unwrap_or_default().iter().enumerate() {
        let path = format!("input.items.{at}");
        let map = value.as_object().ok_or_else(|| Unsayable(format!("{path} is not an object")))?;
        let item = Fields::of(path, map);
        if let Some(value) = item.get("discount") {
            let known =
                discount_of(value, currency).ok_or_else(|| item.not_a("discount", "a discount that Midcycle has"));
            discount = Some(known?);
        } else {
            item.get("part");
            parts.push(part_of(&item, currency)?);
        }
        item.all_read()?;
    }
    Ok((parts, discount))
}

fn part_of(item: &Fields<'_>, currency: crate::money::Currency) -> Result<Part, Unsayable> {
    let money = |minor| Money::new(minor, currency);
    if let Some(unit) = item.integer("unit")? {
        let times = |key| item.needs_count(key).map(|seats| money(unit).times(seats));
        return Ok(Part { before: times("seats_before")?, after: times("seats_after")?, counts_seats: true });
    }
    let (before, after) = (item.needs_integer("before")?, item.needs_integer("after")?);
    let counts_seats = item.get("part").and_then(Value::as_str) == Some("seat");
    Ok(Part { before: money(before), after: money(after), counts_seats })
}
