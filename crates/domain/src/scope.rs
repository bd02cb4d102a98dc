//! Scopes of tokens (RFC 6749, section 3.3).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::field::{InvalidValue, invalid};
use super::json_errors::can_echo;

/// Permission that a token grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Read agents and the metadata of their credentials.
    #[cfg_attr(feature = "openapi", schema(rename = "agents:read"))]
    AgentsRead,
    /// Register, update and decommission agents, and manage their credentials.
    #[cfg_attr(feature = "openapi", schema(rename = "agents:write"))]
    AgentsWrite,
    /// Introspect and revoke tokens.
    #[cfg_attr(feature = "openapi", schema(rename = "tokens:read"))]
    TokensRead,
    /// Read the audit trail.
    #[cfg_attr(feature = "openapi", schema(rename = "audit:read"))]
    AuditRead,
    /// Update and delete the organization.
    #[cfg_attr(feature = "openapi", schema(rename = "admin:orgs"))]
    AdminOrgs,
}

impl Scope {
    /// All scopes: those of an admin credential.
    pub const ALL: [Self; 5] =
        [Self::AgentsRead, Self::AgentsWrite, Self::TokensRead, Self::AuditRead, Self::AdminOrgs];
    /// Default scopes of an agent's credential.
    pub const AGENT_DEFAULT: [Self; 3] = [Self::AgentsRead, Self::TokensRead, Self::AuditRead];

    /// Returns a description for people.
    pub fn description(self) -> &'static str {
        match self {
            Self::AgentsRead => "Read agents and the metadata of their credentials.",
            Self::AgentsWrite => "Register, update and decommission agents, and manage their credentials.",
            Self::TokensRead => "Introspect and revoke tokens.",
            Self::AuditRead => "Read the audit trail.",
            Self::AdminOrgs => "Update and delete the organization.",
        }
    }

    /// Returns the text form in tokens and requests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgentsRead => "agents:read",
            Self::AgentsWrite => "agents:write",
            Self::TokensRead => "tokens:read",
            Self::AuditRead => "audit:read",
            Self::AdminOrgs => "admin:orgs",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        match Self::ALL.into_iter().find(|scope| scope.as_str() == text) {
            Some(scope) => Ok(scope),
            None => invalid(format!("is not a valid scope; expected {}", Scopes::from_iter(Self::ALL))),
        }
    }
}

/// Set of scopes, separated by single spaces in text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Returns true if the set contains a scope.
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Returns true if the set contains all of `others`.
    pub fn contains_all(&self, others: &Self) -> bool {
        self.0.is_superset(&others.0)
    }

    /// Returns true if the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<T: IntoIterator<Item = Scope>>(scopes: T) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.0.iter().enumerate() {
            if index > 0 {
                out.write_str(" ")?;
            }
            scope.fmt(out)?;
        }
        Ok(())
    }
}

impl FromStr for Scopes {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let quoted = |scope: &str| {
            let is_name = can_echo(&scope.replace(':', "."));
            if is_name { format!("`{scope}`") } else { "one of the values".to_owned() }
        };
        let parse = |scope: &str| scope.parse().map_err(|error| InvalidValue(format!("{} {error}", quoted(scope))));
        text.split(' ').filter(|scope| !scope.is_empty()).map(parse).collect()
    }
}

impl Serialize for Scopes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scopes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_and_written_in_one_order() {
        let scopes: Scopes = "tokens:read  agents:read agents:read".parse().expect("scopes");
        assert_eq!(scopes.to_string(), "agents:read tokens:read");
        assert!(
            Scopes::from_iter(Scope::ALL).contains_all(&scopes) && !scopes.contains_all(&Scopes::from_iter(Scope::ALL))
        );
        let error = "agents:delete".parse::<Scopes>().expect_err("an error").0;
        assert!(error.starts_with("`agents:delete` is not a valid scope; expected ") && error.contains("agents:write"));
        let error = "sadmin_x".parse::<Scopes>().expect_err("an error").0;
        assert!(error.starts_with("one of the values is not a valid scope; ") && !error.contains("sadmin_"));
    }
}
