//! Nonces of claims: values to publish or sign.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::RandomnessError;

/// Random bytes in a nonce.
const NONCE_BYTES: usize = 24;

/// Generates a nonce of 192 random bits. Not a secret, but never reused.
pub fn generate_nonce() -> Result<String, RandomnessError> {
    let mut bytes = [0; NONCE_BYTES];
    rand::fill(&mut bytes).map_err(|_| RandomnessError)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
