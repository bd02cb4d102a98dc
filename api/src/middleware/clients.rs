//! The rate limit of the token endpoints: an authenticated client is counted by its credential, where it authenticates,
//! and any other by its address. Each response tells what remains.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::client_address::ClientAddress;
use web::rate_limit::Allowance;

use crate::limits::Key;
use crate::routes::token::OAuthError;
use crate::state::App;

/// The note of a token endpoint that a client has authenticated. The layer puts it into the request.
#[derive(Clone, Debug, Default)]
pub struct Proof(Arc<OnceLock<Option<Allowance>>>);

impl Proof {
    /// Notes an authenticated client with what remains to it; none for a client without limits.
    pub fn note(&self, taken: Option<Allowance>) {
        // The first note is kept: a request is one client's.
        let _ = self.0.set(taken);
    }
}

/// The layer.
pub async fn clients(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let ClientAddress(address) = ClientAddress::of(&parts.extensions);
    let proof = Proof::default();
    parts.extensions.insert(proof.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let taken = match proof.0.get() {
        Some(taken) => *taken,
        None => match app.limits.take(Key::Address(address)) {
            Ok(taken) => Some(taken),
            Err(error) => return OAuthError::from(error).into_response(),
        },
    };
    // A narrower limit that refused the request has written its own headers.
    if let Some(taken) = taken.filter(|_| !response.headers().contains_key("ratelimit")) {
        taken.write_headers(response.headers_mut());
    }
    response
}
