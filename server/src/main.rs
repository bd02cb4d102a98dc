//! The `portal` command.

use std::process::ExitCode;

/// mimalloc: rendering a page allocates some thousand small strings for a millisecond, which took a quarter of the time
/// with the C library's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::run(std::env::args_os())
}
