//! Single amounts: what becomes of parts of a minor unit.

use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::share::divide;

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    case.input.set_aside(&["currency", "minor_digits"]);
    match case.family {
        "rounding" => rounded(case).map(Answer::from),
        _ => Err(case.no_question()),
    }
}

fn rounded(case: &Case<'_>) -> Result<Found, Unsayable> {
    let value = case.input.ratio("value")?.ok_or_else(|| case.input.missing("value"))?;
    let whole = divide(i128::from(value.part), i128::from(value.whole), case.rounding()?);
    let minor = i64::try_from(whole).map_err(|_| case.input.not_a("value", "an amount"))?;
    Ok(Found::map([("rounded", Found::Number(minor))]))
}
