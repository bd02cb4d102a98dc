//! `POST /api/v1/agents/{agentId}/credentials`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::id::{AgentId, CredentialId};
use domain::scope::{Scope, Scopes};
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::Deserialize;
use store::agents;
use store::credentials::{self, NewCredential};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::{OptionalBody, whole};
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::keys::Keys;
use crate::registry::Registry;
use crate::view::credential::NewCredentialView;

/// Longest life that can be asked for, in seconds: two years.
const LONGEST: u32 = 63_072_000;

/// What the credential may, and how long. All of it may be missing.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CredentialRequest, example = json!({ "scopes": ["agents:read"], "expiresInSeconds": 7_776_000 }))]
pub struct CredentialRequest {
    /// What its tokens may be used for. Without them `agents:read`, `tokens:read` and `audit:read` of itself.
    #[schema(value_type = Option<Vec<Scope>>, min_items = 1)]
    pub scopes: Option<Vec<String>>,
    /// Seconds after which it ends. Without them, never.
    #[schema(minimum = 60, maximum = 63_072_000)]
    #[serde(default, deserialize_with = "whole")]
    pub expires_in_seconds: Option<u32>,
}

impl CredentialRequest {
    fn scopes(&self, own: &Scopes) -> Result<Scopes, ApiError> {
        let Some(texts) = &self.scopes else {
            return Ok(Scope::OF_AGENTS.into_iter().filter(|scope| own.has(*scope)).collect());
        };
        let mut scopes = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let field = format!("scopes[{index}]");
            let scope: Scope = text.parse().map_err(|refusal| ApiError::field(&field, &refusal))?;
            if scope == Scope::AdminOrgs {
                return Err(ApiError::wrong(field, "is admin:orgs, which only the organization itself has"));
            }
            if !own.has(scope) {
                return Err(ApiError::wrong(field, "is more than your own token may"));
            }
            scopes.push(scope);
        }
        if scopes.is_empty() {
            Err(ApiError::wrong("scopes", "is empty: name at least one"))
        } else {
            Ok(scopes.into_iter().collect())
        }
    }
}

/// Make a credential
///
/// The secret is shown in this answer and never again. An agent may have several, so that one can replace another.
#[utoipa::path(post, path = "/agents/{agentId}/credentials", tag = "Credentials", operation_id = "createCredential",
    security(("bearer" = ["agents:write"])), params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier.")),
    request_body(content = CredentialRequest), responses((status = 201, description = "The credential.", body = NewCredentialView)))]
pub async fn create(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    caller: Caller<AgentsWrite>,
    Idempotent(call): Idempotent,
    Id(agent_id): Id<AgentId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(request): OptionalBody<CredentialRequest>,
) -> Result<(StatusCode, Json<NewCredentialView>), ApiError> {
    caller.require_sight_of(agent_id)?;
    // An agent that may write hands out no more than it has; the organization may hand out anything.
    let own = if caller.agent_id.is_some() { caller.scopes.clone() } else { Scopes::from_iter(Scope::ALL) };
    agents::get(&registry.store, caller.organization_id, agent_id).await?;
    let scopes = request.scopes(&own)?;
    if request.expires_in_seconds.is_some_and(|seconds| !(60..=LONGEST).contains(&seconds)) {
        return Err(ApiError::wrong("expiresInSeconds", format!("is not from 60 to {LONGEST}")));
    }
    let (id, secret, now) = (CredentialId::new(), Secret::make(Purpose::Agent)?, registry.now());
    let asked = request.expires_in_seconds.map(|seconds| now.as_millisecond() + i64::from(seconds) * 1000);
    let expires_at = caller.no_longer_than_own(asked);
    let view = NewCredentialView::new(id.to_string(), agent_id.to_string(), &secret, &scopes, expires_at);
    let new = NewCredential {
        id,
        organization_id: caller.organization_id,
        agent_id: Some(agent_id),
        secret_hash: keys.pepper().hash(&secret),
        scopes,
        expires_at,
    };
    credentials::create(&registry.store, caller.actor(), agent_id, new, now, call).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
