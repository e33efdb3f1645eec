//! Who may come in: logins of people, their sessions, and the API keys of programs. Passwords, tokens and secrets are
//! hashed before they get here; nothing in these tables opens a door by itself.

use std::fmt;

use billing::id::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::error::StoreError;
use crate::value::{Fields, Row};

/// What a login may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// One account.
    Customer,
    /// Everything.
    Staff,
}

impl Role {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
        }
    }
}

/// A person who can log in.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// Its id.
    pub id: String,
    /// The address it logs in with, in lower case; one login each.
    pub email: String,
    /// The password, hashed; with the parameters of the hash.
    pub password_hash: String,
    /// What it may see.
    pub role: Role,
    /// A customer's account.
    pub account: Option<AccountId>,
    /// The person's name.
    pub name: String,
    /// Is it shut out?
    pub disabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Login");
        shown.field("id", &self.id).field("email", &self.email).field("role", &self.role);
        shown.field("account", &self.account).field("disabled", &self.disabled).finish_non_exhaustive()
    }
}

/// The address has a login already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken;

/// A session of a login, known by the hash of its token.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token that the browser holds.
    pub token_hash: Vec<u8>,
    /// The login.
    pub login: String,
    /// The token that forms carry.
    pub csrf: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("login", &self.login).finish_non_exhaustive()
    }
}

/// What an API key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// Read.
    Read,
    /// Read and write.
    Write,
}

impl KeyScope {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// An API key, its secret hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id, which is a part of the key.
    pub id: String,
    /// What staff call it.
    pub name: String,
    /// SHA-256 of its secret.
    pub secret_hash: Vec<u8>,
    /// What it may do.
    pub scope: KeyScope,
    /// The one account that it may see; everything where none is given.
    pub account: Option<AccountId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ApiKey");
        shown.field("id", &self.id).field("name", &self.name).field("scope", &self.scope);
        shown.field("account", &self.account).finish_non_exhaustive()
    }
}

const LOGIN: &str = "l.id, l.email, l.password_hash, l.role, l.account_id, l.name, l.disabled, l.created_at";
const SESSION: &str = "s.token_hash, s.login_id, s.csrf, s.created_at, s.last_seen_at, s.expires_at";
const KEY: &str = "id, name, secret_hash, scope, account_id, created_at, last_used_at, revoked_at";

impl Store {
    /// Adds a login.
    pub fn add_login(&self, login: &Login) -> Result<Result<(), Taken>, StoreError> {
        let args = vec![
            (&login.id).into(),
            (&login.email).into(),
            (&login.password_hash).into(),
            login.role.name().into(),
            login.account.into(),
            (&login.name).into(),
            login.disabled.into(),
            login.created_at.into(),
        ];
        let added = self.changes_one(
            "insert into logins (id, email, password_hash, role, account_id, name, disabled, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (email) do nothing returning 1",
            args,
        )?;
        Ok(if added { Ok(()) } else { Err(Taken) })
    }

    /// The login of an address in lower case.
    pub fn login_by_email(&self, email: &str) -> Result<Option<Login>, StoreError> {
        let row = self.read_one(&format!("select {LOGIN} from logins l where l.email = $1"), &[email.into()])?;
        row.map(|row| read_login(&mut row.fields("logins"))).transpose()
    }

    /// The login of an id.
    pub fn login(&self, id: &str) -> Result<Option<Login>, StoreError> {
        let row = self.read_one(&format!("select {LOGIN} from logins l where l.id = $1"), &[id.into()])?;
        row.map(|row| read_login(&mut row.fields("logins"))).transpose()
    }

    /// The logins of an account, or those of staff, by address.
    pub fn logins(&self, account: Option<AccountId>) -> Result<Vec<Login>, StoreError> {
        let rows = match account {
            Some(account) => {
                let sql = format!("select {LOGIN} from logins l where l.account_id = $1 order by l.email");
                self.read(&sql, &[account.into()])?
            }
            None => self.read(&format!("select {LOGIN} from logins l where l.role = 'staff' order by l.email"), &[])?,
        };
        rows.iter().map(|row| read_login(&mut row.fields("logins"))).collect()
    }

    /// Gives a login another password, and ends its sessions. False where there is no such login.
    pub fn set_password(&self, login: &str, password_hash: &str) -> Result<bool, StoreError> {
        let (login, password_hash) = (login.to_owned(), password_hash.to_owned());
        self.write(move |session| {
            let sql = "update logins set password_hash = $2 where id = $1";
            let found = session.execute(sql, &[(&login).into(), (&password_hash).into()])?;
            session.execute("delete from sessions where login_id = $1", &[(&login).into()])?;
            Ok(found > 0)
        })
    }

    /// Stores the same password under a newer hash. Sessions stay.
    pub fn rehash_password(&self, login: &str, password_hash: &str) -> Result<bool, StoreError> {
        self.changes_one(
            "update logins set password_hash = $2 where id = $1 returning 1",
            vec![login.into(), password_hash.into()],
        )
    }

    /// Shuts a login out and ends its sessions, or lets it in again. False where there is no such login.
    pub fn set_disabled(&self, login: &str, disabled: bool) -> Result<bool, StoreError> {
        let login = login.to_owned();
        self.write(move |session| {
            let args = [(&login).into(), disabled.into()];
            let found = session.execute("update logins set disabled = $2 where id = $1", &args)?;
            if disabled {
                session.execute("delete from sessions where login_id = $1", &[(&login).into()])?;
            }
            Ok(found > 0)
        })
    }

    /// Opens a session.
    pub fn open_session(&self, session: &Session) -> Result<(), StoreError> {
        let args = vec![
            session.token_hash.as_slice().into(),
            (&session.login).into(),
            (&session.csrf).into(),
            session.created_at.into(),
            session.last_seen_at.into(),
            session.expires_at.into(),
        ];
        self.write_one(
            "insert into sessions (token_hash, login_id, csrf, created_at, last_seen_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
            args,
        )?;
        Ok(())
    }

    /// The session of a token and its login; none where it has ended or the login is shut out.
    pub fn session(&self, token_hash: &[u8], now: Timestamp) -> Result<Option<(Session, Login)>, StoreError> {
        let row = self.read_one(
            &format!(
                "select {SESSION}, {LOGIN} from sessions s join logins l on l.id = s.login_id
                 where s.token_hash = $1 and s.expires_at > $2 and l.disabled = 0"
            ),
            &[token_hash.into(), now.into()],
        )?;
        row.map(|row| read_session(&row)).transpose()
    }

    /// Notes that a session is in use, and until when it lasts now.
    pub fn touch_session(&self, token_hash: &[u8], now: Timestamp, expires_at: Timestamp) -> Result<bool, StoreError> {
        self.changes_one(
            "update sessions set last_seen_at = $2, expires_at = $3 where token_hash = $1 returning 1",
            vec![token_hash.into(), now.into(), expires_at.into()],
        )
    }

    /// Ends a session.
    pub fn end_session(&self, token_hash: &[u8]) -> Result<bool, StoreError> {
        self.changes_one("delete from sessions where token_hash = $1 returning 1", vec![token_hash.into()])
    }

    /// Ends every session of a login.
    pub fn end_sessions_of(&self, login: &str) -> Result<(), StoreError> {
        self.write_one("delete from sessions where login_id = $1", vec![login.into()]).map(|_| ())
    }

    /// Removes the sessions that have ended.
    pub fn sweep_sessions(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write_one("delete from sessions where expires_at <= $1", vec![now.into()]).map(|_| ())
    }

    /// Adds an API key.
    pub fn add_api_key(&self, key: &ApiKey) -> Result<(), StoreError> {
        let args = vec![
            (&key.id).into(),
            (&key.name).into(),
            key.secret_hash.as_slice().into(),
            key.scope.name().into(),
            key.account.into(),
            key.created_at.into(),
        ];
        self.write_one(
            "insert into api_keys (id, name, secret_hash, scope, account_id, created_at)
             values ($1, $2, $3, $4, $5, $6)",
            args,
        )?;
        Ok(())
    }

    /// An API key that was not revoked.
    pub fn api_key(&self, id: &str) -> Result<Option<ApiKey>, StoreError> {
        let sql = format!("select {KEY} from api_keys where id = $1 and revoked_at is null");
        let row = self.read_one(&sql, &[id.into()])?;
        row.map(|row| read_key(&row)).transpose()
    }

    /// Every API key, also the revoked ones, newest first.
    pub fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        let rows = self.read(&format!("select {KEY} from api_keys order by created_at desc, id"), &[])?;
        rows.iter().map(read_key).collect()
    }

    /// Notes that an API key was used.
    pub fn use_api_key(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.changes_one(
            "update api_keys set last_used_at = $2 where id = $1 and revoked_at is null returning 1",
            vec![id.into(), now.into()],
        )
    }

    /// Revokes an API key, for good. False where it is not known or revoked already.
    pub fn revoke_api_key(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.changes_one(
            "update api_keys set revoked_at = $2 where id = $1 and revoked_at is null returning 1",
            vec![id.into(), now.into()],
        )
    }
}

fn read_login(fields: &mut Fields<'_>) -> Result<Login, StoreError> {
    Ok(Login {
        id: fields.text()?,
        email: fields.text()?,
        password_hash: fields.text()?,
        role: fields.word()?,
        account: fields.word_or_null()?,
        name: fields.text()?,
        disabled: fields.flag()?,
        created_at: fields.at()?,
    })
}

fn read_session(row: &Row) -> Result<(Session, Login), StoreError> {
    let mut fields = row.fields("sessions");
    let session = Session {
        token_hash: fields.bytes()?,
        login: fields.text()?,
        csrf: fields.text()?,
        created_at: fields.at()?,
        last_seen_at: fields.at()?,
        expires_at: fields.at()?,
    };
    Ok((session, read_login(&mut fields)?))
}

fn read_key(row: &Row) -> Result<ApiKey, StoreError> {
    let mut fields = row.fields("api_keys");
    Ok(ApiKey {
        id: fields.text()?,
        name: fields.text()?,
        secret_hash: fields.bytes()?,
        scope: fields.word()?,
        account: fields.word_or_null()?,
        created_at: fields.at()?,
        last_used_at: fields.at_or_null()?,
        revoked_at: fields.at_or_null()?,
    })
}
