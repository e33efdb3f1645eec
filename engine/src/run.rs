//! Run a command: load what its account may look at, decide, check the laws, commit. One read and one write; a lost
//! race loads and decides again, a bounded number of times.

use std::sync::PoisonError;

use billing::account::{Account, Subscription};
use billing::command::{Actor, Answer, Command, Envelope};
use billing::decide::{Decision, Facts, command_digest, decide};
use billing::document::number_text;
use billing::id::{AccountId, CommandId, DocumentId, SubscriptionId};
use billing::laws;
use billing::refusal::Refusal;
use jiff::Timestamp;
use store::{CommitError, StoreError};
use uuid::{ContextV7, Uuid};

use crate::{Engine, EngineError};

/// How often a lost race is decided again before the asker is told to come back.
const TRIES: u32 = 16;

/// A command and who asks it.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The account it is about.
    pub account: AccountId,
    /// Who asks.
    pub actor: Actor,
    /// The asker's idempotency key.
    pub key: Option<String>,
    /// What is asked.
    pub command: Command,
}

/// A command that was run, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// What it brought about.
    pub answer: Answer,
    /// The numbers of the documents it issued; empty where it was run before.
    pub numbers: Vec<(DocumentId, String)>,
    /// Was it run before, under the same key?
    pub repeated: bool,
}

impl Engine {
    /// Runs a command at a moment.
    ///
    /// Under a key that was used before, the same command gets the answer of that time and another one is refused.
    pub fn run(&self, ask: &Ask, now: Timestamp) -> Result<Ran, EngineError> {
        let now = whole_milliseconds(now);
        let envelope = Envelope {
            id: self.new_command_id(now),
            account: ask.account,
            now,
            actor: ask.actor.clone(),
            key: ask.key.clone(),
            command: ask.command.clone(),
        };
        for _ in 0..TRIES {
            if let Some(ran) = self.run_once(&envelope)? {
                return Ok(ran);
            }
        }
        Err(EngineError::Busy)
    }

    /// One pass; `None` where another commit on the account came between.
    fn run_once(&self, envelope: &Envelope) -> Result<Option<Ran>, EngineError> {
        let loaded = self.store.load(envelope.account, envelope.key.as_deref(), envelope.now)?;
        if let Some(earlier) = loaded.earlier {
            if earlier.digest != command_digest(&envelope.command) {
                return Err(Refusal::KeyReused.into());
            }
            let answer = read_answer(&earlier.answer)?;
            return Ok(Some(Ran { answer, numbers: Vec::new(), repeated: true }));
        }
        let account = loaded.account.as_ref();
        let decision = self.decided(account, loaded.catalogue_version, envelope)?;
        laws::check(account, &decision).map_err(EngineError::Law)?;
        match self.store.commit(account, &decision) {
            Ok(numbers) => {
                let numbers = numbers.into_iter().map(|(id, number)| (id, numbered(&decision, id, number)));
                Ok(Some(Ran { numbers: numbers.collect(), answer: decision.answer, repeated: false }))
            }
            Err(CommitError::Conflict) => Ok(None),
            // The gateway's event or the bank's reference was applied before: there is nothing left to do.
            Err(CommitError::Unique("gateway_event_once")) => {
                Ok(Some(Ran { answer: Answer::Nothing, numbers: Vec::new(), repeated: true }))
            }
            // The same key or renewal was committed between the load and here: the next load sees it.
            Err(CommitError::Unique("key_once" | "renewal_once")) => Ok(None),
            Err(CommitError::Unique(name)) => Err(StoreError::Constraint(name.to_owned()).into()),
            Err(CommitError::Fault(error)) => Err(error.into()),
        }
    }

    fn decided(
        &self,
        account: Option<&Account>,
        catalogue_version: i64,
        envelope: &Envelope,
    ) -> Result<Decision, EngineError> {
        let catalogue = match (account, &envelope.command) {
            (Some(account), _) => self.catalogue_version(&account.storefront, catalogue_version)?,
            (None, Command::OpenAccount { storefront, .. }) => self.catalogue(storefront)?,
            (None, _) => return Err(Refusal::UnknownAccount(envelope.account).into()),
        };
        let facts = Facts { catalogue: &catalogue, policies: &self.policies };
        Ok(decide(facts, account, envelope)?)
    }

    /// A fresh command id: a version-7 UUID of the moment. The ids of one node ascend, within one millisecond too, so
    /// what its commands made is read back in the order it was made.
    fn new_command_id(&self, now: Timestamp) -> CommandId {
        let context = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        CommandId::from_seed(new_uuid(&context, now))
    }

    /// A subscription of an account that was read, also one that ended and that decisions see no more.
    pub fn subscription(&self, account: &Account, id: SubscriptionId) -> Result<Option<Subscription>, EngineError> {
        if let Some(known) = account.subscription(id) {
            return Ok(Some(known.clone()));
        }
        let books = self.store.books(account.id)?;
        Ok(books.and_then(|books| books.account.subscription(id).cloned()))
    }

    /// The account as decisions see it at a moment.
    pub fn account(&self, id: AccountId, now: Timestamp) -> Result<Option<Account>, EngineError> {
        Ok(self.store.load(id, None, now)?.account)
    }
}

/// The answer of an earlier decision, as it was stored.
fn read_answer(text: &str) -> Result<Answer, StoreError> {
    let unreadable = |error: serde_json::Error| StoreError::Unreadable { table: "log", reason: error.to_string() };
    serde_json::from_str(text).map_err(unreadable)
}

fn numbered(decision: &Decision, id: DocumentId, number: i64) -> String {
    let document = decision.documents.iter().find(|document| document.id == id);
    number_text(document.map_or("", |document| &document.series), number)
}

/// The store keeps milliseconds; a finer `now` would not survive being stored.
pub(crate) fn whole_milliseconds(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond()).expect("an instant inside the supported range")
}

/// The id of an account to open.
pub fn new_account_id(now: Timestamp) -> AccountId {
    AccountId::from_uuid(new_uuid(&ContextV7::new(), now))
}

fn new_uuid(context: &ContextV7, now: Timestamp) -> Uuid {
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(context, seconds, nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_ascend() {
        let (context, now) = (ContextV7::new(), Timestamp::UNIX_EPOCH);
        let ids: Vec<CommandId> = (0..1000).map(|_| CommandId::from_seed(new_uuid(&context, now))).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
