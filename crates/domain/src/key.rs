//! Public keys of agents, as JWK (RFC 7517). We never hold a private one.

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

use super::field::{Refusal, refuse};
use super::shape;

/// A public key. Other members of a JWK are left out; those of a private key are refused.
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

/// Sizes of RSA keys, in bits: below, they are broken (NIST SP 800-131A); above, few programs read them.
const RSA_BITS: RangeInclusive<usize> = 2048..=8192;
const KID: &str = "^[!-~]+( [!-~]+)*$";

/// Members that only a private or a secret key has (RFC 7518, section 6).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

static KID_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(KID).ok());

fn number(member: &str, text: &str) -> Result<Vec<u8>, Refusal> {
    let read = URL_SAFE_NO_PAD.decode(text);
    read.map_err(|_| Refusal(format!("holds a number `{member}` that is not base64url without padding")))
}

fn no_curve(known: &str) -> Refusal {
    Refusal(format!("has a curve that is not known here; there is {known}"))
}

fn ed25519(curve: &str, x: &str) -> Result<(), Refusal> {
    if curve != "Ed25519" {
        return Err(no_curve("Ed25519"));
    }
    match number("x", x)?.len() {
        32 => Ok(()),
        length => refuse(format!("holds an `x` of {length} bytes: of Ed25519 it has 32")),
    }
}

fn ec(curve: &str, x: &str, y: &str) -> Result<(), Refusal> {
    let (algorithm, size) = match curve {
        "P-256" => (&ECDSA_P256_SHA256_FIXED, 32),
        "P-384" => (&ECDSA_P384_SHA384_FIXED, 48),
        "P-521" => (&ECDSA_P521_SHA512_FIXED, 66),
        _ => return Err(no_curve("P-256, P-384, P-521")),
    };
    let (x, y) = (number("x", x)?, number("y", y)?);
    if x.len() != size || y.len() != size {
        return refuse(format!("holds `x` and `y` of {} and {} bytes: of {curve} they have {size}", x.len(), y.len()));
    }
    // An uncompressed point (SEC 1, section 2.3.3).
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    match ParsedPublicKey::new(algorithm, point) {
        Ok(_) => Ok(()),
        Err(_) => refuse(format!("holds an `x` and a `y` that are no point of {curve}")),
    }
}

fn rsa(modulus: &str, exponent: &str) -> Result<(), Refusal> {
    let (n, e) = (number("n", modulus)?, number("e", exponent)?);
    let bits = n.first().map_or(0, |first| n.len() * 8 - first.leading_zeros() as usize);
    if n.first() == Some(&0) || e.first() == Some(&0) {
        return refuse("holds a number with zeros before it (RFC 7518, section 2, Base64urlUInt)");
    }
    if !RSA_BITS.contains(&bits) {
        return refuse(format!("has {bits} bits: of RSA, {} to {} are taken", RSA_BITS.start(), RSA_BITS.end()));
    }
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
    if !is_odd(&n) || !is_odd(&e) || e.len() > 8 || e == [1] {
        return refuse("holds an `n` or `e` that no RSA key has");
    }
    Ok(())
}

/// A key that can stand in a DID document. The refusal names what is wrong with it.
pub fn checked(key: Value) -> Result<Value, Refusal> {
    if let Some(member) = PRIVATE_MEMBERS.iter().find(|member| key.get(**member).is_some()) {
        return refuse(format!(
            "holds `{member}`, a part of a private key: it has been sent, so use that key no more, make a new one, and send its public half"
        ));
    }
    if !key.is_object() {
        return refuse("is no object");
    }
    let read: PublicKey = shape::read(key).map_err(|fault| {
        let what = format!("{} {}", fault.field, fault.reason);
        Refusal(format!("is no public key as JWK with `kty` OKP, EC or RSA: it {}", what.trim_start()))
    })?;
    let words = match &read {
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
        return refuse("holds a `kid`, `use` or `alg` that is not visible ASCII of at most 200 characters");
    }
    if words[1].as_ref().is_some_and(|key_use| !matches!(key_use.as_str(), "sig" | "enc")) {
        return refuse("has a `use` that is neither sig nor enc");
    }
    serde_json::to_value(read).map_err(|error| Refusal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Of RFC 7517, appendix A.1, and RFC 8037, appendix A.2.
    fn sound() -> [Value; 3] {
        [
            json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }),
            json!({ "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" }),
            json!({ "kty": "RSA", "e": "AQAB", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw" }),
        ]
    }

    #[test]
    fn sound_keys_are_taken() {
        for key in sound() {
            assert_eq!(checked(key.clone()), Ok(key));
        }
    }

    #[test]
    fn keys_that_nothing_can_be_verified_by_are_refused_by_what_is_wrong() {
        let [okp, ec, rsa] = sound();
        let with = |key: &Value, member: &str, value: &str| {
            let mut key = key.clone();
            key[member] = json!(value);
            checked(key).expect_err(value).0
        };
        assert!(with(&okp, "x", "AAAA").contains("3 bytes"));
        assert!(with(&okp, "x", "=").contains("base64url"));
        assert!(with(&okp, "crv", "X25519").contains("there is Ed25519"));
        assert!(with(&ec, "x", "AAAA").contains("of P-256 they have 32"));
        assert!(with(&ec, "y", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4").contains("no point of P-256"));
        assert!(with(&ec, "crv", "P-384").contains("have 48"));
        assert!(with(&rsa, "n", "AQAB").contains("17 bits"));
        assert!(with(&rsa, "e", "AQ").contains("no RSA key has"));
        assert!(with(&rsa, "d", "AQ").contains("private key"));
    }
}
