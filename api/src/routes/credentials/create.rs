//! `POST /api/v1/agents/{agentId}/credentials`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::id::{AgentId, CredentialId};
use domain::scope::{Scope, Scopes};
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::Deserialize;
use store::agents;
use store::credentials::{self, NewCredential};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::{OptionalBody, deserialize_u32};
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::keys::Keys;
use crate::registry::Registry;
use crate::view::credential::NewCredentialView;

/// Maximum lifetime, in seconds: two years.
const MAX_LIFETIME_SECONDS: u32 = 63_072_000;

/// Request to create a credential. All fields are optional.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CredentialRequest, example = json!({ "scopes": ["agents:read"], "expiresInSeconds": 7_776_000 }))]
pub struct CredentialRequest {
    /// Scopes of the credential's tokens, at most those of your own token. Default: `agents:read`, `tokens:read` and
    /// `audit:read`, for the agent itself.
    #[schema(value_type = Option<Vec<Scope>>, min_items = 1)]
    pub scopes: Option<Vec<String>>,
    /// Lifetime, in seconds. Default: no expiry.
    #[schema(minimum = 60, maximum = 63_072_000)]
    #[serde(default, deserialize_with = "deserialize_u32")]
    pub expires_in_seconds: Option<u32>,
}

impl CredentialRequest {
    fn scopes(&self, own: &Scopes) -> Result<Scopes, ApiError> {
        let Some(texts) = &self.scopes else {
            let scopes: Scopes = Scope::AGENT_DEFAULT.into_iter().filter(|scope| own.contains(*scope)).collect();
            if scopes.is_empty() {
                return Err(ApiError::invalid_field(
                    "scopes",
                    "is required: your token has none of the default scopes",
                ));
            }
            return Ok(scopes);
        };
        let mut scopes = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let field = format!("scopes[{index}]");
            let scope: Scope = text.parse().map_err(|error| ApiError::invalid_value(&field, &error))?;
            if scope == Scope::AdminOrgs {
                return Err(ApiError::invalid_field(
                    field,
                    "is admin:orgs, which only the organization itself can have",
                ));
            }
            if !own.contains(scope) {
                return Err(ApiError::invalid_field(field, "exceeds the scopes of your token"));
            }
            scopes.push(scope);
        }
        if scopes.is_empty() {
            Err(ApiError::invalid_field("scopes", "must have at least one item"))
        } else {
            Ok(scopes.into_iter().collect())
        }
    }
}

/// Create a credential
///
/// Only this response contains the secret. An agent can have up to 20 active credentials, so that one can replace
/// another without downtime.
#[utoipa::path(post, path = "/agents/{agentId}/credentials", tag = "Credentials", operation_id = "createCredential",
    security(("bearer" = ["agents:write"])), params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    request_body(content = CredentialRequest), responses((status = 201, description = "Credential with its secret.", body = NewCredentialView)))]
pub async fn create(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    caller: Caller<AgentsWrite>,
    idempotent: Idempotent,
    Id(agent_id): Id<AgentId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(request): OptionalBody<CredentialRequest>,
) -> Result<Response, ApiError> {
    caller.require_access_to(agent_id)?;
    agents::get(&registry.store, caller.organization_id, agent_id).await?;
    // Nobody grants more than their own token has: it may have been issued for less on purpose.
    let scopes = request.scopes(&caller.scopes)?;
    if request.expires_in_seconds.is_some_and(|seconds| !(60..=MAX_LIFETIME_SECONDS).contains(&seconds)) {
        return Err(ApiError::invalid_field("expiresInSeconds", format!("must be from 60 to {MAX_LIFETIME_SECONDS}")));
    }
    let (id, secret, now) = (CredentialId::new(), Secret::generate(Purpose::Agent)?, registry.now());
    let requested = request.expires_in_seconds.map(|seconds| now.as_millisecond() + i64::from(seconds) * 1000);
    let expires_at = caller.cap_expiry(requested);
    let view = NewCredentialView::new(id.to_string(), agent_id.to_string(), &secret, &scopes, expires_at);
    let new = NewCredential {
        id,
        organization_id: caller.organization_id,
        agent_id: Some(agent_id),
        secret_hash: keys.pepper().hash(&secret),
        scopes,
        expires_at,
    };
    let actor = caller.actor();
    let respond = move |(): &()| JsonResponse::secret(StatusCode::CREATED, &view);
    let work = async |call| Ok(credentials::create(&registry.store, actor, agent_id, new, now, call).await?);
    idempotent.run(respond, work).await
}
