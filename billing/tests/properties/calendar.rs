//! Periods, anchors and days, in zones that change their clocks.

use billing::calendar::{Anchor, BillDay, Cycle, CycleUnit, Zone, days_between};
use jiff::civil::{Date, DateTime, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

const ZONES: [&str; 9] = [
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Tokyo",
];

fn zone() -> impl Strategy<Value = Zone> {
    (0..ZONES.len()).prop_map(|at| Zone::parse(ZONES[at]).expect("an IANA zone"))
}

fn cycle() -> impl Strategy<Value = Cycle> {
    let unit = prop_oneof![Just(CycleUnit::Day), Just(CycleUnit::Week), Just(CycleUnit::Month), Just(CycleUnit::Year)];
    (1u16..=14, unit).prop_map(|(count, unit)| Cycle { count, unit })
}

fn day() -> impl Strategy<Value = Date> {
    (0i64..=36_000).prop_map(|days| date(1980, 1, 1).checked_add(days.days()).expect("a date in range"))
}

fn anchor() -> impl Strategy<Value = Anchor> {
    (day(), 0i8..24, 0i8..60, cycle())
        .prop_map(|(day, hour, minute, cycle)| Anchor { start: day.at(hour, minute, 0, 0), cycle })
}

proptest! {
    #[test]
    fn periods_tile_time(anchor in anchor(), zone in zone(), n in 0i64..200) {
        let (this, next) = (anchor.period(n, &zone), anchor.period(n + 1, &zone));
        prop_assert!(!this.is_empty());
        prop_assert_eq!(this.until, next.from);
    }

    #[test]
    fn the_day_of_the_month_never_drifts(start in day(), count in 1u16..=12, n in 0i64..200) {
        let anchor = Anchor { start: start.at(0, 0, 0, 0), cycle: Cycle { count, unit: CycleUnit::Month } };
        let found = anchor.boundary(n).date();
        // Counted without any calendar: months since year 0, and the last day where the month is too short.
        let months = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + n * i64::from(count);
        prop_assert_eq!(i64::from(found.year()), months.div_euclid(12));
        prop_assert_eq!(i64::from(found.month()), months.rem_euclid(12) + 1);
        prop_assert_eq!(found.day(), start.day().min(found.days_in_month()));
    }

    #[test]
    fn a_bill_day_is_found_and_never_lost(start in day(), hour in 0i8..3, bill in 1i64..=31, cycle in cycle(), n in 0i64..60) {
        let day = BillDay::new(bill).expect("a day of a month");
        let start = start.at(hour, 0, 0, 0);
        let (anchor, number) = Anchor::on_bill_day(day, start, cycle);
        let (from, until) = (anchor.boundary(number), anchor.boundary(number + 1));
        prop_assert!(from <= start && start < until, "{start} is not from {from} until {until}");
        if matches!(cycle.unit, CycleUnit::Day | CycleUnit::Week) {
            prop_assert_eq!((from, number), (start, 0));
        } else {
            prop_assert!(number < 0 || from == start, "a part of a period counts as a full one");
            let found = anchor.boundary(number + n);
            prop_assert_eq!(i64::from(found.day()), bill.min(found.date().days_in_month().into()));
            let months = |date: DateTime| i64::from(date.year()) * 12 + i64::from(date.month());
            let each = i64::from(cycle.count) * if cycle.unit == CycleUnit::Year { 12 } else { 1 };
            prop_assert_eq!(months(found) - months(from), n * each);
            // The first one lies in the month of the start, unless that is past.
            let this_month = months(until) == months(start) || months(from) == months(start);
            prop_assert!(this_month, "{start} leads from {from} to {until}");
        }
    }

    #[test]
    fn a_year_is_twelve_months(start in day(), n in 0i64..20) {
        let start = start.at(0, 0, 0, 0);
        let (years, months) = (Anchor { start, cycle: Cycle::YEAR }, Anchor { start, cycle: Cycle::MONTH });
        prop_assert_eq!(years.boundary(n), months.boundary(12 * n));
    }

    #[test]
    fn every_day_counts_as_one(zone in zone(), day in day(), days in 1i64..=400) {
        // From any moment of one day to any moment of another, whatever the clocks did between them.
        let until = day.checked_add(days.days()).expect("a date in range");
        let (from, until) = (zone.midnight(day), zone.midnight(until));
        let counted = zone.days_between(from, until);
        // A zone that skipped a whole calendar day (Samoa, 30 December 2011) has no such midnight.
        let skipped = i64::from(zone.name() == "Pacific/Apia");
        prop_assert!((counted - days).abs() <= skipped, "{counted} of {days} in {zone:?}");
        let next = zone.start_of_next_day(from);
        prop_assert!(next > from);
        prop_assert_eq!(zone.start_of_day(next), next);
    }

    #[test]
    fn days_add_up(zone in zone(), a in 0i64..4_000_000_000, b in 0i64..4_000_000_000, c in 0i64..4_000_000_000) {
        let [a, b, c] = [a, b, c].map(|second| Timestamp::from_second(second).expect("an instant in range"));
        prop_assert_eq!(zone.days_between(a, b) + zone.days_between(b, c), zone.days_between(a, c));
        prop_assert_eq!(zone.days_between(a, b), -zone.days_between(b, a));
    }

    #[test]
    fn a_moment_is_in_its_own_day(zone in zone(), second in 0i64..4_000_000_000) {
        let at = Timestamp::from_second(second).expect("an instant in range");
        prop_assert!(zone.start_of_day(at) <= at && at < zone.start_of_next_day(at));
        prop_assert_eq!(zone.date(zone.start_of_day(at)), zone.date(at));
    }

    #[test]
    fn cycles_read_as_they_print(cycle in cycle()) {
        prop_assert_eq!(Cycle::parse(&cycle.to_string()), Ok(cycle));
    }
}

#[test]
fn the_end_of_january_is_the_end_of_february_and_of_march() {
    let anchor = Anchor { start: "2028-01-31T00:00".parse::<DateTime>().expect("a moment"), cycle: Cycle::MONTH };
    let days: Vec<String> = (0..5).map(|n| anchor.boundary(n).date().to_string()).collect();
    assert_eq!(days, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31"]);
}

#[test]
fn a_date_line_that_was_crossed_keeps_count() {
    assert_eq!(days_between(date(2026, 12, 31), date(2027, 1, 1)), 1);
    assert_eq!(days_between(date(2028, 3, 1), date(2028, 2, 28)), -2);
}

#[test]
fn unknown_zones_and_cycles_are_refused() {
    for name in ["", "Berlin", "Europe/Atlantis", "+02:00"] {
        assert!(Zone::parse(name).is_err(), "{name:?}");
    }
    for text in ["", "0 months", "fortnight", "-1 month", "1001 days", "month 3", "3  months"] {
        assert!(Cycle::parse(text).is_err(), "{text:?}");
    }
}
