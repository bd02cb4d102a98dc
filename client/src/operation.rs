//! Operations of the contract, each declared beside the method that calls it.

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
    /// Sends an `Idempotency-Key`, which makes a POST safe to repeat.
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
