//! The `command` module: any program, given one JSON document on its standard input, answering one on its standard
//! output. No shell: the words of the command line are fixed by the configuration, and what customers write reaches the
//! program as JSON only. The environment is nearly empty, output is bounded, and the whole process group is ended when
//! it takes too long, or when the pump stops waiting for it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use billing::service::{Access, ModuleReport};
use rustix::process::{Pid, Signal, kill_process_group};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::{ModuleFault, Reply, ReplyState, Request, Run, written};

/// The most bytes of an answer.
const MAX_STDOUT: usize = 64 * 1024;
/// The most bytes that are kept of what a program says on its standard error.
const MAX_STDERR: usize = 8 * 1024;
/// Where programs are looked for; never the server's own path.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A program that is a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandModule {
    /// The program, by its path.
    pub program: PathBuf,
    /// Its arguments, each one word to the program whatever stands in it.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// The directory it runs in; made where it is missing.
    pub directory: PathBuf,
    /// Variables of its environment, besides `PATH`, `LANG` and `TZ`.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// How long it may take for one answer, in milliseconds.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
}

fn default_timeout_ms() -> u64 {
    30_000
}

impl CommandModule {
    /// Asks the program once and reads its answer.
    pub async fn run(&self, request: &Request) -> Run {
        let input = written(request);
        match self.spoken(&input).await {
            Ok(spoken) => {
                let outcome = report(request, &spoken);
                Run { input, output: spoken.stdout, outcome }
            }
            Err(fault) => Run { input, output: String::new(), outcome: Err(fault) },
        }
    }

    async fn spoken(&self, input: &str) -> Result<Spoken, ModuleFault> {
        let not_started = |error: std::io::Error| ModuleFault::NotStarted {
            program: self.program.display().to_string(),
            reason: error.to_string(),
        };
        std::fs::create_dir_all(&self.directory).map_err(not_started)?;
        let mut child = self.command().spawn().map_err(not_started)?;
        // From here on the group is ended whenever this future is dropped: by the timeout below, or by whoever waits.
        let mut group = Group::of(&child);
        let limit = Duration::from_millis(self.timeout_ms);
        let spoken = tokio::time::timeout(limit, converse(&mut child, input));
        let spoken = spoken.await.map_err(|_| ModuleFault::TimedOut(self.timeout_ms.div_ceil(1000)))??;
        group.has_ended();
        Ok(spoken)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .current_dir(&self.directory)
            .env_clear()
            .env("PATH", PATH)
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .envs(&self.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own, so that what the program starts is ended with it.
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

/// What a program said.
struct Spoken {
    status: ExitStatus,
    stdout: String,
    stderr: String,
}

/// The process group of a running program: ended when dropped, unless the program has ended by itself.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw))
    }

    fn has_ended(&mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // It may have ended in this very moment; then there is nothing to end.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

async fn converse(child: &mut Child, input: &str) -> Result<Spoken, ModuleFault> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // A program may answer without having read everything; its answer counts, not the broken pipe.
            let _ = stdin.write_all(input.as_bytes()).await;
            let _ = stdin.write_all(b"\n").await;
            let _ = stdin.shutdown().await;
        }
    };
    let ((), stdout, stderr, status) = tokio::join!(write, read_all(stdout), read_beginning(stderr), child.wait());
    let unreadable =
        |error: std::io::Error| ModuleFault::Unreadable { reason: error.to_string(), stderr: String::new() };
    Ok(Spoken { status: status.map_err(unreadable)?, stdout: stdout?, stderr })
}

/// All of the standard output. Past the limit reading stops and the pipe closes, so that the program cannot fill memory.
async fn read_all(stdout: Option<impl AsyncRead + Unpin>) -> Result<String, ModuleFault> {
    let Some(stdout) = stdout else { return Ok(String::new()) };
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_STDOUT).unwrap_or(u64::MAX);
    let unreadable = |reason: String| ModuleFault::Unreadable { reason, stderr: String::new() };
    stdout.take(limit + 1).read_to_end(&mut bytes).await.map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() > MAX_STDOUT {
        return Err(ModuleFault::TooMuch(MAX_STDOUT));
    }
    String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))
}

/// The beginning of the standard error; the rest is read and forgotten, so that the program never waits for a reader.
async fn read_beginning(stderr: Option<impl AsyncRead + Unpin>) -> String {
    let Some(mut stderr) = stderr else { return String::new() };
    let (mut kept, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(count) = stderr.read(&mut buffer).await {
        if count == 0 {
            break;
        }
        let room = MAX_STDERR - kept.len();
        kept.extend_from_slice(&buffer[..count.min(room)]);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// What an answer means for the service. Anything that is not of the protocol is a fault: nothing is known.
fn report(request: &Request, spoken: &Spoken) -> Result<ModuleReport, ModuleFault> {
    let Request::Ensure { generation, access: wanted, .. } = request;
    let stderr = || spoken.stderr.clone();
    if !spoken.status.success() {
        return Err(ModuleFault::Ended { status: spoken.status.to_string(), stderr: stderr() });
    }
    let unreadable = |reason: String| ModuleFault::Unreadable { reason, stderr: stderr() };
    let reply: Reply = serde_json::from_str(&spoken.stdout).map_err(|error| unreadable(error.to_string()))?;
    if reply.state == ReplyState::Failed {
        // Also how a module refuses a generation older than it has seen; then it names that one.
        return Ok(ModuleReport::Failed { reason: reply.message });
    }
    if reply.generation != *generation {
        let reason = format!("it speaks of generation {}, asked was {generation}", reply.generation);
        return Err(unreadable(reason));
    }
    // Of full access a module need not speak; that it restricted access it has to say.
    let access = reply.access.unwrap_or(Access::Full);
    match (reply.state, reply.observed) {
        (ReplyState::Done, Some(_)) if reply.access.is_none() && !wanted.is_full() => {
            let reason = "access cannot be restricted: the module does not say what access it read back".to_owned();
            Ok(ModuleReport::Failed { reason })
        }
        (ReplyState::Done, Some(observed)) => Ok(ModuleReport::Done { observed, access }),
        (ReplyState::Done, None) => Err(unreadable("it is done and does not say what it read back".to_owned())),
        _ => Ok(ModuleReport::Working),
    }
}

#[cfg(test)]
mod tests {
    use billing::id::ServiceId;
    use tempfile::TempDir;

    use super::super::ServiceName;
    use super::*;

    fn request() -> Request {
        let id = ServiceId::parse("srv_0192f7a0b1c27d3e8f00112233440001").expect("an id");
        Request::Ensure {
            service: ServiceName { id, label: "$(touch owned); `id`".to_owned() },
            generation: 2,
            desired: [("cpus".into(), 2)].into_iter().collect(),
            access: Access::Full,
        }
    }

    /// Runs a line of shell as the module: the shell is the test's program, not the module's way of running one.
    async fn ran(line: &str, timeout_ms: u64) -> (Run, TempDir) {
        let directory = TempDir::new().expect("a temporary directory");
        let module = CommandModule {
            program: "/bin/sh".into(),
            arguments: vec!["-c".to_owned(), line.to_owned()],
            directory: directory.path().join("work"),
            environment: [("GREETING".to_owned(), "hello".to_owned())].into(),
            timeout_ms,
        };
        (module.run(&request()).await, directory)
    }

    #[tokio::test]
    async fn an_answer_of_the_protocol_is_a_report() {
        let line = r#"cat >asked; echo '{"state":"done","generation":2,"observed":{"cpus":2},"message":"read back"}'"#;
        let (run, directory) = ran(line, 10_000).await;
        let observed = [("cpus".into(), 2)].into_iter().collect();
        assert_eq!(run.outcome, Ok(ModuleReport::Done { observed, access: Access::Full }));
        let asked = std::fs::read_to_string(directory.path().join("work/asked")).expect("what the program read");
        assert_eq!(asked.trim(), run.input);
        assert!(asked.starts_with(r#"{"operation":"ensure","service":{"id":"srv_"#), "{asked}");
        assert!(!directory.path().join("work/owned").exists(), "a label ran as a command");
    }

    #[test]
    fn a_module_that_does_not_know_of_access_cannot_have_restricted_it() {
        let Request::Ensure { service, generation, desired, .. } = request();
        let request = Request::Ensure { service, generation, desired, access: Access::Restricted };
        let said = |access: &str| {
            let stdout = format!(r#"{{"state":"done","generation":2,"observed":{{"cpus":2}}{access}}}"#);
            let status = std::os::unix::process::ExitStatusExt::from_raw(0);
            report(&request, &Spoken { status, stdout, stderr: String::new() }).expect("an answer")
        };
        assert!(matches!(said(""), ModuleReport::Failed { reason } if reason.contains("access")));
        let restricted = said(r#","access":"restricted""#);
        assert!(matches!(restricted, ModuleReport::Done { access: Access::Restricted, .. }), "{restricted:?}");
    }

    #[tokio::test]
    async fn anything_else_is_a_fault() {
        let cases = [
            ("exit 3", "ended with"),
            ("echo no memory >&2; exit 1", "no memory"),
            ("echo not json", "cannot be read"),
            (r#"echo '{"state":"done","generation":2}'"#, "does not say what it read back"),
            (r#"echo '{"state":"working","generation":1}'"#, "generation 1"),
            (r#"echo '{"state":"working","generation":2,"extra":1}'"#, "extra"),
            ("yes | head -c 100000", "more than 65536 bytes"),
        ];
        for (line, part) in cases {
            let fault = ran(line, 10_000).await.0.outcome.expect_err("a fault").to_string();
            assert!(fault.contains(part), "{line}: {fault}");
        }
    }

    #[tokio::test]
    async fn a_program_that_takes_too_long_is_ended_with_all_it_started() {
        let line = "sleep 600 & echo $! >child; echo $$ >self; wait";
        let (run, directory) = ran(line, 300).await;
        assert_eq!(run.outcome, Err(ModuleFault::TimedOut(1)));
        for name in ["child", "self"] {
            let id = std::fs::read_to_string(directory.path().join("work").join(name)).expect("a process id");
            // Ended, or ended and not yet collected by its parent.
            let is_gone = || match std::fs::read_to_string(format!("/proc/{}/stat", id.trim())) {
                Ok(stat) => stat.contains(") Z "),
                Err(_) => true,
            };
            while !is_gone() {
                tokio::task::yield_now().await;
            }
        }
    }

    #[tokio::test]
    async fn the_environment_is_what_the_configuration_says() {
        let (run, _directory) = ran("env | sort | tr '\\n' ' ' >&2; exit 1", 10_000).await;
        let fault = run.outcome.expect_err("a fault").to_string();
        let names: Vec<_> = fault.split(' ').filter_map(|word| word.split_once('=')).map(|(name, _)| name).collect();
        assert!(names.contains(&"GREETING") && names.contains(&"PATH"), "{fault}");
        assert!(!names.contains(&"HOME") && !names.contains(&"CARGO_MANIFEST_DIR"), "{fault}");
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_named() {
        let directory = TempDir::new().expect("a temporary directory");
        let module = CommandModule {
            program: "/nowhere/resize".into(),
            arguments: Vec::new(),
            directory: directory.path().to_owned(),
            environment: BTreeMap::new(),
            timeout_ms: 1000,
        };
        let fault = module.run(&request()).await.outcome.expect_err("a fault").to_string();
        assert!(fault.contains("/nowhere/resize"), "{fault}");
    }
}
