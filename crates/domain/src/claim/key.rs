//! Keys of agents: which one a claim is about, and whether it signed.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P521_SHA512_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Failure;
use crate::field::{Refusal, refuse, shown};

/// Longest signature that is read, in bytes: RSA with 8,192 bits has less than half of it.
const LONGEST: usize = 4096;

/// The thumbprint of a public key (RFC 7638): base64url of SHA-256 over its required members. `None` where it is no key
/// of a kind that we know.
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

/// The key of a thumbprint among an agent's.
pub fn find<'a>(keys: &'a [Value], wanted: &str) -> Option<&'a Value> {
    keys.iter().find(|key| thumbprint(key).as_deref() == Some(wanted))
}

/// The thumbprint of the key that a claim is about: the given one, or that of the only key.
pub(super) fn choose(given: Option<&str>, keys: &[Value]) -> Result<String, Refusal> {
    let known: Vec<String> = keys.iter().filter_map(thumbprint).collect();
    match (given, known.as_slice()) {
        (_, []) => refuse("has nothing to be about: the agent has no publicKeys"),
        (Some(given), known) if known.iter().any(|one| one == given) => Ok(given.to_owned()),
        (None, [one]) => Ok(one.clone()),
        (given, known) => {
            let all = known.join(", ");
            let what =
                if given.is_some() { "is no thumbprint (RFC 7638) of the agent's publicKeys" } else { "is missing" };
            refuse(format!("{what}: there are {}", shown(&all, 500)))
        }
    }
}

/// What a key may sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signs {
    By(Algorithm),
    /// ECDSA with P-521 and SHA-512, which jsonwebtoken does not know (RFC 7518, section 3.4).
    Es512,
}

/// Algorithms that a key may sign with. The key says it; a header only chooses where the key leaves a choice.
fn algorithms(key: &Value) -> Vec<(&'static str, Signs)> {
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
        ("EC", "P-521") => return only(key, vec![("ES512", Signs::Es512)]),
        _ => Vec::new(),
    };
    only(key, known.into_iter().map(|(name, algorithm)| (name, Signs::By(algorithm))).collect())
}

/// Those that the key leaves.
fn only(key: &Value, mut all: Vec<(&'static str, Signs)>) -> Vec<(&'static str, Signs)> {
    // RFC 7517, section 4.4: a key that names its algorithm is for no other. Ed25519 has two names (RFC 9864).
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

/// Whether a JWS in its compact form (RFC 7515, section 7.1) is this key's over exactly the nonce.
pub fn verify(key: &Value, nonce: &str, jws: &str) -> Result<(), Failure> {
    let failed = |words: String| Failure(words);
    if jws.len() > LONGEST {
        return Err(failed(format!("the signature is longer than {LONGEST} bytes")));
    }
    let parts: Vec<&str> = jws.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        return Err(failed("the signature is no JWS in compact form: three parts with dots between".to_owned()));
    };
    let read = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let header_read = read(header).and_then(|bytes| serde_json::from_slice::<Header>(&bytes).ok());
    let Some(said) = header_read else {
        return Err(failed("the header of the signature can't be read: JSON with `alg`, in base64url".to_owned()));
    };
    if said.crit.is_some() || said.b64.is_some() {
        return Err(failed("the header of the signature holds `crit` or `b64`, which is not known here".to_owned()));
    }
    let may = algorithms(key);
    let Some((_, algorithm)) = may.iter().find(|(name, _)| *name == said.alg) else {
        let names: Vec<&str> = may.iter().map(|(name, _)| *name).collect();
        let names = if names.is_empty() { "no algorithm that is known here".to_owned() } else { names.join(", ") };
        return Err(failed(format!("the signature is by {}; this key signs with {names}", shown(&said.alg, 40))));
    };
    match read(payload) {
        Some(bytes) if bytes == nonce.as_bytes() => {}
        Some(bytes) => {
            let found = shown(&String::from_utf8_lossy(&bytes), 200);
            return Err(failed(format!("the signature is over: {found}; expected {nonce}")));
        }
        None => return Err(failed("the payload of the signature is no base64url".to_owned())),
    }
    let message = &jws.as_bytes()[..header.len() + 1 + payload.len()];
    let unusable = || failed("the public key can't be used: is it a whole JWK?".to_owned());
    let is_sound = match algorithm {
        Signs::By(algorithm) => {
            let jwk = serde_json::from_value::<Jwk>(required(key)).map_err(|_| unusable())?;
            let decoding = DecodingKey::from_jwk(&jwk).map_err(|_| unusable())?;
            crypto::verify(signature, message, &decoding, *algorithm).unwrap_or(false)
        }
        Signs::Es512 => {
            let number = |member: &str| key.get(member).and_then(Value::as_str).and_then(read);
            let (Some(x), Some(y), Some(signature)) = (number("x"), number("y"), read(signature)) else {
                return Err(unusable());
            };
            // An uncompressed point (SEC 1, section 2.3.3).
            let point = [&[4], x.as_slice(), y.as_slice()].concat();
            UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point).verify(message, &signature).is_ok()
        }
    };
    if is_sound { Ok(()) } else { Err(failed("the signature is not by this key".to_owned())) }
}

/// A key without what people write beside it, which may not be known here.
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
    fn the_thumbprint_of_rfc_7638_comes_out() {
        let key = json!({
            "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        });
        assert_eq!(thumbprint(&key).as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
        assert_eq!(thumbprint(&json!({ "kty": "oct", "k": "a" })), None);
    }

    #[test]
    fn a_key_is_proved_by_its_own_signature_over_the_nonce_alone() {
        let ((key, pair), (other, _)) = (ed25519(), ed25519());
        let sign = |message: &[u8]| pair.sign(message).as_ref().to_vec();
        let sound = jws(&json!({ "alg": "EdDSA" }), "nonce", sign);
        assert_eq!(verify(&key, "nonce", &sound), Ok(()));
        assert_eq!(verify(&key, "nonce", &jws(&json!({ "alg": "Ed25519" }), "nonce", sign)), Ok(()));
        let told = |key: &Value, jws: &str| verify(key, "nonce", jws).expect_err("refused").0;
        assert_eq!(told(&other, &sound), "the signature is not by this key");
        assert_eq!(
            told(&key, &jws(&json!({ "alg": "EdDSA" }), "other", sign)),
            "the signature is over: other; expected nonce"
        );
        assert!(
            told(&key, &jws(&json!({ "alg": "none" }), "nonce", |_| Vec::new()))
                .contains("by none; this key signs with EdDSA")
        );
        assert!(told(&key, &jws(&json!({ "alg": "HS256" }), "nonce", sign)).contains("by HS256"));
        assert!(
            told(&key, &jws(&json!({ "alg": "EdDSA", "crit": ["b64"], "b64": false }), "nonce", sign)).contains("crit")
        );
        for broken in ["", "a.b", "a.b.c.d", "!.b.c", &sound.replace('.', "=."), &format!("{sound}A")] {
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
        let sound = jws(&json!({ "alg": "ES512" }), "nonce", signed);
        assert_eq!(verify(&ec, "nonce", &sound), Ok(()));
        let other = sound.replacen(&encode("nonce"), &encode("other"), 1);
        assert_eq!(verify(&ec, "other", &other), Err(Failure("the signature is not by this key".to_owned())));
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
    fn a_claim_is_about_one_key_that_is_there() {
        let ((one, _), (two, _)) = (ed25519(), ed25519());
        let print = thumbprint(&one).expect("a thumbprint");
        assert_eq!(choose(None, std::slice::from_ref(&one)), Ok(print.clone()));
        assert_eq!(choose(Some(&print), &[two.clone(), one.clone()]), Ok(print.clone()));
        assert!(choose(None, &[one.clone(), two.clone()]).is_err_and(|refusal| refusal.0.contains(&print)));
        assert!(choose(Some("x"), &[one]).is_err() && choose(None, &[]).is_err());
    }
}
