//! Public keys as targets of claims: thumbprints, selection and signature verification.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P521_SHA512_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Failure;
use crate::field::{InvalidValue, invalid, sanitize};

/// Maximum length of a JWS, in bytes; more than twice that of 8,192-bit RSA.
const MAX_JWS_BYTES: usize = 4096;

/// Computes the thumbprint of a public key (RFC 7638): base64url of SHA-256 over its required members. `None` for
/// unsupported key types.
pub fn thumbprint(key: &Value) -> Option<String> {
    let members: &[&str] = match key.get("kty")?.as_str()? {
        "OKP" => &["crv", "kty", "x"],
        "EC" => &["crv", "kty", "x", "y"],
        "RSA" => &["e", "kty", "n"],
        _ => return None,
    };
    let mut form = Map::new();
    for member in members {
        form.insert((*member).to_owned(), Value::from(key.get(*member)?.as_str()?));
    }
    let bytes = serde_json_canonicalizer::to_vec(&form).ok()?;
    Some(URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &bytes)))
}

/// Finds the agent's key with a thumbprint.
pub fn find_key<'a>(keys: &'a [Value], expected: &str) -> Option<&'a Value> {
    keys.iter().find(|key| thumbprint(key).as_deref() == Some(expected))
}

/// Selects the key of a claim: the one with the given thumbprint, or the agent's only key.
pub(super) fn select_key(requested: Option<&str>, keys: &[Value]) -> Result<String, InvalidValue> {
    let known: Vec<String> = keys.iter().filter_map(thumbprint).collect();
    match (requested, known.as_slice()) {
        (_, []) => invalid("has no key to refer to: the agent has no publicKeys"),
        (Some(requested), known) if known.iter().any(|one| one == requested) => Ok(requested.to_owned()),
        (None, [one]) => Ok(one.clone()),
        (requested, known) => {
            let all = known.join(", ");
            let what = if requested.is_some() {
                "must be the thumbprint (RFC 7638) of one of the agent's publicKeys"
            } else {
                "is required"
            };
            invalid(format!("{what}: {}", sanitize(&all, 500)))
        }
    }
}

/// Signature algorithm of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignatureAlgorithm {
    Jwt(Algorithm),
    /// ECDSA with P-521 and SHA-512 (RFC 7518, section 3.4), which jsonwebtoken doesn't support.
    Es512,
}

/// Lists the algorithms of a key. The key determines them; the header only selects where the key allows several.
fn algorithms(key: &Value) -> Vec<(&'static str, SignatureAlgorithm)> {
    let text = |member: &str| key.get(member).and_then(Value::as_str).unwrap_or_default();
    let known = match (text("kty"), text("crv")) {
        ("OKP", "Ed25519") => vec![("EdDSA", Algorithm::EdDSA), ("Ed25519", Algorithm::EdDSA)],
        ("EC", "P-256") => vec![("ES256", Algorithm::ES256)],
        ("EC", "P-384") => vec![("ES384", Algorithm::ES384)],
        ("RSA", _) => vec![
            ("RS256", Algorithm::RS256),
            ("RS384", Algorithm::RS384),
            ("RS512", Algorithm::RS512),
            ("PS256", Algorithm::PS256),
            ("PS384", Algorithm::PS384),
            ("PS512", Algorithm::PS512),
        ],
        ("EC", "P-521") => return restrict_to_alg(key, vec![("ES512", SignatureAlgorithm::Es512)]),
        _ => Vec::new(),
    };
    restrict_to_alg(
        key,
        known.into_iter().map(|(name, algorithm)| (name, SignatureAlgorithm::Jwt(algorithm))).collect(),
    )
}

/// Restricts the algorithms to the key's own `alg`, if it has one.
fn restrict_to_alg(
    key: &Value,
    mut all: Vec<(&'static str, SignatureAlgorithm)>,
) -> Vec<(&'static str, SignatureAlgorithm)> {
    // RFC 7517, section 4.4: `alg` is the only algorithm the key is for. Ed25519 has two names (RFC 9864).
    if let Some(own) = key.get("alg").and_then(Value::as_str) {
        let own = all.iter().find(|(name, _)| *name == own).map(|(_, algorithm)| *algorithm);
        all.retain(|(_, algorithm)| Some(*algorithm) == own);
    }
    all
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    crit: Option<Value>,
    b64: Option<Value>,
}

/// Verifies that a JWS in compact serialization (RFC 7515, section 7.1) was signed by this key, with exactly the nonce
/// as payload.
pub fn verify(key: &Value, nonce: &str, jws: &str) -> Result<(), Failure> {
    let failure = |words: String| Failure(words);
    if jws.len() > MAX_JWS_BYTES {
        return Err(failure(format!("The signature has more than {MAX_JWS_BYTES} bytes.")));
    }
    let parts: Vec<&str> = jws.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        return Err(failure(
            "The signature is not a JWS in compact serialization: three parts separated by dots.".to_owned(),
        ));
    };
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let parsed_header = decode(header).and_then(|bytes| serde_json::from_slice::<Header>(&bytes).ok());
    let Some(header_fields) = parsed_header else {
        return Err(failure(
            "The header of the signature is invalid. Expected JSON with `alg`, in base64url.".to_owned(),
        ));
    };
    if header_fields.crit.is_some() || header_fields.b64.is_some() {
        return Err(failure(
            "The header of the signature contains `crit` or `b64`, which is not supported.".to_owned(),
        ));
    }
    let allowed = algorithms(key);
    let Some((_, algorithm)) = allowed.iter().find(|(name, _)| *name == header_fields.alg) else {
        let names: Vec<&str> = allowed.iter().map(|(name, _)| *name).collect();
        let names = if names.is_empty() { "no supported algorithm".to_owned() } else { names.join(", ") };
        return Err(failure(format!(
            "The signature uses {}; this key supports {names}.",
            sanitize(&header_fields.alg, 40)
        )));
    };
    match decode(payload) {
        Some(bytes) if bytes == nonce.as_bytes() => {}
        Some(bytes) => {
            let found = sanitize(&String::from_utf8_lossy(&bytes), 200);
            return Err(failure(format!("The signed payload is: {found}; expected {nonce}")));
        }
        None => return Err(failure("The payload of the signature is not base64url.".to_owned())),
    }
    let message = &jws.as_bytes()[..header.len() + 1 + payload.len()];
    let unusable = || failure("The public key is incomplete. Expected a complete JWK.".to_owned());
    let is_valid = match algorithm {
        SignatureAlgorithm::Jwt(algorithm) => {
            let jwk = serde_json::from_value::<Jwk>(required(key)).map_err(|_| unusable())?;
            let decoding = DecodingKey::from_jwk(&jwk).map_err(|_| unusable())?;
            crypto::verify(signature, message, &decoding, *algorithm).unwrap_or(false)
        }
        SignatureAlgorithm::Es512 => {
            let number = |member: &str| key.get(member).and_then(Value::as_str).and_then(decode);
            let (Some(x), Some(y), Some(signature)) = (number("x"), number("y"), decode(signature)) else {
                return Err(unusable());
            };
            // Uncompressed point (SEC 1, section 2.3.3).
            let point = [&[4], x.as_slice(), y.as_slice()].concat();
            UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point).verify(message, &signature).is_ok()
        }
    };
    if is_valid { Ok(()) } else { Err(failure("The signature does not match this key.".to_owned())) }
}

/// Removes all members except those that define the key: others may be unsupported.
fn required(key: &Value) -> Value {
    let members = ["kty", "crv", "x", "y", "n", "e"].into_iter();
    Value::Object(members.filter_map(|member| Some((member.to_owned(), key.get(member)?.clone()))).collect())
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::rsa::{KeySize, PublicKeyComponents};
    use aws_lc_rs::signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
    };
    use serde_json::json;

    use super::*;

    fn encode(bytes: impl AsRef<[u8]>) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn jws(header: &Value, payload: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(payload));
        format!("{message}.{}", encode(sign(message.as_bytes())))
    }

    fn ed25519() -> (Value, Ed25519KeyPair) {
        let pair = Ed25519KeyPair::generate().expect("a key");
        (json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key()), "use": "sig", "own": 1 }), pair)
    }

    #[test]
    fn the_thumbprint_matches_rfc_7638() {
        let key = json!({
            "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        });
        assert_eq!(thumbprint(&key).as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
        assert_eq!(thumbprint(&json!({ "kty": "oct", "k": "a" })), None);
    }

    #[test]
    fn a_key_is_verified_by_its_own_signature_over_the_nonce_only() {
        let ((key, pair), (other, _)) = (ed25519(), ed25519());
        let sign = |message: &[u8]| pair.sign(message).as_ref().to_vec();
        let signed_jws = jws(&json!({ "alg": "EdDSA" }), "nonce", sign);
        assert_eq!(verify(&key, "nonce", &signed_jws), Ok(()));
        assert_eq!(verify(&key, "nonce", &jws(&json!({ "alg": "Ed25519" }), "nonce", sign)), Ok(()));
        let failure = |key: &Value, jws: &str| verify(key, "nonce", jws).expect_err("rejected").0;
        assert_eq!(failure(&other, &signed_jws), "The signature does not match this key.");
        assert_eq!(
            failure(&key, &jws(&json!({ "alg": "EdDSA" }), "other", sign)),
            "The signed payload is: other; expected nonce"
        );
        assert!(
            failure(&key, &jws(&json!({ "alg": "none" }), "nonce", |_| Vec::new()))
                .contains("uses none; this key supports EdDSA")
        );
        assert!(failure(&key, &jws(&json!({ "alg": "HS256" }), "nonce", sign)).contains("uses HS256"));
        assert!(
            failure(&key, &jws(&json!({ "alg": "EdDSA", "crit": ["b64"], "b64": false }), "nonce", sign))
                .contains("crit")
        );
        for broken in ["", "a.b", "a.b.c.d", "!.b.c", &signed_jws.replace('.', "=."), &format!("{signed_jws}A")] {
            assert!(verify(&key, "nonce", broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn each_kind_of_key_signs_with_its_own_algorithms() {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let point = pair.public_key().as_ref();
        let ec = json!({ "kty": "EC", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..]) });
        let signed = |message: &[u8]| pair.sign(&random, message).expect("a signature").as_ref().to_vec();
        assert_eq!(verify(&ec, "nonce", &jws(&json!({ "alg": "ES256" }), "nonce", signed)), Ok(()));
        assert!(verify(&ec, "nonce", &jws(&json!({ "alg": "EdDSA" }), "nonce", signed)).is_err());

        let pair = EcdsaKeyPair::generate(&ECDSA_P521_SHA512_FIXED_SIGNING).expect("a key");
        let point = pair.public_key().as_ref();
        let ec = json!({ "kty": "EC", "crv": "P-521", "x": encode(&point[1..67]), "y": encode(&point[67..]) });
        let signed = |message: &[u8]| pair.sign(&random, message).expect("a signature").as_ref().to_vec();
        let signed_jws = jws(&json!({ "alg": "ES512" }), "nonce", signed);
        assert_eq!(verify(&ec, "nonce", &signed_jws), Ok(()));
        let other = signed_jws.replacen(&encode("nonce"), &encode("other"), 1);
        assert_eq!(verify(&ec, "other", &other), Err(Failure("The signature does not match this key.".to_owned())));
        assert!(verify(&ec, "nonce", &jws(&json!({ "alg": "ES384" }), "nonce", signed)).is_err());

        let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
        let parts: PublicKeyComponents<Vec<u8>> = pair.public_key().into();
        let mut rsa = json!({ "kty": "RSA", "n": encode(&parts.n), "e": encode(&parts.e) });
        let signed = |encoding: &'static dyn aws_lc_rs::signature::RsaEncoding, message: &[u8]| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(encoding, &random, message, &mut signature).expect("a signature");
            signature
        };
        let pkcs1 = jws(&json!({ "alg": "RS256" }), "nonce", |message| signed(&RSA_PKCS1_SHA256, message));
        let pss = jws(&json!({ "alg": "PS256" }), "nonce", |message| signed(&RSA_PSS_SHA256, message));
        assert_eq!((verify(&rsa, "nonce", &pkcs1), verify(&rsa, "nonce", &pss)), (Ok(()), Ok(())));
        rsa["alg"] = json!("PS256");
        assert!(verify(&rsa, "nonce", &pkcs1).is_err(), "the key is for PS256");
        assert_eq!(verify(&rsa, "nonce", &pss), Ok(()));
    }

    #[test]
    fn a_claim_selects_one_existing_key() {
        let ((one, _), (two, _)) = (ed25519(), ed25519());
        let print = thumbprint(&one).expect("a thumbprint");
        assert_eq!(select_key(None, std::slice::from_ref(&one)), Ok(print.clone()));
        assert_eq!(select_key(Some(&print), &[two.clone(), one.clone()]), Ok(print.clone()));
        assert!(select_key(None, &[one.clone(), two.clone()]).is_err_and(|error| error.0.contains(&print)));
        assert!(select_key(Some("x"), &[one]).is_err() && select_key(None, &[]).is_err());
    }
}
