//! `GET /.well-known/jwks.json`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use jsonwebtoken::jwk::JwkSet;

use crate::keys::Keys;

/// Get the public signing keys
///
/// Key set (RFC 7517). A new key is published before it signs; an old one stays until its last token has expired.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "Discovery", operation_id = "getJwks", security(()),
    responses((status = 200, description = "Key set.", body = Object, content_type = "application/jwk-set+json", example = json!({
        "keys": [{ "use": "sig", "kid": "2bN0W4n8r1Cq0V3pXo7sJ5lT9dYgZkHfE6uRmAiBcQw", "alg": "EdDSA", "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }],
    }))))]
pub async fn get_jwks(State(keys): State<Arc<Keys>>) -> Response {
    let set: JwkSet = keys.jwks();
    ([(CONTENT_TYPE, "application/jwk-set+json")], Json(set)).into_response()
}
