//! What was delivered in the demo's past: mails are rendered as of the moment they were wished for, module runs are
//! recorded, and what gateway and modules have answered is closed. What is still open is left to the pump.

use billing::effect::Wish;
use billing::id::ServiceId;
use billing::service::{Progress, Service};
use engine::{Engine, EngineError};
use jiff::{SignedDuration, Timestamp};
use store::{LeasedEffect, StartedRun};

use super::DemoError;
use crate::modules::{Reply, ReplyState, Request, ServiceName, written};
use crate::pump::keep_mail;

/// How many effects are taken at once.
const AT_ONCE: u32 = 500;
/// Threads that deliver: commits that wait together share one write to the disk.
const THREADS: usize = 16;
/// Longer than filling the book takes.
const LEASE_MS: i64 = 600_000;

/// Delivers what the past has left, oldest first.
pub(super) fn deliver(engine: &Engine, now: Timestamp, base_url: &str) -> Result<(), DemoError> {
    let mut open = Vec::new();
    loop {
        let leased = engine.store().lease_effects("demo", now, LEASE_MS, AT_ONCE)?;
        if leased.is_empty() {
            break;
        }
        open.extend(deliver_all(engine, &leased, now, base_url)?);
    }
    for effect in open {
        engine.store().retry_effect(effect.effect.id, effect.fence, now, "")?;
    }
    Ok(())
}

/// Delivers a batch on some threads; answers what is still open.
fn deliver_all(
    engine: &Engine,
    leased: &[LeasedEffect],
    now: Timestamp,
    base_url: &str,
) -> Result<Vec<LeasedEffect>, EngineError> {
    let share = leased.len().div_ceil(THREADS).max(1);
    std::thread::scope(|scope| {
        let parts = leased.chunks(share).map(|part| {
            scope.spawn(move || {
                let mut open = Vec::new();
                for effect in part {
                    if !deliver_one(engine, effect, now, base_url)? {
                        open.push(effect.clone());
                    }
                }
                Ok::<_, EngineError>(open)
            })
        });
        let parts: Vec<_> = parts.collect();
        let mut open = Vec::new();
        for part in parts {
            open.extend(part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(open)
    })
}

/// Delivers one effect; false where it is still open.
fn deliver_one(engine: &Engine, leased: &LeasedEffect, now: Timestamp, base_url: &str) -> Result<bool, EngineError> {
    let is_closed = match &leased.effect.wish {
        Wish::Mail(mail) => {
            keep_mail(engine, leased, mail, base_url, leased.effect.due_at)?;
            return Ok(true);
        }
        Wish::Charge { attempt, .. } => {
            let account = engine.account(leased.account, now)?;
            let mut attempts = account.iter().flat_map(|account| &account.attempts);
            !attempts.any(|known| known.id == *attempt && known.state.is_running())
        }
        Wish::Ensure { service, generation } => was_ensured(engine, leased, *service, *generation, now)?,
    };
    if is_closed {
        engine.store().complete_effect(leased.effect.id, leased.fence, leased.effect.due_at)?;
    }
    Ok(is_closed)
}

fn was_ensured(
    engine: &Engine,
    leased: &LeasedEffect,
    id: ServiceId,
    generation: i64,
    now: Timestamp,
) -> Result<bool, EngineError> {
    let account = engine.account(leased.account, now)?;
    let mut services = account.iter().flat_map(|account| &account.subscriptions).map(|s| &s.service);
    let Some(service) = services.find(|service| service.id == id && service.generation == generation) else {
        return Ok(true);
    };
    let (state, message) = match &service.progress {
        Progress::Wanted | Progress::Working => return Ok(false),
        Progress::Done => (ReplyState::Done, "runs again, data file unchanged".to_owned()),
        Progress::Failed { reason } => (ReplyState::Failed, reason.clone()),
    };
    record_run(
        engine,
        leased,
        service,
        &Reply { state, generation, observed: service.observed.clone(), access: Some(service.access), message },
    )?;
    Ok(true)
}

fn record_run(engine: &Engine, leased: &LeasedEffect, service: &Service, reply: &Reply) -> Result<(), EngineError> {
    let name = ServiceName { id: service.id, label: service.label.clone() };
    let request = Request::Ensure {
        service: name,
        generation: service.generation,
        desired: service.desired.clone(),
        access: service.access,
    };
    let started = StartedRun {
        id: format!("{}.{}", leased.effect.id, leased.fence),
        account: leased.account,
        service: service.id,
        module: service.module.clone(),
        generation: service.generation,
        input: written(&request),
        at: leased.effect.due_at,
    };
    let store = engine.store();
    store.start_run(&started)?;
    let ended = started.at.checked_add(SignedDuration::from_secs(42)).unwrap_or(started.at);
    let word = if reply.state == ReplyState::Done { "done" } else { "failed" };
    let output = serde_json::to_string(reply).expect("a reply is plain data");
    store.end_run(&started.id, ended, word, &output)?;
    Ok(())
}
