//! What was done, counted: so that one sees that the histories reach things.

use std::collections::BTreeMap;
use std::fmt;

use crate::book::Desk;
use crate::fraction::Fraction;

#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Per command: taken, and refused by code.
    commands: BTreeMap<&'static str, (u64, BTreeMap<&'static str, u64>)>,
    policies: BTreeMap<String, u64>,
    zones: BTreeMap<String, u64>,
    policy: String,
    zone: String,
    pub histories: u64,
    pub quotes: u64,
    /// Items and periods held against exact prices, and how many were a minor unit or more off.
    exact: u64,
    off_by_one: u64,
    most: Option<Fraction>,
    /// Where roundings are carried: how many plans and options of a period, how many with several changes, and how far
    /// they were off at most.
    carried: u64,
    many: u64,
    carried_most: Option<Fraction>,
    pub inexact: u64,
    /// What was put off to the next bill: changes, bills and changes that took all of it in, and bills below nothing.
    pub put_off: [u64; 4],
    /// Of trials: begun, over on their day, changed and kept, ended by a change.
    pub in_trial: [u64; 4],
    /// First periods that led to a bill day, and changes that were made in one.
    pub to_bill_day: [u64; 2],
    /// Of plans that are billed afterwards, as `arrears` says.
    pub afterwards: crate::arrears::Seen,
    /// Of what meters count, as `meters` says.
    pub metered: crate::meters::Seen,
    /// Of what is asked once, as `once` says.
    pub once: crate::once::Seen,
    /// Of trials that cost something, as `paid_trial` says.
    pub paid_trials: crate::paid_trial::Seen,
    /// Of subscriptions that ended, as `leaving` says.
    pub left: crate::leaving::Seen,
    /// Of balance that is paid out, as `payouts` says.
    pub paid_out: crate::payouts::Seen,
    /// Of changes on a day that was named: made when it had come, left to be paid, and how many of them late, after the end of
    /// the period.
    pub begun: [u64; 3],
}

impl Tally {
    pub fn of(desk: &Desk) -> Self {
        let (policy, zone) = (desk.shop.policy.clone(), desk.shop.customer.to_owned());
        Self { policy, zone, histories: 1, ..Self::default() }
    }

    pub fn count(&mut self, command: &'static str, refused: Option<&'static str>) {
        let entry = self.commands.entry(command).or_default();
        match refused {
            None => entry.0 += 1,
            Some(code) => *entry.1.entry(code).or_default() += 1,
        }
    }

    pub fn exact(&mut self, off: Fraction) {
        self.exact += 1;
        self.off_by_one += u64::from(!Fraction::whole(1).is_above(off));
        if self.most.is_none_or(|most| off.is_above(most)) {
            self.most = Some(off);
        }
    }

    pub fn carried(&mut self, off: Fraction, ends: i64) {
        self.carried += 1;
        self.many += u64::from(ends > 4);
        if self.carried_most.is_none_or(|most| off.is_above(most)) {
            self.carried_most = Some(off);
        }
    }

    pub fn total(&self) -> u64 {
        self.commands.values().map(|(taken, refused)| taken + refused.values().sum::<u64>()).sum()
    }

    /// Of so many of a command, how many were taken.
    pub fn taken(&self, command: &str) -> (u64, u64) {
        let (taken, refused) =
            self.commands.get(command).map_or((0, 0), |(taken, refused)| (*taken, refused.values().sum::<u64>()));
        (taken, taken + refused)
    }

    pub fn policies(&self) -> usize {
        self.policies.len()
    }

    pub fn zones(&self) -> usize {
        self.zones.len()
    }

    /// Adds what a history counted.
    pub fn add(&mut self, other: Self) {
        *self.policies.entry(other.policy.clone()).or_default() += other.total();
        *self.zones.entry(other.zone.clone()).or_default() += other.total();
        self.merge(other);
    }

    /// Adds what another walk counted.
    pub fn merge(&mut self, other: Self) {
        for (name, count) in other.policies {
            *self.policies.entry(name).or_default() += count;
        }
        for (name, count) in other.zones {
            *self.zones.entry(name).or_default() += count;
        }
        for (command, (taken, refused)) in other.commands {
            let entry = self.commands.entry(command).or_default();
            entry.0 += taken;
            for (code, count) in refused {
                *entry.1.entry(code).or_default() += count;
            }
        }
        self.histories += other.histories;
        self.quotes += other.quotes;
        self.exact += other.exact;
        self.off_by_one += other.off_by_one;
        self.inexact += other.inexact;
        self.metered.iter_mut().zip(other.metered).for_each(|(known, more)| *known += more);
        self.left.merge(other.left);
        self.paid_out.iter_mut().zip(other.paid_out).for_each(|(known, more)| *known += more);
        self.once.iter_mut().zip(other.once).for_each(|(known, more)| *known += more);
        self.paid_trials.iter_mut().zip(other.paid_trials).for_each(|(known, more)| *known += more);
        self.afterwards.iter_mut().zip(other.afterwards).for_each(|(known, more)| *known += more);
        self.in_trial.iter_mut().zip(other.in_trial).for_each(|(known, more)| *known += more);
        self.to_bill_day.iter_mut().zip(other.to_bill_day).for_each(|(known, more)| *known += more);
        self.begun.iter_mut().zip(other.begun).for_each(|(known, more)| *known += more);
        self.put_off.iter_mut().zip(other.put_off).for_each(|(known, more)| *known += more);
        self.carried += other.carried;
        self.many += other.many;
        for (known, most) in [(&mut self.most, other.most), (&mut self.carried_most, other.carried_most)] {
            if let Some(most) = most
                && known.is_none_or(|known| most.is_above(known))
            {
                *known = Some(most);
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} commands in {} histories; {} quotes compared", self.total(), self.histories, self.quotes)?;
        for (command, (taken, refused)) in &self.commands {
            writeln!(f, "  {command}: {taken} taken, {} refused", refused.values().sum::<u64>())?;
            for (code, count) in refused {
                writeln!(f, "      {code}: {count}")?;
            }
        }
        writeln!(f, "commands per policy: {:?}", self.policies)?;
        writeln!(f, "commands per zone: {:?}", self.zones)?;
        let [changes, by_bill, by_change, below] = self.put_off;
        writeln!(
            f,
            "{changes} changes put off to the next bill; {by_bill} bills took in what waited, {below} of them below nothing, \
             and {by_change} changes"
        )?;
        let [started, renewed, changed, let_go] = self.once;
        writeln!(
            f,
            "asked once: {started} with a start, {renewed} with a period, {changed} with a change, {let_go} let go"
        )?;
        let [there, back, among, over, old_now] = self.afterwards;
        writeln!(
            f,
            "billed afterwards: {there} changes there, {back} back, {among} among; {over} bills, {old_now} of the old alone"
        )?;
        let [reports, lines, later, free] = self.metered;
        writeln!(
            f,
            "{reports} reports of usage, {free} free in trials; {lines} lines billed, {later} after another price"
        )?;
        writeln!(f, "{}", self.left)?;
        let [asked, sent, back] = self.paid_out;
        writeln!(f, "paid out for a fee: {asked} asked for, {sent} sent, {back} came back")?;
        let [begun, over, kept, ended] = self.in_trial;
        writeln!(f, "{begun} trials: {over} ran out, {ended} ended with a change; {kept} changes in one kept it")?;
        let [begun, dearer, no_dearer, ended, waits] = self.paid_trials;
        writeln!(
            f,
            "{begun} trials cost something: {dearer} changes made one dearer, {waits} of them with the next bill, {no_dearer} did not, {ended} ended one"
        )?;
        let [first, changed] = self.to_bill_day;
        writeln!(f, "{first} first periods led to a bill day, and {changed} changes were made in one")?;
        let [made, asked, late] = self.begun;
        writeln!(
            f,
            "on a day that was named {made} changes were made and {asked} left to be paid, {late} of them late"
        )?;
        let shown = |most: Option<Fraction>| most.map_or_else(|| "0".to_owned(), |most| format!("{most:?}"));
        let (most, carried_most) = (shown(self.most), shown(self.carried_most));
        writeln!(
            f,
            "{} items and periods with what is carried, {} of them with several changes: at most {carried_most} off",
            self.carried, self.many
        )?;
        writeln!(
            f,
            "{} rounded line by line: {} a minor unit or more off, at most {most}; {} rounded otherwise",
            self.exact, self.off_by_one, self.inexact
        )
    }
}
