//! Rate limit of the token endpoints, per credential for authenticated clients and per IP address for others. Responses
//! include the remaining allowance.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::client_address::ClientAddress;
use web::rate_limit::Allowance;

use crate::limits::Key;
use crate::routes::token::OAuthError;
use crate::state::App;

/// Slot in which a token endpoint records that the client is authenticated. Inserted by the middleware.
#[derive(Clone, Debug, Default)]
pub struct ClientRecord(Arc<OnceLock<Option<Allowance>>>);

impl ClientRecord {
    /// Records an authenticated client with its remaining allowance; `None` for exempt clients.
    pub fn record(&self, taken: Option<Allowance>) {
        // The first record wins: a request has one client.
        let _ = self.0.set(taken);
    }
}

/// Middleware function.
pub async fn clients(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let ClientAddress(address) = ClientAddress::of(&parts.extensions);
    let client_record = ClientRecord::default();
    parts.extensions.insert(client_record.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let taken = match client_record.0.get() {
        Some(taken) => *taken,
        None => match app.limits.take(Key::Address(address)) {
            Ok(taken) => Some(taken),
            Err(error) => return OAuthError::from(error).into_response(),
        },
    };
    // A stricter limit that rejected the request has set its own headers.
    if let Some(taken) = taken.filter(|_| !response.headers().contains_key("ratelimit")) {
        taken.write_headers(response.headers_mut());
    }
    response
}
