//! Reports: what became of a delivery, as a command. Its key derives from the effect and the report, so that a delivery
//! that is repeated after a crash reports nothing new.

use billing::command::{Actor, Command};
use billing::decide::command_digest;
use billing::refusal::Refusal;
use engine::{Ask, EngineError};
use store::LeasedEffect;

use super::{Next, Pump};

impl Pump {
    /// Reports; `then` is what becomes of the effect where the core has noted it.
    pub(super) async fn report(&self, leased: &LeasedEffect, command: Command, then: Next) -> Next {
        let digest = command_digest(&command);
        let key = format!("{}:{}", leased.effect.id, digest.get(..16).unwrap_or(&digest));
        let ask = Ask { account: leased.account, actor: Actor::System, key: Some(key), command };
        let now = self.app.now();
        match self.blocking(move |engine| engine.run(&ask, now)).await {
            Ok(_) => then,
            Err(EngineError::Refused(refusal)) => match *refusal {
                // The world has moved on: there is nothing left to deliver.
                Refusal::OldGeneration { .. } | Refusal::AttemptNotRunning(_) | Refusal::UnknownService(_) => {
                    Next::Complete
                }
                other => Next::Bury(format!("the report was refused: {other}")),
            },
            Err(EngineError::Law(law)) => Next::Bury(format!("the report would break a law of the books: {law}")),
            Err(error) => Next::Fault(format!("the report could not be stored: {error}")),
        }
    }
}
