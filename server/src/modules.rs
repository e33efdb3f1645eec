//! Modules: the programs that make a machine what its customer pays for. A module has one operation, `ensure`: make the
//! service so, under this generation, and say what you read back. The protocol for people who write modules is in
//! `docs/modules.md`; how a program is run is in `command`; the one that the demo ships is `play_server`. When a module
//! is asked, and what becomes of its answers, is the pump's.

pub mod command;
pub mod play_server;

use std::collections::BTreeMap;

use billing::catalogue::Size;
use billing::id::ServiceId;
use billing::service::{Access, ModuleReport};
use serde::{Deserialize, Serialize};

use command::CommandModule;

/// What a module is asked, as it reads it on its standard input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Request {
    /// Make the service so. The same request twice is one piece of work.
    Ensure {
        /// The service.
        service: ServiceName,
        /// Grows with every new desired size or access; a module refuses one older than it has seen.
        generation: i64,
        /// The size it shall have, by resource.
        desired: Size,
        /// What the customer may do with it.
        #[serde(default)]
        access: Access,
    },
}

/// A service as modules know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceName {
    /// Its id, which never changes.
    pub id: ServiceId,
    /// The customer's name for it: text for people, never part of a command line.
    pub label: String,
}

/// What a module answers on its standard output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// How the work stands.
    pub state: ReplyState,
    /// The generation it speaks of.
    pub generation: i64,
    /// The size read back from the machine; needed where the work is done.
    #[serde(default)]
    pub observed: Option<Size>,
    /// The access read back; needed where it is restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// What it has to say to staff.
    #[serde(default)]
    pub message: String,
}

/// How a module's work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyState {
    /// Begun; ask again shortly.
    Working,
    /// The size was read back.
    Done,
    /// It cannot be done, and asking again by itself would not help.
    Failed,
}

/// Why nothing is known after a module was asked. It is asked again; `ensure` makes that safe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModuleFault {
    /// No module of that name is configured.
    #[error("there is no module {0:?} in the configuration")]
    NotConfigured(String),
    /// The program could not be started.
    #[error("the module {program:?} could not be started: {reason}")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system said.
        reason: String,
    },
    /// It took too long and was ended.
    #[error("the module did not answer within {0} s and was ended")]
    TimedOut(u64),
    /// It wrote more than is read.
    #[error("the module wrote more than {0} bytes")]
    TooMuch(usize),
    /// It ended with something other than 0.
    #[error("the module ended with {status}{}", said(stderr))]
    Ended {
        /// How it ended.
        status: String,
        /// What it wrote on its standard error.
        stderr: String,
    },
    /// Its answer is not of the protocol.
    #[error("the module's answer cannot be read: {reason}{}", said(stderr))]
    Unreadable {
        /// What is wrong with it.
        reason: String,
        /// What it wrote on its standard error.
        stderr: String,
    },
}

fn said(stderr: &str) -> String {
    let stderr = stderr.trim();
    if stderr.is_empty() { String::new() } else { format!(": {stderr}") }
}

/// One run of a module: what went in, what came out, and what is known now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The request, as it was written.
    pub input: String,
    /// The answer, as it was written; empty where there was none.
    pub output: String,
    /// The report to the core, or why there is none.
    pub outcome: Result<ModuleReport, ModuleFault>,
}

impl Run {
    /// The outcome in one word, for the table of runs.
    pub fn outcome_word(&self) -> &'static str {
        match &self.outcome {
            Ok(ModuleReport::Working) => "working",
            Ok(ModuleReport::Done { .. }) => "done",
            Ok(ModuleReport::Failed { .. }) => "failed",
            Err(_) => "retry",
        }
    }

    /// What the module said, and what is wrong with it, for the table of runs.
    pub fn output_text(&self) -> String {
        match (&self.outcome, self.output.trim_end()) {
            (Ok(_), output) => output.to_owned(),
            (Err(fault), "") => fault.to_string(),
            (Err(fault), output) => format!("{output}\n{fault}"),
        }
    }
}

/// The modules of this installation, by the names products use.
#[derive(Debug, Clone, Default)]
pub struct Modules(BTreeMap<String, CommandModule>);

impl Modules {
    /// Adds a module under a name.
    #[must_use]
    pub fn with(mut self, name: &str, module: CommandModule) -> Self {
        self.0.insert(name.to_owned(), module);
        self
    }

    /// The names, for the doctor and the admin's page of modules.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The module of this name.
    pub fn get(&self, name: &str) -> Option<&CommandModule> {
        self.0.get(name)
    }

    /// Asks the module of this name once.
    pub async fn run(&self, name: &str, request: &Request) -> Run {
        match self.0.get(name) {
            Some(module) => module.run(request).await,
            None => Run {
                input: written(request),
                output: String::new(),
                outcome: Err(ModuleFault::NotConfigured(name.to_owned())),
            },
        }
    }
}

/// A request as it is written to a module.
pub(crate) fn written(request: &Request) -> String {
    serde_json::to_string(request).expect("a request is plain data")
}
