//! Public keys of agents, as JWK (RFC 7517). Private keys are rejected.

#[cfg(feature = "openapi")]
mod schema;

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ParsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use regex::Regex;
#[cfg(feature = "openapi")]
use schema::{Coordinate, KeyWord, Modulus};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::{InvalidValue, invalid};
use super::json_errors;

/// Public key. Other members of the JWK are dropped; members of a private key are rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kty")]
#[cfg_attr(feature = "openapi", schema(example = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "2026-11" })))]
#[allow(missing_docs, reason = "members of RFC 7518, section 6, and RFC 8037, section 2")]
pub enum PublicKey {
    /// Ed25519 (RFC 8037).
    #[serde(rename = "OKP")]
    Okp {
        #[cfg_attr(feature = "openapi", schema(pattern = "^Ed25519$"))]
        crv: String,
        #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{43}$"))]
        x: String,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<KeyWord>))]
        #[serde(skip_serializing_if = "Option::is_none")]
        kid: Option<String>,
        #[cfg_attr(feature = "openapi", schema(pattern = "^(sig|enc)$"))]
        #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
        key_use: Option<String>,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<KeyWord>))]
        #[serde(skip_serializing_if = "Option::is_none")]
        alg: Option<String>,
    },
    /// P-256, P-384, P-521.
    #[serde(rename = "EC")]
    Ec {
        #[cfg_attr(feature = "openapi", schema(pattern = "^P-(256|384|521)$"))]
        crv: String,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Coordinate))]
        x: String,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Coordinate))]
        y: String,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<KeyWord>))]
        #[serde(skip_serializing_if = "Option::is_none")]
        kid: Option<String>,
        #[cfg_attr(feature = "openapi", schema(pattern = "^(sig|enc)$"))]
        #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
        key_use: Option<String>,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<KeyWord>))]
        #[serde(skip_serializing_if = "Option::is_none")]
        alg: Option<String>,
    },
    /// RSA.
    #[serde(rename = "RSA")]
    Rsa {
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Modulus))]
        n: String,
        #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{2,11}$"))]
        e: String,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<KeyWord>))]
        #[serde(skip_serializing_if = "Option::is_none")]
        kid: Option<String>,
        #[cfg_attr(feature = "openapi", schema(pattern = "^(sig|enc)$"))]
        #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
        key_use: Option<String>,
        #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<KeyWord>))]
        #[serde(skip_serializing_if = "Option::is_none")]
        alg: Option<String>,
    },
}

/// Supported sizes of RSA keys, in bits. Smaller ones are insecure (NIST SP 800-131A); few programs support larger
/// ones.
const RSA_BITS: RangeInclusive<usize> = 2048..=8192;
const KID: &str = "^[!-~]+( [!-~]+)*$";

/// Members of private and symmetric keys (RFC 7518, section 6).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

static KID_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(KID).ok());

fn decode_number(member: &str, text: &str) -> Result<Vec<u8>, InvalidValue> {
    let decoded = URL_SAFE_NO_PAD.decode(text);
    decoded.map_err(|_| InvalidValue(format!("has a member `{member}` that is not base64url without padding")))
}

fn unknown_curve(known: &str) -> InvalidValue {
    InvalidValue(format!("has an unsupported curve; expected {known}"))
}

fn ed25519(curve: &str, x: &str) -> Result<(), InvalidValue> {
    if curve != "Ed25519" {
        return Err(unknown_curve("Ed25519"));
    }
    match decode_number("x", x)?.len() {
        32 => Ok(()),
        length => invalid(format!("has an `x` of {length} bytes; Ed25519 requires 32")),
    }
}

fn ec(curve: &str, x: &str, y: &str) -> Result<(), InvalidValue> {
    let (algorithm, size) = match curve {
        "P-256" => (&ECDSA_P256_SHA256_FIXED, 32),
        "P-384" => (&ECDSA_P384_SHA384_FIXED, 48),
        "P-521" => (&ECDSA_P521_SHA512_FIXED, 66),
        _ => return Err(unknown_curve("P-256, P-384, P-521")),
    };
    let (x, y) = (decode_number("x", x)?, decode_number("y", y)?);
    if x.len() != size || y.len() != size {
        return invalid(format!("has `x` and `y` of {} and {} bytes; {curve} requires {size}", x.len(), y.len()));
    }
    // Uncompressed point (SEC 1, section 2.3.3).
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    match ParsedPublicKey::new(algorithm, point) {
        Ok(_) => Ok(()),
        Err(_) => invalid(format!("has an `x` and `y` that are not a point on {curve}")),
    }
}

fn rsa(modulus: &str, exponent: &str) -> Result<(), InvalidValue> {
    let (n, e) = (decode_number("n", modulus)?, decode_number("e", exponent)?);
    let bits = n.first().map_or(0, |first| n.len() * 8 - first.leading_zeros() as usize);
    if n.first() == Some(&0) || e.first() == Some(&0) {
        return invalid("has a number with leading zeros (RFC 7518, section 2, Base64urlUInt)");
    }
    if !RSA_BITS.contains(&bits) {
        return invalid(format!("has {bits} bits; RSA keys must have {} to {}", RSA_BITS.start(), RSA_BITS.end()));
    }
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
    if !is_odd(&n) || !is_odd(&e) || e.len() > 8 || e == [1] {
        return invalid("has an `n` or `e` that is not valid for RSA");
    }
    Ok(())
}

/// Validates a key for use in a DID document.
pub fn validate_key(key: Value) -> Result<Value, InvalidValue> {
    if let Some(member) = PRIVATE_MEMBERS.iter().find(|member| key.get(**member).is_some()) {
        return invalid(format!(
            "contains `{member}`, part of a private key; this key is now exposed, so stop using it, create a new key and send only its public part"
        ));
    }
    if !key.is_object() {
        return invalid("must be an object");
    }
    let parsed: PublicKey = json_errors::deserialize(key).map_err(|error| {
        let what = format!("{} {}", error.field, error.reason);
        InvalidValue(format!("must be a public key as JWK with `kty` OKP, EC or RSA: {}", what.trim_start()))
    })?;
    let words = match &parsed {
        PublicKey::Okp { crv, x, kid, key_use, alg } => {
            ed25519(crv, x)?;
            [kid, key_use, alg]
        }
        PublicKey::Ec { crv, x, y, kid, key_use, alg } => {
            ec(crv, x, y)?;
            [kid, key_use, alg]
        }
        PublicKey::Rsa { n, e, kid, key_use, alg } => {
            rsa(n, e)?;
            [kid, key_use, alg]
        }
    };
    let is = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    if words.into_iter().flatten().any(|word| word.len() > 200 || !is(&KID_PATTERN, word)) {
        return invalid("has a `kid`, `use` or `alg` that is not printable ASCII of up to 200 characters");
    }
    if words[1].as_ref().is_some_and(|key_use| !matches!(key_use.as_str(), "sig" | "enc")) {
        return invalid("has an invalid `use`; expected sig or enc");
    }
    serde_json::to_value(parsed).map_err(|error| InvalidValue(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// From RFC 7517, appendix A.1, and RFC 8037, appendix A.2.
    fn valid() -> [Value; 3] {
        [
            json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }),
            json!({ "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" }),
            json!({ "kty": "RSA", "e": "AQAB", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw" }),
        ]
    }

    #[test]
    fn valid_keys_are_accepted() {
        for key in valid() {
            assert_eq!(validate_key(key.clone()), Ok(key));
        }
    }

    #[test]
    fn unusable_keys_are_rejected_with_a_reason() {
        let [okp, ec, rsa] = valid();
        let with = |key: &Value, member: &str, value: &str| {
            let mut key = key.clone();
            key[member] = json!(value);
            validate_key(key).expect_err(value).0
        };
        assert!(with(&okp, "x", "AAAA").contains("3 bytes"));
        assert!(with(&okp, "x", "=").contains("base64url"));
        assert!(with(&okp, "crv", "X25519").contains("expected Ed25519"));
        assert!(with(&ec, "x", "AAAA").contains("P-256 requires 32"));
        assert!(with(&ec, "y", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4").contains("not a point on P-256"));
        assert!(with(&ec, "crv", "P-384").contains("requires 48"));
        assert!(with(&rsa, "n", "AQAB").contains("17 bits"));
        assert!(with(&rsa, "e", "AQ").contains("not valid for RSA"));
        assert!(with(&rsa, "d", "AQ").contains("private key"));
    }
}
