//! IDs in paths. An invalid ID is not found.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use domain::id::{AgentId, ClaimId, CredentialId, EventId};
use domain::rejection::Resource;
use http::request::Parts;

use crate::error::ApiError;

/// ID that a path parameter contains.
pub trait PathId: FromStr {
    /// Name of the path parameter.
    const PARAMETER: &'static str;
    /// Resource that is missing if the ID is invalid.
    const MISSING: Resource;
}

impl PathId for AgentId {
    const PARAMETER: &'static str = "agentId";
    const MISSING: Resource = Resource::Agent;
}

impl PathId for CredentialId {
    const PARAMETER: &'static str = "credentialId";
    const MISSING: Resource = Resource::Credential;
}

impl PathId for ClaimId {
    const PARAMETER: &'static str = "claimId";
    const MISSING: Resource = Resource::Claim;
}

impl PathId for EventId {
    const PARAMETER: &'static str = "eventId";
    const MISSING: Resource = Resource::AuditEvent;
}

/// ID from the path. Rejects invalid IDs with 404.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: PathId> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let missing = || ApiError::NotFound { missing: T::MISSING };
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let (_, text) = params.iter().find(|(name, _)| *name == T::PARAMETER).ok_or_else(missing)?;
        text.parse().map(Self).map_err(|_| missing())
    }
}
