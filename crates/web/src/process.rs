//! Start and stop of a server's process: runtime, limit of open files, and signals.

use std::io;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};

/// Builds a runtime with a number of worker threads; without one, with a thread for each core.
pub fn runtime(workers: Option<u16>) -> io::Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    if let Some(workers) = workers {
        builder.worker_threads(usize::from(workers));
    }
    builder.enable_all().build()
}

/// Files that are kept back for the database, keys, logs, and connections to other servers.
const RESERVED_FILES: u64 = 128;

/// Raises the limit of open files as far as the system allows (`RLIMIT_NOFILE`). Returns how many connections fit, at most
/// `wanted`: an accepted connection must never take the last file that the server itself needs.
pub fn max_connections(wanted: usize) -> usize {
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
        tracing::warn!("the limit of open files can't be read: {error}");
        1024
    });
    // A very low limit is divided evenly.
    let fitting = files.saturating_sub(RESERVED_FILES).max(files / 2);
    usize::try_from(fitting).unwrap_or(wanted).min(wanted)
}

/// Waits for SIGTERM or SIGINT.
pub async fn stop_signal() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("signal handlers unavailable: the server runs until it is killed");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
