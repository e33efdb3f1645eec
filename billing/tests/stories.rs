//! Every story of `scenarios/`, told to the pure core.
#![expect(clippy::disallowed_methods, reason = "these tests read story files")]

use std::path::PathBuf;

use billing::scenario::{PureWorld, Story, tell};

#[test]
fn every_story_is_true_of_the_pure_core() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder of stories").map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "story"));
    files.sort();
    assert!(files.len() >= 40, "only {} stories were found", files.len());
    let mut failures = Vec::new();
    for file in &files {
        let name = file.file_name().expect("a file name").to_string_lossy();
        let text = std::fs::read_to_string(file).expect("a story");
        if let Err(why) = std::panic::catch_unwind(|| told(&text)).unwrap_or(Err("the core panicked".to_owned())) {
            failures.push(format!("{name}: {why}"));
        }
    }
    assert!(failures.is_empty(), "{} of {} stories fail:\n{}", failures.len(), files.len(), failures.join("\n"));
}

fn told(text: &str) -> Result<(), String> {
    let story = Story::parse(text).map_err(|error| error.to_string())?;
    tell(&story, &mut PureWorld::default()).map_err(|failure| failure.to_string())
}
