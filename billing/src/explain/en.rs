//! Explanations in English. What there is to say is in `told`.

use super::credits::Told as Credits;
use super::document::Event;
use super::exact::Stray;
use super::language::Language::English as EN;
use super::line::unsigned;
use super::metered::{Included, Told as Metered};
use super::told::{Limit, Shape, Told, Way};
use super::{Basis, UsedAt};
use crate::discount::Discount;
use crate::money::Money;
use crate::policy::{Cut, Denominator, TimeUnit};

/// What is said first where what is given back is not counted from what was billed.
pub(super) const AT_TODAYS_PRICE: &str = "What is given back is counted at today's price. ";

/// A derivation as a sentence.
pub(super) fn sentence(told: &Told<'_>) -> String {
    let derivation = told.derivation;
    let billed = derivation.basis == Basis::Billed;
    let (line, amount) = (EN.money(derivation.line), EN.money(told.amount));
    match &told.shape {
        Shape::Later => format!("{line} is billed with the next period; due for it now: {amount}."),
        Shape::Trial => {
            let price = EN.money(derivation.cap);
            format!(
                "The trial goes on, and its days cost nothing: {amount}. {price} is billed for a full period when it is over."
            )
        }
        Shape::Once(1) => format!("{line} for the setup, charged once: {amount}."),
        Shape::Once(units) => format!("{line} for the setup of each of {units}, charged once: {amount}."),
        Shape::TrialPrice { before: None } => format!("{line} for the trial, charged once: {amount}."),
        Shape::TrialPrice { before: Some(before) } => {
            let before = EN.money(*before);
            format!("{line} for the trial, charged once, less {before} that was charged for it before: {amount}.")
        }
        Shape::Waived => format!("The setup, otherwise {line} once for each, is not charged: {amount}."),
        Shape::Nothing if billed => format!("Of the {line} that was billed nothing is given back: {amount}."),
        Shape::Nothing => format!("Nothing is charged for the rest of the period: {amount}."),
        Shape::Full if billed => {
            let given = EN.money(told.found);
            format!("All that was billed is given back, however little time is left: {given}{}", limit(told))
        }
        Shape::Full => {
            format!("{} for a full period, however little of it is left{}", price(told), limit(told))
        }
        Shape::Whole if billed => {
            let found = EN.money(told.found);
            format!("{line} was billed for {}; none of it is used: {found}{}", whole(told), limit(told))
        }
        Shape::Whole => format!("{} for {}{}", price(told), full_period(told), limit(told)),
        Shape::Part => format!("{}: {}{}", time(told), by_way(told), ending(told)),
        Shape::Discounted { part, stray, off } => {
            let less = match derivation.discount.as_deref().copied().map(|on_part| (on_part.discount, on_part.in_full))
            {
                Some((Discount::Percent(percent), _)) => EN.percent(percent),
                Some((Discount::Amount(fixed), false)) if fixed != *off => {
                    format!("{} of the {} discount", EN.money(*off), EN.money(fixed))
                }
                _ => EN.money(*off),
            };
            let found = format!("less {less}: {}{}", EN.money(told.found.or_zero()), ending(told));
            if told.is_whole() {
                format!("{} for {}, {found}", price(told), full_period(told))
            } else {
                let stray = stray.as_ref().map(rounded).unwrap_or_default();
                format!("{}: {}{stray}, {found}", time(told), by_way_to(told, *part))
            }
        }
        Shape::Difference { price, credit, change, part, up, more } => {
            let way = if *up { "up" } else { "down" };
            let (old, change, whole) = (EN.money(*price), EN.money(*change), whole(told));
            format!(
                "The price for {whole} goes {way} by {change} (from {old} to {line}){}. {}: {} {} than the {} given back, {}{}",
                rate(told, ","),
                capital(&remaining(told)),
                by_way_to(told, *part),
                if *more { "more" } else { "less" },
                EN.money(*credit),
                EN.money(told.found.or_zero()),
                ending(told)
            )
        }
        Shape::Bought { value, basket, each, begun, stray } => {
            let days = units(TimeUnit::Day, derivation.until);
            let all = derivation.line == *basket;
            let what = if all { days } else { format!("{days} of everything") };
            let rate = match each {
                Some(each) => format!("{} a day", EN.money(*each)),
                None => format!("{} for {}", EN.money(*basket), units(TimeUnit::Day, derivation.whole)),
            };
            let begun = if *begun { ", the part of a day rounded up" } else { "" };
            let bought = format!("{} is left of what was paid and buys {what} at {rate}{begun}", EN.money(*value));
            let stray = stray.as_ref().map(rounded).unwrap_or_default();
            if all {
                format!("{bought}: {amount}.")
            } else {
                format!("{bought}. {line} of {} for a full period is this: {amount}{stray}.", EN.money(*basket))
            }
        }
        Shape::Used { used, cost } => {
            let rest = EN.money(told.found.or_zero());
            let used = used_at(*used, *cost, derivation.basis);
            format!("{line} was billed. {used}; the rest is given back: {rest}{}", ending(told))
        }
    }
}

/// The tax of a line.
pub(super) fn tax(base: Money, rate: &str, name: &str, tax: Money, included: bool, stray: Option<&Stray>) -> String {
    let (base, tax, stray) = (EN.money(base), EN.money(tax), stray.map(rounded).unwrap_or_default());
    if included {
        format!("{base} contains {rate} {name}: {tax}{stray}.")
    } else {
        format!("{rate} {name} on {base}: {tax}{stray}.")
    }
}

/// The tax that is given back with a line.
pub(super) fn tax_given_back(rate: &str, name: &str, tax: Money) -> String {
    format!("{name} is given back at the {rate} it was charged at: {}.", EN.money(tax))
}

/// What happened, over a whole document.
pub(super) fn headline(event: &Event<'_>) -> String {
    let (money, named) =
        (|amount| EN.money(amount), |number: &Option<&str>| number.map_or("an invoice".to_owned(), str::to_owned));
    match event {
        Event::Trial { total } => format!("The trial of the subscription, charged once: {}.", money(*total)),
        Event::Period { total } => format!("A full period of the subscription: {}.", money(*total)),
        Event::FirstPeriod { joined: true, total } => format!(
            "The first period of the subscription, up to the bill day, and the full period after it: {}.",
            money(*total)
        ),
        Event::FirstPeriod { joined: false, total } => {
            format!("The first period of the subscription, up to the bill day: {}.", money(*total))
        }
        Event::Arrears { charged, given, to_balance, total } => {
            let back = if given.is_zero() { String::new() } else { format!(", less {} given back", money(*given)) };
            let rest = rest_of(*to_balance, *total);
            format!("The time of the subscription that is over: {}{back}; {rest}.", money(*charged))
        }
        Event::PeriodWith { period, waited, arrears, to_balance, total } => {
            let waited = if waited.is_negative() {
                format!("takes {} off it", money(unsigned(*waited)))
            } else {
                format!("adds {} to it", money(*waited))
            };
            let before = if *arrears { "The time before it" } else { "What was changed before it" };
            let rest = rest_of(*to_balance, *total);
            format!("A full period of the subscription: {}. {before} {waited}; {rest}.", money(*period))
        }
        Event::Used { total } => format!("What was used in the time that is over: {}.", money(*total)),
        Event::UsedAdds { used, total } => {
            format!("What was used before it adds {}; to pay: {}.", money(*used), money(*total))
        }
        Event::UsedOfIt { used } => format!("Of this, {} is for what was used.", money(*used)),
        Event::Charged { charged, given, total } if given.is_zero() => {
            format!("A plan change charges {}; to pay: {}.", money(*charged), money(*total))
        }
        Event::Charged { charged, given, total } => {
            format!(
                "A plan change charges {} and gives back {}; to pay: {}.",
                money(*charged),
                money(*given),
                money(*total)
            )
        }
        Event::GivenBack { charged, given, total } if charged.is_zero() => {
            format!("A plan change gives back {}; to your balance: {}.", money(*given), money(*total))
        }
        Event::GivenBack { charged, given, total } => format!(
            "A plan change gives back {} and charges {}; to your balance: {}.",
            money(*given),
            money(*charged),
            money(*total)
        ),
        Event::DebtReleased { total, corrects } => {
            format!("A plan change gives back {} that {} billed and that was not paid.", money(*total), named(corrects))
        }
        Event::Cancelled { total, corrects } => {
            format!("The plan change was not made; {} over {} is cancelled.", named(corrects), money(*total))
        }
        Event::EndCharged { charged, given, total } if given.is_zero() => {
            format!(
                "The subscription ended. What was had and not billed: {}; to pay: {}.",
                money(*charged),
                money(*total)
            )
        }
        Event::EndCharged { charged, given, total } => {
            format!(
                "The subscription ended. What was had and not billed: {}; given back: {}; to pay: {}.",
                money(*charged),
                money(*given),
                money(*total)
            )
        }
        Event::EndGivenBack { charged, given, total } if charged.is_zero() => {
            format!(
                "The subscription ended. What was left of it gives back {}; to your balance: {}.",
                money(*given),
                money(*total)
            )
        }
        Event::EndGivenBack { charged, given, total } => {
            format!(
                "The subscription ended. What was left of it gives back {}, and {} was had and not billed; to your balance: {}.",
                money(*given),
                money(*charged),
                money(*total)
            )
        }
        Event::OwedNoMore { total, corrects } => {
            format!("The subscription ended, and {} of {} is owed no more.", money(*total), named(corrects))
        }
        Event::Arrived { total } => {
            format!("{} arrived that no invoice waited for; it is on your balance.", money(*total))
        }
        Event::Goodwill { total } => format!("{} was put on your balance as a goodwill gesture.", money(*total)),
        Event::Payout { amount, total } if amount == total => {
            format!("{} of your balance is paid out.", money(*total))
        }
        Event::Payout { amount, total } => {
            format!("Of {} of your balance, {} is paid out.", money(*amount), money(*total))
        }
        Event::PayoutFee { fee, percent, before } if before.is_zero() => {
            format!("The fee of {} is {}.", EN.percent(*percent), money(*fee))
        }
        Event::PayoutFee { fee, percent, before } => format!(
            "The fee of {} is {}, counted together with the {} that were paid out before.",
            EN.percent(*percent),
            money(*fee),
            money(*before)
        ),
        Event::PayoutReturned { total } => {
            format!("A payout did not go through; {} is on your balance again.", money(*total))
        }
    }
}

/// That only a part of an explained amount stands on a document.
pub(super) fn only(amount: Money) -> String {
    format!("Of this, {} stands on this document.", EN.money(amount))
}

/// What becomes of the part that was paid, and of the part that was not.
pub(super) fn unpaid(paid: Money, unpaid: Money) -> String {
    if paid.is_zero() {
        return format!("It was not paid yet: {} comes off the open invoice.", EN.money(unpaid));
    }
    format!("Of this, {} was paid; {} was not and comes off the open invoice.", EN.money(paid), EN.money(unpaid))
}

/// What becomes of a part that no document has billed yet.
pub(super) fn not_invoiced(amount: Money) -> String {
    format!("It was not invoiced yet: {} comes off what waits for the next invoice.", EN.money(amount))
}

/// What the lines of a document add up to.
pub(super) fn total(lines: Money, tax_on_top: Money, total: Money) -> String {
    if tax_on_top.is_zero() {
        return format!("The lines add up to {}.", EN.money(total));
    }
    format!("The lines add up to {}; with {} tax: {}.", EN.money(lines), EN.money(tax_on_top), EN.money(total))
}

/// The unit price, the discount and what they make: `19.00 EUR`, `List price 100.00 EUR less 10% is 90.00 EUR`.
/// How plan credits after a change were counted.
pub(super) fn credits(told: &Credits) -> String {
    match told {
        Credits::Shared { before, after, rest, whole, unit: kind, all, used, spent } => {
            let (rest, whole) = (EN.count(*rest), units(*kind, *whole));
            let spent = if *spent { " What was used of the old ones is not given back, and stays." } else { "" };
            let used = used.as_ref().map(|(count, used)| {
                let are = if *count == 1 { "is" } else { "are" };
                format!(" {used} {are} used already.")
            });
            let used = used.unwrap_or_default();
            format!("For {rest} of {whole}, {after} count instead of {before}: {all} in this period.{used}{spent}")
        }
        Credits::Begun { after, over: None } => format!("The period that begins has {after}."),
        Credits::Begun { after, over: Some(over) } => {
            let were = if over == "1" { "was" } else { "were" };
            format!(
                "The period that begins has {after}, less {over} that {were} used beyond what the time before it gave."
            )
        }
    }
}

fn price(told: &Told<'_>) -> String {
    let derivation = told.derivation;
    let line = EN.money(derivation.line);
    match (derivation.list, derivation.list_discount.as_deref().copied()) {
        _ if derivation.discount.is_some() => format!("List price {line}"),
        (Some(list), Some(discount)) => {
            let less = match discount {
                Discount::Percent(percent) => EN.percent(percent),
                Discount::Amount(off) => EN.money(off),
            };
            format!("List price {} less {less} is {line}", EN.money(list))
        }
        (Some(list), None) => format!("{line} (list price {})", EN.money(list)),
        (None, _) => line,
    }
}

/// `19.00 EUR for 28 days; 14 of them remain, the day of the change included`.
fn time(told: &Told<'_>) -> String {
    let billed = if told.derivation.basis == Basis::Billed { " was billed" } else { "" };
    let (whole, rate) = (format!("{}{billed} for {}", price(told), whole(told)), rate(told, " is"));
    if told.is_short() {
        format!("{whole}; {}", remaining(told))
    } else {
        format!("{whole}{rate}. {}", capital(&remaining(told)))
    }
}

fn remaining(told: &Told<'_>) -> String {
    let (part, whole, unit) = (told.part(), told.derivation.counted_whole().0, told.derivation.unit);
    if told.derivation.basis == Basis::FirstPeriod {
        let first = if told.derivation.is_joined() {
            "in the first period, up to the bill day, and so is the full period after it"
        } else {
            "in the first period, up to the bill day"
        };
        return match part {
            0 => format!("none of it is {first}"),
            _ if part > whole => format!("{} are {first}", units(unit, part)),
            1 => format!("1 of them is {first}"),
            _ => format!("{} of them are {first}", EN.count(part)),
        };
    }
    let cut = match told.derivation.cut {
        _ if unit == TimeUnit::Month => "as a month begun counts as used",
        Cut::Instant => "counted from the moment of the change",
        Cut::ChangeDay => "the day of the change included",
        Cut::NextDay => "counted from the day after the change",
    };
    let cut = if told.derivation.is_joined() { format!("{cut}, and the full period after it") } else { cut.to_owned() };
    match part {
        0 if told.derivation.is_joined() => "none of it remains, but all of the full period after it".to_owned(),
        0 => "none of it remains".to_owned(),
        _ if part > whole => format!("{} remain, {cut}", units(unit, part)),
        1 if whole == 1 => format!("it remains, {cut}"),
        1 => format!("1 of them remains, {cut}"),
        _ => format!("{} of them remain, {cut}", EN.count(part)),
    }
}

fn rate(told: &Told<'_>, is: &str) -> String {
    let Way::Rate { each, stray, .. } = &told.way else { return String::new() };
    let unit = unit(told.derivation.unit, 1);
    format!("{is} {} a {unit}{}", EN.money(*each), stray.as_ref().map(rounded).unwrap_or_default())
}

fn by_way(told: &Told<'_>) -> String {
    by_way_to(told, told.found.or_zero())
}

/// The amount of the part, with the way it was found where that is not the plain fraction.
fn by_way_to(told: &Told<'_>, part: Money) -> String {
    let part = EN.money(part);
    match &told.way {
        Way::Plain | Way::Rate { used: None, .. } => part,
        Way::Rate { used: Some(used), .. } => format!("all less {} for the time before is {part}", EN.money(*used)),
        Way::Steps { step, used: None } => format!("in steps of {}, {part}", EN.money(*step)),
        Way::Steps { step, used: Some(used) } => {
            let (used, step) = (EN.money(*used), EN.money(*step));
            format!("all less {used} for the time before, in steps of {step}, is {part}")
        }
        Way::Factor { decimals, used: None } => format!("a share of {} is {part}", EN.number(decimals)),
        Way::Factor { decimals, used: Some(used) } => {
            format!("all less {}, a share of {}, for the time before is {part}", EN.money(*used), EN.number(decimals))
        }
    }
}

fn used_at(used: UsedAt, cost: Money, basis: Basis) -> String {
    let (price, cost) = (EN.money(used.price), EN.money(cost));
    let (count, one) = (units(used.unit, used.used), used.used == 1);
    match used.whole {
        1 if one => format!("{count} begun costs {cost}"),
        1 => format!("{count} begun, at {price} each, cost {cost}"),
        whole => {
            let costs = if one { "costs" } else { "cost" };
            let at = if basis == Basis::Bought { "price" } else { "list price" };
            format!("At the {at} of {price} for {}, {count} used {costs} {cost}", units(used.unit, whole))
        }
    }
}

fn ending(told: &Told<'_>) -> String {
    let before = match () {
        () if told.makes_up() => " to make up for the roundings before it in this period",
        () if told.rest_is_with_time_before() => "; the time before takes the rest",
        () => "",
    };
    let stray = told.stray.as_ref().map(|stray| rounded_with(stray, before));
    format!("{}{}", stray.unwrap_or_default(), limit(told))
}

fn rounded(stray: &Stray) -> String {
    rounded_with(stray, "")
}

fn rounded_with(stray: &Stray, more: &str) -> String {
    format!(" ({} rounded {}{more})", EN.digits(stray), if stray.up { "up" } else { "down" })
}

/// The full stop, and what bounded the amount before it.
fn limit(told: &Told<'_>) -> String {
    match told.limit {
        None => ".".to_owned(),
        Some(Limit::Cap(most)) => format!(". At most {} of it counts.", EN.money(most)),
        Some(Limit::Unused(unused, most)) => {
            let (left, of) = (EN.count(unused.left), EN.count(unused.of));
            let are = if unused.left == 1 { "is" } else { "are" };
            format!(". At most {} of it counts, as {left} of {of} plan credits {are} unused.", EN.money(most))
        }
    }
}

/// `28 days`, and by what rule a month has so many.
fn whole(told: &Told<'_>) -> String {
    let (kind, count) = (told.derivation.unit, told.derivation.counted_whole().0);
    let whole = format!("{} {}", told.whole_count(|count| EN.count(count)), unit(kind, count));
    match told.counts_as() {
        Some(Denominator::FixedDays(days)) => format!("{whole} (a month counts as {days} days)"),
        Some(Denominator::YearDays(days)) => format!("{whole} (a year counts as {days} days)"),
        Some(Denominator::Thirty360) => format!("{whole} (every month counts as 30 days)"),
        Some(Denominator::Nominal | Denominator::Period) => format!("{whole} (whatever the calendar says)"),
        None => whole,
    }
}

/// `the full period of 28 days`; seconds say nothing to a person.
fn full_period(told: &Told<'_>) -> String {
    match told.derivation.unit {
        TimeUnit::Day | TimeUnit::Month => format!("the full period of {}", whole(told)),
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => "the full period".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn units(kind: TimeUnit, count: i64) -> String {
    format!("{} {}", EN.count(count), unit(kind, count))
}

fn unit(unit: TimeUnit, count: i64) -> &'static str {
    match (unit, count) {
        (TimeUnit::Second, 1) => "second",
        (TimeUnit::Second, _) => "seconds",
        (TimeUnit::Minute, 1) => "minute",
        (TimeUnit::Minute, _) => "minutes",
        (TimeUnit::Hour, 1) => "hour",
        (TimeUnit::Hour, _) => "hours",
        (TimeUnit::Day, 1) => "day",
        (TimeUnit::Day, _) => "days",
        (TimeUnit::Month, 1) => "month",
        (TimeUnit::Month, _) => "months",
    }
}

/// What an invoice asks for, or puts on the balance.
fn rest_of(to_balance: Money, total: Money) -> String {
    if to_balance.is_zero() {
        format!("to pay: {}", EN.money(total))
    } else {
        format!("nothing is to pay, and {} goes to your balance", EN.money(to_balance))
    }
}

/// What usage costs.
pub(super) fn metered(told: &Metered) -> String {
    let Metered { units, per, amount, .. } = told;
    let before = told.before.as_ref().map(|before| format!(", after {before} before them in the period"));
    let stray = told.stray.as_ref().map(rounded).unwrap_or_default();
    let price = |part: &Included| match (&part.each, per) {
        (Some(each), Some(per)) => format!(" at {each} for {per}"),
        (Some(each), None) => format!(" × {each}"),
        (None, _) => " included".to_owned(),
    };
    let part = |part: &Included| {
        let flat = part.flat.as_ref().map(|flat| format!(" and {flat} once")).unwrap_or_default();
        format!("{}{}{flat}", part.units, price(part))
    };
    let how = match told.parts.first().filter(|_| told.is_one) {
        Some(one) if per.is_some() => price(one),
        Some(Included { each: Some(each), .. }) => format!(" at {each} each"),
        _ => format!("{}: {}", before.unwrap_or_default(), told.parts.iter().map(part).collect::<Vec<_>>().join(", ")),
    };
    let were = if told.is_single { "was" } else { "were" };
    format!("{units} {were} used{how}: {amount}{stray}.")
}
