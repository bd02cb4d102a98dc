//! Organizations: the tenants, isolated from each other.

use serde::Serialize;

use super::field::{InvalidValue, invalid};
use super::name;
use super::retention::DELETION_GRACE_MS;

/// State of an organization. Transitions go forward only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Created without an email address: expires with all its data unless it is claimed.
    Provisional,
    /// Created with an email address that is not verified yet.
    Unverified,
    /// Email address verified.
    Verified,
}

impl State {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Provisional, Self::Unverified, Self::Verified];

    /// Returns the text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Unverified => "unverified",
            Self::Verified => "verified",
        }
    }

    /// Parses the text form of [`State::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Status of an organization: whether it can act, whatever its [`State`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Can act.
    Active,
    /// Its deletion was requested. All that is left is to cancel it.
    Deleting {
        /// Time of the deletion, in milliseconds since 1970.
        at: i64,
    },
    /// Suspended by the operator.
    Suspended {
        /// Reason, in the operator's words.
        reason: String,
    },
}

impl Status {
    /// Derives the status from what is stored: the time of the request to delete the organization, and the reason of
    /// its suspension. Times are in milliseconds since 1970.
    pub fn of(deletion_asked_at: Option<i64>, suspension_reason: Option<&str>) -> Self {
        match (suspension_reason, deletion_asked_at) {
            (Some(reason), _) => Self::Suspended { reason: reason.to_owned() },
            (None, Some(asked_at)) => Self::Deleting { at: asked_at + DELETION_GRACE_MS },
            (None, None) => Self::Active,
        }
    }

    /// Returns the text form.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deleting { .. } => "deleting",
            Self::Suspended { .. } => "suspended",
        }
    }
}

/// Reserved slugs: confusable with the service, or words of its URLs.
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

/// Parses a slug: 3 to 40 lowercase letters, digits and single hyphens, starting with a letter.
pub fn parse_slug(text: &str) -> Result<String, InvalidValue> {
    let is_valid = (3..=40).contains(&text.len())
        && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_valid {
        invalid("must be 3 to 40 lowercase letters, digits and single hyphens, starting with a letter")
    } else if RESERVED.contains(&text) || name::contains_house(text) {
        invalid("is reserved")
    } else {
        Ok(text.to_owned())
    }
}

/// Placeholder name of an organization without a name.
pub const PLACEHOLDER_NAME: &str = "Unnamed organization";

/// Suggests a slug for a name, made unique by the end of the ID: names are not unique.
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
    let slug = if name::contains_house(slug) {
        // The slug can become a public name.
        "org".to_owned()
    } else if slug.starts_with(|letter: char| letter.is_ascii_lowercase()) {
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
        fn a_suggested_slug_is_valid(name in "\\PC{0,60}", unique in "[0-9a-f]{12}") {
            let slug = suggest_slug(&name, &unique);
            proptest::prop_assert_eq!(parse_slug(&slug), Ok(slug.clone()));
        }
    }

    #[test]
    fn a_slug_is_safe_in_a_url() {
        assert_eq!(suggest_slug("Nördliche Höfe GmbH & Co.", "0123456789ab"), "n-rdliche-h-fe-gmbh-co-456789ab");
        for rejected in ["admin", "sentryagent", "", "ab", "Abc", "a--b", "abc-", "1abc", "a/b", &"a".repeat(41)] {
            assert!(parse_slug(rejected).is_err(), "{rejected}");
        }
    }
}
