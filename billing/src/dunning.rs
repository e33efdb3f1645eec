//! Dunning: when a payment that failed is tried again. The schedule is data; who tries, and what becomes of the
//! subscription when it is used up, is not here.

use jiff::Span as Duration;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// From where the distance of a retry is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
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
#[serde(rename_all = "snake_case")]
pub enum RetryUnit {
    /// Hours.
    Hour,
    /// Calendar days, at the local time of the failure.
    #[default]
    Day,
}

/// When a payment is tried again: `{ offsets = [1, 3, 5, 7] }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenSchedule")]
pub struct RetrySchedule {
    offsets: Vec<u16>,
    counted_from: CountedFrom,
    unit: RetryUnit,
}

/// A schedule as a file has it, before it is checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSchedule {
    offsets: Vec<u16>,
    #[serde(default)]
    counted_from: CountedFrom,
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
        let mut distance = 0;
        let mut retries = Vec::with_capacity(self.offsets.len());
        for offset in &self.offsets {
            distance = match self.counted_from {
                CountedFrom::FirstFailure => i64::from(*offset),
                CountedFrom::PreviousAttempt => distance + i64::from(*offset),
            };
            let duration = match self.unit {
                RetryUnit::Hour => Duration::new().hours(distance),
                RetryUnit::Day => Duration::new().days(distance),
            };
            retries.push(failed_at.checked_add(duration).expect("a date inside the supported range"));
        }
        retries
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
}
