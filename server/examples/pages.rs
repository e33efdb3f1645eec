//! Writes every page in every state, with its look and its script, into a folder: for `tests/browser/pages.mjs`, and
//! for whoever wants to see them all without a server.
//!
//! ```text
//! cargo run -p midcycle --example pages -- target/pages
//! ```

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use midcycle::ui::asset;
use midcycle::{admin, portal};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write the pages to")?);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder.join("assets"))?;
    fs::write(folder.join("assets/app.css"), asset::CSS)?;
    fs::write(folder.join("assets/app.js"), asset::JS)?;
    let mut pages = portal::views::samples::every_page()?;
    pages.extend(admin::views::samples::every_page()?);
    for (name, html) in &pages {
        // The name of a sample is for people and need not be one for a file.
        let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        fs::write(folder.join(format!("{plain}.html")), html)?;
    }
    println!("{} pages in {}", pages.len(), folder.display());
    Ok(())
}
