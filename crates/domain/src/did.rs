//! Decentralized identifiers by did:web: an agent's document is read at `/agents/ID/did.json` on its host.

use serde_json::{Value, json};

/// The DID of an agent.
pub fn of_agent(host: &str, agent_id: &str) -> String {
    format!("did:web:{host}:agents:{agent_id}")
}

/// The service's own DID.
pub fn of_service(host: &str) -> String {
    format!("did:web:{host}")
}

/// A document of public keys (Controlled Identifiers, section 2): each is listed for what it may be used for.
///
/// `keys` are JWKs. Their `kid` names the method, or, without one, their place. `@context` is there for those who read
/// JSON-LD; nothing but names of these contexts is used.
/// `retired` keys stand there for what they signed, and may be used for nothing more.
pub fn document(did: &str, keys: &[Value], retired: &[Value], services: &[Value]) -> Value {
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

/// What a key is called in the document: its `kid`, or, without one, its place.
pub fn key_name(index: usize, key: &Value) -> String {
    key.get("kid").and_then(Value::as_str).map_or_else(|| format!("key-{}", index + 1), fragment)
}

/// A key's name as a fragment may spell it (RFC 3986, section 3.5).
fn fragment(kid: &str) -> String {
    kid.chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-._~".contains(letter) { letter } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_lists_each_key_for_what_it_may_be_used_for() {
        let did = of_agent("localhost%3A8080", "1");
        assert_eq!(did, "did:web:localhost%3A8080:agents:1");
        let document = document(
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
