//! The command `portal`.

use std::process::ExitCode;

/// A page is some thousand small strings that live for a millisecond: with the C library's allocator, a quarter of its time
/// went into them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::run(std::env::args_os())
}
