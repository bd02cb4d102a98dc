//! Signing keys.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{DecodingKey, EncodingKey, Header};
use serde::Serialize;

use super::KeyError;
use crate::config::Algorithm;

/// Signing key with its public JWK.
pub struct SigningKey {
    /// Key ID: the thumbprint of the public key (RFC 7638).
    pub kid: String,
    /// Signature algorithm.
    pub algorithm: Algorithm,
    /// Time of creation, in milliseconds since 1970.
    pub created_at: i64,
    /// Public key.
    pub jwk: Jwk,
    pub(super) decoding: DecodingKey,
    private: Private,
}

/// Private key, parsed once: parsing and checking an RSA key takes longer than signing with it.
enum Private {
    Rs256(rsa::KeyPair),
    EdDsa(Ed25519KeyPair),
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SigningKey({})", self.kid)
    }
}

impl SigningKey {
    /// Parses a PEM-encoded private key (PKCS#8).
    pub(super) fn parse(algorithm: Algorithm, created_at: i64, text: &[u8]) -> Result<Self, KeyError> {
        let der = pem::parse(text).map_err(unusable)?;
        let (encoding, private) = match algorithm {
            Algorithm::Rs256 => (
                EncodingKey::from_rsa_pem(text).map_err(unusable)?,
                Private::Rs256(rsa::KeyPair::from_pkcs8(der.contents()).map_err(unusable)?),
            ),
            Algorithm::EdDsa => (
                EncodingKey::from_ed_pem(text).map_err(unusable)?,
                Private::EdDsa(Ed25519KeyPair::from_pkcs8(der.contents()).map_err(unusable)?),
            ),
        };
        let mut jwk = Jwk::from_encoding_key(&encoding, algorithm.into()).map_err(unusable)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(unusable)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        let decoding = DecodingKey::from_jwk(&jwk).map_err(unusable)?;
        Ok(Self { kid, algorithm, created_at, jwk, decoding, private })
    }

    /// Signs claims as a JWT with a media type (`typ`), in compact serialization (RFC 7515, section 3.1).
    pub fn sign<T: Serialize>(&self, typ: &str, claims: &T) -> Result<String, KeyError> {
        let header =
            Header { typ: Some(typ.to_owned()), kid: Some(self.kid.clone()), ..Header::new(self.algorithm.into()) };
        let mut token = part(&header)?;
        token.push('.');
        token.push_str(&part(claims)?);
        let signature = self.sign_detached(token.as_bytes())?;
        token.push('.');
        token.push_str(&signature);
        Ok(token)
    }

    /// Signs bytes and returns the signature in base64url (RFC 7518, section 3.3; RFC 8037, section 3.1).
    pub fn sign_detached(&self, message: &[u8]) -> Result<String, KeyError> {
        match &self.private {
            Private::EdDsa(key) => Ok(URL_SAFE_NO_PAD.encode(key.sign(message))),
            Private::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).map_err(unusable)?;
                Ok(URL_SAFE_NO_PAD.encode(signature))
            }
        }
    }

    /// Returns the key that verifies its signatures.
    pub fn decoding_key(&self) -> &DecodingKey {
        &self.decoding
    }
}

/// Encodes a part of a JWT: JSON in base64url.
fn part<T: Serialize>(value: &T) -> Result<String, KeyError> {
    serde_json::to_vec(value).map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(unusable)
}

fn unusable(error: impl std::fmt::Display) -> KeyError {
    KeyError::Unusable(error.to_string())
}

impl From<Algorithm> for jsonwebtoken::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Rs256 => Self::RS256,
            Algorithm::EdDsa => Self::EdDSA,
        }
    }
}
