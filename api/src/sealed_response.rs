//! Encryption of the stored responses of idempotent calls: AES-256-GCM under HKDF-SHA-256 of the `Idempotency-Key`.

use aws_lc_rs::aead::{AES_256_GCM, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use http::HeaderMap;
use serde::{Deserialize, Serialize};

use crate::encryption::Cipher;
use crate::error::ApiError;

#[derive(Serialize, Deserialize)]
struct StoredResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Decrypted response: status, headers, body.
pub(crate) type OpenedResponse = (u16, Vec<(String, String)>, String);

fn cipher(idempotency_key: &str) -> Result<Cipher, ApiError> {
    let unusable = |_| ApiError::internal("could not derive a key");
    let secret = Salt::new(HKDF_SHA256, b"sentryagent idempotency").extract(idempotency_key.as_bytes());
    let derived = secret.expand(&[b"answer"], &AES_256_GCM).map_err(unusable)?;
    Ok(UnboundKey::from(derived).into())
}

pub(crate) fn seal(idempotency_key: &str, status: u16, headers: &HeaderMap, body: &[u8]) -> Result<Vec<u8>, ApiError> {
    let headers =
        headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect();
    let body = String::from_utf8(body.to_vec()).map_err(ApiError::internal)?;
    let plain = serde_json::to_vec(&StoredResponse { status, headers, body }).map_err(ApiError::internal)?;
    cipher(idempotency_key)?.seal(plain).map_err(ApiError::internal)
}

pub(crate) fn open(idempotency_key: &str, sealed: Vec<u8>) -> Result<OpenedResponse, ApiError> {
    let plain = cipher(idempotency_key)?.open(sealed).map_err(ApiError::internal)?;
    let stored: StoredResponse = serde_json::from_slice(&plain).map_err(ApiError::internal)?;
    Ok((stored.status, stored.headers, stored.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_decrypted_by_its_key_only() {
        let sealed = seal("key-key-key-key-key-key", 201, &HeaderMap::new(), b"secret").expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(
            open("key-key-key-key-key-key", sealed.clone()).map(|response| response.2).ok(),
            Some("secret".into())
        );
        assert!(open("other-other-other-other", sealed).is_err());
    }
}
