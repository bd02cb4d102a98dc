//! Limits of query strings, so that the work for a request doesn't grow with what a caller appends to its URL.

use std::fmt;

/// Maximum length of a query string, in bytes. Proxies refuse longer URLs as well: nginx from 8 KB on.
pub const MAX_BYTES: usize = 4096;
/// Maximum number of parameters of a query string.
pub const MAX_PARAMETERS: usize = 50;

/// Query string that exceeds a limit. The text completes "the query string …".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryExcess {
    /// Length, in bytes.
    Bytes(usize),
    /// Number of parameters.
    Parameters(usize),
}

impl fmt::Display for QueryExcess {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(count) => write!(out, "has {count} bytes; the maximum is {MAX_BYTES}"),
            Self::Parameters(count) => write!(out, "has {count} parameters; the maximum is {MAX_PARAMETERS}"),
        }
    }
}

/// Checks the query string of a URL before it is parsed.
pub fn check(query: Option<&str>) -> Result<(), QueryExcess> {
    let query = query.unwrap_or_default();
    if query.len() > MAX_BYTES {
        return Err(QueryExcess::Bytes(query.len()));
    }
    let parameters = query.split('&').filter(|pair| !pair.is_empty()).count();
    if parameters > MAX_PARAMETERS { Err(QueryExcess::Parameters(parameters)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_string_has_at_most_4_kilobytes_and_50_parameters() {
        assert_eq!(check(None), Ok(()));
        assert_eq!(check(Some(&"a=&".repeat(50))), Ok(()), "empty pairs don't count");
        assert_eq!(check(Some(&"a&".repeat(51))), Err(QueryExcess::Parameters(51)));
        assert_eq!(check(Some(&"a".repeat(4096))), Ok(()));
        assert_eq!(check(Some(&"a".repeat(4097))), Err(QueryExcess::Bytes(4097)));
    }
}
