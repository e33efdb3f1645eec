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
use jiff::Timestamp;
use store::{Login, Role, StoreError};

use crate::auth::new_password;
use crate::modules::play_server::{PlayError, PlayServer};
use cast::Person;

/// Who the customers of a storefront are.
type Cast = fn() -> Vec<Person>;

/// The storefronts of the demo, each with its customers. The first one is shown to whoever is not logged in.
const STOREFRONTS: [(&str, Cast); 4] = [
    (include_str!("../storefronts/vps.toml"), cast::vps::cast),
    (include_str!("../storefronts/team.toml"), cast::team::cast),
    (include_str!("../storefronts/host.toml"), cast::host::cast),
    (include_str!("../storefronts/saas.toml"), cast::saas::cast),
];

/// The catalogues that ship, as the demo publishes them.
pub fn catalogues() -> Result<Vec<Catalogue>, CatalogueError> {
    STOREFRONTS.iter().map(|(text, _)| Catalogue::from_toml(text)).collect()
}

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

/// A customer of the demo to log in as.
#[derive(Clone, PartialEq, Eq)]
pub struct DemoCustomer {
    /// The storefront's short name.
    pub storefront: String,
    /// The storefront's brand.
    pub brand: String,
    /// The customer's name.
    pub name: String,
    /// What there is to see.
    pub shows: String,
    /// The account.
    pub account: AccountId,
    /// The login.
    pub login: DemoLogin,
}

/// The logins of the demo.
#[derive(Clone, PartialEq, Eq)]
pub struct DemoLogins {
    /// Some customers of every storefront. The first has services in many states, and something on the balance.
    pub customers: Vec<DemoCustomer>,
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

/// Fills an empty book up to `now`: catalogues, customers, their services and changes, what was delivered of it, and
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
    // Before the oldest deed of any cast.
    let published: Timestamp = "2023-01-02T09:00:00Z".parse().expect("a fixed instant");
    let mut customers = Vec::new();
    for (text, cast) in STOREFRONTS {
        let catalogue = Catalogue::from_toml(text)?;
        engine.publish(&catalogue, published)?;
        let people = cast();
        let accounts = past::play(engine, &catalogue.storefront, &people, now)?;
        for (person, account) in people.iter().zip(accounts) {
            let Some(shows) = person.shows else { continue };
            customers.push(DemoCustomer {
                storefront: catalogue.storefront.clone(),
                brand: catalogue.brand.clone(),
                name: person.name.to_owned(),
                shows: shows.to_owned(),
                account,
                login: add_login(engine, person.email, person.name, Some(account), now, hash)?,
            });
        }
    }
    deliveries::deliver(engine, now, base_url)?;
    let staff = add_login(engine, STAFF, "Ida Brandt", None, now, hash)?;
    Ok(DemoLogins { customers, staff })
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
        id: account.map_or_else(|| "log_demo_staff".to_owned(), |account| format!("log_demo_{account}")),
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
