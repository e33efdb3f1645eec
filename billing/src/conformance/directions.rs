//! What is up and what is down, asked of the policy that compares prices so, and when such a change is made.

use super::fields::Fields;
use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, CycleUnit};
use crate::command::Asker;
use crate::money::Money;
use crate::policy::{CycleChange, Phase, Policy, Situation, When};
use crate::quote::Direction;

/// The direction from one price to another. Where no more is said, up is made at once and down with the next period.
pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let by = match case.term_of(["compare", "direction_test"])?.as_str() {
        "price per month" | "per month" | "monthly price" => "price_per_month",
        "price per day" | "per day" | "daily price" => "price_per_day",
        "list amount" | "list price" | "amount" => "list_price",
        _ => return Err(case.policy.not_a("compare", "a comparison of prices that Midcycle makes")),
    };
    let text = format!(
        "name = \"asked\"\nversion = 1\nsummary = \"Up at once, down later.\"\n[terms]\nunit = \"day\"\n\
         credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\ndirection_by = \"{by}\"\n\
         quote_minutes = 30\npayment_hours = 72\n[[rules]]\non = {{ direction = \"downgrade\" }}\n\
         set = {{ when = \"period_end\" }}\n"
    );
    let policy = Policy::from_toml(&text).map_err(|error| Unsayable(error.to_string()))?;
    let (old, new) = (side(case, "old")?, side(case, "new")?);
    let direction = policy.terms.direction_by.compare(old, new);
    if direction == Direction::Change {
        return Err(Unsayable("the vector does not say what a change at one price is".to_owned()));
    }
    let situation = Situation {
        from: "old",
        to: "new",
        cycle: CycleChange::between(old.1, new.1),
        direction,
        phase: Phase::Paid,
        asked_by: Asker::Customer,
    };
    let is_now = policy.terms_for(&situation).when == When::Now;
    let fields = [("direction", Found::Text(direction.word().to_owned())), ("effective", Found::IsNow(is_now))];
    Ok(Answer::from(Found::map(fields)))
}

/// A price and its cycle: `{price, months}` or `{price, interval}`.
fn side(case: &Case<'_>, key: &str) -> Result<(Money, Cycle), Unsayable> {
    let side: Fields<'_> = case.input.object(key)?.ok_or_else(|| case.input.missing(key))?;
    let price = Money::new(side.needs_integer("price")?, case.currency()?);
    let cycle = match side.integer("months")? {
        Some(months) => {
            let count = u16::try_from(months).ok().filter(|count| *count > 0);
            count.map(|count| Cycle { count, unit: CycleUnit::Month })
        }
        None => side.cycle("interval")?,
    };
    side.all_read()?;
    if price.is_negative() {
        return Err(side.not_a("price", "a price that a catalogue has"));
    }
    cycle.map(|cycle| (price, cycle)).ok_or_else(|| side.missing("months"))
}
