//! Agent cards by A2A 1.0 (section 4.4), signed by this service (section 8.4).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::scope::Scope;
use serde_json::{Value, json};
use store::records::AgentRecord;

use crate::error::ApiError;
use crate::keys::SigningKey;

/// The card of an agent, unsigned. `None` without an endpoint: a card is for those who want to call.
pub fn of(row: &AgentRecord, issuer: &str) -> Option<Value> {
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
                        "scopes": { Scope::AgentsRead.as_str(): Scope::AgentsRead.words() },
                    } },
                    "oauth2MetadataUrl": format!("{issuer}/.well-known/oauth-authorization-server"),
                },
            },
        },
        "securityRequirements": [{ "schemes": { "sentryagent": { "list": [Scope::AgentsRead.as_str()] } } }],
    }))
}

/// Its skills; where it named none, one for each capability. All that a card asks of a skill is there.
fn skills(row: &AgentRecord) -> Vec<Value> {
    let named = row.skills.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    if !named.is_empty() {
        return named.into_iter().map(whole).collect();
    }
    let capabilities = row.capabilities.as_array().cloned().unwrap_or_default();
    capabilities
        .iter()
        .filter_map(Value::as_str)
        .map(|capability| {
            let (resource, action) = capability.split_once(':').unwrap_or((capability, "use"));
            json!({ "id": capability, "name": format!("{action} {resource}"), "description": format!("It has the capability {capability}."), "tags": [resource] })
        })
        .collect()
}

fn whole(mut skill: Value) -> Value {
    if skill.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
        skill["description"] = skill["name"].clone();
    }
    if skill.get("tags").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        skill["tags"] = json!([skill["id"]]);
    }
    skill
}

/// The card with a signature: a JWS over its RFC 8785 form without signatures, detached. What is empty is left out
/// before, as protocol buffers do, so that what is served is what is signed. `jku` says whose key it is: this service's,
/// which vouches that the registry holds this.
pub fn signed(card: &Value, key: &SigningKey, jwks: &str) -> Result<Value, ApiError> {
    let mut card = without_empty(card);
    let protected = json!({ "alg": key.jwk.common.key_algorithm, "typ": "JOSE", "kid": key.kid, "jku": jwks });
    let protected = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&protected).map_err(ApiError::internal)?);
    let canonical = serde_json_canonicalizer::to_vec(&card).map_err(ApiError::internal)?;
    let message = format!("{protected}.{}", URL_SAFE_NO_PAD.encode(canonical));
    let signature = key.sign_detached(message.as_bytes())?;
    card["signatures"] = json!([{ "protected": protected, "signature": signature }]);
    Ok(card)
}

/// A value without members that hold nothing. `false` is something: the card's flags have a presence of their own.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().map(|(name, value)| (name.clone(), without_empty(value)));
            Value::Object(kept.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_empty).collect()),
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
