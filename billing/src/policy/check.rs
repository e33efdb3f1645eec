//! What a policy cannot mean: fields that contradict one another, and where in its file they stand.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::terms::{
    AnchorOnChange, ClawBack, CreditBasis, CreditBy, CreditsOnChange, Cut, DayZone, Denominator, DiscountOrder,
    FirstPeriodPrice, FixedDiscount, FreeToPaid, Gate, Netting, OnFailure, PeriodEnd, Remainder, RoundingStage,
    SettleCharge, SettleCredit, Side, TimeUnit, TrialOnChange, When,
};
use super::{Policy, Terms};
use crate::cancellation::{CancellationTerms, MAX_REFUND_DAYS};
use crate::dunning::{AfterGrace, DunningTerms, MAX_DAYS, MAX_RETRIES};
use crate::proration::tells_two;

/// Where terms stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Head,
    Terms,
    Dunning,
    Cancellation,
    Rule(usize),
}

/// A contradiction: the key it shows at, and what would be consistent.
pub(super) struct Fault {
    pub place: Place,
    pub key: String,
    pub why: String,
}

impl Fault {
    /// What the reader could not make sense of: the key or value that its message names in backticks.
    pub fn unreadable(place: Place, message: &str) -> Self {
        let key = message.split('`').nth(1).unwrap_or("").to_owned();
        Self { place, key, why: message.to_owned() }
    }

    /// The field, such as `terms.unit`.
    pub fn field(&self) -> String {
        match self.place {
            Place::Head => self.key.clone(),
            Place::Terms => format!("terms.{}", self.key),
            Place::Dunning => format!("dunning.{}", self.key),
            Place::Cancellation => format!("cancellation.{}", self.key),
            Place::Rule(at) => format!("rules[{at}].{}", self.key),
        }
    }
}

/// The lines of a policy's keys.
pub(super) struct Lines<'a> {
    text: &'a str,
    root: DeTable<'a>,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Result<Self, toml::de::Error> {
        Ok(Self { text, root: DeTable::parse(text)?.into_inner() })
    }

    /// The line of a fault: of its key or value; of a rule that does not set it, in the terms; of a key that nobody
    /// wrote, where that stands which its sentence begins with; else where the table begins.
    pub fn line_of(&self, fault: &Fault) -> usize {
        let key = &fault.key;
        let terms = || self.root.get("terms").and_then(table);
        let first_said = || self.in_terms(fault.why.split(' ').next()?);
        let in_terms = || self.in_terms(key).or_else(|| value_in(terms()?, key)).or_else(first_said);
        let found = match fault.place {
            Place::Head => key_at(&self.root, key),
            Place::Terms => in_terms(),
            Place::Dunning => self.in_table("dunning", key),
            Place::Cancellation => self.in_cancellation(key),
            Place::Rule(at) => {
                let in_rule = self.in_rule(at, key).or_else(|| value_in(self.set_of(at)?, key));
                in_rule.or_else(in_terms).or_else(|| self.start_of_rule(at))
            }
        };
        self.line(found.or_else(|| key_at(&self.root, "terms")).unwrap_or(0))
    }

    fn in_terms(&self, key: &str) -> Option<usize> {
        key_at(table(self.root.get("terms")?)?, key)
    }

    fn in_table(&self, name: &str, key: &str) -> Option<usize> {
        let found = self.root.get(name).and_then(table);
        let found = found.and_then(|found| key_at(found, key).or_else(|| value_in(found, key)));
        found.or_else(|| key_at(&self.root, name))
    }

    /// Of what it sets, in that; of terms it does not set, where those stand.
    fn in_cancellation(&self, key: &str) -> Option<usize> {
        let cancellation = self.root.get("cancellation").and_then(table);
        let set = cancellation.and_then(|cancellation| table(cancellation.get("set")?));
        let set = set.and_then(|set| key_at(set, key).or_else(|| value_in(set, key)));
        set.or_else(|| self.in_table("cancellation", key))
    }

    fn in_rule(&self, at: usize, key: &str) -> Option<usize> {
        let set = self.set_of(at)?;
        key_at(set, key).or_else(|| key_at(self.rule(at)?, key))
    }

    fn rule(&self, at: usize) -> Option<&DeTable<'a>> {
        match self.root.get("rules")?.get_ref() {
            DeValue::Array(rules) => table(rules.get(at)?),
            _ => None,
        }
    }

    fn set_of(&self, at: usize) -> Option<&DeTable<'a>> {
        table(self.rule(at)?.get("set")?)
    }

    fn start_of_rule(&self, at: usize) -> Option<usize> {
        self.rule(at)?.keys().map(|key| key.span().start).min()
    }

    fn line(&self, start: usize) -> usize {
        self.text[..start.min(self.text.len())].matches('\n').count() + 1
    }
}

fn table<'t, 'a>(value: &'t Spanned<DeValue<'a>>) -> Option<&'t DeTable<'a>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// Where a value with this text stands: a reader's message names an unknown variant, not its key.
fn value_in(table: &DeTable<'_>, word: &str) -> Option<usize> {
    let is_it = |value: &&Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(text) => text == word,
        DeValue::Integer(number) => number.as_str() == word,
        _ => false,
    };
    table.values().find(is_it).map(|value| value.span().start)
}

fn key_at(table: &DeTable<'_>, key: &str) -> Option<usize> {
    table.keys().find(|known| known.get_ref() == key).map(|known| known.span().start)
}

/// Refuses a policy that nobody can follow.
pub(super) fn check(policy: &Policy) -> Result<(), Fault> {
    let head = |key: &str, why: &str| Fault { place: Place::Head, key: key.to_owned(), why: why.to_owned() };
    let name = &policy.reference.name;
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 40 || !name.chars().all(is_word) {
        return Err(head("name", "name has 1 to 40 of a-z, 0-9 and -"));
    }
    if policy.reference.version == 0 {
        return Err(head("version", "version starts at 1"));
    }
    if policy.summary.trim().is_empty() {
        return Err(head("summary", "summary is one sentence for the people who choose the policy"));
    }
    check_dunning(&policy.dunning).map_err(|(key, why)| Fault {
        place: Place::Dunning,
        key: key.to_owned(),
        why: why.to_owned(),
    })?;
    check_terms(&policy.terms).map_err(|(key, why)| Fault { place: Place::Terms, key: key.to_owned(), why })?;
    check_cancellation(&policy.cancellation).map_err(|(key, why)| Fault {
        place: Place::Cancellation,
        key: key.to_owned(),
        why,
    })?;
    for (at, rule) in policy.rules.iter().enumerate() {
        let fault = |(key, why): (&str, String)| Fault { place: Place::Rule(at), key: key.to_owned(), why };
        if let Some(fixed) = set_by_a_rule(&rule.terms, &policy.terms) {
            return Err(fault(fixed));
        }
        check_terms(&rule.terms).map_err(fault)?;
        if rule.terms == policy.terms && at + 1 == policy.rules.len() {
            return Err(fault(("set", "the last rule sets what the terms say already; it changes nothing".to_owned())));
        }
        if let Some(first) = policy.rules[..at].iter().position(|earlier| earlier.fits.covers(&rule.fits)) {
            let why = format!("rule {} is never reached: rule {} fits all of its changes", at + 1, first + 1);
            return Err(fault(("set", why)));
        }
    }
    Ok(())
}

/// What a rule sets and no rule can: a rule is for a change, and this is of the subscription or decides which rules fit.
fn set_by_a_rule(terms: &Terms, own: &Terms) -> Option<(&'static str, String)> {
    let all = [
        ("direction_by", terms.direction_by != own.direction_by, "decides which rules fit"),
        ("bill_day", terms.bill_day != own.bill_day, "is of the whole subscription"),
        ("first_period", terms.first_period != own.first_period, "is of the whole subscription"),
        ("cut_off_day", terms.cut_off_day != own.cut_off_day, "is of the whole subscription"),
    ];
    let (key, _, why) = all.into_iter().find(|(_, sets, _)| *sets)?;
    Some((key, format!("{key} {why}; set it under [terms]")))
}

/// The terms that a cancellation can have of its own: how its old side is counted.
pub(super) const CANCELLATION_KEYS: [&str; 6] =
    ["credit", "credit_from", "credit_basis", "credit_by", "credit_tax", "claw_back"];

/// Refuses what says nothing about a cancellation.
pub(super) fn check_cancellation_keys(set: &toml::Table) -> Result<(), Fault> {
    let Some(key) = set.keys().find(|key| !CANCELLATION_KEYS.contains(&key.as_str())) else { return Ok(()) };
    let known = CANCELLATION_KEYS.join(", ");
    let why = format!("{key} says nothing about a cancellation, which can set {known}");
    Err(Fault { place: Place::Cancellation, key: key.clone(), why })
}

/// The first contradiction in what becomes of a subscription that is cancelled.
fn check_cancellation(cancellation: &CancellationTerms) -> Result<(), (&'static str, String)> {
    if cancellation.when.windows(2).any(|pair| pair[0] == pair[1]) || cancellation.when.len() > 2 {
        return Err(("when", "when names \"now\", \"period_end\", both or nothing, each once".to_owned()));
    }
    if cancellation.full_refund_days.is_some_and(|days| !(1..=MAX_REFUND_DAYS).contains(&days)) {
        return Err((
            "full_refund_days",
            "full_refund_days is 1 to 366; leave it out where nothing goes back in full".to_owned(),
        ));
    }
    check_terms(&cancellation.terms)
}

/// The first contradiction in what becomes of an unpaid renewal.
fn check_dunning(dunning: &DunningTerms) -> Result<(), (&'static str, &'static str)> {
    let retries = dunning.retries.as_ref();
    if retries.is_some_and(|retries| retries.is_empty() || retries.len() > MAX_RETRIES || retries.days() > MAX_DAYS) {
        return Err(("retries", "retries are 1 to 30, and the last is at most 366 days after the first failure"));
    }
    if !dunning.unpaid.is_owed() && dunning.after_grace != AfterGrace::Cancel {
        return Err((
            "unpaid",
            "unpaid says what is owed of a subscription that ends; it needs after_grace = \"cancel\"",
        ));
    }
    match (dunning.after_grace, dunning.grace_days) {
        (AfterGrace::Keep, Some(_)) => {
            Err(("grace_days", "grace_days says when access is restricted, or ends; after_grace = \"keep\" never does"))
        }
        (AfterGrace::Restrict, None) => Err(("after_grace", "after_grace = \"restrict\" needs grace_days")),
        (AfterGrace::Cancel, None) => Err(("after_grace", "after_grace = \"cancel\" needs grace_days")),
        (AfterGrace::Restrict | AfterGrace::Cancel, Some(days)) if i64::from(days) > MAX_DAYS => {
            Err(("grace_days", "grace_days is 0 to 366"))
        }
        _ => Ok(()),
    }
}

/// The first contradiction in terms: the key it shows at, and what would be consistent.
fn check_terms(terms: &Terms) -> Result<(), (&'static str, String)> {
    let Terms { unit, credit_from, charge_from, denominator, .. } = terms;
    let by_day = matches!(unit, TimeUnit::Day);
    let cuts_days = *credit_from != Cut::Instant && *charge_from != Cut::Instant;
    let cuts_instants = *credit_from == Cut::Instant && *charge_from == Cut::Instant;
    let fault = |key, why: &str| Err((key, why.to_owned()));
    if by_day && !cuts_days {
        let key = if *credit_from == Cut::Instant { "credit_from" } else { "charge_from" };
        return fault(key, "unit = \"day\" needs credit_from and charge_from = \"change_day\" or \"next_day\"");
    }
    if !by_day && !cuts_instants {
        let key = if *credit_from == Cut::Instant { "charge_from" } else { "credit_from" };
        return fault(key, "a unit other than \"day\" needs credit_from and charge_from = \"instant\"");
    }
    if *credit_from == Cut::ChangeDay && *charge_from == Cut::NextDay {
        let why = "credit_from = \"change_day\" with charge_from = \"next_day\" leaves the day of the change to nobody";
        return fault("charge_from", why);
    }
    if !by_day && *denominator != Denominator::Period {
        return fault("denominator", "only unit = \"day\" can count a period otherwise than by its own length");
    }
    if let Denominator::FixedDays(days) = denominator
        && !(1..=366).contains(days)
    {
        return fault("denominator", "fixed_days is 1 to 366");
    }
    if let Denominator::YearDays(days) = denominator {
        if !(360..=366).contains(days) {
            return fault("denominator", "year_days is 360 to 366");
        }
        if terms.rounding_stage == RoundingStage::UnitRate {
            let why = "year_days gives a month a part of a day; rounding_stage = \"unit_rate\" rounds the price of a whole one";
            return fault("rounding_stage", why);
        }
    }
    if terms.period_end == PeriodEnd::MinusOneSecond && *unit != TimeUnit::Second {
        return fault("period_end", "period_end = \"minus_one_second\" needs unit = \"second\"");
    }
    if *denominator != Denominator::Period && terms.remainder == Remainder::Complement {
        let why = "this denominator needs remainder = \"rounded\": such parts do not add up to a period";
        return fault("denominator", why);
    }
    if matches!(terms.rounding_stage, RoundingStage::Factor(digits) if !(1..=15).contains(&digits)) {
        return fault("rounding_stage", "a factor has 1 to 15 decimals");
    }
    if let RoundingStage::Step(step) = terms.rounding_stage {
        if !(2..=10_000).contains(&step) {
            return fault(
                "rounding_stage",
                "a step has 2 to 10000 minor units; rounding_stage = \"line\" has steps of one",
            );
        }
        if terms.discount_order != DiscountOrder::DiscountThenProrate {
            return fault("discount_order", "a discount on a part leaves no whole steps; leave discount_order out");
        }
        if terms.claw_back != ClawBack::None {
            return fault("claw_back", "what a claw-back keeps leaves no whole steps; leave claw_back out");
        }
    }
    if terms.netting == Netting::Item && (terms.credit != Side::Prorated || terms.charge != Side::Prorated) {
        return fault("netting", "netting = \"item\" needs both sides prorated");
    }
    if terms.netting == Netting::Item && credit_from != charge_from {
        return fault("netting", "netting = \"item\" needs credit_from and charge_from to be the same");
    }
    if terms.claw_back != ClawBack::None && terms.credit != Side::Prorated {
        return fault("claw_back", "claw_back needs credit = \"prorated\"");
    }
    if terms.credit_basis == CreditBasis::PriceNow {
        if terms.credit != Side::Prorated {
            return fault("credit_basis", "credit_basis = \"price_now\" needs credit = \"prorated\"");
        }
        if terms.claw_back != ClawBack::None {
            return fault("credit_basis", "a claw-back is counted from what was billed; leave credit_basis out");
        }
        if terms.netting == Netting::Item {
            return fault(
                "credit_basis",
                "netting = \"item\" shares the prices that were billed; leave credit_basis out",
            );
        }
    }
    if terms.fixed_discount == FixedDiscount::Full && terms.discount_order == DiscountOrder::DiscountThenProrate {
        return fault("fixed_discount", "fixed_discount = \"full\" needs discount_order = \"prorate_then_discount\"");
    }
    if terms.when == When::PeriodEnd && terms.anchor == AnchorOnChange::Restart {
        return fault("anchor", "a change at the period's end begins a period anyway; leave anchor out");
    }
    check_extend(terms)?;
    check_bill_day(terms)?;
    if terms.credit_by == CreditBy::TimeOrCredits && terms.credit != Side::Prorated {
        return fault("credit_by", "credit_by bounds a part that is given back; it needs credit = \"prorated\"");
    }
    if terms.choose_date && terms.credit_by == CreditBy::TimeOrCredits {
        let why = "choose_date counts a change before its day, and credit_by = \"time_or_credits\" by what is used until then; \
                   leave one of them out";
        return fault("choose_date", why);
    }
    if terms.free_to_paid == FreeToPaid::Restart && terms.anchor == AnchorOnChange::Keep {
        return fault("free_to_paid", "free_to_paid = \"restart\" moves the date that anchor = \"keep\" keeps");
    }
    if terms.trial == TrialOnChange::End && terms.charge == Side::None {
        return fault(
            "trial",
            "trial = \"end\" charges the first period in full, and charge = \"none\" charges nothing",
        );
    }
    if terms.gate == Gate::None && terms.on_failure != OnFailure::Wait {
        let why = "gate = \"none\" makes a change before it is paid, so no payment can stop it; leave on_failure out, or set \
                   on_failure = \"wait\" beside it";
        return fault("on_failure", why);
    }
    if terms.settle_charge == SettleCharge::NextInvoice && terms.gate == Gate::Paid {
        let why = "settle_charge = \"next_invoice\" needs gate = \"none\": a change cannot wait for an invoice of the next period";
        return fault("settle_charge", why);
    }
    let waits = [
        ("settle_charge", terms.settle_charge == SettleCharge::NextInvoice),
        ("settle_credit", terms.settle_credit == SettleCredit::NextInvoice),
    ];
    if let Some((key, _)) = waits.iter().find(|(_, waits)| *waits && terms.anchor == AnchorOnChange::Restart) {
        return Err((
            key,
            format!("with anchor = \"restart\" every change is the invoice of its period; leave {key} out"),
        ));
    }
    for (key, value) in [("quote_minutes", terms.quote_minutes), ("payment_hours", terms.payment_hours)] {
        if value == 0 || value > 100_000 {
            return Err((key, format!("{key} is 1 to 100000")));
        }
    }
    Ok(())
}

/// What would begin a period beside the bill day, or count no part of one.
fn check_bill_day(terms: &Terms) -> Result<(), (&'static str, String)> {
    if terms.bill_day.is_none() {
        let why = "first_period is of the time up to a bill day; set bill_day, or leave first_period out";
        if terms.first_period != FirstPeriodPrice::default() {
            return Err(("first_period", why.to_owned()));
        }
        let why = "cut_off_day is a day before a bill day; set bill_day, or leave cut_off_day out";
        return if terms.cut_off_day.is_some() { Err(("cut_off_day", why.to_owned())) } else { Ok(()) };
    }
    if terms.cut_off_day.is_some() && terms.first_period != FirstPeriodPrice::Short {
        let why = "cut_off_day says which first periods are short and which long; leave first_period out";
        return Err(("first_period", why.to_owned()));
    }
    let may_join = terms.cut_off_day.is_some() || terms.first_period == FirstPeriodPrice::Long;
    if may_join && !tells_two(terms.denominator) {
        let why = "a first period that is joined with the one after it counts months of 28 days at least";
        return Err(("denominator", why.to_owned()));
    }
    let fault = |key, why: &str| Err((key, format!("bill_day {why}")));
    if terms.anchor != AnchorOnChange::Keep {
        return fault("anchor", "lets every period begin on that day, and needs anchor = \"keep\"");
    }
    if terms.unit == TimeUnit::Month {
        return fault("unit", "makes a first period of a part of a month, and needs a unit below the month");
    }
    Ok(())
}

/// What days cannot be bought with, or by.
fn check_extend(terms: &Terms) -> Result<(), (&'static str, String)> {
    if terms.anchor != AnchorOnChange::Extend {
        return Ok(());
    }
    let fault = |key, why: &str| Err((key, format!("anchor = \"extend\" {why}")));
    if terms.unit != TimeUnit::Day {
        return fault("unit", "buys days, and needs unit = \"day\"");
    }
    if terms.denominator != Denominator::Period {
        return fault("denominator", "counts days by the calendar, and needs denominator = \"period\"");
    }
    if terms.credit != Side::Prorated || terms.charge != Side::Prorated {
        let key = if terms.credit == Side::Prorated { "charge" } else { "credit" };
        return fault(key, "turns what is left into days, and needs credit and charge = \"prorated\"");
    }
    if terms.netting == Netting::Item {
        return fault("netting", "shares no difference of prices; leave netting out");
    }
    if terms.rounding_stage != RoundingStage::Line {
        return fault("rounding_stage", "gives back exact days, and needs rounding_stage = \"line\"");
    }
    if terms.discount_order != DiscountOrder::DiscountThenProrate {
        return fault(
            "discount_order",
            "needs one price for every day, and so discount_order = \"discount_then_prorate\"",
        );
    }
    if terms.credit_from != terms.charge_from && terms.day_zone != DayZone::Customer {
        return fault("day_zone", "with a day that is billed to both counts days in day_zone = \"customer\"");
    }
    if terms.settle_charge == SettleCharge::NextInvoice || terms.settle_credit == SettleCredit::NextInvoice {
        let now = terms.settle_charge != SettleCharge::NextInvoice;
        let key = if now { "settle_credit" } else { "settle_charge" };
        return fault(key, "leaves nothing to settle with the next invoice; leave it out");
    }
    if terms.credits == CreditsOnChange::Prorate {
        return fault(
            "credits",
            "makes a period longer or shorter, and shares no credits by its time; leave credits out",
        );
    }
    if terms.when == When::PeriodEnd {
        return fault("when", "is for changes that are made now; with the next period nothing is left");
    }
    Ok(())
}
