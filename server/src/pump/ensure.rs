//! Makes a service what it shall be: asks its module for the present generation until the size was read back.
//!
//! What if we die here? Before the module is run: it is run at the next delivery. While it runs: it is ended with us or
//! goes on by itself; asked again with the same generation it finds what there is. After it, before the report: asked
//! again, it has nothing to do and reads back the same.

use billing::catalogue::Size;
use billing::command::Command;
use billing::id::ServiceId;
use billing::service::{ModuleReport, Progress, Service};
use engine::EngineError;
use jiff::SignedDuration;
use store::{LeasedEffect, StartedRun};

use super::{Next, Pump};
use crate::modules::{Request, Run, ServiceName, written};

/// While a module is at work it is asked again so often.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(1);
/// After so many faults in a row the work counts as failed, and staff decide.
const MAX_FAULTS: u32 = 5;

impl Pump {
    pub(super) async fn ensure(&self, leased: &LeasedEffect, id: ServiceId, generation: i64, faults: u32) -> Next {
        let service = match self.service(leased, id).await {
            Ok(Some(service)) => service,
            Ok(None) => return Next::Complete,
            Err(error) => return Next::Fault(error.to_string()),
        };
        // An older generation has an effect of its own behind it; what was reported needs no second asking.
        let is_over = matches!(service.progress, Progress::Done | Progress::Failed { .. });
        if service.generation != generation || is_over {
            return Next::Complete;
        }
        let run = match self.recorded_run(leased, &service, service.desired.clone()).await {
            Ok(run) => run,
            Err(error) => return Next::Fault(error.to_string()),
        };
        let (report, then) = match run.outcome {
            Ok(ModuleReport::Working) => (ModuleReport::Working, Next::Again(ASK_AGAIN_AFTER)),
            Ok(report) => (report, Next::Complete),
            Err(fault) if faults >= MAX_FAULTS => {
                let reason = format!("after {faults} tries: {fault}");
                (ModuleReport::Failed { reason }, Next::Complete)
            }
            Err(fault) => return Next::Fault(fault.to_string()),
        };
        self.report(leased, Command::ReportProvision { service: id, generation, report }, then).await
    }

    async fn service(&self, leased: &LeasedEffect, id: ServiceId) -> Result<Option<Service>, EngineError> {
        let (account, now) = (leased.account, self.app.now());
        let account = self.blocking(move |engine| engine.account(account, now)).await?;
        let services = account.into_iter().flat_map(|account| account.subscriptions).map(|s| s.service);
        Ok(services.into_iter().find(|service| service.id == id))
    }

    /// Runs the module, with a record before and after: a run without an end died with its node.
    async fn recorded_run(&self, leased: &LeasedEffect, service: &Service, desired: Size) -> Result<Run, EngineError> {
        let generation = service.generation;
        let name = ServiceName { id: service.id, label: service.label.clone() };
        let request = Request::Ensure { service: name, generation, desired, access: service.access };
        let id = format!("{}.{}", leased.effect.id, leased.fence);
        let started = StartedRun {
            id: id.clone(),
            account: leased.account,
            service: service.id,
            module: service.module.clone(),
            generation,
            input: written(&request),
            at: self.app.now(),
        };
        self.blocking(move |engine| Ok(engine.store().start_run(&started)?)).await?;
        let run = self.modules.run(&service.module, &request).await;
        let (word, output, now) = (run.outcome_word(), run.output_text(), self.app.now());
        self.blocking(move |engine| Ok(engine.store().end_run(&id, now, word, &output)?)).await?;
        Ok(run)
    }
}
