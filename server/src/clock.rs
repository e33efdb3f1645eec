//! The clock. The only place of the server that reads the system's time for decisions: everything else is given a
//! `Clock` and asks it, so that tests and the demo can stand at any moment they like. Whole milliseconds, as the store
//! keeps them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// What time it is. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A clock that stands still until it is set; its clones are one clock.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at a moment.
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    /// This moment, in whole milliseconds.
    pub fn now(&self) -> Timestamp {
        let milliseconds = match self {
            Self::System => Timestamp::now().as_millisecond(),
            Self::Fixed(at) => at.load(Ordering::SeqCst),
        };
        Timestamp::from_millisecond(milliseconds).expect("a clock inside the supported range")
    }

    /// Moves a standing clock. The system's cannot be moved: that does nothing.
    pub fn set(&self, at: Timestamp) {
        if let Self::Fixed(moment) = self {
            moment.store(at.as_millisecond(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_until_it_is_set_and_is_shared_by_its_clones() {
        let start: Timestamp = "2027-01-20T14:00:00.123456Z".parse().expect("a fixed instant");
        let clock = Clock::fixed(start);
        assert_eq!(clock.now().to_string(), "2027-01-20T14:00:00.123Z");
        let later: Timestamp = "2027-01-21T00:00:00Z".parse().expect("a fixed instant");
        clock.clone().set(later);
        assert_eq!(clock.now(), later);
    }
}
