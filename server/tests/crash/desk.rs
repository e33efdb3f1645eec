//! The desk that customers go to: it knows which nodes are open, sends a request again under the same key until it is
//! answered, and keeps what was answered, to be compared with later.

use std::net::SocketAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::dice::Dice;
use super::http::{Answer, Request, send};

/// How long anything may take, crashes included, before the test gives up.
pub const PATIENCE: Duration = Duration::from_secs(45);
/// A pause before something is looked at again.
const PAUSE: Duration = Duration::from_millis(25);

/// The desk, shared by all customers.
pub struct Desk {
    key: String,
    seen: Mutex<Seen>,
    news: Condvar,
}

/// A write that was answered.
#[derive(Debug, Clone)]
pub struct Told {
    pub request: Request,
    pub answer: Answer,
}

#[derive(Default)]
struct Seen {
    open: Vec<Option<SocketAddr>>,
    customers: usize,
    writes: usize,
    unanswered: usize,
    found_done: usize,
    told: Vec<Told>,
}

impl Desk {
    /// A desk for so many nodes and customers, with the API key of the installation.
    pub fn new(key: &str, nodes: usize, customers: usize) -> Self {
        let seen = Seen { open: vec![None; nodes], customers, ..Seen::default() };
        Self { key: key.to_owned(), seen: Mutex::new(seen), news: Condvar::new() }
    }

    /// A node listens here.
    pub fn open(&self, node: usize, address: SocketAddr) {
        self.seen().open[node] = Some(address);
        self.news.notify_all();
    }

    /// Nobody goes to this node any more; who is there already stays.
    pub fn close(&self, node: usize) {
        self.seen().open[node] = None;
    }

    /// A customer has gone, content or not.
    pub fn leave(&self) {
        self.seen().customers -= 1;
        self.news.notify_all();
    }

    /// Waits until so many more writes were sent, but not for longer than this; false where it came to nothing, as all
    /// customers have gone or wait themselves.
    pub fn wait_for_writes(&self, more: usize, limit: Duration) -> bool {
        let mut seen = self.seen();
        let (goal, begun) = (seen.writes + more, Instant::now());
        while seen.writes < goal && seen.customers > 0 && begun.elapsed() < limit {
            seen = self.news.wait_timeout(seen, PAUSE).unwrap_or_else(PoisonError::into_inner).0;
        }
        seen.writes >= goal
    }

    /// Reads until what is read is as it shall be.
    pub fn look_until(&self, dice: &mut Dice, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let request = Request { method: "GET", path: path.to_owned(), once: None, body: None };
            let answer = self.ask(dice, &request);
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            let json = answer.json();
            if is_so(&json) {
                return json;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} stays {json:#}");
            pause();
        }
    }

    /// Asks for something that is not stored.
    pub fn quote(&self, dice: &mut Dice, path: &str, body: &Value) -> Answer {
        self.ask(dice, &Request { method: "POST", path: path.to_owned(), once: None, body: Some(body.clone()) })
    }

    /// Writes under a key until it is answered; now and then once more, to get the same.
    pub fn write(&self, dice: &mut Dice, path: &str, body: &Value, once: &str) -> Answer {
        let (path, once) = (path.to_owned(), Some(once.to_owned()));
        let request = Request { method: "POST", path, once, body: Some(body.clone()) };
        let answer = self.ask(dice, &request);
        if (200..300).contains(&answer.status) {
            let told = Told { request, answer: answer.clone() };
            if dice.once_in(4) {
                self.repeat(dice, &told);
            }
            self.seen().told.push(told);
        }
        answer
    }

    /// Sends what was answered once more: the same, byte for byte (I16).
    pub fn repeat(&self, dice: &mut Dice, told: &Told) {
        let again = self.ask(dice, &told.request);
        let first = &told.answer;
        assert_eq!((again.status, &again.text), (first.status, &first.text), "{:?}", told.request);
        assert!(again.is_replayed(), "{:?} was done again", told.request);
    }

    /// Everything that was answered.
    pub fn told(&self) -> Vec<Told> {
        self.seen().told.clone()
    }

    /// How many writes got no answer, and how many of those were found done when they were repeated.
    pub fn unanswered(&self) -> (usize, usize) {
        let seen = self.seen();
        (seen.unanswered, seen.found_done)
    }

    /// Sends a request until an answer comes that is not "later".
    fn ask(&self, dice: &mut Dice, request: &Request) -> Answer {
        let begun = Instant::now();
        let mut repeats = false;
        loop {
            let address = self.any_open(dice);
            let is_write = request.once.is_some();
            let sent = || {
                self.seen().writes += usize::from(is_write);
                self.news.notify_all();
            };
            let last = match send(address, &self.key, request, sent) {
                Ok(answer) if answer.status != 503 => {
                    self.seen().found_done += usize::from(repeats && answer.is_replayed());
                    return answer;
                }
                Ok(answer) => answer.text,
                Err(error) => {
                    self.seen().unanswered += usize::from(is_write && !repeats);
                    repeats |= is_write;
                    error.to_string()
                }
            };
            assert!(begun.elapsed() < PATIENCE, "{request:?} gets no answer: {last}");
            pause();
        }
    }

    fn any_open(&self, dice: &mut Dice) -> SocketAddr {
        let begun = Instant::now();
        let mut seen = self.seen();
        loop {
            let open: Vec<_> = seen.open.iter().copied().flatten().collect();
            if !open.is_empty() {
                return dice.one_of(&open);
            }
            assert!(begun.elapsed() < PATIENCE, "no node is open");
            seen = self.news.wait_timeout(seen, PAUSE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets a moment pass before another program is looked at again.
pub fn pause() {
    std::thread::park_timeout(PAUSE);
}
