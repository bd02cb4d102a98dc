//! Logs by tracing: JSON for machines, pretty for people, on standard output, written by a thread of their own so
//! that a slow reader of the log never slows an answer.

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Lines that wait at most. Beyond, lines are dropped rather than answers delayed.
const BUFFERED_LINES: usize = 65_536;

/// Starts logging. Lines are written as long as the guard lives.
pub fn start(config: &Config) -> WorkerGuard {
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(BUFFERED_LINES).finish(std::io::stdout());
    let filter = EnvFilter::builder().parse_lossy(&config.telemetry.log_level);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    // A second start in one process (tests) keeps the first one's.
    let _ = match config.log_format() {
        LogFormat::Json => {
            subscriber.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
        }
        LogFormat::Pretty => subscriber.compact().with_target(false).try_init(),
    };
    guard
}
