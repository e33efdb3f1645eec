//! The pump: leases effects that are due, hands each to the right hand (charge, ensure, mail), and reports what became
//! of it as a command. It also asks for what time alone brings about: lapses and renewals.
//!
//! What if we die here? Before the lease: nothing happened, any node takes it. While delivering: the lease runs out and
//! the effect is delivered again; every receiver knows it by its key. After the report and before the completion:
//! delivered again, and the same report under the same key is nothing. After the completion: it is over. A node that
//! wakes up too late finishes with an old fencing number and is not believed.

mod charge;
mod ensure;
mod mail;
mod report;
mod timers;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use billing::effect::Wish;
use billing::id::EffectId;
use engine::{Engine, EngineError};
use jiff::{SignedDuration, Timestamp};
use store::LeasedEffect;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::app::App;
use crate::gateways::Gateway;
use crate::gateways::sandbox::Sandbox;
use crate::modules::Modules;
pub(crate) use mail::keep_mail;

/// How long a lease is; longer than any single delivery may take, so that nobody else begins meanwhile.
const LEASE_MS: i64 = 120_000;
/// How many deliveries run at once.
const AT_ONCE: usize = 8;
/// How often the queue is looked at when nobody rings.
const POLL: Duration = Duration::from_secs(1);
/// After so many faults in a row an effect is given up.
const MAX_FAULTS: u32 = 10;
/// The longest pause between two deliveries of an effect.
const MAX_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// The pump of one node. Cheap to clone.
#[derive(Clone)]
pub struct Pump {
    app: App,
    node: Arc<str>,
    modules: Arc<Modules>,
    gateway: Gateway,
    /// Deliveries in a row that came to nothing, by effect. Kept in memory: after a restart the count begins again.
    faults: Arc<Mutex<BTreeMap<EffectId, u32>>>,
    timers: Arc<timers::Timers>,
}

/// What becomes of an effect after a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is delivered, or there is nothing left to deliver.
    Complete,
    /// It is over and its record was closed with the delivery itself.
    Closed,
    /// All is well, and there is more to come: deliver again after a pause.
    Again(SignedDuration),
    /// Nothing was learned: deliver again, later each time.
    Fault(String),
    /// It can never be delivered: staff must look at it.
    Bury(String),
}

impl Pump {
    /// The pump of a server, with the sandbox gateway.
    pub fn new(app: App, modules: Arc<Modules>) -> Self {
        let gateway = Gateway::Sandbox(Sandbox::new(app.engine().store().clone()));
        // Names the lease for people; the fencing number is what protects it, so nodes of one name do no harm.
        let node = format!("node-{}", std::process::id()).into();
        Self { app, node, modules, gateway, faults: Arc::default(), timers: Arc::default() }
    }

    /// Pumps until it is told to stop, then finishes what it has begun. Looks at once when the bell rings.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut look_at_timers = Instant::now();
        while !*stop.borrow() {
            if look_at_timers <= Instant::now() {
                self.ask_what_is_due().await;
                look_at_timers = Instant::now() + POLL;
            }
            self.begin(&mut running).await;
            tokio::select! {
                // A delivery that ended makes room, and often leaves more to deliver.
                Some(ended) = running.join_next() => note_panic(ended),
                () = self.app.bell.notified() => {}
                () = tokio::time::sleep(POLL) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        while let Some(ended) = running.join_next().await {
            note_panic(ended);
        }
    }

    /// Does once what is due now, and says how much that was. What comes of it is due at the next call.
    pub async fn pump_once(&self) -> usize {
        let due = self.ask_what_is_due().await;
        let mut running = JoinSet::new();
        let begun = self.begin(&mut running).await;
        while let Some(ended) = running.join_next().await {
            note_panic(ended);
        }
        due + begun
    }

    /// Leases as many effects as there is room for, and begins to deliver them.
    async fn begin(&self, running: &mut JoinSet<()>) -> usize {
        let room = u32::try_from(AT_ONCE.saturating_sub(running.len())).unwrap_or(0);
        if room == 0 {
            return 0;
        }
        let (node, now) = (Arc::clone(&self.node), self.app.now());
        let leased = self.blocking(move |engine| Ok(engine.store().lease_effects(&node, now, LEASE_MS, room)?)).await;
        let leased = leased.unwrap_or_else(|error| {
            tracing::error!(%error, "the queue of effects cannot be read");
            Vec::new()
        });
        let begun = leased.len();
        for effect in leased {
            let pump = self.clone();
            running.spawn(async move { pump.deliver(effect).await });
        }
        begun
    }

    /// Delivers one effect and closes its lease.
    async fn deliver(&self, leased: LeasedEffect) {
        // Counted before: a delivery that panics has failed as well.
        let faults = self.count_fault(leased.effect.id);
        let next = if faults > MAX_FAULTS {
            Next::Bury(format!("the delivery broke off {MAX_FAULTS} times"))
        } else {
            match &leased.effect.wish {
                Wish::Charge { attempt, invoice, amount, card } => {
                    let charge = crate::gateways::Charge { attempt: *attempt, amount: *amount, card: *card };
                    self.charge(&leased, *invoice, charge).await
                }
                Wish::Ensure { service, generation } => self.ensure(&leased, *service, *generation, faults).await,
                Wish::Mail(mail) => self.mail(&leased, mail).await,
            }
        };
        if !matches!(next, Next::Fault(_)) {
            self.faults().remove(&leased.effect.id);
        }
        if let Err(error) = self.close(&leased, next, faults).await {
            // The lease runs out, and the effect is delivered again.
            tracing::error!(effect = %leased.effect.id, %error, "the end of a delivery could not be stored");
        }
    }

    /// Stores what becomes of the effect, under the fencing number of the lease.
    async fn close(&self, leased: &LeasedEffect, next: Next, faults: u32) -> Result<(), EngineError> {
        let (id, fence, now) = (leased.effect.id, leased.fence, self.app.now());
        let next = match next {
            Next::Fault(reason) if faults >= MAX_FAULTS => Next::Bury(reason),
            other => other,
        };
        match &next {
            Next::Fault(reason) => tracing::warn!(effect = %id, faults, reason, "a delivery failed and is tried again"),
            Next::Bury(reason) => {
                tracing::error!(effect = %id, reason, "a delivery is given up; staff must look at it")
            }
            _ => {}
        }
        let stored = self.blocking(move |engine| {
            let store = engine.store();
            Ok(match next {
                Next::Closed => true,
                Next::Complete => store.complete_effect(id, fence, now)?,
                Next::Again(pause) => store.retry_effect(id, fence, later(now, pause), "")?,
                Next::Fault(reason) => store.retry_effect(id, fence, later(now, pause_after(faults)), &reason)?,
                Next::Bury(reason) => store.bury_effect(id, fence, now, &reason)?,
            })
        });
        if !stored.await? {
            tracing::info!(effect = %id, "another node has taken the delivery over");
        }
        Ok(())
    }

    /// The synchronous engine, on a thread that may block.
    async fn blocking<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Engine) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let engine = self.app.engine().clone();
        match tokio::task::spawn_blocking(move || ask(&engine)).await {
            Ok(result) => result,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    fn count_fault(&self, effect: EffectId) -> u32 {
        let mut faults = self.faults();
        let count = faults.entry(effect).or_default();
        *count += 1;
        *count
    }

    fn faults(&self) -> std::sync::MutexGuard<'_, BTreeMap<EffectId, u32>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note_panic(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a delivery broke off; it is tried again when its lease ends");
    }
}

fn later(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.checked_add(pause).unwrap_or(Timestamp::MAX)
}

/// 1, 2, 4 … seconds, at most five minutes.
fn pause_after(faults: u32) -> SignedDuration {
    let seconds = 1_i64 << faults.saturating_sub(1).min(16);
    SignedDuration::from_secs(seconds).min(MAX_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_stay_below_five_minutes() {
        let pauses: Vec<_> = (1..=10).map(|faults| pause_after(faults).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    }
}
