//! Cancel a subscription (B2): the quote is derived again at its own instant and compared; it ends now, or is to end with its
//! period, and until then the cancellation can be taken back. What ending does is in `end_subscription`.

use jiff::Timestamp;

use super::Facts;
use super::draft::Draft;
use super::end_subscription::{end, withdraw_open};
use super::notify;
use super::quote_cancellation::quote_cancellation;
use super::receive_transfer::check_text;
use crate::calendar::Zone;
use crate::cancellation::{Cancellation, CancellationQuote, CancellationRequest, CancellationSummary};
use crate::command::{Answer, Command, Envelope};
use crate::effect::MailTemplate;
use crate::id::SubscriptionId;
use crate::policy::When;
use crate::refusal::{Refusal, Stale};

/// Decides a submission.
pub(super) fn cancel_subscription(facts: Facts<'_>, draft: &mut Draft, envelope: &Envelope) -> Result<Answer, Refusal> {
    let Command::CancelSubscription { request, quoted_at, digest, shown, reason } = &envelope.command else {
        unreachable!("only this command is decided here");
    };
    if let Some(reason) = reason {
        check_text("reason", reason, 200)?;
    }
    let quote = held_quote(facts, draft, request, *quoted_at, digest, shown)?;
    submit_cancellation(draft, quote, reason.clone())
}

/// Submits a quote that holds.
pub(super) fn submit_cancellation(
    draft: &mut Draft,
    quote: CancellationQuote,
    reason: Option<String>,
) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(quote.subscription)?;
    let (subscription, ends_at, now) = (quote.subscription, quote.ends_at, draft.now);
    if let Some(reason) = &reason {
        draft.say(format!("It was cancelled: {reason}."));
    }
    let cancellation = Cancellation { quote, submitted_at: now, reason, ended_at: None };
    if cancellation.quote.when == When::Now {
        return end(draft, place, Cancellation { ended_at: Some(now), ..cancellation });
    }
    withdraw_open(draft, place)?;
    let plan = cancellation.quote.plan.clone();
    draft.subscription(place).cancellation = Some(Box::new(cancellation));
    let service = draft.subscription(place).service.clone();
    let day = draft.account.zone.date(ends_at);
    draft.say(format!("{} ends with its period, on {day}.", service.label));
    notify::mail(draft, MailTemplate::CancellationScheduled, |mail| {
        mail.service = Some(service.label);
        mail.service_id = Some(service.id);
        mail.from_plan = Some(plan);
        mail.by = Some(ends_at);
    });
    Ok(Answer::CancellationScheduled { subscription, ends_at })
}

/// Takes a cancellation back, as long as the period goes on with which it is to end.
pub(super) fn uncancel_subscription(draft: &mut Draft, id: SubscriptionId) -> Result<Answer, Refusal> {
    let place = draft.subscription_at(id)?;
    let now = draft.now;
    let subscription = draft.subscription(place);
    if subscription.has_ended() {
        return Err(Refusal::SubscriptionEnded(id));
    }
    let ends_at = subscription.scheduled_end().ok_or(Refusal::NotCancelled(id))?.quote.ends_at;
    if now >= ends_at {
        return Err(Refusal::SubscriptionEnded(id));
    }
    take_back(draft, place);
    Ok(Answer::CancellationWithdrawn { subscription: id })
}

/// A scheduled cancellation is forgotten, and the subscription goes on.
pub(super) fn take_back(draft: &mut Draft, place: usize) {
    draft.subscription(place).cancellation = None;
    let service = draft.subscription(place).service.clone();
    let plan = draft.subscription(place).plan().text.clone();
    draft.say(format!("The cancellation of {} was taken back.", service.label));
    notify::mail(draft, MailTemplate::CancellationWithdrawn, |mail| {
        mail.service = Some(service.label);
        mail.service_id = Some(service.id);
        mail.from_plan = Some(plan);
    });
}

/// The quote that was shown, if it still holds at this moment and in this world; else both versions.
fn held_quote(
    facts: Facts<'_>,
    draft: &Draft,
    request: &CancellationRequest,
    quoted_at: Timestamp,
    digest: &str,
    shown: &CancellationSummary,
) -> Result<CancellationQuote, Refusal> {
    let quote = quote_cancellation(facts, &draft.account, request, quoted_at)?;
    let fresh = || quote_cancellation(facts, &draft.account, request, draft.now).ok().map(Box::new);
    let shown = || Box::new(shown.clone());
    if quote.digest() != digest {
        let same = facts.catalogue.version == shown().catalogue_version;
        let because = if same { Stale::Account } else { Stale::Catalogue };
        return Err(Refusal::CancellationStale { because, shown: shown(), fresh: fresh() });
    }
    if draft.now >= quote.expires_at {
        let zones = [&draft.account.zone, &facts.catalogue.zone, Zone::utc_ref()];
        let at_midnight = zones.iter().any(|zone| quote.expires_at == zone.start_of_next_day(quoted_at));
        return Err(if at_midnight {
            Refusal::CancellationStale { because: Stale::NewDay, shown: shown(), fresh: fresh() }
        } else {
            Refusal::CancellationExpired { expired_at: quote.expires_at, shown: shown(), fresh: fresh() }
        });
    }
    Ok(quote)
}
