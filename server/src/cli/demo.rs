//! `midcycle demo`: a server with a filled book, on loopback, to look around. Its payments are the sandbox gateway's, its
//! servers are played by this very program.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use super::Complaint;
use super::book::Place;
use super::serve::{Ready, run};
use crate::app::SampleLogin;
use crate::auth;
use crate::demo;
use crate::modules::Modules;
use crate::modules::command::CommandModule;

/// What `demo` can be told.
#[derive(Debug, Args)]
pub struct Demo {
    /// The port on loopback; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Keep the book in this folder; without it the book is thrown away at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Runs the demo.
pub fn demo(arguments: Demo) -> Result<ExitCode, Complaint> {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), arguments.port);
    // A taken port is told before a book is filled for nothing.
    if let Err(error) = TcpListener::bind(address) {
        return Err(format!("port {} cannot be had: {error}; choose another with --port", arguments.port).into());
    }
    let thrown_away = if arguments.data.is_none() { Some(tempfile::tempdir()?) } else { None };
    let folder = match (&arguments.data, &thrown_away) {
        (Some(folder), _) => folder.clone(),
        (None, Some(folder)) => folder.path().to_owned(),
        (None, None) => unreachable!("a folder is given or made"),
    };
    let engine = Place::of(&folder).open_shared()?;
    let filled = !engine.store().storefronts()?.is_empty();
    let logins = if filled {
        None
    } else {
        let now = Timestamp::now();
        let logins = demo::fill(&engine, now, &format!("http://{address}"), &auth::hash_password)?;
        demo::lay_out_servers(&engine, &folder.join("servers"), now)?;
        Some(logins)
    };
    let samples = logins.iter().flat_map(|logins| &logins.customers).map(sample).collect();
    let greeting = greeting(logins, &folder, thrown_away.is_some());
    let code = run(Ready {
        engine,
        modules: Modules::default().with("play", played(&folder)?),
        storefront: "vps".to_owned(),
        address,
        base_url: None,
        samples,
        greeting: Box::new(greeting),
    });
    drop(thrown_away);
    code
}

/// The module that plays servers: this program itself.
fn played(folder: &Path) -> Result<CommandModule, Complaint> {
    let servers = folder.join("servers");
    Ok(CommandModule {
        program: std::env::current_exe()?,
        arguments: vec!["play-server".to_owned(), "--dir".to_owned(), servers.display().to_string()],
        directory: servers,
        environment: std::collections::BTreeMap::new(),
        timeout_ms: 30_000,
    })
}

fn greeting(logins: Option<demo::DemoLogins>, folder: &Path, thrown_away: bool) -> impl FnOnce(&str) -> String + use<> {
    let servers = folder.join("servers");
    let kept = if thrown_away {
        "The book is thrown away at the end; --data DIR keeps one.".to_owned()
    } else {
        format!("The book stays in {}.", folder.display())
    };
    move |url| {
        let people = match logins {
            Some(logins) => format!(
                "{}admin    {url}/admin  login {}  password {}",
                logins.customers.iter().map(|customer| portal_line(url, customer)).collect::<String>(),
                logins.staff.email,
                logins.staff.password
            ),
            None => format!(
                "portal   {url}/\nadmin    {url}/admin\nThe logins are those that were printed when this book was \
                 filled; a new one for staff: midcycle staff add --email NAME@EXAMPLE.ORG --data DIR"
            ),
        };
        format!(
            "Midcycle demo. {kept}\n\n{people}\nAPI      {url}/v1/reference\n\n\
             To see a resize fail, write a reason into the file `fail` of a server's folder in {}.\n\
             Ctrl-C ends it.",
            servers.display()
        )
    }
}

fn sample(customer: &demo::DemoCustomer) -> SampleLogin {
    SampleLogin {
        storefront: customer.storefront.clone(),
        name: customer.name.clone(),
        shows: customer.shows.clone(),
        email: customer.login.email.clone(),
        password: customer.login.password.clone(),
    }
}

fn portal_line(url: &str, customer: &demo::DemoCustomer) -> String {
    let demo::DemoLogin { email, password } = &customer.login;
    format!("portal   {url}/  login {email}  password {password}  ({}: {})\n", customer.brand, customer.shows)
}
