//! Proof (N10): derive the books again from the log, and say whether they close. Every command of an account is decided
//! once more, from nothing, and what comes out must be what stands in the tables, byte for byte; then the sums over the
//! whole life of the account must meet. Reads only; can run beside a server.

mod sums;

use billing::account::Account;
use billing::decide::{Facts, LogRecord, decide, log_hash};
use billing::id::AccountId;
use billing::laws;
use jiff::Timestamp;
use store::{Books, StoreError};

use crate::{Engine, EngineError};

/// How many accounts are named at a time.
const PAGE: u32 = 500;

/// What was looked at, and what does not close.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Accounts that were derived again.
    pub accounts: u64,
    /// Commands that were decided again.
    pub commands: u64,
    /// Postings that were summed.
    pub postings: u64,
    /// Documents that were added up.
    pub documents: u64,
    /// What does not close; empty where the books are proven.
    pub findings: Vec<Finding>,
}

/// One thing that does not close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The account; none for the series of numbers.
    pub account: Option<AccountId>,
    /// What was checked, such as `log chain`.
    pub check: &'static str,
    /// What is wrong, with ids and amounts.
    pub what: String,
}

impl Engine {
    /// Proves every account, and the series of numbers. `tell` is called after each account, for progress.
    pub fn verify(&self, mut tell: impl FnMut(&Report)) -> Result<Report, EngineError> {
        let mut report = Report::default();
        let mut after = None;
        loop {
            let ids = self.store.account_ids(after, PAGE)?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                self.verify_account(id, &mut report)?;
                tell(&report);
            }
        }
        for series in self.store.series()? {
            let whole = series.count == series.last && series.highest == series.last && series.lowest <= 1;
            if !whole {
                let what = format!(
                    "{} of {}: {} documents numbered {} to {}, and the counter stands at {}",
                    series.name, series.storefront, series.count, series.lowest, series.highest, series.last
                );
                report.findings.push(Finding { account: None, check: "gapless numbers", what });
            }
        }
        Ok(report)
    }

    fn verify_account(&self, id: AccountId, report: &mut Report) -> Result<(), EngineError> {
        let books = match self.store.books(id) {
            Ok(Some(books)) => books,
            Ok(None) => return Ok(()),
            // A row that was changed by hand so that it cannot be read is a finding, not an end of the proof.
            Err(StoreError::Unreadable { table, reason }) => {
                let what = format!("{table} has a row that cannot be read: {reason}");
                report.findings.push(Finding { account: Some(id), check: "readable rows", what });
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        report.accounts += 1;
        report.commands += books.log.len() as u64;
        report.postings += books.postings.len() as u64;
        report.documents += books.documents.len() as u64;
        let mut find = |check: &'static str, what: String| {
            report.findings.push(Finding { account: Some(id), check, what });
        };
        let records = log_chain(&books, &mut find);
        sums::tables_are_the_log(&books, &records, &mut find);
        sums::ledger_closes(&books, &mut find);
        sums::payouts_close(&books, &mut find);
        sums::documents_add_up(&books, &mut find);
        sums::coverage_is_what_was_sold(&books, &mut find);
        self.decided_again(&books, &records, &mut find)
    }

    /// Decides every command of the log once more and compares: the same records, the same hash, the same account.
    fn decided_again(
        &self,
        books: &Books,
        records: &[LogRecord],
        find: &mut impl FnMut(&'static str, String),
    ) -> Result<(), EngineError> {
        let storefront = &books.account.storefront;
        let mut account: Option<Account> = None;
        let mut last = Timestamp::MIN;
        for (record, (entry, _)) in records.iter().zip(&books.log) {
            let catalogue = match self.catalogue_version(storefront, record.catalogue_version) {
                Ok(catalogue) => catalogue,
                Err(EngineError::UnknownStorefront(_)) => {
                    let version = record.catalogue_version;
                    find("decided again", format!("catalogue {storefront} version {version} is not there"));
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            let facts = Facts { catalogue: &catalogue, policies: &self.policies };
            let now = record.envelope.now;
            last = now;
            let before = account.as_ref().map(|account| as_loaded(account, now));
            let decision = match decide(facts, before.as_ref(), &record.envelope) {
                Ok(decision) => decision,
                Err(refusal) => {
                    let name = entry.name.as_str();
                    find("decided again", format!("entry {} ({name}) would be refused: {refusal}", entry.version));
                    return Ok(());
                }
            };
            if let Err(broken) = laws::check(before.as_ref(), &decision) {
                find("laws", format!("entry {}: {broken}", entry.version));
            }
            if decision.log.body != entry.body {
                find("decided again", format!("entry {} ({}) comes out differently", entry.version, entry.name));
                return Ok(());
            }
            account = Some(decision.account);
        }
        let derived = account.map(|account| as_loaded(&account, last));
        let stored = as_loaded(&books.account, last);
        if records.len() == books.log.len() && derived.as_ref() != Some(&stored) {
            find("decided again", "the tables are not what the log derives".to_owned());
        }
        Ok(())
    }
}

/// An account as a load at a moment gives it.
fn as_loaded(account: &Account, now: Timestamp) -> Account {
    let mut account = account.clone();
    account.forget_closed(now);
    account
}

/// Every entry follows the one before: versions without gaps, hashes from the first to the account's own. The records
/// up to the first entry that does not.
fn log_chain(books: &Books, find: &mut impl FnMut(&'static str, String)) -> Vec<LogRecord> {
    let mut records = Vec::new();
    let mut before = String::new();
    for (place, (entry, _)) in books.log.iter().enumerate() {
        let expected = i64::try_from(place + 1).unwrap_or(i64::MAX);
        if entry.version != expected {
            find("log chain", format!("entry {expected} is missing; the next one is {}", entry.version));
            return records;
        }
        if log_hash(&before, &entry.body) != entry.hash {
            find("log chain", format!("entry {} ({}) does not have its hash: it was changed", expected, entry.name));
            return records;
        }
        match serde_json::from_str(&entry.body) {
            Ok(record) => records.push(record),
            Err(error) => {
                find("log chain", format!("entry {expected} cannot be read: {error}"));
                return records;
            }
        }
        before.clone_from(&entry.hash);
    }
    if before != books.account.log_hash || books.account.version != books.log.len() as i64 {
        find("log chain", "the account does not stand where its log ends".to_owned());
    }
    records
}
