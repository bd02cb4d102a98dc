//! One JSON object per line (RFC 8259): `timestamp` (RFC 3339, UTC), `level`, the event's own fields, `target`.
//!
//! tracing-subscriber has a JSON format, too. It builds each line from many small allocations, and logging is the
//! largest part of a response's cost; this format writes directly into the line.

use std::fmt;

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_log::NormalizeEvent as _;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// The format. Spans are not written: an event contains all necessary fields.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        // Events of libraries that use the crate `log` have their target in a field.
        let normalized = event.normalized_metadata();
        let meta = normalized.as_ref().unwrap_or_else(|| event.metadata());
        write!(writer, "{{\"timestamp\":\"{:.6}\",\"level\":\"{}\"", jiff::Timestamp::now(), meta.level())?;
        let mut fields = Fields { writer: &mut writer, result: Ok(()) };
        event.record(&mut fields);
        fields.result?;
        writer.write_str(",\"target\":")?;
        string(&mut writer, meta.target())?;
        writer.write_str("}\n")
    }
}

/// Writes fields as members of the object.
struct Fields<'a, 'w> {
    writer: &'a mut Writer<'w>,
    result: fmt::Result,
}

impl Fields<'_, '_> {
    fn member(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        if self.result.is_ok() {
            self.result = self.writer.write_char(',');
        }
        if self.result.is_ok() {
            self.result = string(self.writer, field.name());
        }
        if self.result.is_ok() {
            self.result = self.writer.write_char(':').and_then(|()| value(self.writer));
        }
    }
}

impl Visit for Fields<'_, '_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.member(field, |writer| string(writer, value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.member(field, |writer| write!(writer, "{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.member(field, |writer| write!(writer, "{value}"));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // `null` for numbers that JSON can't represent.
        self.member(field, |writer| serde_json::to_writer(Bytes(writer), &value).map_err(|_| fmt::Error));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.member(field, |writer| write!(writer, "{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.member(field, |writer| string(writer, &format!("{value:?}")));
    }
}

/// Writes a JSON string, escaped by `serde_json` only if necessary.
fn string(writer: &mut Writer<'_>, value: &str) -> fmt::Result {
    if value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        writer.write_char('"')?;
        writer.write_str(value)?;
        return writer.write_char('"');
    }
    serde_json::to_writer(Bytes(writer), value).map_err(|_| fmt::Error)
}

/// Adapter for text that arrives as bytes. `serde_json` writes whole characters only.
struct Bytes<'a, 'w>(&'a mut Writer<'w>);

impl std::io::Write for Bytes<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(std::io::Error::other)?;
        self.0.write_str(text).map_err(std::io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn each_event_is_one_json_object_per_line() {
        let sink = Arc::new(Mutex::new(Vec::new()));
        let writer = Arc::clone(&sink);
        let subscriber =
            tracing_subscriber::fmt().event_format(Json).with_writer(move || Sink(Arc::clone(&writer))).finish();
        tracing::subscriber::with_default(subscriber, || {
            let hostile = "a \"quote\", a \\ and a\nline\u{1b}[31m ü";
            tracing::info!(target: "portal::access", path = hostile, status = 200_u16, ok = true, less = -1, "request");
            tracing::warn!("a {hostile} message");
            tracing::info!(millis = 0.25, whole = 2.0, none = f64::NAN, "numbers");
        });
        let text = String::from_utf8(sink.lock().expect("the sink").clone()).expect("text");
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[0]["path"], "a \"quote\", a \\ and a\nline\u{1b}[31m ü");
        assert_eq!(
            (&lines[0]["status"], &lines[0]["ok"], &lines[0]["less"]),
            (&200.into(), &true.into(), &(-1).into())
        );
        assert_eq!((&lines[0]["message"], &lines[0]["target"]), (&"request".into(), &"portal::access".into()));
        assert_eq!((&lines[0]["level"], &lines[1]["level"]), (&"INFO".into(), &"WARN".into()));
        lines[0]["timestamp"].as_str().expect("text").parse::<jiff::Timestamp>().expect("RFC 3339");
        assert!(lines[1]["message"].as_str().expect("text").contains("quote"));
        assert_eq!((&lines[2]["millis"], &lines[2]["whole"]), (&0.25.into(), &2.0.into()));
        assert!(lines[2]["none"].is_null());
    }

    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("the sink").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
}
