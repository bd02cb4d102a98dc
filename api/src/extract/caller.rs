//! Who calls, and that it may. The handler's signature says which scope it takes: `Caller<AgentsRead>`.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::actor::Actor;
use domain::scope::Scope;
use http::request::Parts;

use crate::error::ApiError;
use crate::tokens::TokenFault;

/// How a request proved who it is. The middleware puts it in.
#[derive(Clone, Debug)]
pub enum Authentication {
    /// It brought nothing.
    None,
    /// It brought something that does not hold.
    Refused(TokenFault),
    /// It did.
    Known(Arc<Actor>),
}

/// A scope as a type.
pub trait Required: Send + Sync + 'static {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Required for $name {
            const SCOPE: Scope = Scope::$name;
        })+
    };
}

scopes! {
    /// `agents:read`
    AgentsRead,
    /// `agents:write`
    AgentsWrite,
    /// `tokens:read`
    TokensRead,
    /// `audit:read`
    AuditRead,
    /// `admin:orgs`
    AdminOrgs,
}

/// A caller that has a scope.
#[derive(Clone, Debug)]
pub struct Caller<R>(Arc<Actor>, PhantomData<R>);

impl<R> std::ops::Deref for Caller<R> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl<R> Caller<R> {
    /// The actor, shared.
    pub fn actor(&self) -> Arc<Actor> {
        Arc::clone(&self.0)
    }
}

impl<S: Send + Sync, R: Required> FromRequestParts<S> for Caller<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let scope = R::SCOPE;
        match parts.extensions.get::<Authentication>() {
            Some(Authentication::Known(identity)) if identity.scopes.has(scope) => {
                Ok(Self(Arc::clone(identity), PhantomData))
            }
            Some(Authentication::Known(_)) => Err(ApiError::Forbidden { scope }),
            Some(Authentication::Refused(reason)) => {
                Err(ApiError::Unauthorized { reason: Some(*reason), scope: Some(scope) })
            }
            Some(Authentication::None) | None => Err(ApiError::Unauthorized { reason: None, scope: Some(scope) }),
        }
    }
}
