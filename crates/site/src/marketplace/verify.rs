//! Verification of an agent's documents on the server. `public/check.js` runs the same steps in the browser.

use app::model::marketplace::{CheckTargets, Outcome, Step};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::Value;

use super::data::CheckData;
use crate::plain_text::plain_text;

/// Longest quoted text of a document, in characters.
const MAX_QUOTE: usize = 200;

/// Compares the documents step by step, with expected and found values.
pub fn verify_documents(check: &CheckData, targets: &CheckTargets) -> Vec<Step> {
    let mut steps = vec![check_address(targets), check_identity(check, targets), check_keys(check, targets)];
    if let Some(card) = &check.card {
        steps.push(check_name(card, targets));
        steps.push(check_signature(card, check, targets));
    }
    steps
}

fn step(title: &str, expected: String, found: String, is_so: bool) -> Step {
    let outcome = if is_so { Outcome::Passed } else { Outcome::Failed };
    Step { title: title.to_owned(), expected, found, outcome }
}

/// Checks that the DID resolves to the document's URL (did:web).
fn check_address(targets: &CheckTargets) -> Step {
    let leads = app::model::did_web::document_url(&targets.did);
    let found = leads.unwrap_or_else(|error| error.to_string());
    // In development, the registry uses http, which did:web does not allow.
    let is_development = is_local(&targets.document) && rest(&found) == rest(&targets.document);
    let is_so = found == targets.document || is_development;
    let found = if is_development { format!("{found} (HTTP in development)") } else { found };
    step("The DID resolves to the registry", targets.document.clone(), found, is_so)
}

fn is_local(address: &str) -> bool {
    address.starts_with("http://localhost:") || address.starts_with("http://localhost/")
}

fn rest(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

/// Checks that the document contains the agent's DID.
fn check_identity(check: &CheckData, targets: &CheckTargets) -> Step {
    let found = quote(&check.document["id"]);
    let is_so = check.document["id"].as_str() == Some(targets.did.as_str());
    step("The DID document belongs to the agent", targets.did.clone(), found, is_so)
}

/// Checks that the document contains the claimed keys.
fn check_keys(check: &CheckData, targets: &CheckTargets) -> Step {
    let methods = check.document["verificationMethod"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found: Vec<String> = methods.iter().filter_map(|method| thumbprint(&method["publicKeyJwk"])).collect();
    let missing = targets.thumbprints.iter().any(|thumbprint| !found.contains(thumbprint));
    let unreadable = found.len() < methods.len();
    let expected = if targets.thumbprints.is_empty() {
        "valid keys; no key is verified".to_owned()
    } else {
        format!("the verified key {}", targets.thumbprints.join(", "))
    };
    let found = if found.is_empty() { "no keys".to_owned() } else { found.join(", ") };
    step("The keys are the verified keys", expected, found, !missing && !unreadable)
}

fn thumbprint(jwk: &Value) -> Option<String> {
    serde_json::from_value::<Jwk>(jwk.clone()).ok()?.thumbprint(ThumbprintHash::SHA256).ok()
}

/// Checks that the card contains the name shown in the marketplace.
fn check_name(card: &Value, targets: &CheckTargets) -> Step {
    let is_so = card["name"].as_str() == Some(targets.name.as_str());
    step("The card has the name in the listing", plain_text(&targets.name), quote(&card["name"]), is_so)
}

/// Checks that the registry signed exactly this card (A2A 1.0, section 8.4).
fn check_signature(card: &Value, check: &CheckData, targets: &CheckTargets) -> Step {
    let expected = format!("a signature by a key from {}", targets.keys);
    match verify_signature(card, check, targets) {
        Ok(kid) => step("The registry signed the card", expected, format!("signed by key {kid}"), true),
        Err(reason) => step("The registry signed the card", expected, reason, false),
    }
}

fn verify_signature(card: &Value, check: &CheckData, targets: &CheckTargets) -> Result<String, String> {
    let signature = &card["signatures"][0];
    let protected = signature["protected"].as_str().ok_or("no signature")?;
    let header = URL_SAFE_NO_PAD.decode(protected).map_err(|error| error.to_string())?;
    let header: Value = serde_json::from_slice(&header).map_err(|error| error.to_string())?;
    let jku = header["jku"].as_str().unwrap_or_default();
    if jku != targets.keys {
        return Err(format!("the signature refers to keys at {}", quote(&header["jku"])));
    }
    let kid = header["kid"].as_str().ok_or("the signature has no key ID")?;
    let jwk = check.keys.keys.iter().find(|key| key["kid"] == kid);
    let jwk = jwk.ok_or_else(|| format!("the registry has no key {kid}"))?;
    let jwk: Jwk = serde_json::from_value(jwk.clone()).map_err(|error| error.to_string())?;
    let algorithm: Algorithm =
        serde_json::from_value(header["alg"].clone()).map_err(|_| "unknown signature algorithm".to_owned())?;
    let mut unsigned = card.clone();
    if let Some(members) = unsigned.as_object_mut() {
        members.remove("signatures");
    }
    let canonical = serde_json_canonicalizer::to_vec(&unsigned).map_err(|error| error.to_string())?;
    let message = format!("{protected}.{}", URL_SAFE_NO_PAD.encode(canonical));
    let key = DecodingKey::from_jwk(&jwk).map_err(|error| error.to_string())?;
    let encoded = signature["signature"].as_str().unwrap_or_default();
    match crypto::verify(encoded, message.as_bytes(), &key, algorithm) {
        Ok(true) => Ok(kid.to_owned()),
        Ok(false) => Err("the signature doesn’t match the card".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn quote(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => plain_text(text).chars().take(MAX_QUOTE).collect(),
        other => other.to_string().chars().take(MAX_QUOTE).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn targets() -> CheckTargets {
        CheckTargets {
            did: "did:web:api.example:agents:1".to_owned(),
            document: "https://api.example/agents/1/did.json".to_owned(),
            keys: "https://api.example/.well-known/jwks.json".to_owned(),
            name: "One".to_owned(),
            ..CheckTargets::default()
        }
    }

    #[test]
    fn the_address_check_rejects_another_host_and_plain_http() {
        assert_eq!(check_address(&targets()).outcome, Outcome::Passed);
        let other = CheckTargets { did: "did:web:evil.example:agents:1".to_owned(), ..targets() };
        assert_eq!(check_address(&other).outcome, Outcome::Failed);
        let local = CheckTargets {
            did: "did:web:localhost%3A8080:agents:1".to_owned(),
            document: "http://localhost:8080/agents/1/did.json".to_owned(),
            ..targets()
        };
        assert_eq!(check_address(&local).outcome, Outcome::Passed, "HTTP is allowed on localhost");
        let foreign = CheckTargets { document: "http://api.example/agents/1/did.json".to_owned(), ..targets() };
        assert_eq!(check_address(&foreign).outcome, Outcome::Failed, "HTTP is rejected on other hosts");
    }

    #[test]
    fn a_card_with_a_different_name_fails_the_check() {
        assert_eq!(check_name(&json!({ "name": "One" }), &targets()).outcome, Outcome::Passed);
        let step = check_name(&json!({ "name": "Two" }), &targets());
        assert_eq!((step.outcome, step.found.as_str()), (Outcome::Failed, "Two"));
        assert_eq!(check_name(&json!({}), &targets()).found, "none");
    }

    /// RFC 8037, appendix A.3: the thumbprint of its key.
    #[test]
    fn the_thumbprint_matches_rfc_8037() {
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        assert_eq!(thumbprint(&jwk).as_deref(), Some("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
        assert_eq!(thumbprint(&json!({ "kty": "poem" })), None);
    }
}
