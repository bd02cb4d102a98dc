//! The contract's operations: each is declared once, beside the method that calls it.

use crate::resources::{
    agents, audit, claims, credentials, dids, discovery, health, marketplace, organizations, sessions, signup, tiers,
    tokens,
};

/// A method of HTTP, as far as the contract uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Patch,
    Delete,
}

/// Whether a call shows who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    /// If the client knows.
    Caller,
    /// Never: everybody may, and a token would be fetched for nothing.
    Nothing,
}

/// An operation of the contract.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) shows: Shows,
    /// Whether it carries an `Idempotency-Key`, which makes a POST safe to repeat.
    pub(crate) is_keyed: bool,
}

impl Operation {
    pub(crate) const fn new(verb: Verb, path: &'static str) -> Self {
        Self { verb, path, shows: Shows::Caller, is_keyed: false }
    }

    pub(crate) const fn keyed(mut self) -> Self {
        self.is_keyed = true;
        self
    }

    pub(crate) const fn open(mut self) -> Self {
        self.shows = Shows::Nothing;
        self
    }

    /// Whether doing it twice is the same as doing it once (RFC 9110, section 9.2.2).
    pub(crate) fn is_idempotent(self) -> bool {
        self.is_keyed || matches!(self.verb, Verb::Get | Verb::Delete)
    }
}

/// Declares the operations of a noun: `NAME = Verb "operationId" "/path", flag;`. One that no method calls is a warning of
/// the compiler, one that is not declared can't be called.
macro_rules! declare {
    ($($name:ident = $verb:ident $id:literal $path:literal $(, $flag:ident)*;)+) => {
        $(const $name: $crate::operation::Operation =
            $crate::operation::Operation::new($crate::operation::Verb::$verb, $path)$(.$flag())*;)+
        /// What the client covers of this noun: `operationId`, method, path.
        pub const OPERATIONS: &[(&str, &str, &str)] = &[$(($id, stringify!($verb), $path)),+];
    };
}

pub(crate) use declare;

/// The operations that the client covers: `operationId`, method (in lower case) and path, as in the OpenAPI document.
pub fn operations() -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let nouns = [
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
    nouns.into_iter().flatten().map(|(id, verb, path)| (*id, verb.to_ascii_lowercase(), *path))
}
