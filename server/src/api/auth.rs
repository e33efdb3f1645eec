//! Who asks: API keys. A key is shown once, when it is made; the store keeps the SHA-256 of its secret. A key bound to
//! a customer reaches that customer alone, and what is another's is to it as if it were not there.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use billing::command::{Actor, Asker, Command};
use billing::id::{AccountId, ServiceId};
use billing::quote::hexadecimal;
use engine::{Ask, EngineError, Ran};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{ApiKey, KeyScope, Store, StoreError, SubscriptionRow};

use super::problem::Problem;
use crate::app::App;

/// What every key begins with, so that leaked keys can be searched for.
const PREFIX: &str = "mk_live_";

/// The longest `Idempotency-Key`.
const MAX_IDEMPOTENCY_KEY: usize = 100;

/// The program that asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The id of its key.
    pub id: String,
    /// The name of its key, for the log.
    pub name: String,
    /// What it may do.
    pub scope: KeyScope,
    /// The one customer it may reach; all where missing.
    pub account: Option<AccountId>,
}

/// A caller that may write, with its idempotency key.
#[derive(Debug, Clone)]
pub struct Writer {
    /// Who.
    pub caller: Caller,
    /// The key of the header `Idempotency-Key`, made unique to the caller: two programs never meet each other's.
    pub key: Option<String>,
}

impl Writer {
    /// Runs its command on an account, once for its key.
    pub async fn run(self, app: &App, account: AccountId, command: Command) -> Result<Ran, EngineError> {
        let ask = Ask { account, actor: self.caller.actor(), key: self.key, command };
        let now = app.now();
        app.write(move |engine| engine.run(&ask, now)).await
    }
}

impl Caller {
    /// Who asks, for the log.
    pub fn actor(&self) -> Actor {
        Actor::Key(self.name.clone())
    }

    /// On whose behalf: a key of one customer asks as that customer, any other as staff.
    pub fn asker(&self) -> Asker {
        if self.account.is_some() { Asker::Customer } else { Asker::Staff }
    }

    /// May it reach this customer?
    pub fn reaches(&self, account: AccountId) -> bool {
        self.account.is_none_or(|own| own == account)
    }

    /// Refuses what is another's as if it were not there.
    pub fn must_reach(&self, account: AccountId) -> Result<(), Problem> {
        if self.reaches(account) { Ok(()) } else { Err(Problem::not_found()) }
    }

    /// The subscription of a service that it may reach.
    pub async fn service(&self, app: &App, id: ServiceId) -> Result<SubscriptionRow, Problem> {
        let owner = self.account;
        let row = app.read(move |engine| Ok(engine.store().subscription_of_service(owner, id)?)).await?;
        row.ok_or_else(Problem::not_found)
    }

    /// Refuses keys of one customer.
    pub fn must_be_staff(&self) -> Result<(), Problem> {
        if self.account.is_none() { Ok(()) } else { Err(Problem::new("staff-only")) }
    }

    /// The customer that a list is limited to: its own, the one asked for, or none. `None` in the outer option where
    /// the two differ: such a list is empty.
    pub fn narrowed(&self, asked: Option<AccountId>) -> Option<Option<AccountId>> {
        match (self.account, asked) {
            (Some(own), Some(asked)) if own != asked => None,
            (own, asked) => Some(asked.or(own)),
        }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let unknown = || Problem::new("unauthenticated").at("Authorization");
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = value.and_then(|value| value.split_once(' ')).ok_or_else(unknown)?;
        let rest = token.trim().strip_prefix(PREFIX).filter(|_| scheme.eq_ignore_ascii_case("bearer"));
        let (id, secret) = rest.and_then(|rest| rest.split_once('_')).ok_or_else(unknown)?;
        let hash = Sha256::digest(secret.as_bytes());
        let (id, now) = (id.to_owned(), app.now());
        let key = app.read(move |engine| Ok(engine.store().api_key(&id)?)).await?;
        // An unknown key is compared as well, so that the time of the answer does not tell ids that exist.
        let known = key.as_ref().map_or(&[][..], |key| &key.secret_hash[..]);
        let same = is_same(known, &hash);
        let key = key.filter(|key| same && key.revoked_at.is_none()).ok_or_else(unknown)?;
        note_use(app, &key, now).await;
        Ok(Self { id: key.id, name: key.name, scope: key.scope, account: key.account })
    }
}

impl FromRequestParts<App> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        if caller.scope != KeyScope::Write {
            return Err(Problem::new("read-only-key"));
        }
        let key = idempotency_key(parts)?.map(|key| format!("key:{}:{key}", caller.id));
        Ok(Self { caller, key })
    }
}

/// The header `Idempotency-Key`, where it is there and can be used.
pub fn idempotency_key(parts: &Parts) -> Result<Option<&str>, Problem> {
    let mut values = parts.headers.get_all("idempotency-key").iter();
    let Some(value) = values.next() else { return Ok(None) };
    let wrong = || Problem::new("bad-idempotency-key").at("Idempotency-Key");
    let fits = |text: &&str| {
        (1..=MAX_IDEMPOTENCY_KEY).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
    };
    let text = value.to_str().ok().filter(fits).ok_or_else(wrong)?;
    if values.next().is_some() { Err(wrong()) } else { Ok(Some(text)) }
}

/// Notes that a key is in use, once an hour: a write for every request would be dearer than the request. Where it cannot
/// be noted, as on a full disk, the request goes on: what is stored can still be read.
async fn note_use(app: &App, key: &ApiKey, now: Timestamp) {
    let noted = key.last_used_at.is_some_and(|at| now.duration_since(at).as_hours() < 1);
    if !noted {
        let id = key.id.clone();
        if let Err(error) = app.write(move |engine| Ok(engine.store().use_api_key(&id, now)?)).await {
            tracing::error!(key = key.id, %error, "the use of an API key could not be noted");
        }
    }
}

/// Compares without stopping at the first difference.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differs = one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differs) == 0
}

/// Makes a key and stores the hash of its secret; answers the whole key, `mk_live_<id>_<secret>`, which is never shown
/// again. For the command line and the demo; no request can make one.
pub fn create_key(
    store: &Store,
    name: &str,
    may_write: bool,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<String, StoreError> {
    let mut random = [0; 40];
    getrandom::fill(&mut random).expect("the system's random source");
    let (id, secret) = random.split_at(8);
    let (id, secret) = (hexadecimal(id), hexadecimal(secret));
    store.add_api_key(&ApiKey {
        id: id.clone(),
        name: name.to_owned(),
        secret_hash: Sha256::digest(secret.as_bytes()).to_vec(),
        scope: if may_write { KeyScope::Write } else { KeyScope::Read },
        account,
        created_at: now,
        last_used_at: None,
        revoked_at: None,
    })?;
    Ok(format!("{PREFIX}{id}_{secret}"))
}
