//! Access tokens: JWTs by RFC 9068.

use domain::id::{CredentialId, OrganizationId};
use domain::scope::Scopes;
use jiff::Timestamp;
use jsonwebtoken::{Validation, decode, decode_header};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Algorithm;
use crate::keys::{KeyError, Keys, TOKEN_LIFETIME};

/// The media type in a token's header (RFC 9068, section 2.1).
pub const TYPE: &str = "at+jwt";

/// What a token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it: our origin.
    pub iss: String,
    /// Whom it is about: the agent, or the organization.
    pub sub: String,
    /// Whom it is for: us, or the resource that was named (RFC 8707).
    pub aud: String,
    /// The client that it was issued to. Here the same as `sub`.
    pub client_id: String,
    /// What it may be used for, with single spaces between.
    pub scope: Scopes,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The credential that it was got by: with that, it ends for those who introspect.
    pub credential_id: CredentialId,
    /// Its own identifier.
    pub jti: String,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// For whom a token is made.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The agent's or organization's identifier.
    pub client_id: String,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// What was shown.
    pub credential_id: CredentialId,
    /// What it may be used for.
    pub scope: Scopes,
    /// Whom it is for.
    pub audience: String,
}

/// Why a token does not hold. The words complete "the token …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is no JWT, not ours, or changed.
    #[error("is not one that we signed")]
    NotOurs,
    /// It is for somebody else.
    #[error("is meant for another audience")]
    Audience,
    /// It is over.
    #[error("has expired")]
    Expired,
    /// It or its credential was revoked.
    #[error("was revoked")]
    Revoked,
    /// Who it was issued to is suspended, decommissioned or gone.
    #[error("belongs to somebody who is not active")]
    Inactive,
}

/// Makes a token.
pub fn issue(
    keys: &Keys,
    algorithm: Algorithm,
    issuer: &str,
    now: Timestamp,
    subject: Subject,
) -> Result<(String, Claims), KeyError> {
    let key = keys.signer(algorithm).ok_or_else(|| KeyError::Unusable("there is none of that algorithm".to_owned()))?;
    let iat = now.as_second();
    let claims = Claims {
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
    };
    Ok((key.sign(TYPE, &claims)?, claims))
}

/// Reads a token that we signed and that has not ended, whomever it is for.
pub fn read(keys: &Keys, issuer: &str, now: Timestamp, token: &str) -> Result<Claims, TokenFault> {
    let header = decode_header(token).map_err(|_| TokenFault::NotOurs)?;
    if header.typ.as_deref() != Some(TYPE) {
        return Err(TokenFault::NotOurs);
    }
    let key = header.kid.and_then(|kid| keys.find(&kid)).ok_or(TokenFault::NotOurs)?;
    // The algorithm is the key's, never the header's (RFC 8725, section 3.1).
    let mut validation = Validation::new(key.algorithm.into());
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["iss", "exp", "sub"]);
    validation.validate_aud = false;
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, key.verifying(), &validation).map_err(|_| TokenFault::NotOurs)?.claims;
    if claims.exp <= now.as_second() { Err(TokenFault::Expired) } else { Ok(claims) }
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
    fn a_token_is_read_until_its_end_and_only_as_it_was_signed() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::open(folder.path(), Clock::default()).expect("keys");
        let now = Timestamp::now();
        for algorithm in [Algorithm::Rs256, Algorithm::EdDsa] {
            let (token, claims) = issue(&keys, algorithm, "https://issuer.example", now, subject()).expect("a token");
            let read = |at: i64, token: &str| {
                let now = Timestamp::from_second(at).expect("a time");
                read(&keys, "https://issuer.example", now, token).map(|claims| claims.jti)
            };
            assert_eq!(read(claims.exp - 1, &token), Ok(claims.jti.clone()));
            assert_eq!(read(claims.exp, &token), Err(TokenFault::Expired));
            let parts: Vec<&str> = token.split('.').collect();
            let mut forged = claims.clone();
            forged.scope = "admin:orgs".parse().expect("scopes");
            let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&forged).expect("JSON"));
            let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#);
            for wrong in
                [format!("{}.{payload}.{}", parts[0], parts[2]), format!("{none}.{}.", parts[1]), String::new()]
            {
                assert_eq!(read(claims.iat, &wrong), Err(TokenFault::NotOurs), "{wrong}");
            }
            let other = super::read(&keys, "https://other.example", now, &token).expect_err("another issuer");
            assert_eq!(other, TokenFault::NotOurs);
        }
    }
}
