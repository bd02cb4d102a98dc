//! Operations of the contract, each declared beside the method that calls it.

use crate::resources::{
    agents, audit, claims, credentials, dids, discovery, health, marketplace, organizations, sessions, signup, tiers,
    tokens,
};

/// HTTP method, as used by the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Patch,
    Delete,
}

/// Authentication of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authentication {
    /// Sent if the client has any.
    IfConfigured,
    /// Never sent: the operation is public, and a token request would be wasted.
    Never,
}

/// Operation of the contract.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) authentication: Authentication,
    /// Carries an `Idempotency-Key`, which makes a POST safe to repeat.
    pub(crate) is_keyed: bool,
}

impl Operation {
    pub(crate) const fn new(verb: Verb, path: &'static str) -> Self {
        Self { verb, path, authentication: Authentication::IfConfigured, is_keyed: false }
    }

    pub(crate) const fn keyed(mut self) -> Self {
        self.is_keyed = true;
        self
    }

    pub(crate) const fn public(mut self) -> Self {
        self.authentication = Authentication::Never;
        self
    }

    /// Returns true if the operation is idempotent (RFC 9110, section 9.2.2).
    pub(crate) fn is_idempotent(self) -> bool {
        self.is_keyed || matches!(self.verb, Verb::Get | Verb::Delete)
    }
}

/// Declares the operations of a resource: `NAME = Verb "operationId" "/path", flag;`. An unused operation is a compiler
/// warning; an undeclared one can't be called.
macro_rules! declare {
    ($($name:ident = $verb:ident $id:literal $path:literal $(, $flag:ident)*;)+) => {
        $(const $name: $crate::operation::Operation =
            $crate::operation::Operation::new($crate::operation::Verb::$verb, $path)$(.$flag())*;)+
        /// Covered operations of this resource: `operationId`, method, path.
        pub const OPERATIONS: &[(&str, &str, &str)] = &[$(($id, stringify!($verb), $path)),+];
    };
}

pub(crate) use declare;

/// Lists the covered operations: `operationId`, method in lowercase and path, as in the OpenAPI document.
pub fn operations() -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let resources = [
        agents::OPERATIONS,
        audit::OPERATIONS,
        claims::OPERATIONS,
        credentials::OPERATIONS,
        dids::OPERATIONS,
        discovery::OPERATIONS,
        health::OPERATIONS,
        marketplace::OPERATIONS,
        organizations::OPERATIONS,
        sessions::OPERATIONS,
        signup::OPERATIONS,
        tiers::OPERATIONS,
        tokens::OPERATIONS,
    ];
    resources.into_iter().flatten().map(|(id, verb, path)| (*id, verb.to_ascii_lowercase(), *path))
}
