//! An agent's papers compared with each other, as the server can do it. `public/check.js` does the same in the browser.

use app::model::marketplace::{CheckTargets, Outcome, Step};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::Value;

use super::answer::Check;
use super::plain::plain;

/// Longest text of a document that is shown again, in characters.
const SHOWN: usize = 200;

/// Each step with what was expected and found.
pub fn verify(check: &Check, targets: &CheckTargets) -> Vec<Step> {
    let mut steps = vec![address(targets), identity(check, targets), keys(check, targets)];
    if let Some(card) = &check.card {
        steps.push(name(card, targets));
        steps.push(signature(card, check, targets));
    }
    steps
}

fn step(title: &str, expected: String, found: String, is_so: bool) -> Step {
    let outcome = if is_so { Outcome::Passed } else { Outcome::Failed };
    Step { title: title.to_owned(), expected, found, outcome }
}

/// The DID leads to the document's address, by the did:web rule.
fn address(targets: &CheckTargets) -> Step {
    let leads = app::model::did_web::document_url(&targets.did);
    let found = leads.unwrap_or_else(|error| error.to_string());
    // In development the registry speaks http, which did:web does not know.
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

/// The document says whose it is.
fn identity(check: &Check, targets: &CheckTargets) -> Step {
    let found = shown(&check.document["id"]);
    let is_so = check.document["id"].as_str() == Some(targets.did.as_str());
    step("The DID document belongs to the agent", targets.did.clone(), found, is_so)
}

/// Keys that were checked are among the document's.
fn keys(check: &Check, targets: &CheckTargets) -> Step {
    let methods = check.document["verificationMethod"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found: Vec<String> = methods.iter().filter_map(|method| thumbprint(&method["publicKeyJwk"])).collect();
    let missing = targets.thumbprints.iter().any(|wanted| !found.contains(wanted));
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

/// The card says the name that the marketplace shows.
fn name(card: &Value, targets: &CheckTargets) -> Step {
    let is_so = card["name"].as_str() == Some(targets.name.as_str());
    step("The card has the name in the listing", plain(&targets.name), shown(&card["name"]), is_so)
}

/// The registry signed exactly this card (A2A 1.0, section 8.4).
fn signature(card: &Value, check: &Check, targets: &CheckTargets) -> Step {
    let expected = format!("a signature by a key from {}", targets.keys);
    match signed_by(card, check, targets) {
        Ok(kid) => step("The registry signed the card", expected, format!("signed by key {kid}"), true),
        Err(reason) => step("The registry signed the card", expected, reason, false),
    }
}

fn signed_by(card: &Value, check: &Check, targets: &CheckTargets) -> Result<String, String> {
    let signature = &card["signatures"][0];
    let protected = signature["protected"].as_str().ok_or("no signature")?;
    let header = URL_SAFE_NO_PAD.decode(protected).map_err(|error| error.to_string())?;
    let header: Value = serde_json::from_slice(&header).map_err(|error| error.to_string())?;
    let jku = header["jku"].as_str().unwrap_or_default();
    if jku != targets.keys {
        return Err(format!("the signature refers to keys at {}", shown(&header["jku"])));
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
    let given = signature["signature"].as_str().unwrap_or_default();
    match crypto::verify(given, message.as_bytes(), &key, algorithm) {
        Ok(true) => Ok(kid.to_owned()),
        Ok(false) => Err("the signature doesn’t match the card".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => plain(text).chars().take(SHOWN).collect(),
        other => other.to_string().chars().take(SHOWN).collect(),
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
    fn a_did_of_another_host_does_not_lead_to_the_registry() {
        assert_eq!(address(&targets()).outcome, Outcome::Passed);
        let other = CheckTargets { did: "did:web:evil.example:agents:1".to_owned(), ..targets() };
        assert_eq!(address(&other).outcome, Outcome::Failed);
        let local = CheckTargets {
            did: "did:web:localhost%3A8080:agents:1".to_owned(),
            document: "http://localhost:8080/agents/1/did.json".to_owned(),
            ..targets()
        };
        assert_eq!(address(&local).outcome, Outcome::Passed, "in development");
        let foreign = CheckTargets { document: "http://api.example/agents/1/did.json".to_owned(), ..targets() };
        assert_eq!(address(&foreign).outcome, Outcome::Failed, "nowhere else by http");
    }

    #[test]
    fn a_card_of_another_name_is_told() {
        assert_eq!(name(&json!({ "name": "One" }), &targets()).outcome, Outcome::Passed);
        let step = name(&json!({ "name": "Two" }), &targets());
        assert_eq!((step.outcome, step.found.as_str()), (Outcome::Failed, "Two"));
        assert_eq!(name(&json!({}), &targets()).found, "none");
    }

    /// RFC 8037, appendix A.3: the thumbprint of its key.
    #[test]
    fn a_thumbprint_is_that_of_the_standard() {
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        assert_eq!(thumbprint(&jwk).as_deref(), Some("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
        assert_eq!(thumbprint(&json!({ "kty": "poem" })), None);
    }
}
