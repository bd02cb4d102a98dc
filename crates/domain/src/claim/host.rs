//! Host names.

use url::Host;

use crate::field::{InvalidValue, invalid};

/// Maximum length of a name, without the trailing dot (RFC 1035, section 2.3.4).
const MAX_LENGTH: usize = 253;
/// Top-level labels that don't exist in the public DNS (RFC 6761, RFC 6762, RFC 7686, RFC 9476 and ICANN's .internal).
const NON_PUBLIC: [&str; 7] = ["localhost", "local", "internal", "onion", "invalid", "arpa", "alt"];

/// Returns true for a name that can be queried: labels of letters, digits, hyphens, and underscores, as in service
/// records (RFC 8552).
pub fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    text.len() <= MAX_LENGTH && text.split('.').all(is_label)
}

/// Parses a domain that can be claimed: lowercase labels of letters, digits and hyphens, at least two.
/// Internationalized names are in Punycode.
pub fn parse_domain(text: &str) -> Result<String, InvalidValue> {
    if text.len() > MAX_LENGTH {
        return invalid(format!("has more than {MAX_LENGTH} characters"));
    }
    if !text.is_ascii() {
        return invalid("must be ASCII; write an internationalized name in Punycode (xn--)");
    }
    if !is_name(text) || text.contains('_') || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return invalid(
            "must be a domain name of lowercase letters, digits, hyphens and dots, such as example.com, without a trailing dot",
        );
    }
    let Some((_, last)) = text.rsplit_once('.') else {
        return invalid("must have at least two labels, such as example.com");
    };
    if NON_PUBLIC.contains(&last) {
        return invalid(format!("ends with .{last}, which does not exist in the public DNS"));
    }
    // Recognizes IP addresses in every notation and validates Punycode.
    match Host::parse(text) {
        Ok(Host::Domain(name)) if name == text => Ok(name),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => invalid("is an IP address; expected a domain name"),
        _ => invalid("has an invalid label"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_one_spelling() {
        for accepted in ["example.com", "a.b.example.co.uk", "xn--bcher-kva.example", "1.example", "a-b.example"] {
            assert_eq!(parse_domain(accepted), Ok(accepted.to_owned()));
        }
        let long = format!("{}.com", "a.".repeat(126));
        for rejected in [
            "",
            "com",
            "localhost",
            "a.localhost",
            "printer.local",
            "db.internal",
            "1.1.in-addr.arpa",
            "Example.com",
            "example.com.",
            ".example.com",
            "a..com",
            "-a.com",
            "a-.com",
            "a_b.com",
            "a b.com",
            "bücher.example",
            "10.0.0.1",
            "0x7f.1",
            "1.2",
            "[::1]",
            "example.com:443",
            "https://example.com",
            "example.com/",
            "a@example.com",
            "xn--a.example",
            &long,
        ] {
            assert!(parse_domain(rejected).is_err(), "{rejected}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_accepted_domain_is_the_host_of_its_url(text in "[a-z0-9.-]{1,30}|[ -~]{1,12}|\\PC{1,12}") {
            if let Ok(name) = parse_domain(&text) {
                let url = url::Url::parse(&format!("https://{name}/x")).expect("an address");
                proptest::prop_assert_eq!((url.domain(), url.path()), (Some(name.as_str()), "/x"));
            }
        }
    }
}
