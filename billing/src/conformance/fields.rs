//! The fields of a vector, as they are read: dates, instants, numbers, ratios, words. Every field that was read is
//! remembered, so that one that was not can be named.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

use super::Unsayable;
use crate::calendar::{BillDay, Cycle, DateSpan, Zone};

/// The largest number that is read: a million million minor units.
const LARGEST: u64 = 1_000_000_000_000;
/// The most days or units that are counted.
const MOST: i64 = 100_000;
/// The years in which anybody is billed.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// An object of a vector.
pub(super) struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
    read: RefCell<BTreeSet<String>>,
}

/// A ratio of two whole numbers; the second is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    pub part: i64,
    pub whole: i64,
}

impl<'a> Fields<'a> {
    pub fn of(path: impl Into<String>, map: &'a Map<String, Value>) -> Self {
        Self { path: path.into(), map, read: RefCell::default() }
    }

    /// A field that is there and not null.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.read.borrow_mut().insert(key.to_owned());
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// Is the field there? Does not count as reading it.
    pub fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(|value| !value.is_null())
    }

    /// Counts fields as read that have no bearing on what is asked.
    pub fn set_aside(&self, keys: &[&str]) {
        self.read.borrow_mut().extend(keys.iter().map(|key| (*key).to_owned()));
    }

    /// The first field that nobody read.
    pub fn unread(&self) -> Option<String> {
        let read = self.read.borrow();
        let unread = self.map.iter().find(|(key, value)| !value.is_null() && !read.contains(*key));
        unread.map(|(key, _)| format!("{}.{key}", self.path))
    }

    /// Refuses fields that nobody read.
    pub fn all_read(&self) -> Result<(), Unsayable> {
        match self.unread() {
            Some(name) => Err(Unsayable(format!("{name} is not a parameter of this question"))),
            None => Ok(()),
        }
    }

    /// The first of several names under which a field may stand.
    pub fn named(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.has(name))
    }

    pub fn missing(&self, key: &str) -> Unsayable {
        Unsayable(format!("the vector does not state {}.{key}", self.path))
    }

    pub fn not_a(&self, key: &str, what: &str) -> Unsayable {
        let value = self.map.get(key).unwrap_or(&Value::Null);
        Unsayable(format!("{}.{key} = {value} is not {what}", self.path))
    }

    fn required<T>(&self, key: &str, found: Option<T>) -> Result<T, Unsayable> {
        found.ok_or_else(|| self.missing(key))
    }

    pub fn text(&self, key: &str) -> Result<Option<&'a str>, Unsayable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| self.not_a(key, "a text"))
    }

    pub fn integer(&self, key: &str) -> Result<Option<i64>, Unsayable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
        let number = number.filter(|number| number.unsigned_abs() <= LARGEST);
        number.map(Some).ok_or_else(|| self.not_a(key, "a whole number that billing has"))
    }

    /// A number of days, or of units that are sold.
    pub fn count(&self, key: &str) -> Result<Option<i64>, Unsayable> {
        let number = self.integer(key)?;
        match number {
            Some(number) if !(0..=MOST).contains(&number) => Err(self.not_a(key, "a count")),
            number => Ok(number),
        }
    }

    pub fn needs_count(&self, key: &str) -> Result<i64, Unsayable> {
        let found = self.count(key)?;
        self.required(key, found)
    }

    pub fn flag(&self, key: &str) -> Result<Option<bool>, Unsayable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| self.not_a(key, "true or false"))
    }

    pub fn needs_integer(&self, key: &str) -> Result<i64, Unsayable> {
        let found = self.integer(key)?;
        self.required(key, found)
    }

    /// A ratio: `"15/31"`, `"0.5"`, or a whole number.
    pub fn ratio(&self, key: &str) -> Result<Option<Ratio>, Unsayable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let fits = |ratio: &Ratio| (ratio.part / ratio.whole).unsigned_abs() <= LARGEST;
        ratio_of(value).filter(fits).map(Some).ok_or_else(|| self.not_a(key, "a ratio"))
    }

    /// A civil date, or the date of an instant in a zone.
    pub fn date_in(&self, key: &str, zone: &Zone) -> Result<Option<Date>, Unsayable> {
        Ok(self.moment(key, zone)?.map(|local| local.date()))
    }

    /// A civil date; of an instant the date in coordinated universal time.
    pub fn date(&self, key: &str) -> Result<Option<Date>, Unsayable> {
        self.date_in(key, &Zone::utc())
    }

    pub fn needs_date(&self, key: &str) -> Result<Date, Unsayable> {
        let found = self.date(key)?;
        self.required(key, found)
    }

    /// A local date and time in a zone: a date (its first instant), a local time, or an instant.
    pub fn moment(&self, key: &str, zone: &Zone) -> Result<Option<DateTime>, Unsayable> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        moment_of(text, zone).map(Some).ok_or_else(|| self.not_a(key, "a date or an instant"))
    }

    pub fn needs_moment(&self, key: &str, zone: &Zone) -> Result<DateTime, Unsayable> {
        let found = self.moment(key, zone)?;
        self.required(key, found)
    }

    /// An instant: as it is written, or of a local date or time in a zone.
    pub fn instant(&self, key: &str, zone: &Zone) -> Result<Option<Timestamp>, Unsayable> {
        let Some(local) = self.moment(key, zone)? else { return Ok(None) };
        // Of an hour that comes twice a written instant says which one it is; its local time does not.
        let written = self.text(key)?.and_then(|text| text.parse().ok());
        Ok(Some(written.unwrap_or_else(|| zone.instant(local))))
    }

    pub fn needs_instant(&self, key: &str, zone: &Zone) -> Result<Timestamp, Unsayable> {
        let found = self.instant(key, zone)?;
        self.required(key, found)
    }

    /// A zone by its name.
    pub fn zone(&self, key: &str) -> Result<Option<Zone>, Unsayable> {
        let Some(name) = self.text(key)? else { return Ok(None) };
        Zone::parse(name).map(Some).map_err(|_| self.not_a(key, "an IANA time zone"))
    }

    pub fn bill_day(&self, key: &str) -> Result<Option<BillDay>, Unsayable> {
        let Some(number) = self.integer(key)? else { return Ok(None) };
        BillDay::new(number).map(Some).ok_or_else(|| self.not_a(key, "a day of a month"))
    }

    /// A cycle by its name.
    pub fn cycle(&self, key: &str) -> Result<Option<Cycle>, Unsayable> {
        let Some(name) = self.text(key)? else { return Ok(None) };
        cycle_of(name).map(Some).ok_or_else(|| self.not_a(key, "a cycle that Midcycle bills"))
    }

    pub fn object(&self, key: &str) -> Result<Option<Fields<'a>>, Unsayable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let map = value.as_object().ok_or_else(|| self.not_a(key, "an object"))?;
        Ok(Some(Fields::of(format!("{}.{key}", self.path), map)))
    }

    pub fn list(&self, key: &str) -> Result<Option<&'a [Value]>, Unsayable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.as_array().map(|list| Some(list.as_slice())).ok_or_else(|| self.not_a(key, "a list"))
    }

    pub fn integers(&self, key: &str) -> Result<Option<Vec<i64>>, Unsayable> {
        let Some(list) = self.list(key)? else { return Ok(None) };
        let fits = |number: &i64| number.unsigned_abs() <= LARGEST;
        let numbers: Option<Vec<i64>> = list.iter().map(|value| value.as_i64().filter(fits)).collect();
        numbers.map(Some).ok_or_else(|| self.not_a(key, "a list of whole numbers"))
    }

    /// `{start, end}` as days; with `end_inclusive` the end is the last day.
    pub fn days(&self) -> Result<DateSpan, Unsayable> {
        let (from, end) = (self.needs_date("start")?, self.needs_date("end")?);
        let until = if self.flag("end_inclusive")? == Some(true) {
            end.tomorrow().map_err(|_| self.not_a("end", "a date inside the supported range"))?
        } else {
            end
        };
        self.all_read()?;
        Ok(DateSpan { from, until })
    }
}

fn moment_of(text: &str, zone: &Zone) -> Option<DateTime> {
    let moment = match text.parse::<Timestamp>() {
        Ok(instant) => zone.local(instant),
        Err(_) => text.parse::<DateTime>().ok()?,
    };
    YEARS.contains(&moment.year()).then_some(moment)
}

/// A cycle by any of the names that are in use.
pub(super) fn cycle_of(name: &str) -> Option<Cycle> {
    let name = name.to_ascii_lowercase().replace(['_', '-'], " ");
    let plain = match name.as_str() {
        "daily" => "day",
        "weekly" => "week",
        "biweekly" | "fortnightly" => "2 weeks",
        "monthly" => "month",
        "bimonthly" | "bimestrial" => "2 months",
        "quarter" | "quarterly" => "3 months",
        "half year" | "half yearly" | "biannual" | "semiannual" | "semi annual" | "semiannually" => "6 months",
        "yearly" | "annual" | "annually" => "year",
        "biennial" => "2 years",
        "triennial" => "3 years",
        "thirty days" => "30 days",
        "thirty one days" => "31 days",
        "sixty days" => "60 days",
        "ninety days" => "90 days",
        plain => plain,
    };
    Cycle::parse(plain).ok().filter(|cycle| is_billed(*cycle))
}

/// Nobody is billed less often than once in ten years.
pub(super) fn is_billed(cycle: Cycle) -> bool {
    cycle.nominal_days() <= 3_660
}

/// A ratio of whole numbers, from `"15/31"`, `"0.5"`, `0.5` or `2`.
pub(super) fn ratio_of(value: &Value) -> Option<Ratio> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    if let Some((part, whole)) = text.split_once('/') {
        let (part, whole) = (part.trim().parse().ok()?, whole.trim().parse().ok()?);
        return (whole > 0).then_some(Ratio { part, whole });
    }
    let (units, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let whole = 10_i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    Some(Ratio { part: format!("{units}{decimals}").parse().ok()?, whole })
}
