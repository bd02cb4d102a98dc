//! The rate limit of the marketplace's readers: by address. Service credentials of tenants without limits, such as that
//! of a portal that reads for many, are not counted.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::client_address::ClientAddress;

use super::authenticate::known;
use crate::extract::caller::Authentication;
use crate::limits::Key;
use crate::state::App;

/// The layer.
pub async fn readers(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // A token that is not valid is treated as none: these resources are public.
    let is_free = match known(&app.authenticator(), &parts.headers).await {
        Ok(Authentication::Known(identity)) => identity.is_unlimited(),
        Ok(_) => false,
        Err(error) => return error.into_response(),
    };
    if is_free {
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
