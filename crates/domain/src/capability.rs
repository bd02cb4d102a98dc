//! Capabilities: self-declared abilities, as `resource:action`.

use std::fmt;

use serde::{Serialize, Serializer};

use super::field::{InvalidValue, invalid};

/// Maximum number of capabilities of an agent.
pub const MAX_CAPABILITIES: usize = 50;
/// Maximum length, in characters.
const MAX_LENGTH: usize = 100;

/// Capability, such as `invoices:read`. Both parts are lowercase letters, digits, and inner `.`, `_` or `-`; the action
/// can be `*`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(
        max_length = 100,
        pattern = "^[a-z0-9]([a-z0-9._-]*[a-z0-9])?:([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\\*)$",
        example = "invoices:read"
    )
)]
pub struct Capability(String);

impl Capability {
    /// Parses a capability.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        if text.len() > MAX_LENGTH {
            return invalid(format!("has {} characters; the maximum is {MAX_LENGTH}", text.chars().count()));
        }
        match text.split_once(':') {
            Some((resource, action)) if is_name(resource) && (is_name(action) || action == "*") => {
                Ok(Self(text.to_owned()))
            }
            _ => invalid(format!(
                "has the invalid value `{}`; expected resource:action, such as invoices:read",
                text.escape_debug()
            )),
        }
    }

    /// Returns the text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_name(text: &str) -> bool {
    let is_end = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let bytes = text.as_bytes();
    is_end(bytes.first())
        && is_end(bytes.last())
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(byte))
}

impl fmt::Display for Capability {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Serialize for Capability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capability_is_a_resource_and_an_action() {
        for accepted in ["invoices:read", "mcp:call", "a1.b-c_d:*", "x:y"] {
            assert!(Capability::parse(accepted).is_ok(), "{accepted}");
        }
        for rejected in
            ["", "invoices", ":read", "invoices:", "a:b:c", "Invoices:read", "-a:b", "a-:b", "*:read", "a b:c", "ä:b"]
        {
            assert!(Capability::parse(rejected).is_err(), "{rejected}");
        }
        assert!(Capability::parse(&format!("{}:b", "a".repeat(100))).is_err());
    }
}
