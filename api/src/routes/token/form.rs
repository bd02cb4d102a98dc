//! Parameters of the token endpoints: each at most once; unknown ones are ignored (RFC 6749, section 3.2).

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header::{AUTHORIZATION, CONTENT_TYPE};

use super::OAuthError;
use crate::error::ApiError;
use crate::middleware::clients::ClientRecord;

/// Known parameters.
const KNOWN: [&str; 7] = ["grant_type", "client_id", "client_secret", "scope", "resource", "token", "token_type_hint"];

/// Parameters. Empty ones count as absent.
#[derive(Debug)]
pub struct Form {
    all: HashMap<String, String>,
    /// Records that the client is authenticated.
    pub client_record: ClientRecord,
}

impl Form {
    /// Returns a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all.get(name).map(String::as_str)
    }

    /// Returns a required parameter.
    pub fn require(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| OAuthError::InvalidRequest(format!("The parameter `{name}` is required.")))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = OAuthError;

    async fn from_request(request: Request, state: &S) -> Result<Self, OAuthError> {
        if request.headers().get_all(AUTHORIZATION).iter().count() > 1 {
            return Err(OAuthError::InvalidRequest("The Authorization header is repeated. Send it once.".to_owned()));
        }
        let client_record = request.extensions().get::<ClientRecord>().cloned().unwrap_or_default();
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let message = "The body must be a form with Content-Type: application/x-www-form-urlencoded.";
            return Err(OAuthError::InvalidRequest(message.to_owned()));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|_| OAuthError::Other(ApiError::PayloadTooLarge))?;
        let mut all = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(&bytes) {
            if KNOWN.contains(&&*name)
                && !value.is_empty()
                && all.insert(name.clone().into_owned(), value.into_owned()).is_some()
            {
                if name == "resource" {
                    // RFC 8707, section 2, allows several; its error for those that a server doesn't support is this one.
                    let message = "A token is for one resource. Send the parameter `resource` once.";
                    return Err(OAuthError::InvalidTarget(message.to_owned()));
                }
                return Err(OAuthError::InvalidRequest(format!(
                    "The parameter `{}` is repeated. Send it once.",
                    name.escape_debug()
                )));
            }
        }
        Ok(Self { all, client_record })
    }
}
