//! Identifiers in addresses. What is none is nothing that exists.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use domain::id::{AgentId, ClaimId, CredentialId, EventId};
use domain::rejection::Resource;
use http::request::Parts;

use crate::error::ApiError;

/// An identifier that an address names.
pub trait Named: FromStr {
    /// The parameter's name in the router.
    const PARAMETER: &'static str;
    /// What is missing where there is none.
    const MISSING: Resource;
}

impl Named for AgentId {
    const PARAMETER: &'static str = "agentId";
    const MISSING: Resource = Resource::Agent;
}

impl Named for CredentialId {
    const PARAMETER: &'static str = "credentialId";
    const MISSING: Resource = Resource::Credential;
}

impl Named for ClaimId {
    const PARAMETER: &'static str = "claimId";
    const MISSING: Resource = Resource::Claim;
}

impl Named for EventId {
    const PARAMETER: &'static str = "eventId";
    const MISSING: Resource = Resource::AuditEvent;
}

/// One identifier of the address. It answers 404 where what stands there is none.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: Named> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let missing = || ApiError::NotFound { missing: T::MISSING };
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let (_, text) = params.iter().find(|(name, _)| *name == T::PARAMETER).ok_or_else(missing)?;
        text.parse().map(Self).map_err(|_| missing())
    }
}
