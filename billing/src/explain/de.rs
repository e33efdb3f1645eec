//! Explanations in German. What there is to say is in `told`.

use super::credits::Told as Credits;
use super::document::Event;
use super::exact::Stray;
use super::language::Language::German as DE;
use super::line::unsigned;
use super::metered::{Included, Told as Metered};
use super::told::{Limit, Shape, Told, Way};
use super::{Basis, UsedAt};
use crate::discount::Discount;
use crate::money::Money;
use crate::policy::{Cut, Denominator, TimeUnit};

/// What is said first where what is given back is not counted from what was billed.
pub(super) const AT_TODAYS_PRICE: &str = "Was zurückgegeben wird, ist zum heutigen Preis gerechnet. ";

/// A derivation as a sentence.
pub(super) fn sentence(told: &Told<'_>) -> String {
    let derivation = told.derivation;
    let billed = derivation.basis == Basis::Billed;
    let (line, amount) = (DE.money(derivation.line), DE.money(told.amount));
    match &told.shape {
        Shape::Later => format!("{line} werden mit dem nächsten Zeitraum berechnet; jetzt dafür fällig: {amount}."),
        Shape::Trial => {
            let price = DE.money(derivation.cap);
            format!(
                "Der Testzeitraum läuft weiter, seine Tage kosten nichts: {amount}. Danach werden {price} für einen vollen Zeitraum berechnet."
            )
        }
        Shape::Once(1) => format!("{line} für die Einrichtung, einmalig berechnet: {amount}."),
        Shape::Once(units) => format!("Je {line} für die Einrichtung von {units} Stück, einmalig berechnet: {amount}."),
        Shape::TrialPrice { before: None } => format!("{line} für den Testzeitraum, einmalig berechnet: {amount}."),
        Shape::TrialPrice { before: Some(before) } => {
            let before = DE.money(*before);
            format!(
                "{line} für den Testzeitraum, einmalig berechnet, abzüglich der dafür schon berechneten {before}: {amount}."
            )
        }
        Shape::Waived => format!("Die Einrichtung, sonst einmalig je {line}, wird nicht berechnet: {amount}."),
        Shape::Nothing if billed => format!("Von den berechneten {line} wird nichts erstattet: {amount}."),
        Shape::Nothing => format!("Für den Rest des Zeitraums wird nichts berechnet: {amount}."),
        Shape::Full if billed => {
            let given = DE.money(told.found);
            format!("Der berechnete Betrag wird unabhängig von der Restzeit voll erstattet: {given}{}", limit(told))
        }
        Shape::Full => {
            format!("{} für einen vollen Zeitraum, unabhängig von der Restzeit{}", price(told), limit(told))
        }
        Shape::Whole if billed => {
            let found = DE.money(told.found);
            format!("{line} wurden für {} berechnet; davon ist nichts genutzt: {found}{}", whole(told), limit(told))
        }
        Shape::Whole => format!("{} für {}{}", price(told), full_period(told), limit(told)),
        Shape::Part => format!("{}: {}{}", time(told), by_way(told), ending(told)),
        Shape::Discounted { part, stray, off } => {
            let less = match derivation.discount.as_deref().copied().map(|on_part| (on_part.discount, on_part.in_full))
            {
                Some((Discount::Percent(percent), _)) => DE.percent(percent),
                Some((Discount::Amount(fixed), false)) if fixed != *off => {
                    format!("{} anteiliger Rabatt von {}", DE.money(*off), DE.money(fixed))
                }
                _ => DE.money(*off),
            };
            let found = format!("abzüglich {less}: {}{}", DE.money(told.found.or_zero()), ending(told));
            if told.is_whole() {
                format!("{} für {}, {found}", price(told), full_period(told))
            } else {
                let stray = stray.as_ref().map(rounded).unwrap_or_default();
                let found = if told.way.is_rest() { format!(". {}", capital(&found)) } else { format!(", {found}") };
                format!("{}: {}{stray}{found}", time(told), by_way_to(told, *part))
            }
        }
        Shape::Difference { price, credit, change, part, up, more } => {
            let verb = if *up { "steigt" } else { "sinkt" };
            let (old, change, whole) = (DE.money(*price), DE.money(*change), whole(told));
            let (credit, found) = (DE.money(*credit), DE.money(told.found.or_zero()));
            let beside = match (told.way.is_rest(), *more) {
                (false, true) => format!(" mehr als die Gutschrift von {credit}, also {found}"),
                (false, false) => format!(" weniger als die Gutschrift von {credit}, also {found}"),
                // The way is a sentence of its own.
                (true, true) => format!(". Um so viel höher als die Gutschrift von {credit}: {found}"),
                (true, false) => format!(". Um so viel niedriger als die Gutschrift von {credit}: {found}"),
            };
            format!(
                "Der Preis für {whole} {verb} um {change} (von {old} auf {line}){}. {}: {}{beside}{}",
                rate(told),
                capital(&remaining(told)),
                by_way_to(told, *part),
                ending(told)
            )
        }
        Shape::Bought { value, basket, each, begun, stray } => {
            let days = units(TimeUnit::Day, derivation.until);
            let all = derivation.line == *basket;
            let what = if all { days } else { format!("{days} von allem") };
            let rate = match each {
                Some(each) => format!("zu {} am Tag", DE.money(*each)),
                None => format!("zu {} für {}", DE.money(*basket), units(TimeUnit::Day, derivation.whole)),
            };
            let begun = if *begun { ", der angefangene Tag zählt ganz" } else { "" };
            let left = DE.money(*value);
            let bought = format!("Vom Bezahlten sind {left} übrig; das sind {what} {rate}{begun}");
            let stray = stray.as_ref().map(rounded).unwrap_or_default();
            if all {
                format!("{bought}: {amount}.")
            } else {
                format!("{bought}. Davon {line} von {} für einen vollen Zeitraum: {amount}{stray}.", DE.money(*basket))
            }
        }
        Shape::Used { used, cost } => {
            let rest = DE.money(told.found.or_zero());
            format!(
                "Berechnet wurden {line}. {}; der Rest wird erstattet: {rest}{}",
                used_at(*used, *cost, derivation.basis),
                ending(told)
            )
        }
    }
}

/// The tax of a line.
pub(super) fn tax(base: Money, rate: &str, name: &str, tax: Money, included: bool, stray: Option<&Stray>) -> String {
    let (base, tax, stray) = (DE.money(base), DE.money(tax), stray.map(rounded).unwrap_or_default());
    if included {
        format!("In {base} enthalten: {rate} {name}, {tax}{stray}.")
    } else {
        format!("{rate} {name} auf {base}: {tax}{stray}.")
    }
}

/// The tax that is given back with a line.
pub(super) fn tax_given_back(rate: &str, name: &str, tax: Money) -> String {
    format!("{name} wird zum damals berechneten Satz von {rate} erstattet: {}.", DE.money(tax))
}

/// What happened, over a whole document.
pub(super) fn headline(event: &Event<'_>) -> String {
    let (money, named) = (
        |amount| DE.money(amount),
        |number: &Option<&str>| number.map_or("Rechnung".to_owned(), |number| format!("Rechnung {number}")),
    );
    match event {
        Event::Trial { total } => format!("Der Testzeitraum Ihres Abonnements, einmalig berechnet: {}.", money(*total)),
        Event::Period { total } => format!("Ein voller Zeitraum Ihres Abonnements: {}.", money(*total)),
        Event::FirstPeriod { joined: true, total } => format!(
            "Der erste Zeitraum Ihres Abonnements bis zum Abrechnungstag und der volle Zeitraum danach: {}.",
            money(*total)
        ),
        Event::FirstPeriod { joined: false, total } => {
            format!("Der erste Zeitraum Ihres Abonnements bis zum Abrechnungstag: {}.", money(*total))
        }
        Event::Arrears { charged, given, to_balance, total } => {
            let back =
                if given.is_zero() { String::new() } else { format!(", abzüglich {} Gutschrift", money(*given)) };
            let rest = rest_of(*to_balance, *total);
            format!("Die Zeit Ihres Abonnements, die vorbei ist: {}{back}; {rest}.", money(*charged))
        }
        Event::PeriodWith { period, waited, arrears, to_balance, total } => {
            let before = if *arrears { "die Zeit davor" } else { "Änderungen davor" };
            let waited = if waited.is_negative() {
                format!("Davon gehen {} für {before} ab", money(unsigned(*waited)))
            } else {
                format!("Dazu kommen {} für {before}", money(*waited))
            };
            let rest = rest_of(*to_balance, *total);
            format!("Ein voller Zeitraum Ihres Abonnements: {}. {waited}; {rest}.", money(*period))
        }
        Event::Used { total } => format!("Was in der vergangenen Zeit verbraucht wurde: {}.", money(*total)),
        Event::UsedAdds { used, total } => {
            format!("Dazu kommen {} für den Verbrauch davor; zu zahlen: {}.", money(*used), money(*total))
        }
        Event::UsedOfIt { used } => format!("Davon sind {} für den Verbrauch.", money(*used)),
        Event::Charged { charged, given, total } if given.is_zero() => {
            format!("Für den Tarifwechsel werden {} berechnet; zu zahlen: {}.", money(*charged), money(*total))
        }
        Event::Charged { charged, given, total } => format!(
            "Für den Tarifwechsel werden {} berechnet und {} gutgeschrieben; zu zahlen: {}.",
            money(*charged),
            money(*given),
            money(*total)
        ),
        Event::GivenBack { charged, given, total } if charged.is_zero() => {
            format!(
                "Für den Tarifwechsel werden {} gutgeschrieben; auf Ihr Guthaben: {}.",
                money(*given),
                money(*total)
            )
        }
        Event::GivenBack { charged, given, total } => format!(
            "Für den Tarifwechsel werden {} gutgeschrieben und {} berechnet; auf Ihr Guthaben: {}.",
            money(*given),
            money(*charged),
            money(*total)
        ),
        Event::DebtReleased { total, corrects } => format!(
            "Durch den Tarifwechsel entfallen {}, die mit {} berechnet und noch nicht bezahlt wurden.",
            money(*total),
            corrects.map_or("einer Rechnung".to_owned(), |number| format!("Rechnung {number}"))
        ),
        Event::Cancelled { total, corrects } => {
            format!("Der Tarifwechsel fand nicht statt; die {} über {} ist storniert.", named(corrects), money(*total))
        }
        Event::EndCharged { charged, given, total } if given.is_zero() => {
            format!(
                "Das Abonnement ist beendet. Bisher nicht berechnet: {}; zu zahlen: {}.",
                money(*charged),
                money(*total)
            )
        }
        Event::EndCharged { charged, given, total } => {
            format!(
                "Das Abonnement ist beendet. Bisher nicht berechnet: {}; gutgeschrieben: {}; zu zahlen: {}.",
                money(*charged),
                money(*given),
                money(*total)
            )
        }
        Event::EndGivenBack { charged, given, total } if charged.is_zero() => {
            format!(
                "Das Abonnement ist beendet. Für den Rest werden {} gutgeschrieben; auf Ihr Guthaben: {}.",
                money(*given),
                money(*total)
            )
        }
        Event::EndGivenBack { charged, given, total } => {
            format!(
                "Das Abonnement ist beendet. Für den Rest werden {} gutgeschrieben, {} waren noch nicht berechnet; auf Ihr Guthaben: {}.",
                money(*given),
                money(*charged),
                money(*total)
            )
        }
        Event::OwedNoMore { total, corrects } => {
            format!(
                "Das Abonnement ist beendet; {} aus {} sind nicht mehr zu zahlen.",
                money(*total),
                corrects.map_or("einer Rechnung".to_owned(), |number| format!("Rechnung {number}"))
            )
        }
        Event::Arrived { total } => {
            format!("{} gingen ohne offene Rechnung ein und stehen auf Ihrem Guthaben.", money(*total))
        }
        Event::Goodwill { total } => format!("{} wurden Ihrem Guthaben aus Kulanz gutgeschrieben.", money(*total)),
        Event::Payout { amount, total } if amount == total => {
            format!("{} Ihres Guthabens werden ausgezahlt.", money(*total))
        }
        Event::Payout { amount, total } => {
            format!("Von {} Ihres Guthabens werden {} ausgezahlt.", money(*amount), money(*total))
        }
        Event::PayoutFee { fee, percent, before } if before.is_zero() => {
            format!("Die Gebühr von {} beträgt {}.", DE.percent(*percent), money(*fee))
        }
        Event::PayoutFee { fee, percent, before } => format!(
            "Die Gebühr von {} beträgt {}, gezählt mit den {}, die vorher ausgezahlt wurden.",
            DE.percent(*percent),
            money(*fee),
            money(*before)
        ),
        Event::PayoutReturned { total } => {
            format!("Eine Auszahlung kam nicht an; {} stehen wieder auf Ihrem Guthaben.", money(*total))
        }
    }
}

/// That only a part of an explained amount stands on a document.
pub(super) fn only(amount: Money) -> String {
    format!("Davon stehen {} auf diesem Beleg.", DE.money(amount))
}

/// What becomes of the part that was paid, and of the part that was not.
pub(super) fn unpaid(paid: Money, unpaid: Money) -> String {
    if paid.is_zero() {
        return format!("Das war noch nicht bezahlt: {} werden von der offenen Rechnung abgezogen.", DE.money(unpaid));
    }
    format!(
        "Davon waren {} bezahlt; {} waren es nicht und werden von der offenen Rechnung abgezogen.",
        DE.money(paid),
        DE.money(unpaid)
    )
}

/// What becomes of a part that no document has billed yet.
pub(super) fn not_invoiced(amount: Money) -> String {
    format!(
        "Das war noch nicht in Rechnung gestellt: {} gehen von dem ab, was auf die nächste Rechnung kommt.",
        DE.money(amount)
    )
}

/// What the lines of a document add up to.
pub(super) fn total(lines: Money, tax_on_top: Money, total: Money) -> String {
    if tax_on_top.is_zero() {
        return format!("Summe der Positionen: {}.", DE.money(total));
    }
    format!("Summe der Positionen: {}; mit {} Steuer: {}.", DE.money(lines), DE.money(tax_on_top), DE.money(total))
}

/// The unit price, the discount and what they make: `19,00 EUR`, `Listenpreis 100,00 EUR abzüglich 10 % = 90,00 EUR`.
/// How plan credits after a change were counted.
pub(super) fn credits(told: &Credits) -> String {
    match told {
        Credits::Shared { before, after, rest, whole, unit: kind, all, used, spent } => {
            let days = match (kind, *whole) {
                (TimeUnit::Day, 2..) => "Tagen",
                (TimeUnit::Month, 2..) => "Monaten",
                (kind, whole) => unit(*kind, whole),
            };
            let (rest, whole) = (DE.count(*rest), DE.count(*whole));
            let spent = if *spent { " Was von den alten verbraucht ist, wird nicht erstattet und bleibt." } else { "" };
            let used = used.as_ref().map(|(count, used)| {
                let are = if *count == 1 { "ist" } else { "sind" };
                format!(" Verbraucht {are} schon {used}.")
            });
            let used = used.unwrap_or_default();
            format!(
                "Für {rest} von {whole} {days} zählen {after} statt {before}: {all} in diesem Zeitraum.{used}{spent}"
            )
        }
        Credits::Begun { after, over: None } => format!("Der Zeitraum, der beginnt, hat {after}."),
        Credits::Begun { after, over: Some(over) } => {
            let beyond = "über das hinaus verbraucht";
            let beyond = if over == "1" { format!("die {beyond} ist") } else { format!("die {beyond} sind") };
            format!("Der Zeitraum, der beginnt, hat {after}, weniger {over}, {beyond}, was die Zeit davor gab.")
        }
    }
}

fn price(told: &Told<'_>) -> String {
    let derivation = told.derivation;
    let line = DE.money(derivation.line);
    match (derivation.list, derivation.list_discount.as_deref().copied()) {
        _ if derivation.discount.is_some() => format!("Listenpreis {line}"),
        (Some(list), Some(discount)) => {
            let less = match discount {
                Discount::Percent(percent) => DE.percent(percent),
                Discount::Amount(off) => DE.money(off),
            };
            format!("Listenpreis {} abzüglich {less} ergibt {line}", DE.money(list))
        }
        (Some(list), None) => format!("{line} (Listenpreis {})", DE.money(list)),
        (None, _) => line,
    }
}

/// `19,00 EUR für 28 Tage; davon verbleiben 14, einschließlich des Tages der Änderung`.
fn time(told: &Told<'_>) -> String {
    let whole = whole(told);
    let for_whole = match told.derivation.basis {
        Basis::Billed => format!("wurden für {whole} berechnet"),
        Basis::Price
        | Basis::PriceNow
        | Basis::Bought
        | Basis::Trial
        | Basis::FirstPeriod
        | Basis::Once
        | Basis::TrialPrice => {
            format!("für {whole}")
        }
    };
    let (whole, rate) = (format!("{} {for_whole}", price(told)), rate(told));
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
            "im ersten Zeitraum bis zum Abrechnungstag, und mit ihm der volle Zeitraum danach"
        } else {
            "im ersten Zeitraum bis zum Abrechnungstag"
        };
        return match part {
            0 => format!("davon liegt nichts {first}"),
            1 => format!("davon liegt {} {first}", units(unit, 1)),
            _ if part > whole => format!("es liegen {} {first}", units(unit, part)),
            _ => format!("davon liegen {} {first}", DE.count(part)),
        };
    }
    let cut = match told.derivation.cut {
        _ if unit == TimeUnit::Month => "angefangene Monate gelten als genutzt",
        Cut::Instant => "ab dem Zeitpunkt der Änderung",
        Cut::ChangeDay => "einschließlich des Tages der Änderung",
        Cut::NextDay => "ab dem Tag nach der Änderung",
    };
    let cut =
        if told.derivation.is_joined() { format!("{cut}, und der volle Zeitraum danach") } else { cut.to_owned() };
    match part {
        0 if told.derivation.is_joined() => "davon verbleibt nichts, aber der volle Zeitraum danach".to_owned(),
        0 => "davon verbleibt nichts".to_owned(),
        1 => format!("es verbleibt {}, {cut}", units(unit, 1)),
        _ if part > whole => format!("es verbleiben {}, {cut}", units(unit, part)),
        _ => format!("davon verbleiben {}, {cut}", DE.count(part)),
    }
}

fn rate(told: &Told<'_>) -> String {
    let Way::Rate { each, stray, .. } = &told.way else { return String::new() };
    let unit = unit(told.derivation.unit, 1);
    format!(", je {unit} {}{}", DE.money(*each), stray.as_ref().map(rounded).unwrap_or_default())
}

fn by_way(told: &Told<'_>) -> String {
    by_way_to(told, told.found.or_zero())
}

/// The amount of the part, with the way it was found where that is not the plain fraction.
fn by_way_to(told: &Told<'_>, part: Money) -> String {
    let part = DE.money(part);
    match &told.way {
        Way::Plain | Way::Rate { used: None, .. } => part,
        Way::Rate { used: Some(used), .. } => {
            format!("alles abzüglich {} für die Zeit davor, also {part}", DE.money(*used))
        }
        Way::Steps { step, used: None } => format!("in Schritten zu {} sind das {part}", DE.money(*step)),
        Way::Steps { step, used: Some(used) } => {
            let (used, step) = (DE.money(*used), DE.money(*step));
            format!("alles abzüglich {used} für die Zeit davor, in Schritten zu {step}, also {part}")
        }
        Way::Factor { decimals, used: None } => format!("der Anteil {} ergibt {part}", DE.number(decimals)),
        Way::Factor { decimals, used: Some(used) } => {
            format!(
                "alles abzüglich {} (Anteil {}) für die Zeit davor, also {part}",
                DE.money(*used),
                DE.number(decimals)
            )
        }
    }
}

fn used_at(used: UsedAt, cost: Money, basis: Basis) -> String {
    let (price, cost) = (DE.money(used.price), DE.money(cost));
    let (count, one) = (DE.count(used.used), used.used == 1);
    let unit = unit(used.unit, used.used);
    // The adjective follows the gender of the unit, where there is one of it.
    let ending = if one && matches!(used.unit, TimeUnit::Day | TimeUnit::Month) { "r" } else { "" };
    match used.whole {
        1 if one => format!("{count} angefangene{ending} {unit} kostet {cost}"),
        1 => format!("{count} angefangene {unit} zu je {price} kosten {cost}"),
        whole => {
            let costs = if one { "kostet" } else { "kosten" };
            let whole = units(used.unit, whole);
            let at = if basis == Basis::Bought { "Preis" } else { "Listenpreis" };
            format!("Beim {at} von {price} für {whole} {costs} {count} genutzte{ending} {unit} {cost}")
        }
    }
}

fn ending(told: &Told<'_>) -> String {
    let before = match () {
        () if told.makes_up() => "; das gleicht die früheren Rundungen dieses Zeitraums aus",
        () if told.rest_is_with_time_before() => "; den Rest trägt die Zeit davor",
        () => "",
    };
    let stray = told.stray.as_ref().map(|stray| rounded_with(stray, before));
    format!("{}{}", stray.unwrap_or_default(), limit(told))
}

fn rounded(stray: &Stray) -> String {
    rounded_with(stray, "")
}

fn rounded_with(stray: &Stray, more: &str) -> String {
    format!(" ({} {}gerundet{more})", DE.digits(stray), if stray.up { "auf" } else { "ab" })
}

/// The full stop, and what bounded the amount before it.
fn limit(told: &Told<'_>) -> String {
    match told.limit {
        None => ".".to_owned(),
        Some(Limit::Cap(most)) => format!(". Davon zählen höchstens {}.", DE.money(most)),
        Some(Limit::Unused(unused, most)) => {
            let (left, of) = (DE.count(unused.left), DE.count(unused.of));
            let are = if unused.left == 1 { "ist" } else { "sind" };
            let most = DE.money(most);
            format!(". Davon zählen höchstens {most}, da von {of} Inklusiveinheiten noch {left} ungenutzt {are}.")
        }
    }
}

/// `28 Tage`, and by what rule a month has so many.
fn whole(told: &Told<'_>) -> String {
    let (kind, count) = (told.derivation.unit, told.derivation.counted_whole().0);
    let whole = format!("{} {}", told.whole_count(|count| DE.count(count)), unit(kind, count));
    format!("{whole}{}", by_rule(told))
}

fn by_rule(told: &Told<'_>) -> String {
    match told.counts_as() {
        Some(Denominator::FixedDays(1)) => " (ein Monat zählt als 1 Tag)".to_owned(),
        Some(Denominator::FixedDays(days)) => format!(" (ein Monat zählt {days} Tage)"),
        Some(Denominator::YearDays(days)) => format!(" (ein Jahr zählt {days} Tage)"),
        Some(Denominator::Thirty360) => " (jeder Monat zählt 30 Tage)".to_owned(),
        Some(Denominator::Nominal | Denominator::Period) => " (unabhängig vom Kalender)".to_owned(),
        None => String::new(),
    }
}

/// `den vollen Zeitraum von 28 Tagen`; seconds say nothing to a person.
fn full_period(told: &Told<'_>) -> String {
    let count = told.derivation.counted_whole().0;
    let dative = match (told.derivation.unit, count) {
        (TimeUnit::Day, 1) => "1 Tag".to_owned(),
        (TimeUnit::Day, _) => format!("{} Tagen", told.whole_count(|count| DE.count(count))),
        (TimeUnit::Month, 1) => "1 Monat".to_owned(),
        (TimeUnit::Month, _) => format!("{} Monaten", DE.count(count)),
        (TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour, _) => return "den vollen Zeitraum".to_owned(),
    };
    format!("den vollen Zeitraum von {dative}{}", by_rule(told))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn units(kind: TimeUnit, count: i64) -> String {
    format!("{} {}", DE.count(count), unit(kind, count))
}

fn unit(unit: TimeUnit, count: i64) -> &'static str {
    match (unit, count) {
        (TimeUnit::Second, 1) => "Sekunde",
        (TimeUnit::Second, _) => "Sekunden",
        (TimeUnit::Minute, 1) => "Minute",
        (TimeUnit::Minute, _) => "Minuten",
        (TimeUnit::Hour, 1) => "Stunde",
        (TimeUnit::Hour, _) => "Stunden",
        (TimeUnit::Day, 1) => "Tag",
        (TimeUnit::Day, _) => "Tage",
        (TimeUnit::Month, 1) => "Monat",
        (TimeUnit::Month, _) => "Monate",
    }
}

/// What an invoice asks for, or puts on the balance.
fn rest_of(to_balance: Money, total: Money) -> String {
    if to_balance.is_zero() {
        format!("zu zahlen: {}", DE.money(total))
    } else {
        format!("es ist nichts zu zahlen, und {} gehen auf Ihr Guthaben", DE.money(to_balance))
    }
}

/// What usage costs.
pub(super) fn metered(told: &Metered) -> String {
    let Metered { units, per, amount, .. } = told;
    let before = told.before.as_ref().map(|before| format!(", nach {before} davor im Zeitraum"));
    let stray = told.stray.as_ref().map(rounded).unwrap_or_default();
    let part = |part: &Included| {
        let flat = part.flat.as_ref().map(|flat| format!(" und einmal {flat}")).unwrap_or_default();
        let price = match (&part.each, per) {
            (Some(each), Some(per)) => format!(" ({per} zu {each})"),
            (Some(each), None) => format!(" × {each}"),
            (None, _) => " inklusive".to_owned(),
        };
        format!("{}{price}{flat}", part.units)
    };
    let how = match (told.parts.first().filter(|_| told.is_one).and_then(|one| one.each.as_ref()), per) {
        (Some(each), Some(per)) => format!(", {per} zu {each}"),
        (Some(each), None) => format!(", je {each}"),
        _ => format!("{}: {}", before.unwrap_or_default(), told.parts.iter().map(part).collect::<Vec<_>>().join(", ")),
    };
    let were = if told.is_single { "wurde" } else { "wurden" };
    format!("{units} {were} verbraucht{how}: {amount}{stray}.")
}
