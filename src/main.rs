//! The `merrow` program: parse, run, exit code.

use std::process::ExitCode;

use merrow::cli;
use merrow::host::console::Console;

#[expect(clippy::disallowed_methods, reason = "arguments are read here and nowhere else")]
fn main() -> ExitCode {
    let outcome = cli::run(std::env::args_os(), &mut Console::of_process());
    ExitCode::from(outcome.code())
}
