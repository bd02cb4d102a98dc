//! Logs by tracing: JSON for machines, pretty for people, on standard output.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Starts logging. A second start in one process (tests) keeps the first one's.
pub fn start(config: &Config) {
    let filter = EnvFilter::builder().parse_lossy(&config.telemetry.log_level);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter);
    let _ = match config.log_format() {
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
        LogFormat::Pretty => {
            subscriber.compact().with_target(false).with_ansi(std::io::stdout().is_terminal()).try_init()
        }
    };
}
