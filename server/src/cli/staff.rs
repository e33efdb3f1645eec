//! `midcycle staff` and `midcycle keys`: who may log in to the admin, and which programs may use the API. Passwords and
//! secrets are made here and printed once; only their hashes are stored.

use std::process::ExitCode;

use billing::id::AccountId;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::Complaint;
use super::book::Place;
use crate::api;
use crate::auth;

/// What can be done with staff logins.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Add a member of staff; the password is made and printed once.
    Add(AddStaff),
}

/// A new member of staff.
#[derive(Debug, Args)]
pub struct AddStaff {
    /// The mail address to log in with.
    #[arg(long)]
    email: String,
    /// The name shown in logs; the mail address where missing.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// What can be done with API keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Add an API key; it is printed once.
    Create(CreateKey),
}

/// A new API key.
#[derive(Debug, Args)]
pub struct CreateKey {
    /// What it is for; shown in logs.
    #[arg(long)]
    name: String,
    /// What it may do.
    #[arg(long, value_enum, default_value_t = Scope::Read)]
    scope: Scope,
    /// Bind it to one customer's account, such as `acc_…`.
    #[arg(long)]
    account: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// Look.
    Read,
    /// Look and change.
    Write,
}

/// Does what is asked with staff.
pub fn staff(staff: Staff) -> Result<ExitCode, Complaint> {
    let Staff::Add(new) = staff;
    let engine = new.place.open_shared()?;
    let password = auth::new_password();
    let name = new.name.unwrap_or_else(|| new.email.clone());
    auth::add_staff(engine.store(), &new.email, &name, &password, Timestamp::now())?;
    println!("login {}  password {password}", new.email);
    Ok(ExitCode::SUCCESS)
}

/// Does what is asked with keys.
pub fn keys(keys: Keys) -> Result<ExitCode, Complaint> {
    let Keys::Create(new) = keys;
    let engine = new.place.open_shared()?;
    let account = new.account.as_deref().map(AccountId::parse).transpose()?;
    let may_write = new.scope == Scope::Write;
    let key = api::auth::create_key(engine.store(), &new.name, may_write, account, Timestamp::now())?;
    println!("{key}");
    Ok(ExitCode::SUCCESS)
}
