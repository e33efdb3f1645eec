//! What time alone brings about: changes begin on their day, unpaid ones lapse or are made all the same, periods are
//! renewed, what is owed is tried again and access restricted. Each command has a natural key (the change, the ordinal of
//! the period, the number of the retry), so any number of nodes may ask for it
//! at once. What if we die here? It is still due.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use billing::command::Actor;
use billing::refusal::Refusal;
use engine::{Ask, EngineError};
use jiff::{SignedDuration, Timestamp};
use store::Due;

use super::{Pump, later};

/// How many of each kind are asked for at once.
const AT_ONCE: u32 = 100;
/// A command that was refused is not asked for again before this.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// Commands that are due and were refused: until when they are left alone.
#[derive(Debug, Default)]
pub(super) struct Timers(Mutex<BTreeMap<String, Timestamp>>);

impl Pump {
    /// Asks for everything that is due now; says how many commands changed something.
    pub(super) async fn ask_what_is_due(&self) -> usize {
        let now = self.app.now();
        let due = match self.blocking(move |engine| Ok(engine.store().due(now, AT_ONCE)?)).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "what is due cannot be read");
                return 0;
            }
        };
        let mut asked = 0;
        for due in due {
            asked += usize::from(self.ask_if_not_paused(due, now).await);
        }
        asked
    }

    async fn ask_if_not_paused(&self, due: Due, now: Timestamp) -> bool {
        let name = format!("{:?}", due.command);
        if self.timers.is_paused(&name, now) {
            return false;
        }
        let ask = Ask { account: due.account, actor: Actor::System, key: None, command: due.command };
        match self.blocking(move |engine| engine.run(&ask, now).map(|_| ask)).await {
            Ok(_) => true,
            Err(error) => {
                if !was_quicker(&error) {
                    tracing::error!(%error, command = name, "what is due could not be done; it is tried again later");
                    self.timers.pause(name, later(now, PAUSE));
                }
                false
            }
        }
    }
}

/// Did somebody else do it between our reading and our asking?
fn was_quicker(error: &EngineError) -> bool {
    let EngineError::Refused(refusal) = error else { return false };
    // A renewal that finds a change to be made first is asked for again after that.
    matches!(
        **refusal,
        Refusal::ChangeNotOpen(_)
            | Refusal::ChangeNotDue { .. }
            | Refusal::NotLapsedYet { .. }
            | Refusal::NotDue(_)
            | Refusal::ChangeOpen(_)
            | Refusal::InvoiceNotOpen(_)
            | Refusal::PaymentRunning(_)
            | Refusal::RetryNotDue(_)
            | Refusal::GraceNotOver(_)
    )
}

impl Timers {
    fn is_paused(&self, name: &str, now: Timestamp) -> bool {
        let mut paused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paused.retain(|_, until| *until > now);
        paused.contains_key(name)
    }

    fn pause(&self, name: String, until: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, until);
    }
}
