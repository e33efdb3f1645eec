//! The command line: what `midcycle` can be told, and what it says of itself. Each command is a file in `cli/`.

pub mod book;
pub mod conformance;
pub mod demo;
pub mod doctor;
pub mod explain;
pub mod lint;
pub mod quote;
pub mod serve;
pub mod staff;
pub mod verify;

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use book::Place;

/// The billing server for customers who change plans in the middle of a paid period.
#[derive(Debug, Parser)]
#[command(name = "midcycle", version, about, max_term_width = 100)]
#[command(after_help = "Try it:   midcycle demo\n\
    Use it:   midcycle publish storefront.toml --data DIR\n          \
              midcycle staff add --email you@example.org --data DIR\n          \
              midcycle serve --data DIR\n\
    `midcycle help COMMAND` explains each command with examples.")]
struct Midcycle {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server: portal, admin, API, and the pump that delivers.
    Serve(serve::Serve),
    /// Run a server with a filled book, on loopback, to look around.
    Demo(demo::Demo),
    /// Bring a database to the schema of this version.
    ///
    /// Forward only. Each migration has a checksum; a database of a newer version is refused. `serve` does the same at
    /// its start.
    Migrate(Place),
    /// Say what is wrong with an installation, and how to mend it.
    ///
    /// Exit code 0: all is well. 1: something needs attention; each finding says what to do.
    Doctor(Place),
    /// Derive the books again from the log, and say whether they close.
    ///
    /// Reads only, and can run beside a server. Exit code 0: every account closes. 1: it names each account and law.
    Verify(Place),
    /// Say of an issued document why it is over so much, and compute it again.
    ///
    /// Every line is replayed from its own derivation, tax and total from the lines. Reads only, and can run beside a
    /// server. Exit code 0: to the same cents. 1: something differs. 2: there is no such document.
    Explain(explain::Explain),
    /// Price a plan change described in JSON, offline, with the explanation.
    Quote(QuoteArgs),
    /// Ask facts of other billing systems, and say which come out the same.
    Conformance(conformance::Conformance),
    /// Say what customers could gain by changing plans, and which plans lead nowhere.
    ///
    /// Walks every path of a few changes under the policies, and tells each finding as a dated script. Exit code 0:
    /// nothing but notes. 1: findings. 2: a file that cannot be read.
    Lint(lint::Lint),
    /// Publish a catalogue as the next version of its storefront.
    ///
    /// What was sold stays as it was sold; open quotes no longer hold. Publishing what is the newest already changes
    /// nothing.
    Publish(PublishArgs),
    /// Add staff logins.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Add API keys.
    #[command(subcommand)]
    Keys(staff::Keys),
    /// Play a server for the demo: a module program, driven by JSON on its standard input.
    #[command(hide = true)]
    PlayServer {
        /// Where the played servers keep their state and data.
        #[arg(long)]
        dir: PathBuf,
        /// How long a resize takes, in seconds.
        #[arg(long, default_value_t = 4)]
        seconds: u64,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    echo '{ \"policy\": \"vps\", \"currency\": \"EUR\", \"zone\": \"Europe/Berlin\",\n          \
    \"from\": { \"name\": \"Small\", \"price\": \"20.00\" }, \"to\": { \"name\": \"Large\", \"price\": \"50.00\" },\n          \
    \"period_start\": \"2027-01-01\", \"change_at\": \"2027-01-20T14:00:00Z\" }' | midcycle quote -\n\
    Optional: \"cycle\" (month), \"to.cycle\", \"paid\" (true), \"balance\" (\"0.00\").")]
struct QuoteArgs {
    /// The description; `-` reads standard input.
    #[arg(required_unless_present = "policies")]
    file: Option<PathBuf>,
    /// Print the whole quote as JSON.
    #[arg(long)]
    json: bool,
    /// List the policies instead.
    #[arg(long)]
    policies: bool,
}

#[derive(Debug, Args)]
struct PublishArgs {
    /// The catalogue, in TOML.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Something for the person at the terminal: what happened, what was not done, what to do.
pub type Complaint = Box<dyn std::error::Error>;

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    let midcycle = Midcycle::parse();
    match run(midcycle.command) {
        Ok(code) => code,
        Err(complaint) => {
            eprintln!("midcycle: {complaint}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Complaint> {
    match command {
        Command::Serve(arguments) => serve::serve(arguments),
        Command::Demo(arguments) => demo::demo(arguments),
        Command::Migrate(place) => migrate(&place),
        Command::Doctor(place) => doctor::doctor(&place),
        Command::Verify(place) => verify::verify(&place),
        Command::Explain(asked) => explain::explain(&asked),
        Command::Quote(arguments) => quote_file(&arguments),
        Command::Conformance(arguments) => conformance::conformance(&arguments),
        Command::Lint(arguments) => lint::lint(&arguments),
        Command::Publish(arguments) => publish(&arguments),
        Command::Staff(arguments) => staff::staff(arguments),
        Command::Keys(arguments) => staff::keys(arguments),
        Command::PlayServer { dir, seconds } => Ok(crate::modules::play_server::main(&dir, seconds)),
    }
}

fn migrate(place: &Place) -> Result<ExitCode, Complaint> {
    let store = place.open_unmigrated()?;
    let report = store.migrate()?;
    let location = place.location()?;
    if report.applied.is_empty() {
        println!("{location} is at schema {} already", report.after);
    } else {
        println!("{location} went from schema {} to {}: {}", report.before, report.after, report.applied.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}

fn quote_file(arguments: &QuoteArgs) -> Result<ExitCode, Complaint> {
    if arguments.policies {
        println!("{}", quote::list_policies());
        return Ok(ExitCode::SUCCESS);
    }
    let text = match &arguments.file {
        Some(path) if path.as_os_str() != "-" => {
            std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?
        }
        _ => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        }
    };
    let (quote, zone) = quote::quote_described(&text)?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&quote)?);
    } else {
        print!("{}", quote::in_words(&quote, &zone));
    }
    Ok(ExitCode::SUCCESS)
}

fn publish(arguments: &PublishArgs) -> Result<ExitCode, Complaint> {
    let path = &arguments.file;
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let catalogue =
        billing::catalogue::Catalogue::from_toml(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let engine = arguments.place.open_shared()?;
    let version = engine.publish(&catalogue, jiff::Timestamp::now())?;
    println!("storefront {} is at version {version}", catalogue.storefront);
    Ok(ExitCode::SUCCESS)
}
