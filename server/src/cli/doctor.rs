//! `midcycle doctor`: what is wrong with an installation, and how to mend it. Looks only; changes nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::ExitCode;

use jiff::{SignedDuration, Timestamp};
use store::{SchemaState, Store};

use super::Complaint;
use super::book::{Place, read_key};
use crate::configuration::Configuration;

/// An effect that waits longer than this means that no pump runs, or that it cannot deliver.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);

/// What was looked at: a line each, good or bad, with the remedy.
struct Examination {
    bad: usize,
}

impl Examination {
    fn good(&self, what: &str) {
        println!("ok       {what}");
    }

    fn bad(&mut self, what: &str, remedy: &str) {
        self.bad += 1;
        println!("problem  {what}\n         → {remedy}");
    }
}

/// Looks at everything, and says it.
pub fn doctor(place: &Place) -> Result<ExitCode, Complaint> {
    let mut examination = Examination { bad: 0 };
    let location = place.location()?;
    if let Some(folder) = &place.data {
        look_at_folder(folder, &mut examination);
    }
    look_at_key(place, &mut examination);
    look_at_configuration(place, &mut examination);
    match Store::open_read_only(&location) {
        Err(error) => examination.bad(
            &error.to_string(),
            "check the place and that this user may read it; `midcycle migrate` makes a new book",
        ),
        Ok(store) => {
            examination.good(&format!("the database {location} answers"));
            look_at_store(&store, &mut examination)?;
        }
    }
    if examination.bad == 0 {
        println!("all is well");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "{} found",
        if examination.bad == 1 { "1 problem".to_owned() } else { format!("{} problems", examination.bad) }
    );
    Ok(ExitCode::from(1))
}

fn look_at_folder(folder: &Path, examination: &mut Examination) {
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() && found.permissions().readonly() => {
            examination.bad(&format!("{} may not be written", folder.display()), "give it to the user of the server");
        }
        Ok(found) if found.is_dir() => examination.good(&format!("the folder {} is there", folder.display())),
        Ok(_) => examination.bad(&format!("{} is not a folder", folder.display()), "name the folder of the book"),
        Err(error) => examination.bad(
            &format!("the folder {} cannot be read: {error}", folder.display()),
            "check the path; `midcycle migrate --data DIR` makes a new book",
        ),
    }
}

fn look_at_key(place: &Place, examination: &mut Examination) {
    let path = match place.key_path() {
        Ok(path) => path,
        Err(error) => return examination.bad(&error.to_string(), "add --key-file FILE"),
    };
    if !path.exists() {
        let remedy = "nothing to do: it is made at the first start; with several nodes, copy the one they share";
        return examination.bad(&format!("the key {} is not there", path.display()), remedy);
    }
    let remedy = "restore it from a backup, or delete it: a new one is made, and quotes on screen must be made anew";
    match read_key(&path) {
        Err(error) => examination.bad(&error.to_string(), remedy),
        Ok(_) => match fs::metadata(&path).map(|found| found.permissions().mode() & 0o077) {
            Ok(0) => examination.good(&format!("the key {} is readable by its owner alone", path.display())),
            _ => examination.bad(
                &format!("the key {} can be read by others", path.display()),
                &format!("chmod 600 {}", path.display()),
            ),
        },
    }
}

fn look_at_configuration(place: &Place, examination: &mut Examination) {
    match Configuration::read(None, place.data.as_deref()) {
        Err(error) => examination.bad(&error.to_string(), "mend the named line"),
        Ok(configuration) => {
            for (name, program) in configuration.programs() {
                match fs::metadata(program) {
                    Ok(found) if found.permissions().mode() & 0o111 != 0 => {
                        examination.good(&format!("module {name}: {} can be run", program.display()));
                    }
                    Ok(_) => examination.bad(
                        &format!("module {name}: {} cannot be run", program.display()),
                        &format!("chmod +x {}", program.display()),
                    ),
                    Err(error) => examination.bad(
                        &format!("module {name}: {} cannot be found: {error}", program.display()),
                        "put the right path into midcycle.toml",
                    ),
                }
            }
        }
    }
}

fn look_at_store(store: &Store, examination: &mut Examination) -> Result<(), Complaint> {
    let schema: SchemaState = store.schema_state()?;
    if let Err(error) = schema.check() {
        examination.bad(&error.to_string(), "run midcycle migrate, or the version of midcycle that made this database");
        return Ok(());
    }
    examination.good("the schema is that of this version");
    if store.storefronts()?.is_empty() {
        examination.bad("nothing is for sale", "publish a catalogue: midcycle publish FILE");
    } else {
        examination.good("a catalogue is published");
    }
    if store.logins(None)?.is_empty() {
        examination.bad("no member of staff can log in", "midcycle staff add --email YOU@EXAMPLE.ORG");
    } else {
        examination.good("staff can log in");
    }
    let counts = store.counts()?;
    let waits = counts.oldest_effect_due_at.map(|due| Timestamp::now().duration_since(due));
    match waits.filter(|waits| *waits > LONGEST_WAIT) {
        Some(waits) => examination.bad(
            &format!("the oldest of {} effects has waited {} minutes", counts.queued_effects, waits.as_mins()),
            "start the server; if it runs, look at Modules in the admin for what holds it up",
        ),
        None => examination.good(&format!("{} effects wait, none for long", counts.queued_effects)),
    }
    if counts.dead_effects > 0 {
        let what = format!("{} effects were given up", counts.dead_effects);
        examination.bad(&what, "look at Modules in the admin; each says why, and can be tried again");
    }
    if counts.failed_services > 0 {
        let what = format!("{} services could not be brought to their size", counts.failed_services);
        examination.bad(&what, "look at Services in the admin, mend the cause, and press Try again");
    }
    if counts.waiting_packages > 0 {
        let what = format!("{} services wait for their package since staff assigned a plan", counts.waiting_packages);
        examination.bad(&what, "look at Services in the admin, Package waits, and press Change package");
    }
    Ok(())
}
