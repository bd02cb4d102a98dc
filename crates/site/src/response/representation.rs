//! One encoding of a response.

use bytes::Bytes;
use http::HeaderValue;

/// One encoding of a response (a representation, RFC 9110, section 3.2).
#[derive(Clone, Debug)]
pub struct Representation {
    pub(super) body: Body,
    /// The `Content-Encoding`, if compressed.
    pub(super) encoding: Option<&'static str>,
    /// The strong validator of exactly these bytes. None on responses without validation.
    pub tag: Option<HeaderValue>,
    /// Validators of the same content at lower effort: still valid for a 304, which repeats the requested one.
    pub earlier_tags: Vec<HeaderValue>,
}

/// A body, or its length.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Bytes(Bytes),
    /// Length of a body that is derived from another encoding for each request.
    Derived(usize),
}

impl Body {
    /// Length in bytes.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Derived(length) => *length,
        }
    }

    /// The bytes, if they are stored.
    pub(super) fn stored(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Derived(_) => None,
        }
    }

    /// Drops the bytes and keeps their number.
    pub(super) fn drop_bytes(&mut self) {
        *self = Self::Derived(self.len());
    }
}
