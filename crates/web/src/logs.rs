//! Logs by tracing on standard output: one JSON object a line, or lines for people.

pub mod json;
pub mod lines;

use std::io::IsTerminal as _;
use std::os::fd::AsFd as _;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

use json::Json;
use lines::Lines;

/// Format of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Pretty,
}

/// Starts logging events that pass the filter; parts of it that can't be parsed are left out with a line on standard
/// error. All lines are written by the time that the guard is dropped.
pub fn start(format: LogFormat, filter: &str) -> std::io::Result<lines::Guard> {
    // Not through std's own handle, which writes each line by a system call.
    let output = std::fs::File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    let is_terminal = output.is_terminal();
    let (lines, guard) = Lines::start(output)?;
    let filter = EnvFilter::builder().parse_lossy(filter);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    // A second start in one process (tests) keeps the subscriber of the first.
    let _ = match format {
        LogFormat::Json => subscriber.event_format(Json).try_init(),
        LogFormat::Pretty => subscriber.compact().with_target(false).with_ansi(is_terminal).try_init(),
    };
    Ok(guard)
}
