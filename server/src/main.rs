//! The `portal` command.

use std::process::ExitCode;

/// jemalloc, in release builds: content is loaded, rendered and indexed by different threads, and the C library and mimalloc keep
/// what one thread frees of another's memory. jemalloc returns it within a second (`.cargo/config.toml` has the settings).
#[cfg(feature = "jemalloc")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    server::cli::run(std::env::args_os())
}
