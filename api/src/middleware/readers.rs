//! Rate limit of marketplace readers, per IP address. Callers without limits, such as a portal that reads for many
//! users, are exempt.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::client_address::ClientAddress;

use super::authenticate::identify;
use crate::extract::caller::Authentication;
use crate::limits::Key;
use crate::state::App;

/// Middleware function.
pub async fn readers(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // Invalid tokens are ignored: these resources are public.
    let is_exempt = match identify(&app.authenticator(), &parts.headers).await {
        Ok(Authentication::Authenticated(identity)) => identity.is_unlimited(),
        Ok(_) => false,
        Err(error) => return error.into_response(),
    };
    if is_exempt {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let taken = match app.limits.take(Key::Address(ClientAddress::of(&parts.extensions).0)) {
        Ok(taken) => taken,
        Err(error) => return error.into_response(),
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    taken.write_headers(response.headers_mut());
    response
}
