//! Who is asking: logins, sessions, and the extractors by which handlers demand a customer or a member of staff.
//!
//! A session is a random token of 256 bits in a cookie; the store keeps only its SHA-256. It is made anew at every login.
//! Passwords are argon2id hashes, made on a bounded number of threads. API keys are in `api::auth`.

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use billing::id::AccountId;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{Login, Role, Session, Store, StoreError};

use crate::app::App;
use crate::web::PageError;

/// A session of a customer that nobody used ends after so long.
const IDLE_CUSTOMER: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A session of staff that nobody used ends after so long.
const IDLE_STAFF: SignedDuration = SignedDuration::from_mins(30);
/// The longest a session of a customer lasts.
const LONGEST_CUSTOMER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The longest a session of staff lasts.
const LONGEST_STAFF: SignedDuration = SignedDuration::from_hours(12);
/// The use of a session is noted at most so often, so that reading a page is not a write.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// The fewest characters of a new password.
const MIN_PASSWORD: usize = 12;
/// The most bytes of a password that are hashed.
const MAX_PASSWORD: usize = 1024;
/// How long a wrong password waits for its answer, beside the hashing.
const AFTER_A_WRONG_PASSWORD: Duration = Duration::from_millis(250);

/// A customer who is logged in.
#[derive(Debug, Clone)]
pub struct Customer {
    /// The login's id.
    pub login: String,
    /// The account: every read and every command of the request is bound to it.
    pub account: AccountId,
    /// The customer's name.
    pub name: String,
    /// The mail address they log in with.
    pub email: String,
    /// What every form sends back.
    pub csrf: String,
}

/// A member of staff who is logged in.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The login's id.
    pub login: String,
    /// The name shown in logs.
    pub name: String,
    /// The mail address they log in with.
    pub email: String,
    /// What every form sends back.
    pub csrf: String,
}

/// A session that was just begun.
#[derive(Debug)]
pub struct NewSession {
    /// The cookie that carries it.
    pub cookie: Cookie<'static>,
    /// Whether it is a customer's or staff's.
    pub role: Role,
}

/// Why a new password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// The present one is wrong.
    PresentWrong,
    /// The new one has too few characters.
    TooShort,
    /// The new one is too long.
    TooLong,
}

impl Customer {
    /// Is a form of this session's?
    pub fn check_csrf(&self, token: &str) -> Result<(), PageError> {
        check_csrf(&self.csrf, token)
    }
}

impl Staff {
    /// Is a form of this session's?
    pub fn check_csrf(&self, token: &str) -> Result<(), PageError> {
        check_csrf(&self.csrf, token)
    }
}

fn check_csrf(expected: &str, token: &str) -> Result<(), PageError> {
    if same(expected.as_bytes(), token.as_bytes()) { Ok(()) } else { Err(PageError::Forbidden) }
}

/// Compares two secrets in a time that does not depend on where they differ.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

impl FromRequestParts<App> for Customer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let here = path_of(parts);
        let (session, login) = session(parts, app).await?.ok_or(PageError::LogInFirst(here))?;
        match (login.role, login.account) {
            (Role::Customer, Some(account)) => {
                Ok(Self { login: login.id, account, name: login.name, email: login.email, csrf: session.csrf })
            }
            _ => Err(PageError::NotFound),
        }
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let here = path_of(parts);
        let (session, login) = session(parts, app).await?.ok_or(PageError::LogInFirst(here))?;
        match login.role {
            Role::Staff => Ok(Self { login: login.id, name: login.name, email: login.email, csrf: session.csrf }),
            // A customer is not told that there is an admin.
            Role::Customer => Err(PageError::NotFound),
        }
    }
}

fn path_of(parts: &Parts) -> String {
    // Only a page can be come back to; a form cannot.
    if parts.method == axum::http::Method::GET { parts.uri.path().to_owned() } else { "/".to_owned() }
}

async fn session(parts: &Parts, app: &App) -> Result<Option<(Session, Login)>, PageError> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(token) = jar.get(cookie_name(app)).and_then(|cookie| BASE64.decode(cookie.value()).ok()) else {
        return Ok(None);
    };
    let now = app.now();
    let hash = Sha256::digest(&token).to_vec();
    let key = hash.clone();
    let found = app.read(move |engine| Ok(engine.store().session(&key, now)?)).await?;
    let Some((session, login)) = found else { return Ok(None) };
    if now.duration_since(session.last_seen_at) >= NOTED_EVERY {
        let until = lasts_until(login.role, session.created_at, now);
        app.write(move |engine| Ok(engine.store().touch_session(&hash, now, until)?)).await?;
    }
    Ok(Some((session, login)))
}

/// A session ends when it was not used for a while, and in any case some time after it began.
fn lasts_until(role: Role, began: Timestamp, now: Timestamp) -> Timestamp {
    let (idle, longest) = match role {
        Role::Customer => (IDLE_CUSTOMER, LONGEST_CUSTOMER),
        Role::Staff => (IDLE_STAFF, LONGEST_STAFF),
    };
    let plus = |at: Timestamp, duration| at.checked_add(duration).expect("an instant inside the supported range");
    plus(now, idle).min(plus(began, longest))
}

fn cookie_name(app: &App) -> &'static str {
    if app.settings.is_secure() { "__Host-midcycle" } else { "midcycle" }
}

/// Begins a session for a mail address and a password; none where they do not belong together. Takes as long for an
/// address that nobody has.
pub async fn log_in(app: &App, email: &str, password: &str) -> Result<Option<NewSession>, PageError> {
    let (email, password) = (email.trim().to_lowercase(), password.to_owned());
    let login = app.read(move |engine| Ok(engine.store().login_by_email(&email)?)).await?;
    let hash = login.as_ref().map_or_else(|| NOBODY.clone(), |login| login.password_hash.clone());
    let fits = hashing(app, move || verify(&password, &hash)).await;
    let Some(login) = login.filter(|login| fits && !login.disabled) else {
        tokio::time::sleep(AFTER_A_WRONG_PASSWORD).await;
        return Ok(None);
    };
    let token: [u8; 32] = random();
    let now = app.now();
    let session = Session {
        token_hash: Sha256::digest(token).to_vec(),
        login: login.id.clone(),
        csrf: BASE64.encode(random::<24>()),
        created_at: now,
        last_seen_at: now,
        expires_at: lasts_until(login.role, now, now),
    };
    app.write(move |engine| Ok(engine.store().open_session(&session)?)).await?;
    let cookie = Cookie::build((cookie_name(app), BASE64.encode(token)))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings.is_secure());
    Ok(Some(NewSession { cookie: cookie.build(), role: login.role }))
}

/// Ends the session of a request, on the server, and forgets its cookie.
pub async fn log_out(app: &App, jar: CookieJar) -> Result<CookieJar, PageError> {
    let name = cookie_name(app);
    if let Some(token) = jar.get(name).and_then(|cookie| BASE64.decode(cookie.value()).ok()) {
        let hash = Sha256::digest(&token).to_vec();
        app.write(move |engine| Ok(engine.store().end_session(&hash)?)).await?;
    }
    Ok(jar.remove(Cookie::build(name).path("/")))
}

/// Changes a customer's password and ends every session of theirs, this one too: they log in again with the new one.
pub async fn change_password(
    app: &App,
    customer: &Customer,
    present: &str,
    new: &str,
) -> Result<Result<(), PasswordFault>, PageError> {
    if new.chars().count() < MIN_PASSWORD {
        return Ok(Err(PasswordFault::TooShort));
    }
    if new.len() > MAX_PASSWORD {
        return Ok(Err(PasswordFault::TooLong));
    }
    let email = customer.email.clone();
    let login = app.read(move |engine| Ok(engine.store().login_by_email(&email)?)).await?;
    let login = login.ok_or(PageError::NotFound)?;
    let (present, hash) = (present.to_owned(), login.password_hash.clone());
    if !hashing(app, move || verify(&present, &hash)).await {
        return Ok(Err(PasswordFault::PresentWrong));
    }
    let new = new.to_owned();
    let hash = hashing(app, move || hash_password(&new)).await;
    app.write(move |engine| Ok(engine.store().set_password(&login.id, &hash)?)).await?;
    Ok(Ok(()))
}

/// Is this the customer's password? What moves money out asks for it once more.
pub async fn is_password(app: &App, customer: &Customer, password: &str) -> Result<bool, PageError> {
    let email = customer.email.clone();
    let login = app.read(move |engine| Ok(engine.store().login_by_email(&email)?)).await?;
    let hash = login.ok_or(PageError::NotFound)?.password_hash;
    let password = password.to_owned();
    Ok(password.len() <= MAX_PASSWORD && hashing(app, move || verify(&password, &hash)).await)
}

/// Adds a login for staff.
pub fn add_staff(store: &Store, email: &str, name: &str, password: &str, now: Timestamp) -> Result<(), LoginTaken> {
    add_login(store, email, name, password, None, now)
}

/// The mail address has a login already, or the store failed.
#[derive(Debug, thiserror::Error)]
pub enum LoginTaken {
    /// The address is in use.
    #[error("{0} has a login already")]
    Taken(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a login: of a customer for an account, of staff for none.
pub fn add_login(
    store: &Store,
    email: &str,
    name: &str,
    password: &str,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<(), LoginTaken> {
    let email = email.trim().to_lowercase();
    let login = Login {
        id: format!("log_{}", uuid::Uuid::now_v7().simple()),
        email: email.clone(),
        password_hash: hash_password(password),
        role: if account.is_some() { Role::Customer } else { Role::Staff },
        account,
        name: name.to_owned(),
        disabled: false,
        created_at: now,
    };
    match store.add_login(&login)? {
        Ok(()) => Ok(()),
        Err(_) => Err(LoginTaken::Taken(email)),
    }
}

/// A password nobody has to think of: 20 letters and digits, about 100 bits.
pub fn new_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
    random::<20>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// The argon2id hash of a password, with its salt and parameters.
pub fn hash_password(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.expect("argon2 hashes any password of bounded length").to_string()
}

fn verify(password: &str, hash: &str) -> bool {
    password.len() <= MAX_PASSWORD
        && PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The hash that an unknown address is compared with, so that it takes as long as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password(&new_password()));

/// Hashes on a blocking thread, as many at once as there are cores.
async fn hashing<T: Send + 'static>(app: &App, hash: impl FnOnce() -> T + Send + 'static) -> T {
    let permit = app.hashing.clone().acquire_owned().await.expect("the semaphore is never closed");
    let result = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        hash()
    });
    result.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

/// Random bytes of the system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system's random source");
    bytes
}
