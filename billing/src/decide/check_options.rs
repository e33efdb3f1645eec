//! Check the options of a basket against the product: each one is sold, on this plan, in this quantity, and of a group at
//! most one. What they cost is in `quote_plan_change`.

use crate::catalogue::{Basket, Choice, Product};
use crate::name::Name;
use crate::refusal::Refusal;

/// The options of a basket as the product sells them, with their quantities, in the order of codes.
///
/// Refuses the first option, in that order, that the product does not have, or not on this plan, or not so many or so few
/// of; then one that the plan must have and the basket has not.
pub(super) fn check_options<'a>(product: &'a Product, basket: &Basket) -> Result<Vec<(&'a Choice, u32)>, Refusal> {
    let mut chosen = Vec::with_capacity(basket.options.len());
    // Products name their options in the order of codes, mostly: the next is looked at first.
    let mut following = product.options.iter();
    for (code, quantity) in &basket.options {
        let next = following.next().filter(|option| option.code == *code);
        let option = next.or_else(|| product.option(code)).ok_or_else(|| Refusal::UnknownOption(code.clone()))?;
        if !option.is_on(&basket.plan) {
            return Err(Refusal::NotOnPlan { option: code.clone(), plan: basket.plan.clone() });
        }
        if *quantity > option.max {
            return Err(Refusal::TooMuch { option: code.clone(), max: option.max });
        }
        if let Some(other) = other_of_group(product, basket, option) {
            return Err(Refusal::TwoOfGroup { one: other.clone(), other: code.clone() });
        }
        chosen.push((option, *quantity));
    }
    for option in product.options.iter().filter(|option| option.min > 0 || !option.min_on.is_empty()) {
        let quantity = basket.options.get(&option.code).copied().unwrap_or(0);
        let min = option.min_of(&basket.plan);
        if quantity < min {
            return Err(Refusal::TooLittle { option: option.code.clone(), min });
        }
    }
    Ok(chosen)
}

/// Another option of the same group that the basket has too.
fn other_of_group<'a>(product: &Product, basket: &'a Basket, option: &Choice) -> Option<&'a Name> {
    let group = option.group.as_ref()?;
    let others = basket.options.keys().filter(|code| **code != option.code);
    let mut of_group = others.filter(|code| product.option(*code).is_some_and(|one| one.group.as_ref() == Some(group)));
    of_group.next()
}
