//! Billing dates that are counted from a bill day: a first period that may be short, then whole cycles, and what of
//! them is due on a day. Dates only; the instants at which they begin are a zone's affair.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::{Anchor, Cycle, CycleUnit, DateSpan};

/// A day of the month on which periods begin, 1 to 31. Months that are too short take their last day, and the day does
/// not drift: 31 January, 28 February, 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct BillDay(i8);

impl BillDay {
    /// The bill day of this number, if it is 1 to 31.
    pub fn new(day: i64) -> Option<Self> {
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day)).map(Self)
    }

    /// The bill day that a date has.
    pub fn of(date: Date) -> Self {
        Self(date.day())
    }

    /// The bill day in the month of a date.
    pub fn in_month_of(self, date: Date) -> Date {
        let day = self.0.min(date.days_in_month());
        date.with().day(day).build().expect("a day that its month has")
    }

    /// Does a period begin at a moment that begins on this day?
    pub fn begins_at(self, moment: DateTime) -> bool {
        moment == self.in_month_of(moment.date()).to_datetime(Time::midnight())
    }

    /// The last of these days before a date.
    ///
    /// ```
    /// use billing::calendar::BillDay;
    /// let day = BillDay::new(30).unwrap();
    /// assert_eq!(day.last_before("2027-03-01".parse().unwrap()).to_string(), "2027-02-28");
    /// assert_eq!(day.last_before("2027-03-31".parse().unwrap()).to_string(), "2027-03-30");
    /// ```
    pub fn last_before(self, date: Date) -> Date {
        let here = self.in_month_of(date);
        if here < date { here } else { self.in_month_of(Cycle::MONTH.after_date(date, -1)) }
    }

    /// `n` cycles after a date, on the bill day where the cycle is one of months or years.
    ///
    /// ```
    /// use billing::calendar::{BillDay, Cycle};
    /// let day = BillDay::new(31).unwrap();
    /// assert_eq!(day.step("2027-02-28".parse().unwrap(), Cycle::MONTH, 1).to_string(), "2027-03-31");
    /// ```
    pub fn step(self, date: Date, cycle: Cycle, n: i64) -> Date {
        let landed = cycle.after_date(date, n);
        if cycle.is_of_months() { self.in_month_of(landed) } else { landed }
    }
}

impl TryFrom<i64> for BillDay {
    type Error = String;
    fn try_from(day: i64) -> Result<Self, String> {
        Self::new(day).ok_or_else(|| format!("`{day}` is no day of a month; write 1 to 31"))
    }
}

impl From<BillDay> for i64 {
    fn from(day: BillDay) -> Self {
        day.0.into()
    }
}

/// For how many months a bill day is looked for that its month has. 29 February comes back at the latest after eight
/// years, or four periods of so many.
const MONTHS_AHEAD: i64 = 48 * 12;

impl Anchor {
    /// The anchor of periods that begin on a bill day, and the number of the one that holds a moment. Cycles of days and
    /// weeks know no bill day and begin with the moment.
    ///
    /// The anchor lies on a date that has the bill day, so that the day is not lost where the month of the moment is too
    /// short for it; and never before the moment, so that a period that begins inside a full one has a number below 0.
    ///
    /// ```
    /// use billing::calendar::{Anchor, BillDay, Cycle};
    /// let start = "2027-02-10T00:00".parse().unwrap();
    /// let (anchor, number) = Anchor::on_bill_day(BillDay::new(31).unwrap(), start, Cycle::MONTH);
    /// assert_eq!(anchor.boundary(number).date().to_string(), "2027-01-31");
    /// assert_eq!(anchor.boundary(number + 1).date().to_string(), "2027-02-28");
    /// assert_eq!(anchor.boundary(number + 2).date().to_string(), "2027-03-31");
    /// ```
    pub fn on_bill_day(day: BillDay, start: DateTime, cycle: Cycle) -> (Self, i64) {
        let Some(months) = cycle.months() else { return (Self { start, cycle }, 0) };
        let schedule = Schedule::new(start.date(), day, cycle);
        let date = |n: i64| schedule.billing_date(n).to_datetime(Time::midnight());
        // The first of them that is not before the moment.
        let first = if date(0) < start { 1 } else { 0 };
        let numbers = || first..=first + MONTHS_AHEAD / months;
        let has_it = |n: &i64| BillDay::of(date(*n).date()) == day;
        // Where no month has it (30 February), the longest month that the cycle comes to is as good.
        let longest = || numbers().rev().max_by_key(|n| date(*n).day());
        let kept = numbers().find(has_it).or_else(longest).unwrap_or(first);
        let running = if date(first) == start { first } else { first - 1 };
        (Self { start: date(kept), cycle }, running - kept)
    }

    /// The same dates counted from one that is not before the end of a period, and the number that the period has then:
    /// below 0. It lies on the same day of the month, so that no day is lost.
    pub fn ended_by(&self, number: i64) -> (Self, i64) {
        if number < 0 {
            return (self.clone(), number);
        }
        let has_day = |n: &i64| self.boundary(*n).day() == self.start.day();
        let ahead = MONTHS_AHEAD / self.cycle.months().unwrap_or(1);
        let start = (number + 1..=number + ahead).find(has_day).unwrap_or(number + 1);
        (Self { start: self.boundary(start), cycle: self.cycle }, number - start)
    }

    /// The same dates counted from one that is not after the start of a period, and the number that the period has then. It
    /// lies on the same day of the month, so that no day is lost.
    pub fn begun_by(&self, number: i64) -> (Self, i64) {
        let has_day = |n: &i64| self.boundary(*n).day() == self.start.day();
        let back = MONTHS_AHEAD / self.cycle.months().unwrap_or(1);
        let start = (number - back..=number).rev().find(has_day).unwrap_or(number);
        (Self { start: self.boundary(start), cycle: self.cycle }, number - start)
    }
}

/// Is a period billed when it begins, or when it is over?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// When it begins.
    Advance,
    /// When it is over.
    Arrears,
}

/// Dates that cannot follow one another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a subscription cannot end or be billed before it starts on {start}")]
pub struct InvalidDates {
    /// Its first day.
    pub start: Date,
}

/// Refuses an end, or a day up to which is billed, before the start.
pub fn check_dates(start: Date, end: Option<Date>, target: Option<Date>) -> Result<(), InvalidDates> {
    let is_before = |date: Option<Date>| date.is_some_and(|date| date < start);
    if is_before(end) || is_before(target) { Err(InvalidDates { start }) } else { Ok(()) }
}

/// The billing dates of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    start: Date,
    first: Date,
    bill_day: BillDay,
    cycle: Cycle,
}

/// A span of a subscription as it is billed, and the whole cycle that it is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// What is billed.
    pub span: DateSpan,
    /// The cycle that has the full price.
    pub of: DateSpan,
}

impl Schedule {
    /// The schedule of a subscription that starts on a date and is billed on a bill day.
    ///
    /// The first billing date is the bill day in the month of the start; where that is past already, a whole cycle
    /// later. Cycles of days and weeks know no bill day and count from the start.
    pub fn new(start: Date, bill_day: BillDay, cycle: Cycle) -> Self {
        let first = if cycle.is_of_months() {
            let here = bill_day.in_month_of(start);
            if here < start { bill_day.step(here, cycle, 1) } else { here }
        } else {
            start
        };
        Self { start, first, bill_day, cycle }
    }

    /// The first billing date, on the start or after it.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The `n`th billing date after the first.
    pub fn billing_date(&self, n: i64) -> Date {
        self.bill_day.step(self.first, self.cycle, n)
    }

    /// The first billing date after a date.
    pub fn next_after(&self, date: Date) -> Date {
        let mut n = 0;
        while self.billing_date(n) <= date {
            n += 1;
        }
        self.billing_date(n)
    }

    /// The last billing date on a date or before it; none before the first.
    fn last_until(&self, date: Date) -> Option<Date> {
        let mut n = 0;
        while self.billing_date(n) <= date {
            n += 1;
        }
        (n > 0).then(|| self.billing_date(n - 1))
    }

    /// How many periods were over by a date, a short first one included.
    pub fn elapsed(&self, on: Date) -> i64 {
        let mut dates = 0;
        while self.billing_date(dates) <= on {
            dates += 1;
        }
        let begins_on_one = i64::from(self.first == self.start);
        (dates - begins_on_one).max(0)
    }

    /// The period that holds a date; none before the start.
    pub fn containing(&self, date: Date) -> Option<DateSpan> {
        if date < self.start {
            return None;
        }
        Some(DateSpan { from: self.last_until(date).unwrap_or(self.start), until: self.next_after(date) })
    }

    /// Up to which date is billed by a target date; none where nothing is due.
    ///
    /// In advance, the period that holds the target is billed; in arrears, those that are over. An end before cuts the
    /// last period short, and is billed once the target reaches that period (in arrears: the end).
    pub fn billed_until(&self, target: Date, end: Option<Date>, timing: Timing) -> Option<Date> {
        let reached = match timing {
            Timing::Advance => self.next_after(target),
            Timing::Arrears if end == Some(target) => target,
            Timing::Arrears if target < self.first => return None,
            Timing::Arrears => return Some(self.arrears_until(target, end)),
        };
        Some(end.map_or(reached, |end| end.min(reached)))
    }

    fn arrears_until(&self, target: Date, end: Option<Date>) -> Date {
        match end {
            Some(end) if end <= target => end,
            _ => self.last_until(target).unwrap_or(self.first),
        }
    }

    /// The billing date that comes after what is billed up to a date; the first where nothing is.
    pub fn next_billing_date(&self, billed_until: Option<Date>) -> Date {
        let last = billed_until.and_then(|until| self.last_until(until));
        last.map_or(self.first, |last| self.bill_day.step(last, self.cycle, 1))
    }

    /// The periods from the start up to a date: whole cycles, and before and after them parts of one.
    ///
    /// A part is a part of the cycle that ends with the first billing date, or begins with the last one, each counted
    /// one cycle back or forth from that very date (so 28 February less a month is 28 January, whatever the bill day).
    pub fn portions(&self, until: Date) -> Vec<Portion> {
        let mut portions = Vec::new();
        if self.first > self.start {
            let of = DateSpan { from: self.cycle.after_date(self.first, -1), until: self.first };
            portions.push(Portion { span: DateSpan { from: self.start, until: self.first.min(until) }, of });
        }
        let mut n = 0;
        while self.billing_date(n) < until {
            let (from, next) = (self.billing_date(n), self.billing_date(n + 1));
            let whole = DateSpan { from, until: next };
            let portion = if next <= until {
                Portion { span: whole, of: whole }
            } else {
                let of = DateSpan { from, until: self.cycle.after_date(from, 1) };
                Portion { span: DateSpan { from, until }, of }
            };
            portions.push(portion);
            n += 1;
        }
        portions
    }
}

impl Cycle {
    /// Does it consist of calendar months or years?
    pub fn is_of_months(self) -> bool {
        self.months().is_some()
    }

    /// How many calendar months it has; none of days and weeks.
    pub fn months(self) -> Option<i64> {
        match self.unit {
            CycleUnit::Day | CycleUnit::Week => None,
            CycleUnit::Month => Some(self.count.into()),
            CycleUnit::Year => Some(12 * i64::from(self.count)),
        }
    }

    /// `n` cycles after a date, on the same day of the month where the month has it and else on its last.
    pub fn after_date(self, date: Date, n: i64) -> Date {
        self.after(date.to_datetime(jiff::civil::Time::midnight()), n).date()
    }

    /// How many whole cycles fit between two dates, counted from the first.
    pub fn whole_between(self, from: Date, until: Date) -> i64 {
        let mut n = 0;
        while self.after_date(from, n + 1) <= until {
            n += 1;
        }
        n
    }

    /// The first of the dates a whole number of cycles after an origin that is not before a date.
    pub fn aligned(self, origin: Date, date: Date) -> Date {
        let mut n = 0;
        while self.after_date(origin, n) < date {
            n += 1;
        }
        self.after_date(origin, n)
    }

    /// Where a cycle begins that follows the calendar, after a date: the next Monday, the next first of a month, of a
    /// quarter, of a year. Cycles of more than one day or week, or of months that do not divide a year, have no such
    /// dates.
    ///
    /// ```
    /// use billing::calendar::Cycle;
    /// let quarter = Cycle::parse("3 months").unwrap();
    /// assert_eq!(quarter.calendar_start_after("2027-05-10".parse().unwrap()).unwrap().to_string(), "2027-07-01");
    /// ```
    pub fn calendar_start_after(self, date: Date) -> Option<Date> {
        let after_days = |days| Cycle { count: 1, unit: CycleUnit::Day }.after_date(date, days);
        let months = match (self.unit, self.count) {
            (CycleUnit::Day, 1) => return Some(after_days(1)),
            (CycleUnit::Week, 1) => return Some(after_days(7 - i64::from(date.weekday().to_monday_zero_offset()))),
            (CycleUnit::Month, count) if 12 % count == 0 => Cycle { count, unit: CycleUnit::Month },
            (CycleUnit::Year, 1) => Cycle { count: 12, unit: CycleUnit::Month },
            _ => return None,
        };
        Some(months.aligned(date.first_of_year(), after_days(1)))
    }

    /// The billing date after a period that begins on a date, where billing dates lie on the day of an anchor date: its
    /// weekday, its day of the month, its day of the year. A whole cycle later; but where months `snap`, a start before
    /// the anchor's day in its own month has its first billing date there.
    pub fn next_on_day_of(self, anchor: Date, from: Date, snap: bool) -> Date {
        let day = BillDay::of(anchor);
        let cycles = i64::from(self.count);
        match self.unit {
            CycleUnit::Day => self.after_date(from, 1),
            CycleUnit::Week => {
                let gap = i64::from(from.weekday().until(anchor.weekday()));
                let weeks = if gap == 0 { cycles } else { cycles - 1 };
                Cycle { count: 1, unit: CycleUnit::Day }.after_date(from, gap + 7 * weeks)
            }
            CycleUnit::Month if snap && from < day.in_month_of(from) => day.in_month_of(from),
            CycleUnit::Month => day.step(from, self, 1),
            CycleUnit::Year => {
                let ahead = i64::from(from.year()) - i64::from(anchor.year()) + cycles;
                Cycle::YEAR.after_date(anchor, ahead)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(number: i64) -> BillDay {
        BillDay::new(number).expect("a day of a month")
    }

    #[test]
    fn a_month_that_is_too_short_takes_its_last_day_and_the_day_comes_back() {
        let schedule = Schedule::new(date(2027, 1, 31), day(31), Cycle::MONTH);
        let dates: Vec<Date> = (0..4).map(|n| schedule.billing_date(n)).collect();
        assert_eq!(dates, [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]);
    }

    #[test]
    fn a_start_before_the_bill_day_has_a_short_first_period() {
        let schedule = Schedule::new(date(2027, 1, 5), day(10), Cycle::MONTH);
        let first = schedule.containing(date(2027, 1, 7)).expect("a date after the start");
        assert_eq!(first, DateSpan { from: date(2027, 1, 5), until: date(2027, 1, 10) });
        assert_eq!(schedule.elapsed(date(2027, 1, 9)), 0);
        assert_eq!(schedule.elapsed(date(2027, 1, 10)), 1);
        assert_eq!(schedule.elapsed(date(2027, 2, 10)), 2);
        assert_eq!(schedule.containing(date(2027, 1, 4)), None);
    }

    #[test]
    fn a_start_after_the_bill_day_waits_a_whole_cycle_of_any_length() {
        let first = |cycle| Schedule::new(date(2027, 1, 20), day(10), cycle).first();
        assert_eq!(first(Cycle::MONTH), date(2027, 2, 10));
        assert_eq!(first(Cycle::parse("3 months").expect("a cycle")), date(2027, 4, 10));
        assert_eq!(first(Cycle::YEAR), date(2028, 1, 10));
        assert_eq!(first(Cycle::parse("30 days").expect("a cycle")), date(2027, 1, 20));
    }

    #[test]
    fn the_portions_of_a_schedule_tile_it() {
        let schedule = Schedule::new(date(2027, 1, 20), day(31), Cycle::MONTH);
        let until = date(2027, 5, 12);
        let portions = schedule.portions(until);
        assert_eq!(portions.first().map(|portion| portion.span.from), Some(date(2027, 1, 20)));
        assert_eq!(portions.last().map(|portion| portion.span.until), Some(until));
        assert!(portions.windows(2).all(|pair| pair[0].span.until == pair[1].span.from));
        assert!(portions.iter().all(|portion| portion.span.days() <= portion.of.days()));
    }

    #[test]
    fn in_advance_the_running_period_is_billed_and_in_arrears_those_that_are_over() {
        let schedule = Schedule::new(date(2027, 1, 16), day(13), Cycle::MONTH);
        let target = date(2027, 2, 20);
        assert_eq!(schedule.billed_until(target, None, Timing::Advance), Some(date(2027, 3, 13)));
        assert_eq!(schedule.billed_until(target, None, Timing::Arrears), Some(date(2027, 2, 13)));
        assert_eq!(schedule.billed_until(date(2027, 2, 1), None, Timing::Arrears), None);
        let end = Some(date(2027, 2, 17));
        assert_eq!(schedule.billed_until(target, end, Timing::Advance), end);
        assert_eq!(schedule.billed_until(target, end, Timing::Arrears), end);
    }

    #[test]
    fn a_period_that_ends_after_its_anchor_is_counted_from_a_later_one_with_the_same_day() {
        let start = date(2027, 1, 10).to_datetime(Time::midnight());
        let (anchor, number) = Anchor::on_bill_day(day(31), start, Cycle::MONTH);
        assert_eq!((anchor.start.date(), number), (date(2027, 1, 31), -1));
        let (later, ended) = anchor.ended_by(number + 1);
        assert_eq!((later.start.date(), ended), (date(2027, 3, 31), -2));
        assert_eq!(later.boundary(ended + 1).date(), date(2027, 2, 28));
    }

    #[test]
    fn calendar_cycles_begin_on_mondays_firsts_and_new_years_day() {
        let after = |cycle: &str, on| Cycle::parse(cycle).expect("a cycle").calendar_start_after(on);
        let wednesday = date(2027, 5, 12);
        assert_eq!(after("week", wednesday), Some(date(2027, 5, 17)));
        assert_eq!(after("week", date(2027, 5, 17)), Some(date(2027, 5, 24)));
        assert_eq!(after("month", date(2027, 5, 1)), Some(date(2027, 6, 1)));
        assert_eq!(after("6 months", wednesday), Some(date(2027, 7, 1)));
        assert_eq!(after("year", wednesday), Some(date(2028, 1, 1)));
        assert_eq!(after("5 months", wednesday), None);
    }

    #[test]
    fn only_months_that_snap_have_a_first_date_within_the_month_of_the_start() {
        let anchor = date(2027, 1, 14);
        let next = |snap| Cycle::MONTH.next_on_day_of(anchor, date(2027, 4, 1), snap);
        assert_eq!((next(true), next(false)), (date(2027, 4, 14), date(2027, 5, 14)));
        let week = Cycle::parse("2 weeks").expect("a cycle");
        assert_eq!(week.next_on_day_of(anchor, date(2027, 1, 18), true), date(2027, 1, 28));
        assert_eq!(week.next_on_day_of(anchor, date(2027, 1, 21), true), date(2027, 2, 4));
        assert_eq!(Cycle::YEAR.next_on_day_of(date(2024, 2, 29), date(2027, 2, 28), true), date(2028, 2, 29));
    }
}
