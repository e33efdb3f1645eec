//! Lets the leases of dead nodes run out, again and again: the database may finish the last statement of a node after the
//! node has died, and that may have been a lease. In life they end by their time; a test does not wait for that.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use store::testing::leases_run_out;

/// How often it looks.
const ROUND: Duration = Duration::from_millis(250);

/// Goes its rounds until it is sent home.
pub struct Undertaker {
    dead: Sender<String>,
    rounds: JoinHandle<u64>,
}

impl Undertaker {
    /// One for the nodes of this database.
    pub fn of(database: &str) -> Self {
        let (dead, told) = channel();
        let database = database.to_owned();
        let rounds = std::thread::spawn(move || {
            let (mut names, mut ended) = (Vec::<String>::new(), 0);
            loop {
                match told.recv_timeout(ROUND) {
                    Ok(name) => names.push(name),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return ended,
                }
                ended += names.iter().map(|name| leases_run_out(&database, name)).sum::<u64>();
            }
        });
        Self { dead, rounds }
    }

    /// A node has died.
    pub fn bury(&self, name: String) {
        self.dead.send(name).expect("an undertaker on its rounds");
    }

    /// Sends it home; how many leases it ended.
    pub fn go_home(self) -> u64 {
        drop(self.dead);
        self.rounds.join().expect("an undertaker that came home")
    }
}
