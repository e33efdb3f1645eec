//! Days and moments in words. A day is written in full, a moment always with its zone, so that
//! nobody has to guess which month or whose midnight is meant.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A day or a moment: what the page says and what `<time datetime>` carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateView {
    /// ISO 8601, for machines.
    pub iso: String,
    /// For people: `3 May 2027`, or `3 May 2027, 14:00 CEST`.
    pub text: String,
}

impl DateView {
    /// A day: `3 May 2027`.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { iso: day.to_string(), text: day_text(day) }
    }

    /// A moment in a customer's zone: `3 May 2027, 14:00 CEST`.
    #[must_use]
    pub fn moment(at: Timestamp, zone: &TimeZone) -> Self {
        let local = at.to_zoned(zone.clone());
        Self { iso: at.to_string(), text: format!("{}, {}", day_text(local.date()), local.strftime("%H:%M\u{a0}%Z")) }
    }

    /// Only the time of day, where the day stands beside it: `14:00 CEST`.
    #[must_use]
    pub fn time_of_day(at: Timestamp, zone: &TimeZone) -> Self {
        let local = at.to_zoned(zone.clone());
        Self { iso: at.to_string(), text: local.strftime("%H:%M\u{a0}%Z").to_string() }
    }
}

/// A day in full, with blanks that do not break: `3 May 2027`.
#[must_use]
pub fn day_text(day: Date) -> String {
    day.strftime("%-d\u{a0}%B\u{a0}%Y").to_string()
}

/// The days from `first` to `last`, both counted, with nothing said twice.
///
/// ```
/// use jiff::civil::date;
/// use midcycle::ui::dates::days_text;
/// let plain = |s: String| s.replace('\u{a0}', " ");
/// assert_eq!(plain(days_text(date(2027, 4, 17), date(2027, 4, 30))), "17–30 April 2027");
/// assert_eq!(plain(days_text(date(2027, 4, 17), date(2027, 5, 3))), "17 April – 3 May 2027");
/// assert_eq!(plain(days_text(date(2027, 12, 17), date(2028, 1, 3))), "17 December 2027 – 3 January 2028");
/// assert_eq!(plain(days_text(date(2027, 4, 17), date(2027, 4, 17))), "17 April 2027");
/// ```
#[must_use]
pub fn days_text(first: Date, last: Date) -> String {
    if first == last {
        return day_text(first);
    }
    let end = day_text(last);
    if first.year() != last.year() {
        format!("{} – {end}", day_text(first))
    } else if first.month() != last.month() {
        format!("{} – {end}", first.strftime("%-d\u{a0}%B"))
    } else {
        format!("{}–{end}", first.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_moment_is_told_in_the_readers_zone_and_names_it() {
        let at: Timestamp = "2027-05-03T12:00:00Z".parse().expect("a fixed instant");
        let berlin = TimeZone::get("Europe/Berlin").expect("zones are bundled");
        let view = DateView::moment(at, &berlin);
        assert_eq!(view.text.replace('\u{a0}', " "), "3 May 2027, 14:00 CEST");
        assert_eq!(view.iso, "2027-05-03T12:00:00Z");
        assert_eq!(DateView::time_of_day(at, &berlin).text.replace('\u{a0}', " "), "14:00 CEST");
    }

    #[test]
    fn a_day_carries_its_iso_form() {
        let view = DateView::day(date(2028, 2, 29));
        assert_eq!(view.iso, "2028-02-29");
        assert_eq!(view.text.replace('\u{a0}', " "), "29 February 2028");
    }
}
