//! Encryption of the stored responses of idempotent calls: AES-256-GCM under HKDF-SHA-256 of the `Idempotency-Key`.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use aws_lc_rs::rand;
use http::HeaderMap;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;

#[derive(Serialize, Deserialize)]
struct StoredResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Decrypted response: status, headers, body.
pub(crate) type OpenedResponse = (u16, Vec<(String, String)>, String);

fn key(idempotency_key: &str) -> Result<LessSafeKey, ApiError> {
    let unusable = |_| ApiError::internal("could not derive a key");
    let secret = Salt::new(HKDF_SHA256, b"sentryagent idempotency").extract(idempotency_key.as_bytes());
    let derived = secret.expand(&[b"answer"], &AES_256_GCM).map_err(unusable)?;
    Ok(LessSafeKey::new(UnboundKey::from(derived)))
}

pub(crate) fn seal(idempotency_key: &str, status: u16, headers: &HeaderMap, body: &[u8]) -> Result<Vec<u8>, ApiError> {
    let headers =
        headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect();
    let body = String::from_utf8(body.to_vec()).map_err(ApiError::internal)?;
    let mut sealed = serde_json::to_vec(&StoredResponse { status, headers, body }).map_err(ApiError::internal)?;
    let mut nonce = [0; NONCE_LEN];
    rand::fill(&mut nonce).map_err(|_| ApiError::internal("could not generate random bytes"))?;
    let key = key(idempotency_key)?;
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
        .map_err(|_| ApiError::internal("could not encrypt a response"))?;
    sealed.extend_from_slice(&nonce);
    Ok(sealed)
}

pub(crate) fn open(idempotency_key: &str, mut sealed: Vec<u8>) -> Result<OpenedResponse, ApiError> {
    let wrong = || ApiError::internal("could not decrypt a stored response");
    let start = sealed.len().checked_sub(NONCE_LEN).ok_or_else(wrong)?;
    let nonce: [u8; NONCE_LEN] = sealed.split_off(start).try_into().map_err(|_| wrong())?;
    let key = key(idempotency_key)?;
    let text =
        key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).map_err(|_| wrong())?;
    let stored: StoredResponse = serde_json::from_slice(text).map_err(ApiError::internal)?;
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
