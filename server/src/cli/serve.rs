//! `midcycle serve`: one listener, the router, the pump; ends cleanly on SIGINT or SIGTERM.

use std::io::IsTerminal as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use engine::Engine;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Complaint;
use super::book::Place;
use crate::app::{App, SampleLogin, Settings};
use crate::clock::Clock;
use crate::configuration::Configuration;
use crate::modules::Modules;
use crate::pump::Pump;
use crate::web;

/// What `serve` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    midcycle serve --data /var/lib/midcycle --base-url https://billing.example.org\n  \
    midcycle serve --database postgres://midcycle@db/midcycle --key-file /etc/midcycle.key\n\n\
    DIR/midcycle.toml, or the file of --config, names the modules:\n  \
    [modules.kvm]\n  program = \"/usr/local/bin/resize-vm\"\n  directory = \"/var/lib/midcycle/kvm\"\n  timeout_ms = 60000")]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// The port to listen on.
    #[arg(long, env = "MIDCYCLE_PORT", default_value_t = 8080)]
    port: u16,
    /// The address to listen on; put a TLS proxy before any other than loopback.
    #[arg(long, env = "MIDCYCLE_BIND", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// How people reach it; links in mails begin with it.
    #[arg(long, env = "MIDCYCLE_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
    /// The storefront to show; needed where several are published.
    #[arg(long, env = "MIDCYCLE_STOREFRONT", value_name = "NAME")]
    storefront: Option<String>,
    /// The configuration file.
    #[arg(long, env = "MIDCYCLE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// A server that is ready to run.
pub struct Ready {
    /// The engine.
    pub engine: Engine,
    /// The modules.
    pub modules: Modules,
    /// The storefront to show.
    pub storefront: String,
    /// Where to listen.
    pub address: SocketAddr,
    /// How people reach it; `http://ADDRESS` where missing.
    pub base_url: Option<String>,
    /// Whom anybody may log in as: of a demo alone.
    pub samples: Vec<SampleLogin>,
    /// What to print once it listens.
    pub greeting: Box<dyn FnOnce(&str) -> String + Send>,
}

/// Runs the server.
pub fn serve(arguments: Serve) -> Result<ExitCode, Complaint> {
    let configuration = Configuration::read(arguments.config.as_deref(), arguments.place.data.as_deref())?;
    let engine = arguments.place.open_shared()?;
    let storefront = storefront(&engine, arguments.storefront)?;
    run(Ready {
        engine,
        modules: configuration.modules(),
        storefront,
        address: SocketAddr::new(arguments.bind, arguments.port),
        base_url: arguments.base_url,
        samples: Vec::new(),
        greeting: Box::new(|url| format!("midcycle serves {url}")),
    })
}

fn storefront(engine: &Engine, named: Option<String>) -> Result<String, Complaint> {
    let published: Vec<String> = engine.store().storefronts()?.into_iter().map(|(name, _)| name).collect();
    match (named, published.as_slice()) {
        (Some(name), _) if published.contains(&name) => Ok(name),
        (Some(name), _) => {
            Err(format!("there is no storefront {name:?}; published are: {}", published.join(", ")).into())
        }
        (None, [only]) => Ok(only.clone()),
        (None, []) => Err("nothing is for sale yet: publish a catalogue first, with midcycle publish FILE".into()),
        (None, _) => Err(format!("say which storefront to show: --storefront {}", published.join(" or ")).into()),
    }
}

/// Listens, serves and pumps until it is told to end.
pub fn run(ready: Ready) -> Result<ExitCode, Complaint> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MIDCYCLE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("midcycle=info,warn"));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    // Declared before the runtime, so that this is the clone that is dropped last: a connection of PostgreSQL closes by
    // waiting, which a thread of the runtime may not do, and there it would end us with an abort.
    let _last = ready.engine.clone();
    // The last hold on the store is let go here, outside the runtime: PostgreSQL's connections cannot be closed inside.
    let engine = ready.engine.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(listen(ready));
    drop(runtime);
    drop(engine);
    result
}

async fn listen(ready: Ready) -> Result<ExitCode, Complaint> {
    let listener = TcpListener::bind(ready.address).await.map_err(|error| busy(ready.address, &error))?;
    let address = listener.local_addr()?;
    let base_url = ready.base_url.unwrap_or_else(|| format!("http://{address}"));
    let settings = Settings { base_url: base_url.trim_end_matches('/').to_owned(), storefront: ready.storefront };
    let app = App::new(ready.engine, Clock::System, settings).with_samples(ready.samples);
    // Before the pump begins: afterwards the leases would be our own.
    let now = app.now();
    let released = app.write(move |engine| Ok(engine.store().release_leases(now)?)).await?;
    if released > 0 {
        tracing::info!(released, "what the last run was delivering when it ended is delivered again");
    }
    // Before anything is begun: whoever is told to end from here on ends what they have begun.
    let end = told_to_end();
    let (stop, stopped) = watch::channel(false);
    let pump = Pump::new(app.clone(), Arc::new(ready.modules));
    let pumping = tokio::spawn(pump.run(stopped));
    println!("{}", (ready.greeting)(&app.settings.base_url));
    let serving = axum::serve(listener, web::router(app)).with_graceful_shutdown(end);
    let result = serving.await;
    // What the pump has begun it finishes; what it has not is found again at the next start.
    let _ = stop.send(true);
    let _ = pumping.await;
    result?;
    Ok(ExitCode::SUCCESS)
}

fn busy(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {} is taken by another program; choose another with --port", address.port())
        }
        std::io::ErrorKind::PermissionDenied => {
            format!("port {} needs more rights; choose one above 1023 with --port", address.port())
        }
        _ => format!("cannot listen on {address}: {error}"),
    }
}

/// Listens for the end from now on, not only once it is waited for.
fn told_to_end() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async {
        let (Ok(mut interrupt), Ok(mut terminate)) = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}
