//! Nonces of claims: what is to be published or signed.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::NoRandomness;

/// Bytes of chance in a nonce.
const NONCE_BYTES: usize = 24;

/// What is to be published or signed: 192 random bits. It is no secret; it has to be new.
pub fn nonce() -> Result<String, NoRandomness> {
    let mut bytes = [0; NONCE_BYTES];
    rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
