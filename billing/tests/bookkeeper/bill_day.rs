//! Bill days as a bookkeeper sees them: a day of the month on which everybody is billed, and what the days up to it cost.
//! And the shops that have one; drawn apart, so that seeds of before keep their histories.

use billing::calendar::{Cycle, CycleUnit};
use billing::policy::{FirstPeriodPrice, Terms};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::book::Subscription;
use crate::chance::Chance;
use crate::count::{FullPrice, Joint, Measure, Part};
use crate::days::{Clock, cycles_after};
use crate::fraction::Fraction;
use crate::history::History;

/// Policies with a bill day: names, what they have beside the common terms of days, and rules.
pub const POLICIES: [(&str, &str, &str); 9] = [
    (
        "bill-1",
        "denominator = \"period\"\nbill_day = 1\nanchor = \"keep\"\ncarry = \"item_period\"\npending = \"replace\"\n",
        "",
    ),
    (
        "bill-31-full",
        "denominator = \"period\"\nbill_day = 31\nfirst_period = \"full\"\nanchor = \"keep\"\ncarry = \"item_period\"\n\
         choose_when = true\npending = \"replace\"\n",
        "[[rules]]\non = { phase = \"trial\", asked_by = \"staff\" }\nset = { trial = \"end\" }\n",
    ),
    (
        "bill-31",
        "denominator = \"period\"\nbill_day = 31\nanchor = \"keep\"\ngate = \"none\"\nremainder = \"rounded\"\n\
         choose_when = true\ndiscount_on_switch = \"keep\"\n",
        "[[rules]]\non = { phase = \"trial\" }\nset = { trial = \"end\" }\n",
    ),
    (
        "bill-15-of-30",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\nbill_day = 15\nanchor = \"keep\"\n\
         discount_order = \"prorate_then_discount\"\nfixed_discount = \"full\"\nrounding = \"up\"\n",
        "",
    ),
    (
        "bill-30-seller",
        "denominator = \"nominal\"\nremainder = \"rounded\"\nbill_day = 30\nanchor = \"keep\"\nday_zone = \"seller\"\n\
         tax_rounding = \"line\"\nclaw_back = \"used_at_list\"\n",
        "[[rules]]\non = { cycle = \"longer\" }\nset = { when = \"period_end\" }\n",
    ),
    (
        "bill-29-both",
        "denominator = \"period\"\nbill_day = 29\nanchor = \"keep\"\ncarry = \"item_period\"\ntrial = \"end\"\n\
         quantity_decrease = \"no_refund\"\npending = \"replace\"\n",
        "",
    ),
    (
        "bill-10-netted",
        "denominator = \"period\"\nbill_day = 10\nanchor = \"keep\"\nnetting = \"item\"\ntax_rounding = \"net\"\n\
         gate = \"none\"\nrounding_stage = \"unit_rate\"\n",
        "[[rules]]\non = { asked_by = \"staff\" }\nset = { charge = \"full\", netting = \"lines\" }\n",
    ),
    (
        "bill-20-put-off",
        "denominator = \"thirty_360\"\nremainder = \"rounded\"\nbill_day = 20\nanchor = \"keep\"\ngate = \"none\"\n\
         settle_charge = \"next_invoice\"\nsettle_credit = \"next_invoice\"\n",
        "[[rules]]\non = { cycle = \"shorter\" }\nset = { when = \"period_end\", settle_charge = \"invoice_now\" }\n",
    ),
    (
        "bill-1-chased",
        "denominator = { year_days = 365 }\nremainder = \"rounded\"\nbill_day = 1\nanchor = \"keep\"\ncharge = \"none\"\n\
         on_failure = \"apply\"\n",
        "[[rules]]\non = { direction = \"upgrade\" }\nset = { charge = \"prorated\", on_failure = \"wait\" }\n",
    ),
];

/// The same for terms that count instants.
pub const INSTANTS: [(&str, &str); 2] = [
    (
        "bill-28-seconds",
        "unit = \"second\"\nbill_day = 28\nanchor = \"keep\"\npending = \"replace\"\ncarry = \"item_period\"\n",
    ),
    (
        "bill-31-hours",
        "unit = \"hour\"\nbill_day = 31\nanchor = \"keep\"\nrounding = \"truncate\"\nremainder = \"rounded\"\ntrial = \"end\"\n",
    ),
];

/// Policies whose first periods may be long ones, drawn apart again.
pub const LONG: [(&str, &str, &str); 7] = [
    (
        "long-1",
        "denominator = \"period\"\nbill_day = 1\nfirst_period = \"long\"\nanchor = \"keep\"\ncarry = \"item_period\"\n\
         pending = \"replace\"\n",
        "",
    ),
    (
        "long-31-chosen",
        "denominator = \"period\"\nbill_day = 31\nfirst_period = \"long\"\nanchor = \"keep\"\ngate = \"none\"\n\
         choose_when = true\nremainder = \"rounded\"\ntrial = \"end\"\n",
        "",
    ),
    (
        "cut-off-20",
        "denominator = \"period\"\nbill_day = 1\ncut_off_day = 20\nanchor = \"keep\"\ncarry = \"item_period\"\n\
         quantity_decrease = \"no_refund\"\npending = \"replace\"\ndiscount_on_switch = \"keep\"\n",
        "[[rules]]\non = { phase = \"trial\" }\nset = { trial = \"end\" }\n",
    ),
    (
        "cut-off-5-of-30",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\nbill_day = 15\ncut_off_day = 5\nanchor = \"keep\"\n\
         discount_order = \"prorate_then_discount\"\nfixed_discount = \"full\"\nrounding = \"up\"\n",
        "",
    ),
    (
        "long-10-netted",
        "denominator = \"period\"\nbill_day = 10\nfirst_period = \"long\"\nanchor = \"keep\"\nnetting = \"item\"\n\
         tax_rounding = \"net\"\ngate = \"none\"\nrounding_stage = \"unit_rate\"\n",
        "[[rules]]\non = { asked_by = \"staff\" }\nset = { charge = \"full\", netting = \"lines\" }\n",
    ),
    (
        "long-20-put-off",
        "denominator = \"thirty_360\"\nremainder = \"rounded\"\nbill_day = 20\nfirst_period = \"long\"\nanchor = \"keep\"\n\
         gate = \"none\"\nsettle_charge = \"next_invoice\"\nsettle_credit = \"next_invoice\"\n\
         discount_order = \"prorate_then_discount\"\n",
        "[[rules]]\non = { cycle = \"shorter\" }\nset = { when = \"period_end\", settle_charge = \"invoice_now\" }\n",
    ),
    (
        "long-29-both",
        "denominator = \"period\"\nbill_day = 29\nfirst_period = \"long\"\nanchor = \"keep\"\ncarry = \"item_period\"\n\
         claw_back = \"used_at_list\"\npending = \"replace\"\n",
        "[[rules]]\non = { direction = \"downgrade\" }\nset = { credit_from = \"change_day\" }\n",
    ),
];

/// The same for terms that count instants.
pub const LONG_INSTANTS: [(&str, &str); 2] = [
    (
        "long-28-seconds",
        "unit = \"second\"\nbill_day = 28\nfirst_period = \"long\"\nanchor = \"keep\"\npending = \"replace\"\n\
         carry = \"item_period\"\n",
    ),
    (
        "cut-off-31-hours",
        "unit = \"hour\"\nbill_day = 31\ncut_off_day = 10\nanchor = \"keep\"\nrounding = \"truncate\"\n\
         remainder = \"rounded\"\n",
    ),
];

/// Is it a policy that is only drawn here?
pub fn is_own(name: &str) -> bool {
    POLICIES.iter().chain(&LONG).any(|(own, ..)| *own == name)
        || INSTANTS.iter().chain(&LONG_INSTANTS).any(|(own, _)| *own == name)
}

/// By which no seed that is kept in `seeds.txt` draws a bill day.
const SALT: u64 = 0xb111_da70_00bf;

impl History {
    /// Lets every seventh shop bill everybody on one day.
    pub fn have_a_bill_day(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        if !chance.percent(15) {
            return;
        }
        let names: Vec<&str> =
            POLICIES.iter().map(|(name, ..)| *name).chain(INSTANTS.iter().map(|(name, _)| *name)).collect();
        (*chance.pick(&names)).clone_into(&mut self.shop.policy);
    }

    /// Lets every tenth charge the period after a bill day with the days up to it.
    pub fn have_a_long_first_period(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT ^ 0x10_06);
        if !chance.percent(10) {
            return;
        }
        let names: Vec<&str> =
            LONG.iter().map(|(name, ..)| *name).chain(LONG_INSTANTS.iter().map(|(name, _)| *name)).collect();
        (*chance.pick(&names)).clone_into(&mut self.shop.policy);
    }
}

/// Where periods are counted from: the first of them, and the day of the month on which each begins, where there is one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Since {
    pub start: DateTime,
    pub day: Option<i8>,
    /// Does the period before the first of them begin with a part of the one before it?
    pub joins: bool,
}

impl Since {
    /// Periods that begin as the first one does.
    pub fn moment(start: DateTime) -> Self {
        Self { start, day: None, joins: false }
    }

    /// What begins at a moment and leads to the bill day of the terms, where they have one and the cycle is of months; and
    /// the number of the period that holds the moment.
    pub fn leading_from(terms: &Terms, moment: DateTime, cycle: Cycle) -> (Self, i64) {
        let Some(day) = bill_day(terms, cycle) else { return (Self::moment(moment), 0) };
        let mut since = Self { start: on_day(moment.date(), day).at(0, 0, 0, 0), day: Some(day), joins: false };
        if since.start < moment {
            since.start = since.nth(cycle, 1);
        }
        if since.start == moment {
            return (since, 0);
        }
        // The last cut-off day before the bill day is looked for, day by day.
        let is_late = terms.cut_off_day.is_some_and(|cut_off| {
            let cut_off = i8::try_from(i64::from(cut_off)).expect("a day of a month");
            let mut date = since.start.date().yesterday().expect("a date in range");
            while date != on_day(date, cut_off) {
                date = date.yesterday().expect("a date in range");
            }
            moment.date() >= date
        });
        match terms.first_period {
            // The full period after the bill day belongs to it; what is counted on begins where that ends.
            FirstPeriodPrice::Long => (Self { start: since.nth(cycle, 1), joins: true, ..since }, -1),
            FirstPeriodPrice::Short if is_late => (Self { start: since.nth(cycle, 1), joins: true, ..since }, -1),
            FirstPeriodPrice::Short => (since, -1),
            // What costs as much as any other period counts as one.
            FirstPeriodPrice::Full => (Self { start: since.nth(cycle, -1), ..since }, 0),
        }
    }

    /// The two full periods of a period, if it is made of two.
    pub fn joint(&self, cycle: Cycle, number: i64, clock: &Clock) -> Option<Joint> {
        let nth = |n| clock.when(self.nth(cycle, n));
        (self.joins && number == -1).then(|| Joint { begun: nth(-2), at: nth(-1) })
    }

    /// Boundary `n`.
    pub fn nth(&self, cycle: Cycle, n: i64) -> DateTime {
        let landed = cycles_after(self.start, cycle, n);
        match self.day {
            Some(day) => on_day(landed.date(), day).to_datetime(landed.time()),
            None => landed,
        }
    }
}

/// The bill day of terms for a cycle; weeks and days have none.
pub fn bill_day(terms: &Terms, cycle: Cycle) -> Option<i8> {
    let of_months = matches!(cycle.unit, CycleUnit::Month | CycleUnit::Year);
    let day = terms.bill_day.filter(|_| of_months)?;
    i8::try_from(i64::from(day)).ok()
}

/// Does a moment begin a bill day?
pub fn begins_one(moment: DateTime, day: i8) -> bool {
    moment.date() == on_day(moment.date(), day) && moment == moment.date().at(0, 0, 0, 0)
}

/// The day in the month of a date, or the last one before it that the month has.
fn on_day(date: Date, day: i8) -> Date {
    let days = (1..=day).rev().find_map(|day| Date::new(date.year(), date.month(), day).ok());
    days.expect("a month has a first day")
}

impl Subscription {
    /// What the present period costs, if it leads to a bill day: the part of a price that it is of the full one. Nothing
    /// else is a part that no change laid.
    pub fn leads(&self, clock: &Clock) -> bool {
        self.trial.is_none() && self.counted_from(clock) < self.from
    }

    /// The two full periods that the present one is made of, if it is.
    pub fn joint(&self, clock: &Clock) -> Option<Joint> {
        self.since.joint(self.cycle, self.number, clock)
    }

    /// When the first full period began that the present one has a part of.
    pub fn counted_from(&self, clock: &Clock) -> Timestamp {
        self.joint(clock).map_or_else(|| self.full_from(clock), |joint| joint.begun)
    }
}

/// A part of a price that begins a subscription: what is billed, what it is worth at the list price, and how much it is
/// above the exact part.
pub fn first_part(
    measure: &Measure<'_>,
    price: FullPrice,
    (full_from, joint): (Timestamp, Option<Joint>),
    from: Timestamp,
    until: Timestamp,
) -> (i64, i64, Fraction) {
    let part: Part = measure.rest_of_two(joint, full_from, until, from, price.cycle);
    let net = measure.part_of_price(price, part);
    let gross = if price.off.is_none() { net } else { measure.at_list(price.list, part).max(net) };
    let above = if measure.carries() { Fraction::whole(net) - measure.exact(price, part) } else { Fraction::whole(0) };
    (net, gross, above)
}
