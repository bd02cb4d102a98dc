//! Organizations: the tenants. Nobody sees into another.

use serde::Serialize;

use super::field::{Refusal, refuse};

/// How far an organization has come. It only ever moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Made without an address: works at once, and ends with all it holds unless somebody claims it.
    Provisional,
    /// Made with an address that nobody has confirmed yet.
    Unverified,
    /// An address was confirmed.
    Verified,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Provisional, Self::Unverified, Self::Verified];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Unverified => "unverified",
            Self::Verified => "verified",
        }
    }

    /// Reads what [`State::as_str`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Names in addresses that nobody gets: they read like the service's own, or are words of addresses.
const RESERVED: [&str; 24] = [
    "about",
    "account",
    "admin",
    "agents",
    "api",
    "docs",
    "help",
    "marketplace",
    "new",
    "null",
    "official",
    "operator",
    "organizations",
    "publishers",
    "root",
    "search",
    "security",
    "sentry-agent",
    "sentryagent",
    "sentryagent-ai",
    "status",
    "support",
    "system",
    "verified",
];

/// A name in addresses: 3 to 40 lower-case letters, digits and single hyphens, with a letter at its start.
pub fn read_slug(text: &str) -> Result<String, Refusal> {
    let is_sound = (3..=40).contains(&text.len())
        && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if RESERVED.contains(&text) {
        refuse("is kept for the service itself")
    } else if is_sound {
        Ok(text.to_owned())
    } else {
        refuse("has to be 3 to 40 lower-case letters, digits and single hyphens, with a letter at its start")
    }
}

/// What an organization is called that was given no name.
pub const NAMELESS: &str = "Unnamed organization";

/// A slug that a name suggests, made unique by the end of the identifier: names are not unique.
pub fn suggest_slug(name: &str, unique: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == 24 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    let slug = if slug.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        slug.to_owned()
    } else {
        format!("org-{slug}")
    };
    format!("{}-{}", slug.trim_end_matches('-'), &unique[unique.len().saturating_sub(8)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_suggested_slug_is_one_that_is_taken(name in "\\PC{0,60}", unique in "[0-9a-f]{12}") {
            let slug = suggest_slug(&name, &unique);
            proptest::prop_assert_eq!(read_slug(&slug), Ok(slug.clone()));
        }
    }

    #[test]
    fn a_slug_can_stand_in_an_address() {
        assert_eq!(suggest_slug("Nördliche Höfe GmbH & Co.", "0123456789ab"), "n-rdliche-h-fe-gmbh-co-456789ab");
        for refused in ["admin", "sentryagent", "", "ab", "Abc", "a--b", "abc-", "1abc", "a/b", &"a".repeat(41)] {
            assert!(read_slug(refused).is_err(), "{refused}");
        }
    }
}
