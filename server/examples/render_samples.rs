//! Writes every page in every state to a directory, to be looked at in a browser:
//! `cargo run -p midcycle --example render_samples -- DIRECTORY`

use midcycle::ui::asset;
use midcycle::{admin, portal};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = std::env::args().nth(1).ok_or("name a directory")?;
    let directory = std::path::Path::new(&directory);
    std::fs::create_dir_all(directory)?;
    std::fs::write(directory.join("app.css"), asset::CSS)?;
    std::fs::write(directory.join("app.js"), asset::JS)?;
    let portal = portal::views::samples::every_page()?;
    for (name, html) in portal.into_iter().chain(admin::views::samples::every_page()?) {
        let html = html.replace(asset::CSS_HREF.as_str(), "app.css").replace(asset::JS_HREF.as_str(), "app.js");
        std::fs::write(directory.join(format!("{name}.html")), html)?;
    }
    Ok(())
}
