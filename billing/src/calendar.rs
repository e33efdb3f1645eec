//! Time: half-open spans of instants, civil days in a named zone, billing cycles counted from a fixed anchor.
//!
//! Days are counted between calendar dates, never as 86,400 seconds: a day of 23 or 25 hours is one day.

mod schedule;
mod zone;

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::{Span as Duration, Timestamp};
use serde::{Deserialize, Serialize};

pub use schedule::{BillDay, InvalidDates, Portion, Schedule, Timing, check_dates};
pub use zone::Zone;

/// Why a text or number is not a zone or a cycle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No zone of that name in the IANA database.
    #[error("{0:?} is not an IANA time zone; write it like Europe/Berlin")]
    UnknownZone(String),
    /// Not a cycle such as `month` or `3 months`.
    #[error("{0:?} is not a billing cycle; write month, year, week, day, or a number before it such as 3 months")]
    UnknownCycle(String),
}

/// Calendar days from one date to another; negative where the second is earlier.
pub fn days_between(from: Date, until: Date) -> i64 {
    day_number(until) - day_number(from)
}

/// A date as days since 1970-01-01, by the proleptic Gregorian calendar: years begin in March here, so that the leap day
/// is their last.
pub(crate) fn day_number(date: Date) -> i64 {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// Days from one date to another where every month has 30: the 31st counts as the 30th, and the last of February as the
/// 30th too (30/360).
pub fn days_360(from: Date, until: Date) -> i64 {
    let day = |date: Date| if date.day() == date.days_in_month() { 30 } else { i64::from(date.day()) };
    let months = i64::from(until.year() - from.year()) * 12 + i64::from(until.month() - from.month());
    months * 30 + day(until) - day(from)
}

/// A half-open stretch of time: `from` belongs to it, `until` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first instant in it.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

impl Span {
    /// Is there no time in it?
    pub fn is_empty(self) -> bool {
        self.from >= self.until
    }

    /// Does an instant lie in it?
    pub fn contains(self, instant: Timestamp) -> bool {
        self.from <= instant && instant < self.until
    }

    /// Have the two any time in common?
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until && !self.is_empty() && !other.is_empty()
    }
}

/// A half-open stretch of calendar days: `from` belongs to it, `until` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateSpan {
    /// The first day in it.
    pub from: Date,
    /// The first day after it.
    pub until: Date,
}

impl DateSpan {
    /// How many days it has; negative where it ends before it begins.
    pub fn days(self) -> i64 {
        days_between(self.from, self.until)
    }

    /// Its last day, as invoices write it: 1 to 30 April ends where 1 May begins.
    pub fn last_day(self) -> Date {
        self.until.yesterday().expect("a date inside the supported range")
    }
}

/// The unit of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CycleUnit {
    /// Calendar days.
    Day,
    /// Seven calendar days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// How often a price is billed: `month`, `year`, `3 months`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cycle {
    /// How many units.
    pub count: u16,
    /// Of what.
    pub unit: CycleUnit,
}

impl Cycle {
    /// One calendar month.
    pub const MONTH: Self = Self { count: 1, unit: CycleUnit::Month };
    /// One calendar year.
    pub const YEAR: Self = Self { count: 1, unit: CycleUnit::Year };

    /// Reads `month`, `year`, `3 months`.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let wrong = || CalendarError::UnknownCycle(text.to_owned());
        let (count, word) = match text.split_once(' ') {
            Some((count, word)) => (count.parse().map_err(|_| wrong())?, word),
            None => (1, text),
        };
        let unit = match word.strip_suffix('s').unwrap_or(word) {
            "day" => CycleUnit::Day,
            "week" => CycleUnit::Week,
            "month" => CycleUnit::Month,
            "year" => CycleUnit::Year,
            _ => return Err(wrong()),
        };
        if (1..=1000).contains(&count) { Ok(Self { count, unit }) } else { Err(wrong()) }
    }

    /// `n` cycles after a date, on the same day of the month where the month has it and else on its last.
    fn after(self, anchor: DateTime, n: i64) -> DateTime {
        let total = i64::from(self.count) * n;
        let duration = match self.unit {
            CycleUnit::Day => Duration::new().days(total),
            CycleUnit::Week => Duration::new().weeks(total),
            CycleUnit::Month => Duration::new().months(total),
            CycleUnit::Year => Duration::new().years(total),
        };
        anchor.checked_add(duration).expect("a date inside the supported range")
    }

    /// Nominal length in days: 30 a month, 91 a quarter, 182 half a year, 365 a year. For comparing prices of different
    /// cycles, and for policies that count so.
    pub fn nominal_days(self) -> i64 {
        let count = i64::from(self.count);
        match self.unit {
            CycleUnit::Day => count,
            CycleUnit::Week => 7 * count,
            CycleUnit::Month if count % 12 == 0 => 365 * (count / 12),
            CycleUnit::Month if count % 6 == 0 => 182 * (count / 6),
            CycleUnit::Month if count % 3 == 0 => 91 * (count / 3),
            CycleUnit::Month => 30 * count,
            CycleUnit::Year => 365 * count,
        }
    }
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.unit {
            CycleUnit::Day => "day",
            CycleUnit::Week => "week",
            CycleUnit::Month => "month",
            CycleUnit::Year => "year",
        };
        if self.count == 1 { f.write_str(word) } else { write!(f, "{} {word}s", self.count) }
    }
}

impl fmt::Debug for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Cycle {
    type Error = CalendarError;
    fn try_from(text: String) -> Result<Self, CalendarError> {
        Self::parse(&text)
    }
}

impl From<Cycle> for String {
    fn from(cycle: Cycle) -> Self {
        cycle.to_string()
    }
}

/// Where a subscription's periods are counted from. Every boundary is computed from here, so the day of the month
/// never drifts: 31 January, 28 February, 31 March.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Local date and time of boundary 0.
    pub start: DateTime,
    /// The length of every period.
    pub cycle: Cycle,
}

impl Anchor {
    /// The local date and time of boundary `n`.
    pub fn boundary(&self, n: i64) -> DateTime {
        self.cycle.after(self.start, n)
    }

    /// The number of the last period before boundary 0 whose first boundary fits: −1, −2 and so on.
    pub fn number_before(&self, fits: impl Fn(DateTime) -> bool) -> i64 {
        let mut number = -1;
        while !fits(self.boundary(number)) {
            number -= 1;
        }
        number
    }

    /// The number of the period before boundary 0 that a span ends with, where it is the rest of one.
    pub fn rest_before(&self, span: Span, zone: &Zone) -> Option<i64> {
        if zone.instant(self.start) < span.until {
            return None;
        }
        let number = self.number_before(|boundary| zone.instant(boundary) < span.until);
        (zone.instant(self.boundary(number + 1)) == span.until).then_some(number)
    }

    /// The number of the period that ends with a span; below 0 where the span is the rest of one.
    pub fn number_of(&self, span: Span, zone: &Zone) -> i64 {
        let from_the_anchor = || (0..).find(|n| zone.instant(self.boundary(n + 1)) >= span.until);
        self.rest_before(span, zone).or_else(from_the_anchor).unwrap_or(0)
    }

    /// Period `n`, from boundary `n` to boundary `n + 1`, as instants in a zone.
    ///
    /// ```
    /// use billing::calendar::{Anchor, Cycle, Zone};
    /// let anchor = Anchor { start: "2027-01-31T00:00".parse().unwrap(), cycle: Cycle::MONTH };
    /// let zone = Zone::utc();
    /// assert_eq!(zone.date(anchor.period(1, &zone).from).to_string(), "2027-02-28");
    /// assert_eq!(zone.date(anchor.period(1, &zone).until).to_string(), "2027-03-31");
    /// ```
    pub fn period(&self, n: i64, zone: &Zone) -> Span {
        Span { from: zone.instant(self.boundary(n)), until: zone.instant(self.boundary(n + 1)) }
    }
}
