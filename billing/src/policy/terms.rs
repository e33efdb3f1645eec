//! The terms of a change: every parameter by which its time is measured, its money counted and its moment chosen. All
//! of them are data; code reads these fields and knows no business by name.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{BillDay, Zone};
use crate::percent::Percent;
use crate::share::Rounding;
use crate::tax::TaxRounding;

/// The terms by which one change is counted and made. In a policy file: the `[terms]` table, overridden by the `set` of
/// the first rule that fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The unit in which time is shared.
    pub unit: TimeUnit,
    /// The zone in which days are cut and counted.
    #[serde(default)]
    pub day_zone: DayZone,
    /// From when the rest of the old is given back.
    pub credit_from: Cut,
    /// From when the new is charged.
    pub charge_from: Cut,
    /// Does the last unit of a period count?
    #[serde(default)]
    pub period_end: PeriodEnd,
    /// What a whole period counts as.
    pub denominator: Denominator,
    /// What becomes of half a minor unit.
    #[serde(default)]
    pub rounding: Rounding,
    /// Where on the way to an amount is rounded.
    #[serde(default)]
    pub rounding_stage: RoundingStage,
    /// How the rest of a line is found.
    #[serde(default)]
    pub remainder: Remainder,
    /// What becomes of what rounding leaves over.
    #[serde(default)]
    pub carry: Carrying,
    /// Are the old and the new counted apart, or is their difference?
    #[serde(default)]
    pub netting: Netting,
    /// How much of the old is given back.
    #[serde(default)]
    pub credit: Side,
    /// How much of the new is charged.
    #[serde(default)]
    pub charge: Side,
    /// From which price the part that is given back is counted.
    #[serde(default)]
    pub credit_basis: CreditBasis,
    /// What bounds the part that is given back.
    #[serde(default)]
    pub credit_by: CreditBy,
    /// What becomes of what was paid for more units of an option where there shall be fewer.
    #[serde(default)]
    pub quantity_decrease: QuantityDecrease,
    /// Is what something costs once (a setup fee) charged with a change?
    #[serde(default)]
    pub setup: SetupOnChange,
    /// What a term discount costs that is left early.
    #[serde(default)]
    pub claw_back: ClawBack,
    /// Is a discount taken off before time is shared, or after?
    #[serde(default)]
    pub discount_order: DiscountOrder,
    /// How a fixed discount counts for a part of a period.
    #[serde(default)]
    pub fixed_discount: FixedDiscount,
    /// What becomes of the old price's discount where the new price has none.
    #[serde(default)]
    pub discount_on_switch: DiscountOnSwitch,
    /// Where tax is rounded.
    #[serde(default)]
    pub tax_rounding: TaxRounding,
    /// How the tax of what is given back is found.
    #[serde(default)]
    pub credit_tax: CreditTax,
    /// By what a change is an upgrade or a downgrade. No rule can set it: it decides which rules fit.
    #[serde(default)]
    pub direction_by: DirectionBy,
    /// The day of the month on which the periods of everybody begin, 1 to 31; absent, on the day of the start. A month
    /// that is too short takes its last day; cycles of days and weeks know no bill day. No rule can set it. Needs
    /// `anchor = "keep"`: a period that a change begins would begin on another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u8>", range(min = 1, max = 31)))]
    pub bill_day: Option<BillDay>,
    /// What the time up to the first bill day costs, and whether the period after it is charged with it. No rule can set
    /// it. Only with `bill_day`.
    #[serde(default)]
    pub first_period: FirstPeriodPrice,
    /// The day from which on the period after the next bill day is charged with the time up to it, 1 to 31: the last such
    /// day before that. Who starts earlier is charged for the time up to it alone. A month that is too short takes its last
    /// day. No rule can set it. Only with `bill_day` and `first_period = "short"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u8>", range(min = 1, max = 31)))]
    pub cut_off_day: Option<BillDay>,
    /// What becomes of the payment date.
    #[serde(default)]
    pub anchor: AnchorOnChange,
    /// When the change is made.
    #[serde(default)]
    pub when: When,
    /// May the customer choose between now and the next period (T3)?
    #[serde(default)]
    pub choose_when: bool,
    /// May the customer choose a later day of the present period on which it is made, whatever `when` says? It is counted
    /// from that day, at the prices of the day on which it was submitted.
    #[serde(default)]
    pub choose_date: bool,
    /// What becomes of the payment date where a free plan is left for a paid one.
    #[serde(default)]
    pub free_to_paid: FreeToPaid,
    /// What becomes of a trial that is running.
    #[serde(default)]
    pub trial: TrialOnChange,
    /// Must it be paid before it is made?
    #[serde(default)]
    pub gate: Gate,
    /// What becomes of it where its payment fails. Only with `gate = "paid"`.
    #[serde(default)]
    pub on_failure: OnFailure,
    /// What becomes of a net that is to be paid. What begins a period is invoiced now, whatever this says.
    #[serde(default)]
    pub settle_charge: SettleCharge,
    /// What becomes of a net that the customer gets.
    #[serde(default)]
    pub settle_credit: SettleCredit,
    /// What a new wish does to a change that is still open.
    #[serde(default)]
    pub pending: Pending,
    /// What becomes of plan credits (T5).
    #[serde(default)]
    pub credits: CreditsOnChange,
    /// The fee on balance that is paid out as cash, in percent (M7). Absent, customers cannot ask for cash; staff can, for
    /// no fee. A customer has one balance: the policies of a storefront's products say the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub cash_out_fee: Option<Percent>,
    /// How long a quote may be submitted, in minutes; where days are counted, never past midnight, or past the start of the
    /// day that was chosen.
    pub quote_minutes: u32,
    /// How long a submitted change waits for its payment, in hours, from its day where one was chosen; never past the
    /// period's end.
    pub payment_hours: u32,
}

impl Terms {
    /// The same for what has no new side, as a cancellation: the terms of that are as if they were not there.
    pub(crate) fn of_the_old_alone(self) -> Self {
        Self {
            charge_from: self.credit_from,
            charge: Side::Prorated,
            netting: Netting::default(),
            anchor: AnchorOnChange::Keep,
            free_to_paid: FreeToPaid::default(),
            trial: TrialOnChange::default(),
            when: When::Now,
            choose_when: false,
            choose_date: false,
            settle_charge: SettleCharge::default(),
            settle_credit: SettleCredit::default(),
            ..self
        }
    }
}

/// The unit in which time is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Seconds between instants.
    Second,
    /// Whole minutes between instants.
    Minute,
    /// Whole hours between instants.
    Hour,
    /// Calendar days between local dates.
    Day,
    /// Months counted from the period's start; one that was begun is used.
    Month,
}

/// The zone in which a policy cuts and counts days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayZone {
    /// The customer's.
    #[default]
    Customer,
    /// The storefront's.
    Seller,
    /// Coordinated universal time.
    Utc,
}

/// From when the credit, or the charge, of a change counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// The very instant of the change.
    Instant,
    /// The start of the day of the change.
    ChangeDay,
    /// The start of the day after.
    NextDay,
}

impl Cut {
    /// The instant at which a change at `at` cuts time.
    pub fn of(self, at: Timestamp, zone: &Zone) -> Timestamp {
        match self {
            Self::Instant => at,
            Self::ChangeDay => zone.start_of_day(at),
            Self::NextDay => zone.start_of_next_day(at),
        }
    }
}

/// Does the last unit of a period count?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PeriodEnd {
    /// Up to its end: what is written as 1 to 30 April ends where 1 May begins.
    #[default]
    Exclusive,
    /// Up to a second before its end, in the part and in the whole.
    MinusOneSecond,
}

/// What a whole period counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// The length of the full period, counted from the anchor, that contains the part.
    Period,
    /// So many days a month, whatever the calendar says. Only with days as the unit.
    FixedDays(u16),
    /// So many days a year, and a twelfth of them a month: of 365, a month has 30 5/12 days.
    YearDays(u16),
    /// 30 days a month, 91 a quarter, 182 half a year, 365 a year.
    Nominal,
    /// Every month has 30 days, in the part and in the whole (30/360).
    #[serde(rename = "thirty_360")]
    Thirty360,
}

/// Where on the way to an amount is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoundingStage {
    /// Once, at the amount of the line.
    #[default]
    Line,
    /// At the price of one unit of time, which is then multiplied.
    UnitRate,
    /// At the fraction of the period, to so many decimals, and at the line.
    Factor(u8),
    /// Once, at the amount of the line, to a whole number of steps of so many minor units: dinars in tens of fils, francs
    /// in five centimes. A full price stays what it is, and the parts of a line add up to it.
    Step(u16),
}

/// How the rest of a line is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Remainder {
    /// The line less its rounded used part: any partition adds up to the line.
    #[default]
    Complement,
    /// The remaining part itself, rounded.
    Rounded,
}

/// What becomes of what rounding leaves over when a period has several changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Carrying {
    /// Every line is rounded for itself; after many changes it may be some minor units.
    #[default]
    None,
    /// It is carried from line to line of an item until its period is over, and a line takes or leaves a minor unit as soon as
    /// it is a whole one. Only where the parts of a period's own length are rounded, each at its line, after
    /// the discount and not as the difference of two prices; anything else says itself where it rounds.
    ItemPeriod,
}

/// Are the old and the new counted apart, or is their difference?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Netting {
    /// Apart: each is rounded.
    #[default]
    Lines,
    /// The difference of the prices is shared and rounded once; the charge takes the stray unit.
    Item,
}

/// How much of a side of a change counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The part for the rest of the period.
    #[default]
    Prorated,
    /// All of it: the price of a full period, or everything that was billed.
    Full,
    /// Nothing.
    None,
}

/// What becomes of what was paid for more units of an option where there shall be fewer of it, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuantityDecrease {
    /// The part for the rest of the period is given back, as of anything else.
    #[default]
    Credit,
    /// Nothing is given back: they stay paid until the period is over, and as many can be had again for nothing. Only as
    /// long as the period goes on and the option costs the same; with another period or price it is given back.
    NoRefund,
}

/// Is what something costs once (a setup fee) charged with a change? With a start and with the end of a trial it always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SetupOnChange {
    /// It is, in full, for every unit that was never had.
    #[default]
    Charge,
    /// It is waived, for good: coming back to it is not charged either.
    None,
}

/// What a term discount costs that is left early. Never more than was paid (M11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClawBack {
    /// Nothing: the discount is kept for the time that was used.
    #[default]
    None,
    /// The used part is counted at the list price: `paid − list × used share` (M6).
    UsedAtList,
    /// Every month begun is counted at the price of the plan by the month.
    UsedMonths,
}

/// Is a discount taken off before time is shared, or after?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DiscountOrder {
    /// Off the price of a full period, which is then shared.
    #[default]
    DiscountThenProrate,
    /// The list price is shared, and the discount taken off the part.
    ProrateThenDiscount,
}

/// How a fixed discount counts for a part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FixedDiscount {
    /// In the same part.
    #[default]
    Prorated,
    /// In full.
    Full,
}

/// What becomes of the old price's discount where the new price has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DiscountOnSwitch {
    /// It ends with the old price.
    #[default]
    Drop,
    /// A percentage goes over to the new price, where the cycle stays.
    Keep,
}

/// What a change does to the payment date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnchorOnChange {
    /// A change of cycle begins a new period with the change, charged in full (M11); any other keeps the date.
    #[default]
    RestartOnCycleChange,
    /// Every change begins a new period.
    Restart,
    /// What is left of the old basket buys days of the new one, the part of a day rounded up; nothing is charged or paid
    /// out, and the next period begins after them. Where nothing is left, or the new basket costs nothing, a new period
    /// begins as with `restart`.
    Extend,
    /// The date stays; a new cycle is charged up to it for its part, and counts from there. Of a cycle shorter than what
    /// is left of the period, the date is its first one, counted back from the period's end.
    Keep,
}

/// What the time from the start, or from the end of a trial, up to the first bill day costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FirstPeriodPrice {
    /// Its part of the full period that ends on the bill day.
    #[default]
    Short,
    /// Its part of the full period that ends on the bill day, and the price of the one after that: both are one first
    /// period, with one invoice.
    Long,
    /// As much as a full period, however short it is. It is a period of its own: a change in it counts by its own days.
    Full,
}

/// When a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Now, or as soon as it is paid.
    #[default]
    Now,
    /// With the next period.
    PeriodEnd,
}

/// Must a change be paid before it is made?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Yes; what becomes of it unpaid is in `on_failure` (V6, W2).
    #[default]
    Paid,
    /// No: it is made at once, and its invoice is owed.
    None,
}

/// What becomes of a change that waits for its payment, where the payment fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnFailure {
    /// It waits for another payment until `payment_hours` are over, then it lapses, and nothing has changed.
    #[default]
    Wait,
    /// It lapses with the first payment that fails, or when `payment_hours` are over.
    Lapse,
    /// It is made when a payment fails, or when `payment_hours` are over, and its invoice is owed: apply and chase.
    Apply,
}

impl OnFailure {
    /// Does an unpaid change wait, until it lapses? So it does where nothing else was said.
    pub fn is_wait(&self) -> bool {
        *self == Self::Wait
    }
}

/// What becomes of the net of a change where it is to be paid, with what waits already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SettleCharge {
    /// It is invoiced with the change.
    #[default]
    InvoiceNow,
    /// Its lines wait for the next invoice. The change is made at once, so this needs `gate = "none"`.
    NextInvoice,
}

/// What becomes of the net of a change where the customer gets it, with what waits already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SettleCredit {
    /// It goes to the balance with a credit note.
    #[default]
    Balance,
    /// Its lines wait for the next invoice and make that smaller, to nothing; the rest goes to the balance.
    NextInvoice,
}

/// What a new wish does to a change that is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// It is refused: the open one must be paid or withdrawn first.
    #[default]
    Refuse,
    /// It takes its place (T4), unless a payment is on its way.
    Replace,
}

/// What becomes of plan credits (T5). What was used stays used, whatever the plan is then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CreditsOnChange {
    /// The unused ones are added to those of the new plan.
    #[default]
    Carry,
    /// The new plan's alone, less what was used.
    Reset,
    /// Shared by time: those of the old plan for the part of the period that is over, those of the new one for the rest,
    /// less what was used.
    Prorate,
}

/// From which price the part of the old that is given back is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CreditBasis {
    /// What was billed for the time, its discount included.
    #[default]
    Billed,
    /// The price that the same has today, less today's discount; never more than was billed.
    PriceNow,
}

/// How the tax of what is given back is found. At the rate it was charged at, either way; never more than was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CreditTax {
    /// The line's tax less the share of it that stays with what is kept.
    #[default]
    Complement,
    /// The rate on the amount given back, rounded.
    AtRate,
}

/// By what a change is an upgrade, a downgrade or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DirectionBy {
    /// The place of the plans in the catalogue, then the length of the cycle, then the options.
    #[default]
    Rank,
    /// The list price of a cycle, however long it is.
    ListPrice,
    /// The list price by the month, of the cycles that a year has: 12 months, 52 weeks or 365 days.
    PricePerMonth,
    /// The list price by the day: a month has 30 days, a quarter 91, half a year 182, a year 365.
    PricePerDay,
}

/// What bounds the part of the old that is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CreditBy {
    /// The time left.
    #[default]
    Time,
    /// The time left or the plan credits left, whichever is less: a plan whose credits are burnt has nothing to give back.
    TimeOrCredits,
}

/// What becomes of the payment date where a free plan is left for a paid one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FreeToPaid {
    /// It stays: the rest of the period is charged.
    #[default]
    Stub,
    /// A new period begins with the change, charged in full.
    Restart,
}

/// What a change that is made now does to a trial that is running. Nothing is ever given back for the time of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrialOnChange {
    /// It goes on to its end, for nothing also with what is new; then the new basket is charged in full.
    #[default]
    Keep,
    /// It ends: the first period begins with the change, charged in full, whatever `anchor` says of a period.
    End,
}
