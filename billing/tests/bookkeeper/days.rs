//! The bookkeeper's own calendar: months are walked, days are numbered by adding up the lengths of years and months. Of
//! the library only the offset of a zone at an instant is asked.

use billing::calendar::{Cycle, CycleUnit};
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

/// A clock on the wall somewhere.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
}

impl Clock {
    pub fn new(name: &str) -> Self {
        let zone = TimeZoneDatabase::bundled().get(name).expect("an IANA zone");
        Self { zone }
    }

    /// What the clock shows.
    pub fn shows(&self, at: Timestamp) -> DateTime {
        let seconds = self.zone.to_offset(at).seconds();
        TimeZone::UTC.to_datetime(plus_seconds(at, seconds.into()))
    }

    pub fn date(&self, at: Timestamp) -> Date {
        self.shows(at).date()
    }

    /// When the clock first shows this. Where it skips it, as long after the skip as it would have been (RFC 5545).
    pub fn when(&self, shown: DateTime) -> Timestamp {
        let as_utc = TimeZone::UTC.to_timestamp(shown).expect("a moment in range");
        let offset = |hours: i64| i64::from(self.zone.to_offset(plus_seconds(as_utc, hours * 3600)).seconds());
        let (before, after) = (offset(-24), offset(24));
        let first = plus_seconds(as_utc, -before);
        if before == after || self.shows(first) == shown {
            return first;
        }
        let second = plus_seconds(as_utc, -after);
        if self.shows(second) == shown { second } else { first }
    }

    /// The first instant of a day.
    pub fn day_begins(&self, date: Date) -> Timestamp {
        self.when(date.at(0, 0, 0, 0))
    }

    /// The first instant of the day of an instant.
    pub fn today(&self, at: Timestamp) -> Timestamp {
        self.day_begins(self.date(at))
    }

    /// The first instant of the day after.
    pub fn tomorrow(&self, at: Timestamp) -> Timestamp {
        self.day_begins(self.date(at).tomorrow().expect("a date in range"))
    }

    /// Days between the dates of two instants.
    pub fn days(&self, from: Timestamp, until: Timestamp) -> i64 {
        number_of(self.date(until)) - number_of(self.date(from))
    }

    /// The next instant at which the clock is changed, within a year.
    pub fn next_change(&self, from: Timestamp) -> Option<Timestamp> {
        let offset = |at| self.zone.to_offset(at).seconds();
        let day = (1..366).find(|day| offset(plus_seconds(from, day * 86_400)) != offset(from))?;
        let (mut before, mut after) = (plus_seconds(from, (day - 1) * 86_400), plus_seconds(from, day * 86_400));
        while after.as_second() - before.as_second() > 1 {
            let middle = plus_seconds(before, (after.as_second() - before.as_second()) / 2);
            if offset(middle) == offset(from) { before = middle } else { after = middle }
        }
        Some(after)
    }

    /// Months that were begun from one instant to another.
    pub fn months_begun(&self, from: Timestamp, until: Timestamp) -> i64 {
        let start = self.shows(from);
        (0..).find(|n| self.when(months_after(start, *n)) >= until).expect("a number of months")
    }
}

pub fn plus_seconds(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).expect("an instant in range")
}

fn is_leap(year: i16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i16, month: i8) -> i8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of a day, 1 January 2000 being 1.
fn number_of(date: Date) -> i64 {
    let years: i64 = (2000..date.year()).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: i64 = (1..date.month()).map(|month| i64::from(days_of_month(date.year(), month))).sum();
    years + months + i64::from(date.day())
}

/// So many months later or earlier, on the same day, or the last where the month is too short.
fn months_after(start: DateTime, months: i64) -> DateTime {
    let months = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + months;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    let (year, month) = (i16::try_from(year).expect("a year"), i8::try_from(month).expect("a month"));
    let day = start.day().min(days_of_month(year, month));
    Date::new(year, month, day).expect("a date").to_datetime(start.time())
}

fn days_after(start: DateTime, days: i64) -> DateTime {
    let mut date = start.date();
    for _ in 0..days.abs() {
        let next = if days > 0 { date.tomorrow() } else { date.yesterday() };
        date = next.expect("a date in range");
    }
    date.to_datetime(start.time())
}

/// `n` cycles after a start.
pub fn cycles_after(start: DateTime, cycle: Cycle, n: i64) -> DateTime {
    let n = n * i64::from(cycle.count);
    match cycle.unit {
        CycleUnit::Day => days_after(start, n),
        CycleUnit::Week => days_after(start, 7 * n),
        CycleUnit::Month => months_after(start, n),
        CycleUnit::Year => months_after(start, 12 * n),
    }
}

/// What a cycle counts as where a month has so many days.
pub fn days_of_months(cycle: Cycle, month: i64) -> i64 {
    let one = match cycle.unit {
        CycleUnit::Day => 1,
        CycleUnit::Week => 7,
        CycleUnit::Month => month,
        CycleUnit::Year => 12 * month,
    };
    one * i64::from(cycle.count)
}

/// A cycle in twelfths of a day, where a year has so many days.
pub fn twelfths(cycle: Cycle, year: i64) -> i64 {
    let one = match cycle.unit {
        CycleUnit::Day => 12,
        CycleUnit::Week => 84,
        CycleUnit::Month => year,
        CycleUnit::Year => 12 * year,
    };
    one * i64::from(cycle.count)
}

/// 30 a month, 91 a quarter, 182 half a year, 365 a year.
pub fn nominal_days(cycle: Cycle) -> i64 {
    let count = i64::from(cycle.count);
    match (cycle.unit, count) {
        (CycleUnit::Day, _) => count,
        (CycleUnit::Week, _) => 7 * count,
        (CycleUnit::Year, _) => 365 * count,
        (CycleUnit::Month, _) if count % 12 == 0 => 365 * count / 12,
        (CycleUnit::Month, _) if count % 6 == 0 => 182 * count / 6,
        (CycleUnit::Month, _) if count % 3 == 0 => 91 * count / 3,
        (CycleUnit::Month, _) => 30 * count,
    }
}

/// Days where every month has 30 and its last day is the 30th.
pub fn days_360(from: Date, until: Date) -> i64 {
    let number = |date: Date| {
        let is_last = date.day() == days_of_month(date.year(), date.month());
        let day = if is_last { 30 } else { i64::from(date.day()) };
        i64::from(date.year()) * 360 + i64::from(date.month()) * 30 + day
    };
    number(until) - number(from)
}

#[test]
fn the_31st_is_not_lost_in_february() {
    let start = Date::new(2028, 1, 31).expect("a date").at(0, 0, 0, 0);
    let dates: Vec<String> = (0..4).map(|n| months_after(start, n).date().to_string()).collect();
    assert_eq!(dates, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]);
}
