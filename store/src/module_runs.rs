//! What modules were asked and what they said, run by run, for staff.

use billing::id::{AccountId, ServiceId};
use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;
use crate::lists::{Listing, Page, Window};
use crate::value::Row;

/// A run that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedRun {
    /// Its id: the effect's id and the fencing number of its lease, so that a run is recorded once.
    pub id: String,
    /// Whose service.
    pub account: AccountId,
    /// The service.
    pub service: ServiceId,
    /// The module.
    pub module: String,
    /// The generation that is asked for.
    pub generation: i64,
    /// What the module is given, as text.
    pub input: String,
    /// When it began.
    pub at: Timestamp,
}

/// A run as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleRun {
    /// What was asked.
    pub started: StartedRun,
    /// The customer's name.
    pub account_name: String,
    /// The service's label.
    pub label: String,
    /// When it ended; none while it runs, or where the program died with it.
    pub ended_at: Option<Timestamp>,
    /// What the module said, as text.
    pub output: Option<String>,
    /// One word, such as `done`, `failed`, `retry`.
    pub outcome: Option<String>,
}

/// Which runs to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those of this service.
    pub service: Option<ServiceId>,
}

impl Store {
    /// Records that a run begins. Recording it again changes nothing.
    pub fn start_run(&self, run: &StartedRun) -> Result<(), StoreError> {
        let args = vec![
            run.account.into(),
            (&run.id).into(),
            run.service.into(),
            (&run.module).into(),
            run.generation.into(),
            run.at.into(),
            (&run.input).into(),
        ];
        self.write_one(
            "insert into module_runs (account_id, id, service_id, module, generation, started_at, input)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            args,
        )?;
        Ok(())
    }

    /// Records how a run ended. False where it is not known, or has ended already.
    pub fn end_run(&self, id: &str, at: Timestamp, outcome: &str, output: &str) -> Result<bool, StoreError> {
        self.changes_one(
            "update module_runs set ended_at = $2, outcome = $3, output = $4
             where id = $1 and ended_at is null returning 1",
            vec![id.into(), at.into(), outcome.into(), output.into()],
        )
    }

    /// Runs, newest first.
    pub fn module_runs(&self, filter: &RunFilter, window: &Window) -> Result<Page<ModuleRun>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(service) = filter.service {
            listing.filter("r.service_id =", service);
        }
        self.page(listing, window, read_run)
    }

    /// One run. `owner` leaves out what is not the account's.
    pub fn module_run(&self, owner: Option<AccountId>, id: &str) -> Result<Option<ModuleRun>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("r.id =", id);
        self.single(listing, read_run)
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let mut listing = Listing::of(
        "r.id, r.account_id, r.service_id, r.module, r.generation, r.input, r.started_at, a.name, s.label,
         r.ended_at, r.output, r.outcome",
        "module_runs r join accounts a on a.id = r.account_id
         join services s on s.account_id = r.account_id and s.id = r.service_id",
        "r.started_at",
        "r.id",
    );
    listing.owned_by("r.account_id", owner);
    listing
}

fn read_run(row: &Row) -> Result<ModuleRun, StoreError> {
    let mut fields = row.fields("module_runs");
    let started = StartedRun {
        id: fields.text()?,
        account: fields.word()?,
        service: fields.word()?,
        module: fields.text()?,
        generation: fields.int()?,
        input: fields.text()?,
        at: fields.at()?,
    };
    Ok(ModuleRun {
        started,
        account_name: fields.text()?,
        label: fields.text()?,
        ended_at: fields.at_or_null()?,
        output: fields.text_or_null()?,
        outcome: fields.text_or_null()?,
    })
}
