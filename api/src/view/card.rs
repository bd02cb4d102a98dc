//! A2A 1.0 agent cards (section 4.4), signed by this service (section 8.4).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::scope::Scope;
use serde_json::{Value, json};
use store::records::AgentRecord;

use crate::error::ApiError;
use crate::keys::SigningKey;

/// Builds the unsigned card of an agent. `None` without an endpoint: cards are for callers.
pub fn build(row: &AgentRecord, issuer: &str) -> Option<Value> {
    let endpoint = row.endpoint_url.as_ref()?;
    Some(json!({
        "name": row.name,
        "description": if row.description.is_empty() { &row.name } else { &row.description },
        "version": row.version,
        "supportedInterfaces": [{ "url": endpoint, "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
        "capabilities": { "streaming": false, "pushNotifications": false },
        "defaultInputModes": ["text/plain", "application/json"],
        "defaultOutputModes": ["text/plain", "application/json"],
        "skills": skills(row),
        "securitySchemes": {
            "sentryagent": {
                "oauth2SecurityScheme": {
                    "flows": { "clientCredentials": {
                        "tokenUrl": format!("{issuer}/api/v1/token"),
                        "scopes": { Scope::AgentsRead.as_str(): Scope::AgentsRead.description() },
                    } },
                    "oauth2MetadataUrl": format!("{issuer}/.well-known/oauth-authorization-server"),
                },
            },
        },
        "securityRequirements": [{ "schemes": { "sentryagent": { "list": [Scope::AgentsRead.as_str()] } } }],
    }))
}

/// Returns the skills, or one per capability if there are none, with all required fields.
fn skills(row: &AgentRecord) -> Vec<Value> {
    let named = row.skills.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    if !named.is_empty() {
        return named.into_iter().map(fill_defaults).collect();
    }
    let capabilities = row.capabilities.as_array().cloned().unwrap_or_default();
    capabilities
        .iter()
        .filter_map(Value::as_str)
        .map(|capability| {
            let (resource, action) = capability.split_once(':').unwrap_or((capability, "use"));
            json!({ "id": capability, "name": format!("{action} {resource}"), "description": format!("Capability {capability}."), "tags": [resource] })
        })
        .collect()
}

fn fill_defaults(mut skill: Value) -> Value {
    if skill.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
        skill["description"] = skill["name"].clone();
    }
    if skill.get("tags").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        skill["tags"] = json!([skill["id"]]);
    }
    skill
}

/// Signs a card: a detached JWS over its RFC 8785 form without signatures. Empty members are removed first, as in
/// Protocol Buffers, so that the served card is the signed one. `jku` names the key set of this service, which attests
/// the registry entry.
pub fn sign(card: &Value, key: &SigningKey, jwks: &str) -> Result<Value, ApiError> {
    let mut card = remove_empty(card);
    let protected = json!({ "alg": key.jwk.common.key_algorithm, "typ": "JOSE", "kid": key.kid, "jku": jwks });
    let protected = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&protected).map_err(ApiError::internal)?);
    let canonical = serde_json_canonicalizer::to_vec(&card).map_err(ApiError::internal)?;
    let message = format!("{protected}.{}", URL_SAFE_NO_PAD.encode(canonical));
    let signature = key.sign_detached(message.as_bytes())?;
    card["signatures"] = json!([{ "protected": protected, "signature": signature }]);
    Ok(card)
}

/// Removes empty members, but not `false`: the card's flags have explicit presence.
fn remove_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let members = fields.iter().map(|(name, value)| (name.clone(), remove_empty(value)));
            Value::Object(members.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(remove_empty).collect()),
        other => other.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
