//! Decentralized identifiers (did:web). An agent's document is at `/agents/ID/did.json` on its host.

use serde_json::{Value, json};

/// Returns the DID of an agent.
pub fn agent_did(host: &str, agent_id: &str) -> String {
    format!("did:web:{host}:agents:{agent_id}")
}

/// Returns the DID of the service.
pub fn service_did(host: &str) -> String {
    format!("did:web:{host}")
}

/// Builds a document of public keys (Controlled Identifiers, section 2), each listed with its verification
/// relationships.
///
/// `keys` are JWKs; a method is named by `kid`, or by its position. `@context` is for JSON-LD processors; only terms of
/// these contexts are used. `retired` keys remain as verification methods for old signatures, without relationships.
pub fn build_document(did: &str, keys: &[Value], retired: &[Value], services: &[Value]) -> Value {
    let mut methods = Vec::new();
    let mut references = Vec::new();
    for (index, key) in keys.iter().chain(retired).enumerate() {
        let name = key_name(index, key);
        let id = format!("{did}#{name}");
        methods.push(json!({ "id": id, "type": "JsonWebKey", "controller": did, "publicKeyJwk": key }));
        if index < keys.len() {
            references.push(Value::String(id));
        }
    }
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://www.w3.org/ns/cid/v1"],
        "id": did,
        "verificationMethod": methods,
        "authentication": references,
        "assertionMethod": references,
    });
    if !services.is_empty() {
        document["service"] = Value::Array(services.to_vec());
    }
    document
}

/// Names of an agent's services in its document.
pub const SERVICES: [&str; 2] = ["endpoint", "agent-card"];

/// Returns the name of a key in the document: `kid`, or its position.
pub fn key_name(index: usize, key: &Value) -> String {
    key.get("kid").and_then(Value::as_str).map_or_else(|| format!("key-{}", index + 1), escape_fragment)
}

/// Replaces characters that a URL fragment can't contain (RFC 3986, section 3.5).
fn escape_fragment(kid: &str) -> String {
    kid.chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-._~".contains(letter) { letter } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_lists_each_key_for_what_it_may_be_used_for() {
        let did = agent_did("localhost%3A8080", "1");
        assert_eq!(did, "did:web:localhost%3A8080:agents:1");
        let document = build_document(
            &did,
            &[json!({ "kty": "OKP", "kid": "a b" }), json!({ "kty": "EC" })],
            &[json!({ "kty": "RSA", "kid": "old" })],
            &[],
        );
        let ids: Vec<&str> =
            document["authentication"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert_eq!(ids, [format!("{did}#a_b"), format!("{did}#key-2")]);
        assert_eq!(document["verificationMethod"].as_array().map(Vec::len), Some(3));
        assert_eq!(document["verificationMethod"][0]["id"], document["assertionMethod"][0]);
        assert!(document.get("service").is_none());
    }
}
