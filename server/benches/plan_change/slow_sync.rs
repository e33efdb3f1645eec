//! A disk whose sync takes a millisecond, made of memory: the benchmark runs itself once more under `strace`, which
//! delays every `fsync` and `fdatasync` and, by its filter in the kernel, stops the program at no other call. Floor and
//! measure wait for the same delay, so the ratio is that of such a disk.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::books::Original;
use crate::submit::{Figures, PEOPLE};

/// What the second run is called with.
pub const ARGUMENT: &str = "--under-slow-sync";
const DELAY_US: u32 = 1000;

/// The figures under the delay, or why there are none.
pub fn figures() -> Result<Figures, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let run = Command::new("strace")
        .args(["-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e"])
        .arg(format!("inject=fsync,fdatasync:delay_enter={DELAY_US}"))
        .arg(program)
        .args(["--bench", ARGUMENT])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("strace cannot be run ({error}); it is a package of that name"))?;
    let text = String::from_utf8_lossy(&run.stdout);
    serde_json::from_str(text.trim()).map_err(|error| format!("strace ended with {}: {error}", run.status))
}

/// What the second run does: takes the figures and prints them as JSON.
pub fn second_run(folder: &Path) {
    let figures = Figures::take(&Original::make(folder, PEOPLE), folder);
    println!("{}", serde_json::to_string(&figures).expect("figures are plain data"));
}
