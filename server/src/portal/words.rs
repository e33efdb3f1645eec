//! Amounts, days and cycles of the core in the words of a page. Nothing here counts: every amount and every day comes
//! from `billing` as it stands. What a plan gives is in `gives`; what a change means is in `meaning`; how a text looks is
//! in `ui`.

use billing::calendar::{Cycle, CycleUnit, Span, Zone};
use billing::money::Money;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::ui::dates::days_text;
use crate::ui::{AmountView, DateView};

/// An amount.
pub fn amount(money: Money) -> AmountView {
    AmountView::new(money.minor, money.currency.code(), money.currency.exponent())
}

/// The difference between two amounts, with its sign.
pub fn difference(money: Money) -> AmountView {
    AmountView::difference(money.minor, money.currency.code(), money.currency.exponent())
}

/// A moment in a customer's zone.
pub fn moment(at: Timestamp, zone: &Zone) -> DateView {
    DateView::moment(at, &TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC))
}

/// The local day of a moment.
pub fn day(at: Timestamp, zone: &Zone) -> DateView {
    DateView::day(zone.date(at))
}

/// The last local day of a span, whose end does not belong to it.
pub fn last_day(span: Span, zone: &Zone) -> Date {
    let inside = span.until.checked_sub(SignedDuration::from_millis(1)).unwrap_or(span.until);
    zone.date(inside.max(span.from))
}

/// The local days of a span, both counted: `17–30 April 2027`.
pub fn days(span: Span, zone: &Zone) -> String {
    days_text(zone.date(span.from), last_day(span, zone))
}

/// `per month`, `every 3 months`.
pub fn per(cycle: Cycle) -> String {
    if cycle.count == 1 { format!("per {cycle}") } else { format!("every {cycle}") }
}

/// `Every month`, `Every 3 months`.
pub fn every(cycle: Cycle) -> String {
    format!("Every {cycle}")
}

/// `monthly` and the like for the usual cycles, for titles.
pub fn paid(cycle: Cycle) -> String {
    match (cycle.count, cycle.unit) {
        (1, CycleUnit::Month) => "paid monthly".to_owned(),
        (1, CycleUnit::Year) => "paid yearly".to_owned(),
        _ => format!("paid every {cycle}"),
    }
}

/// `about 20 seconds`, `about 2 minutes`.
pub fn about(seconds: u32) -> String {
    match seconds {
        0..=1 => "about a second".to_owned(),
        2..=89 => format!("about {seconds} seconds"),
        _ => {
            let minutes = (seconds + 30) / 60;
            if minutes == 1 { "about a minute".to_owned() } else { format!("about {minutes} minutes") }
        }
    }
}

/// A unit for so many of it: `seats`, and `seat` of 1; `blocks of 50 GB`, and `block of 50 GB`.
pub fn unit(unit: &str, quantity: i64) -> String {
    let (many, of) = unit.split_once(" of ").map_or((unit, None), |(many, of)| (many, Some(of)));
    let ending = if many.ends_with("sses") { "es" } else { "s" };
    let one = if quantity == 1 { many.strip_suffix(ending).unwrap_or(many) } else { many };
    of.map_or_else(|| one.to_owned(), |of| format!("{one} of {of}"))
}

/// A number with its thousands apart: `12,500`.
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "\u{2212}".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A name and how many: `Extra memory`, `Extra memory × 2`.
pub fn quantified(text: &str, quantity: u32) -> String {
    if quantity <= 1 { text.to_owned() } else { format!("{text} × {quantity}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_by_the_days_in_it() {
        let span = Span {
            from: "2027-04-16T22:00:00Z".parse().expect("a fixed instant"),
            until: "2027-04-30T22:00:00Z".parse().expect("a fixed instant"),
        };
        let berlin = Zone::parse("Europe/Berlin").expect("a known zone");
        assert_eq!(days(span, &berlin).replace('\u{a0}', " "), "17–30 April 2027");
    }

    #[test]
    fn a_unit_and_a_number_read_as_people_write_them() {
        let one = ["seats", "addresses", "GB", "blocks of 50 GB"].map(|many| unit(many, 1));
        assert_eq!(one, ["seat", "address", "GB", "block of 50 GB"]);
        assert_eq!(unit("seats", 2), "seats");
        let numbers = [0, 999, 1000, 1_234_567, -5000].map(number);
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567", "\u{2212}5,000"]);
    }

    #[test]
    fn a_restart_is_about_so_long() {
        assert_eq!(about(20), "about 20 seconds");
        assert_eq!(about(60), "about 60 seconds");
        assert_eq!(about(95), "about 2 minutes");
        assert_eq!(about(120), "about 2 minutes");
    }
}
