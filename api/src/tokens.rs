//! Access tokens: JWTs (RFC 9068).

use domain::id::{CredentialId, OrganizationId};
use domain::scope::Scopes;
use jiff::Timestamp;
use jsonwebtoken::{Validation, decode, decode_header};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Algorithm;
use crate::keys::{KeyError, Keys, TOKEN_LIFETIME};

/// Media type in the header of a token (RFC 9068, section 2.1).
pub const TYPE: &str = "at+jwt";

/// Claims of a token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TokenClaims {
    /// Issuer: the origin of this API.
    pub iss: String,
    /// Subject: the agent or the organization.
    pub sub: String,
    /// Audience: this API, or the requested resource (RFC 8707).
    pub aud: String,
    /// Client ID, equal to `sub`.
    pub client_id: String,
    /// Scopes, separated by single spaces.
    pub scope: Scopes,
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// Credential that requested the token. Revoking it deactivates the token on introspection.
    pub credential_id: CredentialId,
    /// ID of the token.
    pub jti: String,
    /// Time of issue, in seconds since 1970.
    pub iat: i64,
    /// Time of expiry, in seconds since 1970.
    pub exp: i64,
    /// Time before which the token is invalid (RFC 7519, section 4.1.5). This service doesn't set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
}

/// Subject of a new token.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Client ID: the ID of the agent or organization.
    pub client_id: String,
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// Credential that authenticated the request.
    pub credential_id: CredentialId,
    /// Scopes.
    pub scope: Scopes,
    /// Audience.
    pub audience: String,
}

/// Reason why a token is invalid. The message completes "the token …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// Not a JWT, not issued by this service, or altered.
    #[error("was not issued by this service")]
    Foreign,
    /// Wrong audience.
    #[error("is for another audience")]
    Audience,
    /// Expired.
    #[error("has expired")]
    Expired,
    /// Token or its credential revoked.
    #[error("was revoked")]
    Revoked,
    /// Holder suspended, decommissioned or deleted.
    #[error("belongs to an inactive agent or organization")]
    Inactive,
}

/// Issues a token.
pub fn issue(
    keys: &Keys,
    algorithm: Algorithm,
    issuer: &str,
    now: Timestamp,
    subject: Subject,
) -> Result<(String, TokenClaims), KeyError> {
    let key = keys.signer(algorithm).ok_or_else(|| KeyError::Unusable("no key of this algorithm".to_owned()))?;
    let iat = now.as_second();
    let claims = TokenClaims {
        iss: issuer.to_owned(),
        sub: subject.client_id.clone(),
        aud: subject.audience,
        client_id: subject.client_id,
        scope: subject.scope,
        organization_id: subject.organization_id,
        credential_id: subject.credential_id,
        jti: Uuid::now_v7().to_string(),
        iat,
        exp: iat + i64::try_from(TOKEN_LIFETIME.as_secs()).unwrap_or(3600),
        nbf: None,
    };
    Ok((key.sign(TYPE, &claims)?, claims))
}

/// Verifies the signature, issuer and expiry of a token, whatever its audience.
pub fn verify(keys: &Keys, issuer: &str, now: Timestamp, token: &str) -> Result<TokenClaims, TokenFault> {
    let header = decode_header(token).map_err(|_| TokenFault::Foreign)?;
    // No extension is understood here, so a token that needs one is rejected (RFC 7515, section 4.1.11).
    if header.typ.as_deref() != Some(TYPE) || header.crit.is_some() {
        return Err(TokenFault::Foreign);
    }
    let key = header.kid.and_then(|kid| keys.find(&kid)).ok_or(TokenFault::Foreign)?;
    // The algorithm comes from the key, never from the header (RFC 8725, section 3.1).
    let mut validation = Validation::new(key.algorithm.into());
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["iss", "exp", "sub"]);
    validation.validate_aud = false;
    validation.validate_exp = false;
    let claims = decode::<TokenClaims>(token, key.decoding_key(), &validation).map_err(|_| TokenFault::Foreign)?.claims;
    let now = now.as_second();
    if claims.nbf.is_some_and(|start| start > now) {
        return Err(TokenFault::Foreign);
    }
    if claims.exp <= now { Err(TokenFault::Expired) } else { Ok(claims) }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;
    use crate::clock::Clock;

    fn subject() -> Subject {
        let organization_id = OrganizationId::new();
        Subject {
            client_id: organization_id.to_string(),
            organization_id,
            credential_id: CredentialId::new(),
            scope: "agents:read".parse().expect("scopes"),
            audience: "https://issuer.example".to_owned(),
        }
    }

    #[test]
    fn only_an_unaltered_token_is_valid_until_its_expiry() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::open(folder.path(), Clock::default()).expect("keys");
        let now = Timestamp::now();
        for algorithm in [Algorithm::Rs256, Algorithm::EdDsa] {
            let (token, claims) = issue(&keys, algorithm, "https://issuer.example", now, subject()).expect("a token");
            let verify = |at: i64, token: &str| {
                let now = Timestamp::from_second(at).expect("a time");
                super::verify(&keys, "https://issuer.example", now, token).map(|claims| claims.jti)
            };
            assert_eq!(verify(claims.exp - 1, &token), Ok(claims.jti.clone()));
            assert_eq!(verify(claims.exp, &token), Err(TokenFault::Expired));
            let parts: Vec<&str> = token.split('.').collect();
            let mut forged = claims.clone();
            forged.scope = "admin:orgs".parse().expect("scopes");
            let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&forged).expect("JSON"));
            let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#);
            for wrong in
                [format!("{}.{payload}.{}", parts[0], parts[2]), format!("{none}.{}.", parts[1]), String::new()]
            {
                assert_eq!(verify(claims.iat, &wrong), Err(TokenFault::Foreign), "{wrong}");
            }
            let other = super::verify(&keys, "https://other.example", now, &token).expect_err("another issuer");
            assert_eq!(other, TokenFault::Foreign);
        }
    }
}
