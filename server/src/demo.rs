//! The demo's business: an empty book is filled with customers and their past, through the engine's commands alone, so
//! that the books close like any others. Who they are and what they did is in `demo/cast.rs`; how the past is played, in
//! order of time, in `demo/past.rs`; what gateway, modules and mail made of it, in `demo/deliveries.rs`.

mod cast;
mod deliveries;
mod past;

use std::path::Path;

use billing::catalogue::{Catalogue, CatalogueError};
use billing::id::AccountId;
use engine::{Engine, EngineError};
use jiff::{SignedDuration, Timestamp};
use store::{Login, Role, StoreError};

use crate::auth::new_password;
use crate::modules::play_server::{PlayError, PlayServer};

/// The catalogue of the demo.
const STOREFRONT: &str = include_str!("../storefronts/vps.toml");
/// Where staff of the demo log in as.
const STAFF: &str = "staff@larkmoor.example";

/// A login that was made, with its password in clear: it is printed once and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct DemoLogin {
    /// The address to log in with.
    pub email: String,
    /// The password.
    pub password: String,
}

/// The logins of the demo.
#[derive(Clone, PartialEq, Eq)]
pub struct DemoLogins {
    /// A customer with services in many states, and something on the balance.
    pub customer: DemoLogin,
    /// That customer's account.
    pub account: AccountId,
    /// A member of staff.
    pub staff: DemoLogin,
}

/// Why the book could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The book is not empty.
    #[error("the book has customers already; the demo fills an empty one only")]
    NotEmpty,
    /// The catalogue that ships cannot be read.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A command of the demo's past was not done.
    #[error("{who}: {error}")]
    Past {
        /// The customer.
        who: String,
        /// Why not.
        error: EngineError,
    },
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A played server could not be laid out.
    #[error(transparent)]
    Server(#[from] PlayError),
}

/// Fills an empty book up to `now`: catalogue, customers, their services and changes, what was delivered of it, and two
/// logins. The past is the same for the same moment; passwords are not. `hash` hashes a password.
pub fn fill(
    engine: &Engine,
    now: Timestamp,
    base_url: &str,
    hash: &dyn Fn(&str) -> String,
) -> Result<DemoLogins, DemoError> {
    if !engine.store().storefronts()?.is_empty() {
        return Err(DemoError::NotEmpty);
    }
    let catalogue = Catalogue::from_toml(STOREFRONT)?;
    let published = now.checked_sub(SignedDuration::from_hours(24 * 800)).unwrap_or(now);
    engine.publish(&catalogue, published)?;
    let people = cast::cast();
    let accounts = past::play(engine, &catalogue.storefront, &people, now)?;
    deliveries::deliver(engine, now, base_url)?;
    let (Some(person), Some(account)) = (people.first(), accounts.first()) else {
        return Err(DemoError::NotEmpty);
    };
    let customer = add_login(engine, person.email, person.name, Some(*account), now, hash)?;
    let staff = add_login(engine, STAFF, "Ida Brandt", None, now, hash)?;
    Ok(DemoLogins { customer, account: *account, staff })
}

fn add_login(
    engine: &Engine,
    email: &str,
    name: &str,
    account: Option<AccountId>,
    now: Timestamp,
    hash: &dyn Fn(&str) -> String,
) -> Result<DemoLogin, DemoError> {
    let password = new_password();
    let login = Login {
        id: format!("log_demo_{}", if account.is_some() { "customer" } else { "staff" }),
        email: email.to_owned(),
        password_hash: hash(&password),
        role: if account.is_some() { Role::Customer } else { Role::Staff },
        account,
        name: name.to_owned(),
        disabled: false,
        created_at: now,
    };
    engine.store().add_login(&login)?.map_err(|_| DemoError::NotEmpty)?;
    Ok(DemoLogin { email: email.to_owned(), password })
}

/// Lays out the folders of the played servers as the book says they are, so that each has its data file before its first
/// resize, and can be told to fail.
pub fn lay_out_servers(engine: &Engine, directory: &Path, now: Timestamp) -> Result<(), DemoError> {
    let play = PlayServer { directory: directory.to_owned(), takes_ms: 0 };
    let mut after = None;
    loop {
        let ids = engine.store().account_ids(after, 100)?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = Some(*last);
        for id in ids {
            for subscription in engine.account(id, now)?.into_iter().flat_map(|account| account.subscriptions) {
                play.lay_out(&subscription.service)?;
            }
        }
    }
}
