//! The service's side of a change: a new desired size under a new generation, and what the module reported of it.

use jiff::Timestamp;

use super::draft::Draft;
use super::notify;
use super::quote_plan_change::check_goes_on;
use crate::catalogue::Size;
use crate::command::{Actor, Answer, Envelope};
use crate::effect::{MailTemplate, Wish};
use crate::id::ServiceId;
use crate::refusal::Refusal;
use crate::service::{Access, ModuleReport, Progress, Service};

/// Wants the service of a subscription in a size; nothing where it is wanted so already. No package waits afterwards.
pub(super) fn want_size(draft: &mut Draft, place: usize, size: Size) {
    let now = draft.now;
    let service = &mut draft.subscription(place).service;
    service.package = None;
    if service.desired == size {
        return;
    }
    service.desired = size;
    want_generation(draft, place, now);
}

/// Wants the service of a subscription with another access, in the size it is wanted in; nothing where it is so already.
pub(super) fn want_access(draft: &mut Draft, place: usize, access: Access) {
    let now = draft.now;
    let service = &mut draft.subscription(place).service;
    if service.access != access {
        service.access = access;
        want_generation(draft, place, now);
    }
}

fn want_generation(draft: &mut Draft, place: usize, now: Timestamp) {
    let id = draft.subscription(place).service.id;
    if !draft.renews(id) {
        return;
    }
    let service = &mut draft.subscription(place).service;
    service.generation += 1;
    service.progress = Progress::Wanted;
    service.progress_at = now;
    let wish = Wish::Ensure { service: service.id, generation: service.generation };
    draft.wish(wish);
}

/// Notes what a module said of a generation. Only the read-back size makes it done; older generations are refused.
pub(super) fn report_provision(
    draft: &mut Draft,
    id: ServiceId,
    generation: i64,
    report: &ModuleReport,
) -> Result<Answer, Refusal> {
    let now = draft.now;
    let service = service(draft, id)?;
    if generation != service.generation {
        return Err(Refusal::OldGeneration { reported: generation, present: service.generation });
    }
    if service.is_settled() && service.progress == Progress::Done {
        return Ok(Answer::Nothing);
    }
    // A machine whose access alone was changed has not been resized, and nobody is told that it was.
    let mut has_new_size = false;
    let progress = match report {
        ModuleReport::Working => Progress::Working,
        ModuleReport::Failed { reason } => Progress::Failed { reason: reason.chars().take(500).collect() },
        ModuleReport::Done { observed, access } => {
            has_new_size = service.observed.as_ref() != Some(observed);
            service.observed = Some(observed.clone());
            if *access != service.access {
                Progress::Failed { reason: format!("the module reads back {} access", access.name()) }
            } else if *observed == service.desired {
                service.observed_generation = generation;
                Progress::Done
            } else {
                Progress::Failed { reason: format!("the module reads back {observed:?}") }
            }
        }
    };
    if progress == service.progress {
        return Ok(Answer::Nothing);
    }
    service.progress = progress.clone();
    service.progress_at = now;
    let service = service.clone();
    draft.say(match &progress {
        Progress::Wanted | Progress::Working => format!("The module is at work on {}.", service.label),
        Progress::Done if has_new_size => format!("{} has its new size.", service.label),
        Progress::Done => format!("{} is as it shall be.", service.label),
        Progress::Failed { reason } => format!("The module could not change {}: {reason}.", service.label),
    });
    // Nor is who has left told of what the service they had became.
    if progress == Progress::Done && generation > 1 && has_new_size && service.access != Access::Ended {
        notify::mail(draft, MailTemplate::ServiceResized, |mail| {
            mail.service = Some(service.label.clone());
            mail.service_id = Some(service.id);
        });
    }
    Ok(Answer::Noted)
}

/// Asks the module for the size of the plan that staff assigned (W5).
pub(super) fn change_package(draft: &mut Draft, envelope: &Envelope, id: ServiceId) -> Result<Answer, Refusal> {
    check_staff(envelope)?;
    let mut subscriptions = draft.account.subscriptions.iter();
    let place = subscriptions.position(|subscription| subscription.service.id == id);
    let place = place.ok_or(Refusal::UnknownService(id))?;
    let service = &draft.account.subscriptions[place].service;
    check_goes_on(&draft.account.subscriptions[place])?;
    let size = service.package.clone().ok_or(Refusal::PackageFits)?;
    let sentence = format!("Staff asked the module to change the package of {}.", service.label);
    want_size(draft, place, size);
    draft.say(sentence);
    Ok(Answer::Noted)
}

/// Refuses customers and timers: staff alone, or a program in their place, may do what costs nobody anything.
pub(super) fn check_staff(envelope: &Envelope) -> Result<(), Refusal> {
    match envelope.actor {
        Actor::Staff(_) | Actor::Key(_) => Ok(()),
        Actor::Customer(_) | Actor::System => Err(Refusal::StaffOnly),
    }
}

/// Asks the module once more, after a failure.
pub(super) fn retry_provision(draft: &mut Draft, id: ServiceId) -> Result<Answer, Refusal> {
    let now = draft.now;
    let service = service(draft, id)?;
    if !matches!(service.progress, Progress::Failed { .. }) {
        return Err(Refusal::ServiceSettled);
    }
    service.progress = Progress::Wanted;
    service.progress_at = now;
    let wish = Wish::Ensure { service: id, generation: service.generation };
    draft.wish(wish);
    draft.say("Staff asked the module to try again.".to_owned());
    Ok(Answer::Noted)
}

fn service(draft: &mut Draft, id: ServiceId) -> Result<&mut Service, Refusal> {
    let mut services = draft.account.subscriptions.iter_mut().map(|subscription| &mut subscription.service);
    services.find(|service| service.id == id).ok_or(Refusal::UnknownService(id))
}
