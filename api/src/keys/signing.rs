//! A key that signs.

use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, encode};
use serde::Serialize;

use super::KeyError;
use crate::config::Algorithm;

/// A key, with what everybody may know of it.
pub struct SigningKey {
    /// Its identifier: the thumbprint of its public half (RFC 7638).
    pub kid: String,
    /// What it signs with.
    pub algorithm: Algorithm,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// The public half.
    pub jwk: Jwk,
    pub(super) decoding: DecodingKey,
    pub(super) encoding: EncodingKey,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SigningKey({})", self.kid)
    }
}

impl SigningKey {
    /// From the PEM of a private key (PKCS#8).
    pub(super) fn read(
        algorithm: Algorithm,
        created_at: i64,
        text: &[u8],
    ) -> Result<Self, jsonwebtoken::errors::Error> {
        let encoding = match algorithm {
            Algorithm::Rs256 => EncodingKey::from_rsa_pem(text)?,
            Algorithm::EdDsa => EncodingKey::from_ed_pem(text)?,
        };
        let mut jwk = Jwk::from_encoding_key(&encoding, algorithm.into())?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        let decoding = DecodingKey::from_jwk(&jwk)?;
        Ok(Self { kid, algorithm, created_at, jwk, decoding, encoding })
    }

    /// Signs claims as a JWT of a media type (`typ`).
    pub fn sign<T: Serialize>(&self, typ: &str, claims: &T) -> Result<String, KeyError> {
        let header =
            Header { typ: Some(typ.to_owned()), kid: Some(self.kid.clone()), ..Header::new(self.algorithm.into()) };
        encode(&header, claims, &self.encoding).map_err(|error| KeyError::Unusable(error.to_string()))
    }

    /// Signs bytes; base64url of the signature.
    pub fn sign_detached(&self, message: &[u8]) -> Result<String, KeyError> {
        let signed = jsonwebtoken::crypto::sign(message, &self.encoding, self.algorithm.into());
        signed.map_err(|error| KeyError::Unusable(error.to_string()))
    }

    /// What verifies its signatures.
    pub fn verifying(&self) -> &DecodingKey {
        &self.decoding
    }
}

impl From<Algorithm> for jsonwebtoken::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Rs256 => Self::RS256,
            Algorithm::EdDsa => Self::EdDSA,
        }
    }
}
