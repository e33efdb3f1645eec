//! The binary: reads the arguments and calls into the library.

fn main() -> std::process::ExitCode {
    midcycle::cli::main()
}
