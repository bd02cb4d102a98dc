//! Address log: client IP addresses with request IDs, in separate files, for the configured number of days. The main
//! log contains no IP addresses, so it can be stored for longer.

use std::io::Write as _;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::{Timestamp, ToSpan as _, civil, tz::TimeZone};
use serde_json::json;
use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_appender::rolling;

/// Folder of the files in `DATA_DIR`.
const FOLDER: &str = "addresses";
/// File extension, after the day (UTC).
const EXTENSION: &str = ".jsonl";

/// Writer of the address log, if enabled.
#[derive(Debug)]
pub struct AddressLog {
    folder: PathBuf,
    days: u16,
    writer: Option<(NonBlocking, WorkerGuard)>,
}

impl AddressLog {
    /// Opens the log in `data_dir`. With zero days, creates and writes nothing.
    pub fn open(data_dir: &Path, days: u16) -> io::Result<Self> {
        let folder = data_dir.join(FOLDER);
        let writer = if days > 0 {
            fs::create_dir_all(&folder)?;
            let file = rolling::Builder::new()
                .rotation(rolling::Rotation::DAILY)
                .filename_suffix(EXTENSION.trim_start_matches('.'))
                .build(&folder)
                .map_err(io::Error::other)?;
            Some(tracing_appender::non_blocking(file))
        } else {
            None
        };
        Ok(Self { folder, days, writer })
    }

    /// Writes the IP address of a request's client.
    pub fn write(&self, now: Timestamp, request_id: &str, address: IpAddr) {
        let Some((writer, _)) = &self.writer else { return };
        let mut line =
            json!({ "timestamp": now.to_string(), "request_id": request_id, "address": address }).to_string();
        line.push('\n');
        // A slow disk drops lines; requests never wait for it.
        let _ = writer.clone().write_all(line.as_bytes());
    }

    /// Deletes files older than the configured days, or all of them for zero days. Returns their number.
    pub fn sweep(&self, now: Timestamp) -> io::Result<usize> {
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        let files = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            files => files?,
        };
        let mut count = 0;
        for file in files {
            let path = file?.path();
            let Some(day) = day(&path) else { continue };
            // A file contains lines up to a day younger than its name.
            if self.days == 0 || day.saturating_add(i64::from(self.days).days()) < today {
                fs::remove_file(&path)?;
                count += 1;
            }
        }
        Ok(count)
    }
}

/// Parses the day in a file name.
fn day(path: &Path) -> Option<civil::Date> {
    path.file_name()?.to_str()?.strip_suffix(EXTENSION)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_deleted_after_the_configured_days() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let names = || {
            let files = fs::read_dir(folder.path().join(FOLDER)).expect("the folder");
            let mut names: Vec<_> = files.map(|file| file.expect("a file").file_name()).collect();
            names.sort();
            names
        };
        let log = AddressLog::open(folder.path(), 2).expect("a log");
        let today = names();
        for other in ["2026-11-20.jsonl", "2026-11-22.jsonl", "2026-11-23.jsonl", "notes.txt"] {
            fs::write(folder.path().join(FOLDER).join(other), "x").expect("written");
        }
        assert_eq!(log.sweep(at("2026-11-25T00:00:01Z")).expect("swept"), 2);
        assert!(!names().contains(&"2026-11-22.jsonl".into()) && names().contains(&"2026-11-23.jsonl".into()));
        drop(log);
        let none = AddressLog::open(folder.path(), 0).expect("a log");
        assert_eq!(none.sweep(at("2026-11-25T00:00:01Z")).expect("swept"), 1 + today.len());
        assert_eq!(names(), ["notes.txt"]);
    }

    #[test]
    fn a_line_contains_request_id_and_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = AddressLog::open(folder.path(), 1).expect("a log");
        log.write(Timestamp::UNIX_EPOCH, "01993b6e", "2001:db8::7".parse().expect("an address"));
        drop(log);
        let file = fs::read_dir(folder.path().join(FOLDER)).expect("the folder").next().expect("one").expect("a file");
        let text = fs::read_to_string(file.path()).expect("text");
        let line: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((&line["request_id"], &line["address"]), (&json!("01993b6e"), &json!("2001:db8::7")));
    }
}
