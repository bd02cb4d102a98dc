//! How often token endpoints may be asked: a client that proved itself is counted as such, where it does, and whoever
//! did not by address. Either is told what is left.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::extract::address;
use crate::limits::{Key, Taken};
use crate::routes::token::OAuthError;
use crate::state::App;

/// Where a token endpoint notes that a client proved itself. The layer puts it into the request.
#[derive(Clone, Debug, Default)]
pub struct Proof(Arc<OnceLock<Option<Taken>>>);

impl Proof {
    /// A client did, and this is what it has left; none for one without limits.
    pub fn note(&self, taken: Option<Taken>) {
        // The first note stands: a request is one client's.
        let _ = self.0.set(taken);
    }
}

/// The layer.
pub async fn clients(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let address = address::of(&parts, &app.config.listen.trusted_proxies);
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
    // A narrower limit that refused it has told of itself.
    if let Some(taken) = taken.filter(|_| !response.headers().contains_key("ratelimit")) {
        taken.tell(response.headers_mut());
    }
    response
}
