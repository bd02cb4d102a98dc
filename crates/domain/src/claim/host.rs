//! Host names.

use url::Host;

use crate::field::{Refusal, refuse};

/// Longest name, without the root's dot (RFC 1035, section 2.3.4).
const LONGEST: usize = 253;
/// Ends of names that the public name service does not hold (RFC 6761, RFC 6762, RFC 7686, RFC 9476 and ICANN's .internal).
const LOCAL: [&str; 7] = ["localhost", "local", "internal", "onion", "invalid", "arpa", "alt"];

/// Whether a text is a name that may be asked for: labels of letters, digits, hyphens, and underscores, which records
/// of services begin with (RFC 8552).
pub fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    text.len() <= LONGEST && text.split('.').all(is_label)
}

/// A domain that can be claimed: lower-case labels of letters, digits and hyphens, at least two. A name in another
/// script is written in its punycode form.
pub fn domain(text: &str) -> Result<String, Refusal> {
    if text.len() > LONGEST {
        return refuse(format!("is longer than {LONGEST} characters"));
    }
    if !text.is_ascii() {
        return refuse("is not in ASCII: write a name in another script in its xn-- form");
    }
    if !is_name(text) || text.contains('_') || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return refuse("is no domain: it has lower-case letters, digits, hyphens and dots, and no dot at its end");
    }
    let Some((_, last)) = text.rsplit_once('.') else {
        return refuse("has no dot: a domain has at least two labels, such as example.com");
    };
    if LOCAL.contains(&last) {
        return refuse(format!("ends with .{last}, which the public name service does not hold"));
    }
    // It reads addresses in all their spellings, and proves that punycode is some.
    match Host::parse(text) {
        Ok(Host::Domain(name)) if name == text => Ok(name),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => refuse("is an address: name a domain"),
        _ => refuse("is no domain: one of its labels can't be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_one_spelling() {
        for taken in ["example.com", "a.b.example.co.uk", "xn--bcher-kva.example", "1.example", "a-b.example"] {
            assert_eq!(domain(taken), Ok(taken.to_owned()));
        }
        let long = format!("{}.com", "a.".repeat(126));
        for refused in [
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
            assert!(domain(refused).is_err(), "{refused}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_is_the_host_of_its_address(text in "[a-z0-9.-]{1,30}|[ -~]{1,12}|\\PC{1,12}") {
            if let Ok(name) = domain(&text) {
                let url = url::Url::parse(&format!("https://{name}/x")).expect("an address");
                proptest::prop_assert_eq!((url.domain(), url.path()), (Some(name.as_str()), "/x"));
            }
        }
    }
}
