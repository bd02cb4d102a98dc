//! Public keys of agents, as JWK (RFC 7517). We never hold a private one.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::field::{Refusal, refuse};

/// A public key. Members that are not named here are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kty", deny_unknown_fields)]
#[schema(example = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "2026-11" }))]
#[allow(missing_docs, reason = "members of RFC 7518, section 6, and RFC 8037, section 2")]
pub enum PublicKey {
    /// Ed25519 (RFC 8037).
    #[serde(rename = "OKP")]
    Okp {
        #[schema(pattern = "^Ed25519$")]
        crv: String,
        #[schema(inline, value_type = Base64Url)]
        x: String,
        #[schema(inline, value_type = Option<KeyWord>)]
        #[serde(skip_serializing_if = "Option::is_none")]
        kid: Option<String>,
        #[schema(pattern = "^(sig|enc)$")]
        #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
        key_use: Option<String>,
        #[schema(inline, value_type = Option<KeyWord>)]
        #[serde(skip_serializing_if = "Option::is_none")]
        alg: Option<String>,
    },
    /// P-256, P-384, P-521.
    #[serde(rename = "EC")]
    Ec {
        #[schema(pattern = "^P-(256|384|521)$")]
        crv: String,
        #[schema(inline, value_type = Base64Url)]
        x: String,
        #[schema(inline, value_type = Base64Url)]
        y: String,
        #[schema(inline, value_type = Option<KeyWord>)]
        #[serde(skip_serializing_if = "Option::is_none")]
        kid: Option<String>,
        #[schema(pattern = "^(sig|enc)$")]
        #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
        key_use: Option<String>,
        #[schema(inline, value_type = Option<KeyWord>)]
        #[serde(skip_serializing_if = "Option::is_none")]
        alg: Option<String>,
    },
    /// RSA.
    #[serde(rename = "RSA")]
    Rsa {
        #[schema(inline, value_type = Base64Url)]
        n: String,
        #[schema(inline, value_type = Base64Url)]
        e: String,
        #[schema(inline, value_type = Option<KeyWord>)]
        #[serde(skip_serializing_if = "Option::is_none")]
        kid: Option<String>,
        #[schema(pattern = "^(sig|enc)$")]
        #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
        key_use: Option<String>,
        #[schema(inline, value_type = Option<KeyWord>)]
        #[serde(skip_serializing_if = "Option::is_none")]
        alg: Option<String>,
    },
}

const BASE64URL: &str = "^[A-Za-z0-9_-]+$";
const KID: &str = "^[!-~]+( [!-~]+)*$";

/// A number of a key, as the contract has it.
#[derive(Debug)]
pub struct Base64Url;

/// A name in a key, as the contract has it.
#[derive(Debug)]
pub struct KeyWord;

impl PartialSchema for Base64Url {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(2048)).pattern(Some(BASE64URL)).into()
    }
}

impl PartialSchema for KeyWord {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(200)).pattern(Some(KID)).into()
    }
}

impl ToSchema for Base64Url {}
impl ToSchema for KeyWord {}

/// Members that only a private or a secret key has (RFC 7518, section 6).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

static BASE64URL_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(BASE64URL).ok());
static KID_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(KID).ok());

/// A key that can stand in a DID document. The refusal names what is wrong with it.
pub fn checked(key: Value) -> Result<Value, Refusal> {
    if let Some(member) = PRIVATE_MEMBERS.iter().find(|member| key.get(**member).is_some()) {
        return refuse(format!(
            "holds `{member}`, a part of a private key: keep it, and make a new one, since it has been sent"
        ));
    }
    let read: PublicKey = serde_json::from_value(key)
        .map_err(|error| Refusal(format!("is no public key as JWK with `kty` OKP, EC or RSA: {error}")))?;
    let (curve, numbers, words) = match &read {
        PublicKey::Okp { crv, x, kid, key_use, alg } => (Some((crv, &["Ed25519"][..])), vec![x], [kid, key_use, alg]),
        PublicKey::Ec { crv, x, y, kid, key_use, alg } => {
            (Some((crv, &["P-256", "P-384", "P-521"][..])), vec![x, y], [kid, key_use, alg])
        }
        PublicKey::Rsa { n, e, kid, key_use, alg } => (None, vec![n, e], [kid, key_use, alg]),
    };
    if let Some((curve, known)) = curve.filter(|(curve, known)| !known.contains(&curve.as_str())) {
        return refuse(format!("has the curve {:?}; there is {}", curve.escape_debug().to_string(), known.join(", ")));
    }
    let is = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    if numbers.iter().any(|number| number.len() > 2048 || !is(&BASE64URL_PATTERN, number)) {
        return refuse("holds a number that is not base64url without padding");
    }
    if words.into_iter().flatten().any(|word| word.len() > 200 || !is(&KID_PATTERN, word)) {
        return refuse("holds a `kid`, `use` or `alg` that is not visible ASCII of at most 200 characters");
    }
    if words[1].as_ref().is_some_and(|key_use| !matches!(key_use.as_str(), "sig" | "enc")) {
        return refuse("has a `use` that is neither sig nor enc");
    }
    serde_json::to_value(read).map_err(|error| Refusal(error.to_string()))
}
