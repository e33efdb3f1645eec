//! The stories of a folder, told by two tellers: while one waits for its server or its disk, the other is heard.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Tells each of so many stories of a folder, given as text, and names those that are not true. Fails where there are
/// hardly any.
pub fn tell_stories(folder: &Path, each: usize, is_true: impl Fn(&str) -> Result<(), String> + Sync) {
    let files = std::fs::read_dir(folder).expect("the folder of stories").map(|file| file.expect("a file").path());
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|kind| kind == "story")).collect();
    files.sort();
    assert!(files.len() >= 40, "only {} stories were found", files.len());
    let files: Vec<PathBuf> = files.into_iter().step_by(each).collect();
    let told = files.len();
    let (files, failures) = (Mutex::new(files), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(file) = files.lock().expect("the stories to tell").pop() else { break };
                    let text = std::fs::read_to_string(&file).map_err(|error| error.to_string());
                    if let Err(why) = text.and_then(|text| is_true(&text)) {
                        failures.lock().expect("the failures").push(format!("{}: {why}", file.display()));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("the failures");
    failures.sort();
    assert!(failures.is_empty(), "{} of {told} stories fail:\n{}", failures.len(), failures.join("\n"));
}
