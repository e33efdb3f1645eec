//! The draft of a decision: the account being changed, and what is written beside it. Each verb writes on it; every
//! posting goes through [`Draft::post`], every document through [`Draft::issue`].

use jiff::Timestamp;

use super::{Decision, LogEntry, LogRecord, command_digest, log_hash};
use crate::account::{Account, Subscription};
use crate::command::{Answer, Envelope};
use crate::document::{Document, DocumentKind, DocumentLine, DocumentReason};
use crate::effect::{Effect, Mail, Wish};
use crate::id::{CommandId, DocumentId, FromCause, Ids, ServiceId, SubscriptionId};
use crate::ledger::{LedgerAccount, Posting};
use crate::money::Money;
use crate::refusal::Refusal;

/// A decision in the making.
pub(super) struct Draft {
    pub account: Account,
    pub now: Timestamp,
    pub gateway_event: Option<(String, String)>,
    transaction: CommandId,
    ids: Ids,
    postings: Vec<Posting>,
    documents: Vec<Document>,
    effects: Vec<Effect>,
    sentences: Vec<String>,
    /// The services that have a new generation by this command: one, whatever of them is wanted otherwise.
    renewed: Vec<ServiceId>,
}

/// What a document is to say; the rest follows from the account and the moment.
pub(super) struct NewDocument {
    pub kind: DocumentKind,
    pub reason: DocumentReason,
    pub subscription: Option<SubscriptionId>,
    pub corrects: Option<DocumentId>,
    pub total: Money,
    pub lines: Vec<DocumentLine>,
}

impl Draft {
    /// A draft on an account as it is. Records that are closed were decided before and are left behind.
    pub fn of(account: &Account, envelope: &Envelope) -> Self {
        let mut account = account.clone();
        account.forget_closed(envelope.now);
        account.version += 1;
        Self {
            account,
            now: envelope.now,
            gateway_event: None,
            transaction: envelope.id,
            ids: Ids::of(envelope.id),
            postings: Vec::new(),
            documents: Vec::new(),
            effects: Vec::new(),
            sentences: Vec::new(),
            renewed: Vec::new(),
        }
    }

    /// Does a service need a new generation? Once for a command.
    pub fn renews(&mut self, service: ServiceId) -> bool {
        let is_first = !self.renewed.contains(&service);
        if is_first {
            self.renewed.push(service);
        }
        is_first
    }

    /// The next id of this command.
    pub fn id<T: FromCause>(&mut self) -> T {
        self.ids.mint()
    }

    /// Adds a sentence to the log entry.
    pub fn say(&mut self, sentence: String) {
        self.sentences.push(sentence);
    }

    /// Posts an amount from one ledger account to another; nothing where it is zero (I01).
    pub fn post(&mut self, debit: LedgerAccount, credit: LedgerAccount, amount: Money, document: DocumentId) {
        if amount.is_zero() {
            return;
        }
        // What was granted is used up first (M7).
        if (debit, credit) == (LedgerAccount::Reserved, LedgerAccount::Receivable) {
            let granted = &mut self.account.backing.granted;
            *granted = (*granted - amount).or_zero();
        }
        for (account, amount) in [(debit, amount), (credit, -amount)] {
            // The balances an account carries are sums of these very postings; they are kept here and nowhere else.
            match account {
                LedgerAccount::Balance => self.account.balance -= amount,
                LedgerAccount::Reserved => self.account.reserved -= amount,
                LedgerAccount::CashCard | LedgerAccount::CashBank => self.account.backing.cash += amount,
                LedgerAccount::Goodwill => self.account.backing.granted += amount,
                _ => {}
            }
            let id = self.id();
            self.postings.push(Posting { id, transaction: self.transaction, account, amount, document });
        }
    }

    /// Issues a document.
    pub fn issue(&mut self, new: NewDocument) -> DocumentId {
        let id = self.id();
        let issued_on = self.account.zone.date(self.now);
        self.documents.push(Document {
            id,
            kind: new.kind,
            series: format!("{}-{}", new.kind.prefix(), issued_on.year()),
            number: None,
            issued_at: self.now,
            issued_on,
            total: new.total,
            reason: new.reason,
            subscription: new.subscription,
            corrects: new.corrects,
            lines: new.lines,
        });
        id
    }

    /// The lines of a document of this decision that bill usage.
    pub fn used_on(&self, document: DocumentId) -> Vec<DocumentLine> {
        let issued = self.documents.iter().filter(|issued| issued.id == document);
        issued.flat_map(|issued| &issued.lines).filter(|line| line.metered.is_some()).cloned().collect()
    }

    /// Wishes something to the outside, from now on.
    pub fn wish(&mut self, wish: Wish) {
        let id = self.id();
        self.effects.push(Effect { id, due_at: self.now, wish });
    }

    /// Wishes a mail.
    pub fn mail(&mut self, mail: Mail) {
        self.wish(Wish::Mail(Box::new(mail)));
    }

    /// The place of a subscription in the account.
    pub fn subscription_at(&self, id: SubscriptionId) -> Result<usize, Refusal> {
        let mut places = self.account.subscriptions.iter();
        places.position(|subscription| subscription.id == id).ok_or(Refusal::UnknownSubscription(id))
    }

    /// A subscription of the account, by its place.
    pub fn subscription(&mut self, at: usize) -> &mut Subscription {
        &mut self.account.subscriptions[at]
    }

    /// Closes the draft: the log entry with its hash, and the decision.
    pub fn into_decision(mut self, envelope: &Envelope, catalogue_version: i64, answer: Answer) -> Decision {
        let entry = self.log_entry(envelope);
        let record = LogRecord {
            envelope: envelope.clone(),
            catalogue_version,
            postings: self.postings,
            documents: self.documents,
            effects: self.effects,
            answer,
        };
        let body = serde_json::to_string(&record).expect("a log entry is plain data");
        let LogRecord { postings, documents, effects, answer, .. } = record;
        let hash = log_hash(&self.account.log_hash, &body);
        self.account.log_hash.clone_from(&hash);
        let digest = command_digest(&envelope.command);
        let log = LogEntry { digest, text: self.sentences.join(" "), body, hash, ..entry };
        Decision { account: self.account, postings, documents, effects, gateway_event: self.gateway_event, log, answer }
    }

    /// Closes a draft that nobody stores: the decision, and nothing written of it.
    pub fn into_rehearsal(self, envelope: &Envelope, answer: Answer) -> Decision {
        let log = self.log_entry(envelope);
        let Self { account, postings, documents, effects, gateway_event, .. } = self;
        Decision { account, postings, documents, effects, gateway_event, log, answer }
    }

    /// The head of the log entry.
    fn log_entry(&self, envelope: &Envelope) -> LogEntry {
        LogEntry {
            command: envelope.id,
            account: envelope.account,
            version: self.account.version,
            at: envelope.now,
            actor: envelope.actor.clone(),
            name: envelope.command.name().to_owned(),
            key: envelope.key.clone(),
            digest: String::new(),
            text: String::new(),
            body: String::new(),
            hash: String::new(),
        }
    }
}
