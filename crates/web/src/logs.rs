//! Logs of tracing on standard output: one JSON object per line, or lines for people.

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
    /// One JSON object per line.
    Json,
    /// For people.
    Pretty,
}

/// Starts logging events that pass the filter. Invalid parts of the filter are ignored, with a line on standard error.
/// All lines are written before the guard is dropped.
pub fn start(format: LogFormat, filter: &str) -> std::io::Result<lines::Guard> {
    // Bypasses std's own handle, which writes each line with a separate system call.
    let output = std::fs::File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    let is_terminal = output.is_terminal();
    let (lines, guard) = Lines::start(output)?;
    let filter = EnvFilter::builder().parse_lossy(filter);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    // A second start in the same process (in tests) keeps the first subscriber.
    let _ = match format {
        LogFormat::Json => subscriber.event_format(Json).try_init(),
        LogFormat::Pretty => subscriber.compact().with_target(false).with_ansi(is_terminal).try_init(),
    };
    Ok(guard)
}
