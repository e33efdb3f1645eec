//! A running `midcycle serve`: started, killed, stopped, ended. It never outlives the test that started it.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use super::installation::{Installation, PROGRAM};

/// How long a start or a clean end may take; a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// One server program.
pub struct Node {
    child: Child,
    log: PathBuf,
    /// Where it listens: a port that the system gave it.
    pub address: SocketAddr,
}

impl Node {
    /// Starts one and waits until it says where it listens.
    pub fn start(installation: &Installation) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let log = installation.folder().join(format!("serve-{}.log", COUNT.fetch_add(1, Ordering::Relaxed)));
        // A write past the limit of a file's size kills by a signal unless that is ignored; a full disk does not.
        let mut child = Command::new("/bin/sh")
            .args(["-c", "trap '' 25; exec \"$0\" \"$@\"", PROGRAM, "serve", "--port", "0", "--storefront", "vps"])
            .args(installation.place())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("a log"))
            .spawn()
            .expect("a server that can be started");
        let stdout = child.stdout.take().expect("its standard output");
        let (say, greeting) = channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let _ = BufReader::new(stdout).read_line(&mut line);
            let _ = say.send(line);
        });
        let unknown = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut node = Self { child, log, address: unknown };
        let greeting = greeting.recv_timeout(PATIENCE).expect("a greeting in time");
        let address = greeting.trim().strip_prefix("midcycle serves http://").and_then(|rest| rest.parse().ok());
        node.address = address.unwrap_or_else(|| panic!("no greeting but {greeting:?}\n{}", node.log()));
        assert_ne!(node.address.port(), 0, "the greeting names the port that the system gave");
        node
    }

    /// The name under which it leases effects.
    pub fn name(&self) -> String {
        format!("node-{}", self.child.id())
    }

    /// Ends it without warning, as a power cut would.
    pub fn kill(mut self) {
        self.end();
    }

    /// Holds it where it is.
    pub fn stop(&self) {
        kill_process(self.pid(), Signal::STOP).expect("a running server");
    }

    /// Lets it go on.
    pub fn go_on(&self) {
        kill_process(self.pid(), Signal::CONT).expect("a stopped server");
    }

    /// Tells it to end; it must do so in time and say that all went well.
    pub fn end_cleanly(mut self) {
        kill_process(self.pid(), Signal::TERM).expect("a running server");
        let begun = Instant::now();
        let status = loop {
            match self.child.try_wait().expect("its end") {
                Some(status) => break status,
                None if begun.elapsed() > PATIENCE => panic!("it does not end\n{}", self.log()),
                None => std::thread::park_timeout(Duration::from_millis(10)),
            }
        };
        assert!(status.success(), "{status}\n{}", self.log());
    }

    /// From now on no file of it can grow past so many bytes; `None` takes the limit away.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let limit = Rlimit { current: bytes, maximum: None };
        prlimit(Some(self.pid()), Resource::Fsize, limit).expect("a limit that can be set");
    }

    /// What it wrote to its log.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn end(&mut self) {
        // Where it has ended by itself there is nothing to kill, and it was waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.end();
        if std::thread::panicking() {
            eprintln!("--- {} ---\n{}", self.log.display(), self.log());
        }
    }
}
