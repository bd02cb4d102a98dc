//! Queue of log lines: collected in memory, written by a separate thread.
//!
//! A slow reader of the log never slows a response: if too many bytes are queued, lines are dropped, and a line reports
//! their number. Many lines share a write, as with nginx's `buffer` and `flush`: a write per line costs more than the
//! response.

use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// Maximum time that a line is queued while the reader is fast.
const MAX_DELAY: Duration = Duration::from_millis(100);
/// Bytes that are written without waiting for more.
const BATCH: usize = 256 * 1024;
/// Maximum number of queued bytes.
const MAX_QUEUED_BYTES: usize = 16 * 1024 * 1024;

/// Writer for tracing.
#[derive(Clone, Debug)]
pub struct Lines(Arc<Shared>);

/// Guard of the queue: writes all queued lines when dropped.
#[derive(Debug)]
pub struct Guard {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    bytes: Vec<u8>,
    dropped: u64,
    is_ending: bool,
}

impl Lines {
    /// Starts the thread that writes to `output`.
    pub fn start(output: impl Write + Send + 'static) -> std::io::Result<(Self, Guard)> {
        let shared = Arc::new(Shared::default());
        let its = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("log".to_owned()).spawn(move || its.write(output))?;
        Ok((Self(Arc::clone(&shared)), Guard { shared, thread: Some(thread) }))
    }
}

impl Shared {
    /// A thread that panicked with the lock held left complete lines, which are valid.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enqueue(&self, line: &[u8]) {
        let mut waiting = self.lock();
        let before = waiting.bytes.len();
        if before + line.len() > MAX_QUEUED_BYTES {
            waiting.dropped += 1;
            return;
        }
        waiting.bytes.extend_from_slice(line);
        let after = waiting.bytes.len();
        drop(waiting);
        if before == 0 || (before < BATCH && after >= BATCH) {
            self.changed.notify_one();
        }
    }

    fn write(&self, mut output: impl Write) {
        let mut batch = Vec::new();
        loop {
            let waiting = self.lock();
            let waiting = self.changed.wait_while(waiting, |waiting| waiting.bytes.is_empty() && !waiting.is_ending);
            let waiting = waiting.unwrap_or_else(PoisonError::into_inner);
            let is_short = |waiting: &mut Waiting| waiting.bytes.len() < BATCH && !waiting.is_ending;
            let waited = self.changed.wait_timeout_while(waiting, MAX_DELAY, is_short);
            let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
            std::mem::swap(&mut waiting.bytes, &mut batch);
            let dropped = std::mem::take(&mut waiting.dropped);
            let is_ending = waiting.is_ending;
            drop(waiting);
            // If standard output is closed, the error can't be reported.
            let _ = output.write_all(&batch);
            batch.clear();
            batch.shrink_to(4 * BATCH);
            if dropped > 0 {
                tracing::warn!(lost = dropped, "log lines were dropped: the reader of the log is too slow");
            }
            if is_ending && self.lock().bytes.is_empty() {
                let _ = output.flush();
                return;
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.shared.lock().is_ending = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Each call contains a whole event, as tracing-subscriber writes them.
impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.enqueue(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    struct Sink {
        written: Arc<Mutex<Vec<u8>>>,
        gate: Option<Gate>,
    }

    /// Signals that the thread has reached the gate, and blocks it until the gate is opened.
    struct Gate {
        reached: mpsc::Sender<()>,
        opened: mpsc::Receiver<()>,
    }

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if let Some(gate) = self.gate.take() {
                gate.reached.send(()).expect("the test waits for it");
                // A failed test opens the gate by dropping it.
                let _ = gate.opened.recv();
            }
            self.written.lock().expect("the sink").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn dropping_the_guard_flushes_all_lines_in_order() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let (mut lines, guard) = Lines::start(Sink { written: Arc::clone(&written), gate: None }).expect("a thread");
        let expected = (0..20_000).map(|number| format!("line {number}\n")).collect::<Vec<_>>().concat();
        for line in expected.split_inclusive('\n') {
            lines.write_all(line.as_bytes()).expect("queued");
        }
        drop(guard);
        assert!(written.lock().expect("the sink").as_slice() == expected.as_bytes());
    }

    #[test]
    fn a_stalled_writer_drops_lines_without_blocking_or_unbounded_memory() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let ((reached, is_reached), (open, opened)) = (mpsc::channel(), mpsc::channel());
        let gate = Some(Gate { reached, opened });
        let (mut lines, guard) = Lines::start(Sink { written: Arc::clone(&written), gate }).expect("a thread");
        // Dropped before the guard, which waits for the thread.
        let open = open;
        let line = vec![b'x'; 64 * 1024];
        lines.write_all(&line).expect("queued");
        is_reached.recv().expect("the thread is stuck");
        for _ in 0..(3 * MAX_QUEUED_BYTES / line.len()) {
            lines.write_all(&line).expect("queued or dropped");
        }
        assert!(lines.0.lock().bytes.len() <= MAX_QUEUED_BYTES && lines.0.lock().dropped > 0);
        open.send(()).expect("the thread waits");
        drop(guard);
        let written = written.lock().expect("the sink").len();
        assert!(written >= MAX_QUEUED_BYTES - line.len() && written <= 2 * MAX_QUEUED_BYTES + BATCH, "{written}");
    }
}
