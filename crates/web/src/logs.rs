//! Logs by tracing: JSON for machines, pretty for people, on standard output.

#[path = "logs/json.rs"]
pub mod json;
#[path = "logs/lines.rs"]
pub mod lines;

use std::io::IsTerminal as _;
use std::os::fd::AsFd as _;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};
use json::Json;
use lines::Lines;

/// Starts logging. What was logged is written by the time that the guard is dropped.
pub fn start(config: &Config) -> std::io::Result<lines::Guard> {
    // Not through std's own handle, which writes each line by a system call.
    let output = std::fs::File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    let is_terminal = output.is_terminal();
    let (lines, guard) = Lines::start(output)?;
    let filter = EnvFilter::builder().parse_lossy(&config.telemetry.log_level);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    // A second start in one process (tests) keeps the first one's.
    let _ = match config.log_format() {
        LogFormat::Json => subscriber.event_format(Json).try_init(),
        LogFormat::Pretty => subscriber.compact().with_target(false).with_ansi(is_terminal).try_init(),
    };
    Ok(guard)
}
