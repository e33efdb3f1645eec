//! Use plan credits (T5): hours that were worked, tokens that were spent. What is left moves with the plan.

use super::draft::Draft;
use super::full_refund::end_promise;
use super::quote_plan_change::check_goes_on;
use crate::command::Answer;
use crate::id::SubscriptionId;
use crate::refusal::Refusal;

/// Takes credits off what the plan gave; never more than is left.
pub(super) fn use_credits(draft: &mut Draft, id: SubscriptionId, amount: u32) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(id)?;
    let amount = i64::from(amount);
    let now = draft.now;
    let subscription = draft.subscription(place);
    check_goes_on(subscription)?;
    let left = subscription.credits.map_or(0, |credits| credits.left);
    if amount == 0 || amount > left {
        return Err(Refusal::NotEnoughCredits { left });
    }
    if let Some(credits) = &mut subscription.credits {
        credits.left -= amount;
    }
    end_promise(subscription, now);
    let sentence = format!("{} used {amount} credits; {} are left.", subscription.service.label, left - amount);
    draft.say(sentence);
    Ok(Answer::CreditsUsed { left: left - amount })
}
