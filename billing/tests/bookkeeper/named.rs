//! Days that a customer names for a change: histories in which that happens, drawn apart, so that seeds of before keep their
//! own. What such a change is and costs is in `change` and `commands`.

use billing::policy::When;

use crate::chance::Chance;
use crate::days::{Clock, plus_seconds};
use crate::history::{Deed, History, Step};

impl History {
    /// Lets every fifth customer name the days of changes, most of them days that can be had, and comes by on most of those:
    /// on time, too early, too late.
    pub fn name_days(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(20) {
            return;
        }
        let clock = Clock::new(self.shop.customer);
        let mut visits = Vec::new();
        for step in &mut self.steps {
            let (Deed::Quote(other) | Deed::Submit { other: Some(other), .. }) = &mut step.deed else { continue };
            if !chance.percent(60) {
                continue;
            }
            let days = match chance.below(8) {
                0 => chance.below(2),
                1..=4 => chance.between(1, 9),
                5..=6 => chance.between(1, 31),
                _ => chance.between(1, 70),
            };
            other.when = chance.percent(2).then_some(When::Now);
            other.days = Some(days);
            let late = match chance.below(6) {
                0 => -1,
                1..=2 => 0,
                3..=4 => chance.below(86_400),
                _ => chance.below(12 * 86_400),
            };
            let today = clock.date(step.at);
            let day = (0..days).fold(today, |day, _| day.tomorrow().expect("a date in range"));
            let at = plus_seconds(clock.day_begins(day), late);
            let subscription = step.subscription;
            if chance.percent(85) {
                visits.push(Step { at, subscription, deed: Deed::Begin });
            }
            if chance.percent(60) {
                let at = plus_seconds(at, chance.below(2 * 86_400));
                visits.push(Step { at, subscription, deed: Deed::Transfer { back: Some(0), more: 0 } });
            }
        }
        for visit in visits {
            let place = self.steps.partition_point(|step| step.at <= visit.at);
            self.steps.insert(place, visit);
        }
    }
}

/// By which no seed that is kept in `seeds.txt` names a day.
const SALT: u64 = 0xda7e_04ea;
