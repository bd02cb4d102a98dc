//! Entry point of the command `api`.

use std::process::ExitCode;

fn main() -> ExitCode {
    api::cli::run(std::env::args_os())
}
