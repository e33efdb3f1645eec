//! Trials: a change in one, and a period whose first days are one.

use jiff::Timestamp;

use super::changes::When;
use super::found::Found;
use super::items::{Item, Role};
use super::lines::{Change, Line};
use super::terms::Operation;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, CycleUnit, Span};
use crate::explain::{Basis, Derivation};
use crate::money::Money;
use crate::policy::{Side, TrialOnChange};
use crate::proration::Count;

/// A change in a trial: it goes on and nothing is charged, or it ends and the new basket is charged for a full period. What
/// leaves was had for nothing, and gives nothing back.
pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let input = &case.input;
    if !case.policy.has("trial_on_change") {
        return Err(case.policy.missing("trial_on_change"));
    }
    let translated = case.translated(Operation::Change)?;
    let counting = translated.counting();
    let ends = counting.terms.trial == TrialOnChange::End;
    let (items, rate) = (case.items()?, case.tax()?);
    let whole = Count { from: 0, until: 1, whole: 1 };
    let when = When::Stated { old: whole, new: whole };
    let change = Change { case, translated: &translated, when: &when, items: &items, rate: rate.as_ref() };
    let line = |item: &Item| {
        let priced = change.priced(item, None);
        let derivation = if ends && item.role == Role::Comes {
            counting.charge_part(priced, whole)
        } else {
            Derivation { basis: Basis::Trial, side: Side::None, ..counting.part_of_price(priced, whole) }
        };
        let amount = derivation.replay();
        let tax = rate.as_ref().map_or(Money::zero(amount.currency), |rate| rate.on(amount, counting.terms.rounding));
        Line { item: item.clone(), role: item.role, amount, tax, collected_if_paid: false, span: None, derivation }
    };
    let lines: Vec<Line> = items.iter().map(line).collect();
    let Found::Map(mut fields) = change.fields(&lines, None)? else { return Err(case.no_question()) };
    let zone = &translated.zone;
    let at = input.needs_instant("change_at", zone)?;
    let begins = Found::Moment(zone.local(counting.cut(counting.terms.charge_from, at)));
    fields.insert("period_restarts_at".to_owned(), if ends { begins } else { Found::Nothing });
    // Lines for a part of a period: of a trial there are none, and what begins is a full one.
    fields.insert("adjustment_lines".to_owned(), Found::Number(0));
    Ok(Answer { fields: Found::Map(fields), derivations: lines.into_iter().map(|line| line.derivation).collect() })
}

impl Case<'_> {
    /// Is the change made in a trial?
    pub fn is_in_trial(&self) -> Result<bool, Unsayable> {
        Ok(self.input.flag("in_trial")? == Some(true))
    }

    /// What a change does to a trial, where the vector is about one.
    pub fn trial_on_change(&self) -> Result<Option<&'static str>, Unsayable> {
        let words = self.term("trial_on_change")?;
        let first = words.split([',', ';', ' ', ':']).next().unwrap_or_default();
        match first {
            _ if !self.is_in_trial()? => Ok(None),
            "" => Ok(None),
            "end" | "ends" | "end_trial" => Ok(Some("end")),
            "keep" | "keeps" | "keep_trial" => Ok(Some("keep")),
            _ => Err(self.policy.not_a("trial_on_change", "what a change does to a trial in Midcycle")),
        }
    }
}

impl Change<'_> {
    /// Where the days begin that are paid for, in a period whose first days are the last of a trial. A subscription starts
    /// with a period: the one of the trial is that from which its days lead into this period.
    pub fn paid_from(&self, item: &Item, full: Span) -> Result<Option<Timestamp>, Unsayable> {
        let input = &self.case.input;
        let Some(days) = input.count("trial_days")? else { return Ok(None) };
        let zone = &self.translated.zone;
        let after = |from: Timestamp| {
            let day = Cycle { count: 1, unit: CycleUnit::Day };
            zone.midnight(day.after_date(zone.date(from), days))
        };
        let cycle = self.priced(item, Some(full)).cycle;
        let begins = (0..).map(|periods| zone.midnight(cycle.after_date(zone.date(full.from), -periods)));
        let ends = begins.map(after).take_while(|end| *end >= full.from);
        let ends: Vec<Timestamp> = ends.filter(|end| *end < full.until).collect();
        match ends.as_slice() {
            [end] => Ok(Some(*end)),
            _ => Err(Unsayable("the vector does not state when the trial began".to_owned())),
        }
    }
}
