//! Credentials.

use domain::scope::Scopes;
use domain::secret::Secret;
use domain::time::rfc3339;
use serde::Serialize;
use store::records::CredentialRecord;
use utoipa::ToSchema;

/// New credential. Only this response contains the secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewCredential, example = json!({
    "credentialId": "01993b6e-8a10-7c1e-b0a2-3f7f0a1d2e44", "clientId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11",
    "clientSecret": "sagent_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE",
    "scope": "agents:read audit:read tokens:read", "expiresAt": null,
}))]
pub struct NewCredentialView {
    /// ID of the credential.
    #[schema(format = Uuid)]
    pub credential_id: String,
    /// Client ID: the ID of the agent or organization.
    #[schema(format = Uuid)]
    pub client_id: String,
    /// Client secret.
    pub client_secret: String,
    /// Scopes of the credential's tokens, separated by single spaces.
    pub scope: String,
    /// Time of expiry. `null` for never.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
}

impl NewCredentialView {
    /// Creates the view of a new credential.
    pub fn new(
        credential_id: String,
        client_id: String,
        secret: &Secret,
        scopes: &Scopes,
        expires_at: Option<i64>,
    ) -> Self {
        Self {
            credential_id,
            client_id,
            client_secret: secret.reveal().to_owned(),
            scope: scopes.to_string(),
            expires_at: expires_at.map(rfc3339),
        }
    }
}

/// Credential without its secret, which is not stored.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Credential, example = json!({
    "credentialId": "01993b6e-8a10-7c1e-b0a2-3f7f0a1d2e44", "clientId": "01993b6e-8123-7d11-8a2b-77c1d9a0be55",
    "scope": "agents:read audit:read tokens:read", "status": "active", "createdAt": "2026-11-25T09:32:00.000Z",
    "expiresAt": null, "revokedAt": null, "firstCallAt": "2026-11-25T09:33:41.000Z",
}))]
pub struct CredentialView {
    /// ID of the credential.
    #[schema(format = Uuid)]
    pub credential_id: String,
    /// Client ID: the ID of the agent or organization.
    #[schema(format = Uuid)]
    pub client_id: String,
    /// Scopes of the credential's tokens, separated by single spaces.
    pub scope: String,
    /// Status: `active`, `expired` or `revoked`.
    #[schema(pattern = "^(active|expired|revoked)$")]
    pub status: &'static str,
    /// Time of creation.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Time of expiry. `null` for never.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// Time of revocation; in the future during the overlap after a rotation.
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
    /// Time of the first successful call with a token of the credential.
    #[schema(format = DateTime)]
    pub first_call_at: Option<String>,
}

impl CredentialView {
    /// Creates the view of a credential at a time, in milliseconds since 1970.
    pub fn at(row: CredentialRecord, now: i64) -> Self {
        let status = match (row.revoked_at, row.expires_at) {
            (Some(end), _) if end <= now => "revoked",
            (_, Some(end)) if end <= now => "expired",
            _ => "active",
        };
        Self {
            credential_id: row.id,
            client_id: row.agent_id.unwrap_or(row.organization_id),
            scope: row.scopes,
            status,
            created_at: rfc3339(row.created_at),
            expires_at: row.expires_at.map(rfc3339),
            revoked_at: row.revoked_at.map(rfc3339),
            first_call_at: row.first_call_at.map(rfc3339),
        }
    }
}
