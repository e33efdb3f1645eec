//! Dunning: what becomes of the invoice of an automatic renewal that is not paid (M8). The terms are data, the `[dunning]`
//! table of a policy: when the payment is tried again, how long access goes on, and what becomes of it then. Each
//! such invoice carries the terms of the day it was issued, and how far it has come by them. Who tries and who restricts
//! is in `decide`.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Span as Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::command::Command;
use crate::document::DocumentLine;
use crate::id::DocumentId;

/// The most retries a policy may ask for, and the most days that the last of them, or the grace, may be away.
pub const MAX_RETRIES: usize = 30;
/// See [`MAX_RETRIES`].
pub const MAX_DAYS: i64 = 366;

/// From where the distance of a retry is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// From the failure that began it.
    #[default]
    FirstFailure,
    /// From the attempt before.
    PreviousAttempt,
}

/// The unit of a retry's distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RetryUnit {
    /// Hours that pass, whatever the clock shows.
    Hour,
    /// Calendar days, at the local time of the failure.
    #[default]
    Day,
}

/// When a payment is tried again: `{ offsets = [1, 3, 5, 7] }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "WrittenSchedule")]
pub struct RetrySchedule {
    offsets: Vec<u16>,
    counted_from: CountedFrom,
    unit: RetryUnit,
}

/// When a payment that failed is tried again.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct WrittenSchedule {
    /// How far away each retry is, in order.
    offsets: Vec<u16>,
    /// From where that is counted.
    #[serde(default)]
    counted_from: CountedFrom,
    /// In what it is counted.
    #[serde(default)]
    unit: RetryUnit,
}

/// Retries that do not follow one another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("retries {0:?} counted from the first failure must each be later than the one before")]
pub struct NotInOrder(pub Vec<u16>);

impl RetrySchedule {
    /// A schedule; refused where two retries would come at once or backward.
    ///
    /// ```
    /// use billing::dunning::{CountedFrom, RetrySchedule, RetryUnit};
    /// let schedule = RetrySchedule::new(vec![1, 3], CountedFrom::FirstFailure, RetryUnit::Day).unwrap();
    /// let retries = schedule.retries("2027-01-31T10:00".parse().unwrap());
    /// assert_eq!(retries[1].to_string(), "2027-02-03T10:00:00");
    /// ```
    pub fn new(offsets: Vec<u16>, counted_from: CountedFrom, unit: RetryUnit) -> Result<Self, NotInOrder> {
        let ascends = offsets.windows(2).all(|pair| pair[0] < pair[1]);
        if counted_from == CountedFrom::FirstFailure && !ascends {
            return Err(NotInOrder(offsets));
        }
        Ok(Self { offsets, counted_from, unit })
    }

    /// When a payment that failed at a local time is tried again, in order.
    pub fn retries(&self, failed_at: DateTime) -> Vec<DateTime> {
        let later = |distance| match self.unit {
            RetryUnit::Hour => Duration::new().hours(distance),
            RetryUnit::Day => Duration::new().days(distance),
        };
        let at = |distance| failed_at.checked_add(later(distance)).expect("a date inside the supported range");
        self.distances().map(at).collect()
    }

    /// In what the distances are counted.
    pub fn unit(&self) -> RetryUnit {
        self.unit
    }

    /// How many retries there are.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The retry of this number, from 0, of a payment that failed then: days keep the local time of day, hours pass.
    pub fn retry(&self, number: usize, failed_at: Timestamp, zone: &Zone) -> Option<Timestamp> {
        let distance = self.distances().nth(number)?;
        Some(match self.unit {
            RetryUnit::Hour => after(failed_at, SignedDuration::from_hours(distance)),
            RetryUnit::Day => days_later(failed_at, distance, zone),
        })
    }

    /// The days that the last retry is away, begun ones counted.
    pub fn days(&self) -> i64 {
        let last = self.distances().last().unwrap_or(0);
        match self.unit {
            RetryUnit::Hour => (last + 23) / 24,
            RetryUnit::Day => last,
        }
    }

    /// How far away from the first failure each retry is, in its unit.
    fn distances(&self) -> impl Iterator<Item = i64> {
        let offsets = self.offsets.iter().map(|offset| i64::from(*offset));
        offsets.scan(0, |before, offset| {
            *before = match self.counted_from {
                CountedFrom::FirstFailure => offset,
                CountedFrom::PreviousAttempt => *before + offset,
            };
            Some(*before)
        })
    }
}

/// So many of the zone's days later, at the same local time; where the clock skips that, as much later as it skips.
fn days_later(at: Timestamp, days: i64, zone: &Zone) -> Timestamp {
    let local = zone.local(at).checked_add(Duration::new().days(days)).expect("a date inside the supported range");
    zone.instant(local)
}

fn after(at: Timestamp, duration: SignedDuration) -> Timestamp {
    at.checked_add(duration).expect("an instant inside the supported range")
}

/// What becomes of access when the grace of an unpaid renewal is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AfterGrace {
    /// It stays as it is; the invoice is owed.
    #[default]
    Keep,
    /// It is restricted until all that is unpaid of the subscription is paid. Needs `grace_days`.
    Restrict,
    /// The subscription ends at once. Needs `grace_days`.
    Cancel,
}

/// What becomes of what was used and never paid where a subscription ends for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unpaid {
    /// It stays owed.
    #[default]
    Owed,
    /// It is owed no more: nothing is asked for that was not paid, used or not.
    Released,
}

impl Unpaid {
    /// Does it stay owed?
    pub fn is_owed(&self) -> bool {
        *self == Self::Owed
    }
}

/// What becomes of the invoice of an automatic renewal that is not paid. In a policy file: the `[dunning]` table. No rule can
/// set it: it is of the whole subscription, and what a person orders is never tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DunningTerms {
    /// When the card is tried again; absent, never. At most 30 times, the last at most 366 days after the first failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retries: Option<RetrySchedule>,
    /// How many of the customer's days access goes on after the first payment failed, or, where a transfer is waited for,
    /// after the last day to pay; 0 to 366. Only with `after_grace = "restrict"` or `"cancel"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 366)))]
    pub grace_days: Option<u16>,
    /// What becomes of access then.
    #[serde(default)]
    pub after_grace: AfterGrace,
    /// What becomes of what was used and not paid where the subscription ends then. Only with `after_grace = "cancel"`.
    #[serde(default, skip_serializing_if = "Unpaid::is_owed")]
    pub unpaid: Unpaid,
}

impl DunningTerms {
    /// Do they say nothing? Then an unpaid renewal is owed, and no more becomes of it.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// How far the invoice of an automatic renewal has come. Its instants are planned when its first payment fails, by the
/// terms of the day it was issued, and told to the customer then: no later policy moves them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dunning {
    /// The terms of the day it was issued.
    pub terms: DunningTerms,
    /// From when it counts: the first failure of a payment, or the end of the last day to pay where a transfer is waited
    /// for, which may still come. None while the first payment by card is on its way.
    pub since: Option<Timestamp>,
    /// How many retries of the schedule are behind it, made or missed: none is made up for.
    pub retried: usize,
    /// When the next one is due.
    pub retry_at: Option<Timestamp>,
    /// When access is restricted, or the subscription ends, where the terms say so.
    pub grace_until: Option<Timestamp>,
    /// Is the grace over?
    pub grace_over: bool,
    /// The lines of the invoice that bill usage, which no coverage remembers, where the terms may release them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<DocumentLine>,
}

impl Dunning {
    /// Of an invoice that is issued under these terms; none where they say nothing.
    pub fn under(terms: &DunningTerms) -> Option<Self> {
        let terms = (!terms.is_nothing()).then(|| terms.clone())?;
        Some(Self {
            terms,
            since: None,
            retried: 0,
            retry_at: None,
            grace_until: None,
            grace_over: false,
            used: Vec::new(),
        })
    }

    /// The first payment failed: from here it counts. Nothing where it counts already.
    pub fn begin(&mut self, failed_at: Timestamp, zone: &Zone) {
        if self.since.is_none() {
            self.count_from(failed_at, zone);
            self.plan_retry(zone);
        }
    }

    /// No card is there to be tried: it counts from the end of the time to pay, and nothing is tried again.
    pub fn wait_for_transfer(&mut self, until: Timestamp, zone: &Zone) {
        self.retried = self.terms.retries.as_ref().map_or(0, RetrySchedule::len);
        self.count_from(until, zone);
    }

    /// Every retry that was due by now is behind it: made, or missed.
    pub fn pass(&mut self, now: Timestamp, zone: &Zone) {
        while self.retry_at.is_some_and(|at| at <= now) {
            self.retried += 1;
            self.plan_retry(zone);
        }
    }

    /// What is due when the grace of an invoice is over.
    pub fn after_grace(&self, invoice: DocumentId) -> Command {
        match self.terms.after_grace {
            AfterGrace::Keep | AfterGrace::Restrict => Command::RestrictAccess { invoice },
            AfterGrace::Cancel => Command::CancelUnpaid { invoice },
        }
    }

    /// When time alone brings something about: a retry, or the end of the grace.
    pub fn next_at(&self) -> Option<Timestamp> {
        let restricts_at = self.grace_until.filter(|_| !self.grace_over);
        self.retry_at.into_iter().chain(restricts_at).min()
    }

    /// Is something owed and overdue?
    pub fn is_overdue_at(&self, now: Timestamp) -> bool {
        self.since.is_some_and(|since| since <= now)
    }

    fn count_from(&mut self, since: Timestamp, zone: &Zone) {
        self.since = Some(since);
        let days = self.terms.grace_days.filter(|_| self.terms.after_grace != AfterGrace::Keep);
        self.grace_until = days.map(|days| days_later(since, i64::from(days), zone));
    }

    fn plan_retry(&mut self, zone: &Zone) {
        let schedule = self.terms.retries.as_ref().zip(self.since);
        self.retry_at = schedule.and_then(|(schedule, since)| schedule.retry(self.retried, since, zone));
    }
}

impl TryFrom<WrittenSchedule> for RetrySchedule {
    type Error = NotInOrder;
    fn try_from(written: WrittenSchedule) -> Result<Self, NotInOrder> {
        Self::new(written.offsets, written.counted_from, written.unit)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days(offsets: &[u16], counted_from: CountedFrom) -> Vec<i8> {
        let schedule = RetrySchedule::new(offsets.to_vec(), counted_from, RetryUnit::Day).expect("a schedule");
        schedule.retries(date(2027, 1, 1).at(12, 0, 0, 0)).iter().map(|at| at.day()).collect()
    }

    #[test]
    fn retries_count_from_the_first_failure_or_from_one_another() {
        assert_eq!(days(&[1, 3, 5], CountedFrom::FirstFailure), [2, 4, 6]);
        assert_eq!(days(&[1, 3, 5], CountedFrom::PreviousAttempt), [2, 5, 10]);
        assert_eq!(days(&[8, 8], CountedFrom::PreviousAttempt), [9, 17]);
    }

    #[test]
    fn two_retries_at_once_are_refused() {
        let schedule = RetrySchedule::new(vec![2, 5, 5], CountedFrom::FirstFailure, RetryUnit::Hour);
        assert_eq!(schedule, Err(NotInOrder(vec![2, 5, 5])));
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn begun(failed_at: &str, unit: RetryUnit, zone: &Zone) -> Dunning {
        let retries = RetrySchedule::new(vec![1, 2, 48], CountedFrom::FirstFailure, unit).expect("a schedule");
        let terms = DunningTerms {
            retries: Some(retries),
            grace_days: Some(7),
            after_grace: AfterGrace::Restrict,
            unpaid: Unpaid::Owed,
        };
        let mut dunning = Dunning::under(&terms).expect("terms that say something");
        dunning.begin(at(failed_at), zone);
        dunning
    }

    #[test]
    fn days_keep_the_local_time_when_the_clock_is_put_forward() {
        // Berlin: 28 March 2027, 2:00 becomes 3:00. The failure is at 2:30 on the 27th.
        let berlin = Zone::parse("Europe/Berlin").expect("a zone");
        let dunning = begun("2027-03-27T01:30:00Z", RetryUnit::Day, &berlin);
        assert_eq!(dunning.retry_at, Some(at("2027-03-28T01:30:00Z")), "2:30 is skipped: 3:30");
        assert_eq!(dunning.grace_until, Some(at("2027-04-03T00:30:00Z")), "2:30 again");
    }

    #[test]
    fn hours_pass_whatever_the_clock_shows() {
        let berlin = Zone::parse("Europe/Berlin").expect("a zone");
        let mut dunning = begun("2027-03-27T01:30:00Z", RetryUnit::Hour, &berlin);
        dunning.pass(at("2027-03-27T03:30:00Z"), &berlin);
        assert_eq!((dunning.retried, dunning.retry_at), (2, Some(at("2027-03-29T01:30:00Z"))));
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let mut dunning = begun("2027-06-01T10:00:00Z", RetryUnit::Day, Zone::utc_ref());
        dunning.pass(at("2027-06-05T00:00:00Z"), Zone::utc_ref());
        assert_eq!((dunning.retried, dunning.retry_at), (2, Some(at("2027-07-19T10:00:00Z"))));
        assert_eq!(dunning.next_at(), dunning.grace_until, "the grace is over before the last one");
        dunning.pass(at("2027-08-01T00:00:00Z"), Zone::utc_ref());
        assert_eq!((dunning.retried, dunning.retry_at), (3, None));
    }
}
