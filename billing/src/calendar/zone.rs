//! A time zone by its IANA name, and the local clock in it. The zone data is compiled in, so the same binary gives the same
//! dates everywhere. Every zone is read once; after that a zone is a place in memory, copied and compared as one.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};
use std::{fmt, ptr};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use super::{CalendarError, Cycle};

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

static ZONES: LazyLock<BTreeMap<String, OnceLock<Known>>> = LazyLock::new(|| {
    let names = DATABASE.available().map(|name| name.as_str().to_owned());
    names.map(|name| (name, OnceLock::new())).collect()
});

/// A time zone by its IANA name.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(&'static Known);

/// What is known of a zone.
struct Known {
    name: &'static str,
    zone: TimeZone,
    clock: Clock,
}

impl Zone {
    /// The zone of this IANA name, in upper or lower case.
    pub fn parse(name: &str) -> Result<Self, CalendarError> {
        let unknown = || CalendarError::UnknownZone(name.to_owned());
        if let Some(zone) = Self::of(name) {
            return Ok(zone);
        }
        let zone = DATABASE.get(name).map_err(|_| unknown())?;
        zone.iana_name().and_then(Self::of).ok_or_else(unknown)
    }

    /// The zone of this very name.
    fn of(name: &str) -> Option<Self> {
        let (name, known) = ZONES.get_key_value(name)?;
        let read = || {
            let zone = DATABASE.get(name).expect("a zone that the database names");
            Known { name, clock: Clock::of(&zone), zone }
        };
        Some(Self(known.get_or_init(read)))
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self::of("UTC").expect("a zone of every database")
    }

    /// Coordinated universal time, for ever.
    pub fn utc_ref() -> &'static Self {
        static UTC: LazyLock<Zone> = LazyLock::new(Zone::utc);
        &UTC
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.name
    }

    /// The local date of an instant.
    pub fn date(&self, instant: Timestamp) -> Date {
        self.local(instant).date()
    }

    /// The local date and time of an instant.
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.offset(instant).to_datetime(instant)
    }

    /// The instant of a local date and time; where a clock change skips it, the first instant after the gap, and
    /// where it comes twice, the first.
    pub fn instant(&self, local: DateTime) -> Timestamp {
        self.0.zone.to_ambiguous_timestamp(local).compatible().expect("a date inside the supported range")
    }

    /// The first instant of a local day.
    pub fn midnight(&self, day: Date) -> Timestamp {
        self.instant(day.to_datetime(jiff::civil::Time::midnight()))
    }

    /// The first instant of the local day of an instant.
    pub fn start_of_day(&self, instant: Timestamp) -> Timestamp {
        self.steady_midnight(instant).unwrap_or_else(|| self.midnight(self.date(instant)))
    }

    /// The same where the clock was not changed that day or the day before.
    fn steady_midnight(&self, instant: Timestamp) -> Option<Timestamp> {
        let (since, offset) = self.0.clock.in_force(instant)?;
        let second = instant.as_second();
        let midnight = second - (second + i64::from(offset.seconds())).rem_euclid(DAY);
        Timestamp::from_second(midnight).ok().filter(|_| since <= midnight - DAY)
    }

    /// The first instant of the local day after that of an instant.
    pub fn start_of_next_day(&self, instant: Timestamp) -> Timestamp {
        self.midnight(self.date(instant).tomorrow().expect("a date inside the supported range"))
    }

    /// Calendar days from the local date of one instant to that of another.
    pub fn days_between(&self, from: Timestamp, until: Timestamp) -> i64 {
        self.day(until) - self.day(from)
    }

    /// Calendar days from the local date of one instant to those of two others.
    pub fn days_to(&self, from: Timestamp, untils: [Timestamp; 2]) -> [i64; 2] {
        let from = self.day(from);
        untils.map(|until| self.day(until) - from)
    }

    /// The local date of an instant as days since 1970-01-01.
    pub(crate) fn day(&self, instant: Timestamp) -> i64 {
        let local = instant.as_second() + i64::from(self.offset(instant).seconds());
        local.div_euclid(DAY)
    }

    /// How far the local clock is ahead of coordinated universal time.
    fn offset(&self, instant: Timestamp) -> Offset {
        let known = self.0;
        known.clock.in_force(instant).map_or_else(|| known.zone.to_offset(instant), |(_, offset)| offset)
    }

    /// How many months were begun between two instants, counted on the local calendar from the first: the least `n` for
    /// which the first and `n` months is not before the second. 31 January and a month is 28 February.
    pub fn months_begun(&self, from: Timestamp, until: Timestamp) -> i64 {
        let start = self.local(from);
        let after = |months: i64| self.instant(Cycle::MONTH.after(start, months));
        let (first, last) = (self.date(from), self.date(until));
        let mut months = i64::from(last.year() - first.year()) * 12 + i64::from(last.month() - first.month());
        while months > 0 && after(months - 1) >= until {
            months -= 1;
        }
        while after(months) < until {
            months += 1;
        }
        months.max(0)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl TryFrom<String> for Zone {
    type Error = CalendarError;
    fn try_from(name: String) -> Result<Self, CalendarError> {
        Self::parse(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

/// The clock of a zone from 1970 to 2106, laid out so that an instant is found without a search.
struct Clock {
    /// The offset in force from a second on, oldest first; before the last, which is never reached.
    changes: Vec<(i64, Offset)>,
    /// Of every stretch of `2^STRETCH` seconds since 1970: the place of the change in force when it begins.
    stretches: Vec<u16>,
}

/// The seconds of a day on which no clock is changed.
const DAY: i64 = 24 * 60 * 60;

/// Half a year: a clock changes about once in it.
const STRETCH: u32 = 24;
const STRETCHES: i64 = 256;

impl Clock {
    fn of(zone: &TimeZone) -> Self {
        let end = Timestamp::from_second(STRETCHES << STRETCH).expect("an instant inside the supported range");
        let mut changes = vec![(i64::MIN, zone.to_offset(Timestamp::UNIX_EPOCH))];
        let following = zone.following(Timestamp::UNIX_EPOCH).take_while(|change| change.timestamp() < end);
        changes.extend(following.map(|change| (change.timestamp().as_second(), change.offset())));
        let in_force = |stretch: i64| changes.partition_point(|(since, _)| *since <= stretch << STRETCH) - 1;
        let place = |stretch| u16::try_from(in_force(stretch)).expect("fewer changes than that in a century");
        let stretches = (0..STRETCHES).map(place).collect();
        changes.push((i64::MAX, Offset::UTC));
        Self { changes, stretches }
    }

    /// Since which second which offset is in force at an instant; none before 1970 or after 2106.
    #[inline]
    fn in_force(&self, instant: Timestamp) -> Option<(i64, Offset)> {
        let second = instant.as_second();
        let stretch = usize::try_from(second >> STRETCH).ok()?;
        let mut place = usize::from(*self.stretches.get(stretch)?);
        while self.changes[place + 1].0 <= second {
            place += 1;
        }
        Some(self.changes[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_the_offsets_of_the_database() {
        for name in ZONES.keys() {
            let zone = Zone::parse(name).expect("a zone of the database");
            assert_eq!(zone.name(), name);
            let known = &zone.0.zone;
            let first = Timestamp::from_second(-400_000_000).expect("an instant");
            let mut instants: Vec<i64> = known
                .following(first)
                .take_while(|change| change.timestamp().as_second() < 4_400_000_000)
                .map(|change| change.timestamp().as_second())
                .collect();
            instants.extend([-1, 0, STRETCHES << STRETCH]);
            instants.extend((0..=STRETCHES).map(|stretch| stretch << STRETCH));
            for second in instants.into_iter().flat_map(|second| [second - 1, second, second + 1]) {
                let instant = Timestamp::from_second(second).expect("an instant");
                assert_eq!(zone.offset(instant), known.to_offset(instant), "{name} at {instant}");
            }
        }
    }

    #[test]
    fn a_day_begins_where_its_date_does_around_every_change_of_a_clock() {
        for name in ZONES.keys() {
            let zone = Zone::parse(name).expect("a zone of the database");
            let changes =
                zone.0.clock.changes.iter().map(|(since, _)| *since).filter(|since| (1..i64::MAX).contains(since));
            for change in changes.chain([0]) {
                for hours in (-60..=60).step_by(3) {
                    for second in [-1, 0, 1] {
                        let instant = Timestamp::from_second(change + hours * 3600 + second).expect("an instant");
                        let midnight = zone.midnight(zone.date(instant));
                        assert_eq!(zone.start_of_day(instant), midnight, "{name} at {instant}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_name_is_found_in_any_case_and_an_unknown_one_is_not() {
        assert_eq!(Zone::parse("europe/berlin").expect("a zone").name(), "Europe/Berlin");
        assert_eq!(Zone::parse("Europe/Berlin"), Zone::parse("EUROPE/BERLIN"));
        assert_eq!(Zone::parse("Europe/Atlantis"), Err(CalendarError::UnknownZone("Europe/Atlantis".to_owned())));
    }
}
