//! Rate limit of public documents and health checks, per IP address. It is high: verifiers fetch keys and DID documents
//! for all their users, and caches in front of the API serve most requests.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::client_address::ClientAddress;

use crate::limits::Key;
use crate::state::App;

/// Middleware function.
pub async fn documents(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match app.limits.take(Key::Document(ClientAddress::of(request.extensions()).0)) {
        // The remaining quota is not in the response: caches serve the same response to everyone.
        Ok(_) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}
