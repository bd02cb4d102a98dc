//! Conversion of a `did:web` identifier to the URL of its DID document.
//!
//! Rules of the W3C CCG's did:web method specification, section "Read (Resolve)": colons in the method-specific
//! identifier become slashes, the percent-encoded colon of the port is decoded, `https://` is prepended, and
//! `/.well-known` is appended where there is no path. Compiled for the server and for the browser.

use percent_encoding::percent_decode_str;
use thiserror::Error;

/// Maximum length of a DID, in bytes.
pub const MAX_LENGTH: usize = 2048;

/// Error in a `did:web` identifier.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DidWebError {
    /// Empty text.
    #[error("Enter a DID, such as did:web:example.com.")]
    Empty,
    /// Text longer than [`MAX_LENGTH`].
    #[error("The text is longer than {MAX_LENGTH} bytes. Expected a host name and a short path.")]
    TooLong,
    /// Different DID method, or none.
    #[error("Not a did:web identifier. It must begin with did:web: in lowercase.")]
    OtherMethod,
    /// Missing host, or a character that a host name can't contain.
    #[error("“{0}” is not a host name. Expected letters, digits, hyphens and dots, such as example.com.")]
    Host(String),
    /// IP address, which the method doesn't allow.
    #[error("“{0}” is an IP address. did:web requires a host name, such as example.com.")]
    IpAddress(String),
    /// Port that isn't a number from 1 to 65535.
    #[error("“{0}” is not a port. Expected %3A and a number from 1 to 65535, such as localhost%3A8443.")]
    Port(String),
    /// Path segment that is empty or contains characters that a DID can't contain.
    #[error(
        "“{0}” is not a path segment. Separate segments by single colons and use only letters, digits, . _ - or %XX."
    )]
    Segment(String),
}

/// Returns the `https` URL of the DID document.
///
/// # Errors
/// [`DidWebError`] names the invalid part and the expected form.
pub fn document_url(did: &str) -> Result<String, DidWebError> {
    let did = did.trim();
    if did.is_empty() {
        return Err(DidWebError::Empty);
    }
    if did.len() > MAX_LENGTH {
        return Err(DidWebError::TooLong);
    }
    let rest = did.strip_prefix("did:web:").ok_or(DidWebError::OtherMethod)?;
    let mut segments = rest.split(':');
    let authority = authority(segments.next().unwrap_or_default())?;
    let mut path = String::new();
    for segment in segments {
        check_segment(segment)?;
        path.push('/');
        path.push_str(segment);
    }
    if path.is_empty() {
        path.push_str("/.well-known");
    }
    Ok(format!("https://{authority}{path}/did.json"))
}

/// Parses the host and the optional port, as in a URL.
fn authority(encoded: &str) -> Result<String, DidWebError> {
    let decoded = percent_decode_str(encoded).decode_utf8().map_err(|_| DidWebError::Host(encoded.to_owned()))?;
    let (host, port) = match decoded.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (decoded.as_ref(), None),
    };
    check_host(host)?;
    match port {
        None => Ok(host.to_ascii_lowercase()),
        Some(text) => {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let port = text.parse::<u16>().ok().filter(|port| digits && *port > 0);
            let port = port.ok_or_else(|| DidWebError::Port(text.to_owned()))?;
            Ok(format!("{}:{port}", host.to_ascii_lowercase()))
        }
    }
}

/// Validates a host name (RFC 1123, section 2.1): labels of 1 to 63 letters, digits and inner hyphens, 253 bytes in
/// all.
fn check_host(host: &str) -> Result<(), DidWebError> {
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.is_empty() || host.len() > 253 || !host.split('.').all(label_ok) {
        return Err(DidWebError::Host(host.to_owned()));
    }
    // Browsers parse a host whose last label is all digits as an IPv4 address (WHATWG URL, 3.5).
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DidWebError::IpAddress(host.to_owned()));
    }
    Ok(())
}

/// Validates a path segment (DID core 3.1): `idchar` is a letter, a digit, `.`, `-`, `_` or a percent-encoded byte.
fn check_segment(segment: &str) -> Result<(), DidWebError> {
    let bad = || DidWebError::Segment(segment.to_owned());
    // URL parsers treat encoded dots as dots (WHATWG URL, 4.4), so these would leave the path.
    let decoded = percent_decode_str(segment).decode_utf8().map_err(|_| bad())?;
    if matches!(decoded.as_ref(), "" | "." | "..") {
        return Err(bad());
    }
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        let ok = match byte {
            b'%' => {
                let hex = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
                hex(bytes.next()) && hex(bytes.next())
            }
            byte => byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'),
        };
        if !ok {
            return Err(bad());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_specification_resolve() {
        let cases = [
            ("did:web:example.com", "https://example.com/.well-known/did.json"),
            ("did:web:example.com:user:alice", "https://example.com/user/alice/did.json"),
            ("did:web:example.com%3A3000", "https://example.com:3000/.well-known/did.json"),
            ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
            ("  did:web:Example.COM ", "https://example.com/.well-known/did.json"),
        ];
        for (did, url) in cases {
            assert_eq!(document_url(did).as_deref(), Ok(url), "{did}");
        }
    }

    #[test]
    fn invalid_dids_are_rejected_with_the_cause() {
        let refused = |did: &str| document_url(did).expect_err(did);
        assert_eq!(refused(" "), DidWebError::Empty);
        assert_eq!(refused("did:key:z6Mk"), DidWebError::OtherMethod);
        assert_eq!(refused("did:web:"), DidWebError::Host(String::new()));
        assert_eq!(refused("did:web:exa_mple"), DidWebError::Host("exa_mple".into()));
        assert_eq!(refused("did:web:127.0.0.1"), DidWebError::IpAddress("127.0.0.1".into()));
        assert_eq!(refused("did:web:a%3A0"), DidWebError::Port("0".into()));
        assert_eq!(refused("did:web:a%3A99999"), DidWebError::Port("99999".into()));
        assert_eq!(refused("did:web:a::b"), DidWebError::Segment(String::new()));
        assert_eq!(refused("did:web:a:.."), DidWebError::Segment("..".into()));
        assert_eq!(refused("did:web:a:%2e%2E"), DidWebError::Segment("%2e%2E".into()));
        assert_eq!(refused("did:web:a:b/c"), DidWebError::Segment("b/c".into()));
        assert_eq!(refused(&format!("did:web:{}", "a".repeat(3000))), DidWebError::TooLong);
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_resolves_only_to_https_urls(text in ".{0,200}") {
            if let Ok(url) = document_url(&text) {
                proptest::prop_assert!(url.starts_with("https://") && url.ends_with("/did.json"));
                proptest::prop_assert!(!url.contains(['@', '\\', '?', '#', ' ']));
            }
        }

        #[test]
        fn path_segments_are_joined_with_slashes(host in "[a-z]{1,9}\\.dev", path in proptest::collection::vec("[a-z0-9_-]{1,9}", 1..4)) {
            let did = format!("did:web:{host}:{}", path.join(":"));
            proptest::prop_assert_eq!(document_url(&did), Ok(format!("https://{host}/{}/did.json", path.join("/"))));
        }
    }
}
