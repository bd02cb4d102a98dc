//! Encryption of the stored responses of idempotent calls: AES-256-GCM under HKDF-SHA-256 of the `Idempotency-Key`.

use aws_lc_rs::aead::{AES_256_GCM, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use http::HeaderMap;
use serde::{Deserialize, Serialize};

use crate::encryption::Cipher;
use crate::error::ApiError;

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    /// True for a response with a secret. Absent in responses that earlier versions stored.
    #[serde(default)]
    pub(crate) has_secret: bool,
}

fn cipher(idempotency_key: &str) -> Result<Cipher, ApiError> {
    let unusable = |_| ApiError::internal("could not derive a key");
    let secret = Salt::new(HKDF_SHA256, b"sentryagent idempotency").extract(idempotency_key.as_bytes());
    let derived = secret.expand(&[b"answer"], &AES_256_GCM).map_err(unusable)?;
    Ok(UnboundKey::from(derived).into())
}

pub(crate) fn seal(
    idempotency_key: &str,
    status: u16,
    headers: &HeaderMap,
    body: &[u8],
    has_secret: bool,
) -> Result<Vec<u8>, ApiError> {
    let headers =
        headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect();
    let body = String::from_utf8(body.to_vec()).map_err(ApiError::internal)?;
    let stored = StoredResponse { status, headers, body, has_secret };
    let plain = serde_json::to_vec(&stored).map_err(ApiError::internal)?;
    cipher(idempotency_key)?.seal(plain).map_err(ApiError::internal)
}

pub(crate) fn open(idempotency_key: &str, sealed: Vec<u8>) -> Result<StoredResponse, ApiError> {
    let plain = cipher(idempotency_key)?.open(sealed).map_err(ApiError::internal)?;
    serde_json::from_slice(&plain).map_err(ApiError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_decrypted_by_its_key_only() {
        let sealed = seal("key-key-key-key-key-key", 201, &HeaderMap::new(), b"secret", true).expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(
            open("key-key-key-key-key-key", sealed.clone()).map(|response| response.body).ok(),
            Some("secret".into())
        );
        assert!(open("other-other-other-other", sealed).is_err());
    }
}
