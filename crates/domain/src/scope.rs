//! Scopes: what a token may be used for (RFC 6749, section 3.3).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::field::{Refusal, refuse};
use super::shape::is_tellable;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Read agents and what is known of their credentials.
    #[cfg_attr(feature = "openapi", schema(rename = "agents:read"))]
    AgentsRead,
    /// Register, change and decommission agents, and manage their credentials.
    #[cfg_attr(feature = "openapi", schema(rename = "agents:write"))]
    AgentsWrite,
    /// Introspect and revoke tokens.
    #[cfg_attr(feature = "openapi", schema(rename = "tokens:read"))]
    TokensRead,
    /// Read the audit trail.
    #[cfg_attr(feature = "openapi", schema(rename = "audit:read"))]
    AuditRead,
    /// Change the organization itself.
    #[cfg_attr(feature = "openapi", schema(rename = "admin:orgs"))]
    AdminOrgs,
}

impl Scope {
    /// All of them, as an organization's admin credential has.
    pub const ALL: [Self; 5] =
        [Self::AgentsRead, Self::AgentsWrite, Self::TokensRead, Self::AuditRead, Self::AdminOrgs];
    /// What an agent's credential has unless it was told otherwise.
    pub const OF_AGENTS: [Self; 3] = [Self::AgentsRead, Self::TokensRead, Self::AuditRead];

    /// What it allows.
    pub fn words(self) -> &'static str {
        match self {
            Self::AgentsRead => "Read agents and what is known of their credentials.",
            Self::AgentsWrite => "Register, change and decommission agents, and manage their credentials.",
            Self::TokensRead => "Introspect and revoke tokens.",
            Self::AuditRead => "Read the audit trail.",
            Self::AdminOrgs => "Change the organization itself.",
        }
    }

    /// As it is written in tokens and requests.
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
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        match Self::ALL.into_iter().find(|scope| scope.as_str() == text) {
            Some(scope) => Ok(scope),
            None => refuse(format!("is no scope; there are {}", Scopes::from_iter(Self::ALL))),
        }
    }
}

/// Some of them, written with single spaces between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Whether it is one of these.
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether all of `others` are among these.
    pub fn cover(&self, others: &Self) -> bool {
        self.0.is_superset(&others.0)
    }

    /// Whether there is none.
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
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let named = |scope: &str| {
            let is_name = is_tellable(&scope.replace(':', "."));
            if is_name { format!("`{scope}`") } else { "one of them".to_owned() }
        };
        let read = |scope: &str| scope.parse().map_err(|refusal| Refusal(format!("{} {refusal}", named(scope))));
        text.split(' ').filter(|scope| !scope.is_empty()).map(read).collect()
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
        assert!(Scopes::from_iter(Scope::ALL).cover(&scopes) && !scopes.cover(&Scopes::from_iter(Scope::ALL)));
        let refusal = "agents:delete".parse::<Scopes>().expect_err("a refusal").0;
        assert!(refusal.starts_with("`agents:delete` is no scope; there are ") && refusal.contains("agents:write"));
        let refusal = "sadmin_x".parse::<Scopes>().expect_err("a refusal").0;
        assert!(refusal.starts_with("one of them is no scope; ") && !refusal.contains("sadmin_"));
    }
}
