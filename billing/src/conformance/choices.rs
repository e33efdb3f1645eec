//! What a policy lets a customer choose of the moment of a change.

use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::policy::Policy;

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    match case.family {
        "schedule_change" => moments(case).map(Answer::from),
        _ => Err(case.no_question()),
    }
}

/// Is there a policy under which the customer has these choices?
fn moments(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("timing", &["customer chooses"])?;
    let choices = case.input.list("choices")?.unwrap_or_default();
    let all = ["immediate", "next_cycle"];
    if !choices.iter().all(|choice| choice.as_str().is_some_and(|choice| all.contains(&choice))) {
        return Err(case.input.not_a("choices", "moments of a change that Midcycle has"));
    }
    let text = "name = \"asked\"\nversion = 1\nsummary = \"The customer chooses when.\"\n[terms]\nunit = \"day\"\n\
                credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\nchoose_when = true\n\
                quote_minutes = 30\npayment_hours = 72\n";
    let policy = Policy::from_toml(text).map_err(|error| Unsayable(error.to_string()))?;
    Ok(Found::map([("supported", Found::Flag(policy.terms.choose_when))]))
}
