//! The contents page of the business: one match over commands, a line each, no rules. Each rule is in the file of its
//! verb. The account comes in as it is and goes out as it shall be, with everything else that must be stored with it.

mod apply_plan_change;
mod assign_plan;
mod begin_plan_change;
mod cancel_subscription;
mod cancel_unpaid;
mod check_options;
mod chosen_day;
mod direction_by_price;
mod draft;
mod end_subscription;
mod extend_by_value;
mod full_refund;
mod grant_goodwill;
mod issue_invoice;
mod miss_payment;
mod notify;
mod one_time;
mod open_account;
mod pay_out;
mod plan_credits;
mod provision;
mod put_off;
mod quote_cancellation;
mod quote_plan_change;
mod receive_transfer;
mod renew_subscription;
mod report_usage;
mod restrict_access;
mod retile;
mod retry_payment;
mod settle_owed;
mod settle_payment;
mod start_subscription;
mod submit_plan_change;
mod trial;
mod use_credits;
mod withdraw_plan_change;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::Account;
use crate::cancellation::CancellationQuote;
use crate::catalogue::Catalogue;
use crate::command::{Actor, Answer, Command, Envelope};
use crate::document::Document;
use crate::effect::Effect;
use crate::id::{AccountId, CommandId};
use crate::ledger::Posting;
use crate::policy::Policies;
use crate::quote::{Quote, hexadecimal};
use crate::refusal::Refusal;
pub use chosen_day::days_to_choose;
use draft::Draft;
pub use quote_cancellation::quote_cancellation;
pub use quote_plan_change::{Offer, permitted_plans, quote_plan_change};

/// What decisions may know beside the account: immutable versions, kept in memory by the engine.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The newest catalogue of the account's storefront.
    pub catalogue: &'a Catalogue,
    /// Every policy.
    pub policies: &'a Policies,
}

/// Everything that one command brings about; stored in one transaction, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The account as it shall be, its version one higher. Records that closed (an applied change, a paid invoice) are
    /// still in it, so that they are stored; the next load leaves them out.
    pub account: Account,
    /// The ledger postings.
    pub postings: Vec<Posting>,
    /// The documents issued, their numbers still to be stamped.
    pub documents: Vec<Document>,
    /// The wishes to the outside.
    pub effects: Vec<Effect>,
    /// The gateway's event that was applied: its gateway and id, stored once for ever (I21).
    pub gateway_event: Option<(String, String)>,
    /// The log entry.
    pub log: LogEntry,
    /// The answer to whoever asked.
    pub answer: Answer,
}

/// One entry of an account's log: append-only, each carrying the hash of the one before (I02).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The command.
    pub command: CommandId,
    /// The account.
    pub account: AccountId,
    /// The account's version that it made; entries of an account are numbered without gaps from 1.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who asked.
    pub actor: Actor,
    /// The command's name.
    pub name: String,
    /// The asker's idempotency key.
    pub key: Option<String>,
    /// SHA-256 of the command, by which a repeated key is compared. Hexadecimal.
    pub digest: String,
    /// What happened, in sentences for staff.
    pub text: String,
    /// The command, its postings, documents, effects and answer, as JSON: what proof replays.
    pub body: String,
    /// SHA-256 over the hash before and this entry's body. Hexadecimal.
    pub hash: String,
}

/// What a log entry's body says: all that proof needs to decide the command again and compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRecord {
    /// The command, as it was asked.
    pub envelope: Envelope,
    /// The catalogue version it was decided under.
    pub catalogue_version: i64,
    /// What it posted.
    pub postings: Vec<Posting>,
    /// What it issued, without the numbers that were stamped at commit.
    pub documents: Vec<Document>,
    /// What it wished.
    pub effects: Vec<Effect>,
    /// What it answered.
    pub answer: Answer,
}

/// Decides one command on one account; `None` where the account does not exist yet.
///
/// Pure: the same arguments give the same decision, byte for byte.
pub fn decide(facts: Facts<'_>, account: Option<&Account>, envelope: &Envelope) -> Result<Decision, Refusal> {
    let (draft, answer) = drafted(facts, account, envelope, None)?;
    Ok(draft.into_decision(envelope, facts.catalogue.version, answer))
}

/// The same decision, with an empty log entry: for a search, which makes millions of decisions and stores none.
///
/// `submitted` is what the envelope submits, where it does: counted on this account at this instant, it is not counted again.
pub(crate) fn rehearse(
    facts: Facts<'_>,
    account: Option<&Account>,
    envelope: &Envelope,
    submitted: Option<Submitted<'_>>,
) -> Result<Decision, Refusal> {
    let (draft, answer) = drafted(facts, account, envelope, submitted)?;
    Ok(draft.into_rehearsal(envelope, answer))
}

/// A quote that is submitted at the instant at which it was counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Submitted<'a> {
    /// Of a change.
    Change(&'a Quote),
    /// Of an end.
    Cancellation(&'a CancellationQuote),
}

fn drafted(
    facts: Facts<'_>,
    account: Option<&Account>,
    envelope: &Envelope,
    submitted: Option<Submitted<'_>>,
) -> Result<(Draft, Answer), Refusal> {
    let mut draft = match (&envelope.command, account) {
        (Command::OpenAccount { .. }, Some(_)) => return Err(Refusal::AccountExists),
        (Command::OpenAccount { .. }, None) => open_account::open_account(envelope)?,
        (_, Some(account)) => Draft::of(account, envelope),
        (_, None) => return Err(Refusal::UnknownAccount(envelope.account)),
    };
    let answer = match &envelope.command {
        Command::OpenAccount { .. } => Answer::AccountOpened { account: envelope.account },
        Command::StartSubscription { .. } => start_subscription::start_subscription(facts, &mut draft, envelope)?,
        Command::SubmitPlanChange { pays_by, .. } if let Some(Submitted::Change(quote)) = submitted => {
            submit_plan_change::submit_quote(&mut draft, quote.clone(), pays_by)?
        }
        Command::SubmitPlanChange { .. } => submit_plan_change::submit_plan_change(facts, &mut draft, envelope)?,
        Command::WithdrawPlanChange { change } => withdraw_plan_change::withdraw(&mut draft, *change)?,
        Command::BeginPlanChange { change } => begin_plan_change::begin_plan_change(&mut draft, *change)?,
        Command::LapsePlanChange { change } => miss_payment::miss_payment(&mut draft, *change)?,
        Command::PayInvoice { invoice, card } => settle_payment::pay_invoice(&mut draft, *invoice, *card)?,
        Command::ReceiveTransfer { invoice, amount, reference } => {
            receive_transfer::receive_transfer(&mut draft, *invoice, *amount, reference)?
        }
        Command::SettlePayment { attempt, outcome, event } => {
            settle_payment::settle_payment(&mut draft, *attempt, outcome, event.as_deref())?
        }
        Command::RenewSubscription { subscription, ordinal } => {
            renew_subscription::renew_subscription(facts, &mut draft, *subscription, *ordinal)?
        }
        Command::RetryPayment { invoice, number } => retry_payment::retry_payment(&mut draft, *invoice, *number)?,
        Command::RestrictAccess { invoice } => restrict_access::restrict_access(&mut draft, *invoice)?,
        Command::CancelUnpaid { invoice } => cancel_unpaid::cancel_unpaid(facts, &mut draft, *invoice)?,
        Command::CancelSubscription { .. } if let Some(Submitted::Cancellation(quote)) = submitted => {
            cancel_subscription::submit_cancellation(&mut draft, quote.clone(), None)?
        }
        Command::CancelSubscription { .. } => cancel_subscription::cancel_subscription(facts, &mut draft, envelope)?,
        Command::UncancelSubscription { subscription } => {
            cancel_subscription::uncancel_subscription(&mut draft, *subscription)?
        }
        Command::EndSubscription { subscription } => {
            end_subscription::end_subscription(facts, &mut draft, *subscription)?
        }
        Command::UseCredits { subscription, amount } => use_credits::use_credits(&mut draft, *subscription, *amount)?,
        Command::ReportUsage { subscription, meter, units } => {
            report_usage::report_usage(&mut draft, *subscription, meter, *units)?
        }
        Command::GrantGoodwill { amount, reason } => grant_goodwill::grant_goodwill(&mut draft, *amount, reason)?,
        Command::RequestPayout { amount, fee, to, asked_by } => {
            pay_out::request_payout(facts, &mut draft, *amount, *fee, to, *asked_by)?
        }
        Command::ConfirmPayout { payout, reference } => {
            pay_out::confirm_payout(&mut draft, envelope, *payout, reference)?
        }
        Command::ReturnPayout { payout, reason } => pay_out::return_payout(&mut draft, envelope, *payout, reason)?,
        Command::ReportProvision { service, generation, report } => {
            provision::report_provision(&mut draft, *service, *generation, report)?
        }
        Command::AssignPlan { .. } => assign_plan::assign_plan(facts, &mut draft, envelope)?,
        Command::ChangePackage { service } => provision::change_package(&mut draft, envelope, *service)?,
        Command::RetryProvision { service } => provision::retry_provision(&mut draft, *service)?,
    };
    // Whatever the command was: balance pays what is overdue, and access returns with the last payment. A plan that staff
    // assign alone moves no money; what is paid then is paid with the next command.
    if !matches!(envelope.command, Command::AssignPlan { .. }) {
        settle_owed::settle_owed(&mut draft);
    }
    Ok((draft, answer))
}

/// SHA-256 of a command, by which a repeated idempotency key is compared. Hexadecimal.
pub fn command_digest(command: &Command) -> String {
    hexadecimal(&Sha256::digest(serde_json::to_vec(command).expect("a command is plain data")))
}

/// The hash of a log entry: SHA-256 over the hash before it and its body. Hexadecimal.
pub fn log_hash(before: &str, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(before.as_bytes());
    hash.update(b"\n");
    hash.update(body.as_bytes());
    hexadecimal(&hash.finalize())
}
