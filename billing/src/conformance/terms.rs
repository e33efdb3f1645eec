//! The policy of a vector as a policy of Midcycle: its words become the terms of a policy file, which is then read and
//! checked as any other.

use std::fmt::Write as _;

use super::{Case, Unsayable};
use crate::calendar::Zone;
use crate::policy::{Policy, Remainder, RoundingStage};
use crate::proration::Counting;
use crate::share::Rounding;

/// Which change a policy with different terms for several is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    /// Something ends, and nothing takes its place.
    Termination,
    /// Something is changed or added.
    Change,
}

/// A vector's policy in Midcycle's terms.
pub(super) struct Translated {
    pub policy: Policy,
    pub zone: Zone,
    /// Is the end of a period its last day, though the vector does not say so of the period itself?
    pub ends_on_last_day: bool,
    /// How the rest of a charge is found, where that is not as of a credit.
    pub charge_remainder: Remainder,
    /// Does the vector say in which unit time is shared, or name a rule that has one?
    pub states_unit: bool,
    /// Are parts of a mixed cadence counted by nominal days?
    pub nominal_when_mixed: bool,
    /// Is a cut line billed for the part that was used?
    pub bills_used_part: bool,
}

impl Translated {
    /// Counting under these terms.
    pub fn counting(&self) -> Counting<'_> {
        let terms = &self.policy.terms;
        Counting { policy: &self.policy.reference, terms, zone: &self.zone, price_rounding: terms.rounding }
    }
}

/// What has no bearing on the amounts of a change: what is said of other cases.
const ELSEWHERE: &[&str] = &[
    "metered",
    "usage",
    "one_time",
    "withdrawal_fee_percent",
    "discount_clawback",
    "trial_on_change",
    "immutable_after",
    "note",
    "due_date",
    "guard",
];

impl Case<'_> {
    /// The policy in Midcycle's terms.
    pub fn translated(&self, operation: Operation) -> Result<Translated, Unsayable> {
        self.policy.set_aside(ELSEWHERE);
        // Where a change is settled has no bearing on its own amounts; the next invoice is what it makes of it.
        let settles_later = self.settles_later()?;
        let name = self.term("policy_id")?;
        let unit = self.unit(&name)?;
        let (credit_from, charge_from) = self.cuts(unit, operation)?;
        let (minus_one_second, ends_on_last_day) = self.period_end()?;
        let (denominator, nominal_when_mixed) = self.denominator(&name)?;
        self.knows("leap_rule", &["actual"])?;
        self.knows("drop_zero_lines", &["true"])?;
        self.knows("netting_key", &["none"])?;
        let (stage, remainder, rounds_net) = self.stage(&name)?;
        let (shares_difference, bills_used_part) = self.line_style()?;
        let netting = shares_difference || rounds_net;
        let (credit, charge) = self.sides(&name)?;
        let basis = self.term("credit_basis")?;
        let of_today = ["capped at paid minus earlier credits", "current_price_less_current_discount", "list_now"];
        let is_of_today = of_today.iter().any(|words| basis.contains(words));
        if !is_of_today {
            self.knows("credit_basis", &["price_when_billed", "amount_debited"])?;
        }
        self.knows("credit_tax", &["rate of the fee", "at_rate"])?;
        self.knows("discount_order", &["discount_then_prorate", "prorate_then_discount"])?;
        self.knows("discount_allocation", &["proportional"])?;
        self.knows("anchor", &["bill cycle day", "billing day"])?;
        self.knows("tax_base", &["net_of_lines"])?;
        let (rounding, step) = self.rounding_and_step()?;
        let rounding = match rounding {
            Rounding::HalfAway => "half_away",
            Rounding::HalfEven => "half_even",
            Rounding::Truncate => "truncate",
            Rounding::Up => "up",
        };
        let mut text = format!(
            "name = \"asked\"\nversion = 1\nsummary = \"The parameters of a vector.\"\n[terms]\nunit = \"{unit}\"\n\
             credit_from = \"{credit_from}\"\ncharge_from = \"{charge_from}\"\ndenominator = {denominator}\n\
             rounding = \"{rounding}\"\nquote_minutes = 30\npayment_hours = 72\ncredit = \"{credit}\"\n\
             charge = \"{charge}\"\nanchor = \"{}\"\n",
            self.anchor(&name)?
        );
        let mut set = |key: &str, value: &str| writeln!(text, "{key} = {value}").expect("a text grows");
        match stage {
            RoundingStage::Line if step == 1 => {}
            RoundingStage::Line => set("rounding_stage", &format!("{{ step = {step} }}")),
            _ if step != 1 => {
                return Err(self.policy.not_a("rounding_stage", "a place where Midcycle rounds in steps"));
            }
            RoundingStage::Step(_) => {}
            RoundingStage::UnitRate => set("rounding_stage", "\"unit_rate\""),
            RoundingStage::Factor(digits) => set("rounding_stage", &format!("{{ factor = {digits} }}")),
        }
        if minus_one_second {
            set("period_end", "\"minus_one_second\"");
        }
        if netting {
            set("netting", "\"item\"");
        }
        // The difference of two prices is shared at the prices that were billed; a vector states one price for both.
        if is_of_today && credit == "prorated" && !netting {
            set("credit_basis", "\"price_now\"");
        }
        if self.policy.has("credit_tax") {
            set("credit_tax", "\"at_rate\"");
        }
        if remainder == Remainder::Rounded {
            set("remainder", "\"rounded\"");
        }
        if self.term("discount_order")?.contains("prorate_then_discount") {
            set("discount_order", "\"prorate_then_discount\"");
        }
        match self.term("fixed_discount")?.as_str() {
            "" | "prorated" => {}
            "full" | "full on the proration invoice" => set("fixed_discount", "\"full\""),
            _ => return Err(self.policy.not_a("fixed_discount", "how a fixed discount counts in Midcycle")),
        }
        if settles_later && self.anchor(&name)? != "restart" {
            for (key, value) in [("gate", "none"), ("settle_charge", "next_invoice"), ("settle_credit", "next_invoice")]
            {
                set(key, &format!("\"{value}\""));
            }
        }
        if self.waits()? {
            set("when", "\"period_end\"");
        }
        if let Some(trial) = self.trial_on_change()? {
            set("trial", &format!("\"{trial}\""));
        }
        let policy = Policy::from_toml(&text).map_err(|error| Unsayable(error.to_string()))?;
        let charge_remainder = match self.term("rounding_stage")? {
            words if words.contains("repair") || self.policy.has("credit_amount") => Remainder::Rounded,
            _ => remainder,
        };
        let zone = self.zone()?;
        let stated = self.term("time_unit")?;
        let states_unit = if stated.is_empty() {
            !name.is_empty() && name != "ratio"
        } else {
            !stated.contains("ratio") || unit != "day"
        };
        Ok(Translated {
            states_unit,
            policy,
            zone,
            ends_on_last_day,
            charge_remainder,
            nominal_when_mixed,
            bills_used_part,
        })
    }

    /// Is a change settled with the next invoice, by its own parameter or by the mode of the change?
    fn settles_later(&self) -> Result<bool, Unsayable> {
        Ok(self.settle() == Some("next_invoice")
            || ["full_next", "full_next_billing_period", "prorated_next_billing_period"].contains(&&*self.mode()?))
    }

    /// How a change is billed, in a word; empty where nothing is said.
    fn mode(&self) -> Result<String, Unsayable> {
        let stated = self.input.text("mode")?.map_or_else(|| self.term("mode"), |mode| Ok(mode.to_ascii_lowercase()));
        self.policy.get("mode");
        stated
    }

    /// Does the change wait for the next period? Then nothing of it is counted now.
    pub fn waits(&self) -> Result<bool, Unsayable> {
        let words = self.term("when")?;
        let waits = ["period_end", "end_of_period", "next_period"];
        match words.as_str() {
            "" | "immediate" | "immediately" | "now" => Ok(waits.contains(&&*self.mode()?)),
            words if waits.contains(&words) => Ok(true),
            _ => Err(self.policy.not_a("when", "a moment of a change that Midcycle has")),
        }
    }

    /// When a change is settled, where the vector says it in a word.
    pub fn settle(&self) -> Option<&str> {
        self.policy.get("settle")?.as_str()
    }

    /// A policy that states no unit is named after its rule; a name that says more than is known here is not guessed.
    fn known_name(&self, name: &str) -> Result<(), Unsayable> {
        let name = name.replace('−', "-");
        let is_fixed = name.strip_prefix("fixed").is_some_and(|days| days.parse::<u16>().is_ok());
        let is_factor = name.strip_prefix("factor to ").is_some_and(|rest| rest.ends_with(" digits"));
        let is_known = [
            "",
            "day",
            "hour",
            "ratio",
            "minute",
            "second",
            "daily_rate_first",
            "total - rounded used",
            "nominal 365/12",
            "whmcs",
            "thirty_360",
            "30/360",
            "actual_over_30",
            "act/30",
            "no proration, charge next cycle",
            "time_extension",
            "anchor reset, full new price, credit by second",
        ];
        if is_fixed || is_factor || is_known.contains(&name.as_str()) {
            Ok(())
        } else {
            Err(self.policy.not_a("policy_id", "a rule that is known by its name"))
        }
    }

    fn unit(&self, name: &str) -> Result<&'static str, Unsayable> {
        let stated = self.term("time_unit")?;
        if stated.is_empty() {
            self.known_name(name)?;
        }
        let words = if stated.is_empty() { name } else { stated.as_str() };
        let is = |all: &[&str]| all.iter().any(|word| words.contains(word));
        match () {
            () if is(&["second", "instant", "millisecond"]) || ["ms", "ns", "ms/ns"].contains(&words) => Ok("second"),
            () if is(&["minute", "paddle"]) => Ok("minute"),
            () if is(&["hour"]) => Ok("hour"),
            () if is(&["month"]) => Ok("month"),
            // A stated ratio, or one stated in days, is measured by nobody.
            () if stated.is_empty() || is(&["day", "ratio"]) => Ok("day"),
            () => Err(self.policy.not_a("time_unit", "a unit that Midcycle counts")),
        }
    }

    fn cuts(&self, unit: &str, operation: Operation) -> Result<(&'static str, &'static str), Unsayable> {
        let owner = self.term("change_day_owner")?;
        let stated = |key| self.term(key).map(|words| part_for(&words, operation).to_owned());
        let (credit, charge) = (stated("credit_from")?, stated("charge_from")?);
        if unit != "day" {
            return Ok(("instant", "instant"));
        }
        if self.extends()? && [&owner, &credit, &charge].iter().all(|words| words.is_empty()) {
            // The rule says it by its own figures: on the 15th 15 of 30 days are left, and the first that is bought is the 15th.
            return Ok(("next_day", "change_day"));
        }
        let cut = |key, words: &str| match () {
            () if words.is_empty() || words.contains("change_day") => Ok("change_day"),
            () if words.contains("next_day") => Ok("next_day"),
            () => Err(self.policy.not_a(key, "a day on which Midcycle begins to count")),
        };
        match owner.split([':', ' ']).next() {
            Some("new") => Ok(("change_day", "change_day")),
            Some("old") => Ok(("next_day", "next_day")),
            Some("both") => Ok(("next_day", "change_day")),
            // Refused by the check of the policy: the day would be nobody's.
            Some("none" | "neither") => Ok(("change_day", "next_day")),
            Some("") | None => Ok((cut("credit_from", &credit)?, cut("charge_from", &charge)?)),
            Some(_) => Err(self.policy.not_a("change_day_owner", "an owner of the day of a change")),
        }
    }

    fn period_end(&self) -> Result<(bool, bool), Unsayable> {
        let words = self.term("period_end")?.replace('−', "-");
        let is = |all: &[&str]| all.iter().any(|word| words.contains(word));
        match () {
            () if words.is_empty() || is(&["exclusive", "half-open"]) => Ok((false, false)),
            () if is(&["end minus one second", "end-1s", "end_minus_1s"]) => Ok((true, false)),
            () if is(&["inclusive"]) => Ok((false, true)),
            () => Err(self.policy.not_a("period_end", "an end of a period that Midcycle has")),
        }
    }

    fn denominator(&self, name: &str) -> Result<(String, bool), Unsayable> {
        let stated = self.term("denominator")?;
        let words = if stated.is_empty() { name } else { stated.as_str() };
        let is = |all: &[&str]| all.iter().any(|word| words.contains(word));
        let period = || "\"period\"".to_owned();
        let digits: String =
            words.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        match () {
            // A month is a twelfth of a year of so many days: `365/12`.
            () if is(&["/12"]) && digits.parse::<u16>().is_ok() => Ok((format!("{{ year_days = {digits} }}"), false)),
            () if is(&["actual_over_30", "actual over 30", "act/30"]) => Ok(("{ fixed_days = 30 }".to_owned(), false)),
            () if is(&["thirty_360", "30/360", "strict 30"]) => Ok(("\"thirty_360\"".to_owned(), false)),
            () if is(&["fixed"]) && digits.parse::<u16>().is_ok() => {
                Ok((format!("{{ fixed_days = {digits} }}"), false))
            }
            () if is(&["nominal"]) && is(&["differs"]) => Ok((period(), true)),
            () if is(&["nominal"]) => Ok(("\"nominal\"".to_owned(), false)),
            () if stated.is_empty() || is(&["period", "stated", "actual", "month containing", "cycle_containing"]) => {
                Ok((period(), false))
            }
            () => Err(self.policy.not_a("denominator", "a count of a period that Midcycle has")),
        }
    }

    /// Where is rounded, how the rest is found, and is the difference of both sides rounded and not each?
    fn stage(&self, name: &str) -> Result<(RoundingStage, Remainder, bool), Unsayable> {
        let words = self.term("rounding_stage")?.replace('−', "-");
        let name = name.replace('−', "-");
        let in_brackets = |words: &str| number(words.strip_prefix("factor(")?.split([' ', ')']).next()?);
        let digits = match self.policy.integer("factor_digits")?.or_else(|| in_brackets(&words)) {
            Some(digits) => Some(digits),
            None => name.strip_prefix("factor to ").and_then(|rest| number(rest.split(' ').next()?)),
        };
        let stage = match digits {
            Some(digits) => {
                let digits =
                    u8::try_from(digits).map_err(|_| self.policy.not_a("factor_digits", "a number of digits"))?;
                RoundingStage::Factor(digits)
            }
            None if words.contains("daily_rate") || name.contains("daily_rate_first") => RoundingStage::UnitRate,
            None if words.starts_with("factor") => return Err(self.policy.missing("factor_digits")),
            None => RoundingStage::Line,
        };
        let is_complement = |text: &str| text.contains("total - rounded used") || text.contains("complement");
        self.knows("credit_amount", &["rounded_remainder", "complement_of_rounded_used"])?;
        let of_credit = self.term("credit_amount")?;
        let known = words.is_empty()
            || is_complement(&words)
            || ["line", "daily_rate", "factor", "net"].iter().any(|word| words.starts_with(word));
        if !known {
            return Err(self.policy.not_a("rounding_stage", "a place where Midcycle rounds"));
        }
        let complement = [&words, &name, &of_credit].iter().any(|words| is_complement(words));
        let remainder = if complement { Remainder::Complement } else { Remainder::Rounded };
        Ok((stage, remainder, words.starts_with("net")))
    }

    /// Is the difference of prices shared, and is a cut line billed for its used part?
    fn line_style(&self) -> Result<(bool, bool), Unsayable> {
        let words = self.term("line_style")?;
        let is = |all: &[&str]| all.iter().any(|word| words.starts_with(word));
        match () {
            () if words.is_empty() => Ok((false, false)),
            () if is(&["delta", "price_delta"]) => Ok((true, false)),
            () if is(&["price × service period", "used part", "used_part"]) => Ok((false, true)),
            () if is(&["credit", "repair"]) => Ok((false, false)),
            () => Err(self.policy.not_a("line_style", "a way in which Midcycle bills a change")),
        }
    }

    fn sides(&self, name: &str) -> Result<(&'static str, &'static str), Unsayable> {
        let mode = self.mode()?;
        match mode.as_str() {
            "" | "immediate" if self.waits()? => Ok(("none", "none")),
            "" | "immediate" | "prorated_immediately" if name.contains("no proration") => Ok(("none", "none")),
            "" | "immediate" | "prorated_immediately" if name.contains("full new price") => Ok(("prorated", "full")),
            "" | "immediate" | "prorate" | "prorated_immediately" | "prorated_next_billing_period" => {
                Ok(("prorated", "prorated"))
            }
            "full_immediately" | "full_now" | "full_next" | "full_next_billing_period" => Ok(("none", "full")),
            "reset" | "reset_full" => Ok(("prorated", "full")),
            "credit_only" => Ok(("prorated", "none")),
            "charge_only" => Ok(("none", "prorated")),
            "do_not_bill" | "none" => Ok(("none", "none")),
            _ if self.waits()? => Ok(("none", "none")),
            _ if self.input.has("mode") => Err(self.input.not_a("mode", "a way in which Midcycle bills a change")),
            _ => Err(self.policy.not_a("mode", "a way in which Midcycle bills a change")),
        }
    }

    /// Does what is left buy days of the new, the part of a day rounded up?
    fn extends(&self) -> Result<bool, Unsayable> {
        let words = self.term("time_extension")?;
        match words.as_str() {
            "" => Ok(self.term("policy_id")? == "time_extension"),
            "off" => Ok(false),
            _ if words.starts_with("value_converted_to_days") => Ok(true),
            _ => Err(self.policy.not_a("time_extension", "a way in which Midcycle turns what is left into days")),
        }
    }

    fn anchor(&self, name: &str) -> Result<&'static str, Unsayable> {
        let words = self.term_of(["anchor_on_interval_change", "anchor_on_change"])?;
        let mode = self.mode()?;
        match words.as_str() {
            "" | "extend" if self.extends()? => Ok("extend"),
            _ if name.contains("anchor reset") || ["reset", "reset_full"].contains(&mode.as_str()) => Ok("restart"),
            "" | "keep" => Ok("keep"),
            "reset" | "restart" | "reset_if_interval_changes" => Ok("restart_on_cycle_change"),
            "always_reset" => Ok("restart"),
            _ => Err(self.policy.not_a("anchor_on_interval_change", "what Midcycle does with a payment date")),
        }
    }
}

/// Of words such as `termination: next_day …; upgrade: change_day …`, those for an operation.
fn part_for(words: &str, operation: Operation) -> &str {
    let name = match operation {
        Operation::Termination => "termination:",
        Operation::Change => "upgrade:",
    };
    words.split(';').map(str::trim).find_map(|part| part.strip_prefix(name)).unwrap_or(words)
}

pub(super) fn number(word: &str) -> Option<i64> {
    const NAMES: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let named = NAMES.iter().position(|name| *name == word).and_then(|at| i64::try_from(at).ok());
    named.or_else(|| word.parse().ok())
}
