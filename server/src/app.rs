//! What every request handler is given: the engine, the clock, the pump's bell, the settings. Also the one way from
//! async handlers to the synchronous engine. No rule and no page is here.

use std::sync::Arc;

use engine::{Engine, EngineError};
use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};

use crate::clock::Clock;

/// Settings of a running server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How people reach it, such as `https://billing.example.org`; links in mails begin with it.
    pub base_url: String,
    /// The storefront whose portal this server shows.
    pub storefront: String,
}

impl Settings {
    /// Is it reached over TLS? Then cookies are bound to it (`__Host-`, `Secure`).
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// A customer whom anybody may log in as: of a demo alone, whose passwords are no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleLogin {
    /// The storefront's short name.
    pub storefront: String,
    /// The customer's name.
    pub name: String,
    /// What there is to see.
    pub shows: String,
    /// The address to log in with.
    pub email: String,
    /// The password, in clear.
    pub password: String,
}

/// The shared state of all handlers. Cheap to clone.
#[derive(Clone)]
pub struct App {
    engine: Engine,
    /// The clock; handlers never ask the system's.
    pub clock: Clock,
    /// Rung after every commit, so that the pump delivers at once.
    pub bell: Arc<Notify>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// How many passwords are hashed at once: as many as cores, so that logins cannot exhaust memory.
    pub hashing: Arc<Semaphore>,
    /// Whom anybody may log in as; nobody, except in a demo.
    pub samples: Arc<Vec<SampleLogin>>,
    reads_inline: bool,
}

impl App {
    /// The state of a server on this engine.
    pub fn new(engine: Engine, clock: Clock, settings: Settings) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let reads_inline = engine.store().database() == "sqlite";
        Self {
            engine,
            clock,
            bell: Arc::new(Notify::new()),
            settings: Arc::new(settings),
            hashing: Arc::new(Semaphore::new(cores)),
            samples: Arc::default(),
            reads_inline,
        }
    }

    /// The same, whose login page shows these logins.
    #[must_use]
    pub fn with_samples(self, samples: Vec<SampleLogin>) -> Self {
        Self { samples: Arc::new(samples), ..self }
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Reads: on the spot from the embedded database (tens of microseconds), on a blocking thread from PostgreSQL.
    pub async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Engine) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        if self.reads_inline { ask(&self.engine) } else { self.on_blocking_thread(ask).await }
    }

    /// Writes: always on a blocking thread, for a commit waits for the disk; then rings the pump's bell.
    pub async fn write<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Engine) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let result = self.on_blocking_thread(ask).await;
        self.bell.notify_one();
        result
    }

    /// The engine, for code that runs on a blocking thread of its own.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    async fn on_blocking_thread<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Engine) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let engine = self.engine.clone();
        match tokio::task::spawn_blocking(move || ask(&engine)).await {
            Ok(result) => result,
            // A panic in there is a bug; it goes on here, to the layer that answers with a 500.
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}
