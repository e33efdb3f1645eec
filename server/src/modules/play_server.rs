//! A program that plays a server: what the demo ships as its module, and what tests drive instead of a machine. Run as
//! `midcycle play-server --dir DIR`, it follows the protocol of `docs/modules.md` and keeps each service in `DIR/ID/`:
//! `state.json` (generation, size, boots, the resize that runs), `disk.dat` (its data file, made once and never changed by
//! a resize), `fail` (put there by hand: the next piece of work fails with its text, once).
//!
//! What if it dies? The state is written beside and renamed, so a reader finds the old or the new one. A run cut short is
//! asked again and finds what the one before left.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use billing::catalogue::Size;
use billing::service::{Access, Service};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Reply, ReplyState, Request, ServiceName};
use crate::clock::Clock;

/// The most bytes of a request.
const MAX_REQUEST: u64 = 64 * 1024;

/// A place where servers are played.
#[derive(Debug, Clone)]
pub struct PlayServer {
    /// The directory with a folder per service.
    pub directory: PathBuf,
    /// How long a resize takes, in milliseconds.
    pub takes_ms: i64,
}

/// What is known of one played server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The newest generation that was asked for.
    pub generation: i64,
    /// The size it has; `None` before it first ran.
    pub size: Option<Size>,
    /// What its customer may do with it.
    #[serde(default)]
    pub access: Access,
    /// How often it has started.
    pub boots: u32,
    /// The resize that runs.
    pub resizing: Option<Resize>,
    /// SHA-256 of its data file, when that was made. Hexadecimal.
    pub disk_sha256: String,
}

/// A resize that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resize {
    /// To which size.
    pub size: Size,
    /// It is done here; milliseconds since 1970.
    pub until_ms: i64,
}

/// Why the played server could not answer: a fault to whoever asks.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The request is not of the protocol.
    #[error("the request cannot be read: {0}")]
    Request(#[from] serde_json::Error),
    /// The disk failed.
    #[error("the files of the played server cannot be used: {0}")]
    Files(#[from] io::Error),
}

/// The whole of `midcycle play-server`: one request from standard input, one answer on standard output.
pub fn main(directory: &Path, seconds: u64) -> ExitCode {
    let takes_ms = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
    let play = PlayServer { directory: directory.to_owned(), takes_ms };
    match play.converse(io::stdin().lock(), io::stdout().lock(), Clock::System.now()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

impl PlayServer {
    /// Reads one request, answers it.
    pub fn converse(&self, input: impl Read, mut output: impl Write, now: Timestamp) -> Result<(), PlayError> {
        let request: Request = serde_json::from_reader(input.take(MAX_REQUEST))?;
        let reply = self.answer(&request, now)?;
        writeln!(output, "{}", serde_json::to_string(&reply)?)?;
        Ok(())
    }

    /// Makes the folder of a server that ran before it was played here: in the size and generation it was last seen.
    pub fn lay_out(&self, service: &Service) -> Result<(), PlayError> {
        let folder = self.directory.join(service.id.to_string());
        fs::create_dir_all(&folder)?;
        if read_state(&folder)?.is_some() {
            return Ok(());
        }
        let name = ServiceName { id: service.id, label: service.label.clone() };
        let boots = u32::try_from(service.observed_generation).unwrap_or(1);
        let state = State {
            generation: service.observed_generation,
            size: service.observed.clone(),
            access: service.access,
            boots,
            ..self.first_state(&folder, &name)?
        };
        write_state(&folder, &state)
    }

    /// Answers one request.
    pub fn answer(&self, request: &Request, now: Timestamp) -> Result<Reply, PlayError> {
        let Request::Ensure { service, generation, desired, access } = request;
        // An id is letters, digits and one underscore, so it cannot lead out of the directory.
        let folder = self.directory.join(service.id.to_string());
        fs::create_dir_all(&folder)?;
        // Two runs for one service, after a lease that ran out, come one after the other.
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        lock.lock()?;
        let mut state = match read_state(&folder)? {
            Some(state) => state,
            None => self.first_state(&folder, service)?,
        };
        let now_ms = now.as_millisecond();
        if *generation < state.generation {
            let message = format!("generation {generation} is older than {}, which was asked for", state.generation);
            return Ok(reply(ReplyState::Failed, &state, message));
        }
        let has_size = state.size.as_ref() == Some(desired) && state.resizing.is_none();
        let has_access = state.access == *access;
        if has_size && has_access && *generation == state.generation {
            return self.read_back(&folder, &state);
        }
        let is_running = state.resizing.as_ref().is_some_and(|resize| resize.size == *desired);
        if is_running && has_access && *generation == state.generation {
            return self.follow(&folder, state, now_ms);
        }
        state.generation = *generation;
        if let Some(message) = told_to_fail(&folder)? {
            state.resizing = None;
            write_state(&folder, &state)?;
            return Ok(reply(ReplyState::Failed, &state, message));
        }
        state.access = *access;
        // Access is opened and closed in front of a server that runs on.
        if has_size && !has_access {
            write_state(&folder, &state)?;
            return self.read_back(&folder, &state);
        }
        state.resizing = Some(Resize { size: desired.clone(), until_ms: now_ms.saturating_add(self.takes_ms) });
        write_state(&folder, &state)?;
        self.follow(&folder, state, now_ms)
    }

    /// A resize that runs: it goes on until its time, then the server starts in its new size.
    fn follow(&self, folder: &Path, mut state: State, now_ms: i64) -> Result<Reply, PlayError> {
        let Some(resize) = state.resizing.take() else { return self.read_back(folder, &state) };
        if now_ms < resize.until_ms {
            let message = "stopped, resizing".to_owned();
            return Ok(reply(ReplyState::Working, &state, message));
        }
        state.size = Some(resize.size);
        state.boots += 1;
        write_state(folder, &state)?;
        self.read_back(folder, &state)
    }

    /// What the server has, read back from its files. A data file that changed is never called done.
    fn read_back(&self, folder: &Path, state: &State) -> Result<Reply, PlayError> {
        let disk = disk_sha256(folder)?;
        if disk.as_ref() != Some(&state.disk_sha256) {
            let message = "the data file is not what it was before".to_owned();
            return Ok(reply(ReplyState::Failed, state, message));
        }
        let runs = if state.access == Access::Ended { "is off for good" } else { "runs" };
        let times = if state.boots == 1 { "once" } else { "again" };
        let message = format!("{runs}, started {times} (boot {}), data file sha256 {}", state.boots, state.disk_sha256);
        Ok(reply(ReplyState::Done, state, message))
    }

    fn first_state(&self, folder: &Path, service: &ServiceName) -> Result<State, PlayError> {
        // The data file is older than the state: a run cut short between the two leaves a file that is kept.
        let disk_sha256 = match disk_sha256(folder)? {
            Some(hash) => hash,
            None => {
                let content = format!("The data of {}.\n", service.id).repeat(256);
                write_atomically(&folder.join("disk.dat"), content.as_bytes())?;
                hexadecimal(content.as_bytes())
            }
        };
        Ok(State { generation: 0, size: None, access: Access::Full, boots: 0, resizing: None, disk_sha256 })
    }
}

fn reply(progress: ReplyState, state: &State, message: String) -> Reply {
    let State { generation, size, access, .. } = state;
    Reply { state: progress, generation: *generation, observed: size.clone(), access: Some(*access), message }
}

/// The state of a played server; `None` before it was first asked for.
pub fn read_state(folder: &Path) -> Result<Option<State>, PlayError> {
    match fs::read(folder.join("state.json")) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn write_state(folder: &Path, state: &State) -> Result<(), PlayError> {
    write_atomically(&folder.join("state.json"), &serde_json::to_vec_pretty(state)?)?;
    Ok(())
}

/// Written beside, brought to disk, renamed: a reader sees the old file or the new one, never half of one.
fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Was it told to fail? The file is taken away first: one file is one failure.
fn told_to_fail(folder: &Path) -> Result<Option<String>, PlayError> {
    let path = folder.join("fail");
    match fs::read_to_string(&path) {
        Ok(text) => {
            fs::remove_file(&path)?;
            let text = text.trim();
            Ok(Some(if text.is_empty() { "told to fail".to_owned() } else { text.to_owned() }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn disk_sha256(folder: &Path) -> io::Result<Option<String>> {
    match fs::read(folder.join("disk.dat")) {
        Ok(bytes) => Ok(Some(hexadecimal(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use billing::id::ServiceId;
    use tempfile::TempDir;

    use super::*;

    const ID: &str = "srv_0192f7a0b1c27d3e8f00112233440001";

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + ms).expect("an instant")
    }

    fn ensure(generation: i64, cpus: i64) -> Request {
        Request::Ensure {
            service: ServiceName { id: ServiceId::parse(ID).expect("an id"), label: "web".to_owned() },
            generation,
            desired: [("cpus".into(), cpus)].into_iter().collect(),
            access: Access::Full,
        }
    }

    fn access(generation: i64, cpus: i64, access: Access) -> Request {
        let Request::Ensure { service, desired, .. } = ensure(generation, cpus);
        Request::Ensure { service, generation, desired, access }
    }

    struct Place {
        _directory: TempDir,
        play: PlayServer,
        folder: PathBuf,
    }

    fn place() -> Place {
        let directory = TempDir::new().expect("a temporary directory");
        let play = PlayServer { directory: directory.path().to_owned(), takes_ms: 4000 };
        let folder = directory.path().join(ID);
        Place { _directory: directory, play, folder }
    }

    impl Place {
        fn says(&self, generation: i64, cpus: i64, ms: i64) -> Reply {
            self.play.answer(&ensure(generation, cpus), at(ms)).expect("an answer")
        }

        fn state(&self) -> State {
            read_state(&self.folder).expect("a readable state").expect("a state")
        }
    }

    #[test]
    fn a_resize_takes_its_time_restarts_once_and_keeps_the_data_file() {
        let place = place();
        assert_eq!(place.says(1, 1, 0).state, ReplyState::Working);
        assert_eq!(place.says(1, 1, 4000).state, ReplyState::Done);
        let disk = fs::read(place.folder.join("disk.dat")).expect("the data file");
        assert_eq!(place.says(2, 4, 5000).state, ReplyState::Working);
        assert_eq!(place.says(2, 4, 8999).state, ReplyState::Working);
        let done = place.says(2, 4, 9000);
        assert_eq!(done.state, ReplyState::Done);
        assert_eq!(done.observed, Some([("cpus".into(), 4)].into_iter().collect()));
        assert!(done.message.contains(&hexadecimal(&disk)), "{}", done.message);
        assert_eq!(place.state().boots, 2);
        assert_eq!(place.says(2, 4, 99_000), done, "asked again, there is nothing to do");
        assert_eq!(place.state().boots, 2);
    }

    #[test]
    fn access_is_restricted_and_given_back_without_a_restart() {
        let place = place();
        place.says(1, 1, 0);
        place.says(1, 1, 4000);
        let says = |request| place.play.answer(&request, at(5000)).expect("an answer");
        let restricted = says(access(2, 1, Access::Restricted));
        assert_eq!((restricted.state, restricted.access), (ReplyState::Done, Some(Access::Restricted)));
        assert_eq!(says(access(2, 1, Access::Restricted)), restricted, "asked again, there is nothing to do");
        assert_eq!(says(access(3, 1, Access::Full)).access, Some(Access::Full));
        assert_eq!(place.state().boots, 1);
        fs::write(place.folder.join("fail"), "the door is stuck").expect("the file");
        assert_eq!(says(access(4, 1, Access::Restricted)).state, ReplyState::Failed);
        assert_eq!(says(access(4, 1, Access::Restricted)).access, Some(Access::Restricted), "tried again");
    }

    #[test]
    fn what_has_ended_is_off_for_good_and_keeps_its_data_file() {
        let place = place();
        place.says(1, 1, 0);
        place.says(1, 1, 4000);
        let disk = fs::read(place.folder.join("disk.dat")).expect("the data file");
        let says = |request, ms| place.play.answer(&request, at(ms)).expect("an answer");
        let ended = says(access(2, 1, Access::Ended), 5000);
        assert_eq!((ended.state, ended.generation, ended.access), (ReplyState::Done, 2, Some(Access::Ended)));
        assert_eq!(ended.observed, Some([("cpus".into(), 1)].into_iter().collect()));
        assert!(ended.message.starts_with("is off for good"), "{}", ended.message);
        assert_eq!(says(access(2, 1, Access::Ended), 6000), ended, "asked again, there is nothing to do");
        assert_eq!(fs::read(place.folder.join("disk.dat")).expect("the data file"), disk);
        // A wish from before the end, heard late, opens nothing again.
        let late = says(access(1, 1, Access::Full), 7000);
        assert_eq!((late.state, late.access), (ReplyState::Failed, Some(Access::Ended)));
        assert_eq!((place.state().access, place.state().boots), (Access::Ended, 1));
    }

    #[test]
    fn what_ends_while_it_is_resized_is_done_when_it_has_its_size() {
        let place = place();
        place.says(1, 1, 0);
        let says = |ms| place.play.answer(&access(2, 1, Access::Ended), at(ms)).expect("an answer");
        assert_eq!((says(1000).state, says(1000).access), (ReplyState::Working, Some(Access::Ended)));
        let ended = says(5000);
        assert_eq!((ended.state, ended.access), (ReplyState::Done, Some(Access::Ended)));
        assert_eq!(place.state().boots, 1);
    }

    #[test]
    fn an_older_generation_is_refused_and_changes_nothing() {
        let place = place();
        place.says(3, 2, 0);
        let before = place.says(3, 2, 4000);
        let refused = place.says(2, 8, 5000);
        assert_eq!((refused.state, refused.generation), (ReplyState::Failed, 3));
        assert_eq!(place.says(3, 2, 6000), before);
    }

    #[test]
    fn it_fails_once_when_told_to_and_works_when_asked_again() {
        let place = place();
        place.says(1, 1, 0);
        place.says(1, 1, 4000);
        fs::write(place.folder.join("fail"), "no memory is left on the host\n").expect("the file");
        let failed = place.says(2, 8, 5000);
        assert_eq!((failed.state, failed.message.as_str()), (ReplyState::Failed, "no memory is left on the host"));
        assert_eq!(failed.observed, Some([("cpus".into(), 1)].into_iter().collect()));
        assert_eq!(place.says(2, 8, 6000).state, ReplyState::Working);
        assert_eq!(place.says(2, 8, 10_000).state, ReplyState::Done);
    }

    #[test]
    fn a_newer_generation_takes_over_from_a_resize_that_runs() {
        let place = place();
        place.says(1, 1, 0);
        assert_eq!(place.says(2, 2, 2000).state, ReplyState::Working);
        assert_eq!(place.says(2, 2, 6000).observed, Some([("cpus".into(), 2)].into_iter().collect()));
        assert_eq!(place.state().boots, 1, "the size it never had was never started");
    }

    #[test]
    fn a_new_generation_of_the_present_size_restarts_and_is_done() {
        let place = place();
        place.says(1, 1, 0);
        place.says(1, 1, 4000);
        assert_eq!(place.says(2, 1, 5000).state, ReplyState::Working);
        assert_eq!(place.says(2, 1, 9000).generation, 2);
    }

    #[test]
    fn a_run_that_died_while_writing_leaves_the_state_before() {
        let place = place();
        place.says(1, 1, 0);
        place.says(1, 1, 4000);
        fs::write(place.folder.join("state.new"), "{\"generation\": 2, \"si").expect("half a file");
        assert_eq!(place.state().generation, 1);
        assert_eq!(place.says(2, 2, 5000).state, ReplyState::Working);
        assert_eq!(place.says(2, 2, 9000).state, ReplyState::Done);
    }

    #[test]
    fn a_run_that_died_between_data_file_and_state_keeps_the_data_file() {
        let place = place();
        fs::create_dir_all(&place.folder).expect("the folder");
        fs::write(place.folder.join("disk.dat"), "written by the run before").expect("the data file");
        place.says(1, 1, 0);
        let done = place.says(1, 1, 4000);
        assert!(done.message.contains(&hexadecimal(b"written by the run before")), "{}", done.message);
    }

    #[test]
    fn a_data_file_that_changed_is_never_called_done() {
        let place = place();
        place.says(1, 1, 0);
        place.says(1, 1, 4000);
        fs::write(place.folder.join("disk.dat"), "overwritten").expect("the data file");
        assert_eq!(place.says(1, 1, 5000).state, ReplyState::Failed);
    }

    #[test]
    fn it_answers_what_it_reads() {
        let place = place();
        let mut output = Vec::new();
        let input = serde_json::to_vec(&ensure(1, 1)).expect("a request");
        place.play.converse(input.as_slice(), &mut output, at(0)).expect("an answer");
        let reply: Reply = serde_json::from_slice(&output).expect("a reply");
        assert_eq!(reply.state, ReplyState::Working);
        assert!(place.play.converse(&b"{}"[..], &mut output, at(0)).is_err());
    }
}
