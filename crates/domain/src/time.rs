//! Times as the contract writes them (RFC 3339).

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;

use crate::field::Refusal;

/// Parses a time. Times beyond the calendar's range become its last or first one.
pub fn parse_rfc3339(text: &str) -> Result<Timestamp, Refusal> {
    let beyond = || {
        let pieces = Pieces::parse(text).ok()?;
        let is_whole = pieces.time().is_some() && pieces.to_numeric_offset().is_some();
        is_whole.then_some(if pieces.date().year() > 0 { Timestamp::MAX } else { Timestamp::MIN })
    };
    let time = text.parse().ok().or_else(beyond);
    time.ok_or_else(|| Refusal("is no time such as 2026-11-25T09:30:00Z".to_owned()))
}

/// Formats milliseconds since 1970, in UTC with milliseconds.
pub fn rfc3339(ms: i64) -> String {
    let time = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_of_rfc_3339_is_read() {
        assert_eq!(parse_rfc3339("2026-11-25T10:30:00+01:00"), parse_rfc3339("2026-11-25T09:30:00Z"));
        for last in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999-23:59", "9999-12-30T23:00:00+00:00"] {
            assert_eq!(parse_rfc3339(last), Ok(Timestamp::MAX), "{last}");
        }
        assert!(parse_rfc3339("0000-01-01T00:00:00+23:59").is_ok_and(|first| first < Timestamp::UNIX_EPOCH));
        for wrong in ["", "9999-12-31", "9999-12-31T23:59:59", "9999-12-32T00:00:00Z", "2026-02-30T00:00:00Z", "now"] {
            assert!(parse_rfc3339(wrong).is_err(), "{wrong}");
        }
    }
}
