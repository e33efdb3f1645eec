//! Days and moments in words, in every language. A day is written in full, a moment always with its zone, so that nobody
//! has to guess which month or whose midnight is meant.

use billing::explain::Language;
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

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
    pub fn day(language: Language, day: Date) -> Self {
        Self { iso: day.to_string(), text: day_text(language, day) }
    }

    /// A moment in a customer's zone: `3 May 2027, 14:00 CEST`.
    #[must_use]
    pub fn moment(language: Language, at: Timestamp, zone: &TimeZone) -> Self {
        let local = at.to_zoned(zone.clone());
        let between = if language == Language::Japanese { " " } else { ", " };
        let day = day_text(language, local.date());
        Self { iso: at.to_string(), text: format!("{day}{between}{}", time_text(language, &local)) }
    }
}

/// `14:00 CEST`; a German clock says `Uhr`, and has names of its own for the zones of Central Europe.
fn time_text(language: Language, local: &Zoned) -> String {
    if language != Language::German {
        return local.strftime("%H:%M\u{a0}%Z").to_string();
    }
    let zone = match local.strftime("%Z").to_string().as_str() {
        "CET" => "MEZ".to_owned(),
        "CEST" => "MESZ".to_owned(),
        other => other.to_owned(),
    };
    format!("{}\u{a0}Uhr\u{a0}{zone}", local.strftime("%H:%M"))
}

/// A day in full, with blanks that do not break: `3 May 2027`, `3. Mai 2027`, `2027年5月3日`.
#[must_use]
pub fn day_text(language: Language, day: Date) -> String {
    match language {
        Language::Japanese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        _ => format!("{}\u{a0}{}", day_and_month(language, day), day.year()),
    }
}

fn day_and_month(language: Language, day: Date) -> String {
    match language {
        Language::English => day.strftime("%-d\u{a0}%B").to_string(),
        Language::German => format!("{}.\u{a0}{}", day.day(), german_month(day.month())),
        Language::Japanese => format!("{}月{}日", day.month(), day.day()),
    }
}

fn german_month(month: i8) -> &'static str {
    match month {
        1 => "Januar",
        2 => "Februar",
        3 => "März",
        4 => "April",
        5 => "Mai",
        6 => "Juni",
        7 => "Juli",
        8 => "August",
        9 => "September",
        10 => "Oktober",
        11 => "November",
        _ => "Dezember",
    }
}

/// The days from `first` to `last`, both counted, with nothing said twice.
///
/// ```
/// use billing::explain::Language::{English, German, Japanese};
/// use jiff::civil::date;
/// use midcycle::ui::dates::days_text;
/// let plain = |s: String| s.replace('\u{a0}', " ");
/// let (first, last) = (date(2027, 4, 17), date(2027, 4, 30));
/// assert_eq!(plain(days_text(English, first, last)), "17–30 April 2027");
/// assert_eq!(plain(days_text(German, first, last)), "17.–30. April 2027");
/// assert_eq!(plain(days_text(Japanese, first, last)), "2027年4月17日～30日");
/// assert_eq!(plain(days_text(English, first, first)), "17 April 2027");
/// ```
#[must_use]
pub fn days_text(language: Language, first: Date, last: Date) -> String {
    if first == last {
        return day_text(language, first);
    }
    let same_year = first.year() == last.year();
    let same_month = same_year && first.month() == last.month();
    if language == Language::Japanese {
        let end = match () {
            () if same_month => format!("{}日", last.day()),
            () if same_year => day_and_month(language, last),
            () => day_text(language, last),
        };
        return format!("{}～{end}", day_text(language, first));
    }
    let end = day_text(language, last);
    match () {
        () if same_month && language == Language::German => format!("{}.–{end}", first.day()),
        () if same_month => format!("{}–{end}", first.day()),
        () if same_year => format!("{} – {end}", day_and_month(language, first)),
        () => format!("{} – {end}", day_text(language, first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn in_all(write: impl Fn(Language) -> String) -> [String; 3] {
        Language::ALL.map(|language| write(language).replace('\u{a0}', " "))
    }

    #[test]
    fn a_moment_is_told_in_the_readers_zone_and_names_it() {
        let at: Timestamp = "2027-05-03T12:00:00Z".parse().expect("a fixed instant");
        let zone = |name: &str| TimeZone::get(name).expect("zones are bundled");
        let berlin = zone("Europe/Berlin");
        assert_eq!(
            in_all(|language| DateView::moment(language, at, &berlin).text),
            ["3 May 2027, 14:00 CEST", "3. Mai 2027, 14:00 Uhr MESZ", "2027年5月3日 14:00 CEST"]
        );
        assert_eq!(DateView::moment(Language::English, at, &berlin).iso, "2027-05-03T12:00:00Z");
        let tokyo = DateView::moment(Language::Japanese, at, &zone("Asia/Tokyo")).text;
        assert_eq!(tokyo.replace('\u{a0}', " "), "2027年5月3日 21:00 JST");
    }

    #[test]
    fn a_day_carries_its_iso_form() {
        let leap = date(2028, 2, 29);
        assert_eq!(DateView::day(Language::German, leap).iso, "2028-02-29");
        assert_eq!(
            in_all(|language| day_text(language, leap)),
            ["29 February 2028", "29. Februar 2028", "2028年2月29日"]
        );
    }

    #[test]
    fn days_say_a_month_or_a_year_once() {
        let to = |last| in_all(|language| days_text(language, date(2027, 12, 17), last));
        assert_eq!(to(date(2027, 12, 17)), ["17 December 2027", "17. Dezember 2027", "2027年12月17日"]);
        assert_eq!(
            to(date(2028, 1, 3)),
            ["17 December 2027 – 3 January 2028", "17. Dezember 2027 – 3. Januar 2028", "2027年12月17日～2028年1月3日"]
        );
        let spring = in_all(|language| days_text(language, date(2027, 4, 17), date(2027, 5, 3)));
        assert_eq!(spring, ["17 April – 3 May 2027", "17. April – 3. Mai 2027", "2027年4月17日～5月3日"]);
    }
}
